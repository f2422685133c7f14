/* Lines that differ between two texts. */
#ifndef OC_STORE_LINES_H
#define OC_STORE_LINES_H

#include "base/vec.h"

typedef struct oc_line_change {
    bool added;    /* else: removed */
    size_t line;   /* counts from 1, in the text it stands in */
    oc_slice text;
} oc_line_change;
typedef OC_VEC(oc_line_change) oc_line_changes;

enum { OC_LINE_EDITS = 2000 }; /* beyond so many the part between the first and last difference is taken as replaced */

/* The shortest list of removed and added lines (Myers 1986), in order. */
void oc_lines_compare(oc_arena *arena, oc_slice before, oc_slice after, oc_line_changes *ret);

#endif
