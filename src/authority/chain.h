/* The chain of command of a day: who stands over whom, down to the forces. */
#ifndef OC_AUTHORITY_CHAIN_H
#define OC_AUTHORITY_CHAIN_H

#include "authority/query.h"

typedef struct oc_chain_node {
    oc_subject subject; /* an actor, forces or a place */
    uint32_t person;    /* in that office on the day; OC_LEDGER_NONE if not known */
    bool root;          /* nobody stands above it */
} oc_chain_node;

typedef struct oc_chain_edge {
    uint32_t above, below;  /* nodes */
    OC_VEC(const oc_holding *) holdings; /* what is held over it; none: a line only */
    const oc_line *line;    /* NULL: a holding only */
} oc_chain_edge;

typedef struct oc_chain {
    double probability; /* of this form on that day; not a number: depends on stages, and no forecast was given */
    OC_VEC(oc_chain_node) nodes;
    OC_VEC(oc_chain_edge) edges;
    OC_VEC(const oc_post *) posts; /* offices of the chain that one person holds */
    oc_indices done, open;         /* stages this form takes as done, or as not done; empty when nothing is undecided */
} oc_chain;
typedef OC_VEC(oc_chain) oc_chains;

/* The chain on question->on in question->state (which must be given; matter may be). On a day after as_of whose
 * answer hangs on one stage there are two, the more probable first; if it hangs on several, one, with each stage in its
 * more probable state and no probability. */
oc_chains oc_ledger_chains(oc_arena *arena, const oc_ledger *ledger, const oc_ledger_question *question);

#endif
