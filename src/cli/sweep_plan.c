/* Reading a sweep file; see sweep_plan.h.
 *
 * Grid by example: axes of 3 and 7 values give 21 variants; variant 9 is value 9 / 7 = 1 of the first and 9 % 7 = 2 of
 * the second: the last axis turns fastest. */
#include "cli/sweep_plan.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"

typedef struct reader {
    oc_arena *arena;
    oc_diags *diags;
    oc_sweep_plan *plan;
} reader;

static bool refuse(reader *r, oc_code code, oc_span span, const char *why, const oc_arg *args)
{
    oc_diag *d = oc_report(r->diags, code, span, NULL);
    oc_diag_label(d, why, args);
    oc_diag_help(d, "help.sweep", NULL);
    return false;
}

static bool check_keys(reader *r, const oc_node *node, const char *const *allowed, size_t count)
{
    oc_slice names[8];
    for (size_t i = 0; i < count; i++) names[i] = oc_slice_of(allowed[i]);
    if (node->kind != OC_NODE_MAPPING) return refuse(r, OC_E0980, node->span, "label.sweep-mapping", NULL);
    for (size_t i = 0; i < node->pairs.len; i++) {
        const oc_node *key = node->pairs.at[i].key;
        bool known = false;
        for (size_t k = 0; k < count; k++) known = known || oc_slice_equal(key->text, names[k]);
        if (known) continue;
        oc_diag *d = oc_report(r->diags, OC_E0980, key->span, NULL);
        oc_diag_label(d, "label.sweep-key", OC_ARGS(OC_T(key->text)));
        oc_diag_suggest(d, key->span, key->text, names, count);
        return false;
    }
    return true;
}

/* A scalar as it stands, a flow collection as it is written. */
static bool value_text(reader *r, const oc_node *node, oc_slice *ret)
{
    if (node->kind == OC_NODE_SCALAR)
        *ret = node->text;
    else if (node->flow)
        *ret = oc_span_text(r->diags->sources, node->span);
    else
        return refuse(r, OC_E0980, node->span, "label.sweep-value", NULL);
    if (ret->len && !memchr(ret->ptr, '\n', ret->len)) return true;
    return refuse(r, OC_E0980, node->span, "label.sweep-value", NULL);
}

/* "6mo": 6 and "mo". */
static bool number_with_unit(const oc_node *node, double *ret, oc_slice *ret_unit)
{
    char buffer[64];
    if (!node || node->kind != OC_NODE_SCALAR || !node->text.len || node->text.len >= sizeof buffer) return false;
    memcpy(buffer, node->text.ptr, node->text.len);
    buffer[node->text.len] = '\0';
    if (!strchr("+-.0123456789", buffer[0])) return false;
    char *end;
    *ret = strtod(buffer, &end);
    *ret_unit = oc_slice_sub(node->text, (size_t)(end - buffer), node->text.len);
    for (const char *c = end; *c; c++)
        if (!strchr("%/abcdefghijklmnopqrstuvwxyz", *c)) return false;
    return end != buffer && isfinite(*ret);
}

static bool whole(const oc_node *node, double least, double most, uint64_t *ret)
{
    double value;
    oc_slice unit;
    if (!number_with_unit(node, &value, &unit) || unit.len || value < least || value > most || value != floor(value))
        return false;
    *ret = (uint64_t)value;
    return true;
}

static oc_slice number_text(oc_arena *arena, double value, oc_slice unit)
{
    oc_text text = oc_text_in(arena);
    oc_text_number(&text, value);
    oc_text_add(&text, unit);
    return oc_text_slice(&text);
}

