/* Kaplan-Meier, censored maximum likelihood and partial pooling.
 *
 * 6-MP: remission times of Freireich et al. 1963 as given by Gehan 1965; estimates and log(-log) limits as printed for
 * this set in the manuals of SAS and Stata, and Kalbfleisch and Prentice 1980, section 1.3. Ball bearings: Lieblein and
 * Zelen 1956; estimates in Lawless 2003, Statistical Models and Methods for Lifetime Data, section 5.2. */
#include "analysis/special.h"
#include "analysis/survival.h"
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

static const double bearings[23] = {17.88, 28.92, 33.00, 41.52, 42.12, 45.60, 48.48, 51.84, 51.96, 54.12, 55.56, 67.80,
                                    68.64, 68.64, 68.88, 84.12, 93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.40};
static const double remission[21] = {6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32,
                                     -34, -35}; /* negative: still in remission */

static void exactly(const double *times, size_t count, oc_observed *cases)
{
    for (size_t i = 0; i < count; i++)
        cases[i] = times[i] < 0 ? (oc_observed){-times[i], INFINITY, 0} : (oc_observed){times[i], times[i], 0};
}

static void test_kaplan_meier_of_6mp(void **state)
{
    (void)state;
    const double printed[7][5] = {{6, 0.8571, 0.0764, 0.6197, 0.9516},  {7, 0.8067, 0.0869, 0.5631, 0.9228},
                                  {10, 0.7529, 0.0963, 0.5032, 0.8894}, {13, 0.6902, 0.1068, 0.4316, 0.8491},
                                  {16, 0.6275, 0.1141, 0.3675, 0.8049}, {22, 0.5378, 0.1282, 0.2678, 0.7468},
                                  {23, 0.4482, 0.1346, 0.1881, 0.6801}};
    oc_observed cases[21];
    exactly(remission, 21, cases);
    oc_km km = oc_km_estimate(&arena, cases, 21, 0.95);
    assert_int_equal(km.count, 7);
    assert_int_equal(km.open_cases, 12);
    for (size_t i = 0; i < 7; i++) {
        assert_near(km.step[i].time, printed[i][0], 0);
        assert_near(km.step[i].open, printed[i][1], 0.00006);
        assert_near(km.step[i].error, printed[i][2], 0.00006);
        assert_near(km.step[i].low, printed[i][3], 0.00006);
        assert_near(km.step[i].high, printed[i][4], 0.00006);
    }
    assert_near(km.median, 23, 0);
    assert_near(oc_km_done(&km, 9.9), 1 - 0.8067, 0.00006);
}

static void test_kaplan_meier_without_censoring_is_the_share(void **state)
{
    (void)state;
    oc_observed cases[23];
    exactly(bearings, 23, cases);
    oc_km km = oc_km_estimate(&arena, cases, 23, 0.9);
    assert_near(oc_km_done(&km, 60), 11 / 23.0, 1e-12);
    assert_near(km.step[10].error, sqrt(11 / 23.0 * 12 / 23.0 / 23), 1e-12);
    assert_near(oc_km_done(&km, 173.4), 1, 1e-12);
    assert_near(oc_km_done(&km, 5), 0, 0);
}

static oc_slip_fit fit(const oc_observed *cases, size_t count, oc_slip_spec spec)
{
    oc_slip_fit result;
    assert_true(oc_slip_fit_one(cases, count, &spec, &result));
    return result;
}

static void test_ball_bearings(void **state)
{
    (void)state;
    oc_observed cases[23];
    exactly(bearings, 23, cases);
    oc_slip_fit weibull = fit(cases, 23, (oc_slip_spec){.family = OC_WEIBULL});
    assert_near(1 / weibull.model.spread, 2.102, 0.0006);
    assert_near(exp(weibull.model.location), 81.88, 0.006);
    assert_near(weibull.log_likelihood, -113.691, 0.0006);
    oc_slip_fit lognormal = fit(cases, 23, (oc_slip_spec){.family = OC_LOGNORMAL});
    assert_near(lognormal.model.location, 4.1504, 0.0001);
    assert_near(lognormal.model.spread, 0.5217, 0.0001);
    assert_near(lognormal.log_likelihood, -113.1286, 0.0006);
    assert_near(lognormal.aicc, 2 * 113.1286 + 4 + 12 / 20.0, 0.001);
    oc_slip_fit all[OC_SLIP_CANDIDATES];
    assert_true(oc_slip_select(cases, 23, 0, 1, false, all) >= 2);
    assert_int_equal(all[0].spec.family, OC_LOGNORMAL);
    assert_false(all[0].spec.with_never);
}

