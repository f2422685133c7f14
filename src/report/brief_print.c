/* A brief as text, Markdown or HTML; see brief.h. Sources are numbered in the order in which the text needs them. */
#include <stdlib.h>

#include "chart/canvas.h"
#include "report/brief.h"
#include "report/parts.h"

typedef struct printer {
    oc_arena *arena;
    const oc_brief *brief;
    oc_brief_format format;
    oc_text out;
    size_t *number; /* of each source of the input; 0: not mentioned yet */
    size_t *order;
    size_t count;
    bool begun, items; /* a sentence was written; the last one was an item */
} printer;

/* Text of others never becomes markup. */
static void put(printer *p, oc_slice text)
{
    if (p->format == OC_BRIEF_HTML) {
        oc_canvas_escape(&p->out, text);
        return;
    }
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (p->format == OC_BRIEF_MARKDOWN && c > 0 && strchr("\\`*_[]<>#|", c)) oc_text_byte(&p->out, '\\');
        oc_text_byte(&p->out, c == '\n' || c == '\r' ? ' ' : c);
    }
}

/* A text in another language is marked as such. */
static void in_language(printer *p, oc_slice text, const char *language)
{
    bool marked = p->format == OC_BRIEF_HTML && language && strcmp(language, oc_lang_code(p->brief->lang)) != 0;
    if (marked) oc_text_printf(&p->out, "<span lang=\"%s\">", language);
    put(p, text);
    if (marked) oc_text_lit(&p->out, "</span>");
}

static void message(printer *p, const char *key, const oc_arg *args)
{
    put(p, oc_say(p->arena, p->brief->lang, key, args));
}

static void heading(printer *p, const char *key)
{
    static const char *const before[] = {"\n\n", "\n\n## ", "</p>\n<h2>"}, *const after[] = {"\n", "\n\n",
                                                                                             "</h2>\n<p>"};
    /* One empty line, whether the last line has ended or not. */
    bool ended = p->out.len && p->out.ptr[p->out.len - 1] == '\n' && p->format != OC_BRIEF_HTML;
    oc_text_add(&p->out, oc_slice_of(before[p->format] + ended));
    message(p, key, NULL);
    oc_text_add(&p->out, oc_slice_of(after[p->format]));
}

static void mark(printer *p, const char *name, size_t number)
{
    if (p->format == OC_BRIEF_HTML)
        oc_text_printf(&p->out, number ? "<sup><a href=\"#%s%zu\">%s%zu</a></sup>" : "<sup><a href=\"#R\">R</a></sup>",
                       name, number, name, number);
    else
        oc_text_printf(&p->out, number ? " [%s%zu]" : " [R]", name, number);
}

static int by_number(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Those that are new get the next numbers. */
static void marks(printer *p, oc_report_refs refs)
{
    size_t *numbers = OC_NEW_ARRAY(p->arena, refs.count + 1, size_t), count = 0;
    for (size_t i = 0; i < refs.count; i++) {
        size_t source = refs.at[i];
        if (source >= p->brief->input->source_count) continue;
        if (!p->number[source]) p->order[p->count] = source, p->number[source] = ++p->count;
        numbers[count++] = p->number[source];
    }
    qsort(numbers, count, sizeof *numbers, by_number);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || numbers[i] != numbers[i - 1]) mark(p, "", numbers[i]);
}

/* What comes between this sentence and the last: sentences of a paragraph follow each other, items stand below. */
static void part(printer *p, const oc_brief_sentence *s)
{
    static const char *const item[] = {"- ", "- ", "<li>"}, *const next_item[] = {"\n- ", "\n- ", "</li>\n<li>"};
    static const char *const list[] = {"\n- ", "\n\n- ", "</p>\n<ul class=\"facts\">\n<li>"};
    static const char *const text[] = {"\n", "\n\n", "</li>\n</ul>\n<p>"};
    bool first = s->heading || !p->begun;
    if (s->follows && p->items) {
        oc_text_byte(&p->out, ' ');
        return;
    }
    const char *const *forms = s->item              ? (first      ? item
                                                       : p->items ? next_item
                                                                  : list)
                               : !first && p->items ? text
                                                    : NULL;
    const char *between = forms ? forms[p->format] : first ? "" : " ";
    if (first && s->item && p->format == OC_BRIEF_HTML) between = list[OC_BRIEF_HTML];
    oc_text_add(&p->out, oc_slice_of(between));
    p->begun = true;
    p->items = s->item;
}

