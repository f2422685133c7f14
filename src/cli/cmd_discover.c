/* opcon discover: in which corner of the inputs do the futures of interest lie?
 *
 * PRIM (analysis/prim.h) over inputs and starting values, with --categories also over what events of the calendar
 * set. The futures of interest are those in which a date is missed (--later-than) or an expression is true (--where).
 */
#include <math.h>

#include "analysis/prim.h"
#include "cli/futures_view.h"
#include "cli/table.h"

enum { RUNS = 16384, FEWEST = 10, MOST_LEVELS = 64, MOST_FACTORS = 256, BOXES = 3 };

typedef struct view {
    oc_futures_view futures;
    size_t count;
    const oc_factor **factors;
    oc_column *columns;
    bool *interesting;
    size_t hits;
    oc_prim_covering found_boxes;
    int64_t most;
    oc_prim_options options;
    bool found;
} view;

static void choose_columns(view *v)
{
    oc_arena *arena = v->futures.x->arena;
    const oc_futures *f = &v->futures.futures;
    bool later = oc_has(v->futures.x, "categories");
    v->factors = OC_NEW_ARRAY(arena, f->count + 1, const oc_factor *);
    v->columns = OC_NEW_ARRAY(arena, f->count + 1, oc_column);
    for (size_t i = 0; i < f->count && v->count < MOST_FACTORS; i++) {
        const oc_factor *factor = &f->factor[i];
        if (!factor->varies || factor->endless || factor->column.levels > MOST_LEVELS) continue;
        if (factor->kind == OC_FACTOR_LATER && !later) continue;
        v->factors[v->count] = factor;
        v->columns[v->count++] = factor->column;
    }
}

static void search(view *v)
{
    const oc_futures *f = &v->futures.futures;
    oc_arena *arena = v->futures.x->arena;
    bool wanted = v->futures.asked_where;
    choose_columns(v);
    v->interesting = OC_NEW_ARRAY(arena, f->rows, bool);
    for (size_t i = 0; i < f->rows; i++) {
        v->interesting[i] = (f->answer[i] != 0) == wanted;
        v->hits += v->interesting[i];
    }
    v->found = v->count && v->hits >= FEWEST && f->rows - v->hits >= FEWEST &&
               oc_prim_cover(arena, v->columns, v->count, v->interesting, f->rows, &v->options, (size_t)v->most,
                             &v->found_boxes);
}

static oc_slice limit_text(const view *v, const oc_factor *factor, const oc_prim_limit *limit)
{
    oc_context *x = v->futures.x;
    if (factor->column.levels) {
        oc_text text = oc_text_in(x->arena);
        for (size_t l = 0; l < factor->column.levels; l++) {
            if (!(limit->levels >> l & 1)) continue;
            if (text.len) oc_text_lit(&text, ", ");
            oc_text_add(&text, oc_factor_value(&v->futures, factor, (double)l));
        }
        return oc_text_slice(&text);
    }
    oc_slice low = oc_factor_value(&v->futures, factor, limit->low);
    oc_slice high = oc_factor_value(&v->futures, factor, limit->high);
    if (isinf(limit->low)) return oc_arena_printf(x->arena, "≤ %.*s", OC_FMT(high));
    if (isinf(limit->high)) return oc_arena_printf(x->arena, "≥ %.*s", OC_FMT(low));
    return oc_arena_printf(x->arena, "%.*s … %.*s", OC_FMT(low), OC_FMT(high));
}

static oc_slice chance_text(const view *v, double p)
{
    if (p < 1e-4) return OC_SLICE("<0.0001");
    return oc_cell_number(v->futures.x, p, 4);
}

static void print_limits(const view *v, oc_text *out, const oc_prim_box *box)
{
    oc_context *x = v->futures.x;
    oc_columns t = oc_columns_of(x->arena, "llr");
    static const char *const heads[] = {"drivers.head-what", "discover.head-limit", "discover.head-p"};
    for (size_t i = 0; i < 3; i++) oc_columns_add(&t, oc_tell(x, heads[i], NULL));
    for (size_t i = 0; i < v->count; i++) {
        if (!box->limit[i].restricted) continue;
        oc_columns_add(&t, oc_factor_label(&v->futures, v->factors[i]));
        oc_columns_add(&t, limit_text(v, v->factors[i], &box->limit[i]));
        oc_columns_add(&t, chance_text(v, box->limit[i].p_value));
    }
    oc_text_byte(out, '\n');
    oc_columns_print(out, &t, x->width, x->colour);
    oc_text_byte(out, '\n');
}

