/* Text sixty-four bytes at a time: what is asked of each byte is answered by one number, a bit a byte, the first one
 * lowest. Bytes that begin a word, a marker or a line are rare: whoever looks for them passes over the rest at a cost
 * of about one instruction a byte for five questions.
 *
 *     static inline oc_sixteen is_stop(oc_sixteen bytes) { return oc_sixteen_is(bytes, '.') | ...; }
 *
 *     char room[OC_BLOCK];
 *     for (size_t at = 0; at < text.len; at += OC_BLOCK)
 *         for (uint64_t bits = oc_block_bits(oc_block_at(text, at, room), is_stop); bits; bits &= bits - 1)
 *             use(at + oc_block_first(bits));
 *
 * In the text's last block all bytes behind its end are zero. The vectors are those of gcc and clang, on any machine.
 */
#ifndef OC_BASE_BLOCK_H
#define OC_BASE_BLOCK_H

#include <stdint.h>

#include "base/slice.h"

enum { OC_BLOCK = 64 };

/* Sixteen bytes, or sixteen answers: a byte of ones for yes and zero for no. */
typedef unsigned char oc_sixteen __attribute__((vector_size(16)));

static inline oc_sixteen oc_sixteen_is(oc_sixteen bytes, unsigned char byte)
{
    return (oc_sixteen)(bytes == (oc_sixteen){0} + byte);
}

/* At least `byte`. */
static inline oc_sixteen oc_sixteen_from(oc_sixteen bytes, unsigned char byte)
{
    return (oc_sixteen)(bytes >= (oc_sixteen){0} + byte);
}

/* Between `first` and `last`, both included. */
static inline oc_sixteen oc_sixteen_in(oc_sixteen bytes, unsigned char first, unsigned char last)
{
    return (oc_sixteen)(bytes - first <= (oc_sixteen){0} + (unsigned char)(last - first));
}

/* Continues a character of UTF-8. */
static inline oc_sixteen oc_sixteen_continues(oc_sixteen bytes)
{
    typedef signed char numbers __attribute__((vector_size(16)));
    return (oc_sixteen)((numbers)bytes < (numbers){0} - 64);
}

/* The high bits of sixteen bytes. */
static inline uint64_t oc_sixteen_bits(oc_sixteen bytes)
{
#ifdef __SSE2__
    typedef char chars __attribute__((vector_size(16)));
    return (uint64_t)(unsigned)__builtin_ia32_pmovmskb128((chars)bytes);
#else
    /* The product has each high bit once in its highest byte. */
    uint64_t half[2];
    memcpy(half, &bytes, sizeof half);
    for (int i = 0; i < 2; i++)
        half[i] = (half[i] >> 7 & UINT64_C(0x0101010101010101)) * UINT64_C(0x0102040810204080) >> 56;
    return half[0] | half[1] << 8;
#endif
}

/* The sum of sixteen numbers of a byte. Answers that are subtracted from zero count themselves, up to 255 times. */
static inline size_t oc_sixteen_sum(oc_sixteen numbers)
{
    uint64_t half[2], sum = 0;
    memcpy(half, &numbers, sizeof half);
    for (int i = 0; i < 2; i++)
        sum += (half[i] & UINT64_C(0x00ff00ff00ff00ff)) + (half[i] >> 8 & UINT64_C(0x00ff00ff00ff00ff));
    return (size_t)(sum * UINT64_C(0x0001000100010001) >> 48);
}

/* Sixty-four bytes from `at` on that can be read: the text itself or its copy in `room`. at < text.len. */
static inline const char *oc_block_at(oc_slice text, size_t at, char room[OC_BLOCK])
{
    if (text.len - at >= OC_BLOCK) return text.ptr + at;
    memset(room, 0, OC_BLOCK);
    memcpy(room, text.ptr + at, text.len - at);
    return room;
}

/* The bits of the bytes that `answer` says yes to. */
static inline uint64_t oc_block_bits(const char *block, oc_sixteen (*answer)(oc_sixteen bytes))
{
    oc_sixteen part[4];
    memcpy(part, block, sizeof part);
    return oc_sixteen_bits(answer(part[0])) | oc_sixteen_bits(answer(part[1])) << 16 |
           oc_sixteen_bits(answer(part[2])) << 32 | oc_sixteen_bits(answer(part[3])) << 48;
}

/* The bits of the bytes that are `byte`. */
static inline uint64_t oc_block_is(const char *block, unsigned char byte)
{
    oc_sixteen part[4];
    memcpy(part, block, sizeof part);
    return oc_sixteen_bits(oc_sixteen_is(part[0], byte)) | oc_sixteen_bits(oc_sixteen_is(part[1], byte)) << 16 |
           oc_sixteen_bits(oc_sixteen_is(part[2], byte)) << 32 | oc_sixteen_bits(oc_sixteen_is(part[3], byte)) << 48;
}

/* The place of the lowest bit; bits is not 0. */
static inline size_t oc_block_first(uint64_t bits)
{
    return (size_t)__builtin_ctzll(bits);
}

/* The bits of the first `count` bytes. */
static inline uint64_t oc_block_until(size_t count)
{
    return count < OC_BLOCK ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
}

/* How many bytes of the text `answer` says yes to, and whether it does to any. */
static inline size_t oc_block_count(oc_slice text, oc_sixteen (*answer)(oc_sixteen bytes))
{
    char room[OC_BLOCK];
    size_t count = 0;
    for (size_t at = 0; at < text.len; at += OC_BLOCK) {
        uint64_t bits = oc_block_bits(oc_block_at(text, at, room), answer) & oc_block_until(text.len - at);
        if (bits) count += (size_t)__builtin_popcountll(bits);
    }
    return count;
}

static inline bool oc_block_any(oc_slice text, oc_sixteen (*answer)(oc_sixteen bytes))
{
    char room[OC_BLOCK];
    for (size_t at = 0; at < text.len; at += OC_BLOCK)
        if (oc_block_bits(oc_block_at(text, at, room), answer) & oc_block_until(text.len - at)) return true;
    return false;
}

#endif
