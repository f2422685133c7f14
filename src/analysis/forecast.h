/* What a run says: dates, probabilities, distributions and blockers, each with its Monte Carlo error.
 *
 *     oc_forecast *f = oc_forecast_make(arena, compiled, &result);
 *
 * Nothing here runs the engine; it reads the counters of a result (run/run.h). Errors are those of sampling alone:
 * sqrt(p (1 - p) / n) for a share, s / sqrt(n) for a mean, and for a quantile the order statistics at
 * n p -+ sqrt(n p (1 - p)) (Conover, Practical Nonparametric Statistics, 3rd ed. 1999, section 3.2). */
#ifndef OC_ANALYSIS_FORECAST_H
#define OC_ANALYSIS_FORECAST_H

#include "exact/exact.h"
#include "model/compile.h"
#include "run/run.h"

/* A date that may never come: how often by which day. */
typedef struct oc_date_answer {
    oc_day as_of;
    size_t days;               /* horizon - as_of + 1 */
    const uint64_t *counts;    /* [day - as_of]: futures in which it falls on that day; one more for never */
    uint64_t futures;
    oc_day p10, p50, p90;      /* OC_DAY_NONE: beyond the horizon */
    oc_day fixed;              /* known, the same in every future (it may lie before as_of); OC_DAY_NONE: not so */
    oc_day p50_low, p50_high;  /* one standard error of the median's rank */
    double never, never_se;
} oc_date_answer;

typedef struct oc_number_answer {
    double mean, mean_se, sd, min, max;
    double p05, p10, p25, p50, p75, p90, p95; /* NaN if there are none; infinity: never */
    double never;                             /* share without a finite value */
    uint64_t futures;
} oc_number_answer;

typedef struct oc_answer {
    oc_result_kind kind;
    oc_type type;
    oc_date_answer date;
    oc_number_answer number;
    double p, se;             /* truth */
    const double *shares;     /* category */
    const double *share_se;
} oc_answer;

/* One reason why a target was not reached, over all futures. */
typedef struct oc_blocker {
    uint32_t stage;            /* that was waited for */
    oc_reason reason;
    uint32_t needs;            /* bits of the unmet needs, for OC_REASON_NEEDS */
    double share;              /* of all waiting days */
    double days;               /* mean per future */
    double *by_year;           /* mean days per future in each interval */
    double last;               /* share of the futures that miss the day asked about, in which this was the last word */
} oc_blocker;
/* For qsort: most days first, ties by stage, reason and needs. */
int oc_blocker_compare(const void *a, const void *b);

typedef struct oc_blockers {
    uint32_t target;
    size_t count;
    oc_blocker *list;          /* most days first */
    double total_days;         /* mean per future */
    double missed;             /* share of futures without an answer by the day asked about */
} oc_blockers;

typedef struct oc_forecast {
    oc_compiled *compiled;
    const oc_result *result;
    uint64_t futures;          /* that count */
    oc_answer *stages;         /* kind OC_RESULT_DATE; of a stage that is done only `done` below is meaningful */
    oc_answer *questions;
    oc_answer *samples;        /* [variable * sample_count + day] */
    oc_blockers *blockers;
    size_t blocker_count;
    size_t bare;               /* literals without provenance */
    size_t judged;             /* literals that rest on judgement */
    size_t sourced;            /* literals with a source */
    const struct oc_ignorance *ignorance; /* chance and ignorance apart (ignorance.h), set by the caller; NULL */
    const oc_exact *exact;     /* NULL: sampled */
    const struct oc_smooth *smooth; /* answers that depend on coins are smoothed (analysis/smooth.h); NULL: none */
} oc_forecast;

oc_forecast *oc_forecast_make(oc_arena *arena, oc_compiled *compiled, const oc_result *result);

/* The same without sampling: all errors are 0, `result` is empty. With news there are no blockers and no samples (the
 * compiled program's sample_count is then set to 0). */
oc_forecast *oc_forecast_exact(oc_arena *arena, oc_compiled *compiled, const oc_exact *exact);
/* Fills bare, judged and sourced. */
void oc_forecast_count_literals(oc_forecast *f);

/* Share of futures in which the date has come by that day. */
double oc_date_by(const oc_date_answer *answer, oc_day day);
/* The first day by which a share p of the futures has come; OC_DAY_NONE if none. */
oc_day oc_date_quantile(const oc_date_answer *answer, double p);

/* "needs: c1, willing" and the like, in a language: what a blocker says. */
oc_slice oc_blocker_text(oc_arena *arena, const oc_model *model, const oc_blocker *blocker, oc_lang lang);

enum { OC_LEAST_GIVEN = 1000 };
/* True, and E0330 in the model's diagnostics, when fewer than OC_LEAST_GIVEN futures agree with the news. */
bool oc_forecast_refuses(const oc_compiled *compiled, const oc_result *result);

/* The diagnostic of a run-time check that failed. */
void oc_forecast_report_failure(oc_compiled *compiled, const oc_run_failure *failure);

/* The same, after running the failing future again in a program that keeps the inputs, so that the message can tell
 * what they were: a program for many futures forgets what it no longer needs. `options` are those of the run. */
void oc_forecast_replay_failure(oc_compiled *compiled, const oc_run_options *options, const oc_run_failure *failure);

#endif
