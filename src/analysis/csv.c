/* The CSV reader; see csv.h. One pass over the bytes, one row at a time: a row's cells are collected, compared with the
 * header's number and appended. */
#include "analysis/csv.h"

#include <stdint.h>

#include "base/utf8.h"

typedef OC_VEC(oc_csv_cell) cells;

typedef struct reader {
    oc_arena *arena;
    oc_diags *diags;
    oc_slice text;
    uint32_t file;
    size_t at;
    cells row;
} reader;

static oc_span span(const reader *r, size_t start, size_t end)
{
    return (oc_span){r->file, (uint32_t)start, (uint32_t)end};
}

static bool at_end(const reader *r)
{
    return r->at >= r->text.len;
}

static bool at_break(const reader *r)
{
    return at_end(r) || r->text.ptr[r->at] == '\n' ||
           (r->text.ptr[r->at] == '\r' && (r->at + 1 >= r->text.len || r->text.ptr[r->at + 1] == '\n'));
}

static void skip_blanks(reader *r)
{
    while (!at_end(r) && (r->text.ptr[r->at] == ' ' || r->text.ptr[r->at] == '\t')) r->at++;
}

/* A field in quotes; false if it never ends. */
static bool read_quoted(reader *r, oc_csv_cell *cell)
{
    size_t start = r->at++;
    oc_text text = oc_text_in(r->arena);
    for (; !at_end(r); r->at++) {
        char c = r->text.ptr[r->at];
        if (c == '"') {
            if (r->at + 1 >= r->text.len || r->text.ptr[r->at + 1] != '"') break;
            r->at++;
        }
        oc_text_byte(&text, c);
    }
    if (at_end(r)) {
        oc_report(r->diags, OC_E0940, span(r, start, start + 1), NULL);
        return false;
    }
    r->at++;
    *cell = (oc_csv_cell){oc_text_slice(&text), span(r, start, r->at)};
    skip_blanks(r);
    size_t rest = r->at;
    while (!at_break(r) && r->text.ptr[r->at] != ',') r->at++;
    if (r->at > rest) oc_report(r->diags, OC_E0941, span(r, rest, r->at), NULL);
    return true;
}

static void read_plain(reader *r, oc_csv_cell *cell)
{
    size_t start = r->at;
    while (!at_break(r) && r->text.ptr[r->at] != ',') r->at++;
    oc_slice text = oc_slice_trim(oc_slice_sub(r->text, start, r->at));
    size_t end = start + text.len;
    *cell = (oc_csv_cell){text, span(r, start, end)};
}

/* One row into r->row; false at the end of the text or after an unclosed quote. */
static bool read_row(reader *r)
{
    r->row.len = 0;
    if (at_end(r)) return false;
    for (;;) {
        skip_blanks(r);
        oc_csv_cell *cell = oc_vec_push(r->arena, &r->row);
        if (!at_end(r) && r->text.ptr[r->at] == '"') {
            if (!read_quoted(r, cell)) return false;
        } else {
            read_plain(r, cell);
        }
        if (at_break(r)) break;
        r->at++;
    }
    if (!at_end(r) && r->text.ptr[r->at] == '\r') r->at++;
    if (!at_end(r)) r->at++;
    return true;
}

static bool row_is_empty(const reader *r)
{
    return r->row.len == 1 && r->row.at[0].text.len == 0 && r->row.at[0].span.start == r->row.at[0].span.end;
}

static bool is_text(reader *r)
{
    size_t nul = oc_slice_find(r->text, (oc_slice){"", 1}, 0), bad = oc_utf8_check(r->text);
    if (nul != SIZE_MAX) oc_report(r->diags, OC_E0004, span(r, nul, nul + 1), OC_ARGS(OC_I(nul)));
    if (bad != SIZE_MAX) {
        oc_slice byte = oc_arena_printf(r->arena, "0x%02x", (unsigned)(unsigned char)r->text.ptr[bad]);
        oc_report(r->diags, OC_E0003, span(r, bad, bad + 1), OC_ARGS(OC_T(byte)));
    }
    return nul == SIZE_MAX && bad == SIZE_MAX;
}

static void report_size(const reader *r)
{
    oc_report(r->diags, OC_E0944, r->row.at[0].span, OC_ARGS(OC_I(OC_CSV_MOST_COLUMNS), OC_I(OC_CSV_MOST_ROWS)));
}

static bool read_header(reader *r, oc_csv *csv)
{
    bool some = false;
    while ((some = read_row(r)) && row_is_empty(r)) continue;
    if (!some) {
        if (r->row.len == 0) oc_report(r->diags, OC_E0015, span(r, 0, 0), NULL);
        return false;
    }
    if (r->row.len > OC_CSV_MOST_COLUMNS) {
        report_size(r);
        return false;
    }
    csv->columns = r->row.len;
    csv->header = OC_NEW_ARRAY(r->arena, csv->columns, oc_csv_cell);
    for (size_t i = 0; i < csv->columns; i++) {
        csv->header[i] = r->row.at[i];
        if (csv->header[i].text.len == 0) oc_report(r->diags, OC_E0943, csv->header[i].span, OC_ARGS(OC_I(i + 1)));
        for (size_t j = 0; j < i; j++)
            if (csv->header[i].text.len && oc_slice_equal(csv->header[i].text, csv->header[j].text))
                oc_report(r->diags, OC_E0945, csv->header[i].span, OC_ARGS(OC_T(csv->header[i].text)));
    }
    return true;
}

static void read_body(reader *r, oc_csv *csv)
{
    cells all = {0};
    while (read_row(r)) {
        if (row_is_empty(r)) continue;
        if (csv->rows == OC_CSV_MOST_ROWS) {
            report_size(r);
            break;
        }
        if (r->row.len != csv->columns) {
            oc_span whole = oc_span_join(r->row.at[0].span, r->row.at[r->row.len - 1].span);
            oc_report(r->diags, OC_E0942, whole, OC_ARGS(OC_I(r->row.len), OC_I(csv->columns)));
            continue;
        }
        for (size_t i = 0; i < csv->columns; i++) *oc_vec_push(r->arena, &all) = r->row.at[i];
        csv->rows++;
    }
    csv->cell = all.at;
}

oc_status oc_csv_read(oc_arena *arena, oc_diags *diags, oc_slice name, oc_slice bytes, oc_csv *ret_csv)
{
    *ret_csv = (oc_csv){0};
    size_t errors = diags->errors;
    reader r = {.arena = arena, .diags = diags, .text = bytes, .file = oc_source_add(diags->sources, name, bytes)};
    if (!is_text(&r)) return OC_INPUT;
    if (oc_slice_starts(bytes, OC_SLICE("\xef\xbb\xbf"))) r.at = 3;
    if (read_header(&r, ret_csv)) read_body(&r, ret_csv);
    return diags->errors > errors ? OC_INPUT : OC_OK;
}

size_t oc_csv_column(const oc_csv *csv, const char *name)
{
    for (size_t i = 0; i < csv->columns; i++)
        if (oc_slice_is(csv->header[i].text, name)) return i;
    return SIZE_MAX;
}
