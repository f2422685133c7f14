/* Text widths and line breaking; see measure.h.
 *
 * Breaking takes three steps: the text is cut into pieces that may not be parted (a Latin word, a figure with its
 * counter, one kanji with the marks that cling to it), the pieces are laid into lines greedily, and a piece wider than
 * a line is cut between characters. Example: "2027年末までに" at 5 em gives the pieces 2027年|末|ま|で|に (a figure
 * keeps its counter) of 3.54, 1, 1, 1 and 1 em, hence the lines "2027年末" and "までに". */
#include "chart/measure.h"

#include "base/linebreak.h"
#include "base/utf8.h"

enum { TABLE_FIRST = 0x20, TABLE_END = 0x180 };

/* Thousandths of an em. */
static const uint16_t table_widths[TABLE_END - TABLE_FIRST] = {
    318,  401,  474,  838,  636,  950,  780,  278,  390,  390,  500,  838,  318,  361,  318,  392,  636,  636,  636,
    636,  636,  636,  636,  636,  636,  636,  337,  337,  838,  838,  838,  531,  1000, 684,  686,  698,  770,  632,
    575,  775,  752,  295,  535,  656,  557,  863,  748,  787,  633,  787,  695,  635,  611,  732,  684,  989,  685,
    611,  685,  390,  392,  390,  838,  559,  606,  613,  635,  550,  635,  615,  352,  635,  634,  278,  278,  579,
    284,  974,  634,  612,  635,  635,  411,  521,  392,  634,  592,  818,  592,  592,  525,  636,  337,  636,  838,
    1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000,
    1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 318,  401,  636,  636,  636,
    636,  337,  1000, 606,  1000, 471,  612,  838,  0,    1000, 606,  500,  1000, 411,  411,  606,  636,  1000, 561,
    606,  411,  471,  612,  969,  969,  969,  531,  684,  684,  684,  684,  684,  684,  974,  698,  632,  632,  632,
    632,  295,  295,  295,  295,  775,  748,  787,  787,  787,  787,  787,  1000, 787,  732,  732,  732,  732,  611,
    652,  643,  613,  613,  613,  613,  613,  613,  982,  550,  615,  615,  615,  615,  278,  278,  278,  278,  612,
    634,  612,  612,  612,  612,  612,  1000, 612,  634,  634,  634,  634,  592,  635,  592,  684,  613,  684,  613,
    684,  613,  698,  550,  698,  550,  698,  550,  698,  550,  770,  635,  775,  635,  632,  615,  632,  615,  632,
    615,  632,  615,  632,  615,  775,  635,  775,  635,  775,  635,  775,  635,  752,  634,  916,  695,  295,  278,
    295,  278,  295,  278,  295,  278,  295,  278,  590,  556,  295,  278,  656,  579,  579,  557,  284,  557,  278,
    557,  375,  557,  342,  562,  284,  748,  634,  748,  634,  748,  634,  813,  748,  634,  787,  612,  787,  612,
    787,  612,  1070, 1023, 695,  411,  695,  411,  695,  411,  635,  521,  635,  521,  635,  521,  635,  521,  611,
    392,  611,  392,  611,  392,  732,  634,  732,  634,  732,  634,  732,  634,  732,  634,  732,  634,  989,  818,
    611,  592,  611,  685,  525,  685,  525,  685,  525,  352};

static double code_width(uint32_t code)
{
    if (code < TABLE_FIRST) return 0;
    if (code < TABLE_END) return table_widths[code - TABLE_FIRST] / 1000.0;
    if (code >= 0xac00 && code <= 0xd7a3) return 0.92;
    switch (code) {
    case 0x2013: return 0.54; /* en dash */
    case 0x2018:
    case 0x2019: return 0.32;
    case 0x201c:
    case 0x201d: return 0.52;
    case 0x2014:
    case 0x2026:
    case 0x25b6:
    case 0x25c0:
    case 0x2192:
    case 0x2212: return 1.0;
    default: break;
    }
    int columns = code == OC_UTF8_INVALID ? 1 : oc_utf8_code_width(code);
    return columns == 2 ? 1.0 : columns == 1 ? 0.7 : 0;
}

double oc_measure_width(oc_slice text, double size, bool bold)
{
    double width = 0;
    for (size_t at = 0; at < text.len;) width += code_width(oc_utf8_next(text, &at));
    return width * size * (bold ? 1.08 : 1.0);
}

/* The longest beginning of `text` from `start` within `width`; at least one character. */
static size_t fitting_end(oc_slice text, size_t start, size_t end, double width, double size)
{
    double used = 0;
    size_t at = start;
    while (at < end) {
        size_t next = at;
        used += code_width(oc_utf8_next(text, &next)) * size;
        if (used > width && at > start) break;
        at = next;
    }
    return at;
}

oc_slice oc_measure_fit(oc_arena *arena, oc_slice text, double width, double size)
{
    if (oc_measure_width(text, size, false) <= width) return text;
    size_t end = fitting_end(text, 0, text.len, width - size, size);
    return oc_arena_printf(arena, "%.*s…", OC_FMT(oc_slice_sub(text, 0, end)));
}

oc_lines oc_measure_break(oc_arena *arena, oc_slice text, oc_lang lang, double width, double size, size_t max_lines)
{
    oc_linebreak rule = lang == OC_LANG_JA ? OC_BREAK_CHARACTERS : OC_BREAK_SPACES;
    oc_lines lines = {0};
    size_t at = 0;
    while (at < text.len) {
        size_t start = at, end = at;
        while (at < text.len) {
            size_t next, stop = oc_line_piece(text, at, rule, &next);
            if (oc_measure_width(oc_slice_sub(text, start, stop), size, false) > width) {
                if (end == start) {
                    stop = fitting_end(text, start, stop, width, size);
                    end = at = stop;
                }
                break;
            }
            end = stop;
            at = next;
        }
        if (max_lines && lines.len + 1 == max_lines && at < text.len) {
            oc_slice rest = oc_slice_sub(text, start, text.len);
            *oc_vec_push(arena, &lines) = oc_measure_fit(arena, rest, width, size);
            return lines;
        }
        *oc_vec_push(arena, &lines) = oc_slice_sub(text, start, end);
    }
    return lines;
}
