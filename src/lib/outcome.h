/* Inside of src/lib: settings of a run, and making outcomes and comparisons. */
#ifndef OC_LIB_OUTCOME_H
#define OC_LIB_OUTCOME_H

#include "analysis/forecast.h"
#include "lib/home.h"
#include "opcon/outcome.h"

/* A copy of what the forecast says that needs nothing of it. */
oc_status oc_outcome_copy(const oc_memory *memory, const oc_forecast *forecast, const oc_run_settings *settings,
                          oc_outcome **ret);

/* What a caller filled over what `own` holds; false if it is out of range. */
bool oc_run_settings_read(const oc_run_settings *given, oc_run_settings *own);

/* In all languages; the name where there is no title. */
void oc_outcome_titles(oc_home *home, const oc_title *title, oc_slice name, const char **ret);
/* Of numbers; "" if there is none. */
const char *oc_outcome_unit(oc_home *home, oc_type type);

#endif
