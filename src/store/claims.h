/* Claims that were read, and what a person decided about them.
 *
 * A decision belongs to a claim: the clause and the milestone, in one document. When the document is read anew, with a
 * newer lexicon, claims that are found again keep their decision and corrections; what is not found any more goes if
 * nobody has decided about it, and stays with found = false if somebody has. */
#ifndef OC_STORE_CLAIMS_H
#define OC_STORE_CLAIMS_H

#include "store/store.h"

typedef enum oc_store_decision {
    OC_DECISION_NEW,
    OC_DECISION_ACCEPTED,
    OC_DECISION_CORRECTED, /* accepted with other values */
    OC_DECISION_REJECTED,
    OC_DECISION_COUNT
} oc_store_decision;
const char *oc_store_decision_name(oc_store_decision decision);

typedef struct oc_store_claim {
    int64_t id, document;
    bool found;            /* in the latest reading */
    uint32_t sentence;     /* counts from 1 */
    uint32_t line;
    uint32_t first, end;   /* bytes of the document */
    oc_slice text;         /* the clause */
    oc_slice milestone, step;
    oc_day start, to;      /* inclusive; OC_DAY_NONE both: no date; before OC_DAY_MIN, after OC_DAY_MAX: open */
    oc_slice modality;
    int hedge;             /* 0 .. 3 */
    bool forward, negated, delayed;
    oc_slice speaker, holder; /* id of an actor or name as printed; "" unknown */
    oc_store_decision decision;
    oc_slice decided, note;
    /* Of the document. */
    oc_slice title, publisher, published, language;
} oc_store_claim;
typedef OC_VEC(oc_store_claim) oc_store_claims;

typedef struct oc_store_filter {
    oc_slice milestone, speaker; /* empty: any; the speaker also matches the holder */
    oc_slice since;              /* published on or after, ISO; empty: any */
    int64_t id, document;        /* 0: any */
    unsigned decisions;          /* set of 1 << decision; 0: all but rejected */
    bool as_read;                /* without corrections */
} oc_store_filter;

/* Claims in order of milestone, first day, document; corrected values in place of what was read. */
oc_status oc_store_get_claims(oc_store *store, oc_arena *arena, const oc_store_filter *filter, oc_store_claims *ret);

/* Replaces the claims of a document, `first`: of one that has none yet; used by oc_store_put. */
oc_status oc_store_put_claims(oc_store *store, int64_t document, bool first, const oc_store_claim *claims,
                              size_t count);

/* Values in place of those that were read; an empty slice leaves the value. */
typedef struct oc_store_correction {
    oc_slice milestone, modality, speaker, holder, note;
    bool sets_days;
    oc_day start, to;
} oc_store_correction;

/* Decides about one claim. `correction` counts with OC_DECISION_CORRECTED only; its note always. E0810 if there is no
 * such claim. */
oc_status oc_store_decide(oc_store *store, int64_t id, oc_store_decision decision,
                          const oc_store_correction *correction, oc_slice now);

#endif
