/* Renderers of diagnostics.
 *
 * Text form: the header, the place, then each source line that has a label, in order, with its carets below it;
 * lines apart are joined by an ellipsis. Carets are placed by display width, so they stand right under Japanese and
 * Korean text; a tab counts to the next multiple of four. A source line longer than the terminal is shown through a
 * window around its first caret. */
#include "diag/render.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/utf8.h"

enum { TAB = 4 };

typedef struct mark {
    uint32_t line;
    size_t from, to; /* byte offsets in the line as shown */
    bool primary;
    oc_slice label;
} mark;

static const char *paint(const oc_diag_style *style, const char *sequence)
{
    return style->colour ? sequence : "";
}
#define RESET "\x1b[0m"
#define BOLD "\x1b[1m"
#define RED "\x1b[1;31m"
#define YELLOW "\x1b[1;33m"
#define BLUE "\x1b[1;34m"
#define GREEN "\x1b[1;32m"

static const char *severity_key(const oc_diag *diag)
{
    return oc_code_severity(diag->code) == OC_ERROR ? "diag.error" : "diag.warning";
}

void oc_render_message(oc_text *out, oc_lang lang, const oc_diag *diag)
{
    oc_text_message(out, lang, oc_code_name(diag->code), diag->args);
}

/* The line with tabs as spaces and control characters as pictures, and for each byte of the original the column. */
static oc_slice visible_line(oc_arena *arena, oc_slice line, size_t *columns)
{
    oc_text text = oc_text_in(arena);
    size_t column = 0;
    for (size_t at = 0; at < line.len;) {
        size_t start = at;
        uint32_t code = oc_utf8_next(line, &at);
        for (size_t i = start; i < at; i++) columns[i] = column;
        if (code == '\t') {
            size_t spaces = TAB - column % TAB;
            oc_text_repeat(&text, ' ', spaces);
            column += spaces;
        } else if (code == OC_UTF8_INVALID || code < 0x20 || code == 0x7f || (code >= 0x202a && code <= 0x202e) ||
                   (code >= 0x2066 && code <= 0x2069)) {
            oc_text_lit(&text, "\xef\xbf\xbd");
            column += 1;
        } else {
            oc_text_add(&text, oc_slice_sub(line, start, at));
            column += (size_t)oc_utf8_code_width(code);
        }
    }
    columns[line.len] = column;
    return oc_text_slice(&text);
}

/* Cuts `text` to the columns [from, from + room), with an ellipsis where something is missing. */
static oc_slice window(oc_arena *arena, oc_slice text, size_t from, size_t room)
{
    oc_text out = oc_text_in(arena);
    size_t column = 0, total = oc_utf8_width(text);
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        size_t width = (size_t)oc_utf8_code_width(oc_utf8_next(text, &at));
        bool first = from > 0 && column <= from && column + width > from;
        if (first)
            oc_text_lit(&out, "…"),
                oc_text_repeat(&out, ' ', column + width - from > 1 ? column + width - from - 1 : 0);
        else if (column >= from && column + width <= from + room - (total > from + room))
            oc_text_add(&out, oc_slice_sub(text, start, at));
        column += width;
    }
    if (total > from + room) oc_text_lit(&out, "…");
    return oc_text_slice(&out);
}

static int by_line(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    if (x->primary != y->primary) return x->primary ? -1 : 1;
    return x->from < y->from ? -1 : x->from > y->from;
}

static void add_mark(oc_arena *arena, mark *marks, size_t *count, const oc_source *source, oc_span span, bool primary,
                     oc_slice label)
{
    (void)arena;
    oc_place start = oc_source_place(source, span.start);
    uint32_t line_start = source->lines.at[start.line - 1];
    oc_slice line = oc_source_line(source, start.line);
    size_t skip = (size_t)(line.ptr - source->text.ptr) - line_start; /* a byte order mark */
    size_t from = span.start - line_start, to = span.end > span.start ? span.end - line_start : from;
    from = from > skip ? from - skip : 0;
    to = to > skip ? to - skip : 0;
    if (from > line.len) from = line.len;
    if (to > line.len) to = line.len;
    marks[(*count)++] = (mark){start.line, from, to, primary, label};
}

