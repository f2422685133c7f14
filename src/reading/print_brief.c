/* The brief for people; see print.h. */
#include "reading/print.h"

enum { CLAIMS_SHOWN = 40 };

static void heading(oc_text *out, oc_lang lang, const char *key)
{
    oc_text_byte(out, '\n');
    oc_text_message(out, lang, key, NULL);
    oc_text_byte(out, '\n');
}

static void fact(oc_text *out, oc_slice text)
{
    if (text.len) oc_text_printf(out, "  %.*s\n", OC_FMT(text));
}

static void place(oc_text *out, oc_lang lang, const oc_document *document, uint32_t sentence)
{
    const oc_sentence *s = &document->sentences.at[sentence];
    if (!s->line_count) return;
    uint32_t first = document->lines.at[s->line_at], last = document->lines.at[s->line_at + s->line_count - 1];
    oc_text_lit(out, " [");
    if (first == last)
        oc_text_message(out, lang, "read.line", OC_ARGS(OC_I(first)));
    else
        oc_text_message(out, lang, "read.lines", OC_ARGS(OC_I(first), OC_I(last)));
    oc_text_lit(out, "]\n");
}

static void print_head(const oc_document *document, oc_lang lang, oc_text *out)
{
    const oc_metadata *m = &document->metadata;
    oc_text_printf(out, "%.*s\n", OC_FMT(m->title.len ? m->title : document->file));
    if (m->author.len) {
        oc_text_lit(out, "  ");
        oc_text_message(out, lang, "read.by", OC_ARGS(OC_T(m->author)));
        if (m->affiliation.len) oc_text_printf(out, " (%.*s)", OC_FMT(m->affiliation));
        oc_text_byte(out, '\n');
    }
    if (m->series.len) oc_text_printf(out, "  %.*s %.*s\n", OC_FMT(m->series), OC_FMT(m->series_number));
    fact(out, m->publisher);
    oc_text_lit(out, "  ");
    if (m->published.len) {
        char key[40] = "read.basis-";
        strncat(key, m->published_basis, sizeof key - strlen(key) - 1);
        oc_text_message(out, lang, "read.published", OC_ARGS(OC_T(m->published), OC_M(key)));
    } else {
        oc_text_message(out, lang, "read.undated", NULL);
    }
    oc_text_lit(out, " · ");
    oc_text_message(out, lang, "read.minutes", OC_ARGS(OC_I(m->reading_minutes)));
    if (m->category.len) oc_text_printf(out, " · %.*s", OC_FMT(m->category));
    oc_text_byte(out, '\n');
    if (m->machine_written) {
        oc_text_lit(out, "  ");
        oc_text_message(out, lang, "read.machine", NULL);
        oc_text_byte(out, '\n');
    }
}

static bool is_open(oc_day day)
{
    return day == OC_DAY_OPEN_START || day == OC_DAY_OPEN_END || day == OC_DAY_NONE;
}

static oc_slice iso(oc_arena *arena, oc_day day)
{
    oc_text out = oc_text_in(arena);
    oc_text_day(&out, day);
    return oc_text_slice(&out);
}

/* "by 2026-11-30", "from 2030-01-01", and whole years and months by their name: "2028", "2026-11". */
static void add_days(oc_text *out, oc_lang lang, oc_arena *arena, oc_day start, oc_day end)
{
    if (is_open(start) && is_open(end)) return;
    if (is_open(start) || is_open(end)) {
        oc_slice day = iso(arena, is_open(start) ? end : start);
        oc_text_message(out, lang, is_open(start) ? "read.by-day" : "read.from-day", OC_ARGS(OC_T(day)));
    } else {
        oc_civil a = oc_civil_from_day(start), b = oc_civil_from_day(end);
        bool month = a.day == 1 && a.year == b.year && a.month == b.month && b.day == oc_days_in_month(b.year, b.month);
        bool year = a.day == 1 && a.month == 1 && a.year == b.year && b.month == 12 && b.day == 31;
        oc_slice text = year    ? oc_arena_printf(arena, "%d", a.year)
                        : month ? oc_arena_printf(arena, "%d-%02d", a.year, a.month)
                        : start == end
                            ? iso(arena, start)
                            : oc_arena_printf(arena, "%.*s..%.*s", OC_FMT(iso(arena, start)), OC_FMT(iso(arena, end)));
        oc_text_add(out, text);
    }
    oc_text_lit(out, " \u00b7 ");
}

