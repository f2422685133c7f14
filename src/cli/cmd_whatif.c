/* opcon whatif: variants of a scenario on the same futures. What stands on the command line as --set, --force and
 * --given is one variant; each --policy and each --with is one of its own. */
#include "analysis/forecast.h"
#include "cli/whatif_view.h"
#include "cli/run_options.h"
#include "cli/smooth_view.h"
#include "cli/why_view.h"

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, MOST_VARIANTS = 64 };

typedef OC_VEC(oc_variant) variant_list;

typedef struct plan {
    oc_context *x;
    oc_slice path;
    oc_day as_of;
    oc_run_options run;
    size_t format;
    oc_model *base;
    OC_VEC(oc_policy *) changes;
    variant_list variants;
    OC_VEC(oc_model *) models; /* of the variants; NULL: that of the base */
    size_t news;               /* truths that variants by news alone add to the base */
    OC_VEC(oc_why_shown) whys;
} plan;

static oc_status read_options(plan *p)
{
    static const char *const formats[] = {"text", "json", "csv"};
    oc_context *x = p->x;
    oc_status status = oc_get_word(x, "format", formats, 3, FORMAT_TEXT, &p->format);
    if (status == OC_OK) status = oc_get_run_options(x, 1, OC_MOST_RUNS, OC_DEFAULT_RUNS, &p->run);
    if (status == OC_OK) status = oc_get_day(x, "as-of", OC_DAY_NONE, &p->as_of);
    return status == OC_OK ? oc_scenario_path(x, 0, &p->path) : status;
}

/* --- the changes --- */

static void add_change(plan *p, oc_policy *change)
{
    *oc_vec_push(p->x->arena, &p->changes) = change;
}

/* --set, --force and --given together. */
static void add_own(plan *p)
{
    oc_context *x = p->x;
    oc_policy *own = OC_NEW(x->arena, oc_policy);
    oc_text name = oc_text_in(x->arena);
    oc_own_changes(x, own);
    for (size_t i = 0; i < x->options.len; i++) {
        const oc_given_option *o = &x->options.at[i];
        const char *option = o->option->name;
        if (strcmp(option, "set") == 0 || strcmp(option, "force") == 0 || strcmp(option, "given") == 0)
            oc_text_printf(&name, "%s--%s %.*s", name.len ? " " : "", option, OC_FMT(o->value));
    }
    own->name = oc_text_slice(&name);
    if (own->givens.len) own->span = own->givens.at[0]->span;
    if (name.len) add_change(p, own);
}

static oc_status add_policy(plan *p, oc_slice name)
{
    oc_context *x = p->x;
    OC_VEC(oc_slice) names = {0};
    for (size_t i = 0; i < p->base->policies.len; i++) {
        oc_policy *policy = p->base->policies.at[i];
        *oc_vec_push(x->arena, &names) = policy->name;
        if (!oc_slice_equal(policy->name, name)) continue;
        add_change(p, policy);
        return OC_OK;
    }
    return oc_complain_unknown(x, "whatif.no-policy", name, names.at, names.len);
}

static oc_status collect_changes(plan *p)
{
    oc_context *x = p->x;
    add_own(p);
    if (oc_has(x, "policies"))
        for (size_t i = 0; i < p->base->policies.len; i++) add_change(p, p->base->policies.at[i]);
    for (size_t i = 0; i < x->options.len; i++) {
        const oc_given_option *o = &x->options.at[i];
        oc_status status = OC_OK;
        if (strcmp(o->option->name, "policy") == 0) status = add_policy(p, o->value);
        if (strcmp(o->option->name, "with") == 0) {
            oc_policy *change = oc_policy_read(x->arena, &x->diags, o->value);
            if (change) add_change(p, change);
        }
        if (status != OC_OK) return status;
    }
    if (oc_diags_status(&x->diags) != OC_OK) return oc_show_diags(x);
    if (!p->changes.len)
        return oc_complain(x, OC_USAGE, oc_has(x, "policies") ? "whatif.no-policies" : "whatif.no-change", NULL);
    if (p->changes.len >= MOST_VARIANTS)
        return oc_complain(x, OC_USAGE, "whatif.too-many", OC_ARGS(OC_I(MOST_VARIANTS - 1)));
    return OC_OK;
}