/* Cohen 1965: with censoring the shape k solves sum(t^k ln t) / sum(t^k) - 1/k = mean of ln t over the events. */
static void test_censored_weibull_solves_its_equation(void **state)
{
    (void)state;
    oc_observed cases[21];
    exactly(remission, 21, cases);
    oc_slip_fit weibull = fit(cases, 21, (oc_slip_spec){.family = OC_WEIBULL});
    double k = 1 / weibull.model.spread, powers = 0, weighted = 0, logs = 0;
    for (size_t i = 0; i < 21; i++) {
        double t = fabs(remission[i]);
        powers += pow(t, k);
        weighted += pow(t, k) * log(t);
        logs += remission[i] > 0 ? log(t) / 9 : 0;
    }
    assert_near(weighted / powers - 1 / k, logs, 1e-5);
    assert_near(exp(weibull.model.location), pow(powers / 9, 1 / k), 1e-3);
    assert_near(k, 1.35, 0.006); /* Cox and Oakes 1984, section 3.4 */
}

/* Three classes and two parameters: the fit must reproduce the shares exactly. */
static void test_interval_censored_shares(void **state)
{
    (void)state;
    oc_observed cases[100];
    for (size_t i = 0; i < 100; i++)
        cases[i] = i < 20   ? (oc_observed){-INFINITY, 3, 0}
                   : i < 70 ? (oc_observed){3, 11, 0}
                            : (oc_observed){11, INFINITY, 0};
    oc_slip_fit lognormal = fit(cases, 100, (oc_slip_spec){.family = OC_LOGNORMAL, .shift = 5});
    double low = oc_normal_quantile(0.2), high = oc_normal_quantile(0.7);
    double spread = (log(16) - log(8)) / (high - low);
    assert_near(lognormal.model.spread, spread, 1e-5);
    assert_near(lognormal.model.location, log(8) - low * spread, 1e-5);
    oc_slip_fit weibull = fit(cases, 100, (oc_slip_spec){.family = OC_WEIBULL, .shift = 5});
    double shape = (log(-log(0.3)) - log(-log(0.8))) / log(2);
    assert_near(1 / weibull.model.spread, shape, 1e-5);
}

static double quantile(const oc_slip_model *m, double p)
{
    double low = -m->shift, high = 1e6;
    for (int i = 0; i < 200; i++) {
        double middle = 0.5 * (low + high);
        if (oc_slip_done(m, middle) < p) low = middle;
        else high = middle;
    }
    return high;
}

/* Cases spread exactly as a model says have that model as their maximum likelihood (Fisher consistency). */
static void check_recovery(oc_slip_model truth)
{
    enum { N = 400 };
    oc_observed cases[N];
    size_t done = (size_t)lround(N * (1 - truth.never) * 0.9);
    double last = -truth.shift;
    for (size_t i = 0; i < N; i++) {
        double next = i < done ? quantile(&truth, (double)(i + 1) / N) : last;
        cases[i] = i < done ? (oc_observed){last, next, 0} : (oc_observed){last, INFINITY, 0};
        last = next;
    }
    oc_slip_spec spec = {truth.family, truth.never > 0, truth.on_time > 0, truth.shift, truth.window};
    oc_slip_fit found = fit(cases, N, spec);
    assert_near(found.model.location, truth.location, 1e-3);
    assert_near(found.model.spread, truth.spread, 1e-3);
    assert_near(found.model.never, truth.never, 1e-3);
    assert_near(found.model.on_time, truth.on_time, 1e-3);
    oc_slip_fit all[OC_SLIP_CANDIDATES];
    oc_slip_select(cases, N, truth.shift, truth.window, true, all);
    assert_int_equal(all[0].spec.family, truth.family);
    assert_int_equal(all[0].spec.with_on_time, truth.on_time > 0);
}

