/* opcon bargain: what the actors want, and what bargaining makes of it.
 *
 * Inputs are a table (a file that ends in .csv, .tsv, .txt or .xml, or any file that is no scenario) or an issue of a
 * scenario, by name (bargain_issue.c). */
#include <math.h>
#include <stdlib.h>

#include "base/file.h"
#include "cli/bargain.h"
#include "politics/print.h"
#include "politics/read.h"

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_SVG, SWEEP_STEPS = 20 };

/* A decimal number; complains otherwise. */
static oc_status number(oc_context *x, const char *option, oc_slice text, double least, double most, double *ret)
{
    char buffer[64], *end = buffer;
    if (text.len && text.len < sizeof buffer) {
        memcpy(buffer, text.ptr, text.len);
        buffer[text.len] = 0;
        *ret = strtod(buffer, &end);
        if (!*end && *ret >= least && *ret <= most && buffer[strspn(buffer, "0123456789.eE+-")] == 0) return OC_OK;
    }
    oc_slice allowed = oc_arena_printf(x->arena, "%g … %g", least, most);
    return oc_complain(x, OC_USAGE, "cli.bad-value", OC_ARGS(OC_S(option), OC_T(text), OC_T(allowed)));
}

static oc_status number_option(oc_context *x, const char *option, double least, double most, double *ret)
{
    return oc_has(x, option) ? number(x, option, oc_value_of(x, option, (oc_slice){0}), least, most, ret) : OC_OK;
}

/* --- model options by name: --option NAME=VALUE --- */

typedef struct setting {
    const char *name;
    double *number; /* NULL: a word */
    double least, most;
    unsigned *word;
    const char *const *words;
} setting;

static const char *const truths[] = {"no", "yes", NULL};
static const char *const readings[] = {"mean", "median", NULL};
static const char *const compats[] = {"none", "ktab14", NULL};
static const char *const victories[] = {"Linear", "Square", "Quartic", "Octic", "Binary", NULL};
static const char *const votings[] = {"Binary", "PropBin", "Prop", "PropCbc", "Cubic", "ASymProsp", NULL};
static const char *const elections[] = {"Conditional", "MarkovIncentive", "MarkovUniform", NULL};
static const char *const transitions[] = {"Deterministic", "Stochastic", NULL};
static const char *const ranges[] = {"Min", "Mid", "Max", NULL};
static const char *const adjusts[] = {"None", "OneThird", "Half", "TwoThirds", "Full", NULL};
static const char *const commits[] = {"NoCommit", "SemiCommit", "FullCommit", NULL};
static const char *const interpolations[] = {"S1P1", "S2P2", "S2PMax", NULL};
static const char *const proposals[] = {"InitOnlyInterp", "InitRcvrInterp", "PWCompInterp", NULL};

static oc_status set_word(oc_context *x, const setting *it, oc_slice value)
{
    oc_text all = oc_text_in(x->arena);
    for (unsigned w = 0; it->words[w]; w++) {
        if (oc_slice_is(value, it->words[w])) {
            *it->word = w;
            return OC_OK;
        }
        oc_text_printf(&all, "%s%s", w ? ", " : "", it->words[w]);
    }
    return oc_complain(x, OC_USAGE, "cli.bad-value", OC_ARGS(OC_S(it->name), OC_T(value), OC_T(oc_text_slice(&all))));
}

static oc_status set_one(oc_context *x, const setting *settings, size_t count, oc_slice given)
{
    size_t equals = oc_slice_find(given, OC_SLICE("="), 0);
    oc_slice name = oc_slice_trim(oc_slice_sub(given, 0, equals));
    oc_slice value = equals == SIZE_MAX ? (oc_slice){0} : oc_slice_trim(oc_slice_sub(given, equals + 1, given.len));
    oc_text all = oc_text_in(x->arena);
    for (size_t k = 0; k < count; k++) {
        const setting *it = &settings[k];
        if (oc_slice_is(name, it->name))
            return it->number ? number(x, it->name, value, it->least, it->most, it->number) : set_word(x, it, value);
        oc_text_printf(&all, "%s%s", k ? ", " : "", it->name);
    }
    return oc_complain(x, OC_USAGE, "cli.bad-value", OC_ARGS(OC_S("option"), OC_T(given), OC_T(oc_text_slice(&all))));
}

