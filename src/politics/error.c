/* The mixture of error.h, evaluated by counting.
 *
 * Worked example: one draw at 50 on 0..100, errors -60, 0, 60, mass 0.25 on a status quo of 0. The outcome is 0 with
 * 0.25 + 0.75/3 = 0.5 (the error -60 is cut at the scale), 50 and 100 with 0.25 each. Quantiles 0.5 and 0.75 are 0 and
 * 50. */
#include "politics/error.h"

#include <math.h>

#define RESIDUALS(name, ...) \
    static const double name##_residuals[] = {__VA_ARGS__}; \
    const oc_error_table oc_error_##name = {name##_residuals, sizeof name##_residuals / sizeof *name##_residuals};
#include "politics/residuals.def"
#undef RESIDUALS

/* Share of the errors that are at most `error`. */
static double share_below(const oc_error_table *table, double error)
{
    size_t first = 0, end = table->count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (table->residual[middle] <= error)
            first = middle + 1;
        else
            end = middle;
    }
    return (double)first / (double)table->count;
}

double oc_prediction_below(const oc_prediction *prediction, double y)
{
    const oc_prediction *it = prediction;
    if (!it->draws) return NAN;
    double sum = 0, unit = 100 / (it->high - it->low);
    /* A hair of the scale, so that y = forecast + error counts as reached whatever the rounding. */
    double hair = 1e-9;
    if (y >= it->high) return 1;
    for (size_t k = 0; k < it->draws && y >= it->low; k++) {
        double away = (y - it->forecast[k]) * unit + hair;
        sum += it->error ? share_below(it->error, away) : away >= 0;
    }
    return (1 - it->mass) * sum / (double)it->draws + (y >= it->status_quo ? it->mass : 0);
}

double oc_prediction_quantile(const oc_prediction *prediction, double p)
{
    double low = prediction->low, high = prediction->high;
    if (!prediction->draws) return NAN;
    if (oc_prediction_below(prediction, low) >= p - 1e-12) return low;
    for (int step = 0; step < 44; step++) {
        double middle = low + (high - low) / 2;
        if (oc_prediction_below(prediction, middle) >= p - 1e-12)
            high = middle;
        else
            low = middle;
    }
    return high;
}

static double clip(const oc_prediction *it, double y)
{
    return y < it->low ? it->low : y > it->high ? it->high : y;
}

double oc_prediction_mean(const oc_prediction *prediction)
{
    const oc_prediction *it = prediction;
    double sum = 0, unit = (it->high - it->low) / 100;
    if (!it->draws) return NAN;
    for (size_t k = 0; k < it->draws; k++) {
        if (!it->error) {
            sum += clip(it, it->forecast[k]);
            continue;
        }
        double part = 0;
        for (size_t e = 0; e < it->error->count; e++) part += clip(it, it->forecast[k] + it->error->residual[e] * unit);
        sum += part / (double)it->error->count;
    }
    return (1 - it->mass) * sum / (double)it->draws + it->mass * it->status_quo;
}
