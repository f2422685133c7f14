/* Short words that tell what stands around quotation marks and who speaks: class bracket and voice of the lexicon. They
 * are looked up only where a rule asks, so that they may be as short as と. */
#ifndef OC_READING_PHRASE_H
#define OC_READING_PHRASE_H

#include "reading/lexicon.h"

typedef enum oc_phrase_kind {
#define PHRASE(id, class, value) OC_PHRASE_##id,
#include "reading/phrase_kinds.def"
#undef PHRASE
    OC_PHRASE_COUNT
} oc_phrase_kind;

/* Called by oc_lexicon_build. A value that names no kind is E0704. */
oc_status oc_phrases_build(oc_lexicon *lexicon, oc_diags *diags);

/* Bytes of the longest phrase that the text begins or ends with, 0 if there is none. Phrases in Latin script match
 * whole words in any case; at the end of a text blanks are skipped and counted. */
size_t oc_phrase_begins(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text);
size_t oc_phrase_ends(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text);

/* The text is one of the phrases, in any case. */
bool oc_phrase_is(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text);

/* Where the first phrase of the kind begins in text[from, to), SIZE_MAX if there is none; its length in *ret_length. */
size_t oc_phrase_first(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text, size_t from,
                       size_t to, size_t *ret_length);

/* Where the last phrase of the kind in text[from, to) starts, SIZE_MAX if there is none; its length in *ret_length. */
size_t oc_phrase_last(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text, size_t from,
                      size_t to, size_t *ret_length);

#endif
