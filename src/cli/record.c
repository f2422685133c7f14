/* The sourced record for commands; see record.h. */
#include "cli/record.h"
#include "cli/run_options.h"

#include <math.h>

#include "base/utf8.h"
#include "run/run.h"

enum { RUNS = 4096, MOST_RUNS = 100000000 };

oc_status oc_record_open(oc_context *x, size_t argument, oc_record *ret)
{
    oc_model *model;
    oc_status status = oc_scenario_load(x, argument, &model);
    return status == OC_OK ? oc_record_of(x, model, ret) : status;
}

oc_status oc_record_of(oc_context *x, oc_model *model, oc_record *ret)
{
    *ret = (oc_record){.x = x, .model = model};
    ret->ledger = oc_ledger_of_model(x->arena, &x->diags, model);
    if (oc_diags_status(&x->diags) == OC_OK) return OC_OK;
    return oc_show_diags(x);
}

/* --- the forecast --- */

static double done_by(void *context, uint32_t stage, oc_day day)
{
    const oc_record *record = context;
    const oc_model *model = record->model;
    if (!record->done_by || !record->done_by[stage]) return NAN;
    if (day <= model->as_of) return 0;
    if (day > model->horizon) return NAN;
    return record->done_by[stage][day - model->as_of];
}

static void cumulate(oc_record *record, const oc_compiled *compiled, const oc_result *result)
{
    const oc_model *model = record->model;
    size_t days = (size_t)(model->horizon - model->as_of) + 1;
    record->done_by = OC_NEW_ARRAY(record->x->arena, model->stages.len + 1, double *);
    for (size_t i = 0; i < model->stages.len; i++) {
        const oc_result_place *place = &compiled->stages[i];
        if (place->constant_date || place->kind != OC_RESULT_DATE) continue;
        double *shares = OC_NEW_ARRAY(record->x->arena, days, double);
        uint64_t sum = 0;
        for (size_t d = 0; d < days; d++) {
            sum += result->counts[place->first + d];
            shares[d] = (double)sum / (double)result->counted;
        }
        record->done_by[i] = shares;
    }
}

oc_status oc_record_run(oc_record *record)
{
    oc_context *x = record->x;
    oc_run_options options;
    oc_status status = oc_get_run_options(x, 1000, MOST_RUNS, RUNS, &options);
    if (status != OC_OK) return status;
    oc_compiled *compiled = oc_compile(x->arena, record->model,
                                       &(oc_compile_options){.blockers_by = OC_DAY_NONE, .no_samples = true});
    if (!compiled) return oc_show_diags(x);
    oc_catch_signals();
    options.counts_only = true;
    oc_result result;
    status = oc_run(compiled->program, &options, x->arena, &result);
    oc_progress_clear(x);
    if (status == OC_INPUT) return oc_complain(x, OC_INPUT, "ledger.run-failed", NULL);
    if (status != OC_OK) return status;
    if (!result.counted) return oc_complain(x, OC_INPUT, "ledger.no-futures", NULL);
    cumulate(record, compiled, &result);
    record->futures = result.counted;
    record->forecast = (oc_ledger_forecast){done_by, record};
    return OC_OK;
}

/* --- names given by the reader --- */

oc_status oc_record_unknown(oc_record *record, const char *kind, oc_slice wrong, oc_name_set names)
{
    oc_context *x = record->x;
    oc_slice best[3];
    size_t count = oc_suggest(wrong, names.at, names.len, best);
    oc_complain(x, OC_USAGE, "E0502", OC_ARGS(OC_M(kind), OC_T(wrong)));
    for (size_t i = 0; i < count; i++) oc_complain(x, OC_USAGE, "help.did-you-mean", OC_ARGS(OC_T(best[i])));
    if (count || names.len > 30) return OC_USAGE;
    oc_text all = oc_text_in(x->arena);
    for (size_t i = 0; i < names.len; i++) oc_text_printf(&all, "%s%.*s", i ? ", " : "", OC_FMT(names.at[i]));
    return oc_complain(x, OC_USAGE, "note.allowed-here", OC_ARGS(OC_T(oc_text_slice(&all))));
}

static const char *kind_key(oc_subject_kind kind)
{
    static const char *const keys[] = {"kind.stage", "kind.matter", "kind.topic", "kind.forces", "kind.place",
                                       "kind.instrument", "kind.actor", "kind.state", "kind.subject"};
    return keys[kind];
}

