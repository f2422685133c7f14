/* Futures one by one for commands; see futures_view.h. */
#include "cli/futures_view.h"
#include "cli/run_options.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analysis/driver_list.h"
#include "analysis/forecast.h"
#include "cli/forecast_view.h"

enum { LEAST_RUNS = 1000, LEAST_ROWS = 1000 };

/* Turns the last of the givens, which is --where, into the last question. */
static void take_where(oc_futures_view *v)
{
    oc_model *m = v->model;
    oc_expr *is = m->givens.at[--m->givens.len];
    oc_question *question = OC_NEW(v->x->arena, oc_question);
    *question =
        (oc_question){.name = oc_value_of(v->x, "where", OC_SLICE("")), .span = is->span, .is = is, .at = OC_DAY_NONE};
    *oc_vec_push(m->arena, &m->questions) = question;
}

static oc_status unknown_question(oc_futures_view *v, oc_slice name)
{
    oc_model *m = v->model;
    oc_text all = oc_text_in(v->x->arena);
    for (size_t i = 0; i < m->questions.len; i++)
        oc_text_printf(&all, "%s%.*s", i ? ", " : "", OC_FMT(m->questions.at[i]->name));
    for (size_t i = 0; i < m->stages.len; i++)
        oc_text_printf(&all, "%s%.*s", all.len ? ", " : "", OC_FMT(m->stages.at[i]->symbol->name));
    return oc_complain(v->x, OC_USAGE, "cli.bad-value",
                       OC_ARGS(OC_S("question"), OC_T(name), OC_T(oc_text_slice(&all))));
}

/* The value of a category that is asked about. */
static oc_status choose_level(oc_futures_view *v, oc_asked *asked)
{
    oc_context *x = v->x;
    const oc_category *category = asked->type.category;
    oc_text all = oc_text_in(x->arena);
    oc_slice given = oc_value_of(x, "is", OC_SLICE(""));
    for (size_t i = 0; i < category->count; i++) {
        if (oc_has(x, "is") && oc_slice_equal(category->values[i], given)) return asked->level = i, OC_OK;
        oc_text_printf(&all, "%s%.*s", i ? ", " : "", OC_FMT(category->values[i]));
    }
    if (oc_has(x, "is"))
        return oc_complain(x, OC_USAGE, "cli.bad-value", OC_ARGS(OC_S("is"), OC_T(given), OC_T(oc_text_slice(&all))));
    return oc_complain(x, OC_USAGE, "drivers.which-value", OC_ARGS(OC_T(asked->name), OC_T(oc_text_slice(&all))));
}

static oc_status choose_question(oc_futures_view *v, oc_asked *asked)
{
    oc_context *x = v->x;
    oc_slice name = oc_value_of(x, "question", OC_SLICE(""));
    if (v->asked_where)
        *asked = oc_futures_question(v->compiled, v->model->questions.len - 1);
    else if (oc_has(x, "question") ? !oc_futures_find(v->compiled, name, asked) : !oc_futures_main(v->compiled, asked))
        return oc_has(x, "question") ? unknown_question(v, name)
                                     : oc_complain(x, OC_INPUT, "drivers.no-question", NULL);
    bool later = oc_has(x, "later-than");
    const char *option = later ? "later-than" : "by";
    oc_status status = oc_get_day(x, option, asked->by, &asked->by);
    if (status != OC_OK) return status;
    if (oc_has(x, option) && asked->type.kind != OC_TYPE_DATE)
        return oc_complain(x, OC_USAGE, "drivers.not-a-date", OC_ARGS(OC_T(asked->name), OC_S(option)));
    if (oc_has(x, option) && (asked->by <= v->model->as_of || asked->by > v->model->horizon))
        return oc_complain(x, OC_USAGE, "drivers.day-outside",
                           OC_ARGS(OC_S(option), OC_D(v->model->as_of), OC_D(v->model->horizon)));
    asked->days = oc_has(x, "days");
    if (asked->days && asked->type.kind != OC_TYPE_DATE)
        return oc_complain(x, OC_USAGE, "drivers.not-a-date", OC_ARGS(OC_T(asked->name), OC_S("days")));
    return asked->type.kind == OC_TYPE_CATEGORY ? choose_level(v, asked) : OC_OK;
}

oc_status oc_futures_failed(oc_futures_view *view, const oc_run_failure *failure)
{
    oc_forecast_report_failure(view->compiled, failure);
    oc_show_diags(view->x);
    return OC_INPUT;
}

