/* Sums of the smooth estimator: ratios of two variants on the same futures, with the errors of their differences.
 *
 * Of each future there are d0 and a0 (base), d1 and a1 (variant); a ratio is R = sum of a / sum of d. What is summed is
 * x = (d0, a0, d1 - d0, a1 - a0) and its products, so that a variant that changes nothing has an error of exactly 0.
 * The variance of s1 R1 - s0 R0 is the sum over futures of
 *     z^2,  z = s1 (a1 - R1 d1) / D1 - s0 (a0 - R0 d0) / D0
 * (linearisation; Cochran, Sampling Techniques, 3rd ed. 1977, section 6.4), a quadratic form in the products. */
#ifndef OC_ANALYSIS_SMOOTH_SUMS_H
#define OC_ANALYSIS_SMOOTH_SUMS_H

#include "base/date.h"
#include "engine/program.h"

enum { OC_SMOOTH_PRODUCTS = 10 };

typedef struct oc_smooth_moments {
    double sum[4], product[OC_SMOOTH_PRODUCTS]; /* x_i; x_i x_k for i <= k */
} oc_smooth_moments;

typedef struct oc_smooth_sums {
    oc_smooth_moments share;   /* the answer */
    oc_smooth_moments median;  /* date: probability of a day up to the pilot's median */
    double *days;              /* date: weight of each day, one more for never; NULL for others */
    size_t days_len;
} oc_smooth_sums;

void oc_smooth_clear(oc_smooth_sums *sums);
/* `from` has as many days. */
void oc_smooth_join(oc_smooth_sums *into, const oc_smooth_sums *from);
/* Adds OC_LANES futures. */
void oc_smooth_add(oc_smooth_moments *m, const double *d0, const double *a0, const double *d1, const double *a1);

/* Of the base (side 0) or the variant (1); NAN if nothing counts. */
double oc_smooth_ratio(const oc_smooth_moments *m, int side);
/* Sum of d of the variant. */
double oc_smooth_weight(const oc_smooth_moments *m);
/* Standard error of s1 R1 - s0 R0. */
double oc_smooth_error(const oc_smooth_moments *m, double s0, double s1);

/* The first day by which a share p has come; OC_DAY_NONE: beyond the horizon. */
oc_day oc_smooth_day(const oc_smooth_sums *sums, oc_day first, double p);
/* Days per share at the median, over half a percent on either side; NAN where that cannot be told. */
double oc_smooth_slope(const oc_smooth_sums *sums);

#endif
