/* Why two kept runs differ: the edits between their texts and settings, each with what it contributes.
 *
 * The earlier text is run again with some of the edits made, on the same futures (analysis/attribute.h). What does not
 * reach the program (titles, sources, comments) is told apart by comparing programs. Edits that only make sense
 * together (a new record and another that reads it) are joined. */
#ifndef OC_CLI_DIFF_REASONS_H
#define OC_CLI_DIFF_REASONS_H

#include "analysis/attribute.h"
#include "cli/workspace.h"
#include "cli/kept_text.h"

/* One edit: of a record or a part of one, of a table, of a setting, or several joined. */
typedef struct oc_diff_edit {
    oc_slice name;          /* stages.foc.chance, data/budget.csv, --set plan_kept, as_of; joined with " + " */
    oc_slice before, after; /* short texts; "" where it is not there or too long to show */
    uint64_t *parts;        /* set of the raw edits */
} oc_diff_edit;

typedef struct oc_reasons {
    const char *not_possible; /* message: why nothing was run; NULL: it was */
    size_t count;
    oc_diff_edit *list;          /* those that reach the program */
    size_t idle_count;
    oc_slice *idle;           /* names of those that do not */
    oc_corners corners;
    oc_attribution result;    /* meaningful if count > 0 */
    const oc_compiled *before, *after;
    uint64_t seed, runs;      /* runs: futures that were asked for */
    bool other_program[2];    /* this version makes another program of the text than the run had */
    bool redrawn; /* a path is drawn in two ways (model/bridge.h): the kept runs do not have all draws in common */
    bool other_order;         /* all edits made give another program than the later text: the order of records counts */
} oc_reasons;

/* --runs, --threads of the command are used. OC_OK also if it is not possible; OC_CANCELLED with what was finished;
 * OC_USAGE. */
oc_status oc_reasons_find(oc_context *x, const oc_store_run runs[2], const oc_store_files files[2], oc_reasons *ret);

#endif
