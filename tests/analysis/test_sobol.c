/* Sobol indices, the given-data measure and the tornado against closed forms.
 *
 * Ishigami and Homma 1990: a = 7, b = 0.1; indices as printed in Saltelli et al. 2008, Global Sensitivity Analysis,
 * section 4.6. g-function of Sobol 1993 with a = 0, 1, 4.5, 9; Saltelli et al. 2008, section 4.6. */
#include "analysis/paired.h"
#include "analysis/sobol.h"
#include "near.h"

enum { ROWS = 20000, MOST = 4 };
static double a_points[MOST][ROWS], b_points[MOST][ROWS], a_out[ROWS], b_out[ROWS], swapped_out[MOST][ROWS];

typedef double function(const double *u);

static double ishigami(const double *u)
{
    double x[3];
    for (int i = 0; i < 3; i++) x[i] = (2 * u[i] - 1) * 3.14159265358979323846;
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0]);
}

static double g_function(const double *u)
{
    static const double a[MOST] = {0, 1, 4.5, 9};
    double product = 1;
    for (int i = 0; i < MOST; i++) product *= (fabs(4 * u[i] - 2) + a[i]) / (1 + a[i]);
    return product;
}

static double linear(const double *u)
{
    return 1000 + u[0] + 2 * u[1];
}

static void evaluate(function *f, size_t inputs)
{
    for (size_t k = 0; k < inputs; k++)
        for (size_t i = 0; i < ROWS; i++) {
            a_points[k][i] = oc_resample_uniform(7, k, i);
            b_points[k][i] = oc_resample_uniform(7, 100 + k, i);
        }
    for (size_t i = 0; i < ROWS; i++) {
        double a[MOST], b[MOST];
        for (size_t k = 0; k < inputs; k++) a[k] = a_points[k][i], b[k] = b_points[k][i];
        a_out[i] = f(a);
        b_out[i] = f(b);
        for (size_t k = 0; k < inputs; k++) {
            a[k] = b_points[k][i];
            swapped_out[k][i] = f(a);
            a[k] = a_points[k][i];
        }
    }
}

static void check_share(const oc_share *share, double want, double most_error)
{
    assert_near(share->raw, want, 4 * share->estimate.error + 1e-9);
    assert_true(share->estimate.error < most_error);
    assert_true(share->estimate.value >= 0 && share->estimate.value <= 1);
    assert_true(share->estimate.low >= 0 && share->estimate.high <= 1);
}

static void check_function(function *f, size_t inputs, const double *first, const double *total, double most_error)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 64 << 20);
    evaluate(f, inputs);
    const double *swapped[MOST] = {swapped_out[0], swapped_out[1], swapped_out[2], swapped_out[3]};
    for (int method = OC_SOBOL_SALTELLI; method <= OC_SOBOL_JANON; method++) {
        oc_sobol sobol;
        assert_true(oc_sobol_indices(&arena, a_out, b_out, swapped, ROWS, inputs, (oc_sobol_method)method, 0.9,
                                     &sobol));
        for (size_t k = 0; k < inputs; k++) {
            check_share(&sobol.index[k].first, first[k], most_error);
            check_share(&sobol.index[k].total, total[k], most_error);
        }
    }
    for (size_t k = 0; k < inputs; k++) {
        oc_driver driver;
        assert_true(oc_driver_estimate(&arena, (oc_column){a_points[k], 0}, a_out, ROWS, 0, 0.9, &driver));
        assert_near(driver.share.raw, first[k], 4 * driver.share.estimate.error + 0.01);
        assert_true(driver.share.estimate.error < most_error);
    }
    oc_arena_free(&arena);
}

static void test_ishigami(void **state)
{
    (void)state;
    check_function(ishigami, 3, (double[]){0.3139, 0.4424, 0}, (double[]){0.5576, 0.4424, 0.2437}, 0.02);
}

static void test_g_function(void **state)
{
    (void)state;
    /* V_i = 1 / (3 (1 + a_i)^2), V = prod(1 + V_i) - 1 */
    double part[MOST], all = 1, first[MOST], total[MOST];
    const double a[MOST] = {0, 1, 4.5, 9};
    for (int i = 0; i < MOST; i++) part[i] = 1 / (3 * (1 + a[i]) * (1 + a[i])), all *= 1 + part[i];
    for (int i = 0; i < MOST; i++) {
        first[i] = part[i] / (all - 1);
        total[i] = part[i] * all / (1 + part[i]) / (all - 1);
    }
    assert_near(first[0], 0.7165, 0.0005); /* as printed */
    assert_near(total[0], 0.7871, 0.0015);
    check_function(g_function, MOST, first, total, 0.02);
}

