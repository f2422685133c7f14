/* Curves of dates from what people said, and several curves made into one.
 *
 * A curve holds the probability that it has happened by the end of each of its days. What is missing to 1 after the
 * last day has not happened by then (later, or never). Curves that are pooled or compared stand on the same days. */
#ifndef OC_ANALYSIS_POOL_H
#define OC_ANALYSIS_POOL_H

#include "analysis/resample.h"
#include "base/date.h"

typedef struct oc_curve {
    const oc_day *day;  /* ascending */
    const double *done; /* P(done by the end of day[i]), 0..1, not falling */
    size_t count;
} oc_curve;

/* False if the curve falls, leaves 0..1, or its days do not ascend. */
bool oc_curve_is_sound(const oc_curve *curve);

/* How firmly a voice said it, strongest first. */
typedef enum oc_firmness {
    OC_FIRM_DECIDED,     /* agreed, ordered, in force */
    OC_FIRM_PLANNED,
    OC_FIRM_GOAL,        /* aimed at, hoped for */
    OC_FIRM_EXPECTED,    /* predicted by someone who does not decide */
    OC_FIRM_CONDITIONAL, /* if conditions are met */
    OC_FIRM_RECOMMENDED,
    OC_FIRM_DOUBTED,
    OC_FIRM_DENIED,      /* not in this interval */
    OC_FIRM_COUNT
} oc_firmness;

/* By the words of a scenario's voices and of claims read from documents: decided agreed; planned designed; goal aimed;
 * expected predicted forecast stated; conditional condition; recommended proposed; doubted warned; denied.
 * OC_FIRM_COUNT if the word is none. */
oc_firmness oc_firmness_find(oc_slice word);
/* The first of those words. */
const char *oc_firmness_name(oc_firmness firmness);

/* How a statement becomes probabilities: so much that it happens within the interval named, so much that it never does;
 * the rest later. These are judgements, not measurements: they take a voice at its word, because how often such words
 * come true is what the outside view says. */
typedef struct oc_pool_rule {
    double within, never;
} oc_pool_rule;
extern const oc_pool_rule oc_pool_rules[OC_FIRM_COUNT];

typedef struct oc_pool_voice {
    oc_day said;        /* day of the statement */
    oc_day first, last; /* interval it named; "by 2030" begins on the day it was said */
    oc_firmness firmness;
    oc_slice speaker;   /* who said it, for weights; several statements of one speaker share one weight */
    double weight;      /* by hand; 0 is 1 */
} oc_pool_voice;

/* Writes done[count] for the given days: nothing before first; `within` spread evenly over its days; the rest but
 * `never` after `last`, falling off exponentially with a mean of the time from `said` to `last` (a date that fails is
 * missed by as much again as it was announced ahead), at least 90 days. False if last < first or the rule is not a
 * probability. `rule` NULL: that of its firmness. */
bool oc_pool_voice_curve(const oc_pool_voice *voice, const oc_pool_rule *rule, const oc_day *day, size_t count,
                         double *done);

/* Weights that add up to 1: by hand, times 2^(-age / half_life) with the age of the statement on `today` (half_life 0:
 * age does not matter; statements after today get 0), divided by the sum over the same speaker's statements of that
 * factor relative to his strongest, so that repeating oneself is not an argument. False if all are 0. */
bool oc_pool_voice_weights(const oc_pool_voice *voices, size_t count, oc_day today, double half_life, double *weights);

/* Linear opinion pool (Stone 1961): the weighted mean of the curves. It keeps disagreement as width. */
bool oc_pool_linear(const oc_curve *curves, const double *weights, size_t count, double *done);

/* Logarithmic opinion pool (Genest and Zidek 1986): the weighted geometric mean of the probabilities of each stretch
 * between days and of "not by the last day", made to add up to 1. It keeps what all allow and is sharper; what one
 * curve excludes is excluded. `floor` (0 to 1) first mixes each curve with that much of an even one. False if nothing
 * is left that all allow. */
bool oc_pool_log(oc_arena *arena, const oc_curve *curves, const double *weights, size_t count, double floor,
                 double *done);

/* How far apart two curves are. */
typedef struct oc_curve_gap {
    double area;    /* integral of the absolute difference, in days (Wasserstein distance up to the last day) */
    double shift;   /* signed: positive if the second is later */
    double largest; /* largest difference of probability (Kolmogorov's distance) */
    oc_day day;     /* where */
} oc_curve_gap;

/* Both on the same days; the curves are straight between days. */
oc_curve_gap oc_curve_compare(const oc_curve *first, const oc_curve *second);

#endif