oc_status oc_record_option(oc_record *record, const char *option, oc_subject_kind kind, uint32_t *ret)
{
    *ret = OC_LEDGER_NONE;
    oc_context *x = record->x;
    if (!oc_has(x, option)) return OC_OK;
    oc_slice name = oc_value_of(x, option, OC_SLICE(""));
    if (oc_ledger_subject_of(x->arena, record->ledger, kind, name, ret)) return OC_OK;
    return oc_record_unknown(record, kind_key(kind), name, oc_ledger_all_names(x->arena, record->ledger, kind));
}

oc_status oc_record_subject(oc_record *record, const char *option, oc_subject *ret, bool *ret_given)
{
    oc_context *x = record->x;
    *ret_given = oc_has(x, option);
    if (!*ret_given) return OC_OK;
    oc_slice name = oc_value_of(x, option, OC_SLICE(""));
    if (oc_ledger_subject_named(x->arena, record->ledger, name, ret)) return OC_OK;
    oc_name_set ids = oc_ledger_all_names(x->arena, record->ledger, OC_SUBJECT_KIND_COUNT);
    return oc_record_unknown(record, kind_key(OC_SUBJECT_KIND_COUNT), name, ids);
}

/* --- words for people --- */

oc_slice oc_record_day(oc_context *x, oc_day day)
{
    static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
                                         "September", "October", "November", "December"};
    oc_civil date = oc_civil_from_day(day);
    if (x->lang == OC_LANG_JA)
        return oc_arena_printf(x->arena, "%d年%d月%d日", date.year, date.month, date.day);
    if (x->lang == OC_LANG_KO)
        return oc_arena_printf(x->arena, "%d년 %d월 %d일", date.year, date.month, date.day);
    return oc_arena_printf(x->arena, "%d %s %d", date.day, months[date.month - 1], date.year);
}

oc_slice oc_record_when(const oc_record *record, const oc_when *when)
{
    if (when->kind == OC_WHEN_DATE) return when->text;
    if (when->kind == OC_WHEN_OPEN) return OC_SLICE("");
    oc_words title = oc_ledger_subject_name(record->ledger, (oc_subject){OC_SUBJECT_STAGE, when->stage});
    return title.in[record->x->lang];
}

oc_slice oc_record_actor(const oc_record *record, uint32_t actor)
{
    if (actor == OC_LEDGER_NONE) return OC_SLICE("");
    return record->ledger->actors.at[actor].name.in[record->x->lang];
}

oc_slice oc_record_actors(const oc_record *record, const oc_indices *actors)
{
    oc_text text = oc_text_in(record->x->arena);
    for (size_t i = 0; i < actors->len; i++) {
        if (i) oc_text_add(&text, oc_message(record->x->lang, "ledger.comma"));
        oc_text_add(&text, oc_record_actor(record, actors->at[i]));
    }
    return oc_text_slice(&text);
}

oc_slice oc_record_term(const oc_record *record, const oc_term *term)
{
    return term->name.in[record->x->lang];
}

oc_slice oc_record_chance(oc_context *x, double probability, int count)
{
    if (count < 0) count = (int)lround(probability * 100);
    const char *sign = probability > 0 && probability < 0.01 ? "<" : probability < 1 && probability > 0.99 ? ">" : "";
    if (*sign == '<') count = 1;
    if (*sign == '>') count = 99;
    oc_slice number = oc_arena_printf(x->arena, "%s%d", sign, count);
    return oc_say(x->arena, x->lang, "ledger.in-100", OC_ARGS(OC_T(number)));
}

oc_slice oc_record_keys(const oc_record *record, const oc_evidence *evidence)
{
    oc_text text = oc_text_in(record->x->arena);
    for (size_t i = 0; i < evidence->from.len; i++)
        oc_text_printf(&text, "%s%.*s", i ? ", " : "", OC_FMT(evidence->from.at[i]));
    return oc_text_slice(&text);
}

/* --- sources and conflicts --- */

void oc_record_cite(oc_record *record, oc_record_sources *sources, const oc_evidence *evidence)
{
    for (size_t i = 0; i < evidence->from.len; i++) {
        bool new = false;
        oc_map_insert(record->x->arena, &sources->seen, evidence->from.at[i], &new);
        if (new) *oc_vec_push(record->x->arena, &sources->keys) = evidence->from.at[i];
    }
}

