/* A forecast with changes of the scenario, with progress while it runs.
 *
 *     forecast SCENARIO [PATH=VALUE]...
 *     forecast /usr/share/opcon/scenarios/rok-us plan_kept=0.5 */
#include <opcon/opcon.h>
#include <stdio.h>

static bool show_progress(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    fprintf(stderr, "\r%3.0f %%%s", 100.0 * (double)done / (double)total, done == total ? "\n" : "");
    return false; /* true would stop the run */
}

static const char *day_text(oc_day day, char buffer[11])
{
    return day == OC_DAY_NONE ? "beyond" : oc_day_to_text(day, buffer);
}

static void print_estimate(const oc_estimate_info *e)
{
    char p10[11], p50[11], p90[11];
    printf("%-24s ", e->name);
    switch (e->kind) {
    case OC_ESTIMATE_TRUTH: printf("%5.1f %% (error %.1f)\n", 100 * e->p, 100 * e->p_error); break;
    case OC_ESTIMATE_DATE:
        if (e->known != OC_DAY_NONE)
            printf("known: %s\n", day_text(e->known, p50));
        else
            printf("10 %%: %s  50 %%: %s  90 %%: %s  never: %.1f %%\n", day_text(e->p10, p10), day_text(e->p50, p50),
                   day_text(e->p90, p90), 100 * e->never);
        break;
    case OC_ESTIMATE_NUMBER: printf("%g, 90 %% between %g and %g %s\n", e->mean, e->q05, e->q95, e->unit); break;
    case OC_ESTIMATE_CATEGORY:
        for (size_t i = 0; i < e->category_count; i++) printf("%s: %.1f %%  ", e->categories[i], 100 * e->shares[i]);
        printf("\n");
        break;
    }
}

static void print_outcome(const oc_outcome *outcome)
{
    for (size_t i = 0; i < oc_outcome_stage_count(outcome); i++) print_estimate(oc_outcome_stage(outcome, i));
    for (size_t i = 0; i < oc_outcome_question_count(outcome); i++) print_estimate(oc_outcome_question(outcome, i));
    printf("\nWhat stands in the way:\n");
    for (size_t i = 0; i < oc_outcome_blocker_count(outcome) && i < 5; i++) {
        const oc_blocker_info *b = oc_outcome_blocker(outcome, i);
        printf("%5.1f %%  %s\n", 100 * b->share, b->text[OC_LANG_EN]);
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s SCENARIO [PATH=VALUE]...\n", argv[0]);
        return 2;
    }
    oc_scenario *scenario;
    oc_status status = oc_scenario_open(NULL, argv[1], &scenario);
    for (int i = 2; i < argc && status == OC_OK; i++) status = oc_scenario_set(scenario, argv[i]);
    oc_run_settings settings = OC_RUN_SETTINGS;
    settings.progress = show_progress;
    oc_outcome *outcome = NULL;
    if (status == OC_OK) status = oc_scenario_run(scenario, &settings, &outcome);
    if (status == OC_OK)
        print_outcome(outcome);
    else
        fprintf(stderr, "%s%s\n", oc_scenario_messages(scenario, OC_LANG_EN), oc_status_name(status));
    oc_outcome_free(outcome);
    oc_scenario_close(scenario);
    return (int)status;
}
