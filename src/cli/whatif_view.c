/* See whatif_view.h. */
#include "cli/whatif_view.h"

#include <math.h>

#include "analysis/forecast.h"
#include "cli/forecast_view.h"
#include "cli/smooth_view.h"
#include "cli/table.h"

bool oc_whatif_too_few(const oc_whatif *w, size_t v)
{
    return w->counted[v] != w->futures && w->counted[v] < OC_LEAST_GIVEN;
}

/* The target of the forecast: a stage is named by the question about it. */
size_t oc_whatif_main(const oc_whatif *w)
{
    for (int stage = 0; stage < 2; stage++)
        for (size_t i = w->measure_count; i-- > 0;)
            if (w->measures[i].kind == OC_MEASURE_DATE && w->measures[i].stage == (bool)stage) return i;
    return SIZE_MAX;
}

static const oc_model *base_model(const oc_whatif *w)
{
    return w->variants[0].compiled->model;
}

static oc_slice variant_title(oc_context *x, const oc_variant *v)
{
    return v->title ? oc_title_in(v->title, x->lang, v->name) : v->name;
}

oc_slice oc_measure_title(oc_context *x, const oc_measure *m)
{
    oc_slice title = oc_title_in(m->title, x->lang, m->name);
    if (m->type.kind != OC_TYPE_CATEGORY) return title;
    return oc_arena_printf(x->arena, "%.*s: %.*s", OC_FMT(title), OC_FMT(m->type.category->values[m->value]));
}

static oc_slice percent(oc_context *x, double p)
{
    if (isnan(p)) return OC_SLICE("–");
    oc_text text = oc_text_in(x->arena);
    oc_text_fixed(&text, p * 100, 1);
    oc_text_byte(&text, '%');
    return oc_text_slice(&text);
}

static oc_slice day_text(oc_context *x, oc_day day)
{
    return day == OC_DAY_NONE ? oc_tell(x, "date.beyond", NULL) : oc_day_print(x->arena, day);
}

static oc_slice share_text(oc_context *x, uint64_t part, uint64_t all)
{
    return percent(x, all ? (double)part / (double)all : NAN);
}

static void add_row(oc_columns *t, oc_slice a, oc_slice b, oc_slice c, oc_slice d, oc_slice e)
{
    oc_slice cells[] = {a, b, c, d, e};
    for (size_t i = 0; i < 5; i++) oc_columns_add(t, cells[i]);
}

static oc_slice points(oc_context *x, const oc_estimate *e)
{
    return e->value == 0 && e->error == 0 ? OC_SLICE("0") : oc_cell_signed(x, e, 100, 2);
}

static oc_slice days(oc_context *x, const oc_estimate *e)
{
    oc_slice text = oc_cell_signed(x, e, 1, 1);
    return isnan(e->value) ? text : oc_tell(x, "whatif.days", OC_ARGS(OC_T(text)));
}

static oc_slice number_difference(oc_context *x, const oc_measure *m, const oc_estimate *e)
{
    if (m->type.time == 1) return days(x, e);
    return oc_cell_signed(x, e, oc_slice_starts(m->type.unit, OC_SLICE("percent")) ? 100 : 1, 6);
}

static void measure_rows(oc_context *x, oc_columns *t, const oc_whatif *w, size_t v, size_t m)
{
    const oc_measure *measure = &w->measures[m];
    const oc_side *base = &w->sides[m], *side = &w->sides[v * w->measure_count + m];
    const oc_difference *d = &w->differences[v * w->measure_count + m];
    oc_slice title = oc_measure_title(x, measure), changed = share_text(x, d->changed, w->futures);
    if (measure->kind == OC_MEASURE_TRUTH) {
        add_row(t, title, percent(x, base->p), percent(x, side->p), points(x, &d->p), changed);
        return;
    }
    if (measure->kind == OC_MEASURE_NUMBER) {
        oc_slice unit = measure->type.unit;
        add_row(t, title, oc_value_text(x, measure->type, unit, base->mean),
                oc_value_text(x, measure->type, unit, side->mean), number_difference(x, measure, &d->mean), changed);
        return;
    }
    oc_slice horizon = oc_day_print(x->arena, base_model(w)->horizon);
    add_row(t, oc_tell(x, "whatif.middle", OC_ARGS(OC_T(title))), day_text(x, base->p50), day_text(x, side->p50),
            days(x, &d->median), changed);
    add_row(t, oc_tell(x, "whatif.by", OC_ARGS(OC_T(title), OC_T(horizon))), percent(x, base->p), percent(x, side->p),
            points(x, &d->p), (oc_slice){"", 0});
}

