/* What moves an answer: a table of futures (analysis/futures.h) and its drivers (analysis/driver_list.h), copied into
 * plain structures that stand alone. */
#include "opcon/drivers.h"

#include "analysis/driver_list.h"
#include "analysis/forecast.h"
#include "lib/loaded.h"
#include "lib/outcome.h"

enum { RUNS = 65536, LEAST = 1000, MOST_RUNS = 1 << 26 };
static const double LEVEL = 0.9;

struct oc_drivers {
    oc_home home;
    oc_drivers_info facts;
    oc_driver_info *list;
    size_t count;
};

typedef struct asking {
    oc_drivers *drivers;
    oc_home *home; /* of what is needed only while asking */
    const oc_driver_question *question;
    const oc_run_settings *settings;
    oc_loaded *loaded;
    oc_compiled *compiled;
    oc_asked asked;
    oc_futures futures;
    oc_driver_list drivers_found;
    oc_status status;
    volatile sig_atomic_t stopped;
} asking;

static void compile_body(void *context)
{
    asking *a = context;
    oc_compile_options options = {.blockers_by = OC_DAY_NONE, .keep_questions = true, .no_samples = true};
    a->compiled = oc_compile(&a->home->arena, a->loaded->model, &options);
    if (!a->compiled) a->status = OC_INPUT;
}

/* --- the question --- */

static bool choose_category(asking *a)
{
    const oc_category *category = a->asked.type.kind == OC_TYPE_CATEGORY ? a->asked.type.category : NULL;
    const char *value = a->question->category;
    if (!category || !value) return !category && !value;
    for (a->asked.level = 0; a->asked.level < category->count; a->asked.level++)
        if (oc_slice_is(category->values[a->asked.level], value)) return true;
    return false;
}

static bool choose(asking *a)
{
    const oc_driver_question *q = a->question;
    const oc_model *m = a->loaded->model;
    bool found = q->name ? oc_futures_find(a->compiled, oc_slice_of(q->name), &a->asked)
                         : oc_futures_main(a->compiled, &a->asked);
    if (!found || ((q->by != OC_DAY_NONE || q->days) && a->asked.type.kind != OC_TYPE_DATE)) return false;
    if (q->by != OC_DAY_NONE && (q->by <= m->as_of || q->by > m->horizon)) return false;
    if (q->by != OC_DAY_NONE) a->asked.by = q->by;
    a->asked.days = q->days;
    return choose_category(a);
}

static void choose_body(void *context)
{
    asking *a = context;
    a->status = choose(a) ? OC_OK : OC_USAGE;
}

/* --- the futures --- */

static void tell_progress(void *context, uint64_t done, uint64_t total)
{
    asking *a = context;
    const oc_run_settings *s = a->settings;
    if (s->progress(s->progress_context, done < total ? done : total, total)) a->stopped = 1;
}

static void run_body(void *context)
{
    asking *a = context;
    oc_run_options options = {.runs = a->settings->runs,
                              .seed = a->settings->seed,
                              .threads = a->settings->threads,
                              .progress = a->settings->progress ? tell_progress : NULL,
                              .progress_context = a,
                              .cancel = &a->stopped};
    a->status = oc_futures_collect(&a->home->arena, a->compiled, &a->asked, &options, &a->futures);
}

static void report_failure_body(void *context)
{
    asking *a = context;
    oc_forecast_report_failure(a->compiled, &a->futures.failure);
}

/* Too few futures that agree with the news. */
static void refuse_body(void *context)
{
    asking *a = context;
    oc_result counts = {.futures = a->futures.run, .counted = a->futures.rows};
    if (!a->futures.endless && oc_forecast_refuses(a->compiled, &counts)) a->status = OC_INPUT;
}

/* A body that may add to the scenario's diagnostics. */
static oc_status call(asking *a, void (*body)(void *))
{
    oc_status status = oc_home_call_both(&a->loaded->home, a->home, body, a);
    return status == OC_OK ? a->status : status;
}

