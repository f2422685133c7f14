/* See ignorance.h. Worked example: a stage decided once with chance theta, theta beta(2, 3). V = 0.4 * 0.6 = 0.24,
 * Var(E[Y | theta]) = Var(theta) = 0.04: ignorance 1/6, chance 5/6; the band of its curve is that of theta: 0.098 to
 * 0.751. */
#include "analysis/ignorance.h"

#include <math.h>

#include "run/crew.h"

enum { MOST_BAND_POINTS = 240, LEAST_CASES = 50 };

typedef struct worker {
    oc_engine *engine;
    double values[OC_LANES];
    bool failed;
} worker;

typedef struct job {
    oc_arena *scratch, *arena;
    const oc_compiled *compiled;
    const oc_ignorance_options *options;
    oc_ignorance *ret;
    size_t measures;
    oc_measure *measure;
    oc_measure_place *places;
    worker *workers;
    unsigned threads;
    bool failed;

    uint64_t pair_batches;
    uint64_t *seeds[2];
    double *answers[2];      /* [measure][pair] */

    oc_measure_place band_place;
    uint64_t **replicate_seeds;
    size_t points;
    oc_day *days;
    uint16_t *shares;        /* [set][point]: futures of the set in which it has come by then */
} job;

/* --- seeds --- */

static void mark_sites(const oc_program *program, uint64_t seed, uint64_t *seeds)
{
    const unsigned char *bytes = (const unsigned char *)program;
    const oc_section *first = (const oc_section *)(const void *)(bytes + program->sections_at);
    const oc_instruction *code = (const oc_instruction *)(const void *)(bytes + program->instructions_at);
    for (uint32_t i = first->first; i < first->first + first->count; i++)
        if (oc_opcode_operands((oc_opcode)code[i].op)[4] == 'D') seeds[OC_SITE_OF(code[i].imm)] = seed;
}

void oc_chance_seeds(const oc_program *program, uint64_t seed, uint32_t replicate, uint64_t *ret)
{
    uint64_t other = replicate ? oc_resample_bits(seed, UINT64_C(0x6368616e6365), replicate) : seed;
    for (uint32_t i = 0; i < program->site_count; i++) ret[i] = other;
    mark_sites(program, seed, ret);
}

/* --- pairs --- */

static bool run(job *j, worker *w, uint64_t index, const uint64_t *seeds)
{
    oc_batch batch = {.seed = j->options->seed, .index = (uint32_t)index, .live = OC_LANES, .site_seeds = seeds};
    oc_failure ignored;
    if (!oc_engine_follow(w->engine, &batch, &ignored)) w->failed = true;
    return !w->failed;
}

/* A date that does not come counts as the day behind the horizon. */
static double capped(const job *j, double day)
{
    return isinf(day) ? (double)j->compiled->model->horizon + 1 : day;
}

static bool run_pairs(void *context, unsigned number, uint64_t index)
{
    job *j = context;
    worker *w = &j->workers[number];
    size_t pairs = (size_t)j->pair_batches * OC_LANES;
    for (int side = 0; side < 2; side++) {
        if (!run(j, w, index, j->seeds[side])) return false;
        for (size_t m = 0; m < j->measures; m++) {
            double *into = j->answers[side] + m * pairs + index * OC_LANES;
            oc_measure_read(w->engine, j->compiled, &j->measure[m], j->places[m], into);
            for (size_t i = 0; j->measure[m].kind == OC_MEASURE_DATE && i < OC_LANES; i++) into[i] = capped(j, into[i]);
        }
    }
    return true;
}

static void join(void *context, unsigned number, uint64_t chunk)
{
    (void)chunk;
    job *j = context;
    j->failed = j->failed || j->workers[number].failed;
}

typedef struct moments {
    double mean, covariance, variance;
} moments;

static moments moments_of(const double *a, const double *b, size_t n)
{
    moments m = {0};
    for (size_t i = 0; i < n; i++) m.mean += (a[i] + b[i]) / 2;
    m.mean /= (double)n;
    for (size_t i = 0; i < n; i++) {
        double x = a[i] - m.mean, y = b[i] - m.mean;
        m.covariance += x * y;
        m.variance += (x * x + y * y) / 2;
    }
    m.covariance /= (double)n;
    m.variance /= (double)n;
    return m;
}

static const oc_spread unknown = {NAN, NAN, NAN, NAN};

/* Whether both a truth's answers came often enough to say anything about them. */
static bool enough(const job *j, size_t measure, size_t pairs)
{
    if (j->measure[measure].type.kind != OC_TYPE_TRUTH) return true;
    double yes = 0;
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < pairs; i++) yes += j->answers[side][measure * pairs + i];
    return yes >= LEAST_CASES && 2 * (double)pairs - yes >= LEAST_CASES;
}