static bool read_range(reader *r, const oc_node *node, oc_sweep_axis *axis)
{
    static const char *const keys[] = {"from", "to", "steps", "low", "high"};
    if (!check_keys(r, node, keys, 5)) return false;
    bool stepped = oc_node_get(node, "from") != NULL;
    oc_slice unit;
    uint64_t steps = 0;
    bool fine = number_with_unit(oc_node_get(node, stepped ? "from" : "low"), &axis->low, &axis->unit) &&
                number_with_unit(oc_node_get(node, stepped ? "to" : "high"), &axis->high, &unit) &&
                oc_slice_equal(unit, axis->unit) && node->pairs.len == (stepped ? 3 : 2);
    if (stepped) fine = fine && whole(oc_node_get(node, "steps"), 2, 100000, &steps);
    if (!fine || (!stepped && axis->low >= axis->high))
        return refuse(r, OC_E0982, node->span, "label.sweep-range", NULL);
    if (!stepped && r->plan->design != OC_SWEEP_LATIN)
        return refuse(r, OC_E0982, node->span, "label.sweep-latin", NULL);
    axis->range = !stepped;
    for (uint64_t i = 0; i < steps; i++) {
        double share = (double)i / (double)(steps - 1);
        double value = i + 1 == steps ? axis->high : axis->low + (axis->high - axis->low) * share;
        /* Twelve digits: 0.1 + 2 * 0.1 is meant to be 0.3. */
        value = strtod(oc_arena_printf(r->arena, "%.12g", value).ptr, NULL);
        *oc_vec_push(r->arena, &axis->values) = number_text(r->arena, value, axis->unit);
    }
    return true;
}

static bool read_axis(reader *r, const oc_pair *pair)
{
    oc_sweep_axis *axis = oc_vec_push(r->arena, &r->plan->axes);
    *axis = (oc_sweep_axis){.path = pair->key->text};
    if (pair->value->kind == OC_NODE_MAPPING) return read_range(r, pair->value, axis);
    if (pair->value->kind != OC_NODE_LIST || !pair->value->items.len)
        return refuse(r, OC_E0981, pair->value->span, "label.sweep-values", NULL);
    for (size_t i = 0; i < pair->value->items.len; i++)
        if (!value_text(r, pair->value->items.at[i], oc_vec_push(r->arena, &axis->values))) return false;
    return true;
}

static bool read_vary(reader *r, const oc_node *vary, oc_span where)
{
    if (!vary || vary->kind != OC_NODE_MAPPING || !vary->pairs.len)
        return refuse(r, OC_E0981, vary ? vary->span : where, "label.sweep-vary", NULL);
    for (size_t i = 0; i < vary->pairs.len; i++)
        if (!read_axis(r, &vary->pairs.at[i])) return false;
    uint64_t variants = 1;
    for (size_t i = 0; i < r->plan->axes.len && r->plan->design == OC_SWEEP_GRID; i++) {
        variants *= r->plan->axes.at[i].values.len;
        if (variants > OC_SWEEP_VARIANTS) break;
    }
    r->plan->variants = variants;
    return true;
}

static bool read_list(reader *r, const oc_node *list, oc_span where)
{
    if (!list || list->kind != OC_NODE_LIST || !list->items.len)
        return refuse(r, OC_E0981, list ? list->span : where, "label.sweep-list", NULL);
    oc_sweep_plan *plan = r->plan;
    for (size_t i = 0; i < list->items.len; i++) {
        const oc_node *row = list->items.at[i];
        bool fine = row->kind == OC_NODE_MAPPING && row->pairs.len && (!i || row->pairs.len == plan->axes.len);
        for (size_t k = 0; fine && !i && k < row->pairs.len; k++)
            *oc_vec_push(r->arena, &plan->axes) = (oc_sweep_axis){.path = row->pairs.at[k].key->text};
        for (size_t k = 0; fine && k < plan->axes.len; k++) {
            const oc_pair *pair = oc_node_pair((oc_node *)row, plan->axes.at[k].path);
            fine = pair != NULL;
            if (fine && !value_text(r, pair->value, oc_vec_push(r->arena, &plan->axes.at[k].values))) return false;
        }
        if (!fine) return refuse(r, OC_E0980, row->span, "label.sweep-row", NULL);
    }
    plan->variants = list->items.len;
    return true;
}

/* --- Latin hypercube --- */

