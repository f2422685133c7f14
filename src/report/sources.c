/* The list of sources, once for all languages: what each is, its words, and where the page and the scenario rest on it.
 *
 * The way back has two parts. What the page says is known from the references that were written (oc_page_refs marks the
 * first in each section); what the scenario says is a line of a file, a link where that file is shown. */
#include "report/page.h"

enum { MOST_LINES = 24 };

static void write_quote(oc_page *page, const oc_report_source *source)
{
    if (!source->quote.len) return;
    oc_page_raw(page, "<blockquote");
    bool tag = source->quote_lang.len > 0 && source->quote_lang.len <= 12;
    for (size_t i = 0; i < source->quote_lang.len && tag; i++) {
        char c = source->quote_lang.ptr[i];
        tag = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }
    if (tag) oc_page_rawf(page, " lang=\"%.*s\"", OC_FMT(source->quote_lang));
    oc_page_raw(page, ">");
    oc_page_text(page, oc_report_cut(page->arena, source->quote, 1000));
    oc_page_raw(page, "</blockquote>");
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        oc_slice translation = source->translation.in[lang];
        if (!translation.len || !(page->langs >> lang & 1)) continue;
        oc_page_rawf(page, "<p class=\"in translation\" lang=\"%s\">", oc_lang_code((oc_lang)lang));
        oc_page_text(page, oc_say(page->arena, (oc_lang)lang, "report.our-translation",
                                  OC_ARGS(OC_T(oc_report_cut(page->arena, translation, 1000)))));
        oc_page_raw(page, "</p>");
    }
}

/* A message in each language of the file, one of them shown. */
static void in_each(oc_page *page, const char *key, const oc_arg *args)
{
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        if (!(page->langs >> lang & 1)) continue;
        oc_page_rawf(page, "<span class=\"in\" lang=\"%s\">", oc_lang_code((oc_lang)lang));
        oc_page_text(page, oc_say(page->arena, (oc_lang)lang, key, args));
        oc_page_raw(page, "</span>");
    }
}

/* Titles of documents are the same in all languages; those of ours are not. */
static void source_title(oc_page *page, const oc_local *title)
{
    bool same = true;
    for (int lang = 1; lang < OC_LANG_COUNT; lang++) same = same && oc_slice_equal(title->in[0], title->in[lang]);
    const char *own = same ? oc_report_language_of(title->in[0]) : NULL;
    oc_page_rawf(page, own ? "<cite lang=\"%s\">" : "<cite>", own);
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        if (!same && !(page->langs >> lang & 1)) continue;
        if (!same) oc_page_rawf(page, "<span class=\"in\" lang=\"%s\">", oc_lang_code((oc_lang)lang));
        oc_page_text(page, oc_report_local(page->arena, title, (oc_lang)lang));
        if (same) break;
        oc_page_raw(page, "</span>");
    }
    oc_page_raw(page, "</cite>");
}

static oc_slice iso(oc_page *page, oc_day day)
{
    if (day == OC_DAY_NONE || !day) return (oc_slice){NULL, 0};
    oc_civil c = oc_civil_from_day(day);
    return oc_arena_printf(page->arena, "%04d-%02d-%02d", c.year, c.month, c.day);
}

