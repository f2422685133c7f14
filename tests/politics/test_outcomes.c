/* Means, medians, Nash points and the challenge model against published numbers: the emission standards of Scholz,
 * Calbert and Smith (2011), tables 1 and 2. */
#include "politics.h"
#include "politics/nash.h"
#include "politics/outcome.h"

static const double x[] = {4, 7, 4, 4, 10, 10, 10, 7, 4, 7};
static const double c[] = {.08, .08, .03, .16, .16, .16, .16, .05, .05, .08};
static const double s[] = {.8, .4, .2, .8, .6, .6, .9, .1, 1, .7};
enum { N = 10 };

static void weights(double *w)
{
    for (int k = 0; k < N; k++) w[k] = c[k] * s[k];
}

static void test_mean_and_median(void **state)
{
    (void)state;
    double w[N], upper;
    weights(w);
    assert_near(oc_bargain_outcome_mean(x, w, N), 7.389956, 5e-7);
    assert_near(oc_bargain_outcome_median(x, w, N, &upper), 7, 0);
    assert_near(upper, 7, 0);
    double even[] = {1, 1, 2}, where[] = {0, 50, 100};
    assert_near(oc_bargain_outcome_median(where, even, 3, &upper), 50, 0);
    assert_near(upper, 100, 0);
    assert_true(isnan(oc_bargain_outcome_mean(x, w, 0)));
    double none[] = {0, 0, 0};
    assert_true(isnan(oc_bargain_outcome_mean(where, none, 3)));
    assert_true(isnan(oc_bargain_outcome_median(where, none, 3, NULL)));
}

/* The two values of the specification; the limit of a costly failure is the weighted mean. */
static void test_nash(void **state)
{
    (void)state;
    double w[N];
    weights(w);
    assert_near(oc_nash_costly(x, c, s, N, 4, 10, 6, 2), 7.318365, 1e-6);
    assert_near(oc_nash_salience(x, c, s, N, 4, 10, 6, 0.1), 7.265229, 1e-6);
    assert_near(oc_nash_costly(x, c, s, N, 4, 10, 6, 1e9), oc_bargain_outcome_mean(x, w, N), 1e-7);
    assert_true(isnan(oc_nash_costly(x, c, s, N, 4, 10, 6, 0.9))); /* failure would suit somebody */
}

/* Two actors at 40 and 80, status quo 0: with equal weights the nearer one's ideal. With weight 1 : 3 the condition
 * beyond 40, 3/x = 1/(80 - x), gives 60. Kalai-Smorodinsky: 2 - x/40 = x/80 gives 160/3. */
static void test_nash_from_the_status_quo(void **state)
{
    (void)state;
    double at[] = {40, 80}, one[] = {1, 1}, three[] = {1, 3};
    bool gridlock;
    assert_near(oc_nash_status_quo(at, one, one, 2, 0, 100, 0, &gridlock), 40, 1e-9);
    assert_near(oc_nash_status_quo(at, three, one, 2, 0, 100, 0, &gridlock), 60, 1e-9);
    assert_false(gridlock);
    assert_near(oc_nash_kalai(at, one, one, 2, 0, 100, 0, &gridlock), 160.0 / 3, 1e-9);
    assert_near(oc_nash_status_quo(at, one, one, 2, 0, 100, 60, &gridlock), 60, 0);
    assert_true(gridlock);
    /* From above: the mirror image. */
    assert_near(oc_nash_status_quo(at, three, one, 2, 0, 100, 100, &gridlock), 80, 1e-9);
}

/* The worked example of pce.c with three voters: 3/14, 8/14, 3/14, up to the constant 1e-8. */
static void test_pce(void **state)
{
    (void)state;
    double at[] = {0, 50, 100, 0}, w[] = {1, 1, 1}, p[4];
    assert_near(oc_bargain_outcome_pce(at, w, 3, 100, p), 50, 1e-6);
    assert_near(p[0], 3.0 / 14, 1e-7);
    assert_near(p[1], 8.0 / 14, 1e-7);
    /* Splitting an actor into two at the same place changes nothing. */
    double split[] = {0.4, 1, 1, 0.6}, q[4];
    assert_near(oc_bargain_outcome_pce(at, split, 4, 100, q), 50, 1e-6);
    assert_near(q[0], p[0], 1e-12);
    assert_near(q[3], 0, 0);
    double alone = 30;
    assert_near(oc_bargain_outcome_pce(&alone, w, 1, 100, p), 30, 0);
}

