/* Dates that make no event; see event_parts.h. */
#include "reading/event_parts.h"

#include "reading/phrase.h"
#include "reading/tense.h"

enum {
    YEARLY_REACH = 16,     /* between a date and "every year" */
    REMEMBERED_REACH = 48, /* between a named period and the word that it is remembered */
    ASKED_REACH = 120,     /* English: from "asked whether" to the day */
    PREPOSITION_BYTES = 2,
    SAID_BEHIND = 40,     /* English: between a day in front of the sentence and its verb of speech */
    SAID_REACH = 40,      /* English: between a verb of speech and the day it was said */
    MOVED_REACH = 8,      /* English: from a day to the words that it was moved */
    SUPPOSED_REACH = 40,  /* English: from "supposed to" to the day */
    SUPPOSED_BYTES = 40,  /* of such a phrase */
    UNMATCHED_REACH = 60, /* English: from "the first" to the span */
    OWNED_REACH = 20,     /* English: between the year of an exercise and its name */
    COUNT_REACH = 24,     /* Japanese: from a year to the end of its figure */
};

/* "testified", "assessed in 2022": the verb of speech is also that of an event. */
static bool is_deed(const finder *f, const oc_hit *verb)
{
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(f->hits, hit)) {
        bool deed = oc_slice_is(hit->entry->value, "hearing") || oc_slice_is(hit->entry->value, "evaluation");
        if (deed && hit->start == verb->start) return true;
    }
    return false;
}

/* "told a Senate hearing in April" */
static bool any_occasion_between(const finder *f, size_t from, size_t to)
{
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(f->hits, hit)) {
        bool occasion = (oc_slice_is(hit->entry->value, "hearing") || oc_slice_is(hit->entry->value, "meeting"));
        if (occasion && hit->start >= from && hit->end <= to) return true;
    }
    return false;
}

static bool any_event_between(const finder *f, size_t from, size_t to)
{
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(f->hits, hit))
        if (hit->start >= from && hit->end <= to) return true;
    return false;
}

/* "a poll taken on September 18", "a paper circulated in March": the date belongs to a participle right before it. */
static bool is_qualifier(const finder *f, const oc_date *date)
{
    size_t at = date->from, words = 0;
    while (at && f->text.ptr[at - 1] == ' ') at--;
    while (at && words < 2) { /* the participle, or it and a preposition */
        size_t end = at;
        while (at && f->text.ptr[at - 1] != ' ') at--;
        oc_slice word = oc_slice_sub(f->text, at, end);
        if (oc_phrase_is(f->lexicon, f->lang, OC_PHRASE_DONE, word)) return true;
        if (word.len > PREPOSITION_BYTES) return false;
        while (at && f->text.ptr[at - 1] == ' ') at--;
        words++;
    }
    return false;
}

/* "said on Tuesday", "told lawmakers in January": the verb right before the date, no word of an event between. */
bool oc_event_was_said_then(const finder *f, const oc_date *date)
{
    if (!oc_hits_any(f->hits, OC_LEX_BIT(SPEECH)) || is_qualifier(f, date)) return false;
    for (size_t i = 0; i < f->hits->len; i++) {
        const oc_hit *hit = &f->hits->at[i];
        if (hit->entry->class == OC_LEX_EVENT && hit->start >= date->to && date->from <= SAID_REACH) return false;
        if (hit->entry->class != OC_LEX_SPEECH || oc_slice_is(hit->entry->value, "agreed")) continue;
        if (is_deed(f, hit) || any_occasion_between(f, hit->end, date->from)) continue;
        if (hit->end <= date->from && date->from - hit->end <= SAID_REACH) return true;
        /* "On Tuesday he called": in front, and the verb is the first thing that happens */
        if (date->from <= SAID_REACH && hit->start >= date->to && hit->start - date->to <= SAID_BEHIND &&
            !any_event_between(f, 0, date->from))
            return true;
    }
    return false;
}

