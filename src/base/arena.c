/* Arenas: bump allocation from blocks of growing size (64 KiB up to 4 MiB); see arena.h for the life cycle.
 *
 * Running out of memory jumps to the innermost guard. The jump is confined to oc_arena_try, whose only local state is
 * the guard itself, so no variable of a caller can be clobbered by it. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 64 << 10, LARGEST_BLOCK = 4 << 20, OWN_BLOCK = 128 << 10 };

struct oc_arena_block {
    oc_arena_block *older;
    size_t size; /* usable bytes */
    size_t used;
    bool marked; /* a mark may name it: it stays where it is in the list */
    alignas(max_align_t) char bytes[];
};

struct oc_arena_child {
    oc_arena arena;
    oc_arena_child *older;
};

struct oc_arena_guard {
    jmp_buf back;
    oc_arena_guard *outer;
    oc_status why;
};

static void *default_resize(void *context, void *old, size_t size)
{
    (void)context;
    return realloc(old, size);
}

static void default_release(void *context, void *old)
{
    (void)context;
    free(old);
}

const oc_allocator oc_allocator_default = {default_resize, default_release, NULL};

void oc_arena_init(oc_arena *arena, const oc_allocator *allocator, size_t limit)
{
    *arena = (oc_arena){.allocator = allocator ? *allocator : oc_allocator_default, .limit = limit};
}

/* Those that are newer than `kept`, which lie in blocks that are still there. */
static void free_children(oc_arena *arena, const oc_arena_child *kept)
{
    for (; arena->children != kept; arena->children = arena->children->older) oc_arena_free(&arena->children->arena);
}

void oc_arena_free(oc_arena *arena)
{
    if (!arena) return;
    free_children(arena, NULL);
    while (arena->blocks) {
        oc_arena_block *older = arena->blocks->older;
        arena->allocator.release(arena->allocator.context, arena->blocks);
        arena->blocks = older;
    }
    arena->used = 0;
}

oc_status oc_arena_try(oc_arena *arena, void (*body)(void *context), void *context)
{
    oc_arena_guard guard = {.outer = arena->guard, .why = OC_OK};
    arena->guard = &guard;
    if (setjmp(guard.back) == 0) body(context);
    arena->guard = guard.outer;
    return guard.why;
}

_Noreturn void oc_arena_give_up(oc_arena *arena, oc_status why)
{
    if (!arena->guard) {
        fputs("opcon: out of memory\n", stderr);
        abort();
    }
    arena->guard->why = why;
    longjmp(arena->guard->back, 1);
}

static oc_arena_block *new_block(oc_arena *arena, size_t size, bool behind)
{
    if (size > SIZE_MAX - sizeof(oc_arena_block)) oc_arena_give_up(arena, OC_NOMEM);
    oc_arena_block *block = arena->allocator.resize(arena->allocator.context, NULL, sizeof *block + size);
    if (!block) oc_arena_give_up(arena, OC_NOMEM);
    block->size = size;
    block->used = 0;
    block->marked = false;
    oc_arena_block **place = behind ? &arena->blocks->older : &arena->blocks;
    block->older = *place;
    *place = block;
    return block;
}

/* What needs a block of its own leaves the newest one, which has room left for others, where it is. */
static bool goes_behind(const oc_arena *arena)
{
    return arena->blocks && !arena->blocks->marked;
}

static oc_arena_block *add_block(oc_arena *arena, size_t at_least)
{
    size_t size = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
    if (size < at_least) size = at_least;
    return new_block(arena, size, at_least >= LARGEST_BLOCK && goes_behind(arena));
}

/* Rounded up to the alignment, and counted. */
static size_t count_bytes(oc_arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX / 2) oc_arena_give_up(arena, OC_NOMEM);
    size = (size + unit - 1) / unit * unit;
    if (arena->limit && size > arena->limit - (arena->used < arena->limit ? arena->used : arena->limit))
        oc_arena_give_up(arena, OC_LIMIT);
    return size;
}

static void *take(oc_arena *arena, oc_arena_block *block, size_t size)
{
    void *start = block->bytes + block->used;
    block->used += size;
    arena->used += size;
    return start;
}

static void *alloc_bytes(oc_arena *arena, size_t size)
{
    size = count_bytes(arena, size);
    oc_arena_block *block = arena->blocks;
    if (!block || block->size - block->used < size) block = add_block(arena, size);
    return take(arena, block, size);
}

void *oc_arena_alloc(oc_arena *arena, size_t size)
{
    return memset(alloc_bytes(arena, size), 0, size);
}

void *oc_arena_aligned(oc_arena *arena, size_t size)
{
    unsigned char *memory = oc_arena_alloc(arena, size + 63);
    return memory + (64 - (uintptr_t)memory % 64) % 64;
}

