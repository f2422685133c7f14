/* See attribute.h. A worker runs a chunk of futures through one corner after another in the same memory and keeps, for
 * each batch, the sums of answers and of futures that count; the batches are joined in order into groups.
 *
 * Worked example, two edits: answers 10, 14 (first made), 11 (second made), 18 (both). The first adds 4 alone and 7 on
 * top of the second: its part is 5.5; the second has (1 + 4) / 2 = 2.5; together 8. */
#include "analysis/attribute.h"

#include <math.h>

#include "run/crew.h"

enum { MOST_GROUPS = 128 };
#define LEVEL 0.9

/* --- corners and weights --- */

static int bits_of(uint64_t set)
{
    int count = 0;
    for (; set; set &= set - 1) count++;
    return count;
}

/* How often, of all orders of k edits, exactly the `before` given ones come first and then the one in question. */
static double share_of_orders(size_t k, size_t before)
{
    double share = 1.0 / (double)k;
    for (size_t i = 1; i <= before; i++) share *= (double)i / (double)(k - i);
    return share;
}

static oc_corners all_corners(oc_arena *arena, size_t edits)
{
    oc_corners c = {.edits = edits, .count = (size_t)1 << edits, .shapley = true, .turns = (size_t)1 << (edits - 1)};
    c.made = OC_NEW_ARRAY(arena, c.count, uint64_t);
    c.steps = OC_NEW_ARRAY(arena, edits * c.turns, oc_step);
    for (size_t corner = 0; corner < c.count; corner++) c.made[corner] = corner;
    for (size_t e = 0; e < edits; e++) {
        size_t turn = 0, own = (size_t)1 << e;
        for (size_t corner = 0; corner < c.count; corner++)
            if (!(corner & own))
                c.steps[e * c.turns + turn++] =
                    (oc_step){corner | own, corner, share_of_orders(edits, (size_t)bits_of(corner))};
    }
    return c;
}

/* Corners 0 .. k - 1: so many of the first edits made; k .. 2 k - 2: the last k - 1, k - 2 … 1; at the end all. */
static oc_corners two_orders(oc_arena *arena, size_t edits)
{
    oc_corners c = {.edits = edits, .count = 2 * edits, .turns = 2};
    c.made = OC_NEW_ARRAY(arena, c.count, uint64_t);
    c.steps = OC_NEW_ARRAY(arena, edits * c.turns, oc_step);
    uint64_t all = (UINT64_C(1) << edits) - 1;
    for (size_t i = 0; i < edits; i++) c.made[i] = (UINT64_C(1) << i) - 1;
    for (size_t i = 1; i < edits; i++) c.made[edits + i - 1] = all & ~((UINT64_C(1) << i) - 1);
    c.made[c.count - 1] = all;
    for (size_t e = 0; e < edits; e++) {
        bool first = e == 0, last = e + 1 == edits;
        c.steps[2 * e] = (oc_step){last ? c.count - 1 : e + 1, e, 0.5};
        c.steps[2 * e + 1] = (oc_step){first ? c.count - 1 : edits + e - 1, last ? 0 : edits + e, 0.5};
    }
    return c;
}

oc_corners oc_corners_of(oc_arena *arena, size_t edits)
{
    return edits <= OC_SHAPLEY_MOST ? all_corners(arena, edits) : two_orders(arena, edits);
}

size_t oc_measures_shared(oc_arena *arena, const oc_compiled *before, const oc_compiled *after, oc_measure **ret)
{
    oc_measure *all;
    oc_measure_place ignored;
    size_t count = oc_measures_of(arena, before, &all), kept = 0;
    for (size_t i = 0; i < count; i++)
        if (oc_measure_find(after, &all[i], &ignored)) all[kept++] = all[i];
    *ret = all;
    return kept;
}

/* --- the runs --- */

typedef struct sums {
    double answers, counted;
} sums;

