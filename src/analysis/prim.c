/* Patient rule induction; see prim.h.
 *
 * Each input's futures are sorted once. A box is the set of limits and, for each future, the number of inputs that
 * keep it out (`out`); a future is inside when that is 0. A peel looks along every sorted input for the futures inside
 * and scores the two faces; categories score each level. Pasting looks for futures kept out by exactly one input. */
#include "analysis/prim.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/special.h"

enum { FEWEST_ROWS = 100, FEWEST_OF_EACH = 10, MOST_LEVELS = 64, MOST_INPUTS = 256, MOST_STEPS = 2000 };

typedef struct search {
    oc_arena *arena;
    const oc_column *inputs;
    const bool *interesting;
    size_t count, rows, all_hits;
    size_t **order;     /* for each numeric input: futures by ascending value */
    uint16_t *out;      /* for each future: how many inputs keep it out */
    oc_prim_limit *limit;
    size_t inside, hits;
} search;

/* A change of one face, with the futures and hits it takes off or brings in. */
typedef struct move {
    size_t input;
    bool upper;    /* a number: which face */
    double border; /* a number: the new limit; a category: the level */
    size_t futures, hits;
    double score;
} move;

typedef struct keyed {
    double x;
    size_t row;
} keyed;

static int ascending(const void *left, const void *right)
{
    const keyed *a = left, *b = right;
    if (a->x != b->x) return a->x < b->x ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static size_t *sorted_rows(oc_arena *arena, const double *values, size_t rows)
{
    size_t *order = OC_NEW_ARRAY(arena, rows, size_t);
    oc_arena_mark mark = oc_arena_get_mark(arena);
    keyed *keys = OC_NEW_ARRAY(arena, rows, keyed);
    for (size_t i = 0; i < rows; i++) keys[i] = (keyed){values[i], i};
    qsort(keys, rows, sizeof *keys, ascending);
    for (size_t i = 0; i < rows; i++) order[i] = keys[i].row;
    oc_arena_rewind(arena, mark);
    return order;
}

static bool usable(const oc_column *inputs, size_t count, const bool *interesting, size_t rows)
{
    if (rows < FEWEST_ROWS || count == 0 || count > MOST_INPUTS) return false;
    size_t hits = 0;
    for (size_t i = 0; i < rows; i++) hits += interesting[i];
    if (hits < FEWEST_OF_EACH || rows - hits < FEWEST_OF_EACH) return false;
    for (size_t k = 0; k < count; k++) {
        if (inputs[k].levels > MOST_LEVELS) return false;
        for (size_t i = 0; i < rows; i++) {
            double x = inputs[k].values[i];
            if (!isfinite(x) || (inputs[k].levels && !(x >= 0 && x < (double)inputs[k].levels))) return false;
        }
    }
    return true;
}

static bool limit_keeps(const oc_prim_limit *limit, oc_column input, size_t row)
{
    double x = input.values[row];
    if (input.levels) return limit->levels >> (size_t)x & 1;
    return x >= limit->low && x <= limit->high;
}

bool oc_prim_holds(const oc_prim_box *box, const oc_column *inputs, size_t count, size_t row)
{
    for (size_t k = 0; k < count; k++)
        if (!limit_keeps(&box->limit[k], inputs[k], row)) return false;
    return true;
}

static uint64_t every_level(size_t levels)
{
    return levels >= 64 ? UINT64_MAX : (UINT64_C(1) << levels) - 1;
}

static search begin(oc_arena *arena, const oc_column *inputs, size_t count, const bool *interesting, size_t rows)
{
    search s = {.arena = arena, .inputs = inputs, .interesting = interesting, .count = count, .rows = rows,
                .order = OC_NEW_ARRAY(arena, count, size_t *), .out = OC_NEW_ARRAY(arena, rows, uint16_t),
                .limit = OC_NEW_ARRAY(arena, count, oc_prim_limit), .inside = rows};
    for (size_t i = 0; i < rows; i++) s.all_hits += interesting[i];
    s.hits = s.all_hits;
    for (size_t k = 0; k < count; k++) {
        s.limit[k] = (oc_prim_limit){-INFINITY, INFINITY, every_level(inputs[k].levels), false, NAN};
        if (!inputs[k].levels) s.order[k] = sorted_rows(arena, inputs[k].values, rows);
    }
    return s;
}

static oc_prim_box snapshot(const search *s)
{
    oc_prim_box box = {.limit = OC_NEW_ARRAY(s->arena, s->count, oc_prim_limit), .inside = s->inside, .hits = s->hits};
    memcpy(box.limit, s->limit, s->count * sizeof *box.limit);
    for (size_t k = 0; k < s->count; k++) box.restricted += box.limit[k].restricted;
    box.coverage = (double)s->hits / (double)s->all_hits;
    box.density = s->inside ? (double)s->hits / (double)s->inside : 0;
    box.mass = (double)s->inside / (double)s->rows;
    return box;
}

/* Recounts which futures lie inside; called after every change of a limit. */
static void apply(search *s, size_t input, oc_prim_limit limit)
{
    for (size_t i = 0; i < s->rows; i++) {
        bool before = limit_keeps(&s->limit[input], s->inputs[input], i);
        bool after = limit_keeps(&limit, s->inputs[input], i);
        if (before == after) continue;
        bool was_inside = s->out[i] == 0;
        s->out[i] = (uint16_t)(before ? s->out[i] + 1 : s->out[i] - 1);
        if (was_inside) {
            s->inside--;
            s->hits -= s->interesting[i];
        } else if (s->out[i] == 0) {
            s->inside++;
            s->hits += s->interesting[i];
        }
    }
    s->limit[input] = limit;
}

/* Walks a face inwards until about `wanted` futures inside are taken off; equal values go or stay together. */
static move peel_face(const search *s, size_t input, bool upper, size_t wanted)
{
    const double *x = s->inputs[input].values;
    move found = {.input = input, .upper = upper, .score = -INFINITY};
    size_t taken = 0, hits = 0, run = 0, run_hits = 0;
    double last = NAN;
    for (size_t j = 0; j < s->rows; j++) {
        size_t row = s->order[input][upper ? s->rows - 1 - j : j];
        if (s->out[row]) continue;
        if (x[row] != last && run) {
            taken += run;
            hits += run_hits;
            run = run_hits = 0;
            found.border = x[row];
            if (taken >= wanted) break;
        }
        last = x[row];
        run++;
        run_hits += s->interesting[row];
        if (taken && taken + run > wanted) break;
    }
    found.futures = taken;
    found.hits = hits;
    return found;
}

static void score_peel(const search *s, move *found)
{
    if (found->futures == 0 || found->futures >= s->inside) return;
    double before = (double)s->hits / (double)s->inside;
    double after = (double)(s->hits - found->hits) / (double)(s->inside - found->futures);
    found->score = (after - before) / (double)found->futures;
}

static void consider(move *best, const move *candidate)
{
    if (candidate->score > best->score) *best = *candidate;
}

static void consider_levels(const search *s, size_t input, move *best)
{
    size_t futures[MOST_LEVELS] = {0}, hits[MOST_LEVELS] = {0};
    for (size_t i = 0; i < s->rows; i++) {
        if (s->out[i]) continue;
        size_t level = (size_t)s->inputs[input].values[i];
        futures[level]++;
        hits[level] += s->interesting[i];
    }
    for (size_t level = 0; level < s->inputs[input].levels; level++) {
        move candidate = {input, false, (double)level, futures[level], hits[level], -INFINITY};
        score_peel(s, &candidate);
        consider(best, &candidate);
    }
}

static bool peel_once(search *s, double share)
{
    size_t wanted = (size_t)(share * (double)s->inside);
    if (wanted == 0) wanted = 1;
    move best = {.score = -INFINITY};
    for (size_t k = 0; k < s->count; k++) {
        if (s->inputs[k].levels) {
            consider_levels(s, k, &best);
            continue;
        }
        for (int upper = 0; upper < 2; upper++) {
            move candidate = peel_face(s, k, upper, wanted);
            score_peel(s, &candidate);
            consider(&best, &candidate);
        }
    }
    if (isinf(best.score)) return false;
    oc_prim_limit limit = s->limit[best.input];
    limit.restricted = true;
    if (s->inputs[best.input].levels) limit.levels &= ~(UINT64_C(1) << (size_t)best.border);
    else if (best.upper) limit.high = best.border;
    else limit.low = best.border;
    apply(s, best.input, limit);
    return true;
}

/* Futures that only this input keeps out, beyond one face: the nearest `wanted` of them, equal values together. */
static move paste_face(const search *s, size_t input, bool upper, size_t wanted)
{
    const double *x = s->inputs[input].values;
    const oc_prim_limit *limit = &s->limit[input];
    move found = {.input = input, .upper = upper, .border = upper ? limit->high : limit->low, .score = -INFINITY};
    for (size_t j = 0; j < s->rows; j++) {
        size_t row = s->order[input][upper ? j : s->rows - 1 - j];
        bool beyond = upper ? x[row] > limit->high : x[row] < limit->low;
        if (!beyond || s->out[row] != 1) continue;
        if (found.futures >= wanted && x[row] != found.border) break;
        found.border = x[row];
        found.futures++;
        found.hits += s->interesting[row];
    }
    return found;
}

static void score_paste(const search *s, move *found)
{
    if (found->futures == 0) return;
    double before = (double)s->hits / (double)s->inside;
    double after = (double)(s->hits + found->hits) / (double)(s->inside + found->futures);
    if (after >= before) found->score = after;
}

static void consider_pasting_levels(const search *s, size_t input, move *best)
{
    size_t futures[MOST_LEVELS] = {0}, hits[MOST_LEVELS] = {0};
    for (size_t i = 0; i < s->rows; i++) {
        size_t level = (size_t)s->inputs[input].values[i];
        if (s->out[i] != 1 || s->limit[input].levels >> level & 1) continue;
        futures[level]++;
        hits[level] += s->interesting[i];
    }
    for (size_t level = 0; level < s->inputs[input].levels; level++) {
        move candidate = {input, false, (double)level, futures[level], hits[level], -INFINITY};
        score_paste(s, &candidate);
        consider(best, &candidate);
    }
}

static bool paste_once(search *s, double share)
{
    size_t wanted = (size_t)(share * (double)s->inside);
    if (wanted == 0) wanted = 1;
    move best = {.score = -INFINITY};
    for (size_t k = 0; k < s->count; k++) {
        if (!s->limit[k].restricted) continue;
        if (s->inputs[k].levels) {
            consider_pasting_levels(s, k, &best);
            continue;
        }
        for (int upper = 0; upper < 2; upper++) {
            move candidate = paste_face(s, k, upper, wanted);
            score_paste(s, &candidate);
            consider(&best, &candidate);
        }
    }
    if (isinf(best.score)) return false;
    oc_prim_limit limit = s->limit[best.input];
    if (s->inputs[best.input].levels) limit.levels |= UINT64_C(1) << (size_t)best.border;
    else if (best.upper) limit.high = best.border;
    else limit.low = best.border;
    apply(s, best.input, limit);
    return true;
}

/* A limit behind which no future lies, or that keeps all levels, is none. */
static void drop_idle_limits(search *s)
{
    for (size_t k = 0; k < s->count; k++) {
        oc_prim_limit *limit = &s->limit[k];
        if (s->inputs[k].levels) {
            limit->restricted = limit->levels != every_level(s->inputs[k].levels);
            continue;
        }
        const double *x = s->inputs[k].values;
        if (limit->low <= x[s->order[k][0]]) limit->low = -INFINITY;
        if (limit->high >= x[s->order[k][s->rows - 1]]) limit->high = INFINITY;
        limit->restricted = isfinite(limit->low) || isfinite(limit->high);
    }
}

static void add_p_values(const search *s, oc_prim_box *box)
{
    for (size_t k = 0; k < s->count; k++) {
        if (!box->limit[k].restricted) continue;
        size_t inside = s->inside, hits = s->hits;
        for (size_t i = 0; i < s->rows; i++) {
            if (s->out[i] != 1 || limit_keeps(&s->limit[k], s->inputs[k], i)) continue;
            inside++;
            hits += s->interesting[i];
        }
        box->limit[k].p_value = oc_binomial_tail(box->hits, box->inside, (double)hits / (double)inside);
    }
}

static size_t choose(const oc_prim_box *boxes, size_t count, double coverage)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (boxes[i].coverage >= coverage && boxes[i].density > boxes[best].density) best = i;
    return best;
}

