/* Comparing two merged scenarios record by record, and turning one into the other edit by edit; see edits.h. */
#include "model/edits.h"

/* --- comparing --- */

static bool same_mappings(const oc_node *a, const oc_node *b)
{
    if (a->pairs.len != b->pairs.len) return false;
    for (size_t i = 0; i < a->pairs.len; i++) {
        const oc_pair *other = oc_node_pair(b, a->pairs.at[i].key->text);
        if (!other || !oc_node_same(a->pairs.at[i].value, other->value)) return false;
    }
    return true;
}

bool oc_node_same(const oc_node *a, const oc_node *b)
{
    if (!a || !b) return a == b;
    if (a->kind != b->kind) return false;
    if (a->kind == OC_NODE_SCALAR) return oc_slice_equal(a->text, b->text);
    if (a->kind == OC_NODE_MAPPING) return same_mappings(a, b);
    if (a->items.len != b->items.len) return false;
    for (size_t i = 0; i < a->items.len; i++)
        if (!oc_node_same(a->items.at[i], b->items.at[i])) return false;
    return true;
}

static bool is_left_out(oc_slice section)
{
    static const char *const names[] = {"scenario", "title", "about", "include", "as_of"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (oc_slice_is(section, names[i])) return true;
    return false;
}

static bool is_mapping(const oc_node *node)
{
    return node && node->kind == OC_NODE_MAPPING;
}

static void add(oc_arena *arena, oc_edits *edits, oc_edit edit)
{
    if (!oc_node_same(edit.before, edit.after)) *oc_vec_push(arena, edits) = edit;
}

/* Calls nothing twice: first what stands in `after`, then what only `before` has. */
static void compare_sections(oc_arena *arena, oc_slice section, const oc_node *before, const oc_node *after,
                             oc_edits *ret)
{
    oc_slice previous = {"", 0};
    for (size_t i = 0; after && i < after->pairs.len; i++) {
        const oc_pair *pair = &after->pairs.at[i], *old = oc_node_pair(before, pair->key->text);
        add(arena, ret,
            (oc_edit){.section = section,
                      .name = pair->key->text,
                      .before = old ? old->value : NULL,
                      .after = pair->value,
                      .span = pair->key->span,
                      .follows = previous});
        previous = pair->key->text;
    }
    for (size_t i = 0; before && i < before->pairs.len; i++) {
        const oc_pair *pair = &before->pairs.at[i];
        if (!oc_node_pair(after, pair->key->text))
            add(arena, ret,
                (oc_edit){.section = section, .name = pair->key->text, .before = pair->value, .span = pair->key->span});
    }
}

oc_edits oc_edits_between(oc_arena *arena, const oc_node *before, const oc_node *after)
{
    oc_edits edits = {0};
    const oc_node *const sides[] = {after, before};
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < sides[side]->pairs.len; i++) {
            const oc_pair *pair = &sides[side]->pairs.at[i];
            oc_slice name = pair->key->text;
            if (is_left_out(name) || (side && oc_node_pair(after, name))) continue;
            const oc_pair *old = oc_node_pair(before, name), *new = oc_node_pair(after, name);
            oc_node *a = old ? old->value : NULL, *b = new ? new->value : NULL;
            if ((!a || is_mapping(a)) && (!b || is_mapping(b)))
                compare_sections(arena, name, a, b, &edits);
            else
                add(arena, &edits, (oc_edit){.section = name, .before = a, .after = b, .span = pair->key->span});
        }
    return edits;
}

oc_edits oc_edits_of_fields(oc_arena *arena, const oc_edit *edit)
{
    oc_edits all = {0};
    if (edit->field.len || !is_mapping(edit->before) || !is_mapping(edit->after)) return all;
    compare_sections(arena, edit->section, edit->before, edit->after, &all);
    for (size_t i = 0; i < all.len; i++) {
        all.at[i].field = all.at[i].name;
        all.at[i].name = edit->name;
    }
    return all;
}

static bool names_file(const oc_node *node, oc_slice file)
{
    if (node->kind == OC_NODE_SCALAR)
        return oc_slice_ends(file, node->text) && node->text.len &&
               (node->text.len == file.len || file.ptr[file.len - node->text.len - 1] == '/');
    for (size_t i = 0; i < node->pairs.len; i++)
        if (names_file(node->pairs.at[i].value, file)) return true;
    for (size_t i = 0; i < node->items.len; i++)
        if (names_file(node->items.at[i], file)) return true;
    return false;
}

