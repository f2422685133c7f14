/* Actors, quantities, events, lexicon and language detection: small cases with results worked out by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "reading/clause.h"
#include "reading/detect.h"
#include "reading/event.h"
#include "reading/milestone.h"
#include "reading/quantity.h"

static oc_arena arena;
static oc_sources sources;
static oc_diags diags;
static oc_lexicon *lexicon;

static int set_up(void **state)
{
    (void)state;
    oc_arena_init(&arena, NULL, 0);
    sources = (oc_sources){.arena = &arena};
    diags = (oc_diags){.arena = &arena, .sources = &sources};
    lexicon = oc_lexicon_new(&arena);
    return oc_lexicon_builtin(lexicon, &diags) != OC_OK || oc_lexicon_build(lexicon, &diags) != OC_OK ||
           oc_lexicon_prepare(lexicon, OC_LANG_COUNT) != OC_OK;
}

static int tear_down(void **state)
{
    (void)state;
    oc_arena_free(&arena);
    return 0;
}

static void check_quantity(oc_lang lang, const char *text, double value, const char *unit, const char *measures)
{
    oc_hits hits = {0};
    oc_quantities found = {0};
    oc_lexicon_scan(lexicon, lang, oc_slice_of(text), &arena, &hits);
    oc_quantities_find(lexicon, lang, oc_slice_of(text), &hits, NULL, &arena, &found);
    assert_int_equal(found.len, 1);
    assert_true(fabs(found.at[0].value - value) <= 1e-9 * fabs(value));
    assert_true(oc_slice_is(found.at[0].unit, unit));
    if (measures) assert_true(oc_slice_is(found.at[0].measures, measures));
}

static void quantities(void **state)
{
    (void)state;
    check_quantity(OC_LANG_JA, "国防費は4兆1,000億ウォンに達した", 4.1e12, "KRW", "defence-budget");
    check_quantity(OC_LANG_JA, "在韓米軍は2万8500人だ", 28500, "person", "troops");
    check_quantity(OC_LANG_KO, "국방비를 국내총생산(GDP)의 3.5%로 늘린다", 3.5, "percent", "defence-share");
    check_quantity(OC_LANG_KO, "예산은 61조 2469억 원이다", 61.2469e12, "KRW", "budget");
    check_quantity(OC_LANG_EN, "about 28,500 troops are stationed there", 28500, "person", NULL);
    check_quantity(OC_LANG_EN, "a budget of $1.5 trillion", 1.5e12, "USD", "budget");
    check_quantity(OC_LANG_EN, "it fell by 3.5 percentage points", 3.5, "percentage-point", "decline");
    check_quantity(OC_LANG_EN, "he had twenty-two years to prepare", 22, "year", NULL);
    check_quantity(OC_LANG_EN, "well over two hundred and five items remain", 205, "item", NULL);
    check_quantity(OC_LANG_EN, "22 field drills were put off", 22, "item", NULL);
    check_quantity(OC_LANG_EN, "a letter of seven retired generals", 7, "person", NULL);
    check_quantity(OC_LANG_EN, "the date was put off twice", 2, "times", NULL);
    check_quantity(OC_LANG_EN, "for two decades", 20, "year", NULL);
    check_quantity(OC_LANG_JA, "日程は三度動いた", 3, "times", NULL);
    check_quantity(OC_LANG_JA, "後方基地7か所の扱い", 7, "item", NULL);
    check_quantity(OC_LANG_KO, "국방예산은 65조 8천642억 원이다", 65.8642e12, "KRW", "defence-budget");
    check_quantity(OC_LANG_KO, "최소 석 달의 차이가 난다", 3, "month", NULL);
}

static void no_quantities(void **state)
{
    (void)state;
    static const char *const texts[] = {"F-35A", "section 3.2",       "in room 12", "three weeks after the talks",
                                        "2026",  "the two countries", "its five-year term"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        oc_hits hits = {0};
        oc_quantities found = {0};
        oc_quantities_find(lexicon, OC_LANG_EN, oc_slice_of(texts[i]), &hits, NULL, &arena, &found);
        assert_int_equal(found.len, 0);
    }
}

static const oc_actor_name kim_names[] = {{{"キム・ヨンス", 18}, OC_LANG_JA, false}, {{"金永洙", 9}, OC_LANG_JA, false},
                                          {{"김영수", 9}, OC_LANG_KO, false}, {{"Kim Young-soo", 13}, OC_LANG_EN, false},
                                          {{"金", 3}, OC_LANG_JA, true}};
static const oc_actor_name un_names[] = {{{"国連軍司令部", 18}, OC_LANG_JA, false}, {{"UNC", 3}, OC_LANG_COUNT, false}};
static const oc_actor actors[] = {{.id = {"kim", 3}, .kind = {"person", 6}, .names = kim_names, .name_count = 5},
                                  {.id = {"unc", 3}, .kind = {"organisation", 12}, .names = un_names, .name_count = 2}};

static void find_actors(const oc_actor_finder *finder, oc_lang lang, const char *text, oc_actor_memory *memory,
                        oc_mentions *ret)
{
    oc_hits hits = {0}, with_places = {0};
    oc_mentions again = {0};
    oc_actor_memory before = {.seen = {0}};
    for (size_t i = 0; memory && i < memory->seen.len; i++)
        *oc_vec_push(&arena, &before.seen) = memory->seen.at[i];
    oc_lexicon_scan(lexicon, lang, oc_slice_of(text), &arena, &hits);
    oc_actors_find(finder, lang, oc_slice_of(text), &hits, memory, &arena, ret);
    /* The places that the scan for words has found are all that count. */
    oc_lexicon_scan_with(lexicon, oc_actor_starts(finder, lang), lang, oc_slice_of(text), &arena, &with_places);
    oc_actors_find(finder, lang, oc_slice_of(text), &with_places, memory ? &before : NULL, &arena, &again);
    assert_int_equal(again.len, ret->len);
    for (size_t i = 0; i < again.len; i++) assert_memory_equal(&again.at[i], &ret->at[i], sizeof *again.at);
}

