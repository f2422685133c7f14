/* Overrides: PATH=EXPR, before anything is read. A path names a record and a part of it: plan_kept, stages.foc.chance,
 * variables.capability.drift, horizon. A bare name means the record's value: of an input or definition the whole, of a
 * variable `now`, of a condition `met`, of a shock `rate`, of an event `held`, of a stage `chance`. A mapping whose
 * keys are parts of the record sets those: stages.foc={done: 2026-11-01, chance: 0.9}. */
#include <string.h>

#include "base/utf8.h"
#include "model/load.h"

static const struct {
    const char *section;
    const char *part; /* what a bare name means; NULL: the whole record */
    oc_record_kind kind;
} places[] = {
    {"inputs", NULL, OC_RECORD_INPUT},      {"variables", "now", OC_RECORD_VARIABLE},
    {"define", NULL, OC_RECORD_DEFINITION}, {"conditions", "met", OC_RECORD_CONDITION},
    {"shocks", "rate", OC_RECORD_SHOCK},    {"calendar", "held", OC_RECORD_EVENT},
    {"stages", "chance", OC_RECORD_STAGE},  {"questions", NULL, OC_RECORD_QUESTION},
    {"issues", "error", OC_RECORD_ISSUE},
};

static oc_node *mapping_copy(oc_loader *l, const oc_node *node)
{
    oc_node *copy = OC_NEW(l->arena, oc_node);
    *copy = *node;
    copy->pairs.at = OC_NEW_ARRAY(l->arena, node->pairs.len + 1, oc_pair);
    copy->pairs.room = node->pairs.len + 1;
    for (size_t i = 0; i < node->pairs.len; i++) copy->pairs.at[i] = node->pairs.at[i];
    return copy;
}

static oc_node *key_node(oc_loader *l, oc_slice name, oc_span span)
{
    oc_node *key = OC_NEW(l->arena, oc_node);
    *key = (oc_node){.kind = OC_NODE_SCALAR, .text = name, .span = span, .quoted = true};
    return key;
}

/* Sets mapping[name] in place, keeping `from` and `because` of the value that was there out of it: the new value is
 * somebody's own. */
static void put(oc_loader *l, oc_node *mapping, oc_slice name, oc_node *value, oc_span span)
{
    oc_pair *pair = oc_node_pair(mapping, name);
    if (pair)
        pair->value = value;
    else
        *oc_vec_push(l->arena, &mapping->pairs) = (oc_pair){key_node(l, name, span), value};
}

static oc_pair *find_record(oc_node *root, oc_slice name, size_t *ret_place)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        oc_pair *pair = oc_node_pair(oc_node_get(root, places[i].section), name);
        if (!pair) continue;
        *ret_place = i;
        return pair;
    }
    return NULL;
}

static void unknown(oc_loader *l, oc_node *root, const oc_override *o, oc_slice name)
{
    typedef OC_VEC(oc_slice) names;
    names known = {0};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        const oc_node *section = oc_node_get(root, places[i].section);
        for (size_t k = 0; section && section->kind == OC_NODE_MAPPING && k < section->pairs.len; k++)
            *oc_vec_push(l->arena, &known) = section->pairs.at[k].key->text;
    }
    oc_diag *d = oc_report(l->diags, OC_E0140, o->path_span, OC_ARGS(OC_T(name)));
    oc_diag_suggest(d, o->path_span, name, known.at, known.len);
}

static oc_slice next_part(oc_slice *path)
{
    size_t dot = oc_slice_find(*path, OC_SLICE("."), 0);
    oc_slice part = oc_slice_sub(*path, 0, dot);
    *path = dot == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(*path, dot + 1, path->len);
    return part;
}

/* A record written as a bare value becomes {is: value}. */
static oc_node *as_mapping(oc_loader *l, oc_pair *pair)
{
    if (pair->value->kind != OC_NODE_MAPPING) {
        oc_node *wrap = OC_NEW(l->arena, oc_node);
        *wrap = (oc_node){.kind = OC_NODE_MAPPING, .span = pair->value->span};
        put(l, wrap, OC_SLICE("is"), pair->value, pair->value->span);
        pair->value = wrap;
    } else {
        pair->value = mapping_copy(l, pair->value);
    }
    return pair->value;
}

static bool is_setting(oc_slice name)
{
    return oc_slice_is(name, "horizon") || oc_slice_is(name, "as_of") || oc_slice_is(name, "tick");
}

