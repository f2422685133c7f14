/* How wrong such forecasts have been, and what follows for an interval.
 *
 * No bargaining model foresees single decisions well: on 351 decided issues of the European Union the weighted mean
 * misses by 23 points of 100 on average. So the distribution of the outcome y of an issue is, for the draws f of the
 * model's forecast over its uncertain inputs,
 *
 *     with probability mass      y = status quo
 *     with probability 1 - mass  y = min(max(f + r R / 100, low), high),  r any of the past errors, equally likely
 *
 * The distribution is evaluated exactly over all pairs of draw and error; nothing is resampled. Left out one at a time,
 * the errors of the mean give intervals that cover 49 / 80 / 89 % of the 351 outcomes at nominal 50 / 80 / 90 %. */
#ifndef OC_POLITICS_ERROR_H
#define OC_POLITICS_ERROR_H

#include <stddef.h>

typedef struct oc_error_table {
    const double *residual; /* outcome minus forecast, percent of the scale, ascending */
    size_t count;
} oc_error_table;

/* Errors of the weighted mean, and of the challenge model's median, on the same 351 issues. */
extern const oc_error_table oc_error_compromise, oc_error_challenge;

typedef struct oc_prediction {
    const double *forecast;      /* draws; one is enough when inputs are certain */
    size_t draws;
    const oc_error_table *error; /* NULL: the model is taken to be right */
    double low, high;            /* the scale */
    double status_quo, mass;     /* mass 0: none */
} oc_prediction;

/* P(outcome <= y). */
double oc_prediction_below(const oc_prediction *prediction, double y);

/* The smallest y of the scale with P(outcome <= y) >= p, 0 < p < 1, to 1e-12 of the scale. NAN without draws. */
double oc_prediction_quantile(const oc_prediction *prediction, double p);

double oc_prediction_mean(const oc_prediction *prediction);

#endif