static void test_general_pce_agrees(void **state)
{
    (void)state;
    double w[N], p[N], q[3], utility[3 * N], work[2 * 9 + 3], sum = 0;
    static const double options[] = {4, 7, 10};
    weights(w);
    double plain = oc_bargain_outcome_pce(x, w, N, 6, p);
    for (int k = 0; k < N; k++) sum += w[k];
    for (int k = 0; k < N; k++) w[k] /= sum;
    for (int a = 0; a < 3; a++)
        for (int k = 0; k < N; k++) utility[a * N + k] = 1 - fabs(x[k] - options[a]) / 6;
    oc_pce_rule rule = {OC_VOTING_PROP, OC_VICTORY_LINEAR, OC_PCE_CONDITIONAL};
    assert_true(oc_pce(&rule, utility, w, N, 3, q, work));
    assert_near(4 * q[0] + 7 * q[1] + 10 * q[2], plain, 1e-12);
    /* Both Markov forms settle, and on a distribution. */
    for (rule.model = OC_PCE_MARKOV_INCENTIVE; rule.model <= OC_PCE_MARKOV_UNIFORM; rule.model++) {
        assert_true(oc_pce(&rule, utility, w, N, 3, q, work));
        assert_near(q[0] + q[1] + q[2], 1, 1e-6);
    }
}

/* Printed medians and means of rounds 1 to 8. All within 0.1 (they are partly truncated, partly rounded) but one: the
 * median of round 2, printed 9.9, where the program that gives all the others gives 9.61. */
static void test_challenge_published(void **state)
{
    (void)state;
    static const double median[] = {8.4, 9.9, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6};
    static const double mean[] = {7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6};
    fixture f;
    fixture_init(&f);
    read_data(&f, "ec-emissions.csv");
    oc_bargain_options options = oc_bargain_default(OC_MODEL_CHALLENGE, &f.table);
    options.rounds = options.read_round = 8;
    options.runs = 0;
    oc_bargain_result result;
    assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &result), OC_OK);
    assert_int_equal(result.round_count, 8);
    for (int r = 0; r < 8; r++) {
        assert_near(result.rounds[r].mean[0], mean[r], 0.1);
        assert_near(result.rounds[r].median[0], r == 1 ? 9.611 : median[r], r == 1 ? 0.001 : 0.1);
    }
    assert_near(result.outcomes[0].outcome, result.rounds[7].median[0], 0);
    assert_near(result.outcomes[0].mean, 7.389956, 5e-7);
    fixture_free(&f);
}

/* Other readings of the same case, as independently computed for the specification. (In round 8 of the least-move
 * reading all but a few stand within 1e-6 of one another: 8.179 or 10 then hangs on the last bit of a power.) */
static void test_challenge_readings(void **state)
{
    (void)state;
    static const double text_mean[] = {7.519, 7.886, 7.164, 7}, least_median[] = {8.416, 9.611, 9.962, 10, 10, 10, 10};
    double y[N], next[N], w[N];
    fixture f;
    fixture_init(&f);
    weights(w);
    oc_challenge_work *work = oc_challenge_work_new(&f.arena, N);
    oc_challenge_options options = {.q = 1, .text = true};
    memcpy(y, x, sizeof y);
    for (size_t r = 0; r < COUNT(text_mean); r++) {
        oc_challenge_round(work, &options, y, c, s, N, 6, next, NULL);
        memcpy(y, next, sizeof y);
        assert_near(oc_bargain_outcome_mean(y, w, N), text_mean[r], 0.0011);
        assert_near(oc_bargain_outcome_median(y, w, N, NULL), 7, 1e-9);
    }
    options = (oc_challenge_options){.q = 1, .least_move = true};
    memcpy(y, x, sizeof y);
    for (size_t r = 0; r < COUNT(least_median); r++) {
        oc_challenge_round(work, &options, y, c, s, N, 6, next, NULL);
        memcpy(y, next, sizeof y);
        assert_near(oc_bargain_outcome_median(y, w, N, NULL), least_median[r], 0.0006);
    }
    fixture_free(&f);
}

/* Expected utilities as the Netherlands sees them at Q = 0.5, read off figure 11. */
static void test_challenge_figure(void **state)
{
    (void)state;
    static const struct {
        int actor;
        double own, other;
    } points[] = {{6, -2.688, -2.283}, {4, -1.496, -2.283}, {9, -0.984, -0.961},
                  {1, -0.360, -0.961}, {7, 0.264, -0.961},  {2, -0.248, -0.250}};
    fixture f;
    fixture_init(&f);
    oc_challenge_work *work = oc_challenge_work_new(&f.arena, N);
    oc_challenge_options options = {.q = 0.5};
    double next[N];
    oc_challenge_round(work, &options, x, c, s, N, 6, next, NULL);
    for (size_t k = 0; k < COUNT(points); k++) {
        assert_near(work->own[points[k].actor], points[k].own, 0.011);
        assert_near(work->other[points[k].actor], points[k].other, 0.011);
    }
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mean_and_median), cmocka_unit_test(test_nash),
        cmocka_unit_test(test_nash_from_the_status_quo), cmocka_unit_test(test_pce),
        cmocka_unit_test(test_general_pce_agrees), cmocka_unit_test(test_challenge_published),
        cmocka_unit_test(test_challenge_readings), cmocka_unit_test(test_challenge_figure),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("outcomes", tests, NULL, NULL);
}
