/* A forecast from exact probabilities (exact/exact.h), in the form that sampled ones have.
 *
 * Probabilities of days become counts of 2^52 futures, so that all that reads counts works; they are rounded at the
 * 16th decimal. Standard errors are 0. */
#include <math.h>
#include <stdlib.h>

#include "analysis/forecast.h"

#define FUTURES (UINT64_C(1) << 52)

static oc_date_answer exact_date(oc_arena *arena, const oc_model *m, const oc_exact_answer *from)
{
    oc_date_answer a = {
        .as_of = m->as_of, .days = (size_t)(m->horizon - m->as_of + 1), .futures = FUTURES, .fixed = OC_DAY_NONE};
    uint64_t *counts = OC_NEW_ARRAY(arena, a.days + 1, uint64_t);
    for (size_t i = 0; i <= a.days; i++) counts[i] = (uint64_t)llround(from->days[i] * (double)FUTURES);
    a.counts = counts;
    /* A quantile that falls on the edge of two days should not depend on the last bit. */
    a.p10 = oc_date_quantile(&a, 0.1 - 1e-12);
    a.p50 = a.p50_low = a.p50_high = oc_date_quantile(&a, 0.5 - 1e-12);
    a.p90 = oc_date_quantile(&a, 0.9 - 1e-12);
    a.never = from->days[a.days];
    return a;
}

static double exact_quantile(const oc_exact_answer *from, double p)
{
    double sum = 0;
    for (size_t i = 0; i < from->value_count; i++) {
        sum += from->weights[i];
        if (sum >= p - 1e-12) return from->values[i];
    }
    return INFINITY;
}

static oc_number_answer exact_number(const oc_exact_answer *from)
{
    oc_number_answer a = {.never = from->never, .futures = FUTURES};
    double total = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < from->value_count; i++) total += from->weights[i], sum += from->weights[i] * from->values[i];
    a.mean = total > 0 ? sum / total : NAN;
    for (size_t i = 0; i < from->value_count; i++)
        squares += from->weights[i] * (from->values[i] - a.mean) * (from->values[i] - a.mean);
    a.sd = total > 0 ? sqrt(squares / total) : NAN;
    a.min = from->value_count ? from->values[0] : NAN;
    a.max = from->value_count ? from->values[from->value_count - 1] : NAN;
    double *const into[] = {&a.p05, &a.p10, &a.p25, &a.p50, &a.p75, &a.p90, &a.p95};
    static const double shares[] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
    for (size_t i = 0; i < 7; i++) *into[i] = exact_quantile(from, shares[i]);
    return a;
}

static oc_answer exact_answer(oc_arena *arena, const oc_model *m, const oc_exact_answer *from)
{
    oc_answer a = {.kind = from->kind, .type = from->type};
    switch (from->kind) {
    case OC_RESULT_DATE: a.date = exact_date(arena, m, from); break;
    case OC_RESULT_NUMBER: a.number = exact_number(from); break;
    case OC_RESULT_TRUTH: a.p = fmin(from->p, 1); break;
    case OC_RESULT_CATEGORY:
        a.shares = from->shares;
        a.share_se = OC_NEW_ARRAY(arena, from->type.category->count, double);
        break;
    }
    return a;
}

static oc_blockers exact_blockers(oc_arena *arena, const oc_compiled *c, const oc_exact *exact, size_t target)
{
    oc_blockers all = {.target = c->blockers[target].stage};
    const double *days = exact->blocker_days[target], *last = exact->blocker_last[target];
    all.list = OC_NEW_ARRAY(arena, c->reason_codes, oc_blocker);
    for (uint32_t code = 0; code + 1 < c->reason_codes; code++) all.missed += last[code];
    for (uint32_t s = 0; s < c->model->stages.len; s++) {
        for (uint32_t offset = 0; offset < c->reasons[s].codes; offset++) {
            uint32_t code = c->reasons[s].first + offset;
            oc_blocker b = {.stage = s, .last = all.missed > 0 ? last[code] / all.missed : 0};
            b.reason = offset < OC_REASON_NEEDS ? (oc_reason)offset : OC_REASON_NEEDS;
            b.needs = offset < OC_REASON_NEEDS ? 0 : offset - OC_REASON_NEEDS + 1;
            b.by_year = OC_NEW_ARRAY(arena, c->blocker_year_count, double);
            for (size_t y = 0; y < c->blocker_year_count; y++)
                b.days += b.by_year[y] = days[code * c->blocker_year_count + y];
            if (b.days <= 1e-9 && b.last <= 0) continue;
            all.total_days += b.days;
            all.list[all.count++] = b;
        }
    }
    for (size_t i = 0; i < all.count; i++)
        all.list[i].share = all.total_days > 0 ? all.list[i].days / all.total_days : 0;
    if (all.count) qsort(all.list, all.count, sizeof *all.list, oc_blocker_compare);
    return all;
}

oc_forecast *oc_forecast_exact(oc_arena *arena, oc_compiled *compiled, const oc_exact *exact)
{
    const oc_model *m = compiled->model;
    oc_forecast *f = OC_NEW(arena, oc_forecast);
    oc_result *none = OC_NEW(arena, oc_result);
    size_t samples = exact->samples ? m->variables.len * compiled->sample_count : 0;
    *f = (oc_forecast){.compiled = compiled, .result = none, .futures = FUTURES, .exact = exact};
    none->program = compiled->program;
    f->stages = OC_NEW_ARRAY(arena, m->stages.len + 1, oc_answer);
    f->questions = OC_NEW_ARRAY(arena, m->questions.len + 1, oc_answer);
    f->samples = OC_NEW_ARRAY(arena, samples + 1, oc_answer);
    f->blockers = OC_NEW_ARRAY(arena, compiled->blocker_count + 1, oc_blockers);
    for (size_t i = 0; i < m->stages.len; i++)
        if (m->stages.at[i]->done == OC_DAY_NONE) f->stages[i] = exact_answer(arena, m, &exact->stages[i]);
    for (size_t i = 0; i < m->questions.len; i++) f->questions[i] = exact_answer(arena, m, &exact->questions[i]);
    for (size_t i = 0; i < samples; i++) f->samples[i] = exact_answer(arena, m, &exact->samples[i]);
    f->blocker_count = exact->blocker_days ? compiled->blocker_count : 0;
    for (size_t i = 0; i < f->blocker_count; i++) f->blockers[i] = exact_blockers(arena, compiled, exact, i);
    if (!exact->samples) compiled->sample_count = 0;
    oc_forecast_count_literals(f);
    return f;
}