static void render_snippet(oc_text *out, const oc_diag *diag, const oc_source *source, uint32_t file,
                           const oc_diag_style *style, int gutter)
{
    oc_arena *arena = diag->list->arena;
    mark *marks = OC_NEW_ARRAY(arena, diag->remarks.len + 1, mark);
    size_t count = 0;
    bool primary_here = file == diag->span.file, primary_labelled = false;
    for (size_t i = 0; i < diag->remarks.len; i++) {
        const oc_remark *remark = &diag->remarks.at[i];
        if (remark->kind != OC_REMARK_LABEL || remark->span.file != file) continue;
        bool primary = primary_here && remark->span.start == diag->span.start && remark->span.end == diag->span.end;
        primary_labelled = primary_labelled || primary;
        add_mark(arena, marks, &count, source, remark->span, primary,
                 oc_say(arena, style->lang, remark->key, remark->args));
    }
    if (primary_here && !primary_labelled) add_mark(arena, marks, &count, source, diag->span, true, (oc_slice){"", 0});
    qsort(marks, count, sizeof *marks, by_line);
    size_t room = (size_t)(style->width ? style->width : 100);
    room = room > (size_t)gutter + 24 ? room - (size_t)gutter - 4 : 20;
    uint32_t last_line = 0;
    for (size_t i = 0; i < count; i++) {
        oc_slice line = oc_source_line(source, marks[i].line);
        size_t *columns = OC_NEW_ARRAY(arena, line.len + 1, size_t);
        oc_slice shown = visible_line(arena, line, columns);
        size_t from = columns[marks[i].from], to = columns[marks[i].to];
        size_t left = 0;
        if (columns[line.len] > room && from + 12 > room / 2) left = from > room / 3 ? from - room / 3 : 0;
        if (columns[line.len] > room) shown = window(arena, shown, left, room);
        if (marks[i].line != last_line) {
            if (last_line && marks[i].line > last_line + 1)
                oc_text_printf(out, "%*s%s…%s\n", gutter - 1, "", paint(style, BLUE), paint(style, RESET));
            oc_text_printf(out, "%s%*u |%s ", paint(style, BLUE), gutter, (unsigned)marks[i].line, paint(style, RESET));
            oc_text_add(out, shown);
            oc_text_byte(out, '\n');
        }
        last_line = marks[i].line;
        oc_text_printf(out, "%s%*s |%s ", paint(style, BLUE), gutter, "", paint(style, RESET));
        oc_text_repeat(out, ' ', from - left);
        oc_text_add(out, oc_slice_of(paint(style, marks[i].primary ? RED : BLUE)));
        size_t width = to > from ? to - from : 1;
        if (from - left + width > room && width > 1) width = room > from - left ? room - (from - left) : 1;
        oc_text_repeat(out, marks[i].primary ? '^' : '-', width);
        if (marks[i].label.len) {
            oc_text_byte(out, ' ');
            oc_text_add(out, marks[i].label);
        }
        oc_text_add(out, oc_slice_of(paint(style, RESET)));
        oc_text_byte(out, '\n');
    }
}

static void render_place(oc_text *out, const oc_source *source, oc_span span)
{
    oc_place place = oc_source_place(source, span.start);
    oc_text_add(out, source->name);
    oc_text_printf(out, ":%u:%u", (unsigned)place.line, (unsigned)place.column);
}

static int gutter_of(const oc_diag *diag)
{
    uint32_t largest = 1;
    for (size_t i = 0; i <= diag->remarks.len; i++) {
        oc_span span = i < diag->remarks.len ? diag->remarks.at[i].span : diag->span;
        const oc_source *source = oc_source_get(diag->list->sources, span.file);
        uint32_t line = source ? oc_source_place(source, span.start).line : 0;
        if (line > largest) largest = line;
    }
    int digits = 1;
    while (largest >= 10) digits++, largest /= 10;
    return digits + 1;
}

