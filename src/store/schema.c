/* The tables of a workspace and how older files become newer ones.
 *
 * Each entry of `steps` leads from one version of the schema to the next; PRAGMA user_version holds the version of a
 * file. A step that was ever released is never changed: what has to be different comes as another step. */
#include "store/db.h"

#define APPLICATION_ID 0x4f50434e /* "OPCN", in the header of the file */

static const char first_step[] =
    "CREATE TABLE documents ("
    " id INTEGER PRIMARY KEY,"
    " hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),"
    " size INTEGER NOT NULL,"
    " added TEXT NOT NULL,"
    " read_with TEXT NOT NULL,"
    " language TEXT NOT NULL,"
    " format TEXT NOT NULL,"
    " title TEXT NOT NULL,"
    " author TEXT, publisher TEXT, published TEXT, category TEXT, series TEXT,"
    " machine_written INTEGER NOT NULL CHECK (machine_written IN (0, 1)),"
    " reading_minutes INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX documents_published ON documents (published);"
    "CREATE TABLE origins ("
    " document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
    " origin TEXT NOT NULL, seen TEXT NOT NULL,"
    " PRIMARY KEY (document, origin)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX origins_origin ON origins (origin);"
    "CREATE TABLE contents ("
    " document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,"
    " bytes BLOB NOT NULL, body TEXT NOT NULL, reading BLOB NOT NULL"
    ") STRICT;"
    "CREATE VIEW texts AS SELECT d.id AS id, d.title AS title, c.body AS body"
    " FROM documents d JOIN contents c ON c.document = d.id;"
    "CREATE VIRTUAL TABLE words USING fts5 (title, body, content = 'texts', content_rowid = 'id', tokenize = 'opcon');"
    "INSERT INTO words (words, rank) VALUES ('hashsize', 33554432);"
    "CREATE TABLE sketches (document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,"
    " sketch BLOB NOT NULL) STRICT;"
    "CREATE TABLE bands ("
    " key INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
    " PRIMARY KEY (key, document)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE citations ("
    " document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE, url TEXT NOT NULL,"
    " PRIMARY KEY (url, document)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE relations ("
    " document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
    " other INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
    " kind TEXT NOT NULL CHECK (kind IN ('duplicate', 'similar', 'cites', 'cites-same')), measure REAL NOT NULL,"
    " PRIMARY KEY (document, other, kind)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX relations_other ON relations (other);"
    "CREATE TABLE clashes ("
    " id INTEGER PRIMARY KEY,"
    " document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
    " kind TEXT NOT NULL, first_line INTEGER NOT NULL, second_line INTEGER NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX clashes_document ON clashes (document);"
    "CREATE TABLE claims ("
    " id INTEGER PRIMARY KEY,"
    " document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,"
    " found INTEGER NOT NULL CHECK (found IN (0, 1)),"
    " sentence INTEGER NOT NULL, line INTEGER NOT NULL, first_byte INTEGER NOT NULL, end_byte INTEGER NOT NULL,"
    " text TEXT NOT NULL, milestone TEXT NOT NULL, step TEXT NOT NULL,"
    " start TEXT, end TEXT, modality TEXT NOT NULL,"
    " hedge INTEGER NOT NULL, forward INTEGER NOT NULL, negated INTEGER NOT NULL, delayed INTEGER NOT NULL,"
    " speaker TEXT NOT NULL, holder TEXT NOT NULL,"
    " decision TEXT NOT NULL DEFAULT 'new' CHECK (decision IN ('new', 'accepted', 'corrected', 'rejected')),"
    " decided TEXT, note TEXT,"
    " own_milestone TEXT, own_start TEXT, own_end TEXT, own_modality TEXT, own_speaker TEXT, own_holder TEXT"
    ") STRICT;"
    "CREATE INDEX claims_document ON claims (document);"
    "CREATE INDEX claims_milestone ON claims (milestone);"
    "CREATE TABLE texts_of_runs (hash BLOB PRIMARY KEY CHECK (length(hash) = 32), text BLOB NOT NULL)"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE runs ("
    " id INTEGER PRIMARY KEY, made TEXT NOT NULL, opcon TEXT NOT NULL, scenario TEXT NOT NULL, digest TEXT NOT NULL,"
    " results_digest TEXT NOT NULL, seed INTEGER NOT NULL, runs INTEGER NOT NULL, counted INTEGER NOT NULL,"
    " as_of TEXT NOT NULL, settings TEXT NOT NULL, results TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE run_files ("
    " run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE, place INTEGER NOT NULL, name TEXT NOT NULL,"
    " hash BLOB NOT NULL REFERENCES texts_of_runs (hash), PRIMARY KEY (run, place)"
    ") STRICT, WITHOUT ROWID;";

/* What waits for a decision is asked for often, and among many claims it is little. */
static const char second_step[] = "CREATE INDEX claims_decision ON claims (decision);";

/* Reading a document anew takes out what it cited; a scan for each document made that quadratic. */
static const char third_step[] = "CREATE INDEX citations_document ON citations (document);";

static const char fourth_step[] =
    "CREATE TABLE sweeps ("
    " id INTEGER PRIMARY KEY, made TEXT NOT NULL, opcon TEXT NOT NULL, scenario TEXT NOT NULL, digest TEXT NOT NULL "
    "UNIQUE,"
    " columns TEXT NOT NULL, runs INTEGER NOT NULL, seed INTEGER NOT NULL, variants INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE sweep_rows ("
    " sweep INTEGER NOT NULL REFERENCES sweeps (id) ON DELETE CASCADE, variant INTEGER NOT NULL, row TEXT NOT NULL,"
    " PRIMARY KEY (sweep, variant)"
    ") STRICT, WITHOUT ROWID;";

/* No question was ever answered by that index: milestones are asked for as they were corrected. The words of few large
 * changes are merged later: what is merged is written once more. */
static const char fifth_step[] =
    "DROP INDEX claims_milestone;"
    "INSERT INTO words (words, rank) VALUES ('automerge', 8);";

static const char *const steps[OC_STORE_VERSION] = {first_step, second_step, third_step, fourth_step, fifth_step};

static oc_status refuse(oc_store *store, oc_code code, const oc_arg *args)
{
    oc_report(store->diags, code, (oc_span){0, 0, 0}, args);
    return store->status = OC_INPUT;
}

/* --- is the file what the steps make? --- */

/* What stands in sqlite_schema, whatever the spaces; the tables behind the search index differ from one SQLite to
 * another. */
#define OBJECTS                                                                                                        \
    "SELECT name, type, CASE WHEN name LIKE 'words\\_%' ESCAPE '\\' THEN ''"                                           \
    " ELSE replace(replace(coalesce(sql, ''), ' ', ''), char(10), '') END FROM sqlite_schema"

typedef OC_VEC(oc_slice) object_list; /* name, type, SQL, name … */

static bool list_objects(oc_arena *arena, sqlite3 *db, object_list *ret)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, OBJECTS, -1, &statement, NULL) != SQLITE_OK) return false;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        for (int i = 0; i < 3; i++) *oc_vec_push(arena, ret) = oc_db_column(arena, statement, i);
    sqlite3_finalize(statement);
    return code == SQLITE_DONE;
}

