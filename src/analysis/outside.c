/* Reading the section `outside`; see outside.h. */
#include "analysis/outside.h"

#include <errno.h>

#include "base/file.h"

enum { MOST_BYTES = 32 << 20 };

static const char *const known_keys[] = {"class", "announced", "target", "kind", "conditions_based", "leave_out",
                                         "from",  "because",   "title",  "about"};
enum { KNOWN_KEYS = sizeof known_keys / sizeof *known_keys };

typedef struct reader {
    oc_arena *arena;
    oc_diags *diags;
    const oc_node *entry;
    oc_span place; /* of the stage's name */
} reader;

static bool check_keys(reader *r)
{
    size_t before = r->diags->errors;
    oc_slice names[KNOWN_KEYS];
    for (int i = 0; i < KNOWN_KEYS; i++) names[i] = oc_slice_of(known_keys[i]);
    for (size_t p = 0; p < r->entry->pairs.len; p++) {
        const oc_node *key = r->entry->pairs.at[p].key;
        int i = 0;
        while (i < KNOWN_KEYS && !oc_slice_equal(key->text, names[i])) i++;
        if (i < KNOWN_KEYS) continue;
        oc_diag *d = oc_report(r->diags, OC_E0957, key->span, OC_ARGS(OC_T(key->text)));
        oc_diag_suggest(d, key->span, key->text, names, KNOWN_KEYS);
    }
    static const char *const needed[] = {"class", "target"};
    for (int i = 0; i < 2; i++)
        if (!oc_node_get(r->entry, needed[i])) oc_report(r->diags, OC_E0956, r->place, OC_ARGS(OC_S(needed[i])));
    return r->diags->errors == before;
}

/* The text of a key; empty if it is not given. */
static oc_slice text_of(const reader *r, const char *key)
{
    const oc_node *node = oc_node_get(r->entry, key);
    return node && node->kind == OC_NODE_SCALAR ? node->text : (oc_slice){"", 0};
}

static void read_days(reader *r, const char *key, oc_day *ret_first, oc_day *ret_last)
{
    const oc_node *node = oc_node_get(r->entry, key);
    *ret_first = *ret_last = OC_DAY_NONE;
    if (!node || (node->kind == OC_NODE_SCALAR && oc_days_parse(node->text, ret_first, ret_last))) return;
    *ret_first = *ret_last = OC_DAY_NONE;
    oc_diag *d = oc_report(r->diags, OC_E0947, node->span, OC_ARGS(OC_T(node->text), OC_S(key)));
    oc_diag_help(d, "class.help.date", NULL);
}

/* -1 if it is not given. */
static int read_truth(reader *r, const char *key)
{
    const oc_node *node = oc_node_get(r->entry, key);
    if (!node) return -1;
    if (oc_slice_is(node->text, "yes")) return 1;
    if (!oc_slice_is(node->text, "no"))
        oc_report(r->diags, OC_E0948, node->span, OC_ARGS(OC_T(node->text), OC_S(key)));
    return 0;
}

static void read_group(reader *r, oc_outside *out)
{
    oc_slice kind = text_of(r, "kind");
    int conditions = read_truth(r, "conditions_based");
    out->announced.group = OC_CLASS_WHOLE;
    if (!kind.len) return;
    if (conditions < 0) {
        oc_report(r->diags, OC_E0956, r->place, OC_ARGS(OC_S("conditions_based")));
        return;
    }
    out->announced.group = oc_class_find_group(&out->class, kind, conditions == 1);
    if (out->announced.group == OC_CLASS_WHOLE)
        oc_report(r->diags, OC_E0958, oc_node_get(r->entry, "kind")->span, OC_ARGS(OC_T(kind)));
}

static oc_status read_class(reader *r, oc_slice folder, oc_day as_of, oc_outside *out)
{
    const oc_node *file = oc_node_get(r->entry, "class"), *names = oc_node_get(r->entry, "leave_out");
    out->path = oc_path_join(r->arena, folder, file->text);
    oc_slice bytes;
    if (oc_file_read(r->arena, out->path.ptr, MOST_BYTES, &bytes) != OC_OK) {
        oc_report(r->diags, OC_E0001, file->span, OC_ARGS(OC_T(out->path), oc_arg_of_errno(errno)));
        return OC_INPUT;
    }
    size_t count = names && names->kind == OC_NODE_LIST ? names->items.len : 0;
    oc_slice *leave_out = OC_NEW_ARRAY(r->arena, count + 1, oc_slice);
    for (size_t i = 0; i < count; i++) leave_out[i] = names->items.at[i]->text;
    return oc_refclass_read(r->arena, r->diags, out->path, bytes, as_of, leave_out, count, &out->class);
}

oc_status oc_outside_read(oc_arena *arena, oc_diags *diags, const oc_node *root, oc_slice folder, oc_slice stage,
                          oc_day as_of, oc_outside **ret_outside)
{
    *ret_outside = NULL;
    oc_pair *entry = oc_node_pair(oc_node_get(root, "outside"), stage);
    if (!entry) return OC_OK;
    size_t errors = diags->errors;
    reader r = {arena, diags, entry->value, entry->key->span};
    oc_outside *out = OC_NEW(arena, oc_outside);
    oc_day last;
    if (!check_keys(&r)) return OC_INPUT;
    read_days(&r, "target", &out->announced.target_first, &out->announced.target_last);
    read_days(&r, "announced", &out->announced.announced, &last);
    out->announced.known = as_of;
    oc_status status = read_class(&r, folder, as_of, out);
    if (status != OC_OK) return status;
    read_group(&r, out);
    if (diags->errors > errors) return OC_INPUT;
    if (!oc_class_fit_slips(arena, &out->class, NULL, &out->fit)) {
        size_t done = out->class.use[OC_CASE_DONE] + out->class.use[OC_CASE_BEFORE];
        oc_report(diags, OC_E0951, r.place, OC_ARGS(OC_I(out->class.used), OC_I(done), OC_I(4), OC_I(2)));
        return OC_INPUT;
    }
    *ret_outside = out;
    return OC_OK;
}
