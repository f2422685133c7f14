/* Arithmetic, comparison and logic over columns: a loop for each combination of columns and scalars worth one. */
#ifndef OC_ENGINE_ELEMENTWISE_H
#define OC_ENGINE_ELEMENTWISE_H

#include "engine/columns.h"
#include "engine/kernels.h"
#include "engine/never.h"
#include "engine/random.h"

#define UNARY(NAME, EXPRESSION)                                                     \
    OPERATION void NAME(oc_cell *dst, source a, const oc_where *where)              \
    {                                                                               \
        if (!a.column) {                                                            \
            const double x = a.scalar, y = EXPRESSION;                              \
            LANES_OF(where, i) dst[i].f = y;                                        \
            return;                                                                 \
        }                                                                           \
        LANES_OF(where, i) {                                                        \
            const double x = a.column[i].f;                                         \
            dst[i].f = EXPRESSION;                                                  \
        }                                                                           \
    }

/* EXPRESSION of x and y. */
#define BINARY(NAME, EXPRESSION)                                                    \
    OPERATION void NAME(oc_cell *dst, source a, source b, const oc_where *where)    \
    {                                                                               \
        if (a.column && b.column) {                                                 \
            LANES_OF(where, i) {                                                    \
                const double x = a.column[i].f, y = b.column[i].f;                  \
                dst[i].f = EXPRESSION;                                              \
            }                                                                       \
        } else if (a.column) {                                                      \
            const double y = b.scalar;                                              \
            LANES_OF(where, i) {                                                    \
                const double x = a.column[i].f;                                     \
                dst[i].f = EXPRESSION;                                              \
            }                                                                       \
        } else if (b.column) {                                                      \
            const double x = a.scalar;                                              \
            LANES_OF(where, i) {                                                    \
                const double y = b.column[i].f;                                     \
                dst[i].f = EXPRESSION;                                              \
            }                                                                       \
        } else {                                                                    \
            const double x = a.scalar, y = b.scalar;                                \
            LANES_OF(where, i) dst[i].f = EXPRESSION;                               \
        }                                                                           \
    }

/* Calls LOOP(A, B, …) with what reads a vector of a and of b, lanes `at` and following of a group. */
#define VECTOR_A load_reals(a.column + group + at)
#define VECTOR_B load_reals(b.column + group + at)
#define BY_TWO_VECTORS(a, b, LOOP, ...)                                             \
    do {                                                                            \
        if ((a).column && (b).column) LOOP(VECTOR_A, VECTOR_B, __VA_ARGS__)         \
        else if ((a).column) LOOP(VECTOR_A, scalar_b, __VA_ARGS__)                  \
        else if ((b).column) LOOP(scalar_a, VECTOR_B, __VA_ARGS__)                  \
        else LOOP(scalar_a, scalar_b, __VA_ARGS__)                                  \
    } while (0)

/* What is a few instructions: group by group, as a run of lanes is often no longer; EXPRESSION of vectors x and y. */
#define QUICK(NAME, EXPRESSION)                                                     \
    OPERATION void NAME(oc_cell *dst, source a, source b, const oc_where *where)    \
    {                                                                               \
        const reals scalar_a = all_lanes(a.scalar), scalar_b = all_lanes(b.scalar); \
        BY_TWO_VECTORS(a, b, STEP, EXPRESSION);                                     \
    }

#define STEP(A, B, EXPRESSION)                                                      \
    GROUPS_OF(where, group) {                                                       \
        _Pragma("GCC unroll 8")                                                     \
        for (size_t at = 0; at < OC_GROUP; at += OC_WORDS) {                        \
            const reals x = A, y = B;                                               \
            (void)y;                                                                \
            store_reals(dst + group + at, EXPRESSION);                              \
        }                                                                           \
    }

