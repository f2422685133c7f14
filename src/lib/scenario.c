/* Scenarios: opened, changed, read.
 *
 * A handle keeps what was asked for (path or bytes, changes); what was read from it is an oc_loaded with an arena of
 * its own, made at the first need and thrown away at the next change. Simulations hold it too, so that a change does
 * not pull the model from under them. */
#include "authority/of_model.h"
#include "lib/loaded.h"

#define MOST_BYTES ((size_t)512 << 20)

typedef enum change_kind { CHANGE_SET, CHANGE_FORCE, CHANGE_GIVEN, CHANGE_POLICY } change_kind;

typedef struct edit {
    change_kind kind;
    oc_slice text;
} edit;

struct oc_scenario {
    oc_home home;
    oc_arena_mark opened;
    oc_slice path, bytes; /* bytes.ptr NULL: to be read from the path */
    oc_day as_of;
    OC_VEC(edit) changes;
    oc_loaded *loaded;
};

const oc_memory *oc_scenario_memory(const oc_scenario *scenario)
{
    return &scenario->home.memory;
}

void oc_loaded_release(oc_loaded *loaded)
{
    if (loaded && --loaded->holders == 0) oc_home_free(loaded);
}

static void unload(oc_scenario *scenario)
{
    oc_loaded_release(scenario->loaded);
    scenario->loaded = NULL;
}

/* --- opening --- */

typedef struct opening {
    oc_scenario *scenario;
    const char *path;
    oc_slice bytes;
} opening;

static void open_body(void *context)
{
    opening *o = context;
    oc_scenario *s = o->scenario;
    s->path = oc_arena_copy(&s->home.arena, oc_slice_of(o->path));
    if (o->bytes.ptr) s->bytes = oc_arena_copy(&s->home.arena, o->bytes);
    s->as_of = OC_DAY_NONE;
    s->opened = oc_arena_get_mark(&s->home.arena);
}

static oc_status open_scenario(const oc_memory *memory, const char *path, oc_slice bytes, oc_scenario **ret)
{
    if (ret) *ret = NULL;
    if (!path || !ret) return OC_USAGE;
    oc_scenario *scenario = oc_home_new(memory, sizeof *scenario, 0);
    if (!scenario) return OC_NOMEM;
    oc_status status = oc_home_call(&scenario->home, open_body, &(opening){scenario, path, bytes});
    if (status == OC_OK)
        *ret = scenario;
    else
        oc_scenario_close(scenario);
    return status;
}

oc_status oc_scenario_open(const oc_memory *memory, const char *path, oc_scenario **ret_scenario)
{
    return open_scenario(memory, path, (oc_slice){NULL, 0}, ret_scenario);
}

oc_status oc_scenario_open_bytes(const oc_memory *memory, const char *name, const void *bytes, size_t size,
                                 oc_scenario **ret_scenario)
{
    if (!bytes && size) return OC_USAGE;
    return open_scenario(memory, name, (oc_slice){bytes ? bytes : "", size}, ret_scenario);
}

void oc_scenario_close(oc_scenario *scenario)
{
    if (!scenario) return;
    unload(scenario);
    oc_home_free(scenario);
}

/* --- changes --- */

typedef struct changing {
    oc_scenario *scenario;
    change_kind kind;
    const char *text;
} changing;

static void change_body(void *context)
{
    changing *c = context;
    oc_arena *arena = &c->scenario->home.arena;
    oc_slice text = oc_arena_copy(arena, oc_slice_of(c->text));
    *oc_vec_push(arena, &c->scenario->changes) = (edit){c->kind, text};
}

static oc_status add_change(oc_scenario *scenario, change_kind kind, const char *text)
{
    if (!scenario || !text) return OC_USAGE;
    unload(scenario);
    return oc_home_call(&scenario->home, change_body, &(changing){scenario, kind, text});
}

oc_status oc_scenario_set(oc_scenario *scenario, const char *change)
{
    return add_change(scenario, CHANGE_SET, change);
}

oc_status oc_scenario_force(oc_scenario *scenario, const char *change)
{
    return add_change(scenario, CHANGE_FORCE, change);
}

oc_status oc_scenario_given(oc_scenario *scenario, const char *news)
{
    return add_change(scenario, CHANGE_GIVEN, news);
}

oc_status oc_scenario_policy(oc_scenario *scenario, const char *name)
{
    return add_change(scenario, CHANGE_POLICY, name);
}

oc_status oc_scenario_as_of(oc_scenario *scenario, oc_day day)
{
    if (!scenario || (day != OC_DAY_NONE && (day < OC_DAY_MIN || day > OC_DAY_MAX))) return OC_USAGE;
    unload(scenario);
    scenario->as_of = day;
    return OC_OK;
}

