/* See smooth.h. Each worker has a carrier (carried.h) for every variant, in memory of its own.
 *
 * Worked example, one truth, no news, two futures: on the first path the stage comes in time with probability 0.84 in
 * the base and 0.91 in the variant, on the second with 0.60 and 0.70. Base 0.72, variant 0.805; difference 0.085, error
 * sqrt((0.07 - 0.085)^2 + (0.10 - 0.085)^2) / 2 = 0.0106. Drawing the coins the two would be 0 or 1. */
#include "analysis/smooth.h"

#include <math.h>

#include "analysis/carried.h"
#include "analysis/smooth_sums.h"

enum { PILOT_BATCHES = 4 };

/* What an answer is in each lane of one variant; a and d as in smooth.h. */
typedef struct lanes {
    double d[OC_LANES], a[OC_LANES];
    double below[OC_LANES]; /* date: probability of a day up to the pilot's median */
} lanes;

typedef struct worker {
    oc_arena memory;
    oc_carrier **carriers; /* of each variant */
    lanes *base, *own;     /* [measure] */
    oc_smooth_sums *sums;  /* of the chunk, [variant * measures + measure] */
    double counted[OC_LANES];
    double values[OC_LANES];
    uint64_t futures, chunk;
    size_t failed_variant;
    oc_run_failure failure;
    oc_status status;
    struct job *job;
} worker;

typedef struct job {
    oc_compiled *const *variants;
    size_t count, measures;
    const oc_measure *measure;
    oc_measure_place *places; /* [variant * measures + measure] */
    uint32_t *stage;          /* the same: the carried stage it depends on */
    bool *smoothed;           /* of each measure */
    oc_day *medians;          /* of the pilot; OC_DAY_NONE: beyond the horizon */
    const oc_run_options *options;
    unsigned threads;
    uint64_t batches, futures;
    worker *workers;
    oc_smooth_sums *sums;
    const worker *failed;
} job;

/* --- one batch --- */

static void add_outcome(const job *j, worker *w, size_t v, size_t m, const double *values, const double *weight)
{
    lanes *l = &w->own[m];
    oc_smooth_sums *sums = &w->sums[v * j->measures + m];
    oc_day first = j->variants[v]->model->as_of, median = j->medians[v * j->measures + m];
    size_t never = sums->days_len - 1;
    for (size_t i = 0; i < OC_LANES; i++) {
        if (weight[i] == 0) continue;
        bool finite = fabs(values[i]) < INFINITY;
        switch (j->measure[m].kind) {
        case OC_MEASURE_TRUTH: l->a[i] += weight[i] * values[i]; break;
        case OC_MEASURE_NUMBER:
            l->d[i] += finite ? weight[i] : 0;
            l->a[i] += finite ? weight[i] * values[i] : 0;
            break;
        case OC_MEASURE_DATE:
            l->a[i] += finite ? weight[i] : 0;
            l->below[i] += finite && (median == OC_DAY_NONE || values[i] <= (double)median) ? weight[i] : 0;
            sums->days[finite ? (size_t)((oc_day)floor(values[i]) - first) : never] += w->counted[i] * weight[i];
            break;
        }
    }
}

/* Lanes that are wanted and in which the news is true: 1, else 0. */
static void read_counted(const job *j, worker *w, size_t v, const oc_batch *batch)
{
    const oc_program *p = j->variants[v]->program;
    const oc_truth *given = p->given == OC_NONE ? NULL : oc_engine_truths(oc_carrier_engine(w->carriers[v]), p->given);
    for (size_t i = 0; i < OC_LANES; i++) w->counted[i] = i < batch->live && (!given || given[i]) ? 1 : 0;
}

static bool depends(const job *j, size_t v, size_t m, uint32_t stage, bool question)
{
    return j->smoothed[m] && j->measure[m].stage != question && j->stage[v * j->measures + m] == stage;
}

