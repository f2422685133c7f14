/* Newton's method with differences for derivatives; see minimise.h. A likelihood with a normal prior is round enough
 * for it: three or four steps, where a simplex takes some two hundred evaluations and as many again to make sure. */
#include <math.h>
#include <string.h>

#include "analysis/minimise.h"

enum { MOST_STEPS = 12, MOST_HALVINGS = 6 };
static const double H = 1e-3, SMALL = 1e-5;

/* Gradient and second derivatives at x from 1 + n + n^2 evaluations, `here` being the value; false if one lies outside.
 */
static bool derive(oc_objective *f, void *context, const double *x, size_t n, double here, double *gradient,
                   double *hessian)
{
    double y[OC_MOST_PARAMETERS], up[OC_MOST_PARAMETERS], down[OC_MOST_PARAMETERS];
    memcpy(y, x, n * sizeof *x);
    for (size_t i = 0; i < n; i++) {
        y[i] = x[i] + H;
        up[i] = f(y, context);
        y[i] = x[i] - H;
        down[i] = f(y, context);
        y[i] = x[i];
        gradient[i] = (up[i] - down[i]) / (2 * H);
        hessian[i * n + i] = (up[i] - 2 * here + down[i]) / (H * H);
        if (!isfinite(gradient[i])) return false;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            double both = -up[i] - down[i] - up[j] - down[j] + 2 * here;
            for (int sign = -1; sign <= 1; sign += 2) {
                y[i] = x[i] + sign * H;
                y[j] = x[j] + sign * H;
                both += f(y, context);
            }
            y[i] = x[i];
            y[j] = x[j];
            if (!isfinite(both)) return false;
            hessian[i * n + j] = hessian[j * n + i] = both / (2 * H * H);
        }
    return true;
}

/* Solves L L' step = gradient. */
static void solve(const double *l, size_t n, const double *gradient, double *step)
{
    for (size_t i = 0; i < n; i++) {
        step[i] = gradient[i];
        for (size_t k = 0; k < i; k++) step[i] -= l[i * n + k] * step[k];
        step[i] /= l[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++) step[i] -= l[k * n + i] * step[k];
        step[i] /= l[i * n + i];
    }
}

/* As much of the step as lowers the value; false if nothing does. */
static bool go(oc_objective *f, void *context, double *x, size_t n, const double *step, double *value)
{
    double y[OC_MOST_PARAMETERS], part = 1;
    for (int halving = 0; halving <= MOST_HALVINGS; halving++, part /= 2) {
        for (size_t i = 0; i < n; i++) y[i] = x[i] - part * step[i];
        double there = f(y, context);
        if (!(there <= *value)) continue;
        memcpy(x, y, n * sizeof *x);
        *value = there;
        return true;
    }
    return false;
}

bool oc_is_lowest(oc_objective *f, void *context, const double *x, size_t n, double value, double gain)
{
    double gradient[OC_MOST_PARAMETERS], step[OC_MOST_PARAMETERS], sum = 0;
    double hessian[OC_MOST_PARAMETERS * OC_MOST_PARAMETERS];
    if (!derive(f, context, x, n, value, gradient, hessian) || !oc_cholesky(hessian, n)) return false;
    solve(hessian, n, gradient, step);
    for (size_t i = 0; i < n; i++) sum += 0.5 * gradient[i] * step[i];
    return sum < gain;
}

double oc_minimise_round(oc_objective *f, void *context, double *x, size_t n, double size)
{
    double at[OC_MOST_PARAMETERS], gradient[OC_MOST_PARAMETERS], step[OC_MOST_PARAMETERS];
    double hessian[OC_MOST_PARAMETERS * OC_MOST_PARAMETERS];
    if (n == 0 || n > OC_MOST_PARAMETERS) return INFINITY;
    memcpy(at, x, n * sizeof *x);
    double value = f(at, context);
    for (int i = 0; i < MOST_STEPS && isfinite(value); i++) {
        if (!derive(f, context, at, n, value, gradient, hessian) || !oc_cholesky(hessian, n)) break;
        solve(hessian, n, gradient, step);
        double largest = 0;
        for (size_t k = 0; k < n; k++) largest = fmax(largest, fabs(step[k]));
        bool arrived = largest < SMALL;
        if (!go(f, context, at, n, step, &value) && !arrived) break;
        if (!arrived) continue;
        memcpy(x, at, n * sizeof *x);
        return value;
    }
    return oc_minimise(f, context, x, n, size);
}
