/* The bargaining command's own: from an issue of a scenario to a table. */
#ifndef OC_CLI_BARGAIN_H
#define OC_CLI_BARGAIN_H

#include "cli/command.h"
#include "politics/bargain.h"

/* The issue named by the first argument ("all": every issue), of the scenario named by the second or the bundled one,
 * on the day of --at, with the values of --state. *ret_model is what the issue asks for. OC_INPUT: see the diagnostics.
 */
oc_status oc_bargain_from_scenario(oc_context *x, oc_bargain_table *ret, oc_bargain_model *ret_model);

/* The first issue's map of positions as an SVG file of its own. */
oc_slice oc_bargain_svg(oc_context *x, const oc_bargain_result *result);

/* One issue of a loaded scenario as it stands on its as_of: key and value under `issues`. False if that needs a
 * simulated future or is wrong; what was said about it is dropped. */
bool oc_bargain_read_issue(oc_context *x, const oc_model *model, const oc_pair *issue, oc_bargain_table *ret,
                           oc_bargain_model *ret_model);

#endif
