/* Values in their shapes, and where they come from.
 *
 *     0.85                                              an expression
 *     {is: 0.85, from: [donga_20221028], because: …}    with provenance
 *     {by: rok_government, progressive: 90, rest: 30}   a choice by category
 *     {progressive: 0.4, conservative: rest}            a category drawn
 *     {series: {2017-05-10: a, 2022-05-10: b}}          for `now`: the last on or before as_of
 *     {table: file.csv, date: col, value: col, where: {col: text}}
 */
#include "model/load.h"

bool oc_text_read(oc_loader *l, const oc_node *node, oc_slice *ret)
{
    if (node->kind == OC_NODE_SCALAR) {
        *ret = node->text;
        return true;
    }
    oc_diag *d = oc_report(l->diags, OC_E0104, node->span, NULL);
    oc_diag_path(d, l->path);
    return false;
}

size_t oc_names_read(oc_loader *l, oc_node *node, oc_node ***ret)
{
    size_t count = node->kind == OC_NODE_LIST ? node->items.len : 1, used = 0;
    *ret = OC_NEW_ARRAY(l->arena, count ? count : 1, oc_node *);
    for (size_t i = 0; i < count; i++) {
        oc_node *item = node->kind == OC_NODE_LIST ? node->items.at[i] : node;
        oc_slice text;
        if (oc_text_read(l, item, &text)) (*ret)[used++] = item;
    }
    return used;
}

oc_day oc_day_read(oc_loader *l, const oc_node *node)
{
    oc_slice text;
    bool form;
    if (!oc_text_read(l, node, &text)) return OC_DAY_NONE;
    oc_day day = oc_day_parse(text, &form);
    if (day != OC_DAY_NONE) return day;
    oc_diag *d = oc_report(l->diags, form ? OC_E0205 : OC_E0109, node->span, OC_ARGS(OC_T(text)));
    oc_diag_path(d, l->path);
    if (!form) oc_diag_help(d, "help.iso-date", NULL);
    return OC_DAY_NONE;
}

const oc_provenance *oc_provenance_enter(oc_loader *l, const oc_node *node)
{
    const oc_provenance *outer = l->provenance;
    oc_node *from = oc_node_get(node, "from"), *because = oc_node_get(node, "because");
    if (!from && !because) return outer;
    oc_provenance *p = OC_NEW(l->arena, oc_provenance);
    /* cppcheck-suppress nullPointerRedundantCheck ; one of them is there */
    p->span = (from ? from : because)->span;
    if (from) {
        oc_node **names;
        p->from_count = oc_names_read(l, from, &names);
        oc_slice *keys = OC_NEW_ARRAY(l->arena, p->from_count + 1, oc_slice);
        oc_span *spans = OC_NEW_ARRAY(l->arena, p->from_count + 1, oc_span);
        for (size_t i = 0; i < p->from_count; i++) keys[i] = names[i]->text, spans[i] = names[i]->span;
        p->from = keys;
        p->from_spans = spans;
    }
    if (because) {
        oc_title title = oc_title_read(l->diags, because);
        p->because = title.text[OC_LANG_EN].len ? title.text[OC_LANG_EN] : title.text[OC_LANG_KO];
        if (!p->because.len) p->because = title.text[OC_LANG_JA];
    }
    l->provenance = p;
    return outer;
}

void oc_literal_note(oc_loader *l, oc_span span)
{
    *oc_vec_push(l->arena, &l->model->literals) = (oc_literal){span, l->path, l->provenance};
}

static void cover(oc_expr *node, void *context)
{
    oc_loader *l = context;
    node->provenance = l->provenance;
    if (node->kind == OC_EXPR_NUMBER || node->kind == OC_EXPR_DATE) oc_literal_note(l, node->span);
}

static oc_expr *poison_at(oc_loader *l, oc_span span)
{
    return oc_expr_new(l->arena, OC_EXPR_POISON, span);
}

static bool is_provenance_key(oc_slice key)
{
    return oc_slice_is(key, "from") || oc_slice_is(key, "because") || oc_slice_is(key, "unit") ||
           oc_slice_is(key, "title") || oc_slice_is(key, "about");
}

