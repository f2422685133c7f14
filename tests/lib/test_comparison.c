/* What-ifs of the public interface against closed forms. Only public headers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "exam.h"

enum { RUNS = 100000 };

static oc_comparison *compare(oc_scenario *base, oc_scenario *changed, unsigned threads)
{
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.threads = threads;
    oc_comparison *comparison = NULL;
    oc_status status = oc_scenario_compare(base, changed, &settings, &comparison);
    if (status != OC_OK)
        fail_msg("%s%s", oc_scenario_messages(base, OC_LANG_EN), oc_scenario_messages(changed, OC_LANG_EN));
    assert_non_null(comparison);
    return comparison;
}

/* The same draws decide: whoever passes with 0.4 passes with 0.8. So of the difference d in the share the variance is
 * d (1 - d) / n, and nobody is later. */
static void a_chance(void **state)
{
    (void)state;
    oc_scenario *base = exam_changed_by(NULL), *changed = exam_changed_by("stages.passed.chance=0.8");
    oc_comparison *comparison = compare(base, changed, 2);
    oc_scenario_close(base);
    oc_scenario_close(changed);
    const oc_comparison_info *facts = oc_comparison_facts(comparison);
    assert_true(facts->complete && facts->futures == RUNS && facts->seed == 1);
    assert_true(facts->counted[0] == RUNS && facts->counted[1] == RUNS);
    const oc_difference_info *soon = oc_comparison_find(comparison, "soon");
    double d = 0.72 * 0.72 - 0.44 * 0.44, error = sqrt(d * (1 - d) / RUNS);
    assert_int_equal(soon->kind, OC_ESTIMATE_TRUTH);
    assert_string_equal(soon->title[OC_LANG_KO], "곧");
    is_near(soon->share.value, d, 4 * error);
    is_near(soon->share.error, error, error / 50);
    is_near(soon->share.high - soon->share.value, 1.645 * soon->share.error, error / 50);
    is_near(soon->p[0], 1 - 0.72 * 0.72, 4 * soon->p_error[0]);
    is_near(soon->p[1] - soon->p[0], soon->share.value, 1e-12);
    assert_true(soon->changed == (uint64_t)llround(soon->share.value * RUNS));
    assert_true(isnan(soon->mean[0]) && isnan(soon->median.value) && soon->p50[0] == OC_DAY_NONE && !soon->category);
    const oc_difference_info *passed = oc_comparison_find(comparison, "passed");
    assert_int_equal(passed->kind, OC_ESTIMATE_DATE);
    assert_false(passed->stage); /* the question of that name */
    assert_int_equal(passed->p50[0], oc_day_from_text("2028-08-18"));
    assert_int_equal(passed->p50[1], oc_day_from_text("2026-08-18"));
    is_near(passed->share.value, pow(0.72, 5) - pow(0.44, 5), 4 * passed->share.error);
    assert_true(passed->both == (uint64_t)llround(passed->p[0] * RUNS));
    assert_true(passed->later.value < 0 && passed->later.high < 0);
    assert_true(passed->changed == facts->touched);
    assert_true(oc_comparison_at(comparison, 0)->stage);
    assert_true(oc_comparison_count(comparison) == 8);
    assert_null(oc_comparison_at(comparison, 8));
    assert_null(oc_comparison_find(comparison, "pased"));
    oc_comparison_free(comparison);
}

static void numbers_and_categories(void **state)
{
    (void)state;
    oc_scenario *base = exam_changed_by(NULL), *changed = exam_changed_by("inputs.weight=normal(4, 1)");
    assert_int_equal(oc_scenario_set(changed, "variables.grade.now={good: 0.5, fair: 0.2, poor: rest}"), OC_OK);
    assert_int_equal(oc_scenario_set(changed, "inputs.length=3wk"), OC_OK);
    oc_comparison *comparison = compare(base, changed, 1);
    const oc_difference_info *load = oc_comparison_find(comparison, "load"), *mark = load + 1;
    assert_int_equal(load->kind, OC_ESTIMATE_NUMBER);
    is_near(load->mean_gap.value, 2, 1e-9); /* in every future */
    is_near(load->mean_gap.error, 0, 1e-7);
    is_near(load->mean[1], 8, 4 * load->mean_error[1]);
    static const char *const names[] = {"good", "fair", "poor"};
    static const double gaps[] = {0.3, -0.3, 0};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(mark[i].kind, OC_ESTIMATE_CATEGORY);
        assert_string_equal(mark[i].category, names[i]);
        is_near(mark[i].share.value, gaps[i], 4 * mark[i].share.error);
    }
    assert_ptr_equal(oc_comparison_find(comparison, "mark"), mark);
    assert_string_equal(oc_comparison_find(comparison, "span")->unit, "days");
    is_near(oc_comparison_find(comparison, "span")->mean_gap.value, 11, 1e-9);
    oc_comparison_free(comparison);
    oc_scenario_close(base);
    oc_scenario_close(changed);
}

