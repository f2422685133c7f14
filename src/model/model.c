/* Loading, in order: files, overrides, settings, declarations, values, the order of stages, provenance. */
#include "model/model.h"

#include "base/file.h"
#include "model/load.h"

oc_title oc_title_read(oc_diags *diags, const oc_node *node)
{
    oc_title title = {{{0}}};
    if (node->kind == OC_NODE_SCALAR) {
        title.text[OC_LANG_EN] = node->text;
        return title;
    }
    for (size_t i = 0; node->kind == OC_NODE_MAPPING && i < node->pairs.len; i++) {
        const oc_pair *pair = &node->pairs.at[i];
        oc_lang lang = pair->key->text.len == 2 ? oc_lang_parse(pair->key->text) : OC_LANG_COUNT;
        if (lang == OC_LANG_COUNT || pair->value->kind != OC_NODE_SCALAR)
            oc_report(diags, OC_E0103, pair->key->span, OC_ARGS(OC_T(pair->key->text)));
        else
            title.text[lang] = pair->value->text;
    }
    if (node->kind == OC_NODE_LIST) oc_report(diags, OC_E0104, node->span, NULL);
    return title;
}

oc_slice oc_title_in(const oc_title *title, oc_lang lang, oc_slice name)
{
    if (title->text[lang].len) return title->text[lang];
    if (title->text[OC_LANG_EN].len) return title->text[OC_LANG_EN];
    return name;
}

const oc_source_record *oc_model_source(const oc_model *model, oc_slice key)
{
    oc_map_entry *entry = oc_map_find(&model->source_index, key);
    return entry ? entry->value.pointer : NULL;
}

size_t oc_record_index(void *const *records, size_t count, const void *record)
{
    size_t i = 0;
    while (i < count && records[i] != record) i++;
    return i;
}

oc_symbol *oc_model_find(const oc_model *model, oc_slice name)
{
    oc_map_entry *entry = oc_map_find(&model->names, name);
    return entry ? entry->value.pointer : NULL;
}

static oc_day required_day(oc_loader *l, const char *key)
{
    oc_node *node = oc_node_get(l->model->root, key);
    if (node) return oc_day_read(l, node);
    oc_report(l->diags, OC_E0101, l->model->root->span, OC_ARGS(OC_S(key)));
    return OC_DAY_NONE;
}

static void read_settings(oc_loader *l)
{
    oc_model *m = l->model;
    oc_node *name = oc_node_get(m->root, "scenario"), *title = oc_node_get(m->root, "title");
    oc_node *about = oc_node_get(m->root, "about"), *tick = oc_node_get(m->root, "tick");
    if (name)
        oc_text_read(l, name, &m->name);
    else
        oc_report(l->diags, OC_E0101, m->root->span, OC_ARGS(OC_S("scenario")));
    if (title) m->title = oc_title_read(l->diags, title);
    if (about) m->about = oc_title_read(l->diags, about);
    m->as_of = required_day(l, "as_of");
    m->horizon = required_day(l, "horizon");
    if (l->options && l->options->as_of != OC_DAY_NONE) m->as_of = l->options->as_of;
    oc_node *horizon = oc_node_get(m->root, "horizon");
    if (m->as_of != OC_DAY_NONE && m->horizon != OC_DAY_NONE) {
        if (m->horizon <= m->as_of) {
            oc_diag *d = oc_report(l->diags, OC_E0306, horizon->span, OC_ARGS(OC_D(m->horizon), OC_D(m->as_of)));
            oc_diag_at(d, oc_node_get(m->root, "as_of")->span, "label.as-of", NULL);
        } else if (m->horizon - m->as_of > (oc_day)200 * 366) {
            oc_report(l->diags, OC_E0307, horizon->span, OC_ARGS(OC_I(200)));
        }
    }
    static const char *const ticks[] = {"day", "week", "month", "quarter", "year"};
    m->tick = OC_TICK_MONTH;
    oc_slice text;
    if (!tick || !oc_text_read(l, tick, &text)) return;
    for (int i = 0; i < 5; i++)
        if (oc_slice_is(text, ticks[i])) {
            m->tick = (oc_tick)i;
            return;
        }
    oc_slice names[5];
    for (int i = 0; i < 5; i++) names[i] = oc_slice_of(ticks[i]);
    oc_diag *d = oc_report(l->diags, OC_E0119, tick->span, OC_ARGS(OC_T(text)));
    oc_diag_suggest(d, tick->span, text, names, 5);
}

/* --- policies and news --- */

static void read_overrides(oc_loader *l, oc_node *node, void *list)
{
    typedef OC_VEC(oc_override) overrides;
    overrides *into = list;
    if (node->kind != OC_NODE_MAPPING) {
        oc_report(l->diags, OC_E0102, node->span, OC_ARGS(OC_M("record.set-list")));
        return;
    }
    for (size_t i = 0; i < node->pairs.len; i++)
        *oc_vec_push(l->arena, into) =
            (oc_override){node->pairs.at[i].key->text, node->pairs.at[i].key->span, node->pairs.at[i].value};
}

