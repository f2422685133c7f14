/* Questions with known answers, asked of the flagship's ledger. The oracle is the record itself as historians give it:
 * the letter of 1950, the Agreed Minute of 1954, the combined command of 1978, the return of armistice control in 1994.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "fixture.h"

static fixture flagship;

typedef struct known {
    const char *on, *state, *matter, *ground; /* ground: forces or a place */
    const char *holder, *instrument;          /* holder "": nobody on record */
    const char *en, *ja, *ko;                 /* name of the holder */
} known;

#define UNC "Commander of the United Nations Command", "国連軍司令官", "유엔군사령관"
#define CFC "Commander of the Combined Forces Command", "米韓連合軍司令官", "한미연합군사령관"
#define JCS "Chairman of the Korean Joint Chiefs of Staff", "韓国合同参謀本部議長", "합동참모본부 의장"
#define MAC "Military Armistice Commission", "軍事停戦委員会", "군사정전위원회"
#define OPCON "operational_control", "rok_forces"

static const known questions[] = {
    {"1950-07-13", "war", OPCON, "", "", "", "", ""},
    {"1950-07-20", "war", OPCON, "unc_commander", "rhee_letter", UNC},
    {"1950-07-20", "armistice", OPCON, "", "", "", "", ""},
    {"1953-07-26", "war", OPCON, "unc_commander", "rhee_letter", UNC},
    {"1953-09-01", "armistice", OPCON, "unc_commander", "agreed_statement_1953", UNC},
    {"1961-05-16", "armistice", OPCON, "unc_commander", "agreed_minute_1954", UNC},
    {"1977-06-01", "war", OPCON, "unc_commander", "agreed_minute_1954", UNC},
    {"1978-11-06", "armistice", OPCON, "unc_commander", "agreed_minute_1954", UNC},
    {"1978-11-07", "armistice", OPCON, "cfc_commander", "strategic_directive_1978", CFC},
    {"1979-12-12", "war", OPCON, "cfc_commander", "strategic_directive_1978", CFC},
    {"1994-11-30", "armistice", OPCON, "cfc_commander", "strategic_directive_1978", CFC},
    {"1994-12-01", "armistice", OPCON, "rok_jcs_chairman", "peacetime_return_1994", JCS},
    {"1994-11-30", "war", OPCON, "cfc_commander", "strategic_directive_1978", CFC},
    {"1994-12-01", "war", OPCON, "cfc_commander", "strategic_directive_1978", CFC},
    {"2012-04-18", "war", OPCON, "cfc_commander", "strategic_directive_1978", CFC},
    {"2015-12-02", "war", OPCON, "cfc_commander", "strategic_directive_1978", CFC},
    {"2026-06-25", "war", OPCON, "cfc_commander", "strategic_directive_1978", CFC},
    {"2026-06-25", "armistice", OPCON, "rok_jcs_chairman", "peacetime_return_1994", JCS},
    {"2026-06-25", "armistice", "combined_war_planning", "combined_functions", "cfc_commander", "coda_1994", CFC},
    {"1994-11-30", "armistice", "combined_war_planning", "combined_functions", "", "", "", "", ""},
    {"2026-01-29", "armistice", "dmz_entry", "dmz_south", "mac", "armistice_agreement", MAC},
    {"2026-01-29", "armistice", "dmz_administration", "dmz_south", "unc_commander", "armistice_agreement", UNC},
    {"1953-07-26", "armistice", "dmz_entry", "dmz_south", "", "", "", "", ""},
    {"1990-01-01", "armistice", "armistice_maintenance", "dmz_south", "unc_commander", "armistice_agreement", UNC},
};

static oc_ledger_question ask_for(const char *on, const char *state, const char *matter, const char *ground)
{
    oc_ledger_question question = oc_ledger_any;
    question.on = oc_day_parse(oc_slice_of(on), NULL);
    question.as_of = oc_day_from_civil(2026, 6, 25);
    question.state = fixture_index(&flagship, state);
    question.matter = fixture_index(&flagship, matter);
    oc_subject subject;
    if (oc_ledger_find(flagship.ledger, oc_slice_of(ground), &subject)) {
        if (subject.kind == OC_SUBJECT_PLACE) question.place = subject.index;
        else question.forces = subject.index;
    }
    return question;
}

