/* JSON; see print.h. Sentence numbers count from 1, places as document.h says. Empty slices become null. */
#include "reading/print.h"

static void day(oc_json *json, const char *key, oc_day value)
{
    oc_json_day(json, key, value == OC_DAY_OPEN_START || value == OC_DAY_OPEN_END ? OC_DAY_NONE : value);
}

static void number(oc_json *json, uint32_t index)
{
    oc_json_integer(json, "sentence", (int64_t)index + 1);
}

static void pair_of(oc_json *json, const char *key, uint32_t a, uint32_t b)
{
    oc_json_row(json, key);
    oc_json_integer(json, NULL, a);
    oc_json_integer(json, NULL, b);
    oc_json_end(json);
}

static oc_slice sentence_part(const oc_document *document, uint32_t sentence, size_t from, size_t to)
{
    return oc_slice_sub(document->sentences.at[sentence].text, from, to);
}

static void print_metadata(const oc_document *document, oc_json *json)
{
    const oc_metadata *m = &document->metadata;
    oc_json_object(json, "metadata");
    oc_json_text_or_null(json, "title", m->title);
    oc_json_text_or_null(json, "series", m->series);
    oc_json_text_or_null(json, "series_number", m->series_number);
    oc_json_text_or_null(json, "author", m->author);
    oc_json_text_or_null(json, "affiliation", m->affiliation);
    oc_json_text_or_null(json, "publisher", m->publisher);
    oc_json_text_or_null(json, "published", m->published);
    oc_json_text_or_null(json, "published_basis", oc_slice_of(m->published_basis));
    oc_json_text_or_null(json, "category", m->category);
    oc_json_bool(json, "machine_written", m->machine_written);
    oc_json_integer(json, "reading_minutes", m->reading_minutes);
    oc_json_end(json);
}

