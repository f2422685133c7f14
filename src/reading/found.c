/* Sentences; see found.h. For each sentence in order: words of the lexicon, actors, dates (with the cursors for
 * missing years), quotes with speakers, then what rests on them: quantities outside of dates, events, claims. What is
 * kept goes to the document; all else lies in a scratch arena that each sentence begins anew. */
#include "reading/found.h"

#include "reading/claim_clash.h"
#include "reading/claim_voice.h"
#include "reading/found_parts.h"
#include "reading/phrase.h"
#include "reading/quote_name.h"
#include "reading/voice.h"

enum {
    SCRATCH_BYTES = 128 << 10,
    ASKED_BYTES = 32 << 10, /* read between two looks at the clock */
    STORY_DAYS = 3,
    JOINT_BYTES = 5,
};

/* What later sentences count from. After "in 2028" a day without a year is again one near the publication, and "that
 * day" is the last one that has been. */
static void settle_cursors(oc_found_pass *p)
{
    oc_day anchor = p->document->metadata.anchor;
    if (anchor == OC_DAY_NONE) return;
    for (size_t i = 0; i < p->dates.len; i++) {
        const oc_date *date = &p->dates.at[i];
        if (date->grain != OC_GRAIN_DAY || date->end > anchor || date->end <= OC_DAY_OPEN_START) continue;
        p->day = date->end;
        p->day_named = true;
        if (p->story == OC_DAY_NONE && anchor - p->day <= STORY_DAYS) p->story = p->day;
    }
    bool later = p->context.year_here && p->context.year > oc_civil_from_day(anchor).year;
    if (later) p->context.year = p->context.month = 0;
    bool ahead = p->context.last_end != OC_DAY_NONE && p->context.last_end > anchor;
    if (ahead) p->ahead_start = p->context.last_start, p->ahead_end = p->context.last_end;
    if (ahead) p->context.last_start = p->context.last_end = p->day;
}

/* The last claim about what is ahead in the sentence before `index`, NULL if it has none or has denied it. */
static const oc_claim *claim_before(const oc_document *document, uint32_t index)
{
    if (!document->claims.len || !index) return NULL;
    const oc_found_claim *last = &document->claims.at[document->claims.len - 1];
    bool dated = last->claim.start != OC_DAY_NONE || last->claim.end != OC_DAY_NONE;
    bool told = last->sentence + 1 == index && dated && last->claim.modality != OC_MODALITY_DENIED;
    return told ? &last->claim : NULL;
}

static bool is_denied_before(const oc_document *document, uint32_t index)
{
    const oc_found_claim *last = document->claims.len ? &document->claims.at[document->claims.len - 1] : NULL;
    return last && last->sentence + 1 == index && last->claim.modality == OC_MODALITY_DENIED;
}

/* "The ministry rejected that.": what the sentence before told of a milestone and a day is denied. */
static void deny_before(oc_found_pass *p, uint32_t index, oc_slice text, size_t first_quote, size_t first_claim)
{
    oc_document *document = p->document;
    if (document->claims.len > first_claim || p->dates.len || !p->milestone.len) return;
    if (oc_hits_any(&p->hits, OC_LEX_BIT(MILESTONE))) return;
    size_t length;
    if (oc_phrase_first_in(&p->hits, p->reader->lexicon, document->lang, OC_PHRASE_REFUSES, text, 0, text.len,
                           &length) == SIZE_MAX)
        return;
    const oc_claim *before = claim_before(document, index);
    oc_claim claim = {.milestone = p->milestone, .start = p->ahead_start, .end = p->ahead_end};
    if (before)
        claim = *before;
    else if (p->ahead_start == OC_DAY_NONE || is_denied_before(document, index))
        return;
    claim.from = claim.date_from = claim.date_to = 0;
    claim.to = text.len;
    claim.modality = OC_MODALITY_DENIED;
    claim.negated = claim.forward = true;
    claim.delayed = false;
    claim.hedge = 0;
    bool quoted = first_quote < document->quotes.len && document->quotes.at[first_quote].sentence == index;
    claim.speaker = claim.holder = quoted ? document->quotes.at[first_quote].actor : -1;
    for (size_t i = p->mentions.len; i-- > 0 && !quoted;)
        if (p->mentions.at[i].topic) claim.speaker = claim.holder = (int32_t)p->mentions.at[i].actor;
    *oc_vec_push(p->arena, &document->claims) =
        (oc_found_claim){.sentence = index, .claim = claim, .quote = quoted ? (int32_t)first_quote : -1};
}

