/* opcon backtest: how good such forecasts have been.
 *
 * Leave-one-out over a reference class (analysis/backtest.h): the outside view against "it will happen as announced"
 * and against the plain base rate. Or older scenarios (--vintages, cli/backtest_vintages.h) or the runs of the
 * workspace (--kept, cli/backtest_kept.h) against what has happened since. */
#include <math.h>

#include "analysis/backtest.h"
#include "cli/backtest_kept.h"
#include "cli/backtest_vintages.h"
#include "cli/table.h"
#include "cli/workspace.h"

static const oc_option options[] = {{"as-of", "DATE", false},     {"leave-out", "CASE", true},
                                    {"horizon", "MONTHS", false}, {"seed", "N", false},
                                    {"vintages", NULL, false},    {"against", "SCENARIO", false},
                                    {"kept", NULL, false},        {"outcomes", "FILE", false},
                                    OC_OPTION_WORKSPACE,          {"format", "text|json|csv", false},
                                    {NULL, NULL, false}};

static const char *const forecasters[OC_FORECASTER_COUNT] = {"backtest.outside", "backtest.whole", "backtest.base",
                                                             "backtest.announced"};
static const char *const keys[OC_FORECASTER_COUNT] = {"outside", "whole", "base", "announced"};

typedef struct view {
    oc_context *x;
    oc_slice path;
    oc_refclass class;
    oc_backtest test;
    oc_backtest_options options;
} view;

static oc_columns table(view *v, const char *align, const char *const *heads)
{
    oc_columns t = oc_columns_of(v->x->arena, align);
    t.indent = 2;
    for (size_t i = 0; align[i]; i++) oc_columns_add(&t, oc_message(v->x->lang, heads[i]));
    return t;
}

static void print_table(view *v, oc_text *out, const char *heading, const oc_columns *t)
{
    oc_text_byte(out, '\n');
    oc_text_message(out, v->x->lang, heading, NULL);
    oc_text_byte(out, '\n');
    oc_columns_print(out, t, v->x->width, v->x->colour);
}

static void print_crps(view *v, oc_text *out)
{
    static const char *const heads[] = {"backtest.forecaster", "backtest.crps", "backtest.interval", "backtest.loses",
                                        "backtest.interval", "backtest.skill"};
    oc_columns t = table(v, "lrrrrr", heads);
    for (int by = 0; by < OC_FORECASTER_COUNT; by++) {
        oc_estimate crps = v->test.score[by].crps, gain = v->test.gain[by];
        bool ours = by == OC_BY_OUTSIDE;
        oc_columns_add(&t, oc_message(v->x->lang, forecasters[by]));
        oc_columns_add(&t, oc_cell_number(v->x, crps.value, 1));
        oc_columns_add(&t, oc_cell_range(v->x, crps.low, crps.high, 1));
        oc_columns_add(&t, oc_cell_number(v->x, ours ? NAN : gain.value, 1));
        oc_columns_add(&t, oc_cell_range(v->x, ours ? NAN : gain.low, gain.high, 1));
        oc_columns_add(&t, oc_cell_percent(v->x, ours ? NAN : v->test.skill[by].value));
    }
    print_table(v, out, "backtest.crps-title", &t);
}

static void print_chances(view *v, oc_text *out)
{
    static const char *const heads[] = {"backtest.forecaster", "backtest.brier-12", "backtest.brier-24",
                                        "backtest.brier-60",   "backtest.log-12",   "backtest.log-24",
                                        "backtest.log-60"};
    oc_columns t = table(v, "lrrrrrr", heads);
    for (int by = 0; by < OC_FORECASTER_COUNT; by++) {
        oc_columns_add(&t, oc_message(v->x->lang, forecasters[by]));
        for (int m = 0; m < OC_BACKTEST_MONTHS; m++)
            oc_columns_add(&t, oc_cell_number(v->x, v->test.score[by].brier[m].value, 3));
        for (int m = 0; m < OC_BACKTEST_MONTHS; m++)
            oc_columns_add(&t, oc_cell_number(v->x, v->test.score[by].log[m].value, 2));
    }
    print_table(v, out, "backtest.chances-title", &t);
}

