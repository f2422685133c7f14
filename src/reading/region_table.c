/* Tables set with blanks in plain text; see region_line.h.
 *
 * Worked example: "구 분      2025년    2026년", "평가 항목   120개   155개": lines right below each other, each of
 * three short cells with two blanks or more between them, most with figures in two of them. */
#include "base/ascii.h"
#include "base/block.h"
#include "base/utf8.h"
#include "reading/region_line.h"

enum { CELL_CHARS = 30, LEAST_CELLS = 3, LEAST_ROWS = 2 };

/* Bytes of two blanks or more, or of a tab; 0 if a cell goes on. */
static size_t gap_at(oc_slice text, size_t at)
{
    size_t end = at, blanks = 0;
    for (;;) {
        oc_slice rest = oc_slice_from(text, at < end ? end : at);
        size_t length = oc_slice_begins(rest, " ") || oc_slice_begins(rest, "\t") ? 1
                        : oc_slice_begins(rest, "\u3000")                         ? 3
                                                                                  : 0;
        if (!length) break;
        blanks += oc_slice_begins(rest, "\t") ? 2 : 1;
        end += length;
    }
    return blanks >= 2 ? end - at : 0;
}

/* False if no two blanks, tab or wide blank stand in the text. */
static bool may_hold_gap(oc_slice text)
{
    char room[OC_BLOCK];
    uint64_t blank_before = 0;
    for (size_t at = 0; at < text.len; at += OC_BLOCK) {
        const char *block = oc_block_at(text, at, room);
        uint64_t blanks = oc_block_is(block, ' ');
        if ((blanks & (blanks << 1 | blank_before)) | oc_block_is(block, '\t')) return true;
        blank_before = blanks >> (OC_BLOCK - 1);
        uint64_t last = oc_block_is(block, 0x80); /* U+3000 is e3 80 80; the next block may hold the rest */
        if (oc_block_is(block, 0xe3) & (last >> 1 | UINT64_C(1) << 63) & (last >> 2 | UINT64_C(3) << 62)) return true;
    }
    return false;
}

/* How many cells the line has, 0 if one is long; in *ret_figures how many of them hold a digit. */
static size_t cells_of(oc_slice text, size_t *ret_figures)
{
    size_t cells = 0;
    *ret_figures = 0;
    for (size_t at = 0; at < text.len; cells++) {
        size_t end = at, gap = 0, digits = 0;
        while (end < text.len && (gap = gap_at(text, end)) == 0) {
            bool wide = oc_slice_begins(oc_slice_from(text, end), "\xef\xbc") && end + 2 < text.len &&
                        (unsigned char)text.ptr[end + 2] >= 0x90 && (unsigned char)text.ptr[end + 2] <= 0x99;
            digits += wide || oc_is_digit(text.ptr[end]);
            end++;
        }
        if (oc_utf8_count(oc_slice_sub(text, at, end)) > CELL_CHARS) return 0;
        *ret_figures += digits > 0;
        at = end + gap;
    }
    return cells;
}

void oc_region_mark_tables(oc_document *document)
{
    oc_layout *layout = &document->layout;
    if (document->format == OC_FORMAT_HTML) return;
    for (size_t i = 0; i < layout->lines.len;) {
        size_t end = i, rows = 0, figures = 0, own;
        for (; end < layout->lines.len; end++) {
            const oc_line *line = &layout->lines.at[end];
            bool row = line->region == OC_REGION_BODY && line->mark == OC_LINE_PLAIN && !line->sentence &&
                       (end == i || !line->gap) && may_hold_gap(line->text) &&
                       cells_of(line->text, &own) >= LEAST_CELLS;
            if (!row) break;
            rows++;
            figures += own >= 2;
        }
        bool table = rows >= LEAST_ROWS && figures * 2 > rows;
        for (size_t k = i; k < end && table; k++) layout->lines.at[k].mark = OC_LINE_ROW;
        i = end > i ? end : i + 1;
    }
}
