/* Estimates of all factors of a table of futures in one list; see driver_list.h and sobol.h for the measures. */
#include "analysis/driver_list.h"

static const double TENTH = 0.1;

bool oc_asked_is_share(const oc_asked *asked)
{
    return asked->type.kind != OC_TYPE_NUMBER && !asked->days;
}

oc_answer_lack oc_drivers_lack(const oc_futures *f)
{
    if (!f->varies) return OC_ANSWER_SAME;
    if (!oc_asked_is_share(&f->asked)) return OC_ANSWER_VARIES;
    size_t rare = f->hits < f->rows - f->hits ? f->hits : f->rows - f->hits;
    return rare < OC_DRIVERS_FEWEST_CASES ? OC_ANSWER_RARE : OC_ANSWER_VARIES;
}

static oc_driver_lack estimate(oc_arena *arena, const oc_futures *f, double level, oc_driver_row *r)
{
    oc_column column = r->factor->column;
    if (!r->factor->varies) return OC_DRIVER_CONSTANT;
    if (r->factor->endless) return OC_DRIVER_ENDLESS;
    bool found = oc_tornado_estimate(arena, column, f->answer, f->rows, TENTH, level, &r->tornado) &&
                 oc_driver_estimate(arena, column, f->answer, f->rows, 0, level, &r->driver);
    return found ? OC_DRIVER_ESTIMATED : OC_DRIVER_FEW_CASES;
}

void oc_drivers_list(oc_arena *arena, const oc_futures *f, double level, oc_driver_list *ret_list)
{
    oc_driver_row *all = OC_NEW_ARRAY(arena, f->count + 1, oc_driver_row);
    oc_tornado_row *tornado = OC_NEW_ARRAY(arena, f->count + 1, oc_tornado_row);
    size_t *order = OC_NEW_ARRAY(arena, f->count + 1, size_t), *from = OC_NEW_ARRAY(arena, f->count + 1, size_t);
    oc_driver_list list = {.count = f->count, .rows = OC_NEW_ARRAY(arena, f->count + 1, oc_driver_row)};
    for (size_t i = 0; i < f->count; i++) {
        all[i].factor = &f->factor[i];
        all[i].lack = estimate(arena, f, level, &all[i]);
        if (all[i].lack != OC_DRIVER_ESTIMATED) continue;
        from[list.estimated] = i;
        tornado[list.estimated++] = all[i].tornado;
        if (all[i].factor->alone) list.explained += all[i].driver.share.estimate.value;
    }
    oc_tornado_order(tornado, list.estimated, order);
    size_t next = 0;
    for (size_t i = 0; i < list.estimated; i++) list.rows[next++] = all[from[order[i]]];
    for (size_t i = 0; i < f->count; i++)
        if (all[i].lack != OC_DRIVER_ESTIMATED) list.rows[next++] = all[i];
    *ret_list = list;
}
