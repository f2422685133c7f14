/* Checks and tallies of columns. */
#ifndef OC_ENGINE_COUNT_H
#define OC_ENGINE_COUNT_H

#include "engine/columns.h"
#include "engine/kernels.h"

static void report_failure(oc_engine *engine, const oc_truth *bad, uint32_t instruction, uint32_t check)
{
    size_t lane = 0;
    while (!bad[lane]) lane++;
    if (lane >= engine->failure.lane) return;
    engine->failure = (oc_failure){(uint32_t)lane, check, engine->row, instruction};
}

OPERATION void check(oc_engine *engine, const oc_instruction *x, uint32_t instruction)
{
    const oc_cell *a = spread(engine, x->a, 0);
    const oc_cell *b = x->op == OC_OP_CHECK_ORDER ? spread(engine, x->b, 1) : a;
    const oc_truth *when = mask(engine, x->c), *live = engine->live;
    oc_truth bad[OC_LANES];
#define LOOP(GOOD) for (size_t i = 0; i < OC_LANES; i++) bad[i] = truth(!(GOOD));
    switch (x->op) {
    case OC_OP_CHECK_UNIT: LOOP((a[i].f >= 0.0) & (a[i].f <= 1.0)) break;
    case OC_OP_CHECK_REAL: LOOP(a[i].f == a[i].f) break;
    case OC_OP_CHECK_POS: LOOP(a[i].f > 0.0) break;
    case OC_OP_CHECK_NONNEG: LOOP(a[i].f >= 0.0) break;
    default: LOOP(a[i].f <= b[i].f) break;
    }
#undef LOOP
    LANES(i) bad[i] &= when[i] & live[i];
    if (any_of(bad)) report_failure(engine, bad, instruction, x->imm);
}

OPERATION void tally_true(oc_engine *engine, const oc_instruction *x)
{
    const oc_truth *a = mask(engine, x->a), *when = mask(engine, x->c), *counted = engine->counted;
    oc_truth both[OC_LANES];
    LANES(i) both[i] = a[i] & when[i] & counted[i];
    engine->tally->counts[x->imm] += count_truths(both);
}

OPERATION void tally_index(oc_engine *engine, const oc_instruction *x)
{
    const oc_cell *a = spread(engine, x->a, 0);
    const oc_truth *when = mask(engine, x->c), *counted = engine->counted;
    uint64_t *counts = engine->tally->counts + x->imm;
    const double limit = engine->program->counts - x->imm;
    for (size_t i = 0; i < OC_LANES; i++) {
        bool inside = (a[i].f >= 0.0) & (a[i].f < limit);
        if (inside && (when[i] & counted[i])) counts[(uint32_t)a[i].f]++;
    }
}

OPERATION void tally_day(oc_engine *engine, const oc_instruction *x)
{
    const oc_cell *a = spread(engine, x->a, 0);
    const oc_truth *when = mask(engine, x->c), *counted = engine->counted;
    uint64_t *counts = engine->tally->counts + x->imm;
    const double first = engine->program->as_of;
    const double after = (double)engine->program->horizon - first + 1.0;
    uint32_t index[OC_LANES];
    LANES(i) {
        double at = a[i].f - first;
        at = at < after ? at : after;
        at = at > 0.0 ? at : 0.0;
        index[i] = (uint32_t)(int32_t)at;
    }
    for (size_t i = 0; i < OC_LANES; i++) counts[index[i]] += when[i] & counted[i] & 1;
}

/* Number of edges at or below each value; `bins` is a power of two and one more than the number of edges. */
static void count_bins(const double *edges, uint32_t bins, const oc_cell *values, uint32_t index[OC_LANES])
{
    for (size_t i = 0; i < OC_LANES; i++) {
        uint32_t at = 0;
        for (uint32_t step = bins / 2; step; step /= 2) at += edges[at + step - 1] <= values[i].f ? step : 0;
        index[i] = at;
    }
}