/* Places in other files, each file once. */
static void render_elsewhere(oc_text *out, const oc_diag *diag, const oc_diag_style *style, int gutter)
{
    for (size_t i = 0; i < diag->remarks.len; i++) {
        const oc_remark *remark = &diag->remarks.at[i];
        if (remark->kind != OC_REMARK_LABEL || remark->span.file == diag->span.file) continue;
        bool again = false;
        for (size_t j = 0; j < i && !again; j++) {
            const oc_remark *before = &diag->remarks.at[j];
            again = before->kind == OC_REMARK_LABEL && before->span.file == remark->span.file;
        }
        const oc_source *other = oc_source_get(diag->list->sources, remark->span.file);
        if (again || !other) continue;
        oc_text_printf(out, "%*s%s:::%s ", gutter - 1, "", paint(style, BLUE), paint(style, RESET));
        render_place(out, other, remark->span);
        oc_text_byte(out, '\n');
        render_snippet(out, diag, other, remark->span.file, style, gutter);
    }
}

static void render_remark(oc_text *out, const oc_diag *diag, const oc_remark *remark, const oc_diag_style *style,
                          int gutter)
{
    const char *word = remark->kind == OC_REMARK_HELP   ? "diag.help"
                       : remark->kind == OC_REMARK_NOTE ? "diag.note"
                                                        : "diag.with";
    oc_text_printf(out, "%*s %s=%s ", gutter, "", paint(style, BLUE), paint(style, RESET));
    oc_text_printf(out, "%s", paint(style, remark->kind == OC_REMARK_HELP ? GREEN : BOLD));
    oc_text_message(out, style->lang, word, NULL);
    oc_text_printf(out, ":%s ", paint(style, RESET));
    oc_text_message(out, style->lang, remark->key, remark->args);
    const oc_source *place = oc_source_get(diag->list->sources, remark->span.file);
    if (remark->kind == OC_REMARK_VALUE && place) {
        oc_text_lit(out, " (");
        render_place(out, place, remark->span);
        oc_text_byte(out, ')');
    }
    oc_text_byte(out, '\n');
}

static void render_text(oc_text *out, const oc_diag *diag, const oc_diag_style *style)
{
    bool error = oc_code_severity(diag->code) == OC_ERROR;
    oc_text_printf(out, "%s", paint(style, error ? RED : YELLOW));
    oc_text_message(out, style->lang, severity_key(diag), NULL);
    oc_text_printf(out, "[%s]%s%s: ", oc_code_name(diag->code), paint(style, RESET), paint(style, BOLD));
    oc_render_message(out, style->lang, diag);
    oc_text_printf(out, "%s\n", paint(style, RESET));
    int gutter = gutter_of(diag);
    const oc_source *source = oc_source_get(diag->list->sources, diag->span.file);
    if (source) {
        oc_text_printf(out, "%*s%s-->%s ", gutter - 1, "", paint(style, BLUE), paint(style, RESET));
        render_place(out, source, diag->span);
        oc_text_printf(out, "\n%s%*s |%s\n", paint(style, BLUE), gutter, "", paint(style, RESET));
        render_snippet(out, diag, source, diag->span.file, style, gutter);
    }
    render_elsewhere(out, diag, style, gutter);
    if (source) oc_text_printf(out, "%s%*s |%s\n", paint(style, BLUE), gutter, "", paint(style, RESET));
    bool helped = false;
    for (size_t i = 0; i < diag->remarks.len; i++) {
        const oc_remark *remark = &diag->remarks.at[i];
        if (remark->kind == OC_REMARK_LABEL) continue;
        helped = helped || remark->kind != OC_REMARK_VALUE;
        render_remark(out, diag, remark, style, gutter);
    }
    if (helped) return;
    /* Nothing to say here and now: the page of the code has an example of what is right. */
    oc_text_printf(out, "%*s %s=%s %s", gutter, "", paint(style, BLUE), paint(style, RESET), paint(style, GREEN));
    oc_text_message(out, style->lang, "diag.help", NULL);
    oc_text_printf(out, ":%s ", paint(style, RESET));
    oc_text_message(out, style->lang, "diag.explain", OC_ARGS(OC_S(oc_code_name(diag->code))));
    oc_text_byte(out, '\n');
}