/* "to December", 12月に, 12월로: the words before and behind a date make it the day to which something moves. */
static bool is_marked_target(const finder *f, oc_slice head, oc_slice rest)
{
    if (f->lang == OC_LANG_EN) return oc_phrase_ends(f->lexicon, f->lang, OC_PHRASE_MOVED_TO, head);
    size_t length = oc_phrase_begins(f->lexicon, f->lang, OC_PHRASE_MOVED_TO, rest);
    return length && (f->lang == OC_LANG_JA || oc_slice_begins(oc_slice_from(rest, length), " "));
}

/* "postponed to December 2015", "15年12月に延期された", "supposed to take place in": the day for which it was planned.
 */
static bool is_planned_day(const finder *f, const oc_date *date, const oc_hit *word)
{
    if (f->anchor != OC_DAY_NONE && date->end > f->anchor) return false;
    oc_slice head = oc_slice_sub(f->text, 0, date->from), rest = oc_slice_sub(f->text, date->to, f->text.len);
    bool target = is_marked_target(f, head, rest), delay = false;
    for (const oc_hit *hit = target ? oc_hits_first_in(f->hits, OC_GROUP_MODALITY) : NULL; hit;
         hit = oc_hits_next_in(f->hits, hit)) {
        bool planned = hit->entry->class == OC_LEX_MODALITY && oc_slice_is(hit->entry->value, "planned") &&
                       hit->start >= date->to && hit->start - date->to <= 6;
        bool delayed = hit->entry->class == OC_LEX_NEGATION && oc_slice_is(hit->entry->value, "delay") &&
                       hit->start < word->end && hit->end > word->start;
        delay |= planned || delayed;
    }
    size_t length, reach = SUPPOSED_REACH + SUPPOSED_BYTES, near = head.len > reach ? head.len - reach : 0;
    size_t at = f->lang == OC_LANG_EN
                    ? oc_phrase_last_in(f->hits, f->lexicon, f->lang, OC_PHRASE_SUPPOSED, head, near, head.len, &length)
                    : SIZE_MAX;
    bool then =
        f->lang == OC_LANG_EN && oc_slice_ends_with(head, "then in ") && /* "was to come in 2012, then in 2015" */
        oc_phrase_last_in(f->hits, f->lexicon, f->lang, OC_PHRASE_SUPPOSED, head, 0, head.len, &length) != SIZE_MAX;
    bool supposed = then ||
                    (at != SIZE_MAX && head.len - at - length <= SUPPOSED_REACH &&
                     !oc_clauses_parts(&f->clauses, at, date->from)) ||
                    oc_phrase_begins(f->lexicon, f->lang, OC_PHRASE_SUPPOSED, oc_slice_trim(rest));
    size_t part = oc_clauses_comma_behind(&f->clauses, date->to, f->text.len); /* to the next comma or date */
    for (size_t i = 0; i < f->dates->len; i++)
        if (f->dates->at[i].from >= date->to && f->dates->at[i].from < part) part = f->dates->at[i].from;
    supposed |= f->lang != OC_LANG_EN && oc_phrase_last_in(f->hits, f->lexicon, f->lang, OC_PHRASE_SUPPOSED_END,
                                                           f->text, date->to, part, &length) != SIZE_MAX;
    for (const oc_hit *hit = f->lang == OC_LANG_EN ? oc_hits_first(f->hits, OC_LEX_NEGATION) : NULL; hit;
         hit = oc_hits_next(f->hits, hit)) /* "a first date, April 17, 2012, was pushed back" */
        supposed |=
            oc_slice_is(hit->entry->value, "delay") && hit->start >= date->to && hit->start - date->to <= MOVED_REACH;
    return (target && delay) || supposed;
}

