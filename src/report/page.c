/* Writing one language of the page; see page.h. */
#include "report/page.h"

#include <stdio.h>

#include "base/linebreak.h"
#include "chart/canvas.h"

void oc_page_rawf(oc_page *page, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    oc_text_add(page->out, oc_arena_vprintf(page->arena, format, args));
    va_end(args);
}

static bool is_figure(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* What may follow a figure and belongs to it: "2030年6月3日", "12か月", "100回に21〜66回"; "2030년 6월 3일",
 * "100번 중 62번"; "20–45%", "62 in 100". */
static const char *const closing_ja[] = {"年", "月", "日", "回",   "か月", "か国", "件",
                                         "点", "%",  "末", "通り", "時点", NULL};
static const char *const closing_ko[] = {"년", "월", "일", "번", "%", "개", "건", "가지", NULL};
static const char *const closing_en[] = {"%", " in 100", " of 100", NULL};
/* What belongs to it only if a figure follows. */
static const char *const linking_ja[] = {"回に", "回中", "〜", ",", ".", NULL};
static const char *const linking_ko[] = {"년 ", "월 ", "번 중 ", "~", ",", ".", NULL};
static const char *const linking_en[] = {"–", ",", ".", NULL};
static const char *const *const closing[OC_LANG_COUNT] = {
    [OC_LANG_EN] = closing_en, [OC_LANG_JA] = closing_ja, [OC_LANG_KO] = closing_ko};
static const char *const *const linking[OC_LANG_COUNT] = {
    [OC_LANG_EN] = linking_en, [OC_LANG_JA] = linking_ja, [OC_LANG_KO] = linking_ko};

static bool is_part_of_figure(char byte)
{
    return is_figure(byte) || byte == '<' || byte == '>';
}

/* Length of the part of `parts` that stands at `at`; 0: none. */
static size_t part_at(oc_slice text, size_t at, const char *const *parts)
{
    for (; *parts; parts++)
        if (oc_slice_starts(oc_slice_sub(text, at, text.len), oc_slice_of(*parts))) return strlen(*parts);
    return 0;
}

enum { LONGEST_FIGURE = 48 };

/* End of what must stay on one line with the figure that begins at `start`; `start` if nothing does. */
static size_t figure_end(oc_slice text, size_t start, oc_lang lang)
{
    size_t at = start, end = start;
    bool joined = false;
    while (at < text.len && at - start < LONGEST_FIGURE) {
        if (is_part_of_figure(text.ptr[at])) {
            end = ++at;
            continue;
        }
        size_t link = part_at(text, at, linking[lang]);
        bool links = link && at + link < text.len && is_part_of_figure(text.ptr[at + link]);
        size_t close = links ? 0 : part_at(text, at, closing[lang]);
        if (!links && !close) break;
        joined = joined || close || (text.ptr[at] != ',' && text.ptr[at] != '.');
        at += links ? link : close;
        end = at;
    }
    return joined ? end : start;
}

/* Brackets and stops go with the figure: the edge of what may not be parted is else a place to part. */
static size_t with_opening(oc_slice text, size_t first, size_t start)
{
    while (start > first) {
        size_t at = start - 1;
        while (at > first && ((unsigned char)text.ptr[at] & 0xc0) == 0x80) at--;
        size_t after = at;
        if (!oc_line_clings_to_next(oc_utf8_next(text, &after)) || after != start) break;
        start = at;
    }
    return start;
}

static size_t with_closing(oc_slice text, size_t end)
{
    while (end < text.len) {
        size_t after = end;
        if (!oc_line_clings_to_previous(oc_utf8_next(text, &after))) break;
        end = after;
    }
    return end;
}

void oc_page_text(oc_page *page, oc_slice text)
{
    text = oc_report_cut(page->arena, text, OC_REPORT_PARAGRAPH);
    size_t plain = 0;
    for (size_t at = 0; at < text.len;) {
        bool begins = is_figure(text.ptr[at]) && (at == 0 || !is_figure(text.ptr[at - 1]));
        size_t end = begins ? figure_end(text, at, page->lang) : at;
        if (end == at) {
            at++;
            continue;
        }
        at = with_opening(text, plain, at);
        end = with_closing(text, end);
        oc_canvas_escape(page->out, oc_slice_sub(text, plain, at));
        oc_page_raw(page, "<span class=\"nb\">");
        oc_canvas_escape(page->out, oc_slice_sub(text, at, end));
        oc_page_raw(page, "</span>");
        plain = at = end;
    }
    oc_canvas_escape(page->out, oc_slice_sub(text, plain, text.len));
}

void oc_page_local(oc_page *page, const oc_local *text)
{
    oc_lang said = page->lang;
    for (int lang = 0; lang < OC_LANG_COUNT && !text->in[said].len; lang++)
        if (text->in[lang].len) said = (oc_lang)lang;
    if (said != page->lang) oc_page_rawf(page, "<span lang=\"%s\">", oc_lang_code(said));
    oc_page_text(page, oc_report_local(page->arena, text, page->lang));
    if (said != page->lang) oc_page_raw(page, "</span>");
}

oc_slice oc_page_fill(oc_page *page, const char *key, const oc_arg *args)
{
    return oc_say(page->arena, page->lang, key, args);
}

void oc_page_say(oc_page *page, const char *key, const oc_arg *args)
{
    oc_page_text(page, oc_page_fill(page, key, args));
}

void oc_page_paragraph(oc_page *page, const char *class, const char *key, const oc_arg *args)
{
    if (*class)
        oc_page_rawf(page, "<p class=\"%s\">", class);
    else
        oc_page_raw(page, "<p>");
    oc_page_say(page, key, args);
    oc_page_raw(page, "</p>\n");
}

void oc_page_cell(oc_page *page, oc_slice text)
{
    oc_page_raw(page, "<td>");
    oc_page_text(page, text);
}

void oc_page_frequency(oc_page *page, double p)
{
    oc_page_raw(page, "<td class=\"nb\">");
    oc_canvas_escape(page->out, oc_words_say_frequency(page->arena, page->lang, p));
    oc_page_run_ref(page);
}

void oc_page_day(oc_page *page, oc_day day)
{
    oc_page_raw(page, "<td class=\"day\">");
    oc_page_text(page, day == OC_DAY_NONE ? OC_SLICE("–") : oc_words_day(page->arena, page->lang, day));
}

void oc_page_table(oc_page *page, const char *label_key, size_t columns, const char *const *keys)
{
    oc_page_table_named(page, oc_message(page->lang, label_key), columns, keys);
}

void oc_page_table_named(oc_page *page, oc_slice name, size_t columns, const char *const *keys)
{
    oc_page_raw(page, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
    oc_canvas_escape(page->out, name);
    oc_page_raw(page, "\"><table><caption>");
    oc_canvas_escape(page->out, name);
    oc_page_raw(page, "</caption><thead><tr>");
    for (size_t i = 0; i < columns; i++) {
        oc_page_raw(page, "<th scope=\"col\">");
        oc_page_say(page, keys[i], NULL);
    }
    oc_page_raw(page, "</thead><tbody>\n");
}

void oc_page_table_end(oc_page *page)
{
    oc_page_raw(page, "</tbody></table></div>\n");
}

void oc_page_refs(oc_page *page, oc_report_refs refs)
{
    bool many = refs.count > 1;
    if (many) oc_page_raw(page, "<span class=\"nb\">");
    for (size_t i = 0; i < refs.count && i < 12; i++) {
        size_t source = refs.at[i];
        if (source >= page->input->source_count) continue;
        oc_page_raw(page, "<a class=\"ref\"");
        if (page->mentioned && !(page->mentioned[source] >> page->section & 1)) {
            page->mentioned[source] |= UINT32_C(1) << page->section;
            oc_page_rawf(page, " id=\"%s-%zu-%zu\"", page->code, source + 1, page->section);
        }
        oc_page_rawf(page, " href=\"#source-%zu\">%zu</a>", source + 1, source + 1);
    }
    if (many) oc_page_raw(page, "</span>");
}

void oc_page_run_ref(oc_page *page)
{
    oc_page_rawf(page, "<a class=\"ref\" href=\"#%s-run\">R</a>", page->code);
}

enum { MOST_COLUMNS = 17 }; /* of a table that fits a page */

/* The first column, and others from `from` to before `to`. The caption is for those who do not see what the table
 * stands under. */
static void write_part(oc_page *page, const oc_chart *chart, size_t from, size_t to)
{
    const oc_chart_table *table = &chart->table;
    size_t rows = table->cells.len / table->columns;
    oc_page_raw(page, "<table><caption>");
    oc_canvas_escape(page->out, oc_report_cut(page->arena, chart->subtitle, 200));
    oc_page_raw(page, "</caption>");
    for (size_t row = 0; row < rows; row++) {
        oc_page_rawf(page, "%s<tr>", row == 0 ? "<thead>" : row == 1 ? "<tbody>" : "");
        for (size_t column = 0; column < to; column = column ? column + 1 : from) {
            oc_slice text = oc_report_cut(page->arena, table->cells.at[row * table->columns + column], OC_REPORT_TITLE);
            oc_page_rawf(page, "%s", !row ? "<th scope=\"col\">" : !column ? "<th scope=\"row\">" : "<td>");
            oc_page_text(page, text);
        }
        if (!row) oc_page_raw(page, "</thead>");
    }
    oc_page_raw(page, "</tbody></table>");
}

static void write_twin(oc_page *page, const oc_chart *chart)
{
    oc_page_raw(page, "<details class=\"twin\"><summary>");
    oc_page_say(page, "report.as-table", NULL);
    oc_page_raw(page, "</summary><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
    oc_canvas_escape(page->out, oc_report_cut(page->arena, chart->title, 120));
    oc_page_raw(page, "\">");
    for (size_t from = 1; from < chart->table.columns; from += MOST_COLUMNS - 1) {
        size_t to = from + MOST_COLUMNS - 1;
        write_part(page, chart, from, to < chart->table.columns ? to : chart->table.columns);
    }
    oc_page_raw(page, "</div></details>\n");
}

static oc_chart draw(oc_page *page, const char *name, size_t which, bool narrow, bool *ret_drawn)
{
    oc_chart_options options = {.lang = page->lang, .narrow = narrow};
    options.id = oc_arena_printf(page->arena, "%s-%s%zu%s", page->code, name, which, narrow ? "n" : "w");
    oc_chart chart = {0};
    *ret_drawn = oc_report_chart(page->arena, page->input, name, which, &options, &chart);
    return chart;
}

bool oc_page_figure(oc_page *page, const char *name, size_t which)
{
    return oc_page_figure_from(page, name, which, (oc_report_refs){0});
}

bool oc_page_figure_from(oc_page *page, const char *name, size_t which, oc_report_refs refs)
{
    bool drawn;
    oc_chart wide = draw(page, name, which, false, &drawn);
    if (!drawn) return false;
    oc_chart narrow = draw(page, name, which, true, &drawn);
    oc_page_rawf(page, "<figure id=\"%s-fig-%s-%zu\"><figcaption><b>", page->code, name, which);
    oc_page_text(page, wide.title);
    oc_page_raw(page, "</b> <span>");
    oc_page_text(page, wide.subtitle);
    oc_page_raw(page, "</span></figcaption>\n");
    oc_text_add(page->out, wide.svg);
    oc_text_add(page->out, narrow.svg);
    oc_page_raw(page, "\n<p class=\"foot\">");
    oc_page_text(page, wide.footer);
    if (!oc_report_chart_of_record(name)) oc_page_run_ref(page);
    oc_page_refs(page, refs);
    oc_page_raw(page, "</p>\n</figure>\n");
    write_twin(page, &wide);
    return true;
}
