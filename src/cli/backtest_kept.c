/* Kept forecasts against outcomes; see backtest_kept.h.
 *
 * The chances are those that were kept, nothing is run again. What became of a question is told by a newer text of the
 * scenario (analysis/resolve.h): --against, else the file the run was made from as it stands now. A person can enter
 * what no text knows in a table, --outcomes FILE: question,outcome,on[,scenario], where the outcome is yes, no or a
 * date, known on the day `on`; what is entered goes before what is read. Scores are averaged over all chances; their
 * intervals come from the bootstrap over questions, as runs that ask the same are not cases of their own. */
#include "cli/backtest_kept.h"

#include <math.h>

#include "analysis/csv.h"
#include "base/file.h"
#include "cli/kept_text.h"
#include "cli/settled.h"
#include "cli/workspace.h"

enum { RESAMPLES = 2000, MOST_RUNS = 2000 };

typedef struct entry {
    oc_slice scenario, question;
    bool yes;
    oc_day date, on; /* date: OC_DAY_NONE unless the outcome is one */
} entry;

typedef struct newer {
    oc_slice path;
    oc_model *model; /* NULL: cannot be read */
} newer;

typedef struct kept_run {
    const oc_store_run *run;
    oc_settled_list list;
} kept_run;

typedef struct view {
    oc_context *x;
    oc_store *store;
    oc_store_runs runs;
    OC_VEC(entry) entries;
    OC_VEC(newer) known;   /* newer texts, each read once */
    OC_VEC(newer) on_days; /* of the one in use, as of days of the past */
    const newer *against;
    const newer *fixed; /* the text that answers all; NULL: each run has its own */
    OC_VEC(kept_run) scored;
    size_t open, without; /* chances not settled; runs without a newer text or outcome */
    OC_VEC(double) brier;
    OC_VEC(double) log;
    OC_VEC(size_t) cluster;
    oc_map questions; /* scenario and question -> cluster */
    oc_estimate mean_brier, mean_log;
} view;

/* --- what people entered --- */

static oc_status read_outcomes(view *v)
{
    oc_context *x = v->x;
    oc_slice path = oc_value_of(x, "outcomes", (oc_slice){"", 0}), bytes;
    oc_csv csv;
    if (!path.len) return OC_OK;
    oc_status status = oc_table_bytes(x, path, &bytes);
    if (status == OC_OK) status = oc_csv_read(x->arena, &x->diags, path, bytes, &csv);
    if (status != OC_OK) return oc_show_failure(x, status);
    static const char *const names[] = {"question", "outcome", "on", "scenario"};
    size_t column[4];
    for (int i = 0; i < 4; i++) {
        column[i] = oc_csv_column(&csv, names[i]);
        if (i < 3 && column[i] == SIZE_MAX)
            return oc_complain(x, OC_INPUT, "kept.no-column", OC_ARGS(OC_T(path), OC_S(names[i])));
    }
    for (size_t r = 0; r < csv.rows; r++) {
        const oc_csv_cell *outcome = oc_csv_at(&csv, r, column[1]), *on = oc_csv_at(&csv, r, column[2]);
        oc_day last, first;
        entry e = {.question = oc_csv_at(&csv, r, column[0])->text,
                   .yes = oc_slice_is(outcome->text, "yes"),
                   .date = OC_DAY_NONE};
        if (column[3] != SIZE_MAX) e.scenario = oc_csv_at(&csv, r, column[3])->text;
        if (!oc_days_parse(on->text, &first, &e.on))
            oc_report(&x->diags, OC_E0947, on->span, OC_ARGS(OC_T(on->text), OC_S("on")));
        if (!e.yes && !oc_slice_is(outcome->text, "no")) {
            if (oc_days_parse(outcome->text, &e.date, &last))
                e.date = last;
            else
                oc_report(&x->diags, OC_E0947, outcome->span, OC_ARGS(OC_T(outcome->text), OC_S("outcome")));
        }
        *oc_vec_push(x->arena, &v->entries) = e;
    }
    return oc_diags_status(&x->diags) == OC_OK ? OC_OK : oc_show_diags(x);
}

static const entry *entered(const view *v, const oc_store_run *run, oc_slice question)
{
    for (size_t i = v->entries.len; i-- > 0;) {
        const entry *e = &v->entries.at[i];
        if (!oc_slice_equal(e->question, question)) continue;
        if (!e->scenario.len || oc_slice_equal(e->scenario, run->scenario)) return e;
    }
    return NULL;
}