/* The message of a word, the word itself if there is none: milestones may be a user's own. */
static oc_slice word_of(oc_arena *arena, oc_lang lang, const char *area, oc_slice word)
{
    oc_slice key = oc_arena_printf(arena, "%s.%.*s", area, OC_FMT(word));
    return oc_message_exists(key.ptr) ? oc_message(lang, key.ptr) : word;
}

/* Who says it, as the document prints it. */
static oc_slice voice_of(const oc_document *document, const oc_found_claim *found)
{
    if (found->quote >= 0 && document->quotes.at[found->quote].speaker.len)
        return document->quotes.at[found->quote].speaker;
    int32_t actor = found->claim.speaker >= 0 ? found->claim.speaker : found->claim.holder;
    for (size_t i = 0; actor >= 0 && i < document->mentions.len; i++) {
        const oc_found_mention *mention = &document->mentions.at[i];
        if ((int32_t)mention->mention.actor == actor)
            return oc_slice_sub(document->sentences.at[mention->sentence].text, mention->mention.from,
                                mention->mention.to);
    }
    return found->label;
}

static void print_claim_lines(const oc_document *document, oc_lang lang, oc_text *out)
{
    oc_arena *arena = out->arena;
    size_t shown = 0;
    for (size_t i = 0; i < document->claims.len && shown < CLAIMS_SHOWN; i++) {
        const oc_found_claim *found = &document->claims.at[i];
        const oc_claim *claim = &found->claim;
        if (!claim->forward) continue;
        if (!shown++) heading(out, lang, "read.claims");
        oc_slice voice = voice_of(document, found);
        oc_text_printf(out, "  %.*s \u00b7 ", OC_FMT(word_of(arena, lang, "milestone", claim->milestone)));
        add_days(out, lang, arena, claim->start, claim->end);
        oc_text_add(out, word_of(arena, lang, "claim-modality", oc_slice_of(oc_modality_name(claim->modality))));
        if (voice.len) oc_text_printf(out, " \u00b7 %.*s", OC_FMT(voice));
        place(out, lang, document, found->sentence);
    }
}

static void print_quote_lines(const oc_document *document, oc_lang lang, oc_text *out)
{
    size_t shown = 0;
    for (size_t i = 0; i < document->quotes.len && shown < 12; i++) {
        const oc_quote *quote = &document->quotes.at[i];
        if (quote->kind == OC_QUOTE_INDIRECT || quote->text.len > 600) continue;
        if (!shown++) heading(out, lang, "read.quotes");
        oc_text_lit(out, "  ");
        if (quote->speaker.len)
            oc_text_add(out, quote->speaker);
        else
            oc_text_message(out, lang, "read.unknown", NULL);
        oc_text_printf(out, ": %.*s", OC_FMT(quote->text));
        place(out, lang, document, quote->sentence);
    }
}

static void print_clash_lines(const oc_document *document, oc_lang lang, oc_text *out)
{
    if (document->clashes.len) heading(out, lang, "read.conflicts");
    for (size_t i = 0; i < document->clashes.len && i < 20; i++) {
        const oc_clash *clash = &document->clashes.at[i];
        char key[40] = "read.clash-";
        strncat(key, clash->kind, sizeof key - strlen(key) - 1);
        oc_text_lit(out, "  ");
        oc_text_message(out, lang, key, OC_ARGS(OC_T(clash->a), OC_T(clash->b)));
        if (clash->first) {
            oc_text_lit(out, " [");
            oc_text_message(out, lang, "read.line", OC_ARGS(OC_I(clash->first)));
            oc_text_byte(out, ']');
        }
        oc_text_byte(out, '\n');
    }
}

void oc_document_brief(const oc_document *document, oc_lang lang, oc_text *out)
{
    print_head(document, lang, out);
    if (document->brief.len) heading(out, lang, "read.key");
    for (size_t i = 0; i < document->brief.len; i++) {
        oc_text_printf(out, "  %.*s", OC_FMT(document->sentences.at[document->brief.at[i]].text));
        place(out, lang, document, document->brief.at[i]);
    }
    print_claim_lines(document, lang, out);
    print_quote_lines(document, lang, out);
    print_clash_lines(document, lang, out);
    if (document->related.len) heading(out, lang, "read.related");
    for (size_t i = 0; i < document->related.len && i < 20; i++) fact(out, document->related.at[i].title);
    oc_text_byte(out, '\n');
    oc_text_message(out, lang, "read.made", NULL);
    oc_text_byte(out, '\n');
}
