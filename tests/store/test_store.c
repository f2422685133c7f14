/* The workspace from its headers: opening what is old, newer, damaged or foreign; decisions across readings; grades. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "store/conflicts.h"
#include "store/db.h"
#include "store/documents.h"
#include "store/runs.h"
#include "store/search.h"

#define NOW OC_SLICE("2026-06-25T09:30:00Z")

static const char *schema_path;

typedef struct fixture {
    oc_arena arena;
    oc_sources sources;
    oc_diags diags;
    char path[64];
    oc_store *store;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    oc_arena_init(&f->arena, NULL, 0);
    f->sources.arena = &f->arena;
    f->diags = (oc_diags){.arena = &f->arena, .sources = &f->sources};
    snprintf(f->path, sizeof f->path, "store-test-%ld.db", (long)getpid());
    remove(f->path);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    oc_store_close(f->store);
    oc_arena_free(&f->arena);
    remove(f->path);
    free(f);
    return 0;
}

static oc_status open_store(fixture *f, oc_store_mode mode)
{
    oc_store_close(f->store);
    return oc_store_open(&f->arena, &f->diags, oc_slice_of(f->path), mode, &f->store);
}

static oc_code last_code(const fixture *f)
{
    return f->diags.items.len ? f->diags.items.at[f->diags.items.len - 1]->code : OC_CODE_COUNT;
}

static void execute(const fixture *f, const char *sql)
{
    sqlite3 *db;
    char *why = NULL;
    assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
    assert_true(oc_search_register(db));
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s", why);
    sqlite3_close(db);
}

/* --- opening --- */

static void test_new(void **state)
{
    fixture *f = *state;
    assert_int_equal(open_store(f, OC_STORE_READ), OC_IO);
    assert_int_equal(last_code(f), OC_E0808);
    assert_false(oc_file_exists(f->path));
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
    assert_int_equal(oc_db_number(f->store, "PRAGMA user_version", 0), OC_STORE_VERSION);
    assert_int_equal(oc_store_check(f->store), OC_OK);
    assert_int_equal(open_store(f, OC_STORE_READ), OC_OK);
}

static void test_first_schema(void **state)
{
    fixture *f = *state;
    oc_slice sql;
    assert_int_equal(oc_file_read(&f->arena, schema_path, 1 << 20, &sql), OC_OK);
    execute(f, sql.ptr);
    assert_int_equal(open_store(f, OC_STORE_READ), OC_OK);
    assert_int_equal(oc_db_number(f->store, "PRAGMA user_version", 0), OC_STORE_VERSION);
    assert_int_equal(oc_store_check(f->store), OC_OK);
    oc_store_documents documents = {0};
    oc_store_claims claims = {0};
    oc_store_runs runs = {0};
    assert_int_equal(oc_store_list(f->store, &f->arena, 0, &documents), OC_OK);
    assert_int_equal(documents.len, 1);
    assert_int_equal(documents.at[0].id, 7);
    assert_int_equal(oc_store_get_claims(f->store, &f->arena, &(oc_store_filter){.id = 3}, &claims), OC_OK);
    assert_int_equal(claims.at[0].decision, OC_DECISION_ACCEPTED);
    assert_int_equal(claims.at[0].start, oc_day_from_civil(2026, 10, 1));
    assert_int_equal(oc_store_get_runs(f->store, &f->arena, 0, &runs), OC_OK);
    assert_int_equal(runs.len, 1);
    oc_store_hits hits = {0};
    int64_t total;
    oc_slice word = OC_SLICE("演習");
    oc_store_query query = {.words = &word, .word_count = 1, .limit = 5};
    assert_int_equal(oc_store_search(f->store, &f->arena, &query, &hits, &total), OC_OK);
    assert_int_equal(total, 1);
    /* The tables of an upgraded file are those of a new one. */
    int64_t upgraded = oc_db_number(f->store, "SELECT count(*) FROM sqlite_schema", 0);
    remove(f->path);
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
    assert_int_equal(oc_db_number(f->store, "SELECT count(*) FROM sqlite_schema", 0), upgraded);
}

static void test_newer_version(void **state)
{
    fixture *f = *state;
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
    oc_store_close(f->store);
    execute(f, "PRAGMA user_version = 99");
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_INPUT);
    assert_int_equal(last_code(f), OC_E0803);
    oc_store_close(f->store);
    execute(f, "PRAGMA user_version = 5");
    assert_int_equal(open_store(f, OC_STORE_READ), OC_OK);
}

