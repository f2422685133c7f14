/* Where a line of running text may end, in Japanese, Korean and English. */
#ifndef OC_BASE_LINEBREAK_H
#define OC_BASE_LINEBREAK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

typedef enum oc_linebreak {
    /* Korean and English: at spaces only. */
    OC_BREAK_SPACES,
    /* Also between two Japanese characters, but not before closing marks and small kana, after opening marks, inside
     * figures, Latin and Korean words, or between a figure and its counter (kinsoku: JIS X 4051, "strict"). */
    OC_BREAK_CHARACTERS,
} oc_linebreak;

/* Marks that may not begin a line (closing brackets, stops, small kana), and that may not end one (opening brackets).
 */
bool oc_line_clings_to_previous(uint32_t code);
bool oc_line_clings_to_next(uint32_t code);

/* End of the piece of `text` that begins at `start` (less than text.len) and that no line may part; where the next one
 * begins, behind spaces, goes to *ret_next. */
size_t oc_line_piece(oc_slice text, size_t start, oc_linebreak rule, size_t *ret_next);

/* The first line of `text` on a terminal of `columns` columns, under the rule of characters, without spaces around it;
 * *rest loses it. A piece that is wider than a line is parted before an opening bracket or behind a mark (. , / · _ -)
 * where three columns or more come before it, else where the line is full. At least one character. */
oc_slice oc_line_take(oc_slice *rest, size_t columns);

#endif
