/* What a document has to do with others, kept as it is added. Private to this folder; asked with documents.h. */
#ifndef OC_STORE_RELATIONS_H
#define OC_STORE_RELATIONS_H

#include "store/documents.h"

/* Finds and keeps the relations of a document that was put just now: by what it cites and, if its text is new, by how
 * much it has in common with others. */
void oc_relations_put(oc_store *store, int64_t id, const oc_store_reading *reading, bool new_text);

/* Takes out what an earlier reading gave; what follows from the text only if that is going to be another. */
void oc_relations_forget(oc_store *store, int64_t id, bool new_text);

#endif
