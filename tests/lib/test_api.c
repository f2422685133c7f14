/* The public interface against closed forms, against itself in steps and in threads, with memory that runs out, and on
 * wrong input. Only public headers. */
#include <fenv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "exam.h"

static oc_scenario *open_text(const char *text)
{
    oc_scenario *scenario = NULL;
    assert_int_equal(oc_scenario_open_bytes(NULL, "exam.yaml", text, strlen(text), &scenario), OC_OK);
    assert_non_null(scenario);
    return scenario;
}

static oc_outcome *run(oc_scenario *scenario, uint64_t runs, unsigned threads)
{
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.runs = runs;
    settings.threads = threads;
    oc_outcome *outcome = NULL;
    assert_int_equal(oc_scenario_run(scenario, &settings, &outcome), OC_OK);
    assert_non_null(outcome);
    return outcome;
}

static void is_estimate(double value, double expected, double error)
{
    is_near(value, expected, 4 * error);
}

static void closed_form(void **state)
{
    (void)state;
    oc_scenario *scenario = open_text(exam);
    oc_outcome *outcome = run(scenario, 100000, 1);
    oc_scenario_close(scenario);
    const oc_outcome_info *facts = oc_outcome_facts(outcome);
    assert_int_equal(facts->counted, 100000);
    assert_true(facts->complete);
    const oc_estimate_info *soon = oc_outcome_find(outcome, "soon"), *passed = oc_outcome_find(outcome, "passed");
    assert_int_equal(soon->kind, OC_ESTIMATE_TRUTH);
    is_estimate(soon->p, 1 - 0.72 * 0.72, soon->p_error);
    is_estimate(soon->p_error, sqrt(0.5184 * 0.4816 / 100000), 1e-5);
    assert_int_equal(passed->kind, OC_ESTIMATE_DATE);
    is_estimate(passed->never, pow(0.72, 5), passed->never_error);
    assert_int_equal(passed->day_count, facts->horizon - facts->as_of + 1);
    oc_day exam_day = oc_day_from_text("2026-08-18");
    assert_true(passed->done_by[exam_day - 1 - facts->as_of] == 0);
    is_estimate(passed->done_by[exam_day - facts->as_of], 0.28, 0.0015);
    is_estimate(passed->done_by[passed->day_count - 1], 1 - pow(0.72, 5), passed->never_error);
    assert_int_equal(passed->p50, oc_day_from_text("2028-08-18"));
    const oc_estimate_info *load = oc_outcome_find(outcome, "load");
    assert_int_equal(load->kind, OC_ESTIMATE_NUMBER);
    is_estimate(load->mean, 6, load->mean_error);
    is_estimate(load->deviation, 2, 0.01);
    is_estimate(load->q50, 6, 0.02);
    double share = 0;
    for (size_t i = 0; i < oc_outcome_blocker_count(outcome); i++) share += oc_outcome_blocker(outcome, i)->share;
    is_estimate(share, 1, 1e-9);
    assert_null(oc_outcome_find(outcome, "nothing"));
    assert_null(oc_outcome_question(outcome, 5));
    oc_outcome_free(outcome);
}

static void same_bits(void **state)
{
    (void)state;
    oc_scenario *scenario = open_text(exam);
    oc_outcome *one = run(scenario, 100000, 1), *two = run(scenario, 100000, 3);
    uint64_t digest = oc_outcome_facts(one)->digest;
    assert_true(digest == oc_outcome_facts(two)->digest);
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.threads = 2;
    oc_simulation *simulation = NULL;
    assert_int_equal(oc_simulation_begin(scenario, &settings, &simulation), OC_OK);
    /* A change does not touch what has begun. */
    assert_int_equal(oc_scenario_set(scenario, "stages.passed.chance=0.9"), OC_OK);
    assert_int_equal(oc_scenario_check(scenario), OC_OK);
    int steps = 0;
    for (bool more = true; more; steps++) assert_int_equal(oc_simulation_step(simulation, &more), OC_OK);
    assert_true(steps > 1);
    oc_outcome *stepped = NULL;
    assert_int_equal(oc_simulation_outcome(simulation, &stepped), OC_OK);
    assert_true(digest == oc_outcome_facts(stepped)->digest);
    oc_simulation_end(simulation);
    /* Whatever the program around has set. */
    fesetround(FE_UPWARD);
    oc_scenario_reset(scenario);
    oc_outcome *rounded = run(scenario, 100000, 2);
    assert_int_equal(fegetround(), FE_UPWARD);
    fesetround(FE_TONEAREST);
    assert_true(digest == oc_outcome_facts(rounded)->digest);
    oc_outcome_free(one);
    oc_outcome_free(two);
    oc_outcome_free(stepped);
    oc_outcome_free(rounded);
    oc_scenario_close(scenario);
}