static oc_status set_all(oc_context *x, oc_bargain_options *o)
{
    unsigned voting = o->spatial.rule.voting, victory = o->spatial.rule.victory, election = o->spatial.rule.model;
    unsigned stochastic = o->spatial.stochastic, range = o->spatial.range, adjust = o->spatial.adjust;
    unsigned commit = o->spatial.commit, interpolation = o->spatial.interpolation, proposal = o->spatial.proposals;
    unsigned compat = o->spatial.ktab14, reading = o->reading, least = o->challenge.least_move;
    unsigned overshoot = o->exchange.no_overshoot, random = o->exchange.random_rate;
    double read_round = o->read_round;
    const setting settings[] = {
        {"q", &o->challenge.q, 0, 1, NULL, NULL},
        {"read_round", &read_round, 0, 1000, NULL, NULL},
        {"nash_cost", &o->nash_cost, 0, 1e9, NULL, NULL},
        {"nash_margin", &o->nash_margin, 0, 1e9, NULL, NULL},
        {"ratify_cost", &o->ratify_cost, -100, 100, NULL, NULL},
        {"noise_position", &o->noise_position, 0, 100, NULL, NULL},
        {"noise_weight", &o->noise_weight, 0, 5, NULL, NULL},
        {"reading", NULL, 0, 0, &reading, readings},
        {"least_move", NULL, 0, 0, &least, truths},
        {"no_overshoot", NULL, 0, 0, &overshoot, truths},
        {"random_rate", NULL, 0, 0, &random, truths},
        {"compat", NULL, 0, 0, &compat, compats},
        {"VictoryProbModel", NULL, 0, 0, &victory, victories},
        {"VotingRule", NULL, 0, 0, &voting, votings},
        {"PCEModel", NULL, 0, 0, &election, elections},
        {"StateTransitions", NULL, 0, 0, &stochastic, transitions},
        {"BigRRange", NULL, 0, 0, &range, ranges},
        {"BigRAdjust", NULL, 0, 0, &adjust, adjusts},
        {"ThirdPartyCommit", NULL, 0, 0, &commit, commits},
        {"InterVecBrgn", NULL, 0, 0, &interpolation, interpolations},
        {"BargnModel", NULL, 0, 0, &proposal, proposals},
    };
    oc_status status = OC_OK;
    for (size_t i = 0; i < x->options.len && !status; i++)
        if (strcmp(x->options.at[i].option->name, "option") == 0)
            status = set_one(x, settings, sizeof settings / sizeof *settings, x->options.at[i].value);
    o->spatial.rule = (oc_pce_rule){(oc_voting)voting, (oc_victory)victory, (oc_pce_model)election};
    o->spatial.stochastic = stochastic;
    o->spatial.range = (oc_risk_range)range;
    o->spatial.adjust = (oc_risk_adjust)adjust;
    o->spatial.commit = (oc_commit)commit;
    o->spatial.interpolation = (oc_interpolation)interpolation;
    o->spatial.proposals = (oc_proposals)proposal;
    o->spatial.ktab14 = compat;
    o->reading = (oc_bargain_reading)reading;
    o->challenge.least_move = least;
    o->exchange.no_overshoot = overshoot;
    o->exchange.random_rate = random;
    o->read_round = (int)read_round;
    return status;
}

/* --- options of the run --- */