oc_status oc_scenario_reset(oc_scenario *scenario)
{
    if (!scenario) return OC_USAGE;
    unload(scenario);
    scenario->changes.at = NULL;
    scenario->changes.len = scenario->changes.room = 0;
    scenario->as_of = OC_DAY_NONE;
    oc_arena_rewind(&scenario->home.arena, scenario->opened);
    return OC_OK;
}

/* --- reading --- */

typedef struct loading {
    const oc_scenario *scenario;
    oc_loaded *loaded;
    OC_VEC(oc_override) sets, forces;
    OC_VEC(oc_node *) givens;
} loading;

static void add_policy(loading *l, const oc_policy *policy)
{
    oc_arena *arena = &l->loaded->home.arena;
    for (size_t i = 0; i < policy->sets.len; i++) *oc_vec_push(arena, &l->sets) = policy->sets.at[i];
    for (size_t i = 0; i < policy->forces.len; i++) *oc_vec_push(arena, &l->forces) = policy->forces.at[i];
    for (size_t i = 0; i < policy->givens.len; i++) *oc_vec_push(arena, &l->givens) = policy->givens.at[i];
}

/* `plain` is the scenario without changes. */
static void read_policy(loading *l, const oc_model *plain, oc_slice name)
{
    oc_arena *arena = &l->loaded->home.arena;
    oc_slice *names = OC_NEW_ARRAY(arena, plain->policies.len + 1, oc_slice);
    for (size_t i = 0; i < plain->policies.len; i++) {
        names[i] = plain->policies.at[i]->name;
        if (!oc_slice_equal(names[i], name)) continue;
        add_policy(l, plain->policies.at[i]);
        return;
    }
    uint32_t file = oc_source_add(&l->loaded->sources, OC_SLICE("--policy"), name);
    oc_span span = {file, 0, (uint32_t)name.len};
    oc_diag *d = oc_report(&l->loaded->diags, OC_E0502, span, OC_ARGS(OC_M("kind.policy"), OC_T(name)));
    oc_diag_suggest(d, span, name, names, plain->policies.len);
}

static void read_change(loading *l, const edit *c, const oc_model *plain)
{
    oc_arena *arena = &l->loaded->home.arena;
    oc_diags *diags = &l->loaded->diags;
    oc_slice text = oc_arena_copy(arena, c->text);
    oc_override change;
    switch (c->kind) {
    case CHANGE_GIVEN: {
        oc_node *node = oc_given_parse(arena, diags, OC_SLICE("--given"), text);
        if (node) *oc_vec_push(arena, &l->givens) = node;
        break;
    }
    case CHANGE_SET:
        if (oc_override_parse(arena, diags, OC_SLICE("--set"), text, &change)) *oc_vec_push(arena, &l->sets) = change;
        break;
    case CHANGE_FORCE:
        if (oc_override_parse(arena, diags, OC_SLICE("--force"), text, &change))
            *oc_vec_push(arena, &l->forces) = change;
        break;
    case CHANGE_POLICY:
        if (plain) read_policy(l, plain, text);
        break;
    }
}

/* Policies are named in the scenario, so it is read without changes first. NULL if no policy was asked for or the
 * scenario has errors, which its second reading reports. */
static const oc_model *read_plain(loading *l, const oc_model_options *options)
{
    bool wanted = false;
    for (size_t i = 0; i < l->scenario->changes.len; i++) wanted |= l->scenario->changes.at[i].kind == CHANGE_POLICY;
    if (!wanted) return NULL;
    oc_diags *diags = &l->loaded->diags;
    const oc_model *plain = oc_model_load(&l->loaded->home.arena, diags, l->scenario->path, options);
    bool sound = plain && !diags->errors;
    diags->items.len = diags->errors = diags->warnings = 0;
    return sound ? plain : NULL;
}

static oc_scenario_info *facts_of(oc_home *home, const oc_model *model)
{
    oc_scenario_info *facts = OC_NEW(&home->arena, oc_scenario_info);
    facts->name = oc_home_text(home, model->name);
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        facts->title[lang] = oc_home_text(home, oc_title_in(&model->title, (oc_lang)lang, model->name));
    facts->as_of = model->as_of;
    facts->horizon = model->horizon;
    const char **stages = OC_NEW_ARRAY(&home->arena, model->stages.len + 1, const char *);
    for (size_t i = 0; i < model->stages.len; i++) stages[i] = oc_home_text(home, model->stages.at[i]->symbol->name);
    const char **questions = OC_NEW_ARRAY(&home->arena, model->questions.len + 1, const char *);
    for (size_t i = 0; i < model->questions.len; i++) questions[i] = oc_home_text(home, model->questions.at[i]->name);
    facts->stages = stages;
    facts->stage_count = model->stages.len;
    facts->questions = questions;
    facts->question_count = model->questions.len;
    const char **policies = OC_NEW_ARRAY(&home->arena, model->policies.len + 1, const char *);
    for (size_t i = 0; i < model->policies.len; i++) policies[i] = oc_home_text(home, model->policies.at[i]->name);
    facts->policies = policies;
    facts->policy_count = model->policies.len;
    return facts;
}