static void print_calibration(view *v, oc_text *out)
{
    static const char *const heads[] = {"backtest.said", "backtest.forecasts", "backtest.mean-said",
                                        "backtest.happened", "backtest.interval"};
    oc_columns t = table(v, "lrrrr", heads);
    for (size_t r = 0; r < v->test.reliability.count; r++) {
        const oc_reliability_row *row = &v->test.reliability.row[r];
        if (!row->cases) continue;
        oc_columns_add(&t, oc_cell_percents(v->x, row->from, row->to));
        oc_columns_add(&t, oc_arena_printf(v->x->arena, "%zu", row->cases));
        oc_columns_add(&t, oc_cell_percent(v->x, row->forecast));
        oc_columns_add(&t, oc_cell_percent(v->x, row->happened.value));
        oc_columns_add(&t, oc_cell_percents(v->x, row->happened.low, row->happened.high));
    }
    print_table(v, out, "backtest.calibration-title", &t);
    oc_text_lit(out, "\n  ");
    oc_text_message(out, v->x->lang, "backtest.pit", NULL);
    for (int b = 0; b < OC_PIT_BINS; b++) {
        oc_text_lit(out, "  ");
        oc_text_add(out, oc_cell_number(v->x, v->test.pit[b], 1));
    }
    oc_text_byte(out, '\n');
}

/* The sentence that says whether it helped. */
static void print_verdict(view *v, oc_text *out, oc_forecaster by)
{
    oc_estimate gain = v->test.gain[by];
    const char *key = gain.low > 0 ? "backtest.better" : gain.high < 0 ? "backtest.worse" : "backtest.undecided";
    oc_text_message(out, v->x->lang, key,
                    OC_ARGS(OC_M(forecasters[by]), OC_T(oc_cell_number(v->x, fabs(gain.value), 1)),
                            OC_T(oc_cell_range(v->x, gain.low, gain.high, 1))));
    oc_text_byte(out, '\n');
}

static oc_slice as_text(view *v)
{
    oc_text out = oc_text_in(v->x->arena);
    oc_text_message(&out, v->x->lang, "backtest.title",
                    OC_ARGS(OC_T(v->path), OC_D(v->class.as_of), OC_I(v->test.count), OC_I(v->test.clusters),
                            OC_I(v->test.not_due), OC_I(v->test.unknown + v->test.unfitted)));
    oc_text_byte(&out, '\n');
    print_verdict(v, &out, OC_BY_ANNOUNCED);
    print_verdict(v, &out, OC_BY_BASE);
    print_crps(v, &out);
    print_chances(v, &out);
    print_calibration(v, &out);
    return oc_text_slice(&out);
}

static void json_score(view *v, oc_json *json, int by)
{
    static const char *const brier[] = {"brier_12", "brier_24", "brier_60"};
    static const char *const logs[] = {"log_12", "log_24", "log_60"};
    oc_json_object(json, keys[by]);
    oc_json_estimate(json, "crps", v->test.score[by].crps);
    oc_json_estimate(json, "loses_to_outside", v->test.gain[by]);
    oc_json_estimate(json, "skill_of_outside", v->test.skill[by]);
    for (int m = 0; m < OC_BACKTEST_MONTHS; m++) oc_json_estimate(json, brier[m], v->test.score[by].brier[m]);
    for (int m = 0; m < OC_BACKTEST_MONTHS; m++) oc_json_estimate(json, logs[m], v->test.score[by].log[m]);
    oc_json_end(json);
}

