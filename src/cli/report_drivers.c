/* What moves the report's answer, from futures one by one; see report_maker.h and analysis/futures.h. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/forecast_view.h"
#include "cli/report_maker.h"

enum { SHOWN = 10 };
static const double TENTH = 0.1, LEVEL = 0.9;

static bool collect(oc_job *job, const oc_asked *asked, oc_futures *ret)
{
    const oc_report_maker *m = job->maker;
    oc_run_options run = m->run;
    run.runs = OC_REPORT_TABLE_RUNS;
    run.threads = 1;
    run.progress = NULL;
    return oc_futures_collect(&job->arena, m->plain, asked, &run, ret) == OC_OK && ret->varies;
}

/* The day by which half of the futures have come; OC_DAY_NONE: there is none. */
static oc_day half_way(oc_job *job)
{
    const oc_report_maker *m = job->maker;
    oc_run_options run = {.runs = OC_REPORT_CHECK_RUNS, .seed = m->run.seed, .threads = 1};
    oc_result result;
    oc_slice name;
    const oc_title *title;
    if (oc_run(m->plain->program, &run, &job->arena, &result) != OC_OK) return OC_DAY_NONE;
    const oc_date_answer *answer = oc_forecast_main(oc_forecast_make(&job->arena, m->plain, &result), &name, &title);
    return answer ? answer->p50 : OC_DAY_NONE;
}

/* What each factor moves; NULL where that cannot be said. */
static const oc_tornado_row **estimate_rows(oc_arena *arena, const oc_futures *futures)
{
    const oc_tornado_row **rows = OC_NEW_ARRAY(arena, futures->count + 1, const oc_tornado_row *);
    for (size_t i = 0; i < futures->count; i++) {
        const oc_factor *factor = &futures->factor[i];
        if (!factor->varies || factor->endless || factor->type.kind == OC_TYPE_DATE) continue;
        oc_tornado_row *row = OC_NEW(arena, oc_tornado_row);
        if (oc_tornado_estimate(arena, factor->column, futures->answer, futures->rows, TENTH, LEVEL, row))
            rows[i] = row;
    }
    return rows;
}

void oc_report_run_futures(oc_job *job)
{
    const oc_report_maker *m = job->maker;
    oc_asked asked;
    if (!oc_futures_find(m->plain, m->main_name, &asked)) return;
    if (asked.type.kind != OC_TYPE_DATE || asked.state == UINT32_MAX) return;
    if (m->by != OC_DAY_NONE) asked.by = m->by;
    oc_report_table *table = OC_NEW(&job->arena, oc_report_table);
    table->about_answer = collect(job, &asked, &table->futures);
    if (!table->about_answer) {
        asked.by = half_way(job);
        if (asked.by == OC_DAY_NONE || !collect(job, &asked, &table->futures)) return;
    }
    table->rows = estimate_rows(&job->arena, &table->futures);
    job->found = table;
}

/* To two digits, large figures to three: the page promises no more. */
static double rounded(double value)
{
    char digits[40];
    snprintf(digits, sizeof digits, fabs(value) < 100 ? "%.2g" : "%.3g", value);
    return strtod(digits, NULL);
}

/* A minus sign as the charts have it. */
static oc_slice with_minus(oc_arena *arena, oc_slice text)
{
    return oc_slice_starts(text, OC_SLICE("-"))
               ? oc_arena_printf(arena, "−%.*s", OC_FMT(oc_slice_sub(text, 1, text.len)))
               : text;
}

/* A figure with its unit, which stands apart from it in English only. */
static oc_slice number_of(oc_context *in, const oc_factor *factor, oc_slice unit, bool percent, double value)
{
    if (factor->type.time) return oc_value_text(in, factor->type, unit, value);
    if (in->lang == OC_LANG_EN || !unit.len) return oc_value_text(in, factor->type, unit, rounded(value));
    if (percent) return oc_arena_printf(in->arena, "%.3g%%", rounded(value) * 100);
    oc_slice number = oc_value_text(in, factor->type, OC_SLICE(""), rounded(value));
    return oc_arena_printf(in->arena, "%.*s%.*s", OC_FMT(number), OC_FMT(unit));
}

static oc_local value_of(const oc_report_maker *m, const oc_factor *factor, double value)
{
    oc_slice unit = factor->unit.len ? factor->unit : factor->type.unit;
    bool percent = oc_slice_starts(unit, OC_SLICE("percent"));
    const char *section = factor->kind == OC_FACTOR_INPUT ? "inputs" : "variables";
    oc_local text, units = oc_collect_unit(m->model, section, factor->name, unit);
    if (factor->type.kind == OC_TYPE_CATEGORY)
        return oc_collect_value(m->model, factor->name, factor->type.category->values[(size_t)value]);
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        oc_context in = *m->x;
        in.lang = (oc_lang)lang;
        if (factor->type.kind == OC_TYPE_TRUTH)
            text.in[lang] = oc_message(in.lang, value != 0 ? "drivers.yes" : "drivers.no");
        else
            text.in[lang] =
                with_minus(in.arena, number_of(&in, factor, percent ? unit : units.in[lang], percent, value));
    }
    return text;
}

