/* The tree of sums over chunks (sums.h). */
#include "run/sums.h"

#include <assert.h>
#include <string.h>

void oc_sums_init(oc_sums *sums, uint32_t slots, oc_arena *arena)
{
    *sums = (oc_sums){.slots = slots};
    for (size_t i = 0; i < OC_SUMS_NODES; i++) sums->nodes[i].sums = OC_NEW_ARRAY(arena, slots + (size_t)1, oc_sum);
}

static void add(oc_sum *into, const oc_sum *from, uint32_t slots)
{
    for (uint32_t i = 0; i < slots; i++) {
        into[i].sum += from[i].sum;
        into[i].squares += from[i].squares;
    }
}

static bool siblings(const oc_sums_node *left, const oc_sums_node *right)
{
    return left->level == right->level && left->index % 2 == 0 && right->index == left->index + 1;
}

static void append_node(oc_sums *sums, uint32_t level, uint64_t index, const oc_sum *values)
{
    assert(sums->count < OC_SUMS_NODES);
    oc_sums_node *node = &sums->nodes[sums->count++];
    node->level = level;
    node->index = index;
    memcpy(node->sums, values, sums->slots * sizeof *values);
    while (sums->count >= 2 && siblings(&sums->nodes[sums->count - 2], &sums->nodes[sums->count - 1])) {
        oc_sums_node *left = &sums->nodes[sums->count - 2];
        add(left->sums, sums->nodes[sums->count - 1].sums, sums->slots);
        left->level++;
        left->index /= 2;
        sums->count--;
    }
}

void oc_sums_append(oc_sums *sums, uint64_t chunk, const oc_sum *leaf)
{
    append_node(sums, 0, chunk, leaf);
}

void oc_sums_join(oc_sums *sums, const oc_sums *next)
{
    for (uint32_t i = 0; i < next->count; i++)
        append_node(sums, next->nodes[i].level, next->nodes[i].index, next->nodes[i].sums);
}

void oc_sums_total(const oc_sums *sums, oc_sum *ret)
{
    memset(ret, 0, sums->slots * sizeof *ret);
    for (uint32_t i = 0; i < sums->count; i++) add(ret, sums->nodes[i].sums, sums->slots);
}
