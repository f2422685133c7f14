/* Keeping documents and finding what belongs together; see documents.h.
 *
 * A new document is compared with those that share a band of its likeness (likeness.h). Of one band at most BAND_LOOK
 * documents are looked at: a boilerplate text added ten thousand times must not make adding quadratic. */
#include "store/documents.h"

#include "store/db.h"
#include "store/likeness.h"

enum { BAND_LOOK = 16, CANDIDATES = 64, CITED_BY_MOST = 50, HEX = 2 * OC_SHA256_BYTES };

int64_t oc_store_find(oc_store *store, oc_arena *arena, const uint8_t hash[OC_SHA256_BYTES], oc_slice *ret_read_with)
{
    sqlite3_stmt *s = oc_db_prepare(store, "SELECT id, read_with FROM documents WHERE hash = ?1");
    oc_db_blob(s, 1, (oc_slice){(const char *)hash, OC_SHA256_BYTES});
    *ret_read_with = (oc_slice){"", 0};
    if (!oc_db_row(store, s)) return 0;
    int64_t id = sqlite3_column_int64(s, 0);
    *ret_read_with = oc_db_column(arena, s, 1);
    oc_db_reset(s);
    return id;
}

oc_status oc_store_note_origin(oc_store *store, int64_t document, oc_slice origin, oc_slice now)
{
    sqlite3_stmt *s = oc_db_prepare(store, "INSERT OR IGNORE INTO origins (document, origin, seen) VALUES (?1, ?2, ?3)");
    oc_db_integer(s, 1, document);
    oc_db_text(s, 2, origin);
    oc_db_text(s, 3, now);
    return oc_db_run(store, s);
}

static void bind_metadata(sqlite3_stmt *s, const oc_store_reading *r)
{
    oc_db_text(s, 2, r->read_with);
    oc_db_text(s, 3, r->language);
    oc_db_text(s, 4, r->format);
    oc_db_text(s, 5, r->title);
    oc_db_text_or_null(s, 6, r->author);
    oc_db_text_or_null(s, 7, r->publisher);
    oc_db_text_or_null(s, 8, r->published);
    oc_db_text_or_null(s, 9, r->category);
    oc_db_text_or_null(s, 10, r->series);
    oc_db_integer(s, 11, r->machine_written);
    oc_db_integer(s, 12, r->reading_minutes);
}

static int64_t insert_document(oc_store *store, const oc_store_reading *r, const uint8_t *hash, oc_slice now)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "INSERT INTO documents (hash, read_with, language, format, title, author, publisher, published, category, series,"
        " machine_written, reading_minutes, size, added) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
    oc_db_blob(s, 1, (oc_slice){(const char *)hash, OC_SHA256_BYTES});
    bind_metadata(s, r);
    oc_db_integer(s, 13, (int64_t)r->bytes.len);
    oc_db_text(s, 14, now);
    if (oc_db_run(store, s) != OC_OK) return 0;
    int64_t id = sqlite3_last_insert_rowid(store->db);
    s = oc_db_prepare(store, "INSERT INTO contents (document, bytes, body, reading) VALUES (?1, ?2, ?3, ?4)");
    oc_db_integer(s, 1, id);
    oc_db_blob(s, 2, r->bytes);
    oc_db_text(s, 3, r->body);
    oc_db_blob(s, 4, r->packed);
    oc_db_run(store, s);
    return id;
}

static void index_words(oc_store *store, int64_t id, const oc_store_reading *r)
{
    sqlite3_stmt *s = oc_db_prepare(store, "INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)");
    oc_db_integer(s, 1, id);
    oc_db_text(s, 2, r->title);
    oc_db_text(s, 3, r->body);
    oc_db_run(store, s);
}

