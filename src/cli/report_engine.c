/* The engine in the page: the program of the report, kept adjustable at the numbers that move the answer most, and the
 * counters that a rerun in the page has to reproduce; see report_maker.h.
 *
 * What a control writes is a figure in a unit that people use: an input that is a duration of 3 to 44 months is a
 * slider over months, its value in the program days, its override "lag=6mo". */
#include <math.h>
#include <stdlib.h>

#include "analysis/whatif.h"
#include "base/order.h"
#include "cli/forecast_view.h"
#include "cli/report_maker.h"

enum { CONTROLS = 5, STEPS = 40 };

typedef struct candidate {
    const oc_factor *factor;
    size_t which; /* among inputs, then variables */
    double effect;
} candidate;

static int by_effect(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->effect != y->effect) return (x->effect < y->effect) - (x->effect > y->effect);
    return (x->which > y->which) - (x->which < y->which);
}

static size_t index_of(const oc_model *model, const oc_factor *factor)
{
    if (factor->kind == OC_FACTOR_INPUT) {
        for (size_t i = 0; i < model->inputs.len; i++)
            if (oc_slice_equal(model->inputs.at[i]->symbol->name, factor->name)) return i;
    } else if (factor->kind == OC_FACTOR_START) {
        for (size_t i = 0; i < model->variables.len; i++)
            if (oc_slice_equal(model->variables.at[i]->symbol->name, factor->name)) return model->inputs.len + i;
    }
    return SIZE_MAX;
}

static size_t choose(const oc_report_maker *m, const oc_report_table *table, candidate *list)
{
    const oc_futures *futures = &table->futures;
    size_t count = 0;
    for (size_t i = 0; i < futures->count; i++) {
        const oc_factor *factor = &futures->factor[i];
        size_t which = index_of(m->model, factor);
        if (which == SIZE_MAX || factor->type.kind != OC_TYPE_NUMBER || !table->rows[i]) continue;
        list[count++] = (candidate){factor, which, fabs(table->rows[i]->effect)};
    }
    qsort(list, count, sizeof *list, by_effect);
    return count < CONTROLS ? count : CONTROLS;
}

/* --- a control's scale --- */

typedef struct scale {
    double factor;
    const char *suffix; /* in --set */
    const char *unit;   /* message with the figure as {0}; NULL: none */
} scale;

static scale scale_of(const oc_factor *factor, double largest)
{
    oc_slice unit = factor->unit.len ? factor->unit : factor->type.unit;
    if (factor->type.time == 1) {
        if (largest >= 1461) return (scale){OC_DAYS_PER_YEAR, "yr", "unit.years"};
        if (largest >= 90) return (scale){OC_DAYS_PER_MONTH, "mo", "unit.months"};
        return (scale){1, "d", "unit.days"};
    }
    if (factor->type.time == -1) return (scale){1 / OC_DAYS_PER_YEAR, "/yr", "report.unit-a-year"};
    if (oc_slice_starts(unit, OC_SLICE("percent"))) return (scale){0.01, "%", "report.unit-percent"};
    return (scale){1, "", NULL};
}

/* 1, 2 or 5 times a power of ten. */
static double step_for(double width)
{
    double least = width / STEPS, ten = pow(10, floor(log10(least)));
    double digit = least / ten;
    return ten * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
}

static oc_local unit_text(oc_arena *arena, const char *key, oc_local plain)
{
    oc_local text;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        text.in[lang] = key ? oc_slice_trim(oc_say(arena, (oc_lang)lang, key, OC_ARGS(OC_S("")))) : plain.in[lang];
    return text;
}

/* A multiple of the step that shows as it is meant: 0.30000000000000004 is 0.3. */
static double on_step(double value, double step, double (*to)(double))
{
    double k = to(value / step + (to == floor ? 1e-9 : to == ceil ? -1e-9 : 0));
    return step >= 1 ? k * step : k / round(1 / step);
}

static bool make_control(oc_report_maker *m, const candidate *c, size_t rows, oc_bounds_place place,
                         oc_report_control *ret)
{
    oc_arena *arena = m->x->arena;
    double *sorted = OC_NEW_ARRAY(arena, rows, double);
    memcpy(sorted, c->factor->column.values, rows * sizeof *sorted);
    qsort(sorted, rows, sizeof *sorted, oc_order_doubles);
    double p01 = sorted[rows / 100], p99 = sorted[rows - 1 - rows / 100];
    scale s = scale_of(c->factor, fmax(fabs(p01), fabs(p99)));
    double step = step_for((p99 - p01) / s.factor);
    if (place.low == UINT32_MAX || !isfinite(step) || step <= 0) return false;
    const char *section = c->factor->kind == OC_FACTOR_INPUT ? "inputs" : "variables";
    static const oc_title untitled;
    *ret = (oc_report_control){
        .path = c->factor->name,
        .suffix = oc_slice_of(s.suffix),
        .factor = s.factor,
        .step = step,
        .label = oc_collect_title(arena, c->factor->title ? c->factor->title : &untitled, c->factor->name),
        .unit = unit_text(arena, s.unit, oc_collect_unit(m->model, section, c->factor->name, c->factor->unit)),
        .from = on_step(p01 / s.factor, step, floor),
        .to = on_step(p99 / s.factor, step, ceil),
        .middle = on_step(sorted[rows / 2] / s.factor, step, round),
        .low = on_step(sorted[rows / 10] / s.factor, step, round),
        .high = on_step(sorted[rows - 1 - rows / 10] / s.factor, step, round),
        .low_at = place.low,
        .high_at = place.high,
        .refs = oc_collect_record_refs(&m->collector, section, c->factor->name)};
    return true;
}