/* Sums of lanes by number mod 8, then ((0+1)+(2+3)) + ((4+5)+(6+7)): a shape that does not depend on vector width. */
static double fold(const double parts[8])
{
    return ((parts[0] + parts[1]) + (parts[2] + parts[3])) + ((parts[4] + parts[5]) + (parts[6] + parts[7]));
}

static void add_sums(oc_sum *sums, const oc_cell *values)
{
    double sum[8] = {0}, squares[8] = {0};
    for (size_t i = 0; i < OC_LANES; i += 8) {
        for (size_t k = 0; k < 8; k++) {
            sum[k] += values[i + k].f;
            squares[k] += values[i + k].f * values[i + k].f;
        }
    }
    sums->sum += fold(sum);
    sums->squares += fold(squares);
}

static void collect(oc_engine *engine, uint32_t slot, const oc_cell *a, const oc_truth *use)
{
    oc_sketch *sketch = engine->pilot;
    uint32_t capacity = OC_PILOT_VALUES * engine->slots[slot].bins;
    double *values = sketch->pilot + OC_PILOT_VALUES * (size_t)sketch->first_bin[slot];
    for (size_t i = 0; i < OC_LANES && sketch->collected[slot] < capacity; i++) {
        if (use[i]) values[sketch->collected[slot]++] = a[i].f;
    }
}

/* The lanes of `in` whose value is finite, and these values; 0 in the others. */
static void finite_values(const oc_cell *a, const oc_truth *in, oc_truth *ret_use, oc_cell *ret_values)
{
    const reals never = all_lanes(OC_NEVER);
    for (size_t group = 0; group < OC_LANES; group += OC_GROUP) {
        const wide_truths wide = widen(in + group);
        compared use[OC_GROUP_VECTORS];
        for (size_t i = 0; i < OC_GROUP_VECTORS; i++) {
            const reals x = load_reals(a + group + OC_WORDS * i);
            const oc_words size = (oc_words)x & UINT64_C(0x7fffffffffffffff);
            const oc_words kept = (oc_words)((reals)size < never) & wide.at[i];
            use[i] = compared_of(kept);
            store_reals(ret_values + group + OC_WORDS * i, (reals)((oc_words)x & kept));
        }
        narrow(ret_use + group, use);
    }
}

OPERATION void tally_value(oc_engine *engine, const oc_instruction *x)
{
    const bool full = engine->mode == OC_MODE_PILOT &&
                      engine->pilot->collected[x->imm] == OC_PILOT_VALUES * engine->slots[x->imm].bins;
    if (full) return;
    const oc_cell *a = spread(engine, x->a, 0);
    const oc_truth *when = mask(engine, x->c), *counted = engine->counted;
    oc_truth in[OC_LANES], use[OC_LANES];
    LANES(i) in[i] = when[i] & counted[i];
    oc_cell *values = engine->wide[2];
    finite_values(a, in, use, values);
    if (engine->mode == OC_MODE_PILOT) {
        collect(engine, x->imm, a, use);
        return;
    }
    oc_tally *tally = engine->tally;
    oc_value *value = &tally->values[x->imm];
    const uint64_t finite = count_truths(use);
    value->count += finite;
    value->never += count_truths(in) - finite;
    add_sums(&tally->sums[x->imm], values);

    const oc_value_slot *slot = &engine->slots[x->imm];
    uint32_t index[OC_LANES];
    uint32_t first = engine->sketch->first_bin[x->imm];
    count_bins(engine->sketch->edges + first, slot->bins, values, index);
    uint64_t *counts = tally->counts + slot->first_count;
    double *bin_min = tally->bin_min + first, *bin_max = tally->bin_max + first;
    for (size_t i = 0; i < OC_LANES; i++) {
        if (!use[i]) continue;
        double v = values[i].f;
        uint32_t bin = index[i];
        counts[bin]++;
        if (v < bin_min[bin]) bin_min[bin] = v;
        if (v > bin_max[bin]) bin_max[bin] = v;
        if (v < value->min) value->min = v;
        if (v > value->max) value->max = v;
    }
}

