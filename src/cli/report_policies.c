/* The scenario's policies beside the baseline, each in a job of its own; see report_maker.h.
 *
 * A policy's curve and its difference come from one short run on the same futures. Its chance is the baseline's of the
 * long run and the difference: that is known better than the policy's own share in the short one. */
#include <math.h>

#include "analysis/whatif.h"
#include "cli/forecast_view.h"
#include "cli/report_maker.h"

enum { FEWEST = 1000 };

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

static bool draw(oc_report_job *job, oc_compiled *compiled, const oc_run_options *run, oc_report_policy *ret)
{
    oc_arena *arena = &job->arena;
    oc_result result;
    if (oc_run(compiled->program, run, arena, &result) != OC_OK || result.counted < FEWEST) return false;
    oc_slice name;
    const oc_title *title;
    const oc_date_answer *answer = oc_forecast_main(oc_forecast_make(arena, compiled, &result), &name, &title);
    if (!answer) return false;
    ret->curve = oc_collect_curve(arena, answer, compiled->model->horizon);
    thin(arena, &ret->curve);
    return true;
}

static bool compare(oc_report_job *job, oc_compiled *changed, const oc_run_options *run, oc_report_policy *ret)
{
    oc_variant variants[2] = {{.compiled = job->maker->plain}, {.compiled = changed}};
    oc_whatif w;
    if (oc_whatif_run(&job->arena, variants, 2, run, &w) != OC_OK) return false;
    for (size_t i = 0; i < w.measure_count; i++) {
        if (w.measures[i].kind != OC_MEASURE_DATE || !oc_slice_equal(w.measures[i].name, job->maker->main_name)) continue;
        oc_estimate difference = w.differences[w.measure_count + i].p;
        ret->difference = difference.value;
        ret->error = difference.error;
        return true;
    }
    return false;
}

void oc_report_run_policy(oc_report_job *job)
{
    const oc_policy *policy = job->about;
    oc_model *model = oc_report_load(job, policy);
    oc_compiled *compiled = model ? oc_whatif_compile(&job->arena, model) : NULL;
    if (!compiled) return;
    oc_run_options run = job->maker->run;
    run.threads = 1;
    run.progress = NULL;
    if (run.runs > OC_REPORT_SHORT_RUNS) run.runs = OC_REPORT_SHORT_RUNS;
    oc_report_policy *found = OC_NEW(&job->arena, oc_report_policy);
    found->id = policy->name;
    found->changes = oc_arena_printf(&job->arena, "opcon whatif --policy %.*s", OC_FMT(policy->name));
    if (!draw(job, compiled, &run, found) || !compare(job, compiled, &run, found)) return;
    found->curve.label = oc_collect_title(&policy->title, policy->name);
    job->found = found;
}

void oc_report_add_policies(oc_report_maker *m, const oc_report_job *jobs, size_t count, oc_report_input *input)
{
    oc_report_policy *list = OC_NEW_ARRAY(m->x->arena, count + 1, oc_report_policy);
    double baseline = input->main.count ? input->main.p[input->main.count - 1] : 0;
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].work != oc_report_run_policy) continue;
        if (!jobs[i].found) {
            input->policies_left_out++;
            continue;
        }
        oc_report_policy *policy = &list[input->policy_count++];
        *policy = *(const oc_report_policy *)jobs[i].found;
        policy->p = fmin(fmax(baseline + policy->difference, 0), 1);
    }
    input->policies = list;
    input->policy_futures = (int64_t)(m->run.runs < OC_REPORT_SHORT_RUNS ? m->run.runs : OC_REPORT_SHORT_RUNS);
}