/* Answers to questions about a carried stage: under the supposition of each of its dates. */
static bool ask(const job *j, worker *w, size_t v, uint32_t stage, const oc_batch *batch, oc_failure *failure)
{
    bool any = false;
    for (size_t m = 0; m < j->measures; m++) any = any || depends(j, v, m, stage, true);
    oc_supposed outcome = {0};
    while (any && oc_carrier_suppose(w->carriers[v], stage, &outcome, failure)) {
        read_counted(j, w, v, batch);
        for (size_t m = 0; m < j->measures; m++) {
            if (!depends(j, v, m, stage, true)) continue;
            oc_measure_read(oc_carrier_engine(w->carriers[v]), j->variants[v], &j->measure[m],
                            j->places[v * j->measures + m], w->values);
            add_outcome(j, w, v, m, w->values, outcome.weight);
        }
    }
    return failure->lane == OC_LANES;
}

static void read_dates(const job *j, worker *w, size_t v, uint32_t stage)
{
    const oc_carried_dates *dates = oc_carrier_dates(w->carriers[v], stage);
    for (size_t i = 0; i < OC_LANES; i++) w->values[i] = INFINITY;
    for (size_t m = 0; m < j->measures; m++) {
        if (!depends(j, v, m, stage, false)) continue;
        for (size_t atom = 0; atom < dates->count; atom++) add_outcome(j, w, v, m, dates->day[atom], dates->mass[atom]);
        add_outcome(j, w, v, m, w->values, dates->never);
    }
}

static bool run_variant(const job *j, worker *w, size_t v, const oc_batch *batch, oc_failure *failure)
{
    const oc_model *model = j->variants[v]->model;
    for (size_t m = 0; m < j->measures; m++) w->own[m] = (lanes){0};
    if (!oc_carrier_run(w->carriers[v], batch, failure)) return false;
    if (j->variants[v]->program->given != OC_NONE && !oc_carrier_finish(w->carriers[v], failure)) return false;
    read_counted(j, w, v, batch);
    for (uint32_t s = 0; s < model->stages.len; s++) {
        if (!j->variants[v]->carry->stages[s]) continue;
        if (!ask(j, w, v, s, batch, failure)) return false;
        read_dates(j, w, v, s);
    }
    for (size_t m = 0; m < j->measures; m++) {
        lanes *l = &w->own[m];
        bool number = j->measure[m].kind == OC_MEASURE_NUMBER;
        for (size_t i = 0; i < OC_LANES; i++) {
            l->d[i] = number ? l->d[i] * w->counted[i] : w->counted[i];
            l->a[i] *= w->counted[i];
            l->below[i] *= w->counted[i];
        }
    }
    return true;
}

static void note_failure(job *j, worker *w, size_t v, const oc_batch *batch, const oc_failure *failure)
{
    const oc_program *p = j->variants[v]->program;
    const oc_row *rows = (const oc_row *)(const void *)((const unsigned char *)p + p->rows_at);
    oc_cell *columns = OC_NEW_ARRAY(&w->memory, p->columns + (size_t)1, oc_cell);
    oc_engine_lane(oc_carrier_engine(w->carriers[v]), failure->lane, columns);
    w->failed_variant = v;
    w->failure = (oc_run_failure){.found = true,
                                  .check = failure->check,
                                  .row = failure->row,
                                  .trajectory = (uint64_t)batch->index * OC_LANES + failure->lane,
                                  .day = failure->row < p->row_count ? rows[failure->row].day : OC_NO_DATE,
                                  .instruction = failure->instruction,
                                  .columns = columns};
}

static bool run_batch(job *j, worker *w, uint64_t index)
{
    uint64_t left = j->options->runs - index * OC_LANES;
    oc_batch batch = {
        .seed = j->options->seed, .index = (uint32_t)index, .live = left < OC_LANES ? (uint32_t)left : OC_LANES};
    for (size_t v = 0; v < j->count; v++) {
        oc_failure failure;
        if (!run_variant(j, w, v, &batch, &failure)) {
            note_failure(j, w, v, &batch, &failure);
            return false;
        }
        for (size_t m = 0; m < j->measures; m++) {
            if (!j->smoothed[m]) continue;
            if (v == 0) w->base[m] = w->own[m];
            oc_smooth_sums *sums = &w->sums[v * j->measures + m];
            oc_smooth_add(&sums->share, w->base[m].d, w->base[m].a, w->own[m].d, w->own[m].a);
            if (j->measure[m].kind == OC_MEASURE_DATE)
                oc_smooth_add(&sums->median, w->base[m].d, w->base[m].below, w->own[m].d, w->own[m].below);
        }
    }
    w->futures += batch.live;
    return true;
}

