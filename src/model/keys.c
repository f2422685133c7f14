/* Which keys a record may have; see keys.def. */
#include "model/load.h"

typedef struct key_row {
    oc_record_kind kind;
    const char *name;
} key_row;

static const key_row key_rows[] = {
#define KEY(record, key, form, text) {OC_RECORD_##record, key},
#include "model/keys.def"
#undef KEY
};

enum { MAX_KEYS = 64 };

const char *oc_record_message(oc_record_kind kind)
{
    static const char *const messages[] = {
        "record.scenario", "record.set", "record.event", "record.input", "record.variable", "record.change",
        "record.shock", "record.definition", "record.condition", "record.issue", "record.stage", "record.question",
        "record.policy", "record.source", "record.stance"};
    return messages[kind];
}

static size_t keys_of(oc_record_kind kind, oc_slice names[MAX_KEYS])
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof key_rows / sizeof *key_rows && count < MAX_KEYS; i++) {
        bool everywhere = key_rows[i].kind == OC_RECORD_ANY && kind != OC_RECORD_SCENARIO;
        bool again = false;
        if (key_rows[i].kind != kind && !everywhere) continue;
        for (size_t j = 0; j < count; j++) again = again || oc_slice_is(names[j], key_rows[i].name);
        if (!again) names[count++] = oc_slice_of(key_rows[i].name);
    }
    return count;
}

bool oc_keys_are_all_of(const oc_node *mapping, oc_record_kind kind)
{
    oc_slice names[MAX_KEYS];
    size_t count = keys_of(kind, names);
    for (size_t i = 0; i < mapping->pairs.len; i++)
        if (!oc_slice_is_among(mapping->pairs.at[i].key->text, names, count)) return false;
    return mapping->pairs.len > 0;
}

bool oc_keys_check(oc_loader *l, const oc_node *node, oc_record_kind kind)
{
    if (node->kind != OC_NODE_MAPPING) {
        oc_diag *d = oc_report(l->diags, OC_E0102, node->span, OC_ARGS(OC_M(oc_record_message(kind))));
        oc_diag_path(d, l->path);
        return false;
    }
    oc_slice names[MAX_KEYS];
    size_t count = keys_of(kind, names);
    for (size_t i = 0; i < node->pairs.len; i++) {
        oc_slice key = node->pairs.at[i].key->text;
        if (oc_slice_is_among(key, names, count)) continue;
        oc_span span = node->pairs.at[i].key->span;
        oc_diag *d = oc_report(l->diags, OC_E0107, span, OC_ARGS(OC_T(key), OC_M(oc_record_message(kind))));
        /* {is: beta(16, 4), from: x}: what stands behind the comma became a key without a value. */
        bool cut = node->flow && oc_node_is_nothing(node->pairs.at[i].value) && i > 0 &&
                   node->pairs.at[i - 1].value->kind == OC_NODE_SCALAR &&
                   oc_slice_find(node->pairs.at[i - 1].value->text, OC_SLICE("("), 0) != SIZE_MAX;
        if (cut) {
            const oc_node *value = node->pairs.at[i - 1].value;
            oc_slice whole = oc_arena_printf(l->arena, "%.*s, %.*s", OC_FMT(value->text), OC_FMT(key));
            d->code = OC_E0016;
            d->args = NULL;
            oc_arg *args = OC_NEW_ARRAY(l->arena, 2, oc_arg);
            args[0] = OC_T(whole);
            d->args = args;
            d->span = oc_span_join(value->span, span);
            oc_diag_fix(d, d->span, oc_arena_printf(l->arena, "\"%.*s\"", OC_FMT(whole)), "help.quote-commas",
                        OC_ARGS(OC_T(whole)));
            continue;
        }
        oc_diag_path(d, l->path);
        oc_diag_suggest(d, span, key, names, count);
    }
    return true;
}