static oc_status collect(asking *a)
{
    a->status = OC_OK;
    oc_status status = oc_home_call(a->home, run_body, a);
    if (status == OC_OK) status = a->status;
    return status == OC_INPUT ? call(a, report_failure_body) : status;
}

/* A date that comes in every future by the horizon still comes sooner or later. */
static bool is_settled_by_then(const asking *a)
{
    bool by_default = a->question->by == OC_DAY_NONE && !a->question->days;
    return a->asked.type.kind == OC_TYPE_DATE && by_default && !a->futures.varies && a->futures.hits;
}

static oc_drivers_found verdict(const asking *a)
{
    const oc_futures *f = &a->futures;
    if (a->asked.state == UINT32_MAX || !f->answer) return OC_DRIVERS_SETTLED;
    if (f->rows < LEAST) return OC_DRIVERS_TOO_FEW;
    switch (oc_drivers_lack(f)) {
    case OC_ANSWER_SAME: return OC_DRIVERS_SAME;
    case OC_ANSWER_RARE: return OC_DRIVERS_RARE;
    case OC_ANSWER_VARIES: break;
    }
    return OC_DRIVERS_ESTIMATED;
}

/* --- the copy --- */

static const oc_title *title_of(const oc_title *title)
{
    static const oc_title none;
    return title ? title : &none;
}

static const char *category_of(oc_home *home, oc_type type, double value)
{
    if (type.kind != OC_TYPE_CATEGORY) return "";
    return oc_home_text(home, type.category->values[(size_t)value]);
}

static oc_driver_end end_of(oc_home *home, const oc_factor *factor, const oc_tornado_end *end)
{
    return (oc_driver_end){.input = end->input,
                           .category = category_of(home, factor->type, end->input),
                           .answer = end->output.value,
                           .error = end->output.error,
                           .futures = end->futures};
}

static oc_driver_info driver_of(oc_home *home, const oc_driver_row *row)
{
    static const oc_driver_kind kinds[] = {OC_DRIVER_INPUT, OC_DRIVER_START, OC_DRIVER_TAKES, OC_DRIVER_LATER};
    const oc_factor *factor = row->factor;
    bool later = factor->kind == OC_FACTOR_LATER;
    oc_driver_info info = {.kind = kinds[factor->kind],
                           .name = oc_home_text(home, factor->name),
                           .event = later ? oc_home_text(home, factor->event->symbol->name) : "",
                           .day = later ? factor->day : OC_DAY_NONE,
                           .adds_up = factor->alone,
                           .low.category = "",
                           .high.category = ""};
    oc_outcome_titles(home, title_of(factor->title), factor->name, info.title);
    bool own_unit = factor->unit.len && factor->type.time != 1;
    info.unit = own_unit ? oc_home_text(home, factor->unit) : oc_outcome_unit(home, factor->type);
    if (row->lack != OC_DRIVER_ESTIMATED) return info;
    info.estimated = true;
    info.share = row->driver.share.estimate.value;
    info.share_error = row->driver.share.estimate.error;
    info.share_low = row->driver.share.estimate.low;
    info.share_high = row->driver.share.estimate.high;
    info.narrowing = row->driver.narrowing;
    info.effect = row->tornado.effect;
    info.low = end_of(home, factor, &row->tornado.low);
    info.high = end_of(home, factor, &row->tornado.high);
    return info;
}

