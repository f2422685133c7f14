/* opcon drivers: what moves the answer.
 *
 * One ordinary run gives the given-data index and the tornado of each factor (analysis/sobol.h); --sobol adds
 * first-order and total indices from runs of their own (analysis/futures.h). */
#include <math.h>

#include "analysis/driver_list.h"
#include "base/utf8.h"
#include "cli/forecast_view.h"
#include "cli/futures_view.h"
#include "cli/table.h"

enum { RUNS = 65536, SOBOL_RUNS = 16384, SHOWN = 10 };
static const double LEVEL = 0.9, LITTLE = 0.7;

typedef struct view {
    oc_futures_view futures;
    oc_driver_list list;
    bool sobol;
    oc_futures_indices indices;
    const oc_sobol_index **index; /* of each row of the list; NULL: not computed */
    uint64_t sobol_runs;
} view;

/* --- estimates --- */

/* NULL, or the message that says why the answer cannot be taken apart. */
static const char *too_little(const view *v)
{
    static const char *const messages[] = {NULL, "drivers.same-answer", "drivers.rare-answer"};
    return messages[oc_drivers_lack(&v->futures.futures)];
}

/* NULL, or the message that says why nothing could be estimated. */
static const char *why_not(const oc_driver_row *r)
{
    static const char *const messages[] = {NULL, "drivers.constant", "drivers.endless", "drivers.few-cases"};
    return messages[r->lack];
}

static const oc_sobol_index *index_of(const view *v, const oc_driver_row *r)
{
    return v->index[r - v->list.rows];
}

static const oc_sobol_index *chance_index(const view *v)
{
    return v->indices.found ? &v->indices.sobol.index[v->indices.sobol.count - 1] : NULL;
}

static oc_status run_sobol(view *v)
{
    oc_context *x = v->futures.x;
    if (v->futures.model->givens.len) return oc_complain(x, OC_USAGE, "drivers.sobol-given", NULL);
    oc_run_options options = v->futures.run;
    if (!oc_has(x, "runs")) options.runs = SOBOL_RUNS;
    v->sobol_runs = options.runs;
    oc_status status = oc_futures_sobol(x->arena, &v->futures.futures, &options, OC_SOBOL_SALTELLI, LEVEL, &v->indices);
    oc_progress_clear(x);
    if (status == OC_INPUT) return oc_futures_failed(&v->futures, &v->indices.failure);
    if (status == OC_LIMIT)
        return oc_complain(x, status, "drivers.too-many", OC_ARGS(OC_I(oc_futures_most_runs(v->futures.compiled))));
    if (status == OC_CANCELLED) { /* what the ordinary run says stands */
        v->sobol = false;
        v->futures.interrupted = true;
        return OC_OK;
    }
    if (status != OC_OK) return status;
    for (size_t i = 0; v->indices.found && i < v->indices.sobol.count; i++)
        for (size_t r = 0; r < v->list.count && v->indices.which[i] != SIZE_MAX; r++)
            if (v->list.rows[r].factor == &v->futures.futures.factor[v->indices.which[i]])
                v->index[r] = &v->indices.sobol.index[i];
    return OC_OK;
}

/* --- text --- */

/* A value of the answer: of a share how many in 100 futures. */
static oc_slice output_text(const view *v, double value)
{
    const oc_asked *a = &v->futures.futures.asked;
    if (oc_answer_is_share(&v->futures)) return oc_cell_number(v->futures.x, 100 * value, 1);
    return oc_value_text(v->futures.x, oc_answer_type(&v->futures), a->unit, value);
}

/* With the sign, and its sampling error. */
static oc_slice effect_text(const view *v, const oc_tornado_row *t)
{
    const oc_asked *a = &v->futures.futures.asked;
    double error = hypot(t->low.output.error, t->high.output.error);
    oc_context *x = v->futures.x;
    const char *sign = t->effect < 0 ? "◀ −" : "▶ +";
    if (oc_answer_is_share(&v->futures))
        return oc_tell(v->futures.x, "drivers.points",
                       OC_ARGS(OC_S(sign), OC_T(oc_cell_number(x, 100 * fabs(t->effect), 1)),
                               OC_T(oc_cell_number(x, 100 * error, 1))));
    return oc_arena_printf(x->arena, "%s%.*s ±%.*s", sign,
                           OC_FMT(oc_value_text(x, oc_answer_type(&v->futures), a->unit, fabs(t->effect))),
                           OC_FMT(oc_value_text(x, oc_answer_type(&v->futures), a->unit, error)));
}

