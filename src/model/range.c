/* Interval arithmetic (Moore 1966) over the engine's instructions; see range.h.
 *
 * Rounding is monotone, so the ends of sums, differences, products and quotients are the engine's own results at the
 * ends. The engine's exp, log, logistic and the rest are accurate to a few units in the last place but not proven
 * monotone: their ends are moved outwards by WIDE. Where `never` (+infinity) could come in, or an end is not finite,
 * nothing is claimed beyond what the instruction promises for all values. Example: exp(5.85 + 0.81 z) with |z| <= 8.5
 * lies in [0.35, 3.4e5], so 1 / it is never NaN and never negative. */
#include "model/range.h"

#include "engine/math.h"

#define WIDE 1e-9
/* Further than any normal draw: the inverse at 2^-53 is -8.21. */
#define FARTHEST_NORMAL 8.5

static bool is_finite(oc_range a)
{
    return a.real && isfinite(a.low) && isfinite(a.high);
}

oc_range oc_range_join(oc_range a, oc_range b)
{
    return (oc_range){fmin(a.low, b.low), fmax(a.high, b.high), a.real && b.real};
}

static oc_range of_corners(oc_range a, oc_range b, double (*f)(double, double))
{
    double w = f(a.low, b.low), x = f(a.low, b.high), y = f(a.high, b.low), z = f(a.high, b.high);
    oc_range r = {fmin(fmin(w, x), fmin(y, z)), fmax(fmax(w, x), fmax(y, z)), true};
    return is_finite(r) ? r : OC_RANGE_ANY;
}

static double plus(double a, double b)
{
    return a + b;
}

static double minus(double a, double b)
{
    return a - b;
}

static double times(double a, double b)
{
    return a * b;
}

static double over(double a, double b)
{
    return a / b;
}

/* Of a rising function that is accurate but not proven monotone. */
static oc_range rising(oc_range a, double (*f)(double), double low, double high)
{
    if (!is_finite(a)) return (oc_range){low, high, false};
    double x = f(a.low), y = f(a.high);
    if (!isfinite(x) || !isfinite(y)) return (oc_range){low, high, false};
    return (oc_range){fmax(low, x - WIDE * fabs(x)), fmin(high, y + WIDE * fabs(y)), true};
}

/* Neither is below 0 or NaN, `never` included: so are their sum and their product. */
static bool both_nonnegative(oc_range a, oc_range b)
{
    return a.real && b.real && a.low >= 0 && b.low >= 0;
}

static const oc_range nonnegative = {0, INFINITY, true};

static oc_range sum(oc_range a, oc_range b)
{
    if (is_finite(a) && is_finite(b)) return of_corners(a, b, plus);
    return both_nonnegative(a, b) ? nonnegative : OC_RANGE_ANY;
}

static oc_range product(oc_range a, oc_range b)
{
    if (is_finite(a) && is_finite(b)) return of_corners(a, b, times);
    return both_nonnegative(a, b) ? nonnegative : OC_RANGE_ANY;
}

static oc_range quotient(oc_range a, oc_range b)
{
    bool apart = b.low > 0 || b.high < 0;
    if (is_finite(a) && is_finite(b) && apart) return of_corners(a, b, over);
    return both_nonnegative(a, b) && b.low > 0 ? nonnegative : OC_RANGE_ANY;
}

static oc_range absolute(oc_range a)
{
    double end = fmax(fabs(a.low), fabs(a.high));
    return (oc_range){a.low > 0 ? a.low : a.high < 0 ? -a.high : 0, end, a.real};
}

static oc_range smaller(oc_range a, oc_range b, bool larger)
{
    if (larger) return (oc_range){fmax(a.low, b.low), fmax(a.high, b.high), a.real && b.real};
    return (oc_range){fmin(a.low, b.low), fmin(a.high, b.high), a.real && b.real};
}

oc_range oc_range_of(oc_opcode op, oc_range a, oc_range b, oc_range c)
{
    switch (op) {
    case OC_OP_MOVE: return a;
    case OC_OP_SELECT: return oc_range_join(a, b);
    case OC_OP_ADD: return sum(a, b);
    case OC_OP_SUB: return is_finite(a) && is_finite(b) ? of_corners(a, b, minus) : OC_RANGE_ANY;
    case OC_OP_MUL: return product(a, b);
    case OC_OP_MULADD: return is_finite(a) && is_finite(b) && is_finite(c) ? sum(product(a, b), c) : OC_RANGE_ANY;
    case OC_OP_DIV: return quotient(a, b);
    case OC_OP_MIN: return smaller(a, b, false);
    case OC_OP_MAX: return smaller(a, b, true);
    case OC_OP_NEG: return is_finite(a) ? (oc_range){-a.high, -a.low, true} : OC_RANGE_ANY;
    case OC_OP_ABS: return absolute(a);
    case OC_OP_FLOOR: return is_finite(a) ? (oc_range){floor(a.low), floor(a.high), true} : OC_RANGE_ANY;
    case OC_OP_ROUND: return is_finite(a) ? (oc_range){floor(a.low), floor(a.high) + 1, true} : OC_RANGE_ANY;
    case OC_OP_SQRT: return a.low >= 0 ? rising(a, oc_math_sqrt, 0, INFINITY) : OC_RANGE_ANY;
    case OC_OP_EXP: return rising(a, oc_math_exp, 0, INFINITY);
    case OC_OP_LOG: return a.low > 0 ? rising(a, oc_math_log, -INFINITY, INFINITY) : OC_RANGE_ANY;
    case OC_OP_LOGISTIC: {
        oc_range r = rising(a, oc_math_logistic, 0, 1);
        r.real = a.real;
        return r;
    }
    case OC_OP_EXPM1NEG: return a.low >= 0 ? rising(a, oc_math_expm1neg, 0, 1) : OC_RANGE_ANY;
    case OC_OP_UNIFORM: return (oc_range){0, 1, true};
    case OC_OP_NORMAL: return (oc_range){-FARTHEST_NORMAL, FARTHEST_NORMAL, true};
    case OC_OP_WALK: {
        oc_range noise = product(b, (oc_range){-FARTHEST_NORMAL, FARTHEST_NORMAL, true});
        return is_finite(a) && is_finite(b) && is_finite(c) ? sum(sum(a, c), noise) : OC_RANGE_ANY;
    }
    case OC_OP_EXPONENTIAL: return (oc_range){0, INFINITY, true};
    case OC_OP_GAMMA: return (oc_range){0, INFINITY, a.real && a.low > 0 && isfinite(a.high)};
    case OC_OP_BETA: {
        bool fine = a.real && a.low > 0 && isfinite(a.high) && b.real && b.low > 0 && isfinite(b.high);
        return (oc_range){0, 1, fine};
    }
    case OC_OP_POISSON: return (oc_range){0, INFINITY, a.real && a.low >= 0};
    default: return OC_RANGE_ANY;
    }
}

bool oc_range_passes(oc_opcode check, oc_range a)
{
    if (!a.real) return false;
    switch (check) {
    case OC_OP_CHECK_UNIT: return a.low >= 0 && a.high <= 1;
    case OC_OP_CHECK_REAL: return true;
    case OC_OP_CHECK_POS: return a.low > 0;
    case OC_OP_CHECK_NONNEG: return a.low >= 0;
    default: return false;
    }
}
