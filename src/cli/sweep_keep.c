/* See sweep_keep.h. */
#include "cli/sweep_keep.h"

#define GROUP_SECONDS 0.5

oc_status oc_sweep_keep_open(oc_context *x, const oc_store_sweep *sweep, bool resume, oc_sweep_keep *ret)
{
    int64_t rows = 0;
    *ret = (oc_sweep_keep){.x = x};
    oc_status status = oc_workspace_open(x, OC_STORE_CREATE, &ret->store);
    if (status != OC_OK) {
        ret->store = NULL;
        return status;
    }
    status = oc_store_begin(ret->store);
    if (status == OC_OK) status = oc_store_find_sweep(ret->store, sweep->digest, &ret->id, &rows);
    if (status == OC_OK && ret->id && !resume) {
        oc_sweep_keep_close(ret, OC_USAGE);
        return oc_complain(x, OC_USAGE, "sweep.kept-already", OC_ARGS(OC_T(oc_workspace_path(x))));
    }
    if (status == OC_OK && !ret->id) status = oc_store_put_sweep(ret->store, sweep, &ret->id);
    if (status == OC_OK) status = oc_store_commit(ret->store);
    ret->rows = (uint64_t)rows;
    return status == OC_OK ? OC_OK : oc_sweep_keep_close(ret, status);
}

oc_status oc_sweep_keep_row(oc_sweep_keep *keep, oc_slice row)
{
    oc_status status = keep->begun ? OC_OK : oc_store_begin(keep->store);
    if (!keep->begun) keep->since = oc_clock();
    keep->begun = true;
    if (status == OC_OK) status = oc_store_put_sweep_row(keep->store, keep->id, (int64_t)keep->rows, row);
    if (status == OC_OK) keep->rows++;
    if (status != OC_OK || oc_clock() - keep->since < GROUP_SECONDS) return status;
    keep->begun = false;
    return oc_store_commit(keep->store);
}

oc_status oc_sweep_keep_close(oc_sweep_keep *keep, oc_status status)
{
    if (!keep->store) return status;
    if (keep->begun && oc_store_status(keep->store) == OC_OK) {
        oc_status committed = oc_store_commit(keep->store);
        if (status == OC_OK) status = committed;
    }
    status = oc_workspace_close(keep->x, keep->store, status);
    keep->store = NULL;
    return status;
}