/* --- chunks --- */

static void clear_sums(const job *j, oc_smooth_sums *sums)
{
    for (size_t i = 0; i < j->count * j->measures; i++) oc_smooth_clear(&sums[i]);
}

static void run_chunk(void *context)
{
    worker *w = context;
    job *j = w->job;
    uint64_t end = (w->chunk + 1) * OC_CHUNK_BATCHES;
    if (end > j->batches) end = j->batches;
    for (uint64_t index = w->chunk * OC_CHUNK_BATCHES; index < end; index++) {
        if (run_batch(j, w, index)) continue;
        w->status = OC_INPUT;
        return;
    }
}

static bool work(void *context, unsigned number, uint64_t chunk)
{
    job *j = context;
    worker *w = &j->workers[number];
    w->futures = 0;
    w->chunk = chunk;
    clear_sums(j, w->sums);
    oc_status status = oc_arena_try(&w->memory, run_chunk, w);
    if (status != OC_OK) w->status = status;
    return w->status == OC_OK;
}

static void join(void *context, unsigned number, uint64_t chunk)
{
    job *j = context;
    worker *w = &j->workers[number];
    (void)chunk;
    j->futures += w->futures;
    for (size_t i = 0; i < j->count * j->measures; i++) oc_smooth_join(&j->sums[i], &w->sums[i]);
    if (w->status != OC_OK && !j->failed) j->failed = w;
}

/* The medians of dates, so that the share below them can be summed in one pass. A failure comes again in the run. */
static void run_pilot(void *context)
{
    worker *w = context;
    job *j = w->job;
    for (uint64_t index = 0; index < PILOT_BATCHES && index < j->batches; index++)
        if (!run_batch(j, w, index)) break;
    for (size_t i = 0; i < j->count * j->measures; i++) {
        const oc_model *m = j->variants[i / j->measures]->model;
        j->medians[i] = oc_smooth_day(&w->sums[i], m->as_of, 0.5);
    }
    clear_sums(j, w->sums);
}

/* --- results --- */

#define LEVEL 0.9

static void settle_measure(const job *j, size_t v, size_t m, oc_smooth *ret)
{
    static const oc_estimate unknown = {NAN, NAN, NAN, NAN};
    const oc_smooth_sums *base = &j->sums[m], *sums = &j->sums[v * j->measures + m];
    oc_smooth_side *side = &ret->sides[v * j->measures + m];
    oc_smooth_difference *difference = &ret->differences[v * j->measures + m];
    oc_day first = j->variants[v]->model->as_of;
    *side = (oc_smooth_side){.p = NAN,
                             .p_se = NAN,
                             .p10 = OC_DAY_NONE,
                             .p50 = OC_DAY_NONE,
                             .p90 = OC_DAY_NONE,
                             .p50_low = OC_DAY_NONE,
                             .p50_high = OC_DAY_NONE,
                             .mean = NAN,
                             .mean_se = NAN,
                             .never = NAN};
    *difference = (oc_smooth_difference){unknown, unknown, unknown};
    double value = oc_smooth_ratio(&sums->share, 1), error = oc_smooth_error(&sums->share, 0, 1);
    double change = value - oc_smooth_ratio(&sums->share, 0);
    oc_estimate estimate = oc_estimate_normal(change, oc_smooth_error(&sums->share, 1, 1), LEVEL);
    if (j->measure[m].kind == OC_MEASURE_NUMBER) {
        side->mean = value, side->mean_se = error, difference->mean = estimate;
        side->never = 1 - oc_smooth_weight(&sums->share) / (double)j->futures;
        return;
    }
    side->p = value, side->p_se = error, difference->p = estimate;
    if (j->measure[m].kind != OC_MEASURE_DATE) return;
    double spread = oc_smooth_error(&sums->median, 0, 1);
    side->days = sums->days;
    side->p10 = oc_smooth_day(sums, first, 0.1);
    side->p50 = oc_smooth_day(sums, first, 0.5);
    side->p90 = oc_smooth_day(sums, first, 0.9);
    side->p50_low = oc_smooth_day(sums, first, 0.5 - spread);
    side->p50_high = oc_smooth_day(sums, first, 0.5 + spread);
    oc_day before = ret->sides[m].p50;
    if (side->p50 == OC_DAY_NONE || before == OC_DAY_NONE) return;
    double slope0 = oc_smooth_slope(base), slope1 = oc_smooth_slope(sums);
    difference->median =
        oc_estimate_normal((double)(side->p50 - before), oc_smooth_error(&sums->median, slope0, slope1), LEVEL);
}