/* "複数の外交筋が明らかにした。": who said what the sentence before told. */
static void credit_before(oc_found_pass *p, uint32_t index, size_t first_quote)
{
    oc_document *document = p->document;
    if (first_quote >= document->quotes.len || document->quotes.at[first_quote].sentence >= index) return;
    for (size_t i = document->claims.len; i-- > 0;) {
        oc_found_claim *claim = &document->claims.at[i];
        if (claim->sentence != document->quotes.at[first_quote].sentence) return;
        if (claim->quote >= 0) continue;
        claim->quote = (int32_t)first_quote;
        claim->claim.speaker = document->quotes.at[first_quote].actor;
    }
}

static void keep_event(oc_found_pass *p, uint32_t index, const oc_read_event *event)
{
    oc_found_event *kept = oc_vec_push(p->arena, &p->document->events);
    *kept = (oc_found_event){index, *event};
    kept->event.actors.at = OC_NEW_ARRAY(p->arena, event->actors.len, uint32_t);
    kept->event.actors.room = event->actors.len;
    if (event->actors.len) memcpy(kept->event.actors.at, event->actors.at, event->actors.len * sizeof(uint32_t));
}

/* Events of the dates that the sentence's claims, from the first on, have left. */
static void read_events(oc_found_pass *p, uint32_t index, oc_slice text, size_t first_claim)
{
    const oc_document *document = p->document;
    if (!p->dates.len) return;
    bool *claimed = OC_NEW_ARRAY(p->scratch, p->dates.len, bool);
    for (size_t i = first_claim; i < document->claims.len; i++) {
        const oc_claim *claim = &document->claims.at[i].claim;
        for (size_t k = 0; k < p->dates.len; k++)
            claimed[k] |= claim->forward && claim->date_to &&
                          (p->dates.at[k].from == claim->date_from ||
                           (p->dates.at[k].to == claim->to && p->dates.at[k].end == claim->end) ||
                           (claim->modality == OC_MODALITY_DENIED && p->dates.at[k].start == claim->start &&
                            p->dates.at[k].end == claim->end)); /* ‘2027년 전환설’, which is denied behind it */
    }
    for (size_t k = 1; k < p->dates.len; k++) /* "in August 2027 and March 2028" */
        claimed[k] |= claimed[k - 1] && p->dates.at[k].from - p->dates.at[k - 1].to <= JOINT_BYTES;
    oc_events_find(p->reader->lexicon, document->lang, text, &p->hits, &p->dates, claimed, &p->mentions,
                   document->metadata.anchor, p->scratch, &p->events);
    for (size_t i = 0; i < p->events.len; i++) keep_event(p, index, &p->events.at[i]);
}

static void begin_sentence(oc_found_pass *p, oc_arena_mark empty)
{
    oc_arena_rewind(p->scratch, empty);
    oc_hits_clear(&p->hits);
    oc_hits_clear(&p->part_hits);
    p->hits.places.at = p->places;
    p->hits.places.room = sizeof p->places / sizeof *p->places;
    p->mentions = (oc_mentions){0};
    p->dates = p->part_dates = (oc_dates){0};
    p->quantities = (oc_quantities){0};
    p->events = (oc_read_events){0};
    p->claims = (oc_claims){0};
}

