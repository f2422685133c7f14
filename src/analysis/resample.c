/* Estimates and the bootstrap; see resample.h. */
#include "analysis/resample.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/special.h"
#include "base/order.h"

static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t oc_resample_bits(uint64_t seed, uint64_t stream, uint64_t counter)
{
    const uint64_t golden = UINT64_C(0x9e3779b97f4a7c15);
    return mix(mix(mix(seed + golden) + (stream + 1) * golden) + (counter + 1) * golden);
}

size_t oc_resample_index(uint64_t seed, uint64_t stream, uint64_t counter, size_t count)
{
    double u = (double)(oc_resample_bits(seed, stream, counter) >> 11) * 0x1p-53;
    size_t index = (size_t)(u * (double)count);
    return index < count ? index : count - 1;
}

double oc_resample_uniform(uint64_t seed, uint64_t stream, uint64_t counter)
{
    return ((double)(oc_resample_bits(seed, stream, counter) >> 12) + 0.5) * 0x1p-52;
}

void oc_sort_numbers(double *values, size_t count)
{
    if (count > 1) qsort(values, count, sizeof *values, oc_order_doubles);
}

double oc_quantile_of_sorted(const double *sorted, size_t count, double p)
{
    if (count == 0 || !(p >= 0 && p <= 1)) return NAN;
    double place = p * (double)(count - 1);
    size_t below = (size_t)place;
    if (below + 1 >= count) return sorted[count - 1];
    double part = place - (double)below;
    if (part == 0 || sorted[below] == sorted[below + 1]) return sorted[below];
    return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

double oc_mean(const double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += values[i];
    return count ? sum / (double)count : NAN;
}

double oc_variance(const double *values, size_t count)
{
    if (count < 2) return NAN;
    double mean = oc_mean(values, count), sum = 0;
    for (size_t i = 0; i < count; i++) sum += (values[i] - mean) * (values[i] - mean);
    return sum / (double)(count - 1);
}

oc_estimate oc_estimate_normal(double value, double error, double level)
{
    double z = oc_normal_quantile(0.5 + 0.5 * level);
    return (oc_estimate){value, error, value - z * error, value + z * error};
}

oc_estimate oc_estimate_mean(const double *values, size_t count, double level)
{
    return oc_estimate_normal(oc_mean(values, count), sqrt(oc_variance(values, count) / (double)count), level);
}

/* Sums of two columns over each cluster, and its number of rows: what a resample adds up. */
typedef struct totals {
    double first, second, rows;
} totals;

static totals *cluster_totals(oc_arena *arena, const double *first, const double *second, size_t count,
                              const size_t *cluster, size_t clusters)
{
    totals *sums = OC_NEW_ARRAY(arena, clusters, totals);
    for (size_t i = 0; i < count; i++) {
        totals *sum = &sums[cluster ? cluster[i] : i];
        sum->first += first[i];
        sum->second += second ? second[i] : 0;
        sum->rows += 1;
    }
    return sums;
}

static double statistic(totals sum, bool skill)
{
    return skill ? 1 - sum.first / sum.second : sum.first / sum.rows;
}

static oc_estimate bootstrap(oc_arena *arena, const totals *sums, size_t clusters, bool skill, size_t resamples,
                             uint64_t seed, double level)
{
    totals all = {0};
    for (size_t i = 0; i < clusters; i++) {
        all.first += sums[i].first;
        all.second += sums[i].second;
        all.rows += sums[i].rows;
    }
    oc_estimate result = {statistic(all, skill), NAN, NAN, NAN};
    if (clusters < 2 || resamples < 2) return result;
    double *draws = OC_NEW_ARRAY(arena, resamples, double);
    for (size_t r = 0; r < resamples; r++) {
        totals sum = {0};
        for (size_t i = 0; i < clusters; i++) {
            const totals *pick = &sums[oc_resample_index(seed, r, i, clusters)];
            sum.first += pick->first;
            sum.second += pick->second;
            sum.rows += pick->rows;
        }
        draws[r] = statistic(sum, skill);
        if (isnan(draws[r])) draws[r] = 0; /* 0 / 0: no loss on either side, no skill */
    }
    oc_sort_numbers(draws, resamples);
    result.error = sqrt(oc_variance(draws, resamples));
    result.low = oc_quantile_of_sorted(draws, resamples, 0.5 - 0.5 * level);
    result.high = oc_quantile_of_sorted(draws, resamples, 0.5 + 0.5 * level);
    return result;
}

oc_estimate oc_bootstrap_mean(oc_arena *arena, const double *values, size_t count, const size_t *cluster,
                              size_t clusters, size_t resamples, uint64_t seed, double level)
{
    if (!cluster) clusters = count;
    const totals *sums = cluster_totals(arena, values, NULL, count, cluster, clusters);
    return bootstrap(arena, sums, clusters, false, resamples, seed, level);
}

oc_estimate oc_bootstrap_skill(oc_arena *arena, const double *scores, const double *reference, size_t count,
                               const size_t *cluster, size_t clusters, size_t resamples, uint64_t seed, double level)
{
    if (!cluster) clusters = count;
    const totals *sums = cluster_totals(arena, scores, reference, count, cluster, clusters);
    return bootstrap(arena, sums, clusters, true, resamples, seed, level);
}