/* The objects of a workspace of that version, from one that is made on the spot. */
static bool list_expected(oc_arena *arena, int64_t version, object_list *ret)
{
    sqlite3 *db = NULL;
    bool made = sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK && oc_search_register(db);
    for (int64_t i = 0; i < version && made; i++) made = sqlite3_exec(db, steps[i], NULL, NULL, NULL) == SQLITE_OK;
    made = made && list_objects(arena, db, ret);
    sqlite3_close(db);
    return made;
}

static const oc_slice *find_object(const object_list *list, oc_slice name)
{
    for (size_t i = 0; i < list->len; i += 3)
        if (oc_slice_equal(list->at[i], name)) return &list->at[i];
    return NULL;
}

/* Tables besides ours do no harm: nothing looks at them. Views, triggers and indices could make any statement do
 * anything. */
static bool is_harmless(const oc_slice *object)
{
    return oc_slice_is(object[1], "table") || oc_slice_starts(object[0], OC_SLICE("sqlite_"));
}

/* The name of an object that is missing, altered or not ours; empty if there is none. */
static oc_slice find_altered(const object_list *there, const object_list *expected)
{
    for (size_t i = 0; i < expected->len; i += 3) {
        const oc_slice *same = find_object(there, expected->at[i]);
        if (!same || !oc_slice_equal(same[1], expected->at[i + 1]) || !oc_slice_equal(same[2], expected->at[i + 2]))
            return expected->at[i];
    }
    for (size_t i = 0; i < there->len; i += 3)
        if (!find_object(expected, there->at[i]) && !is_harmless(&there->at[i])) return there->at[i];
    return (oc_slice){"", 0};
}

