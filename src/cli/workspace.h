/* The workspace for commands: which file, opening it, and showing what is in it. */
#ifndef OC_CLI_WORKSPACE_H
#define OC_CLI_WORKSPACE_H

#include "cli/command.h"
#include "store/claims.h"

#define OC_OPTION_WORKSPACE {"workspace", "FILE", false}

/* --workspace, else OPCON_WORKSPACE, else opcon.db in the current folder. */
oc_slice oc_workspace_path(oc_context *x);

/* Opens it; on failure the diagnostics are shown. Close with oc_store_close. */
oc_status oc_workspace_open(oc_context *x, oc_store_mode mode, oc_store **ret);

/* Closes, shows diagnostics, and returns `status`, or that of the diagnostics if it was OC_OK. */
oc_status oc_workspace_close(oc_context *x, oc_store *store, oc_status status);

/* The time in UTC: 2026-06-25T09:30:00Z. */
oc_slice oc_now(oc_arena *arena);

/* "2028 … 2029-06-30" as text: whole years and months are cut short; "–" without days. */
oc_slice oc_days_text(oc_context *x, oc_day start, oc_day to);
/* Name of a milestone or step, modality, decision, grade … in the reader's language; `word` itself if it has none. */
oc_slice oc_word_of(oc_context *x, const char *area, oc_slice word);

/* --milestone, --speaker, --since, --document. */
oc_status oc_claim_filter(oc_context *x, oc_store_filter *ret);
void oc_claim_json(oc_json *json, const oc_store_claim *claim);

/* Bytes that end in a number of documents, runs, claims: "12" or "#12". False if it is none. */
bool oc_number_of(oc_slice text, int64_t *ret);

#endif
