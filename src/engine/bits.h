/* Bit patterns of numbers, and the hint that lets loops over lanes become vector code.
 *
 * Part of the freestanding engine: everything here is inline, has no state and needs no library. */
#ifndef OC_ENGINE_BITS_H
#define OC_ENGINE_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One lane of a column of numbers, and its bits. Where one cell stands for a column of either kind, a truth is all bits
 * set or none. */
typedef union oc_cell {
    double f;
    uint64_t u;
} oc_cell;

/* One lane of a column of truths: all bits set, or none. */
typedef uint8_t oc_truth;

/* Before a loop whose iterations do not depend on one another. Columns are either the same or disjoint, so a
 * destination that is also a source is no dependency either. */
#if defined(__clang__)
#define OC_EACH _Pragma("clang loop vectorize(assume_safety)")
#else
#define OC_EACH _Pragma("GCC ivdep")
#endif

#define OC_NEVER ((double)__builtin_inf())
#define OC_NAN ((double)__builtin_nan(""))

static inline uint64_t oc_bits(double x)
{
    oc_cell cell = {.f = x};
    return cell.u;
}

static inline double oc_from_bits(uint64_t u)
{
    oc_cell cell = {.u = u};
    return cell.f;
}

static inline uint32_t oc_bits_single(float x)
{
    union { float f; uint32_t u; } cell = {.f = x};
    return cell.u;
}

static inline float oc_single_from_bits(uint32_t u)
{
    union { float f; uint32_t u; } cell = {.u = u};
    return cell.f;
}

#endif
