/* Tables that fit the terminal (command.h): columns as wide as their texts, narrowed where the line is too long, their
 * texts then on several lines. */
#include "base/linebreak.h"
#include "base/utf8.h"
#include "cli/command.h"

enum { LEAST_WIDTH = 12 };

oc_columns oc_columns_of(oc_arena *arena, const char *align)
{
    return (oc_columns){.arena = arena, .count = strlen(align), .align = align};
}

void oc_columns_add(oc_columns *columns, oc_slice text)
{
    *oc_vec_push(columns->arena, &columns->cells) = text;
}

static size_t widest_piece(oc_slice text)
{
    size_t widest = 0;
    for (size_t at = 0; at < text.len;) {
        size_t next, end = oc_line_piece(text, at, OC_BREAK_CHARACTERS, &next);
        size_t width = oc_utf8_width(oc_slice_sub(text, at, end));
        if (width > widest) widest = width;
        at = next;
    }
    return widest;
}

static void print_row(oc_text *out, const oc_columns *t, size_t row, const size_t *widths, bool bold)
{
    oc_slice *rest = OC_NEW_ARRAY(t->arena, t->count, oc_slice);
    for (size_t c = 0; c < t->count; c++) rest[c] = t->cells.at[row * t->count + c];
    for (bool more = true; more;) {
        more = false;
        size_t line_start = out->len;
        oc_text_repeat(out, ' ', (size_t)t->indent);
        if (bold) oc_text_lit(out, "\x1b[1m");
        for (size_t c = 0; c < t->count; c++) {
            oc_slice part = oc_line_take(&rest[c], widths[c]);
            size_t width = oc_utf8_width(part), pad = widths[c] > width ? widths[c] - width : 0;
            if (c) oc_text_lit(out, "  ");
            if (t->align[c] == 'r') oc_text_repeat(out, ' ', pad);
            oc_text_add(out, part);
            if (t->align[c] != 'r' && c + 1 < t->count) oc_text_repeat(out, ' ', pad);
            more = more || rest[c].len;
        }
        while (out->len > line_start && out->ptr[out->len - 1] == ' ') out->len--;
        if (bold) oc_text_lit(out, "\x1b[0m");
        oc_text_byte(out, '\n');
    }
}

/* Narrows the widest columns of text to `room` in all: first as far as no word need be parted, then further. */
static void fit(const oc_columns *t, size_t *widths, const size_t *pieces, size_t room)
{
    size_t total = (size_t)t->indent + 2 * (t->count - 1);
    for (size_t c = 0; c < t->count; c++) total += widths[c];
    for (int parted = 0; parted < 2; parted++)
        while (total > room) {
            size_t widest = SIZE_MAX;
            for (size_t c = 0; c < t->count; c++) {
                size_t least = !parted && pieces[c] > LEAST_WIDTH ? pieces[c] : LEAST_WIDTH;
                if (t->align[c] == 'l' && widths[c] > least && (widest == SIZE_MAX || widths[c] > widths[widest]))
                    widest = c;
            }
            if (widest == SIZE_MAX) break;
            widths[widest]--;
            total--;
        }
}

void oc_columns_print(oc_text *out, const oc_columns *t, int width, bool colour)
{
    size_t rows = t->cells.len / t->count;
    size_t *widths = OC_NEW_ARRAY(t->arena, t->count, size_t), *pieces = OC_NEW_ARRAY(t->arena, t->count, size_t);
    for (size_t i = 0; i < rows * t->count; i++) {
        size_t w = oc_utf8_width(t->cells.at[i]);
        if (w > widths[i % t->count]) widths[i % t->count] = w;
        size_t piece = widest_piece(t->cells.at[i]);
        if (piece > pieces[i % t->count]) pieces[i % t->count] = piece;
    }
    fit(t, widths, pieces, (size_t)(width > 20 ? width : 20));
    for (size_t r = 0; r < rows; r++) print_row(out, t, r, widths, colour && r == 0);
}
