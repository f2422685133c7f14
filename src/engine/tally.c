/* Results: memory, merging, and the bins of value slots (engine.h).
 *
 * Edges from the pilot, by example: with 4 bins and sorted values 1 2 2 2 5 6 7 9, the cuts at the quarters are 2, 5
 * and 7. 2 came more than once, so that it begins a bin that ends just above it, as far as there are edges left. */
#include "engine/engine.h"

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

static void set_edges(double *edges, size_t edge_count, double *values, size_t count)
{
    size_t used = 0, bins = edge_count + 1;
    sort(values, count);
    double last = -OC_NEVER;
    for (size_t i = 1; i <= edge_count && used < edge_count; i++) {
        double value = values[i * count / bins];
        if (value < last) continue;
        if (value > last) edges[used++] = last = value;
        size_t at = i * count / bins;
        bool repeated = (at > 0 && values[at - 1] == value) || (at + 1 < count && values[at + 1] == value);
        double above = next_above(value);
        if (repeated && used < edge_count && last == value && above < OC_NEVER) edges[used++] = last = above;
    }
}

void oc_sketch_finish(oc_sketch *sketch)
{
    const oc_value_slot *slots = slots_of(sketch->program);
    for (uint32_t i = 0; i < sketch->program->slot_count; i++) {
        if (sketch->collected[i] == 0) continue;
        size_t first = sketch->first_bin[i];
        set_edges(sketch->edges + first, slots[i].bins - 1, sketch->pilot + OC_PILOT_VALUES * first,
                  sketch->collected[i]);
    }
}
