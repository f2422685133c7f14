/* opcon backtest --vintages: older scenarios against what has happened since. */
#ifndef OC_CLI_BACKTEST_VINTAGES_H
#define OC_CLI_BACKTEST_VINTAGES_H

#include "cli/command.h"

/* True if the command line asks for it: --vintages, or an argument that ends in .yaml. */
bool oc_vintages_asked(const oc_context *x);
oc_status oc_vintages_run(oc_context *x, size_t format);

#endif
