/* What the date rules see instead of the sentence: half width in place of full-width digits, spaces, dashes and
 * quotation marks, and lines joined. */
#ifndef OC_READING_DATE_FOLD_H
#define OC_READING_DATE_FOLD_H

#include "base/arena.h"
#include "base/slice.h"
#include "reading/match.h"

/* From a place `from` in the folded text on, offsets in the sentence are larger by `shift`. */
typedef struct oc_fold_shift {
    uint32_t from, shift;
} oc_fold_shift;

typedef struct oc_folded {
    oc_slice text;               /* the sentence itself if nothing had to change; zeros follow (date_index.h) */
    const oc_fold_shift *shifts; /* `count` of them, by place */
    size_t count;
} oc_folded;

/* True for what is not of half width, and for line feeds. */
bool oc_date_folds(uint32_t code);

/* The same of the bytes of UTF-8 at `p`, of which three can be read; true of a few others too. */
bool oc_date_may_fold(const unsigned char *p);

/* The sentence is padded. `words` are the dates of the language: they tell where a Korean word goes on behind a line
 * feed. */
oc_folded oc_date_fold(const oc_matcher *words, oc_slice sentence, oc_arena *arena);

static inline bool oc_date_is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* True if one of the words begins in the last Korean letters of `before` and ends in the first ones of `behind`. */
bool oc_date_word_crosses(const oc_matcher *words, oc_slice before, oc_slice behind);

/* The offset in the sentence of an offset in the folded text. `*at` remembers the last shift, begin with 0: offsets
 * asked for in rising order are found at once. */
uint32_t oc_date_unfold(const oc_folded *folded, size_t *at, size_t offset);

#endif
