/* Futures one by one; see futures.h.
 *
 * Order of use: plan the factors (which columns, read behind which row), run batches on several threads, each writing
 * to rows of its own, then drop the rows that do not count. Pick-freeze runs the same program again with a table of
 * seeds: for sample B all sites have the other seed, for input i only the sites whose address begins with that of i.
 *
 * Worked example: inputs x and y, both uniform, the answer x + y. Sites "inputs.x#1" and "inputs.y#1"; A draws both
 * from seed s, B both from t, A with x from B draws x from t and y from s. S_x = T_x = 1/2; chance has no site, so
 * none. */
#include "analysis/futures.h"

#include <math.h>

#include "run/crew.h"

enum { MOST_LATER = 32 };
#define OTHER_SEED UINT64_C(0x6f70636f6e2d4221)

/* --- what is asked --- */

static bool is_name_of(const oc_expr *e, oc_symbol_kind kind)
{
    return e->kind == OC_EXPR_NAME && e->symbol && e->symbol->kind == kind && e->symbol->record;
}

oc_asked oc_futures_question(const oc_compiled *c, size_t index)
{
    const oc_question *question = c->model->questions.at[index];
    oc_asked asked = {.name = question->name, .title = &question->title, .type = question->is->type,
                      .unit = question->is->type.unit, .state = c->question_states[index], .by = c->model->horizon,
                      .as_of = c->model->as_of};
    if (is_name_of(question->is, OC_SYMBOL_STAGE)) {
        const oc_stage *stage = question->is->symbol->record;
        asked.name = stage->symbol->name;
        asked.title = &stage->title;
    }
    return asked;
}

static oc_asked ask_stage(const oc_compiled *c, size_t s)
{
    const oc_stage *stage = c->model->stages.at[s];
    return (oc_asked){.name = stage->symbol->name, .title = &stage->title, .type = OC_TYPE_OF_DATE,
                      .state = c->stage_states[s], .by = c->model->horizon, .as_of = c->model->as_of};
}

bool oc_futures_main(const oc_compiled *compiled, oc_asked *ret_asked)
{
    const oc_model *m = compiled->model;
    for (size_t i = m->questions.len; i-- > 0;)
        if (m->questions.at[i]->is->type.kind == OC_TYPE_DATE)
            return *ret_asked = oc_futures_question(compiled, i), true;
    for (size_t i = m->stages.len; i-- > 0;)
        if (m->stages.at[i]->done == OC_DAY_NONE) return *ret_asked = ask_stage(compiled, i), true;
    if (!m->questions.len) return false;
    *ret_asked = oc_futures_question(compiled, m->questions.len - 1);
    return true;
}

bool oc_futures_find(const oc_compiled *compiled, oc_slice name, oc_asked *ret_asked)
{
    const oc_model *m = compiled->model;
    for (size_t i = 0; i < m->questions.len; i++)
        if (oc_slice_equal(m->questions.at[i]->name, name)) return *ret_asked = oc_futures_question(compiled, i), true;
    for (size_t i = 0; i < m->stages.len; i++)
        if (oc_slice_equal(m->stages.at[i]->symbol->name, name)) return *ret_asked = ask_stage(compiled, i), true;
    return false;
}

/* What a value that is no truth says about the question, as a number. */
static double answer_of(const oc_asked *asked, double value)
{
    if (asked->days) return fmin(value, (double)asked->by + 1) - (double)asked->as_of;
    switch (asked->type.kind) {
    case OC_TYPE_DATE: return value <= (double)asked->by ? 1 : 0;
    case OC_TYPE_CATEGORY: return value == (double)asked->level ? 1 : 0;
    default: return value;
    }
}

/* --- factors --- */

typedef struct planner {
    oc_arena *arena;
    const oc_compiled *compiled;
    oc_futures *out;
    OC_VEC(oc_factor) list;
} planner;

static void note_dependence(oc_expr *node, void *context)
{
    bool *depends = context;
    if ((node->kind == OC_EXPR_NAME || node->kind == OC_EXPR_AT) && node->symbol)
        *depends = *depends || node->symbol->kind == OC_SYMBOL_INPUT || node->symbol->kind == OC_SYMBOL_VARIABLE ||
                   node->symbol->kind == OC_SYMBOL_DEFINITION;
}

static size_t levels_of(oc_type type)
{
    return type.kind == OC_TYPE_TRUTH ? 2 : type.kind == OC_TYPE_CATEGORY ? type.category->count : 0;
}

static bool kept(const oc_compiled *c, uint32_t state)
{
    return state != UINT32_MAX && c->columns[state] != OC_NONE;
}

