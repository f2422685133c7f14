/* The scenario's policies beside the baseline, each in a job of its own; see report_maker.h.
 *
 * A policy's difference comes from one short run on the same futures, day by day. Its chance is the baseline's of the
 * long run and the difference: that is known better than the policy's own share in the short one. Example: 0.664 by the
 * horizon under the policy and 0.646 without it in 8,192 futures, 0.668 without it in 100,000: drawn and said is 0.686.
 */
#include <math.h>

#include "cli/kept_text.h"
#include "cli/report_maker.h"
#include "run/crew.h"

enum { FEWEST = 1000 };

/* The curve moved to where the long run has the baseline; it never falls. */
static void rest_on(oc_arena *arena, oc_report_curve *curve, const oc_report_curve *near, const oc_report_curve *far)
{
    oc_chart_curve before = {.days = near->days, .p = near->p, .count = near->count};
    oc_chart_curve known = {.days = far->days, .p = far->p, .count = far->count};
    double *values = OC_NEW_ARRAY(arena, curve->count + 1, double), least = 0;
    for (size_t i = 0; i < curve->count; i++) {
        double moved =
            curve->p[i] + oc_chart_curve_at(&known, curve->days[i]) - oc_chart_curve_at(&before, curve->days[i]);
        values[i] = least = fmin(fmax(moved, least), 1);
    }
    curve->p = values;
}

/* A point in three is enough for the small drawings. */
static void thin(oc_arena *arena, oc_report_curve *curve)
{
    oc_day *days = OC_NEW_ARRAY(arena, curve->count + 1, oc_day);
    double *values = OC_NEW_ARRAY(arena, curve->count + 1, double);
    size_t count = 0;
    for (size_t i = 0; i < curve->count; i++) {
        if (i % 3 && i + 1 < curve->count) continue;
        days[count] = curve->days[i];
        values[count++] = curve->p[i];
    }
    curve->days = days;
    curve->p = values;
    curve->count = count;
}

/* --- the main date, future by future --- */

static oc_report_dates *read_dates(oc_arena *arena, const oc_compiled *compiled, const oc_report_maker *m,
                                   size_t futures)
{
    oc_measure *all, *measure = NULL;
    size_t count = oc_measures_of(arena, compiled, &all);
    for (size_t i = 0; i < count && !measure; i++)
        if (all[i].kind == OC_MEASURE_DATE && oc_slice_equal(all[i].name, m->main_name)) measure = &all[i];
    oc_measure_place place;
    oc_engine *engine = oc_engine_new(arena, compiled->program, OC_ISA_AUTO);
    if (!measure || !engine || !oc_measure_find(compiled, measure, &place)) return NULL;
    oc_report_dates *dates = OC_NEW(arena, oc_report_dates);
    size_t batches = (futures + OC_LANES - 1) / OC_LANES;
    dates->day = OC_NEW_ARRAY(arena, batches * OC_LANES, double);
    dates->counted = OC_NEW_ARRAY(arena, batches * OC_LANES, bool);
    dates->futures = futures;
    for (size_t k = 0; k < batches; k++) {
        oc_failure ignored;
        oc_batch batch = {.seed = m->run.seed, .index = (uint32_t)k, .live = OC_LANES};
        if (!oc_engine_follow(engine, &batch, &ignored)) return NULL;
        oc_measure_read(engine, compiled, measure, place, dates->day + k * OC_LANES);
        uint16_t news = compiled->program->given;
        const oc_truth *given = news == OC_NONE ? NULL : oc_engine_truths(engine, news);
        for (size_t lane = 0; lane < OC_LANES; lane++)
            dates->counted[k * OC_LANES + lane] = !given || given[lane];
    }
    return dates;
}

static size_t futures_of(const oc_report_maker *m)
{
    return m->run.runs < OC_REPORT_SHORT_RUNS ? (size_t)m->run.runs : OC_REPORT_SHORT_RUNS;
}

void oc_report_run_baseline(oc_job *job)
{
    const oc_report_maker *m = job->maker;
    job->found = read_dates(&job->arena, m->plain, m, futures_of(m));
}

/* Futures that count, and those of them in which the date comes. */
static void share_of(const oc_report_dates *dates, double *ret_counted, double *ret_share)
{
    size_t counted = 0, came = 0;
    for (size_t i = 0; i < dates->futures; i++) {
        counted += dates->counted[i];
        came += dates->counted[i] && isfinite(dates->day[i]);
    }
    *ret_counted = (double)counted;
    *ret_share = counted ? (double)came / (double)counted : 0;
}

/* The difference of two ratios on the same futures and its standard error by linearisation, as analysis/whatif.h has
 * it. */
static void compare(const oc_report_dates *before, const oc_report_dates *after, oc_report_policy *ret)
{
    double g0, g1, r0, r1, squares = 0;
    share_of(before, &g0, &r0);
    share_of(after, &g1, &r1);
    for (size_t i = 0; i < before->futures; i++) {
        double z1 = after->counted[i] ? (isfinite(after->day[i]) - r1) / g1 : 0;
        double z0 = before->counted[i] ? (isfinite(before->day[i]) - r0) / g0 : 0;
        squares += (z1 - z0) * (z1 - z0);
    }
    ret->difference = r1 - r0;
    ret->error = sqrt(squares);
}

