/* What a change of answers is made of: the edits between two models, one at a time, on the same futures.
 *
 * A *corner* is the earlier model with some of the edits made. Up to OC_SHAPLEY_MOST edits, all 2^k corners are run and
 * an edit is credited with Shapley's value: the mean, over all orders in which the edits could be made, of what it adds
 * when its turn comes (Shapley, "A value for n-person games", 1953; for what separate causes add to a difference:
 * Song, Nelson and Staum, SIAM/ASA Journal on Uncertainty Quantification 4, 2016). With more edits, it is the mean over
 * two orders, that of the text and its reverse, which is the same value where edits act alone or in pairs. Either way
 * the parts add up to the whole difference.
 *
 * Standard errors are paired: a delete-a-group jackknife over groups of futures (Efron and Tibshirani 1993, chapter
 * 11), the same groups in every corner. An edit that changes no answer in any future has a part of exactly 0 +- 0. */
#ifndef OC_ANALYSIS_ATTRIBUTE_H
#define OC_ANALYSIS_ATTRIBUTE_H

#include "analysis/whatif.h"

enum { OC_SHAPLEY_MOST = 6, OC_ATTRIBUTE_MOST = 60 };

/* What an edit adds at one turn: the answer in corner `with` less that in corner `without`. */
typedef struct oc_step {
    size_t with, without;
    double weight;
} oc_step;

/* Programs whose results are compared, as bits of the edits that are made in them. */
typedef struct oc_corners {
    size_t edits, count;
    bool shapley;
    uint64_t *made;  /* [corner]; the first is 0, the last all edits */
    size_t turns;    /* of each edit */
    oc_step *steps;  /* [edit * turns + turn]; the weights of an edit add up to 1 */
} oc_corners;

/* `edits` from 1 to OC_ATTRIBUTE_MOST. */
oc_corners oc_corners_of(oc_arena *arena, size_t edits);

typedef enum oc_outcome_kind {
    OC_OUTCOME_SHARE, /* a truth, or a date by the last day both models have */
    OC_OUTCOME_DAYS,  /* a date: mean days from the earlier as_of to it, cut at that last day */
    OC_OUTCOME_MEAN   /* a number that is finite in every future */
} oc_outcome_kind;

typedef struct oc_outcome {
    oc_outcome_kind kind;
    size_t measure;      /* index into measures */
    oc_estimate before, after, whole;
    oc_estimate *part;   /* of each edit; they add up to whole */
    bool defined;        /* false: a number without a finite value in some future, or nothing counts */
} oc_outcome;

typedef struct oc_attribution {
    oc_measure *measures;    /* that the two models share, in the earlier one's order */
    size_t measure_count;
    size_t outcome_count;
    oc_outcome *outcomes;
    oc_day last;             /* for shares and days of dates */
    uint64_t futures;        /* that were run */
    size_t failed_corner;
    bool failed;
} oc_attribution;

typedef struct oc_attribute_corner {
    const oc_program *program;
    const oc_measure_place *places; /* of each measure */
} oc_attribute_corner;

/* The measures that both have, with one kind. */
size_t oc_measures_shared(oc_arena *arena, const oc_compiled *before, const oc_compiled *after, oc_measure **ret);

/* `ret->measures` and measure_count are set; `at` has corners->count entries. `before` and `after` are the first and
 * the last corner. OC_OK; OC_CANCELLED with what was finished; OC_INPUT if a check failed in a corner
 * (ret->failed_corner); OC_USAGE; OC_NOMEM. The interval of estimates is that of 90 %. */
oc_status oc_attribute_run(oc_arena *arena, const oc_corners *corners, const oc_attribute_corner *at,
                           const oc_compiled *before, const oc_compiled *after, const oc_run_options *options,
                           oc_attribution *ret);

#endif
