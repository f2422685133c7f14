/* Reading a document; see document.h for the order of the passes. */
#include "reading/document.h"

#include "base/utf8.h"
#include "reading/brief.h"
#include "reading/detect.h"
#include "reading/encoding.h"
#include "reading/found.h"
#include "reading/html.h"
#include "reading/metadata.h"
#include "reading/note.h"
#include "reading/pdf.h"
#include "reading/region.h"
#include "reading/sentence.h"

/* How much is read to tell the language. */
enum { SAMPLE_BYTES = 1 << 15, SAMPLE_LINE_BYTES = 600 };

const char *oc_region_name(oc_region_kind kind)
{
    static const char *const names[OC_REGION_COUNT] = {"body",    "title",         "byline", "navigation",
                                                       "related", "advertisement", "notice", "footnotes",
                                                       "caption", "table",         "page"};
    return names[kind];
}

const char *oc_quote_name(oc_quote_kind kind)
{
    static const char *const names[] = {"direct", "partial", "indirect", "block", "document"};
    return names[kind];
}

const char *oc_bracket_name(oc_bracket_kind kind)
{
    static const char *const names[] = {"title", "term", "alias", "thought", "emphasis"};
    return names[kind];
}

const oc_reader *oc_reader_make(oc_arena *arena, const oc_lexicon *lexicon, const oc_actor *actors, size_t actor_count)
{
    oc_reader *reader = OC_NEW(arena, oc_reader);
    reader->lexicon = lexicon;
    reader->cues = oc_cues_make(arena, lexicon);
    reader->finder = actor_count ? oc_actor_finder_make(arena, lexicon, actors, actor_count) : NULL;
    reader->actors = actors;
    reader->actor_count = actor_count;
    return reader;
}

/* Makes what documents in a language need. */
static oc_status prepare(const oc_reader *reader, oc_lang lang)
{
    oc_status status = reader->lexicon ? oc_lexicon_prepare(reader->lexicon, lang) : OC_OK;
    return status == OC_OK && reader->finder ? oc_actor_finder_prepare(reader->finder, lang) : status;
}

static bool ends_fold(oc_slice name, const char *ending)
{
    oc_slice tail = oc_slice_of(ending);
    if (name.len < tail.len) return false;
    for (size_t i = 0; i < tail.len; i++)
        if ((name.ptr[name.len - tail.len + i] | 32) != (tail.ptr[i] | 32)) return false;
    return true;
}

static bool looks_like_markdown(oc_slice text)
{
    oc_slice head = oc_slice_sub(text, 0, 8192);
    static const char *const marks[] = {"\n# ", "\n## ", "\n### ", "<sup>", "](http",
                                        "[^1]", "\n**",  "\n|--",  "\n| --"};
    if (oc_slice_starts(head, OC_SLICE("# ")) || oc_slice_starts(head, OC_SLICE("---\n"))) return true;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (oc_slice_find(head, oc_slice_of(marks[i]), 0) != SIZE_MAX) return true;
    return false;
}

static oc_format format_of(oc_slice name, oc_slice text, const char *wanted)
{
    static const char *const names[] = {"text", "markdown", "html", "pdf"};
    for (int i = 0; wanted && i < 4; i++)
        if (strcmp(wanted, names[i]) == 0) return (oc_format)i;
    bool html_name = ends_fold(name, ".html") || ends_fold(name, ".htm") || ends_fold(name, ".xhtml");
    bool markdown_name = ends_fold(name, ".md") || ends_fold(name, ".markdown");
    if (html_name || (!markdown_name && oc_html_is(text))) return OC_FORMAT_HTML;
    return markdown_name || (!ends_fold(name, ".txt") && looks_like_markdown(text)) ? OC_FORMAT_MARKDOWN
                                                                                    : OC_FORMAT_TEXT;
}

typedef struct opening {
    oc_arena *arena;
    oc_document *document;
    const oc_read_options *options;
    oc_diags *diags;
    uint32_t file; /* in diags->sources */
    size_t skip;
    bool over;
} opening;

static oc_diag *report(opening *o, oc_code code, const oc_arg *args)
{
    return oc_report(o->diags, code, (oc_span){o->file, 0, 0}, args);
}

