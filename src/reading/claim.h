/* Claims: who says that a milestone was or will be reached when, and how firmly. */
#ifndef OC_READING_CLAIM_H
#define OC_READING_CLAIM_H

#include "reading/actor.h"
#include "reading/date.h"
#include "reading/milestone.h"

typedef enum oc_modality {
    OC_MODALITY_STATED,  /* told without any sign of plan or doubt */
    OC_MODALITY_DONE,    /* has happened */
    OC_MODALITY_DECIDED, /* agreed, approved, fixed */
    OC_MODALITY_PLANNED,
    OC_MODALITY_GOAL,
    OC_MODALITY_FORECAST,
    OC_MODALITY_CONDITION, /* if, once, depending on conditions */
    OC_MODALITY_RECOMMENDED,
    OC_MODALITY_DENIED, /* will not, postponed, difficult, impossible */
    OC_MODALITY_COUNT
} oc_modality;

typedef struct oc_claim {
    size_t from, to;           /* bytes of the sentence: the clause that makes the claim */
    size_t date_from, date_to; /* of the words that date it; both 0: none */
    oc_slice milestone;        /* id of the lexicon */
    oc_slice step;             /* evaluation, declaration …; "" if none is named */
    oc_day start, end;         /* OC_DAY_NONE where no date is named */
    oc_modality modality;
    bool negated;    /* a negation word applies; modality is then DENIED */
    bool delayed;    /* 先送り, 연기, postponed */
    bool forward;    /* about what has not happened yet at the anchor */
    int hedge;       /* 0 none … 3 strong */
    int32_t speaker; /* index into the actor table of who says it; -1 unknown */
    int32_t holder;  /* whose plan or expectation it is; -1: the speaker's */
} oc_claim;
typedef OC_VEC(oc_claim) oc_claims;

/* What the document side knows about the sentence. */
typedef struct oc_claim_context {
    oc_day anchor;
    int32_t speaker;    /* of the quotation or block around it; -1 none */
    oc_slice milestone; /* named in the sentence or heading before, for sentences that only say "it"; "" none */
    oc_day there_start, there_end; /* of a meeting that was named before: "at that meeting"; OC_DAY_NONE */
    size_t from;                   /* byte of the sentence at which what is read here begins */
    size_t frame_from, frame_to;   /* bytes of the words that report what is read here: they tell how it is meant */
    bool quoted; /* what is read here is a quotation, which ends where its frame begins */
    bool known; /* the document has named a milestone in full: "the transfer" is the one it is about */
    bool about; /* the quotation is about the milestone: "…の検証について「10月までに結論を出す」" */
} oc_claim_context;

/* Appends the claims of a sentence. A milestone without date, plan, goal, condition or negation is no claim. */
void oc_claims_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                    const oc_dates *dates, const oc_mentions *mentions, const oc_claim_context *context,
                    oc_arena *arena, oc_claims *ret_claims);

const char *oc_modality_name(oc_modality modality);

#endif