/* The record that a path begins with, by its section or without; *rest is then what follows. NULL was reported. */
static oc_pair *record_of(oc_loader *l, oc_node *root, const oc_override *o, oc_slice *rest, size_t *ret_place)
{
    oc_slice first = next_part(rest);
    for (size_t i = 0; i < sizeof places / sizeof *places && rest->len; i++) {
        if (!oc_slice_is(first, places[i].section)) continue;
        first = next_part(rest);
        oc_pair *pair = oc_node_pair(oc_node_get(root, places[i].section), first);
        *ret_place = i;
        if (!pair) unknown(l, root, o, first);
        return pair;
    }
    oc_pair *pair = find_record(root, first, ret_place);
    if (!pair) unknown(l, root, o, first);
    return pair;
}

static void set_part(oc_loader *l, const oc_override *o, oc_node *record, oc_slice path)
{
    oc_slice key = next_part(&path);
    while (path.len) {
        oc_pair *inner = oc_node_pair(record, key);
        if (!inner) {
            oc_report(l->diags, OC_E0141, o->path_span, OC_ARGS(OC_T(key)));
            return;
        }
        record = as_mapping(l, inner);
        key = next_part(&path);
    }
    put(l, record, key, o->value, o->path_span);
}

static void apply(oc_loader *l, oc_node *root, const oc_override *o)
{
    if (is_setting(o->path)) {
        put(l, root, o->path, o->value, o->path_span);
        return;
    }
    size_t place = 0;
    oc_slice rest = o->path;
    oc_pair *pair = record_of(l, root, o, &rest, &place);
    if (!pair) return;
    const char *part = places[place].part;
    if (!rest.len && !part) {
        pair->value = o->value;
        return;
    }
    oc_node *record = as_mapping(l, pair);
    /* Only a variable may be a choice {low: 0.3, …}; of other records a key that is no part is a slip, told as such. */
    bool parts = o->value->kind == OC_NODE_MAPPING &&
                 (oc_keys_are_all_of(o->value, places[place].kind) || places[place].kind != OC_RECORD_VARIABLE);
    if (!rest.len && parts) {
        for (size_t i = 0; i < o->value->pairs.len; i++) {
            const oc_node *key = o->value->pairs.at[i].key;
            put(l, record, key->text, o->value->pairs.at[i].value, key->span);
        }
        return;
    }
    set_part(l, o, record, rest.len ? rest : oc_slice_of(part));
}

void oc_overrides_apply(oc_loader *l, oc_node *root)
{
    for (size_t i = 0; l->options && i < l->options->set_count; i++) apply(l, root, &l->options->sets[i]);
}

/* An option as a small source of its own, so that messages can point into it. The value is one line of YAML: parsed
 * when it is a flow collection, else a scalar as it stands. */
static oc_node *option_node(oc_arena *arena, oc_diags *diags, oc_slice option, oc_slice text, size_t start)
{
    oc_slice trimmed = oc_slice_trim(oc_slice_sub(text, start, text.len));
    size_t lead = (size_t)(trimmed.ptr - text.ptr);
    if (trimmed.len && (trimmed.ptr[0] == '{' || trimmed.ptr[0] == '[')) {
        /* Read with blanks for what stands before, so that places fit the option as it is shown. */
        char *blank = OC_NEW_ARRAY(arena, text.len, char);
        memcpy(blank, text.ptr, text.len);
        memset(blank, ' ', lead);
        uint32_t padded = oc_source_add(diags->sources, option, (oc_slice){blank, text.len});
        oc_node *node = oc_yaml_read(arena, diags, padded);
        diags->sources->files.at[padded - 1].text = text;
        return node;
    }
    uint32_t file = oc_source_add(diags->sources, option, text);
    oc_node *node = OC_NEW(arena, oc_node);
    *node = (oc_node){
        .kind = OC_NODE_SCALAR, .text = trimmed, .span = {file, (uint32_t)lead, (uint32_t)(lead + trimmed.len)}};
    return node;
}

bool oc_override_parse(oc_arena *arena, oc_diags *diags, oc_slice option, oc_slice text, oc_override *ret)
{
    text = oc_utf8_nfc(arena, oc_arena_copy(arena, text));
    size_t equals = oc_slice_find(text, OC_SLICE("="), 0);
    if (equals == SIZE_MAX || equals == 0) {
        uint32_t file = oc_source_add(diags->sources, option, text);
        oc_diag *d = oc_report(diags, OC_E0142, (oc_span){file, 0, (uint32_t)text.len}, OC_ARGS(OC_T(text)));
        oc_diag_help(d, "help.set-form", NULL);
        return false;
    }
    ret->value = option_node(arena, diags, option, text, equals + 1);
    ret->path = oc_slice_trim(oc_slice_sub(text, 0, equals));
    ret->path_span = (oc_span){(uint32_t)diags->sources->files.len, 0, (uint32_t)equals};
    return ret->value != NULL;
}

oc_node *oc_given_parse(oc_arena *arena, oc_diags *diags, oc_slice option, oc_slice text)
{
    return option_node(arena, diags, option, oc_utf8_nfc(arena, oc_arena_copy(arena, text)), 0);
}
