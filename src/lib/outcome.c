/* Outcomes: a forecast (analysis/forecast.h) copied into plain structures, with titles in all languages, so that it
 * stands alone. */
#include "lib/outcome.h"

struct oc_outcome {
    oc_home home;
    oc_outcome_info facts;
    oc_estimate_info *stages, *questions;
    size_t stage_count, question_count;
    oc_blocker_info *blockers;
    size_t blocker_count;
};

typedef struct copying {
    oc_outcome *outcome;
    const oc_forecast *forecast;
} copying;

void oc_outcome_titles(oc_home *home, const oc_title *title, oc_slice name, const char **ret)
{
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        ret[lang] = oc_home_text(home, oc_title_in(title, (oc_lang)lang, name));
}

const char *oc_outcome_unit(oc_home *home, oc_type type)
{
    return type.time == 1 ? "days" : oc_home_text(home, type.unit);
}

static oc_estimate_info estimate_of(oc_home *home, oc_slice name, const oc_title *title)
{
    oc_estimate_info e = {.p10 = OC_DAY_NONE,
                          .p50 = OC_DAY_NONE,
                          .p90 = OC_DAY_NONE,
                          .p50_low = OC_DAY_NONE,
                          .p50_high = OC_DAY_NONE,
                          .known = OC_DAY_NONE,
                          .unit = ""};
    e.name = oc_home_text(home, name);
    oc_outcome_titles(home, title, name, e.title);
    return e;
}

static void copy_known(oc_estimate_info *e, oc_day day)
{
    e->kind = OC_ESTIMATE_DATE;
    e->p10 = e->p50 = e->p90 = e->p50_low = e->p50_high = e->known = day;
}

static void copy_date(oc_home *home, const oc_date_answer *a, oc_estimate_info *e)
{
    if (a->fixed != OC_DAY_NONE) {
        copy_known(e, a->fixed);
        return;
    }
    e->kind = OC_ESTIMATE_DATE;
    e->p10 = a->p10;
    e->p50 = a->p50;
    e->p90 = a->p90;
    e->p50_low = a->p50_low;
    e->p50_high = a->p50_high;
    e->never = a->never;
    e->never_error = a->never_se;
    double *done_by = OC_NEW_ARRAY(&home->arena, a->days + 1, double);
    uint64_t sum = 0;
    for (size_t day = 0; day < a->days; day++) {
        sum += a->counts[day];
        done_by[day] = a->futures ? (double)sum / (double)a->futures : 0;
    }
    e->day_count = a->days;
    e->done_by = done_by;
}

static void copy_number(oc_home *home, const oc_answer *answer, oc_estimate_info *e)
{
    const oc_number_answer *a = &answer->number;
    e->kind = OC_ESTIMATE_NUMBER;
    e->unit = oc_outcome_unit(home, answer->type);
    e->mean = a->mean;
    e->mean_error = a->mean_se;
    e->deviation = a->sd;
    e->least = a->min;
    e->greatest = a->max;
    e->q05 = a->p05;
    e->q10 = a->p10;
    e->q25 = a->p25;
    e->q50 = a->p50;
    e->q75 = a->p75;
    e->q90 = a->p90;
    e->q95 = a->p95;
    e->never = a->never;
}

static void copy_shares(oc_home *home, const oc_answer *a, oc_estimate_info *e)
{
    size_t count = a->type.category->count;
    const char **names = OC_NEW_ARRAY(&home->arena, count + 1, const char *);
    double *shares = OC_NEW_ARRAY(&home->arena, count + 1, double),
           *errors = OC_NEW_ARRAY(&home->arena, count + 1, double);
    for (size_t i = 0; i < count; i++) {
        names[i] = oc_home_text(home, a->type.category->values[i]);
        shares[i] = a->shares[i];
        errors[i] = a->share_se[i];
    }
    e->kind = OC_ESTIMATE_CATEGORY;
    e->category_count = count;
    e->categories = names;
    e->shares = shares;
    e->share_errors = errors;
}

static void copy_answer(oc_home *home, const oc_answer *a, oc_estimate_info *e)
{
    switch (a->kind) {
    case OC_RESULT_DATE: copy_date(home, &a->date, e); break;
    case OC_RESULT_NUMBER: copy_number(home, a, e); break;
    case OC_RESULT_CATEGORY: copy_shares(home, a, e); break;
    case OC_RESULT_TRUTH:
        e->kind = OC_ESTIMATE_TRUTH;
        e->p = a->p;
        e->p_error = a->se;
        break;
    }
}

