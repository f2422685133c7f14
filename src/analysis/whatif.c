/* See whatif.h. Each worker has an engine for every variant and its own integer tallies; of numbers it keeps the sums
 * of the chunk under way, which are joined in order.
 *
 * A future stands in a table of three by three for each share that is compared: on each side it does not count, counts
 * and is no, counts and is yes. Worked example: 1,000 futures, no news; 30 turn to yes and 10 to no. z is 0.98e-3 in
 * the 30, -1.02e-3 in the 10, -0.02e-3 elsewhere: difference +0.02, error sqrt(39.6)e-3 = 0.0063.
 *
 * The share below the median is counted below the medians of a pilot, so that it can be tallied in one pass; as an
 * estimate of how the two shares go together that is good enough. */
#include "analysis/whatif.h"

#include <math.h>

#include "run/crew.h"

enum { PILOT_BATCHES = 8, TABLE = 9 };
#define LEVEL 0.9
#define DENSITY_SHARE 0.005 /* of the futures on either side of the median */

/* Sums over futures in which the answer is finite and counts, of values less the measure's origin. */
typedef struct number_sums {
    double base, base_squares, variant, variant_squares; /* each over its own futures */
    double both_base, both_variant, both_product;        /* over those of both */
} number_sums;

/* Of one variant and measure. */
typedef struct tally {
    uint64_t share[TABLE];   /* [base's state * 3 + variant's]: 0 does not count, 1 no, 2 yes */
    uint64_t median[TABLE];  /* yes: on or before the pilot's median */
    uint64_t changed;
    uint64_t both, later_squares;
    int64_t later;
    number_sums sums;
    uint64_t *days;          /* counts by day, one more for never */
} tally;

typedef struct worker {
    oc_engine **engines;     /* of each variant */
    tally *tallies;          /* [variant * measures + measure] */
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
    number_sums *sums;        /* totals, [variant * measures + measure] */
    uint64_t futures, failed_chunk;
    bool failed;
    size_t failed_variant;
} job;

/* --- measures --- */

oc_compiled *oc_whatif_compile(oc_arena *arena, oc_model *model)
{
    oc_compile_options options = {
        .blockers_by = OC_DAY_NONE, .keep_questions = true, .no_samples = true, .no_blockers = true};
    return oc_compile(arena, model, &options);
}

static oc_measure_kind kind_of(oc_type type)
{
    if (type.kind == OC_TYPE_TRUTH || type.kind == OC_TYPE_CATEGORY) return OC_MEASURE_TRUTH;
    return type.kind == OC_TYPE_DATE ? OC_MEASURE_DATE : OC_MEASURE_NUMBER;
}

size_t oc_measures_of(oc_arena *arena, const oc_compiled *base, oc_measure **ret)
{
    const oc_model *m = base->model;
    OC_VEC(oc_measure) list = {0};
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *stage = m->stages.at[i];
        if (stage->done != OC_DAY_NONE) continue;
        *oc_vec_push(arena, &list) = (oc_measure){.kind = OC_MEASURE_DATE, .stage = true, .index = (uint32_t)i,
                                                  .name = stage->symbol->name, .title = &stage->title,
                                                  .type = OC_TYPE_OF_DATE};
    }
    for (size_t i = 0; i < m->questions.len; i++) {
        const oc_question *q = m->questions.at[i];
        oc_type type = q->is->type;
        size_t values = type.kind == OC_TYPE_CATEGORY ? type.category->count : 1;
        for (size_t v = 0; v < values; v++)
            *oc_vec_push(arena, &list) = (oc_measure){.kind = kind_of(type), .index = (uint32_t)i, .value = (uint32_t)v,
                                                      .name = q->name, .title = &q->title, .type = type};
    }
    *ret = list.at;
    return list.len;
}

