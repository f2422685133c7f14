/* Bounds hold: values drawn within the operands' ranges give results within the range of the result, and a check that
 * the range is said to pass never fails. The arithmetic is the engine's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "engine/math.h"
#include "model/range.h"

static uint64_t state = 88172645463325252u;

/* xorshift64 (Marsaglia 2003) */
static double uniform(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (double)(state >> 11) * 0x1p-53;
}

static const double ends[] = {-INFINITY, -1e300, -40, -2.5, -1, -1e-9, 0, 1e-9, 0.3, 1, 2.5, 40, 800, 1e300, INFINITY};
enum { END_COUNT = sizeof ends / sizeof *ends };

static oc_range some_range(void)
{
    double x = ends[(size_t)(uniform() * END_COUNT)], y = ends[(size_t)(uniform() * END_COUNT)];
    return (oc_range){fmin(x, y), fmax(x, y), uniform() < 0.8};
}

static double within(oc_range r)
{
    if (!r.real && uniform() < 0.1) return NAN;
    double choice = uniform();
    if (choice < 0.2 || r.low == r.high) return r.low;
    if (choice < 0.4) return r.high;
    double low = fmax(r.low, -1e6), high = fmin(r.high, 1e6);
    return low < high ? low + uniform() * (high - low) : r.low;
}

static double larger(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : a > b ? a : b;
}

static double smaller(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : a < b ? a : b;
}

static double value(oc_opcode op, double a, double b, double c)
{
    switch (op) {
    case OC_OP_SELECT: return uniform() < 0.5 ? a : b;
    case OC_OP_ADD: return a + b;
    case OC_OP_SUB: return oc_math_subtract(a, b);
    case OC_OP_MUL: return oc_math_multiply(a, b);
    case OC_OP_MULADD: return a * b + c;
    case OC_OP_DIV: return oc_math_divide(a, b);
    case OC_OP_MIN: return smaller(a, b);
    case OC_OP_MAX: return larger(a, b);
    case OC_OP_NEG: return oc_math_negate(a);
    case OC_OP_ABS: return fabs(a);
    case OC_OP_FLOOR: return oc_math_floor(a);
    case OC_OP_ROUND: return oc_math_round(a);
    case OC_OP_SQRT: return oc_math_sqrt(a);
    case OC_OP_EXP: return oc_math_exp(a);
    case OC_OP_LOG: return oc_math_log(a);
    case OC_OP_LOGISTIC: return oc_math_logistic(a);
    case OC_OP_EXPM1NEG: return oc_math_expm1neg(a);
    default: return a;
    }
}

static bool passes(oc_opcode check, double x)
{
    switch (check) {
    case OC_OP_CHECK_UNIT: return x >= 0 && x <= 1;
    case OC_OP_CHECK_POS: return x > 0;
    case OC_OP_CHECK_NONNEG: return x >= 0;
    default: return !isnan(x);
    }
}

static void bounds_hold(void **unused)
{
    (void)unused;
    static const oc_opcode ops[] = {OC_OP_MOVE, OC_OP_SELECT, OC_OP_ADD, OC_OP_SUB, OC_OP_MUL, OC_OP_MULADD, OC_OP_DIV,
                                    OC_OP_MIN, OC_OP_MAX, OC_OP_NEG, OC_OP_ABS, OC_OP_FLOOR, OC_OP_ROUND, OC_OP_SQRT,
                                    OC_OP_EXP, OC_OP_LOG, OC_OP_LOGISTIC, OC_OP_EXPM1NEG};
    static const oc_opcode checks[] = {OC_OP_CHECK_UNIT, OC_OP_CHECK_REAL, OC_OP_CHECK_POS, OC_OP_CHECK_NONNEG};
    for (size_t k = 0; k < sizeof ops / sizeof *ops; k++) {
        for (int i = 0; i < 20000; i++) {
            oc_range a = some_range(), b = some_range(), c = some_range(), r = oc_range_of(ops[k], a, b, c);
            for (int j = 0; j < 8; j++) {
                double x = value(ops[k], within(a), within(b), within(c));
                bool inside = isnan(x) ? !r.real : x >= r.low && x <= r.high;
                if (!inside) print_message("op %d: %g not within %g .. %g\n", (int)ops[k], x, r.low, r.high);
                assert_true(inside);
                for (size_t m = 0; m < 4; m++)
                    if (oc_range_passes(checks[m], r)) assert_true(passes(checks[m], x));
            }
        }
    }
}

static void what_is_known(void **unused)
{
    (void)unused;
    /* exp(5.85 + 0.81 z): its reciprocal is a positive number */
    oc_range any = OC_RANGE_ANY, z = oc_range_of(OC_OP_NORMAL, any, any, any);
    oc_range lag =
        oc_range_of(OC_OP_EXP, oc_range_of(OC_OP_MULADD, oc_range_point(0.81), z, oc_range_point(5.85)), any, any);
    oc_range speed = oc_range_of(OC_OP_DIV, oc_range_point(1), lag, any);
    assert_true(oc_range_passes(OC_OP_CHECK_REAL, speed));
    assert_true(oc_range_passes(OC_OP_CHECK_POS, speed));
    assert_false(oc_range_passes(OC_OP_CHECK_UNIT, lag));
    assert_false(oc_range_passes(OC_OP_CHECK_REAL, any));
    assert_true(oc_range_passes(OC_OP_CHECK_UNIT, oc_range_of(OC_OP_LOGISTIC, z, any, any)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bounds_hold), cmocka_unit_test(what_is_known)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
