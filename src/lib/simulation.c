/* Running in steps, and at once as a loop over steps.
 *
 * A step runs the next chunks as a run of its own and appends its result, which gives the same bits as one run
 * (run/run.h). Between steps the caller's thread is free, so progress and cancellation need no locks but one atomic
 * flag. A run of its own has a price (its threads, its first look at the values), so steps grow from one chunk for each
 * thread to LARGEST_STRIDE, and who wants no progress gets a single step. */
#include <stdatomic.h>

#include "lib/loaded.h"
#include "lib/outcome.h"

#define MOST_RUNS (UINT64_C(1) << 37)
#define LARGEST_STRIDE 4

struct oc_simulation {
    oc_home home;
    oc_loaded *loaded;
    oc_run_settings settings;
    oc_compiled *compiled;
    oc_result result; /* of chunks 0 .. next_chunk - 1 */
    uint64_t next_chunk, chunks;
    uint64_t stride;       /* chunks of the next step for each thread */
    oc_status step;        /* of the last step */
    oc_forecast *forecast; /* while an outcome is made of it */
    atomic_bool cancelled;
};

bool oc_run_settings_read(const oc_run_settings *given, oc_run_settings *own)
{
    return oc_home_settings(given, own, sizeof *own) && own->runs >= 1 && own->runs <= MOST_RUNS && own->threads >= 1 &&
           own->threads <= OC_MAX_THREADS;
}

static void compile_body(void *context)
{
    oc_simulation *s = context;
    s->compiled =
        oc_compile(&s->home.arena, s->loaded->model, &(oc_compile_options){.blockers_by = s->settings.blockers_by});
}

oc_status oc_simulation_begin(oc_scenario *scenario, const oc_run_settings *settings, oc_simulation **ret_simulation)
{
    oc_run_settings own = OC_RUN_SETTINGS;
    if (!ret_simulation) return OC_USAGE;
    *ret_simulation = NULL;
    if (!scenario || !oc_run_settings_read(settings, &own)) return OC_USAGE;
    oc_loaded *loaded;
    oc_status status = oc_scenario_read(scenario, &loaded);
    if (status != OC_OK) return status;
    oc_simulation *s = oc_home_new(oc_scenario_memory(scenario), sizeof *s, 0);
    if (!s) return OC_NOMEM;
    s->loaded = loaded;
    loaded->holders++;
    s->settings = own;
    s->chunks = oc_run_chunks(own.runs);
    s->stride = 1;
    atomic_init(&s->cancelled, false);
    status = oc_home_call_both(&loaded->home, &s->home, compile_body, s);
    if (status == OC_OK && !s->compiled) status = OC_INPUT;
    if (status == OC_OK)
        *ret_simulation = s;
    else
        oc_simulation_end(s);
    return status;
}

/* The chunk behind those of the next step. */
static uint64_t end_of_step(oc_simulation *s)
{
    uint64_t left = s->chunks - s->next_chunk, wanted = s->stride * s->settings.threads;
    if (s->stride < LARGEST_STRIDE) s->stride *= 2;
    return s->next_chunk + (wanted < left ? wanted : left);
}

static void step_body(void *context)
{
    oc_simulation *s = context;
    oc_run_options options = {.runs = s->settings.runs,
                              .seed = s->settings.seed,
                              .threads = s->settings.threads,
                              .first_chunk = s->next_chunk,
                              .last_chunk = end_of_step(s)};
    oc_arena_mark mark = oc_arena_get_mark(&s->home.arena);
    bool first = s->next_chunk == 0;
    oc_result next = {.program = s->compiled->program}, *result = first ? &s->result : &next;
    s->step = oc_run(s->compiled->program, &options, &s->home.arena, result);
    if (s->step == OC_INPUT) oc_forecast_replay_failure(s->compiled, &options, &result->failure);
    if (s->step == OC_OK) s->next_chunk = options.last_chunk;
    if (first) return;
    if (s->step == OC_OK) oc_result_append(&s->result, &next);
    oc_arena_rewind(&s->home.arena, mark);
}

oc_status oc_simulation_step(oc_simulation *simulation, bool *ret_more)
{
    if (ret_more) *ret_more = false;
    if (!simulation) return OC_USAGE;
    oc_simulation *s = simulation;
    if (s->step != OC_OK) return s->step;
    if (atomic_load(&s->cancelled)) return OC_CANCELLED;
    if (s->next_chunk == s->chunks) return OC_OK;
    oc_status status = oc_home_call_both(&s->loaded->home, &s->home, step_body, s);
    if (status != OC_OK) s->step = status;
    if (ret_more) *ret_more = s->step == OC_OK && s->next_chunk < s->chunks;
    return s->step;
}

void oc_simulation_cancel(oc_simulation *simulation)
{
    if (simulation) atomic_store(&simulation->cancelled, true);
}

uint64_t oc_simulation_done(const oc_simulation *simulation)
{
    return simulation && simulation->next_chunk ? simulation->result.futures : 0;
}

static void forecast_body(void *context)
{
    oc_simulation *s = context;
    s->forecast = NULL;
    if (!oc_forecast_refuses(s->compiled, &s->result))
        s->forecast = oc_forecast_make(&s->home.arena, s->compiled, &s->result);
}

oc_status oc_simulation_outcome(oc_simulation *simulation, oc_outcome **ret_outcome)
{
    if (ret_outcome) *ret_outcome = NULL;
    if (!simulation || !ret_outcome || !simulation->next_chunk) return OC_USAGE;
    oc_simulation *s = simulation;
    if (s->step != OC_OK) return s->step;
    oc_arena_mark mark = oc_arena_get_mark(&s->home.arena);
    oc_status status = oc_home_call_both(&s->loaded->home, &s->home, forecast_body, s);
    if (status == OC_OK && !s->forecast) status = OC_INPUT;
    if (status == OC_OK) status = oc_outcome_copy(&s->home.memory, s->forecast, &s->settings, ret_outcome);
    oc_arena_rewind(&s->home.arena, mark);
    return status;
}

void oc_simulation_end(oc_simulation *simulation)
{
    if (!simulation) return;
    oc_loaded_release(simulation->loaded);
    oc_home_free(simulation);
}

oc_status oc_scenario_run(oc_scenario *scenario, const oc_run_settings *settings, oc_outcome **ret_outcome)
{
    if (!ret_outcome) return OC_USAGE;
    *ret_outcome = NULL;
    oc_simulation *simulation;
    oc_status status = oc_simulation_begin(scenario, settings, &simulation);
    if (status != OC_OK) return status;
    const oc_run_settings *s = &simulation->settings;
    if (!s->progress) simulation->stride = simulation->chunks;
    bool more = true;
    while (status == OC_OK && more) {
        status = oc_simulation_step(simulation, &more);
        if (status == OC_OK && s->progress &&
            s->progress(s->progress_context, oc_simulation_done(simulation), s->runs) && more)
            status = OC_CANCELLED;
    }
    if (status == OC_OK || (status == OC_CANCELLED && simulation->next_chunk)) {
        oc_status made = oc_simulation_outcome(simulation, ret_outcome);
        if (made != OC_OK) status = made;
    }
    oc_simulation_end(simulation);
    return status;
}