static oc_local label_of(oc_context *x, const oc_factor *factor)
{
    static const oc_title untitled;
    oc_local label = oc_collect_title(x->arena, factor->title ? factor->title : &untitled, factor->name);
    for (int lang = 0; lang < OC_LANG_COUNT && factor->kind != OC_FACTOR_INPUT; lang++) {
        oc_slice title = label.in[lang], day = oc_words_day(x->arena, (oc_lang)lang, factor->day);
        if (factor->kind == OC_FACTOR_START)
            label.in[lang] = oc_say(x->arena, (oc_lang)lang, "drivers.start", OC_ARGS(OC_T(title)));
        else if (factor->kind == OC_FACTOR_TAKES)
            label.in[lang] = oc_say(x->arena, (oc_lang)lang, "drivers.takes", OC_ARGS(OC_T(title)));
        else
            label.in[lang] = oc_say(x->arena, (oc_lang)lang, "report.driver-later", OC_ARGS(OC_T(title), OC_T(day)));
    }
    return label;
}

static oc_report_refs refs_of(oc_collector *c, const oc_factor *factor)
{
    static const char *const sections[] = {"inputs", "variables", "stages", "variables"}; /* by oc_factor_kind */
    return oc_collect_record_refs(c, sections[factor->kind], factor->name);
}

void oc_report_add_drivers(oc_report_maker *m, const oc_report_table *table, oc_report_input *input)
{
    const oc_futures *futures = &table->futures;
    oc_arena *arena = m->x->arena;
    oc_tornado_row *rows = OC_NEW_ARRAY(arena, futures->count + 1, oc_tornado_row);
    size_t *from = OC_NEW_ARRAY(arena, futures->count + 1, size_t),
           *order = OC_NEW_ARRAY(arena, futures->count + 1, size_t);
    size_t count = 0;
    for (size_t i = 0; i < futures->count; i++) {
        if (!table->rows[i]) continue;
        from[count] = i;
        rows[count++] = *table->rows[i];
    }
    oc_tornado_order(rows, count, order);
    oc_report_driver *drivers = OC_NEW_ARRAY(arena, SHOWN, oc_report_driver);
    for (size_t k = 0; k < count && k < SHOWN; k++) {
        const oc_tornado_row *row = &rows[order[k]];
        const oc_factor *factor = &futures->factor[from[order[k]]];
        drivers[k] = (oc_report_driver){.label = label_of(m->x, factor),
                                        .low = row->low.output.value,
                                        .high = row->high.output.value,
                                        .low_value = value_of(m, factor, row->low.input),
                                        .high_value = value_of(m, factor, row->high.input),
                                        .error = fmax(row->low.output.error, row->high.output.error),
                                        .total = -1,
                                        .refs = refs_of(&m->collector, factor)};
        input->driver_count++;
    }
    input->drivers = drivers;
    input->driver_futures = (int64_t)futures->rows;
}

/* --- what is not known, as a band around the curve --- */

void oc_report_run_band(oc_job *job)
{
    const oc_report_maker *m = job->maker;
    oc_measure *all;
    size_t count = oc_measures_of(&job->arena, m->plain, &all);
    oc_ignorance_options options = {.seed = m->run.seed, .threads = 1, .cancel = m->run.cancel};
    for (size_t i = 0; i < count && !options.band; i++)
        if (all[i].kind == OC_MEASURE_DATE && oc_slice_equal(all[i].name, m->main_name)) options.band = &all[i];
    oc_ignorance *found = OC_NEW(&job->arena, oc_ignorance);
    if (options.band && oc_ignorance_estimate(&job->arena, m->plain, &options, found) == OC_OK && found->band_count)
        job->found = found;
}

/* The band's ends on a day, straight between its days. */
static oc_band_point band_on(const oc_ignorance *ignorance, oc_day day)
{
    const oc_band_point *band = ignorance->band;
    size_t next = 0;
    while (next < ignorance->band_count && band[next].day < day) next++;
    if (next == ignorance->band_count) return band[next - 1];
    oc_band_point from = next ? band[next - 1] : (oc_band_point){day - 1, 0, 0}, to = band[next];
    double part = to.day > from.day ? (double)(day - from.day) / (double)(to.day - from.day) : 1;
    return (oc_band_point){day, from.low + part * (to.low - from.low), from.high + part * (to.high - from.high)};
}

void oc_report_add_band(oc_report_maker *m, const oc_ignorance *ignorance, oc_report_input *input)
{
    oc_report_curve *curve = &input->main;
    double *low = OC_NEW_ARRAY(m->x->arena, curve->count + 1, double),
           *high = OC_NEW_ARRAY(m->x->arena, curve->count + 1, double);
    for (size_t i = 0; i < curve->count; i++) {
        oc_band_point point = band_on(ignorance, curve->days[i]);
        /* The curve comes of more futures than the band and is never drawn outside it. */
        low[i] = fmin(point.low, curve->p[i]);
        high[i] = fmax(point.high, curve->p[i]);
    }
    curve->low = low;
    curve->high = high;
}