static void print_box(const view *v, oc_text *out, size_t number)
{
    oc_context *x = v->futures.x;
    const oc_prim_part *part = &v->found_boxes.part[number];
    const oc_prim_box *box = &part->box;
    if (!number) {
        oc_add_message(x, out, "discover.box",
                       OC_ARGS(OC_T(oc_cell_percent(x, box->coverage)), OC_T(oc_cell_percent(x, box->density)),
                               OC_T(oc_cell_percent(x, v->found_boxes.first.base_rate)),
                               OC_T(oc_cell_percent(x, box->mass)), OC_I(box->inside), OC_I(box->hits)));
    } else {
        double adds = (double)part->fresh_hits / (double)v->hits;
        double density = (double)part->fresh_hits / (double)part->fresh;
        oc_add_message(x, out, "discover.next-box",
                       OC_ARGS(OC_I(number + 1), OC_T(oc_cell_percent(x, adds)), OC_T(oc_cell_percent(x, density)),
                               OC_T(oc_cell_percent(x, part->base_rate)), OC_I(part->fresh), OC_I(part->fresh_hits)));
    }
    print_limits(v, out, box);
}

static void print_boxes(const view *v, oc_text *out)
{
    oc_context *x = v->futures.x;
    const oc_prim_covering *all = &v->found_boxes;
    if (!all->count) {
        oc_add_message(x, out, "discover.no-box", NULL);
        return;
    }
    for (size_t i = 0; i < all->count; i++) print_box(v, out, i);
    if (all->count > 1)
        oc_add_message(x, out, "discover.together",
                       OC_ARGS(OC_I(all->count), OC_T(oc_cell_percent(x, all->coverage)),
                               OC_T(oc_cell_percent(x, all->density)), OC_T(oc_cell_percent(x, all->mass))));
    if (all->exhausted) oc_add_message(x, out, "discover.no-more", NULL);
    oc_add_message(x, out, "discover.p-value", NULL);
}

static oc_slice as_text(view *v)
{
    oc_context *x = v->futures.x;
    const oc_futures *f = &v->futures.futures;
    oc_text out = oc_text_in(x->arena);
    oc_add_line(v->futures.x, &out, oc_title_in(&v->futures.model->title, x->lang, v->futures.model->name));
    oc_add_message(v->futures.x, &out, v->futures.asked_where ? "discover.where" : "discover.later",
                   OC_ARGS(OC_T(oc_asked_label(&v->futures)), OC_I(v->hits), OC_I(f->rows)));
    oc_text_byte(&out, '\n');
    if (v->found)
        print_boxes(v, &out);
    else if (!v->count)
        oc_add_message(v->futures.x, &out, "drivers.nothing", NULL);
    else
        oc_add_message(v->futures.x, &out, "discover.too-few", OC_ARGS(OC_I(v->hits), OC_I(f->rows), OC_I(FEWEST)));
    return oc_text_slice(&out);
}

static void json_numbers(oc_json *json, const oc_prim_box *box)
{
    oc_json_unsigned(json, "restricted", box->restricted);
    oc_json_unsigned(json, "futures", box->inside);
    oc_json_unsigned(json, "of_interest", box->hits);
    oc_json_number(json, "coverage", box->coverage);
    oc_json_number(json, "density", box->density);
    oc_json_number(json, "mass", box->mass);
}

static void json_limit(oc_json *json, const view *v, size_t i, const oc_prim_limit *limit)
{
    const oc_factor *factor = v->factors[i];
    oc_json_object(json, NULL);
    oc_factor_json_name(json, &v->futures, factor);
    if (factor->column.levels) {
        oc_json_row(json, "values");
        for (size_t l = 0; l < factor->column.levels; l++)
            if (limit->levels >> l & 1) oc_factor_json_value(json, NULL, factor, (double)l);
        oc_json_end(json);
    } else {
        oc_factor_json_value(json, "low", factor, isinf(limit->low) ? NAN : limit->low);
        oc_factor_json_value(json, "high", factor, isinf(limit->high) ? NAN : limit->high);
    }
    oc_json_number(json, "quasi_p", limit->p_value);
    oc_json_end(json);
}

