/* The public interface on the bundled scenario and documents: the same answers as the program gives.
 *
 *     test_flagship SCENARIO DIGEST DOCUMENT READ.json WHATIF.txt NEWS.txt DRIVERS.txt
 *
 * is called by flagship.py, which asks the program first. */
#include <math.h>
#include <opcon/opcon.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int number, failed;

static void check(bool fine, const char *name, const char *detail)
{
    printf("%sok %d - %s\n", fine ? "" : "not ", ++number, name);
    if (fine) return;
    failed++;
    printf("# %s\n", detail);
}

static char *read_file(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    if (!file) abort();
    char *bytes = malloc(1 << 22);
    *ret_size = bytes ? fread(bytes, 1, (1 << 22) - 1, file) : 0;
    fclose(file);
    if (bytes) bytes[*ret_size] = '\0';
    return bytes;
}

static void forecast(oc_scenario *scenario, const char *digest, oc_outcome **ret)
{
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.runs = 20000;
    oc_status status = oc_scenario_run(scenario, &settings, ret);
    check(status == OC_OK, "forecast", oc_scenario_messages(scenario, OC_LANG_EN));
    char own[17] = "";
    if (*ret) snprintf(own, sizeof own, "%016llx", (unsigned long long)oc_outcome_facts(*ret)->digest);
    check(strcmp(own, digest) == 0, "the digest of the program", own);
    const oc_estimate_info *transfer = oc_outcome_find(*ret, "transfer");
    check(transfer && transfer->done_by && transfer->never > 0 && transfer->never < 1, "transfer has a curve", "");
}

static void add_gap(char **at, const char *end, const char *name, oc_gap gap)
{
    if (isnan(gap.value)) return;
    int length = snprintf(*at, (size_t)(end - *at), " %s %.17g %.17g %.17g %.17g", name, gap.value, gap.error, gap.low,
                          gap.high);
    *at += length > 0 && length < end - *at ? length : 0;
}

/* Every difference, a line each, as flagship.py writes those of `opcon whatif`. */
static void what_if(oc_scenario *scenario, const char *path, const char *expected_path, bool news)
{
    oc_scenario *changed = NULL;
    oc_comparison *comparison = NULL;
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.runs = 20000;
    settings.threads = 2;
    oc_status status = oc_scenario_open(NULL, path, &changed);
    if (status == OC_OK)
        status = news ? oc_scenario_given(changed, "foc <= 2026-12-31") : oc_scenario_set(changed, "plan_kept=0.5");
    if (status == OC_OK) status = oc_scenario_compare(scenario, changed, &settings, &comparison);
    check(status == OC_OK, "what if", oc_scenario_messages(changed, OC_LANG_EN));
    static char lines[1 << 16];
    char *at = lines;
    const char *end = lines + sizeof lines;
    for (size_t i = 0; i < oc_comparison_count(comparison); i++) {
        const oc_difference_info *d = oc_comparison_at(comparison, i);
        int length = snprintf(at, (size_t)(end - at), "%s %llu", d->name, (unsigned long long)d->changed);
        at += length > 0 && length < end - at ? length : 0;
        add_gap(&at, end, "p", d->share);
        add_gap(&at, end, "p50_days", d->median);
        add_gap(&at, end, "later_days", d->later);
        add_gap(&at, end, "mean", d->mean_gap);
        if (end - at > 1) *at++ = '\n', *at = '\0';
    }
    size_t size;
    char *expected = read_file(expected_path, &size);
    check(size > 1000 && strcmp(lines, expected) == 0,
          news ? "the news of opcon whatif" : "the numbers of opcon whatif", lines);
    free(expected);
    oc_comparison_free(comparison);
    oc_scenario_close(changed);
}

/* Every driver, a line each, as flagship.py writes those of `opcon drivers`. */
static void drivers(oc_scenario *scenario, const char *expected_path)
{
    oc_drivers *found = NULL;
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.runs = 20000;
    settings.threads = 2;
    oc_status status = oc_scenario_drivers(scenario, NULL, &settings, &found);
    check(status == OC_OK, "drivers", oc_scenario_messages(scenario, OC_LANG_EN));
    const oc_drivers_info *facts = oc_drivers_facts(found);
    static char lines[1 << 16];
    char *at = lines;
    const char *end = lines + sizeof lines;
    if (facts)
        at += snprintf(at, (size_t)(end - at), "%s %.17g %.17g %.17g\n", facts->question, facts->mean, facts->variance,
                       facts->explained);
    for (size_t i = 0; i < oc_drivers_count(found) && end - at > 400; i++) {
        const oc_driver_info *d = oc_drivers_at(found, i);
        at += snprintf(at, (size_t)(end - at), "%s", d->name);
        const double numbers[] = {d->share,      d->share_error, d->share_low,   d->share_high, d->effect,
                                  d->low.answer, d->low.error,   d->high.answer, d->high.error};
        for (size_t n = 0; d->estimated && n < sizeof numbers / sizeof *numbers; n++)
            at += snprintf(at, (size_t)(end - at), " %.17g", numbers[n]);
        at += snprintf(at, (size_t)(end - at), "\n");
    }
    size_t size;
    char *expected = read_file(expected_path, &size);
    check(size > 1000 && strcmp(lines, expected) == 0, "the numbers of opcon drivers", lines);
    free(expected);
    oc_drivers_free(found);
}

