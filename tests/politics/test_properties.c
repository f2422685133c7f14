/* What must hold for any table: a shift and a stretch of the scale, the unit of capability and the order of rows change
 * nothing; the mirror image gives the mirror image; unanimity is kept; a dominant actor gets its way; none, one and all
 * equal are answered. On random tables, for every model that promises it. */
#include <stdlib.h>

#include "politics.h"

enum { N = 9 };

typedef struct sample {
    double x[N], s[N], c[N];
    int order[N];
} sample;

static uint32_t bits;

static double next(void)
{
    bits = bits * 1664525u + 1013904223u;
    return (bits >> 8) * 0x1p-24;
}

static sample draw(uint32_t seed)
{
    sample it;
    bits = seed * 2654435761u + 1;
    for (int k = 0; k < N; k++) {
        it.x[k] = floor(next() * 101);
        it.s[k] = 0.1 + 0.9 * next();
        it.c[k] = 1 + 99 * next();
        it.order[k] = k;
    }
    return it;
}

static void fill(fixture *f, const sample *it, double low, double high, double unit)
{
    oc_bargain_table_init(&f->table, &f->arena, N, 1);
    f->table.issues[0] = (oc_bargain_issue){.name = OC_SLICE("x"), .low = low, .high = high, .mass = 0.2,
                                            .has_status_quo = true, .status_quo = low};
    for (int k = 0; k < N; k++) {
        int a = it->order[k];
        oc_bargain_cell *cell = oc_bargain_cell_at(&f->table, k, 0);
        f->table.actors[k].name = oc_arena_printf(&f->arena, "actor %d", a);
        f->table.actors[k].capability = oc_bargain_exactly(it->c[a] * unit);
        *cell = (oc_bargain_cell){.present = true, .right = 1, .capability = f->table.actors[k].capability,
                                  .position = oc_bargain_exactly(low + it->x[a] / 100 * (high - low)),
                                  .salience = oc_bargain_exactly(it->s[a])};
    }
}

/* Outcome as a share of the scale. */
static double solve(const sample *it, oc_bargain_model model, double low, double high, double unit, int rounds)
{
    fixture f;
    fixture_init(&f);
    fill(&f, it, low, high, unit);
    oc_bargain_options options = oc_bargain_default(model, &f.table);
    options.runs = 0;
    if (rounds) options.rounds = options.read_round = rounds;
    options.challenge.least_move = true; /* the published choice depends on the direction of the scale */
    options.reading = OC_READ_MEAN;
    oc_bargain_result result;
    assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &result), OC_OK);
    double y = (result.outcomes[0].outcome - low) / (high - low);
    fixture_free(&f);
    return y;
}

static void test_shift_and_stretch(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        sample it = draw(seed);
        for (oc_bargain_model model = 0; model < OC_MODEL_EXCHANGE; model++) {
            double y = solve(&it, model, 0, 100, 1, 1);
            assert_near(solve(&it, model, -64, 192, 1, 1), y, 1e-7);
            assert_near(solve(&it, model, 1000, 1006.25, 1, 1), y, 1e-7);
        }
    }
}

static void test_unit_of_capability(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        sample it = draw(seed);
        for (oc_bargain_model model = 0; model < OC_MODEL_EXCHANGE; model++) {
            double y = solve(&it, model, 0, 100, 1, 1);
            assert_near(solve(&it, model, 0, 100, 0.001, 1), y, 1e-7);
            assert_near(solve(&it, model, 0, 100, 4096, 1), y, 1e-7);
        }
    }
}

/* To the bit, and to the end of the iterated models. */
static void test_order(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 40; seed++) {
        sample it = draw(seed), other = it;
        for (int k = N - 1; k > 0; k--) {
            int j = (int)(next() * (k + 1)), kept = other.order[k];
            other.order[k] = other.order[j];
            other.order[j] = kept;
        }
        for (oc_bargain_model model = 0; model < OC_MODEL_EXCHANGE; model++)
            assert_true(solve(&it, model, 0, 100, 1, 0) == solve(&other, model, 0, 100, 1, 0));
    }
}

/* The lower median has no mirror image on a tie, which random weights don't have; Nash from the status quo is tested at
 * the mirrored status quo in test_outcomes. */
static void test_mirror(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        sample it = draw(seed), other = it;
        for (int k = 0; k < N; k++) other.x[k] = 100 - it.x[k];
        for (oc_bargain_model model = 0; model < OC_MODEL_EXCHANGE; model++) {
            if (model == OC_MODEL_NASH_STATUS_QUO || model == OC_MODEL_NASH_KALAI) continue;
            assert_near(solve(&it, model, 0, 100, 1, 1), 1 - solve(&other, model, 0, 100, 1, 1), 1e-6);
        }
    }
}

static void test_unanimity(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        sample it = draw(seed);
        for (int k = 1; k < N; k++) it.x[k] = it.x[0];
        for (oc_bargain_model model = 0; model < OC_MODEL_EXCHANGE; model++)
            assert_near(solve(&it, model, 0, 100, 1, 0), it.x[0] / 100, 1e-9);
    }
}

