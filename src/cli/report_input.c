/* The runs behind a report; see report_input.h.
 *
 * One run of the scenario; one for each policy, on the same futures; one pass over the futures one by one, to see the
 * inputs beside the date; and, for the engine in the page, the program at five settings of each of the inputs that move
 * the answer most, with a small run whose counters the page has to reproduce. */
#include "cli/report_input.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/whatif.h"
#include "base/file.h"
#include "cli/forecast_view.h"
#include "report/collect.h"

enum { POLICY_RUNS = 8192, CONDITION_MAX = 8, CONDITION_RUNS = 8192, YEAR_MAX = 40 };
enum { POLICY_MAX = 8, CONTROL_MAX = 3, SETTINGS = 5, CHECK_RUNS = 4096, PASS_BATCHES = 32, TENTH = 10, TEXT_ROOM = 48000 };

typedef struct prepared {
    oc_context *x;
    oc_model *model;
    oc_compiled *compiled;
    oc_result result;
    oc_forecast *forecast;
    oc_run_options run;
    const oc_date_answer *main;
    oc_slice main_name;
    const oc_title *main_title;
    oc_collector collector;
} prepared;

static oc_status read_run_options(oc_context *x, oc_run_options *ret)
{
    int64_t runs = 0, seed = 0;
    oc_status status = oc_get_integer(x, "runs", 1000, INT64_C(1) << 34, 100000, &runs);
    if (status == OC_OK) status = oc_get_integer(x, "seed", 0, INT64_C(9000000000000000), 1, &seed);
    *ret = (oc_run_options){.runs = (uint64_t)runs, .seed = (uint64_t)seed, .threads = oc_processors(),
                            .progress = oc_progress, .progress_context = x, .clock = oc_clock, .cancel = &oc_interrupted};
    return status;
}

static oc_status run_model(oc_context *x, oc_model *model, const oc_run_options *options, oc_compiled **ret_compiled,
                           oc_result *ret)
{
    oc_compiled *compiled = oc_compile(x->arena, model, &(oc_compile_options){.blockers_by = OC_DAY_NONE});
    if (!compiled) return oc_show_diags(x) == OC_OK ? OC_INTERNAL : OC_INPUT;
    oc_status status = oc_run(compiled->program, options, x->arena, ret);
    if (status == OC_INPUT) {
        oc_forecast_report_failure(compiled, &ret->failure);
        return oc_show_diags(x);
    }
    *ret_compiled = compiled;
    return status;
}

/* The scenario again, with changes; NULL if they make it wrong (what was said about it is dropped). */
static oc_model *load_changed(prepared *p, const oc_model_options *options)
{
    /* In the arena: the model goes on using it when it is compiled. */
    oc_diags *diags = OC_NEW(p->x->arena, oc_diags);
    diags->arena = p->x->arena;
    diags->sources = &p->x->sources;
    oc_model *model = oc_model_load(p->x->arena, diags, p->model->path, options);
    return model && oc_diags_status(diags) == OC_OK ? model : NULL;
}

/* --- policies --- */

static oc_slice changes_text(oc_arena *arena, const oc_policy *policy)
{
    return oc_arena_printf(arena, "opcon whatif %.*s", OC_FMT(policy->name));
}

/* A point in three is enough for the small drawings. */
static void thin(oc_arena *arena, oc_report_curve *curve)
{
    oc_day *days = OC_NEW_ARRAY(arena, curve->count + 1, oc_day);
    double *values = OC_NEW_ARRAY(arena, curve->count + 1, double);
    size_t count = 0;
    for (size_t i = 0; i < curve->count; i++) {
        if (i % 3 && i + 1 < curve->count) continue;
        days[count] = curve->days[i];
        values[count++] = curve->p[i];
    }
    curve->days = days;
    curve->p = values;
    curve->count = count;
}

static oc_model *policy_model(prepared *p, const oc_policy *policy)
{
    oc_model_options options = {.as_of = p->model->as_of, .sets = policy->sets.at, .set_count = policy->sets.len,
                                .forces = policy->forces.at, .force_count = policy->forces.len,
                                .givens = policy->givens.at, .given_count = policy->givens.len};
    return load_changed(p, &options);
}

