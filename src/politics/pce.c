/* Votes to coalitions to victory probabilities to a distribution over options; see pce.h.
 *
 * Worked example (conditional, proportional, linear): three voters of weight 1/3 with ideals 0, 0.5, 1 over the options
 * 0, 0.5, 1 and utility 1 - distance. For 0.5 against 0: coalitions 1/3 and 1/6, so it wins with 2/3, and by symmetry
 * with 2/3 against 1; 0 against 1 is even. The products are 1/3*1/2, 2/3*2/3, 1/3*1/2 (and a common 1/2), normalised
 * 3/14, 8/14, 3/14. */
#include "politics/pce.h"

#include <math.h>
#include <string.h>

#include "politics/number.h"

static inline double vote(oc_voting rule, double weight, double du)
{
    double bin = politics_clamp(du / 1e-8, -1, 1);
    switch (rule) {
    case OC_VOTING_BINARY: return weight * bin;
    case OC_VOTING_PROP_BIN: return weight * (0.8 * du + 0.2 * bin);
    case OC_VOTING_PROP: return weight * du;
    case OC_VOTING_PROP_CUBIC: return weight * (0.5 * du + 0.5 * du * du * du);
    case OC_VOTING_CUBIC: return weight * (du * du * du);
    case OC_VOTING_ASYM_PROP: return du < 0 ? weight * du : 2.0 / 3.0 * weight * du;
    }
    return 0;
}

double oc_vote(oc_voting rule, double weight, double utility_a, double utility_b)
{
    return vote(rule, weight, utility_a - utility_b);
}

static double strength(oc_victory rule, double a)
{
    double square = a * a;
    switch (rule) {
    case OC_VICTORY_SQUARE: return square;
    case OC_VICTORY_QUARTIC: return square * square;
    case OC_VICTORY_OCTIC: return square * square * (square * square);
    default: return a;
    }
}

void oc_victory_pair(oc_victory rule, double a, double b, double *ret_a, double *ret_b)
{
    if (rule == OC_VICTORY_BINARY) {
        const double tiny = 1e-6;
        if (a >= 1.1 * b) {
            *ret_a = 1, *ret_b = tiny;
        } else if (b >= 1.1 * a) {
            *ret_a = tiny, *ret_b = 1;
        } else {
            *ret_a = (2.1 * a / (a + b) - 1) / 0.1;
            *ret_b = 1 - *ret_a;
        }
        return;
    }
    double fa = strength(rule, a), fb = strength(rule, b);
    *ret_a = fa / (fa + fb);
    *ret_b = fb / (fa + fb);
}

static inline void coalition_pair(oc_voting rule, const double *ua, const double *ub, const double *weight,
                                  size_t voters, double *pro, double *con)
{
    double for_a = 0, for_b = 0;
    for (size_t k = 0; k < voters; k++) {
        double v = vote(rule, weight[k], ua[k] - ub[k]);
        for_a += v > 0 ? v : 0;
        for_b += v < 0 ? -v : 0;
    }
    *pro = 1e-8 + for_a;
    *con = 1e-8 + for_b;
}

/* The rule is a constant in each case, so that the compiler makes one loop for each and none tests it inside. */
static void coalition(oc_voting rule, const double *ua, const double *ub, const double *weight, size_t voters,
                      double *pro, double *con)
{
    switch (rule) {
    case OC_VOTING_PROP: coalition_pair(OC_VOTING_PROP, ua, ub, weight, voters, pro, con); break;
    case OC_VOTING_CUBIC: coalition_pair(OC_VOTING_CUBIC, ua, ub, weight, voters, pro, con); break;
    default: coalition_pair(rule, ua, ub, weight, voters, pro, con); break;
    }
}

