/* Printing: the JSON keys that others rely on, lines of one width whatever the script of the names, hostile names. */
#include "base/utf8.h"
#include "politics.h"
#include "politics/print.h"

static void run(fixture *f, const char *text, oc_bargain_model model, oc_bargain_result *result)
{
    assert_int_equal(read_text(f, oc_slice_of(text)), OC_OK);
    oc_bargain_options options = oc_bargain_default(model, &f->table);
    options.runs = 100;
    options.details = true;
    assert_int_equal(oc_bargain_run(&f->arena, &f->diags, &f->table, &options, NULL, result), OC_OK);
}

static const char wide[] = "actor,capability,position,salience\n大韓民国国防部,3,20,50\n대통령실,2,60,70\nUSFK,5,80,30\n"
                           "\"a \"\"quoted\"\", name\\\",1,50,50\n";

static void test_width(void **state)
{
    (void)state;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        fixture f;
        fixture_init(&f);
        oc_bargain_result result;
        run(&f, wide, OC_MODEL_COMPROMISE, &result);
        oc_text out = oc_text_in(&f.arena);
        oc_bargain_style style = {.lang = lang, .width = 100};
        oc_bargain_print_text(&out, &result, &style);
        size_t widest = 0, lines = 0;
        oc_slice rest = oc_text_slice(&out);
        while (rest.len) {
            size_t end = oc_slice_find(rest, OC_SLICE("\n"), 0);
            oc_slice line = oc_slice_sub(rest, 0, end);
            /* The actors' lines are those with an axis of dots. */
            if (oc_slice_find(line, OC_SLICE("...."), 0) != SIZE_MAX) {
                if (!lines++) widest = oc_utf8_width(line);
                assert_int_equal(oc_utf8_width(line), widest);
                assert_true(widest <= 100);
            }
            rest = oc_slice_sub(rest, end + 1, rest.len);
        }
        assert_int_equal(lines, 4);
        fixture_free(&f);
    }
}

static bool has(oc_slice text, const char *what)
{
    return oc_slice_find(text, oc_slice_of(what), 0) != SIZE_MAX;
}

static void test_json(void **state)
{
    (void)state;
    static const oc_bargain_model models[] = {OC_MODEL_COMPROMISE, OC_MODEL_PCE, OC_MODEL_CHALLENGE, OC_MODEL_SMP};
    static const char *const keys[] = {"\"actors\"", "\"id\"", "\"start\"", "\"end\"", "\"rounds\"", "\"outcome\"",
                                       "\"interval\"", "\"options\"", "\"issues\"", "\"input_low\""};
    for (size_t m = 0; m < COUNT(models); m++) {
        fixture f;
        fixture_init(&f);
        oc_bargain_result result;
        run(&f, wide, models[m], &result);
        oc_json json = oc_json_in(&f.arena);
        oc_bargain_print_json(&json, &result);
        oc_slice text = oc_json_done(&json);
        for (size_t k = 0; k < COUNT(keys); k++) assert_true(has(text, keys[k]));
        assert_true(has(text, "\\\"quoted\\\""));
        assert_false(has(text, "nan") || has(text, "inf,"));
        if (models[m] == OC_MODEL_PCE) assert_true(has(text, "\"victory\""));
        if (models[m] == OC_MODEL_CHALLENGE) assert_true(has(text, "\"positions\"") && has(text, "\"success\""));
        fixture_free(&f);
    }
}

/* Each line of the CSV has six fields; quantities that must be there are. */
static void test_csv(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    oc_bargain_result result;
    run(&f,
        "actor,capability,x position,x salience,y position,y "
        "salience\na,1,0,50,90,20\nb,2,80,20,10,60\nc,1,40,30,30,30\n",
        OC_MODEL_EXCHANGE, &result);
    oc_text out = oc_text_in(&f.arena);
    oc_bargain_print_csv(&out, &result);
    oc_slice rest = oc_text_slice(&out);
    while (rest.len) {
        size_t end = oc_slice_find(rest, OC_SLICE("\n"), 0), commas = 0;
        for (size_t k = 0; k < end; k++) commas += rest.ptr[k] == ',';
        assert_int_equal(commas, 5);
        rest = oc_slice_sub(rest, end + 1, rest.len);
    }
    assert_true(has(oc_text_slice(&out), "deal_gain") && has(oc_text_slice(&out), "externality"));
    oc_text text = oc_text_in(&f.arena);
    oc_bargain_style style = {.lang = OC_LANG_KO};
    oc_bargain_print_text(&text, &result, &style);
    assert_true(result.exchange.deals.len > 0);
    assert_false(has(oc_text_slice(&text), "bargain.")); /* no message is missing */
    double sweep[11];
    assert_int_equal(oc_bargain_sweep(&f.arena, &f.diags, &f.table, &result.options, 0, 1, 10, sweep), OC_OK);
    oc_bargain_print_sweep(&text, &result, 0, 1, sweep, 10, &style);
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_width), cmocka_unit_test(test_json),
                                       cmocka_unit_test(test_csv)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("print", tests, NULL, NULL);
}
