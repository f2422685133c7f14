/* How wide a text will be, and where its lines may end.
 *
 * SVG does not wrap, and the reader's font is not known when the picture is made. Widths are therefore upper bounds
 * for the usual sans-serif families: the widest of Noto Sans CJK JP, Noto Sans CJK KR and DejaVu Sans for each
 * character up to U+017F, one em for wide characters, 0.92 em for Hangul syllables (Noto Sans CJK KR), and 0.7 em for
 * the rest. A text may come out narrower than was reckoned, hardly ever wider. */
#ifndef OC_CHART_MEASURE_H
#define OC_CHART_MEASURE_H

#include "base/message.h"
#include "base/vec.h"

typedef OC_VEC(oc_slice) oc_lines;

/* Width of `text` at font size `size`, in the unit of `size`. Bold letters count 8 % more. */
double oc_measure_width(oc_slice text, double size, bool bold);

/* Breaks `text` into lines not wider than `width` (one unbreakable piece may be). Japanese breaks between any two
 * characters except before closing marks and small kana, after opening marks, and inside figures, Latin words and
 * figure-and-counter groups (kinsoku: JIS X 4051, "strict"); Korean and English break at spaces only, and inside a
 * piece that is wider than a line. At most `max_lines` lines (0: any number); the last one then ends in an ellipsis.
 * Lines are slices of `text` or, with the ellipsis, of the arena. */
oc_lines oc_measure_break(oc_arena *arena, oc_slice text, oc_lang lang, double width, double size, size_t max_lines);

/* The text itself if it fits, or its longest beginning with an ellipsis that does. */
oc_slice oc_measure_fit(oc_arena *arena, oc_slice text, double width, double size);

#endif
