/* Probabilistic Condorcet election over arbitrary options: votes, coalitions, victory probabilities and the
 * distribution over options, in the variants of KTAB 1.4 (KAPSARC Toolkit for Behavioral Analysis, 2015-2019). The
 * spatial model runs it several times a turn; outcome.h has the plain one-issue form. */
#ifndef OC_POLITICS_PCE_H
#define OC_POLITICS_PCE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum oc_voting { /* vote of weight w for a against b, du = utility(a) - utility(b), bin = clamp(du/1e-8, -1, 1)
                          */
                         OC_VOTING_BINARY,     /* w bin */
                         OC_VOTING_PROP_BIN,   /* w (0.8 du + 0.2 bin) */
                         OC_VOTING_PROP,       /* w du */
                         OC_VOTING_PROP_CUBIC, /* w (0.5 du + 0.5 du^3) */
                         OC_VOTING_CUBIC,      /* w du^3 */
                         OC_VOTING_ASYM_PROP   /* w du if du < 0, (2/3) w du if du > 0 */
} oc_voting;

typedef enum oc_victory { /* f(A) / (f(A) + f(B)) of coalition strengths A and B with f the power 1, 2, 4, 8 */
    OC_VICTORY_LINEAR,
    OC_VICTORY_SQUARE,
    OC_VICTORY_QUARTIC,
    OC_VICTORY_OCTIC,
    OC_VICTORY_BINARY /* the stronger by 10 % wins; between, linear */
} oc_victory;

typedef enum oc_pce_model { OC_PCE_CONDITIONAL, OC_PCE_MARKOV_INCENTIVE, OC_PCE_MARKOV_UNIFORM } oc_pce_model;

typedef struct oc_pce_rule {
    oc_voting voting;
    oc_victory victory;
    oc_pce_model model;
} oc_pce_rule;

double oc_vote(oc_voting rule, double weight, double utility_a, double utility_b);

/* Writes the pair of probabilities that strength `a` beats `b` and the reverse. */
void oc_victory_pair(oc_victory rule, double a, double b, double *ret_a, double *ret_b);

/* utility[option * voters + voter]; weight[voters], whose unit matters only against the constant 1e-8 that every
 * coalition has: pass weights that add up to 1, or KTAB's raw ones for its behaviour.
 * p[options] receives the distribution. work[2 * options * options + options]: afterwards coalition strengths (row for
 * column), then victory probabilities. False when a Markov form has not settled after 1,000 steps; p then holds the
 * last iterate. options >= 1. */
bool oc_pce(const oc_pce_rule *rule, const double *utility, const double *weight, size_t voters, size_t options,
            double *p, double *work);

#endif