static void add_factor(planner *p, oc_factor factor, oc_expr *is)
{
    if (is) {
        bool depends = false;
        oc_expr_walk(is, note_dependence, &depends);
        factor.drawn = oc_expr_draws(is);
        factor.alone = factor.drawn && !depends;
    }
    factor.column.levels = levels_of(factor.type);
    *oc_vec_push(p->arena, &p->list) = factor;
}

/* Whether any site of the program draws for this address. */
static bool site_belongs(oc_slice site, oc_slice address)
{
    return oc_slice_starts(site, address) && site.len > address.len && site.ptr[address.len] == '#';
}

static bool has_site(const oc_compiled *c, oc_slice address)
{
    for (uint32_t i = 0; i < c->program->site_count; i++)
        if (site_belongs(c->site_names[i], address)) return true;
    return false;
}

static void plan_inputs(planner *p)
{
    const oc_model *m = p->compiled->model;
    for (size_t i = 0; i < m->inputs.len; i++) {
        const oc_input *input = m->inputs.at[i];
        uint32_t state = p->compiled->input_states[i];
        oc_slice name = input->symbol->name;
        if (!kept(p->compiled, state)) continue;
        add_factor(p, (oc_factor){.kind = OC_FACTOR_INPUT, .name = name, .title = &input->title,
                                  .type = input->is->type,
                                  .unit = input->unit, .state = state,
                                  .address = oc_arena_printf(p->arena, "inputs.%.*s", OC_FMT(name))}, input->is);
    }
}

static void plan_starts(planner *p)
{
    const oc_model *m = p->compiled->model;
    for (size_t i = 0; i < m->variables.len; i++) {
        const oc_variable *v = m->variables.at[i];
        oc_slice name = v->symbol->name, address = oc_arena_printf(p->arena, "variables.%.*s.now", OC_FMT(name));
        if (!v->now || !oc_expr_draws(v->now)) continue;
        if (!kept(p->compiled, p->compiled->variable_states[i]) || !has_site(p->compiled, address)) {
            p->out->unused++;
            continue;
        }
        add_factor(p, (oc_factor){.kind = OC_FACTOR_START, .name = name, .title = &v->title, .type = v->type,
                                  .unit = v->unit, .state = p->compiled->variable_states[i], .address = address},
                   v->now);
    }
}

static uint32_t state_named(const oc_compiled *c, oc_slice name)
{
    for (size_t i = 0; i < c->state_count; i++)
        if (oc_slice_equal(c->column_names[i], name)) return (uint32_t)i;
    return UINT32_MAX;
}

static void plan_takes(planner *p)
{
    const oc_model *m = p->compiled->model;
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *stage = m->stages.at[i];
        if (!stage->takes || stage->done != OC_DAY_NONE || !oc_expr_draws(stage->takes)) continue;
        oc_slice address = oc_arena_printf(p->arena, "stages.%.*s.takes", OC_FMT(stage->symbol->name));
        uint32_t state = state_named(p->compiled, address);
        if (!kept(p->compiled, state) || !has_site(p->compiled, address)) {
            p->out->unused++;
            continue;
        }
        add_factor(p, (oc_factor){.kind = OC_FACTOR_TAKES, .name = stage->symbol->name, .title = &stage->title,
                                  .type = stage->takes->type, .state = state, .address = address}, stage->takes);
    }
}

static const oc_row *rows_of(const oc_program *program)
{
    return (const oc_row *)(const void *)((const unsigned char *)program + program->rows_at);
}

/* The last row that is run on or before the day; UINT32_MAX if none is. */
static uint32_t row_before(const oc_program *program, oc_day day)
{
    const oc_row *rows = rows_of(program);
    uint32_t found = UINT32_MAX;
    for (uint32_t i = 0; i < program->row_count && rows[i].day <= day; i++)
        if (!(rows[i].flags & OC_ROW_SAMPLED)) found = i;
    return found;
}

/* The first occurrence still to come of an event without spread. */
static oc_day next_occurrence(const oc_model *m, const oc_event *event)
{
    if (event->spread) return OC_DAY_NONE;
    for (size_t i = 0; i < event->occurrences.len; i++) {
        const oc_occurrence *o = &event->occurrences.at[i];
        if (!o->past && o->nominal > m->as_of && o->nominal < m->horizon) return o->nominal;
    }
    return OC_DAY_NONE;
}