static oc_report_curve curve_of(oc_arena *arena, const oc_report_dates *dates, const oc_model *model)
{
    oc_date_answer answer = {
        .as_of = model->as_of, .days = (size_t)(model->horizon - model->as_of + 1), .fixed = OC_DAY_NONE};
    uint64_t *counts = OC_NEW_ARRAY(arena, answer.days + 1, uint64_t);
    for (size_t i = 0; i < dates->futures; i++) {
        if (!dates->counted[i]) continue;
        answer.futures++;
        counts[isfinite(dates->day[i]) ? (size_t)fmax(dates->day[i] - (double)model->as_of, 0) : answer.days]++;
    }
    answer.counts = counts;
    return oc_collect_curve(arena, &answer, model->horizon);
}

/* The first futures one by one; NULL if there are fewer. */
static const int32_t *firsts_of(oc_arena *arena, const oc_report_dates *dates, oc_day as_of)
{
    if (!dates || dates->futures < OC_REPORT_FIRSTS) return NULL;
    int32_t *firsts = OC_NEW_ARRAY(arena, OC_REPORT_FIRSTS, int32_t);
    for (size_t i = 0; i < OC_REPORT_FIRSTS; i++) {
        bool comes = isfinite(dates->day[i]);
        firsts[i] = comes ? (int32_t)fmax(dates->day[i] - (double)as_of, 0) : OC_REPORT_NEVER;
        if (!dates->counted[i]) firsts[i] = OC_REPORT_LEFT_OUT;
    }
    return firsts;
}

typedef struct policy_run {
    oc_model *model;
    const oc_policy *of;
    oc_report_policy policy;
    const oc_report_dates *dates; /* NULL: nothing can be said */
} policy_run;

static void follow(oc_arena *arena, const oc_report_maker *m, const oc_bridge_ways *ways, policy_run *run)
{
    oc_compiled *compiled = oc_whatif_compile(arena, run->model, ways);
    oc_report_dates *dates = compiled ? read_dates(arena, compiled, m, futures_of(m)) : NULL;
    double counted = 0, share;
    if (dates) share_of(dates, &counted, &share);
    run->dates = counted < FEWEST ? NULL : dates;
    if (!run->dates) return;
    oc_report_policy *found = &run->policy;
    *found = (oc_report_policy){.id = run->of->name, .curve = curve_of(arena, dates, run->model)};
    found->curve.label = oc_collect_title(arena, &run->of->title, run->of->name);
    found->firsts = firsts_of(arena, dates, run->model->as_of);
}

void oc_report_run_policy(oc_job *job)
{
    oc_model *model = oc_report_load(job, job->about);
    if (!model) return;
    policy_run *run = OC_NEW(&job->arena, policy_run);
    *run = (policy_run){.model = model, .of = job->about};
    follow(&job->arena, job->maker, NULL, run);
    job->found = run;
}

/* Each job has compiled its model alone. If a policy changes how a path can be drawn (model/bridge.h), all of them are
 * followed once more, on futures that they have in common. */
static void share_futures(oc_report_maker *m, const oc_job *jobs, size_t count)
{
    oc_arena *arena = m->x->arena;
    oc_bridge_ways *ways = OC_NEW(arena, oc_bridge_ways);
    oc_bridge_note(arena, ways, m->model);
    bool differ = false;
    for (size_t i = 0; i < count; i++) {
        const policy_run *run = jobs[i].found;
        if (jobs[i].work == oc_report_run_policy && run && oc_bridge_note(arena, ways, run->model)) differ = true;
    }
    if (!differ || !m->baseline) return;
    oc_model *base = OC_NEW(arena, oc_model);
    *base = *m->model;
    base->diags = oc_quiet_diags(m->x, arena);
    oc_compiled *compiled = oc_whatif_compile(arena, base, ways);
    m->baseline = compiled ? read_dates(arena, compiled, m, futures_of(m)) : NULL;
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].work != oc_report_run_policy || !jobs[i].found) continue;
        policy_run *run = jobs[i].found;
        run->model->diags = base->diags;
        follow(arena, m, ways, run);
    }
}

void oc_report_add_policies(oc_report_maker *m, const oc_jobs *all, oc_report_input *input)
{
    size_t count;
    const oc_job *jobs = oc_jobs_all(all, &count);
    oc_report_policy *list = OC_NEW_ARRAY(m->x->arena, count + 1, oc_report_policy);
    oc_report_curve before = {0};
    share_futures(m, jobs, count);
    if (m->baseline) before = curve_of(m->x->arena, m->baseline, m->model);
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].work != oc_report_run_policy) continue;
        const policy_run *run = jobs[i].found;
        if (!run || !run->dates || !m->baseline) {
            input->policies_left_out++;
            continue;
        }
        oc_report_policy *policy = &list[input->policy_count++];
        *policy = run->policy;
        compare(m->baseline, run->dates, policy);
        rest_on(m->x->arena, &policy->curve, &before, &input->main);
        policy->p = policy->curve.count ? policy->curve.p[policy->curve.count - 1] : 0;
        thin(m->x->arena, &policy->curve);
    }
    input->firsts = firsts_of(m->x->arena, m->baseline, m->model->as_of);
    input->policies = list;
    input->policy_futures = m->baseline ? (int64_t)m->baseline->futures : 0;
}
