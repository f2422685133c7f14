/* See whatif.h. Each worker has an engine for every program and its own integer tallies (whatif_tally.h); of numbers it
 * keeps the sums of the chunk under way, which are joined in order. Variants that differ from another by news alone
 * read that one's futures and leave out those in which their news is false.
 *
 * The share below the median is counted below the medians of a pilot, so that it can be tallied in one pass; as an
 * estimate of how the two shares go together that is good enough. */
#include "analysis/whatif_tally.h"

#include <math.h>

#include "run/crew.h"

enum { PILOT_BATCHES = 8 };

typedef struct worker {
    oc_engine **engines;     /* of each variant */
    oc_whatif_tally *tallies;          /* [variant * measures + measure] */
    uint64_t *counted, *bit; /* of each variant */
    double *base, *answer;   /* [measure][lane] */
    bool differs[OC_LANES];
    size_t failed_variant;
    bool failed;
    uint64_t futures;        /* of the chunk under way */
} worker;

typedef struct job {
    oc_arena *arena, *scratch;
    const oc_variant *variants;
    size_t count, measures;
    const oc_measure *measure;
    oc_measure_place *places; /* [variant * measures + measure] */
    double *medians;          /* of the pilot; NAN: none */
    double *origins;          /* of each measure */
    oc_day first_day;
    size_t days;
    const oc_run_options *options;
    oc_isa isa;
    unsigned threads;
    uint64_t batches;
    worker *workers;
    oc_whatif_sums *sums;        /* totals, [variant * measures + measure] */
    uint64_t futures, failed_chunk;
    bool failed;
    size_t failed_variant;
} job;

static oc_compiled *compile(oc_arena *arena, oc_model *model, const oc_bridge_ways *ways, bool every_tick)
{
    oc_compile_options options = {.blockers_by = OC_DAY_NONE,
                                  .keep_questions = true,
                                  .no_samples = true,
                                  .no_blockers = true,
                                  .ways = ways,
                                  .every_tick = every_tick};
    return oc_compile(arena, model, &options);
}

oc_compiled *oc_whatif_compile(oc_arena *arena, oc_model *model, const oc_bridge_ways *ways)
{
    return compile(arena, model, ways, false);
}

oc_compiled *oc_whatif_compile_whole(oc_arena *arena, const oc_compiled *compiled)
{
    return compile(arena, compiled->model, compiled->ways, true);
}

oc_compiled *oc_whatif_compile_news(oc_arena *arena, oc_model *model, size_t first, const oc_bridge_ways *ways,
                                    uint32_t **ret_states)
{
    size_t questions = model->questions.len, count = model->givens.len - first;
    for (size_t i = 0; i < count; i++) {
        oc_question *asked = OC_NEW(arena, oc_question);
        oc_expr *is = model->givens.at[first + i];
        *asked = (oc_question){.name = OC_SLICE("<news>"), .span = is->span, .is = is, .at = OC_DAY_NONE};
        *oc_vec_push(model->arena, &model->questions) = asked;
    }
    model->givens.len = first;
    oc_compiled *compiled = oc_whatif_compile(arena, model, ways);
    *ret_states = compiled ? compiled->question_states + questions : NULL;
    model->questions.len = questions; /* nobody is to see them as answers */
    return compiled;
}

/* --- one batch --- */

static oc_batch batch_at(const job *j, uint64_t index)
{
    uint64_t left = j->options->runs - index * OC_LANES;
    return (oc_batch){.seed = j->options->seed, .index = (uint32_t)index,
                      .live = left < OC_LANES ? (uint32_t)left : OC_LANES};
}

/* The variant in whose engine this one's futures are. */
static size_t program_of(const job *j, size_t v)
{
    return j->variants[v].news_count ? j->variants[v].shares : v;
}

/* Of each lane, whether a variant's futures count there. */
static void read_counted(const job *j, const worker *w, size_t v, bool *ret)
{
    const oc_variant *variant = &j->variants[v];
    const oc_engine *engine = w->engines[program_of(j, v)];
    const oc_program *program = variant->compiled->program;
    const oc_truth *given = program->given == OC_NONE ? NULL : oc_engine_truths(engine, program->given);
    for (size_t lane = 0; lane < OC_LANES; lane++) ret[lane] = !given || given[lane];
    for (size_t i = 0; i < variant->news_count; i++) {
        const oc_truth *news = oc_engine_truths(engine, variant->compiled->columns[variant->news[i]]);
        for (size_t lane = 0; lane < OC_LANES; lane++) ret[lane] = ret[lane] && news[lane];
    }
}

