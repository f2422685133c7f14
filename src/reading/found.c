/* Sentences; see found.h. For each sentence in order: words of the lexicon, actors, dates (with the cursors for
 * missing years), quotes with speakers, then what rests on them: quantities outside of dates, events, claims. The
 * vectors of a sentence are used again for the next. */
#include "reading/found.h"

#include "reading/quote.h"

typedef struct pass {
    oc_arena *arena;
    oc_document *document;
    const oc_reader *reader;
    oc_quote_state quotes;
    oc_date_context context;
    oc_actor_memory memory;
    uint32_t paragraph;
    oc_slice milestone; /* named last in this paragraph */
    oc_hits hits;
    oc_mentions mentions;
    oc_dates dates;
    oc_quantities quantities;
    oc_read_events events;
    oc_claims claims;
    bool masked[OC_FOUND_BYTES];
} pass;

static uint32_t line_of(const oc_document *document, uint32_t sentence)
{
    const oc_sentence *s = &document->sentences.at[sentence];
    return s->line_count ? document->lines.at[s->line_at] : 0;
}

static void read_dates(pass *p, uint32_t index, oc_slice text)
{
    p->dates.len = 0;
    oc_dates_find(p->reader->lexicon, p->document->lang, text, &p->context, p->arena, &p->dates);
    memset(p->masked, 0, text.len);
    for (size_t i = 0; i < p->dates.len; i++) {
        const oc_date *date = &p->dates.at[i];
        *oc_vec_push(p->arena, &p->document->dates) = (oc_found_date){index, *date};
        for (size_t k = date->from; k < date->to && k < text.len; k++) p->masked[k] = true;
        if (date->weekday_conflict)
            *oc_vec_push(p->arena, &p->document->clashes) =
                (oc_clash){"weekday", line_of(p->document, index), 0, oc_slice_sub(text, date->from, date->to), {"", 0}};
    }
}

/* The actor whose name the text holds, -1 if there is none. */
static int32_t actor_in(const pass *p, oc_slice sentence, oc_slice text)
{
    if (text.ptr < sentence.ptr || text.ptr > sentence.ptr + sentence.len) return -1;
    size_t from = (size_t)(text.ptr - sentence.ptr), to = from + text.len;
    int32_t found = -1;
    for (size_t i = 0; i < p->mentions.len; i++)
        if (p->mentions.at[i].from >= from && p->mentions.at[i].to <= to) found = (int32_t)p->mentions.at[i].actor;
    return found;
}

static void read_claims(pass *p, uint32_t index, oc_slice text, size_t first_quote)
{
    oc_document *document = p->document;
    bool quoted = document->quotes.len > first_quote;
    oc_claim_context context = {.anchor = document->metadata.anchor, .speaker = -1, .milestone = p->milestone};
    if (quoted) context.speaker = actor_in(p, text, document->quotes.at[first_quote].speaker);
    p->claims.len = 0;
    oc_claims_find(p->reader->lexicon, document->lang, text, &p->hits, &p->dates, &p->mentions, &context, p->arena, &p->claims);
    for (size_t i = 0; i < p->claims.len; i++)
        *oc_vec_push(p->arena, &document->claims) = (oc_found_claim){index, p->claims.at[i], quoted ? (int32_t)first_quote : -1};
    for (size_t i = 0; i < p->hits.len; i++)
        if (p->hits.at[i].entry->class == OC_LEX_MILESTONE) p->milestone = p->hits.at[i].entry->value;
}

static void read_sentence(pass *p, uint32_t index)
{
    oc_document *document = p->document;
    const oc_sentence *sentence = &document->sentences.at[index];
    oc_slice text = sentence->text;
    if (p->paragraph != sentence->paragraph) {
        p->context.year = p->context.month = 0;
        p->milestone = (oc_slice){"", 0};
    }
    p->paragraph = sentence->paragraph;
    p->hits.len = p->mentions.len = p->quantities.len = p->events.len = 0;
    oc_lexicon_scan(p->reader->lexicon, document->lang, text, p->arena, &p->hits);
    if (p->reader->finder)
        oc_actors_find(p->reader->finder, p->reader->lexicon, document->lang, text, &p->memory, p->arena, &p->mentions);
    for (size_t i = 0; i < p->mentions.len; i++)
        *oc_vec_push(p->arena, &document->mentions) = (oc_found_mention){index, p->mentions.at[i]};
    read_dates(p, index, text);
    size_t first_quote = document->quotes.len;
    oc_quotes_find(p->arena, document, index, &p->hits, &p->quotes);
    oc_quantities_find(p->reader->lexicon, document->lang, text, &p->hits, p->masked, p->arena, &p->quantities);
    for (size_t i = 0; i < p->quantities.len; i++)
        *oc_vec_push(p->arena, &document->quantities) = (oc_found_quantity){index, p->quantities.at[i]};
    oc_events_find(p->reader->lexicon, document->lang, text, &p->hits, &p->dates, &p->mentions, document->metadata.anchor, p->arena,
                   &p->events);
    for (size_t i = 0; i < p->events.len; i++)
        *oc_vec_push(p->arena, &document->events) = (oc_found_event){index, p->events.at[i]};
    read_claims(p, index, text, first_quote);
}

static bool is_closed(const oc_claim *claim)
{
    return claim->start != OC_DAY_NONE && claim->end != OC_DAY_NONE && claim->start != OC_DAY_OPEN_START && claim->end != OC_DAY_OPEN_END;
}

/* Claims about one milestone whose days do not meet, each against the first of its milestone and step. */
static void compare_claims(pass *p)
{
    oc_document *document = p->document;
    oc_map first = {0};
    for (size_t i = 0; i < document->claims.len; i++) {
        const oc_found_claim *found = &document->claims.at[i];
        if (!is_closed(&found->claim) || !found->claim.milestone.len) continue;
        oc_slice key = oc_arena_printf(p->arena, "%.*s/%.*s", OC_FMT(found->claim.milestone), OC_FMT(found->claim.step));
        oc_map_entry *entry = oc_map_insert(p->arena, &first, key, NULL);
        if (!entry->value.number) {
            entry->value.number = i + 1;
            continue;
        }
        const oc_found_claim *other = &document->claims.at[entry->value.number - 1];
        bool apart = found->claim.end < other->claim.start || other->claim.end < found->claim.start;
        if (!apart) continue;
        oc_slice a = document->sentences.at[other->sentence].text, b = document->sentences.at[found->sentence].text;
        *oc_vec_push(p->arena, &document->clashes) =
            (oc_clash){"claim", line_of(document, other->sentence), line_of(document, found->sentence),
                       oc_slice_sub(a, other->claim.from, other->claim.to), oc_slice_sub(b, found->claim.from, found->claim.to)};
    }
}

void oc_found_read(oc_arena *arena, oc_document *document, const oc_read_options *options, bool *ret_over)
{
    *ret_over = false;
    if (!document->reader->lexicon) return;
    pass *p = OC_NEW(arena, pass);
    p->arena = arena;
    p->document = document;
    p->reader = document->reader;
    p->context = oc_date_context_at(document->metadata.anchor);
    for (uint32_t i = 0; i < document->sentences.len; i++) {
        if (i % 512 == 511 && options->expired && options->expired(options->context)) {
            *ret_over = true;
            return;
        }
        if (document->sentences.at[i].text.len <= OC_FOUND_BYTES) read_sentence(p, i);
    }
    compare_claims(p);
}
