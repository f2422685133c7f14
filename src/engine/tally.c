/* Results: memory, merging, quantiles, and the bins of value slots (engine.h).
 *
 * Quantile by example: counts 10, 30, 60 in bins with values 1..2, 5..5, 7..9. p = 0.25 of 100 asks for the 25th value,
 * the 15th of 30 in the second bin: 5 exactly. p = 0.7 is the 30th of 60 in the third: 7 + 2 * 29.5 / 60 = 7.983,
 * values being taken as spread evenly.
 *
 * Edges from the pilot, by example: with 4 bins and sorted values 1 2 2 2 5 6 7 9, the cuts at the quarters are 2, 5
 * and 7. 2 came more than once, so that it begins a bin that ends just above it: the edges are 2, 2+ and 5. */
#include "engine/engine.h"
#include "engine/kernels.h"

static size_t aligned(size_t size)
{
    return (size + 63) & ~(size_t)63;
}

static const oc_value_slot *slots_of(const oc_program *program)
{
    return (const oc_value_slot *)(const void *)((const unsigned char *)program + program->slots_at);
}

static size_t bins_of(const oc_program *program)
{
    const oc_value_slot *slots = slots_of(program);
    size_t bins = 0;
    for (uint32_t i = 0; i < program->slot_count; i++) bins += slots[i].bins;
    return bins;
}

static void *take(unsigned char **next, size_t size)
{
    void *memory = *next;
    *next += aligned(size);
    return memory;
}

size_t oc_tally_size(const oc_program *program)
{
    return aligned(sizeof(oc_tally)) + aligned(program->counts * sizeof(uint64_t)) +
           aligned(program->slot_count * sizeof(oc_value)) + aligned(program->slot_count * sizeof(oc_sum)) +
           2 * aligned(bins_of(program) * sizeof(double));
}

oc_tally *oc_tally_open(void *memory, const oc_program *program)
{
    unsigned char *next = memory;
    oc_tally *tally = take(&next, sizeof *tally);
    size_t bins = bins_of(program);
    tally->program = program;
    tally->counts = take(&next, program->counts * sizeof *tally->counts);
    tally->values = take(&next, program->slot_count * sizeof *tally->values);
    tally->sums = take(&next, program->slot_count * sizeof *tally->sums);
    tally->bin_min = take(&next, bins * sizeof *tally->bin_min);
    tally->bin_max = take(&next, bins * sizeof *tally->bin_max);
    for (uint32_t i = 0; i < program->slot_count; i++) {
        tally->values[i].min = OC_NEVER;
        tally->values[i].max = -OC_NEVER;
    }
    for (size_t i = 0; i < bins; i++) {
        tally->bin_min[i] = OC_NEVER;
        tally->bin_max[i] = -OC_NEVER;
    }
    return tally;
}

