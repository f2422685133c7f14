/* What survival.c and slip_pool.c share: the likelihood of a model of slips on its unbounded parameters. */
#ifndef OC_ANALYSIS_SLIP_MODEL_H
#define OC_ANALYSIS_SLIP_MODEL_H

#include "analysis/survival.h"

/* Of a case, what does not change while parameters are searched. */
typedef struct oc_slip_fixed {
    double log_low, log_high;       /* logarithms of the shifted slips */
    double window_low, window_high; /* shares of what is kept on time that are done by then */
    double window_density;          /* of the window at the low end */
} oc_slip_fixed;

typedef struct oc_slip_data {
    const oc_observed *cases;
    const oc_slip_fixed *fixed; /* of each case; NULL: computed each time */
    size_t count;
    oc_slip_spec spec;
    double between;   /* > 0: adds the cost of a normal prior of this standard deviation about `centre` */
    double centre[4];
} oc_slip_data;

size_t oc_slip_parameters(const oc_slip_spec *spec);

/* location, ln spread, then logit never and logit on_time as far as they are free. */
oc_slip_model oc_slip_unpack(const oc_slip_spec *spec, const double *x);

/* The logarithm of a slip plus the shift; -INFINITY where there is none. */
double oc_slip_log(double shift, double slip);
oc_slip_fixed oc_slip_fix(const oc_slip_spec *spec, oc_observed seen);

/* Negative log likelihood (plus prior) of oc_slip_data; an oc_objective. */
double oc_slip_cost(const double *x, void *data);

#endif