static void copy_body(void *context)
{
    asking *a = context;
    oc_drivers *own = a->drivers;
    const oc_futures *f = &a->futures;
    bool date = a->asked.type.kind == OC_TYPE_DATE;
    own->facts = (oc_drivers_info){.found = verdict(a),
                                   .question = oc_home_text(&own->home, a->asked.name),
                                   .category = category_of(&own->home, a->asked.type, (double)a->asked.level),
                                   .by = date ? a->asked.by : OC_DAY_NONE,
                                   .days = a->asked.days,
                                   .mean = f->mean,
                                   .variance = f->variance,
                                   .futures = f->run,
                                   .counted = f->rows,
                                   .endless = f->endless,
                                   .seed = a->settings->seed,
                                   .complete = f->run == a->settings->runs};
    oc_outcome_titles(&own->home, title_of(a->asked.title), a->asked.name, own->facts.title);
    if (own->facts.found != OC_DRIVERS_ESTIMATED) return;
    oc_drivers_list(&a->home->arena, f, LEVEL, &a->drivers_found);
    own->facts.explained = a->drivers_found.explained;
    own->list = OC_NEW_ARRAY(&own->home.arena, a->drivers_found.count + 1, oc_driver_info);
    for (size_t i = 0; i < a->drivers_found.count; i++)
        own->list[own->count++] = driver_of(&own->home, &a->drivers_found.rows[i]);
}

/* --- all of it --- */

static oc_status ask(asking *a)
{
    oc_status status = call(a, compile_body);
    if (status == OC_OK) status = call(a, choose_body);
    if (status == OC_OK) status = collect(a);
    if (status == OC_OK && is_settled_by_then(a)) {
        a->asked.days = true;
        status = collect(a);
    }
    if (status != OC_OK && (status != OC_CANCELLED || a->futures.rows < LEAST)) return status;
    a->status = OC_OK;
    oc_status told = call(a, refuse_body);
    if (told == OC_OK) told = oc_home_call_both(&a->drivers->home, a->home, copy_body, a);
    return told == OC_OK ? status : told;
}

oc_status oc_scenario_drivers(oc_scenario *scenario, const oc_driver_question *question,
                              const oc_run_settings *settings, oc_drivers **ret_drivers)
{
    oc_run_settings own = OC_RUN_SETTINGS;
    oc_driver_question asked = OC_DRIVER_QUESTION;
    own.runs = RUNS;
    if (!ret_drivers) return OC_USAGE;
    *ret_drivers = NULL;
    if (!scenario || !oc_run_settings_read(settings, &own) || own.runs < LEAST || own.runs > MOST_RUNS) return OC_USAGE;
    if (!oc_home_settings(question, &asked, sizeof asked)) return OC_USAGE;
    asking a = {.settings = &own, .question = &asked};
    oc_status status = oc_scenario_read(scenario, &a.loaded);
    if (status != OC_OK) return status;
    const oc_memory *memory = oc_scenario_memory(scenario);
    a.drivers = oc_home_new(memory, sizeof *a.drivers, 0);
    a.home = a.drivers ? oc_home_new(memory, sizeof *a.home, 0) : NULL;
    a.loaded->holders++; /* `progress` may change or close the scenario */
    status = a.home ? ask(&a) : OC_NOMEM;
    oc_home_free(a.home);
    oc_loaded_release(a.loaded);
    if ((status == OC_OK || status == OC_CANCELLED) && a.drivers->facts.question)
        *ret_drivers = a.drivers;
    else
        oc_drivers_free(a.drivers);
    return status;
}

void oc_drivers_free(oc_drivers *drivers)
{
    oc_home_free(drivers);
}

const oc_drivers_info *oc_drivers_facts(const oc_drivers *drivers)
{
    return drivers ? &drivers->facts : NULL;
}

size_t oc_drivers_count(const oc_drivers *drivers)
{
    return drivers ? drivers->count : 0;
}

const oc_driver_info *oc_drivers_at(const oc_drivers *drivers, size_t number)
{
    return number < oc_drivers_count(drivers) ? &drivers->list[number] : NULL;
}

const oc_driver_info *oc_drivers_find(const oc_drivers *drivers, const char *name)
{
    for (size_t i = 0; name && i < oc_drivers_count(drivers); i++)
        if (strcmp(drivers->list[i].name, name) == 0) return &drivers->list[i];
    return NULL;
}