static void nothing_changes(void **state)
{
    (void)state;
    oc_scenario *base = exam_changed_by(NULL), *changed = exam_changed_by("stages.passed.chance=0.2 * 2");
    oc_comparison *comparison = compare(base, changed, 3);
    assert_true(oc_comparison_facts(comparison)->touched == 0);
    for (size_t i = 0; i < oc_comparison_count(comparison); i++) {
        const oc_difference_info *d = oc_comparison_at(comparison, i);
        const oc_gap *gap = d->kind == OC_ESTIMATE_NUMBER ? &d->mean_gap : &d->share;
        assert_true(gap->value == 0 && gap->error == 0 && gap->low == 0 && gap->high == 0 && d->changed == 0);
    }
    oc_comparison_free(comparison);
    oc_scenario_close(base);
    oc_scenario_close(changed);
}

/* A path that can be drawn where it is read on one side and not on the other: a bound that never binds changes nothing,
 * one that seldom does changes few futures, so that the difference is known far better than each side. The scenarios
 * themselves are left as they were. */
static void bounds(void **state)
{
    (void)state;
    static const char text[] = "scenario: bound\ntitle: Bound\nas_of: 2026-01-01\nhorizon: 2030-12-31\ntick: month\n"
                               "calendar:\n  day: {every: year, date: 08-18}\n"
                               "variables:\n  level: {now: 0, noise: 1}\n"
                               "stages:\n  done: {at: day, needs: [level > 0.5], chance: 0.2}\n"
                               "questions:\n  done: done <= 2030-12-31\n  end: level\n";
    static const char *const changes[] = {"level.max=1e9", "level.max=3"};
    for (size_t i = 0; i < 2; i++) {
        oc_scenario *base = NULL, *changed = NULL;
        assert_int_equal(oc_scenario_open_bytes(NULL, "bound.yaml", text, strlen(text), &base), OC_OK);
        assert_int_equal(oc_scenario_open_bytes(NULL, "bound.yaml", text, strlen(text), &changed), OC_OK);
        oc_comparison *before = compare(base, changed, 1);
        oc_comparison_free(before);
        assert_int_equal(oc_scenario_set(changed, changes[i]), OC_OK);
        oc_comparison *comparison = compare(base, changed, 2);
        const oc_difference_info *done = oc_comparison_find(comparison, "done");
        if (i == 0) assert_true(oc_comparison_facts(comparison)->touched == 0 && done->share.error == 0);
        assert_true(done->changed < RUNS / 20);
        assert_true(done->share.error < 0.2 * hypot(done->p_error[0], done->p_error[1]));
        oc_comparison_free(comparison);
        oc_scenario_close(base);
        oc_scenario_close(changed);
    }
}

/* News: the changed side counts the futures in which it is true. */
static void news(void **state)
{
    (void)state;
    oc_scenario *base = exam_changed_by(NULL), *changed = exam_changed_by(NULL);
    assert_int_equal(oc_scenario_given(changed, "passed > 2026-12-31"), OC_OK);
    oc_comparison *comparison = compare(base, changed, 1);
    const oc_comparison_info *facts = oc_comparison_facts(comparison);
    is_near((double)facts->counted[1] / RUNS, 0.72, 0.006);
    const oc_difference_info *soon = oc_comparison_find(comparison, "soon");
    is_near(soon->share.value, 0.28 - (1 - 0.72 * 0.72), 4 * soon->share.error);
    assert_true(isnan(oc_comparison_find(comparison, "passed")->later.value));
    oc_comparison_free(comparison);
    assert_int_equal(oc_scenario_given(changed, "passed > 2030-12-31"), OC_OK);
    oc_run_settings few = OC_RUN_SETTINGS;
    few.runs = 2000;
    assert_int_equal(oc_scenario_compare(base, changed, &few, &comparison), OC_INPUT);
    assert_null(comparison);
    assert_int_equal(oc_scenario_diagnostic_count(base), 0);
    assert_string_equal(oc_scenario_diagnostic(changed, 0, OC_LANG_EN)->code, "E0330");
    oc_scenario_close(base);
    oc_scenario_close(changed);
}