static void check_names(const oc_actor *actor, const known *q)
{
    assert_true(oc_slice_is(actor->name.in[OC_LANG_EN], q->en));
    assert_true(oc_slice_is(actor->name.in[OC_LANG_JA], q->ja));
    assert_true(oc_slice_is(actor->name.in[OC_LANG_KO], q->ko));
}

static void test_known_answers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        const known *q = &questions[i];
        oc_ledger_question question = ask_for(q->on, q->state, q->matter, q->ground);
        oc_ledger_answers answers = oc_ledger_ask(&flagship.arena, flagship.ledger, &question);
        if (!q->holder[0]) {
            if (answers.len) print_error("question %zu (%s) has an answer\n", i, q->on);
            assert_int_equal(answers.len, 0);
            continue;
        }
        if (answers.len != 1) print_error("question %zu (%s): %zu answers\n", i, q->on, answers.len);
        assert_int_equal(answers.len, 1);
        const oc_holding *holding = answers.at[0].holding;
        const oc_actor *holder = &flagship.ledger->actors.at[holding->holder];
        if (!oc_slice_is(holder->id, q->holder)) print_error("%s: %.*s\n", q->on, OC_FMT(holder->id));
        assert_true(oc_slice_is(holder->id, q->holder));
        assert_true(answers.at[0].probability == 1 && answers.at[0].certain);
        bool found = false;
        for (size_t k = 0; k < holding->instruments.len; k++)
            found |= oc_slice_is(flagship.ledger->instruments.at[holding->instruments.at[k]].id, q->instrument);
        assert_true(found);
        check_names(holder, q);
        assert_true(holding->evidence.from.len > 0);
    }
}

static double half_way(void *context, uint32_t stage, oc_day day)
{
    (void)stage;
    (void)day;
    return *(double *)context;
}

static void test_future_is_a_probability(void **state)
{
    (void)state;
    double p = 0.62;
    oc_ledger_forecast forecast = {half_way, &p};
    oc_ledger_question question = ask_for("2035-01-01", "war", OPCON);
    question.forecast = &forecast;
    oc_ledger_answers answers = oc_ledger_ask(&flagship.arena, flagship.ledger, &question);
    assert_int_equal(answers.len, 2);
    const oc_actor *first = &flagship.ledger->actors.at[answers.at[0].holding->holder];
    assert_true(oc_slice_is(first->id, "future_cfc_commander"));
    assert_true(fabs(answers.at[0].probability - (0.62)) < 1e-12);
    assert_true(fabs(answers.at[1].probability - (0.38)) < 1e-12);

    question.forecast = NULL;
    answers = oc_ledger_ask(&flagship.arena, flagship.ledger, &question);
    assert_int_equal(answers.len, 2);
    assert_true(isnan(answers.at[0].probability) && isnan(answers.at[1].probability));

    question = ask_for("2035-01-01", "armistice", "combined_war_planning", "combined_functions");
    question.forecast = &forecast;
    answers = oc_ledger_ask(&flagship.arena, flagship.ledger, &question);
    assert_int_equal(answers.len, 2);
    assert_null(answers.at[1].holding); /* what comes after the transfer is not on record */
    assert_true(fabs(answers.at[1].probability - (0.62)) < 1e-12);
}

static void test_contested_claims_stand_side_by_side(void **state)
{
    (void)state;
    oc_ledger_question question = ask_for("2026-06-25", "armistice", "dmz_entry", "dmz_south");
    oc_ledger_answers answers = oc_ledger_ask(&flagship.arena, flagship.ledger, &question);
    assert_int_equal(answers.len, 1);
    assert_true(answers.at[0].holding->contested.len >= 2);
    for (size_t i = 0; i < answers.at[0].holding->contested.len; i++)
        assert_true(answers.at[0].holding->contested.at[i].evidence.from.len > 0);
}

