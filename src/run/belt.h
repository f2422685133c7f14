/* Pieces of work done by threads beforehand and joined in order by the calling thread, which alone may touch where they
 * go to: a database, for one. The threads go on while it joins.
 *
 * Each piece lies at a place from the moment a thread takes it until it has been joined. The threads run ahead of the
 * calling thread as far as there are empty places and as what waits is not too much. What is joined, and in what order,
 * does not depend on the number of threads; after a failure or a cancellation it is 0 .. n - 1. */
#ifndef OC_RUN_BELT_H
#define OC_RUN_BELT_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OC_BELT_THREADS = 256, OC_BELT_PLACES = 1024 }; /* at most */

typedef struct oc_belt {
    uint64_t pieces;
    unsigned threads; /* that work; if none can be started, the calling thread works itself */
    unsigned places;  /* 1 .. OC_BELT_PLACES */
    size_t most;      /* bytes that may wait before no more is begun; what is to be joined next is begun all the same */
    void *context;
    /* Works on a piece; `worker` is below `threads`, `place` below `places`. Returns the bytes it holds until it is
     * joined. */
    size_t (*work)(void *context, unsigned worker, unsigned place, uint64_t piece);
    /* False: no more pieces are begun; those that were are joined all the same. */
    bool (*join)(void *context, unsigned place, uint64_t piece);
    void (*progress)(void *context, uint64_t done, uint64_t total); /* some ten times a second; NULL: none */
    void *progress_context;
    double (*clock)(void); /* seconds from any beginning */
    const volatile sig_atomic_t *cancel; /* not 0: no more pieces are begun; NULL: never */
} oc_belt;

/* Number of pieces that were joined. */
uint64_t oc_belt_run(const oc_belt *belt);

#endif
