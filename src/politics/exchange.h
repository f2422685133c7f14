/* Position exchange over several issues: package deals (Stokman and Van Oosten 1994; the equal-gain version of the
 * group's public programs). Two actors on opposite sides of both issues each shift their vote on the issue they care
 * less about towards what the other wants there, at the rate that gives both the same gain; the largest gain first.
 *
 * Use it to find deals, not as a forecast: outcomes can run to the poles. */
#ifndef OC_POLITICS_EXCHANGE_H
#define OC_POLITICS_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/vec.h"

enum { OC_EXCHANGE_PAIRS = 400000, OC_EXCHANGE_DEALS = 20000 };

typedef struct oc_exchange_input {
    size_t actors, issues;
    const double *position;   /* [actor * issues + issue], 0..100 */
    const double *salience;   /* any common unit */
    const double *capability;
    const uint8_t *present;   /* NULL: all */
} oc_exchange_input;

typedef struct oc_exchange_options {
    bool no_overshoot;  /* shrink a deal that would carry an outcome past the demander's position */
    bool random_rate;   /* exchange rate drawn between the two actors' indifference rates instead of the equal one */
    uint64_t seed, draw;
} oc_exchange_options;

/* One of the two sides of a deal: `actor` shifts its vote on the issue it supplies. */
typedef struct oc_exchange_side {
    uint32_t actor, issue; /* who, and what it supplies; it demands the other's issue */
    double from, to;       /* its vote */
    double target;         /* where the other wants it */
    double gain;           /* salience times outcome gained on the demanded issue, less the loss on the supplied one */
    double outcome_before, outcome_after; /* of the supplied issue */
} oc_exchange_side;

typedef struct oc_exchange_deal {
    oc_exchange_side side[2];
    double gain;                        /* of each, in the equal-gain form */
    double others_gain, others_loss;    /* externalities: sums over third actors, both >= 0 */
    uint32_t winners, losers;           /* how many of them */
} oc_exchange_deal;

typedef struct oc_exchange_result {
    OC_VEC(oc_exchange_deal) deals; /* in the order in which they are made */
    double *vote;                   /* [actor * issues + issue] after all deals */
    double *before, *after;         /* [issue] weighted mean of votes */
    double *gain;                   /* [actor] from its own deals */
    double *externality;            /* [actor] from the deals of others */
    size_t possible;                /* pairs that could have dealt at the start */
} oc_exchange_result;

/* OC_LIMIT when more than OC_EXCHANGE_PAIRS pairs would have to be looked at or more than OC_EXCHANGE_DEALS made. */
oc_status oc_exchange(oc_arena *arena, const oc_exchange_input *input, const oc_exchange_options *options,
                      oc_exchange_result *ret);

#endif
