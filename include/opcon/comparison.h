/* What-ifs: two scenarios on the same futures, and how far apart their answers are.
 *
 *     oc_scenario *base, *changed;
 *     oc_scenario_open(NULL, "scenarios/rok-us", &base);
 *     oc_scenario_open(NULL, "scenarios/rok-us", &changed);
 *     oc_scenario_set(changed, "plan_kept=0.5");
 *     oc_comparison *comparison;
 *     if (oc_scenario_compare(base, changed, NULL, &comparison) == OC_OK) {
 *         const oc_difference_info *d = oc_comparison_find(comparison, "in_term");
 *         printf("%+.1f points, error %.1f\n", 100 * d->share.value, 100 * d->share.error);
 *     }
 *     oc_comparison_free(comparison);
 *
 * Both see the same draws, so a difference is known far better than either side: its error comes from the futures that
 * differ. A change that changes nothing gives differences of exactly 0 with errors of exactly 0. The numbers are those
 * of `opcon whatif`, to the bit, for every number of threads; docs/manual/commands/whatif.md says how to read them. */
#ifndef OPCON_COMPARISON_H
#define OPCON_COMPARISON_H

#include <opcon/outcome.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct oc_comparison oc_comparison;

/* Runs both and compares them. `settings` NULL: OC_RUN_SETTINGS; blockers_by is not used, and `progress` is called by
 * whichever thread has finished something, one at a time. OC_OK; OC_INPUT (see the diagnostics of both: errors, a value
 * that is none while running, or fewer than 1,000 futures that agree with the news); OC_CANCELLED, with the comparison
 * of the futures so far if there are any; OC_USAGE (settings out of range, twice the same handle, or a question or
 * stage of the base that the other does not have or answers in another kind); OC_NOMEM, OC_LIMIT. */
OC_API oc_status oc_scenario_compare(oc_scenario *base, oc_scenario *changed, const oc_run_settings *settings,
                                     oc_comparison **ret_comparison);
/* A comparison stands alone, is never changed and may be read by several threads. */
OC_API void oc_comparison_free(oc_comparison *comparison);

typedef struct oc_comparison_info {
    uint64_t futures;    /* that were run */
    uint64_t counted[2]; /* of those, in which the news of the base [0] and of the changed one [1] is true */
    uint64_t touched;    /* futures in which any answer differs */
    uint64_t seed;
    bool complete; /* as many as were asked for */
} oc_comparison_info;
OC_API const oc_comparison_info *oc_comparison_facts(const oc_comparison *comparison);

/* A difference, the changed one less the base, its standard error and its interval of 90 %; not a number where there is
 * none. */
typedef struct oc_gap {
    double value, error, low, high;
} oc_gap;

/* A stage that is not done, a question, or one value of a question that is a category. Of two numbers the first is the
 * base's. Fields of other kinds than its own are not a number, NULL or OC_DAY_NONE. */
typedef struct oc_difference_info {
    const char *name;
    const char *title[OC_LANG_COUNT];
    oc_estimate_kind kind;
    bool stage;
    const char *category; /* CATEGORY: the value whose share this is */
    const char *unit;     /* "" if there is none */
    uint64_t changed;     /* futures in which the two differ, whether they count or not */

    /* TRUTH, CATEGORY: the probability; DATE: that it comes by the horizon. */
    double p[2], p_error[2];
    oc_gap share;

    /* DATE */
    oc_day p10[2], p50[2], p90[2]; /* OC_DAY_NONE: beyond the horizon */
    oc_gap median;                 /* days between the two p50 */
    oc_gap later;                  /* mean days later in the futures in which both come; none with news */
    uint64_t both;                 /* futures in which both come and count */

    /* NUMBER: durations in days. */
    double mean[2], mean_error[2], never[2];
    oc_gap mean_gap;
} oc_difference_info;

/* Stages, then questions, in the order of the base. NULL beyond the last. */
OC_API size_t oc_comparison_count(const oc_comparison *comparison);
OC_API const oc_difference_info *oc_comparison_at(const oc_comparison *comparison, size_t number);
/* By name; of a question and a stage of one name, the question; of a category, its first value. NULL: there is none. */
OC_API const oc_difference_info *oc_comparison_find(const oc_comparison *comparison, const char *name);

#ifdef __cplusplus
}
#endif

#endif
