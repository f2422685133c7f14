/* The reasons why two runs differ, for people and programs. */
#ifndef OC_CLI_DIFF_VIEW_H
#define OC_CLI_DIFF_VIEW_H

#include "cli/diff_reasons.h"

typedef struct oc_diff_runs {
    const oc_store_run *runs;          /* two */
    const oc_store_changes *changes;   /* of their kept results */
} oc_diff_runs;

/* --question, else the main date; OC_USAGE if there is no such measure. */
oc_status oc_reasons_measure(oc_context *x, const oc_reasons *reasons, size_t *ret_measure);
void oc_reasons_text(oc_context *x, oc_text *out, const oc_reasons *reasons, const oc_diff_runs *diff, size_t measure);
/* The key "reasons" of an open document. */
void oc_reasons_json(oc_context *x, oc_json *json, const oc_reasons *reasons, const oc_diff_runs *diff);

#endif
