/* Full-text search over SQLite's FTS5 with a tokenizer of our own; see search.h and tokens.h.
 *
 * A tokenizer belongs to a connection: programs that open the file without it (the sqlite3 shell, for one) can read all
 * tables but this index. */
#include "store/search.h"

#include "store/db.h"
#include "store/tokens.h"

typedef int (*fts_take)(void *context, int flags, const char *token, int length, int start, int end);

typedef struct relay {
    fts_take take;
    void *context;
} relay;

static int pass_on(void *context, oc_slice token, size_t start, size_t end)
{
    relay *to = context;
    return to->take(to->context, 0, token.ptr, (int)token.len, (int)start, (int)end);
}

static int create(void *context, const char **args, int count, Fts5Tokenizer **ret)
{
    static char any;
    (void)context, (void)args, (void)count;
    *ret = (Fts5Tokenizer *)(void *)&any;
    return SQLITE_OK;
}

static void drop(Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int length, fts_take take)
{
    (void)tokenizer;
    relay to = {take, context};
    bool query = (flags & FTS5_TOKENIZE_QUERY) != 0;
    if (!text || length <= 0) return SQLITE_OK;
    return oc_tokens((oc_slice){text, (size_t)length}, query ? OC_TOKENS_QUERY : OC_TOKENS_TEXT, pass_on, &to);
}

bool oc_search_register(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL) != SQLITE_OK) return false;
    sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    fts5_tokenizer tokenizer = {create, drop, tokenize};
    return api && api->xCreateTokenizer(api, "opcon", NULL, &tokenizer, NULL) == SQLITE_OK;
}

static int stop_at_once(void *context, oc_slice token, size_t start, size_t end)
{
    (void)context, (void)token, (void)start, (void)end;
    return 1;
}

/* A word of the query as a phrase of FTS5: "…", with * where what begins with it is meant. */
static void add_phrase(oc_text *query, oc_slice word, bool prefix)
{
    oc_text_byte(query, '"');
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '"') oc_text_byte(query, '"');
        if (word.ptr[i]) oc_text_byte(query, word.ptr[i]);
    }
    oc_text_byte(query, '"');
    if (prefix || oc_tokens_end_single(word)) oc_text_byte(query, '*');
}

/* All wanted words first: FTS5 knows no query that only leaves out. */
static oc_slice build_query(oc_arena *arena, const oc_store_query *query)
{
    oc_text wanted = oc_text_in(arena), unwanted = oc_text_in(arena);
    for (size_t i = 0; i < query->word_count; i++) {
        oc_slice word = query->words[i];
        bool leave_out = word.len > 1 && word.ptr[0] == '-', prefix = word.len > 1 && word.ptr[word.len - 1] == '*';
        word = oc_slice_sub(word, leave_out, word.len - prefix);
        if (!oc_tokens(word, OC_TOKENS_QUERY, stop_at_once, NULL)) continue;
        oc_text *to = leave_out ? &unwanted : &wanted;
        if (to->len) oc_text_add(to, leave_out ? OC_SLICE(" NOT ") : OC_SLICE(" AND "));
        add_phrase(to, word, prefix);
    }
    if (!wanted.len) return (oc_slice){"", 0};
    return unwanted.len ? oc_arena_printf(arena, "(%s) NOT %s", wanted.ptr, unwanted.ptr) : oc_text_slice(&wanted);
}

static void bind_query(sqlite3_stmt *s, oc_slice match, const oc_store_query *query)
{
    oc_db_text(s, 1, match);
    oc_db_text(s, 2, query->since);
    oc_db_text(s, 3, query->language);
}

oc_status oc_store_search(oc_store *store, oc_arena *arena, const oc_store_query *query, oc_store_hits *ret,
                          int64_t *ret_total)
{
    *ret_total = 0;
    oc_slice match = build_query(arena, query);
    if (!match.len) {
        oc_report(store->diags, OC_E0812, (oc_span){0, 0, 0}, NULL);
        return OC_INPUT;
    }
    sqlite3_stmt *s = oc_db_prepare(store,
        "SELECT count(*) FROM words w JOIN documents d ON d.id = w.rowid WHERE words MATCH ?1"
        " AND (?2 = '' OR d.published >= ?2) AND (?3 = '' OR d.language = ?3)");
    bind_query(s, match, query);
    while (oc_db_row(store, s)) *ret_total = sqlite3_column_int64(s, 0);
    s = oc_db_prepare(store,
        "SELECT d.id, d.title, d.published, d.publisher, d.language,"
        " (SELECT origin FROM origins WHERE document = d.id ORDER BY seen, origin LIMIT 1),"
        " -bm25(words, 5.0, 1.0) AS score, snippet(words, 1, char(1), char(2), '…', 40)"
        " FROM words JOIN documents d ON d.id = words.rowid WHERE words MATCH ?1"
        " AND (?2 = '' OR d.published >= ?2) AND (?3 = '' OR d.language = ?3) ORDER BY score DESC, d.id LIMIT ?4");
    bind_query(s, match, query);
    oc_db_integer(s, 4, query->limit);
    while (oc_db_row(store, s)) {
        oc_store_hit *hit = oc_vec_push(arena, ret);
        hit->document = sqlite3_column_int64(s, 0);
        oc_slice *texts[] = {&hit->title, &hit->published, &hit->publisher, &hit->language, &hit->origin};
        for (int i = 0; i < 5; i++) *texts[i] = oc_db_column(arena, s, 1 + i);
        hit->score = sqlite3_column_double(s, 6);
        hit->excerpt = oc_db_column(arena, s, 7);
    }
    return store->status;
}
