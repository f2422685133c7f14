/* One broken ledger for each code, and what its message points at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "authority/bibliography.h"
#include "fixture.h"

/* A sound ledger; `{holding}` and `{more}` are filled in by the cases. */
#define HEAD \
    "authorities:\n" \
    "  states:\n" \
    "    peace: {name: peace, from: paper}\n" \
    "    war: {name: war, from: paper}\n" \
    "  forces:\n" \
    "    army: {name: the army, from: paper}\n" \
    "    brigade: {name: a brigade, part_of: army, from: paper}\n" \
    "  places:\n" \
    "    zone: {name: the zone, from: paper}\n" \
    "  matters:\n" \
    "    control: {name: control, from: paper}\n" \
    "  topics:\n" \
    "    timing: {name: timing, from: paper}\n" \
    "  instruments:\n" \
    "    letter: {name: a letter, on: 1950-07-14, from: paper}\n"
#define ACTORS \
    "actors:\n" \
    "  general: {kind: office, name: the general, from: paper}\n" \
    "  marshal: {kind: office, name: the marshal, from: paper}\n"
#define FIRST \
    "  holdings:\n" \
    "    first: {matter: control, forces: army, state: war, holder: general, since: 1950-07-14, until: 1978-11-07,\n" \
    "            instrument: letter, from: paper}\n"

typedef struct broken {
    const char *code, *text, *at; /* at: the text under the caret */
} broken;

static const broken cases[] = {
    {"E0501", HEAD "  holdings:\n    a: {matter: control, forces: army, state: war, holder: genral, since: 1950,\n"
                   "        instrument: letter, from: paper}\n" ACTORS, "genral"},
    {"E0502", HEAD "  holdings:\n    a: {matter: contrl, forces: army, state: war, holder: general, since: 1950,\n"
                   "        instrument: letter, from: paper}\n" ACTORS, "contrl"},
    {"E0502", HEAD "  holdings:\n    a: {matter: control, forces: army, state: war, holder: general, since: 1950,\n"
                   "        instrument: leter, from: paper}\n" ACTORS, "leter"},
    {"E0502", HEAD "  holdings:\n    a: {matter: control, forces: army, state: war, holder: general, since: transfr,\n"
                   "        instrument: letter, from: paper}\n" ACTORS, "transfr"},
    {"E0503", HEAD "  holdings:\n    a: {matter: control, forces: army, state: war, holder: general, since: 1950,\n"
                   "        instrument: letter}\n" ACTORS, "a"},
    {"E0504", HEAD "  holdings:\n    a: {matter: control, forces: army, state: war, holder: general, since: 1950,\n"
                   "        instrument: letter, from: papr}\n" ACTORS, "papr"},
    {"E0505",
     HEAD "  holdings:\n    a: {matter: control, forces: army, state: war, holder: general, since: 1950-02-30,\n"
                   "        instrument: letter, from: paper}\n" ACTORS, "1950-02-30"},
    {"E0506",
     HEAD "  holdings:\n    a: {matter: control, forces: army, state: war, holder: general, since: 1978-11-07,\n"
                   "        until: 1978-11-06, instrument: letter, from: paper}\n" ACTORS, "1978-11-06"},
    {"E0507", HEAD FIRST "    second: {matter: control, forces: army, state: [peace, war], holder: marshal,\n"
                         "             since: 1978-11-06, instrument: letter, from: paper}\n" ACTORS, "second"},
    {"E0507", HEAD "  holdings:\n    a: {matter: control, forces: army, state: war, holder: general, since: 1950,\n"
                   "        until: transfer, instrument: letter, from: paper}\n"
                   "    b: {matter: control, forces: army, state: war, holder: marshal, since: 1990,\n"
                   "        instrument: letter, from: paper}\n" ACTORS, "b"},
    {"E0508", HEAD FIRST "    second: {matter: control, forces: army, state: war, holder: general, since: 1960,\n"
                         "             instrument: letter, from: paper}\n" ACTORS, "second"},
    {"W0501", HEAD FIRST "    second: {matter: control, forces: army, state: war, holder: marshal,\n"
                         "             since: 1978-12-01, instrument: letter, from: paper}\n" ACTORS, "1978-11-07"},
    {"E0510", HEAD "  holdings:\n    a: {forces: army, state: war, holder: general, since: 1950, instrument: letter,\n"
                   "        from: paper}\n" ACTORS, "a"},
    {"E0510",
     HEAD "  holdings:\n    a: {matter: control, state: war, holder: general, since: 1950, instrument: letter,\n"
                   "        from: paper}\n" ACTORS, "a"},
    {"E0511", HEAD "  holdings:\n    a: {matter: control, forces: army, state: war, holder: general, since: 1950,\n"
                   "        instrument: letter, from: paper, untill: 1951}\n" ACTORS, "untill"},
    {"E0512", "actors: [general]\n", "[general]"},
    {"E0512", HEAD ACTORS "history:\n  a: a meeting\n", "a meeting"},
    {"E0513", HEAD ACTORS "history:\n  a: {on: 2000, kind: meting, what: a meeting, from: paper}\n", "meting"},
    {"E0514", HEAD "actors:\n  control: {kind: office, name: the general, from: paper}\n", "control"},
    {"E0516", "authorities:\n  forces:\n    a: {name: a, part_of: b, from: paper}\n"
              "    b: {name: b, part_of: a, from: paper}\n", "a"},
    {"E0517", HEAD ACTORS "commitments:\n  a: {by: general, on: 2025, what: more, status: promised, from: paper,\n"
                          "      measure: {what: money, target: much, seen: [{on: 2025, value: 1, from: paper}]}}\n",
     "much"},
    {"E0502", HEAD ACTORS "history:\n  a: {on: 2000, kind: meeting, what: x, about: tming, from: paper}\n", "tming"},
    {"E0502", HEAD ACTORS "history:\n  a: {on: 2000, kind: meeting, what: x, conflict: c1, from: paper}\n"
                          "conflicts:\n  c2: {about: x, versions: [{says: y, from: paper}]}\n", "c1"},
    {"E0501", HEAD ACTORS "history:\n  a: {on: 2000, kind: meeting, who: [generl], what: x, from: paper}\n", "generl"},
    {"E0503", HEAD ACTORS "voices:\n  a: {by: general, on: 2000, says: x, about: timing, modality: aimed}\n", "a"},
    {"E0503", "actors:\n  a: {kind: person, name: A, from: paper, offices: [{office: a, since: 2000}]}\n",
     "{office: a, since: 2000}"},
    {"E0506", HEAD ACTORS "voices:\n  a: {by: general, on: 2000, says: x, about: timing, modality: aimed,\n"
                          "      target: [2012, 2009], from: paper}\n", "2009"},
};

