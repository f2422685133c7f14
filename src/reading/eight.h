/* Eight bytes of text as one number, the first byte lowest: compared, folded and hashed at once. */
#ifndef OC_READING_EIGHT_H
#define OC_READING_EIGHT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define OC_EACH UINT64_C(0x0101010101010101)

/* The high bit of each byte that is in [first, last]; only those below 128 are looked at. */
static inline uint64_t oc_eight_in_range(uint64_t bytes, unsigned first, unsigned last)
{
    uint64_t low = bytes & OC_EACH * 0x7f;
    return ((low + OC_EACH * (0x80 - first)) ^ (low + OC_EACH * (0x7f - last))) & ~bytes & OC_EACH * 0x80;
}

static inline uint64_t oc_eight_bytes(const unsigned char *p, unsigned count)
{
    uint64_t bytes = 0;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&bytes, p, count); /* one instruction: compilers do not see it in the loop */
#else
    for (unsigned i = 0; i < count; i++) bytes |= (uint64_t)p[i] << 8 * i;
#endif
    return bytes;
}

/* Up to eight bytes from p on, the first one lowest; zeros behind `left`. Of less than eight the last ones are read a
 * second time: no loop. */
static inline uint64_t oc_eight_load(const unsigned char *p, size_t left)
{
    if (left >= 8) return oc_eight_bytes(p, 8);
    if (left >= 4) return oc_eight_bytes(p, 4) | oc_eight_bytes(p + (left - 4), 4) << 8 * (left - 4);
    if (left >= 2) return oc_eight_bytes(p, 2) | oc_eight_bytes(p + (left - 2), 2) << 8 * (left - 2);
    return left ? p[0] : 0;
}

/* Small letters in place of capital ones. */
static inline uint64_t oc_eight_lower(uint64_t bytes)
{
    return bytes | oc_eight_in_range(bytes, 'A', 'Z') >> 2;
}

/* The first `size` of eight loaded bytes. */
static inline uint64_t oc_eight_first(uint64_t bytes, unsigned size)
{
    return size < 8 ? bytes & ((UINT64_C(1) << 8 * size) - 1) : bytes;
}

/* The last eight bytes of a text of `length`, the last one highest; zeros before its start. */
static inline uint64_t oc_eight_last(const unsigned char *p, size_t length)
{
    if (length >= 8) return oc_eight_load(p + length - 8, 8);
    return length ? oc_eight_load(p, length) << 8 * (8 - length) : 0;
}

#endif
