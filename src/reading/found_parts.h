/* What the files of found.h share: the walk over a document's sentences. */
#ifndef OC_READING_FOUND_PARTS_H
#define OC_READING_FOUND_PARTS_H

#include "reading/found.h"
#include "reading/quote.h"

typedef struct oc_found_pass {
    oc_arena *arena; /* of the document */
    oc_arena *scratch;
    oc_document *document;
    const oc_reader *reader;
    oc_quote_state quotes;
    oc_date_context context;
    oc_actor_memory memory;
    uint32_t paragraph;
    oc_slice milestone; /* named last in this paragraph */
    oc_milestone_memory named;
    oc_day there_start, there_end; /* of the last meeting */
    oc_day ahead_start, ahead_end; /* the last date that lies ahead, of this paragraph */
    oc_day story;                  /* the first day named that is that of the publication or just before it */
    bool day_named;                /* this paragraph has named a day that has been */
    uint32_t there;                /* the sentence that named it */
    oc_claim asked;                /* what the last question asks of a milestone and a day */
    uint32_t asked_in;             /* its sentence, counted from 1; 0: none */
    oc_day day;                    /* named last, not after the publication; the publication if none was */
    oc_hits hits;
    uint32_t places[128]; /* of the hits, unless there are more */
    oc_mentions mentions;
    oc_dates dates;
    oc_quantities quantities;
    oc_read_events events;
    oc_claims claims;
    oc_hits part_hits;
    oc_dates part_dates;
    bool masked[OC_FOUND_BYTES];
} oc_found_pass;

/* Finds the dates of sentence `index`, whose text is `text`, into pass->dates, adds them and weekdays that contradict
 * them to the document, and masks their bytes. */
void oc_found_dates(oc_found_pass *pass, uint32_t index, oc_slice text);

/* The sentence is a question of an interview. */
bool oc_found_only_asks(const oc_found_pass *pass, uint32_t index, oc_slice text);

/* Adds the claims of sentence `index`, see found_claim.c. Its quotations are those of the document from first_quote on. */
void oc_found_claims(oc_found_pass *pass, uint32_t index, oc_slice text, size_t first_quote);

/* The milestone among `hits` that later sentences may leave out becomes pass->milestone: the last one, in Korean rather
 * one that is the topic of `text`. */
void oc_found_remember_milestones(oc_found_pass *pass, const oc_hits *hits, oc_slice text);

/* Adds the claims that sentence `index` makes by answering a question in a word or two: "2028년에 가능하냐는 질문에
 * “그렇다”고 답했다". The quotations of the sentence are those from first_quote on, its claims those from first_claim on. */
void oc_found_answer(oc_found_pass *pass, uint32_t index, oc_slice text, size_t first_quote, size_t first_claim);

#endif