static bool draw_policy(prepared *p, const oc_policy *policy, oc_model *model, const oc_run_options *options,
                        oc_report_policy *ret)
{
    oc_arena *arena = p->x->arena;
    oc_compiled *compiled = oc_compile(arena, model, &(oc_compile_options){.blockers_by = OC_DAY_NONE, .no_samples = true});
    oc_result result;
    if (!compiled || oc_run(compiled->program, options, arena, &result) != OC_OK || result.counted < 1000) return false;
    oc_slice name;
    const oc_title *title;
    const oc_date_answer *answer = oc_forecast_main(oc_forecast_make(arena, compiled, &result), &name, &title);
    if (!answer) return false;
    *ret = (oc_report_policy){.id = policy->name, .changes = changes_text(arena, policy),
                              .curve = oc_collect_curve(arena, answer, model->horizon)};
    ret->curve.label = oc_collect_title(&policy->title, policy->name);
    thin(arena, &ret->curve);
    return true;
}

/* Differences on the same futures. A policy's chance is the baseline's of the long run and the difference: that is known
 * better than the policy's own share in the short one. */
static bool compare_policies(prepared *p, const oc_variant *variants, size_t count, const oc_run_options *options,
                             oc_report_policy *list)
{
    oc_whatif w;
    if (oc_whatif_run(p->x->arena, variants, count + 1, options, &w) != OC_OK) return false;
    size_t main = 0;
    while (main < w.measure_count && !(w.measures[main].kind == OC_MEASURE_DATE && oc_slice_equal(w.measures[main].name, p->main_name)))
        main++;
    if (main == w.measure_count) return false;
    for (size_t i = 0; i < count; i++) {
        oc_estimate difference = w.differences[(i + 1) * w.measure_count + main].p;
        list[i].p = fmin(fmax(1 - p->main->never + difference.value, 0), 1);
        list[i].difference = difference.value;
        list[i].error = difference.error;
    }
    return true;
}

static void add_policies(prepared *p, oc_report_input *input)
{
    oc_arena *arena = p->x->arena;
    oc_report_policy *list = OC_NEW_ARRAY(arena, POLICY_MAX, oc_report_policy);
    oc_variant *variants = OC_NEW_ARRAY(arena, POLICY_MAX + 1, oc_variant);
    oc_run_options options = p->run;
    if (options.runs > POLICY_RUNS) options.runs = POLICY_RUNS;
    size_t count = 0;
    variants[0] = (oc_variant){.name = p->model->name, .compiled = oc_whatif_compile(arena, p->model)};
    for (size_t i = 0; i < p->model->policies.len && count < POLICY_MAX && !oc_interrupted; i++) {
        const oc_policy *policy = p->model->policies.at[i];
        oc_model *model = policy_model(p, policy);
        if (!model || !draw_policy(p, policy, model, &options, &list[count])) continue;
        variants[count + 1] = (oc_variant){.name = policy->name, .compiled = oc_whatif_compile(arena, model)};
        if (variants[count + 1].compiled) count++;
    }
    if (!count || !variants[0].compiled || !compare_policies(p, variants, count, &options, list)) return;
    input->policies = list;
    input->policy_count = count;
}

/* --- inputs beside the date, future by future --- */

typedef struct future {
    double input;
    bool came;
} future;

typedef struct moved {
    size_t input; /* of the model */
    double p05, p25, p75, p95, p10, p90;
    oc_report_driver driver;
    double effect;
} moved;

static int by_input(const void *a, const void *b)
{
    double x = ((const future *)a)->input, y = ((const future *)b)->input;
    return (x > y) - (x < y);
}

static int by_effect(const void *a, const void *b)
{
    double x = ((const moved *)a)->effect, y = ((const moved *)b)->effect;
    return (x < y) - (x > y);
}

/* To two digits, large figures to three: the page promises no more. */
static double rounded(double value)
{
    char digits[40];
    snprintf(digits, sizeof digits, fabs(value) < 100 ? "%.2g" : "%.3g", value);
    return strtod(digits, NULL);
}

static oc_slice value_of(oc_context *x, const oc_input *input, double value)
{
    return oc_value_text(x, input->is->type, input->unit, rounded(value));
}

static double share_of(const future *list, size_t count)
{
    size_t came = 0;
    for (size_t i = 0; i < count; i++) came += list[i].came;
    return count ? (double)came / (double)count : 0;
}