/* --- program and check --- */

static bool main_counter(const oc_report_maker *m, const oc_compiled *compiled, uint32_t *ret)
{
    const oc_model *model = compiled->model;
    for (size_t i = 0; i < model->stages.len; i++)
        if (oc_slice_equal(model->stages.at[i]->symbol->name, m->main_name) && !compiled->stages[i].constant_date)
            return *ret = compiled->stages[i].first, true;
    for (size_t i = 0; i < model->questions.len; i++)
        if (oc_slice_equal(model->questions.at[i]->name, m->main_name))
            return *ret = compiled->questions[i].first, true;
    return false;
}

/* The main date's counters after so many futures of the very program that made the printed numbers. */
void oc_report_run_check(oc_job *job)
{
    const oc_report_maker *m = job->maker;
    uint32_t at;
    oc_result checked;
    oc_run_options run = {
        .runs = OC_REPORT_CHECK_RUNS, .seed = m->run.seed, .threads = 1, .counts_only = true, .sample_limit = 1};
    if (!main_counter(m, m->compiled, &at)) return;
    if (oc_run(m->compiled->program, &run, &job->arena, &checked) != OC_OK) return;
    size_t days = (size_t)(m->model->horizon - m->model->as_of + 2);
    uint64_t *digest = OC_NEW(&job->arena, uint64_t);
    *digest = oc_hash((oc_slice){(const char *)(checked.counts + at), days * sizeof *checked.counts});
    job->found = digest;
}

/* Collections as they stand, all else between quotation marks: an expression may hold ": " or "#". */
static void add_value(oc_text *text, oc_slice value)
{
    bool collection = oc_slice_starts(value, OC_SLICE("{")) || oc_slice_starts(value, OC_SLICE("["));
    if (!collection) oc_text_lit(text, "'");
    for (size_t i = 0; i < value.len; i++) {
        oc_text_byte(text, value.ptr[i]);
        if (!collection && value.ptr[i] == '\'') oc_text_byte(text, '\'');
    }
    if (!collection) oc_text_lit(text, "'");
    oc_text_lit(text, "\n");
}

/* "PATH=VALUE" of an option as a line of a file for `opcon whatif --with`. */
static void add_change(oc_text *text, oc_slice change)
{
    size_t cut = oc_slice_find(change, OC_SLICE("="), 0);
    if (cut == SIZE_MAX) return;
    oc_text_printf(text, "  %.*s: ", OC_FMT(oc_slice_sub(change, 0, cut)));
    add_value(text, oc_slice_trim(oc_slice_sub(change, cut + 1, change.len)));
}

/* What was changed for the report, as such a file has it; several pieces of news are one that holds them all. */
static void add_changes(oc_report_maker *m, oc_report_engine *engine)
{
    oc_text sets = oc_text_in(m->x->arena), forces = oc_text_in(m->x->arena), news = oc_text_in(m->x->arena);
    for (size_t i = 0; i < m->x->options.len; i++) {
        const oc_given_option *o = &m->x->options.at[i];
        if (strcmp(o->option->name, "set") == 0) add_change(&sets, o->value);
        if (strcmp(o->option->name, "force") == 0) add_change(&forces, o->value);
        if (strcmp(o->option->name, "given") == 0)
            oc_text_printf(&news, news.len ? " and (%.*s)" : "(%.*s)", OC_FMT(o->value));
    }
    oc_text others = oc_text_in(m->x->arena);
    if (forces.len) oc_text_printf(&others, "force:\n%.*s", OC_FMT(oc_text_slice(&forces)));
    if (news.len) oc_text_lit(&others, "given: "), add_value(&others, oc_text_slice(&news));
    engine->sets = oc_text_slice(&sets);
    engine->others = oc_text_slice(&others);
}

void oc_report_add_engine(oc_report_maker *m, const oc_report_table *table, const uint64_t *check_digest,
                          oc_report_input *input)
{
    oc_arena *arena = m->x->arena;
    oc_slice module = oc_report_module();
    oc_report_engine engine = {.wasm = module, .check_futures = OC_REPORT_CHECK_RUNS};
    add_changes(m, &engine);
    if (!module.len || !check_digest) return;
    engine.check_digest = *check_digest;
    candidate *chosen = OC_NEW_ARRAY(arena, table ? table->futures.count + 1 : 1, candidate);
    size_t count = table ? choose(m, table, chosen) : 0;
    bool *adjustable = OC_NEW_ARRAY(arena, m->model->inputs.len + m->model->variables.len + 1, bool);
    for (size_t i = 0; i < count; i++) adjustable[chosen[i].which] = true;
    oc_compile_options options = {
        .blockers_by = OC_DAY_NONE, .no_samples = true, .no_blockers = true, .adjustable = adjustable};
    oc_compiled *compiled = oc_compile(arena, m->model, &options);
    if (!compiled || !main_counter(m, compiled, &engine.count_at)) return;
    engine.program = (oc_slice){(const char *)compiled->program, compiled->program->size};
    oc_report_control *controls = OC_NEW_ARRAY(arena, CONTROLS, oc_report_control);
    for (size_t i = 0; i < count; i++)
        engine.control_count += make_control(m, &chosen[i], table->futures.rows, compiled->bounds[chosen[i].which],
                                             &controls[engine.control_count]);
    engine.controls = controls;
    input->engine = engine;
}