static void conditional(const double *victory, size_t options, double *p)
{
    int deepest = 0;
    for (size_t a = 0; a < options; a++) {
        int depth = 0;
        p[a] = 1;
        for (size_t b = 0; b < options; b++) {
            p[a] *= victory[a * options + b];
            if (p[a] < 0x1p-512 && p[a] > 0) p[a] *= 0x1p512, depth--;
        }
        if (a == 0 || depth > deepest) {
            double scale = depth - deepest > 1 ? 0 : 0x1p-512;
            for (size_t b = 0; b < a; b++) p[b] *= scale;
            deepest = depth;
        } else if (depth < deepest) {
            p[a] *= deepest - depth > 1 ? 0 : 0x1p-512;
        }
    }
    double sum = 0;
    for (size_t a = 0; a < options; a++) sum += p[a];
    for (size_t a = 0; a < options; a++) p[a] = sum > 0 ? p[a] / sum : 1 / (double)options;
}

/* p <- (p + q)/2 until the step is small; returns whether it is. */
static bool settle(double *p, const double *q, size_t options, double tolerance)
{
    double largest = 0;
    for (size_t a = 0; a < options; a++) {
        double change = fabs(q[a] - p[a]);
        if (change > largest) largest = change;
        p[a] = (p[a] + q[a]) / 2;
    }
    return largest <= tolerance;
}

static bool markov_uniform(const double *victory, size_t m, double *p, double *q)
{
    for (size_t a = 0; a < m; a++) p[a] = 1 / (double)m;
    for (int step = 0; step < 1000; step++) {
        for (size_t a = 0; a < m; a++) {
            q[a] = 0;
            for (size_t b = 0; b < m; b++) q[a] += victory[a * m + b] * (p[a] + p[b]);
            q[a] /= (double)m;
        }
        if (settle(p, q, m, 1e-6)) return true;
    }
    return false;
}

static double incentive(const double *coalitions, const double *victory, size_t m, size_t a, size_t b)
{
    return coalitions[a * m + b] * victory[a * m + b] + (a == b ? 1e-10 : 0);
}

/* The holder b is challenged by a with the share of a's incentive in the column of b. */
static bool markov_incentive(const double *coalitions, const double *victory, size_t m, double *p, double *q)
{
    for (size_t a = 0; a < m; a++) p[a] = 1 / (double)m;
    for (int step = 0; step < 1000; step++) {
        memset(q, 0, m * sizeof *q);
        for (size_t b = 0; b < m; b++) {
            double column = 0;
            for (size_t a = 0; a < m; a++) column += incentive(coalitions, victory, m, a, b);
            for (size_t a = 0; a < m; a++) {
                double challenge = incentive(coalitions, victory, m, a, b) / column;
                q[a] += victory[a * m + b] * p[b] * challenge;
                q[b] += victory[b * m + a] * p[b] * challenge;
            }
        }
        if (settle(p, q, m, 1e-8)) return true;
    }
    return false;
}

bool oc_pce(const oc_pce_rule *rule, const double *utility, const double *weight, size_t voters, size_t options,
            double *p, double *work)
{
    double *coalitions = work, *victory = work + options * options, *q = work + 2 * options * options;
    for (size_t a = 0; a < options; a++) {
        coalitions[a * options + a] = 1e-8;
        victory[a * options + a] = 0.5;
        for (size_t b = 0; b < a; b++) {
            double *ab = &coalitions[a * options + b], *ba = &coalitions[b * options + a];
            coalition(rule->voting, utility + a * voters, utility + b * voters, weight, voters, ab, ba);
            oc_victory_pair(rule->victory, *ab, *ba, &victory[a * options + b], &victory[b * options + a]);
        }
    }
    switch (rule->model) {
    case OC_PCE_MARKOV_UNIFORM: return markov_uniform(victory, options, p, q);
    case OC_PCE_MARKOV_INCENTIVE: return markov_incentive(coalitions, victory, options, p, q);
    case OC_PCE_CONDITIONAL: break;
    }
    conditional(victory, options, p);
    return true;
}