static void close_items(printer *p)
{
    if (p->items && p->format == OC_BRIEF_HTML) oc_text_lit(&p->out, "</li>\n</ul>\n<p>");
    p->items = false;
}

static void sentence(printer *p, const oc_brief_sentence *s)
{
    if (s->heading) close_items(p), heading(p, s->heading);
    part(p, s);
    in_language(p, s->text, s->language);
    marks(p, s->refs);
    if (s->document) mark(p, "D", s->document);
    if (s->run) mark(p, "R", 0);
}

static void begin_item(printer *p, const char *name, size_t number)
{
    if (p->format == OC_BRIEF_HTML)
        oc_text_printf(&p->out, number ? "<li id=\"%s%zu\">%s%zu " : "<li id=\"R\">R ", name, number, name, number);
    else
        oc_text_printf(&p->out, number ? "%s[%s%zu] " : "%s[R] ", p->format == OC_BRIEF_MARKDOWN ? "- " : "", name,
                       number);
}

static void end_item(printer *p)
{
    oc_text_add(&p->out, oc_slice_of(p->format == OC_BRIEF_HTML ? "</li>\n" : "\n"));
}

static void list_open(printer *p, const char *key)
{
    heading(p, key);
    if (p->format == OC_BRIEF_HTML) oc_text_lit(&p->out, "</p><ul>\n");
}

static void list_close(printer *p)
{
    if (p->format == OC_BRIEF_HTML) oc_text_lit(&p->out, "</ul>\n<p>");
}

static bool is_link(oc_slice url)
{
    bool web = oc_slice_starts(url, OC_SLICE("https://")) || oc_slice_starts(url, OC_SLICE("http://"));
    for (size_t i = 0; web && i < url.len; i++)
        web = url.ptr[i] > ' ' && !strchr("<>\"", url.ptr[i]) && url.ptr[i] < 0x7f;
    return web;
}

/* The title, which leads to the address where the form can say so; in text the address follows. */
static void titled(printer *p, oc_slice title, oc_slice url)
{
    bool link = is_link(url) && p->format != OC_BRIEF_TEXT;
    if (link && p->format == OC_BRIEF_HTML) {
        oc_text_lit(&p->out, "<a href=\"");
        put(p, url);
        oc_text_lit(&p->out, "\" rel=\"noreferrer\">");
    }
    if (link && p->format == OC_BRIEF_MARKDOWN) oc_text_byte(&p->out, '[');
    in_language(p, title, oc_report_language_of(title));
    if (link && p->format == OC_BRIEF_MARKDOWN) oc_text_printf(&p->out, "](<%.*s>)", OC_FMT(url));
    if (link && p->format == OC_BRIEF_HTML) oc_text_lit(&p->out, "</a>");
}

/* In print and in text an address can only be read. */
static void address(printer *p, oc_slice url)
{
    if (!url.len || (is_link(url) && p->format != OC_BRIEF_TEXT)) return;
    oc_text_lit(&p->out, " · ");
    put(p, oc_report_cut(p->arena, url, 300));
}

static void sources(printer *p)
{
    const oc_report_input *in = p->brief->input;
    list_open(p, "brief.head-sources");
    for (size_t i = 0; i < p->count; i++) {
        const oc_report_source *s = &in->sources[p->order[i]];
        begin_item(p, "", i + 1);
        titled(p, oc_report_local(p->arena, &s->title, p->brief->lang), s->url);
        if (s->publisher.len) oc_text_lit(&p->out, " · "), put(p, oc_report_cut(p->arena, s->publisher, 120));
        if (s->published != OC_DAY_NONE)
            oc_text_lit(&p->out, " · "), put(p, oc_words_day(p->arena, p->brief->lang, s->published));
        address(p, s->url);
        end_item(p);
    }
    begin_item(p, "R", 0);
    message(p, "brief.run-source",
            OC_ARGS(OC_T(in->run.version), OC_T(oc_arena_printf(p->arena, "%llu", (unsigned long long)in->run.seed)),
                    OC_T(oc_words_integer(p->arena, in->run.futures)), OC_T(in->run.digest)));
    end_item(p);
    list_close(p);
}