static void test_year_is_uncertain_inside_it(void **state)
{
    (void)state;
    oc_ledger_question question = ask_for("1978-06-01", "war", "us_forces_command", "us_forces_korea");
    oc_ledger_answers answers = oc_ledger_ask(&flagship.arena, flagship.ledger, &question);
    assert_int_equal(answers.len, 1);
    assert_false(answers.at[0].certain);
    question.on = oc_day_from_civil(1979, 1, 1);
    answers = oc_ledger_ask(&flagship.arena, flagship.ledger, &question);
    assert_true(answers.at[0].certain);
}

static void test_history_is_in_order(void **state)
{
    (void)state;
    oc_ledger_question question = ask_for("1950-01-01", "war", OPCON);
    question.on = OC_DAY_NONE;
    oc_ledger_answers answers = oc_ledger_ask(&flagship.arena, flagship.ledger, &question);
    assert_int_equal(answers.len, 5);
    static const char *const ids[] = {"control_in_war_1950", "control_1953", "control_1954", "control_in_war_1978",
                                      "control_in_war_after_transfer"};
    for (size_t i = 0; i < answers.len; i++) assert_true(oc_slice_is(answers.at[i].holding->id, ids[i]));
}

typedef struct spelling {
    const char *name, *id;
} spelling;

static const spelling spellings[] = {
    {"李在明", "lee_jae_myung"},        {"이재명", "lee_jae_myung"},       {"Lee Jae-myung", "lee_jae_myung"},
    {"イ・ジェミョン", "lee_jae_myung"}, {"lee jae myung", "lee_jae_myung"}, {"Jae-myung Lee", "lee_jae_myung"},
    {"LEE JAE-MYUNG", "lee_jae_myung"}, {"ﾄﾞﾅﾙﾄﾞ･ﾄﾗﾝﾌﾟ", "donald_trump"}, {"Brunson", "xavier_brunson"},
    {"ブランソン", "xavier_brunson"},    {"안규백", "ahn_gyu_back"},         {"安圭伯", "ahn_gyu_back"},
    {"합참의장", "rok_jcs_chairman"},    {"UNC", "unc"},                    {"연합사", "cfc"},
};

static void test_actors_by_any_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        oc_indices found = oc_ledger_actors_named(&flagship.arena, flagship.ledger, oc_slice_of(spellings[i].name));
        if (found.len != 1) print_error("%s: %zu found\n", spellings[i].name, found.len);
        assert_int_equal(found.len, 1);
        assert_true(oc_slice_is(flagship.ledger->actors.at[found.at[0]].id, spellings[i].id));
    }
    oc_indices none = oc_ledger_actors_named(&flagship.arena, flagship.ledger, OC_SLICE("Lee Jae-mung"));
    assert_int_equal(none.len, 0);
    oc_name_set names = oc_ledger_all_names(&flagship.arena, flagship.ledger, OC_SUBJECT_ACTOR);
    oc_slice best[3];
    assert_true(oc_suggest(OC_SLICE("Lee Jae-mung"), names.at, names.len, best) >= 1);
    assert_true(oc_slice_is(best[0], "Lee Jae-myung"));
}

static void test_offices_by_date(void **state)
{
    (void)state;
    static const struct {
        const char *office, *on, *person;
    } terms[] = {
        {"rok_president", "2006-08-09", "roh_moo_hyun"}, {"rok_president", "2026-06-25", "lee_jae_myung"},
        {"us_president", "2018-06-18", "donald_trump"},  {"us_president", "2022-06-18", "joe_biden"},
        {"cfc_commander", "2022-08-22", "paul_lacamera"}, {"unc_commander", "1950-07-14", "douglas_macarthur"},
        {"cfc_commander", "2024-12-20", "xavier_brunson"},
    };
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        uint32_t person = oc_ledger_in_office(flagship.ledger, fixture_index(&flagship, terms[i].office),
                                              oc_day_parse(oc_slice_of(terms[i].on), NULL), NULL);
        assert_int_not_equal(person, OC_LEDGER_NONE);
        assert_true(oc_slice_is(flagship.ledger->actors.at[person].id, terms[i].person));
    }
    assert_int_equal(oc_ledger_in_office(flagship.ledger, fixture_index(&flagship, "rok_president"),
                                         oc_day_from_civil(2017, 4, 1), NULL), OC_LEDGER_NONE);
}

