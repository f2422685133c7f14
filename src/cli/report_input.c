/* The runs behind a report; see report_input.h.
 *
 * Order of use: load, start the jobs (policies, futures one by one, conditions, reference class; jobs.h), run the
 * scenario itself beside them, then put together what all of them found. */
#include <stdio.h>

#include "base/file.h"
#include "cli/backtest_kept.h"
#include "cli/forecast_view.h"
#include "cli/report_maker.h"
#include "cli/run_options.h"
#include "cli/workspace_voices.h"

enum { CONDITION_MAX = 8, YEAR_MAX = 40, POLICY_MAX = 16, TEXT_ROOM = 48000 };

oc_model *oc_report_load(oc_job *job, const oc_policy *changes)
{
    const oc_report_maker *m = job->maker;
    oc_arena *arena = &job->arena;
    oc_policy all = {0}, none = {0};
    const oc_policy *both[] = {&m->own, changes ? changes : &none};
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < both[k]->sets.len; i++) *oc_vec_push(arena, &all.sets) = both[k]->sets.at[i];
        for (size_t i = 0; i < both[k]->forces.len; i++) *oc_vec_push(arena, &all.forces) = both[k]->forces.at[i];
        for (size_t i = 0; i < both[k]->givens.len; i++) *oc_vec_push(arena, &all.givens) = both[k]->givens.at[i];
    }
    oc_model_options options = {.as_of = m->model->as_of,
                                .like = m->model,
                                .sets = all.sets.at,
                                .set_count = all.sets.len,
                                .forces = all.forces.at,
                                .force_count = all.forces.len,
                                .givens = all.givens.at,
                                .given_count = all.givens.len};
    oc_model *model = oc_model_load(arena, &job->diags, m->model->path, &options);
    return model && oc_diags_status(&job->diags) == OC_OK ? model : NULL;
}

/* --- conditions --- */

static bool is_condition(const oc_model *model, const oc_definition *d)
{
    return oc_node_pair(oc_node_get(model->root, "conditions"), d->symbol->name) && d->is->type.kind == OC_TYPE_TRUTH;
}

/* The model with no questions but: does the condition hold on that day? One for each condition and day, in this order.
 */
static void ask_conditions(oc_job *job, oc_model *copy, oc_report_conditions *found, const oc_day *days,
                           size_t day_count)
{
    const oc_report_maker *m = job->maker;
    const oc_model *model = m->model;
    memset(&copy->questions, 0, sizeof copy->questions);
    for (size_t i = 0; i < model->definitions.len && found->count < CONDITION_MAX; i++) {
        const oc_definition *d = model->definitions.at[i];
        if (!is_condition(model, d)) continue;
        for (size_t k = 0; k < day_count; k++) {
            oc_question *q = OC_NEW(&job->arena, oc_question);
            oc_slice name = oc_arena_printf(&job->arena, "%.*s.%zu", OC_FMT(d->symbol->name), k);
            *q = (oc_question){.name = name, .is = d->is, .at = days[k]};
            *oc_vec_push(&job->arena, &copy->questions) = q;
        }
        found->of[found->count] = d;
        found->list[found->count++] = (oc_report_condition){
            .label = oc_collect_title(&job->arena, &d->title, d->symbol->name), .days = days, .count = day_count};
    }
}

static size_t ends_of_years(const oc_model *model, oc_day *days)
{
    size_t count = 0;
    for (int year = oc_civil_from_day(model->as_of).year; count < YEAR_MAX; year++) {
        oc_day day = oc_day_from_civil(year, 12, 31);
        if (day > model->horizon) break;
        if (day > model->as_of) days[count++] = day;
    }
    return count;
}

