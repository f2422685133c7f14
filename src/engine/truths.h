/* Truths of a column: a byte for each lane, all of its bits set or none, in the first OC_LANES bytes of the column's
 * room. What is joined or negated stays bytes; where numbers are compared or chosen between, a group of OC_GROUP truths
 * is narrowed or widened in a few instructions of every target. */
#ifndef OC_ENGINE_TRUTHS_H
#define OC_ENGINE_TRUTHS_H

#include "engine/program.h"
#include "engine/random.h"

enum { OC_GROUP_VECTORS = OC_GROUP / OC_WORDS };

/* As many doubles as a vector of this target has. */
typedef double reals __attribute__((vector_size(OC_VECTOR_BYTES)));

/* A group's truths, each as wide as a number. */
typedef struct wide_truths {
    oc_words at[OC_GROUP_VECTORS];
} wide_truths;

/* Truths about the lanes of one vector: what a comparison gives. COMPARED(x, <, y, _CMP_LT_OQ). */
#if defined(__AVX512F__)
typedef __mmask8 compared;
#define COMPARED(x, OPERATOR, y, CODE) _mm512_cmp_pd_mask((__m512d)(x), (__m512d)(y), CODE)
#else
typedef oc_words compared;
#define COMPARED(x, OPERATOR, y, CODE) ((compared)((x) OPERATOR (y)))
#endif

static inline oc_truth truth(bool value)
{
    return value ? UINT8_MAX : 0;
}

static inline __attribute__((always_inline)) reals load_reals(const oc_cell *cells)
{
    reals loaded;
    __builtin_memcpy(&loaded, cells, sizeof loaded);
    return loaded;
}

static inline __attribute__((always_inline)) void store_reals(oc_cell *cells, reals x)
{
    __builtin_memcpy(cells, &x, sizeof x); /* NOLINT(clang-analyzer-unix.cstring.NullArg): a column has memory */
}

static inline __attribute__((always_inline)) reals all_lanes(double x)
{
    reals all = {0};
    for (size_t i = 0; i < OC_WORDS; i++) all[i] = x;
    return all;
}

/* when ? x : y. */
static inline __attribute__((always_inline)) reals choose(oc_words when, reals x, reals y)
{
    return (reals)(((oc_words)x & when) | ((oc_words)y & ~when));
}

/* The same of what a comparison gave. */
static inline __attribute__((always_inline)) reals blend(compared when, reals x, reals y)
{
#if defined(__AVX512F__)
    return (reals)_mm512_mask_blend_pd(when, (__m512d)y, (__m512d)x);
#elif defined(__AVX2__)
    return (reals)_mm256_blendv_pd((__m256d)y, (__m256d)x, (__m256d)when);
#else
    return choose(when, x, y);
#endif
}

/* x < y ? x : y, x > y ? x : y. */
static inline __attribute__((always_inline)) reals lesser(reals x, reals y)
{
#if defined(__AVX512F__)
    return (reals)_mm512_min_pd((__m512d)x, (__m512d)y);
#elif defined(__AVX2__)
    return (reals)_mm256_min_pd((__m256d)x, (__m256d)y);
#elif defined(__SSE2__)
    return (reals)_mm_min_pd((__m128d)x, (__m128d)y);
#elif defined(__wasm_simd128__)
    return (reals)wasm_f64x2_pmin((v128_t)y, (v128_t)x);
#else
    return choose((oc_words)(x < y), x, y);
#endif
}

static inline __attribute__((always_inline)) reals greater(reals x, reals y)
{
#if defined(__AVX512F__)
    return (reals)_mm512_max_pd((__m512d)x, (__m512d)y);
#elif defined(__AVX2__)
    return (reals)_mm256_max_pd((__m256d)x, (__m256d)y);
#elif defined(__SSE2__)
    return (reals)_mm_max_pd((__m128d)x, (__m128d)y);
#elif defined(__wasm_simd128__)
    return (reals)wasm_f64x2_pmax((v128_t)y, (v128_t)x);
#else
    return choose((oc_words)(x > y), x, y);
#endif
}

/* Of masks as wide as numbers. */
static inline __attribute__((always_inline)) compared compared_of(oc_words wide)
{
#if defined(__AVX512F__)
    return _mm512_movepi64_mask((__m512i)wide);
#else
    return wide;
#endif
}