/* --- what newer texts know --- */

static oc_model *load_quietly(view *v, oc_slice path, oc_day as_of)
{
    oc_diags *quiet = oc_quiet_diags(v->x, v->x->arena);
    oc_model *model = oc_model_load(v->x->arena, quiet, path, &(oc_model_options){.as_of = as_of});
    return model && oc_diags_status(quiet) == OC_OK ? model : NULL;
}

static const newer *newer_text(view *v, oc_slice path)
{
    for (size_t i = 0; i < v->known.len; i++)
        if (oc_slice_equal(v->known.at[i].path, path)) return &v->known.at[i];
    newer *one = oc_vec_push(v->x->arena, &v->known);
    *one = (newer){.path = path, .model = load_quietly(v, path, OC_DAY_NONE)};
    return one;
}

static const oc_model *on_day(void *context, oc_day day)
{
    view *v = context;
    oc_slice name = oc_arena_printf(v->x->arena, "%ld %.*s", (long)day, OC_FMT(v->against->path));
    for (size_t i = 0; i < v->on_days.len; i++)
        if (oc_slice_equal(v->on_days.at[i].path, name)) return v->on_days.at[i].model;
    newer *one = oc_vec_push(v->x->arena, &v->on_days);
    *one = (newer){.path = name, .model = load_quietly(v, v->against->path, day)};
    return one->model;
}

/* The text behind --against, or the one the run was made from; NULL if there is none that is newer. */
static const newer *find_newer(view *v, const oc_kept *kept)
{
    if (v->fixed) return v->fixed->model && v->fixed->model->as_of > kept->as_of ? v->fixed : NULL;
    oc_slice path = oc_value_of(v->x, "against", (oc_slice){"", 0});
    if (!path.len) path = oc_slice_sub(kept->path, oc_slice_find(kept->path, OC_SLICE("/"), 0) + 1, kept->path.len);
    path = oc_arena_copy(v->x->arena, path);
    if (!oc_file_exists(path.ptr)) return NULL;
    const newer *one = newer_text(v, path);
    return one->model && one->model->as_of > kept->as_of ? one : NULL;
}

/* --- one run --- */

static void settle_by_text(view *v, const oc_model *asked, oc_settled *one)
{
    oc_resolver r = {.arena = v->x->arena, .asked = asked, .now = v->against->model, .on_day = on_day, .context = v};
    oc_known k = oc_resolve(&r, one->question->is, one->question->at);
    double by = (double)one->by;
    one->answer = one->about_now ? (oc_known){k.high <= by, k.low <= by} : k;
}

static void settle_by_entry(const entry *e, oc_settled *one)
{
    bool happened = e->date != OC_DAY_NONE ? e->date <= e->on : e->yes;
    one->entered = true;
    one->answer = (oc_known){happened, happened};
}

static const oc_question *question_of(const oc_model *model, oc_slice name)
{
    for (size_t i = 0; i < model->questions.len; i++)
        if (oc_slice_equal(model->questions.at[i]->name, name)) return model->questions.at[i];
    return NULL;
}

static void count_case(view *v, const oc_store_run *run, const oc_settled *one)
{
    oc_slice name = oc_arena_printf(v->x->arena, "%.*s %.*s", OC_FMT(run->scenario), OC_FMT(one->question->name));
    bool fresh;
    oc_map_entry *cluster = oc_map_insert(v->x->arena, &v->questions, name, &fresh);
    if (fresh) cluster->value.number = v->questions.entries.len - 1;
    *oc_vec_push(v->x->arena, &v->brier) = one->brier;
    *oc_vec_push(v->x->arena, &v->log) = one->log;
    *oc_vec_push(v->x->arena, &v->cluster) = (size_t)cluster->value.number;
}

/* The chances a run gave by `day`; dates are asked about that day. */
static oc_status chances_by(view *v, int64_t run, oc_day day, oc_store_chances *ret)
{
    *ret = (oc_store_chances){0};
    return oc_store_get_chances(v->store, v->x->arena, run, oc_day_print(v->x->arena, day), ret);
}