/* What "at that meeting" will mean. */
static void remember_meeting(oc_found_pass *p, uint32_t index)
{
    for (size_t i = 0; i < p->events.len; i++) {
        const oc_read_event *event = &p->events.at[i];
        bool meeting = oc_slice_is(event->kind, "meeting");
        for (const oc_hit *hit = oc_hits_first(&p->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(&p->hits, hit))
            meeting |= hit->start >= event->from && hit->end <= event->to && oc_slice_is(hit->entry->value, "meeting");
        if (!meeting) continue;
        p->there_start = event->start;
        p->there_end = event->end;
        p->there = index;
    }
}

static void read_sentence(oc_found_pass *p, uint32_t index)
{
    oc_document *document = p->document;
    const oc_sentence *sentence = &document->sentences.at[index];
    oc_slice text = sentence->text;
    bool paragraph = p->paragraph != sentence->paragraph;
    if (paragraph) {
        p->context.year = p->context.month = 0;
        p->ahead_start = OC_DAY_NONE;
        p->day_named = false;
        bool answer = index && sentence[-1].turn == OC_TURN_QUESTION;
        if (!answer || sentence->turn == OC_TURN_QUESTION) p->milestone = (oc_slice){"", 0};
    }
    p->paragraph = sentence->paragraph;
    oc_lexicon_scan_with(p->reader->lexicon, oc_actor_starts(p->reader->finder, document->lang), document->lang, text,
                         p->scratch, &p->hits);
    oc_milestones_settle(document->lang, text, &p->named, p->scratch, &p->hits);
    if (p->reader->finder)
        oc_actors_find(p->reader->finder, document->lang, text, &p->hits, &p->memory, p->scratch, &p->mentions);
    for (size_t i = 0; i < p->mentions.len; i++)
        *oc_vec_push(p->arena, &document->mentions) = (oc_found_mention){index, p->mentions.at[i]};
    oc_found_dates(p, index, text);
    size_t first_quote = document->quotes.len;
    oc_quotes_find(p->arena, document, index, &p->hits, &p->quotes);
    oc_quantities_find(p->reader->lexicon, document->lang, text, &p->hits, p->masked, p->scratch, &p->quantities);
    for (size_t i = 0; i < p->quantities.len; i++)
        *oc_vec_push(p->arena, &document->quantities) = (oc_found_quantity){index, p->quantities.at[i]};
    credit_before(p, index, first_quote);
    size_t first_claim = document->claims.len;
    if (oc_found_only_asks(p, index, text))
        oc_found_remember_milestones(p, &p->hits, text); /* what the answer is about */
    else
        oc_found_claims(p, index, text, first_quote);
    deny_before(p, index, text, first_quote, first_claim);
    oc_found_answer(p, index, text, first_quote, first_claim);
    if (p->named.object.len && !p->milestone.len) p->milestone = p->named.object;
    read_events(p, index, text, first_claim);
    remember_meeting(p, index);
    settle_cursors(p);
}

typedef struct job {
    oc_arena *arena;
    oc_document *document;
    const oc_read_options *options;
    bool *over;
} job;

static void read_all(void *context, oc_arena *scratch)
{
    const job *j = context;
    oc_document *document = j->document;
    oc_arena_reserve(scratch, SCRATCH_BYTES);
    oc_found_pass *p = OC_NEW(scratch, oc_found_pass);
    p->arena = p->memory.arena = p->named.arena = j->arena;
    p->scratch = scratch;
    p->document = document;
    p->reader = document->reader;
    p->context = oc_date_context_at(document->metadata.anchor);
    p->day = document->metadata.anchor;
    p->there_end = p->ahead_start = p->story = OC_DAY_NONE;
    oc_arena_mark empty = oc_arena_get_mark(scratch);
    if (document->metadata.title.len <= OC_FOUND_BYTES)
        oc_lexicon_scan(p->reader->lexicon, document->lang, document->metadata.title, scratch, &p->hits);
    oc_milestones_settle(document->lang, document->metadata.title, &p->named, scratch, &p->hits);
    size_t read = 0; /* bytes since the clock was asked */
    for (uint32_t i = 0; i < document->sentences.len; i++) {
        if (read >= ASKED_BYTES && j->options->expired && j->options->expired(j->options->context)) {
            *j->over = true;
            return;
        }
        read = (read < ASKED_BYTES ? read : 0) + document->sentences.at[i].text.len;
        begin_sentence(p, empty);
        if (document->sentences.at[i].text.len <= OC_FOUND_BYTES) read_sentence(p, i);
    }
    oc_quotes_name_in_full(scratch, document);
    oc_claims_settle_voices(scratch, document);
    oc_claims_compare(j->arena, scratch, document);
}

void oc_found_read(oc_arena *arena, oc_document *document, const oc_read_options *options, bool *ret_over)
{
    *ret_over = false;
    if (!document->reader->lexicon) return;
    oc_arena_with_scratch(arena, read_all, &(job){arena, document, options, ret_over});
}