static inline __attribute__((always_inline)) wide_truths widen(const oc_truth *truths)
{
    wide_truths wide;
#if defined(__AVX512F__)
    for (size_t i = 0; i < OC_GROUP_VECTORS; i++)
        wide.at[i] = (oc_words)_mm512_cvtepi8_epi64(_mm_loadl_epi64((const __m128i *)(const void *)(truths + 8 * i)));
#elif defined(__AVX2__)
    for (size_t i = 0; i < OC_GROUP_VECTORS; i++) {
        int32_t four;
        __builtin_memcpy(&four, truths + 4 * i, sizeof four);
        wide.at[i] = (oc_words)_mm256_cvtepi8_epi64(_mm_cvtsi32_si128(four));
    }
#else
    typedef uint8_t bytes __attribute__((vector_size(16)));
    typedef uint16_t pairs __attribute__((vector_size(16)));
    typedef uint32_t fours __attribute__((vector_size(16)));
    bytes all;
    __builtin_memcpy(&all, truths, sizeof all);
    const pairs half[2] = {
        (pairs)__builtin_shufflevector(all, all, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7),
        (pairs)__builtin_shufflevector(all, all, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15)};
#pragma GCC unroll 2
    for (size_t i = 0; i < 2; i++) {
        const fours low = (fours)__builtin_shufflevector(half[i], half[i], 0, 0, 1, 1, 2, 2, 3, 3);
        const fours high = (fours)__builtin_shufflevector(half[i], half[i], 4, 4, 5, 5, 6, 6, 7, 7);
        wide.at[4 * i] = (oc_words)__builtin_shufflevector(low, low, 0, 0, 1, 1);
        wide.at[4 * i + 1] = (oc_words)__builtin_shufflevector(low, low, 2, 2, 3, 3);
        wide.at[4 * i + 2] = (oc_words)__builtin_shufflevector(high, high, 0, 0, 1, 1);
        wide.at[4 * i + 3] = (oc_words)__builtin_shufflevector(high, high, 2, 2, 3, 3);
    }
#endif
    return wide;
}

/* Packing with saturation keeps "all bits or none" at each width, so that a truth of 64 bits may be taken for two
 * of 32. */
static inline __attribute__((always_inline)) void narrow(oc_truth *truths, const compared from[OC_GROUP_VECTORS])
{
#if defined(__AVX512F__)
    /* -Wanalyzer-use-of-uninitialized-value: whoever calls has filled the group */
    const __mmask16 bits = (__mmask16)(from[0] | from[1] << 8);
    _mm_storeu_si128((__m128i *)(void *)truths, _mm_movm_epi8(bits));
#elif defined(__AVX2__)
    const __m256i four = _mm256_packs_epi16(_mm256_packs_epi32((__m256i)from[0], (__m256i)from[1]),
                                            _mm256_packs_epi32((__m256i)from[2], (__m256i)from[3]));
    const __m128i even = _mm256_castsi256_si128(four), odd = _mm256_extracti128_si256(four, 1);
    _mm_storeu_si128((__m128i *)(void *)truths,
                     _mm_packs_epi16(_mm_unpacklo_epi32(even, odd), _mm_unpackhi_epi32(even, odd)));
#elif defined(__SSE2__)
    __m128i two[4];
    for (size_t i = 0; i < 4; i++) two[i] = _mm_packs_epi32((__m128i)from[2 * i], (__m128i)from[2 * i + 1]);
    const __m128i low = _mm_packs_epi16(two[0], two[1]), high = _mm_packs_epi16(two[2], two[3]);
    _mm_storeu_si128((__m128i *)(void *)truths, _mm_packs_epi16(low, high));
#elif defined(__wasm_simd128__)
    v128_t two[4];
    for (size_t i = 0; i < 4; i++) two[i] = wasm_i16x8_narrow_i32x4((v128_t)from[2 * i], (v128_t)from[2 * i + 1]);
    const v128_t low = wasm_i8x16_narrow_i16x8(two[0], two[1]), high = wasm_i8x16_narrow_i16x8(two[2], two[3]);
    wasm_v128_store(truths, wasm_i8x16_narrow_i16x8(low, high));
#else
    for (size_t i = 0; i < OC_GROUP; i++) truths[i] = (oc_truth)from[i / OC_WORDS][i % OC_WORDS];
#endif
}

static inline uint64_t eight_truths(const oc_truth *truths)
{
    uint64_t eight;
    __builtin_memcpy(&eight, truths, sizeof eight);
    return eight;
}

/* Whether any lane of a group is true. */
static inline bool matters(const oc_truth *when, size_t group)
{
    return (eight_truths(when + group) | eight_truths(when + group + 8)) != 0;
}

/* Whether any lane at all is. */
static inline bool any_of(const oc_truth *when)
{
    uint64_t any = 0;
    for (size_t i = 0; i < OC_LANES; i += 8) any |= eight_truths(when + i);
    return any != 0;
}

/* How many lanes are true. */
static inline uint64_t count_truths(const oc_truth *truths)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t count = 0;
    for (size_t i = 0; i < OC_LANES; i += 8) count += ((eight_truths(truths + i) & ones) * ones) >> 56;
    return count;
}

#endif