static void test_foreign(void **state)
{
    fixture *f = *state;
    execute(f, "CREATE TABLE recipes (name TEXT)");
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_INPUT);
    assert_int_equal(last_code(f), OC_E0804);
    oc_store_close(f->store);
    oc_slice text = OC_SLICE("This is no database at all, but a text that is longer than the header of one would be, so"
                             " that "
                             "it is looked at.");
    assert_int_equal(oc_file_write(f->path, text), OC_OK);
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_INPUT);
    assert_int_equal(last_code(f), OC_E0804);
    oc_slice after;
    assert_int_equal(oc_file_read(&f->arena, f->path, 1 << 20, &after), OC_OK);
    assert_true(oc_slice_equal(text, after)); /* and it was left alone */
}

/* Every page of the file is overwritten in turn: whatever comes of it is a status, and what is noticed is E0802. */
static void test_damaged(void **state)
{
    fixture *f = *state;
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
    oc_store_close(f->store);
    oc_slice good;
    size_t noticed = 0, pages = 0;
    assert_int_equal(oc_file_read(&f->arena, f->path, 1 << 24, &good), OC_OK);
    const size_t size = (size_t)(unsigned char)good.ptr[16] << 8; /* of a page: in the header, highest byte first */
    for (size_t page = size; page < good.len; page += size, pages++) {
        oc_slice bad = oc_arena_copy(&f->arena, good);
        memset((char *)bad.ptr + page, 0xa5, size);
        assert_int_equal(oc_file_write(f->path, bad), OC_OK);
        oc_status status = open_store(f, OC_STORE_READ);
        if (status == OC_OK) status = oc_store_check(f->store);
        if (status != OC_OK) {
            assert_int_equal(status, OC_INPUT);
            assert_int_equal(last_code(f), OC_E0802);
            noticed++;
        }
        f->diags.items.len = 0;
    }
    assert_true(pages > 20);
    assert_int_equal(noticed, pages);
}

/* --- documents and claims --- */

static oc_store_claim claim(const char *text, const char *milestone, int first, int last)
{
    return (oc_store_claim){.sentence = 1, .line = 3, .first = 10, .end = 20, .text = oc_slice_of(text),
        .milestone = oc_slice_of(milestone), .step = OC_SLICE(""), .start = oc_day_from_civil(first, 1, 1),
        .to = oc_day_from_civil(last, 12, 31), .modality = OC_SLICE("planned"), .speaker = OC_SLICE("mnd"),
        .holder = OC_SLICE("")};
}

static int64_t put(fixture *f, const char *bytes, const char *read_with, const oc_store_claim *claims, size_t count,
                   oc_store_outcome expected)
{
    int64_t id;
    oc_store_outcome outcome;
    oc_store_reading reading = {.origin = OC_SLICE("a.txt"), .bytes = oc_slice_of(bytes),
                                .read_with = oc_slice_of(read_with),
        .language = OC_SLICE("ja"), .format = OC_SLICE("text"), .title = OC_SLICE("題"),
            .published = OC_SLICE("2026-03-01"),
        .body = oc_slice_of(bytes), .packed = oc_store_pack(&f->arena, OC_SLICE("{\"sentences\": []}")),
            .claims = claims,
        .claim_count = count};
    assert_int_equal(oc_store_begin(f->store), OC_OK);
    assert_int_equal(oc_store_put(f->store, &reading, NOW, &id, &outcome), OC_OK);
    assert_int_equal(oc_store_commit(f->store), OC_OK);
    assert_int_equal(outcome, expected);
    return id;
}

static oc_store_claims all_claims(fixture *f)
{
    oc_store_claims claims = {0};
    oc_store_filter filter = {.decisions = (1u << OC_DECISION_COUNT) - 1};
    assert_int_equal(oc_store_get_claims(f->store, &f->arena, &filter, &claims), OC_OK);
    return claims;
}

