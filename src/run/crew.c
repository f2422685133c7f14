/* See crew.h. */
#include "run/crew.h"

#include <pthread.h>

#define PROGRESS_SECONDS 0.1

typedef struct shift {
    const oc_crew *crew;
    pthread_mutex_t lock;
    pthread_cond_t joined; /* next_join has moved */
    uint64_t next_chunk, end_chunk, next_join;
    double last_progress;
} shift;

typedef struct hand {
    shift *job;
    unsigned worker;
    pthread_t thread;
} hand;

static bool take(shift *job, uint64_t *ret_chunk)
{
    pthread_mutex_lock(&job->lock);
    if (job->crew->cancel && *job->crew->cancel) job->end_chunk = job->next_chunk;
    bool more = job->next_chunk < job->end_chunk;
    if (more) *ret_chunk = job->next_chunk++;
    pthread_mutex_unlock(&job->lock);
    return more;
}

static void report(shift *job)
{
    const oc_crew *crew = job->crew;
    if (!crew->progress) return;
    double now = crew->clock ? crew->clock() : 0;
    if (job->next_join < job->end_chunk && crew->clock && now - job->last_progress < PROGRESS_SECONDS) return;
    job->last_progress = now;
    crew->progress(crew->progress_context, job->next_join, crew->chunks);
}

static void join(shift *job, unsigned worker, uint64_t chunk, bool good)
{
    pthread_mutex_lock(&job->lock);
    while (job->next_join != chunk) pthread_cond_wait(&job->joined, &job->lock);
    job->crew->join(job->crew->context, worker, chunk);
    job->next_join++;
    if (!good) job->end_chunk = job->next_chunk;
    report(job);
    pthread_cond_broadcast(&job->joined);
    pthread_mutex_unlock(&job->lock);
}

static void *work(void *context)
{
    hand *me = context;
    const oc_crew *crew = me->job->crew;
    uint64_t chunk;
    oc_engine_set_arithmetic();
    while (take(me->job, &chunk)) join(me->job, me->worker, chunk, crew->work(crew->context, me->worker, chunk));
    return NULL;
}

uint64_t oc_crew_run(const oc_crew *crew)
{
    hand hands[OC_MAX_THREADS] = {0};
    shift job = {.crew = crew, .end_chunk = crew->chunks, .last_progress = crew->clock ? crew->clock() : 0};
    unsigned threads = crew->threads > OC_MAX_THREADS ? OC_MAX_THREADS : crew->threads ? crew->threads : 1, started = 1;
    pthread_mutex_init(&job.lock, NULL);
    pthread_cond_init(&job.joined, NULL);
    for (unsigned i = 0; i < threads; i++) hands[i] = (hand){.job = &job, .worker = i};
    while (started < threads && pthread_create(&hands[started].thread, NULL, work, &hands[started]) == 0) started++;
    work(&hands[0]);
    for (unsigned i = 1; i < started; i++) pthread_join(hands[i].thread, NULL);
    pthread_cond_destroy(&job.joined);
    pthread_mutex_destroy(&job.lock);
    return job.next_join;
}

oc_engine *oc_engine_new(oc_arena *arena, const oc_program *program, oc_isa isa)
{
    return oc_engine_open(oc_arena_aligned(arena, oc_engine_size(program)), program, isa);
}
