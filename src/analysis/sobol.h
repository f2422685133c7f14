/* Which inputs drive the answer: Sobol indices from designed runs, and a given-data measure from any run.
 *
 * With V the variance of the answer Y and X an input,
 *     first order  S = Var(E[Y | X]) / V             what knowing X alone would take off the variance
 *     total        T = E[Var(Y | all but X)] / V     what would be left if all but X were known
 * (Sobol 1993; Homma and Saltelli 1996). Y may be a number or a truth (0 or 1). Estimates of a small index can come
 * out below 0: `raw` keeps that number, `value`, `low` and `high` are cut to 0..1, so that no bar is negative. */
#ifndef OC_ANALYSIS_SOBOL_H
#define OC_ANALYSIS_SOBOL_H

#include "analysis/resample.h"

typedef enum oc_sobol_method {
    OC_SOBOL_SALTELLI, /* mean of B (AB_i - A): Saltelli et al. 2010, table 2 (b), centred; best for small indices */
    OC_SOBOL_JANON     /* correlation of B and AB_i: Janon et al. 2014, equation 6; best for large ones */
} oc_sobol_method;

/* An index: estimate cut to 0..1, and as it came out. */
typedef struct oc_share {
    oc_estimate estimate;
    double raw;
} oc_share;

typedef struct oc_sobol_index {
    oc_share first;
    oc_share total; /* Jansen 1999, equation 11: half the mean squared difference of A and AB_i */
} oc_sobol_index;

typedef struct oc_sobol {
    size_t count;          /* inputs */
    oc_sobol_index *index; /* one for each, in the arena */
    double mean;           /* of Y over A and B */
    double variance;       /* of Y over A and B */
    double first_sum;      /* of the clipped first-order indices; well below 1 means that inputs act in combination */
} oc_sobol;

/* a[rows] and b[rows]: Y at the points of two independent samples; swapped[i][rows]: Y at the points of A with input i
 * taken from B. Standard errors are those of a ratio of means by the delta method, which the rows make cheap: no
 * resampling. False, and nothing estimated, if rows < 30, an output is not finite, or Y does not vary. */
bool oc_sobol_indices(oc_arena *arena, const double *a, const double *b, const double *const *swapped, size_t rows,
                      size_t count, oc_sobol_method method, double level, oc_sobol *ret_sobol);

/* An input as it was drawn in an ordinary run. */
typedef struct oc_column {
    const double *values; /* one a future; for a category its number, 0 … levels - 1 */
    size_t levels;        /* 0: a number; otherwise the number of categories */
} oc_column;

/* What ordinary runs say about one input (no extra runs needed). */
typedef struct oc_driver {
    oc_share share;      /* first-order index */
    size_t classes;      /* classes the futures were put into */
    double spread_left;  /* expected standard deviation of Y once X is known, divided by the present one: 0..1 */
    double narrowing;    /* 1 - spread_left: how much the answer is expected to sharpen if X were known */
} oc_driver;

/* Given-data first-order index: the variance of the class means of Y, over classes of X with equal numbers of futures
 * (or its categories), divided by V (Plischke, Borgonovo and Smith 2013, equation 8), less the (classes - 1) * within
 * variance that chance alone puts there (Kelley 1935, epsilon squared). Equal values of X are never split. `classes` 0
 * chooses the cube root of rows, at most 50. The error is a delete-a-group jackknife over 32 groups of rows (Efron and
 * Tibshirani 1993, chapter 11). False, and nothing estimated, if rows < 100, a value is not finite, Y does not vary, or
 * a category is out of range. */
bool oc_driver_estimate(oc_arena *arena, oc_column input, const double *output, size_t rows, size_t classes,
                        double level, oc_driver *ret_driver);

/* One end of a row of a tornado. */
typedef struct oc_tornado_end {
    oc_estimate output; /* mean of Y over these futures, with its sampling error */
    double input;       /* a number: its median over these futures; a category: which */
    double futures;     /* how many */
} oc_tornado_end;

typedef struct oc_tornado_row {
    oc_tornado_end low, high; /* lowest and highest tenth of X; of a category, levels with the lowest and highest Y */
    double effect;            /* high.output - low.output: signed for a number, never negative for a category */
    double baseline;          /* mean of Y over all futures */
} oc_tornado_row;

/* The mean of Y among the futures with the lowest and the highest `tenth` (0.1) of X. Futures with equal X at the
 * border count in part, so that the order of futures does not matter. Categories seen fewer than 30 times are passed
 * over. False as for oc_driver_estimate, or if fewer than two levels remain. */
bool oc_tornado_estimate(oc_arena *arena, oc_column input, const double *output, size_t rows, double tenth,
                         double level, oc_tornado_row *ret_row);

/* The order of rows by size of effect, largest first (ties: as given): order[count] receives indices. */
void oc_tornado_order(const oc_tornado_row *rows, size_t count, size_t *order);

#endif
