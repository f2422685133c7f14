/* The forecast for programs: docs/format/forecast.md says what each key means. */
#include <math.h>

#include "analysis/ignorance.h"
#include "cli/forecast_view.h"
#include "cli/smooth_view.h"
#include "cli/views_view.h"

enum { MOST_STEPS = 600 };

static void json_point(oc_json *json, oc_day day, double probability)
{
    oc_json_row(json, NULL);
    oc_json_day(json, NULL, day);
    oc_json_number(json, NULL, probability);
    oc_json_end(json);
}

/* [date, probability] at every day on which it changes; of many such days, the last of each month. */
static void json_cdf(oc_json *json, const oc_date_answer *a)
{
    size_t steps = 0;
    for (size_t i = 0; i < a->days; i++) steps += a->counts[i] != 0;
    bool monthly = steps > MOST_STEPS;
    oc_json_list(json, "cdf");
    if (a->fixed != OC_DAY_NONE) {
        json_point(json, a->fixed, 1);
        oc_json_end(json);
        return;
    }
    uint64_t sum = 0;
    for (size_t i = 0; i < a->days; i++) {
        sum += a->counts[i];
        oc_day day = a->as_of + (oc_day)i;
        bool month_end = oc_civil_from_day(day + 1).day == 1, last = i + 1 == a->days;
        bool wanted = monthly ? month_end : a->counts[i] != 0;
        if (!wanted && !last) continue;
        json_point(json, day, a->futures ? (double)sum / (double)a->futures : NAN);
    }
    oc_json_end(json);
}

static void json_date(oc_json *json, const oc_date_answer *a)
{
    oc_json_day(json, "p10", a->p10);
    oc_json_day(json, "p50", a->p50);
    oc_json_day(json, "p90", a->p90);
    oc_json_row(json, "p50_interval");
    oc_json_day(json, NULL, a->p50_low);
    oc_json_day(json, NULL, a->p50_high);
    oc_json_end(json);
    oc_json_number(json, "never", a->never);
    oc_json_number(json, "never_se", a->never_se);
    json_cdf(json, a);
}

/* A number; a date of a date-like value stays a number of days. */
static void json_number(oc_json *json, const oc_number_answer *a)
{
    oc_json_number(json, "mean", a->mean);
    oc_json_number(json, "se", a->mean_se);
    oc_json_number(json, "sd", a->sd);
    oc_json_number(json, "min", a->min);
    oc_json_number(json, "max", a->max);
    oc_json_number(json, "p05", a->p05);
    oc_json_number(json, "p10", a->p10);
    oc_json_number(json, "p25", a->p25);
    oc_json_number(json, "p50", a->p50);
    oc_json_number(json, "p75", a->p75);
    oc_json_number(json, "p90", a->p90);
    oc_json_number(json, "p95", a->p95);
    oc_json_number(json, "never", a->never);
}

static void json_shares(oc_json *json, const oc_answer *a)
{
    oc_json_object(json, "shares");
    for (size_t i = 0; i < a->type.category->count; i++)
        oc_json_number_named(json, a->type.category->values[i], a->shares[i]);
    oc_json_end(json);
    oc_json_object(json, "shares_se");
    for (size_t i = 0; i < a->type.category->count; i++)
        oc_json_number_named(json, a->type.category->values[i], a->share_se[i]);
    oc_json_end(json);
}

static void json_titles(oc_json *json, const oc_title *title)
{
    if (!title->text[OC_LANG_EN].len && !title->text[OC_LANG_JA].len && !title->text[OC_LANG_KO].len) return;
    oc_json_object(json, "title");
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        if (title->text[lang].len) oc_json_text(json, oc_lang_code((oc_lang)lang), title->text[lang]);
    oc_json_end(json);
}

/* How much of the answer's variance is ignorance and how much chance. */
static void json_spread(oc_json *json, const oc_spread *spread)
{
    oc_json_row_object(json, "spread");
    oc_json_number(json, "ignorance", spread->ignorance);
    oc_json_number(json, "chance", spread->chance);
    oc_json_number(json, "se", spread->se);
    oc_json_end(json);
}

