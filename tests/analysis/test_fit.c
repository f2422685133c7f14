/* Fits from counts and columns. Student's data (1908, "The probable error of a mean", first drug): mean 0.75, 95 %
 * interval -0.5297804 to 2.0297804 (printed by R's t.test on its data set `sleep`). Chi-square from A&S table 26.8. */
#include "analysis/fit.h"
#include "analysis/special.h"
#include "near.h"

static void expect_text(oc_fit_kind kind, const oc_fitted *fitted, const char *unit, bool spread_out, const char *want)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 1 << 20);
    oc_text text = oc_text_in(&arena);
    oc_fit_expression(&text, kind, fitted, oc_slice_of(unit), spread_out);
    assert_string_equal(text.ptr, want);
    oc_arena_free(&arena);
}

static void test_rate(void **state)
{
    (void)state;
    oc_fitted f;
    assert_true(oc_fit_rate(3, 20, 0.9, &f));
    assert_near(f.value.value, 0.175, 1e-12);
    assert_near(f.value.low, 2.16735 / 40, 1e-6);
    assert_near(f.value.high, 14.0671 / 40, 2e-6);
    expect_text(OC_FIT_RATE, &f, "", false, "(3 + 0.5)/20yr");
    expect_text(OC_FIT_RATE, &f, "", true, "gamma(3.5, 1/20yr)");
    assert_true(oc_fit_rate(0, 10, 0.9, &f));
    assert_true(f.value.value > 0);
    assert_false(oc_fit_rate(3, 0, 0.9, &f));
    assert_false(oc_fit_rate(3, INFINITY, 0.9, &f));
}

static void test_chance(void **state)
{
    (void)state;
    oc_fitted f;
    /* beta(3/2, 1/2) has the distribution 2/pi (asin sqrt x - sqrt(x - x^2)) */
    assert_true(oc_fit_chance(1, 1, 0.9, &f));
    assert_near(f.value.value, 0.75, 1e-12);
    double x = f.value.low;
    assert_near(2 / 3.14159265358979 * (asin(sqrt(x)) - sqrt(x * (1 - x))), 0.05, 1e-9);
    assert_true(oc_fit_chance(21, 22, 0.9, &f));
    expect_text(OC_FIT_CHANCE, &f, "", false, "(21 + 0.5) / (22 + 1)");
    expect_text(OC_FIT_CHANCE, &f, "", true, "beta(21.5, 1.5)");
    assert_false(oc_fit_chance(2, 1, 0.9, &f));
    assert_false(oc_fit_chance(0, 0, 0.9, &f));
}

static void test_normal_and_lognormal(void **state)
{
    (void)state;
    const double sleep[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    oc_fitted f;
    assert_true(oc_fit_normal(sleep, 10, 0.95, &f));
    assert_near(f.value.value, 0.75, 1e-12);
    assert_near(f.value.low, -0.5297804, 1e-7);
    assert_near(f.value.high, 2.0297804, 1e-7);
    assert_near(f.second, 1.789010, 1e-6);
    assert_near(f.spread.low, 1.789010 * sqrt(9 / 19.0228), 1e-5);
    assert_near(f.spread.high, 1.789010 * sqrt(9 / 2.70039), 1e-5);
    expect_text(OC_FIT_NORMAL, &f, "%", true, "normal(0.75%, 1.789%)");
    double exponentials[10];
    for (int i = 0; i < 10; i++) exponentials[i] = exp(sleep[i]);
    assert_true(oc_fit_lognormal(exponentials, 10, 0.95, &f));
    assert_near(log(f.value.value), 0.75, 1e-12);
    assert_near(log(f.value.high), 2.0297804, 1e-7);
    expect_text(OC_FIT_LOGNORMAL, &f, "d", false, "2.117d");
    expect_text(OC_FIT_LOGNORMAL, &f, "d", true, "0.1116d to 40.15d");
    assert_false(oc_fit_lognormal(sleep, 10, 0.95, &f));
    assert_false(oc_fit_normal((double[]){1, 1, 1}, 3, 0.95, &f));
    assert_false(oc_fit_normal((double[]){1, NAN}, 2, 0.95, &f));
    assert_false(oc_fit_normal((double[]){1}, 1, 0.95, &f));
}

TEST_MAIN(cmocka_unit_test(test_rate), cmocka_unit_test(test_chance), cmocka_unit_test(test_normal_and_lognormal))
