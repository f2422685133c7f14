/* The smooth estimator: coins of stages integrated out.
 *
 *     oc_carry *carry = oc_carry_find(arena, model);                  // carry->any: there is something to gain
 *     oc_compiled *compiled = oc_smooth_compile(arena, plain, carry);
 *     oc_smooth smooth;
 *     oc_status status = oc_smooth_run(arena, &compiled, 1, &options, &smooth);
 *     oc_smooth_into_forecast(&smooth, forecast);
 *
 * Each future's path (everything but the coins of carried stages, model/carry.h) is drawn as ever; given the path, the
 * answer's probability is worked out (carried.h) instead of being 0 or 1. This is conditional Monte Carlo (Hammersley
 * 1956; Glasserman, Monte Carlo Methods in Financial Engineering, 2003, section 4.1 on the general idea): the mean
 * stays what it was, the variance can only become smaller, and the difference of two variants that differ in a chance
 * is a smooth function of that chance on each path.
 *
 * Estimates are ratios sum of a / sum of d over futures: d is 1 where the future counts (of a number: the probability
 * of a finite value), a the probability (or the mean of the number times d). Errors are those of ratios and their
 * differences by linearisation, as in whatif.h, with a and d real numbers between 0 and 1. Sums are joined chunk by
 * chunk: the same bits for every number of threads. */
#ifndef OC_ANALYSIS_SMOOTH_H
#define OC_ANALYSIS_SMOOTH_H

#include "analysis/forecast.h"
#include "analysis/whatif.h"

typedef struct oc_smooth_side {
    double p, p_se;             /* truth; date: comes by the horizon */
    oc_day p10, p50, p90;       /* date; OC_DAY_NONE: beyond the horizon */
    oc_day p50_low, p50_high;   /* one standard error of the share by then on either side */
    double *days;               /* date: share of each day from as_of to the horizon, one more for never */
    double mean, mean_se, never; /* number */
} oc_smooth_side;

/* Variant less base; intervals of 90 %. What a kind does not have is NAN. */
typedef struct oc_smooth_difference {
    oc_estimate p, median, mean;
} oc_smooth_difference;

typedef struct oc_smooth {
    const oc_model *model;             /* of the base */
    const oc_carry *carry;
    size_t count, measure_count;
    oc_measure *measures;              /* those of the first program */
    bool *smoothed; /* of each measure: it depends on a carried stage, in every variant; else nothing is said */
    oc_smooth_side *sides;             /* [variant * measure_count + measure] */
    oc_smooth_difference *differences;
    uint64_t futures;
    size_t failed_variant;             /* when a check failed */
    oc_run_failure failure;
    double seconds;
} oc_smooth;

/* Compiles a model again with these stages carried, answers kept. NULL with diagnostics. */
oc_compiled *oc_smooth_compile(oc_arena *arena, const oc_compiled *plain, const oc_carry *carry);

/* Runs all variants on the same futures; the first is the base. OC_OK; OC_CANCELLED with what was finished; OC_INPUT if
 * a check failed; OC_USAGE if a variant lacks a measure of the base; OC_NOMEM. Each variant must have a carry with
 * `any`. */
oc_status oc_smooth_run(oc_arena *arena, oc_compiled *const *variants, size_t count, const oc_run_options *options,
                        oc_smooth *ret);

/* Puts the smoothed answers in the place of the plain ones. Counts of dates become counts of 2^52 futures, as in exact
 * forecasts; of numbers only mean, error and the share of never change. */
void oc_smooth_into_forecast(oc_arena *arena, const oc_smooth *smooth, oc_forecast *forecast);
void oc_smooth_into_whatif(const oc_smooth *smooth, oc_whatif *whatif);

/* E0985, once for each coin that cannot be integrated out. */
void oc_smooth_refuse(oc_model *model, const oc_carry *carry);

#endif
