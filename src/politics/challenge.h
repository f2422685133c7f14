/* The challenge model of expected utility (Bueno de Mesquita 1985, 1997) as specified by Scholz, Calbert and Smith
 * (ICAART 2011, pp. 18-30; Journal of Theoretical Politics 23(4), 2011, 510-531).
 *
 * The printed equations and the numbers printed beside them do not belong together. The default here is the algorithm
 * that gives the numbers (their table 2 within 0.1, except the median of round 2); `text` is the printed equations, in
 * the reading in which each side is seen with its own risk exponent.
 *
 * One issue, positions x[n] in any unit, capabilities c[n] >= 0, saliences s[n] in [0, 1]. Distances are divided by R,
 * the range of the first round's positions. Nothing is drawn at random. */
#ifndef OC_POLITICS_CHALLENGE_H
#define OC_POLITICS_CHALLENGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

typedef struct oc_challenge_options {
    double q;           /* weight of "the status quo stays if unchallenged", 0..1; the paper's figures use 1 */
    bool text;          /* the printed equations */
    bool least_move;    /* of several compromises take the smallest move; the published path takes the lowest blend */
} oc_challenge_options;

typedef enum oc_concession {
    OC_CONCESSION_NONE,
    OC_CONCESSION_CONFRONTATION, /* loses a confrontation: moves all the way */
    OC_CONCESSION_COMPROMISE,    /* meets the other on the way */
    OC_CONCESSION_CAPITULATION   /* gives in without a fight: moves all the way (text only) */
} oc_concession;

typedef struct oc_challenge_move {
    oc_concession kind;
    size_t by;          /* the actor conceded to */
    double own;         /* expected utility of challenging `by`, as the mover sees it */
    double other;       /* expected utility of being challenged by `by`, as the mover sees it */
    double probability; /* that the mover's challenge of `by` succeeds */
} oc_challenge_move;

/* Memory for rounds of at most `actors` actors. After a round it holds the round's intermediate numbers. */
typedef struct oc_challenge_work {
    size_t actors;
    double *distance;    /* [i*n + j] |x_i - x_j| / R */
    double *success;     /* [i*n + j] probability that i's challenge of j succeeds */
    double *own;         /* [i*n + j] E_i(i -> j) */
    double *other;       /* [i*n + j] E_i(j -> i) (text: E_j(j -> i)) */
    double *risk;        /* [i] exponent r in [0.5, 2] */
    double *danger;      /* [i] sum of what the others expect of challenging i, at r = 1 */
    double *weight;      /* [i] c s */
    double *powers;      /* [n*n] scratch */
} oc_challenge_work;

oc_challenge_work *oc_challenge_work_new(oc_arena *arena, size_t actors);

/* One round: x to next (they may not overlap); `move` [n] says why each actor moved, and may be NULL. `range` is R; 0
 * (all at one place) moves nobody. */
void oc_challenge_round(oc_challenge_work *work, const oc_challenge_options *options, const double *x, const double *c,
                        const double *s, size_t count, double range, double *next, oc_challenge_move *move);

#endif
