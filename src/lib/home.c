/* See home.h. */
#define _GNU_SOURCE
#include "lib/home.h"

#include <fenv.h>
#include <locale.h>

static void *resize(void *context, void *old, size_t size)
{
    const oc_memory *memory = context;
    return old ? memory->resize(memory->context, old, size) : memory->allocate(memory->context, size);
}

static void release(void *context, void *old)
{
    const oc_memory *memory = context;
    memory->release(memory->context, old);
}

static void *allocate_by_default(void *context, size_t size)
{
    (void)context;
    return oc_allocator_default.resize(NULL, NULL, size);
}

static const oc_memory *memory_by_default(oc_memory *room)
{
    *room = (oc_memory){allocate_by_default, oc_allocator_default.resize, oc_allocator_default.release, NULL};
    return room;
}

void *oc_home_new(const oc_memory *memory, size_t size, size_t limit)
{
    oc_memory room;
    if (!memory) memory = memory_by_default(&room);
    oc_home *home = memory->allocate(memory->context, size);
    if (!home) return NULL;
    memset(home, 0, size);
    home->memory = *memory;
    oc_allocator allocator = {resize, release, &home->memory};
    oc_arena_init(&home->arena, &allocator, limit);
    return home;
}

void oc_home_free(void *handle)
{
    oc_home *home = handle;
    if (!home) return;
    oc_arena_free(&home->arena);
    oc_memory memory = home->memory;
    memory.release(memory.context, home);
}

typedef struct state {
    locale_t locale;
    fenv_t arithmetic;
} state;

static state enter(void)
{
    state before;
    fegetenv(&before.arithmetic);
    fesetenv(FE_DFL_ENV);
    /* glibc keeps this locale ready: nothing is allocated, and there is nothing to free. */
    before.locale = uselocale(newlocale(LC_ALL_MASK, "C", (locale_t)0));
    return before;
}

static void leave(const state *before)
{
    uselocale(before->locale);
    fesetenv(&before->arithmetic);
}

oc_status oc_home_call(oc_home *home, void (*body)(void *context), void *context)
{
    state before = enter();
    oc_status status = oc_arena_try(&home->arena, body, context);
    leave(&before);
    return status;
}

typedef struct pair {
    oc_home *inner;
    void (*body)(void *context);
    void *context;
    oc_status status;
} pair;

static void call_inner(void *context)
{
    pair *p = context;
    p->status = oc_arena_try(&p->inner->arena, p->body, p->context);
}

oc_status oc_home_call_both(oc_home *outer, oc_home *inner, void (*body)(void *context), void *context)
{
    pair p = {inner, body, context, OC_OK};
    oc_arena_guard *guard = inner->arena.guard;
    oc_status status = oc_home_call(outer, call_inner, &p);
    /* The outer arena's failure skips the end of the inner guard. */
    inner->arena.guard = guard;
    return status != OC_OK ? status : p.status;
}

bool oc_home_settings(const void *given, void *own, size_t known)
{
    size_t size = known;
    if (!given) return true;
    memcpy(&size, given, sizeof size);
    if (size <= sizeof size || size > known) return false;
    memcpy(own, given, size);
    return true;
}

const char *oc_home_text(oc_home *home, oc_slice text)
{
    return oc_arena_copy(&home->arena, text).ptr;
}