static bool is_link(oc_slice url)
{
    if (!oc_slice_starts(url, OC_SLICE("https://")) && !oc_slice_starts(url, OC_SLICE("http://"))) return false;
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];
        if (c <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' || c == '`' || c == '\\' || c >= 0x7f)
            return false;
    }
    return url.len < 2000;
}

/* What stands in a list, in each language: the sections of the page that refer to a source, each a link to the first
 * place there. */
static void section_links(oc_page *page, size_t source)
{
    uint32_t mask = page->mentioned ? page->mentioned[source] : 0;
    for (int lang = 0; mask && lang < OC_LANG_COUNT; lang++) {
        if (!(page->langs >> lang & 1)) continue;
        const char *code = oc_lang_code((oc_lang)lang), *between = "";
        oc_page_rawf(page, "<span class=\"in\" lang=\"%s\">", code);
        oc_page_text(page, oc_message((oc_lang)lang, "report.used-in"));
        for (size_t section = 0; section < oc_report_section_count; section++) {
            if (!(mask >> section & 1)) continue;
            oc_page_rawf(page, "%s<a href=\"#%s-%zu-%zu\">", between, code, source + 1, section);
            oc_page_text(page, oc_message((oc_lang)lang, oc_page_section_title(section)));
            oc_page_raw(page, "</a>");
            between = "; ";
        }
        oc_page_raw(page, "</span>");
    }
}

/* "model.yaml:12, 40; policies.yaml:3", the same in all languages. */
static void line_links(oc_page *page, const oc_report_source *source)
{
    const oc_report_input *input = page->input;
    size_t file = SIZE_MAX, written = 0;
    for (size_t i = 0; i < source->use_count && written < MOST_LINES; i++) {
        const oc_report_use *use = &source->uses[i];
        if (use->file >= input->file_count) continue;
        uint32_t first = input->files[use->file].first;
        if (use->file != file) {
            oc_page_rawf(page, "%s", written ? "; " : " · ");
            oc_page_text(page, input->files[use->file].name);
            oc_page_raw(page, ":");
        } else {
            oc_page_raw(page, ", ");
        }
        if (first)
            oc_page_rawf(page, "<a href=\"#l%u\">%u</a>", (unsigned)(first + use->line - 1), (unsigned)use->line);
        else
            oc_page_rawf(page, "%u", (unsigned)use->line);
        file = use->file;
        written++;
    }
    if (source->use_count > written) {
        oc_page_raw(page, ", ");
        in_each(page, "report.more-lines", OC_ARGS(OC_I(source->use_count - written)));
    }
}

static void write_uses(oc_page *page, size_t i)
{
    const oc_report_source *source = &page->input->sources[i];
    if (!source->use_count && !(page->mentioned && page->mentioned[i])) return;
    oc_page_raw(page, "<p class=\"meta uses\">");
    section_links(page, i);
    line_links(page, source);
    oc_page_raw(page, "</p>");
}

/* Whatever else is known; nothing if nothing is. */
static void write_details(oc_page *page, const oc_report_source *source)
{
    bool retrieved = source->retrieved != OC_DAY_NONE && source->retrieved;
    bool graded = source->source_grade.len || source->claim_grade.len;
    if (!retrieved && !graded && !source->note.len && !source->hash.len) return;
    oc_page_raw(page, "<p class=\"meta\">");
    if (retrieved) in_each(page, "report.retrieved", OC_ARGS(OC_T(iso(page, source->retrieved))));
    if (graded) {
        oc_page_raw(page, " ");
        in_each(page, "report.grades",
                OC_ARGS(OC_T(oc_report_cut(page->arena, source->source_grade, 20)),
                        OC_T(oc_report_cut(page->arena, source->claim_grade, 20))));
    }
    if (source->note.len) {
        oc_page_raw(page, " ");
        oc_page_text(page, oc_report_cut(page->arena, source->note, 300));
    }
    if (source->hash.len) {
        oc_page_raw(page, " <code>");
        oc_page_text(page, oc_report_cut(page->arena, source->hash, 64));
        oc_page_raw(page, "</code>");
    }
    oc_page_raw(page, "</p>");
}

static void source_item(oc_page *page, size_t i)
{
    const oc_report_source *source = &page->input->sources[i];
    bool link = is_link(source->url);
    oc_page_rawf(page, "<li id=\"source-%zu\">", i + 1);
    if (link) oc_page_rawf(page, "<a href=\"%.*s\" rel=\"external\">", OC_FMT(source->url));
    source_title(page, &source->title);
    if (link) oc_page_raw(page, "</a>");
    const oc_slice parts[] = {oc_report_cut(page->arena, source->publisher, 120), iso(page, source->published),
                              oc_report_cut(page->arena, source->place, 120)};
    for (size_t k = 0; k < 3; k++) {
        if (!parts[k].len) continue;
        const char *own = oc_report_language_of(parts[k]);
        bool marked = own && strcmp(own, "en") != 0;
        oc_page_rawf(page, marked ? " · <span lang=\"%s\">" : " · ", own);
        oc_page_text(page, parts[k]);
        if (marked) oc_page_raw(page, "</span>");
    }
    if (source->judgement) {
        oc_page_raw(page, " · ");
        in_each(page, "report.judgement", NULL);
    }
    write_quote(page, source);
    write_details(page, source);
    write_uses(page, i);
    oc_page_raw(page, "</li>\n");
}

void oc_page_sources(oc_page *page)
{
    oc_page_raw(page, "<ol class=\"sources\">\n");
    for (size_t i = 0; i < page->input->source_count; i++) source_item(page, i);
    oc_page_raw(page, "</ol>\n");
}
