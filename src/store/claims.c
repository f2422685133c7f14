/* Claims and decisions; see claims.h. */
#include "store/claims.h"

#include "base/json.h"
#include "base/map.h"
#include "store/db.h"

static const char *const decision_names[] = {"new", "accepted", "corrected", "rejected"};

const char *oc_store_decision_name(oc_store_decision decision)
{
    return decision_names[decision];
}

static oc_store_decision decision_of(oc_slice name)
{
    for (int i = 0; i < OC_DECISION_COUNT; i++)
        if (oc_slice_is(name, decision_names[i])) return (oc_store_decision)i;
    return OC_DECISION_NEW;
}

/* --- putting --- */

/* What makes a claim the same one in another reading; `n` counts those that are otherwise equal. */
static oc_slice identity(oc_arena *arena, oc_slice text, oc_slice milestone, oc_slice step, uint64_t n)
{
    return oc_arena_printf(arena, "%.*s\x1f%.*s\x1f%llu\x1f%.*s", OC_FMT(milestone), OC_FMT(step),
                           (unsigned long long)n, OC_FMT(text));
}

static oc_slice next_identity(oc_arena *arena, oc_map *counts, oc_slice text, oc_slice milestone, oc_slice step)
{
    oc_slice plain = identity(arena, text, milestone, step, 0);
    uint64_t n = ++oc_map_insert(arena, counts, plain, NULL)->value.number;
    return identity(arena, text, milestone, step, n);
}

static void load_known(oc_store *store, int64_t document, oc_map *ret)
{
    oc_map counts = {0};
    sqlite3_stmt *s = oc_db_prepare(store,
        "SELECT id, text, milestone, step FROM claims WHERE document = ?1 ORDER BY sentence, id");
    oc_db_integer(s, 1, document);
    while (oc_db_row(store, s)) {
        oc_slice text = oc_db_column(store->arena, s, 1), milestone = oc_db_column(store->arena, s, 2);
        oc_slice key = next_identity(store->arena, &counts, text, milestone, oc_db_column(store->arena, s, 3));
        oc_map_insert(store->arena, ret, key, NULL)->value.number = (uint64_t)sqlite3_column_int64(s, 0);
    }
}

static void put_claim(oc_store *store, int64_t document, int64_t id, const oc_store_claim *c)
{
    sqlite3_stmt *s = oc_db_prepare(store, id
        ? "UPDATE claims SET found = 1, sentence = ?2, line = ?3, first_byte = ?4, end_byte = ?5, text = ?6,"
          " milestone = ?7, step = ?8, start = ?9, end = ?10, modality = ?11, hedge = ?12, forward = ?13,"
          " negated = ?14, delayed = ?15, speaker = ?16, holder = ?17 WHERE id = ?1"
        : "INSERT INTO claims (document, found, sentence, line, first_byte, end_byte, text, milestone, step,"
          " start, end, modality, hedge, forward, negated, delayed, speaker, holder)"
          " VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)");
    oc_db_integer(s, 1, id ? id : document);
    const int64_t numbers[] = {c->sentence, c->line, c->first, c->end};
    for (int i = 0; i < 4; i++) oc_db_integer(s, 2 + i, numbers[i]);
    oc_db_text(s, 6, c->text);
    oc_db_text(s, 7, c->milestone);
    oc_db_text(s, 8, c->step);
    oc_db_day(s, 9, c->start);
    oc_db_day(s, 10, c->to);
    oc_db_text(s, 11, c->modality);
    oc_db_integer(s, 12, c->hedge);
    oc_db_integer(s, 13, c->forward);
    oc_db_integer(s, 14, c->negated);
    oc_db_integer(s, 15, c->delayed);
    oc_db_text(s, 16, c->speaker);
    oc_db_text(s, 17, c->holder);
    oc_db_run(store, s);
}

static void replace_claims(oc_store *store, int64_t document, const oc_store_claim *claims, size_t count)
{
    oc_map known = {0}, counts = {0};
    load_known(store, document, &known);
    sqlite3_stmt *s = oc_db_prepare(store, "UPDATE claims SET found = 0 WHERE document = ?1");
    oc_db_integer(s, 1, document);
    oc_db_run(store, s);
    for (size_t i = 0; i < count; i++) {
        oc_slice key = next_identity(store->arena, &counts, claims[i].text, claims[i].milestone, claims[i].step);
        const oc_map_entry *entry = oc_map_find(&known, key);
        put_claim(store, document, entry ? (int64_t)entry->value.number : 0, &claims[i]);
    }
    s = oc_db_prepare(store, "DELETE FROM claims WHERE document = ?1 AND NOT found AND decision = 'new'");
    oc_db_integer(s, 1, document);
    oc_db_run(store, s);
}

oc_status oc_store_put_claims(oc_store *store, int64_t document, bool first, const oc_store_claim *claims,
                              size_t count)
{
    for (size_t i = 0; first && i < count; i++) put_claim(store, document, 0, &claims[i]);
    if (!first) replace_claims(store, document, claims, count);
    return store->status;
}

/* --- getting --- */

#define CLAIM_COLUMNS(milestone, start, end, modality, speaker, holder) \
    "SELECT c.id, c.document, c.found, c.sentence, c.line, c.first_byte, c.end_byte, c.text," \
    " " milestone " AS milestone_, c.step, " start " AS start_, " end ", " modality "," \
    " c.hedge, c.forward, c.negated, c.delayed, " speaker " AS speaker_, " \
    holder " AS holder_, c.decision, c.decided, c.note, d.title, d.publisher, d.published, d.language" \
    " FROM claims c JOIN documents d ON d.id = c.document" \
    " WHERE (?1 = '' OR milestone_ = ?1) AND (?2 = '' OR speaker_ = ?2 OR holder_ = ?2)" \
    " AND (?3 = '' OR d.published >= ?3) AND (?4 = 0 OR c.id = ?4) AND (?5 = 0 OR c.document = ?5)" \
    " AND c.decision IN (SELECT value FROM json_each(?6))" \
    " ORDER BY milestone_, start_ IS NULL, start_, c.document, c.sentence, c.id"