/* A question that only names a stage repeats it. */
static bool repeats(const oc_whatif *w, size_t m)
{
    const oc_measure *measure = &w->measures[m];
    if (measure->stage || measure->kind != OC_MEASURE_DATE) return false;
    const oc_expr *e = base_model(w)->questions.at[measure->index]->is;
    return e->kind == OC_EXPR_NAME && e->symbol && e->symbol->kind == OC_SYMBOL_STAGE;
}

static void variant_table(oc_context *x, oc_text *out, const oc_whatif *w, size_t v)
{
    const oc_variant *variant = &w->variants[v];
    oc_text_byte(out, '\n');
    if (x->colour) oc_text_lit(out, "\x1b[1m");
    oc_add_line(x, out, variant_title(x, variant));
    if (x->colour) oc_text_lit(out, "\x1b[0m");
    if (oc_whatif_too_few(w, v)) {
        oc_add_message(x, out, "whatif.too-few",
                       OC_ARGS(OC_I(w->counted[v]), OC_I(w->futures), OC_I(OC_LEAST_GIVEN)));
        return;
    }
    if (w->counted[v] != w->futures)
        oc_add_message(x, out, "whatif.remain", OC_ARGS(OC_I(w->counted[v]), OC_I(w->futures)));
    if (!w->bit[v] && w->counted[v] == w->futures) {
        oc_add_message(x, out, "whatif.nothing", NULL);
        return;
    }
    oc_slice share = share_text(x, w->bit[v], w->futures);
    if (w->bit[v]) oc_add_message(x, out, "whatif.bit", OC_ARGS(OC_I(w->bit[v]), OC_I(w->futures), OC_T(share)));
    oc_columns t = oc_columns_of(x->arena, "lrrrr");
    static const char *const heads[] = {"head.answer", "whatif.head.base", "whatif.head.changed",
                                        "whatif.head.difference", "whatif.head.futures"};
    for (size_t i = 0; i < 5; i++) oc_columns_add(&t, oc_tell(x, heads[i], NULL));
    for (size_t m = 0; m < w->measure_count; m++)
        if (!repeats(w, m)) measure_rows(x, &t, w, v, m);
    oc_columns_print(out, &t, x->width, x->colour);
}

static void summary(oc_context *x, oc_text *out, const oc_whatif *w)
{
    size_t m = oc_whatif_main(w);
    if (m == SIZE_MAX || w->count < 3) return;
    oc_text_byte(out, '\n');
    oc_slice horizon = oc_day_print(x->arena, base_model(w)->horizon);
    oc_add_message(x, out, "whatif.summary", OC_ARGS(OC_T(oc_measure_title(x, &w->measures[m])), OC_T(horizon)));
    oc_columns t = oc_columns_of(x->arena, "lrrrr");
    static const char *const heads[] = {"whatif.head.variant", "head.p50", "whatif.head.difference", "whatif.head.by",
                                        "whatif.head.difference"};
    for (size_t i = 0; i < 5; i++) oc_columns_add(&t, oc_tell(x, heads[i], NULL));
    for (size_t v = 0; v < w->count; v++) {
        const oc_side *side = &w->sides[v * w->measure_count + m];
        const oc_difference *d = &w->differences[v * w->measure_count + m];
        if (oc_whatif_too_few(w, v)) {
            oc_slice why = oc_tell(x, "whatif.few", OC_ARGS(OC_I(w->counted[v])));
            add_row(&t, variant_title(x, &w->variants[v]), why, OC_SLICE("–"), OC_SLICE("–"), OC_SLICE("–"));
            continue;
        }
        add_row(&t, variant_title(x, &w->variants[v]), day_text(x, side->p50),
                v ? days(x, &d->median) : (oc_slice){"", 0}, percent(x, side->p),
                v ? points(x, &d->p) : (oc_slice){"", 0});
    }
    oc_columns_print(out, &t, x->width, x->colour);
}