static void measure(prepared *p, size_t index, future *list, size_t count, moved *ret)
{
    const oc_input *input = p->model->inputs.at[index];
    qsort(list, count, sizeof *list, by_input);
    size_t tenth = count / TENTH;
    ret->input = index;
    ret->p05 = list[count / 20].input, ret->p25 = list[count / 4].input;
    ret->p75 = list[count - 1 - count / 4].input, ret->p95 = list[count - 1 - count / 20].input;
    ret->p10 = rounded(list[tenth].input), ret->p90 = rounded(list[count - 1 - tenth].input);
    double low = share_of(list, tenth), high = share_of(list + count - tenth, tenth), middle = (low + high) / 2;
    ret->driver = (oc_report_driver){
        .label = oc_collect_title(&input->title, input->symbol->name), .low = low, .high = high,
        .low_value = value_of(p->x, input, list[tenth / 2].input),
        .high_value = value_of(p->x, input, list[count - 1 - tenth / 2].input),
        .error = sqrt(middle * (1 - middle) / (double)tenth), .total = -1,
        .refs = oc_collect_record_refs(&p->collector, "inputs", input->symbol->name)};
    ret->effect = fabs(high - low);
}

static const oc_cell *column_of(const oc_compiled *compiled, const oc_engine *engine, uint32_t state)
{
    if (state == UINT32_MAX || compiled->columns[state] == OC_NONE) return NULL;
    return oc_engine_column(engine, compiled->columns[state]);
}

static uint32_t main_state(const prepared *p, const oc_compiled *compiled)
{
    for (size_t i = 0; i < compiled->model->stages.len; i++)
        if (oc_slice_equal(compiled->model->stages.at[i]->symbol->name, p->main_name)) return compiled->stage_states[i];
    for (size_t i = 0; i < compiled->model->questions.len; i++)
        if (oc_slice_equal(compiled->model->questions.at[i]->name, p->main_name)) return compiled->question_states[i];
    return UINT32_MAX;
}

static void *aligned(oc_arena *arena, size_t size)
{
    return (void *)(((uintptr_t)oc_arena_alloc(arena, size + 64) + 63) & ~(uintptr_t)63);
}

/* Fills lists[input][future]; false if the program does not keep what is needed. */
static bool follow_futures(prepared *p, oc_compiled *compiled, oc_day by, future **lists, size_t *ret_count)
{
    oc_arena *arena = p->x->arena;
    size_t inputs = p->model->inputs.len, count = 0;
    oc_engine *engine = oc_engine_open(aligned(arena, oc_engine_size(compiled->program)), compiled->program, OC_ISA_AUTO);
    uint32_t date_state = main_state(p, compiled);
    if (!engine || date_state == UINT32_MAX) return false;
    for (uint32_t batch = 0; batch < PASS_BATCHES && !oc_interrupted; batch++, count += OC_LANES) {
        oc_engine_begin(engine, &(oc_batch){.seed = p->run.seed, .index = batch, .live = OC_LANES});
        while (oc_engine_step(engine) != OC_ROW_END) continue;
        const oc_cell *date = column_of(compiled, engine, date_state);
        if (!date) return false;
        for (size_t i = 0; i < inputs; i++) {
            const oc_cell *cells = column_of(compiled, engine, compiled->input_states[i]);
            for (size_t lane = 0; lane < OC_LANES; lane++)
                lists[i][count + lane] = (future){cells ? cells[lane].f : NAN, date[lane].f <= (double)by};
        }
    }
    *ret_count = count;
    return count > 0;
}

static moved *add_drivers(prepared *p, oc_report_input *input, size_t *ret_count)
{
    oc_arena *arena = p->x->arena;
    size_t inputs = p->model->inputs.len, count = 0, found = 0;
    *ret_count = 0;
    oc_compiled *compiled = oc_compile(arena, p->model, &(oc_compile_options){.blockers_by = OC_DAY_NONE,
                                                                             .keep_questions = true, .no_samples = true});
    if (!inputs || !compiled) return NULL;
    future **lists = OC_NEW_ARRAY(arena, inputs, future *);
    for (size_t i = 0; i < inputs; i++) lists[i] = OC_NEW_ARRAY(arena, (size_t)PASS_BATCHES * OC_LANES, future);
    oc_day by = input->answer_by == OC_DAY_NONE ? input->horizon : input->answer_by;
    if (!follow_futures(p, compiled, by, lists, &count)) return NULL;
    moved *list = OC_NEW_ARRAY(arena, inputs, moved);
    for (size_t i = 0; i < inputs; i++)
        if (!isnan(lists[i][0].input) && p->model->inputs.at[i]->is->type.kind == OC_TYPE_NUMBER)
            measure(p, i, lists[i], count, &list[found++]);
    qsort(list, found, sizeof *list, by_effect);
    oc_report_driver *drivers = OC_NEW_ARRAY(arena, found + 1, oc_report_driver);
    for (size_t i = 0; i < found; i++) drivers[i] = list[i].driver;
    input->drivers = drivers;
    input->driver_count = found;
    *ret_count = found;
    return list;
}

