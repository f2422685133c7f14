/* Inside of src/lib: a scenario as it was read, shared by the handle that read it and the simulations of it. */
#ifndef OC_LIB_LOADED_H
#define OC_LIB_LOADED_H

#include "lib/home.h"
#include "model/model.h"
#include "opcon/scenario.h"

typedef struct oc_loaded {
    oc_home home;
    unsigned holders;
    oc_sources sources;
    oc_diags diags;
    size_t own_diags; /* of the reading itself; those behind are of the last call that failed */
    size_t own_errors;
    oc_model *model; /* NULL: cannot be read */
    struct oc_ledger
        *ledger; /* NULL with errors in the model; not every user of this header wants authority/ledger.h */
    oc_scenario_info *facts;
} oc_loaded;

void oc_loaded_release(oc_loaded *loaded);

/* Checks the scenario as oc_scenario_check; on OC_OK *ret is what was read, for the caller to hold (++holders) if it
 * outlives the call. */
oc_status oc_scenario_read(oc_scenario *scenario, oc_loaded **ret);

/* Where a handle's memory comes from. */
const oc_memory *oc_scenario_memory(const oc_scenario *scenario);

/* Takes away the diagnostics of the last call that failed. */
void oc_loaded_forget(oc_loaded *loaded);

/* The parts of the functions on diagnostics that handles share; to be called inside oc_home_call. */
const oc_diagnostic_info *oc_diagnostic_of(oc_home *home, const oc_diags *diags, size_t number, oc_lang lang);
const char *oc_diagnostics_text(oc_home *home, oc_diags *diags, oc_lang lang);

#endif