static void add_date(const job *j, oc_whatif_tally *t, size_t m, size_t v, double before, double after, bool in0,
                     bool in1)
{
    double median0 = j->medians[m], median1 = j->medians[v * j->measures + m];
    t->median[(in0 ? 1 + (before <= median0) : 0) * 3 + (in1 ? 1 + (after <= median1) : 0)]++;
    if (in1) t->days[isinf(after) ? j->days : (size_t)(after - (double)j->first_day)]++;
    if (!in0 || !in1 || isinf(before) || isinf(after)) return;
    int64_t days = (int64_t)(after - before);
    t->both++;
    t->later += days;
    t->later_squares += (uint64_t)(days * days);
}

static void add_number(oc_whatif_sums *s, double origin, double before, double after, bool in0, bool in1)
{
    double x = before - origin, y = after - origin;
    if (in0) s->base += x, s->base_squares += x * x;
    if (in1) s->variant += y, s->variant_squares += y * y;
    if (in0 && in1) s->both_base += x, s->both_variant += y, s->both_product += x * y;
}

/* A number's "yes" is a finite value; the others have none. */
static bool is_yes(const oc_measure *measure, double answer)
{
    return measure->kind == OC_MEASURE_TRUTH ? answer != 0 : isfinite(answer);
}

static void add_lane(const job *j, worker *w, size_t v, const double *answer, size_t lane, bool in0, bool in1)
{
    bool bit = false;
    for (size_t m = 0; m < j->measures; m++) {
        double before = w->base[m * OC_LANES + lane], after = answer[m * OC_LANES + lane];
        bool same = before == after || (isnan(before) && isnan(after));
        oc_whatif_tally *t = &w->tallies[v * j->measures + m];
        const oc_measure *measure = &j->measure[m];
        bool yes0 = is_yes(measure, before), yes1 = is_yes(measure, after);
        t->changed += !same;
        bit = bit || !same;
        t->share[(in0 ? 1 + yes0 : 0) * 3 + (in1 ? 1 + yes1 : 0)]++;
        if (measure->kind == OC_MEASURE_DATE) add_date(j, t, m, v, before, after, in0, in1);
        if (measure->kind == OC_MEASURE_NUMBER)
            add_number(&t->sums, j->origins[m], before, after, in0 && yes0, in1 && yes1);
    }
    w->bit[v] += bit;
    w->counted[v] += in1;
}

static void read_answers(const job *j, const worker *w, size_t v, double *ret)
{
    for (size_t m = 0; m < j->measures; m++)
        oc_measure_read(w->engines[program_of(j, v)], j->variants[v].compiled, &j->measure[m],
                        j->places[v * j->measures + m], ret + m * OC_LANES);
}

static bool run_variant(const job *j, worker *w, size_t v, const oc_batch *batch)
{
    oc_failure ignored; /* found again, with its details, when the failure is described */
    if (program_of(j, v) != v) return true;
    if (oc_engine_follow(w->engines[v], batch, &ignored)) return true;
    w->failed = true;
    w->failed_variant = v;
    return false;
}

static bool run_batch(job *j, worker *w, uint64_t index)
{
    oc_batch batch = batch_at(j, index);
    bool base[OC_LANES], own[OC_LANES];
    for (size_t v = 0; v < j->count; v++) {
        if (!run_variant(j, w, v, &batch)) return false;
        read_answers(j, w, v, v ? w->answer : w->base);
        /* cppcheck-suppress legacyUninitvar ; filled here */
        read_counted(j, w, v, v ? own : base);
        for (size_t lane = 0; lane < batch.live; lane++)
            add_lane(j, w, v, v ? w->answer : w->base, lane, base[lane], v ? own[lane] : base[lane]);
    }
    w->futures += batch.live;
    return true;
}

static bool work(void *context, unsigned number, uint64_t chunk)
{
    job *j = context;
    worker *w = &j->workers[number];
    w->futures = 0;
    for (size_t i = 0; i < j->count * j->measures; i++) w->tallies[i].sums = (oc_whatif_sums){0};
    uint64_t end = (chunk + 1) * OC_CHUNK_BATCHES;
    if (end > j->batches) end = j->batches;
    for (uint64_t index = chunk * OC_CHUNK_BATCHES; index < end; index++)
        if (!run_batch(j, w, index)) return false;
    return true;
}

static void add_sums(oc_whatif_sums *into, const oc_whatif_sums *s)
{
    into->base += s->base;
    into->base_squares += s->base_squares;
    into->variant += s->variant;
    into->variant_squares += s->variant_squares;
    into->both_base += s->both_base;
    into->both_variant += s->both_variant;
    into->both_product += s->both_product;
}