static oc_policy *read_policy(oc_loader *l, oc_slice name, oc_span span, oc_node *node)
{
    if (!oc_keys_check(l, node, OC_RECORD_POLICY)) return NULL;
    oc_policy *policy = OC_NEW(l->arena, oc_policy);
    policy->name = name;
    policy->span = span;
    const oc_provenance *outer = oc_provenance_enter(l, node);
    policy->provenance = l->provenance;
    if (l->provenance) policy->because = l->provenance->because;
    l->provenance = outer;
    oc_node *title = oc_node_get(node, "title"), *set = oc_node_get(node, "set");
    oc_node *force = oc_node_get(node, "force"), *given = oc_node_get(node, "given");
    if (title) policy->title = oc_title_read(l->diags, title);
    if (set) read_overrides(l, set, &policy->sets);
    if (force) read_overrides(l, force, &policy->forces);
    if (given) *oc_vec_push(l->arena, &policy->givens) = given;
    return policy;
}

static void read_policies(oc_loader *l, const char *section_name)
{
    oc_node *section = oc_node_get(l->model->root, section_name);
    for (size_t i = 0; section && section->kind == OC_NODE_MAPPING && i < section->pairs.len; i++) {
        const oc_pair *pair = &section->pairs.at[i];
        oc_policy *policy = read_policy(l, pair->key->text, pair->key->span, pair->value);
        if (policy) *oc_vec_push(l->arena, &l->model->policies) = policy;
    }
}

oc_policy *oc_policy_read(oc_arena *arena, oc_diags *diags, oc_slice path)
{
    oc_loader *l = OC_NEW(arena, oc_loader);
    *l = (oc_loader){.arena = arena, .diags = diags, .model = OC_NEW(arena, oc_model)};
    l->model->arena = arena;
    l->model->diags = diags;
    path = oc_arena_copy(arena, path);
    uint32_t file;
    oc_node *node = oc_yaml_read_file(arena, diags, path, (oc_span){0, 0, 0}, &file);
    return node ? read_policy(l, path, node->span, node) : NULL;
}

/* A mapping name@date: value stands for equalities that all hold. */
static void read_given(oc_loader *l, oc_node *node)
{
    oc_checker c = oc_loader_checker(l, false, true);
    if (node->kind != OC_NODE_MAPPING || oc_node_get(node, "is") || oc_node_get(node, "by")) {
        oc_expr *e = oc_value_read(l, node);
        if (oc_expr_require(&c, e, OC_TYPE_OF_TRUTH, "use.given")) *oc_vec_push(l->arena, &l->model->givens) = e;
        return;
    }
    for (size_t i = 0; i < node->pairs.len; i++) {
        oc_expr *left = oc_expr_parse(l->arena, l->diags, node->pairs.at[i].key);
        oc_expr *right = oc_value_read(l, node->pairs.at[i].value);
        oc_expr *e = oc_expr_new(l->arena, OC_EXPR_BINARY, oc_span_join(left->span, right->span));
        e->op = OC_EQ;
        e->op_span = left->span;
        e->args = OC_NEW_ARRAY(l->arena, 2, oc_expr *);
        e->args[0] = left;
        e->args[1] = right;
        e->arg_count = 2;
        if (oc_expr_require(&c, e, OC_TYPE_OF_TRUTH, "use.given")) *oc_vec_push(l->arena, &l->model->givens) = e;
    }
}

oc_model *oc_model_load(oc_arena *arena, oc_diags *diags, oc_slice path, const oc_model_options *options)
{
    oc_loader *l = OC_NEW(arena, oc_loader);
    oc_model *m = OC_NEW(arena, oc_model);
    *l = (oc_loader){.arena = arena, .diags = diags, .model = m, .options = options};
    m->arena = arena;
    m->diags = diags;
    path = oc_arena_copy(arena, path);
    bool given = options && options->text.ptr;
    if (!given && path.len && !memchr(path.ptr, '\0', path.len) && oc_file_is_folder(path.ptr))
        path = oc_path_join(arena, path, OC_SLICE("scenario.yaml"));
    m->path = path;
    m->root = oc_include_read(l, path);
    if (!m->root) return NULL;
    if (options) oc_edits_apply(arena, m->root, options->edits, options->edit_count);
    oc_overrides_apply(l, m->root);
    read_settings(l);
    if (m->as_of == OC_DAY_NONE || m->horizon == OC_DAY_NONE || m->horizon <= m->as_of) return m;
    oc_records_declare(l);
    if (l->entries.len > OC_MAX_RECORDS) return m;
    oc_records_read(l);
    oc_calendar_force(l);
    oc_stages_order(l);
    read_policies(l, "policies");
    read_policies(l, "what_ifs");
    l->path = OC_SLICE("given");
    for (size_t i = 0; options && i < options->given_count; i++) read_given(l, options->givens[i]);
    oc_provenance_check(l);
    return m;
}

bool oc_model_extend(oc_model *model, oc_slice name, oc_slice text)
{
    oc_loader *l = OC_NEW(model->arena, oc_loader);
    *l = (oc_loader){.arena = model->arena, .diags = model->diags, .model = model};
    const oc_node *more = oc_include_text(l, model->root, name, text);
    if (more) oc_sources_read(l, more);
    return more != NULL;
}