/* Whether a change takes a variable out of those whose path is drawn where it is read. */
static bool is_stepwise(const oc_whatif *w, const oc_variable *variable)
{
    return oc_bridge_differs(w->variants[0].compiled->ways, variable->symbol->name);
}

static void stepwise(oc_context *x, oc_text *out, const oc_whatif *w)
{
    const oc_model *m = base_model(w);
    for (size_t i = 0; i < m->variables.len; i++) {
        const oc_variable *v = m->variables.at[i];
        if (is_stepwise(w, v))
            oc_add_message(x, out, "whatif.stepwise", OC_ARGS(OC_T(oc_title_in(&v->title, x->lang, v->symbol->name))));
    }
}

void oc_whatif_text(oc_context *x, oc_text *out, const oc_whatif *w)
{
    const oc_model *m = base_model(w);
    oc_add_line(x, out, oc_title_in(&m->title, x->lang, m->name));
    oc_add_message(x, out, "forecast.setting", OC_ARGS(OC_D(m->as_of), OC_D(m->horizon), OC_I(w->futures)));
    summary(x, out, w);
    for (size_t v = 1; v < w->count; v++) variant_table(x, out, w, v);
    oc_text_byte(out, '\n');
    oc_smooth_text(x, out, w->smooth);
    stepwise(x, out, w);
    oc_add_message(x, out, "whatif.note", NULL);
}

/* --- JSON --- */

static void json_side(oc_json *json, const oc_measure *measure, const oc_side *side)
{
    oc_json_unsigned(json, "futures", side->futures);
    if (measure->kind == OC_MEASURE_NUMBER) {
        oc_json_number(json, "mean", side->mean);
        oc_json_number(json, "se", side->mean_se);
        oc_json_number(json, "never", side->never);
        return;
    }
    if (measure->kind == OC_MEASURE_DATE) {
        oc_json_day(json, "p10", side->p10);
        oc_json_day(json, "p50", side->p50);
        oc_json_day(json, "p90", side->p90);
        oc_json_number(json, "never", 1 - side->p);
    }
    oc_json_number(json, "p", side->p);
    oc_json_number(json, "se", side->p_se);
}

static void json_difference(oc_json *json, const oc_measure *measure, const oc_difference *d)
{
    oc_json_object(json, "difference");
    oc_json_unsigned(json, "changed", d->changed);
    if (measure->kind == OC_MEASURE_NUMBER) {
        oc_json_difference(json, "mean", &d->mean);
    } else {
        oc_json_difference(json, "p", &d->p);
    }
    if (measure->kind == OC_MEASURE_DATE) {
        oc_json_difference(json, "p50_days", &d->median);
        oc_json_difference(json, "later_days", &d->later);
        oc_json_unsigned(json, "both", d->both);
    }
    oc_json_end(json);
}

