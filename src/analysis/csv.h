/* Reading tables: CSV (RFC 4180) into cells that know their place.
 *
 * UTF-8, with or without byte order mark; comma; fields in double quotes may hold commas, line breaks and doubled
 * quotes. The first row names the columns. Rows of nothing are skipped. Spaces around a field are dropped unless it is
 * quoted. Everything is text; the reader of the table says what it is. */
#ifndef OC_ANALYSIS_CSV_H
#define OC_ANALYSIS_CSV_H

#include "diag/diag.h"

enum { OC_CSV_MOST_COLUMNS = 256, OC_CSV_MOST_ROWS = 100000 };

typedef struct oc_csv_cell {
    oc_slice text; /* without quotes */
    oc_span span;  /* with quotes; empty cells have an empty span */
} oc_csv_cell;

typedef struct oc_csv {
    size_t columns, rows;
    oc_csv_cell *header; /* columns */
    oc_csv_cell *cell;   /* rows * columns, row by row */
} oc_csv;

/* Registers the bytes (not copied) as a source named `name` in diags->sources. OC_INPUT with E0003, E0004, E0015,
 * E0940 to E0945; rows with a wrong number of fields are reported and left out, so that all are seen at once. */
oc_status oc_csv_read(oc_arena *arena, oc_diags *diags, oc_slice name, oc_slice bytes, oc_csv *ret_csv);

/* Index of a column, or SIZE_MAX. */
size_t oc_csv_column(const oc_csv *csv, const char *name);

static inline const oc_csv_cell *oc_csv_at(const oc_csv *csv, size_t row, size_t column)
{
    return &csv->cell[row * csv->columns + column];
}

#endif