/* Measures first .. first + count - 1 together: one, or the values of a category. */
static oc_spread spread_of(const job *j, size_t first, size_t count)
{
    size_t n = (size_t)j->pair_batches * OC_LANES;
    double covariance = 0, variance = 0, squares = 0;
    moments *of = OC_NEW_ARRAY(j->scratch, count, moments);
    for (size_t k = 0; k < count; k++) {
        of[k] = moments_of(j->answers[0] + (first + k) * n, j->answers[1] + (first + k) * n, n);
        covariance += of[k].covariance;
        variance += of[k].variance;
    }
    if (!(variance > 0) || isinf(variance) || !enough(j, first, n)) return unknown;
    double share = covariance / variance;
    for (size_t i = 0; i < n; i++) {
        double z = 0;
        for (size_t k = 0; k < count; k++) {
            size_t at = (first + k) * n + i;
            double x = j->answers[0][at] - of[k].mean, y = j->answers[1][at] - of[k].mean;
            z += x * y - share * (x * x + y * y) / 2;
        }
        squares += z * z;
    }
    double cut = fmin(1, fmax(0, share));
    return (oc_spread){cut, 1 - cut, share, sqrt(squares) / (double)n / variance};
}

static void settle_spreads(job *j)
{
    const oc_model *model = j->compiled->model;
    oc_ignorance *ret = j->ret;
    ret->pairs = j->pair_batches * OC_LANES;
    ret->stages = OC_NEW_ARRAY(j->arena, model->stages.len + 1, oc_spread);
    ret->questions = OC_NEW_ARRAY(j->arena, model->questions.len + 1, oc_spread);
    for (size_t i = 0; i < model->stages.len; i++) ret->stages[i] = unknown;
    for (size_t m = 0; m < j->measures;) {
        const oc_measure *measure = &j->measure[m];
        size_t count = measure->type.kind == OC_TYPE_CATEGORY ? measure->type.category->count : 1;
        oc_spread *into = measure->stage ? ret->stages : ret->questions;
        into[measure->index] = spread_of(j, m, count);
        m += count;
    }
}

static oc_status estimate_spreads(job *j)
{
    j->ret->pairs = 0;
    uint64_t pairs = j->options->pairs < OC_SPREAD_MOST_PAIRS ? j->options->pairs : OC_SPREAD_MOST_PAIRS;
    if (!pairs) return OC_OK;
    j->pair_batches = (pairs + OC_LANES - 1) / OC_LANES;
    for (uint32_t side = 0; side < 2; side++) {
        j->seeds[side] = OC_NEW_ARRAY(j->scratch, j->compiled->program->site_count + (size_t)1, uint64_t);
        oc_chance_seeds(j->compiled->program, j->options->seed, side, j->seeds[side]);
        j->answers[side] = OC_NEW_ARRAY(j->scratch, j->measures * (size_t)j->pair_batches * OC_LANES + 1, double);
    }
    oc_crew crew = {.chunks = j->pair_batches, .threads = j->threads, .context = j, .work = run_pairs, .join = join,
                    .cancel = j->options->cancel};
    if (oc_crew_run(&crew) < crew.chunks) return j->failed ? OC_INPUT : OC_CANCELLED;
    if (j->failed) return OC_INPUT;
    settle_spreads(j);
    return OC_OK;
}

/* --- the band --- */

/* Ends of months, or of several when there would be too many. */
static void plan_points(job *j)
{
    const oc_model *model = j->compiled->model;
    int months = (int)((model->horizon - model->as_of) / 28) + 2;
    int step = (months + MOST_BAND_POINTS - 2) / (MOST_BAND_POINTS - 1);
    j->days = OC_NEW_ARRAY(j->scratch, MOST_BAND_POINTS + 2, oc_day);
    oc_civil c = oc_civil_from_day(model->as_of);
    for (int month = c.year * 12 + c.month;; month += step) {
        oc_day day = oc_day_from_civil(month / 12, month % 12 + 1, 1) - 1;
        if (day >= model->horizon || j->points >= MOST_BAND_POINTS) break;
        j->days[j->points++] = day;
    }
    j->days[j->points++] = model->horizon;
}

