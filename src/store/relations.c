/* Documents that belong together: alike, or citing; see relations.h and documents.h.
 *
 * A new document is compared with those that share a band of its likeness (likeness.h). Of one band at most BAND_LOOK
 * documents are looked at, and of those that are merely similar the SIMILAR_MOST closest are kept: a boilerplate text
 * added ten thousand times must not make adding quadratic. */
#include "store/relations.h"

#include <stdlib.h>

#include "store/later.h"

enum { BAND_LOOK = 16, CANDIDATES = 64, CITED_BY_MOST = 50, SIMILAR_MOST = 16 };

/* The sketch of a document; false if it has none. */
static bool get_likeness(oc_store *store, int64_t id, oc_likeness *ret)
{
    sqlite3_stmt *s = oc_db_prepare(store, "SELECT sketch FROM sketches WHERE document = ?1");
    oc_db_integer(s, 1, id);
    ret->empty = false;
    if (!oc_db_row(store, s)) return false;
    bool whole = sqlite3_column_bytes(s, 0) == (int)sizeof ret->bins;
    if (whole) memcpy(ret->bins, sqlite3_column_blob(s, 0), sizeof ret->bins);
    oc_db_reset(s);
    return whole;
}

static size_t candidates(oc_store *store, const int64_t *keys, int64_t id, int64_t *found)
{
    size_t count = 0;
    for (size_t band = 0; band < OC_LIKENESS_BANDS; band++) {
        int64_t others[BAND_LOOK];
        size_t looked = oc_later_find(store, keys[band], others, BAND_LOOK);
        for (size_t n = 0; n < looked; n++) {
            bool known = others[n] == id;
            for (size_t i = 0; i < count && !known; i++) known = found[i] == others[n];
            if (!known && count < CANDIDATES) found[count++] = others[n];
        }
    }
    return count;
}

typedef struct alike {
    int64_t document;
    double share;
} alike;

/* Closest first, of equally close ones the oldest. */
static int order_alike(const void *left, const void *right)
{
    const alike *a = left, *b = right;
    if (a->share != b->share) return a->share > b->share ? -1 : 1;
    return (a->document > b->document) - (a->document < b->document);
}

static void relate_alike(oc_store *store, int64_t id, const oc_likeness *likeness, const int64_t *keys)
{
    int64_t others[CANDIDATES];
    alike found[CANDIDATES] = {0};
    size_t count = candidates(store, keys, id, others), similar = 0;
    for (size_t i = 0; i < count; i++) {
        oc_likeness other;
        bool known = get_likeness(store, others[i], &other);
        found[i] = (alike){others[i], known ? oc_likeness_similarity(likeness, &other) : 0};
    }
    qsort(found, count, sizeof *found, order_alike);
    for (size_t i = 0; i < count && found[i].share >= OC_STORE_SIMILAR; i++) {
        bool duplicate = found[i].share >= OC_STORE_DUPLICATE;
        if (!duplicate && ++similar > SIMILAR_MOST) break;
        const char *kind = duplicate ? "duplicate" : "similar";
        oc_later_relation(store, &(oc_relation_row){id, found[i].document, kind, found[i].share});
    }
}

static void keep_likeness(oc_store *store, int64_t id, const oc_store_reading *r)
{
    oc_likeness made;
    const oc_likeness *likeness = r->likeness;
    int64_t keys[OC_LIKENESS_BANDS];
    if (!likeness) oc_likeness_make(r->body, &made), likeness = &made;
    if (likeness->empty) return;
    oc_likeness_bands(likeness, keys);
    relate_alike(store, id, likeness, keys);
    sqlite3_stmt *s = oc_db_prepare(store, "INSERT INTO sketches (document, sketch) VALUES (?1, ?2)");
    oc_db_integer(s, 1, id);
    oc_db_blob(s, 2, (oc_slice){(const char *)likeness->bins, sizeof likeness->bins});
    oc_db_run(store, s);
    oc_later_bands(store, id, keys);
}

/* The statement gives document, other and measure for ?1. */
static void relate_each(oc_store *store, sqlite3_stmt *s, int64_t id, const char *kind)
{
    oc_db_integer(s, 1, id);
    while (oc_db_row(store, s))
        oc_later_relation(store, &(oc_relation_row){sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1), kind,
                                                    sqlite3_column_double(s, 2)});
}