UNARY(negate, oc_never_negate(x))
UNARY(absolute, oc_k_abs(x))
UNARY(floor_of, oc_k_floor(x))
UNARY(round_of, oc_k_round(x))
UNARY(square_root, oc_k_sqrt(x))
UNARY(exponential_all, oc_k_exp(x))
UNARY(logarithm_all, oc_k_log(x))
UNARY(logistic_all, oc_k_logistic(x))
UNARY(logit_all, oc_k_logit(x))
UNARY(expm1neg_any, oc_k_expm1neg(x))
UNARY(expm1neg_small, -oc_k_expm1_small(-x))
UNARY(year_any, oc_k_year(x))
UNARY(year_start_any, oc_k_year_start(x))

QUICK(add, x + y)
BINARY(subtract, oc_never_subtract(x, y))
BINARY(multiply, oc_never_multiply(x, y))
BINARY(divide, oc_never_divide(x, y))
QUICK(smaller, blend(COMPARED(x, ==, x, _CMP_EQ_OQ), lesser(x, y), x))
QUICK(larger, blend(COMPARED(x, ==, x, _CMP_EQ_OQ), greater(x, y), x))

/* Truths about numbers: OPERATOR of C, CODE of the instruction where comparisons have one. */
#define COMPARISON(NAME, OPERATOR, CODE)                                            \
    OPERATION void NAME(oc_truth *dst, source a, source b, const oc_where *where)   \
    {                                                                               \
        const reals scalar_a = all_lanes(a.scalar), scalar_b = all_lanes(b.scalar); \
        compared found[OC_GROUP_VECTORS];                                           \
        BY_TWO_VECTORS(a, b, COMPARE, OPERATOR, CODE);                              \
    }

#define COMPARE(A, B, OPERATOR, CODE)                                               \
    GROUPS_OF(where, group) {                                                       \
        for (size_t at = 0; at < OC_GROUP; at += OC_WORDS) found[at / OC_WORDS] = COMPARED(A, OPERATOR, B, CODE); \
        narrow(dst + group, found);                                                 \
    }

COMPARISON(less, <, _CMP_LT_OQ)
COMPARISON(less_equal, <=, _CMP_LE_OQ)
COMPARISON(equal, ==, _CMP_EQ_OQ)
COMPARISON(unequal, !=, _CMP_NEQ_UQ)

/* Of columns only: an exponent that compilers see to be the same for all lanes makes branches of the choices. */
OPERATION void power(oc_cell *dst, const oc_cell *a, const oc_cell *b)
{
    LANES(i) dst[i].f = oc_k_pow(a[i].f, b[i].f);
}

/* The groups with a lane in the mask, or all where few would be left out. */
OPERATION void find_groups(oc_where *where, const oc_where *everywhere, const oc_truth *when)
{
    enum { GROUPS = OC_LANES / OC_GROUP, MANY = GROUPS * 3 / 4 };
    uint64_t left = 0;
    for (size_t group = 0; group < GROUPS; group++) left |= (uint64_t)matters(when, group * OC_GROUP) << group;
    if (__builtin_popcountll(left) > MANY) {
        *where = *everywhere;
        return;
    }
    uint32_t count = 0;
    while (left) {
        const size_t first = (size_t)__builtin_ctzll(left), length = (size_t)__builtin_ctzll(~(left >> first));
        where->runs[count++] = (oc_lane_run){first * OC_GROUP, length * OC_GROUP};
        left &= ~((((uint64_t)1 << length) - 1) << first);
    }
    where->count = count;
}

static void leave_out(oc_cell *dst)
{
    for (size_t i = 0; i < OC_GROUP; i++) dst[i].f = 0.0;
}

OPERATION void copy(oc_cell *dst, source a, const oc_where *where)
{
    const reals scalar_a = all_lanes(a.scalar);
    if (a.column) STEP(VECTOR_A, x, x)
    else STEP(scalar_a, x, x)
}

