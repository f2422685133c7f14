/* Scalar entry points to the engine's arithmetic (math.h); the functions themselves are in kernels.h. */
#include "engine/math.h"

#include "engine/kernels.h"
#include "engine/never.h"

double oc_math_exp(double x) { return oc_k_exp(x); }
double oc_math_log(double x) { return oc_k_log(x); }
double oc_math_log1p(double x) { return x > -1.0 ? (x < OC_NEVER ? oc_k_log1p(x) : x) : OC_NAN; }
double oc_math_sqrt(double x) { return oc_k_sqrt(x); }
double oc_math_pow(double a, double b) { return oc_k_pow(a, b); }
double oc_math_logistic(double x) { return oc_k_logistic(x); }
double oc_math_logit(double x) { return oc_k_logit(x); }
double oc_math_expm1neg(double x) { return oc_k_expm1neg(x); }
double oc_math_normal_inverse(double p) { return oc_k_normal_inverse(p); }
double oc_math_floor(double x) { return oc_k_floor(x); }
double oc_math_round(double x) { return oc_k_round(x); }
double oc_math_year(double day) { return oc_k_year(day); }
double oc_math_year_start(double year) { return oc_k_year_start(year); }
double oc_math_subtract(double a, double b) { return oc_never_subtract(a, b); }
double oc_math_multiply(double a, double b) { return oc_never_multiply(a, b); }
double oc_math_divide(double a, double b) { return oc_never_divide(a, b); }
double oc_math_negate(double a) { return oc_never_negate(a); }
