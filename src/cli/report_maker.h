/* What the files that make a report's runs share; report_input.c says how they belong together.
 *
 * A report needs several runs beside the main one. Each is a job (jobs.h), whose maker is the oc_report_maker; what
 * they found is put into the report afterwards, in a fixed order. */
#ifndef OC_CLI_REPORT_MAKER_H
#define OC_CLI_REPORT_MAKER_H

#include "analysis/backtest.h"
#include "analysis/futures.h"
#include "analysis/ignorance.h"
#include "analysis/whatif.h"
#include "cli/jobs.h"
#include "cli/report_input.h"

/* Futures of a run beside the main one, where that has more; of the table of futures, and of the page's first rerun. */
enum { OC_REPORT_SHORT_RUNS = 8192, OC_REPORT_TABLE_RUNS = 16384, OC_REPORT_CHECK_RUNS = 4096 };

/* The main date in the first futures of a run. */
typedef struct oc_report_dates {
    size_t futures;
    double *day;   /* +infinity: never by the horizon */
    bool *counted; /* news leaves some out */
} oc_report_dates;

typedef struct oc_report_maker {
    oc_context *x;
    oc_model *model;
    oc_compiled *compiled;
    oc_compiled *plain;        /* answers that can be read future by future, and nothing else (analysis/whatif.h) */
    const oc_report_dates *baseline; /* what policies are compared with, once the jobs are done; NULL: nothing */
    oc_result result;
    oc_forecast *forecast;
    oc_run_options run;
    oc_policy own;      /* what was set, forced and given on the command line */
    oc_slice main_name; /* of the stage or question that the report is about; empty: none */
    oc_day by;          /* the day that the headline speaks of; OC_DAY_NONE: the horizon */
    oc_collector collector;
    oc_status status; /* of the main run */
} oc_report_maker;

/* The scenario again with what was set for the report and these changes (NULL: none); NULL if they make it wrong. */
oc_model *oc_report_load(oc_job *job, const oc_policy *changes);

/* --- jobs, and what is made of them --- */

/* The first futures of `plain`: found are oc_report_dates. */
void oc_report_run_baseline(oc_job *job);
/* A policy (about: oc_policy); what it found is for oc_report_add_policies(). */
void oc_report_run_policy(oc_job *job);
void oc_report_add_policies(oc_report_maker *m, const oc_jobs *all, oc_report_input *input);

/* Futures one by one. Where all have come by the answer's day, they are asked about the day by which half have. */
typedef struct oc_report_table {
    oc_futures futures;
    bool about_answer; /* asked about the answer's day */
    const oc_tornado_row **rows; /* of each factor; NULL: it does not vary, or is a date, or nothing can be said */
} oc_report_table;
void oc_report_run_futures(oc_job *job);
/* The tornado: inputs, first values and later choices by their effect on the main date. */
void oc_report_add_drivers(oc_report_maker *m, const oc_report_table *table, oc_report_input *input);

/* The band around the main curve that comes from what is not known: found is an oc_ignorance (analysis/ignorance.h). */
void oc_report_run_band(oc_job *job);
void oc_report_add_band(oc_report_maker *m, const oc_ignorance *ignorance, oc_report_input *input);

/* How often each condition holds at the end of each year: found is an oc_report_condition list, `refs` left out. */
typedef struct oc_report_conditions {
    oc_report_condition *list;
    const oc_definition **of;
    size_t count;
} oc_report_conditions;
void oc_report_run_conditions(oc_job *job);

/* The reference class of the main stage and, if `about` is not NULL, leave-one-out over it: found is this. */
typedef struct oc_report_class {
    oc_outside *outside;
    oc_backtest test;
    bool tested;
} oc_report_class;
void oc_report_run_class(oc_job *job);

/* What a rerun in the page is held to: found is a uint64_t. */
void oc_report_run_check(oc_job *job);
/* The engine in the page, with controls for the numbers that move the answer (table NULL: none); without a digest there
 * is none. */
void oc_report_add_engine(oc_report_maker *m, const oc_report_table *table, const uint64_t *check_digest,
                          oc_report_input *input);

#endif
