/* The engine's arithmetic: elementary functions, the inverse normal, civil years.
 *
 * Plain C with + - * / and square root only, every rounding as written (-ffp-contract=off), no branches on data, no
 * tables: the same bits on every target, as a scalar call or inside a loop over lanes. Arguments outside a function's
 * domain give NaN; `never` is +infinity. The error of each function, in units in the last place, is tested in
 * tests/engine/kernels.c against quadruple precision.
 *
 * Coefficients: exp, log, expm1 after Sun's fdlibm (1993), the methods being Remez fits of r*(exp(r)+1)/(exp(r)-1)
 * and of log((1+s)/(1-s)); inverse normal after Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988); days
 * of years after Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013). */
#ifndef OC_ENGINE_KERNELS_H
#define OC_ENGINE_KERNELS_H

#include "engine/bits.h"

/* Calls inside a loop over lanes would keep it from becoming vector code. */
#define OC_KERNEL static inline __attribute__((always_inline))

#define OC_LN2_HIGH 6.93147180369123816490e-01 /* 33 bits of ln 2: k * OC_LN2_HIGH is exact for |k| < 2^20 */
#define OC_LN2_LOW 1.90821492927058770002e-10

OC_KERNEL double oc_k_abs(double x)
{
    return oc_from_bits(oc_bits(x) & UINT64_C(0x7fffffffffffffff));
}

OC_KERNEL double oc_k_sqrt(double x)
{
    return __builtin_sqrt(x);
}

/* Adding and taking away 2^52 with the sign of x rounds to a whole number; from 2^52 on x is whole already. Where there
 * is an instruction for it, that gives the same; adding 0 makes minus zero plus zero, as the sums do. */
OC_KERNEL double oc_k_floor(double x)
{
#if defined(__SSE4_1__) || defined(__wasm_simd128__)
    return __builtin_floor(x) + 0.0;
#else
    double big = oc_from_bits((oc_bits(x) & UINT64_C(0x8000000000000000)) | UINT64_C(0x4330000000000000));
    double whole = (x + big) - big;
    whole = whole > x ? whole - 1.0 : whole;
    return oc_k_abs(x) < 0x1p52 ? whole : x;
#endif
}

/* Halves go up. */
OC_KERNEL double oc_k_round(double x)
{
    double whole = oc_k_floor(x);
    return whole + (x - whole >= 0.5 ? 1.0 : 0.0);
}

/* 2^n * y for whole n in -1080 .. 1025, given as n + 0x1.8p52; two factors, so that results below the normal range
 * are rounded once. */
OC_KERNEL double oc_k_scale(double y, double n_shifted)
{
    uint64_t sum = (oc_bits(n_shifted) + 2046) & 0xffff;
    uint64_t half = sum >> 1;
    return y * oc_from_bits(half << 52) * oc_from_bits((sum - half) << 52);
}

/* exp(high + low) for |low| much smaller than |high|. */
OC_KERNEL double oc_k_exp_sum(double high, double low)
{
    double x = high > 710.0 ? 710.0 : high;
    x = x < -746.0 ? -746.0 : x;
    double n = x * 1.44269504088896338700 + 0x1.8p52;
    double k = n - 0x1.8p52;
    double a = x - k * OC_LN2_HIGH;
    double b = k * OC_LN2_LOW - low;
    double r = a - b;
    double t = r * r;
    double c = r - t * (1.66666666666666019037e-01 +
                        t * (-2.77777777770155933842e-03 +
                             t * (6.61375632143793436117e-05 +
                                  t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
    double y = 1.0 - ((b - r * c / (2.0 - c)) - a);
    y = oc_k_scale(y, n);
    y = high > 709.782712893383973096 ? OC_NEVER : y;
    return high < -745.2 ? 0.0 : y;
}

OC_KERNEL double oc_k_exp(double x)
{
    return oc_k_exp_sum(x, 0.0);
}

/* x = 2^k * (1 + f), 1 + f in sqrt(1/2) .. sqrt(2); x positive and finite. */
OC_KERNEL double oc_k_log_split(double x, double *ret_f)
{
    bool small = x < 0x1p-1022;
    double scaled = small ? x * 0x1p54 : x;
    uint64_t u = oc_bits(scaled);
    uint64_t e = (u + (UINT64_C(0x3ff0000000000000) - UINT64_C(0x3fe6a09e667f3bcd))) >> 52;
    *ret_f = oc_from_bits(u - (e << 52) + UINT64_C(0x3ff0000000000000)) - 1.0;
    double k = oc_from_bits(UINT64_C(0x4330000000000000) | e) - (0x1p52 + 1023.0);
    return small ? k - 54.0 : k;
}

/* s * (f*f/2 + R) with log(1 + f) = f - f*f/2 + that. */
OC_KERNEL double oc_k_log_rest(double f)
{
    double s = f / (2.0 + f);
    double z = s * s;
    double w = z * z;
    double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
    double odd = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 +
                 w * 1.479819860511658591e-01)));
    return s * (0.5 * f * f + (odd + even));
}

