/* Quantiles and moments of value slots (run.h). */
#include <math.h>

#include "run/run.h"

double oc_value_quantile(const oc_result *result, uint32_t slot, double p)
{
    return oc_tally_quantile(result->tally, slot, p);
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