void oc_report_run_conditions(oc_job *job)
{
    const oc_report_maker *m = job->maker;
    oc_arena *arena = &job->arena;
    oc_day *days = OC_NEW_ARRAY(arena, YEAR_MAX, oc_day);
    size_t day_count = ends_of_years(m->model, days);
    oc_report_conditions *found = OC_NEW(arena, oc_report_conditions);
    found->list = OC_NEW_ARRAY(arena, CONDITION_MAX, oc_report_condition);
    found->of = OC_NEW_ARRAY(arena, CONDITION_MAX, const oc_definition *);
    oc_model *copy = OC_NEW(arena, oc_model);
    *copy = *m->model;
    copy->diags = &job->diags;
    ask_conditions(job, copy, found, days, day_count);
    if (!found->count || !day_count) return;
    oc_compile_options options = {.blockers_by = OC_DAY_NONE, .no_samples = true, .no_blockers = true};
    oc_compiled *compiled = oc_compile(arena, copy, &options);
    oc_run_options run = m->run;
    run.threads = 1;
    run.progress = NULL;
    if (run.runs > OC_REPORT_SHORT_RUNS) run.runs = OC_REPORT_SHORT_RUNS;
    oc_result result;
    if (!compiled || oc_run(compiled->program, &run, arena, &result) != OC_OK) return;
    const oc_forecast *forecast = oc_forecast_make(arena, compiled, &result);
    for (size_t i = 0; i < found->count; i++) {
        double *met = OC_NEW_ARRAY(arena, day_count, double);
        for (size_t k = 0; k < day_count; k++) met[k] = forecast->questions[i * day_count + k].p;
        found->list[i].met = met;
    }
    job->found = found;
}

static void add_conditions(oc_report_maker *m, const oc_report_conditions *found, oc_report_input *input)
{
    for (size_t i = 0; i < found->count; i++)
        found->list[i].refs = oc_collect_record_refs(&m->collector, "conditions", found->of[i]->symbol->name);
    input->conditions = found->list;
    input->condition_count = found->count;
    input->condition_futures = (int64_t)(m->run.runs < OC_REPORT_SHORT_RUNS ? m->run.runs : OC_REPORT_SHORT_RUNS);
}

/* --- the reference class --- */

/* A class that cannot be read leaves its section empty; `opcon forecast` and `opcon class` say why. */
void oc_report_run_class(oc_job *job)
{
    const oc_report_maker *m = job->maker;
    oc_report_class *found = OC_NEW(&job->arena, oc_report_class);
    oc_outside_read(&job->arena, &job->diags, m->model->root, oc_path_folder(m->model->path), m->main_name,
                    m->model->as_of, &found->outside);
    if (!found->outside) return;
    found->tested = job->about && oc_collect_backtest(&job->arena, found->outside, &found->test);
    job->found = found;
}

static size_t stage_index(const oc_report_maker *m)
{
    for (size_t i = 0; i < m->model->stages.len; i++)
        if (oc_slice_equal(m->model->stages.at[i]->symbol->name, m->main_name)) return i;
    return SIZE_MAX;
}

static void add_views(oc_report_maker *m, const oc_report_class *class)
{
    size_t stage = stage_index(m);
    if (stage == SIZE_MAX || !m->main_name.len) return;
    if (class) oc_collect_outside(&m->collector, class->outside, m->main_name);
    if (class && class->tested) oc_collect_track_record(&m->collector, class->outside, &class->test);
    oc_collect_voice_curve(&m->collector, stage);
}

/* --- jobs --- */

static void plan_jobs(oc_jobs *jobs, const oc_report_maker *m, const oc_report_needs *needs)
{
    if (m->main_name.len) oc_jobs_add(jobs, oc_report_run_class, needs->record ? needs : NULL);
    if (m->main_name.len && needs->band && !m->model->givens.len) oc_jobs_add(jobs, oc_report_run_band, NULL);
    if (needs->policies && m->main_name.len) oc_jobs_add(jobs, oc_report_run_baseline, NULL);
    for (size_t i = 0; needs->policies && m->main_name.len && i < m->model->policies.len && i < POLICY_MAX; i++)
        oc_jobs_add(jobs, oc_report_run_policy, m->model->policies.at[i]);
    if (m->main_name.len && (needs->drivers || needs->engine)) oc_jobs_add(jobs, oc_report_run_futures, NULL);
    if (needs->conditions) oc_jobs_add(jobs, oc_report_run_conditions, NULL);
    if (needs->engine) oc_jobs_add(jobs, oc_report_run_check, NULL);
}

/* --- all together --- */