/* PDF: the text that pdftotext makes. */
static bool open_pdf(opening *o, oc_slice bytes)
{
    oc_slice text;
    oc_pdf_outcome outcome = oc_pdf_text(o->arena, bytes, &text);
    oc_slice name = o->document->file;
    if (outcome == OC_PDF_NO_PROGRAM)
        report(o, OC_E0724, OC_ARGS(OC_T(name)));
    else if (outcome == OC_PDF_BROKEN)
        report(o, OC_E0725, OC_ARGS(OC_T(name)));
    else if (outcome == OC_PDF_TIME)
        report(o, OC_E0726, OC_ARGS(OC_T(name), OC_I(OC_PDF_SECONDS)));
    else if (outcome == OC_PDF_SYSTEM)
        report(o, OC_E0727, OC_ARGS(OC_T(name)));
    else if (outcome == OC_PDF_SIZE)
        report(o, OC_W0722, OC_ARGS(OC_T(name), OC_I(OC_PDF_TEXT >> 20)));
    if (outcome != OC_PDF_OK && outcome != OC_PDF_SIZE) return false;
    o->document->text = text;
    o->document->format = OC_FORMAT_PDF;
    o->document->encoding = "PDF";
    if (oc_slice_trim(text).len == 0) {
        report(o, OC_E0728, OC_ARGS(OC_T(name)));
        return false;
    }
    return true;
}

static bool open_bytes(opening *o, oc_slice bytes)
{
    oc_document *document = o->document;
    bool pdf = o->options->format ? strcmp(o->options->format, "pdf") == 0 : oc_pdf_is(bytes);
    if (pdf) return open_pdf(o, bytes);
    oc_encoded encoded = oc_encoding_read(o->arena, bytes, oc_html_charset(bytes));
    if (encoded.binary) {
        report(o, OC_E0722, OC_ARGS(OC_T(document->file)));
        return false;
    }
    if (encoded.broken)
        report(o, OC_W0720, OC_ARGS(OC_T(document->file), OC_S(encoded.name), OC_I((int64_t)encoded.broken)));
    document->encoding = encoded.name;
    document->text = encoded.text;
    o->skip = encoded.skip;
    document->format = format_of(document->file, document->text, o->options->format);
    return true;
}

/* Marks that change the direction of the text: shown in another order than it is stored. */
static bool has_direction_marks(oc_slice text)
{
    for (size_t at = 0; at + 3 <= text.len;) {
        const char *lead = memchr(text.ptr + at, 0xe2, text.len - at - 2);
        if (!lead) return false;
        const unsigned char *p = (const unsigned char *)lead;
        if ((p[1] == 0x80 && p[2] >= 0xaa && p[2] <= 0xae) || (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9))
            return true;
        at = (size_t)(lead - text.ptr) + 3;
    }
    return false;
}

static bool read_layout(opening *o)
{
    oc_document *document = o->document;
    oc_source_job job = {.arena = o->arena,
                         .source = document->text,
                         .skip = o->skip,
                         .layout = &document->layout,
                         .options = o->options,
                         .cues = document->reader->cues};
    bool deep = false;
    if (document->format == OC_FORMAT_HTML)
        oc_html_read(&job, &deep);
    else
        oc_plain_read(&job, document->format == OC_FORMAT_MARKDOWN);
    if (deep) report(o, OC_W0721, OC_ARGS(OC_T(document->file), OC_I(OC_READ_DEPTH)));
    if (has_direction_marks(document->text)) report(o, OC_W0723, OC_ARGS(OC_T(document->file)));
    if (job.over) o->over = true;
    if (!document->layout.lines.len) report(o, OC_E0723, OC_ARGS(OC_T(document->file)));
    return document->layout.lines.len > 0;
}

/* At most `most` bytes of a text, and no part of a character. */
static oc_slice beginning(oc_slice text, size_t most)
{
    while (most < text.len && most > 0 && ((unsigned char)text.ptr[most] & 0xc0) == 0x80) most--;
    return oc_slice_sub(text, 0, most);
}

static oc_lang language_of(const oc_document *document, const oc_read_options *options)
{
    if (options->lang != OC_LANG_COUNT) return options->lang;
    oc_letters letters = {0};
    size_t count = document->layout.lines.len, step = count > 4000 ? count / 2000 : 1, looked_at = 0;
    for (size_t i = 0; i < count && looked_at < SAMPLE_BYTES; i += step) {
        oc_slice text = document->layout.lines.at[i].text;
        oc_letters_add(&letters, beginning(text, SAMPLE_LINE_BYTES));
        looked_at += oc_slice_sub(text, 0, SAMPLE_LINE_BYTES).len + 1;
    }
    return oc_letters_language(&letters, NULL);
}

