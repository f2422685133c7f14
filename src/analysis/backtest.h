/* How good would the outside view have been? Leave-one-out over a reference class.
 *
 * Each case in turn is forecast, on the day it was announced, from the other cases (all rows that bear the same case
 * name are left out with it; with more than 64 names, in 64 folds of names), by four forecasters:
 *
 *     outside    the fitted model of its group (partially pooled), given that it is not done when announced
 *     whole      the fitted model of the whole class
 *     base       Kaplan and Meier's curve of the other cases' slips, all kinds together
 *     announced  "it will happen as announced": evenly over the announced period
 *
 * and scored where enough is known of it: CRPS over a window that ends `horizon` months after the announced date, or
 * where what is known of the case ends; Brier and log scores of "done within 12, 24, 60 months of the announced date".
 * Intervals are from the bootstrap over case names. */
#ifndef OC_ANALYSIS_BACKTEST_H
#define OC_ANALYSIS_BACKTEST_H

#include "analysis/refclass.h"
#include "analysis/scores.h"

typedef enum oc_forecaster {
    OC_BY_OUTSIDE,
    OC_BY_WHOLE,
    OC_BY_BASE,
    OC_BY_ANNOUNCED,
    OC_FORECASTER_COUNT
} oc_forecaster;
enum { OC_BACKTEST_MONTHS = 3, OC_PIT_BINS = 10, OC_RELIABILITY_ROWS = 5 };
extern const double oc_backtest_months[OC_BACKTEST_MONTHS]; /* 12, 24, 60 */

/* One scored case. */
typedef struct oc_backtest_case {
    size_t row;                               /* of the class */
    double crps[OC_FORECASTER_COUNT];         /* months */
    double chance[OC_FORECASTER_COUNT][OC_BACKTEST_MONTHS];
    int happened[OC_BACKTEST_MONTHS];         /* 1, 0, or -1 where not known */
    double window;                            /* months scored by the CRPS */
    double pit_low, pit_high;                 /* of the outside view */
} oc_backtest_case;

typedef struct oc_backtest_score {
    size_t cases;
    oc_estimate crps, brier[OC_BACKTEST_MONTHS], log[OC_BACKTEST_MONTHS];
} oc_backtest_score;

typedef struct oc_backtest {
    size_t count;                 /* scored cases */
    oc_backtest_case *at;
    size_t clusters;              /* distinct case names among them */
    size_t not_due;               /* used cases not scored: the announced date is still ahead, */
    size_t unknown;               /* it is not known when it was done, */
    size_t unfitted;              /* or there are too few others */
    size_t known[OC_BACKTEST_MONTHS];  /* cases that count for each Brier score */
    oc_backtest_score score[OC_FORECASTER_COUNT];
    oc_estimate gain[OC_FORECASTER_COUNT];  /* its mean CRPS less that of the outside view: > 0, it loses */
    oc_estimate skill[OC_FORECASTER_COUNT]; /* 1 - CRPS of the outside view / CRPS of this forecaster */
    double pit[OC_PIT_BINS];      /* of the outside view; adds up to count */
    oc_reliability reliability;   /* of the outside view's chances at the three times together */
} oc_backtest;

typedef struct oc_backtest_options {
    double horizon;    /* months after the announced date; 0: 60 */
    size_t resamples;  /* 0: 2000 */
    uint64_t seed;
    double level;      /* 0: 0.9 */
} oc_backtest_options;

/* False if fewer than 10 cases can be scored. */
bool oc_backtest_class(oc_arena *arena, const oc_refclass *class, const oc_backtest_options *options,
                       oc_backtest *ret_backtest);

#endif