static bool same_type(oc_type a, oc_type b)
{
    if (a.kind != b.kind) return false;
    if (a.kind != OC_TYPE_CATEGORY) return true;
    if (a.category->count != b.category->count) return false;
    for (size_t i = 0; i < a.category->count; i++)
        if (!oc_slice_equal(a.category->values[i], b.category->values[i])) return false;
    return true;
}

static bool find_stage(const oc_compiled *compiled, const oc_measure *measure, oc_measure_place *ret)
{
    const oc_model *m = compiled->model;
    for (size_t i = 0; i < m->stages.len; i++) {
        if (!oc_slice_equal(m->stages.at[i]->symbol->name, measure->name)) continue;
        uint32_t state = compiled->stage_states[i];
        *ret = (oc_measure_place){UINT32_MAX, (double)m->stages.at[i]->done};
        if (state != UINT32_MAX) *ret = (oc_measure_place){compiled->columns[state], 0};
        return true;
    }
    return false;
}

bool oc_measure_find(const oc_compiled *compiled, const oc_measure *measure, oc_measure_place *ret)
{
    if (measure->stage) return find_stage(compiled, measure, ret);
    const oc_model *m = compiled->model;
    for (size_t i = 0; i < m->questions.len; i++) {
        const oc_question *q = m->questions.at[i];
        if (!oc_slice_equal(q->name, measure->name) || !same_type(q->is->type, measure->type)) continue;
        uint32_t state = compiled->question_states[i];
        *ret = (oc_measure_place){state == UINT32_MAX ? OC_NONE : compiled->columns[state], 0};
        return ret->column != OC_NONE;
    }
    return false;
}

static double whole_day(const oc_program *program, double day)
{
    if (!(day <= (double)program->horizon + 1)) return INFINITY;
    day = floor(day);
    return day > program->horizon ? INFINITY : day < program->as_of ? program->as_of : day;
}

void oc_measure_read_program(const oc_engine *engine, const oc_program *program, const oc_measure *measure,
                             oc_measure_place place, double *ret)
{
    if (place.column == UINT32_MAX) {
        double value = whole_day(program, place.constant);
        for (size_t i = 0; i < OC_LANES; i++) ret[i] = value;
        return;
    }
    const oc_cell *cells = oc_engine_column(engine, place.column);
    for (size_t i = 0; i < OC_LANES; i++) {
        if (measure->type.kind == OC_TYPE_TRUTH) ret[i] = (double)(cells[i].u & 1);
        else if (measure->type.kind == OC_TYPE_CATEGORY) ret[i] = cells[i].f == (double)measure->value;
        else if (measure->kind == OC_MEASURE_DATE)
            ret[i] = whole_day(program, cells[i].f);
        else ret[i] = cells[i].f;
    }
}

void oc_measure_read(const oc_engine *engine, const oc_compiled *compiled, const oc_measure *measure,
                     oc_measure_place place, double *ret)
{
    oc_measure_read_program(engine, compiled->program, measure, place, ret);
}

/* --- one batch --- */

static oc_batch batch_at(const job *j, uint64_t index)
{
    uint64_t left = j->options->runs - index * OC_LANES;
    return (oc_batch){.seed = j->options->seed, .index = (uint32_t)index,
                      .live = left < OC_LANES ? (uint32_t)left : OC_LANES};
}

static bool counts(const oc_engine *engine, const oc_program *program, size_t lane)
{
    return program->given == OC_NONE || (oc_engine_column(engine, program->given)[lane].u & 1);
}

static void add_date(const job *j, tally *t, size_t m, size_t v, double before, double after, bool in0, bool in1)
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

static void add_number(number_sums *s, double origin, double before, double after, bool in0, bool in1)
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