static void add_clashes(oc_arena *arena, oc_document *document)
{
    size_t anchored = 0;
    for (size_t i = 0; i < document->notes.len; i++) anchored += document->notes.at[i].anchor >= 0;
    oc_map known = {0};
    for (size_t i = 0; i < document->notes.len; i++) {
        const oc_note *note = &document->notes.at[i];
        oc_map_insert(arena, &known, note->marker, NULL);
        if (anchored && note->anchor < 0 && note->marker.len)
            *oc_vec_push(arena, &document->clashes) = (oc_clash){"note-unused", note->first, 0, note->marker, {"", 0}};
    }
    if (!document->notes.len) return;
    for (size_t i = 0; i < document->sentences.len; i++) {
        const oc_sentence *sentence = &document->sentences.at[i];
        for (uint32_t k = 0; k < sentence->note_count; k++) {
            oc_slice marker = document->markers.at[sentence->note_at + k];
            if (!oc_map_find(&known, marker))
                *oc_vec_push(arena, &document->clashes) =
                    (oc_clash){"note-missing", oc_sentence_line(document, (uint32_t)i), 0, marker, {"", 0}};
        }
    }
}

static void build(opening *o)
{
    oc_document *document = o->document;
    oc_arena *arena = o->arena;
    oc_region_cues(document);
    oc_notes_find(arena, document);
    oc_region_classify(arena, document);
    oc_region_collect(arena, document);
    oc_sentences_make(arena, document);
    oc_metadata_read(arena, document);
    if (o->options->anchor != OC_DAY_NONE) document->metadata.anchor = o->options->anchor;
    oc_notes_read(arena, document);
    add_clashes(arena, document);
    bool over = false;
    oc_found_read(arena, document, o->options, &over);
    o->over |= over;
    oc_brief_make(arena, document);
}

/* Of `count` findings of `size` bytes, each of which begins with the index of its sentence. */
static size_t first_from(const void *found, size_t count, size_t size, uint32_t sentence)
{
    size_t from = 0, to = count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        uint32_t own;
        memcpy(&own, (const char *)found + middle * size, sizeof own);
        if (own < sentence)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

_Static_assert(offsetof(oc_quote, sentence) == 0 && offsetof(oc_found_mention, sentence) == 0, "searched by it");

size_t oc_quotes_from(const oc_document *document, uint32_t sentence)
{
    return first_from(document->quotes.at, document->quotes.len, sizeof *document->quotes.at, sentence);
}

size_t oc_mentions_from(const oc_document *document, uint32_t sentence)
{
    return first_from(document->mentions.at, document->mentions.len, sizeof *document->mentions.at, sentence);
}

oc_status oc_document_read(oc_arena *arena, const oc_reader *reader, oc_slice name, oc_slice bytes,
                           const oc_read_options *options, oc_diags *diags, oc_document **ret_document)
{
    static const oc_reader plain = {0};
    oc_document *document = OC_NEW(arena, oc_document);
    document->file = name;
    document->encoding = "UTF-8";
    document->reader = reader ? reader : &plain;
    document->metadata.anchor = OC_DAY_NONE;
    *ret_document = document;
    opening o = {arena, document, options, diags, oc_source_add(diags->sources, name, OC_SLICE("")), 0, false};
    if (bytes.len > OC_READ_BYTES) {
        report(&o, OC_E0721, OC_ARGS(OC_T(name), OC_I(OC_READ_BYTES >> 20)));
        return OC_LIMIT;
    }
    if (!open_bytes(&o, bytes) || !read_layout(&o)) return OC_INPUT;
    document->lang = language_of(document, options);
    oc_status status = prepare(document->reader, document->lang);
    if (status != OC_OK) return status;
    unsigned lost = oc_cues_lost(document->reader->cues);
    build(&o);
    if (oc_cues_lost(document->reader->cues) != lost) return OC_NOMEM;
    if (o.over) {
        report(&o, OC_E0729, OC_ARGS(OC_T(name), OC_I(OC_READ_LINES)));
        return OC_LIMIT;
    }
    return OC_OK;
}
