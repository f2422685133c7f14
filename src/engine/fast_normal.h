/* Fast standard normals in single precision: one for each half of a word, by inversion.
 *
 * A word w of 32 bits, read as a signed number and converted to single precision, is x. P(Z > z) = |x| / 2^32 is solved
 * for z by a cubic in |x|, one for each half octave of it from 2^17 up (fast_normal_table.h), and z takes the sign of
 * x: largest error of the distribution function 9e-6, of the value 2.7e-5. Below 2^17, beyond 4.0 standard deviations
 * and for one word in 16,384, the inverse is that of oc_k_normal_inverse() with all 32 bits: up to 6.3.
 *
 * Two lanes share a word. Lane i < 16 of a group of 32 has word i, w; lane i + 16 has it with its halves exchanged.
 * Each has all 32 bits, and each of the 2^32 cells of 2^-16 by 2^-16 of the two is hit by one word, so that the two
 * futures are independent down to 2^-16 of probability. Beyond, in the tail, the low half is multiplied by an odd
 * number first, so that two futures do not go far out together.
 *
 * The same operations in the same order are written three times, for vectors of 16, 8 and 4 singles, because no
 * compiler makes them of a loop: they differ in how the coefficients come to their lanes. Only the first takes the sign
 * apart; the others have rows for negative x too, whose even coefficients are negated. */
#ifndef OC_ENGINE_FAST_NORMAL_H
#define OC_ENGINE_FAST_NORMAL_H

#include "engine/fast_normal_table.h"
#include "engine/kernels.h"
#include "engine/program.h"
#include "engine/random.h"

#if defined(__AVX512F__) || defined(__AVX2__)
#include <immintrin.h>
#endif

enum {
    OC_FAST_PAIR = 32, /* lanes that share 16 words; a batch has 32 such pairs of groups */
    OC_FAST_TAIL = 1 << 17,
    OC_FAST_BULK_BIT = 1 << 27, /* set in the bits of x outside the tail */
    OC_FAST_ROWS = 1024, /* sign, exponent and first bit of the fraction; those in use are 288 .. 316, and 512 more */
};

/* Room for rows times a scale; zero outside those in use. */
typedef float oc_fast_rows[OC_FAST_ROWS][4];

/* Whether -OC_FAST_TAIL < w < OC_FAST_TAIL. */
static inline bool oc_fast_is_tail(uint32_t w)
{
    return w + (OC_FAST_TAIL - 1) < 2 * OC_FAST_TAIL - 1;
}

/* The value for such a word. A call, so that compilers don't make vector code of so rare a thing. */
__attribute__((noinline, unused)) static float oc_fast_tail(uint32_t w)
{
    uint32_t flip = w >> 31 ? UINT32_MAX : 0, depth = w ^ flip;
    uint32_t mixed = (depth & ~0xffffu) | ((depth * 0x9e37u) & 0xffffu);
    double z = oc_k_normal_inverse(((double)mixed + 0.5) * 0x1p-32);
    return (float)(flip ? z : -z);
}

/* The value for a word, without scale. */
static inline float oc_fast_normal(uint32_t w)
{
    uint32_t bits = oc_bits_single((float)(int32_t)w), size = bits & 0x7fffffffu;
    if (oc_fast_is_tail(w)) return oc_fast_tail(w);
    uint32_t row = size >> 22 & 31;
    float m = oc_single_from_bits(size), z = oc_fast_normal_table[3][row];
    for (int power = 2; power >= 0; power--) z = z * m + oc_fast_normal_table[power][row];
    return oc_single_from_bits(oc_bits_single(z) ^ (bits & 0x80000000u));
}

static inline uint32_t oc_fast_exchanged(uint32_t w)
{
    return w << 16 | w >> 16;
}

#if defined(__AVX512F__)

typedef __m512 oc_fast_table[4][2];

static inline __attribute__((always_inline)) __m512 oc_fast_cubic(__m512 x, oc_fast_table table)
{
    const __m512i bits = _mm512_castps_si512(x), row = _mm512_srli_epi32(bits, 22);
    const __m512 size = _mm512_castsi512_ps(_mm512_and_si512(bits, _mm512_set1_epi32(INT32_MAX)));
    __m512 z = _mm512_permutex2var_ps(table[3][0], row, table[3][1]);
    z = _mm512_add_ps(_mm512_mul_ps(z, size), _mm512_permutex2var_ps(table[2][0], row, table[2][1]));
    z = _mm512_add_ps(_mm512_mul_ps(z, size), _mm512_permutex2var_ps(table[1][0], row, table[1][1]));
    z = _mm512_add_ps(_mm512_mul_ps(z, size), _mm512_permutex2var_ps(table[0][0], row, table[0][1]));
    const __m512i sign = _mm512_set1_epi32(INT32_MIN);
    return _mm512_castsi512_ps(
        _mm512_ternarylogic_epi32(_mm512_castps_si512(z), bits, sign, 0x78)); /* z ^ (bits & sign) */
}