static void copy_failure(oc_arena *arena, const job *j, oc_smooth *ret)
{
    const worker *w = j->failed;
    ret->failed_variant = w->failed_variant;
    ret->failure = w->failure;
    if (!w->failure.found) return;
    size_t columns = j->variants[w->failed_variant]->program->columns;
    oc_cell *copy = OC_NEW_ARRAY(arena, columns + 1, oc_cell);
    for (size_t i = 0; i < columns; i++) copy[i] = w->failure.columns[i];
    ret->failure.columns = copy;
}

/* --- set-up --- */

oc_compiled *oc_smooth_compile(oc_arena *arena, const oc_compiled *plain, const oc_carry *carry)
{
    oc_compile_options options = {.blockers_by = OC_DAY_NONE,
                                  .keep_questions = true,
                                  .no_samples = true,
                                  .no_blockers = true,
                                  .carry = carry,
                                  .ways = plain->ways};
    return oc_compile(arena, plain->model, &options);
}

/* The carried stage on which a measure depends in a variant; OC_CARRY_NO_SOURCE or OC_CARRY_SEVERAL. */
static uint32_t stage_of(oc_arena *arena, const oc_compiled *compiled, const oc_measure *measure)
{
    const oc_model *m = compiled->model;
    for (uint32_t s = 0; measure->stage && s < m->stages.len; s++)
        if (oc_slice_equal(m->stages.at[s]->symbol->name, measure->name))
            return compiled->carry->stages[s] ? s : OC_CARRY_NO_SOURCE;
    for (size_t q = 0; !measure->stage && q < m->questions.len; q++)
        if (oc_slice_equal(m->questions.at[q]->name, measure->name))
            return m->questions.at[q]->at != OC_DAY_NONE
                       ? OC_CARRY_NO_SOURCE
                       : oc_carry_reads(arena, m, compiled->carry, m->questions.at[q]->is);
    return OC_CARRY_NO_SOURCE;
}

static bool find_places(oc_arena *arena, job *j)
{
    size_t cells = j->count * j->measures + 1;
    j->places = OC_NEW_ARRAY(arena, cells, oc_measure_place);
    j->stage = OC_NEW_ARRAY(arena, cells, uint32_t);
    j->smoothed = OC_NEW_ARRAY(arena, j->measures + 1, bool);
    for (size_t m = 0; m < j->measures; m++) {
        j->smoothed[m] = true;
        for (size_t v = 0; v < j->count; v++) {
            size_t at = v * j->measures + m;
            if (!oc_measure_find(j->variants[v], &j->measure[m], &j->places[at])) return false;
            j->stage[at] = stage_of(arena, j->variants[v], &j->measure[m]);
            j->smoothed[m] = j->smoothed[m] && j->stage[at] < OC_CARRY_SEVERAL;
        }
    }
    return true;
}

