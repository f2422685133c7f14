/* Forecasts without sampling error, for scenarios with finitely many futures.
 *
 *     oc_exact *exact;
 *     oc_status status = oc_exact_solve(arena, compiled, &options, &exact);   // OC_INPUT: see model->diags
 *
 * The distribution over states is carried row by row through the schedule of a trajectory: each row is run on each
 * state for each outcome of its draws, and equal states are added up (a finite Markov chain, forwards). The solver
 * interprets the model's trees and shares neither program, arithmetic nor draws with the engine: it is the oracle of
 * its tests.
 *
 * Solved are scenarios in which everything drawn has finitely many values (truths, categories, `discrete`, coins): no
 * noise, no continuous distribution, no spread. Drift and reversion without noise are fine. Each answer is worked out
 * on its own, with only the records it depends on, so that parallel stages do not multiply. With news (`given`) there
 * are no blockers and no samples of variables, as both would have to know the future. */
#ifndef OC_EXACT_EXACT_H
#define OC_EXACT_EXACT_H

#include "model/compile.h"

typedef struct oc_exact_options {
    size_t states;   /* most states at once; 0: 400,000 */
    uint64_t work;   /* most nodes of expressions evaluated; 0: 4e9 */
} oc_exact_options;

typedef struct oc_exact_answer {
    oc_result_kind kind;
    oc_type type;
    double *days;            /* DATE: probability of each day from as_of to the horizon, one more for never */
    double p;                /* TRUTH */
    double *shares;          /* CATEGORY */
    double *values, *weights; /* NUMBER: rising, with their probabilities */
    size_t value_count;
    double never;            /* NUMBER: probability of no finite value */
} oc_exact_answer;

typedef struct oc_exact {
    double counted;            /* probability of the news; 1 without */
    oc_exact_answer *stages;   /* of stages that are done: nothing */
    oc_exact_answer *questions;
    oc_exact_answer *samples;  /* [variable * sample_count + day]; NULL with news */
    double **blocker_days;     /* [target][code * years + year]: expected days; NULL with news */
    double **blocker_last;     /* [target][code]: probability that it was in force when the day asked about passed */
    size_t most_states;        /* at once */
} oc_exact;

/* OC_OK; OC_INPUT when the scenario cannot be solved (E0970: why and where; E0971: too large) or a value is out of
 * range (E0972). Needs the program only for the plan of its results. */
oc_status oc_exact_solve(oc_arena *arena, const oc_compiled *compiled, const oc_exact_options *options, oc_exact **ret);

#endif
