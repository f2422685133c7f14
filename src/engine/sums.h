/* Sums of chunks, combined so that the result does not depend on who summed what.
 *
 * A chunk's sums are a leaf of the binary tree over chunk numbers; two finished halves of a node (chunks 2k and 2k + 1
 * of its level) are added, the left first. What is kept is the list of largest finished nodes in order: chunks 0..5 are
 * {0..3} {4..5} whether they came one by one or as 0..2 and 3..5. The total adds the nodes from left to right. Pairwise
 * summation also keeps rounding errors small (Higham, "The accuracy of floating point summation", SIAM J. Sci. Comput.
 * 14, 1993). */
#ifndef OC_ENGINE_SUMS_H
#define OC_ENGINE_SUMS_H

#include "engine/engine.h"

/* Any range of 2^24 chunks has at most 2 * 24 largest nodes, and one more is there while appending. */
enum { OC_SUMS_NODES = 52 };

typedef struct oc_sums_node {
    uint32_t level;  /* covers 2^level chunks */
    uint64_t index;  /* the index-th such range */
    oc_sum *sums;    /* one for each slot */
} oc_sums_node;

typedef struct oc_sums {
    uint32_t slots;
    uint32_t count;
    oc_sums_node nodes[OC_SUMS_NODES];
} oc_sums;

/* Memory as for engines and tallies: owned and zeroed by the caller. */
size_t oc_sums_size(uint32_t slots);
oc_sums *oc_sums_open(void *memory, uint32_t slots);
/* `chunk` must follow the last one appended. */
void oc_sums_append(oc_sums *sums, uint64_t chunk, const oc_sum *leaf);
/* Appends the nodes of another list that begins where this one ends. */
void oc_sums_join(oc_sums *sums, const oc_sums *next);
/* `ret` has room for one sum a slot. */
void oc_sums_total(const oc_sums *sums, oc_sum *ret);

#endif
