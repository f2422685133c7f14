/* Rows of a sweep: their columns, and one variant after another.
 *
 *     oc_sweep_runner *runner = oc_sweep_runner_new(&job);      // one for each worker
 *     oc_sweep_runner_row(runner, number, &row);                // malloc'ed; NULL when interrupted
 *     oc_sweep_runner_free(runner);
 *
 * A scenario is compiled once for all variants that differ in numbers only (model/parameters.h): the numbers are set in
 * a copy of the program. A variant of another shape is compiled and remembered; one that fails is compiled by itself,
 * so that its row has the code that compiling it alone gives. */
#ifndef OC_CLI_SWEEP_ROWS_H
#define OC_CLI_SWEEP_ROWS_H

#include <signal.h>

#include "analysis/forecast.h"
#include "cli/sweep_plan.h"

typedef struct oc_sweep_job {
    const oc_sweep_plan *plan;
    oc_slice scenario;       /* path */
    const oc_model *base;    /* the scenario as it stands: what columns there are */
    oc_isa isa;
    bool plain;              /* compile each variant by itself */
    const volatile sig_atomic_t *cancel;
    double (*clock)(void);   /* processor time of the thread, in seconds */
} oc_sweep_job;

/* The line with the names of the columns. */
oc_slice oc_sweep_header(oc_arena *arena, const oc_sweep_job *job);

typedef struct oc_sweep_runner oc_sweep_runner;

oc_sweep_runner *oc_sweep_runner_new(const oc_sweep_job *job); /* NULL: no memory */
void oc_sweep_runner_free(oc_sweep_runner *runner);
/* False: no memory. */
bool oc_sweep_runner_row(oc_sweep_runner *runner, uint64_t number, char **ret);
/* Seconds of processor time so far: of rows, and of them in drawing futures. */
double oc_sweep_runner_seconds(const oc_sweep_runner *runner, double *ret_sampling);

#endif