static void test_linear_function_with_a_large_mean(void **state)
{
    (void)state;
    check_function(linear, 2, (double[]){0.2, 0.8}, (double[]){0.2, 0.8}, 0.02);
}

static void test_intervals_hold_the_truth_as_often_as_they_say(void **state)
{
    (void)state;
    enum { REPEATS = 400, SMALL = 200 };
    oc_arena arena;
    oc_arena_init(&arena, NULL, 64 << 20);
    int first = 0, total = 0;
    for (uint64_t r = 0; r < REPEATS; r++) {
        double a[SMALL], b[SMALL], ab[SMALL];
        for (uint64_t i = 0; i < SMALL; i++) {
            double x = oc_resample_uniform(r, 1, i), y = oc_resample_uniform(r, 2, i), z = oc_resample_uniform(r, 3, i);
            a[i] = x + y;
            b[i] = z + oc_resample_uniform(r, 4, i);
            ab[i] = z + y;
        }
        oc_sobol sobol;
        const double *swapped[] = {ab};
        assert_true(oc_sobol_indices(&arena, a, b, swapped, SMALL, 1, OC_SOBOL_JANON, 0.9, &sobol));
        first += sobol.index[0].first.estimate.low <= 0.5 && sobol.index[0].first.estimate.high >= 0.5;
        total += sobol.index[0].total.estimate.low <= 0.5 && sobol.index[0].total.estimate.high >= 0.5;
    }
    /* 90 % of 400 with four standard errors of 6 */
    assert_in_range(first, 336, 384);
    assert_in_range(total, 336, 384);
    oc_arena_free(&arena);
}

static void test_categories_and_truths(void **state)
{
    (void)state;
    enum { HALF = 100 };
    oc_arena arena;
    oc_arena_init(&arena, NULL, 1 << 20);
    double x[2 * HALF], y[2 * HALF];
    for (int i = 0; i < 2 * HALF; i++) {
        x[i] = i % 2;
        y[i] = (i / 2) % 5 < (i % 2 ? 4 : 1); /* 80 of 100 and 20 of 100 */
    }
    oc_driver driver;
    assert_true(oc_driver_estimate(&arena, (oc_column){x, 2}, y, 2 * HALF, 0, 0.9, &driver));
    double within = (50 - 18) / 198.0; /* squares about 0.5 add up to 50, between the classes to 18 */
    assert_near(driver.share.raw, (18 - within) / 50, 1e-12);
    assert_near(driver.spread_left, sqrt(16 / 99.0) / sqrt(50 / 199.0), 1e-12);
    assert_int_equal(driver.classes, 2);
    oc_tornado_row row;
    assert_true(oc_tornado_estimate(&arena, (oc_column){x, 2}, y, 2 * HALF, 0.1, 0.9, &row));
    assert_near(row.low.output.value, 0.2, 1e-12);
    assert_near(row.high.output.value, 0.8, 1e-12);
    assert_near(row.high.output.error, sqrt(0.16 / 99), 1e-12);
    assert_near(row.high.input, 1, 0);
    oc_arena_free(&arena);
}

static void test_an_idle_input_has_no_share(void **state)
{
    (void)state;
    oc_arena arena;
    oc_arena_init(&arena, NULL, 16 << 20);
    double sum = 0;
    enum { REPEATS = 200, FEW = 500 };
    for (uint64_t r = 0; r < REPEATS; r++) {
        double x[FEW], y[FEW];
        for (uint64_t i = 0; i < FEW; i++) x[i] = oc_resample_uniform(r, 1, i), y[i] = oc_resample_uniform(r, 2, i);
        oc_driver driver;
        assert_true(oc_driver_estimate(&arena, (oc_column){x, 0}, y, FEW, 20, 0.9, &driver));
        assert_true(driver.share.estimate.value >= 0);
        sum += driver.share.raw;
    }
    assert_near(sum / REPEATS, 0, 0.0035); /* uncorrected it would be 19/499 = 0.038; four standard errors */
    oc_arena_free(&arena);
}