/* --- the engine in the page --- */

/* As --set takes it: durations in days. */
static oc_slice setting_text(oc_arena *arena, const oc_input *input, double value)
{
    oc_text text = oc_text_in(arena);
    oc_text_number(&text, rounded(value));
    if (input->is->type.time == 1) oc_text_lit(&text, "d");
    if (input->is->type.time == -1) oc_text_lit(&text, "/d");
    return oc_text_slice(&text);
}

static bool main_counter(const prepared *p, const oc_compiled *compiled, uint32_t *ret)
{
    for (size_t i = 0; i < compiled->model->stages.len; i++)
        if (oc_slice_equal(compiled->model->stages.at[i]->symbol->name, p->main_name) && !compiled->stages[i].constant_date)
            return *ret = compiled->stages[i].first, true;
    for (size_t i = 0; i < compiled->model->questions.len; i++)
        if (oc_slice_equal(compiled->model->questions.at[i]->name, p->main_name))
            return *ret = compiled->questions[i].first, true;
    return false;
}

static oc_slice program_bytes(const oc_compiled *compiled)
{
    return (oc_slice){(const char *)compiled->program, compiled->program->size};
}

static oc_compiled *compile_small(prepared *p, oc_model *model)
{
    return model ? oc_compile(p->x->arena, model, &(oc_compile_options){.blockers_by = OC_DAY_NONE, .no_samples = true}) : NULL;
}

static bool compile_setting(prepared *p, const oc_input *input, oc_slice value, oc_slice *ret_program, uint32_t *ret_at)
{
    oc_override change;
    oc_diags diags = {.arena = p->x->arena, .sources = &p->x->sources};
    oc_slice text = oc_arena_printf(p->x->arena, "%.*s=%.*s", OC_FMT(input->symbol->name), OC_FMT(value));
    if (!oc_override_parse(p->x->arena, &diags, OC_SLICE("--set"), text, &change)) return false;
    oc_compiled *compiled = compile_small(p, load_changed(p, &(oc_model_options){.as_of = p->model->as_of, .sets = &change,
                                                                                 .set_count = 1}));
    if (!compiled || !main_counter(p, compiled, ret_at)) return false;
    *ret_program = program_bytes(compiled);
    return true;
}

static bool make_control(prepared *p, const moved *m, oc_slice base, uint32_t base_at, oc_report_control *ret)
{
    oc_arena *arena = p->x->arena;
    const oc_input *input = p->model->inputs.at[m->input];
    double *values = OC_NEW_ARRAY(arena, SETTINGS, double);
    oc_slice *texts = OC_NEW_ARRAY(arena, SETTINGS, oc_slice), *programs = OC_NEW_ARRAY(arena, SETTINGS, oc_slice);
    uint32_t *count_at = OC_NEW_ARRAY(arena, SETTINGS, uint32_t);
    const double chosen[SETTINGS] = {m->p05, m->p25, (m->p25 + m->p75) / 2, m->p75, m->p95};
    for (int i = 0; i < SETTINGS; i++) {
        values[i] = rounded(chosen[i]);
        texts[i] = setting_text(arena, input, chosen[i]);
        if (i != SETTINGS / 2) {
            if (!compile_setting(p, input, texts[i], &programs[i], &count_at[i])) return false;
        } else {
            programs[i] = base;
            count_at[i] = base_at;
        }
    }
    *ret = (oc_report_control){.path = input->symbol->name, .label = m->driver.label, .values = values, .texts = texts,
                               .programs = programs, .count_at = count_at, .count = SETTINGS, .standard = SETTINGS / 2,
                               .drawn = true, .low = m->p10, .high = m->p90, .refs = m->driver.refs};
    return true;
}