static void describe_run(oc_report_maker *m, oc_report_input *input)
{
    oc_arena *arena = m->x->arena;
    input->run.version = OC_SLICE("opcon " OC_VERSION);
    input->run.seed = m->run.seed;
    input->run.inputs_hash = oc_arena_printf(arena, "%016llx", (unsigned long long)m->compiled->digest);
    input->run.digest = oc_arena_printf(arena, "%016llx", (unsigned long long)m->result.digest);
    input->run.drawn = (int64_t)m->result.futures;
    oc_slice *settings = OC_NEW_ARRAY(arena, m->x->options.len + 1, oc_slice);
    for (size_t i = 0; i < m->x->options.len; i++) {
        const oc_given_option *o = &m->x->options.at[i];
        const char *name = o->option->name;
        if (strcmp(name, "set") == 0 || strcmp(name, "force") == 0 || strcmp(name, "given") == 0)
            settings[input->setting_count++] = oc_arena_printf(arena, "--%s %.*s", name, OC_FMT(o->value));
    }
    input->settings = settings;
}

/* Text of the scenario's files, one after another. Those beyond the room are named with their size and digest: the
 * sources and the record are in the page already, in their own sections. */
static void add_scenario_text(oc_report_maker *m, oc_report_input *input)
{
    oc_text text = oc_text_in(m->x->arena);
    size_t room = TEXT_ROOM, count = m->x->sources.files.len;
    uint32_t line = 1;
    oc_report_file *files = OC_NEW_ARRAY(m->x->arena, count + 1, oc_report_file);
    for (size_t i = 0; i < count; i++) {
        const oc_source *file = &m->x->sources.files.at[i];
        const char *name = strrchr(file->name.ptr, '/');
        name = name ? name + 1 : file->name.ptr;
        files[i].name = oc_slice_of(name);
        if (!oc_slice_ends(file->name, OC_SLICE(".yaml"))) continue;
        line++;
        if (file->text.len > room) {
            oc_text_printf(&text, "# ---- %s: %zu bytes, %016llx\n", name, file->text.len,
                           (unsigned long long)oc_hash(file->text));
            continue;
        }
        room -= file->text.len;
        files[i].first = line;
        line += (uint32_t)file->lines.len;
        oc_text_printf(&text, "# ---- %s\n", name);
        oc_text_add(&text, file->text);
        oc_text_byte(&text, '\n');
    }
    if (text.len) input->scenario_text = oc_text_slice(&text);
    input->files = files;
    input->file_count = count;
}

/* The baseline twice: with all that the page shows, and as what variants are compared with. */
static oc_status compile(oc_report_maker *m, const oc_report_needs *needs)
{
    oc_context *x = m->x;
    m->compiled = oc_compile(x->arena, m->model, &(oc_compile_options){.blockers_by = OC_DAY_NONE});
    bool compared = needs->policies || needs->drivers || needs->engine || needs->band;
    if (m->compiled && compared) m->plain = oc_whatif_compile(x->arena, m->model, NULL);
    if (m->compiled && (m->plain || !compared)) return OC_OK;
    return oc_show_diags(x) == OC_OK ? OC_INTERNAL : OC_INPUT;
}

/* The name of what the report is about is known before anything was run. */
static void name_main(oc_report_maker *m)
{
    oc_asked asked;
    if (oc_futures_main(m->compiled, &asked) && asked.type.kind == OC_TYPE_DATE) m->main_name = asked.name;
}

static void run(void *context)
{
    oc_report_maker *m = context;
    m->status = oc_run(m->compiled->program, &m->run, m->x->arena, &m->result);
}

/* A workspace that cannot be read is left out: the voices have reported it. */
static void add_kept(oc_report_maker *m, oc_report_input *input)
{
    oc_arena *arena = m->x->arena;
    oc_kept_answers kept;
    if (oc_kept_answers_of(m->x, m->model, &kept) != OC_OK) return;
    oc_report_backtest *list = OC_NEW_ARRAY(arena, kept.list.len + 1, oc_report_backtest);
    for (size_t i = 0; i < kept.list.len; i++) {
        const oc_settled *one = &kept.list.at[i].settled;
        bool form;
        oc_report_backtest *test = &list[i];
        *test = (oc_report_backtest){.title = oc_collect_title(arena, &one->question->title, one->question->name),
                                     .made = oc_day_parse(kept.list.at[i].as_of, &form),
                                     .said = one->p,
                                     .came = one->answer.low == 1,
                                     .score = one->brier};
        for (int lang = 0; one->about_now && lang < OC_LANG_COUNT; lang++)
            test->title.in[lang] = oc_say(arena, (oc_lang)lang, "drivers.by",
                                          OC_ARGS(OC_T(oc_local_in(&test->title, (oc_lang)lang)),
                                                  OC_T(oc_words_day(arena, (oc_lang)lang, one->by))));
    }
    input->kept = list;
    input->kept_count = kept.list.len;
    input->kept_runs = kept.runs;
    input->kept_open = kept.open;
}

