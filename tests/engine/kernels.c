/* Accuracy of the engine's arithmetic against extended precision (64 bits, the C library's): dense random arguments over
 * each domain, its edges, and arguments where cancellation or scaling could hurt. The limits are those promised in
 * engine/math.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/date.h"
#include "engine/fast_normal.h"
#include "engine/kernels.h"
#include "engine/math.h"
#include "engine/never.h"
#include "oracle.h"

enum { POINTS = 200000 };

typedef struct worst {
    double ulps, at;
} worst;

static void note(worst *w, double got, long double exact, double at)
{
    double error = ulps(got, exact);
    if (error > w->ulps) *w = (worst){error, at};
}

static void expect(const char *name, worst w, double limit)
{
    print_message("# %s: %.3f ulp at %.17g\n", name, w.ulps, w.at);
    assert_true(w.ulps <= limit);
}

static void test_exp(void **state)
{
    (void)state;
    uint64_t s = 1;
    worst w = {0}, tiny = {0}, below = {0};
    for (int i = 0; i < POINTS; i++) {
        double x = next_between(&s, -708.0, 709.78);
        note(&w, oc_math_exp(x), expl(x), x);
        x = next_between(&s, -1.0, 1.0);
        note(&w, oc_math_exp(x), expl(x), x);
        x = ldexp(next_between(&s, -1.0, 1.0), -(int)(next_word(&s) % 60));
        note(&tiny, oc_math_exp(x), expl(x), x);
        x = next_between(&s, -745.1, -708.0);
        note(&below, oc_math_exp(x), expl(x), x);
    }
    expect("exp", w, 1.0);
    expect("exp near 0", tiny, 1.0);
    expect("exp below the normal range", below, 1.0);
    assert_true(oc_math_exp(709.78271289338397) < INFINITY && oc_math_exp(709.79) == INFINITY);
    assert_true(oc_math_exp(-745.13) > 0.0 && oc_math_exp(-746.0) == 0.0 && oc_math_exp(-1e300) == 0.0);
    assert_true(oc_math_exp(INFINITY) == INFINITY && oc_math_exp(-INFINITY) == 0.0 && isnan(oc_math_exp(NAN)));
    assert_true(oc_math_exp(0.0) == 1.0);
}

static void test_log(void **state)
{
    (void)state;
    uint64_t s = 2;
    worst w = {0}, near_one = {0}, subnormal = {0}, p = {0};
    for (int i = 0; i < POINTS; i++) {
        double x = exp(next_between(&s, -700.0, 709.0));
        note(&w, oc_math_log(x), logl(x), x);
        x = next_between(&s, 0.5, 2.0);
        note(&near_one, oc_math_log(x), logl(x), x);
        x = ldexp(next_between(&s, 0.0, 1.0), -1022 - (int)(next_word(&s) % 40));
        if (x > 0.0) note(&subnormal, oc_math_log(x), logl(x), x);
        x = i % 2 ? next_between(&s, -0.999, 4.0) : ldexp(next_between(&s, -1.0, 1.0), -(int)(next_word(&s) % 80));
        note(&p, oc_math_log1p(x), log1pl(x), x);
    }
    expect("log", w, 1.0);
    expect("log near 1", near_one, 1.0);
    expect("log of subnormals", subnormal, 1.0);
    expect("log1p", p, 1.5);
    assert_true(oc_math_log(1.0) == 0.0 && isnan(oc_math_log(0.0)) && isnan(oc_math_log(-1.0)));
    assert_true(oc_math_log(INFINITY) == INFINITY && isnan(oc_math_log(NAN)));
    assert_true(isnan(oc_math_log1p(-1.0)) && oc_math_log1p(INFINITY) == INFINITY);
}

static void test_logistic(void **state)
{
    (void)state;
    uint64_t s = 3;
    worst up = {0}, back = {0}, share = {0};
    for (int i = 0; i < POINTS; i++) {
        double x = i % 2 ? next_between(&s, -40.0, 40.0) : next_between(&s, -700.0, 3.0);
        note(&up, oc_math_logistic(x), 1.0L / (1.0L + expl(-(long double)x)), x);
        double q = i % 2 ? next_between(&s, 0.0, 1.0) : 0.5 + ldexp(next_between(&s, -1.0, 1.0), -(int)(next_word(&s) % 50));
        if (q > 0.0 && q < 1.0) note(&back, oc_math_logit(q), 2.0L * atanhl(2.0L * q - 1.0L), q);
        x = i % 2 ? next_between(&s, 0.0, 3.0) : ldexp(next_between(&s, -1.0, 1.0), -(int)(next_word(&s) % 80));
        note(&share, oc_math_expm1neg(x), -expm1l(-(long double)x), x);
    }
    expect("logistic", up, 2.5);
    expect("logit", back, 3.0);
    expect("1 - exp(-x)", share, 3.5);
    assert_true(oc_math_logistic(0.0) == 0.5 && oc_math_logistic(INFINITY) == 1.0 && oc_math_logistic(-INFINITY) == 0.0);
    assert_true(isnan(oc_math_logit(0.0)) && isnan(oc_math_logit(1.0)) && isnan(oc_math_logit(-0.5)));
    assert_true(oc_math_expm1neg(INFINITY) == 1.0);
}

static void test_pow(void **state)
{
    (void)state;
    uint64_t s = 4;
    worst w = {0}, big = {0};
    for (int i = 0; i < POINTS; i++) {
        double a = exp(next_between(&s, -5.0, 5.0)), b = next_between(&s, -20.0, 20.0);
        note(&w, oc_math_pow(a, b), powl(a, b), a);
        a = exp(next_between(&s, -300.0, 300.0));
        b = next_between(&s, -690.0, 690.0) / log(a);
        if (fabs(b) < 1e6) note(&big, oc_math_pow(a, b), powl(a, b), a);
    }
    expect("pow", w, 2.0);
    expect("pow, whole range", big, 50.0);
    assert_true(oc_math_pow(3.0, 4.0) == 81.0 && oc_math_pow(-2.0, 3.0) == -8.0 && oc_math_pow(2.0, -3.0) == 0.125);
    assert_true(oc_math_pow(-1.5, 2.0) == 2.25 && oc_math_pow(7.0, 0.0) == 1.0 && oc_math_pow(0.0, 0.0) == 1.0);
    assert_true(oc_math_pow(0.0, 0.5) == 0.0 && isnan(oc_math_pow(0.0, -1.0)) && isnan(oc_math_pow(0.0, -0.5)));
    assert_true(isnan(oc_math_pow(-2.0, 0.5)) && isnan(oc_math_pow(10.0, 400.0)) && isnan(oc_math_pow(INFINITY, 2.0)));
    assert_true(ulps(oc_math_pow(-1.01, 101.0), powl(-1.01L - (-1.01L - (long double)-1.01), 101.0L)) < 8.0);
    assert_true(fabs(oc_math_pow(2.0, 0.5) - sqrt(2.0)) < 3e-16 && oc_math_pow(4.0, 0.5) == 2.0);
}

/* The error of z is that of its probability over the density. */
static double inverse_error(double p)
{
    double z = oc_math_normal_inverse(p);
    double near_half = p - 0.5;
    long double off;
    if (fabs(near_half) < 0.25) off = 0.5L * erfl(z * 0.707106781186547524400844362104849039L) - (long double)near_half;
    else if (p < 0.5) off = normal_below(z) - (long double)p;
    else off = (1.0L - (long double)p) - normal_below(-(long double)z);
    int exponent;
    frexp(z, &exponent);
    return z == 0.0 ? 0.0 : (double)(fabsl(off) / normal_density(z) / ldexpl(1.0L, exponent - 53));
}

