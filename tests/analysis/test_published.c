/* Published and closed-form values, one a row: name and source, what comes out, what is printed or follows.
 *
 * They stand beside the tests of each part (test_sobol.c, test_survival.c and so on), which ask for more than single
 * figures; here each figure is a case of its own, so that their number can be seen. */
#include "analysis/pool.h"
#include "analysis/prim.h"
#include "analysis/scores.h"
#include "analysis/special.h"
#include "analysis/survival.h"
#include "near.h"

enum { MOST = 64, ROWS = 20000, FEWEST = 25 };

typedef struct published {
    const char *name;
    double got, want, tolerance;
} published;

static published rows[MOST];
static size_t count;
static oc_arena arena;

static void add(const char *name, double got, double want, double tolerance)
{
    rows[count++] = (published){name, got, want, tolerance};
}

/* --- Kaplan and Meier --- */

static void add_kaplan_meier(void)
{
    /* Eight items: deaths at 0.8, 3.1, 5.4, 9.2, losses at 1.0, 2.7, 7.0, 12.1. */
    static const oc_observed eight[] = {{0.8, 0.8, 0}, {1.0, INFINITY, 0}, {2.7, INFINITY, 0}, {3.1, 3.1, 0},
                                        {5.4, 5.4, 0}, {7.0, INFINITY, 0}, {9.2, 9.2, 0}, {12.1, INFINITY, 0}};
    oc_km km = oc_km_estimate(&arena, eight, 8, 0.95);
    add("Kaplan and Meier 1958, section 2: P(0.8)", km.step[0].open, 0.875, 1e-12);
    add("Kaplan and Meier 1958, section 2: P(3.1)", km.step[1].open, 0.7, 1e-12);
    add("Kaplan and Meier 1958, section 2: P(5.4)", km.step[2].open, 0.525, 1e-12);
    add("Kaplan and Meier 1958, section 2: P(9.2)", km.step[3].open, 0.2625, 1e-12);
    static const double placebo[21] = {1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23};
    oc_observed cases[21];
    for (size_t i = 0; i < 21; i++) cases[i] = (oc_observed){placebo[i], placebo[i], 0};
    km = oc_km_estimate(&arena, cases, 21, 0.95);
    add("Freireich et al. 1963, placebo: S(1)", 1 - oc_km_done(&km, 1), 0.9048, 0.00005);
    add("Freireich et al. 1963, placebo: S(5)", 1 - oc_km_done(&km, 5), 0.5714, 0.00005);
    add("Freireich et al. 1963, placebo: S(8)", 1 - oc_km_done(&km, 8), 0.3810, 0.00005);
    add("Freireich et al. 1963, placebo: S(12)", 1 - oc_km_done(&km, 12), 0.1905, 0.00005);
    add("Freireich et al. 1963, placebo: S(22)", 1 - oc_km_done(&km, 22), 0.0476, 0.00005);
    add("Freireich et al. 1963, placebo: median", km.median, 8, 0);
}

/* --- censored fits --- */

static void add_fits(void)
{
    static const double remission[21] = {6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20,
                                         22, 23, -25, -32, -32, -34, -35};
    oc_observed cases[21];
    for (size_t i = 0; i < 21; i++)
        cases[i] = (oc_observed){fabs(remission[i]), remission[i] < 0 ? INFINITY : remission[i], 0};
    oc_slip_fit fit;
    oc_slip_spec spec = {.family = OC_WEIBULL};
    double shape = NAN, scale = NAN;
    if (oc_slip_fit_one(cases, 21, &spec, &fit)) shape = 1 / fit.model.spread, scale = exp(fit.model.location);
    add("Gehan 1965, 6-MP, censored Weibull: shape (Cox and Oakes 1984, 3.4)", shape, 1.354, 0.006);
    add("Gehan 1965, 6-MP, censored Weibull: scale", scale, 33.77, 0.05);
    double logs[5] = {0.5, 1.0, 1.5, 2.5, 4.5}, mean = 2, variance = 0;
    oc_observed exact[5];
    for (int i = 0; i < 5; i++) {
        exact[i] = (oc_observed){exp(logs[i]), exp(logs[i]), 0};
        variance += (logs[i] - mean) * (logs[i] - mean) / 5;
    }
    spec.family = OC_LOGNORMAL;
    bool fine = oc_slip_fit_one(exact, 5, &spec, &fit);
    add("lognormal without censoring: mean of the logarithms", fine ? fit.model.location : NAN, mean, 1e-4);
    add("lognormal without censoring: their deviation", fine ? fit.model.spread : NAN, sqrt(variance), 1e-4);
}

