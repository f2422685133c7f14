/* Mean, median and probabilistic Condorcet election of one issue; outcome.h has the formulas.
 *
 * Worked example: three actors at 0, 50, 100 with weights 1, 1, 2. Mean (0 + 50 + 200) / 4 = 62.5. The weight up to 50
 * is 2 = W/2, so the lower median is 50 and the upper 100. */
#include "politics/outcome.h"

#include <math.h>
#include <stdbool.h>

#include "politics/number.h"

static double total(const double *w, size_t count)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++) sum += w[k];
    return sum;
}

double oc_bargain_outcome_mean(const double *x, const double *w, size_t count)
{
    double sum = total(w, count);
    if (!(sum > 0)) return NAN;
    /* Around the first position, so that a shift of the scale shifts the result and equal positions give themselves. */
    double moment = 0;
    for (size_t k = 0; k < count; k++) moment += w[k] * (x[k] - x[0]);
    return x[0] + moment / sum;
}

double oc_bargain_outcome_median(const double *x, const double *w, size_t count, double *tie)
{
    double sum = total(w, count), lower = INFINITY, upper = INFINITY;
    if (!(sum > 0)) return NAN;
    for (size_t j = 0; j < count; j++) {
        if (!(w[j] > 0)) continue;
        double below = 0;
        for (size_t k = 0; k < count; k++) below += x[k] <= x[j] ? w[k] : 0;
        if (below >= sum * (0.5 - 1e-12) && x[j] < lower) lower = x[j];
        if (below > sum * (0.5 + 1e-12) && x[j] < upper) upper = x[j];
    }
    if (tie) *tie = upper;
    return lower;
}

static double support(const double *x, const double *w, size_t count, double unit, double a, double b)
{
    double votes = 0;
    for (size_t k = 0; k < count; k++) {
        double gain = fabs(x[k] - b) - fabs(x[k] - a);
        votes += gain > 0 ? w[k] * gain : 0;
    }
    return 1e-8 + votes / unit;
}

double oc_bargain_support(const double *x, const double *w, size_t count, double range, double a, double b)
{
    return support(x, w, count, total(w, count) * range, a, b);
}

static bool stands_earlier(const double *x, size_t a)
{
    for (size_t b = 0; b < a; b++)
        if (x[b] == x[a]) return true;
    return false;
}

/* Leaves the logarithms of the products in p, so that many small factors cannot underflow. */
static void add_contests(const double *x, const double *w, size_t count, double unit, double *p)
{
    for (size_t a = 0; a < count; a++) {
        p[a] = 0;
        if (stands_earlier(x, a)) {
            p[a] = -INFINITY;
            continue;
        }
        for (size_t b = 0; b < a; b++) {
            if (p[b] == -INFINITY) continue;
            double pro = support(x, w, count, unit, x[a], x[b]), con = support(x, w, count, unit, x[b], x[a]);
            p[a] += politics_log(pro / (pro + con));
            p[b] += politics_log(con / (pro + con));
        }
    }
}

double oc_bargain_outcome_pce(const double *x, const double *w, size_t count, double range, double *p)
{
    double sum = total(w, count);
    if (!(sum > 0) || !(range > 0)) return NAN;
    add_contests(x, w, count, sum * range, p);
    double best = -INFINITY, mass = 0, moment = 0;
    for (size_t a = 0; a < count; a++) best = p[a] > best ? p[a] : best;
    for (size_t a = 0; a < count; a++) mass += p[a] = p[a] == -INFINITY ? 0 : politics_exp(p[a] - best);
    for (size_t a = 0; a < count; a++) moment += (p[a] /= mass) * (x[a] - x[0]);
    return x[0] + moment;
}

double oc_bargain_outcome_drawn(double outcome, double residual, double coin, double status_quo, double mass,
                                double low, double high)
{
    if (coin < mass) return status_quo;
    double y = outcome + residual * (high - low) / 100;
    return y < low ? low : y > high ? high : y;
}
