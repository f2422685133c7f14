/* The main file and its includes as one mapping of sections.
 *
 * Sections of included files are put together record by record; the same record twice is an error with both places.
 * Single values (scenario, title, as_of, horizon, tick) of the including file win over those of what it includes, so
 * that a vintage can be a short file. Includes may include; a cycle is an error that shows the chain. */
#include "base/file.h"
#include "model/load.h"

typedef struct opened {
    oc_slice path;
    struct opened *outer;
} opened;

static bool is_section(const oc_node *value)
{
    return value->kind == OC_NODE_MAPPING;
}

/* A record of an included file that the including file declares too is an error, unless it is a title or a text. */
static void merge_section(oc_loader *l, oc_node *into, const oc_node *from)
{
    size_t before = into->pairs.len; /* in itself a file has no key twice */
    for (size_t i = 0; i < from->pairs.len; i++) {
        oc_pair *pair = &from->pairs.at[i], *same = NULL;
        for (size_t k = 0; k < before && !same; k++)
            if (oc_slice_equal(into->pairs.at[k].key->text, pair->key->text)) same = &into->pairs.at[k];
        if (!same) {
            *oc_vec_push(l->arena, &into->pairs) = *pair;
            continue;
        }
        oc_diag *d = oc_report(l->diags, OC_E0105, same->key->span, OC_ARGS(OC_T(pair->key->text)));
        oc_diag_at(d, pair->key->span, "label.first-here", NULL);
    }
}

static oc_node *joined_list(oc_loader *l, const oc_node *first, const oc_node *second)
{
    oc_node *joined = OC_NEW(l->arena, oc_node);
    *joined = *first;
    joined->items.at = OC_NEW_ARRAY(l->arena, first->items.len + second->items.len, oc_node *);
    joined->items.len = joined->items.room = first->items.len + second->items.len;
    for (size_t i = 0; i < first->items.len; i++) joined->items.at[i] = first->items.at[i];
    for (size_t i = 0; i < second->items.len; i++) joined->items.at[first->items.len + i] = second->items.at[i];
    return joined;
}

/* The trees of the files stay as they were read: others may be made of them (oc_model_options.like). */
static void merge(oc_loader *l, oc_node *into, const oc_node *from)
{
    for (size_t i = 0; i < from->pairs.len; i++) {
        oc_pair *pair = &from->pairs.at[i];
        if (oc_slice_is(pair->key->text, "include")) continue;
        oc_pair *same = oc_node_pair(into, pair->key->text);
        bool single = oc_slice_is(pair->key->text, "title") || oc_slice_is(pair->key->text, "about") ||
                      oc_slice_is(pair->key->text, "tick");
        if (!same) {
            oc_pair copy = *pair;
            if (is_section(pair->value) && !single) {
                oc_node *section = OC_NEW(l->arena, oc_node);
                *section = *pair->value;
                section->pairs.at = NULL;
                section->pairs.len = section->pairs.room = 0;
                merge_section(l, section, pair->value);
                copy.value = section;
            }
            *oc_vec_push(l->arena, &into->pairs) = copy;
        } else if (!single && is_section(same->value) && is_section(pair->value)) {
            merge_section(l, same->value, pair->value);
        } else if (!single && same->value->kind == OC_NODE_LIST && pair->value->kind == OC_NODE_LIST) {
            same->value = joined_list(l, same->value, pair->value);
        }
    }
}

/* The path without "." and "NAME/..", so that a file is known again however it is named. */
static oc_slice plain_path(oc_arena *arena, oc_slice path)
{
    OC_VEC(oc_slice) parts = {0};
    bool rooted = path.len && path.ptr[0] == '/';
    for (size_t at = 0; at < path.len;) {
        size_t slash = oc_slice_find(path, OC_SLICE("/"), at);
        oc_slice part = oc_slice_sub(path, at, slash);
        at = slash == SIZE_MAX ? path.len : slash + 1;
        if (!part.len || oc_slice_is(part, ".")) continue;
        bool back = oc_slice_is(part, "..") && parts.len && !oc_slice_is(parts.at[parts.len - 1], "..");
        if (back)
            parts.len--;
        else
            *oc_vec_push(arena, &parts) = part;
    }
    oc_text plain = oc_text_in(arena);
    for (size_t i = 0; i < parts.len; i++) {
        if (i || rooted) oc_text_byte(&plain, '/');
        oc_text_add(&plain, parts.at[i]);
    }
    return oc_text_slice(&plain);
}

