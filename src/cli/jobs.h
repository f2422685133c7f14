/* Work beside a command's own: runs and fits that do not wait for one another.
 *
 *     oc_jobs *jobs = oc_jobs_new(x, maker);
 *     oc_jobs_add(jobs, run_band, NULL);           any number up to OC_MOST_JOBS
 *     oc_jobs_start(jobs, threads);
 *     …                                            the command's own work, caught with oc_arena_try()
 *     oc_jobs_finish(jobs);                        in every case
 *     found = oc_jobs_found(jobs, run_band);
 *
 * A job has memory and diagnostics of its own, so that it can run on any thread; it may read what the command has read,
 * which stays as it is until oc_jobs_finish(). Each is a function of its inputs alone, so the output does not depend on
 * which ends first, nor on the number of threads. */
#ifndef OC_CLI_JOBS_H
#define OC_CLI_JOBS_H

#include "cli/command.h"

enum { OC_MOST_JOBS = 24 };

typedef struct oc_job {
    void (*work)(struct oc_job *job);
    const void *maker; /* what the jobs of a command share */
    const void *about; /* what this one is about */
    void *found;       /* NULL: nothing */
    oc_arena arena;    /* becomes the command's */
    oc_sources sources; /* those of the command come first: places in what it has read mean the same */
    oc_diags diags;    /* nobody sees them */
} oc_job;

typedef struct oc_jobs oc_jobs;

oc_jobs *oc_jobs_new(oc_context *x, const void *maker);
void oc_jobs_add(oc_jobs *jobs, void (*work)(oc_job *job), const void *about);
/* On so many threads at most, 0 included: what has not begun is done by oc_jobs_finish(). */
void oc_jobs_start(oc_jobs *jobs, unsigned threads);
/* All are done, but for those that an interruption (oc_interrupted) or want of memory has left without what they look
 * for. */
void oc_jobs_finish(oc_jobs *jobs);
/* What the first job with this work has found. */
const void *oc_jobs_found(const oc_jobs *jobs, void (*work)(oc_job *job));
/* The jobs in the order in which they were added. */
const oc_job *oc_jobs_all(const oc_jobs *jobs, size_t *ret_count);

#endif
