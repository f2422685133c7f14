/* Running a scenario, and what comes out.
 *
 * At once:
 *
 *     oc_run_settings settings = OC_RUN_SETTINGS;
 *     settings.runs = 1000000;
 *     settings.progress = show;                           // returns true to stop
 *     oc_outcome *outcome = NULL;
 *     oc_status status = oc_scenario_run(scenario, &settings, &outcome);
 *
 * or in steps, for programs with a loop of their own:
 *
 *     oc_simulation *simulation;
 *     status = oc_simulation_begin(scenario, &settings, &simulation);
 *     bool more = status == OC_OK;
 *     while (more && (status = oc_simulation_step(simulation, &more)) == OC_OK) …
 *     if (status == OC_OK) status = oc_simulation_outcome(simulation, &outcome);
 *     oc_simulation_end(simulation);
 *
 * The same scenario, changes, seed and number of futures give the same outcome to the bit: in steps or at once, for
 * every number of threads, on every processor, and by `opcon forecast`. */
#ifndef OPCON_OUTCOME_H
#define OPCON_OUTCOME_H

#include <opcon/scenario.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct oc_outcome oc_outcome;
typedef struct oc_simulation oc_simulation;

typedef struct oc_run_settings {
    size_t size;        /* sizeof(oc_run_settings) */
    uint64_t runs;      /* futures, 1 to 2^37 */
    uint64_t seed;      /* of the random numbers */
    unsigned threads;   /* 1 to 256; the calling one counts */
    oc_day blockers_by; /* the day asked about for what stands in the way; OC_DAY_NONE: the horizon */
    /* Called between steps in the thread that runs; true stops the run. NULL: not called. */
    bool (*progress)(void *context, uint64_t done, uint64_t total);
    void *progress_context;
} oc_run_settings;

/* What `opcon forecast` uses without options, in one thread. */
#define OC_RUN_SETTINGS {sizeof(oc_run_settings), 100000, 1, 1, OC_DAY_NONE, NULL, NULL}

/* Checks the scenario, runs it and returns what came out. `settings` NULL: OC_RUN_SETTINGS. OC_OK; OC_INPUT (see the
 * scenario's diagnostics: errors in it, a value that is none while running, or fewer than 1,000 futures that agree with
 * the news); OC_CANCELLED, with the outcome of the futures so far if there are any; OC_USAGE (settings out of range);
 * OC_NOMEM, OC_LIMIT. */
OC_API oc_status oc_scenario_run(oc_scenario *scenario, const oc_run_settings *settings, oc_outcome **ret_outcome);

/* The same in steps. A simulation is of the scenario as it stands now; the scenario may be changed or closed meanwhile,
 * by the same thread. */
OC_API oc_status oc_simulation_begin(oc_scenario *scenario, const oc_run_settings *settings,
                                     oc_simulation **ret_simulation);
/* 16,384 futures for each thread, later four times as many. *ret_more becomes false with the last. OC_OK; OC_INPUT as
 * above; OC_CANCELLED after a cancellation. */
OC_API oc_status oc_simulation_step(oc_simulation *simulation, bool *ret_more);
/* May be called by any thread while the simulation is alive: the next step returns OC_CANCELLED. */
OC_API void oc_simulation_cancel(oc_simulation *simulation);
/* Futures run so far. */
OC_API uint64_t oc_simulation_done(const oc_simulation *simulation);
/* What came out so far. OC_USAGE before the first step; OC_INPUT as above. */
OC_API oc_status oc_simulation_outcome(oc_simulation *simulation, oc_outcome **ret_outcome);
OC_API void oc_simulation_end(oc_simulation *simulation);

/* An outcome stands alone: it outlives the scenario. It is never changed and may be read by several threads. */
OC_API void oc_outcome_free(oc_outcome *outcome);

typedef struct oc_outcome_info {
    uint64_t futures; /* that were run */
    uint64_t counted; /* of those, in which the news is true; all without news */
    uint64_t seed;
    uint64_t digest; /* equal digests, equal numbers: results_digest of `opcon forecast --format json` */
    bool complete;   /* as many as were asked for */
    oc_day as_of, horizon;
} oc_outcome_info;
OC_API const oc_outcome_info *oc_outcome_facts(const oc_outcome *outcome);

typedef enum oc_estimate_kind {
    OC_ESTIMATE_NUMBER,
    OC_ESTIMATE_DATE,
    OC_ESTIMATE_TRUTH,
    OC_ESTIMATE_CATEGORY
} oc_estimate_kind;

/* A stage or a question. Errors are standard errors of sampling. Fields of other kinds than its own are 0, NULL or
 * OC_DAY_NONE. */
typedef struct oc_estimate_info {
    const char *name;
    const char *title[OC_LANG_COUNT];
    oc_estimate_kind kind;

    /* TRUTH: the probability that it is true. */
    double p, p_error;

    /* DATE */
    oc_day p10, p50, p90;      /* the first days by which it has come in 10, 50, 90 of 100 futures; OC_DAY_NONE:
                                  beyond the horizon */
    oc_day p50_low, p50_high;  /* one standard error of the middle one */
    oc_day known;              /* the day, where it is known already; OC_DAY_NONE: it is not */
    double never, never_error; /* share of futures in which it does not come by the horizon */
    size_t day_count;          /* horizon - as_of + 1; 0 where the day is known */
    const double *done_by;     /* [day - as_of]: probability that it has come by that day */

    /* NUMBER: durations in days. Not a number where there is none; infinity for a quantile that never comes. */
    const char *unit; /* "" if there is none */
    double mean, mean_error, deviation, least, greatest;
    double q05, q10, q25, q50, q75, q90, q95;

    /* CATEGORY */
    size_t category_count;
    const char *const *categories;
    const double *shares, *share_errors;
} oc_estimate_info;

/* In the order of the scenario's facts. NULL beyond the last. */
OC_API size_t oc_outcome_stage_count(const oc_outcome *outcome);
OC_API const oc_estimate_info *oc_outcome_stage(const oc_outcome *outcome, size_t number);
OC_API size_t oc_outcome_question_count(const oc_outcome *outcome);
OC_API const oc_estimate_info *oc_outcome_question(const oc_outcome *outcome, size_t number);
/* A question or a stage by its name; of a question and a stage of one name, the question. NULL if there is none. */
OC_API const oc_estimate_info *oc_outcome_find(const oc_outcome *outcome, const char *name);

/* What stood in the way of a stage: docs/manual/language.md explains the reasons. */
typedef struct oc_blocker_info {
    const char *target;              /* the stage that did not come */
    const char *stage;               /* the one that was waited for */
    const char *reason;              /* "calendar", "not_held", "too_early", "chance", "needs" */
    const char *text[OC_LANG_COUNT]; /* for people, with the unmet needs */
    double share;                    /* of all waiting days for the target */
    double days;                     /* mean per future */
    double last_share; /* share of the futures that miss the day asked about, in which it was the last word */
} oc_blocker_info;
/* Target by target, most days first. */
OC_API size_t oc_outcome_blocker_count(const oc_outcome *outcome);
OC_API const oc_blocker_info *oc_outcome_blocker(const oc_outcome *outcome, size_t number);

#ifdef __cplusplus
}
#endif

#endif