static void add_lane(const job *j, worker *w, size_t v, size_t lane, bool in0, bool in1)
{
    bool bit = false;
    for (size_t m = 0; m < j->measures; m++) {
        double before = w->base[m * OC_LANES + lane], after = w->answer[m * OC_LANES + lane];
        bool same = before == after || (isnan(before) && isnan(after));
        tally *t = &w->tallies[v * j->measures + m];
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
        oc_measure_read(w->engines[v], j->variants[v].compiled, &j->measure[m], j->places[v * j->measures + m],
                        ret + m * OC_LANES);
}

static bool run_variant(worker *w, size_t v, const oc_batch *batch)
{
    oc_failure ignored; /* found again, with its details, when the failure is described */
    if (oc_engine_follow(w->engines[v], batch, &ignored)) return true;
    w->failed = true;
    w->failed_variant = v;
    return false;
}

static bool run_batch(job *j, worker *w, uint64_t index)
{
    oc_batch batch = batch_at(j, index);
    for (size_t v = 0; v < j->count; v++) {
        if (!run_variant(w, v, &batch)) return false;
        read_answers(j, w, v, v ? w->answer : w->base);
        if (!v) read_answers(j, w, v, w->answer);
        const oc_program *base = j->variants[0].compiled->program, *program = j->variants[v].compiled->program;
        for (size_t lane = 0; lane < batch.live; lane++)
            add_lane(j, w, v, lane, counts(w->engines[0], base, lane), counts(w->engines[v], program, lane));
    }
    w->futures += batch.live;
    return true;
}

static bool work(void *context, unsigned number, uint64_t chunk)
{
    job *j = context;
    worker *w = &j->workers[number];
    w->futures = 0;
    for (size_t i = 0; i < j->count * j->measures; i++) w->tallies[i].sums = (number_sums){0};
    uint64_t end = (chunk + 1) * OC_CHUNK_BATCHES;
    if (end > j->batches) end = j->batches;
    for (uint64_t index = chunk * OC_CHUNK_BATCHES; index < end; index++)
        if (!run_batch(j, w, index)) return false;
    return true;
}

static void add_sums(number_sums *into, const number_sums *s)
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
    double **values = OC_NEW_ARRAY(j->scratch, cells, double *);
    size_t *lengths = OC_NEW_ARRAY(j->scratch, cells, size_t);
    for (size_t i = 0; i < cells; i++) values[i] = OC_NEW_ARRAY(j->scratch, batches * OC_LANES, double);
    for (size_t index = 0; index < batches; index++) {
        oc_batch batch = batch_at(j, index);
        for (size_t v = 0; v < j->count; v++) {
            oc_failure ignored; /* the run itself meets it again */
            oc_engine_follow(w->engines[v], &batch, &ignored);
            read_answers(j, w, v, w->answer);
            for (size_t m = 0; m < j->measures; m++)
                for (size_t lane = 0; lane < batch.live; lane++)
                    if (counts(w->engines[v], j->variants[v].compiled->program, lane) &&
                        !isnan(w->answer[m * OC_LANES + lane]))
                        values[v * j->measures + m][lengths[v * j->measures + m]++] = w->answer[m * OC_LANES + lane];
        }
    }
    for (size_t i = 0; i < cells; i++) j->medians[i] = median_of(values[i], lengths[i]);
    for (size_t m = 0; m < j->measures; m++) j->origins[m] = isnan(j->medians[m]) ? 0 : j->medians[m];
}

/* --- estimates --- */

typedef struct ratio {
    double yes, in, value;
} ratio;

/* Of the base (side 0) or the variant (side 1). */
static ratio ratio_of(const uint64_t table[TABLE], int side)
{
    uint64_t state[3] = {0};
    for (int i = 0; i < TABLE; i++) state[side ? i % 3 : i / 3] += table[i];
    ratio r = {(double)state[2], (double)(state[1] + state[2]), 0};
    r.value = r.in > 0 ? r.yes / r.in : NAN;
    return r;
}