static oc_slice as_json(view *v)
{
    oc_json json = oc_json_in(v->x->arena);
    oc_json_object(&json, NULL);
    oc_json_text(&json, "class", v->path);
    oc_json_day(&json, "as_of", v->class.as_of);
    oc_json_number(&json, "horizon_months", v->options.horizon);
    oc_json_unsigned(&json, "scored", v->test.count);
    oc_json_unsigned(&json, "case_names", v->test.clusters);
    oc_json_object(&json, "forecasters");
    for (int by = 0; by < OC_FORECASTER_COUNT; by++) json_score(v, &json, by);
    oc_json_end(&json);
    oc_json_row(&json, "pit");
    for (int b = 0; b < OC_PIT_BINS; b++) oc_json_number(&json, NULL, v->test.pit[b]);
    oc_json_end(&json);
    oc_json_list(&json, "reliability");
    for (size_t r = 0; r < v->test.reliability.count; r++) {
        const oc_reliability_row *row = &v->test.reliability.row[r];
        oc_json_row_object(&json, NULL);
        oc_json_number(&json, "from", row->from);
        oc_json_number(&json, "to", row->to);
        oc_json_unsigned(&json, "cases", row->cases);
        oc_json_number(&json, "said", row->forecast);
        oc_json_estimate(&json, "happened", row->happened);
        oc_json_end(&json);
    }
    oc_json_end(&json);
    oc_json_end(&json);
    return oc_json_done(&json);
}

static oc_slice as_csv(view *v)
{
    oc_text out = oc_text_in(v->x->arena);
    oc_text_lit(&out, "case,unit,window_months,crps_outside,crps_whole,crps_base,crps_announced\n");
    for (size_t i = 0; i < v->test.count; i++) {
        const oc_backtest_case *c = &v->test.at[i];
        oc_text_csv_field(&out, v->class.at[c->row].name);
        oc_text_byte(&out, ',');
        oc_text_csv_field(&out, v->class.at[c->row].unit);
        oc_text_byte(&out, ',');
        oc_text_fixed(&out, c->window, 2);
        for (int by = 0; by < OC_FORECASTER_COUNT; by++) {
            oc_text_byte(&out, ',');
            oc_text_fixed(&out, c->crps[by], 3);
        }
        oc_text_byte(&out, '\n');
    }
    return oc_text_slice(&out);
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json", "csv"};
    static oc_slice (*const write[])(view *) = {as_text, as_json, as_csv};
    size_t format;
    int64_t seed, horizon;
    oc_status status = oc_get_word(x, "format", formats, 3, 0, &format);
    if (status == OC_OK && oc_has(x, "kept")) return oc_kept_backtest(x, format);
    if (status == OC_OK && oc_vintages_asked(x)) return oc_vintages_run(x, format);
    if (status == OC_OK && x->arguments.len > 1) return oc_complain(x, OC_USAGE, "class.one-table", NULL);
    if (status == OC_OK) status = oc_get_integer(x, "seed", 0, INT64_MAX, 1, &seed);
    if (status == OC_OK) status = oc_get_integer(x, "horizon", 1, 600, 60, &horizon);
    if (status != OC_OK) return status;
    view *v = OC_NEW(x->arena, view);
    v->x = x;
    v->options = (oc_backtest_options){.horizon = (double)horizon, .seed = (uint64_t)seed};
    status = oc_class_load(x, 0, &v->class, &v->path);
    if (status != OC_OK) return status;
    if (!oc_backtest_class(x->arena, &v->class, &v->options, &v->test)) {
        oc_report(&x->diags, OC_E0955, (oc_span){0}, OC_ARGS(OC_I(v->test.count), OC_I(10)));
        oc_show_diags(x);
        return OC_INPUT;
    }
    oc_print(x, write[format](v));
    return OC_OK;
}

const oc_command oc_cmd_backtest = {"backtest", "[FILE.csv] [--horizon MONTHS] | --vintages [FILE.yaml…] | --kept",
                                    options, run, 0};
