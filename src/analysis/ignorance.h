/* Chance and ignorance apart: how much of the spread of an answer comes from what is settled today but not known, and
 * how much from what is still to happen.
 *
 * Ignorance is what is drawn before the first day: inputs, the values variables start with, and lengths (`takes`). All
 * other draws are chance. With X the former, Y the answer, V its variance:
 *     ignorance = Var(E[Y | X]) / V        chance = 1 - ignorance = E[Var(Y | X)] / V
 *
 * Estimated by pairs of futures with the same X and other chance (pick-freeze; Sobol 1993): the covariance of the two
 * answers of a pair is Var(E[Y | X]). The estimator and its error are those of Janon, Klein, Lagnoux, Nodet and Prieur,
 * "Asymptotic normality and efficiency of two Sobol index estimators", ESAIM: Probability and Statistics 18 (2014),
 * equation 6 and section 2.2. A date counts up to the day behind the horizon; of a category the covariances and
 * variances of all values are added up. Futures that news would leave out are not: a model with `given` has no answer
 * here. */
#ifndef OC_ANALYSIS_IGNORANCE_H
#define OC_ANALYSIS_IGNORANCE_H

#include "analysis/whatif.h"

enum {
    OC_SPREAD_MOST_PAIRS = 1 << 16,
    OC_BAND_INPUTS = 4 * OC_LANES, /* sets of inputs behind a band */
    OC_BAND_CHANCES = 48           /* futures for each of them */
};

typedef struct oc_spread {
    double ignorance; /* share of the variance, 0..1; NAN: the answer does not vary, is no number in some
                         futures, or is a truth that came, or failed to come, in fewer than 50 */
    double chance;    /* 1 - ignorance */
    double raw;       /* before cutting to 0..1 */
    double se;        /* standard error of raw */
} oc_spread;

/* A day on which the curve's band is given: 5 and 95 % of the sets of inputs have a lower share by then. */
typedef struct oc_band_point {
    oc_day day;
    double low, high;
} oc_band_point;

typedef struct oc_ignorance {
    uint64_t pairs;
    oc_spread *stages;    /* of each stage of the model; NAN where it is done */
    oc_spread *questions;
    size_t band_count;    /* 0: none asked for */
    oc_band_point *band;
} oc_ignorance;

typedef struct oc_ignorance_options {
    uint64_t pairs;       /* rounded up to whole batches, OC_SPREAD_MOST_PAIRS at the most; 0: no spreads */
    const oc_measure *band; /* date whose band is wanted; NULL: none */
    uint64_t seed;
    unsigned threads;
    oc_isa isa;
    const volatile sig_atomic_t *cancel;
} oc_ignorance_options;

/* A seed for each site of the program: `seed` for those drawn before the first day, another one, made of seed and
 * `replicate`, for the rest (oc_batch.site_seeds). Replicate 0 has `seed` everywhere. `ret` has room for the sites. */
void oc_chance_seeds(const oc_program *program, uint64_t seed, uint32_t replicate, uint64_t *ret);

/* `compiled` by oc_whatif_compile, without news and free of failing checks. OC_OK, OC_CANCELLED with nothing, OC_USAGE
 * (news, isa), OC_INPUT if a check failed in a future that an ordinary run had not met, OC_NOMEM.
 *
 * The band is nested: OC_BAND_INPUTS sets of inputs, OC_BAND_CHANCES futures for each. The share by a day that a set
 * has is known only up to the chance of its few futures; so the shares' distances from their mean are shrunk until
 * their variance is that of E[Y | X] alone (the spread between sets less what chance puts there). */
oc_status oc_ignorance_estimate(oc_arena *arena, const oc_compiled *compiled, const oc_ignorance_options *options,
                                oc_ignorance *ret);

#endif
