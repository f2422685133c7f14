/* The engine's arithmetic, one value at a time, for whoever computes ahead of the engine (folding of constants) or
 * beside it (bargaining): the same source as the engine's loops, hence the same bits. `never` is +infinity; NaN where
 * a function is not defined. Accuracy in units in the last place: 1 for exp and log; 1.5 for log1p; 3.5 for 1 -
 * exp(-x); 2.5 for logistic; 3 for logit; 6 for the inverse normal (8 below 2^-53); for pow 2, growing to 50 where b *
 * log a comes near the ends of the range of exp (tests/engine/kernels.c). */
#ifndef OC_ENGINE_MATH_H
#define OC_ENGINE_MATH_H

double oc_math_exp(double x);
double oc_math_log(double x);              /* NaN at or below 0 */
double oc_math_log1p(double x);            /* log(1 + x); NaN at or below -1 */
double oc_math_sqrt(double x);
double oc_math_pow(double a, double b);    /* NaN where not real or not finite */
double oc_math_logistic(double x);         /* 1 / (1 + exp(-x)) */
double oc_math_logit(double x);            /* log(x / (1 - x)); NaN outside (0, 1) */
double oc_math_expm1neg(double x);         /* 1 - exp(-x) */
double oc_math_normal_inverse(double p);   /* z with P(Z < z) = p; NaN outside (0, 1) */
double oc_math_floor(double x);
double oc_math_round(double x);            /* halves up */
double oc_math_year(double day);           /* civil year of a day (days since 1970-01-01) */
double oc_math_year_start(double year);    /* day of 1 January of a year, floored */

/* Arithmetic on numbers that may be never (+infinity), as the instructions of the same names have it. */
double oc_math_subtract(double a, double b); /* never if either is never */
double oc_math_multiply(double a, double b); /* never if either is never, 0 * never included */
double oc_math_divide(double a, double b);   /* NaN for b = 0; never / x is never; x / never is 0 */
double oc_math_negate(double a);             /* never stays never */

#endif
