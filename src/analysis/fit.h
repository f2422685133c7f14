/* Rates, chances and quantities from counts and columns, as numbers with intervals and as text for a scenario.
 *
 * Counts are read with Jeffreys' prior (1946): it adds half an event to a rate and half a success and half a failure to
 * a chance, so that "0 of 16" is a small chance and not an impossible one, and its intervals have close to their stated
 * coverage (Brown, Cai and DasGupta 2001, Statistical Science 16). */
#ifndef OC_ANALYSIS_FIT_H
#define OC_ANALYSIS_FIT_H

#include "analysis/resample.h"
#include "base/text.h"

/* Parameters of a distribution, with the interval of the quantity that matters. */
typedef struct oc_fitted {
    oc_estimate value;   /* rate, chance, mean or median; low and high its interval */
    double first;        /* gamma shape, beta a, mean, or mean of the logarithm */
    double second;       /* gamma rate, beta b, standard deviation, or that of the logarithm */
    oc_estimate spread;  /* standard deviation with its interval (normal and lognormal; of the logarithm there) */
    size_t cases;
} oc_fitted;

/* `events` in `exposure` (years, say): gamma(events + 1/2, exposure); value is its mean. False if exposure <= 0 or not
 * finite. */
bool oc_fit_rate(uint64_t events, double exposure, double level, oc_fitted *ret_fitted);

/* `successes` of `trials`: beta(successes + 1/2, failures + 1/2); value is its mean. False if there are no trials or
 * more successes than trials. */
bool oc_fit_chance(uint64_t successes, uint64_t trials, double level, oc_fitted *ret_fitted);

/* Mean with Student's interval and standard deviation with that of chi-square (exact for normal data). False if fewer
 * than 2 values, one not finite, or all equal. */
bool oc_fit_normal(const double *values, size_t count, double level, oc_fitted *ret_fitted);

/* The same on logarithms; value is the median exp(mean of logs) with its interval. False also if a value is <= 0. */
bool oc_fit_lognormal(const double *values, size_t count, double level, oc_fitted *ret_fitted);

/* What a scenario would say. */
typedef enum oc_fit_kind { OC_FIT_RATE, OC_FIT_CHANCE, OC_FIT_NORMAL, OC_FIT_LOGNORMAL } oc_fit_kind;

/* Appends an expression in the scenario's language. Without `spread_out` the point value, with its counts in sight:
 * "(3 + 0.5)/20yr", "(21 + 0.5) / (22 + 1)". With it a distribution: of a rate gamma(shape, scale), of a chance beta(a,
 * b); of a normal or lognormal column that of one more value, the lognormal as its 90 % interval "a to b". `unit` is
 * put behind numbers of columns ("%", "d", ""). Numbers have four significant digits. */
void oc_fit_expression(oc_text *out, oc_fit_kind kind, const oc_fitted *fitted, oc_slice unit, bool spread_out);

#endif