static const oc_diag *find(const fixture *f, const char *code)
{
    for (size_t i = 0; i < f->diags.items.len; i++)
        if (strcmp(oc_code_name(f->diags.items.at[i]->code), code) == 0) return f->diags.items.at[i];
    return NULL;
}

static void test_each_code(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture f;
        fixture_text(&f, cases[i].text);
        const oc_diag *diag = find(&f, cases[i].code);
        if (!diag) print_error("case %zu: no %s in\n%s\n", i, cases[i].code, fixture_messages(&f, OC_LANG_EN));
        assert_non_null(diag);
        oc_slice at = oc_span_text(&f.sources, diag->span);
        if (!oc_slice_is(at, cases[i].at)) print_error("case %zu points at %.*s\n", i, OC_FMT(at));
        assert_true(oc_slice_is(at, cases[i].at));
        fixture_close(&f);
    }
}

static void test_messages_in_three_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(oc_message_exists(cases[i].code));
        fixture f;
        fixture_text(&f, cases[i].text);
        for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
            const char *text = fixture_messages(&f, (oc_lang)lang);
            assert_non_null(strstr(text, cases[i].code));
            assert_null(strstr(text, "help.ledger"));
            assert_null(strstr(text, "kind."));
        }
        fixture_close(&f);
    }
}

static void test_suggestions(void **state)
{
    (void)state;
    fixture f;
    fixture_text(&f, cases[0].text);
    assert_non_null(strstr(fixture_messages(&f, OC_LANG_EN), "did you mean 'general'"));
    fixture_close(&f);
    fixture_text(&f, cases[3].text);
    assert_non_null(strstr(fixture_messages(&f, OC_LANG_EN), "transfer"));
    fixture_close(&f);
}