/* splitmix64 (Steele, Lea and Flood 2014): the design alone is drawn with it. */
static uint64_t scramble(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static void shuffle(reader *r, oc_sweep_axis *axis, uint64_t seed)
{
    uint64_t n = r->plan->variants;
    axis->order = OC_NEW_ARRAY(r->arena, n, uint32_t);
    for (uint64_t i = 0; i < n; i++) axis->order[i] = (uint32_t)i;
    for (uint64_t i = n; i-- > 1;) {
        uint64_t k = scramble(seed + i) % (i + 1);
        uint32_t swap = axis->order[i];
        axis->order[i] = axis->order[k];
        axis->order[k] = swap;
    }
}

oc_slice oc_sweep_value(oc_arena *arena, const oc_sweep_plan *plan, size_t index, uint64_t variant)
{
    const oc_sweep_axis *axis = &plan->axes.at[index];
    if (plan->design == OC_SWEEP_LIST) return axis->values.at[variant];
    if (plan->design == OC_SWEEP_GRID) {
        for (size_t k = plan->axes.len; --k > index;) variant /= plan->axes.at[k].values.len;
        return axis->values.at[variant % axis->values.len];
    }
    uint64_t stratum = axis->order[variant];
    if (!axis->range) return axis->values.at[stratum * axis->values.len / plan->variants];
    double within = (double)(scramble(scramble(plan->seed + index) ^ variant) >> 11) * 0x1p-53;
    double share = ((double)stratum + within) / (double)plan->variants;
    return number_text(arena, axis->low + (axis->high - axis->low) * share, axis->unit);
}

/* --- the file --- */

static bool read_head(reader *r, const oc_node *root)
{
    static const char *const keys[] = {"scenario", "design", "runs", "seed", "variants", "vary", "list"};
    static const char *const designs[] = {"grid", "latin", "list"};
    oc_sweep_plan *plan = r->plan;
    if (!check_keys(r, root, keys, 7)) return false;
    const oc_node *scenario = oc_node_get(root, "scenario"), *design = oc_node_get(root, "design");
    const oc_node *runs = oc_node_get(root, "runs"), *seed = oc_node_get(root, "seed");
    if (!scenario || !value_text(r, scenario, &plan->scenario))
        return refuse(r, OC_E0980, root->span, "label.sweep-scenario", NULL);
    plan->design = oc_node_get(root, "list") ? OC_SWEEP_LIST : OC_SWEEP_GRID;
    for (size_t i = 0; design && i < 3; i++)
        if (design->kind == OC_NODE_SCALAR && oc_slice_is(design->text, designs[i])) {
            plan->design = (oc_sweep_design)i;
            design = NULL;
        }
    if (design) return refuse(r, OC_E0980, design->span, "label.sweep-design", NULL);
    if (runs && !whole(runs, 1, 1e11, &plan->runs)) return refuse(r, OC_E0980, runs->span, "label.sweep-whole", NULL);
    plan->seed = 1;
    if (seed && !whole(seed, 0, 9e15, &plan->seed)) return refuse(r, OC_E0980, seed->span, "label.sweep-whole", NULL);
    return true;
}

bool oc_sweep_read(oc_arena *arena, oc_diags *diags, oc_slice path, oc_sweep_plan *ret)
{
    reader r = {arena, diags, ret};
    *ret = (oc_sweep_plan){.design = OC_SWEEP_GRID};
    uint32_t file;
    oc_node *root = oc_yaml_read_file(arena, diags, path, (oc_span){0, 0, 0}, &file);
    if (!root || !read_head(&r, root)) return false;
    oc_span where = {file, 0, 0};
    bool fine = ret->design == OC_SWEEP_LIST ? read_list(&r, oc_node_get(root, "list"), where)
                                             : read_vary(&r, oc_node_get(root, "vary"), where);
    if (!fine) return false;
    const oc_node *variants = oc_node_get(root, "variants");
    if (ret->design == OC_SWEEP_LATIN) {
        if (!variants || !whole(variants, 1, 1e15, &ret->variants))
            return refuse(&r, OC_E0981, variants ? variants->span : where, "label.sweep-variants", NULL);
    } else if (variants) {
        return refuse(&r, OC_E0980, variants->span, "label.sweep-no-variants", NULL);
    }
    uint64_t strata = ret->design == OC_SWEEP_LATIN ? ret->variants * ret->axes.len : 0;
    if (ret->variants > OC_SWEEP_VARIANTS || strata > OC_SWEEP_STRATA) {
        oc_report(diags, OC_E0983, root->span, OC_ARGS(OC_I(OC_SWEEP_VARIANTS)));
        return false;
    }
    for (size_t i = 0; i < ret->axes.len && ret->design == OC_SWEEP_LATIN; i++)
        shuffle(&r, &ret->axes.at[i], scramble(ret->seed ^ scramble(i)));
    return true;
}