/* A file can come from anywhere: what stands in it must not decide what SQLite does. */
static oc_status check_objects(oc_store *store, int64_t version)
{
    object_list there = {0}, expected = {0};
    oc_arena_mark mark = oc_arena_get_mark(store->arena);
    if (!list_objects(store->arena, store->db, &there)) return oc_db_fail(store);
    if (!list_expected(store->arena, version, &expected)) return store->status = OC_NOMEM;
    oc_slice altered = find_altered(&there, &expected);
    if (!altered.len) {
        oc_arena_rewind(store->arena, mark);
        return OC_OK;
    }
    oc_diag *diag = oc_report(store->diags, OC_E0802, (oc_span){0, 0, 0}, OC_ARGS(OC_T(store->path), OC_T(altered)));
    oc_diag_note(diag, "workspace.altered", OC_ARGS(OC_T(altered)));
    oc_diag_help(diag, "workspace.restore", NULL);
    return store->status = OC_INPUT;
}

/* --- versions --- */

/* What the header says: 0 for a file without anything in it, the version of a workspace, -1 after a refusal. */
static int64_t version_of(oc_store *store)
{
    int64_t application = oc_db_number(store, "PRAGMA application_id", 0);
    int64_t version = oc_db_number(store, "PRAGMA user_version", 0);
    int64_t tables = oc_db_number(store, "SELECT count(*) FROM sqlite_schema", 0);
    if (store->status != OC_OK) return -1;
    if (version < 0 || (application != APPLICATION_ID && (application || version || tables))) {
        refuse(store, OC_E0804, OC_ARGS(OC_T(store->path)));
        return -1;
    }
    if (version > OC_STORE_VERSION) {
        refuse(store, OC_E0803, OC_ARGS(OC_T(store->path), OC_I(version), OC_I(OC_STORE_VERSION)));
        return -1;
    }
    return check_objects(store, version) == OC_OK ? version : -1;
}

oc_status oc_schema_update(oc_store *store)
{
    int64_t version = version_of(store);
    if (version < 0 || version == OC_STORE_VERSION) return store->status;
    if (store->reading_only) {
        oc_report(store->diags, OC_E0805, (oc_span){0, 0, 0}, OC_ARGS(OC_T(store->path)));
        return store->status = OC_IO;
    }
    if (oc_db_script(store, "BEGIN IMMEDIATE") != OC_OK) return store->status;
    /* Another process may have done it while this one waited. */
    version = version_of(store);
    for (; version >= 0 && version < OC_STORE_VERSION && store->status == OC_OK; version++) {
        oc_db_script(store, steps[version]);
        oc_slice mark = oc_arena_printf(store->arena, "PRAGMA user_version = %d; PRAGMA application_id = %d",
                                        (int)version + 1, APPLICATION_ID);
        oc_db_script(store, mark.ptr);
    }
    oc_db_script(store, "COMMIT");
    return store->status;
}
