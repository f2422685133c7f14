/* Who matters and what would change: weights, losses, sides, what happens without an actor, derivatives. */
#ifndef OC_POLITICS_EFFECTS_H
#define OC_POLITICS_EFFECTS_H

#include "politics/ensemble.h"

/* Weights, sides of the median, coalitions counted from both ends, the models always shown beside the outcome. */
void effects_positions(oc_arena *arena, solver *it, oc_bargain_result *ret);

/* Losses at the outcome. */
void effects_losses(oc_bargain_result *ret);

/* The outcome without each actor. */
void effects_without(oc_arena *arena, const oc_bargain_table *table, const oc_bargain_options *options,
                     oc_bargain_result *ret);

/* Derivatives at the point (models without rounds), or slopes over the ensemble. */
void effects_derivatives(oc_arena *arena, solver *it, const ensemble *draws, oc_bargain_result *ret);

#endif