/* [date, low, high]: shares of 5 and 95 % of the sets of inputs. */
static void json_band(oc_json *json, const oc_forecast *f)
{
    if (!f->ignorance || !f->ignorance->band_count) return;
    oc_slice name;
    const oc_title *title;
    oc_forecast_main(f, &name, &title);
    oc_json_object(json, "band");
    oc_json_text(json, "of", name);
    oc_json_number(json, "level", 0.9);
    oc_json_list(json, "points");
    for (size_t i = 0; i < f->ignorance->band_count; i++) {
        oc_json_row(json, NULL);
        oc_json_day(json, NULL, f->ignorance->band[i].day);
        oc_json_number(json, NULL, f->ignorance->band[i].low);
        oc_json_number(json, NULL, f->ignorance->band[i].high);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_end(json);
}

static void json_answer(oc_json *json, const oc_answer *a)
{
    static const char *const kinds[] = {"number", "date", "truth", "category"};
    oc_json_text(json, "kind", oc_slice_of(kinds[a->kind]));
    switch (a->kind) {
    case OC_RESULT_TRUTH:
        oc_json_number(json, "p", a->p);
        oc_json_number(json, "se", a->se);
        oc_json_number(json, "mean", a->p);
        oc_json_number(json, "sd", sqrt(a->p * (1 - a->p)));
        break;
    case OC_RESULT_DATE: json_date(json, &a->date); break;
    case OC_RESULT_CATEGORY: json_shares(json, a); break;
    case OC_RESULT_NUMBER:
        if (a->type.time == 1)
            oc_json_text(json, "unit", OC_SLICE("days"));
        else if (a->type.unit.len)
            oc_json_text(json, "unit", a->type.unit);
        json_number(json, &a->number);
        break;
    }
}

static void json_blockers(oc_json *json, oc_context *x, const oc_forecast *f)
{
    static const char *const reasons[] = {"calendar", "not_held", "too_early", "chance", "needs"};
    const oc_model *m = f->compiled->model;
    oc_json_object(json, "blockers");
    for (size_t i = 0; i < f->blocker_count; i++) {
        const oc_blockers *all = &f->blockers[i];
        oc_json_list_named(json, m->stages.at[all->target]->symbol->name);
        for (size_t k = 0; k < all->count; k++) {
            const oc_blocker *b = &all->list[k];
            const oc_stage *stage = m->stages.at[b->stage];
            oc_json_object(json, NULL);
            oc_json_text(json, "stage", stage->symbol->name);
            oc_json_text(json, "reason", oc_slice_of(reasons[b->reason]));
            oc_json_row(json, "needs");
            for (size_t n = 0; n < stage->needs.len; n++)
                if (b->needs & (1u << n)) oc_json_text(json, NULL, stage->needs.at[n].label);
            oc_json_end(json);
            oc_json_text(json, "text", oc_blocker_text(x->arena, m, b, x->lang));
            oc_json_number(json, "share", b->share);
            oc_json_number(json, "days", b->days);
            oc_json_number(json, "last_share", b->last);
            oc_json_row_object(json, "days_by_year");
            for (size_t y = 0; y < f->compiled->blocker_year_count; y++) {
                int year = oc_civil_from_day(f->compiled->blocker_years[y]).year;
                oc_json_number_named(json, oc_arena_printf(x->arena, "%d", year), b->by_year[y]);
            }
            oc_json_end(json);
            oc_json_end(json);
        }
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void json_variables(oc_json *json, const oc_forecast *f)
{
    const oc_model *m = f->compiled->model;
    size_t days = f->compiled->sample_count;
    oc_json_object(json, "variables");
    for (size_t v = 0; v < m->variables.len && days; v++) {
        oc_json_list_named(json, m->variables.at[v]->symbol->name);
        for (size_t d = 0; d < days; d++) {
            const oc_answer *a = &f->samples[v * days + d];
            oc_json_object(json, NULL);
            oc_json_day(json, "date", f->compiled->sample_days[d]);
            if (a->kind == OC_RESULT_NUMBER) {
                oc_json_number(json, "p05", a->number.p05);
                oc_json_number(json, "p25", a->number.p25);
                oc_json_number(json, "p50", a->number.p50);
                oc_json_number(json, "p75", a->number.p75);
                oc_json_number(json, "p95", a->number.p95);
                oc_json_number(json, "mean", a->number.mean);
            } else if (a->kind == OC_RESULT_CATEGORY) {
                json_shares(json, a);
            } else if (a->kind == OC_RESULT_TRUTH) {
                oc_json_number(json, "p", a->p);
            } else {
                oc_json_day(json, "p50", a->date.p50);
                oc_json_number(json, "never",
                               a->date.futures ? (double)a->date.counts[a->date.days] / (double)a->date.futures : NAN);
            }
            oc_json_end(json);
        }
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void json_hex(oc_json *json, oc_context *x, const char *key, uint64_t value)
{
    oc_json_text(json, key, oc_arena_printf(x->arena, "%016llx", (unsigned long long)value));
}

/* What was run, and on which days the answers lie. */
static void json_head(oc_json *json, oc_context *x, const oc_forecast *f, const oc_run_options *options)
{
    const oc_model *m = f->compiled->model;
    const oc_result *r = f->result;
    oc_json_text(json, "opcon", OC_SLICE(OC_VERSION));
    oc_json_text(json, "scenario", m->name);
    json_titles(json, &m->title);
    json_hex(json, x, "digest", f->compiled->digest);
    oc_json_bool(json, "exact", f->exact != NULL);
    if (f->exact) {
        oc_json_number(json, "counted_share", f->exact->counted);
        oc_json_unsigned(json, "states", f->exact->most_states);
    } else {
        json_hex(json, x, "results_digest", r->digest);
        oc_json_unsigned(json, "seed", options->seed);
        oc_json_unsigned(json, "runs", r->futures);
        oc_json_unsigned(json, "counted", r->counted);
        oc_json_bool(json, "complete", r->futures == options->runs);
    }
    oc_json_day(json, "as_of", m->as_of);
    oc_json_day(json, "horizon", m->horizon);
}

static void json_stages(oc_json *json, const oc_forecast *f)
{
    const oc_model *m = f->compiled->model;
    oc_json_object(json, "stages");
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *s = m->stages.at[i];
        oc_json_object_named(json, s->symbol->name);
        json_titles(json, &s->title);
        oc_json_day(json, "done", s->done);
        if (s->done == OC_DAY_NONE) {
            json_date(json, &f->stages[i].date);
            if (f->ignorance && f->ignorance->pairs) json_spread(json, &f->ignorance->stages[i]);
        } else {
            oc_json_day(json, "p10", s->done);
            oc_json_day(json, "p50", s->done);
            oc_json_day(json, "p90", s->done);
            oc_json_number(json, "never", 0);
            oc_json_list(json, "cdf");
            json_point(json, s->done, 1);
            oc_json_end(json);
        }
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void json_questions(oc_json *json, const oc_forecast *f)
{
    const oc_model *m = f->compiled->model;
    oc_json_object(json, "questions");
    for (size_t i = 0; i < m->questions.len; i++) {
        oc_json_object_named(json, m->questions.at[i]->name);
        json_titles(json, &m->questions.at[i]->title);
        json_answer(json, &f->questions[i]);
        if (f->ignorance && f->ignorance->pairs) json_spread(json, &f->ignorance->questions[i]);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void json_provenance(oc_json *json, const oc_forecast *f)
{
    const oc_model *m = f->compiled->model;
    oc_json_object(json, "provenance");
    oc_json_unsigned(json, "sourced", f->sourced);
    oc_json_unsigned(json, "judgement", f->judged);
    oc_json_unsigned(json, "bare", f->bare);
    oc_json_list(json, "hindsight");
    for (size_t i = 0; i < m->hindsight.len; i++) oc_json_text(json, NULL, m->hindsight.at[i]);
    oc_json_end(json);
    oc_json_end(json);
}

static void json_timing(oc_json *json, const oc_result *r)
{
    oc_json_object(json, "timing");
    oc_json_number(json, "sampling_seconds", r->seconds);
    oc_json_number(json, "trajectories_per_second", r->seconds > 0 ? (double)r->futures / r->seconds : NAN);
    oc_json_unsigned(json, "threads", r->threads);
    oc_json_text(json, "isa", oc_slice_of(oc_isa_name(r->isa)));
    oc_json_end(json);
}

oc_slice oc_forecast_json(oc_context *x, const oc_forecast *f, const oc_run_options *options, const oc_views *views)
{
    oc_json json = oc_json_in(x->arena);
    oc_json_object(&json, NULL);
    json_head(&json, x, f, options);
    json_stages(&json, f);
    json_questions(&json, f);
    json_band(&json, f);
    oc_smooth_json(&json, f->smooth);
    json_blockers(&json, x, f);
    json_variables(&json, f);
    if (views) oc_views_json(&json, views);
    json_provenance(&json, f);
    if (!f->exact) json_timing(&json, f->result);
    oc_json_end(&json);
    return oc_json_done(&json);
}

oc_slice oc_forecast_csv(oc_context *x, const oc_forecast *f)
{
    const oc_model *m = f->compiled->model;
    oc_text out = oc_text_in(x->arena);
    oc_text_lit(&out, "date,stage,probability\n");
    for (size_t i = 0; i < m->stages.len; i++) {
        if (m->stages.at[i]->done != OC_DAY_NONE) continue;
        const oc_date_answer *a = &f->stages[i].date;
        uint64_t sum = 0;
        for (size_t d = 0; d < a->days; d++) {
            sum += a->counts[d];
            oc_day day = a->as_of + (oc_day)d;
            if (oc_civil_from_day(day + 1).day != 1 && d + 1 != a->days) continue;
            oc_text_day(&out, day);
            oc_text_byte(&out, ',');
            oc_text_csv_field(&out, m->stages.at[i]->symbol->name);
            oc_text_byte(&out, ',');
            oc_text_number(&out, a->futures ? (double)sum / (double)a->futures : NAN);
            oc_text_byte(&out, '\n');
        }
    }
    return oc_text_slice(&out);
}
