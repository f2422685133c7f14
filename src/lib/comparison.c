/* What-ifs: an analysis (analysis/whatif.h) of two scenarios, copied into plain structures that stand alone. */
#include "opcon/comparison.h"

#include "analysis/forecast.h"
#include "analysis/whatif.h"
#include "lib/loaded.h"
#include "lib/outcome.h"

struct oc_comparison {
    oc_home home;
    oc_comparison_info facts;
    oc_difference_info *list;
    size_t count;
};

typedef struct comparing {
    oc_comparison *comparison;
    oc_home *home; /* of what is needed only while comparing */
    const oc_run_settings *settings;
    oc_loaded *loaded[2];
    oc_bridge_ways ways;
    oc_variant variants[2];
    size_t side; /* that is worked on */
    oc_whatif result;
    oc_status status;
    volatile sig_atomic_t stopped;
} comparing;

static void note_body(void *context)
{
    comparing *c = context;
    for (size_t side = 0; side < 2; side++) oc_bridge_note(&c->home->arena, &c->ways, c->loaded[side]->model);
}

static void compile_body(void *context)
{
    comparing *c = context;
    c->variants[c->side].compiled = oc_whatif_compile(&c->home->arena, c->loaded[c->side]->model, &c->ways);
    if (!c->variants[c->side].compiled) c->status = OC_INPUT;
}

/* The analysis counts chunks. */
static void tell_progress(void *context, uint64_t done, uint64_t total)
{
    comparing *c = context;
    const oc_run_settings *s = c->settings;
    if (s->progress(s->progress_context, done < total ? done * OC_CHUNK_RUNS : s->runs, s->runs)) c->stopped = 1;
}

static void run_body(void *context)
{
    comparing *c = context;
    oc_run_options options = {.runs = c->settings->runs,
                              .seed = c->settings->seed,
                              .threads = c->settings->threads,
                              .progress = c->settings->progress ? tell_progress : NULL,
                              .progress_context = c,
                              .cancel = &c->stopped};
    c->status = oc_whatif_run(&c->home->arena, c->variants, 2, &options, &c->result);
}

static void report_failure_body(void *context)
{
    comparing *c = context;
    oc_forecast_report_failure(c->variants[c->side].compiled, &c->result.failure);
}

/* Too few futures that agree with the news of a side. */
static void refuse_body(void *context)
{
    comparing *c = context;
    oc_result counts = {.futures = c->result.futures, .counted = c->result.counted[c->side]};
    if (oc_forecast_refuses(c->variants[c->side].compiled, &counts)) c->status = OC_INPUT;
}

static oc_gap gap_of(oc_estimate e)
{
    return (oc_gap){e.value, e.error, e.low, e.high};
}

static oc_estimate_kind kind_of(const oc_measure *m)
{
    switch (m->kind) {
    case OC_MEASURE_DATE: return OC_ESTIMATE_DATE;
    case OC_MEASURE_NUMBER: return OC_ESTIMATE_NUMBER;
    case OC_MEASURE_TRUTH: break;
    }
    return m->type.kind == OC_TYPE_CATEGORY ? OC_ESTIMATE_CATEGORY : OC_ESTIMATE_TRUTH;
}

static void copy_measure(comparing *c, size_t m)
{
    oc_comparison *own = c->comparison;
    const oc_measure *measure = &c->result.measures[m];
    const oc_difference *d = &c->result.differences[c->result.measure_count + m];
    oc_difference_info *info = &own->list[own->count++];
    *info = (oc_difference_info){.kind = kind_of(measure),
                                 .stage = measure->stage,
                                 .unit = oc_outcome_unit(&own->home, measure->type),
                                 .changed = d->changed,
                                 .share = gap_of(d->p),
                                 .median = gap_of(d->median),
                                 .later = gap_of(d->later),
                                 .both = d->both,
                                 .mean_gap = gap_of(d->mean)};
    info->name = oc_home_text(&own->home, measure->name);
    oc_outcome_titles(&own->home, measure->title, measure->name, info->title);
    if (info->kind == OC_ESTIMATE_CATEGORY)
        info->category = oc_home_text(&own->home, measure->type.category->values[measure->value]);
    for (size_t i = 0; i < 2; i++) {
        const oc_side *side = &c->result.sides[i * c->result.measure_count + m];
        info->p[i] = side->p, info->p_error[i] = side->p_se;
        info->p10[i] = side->p10, info->p50[i] = side->p50, info->p90[i] = side->p90;
        info->mean[i] = side->mean, info->mean_error[i] = side->mean_se, info->never[i] = side->never;
    }
}

