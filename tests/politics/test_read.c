/* What the table readers accept, and what they say to what they don't: code, line and column of the first message. */
#include "politics.h"

static const struct {
    const char *name, *text, *code;
    unsigned line, column; /* 0: accepted */
} cases[] = {
    {"plain", "actor,capability,position,salience\na,1,0,50\nb,2,100,50\n", "", 0, 0},
    {"two issues by name",
     "actor,capability,timing position,timing salience,cost position,cost salience\na,1,0,50,5,50\n", "", 0, 0},
    {"numbered", "actor,capability,pos0,sal0,pos1,sal1\na,1,0,50,5,50\n", "", 0, 0},
    {"by place", "who,clout,timing,care,cost,care2\na,1,0,50,5,50\n", "", 0, 0},
    {"a name before its salience", "actor,capability,timing,timing salience\na,1,0,50\n", "", 0, 0},
    {"semicolons, CRLF, mark",
     "\xef\xbb\xbf"
     "actor;capability;position;salience\r\n\"a; b\";1;0;50\r\n",
     "", 0, 0},
    {"comments and blank lines", "# who\nactor,capability,position,salience\n\n,,,\na,1,0,50\n", "", 0, 0},
    {"range", "actor,capability,position,salience\na,1..3,60..80,50\n", "", 0, 0},
    {"no stake", "actor,capability,x position,x salience,y position,y salience\na,1,0,50,,\nb,1,1,50,2,50\n", "", 0, 0},
    {"long", "actor,issue,position,salience,power\na,p,1,50,1\na,q,2,50,1\n", "", 0, 0},
    {"exchange", "#O;x\n#A;a;a\n#D;a;p;70;0.75;0.25\n#D;b;p;50;0.6;0.35\n", "", 0, 0},
    {"KTAB", "s,d,2,1\nActor,Description,Power,P,S\na,,1,0,50\nb,,1,100,50\n", "", 0, 0},
    {"scale and status quo", "actor,capability,position,salience\nscale,,4..10,\nstatus quo,,4,20\na,1,7,50\n", "", 0,
     0},
    {"empty file", "", "E0620", 1, 1},
    {"only a header", "actor,capability,position,salience\n", "E0620", 1, 1},
    {"negative capability", "actor,capability,position,salience\na,-1,0,50\n", "E0606", 2, 3},
    {"huge capability", "actor,capability,position,salience\na,1e9,0,50\n", "E0619", 2, 3},
    {"position below", "actor,capability,position,salience\na,1,-3,50\n", "E0607", 2, 5},
    {"position above", "actor,capability,position,salience\na,1,0,50\nb,1,101,50\n", "E0607", 3, 5},
    {"range above", "actor,capability,position,salience\na,1,90..110,50\n", "E0607", 2, 5},
    {"off a scale of its own", "actor,capability,position,salience\na,1,11,50\nscale,,4..10,\n", "E0607", 2, 5},
    {"salience over 100", "actor,capability,position,salience\na,1,0,120\n", "E0608", 2, 7},
    {"negative salience", "actor,capability,position,salience\na,1,0,-1\n", "E0608", 2, 7},
    {"over budget in KTAB", "s,d,2,2\nActor,Desc,Power,P,S,Q,T\na,,1,0,60,1,60\nb,,1,0,10,1,10\n", "E0609", 3, 13},
    {"twice", "actor,capability,position,salience\na,1,0,50\nb,1,0,50\na,1,1,50\n", "E0610", 4, 1},
    {"issue twice", "actor,capability,x position,x salience,x position,x salience\na,1,0,50,0,50\n", "E0611", 1, 40},
    {"missing cell", "actor,capability,position,salience\na,1,,50\n", "E0614", 2, 5},
    {"missing at the end", "actor,capability,position,salience\na,1,5\n", "E0614", 2, 1},
    {"missing capability", "actor,capability,position,salience\na,,5,50\n", "E0614", 2, 3},
    {"too many cells", "actor,capability,position,salience\na,1,5,50,9\n", "E0604", 2, 10},
    {"not a number", "actor,capability,position,salience\na,1,high,50\n", "E0605", 2, 5},
    {"decimal comma", "actor;capability;position;salience\na;0,5;10;50\n", "E0605", 2, 3},
    {"full-width digits", "actor,capability,position,salience\na,1,\xef\xbc\x98\xef\xbc\x90,50\n", "E0605", 2, 5},
    {"infinity", "actor,capability,position,salience\na,inf,8,50\n", "E0605", 2, 3},
    {"reversed range", "actor,capability,position,salience\na,1,80..60,50\n", "E0618", 2, 5},
    {"no name", "actor,capability,position,salience\n,1,0,50\n", "E0623", 2, 1},
    {"open quote", "actor,capability,position,salience\n\"a,1,0,50\n", "E0603", 2, 1},
    {"not UTF-8", "actor,capability,position,salience\n\xc7\xd1,1,0,50\n", "E0601", 2, 1},
    {"unknown column", "actor,capability,position,salience,colour\na,1,0,50,red\n", "E0602", 1, 36},
    {"salience without position", "actor,capability,x position,x salience,y salience\na,1,0,50,1\n", "E0602", 1, 40},
    {"no capability", "actor,position,salience\na,0,50\n", "E0602", 1, 1},
    {"long, given twice", "actor,issue,position,salience,power\na,p,1,50,1\na,p,2,50,1\n", "E0628", 3, 1},
    {"long without salience", "actor,issue,position,power\na,p,1,1\n", "E0602", 1, 1},
    {"KTAB announces more", "s,d,3,1\nActor,Description,Power,P,S\na,,1,0,50\nb,,1,100,50\n", "E0622", 1, 5},
    {"scale is a point", "actor,capability,position,salience\nscale,,5,\na,1,5,50\n", "E0627", 2, 8},
    {"right over one", "actor,capability,position,salience,right\na,1,5,50,2\n", "E0626", 2, 10},
};

