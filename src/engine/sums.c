/* The tree of sums over chunks (sums.h). */
#include "engine/sums.h"

static size_t head_size(void)
{
    return (sizeof(oc_sums) + 63) & ~(size_t)63;
}

size_t oc_sums_size(uint32_t slots)
{
    return head_size() + OC_SUMS_NODES * (size_t)slots * sizeof(oc_sum);
}

oc_sums *oc_sums_open(void *memory, uint32_t slots)
{
    oc_sums *sums = memory;
    oc_sum *next = (oc_sum *)(void *)((unsigned char *)memory + head_size());
    sums->slots = slots;
    for (size_t i = 0; i < OC_SUMS_NODES; i++) sums->nodes[i].sums = next + i * slots;
    return sums;
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
    oc_sums_node *node = &sums->nodes[sums->count++];
    node->level = level;
    node->index = index;
    for (uint32_t i = 0; i < sums->slots; i++) node->sums[i] = values[i];
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
    for (uint32_t i = 0; i < sums->slots; i++) ret[i] = (oc_sum){0};
    for (uint32_t i = 0; i < sums->count; i++) add(ret, sums->nodes[i].sums, sums->slots);
}
