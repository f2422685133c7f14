/* From what was read in a document to what the workspace keeps of it. */
#ifndef OC_CLI_ADD_READING_H
#define OC_CLI_ADD_READING_H

#include "reading/document.h"
#include "store/documents.h"

/* Everything but origin, bytes, hash and read_with, which are the caller's. All of it lies in `arena`, whether the
 * document lives on or not; `scratch` is for what is needed in passing. Any thread, with arenas of its own. */
oc_store_reading oc_reading_to_keep(oc_arena *arena, oc_arena *scratch, const oc_document *document);

#endif