/* "前年比", "올해보다": what something is compared with. */
bool oc_event_is_compared(const finder *f, const oc_date *date)
{
    oc_slice behind = oc_slice_trim(oc_slice_sub(f->text, date->to, f->text.len));
    oc_slice printed = oc_slice_sub(f->text, date->from, date->to);
    if (f->lang == OC_LANG_EN && oc_phrase_is(f->lexicon, f->lang, OC_PHRASE_COMPARED, printed)) return true;
    bool count = oc_slice_begins(behind, "の") && behind.len > 3 && behind.ptr[3] >= '0' && behind.ptr[3] <= '9';
    if (count && oc_slice_find(oc_slice_sub(behind, 0, COUNT_REACH), OC_SLICE("から"), 0) != SIZE_MAX)
        return true; /* "昨年の51回から22回に減り" */
    return oc_phrase_begins(f->lexicon, f->lang, OC_PHRASE_COMPARED, behind) ||
           oc_phrase_ends(f->lexicon, f->lang, OC_PHRASE_COMPARED, oc_slice_sub(f->text, 0, date->from));
}

/* "2007年2月23日、…2012年4月17日の転換で合意した": of two past days in a clause that decides, the later one, set apart
 * as its object, is what was decided. */
static bool is_decided_day(const finder *f, const oc_date *date, const oc_hit *word)
{
    bool decides = oc_slice_is(word->entry->value, "agreement") || oc_slice_is(word->entry->value, "transfer");
    for (const oc_hit *hit = f->lang == OC_LANG_EN ? oc_hits_first(f->hits, OC_LEX_EVENT) : NULL; hit;
         hit = oc_hits_next(f->hits, hit)) {
        decides |= oc_slice_is(hit->entry->value, "agreement") && hit->end <= date->from &&
                   oc_clauses_parts(&f->clauses, hit->end, date->from) <= 1 &&
                   !oc_clauses_commas(&f->clauses, hit->end, date->from);
    }
    if (!decides || f->anchor == OC_DAY_NONE || date->end > f->anchor) return false;
    oc_slice behind = oc_slice_from(f->text, date->to);
    bool object = f->lang == OC_LANG_EN || oc_slice_begins(behind, "에 ") ||
                  oc_phrase_begins(f->lexicon, f->lang, OC_PHRASE_DECIDED_FOR, oc_slice_trim(behind));
    bool met = f->lang != OC_LANG_EN && /* 2월 국방장관 회담에서 2012년 전환에 합의했다 */
               oc_phrase_ends(f->lexicon, f->lang, OC_PHRASE_AT, oc_slice_trim(oc_slice_sub(f->text, 0, date->from)));
    for (size_t i = 0; object && i < f->dates->len; i++) {
        const oc_date *other = &f->dates->at[i];
        if (other->to > date->from || other->end >= date->start || other->start == OC_DAY_OPEN_START) continue;
        if (!met && any_event_between(f, other->to, date->from)) continue;
        if (oc_clauses_parts(&f->clauses, other->to, date->from) <= 1 &&
            (word->start >= other->to || f->lang == OC_LANG_EN))
            return true;
    }
    return false;
}

/* English: "the first civilian to hold the post in 64 years": a span that is over. */
static bool is_unmatched(const finder *f, const oc_date *date)
{
    size_t length, from = date->from > UNMATCHED_REACH ? date->from - UNMATCHED_REACH : 0;
    if (f->lang != OC_LANG_EN || date->basis != OC_BASIS_RELATIVE) return false;
    if (!oc_slice_begins(oc_slice_sub(f->text, date->from, date->to), "in ")) return false;
    size_t at =
        oc_phrase_last_in(f->hits, f->lexicon, f->lang, OC_PHRASE_UNMATCHED, f->text, from, date->from, &length);
    return at != SIZE_MAX && !oc_clauses_commas(&f->clauses, at, date->from);
}

