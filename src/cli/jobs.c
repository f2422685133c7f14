/* Work beside a command's own; see jobs.h. Threads, and in the end the command itself, take the next job that nobody
 * has begun. */
#include "cli/jobs.h"

#include <pthread.h>
#include <stdatomic.h>

#include "engine/engine.h"

struct oc_jobs {
    oc_context *x;
    const void *maker;
    oc_job list[OC_MOST_JOBS];
    size_t count;
    atomic_size_t next;
    pthread_t threads[OC_MOST_JOBS];
    unsigned started;
};

oc_jobs *oc_jobs_new(oc_context *x, const void *maker)
{
    oc_jobs *jobs = OC_NEW(x->arena, oc_jobs);
    jobs->x = x;
    jobs->maker = maker;
    return jobs;
}

void oc_jobs_add(oc_jobs *jobs, void (*work)(oc_job *job), const void *about)
{
    if (jobs->count == OC_MOST_JOBS) return;
    oc_job *job = &jobs->list[jobs->count++];
    *job = (oc_job){.work = work, .maker = jobs->maker, .about = about};
    oc_arena_init(&job->arena, &jobs->x->arena->allocator, 0);
    job->sources = oc_sources_after(&jobs->x->sources, &job->arena);
    job->diags = (oc_diags){.arena = &job->arena, .sources = &job->sources};
}

static void do_job(void *context)
{
    oc_job *job = context;
    job->work(job);
}

static void *work_through(void *context)
{
    oc_jobs *jobs = context;
    oc_engine_set_arithmetic();
    for (size_t i; (i = atomic_fetch_add(&jobs->next, 1)) < jobs->count && !oc_interrupted;)
        if (oc_arena_try(&jobs->list[i].arena, do_job, &jobs->list[i]) != OC_OK) jobs->list[i].found = NULL;
    return NULL;
}

void oc_jobs_start(oc_jobs *jobs, unsigned threads)
{
    while (jobs->started < threads && jobs->started < jobs->count &&
           pthread_create(&jobs->threads[jobs->started], NULL, work_through, jobs) == 0)
        jobs->started++;
}

void oc_jobs_finish(oc_jobs *jobs)
{
    work_through(jobs);
    for (unsigned i = 0; i < jobs->started; i++) pthread_join(jobs->threads[i], NULL);
    jobs->started = 0;
    for (size_t i = 0; i < jobs->count; i++) oc_arena_adopt(jobs->x->arena, &jobs->list[i].arena);
}

const void *oc_jobs_found(const oc_jobs *jobs, void (*work)(oc_job *job))
{
    for (size_t i = 0; i < jobs->count; i++)
        if (jobs->list[i].work == work) return jobs->list[i].found;
    return NULL;
}

const oc_job *oc_jobs_all(const oc_jobs *jobs, size_t *ret_count)
{
    *ret_count = jobs->count;
    return jobs->list;
}