/* For x positive and finite; see oc_k_log for the rest. */
OC_KERNEL double oc_k_log_positive(double x)
{
    double f;
    double k = oc_k_log_split(x, &f);
    double rest = oc_k_log_rest(f);
    return k * OC_LN2_HIGH - ((0.5 * f * f - (rest + k * OC_LN2_LOW)) - f);
}

/* NaN at or below 0; log(never) is never. */
OC_KERNEL double oc_k_log(double x)
{
    double y = oc_k_log_positive(x);
    y = x < OC_NEVER ? y : x;
    return x <= 0.0 ? OC_NAN : y;
}

/* log(1 + x) for x > -1, finite: the rounding of 1 + x is put back to first order. */
OC_KERNEL double oc_k_log1p(double x)
{
    double u = 1.0 + x;
    double lost = x - (u - 1.0);
    return oc_k_log_positive(u) + lost / u;
}

/* exp(x) - 1 for |x| <= 0.35. */
OC_KERNEL double oc_k_expm1_small(double x)
{
    double half = 0.5 * x;
    double t = x * half;
    double r = 1.0 + t * (-3.33333333333331316428e-02 + t * (1.58730158725481460165e-03 +
               t * (-7.93650757867487942473e-05 + t * (4.00821782732936239552e-06 + t * -2.01099218183624371326e-07))));
    double d = 3.0 - r * half;
    double e = t * ((r - d) / (6.0 - x * d));
    return x - (x * e - t);
}

#define OC_EXPM1_SMALL 0.34

/* 1 - exp(-x). */
OC_KERNEL double oc_k_expm1neg(double x)
{
    double near = -oc_k_expm1_small(-x);
    double far = 1.0 - oc_k_exp(-x);
    return oc_k_abs(x) < OC_EXPM1_SMALL ? near : far;
}

OC_KERNEL double oc_k_logistic(double x)
{
    double e = oc_k_exp(-oc_k_abs(x));
    return (x < 0.0 ? e : 1.0) / (1.0 + e);
}

/* log(x / (1 - x)); NaN outside (0, 1). Near 1/2 by log1p, where the quotient is near 1. */
OC_KERNEL double oc_k_logit(double x)
{
    double middle = oc_k_log1p((2.0 * x - 1.0) / (1.0 - x));
    double outer = oc_k_log_positive(x / (1.0 - x));
    double y = oc_k_abs(x - 0.5) < 0.25 ? middle : outer;
    return x > 0.0 && x < 1.0 ? y : OC_NAN;
}

/* x to the whole power n, 0 <= n <= 64, by squaring. */
OC_KERNEL double oc_k_power_whole(double x, double n)
{
    uint64_t bits = oc_bits(n + 0x1p52);
    double result = 1.0;
    /* a loop left in place would keep the one over lanes from becoming vector code */
#pragma GCC unroll 7
    for (int i = 0; i < 7; i++) {
        result = bits >> i & 1 ? result * x : result;
        x = x * x;
    }
    return result;
}

/* a^b for positive finite a: exp(b * log a), the logarithm carried in two parts with about 60 bits. */
OC_KERNEL double oc_k_power_positive(double a, double b)
{
    double f;
    double k = oc_k_log_split(a, &f);
    double rest = oc_k_log_rest(f);
    /* f*f/2 exactly in two parts (Dekker 1971, Veltkamp's splitting) */
    double split = f * 134217729.0;
    double fh = split - (split - f), fl = f - fh;
    double square = f * f;
    double square_low = ((fh * fh - square) + 2.0 * fh * fl) + fl * fl;
    double high = k * OC_LN2_HIGH, sum = high + f;
    double lost = k == 0.0 ? 0.0 : f - (sum - high);
    double less = sum - 0.5 * square;
    double part = less - sum;
    lost = lost + ((sum - (less - part)) + (-0.5 * square - part));
    double low = lost + ((rest - 0.5 * square_low) + k * OC_LN2_LOW);
    double log_high = less + low, log_low = low - (log_high - less);
    /* b * log a in two parts */
    double sb = b * 134217729.0, bh = sb - (sb - b), bl = b - bh;
    double sl = log_high * 134217729.0, lh = sl - (sl - log_high), ll = log_high - lh;
    double product = b * log_high;
    double product_low = (((bh * lh - product) + bh * ll) + bl * lh) + bl * ll;
    return oc_k_exp_sum(product, product_low + b * log_low);
}

/* a^b: by squaring for whole |b| <= 64; NaN where the result is not real or not finite. */
OC_KERNEL double oc_k_pow(double a, double b)
{
    double size = oc_k_abs(b);
    double whole = oc_k_floor(b);
    double count = size <= 64.0 ? size : 0.0;
    double direct = oc_k_power_whole(a, oc_k_floor(count));
    direct = b < 0.0 ? 1.0 / direct : direct;
    double base = oc_k_abs(a);
    double power = oc_k_power_positive(base, b);
    power = base == 0.0 ? (b > 0.0 ? 0.0 : OC_NAN) : power;
    double half = 0.5 * whole;
    double odd = half - oc_k_floor(half);
    power = a < 0.0 ? (whole == b ? (odd == 0.5 ? -power : power) : OC_NAN) : power;
    double y = whole == b && size <= 64.0 ? direct : power;
    return oc_k_abs(y) < OC_NEVER && size < 0x1p53 && base < OC_NEVER ? y : OC_NAN;
}