static oc_status choose_model(oc_context *x, oc_bargain_model fallback, oc_bargain_model *ret)
{
    oc_slice name = oc_value_of(x, "model", (oc_slice){0});
    *ret = oc_has(x, "exchange") ? OC_MODEL_EXCHANGE : oc_has(x, "model") ? oc_bargain_model_find(name) : fallback;
    if (*ret != OC_MODEL_COUNT) return OC_OK;
    oc_text all = oc_text_in(x->arena);
    for (int m = 0; m < OC_MODEL_COUNT; m++)
        oc_text_printf(&all, "%s%s", m ? ", " : "", oc_bargain_model_name((oc_bargain_model)m));
    return oc_complain(x, OC_USAGE, "cli.bad-value", OC_ARGS(OC_S("model"), OC_T(name), OC_T(oc_text_slice(&all))));
}

static oc_status run_options(oc_context *x, const oc_bargain_table *table, oc_bargain_model fallback,
                             oc_bargain_options *ret)
{
    oc_bargain_model model;
    int64_t runs, seed, threads, play;
    oc_status status = choose_model(x, fallback, &model);
    if (status) return status;
    *ret = oc_bargain_default(model, table);
    status = oc_get_integer(x, "runs", 0, 1000000, (int64_t)ret->runs, &runs);
    if (!status) status = oc_get_integer(x, "seed", 0, INT64_C(9000000000000000), 1, &seed);
    if (!status) status = oc_get_integer(x, "threads", 1, 16, oc_processors() < 16 ? oc_processors() : 16, &threads);
    if (!status) status = oc_get_integer(x, "play", 1, 1000, ret->rounds, &play);
    if (status) return status;
    ret->runs = (size_t)runs;
    ret->seed = (uint64_t)seed;
    ret->threads = (unsigned)threads;
    ret->rounds = (int)play;
    if (oc_has(x, "play")) ret->read_round = model == OC_MODEL_SMP ? 0 : ret->rounds;
    ret->model_error = !oc_has(x, "no-model-error");
    ret->status_quo_mass = !oc_has(x, "no-status-quo-mass");
    ret->ratify = oc_has(x, "ratify");
    status = number_option(x, "quota", 0, 1, &ret->quota);
    if (!status) status = set_all(x, ret);
    if (ret->read_round > ret->rounds && ret->rounds) ret->rounds = ret->read_round;
    if (!ret->read_round && model != OC_MODEL_SMP) ret->read_round = ret->rounds;
    return status;
}

/* --- the table --- */

static oc_status read_scale(oc_context *x, oc_bargain_read_options *ret)
{
    oc_slice text = oc_value_of(x, "scale", (oc_slice){0});
    size_t dots = oc_slice_find(text, OC_SLICE(".."), 0);
    if (!oc_has(x, "scale")) return OC_OK;
    oc_slice low = oc_slice_sub(text, 0, dots),
             high = dots == SIZE_MAX ? (oc_slice){0} : oc_slice_sub(text, dots + 2, text.len);
    oc_status status = number(x, "scale", low, -1e9, 1e9, &ret->low);
    if (!status) status = number(x, "scale", high, -1e9, 1e9, &ret->high);
    if (!status && !(ret->low < ret->high))
        status = oc_complain(x, OC_USAGE, "cli.bad-value", OC_ARGS(OC_S("scale"), OC_T(text), OC_S("0..100")));
    return status;
}

