/* What the files of claim.h share among them: the date of a milestone and how it is told. */
#ifndef OC_READING_CLAIM_PARTS_H
#define OC_READING_CLAIM_PARTS_H

#include "reading/claim.h"
#include "reading/clause.h"
#include "reading/phrase.h"

typedef OC_VEC(const oc_hit *) oc_marks;

typedef struct reader {
    const oc_lexicon *lexicon;
    oc_lang lang;
    oc_slice text;
    const oc_hits *hits;
    const oc_dates *dates;
    const oc_mentions *mentions;
    const oc_claim_context *context;
    oc_clauses clauses;
    oc_marks milestones;
    oc_marks manners; /* words of modality, negation, hedge and step */
    const oc_hit *dropped; /* Japanese, Korean: the last milestone that counts only with a day, and has none; or NULL */
} reader;

typedef struct scope {
    size_t from, to;
} scope;

typedef struct manner {
    oc_modality modality;
    bool weak_condition, negated, delayed;
    bool unless, until, as_soon, opposed, based, was_not;
    bool not_until; /* "not possible until 2029": from that day on */
    bool told;      /* by a word of modality */
    bool intended, scheduled; /* Korean: planned only by the ending of a verb (겠); by a word for a plan */
    int hedge;
    oc_slice step;
} manner;

/* The milestone counts only with a day ahead: its value ends in an exclamation mark. */
bool oc_claim_needs_day(const oc_hit *hit);

/* oc_phrase_last of the sentence. */
size_t oc_claim_last_phrase(const reader *r, oc_phrase_kind kind, size_t from, size_t to, size_t *ret_length);

/* Korean: "평가를 실시하고 그 결과에 따라 목표연도를 정한다": a condition in the clause of the next milestone. */
bool oc_claim_conditions_next(const reader *r, const oc_hit *word, const oc_hit *milestone);

/* Korean: the date is what the sentence says of its topic: 시점은 2029년 하반기다. */
bool oc_claim_is_predicate(const reader *r, const oc_date *date);

/* A word of modality of that value; a condition of any kind (if, unless, until); a meeting or an exercise. */
bool oc_claim_is_modality(const oc_hit *hit, const char *value);
bool oc_claim_is_condition(const oc_hit *hit);
bool oc_claim_is_occasion(const oc_hit *hit);

/* Korean: a verb that ends at `end` tells what one should do: 충족해야 *한다*. */
bool oc_claim_ends_duty(const reader *r, size_t end);

bool oc_claim_any_condition(const reader *r, size_t from, size_t to); /* a condition stands there */

/* English: "finish it by September and press for a year": where the last "and" before `at` begins; `limit` if none
 * does. */
size_t oc_claim_and_before(const reader *r, size_t at, size_t limit);

/* Both are words for one milestone. */
bool oc_claim_same_milestone(const oc_hit *a, const oc_hit *b);

/* The transfer of "2028 is the target year of the transfer", which is one claim about the year that is set. */
bool oc_claim_told_by_settling(const reader *r, const oc_hit *milestone);

/* The day on which a resolution or bill is brought in, whatever it asks for. */
bool oc_claim_is_of_bill(const reader *r, const oc_date *date);

/* The day of an utterance: "said on Tuesday". */
bool oc_claim_tells_when_said(const reader *r, const oc_date *date);

/* The date nearest to a milestone that is its own; NULL if none is. */
const oc_date *oc_claim_date_of(const reader *r, const oc_hit *milestone);

/* The milestone, or the full one that a shorter word means, has been named in the document. */
bool oc_claim_is_named(const reader *r, const oc_hit *milestone);

/* Where the steps end that stand right behind a milestone: "FOC検証", "FOC 검증". */
size_t oc_claim_end_with_steps(const reader *r, const oc_hit *milestone);

/* No claim (claim_aside.c): only what something else is about, somebody's question, results that are reported, what is
 * talked about, the milestone of something else, a condition of another milestone. */
bool oc_claim_is_aside(const reader *r, const oc_hit *milestone);
bool oc_claim_is_asked(const reader *r, const oc_hit *milestone);
bool oc_claim_is_reported(const reader *r, const oc_hit *milestone);
bool oc_claim_is_discussed(const reader *r, const oc_hit *milestone);
bool oc_claim_is_of_other(const reader *r, const oc_hit *milestone);
bool oc_claim_only_conditions(const reader *r, const oc_hit *milestone, const oc_date *date);

/* True if the milestone stands in a part of the sentence that is a condition or a concession; *ret_part is that part.
 */
bool oc_claim_in_condition(const reader *r, const oc_hit *milestone, scope *ret_part);

/* Sets the bytes and the days of a claim (claim_span.c); date may be NULL. */
void oc_claim_set_span(const reader *r, const oc_hit *milestone, const manner *found, const oc_date *date,
                       oc_claim *claim);

/* How a milestone is told; its modality, negation and delay as a claim; which modality is the firmer restriction. */
manner oc_claim_manner_of(const reader *r, const oc_hit *milestone, const oc_date *date);
void oc_claim_decide(const reader *r, const manner *found, const oc_date *date, oc_claim *claim);
int oc_claim_rank_of(oc_modality modality);

#endif
