/* Why two variants differ: single futures followed on the same draws, row by row, up to where they part.
 *
 *     oc_why why;
 *     oc_why_follow(arena, &base, &variant, measure, &options, &why);
 *
 * A future has *flipped* if the measure's answer differs between the variants and it counts in both. Both programs are
 * stepped through the schedule side by side; rows that only one of them has are run alone. After each row all records
 * are compared: inputs, variables, shocks, lengths (`takes`) and stages. Two lists come of it, each with the first
 * difference of every flipped future: of any record (`values`: where the change enters), and of an *outcome*
 * (`outcomes`): a stage, a shock, or a variable that is a category, a truth or a date. Each list's futures add up to
 * `flipped`. */
#ifndef OC_ANALYSIS_WHY_H
#define OC_ANALYSIS_WHY_H

#include "analysis/whatif.h"

typedef enum oc_turn_kind {
    OC_TURN_STAGE, OC_TURN_SHOCK, OC_TURN_VARIABLE, OC_TURN_INPUT, OC_TURN_TAKES,
    OC_TURN_NONE /* nothing differs but the question itself (it was changed) */
} oc_turn_kind;

typedef struct oc_turn {
    oc_turn_kind kind;
    oc_slice record;       /* name of the stage, shock, variable or input; "" for OC_TURN_NONE */
    oc_slice at;           /* an event, "start", "tick", or a day on which something is recorded */
    int side;              /* stages, truths: -1 so far only as it stands, +1 in the variant, 0 both but otherwise */
    uint64_t futures;
    oc_day p10, p50, p90;  /* of the day on which it happened */
} oc_turn;

typedef struct oc_why {
    uint64_t futures;      /* looked at */
    uint64_t flipped;      /* of them: followed */
    uint64_t up;           /* of those: truth became true, the date came earlier, the number grew */
    uint64_t example;      /* the first flipped future's number, for `--why` by hand; UINT64_MAX: none */
    size_t outcome_count, value_count;
    oc_turn *outcomes;     /* most futures first */
    oc_turn *values;
} oc_why;

typedef struct oc_why_options {
    uint64_t runs;         /* futures to look at, at the most */
    uint64_t flips;        /* stop after the batch that brings so many */
    uint64_t seed;
    oc_isa isa;
    const volatile sig_atomic_t *cancel; /* stops after the batch under way, keeping what is there */
} oc_why_options;

/* False if a variant lacks the measure. Both compiled by oc_whatif_compile and free of failing checks. */
bool oc_why_follow(oc_arena *arena, const oc_compiled *base, const oc_compiled *variant, const oc_measure *measure,
                   const oc_why_options *options, oc_why *ret);

#endif
