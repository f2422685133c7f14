/* See settled.h. */
#include "cli/settled.h"

#include <math.h>

void oc_settled_score(oc_settled *one)
{
    one->brier = one->log = NAN;
    if (!oc_is_settled(one)) return;
    bool happened = one->answer.low == 1;
    one->brier = oc_score_brier(one->p, happened);
    one->log = oc_score_log(one->p, happened, OC_LOG_FLOOR);
}

const char *oc_settled_word(const oc_settled *one)
{
    return !oc_is_settled(one) ? "open" : one->answer.low == 1 ? "yes" : "no";
}

oc_slice oc_settled_title(oc_context *x, const oc_settled *one)
{
    oc_slice title = oc_title_in(&one->question->title, x->lang, one->question->name);
    return one->about_now ? oc_tell(x, "drivers.by", OC_ARGS(OC_T(title), OC_D(one->by))) : title;
}

static oc_slice happened_text(oc_context *x, const oc_settled *one)
{
    oc_slice word = oc_tell(x, oc_arena_printf(x->arena, "vintages.%s", oc_settled_word(one)).ptr, NULL);
    return one->entered ? oc_tell(x, "kept.entered", OC_ARGS(OC_T(word))) : word;
}

void oc_settled_print(oc_context *x, oc_text *out, const oc_settled_list *list)
{
    static const char *const heads[] = {"head.question", "vintages.said", "vintages.happened", "vintages.brier",
                                        "vintages.log"};
    oc_columns t = oc_columns_of(x->arena, "lrlrr");
    for (size_t i = 0; i < 5; i++) oc_columns_add(&t, oc_tell(x, heads[i], NULL));
    for (size_t i = 0; i < list->len; i++) {
        const oc_settled *one = &list->at[i];
        oc_columns_add(&t, oc_settled_title(x, one));
        oc_columns_add(&t, oc_arena_printf(x->arena, "%.*s%%", OC_FMT(oc_cell_number(x, 100 * one->p, 1))));
        oc_columns_add(&t, happened_text(x, one));
        oc_columns_add(&t, oc_cell_number(x, one->brier, 3));
        oc_columns_add(&t, oc_cell_number(x, one->log, 2));
    }
    oc_columns_print(out, &t, x->width, x->colour);
}

void oc_settled_json(oc_json *json, const oc_settled *one)
{
    oc_json_row_object(json, NULL);
    oc_json_text(json, "name", one->question->name);
    if (one->about_now) oc_json_day(json, "by", one->by);
    oc_json_number(json, "p", one->p);
    oc_json_text(json, "answer", oc_slice_of(oc_settled_word(one)));
    if (one->entered) oc_json_bool(json, "entered", true);
    oc_json_number(json, "brier", one->brier);
    oc_json_number(json, "log", one->log);
    oc_json_end(json);
}

void oc_settled_csv(oc_text *out, const oc_settled *one)
{
    oc_text_csv_field(out, one->question->name);
    oc_text_byte(out, ',');
    oc_text_number(out, one->p);
    oc_text_printf(out, ",%s,", oc_settled_word(one));
    if (!isnan(one->brier)) oc_text_number(out, one->brier);
    oc_text_byte(out, ',');
    if (!isnan(one->log)) oc_text_number(out, one->log);
    oc_text_byte(out, '\n');
}