/* Variance of scale1 * R1 - scale0 * R0. */
static double variance_of(const uint64_t table[TABLE], double scale0, double scale1)
{
    ratio r0 = ratio_of(table, 0), r1 = ratio_of(table, 1);
    double sum = 0;
    for (int i = 0; i < TABLE; i++) {
        if (!table[i]) continue;
        double z0 = i / 3 ? scale0 * ((i / 3 == 2) - r0.value) / r0.in : 0;
        double z1 = i % 3 ? scale1 * ((i % 3 == 2) - r1.value) / r1.in : 0;
        sum += (double)table[i] * (z1 - z0) * (z1 - z0);
    }
    return sum;
}

/* The day by which a share p has come, interpolated within the day; INFINITY beyond the horizon. */
static double quantile_of(const job *j, const uint64_t *days, double in, double p)
{
    double below = 0, target = p * in;
    for (size_t i = 0; i < j->days; i++) {
        if (days[i] && below + (double)days[i] >= target)
            return (double)j->first_day + (double)i + (target - below) / (double)days[i];
        below += (double)days[i];
    }
    return INFINITY;
}

static oc_day day_of(const job *j, const uint64_t *days, double in, double p)
{
    double day = quantile_of(j, days, in, p);
    if (isinf(day) || in == 0) return OC_DAY_NONE;
    double whole = floor(day);
    return (oc_day)(day == whole && day > (double)j->first_day ? whole - 1 : whole);
}

/* Days per share of the futures at the median; NAN where that cannot be told. */
static double slope_at_median(const job *j, const uint64_t *days, double in)
{
    double half = fmax(DENSITY_SHARE, sqrt(0.25 / in));
    double low = quantile_of(j, days, in, 0.5 - half), high = quantile_of(j, days, in, 0.5 + half);
    return isinf(high) ? NAN : (high - low) / (2 * half);
}

static void settle_date(const job *j, const tally *base, const tally *t, oc_side *side, oc_difference *difference,
                        const oc_day *base_median, bool news)
{
    ratio r0 = ratio_of(t->share, 0), r1 = ratio_of(t->share, 1);
    side->p10 = day_of(j, t->days, r1.in, 0.1);
    side->p50 = day_of(j, t->days, r1.in, 0.5);
    side->p90 = day_of(j, t->days, r1.in, 0.9);
    oc_day before = base_median ? *base_median : side->p50;
    if (side->p50 != OC_DAY_NONE && before != OC_DAY_NONE) {
        double slope0 = slope_at_median(j, base->days, r0.in), slope1 = slope_at_median(j, t->days, r1.in);
        bool same = !t->changed && !news;
        double error = same ? 0 : sqrt(variance_of(t->median, slope0, slope1));
        difference->median = oc_estimate_normal((double)(side->p50 - before), error, LEVEL);
    }
    difference->both = t->both;
    if (news || !t->both) return;
    double n = (double)t->both, mean = (double)t->later / n;
    double variance = n > 1 ? ((double)t->later_squares - mean * (double)t->later) / (n - 1) : NAN;
    difference->later = oc_estimate_normal(mean, sqrt(fmax(0, variance) / n), LEVEL);
}

static void settle_number(const number_sums *s, const tally *t, double origin, oc_side *side, oc_difference *difference)
{
    ratio r0 = ratio_of(t->share, 0), r1 = ratio_of(t->share, 1);
    double n0 = r0.yes, n1 = r1.yes, both = (double)t->share[8], m0 = s->base / n0, m1 = s->variant / n1;
    side->futures = (uint64_t)n1;
    side->never = 1 - r1.value;
    if (n1 > 0) side->mean = origin + m1;
    double squares0 = s->base_squares - n0 * m0 * m0, squares1 = s->variant_squares - n1 * m1 * m1;
    if (n1 > 1) side->mean_se = sqrt(fmax(0, squares1)) / n1;
    if (n0 == 0 || n1 == 0) return;
    double products = s->both_product - m0 * s->both_variant - m1 * s->both_base + both * m0 * m1;
    double variance = squares0 / (n0 * n0) + squares1 / (n1 * n1) - 2 * products / (n0 * n1);
    difference->mean = oc_estimate_normal(m1 - m0, sqrt(fmax(0, variance)), LEVEL);
}

