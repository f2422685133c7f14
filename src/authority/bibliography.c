/* Sources as BibTeX and CSL-JSON. Kinds of documents are words of the scenario; those that begin with a word known here
 * (news, news_summary) choose the type of the entry, all others are web pages. */
#include "authority/bibliography.h"

typedef struct kind_of_entry {
    const char *kind, *bibtex, *csl;
} kind_of_entry;

static const kind_of_entry kinds[] = {
    {"news", "article", "article-newspaper"},  {"journal", "article", "article-journal"},
    {"book", "book", "book"},                  {"official", "techreport", "report"},
    {"primary", "misc", "document"},           {"encyclopedia", "misc", "entry-encyclopedia"},
    {"report", "techreport", "report"},        {"data", "misc", "dataset"},
};

static const kind_of_entry *entry_kind(oc_slice kind)
{
    static const kind_of_entry page = {"", "misc", "webpage"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (oc_slice_starts(kind, oc_slice_of(kinds[i].kind))) return &kinds[i];
    return &page;
}

static void add_escaped(oc_text *out, oc_slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        char byte = value.ptr[i];
        if (byte == '\\') oc_text_lit(out, "\\textbackslash{}");
        else if (byte == '~') oc_text_lit(out, "\\textasciitilde{}");
        else if (byte == '^') oc_text_lit(out, "\\textasciicircum{}");
        else if (byte == '{' || byte == '}' || byte == '&' || byte == '%' || byte == '$' || byte == '#' ||
                 byte == '_') {
            oc_text_byte(out, '\\');
            oc_text_byte(out, byte);
        } else {
            oc_text_byte(out, byte == '\n' || byte == '\r' ? ' ' : byte);
        }
    }
}

static void field(oc_text *out, const char *name, oc_slice value, bool keep_capitals)
{
    if (!value.len) return;
    oc_text_printf(out, ",\n  %s = %s", name, keep_capitals ? "{{" : "{");
    add_escaped(out, value);
    oc_text_lit(out, "}");
    if (keep_capitals) oc_text_lit(out, "}");
}

/* An address stands as it is, but for braces. */
static void address(oc_text *out, oc_slice url)
{
    if (!url.len) return;
    oc_text_lit(out, ",\n  url = {");
    for (size_t i = 0; i < url.len; i++) {
        if (url.ptr[i] == '{' || url.ptr[i] == '}')
            oc_text_printf(out, "%%%02X", (unsigned)url.ptr[i]);
        else
            oc_text_byte(out, url.ptr[i]);
    }
    oc_text_lit(out, "}");
}

static bool is_date(oc_slice date, size_t len)
{
    oc_day first, last;
    return date.len >= len && oc_days_parse(oc_slice_sub(date, 0, len), &first, &last);
}

void oc_bibtex(oc_text *out, const oc_cited *source)
{
    const kind_of_entry *kind = entry_kind(source->kind);
    bool article = strcmp(kind->bibtex, "article") == 0, report = strcmp(kind->bibtex, "techreport") == 0;
    oc_text_printf(out, "@%s{%.*s", kind->bibtex, OC_FMT(source->key));
    field(out, "title", source->title, true);
    field(out, "author", source->author, true);
    field(out, article ? "journal" : report ? "institution" : "publisher", source->publisher, false);
    if (is_date(source->date, 4)) field(out, "year", oc_slice_sub(source->date, 0, 4), false);
    if (is_date(source->date, 7)) field(out, "month", oc_slice_sub(source->date, 5, 7), false);
    field(out, "date", source->date, false);
    address(out, source->url);
    field(out, "langid", source->language, false);
    field(out, "note", source->note, false);
    oc_text_lit(out, "\n}\n\n");
}

static int digits(oc_slice text, size_t start, size_t end)
{
    int value = 0;
    for (size_t i = start; i < end && i < text.len; i++) value = value * 10 + (text.ptr[i] - '0');
    return value;
}

static void issued(oc_json *json, oc_slice date)
{
    if (!is_date(date, 4)) return;
    oc_json_object(json, "issued");
    oc_json_list(json, "date-parts");
    oc_json_row(json, NULL);
    oc_json_integer(json, NULL, digits(date, 0, 4));
    if (is_date(date, 7)) oc_json_integer(json, NULL, digits(date, 5, 7));
    if (is_date(date, 10)) oc_json_integer(json, NULL, digits(date, 8, 10));
    oc_json_end(json);
    oc_json_end(json);
    oc_json_end(json);
}

void oc_csl_json(oc_json *json, const oc_cited *source)
{
    const kind_of_entry *kind = entry_kind(source->kind);
    bool periodical = strncmp(kind->csl, "article", 7) == 0 || strcmp(kind->csl, "webpage") == 0 ||
                      strcmp(kind->csl, "entry-encyclopedia") == 0;
    oc_json_object(json, NULL);
    oc_json_text(json, "id", source->key);
    oc_json_text(json, "type", oc_slice_of(kind->csl));
    if (source->title.len) oc_json_text(json, "title", source->title);
    if (source->author.len) {
        oc_json_list(json, "author");
        oc_json_row_object(json, NULL);
        oc_json_text(json, "literal", source->author);
        oc_json_end(json);
        oc_json_end(json);
    }
    if (source->publisher.len) oc_json_text(json, periodical ? "container-title" : "publisher", source->publisher);
    issued(json, source->date);
    if (source->url.len) oc_json_text(json, "URL", source->url);
    if (source->language.len) oc_json_text(json, "language", source->language);
    if (source->note.len) oc_json_text(json, "note", source->note);
    oc_json_end(json);
}