static void test_normal_inverse(void **state)
{
    (void)state;
    uint64_t s = 5;
    worst w = {0}, far = {0};
    for (int i = 0; i < POINTS; i++) {
        double u = next_between(&s, 0.0, 1.0);
        double tail = exp(next_between(&s, -36.7, -0.7));
        const double ps[] = {u, tail, 1.0 - tail, exp(next_between(&s, -700.0, -36.0)),
                             0.5 + ldexp(u - 0.5, -(int)(next_word(&s) % 50))};
        for (size_t k = 0; k < sizeof ps / sizeof *ps; k++) {
            if (!(ps[k] > 0.0 && ps[k] < 1.0)) continue;
            double error = inverse_error(ps[k]);
            worst *which = ps[k] < 0x1p-53 ? &far : &w;
            if (error > which->ulps) *which = (worst){error, ps[k]};
        }
    }
    expect("inverse normal", w, 6.0);
    expect("inverse normal below 2^-53", far, 8.0);
    assert_true(isnan(oc_math_normal_inverse(0.0)) && isnan(oc_math_normal_inverse(1.0)));
    assert_true(oc_math_normal_inverse(0.5) == 0.0);
}

static void test_whole_numbers(void **state)
{
    (void)state;
    const double xs[] = {0.0, 0.5, -0.5, 1.5, 2.5, -1.5, 0.49999999999999994, 4503599627370495.5, -4503599627370495.5,
                         2251799813685247.75, 9007199254740993.0, 1e300, -1e300, INFINITY, -0.1, 0x1p-1074, -0x1p-1074};
    uint64_t s = 6;
    for (size_t i = 0; i < sizeof xs / sizeof *xs; i++) {
        assert_true(oc_math_floor(xs[i]) == floor(xs[i]));
        long double half = floorl((long double)xs[i] + 0.5L);
        assert_true((long double)oc_math_round(xs[i]) == half || fabs(xs[i]) > 1e15);
    }
    for (int i = 0; i < POINTS; i++) {
        double x = ldexp(next_between(&s, -1.0, 1.0), (int)(next_word(&s) % 60));
        assert_true(oc_math_floor(x) == floor(x));
        if (fabs(x) < 1e15) assert_true((long double)oc_math_round(x) == floorl((long double)x + 0.5L));
    }
    assert_true(isnan(oc_math_floor(NAN)));
}