static void collect(oc_report_maker *m, const oc_jobs *jobs, const oc_report_needs *needs, oc_report_input *ret)
{
    const oc_report_input shown = *ret; /* the scenario's text */
    oc_slice name = {0};
    const oc_title *title = NULL;
    m->forecast = oc_forecast_make(m->x->arena, m->compiled, &m->result);
    const oc_date_answer *main = oc_forecast_main(m->forecast, &name, &title);
    m->collector = oc_collect(m->x->arena, m->model, ret);
    ret->answer_by = m->by;
    oc_collect_forecast(&m->collector, m->forecast, main, name, title);
    if (main) oc_collect_hazard(&m->collector, main);
    const oc_ignorance *ignorance = oc_jobs_found(jobs, oc_report_run_band);
    if (main && ignorance) oc_report_add_band(m, ignorance, ret);
    const oc_report_table *table = oc_jobs_found(jobs, oc_report_run_futures);
    if (main && table && table->about_answer) oc_report_add_drivers(m, table, ret);
    m->baseline = oc_jobs_found(jobs, oc_report_run_baseline);
    if (main && needs->policies) oc_report_add_policies(m, jobs, ret);
    if (main && needs->engine) oc_report_add_engine(m, table, oc_jobs_found(jobs, oc_report_run_check), ret);
    oc_collect_ledger(&m->collector, &m->x->diags, m->forecast, stage_index(m));
    if (main) add_views(m, oc_jobs_found(jobs, oc_report_run_class));
    const oc_report_conditions *conditions = oc_jobs_found(jobs, oc_report_run_conditions);
    if (conditions) add_conditions(m, conditions, ret);
    if (needs->record) add_kept(m, ret);
    if (needs->bargains) oc_report_add_bargains(m->x, &m->collector);
    oc_collect_assumptions(&m->collector);
    oc_collect_confidence(&m->collector);
    describe_run(m, ret);
    ret->scenario_text = shown.scenario_text;
    ret->files = shown.files;
    ret->file_count = shown.file_count;
    oc_collect_uses(&m->collector);
    oc_collect_done(&m->collector);
}

oc_status oc_report_prepare(oc_context *x, size_t argument, const oc_report_needs *needs, oc_report_input *ret)
{
    oc_report_maker *m = OC_NEW(x->arena, oc_report_maker);
    m->x = x;
    oc_status status = oc_get_run_options(x, 1000, OC_MOST_RUNS, needs->runs ? needs->runs : OC_DEFAULT_RUNS, &m->run);
    if (status == OC_OK) status = oc_get_day(x, "by", OC_DAY_NONE, &m->by);
    oc_told told;
    if (status == OC_OK) status = oc_scenario_load(x, argument, &m->model);
    if (status == OC_OK) status = oc_workspace_voices(x, m->model, OC_SLICE(""), &told);
    if (status == OC_OK) status = compile(m, needs);
    if (status != OC_OK) return status;
    oc_catch_signals();
    oc_own_changes(x, &m->own);
    name_main(m);
    add_scenario_text(m, ret);
    oc_jobs *jobs = oc_jobs_new(x, m);
    plan_jobs(jobs, m, needs);
    oc_jobs_start(jobs, oc_processors());
    status = oc_arena_try(x->arena, run, m);
    oc_jobs_finish(jobs);
    oc_progress_clear(x);
    if (status != OC_OK) oc_arena_give_up(x->arena, status);
    if (m->status == OC_INPUT) oc_forecast_report_failure(m->compiled, &m->result.failure);
    if (m->status == OC_INPUT) return oc_show_diags(x);
    if (m->status != OC_OK) return m->status;
    collect(m, jobs, needs, ret);
    status = oc_show_diags(x);
    return oc_interrupted ? OC_CANCELLED : status;
}