static void test_tornado_of_a_line(void **state)
{
    (void)state;
    enum { N = 1000 };
    oc_arena arena;
    oc_arena_init(&arena, NULL, 1 << 20);
    double x[N], y[N], backwards_x[N], backwards_y[N], heap[N];
    for (int i = 0; i < N; i++) {
        x[i] = i + 1;
        y[i] = 3 * x[i];
        backwards_x[N - 1 - i] = x[i];
        backwards_y[N - 1 - i] = y[i];
        heap[i] = i < 300 ? 0 : 1; /* three tenths lie on the lowest value */
    }
    oc_tornado_row row, again, heaped;
    assert_true(oc_tornado_estimate(&arena, (oc_column){x, 0}, y, N, 0.1, 0.9, &row));
    assert_near(row.low.output.value, 3 * 50.5, 1e-9);
    assert_near(row.high.output.value, 3 * 950.5, 1e-9);
    assert_near(row.low.input, 50, 0);
    assert_near(row.low.output.error, 3 * sqrt(100 * 101 / 12.0 / 100), 1e-9);
    assert_true(oc_tornado_estimate(&arena, (oc_column){backwards_x, 0}, backwards_y, N, 0.1, 0.9, &again));
    assert_near(again.effect, row.effect, 1e-9);
    assert_true(oc_tornado_estimate(&arena, (oc_column){heap, 0}, y, N, 0.1, 0.9, &heaped));
    assert_near(heaped.low.output.value, 3 * 150.5, 1e-9);
    assert_near(heaped.low.futures, 100, 1e-9);
    size_t order[3];
    oc_tornado_order((oc_tornado_row[]){{.effect = 1}, {.effect = -5}, {.effect = 2}}, 3, order);
    assert_int_equal(order[0], 1);
    assert_int_equal(order[2], 0);
    oc_arena_free(&arena);
}

static void test_nothing_is_estimated_from_nothing(void **state)
{
    (void)state;
    oc_arena arena;
    oc_arena_init(&arena, NULL, 1 << 20);
    double x[200], flat[200] = {0};
    for (int i = 0; i < 200; i++) x[i] = i;
    const double *swapped[] = {flat};
    oc_sobol sobol;
    oc_driver driver;
    oc_tornado_row row;
    assert_false(oc_sobol_indices(&arena, flat, flat, swapped, 200, 1, OC_SOBOL_SALTELLI, 0.9, &sobol));
    assert_false(oc_sobol_indices(&arena, x, x, swapped, 10, 1, OC_SOBOL_SALTELLI, 0.9, &sobol));
    assert_false(oc_driver_estimate(&arena, (oc_column){x, 0}, flat, 200, 0, 0.9, &driver));
    assert_false(oc_driver_estimate(&arena, (oc_column){x, 3}, x, 200, 0, 0.9, &driver));
    assert_false(oc_tornado_estimate(&arena, (oc_column){flat, 0}, x, 200, 0.1, 0.9, &row));
    x[3] = INFINITY;
    assert_false(oc_driver_estimate(&arena, (oc_column){flat, 0}, x, 200, 0, 0.9, &driver));
    oc_arena_free(&arena);
}

static void test_paired_differences(void **state)
{
    (void)state;
    double before[] = {10, 20, 30, 40}, after[] = {11, 23, 31, 43};
    oc_estimate d = oc_paired_difference(before, after, 4, 0.9);
    assert_near(d.value, 2, 1e-12);
    assert_near(d.error, sqrt(4.0 / 3 / 4), 1e-12);
    oc_estimate none = oc_paired_difference(before, before, 4, 0.9);
    assert_true(none.value == 0 && none.error == 0 && none.low == 0 && none.high == 0);
    /* Agresti 2013, table 11.1 (approval ratings): 86 and 150 of 1,600 changed; difference -0.04, error 0.0095 */
    oc_estimate share = oc_paired_share(86, 150, 1600, 0.95);
    assert_near(share.value, -0.04, 1e-12);
    assert_near(share.error, 0.0095, 0.00005);
    assert_near(share.low, -0.059, 0.0005);
    assert_near(share.high, -0.021, 0.0005);
}

TEST_MAIN(cmocka_unit_test(test_ishigami), cmocka_unit_test(test_g_function),
          cmocka_unit_test(test_linear_function_with_a_large_mean),
          cmocka_unit_test(test_intervals_hold_the_truth_as_often_as_they_say),
          cmocka_unit_test(test_categories_and_truths), cmocka_unit_test(test_an_idle_input_has_no_share),
          cmocka_unit_test(test_tornado_of_a_line), cmocka_unit_test(test_nothing_is_estimated_from_nothing),
          cmocka_unit_test(test_paired_differences))