static void changes(void **state)
{
    (void)state;
    oc_scenario *scenario = open_text(exam);
    assert_int_equal(oc_scenario_set(scenario, "stages.passed.chance=1"), OC_OK);
    assert_int_equal(oc_scenario_force(scenario, "exam@2026-08-18.held=no"), OC_OK);
    oc_outcome *outcome = run(scenario, 20000, 1);
    const oc_estimate_info *soon = oc_outcome_find(outcome, "soon");
    is_estimate(soon->p, 0.7, soon->p_error);
    uint64_t digest = oc_outcome_facts(outcome)->digest;
    oc_outcome_free(outcome);
    assert_int_equal(oc_scenario_reset(scenario), OC_OK);
    assert_int_equal(oc_scenario_policy(scenario, "school"), OC_OK);
    outcome = run(scenario, 20000, 1);
    assert_true(oc_outcome_facts(outcome)->digest == digest); /* the same changes by their name */
    assert_string_equal(oc_scenario_facts(scenario)->policies[0], "school");
    oc_outcome_free(outcome);
    assert_int_equal(oc_scenario_policy(scenario, "scool"), OC_OK);
    assert_int_equal(oc_scenario_check(scenario), OC_INPUT);
    assert_non_null(strstr(oc_scenario_messages(scenario, OC_LANG_EN), "'school'"));
    assert_int_equal(oc_scenario_reset(scenario), OC_OK);
    assert_int_equal(oc_scenario_given(scenario, "not soon"), OC_OK);
    assert_int_equal(oc_scenario_check(scenario), OC_INPUT); /* a question cannot be news */
    oc_scenario_reset(scenario);
    assert_int_equal(oc_scenario_given(scenario, "passed > 2027-12-31"), OC_OK);
    outcome = run(scenario, 50000, 1);
    const oc_outcome_info *facts = oc_outcome_facts(outcome);
    is_estimate((double)facts->counted / 50000, 0.5184, 0.0023);
    is_estimate(oc_outcome_find(outcome, "passed")->never, pow(0.72, 3),
                oc_outcome_find(outcome, "passed")->never_error);
    oc_outcome_free(outcome);
    oc_run_settings few = OC_RUN_SETTINGS;
    few.runs = 1500;
    assert_int_equal(oc_scenario_run(scenario, &few, &outcome), OC_INPUT);
    assert_null(outcome);
    assert_string_equal(oc_scenario_diagnostic(scenario, oc_scenario_diagnostic_count(scenario) - 1, OC_LANG_EN)->code,
                        "E0330");
    assert_int_equal(oc_scenario_check(scenario), OC_OK); /* the scenario itself is sound */
    assert_int_equal(oc_scenario_as_of(scenario, oc_day_from_text("2028-01-01")), OC_OK);
    assert_int_equal(oc_scenario_facts(scenario)->as_of, oc_day_from_text("2028-01-01"));
    oc_scenario_close(scenario);
}

