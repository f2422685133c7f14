/* Outcomes of one issue as pure functions of arrays: what `opcon bargain` prints and what the compiler of scenarios
 * emits as column operations.
 *
 * Notation: actor k has position x[k] on a scale [low, high] and weight w[k] >= 0 (capability times salience, and
 * times the actor's decision right on the issue); W is the sum of the weights, R = high - low. All functions return
 * NAN when there is no actor or W is 0: without a weight there is no outcome.
 *
 *     mean      m = sum_k w[k] x[k] / W
 *
 *     median    the lowest position x[j] with sum over {k: x[k] <= x[j]} of w[k] >= W / 2; in column operations, the
 *               minimum over j of SELECT(sum_k SELECT(x[k] <= x[j], w[k], 0) >= W/2, x[j], +infinity)
 *
 *     PCE       keep[a] = no b < a with x[b] = x[a]
 *               C[a][b] = 1e-8 + sum_k (w[k]/W) max(0, |x[k] - x[b]| - |x[k] - x[a]|) / R
 *               p[a]    = keep[a] prod over {b: keep[b], b != a} of C[a][b] / (C[a][b] + C[b][a]), then normalised
 *               outcome = sum_a p[a] x[a] / sum_a p[a]
 *
 *     in a future (model error and status quo, sources in error.h): with a residual r drawn uniformly from the table
 *     of past errors (or from normal(-2.2, 29.7)), and a coin u uniform on (0, 1),
 *               y = SELECT(u < mass, status_quo, MIN(MAX(outcome + r * R / 100, low), high))
 */
#ifndef OC_POLITICS_OUTCOME_H
#define OC_POLITICS_OUTCOME_H

#include <stddef.h>

/* The compromise model: weighted mean (Achen 2006; van den Bos 1991). */
double oc_bargain_outcome_mean(const double *x, const double *w, size_t count);

/* The lower weighted median (Black 1958). `tie`, if not NULL, is set to the upper median: it differs from the result
 * only when the weight up to the result is W/2 to within rounding (1e-12 of W). O(count^2), no memory. */
double oc_bargain_outcome_median(const double *x, const double *w, size_t count, double *tie);

/* The probabilistic Condorcet election in its conditional form with proportional votes. `p[count]` receives the
 * probability of each actor's position (actors at the same place share one option; the first of them carries it).
 * O(count^3). */
double oc_bargain_outcome_pce(const double *x, const double *w, size_t count, double range, double *p);

/* C[a][b] above for positions a and b: the share of weight times gain that backs a against b. */
double oc_bargain_support(const double *x, const double *w, size_t count, double range, double a, double b);

/* The outcome in one future: see above. `mass` 0 when there is no status quo. */
double oc_bargain_outcome_drawn(double outcome, double residual, double coin, double status_quo, double mass,
                                double low, double high);

#endif
