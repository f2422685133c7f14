/* Documents for the workspace; see add_reading.h. */
#include "cli/add_reading.h"

#include "reading/print.h"

static oc_slice actor_id(const oc_document *d, int32_t actor)
{
    bool known = actor >= 0 && (size_t)actor < d->reader->actor_count;
    return known ? d->reader->actors[actor].id : (oc_slice){"", 0};
}

static oc_day stored_day(oc_day day)
{
    return day == OC_DAY_NONE ? day : day < OC_DAY_MIN ? OC_DAY_MIN - 1 : day > OC_DAY_MAX ? OC_DAY_MAX + 1 : day;
}

static oc_store_claim stored_claim(oc_arena *arena, const oc_document *d, const oc_found_claim *found)
{
    const oc_claim *c = &found->claim;
    const oc_sentence *sentence = &d->sentences.at[found->sentence];
    oc_slice speaker = actor_id(d, c->speaker);
    if (!speaker.len) speaker = found->quote >= 0 ? d->quotes.at[found->quote].speaker : found->label;
    oc_store_claim claim = {
        .sentence = found->sentence + 1, .text = oc_arena_copy(arena, oc_slice_sub(sentence->text, c->from, c->to)),
        .milestone = oc_arena_copy(arena, c->milestone), .step = oc_arena_copy(arena, c->step),
        .start = stored_day(c->start), .to = stored_day(c->end),
        .modality = oc_slice_of(oc_modality_name(c->modality)), .hedge = c->hedge, .forward = c->forward,
        .negated = c->negated, .delayed = c->delayed, .speaker = oc_arena_copy(arena, speaker),
        .holder = actor_id(d, c->holder)};
    claim.line = oc_sentence_line(d, found->sentence);
    claim.first = oc_body_place(d, sentence->start + (uint32_t)c->from);
    claim.end = c->to > c->from ? oc_body_place(d, sentence->start + (uint32_t)c->to - 1) + 1 : claim.first;
    return claim;
}

static void add_lists(oc_arena *arena, const oc_document *d, oc_store_reading *r)
{
    oc_slice *urls = OC_NEW_ARRAY(arena, d->notes.len, oc_slice);
    oc_store_clash *clashes = OC_NEW_ARRAY(arena, d->clashes.len, oc_store_clash);
    oc_store_claim *claims = OC_NEW_ARRAY(arena, d->claims.len, oc_store_claim);
    for (size_t i = 0; i < d->notes.len; i++) urls[i] = oc_arena_copy(arena, d->notes.at[i].url);
    for (size_t i = 0; i < d->clashes.len; i++) {
        const oc_clash *clash = &d->clashes.at[i];
        clashes[i] = (oc_store_clash){oc_slice_of(clash->kind), clash->first, clash->second,
                                      oc_arena_copy(arena, clash->a), oc_arena_copy(arena, clash->b)};
    }
    for (size_t i = 0; i < d->claims.len; i++) claims[i] = stored_claim(arena, d, &d->claims.at[i]);
    r->urls = urls;
    r->url_count = d->notes.len;
    r->clashes = clashes;
    r->clash_count = d->clashes.len;
    r->claims = claims;
    r->claim_count = d->claims.len;
}

static void pack_piece(void *context, oc_slice piece)
{
    oc_packer_add(context, piece);
}

static oc_slice pack(oc_arena *arena, oc_arena *scratch, const oc_document *d)
{
    oc_packer *packer = oc_packer_new(scratch);
    oc_json json = oc_json_in(scratch);
    json.compact = true;
    json.take = pack_piece;
    json.context = packer;
    oc_document_json(d, &json);
    oc_packer_add(packer, oc_text_slice(&json.text));
    return oc_arena_copy(arena, oc_packer_done(packer));
}

oc_store_reading oc_reading_to_keep(oc_arena *arena, oc_arena *scratch, const oc_document *document)
{
    static const char *const formats[] = {"text", "markdown", "html", "pdf"};
    const oc_document *d = document;
    const oc_metadata *m = &d->metadata;
    oc_likeness *likeness = OC_NEW(arena, oc_likeness);
    oc_likeness_make(d->body, likeness);
    oc_store_reading reading = {
        .language = d->lang < OC_LANG_COUNT ? oc_slice_of(oc_lang_code(d->lang)) : OC_SLICE(""),
        .format = oc_slice_of(formats[d->format]), .title = m->title, .author = m->author, .publisher = m->publisher,
        .published = m->published, .category = m->category, .series = m->series, .body = d->body, .likeness = likeness,
        .machine_written = m->machine_written, .reading_minutes = m->reading_minutes,
        .packed = pack(arena, scratch, d)};
    oc_slice *const texts[] = {&reading.title, &reading.author, &reading.publisher, &reading.published,
                               &reading.category, &reading.series, &reading.body};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = oc_arena_copy(arena, *texts[i]);
    add_lists(arena, d, &reading);
    return reading;
}