static void json_box(oc_json *json, const view *v, const oc_prim_part *part)
{
    oc_json_object(json, NULL);
    json_numbers(json, &part->box);
    oc_json_unsigned(json, "new_futures", part->fresh);
    oc_json_unsigned(json, "new_of_interest", part->fresh_hits);
    oc_json_number(json, "base_rate_left", part->base_rate);
    oc_json_list(json, "limits");
    for (size_t i = 0; i < v->count; i++)
        if (part->box.limit[i].restricted) json_limit(json, v, i, &part->box.limit[i]);
    oc_json_end(json);
    oc_json_end(json);
}

static oc_slice as_json(view *v)
{
    oc_json json = oc_json_in(v->futures.x->arena);
    oc_json_object(&json, NULL);
    oc_futures_json_head(&json, &v->futures);
    oc_json_unsigned(&json, "of_interest", v->hits);
    if (!v->found) {
        const char *why = v->count ? "discover.too-few" : "drivers.nothing";
        oc_json_text(&json, "not_found",
                     oc_tell(v->futures.x, why, OC_ARGS(OC_I(v->hits), OC_I(v->futures.futures.rows), OC_I(FEWEST))));
        oc_json_end(&json);
        return oc_json_done(&json);
    }
    const oc_prim_covering *all = &v->found_boxes;
    oc_json_number(&json, "base_rate", all->first.base_rate);
    oc_json_list(&json, "boxes");
    for (size_t i = 0; i < all->count; i++) json_box(&json, v, &all->part[i]);
    oc_json_end(&json);
    oc_json_bool(&json, "exhausted", all->exhausted);
    oc_json_row_object(&json, "together");
    oc_json_unsigned(&json, "futures", all->inside);
    oc_json_unsigned(&json, "of_interest", all->hits);
    oc_json_number(&json, "coverage", all->coverage);
    oc_json_number(&json, "density", all->density);
    oc_json_number(&json, "mass", all->mass);
    oc_json_end(&json);
    oc_json_list(&json, "trajectory");
    for (size_t i = 0; i < all->first.steps; i++) {
        oc_json_row_object(&json, NULL);
        json_numbers(&json, &all->first.trajectory[i]);
        oc_json_end(&json);
    }
    oc_json_end(&json);
    oc_json_end(&json);
    return oc_json_done(&json);
}

/* "60" or "60%" of the futures of interest. */
static oc_status read_coverage(oc_context *x, double *ret)
{
    int64_t percent;
    oc_status status = oc_get_integer(x, "coverage", 1, 100, 50, &percent);
    *ret = (double)percent / 100;
    return status;
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json"};
    size_t format;
    view *v = OC_NEW(x->arena, view);
    oc_status status = oc_get_word(x, "format", formats, 2, 0, &format);
    if (status == OC_OK) status = read_coverage(x, &v->options.coverage);
    if (status == OC_OK) status = oc_get_integer(x, "boxes", 1, 20, BOXES, &v->most);
    if (status != OC_OK) return status;
    if (oc_has(x, "later-than") == oc_has(x, "where")) return oc_complain(x, OC_USAGE, "discover.one-of", NULL);
    status = oc_futures_open(x, RUNS, &v->futures);
    if (status != OC_OK) return status;
    search(v);
    oc_print(x, format ? as_json(v) : as_text(v));
    return oc_futures_close(&v->futures);
}

static const oc_option options[] = {
    {"later-than", "DATE", false},  {"where", "EXPR", false}, {"question", "NAME", false},
    {"coverage", "PERCENT", false}, {"boxes", "N", false},    {"categories", NULL, false},
    OC_OPTIONS_OF_SCENARIO,         {"runs", "N", false},     {"format", "text|json", false},
    {"seed", "S", false},           {"threads", "T", false},  {NULL, NULL, false},
};

const oc_command oc_cmd_discover = {"discover", "[SCENARIO] --later-than DATE|--where EXPR", options, run, 1};
