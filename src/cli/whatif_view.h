/* A comparison of variants as text for people and as JSON and CSV for programs. */
#ifndef OC_CLI_WHATIF_VIEW_H
#define OC_CLI_WHATIF_VIEW_H

#include "analysis/whatif.h"
#include "cli/command.h"

/* Whether a variant's news leaves too few futures for an answer. */
bool oc_whatif_too_few(const oc_whatif *w, size_t variant);
/* The measure that stands for the whole: the last question about a date, else the last stage; SIZE_MAX: none. */
size_t oc_whatif_main(const oc_whatif *w);
/* Its title; of a value of a category with that value. */
oc_slice oc_measure_title(oc_context *x, const oc_measure *m);
void oc_whatif_text(oc_context *x, oc_text *out, const oc_whatif *w);
/* docs/format/whatif.md. `more` (may be NULL) adds keys of its own to the open document. */
oc_slice oc_whatif_json(oc_context *x, const oc_whatif *w, const oc_run_options *options,
                        void (*more)(oc_json *json, void *context), void *context);
oc_slice oc_whatif_csv(oc_context *x, const oc_whatif *w);

#endif
