/* Growth of the arrays of vec.h. */
#include "base/vec.h"

#include <stdint.h>

void *oc_vec_grow_(oc_arena *arena, void *at, size_t len, size_t *room, size_t size)
{
    if (len < *room) return at;
    return oc_vec_reserve_(arena, at, len, room, *room ? *room * 2 : 8, size);
}

void *oc_vec_reserve_(oc_arena *arena, void *at, size_t len, size_t *room, size_t count, size_t size)
{
    if (count <= *room) return at;
    if (count > SIZE_MAX / 2 / size) oc_arena_give_up(arena, OC_NOMEM);
    void *grown = oc_arena_grow(arena, at, *room * size, len * size, count * size);
    *room = count;
    return grown;
}