static void test_decisions_survive(void **state)
{
    fixture *f = *state;
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
    oc_store_claim first[] = {claim("foc in 2028", "foc", 2028, 2028), claim("fmc in 2029", "fmc", 2029, 2029),
                              claim("ioc in 2019", "ioc", 2019, 2019), claim("same", "transfer", 2030, 2030),
                              claim("same", "transfer", 2030, 2030)};
    int64_t document = put(f, "text", "lexicon-1", first, 5, OC_STORE_ADDED);
    assert_int_equal(put(f, "text", "lexicon-1", first, 5, OC_STORE_KNOWN), document);
    oc_store_claims claims = all_claims(f);
    assert_int_equal(claims.len, 5);
    /* In order of milestone: fmc, foc, ioc, transfer, transfer. */
    oc_store_correction correction = {.modality = OC_SLICE("goal"), .sets_days = true, .start = OC_DAY_MIN - 1,
                                      .to = oc_day_from_civil(2031, 6, 30)};
    assert_int_equal(oc_store_decide(f->store, claims.at[0].id, OC_DECISION_REJECTED, NULL, NOW), OC_OK);
    assert_int_equal(oc_store_decide(f->store, claims.at[1].id, OC_DECISION_CORRECTED, &correction, NOW), OC_OK);
    assert_int_equal(oc_store_decide(f->store, claims.at[4].id, OC_DECISION_ACCEPTED, NULL, NOW), OC_OK);
    assert_int_equal(oc_store_decide(f->store, 4711, OC_DECISION_ACCEPTED, NULL, NOW), OC_INPUT);
    assert_int_equal(last_code(f), OC_E0810);
    /* A newer lexicon: other days for foc, no ioc, no fmc, something new. */
    oc_store_claim second[] = {claim("foc in 2028", "foc", 2027, 2028), claim("same", "transfer", 2030, 2030),
                               claim("same", "transfer", 2030, 2030), claim("new", "transfer", 2032, 2032)};
    assert_int_equal(put(f, "text", "lexicon-2", second, 4, OC_STORE_REREAD), document);
    oc_store_claims now = all_claims(f);
    assert_int_equal(now.len, 5); /* the undecided ioc is gone, the rejected fmc stays */
    assert_int_equal(now.at[0].id, claims.at[0].id);
    assert_int_equal(now.at[0].decision, OC_DECISION_REJECTED);
    assert_false(now.at[0].found);
    assert_int_equal(now.at[1].id, claims.at[1].id);
    assert_int_equal(now.at[1].decision, OC_DECISION_CORRECTED);
    assert_true(now.at[1].found);
    assert_true(now.at[1].start < OC_DAY_MIN);
    assert_int_equal(now.at[1].to, oc_day_from_civil(2031, 6, 30));
    assert_true(oc_slice_is(now.at[1].modality, "goal"));
    assert_int_equal(now.at[2].decision, OC_DECISION_NEW);
    assert_int_equal(now.at[3].id, claims.at[4].id);
    assert_int_equal(now.at[3].decision, OC_DECISION_ACCEPTED);
    assert_int_equal(now.at[4].decision, OC_DECISION_NEW);
    /* As read, without the correction. */
    oc_store_claims read = {0};
    oc_store_filter filter = {.id = claims.at[1].id, .as_read = true};
    assert_int_equal(oc_store_get_claims(f->store, &f->arena, &filter, &read), OC_OK);
    assert_int_equal(read.at[0].start, oc_day_from_civil(2027, 1, 1));
    assert_true(oc_slice_is(read.at[0].modality, "planned"));
    assert_int_equal(oc_store_check(f->store), OC_OK);
}

static void test_rollback(void **state)
{
    fixture *f = *state;
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
    put(f, "kept", "l", NULL, 0, OC_STORE_ADDED);
    assert_int_equal(oc_store_begin(f->store), OC_OK);
    assert_int_equal(oc_db_script(f->store, "DELETE FROM documents"), OC_OK);
    assert_int_equal(oc_db_script(f->store, "SELECT nonsense"), OC_IO);
    assert_int_equal(oc_store_commit(f->store), OC_IO); /* sticky */
    oc_store_rollback(f->store);
    oc_store_documents documents = {0};
    assert_int_equal(oc_store_list(f->store, &f->arena, 0, &documents), OC_OK);
    assert_int_equal(documents.len, 1);
}

static oc_store_relations related(fixture *f, int64_t document)
{
    oc_store_relations relations = {0};
    assert_int_equal(oc_store_related(f->store, &f->arena, document, &relations), OC_OK);
    return relations;
}

