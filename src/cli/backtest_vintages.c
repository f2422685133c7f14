/* Older scenarios against what has happened since; see backtest_vintages.h.
 *
 * Each vintage is run as of its own day. Its questions about truths, and its dates as "come by now", are settled by
 * what the newer scenario knows (analysis/resolve.h) and scored where they can be. */
#include "cli/backtest_vintages.h"
#include "cli/run_options.h"

#include <glob.h>
#include <math.h>

#include "analysis/forecast.h"
#include "cli/settled.h"

enum { RUNS = 50000, MOST_FILES = 32 };

typedef struct vintage {
    oc_slice path;
    oc_model *model;
    oc_settled_list list;
} vintage;

typedef struct view {
    oc_context *x;
    oc_slice now_path;
    oc_model *now;
    oc_run_options run;
    size_t count;
    vintage *vintages;
    OC_VEC(double) brier, log;
    OC_VEC(oc_day) days;
    OC_VEC(const oc_model *) then; /* the newer scenario on days[], NULL if it cannot be had */
} view;

bool oc_vintages_asked(const oc_context *x)
{
    bool named = x->arguments.len && oc_slice_ends(x->arguments.at[0], OC_SLICE(".yaml"));
    return named || oc_has(x, "vintages") || oc_has(x, "against");
}

/* --- loading --- */

static oc_status load(view *v, oc_slice path, oc_day as_of, oc_model **ret)
{
    oc_model_options options = {.as_of = as_of, .threads = oc_processors()};
    *ret = oc_model_load(v->x->arena, &v->x->diags, path, &options);
    if (*ret && oc_diags_status(&v->x->diags) == OC_OK) return OC_OK;
    oc_status status = oc_show_diags(v->x);
    return status == OC_OK ? OC_INPUT : status;
}

/* The newer scenario as it was on a day, for values of variables on record. */
static const oc_model *on_day(void *context, oc_day day)
{
    view *v = context;
    for (size_t i = 0; i < v->days.len; i++)
        if (v->days.at[i] == day) return v->then.at[i];
    oc_diags diags = {.arena = v->x->arena, .sources = &v->x->sources};
    oc_model *m = oc_model_load(v->x->arena, &diags, v->now_path,
                                &(oc_model_options){.as_of = day, .like = v->then.len ? v->then.at[0] : NULL});
    *oc_vec_push(v->x->arena, &v->days) = day;
    *oc_vec_push(v->x->arena, &v->then) = m && oc_diags_status(&diags) == OC_OK ? m : NULL;
    return v->then.at[v->then.len - 1];
}

