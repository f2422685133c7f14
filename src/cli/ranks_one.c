/* One process alone; see ranks.h. */
#include "cli/ranks.h"

void oc_ranks_begin(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
}

void oc_ranks_end(void)
{
}

int oc_rank(void)
{
    return 0;
}

int oc_rank_count(void)
{
    return 1;
}

void oc_rank_send(int to, const void *bytes, size_t size)
{
    (void)to;
    (void)bytes;
    (void)size;
}

oc_slice oc_rank_receive(oc_arena *arena, int from)
{
    (void)arena;
    (void)from;
    return (oc_slice){"", 0};
}