static void plan_later(planner *p, size_t variable)
{
    const oc_model *m = p->compiled->model;
    const oc_variable *v = m->variables.at[variable];
    uint32_t state = p->compiled->variable_states[variable];
    if ((v->type.kind != OC_TYPE_CATEGORY && v->type.kind != OC_TYPE_TRUTH) || !kept(p->compiled, state)) return;
    for (size_t c = 0; c < v->changes.len; c++) {
        for (size_t k = 0; k < v->changes.at[c].at.len; k++) {
            oc_moment moment = v->changes.at[c].at.at[k];
            if (moment.kind != OC_MOMENT_EVENT || p->out->count >= MOST_LATER) continue;
            const oc_event *event = m->events.at[moment.index];
            oc_day day = next_occurrence(m, event);
            uint32_t row = day == OC_DAY_NONE ? UINT32_MAX : row_before(p->compiled->program, day);
            bool again = row == UINT32_MAX;
            for (size_t i = 0; i < p->list.len; i++)
                again = again || (p->list.at[i].kind == OC_FACTOR_LATER && p->list.at[i].state == state &&
                                  p->list.at[i].row == row);
            if (again) continue;
            p->out->count++;
            add_factor(p, (oc_factor){.kind = OC_FACTOR_LATER, .name = v->symbol->name, .title = &v->title,
                                      .type = v->type,
                                      .unit = v->unit, .state = state, .event = event, .day = day, .row = row}, NULL);
        }
    }
}

static void plan_factors(oc_arena *arena, const oc_compiled *compiled, oc_futures *out)
{
    planner p = {.arena = arena, .compiled = compiled, .out = out};
    plan_inputs(&p);
    plan_starts(&p);
    plan_takes(&p);
    for (size_t i = 0; i < compiled->model->variables.len; i++) plan_later(&p, i);
    out->count = p.list.len;
    out->factor = p.list.at;
}

/* --- running --- */

/* Where the cells of a run go; factors NULL: only the answer. */
typedef struct harvest {
    const oc_compiled *compiled;
    const oc_asked *asked;
    const oc_run_options *options;
    const uint64_t *site_seeds;
    const oc_factor *factors;
    size_t factor_count;
    double **values; /* [factor][future] */
    double *answer;
    bool *counted;   /* NULL: not wanted */
    uint64_t progress_before, progress_total;
    oc_engine **engines; /* of each worker */
    size_t finished;     /* futures, the first ones */
    bool failed;
} harvest;

static void copy_factor(const harvest *job, const oc_engine *engine, size_t f, uint64_t first, size_t live)
{
    uint16_t column = job->compiled->columns[job->factors[f].state];
    const oc_cell *cells = oc_engine_column(engine, column);
    const oc_truth *truths = oc_engine_truths(engine, column);
    bool truth = job->factors[f].type.kind == OC_TYPE_TRUTH;
    for (size_t i = 0; i < live; i++) job->values[f][first + i] = truth ? truths[i] != 0 : cells[i].f;
}

static void copy_answer(harvest *job, const oc_engine *engine, uint64_t first, size_t live)
{
    uint16_t column = job->compiled->columns[job->asked->state];
    const oc_cell *cells = oc_engine_column(engine, column);
    const oc_truth *truths = oc_engine_truths(engine, column);
    bool truth = !job->asked->days && job->asked->type.kind == OC_TYPE_TRUTH;
    for (size_t i = 0; i < live; i++)
        job->answer[first + i] = truth ? truths[i] != 0 : answer_of(job->asked, cells[i].f);
    uint16_t given = job->compiled->program->given;
    if (!job->counted) return;
    const oc_truth *mask = given == OC_NONE ? NULL : oc_engine_truths(engine, given);
    for (size_t i = 0; i < live; i++) job->counted[first + i] = !mask || mask[i];
}

/* False if a check failed. */
static bool run_batch(void *context, unsigned worker, uint64_t index)
{
    harvest *job = context;
    oc_engine *engine = job->engines[worker];
    uint64_t first = index * OC_LANES, left = job->options->runs - first;
    size_t live = left < OC_LANES ? (size_t)left : OC_LANES;
    oc_engine_begin(engine, &(oc_batch){.seed = job->options->seed, .index = (uint32_t)index, .live = (uint32_t)live,
                                           .site_seeds = job->site_seeds});
    for (size_t f = 0; f < job->factor_count; f++)
        if (job->factors[f].kind != OC_FACTOR_LATER) copy_factor(job, engine, f, first, live);
    for (uint32_t row; (row = oc_engine_step(engine)) != OC_ROW_END;)
        for (size_t f = 0; f < job->factor_count; f++)
            if (job->factors[f].kind == OC_FACTOR_LATER && job->factors[f].row == row)
                copy_factor(job, engine, f, first, live);
    copy_answer(job, engine, first, live);
    if (oc_engine_failure(engine)->lane == OC_LANES) return true;
    job->failed = true;
    return false;
}