typedef struct worker {
    unsigned char *memory; /* of an engine, for the largest of the programs */
    sums *batches;         /* [batch of the chunk][corner][outcome] */
    double *answer;        /* of a lane */
    bool *endless;         /* of each outcome */
    uint64_t futures;
    bool failed;
    size_t failed_corner;
} worker;

typedef struct job {
    const oc_corners *corners;
    const oc_attribute_corner *at;
    const oc_compiled *before;
    const oc_run_options *options;
    oc_attribution *result;
    oc_arena *scratch;
    oc_isa isa;
    unsigned threads;
    size_t engine_bytes, groups;
    uint64_t batches;
    worker *workers;
    sums *group;  /* [group][corner][outcome] */
    bool *filled; /* of each group */
    bool *endless;
} job;

static size_t cells_of(const job *j)
{
    return j->corners->count * j->result->outcome_count;
}

/* A date's answer: infinite values of oc_measure_read lie beyond that program's horizon. */
static double value_of(const job *j, const oc_outcome *outcome, double answer)
{
    double last = (double)j->result->last;
    if (outcome->kind == OC_OUTCOME_MEAN) return answer;
    if (outcome->kind == OC_OUTCOME_DAYS) return fmin(answer, last + 1) - (double)j->before->program->as_of;
    return j->result->measures[outcome->measure].kind == OC_MEASURE_DATE ? answer <= last : answer;
}

static void add_batch(job *j, worker *w, const oc_engine *engine, size_t corner, const oc_batch *batch, sums *into)
{
    const oc_attribute_corner *at = &j->at[corner];
    for (size_t o = 0; o < j->result->outcome_count; o++) {
        const oc_outcome *outcome = &j->result->outcomes[o];
        const oc_measure *measure = &j->result->measures[outcome->measure];
        oc_measure_read_program(engine, at->program, measure, at->places[outcome->measure], w->answer);
        const oc_truth *given = at->program->given == OC_NONE ? NULL : oc_engine_truths(engine, at->program->given);
        for (size_t lane = 0; lane < batch->live; lane++) {
            if (given && !given[lane]) continue;
            double value = value_of(j, outcome, w->answer[lane]);
            w->endless[o] = w->endless[o] || !isfinite(value);
            into[o].answers += value;
            into[o].counted += 1;
        }
    }
}

static bool run_corner(job *j, worker *w, size_t corner, uint64_t first, uint64_t end)
{
    memset(w->memory, 0, j->engine_bytes);
    oc_engine *engine = oc_engine_open(w->memory, j->at[corner].program, j->isa);
    for (uint64_t index = first; index < end; index++) {
        uint64_t left = j->options->runs - index * OC_LANES;
        oc_batch batch = {
            .seed = j->options->seed, .index = (uint32_t)index, .live = left < OC_LANES ? (uint32_t)left : OC_LANES};
        oc_failure ignored;
        if (!oc_engine_follow(engine, &batch, &ignored)) return false;
        sums *into = &w->batches[(size_t)(index - first) * cells_of(j) + corner * j->result->outcome_count];
        add_batch(j, w, engine, corner, &batch, into);
        if (!corner) w->futures += batch.live;
    }
    return true;
}

static bool work(void *context, unsigned number, uint64_t chunk)
{
    job *j = context;
    worker *w = &j->workers[number];
    uint64_t first = chunk * OC_CHUNK_BATCHES, end = first + OC_CHUNK_BATCHES;
    if (end > j->batches) end = j->batches;
    memset(w->batches, 0, OC_CHUNK_BATCHES * cells_of(j) * sizeof *w->batches);
    w->futures = 0;
    for (size_t corner = 0; corner < j->corners->count; corner++) {
        if (run_corner(j, w, corner, first, end)) continue;
        w->failed = true;
        w->failed_corner = corner;
        return false;
    }
    return true;
}

