/* Addressed random words.
 *
 * The words of a draw are a pure function of (seed, address of the site, date, attempt, trajectory) and of nothing
 * else: there is no state that a draw elsewhere could move. For each batch of OC_LANES trajectories and each
 * (site, date, attempt), eight generators xoroshiro128+ (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021; constants 24, 16, 37) are seeded by Philox4x32-10 (Salmon, Moraes, Dror and Shaw,
 * "Parallel random numbers: as easy as 1, 2, 3", SC 2011):
 *
 *     key     = low and high half of the seed
 *     counter = address low, address high, date in 24 bits and attempt in 8, batch * 8 + number of the generator
 *     state   = words 0 and 1 of the block (word 1 high), words 2 and 3 (word 3 high)
 *
 * A step makes a word of 64 bits for each generator: for eight lanes, lane i having that of generator i mod 8, or in
 * halves for sixteen, generator k serving lanes 2k (low half) and 2k + 1. If a draw takes several words, a group of 16
 * lanes takes its first words, then its second ones. A generator makes no more than 256 words, and its weak lowest bits
 * are of no weight in the numbers made of them.
 *
 * Batches up to 2^29 are distinct (5.5e11 trajectories for each seed). */
#ifndef OC_ENGINE_RANDOM_H
#define OC_ENGINE_RANDOM_H

#include "engine/bits.h"

#if defined(__SSE2__)
#include <immintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

enum {
    OC_STREAMS = 8,
    OC_GROUP = 16,             /* lanes that are drawn, or left out, together */
    OC_ATTEMPT_LIMIT = 128,    /* attempts of a rejection sampler; beta uses the upper 128 for its second gamma */
};