static void settle_measure(const job *j, const tally *tallies, size_t v, size_t m, oc_whatif *ret)
{
    static const oc_estimate unknown = {NAN, NAN, NAN, NAN};
    const tally *t = &tallies[v * j->measures + m];
    oc_side *side = &ret->sides[v * j->measures + m];
    oc_difference *difference = &ret->differences[v * j->measures + m];
    ratio r0 = ratio_of(t->share, 0), r1 = ratio_of(t->share, 1);
    *side = (oc_side){.futures = (uint64_t)r1.in, .p = NAN, .p_se = NAN, .p10 = OC_DAY_NONE, .p50 = OC_DAY_NONE,
                      .p90 = OC_DAY_NONE, .mean = NAN, .mean_se = NAN, .never = NAN};
    *difference = (oc_difference){t->changed, unknown, unknown, unknown, 0, unknown};
    if (j->measure[m].kind == OC_MEASURE_NUMBER) {
        settle_number(&j->sums[v * j->measures + m], t, j->origins[m], side, difference);
        return;
    }
    side->p = r1.value;
    side->p_se = sqrt(r1.value * (1 - r1.value) / r1.in);
    difference->p = oc_estimate_normal(r1.value - r0.value, sqrt(variance_of(t->share, 1, 1)), LEVEL);
    if (j->measure[m].kind != OC_MEASURE_DATE) return;
    bool news = ret->counted[v] != j->futures || ret->counted[0] != j->futures;
    settle_date(j, &tallies[m], t, side, difference, v ? &ret->sides[m].p50 : NULL, news);
}

static void merge(const job *j, tally *into, const tally *from)
{
    for (int i = 0; i < TABLE; i++) {
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
    ret->futures = j->futures;
    for (size_t v = 0; v < j->count; v++) {
        ret->counted[v] = w[0].counted[v];
        ret->bit[v] = w[0].bit[v];
    }
    for (size_t v = 0; v < j->count; v++)
        for (size_t m = 0; m < j->measures; m++) settle_measure(j, w[0].tallies, v, m, ret);
}

/* --- set-up --- */

static void prepare_workers(void *context)
{
    job *j = context;
    j->workers = OC_NEW_ARRAY(j->scratch, j->threads, worker);
    for (unsigned i = 0; i < j->threads; i++) {
        worker *w = &j->workers[i];
        w->engines = OC_NEW_ARRAY(j->scratch, j->count, oc_engine *);
        w->tallies = OC_NEW_ARRAY(j->scratch, j->count * j->measures + 1, tally);
        w->counted = OC_NEW_ARRAY(j->scratch, j->count, uint64_t);
        w->bit = OC_NEW_ARRAY(j->scratch, j->count, uint64_t);
        w->base = OC_NEW_ARRAY(j->scratch, j->measures * OC_LANES + 1, double);
        w->answer = OC_NEW_ARRAY(j->scratch, j->measures * OC_LANES + 1, double);
        for (size_t v = 0; v < j->count; v++) {
            w->engines[v] = oc_engine_new(j->scratch, j->variants[v].compiled->program, j->isa);
            for (size_t m = 0; m < j->measures; m++)
                if (j->measure[m].kind == OC_MEASURE_DATE)
                    w->tallies[v * j->measures + m].days = OC_NEW_ARRAY(j->scratch, j->days + 1, uint64_t);
        }
    }
    j->sums = OC_NEW_ARRAY(j->scratch, j->count * j->measures + 1, number_sums);
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
    oc_crew crew = {.chunks = oc_run_chunks(options->runs), .threads = j->threads, .context = j, .work = work,
                    .join = join, .progress = options->progress, .progress_context = options->progress_context,
                    .clock = options->clock, .cancel = options->cancel};
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
    oc_arena_init(&scratch, NULL, 0);
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