static oc_actor_finder *finder_of(const oc_actor *table, size_t count)
{
    oc_actor_finder *finder = oc_actor_finder_make(&arena, lexicon, table, count);
    assert_non_null(finder);
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        assert_int_equal(oc_actor_finder_prepare(finder, (oc_lang)lang), OC_OK);
    return finder;
}

/* Every way to write a name, folded or not, begins where the scan says that one may begin. */
static void starts_of_names(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "キム・ヨンス氏",  "キ・ム ヨンス氏", "キムヨンス氏", "金 永洙氏", "金永洙氏",     "김영수 장관",   "김영수는",
        "Kim Young-soo", "KIM YOUNGSOO",  "Ｋｉｍ Young-soo", "Kim-Young-soo", "国連軍司令部は", "國連軍司令部は",
        "国 連軍司令部は", "UNC",           "ＵＮＣ",          "U.N.C.",        "U.N.C",        "(UNC)",
        "軍UNCは"};
    oc_actor_finder *finder = finder_of(actors, 2);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
            oc_mentions found = {0};
            find_actors(finder, (oc_lang)lang, texts[i], NULL, &found);
            oc_lang own = i < 5 ? OC_LANG_JA : i < 7 ? OC_LANG_KO : i < 11 ? OC_LANG_EN : OC_LANG_JA;
            if (own == (oc_lang)lang) assert_int_equal(found.len, 1);
        }
}

static oc_mentions mentions_in(oc_lang lang, const char *text, oc_actor_memory *memory)
{
    oc_actor_finder *finder = finder_of(actors, 2);
    oc_mentions found = {0};
    find_actors(finder, lang, text, memory, &found);
    return found;
}

static void names_in_any_spelling(void **state)
{
    (void)state;
    assert_int_equal(mentions_in(OC_LANG_JA, "キムヨンス国防相は述べた", NULL).len, 1);
    assert_int_equal(mentions_in(OC_LANG_JA, "金 永洙長官は述べた", NULL).len, 1);
    assert_int_equal(mentions_in(OC_LANG_KO, "김영수 장관은 말했다", NULL).len, 1);
    assert_int_equal(mentions_in(OC_LANG_EN, "kim young soo said", NULL).len, 1);
    assert_int_equal(mentions_in(OC_LANG_EN, "FUNCTION", NULL).len, 0);
    oc_mentions two = mentions_in(OC_LANG_JA, "金永洙氏は国連軍司令部（ＵＮＣ）を訪れた", NULL);
    assert_int_equal(two.len, 3);
    assert_true(two.at[0].topic);
    assert_false(two.at[1].topic);
}