/* Philox4x32-10 in place. */
static inline void oc_philox(uint32_t counter[4], uint32_t key0, uint32_t key1)
{
    for (int round = 0; round < 10; round++) {
        uint64_t p = (uint64_t)counter[0] * 0xD2511F53u, q = (uint64_t)counter[2] * 0xCD9E8D57u;
        counter[0] = (uint32_t)(q >> 32) ^ counter[1] ^ key0;
        counter[2] = (uint32_t)(p >> 32) ^ counter[3] ^ key1;
        counter[1] = (uint32_t)q;
        counter[3] = (uint32_t)p;
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
}

/* Words of 64 bits side by side: as wide as this target's vectors, so that the state of the generators stays in
 * registers, which compilers don't achieve with loops. */
#if defined(__AVX512F__)
#define OC_VECTOR_BYTES 64
#elif defined(__AVX2__)
#define OC_VECTOR_BYTES 32
#else
#define OC_VECTOR_BYTES 16
#endif
typedef uint64_t oc_words __attribute__((vector_size(OC_VECTOR_BYTES)));
enum { OC_WORDS = OC_VECTOR_BYTES / 8, OC_VECTORS = OC_STREAMS / OC_WORDS };

/* Eight generators. */
typedef struct oc_streams {
    oc_words s0[OC_VECTORS], s1[OC_VECTORS];
} oc_streams;

/* The date's field of the counter: OC_NO_DATE becomes the one value that no date has. */
static inline uint32_t oc_streams_date(int32_t date, uint32_t attempt)
{
    uint32_t field = date == INT32_MIN ? 0x800000u : (uint32_t)date & 0xffffffu;
    return field | attempt << 24;
}

#if defined(__wasm_simd128__)

/* Four generators' words of 32 bits times a number, the products' low and high halves. Of a factor that they see to be
 * constant compilers make whole products of 64 bits, eight instructions each. */
static inline __attribute__((always_inline)) void oc_streams_product(v128_t x, v128_t factor, v128_t *ret_low,
                                                                     v128_t *ret_high)
{
    const v128_t first = wasm_u64x2_extmul_low_u32x4(x, factor), second = wasm_u64x2_extmul_high_u32x4(x, factor);
    *ret_low = wasm_i32x4_shuffle(first, second, 0, 2, 4, 6);
    *ret_high = wasm_i32x4_shuffle(first, second, 1, 3, 5, 7);
}

/* A number that compilers know nothing about, in all lanes. */
static inline __attribute__((always_inline)) v128_t oc_streams_factor(uint32_t factor)
{
    v128_t all = wasm_u32x4_splat(factor);
    __asm__("" : "+r"(all));
    return all;
}

__attribute__((noinline, unused)) static void oc_streams_fill(uint64_t s0[OC_STREAMS], uint64_t s1[OC_STREAMS],
    uint64_t seed, uint64_t address, uint32_t date, uint32_t batch)
{
    enum { FOURS = OC_STREAMS / 4 };
    const v128_t first = oc_streams_factor(0xD2511F53u), second = oc_streams_factor(0xCD9E8D57u);
    v128_t key0 = wasm_u32x4_splat((uint32_t)seed), key1 = wasm_u32x4_splat((uint32_t)(seed >> 32));
    v128_t c0[FOURS], c1[FOURS], c2[FOURS], c3[FOURS];
    for (uint32_t i = 0; i < FOURS; i++) {
        c0[i] = wasm_u32x4_splat((uint32_t)address);
        c1[i] = wasm_u32x4_splat((uint32_t)(address >> 32));
        c2[i] = wasm_u32x4_splat(date);
        c3[i] = wasm_i32x4_add(wasm_u32x4_splat(batch * OC_STREAMS + 4 * i), wasm_u32x4_const(0, 1, 2, 3));
    }
#pragma GCC unroll 10
    for (int round = 0; round < 10; round++) {
#pragma GCC unroll 2
        for (size_t i = 0; i < FOURS; i++) {
            v128_t p_low, p_high, q_low, q_high;
            oc_streams_product(c0[i], first, &p_low, &p_high);
            oc_streams_product(c2[i], second, &q_low, &q_high);
            c0[i] = wasm_v128_xor(wasm_v128_xor(q_high, c1[i]), key0);
            c2[i] = wasm_v128_xor(wasm_v128_xor(p_high, c3[i]), key1);
            c1[i] = q_low;
            c3[i] = p_low;
        }
        key0 = wasm_i32x4_add(key0, wasm_u32x4_const_splat(0x9E3779B9u));
        key1 = wasm_i32x4_add(key1, wasm_u32x4_const_splat(0xBB67AE85u));
    }
    for (size_t i = 0; i < FOURS; i++) {
        wasm_v128_store(s0 + 4 * i, wasm_i32x4_shuffle(c0[i], c1[i], 0, 4, 1, 5));
        wasm_v128_store(s0 + 4 * i + 2, wasm_i32x4_shuffle(c0[i], c1[i], 2, 6, 3, 7));
        wasm_v128_store(s1 + 4 * i, wasm_i32x4_shuffle(c2[i], c3[i], 0, 4, 1, 5));
        wasm_v128_store(s1 + 4 * i + 2, wasm_i32x4_shuffle(c2[i], c3[i], 2, 6, 3, 7));
    }
}

#else

/* Not inlined: compilers make good vector code of it only where it stands alone. */
__attribute__((noinline, unused)) static void oc_streams_fill(uint64_t s0[OC_STREAMS], uint64_t s1[OC_STREAMS],
    uint64_t seed, uint64_t address, uint32_t date, uint32_t batch)
{
    /* 32-bit words in 64-bit lanes: the widening product is then one instruction on every target. It reads the low
     * halves only, so that what is carried into the high ones need not be cleared. All rounds of a generator stand
     * in one iteration, because compilers turn that into vector code and the other order not. */
    OC_EACH
    for (size_t i = 0; i < OC_STREAMS; i++) {
        uint64_t c0 = address, c1 = address >> 32, c2 = date;
        uint64_t c3 = (uint64_t)batch * OC_STREAMS + i;
        uint64_t key0 = seed, key1 = seed >> 32;
#pragma GCC unroll 10
        for (int round = 0; round < 10; round++) {
            uint64_t p = (c0 & 0xffffffffu) * UINT64_C(0xD2511F53);
            uint64_t q = (c2 & 0xffffffffu) * UINT64_C(0xCD9E8D57);
            c0 = (q >> 32) ^ c1 ^ key0;
            c2 = (p >> 32) ^ c3 ^ key1;
            c1 = q;
            c3 = p;
            key0 += 0x9E3779B9u;
            key1 += 0xBB67AE85u;
        }
        s0[i] = (c0 & 0xffffffffu) | c1 << 32;
        s1[i] = (c2 & 0xffffffffu) | c3 << 32;
    }
}

#endif

/* From s0 of all generators and s1 of all. */
static inline oc_streams oc_streams_from(const uint64_t state[2 * OC_STREAMS])
{
    oc_streams streams;
    __builtin_memcpy(streams.s0, state, sizeof streams.s0);
    __builtin_memcpy(streams.s1, state + OC_STREAMS, sizeof streams.s1);
    return streams;
}

static inline oc_streams oc_streams_seed(uint64_t seed, uint64_t address, int32_t date, uint32_t attempt,
                                         uint32_t batch)
{
    uint64_t state[2 * OC_STREAMS];
    oc_streams_fill(state, state + OC_STREAMS, seed, address, oc_streams_date(date, attempt), batch);
    return oc_streams_from(state);
}

/* x << 24 | x >> 40: three bytes round, one instruction where bytes can be put in any order. */
static inline __attribute__((always_inline)) oc_words oc_streams_rotate(oc_words x)
{
#if defined(__AVX512F__)
    return (oc_words)_mm512_rol_epi64((__m512i)x, 24);
#elif defined(__AVX2__)
    const __m256i order = _mm256_set_epi8(12, 11, 10, 9, 8, 15, 14, 13, 4, 3, 2, 1, 0, 7, 6, 5,
                                          12, 11, 10, 9, 8, 15, 14, 13, 4, 3, 2, 1, 0, 7, 6, 5);
    return (oc_words)_mm256_shuffle_epi8((__m256i)x, order);
#elif defined(__wasm_simd128__)
    const v128_t order = wasm_i8x16_const(5, 6, 7, 0, 1, 2, 3, 4, 13, 14, 15, 8, 9, 10, 11, 12);
    return (oc_words)wasm_i8x16_swizzle((v128_t)x, order);
#else
    return x << 24 | x >> 40;
#endif
}

/* Words number OC_WORDS * i and following of a step. */
static inline __attribute__((always_inline)) oc_words oc_streams_step(oc_streams *streams, size_t i)
{
    oc_words s0 = streams->s0[i], s1 = streams->s1[i], word = s0 + s1;
    s1 ^= s0;
    streams->s0[i] = oc_streams_rotate(s0) ^ s1 ^ s1 << 16; /* -Wanalyzer-shift-count-overflow: takes lanes for bits */
    streams->s1[i] = s1 << 37 | s1 >> 27;
    return word;
}

/* A step whose words nobody wants. */
static inline __attribute__((always_inline)) void oc_streams_pass(oc_streams *streams)
{
#pragma GCC unroll 4
    for (size_t i = 0; i < OC_VECTORS; i++) (void)oc_streams_step(streams, i);
}

/* One word of each generator. */
static inline __attribute__((always_inline)) void oc_streams_next(oc_streams *streams, uint64_t words[OC_STREAMS])
{
#pragma GCC unroll 4
    for (size_t i = 0; i < OC_VECTORS; i++) {
        oc_words word = oc_streams_step(streams, i);
        __builtin_memcpy(words + OC_WORDS * i, &word, sizeof word);
    }
}

/* One word of 32 bits for each of 16 lanes. */
static inline __attribute__((always_inline)) void oc_streams_halves(oc_streams *streams, uint32_t words[OC_GROUP])
{
#pragma GCC unroll 4
    for (size_t i = 0; i < OC_VECTORS; i++) {
        oc_words word = oc_streams_step(streams, i);
        __builtin_memcpy(words + (size_t)2 * OC_WORDS * i, &word, sizeof word);
    }
}

/* One word of 64 bits for each of 16 lanes. */
static inline __attribute__((always_inline)) void oc_streams_group(oc_streams *streams, uint64_t words[OC_GROUP])
{
    oc_streams_next(streams, words);
    oc_streams_next(streams, words + OC_STREAMS);
}

/* (0, 1), the middle of one of 2^52 cells; never 0 or 1. */
static inline double oc_uniform(uint64_t word)
{
    return oc_from_bits(word >> 12 | UINT64_C(0x3ff0000000000000)) - (1.0 - 0x1p-53);
}

#endif
