/* Why futures flip between two variants, as text and as part of a JSON document. */
#ifndef OC_CLI_WHY_VIEW_H
#define OC_CLI_WHY_VIEW_H

#include "analysis/why.h"
#include "cli/command.h"

typedef struct oc_why_shown {
    const oc_variant *variant;
    const oc_measure *measure;
    oc_why why;
} oc_why_shown;

void oc_why_text(oc_context *x, oc_text *out, const oc_model *model, const oc_why_shown *shown);
/* One object of the list "why" of docs/format/whatif.md. */
void oc_why_json(oc_json *json, const oc_why_shown *shown);

#endif