static void who(oc_scenario *scenario, const oc_outcome *outcome)
{
    oc_who_question question = OC_WHO_QUESTION;
    question.on = oc_day_from_text("1994-12-01");
    question.state = "war";
    question.matter = "operational_control";
    oc_holdings *answer;
    oc_status status = oc_scenario_who(scenario, &question, &answer);
    check(status == OC_OK && oc_holdings_count(answer) > 0, "who commanded in 1994",
          oc_scenario_messages(scenario, OC_LANG_EN));
    const oc_holding_info *first = oc_holdings_at(answer, 0);
    check(first && first->probability == 1 && first->holder.in[OC_LANG_KO][0] && first->source_count > 0,
          "on record, with sources", "");
    oc_holdings_free(answer);
    question.on = oc_day_from_text("2035-01-01");
    question.outcome = outcome;
    status = oc_scenario_who(scenario, &question, &answer);
    double sum = 0;
    for (size_t i = 0; i < oc_holdings_count(answer); i++) {
        const oc_holding_info *info = oc_holdings_at(answer, i);
        if (strcmp(info->forces.id, oc_holdings_at(answer, 0)->forces.id) == 0) sum += info->probability;
    }
    check(status == OC_OK && oc_holdings_count(answer) > 1 && fabs(sum - 1) < 1e-9, "in 2035 chances add up to one",
          "");
    oc_holdings_free(answer);
    question.matter = "operational_controll";
    status = oc_scenario_who(scenario, &question, &answer);
    const oc_diagnostic_info *d =
        oc_scenario_diagnostic(scenario, oc_scenario_diagnostic_count(scenario) - 1, OC_LANG_EN);
    check(status == OC_INPUT && !answer && d && strcmp(d->code, "E0502") == 0 && d->remark_count,
          "a wrong matter is told", "");
    question.matter = NULL;
    status = oc_scenario_who(scenario, &question, &answer);
    check(status == OC_OK, "and forgotten", oc_scenario_messages(scenario, OC_LANG_EN));
    oc_holdings_free(answer);
}

static void documents(oc_scenario *scenario, const char *path, const char *json_path)
{
    oc_documents *handle;
    oc_status status = oc_documents_open(NULL, scenario, &handle);
    check(status == OC_OK, "documents", oc_status_name(status));
    size_t size, expected_size, json_size;
    char *bytes = read_file(path, &size), *expected = read_file(json_path, &expected_size);
    const char *json;
    for (int time = 0; time < 2; time++) {
        status = oc_documents_read(handle, path, bytes, size, NULL, &json, &json_size);
        check(status == OC_OK && json_size == expected_size && memcmp(json, expected, json_size) == 0,
              "the JSON that opcon read prints", oc_documents_messages(handle, OC_LANG_EN));
    }
    check(oc_documents_read(handle, "x.pdf", "%PDF-1.4\nnothing\n", 17, NULL, &json, NULL) == OC_INPUT && !json &&
              oc_documents_diagnostic_count(handle) > 0,
          "what is no document", "");
    free(bytes);
    free(expected);
    oc_documents_close(handle);
}

int main(int argc, char **argv)
{
    if (argc != 8) return 2;
    oc_scenario *scenario;
    if (oc_scenario_open(NULL, argv[1], &scenario) != OC_OK) return 3;
    oc_outcome *outcome = NULL;
    forecast(scenario, argv[2], &outcome);
    who(scenario, outcome);
    oc_outcome_free(outcome);
    what_if(scenario, argv[1], argv[5], false);
    what_if(scenario, argv[1], argv[6], true);
    drivers(scenario, argv[7]);
    documents(scenario, argv[3], argv[4]);
    oc_scenario_close(scenario);
    printf("1..%d\n", number);
    return failed != 0;
}