static void join_batch(void *context, unsigned worker, uint64_t index)
{
    harvest *job = context;
    uint64_t end = (index + 1) * OC_LANES;
    (void)worker;
    job->finished = (size_t)(end < job->options->runs ? end : job->options->runs);
}

static void show_progress(void *context, uint64_t done, uint64_t total)
{
    const harvest *job = context;
    (void)total;
    job->options->progress(job->options->progress_context, job->progress_before + done * OC_LANES, job->progress_total);
}

typedef struct hiring {
    harvest *job;
    oc_arena *arena;
    unsigned count;
    oc_isa isa;
} hiring;

static void hire(void *context)
{
    hiring *h = context;
    h->job->engines = OC_NEW_ARRAY(h->arena, h->count, oc_engine *);
    for (unsigned i = 0; i < h->count; i++)
        h->job->engines[i] = oc_engine_new(h->arena, h->job->compiled->program, h->isa);
}

static bool options_hold(const oc_run_options *options)
{
    return options->runs >= 1 && options->runs <= OC_MAX_RUNS && options->threads <= OC_MAX_THREADS &&
           options->isa < OC_ISA_COUNT && oc_isa_available(options->isa);
}

/* Runs all batches of the job; the result does not depend on which thread runs which. After a cancellation the first
 * job->finished futures are there. */
static oc_status run_harvest(harvest *job)
{
    const oc_run_options *options = job->options;
    if (!options_hold(options)) return OC_USAGE;
    oc_arena scratch;
    oc_arena_init(&scratch, NULL, 0);
    oc_crew crew = {.chunks = (options->runs + OC_LANES - 1) / OC_LANES,
                    .threads = options->threads ? options->threads : 1,
                    .context = job,
                    .work = run_batch,
                    .join = join_batch,
                    .progress_context = job,
                    .clock = options->clock,
                    .cancel = options->cancel};
    if (options->progress) crew.progress = show_progress;
    if (crew.threads > crew.chunks) crew.threads = (unsigned)crew.chunks;
    hiring h = {job, &scratch, crew.threads, options->isa == OC_ISA_AUTO ? oc_isa_best() : options->isa};
    oc_engine_set_arithmetic();
    oc_status status = oc_arena_try(&scratch, hire, &h);
    if (status == OC_OK) {
        uint64_t done = oc_crew_run(&crew);
        status = job->failed ? OC_INPUT : done < crew.chunks ? OC_CANCELLED : OC_OK;
    }
    oc_arena_free(&scratch);
    return status;
}

/* The place of a failed check is the business of oc_run: the same futures again. */
static oc_status place_failure(oc_arena *arena, const harvest *job, oc_run_failure *ret)
{
    oc_run_options again = *job->options;
    oc_result result;
    again.site_seeds = job->site_seeds;
    again.progress = NULL;
    oc_status status = oc_run(job->compiled->program, &again, arena, &result);
    *ret = result.failure;
    return status == OC_OK ? OC_INTERNAL : status;
}

/* --- the table --- */

uint64_t oc_futures_most_runs(const oc_compiled *compiled)
{
    const oc_model *m = compiled->model;
    return OC_FUTURES_MOST_CELLS / (m->inputs.len + m->variables.len + m->stages.len + MOST_LATER + 2);
}

/* Drops the futures that do not count and those without a number for an answer. */
static void settle_rows(oc_futures *out, double **values, const bool *counted)
{
    size_t rows = 0;
    for (size_t i = 0; i < out->run; i++) {
        if (!counted[i]) continue;
        if (!isfinite(out->answer[i])) {
            out->endless++;
            continue;
        }
        out->answer[rows] = out->answer[i];
        for (size_t f = 0; f < out->count; f++) values[f][rows] = values[f][i];
        rows++;
    }
    out->rows = rows;
    for (size_t f = 0; f < out->count; f++) {
        oc_factor *factor = &out->factor[f];
        factor->column.values = values[f];
        for (size_t i = 0; i < rows; i++) {
            factor->varies = factor->varies || values[f][i] != values[f][0];
            factor->endless += !isfinite(values[f][i]);
        }
    }
}

static void sum_up(oc_futures *out)
{
    for (size_t i = 0; i < out->rows; i++) {
        out->varies = out->varies || out->answer[i] != out->answer[0];
        out->hits += out->answer[i] != 0;
    }
    out->mean = out->rows ? oc_mean(out->answer, out->rows) : NAN;
    out->variance = oc_variance(out->answer, out->rows);
}

