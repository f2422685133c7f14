/* Runs what a report needs and fills oc_report_input: shared by `opcon report` and `opcon chart`. */
#ifndef OC_CLI_REPORT_INPUT_H
#define OC_CLI_REPORT_INPUT_H

#include "cli/command.h"
#include "report/collect.h"

typedef struct oc_report_needs {
    bool policies;   /* a run for each policy */
    bool drivers;    /* what moves the answer */
    bool conditions; /* a run of their own: how often each holds at the end of each year */
    bool bargains;   /* the issues' maps */
    bool record;     /* how good such forecasts have been */
    bool band;       /* what is not known, around the main curve */
    bool engine;     /* the module, and an adjustable program */
    int64_t runs;    /* without --runs; 0: 100,000 */
} oc_report_needs;

/* Reads --runs, --seed, --by and the scenario's options, runs, and collects. On failure everything was said. */
oc_status oc_report_prepare(oc_context *x, size_t argument, const oc_report_needs *needs, oc_report_input *ret);

/* A map for each issue that can be read without simulating (report_bargain.c). */
void oc_report_add_bargains(oc_context *x, oc_collector *c);

#endif
