/* Special functions of statistics, in double precision.
 *
 * All are pure. Arguments outside the stated domain give NAN, never a number. Accuracy is about 1e-13 relative in the
 * body of each distribution; tests/analysis/test_special.c compares them with published tables. The engine has its own
 * kernels (engine/math.h) because those must be the same to the bit everywhere; these may use the C library. */
#ifndef OC_ANALYSIS_SPECIAL_H
#define OC_ANALYSIS_SPECIAL_H

#include <stdint.h>

/* P(Z <= z) of the standard normal distribution. */
double oc_normal_cdf(double z);

/* The z with P(Z <= z) = p, 0 < p < 1; 0 and 1 give -INFINITY and INFINITY. M. J. Wichura (1988), "Algorithm AS 241:
 * the percentage points of the normal distribution", Applied Statistics 37, PPND16. */
double oc_normal_quantile(double p);

/* ln Gamma(x), x > 0. Stirling's series after shifting x above 12 (Abramowitz & Stegun 1964, 6.1.41). */
double oc_log_gamma(double x);

/* P(X <= x) and P(X > x) for a gamma variable of shape a > 0 and rate 1, x >= 0: the series and the continued fraction
 * of Abramowitz & Stegun 6.5.29 and 6.5.31. */
double oc_gamma_cdf(double x, double shape);
double oc_gamma_tail(double x, double shape);
double oc_gamma_quantile(double p, double shape); /* 0 <= p < 1 */

/* P(X <= x) for a beta variable, 0 <= x <= 1, a, b > 0 (Abramowitz & Stegun 26.5.8, continued fraction). */
double oc_beta_cdf(double x, double a, double b);
double oc_beta_quantile(double p, double a, double b); /* 0 <= p <= 1 */

/* P(X >= successes) for a binomial variable of `trials` trials, each with probability p (A & S 26.5.24). */
double oc_binomial_tail(uint64_t successes, uint64_t trials, double p);

/* Quantiles of Student's t and of chi-square with `freedom` > 0 degrees of freedom, 0 < p < 1. */
double oc_student_quantile(double p, double freedom);
double oc_chi_square_quantile(double p, double freedom);

#endif