/* The costly functions: of all lanes, or of those groups in which the value matters. */
#define COSTLY(NAME, ALL, EXPRESSION)                                               \
    OPERATION void NAME(oc_cell *dst, source a, const oc_truth *when, const oc_where *where) \
    {                                                                               \
        if (!when || !a.column) {                                                   \
            ALL(dst, a, where);                                                     \
            return;                                                                 \
        }                                                                           \
        for (size_t group = 0; group < OC_LANES; group += OC_GROUP) {               \
            if (!matters(when, group)) {                                            \
                leave_out(dst + group);                                             \
                continue;                                                           \
            }                                                                       \
            const oc_cell *in = a.column + group;                                   \
            oc_cell *out = dst + group;                                             \
            OC_EACH                                                                 \
            for (size_t i = 0; i < OC_GROUP; i++) {                                 \
                const double x = in[i].f;                                           \
                out[i].f = EXPRESSION;                                              \
            }                                                                       \
        }                                                                           \
    }

COSTLY(exponential, exponential_all, oc_k_exp(x))
COSTLY(logarithm, logarithm_all, oc_k_log(x))
COSTLY(logistic, logistic_all, oc_k_logistic(x))
COSTLY(logit, logit_all, oc_k_logit(x))

/* A product with a positive finite scalar needs no care for never, nor does one of what is not never. */
QUICK(multiply_plain, x * y)
/* Likewise a quotient by such a scalar. */
QUICK(divide_plain, x / y)
/* Likewise a difference from what is not never. */
QUICK(subtract_plain, x - y)
/* NaN of the column comes out of these without being looked for; the scalar is no NaN. */
QUICK(smaller_plain, lesser(y, x))
QUICK(larger_plain, greater(y, x))

static bool is_plain(source s)
{
    return !s.column && s.scalar > 0.0 && s.scalar < OC_NEVER;
}

/* Whether a number is never, or any lane of its column: nothing is greater. */
static bool any_never(source s, const oc_where *where)
{
    if (!s.column) return s.scalar == OC_NEVER;
    reals greatest[OC_GROUP_VECTORS];
    for (size_t i = 0; i < OC_GROUP_VECTORS; i++) greatest[i] = all_lanes(0.0);
    GROUPS_OF(where, group) {
        _Pragma("GCC unroll 8")
        for (size_t i = 0; i < OC_GROUP_VECTORS; i++)
            greatest[i] = greater(load_reals(s.column + group + OC_WORDS * i), greatest[i]);
    }
    bool any = false;
    for (size_t i = 0; i < OC_GROUP; i++) any |= greatest[i / OC_WORDS][i % OC_WORDS] == OC_NEVER;
    return any;
}

static void do_subtract(oc_cell *dst, source a, source b, const oc_where *where)
{
    if (any_never(b, where)) subtract(dst, a, b, where);
    else subtract_plain(dst, a, b, where);
}

static void do_multiply(oc_cell *dst, source a, source b, const oc_where *where)
{
    if (is_plain(a) || is_plain(b) || !(any_never(a, where) || any_never(b, where))) multiply_plain(dst, a, b, where);
    else multiply(dst, a, b, where);
}

#if defined(__FMA__)
/* Whether quotients of the column by a number near 1 neither overflow nor lose bits at the other end. */
static bool is_moderate(const oc_cell *a, const oc_where *where)
{
    uint64_t odd = 0;
    LANES_OF(where, i) {
        const double size = oc_k_abs(a[i].f);
        odd |= oc_bits((size <= 0x1p500) & ((size >= 0x1p-500) | (size == 0.0)) ? 0.0 : 1.0);
    }
    return !odd;
}

/* Division by the same number for all lanes, a third of its time: multiplication by the rounded inverse, and two
 * remainders added. The first makes the quotient one of the two nearest numbers; then, the inverse being correctly
 * rounded, the second makes it the correctly rounded one (Markstein, IBM J. Res. Dev. 34, 1990). Fused operations are
 * part of the method: what comes out is the bits of the division. */
