/* Sobol indices by the pick-freeze design; see sobol.h. The given-data measure and the tornado are in drivers.c.
 *
 * Every index here is a ratio of two means over rows, N / D. Its standard error follows from the linearised rows
 * u - S v (u, v: the row's part in N and D): sd(u - S v) / (sqrt(rows) mean(v)). The centre that u and v use is the
 * pooled mean, whose own error drops out to first order.
 *
 * Worked example: Y = X1 + 2 X2 with uniform inputs gives S = T = 0.2 and 0.8. */
#include "analysis/sobol.h"

#include <math.h>

enum { FEWEST_ROWS = 30 };

typedef struct design {
    const double *a, *b;
    size_t rows;
    double mean, variance, level;
} design;

static oc_share clip(double raw, double error, double level)
{
    oc_estimate whole = oc_estimate_normal(raw, error, level);
    return (oc_share){{fmin(1, fmax(0, raw)), error, fmin(1, fmax(0, whole.low)), fmin(1, fmax(0, whole.high))}, raw};
}

typedef struct parts {
    double above, below; /* one row's part in the numerator and in the denominator */
} parts;

static parts saltelli(const design *d, const double *ab, size_t i)
{
    double a = d->a[i] - d->mean, b = d->b[i] - d->mean, swapped = ab[i] - d->mean;
    return (parts){b * (swapped - a), 0.5 * (a * a + b * b)};
}

static parts jansen(const design *d, const double *ab, size_t i)
{
    double a = d->a[i] - d->mean, b = d->b[i] - d->mean, difference = d->a[i] - ab[i];
    return (parts){0.5 * difference * difference, 0.5 * (a * a + b * b)};
}

/* Janon's centre is the mean of B and AB_i together, handed over in `mean`. */
static parts janon(const design *d, const double *ab, size_t i)
{
    double b = d->b[i] - d->mean, swapped = ab[i] - d->mean;
    return (parts){b * swapped, 0.5 * (b * b + swapped * swapped)};
}

static oc_share ratio_of_means(const design *d, const double *ab, parts (*row)(const design *, const double *, size_t))
{
    double above = 0, below = 0;
    for (size_t i = 0; i < d->rows; i++) {
        parts p = row(d, ab, i);
        above += p.above;
        below += p.below;
    }
    if (!(below > 0)) return (oc_share){{0, 0, 0, 0}, 0};
    double index = above / below, squares = 0, n = (double)d->rows;
    for (size_t i = 0; i < d->rows; i++) {
        parts p = row(d, ab, i);
        double residual = p.above - index * p.below;
        squares += residual * residual;
    }
    return clip(index, sqrt(squares / (n - 1) / n) / (below / n), d->level);
}

static bool all_finite(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i])) return false;
    return true;
}

static bool describe(design *d)
{
    if (d->rows < FEWEST_ROWS || !all_finite(d->a, d->rows) || !all_finite(d->b, d->rows)) return false;
    d->mean = 0.5 * (oc_mean(d->a, d->rows) + oc_mean(d->b, d->rows));
    double squares = 0;
    for (size_t i = 0; i < d->rows; i++) squares += jansen(d, d->a, i).below;
    d->variance = squares / (double)d->rows;
    return d->variance > 1e-24 * (d->mean * d->mean);
}

bool oc_sobol_indices(oc_arena *arena, const double *a, const double *b, const double *const *swapped, size_t rows,
                      size_t count, oc_sobol_method method, double level, oc_sobol *ret_sobol)
{
    design d = {a, b, rows, 0, 0, level};
    if (!describe(&d)) return false;
    for (size_t i = 0; i < count; i++)
        if (!all_finite(swapped[i], rows)) return false;
    *ret_sobol = (oc_sobol){count, OC_NEW_ARRAY(arena, count, oc_sobol_index), d.mean, d.variance, 0};
    for (size_t i = 0; i < count; i++) {
        oc_sobol_index *index = &ret_sobol->index[i];
        design pair = d;
        if (method == OC_SOBOL_JANON) pair.mean = 0.5 * (oc_mean(b, rows) + oc_mean(swapped[i], rows));
        index->first = ratio_of_means(&pair, swapped[i], method == OC_SOBOL_JANON ? janon : saltelli);
        index->total = ratio_of_means(&d, swapped[i], jansen);
        ret_sobol->first_sum += index->first.estimate.value;
    }
    return true;
}
