/* What the files of this folder share: statements that are prepared once, and one place for failures. Private. */
#ifndef OC_STORE_DB_H
#define OC_STORE_DB_H

#include <sqlite3.h>

#include "store/store.h"

enum { OC_DB_STATEMENTS = 64 };

typedef struct oc_later oc_later;

struct oc_store {
    oc_arena *arena;
    oc_diags *diags;
    oc_slice path;
    sqlite3 *db;
    oc_status status; /* sticky */
    bool reading_only;
    struct {
        const char *sql; /* by address */
        sqlite3_stmt *statement;
    } cache[OC_DB_STATEMENTS];
    size_t cached;
    uint64_t unwritten; /* bytes of long texts that were put since the last time they were written to the file */
    oc_later *later; /* rows that are kept back (later.h), NULL if there were none */
};

/* Reports what the last call on the database failed with. Returns store->status. */
oc_status oc_db_fail(oc_store *store);

/* A statement, ready to be bound; `sql` is a literal and is its own key. NULL once the store has failed. Binding to and
 * stepping NULL does nothing. */
sqlite3_stmt *oc_db_prepare(oc_store *store, const char *sql);

/* True while there is a row; at the end, or at a failure, the statement is reset. */
bool oc_db_row(oc_store *store, sqlite3_stmt *statement);
/* For a loop that is left early. */
void oc_db_reset(sqlite3_stmt *statement);
/* A statement without rows. */
oc_status oc_db_run(oc_store *store, sqlite3_stmt *statement);
/* One or several statements without values. */
oc_status oc_db_script(oc_store *store, const char *sql);
/* A single number; `fallback` if there is no row. */
int64_t oc_db_number(oc_store *store, const char *sql, int64_t fallback);

/* Parameters count from 1. The bytes must live until the statement is run. An empty text is bound as NULL where the
 * function says so. */
void oc_db_text(sqlite3_stmt *statement, int at, oc_slice text);
void oc_db_text_or_null(sqlite3_stmt *statement, int at, oc_slice text);
void oc_db_blob(sqlite3_stmt *statement, int at, oc_slice bytes);
void oc_db_integer(sqlite3_stmt *statement, int at, int64_t value);
/* NULL for OC_DAY_NONE, ".." for days before year 1 or after year 9999, else YYYY-MM-DD. */
void oc_db_day(sqlite3_stmt *statement, int at, oc_day day);

/* Columns count from 0; texts are copied to `arena`. */
oc_slice oc_db_column(oc_arena *arena, sqlite3_stmt *statement, int at);
/* ".." is OC_DAY_MIN - 1 if `open_start`, else OC_DAY_MAX + 1. */
oc_day oc_db_column_day(sqlite3_stmt *statement, int at, bool open_start);

/* schema.c: makes or migrates the tables. */
oc_status oc_schema_update(oc_store *store);

/* pack.c: makes unpacked() known to the connection. */
bool oc_pack_register(sqlite3 *db);

/* search.c: makes the tokenizer known to the connection. False if it cannot be. */
bool oc_search_register(sqlite3 *db);

#endif
