/* Fuzz target of the date rules and their tokenizer, and of what reads the same sentence: words of the lexicon,
 * quantities, events, claims. The first byte chooses language and anchor. Findings must lie inside the sentence, and a
 * date must not end before it begins. */
#include <stdlib.h>

#include "reading/claim.h"
#include "reading/event.h"
#include "reading/quantity.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static oc_arena lexicon_arena;
static oc_lexicon *lexicon;

static void check(bool good)
{
    if (!good) abort();
}

static void load(void)
{
    oc_arena_init(&lexicon_arena, NULL, 0);
    oc_sources *sources = OC_NEW(&lexicon_arena, oc_sources);
    sources->arena = &lexicon_arena;
    oc_diags diags = {.arena = &lexicon_arena, .sources = sources};
    lexicon = oc_lexicon_new(&lexicon_arena);
    check(oc_lexicon_builtin(lexicon, &diags) == OC_OK && oc_lexicon_build(lexicon, &diags) == OC_OK &&
          oc_lexicon_prepare(lexicon, OC_LANG_COUNT) == OC_OK);
}

static void check_dates(const oc_dates *dates, size_t size)
{
    for (size_t i = 0; i < dates->len; i++) {
        const oc_date *date = &dates->at[i];
        check(date->from < date->to && date->to <= size);
        check(date->start <= date->end && date->unit_start <= date->unit_end);
        check(i == 0 || date->from >= dates->at[i - 1].from);
    }
}

static void read_sentence(oc_lang lang, oc_slice text, oc_day anchor, oc_arena *arena)
{
    oc_hits hits = {0};
    oc_dates dates = {0};
    oc_mentions mentions = {0};
    oc_quantities quantities = {0};
    oc_read_events events = {0};
    oc_claims claims = {0};
    oc_date_context context = oc_date_context_at(anchor);
    oc_dates_find(lexicon, lang, text, &context, arena, &dates);
    check_dates(&dates, text.len);
    oc_lexicon_scan(lexicon, lang, text, arena, &hits);
    oc_milestones_settle(lang, text, &(oc_milestone_memory){.arena = arena}, arena, &hits);
    for (size_t i = 0; i < hits.len; i++) check(hits.at[i].start < hits.at[i].end && hits.at[i].end <= text.len);
    oc_quantities_find(lexicon, lang, text, &hits, NULL, arena, &quantities);
    for (size_t i = 0; i < quantities.len; i++)
        check(quantities.at[i].from < quantities.at[i].to && quantities.at[i].to <= text.len);
    oc_events_find(lexicon, lang, text, &hits, &dates, NULL, &mentions, anchor, arena, &events);
    oc_claims_find(lexicon, lang, text, &hits, &dates, &mentions,
                   &(oc_claim_context){.anchor = anchor, .speaker = -1, .milestone = OC_SLICE("foc")}, arena, &claims);
    for (size_t i = 0; i < claims.len; i++) check(claims.at[i].from <= claims.at[i].to && claims.at[i].to <= text.len);
    oc_text line = oc_text_in(arena);
    oc_dates_line(lexicon, OC_LANG_COUNT, text, anchor, arena, &line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (!lexicon) load();
    if (size == 0) return 0;
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_day anchor = bytes[0] & 64 ? OC_DAY_NONE : oc_day_from_civil(1900 + bytes[0] * 4 / 3, 2, 28);
    read_sentence((oc_lang)(bytes[0] % OC_LANG_COUNT), (oc_slice){(const char *)bytes + 1, size - 1}, anchor, &arena);
    oc_arena_free(&arena);
    return 0;
}
