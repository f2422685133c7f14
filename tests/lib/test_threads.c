/* Two scenarios in two threads, each with threads of its own, cancellation from a third, one outcome read by two: to be
 * run under ThreadSanitizer (.ci/run), and as it is. */
#include <opcon/opcon.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char text[] = "scenario: s\nas_of: 2026-01-01\nhorizon: 2030-12-31\n"
                           "calendar:\n  exam: {every: 6mo, date: 02-18, held: 0.7}\n"
                           "variables:\n  level: {now: 0.4, drift: 0.02/yr, noise: 0.1, min: 0, max: 1}\n"
                           "stages:\n  passed: {at: exam, chance: level}\n"
                           "actors:\n  minister: {kind: person, name: {en: Kim Minister}, from: judgement}\n"
                           "questions:\n  soon: passed <= 2027-12-31\n";

typedef struct task {
    uint64_t seed, digest;
    oc_status status;
    size_t json;
    oc_gap gap;
} task;

/* Against the same scenario with a harder exam. */
static oc_status compare(oc_scenario *scenario, const oc_run_settings *settings, oc_gap *ret)
{
    oc_scenario *harder = NULL;
    oc_comparison *comparison = NULL;
    oc_status status = oc_scenario_open_bytes(NULL, "s.yaml", text, sizeof text - 1, &harder);
    if (status == OC_OK) status = oc_scenario_set(harder, "variables.level.now=0.3");
    if (status == OC_OK) status = oc_scenario_compare(scenario, harder, settings, &comparison);
    if (status == OC_OK) *ret = oc_comparison_find(comparison, "soon")->share;
    oc_comparison_free(comparison);
    oc_scenario_close(harder);
    return status;
}

static bool go_on(void *context, uint64_t done, uint64_t total)
{
    *(uint64_t *)context = done;
    return done > total;
}

static void *work(void *context)
{
    task *t = context;
    oc_scenario *scenario = NULL;
    oc_documents *documents = NULL;
    oc_outcome *outcome = NULL;
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.runs = 60000;
    settings.seed = t->seed;
    settings.threads = 2;
    t->status = oc_scenario_open_bytes(NULL, "s.yaml", text, sizeof text - 1, &scenario);
    if (t->status == OC_OK) t->status = oc_scenario_run(scenario, &settings, &outcome);
    if (t->status == OC_OK) t->digest = oc_outcome_facts(outcome)->digest;
    uint64_t done = 0;
    settings.progress = go_on;
    settings.progress_context = &done;
    if (t->status == OC_OK) t->status = compare(scenario, &settings, &t->gap);
    if (t->status == OC_OK && done != settings.runs) t->status = OC_INTERNAL;
    if (t->status == OC_OK) t->status = oc_documents_open(NULL, scenario, &documents);
    const char *json,
        news[] = "<html><body><p>Kim Minister said on May 3, 2026 that it will end in 2027.</p></body></html>";
    if (t->status == OC_OK)
        t->status = oc_documents_read(documents, "n.html", news, sizeof news - 1, NULL, &json, &t->json);
    oc_scenario_set(scenario, "stages.pased.chance=1");
    if (t->status == OC_OK && (oc_scenario_check(scenario) != OC_INPUT || !*oc_scenario_messages(scenario, OC_LANG_JA)))
        t->status = OC_INTERNAL;
    oc_documents_close(documents);
    oc_outcome_free(outcome);
    oc_scenario_close(scenario);
    return NULL;
}

static void two_scenarios(void **state)
{
    (void)state;
    task tasks[4] = {{.seed = 1}, {.seed = 2}, {.seed = 1}, {.seed = 2}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++) assert_int_equal(pthread_create(&threads[i], NULL, work, &tasks[i]), 0);
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    for (int i = 2; i < 4; i++) work(&tasks[i]);
    for (int i = 0; i < 4; i++) assert_int_equal(tasks[i].status, OC_OK);
    for (int i = 0; i < 2; i++) {
        assert_true(tasks[i].digest == tasks[i + 2].digest);
        assert_true(tasks[i].json == tasks[i + 2].json && tasks[i].json > 100);
        assert_true(tasks[i].gap.value == tasks[i + 2].gap.value && tasks[i].gap.error == tasks[i + 2].gap.error);
        assert_true(tasks[i].gap.value < 0 && tasks[i].gap.error > 0);
    }
    assert_true(tasks[0].digest != tasks[1].digest);
}

static void *cancel(void *simulation)
{
    oc_simulation_cancel(simulation);
    return NULL;
}

static void cancelled_by_another(void **state)
{
    (void)state;
    oc_scenario *scenario;
    oc_simulation *simulation;
    assert_int_equal(oc_scenario_open_bytes(NULL, "s.yaml", text, sizeof text - 1, &scenario), OC_OK);
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.runs = UINT64_C(1) << 30;
    assert_int_equal(oc_simulation_begin(scenario, &settings, &simulation), OC_OK);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, cancel, simulation), 0);
    oc_status status = OC_OK;
    for (bool more = true; more && status == OC_OK;) status = oc_simulation_step(simulation, &more);
    assert_int_equal(status, OC_CANCELLED);
    pthread_join(thread, NULL);
    oc_simulation_end(simulation);
    oc_scenario_close(scenario);
}

static void *look(void *context)
{
    double *sum = malloc(sizeof *sum);
    if (!sum) return NULL;
    *sum = 0;
    const oc_estimate_info *stage = oc_outcome_stage(context, 0);
    for (size_t i = 0; i < stage->day_count; i++) *sum += stage->done_by[i];
    return sum;
}

static void one_outcome(void **state)
{
    (void)state;
    oc_scenario *scenario;
    oc_outcome *outcome;
    assert_int_equal(oc_scenario_open_bytes(NULL, "s.yaml", text, sizeof text - 1, &scenario), OC_OK);
    assert_int_equal(oc_scenario_run(scenario, NULL, &outcome), OC_OK);
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, look, outcome), 0);
    double *own = look(outcome);
    void *other;
    pthread_join(thread, &other);
    assert_true(own && other && *own > 0 && *own == *(double *)other);
    free(own);
    free(other);
    oc_outcome_free(outcome);
    oc_scenario_close(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(two_scenarios), cmocka_unit_test(cancelled_by_another),
                                       cmocka_unit_test(one_outcome)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