/* The documents that were quoted, and the newest of the scenario's that were not needed above. */
static void related(printer *p)
{
    const oc_report_input *in = p->brief->input;
    enum { MOST = 4 };
    list_open(p, "brief.head-related");
    for (size_t i = 0; i < p->brief->document_count; i++) {
        const oc_brief_document *d = &p->brief->documents[i];
        begin_item(p, "D", i + 1);
        oc_slice title = oc_report_cut(p->arena, d->title.len ? d->title : d->file, 200);
        in_language(p, title, oc_report_language_of(title));
        if (d->published.len) oc_text_lit(&p->out, " · "), put(p, d->published);
        oc_text_lit(&p->out, " · ");
        put(p, d->file);
        end_item(p);
    }
    for (int n = 0; n < MOST; n++) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < in->source_count; i++)
            if (!p->number[i] && !in->sources[i].judgement && in->sources[i].published != OC_DAY_NONE &&
                (best == SIZE_MAX || in->sources[i].published > in->sources[best].published))
                best = i;
        if (best == SIZE_MAX) break;
        p->order[p->count] = best, p->number[best] = ++p->count;
        begin_item(p, "", p->count);
        titled(p, oc_report_local(p->arena, &in->sources[best].title, p->brief->lang), in->sources[best].url);
        oc_text_lit(&p->out, " · ");
        put(p, oc_words_day(p->arena, p->brief->lang, in->sources[best].published));
        address(p, in->sources[best].url);
        end_item(p);
    }
    list_close(p);
}

static void head(printer *p)
{
    if (p->format == OC_BRIEF_HTML) {
        oc_text_printf(
            &p->out,
            "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
            oc_lang_code(p->brief->lang));
        put(p, p->brief->headline);
        oc_text_lit(
            &p->out,
            "</title>\n<style>:root{color-scheme:light dark}body{max-width:38rem;margin:2rem auto;padding:0 1rem;"
            "font:1.0625rem/1.75 system-ui,sans-serif;overflow-wrap:anywhere}:lang(ko){word-break:keep-all}"
            ":lang(ja){line-break:strict;font-family:\"Hiragino Sans\",\"Yu Gothic\",\"Noto Sans CJK JP\",\"Noto Sans "
            "JP\",sans-serif}h1{font-size:1.6rem;line-height:1.35}h2{font-size:1.15rem;margin-top:1.75rem}"
            "ul{list-style:none;padding:0;font-size:.875rem}p:empty{display:none}small{display:block}sup{line-height:0}"
            "sup "
            "a{text-decoration:none}sup+sup{margin-left:.3em}ul.facts{list-style:disc;padding-left:1.25rem;font-size:"
            "1em}@media print{ul:not(.facts) a[href]::after{content:\" · \" "
            "attr(href)}body{max-width:none;font-size:10.5pt}}</style></head>\n<body><main><h1>");
        put(p, p->brief->headline);
        oc_text_lit(&p->out, "</h1>\n<p>");
        return;
    }
    if (p->format == OC_BRIEF_MARKDOWN) oc_text_lit(&p->out, "# ");
    put(p, p->brief->headline);
    oc_text_lit(&p->out, "\n\n");
}

oc_slice oc_brief_print(oc_arena *arena, const oc_brief *brief, oc_brief_format format)
{
    size_t most = brief->input->source_count + 1;
    printer p = {.arena = arena,
                 .brief = brief,
                 .format = format,
                 .out = oc_text_in(arena),
                 .number = OC_NEW_ARRAY(arena, most, size_t),
                 .order = OC_NEW_ARRAY(arena, most, size_t)};
    head(&p);
    message(&p, "brief.reading",
            OC_ARGS(OC_I(brief->minutes), OC_T(oc_words_day(arena, brief->lang, brief->input->as_of))));
    oc_text_add(&p.out, oc_slice_of(format == OC_BRIEF_HTML ? "</p>\n<p>" : "\n\n"));
    for (size_t i = 0; i < brief->sentences.len; i++) sentence(&p, &brief->sentences.at[i]);
    close_items(&p);
    sources(&p);
    related(&p);
    oc_text_add(&p.out, oc_slice_of(format == OC_BRIEF_HTML ? "<small>" : "\n"));
    message(&p, "brief.notice", OC_ARGS(OC_T(oc_report_local(arena, &brief->input->title, brief->lang))));
    oc_text_add(&p.out, oc_slice_of(format == OC_BRIEF_HTML ? "</small></p></main></body></html>\n" : "\n"));
    return oc_text_slice(&p.out);
}