typedef struct bars {
    double from, to, baseline;
    size_t cells, left, right; /* columns of the bar and of the texts beside it */
} bars;

/* The end with the smaller answer, and the other. */
static const oc_tornado_end *left_end(const oc_tornado_row *t)
{
    return t->effect < 0 ? &t->high : &t->low;
}

static const oc_tornado_end *right_end(const oc_tornado_row *t)
{
    return t->effect < 0 ? &t->low : &t->high;
}

static oc_slice end_text(const view *v, const oc_driver_row *r, const oc_tornado_end *end, bool left)
{
    oc_slice value = oc_factor_value(&v->futures, r->factor, end->input), output = output_text(v, end->output.value);
    oc_slice first = left ? value : output, second = left ? output : value;
    return oc_arena_printf(v->futures.x->arena, "%.*s  %.*s", OC_FMT(first), OC_FMT(second));
}

static bars lay_out(const view *v, size_t shown)
{
    double mean = v->futures.futures.mean;
    bars b = {mean, mean, mean, 0, 0, 0};
    for (size_t i = 0; i < shown; i++) {
        const oc_driver_row *r = &v->list.rows[i];
        b.from = fmin(b.from, left_end(&r->tornado)->output.value);
        b.to = fmax(b.to, right_end(&r->tornado)->output.value);
        size_t left = oc_utf8_width(end_text(v, r, left_end(&r->tornado), true));
        size_t right = oc_utf8_width(end_text(v, r, right_end(&r->tornado), false));
        if (left > b.left) b.left = left;
        if (right > b.right) b.right = right;
    }
    size_t width = v->futures.x->width > 100 ? 100 : (size_t)v->futures.x->width, used = b.left + b.right + 8;
    b.cells = width > used + 12 ? width - used : 12;
    return b;
}

static size_t cell_of(const bars *b, double value)
{
    if (!(b->to > b->from)) return b->cells / 2;
    return (size_t)lround((value - b->from) / (b->to - b->from) * (double)(b->cells - 1));
}

/* low 3.2 mo  78.1 ░░░░┃████ 56.8  41 mo: ░ the lowest tenth of the input, █ the highest. */
static void print_bar(const view *v, oc_text *out, const bars *b, const oc_driver_row *r)
{
    const oc_tornado_end *left = left_end(&r->tornado), *right = right_end(&r->tornado);
    oc_slice before = end_text(v, r, left, true), behind = end_text(v, r, right, false);
    size_t base = cell_of(b, b->baseline), from = cell_of(b, left->output.value), to = cell_of(b, right->output.value);
    bool left_is_low = left == &r->tornado.low;
    oc_text_repeat(out, ' ', 2 + b->left - oc_utf8_width(before));
    oc_text_add(out, before);
    oc_text_byte(out, ' ');
    for (size_t c = 0; c < b->cells; c++) {
        bool bar_left = c >= from && c < base, bar_right = c <= to && c > base;
        if (c == base)
            oc_text_lit(out, "┃");
        else if (bar_left)
            oc_text_add(out, left_is_low ? OC_SLICE("░") : OC_SLICE("█"));
        else if (bar_right)
            oc_text_add(out, left_is_low ? OC_SLICE("█") : OC_SLICE("░"));
        else
            oc_text_byte(out, ' ');
    }
    oc_text_byte(out, ' ');
    oc_text_add(out, behind);
    oc_text_byte(out, '\n');
}

static void print_tornado(const view *v, oc_text *out)
{
    oc_context *x = v->futures.x;
    size_t shown = v->list.estimated < SHOWN ? v->list.estimated : SHOWN;
    if (!shown) return;
    bars b = lay_out(v, shown);
    oc_text_byte(out, '\n');
    oc_add_message(v->futures.x, out, oc_answer_is_share(&v->futures) ? "drivers.legend" : "drivers.legend-number",
                   OC_ARGS(OC_T(output_text(v, b.baseline))));
    for (size_t i = 0; i < shown; i++) {
        oc_slice label = oc_factor_label(&v->futures, v->list.rows[i].factor),
                 effect = effect_text(v, &v->list.rows[i].tornado);
        size_t width = x->width > 100 ? 100 : (size_t)x->width, needed = oc_utf8_width(effect);
        size_t room = width > needed + 20 ? width - needed : needed + 20, used = oc_utf8_width(label);
        oc_text_byte(out, '\n');
        if (used + 2 > room) {
            oc_add_line(v->futures.x, out, label);
            used = 0;
        } else {
            oc_text_add(out, label);
        }
        oc_text_repeat(out, ' ', room - used);
        oc_text_add(out, effect);
        oc_text_byte(out, '\n');
        print_bar(v, out, &b, &v->list.rows[i]);
    }
    if (v->list.estimated > shown) {
        double most = fabs(v->list.rows[shown].tornado.effect);
        oc_text_byte(out, '\n');
        oc_add_message(v->futures.x, out, "drivers.others",
                       OC_ARGS(OC_I(v->list.estimated - shown), OC_T(output_text(v, most))));
    }
}

