/* Drives the engine: threads, chunks, results.
 *
 *     oc_run_options options = {.runs = 100000, .seed = 1, .threads = 2};
 *     oc_result result;
 *     oc_status status = oc_run(program, &options, &arena, &result);
 *
 * Trajectories are run in batches of OC_LANES and chunks of OC_CHUNK_BATCHES batches, which threads take in order. The
 * result is the same to the bit for every number of threads and however the chunks are split over calls (or ranks):
 * counters are integers, and the sums of chunks are combined as a balanced tree over chunk numbers (engine/sums.h).
 * Memory does not depend on the number of trajectories. */
#ifndef OC_RUN_RUN_H
#define OC_RUN_RUN_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "engine/engine.h"
#include "engine/sums.h"

enum { OC_MAX_THREADS = 256 };
#define OC_CHUNK_RUNS ((uint64_t)OC_CHUNK_BATCHES * OC_LANES)
#define OC_MAX_RUNS (UINT64_C(1) << 38)
#define OC_DEFAULT_SAMPLES (UINT64_C(16) * OC_LANES)

typedef struct oc_run_options {
    uint64_t runs;         /* trajectories, 1 .. OC_MAX_RUNS; need not be a multiple of anything */
    uint64_t seed;
    const uint64_t *site_seeds; /* a seed for each site of the program instead of `seed`; NULL: `seed` for all */
    unsigned threads;      /* 0 and 1: the calling thread alone */
    oc_isa isa;            /* OC_ISA_AUTO: the best there is */
    bool counts_only;      /* no quantiles of values will be asked for: bins need not be placed, which takes a pilot */
    uint64_t
        sample_limit; /* trajectories for which sampled rows are run, rounded up to whole batches; 0: the default */
    /* Chunks first .. last - 1 only (ranks of a cluster); last 0 means to the end. */
    uint64_t first_chunk, last_chunk;
    /* Called by one thread at a time, about ten times a second if there is a clock, and after the last chunk. */
    void (*progress)(void *context, uint64_t done, uint64_t total);
    void *progress_context;
    double (*clock)(void);                /* seconds from any beginning; NULL: no timing, rarer progress */
    const volatile sig_atomic_t *cancel;  /* not 0: stop after the chunks under way; NULL: never */
} oc_run_options;

/* The first check that failed: in the lowest trajectory in which one did, the first moment. */
typedef struct oc_run_failure {
    bool found;
    uint32_t check;
    uint64_t trajectory;
    uint32_t row;             /* of the schedule; OC_ROW_INIT, OC_ROW_END */
    int32_t day;              /* of that row; OC_NO_DATE for OC_ROW_INIT and OC_ROW_END */
    uint32_t instruction;
    const oc_cell *columns;   /* the trajectory's value in each column at that moment; program->columns of them */
} oc_run_failure;

typedef struct oc_result {
    const oc_program *program;
    uint64_t futures;         /* trajectories that were run */
    uint64_t counted;         /* those that count: all, or those in which `given` is true */
    const uint64_t *counts;   /* program->counts */
    const oc_value *values;   /* of each value slot */
    oc_sum *sums;             /* of each value slot */
    oc_run_failure failure;   /* if found, the numbers above are of no use */
    uint64_t digest;          /* of all numbers above: equal digests, equal results */
    double seconds;           /* spent in sampling; 0 without a clock */
    unsigned threads;
    oc_isa isa;

    oc_tally *tally;          /* everything behind it: bins, for quantiles */
    oc_sketch *sketch;
    oc_sums *partial;         /* for oc_result_append */
} oc_result;

/* `program` must have passed oc_program_check and stay alive as long as the result, which lives in `arena` (call it
 * inside oc_arena_try). OC_OK; OC_INPUT if a check failed (ret->failure); OC_CANCELLED with what was finished (whole
 * chunks from the first on); OC_USAGE if options are out of range or the instruction set is missing; OC_NOMEM. */
oc_status oc_run(const oc_program *program, const oc_run_options *options, oc_arena *arena, oc_result *ret);

/* Number of chunks of that many runs. */
uint64_t oc_run_chunks(uint64_t runs);

/* Adds the result of the chunks that follow immediately on those of `result` (same program, seed, options). The outcome
 * is what one run over both would have given. */
void oc_result_append(oc_result *result, const oc_result *next);

/* The value that a share p (0 .. 1) of all futures that count in the slot stay at or below; never (+infinity) where
 * that falls among those without a value. Exact for values that fill a bin of their own, else interpolated within a bin
 * between the least and greatest value seen there. NaN if the slot is empty. */
double oc_value_quantile(const oc_result *result, uint32_t slot, double p);

/* Mean and standard deviation of a slot's finite values; NaN if there are none (fewer than two for the deviation). */
double oc_value_mean(const oc_result *result, uint32_t slot);
double oc_value_deviation(const oc_result *result, uint32_t slot);

/* Follows one trajectory: calls look(context, row, cells) after the first section (OC_ROW_INIT), after each row that is
 * run and after the last section (OC_ROW_END); cells[c] is the value in column c. Returning false stops. OC_USAGE if
 * the trajectory's number is out of range. Memory comes from `arena`. */
oc_status oc_run_replay(const oc_program *program, uint64_t seed, uint64_t trajectory, bool sampled, oc_arena *arena,
                        bool (*look)(void *context, uint32_t row, const oc_cell *cells), void *context);

#endif