static void test_timeline(void **state)
{
    (void)state;
    oc_subject transfer = {OC_SUBJECT_STAGE, fixture_index(&flagship, "transfer")};
    oc_day as_of = oc_day_from_civil(2026, 6, 25);
    oc_entries all = oc_ledger_timeline(&flagship.arena, flagship.ledger, OC_DAY_MIN, OC_DAY_MAX, as_of, NULL);
    assert_true(all.len > 250);
    for (size_t i = 1; i < all.len; i++) assert_true(all.at[i - 1].on->first <= all.at[i].on->first);
    oc_entries year = oc_ledger_timeline(&flagship.arena, flagship.ledger, oc_day_from_civil(2010, 1, 1),
                                         oc_day_from_civil(2010, 12, 31), as_of, &transfer);
    bool toronto = false;
    for (size_t i = 0; i < year.len; i++)
        toronto |= year.at[i].event && oc_slice_is(year.at[i].event->on.text, "2010-06-26");
    assert_true(toronto);
    oc_subject carter = {OC_SUBJECT_ACTOR, fixture_index(&flagship, "ashton_carter")};
    oc_entries his = oc_ledger_timeline(&flagship.arena, flagship.ledger, OC_DAY_MIN, OC_DAY_MAX, as_of, &carter);
    assert_int_equal(his.len, 2); /* the 47th and the 48th SCM */
    oc_entries ahead = oc_ledger_timeline(&flagship.arena, flagship.ledger, as_of + 1, OC_DAY_MAX, as_of, NULL);
    bool due = false, target = false;
    for (size_t i = 0; i < ahead.len; i++) {
        due |= ahead.at[i].kind == OC_LINE_DUE;
        target |= ahead.at[i].kind == OC_LINE_TARGET;
    }
    assert_true(due && target);
}

/* 2.42 * (1.077/1.034)^n >= 3.5 first at n = 10 (n >= 9.06): 2036; at 4.1 percent n >= 54.7: 2081. */
static void test_year_of_target(void **state)
{
    (void)state;
    oc_reading last = {.value = 2.42, .on = {.last = oc_day_from_civil(2026, 12, 31)}};
    oc_growth growth = {.grows = 0.077, .economy = 0.034};
    int expected = 2026 + (int)ceil(log(3.5 / 2.42) / log(1.077 / 1.034));
    assert_int_equal(oc_ledger_year_reached(&last, 3.5, &growth), expected);
    growth.grows = 0.041;
    expected = 2026 + (int)ceil(log(3.5 / 2.42) / log(1.041 / 1.034));
    assert_int_equal(oc_ledger_year_reached(&last, 3.5, &growth), expected);
    growth.grows = 0.03;
    assert_int_equal(oc_ledger_year_reached(&last, 3.5, &growth), 0);
    bool measured = false;
    for (size_t i = 0; i < flagship.ledger->commitments.len; i++) {
        const oc_commitment *promise = &flagship.ledger->commitments.at[i];
        if (!promise->measure) continue;
        measured = true;
        oc_commitment_progress progress = oc_ledger_progress(promise);
        assert_true(fabs(progress.share - ((2.42 - 2.32) / (3.5 - 2.32))) < 1e-12);
        assert_int_equal(progress.due_year, 2035);
        assert_true(fabs(progress.needed - (pow(3.5 / 2.42, 1.0 / 9) - 1)) < 1e-12);
    }
    assert_true(measured);
}

static void test_chain(void **state)
{
    (void)state;
    oc_ledger_question question = oc_ledger_any;
    question.on = oc_day_from_civil(2026, 6, 25);
    question.as_of = question.on;
    question.state = fixture_index(&flagship, "war");
    oc_chains chains = oc_ledger_chains(&flagship.arena, flagship.ledger, &question);
    assert_int_equal(chains.len, 1);
    const oc_chain *chain = &chains.at[0];
    bool found = false;
    for (size_t i = 0; i < chain->edges.len; i++) {
        const oc_subject above = chain->nodes.at[chain->edges.at[i].above].subject;
        const oc_subject below = chain->nodes.at[chain->edges.at[i].below].subject;
        found |= oc_slice_is(oc_ledger_subject_id(flagship.ledger, above), "cfc_commander") &&
                 oc_slice_is(oc_ledger_subject_id(flagship.ledger, below), "rok_forces");
    }
    assert_true(found);
    assert_int_equal(chain->posts.len, 1);

    double p = 0.3;
    oc_ledger_forecast forecast = {half_way, &p};
    question.on = oc_day_from_civil(2030, 1, 1);
    question.forecast = &forecast;
    chains = oc_ledger_chains(&flagship.arena, flagship.ledger, &question);
    assert_int_equal(chains.len, 2);
    assert_true(fabs(chains.at[0].probability - (0.7)) < 1e-12);
    assert_int_equal(chains.at[0].open.len, 1);
    assert_int_equal(chains.at[1].done.len, 1);
}

