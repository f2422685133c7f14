/* Words that give away what a line of a page is: the page group of the lexicon, looked up in whole lines. */
#ifndef OC_READING_CUE_H
#define OC_READING_CUE_H

#include "reading/phrase.h"

typedef enum oc_cue {
    OC_CUE_RELATED = 1 << 0,
    OC_CUE_ADVERT = 1 << 1,
    OC_CUE_NAVIGATION = 1 << 2, /* share prompts included */
    OC_CUE_NOTICE = 1 << 3,     /* rights, subscription walls, disclaimers */
    OC_CUE_CAPTION = 1 << 4,
    OC_CUE_FOOTNOTES = 1 << 5,  /* heading of a list of notes */
    OC_CUE_MACHINE = 1 << 6,
    OC_CUE_ACCESS = 1 << 7,
    OC_CUE_SERIES = 1 << 8,
    OC_CUE_AUTHOR = 1 << 9,
    OC_CUE_REPORTER = 1 << 10,
    OC_CUE_PUBLISHED = 1 << 11,
    OC_CUE_UPDATED = 1 << 12,
    OC_CUE_PUBLISHER = 1 << 13,
    OC_CUE_AFFILIATION = 1 << 14,
    OC_CUE_CATEGORY = 1 << 15,
    OC_CUE_MINUTES = 1 << 16,
    OC_CUE_ISSUER = 1 << 17,   /* an office that issues papers */
    OC_CUE_CONTACT = 1 << 18,
    OC_CUE_PRESS = 1 << 19,  /* part of the name of a newspaper, an agency, a station */
    OC_CUE_RELEASE = 1 << 20, /* a release, the front page: names no category */
    OC_CUE_RECORD = 1 << 21,  /* a press conference, a statement: no name of a person */
    OC_CUE_ATTACHED = 1 << 22 /* what is attached to a release */
} oc_cue;

typedef struct oc_cues oc_cues;

typedef struct oc_line_cues {
    uint32_t any;     /* somewhere in the line */
    uint32_t start;   /* at its start, behind brackets and bullets */
    uint32_t whole;   /* the line is nothing else, brackets and punctuation aside */
    uint32_t start_end; /* byte where the cue at the start ends */
    uint32_t notices;   /* how many words of notices it holds */
    uint32_t menus;     /* how many words of navigation */
    uint32_t menu_bytes; /* how much of the line they and words of notices take */
} oc_line_cues;

/* Takes the words of `lexicon`, which is built and must outlive the result. NULL: no words. Any number of threads may
 * ask for any language below: what is needed of one is made when it is first asked for (later.h). */
const oc_cues *oc_cues_make(oc_arena *arena, const oc_lexicon *lexicon);

/* How many times that failed because memory ran out, phrases of the lexicon included: what was asked for then was not
 * found, so that who reads a document compares before and after. */
unsigned oc_cues_lost(const oc_cues *cues);

/* The cues of one line of text, all zero where it has none. */
oc_line_cues oc_cues_line(const oc_cues *cues, oc_lang lang, oc_slice line);

/* The first phrase of a kind in text[from…], SIZE_MAX if there is none; its length in *ret_length. And the length of
 * the one that text begins with, or 0. Without cues or a lexicon there is none. */
size_t oc_cues_phrase(const oc_cues *cues, oc_lang lang, oc_phrase_kind kind, oc_slice text, size_t from,
                      size_t *ret_length);
size_t oc_cues_phrase_begins(const oc_cues *cues, oc_lang lang, oc_phrase_kind kind, oc_slice text);

/* True if text[0, end), which ends in a full stop, ends with an abbreviation of the language. */
bool oc_cues_abbreviation(const oc_cues *cues, oc_lang lang, oc_slice text, size_t end);

/* What a word of a class, id or role in HTML (ASCII, any case) says of what is inside: OC_HINT_… of document.h, 0 for
 * nothing. */
int oc_cues_markup(const oc_cues *cues, oc_slice word);

/* Bytes of the word of class access that text[at…] begins with, 0 if there is none. */
size_t oc_cues_access_at(const oc_cues *cues, oc_lang lang, oc_slice text, size_t at);

#endif