/* --- loading --- */

static void name_variant(const oc_policy *change, oc_variant *ret)
{
    const oc_title *title = &change->title;
    bool titled = title->text[OC_LANG_EN].len || title->text[OC_LANG_JA].len || title->text[OC_LANG_KO].len;
    ret->name = change->name;
    ret->title = titled ? title : NULL;
    ret->because = change->because;
    ret->span = change->givens.len ? change->givens.at[0]->span : change->span;
}

/* The scenario, with a change unless that is NULL. */
static oc_status load(plan *p, const oc_policy *change)
{
    oc_context *x = p->x;
    oc_model_options options = {.as_of = p->as_of, .like = p->base, .threads = oc_processors()};
    if (change) {
        options.sets = change->sets.at, options.set_count = change->sets.len;
        options.forces = change->forces.at, options.force_count = change->forces.len;
        options.givens = change->givens.at, options.given_count = change->givens.len;
    }
    size_t warnings = x->diags.items.len;
    oc_model *model = oc_model_load(x->arena, &x->diags, p->path, &options);
    if (!model || oc_diags_status(&x->diags) != OC_OK) return oc_show_diags(x) == OC_OK ? OC_INTERNAL : OC_INPUT;
    /* What the base's own text deserves has been said once. */
    if (change) x->diags.items.len = warnings;
    *oc_vec_push(x->arena, &p->models) = model;
    oc_variant *variant = oc_vec_push(x->arena, &p->variants);
    *variant = (oc_variant){.name = model->name, .title = &model->title};
    if (change) name_variant(change, variant);
    return OC_OK;
}

/* Only news: the base's own futures answer it. Smoothing wants a program for each variant. */
static bool is_news(const plan *p, const oc_policy *change)
{
    return change->givens.len && !change->sets.len && !change->forces.len && !oc_has(p->x, "smooth");
}

/* A mapping name@date: value stands for as many truths as it has pairs. */
static size_t truths_of(const oc_policy *change)
{
    size_t count = 0;
    for (size_t i = 0; i < change->givens.len; i++) {
        const oc_node *node = change->givens.at[i];
        bool pairs = node->kind == OC_NODE_MAPPING && !oc_node_get(node, "is") && !oc_node_get(node, "by");
        count += pairs ? node->pairs.len : 1;
    }
    return count;
}

/* Loads the base anew, with the truths of all changes that are only news. */
static oc_status load_news(plan *p)
{
    oc_context *x = p->x;
    OC_VEC(oc_node *) givens = {0};
    for (size_t i = 0; i < p->changes.len; i++)
        for (size_t k = 0; is_news(p, p->changes.at[i]) && k < p->changes.at[i]->givens.len; k++)
            *oc_vec_push(x->arena, &givens) = p->changes.at[i]->givens.at[k];
    p->news = givens.len;
    if (!givens.len) return OC_OK;
    size_t warnings = x->diags.items.len;
    oc_model_options options = {
        .as_of = p->as_of, .givens = givens.at, .given_count = givens.len, .like = p->base};
    oc_model *model = oc_model_load(x->arena, &x->diags, p->path, &options);
    if (!model || oc_diags_status(&x->diags) != OC_OK) return oc_show_diags(x) == OC_OK ? OC_INTERNAL : OC_INPUT;
    x->diags.items.len = warnings;
    p->models.at[0] = p->base = model;
    return OC_OK;
}

static oc_status load_all(plan *p)
{
    oc_context *x = p->x;
    oc_status status = load(p, NULL);
    if (status != OC_OK) return status;
    p->base = p->models.at[0];
    p->variants.at[0].title = NULL;
    p->variants.at[0].name = oc_message(x->lang, "whatif.base");
    status = collect_changes(p);
    for (size_t i = 0; status == OC_OK && i < p->changes.len; i++) {
        if (!is_news(p, p->changes.at[i])) {
            status = load(p, p->changes.at[i]);
            continue;
        }
        *oc_vec_push(x->arena, &p->models) = NULL;
        name_variant(p->changes.at[i], oc_vec_push(x->arena, &p->variants));
    }
    return status == OC_OK ? load_news(p) : status;
}

