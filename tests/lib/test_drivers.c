/* Drivers of the public interface against closed forms. Only public headers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "exam.h"

/* level = 3a + 4b + noise of 5: shares 9/50 and 16/50. c is like b but nobody reads it, d doesn't vary. Ends of a
 * normal input: the mean beyond its 10 % quantile is phi(1.2816) / 0.1 = 1.7550 deviations. */
static const char sums[] = "scenario: sums\n"
                           "as_of: 2026-01-01\n"
                           "horizon: 2030-12-31\n"
                           "inputs:\n"
                           "  a: {is: \"normal(0, 1)\", title: {en: The first, ko: 첫째}, unit: points}\n"
                           "  b: normal(0, 1)\n"
                           "  c: normal(0, 1)\n"
                           "  d: 5\n"
                           "variables:\n"
                           "  noise: {now: \"normal(0, 5)\"}\n"
                           "  side: {values: [left, right], now: {left: 0.25, right: rest}}\n"
                           "stages:\n"
                           "  first: {takes: \"uniform(100d, 300d)\"}\n"
                           "questions:\n"
                           "  level: 3 * a + 4 * b + noise + 0 * d\n"
                           "  left: side == left\n"
                           "  which: side\n"
                           "  steady: 2 > 1\n";

static oc_scenario *open_sums(void)
{
    oc_scenario *scenario = NULL;
    assert_int_equal(oc_scenario_open_bytes(NULL, "sums.yaml", sums, strlen(sums), &scenario), OC_OK);
    return scenario;
}

static oc_drivers *ask(const oc_driver_question *question, unsigned threads)
{
    oc_scenario *scenario = open_sums();
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.threads = threads;
    oc_drivers *drivers = NULL;
    oc_status status = oc_scenario_drivers(scenario, question, &settings, &drivers);
    if (status != OC_OK) fail_msg("%s %s", oc_status_name(status), oc_scenario_messages(scenario, OC_LANG_EN));
    oc_scenario_close(scenario);
    return drivers;
}

static oc_drivers *ask_by_name(const char *name)
{
    oc_driver_question question = OC_DRIVER_QUESTION;
    question.name = name;
    return ask(&question, 2);
}

static void a_sum(void **state)
{
    (void)state;
    oc_drivers *drivers = ask_by_name("level");
    const oc_drivers_info *facts = oc_drivers_facts(drivers);
    assert_int_equal(facts->found, OC_DRIVERS_ESTIMATED);
    assert_string_equal(facts->question, "level");
    assert_true(facts->complete && facts->counted == 100000 && facts->by == OC_DAY_NONE && !facts->days);
    is_near(facts->variance, 50, 1);
    is_near(facts->explained, 1, 0.02);
    const oc_driver_info *a = oc_drivers_find(drivers, "a"), *b = oc_drivers_find(drivers, "b");
    assert_string_equal(a->title[OC_LANG_KO], "첫째");
    assert_string_equal(a->unit, "points");
    assert_string_equal(a->event, "");
    assert_true(a->kind == OC_DRIVER_INPUT && a->adds_up && a->estimated && a->day == OC_DAY_NONE);
    is_near(a->share, 0.18, 5 * a->share_error);
    is_near(b->share, 0.32, 5 * b->share_error);
    assert_true(a->share_error > 0 && a->share_error < 0.01 && a->share_low < a->share && a->share < a->share_high);
    is_near(a->narrowing, 1 - sqrt(0.82), 0.01);
    is_near(b->effect, 2 * 4 * 1.7550, 5 * (b->low.error + b->high.error));
    is_near(b->high.answer - b->low.answer, b->effect, 1e-9);
    is_near(b->high.input, 1.6449, 0.05); /* the median of the highest tenth is the 95 % quantile */
    is_near(b->high.futures, 10000, 1);
    assert_string_equal(oc_drivers_at(drivers, 0)->name, "noise");
    assert_int_equal(oc_drivers_at(drivers, 0)->kind, OC_DRIVER_START);
    assert_null(oc_drivers_at(drivers, oc_drivers_count(drivers)));
    assert_null(oc_drivers_find(drivers, "e"));
    oc_drivers_free(drivers);
}