static oc_status collect(oc_futures_view *v, const oc_asked *asked)
{
    oc_context *x = v->x;
    oc_futures *f = &v->futures;
    oc_catch_signals();
    oc_status status = oc_futures_collect(x->arena, v->compiled, asked, &v->run, f);
    oc_progress_clear(x);
    if (status == OC_INPUT) return oc_futures_failed(v, &f->failure);
    if (status == OC_LIMIT)
        return oc_complain(x, OC_LIMIT, "drivers.too-many", OC_ARGS(OC_I(oc_futures_most_runs(v->compiled))));
    v->interrupted = status == OC_CANCELLED;
    if (v->interrupted && f->rows < LEAST_ROWS) return oc_complain(x, status, "cli.interrupted-early", NULL);
    if (status != OC_OK && !v->interrupted) return status;
    if (asked->state == UINT32_MAX || !f->answer)
        return oc_complain(x, OC_INPUT, "drivers.settled", OC_ARGS(OC_T(oc_asked_label(v))));
    if (f->rows >= LEAST_ROWS) return OC_OK;
    if (v->model->givens.len && !f->endless) {
        oc_report(&x->diags, OC_E0330, v->model->givens.at[0]->span,
                  OC_ARGS(OC_I(f->rows), OC_I(f->run), OC_I(LEAST_ROWS)));
        return oc_show_diags(x);
    }
    return oc_complain(x, OC_INPUT, "drivers.too-few", OC_ARGS(OC_I(f->rows), OC_I(f->run), OC_I(LEAST_ROWS)));
}

oc_status oc_futures_close(oc_futures_view *v)
{
    if (!v->interrupted) return OC_OK;
    return oc_complain(v->x, OC_CANCELLED, "cli.interrupted", OC_ARGS(OC_I(v->futures.run), OC_I(v->run.runs)));
}

/* A date that comes in every future, or in none, by the last day still comes sooner or later. */
static bool is_settled_by_then(const oc_futures_view *v)
{
    const oc_asked *asked = &v->futures.asked;
    bool by_default = !oc_has(v->x, "by") && !oc_has(v->x, "later-than") && !asked->days;
    return asked->type.kind == OC_TYPE_DATE && by_default && !v->futures.varies && v->futures.hits && !v->interrupted;
}

oc_status oc_futures_open(oc_context *x, int64_t default_runs, oc_futures_view *ret_view)
{
    oc_futures_view *v = ret_view;
    *v = (oc_futures_view){.x = x, .asked_where = oc_has(x, "where")};
    oc_status status = oc_get_run_options(x, LEAST_RUNS, INT64_C(1) << 26, default_runs, &v->run);
    if (status == OC_OK) status = oc_scenario_load(x, 0, &v->model);
    if (status != OC_OK) return status;
    if (v->asked_where) take_where(v);
    v->compiled =
        oc_compile(x->arena, v->model,
                   &(oc_compile_options){.blockers_by = OC_DAY_NONE, .keep_questions = true, .no_samples = true});
    if (!v->compiled) return oc_show_diags(x) == OC_OK ? OC_INTERNAL : OC_INPUT;
    oc_asked asked;
    status = choose_question(v, &asked);
    if (status != OC_OK) return status;
    v->futures.asked = asked;
    status = collect(v, &asked);
    if (status != OC_OK || !is_settled_by_then(v)) return status;
    asked.days = true;
    return collect(v, &asked);
}

/* --- words --- */

oc_slice oc_factor_label(const oc_futures_view *view, const oc_factor *factor)
{
    oc_context *x = view->x;
    oc_slice title = oc_title_in(factor->title, x->lang, factor->name);
    if (factor->kind == OC_FACTOR_START) return oc_say(x->arena, x->lang, "drivers.start", OC_ARGS(OC_T(title)));
    if (factor->kind == OC_FACTOR_TAKES) return oc_say(x->arena, x->lang, "drivers.takes", OC_ARGS(OC_T(title)));
    if (factor->kind == OC_FACTOR_LATER)
        return oc_say(x->arena, x->lang, "drivers.later", OC_ARGS(OC_T(title), OC_D(factor->day)));
    return title;
}

/* Three digits: what such a run can tell. */
static double rounded(double value)
{
    char digits[40];
    snprintf(digits, sizeof digits, "%.3g", value);
    return strtod(digits, NULL);
}

oc_slice oc_factor_value(const oc_futures_view *view, const oc_factor *factor, double value)
{
    oc_context *x = view->x;
    if (isnan(value)) return OC_SLICE("–");
    if (factor->type.kind == OC_TYPE_TRUTH) return oc_message(x->lang, value != 0 ? "drivers.yes" : "drivers.no");
    if (factor->type.kind == OC_TYPE_CATEGORY) return factor->type.category->values[(size_t)value];
    double shown = factor->type.kind == OC_TYPE_DATE || factor->type.time ? value : rounded(value);
    return oc_value_text(x, factor->type, factor->unit.len ? factor->unit : factor->type.unit, shown);
}

