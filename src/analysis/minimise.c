/* The simplex method of Nelder and Mead; see minimise.h. Likelihoods here have two to four parameters and take some two
 * hundred evaluations. */
#include "analysis/minimise.h"

#include <math.h>
#include <string.h>

static const double GAIN = 1e-9;
enum { MOST_EVALUATIONS = 1500, MOST_RESTARTS = 6 };

typedef struct simplex {
    oc_objective *f;
    void *context;
    size_t n;
    double x[OC_MOST_PARAMETERS + 1][OC_MOST_PARAMETERS];
    double value[OC_MOST_PARAMETERS + 1];
    int evaluations;
} simplex;

static double evaluate(simplex *s, const double *x)
{
    s->evaluations++;
    double value = s->f(x, s->context);
    return isnan(value) ? INFINITY : value;
}

static void swap(double *a, double *b)
{
    double kept = *a;
    *a = *b;
    *b = kept;
}

static void sort(simplex *s)
{
    for (size_t i = 1; i <= s->n; i++)
        for (size_t j = i; j > 0 && s->value[j] < s->value[j - 1]; j--) {
            for (size_t k = 0; k < s->n; k++) swap(&s->x[j][k], &s->x[j - 1][k]);
            swap(&s->value[j], &s->value[j - 1]);
        }
}

/* The point `factor` of the way from the worst corner through the centre of the others. */
static double along(simplex *s, const double *centre, double factor, double *x)
{
    for (size_t k = 0; k < s->n; k++) x[k] = centre[k] + factor * (centre[k] - s->x[s->n][k]);
    return evaluate(s, x);
}

static void accept(simplex *s, const double *x, double value)
{
    memcpy(s->x[s->n], x, s->n * sizeof *x);
    s->value[s->n] = value;
}

static void shrink(simplex *s)
{
    for (size_t i = 1; i <= s->n; i++) {
        for (size_t k = 0; k < s->n; k++) s->x[i][k] = 0.5 * (s->x[i][k] + s->x[0][k]);
        s->value[i] = evaluate(s, s->x[i]);
    }
}

static void step_once(simplex *s)
{
    double centre[OC_MOST_PARAMETERS] = {0}, reflected[OC_MOST_PARAMETERS], other[OC_MOST_PARAMETERS];
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < s->n; k++) centre[k] += s->x[i][k] / (double)s->n;
    double value = along(s, centre, 1, reflected);
    if (value < s->value[0]) {
        double further = along(s, centre, 2, other);
        if (further < value) accept(s, other, further);
        else accept(s, reflected, value);
    } else if (value < s->value[s->n - 1]) {
        accept(s, reflected, value);
    } else {
        bool outside = value < s->value[s->n];
        double nearer = along(s, centre, outside ? 0.5 : -0.5, other);
        if (nearer < (outside ? value : s->value[s->n])) accept(s, other, nearer);
        else shrink(s);
    }
    sort(s);
}

static double descend(simplex *s, double *start, double step)
{
    for (size_t i = 0; i <= s->n; i++) {
        memcpy(s->x[i], start, s->n * sizeof *start);
        if (i > 0) s->x[i][i - 1] += step;
        s->value[i] = evaluate(s, s->x[i]);
    }
    sort(s);
    s->evaluations = 0;
    while (s->evaluations < MOST_EVALUATIONS) {
        double size = 0;
        for (size_t k = 0; k < s->n; k++) size = fmax(size, fabs(s->x[s->n][k] - s->x[0][k]));
        if (s->value[s->n] - s->value[0] < 1e-11 && size < 1e-6) break;
        step_once(s);
    }
    memcpy(start, s->x[0], s->n * sizeof *start);
    return s->value[0];
}

double oc_minimise(oc_objective *f, void *context, double *x, size_t n, double step)
{
    simplex s = {.f = f, .context = context, .n = n};
    if (n == 0 || n > OC_MOST_PARAMETERS) return INFINITY;
    double best = descend(&s, x, step);
    for (int i = 0; i < MOST_RESTARTS && isfinite(best) && !oc_is_lowest(f, context, x, n, best, GAIN); i++) {
        double again = descend(&s, x, -0.4 * step);
        bool done = best - again < GAIN;
        best = again;
        if (done) break;
    }
    return best;
}

void oc_hessian(oc_objective *f, void *context, const double *x, size_t n, double h, double *hessian)
{
    double y[OC_MOST_PARAMETERS];
    memcpy(y, x, n * sizeof *x);
    double here = f(y, context);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0, side[2];
            for (int corner = 0; corner < 4; corner++) {
                double first = corner & 1 ? h : -h, second = corner & 2 ? h : -h;
                memcpy(y, x, n * sizeof *x);
                y[i] += first;
                if (i == j) {
                    if (corner < 2) side[corner] = 0.5 * (f(y, context) - here) * 4;
                    sum += side[corner & 1]; /* both signs come twice */
                } else {
                    y[j] += second;
                    sum += (first > 0) == (second > 0) ? f(y, context) : -f(y, context);
                }
            }
            hessian[i * n + j] = hessian[j * n + i] = sum / (4 * h * h);
        }
}

bool oc_cholesky(double *m, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = m[i * n + j];
            for (size_t k = 0; k < j; k++) sum -= m[i * n + k] * m[j * n + k];
            if (i == j) {
                if (!(sum > 0)) return false;
                m[i * n + i] = sqrt(sum);
            } else {
                m[i * n + j] = sum / m[j * n + j];
                m[j * n + i] = 0;
            }
        }
    return true;
}
