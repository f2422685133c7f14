/* What opcon add says of a document once it lies in the workspace, and of those there that it resembles. */
#ifndef OC_CLI_ADD_REPORT_H
#define OC_CLI_ADD_REPORT_H

#include "base/json.h"
#include "cli/command.h"
#include "store/documents.h"

/* A document that was written, or that was there already. */
typedef struct oc_added {
    oc_slice path, title;
    int64_t id;
    oc_store_outcome outcome;
    size_t claims;
} oc_added;

typedef struct oc_add_report {
    oc_context *x;
    oc_store *store;
    oc_json *json; /* an open list; NULL: as text in the language of the context */
} oc_add_report;

/* Prints the document at once, so that a long list needs no memory: a line and the first documents that it resembles,
 * in JSON an object with all of them. What is needed in passing lies in the context's arena, for the caller to take
 * back. Where the store fails oc_store_status says so, and the relations may be incomplete. */
void oc_added_report(const oc_add_report *report, const oc_added *added);

#endif
