/* Whether the words around a date tell of what has happened or of what is to come: which of the two readings of a date
 * without a year is meant. */
#ifndef OC_READING_TENSE_H
#define OC_READING_TENSE_H

#include "reading/date.h"

/* The tense of the predicate that a date in sentence[from, to) belongs to; [first, last) is the part of the sentence it
 * stands in, a quotation or all of it. OC_TENSE_AUTO: it cannot be told. */
oc_tense oc_tense_of(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, size_t first, size_t last,
                     const oc_date *date);

/* English: "put off until September": the date is that of what comes later. */
bool oc_tense_is_put_off(const oc_lexicon *lexicon, oc_slice text, const oc_date *date);

/* Takes the other reading of a date if the tense says so; without a tense, if it is by far the nearer one. */
void oc_tense_settle(oc_tense tense, oc_day anchor, oc_date *date);

#endif