static void divide_by_one(oc_cell *dst, const oc_cell *a, double y, const oc_where *where)
{
    const double inverse = 1.0 / y;
    LANES_OF(where, i) {
        const double x = a[i].f;
        double q = x * inverse;
        q = __builtin_fma(__builtin_fma(-y, q, x), inverse, q);
        q = __builtin_fma(__builtin_fma(-y, q, x), inverse, q);
        dst[i].u = oc_bits(q) | (oc_bits(x) & UINT64_C(0x8000000000000000)); /* of minus zero too */
    }
}
#endif

static void do_divide(oc_cell *dst, source a, source b, const oc_where *where)
{
#if defined(__FMA__)
    if (a.column && !b.column && b.scalar > 0x1p-400 && b.scalar < 0x1p400 && is_moderate(a.column, where)) {
        divide_by_one(dst, a.column, b.scalar, where);
        return;
    }
#endif
    if (is_plain(b)) divide_plain(dst, a, b, where);
    else divide(dst, a, b, where);
}

static void do_smaller(oc_cell *dst, source a, source b, const oc_where *where)
{
    if (a.column && !b.column && b.scalar == b.scalar) smaller_plain(dst, a, b, where);
    else smaller(dst, a, b, where);
}

static void do_larger(oc_cell *dst, source a, source b, const oc_where *where)
{
    if (a.column && !b.column && b.scalar == b.scalar) larger_plain(dst, a, b, where);
    else larger(dst, a, b, where);
}

/* Hazards over a step are small as a rule; if all are, half of the work can be left out. */
static void expm1neg_all(oc_cell *dst, source a, const oc_where *where)
{
    uint64_t large = 0;
    if (a.column) {
        LANES_OF(where, i) large |= oc_bits(oc_k_abs(a.column[i].f) < OC_EXPM1_SMALL ? 0.0 : 1.0);
    } else {
        large = !(oc_k_abs(a.scalar) < OC_EXPM1_SMALL);
    }
    if (large) expm1neg_any(dst, a, where);
    else expm1neg_small(dst, a, where);
}

COSTLY(expm1neg, expm1neg_all, oc_k_expm1neg(x))

/* The least and the greatest number of a column; the latter NaN if any is. */
static void extremes(const oc_cell *a, const oc_where *where, double *ret_least, double *ret_greatest)
{
    double least[OC_GROUP], greatest[OC_GROUP];
    for (size_t k = 0; k < OC_GROUP; k++) least[k] = greatest[k] = a[where->runs[0].first + k].f;
    for (uint32_t run = 0; run < where->count; run++) {
        const oc_cell *from = a + where->runs[run].first;
        for (size_t lane = 0; lane < where->runs[run].lanes; lane += OC_GROUP) {
            for (size_t k = 0; k < OC_GROUP; k++) {
                const double x = from[lane + k].f;
                least[k] = x < least[k] ? x : least[k];
                greatest[k] = oc_never_max(greatest[k], x);
            }
        }
    }
    *ret_least = least[0];
    *ret_greatest = greatest[0];
    for (size_t k = 1; k < OC_GROUP; k++) {
        *ret_least = least[k] < *ret_least ? least[k] : *ret_least;
        *ret_greatest = oc_never_max(*ret_greatest, greatest[k]);
    }
}

/* Whether a column's numbers lie within `width` of the least of them, and none further than `far` from 0. */
static bool is_narrow(source a, const oc_where *where, double width, double far, double *ret_least)
{
    if (!a.column || where->count == 0) return false;
    double greatest;
    extremes(a.column, where, ret_least, &greatest);
    return greatest - *ret_least < width && *ret_least > -far && greatest < far;
}

/* Days of an event lie close together as a rule: within less than a year there is one new year at most. */
OPERATION void year(oc_cell *dst, source a, const oc_where *where)
{
    double least;
    if (!is_narrow(a, where, 365.0, OC_MAX_DAY, &least)) {
        year_any(dst, a, where);
        return;
    }
    const double before = oc_k_year(least), after = before + 1.0, border = oc_k_year_start(after);
    LANES_OF(where, i) dst[i].f = a.column[i].f >= border ? after : before;
}

