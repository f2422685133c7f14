/* Arithmetic where +infinity is `never`: what IEEE would turn into NaN or minus infinity stays never; NaN stays NaN. */
#ifndef OC_ENGINE_NEVER_H
#define OC_ENGINE_NEVER_H

#include "engine/bits.h"

static inline double oc_never_subtract(double a, double b)
{
    double difference = a - b;
    return ((b == OC_NEVER) & (a == a)) ? OC_NEVER : difference;
}

static inline double oc_never_multiply(double a, double b)
{
    double product = a * b;
    return ((a == OC_NEVER) | (b == OC_NEVER)) ? a * a + b * b : product;
}

static inline double oc_never_divide(double a, double b)
{
    double quotient = a / b;
    quotient = ((a == OC_NEVER) & (b == b)) ? OC_NEVER : quotient;
    return b == 0.0 ? OC_NAN : quotient;
}

static inline double oc_never_negate(double a)
{
    return a == OC_NEVER ? a : -a;
}

/* NaN if either is. */
static inline double oc_never_min(double a, double b)
{
    double smaller = a < b ? a : b;
    return a == a ? smaller : a;
}

static inline double oc_never_max(double a, double b)
{
    double larger = a > b ? a : b;
    return a == a ? larger : a;
}

#endif