static void join(void *context, unsigned number, uint64_t chunk)
{
    job *j = context;
    worker *w = &j->workers[number];
    if (w->failed) {
        if (!j->result->failed) j->result->failed_corner = w->failed_corner;
        j->result->failed = true;
        return;
    }
    for (uint64_t b = 0; b < OC_CHUNK_BATCHES; b++) {
        uint64_t index = chunk * OC_CHUNK_BATCHES + b;
        if (index >= j->batches) break;
        size_t group = (size_t)(index * j->groups / j->batches);
        j->filled[group] = true;
        for (size_t i = 0; i < cells_of(j); i++) {
            j->group[group * cells_of(j) + i].answers += w->batches[b * cells_of(j) + i].answers;
            j->group[group * cells_of(j) + i].counted += w->batches[b * cells_of(j) + i].counted;
        }
    }
    j->result->futures += w->futures;
    for (size_t o = 0; o < j->result->outcome_count; o++) j->endless[o] = j->endless[o] || w->endless[o];
}

/* --- estimates --- */

/* The answer in each corner without one group (SIZE_MAX: with all). */
static void answers_without(const job *j, size_t outcome, size_t left_out, double *ret)
{
    for (size_t c = 0; c < j->corners->count; c++) {
        sums total = {0, 0};
        for (size_t g = 0; g < j->groups; g++) {
            const sums *s = &j->group[g * cells_of(j) + c * j->result->outcome_count + outcome];
            if (g == left_out) continue;
            total.answers += s->answers;
            total.counted += s->counted;
        }
        ret[c] = total.counted > 0 ? total.answers / total.counted : NAN;
    }
}

/* Equal answers differ by exactly 0, whatever the weights. */
static double added(const oc_step *steps, size_t count, const double *answers)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += steps[i].weight * (answers[steps[i].with] - answers[steps[i].without]);
    return sum;
}

typedef struct jackknife {
    double whole, sum, squares;
} jackknife;

static void leave_out(jackknife *k, double value)
{
    double away = value - k->whole;
    k->sum += away;
    k->squares += away * away;
}

static oc_estimate finish(const jackknife *k, size_t groups)
{
    double n = (double)groups, variance = groups > 1 ? (n - 1) / n * (k->squares - k->sum * k->sum / n) : NAN;
    return oc_estimate_normal(k->whole, sqrt(fmax(variance, 0)), LEVEL);
}

static void settle_outcome(const job *j, oc_arena *arena, size_t index)
{
    const oc_corners *c = j->corners;
    oc_outcome *outcome = &j->result->outcomes[index];
    size_t groups = 0, last = c->count - 1;
    double *answers = OC_NEW_ARRAY(arena, c->count, double);
    jackknife *parts = OC_NEW_ARRAY(arena, c->edits, jackknife);
    answers_without(j, index, SIZE_MAX, answers);
    jackknife before = {.whole = answers[0]}, after = {.whole = answers[last]},
              whole = {answers[last] - answers[0], 0, 0};
    for (size_t e = 0; e < c->edits; e++) parts[e].whole = added(c->steps + e * c->turns, c->turns, answers);
    for (size_t g = 0; g < j->groups; g++) {
        if (!j->filled[g]) continue;
        groups++;
        answers_without(j, index, g, answers);
        leave_out(&before, answers[0]);
        leave_out(&after, answers[last]);
        leave_out(&whole, answers[last] - answers[0]);
        for (size_t e = 0; e < c->edits; e++) leave_out(&parts[e], added(c->steps + e * c->turns, c->turns, answers));
    }
    outcome->before = finish(&before, groups);
    outcome->after = finish(&after, groups);
    outcome->whole = finish(&whole, groups);
    for (size_t e = 0; e < c->edits; e++) outcome->part[e] = finish(&parts[e], groups);
    outcome->defined = !j->endless[index] && isfinite(whole.whole);
}

static void settle(job *j, oc_arena *arena)
{
    for (size_t o = 0; o < j->result->outcome_count; o++) {
        j->result->outcomes[o].part = OC_NEW_ARRAY(arena, j->corners->edits, oc_estimate);
        oc_arena_mark mark = oc_arena_get_mark(arena);
        settle_outcome(j, arena, o);
        oc_arena_rewind(arena, mark);
    }
}

