/* Inside of src/lib: making outcomes. */
#ifndef OC_LIB_OUTCOME_H
#define OC_LIB_OUTCOME_H

#include "analysis/forecast.h"
#include "lib/home.h"
#include "opcon/outcome.h"

/* A copy of what the forecast says that needs nothing of it. */
oc_status oc_outcome_copy(const oc_memory *memory, const oc_forecast *forecast, const oc_run_settings *settings,
                          oc_outcome **ret);

#endif
