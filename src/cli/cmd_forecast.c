/* opcon forecast: when, how sure, what stands in the way. */
#include "analysis/ignorance.h"
#include "cli/forecast_view.h"
#include "cli/ranks.h"
#include "cli/views_view.h"
#include "cli/keep_run.h"
#include "cli/run_options.h"
#include "cli/smooth_view.h"

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV };

/* The date of the headline as a measure; NULL if it is not a date. */
static const oc_measure *main_measure(oc_context *x, const oc_compiled *compiled)
{
    oc_measure *measures;
    size_t count = oc_measures_of(x->arena, compiled, &measures);
    for (int stage = 0; stage < 2; stage++)
        for (size_t i = count; i-- > 0;)
            if (measures[i].kind == OC_MEASURE_DATE && measures[i].stage == (bool)stage) return &measures[i];
    return NULL;
}

/* Chance and ignorance apart, with a tenth of the futures as pairs: about a fifth more work. With news there is no such
 * estimate. What is interrupted or fails here is left out; the forecast itself is whole. */
static void add_ignorance(oc_context *x, oc_forecast *f, const oc_run_options *run, bool bands)
{
    oc_model *model = f->compiled->model;
    if (model->givens.len) return;
    oc_compiled *compiled = oc_whatif_compile(x->arena, model);
    if (!compiled) return;
    oc_ignorance *ignorance = OC_NEW(x->arena, oc_ignorance);
    oc_ignorance_options options = {.pairs = (f->futures + 9) / 10,
                                    .band = bands ? main_measure(x, compiled) : NULL,
                                    .seed = run->seed,
                                    .threads = run->threads,
                                    .isa = run->isa,
                                    .cancel = &oc_interrupted};
    if (oc_ignorance_estimate(x->arena, compiled, &options, ignorance) == OC_OK) f->ignorance = ignorance;
}

static oc_status show(oc_context *x, const oc_forecast *f, const oc_run_options *options, const oc_views *views,
                      size_t format, bool last_gate)
{
    const oc_model *model = f->compiled->model;
    if (format == FORMAT_JSON) {
        oc_print(x, oc_forecast_json(x, f, options, views));
        return OC_OK;
    }
    if (format == FORMAT_CSV) {
        oc_print(x, oc_forecast_csv(x, f));
        return OC_OK;
    }
    oc_text out = oc_text_in(x->arena);
    oc_forecast_text(x, &out, f, views, last_gate);
    if (model->givens.len && f->exact) {
        oc_text share = oc_text_in(x->arena);
        oc_text_fixed(&share, f->exact->counted, 6);
        oc_text_message(&out, x->lang, "forecast.given-exact", OC_ARGS(OC_T(oc_text_slice(&share))));
    } else if (model->givens.len) {
        oc_text_message(&out, x->lang, "forecast.given", OC_ARGS(OC_I(f->result->counted), OC_I(f->result->futures)));
    }
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

/* Without sampling: what concerns sampling makes no sense then. */
static oc_status solve(oc_context *x, oc_compiled *compiled, size_t format, bool last_gate)
{
    static const char *const others[] = {"runs", "seed", "isa", "plain", "keep", "bands", "smooth"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (oc_has(x, others[i])) return oc_complain(x, OC_USAGE, "exact.no-option", OC_ARGS(OC_S(others[i])));
    oc_exact *exact;
    oc_status status = oc_exact_solve(x->arena, compiled, NULL, &exact);
    if (status != OC_OK) return oc_show_failure(x, status);
    if (!(exact->counted > 0)) return oc_complain(x, OC_INPUT, "exact.no-news", NULL);
    oc_forecast *f = oc_forecast_exact(x->arena, compiled, exact);
    oc_views *views = NULL;
    oc_status looked = format == FORMAT_CSV ? OC_OK : oc_views_of(x, f, &views);
    if (looked != OC_OK) return oc_show_failure(x, looked);
    return show(x, f, NULL, views, format, last_gate);
}

static oc_status forecast(oc_context *x)
{
    static const char *const formats[] = {"text", "json", "csv"};
    static const char *const gates[] = {"days", "last"};
    size_t format, gate;
    oc_day by;
    oc_run_options options;
    oc_status status = oc_get_word(x, "format", formats, 3, FORMAT_TEXT, &format);
    if (status == OC_OK) status = oc_get_word(x, "blockers", gates, 2, 0, &gate);
    if (status == OC_OK) status = oc_get_day(x, "by", OC_DAY_NONE, &by);
    if (status == OC_OK) status = oc_get_run_options(x, 1, OC_MOST_RUNS, OC_DEFAULT_RUNS, &options);
    if (status != OC_OK) return status;
    oc_model *model;
    status = oc_scenario_load(x, 0, &model);
    if (status != OC_OK) return status;
    oc_compiled *compiled =
        oc_compile(x->arena, model, &(oc_compile_options){.blockers_by = by, .plain = oc_has(x, "plain")});
    if (!compiled) return oc_show_diags(x) == OC_OK ? OC_INTERNAL : OC_INPUT;
    if (oc_has(x, "exact")) return solve(x, compiled, format, gate == 1);
    oc_catch_signals();
    oc_result result;
    status = oc_run_ranks(compiled->program, &options, x->arena, &result);
    if (oc_rank() != 0) return OC_OK;
    oc_progress_clear(x);
    if (status == OC_INPUT) {
        oc_forecast_replay_failure(compiled, &options, &result.failure);
        return oc_show_diags(x);
    }
    if (status != OC_OK && status != OC_CANCELLED) return status;
    if (status == OC_CANCELLED && !result.futures) return oc_complain(x, status, "cli.interrupted-early", NULL);
    if (oc_forecast_refuses(compiled, &result)) return oc_show_diags(x);
    oc_forecast *f = oc_forecast_make(x->arena, compiled, &result);
    oc_views *views = NULL;
    if (oc_has(x, "smooth") && status == OC_OK) {
        oc_status smoothed = oc_smooth_forecast(x, f, &options);
        if (smoothed == OC_CANCELLED)
            status = smoothed;
        else if (smoothed != OC_OK)
            return smoothed;
    }
    oc_status looked = format == FORMAT_CSV ? OC_OK : oc_views_of(x, f, &views);
    if (looked != OC_OK) return oc_show_failure(x, looked);
    if (status == OC_OK && format != FORMAT_CSV) add_ignorance(x, f, &options, oc_has(x, "bands"));
    show(x, f, &options, views, format, gate == 1);
    oc_status kept = oc_run_keep(x, f, &options, views);
    if (status == OC_OK && kept != OC_OK) status = kept;
    if (status == OC_CANCELLED)
        oc_complain(x, status, "cli.interrupted", OC_ARGS(OC_I(result.futures), OC_I(options.runs)));
    return status;
}

static const oc_option options[] = {
    OC_OPTIONS_OF_SCENARIO,
    {"by", "DATE", false},
    {"blockers", "days|last", false},
    {"exact", NULL, false},
    {"smooth", NULL, false},
    {"runs", "N", false},
    {"format", "text|json|csv", false},
    {"bands", NULL, false},
    {"keep", NULL, false},
    OC_OPTION_WORKSPACE,
    {"seed", "S", false},
    {"threads", "T", false},
    {"isa", "base|v3|v4", false},
    {"plain", NULL, false},
    {NULL, NULL, false},
};

const oc_command oc_cmd_forecast = {"forecast", "[SCENARIO] [OPTION]…", options, forecast, 1};