const char *oc_factor_kind_word(oc_factor_kind kind)
{
    static const char *const words[] = {"input", "start", "takes", "later"};
    return words[kind];
}

bool oc_answer_is_share(const oc_futures_view *view)
{
    return oc_asked_is_share(&view->futures.asked);
}

oc_type oc_answer_type(const oc_futures_view *view)
{
    return view->futures.asked.days ? OC_TYPE_OF_DURATION : view->futures.asked.type;
}

oc_slice oc_asked_label(const oc_futures_view *view)
{
    static const oc_title none;
    oc_context *x = view->x;
    const oc_asked *a = &view->futures.asked;
    oc_slice title = oc_title_in(a->title ? a->title : &none, x->lang, a->name);
    if (a->days) return oc_tell(x, "drivers.until", OC_ARGS(OC_T(title), OC_D(a->by)));
    if (a->type.kind == OC_TYPE_DATE) return oc_say(x->arena, x->lang, "drivers.by", OC_ARGS(OC_T(title), OC_D(a->by)));
    if (a->type.kind == OC_TYPE_CATEGORY)
        return oc_arena_printf(x->arena, "%.*s: %.*s", OC_FMT(title), OC_FMT(a->type.category->values[a->level]));
    return title;
}

/* --- data --- */

static void json_title(oc_json *json, const oc_title *title)
{
    oc_json_row_object(json, "title");
    for (int lang = 0; title && lang < OC_LANG_COUNT; lang++)
        if (title->text[lang].len) oc_json_text(json, oc_lang_code((oc_lang)lang), title->text[lang]);
    oc_json_end(json);
}

void oc_futures_json_head(oc_json *json, const oc_futures_view *view)
{
    static const char *const kinds[] = {"", "number", "date", "truth", "category"};
    const oc_futures *f = &view->futures;
    oc_arena *arena = view->x->arena;
    oc_json_text(json, "opcon", OC_SLICE(OC_VERSION));
    oc_json_text(json, "scenario", view->model->name);
    oc_json_text(json, "digest", oc_arena_printf(arena, "%016llx", (unsigned long long)view->compiled->digest));
    oc_json_unsigned(json, "seed", view->run.seed);
    oc_json_unsigned(json, "runs", f->run);
    oc_json_bool(json, "complete", !view->interrupted);
    oc_json_unsigned(json, "futures", f->rows);
    oc_json_unsigned(json, "without_an_answer", f->endless);
    oc_json_day(json, "as_of", view->model->as_of);
    oc_json_day(json, "horizon", view->model->horizon);
    oc_json_object(json, "question");
    oc_json_text(json, "name", f->asked.name);
    json_title(json, f->asked.title);
    oc_json_text(json, "kind", f->asked.days ? OC_SLICE("days") : oc_slice_of(kinds[f->asked.type.kind]));
    if (f->asked.type.kind == OC_TYPE_DATE) oc_json_day(json, "by", f->asked.by);
    if (f->asked.type.kind == OC_TYPE_CATEGORY)
        oc_json_text(json, "is", f->asked.type.category->values[f->asked.level]);
    oc_json_number(json, "mean", f->mean);
    oc_json_number(json, "variance", f->variance);
    oc_json_end(json);
}

void oc_factor_json_name(oc_json *json, const oc_futures_view *view, const oc_factor *factor)
{
    (void)view;
    oc_json_text(json, "name", factor->name);
    oc_json_text(json, "kind", oc_slice_of(oc_factor_kind_word(factor->kind)));
    json_title(json, factor->title);
    oc_slice unit = factor->unit.len ? factor->unit : factor->type.unit;
    if (factor->type.kind == OC_TYPE_NUMBER && factor->type.time == 1) unit = OC_SLICE("days");
    if (unit.len) oc_json_text(json, "unit", unit);
    if (factor->kind == OC_FACTOR_LATER) {
        oc_json_text(json, "event", factor->event->symbol->name);
        oc_json_day(json, "day", factor->day);
    }
}

void oc_factor_json_value(oc_json *json, const char *key, const oc_factor *factor, double value)
{
    if (isnan(value))
        oc_json_null(json, key);
    else if (factor->type.kind == OC_TYPE_TRUTH)
        oc_json_bool(json, key, value != 0);
    else if (factor->type.kind == OC_TYPE_CATEGORY)
        oc_json_text(json, key, factor->type.category->values[(size_t)value]);
    else if (factor->type.kind == OC_TYPE_DATE && isfinite(value))
        oc_json_day(json, key, (oc_day)value);
    else
        oc_json_number(json, key, value);
}
