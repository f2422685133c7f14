/* Growth of the arrays of vec.h. */
#include "base/vec.h"

#include <string.h>

void *oc_vec_grow_(oc_arena *arena, void *at, size_t len, size_t *room, size_t size)
{
    if (len < *room) return at;
    size_t wider = *room ? *room * 2 : 8;
    void *grown = oc_arena_array(arena, wider, size);
    if (len) memcpy(grown, at, len * size);
    oc_arena_give_back(arena, at, *room * size);
    *room = wider;
    return grown;
}