static const char as_corrected[] =
    CLAIM_COLUMNS("coalesce(c.own_milestone, c.milestone)", "coalesce(c.own_start, c.start)",
                  "coalesce(c.own_end, c.end)",
                  "coalesce(c.own_modality, c.modality)", "coalesce(c.own_speaker, c.speaker)",
                  "coalesce(c.own_holder, c.holder)");
static const char as_read[] = CLAIM_COLUMNS("c.milestone", "c.start", "c.end", "c.modality", "c.speaker", "c.holder");

static void fill_claim(oc_arena *arena, sqlite3_stmt *s, oc_store_claim *c)
{
    c->id = sqlite3_column_int64(s, 0);
    c->document = sqlite3_column_int64(s, 1);
    c->found = sqlite3_column_int64(s, 2) != 0;
    c->sentence = (uint32_t)sqlite3_column_int64(s, 3);
    c->line = (uint32_t)sqlite3_column_int64(s, 4);
    c->first = (uint32_t)sqlite3_column_int64(s, 5);
    c->end = (uint32_t)sqlite3_column_int64(s, 6);
    c->text = oc_db_column(arena, s, 7);
    c->milestone = oc_db_column(arena, s, 8);
    c->step = oc_db_column(arena, s, 9);
    c->start = oc_db_column_day(s, 10, true);
    c->to = oc_db_column_day(s, 11, false);
    c->modality = oc_db_column(arena, s, 12);
    c->hedge = sqlite3_column_int(s, 13);
    c->forward = sqlite3_column_int64(s, 14) != 0;
    c->negated = sqlite3_column_int64(s, 15) != 0;
    c->delayed = sqlite3_column_int64(s, 16) != 0;
    c->speaker = oc_db_column(arena, s, 17);
    c->holder = oc_db_column(arena, s, 18);
    c->decision = decision_of(oc_db_column(arena, s, 19));
    oc_slice *texts[] = {&c->decided, &c->note, &c->title, &c->publisher, &c->published, &c->language};
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) *texts[i] = oc_db_column(arena, s, 20 + i);
}

/* ["new", "accepted"]: a list, so that the index on decisions can be used. */
static oc_slice decision_list(oc_arena *arena, unsigned decisions)
{
    oc_json json = oc_json_in(arena);
    oc_json_row(&json, NULL);
    for (int i = 0; i < OC_DECISION_COUNT; i++)
        if (decisions >> i & 1) oc_json_text(&json, NULL, oc_slice_of(decision_names[i]));
    oc_json_end(&json);
    return oc_text_slice(&json.text);
}

oc_status oc_store_get_claims(oc_store *store, oc_arena *arena, const oc_store_filter *filter, oc_store_claims *ret)
{
    sqlite3_stmt *s = oc_db_prepare(store, filter->as_read ? as_read : as_corrected);
    unsigned decisions = filter->decisions ? filter->decisions : ~(1u << OC_DECISION_REJECTED);
    oc_db_text(s, 1, filter->milestone);
    oc_db_text(s, 2, filter->speaker);
    oc_db_text(s, 3, filter->since);
    oc_db_integer(s, 4, filter->id);
    oc_db_integer(s, 5, filter->document);
    oc_db_text(s, 6, decision_list(store->arena, decisions));
    while (oc_db_row(store, s)) fill_claim(arena, s, oc_vec_push(arena, ret));
    return store->status;
}

/* --- deciding --- */

oc_status oc_store_decide(oc_store *store, int64_t id, oc_store_decision decision,
                          const oc_store_correction *correction, oc_slice now)
{
    static const oc_store_correction none = {.sets_days = false};
    const oc_store_correction *values = decision == OC_DECISION_CORRECTED && correction ? correction : &none;
    sqlite3_stmt *s = oc_db_prepare(store,
        "UPDATE claims SET decision = ?2, decided = ?3, note = ?4, own_milestone = ?5, own_modality = ?6,"
        " own_speaker = ?7, own_holder = ?8, own_start = ?9, own_end = ?10 WHERE id = ?1");
    oc_db_integer(s, 1, id);
    oc_db_text(s, 2, oc_slice_of(decision_names[decision]));
    oc_db_text_or_null(s, 3, decision == OC_DECISION_NEW ? (oc_slice){"", 0} : now);
    oc_db_text_or_null(s, 4, correction ? correction->note : (oc_slice){"", 0});
    oc_db_text_or_null(s, 5, values->milestone);
    oc_db_text_or_null(s, 6, values->modality);
    oc_db_text_or_null(s, 7, values->speaker);
    oc_db_text_or_null(s, 8, values->holder);
    oc_db_day(s, 9, values->sets_days ? values->start : OC_DAY_NONE);
    oc_db_day(s, 10, values->sets_days ? values->to : OC_DAY_NONE);
    oc_db_run(store, s);
    if (store->status == OC_OK && sqlite3_changes(store->db) == 0) {
        oc_report(store->diags, OC_E0810, (oc_span){0, 0, 0}, OC_ARGS(OC_I(id)));
        return OC_INPUT;
    }
    return store->status;
}