static void expect(const char *name, const fixture *f, oc_status status, const char *code, unsigned line,
                   unsigned column)
{
    bool wrong = status != (line ? OC_INPUT : OC_OK) || (line && !f->diags.items.len);
    oc_place place = {0};
    const char *got = "";
    if (f->diags.errors && f->diags.items.len) {
        const oc_diag *first = NULL;
        for (size_t k = 0; k < f->diags.items.len && !first; k++)
            if (oc_code_severity(f->diags.items.at[k]->code) == OC_ERROR) first = f->diags.items.at[k];
        got = oc_code_name(first->code);
        const oc_source *source = oc_source_get(&f->sources, first->span.file);
        if (source) place = oc_source_place(source, first->span.start);
        wrong = wrong || strcmp(got, code) != 0 || place.line != line || place.column != column;
    }
    if (!wrong) return;
    printf("# %s: status %d, '%s' at %u:%u, want '%s' at %u:%u\n", name, status, got, place.line, place.column, code,
           line, column);
    fail();
}

static void test_cases(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT(cases); k++) {
        fixture f;
        fixture_init(&f);
        oc_status status = read_text(&f, oc_slice_of(cases[k].text));
        expect(cases[k].name, &f, status, cases[k].code, cases[k].line, cases[k].column);
        fixture_free(&f);
    }
}

#define XML_ACTOR(name, capability, x, s) \
    "<Actor><name>" name "</name><description/><capability>" capability "</capability>\n<Position><dCoord>" x \
    "</dCoord></Position>\n<Salience><dSal>" s "</dSal></Salience></Actor>\n"
#define XML(parameters, actors) \
    "<?xml version=\"1.0\"?>\n<Scenario><name>n</name><desc/><prngSeed>1</prngSeed>\n" parameters \
    "<Dimensions><dName>when</dName></Dimensions>\n<Actors>\n" actors "</Actors></Scenario>\n"
