/* Differences between two variants on the same futures.
 *
 * Because both variants see the same draws, their outputs go together and the difference is known far better than
 * either output: its error comes from the spread of the differences, not from the two spreads added up (common random
 * numbers; Glasserman 2003, Monte Carlo Methods in Financial Engineering, section 7.1). A change that changes nothing
 * gives exactly 0 with error 0. */
#ifndef OC_ANALYSIS_PAIRED_H
#define OC_ANALYSIS_PAIRED_H

#include "analysis/resample.h"

/* Mean of after - before, with paired standard error and normal interval. Needs count >= 2 for an error. */
oc_estimate oc_paired_difference(const double *before, const double *after, size_t count, double level);

/* The same for a yes-or-no output from counts alone: `gained` futures turned from no to yes, `lost` from yes to no, of
 * `count` in all. Difference (gained - lost) / count; variance of McNemar's setting (Agresti 2013, Categorical Data
 * Analysis, equation 11.1): (gained + lost - (gained - lost)^2 / count) / count^2. */
oc_estimate oc_paired_share(uint64_t gained, uint64_t lost, uint64_t count, double level);

#endif
