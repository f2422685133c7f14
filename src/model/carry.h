/* Stages whose coins can be integrated out: the smooth estimator's question to a model.
 *
 * Given everything else that is drawn in a future, a stage that waits for coins has no date but a distribution of
 * dates. It can be carried along as probabilities, instead of drawing the coins, where the coin feeds nothing but
 * stages and questions. Such a *carried* stage, and every stage that waits for it, at whatever remove,
 *
 *   - is read by no variable, shock, event, input, by no `chance`, `takes` or `needs` of any stage, and by no news
 *     (`--given`), directly or through definitions;
 *   - changes no variable (`changes: {at: STAGE}`);
 *   - waits for at most one other carried stage, and not for the same one twice;
 *   - is not looked at by two events on one day, which would share one draw of its coin.
 *
 * The coins of all other stages are drawn as ever. Nothing is carried where no stage with a `chance` is like that. */
#ifndef OC_MODEL_CARRY_H
#define OC_MODEL_CARRY_H

#include "model/model.h"

/* Why a coin must be drawn. */
typedef enum oc_carry_fault {
    OC_CARRY_FINE,
    OC_CARRY_READ,   /* something reads the stage: `span` */
    OC_CARRY_CHANGE, /* a variable changes at it: `span` */
    OC_CARRY_JOIN,   /* a stage waits for two carried ones: `span` */
    OC_CARRY_SHARED, /* two of its events fall on one day: `span` */
    OC_CARRY_FAULT_COUNT
} oc_carry_fault;

typedef struct oc_carry_coin {
    uint32_t stage;        /* has a chance, is not done */
    oc_carry_fault fault;  /* FINE: it is integrated out */
    uint32_t culprit;      /* the stage, itself or one that waits for it, of which the fault speaks */
    oc_span span;
} oc_carry_coin;

typedef struct oc_carry {
    bool any;
    bool *stages;          /* carried */
    uint32_t *source;      /* of a carried stage: the carried one it waits for; OC_CARRY_NO_SOURCE */
    oc_carry_coin *coins;  /* of all stages with a chance that are not done, in order */
    size_t coin_count;
} oc_carry;
#define OC_CARRY_NO_SOURCE UINT32_MAX

oc_carry *oc_carry_find(oc_arena *arena, const oc_model *model);

/* The one carried stage that an expression reads, directly or through definitions, as its date and not as a value on
 * another day; OC_CARRY_NO_SOURCE if none; OC_CARRY_SEVERAL if more than that. */
uint32_t oc_carry_reads(oc_arena *arena, const oc_model *model, const oc_carry *carry, const oc_expr *e);
#define OC_CARRY_SEVERAL (UINT32_MAX - 1)

#endif