#define PARAMETERS(victory) \
    "<ModelParameters><VictoryProbModel>" victory "</VictoryProbModel><PCEModel>MarkovUniform</PCEModel>" \
    "<StateTransitions>Stochastic</StateTransitions><VotingRule>Cubic</VotingRule><BigRAdjust>Half</BigRAdjust>" \
    "<BigRRange>Min</BigRRange><ThirdPartyCommit>FullCommit</ThirdPartyCommit><InterVecBrgn>S1P1</InterVecBrgn>" \
    "<BargnModel>PWCompInterp</BargnModel></ModelParameters>\n"

static void test_xml(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *code;
        unsigned line, column;
    } xml[] = {
        {"good", XML("", XML_ACTOR("a", "1", "0", "50") XML_ACTOR("b", "2", "90", "10")), "", 0, 0},
        {"position", XML("", XML_ACTOR("a", "1", "0", "50") XML_ACTOR("b", "2", "190", "10")), "E0607", 9, 19},
        {"empty coordinate", XML("", XML_ACTOR("a", "1", "", "50")), "E0614", 6, 1},
        {"capability", XML("", XML_ACTOR("a", "-1", "0", "50")), "E0606", 5, 48},
        {"broken", "<Scenario><name></Scenario>", "E0615", 1, 1},
        {"something else", "<html><body/></html>", "E0616", 1, 1},
        {"no actors", "<Scenario><Dimensions><dName>x</dName></Dimensions></Scenario>", "E0616", 1, 1},
        {"option", XML(PARAMETERS("Lineer"), XML_ACTOR("a", "1", "0", "50")), "E0617", 3, 36},
        {"options", XML(PARAMETERS("Octic"), XML_ACTOR("a", "1", "0", "50")), "", 0, 0},
    };
    for (size_t k = 0; k < COUNT(xml); k++) {
        fixture f;
        fixture_init(&f);
        oc_status status = read_text(&f, oc_slice_of(xml[k].text));
        expect(xml[k].name, &f, status, xml[k].code, xml[k].line, xml[k].column);
        if (k == COUNT(xml) - 1) {
            const oc_spatial_options *o = &f.table.spatial;
            assert_true(f.table.has_spatial && o->stochastic && o->rule.victory == OC_VICTORY_OCTIC);
            assert_true(o->rule.voting == OC_VOTING_CUBIC && o->rule.model == OC_PCE_MARKOV_UNIFORM);
            assert_true(o->adjust == OC_ADJUST_HALF && o->range == OC_RISK_MIN && o->commit == OC_COMMIT_FULL);
            assert_true(o->interpolation == OC_INTERPOLATE_S1P1 && o->proposals == OC_PROPOSALS_WEIGHTED);
        }
        fixture_free(&f);
    }
}

static void test_values(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    assert_int_equal(
        read_text(&f, OC_SLICE("actor,capability,timing position,timing salience,right timing,side,veto\n"
                               "scale,,0..10,,,,\nstatus quo,,2,30,,,\n\"K, \"\"x\"\"\",2..4,6..8,80,0.5,home,yes\n")),
        OC_OK);
    assert_true(oc_slice_is(f.table.actors[0].name, "K, \"x\""));
    assert_true(oc_slice_is(f.table.issues[0].name, "timing"));
    const oc_bargain_cell *cell = oc_bargain_cell_at(&f.table, 0, 0);
    assert_near(cell->position.value, 7, 0);
    assert_true(cell->position.ranged && cell->capability.ranged);
    assert_near(cell->capability.low, 2, 0);
    assert_near(cell->salience.value, 0.8, 1e-15);
    assert_near(cell->right, 0.5, 0);
    assert_near(f.table.issues[0].status_quo, 2, 0);
    assert_near(f.table.issues[0].mass, 0.3, 1e-15);
    assert_near(f.table.issues[0].high, 10, 0);
    assert_true(oc_slice_is(f.table.actors[0].side, "home") && f.table.actors[0].veto);
    fixture_free(&f);
}