static void test_related(void **state)
{
    fixture *f = *state;
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
    oc_text a = oc_text_in(&f->arena), b = oc_text_in(&f->arena), other = oc_text_in(&f->arena);
    for (int i = 0; i < 60; i++) {
        oc_text_printf(&a, "第%d項目は両国が%d日に確かめた。", i, i * 37 % 29);
        oc_text_printf(&b, "第%d項目は両国が%d日に確かめた。", i, i == 30 ? 99 : i * 37 % 29);
        oc_text_printf(&other, "Item %d has nothing to do with %d others.", i * 7, i * i);
    }
    put(f, a.ptr, "l", NULL, 0, OC_STORE_ADDED);
    put(f, other.ptr, "l", NULL, 0, OC_STORE_ADDED);
    int64_t copy = put(f, b.ptr, "l", NULL, 0, OC_STORE_ADDED);
    oc_store_relations relations = related(f, copy);
    assert_int_equal(relations.len, 1);
    assert_int_equal(relations.at[0].other, 1);
    assert_true(oc_slice_is(relations.at[0].kind, "duplicate"));
    assert_true(relations.at[0].measure < 1); /* near, and not merged */
    assert_int_equal(related(f, 2).len, 0);
    assert_int_equal(related(f, 1).len, 1); /* seen from both sides */
}

/* --- grades --- */

static oc_position position(const char *holder, int first, int last, const char *said, bool denies)
{
    oc_position p = {.holder = oc_slice_of(holder), .denies = denies, .first_said = oc_slice_of(said),
                     .last_said = oc_slice_of(said)};
    p.start = first ? oc_day_from_civil(first, 1, 1) : OC_DAY_MIN - 1;
    p.to = last ? oc_day_from_civil(last, 12, 31) : OC_DAY_MAX + 1;
    return p;
}

/* One of a family of texts that have some nine tenths in common. */
static oc_slice family(fixture *f, int own)
{
    oc_text text = oc_text_in(&f->arena);
    for (int i = 0; i < 60; i++)
        oc_text_printf(&text, "第%d項目は両国が%d日に確かめた。", i, i == 30 ? own : i * 37 % 29);
    return oc_text_slice(&text);
}

static int64_t put_open(fixture *f, oc_slice bytes, bool again, oc_slice body)
{
    int64_t id;
    oc_store_outcome outcome;
    oc_store_reading reading = {.origin = OC_SLICE("a.txt"), .bytes = bytes, .read_with = OC_SLICE("l"), .again = again,
        .language = OC_SLICE("ja"), .format = OC_SLICE("text"), .title = OC_SLICE("題"), .body = body,
        .packed = oc_store_pack(&f->arena, OC_SLICE("{}"))};
    assert_int_equal(oc_store_put(f->store, &reading, NOW, &id, &outcome), OC_OK);
    return id;
}

/* What is alike is found before the change ends and after; what was undone is not; and it makes no difference whether
 * documents come in one change or in many. */
static void test_related_within_a_change(void **state)
{
    fixture *f = *state;
    enum { FAMILY = 24 };
    static const char all[] = "SELECT group_concat(document || ' ' || other || ' ' || kind || ' ' || measure) FROM"
                              " (SELECT * FROM relations ORDER BY 1, 2, 3)";
    oc_slice seen[2];
    for (int often = 0; often < 2; often++) {
        remove(f->path);
        assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
        assert_int_equal(oc_store_begin(f->store), OC_OK);
        put_open(f, family(f, 700), false, family(f, 700));
        oc_store_rollback(f->store);
        for (int i = 0; i < FAMILY; i++) {
            if (often || i == 0) assert_int_equal(oc_store_begin(f->store), OC_OK);
            int64_t id = put_open(f, family(f, 100 + i), false, family(f, 100 + i));
            assert_int_equal(id, i + 1);
            if (i == 5) assert_int_equal(related(f, id).len, 5);
            /* The third is read anew, as another text, and likened anew. */
            if (i == 12) assert_int_equal(put_open(f, family(f, 102), true, family(f, 900)), 3);
            if (often || i == FAMILY - 1) assert_int_equal(oc_store_commit(f->store), OC_OK);
        }
        sqlite3_stmt *s = oc_db_prepare(f->store, all);
        assert_true(oc_db_row(f->store, s));
        seen[often] = oc_db_column(&f->arena, s, 0);
        oc_db_reset(s);
        assert_int_equal(oc_db_number(f->store, "SELECT count(*) FROM bands", 0), FAMILY * OC_LIKENESS_BANDS);
    }
    assert_true(seen[0].len > 1000);
    assert_true(oc_slice_equal(seen[0], seen[1]));
}

