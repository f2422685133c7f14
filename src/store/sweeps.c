/* Sweeps; see sweeps.h. */
#include "store/sweeps.h"

#include "store/db.h"

oc_status oc_store_find_sweep(oc_store *store, oc_slice digest, int64_t *ret_id, int64_t *ret_rows)
{
    *ret_id = *ret_rows = 0;
    sqlite3_stmt *s = oc_db_prepare(
        store, "SELECT id, (SELECT count(*) FROM sweep_rows WHERE sweep = id) FROM sweeps WHERE digest = ?1");
    oc_db_text(s, 1, digest);
    while (oc_db_row(store, s)) {
        *ret_id = sqlite3_column_int64(s, 0);
        *ret_rows = sqlite3_column_int64(s, 1);
    }
    return store->status;
}

oc_status oc_store_put_sweep(oc_store *store, const oc_store_sweep *sweep, int64_t *ret_id)
{
    sqlite3_stmt *s =
        oc_db_prepare(store, "INSERT INTO sweeps (made, opcon, scenario, digest, columns, runs, seed, variants)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    const oc_slice texts[] = {sweep->made, sweep->opcon, sweep->scenario, sweep->digest, sweep->columns};
    for (int i = 0; i < 5; i++) oc_db_text(s, 1 + i, texts[i]);
    oc_db_integer(s, 6, sweep->runs);
    oc_db_integer(s, 7, sweep->seed);
    oc_db_integer(s, 8, sweep->variants);
    oc_db_run(store, s);
    *ret_id = store->status == OC_OK ? sqlite3_last_insert_rowid(store->db) : 0;
    return store->status;
}

oc_status oc_store_put_sweep_row(oc_store *store, int64_t sweep, int64_t variant, oc_slice row)
{
    sqlite3_stmt *s = oc_db_prepare(store, "INSERT INTO sweep_rows (sweep, variant, row) VALUES (?1, ?2, ?3)");
    oc_db_integer(s, 1, sweep);
    oc_db_integer(s, 2, variant);
    oc_db_text(s, 3, row);
    return oc_db_run(store, s);
}

oc_status oc_store_visit_sweep_rows(oc_store *store, oc_arena *arena, int64_t sweep, int64_t first,
                                    void (*visit)(void *context, int64_t variant, oc_slice row), void *context)
{
    oc_arena_mark mark = oc_arena_get_mark(arena);
    sqlite3_stmt *s =
        oc_db_prepare(store, "SELECT variant, row FROM sweep_rows WHERE sweep = ?1 AND variant >= ?2 ORDER BY variant");
    oc_db_integer(s, 1, sweep);
    oc_db_integer(s, 2, first);
    while (oc_db_row(store, s)) {
        visit(context, sqlite3_column_int64(s, 0), oc_db_column(arena, s, 1));
        oc_arena_rewind(arena, mark);
    }
    return store->status;
}