static void keep_citations(oc_store *store, int64_t id, const oc_store_reading *r)
{
    sqlite3_stmt *s = oc_db_prepare(store, "INSERT OR IGNORE INTO citations (document, url) VALUES (?1, ?2)");
    for (size_t i = 0; i < r->url_count; i++) {
        if (!r->urls[i].len) continue;
        oc_db_integer(s, 1, id);
        oc_db_text(s, 2, r->urls[i]);
        oc_db_run(store, s);
    }
    if (r->url_count) {
        s = oc_db_prepare(store,
            "SELECT ?1, o.document, count(*) FROM citations c JOIN citations o USING (url)"
            " WHERE c.document = ?1 AND o.document <> ?1"
            " AND (SELECT 1 FROM citations n WHERE n.url = c.url LIMIT 1 OFFSET ?2) IS NULL GROUP BY o.document");
        oc_db_integer(s, 2, CITED_BY_MOST);
        relate_each(store, s, id, "cites-same");
        s = oc_db_prepare(store,
            "SELECT ?1, o.document, count(*) FROM citations c JOIN origins o ON o.origin = c.url"
            " WHERE c.document = ?1 AND o.document <> ?1 GROUP BY o.document");
        relate_each(store, s, id, "cites");
    }
    s = oc_db_prepare(store, "SELECT document, ?1, 1 FROM citations WHERE url = ?2 AND document <> ?1");
    oc_db_text(s, 2, r->origin);
    relate_each(store, s, id, "cites");
}

/* The keys follow from the sketch, so that the table needs no second index. */
static void forget_likeness(oc_store *store, int64_t id)
{
    oc_likeness likeness;
    int64_t keys[OC_LIKENESS_BANDS];
    if (!get_likeness(store, id, &likeness)) return;
    oc_likeness_bands(&likeness, keys);
    sqlite3_stmt *s = oc_db_prepare(store, "DELETE FROM bands WHERE key = ?1 AND document = ?2");
    for (size_t band = 0; band < OC_LIKENESS_BANDS; band++) {
        oc_db_integer(s, 1, keys[band]);
        oc_db_integer(s, 2, id);
        oc_db_run(store, s);
    }
}

void oc_relations_forget(oc_store *store, int64_t id, bool new_text)
{
    static const char *const removals[] = {
        "DELETE FROM citations WHERE document = ?1",
        "DELETE FROM relations WHERE document = ?1 AND (?2 OR kind IN ('cites', 'cites-same'))",
        "DELETE FROM relations WHERE other = ?1 AND (?2 OR kind IN ('cites', 'cites-same'))",
        "DELETE FROM sketches WHERE document = ?1 AND ?2",
    };
    oc_later_write(store);
    if (new_text) forget_likeness(store, id);
    for (size_t i = 0; i < sizeof removals / sizeof *removals; i++) {
        sqlite3_stmt *s = oc_db_prepare(store, removals[i]);
        oc_db_integer(s, 1, id);
        if (i) oc_db_integer(s, 2, new_text);
        oc_db_run(store, s);
    }
}

void oc_relations_put(oc_store *store, int64_t id, const oc_store_reading *reading, bool new_text)
{
    if (new_text) keep_likeness(store, id, reading);
    keep_citations(store, id, reading);
}

oc_status oc_store_related(oc_store *store, oc_arena *arena, int64_t document, oc_store_relations *ret)
{
    oc_later_write(store);
    sqlite3_stmt *s = oc_db_prepare(store, document
        ? "SELECT r.document, r.other, r.kind, r.measure, d.title FROM ("
          "SELECT *, other AS far FROM relations WHERE document = ?1 UNION ALL"
          " SELECT *, document AS far FROM relations WHERE other = ?1) r JOIN documents d ON d.id = r.far"
          " ORDER BY r.kind = 'duplicate' DESC, r.measure DESC, r.document, r.other"
        : "SELECT r.document, r.other, r.kind, r.measure, d.title FROM relations r JOIN documents d ON d.id = r.other"
          " WHERE ?1 = 0 ORDER BY r.document, r.other, r.kind");
    oc_db_integer(s, 1, document);
    while (oc_db_row(store, s)) {
        oc_store_relation *relation = oc_vec_push(arena, ret);
        relation->document = sqlite3_column_int64(s, 0);
        relation->other = sqlite3_column_int64(s, 1);
        relation->kind = oc_db_column(arena, s, 2);
        relation->measure = sqlite3_column_double(s, 3);
        relation->title = oc_db_column(arena, s, 4);
    }
    return store->status;
}

oc_status oc_store_only_in(oc_store *store, oc_arena *arena, int64_t document, int64_t other, int limit,
                           oc_store_texts *ret)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "SELECT j.value ->> 'text' FROM contents c, json_each(unpacked(c.reading), '$.sentences') j"
        " WHERE c.document = ?1 AND j.value ->> 'text' NOT IN"
        " (SELECT k.value ->> 'text' FROM contents o, json_each(unpacked(o.reading), '$.sentences') k"
        " WHERE o.document = ?2 AND k.value ->> 'text' IS NOT NULL) LIMIT ?3");
    oc_db_integer(s, 1, document);
    oc_db_integer(s, 2, other);
    oc_db_integer(s, 3, limit);
    while (oc_db_row(store, s)) *oc_vec_push(arena, ret) = oc_db_column(arena, s, 0);
    return store->status;
}
