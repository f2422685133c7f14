/* What the columns of a text table hold: the first part of reading one, before read_csv.c looks at the other lines. */
#ifndef OC_POLITICS_CSV_COLUMNS_H
#define OC_POLITICS_CSV_COLUMNS_H

#include "politics/csv.h"
#include "politics/read.h"

enum { CSV_MAX_COLUMNS = 4 + 3 * OC_BARGAIN_MAX_ISSUES };

typedef enum csv_role {
    ROLE_UNKNOWN,
    ROLE_ACTOR,
    ROLE_DESCRIPTION,
    ROLE_CAPABILITY,
    ROLE_SIDE,
    ROLE_VETO,
    ROLE_ISSUE,
    ROLE_POSITION,
    ROLE_SALIENCE,
    ROLE_RIGHT
} csv_role;

typedef struct csv_column {
    csv_role role;
    oc_slice issue; /* what the header says beside "position" */
    size_t index;   /* of the issue, in wide tables */
    oc_span span;
} csv_column;

typedef struct csv_reader {
    oc_arena *arena;
    oc_diags *diags;
    const oc_bargain_read_options *options;
    oc_bargain_table *table;
    csv_file csv;
    csv_column columns[CSV_MAX_COLUMNS];
    size_t column_count;
    size_t first_row;                /* of the data */
    OC_VEC(oc_slice) actors, issues; /* names in order of appearance */
    OC_VEC(oc_span) actor_spans, issue_spans;
} csv_reader;

/* Takes the header of a plain table: the role of each column and its words for an issue. False with a diagnostic if
 * there are too many. */
bool csv_read_columns(csv_reader *r, const csv_row *header);

size_t csv_count_role(const csv_reader *r, csv_role which);

/* In a wide table: roles for columns whose headers are only names of issues, the list of issues, and of each column the
 * issue it belongs to. False with a diagnostic if that is not clear or something is missing. */
bool csv_place_columns(csv_reader *r, const csv_row *header);

/* The number of an issue by its name, which is added if it is new. */
size_t csv_issue_index(csv_reader *r, oc_slice name, oc_span span);

/* E0602 with what is wrong and which columns there should be. */
void csv_bad_header(csv_reader *r, oc_span span, const char *note);

#endif
