/* Events: meetings, exercises, handovers, elections, agreements with their day and actors. */
#ifndef OC_READING_EVENT_H
#define OC_READING_EVENT_H

#include "reading/actor.h"
#include "reading/date.h"

typedef struct oc_read_event {
    size_t from, to;         /* bytes of the sentence: from the first to the last word that made it */
    oc_slice kind;           /* value of the lexicon's event word */
    oc_day start, end;       /* inclusive; OC_DAY_OPEN_START, OC_DAY_OPEN_END */
    bool future;             /* dated after the anchor, or told as coming */
    OC_VEC(uint32_t) actors; /* indices into the caller's table, in order of mention, each once */
} oc_read_event;
typedef OC_VEC(oc_read_event) oc_read_events;

/* Appends the events of a sentence: for each date the word of class event that it dates, and the actors of the
 * sentence. A date that only tells when something was said makes no event, nor does one by which a milestone is
 * claimed: `claimed` holds a flag for each date (NULL: none is). Two dates that are the same are one event. */
void oc_events_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                    const oc_dates *dates, const bool *claimed, const oc_mentions *mentions, oc_day anchor,
                    oc_arena *arena, oc_read_events *ret_events);

#endif
