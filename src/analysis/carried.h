/* Batches of futures in which stages are carried as probabilities: the path is drawn, the coins are not.
 *
 *     oc_carrier *carrier = oc_carrier_new(arena, compiled, isa);      // compiled with oc_compile_options.carry
 *     if (!oc_carrier_run(carrier, &batch, &failure)) …                // a check failed
 *     const oc_carried_dates *dates = oc_carrier_dates(carrier, stage);
 *     while (oc_carrier_suppose(carrier, stage, &outcome, &failure))   // questions that read the stage's date
 *         weigh oc_measure_read(oc_carrier_engine(carrier), …) by outcome.weight
 *
 * Given everything else that a future draws, a carried stage (model/carry.h) waits with a probability, and a look at
 * which its needs are met takes the share `chance` of it. Where the stage takes time, what has come of the stage before
 * it waits apart, by the day on which that came, until its time is over. The order of looks is that of the engine. */
#ifndef OC_ANALYSIS_CARRIED_H
#define OC_ANALYSIS_CARRIED_H

#include "model/compile.h"
#include "run/crew.h"

/* Where a carried stage's date may fall: atoms, each a day and a probability in every lane; what is missing to 1 is
 * never. Where the probability is 0 the day means nothing. */
typedef struct oc_carried_dates {
    size_t count, room;
    double **day, **mass; /* [atom][lane] */
    double *never;        /* [lane]; after oc_carrier_run() */
} oc_carried_dates;

typedef struct oc_carrier oc_carrier;

oc_carrier *oc_carrier_new(oc_arena *arena, const oc_compiled *compiled, oc_isa isa);

/* Runs a batch up to its last section. False if a check failed: ret->lane, check, row and instruction, and the engine's
 * columns stand where the row ended. */
bool oc_carrier_run(oc_carrier *carrier, const oc_batch *batch, oc_failure *ret);

/* NULL if the stage is not carried. */
const oc_carried_dates *oc_carrier_dates(const oc_carrier *carrier, uint32_t stage);

/* Supposes one outcome of a stage after another, the last one never, and runs the last section for each. `at` begins
 * at 0. False behind the last, or when a check failed (ret_failure->lane < OC_LANES). In lanes in which an outcome has
 * the weight 0 another one of theirs is supposed. */
typedef struct oc_supposed {
    size_t at;
    const double *weight; /* [lane] */
} oc_supposed;
bool oc_carrier_suppose(oc_carrier *carrier, uint32_t stage, oc_supposed *outcome, oc_failure *ret_failure);

/* Runs the last section as it is: for answers that read no carried stage, and for `given`. */
bool oc_carrier_finish(oc_carrier *carrier, oc_failure *ret_failure);

const oc_engine *oc_carrier_engine(const oc_carrier *carrier);

#endif