/* Shares of 1 are understood, and said. Over budget is said too, and an error once the spatial model is asked. */
static void test_warnings(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    assert_int_equal(read_text(&f, OC_SLICE("actor,capability,position,salience\na,1,0,0.8\nb,1,10,1\n")), OC_OK);
    assert_int_equal(f.diags.warnings, 1);
    assert_near(oc_bargain_cell_at(&f.table, 0, 0)->salience.value, 0.8, 0);
    fixture_free(&f);
    fixture_init(&f);
    assert_int_equal(read_text(&f, OC_SLICE("actor,capability,pos0,sal0,pos1,sal1\na,1,0,80,5,30\nb,1,0,10,9,20\n")),
                     OC_OK);
    assert_int_equal(f.diags.warnings, 1);
    assert_int_equal(f.diags.items.at[0]->code, OC_W0602);
    oc_bargain_options options = oc_bargain_default(OC_MODEL_SMP, &f.table);
    oc_bargain_result result;
    assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &result), OC_INPUT);
    assert_int_equal(f.diags.items.at[1]->code, OC_E0609);
    fixture_free(&f);
}

static void test_ten_thousand_actors(void **state)
{
    (void)state;
    for (int xml = 0; xml < 2; xml++) {
        fixture f;
        fixture_init(&f);
        oc_text text = oc_text_in(&f.arena);
        oc_text_printf(&text, xml ? "<Scenario><Dimensions><dName>x</dName></Dimensions><Actors>\n"
                                  : "actor,capability,position,salience\n");
        for (int k = 0; k < 10000; k++)
            oc_text_printf(&text, xml ? "<Actor><name>a%d</name></Actor>\n" : "a%d,1,5,50\n", k);
        if (xml) oc_text_lit(&text, "</Actors></Scenario>");
        assert_int_equal(read_text(&f, oc_text_slice(&text)), OC_INPUT);
        assert_int_equal(f.diags.items.len, 1);
        assert_int_equal(f.diags.items.at[0]->code, OC_E0612);
        fixture_free(&f);
    }
}

/* What a model lacks is said before anything is computed. */
static void test_needs(void **state)
{
    (void)state;
    static const char one[] = "actor,capability,position,salience\na,1,0,50\nb,1,10,0\n";
    static const struct {
        oc_bargain_model model;
        oc_code code;
    } needs[] = {{OC_MODEL_NASH_STATUS_QUO, OC_E0621}, {OC_MODEL_NASH_KALAI, OC_E0621}, {OC_MODEL_EXCHANGE, OC_E0621}};
    for (size_t k = 0; k < COUNT(needs); k++) {
        fixture f;
        fixture_init(&f);
        assert_int_equal(read_text(&f, oc_slice_of(one)), OC_OK);
        oc_bargain_options options = oc_bargain_default(needs[k].model, &f.table);
        oc_bargain_result result;
        assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &result), OC_INPUT);
        assert_int_equal(f.diags.items.at[0]->code, needs[k].code);
        fixture_free(&f);
    }
    fixture f;
    fixture_init(&f);
    assert_int_equal(read_text(&f, OC_SLICE("actor,capability,position,salience\na,0,0,50\nb,1,10,0\n")), OC_OK);
    for (oc_bargain_model model = 0; model < OC_MODEL_EXCHANGE; model++) {
        oc_bargain_options options = oc_bargain_default(model, &f.table);
        oc_bargain_result result;
        assert_int_equal(oc_bargain_run(&f.arena, &f.diags, &f.table, &options, NULL, &result), OC_INPUT);
    }
    fixture_free(&f);
}

/* Every message exists in all languages and renders. */
static void test_messages(void **state)
{
    (void)state;
    fixture f;
    fixture_init(&f);
    for (int code = OC_E0601; code <= OC_W0602; code++) assert_true(oc_message_exists(oc_code_name(code)));
    for (int model = 0; model < OC_MODEL_COUNT; model++)
        assert_int_equal(oc_bargain_model_find(oc_slice_of(oc_bargain_model_name(model))), model);
    fixture_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases), cmocka_unit_test(test_xml), cmocka_unit_test(test_values),
        cmocka_unit_test(test_warnings), cmocka_unit_test(test_ten_thousand_actors), cmocka_unit_test(test_needs),
        cmocka_unit_test(test_messages),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("read", tests, NULL, NULL);
}
