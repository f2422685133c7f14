/* All four are roots of a falling function of the outcome, found by bisection: the logarithm of the product of gains is
 * concave where everybody gains, so its derivative falls. Sixty halvings bring the scale below 1e-16 of itself.
 *
 * Worked example (status quo): ideals 40 and 80, equal weights, status quo 0. Gains are x below 40 and 80 - x above for
 * the first, x for the second. Up to 40 both gain, beyond it 1/(80 - x) against 1/x: equal at 40. The outcome is 40. */
#include "politics/nash.h"

#include <math.h>

typedef struct nash {
    const double *x, *c, *s;
    size_t count;
    double range;  /* of normalising */
    double cost;   /* of failure, or margin */
    double status_quo;
    int side;      /* +1: agreements lie above the status quo */
} nash;

typedef double slope(const nash *problem, double at);

static double falling_root(const nash *problem, slope *derivative, double low, double high)
{
    for (int step = 0; step < 60; step++) {
        double middle = low + (high - low) / 2;
        if (derivative(problem, middle) > 0)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

static double costly_slope(const nash *problem, double at)
{
    double sum = 0;
    for (size_t k = 0; k < problem->count; k++) {
        double away = (at - problem->x[k]) / problem->range, s = problem->s[k];
        sum += problem->c[k] * s * (problem->x[k] - at) / (problem->cost - s * away * away);
    }
    return sum;
}

static double salience_slope(const nash *problem, double at)
{
    double sum = 0;
    for (size_t k = 0; k < problem->count; k++) {
        double away = (at - problem->x[k]) / problem->range;
        double gain = 1 + problem->cost - away * away;
        if (!(gain > 0)) gain = 1e-300;
        sum += problem->c[k] * problem->s[k] * (problem->x[k] - at) / gain;
    }
    return sum;
}

/* Narrows [low, high] to the hull of those with weight: the outcome lies inside. False without weight. */
static bool hull(const nash *problem, double *low, double *high)
{
    double first = INFINITY, last = -INFINITY;
    for (size_t k = 0; k < problem->count; k++) {
        if (!(problem->c[k] * problem->s[k] > 0)) continue;
        first = fmin(first, problem->x[k]);
        last = fmax(last, problem->x[k]);
    }
    if (first > last) return false;
    *low = fmax(*low, first);
    *high = fmin(*high, last);
    return true;
}

double oc_nash_costly(const double *x, const double *c, const double *s, size_t count, double low, double high,
                      double range, double cost)
{
    nash problem = {.x = x, .c = c, .s = s, .count = count, .range = range, .cost = cost};
    double farthest = (high - low) / range, most = 0;
    for (size_t k = 0; k < count; k++) most = fmax(most, s[k] * farthest * farthest);
    if (!(cost > most) || !hull(&problem, &low, &high)) return NAN;
    return falling_root(&problem, costly_slope, low, high);
}

double oc_nash_salience(const double *x, const double *c, const double *s, size_t count, double low, double high,
                        double range, double margin)
{
    nash problem = {.x = x, .c = c, .s = s, .count = count, .range = range, .cost = margin};
    double farthest = (high - low) / range;
    if (!(margin >= 0) || 1 + margin < farthest * farthest || !hull(&problem, &low, &high)) return NAN;
    return falling_root(&problem, salience_slope, low, high);
}

/* Which side of the status quo everybody with weight stands on, and how far all of them gain: nobody gains beyond
 * twice the shortest distance. 0: they don't stand on one side, or nobody has weight (*ret_any). */
static int agreement_side(const nash *problem, double *ret_reach, bool *ret_any)
{
    int side = 0;
    *ret_reach = INFINITY;
    *ret_any = false;
    for (size_t k = 0; k < problem->count; k++) {
        if (!(problem->c[k] * problem->s[k] > 0)) continue;
        double away = problem->x[k] - problem->status_quo;
        int mine = away > 0 ? 1 : away < 0 ? -1 : 0;
        if (*ret_any && mine != side) mine = 0;
        side = mine;
        *ret_any = true;
        if (!side) return 0;
        *ret_reach = fmin(*ret_reach, 2 * fabs(away));
    }
    return side;
}

/* Both below are measured as the distance from the status quo towards the agreements. */
static double status_quo_slope(const nash *problem, double at)
{
    double sum = 0;
    for (size_t k = 0; k < problem->count; k++) {
        double w = problem->c[k] * problem->s[k], ideal = fabs(problem->x[k] - problem->status_quo);
        if (w > 0) sum += at < ideal ? w / at : -w / (2 * ideal - at);
    }
    return sum;
}

/* The rising shares at / ideal are lowest for the farthest, the falling ones 2 - at / ideal for the nearest. */
static double kalai_slope(const nash *problem, double at)
{
    double rising = INFINITY, falling = INFINITY;
    for (size_t k = 0; k < problem->count; k++) {
        double ideal = fabs(problem->x[k] - problem->status_quo);
        if (!(problem->c[k] * problem->s[k] > 0)) continue;
        if (at < ideal)
            rising = fmin(rising, at / ideal);
        else
            falling = fmin(falling, 2 - at / ideal);
    }
    return rising < falling ? 1 : -1;
}

static double from_status_quo(nash *problem, slope *derivative, double low, double high, bool *ret_gridlock)
{
    double reach;
    bool any;
    problem->side = agreement_side(problem, &reach, &any);
    *ret_gridlock = any && !problem->side;
    if (!any) return NAN;
    if (!problem->side) return problem->status_quo;
    double room = problem->side > 0 ? high - problem->status_quo : problem->status_quo - low;
    double distance = falling_root(problem, derivative, 0, fmin(reach, room));
    return problem->status_quo + problem->side * distance;
}

double oc_nash_status_quo(const double *x, const double *c, const double *s, size_t count, double low, double high,
                          double status_quo, bool *ret_gridlock)
{
    nash problem = {.x = x, .c = c, .s = s, .count = count, .status_quo = status_quo};
    return from_status_quo(&problem, status_quo_slope, low, high, ret_gridlock);
}

double oc_nash_kalai(const double *x, const double *c, const double *s, size_t count, double low, double high,
                     double status_quo, bool *ret_gridlock)
{
    nash problem = {.x = x, .c = c, .s = s, .count = count, .status_quo = status_quo};
    return from_status_quo(&problem, kalai_slope, low, high, ret_gridlock);
}
