/* Runs what a report needs and fills oc_report_input: shared by `opcon report` and `opcon chart`. */
#ifndef OC_CLI_REPORT_INPUT_H
#define OC_CLI_REPORT_INPUT_H

#include "cli/command.h"
#include "report/report.h"

typedef struct oc_report_needs {
    bool policies; /* a run for each policy */
    bool drivers;  /* what moves the answer */
    bool record;   /* how good such forecasts have been */
    bool engine;   /* the module, and programs for the controls */
} oc_report_needs;

/* Reads --runs, --seed, --by and the scenario's options, runs, and collects. On failure everything was said. */
oc_status oc_report_prepare(oc_context *x, size_t argument, const oc_report_needs *needs, oc_report_input *ret);

#endif