static size_t point_of(const job *j, double day)
{
    size_t low = 0, high = j->points;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((double)j->days[middle] < day) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool run_sets(void *context, unsigned number, uint64_t index)
{
    job *j = context;
    worker *w = &j->workers[number];
    uint16_t *shares = j->shares + index * OC_LANES * j->points;
    for (size_t r = 0; r < OC_BAND_CHANCES; r++) {
        if (!run(j, w, index, j->replicate_seeds[r])) return false;
        oc_measure_read(w->engine, j->compiled, j->options->band, j->band_place, w->values);
        for (size_t i = 0; i < OC_LANES; i++) {
            size_t point = point_of(j, w->values[i]);
            if (point < j->points) shares[i * j->points + point]++;
        }
    }
    for (size_t i = 0; i < OC_LANES; i++)
        for (size_t p = 1; p < j->points; p++) shares[i * j->points + p] += shares[i * j->points + p - 1];
    return true;
}

/* By counting: there are no more values than chances. */
static void sort_shares(const job *j, size_t point, double *values)
{
    size_t count[OC_BAND_CHANCES + 1] = {0}, next = 0;
    for (size_t i = 0; i < OC_BAND_INPUTS; i++) count[j->shares[i * j->points + point]]++;
    for (size_t share = 0; share <= OC_BAND_CHANCES; share++)
        for (size_t i = 0; i < count[share]; i++) values[next++] = (double)share / OC_BAND_CHANCES;
}

static oc_band_point band_at(const job *j, size_t point, double *values)
{
    const double chances = OC_BAND_CHANCES;
    double mean = 0, inner = 0, between = 0;
    for (size_t i = 0; i < OC_BAND_INPUTS; i++) {
        values[i] = j->shares[i * j->points + point] / chances;
        mean += values[i] / OC_BAND_INPUTS;
        inner += values[i] * (1 - values[i]) / (chances - 1) / OC_BAND_INPUTS;
    }
    for (size_t i = 0; i < OC_BAND_INPUTS; i++)
        between += (values[i] - mean) * (values[i] - mean) / (OC_BAND_INPUTS - 1);
    double shrink = between > inner ? sqrt((between - inner) / between) : 0;
    sort_shares(j, point, values);
    double low = oc_quantile_of_sorted(values, OC_BAND_INPUTS, 0.05);
    double high = oc_quantile_of_sorted(values, OC_BAND_INPUTS, 0.95);
    return (oc_band_point){j->days[point], fmin(mean, fmax(0, mean + shrink * (low - mean))),
                           fmax(mean, fmin(1, mean + shrink * (high - mean)))};
}

static oc_status estimate_band(job *j)
{
    if (!j->options->band) return OC_OK;
    if (!oc_measure_find(j->compiled, j->options->band, &j->band_place)) return OC_USAGE;
    plan_points(j);
    j->shares = OC_NEW_ARRAY(j->scratch, OC_BAND_INPUTS * j->points, uint16_t);
    j->replicate_seeds = OC_NEW_ARRAY(j->scratch, OC_BAND_CHANCES, uint64_t *);
    for (uint32_t r = 0; r < OC_BAND_CHANCES; r++) {
        j->replicate_seeds[r] = OC_NEW_ARRAY(j->scratch, j->compiled->program->site_count + (size_t)1, uint64_t);
        oc_chance_seeds(j->compiled->program, j->options->seed, r, j->replicate_seeds[r]);
    }
    oc_crew crew = {.chunks = OC_BAND_INPUTS / OC_LANES, .threads = j->threads, .context = j, .work = run_sets,
                    .join = join, .cancel = j->options->cancel};
    if (oc_crew_run(&crew) < crew.chunks) return j->failed ? OC_INPUT : OC_CANCELLED;
    if (j->failed) return OC_INPUT;
    double *values = OC_NEW_ARRAY(j->scratch, OC_BAND_INPUTS, double);
    j->ret->band = OC_NEW_ARRAY(j->arena, j->points, oc_band_point);
    for (size_t p = 0; p < j->points; p++) {
        j->ret->band[p] = band_at(j, p, values);
        /* A curve does not fall; shrinking differs from day to day and could make its band do so by a hair. */
        if (p) j->ret->band[p].low = fmax(j->ret->band[p].low, j->ret->band[p - 1].low);
        if (p) j->ret->band[p].high = fmax(j->ret->band[p].high, j->ret->band[p - 1].high);
    }
    j->ret->band_count = j->points;
    return OC_OK;
}

/* --- set-up --- */

typedef struct attempt {
    job *j;
    oc_status status;
} attempt;

static void estimate(void *context)
{
    attempt *a = context;
    job *j = a->j;
    j->places = OC_NEW_ARRAY(j->scratch, j->measures + 1, oc_measure_place);
    for (size_t m = 0; m < j->measures; m++) oc_measure_find(j->compiled, &j->measure[m], &j->places[m]);
    j->workers = OC_NEW_ARRAY(j->scratch, j->threads, worker);
    for (unsigned i = 0; i < j->threads; i++)
        j->workers[i].engine = oc_engine_new(j->scratch, j->compiled->program, j->options->isa);
    oc_engine_set_arithmetic();
    a->status = estimate_spreads(j);
    if (a->status == OC_OK) a->status = estimate_band(j);
}

oc_status oc_ignorance_estimate(oc_arena *arena, const oc_compiled *compiled, const oc_ignorance_options *options,
                                oc_ignorance *ret)
{
    *ret = (oc_ignorance){0};
    if (compiled->program->given != OC_NONE || !oc_isa_available(options->isa)) return OC_USAGE;
    oc_arena scratch;
    oc_arena_init(&scratch, NULL, 0);
    job j = {.scratch = &scratch, .arena = arena, .compiled = compiled, .options = options, .ret = ret};
    j.threads = options->threads ? options->threads : 1;
    if (j.threads > OC_MAX_THREADS) j.threads = OC_MAX_THREADS;
    j.measures = oc_measures_of(arena, compiled, &j.measure);
    attempt a = {&j, OC_OK};
    oc_status status = oc_arena_try(&scratch, estimate, &a);
    oc_arena_free(&scratch);
    return status == OC_OK ? a.status : status;
}