static void copy_blockers(oc_home *home, const oc_forecast *f, oc_outcome *outcome)
{
    static const char *const reasons[] = {"calendar", "not_held", "too_early", "chance", "needs"};
    const oc_model *m = f->compiled->model;
    size_t count = 0;
    for (size_t i = 0; i < f->blocker_count; i++) count += f->blockers[i].count;
    outcome->blockers = OC_NEW_ARRAY(&home->arena, count + 1, oc_blocker_info);
    for (size_t i = 0; i < f->blocker_count; i++) {
        const oc_blockers *all = &f->blockers[i];
        const char *target = oc_home_text(home, m->stages.at[all->target]->symbol->name);
        for (size_t k = 0; k < all->count; k++) {
            const oc_blocker *b = &all->list[k];
            oc_blocker_info *info = &outcome->blockers[outcome->blocker_count++];
            *info = (oc_blocker_info){.target = target,
                                      .reason = reasons[b->reason],
                                      .share = b->share,
                                      .days = b->days,
                                      .last_share = b->last};
            info->stage = oc_home_text(home, m->stages.at[b->stage]->symbol->name);
            for (int lang = 0; lang < OC_LANG_COUNT; lang++)
                info->text[lang] = oc_home_text(home, oc_blocker_text(&home->arena, m, b, (oc_lang)lang));
        }
    }
}

static void copy_body(void *context)
{
    copying *c = context;
    oc_outcome *o = c->outcome;
    const oc_forecast *f = c->forecast;
    const oc_model *m = f->compiled->model;
    o->stages = OC_NEW_ARRAY(&o->home.arena, m->stages.len + 1, oc_estimate_info);
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *stage = m->stages.at[i];
        oc_estimate_info *e = &o->stages[o->stage_count++];
        *e = estimate_of(&o->home, stage->symbol->name, &stage->title);
        if (stage->done != OC_DAY_NONE)
            copy_known(e, stage->done);
        else
            copy_answer(&o->home, &f->stages[i], e);
    }
    o->questions = OC_NEW_ARRAY(&o->home.arena, m->questions.len + 1, oc_estimate_info);
    for (size_t i = 0; i < m->questions.len; i++) {
        const oc_question *question = m->questions.at[i];
        oc_estimate_info *e = &o->questions[o->question_count++];
        *e = estimate_of(&o->home, question->name, &question->title);
        copy_answer(&o->home, &f->questions[i], e);
    }
    copy_blockers(&o->home, f, o);
}

oc_status oc_outcome_copy(const oc_memory *memory, const oc_forecast *forecast, const oc_run_settings *settings,
                          oc_outcome **ret)
{
    oc_outcome *outcome = oc_home_new(memory, sizeof *outcome, 0);
    if (!outcome) return OC_NOMEM;
    const oc_result *result = forecast->result;
    const oc_model *model = forecast->compiled->model;
    outcome->facts = (oc_outcome_info){
        result->futures, result->counted, settings->seed, result->digest, result->futures == settings->runs,
        model->as_of,    model->horizon};
    oc_status status = oc_home_call(&outcome->home, copy_body, &(copying){outcome, forecast});
    if (status == OC_OK)
        *ret = outcome;
    else
        oc_outcome_free(outcome);
    return status;
}

void oc_outcome_free(oc_outcome *outcome)
{
    oc_home_free(outcome);
}

const oc_outcome_info *oc_outcome_facts(const oc_outcome *outcome)
{
    return outcome ? &outcome->facts : NULL;
}

size_t oc_outcome_stage_count(const oc_outcome *outcome)
{
    return outcome ? outcome->stage_count : 0;
}

const oc_estimate_info *oc_outcome_stage(const oc_outcome *outcome, size_t number)
{
    return number < oc_outcome_stage_count(outcome) ? &outcome->stages[number] : NULL;
}

size_t oc_outcome_question_count(const oc_outcome *outcome)
{
    return outcome ? outcome->question_count : 0;
}

const oc_estimate_info *oc_outcome_question(const oc_outcome *outcome, size_t number)
{
    return number < oc_outcome_question_count(outcome) ? &outcome->questions[number] : NULL;
}

const oc_estimate_info *oc_outcome_find(const oc_outcome *outcome, const char *name)
{
    if (!outcome || !name) return NULL;
    for (size_t i = 0; i < outcome->question_count; i++)
        if (strcmp(outcome->questions[i].name, name) == 0) return &outcome->questions[i];
    for (size_t i = 0; i < outcome->stage_count; i++)
        if (strcmp(outcome->stages[i].name, name) == 0) return &outcome->stages[i];
    return NULL;
}

size_t oc_outcome_blocker_count(const oc_outcome *outcome)
{
    return outcome ? outcome->blocker_count : 0;
}

const oc_blocker_info *oc_outcome_blocker(const oc_outcome *outcome, size_t number)
{
    return number < oc_outcome_blocker_count(outcome) ? &outcome->blockers[number] : NULL;
}