static void the_same_for_any_number_of_threads(void **state)
{
    (void)state;
    oc_driver_question question = OC_DRIVER_QUESTION;
    question.name = "level";
    oc_drivers *one = ask(&question, 1), *three = ask(&question, 3);
    assert_true(oc_drivers_count(one) == oc_drivers_count(three));
    for (size_t i = 0; i < oc_drivers_count(one); i++) {
        const oc_driver_info *x = oc_drivers_at(one, i), *y = oc_drivers_at(three, i);
        assert_string_equal(x->name, y->name);
        assert_true(x->share == y->share && x->effect == y->effect && x->low.error == y->low.error);
    }
    oc_drivers_free(one);
    oc_drivers_free(three);
}

/* What decides a truth wholly explains all of its variance. */
static void truths_and_categories(void **state)
{
    (void)state;
    oc_drivers *drivers = ask_by_name("left");
    const oc_driver_info *side = oc_drivers_find(drivers, "side");
    is_near(oc_drivers_facts(drivers)->mean, 0.25, 0.01);
    is_near(side->share, 1, 1e-6);
    is_near(side->effect, 1, 1e-9);
    assert_string_equal(side->low.category, "right");
    assert_string_equal(side->high.category, "left");
    oc_drivers_free(drivers);
    oc_driver_question question = OC_DRIVER_QUESTION;
    question.name = "which";
    question.category = "right";
    drivers = ask(&question, 1);
    is_near(oc_drivers_facts(drivers)->mean, 0.75, 0.01);
    assert_string_equal(oc_drivers_facts(drivers)->category, "right");
    assert_string_equal(oc_drivers_find(drivers, "side")->high.category, "right");
    oc_drivers_free(drivers);
}

/* The stage comes in every future, so how long it takes is the answer, unless a day in between is asked about. */
static void dates(void **state)
{
    (void)state;
    oc_drivers *drivers = ask(NULL, 1);
    const oc_drivers_info *facts = oc_drivers_facts(drivers);
    assert_string_equal(facts->question, "first");
    assert_true(facts->days && facts->by == oc_day_from_text("2030-12-31"));
    is_near(facts->mean, 200, 1);
    is_near(facts->variance, 200.0 * 200 / 12, 60);
    const oc_driver_info *takes = oc_drivers_at(drivers, 0);
    assert_true(takes->kind == OC_DRIVER_TAKES && takes->share > 0.99);
    assert_string_equal(takes->unit, "days");
    oc_drivers_free(drivers);
    oc_driver_question question = OC_DRIVER_QUESTION;
    question.by = oc_day_from_text("2026-07-20"); /* 200 days after the first */
    drivers = ask(&question, 1);
    is_near(oc_drivers_facts(drivers)->mean, 0.5, 0.01);
    is_near(oc_drivers_at(drivers, 0)->effect, -1, 1e-9);
    oc_drivers_free(drivers);
}

static void nothing_to_take_apart(void **state)
{
    (void)state;
    oc_drivers *drivers = ask_by_name("steady");
    assert_int_equal(oc_drivers_facts(drivers)->found, OC_DRIVERS_SAME);
    assert_int_equal(oc_drivers_count(drivers), 0);
    oc_drivers_free(drivers);
    oc_scenario *scenario = open_sums();
    assert_int_equal(oc_scenario_set(scenario, "questions.left=a < -3.9"), OC_OK);
    oc_driver_question question = OC_DRIVER_QUESTION;
    question.name = "left";
    assert_int_equal(oc_scenario_drivers(scenario, &question, NULL, &drivers), OC_OK);
    assert_int_equal(oc_drivers_facts(drivers)->found, OC_DRIVERS_RARE);
    assert_int_equal(oc_drivers_facts(drivers)->futures, 65536);
    oc_drivers_free(drivers);
    assert_int_equal(oc_scenario_set(scenario, "stages.first.done=2025-05-01"), OC_OK);
    question.name = "first";
    assert_int_equal(oc_scenario_drivers(scenario, &question, NULL, &drivers), OC_OK);
    assert_int_equal(oc_drivers_facts(drivers)->found, OC_DRIVERS_SETTLED);
    oc_drivers_free(drivers);
    oc_scenario_close(scenario);
}