static inline bool oc_fast_bulk(float out[OC_LANES], oc_streams streams, float scale, oc_fast_rows rows, uint32_t pairs)
{
    (void)rows;
    oc_fast_table table;
    for (size_t power = 0; power < 4; power++) {
        for (size_t half = 0; half < 2; half++) {
            __m512 plain = _mm512_loadu_ps(oc_fast_normal_table[power] + 16 * half);
            table[power][half] = _mm512_mul_ps(plain, _mm512_set1_ps(scale));
        }
    }
    __m512i bulk = _mm512_set1_epi32(-1);
    for (size_t i = 0; i < OC_LANES; i += OC_FAST_PAIR) {
        if (!(pairs >> i / OC_FAST_PAIR & 1)) {
            oc_streams_pass(&streams);
            continue;
        }
        __m512i w = (__m512i)oc_streams_step(&streams, 0);
        __m512 x = _mm512_cvtepi32_ps(w), y = _mm512_cvtepi32_ps(_mm512_rol_epi32(w, 16));
        bulk = _mm512_ternarylogic_epi32(bulk, _mm512_castps_si512(x), _mm512_castps_si512(y), 0x80); /* and */
        _mm512_storeu_ps(out + i, oc_fast_cubic(x, table));
        _mm512_storeu_ps(out + i + 16, oc_fast_cubic(y, table));
    }
    return (_mm512_reduce_and_epi32(bulk) & OC_FAST_BULK_BIT) != 0;
}

#else

static inline void oc_fast_scale(oc_fast_rows rows, float scale)
{
    for (uint32_t row = 288; row < 316; row++) {
        for (uint32_t power = 0; power < 4; power++) {
            float value = oc_fast_normal_table[power][row & 31] * scale;
            rows[row][power] = value;
            rows[row + 512][power] = power % 2 ? value : -value;
        }
    }
}

#if defined(__AVX2__)

static inline __attribute__((always_inline)) __m256 oc_fast_cubic(__m256 x, oc_fast_rows rows)
{
    uint32_t at[8];
    _mm256_storeu_si256((__m256i *)(void *)at, _mm256_srli_epi32(_mm256_castps_si256(x), 22));
    __m256 four[4];
    for (size_t i = 0; i < 4; i++) {
        __m256 low = _mm256_castps128_ps256(_mm_loadu_ps(rows[at[i]]));
        four[i] = _mm256_insertf128_ps(low, _mm_loadu_ps(rows[at[i + 4]]), 1);
    }
    const __m256 a = _mm256_unpacklo_ps(four[0], four[1]), b = _mm256_unpackhi_ps(four[0], four[1]);
    const __m256 c = _mm256_unpacklo_ps(four[2], four[3]), d = _mm256_unpackhi_ps(four[2], four[3]);
    __m256 z = _mm256_shuffle_ps(b, d, 0xee);
    z = _mm256_add_ps(_mm256_mul_ps(z, x), _mm256_shuffle_ps(b, d, 0x44));
    z = _mm256_add_ps(_mm256_mul_ps(z, x), _mm256_shuffle_ps(a, c, 0xee));
    return _mm256_add_ps(_mm256_mul_ps(z, x), _mm256_shuffle_ps(a, c, 0x44));
}

static inline bool oc_fast_bulk(float out[OC_LANES], oc_streams streams, float scale, oc_fast_rows rows, uint32_t pairs)
{
    oc_fast_scale(rows, scale);
    const __m256i exchange = _mm256_set_epi8(13, 12, 15, 14, 9, 8, 11, 10, 5, 4, 7, 6, 1, 0, 3, 2,
                                             13, 12, 15, 14, 9, 8, 11, 10, 5, 4, 7, 6, 1, 0, 3, 2);
    __m256i bulk = _mm256_set1_epi32(-1);
    for (size_t i = 0; i < OC_LANES; i += OC_FAST_PAIR) {
        if (!(pairs >> i / OC_FAST_PAIR & 1)) {
            oc_streams_pass(&streams);
            continue;
        }
#pragma GCC unroll 2
        for (size_t k = 0; k < 2; k++) {
            __m256i w = (__m256i)oc_streams_step(&streams, k);
            __m256 x = _mm256_cvtepi32_ps(w), y = _mm256_cvtepi32_ps(_mm256_shuffle_epi8(w, exchange));
            bulk = _mm256_and_si256(bulk, _mm256_and_si256(_mm256_castps_si256(x), _mm256_castps_si256(y)));
            _mm256_storeu_ps(out + i + 8 * k, oc_fast_cubic(x, rows));
            _mm256_storeu_ps(out + i + 16 + 8 * k, oc_fast_cubic(y, rows));
        }
    }
    const __m128i half = _mm_and_si128(_mm256_castsi256_si128(bulk), _mm256_extracti128_si256(bulk, 1));
    return _mm_movemask_epi8(_mm_cmpeq_epi32(_mm_and_si128(half, _mm_set1_epi32(OC_FAST_BULK_BIT)),
                                             _mm_setzero_si128())) == 0;
}

#else

