/* Inside view, outside view and voices side by side, as text and as JSON. */
#ifndef OC_CLI_VIEWS_VIEW_H
#define OC_CLI_VIEWS_VIEW_H

#include "analysis/views.h"
#include "cli/command.h"

/* The views of the main date of a forecast. *ret_views is NULL, and OC_OK returned, if the scenario has neither an
 * outside view of it nor voices about it. `outside`: its outside view, if that is known already, else NULL. OC_INPUT
 * with diagnostics not yet shown. */
oc_status oc_views_of(oc_context *x, const oc_forecast *f, const oc_outside_view *outside, oc_views **ret_views);
void oc_views_text(oc_context *x, oc_text *out, const oc_views *views, const oc_model *model);
/* The key `views`. */
void oc_views_json(oc_json *json, const oc_views *views);

#endif
