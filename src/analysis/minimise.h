/* The lowest point of a function of a few variables, without derivatives. */
#ifndef OC_ANALYSIS_MINIMISE_H
#define OC_ANALYSIS_MINIMISE_H

#include <stdbool.h>
#include <stddef.h>

enum { OC_MOST_PARAMETERS = 6 };

/* May return INFINITY outside its domain; NAN counts as INFINITY. */
typedef double oc_objective(const double *x, void *context);

/* Nelder and Mead 1965, with the coefficients of Lagarias et al. 1998 (1, 2, 1/2, 1/2), restarted from its result until
 * a restart gains less than 1e-9, or oc_is_lowest() says that it would. x[n] holds the start and receives the result;
 * `step` is the size of the first simplex. Returns the value there; INFINITY if the start is outside the domain. n <=
 * OC_MOST_PARAMETERS. */
double oc_minimise(oc_objective *f, void *context, double *x, size_t n, double step);

/* The same for functions that are round about their lowest point and smooth on a scale of 0.001: Newton's method, which
 * takes a fifth of the evaluations. Where it does not arrive it is oc_minimise() from the start. */
double oc_minimise_round(oc_objective *f, void *context, double *x, size_t n, double step);

/* Whether the slopes and second derivatives at x say that no more than `gain` is to be had nearby. */
bool oc_is_lowest(oc_objective *f, void *context, const double *x, size_t n, double value, double gain);

/* Second derivatives by central differences with step h in each variable: hessian[n * n], row by row. */
void oc_hessian(oc_objective *f, void *context, const double *x, size_t n, double h, double *hessian);

/* Lower triangle of the Cholesky factor of a symmetric matrix, in place; the rest becomes 0. False if the matrix is not
 * positive definite. */
bool oc_cholesky(double *matrix, size_t n);

#endif