static oc_status find_files(view *v)
{
    oc_context *x = v->x;
    v->vintages = OC_NEW_ARRAY(x->arena, MOST_FILES, vintage);
    for (size_t i = 0; i < x->arguments.len && v->count < MOST_FILES; i++)
        v->vintages[v->count++].path = x->arguments.at[i];
    if (v->count) return OC_OK;
    glob_t found = {0};
    oc_slice folder = oc_data_folder(x, "scenarios/rok-us");
    oc_slice pattern = oc_arena_printf(x->arena, "%.*s/as-of-*.yaml", OC_FMT(folder));
    if (folder.len && glob(pattern.ptr, 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc && v->count < MOST_FILES; i++)
            v->vintages[v->count++].path = oc_arena_copy(x->arena, oc_slice_of(found.gl_pathv[i]));
    globfree(&found);
    return v->count ? OC_OK : oc_complain(x, OC_IO, "cli.no-flagship", NULL);
}

/* --- scoring --- */

static oc_known settle(view *v, const vintage *one, const oc_settled *a)
{
    oc_resolver r = {.arena = v->x->arena, .asked = one->model, .now = v->now, .on_day = on_day, .context = v};
    oc_known k = oc_resolve(&r, a->question->is, a->question->at);
    if (!a->about_now) return k;
    double today = (double)v->now->as_of;
    return (oc_known){k.high <= today, k.low <= today};
}

static void ask(view *v, vintage *one, const oc_forecast *f)
{
    for (size_t i = 0; i < one->model->questions.len; i++) {
        const oc_answer *answer = &f->questions[i];
        if (answer->kind != OC_RESULT_TRUTH && answer->kind != OC_RESULT_DATE) continue;
        oc_settled *a = oc_vec_push(v->x->arena, &one->list);
        *a = (oc_settled){
            .question = one->model->questions.at[i], .about_now = answer->kind == OC_RESULT_DATE, .by = v->now->as_of};
        a->p = a->about_now ? oc_date_by(&answer->date, v->now->as_of) : answer->p;
        a->answer = settle(v, one, a);
        oc_settled_score(a);
        if (!oc_is_settled(a)) continue;
        *oc_vec_push(v->x->arena, &v->brier) = a->brier;
        *oc_vec_push(v->x->arena, &v->log) = a->log;
    }
}

static oc_status run_vintage(view *v, vintage *one)
{
    oc_context *x = v->x;
    oc_status status = load(v, one->path, OC_DAY_NONE, &one->model);
    if (status != OC_OK) return status;
    if (one->model->as_of >= v->now->as_of)
        return oc_complain(x, OC_INPUT, "vintages.not-older",
                           OC_ARGS(OC_T(one->path), OC_D(one->model->as_of), OC_D(v->now->as_of)));
    oc_compiled *compiled =
        oc_compile(x->arena, one->model, &(oc_compile_options){.blockers_by = OC_DAY_NONE, .no_samples = true});
    if (!compiled) return oc_show_diags(x) == OC_OK ? OC_INTERNAL : OC_INPUT;
    oc_result result;
    status = oc_run(compiled->program, &v->run, x->arena, &result);
    oc_progress_clear(x);
    if (status == OC_INPUT) {
        oc_forecast_report_failure(compiled, &result.failure);
        return oc_show_diags(x);
    }
    if (status == OC_CANCELLED) return oc_complain(x, status, "cli.interrupted-early", NULL);
    if (status == OC_OK) ask(v, one, oc_forecast_make(x->arena, compiled, &result));
    return status;
}

/* --- output --- */

static void print_vintage(const view *v, oc_text *out, const vintage *one)
{
    oc_text_byte(out, '\n');
    oc_add_message(v->x, out, "vintages.one", OC_ARGS(OC_T(one->model->name), OC_D(one->model->as_of)));
    oc_settled_print(v->x, out, &one->list);
}

static oc_slice as_text(view *v)
{
    oc_text out = oc_text_in(v->x->arena);
    oc_add_message(v->x, &out, "vintages.title", OC_ARGS(OC_T(v->now->name), OC_D(v->now->as_of)));
    size_t all = 0;
    for (size_t i = 0; i < v->count; i++) {
        all += v->vintages[i].list.len;
        print_vintage(v, &out, &v->vintages[i]);
    }
    oc_text_byte(&out, '\n');
    if (!v->brier.len) {
        oc_add_message(v->x, &out, "vintages.none", OC_ARGS(OC_I(all)));
        return oc_text_slice(&out);
    }
    oc_add_message(v->x, &out, "vintages.mean",
                   OC_ARGS(OC_I(v->brier.len), OC_I(all),
                           OC_T(oc_cell_number(v->x, oc_mean(v->brier.at, v->brier.len), 3)),
                           OC_T(oc_cell_number(v->x, oc_mean(v->log.at, v->log.len), 2))));
    if (v->brier.len < OC_FEW_QUESTIONS) oc_add_message(v->x, &out, "vintages.few", OC_ARGS(OC_I(v->brier.len)));
    return oc_text_slice(&out);
}

static void json_vintage(oc_json *json, const vintage *one)
{
    oc_json_object(json, NULL);
    oc_json_text(json, "scenario", one->model->name);
    oc_json_text(json, "path", one->path);
    oc_json_day(json, "as_of", one->model->as_of);
    oc_json_list(json, "questions");
    for (size_t i = 0; i < one->list.len; i++) oc_settled_json(json, &one->list.at[i]);
    oc_json_end(json);
    oc_json_end(json);
}

static oc_slice as_json(view *v)
{
    oc_json json = oc_json_in(v->x->arena);
    oc_json_object(&json, NULL);
    oc_json_text(&json, "against", v->now->name);
    oc_json_day(&json, "as_of", v->now->as_of);
    oc_json_unsigned(&json, "runs", v->run.runs);
    oc_json_unsigned(&json, "seed", v->run.seed);
    oc_json_number(&json, "log_floor", OC_LOG_FLOOR);
    oc_json_list(&json, "vintages");
    for (size_t i = 0; i < v->count; i++) json_vintage(&json, &v->vintages[i]);
    oc_json_end(&json);
    oc_json_unsigned(&json, "scored", v->brier.len);
    oc_json_number(&json, "brier", v->brier.len ? oc_mean(v->brier.at, v->brier.len) : NAN);
    oc_json_number(&json, "log", v->log.len ? oc_mean(v->log.at, v->log.len) : NAN);
    oc_json_end(&json);
    return oc_json_done(&json);
}

static oc_slice as_csv(view *v)
{
    oc_text out = oc_text_in(v->x->arena);
    oc_text_lit(&out, "scenario,as_of,question,p,answer,brier,log\n");
    for (size_t i = 0; i < v->count; i++)
        for (size_t q = 0; q < v->vintages[i].list.len; q++) {
            oc_text_csv_field(&out, v->vintages[i].model->name);
            oc_text_byte(&out, ',');
            oc_text_day(&out, v->vintages[i].model->as_of);
            oc_text_byte(&out, ',');
            oc_settled_csv(&out, &v->vintages[i].list.at[q]);
        }
    return oc_text_slice(&out);
}

oc_status oc_vintages_run(oc_context *x, size_t format)
{
    static oc_slice (*const write[])(view *) = {as_text, as_json, as_csv};
    view *v = OC_NEW(x->arena, view);
    v->x = x;
    oc_day as_of;
    oc_status status = oc_get_run_options(x, RUNS, RUNS, RUNS, &v->run);
    if (status == OC_OK) status = oc_get_day(x, "as-of", OC_DAY_NONE, &as_of);
    if (status != OC_OK) return status;
    v->now_path = oc_has(x, "against") ? oc_value_of(x, "against", OC_SLICE(""))
                                       : oc_data_folder(x, "scenarios/rok-us/scenario.yaml");
    if (!v->now_path.len) return oc_complain(x, OC_IO, "cli.no-flagship", NULL);
    oc_catch_signals();
    status = find_files(v);
    if (status == OC_OK) status = load(v, v->now_path, as_of, &v->now);
    for (size_t i = 0; i < v->count && status == OC_OK; i++) status = run_vintage(v, &v->vintages[i]);
    if (status == OC_OK) oc_print(x, write[format](v));
    return status;
}
