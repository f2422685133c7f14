/* Keeping a forecast in the workspace. */
#ifndef OC_CLI_KEEP_RUN_H
#define OC_CLI_KEEP_RUN_H

#include "cli/forecast_view.h"
#include "cli/workspace.h"

/* Keeps the run if --keep or --workspace was given or the workspace exists. `views` may be NULL. A failure is shown; it
 * counts as one of the command only when the run was asked to be kept. */
oc_status oc_run_keep(oc_context *x, const oc_forecast *forecast, const oc_run_options *options,
                      const oc_views *views);

#endif