static oc_status read_table(oc_context *x, oc_slice path, oc_bargain_table *ret)
{
    static const char *const units[] = {"auto", "1", "100"};
    static const double values[] = {0, 1, 100};
    oc_bargain_read_options options = {0};
    oc_slice text;
    size_t unit;
    oc_status status = oc_get_word(x, "salience-unit", units, 3, 0, &unit);
    if (!status) status = read_scale(x, &options);
    if (status) return status;
    options.salience_unit = values[unit];
    uint32_t file;
    status = oc_file_read(x->arena, path.ptr, OC_BARGAIN_MAX_BYTES, &text);
    if (status == OC_LIMIT) {
        file = oc_source_add(&x->sources, path, (oc_slice){"", 0});
        oc_report(&x->diags, OC_E0624, (oc_span){file, 0, 0}, OC_ARGS(OC_I(OC_BARGAIN_MAX_BYTES >> 20)));
        return OC_INPUT;
    }
    if (status) return oc_complain(x, status, "bargain.cannot-read", OC_ARGS(OC_T(path)));
    file = oc_source_add(&x->sources, path, text);
    status = oc_bargain_read(x->arena, &x->diags, file, &options, ret);
    return status == OC_IO ? oc_complain(x, status, "cli.no-library", OC_ARGS(OC_S("libxml2"))) : status;
}

static oc_status set_status_quo(oc_context *x, oc_bargain_table *table)
{
    for (size_t p = 0; p < table->issue_count; p++) {
        oc_bargain_issue *issue = &table->issues[p];
        oc_status status = number_option(x, "status-quo", issue->low, issue->high, &issue->status_quo);
        if (!status) status = number_option(x, "status-quo-mass", 0, 1, &issue->mass);
        if (status) return status;
        issue->has_status_quo = issue->has_status_quo || oc_has(x, "status-quo");
    }
    return OC_OK;
}

static bool looks_like_table(oc_slice path)
{
    static const char *const ends[] = {".csv", ".tsv", ".txt", ".xml", ".CSV", ".XML"};
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (oc_slice_ends(path, oc_slice_of(ends[k]))) return true;
    return oc_file_exists(path.ptr) && !oc_file_is_folder(path.ptr) && !oc_slice_ends(path, OC_SLICE(".yaml"));
}

/* --- running and printing --- */

static bool report_progress(void *context, size_t done, size_t all)
{
    oc_progress(context, done, all);
    return oc_interrupted;
}