/* --- set-up --- */

static void list_outcomes(oc_arena *arena, oc_attribution *ret)
{
    ret->outcomes = OC_NEW_ARRAY(arena, 2 * ret->measure_count + 1, oc_outcome);
    for (size_t m = 0; m < ret->measure_count; m++) {
        oc_measure_kind kind = ret->measures[m].kind;
        oc_outcome_kind first = kind == OC_MEASURE_NUMBER ? OC_OUTCOME_MEAN : OC_OUTCOME_SHARE;
        ret->outcomes[ret->outcome_count++] = (oc_outcome){.kind = first, .measure = m};
        if (kind == OC_MEASURE_DATE)
            ret->outcomes[ret->outcome_count++] = (oc_outcome){.kind = OC_OUTCOME_DAYS, .measure = m};
    }
}

static void prepare(void *context)
{
    job *j = context;
    size_t outcomes = j->result->outcome_count;
    for (size_t c = 0; c < j->corners->count; c++) {
        size_t bytes = oc_engine_size(j->at[c].program);
        if (bytes > j->engine_bytes) j->engine_bytes = bytes;
    }
    j->workers = OC_NEW_ARRAY(j->scratch, j->threads, worker);
    for (unsigned i = 0; i < j->threads; i++) {
        j->workers[i] = (worker){.memory = oc_arena_aligned(j->scratch, j->engine_bytes)};
        j->workers[i].batches = OC_NEW_ARRAY(j->scratch, OC_CHUNK_BATCHES * cells_of(j) + 1, sums);
        j->workers[i].answer = OC_NEW_ARRAY(j->scratch, OC_LANES, double);
        j->workers[i].endless = OC_NEW_ARRAY(j->scratch, outcomes + 1, bool);
    }
    j->group = OC_NEW_ARRAY(j->scratch, j->groups * cells_of(j) + 1, sums);
    j->filled = OC_NEW_ARRAY(j->scratch, j->groups, bool);
    j->endless = OC_NEW_ARRAY(j->scratch, outcomes + 1, bool);
}

oc_status oc_attribute_run(oc_arena *arena, const oc_corners *corners, const oc_attribute_corner *at,
                           const oc_compiled *before, const oc_compiled *after, const oc_run_options *options,
                           oc_attribution *ret)
{
    if (options->runs < 1 || options->runs > OC_MAX_RUNS || options->threads > OC_MAX_THREADS ||
        options->isa >= OC_ISA_COUNT || !oc_isa_available(options->isa))
        return OC_USAGE;
    oc_arena scratch;
    oc_arena_init(&scratch, NULL, 0);
    job j = {.corners = corners, .at = at, .before = before, .options = options, .result = ret, .scratch = &scratch};
    j.isa = options->isa == OC_ISA_AUTO ? oc_isa_best() : options->isa;
    j.batches = (options->runs + OC_LANES - 1) / OC_LANES;
    j.groups = j.batches < MOST_GROUPS ? (size_t)j.batches : MOST_GROUPS;
    uint64_t chunks = oc_run_chunks(options->runs);
    j.threads = options->threads ? options->threads : 1;
    if (j.threads > chunks) j.threads = (unsigned)chunks;
    oc_day a = before->model->horizon, b = after->model->horizon;
    ret->last = a < b ? a : b;
    list_outcomes(arena, ret);
    oc_engine_set_arithmetic();
    oc_status status = oc_arena_try(&scratch, prepare, &j);
    if (status == OC_OK) {
        oc_crew crew = oc_crew_of(options, j.threads);
        crew.context = &j;
        crew.work = work;
        crew.join = join;
        uint64_t done = oc_crew_run(&crew);
        status = ret->failed ? OC_INPUT : done < crew.chunks ? OC_CANCELLED : OC_OK;
        if (!ret->failed && ret->futures) settle(&j, arena);
    }
    oc_arena_free(&scratch);
    return status;
}
