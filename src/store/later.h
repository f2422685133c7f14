/* Rows whose place in their table is anywhere: the keys of near-duplicates, and relations by the other document.
 * Written as they come, each would fall on a page of its own, and a large table would be read and written anew for
 * every few documents. So they are kept in memory until the end of the change and then written in the order of the
 * table. Private to this folder. */
#ifndef OC_STORE_LATER_H
#define OC_STORE_LATER_H

#include "store/db.h"
#include "store/likeness.h"

typedef struct oc_relation_row {
    int64_t document, other;
    const char *kind; /* lives as long as the program */
    double measure;
} oc_relation_row;

void oc_later_relation(oc_store *store, const oc_relation_row *row);
void oc_later_bands(oc_store *store, int64_t document, const int64_t keys[OC_LIKENESS_BANDS]);

/* The oldest documents with this key, written or not, at most `most`. Returns their number. */
size_t oc_later_find(oc_store *store, int64_t key, int64_t *ret_documents, size_t most);

/* Writes what was kept back: at the end of the change, and before anything looks for it or takes it out. */
oc_status oc_later_write(oc_store *store);

/* What was kept back is forgotten, and its memory given back. */
void oc_later_drop(oc_store *store);

#endif
