/* The ledger of a loaded model: its sections, with the model's stages and sources as what they may refer to. */
#ifndef OC_AUTHORITY_OF_MODEL_H
#define OC_AUTHORITY_OF_MODEL_H

#include "authority/ledger.h"
#include "model/model.h"

/* As oc_ledger_read: always a ledger, which must not be queried when `diags` has errors. */
oc_ledger *oc_ledger_of_model(oc_arena *arena, oc_diags *diags, const oc_model *model);

#endif
