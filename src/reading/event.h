/* Events: meetings, exercises, declarations, elections, agreements with their day and actors. */
#ifndef OC_READING_EVENT_H
#define OC_READING_EVENT_H

#include "reading/actor.h"
#include "reading/date.h"

typedef struct oc_read_event {
    size_t from, to;      /* bytes of the sentence: from the first to the last word that made it */
    oc_slice kind;        /* value of the lexicon's event word */
    oc_day start, end;    /* OC_DAY_NONE where the sentence names no date */
    bool future;          /* dated after the anchor, or told as coming */
    OC_VEC(uint32_t) actors; /* indices into the caller's table, in order of mention */
} oc_read_event;
typedef OC_VEC(oc_read_event) oc_read_events;

/* Appends the events of a sentence: each word of class event with the date nearest to it and the actors of its clause.
 * Two words of one kind with the same date in one sentence are one event. */
void oc_events_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                    const oc_dates *dates, const oc_mentions *mentions, oc_day anchor, oc_arena *arena,
                    oc_read_events *ret_events);

#endif
