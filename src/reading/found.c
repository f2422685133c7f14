/* Sentences; see found.h. For each sentence in order: words of the lexicon, actors, dates (with the cursors for
 * missing years), quotes with speakers, then what rests on them: quantities, events, claims. */
#include "reading/found.h"

#include "reading/quote.h"

typedef struct pass {
    oc_arena *arena;
    oc_document *document;
    oc_quote_state quotes;
    oc_date_context dates;
    oc_actor_memory memory;
    uint32_t paragraph;
} pass;

static void read_sentence(pass *p, uint32_t index)
{
    oc_document *document = p->document;
    const oc_reader *reader = document->reader;
    const oc_sentence *sentence = &document->sentences.at[index];
    oc_hits hits = {0};
    oc_mentions mentions = {0};
    oc_lexicon_scan(reader->lexicon, document->lang, sentence->text, p->arena, &hits);
    if (p->paragraph != sentence->paragraph) p->dates.year = p->dates.month = 0;
    p->paragraph = sentence->paragraph;
    oc_dates dates = {0};
    oc_dates_find(reader->lexicon, document->lang, sentence->text, &p->dates, p->arena, &dates);
    for (size_t i = 0; i < dates.len; i++)
        *oc_vec_push(p->arena, &document->dates) = (oc_found_date){index, dates.at[i]};
    oc_quotes_find(p->arena, document, index, &hits, &mentions, &p->quotes);
}

void oc_found_read(oc_arena *arena, oc_document *document, const oc_read_options *options, bool *ret_over)
{
    *ret_over = false;
    if (!document->reader->lexicon) return;
    pass *p = OC_NEW(arena, pass);
    *p = (pass){.arena = arena, .document = document, .dates = oc_date_context_at(document->metadata.anchor)};
    for (uint32_t i = 0; i < document->sentences.len; i++) {
        if (i % 512 == 511 && options->expired && options->expired(options->context)) {
            *ret_over = true;
            return;
        }
        if (document->sentences.at[i].text.len <= OC_FOUND_BYTES) read_sentence(p, i);
    }
}
