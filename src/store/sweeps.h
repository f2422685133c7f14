/* Sweeps: rows of variants, in order and without gaps. */
#ifndef OC_STORE_SWEEPS_H
#define OC_STORE_SWEEPS_H

#include "store/store.h"

typedef struct oc_store_sweep {
    oc_slice made, opcon, scenario;
    oc_slice digest;  /* of all that the rows depend on; a sweep is known by it */
    oc_slice columns; /* names, as a line of CSV */
    int64_t runs, seed, variants;
} oc_store_sweep;

/* The sweep with this digest, and its number of rows; *ret_id 0: there is none. */
oc_status oc_store_find_sweep(oc_store *store, oc_slice digest, int64_t *ret_id, int64_t *ret_rows);

/* In a group of changes: a new sweep; its next row (`variant` is its number of rows so far; a line of CSV). */
oc_status oc_store_put_sweep(oc_store *store, const oc_store_sweep *sweep, int64_t *ret_id);
oc_status oc_store_put_sweep_row(oc_store *store, int64_t sweep, int64_t variant, oc_slice row);

/* Calls visit(context, variant, row) for the rows from `first` on, in order. */
oc_status oc_store_visit_sweep_rows(oc_store *store, oc_arena *arena, int64_t sweep, int64_t first,
                                    void (*visit)(void *context, int64_t variant, oc_slice row), void *context);

#endif