/* Whole day of x within the table; NaN counts as its first. */
static int32_t day_within(double x, int32_t first, int32_t last)
{
    if (!(x > first)) return first;
    if (x >= last) return last;
    int32_t day = (int32_t)x;
    return day - (day > x);
}

/* No year of a calendar is longer. */
enum { LONGEST_YEAR = 366 };

/* The end of spans, which many lanes have in common: its day within the table and the year in which the day before
 * lies. */
typedef struct span_end {
    double until;
    int32_t day;
    uint32_t year;
} span_end;

static span_end end_at(const oc_span_table *table, const int32_t *days, double until)
{
    int32_t day = day_within(until, days[0], days[table->years]);
    uint32_t year = (uint32_t)(day - days[0]) / LONGEST_YEAR;
    if (year >= table->years || days[year] >= day) year = 0;
    while (year + 1 < table->years && days[year + 1] < day) year++;
    return (span_end){until, day, year};
}

/* From the end back to the beginning: most spans lie in one year or two. */
static void count_span(uint64_t *counts, const oc_span_table *table, const int32_t *days, double code, double from,
                       const span_end *end)
{
    int32_t begin = day_within(from, days[0], days[table->years]), to = end->day;
    if (begin >= to || !(code >= 0.0 && code < (double)table->codes)) return;
    counts += (size_t)(uint32_t)code * table->years;
    uint32_t year = end->year;
    for (; days[year] > begin; year--) {
        counts[year] += (uint64_t)(to - days[year]);
        to = days[year];
    }
    counts[year] += (uint64_t)(to - begin);
}

/* Bit i: a[i] is not b[i]; eight lanes. */
static uint32_t differing(const oc_cell *a, const oc_cell *b)
{
    uint32_t bits = 0;
#if defined(__AVX512F__)
    bits = _mm512_cmp_pd_mask(_mm512_loadu_pd(a), _mm512_loadu_pd(b), _CMP_NEQ_UQ);
#elif defined(__AVX2__)
    for (size_t i = 0; i < 8; i += 4) {
        __m256d unequal = _mm256_cmp_pd(_mm256_loadu_pd(&a[i].f), _mm256_loadu_pd(&b[i].f), _CMP_NEQ_UQ);
        bits |= (uint32_t)_mm256_movemask_pd(unequal) << i;
    }
#else
    for (size_t i = 0; i < 8; i++) bits |= (uint32_t)(a[i].f != b[i].f) << i;
#endif
    return bits;
}

OPERATION void tally_span(oc_engine *engine, const oc_instruction *x)
{
    oc_cell *code = column_of(engine, x->dst), *since = column_of(engine, x->d);
    const oc_cell *next = spread(engine, x->b, 0), *day = spread(engine, x->c, 1);
    const oc_truth *counted = engine->counted;
    const oc_span_table *table = &engine->spans[x->imm];
    const int32_t *days = engine->days + table->first_day;
    uint64_t *counts = engine->mode == OC_MODE_TALLY ? engine->tally->counts + table->first_count : NULL;
    span_end end = end_at(table, days, day[0].f);
    for (size_t group = 0; group < OC_LANES; group += 8) {
        for (uint32_t bits = differing(code + group, next + group); bits; bits &= bits - 1) {
            size_t i = group + (size_t)__builtin_ctz(bits);
            double until = day[i].f;
            if (counts && counted[i]) {
                if (until != end.until) end = end_at(table, days, until);
                count_span(counts, table, days, code[i].f, since[i].f, &end);
            }
            code[i].f = next[i].f;
            since[i].f = until > since[i].f ? until : since[i].f;
        }
    }
}

#endif