static void print_layout(const oc_document *document, oc_json *json)
{
    oc_json_list(json, "regions");
    for (size_t i = 0; i < document->regions.len; i++) {
        const oc_region *region = &document->regions.at[i];
        oc_json_row_object(json, NULL);
        oc_json_text(json, "kind", oc_slice_of(oc_region_name(region->kind)));
        pair_of(json, "lines", region->first, region->last);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_list(json, "headings");
    for (size_t i = 0; i < document->headings.len; i++) {
        const oc_heading *heading = &document->headings.at[i];
        oc_json_row_object(json, NULL);
        oc_json_integer(json, "line", heading->line);
        oc_json_integer(json, "level", heading->level);
        oc_json_text(json, "text", heading->text);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void print_sentences(const oc_document *document, oc_json *json)
{
    oc_json_list(json, "sentences");
    for (size_t i = 0; i < document->sentences.len; i++) {
        const oc_sentence *sentence = &document->sentences.at[i];
        oc_json_row_object(json, NULL);
        oc_json_integer(json, "n", (int64_t)i + 1);
        oc_json_row(json, "lines");
        for (uint32_t k = 0; k < sentence->line_count; k++)
            oc_json_integer(json, NULL, document->lines.at[sentence->line_at + k]);
        oc_json_end(json);
        pair_of(json, "bytes", sentence->source_start, sentence->source_end);
        oc_json_text(json, "text", sentence->text);
        if (sentence->heading >= 0)
            oc_json_text(json, "heading", document->headings.at[sentence->heading].text);
        else
            oc_json_null(json, "heading");
        oc_json_row(json, "notes");
        for (uint32_t k = 0; k < sentence->note_count; k++)
            oc_json_text(json, NULL, document->markers.at[sentence->note_at + k]);
        oc_json_end(json);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void print_notes(const oc_document *document, oc_json *json)
{
    oc_json_list(json, "notes");
    for (size_t i = 0; i < document->notes.len; i++) {
        const oc_note *note = &document->notes.at[i];
        oc_json_object(json, NULL);
        oc_json_text_or_null(json, "marker", note->marker);
        if (note->anchor >= 0)
            oc_json_integer(json, "anchor_sentence", (int64_t)note->anchor + 1);
        else
            oc_json_null(json, "anchor_sentence");
        oc_json_text_or_null(json, "author", note->author);
        oc_json_text_or_null(json, "title", note->title);
        oc_json_text_or_null(json, "container", note->container);
        oc_json_text_or_null(json, "publisher", note->publisher);
        oc_json_text_or_null(json, "date", note->date);
        oc_json_text_or_null(json, "pages", note->pages);
        oc_json_text_or_null(json, "url", note->url);
        oc_json_text_or_null(json, "accessed", note->accessed);
        pair_of(json, "lines", note->first, note->last);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void print_dates(const oc_document *document, oc_json *json)
{
    oc_json_list(json, "dates");
    for (size_t i = 0; i < document->dates.len; i++) {
        const oc_found_date *found = &document->dates.at[i];
        const oc_date *date = &found->date;
        oc_json_row_object(json, NULL);
        number(json, found->sentence);
        oc_json_text(json, "text", sentence_part(document, found->sentence, date->from, date->to));
        day(json, "start", date->start);
        day(json, "end", date->end);
        oc_json_text(json, "grain", oc_slice_of(oc_date_grain_name(date->grain)));
        oc_json_text(json, "basis", oc_slice_of(oc_date_basis_name(date->basis)));
        oc_json_text(json, "hedge", oc_slice_of(oc_date_hedge_name(date->hedge)));
        oc_json_row(json, "alternatives");
        if (date->other_start != OC_DAY_NONE) {
            oc_json_row_object(json, NULL);
            day(json, "start", date->other_start);
            day(json, "end", date->other_end);
            oc_json_end(json);
        }
        oc_json_end(json);
        oc_json_end(json);
    }
    oc_json_end(json);
}

/* The names of one actor as the document prints them, each once, at most 32. */
static void print_actor_names(const oc_document *document, oc_json *json, uint32_t actor)
{
    oc_slice names[32];
    size_t count = 0;
    oc_json_row(json, "names");
    for (size_t i = 0; i < document->mentions.len && count < 32; i++) {
        const oc_found_mention *found = &document->mentions.at[i];
        if (found->mention.actor != actor) continue;
        oc_slice name = sentence_part(document, found->sentence, found->mention.from, found->mention.to);
        bool known = false;
        for (size_t k = 0; k < count; k++)
            known |= oc_slice_equal(names[k], name); /* -Wanalyzer-use-of-uninitialized-value: so many are filled */
        if (!known) oc_json_text(json, NULL, names[count++] = name);
    }
    oc_json_end(json);
}

static void print_actors(const oc_document *document, oc_json *json)
{
    const oc_reader *reader = document->reader;
    oc_json_list(json, "actors");
    for (uint32_t actor = 0; actor < reader->actor_count && document->mentions.len; actor++) {
        uint32_t before = UINT32_MAX;
        bool open = false;
        for (size_t i = 0; i < document->mentions.len; i++) {
            const oc_found_mention *found = &document->mentions.at[i];
            if (found->mention.actor != actor || found->sentence == before) continue;
            if (!open) {
                oc_json_row_object(json, NULL);
                oc_json_text(json, "id", reader->actors[actor].id);
                oc_json_text_or_null(json, "kind", reader->actors[actor].kind);
                print_actor_names(document, json, actor);
                oc_json_row(json, "sentences");
                open = true;
            }
            oc_json_integer(json, NULL, (int64_t)found->sentence + 1);
            before = found->sentence;
        }
        if (!open) continue;
        oc_json_end(json);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static oc_slice actor_id(const oc_document *document, int32_t actor)
{
    bool known = actor >= 0 && (size_t)actor < document->reader->actor_count;
    return known ? document->reader->actors[actor].id : (oc_slice){"", 0};
}

static void print_quotes(const oc_document *document, oc_json *json)
{
    oc_json_list(json, "quotes");
    for (size_t i = 0; i < document->quotes.len; i++) {
        const oc_quote *quote = &document->quotes.at[i];
        oc_json_row_object(json, NULL);
        number(json, quote->sentence);
        oc_json_text(json, "text", quote->text);
        oc_json_text(json, "kind", oc_slice_of(oc_quote_name(quote->kind)));
        oc_json_text_or_null(json, "speaker", quote->speaker);
        oc_json_text_or_null(json, "actor", actor_id(document, quote->actor));
        oc_json_text_or_null(json, "reported_by", quote->reported_by);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_list(json, "brackets");
    for (size_t i = 0; i < document->brackets.len; i++) {
        const oc_bracket *bracket = &document->brackets.at[i];
        oc_json_row_object(json, NULL);
        number(json, bracket->sentence);
        oc_json_text(json, "text", bracket->text);
        oc_json_text(json, "kind", oc_slice_of(oc_bracket_name(bracket->kind)));
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void print_quantities(const oc_document *document, oc_json *json)
{
    oc_json_list(json, "quantities");
    for (size_t i = 0; i < document->quantities.len; i++) {
        const oc_found_quantity *found = &document->quantities.at[i];
        const oc_quantity *quantity = &found->quantity;
        oc_json_row_object(json, NULL);
        number(json, found->sentence);
        oc_json_text(json, "text", sentence_part(document, found->sentence, quantity->from, quantity->to));
        oc_json_number(json, "value", quantity->value);
        if (quantity->value_to > quantity->value) oc_json_number(json, "value_to", quantity->value_to);
        oc_json_text_or_null(json, "unit", quantity->unit);
        oc_json_text_or_null(json, "measures", quantity->measures);
        oc_json_text_or_null(json, "base", quantity->base);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void print_events(const oc_document *document, oc_json *json)
{
    oc_json_list(json, "events");
    for (size_t i = 0; i < document->events.len; i++) {
        const oc_found_event *found = &document->events.at[i];
        const oc_read_event *event = &found->event;
        oc_json_row_object(json, NULL);
        number(json, found->sentence);
        oc_json_text_or_null(json, "kind", event->kind);
        day(json, "start", event->start);
        day(json, "end", event->end);
        oc_json_row(json, "actors");
        for (size_t k = 0; k < event->actors.len; k++)
            oc_json_text(json, NULL, document->reader->actors[event->actors.at[k]].id);
        oc_json_end(json);
        oc_json_text(json, "text", sentence_part(document, found->sentence, event->from, event->to));
        oc_json_end(json);
    }
    oc_json_end(json);
}

/* Who says it: an actor of the table, else the speaker of the quotation as printed. */
static oc_slice claim_speaker(const oc_document *document, const oc_found_claim *found)
{
    oc_slice id = actor_id(document, found->claim.speaker);
    if (id.len) return id;
    return found->quote < 0 ? found->label : document->quotes.at[found->quote].speaker;
}

static void print_claims(const oc_document *document, oc_json *json)
{
    oc_json_list(json, "claims");
    for (size_t i = 0; i < document->claims.len; i++) {
        const oc_found_claim *found = &document->claims.at[i];
        const oc_claim *claim = &found->claim;
        if (!claim->forward) continue;
        oc_json_row_object(json, NULL);
        number(json, found->sentence);
        oc_json_text_or_null(json, "milestone", claim->milestone);
        oc_json_text_or_null(json, "step", claim->step);
        day(json, "start", claim->start);
        day(json, "end", claim->end);
        oc_json_text(json, "modality", oc_slice_of(oc_modality_name(claim->modality)));
        oc_json_integer(json, "hedge", claim->hedge);
        oc_json_text_or_null(json, "speaker", claim_speaker(document, found));
        oc_slice holder = actor_id(document, claim->holder);
        oc_json_text_or_null(json, "holder", holder.len ? holder : claim_speaker(document, found));
        oc_json_text(json, "text", sentence_part(document, found->sentence, claim->from, claim->to));
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void print_rest(const oc_document *document, oc_json *json)
{
    oc_json_list(json, "related");
    for (size_t i = 0; i < document->related.len; i++) {
        oc_json_row_object(json, NULL);
        pair_of(json, "lines", document->related.at[i].first, document->related.at[i].last);
        oc_json_text(json, "title", document->related.at[i].title);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_list(json, "conflicts");
    for (size_t i = 0; i < document->clashes.len; i++) {
        const oc_clash *clash = &document->clashes.at[i];
        oc_json_row_object(json, NULL);
        oc_json_text(json, "kind", oc_slice_of(clash->kind));
        oc_json_row(json, "lines");
        if (clash->first) oc_json_integer(json, NULL, clash->first);
        if (clash->second) oc_json_integer(json, NULL, clash->second);
        oc_json_end(json);
        oc_json_text(json, "a", clash->a);
        oc_json_text_or_null(json, "b", clash->b);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_list(json, "brief");
    for (size_t i = 0; i < document->brief.len; i++) {
        oc_json_row_object(json, NULL);
        number(json, document->brief.at[i]);
        oc_json_text(json, "text", document->sentences.at[document->brief.at[i]].text);
        oc_json_end(json);
    }
    oc_json_end(json);
}

void oc_document_json(const oc_document *document, oc_json *json)
{
    oc_json_object(json, NULL);
    oc_json_text(json, "file", document->file);
    oc_json_text(json, "language", oc_slice_of(oc_lang_code(document->lang)));
    print_metadata(document, json);
    print_layout(document, json);
    print_sentences(document, json);
    print_notes(document, json);
    print_dates(document, json);
    print_actors(document, json);
    print_quotes(document, json);
    print_quantities(document, json);
    print_events(document, json);
    print_claims(document, json);
    print_rest(document, json);
    oc_json_end(json);
}