static void join(void *context, unsigned number, uint64_t chunk)
{
    job *j = context;
    worker *w = &j->workers[number];
    j->futures += w->futures;
    for (size_t i = 0; i < j->count * j->measures; i++) add_sums(&j->sums[i], &w->tallies[i].sums);
    if (!w->failed || j->failed) return;
    j->failed = true;
    j->failed_chunk = chunk;
    j->failed_variant = w->failed_variant;
}

/* --- the pilot --- */

static double median_of(double *values, size_t count)
{
    if (!count) return NAN;
    oc_sort_numbers(values, count);
    double median = values[(count - 1) / 2];
    return isinf(median) ? NAN : median;
}

/* Medians of dates, and for numbers an origin near their values, so that squares do not cancel. */
static void run_pilot(job *j)
{
    worker *w = &j->workers[0];
    size_t batches = j->batches < PILOT_BATCHES ? (size_t)j->batches : PILOT_BATCHES, cells = j->count * j->measures;
    bool counted[OC_LANES];
    double **values = OC_NEW_ARRAY(j->scratch, cells, double *);
    size_t *lengths = OC_NEW_ARRAY(j->scratch, cells, size_t);
    for (size_t i = 0; i < cells; i++) values[i] = OC_NEW_ARRAY(j->scratch, batches * OC_LANES, double);
    for (size_t index = 0; index < batches; index++) {
        oc_batch batch = batch_at(j, index);
        for (size_t v = 0; v < j->count; v++) {
            oc_failure ignored; /* the run itself meets it again */
            if (program_of(j, v) == v) oc_engine_follow(w->engines[v], &batch, &ignored);
            read_answers(j, w, v, w->answer);
            read_counted(j, w, v, counted);
            for (size_t m = 0; m < j->measures; m++)
                for (size_t lane = 0; lane < batch.live; lane++)
                    if (counted[lane] && !isnan(w->answer[m * OC_LANES + lane]))
                        values[v * j->measures + m][lengths[v * j->measures + m]++] = w->answer[m * OC_LANES + lane];
        }
    }
    for (size_t i = 0; i < cells; i++) j->medians[i] = median_of(values[i], lengths[i]);
    for (size_t m = 0; m < j->measures; m++) j->origins[m] = isnan(j->medians[m]) ? 0 : j->medians[m];
}

/* --- the end --- */

static void merge(const job *j, oc_whatif_tally *into, const oc_whatif_tally *from)
{
    for (int i = 0; i < OC_WHATIF_TABLE; i++) {
        into->share[i] += from->share[i];
        into->median[i] += from->median[i];
    }
    into->changed += from->changed;
    into->both += from->both;
    into->later += from->later;
    into->later_squares += from->later_squares;
    for (size_t i = 0; into->days && i <= j->days; i++) into->days[i] += from->days[i];
}

static void settle(job *j, oc_whatif *ret)
{
    worker *w = j->workers;
    for (unsigned i = 1; i < j->threads; i++) {
        for (size_t k = 0; k < j->count * j->measures; k++) merge(j, &w[0].tallies[k], &w[i].tallies[k]);
        for (size_t v = 0; v < j->count; v++) {
            w[0].counted[v] += w[i].counted[v];
            w[0].bit[v] += w[i].bit[v];
        }
    }
    for (size_t k = 0; k < j->count * j->measures; k++) w[0].tallies[k].sums = j->sums[k];
    ret->futures = j->futures;
    for (size_t v = 0; v < j->count; v++) {
        ret->counted[v] = w[0].counted[v];
        ret->bit[v] = w[0].bit[v];
    }
    oc_whatif_settle(&(oc_whatif_totals){w[0].tallies, j->origins, j->first_day, j->days}, ret);
}

/* --- set-up --- */

static void prepare_workers(void *context)
{
    job *j = context;
    j->workers = OC_NEW_ARRAY(j->scratch, j->threads, worker);
    for (unsigned i = 0; i < j->threads; i++) {
        worker *w = &j->workers[i];
        w->engines = OC_NEW_ARRAY(j->scratch, j->count, oc_engine *);
        w->tallies = OC_NEW_ARRAY(j->scratch, j->count * j->measures + 1, oc_whatif_tally);
        w->counted = OC_NEW_ARRAY(j->scratch, j->count, uint64_t);
        w->bit = OC_NEW_ARRAY(j->scratch, j->count, uint64_t);
        w->base = OC_NEW_ARRAY(j->scratch, j->measures * OC_LANES + 1, double);
        w->answer = OC_NEW_ARRAY(j->scratch, j->measures * OC_LANES + 1, double);
        for (size_t v = 0; v < j->count; v++) {
            if (program_of(j, v) == v)
                w->engines[v] = oc_engine_new(j->scratch, j->variants[v].compiled->program, j->isa);
            for (size_t m = 0; m < j->measures; m++)
                if (j->measure[m].kind == OC_MEASURE_DATE)
                    w->tallies[v * j->measures + m].days = OC_NEW_ARRAY(j->scratch, j->days + 1, uint64_t);
        }
    }
    j->sums = OC_NEW_ARRAY(j->scratch, j->count * j->measures + 1, oc_whatif_sums);
    j->medians = OC_NEW_ARRAY(j->scratch, j->count * j->measures + 1, double);
    j->origins = OC_NEW_ARRAY(j->scratch, j->measures + 1, double);
    run_pilot(j);
}

