/* Memory that is released all at once.
 *
 * Everything that belongs to one compilation, document or report lives in one arena. Allocation from an arena never
 * returns NULL: when memory or the arena's limit runs out, control returns to the innermost oc_arena_try() of that
 * arena, and the caller of that function releases or resets the arena. So code that builds trees has no error
 * branches for memory, and running out of it still ends in a status and not in a crash
 * (docs/decisions/0001-arena-guard.md).
 *
 *     oc_arena arena;
 *     oc_arena_init(&arena, NULL, 64 << 20);
 *     oc_status status = oc_arena_try(&arena, build, &job);     // OC_OK, OC_NOMEM or OC_LIMIT
 *     oc_arena_free(&arena);
 *
 * What is not memory of the arena (open files, parsers of libraries) must not be held across an allocation unless its
 * owner has its own oc_arena_try() and releases it afterwards. An arena is used by one thread at a time. */
#ifndef OC_BASE_ARENA_H
#define OC_BASE_ARENA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/status.h"

/* Where an arena gets its blocks. `resize` behaves like realloc (NULL, 0 -> new) and returns NULL on failure. */
typedef struct oc_allocator {
    void *(*resize)(void *context, void *old, size_t size);
    void (*release)(void *context, void *old);
    void *context;
} oc_allocator;

/* The allocator of the C library. */
extern const oc_allocator oc_allocator_default;

typedef struct oc_arena_block oc_arena_block;
typedef struct oc_arena_guard oc_arena_guard;
typedef struct oc_arena_child oc_arena_child;

typedef struct oc_arena {
    oc_allocator allocator;
    oc_arena_block *blocks;  /* newest first */
    oc_arena_guard *guard;   /* innermost oc_arena_try, or NULL */
    oc_arena_child *children; /* newest first */
    size_t used;             /* bytes handed out in all blocks, for statistics and the limit */
    size_t limit;            /* bytes; 0 is none */
} oc_arena;

/* `allocator` NULL is the C library's; `limit` in bytes, 0 for none. Nothing is allocated yet. */
void oc_arena_init(oc_arena *arena, const oc_allocator *allocator, size_t limit);

/* Releases all memory; the arena may be used again. Accepts NULL and a zeroed arena. */
void oc_arena_free(oc_arena *arena);

/* Calls body(context). OC_OK when it returns, OC_NOMEM or OC_LIMIT when an allocation from `arena` inside it failed.
 * Nests. */
oc_status oc_arena_try(oc_arena *arena, void (*body)(void *context), void *context);

/* Goes back to the innermost guard with a status of its own choice: for owners of foreign resources, which catch a
 * failure with oc_arena_try, release, and pass it on. */
_Noreturn void oc_arena_give_up(oc_arena *arena, oc_status why);

/* `size` bytes, zeroed, aligned for any type. Never NULL. Without a guard a failure aborts the process. */
void *oc_arena_alloc(oc_arena *arena, size_t size);

/* The same on a boundary of 64 bytes, as vector columns need. */
void *oc_arena_aligned(oc_arena *arena, size_t size);

/* `count` objects of `size` bytes, zeroed; an overflow of the product counts as running out of memory. */
void *oc_arena_array(oc_arena *arena, size_t count, size_t size);

#define OC_NEW(arena, type) ((type *)oc_arena_alloc((arena), sizeof(type)))
#define OC_NEW_ARRAY(arena, count, type) ((type *)oc_arena_array((arena), (count), sizeof(type)))

/* A copy of the text, followed by a NUL that is not counted. */
oc_slice oc_arena_copy(oc_arena *arena, oc_slice text);

/* printf into the arena; the result is followed by a NUL that is not counted. */
oc_slice oc_arena_printf(oc_arena *arena, const char *format, ...) __attribute__((nonnull(1, 2), format(printf, 2, 3)));
oc_slice oc_arena_vprintf(oc_arena *arena, const char *format, va_list args)
    __attribute__((nonnull(1, 2), format(printf, 2, 0)));

/* Makes the next `size` bytes come from one block. A mark taken then keeps that block through all rewinds to it: memory
 * that is used again and again without being asked from the system. */
void oc_arena_reserve(oc_arena *arena, size_t size);

/* `wanted` bytes that begin with the first `kept` ones of the `size` bytes at `old` (NULL, 0 at first); what lies
 * behind them is not zeroed. From 128 KiB on it gets a block for itself, which is resized as long as no mark names it;
 * what is smaller stays behind until the arena is released. For what grows (vec.h, text.h). */
void *oc_arena_grow(oc_arena *arena, void *old, size_t size, size_t kept, size_t wanted);

/* Calls body(context, scratch) with an arena for what is needed in passing. It is released afterwards, also where an
 * allocation from one of the two fails; the failure then goes on to the guard of `arena`. */
void oc_arena_with_scratch(oc_arena *arena, void (*body)(void *context, oc_arena *scratch), void *context);

/* An empty arena with the same allocator and limit, which is released with `arena`, or when that goes back to a mark
 * from before: for what another thread may still have to add to something that lives here. */
oc_arena *oc_arena_new_child(oc_arena *arena);

/* Takes over all memory of `from`, which is empty afterwards and may be released or used again: what was made beside,
 * on another thread perhaps, lives on with `into`. Both have the same allocator, and `from` has no children. Marks of
 * `from` are void; those that `into` got with memory in it hold, and what was taken over stays when it goes back to
 * them. */
void oc_arena_adopt(oc_arena *into, oc_arena *from);

/* A position to come back to: what was allocated after oc_arena_mark is released by oc_arena_rewind. */
typedef struct oc_arena_mark {
    oc_arena_block *block;
    size_t block_used;
    size_t used;
    oc_arena_child *child;
} oc_arena_mark;
oc_arena_mark oc_arena_get_mark(const oc_arena *arena);
void oc_arena_rewind(oc_arena *arena, oc_arena_mark mark);

#endif