static void add_engine(prepared *p, oc_report_input *input, const moved *list, size_t count)
{
    oc_arena *arena = p->x->arena;
    uint32_t at;
    oc_slice module = oc_report_module();
    oc_compiled *compiled = module.len && !p->model->givens.len ? compile_small(p, p->model) : NULL;
    if (!compiled || !main_counter(p, compiled, &at)) return;
    oc_run_options options = {.runs = CHECK_RUNS, .seed = p->run.seed, .threads = 1};
    oc_result checked;
    if (oc_run(compiled->program, &options, arena, &checked) != OC_OK) return;
    oc_report_control *controls = OC_NEW_ARRAY(arena, CONTROL_MAX, oc_report_control);
    size_t made = 0;
    for (size_t i = 0; i < count && made < CONTROL_MAX; i++)
        if (make_control(p, &list[i], program_bytes(compiled), at, &controls[made])) made++;
    size_t bytes = (size_t)(p->model->horizon - p->model->as_of + 2) * sizeof *checked.counts;
    input->engine = (oc_report_engine){.wasm = module, .program = program_bytes(compiled), .count_at = at,
                                       .check_futures = CHECK_RUNS,
                                       .check_digest = oc_hash((oc_slice){(const char *)(checked.counts + at), bytes}),
                                       .controls = controls, .control_count = made};
}

/* --- all together --- */

static void describe_run(prepared *p, oc_report_input *input)
{
    oc_arena *arena = p->x->arena;
    input->run.version = OC_SLICE("opcon " OC_VERSION);
    input->run.seed = p->run.seed;
    input->run.inputs_hash = oc_arena_printf(arena, "%016llx", (unsigned long long)p->compiled->digest);
    input->run.digest = oc_arena_printf(arena, "%016llx", (unsigned long long)p->result.digest);
}

/* Text of the scenario's files, one after another. Those beyond the room are named with their size and digest: the
 * sources and the record are in the page already, in their own sections. */
static void add_scenario_text(prepared *p, oc_report_input *input)
{
    oc_text text = oc_text_in(p->x->arena);
    size_t room = TEXT_ROOM;
    for (uint32_t i = 1; i <= p->x->sources.files.len; i++) {
        const oc_source *file = &p->x->sources.files.at[i - 1];
        if (!oc_slice_ends(file->name, OC_SLICE(".yaml"))) continue;
        const char *name = strrchr(file->name.ptr, '/');
        name = name ? name + 1 : file->name.ptr;
        if (file->text.len > room) {
            oc_text_printf(&text, "# ---- %s: %zu bytes, %016llx\n", name, file->text.len,
                           (unsigned long long)oc_hash(file->text));
            continue;
        }
        room -= file->text.len;
        oc_text_printf(&text, "# ---- %s\n", name);
        oc_text_add(&text, file->text);
        oc_text_byte(&text, '\n');
    }
    if (text.len) input->scenario_text = oc_text_slice(&text);
}

static size_t stage_index(const prepared *p)
{
    for (size_t i = 0; i < p->model->stages.len; i++)
        if (oc_slice_equal(p->model->stages.at[i]->symbol->name, p->main_name)) return i;
    return SIZE_MAX;
}

/* --- conditions --- */

static bool is_condition(const oc_model *model, const oc_definition *d)
{
    return oc_node_pair(oc_node_get(model->root, "conditions"), d->symbol->name) && d->is->type.kind == OC_TYPE_TRUTH;
}

/* The model with no questions but: does the condition hold on that day? One for each condition and day, in this order. */
static size_t ask_conditions(prepared *p, oc_model *copy, oc_report_condition *list, const oc_day *days, size_t day_count)
{
    oc_arena *arena = p->x->arena;
    size_t count = 0;
    memset(&copy->questions, 0, sizeof copy->questions);
    for (size_t i = 0; i < p->model->definitions.len && count < CONDITION_MAX; i++) {
        const oc_definition *d = p->model->definitions.at[i];
        if (!is_condition(p->model, d)) continue;
        for (size_t k = 0; k < day_count; k++) {
            oc_question *q = OC_NEW(arena, oc_question);
            *q = (oc_question){.name = oc_arena_printf(arena, "%.*s.%zu", OC_FMT(d->symbol->name), k), .is = d->is, .at = days[k]};
            *oc_vec_push(arena, &copy->questions) = q;
        }
        list[count++] = (oc_report_condition){.label = oc_collect_title(&d->title, d->symbol->name), .days = days, .count = day_count,
                                              .refs = oc_collect_record_refs(&p->collector, "conditions", d->symbol->name)};
    }
    return count;
}