static void test_every_record_has_a_source(void **state)
{
    (void)state;
    const oc_ledger *ledger = flagship.ledger;
    for (size_t i = 0; i < ledger->events.len; i++) assert_true(ledger->events.at[i].evidence.from.len > 0);
    for (size_t i = 0; i < ledger->holdings.len; i++) assert_true(ledger->holdings.at[i].evidence.from.len > 0);
    for (size_t i = 0; i < ledger->voices.len; i++) assert_true(ledger->voices.at[i].evidence.from.len > 0);
    for (size_t i = 0; i < ledger->commitments.len; i++) assert_true(ledger->commitments.at[i].evidence.from.len > 0);
    for (size_t i = 0; i < ledger->actors.len; i++) assert_true(ledger->actors.at[i].evidence.from.len > 0);
    const oc_uses *uses = oc_ledger_uses(ledger, OC_SLICE("archives_kr"));
    assert_non_null(uses);
    assert_true(uses->paths.len > 5);
}

static void test_languages_are_complete(void **state)
{
    (void)state;
    const oc_ledger *ledger = flagship.ledger;
    for (size_t i = 0; i < ledger->events.len; i++) {
        const oc_words *what = &ledger->events.at[i].what;
        assert_false(oc_slice_equal(what->in[OC_LANG_EN], what->in[OC_LANG_JA]));
        assert_false(oc_slice_equal(what->in[OC_LANG_EN], what->in[OC_LANG_KO]));
    }
}

static void test_questions_are_quick(void **state)
{
    (void)state;
    clock_t begin = clock();
    for (int i = 0; i < 100; i++) {
        oc_arena_mark mark = oc_arena_get_mark(&flagship.arena);
        oc_ledger_question question = oc_ledger_any;
        question.on = oc_day_from_civil(1950 + i % 80, 6, 1);
        question.as_of = oc_day_from_civil(2026, 6, 25);
        oc_ledger_ask(&flagship.arena, flagship.ledger, &question);
        oc_ledger_actors_named(&flagship.arena, flagship.ledger, OC_SLICE("イ・ジェミョン"));
        oc_ledger_timeline(&flagship.arena, flagship.ledger, OC_DAY_MIN, OC_DAY_MAX, question.as_of, NULL);
        oc_arena_rewind(&flagship.arena, mark);
    }
    double each = (double)(clock() - begin) / CLOCKS_PER_SEC / 100;
    assert_true(each < 0.05);
}

int main(int argc, char **argv)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    fixture_flagship(&flagship, argc > 1 ? argv[1] : "scenarios/rok-us");
    if (flagship.diags.errors || flagship.diags.warnings) {
        fprintf(stderr, "%s", fixture_messages(&flagship, OC_LANG_EN));
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_answers),
        cmocka_unit_test(test_future_is_a_probability),
        cmocka_unit_test(test_contested_claims_stand_side_by_side),
        cmocka_unit_test(test_year_is_uncertain_inside_it),
        cmocka_unit_test(test_history_is_in_order),
        cmocka_unit_test(test_actors_by_any_name),
        cmocka_unit_test(test_offices_by_date),
        cmocka_unit_test(test_timeline),
        cmocka_unit_test(test_year_of_target),
        cmocka_unit_test(test_chain),
        cmocka_unit_test(test_every_record_has_a_source),
        cmocka_unit_test(test_languages_are_complete),
        cmocka_unit_test(test_questions_are_quick),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fixture_close(&flagship);
    return failed;
}