static void what_is_wrong(void **state)
{
    (void)state;
    oc_scenario *scenario = open_sums();
    oc_drivers *drivers;
    oc_driver_question question = OC_DRIVER_QUESTION;
    question.name = "nothing";
    assert_int_equal(oc_scenario_drivers(scenario, &question, NULL, &drivers), OC_USAGE);
    assert_null(drivers);
    question.name = "which";
    assert_int_equal(oc_scenario_drivers(scenario, &question, NULL, &drivers), OC_USAGE); /* of which value? */
    question.category = "middle";
    assert_int_equal(oc_scenario_drivers(scenario, &question, NULL, &drivers), OC_USAGE);
    question = (oc_driver_question)OC_DRIVER_QUESTION;
    question.name = "level";
    question.days = true;
    assert_int_equal(oc_scenario_drivers(scenario, &question, NULL, &drivers), OC_USAGE);
    question = (oc_driver_question)OC_DRIVER_QUESTION;
    question.by = oc_day_from_text("2031-01-01");
    assert_int_equal(oc_scenario_drivers(scenario, &question, NULL, &drivers), OC_USAGE);
    oc_run_settings few = OC_RUN_SETTINGS;
    few.runs = 999;
    assert_int_equal(oc_scenario_drivers(scenario, NULL, &few, &drivers), OC_USAGE);
    few.runs = UINT64_C(1) << 26;
    assert_int_equal(oc_scenario_drivers(scenario, NULL, &few, &drivers), OC_LIMIT);
    assert_int_equal(oc_scenario_drivers(NULL, NULL, NULL, &drivers), OC_USAGE);
    assert_int_equal(oc_scenario_given(scenario, "a > 3"), OC_OK);
    assert_int_equal(oc_scenario_drivers(scenario, NULL, NULL, &drivers), OC_INPUT);
    assert_string_equal(oc_scenario_diagnostic(scenario, 0, OC_LANG_EN)->code, "E0330");
    assert_int_equal(oc_scenario_reset(scenario), OC_OK);
    assert_int_equal(oc_scenario_set(scenario, "questions.level=log(a)"), OC_OK);
    assert_int_equal(oc_scenario_drivers(scenario, NULL, NULL, &drivers), OC_INPUT);
    assert_string_equal(oc_scenario_diagnostic(scenario, 0, OC_LANG_EN)->code, "E0321");
    assert_null(oc_drivers_facts(NULL));
    assert_int_equal(oc_drivers_count(NULL), 0);
    assert_null(oc_drivers_find(NULL, "a"));
    oc_drivers_free(NULL);
    oc_scenario_close(scenario);
}

static bool stop_half_way(void *context, uint64_t done, uint64_t total)
{
    assert_true(done <= total);
    *(uint64_t *)context = done;
    return done > 50000;
}

static void cancelled(void **state)
{
    (void)state;
    oc_scenario *scenario = open_sums();
    uint64_t done = 0;
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.progress = stop_half_way;
    settings.progress_context = &done;
    oc_driver_question question = OC_DRIVER_QUESTION;
    question.name = "level";
    oc_drivers *drivers;
    assert_int_equal(oc_scenario_drivers(scenario, &question, &settings, &drivers), OC_CANCELLED);
    const oc_drivers_info *facts = oc_drivers_facts(drivers);
    assert_true(!facts->complete && facts->futures >= done && facts->futures < 100000);
    is_near(oc_drivers_find(drivers, "b")->share, 0.32, 5 * oc_drivers_find(drivers, "b")->share_error);
    oc_drivers_free(drivers);
    oc_scenario_close(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum),
        cmocka_unit_test(the_same_for_any_number_of_threads),
        cmocka_unit_test(truths_and_categories),
        cmocka_unit_test(dates),
        cmocka_unit_test(nothing_to_take_apart),
        cmocka_unit_test(what_is_wrong),
        cmocka_unit_test(cancelled),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
