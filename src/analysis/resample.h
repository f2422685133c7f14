/* Estimates with their uncertainty, and reproducible resampling.
 *
 * Random indices are a pure function of seed, resample and position, so a bootstrap gives the same interval on every
 * machine and whatever else runs. The generator is the output function of SplitMix64 (Steele, Lea and Flood 2014,
 * "Fast splittable pseudorandom number generators") over a counter; it is not the engine's generator. */
#ifndef OC_ANALYSIS_RESAMPLE_H
#define OC_ANALYSIS_RESAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* An estimate, its standard error, and an interval. What could not be estimated is NAN in all four. */
typedef struct oc_estimate {
    double value;
    double error; /* standard error */
    double low;   /* ends of the interval whose level the caller chose */
    double high;
} oc_estimate;

uint64_t oc_resample_bits(uint64_t seed, uint64_t stream, uint64_t counter);
/* 0 <= index < count, count > 0. */
size_t oc_resample_index(uint64_t seed, uint64_t stream, uint64_t counter, size_t count);
/* Strictly between 0 and 1. */
double oc_resample_uniform(uint64_t seed, uint64_t stream, uint64_t counter);

/* Ascending; the values must not be NAN. */
void oc_sort_numbers(double *values, size_t count);

/* Quantile of sorted values by linear interpolation between order statistics (Hyndman and Fan 1996, type 7). NAN if
 * count is 0. */
double oc_quantile_of_sorted(const double *sorted, size_t count, double p);

double oc_mean(const double *values, size_t count);
/* Sample variance with n - 1; NAN if count < 2. */
double oc_variance(const double *values, size_t count);

/* Mean with standard error and normal interval of the given level (0.9 for 90 %). */
oc_estimate oc_estimate_mean(const double *values, size_t count, double level);

/* value +- z * error. */
oc_estimate oc_estimate_normal(double value, double error, double level);

/* Bootstrap of the mean (Efron and Tibshirani 1993, chapter 13, percentile interval). Rows that share a number in
 * cluster[] are drawn together (cluster bootstrap); cluster may be NULL, else its numbers must be 0 … clusters - 1.
 * Needs at least two clusters, else all NAN but the value. */
oc_estimate oc_bootstrap_mean(oc_arena *arena, const double *values, size_t count, const size_t *cluster,
                              size_t clusters, size_t resamples, uint64_t seed, double level);

/* Bootstrap of 1 - sum(scores) / sum(reference): the skill of `scores` over a reference, drawn in pairs. */
oc_estimate oc_bootstrap_skill(oc_arena *arena, const double *scores, const double *reference, size_t count,
                               const size_t *cluster, size_t clusters, size_t resamples, uint64_t seed, double level);

#endif