static void short_names_need_a_reason(void **state)
{
    (void)state;
    oc_actor_memory memory = {0};
    assert_int_equal(mentions_in(OC_LANG_JA, "金の価格", &memory).len, 0);
    assert_int_equal(mentions_in(OC_LANG_JA, "金氏は語った", &memory).len, 1);
    assert_int_equal(mentions_in(OC_LANG_JA, "金は語った", &memory).len, 0);
    assert_int_equal(mentions_in(OC_LANG_JA, "永洙氏は語った", &memory).len, 0);
    memory = (oc_actor_memory){0};
    assert_int_equal(mentions_in(OC_LANG_JA, "金在韓米軍司令官は語った", &memory).len, 1); /* an office by its whole name */
}

static const oc_actor_name ahn_names[] = {{{"Ahn Gyu-back", 12}, OC_LANG_EN, false}, {{"安圭伯", 9}, OC_LANG_JA, false},
                                          {{"안규백", 9}, OC_LANG_KO, false}};
static const oc_actor_name bell_names[] = {{{"Burwell Bell", 12}, OC_LANG_EN, false}, {{"バーウェル・ベル", 24}, OC_LANG_JA, false},
                                           {{"버웰 벨", 10}, OC_LANG_KO, false}};
static const oc_actor_name korea_names[] = {{{"South Korea", 11}, OC_LANG_EN, false}, {{"한미", 6}, OC_LANG_KO, false}};
static const oc_actor_name us_names[] = {{{"US", 2}, OC_LANG_COUNT, false}, {{"한미", 6}, OC_LANG_KO, false}, {{"米国", 6}, OC_LANG_JA, false}};
static const oc_actor_name minister_names[] = {{{"国防相", 9}, OC_LANG_JA, false}, {{"defense minister", 16}, OC_LANG_EN, false}};
static const oc_actor people[] = {
    {.id = {"ahn", 3}, .kind = {"person", 6}, .of = {"rok", 3}, .names = ahn_names, .name_count = 3},
    {.id = {"bell", 4}, .kind = {"person", 6}, .of = {"us", 2}, .names = bell_names, .name_count = 3},
    {.id = {"rok", 3}, .kind = {"state", 5}, .names = korea_names, .name_count = 2},
    {.id = {"us", 2}, .kind = {"state", 5}, .names = us_names, .name_count = 3},
    {.id = {"minister", 8}, .kind = {"office", 6}, .of = {"rok", 3}, .names = minister_names, .name_count = 2},
};

/* The ids of the actors of two texts read one behind the other, those of the second only. */
static void expect_people(oc_lang lang, const char *before, const char *text, const char *ids)
{
    oc_actor_finder *finder = finder_of(people, sizeof people / sizeof *people);
    oc_actor_memory memory = {0};
    oc_mentions found = {0};
    oc_text out = oc_text_in(&arena);
    find_actors(finder, lang, before, &memory, &found);
    found.len = 0;
    find_actors(finder, lang, text, &memory, &found);
    for (size_t i = 0; i < found.len; i++) oc_text_printf(&out, "%s%.*s", i ? " " : "", OC_FMT(people[found.at[i].actor].id));
    assert_string_equal(oc_arena_printf(&arena, "%.*s", OC_FMT(oc_text_slice(&out))).ptr, ids);
}