static oc_node *tree_of(const oc_loader *l, oc_slice path, uint32_t *ret_file)
{
    const oc_model *like = l->options ? l->options->like : NULL;
    for (size_t i = 0; like && i < like->trees.len; i++) {
        const oc_source *source = oc_source_get(l->diags->sources, like->trees.at[i].file);
        if (!source || !oc_slice_equal(source->name, path)) continue;
        *ret_file = like->trees.at[i].file;
        return like->trees.at[i].root;
    }
    return NULL;
}

/* Of the main file the bytes may be given. */
static oc_node *read_tree(oc_loader *l, oc_slice path, oc_span from, bool main, uint32_t *ret_file)
{
    if (!main || !l->options || !l->options->text.ptr) {
        oc_node *known = tree_of(l, path, ret_file);
        if (!known) known = oc_ahead_take(l->ahead, l->arena, l->diags, path, ret_file);
        return known ? known : oc_yaml_read_file(l->arena, l->diags, path, from, ret_file);
    }
    oc_slice text = l->options->text;
    if (text.len > OC_YAML_MAX_BYTES) {
        oc_report(l->diags, OC_E0002, from, OC_ARGS(OC_I(OC_YAML_MAX_BYTES >> 20), OC_T(path)));
        return NULL;
    }
    *ret_file = oc_source_add(l->diags->sources, path, text);
    return oc_yaml_read(l->arena, l->diags, *ret_file);
}

static oc_node *read_file(oc_loader *l, oc_slice path, oc_span from, opened *outer)
{
    for (opened *o = outer; o; o = o->outer) {
        if (!oc_slice_equal(plain_path(l->arena, o->path), plain_path(l->arena, path))) continue;
        oc_text chain = oc_text_in(l->arena);
        for (opened *p = outer; p; p = p->outer) {
            oc_text_add(&chain, p->path);
            oc_text_lit(&chain, " ← ");
            if (p == o) break;
        }
        oc_text_add(&chain, path);
        oc_report(l->diags, OC_E0106, from, OC_ARGS(OC_T(oc_text_slice(&chain))));
        return NULL;
    }
    if (++l->includes > OC_MAX_INCLUDES) {
        oc_report(l->diags, OC_E0108, from, OC_ARGS(OC_I(OC_MAX_INCLUDES)));
        return NULL;
    }
    uint32_t file = 0;
    oc_node *root = read_tree(l, path, from, !outer, &file);
    if (!root) return NULL;
    *oc_vec_push(l->arena, &l->model->trees) = (oc_tree){file, root};
    if (root->kind != OC_NODE_MAPPING) {
        oc_report(l->diags, OC_E0102, root->span, OC_ARGS(OC_M("record.scenario")));
        return NULL;
    }
    oc_keys_check(l, root, OC_RECORD_SCENARIO);
    opened self = {path, outer};
    oc_node *merged = OC_NEW(l->arena, oc_node);
    merged->kind = OC_NODE_MAPPING;
    merged->span = (oc_span){file, 0, 0};
    merge(l, merged, root);
    oc_node *list = oc_node_get(root, "include");
    oc_node **names;
    size_t count = list ? oc_names_read(l, list, &names) : 0;
    oc_slice *paths = OC_NEW_ARRAY(l->arena, count + 1, oc_slice);
    for (size_t i = 0; i < count; i++) paths[i] = oc_path_join(l->arena, oc_path_folder(path), names[i]->text);
    bool like = l->options && l->options->like;
    if (!outer && !like && count <= OC_MAX_INCLUDES)
        l->ahead = oc_ahead_start(l->arena, l->diags->sources, paths, count, l->options ? l->options->threads : 0);
    for (size_t i = 0; i < count; i++) {
        oc_node *included = read_file(l, paths[i], names[i]->span, &self);
        if (included) merge(l, merged, included);
    }
    return merged;
}

typedef struct reading {
    oc_loader *loader;
    oc_slice path;
    oc_node *root;
} reading;

static void read_main(void *context)
{
    reading *r = context;
    r->root = read_file(r->loader, r->path, (oc_span){0, 0, 0}, NULL);
}

oc_node *oc_include_read(oc_loader *l, oc_slice path)
{
    reading r = {l, path, NULL};
    oc_status status = oc_arena_try(l->arena, read_main, &r);
    oc_ahead_finish(l->ahead);
    l->ahead = NULL;
    if (status != OC_OK) oc_arena_give_up(l->arena, status);
    return r.root;
}

oc_node *oc_include_text(oc_loader *l, oc_node *root, oc_slice name, oc_slice text)
{
    oc_node *more = oc_yaml_read(l->arena, l->diags, oc_source_add(l->diags->sources, name, text));
    if (more) merge(l, root, more);
    return more;
}