oc_status oc_futures_collect(oc_arena *arena, oc_compiled *compiled, const oc_asked *asked,
                             const oc_run_options *options, oc_futures *ret_futures)
{
    *ret_futures = (oc_futures){.compiled = compiled, .asked = *asked};
    if (!options_hold(options)) return OC_USAGE;
    if (options->runs > oc_futures_most_runs(compiled)) return OC_LIMIT;
    oc_futures *out = ret_futures;
    plan_factors(arena, compiled, out);
    out->run = (size_t)options->runs;
    if (!kept(compiled, asked->state)) return OC_OK;
    out->answer = OC_NEW_ARRAY(arena, out->run, double);
    double **values = OC_NEW_ARRAY(arena, out->count + 1, double *);
    for (size_t f = 0; f < out->count; f++) values[f] = OC_NEW_ARRAY(arena, out->run, double);
    harvest job = {.compiled = compiled, .asked = &out->asked, .options = options, .factors = out->factor,
                   .factor_count = out->count, .values = values, .answer = out->answer,
                   .counted = OC_NEW_ARRAY(arena, out->run, bool), .progress_total = options->runs};
    oc_status status = run_harvest(&job);
    if (status == OC_INPUT) return place_failure(arena, &job, &out->failure);
    if (status != OC_OK && status != OC_CANCELLED) return status;
    out->run = job.finished;
    settle_rows(out, values, job.counted);
    sum_up(out);
    return status;
}

/* --- pick-freeze --- */

/* Seeds of all sites: `other` for those of factor `which` (SIZE_MAX: for those of no factor; SIZE_MAX - 1: for all). */
static void set_seeds(const oc_futures *futures, const size_t *owner, size_t which, uint64_t seed, uint64_t other,
                      uint64_t *seeds)
{
    for (uint32_t i = 0; i < futures->compiled->program->site_count; i++)
        seeds[i] = which == SIZE_MAX - 1 || owner[i] == which ? other : seed;
}

static size_t *find_owners(oc_arena *arena, const oc_futures *futures)
{
    const oc_compiled *c = futures->compiled;
    size_t *owner = OC_NEW_ARRAY(arena, c->program->site_count + (size_t)1, size_t);
    for (uint32_t i = 0; i < c->program->site_count; i++) {
        owner[i] = SIZE_MAX;
        for (size_t f = 0; f < futures->count; f++)
            if (futures->factor[f].drawn && site_belongs(c->site_names[i], futures->factor[f].address)) owner[i] = f;
    }
    return owner;
}

oc_status oc_futures_sobol(oc_arena *arena, const oc_futures *futures, const oc_run_options *options,
                           oc_sobol_method method, double level, oc_futures_indices *ret_indices)
{
    oc_futures_indices *out = ret_indices;
    *out = (oc_futures_indices){.which = OC_NEW_ARRAY(arena, futures->count + 1, size_t)};
    const size_t *owner = find_owners(arena, futures);
    size_t swaps = 0, rows = (size_t)options->runs;
    for (size_t f = 0; f < futures->count; f++)
        if (futures->factor[f].drawn) out->which[swaps++] = f;
    out->which[swaps++] = SIZE_MAX;
    if (!kept(futures->compiled, futures->asked.state)) return OC_OK;
    if ((swaps + 2) > OC_FUTURES_MOST_CELLS / (rows + 1)) return OC_LIMIT;
    double **y = OC_NEW_ARRAY(arena, swaps + 2, double *);
    uint64_t *seeds = OC_NEW_ARRAY(arena, futures->compiled->program->site_count + (size_t)1, uint64_t);
    uint64_t other = oc_resample_bits(options->seed, OTHER_SEED, 0);
    for (size_t k = 0; k < swaps + 2; k++) {
        y[k] = OC_NEW_ARRAY(arena, rows, double);
        /* y[0] is A: no site has an owner of that name. */
        size_t which = k == 0 ? SIZE_MAX - 2 : k == 1 ? SIZE_MAX - 1 : out->which[k - 2];
        set_seeds(futures, owner, which, options->seed, other, seeds);
        harvest job = {.compiled = futures->compiled, .asked = &futures->asked, .options = options, .site_seeds = seeds,
                       .answer = y[k], .progress_before = k * rows, .progress_total = (swaps + 2) * rows};
        oc_status status = run_harvest(&job);
        if (status == OC_INPUT) return place_failure(arena, &job, &out->failure);
        if (status != OC_OK) return status;
    }
    out->runs = (swaps + 2) * rows;
    out->found = oc_sobol_indices(arena, y[0], y[1], (const double *const *)&y[2], rows, swaps, method, level,
                                  &out->sobol);
    return OC_OK;
}
