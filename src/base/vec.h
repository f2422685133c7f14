/* Growable arrays in an arena. Declare the type once, then push:
 *
 *     typedef OC_VEC(oc_span) oc_spans;
 *     oc_spans spans = {0};
 *     *oc_vec_push(arena, &spans) = span;         // the new element starts zeroed
 *     for (size_t i = 0; i < spans.len; i++) use(spans.at[i]);
 *
 * Growth doubles the room; what is smaller than 128 KiB leaves the old one to the arena (oc_arena_grow). Pointers to
 * elements are valid until the next push. */
#ifndef OC_BASE_VEC_H
#define OC_BASE_VEC_H

#include <string.h>

#include "base/arena.h"

#define OC_VEC(type) \
    struct { \
        type *at; \
        size_t len; \
        size_t room; \
    }

/* Makes room for one more element and returns a pointer to it. */
#define oc_vec_push(arena, vec) \
    ((vec)->len < (vec)->room \
         ? (void)0 \
         : (void)((vec)->at = oc_vec_grow_((arena), (vec)->at, (vec)->len, &(vec)->room, sizeof *(vec)->at)), \
     memset(&(vec)->at[(vec)->len], 0, sizeof *(vec)->at), \
     &(vec)->at[(vec)->len++])

/* Not for direct use. */
void *oc_vec_grow_(oc_arena *arena, void *at, size_t len, size_t *room, size_t size);

/* Room for `count` elements in all. What is known to become long begins with 128 KiB: then growing moves nothing. */
#define oc_vec_reserve(arena, vec, count)                                                                              \
    ((void)((vec)->at = oc_vec_reserve_((arena), (vec)->at, (vec)->len, &(vec)->room, (count), sizeof *(vec)->at)))
void *oc_vec_reserve_(oc_arena *arena, void *at, size_t len, size_t *room, size_t count, size_t size);

#endif
