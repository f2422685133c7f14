/* What the files of event.h share among them: a sentence, and dates of it that make no event. */
#ifndef OC_READING_EVENT_PARTS_H
#define OC_READING_EVENT_PARTS_H

#include "reading/clause.h"
#include "reading/event.h"

typedef struct finder {
    const oc_lexicon *lexicon;
    oc_lang lang;
    oc_slice text;
    const oc_hits *hits;
    const oc_dates *dates;
    oc_day anchor;
    oc_clauses clauses;
} finder;

/* English: the date tells when something was said: "said on Tuesday", "told lawmakers in January". */
bool oc_event_was_said_then(const finder *f, const oc_date *date);

/* The date is what something is compared with: "前年比", "올해보다". */
bool oc_event_is_compared(const finder *f, const oc_date *date);

/* English: a year that tells which thing is meant: "a 2027 budget bill". */
bool oc_event_is_attributive_year(const finder *f, const oc_date *date);

/* The date makes no event with this word: it was only decided or planned for that day, is asked about, is remembered,
 * or comes every year. */
bool oc_event_is_none(const finder *f, const oc_date *date, const oc_hit *word);

#endif