static oc_slice share_text(const view *v, oc_estimate e)
{
    return oc_tell(v->futures.x, "drivers.share-se",
                   OC_ARGS(OC_T(oc_cell_number(v->futures.x, 100 * e.value, 1)),
                           OC_T(oc_cell_number(v->futures.x, 100 * e.error, 1))));
}

static void add_index(const view *v, oc_columns *t, const oc_sobol_index *index)
{
    const oc_share *shares[] = {index ? &index->first : NULL, index ? &index->total : NULL};
    for (int i = 0; i < 2; i++)
        oc_columns_add(t, index ? oc_cell_percents(v->futures.x, shares[i]->estimate.low, shares[i]->estimate.high)
                                : OC_SLICE("–"));
}

static void print_shares(const view *v, oc_text *out)
{
    static const char *const heads[] = {"drivers.head-what", "drivers.head-share", "drivers.head-sharper",
                                        "drivers.head-first", "drivers.head-total"};
    oc_context *x = v->futures.x;
    oc_columns t = oc_columns_of(x->arena, v->sobol ? "lrrrr" : "lrr");
    for (size_t i = 0; i < t.count; i++) oc_columns_add(&t, oc_tell(v->futures.x, heads[i], NULL));
    for (size_t i = 0; i < v->list.estimated; i++) {
        const oc_driver_row *r = &v->list.rows[i];
        oc_columns_add(&t, oc_factor_label(&v->futures, r->factor));
        oc_columns_add(&t, share_text(v, r->driver.share.estimate));
        oc_slice narrowing = oc_cell_number(x, 100 * r->driver.narrowing, 1);
        oc_columns_add(&t, oc_arena_printf(x->arena, "%.*s%%", OC_FMT(narrowing)));
        if (v->sobol) add_index(v, &t, index_of(v, r));
    }
    if (chance_index(v)) {
        oc_columns_add(&t, oc_tell(v->futures.x, "drivers.chance", NULL));
        oc_columns_add(&t, OC_SLICE("–"));
        oc_columns_add(&t, OC_SLICE("–"));
        add_index(v, &t, chance_index(v));
    }
    oc_text_byte(out, '\n');
    oc_add_message(v->futures.x, out, "drivers.shares", NULL);
    oc_columns_print(out, &t, x->width, x->colour);
    oc_add_message(v->futures.x, out, "drivers.explained",
                   OC_ARGS(OC_T(oc_cell_percent(x, fmin(1, v->list.explained))),
                           OC_T(oc_cell_percent(x, fmax(0, 1 - v->list.explained)))));
}

static void print_sobol_notes(const view *v, oc_text *out)
{
    oc_context *x = v->futures.x;
    if (!v->sobol) return;
    if (!v->indices.found) {
        oc_add_message(v->futures.x, out, "drivers.no-indices", NULL);
        return;
    }
    oc_share total = chance_index(v)->total;
    oc_add_message(v->futures.x, out, "drivers.ignorance",
                   OC_ARGS(OC_T(oc_cell_percent(x, 1 - total.estimate.value)),
                           OC_T(oc_cell_percents(x, 1 - total.estimate.high, 1 - total.estimate.low)),
                           OC_I(v->indices.runs)));
    if (v->indices.sobol.first_sum < LITTLE)
        oc_add_message(v->futures.x, out, "drivers.together",
                       OC_ARGS(OC_T(oc_cell_percent(x, v->indices.sobol.first_sum))));
}

static void print_not_estimated(const view *v, oc_text *out)
{
    for (size_t i = v->list.estimated; i < v->list.count; i++) {
        const oc_driver_row *r = &v->list.rows[i];
        oc_add_message(v->futures.x, out, why_not(r),
                       OC_ARGS(OC_T(oc_factor_label(&v->futures, r->factor)), OC_I(r->factor->endless),
                               OC_I(v->futures.futures.rows)));
    }
}