static void what_is_wrong(void **state)
{
    (void)state;
    oc_scenario *base = exam_changed_by(NULL), *changed = exam_changed_by("stages.passed.chanse=0.8");
    oc_comparison *comparison;
    assert_int_equal(oc_scenario_compare(base, changed, NULL, &comparison), OC_INPUT);
    assert_null(comparison);
    assert_int_equal(oc_scenario_diagnostic_count(base), 0);
    assert_true(oc_scenario_diagnostic_count(changed) > 0);
    assert_int_equal(oc_scenario_reset(changed), OC_OK);
    assert_int_equal(oc_scenario_set(changed, "questions.load=log(weight - 3)"), OC_OK);
    assert_int_equal(oc_scenario_compare(base, changed, NULL, &comparison), OC_INPUT);
    assert_string_equal(oc_scenario_diagnostic(changed, 0, OC_LANG_EN)->code, "E0321");
    assert_int_equal(oc_scenario_reset(changed), OC_OK);
    assert_int_equal(oc_scenario_set(changed, "questions.load=weight > 3"), OC_OK);
    assert_int_equal(oc_scenario_compare(base, changed, NULL, &comparison), OC_USAGE); /* another kind */
    assert_int_equal(oc_scenario_compare(base, base, NULL, &comparison), OC_USAGE);
    assert_int_equal(oc_scenario_compare(base, NULL, NULL, &comparison), OC_USAGE);
    assert_int_equal(oc_scenario_compare(base, changed, NULL, NULL), OC_USAGE);
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.threads = 0;
    assert_int_equal(oc_scenario_compare(base, changed, &settings, &comparison), OC_USAGE);
    assert_null(oc_comparison_facts(NULL));
    assert_int_equal(oc_comparison_count(NULL), 0);
    assert_null(oc_comparison_find(NULL, "soon"));
    oc_comparison_free(NULL);
    oc_scenario_close(base);
    oc_scenario_close(changed);
}

typedef struct watch {
    uint64_t calls, last;
    bool stop;
} watch;

static bool watching(void *context, uint64_t done, uint64_t total)
{
    watch *w = context;
    w->calls++;
    assert_true(done > w->last && total == RUNS);
    w->last = done;
    return w->stop;
}

static void progress(void **state)
{
    (void)state;
    oc_scenario *base = exam_changed_by(NULL), *changed = exam_changed_by("stages.passed.chance=0.8");
    watch w = {0};
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.progress = watching;
    settings.progress_context = &w;
    oc_comparison *comparison;
    assert_int_equal(oc_scenario_compare(base, changed, &settings, &comparison), OC_OK);
    assert_true(w.calls > 1 && w.last == RUNS);
    oc_comparison_free(comparison);
    w = (watch){.stop = true};
    assert_int_equal(oc_scenario_compare(base, changed, &settings, &comparison), OC_CANCELLED);
    const oc_comparison_info *facts = oc_comparison_facts(comparison);
    assert_true(!facts->complete && facts->futures > 0 && facts->futures < RUNS);
    const oc_difference_info *soon = oc_comparison_find(comparison, "soon");
    is_near(soon->share.value, 0.72 * 0.72 - 0.44 * 0.44, 4 * soon->share.error);
    oc_comparison_free(comparison);
    oc_scenario_close(base);
    oc_scenario_close(changed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chance), cmocka_unit_test(numbers_and_categories), cmocka_unit_test(nothing_changes),
        cmocka_unit_test(bounds),
        cmocka_unit_test(news),     cmocka_unit_test(what_is_wrong),          cmocka_unit_test(progress),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