static void families_and_states(void **state)
{
    (void)state;
    expect_people(OC_LANG_EN, "Ahn Gyu-back spoke", "Ahn said it to us", "ahn");
    expect_people(OC_LANG_EN, "", "Ahn said the US agreed", "us");
    expect_people(OC_LANG_EN, "", "Gen. Bell said so", "bell");
    expect_people(OC_LANG_EN, "", "the bell rang", "");
    expect_people(OC_LANG_JA, "安圭伯氏", "安国防相は安全保障を語った", "ahn minister");
    expect_people(OC_LANG_JA, "安圭伯氏", "米国の国防相は安全保障を語った", "us");
    expect_people(OC_LANG_JA, "", "ベル元司令官は述べた", "bell");
    expect_people(OC_LANG_KO, "안규백 장관", "안 장관은 한미 안보를 말했다", "ahn rok us");
    expect_people(OC_LANG_KO, "버웰 벨 사령관", "벨 사령관은 말했다", "bell");
    expect_people(OC_LANG_EN, "", "Japan met South Korea's defense minister", "rok minister");
}

static void events(void **state)
{
    (void)state;
    oc_slice text = OC_SLICE("The defense ministers held talks on October 28, 2026 and an exercise began in March 2027.");
    oc_hits hits = {0};
    oc_dates dates = {0};
    oc_mentions mentions = {0};
    oc_read_events found = {0};
    oc_date_context context = oc_date_context_at(oc_day_from_civil(2026, 12, 1));
    oc_lexicon_scan(lexicon, OC_LANG_EN, text, &arena, &hits);
    oc_dates_find(lexicon, OC_LANG_EN, text, &context, &arena, &dates);
    oc_events_find(lexicon, OC_LANG_EN, text, &hits, &dates, NULL, &mentions, context.anchor, &arena, &found);
    assert_int_equal(found.len, 2);
    assert_true(oc_slice_is(found.at[0].kind, "meeting"));
    assert_int_equal(found.at[0].start, oc_day_from_civil(2026, 10, 28));
    assert_false(found.at[0].future);
    assert_true(oc_slice_is(found.at[1].kind, "exercise"));
    assert_int_equal(found.at[1].end, oc_day_from_civil(2027, 3, 31));
    assert_true(found.at[1].future);
}

static void languages(void **state)
{
    (void)state;
    assert_int_equal(oc_detect_language(OC_SLICE("国防相はOPCONの移管を述べた"), NULL), OC_LANG_JA);
    assert_int_equal(oc_detect_language(OC_SLICE("국방부(國防部)는 OPCON 전환을 밝혔다"), NULL), OC_LANG_KO);
    assert_int_equal(oc_detect_language(OC_SLICE("The minister of 国防 said"), NULL), OC_LANG_EN);
    assert_int_equal(oc_detect_language(OC_SLICE("2026-03-05"), NULL), OC_LANG_EN);
}

static void clash_is_found(void **state)
{
    (void)state;
    oc_diags own = {.arena = &arena, .sources = &sources};
    oc_lexicon *words = oc_lexicon_new(&arena);
    oc_lexicon_add(words, &own, OC_SLICE("own.ja.tsv"), OC_SLICE("modality\t予定\tplanned\nmodality\t予定\tgoal\nunit\t予定\tx 1\n"));
    oc_lexicon_check(words, &own);
    assert_int_equal(own.errors, 1);
    assert_int_equal(own.items.at[0]->code, OC_E0703);
}

static void bad_lines_are_reported(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        oc_code code;
    } cases[] = {{"modality\n", OC_E0701}, {"modalty\tx\ty\n", OC_E0702}, {"date\tx\trel:yaer:1\n", OC_E0704},
                 {"holiday\tx\t13-40\n", OC_E0704}, {"period\tx\t2030..2020\n", OC_E0704}, {"holder\tx\tnobody\n", OC_E0704}, {"fiscal\tx\t13\n", OC_E0704},
                 {"numeral\tx\t1\n", OC_E0704}, {"trait\tx\tsets y\n", OC_E0704}, {"term\tx 2\t2020..2021\n", OC_E0704}, {"date\tx\t\n", OC_E0704}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        oc_diags own = {.arena = &arena, .sources = &sources};
        oc_lexicon *words = oc_lexicon_new(&arena);
        oc_lexicon_add(words, &own, OC_SLICE("own.en.tsv"), oc_slice_of(cases[i].text));
        oc_lexicon_build(words, &own);
        assert_int_equal(own.errors, 1);
        assert_int_equal(own.items.at[0]->code, cases[i].code);
    }
    oc_diags own = {.arena = &arena, .sources = &sources};
    oc_lexicon_add(oc_lexicon_new(&arena), &own, OC_SLICE("own.tsv"), OC_SLICE("modality\tx\tgoal\n"));
    assert_int_equal(own.items.at[0]->code, OC_E0705);
}