static oc_status add_question(view *v, const oc_store_run *run, const oc_model *asked, oc_store_chance chance,
                              kept_run *into)
{
    const oc_question *question = question_of(asked, chance.question);
    const entry *e = entered(v, run, chance.question);
    if (!question || (!e && !v->against) || (e && e->on <= asked->as_of)) return OC_OK;
    oc_settled one = {
        .question = question, .about_now = chance.date, .p = chance.p, .by = e ? e->on : v->against->model->as_of};
    if (e && chance.date) { /* by the day on which the outcome was known */
        oc_store_chances then;
        oc_status status = chances_by(v, run->id, e->on, &then);
        if (status != OC_OK) return status;
        for (size_t i = 0; i < then.len; i++)
            if (oc_slice_equal(then.at[i].question, chance.question)) one.p = then.at[i].p;
    }
    if (e)
        settle_by_entry(e, &one);
    else
        settle_by_text(v, asked, &one);
    oc_settled_score(&one);
    *oc_vec_push(v->x->arena, &into->list) = one;
    if (oc_is_settled(&one))
        count_case(v, run, &one);
    else
        v->open++;
    return OC_OK;
}

static oc_status add_run(view *v, const oc_store_run *run)
{
    oc_context *x = v->x;
    oc_store_files files = {0};
    oc_status status = oc_store_get_files(v->store, x->arena, run->id, &files);
    oc_kept kept;
    if (status != OC_OK) return status;
    oc_model *asked = oc_kept_open(x, run, &files, &kept) ? oc_kept_load(x, &kept) : NULL;
    v->against = asked ? find_newer(v, &kept) : NULL;
    if (!asked || (!v->against && !v->entries.len)) {
        v->without++;
        return OC_OK;
    }
    oc_store_chances chances;
    status = chances_by(v, run->id, v->against ? v->against->model->as_of : asked->horizon, &chances);
    kept_run one = {.run = run};
    for (size_t i = 0; i < chances.len && status == OC_OK; i++)
        status = add_question(v, run, asked, chances.at[i], &one);
    if (one.list.len)
        *oc_vec_push(x->arena, &v->scored) = one;
    else
        v->without++;
    return status;
}

/* --- output --- */

static void estimate(view *v)
{
    size_t count = v->brier.len, clusters = v->questions.entries.len;
    v->mean_brier = oc_bootstrap_mean(v->x->arena, v->brier.at, count, v->cluster.at, clusters, RESAMPLES, 1, 0.9);
    v->mean_log = oc_bootstrap_mean(v->x->arena, v->log.at, count, v->cluster.at, clusters, RESAMPLES, 1, 0.9);
}

static oc_slice as_text(view *v)
{
    oc_context *x = v->x;
    oc_text out = oc_text_in(x->arena);
    oc_add_message(x, &out, "kept.title", OC_ARGS(OC_I(v->scored.len), OC_I(v->runs.len)));
    if (v->without) oc_add_message(x, &out, "kept.without", OC_ARGS(OC_I(v->without)));
    for (size_t i = 0; i < v->scored.len; i++) {
        const oc_store_run *run = v->scored.at[i].run;
        oc_text_byte(&out, '\n');
        oc_add_message(x, &out, "kept.one", OC_ARGS(OC_I(run->id), OC_T(run->scenario), OC_T(run->as_of)));
        oc_settled_print(x, &out, &v->scored.at[i].list);
    }
    oc_text_byte(&out, '\n');
    size_t settled = v->brier.len, questions = v->questions.entries.len;
    if (!settled) {
        oc_add_message(x, &out, "kept.none", OC_ARGS(OC_I(v->open)));
        return oc_text_slice(&out);
    }
    oc_add_message(x, &out, "kept.mean",
                   OC_ARGS(OC_I(settled), OC_I(questions), OC_I(v->open),
                           OC_T(oc_cell_number(x, v->mean_brier.value, 3)),
                           OC_T(oc_cell_range(x, v->mean_brier.low, v->mean_brier.high, 3)),
                           OC_T(oc_cell_number(x, v->mean_log.value, 2)),
                           OC_T(oc_cell_range(x, v->mean_log.low, v->mean_log.high, 2))));
    if (questions < OC_FEW_QUESTIONS)
        oc_add_message(x, &out, "kept.few", OC_ARGS(OC_I(questions), OC_I(OC_FEW_QUESTIONS)));
    return oc_text_slice(&out);
}

