/* Addressed random words.
 *
 * The words of a draw are a pure function of (seed, address of the site, date, attempt, trajectory) and of nothing
 * else: there is no state that a draw elsewhere could move. For each batch of OC_LANES trajectories and each
 * (site, date, attempt), sixteen generators xoshiro128++ 1.0 (Blackman and Vigna, "Scrambled linear pseudorandom
 * number generators", ACM TOMS 47, 2021) are seeded by Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random
 * numbers: as easy as 1, 2, 3", SC 2011):
 *
 *     key     = low and high half of the seed
 *     counter = address low, address high, date in 24 bits and attempt in 8, batch * 16 + number of the generator
 *     state   = the four words of the block
 *
 * Lane i of the batch belongs to generator i mod 16. If a draw takes k words, lane i takes those of steps
 * k * (i / 16) .. k * (i / 16) + k - 1. So a vector of 16 lanes makes 16 words a step on every target, and the words
 * of one lane can be had without those of the lanes beside it.
 *
 * Batches up to 2^28 are distinct (2.7e11 trajectories for each seed). */
#ifndef OC_ENGINE_RANDOM_H
#define OC_ENGINE_RANDOM_H

#include "engine/bits.h"

enum {
    OC_STREAMS = 16,
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

/* Sixteen generators side by side. */
typedef struct oc_streams {
    uint32_t s0[OC_STREAMS], s1[OC_STREAMS], s2[OC_STREAMS], s3[OC_STREAMS];
} oc_streams;

/* The date's field of the counter: OC_NO_DATE becomes the one value that no date has. */
static inline uint32_t oc_streams_date(int32_t date, uint32_t attempt)
{
    uint32_t field = date == INT32_MIN ? 0x800000u : (uint32_t)date & 0xffffffu;
    return field | attempt << 24;
}

/* Not inlined: compilers make good vector code of it only where it stands alone. */
__attribute__((noinline, unused)) static void oc_streams_fill(oc_streams *streams, uint64_t seed, uint64_t address,
                                                              uint32_t date, uint32_t batch)
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
        streams->s0[i] = (uint32_t)c0;
        streams->s1[i] = (uint32_t)c1;
        streams->s2[i] = (uint32_t)c2;
        streams->s3[i] = (uint32_t)c3;
    }
}

/* Returned by value, copied, so that the state of the generators can stay in registers. */
static inline oc_streams oc_streams_seed(uint64_t seed, uint64_t address, int32_t date, uint32_t attempt, uint32_t batch)
{
    oc_streams seeded, streams;
    oc_streams_fill(&seeded, seed, address, oc_streams_date(date, attempt), batch);
    for (size_t i = 0; i < OC_STREAMS; i++) {
        streams.s0[i] = seeded.s0[i];
        streams.s1[i] = seeded.s1[i];
        streams.s2[i] = seeded.s2[i];
        streams.s3[i] = seeded.s3[i];
    }
    return streams;
}

static inline uint32_t oc_rotate(uint32_t x, int by)
{
    return x << by | x >> (32 - by);
}

/* One word of each generator. */
static inline void oc_streams_next(oc_streams *streams, uint32_t words[OC_STREAMS])
{
    OC_EACH
    for (size_t i = 0; i < OC_STREAMS; i++) {
        uint32_t s0 = streams->s0[i], s1 = streams->s1[i], s2 = streams->s2[i], s3 = streams->s3[i];
        words[i] = oc_rotate(s0 + s3, 7) + s0;
        uint32_t t = s1 << 9;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        streams->s0[i] = s0;
        streams->s1[i] = s1;
        streams->s2[i] = s2;
        streams->s3[i] = oc_rotate(s3, 11);
    }
}

/* (0, 1), the middle of one of 2^52 cells; never 0 or 1. */
static inline double oc_uniform(uint32_t high, uint32_t low)
{
    uint64_t bits = (uint64_t)high << 20 | low >> 12;
    return oc_from_bits(bits | UINT64_C(0x3ff0000000000000)) - (1.0 - 0x1p-53);
}

#endif