typedef float oc_fast_four __attribute__((vector_size(16)));
typedef uint32_t oc_fast_bits __attribute__((vector_size(16)));
typedef int32_t oc_fast_whole __attribute__((vector_size(16)));

static inline __attribute__((always_inline)) oc_fast_four oc_fast_load(const float *row)
{
    oc_fast_four four;
    __builtin_memcpy(&four, row, sizeof four);
    return four;
}

/* The rows of four numbers. */
static inline __attribute__((always_inline)) void oc_fast_find(oc_fast_four x, oc_fast_rows rows, oc_fast_four ret[4])
{
#if defined(__wasm32__)
    /* Addresses are computed side by side, and leave the vector by twos. */
    const oc_fast_bits bytes = (oc_fast_bits)x >> 18 & ~UINT32_C(15);
    const oc_words at = (oc_words)(bytes + (uint32_t)(uintptr_t)rows);
    for (size_t i = 0; i < 2; i++) {
        ret[2 * i] = oc_fast_load((const float *)(uintptr_t)(uint32_t)at[i]);
        ret[2 * i + 1] = oc_fast_load((const float *)(uintptr_t)(at[i] >> 32));
    }
#else
    const oc_fast_bits at = (oc_fast_bits)x >> 22;
    for (size_t i = 0; i < 4; i++) ret[i] = oc_fast_load(rows[at[i]]);
#endif
}

static inline __attribute__((always_inline)) oc_fast_four oc_fast_cubic(oc_fast_four x, oc_fast_rows rows)
{
    oc_fast_four row[4];
    oc_fast_find(x, rows, row);
    const oc_fast_four r0 = row[0], r1 = row[1], r2 = row[2], r3 = row[3];
    const oc_fast_four a = __builtin_shufflevector(r0, r1, 0, 4, 1, 5), b = __builtin_shufflevector(r0, r1, 2, 6, 3, 7);
    const oc_fast_four c = __builtin_shufflevector(r2, r3, 0, 4, 1, 5), d = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
    oc_fast_four z = __builtin_shufflevector(b, d, 2, 3, 6, 7);
    z = z * x + __builtin_shufflevector(b, d, 0, 1, 4, 5);
    z = z * x + __builtin_shufflevector(a, c, 2, 3, 6, 7);
    return z * x + __builtin_shufflevector(a, c, 0, 1, 4, 5);
}

static inline bool oc_fast_bulk(float out[OC_LANES], oc_streams streams, float scale, oc_fast_rows rows, uint32_t pairs)
{
    oc_fast_scale(rows, scale);
    oc_fast_bits bulk = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
    for (size_t i = 0; i < OC_LANES; i += OC_FAST_PAIR) {
        if (!(pairs >> i / OC_FAST_PAIR & 1)) {
            oc_streams_pass(&streams);
            continue;
        }
#pragma GCC unroll 4
        for (size_t k = 0; k < 4; k++) {
            oc_fast_bits w = (oc_fast_bits)oc_streams_step(&streams, k);
            oc_fast_four x = __builtin_convertvector((oc_fast_whole)w, oc_fast_four);
            oc_fast_four y = __builtin_convertvector((oc_fast_whole)(w << 16 | w >> 16), oc_fast_four);
            bulk &= (oc_fast_bits)x & (oc_fast_bits)y;
            float *two = out + i;
            oc_fast_four z = oc_fast_cubic(x, rows);
            __builtin_memcpy(two + 4 * k, &z, sizeof z);
            z = oc_fast_cubic(y, rows);
            __builtin_memcpy(two + 16 + 4 * k, &z, sizeof z);
        }
    }
    return (bulk[0] & bulk[1] & bulk[2] & bulk[3] & OC_FAST_BULK_BIT) != 0;
}

#endif
#endif

/* Puts the lanes of the tail right. */
__attribute__((noinline, unused)) static void oc_fast_tails(float out[OC_LANES], oc_streams streams, float scale)
{
    for (size_t i = 0; i < OC_LANES; i += OC_FAST_PAIR) {
        uint32_t words[OC_GROUP];
        oc_streams_halves(&streams, words);
        for (size_t k = 0; k < OC_GROUP; k++) {
            uint32_t v = oc_fast_exchanged(words[k]);
            if (oc_fast_is_tail(words[k])) out[i + k] = oc_fast_tail(words[k]) * scale;
            if (oc_fast_is_tail(v)) out[i + k + OC_GROUP] = oc_fast_tail(v) * scale;
        }
    }
}

/* A normal times `scale` for each lane of a batch, or of those pairs of groups whose bits `pairs` has; the coefficients
 * are multiplied by it, so that rounding differs a little from lane to lane of another scale. |scale| in 1e-6 .. 1e6
 * keeps them within the range of single precision. */
static inline void oc_fast_normals(float out[OC_LANES], const oc_streams *streams, float scale, oc_fast_rows rows,
                                   uint32_t pairs)
{
    if (!oc_fast_bulk(out, *streams, scale, rows, pairs)) oc_fast_tails(out, *streams, scale);
}

#endif
