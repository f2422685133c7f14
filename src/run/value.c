/* Quantiles and moments of value slots (run.h).
 *
 * Quantile by example: counts 10, 30, 60 in bins with values 1..2, 5..5, 7..9. p = 0.25 of 100 asks for the 25th value,
 * the 15th of 30 in the second bin: 5 exactly. p = 0.7 is the 30th of 60 in the third: 7 + 2 * 29.5 / 60 = 7.983, values
 * being taken as spread evenly. */
#include <math.h>

#include "run/run.h"

static const oc_value_slot *slot_at(const oc_program *program, uint32_t slot)
{
    return (const oc_value_slot *)(const void *)((const unsigned char *)program + program->slots_at) + slot;
}

double oc_value_quantile(const oc_result *result, uint32_t slot, double p)
{
    const oc_value *value = &result->values[slot];
    const oc_value_slot *layout = slot_at(result->program, slot);
    uint64_t total = value->count + value->never;
    if (total == 0 || !(p >= 0.0 && p <= 1.0)) return NAN;
    /* the rank-th smallest, from 1 */
    uint64_t rank = (uint64_t)ceil(p * (double)total);
    if (rank < 1) rank = 1;
    if (rank > value->count) return INFINITY;
    if (rank == 1) return value->min;
    if (rank == value->count) return value->max;
    const uint64_t *counts = result->counts + layout->first_count;
    uint32_t first = result->sketch->first_bin[slot];
    uint64_t before = 0;
    for (uint32_t bin = 0; bin < layout->bins; bin++) {
        if (rank > before + counts[bin]) {
            before += counts[bin];
            continue;
        }
        double low = result->tally->bin_min[first + bin], high = result->tally->bin_max[first + bin];
        return low + (high - low) * (((double)(rank - before) - 0.5) / (double)counts[bin]);
    }
    return value->max;
}

double oc_value_mean(const oc_result *result, uint32_t slot)
{
    double count = (double)result->values[slot].count;
    return count > 0.0 ? result->sums[slot].sum / count : NAN;
}

double oc_value_deviation(const oc_result *result, uint32_t slot)
{
    double count = (double)result->values[slot].count;
    if (count < 2.0) return NAN;
    double mean = result->sums[slot].sum / count;
    double variance = (result->sums[slot].squares - result->sums[slot].sum * mean) / (count - 1.0);
    return variance > 0.0 ? sqrt(variance) : 0.0;
}
