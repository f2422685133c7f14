/* The spatial model against KTAB 1.4's own run of its sample, and the clean version's promises. */
#include "politics.h"

/* Every position at every turn to 1e-9, every probability to the four printed digits. */
static void test_ktab_sample(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    read_data(&f, "ktab-3dim-input.csv");
    oc_bargain_options options = oc_bargain_default(OC_MODEL_SMP, &f.table);
    options.spatial.ktab14 = true;
    options.runs = 0;
    oc_bargain_result result;
    assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &result), OC_OK);
    assert_int_equal(result.round_count, 10);
    assert_true(result.settled);
    const char *line = strchr(data_text(&f, "ktab-3dim-turns.csv").ptr, '\n') + 1;
    int rows = 0;
    for (int turn, actor, used; sscanf(line, "%d,SActor-%d%n", &turn, &actor, &used) == 2; rows++) {
        double want[4];
        assert_int_equal(sscanf(line + used, ",%lf,%lf,%lf,%lf", &want[0], &want[1], &want[2], &want[3]), 4);
        const oc_bargain_round *round = turn ? &result.rounds[turn - 1] : NULL;
        for (int k = 0; k < 3; k++)
            assert_near(round ? round->position[actor * 3 + k] : result.stakes[actor * 3 + k].start, want[k], 1e-9);
        assert_near(round ? round->probability[actor] : result.first_probability[actor], want[3], 5.001e-5);
        line = strchr(line, '\n') + 1;
    }
    assert_int_equal(rows, 77);
    fixture_free(&f);
}

/* Each value of each option runs and stays on the scale; the sum of what is drawn at random depends on the seed only.
 */
static void test_all_options(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    read_data(&f, "ktab-3dim-input.csv");
    for (int what = 0; what < 30; what++) {
        oc_bargain_options options = oc_bargain_default(OC_MODEL_SMP, &f.table);
        options.runs = 0;
        options.spatial.ktab14 = what % 2;
        options.spatial.rule.voting = what % 6;
        options.spatial.rule.victory = what % 5;
        options.spatial.rule.model = what % 3;
        options.spatial.range = what / 2 % 3;
        options.spatial.adjust = what % 5;
        options.spatial.commit = what / 3 % 3;
        options.spatial.interpolation = what / 5 % 3;
        options.spatial.proposals = what / 7 % 3;
        options.spatial.stochastic = what % 4 == 3;
        oc_bargain_result one, again;
        assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &one), OC_OK);
        assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &again), OC_OK);
        for (int c = 0; c < 21; c++) {
            assert_true(one.stakes[c].end >= -1e-9 && one.stakes[c].end <= 100 + 1e-9);
            assert_true(one.stakes[c].end == again.stakes[c].end);
        }
    }
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ktab_sample), cmocka_unit_test(test_all_options)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("spatial", tests, NULL, NULL);
}