static oc_slice as_text(view *v)
{
    oc_context *x = v->futures.x;
    const oc_futures *f = &v->futures.futures;
    oc_text out = oc_text_in(x->arena);
    oc_add_line(v->futures.x, &out, oc_title_in(&v->futures.model->title, x->lang, v->futures.model->name));
    oc_add_message(v->futures.x, &out, "forecast.setting",
                   OC_ARGS(OC_D(v->futures.model->as_of), OC_D(v->futures.model->horizon), OC_I(f->rows)));
    oc_text_byte(&out, '\n');
    oc_add_message(v->futures.x, &out, oc_answer_is_share(&v->futures) ? "drivers.asked" : "drivers.asked-number",
                   OC_ARGS(OC_T(oc_asked_label(&v->futures)), OC_T(output_text(v, f->mean)),
                           OC_T(output_text(v, sqrt(f->variance)))));
    if (f->endless) oc_add_message(v->futures.x, &out, "drivers.left-out", OC_ARGS(OC_I(f->endless)));
    const char *why = too_little(v);
    if (why) {
        oc_add_message(v->futures.x, &out, why, OC_ARGS(OC_I(f->hits), OC_I(f->rows), OC_I(OC_DRIVERS_FEWEST_CASES)));
        return oc_text_slice(&out);
    }
    print_tornado(v, &out);
    if (v->list.estimated) print_shares(v, &out);
    print_sobol_notes(v, &out);
    print_not_estimated(v, &out);
    if (!v->list.count) oc_add_message(v->futures.x, &out, "drivers.nothing", NULL);
    return oc_text_slice(&out);
}

/* --- data --- */

static void json_share(oc_json *json, const char *key, oc_share share)
{
    oc_json_row_object(json, key);
    oc_json_number(json, "value", share.estimate.value);
    oc_json_number(json, "se", share.estimate.error);
    oc_json_number(json, "low", share.estimate.low);
    oc_json_number(json, "high", share.estimate.high);
    oc_json_number(json, "raw", share.raw);
    oc_json_end(json);
}

static void json_end(oc_json *json, const char *key, const oc_factor *factor, const oc_tornado_end *end)
{
    oc_json_row_object(json, key);
    oc_factor_json_value(json, "input", factor, end->input);
    oc_json_number(json, "output", end->output.value);
    oc_json_number(json, "se", end->output.error);
    oc_json_number(json, "futures", end->futures);
    oc_json_end(json);
}

static void json_row(oc_json *json, const view *v, const oc_driver_row *r)
{
    oc_json_object(json, NULL);
    oc_factor_json_name(json, &v->futures, r->factor);
    oc_json_bool(json, "adds_up", r->factor->alone);
    if (why_not(r)) {
        oc_json_text(json, "not_estimated",
                     oc_tell(v->futures.x, why_not(r),
                             OC_ARGS(OC_T(oc_factor_label(&v->futures, r->factor)), OC_I(r->factor->endless),
                                     OC_I(v->futures.futures.rows))));
    } else {
        json_share(json, "share", r->driver.share);
        oc_json_unsigned(json, "classes", r->driver.classes);
        oc_json_number(json, "narrowing", r->driver.narrowing);
        oc_json_number(json, "effect", r->tornado.effect);
        json_end(json, "low", r->factor, &r->tornado.low);
        json_end(json, "high", r->factor, &r->tornado.high);
    }
    const oc_sobol_index *index = index_of(v, r);
    if (index) {
        json_share(json, "first", index->first);
        json_share(json, "total", index->total);
    }
    oc_json_end(json);
}

static void json_sobol(oc_json *json, const view *v)
{
    oc_json_object(json, "sobol");
    oc_json_unsigned(json, "rows", v->sobol_runs);
    oc_json_unsigned(json, "runs", v->indices.runs);
    oc_json_text(json, "method", OC_SLICE("Saltelli 2010 (b), Jansen 1999"));
    const oc_sobol_index *chance = chance_index(v);
    if (chance) {
        oc_json_number(json, "mean", v->indices.sobol.mean);
        oc_json_number(json, "variance", v->indices.sobol.variance);
        oc_json_number(json, "first_sum", v->indices.sobol.first_sum);
        oc_json_object(json, "chance");
        json_share(json, "first", chance->first);
        json_share(json, "total", chance->total);
        oc_json_end(json);
        oc_json_number(json, "of_not_knowing", 1 - chance->total.estimate.value);
    }
    oc_json_end(json);
}