/* More keys and relations in one change than are kept back at once. */
static void test_many_in_a_change(void **state)
{
    fixture *f = *state;
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
    assert_int_equal(oc_store_begin(f->store), OC_OK);
    enum { MANY = 4200 };
    for (int i = 0; i < MANY; i++) {
        oc_arena_mark mark = oc_arena_get_mark(&f->arena);
        oc_slice text = oc_arena_printf(&f->arena, "%d tells of %d and of %d, and that is all", i, i * 7919, i * i);
        put_open(f, text, false, text);
        oc_arena_rewind(&f->arena, mark);
    }
    assert_int_equal(oc_store_commit(f->store), OC_OK);
    assert_int_equal(oc_db_number(f->store, "SELECT count(*) FROM (SELECT DISTINCT document FROM bands)", 0), MANY);
    assert_int_equal(oc_db_number(f->store, "SELECT count(*) FROM bands", 0), MANY * OC_LIKENESS_BANDS);
    assert_int_equal(oc_store_check(f->store), OC_OK);
}

static void test_grades(void **state)
{
    (void)state;
    static const struct {
        int a_first, a_last, b_first, b_last;
        bool a_denies, b_denies, same_holder;
        oc_conflict_grade grade;
        int days;
    } cases[] = {
        {2028, 2028, 2028, 2028, false, false, false, OC_GRADE_SAME, 0},
        {2028, 2030, 2029, 2029, false, false, false, OC_GRADE_REFINES, 0},
        {0, 2030, 2029, 2029, false, false, false, OC_GRADE_REFINES, 0},
        {0, 2029, 2028, 2030, false, false, false, OC_GRADE_COMPATIBLE, 0},
        {0, 2030, 2028, 0, false, false, false, OC_GRADE_COMPATIBLE, 0},
        {2027, 2029, 2028, 2030, false, false, false, OC_GRADE_TENSION, 365},
        {2027, 2029, 2028, 2030, false, false, true, OC_GRADE_UPDATED, 365},
        {2028, 2028, 2030, 2030, false, false, false, OC_GRADE_CONFLICT, 366},
        {2028, 2028, 2030, 2030, false, false, true, OC_GRADE_UPDATED, 366},
        {0, 2028, 2027, 2027, true, false, false, OC_GRADE_CONFLICT, 0},
        {0, 2028, 2029, 2029, true, false, false, OC_GRADE_COMPATIBLE, 0},
        {2028, 2028, 2030, 2030, true, true, false, OC_GRADE_COMPATIBLE, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        oc_position a = position("mnd", cases[i].a_first, cases[i].a_last, "2026-01-01", cases[i].a_denies);
        oc_position b = position(cases[i].same_holder ? "mnd" : "", cases[i].b_first, cases[i].b_last, "2026-05-01",
                                 cases[i].b_denies);
        int64_t days, back;
        assert_int_equal(oc_conflict_grade_of(&a, &b, &days), cases[i].grade);
        assert_int_equal(oc_conflict_grade_of(&b, &a, &back), cases[i].grade);
        assert_int_equal(days, cases[i].days);
        assert_int_equal(back, days);
    }
}

static void test_conflicts(void **state)
{
    fixture *f = *state;
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
    oc_store_claim claims[] = {claim("a", "foc", 2028, 2028), claim("b", "foc", 2030, 2030),
                               claim("c", "foc", 2028, 2028),
                               claim("d", "fmc", 2040, 2040)};
    claims[1].speaker = OC_SLICE("dod");
    put(f, "text", "l", claims, 4, OC_STORE_ADDED);
    oc_conflicts conflicts = {0};
    assert_int_equal(oc_store_conflicts(f->store, &f->arena, &(oc_store_filter){.id = 0}, &conflicts), OC_OK);
    assert_int_equal(conflicts.len, 1); /* a and c are one position; fmc has no partner */
    assert_int_equal(conflicts.at[0].grade, OC_GRADE_CONFLICT);
    assert_int_equal(conflicts.at[0].a->claims.len + conflicts.at[0].b->claims.len, 3);
    assert_int_equal(oc_store_decide(f->store, 2, OC_DECISION_REJECTED, NULL, NOW), OC_OK);
    conflicts.len = 0;
    assert_int_equal(oc_store_conflicts(f->store, &f->arena, &(oc_store_filter){.id = 0}, &conflicts), OC_OK);
    assert_int_equal(conflicts.len, 0);
}

/* "It was to be in 2015" does not contradict 2028; what lies ahead comes first, though it is less far apart. */
static void test_conflicts_of_time(void **state)
{
    fixture *f = *state;
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
    oc_store_claim claims[] = {claim("a", "foc", 2012, 2012), claim("b", "foc", 2018, 2018),
                               claim("c", "foc", 2028, 2028), claim("d", "foc", 2029, 2029)};
    for (size_t i = 0; i < 4; i++) claims[i].forward = i >= 2;
    claims[1].speaker = claims[3].speaker = OC_SLICE("dod");
    put(f, "text", "l", claims, 4, OC_STORE_ADDED);
    oc_conflicts conflicts = {0};
    assert_int_equal(oc_store_conflicts(f->store, &f->arena, &(oc_store_filter){.id = 0}, &conflicts), OC_OK);
    assert_int_equal(conflicts.len, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(conflicts.at[i].grade, OC_GRADE_CONFLICT);
        assert_int_equal(conflicts.at[i].a->claims.at[0].forward, i == 0);
        assert_int_equal(conflicts.at[i].b->claims.at[0].forward, i == 0);
    }
    assert_true(conflicts.at[0].days < conflicts.at[1].days);
}

static void test_runs(void **state)
{
    fixture *f = *state;
    assert_int_equal(open_store(f, OC_STORE_CREATE), OC_OK);
    oc_store_file file = {OC_SLICE("scenario.yaml"), OC_SLICE("a: 1\n")};
    oc_store_run run = {.made = NOW,
                        .results = OC_SLICE("{\"stages\": {\"foc\": {\"p50\": \"2028-01-01\", \"cdf\": [1]}}, "
                        "\"questions\": {\"q\": {\"kind\": \"truth\", \"p\": 0.25, \"sd\": 1}}}")};
    int64_t a, b;
    assert_int_equal(oc_store_put_run(f->store, &run, &file, 1, &a), OC_OK);
    run.results = OC_SLICE("{\"stages\": {\"foc\": {\"p50\": null, \"cdf\": [2]}}, "
                           "\"questions\": {\"q\": {\"kind\": \"truth\", \"p\": 0.25, \"sd\": 2}, \"new\": {\"p\":"
                           " 1}}}");
    assert_int_equal(oc_store_put_run(f->store, &run, &file, 1, &b), OC_OK);
    oc_store_changes changes = {0};
    assert_int_equal(oc_store_compare_runs(f->store, &f->arena, a, b, &changes), OC_OK);
    assert_int_equal(changes.len, 2);
    assert_true(oc_slice_is(changes.at[0].name, "foc"));
    assert_true(oc_slice_is(changes.at[0].before, "\"2028-01-01\""));
    assert_true(oc_slice_is(changes.at[0].after, "null"));
    assert_true(oc_slice_is(changes.at[1].name, "new"));
    assert_int_equal(changes.at[1].before.len, 0);
    assert_int_equal(oc_db_number(f->store, "SELECT count(*) FROM texts_of_runs", 0), 1); /* the text is kept once */
    oc_store_files files = {0};
    assert_int_equal(oc_store_get_files(f->store, &f->arena, b, &files), OC_OK);
    assert_true(oc_slice_equal(files.at[0].text, file.text));
}

int main(int argc, char **argv)
{
    schema_path = argc > 1 ? argv[1] : "";
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_new), TEST(test_first_schema), TEST(test_newer_version), TEST(test_foreign), TEST(test_damaged),
        TEST(test_decisions_survive), TEST(test_rollback), TEST(test_related), TEST(test_related_within_a_change),
        TEST(test_many_in_a_change), TEST(test_grades), TEST(test_conflicts),
        TEST(test_conflicts_of_time), TEST(test_runs),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
