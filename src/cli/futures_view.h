/* What drivers and discover share: a scenario's futures one by one, and names and values of factors. */
#ifndef OC_CLI_FUTURES_VIEW_H
#define OC_CLI_FUTURES_VIEW_H

#include "analysis/futures.h"
#include "cli/command.h"

typedef struct oc_futures_view {
    oc_context *x;
    oc_model *model;
    oc_compiled *compiled;
    oc_run_options run;
    oc_futures futures;
    bool asked_where; /* the answer is the truth given with --where */
    bool interrupted; /* what was finished is there */
} oc_futures_view;

/* After an interruption that left enough to show: says so, and returns OC_CANCELLED; else OC_OK. */
oc_status oc_futures_close(oc_futures_view *view);

/* Reads --runs, --seed, --threads, --question, --is, --by or --later-than, and --where where the command has them,
 * loads the scenario, runs it. What is wrong is shown. `default_runs` futures without --runs. */
oc_status oc_futures_open(oc_context *x, int64_t default_runs, oc_futures_view *ret_view);

/* Shows why a run failed (a check in some future) and returns OC_INPUT. */
oc_status oc_futures_failed(oc_futures_view *view, const oc_run_failure *failure);

/* "Delay from money to capability"; "Plan (at the start)"; "US administration after 2029-01-20". */
oc_slice oc_factor_label(const oc_futures_view *view, const oc_factor *factor);
/* A value with its unit; of a category its name, of a truth yes or no. */
oc_slice oc_factor_value(const oc_futures_view *view, const oc_factor *factor, double value);
/* "input", "start", "takes", "later". */
const char *oc_factor_kind_word(oc_factor_kind kind);

/* Whether the answer is a share of futures (not a number). */
bool oc_answer_is_share(const oc_futures_view *view);
/* Of the answer: of days a duration. */
oc_type oc_answer_type(const oc_futures_view *view);
/* What is asked: "Transfer by 2030-06-03". */
oc_slice oc_asked_label(const oc_futures_view *view);

/* scenario, digest, seed, runs, futures, question: the head of a document. */
void oc_futures_json_head(oc_json *json, const oc_futures_view *view);
void oc_factor_json_name(oc_json *json, const oc_futures_view *view, const oc_factor *factor);
/* A value: a number, a day, a truth, or the name of a category. */
void oc_factor_json_value(oc_json *json, const char *key, const oc_factor *factor, double value);

#endif
