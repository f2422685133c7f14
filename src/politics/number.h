/* The few elementary functions that bargaining models need, in one place. */
#ifndef OC_POLITICS_NUMBER_H
#define OC_POLITICS_NUMBER_H

#include <math.h>
#include <stdint.h>

#include "engine/math.h"

/* x to the power y for 0 <= x <= 1 and 0 < y <= 2, to a few units in the last place; 0 to a positive power is 0. */
static inline double politics_pow(double x, double y)
{
    return y == 1 ? x : x > 0 ? oc_math_exp(y * oc_math_log(x)) : 0;
}

static inline double politics_exp(double x) { return oc_math_exp(x); }
static inline double politics_log(double x) { return oc_math_log(x); }

static inline double politics_clamp(double x, double low, double high)
{
    return x < low ? low : x > high ? high : x;
}

static inline uint64_t politics_mix(uint64_t bits)
{
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
    return bits ^ (bits >> 31);
}

/* Random bits as a pure function of their address: seed, what is drawn, and which draw. The finaliser is that of
 * SplitMix64 (Steele, Lea, Flood 2014), once for each part. */
static inline uint64_t politics_bits(uint64_t seed, uint64_t what, uint64_t draw)
{
    uint64_t bits = politics_mix(seed + UINT64_C(0x9e3779b97f4a7c15));
    bits = politics_mix(bits ^ (what + UINT64_C(0xd1b54a32d192ed03)));
    return politics_mix(bits + (draw + 1) * UINT64_C(0x9e3779b97f4a7c15));
}

/* Strictly between 0 and 1. */
static inline double politics_uniform(uint64_t seed, uint64_t what, uint64_t draw)
{
    return ((double)(politics_bits(seed, what, draw) >> 12) + 0.5) * 0x1p-52;
}

static inline double politics_normal(uint64_t seed, uint64_t what, uint64_t draw)
{
    return oc_math_normal_inverse(politics_uniform(seed, what, draw));
}

#endif
