/* Nash bargaining over one issue (Nash 1950; Achen, in Thomson et al. 2006, chapter 4): the point of [low, high] that
 * maximises the product of gains over failure, in four readings of what failure means. Positions x[k], capabilities
 * c[k] >= 0, saliences s[k] in [0, 1]; R normalises distances (high - low unless stated). NAN without weight. */
#ifndef OC_POLITICS_NASH_H
#define OC_POLITICS_NASH_H

#include <stdbool.h>
#include <stddef.h>

/* Failure costs everybody `cost`, loss is s (distance/R)^2, power is the exponent: the root of
 * sum c s (x_k - x) / (cost - s ((x - x_k)/R)^2). Tends to the weighted mean as the cost grows. NAN unless
 * cost > max s ((high - low)/R)^2, where every point of the scale is better than failure. */
double oc_nash_costly(const double *x, const double *c, const double *s, size_t count, double low, double high,
                      double range, double cost);

/* Salience in the exponent: gains 1 + margin - ((x - x_k)/R)^2 to the power c s; `margin` >= 0 is how much worse than
 * the farthest point failure is. NAN unless 1 + margin > ((high - low)/R)^2; margin 0 with R the full scale is allowed.
 */
double oc_nash_salience(const double *x, const double *c, const double *s, size_t count, double low, double high,
                        double range, double margin);

/* The status quo is the failure, losses are distances, weights c s the exponents. When somebody with weight stands at
 * or beyond the status quo from the others, nothing can be agreed and the status quo stays: *ret_gridlock. */
double oc_nash_status_quo(const double *x, const double *c, const double *s, size_t count, double low, double high,
                          double status_quo, bool *ret_gridlock);

/* Kalai and Smorodinsky 1975: maximises the smallest share of its own best gain that anybody with weight gets. */
double oc_nash_kalai(const double *x, const double *c, const double *s, size_t count, double low, double high,
                     double status_quo, bool *ret_gridlock);

#endif