static void json_variant(oc_json *json, const oc_whatif *w, size_t v)
{
    static const char *const kinds[] = {"truth", "date", "number"};
    const oc_variant *variant = &w->variants[v];
    oc_json_object(json, NULL);
    oc_json_text(json, "name", variant->name);
    if (variant->title) {
        oc_json_object(json, "title");
        for (int lang = 0; lang < OC_LANG_COUNT; lang++)
            if (variant->title->text[lang].len)
                oc_json_text(json, oc_lang_code((oc_lang)lang), variant->title->text[lang]);
        oc_json_end(json);
    }
    if (variant->because.len) oc_json_text(json, "because", variant->because);
    oc_json_unsigned(json, "counted", w->counted[v]);
    oc_json_unsigned(json, "bit", w->bit[v]);
    bool few = oc_whatif_too_few(w, v);
    if (few) oc_json_unsigned(json, "too_few", OC_LEAST_GIVEN);
    oc_json_list(json, "answers");
    for (size_t m = 0; m < w->measure_count && !few; m++) {
        const oc_measure *measure = &w->measures[m];
        oc_json_object(json, NULL);
        oc_json_text(json, "of", measure->stage ? OC_SLICE("stage") : OC_SLICE("question"));
        oc_json_text(json, "name", measure->name);
        if (measure->type.kind == OC_TYPE_CATEGORY)
            oc_json_text(json, "value", measure->type.category->values[measure->value]);
        oc_json_text(json, "kind", oc_slice_of(kinds[measure->kind]));
        json_side(json, measure, &w->sides[v * w->measure_count + m]);
        if (v) json_difference(json, measure, &w->differences[v * w->measure_count + m]);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_end(json);
}

oc_slice oc_whatif_json(oc_context *x, const oc_whatif *w, const oc_run_options *options,
                        void (*more)(oc_json *json, void *context), void *context)
{
    const oc_model *m = base_model(w);
    oc_json json = oc_json_in(x->arena);
    oc_json_object(&json, NULL);
    oc_json_text(&json, "opcon", OC_SLICE(OC_VERSION));
    oc_json_text(&json, "scenario", m->name);
    oc_json_unsigned(&json, "seed", options->seed);
    oc_json_unsigned(&json, "runs", w->futures);
    oc_json_bool(&json, "complete", w->futures == options->runs);
    oc_json_day(&json, "as_of", m->as_of);
    oc_json_day(&json, "horizon", m->horizon);
    oc_json_list(&json, "variants");
    for (size_t v = 0; v < w->count; v++) json_variant(&json, w, v);
    oc_json_end(&json);
    oc_json_list(&json, "stepwise");
    for (size_t i = 0; i < m->variables.len; i++)
        if (is_stepwise(w, m->variables.at[i])) oc_json_text(&json, NULL, m->variables.at[i]->symbol->name);
    oc_json_end(&json);
    oc_smooth_json(&json, w->smooth);
    if (more) more(&json, context);
    oc_json_object(&json, "timing");
    oc_json_number(&json, "sampling_seconds", w->seconds);
    oc_json_unsigned(&json, "threads", w->threads);
    oc_json_text(&json, "isa", oc_slice_of(oc_isa_name(w->isa)));
    oc_json_end(&json);
    oc_json_end(&json);
    return oc_json_done(&json);
}

/* --- CSV --- */

static void csv_number(oc_text *out, double value)
{
    oc_text_byte(out, ',');
    if (!isnan(value)) oc_text_number(out, value);
}

static void csv_row(oc_text *out, const oc_whatif *w, size_t v, size_t m, const char *what, double base, double value,
                    const oc_estimate *d)
{
    const oc_measure *measure = &w->measures[m];
    oc_text_csv_field(out, w->variants[v].name);
    oc_text_byte(out, ',');
    oc_text_csv_field(out, measure->name);
    oc_text_byte(out, ',');
    if (measure->type.kind == OC_TYPE_CATEGORY) oc_text_csv_field(out, measure->type.category->values[measure->value]);
    oc_text_printf(out, ",%s", what);
    csv_number(out, base);
    csv_number(out, value);
    csv_number(out, d->value);
    csv_number(out, d->error);
    oc_text_printf(out, ",%llu\n", (unsigned long long)w->differences[v * w->measure_count + m].changed);
}

static double day_number(oc_day day)
{
    return day == OC_DAY_NONE ? NAN : (double)day;
}

oc_slice oc_whatif_csv(oc_context *x, const oc_whatif *w)
{
    oc_text out = oc_text_in(x->arena);
    oc_text_lit(&out, "variant,answer,value,what,base,changed,difference,se,futures_changed\n");
    for (size_t v = 1; v < w->count; v++)
        for (size_t m = 0; m < w->measure_count && !oc_whatif_too_few(w, v); m++) {
            const oc_side *base = &w->sides[m], *side = &w->sides[v * w->measure_count + m];
            const oc_difference *d = &w->differences[v * w->measure_count + m];
            if (w->measures[m].kind == OC_MEASURE_NUMBER) {
                csv_row(&out, w, v, m, "mean", base->mean, side->mean, &d->mean);
                continue;
            }
            csv_row(&out, w, v, m, "p", base->p, side->p, &d->p);
            if (w->measures[m].kind == OC_MEASURE_DATE)
                csv_row(&out, w, v, m, "p50_days_since_1970", day_number(base->p50), day_number(side->p50), &d->median);
        }
    return oc_text_slice(&out);
}