static oc_smooth_sums *new_sums(oc_arena *arena, const job *j)
{
    oc_smooth_sums *sums = OC_NEW_ARRAY(arena, j->count * j->measures + 1, oc_smooth_sums);
    for (size_t i = 0; i < j->count * j->measures; i++) {
        const oc_model *m = j->variants[i / j->measures]->model;
        if (!j->smoothed[i % j->measures] || j->measure[i % j->measures].kind != OC_MEASURE_DATE) continue;
        sums[i].days_len = (size_t)(m->horizon - m->as_of) + 2;
        sums[i].days = OC_NEW_ARRAY(arena, sums[i].days_len, double);
    }
    return sums;
}

static void prepare_worker(void *context)
{
    worker *w = context;
    job *j = w->job;
    w->carriers = OC_NEW_ARRAY(&w->memory, j->count, oc_carrier *);
    for (size_t v = 0; v < j->count; v++) w->carriers[v] = oc_carrier_new(&w->memory, j->variants[v], j->options->isa);
    w->base = OC_NEW_ARRAY(&w->memory, j->measures + 1, lanes);
    w->own = OC_NEW_ARRAY(&w->memory, j->measures + 1, lanes);
    w->sums = new_sums(&w->memory, j);
}

static oc_status prepare_workers(oc_arena *arena, job *j)
{
    j->workers = OC_NEW_ARRAY(arena, j->threads, worker);
    oc_status status = OC_OK;
    for (unsigned i = 0; i < j->threads; i++) {
        oc_arena_init(&j->workers[i].memory, NULL, 0);
        j->workers[i].job = j;
        if (status == OC_OK) status = oc_arena_try(&j->workers[i].memory, prepare_worker, &j->workers[i]);
    }
    return status == OC_OK ? oc_arena_try(&j->workers[0].memory, run_pilot, &j->workers[0]) : status;
}

static oc_status run_all(oc_arena *arena, job *j, oc_smooth *ret)
{
    const oc_run_options *options = j->options;
    double begin = options->clock ? options->clock() : 0;
    oc_crew crew = oc_crew_of(options, j->threads);
    crew.context = j;
    crew.work = work;
    crew.join = join;
    uint64_t done = oc_crew_run(&crew);
    ret->seconds = options->clock ? options->clock() - begin : 0;
    ret->futures = j->futures;
    if (j->failed) {
        copy_failure(arena, j, ret);
        return j->failed->status;
    }
    for (size_t v = 0; v < j->count; v++)
        for (size_t m = 0; m < j->measures; m++)
            if (j->smoothed[m]) settle_measure(j, v, m, ret);
    return done < crew.chunks ? OC_CANCELLED : OC_OK;
}

oc_status oc_smooth_run(oc_arena *arena, oc_compiled *const *variants, size_t count, const oc_run_options *options,
                        oc_smooth *ret)
{
    if (!count || options->runs < 1 || options->runs > OC_MAX_RUNS || options->threads > OC_MAX_THREADS ||
        options->isa >= OC_ISA_COUNT || !oc_isa_available(options->isa))
        return OC_USAGE;
    *ret = (oc_smooth){.model = variants[0]->model, .carry = variants[0]->carry, .count = count};
    job j = {.variants = variants, .count = count, .options = options};
    uint64_t chunks = oc_run_chunks(options->runs);
    j.batches = (options->runs + OC_LANES - 1) / OC_LANES;
    j.threads = options->threads ? options->threads : 1;
    if (j.threads > chunks) j.threads = (unsigned)chunks;
    ret->measure_count = j.measures = oc_measures_of(arena, variants[0], &ret->measures);
    j.measure = ret->measures;
    if (!find_places(arena, &j)) return OC_USAGE;
    size_t cells = count * j.measures + 1;
    ret->smoothed = j.smoothed;
    ret->sides = OC_NEW_ARRAY(arena, cells, oc_smooth_side);
    ret->differences = OC_NEW_ARRAY(arena, cells, oc_smooth_difference);
    j.medians = OC_NEW_ARRAY(arena, cells, oc_day);
    j.sums = new_sums(arena, &j);
    oc_engine_set_arithmetic();
    oc_status status = prepare_workers(arena, &j);
    if (status == OC_OK) status = run_all(arena, &j, ret);
    for (unsigned i = 0; i < j.threads; i++) oc_arena_free(&j.workers[i].memory);
    return status;
}