static void own_words_win(void **state)
{
    (void)state;
    oc_lexicon *words = oc_lexicon_new(&arena);
    oc_lexicon_builtin(words, &diags);
    oc_lexicon_add(words, &diags, OC_SLICE("own.en.tsv"), OC_SLICE("period\tthe long march\t2026-05-01..2026-05-09\n"));
    assert_int_equal(oc_lexicon_build(words, &diags), OC_OK);
    oc_text out = oc_text_in(&arena);
    oc_dates_line(words, OC_LANG_EN, OC_SLICE("by the long march"), oc_day_from_civil(2026, 1, 1), &arena, &out);
    assert_true(oc_slice_starts(oc_text_slice(&out), OC_SLICE("..\t2026-05-09\t")));
}

static void own_milestones_have_traits(void **state)
{
    (void)state;
    oc_lexicon *words = oc_lexicon_new(&arena);
    oc_lexicon_builtin(words, &diags);
    oc_lexicon_add(words, &diags, OC_SLICE("own.any.tsv"), OC_SLICE("trait\tlaunch-year\tsettles launch\ntrait\tconditions\tsettles x\n"));
    assert_int_equal(oc_lexicon_build(words, &diags), OC_OK);
    assert_true(oc_slice_is(oc_milestone_settles(words, OC_SLICE("launch-year")), "launch"));
    assert_true(oc_slice_is(oc_milestone_settles(words, OC_SLICE("target-year")), "transfer"));
    assert_int_equal(oc_milestone_settles(words, OC_SLICE("launch")).len, 0);
    assert_false(oc_milestone_is_unplanned(words, OC_SLICE("conditions")));
}

/* The words that the program carries have one meaning each and stand once. */
static void shipped_lexicon_is_clean(void **state)
{
    (void)state;
    oc_diags own = {.arena = &arena, .sources = &sources};
    oc_lexicon *words = oc_lexicon_new(&arena);
    assert_int_equal(oc_lexicon_builtin(words, &own), OC_OK);
    assert_int_equal(oc_lexicon_check(words, &own), OC_OK);
    assert_int_equal(oc_lexicon_build(words, &own), OC_OK);
    assert_int_equal(own.items.len, 0);
}

/* A term of office, a country's fiscal year and a numeral that only a file names. */
static void own_offices_and_years(void **state)
{
    (void)state;
    static const struct {
        const char *text, *days;
    } cases[] = {{"during the Ferreira administration", "2001-03-01\t2005-02-28\t"},
                 {"under the second Ferreira administration", "2009-03-01\t2013-02-28\t"},
                 {"Ruritania's fiscal 2026", "2026-07-01\t2027-06-30\t"},
                 {"fiscal 2026", "2025-10-01\t2026-09-30\t"},
                 {"the Ferreira administration said so", "-\t-\t"}};
    oc_lexicon *words = oc_lexicon_new(&arena);
    oc_lexicon_builtin(words, &diags);
    oc_lexicon_add(words, &diags, OC_SLICE("own.en.tsv"),
                   OC_SLICE("term\tferreira 2\t2009-03-01..2013-02-28\nterm\tferreira 1\t2001-03-01..2005-02-28\n"
                            "holder\tFerreira\tferreira\nfiscal\tRuritania\t7\n"));
    assert_int_equal(oc_lexicon_build(words, &diags), OC_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        oc_text out = oc_text_in(&arena);
        oc_dates_line(words, OC_LANG_EN, oc_slice_of(cases[i].text), oc_day_from_civil(2004, 1, 1), &arena, &out);
        assert_true(oc_slice_starts(oc_text_slice(&out), oc_slice_of(cases[i].days)));
    }
}