static void add_conditions(prepared *p, oc_report_input *input)
{
    oc_arena *arena = p->x->arena;
    oc_day *days = OC_NEW_ARRAY(arena, YEAR_MAX, oc_day);
    size_t day_count = 0;
    for (int year = oc_civil_from_day(p->model->as_of).year; day_count < YEAR_MAX; year++) {
        oc_day day = oc_day_from_civil(year, 12, 31);
        if (day > p->model->horizon) break;
        if (day > p->model->as_of) days[day_count++] = day;
    }
    oc_report_condition *list = OC_NEW_ARRAY(arena, CONDITION_MAX, oc_report_condition);
    oc_model *copy = OC_NEW(arena, oc_model);
    *copy = *p->model;
    size_t count = ask_conditions(p, copy, list, days, day_count);
    if (!count || !day_count) return;
    oc_compiled *compiled = compile_small(p, copy);
    oc_run_options options = p->run;
    if (options.runs > CONDITION_RUNS) options.runs = CONDITION_RUNS;
    oc_result result;
    if (!compiled || oc_run(compiled->program, &options, arena, &result) != OC_OK) return;
    const oc_forecast *forecast = oc_forecast_make(arena, compiled, &result);
    for (size_t i = 0; i < count; i++) {
        double *met = OC_NEW_ARRAY(arena, day_count, double);
        for (size_t k = 0; k < day_count; k++) met[k] = forecast->questions[i * day_count + k].p;
        list[i].met = met;
    }
    input->conditions = list;
    input->condition_count = count;
}

/* A class that cannot be read leaves its section empty; `opcon forecast` and `opcon class` say why. */
static void add_views(prepared *p, size_t stage, const oc_report_needs *needs)
{
    oc_diags *quiet = OC_NEW(p->x->arena, oc_diags);
    *quiet = (oc_diags){.arena = p->x->arena, .sources = &p->x->sources};
    oc_outside *outside = NULL;
    if (stage == SIZE_MAX || !p->main) return;
    oc_outside_read(p->x->arena, quiet, p->model->root, oc_path_folder(p->model->path), p->main_name, p->model->as_of, &outside);
    if (outside) oc_collect_outside(&p->collector, outside, p->main_name);
    if (outside && needs->record) oc_collect_track_record(&p->collector, outside);
    oc_collect_voice_curve(&p->collector, stage);
}

oc_status oc_report_prepare(oc_context *x, size_t argument, const oc_report_needs *needs, oc_report_input *ret)
{
    prepared *p = OC_NEW(x->arena, prepared);
    p->x = x;
    oc_day by;
    oc_status status = read_run_options(x, &p->run);
    if (status == OC_OK) status = oc_get_day(x, "by", OC_DAY_NONE, &by);
    if (status == OC_OK) status = oc_scenario_load(x, argument, &p->model);
    if (status != OC_OK) return status;
    oc_catch_signals();
    add_scenario_text(p, ret);
    oc_slice text = ret->scenario_text;
    status = run_model(x, p->model, &p->run, &p->compiled, &p->result);
    oc_progress_clear(x);
    if (status != OC_OK) return status;
    p->forecast = oc_forecast_make(x->arena, p->compiled, &p->result);
    p->main = oc_forecast_main(p->forecast, &p->main_name, &p->main_title);
    p->collector = oc_collect(x->arena, p->model, ret);
    ret->answer_by = by;
    oc_collect_forecast(&p->collector, p->forecast, p->main, p->main_name, p->main_title);
    if (p->main) oc_collect_hazard(&p->collector, p->main);
    size_t moved_count = 0;
    const moved *list = p->main && (needs->drivers || needs->engine) ? add_drivers(p, ret, &moved_count) : NULL;
    if (p->main && needs->policies) add_policies(p, ret);
    if (p->main && needs->engine) add_engine(p, ret, list, moved_count);
    oc_progress_clear(x);
    size_t stage = stage_index(p);
    oc_collect_ledger(&p->collector, &x->diags, p->forecast, stage);
    add_views(p, stage, needs);
    if (needs->conditions) add_conditions(p, ret);
    if (needs->bargains) oc_report_add_bargains(x, &p->collector);
    oc_collect_assumptions(&p->collector);
    oc_collect_confidence(&p->collector);
    describe_run(p, ret);
    if (text.len) ret->scenario_text = text;
    oc_collect_done(&p->collector);
    status = oc_show_diags(x);
    return oc_interrupted ? OC_CANCELLED : status;
}
