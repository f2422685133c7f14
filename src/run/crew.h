/* Chunks of work handed to threads in order and joined in order: what oc_run does for one program, for analyses that
 * run several on the same futures.
 *
 * Each worker takes the next chunk, works on it alone, waits until all chunks before it have been joined and joins its
 * own. So sums of doubles come out the same for every number of threads, and after a failure or a cancellation the
 * chunks that were joined are always 0 .. n - 1. */
#ifndef OC_RUN_CREW_H
#define OC_RUN_CREW_H

#include "run/run.h"

typedef struct oc_crew {
    uint64_t chunks;
    unsigned threads;  /* 0 and 1: the calling thread alone */
    void *context;
    /* Works on a chunk; `worker` is below `threads`. False: no more chunks are begun; this one is joined all the same.
     */
    bool (*work)(void *context, unsigned worker, uint64_t chunk);
    /* Called for chunk after chunk, one at a time. */
    void (*join)(void *context, unsigned worker, uint64_t chunk);
    void (*progress)(void *context, uint64_t done, uint64_t total); /* as in oc_run_options, in chunks */
    void *progress_context;
    double (*clock)(void);
    const volatile sig_atomic_t *cancel;
} oc_crew;

/* For all chunks of a run, with its progress, clock and cancellation; context, work and join are the caller's to set.
 */
static inline oc_crew oc_crew_of(const oc_run_options *options, unsigned threads)
{
    return (oc_crew){.chunks = oc_run_chunks(options->runs),
                     .threads = threads,
                     .progress = options->progress,
                     .progress_context = options->progress_context,
                     .clock = options->clock,
                     .cancel = options->cancel};
}

/* Number of chunks that were joined; fewer than crew->chunks after a failure or a cancellation. */
uint64_t oc_crew_run(const oc_crew *crew);

/* A zeroed engine for the program, 64-byte aligned, in the arena. NULL if `isa` is not available. */
oc_engine *oc_engine_new(oc_arena *arena, const oc_program *program, oc_isa isa);

#endif
