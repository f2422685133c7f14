/* Runs; see runs.h. */
#include "store/runs.h"

#include "store/db.h"
#include "base/sha256.h"

static void put_file(oc_store *store, int64_t run, int64_t place, const oc_store_file *file)
{
    uint8_t hash[OC_SHA256_BYTES];
    oc_sha256(file->text, hash);
    oc_slice key = {(const char *)hash, sizeof hash};
    sqlite3_stmt *s = oc_db_prepare(store, "INSERT OR IGNORE INTO texts_of_runs (hash, text) VALUES (?1, ?2)");
    oc_db_blob(s, 1, key);
    oc_db_blob(s, 2, file->text);
    oc_db_run(store, s);
    s = oc_db_prepare(store, "INSERT INTO run_files (run, place, name, hash) VALUES (?1, ?2, ?3, ?4)");
    oc_db_integer(s, 1, run);
    oc_db_integer(s, 2, place);
    oc_db_text(s, 3, file->name);
    oc_db_blob(s, 4, key);
    oc_db_run(store, s);
}

oc_status oc_store_put_run(oc_store *store, const oc_store_run *run, const oc_store_file *files, size_t file_count,
                           int64_t *ret_id)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "INSERT INTO runs (made, opcon, scenario, digest, results_digest, as_of, settings, results, seed, runs,"
        " counted)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, json(?8), ?9, ?10, ?11)");
    const oc_slice texts[] = {run->made, run->opcon, run->scenario, run->digest, run->results_digest, run->as_of,
                              run->settings, run->results};
    for (int i = 0; i < 8; i++) oc_db_text(s, 1 + i, texts[i]);
    oc_db_integer(s, 9, run->seed);
    oc_db_integer(s, 10, run->runs);
    oc_db_integer(s, 11, run->counted);
    oc_db_run(store, s);
    *ret_id = store->status == OC_OK ? sqlite3_last_insert_rowid(store->db) : 0;
    for (size_t i = 0; i < file_count; i++) put_file(store, *ret_id, (int64_t)i, &files[i]);
    return store->status;
}

oc_status oc_store_get_runs(oc_store *store, oc_arena *arena, int64_t only, oc_store_runs *ret)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "SELECT id, made, opcon, scenario, digest, results_digest, as_of, settings, iif(?1 = 0, '', results), seed,"
        " runs, counted FROM runs WHERE ?1 = 0 OR id = ?1 ORDER BY id");
    oc_db_integer(s, 1, only);
    while (oc_db_row(store, s)) {
        oc_store_run *run = oc_vec_push(arena, ret);
        run->id = sqlite3_column_int64(s, 0);
        oc_slice *texts[] = {&run->made, &run->opcon, &run->scenario, &run->digest, &run->results_digest, &run->as_of,
                             &run->settings, &run->results};
        for (int i = 0; i < 8; i++) *texts[i] = oc_db_column(arena, s, 1 + i);
        run->seed = sqlite3_column_int64(s, 9);
        run->runs = sqlite3_column_int64(s, 10);
        run->counted = sqlite3_column_int64(s, 11);
    }
    return store->status;
}

oc_status oc_store_get_files(oc_store *store, oc_arena *arena, int64_t run, oc_store_files *ret)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "SELECT f.name, t.text FROM run_files f JOIN texts_of_runs t USING (hash) WHERE f.run = ?1 ORDER BY f.place");
    oc_db_integer(s, 1, run);
    while (oc_db_row(store, s)) {
        oc_slice name = oc_db_column(arena, s, 0);
        *oc_vec_push(arena, ret) = (oc_store_file){name, oc_db_column(arena, s, 1)};
    }
    return store->status;
}

oc_status oc_store_get_chances(oc_store *store, oc_arena *arena, int64_t run, oc_slice day, oc_store_chances *ret)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "SELECT item.key, json_type(item.value, '$.cdf') = 'array',"
        "  iif(json_type(item.value, '$.cdf') = 'array',"
        "    (SELECT coalesce(max(json_extract(point.value, '$[1]')), 0) FROM json_each(item.value, '$.cdf') point"
        "     WHERE json_extract(point.value, '$[0]') <= ?2), json_extract(item.value, '$.p')) AS p"
        " FROM runs r, json_each(r.results, '$.questions') item WHERE r.id = ?1 AND p IS NOT NULL");
    oc_db_integer(s, 1, run);
    oc_db_text(s, 2, day);
    while (oc_db_row(store, s)) {
        oc_store_chance *chance = oc_vec_push(arena, ret);
        chance->question = oc_db_column(arena, s, 0);
        chance->date = sqlite3_column_int(s, 1) != 0;
        chance->p = sqlite3_column_double(s, 2);
    }
    return store->status;
}

oc_status oc_store_compare_runs(oc_store *store, oc_arena *arena, int64_t a, int64_t b, oc_store_changes *ret)
{
    /* The figures of stages and questions, two levels deep: $.stages.foc.p50, $.questions.by_2028.p. */
    sqlite3_stmt *s = oc_db_prepare(store,
        "WITH figures AS (SELECT r.id AS run, part.value AS part, item.key AS name, figure.key AS measure,"
        "  json_quote(figure.value) AS value"
        "  FROM runs r, json_each('[\"stages\", \"questions\"]') part, json_each(r.results, '$.' || part.value) item,"
        "  json_each(item.value) figure WHERE r.id IN (?1, ?2)"
        "  AND figure.key IN ('done', 'p05', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95', 'never', 'p', 'mean', 'sd')"
        "  AND (figure.key NOT IN ('mean', 'sd') OR json_extract(item.value, '$.p') IS NULL)),"
        " before AS (SELECT * FROM figures WHERE run = ?1), after AS (SELECT * FROM figures WHERE run = ?2)"
        " SELECT coalesce(x.part, y.part), coalesce(x.name, y.name), coalesce(x.measure, y.measure), x.value, y.value"
        " FROM before x FULL JOIN after y ON x.part = y.part AND x.name = y.name AND x.measure = y.measure"
        " WHERE x.value IS NOT y.value ORDER BY 1 DESC, 2, 3");
    oc_db_integer(s, 1, a);
    oc_db_integer(s, 2, b);
    while (oc_db_row(store, s)) {
        oc_store_change *change = oc_vec_push(arena, ret);
        oc_slice *texts[] = {&change->part, &change->name, &change->measure, &change->before, &change->after};
        for (int i = 0; i < 5; i++) *texts[i] = oc_db_column(arena, s, i);
    }
    return store->status;
}
