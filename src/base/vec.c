/* Growth of the arrays of vec.h. */
#include "base/vec.h"

#include <stdint.h>

void *oc_vec_grow_(oc_arena *arena, void *at, size_t len, size_t *room, size_t size)
{
    if (len < *room) return at;
    size_t wider = *room ? *room * 2 : 8;
    if (wider > SIZE_MAX / 2 / size) oc_arena_give_up(arena, OC_NOMEM);
    void *grown = oc_arena_grow(arena, at, *room * size, len * size, wider * size);
    *room = wider;
    return grown;
}
