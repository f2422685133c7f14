/* The spatial model of politics: actors with positions on several dimensions challenge the one they gain most from
 * moving, bargain with it, and every actor takes the bargain that would win a vote among all.
 *
 * Two versions. `ktab14` reproduces KTAB 1.4 (KAPSARC Toolkit for Behavioral Analysis, 2019; its smp library), slips
 * included, to 1e-9 on a scale of 100. The default is the same procedure without them: votes weigh capability times
 * total salience, capabilities add up to 1 (so that their unit does not matter), nothing is rounded to a grid, the
 * receiver bargains with its probability and not with its gain, ties go to the smaller move and then to the lower
 * index, and random choices are addressed by (seed, draw, turn, actor).
 *
 * Positions, ideals and saliences here are fractions: 0..1 of the scale and of an actor's attention. */
#ifndef OC_POLITICS_SPATIAL_H
#define OC_POLITICS_SPATIAL_H

#include <stdint.h>

#include "base/arena.h"
#include "politics/pce.h"

typedef enum oc_risk_range { OC_RISK_MIN, OC_RISK_MID, OC_RISK_MAX } oc_risk_range;
/* How far h's picture of i's attitude to risk is moved from h's own to i's. */
typedef enum oc_risk_adjust {
    OC_ADJUST_NONE, OC_ADJUST_ONE_THIRD, OC_ADJUST_HALF, OC_ADJUST_TWO_THIRDS, OC_ADJUST_FULL
} oc_risk_adjust;
typedef enum oc_commit { OC_COMMIT_NONE, OC_COMMIT_SEMI, OC_COMMIT_FULL } oc_commit;
typedef enum oc_interpolation { OC_INTERPOLATE_S1P1, OC_INTERPOLATE_S2P2, OC_INTERPOLATE_S2PMAX } oc_interpolation;
typedef enum oc_proposals { OC_PROPOSALS_INITIATOR, OC_PROPOSALS_BOTH, OC_PROPOSALS_WEIGHTED } oc_proposals;

typedef struct oc_spatial_options {
    oc_pce_rule rule;               /* default: proportional votes, linear victory, conditional */
    bool stochastic;                /* each actor draws its option instead of taking the likeliest */
    oc_risk_range range;            /* default mid */
    oc_risk_adjust adjust;          /* default one third */
    oc_commit commit;               /* default semi */
    oc_interpolation interpolation; /* default S2P2 */
    oc_proposals proposals;         /* default initiator only */
    bool ktab14;
    uint64_t seed, draw;            /* of the stochastic form */
} oc_spatial_options;

/* The defaults of KTAB and of opcon. */
oc_spatial_options oc_spatial_default(void);

typedef struct oc_spatial_input {
    size_t actors, dimensions;
    const double *position;   /* [actor * dimensions + dimension] */
    const double *salience;   /* the same; each actor's sum in (0, 1] */
    const double *capability; /* [actor] */
    const double *adjustment; /* [actor * actors + other] weights with which ideals follow positions; NULL: identity */
    const uint64_t *identity; /* [actor] names in the addresses of random choices; NULL: the index */
} oc_spatial_input;

#define OC_SPATIAL_NOBODY UINT32_MAX

typedef struct oc_spatial_move {
    uint32_t target;      /* whom this actor challenged; OC_SPATIAL_NOBODY: no initiative */
    double gain;          /* its expected gain from that challenge */
    double probability;   /* of winning it, as it sees it */
    uint32_t initiator, receiver; /* of the bargain it accepted; OC_SPATIAL_NOBODY: it stayed */
    double share;         /* probability of the accepted option in the vote */
} oc_spatial_move;

typedef struct oc_spatial oc_spatial;

/* A state at turn 0. The arrays of `input` must outlive it. */
oc_spatial *oc_spatial_new(oc_arena *arena, const oc_spatial_input *input, const oc_spatial_options *options);

/* Starts again at turn 0 with what the arrays hold now. */
void oc_spatial_reset(oc_spatial *model, uint64_t draw);

/* One turn; returns false, without moving, once the model has settled (after at least two turns the sum of all moves
 * is below 2 % of that of the first turn) or 100 turns have passed. */
bool oc_spatial_step(oc_spatial *model);

uint32_t oc_spatial_turn(const oc_spatial *model);
bool oc_spatial_settled(const oc_spatial *model);
const double *oc_spatial_positions(const oc_spatial *model);    /* [actor * dimensions + dimension], 0..1 */
const double *oc_spatial_risk(const oc_spatial *model);         /* [actor], attitude in the last turn */
const oc_spatial_move *oc_spatial_moves(const oc_spatial *model); /* [actor], of the last turn */

/* Probability that each actor's position wins a vote among all distinct positions (closer than 0.001 of the scale count
 * as one), at the current positions: KTAB's printed "winning probability". */
void oc_spatial_winning(oc_spatial *model, double *probability);

#endif