void oc_tally_clear_sums(oc_tally *tally)
{
    for (uint32_t i = 0; i < tally->program->slot_count; i++) tally->sums[i] = (oc_sum){0};
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

static double greatest(double a, double b)
{
    return a > b ? a : b;
}

void oc_tally_merge(oc_tally *into, const oc_tally *from)
{
    const oc_program *program = into->program;
    into->futures += from->futures;
    into->counted += from->counted;
    for (uint32_t i = 0; i < program->counts; i++) into->counts[i] += from->counts[i];
    for (uint32_t i = 0; i < program->slot_count; i++) {
        oc_value *value = &into->values[i];
        value->count += from->values[i].count;
        value->never += from->values[i].never;
        value->min = least(value->min, from->values[i].min);
        value->max = greatest(value->max, from->values[i].max);
    }
    size_t bins = bins_of(program);
    for (size_t i = 0; i < bins; i++) {
        into->bin_min[i] = least(into->bin_min[i], from->bin_min[i]);
        into->bin_max[i] = greatest(into->bin_max[i], from->bin_max[i]);
    }
}

double oc_tally_quantile(const oc_tally *tally, uint32_t slot, double p)
{
    const oc_value *value = &tally->values[slot];
    const oc_value_slot *slots = slots_of(tally->program);
    uint64_t total = value->count + value->never;
    if (total == 0 || !(p >= 0.0 && p <= 1.0)) return OC_NAN;
    uint64_t rank = (uint64_t)-oc_k_floor(-p * (double)total); /* the rank-th smallest, from 1 */
    if (rank > value->count) return OC_NEVER;
    if (rank <= 1) return value->min;
    if (rank == value->count) return value->max;
    const uint64_t *counts = tally->counts + slots[slot].first_count;
    size_t first = 0;
    for (uint32_t i = 0; i < slot; i++) first += slots[i].bins;
    uint64_t before = 0;
    for (uint32_t bin = 0; bin < slots[slot].bins; bin++) {
        if (rank > before + counts[bin]) {
            before += counts[bin];
            continue;
        }
        double low = tally->bin_min[first + bin], high = tally->bin_max[first + bin];
        return low + (high - low) * (((double)(rank - before) - 0.5) / (double)counts[bin]);
    }
    return value->max;
}

size_t oc_sketch_size(const oc_program *program)
{
    size_t bins = bins_of(program);
    return aligned(sizeof(oc_sketch)) + 2 * aligned(program->slot_count * sizeof(uint32_t)) +
           aligned(bins * sizeof(double)) + aligned(OC_PILOT_VALUES * bins * sizeof(double));
}

oc_sketch *oc_sketch_open(void *memory, const oc_program *program)
{
    unsigned char *next = memory;
    oc_sketch *sketch = take(&next, sizeof *sketch);
    sketch->program = program;
    sketch->bin_count = (uint32_t)bins_of(program);
    sketch->first_bin = take(&next, program->slot_count * sizeof *sketch->first_bin);
    sketch->collected = take(&next, program->slot_count * sizeof *sketch->collected);
    sketch->edges = take(&next, sketch->bin_count * sizeof *sketch->edges);
    sketch->pilot = take(&next, OC_PILOT_VALUES * (size_t)sketch->bin_count * sizeof *sketch->pilot);
    const oc_value_slot *slots = slots_of(program);
    uint32_t bin = 0;
    for (uint32_t i = 0; i < program->slot_count; i++) {
        sketch->first_bin[i] = bin;
        bin += slots[i].bins;
    }
    for (uint32_t i = 0; i < sketch->bin_count; i++) sketch->edges[i] = OC_NEVER;
    return sketch;
}

void oc_sketch_append(oc_sketch *sketch, const oc_sketch *next)
{
    const oc_value_slot *slots = slots_of(sketch->program);
    for (uint32_t i = 0; i < sketch->program->slot_count; i++) {
        uint32_t capacity = OC_PILOT_VALUES * slots[i].bins;
        size_t first = OC_PILOT_VALUES * (size_t)sketch->first_bin[i];
        for (uint32_t k = 0; k < next->collected[i] && sketch->collected[i] < capacity; k++)
            sketch->pilot[first + sketch->collected[i]++] = next->pilot[first + k];
    }
}

/* Heapsort: no recursion, no memory. */
static void sift(double *values, size_t root, size_t count)
{
    double value = values[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && values[child + 1] > values[child]) child++;
        if (values[child] <= value) break;
        values[root] = values[child];
    }
    values[root] = value;
}

static void sort(double *values, size_t count)
{
    for (size_t i = count / 2; i-- > 0;) sift(values, i, count);
    for (size_t i = count; i-- > 1;) {
        double last = values[i];
        values[i] = values[0];
        values[0] = last;
        sift(values, 0, i);
    }
}

/* The next number above a finite x. */
static double next_above(double x)
{
    if (x == 0.0) return 0x1p-1074;
    return oc_from_bits(x > 0.0 ? oc_bits(x) + 1 : oc_bits(x) - 1);
}

/* Few distinct values: each gets a bin of its own. False if there are too many for that. */
static bool set_atoms(double *edges, size_t edge_count, const double *values, size_t count)
{
    size_t distinct = 1;
    for (size_t i = 1; i < count; i++) distinct += values[i] != values[i - 1];
    if (2 * distinct > edge_count) return false;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && values[i] == values[i - 1]) continue;
        if (used == 0 || edges[used - 1] < values[i]) edges[used++] = values[i];
        edges[used++] = next_above(values[i]);
    }
    return true;
}

/* Cuts at equal shares of the values; one that came more than once begins a bin that ends just above it. */
static void set_cuts(double *edges, size_t edge_count, const double *values, size_t count)
{
    size_t used = 0, bins = edge_count + 1;
    double last = -OC_NEVER;
    for (size_t i = 1; i <= edge_count && used < edge_count; i++) {
        size_t at = i * count / bins;
        double value = values[at];
        if (value < last) continue;
        if (value > last) edges[used++] = last = value;
        bool repeated = (at > 0 && values[at - 1] == value) || (at + 1 < count && values[at + 1] == value);
        if (repeated && used < edge_count) edges[used++] = last = next_above(value);
    }
}

void oc_sketch_finish(oc_sketch *sketch)
{
    const oc_value_slot *slots = slots_of(sketch->program);
    for (uint32_t i = 0; i < sketch->program->slot_count; i++) {
        if (sketch->collected[i] == 0) continue;
        size_t first = sketch->first_bin[i];
        double *edges = sketch->edges + first, *values = sketch->pilot + OC_PILOT_VALUES * first;
        sort(values, sketch->collected[i]);
        if (!set_atoms(edges, slots[i].bins - 1, values, sketch->collected[i]))
            set_cuts(edges, slots[i].bins - 1, values, sketch->collected[i]);
    }
}