/* --- compiling --- */

/* The states of the base's program go to the variants whose news they are, in order. */
static void share_news(plan *p, const uint32_t *states)
{
    for (size_t i = 0; i < p->changes.len; i++) {
        if (p->models.at[i + 1]) continue;
        oc_variant *variant = &p->variants.at[i + 1];
        variant->compiled = p->variants.at[0].compiled;
        variant->news_count = truths_of(p->changes.at[i]);
        variant->news = states;
        states += variant->news_count;
    }
}

static oc_status compile_all(plan *p)
{
    oc_context *x = p->x;
    oc_bridge_ways *ways = OC_NEW(x->arena, oc_bridge_ways);
    for (size_t v = 0; v < p->models.len; v++)
        if (p->models.at[v]) oc_bridge_note(x->arena, ways, p->models.at[v]);
    uint32_t *states = NULL;
    for (size_t v = 0; v < p->models.len; v++) {
        oc_model *model = p->models.at[v];
        if (!model) continue;
        size_t warnings = x->diags.items.len;
        bool news = v == 0 && p->news;
        oc_compiled *compiled = news ? oc_whatif_compile_news(x->arena, model, 0, ways, &states)
                                     : oc_whatif_compile(x->arena, model, ways);
        if (!compiled) return oc_show_diags(x) == OC_OK ? OC_INTERNAL : OC_INPUT;
        if (v) x->diags.items.len = warnings;
        p->variants.at[v].compiled = compiled;
    }
    share_news(p, states);
    return OC_OK;
}

/* --- the run --- */

/* A variant whose news leaves too few futures says so in its place; if there is no other, nothing can be said. */
static oc_status refuse(plan *p, const oc_whatif *w)
{
    oc_context *x = p->x;
    size_t refused = 0;
    for (size_t v = 1; v < w->count; v++) refused += oc_whatif_too_few(w, v);
    if (refused + 1 < w->count && !oc_whatif_too_few(w, 0)) return OC_OK;
    for (size_t v = 0; v < w->count; v++)
        if (oc_whatif_too_few(w, v))
            oc_report(&x->diags, OC_E0330, w->variants[v].span,
                      OC_ARGS(OC_I(w->counted[v]), OC_I(w->futures), OC_I(OC_LEAST_GIVEN)));
    return oc_show_diags(x);
}

static oc_status explain_status(plan *p, const oc_whatif *w, oc_status status)
{
    oc_context *x = p->x;
    if (status == OC_INPUT && w->failure.found) {
        oc_forecast_report_failure(w->variants[w->failed_variant].compiled, &w->failure);
        return oc_show_diags(x);
    }
    if (status == OC_USAGE && w->other)
        return oc_complain(x, OC_INPUT, "whatif.other-kind",
                           OC_ARGS(OC_T(w->variants[w->other].name), OC_T(w->other_name)));
    if (status == OC_CANCELLED && !w->futures) return oc_complain(x, status, "cli.interrupted-early", NULL);
    return status;
}

/* --- why --- */

/* The measure of --question, a question before a stage of that name; the main date without the option. */
static oc_status find_measure(plan *p, const oc_whatif *w, const oc_measure **ret)
{
    oc_context *x = p->x;
    oc_slice name = oc_value_of(x, "question", (oc_slice){"", 0});
    size_t found = name.len ? SIZE_MAX : oc_whatif_main(w);
    OC_VEC(oc_slice) names = {0};
    for (size_t m = 0; m < w->measure_count; m++) {
        *oc_vec_push(x->arena, &names) = w->measures[m].name;
        if (name.len && oc_slice_equal(w->measures[m].name, name) && (found == SIZE_MAX || w->measures[found].stage))
            found = m;
    }
    if (found != SIZE_MAX) {
        *ret = &w->measures[found];
        return OC_OK;
    }
    return oc_complain_unknown(x, "why.no-question", name, names.at, names.len);
}