static void diagnostics(void **state)
{
    (void)state;
    oc_scenario *scenario =
        open_text("scenario: s\nas_of: 2026-01-01\nhorizon: 2030-12-31\nstages:\n  done: {chanse: 0.4}\n");
    assert_int_equal(oc_scenario_check(scenario), OC_INPUT);
    assert_true(oc_scenario_diagnostic_count(scenario) >= 1);
    const oc_diagnostic_info *d = oc_scenario_diagnostic(scenario, 0, OC_LANG_EN);
    assert_string_equal(d->code, "E0107");
    assert_int_equal(d->severity, OC_ERROR);
    assert_string_equal(d->file, "exam.yaml");
    assert_int_equal(d->line, 5);
    assert_int_equal(d->column, 10);
    assert_int_equal(d->end_column, 16);
    assert_non_null(strstr(d->message, "chanse"));
    bool remedy = false;
    for (size_t i = 0; i < d->remark_count; i++) remedy = remedy || strstr(d->remarks[i], "'chance'");
    assert_true(remedy);
    const oc_diagnostic_info *ja = oc_scenario_diagnostic(scenario, 0, OC_LANG_JA);
    assert_string_not_equal(ja->message, d->message);
    assert_non_null(strstr(oc_scenario_messages(scenario, OC_LANG_KO), "exam.yaml:5:10"));
    assert_null(oc_scenario_diagnostic(scenario, 99, OC_LANG_EN));
    assert_null(oc_scenario_diagnostic(scenario, 0, (oc_lang)7));
    oc_outcome *outcome = (oc_outcome *)scenario;
    assert_int_equal(oc_scenario_run(scenario, NULL, &outcome), OC_INPUT);
    assert_null(outcome);
    assert_null(oc_scenario_facts(scenario));
    oc_scenario_close(scenario);
    assert_int_equal(oc_scenario_open(NULL, "no/such/place", &scenario), OC_OK);
    assert_int_equal(oc_scenario_check(scenario), OC_INPUT);
    assert_string_equal(oc_scenario_diagnostic(scenario, 0, OC_LANG_EN)->code, "E0001");
    oc_scenario_close(scenario);
}

static void wrong_calls(void **state)
{
    (void)state;
    oc_scenario *scenario = NULL;
    assert_int_equal(oc_scenario_open(NULL, NULL, &scenario), OC_USAGE);
    assert_int_equal(oc_scenario_open_bytes(NULL, "x", NULL, 3, &scenario), OC_USAGE);
    assert_int_equal(oc_scenario_check(NULL), OC_USAGE);
    assert_int_equal(oc_scenario_set(NULL, "a=1"), OC_USAGE);
    assert_int_equal(oc_scenario_diagnostic_count(NULL), 0);
    assert_string_equal(oc_scenario_messages(NULL, OC_LANG_EN), "");
    oc_scenario_close(NULL);
    oc_outcome_free(NULL);
    oc_simulation_end(NULL);
    oc_holdings_free(NULL);
    oc_documents_close(NULL);
    scenario = open_text(exam);
    assert_int_equal(oc_scenario_set(scenario, NULL), OC_USAGE);
    oc_outcome *outcome;
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.size = 3;
    assert_int_equal(oc_scenario_run(scenario, &settings, &outcome), OC_USAGE);
    settings = (oc_run_settings)OC_RUN_SETTINGS;
    settings.runs = 0;
    assert_int_equal(oc_scenario_run(scenario, &settings, &outcome), OC_USAGE);
    settings.runs = 10;
    settings.threads = 257;
    assert_int_equal(oc_scenario_run(scenario, &settings, &outcome), OC_USAGE);
    oc_scenario_close(scenario);
    char text[11];
    assert_string_equal(oc_day_to_text(oc_day_from_text("0001-01-01"), text), "0001-01-01");
    assert_string_equal(oc_day_to_text(oc_day_from_text("2028-02-29"), text), "2028-02-29");
    assert_string_equal(oc_day_to_text(OC_DAY_NONE, text), "");
    assert_true(oc_day_from_text("2027-02-29") == OC_DAY_NONE);
    assert_string_equal(oc_version(), OPCON_VERSION);
    assert_int_equal(oc_version_number(), OPCON_VERSION_NUMBER);
    assert_string_equal(oc_status_name(OC_NOMEM), "no memory");
}

/* --- progress and cancellation --- */

typedef struct watch {
    uint64_t calls, last, stop_at;
} watch;

static bool watching(void *context, uint64_t done, uint64_t total)
{
    watch *w = context;
    assert_true(done > w->last && done <= total);
    w->calls++;
    w->last = done;
    return w->stop_at && done >= w->stop_at;
}

