/* How good a probability forecast was: proper scores, calibration, skill.
 *
 * All scores are losses: 0 is best. A score says nothing alone; compare it with that of a reference on the same cases
 * (oc_bootstrap_skill, oc_bootstrap_mean of the differences, in resample.h). */
#ifndef OC_ANALYSIS_SCORES_H
#define OC_ANALYSIS_SCORES_H

#include "analysis/resample.h"

/* (p - outcome)^2: Brier 1950, for two outcomes, 0..1. NAN if p is not in 0..1. */
double oc_score_brier(double p, bool outcome);

/* -ln(probability of what happened): Good 1952, in nats. `floor` (0 to 0.5) bounds p away from 0 and 1 so that one
 * certain forecast that failed does not make a mean infinite; 0 leaves it infinite. */
double oc_score_log(double p, bool outcome, double floor);

/* Continuous ranked probability score of an ensemble: mean |x_i - y| - 1/2 mean |x_i - x_j| (Gneiting and Raftery 2007,
 * equation 21; Hersbach 2000), in the unit of x. `fair` divides the second term by n (n - 1) instead of n^2 (Ferro
 * 2014), for ensembles that stand for a distribution. Values need not be sorted and may be INFINITY only through
 * oc_score_crps_steps. */
double oc_score_crps_ensemble(oc_arena *arena, const double *members, size_t count, double outcome, bool fair);

/* A distribution function at ascending points: between them linear (or a step at each point, `steps` true), below the
 * first point 0, beyond the last flat. What is missing to 1 never happens. */
typedef struct oc_cdf {
    const double *at;
    const double *done; /* P(X <= at[i]), not falling */
    size_t count;
    bool steps;
} oc_cdf;

double oc_cdf_at(const oc_cdf *cdf, double x);

/* The integral of (F(x) - [outcome <= x])^2 from `from` to `to`: the threshold-weighted CRPS with a weight of 1 inside
 * the window (Gneiting and Ranjan 2011), exact for the two forms. `outcome` INFINITY: not by `to`. So a forecast with a
 * share never, and a case still open at the end of what is known, both have a finite, proper score. */
double oc_score_crps_window(const oc_cdf *cdf, double outcome, double from, double to);

/* Counts of PIT values in equal bins of 0..1; flat if calibrated. A case has low[i] = F just below the outcome and
 * high[i] = F at it and is spread evenly between (Czado, Gneiting and Held 2009); a case still open at c has F(c) and
 * 1. The counts add up to the number of cases. */
void oc_pit_histogram(const double *low, const double *high, size_t count, double *bins, size_t bin_count);

/* One row of a reliability table. */
typedef struct oc_reliability_row {
    double from, to;     /* forecasts in [from, to); the last row includes 1 */
    size_t cases;
    double forecast;     /* their mean; NAN if none */
    oc_estimate happened;/* share that happened, with Jeffreys' interval; NAN if none */
} oc_reliability_row;

/* Murphy's decomposition (1973): brier = reliability - resolution + uncertainty + what binning loses. */
typedef struct oc_reliability {
    size_t count;
    oc_reliability_row *row;
    size_t cases;
    double brier, reliability, resolution, uncertainty;
} oc_reliability;

oc_reliability oc_reliability_table(oc_arena *arena, const double *forecasts, const bool *outcomes, size_t count,
                                    size_t rows, double level);

#endif