static oc_slice as_json(view *v)
{
    const oc_futures *f = &v->futures.futures;
    oc_json json = oc_json_in(v->futures.x->arena);
    const char *why = too_little(v);
    oc_json_object(&json, NULL);
    oc_futures_json_head(&json, &v->futures);
    if (why)
        oc_json_text(&json, "not_estimated",
                     oc_tell(v->futures.x, why, OC_ARGS(OC_I(f->hits), OC_I(f->rows), OC_I(OC_DRIVERS_FEWEST_CASES))));
    oc_json_list(&json, "drivers");
    for (size_t i = 0; i < v->list.count && !why; i++) json_row(&json, v, &v->list.rows[i]);
    oc_json_end(&json);
    oc_json_number(&json, "explained", why ? NAN : v->list.explained);
    if (v->sobol && !why) json_sobol(&json, v);
    oc_json_end(&json);
    return oc_json_done(&json);
}

static void csv_numbers(oc_text *out, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        oc_text_byte(out, ',');
        if (!isnan(numbers[i])) oc_text_number(out, numbers[i]);
    }
}

static void csv_row(oc_text *out, const view *v, const oc_driver_row *r)
{
    const oc_tornado_row *t = &r->tornado;
    const oc_sobol_index *k = index_of(v, r);
    oc_text_csv_field(out, r->factor->name);
    oc_text_printf(out, ",%s,", oc_factor_kind_word(r->factor->kind));
    if (r->factor->kind == OC_FACTOR_LATER) oc_text_day(out, r->factor->day);
    csv_numbers(out,
                (const double[]){r->driver.share.estimate.value, r->driver.share.estimate.error, r->driver.narrowing,
                                 t->effect},
                4);
    const oc_tornado_end *ends[] = {&t->low, &t->high};
    for (int e = 0; e < 2; e++) {
        oc_text_byte(out, ',');
        if (r->factor->column.levels)
            oc_text_csv_field(out, oc_factor_value(&v->futures, r->factor, ends[e]->input));
        else
            oc_text_number(out, ends[e]->input);
        csv_numbers(out, (const double[]){ends[e]->output.value, ends[e]->output.error}, 2);
    }
    csv_numbers(out,
                (const double[]){k ? k->first.estimate.value : NAN, k ? k->first.estimate.error : NAN,
                                 k ? k->total.estimate.value : NAN, k ? k->total.estimate.error : NAN},
                4);
    oc_text_byte(out, '\n');
}

static oc_slice as_csv(view *v)
{
    oc_text out = oc_text_in(v->futures.x->arena);
    oc_text_lit(
        &out,
        "name,kind,day,share,share_se,narrowing,effect,low_input,low_output,low_se,high_input,high_output,high_se,"
        "first,first_se,total,total_se\n");
    for (size_t i = 0; i < v->list.estimated && !too_little(v); i++) csv_row(&out, v, &v->list.rows[i]);
    return oc_text_slice(&out);
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json", "csv"};
    static oc_slice (*const write[])(view *) = {as_text, as_json, as_csv};
    size_t format;
    oc_status status = oc_get_word(x, "format", formats, 3, 0, &format);
    if (status != OC_OK) return status;
    view *v = OC_NEW(x->arena, view);
    status = oc_futures_open(x, RUNS, &v->futures);
    if (status != OC_OK) return status;
    v->sobol = oc_has(x, "sobol") && !v->futures.interrupted;
    if (!too_little(v)) {
        oc_drivers_list(x->arena, &v->futures.futures, LEVEL, &v->list);
        v->index = OC_NEW_ARRAY(x->arena, v->list.count + 1, const oc_sobol_index *);
        if (v->sobol) status = run_sobol(v);
    }
    if (status != OC_OK) return status;
    oc_print(x, write[format](v));
    return oc_futures_close(&v->futures);
}

static const oc_option options[] = {
    {"question", "NAME", false}, {"by", "DATE", false},   {"days", NULL, false}, {"is", "VALUE", false},
    {"sobol", NULL, false},      OC_OPTIONS_OF_SCENARIO,  {"runs", "N", false},  {"format", "text|json|csv", false},
    {"seed", "S", false},        {"threads", "T", false}, {NULL, NULL, false},
};

const oc_command oc_cmd_drivers = {"drivers", "[SCENARIO] [--question NAME] [--sobol]", options, run, 1};