/* "Publisher, 2025-11-04: title" */
static oc_slice citation(oc_record *record, oc_slice key)
{
    oc_context *x = record->x;
    const oc_source_record *source = oc_model_source(record->model, key);
    if (!source) return OC_SLICE("");
    const char *message = source->date.len ? "ledger.citation" : "ledger.citation-undated";
    return oc_say(x->arena, x->lang, message,
                  OC_ARGS(OC_T(source->publisher), OC_T(source->date), OC_T(source->title)));
}

void oc_record_list_sources(oc_record *record, oc_text *out, const oc_record_sources *sources)
{
    oc_context *x = record->x;
    if (!sources->keys.len) return;
    oc_text_byte(out, '\n');
    oc_columns table = oc_columns_of(x->arena, "ll");
    oc_columns_add(&table, oc_message(x->lang, "ledger.sources"));
    oc_columns_add(&table, OC_SLICE(""));
    for (size_t i = 0; i < sources->keys.len; i++) {
        oc_columns_add(&table, sources->keys.at[i]);
        oc_columns_add(&table, citation(record, sources->keys.at[i]));
    }
    oc_columns_print(out, &table, x->width, x->colour);
}

void oc_record_list_conflicts(oc_record *record, oc_text *out, const oc_evidence *evidence, oc_record_sources *sources)
{
    oc_lang lang = record->x->lang;
    for (size_t i = 0; i < evidence->conflicts.len; i++) {
        const oc_conflict *conflict = &record->ledger->conflicts.at[evidence->conflicts.at[i]];
        oc_record_say(record, out, 0, "ledger.conflict", OC_ARGS(OC_T(conflict->about.in[lang])));
        for (size_t k = 0; k < conflict->versions.len; k++) {
            const oc_conflict_version *version = &conflict->versions.at[k];
            oc_record_say(record, out, 2, "ledger.version",
                          OC_ARGS(OC_T(version->says.in[lang]), OC_T(oc_record_keys(record, &version->evidence))));
            oc_record_cite(record, sources, &version->evidence);
        }
        if (conflict->note.in[lang].len) oc_record_paragraph(record, out, conflict->note.in[lang], 2);
    }
}

void oc_record_add_conflicts(oc_arena *arena, oc_evidence *all, const oc_evidence *more)
{
    for (size_t i = 0; i < more->conflicts.len; i++) {
        size_t k = 0;
        while (k < all->conflicts.len && all->conflicts.at[k] != more->conflicts.at[i]) k++;
        if (k == all->conflicts.len) *oc_vec_push(arena, &all->conflicts) = more->conflicts.at[i];
    }
}

void oc_record_paragraph(oc_record *record, oc_text *out, oc_slice text, int indent)
{
    oc_columns line = oc_columns_of(record->x->arena, "l");
    line.indent = indent;
    oc_columns_add(&line, text);
    oc_columns_print(out, &line, record->x->width, false);
}

void oc_record_say(oc_record *record, oc_text *out, int indent, const char *key, const oc_arg *args)
{
    oc_record_paragraph(record, out, oc_say(record->x->arena, record->x->lang, key, args), indent);
}

/* --- JSON --- */

void oc_record_json_words(oc_json *json, const char *key, const oc_words *words)
{
    oc_json_row_object(json, key);
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) oc_json_text(json, oc_lang_code((oc_lang)lang), words->in[lang]);
    oc_json_end(json);
}

void oc_record_json_sources(oc_json *json, const char *key, const oc_evidence *evidence)
{
    oc_json_row(json, key);
    for (size_t i = 0; i < evidence->from.len; i++) oc_json_text(json, NULL, evidence->from.at[i]);
    oc_json_end(json);
}

void oc_record_json_when(const oc_record *record, oc_json *json, const char *key, const oc_when *when)
{
    if (when->kind == OC_WHEN_OPEN) oc_json_null(json, key);
    else if (when->kind == OC_WHEN_STAGE) oc_json_text(json, key, record->ledger->stages.at[when->stage].name);
    else oc_json_text(json, key, when->text);
}

const char *oc_record_precision(const oc_when *when)
{
    if (when->first == when->last) return "day";
    oc_civil a = oc_civil_from_day(when->first), b = oc_civil_from_day(when->last);
    bool whole_months = a.year == b.year && a.day == 1 && b.day == oc_days_in_month(b.year, b.month);
    if (whole_months && a.month == b.month) return "month";
    if (whole_months && a.month == 1 && b.month == 12) return "year";
    return "interval";
}