void oc_arena_reserve(oc_arena *arena, size_t size)
{
    oc_arena_block *block = arena->blocks;
    if (block && block->size - block->used >= size) return;
    if (block) block->marked = true; /* so that the new one becomes the newest */
    add_block(arena, size);
}

/* Where the block that holds nothing but what starts at `start` hangs, NULL if it may not be moved. */
static oc_arena_block **own_block(oc_arena *arena, const void *start, size_t size)
{
    if (size < OWN_BLOCK) return NULL;
    for (oc_arena_block **place = &arena->blocks; *place; place = &(*place)->older)
        if (start == (*place)->bytes)
            return (*place)->marked || (*place)->used > size + alignof(max_align_t) ? NULL : place;
    return NULL;
}

void *oc_arena_grow(oc_arena *arena, void *old, size_t size, size_t kept, size_t wanted)
{
    oc_arena_block **place = own_block(arena, old, size);
    if (place && wanted > size) {
        size_t more = wanted > (*place)->used ? count_bytes(arena, wanted - (*place)->used) : 0;
        oc_arena_block *grown = arena->allocator.resize(arena->allocator.context, *place,
                                                        sizeof *grown + (*place)->used + more);
        if (!grown) oc_arena_give_up(arena, OC_NOMEM);
        *place = grown;
        grown->size = grown->used += more;
        arena->used += more;
        return grown->bytes;
    }
    bool own = wanted >= OWN_BLOCK;
    size_t bytes = own ? count_bytes(arena, wanted) : 0;
    void *grown = own ? take(arena, new_block(arena, bytes, goes_behind(arena)), bytes) : alloc_bytes(arena, wanted);
    if (kept) memcpy(grown, old, kept);
    return grown;
}

void *oc_arena_array(oc_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size) oc_arena_give_up(arena, OC_NOMEM);
    return oc_arena_alloc(arena, count * size);
}

oc_slice oc_arena_copy(oc_arena *arena, oc_slice text)
{
    char *copy = oc_arena_alloc(arena, text.len + 1);
    if (text.len) memcpy(copy, text.ptr, text.len);
    return (oc_slice){copy, text.len};
}

oc_slice oc_arena_vprintf(oc_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    /* The analyzer of clang 14 does not see that va_copy initialises. */
    int length = vsnprintf(NULL, 0, format, again); /* NOLINT(clang-analyzer-valist.Uninitialized) */
    va_end(again);
    if (length < 0) return (oc_slice){"", 0};
    char *text = oc_arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, args);
    return (oc_slice){text, (size_t)length};
}

oc_slice oc_arena_printf(oc_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    oc_slice text = oc_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}

typedef struct scratch_job {
    oc_arena scratch;
    void (*body)(void *context, oc_arena *scratch);
    void *context;
    oc_status status;
} scratch_job;

static void with_scratch(void *context)
{
    scratch_job *job = context;
    job->body(job->context, &job->scratch);
}

static void try_scratch(void *context)
{
    scratch_job *job = context;
    job->status = oc_arena_try(&job->scratch, with_scratch, job);
}

void oc_arena_with_scratch(oc_arena *arena, void (*body)(void *context, oc_arena *scratch), void *context)
{
    scratch_job job = {.body = body, .context = context};
    oc_arena_init(&job.scratch, &arena->allocator, arena->limit);
    oc_status status = oc_arena_try(arena, try_scratch, &job);
    oc_arena_free(&job.scratch);
    if (status == OC_OK) status = job.status;
    if (status != OC_OK) oc_arena_give_up(arena, status);
}

oc_arena *oc_arena_new_child(oc_arena *arena)
{
    oc_arena_child *child = OC_NEW(arena, oc_arena_child);
    oc_arena_init(&child->arena, &arena->allocator, arena->limit);
    child->older = arena->children;
    arena->children = child;
    return &child->arena;
}

void oc_arena_adopt(oc_arena *into, oc_arena *from)
{
    oc_arena_block **oldest = &into->blocks;
    while (*oldest) oldest = &(*oldest)->older;
    *oldest = from->blocks;
    into->used += from->used;
    from->blocks = NULL;
    from->used = 0;
}

oc_arena_mark oc_arena_get_mark(const oc_arena *arena)
{
    if (arena->blocks) arena->blocks->marked = true;
    return (oc_arena_mark){arena->blocks, arena->blocks ? arena->blocks->used : 0, arena->used, arena->children};
}

void oc_arena_rewind(oc_arena *arena, oc_arena_mark mark)
{
    free_children(arena, mark.child);
    while (arena->blocks != mark.block) {
        oc_arena_block *older = arena->blocks->older;
        arena->allocator.release(arena->allocator.context, arena->blocks);
        arena->blocks = older;
    }
    if (mark.block) mark.block->used = mark.block_used;
    arena->used = mark.used;
}