/* Takes out everything that was made of an earlier reading, but not the claims. */
static void forget_reading(oc_store *store, int64_t id)
{
    static const char *const removals[] = {
        "INSERT INTO words (words, rowid, title, body) SELECT 'delete', id, title, body FROM texts WHERE id = ?1",
        "DELETE FROM sketches WHERE document = ?1", "DELETE FROM bands WHERE document = ?1",
        "DELETE FROM citations WHERE document = ?1", "DELETE FROM clashes WHERE document = ?1",
        "DELETE FROM relations WHERE document = ?1 OR other = ?1",
    };
    for (size_t i = 0; i < sizeof removals / sizeof *removals; i++) {
        sqlite3_stmt *s = oc_db_prepare(store, removals[i]);
        oc_db_integer(s, 1, id);
        oc_db_run(store, s);
    }
}

static void update_document(oc_store *store, int64_t id, const oc_store_reading *r)
{
    forget_reading(store, id);
    sqlite3_stmt *s = oc_db_prepare(store,
        "UPDATE documents SET read_with = ?2, language = ?3, format = ?4, title = ?5, author = ?6, publisher = ?7,"
        " published = ?8, category = ?9, series = ?10, machine_written = ?11, reading_minutes = ?12 WHERE id = ?1");
    oc_db_integer(s, 1, id);
    bind_metadata(s, r);
    oc_db_run(store, s);
    s = oc_db_prepare(store, "UPDATE contents SET body = ?2, reading = ?3 WHERE document = ?1");
    oc_db_integer(s, 1, id);
    oc_db_text(s, 2, r->body);
    oc_db_blob(s, 3, r->packed);
    oc_db_run(store, s);
}

static void relate(oc_store *store, int64_t document, int64_t other, const char *kind, double measure)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "INSERT OR REPLACE INTO relations (document, other, kind, measure) VALUES (?1, ?2, ?3, ?4)");
    oc_db_integer(s, 1, document);
    oc_db_integer(s, 2, other);
    oc_db_text(s, 3, oc_slice_of(kind));
    if (s) sqlite3_bind_double(s, 4, measure);
    oc_db_run(store, s);
}

static size_t candidates(oc_store *store, const int64_t *keys, int64_t id, int64_t *found)
{
    size_t count = 0;
    sqlite3_stmt *s = oc_db_prepare(store, "SELECT document FROM bands WHERE key = ?1 LIMIT ?2");
    for (size_t band = 0; band < OC_LIKENESS_BANDS; band++) {
        oc_db_integer(s, 1, keys[band]);
        oc_db_integer(s, 2, BAND_LOOK);
        while (oc_db_row(store, s)) {
            int64_t other = sqlite3_column_int64(s, 0);
            bool known = other == id;
            for (size_t i = 0; i < count && !known; i++) known = found[i] == other;
            if (!known && count < CANDIDATES) found[count++] = other;
        }
    }
    return count;
}

static void relate_alike(oc_store *store, int64_t id, const oc_likeness *likeness, const int64_t *keys)
{
    int64_t others[CANDIDATES];
    size_t count = candidates(store, keys, id, others);
    sqlite3_stmt *s = oc_db_prepare(store, "SELECT sketch FROM sketches WHERE document = ?1");
    for (size_t i = 0; i < count; i++) {
        oc_likeness other = {.empty = false};
        oc_db_integer(s, 1, others[i]);
        if (!oc_db_row(store, s)) continue;
        bool whole = sqlite3_column_bytes(s, 0) == (int)sizeof other.bins;
        if (whole) memcpy(other.bins, sqlite3_column_blob(s, 0), sizeof other.bins);
        oc_db_reset(s);
        double share = whole ? oc_likeness_similarity(likeness, &other) : 0;
        if (share >= OC_STORE_SIMILAR)
            relate(store, id, others[i], share >= OC_STORE_DUPLICATE ? "duplicate" : "similar", share);
    }
}

