/* opcon backtest --kept: the runs of the workspace against what is known by now. */
#ifndef OC_CLI_BACKTEST_KEPT_H
#define OC_CLI_BACKTEST_KEPT_H

#include "cli/command.h"

oc_status oc_kept_backtest(oc_context *x, size_t format);

#endif
