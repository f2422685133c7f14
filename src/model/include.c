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
    for (size_t i = 0; i < from->pairs.len; i++) {
        oc_pair *pair = &from->pairs.at[i];
        oc_pair *same = oc_node_pair(into, pair->key->text);
        if (!same) {
            *oc_vec_push(l->arena, &into->pairs) = *pair;
            continue;
        }
        oc_diag *d = oc_report(l->diags, OC_E0105, same->key->span, OC_ARGS(OC_T(pair->key->text)));
        oc_diag_at(d, pair->key->span, "label.first-here", NULL);
    }
}

static void merge(oc_loader *l, oc_node *into, const oc_node *from)
{
    for (size_t i = 0; i < from->pairs.len; i++) {
        oc_pair *pair = &from->pairs.at[i];
        if (oc_slice_is(pair->key->text, "include")) continue;
        oc_pair *same = oc_node_pair(into, pair->key->text);
        bool single = oc_slice_is(pair->key->text, "title") || oc_slice_is(pair->key->text, "about") ||
                      oc_slice_is(pair->key->text, "tick");
        if (!same) {
            /* A section of its own, so that the tree of the included file stays as it was read. */
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
            for (size_t k = 0; k < pair->value->items.len; k++)
                *oc_vec_push(l->arena, &same->value->items) = pair->value->items.at[k];
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

/* Of the main file the bytes may be given. */
static oc_node *read_tree(oc_loader *l, oc_slice path, oc_span from, bool main, uint32_t *ret_file)
{
    if (!main || !l->options || !l->options->text.ptr)
        return oc_yaml_read_file(l->arena, l->diags, path, from, ret_file);
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
    for (size_t i = 0; i < count; i++) {
        oc_slice full = oc_path_join(l->arena, oc_path_folder(path), names[i]->text);
        oc_node *included = read_file(l, full, names[i]->span, &self);
        if (included) merge(l, merged, included);
    }
    return merged;
}

oc_node *oc_include_read(oc_loader *l, oc_slice path)
{
    return read_file(l, path, (oc_span){0, 0, 0}, NULL);
}

oc_node *oc_include_text(oc_loader *l, oc_node *root, oc_slice name, oc_slice text)
{
    oc_node *more = oc_yaml_read(l->arena, l->diags, oc_source_add(l->diags->sources, name, text));
    if (more) merge(l, root, more);
    return more;
}
