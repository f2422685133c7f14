/* Keeping documents: bytes, what was read, the search index; see documents.h. What belongs together: relations.c. */
#include "store/documents.h"

#include "store/later.h"
#include "store/relations.h"

enum { HEX = 2 * OC_SHA256_BYTES, UNWRITTEN_MOST = 16 << 20 };

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
    sqlite3_stmt *s = oc_db_prepare(store,
        "INSERT OR IGNORE INTO origins (document, origin, seen) VALUES (?1, ?2, ?3)");
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

/* Texts are written to the file soon: SQLite would fill nine tenths of its cache with them before it writes any, and
 * read what is looked up for each document (keys, sketches) from the file again and again. */
static void pass_on_texts(oc_store *store, size_t bytes)
{
    store->unwritten += bytes;
    if (store->unwritten < UNWRITTEN_MOST || store->status != OC_OK) return;
    if (sqlite3_db_cacheflush(store->db) != SQLITE_OK) oc_db_fail(store);
    store->unwritten = 0;
}

static int64_t insert_document(oc_store *store, const oc_store_reading *r, const uint8_t *hash, oc_slice now)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "INSERT INTO documents (hash, read_with, language, format, title, author, publisher, published, category,"
        " series, machine_written, reading_minutes, size, added)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
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
    pass_on_texts(store, r->bytes.len + r->body.len + r->packed.len);
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

/* Title and body are what they were: nothing that is found by its words, or likened by them, has changed. */
static bool is_same_text(oc_store *store, int64_t id, const oc_store_reading *r)
{
    sqlite3_stmt *s = oc_db_prepare(store, "SELECT 1 FROM texts WHERE id = ?1 AND title = ?2 AND body = ?3");
    oc_db_integer(s, 1, id);
    oc_db_text(s, 2, r->title);
    oc_db_text(s, 3, r->body);
    bool same = oc_db_row(store, s);
    if (same) oc_db_reset(s);
    return same;
}

static void run_with(oc_store *store, const char *sql, int64_t id)
{
    sqlite3_stmt *s = oc_db_prepare(store, sql);
    oc_db_integer(s, 1, id);
    oc_db_run(store, s);
}

static void forget_words(oc_store *store, int64_t id)
{
    run_with(store,
        "INSERT INTO words (words, rowid, title, body) SELECT 'delete', id, title, body FROM texts WHERE id = ?1", id);
}

static void update_document(oc_store *store, int64_t id, const oc_store_reading *r)
{
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
    bool new_text = *ret_outcome == OC_STORE_ADDED;
    if (!id) id = insert_document(store, reading, hash, now);
    oc_store_note_origin(store, id, reading->origin, now);
    if (*ret_outcome == OC_STORE_REREAD) {
        new_text = !is_same_text(store, id, reading);
        if (new_text) forget_words(store, id);
        oc_relations_forget(store, id, new_text);
        run_with(store, "DELETE FROM clashes WHERE document = ?1", id);
        update_document(store, id, reading);
    }
    if (*ret_outcome != OC_STORE_KNOWN) {
        if (new_text) index_words(store, id, reading);
        oc_relations_put(store, id, reading, new_text);
        keep_clashes(store, id, reading);
        oc_store_put_claims(store, id, *ret_outcome == OC_STORE_ADDED, reading->claims, reading->claim_count);
    }
    if (*ret_outcome == OC_STORE_REREAD) oc_later_write(store);
    *ret_id = id;
    if (store->status == OC_OK) oc_arena_rewind(store->arena, mark);
    return store->status;
}

static oc_slice hex(oc_arena *arena, const unsigned char *bytes)
{
    char text[HEX];
    for (size_t i = 0; i < OC_SHA256_BYTES && bytes; i++) {
        text[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        text[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
    return oc_arena_copy(arena, (oc_slice){text, bytes ? HEX : 0});
}

oc_status oc_store_list(oc_store *store, oc_arena *arena, int64_t only, oc_store_documents *ret)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "SELECT id, hash, size, added, read_with, language, format, title, author, publisher, published, category,"
        " series, machine_written, reading_minutes,"
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