static void load_body(void *context)
{
    loading *l = context;
    const oc_scenario *s = l->scenario;
    oc_loaded *loaded = l->loaded;
    oc_arena *arena = &loaded->home.arena;
    loaded->sources.arena = arena;
    loaded->diags = (oc_diags){.arena = arena, .sources = &loaded->sources};
    oc_model_options options = {.as_of = s->as_of};
    if (s->bytes.ptr) options.text = oc_arena_copy(arena, s->bytes);
    const oc_model *plain = read_plain(l, &options);
    for (size_t i = 0; i < s->changes.len; i++) read_change(l, &s->changes.at[i], plain);
    options.sets = l->sets.at, options.set_count = l->sets.len;
    options.forces = l->forces.at, options.force_count = l->forces.len;
    options.givens = l->givens.at, options.given_count = l->givens.len;
    loaded->model = oc_model_load(arena, &loaded->diags, s->path, &options);
    if (loaded->model && !loaded->diags.errors) {
        loaded->ledger = oc_ledger_of_model(arena, &loaded->diags, loaded->model);
        loaded->facts = facts_of(&loaded->home, loaded->model);
    }
    oc_diags_sort(&loaded->diags);
    loaded->own_diags = loaded->diags.items.len;
    loaded->own_errors = loaded->diags.errors;
}

static oc_status load(oc_scenario *scenario)
{
    oc_loaded *loaded = oc_home_new(&scenario->home.memory, sizeof *loaded, MOST_BYTES);
    if (!loaded) return OC_NOMEM;
    loaded->holders = 1;
    loading l = {.scenario = scenario, .loaded = loaded};
    oc_status status = oc_home_call(&loaded->home, load_body, &l);
    if (status == OC_OK)
        scenario->loaded = loaded;
    else
        oc_loaded_release(loaded);
    return status;
}

void oc_loaded_forget(oc_loaded *loaded)
{
    loaded->diags.items.len = loaded->own_diags;
    loaded->diags.errors = loaded->own_errors;
}

oc_status oc_scenario_read(oc_scenario *scenario, oc_loaded **ret)
{
    if (!scenario) return OC_USAGE;
    oc_status status = scenario->loaded ? OC_OK : load(scenario);
    if (status != OC_OK) return status;
    oc_loaded_forget(scenario->loaded);
    if (scenario->loaded->own_errors || !scenario->loaded->model) return OC_INPUT;
    if (ret) *ret = scenario->loaded;
    return OC_OK;
}

oc_status oc_scenario_check(oc_scenario *scenario)
{
    return oc_scenario_read(scenario, NULL);
}

const oc_scenario_info *oc_scenario_facts(oc_scenario *scenario)
{
    oc_loaded *loaded;
    return oc_scenario_read(scenario, &loaded) == OC_OK ? loaded->facts : NULL;
}

/* --- diagnostics --- */

typedef struct showing {
    oc_loaded *loaded;
    size_t number;
    oc_lang lang;
    const oc_diagnostic_info *info;
    const char *text;
} showing;

static void diagnostic_body(void *context)
{
    showing *s = context;
    s->info = oc_diagnostic_of(&s->loaded->home, &s->loaded->diags, s->number, s->lang);
}

static void messages_body(void *context)
{
    showing *s = context;
    s->text = oc_diagnostics_text(&s->loaded->home, &s->loaded->diags, s->lang);
}

size_t oc_scenario_diagnostic_count(const oc_scenario *scenario)
{
    return scenario && scenario->loaded ? scenario->loaded->diags.items.len : 0;
}

const oc_diagnostic_info *oc_scenario_diagnostic(oc_scenario *scenario, size_t number, oc_lang lang)
{
    if (number >= oc_scenario_diagnostic_count(scenario) || (unsigned)lang >= OC_LANG_COUNT) return NULL;
    showing s = {.loaded = scenario->loaded, .number = number, .lang = lang};
    return oc_home_call(&s.loaded->home, diagnostic_body, &s) == OC_OK ? s.info : NULL;
}

const char *oc_scenario_messages(oc_scenario *scenario, oc_lang lang)
{
    if (!oc_scenario_diagnostic_count(scenario) || (unsigned)lang >= OC_LANG_COUNT) return "";
    showing s = {.loaded = scenario->loaded, .lang = lang};
    return oc_home_call(&s.loaded->home, messages_body, &s) == OC_OK ? s.text : "";
}