static void restore(search *s, const oc_prim_box *box)
{
    for (size_t k = 0; k < s->count; k++) apply(s, k, box->limit[k]);
}

bool oc_prim_find(oc_arena *arena, const oc_column *inputs, size_t count, const bool *interesting, size_t rows,
                  const oc_prim_options *options, oc_prim *ret_prim)
{
    if (!usable(inputs, count, interesting, rows)) return false;
    double share = options && options->peel > 0 && options->peel < 1 ? options->peel : 0.05;
    double smallest = options && options->smallest > 0 ? options->smallest : 0.05;
    double coverage = options && options->coverage > 0 ? options->coverage : 0.5;
    search s = begin(arena, inputs, count, interesting, rows);
    OC_VEC(oc_prim_box) boxes = {0};
    *oc_vec_push(arena, &boxes) = snapshot(&s);
    while (boxes.len < MOST_STEPS && s.hits < s.inside && peel_once(&s, share)) {
        if ((double)s.inside < smallest * (double)rows || s.inside == 0 || s.hits == 0) break;
        *oc_vec_push(arena, &boxes) = snapshot(&s);
    }
    *ret_prim = (oc_prim){.steps = boxes.len, .trajectory = boxes.at, .chosen = choose(boxes.at, boxes.len, coverage),
                          .base_rate = (double)s.all_hits / (double)rows};
    restore(&s, &boxes.at[ret_prim->chosen]);
    for (int i = 0; i < MOST_STEPS && paste_once(&s, share); i++) continue;
    drop_idle_limits(&s);
    ret_prim->box = snapshot(&s);
    add_p_values(&s, &ret_prim->box);
    return true;
}
