/* Errors of a double against a value known to more digits, and simple sequences of arguments. */
#ifndef OC_TESTS_ORACLE_H
#define OC_TESTS_ORACLE_H

#include <math.h>
#include <stdint.h>

/* |got - exact| in units of the last place of `exact` rounded to double. */
static inline double ulps(double got, long double exact)
{
    double rounded = (double)exact;
    if (isnan(rounded)) return isnan(got) ? 0.0 : INFINITY;
    if (isinf(rounded)) return got == rounded ? 0.0 : INFINITY;
    int exponent = 0;
    frexp(rounded, &exponent);
    if (rounded == 0.0 || exponent < -1021) exponent = -1021;
    return (double)(fabsl((long double)got - exact) / ldexpl(1.0L, exponent - 53));
}

/* SplitMix64 (Steele, Lea and Flood 2014): arguments for tests, not draws of the engine. */
static inline uint64_t next_word(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static inline double next_between(uint64_t *state, double low, double high)
{
    return low + (high - low) * ((double)(next_word(state) >> 11) * 0x1p-53);
}

/* p with P(Z < z) = p in extended precision, and the density. */
static inline long double normal_below(long double z)
{
    return 0.5L * erfcl(-z * 0.707106781186547524400844362104849039L);
}

static inline long double normal_density(long double z)
{
    return expl(-0.5L * z * z) * 0.398942280401432677939946059934381868L;
}

#endif