static void progress(void **state)
{
    (void)state;
    oc_scenario *scenario = open_text(exam);
    watch w = {0};
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.progress = watching;
    settings.progress_context = &w;
    oc_outcome *outcome;
    assert_int_equal(oc_scenario_run(scenario, &settings, &outcome), OC_OK);
    assert_true(w.calls > 1);
    assert_int_equal(w.last, settings.runs);
    oc_outcome_free(outcome);
    w = (watch){.stop_at = 30000};
    assert_int_equal(oc_scenario_run(scenario, &settings, &outcome), OC_CANCELLED);
    const oc_outcome_info *facts = oc_outcome_facts(outcome);
    assert_false(facts->complete);
    assert_true(facts->futures >= 30000 && facts->futures < 60000);
    const oc_estimate_info *soon = oc_outcome_find(outcome, "soon");
    is_estimate(soon->p, 0.4816, soon->p_error);
    oc_outcome_free(outcome);
    oc_simulation *simulation;
    assert_int_equal(oc_simulation_begin(scenario, NULL, &simulation), OC_OK);
    assert_int_equal(oc_simulation_outcome(simulation, &outcome), OC_USAGE);
    oc_simulation_cancel(simulation);
    bool more;
    assert_int_equal(oc_simulation_step(simulation, &more), OC_CANCELLED);
    assert_false(more);
    oc_scenario_close(scenario);
    oc_simulation_end(simulation);
}

/* --- memory --- */

typedef struct meter {
    long left; /* allocations until one fails; negative: none does */
    long held;
    long made;
} meter;

static bool fails(meter *m)
{
    m->made++;
    return m->left >= 0 && m->left-- == 0;
}

static void *meter_allocate(void *context, size_t size)
{
    meter *m = context;
    if (fails(m)) return NULL;
    m->held++;
    return malloc(size);
}

static void *meter_resize(void *context, void *old, size_t size)
{
    return fails(context) ? NULL : realloc(old, size);
}

static void meter_release(void *context, void *old)
{
    ((meter *)context)->held -= old != NULL;
    free(old);
}

/* Everything the interface can do, until something fails. */
static oc_status everything(const oc_memory *memory)
{
    oc_scenario *scenario = NULL, *other = NULL;
    oc_outcome *outcome = NULL;
    oc_comparison *comparison = NULL;
    oc_drivers *drivers = NULL;
    oc_holdings *holdings = NULL;
    oc_documents *documents = NULL;
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.runs = 20000;
    settings.threads = 2;
    oc_who_question question = OC_WHO_QUESTION;
    const char *json, text[] = "# News\n\n2026-05-01\n\nThe exam is planned for August 2027, the minister said.\n";
    oc_status status = oc_scenario_open_bytes(memory, "exam.yaml", exam, strlen(exam), &scenario);
    if (status == OC_OK) status = oc_scenario_set(scenario, "stages.passed.chance=0.5");
    if (status == OC_OK) status = oc_scenario_check(scenario);
    if (status == OC_OK) status = oc_scenario_run(scenario, &settings, &outcome);
    if (status == OC_OK) status = oc_scenario_open_bytes(memory, "exam.yaml", exam, strlen(exam), &other);
    if (status == OC_OK) status = oc_scenario_compare(scenario, other, &settings, &comparison);
    if (status == OC_OK) status = oc_scenario_drivers(scenario, NULL, &settings, &drivers);
    question.outcome = outcome;
    if (status == OC_OK) status = oc_scenario_who(scenario, &question, &holdings);
    if (status == OC_OK) status = oc_documents_open(memory, scenario, &documents);
    if (status == OC_OK) status = oc_documents_read(documents, "news.md", text, sizeof text - 1, NULL, &json, NULL);
    oc_documents_close(documents);
    oc_holdings_free(holdings);
    oc_drivers_free(drivers);
    oc_comparison_free(comparison);
    oc_outcome_free(outcome);
    oc_scenario_close(other);
    oc_scenario_close(scenario);
    return status;
}

static void memory_runs_out(void **state)
{
    (void)state;
    meter m = {.left = -1};
    oc_memory memory = {meter_allocate, meter_resize, meter_release, &m};
    assert_int_equal(everything(&memory), OC_OK);
    assert_int_equal(m.held, 0);
    long all = m.made;
    assert_true(all > 20 && all < 2000);
    for (long n = 0; n < all; n++) {
        m = (meter){.left = n};
        oc_status status = everything(&memory);
        if (status != OC_NOMEM) fail_msg("allocation %ld of %ld fails: %s", n, all, oc_status_name(status));
        if (m.held) fail_msg("allocation %ld of %ld fails: %ld blocks are lost", n, all, m.held);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_form),     cmocka_unit_test(same_bits),   cmocka_unit_test(changes),
        cmocka_unit_test(diagnostics),     cmocka_unit_test(wrong_calls), cmocka_unit_test(progress),
        cmocka_unit_test(memory_runs_out),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