oc_edits oc_edits_of_file(oc_arena *arena, const oc_node *before, const oc_node *after, oc_slice file)
{
    oc_edits edits = {0};
    for (size_t s = 0; s < after->pairs.len; s++) {
        const oc_pair *section = &after->pairs.at[s], *earlier = oc_node_pair(before, section->key->text);
        for (size_t i = 0; earlier && is_mapping(section->value) && i < section->value->pairs.len; i++) {
            const oc_pair *pair = &section->value->pairs.at[i], *old = oc_node_pair(earlier->value, pair->key->text);
            if (old && oc_node_same(old->value, pair->value) && names_file(pair->value, file))
                *oc_vec_push(arena, &edits) = (oc_edit){.section = section->key->text,
                                                        .name = pair->key->text,
                                                        .before = old->value,
                                                        .after = pair->value,
                                                        .span = pair->key->span};
        }
    }
    return edits;
}

/* --- applying --- */

static oc_node *scalar(oc_arena *arena, oc_slice text, oc_span span)
{
    oc_node *node = OC_NEW(arena, oc_node);
    *node = (oc_node){.kind = OC_NODE_SCALAR, .text = text, .span = span, .quoted = true};
    return node;
}

static void take_out(oc_node *mapping, const oc_pair *pair)
{
    size_t at = (size_t)(pair - mapping->pairs.at);
    for (size_t i = at + 1; i < mapping->pairs.len; i++) mapping->pairs.at[i - 1] = mapping->pairs.at[i];
    mapping->pairs.len--;
}

/* Behind the record `follows`, or at the end where there is none of that name. */
static void put_in(oc_arena *arena, oc_node *mapping, oc_pair pair, oc_slice follows)
{
    const oc_pair *before = oc_node_pair(mapping, follows);
    size_t at = before ? (size_t)(before - mapping->pairs.at) + 1 : follows.len ? mapping->pairs.len : 0;
    (void)oc_vec_push(arena, &mapping->pairs);
    for (size_t i = mapping->pairs.len - 1; i > at; i--) mapping->pairs.at[i] = mapping->pairs.at[i - 1];
    mapping->pairs.at[at] = pair;
}

static void set(oc_arena *arena, oc_node *mapping, oc_slice key, const oc_edit *edit)
{
    oc_pair *pair = oc_node_pair(mapping, key);
    if (pair && edit->after)
        pair->value = edit->after;
    else if (pair)
        take_out(mapping, pair);
    else if (edit->after)
        put_in(arena, mapping, (oc_pair){scalar(arena, key, edit->span), edit->after}, edit->follows);
}

static oc_node *copy_of(oc_arena *arena, const oc_node *mapping)
{
    oc_node *copy = OC_NEW(arena, oc_node);
    *copy = *mapping;
    copy->pairs.at = NULL;
    copy->pairs.len = copy->pairs.room = 0;
    for (size_t i = 0; i < mapping->pairs.len; i++) *oc_vec_push(arena, &copy->pairs) = mapping->pairs.at[i];
    return copy;
}

static void apply(oc_arena *arena, oc_node *root, const oc_edit *edit)
{
    if (!edit->name.len) {
        set(arena, root, edit->section, edit);
        return;
    }
    oc_pair *section = oc_node_pair(root, edit->section);
    if (!section) {
        oc_node *empty = OC_NEW(arena, oc_node);
        *empty = (oc_node){.kind = OC_NODE_MAPPING, .span = edit->span};
        *oc_vec_push(arena, &root->pairs) = (oc_pair){scalar(arena, edit->section, edit->span), empty};
        section = &root->pairs.at[root->pairs.len - 1];
    }
    if (!edit->field.len) {
        set(arena, section->value, edit->name, edit);
        return;
    }
    oc_pair *record = oc_node_pair(section->value, edit->name);
    if (!record || record->value->kind != OC_NODE_MAPPING) return;
    record->value = copy_of(arena, record->value);
    set(arena, record->value, edit->field, edit);
}

void oc_edits_apply(oc_arena *arena, oc_node *root, const oc_edit *const *edits, size_t count)
{
    for (size_t i = 0; i < count; i++) apply(arena, root, edits[i]);
}