static void test_both_places_of_a_contradiction(void **state)
{
    (void)state;
    fixture f;
    fixture_text(&f, cases[8].text);
    const oc_diag *diag = find(&f, "E0507");
    assert_non_null(diag);
    bool other = false;
    for (size_t i = 0; i < diag->remarks.len; i++)
        other |= oc_slice_is(oc_span_text(&f.sources, diag->remarks.at[i].span), "first");
    assert_true(other);
    fixture_close(&f);
}

/* What must not be reported: holdings that meet, fuzzy boundaries, another state, another place, a stage between. */
static void test_sound_ledgers(void **state)
{
    (void)state;
    static const char *const sound[] = {
        HEAD FIRST "    second: {matter: control, forces: army, state: war, holder: marshal, since: 1978-11-07,\n"
                   "             instrument: letter, from: paper}\n" ACTORS,
        HEAD FIRST "    second: {matter: control, forces: army, state: war, holder: marshal, since: 1978,\n"
                   "             until: transfer, instrument: letter, from: paper}\n"
                   "    third: {matter: control, forces: army, state: war, holder: general, since: transfer,\n"
                   "            instrument: letter, from: judgement}\n" ACTORS,
        HEAD FIRST "    second: {matter: control, forces: army, state: peace, holder: marshal, since: 1960,\n"
                   "             instrument: letter, from: paper}\n"
                   "    third: {matter: control, place: zone, state: war, holder: marshal, since: 1960,\n"
                   "            instrument: letter, from: paper}\n" ACTORS,
        "", "actors:\n", "authorities: {}\n",
    };
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++) {
        if (!sound[i][0]) continue;
        fixture f;
        fixture_text(&f, sound[i]);
        if (f.diags.errors || f.diags.warnings) print_error("%zu: %s\n", i, fixture_messages(&f, OC_LANG_EN));
        assert_int_equal(f.diags.errors + f.diags.warnings, 0);
        fixture_close(&f);
    }
}

static void test_a_part_is_answered_by_its_whole(void **state)
{
    (void)state;
    fixture f;
    fixture_text(&f, HEAD FIRST ACTORS);
    oc_ledger_question question = oc_ledger_any;
    question.on = oc_day_from_civil(1960, 1, 1);
    question.forces = fixture_index(&f, "brigade");
    oc_ledger_answers answers = oc_ledger_ask(&f.arena, f.ledger, &question);
    assert_int_equal(answers.len, 1);
    question.holder = fixture_index(&f, "marshal");
    assert_int_equal(oc_ledger_ask(&f.arena, f.ledger, &question).len, 0);
    fixture_close(&f);
}

static void test_bibliography(void **state)
{
    (void)state;
    fixture f;
    fixture_open(&f);
    oc_cited source = {.key = OC_SLICE("paper"), .title = OC_SLICE("50% of {it} & more"),
                       .author = OC_SLICE("A. Writer"),
                       .publisher = OC_SLICE("The Paper"), .date = OC_SLICE("2025-11-04"),
                       .url = OC_SLICE("https://example.org/a_b"), .language = OC_SLICE("en"),
                           .kind = OC_SLICE("news")};
    oc_text text = oc_text_in(&f.arena);
    oc_bibtex(&text, &source);
    assert_string_equal(oc_text_slice(&text).ptr,
                        "@article{paper,\n  title = {{50\\% of \\{it\\} \\& more}},\n  author = {{A. Writer}},\n"
                        "  journal = {The Paper},\n  year = {2025},\n  month = {11},\n  date = {2025-11-04},\n"
                        "  url = {https://example.org/a_b},\n  langid = {en}\n}\n\n");
    oc_json json = oc_json_in(&f.arena);
    oc_csl_json(&json, &source);
    const char *csl = oc_json_done(&json).ptr;
    assert_non_null(strstr(csl, "\"type\": \"article-newspaper\""));
    assert_non_null(strstr(csl, "[2025, 11, 4]"));
    fixture_close(&f);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_code),
        cmocka_unit_test(test_messages_in_three_languages),
        cmocka_unit_test(test_suggestions),
        cmocka_unit_test(test_both_places_of_a_contradiction),
        cmocka_unit_test(test_sound_ledgers),
        cmocka_unit_test(test_a_part_is_answered_by_its_whole),
        cmocka_unit_test(test_bibliography),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
