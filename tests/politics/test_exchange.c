/* Exchange against the 20 deals that the group's public program finds, in order; ratification against the worked
 * example; a two-actor deal in closed form. */
#include "politics.h"

static void assert_name(const oc_bargain_table *table, size_t actor, const char *want)
{
    assert_true(oc_slice_is(table->actors[actor].name, want));
}

static void test_paris(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    read_data(&f, "cop21-short.csv");
    oc_bargain_options options = oc_bargain_default(OC_MODEL_EXCHANGE, &f.table);
    options.runs = 0;
    oc_bargain_result result;
    assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &result), OC_OK);
    assert_int_equal(result.exchange.deals.len, 20);
    const char *line = strchr(data_text(&f, "cop21-short-deals.csv").ptr, '\n') + 1;
    for (size_t d = 0; d < 20; d++) {
        char actor[2][40], issue[2][40];
        double gain, from[2], to[2];
        assert_int_equal(sscanf(line, "%39[^,],%39[^,],%39[^,],%39[^,],%lf,%lf,%lf,%lf,%lf", actor[0], issue[0],
                                actor[1], issue[1], &gain, &from[0], &to[0], &from[1], &to[1]),
                         9);
        const oc_exchange_deal *deal = &result.exchange.deals.at[d];
        for (int k = 0; k < 2; k++) {
            assert_name(&f.table, deal->side[k].actor, actor[k]);
            assert_true(oc_slice_is(f.table.issues[deal->side[k].issue].name, issue[k]));
            assert_near(deal->side[k].from, from[k], 1e-9);
            assert_near(deal->side[k].to, to[k], 1e-9);
            assert_near(deal->side[k].gain, gain, 1e-9);
        }
        line = strchr(line, '\n') + 1;
    }
    fixture_free(&f);
}

/* The worked example of exchange.c: both outcomes fall from 20 to 0, each gains 12. */
static void test_two_actors(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    double x[] = {0, 100, 100, 0}, s[] = {0.8, 0.2, 0.2, 0.8}, c[] = {1, 1, 1, 1};
    oc_exchange_input input = {2, 2, x, s, c, NULL};
    oc_exchange_options options = {0};
    oc_exchange_result result;
    assert_int_equal(oc_exchange(&f.arena, &input, &options, &result), OC_OK);
    assert_int_equal(result.deals.len, 1);
    assert_near(result.before[0], 20, 1e-12);
    assert_near(result.after[0], 0, 1e-12);
    assert_near(result.deals.at[0].gain, 12, 1e-12);
    assert_near(result.gain[0] + result.gain[1], 24, 1e-12);
    fixture_free(&f);
}

/* In random tables both sides gain the same, nobody moves past the target, moves never turn back. */
static void test_properties(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        fixture f;
        fixture_init(&f);
        enum { N = 8, M = 4 };
        double x[N * M], s[N * M], c[N * M];
        uint32_t z = seed * 2654435761u;
        for (int k = 0; k < N * M; k++) {
            x[k] = (z = z * 1664525u + 1013904223u) >> 8, x[k] = fmod(x[k], 101);
            s[k] = 0.05 + ((z = z * 1664525u + 1013904223u) >> 12) % 90 / 100.0;
            c[k] = k % M ? c[k - 1] : 1 + ((z = z * 1664525u + 1013904223u) >> 12) % 50;
        }
        oc_exchange_input input = {N, M, x, s, c, NULL};
        oc_exchange_options options = {.no_overshoot = seed % 2};
        oc_exchange_result result;
        assert_int_equal(oc_exchange(&f.arena, &input, &options, &result), OC_OK);
        double direction[N * M] = {0};
        for (size_t d = 0; d < result.deals.len; d++) {
            const oc_exchange_deal *deal = &result.deals.at[d];
            assert_near(deal->side[0].gain, deal->side[1].gain, 1e-9);
            assert_true(deal->gain > 0);
            for (int k = 0; k < 2; k++) {
                const oc_exchange_side *side = &deal->side[k];
                double turn = side->to > side->from ? 1 : -1, *before = &direction[side->actor * M + side->issue];
                assert_true(turn * (side->target - side->to) >= -1e-9);
                assert_true(*before == 0 || *before == turn);
                *before = turn;
            }
        }
        fixture_free(&f);
    }
}

static void test_win_sets(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    oc_ratifier side[] = {{20, 30, 0, false}, {45, 25, 0, false}, {70, 45, 0, false}};
    oc_intervals set = oc_win_set(&f.arena, side, 3, 0, 0.6, 0, 100);
    assert_int_equal(set.len, 1);
    assert_near(set.at[0].low, 0, 0);
    assert_near(set.at[0].high, 90, 0);
    set = oc_win_set(&f.arena, side, 3, 0, 1, 0, 100);
    assert_near(set.at[0].high, 40, 0);
    side[0].veto = true;
    set = oc_win_set(&f.arena, side, 3, 0, 0.6, 0, 100);
    assert_near(set.at[0].high, 40, 0);
    assert_near(oc_ratify(&set, 70, 0), 40, 0);
    assert_near(oc_ratify(&set, 30, 0), 30, 0);
    /* An agreement must beat the status quo by 25 of 100: who is within 25 of it accepts nothing. */
    for (int k = 0; k < 3; k++) side[k].cost = -25;
    set = oc_win_set(&f.arena, side, 3, 0, 0.6, 0, 100);
    assert_int_equal(set.len, 0);
    assert_near(oc_ratify(&set, 70, 0), 0, 0);
    /* Two camps: a union of two intervals at half the weight. */
    oc_ratifier camps[] = {{10, 1, -30, false}, {90, 1, -30, false}};
    set = oc_win_set(&f.arena, camps, 2, 50, 0.5, 0, 100);
    assert_int_equal(set.len, 2);
    assert_near(set.at[0].high, 20, 1e-12);
    assert_near(set.at[1].low, 80, 1e-12);
    fixture_free(&f);
}

/* Schelling: a tighter home drags the outcome its way. */
static void test_ratification_of_an_outcome(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    static const char text[] =
        "actor,capability,side,position,salience\nstatus quo,,,0,20\nminister,10,,90,50\n"
        "envoy,10,,70,50\nlower house,30,home,20,10\nupper house,25,home,45,10\nsenate,45,home,70,10\n";
    assert_int_equal(read_text(&f, oc_slice_of(text)), OC_OK);
    oc_bargain_options options = oc_bargain_default(OC_MODEL_COMPROMISE, &f.table);
    options.ratify = true;
    options.quota = 1;
    options.runs = 200;
    oc_bargain_result result;
    assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &result), OC_OK);
    assert_near(result.outcomes[0].unratified, 80, 1e-9);
    assert_near(result.outcomes[0].outcome, 40, 1e-9);
    assert_near(result.outcomes[0].ratifiable, 1, 1e-9);
    assert_int_equal(result.side_count, 1);
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paris), cmocka_unit_test(test_two_actors), cmocka_unit_test(test_properties),
        cmocka_unit_test(test_win_sets), cmocka_unit_test(test_ratification_of_an_outcome),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("exchange", tests, NULL, NULL);
}
