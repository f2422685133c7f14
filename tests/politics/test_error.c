/* The error of forecasts: the 351 issues give back the published accuracy, and the program's own intervals cover what
 * was measured. */
#include "politics.h"
#include <stdlib.h>

#include "politics/error.h"
#include "politics/outcome.h"

typedef struct issue {
    double outcome, challenge, compromise;
} issue;
enum { ISSUES = 351 };

static void read_issues(fixture *f, issue *issues)
{
    const char *line = data_text(f, "deu-351.csv").ptr;
    for (int k = 0; k < ISSUES; k++) {
        line = strchr(line, '\n') + 1;
        const char *rest = strchr(strchr(line, ',') + 1, ',') + 1;
        int used;
        assert_int_equal(sscanf(rest, "%lf,%n", &issues[k].outcome, &used), 1);
        rest = strchr(rest + used, ',') + 1; /* past the reference point, which may be missing */
        assert_int_equal(sscanf(rest, "%lf,%lf", &issues[k].challenge, &issues[k].compromise), 2);
    }
}

static void test_accuracy(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    issue issues[ISSUES];
    read_issues(&f, issues);
    double mean = 0, challenge = 0, square = 0;
    for (int k = 0; k < ISSUES; k++) {
        mean += fabs(issues[k].outcome - issues[k].compromise) / ISSUES;
        challenge += fabs(issues[k].outcome - issues[k].challenge) / ISSUES;
        square += pow(issues[k].outcome - issues[k].compromise, 2) / ISSUES;
    }
    assert_near(mean, 22.992, 0.0005);
    assert_near(challenge, 26.829, 0.0005);
    assert_near(sqrt(square), 29.771, 0.0006);
    fixture_free(&f);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The compiled tables are the file's. */
static void test_tables(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    issue issues[ISSUES];
    read_issues(&f, issues);
    double compromise[ISSUES], challenge[ISSUES];
    for (int k = 0; k < ISSUES; k++) {
        compromise[k] = issues[k].outcome - issues[k].compromise;
        challenge[k] = issues[k].outcome - issues[k].challenge;
    }
    qsort(compromise, ISSUES, sizeof(double), ascending);
    qsort(challenge, ISSUES, sizeof(double), ascending);
    assert_int_equal(oc_error_compromise.count, ISSUES);
    assert_int_equal(oc_error_challenge.count, ISSUES);
    for (int k = 0; k < ISSUES; k++) {
        assert_near(oc_error_compromise.residual[k], compromise[k], 1e-9);
        assert_near(oc_error_challenge.residual[k], challenge[k], 1e-9);
    }
    fixture_free(&f);
}

/* Leave one out: 49 / 80 / 89 % at nominal 50 / 80 / 90 %, to a point; the mean width of the 80 % interval is 70. */
static void test_coverage(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    issue issues[ISSUES];
    read_issues(&f, issues);
    static const double measured[] = {0.49, 0.80, 0.89};
    for (int level = 0; level < OC_BARGAIN_LEVELS; level++) {
        double covered = 0, width = 0, tail = (1 - oc_bargain_levels[level]) / 2;
        for (int k = 0; k < ISSUES; k++) {
            double others[ISSUES];
            size_t count = 0;
            for (int j = 0; j < ISSUES; j++)
                if (j != k) others[count++] = issues[j].outcome - issues[j].compromise;
            qsort(others, count, sizeof(double), ascending);
            oc_error_table table = {others, count};
            oc_prediction it = {.forecast = &issues[k].compromise, .draws = 1, .error = &table, .low = 0, .high = 100};
            double low = oc_prediction_quantile(&it, tail), high = oc_prediction_quantile(&it, 1 - tail);
            covered += issues[k].outcome >= low - 1e-9 && issues[k].outcome <= high + 1e-9;
            width += (high - low) / ISSUES;
        }
        assert_near(covered / ISSUES, measured[level], 0.01);
        if (level == 1) assert_near(width, 70, 1.5);
    }
    fixture_free(&f);
}

/* The worked example of error.c, and a continuous case against its definition. */
static void test_mixture(void **state)
{
    (void)state;
    double residual[] = {-60, 0, 60}, forecast = 50;
    oc_error_table table = {residual, 3};
    oc_prediction it = {.forecast = &forecast, .draws = 1, .error = &table, .low = 0, .high = 100, .mass = 0.25};
    assert_near(oc_prediction_below(&it, 0), 0.5, 1e-12);
    assert_near(oc_prediction_below(&it, 50), 0.75, 1e-12);
    assert_near(oc_prediction_below(&it, 99.9), 0.75, 1e-12);
    assert_near(oc_prediction_quantile(&it, 0.5), 0, 1e-9);
    assert_near(oc_prediction_quantile(&it, 0.75), 50, 1e-9);
    assert_near(oc_prediction_quantile(&it, 0.76), 100, 1e-9);
    assert_near(oc_prediction_mean(&it), 0.75 * 50, 1e-12);
    /* Another scale: everything scales. */
    double there = 7;
    oc_prediction small = {
        .forecast = &there, .draws = 1, .error = &table, .low = 4, .high = 10, .status_quo = 4, .mass = 0.25};
    assert_near(oc_prediction_quantile(&small, 0.75), 7, 1e-9);
    assert_near(oc_prediction_mean(&small), 4 + 6 * 0.375, 1e-12);
    assert_near(oc_bargain_outcome_drawn(50, 60, 0.9, 0, 0.25, 0, 100), 100, 0);
    assert_near(oc_bargain_outcome_drawn(50, 60, 0.2, 0, 0.25, 0, 100), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_accuracy), cmocka_unit_test(test_tables),
                                       cmocka_unit_test(test_coverage), cmocka_unit_test(test_mixture)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
