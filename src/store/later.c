/* See later.h.
 *
 * Keys lie in an array in the order they came, so that of one key the oldest document is first, and in chains by their
 * lowest bits (they are hashes). Example with four chains: keys 5, 9, 5 -> chain 1 is 5, 9, 5; asked for 5: the first
 * and the third. Both arrays have a fixed size; when one is full, what is there is written. */
#include "store/later.h"

#include <stdlib.h>

enum { BANDS = 4096 * OC_LIKENESS_BANDS, CHAINS = 1 << 17, RELATIONS = 1 << 16 };

typedef struct band {
    int64_t key, document;
    uint32_t next; /* number of the next one in the chain + 1, 0 for none */
} band;

struct oc_later {
    size_t bands, relations;
    uint32_t first[CHAINS], last[CHAINS]; /* numbers + 1 */
    band band[BANDS];
    oc_relation_row relation[RELATIONS];
};

/* NULL without memory, or if the store has failed. */
static oc_later *later_of(oc_store *store)
{
    if (store->status == OC_OK && !store->later) store->later = calloc(1, sizeof *store->later);
    return store->status == OC_OK ? store->later : NULL;
}

static void write_band(oc_store *store, int64_t key, int64_t document)
{
    sqlite3_stmt *s = oc_db_prepare(store, "INSERT OR IGNORE INTO bands (key, document) VALUES (?1, ?2)");
    oc_db_integer(s, 1, key);
    oc_db_integer(s, 2, document);
    oc_db_run(store, s);
}

/* One row at a time, and no REPLACE: a statement that could undo several rows is a savepoint to SQLite, and at each
 * savepoint FTS5 writes out what it has gathered of the words. */
static void write_relation(oc_store *store, const oc_relation_row *row)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "INSERT OR IGNORE INTO relations (document, other, kind, measure) VALUES (?1, ?2, ?3, ?4)");
    oc_db_integer(s, 1, row->document);
    oc_db_integer(s, 2, row->other);
    oc_db_text(s, 3, oc_slice_of(row->kind));
    if (s) sqlite3_bind_double(s, 4, row->measure);
    oc_db_run(store, s);
}

void oc_later_relation(oc_store *store, const oc_relation_row *row)
{
    oc_later *later = later_of(store);
    if (later && later->relations == RELATIONS) oc_later_write(store);
    if (later) later->relation[later->relations++] = *row;
    else write_relation(store, row);
}

static void keep_band(oc_later *later, int64_t key, int64_t document)
{
    size_t chain = (uint64_t)key % CHAINS;
    later->band[later->bands++] = (band){key, document, 0};
    uint32_t number = (uint32_t)later->bands;
    if (later->last[chain]) later->band[later->last[chain] - 1].next = number;
    else later->first[chain] = number;
    later->last[chain] = number;
}

void oc_later_bands(oc_store *store, int64_t document, const int64_t keys[OC_LIKENESS_BANDS])
{
    oc_later *later = later_of(store);
    if (later && later->bands + OC_LIKENESS_BANDS > BANDS) oc_later_write(store);
    for (size_t i = 0; i < OC_LIKENESS_BANDS; i++) {
        if (later) keep_band(later, keys[i], document);
        else write_band(store, keys[i], document);
    }
}

size_t oc_later_find(oc_store *store, int64_t key, int64_t *ret_documents, size_t most)
{
    size_t count = 0;
    sqlite3_stmt *s = oc_db_prepare(store, "SELECT document FROM bands WHERE key = ?1 LIMIT ?2");
    oc_db_integer(s, 1, key);
    oc_db_integer(s, 2, (int64_t)most);
    while (oc_db_row(store, s)) ret_documents[count++] = sqlite3_column_int64(s, 0);
    const oc_later *later = store->later;
    for (uint32_t at = later ? later->first[(uint64_t)key % CHAINS] : 0; at && count < most;) {
        const band *b = &later->band[at - 1];
        if (b->key == key) ret_documents[count++] = b->document;
        at = b->next;
    }
    return count;
}

static int order_bands(const void *left, const void *right)
{
    const band *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->document > b->document) - (a->document < b->document);
}

static int order_relations(const void *left, const void *right)
{
    const oc_relation_row *a = left, *b = right;
    if (a->other != b->other) return a->other < b->other ? -1 : 1;
    return (a->document > b->document) - (a->document < b->document);
}

static void forget(oc_later *later)
{
    later->bands = later->relations = 0;
    memset(later->first, 0, sizeof later->first);
    memset(later->last, 0, sizeof later->last);
}

oc_status oc_later_write(oc_store *store)
{
    oc_later *later = store->later;
    if (!later || !(later->bands + later->relations)) return store->status;
    qsort(later->band, later->bands, sizeof *later->band, order_bands);
    qsort(later->relation, later->relations, sizeof *later->relation, order_relations);
    for (size_t i = 0; i < later->bands; i++) write_band(store, later->band[i].key, later->band[i].document);
    for (size_t i = 0; i < later->relations; i++) write_relation(store, &later->relation[i]);
    forget(later);
    return store->status;
}

void oc_later_drop(oc_store *store)
{
    free(store->later);
    store->later = NULL;
}
