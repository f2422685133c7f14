/* --smooth of forecast and whatif: runs the smooth estimator behind the plain one and tells what it did. */
#ifndef OC_CLI_SMOOTH_VIEW_H
#define OC_CLI_SMOOTH_VIEW_H

#include "analysis/smooth.h"
#include "cli/command.h"

/* Replaces what can be smoothed in a forecast or comparison that was run with these options. OC_INPUT after messages
 * when a scenario has no coin that can be integrated out. OC_CANCELLED: nothing was replaced. */
oc_status oc_smooth_forecast(oc_context *x, oc_forecast *f, const oc_run_options *options);
oc_status oc_smooth_whatif(oc_context *x, oc_whatif *w, const oc_run_options *options);

/* Which coins are integrated out and which are drawn; nothing for NULL. */
void oc_smooth_text(oc_context *x, oc_text *out, const oc_smooth *smooth);
void oc_smooth_json(oc_json *json, const oc_smooth *smooth);

#endif