static void test_years(void **state)
{
    (void)state;
    for (oc_day day = OC_DAY_MIN; day <= OC_DAY_MAX; day += 1 + (day % 7 == 0) * 29) {
        oc_civil civil = oc_civil_from_day(day);
        assert_true(oc_math_year((double)day) == civil.year);
        assert_true(oc_math_year((double)day + 0.75) == civil.year);
    }
    for (int year = 1; year <= 9999; year++) {
        oc_day first = oc_day_from_civil(year, 1, 1);
        assert_true(oc_math_year_start(year) == (double)first && oc_math_year_start(year + 0.5) == (double)first);
        assert_true(oc_math_year((double)first) == year && oc_math_year((double)first - 1.0) == year - 1);
    }
    assert_true(oc_math_year(INFINITY) == INFINITY && oc_math_year_start(INFINITY) == INFINITY);
}

static void test_never(void **state)
{
    (void)state;
    const double never = INFINITY;
    assert_true(oc_math_subtract(never, 5.0) == never && oc_math_subtract(5.0, never) == never);
    assert_true(oc_math_subtract(never, never) == never && isnan(oc_math_subtract(NAN, never)));
    assert_true(oc_math_multiply(0.0, never) == never && oc_math_multiply(never, -2.0) == never);
    assert_true(isnan(oc_math_multiply(never, NAN)) && oc_math_multiply(-2.0, 3.0) == -6.0);
    assert_true(isnan(oc_math_divide(1.0, 0.0)) && isnan(oc_math_divide(never, 0.0)) && isnan(oc_math_divide(0.0, -0.0)));
    assert_true(oc_math_divide(never, -2.0) == never && oc_math_divide(never, never) == never);
    assert_true(oc_math_divide(3.0, never) == 0.0 && isnan(oc_math_divide(never, NAN)));
    assert_true(oc_math_negate(never) == never && oc_math_negate(3.0) == -3.0);
    assert_true(isnan(oc_never_min(NAN, 1.0)) && isnan(oc_never_min(1.0, NAN)) && isnan(oc_never_max(NAN, 1.0)));
    assert_true(isnan(oc_never_max(1.0, NAN)) && oc_never_min(never, 2.0) == 2.0 && oc_never_max(never, 2.0) == never);
}

/* Each row of the table, the ends of the tail and of the range: against the inverse in double precision, by value and by
 * probability; and the first four moments over all words, by a grid of them. */
static void test_fast_normal(void **state)
{
    (void)state;
    double worst_value = 0.0, worst_chance = 0.0, worst_tail = 0.0, largest = 0.0;
    uint64_t s = 7;
    for (int i = 0; i < 5 * POINTS; i++) {
        uint32_t size = (uint32_t)next_word(&s) >> (1 + i % 31), w = i & 1 ? ~size : size;
        double exact = oc_math_normal_inverse(((double)size + 0.5) * 0x1p-32) * (i & 1 ? 1.0 : -1.0);
        double got = (double)oc_fast_normal(w), error = fabs(got - exact);
        largest = fmax(largest, fabs(got));
        if (oc_fast_is_tail(w)) {
            /* the low half is mixed: within the chance of the high half */
            double deepest = -oc_math_normal_inverse(0x1p-33);
            worst_tail = fmax(worst_tail, fmax(fabs(got) - deepest, 4.0 - fabs(got)));
        } else {
            worst_value = fmax(worst_value, error);
            worst_chance = fmax(worst_chance, error * exp(-0.5 * exact * exact) * 0.3989422804014327);
        }
    }
    double moments[5] = {0};
    const uint32_t count = 1u << 22;
    for (uint32_t i = 0; i < count; i++) {
        double x = (double)oc_fast_normal(i << 10 | (i * 40503u & 1023u)), power = 1.0;
        for (int k = 0; k < 5; k++, power *= x) moments[k] += power / count;
    }
    print_message("# fast normals: value %.3g, probability %.3g, up to %.3f; moments %.2g %.7f %.2g %.5f\n", worst_value,
                  worst_chance, largest, moments[1], moments[2], moments[3], moments[4]);
    assert_true(worst_value < 2.7e-5 && worst_chance < 9e-6 && worst_tail < 1e-6 && largest < 6.34);
    assert_true(fabs(moments[1]) < 2e-6 && fabs(moments[2] - 1.0) < 1e-5 && fabs(moments[4] - 3.0) < 5e-4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exp),           cmocka_unit_test(test_log),   cmocka_unit_test(test_logistic),
        cmocka_unit_test(test_pow),           cmocka_unit_test(test_normal_inverse),
        cmocka_unit_test(test_whole_numbers), cmocka_unit_test(test_years), cmocka_unit_test(test_never),
        cmocka_unit_test(test_fast_normal),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