/* --- scores --- */

static double crps(double (*cdf)(double), double from, double to, double outcome)
{
    enum { POINTS = 8001 };
    static double at[POINTS], done[POINTS];
    for (int i = 0; i < POINTS; i++) at[i] = from + (to - from) * i / (POINTS - 1), done[i] = cdf(at[i]);
    oc_cdf curve = {at, done, POINTS, false};
    return oc_score_crps_window(&curve, outcome, from, to);
}

static double exponential(double x)
{
    return x > 0 ? 1 - exp(-x) : 0;
}

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

static double uniform(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

static void add_scores(void)
{
    add("CRPS of N(0, 1) at 0 (Gneiting and Raftery 2007, 4.2)", crps(oc_normal_cdf, -12, 12, 0), 0.2336950, 2e-6);
    add("CRPS of N(0, 1) at 1", crps(oc_normal_cdf, -12, 12, 1), 0.6024414, 2e-6);
    add("CRPS of N(0, 1) at -2", crps(oc_normal_cdf, -12, 12, -2), 1.4527913, 2e-6);
    add("CRPS of the exponential at 1 (Jordan, Krueger and Lerch 2019)", crps(exponential, 0, 40, 1), 0.2357589, 1e-5);
    add("CRPS of the logistic at 0 (same): 2 ln 2 - 1", crps(logistic, -40, 40, 0), 0.3862944, 1e-5);
    add("CRPS of the uniform at 1/2: 1/12", crps(uniform, -1, 3, 0.5), 1 / 12.0, 1e-6);
    add("CRPS of the uniform at 0: 1/3", crps(uniform, -1, 3, 0), 1 / 3.0, 1e-6);
    add("CRPS of the uniform at 2: 4/3", crps(uniform, -1, 3, 2), 4 / 3.0, 1e-6);
    add("Brier 1950: 0.7 and rain", oc_score_brier(0.7, true), 0.09, 1e-15);
    add("Brier 1950: 0.7 and no rain", oc_score_brier(0.7, false), 0.49, 1e-15);
    add("Good 1952: 1/4 and it happened", oc_score_log(0.25, true, 0), 1.3862943611, 1e-10);
}

/* --- sensitivity --- */

static double product_of(const double *u)
{
    return (u[0] - 0.5) * (u[1] - 0.5);
}

static double sum_of(const double *u)
{
    return u[0] + 2 * u[1];
}

static void add_sobol(const char *const names[4], double (*f)(const double *), const double want[4])
{
    static double a[ROWS], b[ROWS], swapped[2][ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        double u[2], v[2];
        for (size_t k = 0; k < 2; k++) u[k] = oc_resample_uniform(5, k, i), v[k] = oc_resample_uniform(5, 10 + k, i);
        a[i] = f(u);
        b[i] = f(v);
        for (size_t k = 0; k < 2; k++) {
            double mixed[2] = {u[0], u[1]};
            mixed[k] = v[k];
            swapped[k][i] = f(mixed);
        }
    }
    const double *parts[2] = {swapped[0], swapped[1]};
    oc_sobol found;
    bool fine = oc_sobol_indices(&arena, a, b, parts, ROWS, 2, OC_SOBOL_SALTELLI, 0.9, &found);
    for (int k = 0; k < 2; k++) {
        add(names[2 * k], fine ? found.index[k].first.raw : NAN, want[2 * k], 4 * found.index[k].first.estimate.error);
        add(names[2 * k + 1], fine ? found.index[k].total.raw : NAN, want[2 * k + 1],
            4 * found.index[k].total.estimate.error);
    }
}

static void add_sensitivity(void)
{
    static const char *const sums[] = {"x + 2 y: S of x, 1/5", "x + 2 y: T of x, 1/5", "x + 2 y: S of y, 4/5",
                                       "x + 2 y: T of y, 4/5"};
    static const char *const products[] = {"(x - 1/2)(y - 1/2): S of x, 0", "(x - 1/2)(y - 1/2): T of x, 1",
                                           "(x - 1/2)(y - 1/2): S of y, 0", "(x - 1/2)(y - 1/2): T of y, 1"};
    add_sobol(sums, sum_of, (const double[]){0.2, 0.2, 0.8, 0.8});
    add_sobol(products, product_of, (const double[]){0, 1, 0, 1});
}

/* --- boxes and pools --- */

static void add_boxes(void)
{
    static double x[ROWS];
    static bool hit[ROWS];
    for (size_t i = 0; i < ROWS; i++) x[i] = ((double)i + 0.5) / ROWS, hit[i] = x[i] > 0.75;
    oc_prim prim;
    bool fine = oc_prim_find(&arena, &(oc_column){x, 0}, 1, hit, ROWS, NULL, &prim);
    add("planted x > 3/4: lower limit, to a peel of 5 %", fine ? prim.box.limit[0].low : NAN, 0.75, 0.0125);
    add("planted x > 3/4: density", fine ? prim.box.density : NAN, 1, 0.02);
    add("planted x > 3/4: coverage", fine ? prim.box.coverage : NAN, 1, 0.05);
    add("binomial tail of 8 or more of 10 coins: 56/1024", oc_binomial_tail(8, 10, 0.5), 56 / 1024.0, 1e-12);
}

static void add_pools(void)
{
    static const oc_day days[] = {1, 2};
    static const double low[] = {0.2, 0.2}, high[] = {0.6, 0.6};
    oc_curve curves[] = {{days, low, 2}, {days, high, 2}};
    double done[2] = {NAN, NAN}, odds = pow(0.25, 0.25) * pow(1.5, 0.75);
    oc_pool_linear(curves, (const double[]){0.25, 0.75}, 2, done);
    add("linear pool of 0.2 and 0.6, one to three (Stone 1961)", done[1], 0.5, 1e-12);
    oc_pool_log(&arena, curves, (const double[]){0.25, 0.75}, 2, 0, done);
    add("logarithmic pool of the same (Genest and Zidek 1986): odds", done[1], odds / (1 + odds), 1e-9);
    oc_curve_gap gap = oc_curve_compare(&curves[0], &curves[1]);
    add("largest distance of the two (Kolmogorov)", gap.largest, 0.4, 1e-12);
}

static void check(void **state)
{
    const published *row = *state;
    if (!(fabs(row->got - row->want) <= row->tolerance))
        fail_msg("%s: %.10g, expected %.10g within %.2g", row->name, row->got, row->want, row->tolerance);
}

static void check_count(void **state)
{
    (void)state;
    assert_true(count >= FEWEST);
}

int main(void)
{
    oc_arena_init(&arena, NULL, 256 << 20);
    add_kaplan_meier();
    add_fits();
    add_scores();
    add_sensitivity();
    add_boxes();
    add_pools();
    struct CMUnitTest tests[MOST + 1] = {{"at least 25 cases", check_count, NULL, NULL, NULL}};
    for (size_t i = 0; i < count; i++) tests[i + 1] = (struct CMUnitTest){rows[i].name, check, NULL, NULL, &rows[i]};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    int failed = _cmocka_run_group_tests("published", tests, count + 1, NULL, NULL);
    oc_arena_free(&arena);
    return failed;
}