/* An actor with a million times the weight of the others. Nash from the status quo gives everybody a veto. */
static void test_dominant(void **state)
{
    (void)state;
    static const oc_bargain_model models[] = {OC_MODEL_COMPROMISE, OC_MODEL_MEDIAN, OC_MODEL_NASH_COSTLY,
                                              OC_MODEL_NASH_SALIENCE, OC_MODEL_PCE, OC_MODEL_SMP};
    for (uint32_t seed = 1; seed <= 20; seed++) {
        sample it = draw(seed);
        it.c[4] = 1e8;
        it.s[4] = 1;
        for (size_t m = 0; m < COUNT(models); m++) {
            double y = solve(&it, models[m], 0, 100, 1, 1);
            assert_near(y, it.x[4] / 100, models[m] == OC_MODEL_PCE ? 0.02 : 1e-3);
        }
    }
}

static void test_within_the_positions(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 60; seed++) {
        sample it = draw(seed);
        double low = 1, high = 0;
        for (int k = 0; k < N; k++) low = fmin(low, it.x[k] / 100), high = fmax(high, it.x[k] / 100);
        for (oc_bargain_model model = 0; model < OC_MODEL_EXCHANGE; model++) {
            double y = solve(&it, model, 0, 100, 1, 0);
            if (model == OC_MODEL_NASH_STATUS_QUO || model == OC_MODEL_NASH_KALAI) low = 0;
            assert_true(y >= low - 1e-9 && y <= high + 1e-9);
        }
    }
}

static void test_none_and_one(void **state)
{
    (void)state;
    for (oc_bargain_model model = 0; model < OC_MODEL_EXCHANGE; model++) {
        fixture f;
        fixture_init(&f);
        oc_bargain_table_init(&f.table, &f.arena, 0, 1);
        oc_bargain_options options = oc_bargain_default(model, &f.table);
        oc_bargain_result result;
        assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &result), OC_INPUT);
        fixture_free(&f);
        fixture_init(&f);
        assert_int_equal(read_text(&f, OC_SLICE("actor,capability,position,salience\nstatus quo,,20,20\na,3,60,50\n")),
                         OC_OK);
        options = oc_bargain_default(model, &f.table);
        options.runs = 50;
        assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &result), OC_OK);
        assert_near(result.outcomes[0].outcome, 60, 1e-9);
        fixture_free(&f);
    }
}

/* The derivatives of the weighted mean against differences, and central ones against them. */
static void test_derivatives(void **state)
{
    (void)state;
    sample it = draw(7);
    fixture f;
    fixture_init(&f);
    fill(&f, &it, 0, 100, 1);
    oc_bargain_options options = oc_bargain_default(OC_MODEL_COMPROMISE, &f.table);
    options.runs = 0;
    oc_bargain_result result, costly;
    assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &result), OC_OK);
    options.model = OC_MODEL_NASH_COSTLY;
    options.nash_cost = 1e7; /* the limit is the mean */
    assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &costly), OC_OK);
    double sum = 0;
    for (int k = 0; k < N; k++) {
        assert_near(costly.stakes[k].by_position, result.stakes[k].by_position, 1e-5);
        assert_near(costly.stakes[k].by_capability, result.stakes[k].by_capability, 1e-5);
        assert_near(costly.stakes[k].by_salience, result.stakes[k].by_salience, 1e-5);
        sum += result.stakes[k].by_position;
    }
    assert_near(sum, 1, 1e-12);
    double sweep[11];
    options.model = OC_MODEL_COMPROMISE;
    assert_int_equal(oc_bargain_sweep(&f.arena, &f.diags, &f.table, &options, 3, 0, 10, sweep), OC_OK);
    assert_near(sweep[10] - sweep[0], 100 * result.stakes[3].by_position, 1e-9);
    fixture_free(&f);
}

static bool stop_at_half(void *context, size_t done, size_t all)
{
    *(size_t *)context += 1;
    return done >= all / 2;
}

/* Threads don't show; stopping keeps what is finished; a status quo takes its mass; more error is wider. */
static void test_ensemble(void **state)
{
    (void)state;
    sample it = draw(11);
    fixture f;
    fixture_init(&f);
    fill(&f, &it, 0, 100, 1);
    oc_bargain_options options = oc_bargain_default(OC_MODEL_SMP, &f.table);
    options.runs = 200;
    oc_bargain_result one, two;
    assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &one), OC_OK);
    options.threads = 2;
    assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &two), OC_OK);
    for (size_t d = 0; d < 200; d++) assert_true(one.outcomes[0].draws[d] == two.outcomes[0].draws[d]);
    assert_true(one.outcomes[0].full[1].high - one.outcomes[0].full[1].low >=
                one.outcomes[0].input[1].high - one.outcomes[0].input[1].low);
    assert_true(one.outcomes[0].full[1].low == 0);
    size_t calls = 0;
    oc_bargain_progress progress = {stop_at_half, &calls};
    assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, &progress, &two), OC_CANCELLED);
    assert_true(calls > 0 && two.options.runs >= 100 && two.options.runs < 200);
    assert_false(isnan(two.outcomes[0].full[1].low));
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shift_and_stretch),
        cmocka_unit_test(test_unit_of_capability),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_mirror),
        cmocka_unit_test(test_unanimity),
        cmocka_unit_test(test_dominant),
        cmocka_unit_test(test_within_the_positions),
        cmocka_unit_test(test_none_and_one),
        cmocka_unit_test(test_derivatives),
        cmocka_unit_test(test_ensemble),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("properties", tests, NULL, NULL);
}