static oc_slice as_json(view *v)
{
    oc_json json = oc_json_in(v->x->arena);
    oc_json_object(&json, NULL);
    oc_json_list(&json, "runs");
    for (size_t i = 0; i < v->scored.len; i++) {
        const kept_run *one = &v->scored.at[i];
        oc_json_object(&json, NULL);
        oc_json_integer(&json, "id", one->run->id);
        oc_json_text(&json, "scenario", one->run->scenario);
        oc_json_text(&json, "as_of", one->run->as_of);
        oc_json_list(&json, "questions");
        for (size_t q = 0; q < one->list.len; q++) oc_settled_json(&json, &one->list.at[q]);
        oc_json_end(&json);
        oc_json_end(&json);
    }
    oc_json_end(&json);
    oc_json_unsigned(&json, "without", v->without);
    oc_json_unsigned(&json, "settled", v->brier.len);
    oc_json_unsigned(&json, "questions", v->questions.entries.len);
    oc_json_unsigned(&json, "open", v->open);
    oc_json_number(&json, "log_floor", OC_LOG_FLOOR);
    oc_json_estimate(&json, "brier", v->mean_brier);
    oc_json_estimate(&json, "log", v->mean_log);
    oc_json_bool(&json, "few", v->questions.entries.len < OC_FEW_QUESTIONS);
    oc_json_end(&json);
    return oc_json_done(&json);
}

static oc_slice as_csv(view *v)
{
    oc_text out = oc_text_in(v->x->arena);
    oc_text_lit(&out, "run,scenario,as_of,question,p,answer,brier,log\n");
    for (size_t i = 0; i < v->scored.len; i++)
        for (size_t q = 0; q < v->scored.at[i].list.len; q++) {
            const oc_store_run *run = v->scored.at[i].run;
            oc_text_printf(&out, "%lld,", (long long)run->id);
            oc_text_csv_field(&out, run->scenario);
            oc_text_printf(&out, ",%.*s,", OC_FMT(run->as_of));
            oc_settled_csv(&out, &v->scored.at[i].list.at[q]);
        }
    return oc_text_slice(&out);
}

oc_status oc_kept_backtest(oc_context *x, size_t format)
{
    static oc_slice (*const write[])(view *) = {as_text, as_json, as_csv};
    view *v = OC_NEW(x->arena, view);
    v->x = x;
    oc_status status = read_outcomes(v);
    if (status == OC_OK) status = oc_workspace_open(x, OC_STORE_READ, &v->store);
    if (status != OC_OK) return status;
    status = oc_store_get_runs(v->store, x->arena, 0, &v->runs);
    for (size_t i = 0; i < v->runs.len && i < MOST_RUNS && status == OC_OK; i++) status = add_run(v, &v->runs.at[i]);
    if (status == OC_OK) {
        estimate(v);
        oc_print(x, write[format](v));
    }
    return oc_workspace_close(x, v->store, status);
}

/* --- for a report --- */

static oc_status add_runs_of(view *v, const oc_model *model)
{
    oc_status status = oc_store_get_runs(v->store, v->x->arena, 0, &v->runs);
    for (size_t i = 0; i < v->runs.len && i < MOST_RUNS && status == OC_OK; i++)
        if (oc_slice_equal(v->runs.at[i].scenario, model->name)) status = add_run(v, &v->runs.at[i]);
    return status;
}

oc_status oc_kept_answers_of(oc_context *x, const oc_model *model, oc_kept_answers *ret)
{
    view *v = OC_NEW(x->arena, view);
    newer own = {.path = model->path};
    v->x = x;
    v->fixed = &own;
    *ret = (oc_kept_answers){0};
    if (!oc_file_exists(oc_workspace_path(x).ptr)) return OC_OK;
    own.model = load_quietly(v, model->path, model->as_of);
    oc_status status = oc_workspace_open(x, OC_STORE_READ, &v->store);
    if (status != OC_OK) return status;
    status = oc_workspace_close(x, v->store, add_runs_of(v, model));
    ret->runs = v->scored.len;
    ret->open = v->open;
    for (size_t i = 0; i < v->scored.len; i++)
        for (size_t k = 0; k < v->scored.at[i].list.len; k++)
            if (oc_is_settled(&v->scored.at[i].list.at[k]))
                *oc_vec_push(x->arena, &ret->list) =
                    (oc_kept_answer){v->scored.at[i].list.at[k], v->scored.at[i].run->as_of};
    return status;
}