/* A right end with a month that is none once read beyond the table of months. */
static void months_that_are_none(void **state)
{
    (void)state;
    static const char *const cases[] = {"2026.8.2~18.8", "2026.8.2~0.8", "2026/8/2~13/1", "2026-8-2~99-9"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        oc_text out = oc_text_in(&arena);
        oc_dates_line(lexicon, OC_LANG_KO, oc_slice_of(cases[i]), 20000, &arena, &out);
        assert_true(oc_slice_starts(oc_text_slice(&out), OC_SLICE("2026-08-02\t..\t")));
    }
}

/* Every hit is in the chain of its class and in that of its group, in order, and in no other. */
static void check_chains(const oc_hits *hits)
{
    for (int class = 0; class < OC_LEX_COUNT; class++) {
        const oc_hit *next = oc_hits_first(hits, (oc_lex_class)class);
        for (size_t i = 0; i < hits->len; i++) {
            if (hits->at[i].entry->class != (oc_lex_class)class) continue;
            assert_ptr_equal(next, &hits->at[i]);
            next = oc_hits_next(hits, next);
        }
        assert_null(next);
    }
    for (int group = 0; group < OC_GROUP_COUNT; group++) {
        const oc_hit *next = oc_hits_first_in(hits, (oc_lex_group)group);
        for (size_t i = 0; i < hits->len; i++) {
            if (oc_lex_class_group(hits->at[i].entry->class) != (oc_lex_group)group) continue;
            assert_ptr_equal(next, &hits->at[i]);
            next = oc_hits_next_in(hits, next);
        }
        assert_null(next);
    }
}

static void hits_in_chains(void **state)
{
    (void)state;
    oc_hits hits = {0};
    oc_lexicon_scan(lexicon, OC_LANG_EN, OC_SLICE("The minister said the plan, which officials called a goal, was not "
                                                  "approved; the president said the summit will decide."), &arena,
                    &hits);
    assert_true(hits.len > 6);
    check_chains(&hits);
    assert_true(oc_hits_any(&hits, OC_LEX_BIT(SPEECH)) && oc_hits_any(&hits, OC_LEX_BIT(TITLE) | OC_LEX_BIT(UNIT)));
    assert_false(oc_hits_any(&hits, OC_LEX_BIT(UNIT)));
    assert_int_equal(hits.signs, OC_SIGN_CAPITAL | OC_SIGN_COMMA | OC_SIGN_SEMICOLON | OC_SIGN_STOP);
    for (size_t i = 1; i < hits.len; i++) hits.at[i - 1] = hits.at[i];
    hits.len--;
    oc_hits_index(&hits);
    check_chains(&hits);
    hits.len = 0;
    oc_hits_index(&hits);
    assert_false(oc_hits_any(&hits, UINT64_MAX));
}

/* Places counted by hand in "On Monday, he said that it, too; that is, it would." and "11日、協議し、終えた。". */
static void parts_of_sentences(void **state)
{
    (void)state;
    oc_slice text = OC_SLICE("On Monday, he said that it, too; that is, it would.");
    oc_clauses found = {0};
    oc_clauses_find(lexicon, OC_LANG_EN, text, &arena, &found);
    assert_int_equal(oc_clauses_commas(&found, 0, text.len), 4);
    assert_int_equal(oc_clauses_commas(&found, 9, 26), 1); /* the first one stands at 9, the second at 26 */
    assert_int_equal(oc_clauses_parts(&found, 0, text.len), 5); /* "that" counts once */
    assert_int_equal(oc_clauses_parts(&found, 19, 24), 0);      /* the blank before a word belongs to it */
    assert_int_equal(oc_clauses_parts(&found, 18, 24), 1);
    assert_int_equal(oc_clauses_comma_before(&found, text.len, 0), 41);
    assert_int_equal(oc_clauses_comma_before(&found, 9, 2), 2);
    assert_int_equal(oc_clauses_comma_behind(&found, 10, text.len), 26);
    assert_int_equal(oc_clauses_comma_behind(&found, 41, text.len), text.len);
    oc_slice japanese = OC_SLICE("11日、協議し、終えた。");
    oc_clauses_find(NULL, OC_LANG_JA, japanese, &arena, &found);
    assert_int_equal(oc_clauses_commas(&found, 0, japanese.len), 2);
    assert_int_equal(oc_clauses_comma_behind(&found, 6, japanese.len), 17);
    assert_int_equal(oc_commas_between(japanese, 0, japanese.len), 2);
}

