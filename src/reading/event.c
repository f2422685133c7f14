/* Events: each event word with the nearest date and the actors of its sentence part.
 *
 * Distance is counted in bytes, and a sign that ends a part of the sentence (comma, 、) between word and date counts as
 * PART_COST more. A date that only tells when something was said does not belong to an event other than a statement. */
#include "reading/event.h"

#define PART_COST 60
#define DATE_REACH 240 /* bytes, with costs, between an event's word and its date */

static size_t count_parts(oc_slice text, size_t from, size_t to)
{
    size_t parts = 0;
    for (size_t i = from; i < to && i < text.len; i++) {
        bool comma = text.ptr[i] == ',' || text.ptr[i] == ';';
        bool cjk = i + 2 < text.len && memcmp(text.ptr + i, "、", 3) == 0;
        parts += comma || cjk;
    }
    return parts;
}

static size_t distance(oc_slice text, size_t a_from, size_t a_to, size_t b_from, size_t b_to)
{
    size_t from = a_to <= b_from ? a_to : b_to, to = a_to <= b_from ? b_from : a_from;
    return from >= to ? 0 : to - from + PART_COST * count_parts(text, from, to);
}

/* In English the date of an event stands rather behind its word, in Japanese and Korean before it. */
static const oc_date *nearest_date(oc_slice text, oc_lang lang, const oc_dates *dates, const oc_hit *hit)
{
    const oc_date *best = NULL;
    size_t least = DATE_REACH;
    for (size_t i = 0; i < dates->len; i++) {
        const oc_date *date = &dates->at[i];
        size_t far = distance(text, date->from, date->to, hit->start, hit->end);
        if ((date->from < hit->start) == (lang == OC_LANG_EN)) far *= 2;
        if (far < least) least = far, best = date;
    }
    return best;
}

static bool told_as_coming(const oc_hits *hits)
{
    for (size_t i = 0; i < hits->len; i++) {
        const oc_lex_entry *entry = hits->at[i].entry;
        bool coming = oc_slice_is(entry->value, "planned") || oc_slice_is(entry->value, "goal") ||
                      oc_slice_is(entry->value, "forecast");
        if (entry->class == OC_LEX_MODALITY && coming) return true;
    }
    return false;
}

static bool is_known(const oc_read_events *events, size_t first, const oc_read_event *event)
{
    for (size_t i = first; i < events->len; i++) {
        const oc_read_event *other = &events->at[i];
        if (oc_slice_equal(other->kind, event->kind) && other->start == event->start && other->end == event->end)
            return true;
    }
    return false;
}

void oc_events_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                    const oc_dates *dates, const oc_mentions *mentions, oc_day anchor, oc_arena *arena,
                    oc_read_events *ret_events)
{
    (void)lexicon;
    size_t first = ret_events->len;
    bool coming = told_as_coming(hits);
    for (size_t i = 0; i < hits->len; i++) {
        const oc_hit *hit = &hits->at[i];
        if (hit->entry->class != OC_LEX_EVENT) continue;
        const oc_date *date = nearest_date(sentence, lang, dates, hit);
        oc_read_event event = {.from = hit->start, .to = hit->end, .kind = hit->entry->value,
                          .start = OC_DAY_NONE, .end = OC_DAY_NONE, .future = coming};
        if (date) {
            event.start = date->start;
            event.end = date->end;
            if (anchor != OC_DAY_NONE) event.future = date->start > anchor || (coming && date->end > anchor);
            if (date->from < event.from) event.from = date->from;
            if (date->to > event.to) event.to = date->to;
        }
        for (size_t m = 0; m < mentions->len; m++) *oc_vec_push(arena, &event.actors) = mentions->at[m].actor;
        if (!is_known(ret_events, first, &event)) *oc_vec_push(arena, ret_events) = event;
    }
}
