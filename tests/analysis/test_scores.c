/* Scores against closed forms: Gneiting and Raftery 2007 (CRPS of the normal, ensemble form), Murphy 1973
 * (decomposition), Czado, Gneiting and Held 2009 (PIT). */
#include "analysis/scores.h"
#include "analysis/special.h"
#include "near.h"

static oc_arena arena;

static int set_up(void **state)
{
    (void)state;
    oc_arena_init(&arena, NULL, 64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    oc_arena_free(&arena);
    return 0;
}

static void test_brier_and_log(void **state)
{
    (void)state;
    assert_near(oc_score_brier(0.7, true), 0.09, 1e-15);
    assert_near(oc_score_brier(0.7, false), 0.49, 1e-15);
    assert_true(isnan(oc_score_brier(1.2, true)) && isnan(oc_score_brier(NAN, true)));
    assert_near(oc_score_log(0.25, true, 0), log(4), 1e-15);
    assert_near(oc_score_log(0.25, false, 0), log(4.0 / 3), 1e-15);
    assert_true(isinf(oc_score_log(0, true, 0)));
    assert_near(oc_score_log(0, true, 0.01), log(100), 1e-12);
    assert_near(oc_score_log(1, true, 0), 0, 0);
}

static void test_crps_of_ensembles(void **state)
{
    (void)state;
    const double four[] = {3, 1, 4, 2}, one[] = {7};
    assert_near(oc_score_crps_ensemble(&arena, four, 4, 2.5, false), 0.375, 1e-12);
    assert_near(oc_score_crps_ensemble(&arena, four, 4, 2.5, true), 1 - 20 / 24.0, 1e-12);
    assert_near(oc_score_crps_ensemble(&arena, one, 1, 4, false), 3, 1e-12); /* a point forecast: absolute error */
    assert_true(isnan(oc_score_crps_ensemble(&arena, one, 1, 4, true)));
    enum { N = 4000 };
    double normal[N];
    for (int i = 0; i < N; i++) normal[i] = 10 + 2 * oc_normal_quantile((i + 0.5) / N);
    double z = 0.5, closed = 2 * (z * (2 * oc_normal_cdf(z) - 1) + 2 * exp(-z * z / 2) / sqrt(2 * 3.14159265358979) -
                                  1 / sqrt(3.14159265358979)); /* Gneiting and Raftery 2007, section 4.2 */
    assert_near(oc_score_crps_ensemble(&arena, normal, N, 11, false), closed, 1e-3);
}

static void test_crps_in_a_window(void **state)
{
    (void)state;
    const double at[] = {0, 10}, done[] = {0, 1};
    oc_cdf even = {at, done, 2, false};
    assert_near(oc_score_crps_window(&even, 5, -3, 20), 10 / 12.0, 1e-12);
    assert_near(oc_score_crps_window(&even, INFINITY, -3, 20), 10 / 3.0 + 10, 1e-12);
    assert_near(oc_score_crps_window(&even, 5, 0, 5), 5 / 12.0, 1e-12);
    const double target[] = {6}, sure[] = {1}, most[] = {0.75};
    oc_cdf step = {target, sure, 1, true}, never = {target, most, 1, true};
    assert_near(oc_score_crps_window(&step, 9.5, 0, 20), 3.5, 1e-12); /* a date forecast: days late */
    assert_near(oc_score_crps_window(&step, 4, 0, 20), 2, 1e-12);
    assert_near(oc_score_crps_window(&step, INFINITY, 0, 20), 14, 1e-12);
    assert_near(oc_score_crps_window(&never, INFINITY, 0, 20), 14 * 0.5625, 1e-12);
    assert_near(oc_score_crps_window(&never, 6, 0, 20), 14 * 0.0625, 1e-12);
    assert_true(isnan(oc_score_crps_window(&step, NAN, 0, 1)));
    /* an exponential still open at h: integral of (1 - exp(-x))^2 */
    enum { N = 2001 };
    double x[N], f[N], h = 3;
    for (int i = 0; i < N; i++) x[i] = i * h / (N - 1), f[i] = 1 - exp(-x[i]);
    oc_cdf exponential = {x, f, N, false};
    double closed = h - 2 * (1 - exp(-h)) + (1 - exp(-2 * h)) / 2;
    assert_near(oc_score_crps_window(&exponential, INFINITY, 0, h), closed, 1e-6);
    assert_near(oc_score_crps_window(&exponential, 0, 0, h), (1 - exp(-2 * h)) / 2, 1e-6);
}

/* The score must be best for the truth: mean over outcomes of a two-step law, censored at 10. */
static void test_windowed_crps_is_proper(void **state)
{
    (void)state;
    const double at[] = {2, 6};
    double best = INFINITY, best_p = -1;
    for (int p = 0; p <= 20; p++) {
        const double done[] = {p / 20.0, 0.8};
        oc_cdf said = {at, p / 20.0 <= 0.8 ? done : (const double[]){p / 20.0, p / 20.0}, 2, true};
        double mean = 0.3 * oc_score_crps_window(&said, 2, 0, 10) + 0.5 * oc_score_crps_window(&said, 6, 0, 10) +
                      0.2 * oc_score_crps_window(&said, INFINITY, 0, 10);
        if (mean < best) best = mean, best_p = p / 20.0;
    }
    assert_near(best_p, 0.3, 1e-12);
}

static void test_reading_a_distribution(void **state)
{
    (void)state;
    const double at[] = {0, 10, 20}, done[] = {0.1, 0.5, 0.9};
    oc_cdf line = {at, done, 3, false}, steps = {at, done, 3, true};
    assert_near(oc_cdf_at(&line, -1), 0, 0);
    assert_near(oc_cdf_at(&line, 5), 0.3, 1e-15);
    assert_near(oc_cdf_at(&line, 99), 0.9, 0);
    assert_near(oc_cdf_at(&steps, 9.9), 0.1, 0);
    assert_near(oc_cdf_at(&steps, 10), 0.5, 0);
}

static void test_pit(void **state)
{
    (void)state;
    double bins[5];
    oc_pit_histogram((double[]){0.1, 0.5, 1.0, 0.6}, (double[]){0.1, 0.9, 1.0, 1.0}, 4, bins, 5);
    const double want[5] = {1, 0, 0.25, 1, 1.75};
    for (int b = 0; b < 5; b++) assert_near(bins[b], want[b], 1e-12);
}

static void test_murphy_decomposition(void **state)
{
    (void)state;
    /* forecasts 0.1 (ten times, once true) and 0.8 (ten times, six times true) */
    double p[20];
    bool y[20];
    for (int i = 0; i < 20; i++) p[i] = i < 10 ? 0.1 : 0.8, y[i] = i < 10 ? i < 1 : i < 16;
    oc_reliability table = oc_reliability_table(&arena, p, y, 20, 10, 0.9);
    assert_near(table.reliability, 0.5 * 0.04, 1e-12);
    assert_near(table.resolution, 0.25 * 0.25, 1e-12);
    assert_near(table.uncertainty, 0.35 * 0.65, 1e-12);
    assert_near(table.brier, table.reliability - table.resolution + table.uncertainty, 1e-12);
    assert_int_equal(table.row[1].cases, 10);
    assert_near(table.row[8].happened.value, 0.6, 1e-12);
    assert_true(isnan(table.row[4].forecast));
    assert_near(oc_beta_cdf(table.row[8].happened.low, 6.5, 4.5), 0.05, 1e-9);
}

static void test_skill_and_its_interval(void **state)
{
    (void)state;
    enum { N = 200 };
    double ours[N], reference[N], difference[N];
    for (int i = 0; i < N; i++) {
        reference[i] = 2 + oc_resample_uniform(1, 1, (uint64_t)i);
        ours[i] = 0.5 * reference[i];
        difference[i] = reference[i] - ours[i];
    }
    oc_estimate skill = oc_bootstrap_skill(&arena, ours, reference, N, NULL, 0, 500, 1, 0.9);
    assert_near(skill.value, 0.5, 1e-12);
    assert_near(skill.low, 0.5, 1e-12);
    oc_estimate mean = oc_bootstrap_mean(&arena, difference, N, NULL, 0, 2000, 1, 0.9);
    oc_estimate normal = oc_estimate_mean(difference, N, 0.9);
    assert_near(mean.error, normal.error, 0.1 * normal.error);
    assert_near(mean.low, normal.low, 0.2 * normal.error);
    /* rows that say the same thing ten times count once */
    size_t cluster[N];
    for (size_t i = 0; i < N; i++) cluster[i] = i / 10, difference[i] = difference[i / 10 * 10];
    oc_estimate clustered = oc_bootstrap_mean(&arena, difference, N, cluster, N / 10, 2000, 1, 0.9);
    oc_estimate naive = oc_bootstrap_mean(&arena, difference, N, NULL, 0, 2000, 1, 0.9);
    assert_near(clustered.error / naive.error, sqrt(10), 0.6);
    assert_true(isnan(oc_bootstrap_mean(&arena, difference, 1, NULL, 0, 100, 1, 0.9).low));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
TEST_MAIN(TEST(test_brier_and_log), TEST(test_crps_of_ensembles), TEST(test_crps_in_a_window),
          TEST(test_windowed_crps_is_proper), TEST(test_reading_a_distribution), TEST(test_pit),
          TEST(test_murphy_decomposition), TEST(test_skill_and_its_interval))
