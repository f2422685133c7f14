/* See later.h. A lock for whoever makes something; who finds it made does not take it. */
#include "reading/later.h"

#include <pthread.h>

struct oc_later {
    pthread_mutex_t lock;
    oc_arena *arena;
};

typedef struct job {
    oc_later_fn *make;
    void *context;
    oc_arena *arena;
} job;

oc_later *oc_later_new(oc_arena *arena)
{
    oc_later *later = OC_NEW(arena, oc_later);
    pthread_mutex_init(&later->lock, NULL);
    later->arena = oc_arena_new_child(arena);
    return later;
}

static void call(void *context)
{
    job *j = context;
    j->make(j->context, j->arena);
}

oc_status oc_later_make(oc_later *later, atomic_bool *ready, oc_later_fn *make, void *context)
{
    if (atomic_load_explicit(ready, memory_order_acquire)) return OC_OK;
    job j = {make, context, later->arena};
    oc_status status = OC_OK;
    pthread_mutex_lock(&later->lock);
    if (!atomic_load_explicit(ready, memory_order_relaxed)) {
        status = oc_arena_try(later->arena, call, &j);
        atomic_store_explicit(ready, status == OC_OK, memory_order_release);
    }
    pthread_mutex_unlock(&later->lock);
    return status;
}
