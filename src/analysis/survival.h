/* How long until it is done, when some cases are still open.
 *
 * An observation is what is known of one case, as an interval: exact (low == high), between two times, not before
 * `low` (still open: high INFINITY), or not after `high` (low -INFINITY). Times are in months here, but any unit does.
 *
 * Two estimates: Kaplan and Meier's curve, which assumes nothing but has no answer behind the last case; and parametric
 * models fitted by maximum likelihood, chosen by AICc, which have one. */
#ifndef OC_ANALYSIS_SURVIVAL_H
#define OC_ANALYSIS_SURVIVAL_H

#include "analysis/resample.h"

typedef struct oc_observed {
    double low, high;
    double period; /* length of the announced period ("2012": 12 months), 0 for a day; see oc_slip_model.period */
} oc_observed;

/* One step of Kaplan and Meier's curve. */
typedef struct oc_km_step {
    double time;
    size_t at_risk, events;
    double open;      /* share still open just after `time`: S(t) */
    double error;     /* Greenwood's standard error of S */
    double low, high; /* pointwise interval */
} oc_km_step;

typedef struct oc_km {
    size_t count;
    oc_km_step *step; /* one a distinct time with events, ascending */
    size_t cases, open_cases;
    double median;    /* first time with S <= 0.5; NAN if the curve never gets there */
} oc_km;

/* Kaplan and Meier 1958, with Greenwood's variance (1926) and the log(-log S) interval (Kalbfleisch and Prentice 1980,
 * section 1.3), which stays inside 0..1. Cases known only to an interval enter at its middle; those known only to be
 * not after a time, at that time. At equal times events come before censorings. */
oc_km oc_km_estimate(oc_arena *arena, const oc_observed *cases, size_t count, double level);
/* 1 - S(t): share done by `time`. */
double oc_km_done(const oc_km *km, double time);

typedef enum oc_family { OC_LOGNORMAL, OC_WEIBULL, OC_FAMILY_COUNT } oc_family;

/* A model of the slip s (actual minus announced, negative is early):
 *
 *     P(slip <= s) = (1 - never) * (on_time * U(s) + (1 - on_time) * G(s + shift))
 *
 * G is lognormal, Phi((ln x - location) / spread), or Weibull, 1 - exp(-exp((ln x - location) / spread)): both need
 * positive times, so early completions are represented by `shift`, the largest earliness thought possible, which is
 * fixed by the caller and not fitted (the likelihood of a free threshold is unbounded: Smith 1985). U spreads the share
 * `on_time` evenly over -period - window … 0: announced dates are often kept on the day or shortly before, which no
 * smooth family can follow, and "in 2012" is kept on any day of 2012 (slips count from the end of the period). `never`
 * is the share that is never done (cure model: Boag 1949; Farewell 1982). */
typedef struct oc_slip_model {
    oc_family family;
    double shift;    /* >= 0 */
    double window;   /* > 0 where on_time > 0 */
    double location; /* of ln(s + shift) */
    double spread;   /* > 0; of a Weibull 1 / shape, its scale is exp(location) */
    double on_time;  /* 0..1 */
    double never;    /* 0..1 */
    double period;   /* length of the announced period of the case in question, >= 0 */
} oc_slip_model;

/* P(slip <= s), and P(slip > s) without cancellation. */
double oc_slip_done(const oc_slip_model *model, double slip);
double oc_slip_open(const oc_slip_model *model, double slip);
/* P(slip <= s | slip > known). NAN if the model holds that it must have been done by `known`. */
double oc_slip_done_after(const oc_slip_model *model, double slip, double known);

/* Which parameters are free. */
typedef struct oc_slip_spec {
    oc_family family;
    bool with_never, with_on_time;
    double shift, window;
} oc_slip_spec;

typedef struct oc_slip_fit {
    oc_slip_spec spec;
    oc_slip_model model;
    double log_likelihood;
    double aicc;        /* Hurvich and Tsai 1989 */
    size_t cases, done; /* used; of these not open */
    size_t parameters;
} oc_slip_fit;

/* Maximum likelihood (exact: density; interval: difference of F; open: 1 - F). False, and no model, if there are fewer
 * than parameters + 2 cases or fewer than two done, or a done case lies at or before -shift. */
bool oc_slip_fit_one(const oc_observed *cases, size_t count, const oc_slip_spec *spec, oc_slip_fit *ret_fit);

enum { OC_SLIP_CANDIDATES = 8 };

/* All families with and without `never` and `on_time` (with_on_time false: only without), by ascending AICc. Returns
 * how many could be fitted; fits[0] is the choice. */
size_t oc_slip_select(const oc_observed *cases, size_t count, double shift, double window, bool with_on_time,
                      oc_slip_fit fits[OC_SLIP_CANDIDATES]);

/* Pointwise bands by the bootstrap over cases with the given spec refitted: P(slip <= at[i] | slip > known) lies in
 * low[i] … high[i], for a case announced for a period of that length. `known` may be -INFINITY. Returns the number of
 * resamples that could be fitted. */
size_t oc_slip_band(oc_arena *arena, const oc_observed *cases, size_t count, const oc_slip_spec *spec, double known,
                    double period, const double *at, size_t points, size_t resamples, uint64_t seed, double level,
                    double *low, double *high);

/* A group's model, drawn towards that of all. */
typedef struct oc_slip_group {
    size_t cases, done;
    oc_slip_model model;
    size_t parameters;
    double centre[4];    /* the fitted parameters: location, ln spread, logit never, logit on_time, as far as free */
    double factor[4][4]; /* Cholesky factor of their covariance; rows and columns below `parameters` */
} oc_slip_group;

typedef struct oc_slip_pool {
    oc_slip_spec spec;
    double between;      /* standard deviation between groups, of the fitted parameters; 0: no difference */
    double pulled;       /* average weight of the whole class in a group's model: 1 at between 0 */
    double log_marginal; /* log marginal likelihood of all cases: what to compare groupings by */
    size_t count;
    oc_slip_group *group;
} oc_slip_pool;

/* Partial pooling: each group's parameters (location, ln spread, logit never, logit on_time) are normal about those of
 * `all` with one standard deviation `between`, which is chosen from a grid by the marginal likelihood in Laplace's
 * approximation (empirical Bayes; Gelman et al. 2013, Bayesian Data Analysis, sections 5.4 and 13.3). A group is then
 * the mode of its posterior; its covariance includes that of the centre. So a group with few cases says what the class
 * says. group_of[i] < groups. False if the model does not fit. */
bool oc_slip_pool_groups(oc_arena *arena, const oc_observed *cases, const size_t *group_of, size_t count,
                         size_t groups, const oc_slip_fit *all, oc_slip_pool *ret_pool);

/* Pointwise band of a group from draws of its parameters (normal about the mode). */
void oc_slip_group_band(oc_arena *arena, const oc_slip_pool *pool, size_t group, double known, double period,
                        const double *at, size_t points, size_t draws, uint64_t seed, double level, double *low,
                        double *high);

#endif