static oc_expr *read_by(oc_loader *l, oc_node *node)
{
    oc_expr *e = oc_expr_new(l->arena, OC_EXPR_BY, node->span);
    e->args = OC_NEW_ARRAY(l->arena, node->pairs.len + 1, oc_expr *);
    e->keys = OC_NEW_ARRAY(l->arena, node->pairs.len + 1, oc_slice);
    e->key_spans = OC_NEW_ARRAY(l->arena, node->pairs.len + 1, oc_span);
    e->args[0] = oc_value_read(l, oc_node_get(node, "by"));
    e->arg_count = 1;
    const oc_pair *rest = NULL;
    for (size_t i = 0; i < node->pairs.len; i++) {
        const oc_pair *pair = &node->pairs.at[i];
        if (oc_slice_is(pair->key->text, "by") || is_provenance_key(pair->key->text)) continue;
        if (oc_slice_is(pair->key->text, "rest")) {
            rest = pair;
            continue;
        }
        e->keys[e->arg_count - 1] = pair->key->text;
        e->key_spans[e->arg_count - 1] = pair->key->span;
        e->args[e->arg_count++] = oc_value_read(l, pair->value);
    }
    if (rest) {
        e->keys[e->arg_count - 1] = rest->key->text;
        e->key_spans[e->arg_count - 1] = rest->key->span;
        e->args[e->arg_count++] = oc_value_read(l, rest->value);
    }
    e->provenance = l->provenance;
    return e;
}

static oc_expr *read_choice(oc_loader *l, oc_node *node)
{
    oc_expr *e = oc_expr_new(l->arena, OC_EXPR_CHOICE, node->span);
    e->args = OC_NEW_ARRAY(l->arena, node->pairs.len + 1, oc_expr *);
    e->keys = OC_NEW_ARRAY(l->arena, node->pairs.len + 1, oc_slice);
    e->key_spans = OC_NEW_ARRAY(l->arena, node->pairs.len + 1, oc_span);
    e->ordinal = 1;
    for (size_t i = 0; i < node->pairs.len; i++) {
        const oc_pair *pair = &node->pairs.at[i];
        if (is_provenance_key(pair->key->text)) continue;
        e->keys[e->arg_count] = pair->key->text;
        e->key_spans[e->arg_count] = pair->key->span;
        e->args[e->arg_count++] = oc_value_read(l, pair->value);
    }
    e->provenance = l->provenance;
    return e;
}

/* {is: beta(16, 4), from: x} is cut by YAML at the comma; the rest is a key without a value. */
static bool report_cut(oc_loader *l, const oc_node *node)
{
    for (size_t i = 1; node->flow && i < node->pairs.len; i++) {
        const oc_pair *before = &node->pairs.at[i - 1], *here = &node->pairs.at[i];
        if (!oc_node_is_nothing(here->value) || before->value->kind != OC_NODE_SCALAR ||
            oc_slice_find(before->value->text, OC_SLICE("("), 0) == SIZE_MAX)
            continue;
        oc_text whole = oc_text_in(l->arena);
        oc_text_add(&whole, before->value->text);
        oc_span span = before->value->span;
        for (; i < node->pairs.len && oc_node_is_nothing(node->pairs.at[i].value); i++) {
            oc_text_lit(&whole, ", ");
            oc_text_add(&whole, node->pairs.at[i].key->text);
            span = oc_span_join(span, node->pairs.at[i].key->span);
        }
        oc_slice text = oc_text_slice(&whole);
        oc_diag *d = oc_report(l->diags, OC_E0016, span, OC_ARGS(OC_T(text)));
        oc_diag_path(d, l->path);
        oc_diag_fix(d, span, oc_arena_printf(l->arena, "\"%.*s\"", OC_FMT(text)), "help.quote-commas",
                    OC_ARGS(OC_T(text)));
        return true;
    }
    return false;
}

static oc_expr *read_mapping(oc_loader *l, oc_node *node)
{
    if (report_cut(l, node)) return poison_at(l, node->span);
    oc_node *is = oc_node_get(node, "is");
    if (is) {
        static const char *const known[] = {"is", "from", "because", "title", "about", "unit", "at"};
        for (size_t i = 0; i < node->pairs.len; i++) {
            oc_slice key = node->pairs.at[i].key->text;
            bool fine = false;
            for (size_t k = 0; k < sizeof known / sizeof *known; k++) fine = fine || oc_slice_is(key, known[k]);
            if (fine) continue;
            oc_slice names[] = {OC_SLICE("is"), OC_SLICE("from"), OC_SLICE("because")};
            oc_diag *d = oc_report(l->diags, OC_E0107, node->pairs.at[i].key->span,
                                   OC_ARGS(OC_T(key), OC_M("record.value")));
            oc_diag_suggest(d, node->pairs.at[i].key->span, key, names, 3);
        }
        return oc_value_read(l, is);
    }
    if (oc_node_get(node, "by")) return read_by(l, node);
    return read_choice(l, node);
}

oc_expr *oc_value_read(oc_loader *l, oc_node *node)
{
    const oc_provenance *outer = oc_provenance_enter(l, node);
    oc_expr *e;
    if (node->kind == OC_NODE_MAPPING) {
        e = read_mapping(l, node);
    } else {
        e = oc_expr_parse(l->arena, l->diags, node);
        oc_expr_walk(e, cover, l);
    }
    l->provenance = outer;
    return e;
}