static void test_never_and_on_time_come_back(void **state)
{
    (void)state;
    check_recovery((oc_slip_model){OC_LOGNORMAL, 24, 1, 3.4, 0.5, 0.4, 0.1, 0});
    check_recovery((oc_slip_model){OC_WEIBULL, 24, 1, 3.6, 0.4, 0.25, 0.2, 0});
    check_recovery((oc_slip_model){OC_LOGNORMAL, 12, 1, 3.0, 0.7, 0, 0, 0});
}

static void test_curve_after_what_is_known(void **state)
{
    (void)state;
    oc_slip_model m = {OC_WEIBULL, 0, 1, log(10), 1, 0, 0.25, 0}; /* exponential of mean 10 for three in four */
    assert_near(oc_slip_done(&m, 10), 0.75 * (1 - exp(-1)), 1e-14);
    assert_near(oc_slip_open(&m, 10), 0.25 + 0.75 * exp(-1), 1e-14);
    double after = 0.75 * (exp(-1) - exp(-2)) / (0.25 + 0.75 * exp(-1));
    assert_near(oc_slip_done_after(&m, 20, 10), after, 1e-14);
    assert_near(oc_slip_done_after(&m, 5, 10), 0, 0);
    assert_near(oc_slip_done_after(&m, INFINITY, 10), 0.75 * exp(-1) / (0.25 + 0.75 * exp(-1)), 1e-14);
    m.never = 0;
    assert_true(isnan(oc_slip_done_after(&m, 30000, 20000)));
}

static void draw(oc_slip_model m, uint64_t seed, size_t count, oc_observed *cases)
{
    for (size_t i = 0; i < count; i++) {
        double t = quantile(&m, oc_resample_uniform(seed, 0, i));
        cases[i] = (oc_observed){t, t, 0};
    }
}

static void test_groups_that_differ_keep_their_own_models(void **state)
{
    (void)state;
    enum { N = 60, GROUPS = 5 };
    oc_observed cases[N * GROUPS];
    size_t group_of[N * GROUPS];
    for (size_t g = 0; g < GROUPS; g++) {
        draw((oc_slip_model){OC_LOGNORMAL, 0, 1, (double)g, 0.5, 0, 0, 0}, g, N, cases + g * N);
        for (size_t i = 0; i < N; i++) group_of[g * N + i] = g;
    }
    oc_slip_fit all = fit(cases, N * GROUPS, (oc_slip_spec){.family = OC_LOGNORMAL});
    oc_slip_pool pool;
    assert_true(oc_slip_pool_groups(&arena, cases, group_of, N * GROUPS, GROUPS, &all, &pool));
    assert_true(pool.between >= 1);
    assert_true(pool.pulled < 0.05);
    for (size_t g = 0; g < GROUPS; g++) {
        oc_slip_fit own = fit(cases + g * N, N, (oc_slip_spec){.family = OC_LOGNORMAL});
        assert_near(pool.group[g].model.location, own.model.location, 0.02);
        assert_near(pool.group[g].factor[0][0], own.model.spread / sqrt(N), 0.01);
    }
}