static void keep_likeness(oc_store *store, int64_t id, oc_slice body)
{
    oc_likeness likeness;
    int64_t keys[OC_LIKENESS_BANDS];
    oc_likeness_make(body, &likeness);
    if (likeness.empty) return;
    oc_likeness_bands(&likeness, keys);
    relate_alike(store, id, &likeness, keys);
    sqlite3_stmt *s = oc_db_prepare(store, "INSERT INTO sketches (document, sketch) VALUES (?1, ?2)");
    oc_db_integer(s, 1, id);
    oc_db_blob(s, 2, (oc_slice){(const char *)likeness.bins, sizeof likeness.bins});
    oc_db_run(store, s);
    s = oc_db_prepare(store, "INSERT OR IGNORE INTO bands (key, document) VALUES (?1, ?2)");
    for (size_t band = 0; band < OC_LIKENESS_BANDS; band++) {
        oc_db_integer(s, 1, keys[band]);
        oc_db_integer(s, 2, id);
        oc_db_run(store, s);
    }
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
            "INSERT OR REPLACE INTO relations (document, other, kind, measure)"
            " SELECT ?1, o.document, 'cites-same', count(*) FROM citations c JOIN citations o USING (url)"
            " WHERE c.document = ?1 AND o.document <> ?1"
            " AND (SELECT count(*) FROM citations n WHERE n.url = c.url) <= ?2 GROUP BY o.document");
        oc_db_integer(s, 1, id);
        oc_db_integer(s, 2, CITED_BY_MOST);
        oc_db_run(store, s);
        s = oc_db_prepare(store,
            "INSERT OR REPLACE INTO relations (document, other, kind, measure)"
            " SELECT ?1, o.document, 'cites', count(*) FROM citations c JOIN origins o ON o.origin = c.url"
            " WHERE c.document = ?1 AND o.document <> ?1 GROUP BY o.document");
        oc_db_integer(s, 1, id);
        oc_db_run(store, s);
    }
    s = oc_db_prepare(store,
        "INSERT OR REPLACE INTO relations (document, other, kind, measure)"
        " SELECT document, ?1, 'cites', 1 FROM citations WHERE url = ?2 AND document <> ?1");
    oc_db_integer(s, 1, id);
    oc_db_text(s, 2, r->origin);
    oc_db_run(store, s);
}

static void keep_clashes(oc_store *store, int64_t id, const oc_store_reading *r)
{
    sqlite3_stmt *s = r->clash_count ? oc_db_prepare(store,
        "INSERT INTO clashes (document, kind, first_line, second_line, a, b) VALUES (?1, ?2, ?3, ?4, ?5, ?6)") : NULL;
    for (size_t i = 0; i < r->clash_count; i++) {
        const oc_store_clash *clash = &r->clashes[i];
        oc_db_integer(s, 1, id);
        oc_db_text(s, 2, clash->kind);
        oc_db_integer(s, 3, clash->first_line);
        oc_db_integer(s, 4, clash->second_line);
        oc_db_text(s, 5, clash->a);
        oc_db_text(s, 6, clash->b);
        oc_db_run(store, s);
    }
}

oc_status oc_store_put(oc_store *store, const oc_store_reading *reading, oc_slice now, int64_t *ret_id,
                       oc_store_outcome *ret_outcome)
{
    uint8_t hash[OC_SHA256_BYTES];
    oc_slice read_with;
    oc_arena_mark mark = oc_arena_get_mark(store->arena);
    if (reading->hash) memcpy(hash, reading->hash, sizeof hash);
    else oc_sha256(reading->bytes, hash);
    int64_t id = oc_store_find(store, store->arena, hash, &read_with);
    bool same = !reading->again && oc_slice_equal(read_with, reading->read_with);
    *ret_outcome = !id ? OC_STORE_ADDED : same ? OC_STORE_KNOWN : OC_STORE_REREAD;
    if (!id) id = insert_document(store, reading, hash, now);
    else if (*ret_outcome == OC_STORE_REREAD) update_document(store, id, reading);
    oc_store_note_origin(store, id, reading->origin, now);
    if (*ret_outcome != OC_STORE_KNOWN) {
        index_words(store, id, reading);
        keep_likeness(store, id, reading->body);
        keep_citations(store, id, reading);
        keep_clashes(store, id, reading);
        oc_store_put_claims(store, id, reading->claims, reading->claim_count);
    }
    *ret_id = id;
    if (store->status == OC_OK) oc_arena_rewind(store->arena, mark);
    return store->status;
}

