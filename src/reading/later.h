/* Tables that are made once, by whoever needs them first, on any thread: nothing is made of languages that no document
 * is in.
 *
 *     job j = {lexicon, lang};
 *     oc_status status = oc_later_make(later, &later_ready[lang], make_tables, &j);   // at once if they are there
 *
 * What is made is read-only then. Whoever got OC_OK sees all of it without a lock. */
#ifndef OC_READING_LATER_H
#define OC_READING_LATER_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/arena.h"

typedef struct oc_later oc_later;

/* Lives in `arena` and has a child of it for what is made. */
oc_later *oc_later_new(oc_arena *arena);

/* Calls make(context, arena) unless *ready, and sets *ready. Others wait meanwhile, so `make` must not come here again
 * with the same `later`. Not OC_OK: memory or a limit ran out (oc_arena_give_up), and it is tried again next time. */
typedef void oc_later_fn(void *context, oc_arena *arena);
oc_status oc_later_make(oc_later *later, atomic_bool *ready, oc_later_fn *make, void *context);

#endif