static void copy_body(void *context)
{
    comparing *c = context;
    const oc_whatif *w = &c->result;
    oc_comparison *own = c->comparison;
    own->facts = (oc_comparison_info){.futures = w->futures,
                                      .counted = {w->counted[0], w->counted[1]},
                                      .touched = w->bit[1],
                                      .seed = c->settings->seed,
                                      .complete = w->futures == c->settings->runs};
    own->list = OC_NEW_ARRAY(&own->home.arena, w->measure_count + 1, oc_difference_info);
    for (size_t m = 0; m < w->measure_count; m++) copy_measure(c, m);
}

/* A body that may add to the diagnostics of the side worked on. */
static oc_status call_on_side(comparing *c, size_t side, void (*body)(void *))
{
    c->side = side;
    oc_status status = oc_home_call_both(&c->loaded[side]->home, c->home, body, c);
    return status == OC_OK ? c->status : status;
}

static oc_status run_both(comparing *c)
{
    oc_status status = oc_home_call(c->home, note_body, c);
    for (size_t side = 0; side < 2 && status == OC_OK; side++) status = call_on_side(c, side, compile_body);
    if (status == OC_OK) status = oc_home_call(c->home, run_body, c);
    if (status != OC_OK) return status;
    if (c->status == OC_INPUT && c->result.failure.found)
        return call_on_side(c, c->result.failed_variant, report_failure_body);
    return c->status;
}

static oc_status compare(comparing *c)
{
    oc_status ran = run_both(c);
    if (ran != OC_OK && (ran != OC_CANCELLED || !c->result.futures)) return ran;
    c->status = OC_OK;
    oc_status status = OC_OK;
    for (size_t side = 0; side < 2; side++) {
        oc_status told = call_on_side(c, side, refuse_body);
        if (status == OC_OK) status = told;
    }
    if (status == OC_OK) status = oc_home_call(&c->comparison->home, copy_body, c);
    return status == OC_OK ? ran : status;
}

oc_status oc_scenario_compare(oc_scenario *base, oc_scenario *changed, const oc_run_settings *settings,
                              oc_comparison **ret_comparison)
{
    oc_run_settings own = OC_RUN_SETTINGS;
    if (!ret_comparison) return OC_USAGE;
    *ret_comparison = NULL;
    if (!base || !changed || base == changed || !oc_run_settings_read(settings, &own)) return OC_USAGE;
    comparing c = {.settings = &own};
    oc_status first = oc_scenario_read(base, &c.loaded[0]), second = oc_scenario_read(changed, &c.loaded[1]);
    if (first != OC_OK || second != OC_OK) return first != OC_OK ? first : second;
    for (int side = 0; side < 2; side++) c.loaded[side]->holders++; /* `progress` may change or close them */
    const oc_memory *memory = oc_scenario_memory(base);
    c.comparison = oc_home_new(memory, sizeof *c.comparison, 0);
    c.home = c.comparison ? oc_home_new(memory, sizeof *c.home, 0) : NULL;
    oc_status status = c.home ? compare(&c) : OC_NOMEM;
    oc_home_free(c.home);
    for (int side = 0; side < 2; side++) oc_loaded_release(c.loaded[side]);
    if ((status == OC_OK || status == OC_CANCELLED) && c.comparison->list)
        *ret_comparison = c.comparison;
    else
        oc_comparison_free(c.comparison);
    return status;
}

void oc_comparison_free(oc_comparison *comparison)
{
    oc_home_free(comparison);
}

const oc_comparison_info *oc_comparison_facts(const oc_comparison *comparison)
{
    return comparison ? &comparison->facts : NULL;
}

size_t oc_comparison_count(const oc_comparison *comparison)
{
    return comparison ? comparison->count : 0;
}

const oc_difference_info *oc_comparison_at(const oc_comparison *comparison, size_t number)
{
    return number < oc_comparison_count(comparison) ? &comparison->list[number] : NULL;
}

const oc_difference_info *oc_comparison_find(const oc_comparison *comparison, const char *name)
{
    const oc_difference_info *found = NULL;
    for (size_t i = 0; name && i < oc_comparison_count(comparison); i++) {
        const oc_difference_info *d = &comparison->list[i];
        if ((!found || (found->stage && !d->stage)) && strcmp(d->name, name) == 0) found = d;
    }
    return found;
}