/* English: "asked whether it could be done by the end of the decade": nobody says that it will. */
static bool is_asked(const finder *f, const oc_date *date)
{
    size_t length, reach = date->from > ASKED_REACH ? date->from - ASKED_REACH : 0;
    if (f->lang != OC_LANG_EN || (f->anchor != OC_DAY_NONE && date->end <= f->anchor)) return false;
    size_t from = oc_clauses_comma_before(&f->clauses, date->from, reach);
    return oc_phrase_last_in(f->hits, f->lexicon, f->lang, OC_PHRASE_ASKED, f->text, from, date->from, &length) !=
           SIZE_MAX;
}

/* "the anniversary of the Korean War", "朝鮮戦争76周年": that is no war. */
static bool is_remembered(const finder *f, const oc_date *date)
{
    size_t length, from = date->from > REMEMBERED_REACH ? date->from - REMEMBERED_REACH : 0;
    return date->basis == OC_BASIS_NAMED && date->grain == OC_GRAIN_PERIOD &&
           oc_phrase_last_in(f->hits, f->lexicon, f->lang, OC_PHRASE_ANNIVERSARY, f->text, from,
                             date->to + REMEMBERED_REACH, &length) != SIZE_MAX;
}

/* "every year in August", "毎年8月に": no single one. */
static bool is_yearly(const finder *f, const oc_date *date)
{
    size_t length, from = date->from > YEARLY_REACH ? date->from - YEARLY_REACH : 0;
    return date->basis == OC_BASIS_YEAR_MISSING &&
           oc_phrase_last_in(f->hits, f->lexicon, f->lang, OC_PHRASE_YEARLY, f->text, from, date->to + YEARLY_REACH,
                             &length) != SIZE_MAX;
}

/* English: "a 2027 budget bill", "its 2026 defence work plan": which one, unless that is the event itself. */
bool oc_event_is_attributive_year(const finder *f, const oc_date *date)
{
    if (f->lang != OC_LANG_EN || date->grain != OC_GRAIN_YEAR || date->bound != OC_BOUND_AT) return false;
    oc_slice head = oc_slice_sub(f->text, 0, date->from);
    bool ahead = f->anchor != OC_DAY_NONE && date->start > f->anchor; /* "the options are 2028 and 2029" */
    if (ahead && date->to - date->from == 4 &&
        (oc_slice_ends_with(head, " are ") || oc_slice_ends_with(head, " and ") || oc_slice_ends_with(head, " or ") ||
         oc_slice_ends_with(head, " be ")))
        return true;
    if (ahead && oc_phrase_ends(f->lexicon, f->lang, OC_PHRASE_CHOSEN, head)) return true;
    oc_slice behind = oc_slice_from(f->text, date->to); /* "2028 was one of several years on the table" */
    bool subject =
        oc_slice_begins(behind, " was ") || oc_slice_begins(behind, " is ") || oc_slice_begins(behind, " looks ");
    if (ahead && date->to - date->from == 4 && subject) return true;
    if (date->to - date->from != 4 || date->to + 2 >= f->text.len || f->text.ptr[date->to] != ' ') return false;
    if (!oc_phrase_ends(f->lexicon, f->lang, OC_PHRASE_OWNED, oc_slice_sub(f->text, 0, date->from))) return false;
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(f->hits, hit))
        if (hit->start >= date->to && hit->start - date->to <= OWNED_REACH) return false;
    return true;
}

/* Japanese, Korean: "2028年案", "2028년안을": a year that is talked about. */
static bool is_option(const finder *f, const oc_date *date)
{
    return date->grain == OC_GRAIN_YEAR && f->lang != OC_LANG_EN &&
           oc_phrase_begins(f->lexicon, f->lang, OC_PHRASE_OPTION, oc_slice_from(f->text, date->to));
}

bool oc_event_is_none(const finder *f, const oc_date *date, const oc_hit *word)
{
    return is_decided_day(f, date, word) || is_planned_day(f, date, word) || is_asked(f, date) ||
           is_unmatched(f, date) || is_remembered(f, date) || is_yearly(f, date) || is_option(f, date);
}