static oc_status sweep(oc_context *x, const oc_bargain_result *result, const oc_bargain_style *style, size_t format)
{
    oc_slice name = oc_value_of(x, "sweep", (oc_slice){0});
    size_t actor = oc_bargain_find_actor(result->table, name), issue = 0;
    double outcome[SWEEP_STEPS + 1];
    if (actor == SIZE_MAX) return oc_complain(x, OC_USAGE, "bargain.no-actor", OC_ARGS(OC_T(name)));
    if (oc_has(x, "issue")) issue = oc_bargain_find_issue(result->table, oc_value_of(x, "issue", (oc_slice){0}));
    if (issue == SIZE_MAX)
        return oc_complain(x, OC_USAGE, "bargain.no-issue", OC_ARGS(OC_T(oc_value_of(x, "issue", (oc_slice){0}))));
    oc_status status =
        oc_bargain_sweep(x->arena, &x->diags, result->table, &result->options, actor, issue, SWEEP_STEPS, outcome);
    if (status) return status;
    const oc_bargain_issue *scale = &result->table->issues[issue];
    oc_text out = oc_text_in(x->arena);
    oc_json json = oc_json_in(x->arena);
    if (format == FORMAT_TEXT) oc_bargain_print_sweep(&out, result, actor, issue, outcome, SWEEP_STEPS, style);
    if (format == FORMAT_CSV) oc_text_lit(&out, "position,outcome\n");
    if (format == FORMAT_JSON) {
        oc_json_object(&json, NULL);
        oc_json_text(&json, "actor", name);
        oc_json_text(&json, "issue", scale->name);
        oc_json_list(&json, "sweep");
    }
    for (size_t k = 0; k <= SWEEP_STEPS && format != FORMAT_TEXT; k++) {
        double at = scale->low + (scale->high - scale->low) * (double)k / SWEEP_STEPS;
        if (format == FORMAT_CSV) {
            oc_text_number(&out, at);
            oc_text_byte(&out, ',');
            oc_text_number(&out, outcome[k]);
            oc_text_byte(&out, '\n');
        } else {
            oc_json_row_object(&json, NULL);
            oc_json_number(&json, "position", at);
            oc_json_number(&json, "outcome", outcome[k]);
            oc_json_end(&json);
        }
    }
    if (format == FORMAT_JSON) {
        oc_json_end(&json);
        oc_bargain_print_options(&json, "options", &result->options);
        oc_json_end(&json);
        oc_print(x, oc_json_done(&json));
    }
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

static void print(oc_context *x, const oc_bargain_result *result, const oc_bargain_style *style, size_t format)
{
    oc_text out = oc_text_in(x->arena);
    oc_json json = oc_json_in(x->arena);
    if (format == FORMAT_JSON) {
        oc_bargain_print_json(&json, result);
        oc_print(x, oc_json_done(&json));
        return;
    }
    if (format == FORMAT_SVG) {
        oc_print(x, oc_bargain_svg(x, result));
        return;
    }
    if (format == FORMAT_CSV)
        oc_bargain_print_csv(&out, result);
    else
        oc_bargain_print_text(&out, result, style);
    oc_print(x, oc_text_slice(&out));
}

static oc_status bargain(oc_context *x)
{
    static const char *const formats[] = {"text", "json", "csv", "svg"};
    size_t format;
    oc_bargain_table table = {0};
    oc_bargain_options options;
    oc_bargain_result result;
    oc_bargain_model fallback = OC_MODEL_COMPROMISE;
    oc_status status = oc_get_word(x, "format", formats, 4, FORMAT_TEXT, &format);
    if (status) return status;
    if (!x->arguments.len) return oc_complain(x, OC_USAGE, "bargain.needs-input", NULL);
    if (looks_like_table(x->arguments.at[0]))
        status = read_table(x, x->arguments.at[0], &table);
    else
        status = oc_bargain_from_scenario(x, &table, &fallback);
    if (status == OC_INPUT) {
        oc_show_diags(x);
        return status;
    }
    if (!status) status = set_status_quo(x, &table);
    if (!status) status = run_options(x, &table, fallback, &options);
    if (status) return status;
    options.details = format != FORMAT_TEXT;
    oc_catch_signals();
    oc_bargain_progress progress = {report_progress, x};
    status = oc_bargain_run(x->arena, &x->diags, &table, &options, &progress, &result);
    oc_progress_clear(x);
    oc_show_diags(x);
    if (status && status != OC_CANCELLED) return status;
    oc_bargain_style style = {.lang = x->lang, .width = x->width, .rounds = oc_has(x, "rounds")};
    if (oc_has(x, "sweep")) return sweep(x, &result, &style, format);
    print(x, &result, &style, format);
    if (status == OC_CANCELLED)
        oc_complain(x, status, "bargain.interrupted", OC_ARGS(OC_I(result.options.runs), OC_I(options.runs)));
    return status;
}

static const oc_option options[] = {
    {"model", "MODEL", false},
    {"at", "DATE", false},
    {"state", "NAME=VALUE", true},
    {"rounds", NULL, false},
    {"sweep", "ACTOR", false},
    {"ratify", NULL, false},
    {"exchange", NULL, false},
    {"runs", "N", false},
    {"format", "text|json|csv|svg", false},
    {"scale", "LOW..HIGH", false},
    {"issue", "ISSUE", false},
    {"play", "N", false},
    {"quota", "SHARE", false},
    {"seed", "S", false},
    {"threads", "T", false},
    {"salience-unit", "1|100", false},
    {"status-quo", "X", false},
    {"status-quo-mass", "SHARE", false},
    {"no-model-error", NULL, false},
    {"no-status-quo-mass", NULL, false},
    {"option", "NAME=VALUE", true},
    {NULL, NULL, false},
};

const oc_command oc_cmd_bargain = {"bargain", "ISSUE [SCENARIO] | TABLE [--model MODEL] [OPTION]…", options, bargain,
                                   2};