static bool find_places(job *j, oc_whatif *ret)
{
    j->places = OC_NEW_ARRAY(j->arena, j->count * j->measures + 1, oc_measure_place);
    for (size_t v = 0; v < j->count; v++)
        for (size_t m = 0; m < j->measures; m++) {
            if (oc_measure_find(j->variants[v].compiled, &j->measure[m], &j->places[v * j->measures + m])) continue;
            ret->other = v;
            ret->other_name = j->measure[m].name;
            return false;
        }
    return true;
}

/* Runs the chunk that failed once more, by oc_run, which tells where and with what values. */
static void describe_failure(job *j, oc_whatif *ret)
{
    oc_run_options again = *j->options;
    again.first_chunk = j->failed_chunk;
    again.last_chunk = j->failed_chunk + 1;
    again.threads = 1;
    again.progress = NULL;
    again.cancel = NULL;
    again.site_seeds = NULL;
    oc_result *result = OC_NEW(j->arena, oc_result);
    ret->failed_variant = j->failed_variant;
    if (oc_run(j->variants[j->failed_variant].compiled->program, &again, j->arena, result) == OC_INPUT)
        ret->failure = result->failure;
}

static void span_days(job *j)
{
    oc_day last = j->variants[0].compiled->model->horizon;
    j->first_day = j->variants[0].compiled->model->as_of;
    for (size_t v = 1; v < j->count; v++) {
        const oc_model *m = j->variants[v].compiled->model;
        if (m->as_of < j->first_day) j->first_day = m->as_of;
        if (m->horizon > last) last = m->horizon;
    }
    j->days = (size_t)(last - j->first_day) + 1;
}

static oc_status run_all(job *j, oc_whatif *ret)
{
    const oc_run_options *options = j->options;
    double begin = options->clock ? options->clock() : 0;
    oc_crew crew = oc_crew_of(options, j->threads);
    crew.context = j;
    crew.work = work;
    crew.join = join;
    uint64_t done = oc_crew_run(&crew);
    ret->seconds = options->clock ? options->clock() - begin : 0;
    if (j->failed) {
        describe_failure(j, ret);
        return OC_INPUT;
    }
    settle(j, ret);
    return done < crew.chunks ? OC_CANCELLED : OC_OK;
}

oc_status oc_whatif_run(oc_arena *arena, const oc_variant *variants, size_t count, const oc_run_options *options,
                        oc_whatif *ret)
{
    *ret = (oc_whatif){.variants = variants, .count = count};
    if (!count || options->runs < 1 || options->runs > OC_MAX_RUNS || options->threads > OC_MAX_THREADS ||
        options->isa >= OC_ISA_COUNT || !oc_isa_available(options->isa))
        return OC_USAGE;
    oc_arena scratch;
    oc_arena_init(&scratch, &arena->allocator, 0);
    job j = {.arena = arena, .scratch = &scratch, .variants = variants, .count = count, .options = options};
    j.isa = options->isa == OC_ISA_AUTO ? oc_isa_best() : options->isa;
    j.batches = (options->runs + OC_LANES - 1) / OC_LANES;
    uint64_t chunks = oc_run_chunks(options->runs);
    j.threads = options->threads ? options->threads : 1;
    if (j.threads > chunks) j.threads = (unsigned)chunks;
    ret->measure_count = j.measures = oc_measures_of(arena, variants[0].compiled, &ret->measures);
    j.measure = ret->measures;
    if (!find_places(&j, ret)) return OC_USAGE;
    ret->counted = OC_NEW_ARRAY(arena, count, uint64_t);
    ret->bit = OC_NEW_ARRAY(arena, count, uint64_t);
    ret->sides = OC_NEW_ARRAY(arena, count * j.measures + 1, oc_side);
    ret->differences = OC_NEW_ARRAY(arena, count * j.measures + 1, oc_difference);
    ret->isa = j.isa;
    ret->threads = j.threads;
    span_days(&j);
    oc_engine_set_arithmetic();
    oc_status status = oc_arena_try(&scratch, prepare_workers, &j);
    if (status == OC_OK) status = run_all(&j, ret);
    oc_arena_free(&scratch);
    return status;
}
