/* Quotations, who speaks them, and brackets that quote nobody. */
#ifndef OC_READING_QUOTE_H
#define OC_READING_QUOTE_H

#include "reading/document.h"

enum { OC_QUOTE_VOICES = 24, OC_QUOTE_MENTIONS = 256 };

/* What goes on from sentence to sentence. Zero it at the start of a document. */
typedef struct oc_quote_state {
    size_t pair;        /* cursor in document->pairs */
    size_t first_pair;  /* of the sentence */
    uint32_t paragraph; /* of the sentence before */
    oc_slice topic;     /* who was the topic last in this paragraph or the one before a block */
    oc_slice former;    /* the topic where the sentence begins */
    oc_slice own;       /* Japanese, Korean: the topic of a sentence that quotes nobody, with a sign of being somebody */
    oc_slice paper;     /* the last document that the sentence before names: what それによると means */
    oc_slice label;     /* who speaks this turn of a transcript ("MR. LEE:") */
    oc_slice
        voices[OC_QUOTE_VOICES]; /* who spoke or was the subject, the last first: what "he" and "the minister" mean */
    oc_slice interviewee; /* who answers, as the text before the first question names him */
    size_t answer;        /* index of the quotation that the answer is, and one; 0: there is none */
    bool answered;        /* the first question is past */
    bool started;
    uint32_t view;  /* the sentence, counted from 1, that brings in the view of the topic: 국방부의 설명은 다르다 */
    bool self;      /* the paragraph is what the text says itself: 本稿は… */
    bool abbreviated; /* a name has a short title: Gen. Brunson */
    bool left_open; /* the paragraph opens marks that only the next one closes */
    /* How the names end that a definite one may mean, by a hash of three bytes: one set for voices and mentions, one
     * for what stands behind a mention (its title, in Japanese and Korean). Most definite names end like none. Of each
     * voice and of the last mentions, by the low bits of their index, one byte of the hash. */
    uint64_t endings[16], titles[16];
    unsigned char voice_ends[OC_QUOTE_VOICES], mention_ends[OC_QUOTE_MENTIONS], mention_titles[OC_QUOTE_MENTIONS];
    size_t mentions; /* that are in the sets */
} oc_quote_state;

/* Appends the quotes and brackets of a sentence. `hits` are the lexicon's words in it; its actors must be in
 * document->mentions. Call for each sentence in order. */
void oc_quotes_find(oc_arena *arena, oc_document *document, uint32_t sentence, const oc_hits *hits,
                    oc_quote_state *state);

#endif
