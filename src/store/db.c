/* Statements and failures; see db.h. */
#include "store/db.h"

#include <stdio.h>

/* SQLite knows a full disk, but reports a limit on the size of files and a used-up quota as a failed write. */
static bool is_disk_full(oc_store *store, int code)
{
    return code == SQLITE_FULL || sqlite3_extended_errcode(store->db) == SQLITE_IOERR_WRITE;
}

static oc_code code_of(oc_store *store, int code, oc_status *ret_status)
{
    *ret_status = OC_IO;
    if (is_disk_full(store, code)) return OC_E0806;
    switch (code) {
    case SQLITE_CORRUPT: *ret_status = OC_INPUT; return OC_E0802;
    case SQLITE_NOTADB: *ret_status = OC_INPUT; return OC_E0804;
    case SQLITE_READONLY:
    case SQLITE_PERM: return OC_E0805;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return OC_E0807;
    case SQLITE_NOMEM: *ret_status = OC_NOMEM; return OC_E0801;
    default: return OC_E0801;
    }
}

oc_status oc_db_fail(oc_store *store)
{
    if (store->status != OC_OK) return store->status;
    int code = sqlite3_errcode(store->db) & 0xff;
    oc_slice why = oc_arena_copy(store->arena, oc_slice_of(sqlite3_errmsg(store->db)));
    oc_code what = code_of(store, code, &store->status);
    oc_diag *diag = oc_report(store->diags, what, (oc_span){0, 0, 0}, OC_ARGS(OC_T(store->path), OC_T(why)));
    if (what == OC_E0806 || what == OC_E0807) oc_diag_note(diag, "workspace.unchanged", NULL);
    if (what == OC_E0802) oc_diag_help(diag, "workspace.restore", NULL);
    return store->status;
}

sqlite3_stmt *oc_db_prepare(oc_store *store, const char *sql)
{
    if (store->status != OC_OK) return NULL;
    for (size_t i = 0; i < store->cached; i++)
        if (store->cache[i].sql == sql) return store->cache[i].statement;
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) {
        oc_db_fail(store);
        return NULL;
    }
    if (store->cached == OC_DB_STATEMENTS) sqlite3_finalize(store->cache[--store->cached].statement);
    store->cache[store->cached].sql = sql;
    store->cache[store->cached++].statement = statement;
    return statement;
}

bool oc_db_row(oc_store *store, sqlite3_stmt *statement)
{
    if (!statement || store->status != OC_OK) return false;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) oc_db_fail(store);
    sqlite3_reset(statement);
    return false;
}

void oc_db_reset(sqlite3_stmt *statement)
{
    if (statement) sqlite3_reset(statement);
}

oc_status oc_db_run(oc_store *store, sqlite3_stmt *statement)
{
    while (oc_db_row(store, statement)) continue;
    return store->status;
}

oc_status oc_db_script(oc_store *store, const char *sql)
{
    if (store->status == OC_OK && sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK) oc_db_fail(store);
    return store->status;
}

int64_t oc_db_number(oc_store *store, const char *sql, int64_t fallback)
{
    sqlite3_stmt *statement = oc_db_prepare(store, sql);
    if (!oc_db_row(store, statement)) return fallback;
    int64_t value = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return value;
}

void oc_db_text(sqlite3_stmt *statement, int at, oc_slice text)
{
    if (statement) sqlite3_bind_text64(statement, at, text.ptr ? text.ptr : "", text.len, SQLITE_STATIC, SQLITE_UTF8);
}

void oc_db_text_or_null(sqlite3_stmt *statement, int at, oc_slice text)
{
    if (text.len) oc_db_text(statement, at, text);
    else if (statement) sqlite3_bind_null(statement, at);
}

void oc_db_blob(sqlite3_stmt *statement, int at, oc_slice bytes)
{
    if (statement) sqlite3_bind_blob64(statement, at, bytes.ptr ? bytes.ptr : "", bytes.len, SQLITE_STATIC);
}

void oc_db_integer(sqlite3_stmt *statement, int at, int64_t value)
{
    if (statement) sqlite3_bind_int64(statement, at, value);
}

void oc_db_day(sqlite3_stmt *statement, int at, oc_day day)
{
    if (!statement) return;
    if (day == OC_DAY_NONE) {
        sqlite3_bind_null(statement, at);
        return;
    }
    if (day < OC_DAY_MIN || day > OC_DAY_MAX) {
        sqlite3_bind_text(statement, at, "..", 2, SQLITE_STATIC);
        return;
    }
    char text[40];
    oc_civil civil = oc_civil_from_day(day);
    int length = snprintf(text, sizeof text, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
    sqlite3_bind_text(statement, at, text, length, SQLITE_TRANSIENT);
}

oc_slice oc_db_column(oc_arena *arena, sqlite3_stmt *statement, int at)
{
    /* The bytes first, as SQLite may convert; a NULL gives no pointer and no length. */
    const void *bytes = sqlite3_column_blob(statement, at);
    int length = sqlite3_column_bytes(statement, at);
    return bytes ? oc_arena_copy(arena, (oc_slice){bytes, (size_t)length}) : (oc_slice){"", 0};
}

oc_day oc_db_column_day(sqlite3_stmt *statement, int at, bool open_start)
{
    const char *text = (const char *)sqlite3_column_text(statement, at);
    if (!text) return OC_DAY_NONE;
    if (strcmp(text, "..") == 0) return open_start ? OC_DAY_MIN - 1 : OC_DAY_MAX + 1;
    return oc_day_parse(oc_slice_of(text), NULL);
}