static void test_groups_that_do_not_differ_are_pooled(void **state)
{
    (void)state;
    enum { N = 20, GROUPS = 6 };
    oc_observed cases[N * GROUPS];
    size_t group_of[N * GROUPS];
    draw((oc_slip_model){OC_LOGNORMAL, 0, 1, 2, 0.5, 0, 0, 0}, 4, N * GROUPS, cases);
    for (size_t i = 0; i < N * GROUPS; i++) group_of[i] = i % GROUPS;
    oc_slip_fit all = fit(cases, N * GROUPS, (oc_slip_spec){.family = OC_LOGNORMAL});
    oc_slip_pool pool;
    assert_true(oc_slip_pool_groups(&arena, cases, group_of, N * GROUPS, GROUPS, &all, &pool));
    assert_true(pool.between <= 0.1);
    for (size_t g = 0; g < GROUPS; g++) assert_near(pool.group[g].model.location, all.model.location, 0.08);
    /* the band of a group that is nothing but the whole: mean of N * GROUPS normal values, at the median */
    double at = exp(all.model.location), low, high, error = all.model.spread / sqrt(N * GROUPS);
    pool.between = 0;
    oc_slip_group_band(&arena, &pool, 0, -INFINITY, 0, &at, 1, 2000, 1, 0.9, &low, &high);
    assert_true(low < 0.5 && high > 0.5);
    assert_true(high - low > 1.5 * error / all.model.spread * 0.3989 && high - low < 0.5);
}

/* The bootstrap's band for a share without censoring must have about the width of the share's own error. */
static void test_bootstrap_band(void **state)
{
    (void)state;
    enum { N = 100 };
    oc_observed cases[N];
    draw((oc_slip_model){OC_LOGNORMAL, 0, 1, 2, 0.5, 0, 0, 0}, 8, N, cases);
    double at[] = {exp(2.0)}, low, high;
    oc_slip_spec spec = {.family = OC_LOGNORMAL};
    assert_int_equal(oc_slip_band(&arena, cases, N, &spec, -INFINITY, 0, at, 1, 200, 5, 0.9, &low, &high), 200);
    double expected = 2 * 1.645 * 0.3989 / sqrt(N); /* delta method at the median: density * error of the mean */
    assert_near(high - low, expected, 0.25 * expected);
}

static void test_too_few_cases_are_refused(void **state)
{
    (void)state;
    oc_observed cases[] = {{1, 1, 0}, {2, INFINITY, 0}, {3, INFINITY, 0}, {4, INFINITY, 0}, {5, INFINITY, 0}};
    oc_slip_fit ignored;
    assert_false(oc_slip_fit_one(cases, 5, &(oc_slip_spec){.family = OC_WEIBULL}, &ignored));
    oc_observed early[] = {{-5, -5, 0}, {2, 2, 0}, {3, 3, 0}, {4, 4, 0}, {5, 5, 0}};
    assert_false(oc_slip_fit_one(early, 5, &(oc_slip_spec){.family = OC_WEIBULL}, &ignored));
    assert_true(oc_slip_fit_one(early, 5, &(oc_slip_spec){.family = OC_WEIBULL, .shift = 6}, &ignored));
    assert_false(oc_slip_fit_one(early, 3, &(oc_slip_spec){.family = OC_WEIBULL, .shift = 6}, &ignored));
}

/* "In 2012", kept: the share on time lies evenly on the period and the window before it. */
static void test_an_announced_year_is_kept_on_any_of_its_days(void **state)
{
    (void)state;
    oc_slip_model m = {OC_LOGNORMAL, 24, 1, 5, 0.1, 1, 0, 12};
    assert_near(oc_slip_done(&m, 0), 1, 1e-12);
    assert_near(oc_slip_done(&m, -6.5), 0.5, 1e-12);
    assert_near(oc_slip_done(&m, -13), 0, 1e-12);
    m.period = 0;
    assert_near(oc_slip_done(&m, -6), 0, 1e-12);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
TEST_MAIN(TEST(test_kaplan_meier_of_6mp), TEST(test_kaplan_meier_without_censoring_is_the_share),
          TEST(test_ball_bearings), TEST(test_censored_weibull_solves_its_equation),
          TEST(test_interval_censored_shares), TEST(test_never_and_on_time_come_back),
          TEST(test_curve_after_what_is_known), TEST(test_groups_that_differ_keep_their_own_models),
          TEST(test_groups_that_do_not_differ_are_pooled), TEST(test_bootstrap_band),
          TEST(test_an_announced_year_is_kept_on_any_of_its_days), TEST(test_too_few_cases_are_refused))