OC_KERNEL double oc_k_normal_tail(double r)
{
    double x = r - 1.6;
    double p = ((((((7.74545014278341407640e-4 * x + 2.27238449892691845833e-2) * x + 2.41780725177450611770e-1) * x +
               1.27045825245236838258e0) * x + 3.64784832476320460504e0) * x + 5.76949722146069140550e0) * x +
               4.63033784615654529590e0) * x + 1.42343711074968357734e0;
    double q = ((((((1.05075007164441684324e-9 * x + 5.47593808499534494600e-4) * x + 1.51986665636164571966e-2) * x +
               1.48103976427480074590e-1) * x + 6.89767334985100004550e-1) * x + 1.67638483018380384940e0) * x +
               2.05319162663775882187e0) * x + 1.0;
    return p / q;
}

OC_KERNEL double oc_k_normal_far_tail(double r)
{
    double x = r - 5.0;
    double p = ((((((2.01033439929228813265e-7 * x + 2.71155556874348757815e-5) * x + 1.24266094738807843860e-3) * x +
               2.65321895265761230930e-2) * x + 2.96560571828504891230e-1) * x + 1.78482653991729133580e0) * x +
               5.46378491116411436990e0) * x + 6.65790464350110377720e0;
    double q = ((((((2.04426310338993978564e-15 * x + 1.42151175831644588870e-7) * x + 1.84631831751005468180e-5) * x +
               7.86869131145613259100e-4) * x + 1.48753612908506148525e-2) * x + 1.36929880922735805310e-1) * x +
               5.99832206555887937690e-1) * x + 1.0;
    return p / q;
}

OC_KERNEL double oc_k_normal_middle(double q)
{
    double x = 0.180625 - q * q;
    double p = ((((((2.5090809287301226727e+3 * x + 3.3430575583588128105e+4) * x + 6.7265770927008700853e+4) * x +
               4.5921953931549871457e+4) * x + 1.3731693765509461125e+4) * x + 1.9715909503065514427e+3) * x +
               1.3314166789178437745e+2) * x + 3.3871328727963666080e0;
    double d = ((((((5.2264952788528545610e+3 * x + 2.8729085735721942674e+4) * x + 3.9307895800092710610e+4) * x +
               2.1213794301586595867e+4) * x + 5.3941960214247511077e+3) * x + 6.8718700749205790830e+2) * x +
               4.2313330701600911252e+1) * x + 1.0;
    return q * p / d;
}

/* sqrt(-log of the smaller of p and 1 - p); beyond OC_NORMAL_FAR a polynomial of its own is needed, one p in 3e10. */
OC_KERNEL double oc_k_normal_depth(double p)
{
    double side = p < 0.5 ? p : 1.0 - p;
    return oc_k_sqrt(-oc_k_log_positive(side));
}

#define OC_NORMAL_FAR 5.0

OC_KERNEL double oc_k_normal_join(double p, double tail)
{
    double q = p - 0.5;
    return oc_k_abs(q) <= 0.425 ? oc_k_normal_middle(q) : q < 0.0 ? -tail : tail;
}

/* The number that a standard normal variable stays below with probability p, 0 < p < 1. */
OC_KERNEL double oc_k_normal_inverse(double p)
{
    double r = oc_k_normal_depth(p);
    double z = oc_k_normal_join(p, r <= OC_NORMAL_FAR ? oc_k_normal_tail(r) : oc_k_normal_far_tail(r));
    return p > 0.0 && p < 1.0 ? z : OC_NAN;
}

/* Day of 1 January of year y, floored; never stays. Days since 1970-01-01, proleptic Gregorian. A half more is no other
 * whole quotient, but keeps the product with the rounded inverse off whole numbers. */
OC_KERNEL double oc_k_year_start(double y)
{
    double whole = oc_k_floor(y);
    double n = whole - 1.0, m = n + 0.5;
    double day = 365.0 * n + oc_k_floor(m * 0.25) - oc_k_floor(m * 0.01) + oc_k_floor(m * 0.0025) - 719162.0;
    return y == OC_NEVER ? y : day;
}

/* Civil year of a day; never stays. The guess by the mean length of a year is off by one at most. */
OC_KERNEL double oc_k_year(double day)
{
    double d = oc_k_floor(day);
    double guess = oc_k_floor((d + 719162.0) * (1.0 / 365.2425)) + 1.0;
    guess = oc_k_year_start(guess) > d ? guess - 1.0 : guess;
    guess = oc_k_year_start(guess + 1.0) <= d ? guess + 1.0 : guess;
    return day == OC_NEVER ? day : guess;
}

#endif
