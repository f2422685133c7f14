/* Opening, closing and groups of changes; see store.h.
 *
 * The journal is SQLite's rollback journal and not a write-ahead log: a workspace stays one file that can be copied,
 * mailed or read in a folder without the right to write, and what is appended is written once, not twice. Every commit
 * is flushed to the disk (synchronous = FULL), so that neither a killed process nor a power failure loses what was
 * reported as kept. Writers take the lock at the beginning of a group (BEGIN IMMEDIATE), so that two of them wait for
 * one another and cannot block each other halfway. */
#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "store/db.h"
#include "store/later.h"

/* The size of pages is that of a new file; larger ones than SQLite's own save calls where documents are long. What
 * CHECK would look at are words of our own; it takes a table made for the purpose, claim by claim. */
static const char settings[] =
    "PRAGMA page_size = 8192; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
    "PRAGMA cache_size = -98304; PRAGMA trusted_schema = ON; PRAGMA temp_store = MEMORY;"
    "PRAGMA ignore_check_constraints = ON;";

/* The messages about files that SQLite would only call "unable to open". */
static oc_status look(oc_store *store, oc_store_mode mode)
{
    const char *path = store->path.ptr;
    bool there = oc_file_exists(path);
    if (there && oc_file_is_folder(path)) {
        oc_report(store->diags, OC_E0804, (oc_span){0, 0, 0}, OC_ARGS(OC_T(store->path)));
        return store->status = OC_INPUT;
    }
    if (!there && mode != OC_STORE_CREATE) {
        oc_diag *diag = oc_report(store->diags, OC_E0808, (oc_span){0, 0, 0}, OC_ARGS(OC_T(store->path)));
        oc_diag_help(diag, "workspace.make", NULL);
        return store->status = OC_IO;
    }
    bool writable = access(path, there ? W_OK : F_OK) == 0 || !there;
    oc_slice folder = oc_arena_copy(store->arena, oc_path_folder(store->path));
    /* The journal stands beside the file. */
    writable = writable && access(folder.len ? folder.ptr : ".", W_OK) == 0;
    store->reading_only = !writable;
    if (writable || mode == OC_STORE_READ) return OC_OK;
    oc_report(store->diags, OC_E0805, (oc_span){0, 0, 0}, OC_ARGS(OC_T(store->path)));
    return store->status = OC_IO;
}

oc_status oc_store_open(oc_arena *arena, oc_diags *diags, oc_slice path, oc_store_mode mode, oc_store **ret)
{
    oc_store *store = OC_NEW(arena, oc_store);
    *ret = store;
    store->arena = arena;
    store->diags = diags;
    store->path = oc_arena_copy(arena, path);
    if (look(store, mode) != OC_OK) return store->status;
    /* No count of SQLite's memory: it would take a lock for each allocation. In vain if SQLite runs already. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    int flags = store->reading_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (mode == OC_STORE_CREATE) flags |= SQLITE_OPEN_CREATE;
    flags |= SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(store->path.ptr, &store->db, flags, NULL) != SQLITE_OK) return oc_db_fail(store);
    sqlite3_busy_timeout(store->db, OC_STORE_WAIT);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)NULL);
    if (!oc_search_register(store->db) || !oc_pack_register(store->db)) return oc_db_fail(store);
    if (mode == OC_STORE_CREATE && !oc_file_exists(store->path.ptr)) return oc_db_fail(store);
    oc_db_script(store, settings);
    return oc_schema_update(store);
}

void oc_store_close(oc_store *store)
{
    if (!store || !store->db) return;
    for (size_t i = 0; i < store->cached; i++) sqlite3_finalize(store->cache[i].statement);
    store->cached = 0;
    oc_later_drop(store);
    sqlite3_close_v2(store->db);
    store->db = NULL;
}

oc_status oc_store_status(const oc_store *store)
{
    return store->status;
}

oc_status oc_store_begin(oc_store *store)
{
    return oc_db_script(store, "BEGIN IMMEDIATE");
}

oc_status oc_store_commit(oc_store *store)
{
    oc_later_write(store);
    return oc_db_script(store, "COMMIT");
}

void oc_store_rollback(oc_store *store)
{
    oc_later_drop(store);
    for (size_t i = 0; i < store->cached; i++) sqlite3_reset(store->cache[i].statement);
    if (store->db && !sqlite3_get_autocommit(store->db)) sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->status = OC_OK;
}

oc_status oc_store_check(oc_store *store)
{
    oc_db_script(store, "PRAGMA ignore_check_constraints = OFF");
    sqlite3_stmt *statement = oc_db_prepare(store, "PRAGMA integrity_check(1)");
    oc_slice found = OC_SLICE("ok");
    if (oc_db_row(store, statement)) {
        found = oc_db_column(store->arena, statement, 0);
        oc_db_reset(statement);
    }
    oc_db_script(store, "PRAGMA ignore_check_constraints = ON");
    if (!oc_slice_is(found, "ok")) {
        oc_diag *diag = oc_report(store->diags, OC_E0802, (oc_span){0, 0, 0},
                                  OC_ARGS(OC_T(store->path), OC_T(found)));
        oc_diag_help(diag, "workspace.restore", NULL);
        return store->status = OC_INPUT;
    }
    if (store->reading_only) return store->status;
    return oc_db_script(store, "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)");
}