static oc_slice hex(oc_arena *arena, const unsigned char *bytes)
{
    char text[HEX];
    for (int i = 0; i < OC_SHA256_BYTES && bytes; i++) {
        text[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        text[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
    return oc_arena_copy(arena, (oc_slice){text, bytes ? HEX : 0});
}

oc_status oc_store_list(oc_store *store, oc_arena *arena, int64_t only, oc_store_documents *ret)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "SELECT id, hash, size, added, read_with, language, format, title, author, publisher, published, category, series,"
        " machine_written, reading_minutes,"
        " (SELECT origin FROM origins WHERE document = id ORDER BY seen, origin LIMIT 1),"
        " (SELECT count(*) FROM claims WHERE document = documents.id AND found)"
        " FROM documents WHERE ?1 = 0 OR id = ?1 ORDER BY id");
    oc_db_integer(s, 1, only);
    while (oc_db_row(store, s)) {
        oc_store_document *d = oc_vec_push(arena, ret);
        d->id = sqlite3_column_int64(s, 0);
        d->hash = hex(arena, sqlite3_column_bytes(s, 1) == OC_SHA256_BYTES ? sqlite3_column_blob(s, 1) : NULL);
        d->size = sqlite3_column_int64(s, 2);
        oc_slice *texts[] = {&d->added, &d->read_with, &d->language, &d->format, &d->title, &d->author, &d->publisher,
                             &d->published, &d->category, &d->series};
        for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) *texts[i] = oc_db_column(arena, s, 3 + i);
        d->machine_written = sqlite3_column_int64(s, 13) != 0;
        d->reading_minutes = sqlite3_column_int64(s, 14);
        d->origin = oc_db_column(arena, s, 15);
        d->claims = sqlite3_column_int64(s, 16);
    }
    return store->status;
}

oc_status oc_store_bytes(oc_store *store, oc_arena *arena, int64_t document, oc_slice *ret_bytes, oc_slice *ret_json)
{
    sqlite3_stmt *s = oc_db_prepare(store, "SELECT bytes, unpacked(reading) FROM contents WHERE document = ?1");
    oc_db_integer(s, 1, document);
    *ret_bytes = *ret_json = (oc_slice){"", 0};
    while (oc_db_row(store, s)) {
        *ret_bytes = oc_db_column(arena, s, 0);
        *ret_json = oc_db_column(arena, s, 1);
    }
    return store->status;
}

oc_status oc_store_related(oc_store *store, oc_arena *arena, int64_t document, oc_store_relations *ret)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "SELECT r.document, r.other, r.kind, r.measure, d.title FROM relations r"
        " JOIN documents d ON d.id = CASE WHEN r.document = ?1 THEN r.other ELSE r.document END"
        " WHERE ?1 = 0 OR r.document = ?1 OR r.other = ?1"
        " ORDER BY r.kind = 'duplicate' DESC, r.measure DESC, r.document, r.other");
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
        "SELECT j.value ->> 'text' FROM contents c, json_each(unpacked(c.reading), '$.sentences') j WHERE c.document = ?1"
        " AND j.value ->> 'text' NOT IN (SELECT k.value ->> 'text' FROM contents o, json_each(unpacked(o.reading), '$.sentences') k"
        " WHERE o.document = ?2 AND k.value ->> 'text' IS NOT NULL) LIMIT ?3");
    oc_db_integer(s, 1, document);
    oc_db_integer(s, 2, other);
    oc_db_integer(s, 3, limit);
    while (oc_db_row(store, s)) *oc_vec_push(arena, ret) = oc_db_column(arena, s, 0);
    return store->status;
}
