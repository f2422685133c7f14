/* Cells of text tables; see csv.h. */
#include "politics/csv.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

static size_t skip_mark(oc_slice text)
{
    return oc_slice_starts(text, OC_SLICE("\xef\xbb\xbf")) ? 3 : 0;
}

static bool check_encoding(oc_diags *diags, uint32_t file, oc_slice text)
{
    size_t bad = oc_utf8_check(text);
    size_t nul = oc_slice_find(text, (oc_slice){"", 1}, 0);
    size_t at = nul < bad ? nul : bad;
    if (at == SIZE_MAX) return true;
    oc_diag *diag = oc_report(diags, OC_E0601, (oc_span){file, (uint32_t)at, (uint32_t)at + 1}, NULL);
    oc_diag_help(diag, "help.save-as-utf8", NULL);
    return false;
}

static char find_separator(oc_slice text)
{
    size_t count[3] = {0};
    static const char separators[] = {',', ';', '\t'};
    bool quoted = false;
    for (size_t at = 0; at < text.len; at++) {
        char byte = text.ptr[at];
        if (byte == '"') quoted = !quoted;
        if (quoted) continue;
        for (int s = 0; s < 3; s++) count[s] += byte == separators[s];
        if (byte == '\n' && (count[0] || count[1] || count[2])) break;
    }
    int best = 0;
    for (int s = 1; s < 3; s++)
        if (count[s] > count[best]) best = s;
    return separators[best];
}

/* Reads the quoted cell that begins at *at; false if it is not closed. */
static bool quoted_cell(oc_arena *arena, oc_slice text, size_t *at, char separator, csv_cell *cell)
{
    oc_text out = oc_text_in(arena);
    size_t from = *at + 1;
    for (size_t end = from; end < text.len; end++) {
        if (text.ptr[end] != '"') continue;
        oc_text_add(&out, oc_slice_sub(text, from, end));
        if (end + 1 < text.len && text.ptr[end + 1] == '"') {
            from = ++end;
            continue;
        }
        cell->text = oc_slice_trim(oc_text_slice(&out));
        *at = end + 1;
        cell->span.end = (uint32_t)*at;
        while (*at < text.len && text.ptr[*at] != separator && text.ptr[*at] != '\n') (*at)++;
        return true;
    }
    return false;
}

static void plain_cell(oc_slice text, size_t *at, char separator, csv_cell *cell)
{
    size_t start = *at;
    while (*at < text.len && text.ptr[*at] != separator && text.ptr[*at] != '\n') (*at)++;
    oc_slice raw = oc_slice_sub(text, start, *at);
    cell->text = oc_slice_trim(raw);
    if (!cell->text.len) return;
    cell->span.start = (uint32_t)(start + (size_t)(cell->text.ptr - raw.ptr));
    cell->span.end = cell->span.start + (uint32_t)cell->text.len;
}

typedef OC_VEC(csv_cell) cells_vec;

/* One line into `cells`; false with a diagnostic when a quote stays open or there are too many cells. */
static bool read_row(oc_arena *arena, oc_diags *diags, uint32_t file, oc_slice text, size_t *at, char separator,
                     size_t max_cells, cells_vec *cells)
{
    for (;;) {
        size_t start = *at;
        while (start < text.len && text.ptr[start] == ' ') start++;
        if (cells->len == max_cells) {
            oc_report(diags, OC_E0613, (oc_span){file, (uint32_t)*at, (uint32_t)*at}, OC_ARGS(OC_I(max_cells)));
            return false;
        }
        csv_cell *cell = oc_vec_push(arena, cells);
        cell->span = (oc_span){file, (uint32_t)start, (uint32_t)start};
        if (start < text.len && text.ptr[start] == '"') {
            *at = start;
            if (!quoted_cell(arena, text, at, separator, cell)) {
                oc_report(diags, OC_E0603, (oc_span){file, (uint32_t)start, (uint32_t)start + 1}, NULL);
                return false;
            }
        } else {
            plain_cell(text, at, separator, cell);
        }
        if (*at >= text.len) return true;
        if (text.ptr[(*at)++] == '\n') return true;
    }
}

static bool is_blank(const cells_vec *cells)
{
    for (size_t c = 0; c < cells->len; c++)
        if (cells->at[c].text.len) return false;
    return true;
}

bool csv_parse(oc_arena *arena, oc_diags *diags, uint32_t file, size_t max_rows, size_t max_cells, csv_file *ret)
{
    oc_slice text = oc_source_get(diags->sources, file)->text;
    *ret = (csv_file){0};
    if (!check_encoding(diags, file, text)) return false;
    size_t at = skip_mark(text);
    ret->separator = find_separator(oc_slice_sub(text, at, text.len));
    while (at < text.len) {
        cells_vec cells = {0};
        if (!read_row(arena, diags, file, text, &at, ret->separator, max_cells, &cells)) return false;
        if (is_blank(&cells)) continue;
        oc_span span = oc_span_join(cells.at[0].span, cells.at[cells.len - 1].span);
        if (ret->rows.len == max_rows) {
            oc_report(diags, OC_E0629, span, OC_ARGS(OC_I(max_rows)));
            return false;
        }
        *oc_vec_push(arena, &ret->rows) = (csv_row){cells.at, cells.len, span};
    }
    return true;
}

static bool digits(oc_slice text, size_t *at)
{
    size_t start = *at;
    while (*at < text.len && text.ptr[*at] >= '0' && text.ptr[*at] <= '9') (*at)++;
    return *at > start;
}

bool csv_number(oc_slice text, double *ret)
{
    char copy[64];
    size_t at = 0;
    if (text.len >= sizeof copy) return false;
    if (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+')) at++;
    bool whole = digits(text, &at), part = false;
    if (at < text.len && text.ptr[at] == '.') {
        at++;
        part = digits(text, &at);
    }
    if (!whole && !part) return false;
    if (at < text.len && (text.ptr[at] == 'e' || text.ptr[at] == 'E')) {
        at++;
        if (at < text.len && (text.ptr[at] == '-' || text.ptr[at] == '+')) at++;
        if (!digits(text, &at)) return false;
    }
    if (at != text.len) return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = 0;
    *ret = strtod(copy, NULL);
    return isfinite(*ret);
}