static void kinds_of_signs(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t signs;
    } cases[] = {
        {"", 0},
        {"plain words of letters", 0},
        {"平和と안보", 0},
        {"Seoul", OC_SIGN_CAPITAL},
        {"Ｓ", OC_SIGN_CAPITAL},
        {"7", OC_SIGN_DIGIT},
        {"第９回", OC_SIGN_DIGIT},
        {"「平和」", OC_SIGN_QUOTE},
        {"『平和』", OC_SIGN_QUOTE},
        {"\u201cpeace\u201d", OC_SIGN_QUOTE},
        {"｢", OC_SIGN_QUOTE},
        {"it\u2019s", OC_SIGN_APOSTROPHE},
        {"it's", OC_SIGN_APOSTROPHE},
        {"（平和）", OC_SIGN_BRACKET},
        {"【平和】", OC_SIGN_BRACKET},
        {"、", OC_SIGN_COMMA},
        {"，", OC_SIGN_COMMA},
        {"､", OC_SIGN_COMMA},
        {"：", OC_SIGN_COLON},
        {"；", OC_SIGN_SEMICOLON},
        {"？", OC_SIGN_QUESTION},
        {"！", OC_SIGN_EXCLAMATION},
        {"。", OC_SIGN_STOP},
        {"…", OC_SIGN_STOP},
        {"a – b", OC_SIGN_DASH},
        {"〜", OC_SIGN_DASH},
        {"／", OC_SIGN_SLASH},
        {"\xe3\x80", 0}, /* cut off */
        {"(1) a: b; c?", OC_SIGN_BRACKET | OC_SIGN_DIGIT | OC_SIGN_COLON | OC_SIGN_SEMICOLON | OC_SIGN_QUESTION},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t before = 0; before < 70; before++) { /* at every place of a block, and across its end */
            oc_text text = oc_text_in(&arena);
            oc_hits hits = {0};
            for (size_t k = 0; k < before; k++) oc_text_lit(&text, "x");
            oc_text_add(&text, oc_slice_of(cases[i].text));
            oc_lexicon_scan(lexicon, OC_LANG_JA, oc_text_slice(&text), &arena, &hits);
            assert_int_equal(hits.signs, cases[i].signs);
        }
}

/* 21,000 numerals in a row once took twenty seconds; the test's time limit is the check. */
static void long_runs_end(void **state)
{
    (void)state;
    oc_text text = oc_text_in(&arena), out = oc_text_in(&arena);
    for (int i = 0; i < 21000; i++) oc_text_lit(&text, "二");
    oc_quantities found = {0};
    oc_hits hits = {0};
    oc_quantities_find(lexicon, OC_LANG_JA, OC_SLICE("t五p"), &hits, NULL, &arena, &found); /* never ended */
    assert_int_equal(found.len, 0);
    oc_dates_line(lexicon, OC_LANG_JA, oc_text_slice(&text), 20000, &arena, &out);
    oc_dates_line(lexicon, OC_LANG_KO, oc_text_slice(&text), 20000, &arena, &out);
    assert_true(oc_slice_starts(oc_text_slice(&out), OC_SLICE("-\t-")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantities), cmocka_unit_test(no_quantities), cmocka_unit_test(names_in_any_spelling),
        cmocka_unit_test(short_names_need_a_reason), cmocka_unit_test(families_and_states), cmocka_unit_test(events), cmocka_unit_test(languages),
        cmocka_unit_test(clash_is_found), cmocka_unit_test(bad_lines_are_reported), cmocka_unit_test(own_words_win),
        cmocka_unit_test(own_milestones_have_traits),
        cmocka_unit_test(long_runs_end), cmocka_unit_test(shipped_lexicon_is_clean), cmocka_unit_test(own_offices_and_years),
        cmocka_unit_test(months_that_are_none), cmocka_unit_test(hits_in_chains), cmocka_unit_test(starts_of_names),
        cmocka_unit_test(parts_of_sentences),
        cmocka_unit_test(kinds_of_signs),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("language", tests, set_up, tear_down);
}
