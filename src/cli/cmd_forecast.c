/* opcon forecast: when, how sure, what stands in the way. */
#include "cli/forecast_jobs.h"
#include "cli/forecast_view.h"
#include "cli/ranks.h"
#include "cli/views_view.h"
#include "cli/keep_run.h"
#include "cli/run_options.h"
#include "cli/smooth_view.h"

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV };

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
    oc_status looked = format == FORMAT_CSV ? OC_OK : oc_views_of(x, f, NULL, &views);
    if (looked != OC_OK) return oc_show_failure(x, looked);
    return show(x, f, NULL, views, format, last_gate);
}

typedef struct main_run {
    const oc_program *program;
    const oc_run_options *options;
    oc_arena *arena;
    oc_result *result;
    oc_status status;
} main_run;

static void run(void *context)
{
    main_run *r = context;
    r->status = oc_run_ranks(r->program, r->options, r->arena, r->result);
}

/* The run, and beside it what does not wait for it. */
static oc_status run_beside(oc_context *x, oc_jobs *jobs, const oc_program *program, const oc_run_options *options,
                            oc_result *ret)
{
    main_run r = {program, options, x->arena, ret, OC_OK};
    oc_jobs_start(jobs, options->threads - 1);
    oc_status memory = oc_arena_try(x->arena, run, &r);
    oc_jobs_finish(jobs);
    if (memory != OC_OK) oc_arena_give_up(x->arena, memory);
    return r.status;
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
    oc_jobs *jobs = oc_jobs_new(x, NULL);
    if (oc_rank() == 0 && format != FORMAT_CSV) oc_forecast_add_jobs(jobs, compiled, &options, oc_has(x, "bands"));
    status = run_beside(x, jobs, compiled->program, &options, &result);
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
    oc_status looked = format == FORMAT_CSV ? OC_OK : oc_views_of(x, f, oc_forecast_found_outside(jobs), &views);
    if (looked != OC_OK) return oc_show_failure(x, looked);
    if (status == OC_OK) f->ignorance = oc_forecast_found_ignorance(jobs);
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
