/* Rows of a sweep in the workspace, beside the CSV file or instead of it.
 *
 *     oc_status status = oc_sweep_keep_open(x, &sweep, resume, &keep);    // keep.rows: how many are there
 *     oc_sweep_keep_row(&keep, keep.rows, row);                           // the next one
 *     status = oc_sweep_keep_close(&keep, status);
 *
 * Rows are committed in groups, about twice a second: what is lost when the program is killed is computed again. All in
 * one thread. */
#ifndef OC_CLI_SWEEP_KEEP_H
#define OC_CLI_SWEEP_KEEP_H

#include "cli/workspace.h"
#include "store/sweeps.h"

typedef struct oc_sweep_keep {
    oc_context *x;
    oc_store *store;  /* NULL: rows are not kept */
    int64_t id;
    uint64_t rows;
    bool begun;
    double since;
} oc_sweep_keep;

/* OC_USAGE after a message if the sweep is there already and is not to be resumed. Otherwise failures of the store,
 * shown. */
oc_status oc_sweep_keep_open(oc_context *x, const oc_store_sweep *sweep, bool resume, oc_sweep_keep *ret);
/* The row without its line break. */
oc_status oc_sweep_keep_row(oc_sweep_keep *keep, oc_slice row);
/* Commits and closes; `status` if it is not OC_OK. Nothing if rows are not kept. */
oc_status oc_sweep_keep_close(oc_sweep_keep *keep, oc_status status);

#endif