static oc_status follow_flips(plan *p, const oc_whatif *w)
{
    oc_context *x = p->x;
    int64_t flips;
    const oc_measure *measure = NULL;
    oc_status status = oc_get_integer(x, "flips", 1, 100000, 2000, &flips);
    if (status == OC_OK) status = find_measure(p, w, &measure);
    if (status != OC_OK) return status;
    oc_why_options options = {.runs = w->futures,
                              .flips = (uint64_t)flips,
                              .seed = p->run.seed,
                              .isa = p->run.isa,
                              .cancel = &oc_interrupted};
    for (size_t v = 1; v < w->count; v++) {
        oc_why_shown shown = {.variant = &w->variants[v], .measure = measure};
        if (oc_why_follow(x->arena, w->variants[0].compiled, shown.variant->compiled, measure, &options, &shown.why))
            *oc_vec_push(x->arena, &p->whys) = shown;
    }
    return OC_OK;
}

static void add_whys(oc_json *json, void *context)
{
    const plan *p = context;
    if (!p->whys.len) return;
    oc_json_list(json, "why");
    for (size_t i = 0; i < p->whys.len; i++) oc_why_json(json, &p->whys.at[i]);
    oc_json_end(json);
}

static void show(plan *p, const oc_whatif *w)
{
    oc_context *x = p->x;
    if (p->format == FORMAT_JSON) {
        oc_print(x, oc_whatif_json(x, w, &p->run, add_whys, p));
        return;
    }
    if (p->format == FORMAT_CSV) {
        oc_print(x, oc_whatif_csv(x, w));
        return;
    }
    oc_text out = oc_text_in(x->arena);
    oc_whatif_text(x, &out, w);
    for (size_t i = 0; i < p->whys.len; i++) oc_why_text(x, &out, p->base, &p->whys.at[i]);
    oc_print(x, oc_text_slice(&out));
}

static oc_status whatif(oc_context *x)
{
    plan p = {.x = x};
    oc_status status = read_options(&p);
    if (status == OC_OK) status = load_all(&p);
    if (status == OC_OK) status = compile_all(&p);
    if (status != OC_OK) return status;
    oc_catch_signals();
    oc_whatif w;
    status = oc_whatif_run(x->arena, p.variants.at, p.variants.len, &p.run, &w);
    oc_progress_clear(x);
    status = explain_status(&p, &w, status);
    if (status != OC_OK && !(status == OC_CANCELLED && w.futures)) return status;
    oc_status refused = refuse(&p, &w);
    if (refused != OC_OK) return refused;
    if (oc_has(x, "smooth") && status == OC_OK) status = oc_smooth_whatif(x, &w, &p.run);
    if (status != OC_OK && status != OC_CANCELLED) return status;
    if (oc_has(x, "why") && status == OC_OK) {
        oc_status followed = follow_flips(&p, &w);
        if (followed != OC_OK) return followed;
    }
    show(&p, &w);
    if (status == OC_CANCELLED) oc_complain(x, status, "cli.interrupted", OC_ARGS(OC_I(w.futures), OC_I(p.run.runs)));
    return status;
}

static const oc_option options[] = {
    {"set", "PATH=VALUE", true},
    {"force", "EVENT@DATE.held=no", true},
    {"given", "EXPR", true},
    {"policy", "NAME", true},
    {"policies", NULL, false},
    {"with", "FILE", true},
    {"why", NULL, false},
    {"question", "NAME", false},
    {"flips", "N", false},
    {"smooth", NULL, false},
    {"as-of", "DATE", false},
    {"runs", "N", false},
    {"format", "text|json|csv", false},
    {"seed", "S", false},
    {"threads", "T", false},
    {"isa", "base|v3|v4", false},
    {NULL, NULL, false},
};

const oc_command oc_cmd_whatif = {"whatif", "[SCENARIO] CHANGE… [OPTION]…", options, whatif, 1};
