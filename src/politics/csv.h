/* Text tables as rows of cells with places: RFC 4180 with comma, semicolon or tab (whichever the first line with any of
 * them has most of), quotes, CRLF, a byte order mark. Only the table readers use it. */
#ifndef OC_POLITICS_CSV_H
#define OC_POLITICS_CSV_H

#include "diag/diag.h"

typedef struct csv_cell {
    oc_slice text; /* trimmed, without quotes */
    oc_span span;
} csv_cell;

typedef struct csv_row {
    csv_cell *cells;
    size_t count;
    oc_span span;
} csv_row;

typedef struct csv_file {
    OC_VEC(csv_row) rows; /* lines without any text are left out */
    char separator;
} csv_file;

/* False, with a diagnostic, when the bytes are not such a table. `max_rows` and `max_cells` (a row) are limits. */
bool csv_parse(oc_arena *arena, oc_diags *diags, uint32_t file, size_t max_rows, size_t max_cells, csv_file *ret);

/* A plain decimal number, finite; false if the text is anything else. */
bool csv_number(oc_slice text, double *ret);

#endif
