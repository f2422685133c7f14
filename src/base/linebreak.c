/* Line breaking for pictures (which measure pieces themselves) and for the terminal.
 *
 * "2040-12-31までに86 %" in 12 columns: pieces 2040-12-31 | ま | で | に | 86 | %, lines "2040-12-31ま" and "でに86 %".
 */
#include "base/linebreak.h"

#include "base/utf8.h"

enum { LEAST_PART = 3 };

static bool is_one_of(uint32_t code, const char *set)
{
    oc_slice slice = oc_slice_of(set);
    for (size_t at = 0; at < slice.len;)
        if (oc_utf8_next(slice, &at) == code) return true;
    return false;
}

/* JIS X 4051, marks that may not begin a line, and small kana under the strict rule. */
bool oc_line_clings_to_previous(uint32_t code)
{
    return is_one_of(code, "、。，．・：；？！゛゜ヽヾゝゞ々ー〜）］｝〕〉》」』】”’%％)]},.:;!?…‥"
                           "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ°′″");
}

bool oc_line_clings_to_next(uint32_t code)
{
    return is_one_of(code, "（［｛〔〈《「『【“‘([{$¥￥");
}

/* Counters that stay with the figure before them. */
static bool is_counter(uint32_t code)
{
    return is_one_of(code, "年月日回件点人週分秒時度割倍か期本兆億万千百四末頃");
}

static bool is_figure(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 0xff10 && code <= 0xff19);
}

static bool is_narrow(uint32_t code)
{
    return code > ' ' && code < 0x2e80 && code != 0x2018 && code != 0x201c;
}

static bool is_hangul(uint32_t code)
{
    return (code >= 0xac00 && code <= 0xd7a3) || (code >= 0x1100 && code <= 0x11ff) ||
           (code >= 0x3130 && code <= 0x318f);
}

static bool may_part(uint32_t before, uint32_t after)
{
    if (before == 0x3000) return true;
    if ((is_narrow(before) || is_hangul(before)) && (is_narrow(after) || is_hangul(after))) return false;
    if (oc_line_clings_to_previous(after) || oc_line_clings_to_next(before)) return false;
    if (is_figure(before) && is_counter(after)) return false;
    return true;
}

size_t oc_line_piece(oc_slice text, size_t start, oc_linebreak rule, size_t *ret_next)
{
    size_t at = start;
    uint32_t before = oc_utf8_next(text, &at);
    while (at < text.len) {
        size_t next = at;
        uint32_t after = oc_utf8_next(text, &next);
        if (after == ' ' || after == '\n') {
            size_t end = at;
            while (next < text.len && text.ptr[next] == ' ') next++;
            *ret_next = next;
            return end;
        }
        if (rule == OC_BREAK_CHARACTERS && (before == ' ' || may_part(before, after))) break;
        before = after;
        at = next;
    }
    *ret_next = at;
    return at;
}

/* Where a piece that is wider than a line is parted. */
static size_t part_of_piece(oc_slice piece, size_t columns)
{
    oc_slice fits = oc_utf8_fit(piece, columns);
    size_t at = fits.len, best = 0;
    if (!at) {
        oc_utf8_next(piece, &at);
        return at;
    }
    size_t full = at; /* but no closing mark at the beginning of a line */
    uint32_t before = ' ';
    for (size_t i = 0; i <= at && i < piece.len;) {
        size_t here = i;
        uint32_t code = oc_utf8_next(piece, &i);
        if (here && !oc_line_clings_to_previous(code)) {
            full = here;
            if (is_one_of(code, "([{（「") || is_one_of(before, ".,/·_-)")) best = here;
        }
        before = code;
    }
    return oc_utf8_width(oc_slice_sub(piece, 0, best)) >= LEAST_PART ? best : full;
}

oc_slice oc_line_take(oc_slice *rest, size_t columns)
{
    oc_slice text = oc_slice_trim(*rest);
    size_t end = 0;
    for (size_t at = 0; at < text.len;) {
        size_t next, stop = oc_line_piece(text, at, OC_BREAK_CHARACTERS, &next);
        if (oc_utf8_width(oc_slice_sub(text, 0, stop)) > columns) break;
        end = stop;
        at = next;
    }
    if (!end && text.len) end = part_of_piece(text, columns ? columns : 1);
    *rest = oc_slice_trim(oc_slice_sub(text, end, text.len));
    return oc_slice_sub(text, 0, end);
}