/* --- values by date --- */

static oc_expr *read_series(oc_loader *l, oc_node *series, oc_span where)
{
    if (series->kind != OC_NODE_MAPPING) {
        oc_report(l->diags, OC_E0102, series->span, OC_ARGS(OC_M("record.series")));
        return poison_at(l, series->span);
    }
    oc_node *best = NULL;
    oc_day best_day = OC_DAY_NONE;
    for (size_t i = 0; i < series->pairs.len; i++) {
        oc_slice key = series->pairs.at[i].key->text;
        if (is_provenance_key(key)) continue;
        oc_day first, last;
        if (!oc_days_parse(key, &first, &last)) {
            oc_diag *d = oc_report(l->diags, OC_E0109, series->pairs.at[i].key->span, OC_ARGS(OC_T(key)));
            oc_diag_help(d, "help.iso-date", NULL);
            continue;
        }
        if (first <= l->model->as_of && (best_day == OC_DAY_NONE || first > best_day)) {
            best = series->pairs.at[i].value;
            best_day = first;
        }
    }
    if (best) {
        const oc_provenance *outer = oc_provenance_enter(l, series);
        oc_expr *e = oc_value_read(l, best);
        l->provenance = outer;
        return e;
    }
    oc_report(l->diags, OC_E0110, where, OC_ARGS(OC_D(l->model->as_of)));
    return poison_at(l, series->span);
}

static bool row_matches(oc_loader *l, const oc_table *table, size_t row, const oc_node *where)
{
    for (size_t i = 0; where && i < where->pairs.len; i++) {
        size_t column = oc_table_column(l, table, where->pairs.at[i].key);
        if (column == SIZE_MAX) return false;
        oc_slice wanted;
        if (!oc_text_read(l, where->pairs.at[i].value, &wanted)) return false;
        if (!oc_slice_equal(table->cells[row * table->columns + column], wanted)) return false;
    }
    return true;
}

static oc_expr *read_table(oc_loader *l, oc_node *node, oc_node *file, oc_span where)
{
    oc_node *date = oc_node_get(node, "date"), *value = oc_node_get(node, "value"), *only = oc_node_get(node, "where");
    oc_table *table = oc_table_read(l, file);
    if (!table) return poison_at(l, file->span);
    if (!date || !value) {
        oc_report(l->diags, OC_E0111, node->span, OC_ARGS(OC_S(date ? "value" : "date")));
        return poison_at(l, node->span);
    }
    size_t dates = oc_table_column(l, table, date), values = oc_table_column(l, table, value);
    if (dates == SIZE_MAX || values == SIZE_MAX) return poison_at(l, node->span);
    size_t best = SIZE_MAX;
    oc_day best_day = OC_DAY_NONE;
    for (size_t row = 0; row < table->rows; row++) {
        oc_day first, last;
        if (!row_matches(l, table, row, only)) continue;
        if (!oc_days_parse(table->cells[row * table->columns + dates], &first, &last)) continue;
        if (last <= l->model->as_of && (best_day == OC_DAY_NONE || last >= best_day)) best = row, best_day = last;
    }
    if (best == SIZE_MAX) {
        oc_report(l->diags, OC_E0110, where, OC_ARGS(OC_D(l->model->as_of)));
        return poison_at(l, node->span);
    }
    size_t cell = best * table->columns + values;
    oc_node text = {.kind = OC_NODE_SCALAR, .quoted = true, .text = table->cells[cell], .span = table->spans[cell]};
    oc_expr *e = oc_expr_parse(l->arena, l->diags, &text);
    oc_node *scale = oc_node_get(node, "times");
    oc_expr_walk(e, cover, l);
    if (!scale) return e;
    oc_expr *product = oc_expr_new(l->arena, OC_EXPR_BINARY, e->span);
    product->op = OC_MUL;
    product->op_span = scale->span;
    product->args = OC_NEW_ARRAY(l->arena, 2, oc_expr *);
    product->args[0] = e;
    product->args[1] = oc_value_read(l, scale);
    product->arg_count = 2;
    return product;
}

oc_expr *oc_value_read_now(oc_loader *l, oc_node *node, oc_span where)
{
    oc_node *series = oc_node_get(node, "series"), *table = oc_node_get(node, "table");
    if (!series && !table) return oc_value_read(l, node);
    const oc_provenance *outer = oc_provenance_enter(l, node);
    oc_expr *e = series ? read_series(l, series, where) : read_table(l, node, table, where);
    l->provenance = outer;
    return e;
}

oc_slice oc_text_optional(const oc_node *node, const char *key)
{
    const oc_node *value = oc_node_get(node, key);
    if (!value || value->kind != OC_NODE_SCALAR || oc_node_is_nothing(value)) return (oc_slice){"", 0};
    return value->text;
}
