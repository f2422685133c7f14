/* How futures are run from the command line: --runs, --seed, --threads and --isa, progress on the terminal, Ctrl-C. */
#ifndef OC_CLI_RUN_OPTIONS_H
#define OC_CLI_RUN_OPTIONS_H

#include "cli/command.h"
#include "run/run.h"

/* A run that shows its progress on the terminal, reads the clock and stops at Ctrl-C; everything else is zero. */
oc_run_options oc_watched_run(oc_context *x);

/* The same with what the options say; those that the command doesn't have keep their defaults (seed 1, all processors,
 * the best instruction set). `least` to `most` futures, `fallback` without --runs. What is wrong is reported: OC_USAGE.
 */
oc_status oc_get_run_options(oc_context *x, int64_t least, int64_t most, int64_t fallback, oc_run_options *ret);

/* The instruction set of --isa; one that this machine lacks is reported. */
oc_status oc_get_isa(oc_context *x, oc_isa *ret);

/* Futures that a command which doesn't keep them may run. */
enum { OC_DEFAULT_RUNS = 100000 };
#define OC_MOST_RUNS (INT64_C(1) << 37)

#endif
