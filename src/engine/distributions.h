/* Samplers by rejection, one attempt at a time.
 *
 * An attempt takes a fixed number of words of its own and either accepts or not; it never looks at another lane. The
 * caller numbers the attempts (they are part of the address of the words) and stops at OC_ATTEMPT_LIMIT, where the
 * middle of the distribution is given; with acceptance above 0.9 that has a chance below 1e-100. */
#ifndef OC_ENGINE_DISTRIBUTIONS_H
#define OC_ENGINE_DISTRIBUTIONS_H

#include "engine/kernels.h"

/* Logarithm of a standard gamma variate of shape a >= 1 (Marsaglia and Tsang, "A simple method for generating gamma
 * variables", ACM TOMS 26, 2000), from two uniforms. 1 if accepted, else 0. */
OC_KERNEL double oc_gamma_attempt(double a, double u, double v, double *ret_log)
{
    double d = a - 1.0 / 3.0;
    double c = 1.0 / oc_k_sqrt(9.0 * d);
    double x = oc_k_normal_inverse(u);
    double root = 1.0 + c * x;
    double cube = root * root * root;
    double safe = root > 0.0 ? cube : 1.0;
    double log_cube = oc_k_log_positive(safe);
    double bound = 0.5 * x * x + d * (1.0 - safe + log_cube);
    *ret_log = oc_k_log_positive(d) + log_cube;
    double accepted = oc_k_log_positive(v) < bound ? 1.0 : 0.0;
    return root > 0.0 ? accepted : 0.0;
}

/* Shapes outside 1e-300 .. 1e300 are brought to that end, so that logarithms stay finite. */
OC_KERNEL double oc_gamma_shape(double a)
{
    double low = a < 1e-300 ? 1e-300 : a;
    return low > 1e300 ? 1e300 : low;
}

/* Largest mean for which counts are drawn by inversion. */
#define OC_POISSON_SMALL 10.0
/* Above it a rounded normal is used: its distance from the Poisson is below 1e-8 in distribution. */
#define OC_POISSON_LARGE 0x1p50

/* Sequential inversion for means below OC_POISSON_SMALL. */
static inline double oc_poisson_small(double mean, double u)
{
    double p = oc_k_exp(-mean), k = 0.0;
    while (u > p && k < 200.0) {
        u -= p;
        k += 1.0;
        p = p * mean / k;
    }
    return k;
}

/* log of the probability of k under a Poisson law of this mean: Stirling's series where k is large, and the difference
 * of large terms taken by log1p, so that it stays exact for large means. */
static inline double oc_poisson_log(double mean, double k)
{
    if (k < 16.0) {
        double factorial = 1.0;
        for (double i = 2.0; i <= k; i += 1.0) factorial *= i;
        return k * oc_k_log_positive(mean) - mean - oc_k_log_positive(factorial);
    }
    double inverse = 1.0 / k, square = inverse * inverse;
    double rest = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)));
    double away = k - mean;
    return away - k * oc_k_log1p(away / mean) - 0.5 * oc_k_log_positive(6.283185307179586477 * k) - rest;
}

/* PTRS: transformed rejection with squeeze (Hörmann, "The transformed rejection method for generating Poisson random
 * variables", Insurance: Mathematics and Economics 12, 1993). True if accepted. */
static inline bool oc_poisson_attempt(double mean, double uniform, double v, double *ret_k)
{
    double b = 0.931 + 2.53 * oc_k_sqrt(mean);
    double a = -0.059 + 0.02483 * b;
    double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    double squeeze = 0.9277 - 3.6224 / (b - 2.0);
    double u = uniform - 0.5;
    double us = 0.5 - oc_k_abs(u);
    double k = oc_k_floor((2.0 * a / us + b) * u + mean + 0.43);
    *ret_k = k;
    if (us >= 0.07 && v <= squeeze) return true;
    if (k < 0.0 || (us < 0.013 && v > us)) return false;
    return oc_k_log_positive(v * inverse_alpha / (a / (us * us) + b)) <= oc_poisson_log(mean, k);
}

#endif
