/* The jobs of a forecast; see forecast_jobs.h. */
#include "cli/forecast_jobs.h"

#include "analysis/futures.h"

typedef struct subject {
    const oc_compiled *compiled;
    const oc_run_options *run;
    bool bands;
} subject;

/* --- chance and ignorance --- */

/* The date of the headline as a measure; NULL if it is not a date. */
static const oc_measure *main_measure(oc_arena *arena, const oc_compiled *compiled)
{
    oc_measure *measures;
    size_t count = oc_measures_of(arena, compiled, &measures);
    for (int stage = 0; stage < 2; stage++)
        for (size_t i = count; i-- > 0;)
            if (measures[i].kind == OC_MEASURE_DATE && measures[i].stage == (bool)stage) return &measures[i];
    return NULL;
}

/* With a tenth of the futures as pairs: about a fifth more work. */
static void split_spread(oc_job *job)
{
    const subject *s = job->about;
    oc_model *model = OC_NEW(&job->arena, oc_model);
    *model = *s->compiled->model;
    model->diags = &job->diags;
    oc_compiled *compiled = oc_whatif_compile(&job->arena, model, NULL);
    if (!compiled) return;
    oc_ignorance *ignorance = OC_NEW(&job->arena, oc_ignorance);
    oc_ignorance_options options = {.pairs = (s->run->runs + 9) / 10,
                                    .band = s->bands ? main_measure(&job->arena, compiled) : NULL,
                                    .seed = s->run->seed,
                                    .threads = s->run->threads,
                                    .isa = s->run->isa,
                                    .cancel = &oc_interrupted};
    if (oc_ignorance_estimate(&job->arena, compiled, &options, ignorance) == OC_OK) job->found = ignorance;
}

/* --- the outside view --- */

static void look_outside(oc_job *job)
{
    const subject *s = job->about;
    oc_asked asked;
    if (!oc_futures_main(s->compiled, &asked)) return;
    oc_outside_view *view = OC_NEW(&job->arena, oc_outside_view);
    oc_status status = oc_views_look_outside(&job->arena, &job->diags, s->compiled->model, asked.name, view);
    if (status == OC_OK && !job->diags.items.len) job->found = view;
}

void oc_forecast_add_jobs(oc_jobs *jobs, const oc_compiled *compiled, const oc_run_options *run, bool bands)
{
    const oc_model *model = compiled->model;
    subject *s = OC_NEW(model->arena, subject);
    *s = (subject){compiled, run, bands};
    if (!model->givens.len) oc_jobs_add(jobs, split_spread, s);
    if (oc_node_get(model->root, "outside")) oc_jobs_add(jobs, look_outside, s);
}

const oc_outside_view *oc_forecast_found_outside(const oc_jobs *jobs)
{
    return oc_jobs_found(jobs, look_outside);
}

const oc_ignorance *oc_forecast_found_ignorance(const oc_jobs *jobs)
{
    return oc_jobs_found(jobs, split_spread);
}