static void json_span(oc_json *json, const oc_sources *sources, oc_span span)
{
    const oc_source *source = oc_source_get(sources, span.file);
    if (!source) return;
    oc_place start = oc_source_place(source, span.start), end = oc_source_place(source, span.end);
    oc_json_text(json, "file", source->name);
    oc_json_integer(json, "line", start.line);
    oc_json_integer(json, "column", start.column);
    oc_json_integer(json, "end_line", end.line);
    oc_json_integer(json, "end_column", end.column);
    oc_json_integer(json, "start", span.start);
    oc_json_integer(json, "end", span.end);
}

static void render_json(oc_text *out, const oc_diag *diag, const oc_diag_style *style)
{
    oc_arena *arena = diag->list->arena;
    const oc_sources *sources = diag->list->sources;
    oc_json json = oc_json_in(arena);
    json.compact = true;
    oc_json_object(&json, NULL);
    oc_json_text(&json, "code", oc_slice_of(oc_code_name(diag->code)));
    oc_json_text(&json, "severity", oc_code_severity(diag->code) == OC_ERROR ? OC_SLICE("error") : OC_SLICE("warning"));
    oc_json_text(&json, "message", oc_say(arena, style->lang, oc_code_name(diag->code), diag->args));
    json_span(&json, sources, diag->span);
    if (diag->path.len) oc_json_text(&json, "path", diag->path);
    static const struct {
        const char *key;
        int kind;
    } groups[] = {
        {"labels", OC_REMARK_LABEL}, {"notes", OC_REMARK_NOTE}, {"helps", OC_REMARK_HELP}, {"values", OC_REMARK_VALUE}};
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        oc_json_list(&json, groups[g].key);
        for (size_t i = 0; i < diag->remarks.len; i++) {
            const oc_remark *remark = &diag->remarks.at[i];
            if ((int)remark->kind != groups[g].kind) continue;
            oc_json_object(&json, NULL);
            oc_json_text(&json, "text", oc_say(arena, style->lang, remark->key, remark->args));
            json_span(&json, sources, remark->span);
            if (remark->edit.ptr) {
                oc_json_object(&json, "edit");
                json_span(&json, sources, remark->edit_span);
                oc_json_text(&json, "replacement", remark->edit);
                oc_json_end(&json);
            }
            oc_json_end(&json);
        }
        oc_json_end(&json);
    }
    oc_json_end(&json);
    oc_text_add(out, oc_json_done(&json));
}

static void render_gcc(oc_text *out, const oc_diag *diag, const oc_diag_style *style)
{
    const oc_source *source = oc_source_get(diag->list->sources, diag->span.file);
    if (source)
        render_place(out, source, diag->span);
    else
        oc_text_lit(out, "opcon");
    oc_text_printf(out, ": %s: ", oc_code_severity(diag->code) == OC_ERROR ? "error" : "warning");
    oc_render_message(out, style->lang, diag);
    oc_text_printf(out, " [%s]\n", oc_code_name(diag->code));
}

void oc_render_diags(oc_text *out, const oc_diags *diags, const oc_diag_style *style)
{
    size_t shown_errors = 0, shown_warnings = 0;
    for (size_t i = 0; i < diags->items.len; i++) {
        const oc_diag *diag = diags->items.at[i];
        if (oc_code_severity(diag->code) == OC_ERROR)
            shown_errors++;
        else
            shown_warnings++;
        switch (style->format) {
        case OC_DIAG_TEXT:
            render_text(out, diag, style);
            oc_text_byte(out, '\n');
            break;
        case OC_DIAG_JSON: render_json(out, diag, style); break;
        case OC_DIAG_GCC: render_gcc(out, diag, style); break;
        }
    }
    if (style->format != OC_DIAG_TEXT || (!diags->errors && !diags->warnings)) return;
    if (diags->errors > shown_errors || diags->warnings > shown_warnings) {
        oc_text_message(out, style->lang, "diag.not-shown",
                        OC_ARGS(OC_I(diags->errors - shown_errors + diags->warnings - shown_warnings)));
        oc_text_byte(out, '\n');
    }
    const char *with_errors = style->goes_on ? "diag.summary-going-on" : "diag.summary-errors";
    oc_text_message(out, style->lang, diags->errors ? with_errors : "diag.summary-warnings",
                    OC_ARGS(OC_I(diags->errors), OC_I(diags->warnings)));
    oc_text_byte(out, '\n');
}