/* Likewise of few years. */
OPERATION void year_start(oc_cell *dst, source a, const oc_where *where)
{
    double least;
    if (!is_narrow(a, where, 3.0, OC_MAX_DAY / 365.0, &least)) {
        year_start_any(dst, a, where);
        return;
    }
    double border[4], start[4];
    for (int k = 0; k < 4; k++) {
        border[k] = oc_k_floor(least) + k;
        start[k] = oc_k_year_start(border[k]);
    }
    LANES_OF(where, i) {
        const double y = a.column[i].f;
        double day = y >= border[1] ? start[1] : start[0];
        day = y >= border[2] ? start[2] : day;
        dst[i].f = y >= border[3] ? start[3] : day;
    }
}

OPERATION void multiply_add(oc_cell *dst, source a, source b, source c, const oc_where *where)
{
    const reals scalar_a = all_lanes(a.scalar), scalar_b = all_lanes(b.scalar), scalar_c = all_lanes(c.scalar);
    if (c.column) BY_TWO_VECTORS(a, b, STEP, x * y + load_reals(c.column + group + at));
    else BY_TWO_VECTORS(a, b, STEP, x * y + scalar_c);
}

#define CHOOSE(A, B, when)                                                          \
    GROUPS_OF(where, group) {                                                       \
        const wide_truths wide = widen((when) + group);                             \
        for (size_t at = 0; at < OC_GROUP; at += OC_WORDS)                          \
            store_reals(dst + group + at, choose(wide.at[at / OC_WORDS], A, B));    \
    }

OPERATION void select_of(oc_cell *dst, source a, source b, const oc_truth *when, const oc_where *where)
{
    const reals scalar_a = all_lanes(a.scalar), scalar_b = all_lanes(b.scalar);
    BY_TWO_VECTORS(a, b, CHOOSE, when);
}

/* What is kept is seldom replaced in many lanes: groups without one are passed over. */
#define REPLACE(A)                                                                  \
    GROUPS_OF(where, group) {                                                       \
        if (!matters(when, group)) continue;                                        \
        const wide_truths wide = widen(when + group);                               \
        for (size_t at = 0; at < OC_GROUP; at += OC_WORDS)                          \
            store_reals(dst + group + at, choose(wide.at[at / OC_WORDS], A, load_reals(dst + group + at))); \
    }

OPERATION void keep(oc_cell *dst, source a, const oc_truth *when, const oc_where *where)
{
    const reals scalar_a = all_lanes(a.scalar);
    if (a.column) REPLACE(VECTOR_A)
    else REPLACE(scalar_a)
}

OPERATION void keep_mask(oc_truth *dst, const oc_truth *a, const oc_truth *when, const oc_where *where)
{
    LANES_OF(where, i) dst[i] = (oc_truth)((a[i] & when[i]) | (dst[i] & ~when[i]));
}

OPERATION void move_mask(oc_truth *dst, const oc_truth *a, oc_truth flip, const oc_where *where)
{
    LANES_OF(where, i) dst[i] = a[i] ^ flip;
}

OPERATION void both(oc_truth *dst, const oc_truth *a, const oc_truth *b, const oc_where *where)
{
    LANES_OF(where, i) dst[i] = a[i] & b[i];
}

OPERATION void either(oc_truth *dst, const oc_truth *a, const oc_truth *b, const oc_where *where)
{
    LANES_OF(where, i) dst[i] = a[i] | b[i];
}

OPERATION void one_without(oc_truth *dst, const oc_truth *a, const oc_truth *b, const oc_where *where)
{
    LANES_OF(where, i) dst[i] = (oc_truth)(a[i] & ~b[i]);
}

#endif
