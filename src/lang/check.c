/* The checker of check.h: one function a kind of node, types bottom up, the expected type top down.
 *
 * Units: a number carries a power of time (durations 1, rates -1) and may carry a label. Sums and comparisons want the
 * same power and no two different labels; products add the powers. The literal 0 fits every power. Truths count as 0
 * and 1 in sums. */
#include "lang/check.h"

#include <math.h>

enum { MAX_CLONED = 200000 }; /* nodes that families inside one expression may add */

static const oc_type poison_type = {.kind = OC_TYPE_POISON};

static oc_type type(oc_type_kind kind)
{
    return (oc_type){.kind = kind};
}

static bool is_poison(oc_type t)
{
    return t.kind == OC_TYPE_POISON;
}

oc_arg oc_type_arg(oc_arena *arena, oc_type t)
{
    switch (t.kind) {
    case OC_TYPE_NUMBER:
        if (t.unit.len) return OC_T(t.unit);
        if (t.time == 0) return OC_M("type.number");
        if (t.time == 1) return OC_M("type.duration");
        if (t.time == -1) return OC_M("type.rate");
        return OC_T(oc_arena_printf(arena, "d^%d", t.time));
    case OC_TYPE_DATE: return OC_M("type.date");
    case OC_TYPE_TRUTH: return OC_M("type.truth");
    case OC_TYPE_CATEGORY: return OC_M("type.category");
    case OC_TYPE_POISON: break;
    }
    return OC_S("?");
}

static oc_type check(oc_checker *c, oc_expr *e, const oc_type *expected);

static oc_type fail(oc_expr *e)
{
    e->kind = OC_EXPR_POISON;
    e->arg_count = 0;
    e->weights = NULL;
    e->type = poison_type;
    return poison_type;
}

static bool is_zero(const oc_expr *e)
{
    return e->kind == OC_EXPR_NUMBER && e->number == 0 && !e->time;
}

/* A truth in a sum is 0 or 1. */
static oc_type as_number(oc_type t)
{
    return t.kind == OC_TYPE_TRUTH ? type(OC_TYPE_NUMBER) : t;
}

static oc_diag *mismatch(oc_checker *c, oc_code code, const oc_expr *at, oc_span place, const oc_expr *a,
                         const oc_expr *b)
{
    (void)at;
    oc_arg left = oc_type_arg(c->arena, a->type), right = oc_type_arg(c->arena, b->type);
    if (a->type.kind == OC_TYPE_CATEGORY && b->type.kind == OC_TYPE_CATEGORY)
        left = OC_T(a->type.category->owner), right = OC_T(b->type.category->owner);
    oc_diag *d = oc_report(c->diags, code, place, OC_ARGS(left, right));
    oc_diag_at(d, a->span, "label.this-is", OC_ARGS(left));
    oc_diag_at(d, b->span, "label.this-is", OC_ARGS(right));
    const oc_expr *percent = a->kind == OC_EXPR_NUMBER && a->percent ? a : b->kind == OC_EXPR_NUMBER && b->percent ? b : NULL;
    const oc_expr *other = percent == a ? b : a;
    if (percent && other->type.kind == OC_TYPE_NUMBER && other->type.time == 1) oc_diag_help(d, "help.percent-of", NULL);
    return d;
}

static bool same_category(oc_type a, oc_type b)
{
    return a.category == b.category;
}

/* Whether two values may be added, compared or chosen between; the result in *ret. Numbers may differ in a label that
 * only one of them has. */
static bool unify(const oc_expr *a, const oc_expr *b, bool truth_counts, oc_type *ret)
{
    oc_type x = a->type, y = b->type;
    if (is_poison(x) || is_poison(y)) {
        *ret = is_poison(x) ? y : x;
        return true;
    }
    if (truth_counts || x.kind != y.kind) {
        x = as_number(x);
        y = as_number(y);
    }
    if (x.kind != y.kind) return false;
    if (x.kind == OC_TYPE_CATEGORY && !same_category(x, y)) return false;
    if (x.kind == OC_TYPE_NUMBER) {
        if (x.time != y.time && !is_zero(a) && !is_zero(b)) return false;
        if (is_zero(a)) x.time = y.time;
        if (x.unit.len && y.unit.len && !oc_slice_equal(x.unit, y.unit)) return false;
        if (!x.unit.len) x.unit = y.unit;
    }
    *ret = x;
    return true;
}

/* --- names --- */

static oc_type unknown_name(oc_checker *c, oc_expr *e)
{
    oc_diag *d = oc_report(c->diags, OC_E0216, e->name_span, OC_ARGS(OC_T(e->name)));
    oc_diag_suggest(d, e->name_span, e->name, c->scope->names, c->scope->name_count);
    return fail(e);
}

static bool value_of(const oc_category *category, oc_slice name, size_t *ret_index)
{
    for (size_t i = 0; i < category->count; i++)
        if (oc_slice_equal(category->values[i], name)) {
            *ret_index = i;
            return true;
        }
    return false;
}

static oc_type category_value(oc_expr *e, const oc_category *category, size_t index)
{
    e->kind = OC_EXPR_NUMBER;
    e->number = (double)index;
    e->type = (oc_type){.kind = OC_TYPE_CATEGORY, .category = category};
    return e->type;
}

/* province.column inside a family: the datum of its row, read as a value. */
static oc_type datum(oc_checker *c, oc_expr *e, const oc_set *set)
{
    if (!c->set || c->set != set) {
        oc_report(c->diags, OC_E0217, e->span, OC_ARGS(OC_T(e->name)));
        return fail(e);
    }
    size_t column = 0;
    while (column < set->column_count && !oc_slice_equal(set->columns[column], e->member)) column++;
    if (column == set->column_count) {
        oc_diag *d = oc_report(c->diags, OC_E0218, e->member_span, OC_ARGS(OC_T(set->name), OC_T(e->member)));
        oc_diag_suggest(d, e->member_span, e->member, set->columns, set->column_count);
        return fail(e);
    }
    size_t cell = c->row * set->column_count + column;
    oc_node node = {.kind = OC_NODE_SCALAR, .text = set->data[cell], .span = set->data_spans[cell], .quoted = true};
    oc_expr *value = oc_expr_parse(c->arena, c->diags, &node);
    const oc_provenance *provenance = e->provenance;
    *e = *value;
    e->provenance = provenance;
    return check(c, e, NULL);
}

/* The symbol of a family's row, by index or by the row that is being checked. */
static const oc_symbol *row_of(oc_checker *c, oc_expr *e, const oc_symbol *symbol)
{
    if (e->index.len) {
        if (!symbol->rows) {
            oc_report(c->diags, OC_E0219, e->index_span, OC_ARGS(OC_T(symbol->name)));
            return NULL;
        }
        for (size_t i = 0; i < symbol->set->rows; i++)
            if (oc_slice_equal(symbol->set->keys[i], e->index)) return symbol->rows[i];
        oc_diag *d = oc_report(c->diags, OC_E0220, e->index_span, OC_ARGS(OC_T(symbol->set->name), OC_T(e->index)));
        oc_diag_suggest(d, e->index_span, e->index, symbol->set->keys, symbol->set->rows);
        return NULL;
    }
    if (!symbol->rows) return symbol;
    if (c->set == symbol->set) return symbol->rows[c->row];
    oc_diag *d = oc_report(c->diags, OC_E0221, e->span, OC_ARGS(OC_T(symbol->name), OC_T(symbol->set->name)));
    oc_diag_help(d, "help.family-use", OC_ARGS(OC_T(symbol->name)));
    return NULL;
}

static const oc_symbol *resolve(oc_checker *c, oc_expr *e)
{
    const oc_symbol *symbol = c->scope->find(c->scope->context, e->name);
    if (!symbol) {
        unknown_name(c, e);
        return NULL;
    }
    symbol = row_of(c, e, symbol);
    if (!symbol) {
        fail(e);
        return NULL;
    }
    e->symbol = symbol;
    return symbol;
}

static oc_type name(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    size_t index;
    if (expected && expected->kind == OC_TYPE_CATEGORY && !e->member.len && !e->index.len &&
        value_of(expected->category, e->name, &index))
        return category_value(e, expected->category, index);
    const oc_symbol *found = c->scope->find(c->scope->context, e->name);
    if (found && found->kind == OC_SYMBOL_SET) {
        if (e->member.len) return datum(c, e, found->set);
        oc_report(c->diags, OC_E0222, e->span, OC_ARGS(OC_T(e->name)));
        return fail(e);
    }
    if (!found && expected && expected->kind == OC_TYPE_CATEGORY) {
        oc_diag *d = oc_report(c->diags, OC_E0223, e->name_span, OC_ARGS(OC_T(e->name), OC_T(expected->category->owner)));
        oc_diag_suggest(d, e->name_span, e->name, expected->category->values, expected->category->count);
        return fail(e);
    }
    const oc_symbol *symbol = resolve(c, e);
    if (!symbol) return poison_type;
    if (e->member.len) {
        oc_report(c->diags, OC_E0224, e->span, OC_ARGS(OC_T(e->member), OC_T(symbol->name)));
        return fail(e);
    }
    if (symbol->kind == OC_SYMBOL_EVENT) {
        oc_diag *d = oc_report(c->diags, OC_E0225, e->span, OC_ARGS(OC_T(symbol->name)));
        oc_diag_help(d, "help.event-use", OC_ARGS(OC_T(symbol->name)));
        return fail(e);
    }
    return c->scope->type_of(c->scope->context, symbol);
}

static oc_type at(oc_checker *c, oc_expr *e)
{
    const oc_symbol *symbol = resolve(c, e->args[0]);
    if (!symbol) return fail(e);
    e->symbol = symbol;
    if (symbol->kind == OC_SYMBOL_EVENT) {
        if (e->first) {
            oc_report(c->diags, OC_E0226, e->span, OC_ARGS(OC_T(symbol->name)));
            return fail(e);
        }
        return type(OC_TYPE_DATE);
    }
    if (!c->may_look_back) {
        oc_diag *d = oc_report(c->diags, OC_E0227, e->span, NULL);
        oc_diag_help(d, "help.look-back", NULL);
        return fail(e);
    }
    oc_type t = c->scope->type_of(c->scope->context, symbol);
    e->args[0]->type = t;
    if (e->first) {
        if (symbol->kind == OC_SYMBOL_VARIABLE && (t.kind == OC_TYPE_DATE || is_poison(t))) return t;
        oc_report(c->diags, OC_E0226, e->span, OC_ARGS(OC_T(symbol->name)));
        return fail(e);
    }
    if (e->year) {
        oc_diag *d = oc_report(c->diags, OC_E0228, e->span, OC_ARGS(OC_T(symbol->name)));
        oc_diag_help(d, "help.full-date", OC_ARGS(OC_T(oc_arena_printf(c->arena, "%04d-12-31", e->year))));
        return fail(e);
    }
    return t;
}

/* --- operators --- */

static oc_type truth_operand(oc_checker *c, oc_expr *e, const char *use)
{
    oc_type truth = type(OC_TYPE_TRUTH);
    oc_type t = check(c, e, &truth);
    if (t.kind == OC_TYPE_TRUTH || is_poison(t)) return t;
    oc_diag *d = oc_report(c->diags, OC_E0229, e->span, OC_ARGS(OC_M(use), oc_type_arg(c->arena, t)));
    if (t.kind == OC_TYPE_DATE && e->symbol && e->symbol->kind == OC_SYMBOL_STAGE)
        oc_diag_help(d, "help.use-done", OC_ARGS(OC_T(e->symbol->name)));
    return poison_type;
}

/* Names of categories on one side take their meaning from the other. */
static void check_pair(oc_checker *c, oc_expr *a, oc_expr *b, const oc_type *expected)
{
    const oc_symbol *left = a->kind == OC_EXPR_NAME ? c->scope->find(c->scope->context, a->name) : NULL;
    bool right_first = a->kind == OC_EXPR_NAME && !left;
    oc_expr *first = right_first ? b : a, *second = right_first ? a : b;
    oc_type t = check(c, first, expected);
    check(c, second, t.kind == OC_TYPE_CATEGORY ? &t : expected);
}

static oc_type add(oc_checker *c, oc_expr *e)
{
    oc_expr *a = e->args[0], *b = e->args[1];
    check(c, a, NULL);
    check(c, b, NULL);
    bool plus = e->op == OC_ADD;
    oc_type x = a->type, y = b->type, result;
    if (is_poison(x) || is_poison(y)) return poison_type;
    bool x_span = x.kind == OC_TYPE_NUMBER && (x.time == 1 || is_zero(a));
    bool y_span = y.kind == OC_TYPE_NUMBER && (y.time == 1 || is_zero(b));
    if (x.kind == OC_TYPE_DATE && y_span) return x;
    if (plus && y.kind == OC_TYPE_DATE && x_span) return y;
    if (!plus && x.kind == OC_TYPE_DATE && y.kind == OC_TYPE_DATE) return OC_TYPE_OF_DURATION;
    bool numbers = as_number(x).kind == OC_TYPE_NUMBER && as_number(y).kind == OC_TYPE_NUMBER;
    if (numbers && unify(a, b, true, &result)) return result;
    mismatch(c, plus ? OC_E0230 : OC_E0231, e, e->op_span, a, b);
    return fail(e);
}

static oc_type multiply(oc_checker *c, oc_expr *e)
{
    oc_expr *a = e->args[0], *b = e->args[1];
    oc_type x = as_number(check(c, a, NULL)), y = as_number(check(c, b, NULL));
    if (is_poison(x) || is_poison(y)) return poison_type;
    if (x.kind != OC_TYPE_NUMBER || y.kind != OC_TYPE_NUMBER) {
        mismatch(c, OC_E0232, e, e->op_span, a, b);
        return fail(e);
    }
    oc_type result = {.kind = OC_TYPE_NUMBER};
    if (e->op == OC_MUL) {
        result.time = x.time + y.time;
        if (!x.unit.len || !y.unit.len) result.unit = x.unit.len ? x.unit : y.unit;
    } else {
        result.time = x.time - y.time;
        if (!y.unit.len) result.unit = x.unit;
    }
    if (is_zero(a) && e->op == OC_MUL) result.time = y.time;
    return result;
}

static oc_type power(oc_checker *c, oc_expr *e)
{
    oc_expr *a = e->args[0], *b = e->args[1];
    oc_type x = as_number(check(c, a, NULL)), y = as_number(check(c, b, NULL));
    if (is_poison(x) || is_poison(y)) return poison_type;
    bool whole = b->kind == OC_EXPR_NUMBER && b->number == floor(b->number) && fabs(b->number) <= 8;
    if (x.kind != OC_TYPE_NUMBER || y.kind != OC_TYPE_NUMBER || y.time || y.unit.len || (x.time && !whole)) {
        mismatch(c, OC_E0233, e, e->op_span, a, b);
        return fail(e);
    }
    return (oc_type){.kind = OC_TYPE_NUMBER, .time = x.time ? x.time * (int)b->number : 0};
}

static oc_type compare(oc_checker *c, oc_expr *e)
{
    oc_expr *a = e->args[0], *b = e->args[1];
    check_pair(c, a, b, NULL);
    oc_type result;
    if (is_poison(a->type) || is_poison(b->type)) return type(OC_TYPE_TRUTH);
    bool ordered = e->op != OC_EQ && e->op != OC_NE;
    if (!unify(a, b, ordered, &result) || (ordered && result.kind == OC_TYPE_CATEGORY)) {
        mismatch(c, OC_E0234, e, e->op_span, a, b);
        return fail(e);
    }
    return type(OC_TYPE_TRUTH);
}

static oc_type binary(oc_checker *c, oc_expr *e)
{
    switch (e->op) {
    case OC_ADD:
    case OC_SUB: return add(c, e);
    case OC_MUL:
    case OC_DIV: return multiply(c, e);
    case OC_POW: return power(c, e);
    case OC_AND:
    case OC_OR:
        truth_operand(c, e->args[0], "use.logic");
        truth_operand(c, e->args[1], "use.logic");
        return type(OC_TYPE_TRUTH);
    default: return compare(c, e);
    }
}

static oc_type unary(oc_checker *c, oc_expr *e)
{
    if (e->op == OC_NOT) {
        truth_operand(c, e->args[0], "use.logic");
        return type(OC_TYPE_TRUTH);
    }
    oc_type t = as_number(check(c, e->args[0], NULL));
    if (t.kind == OC_TYPE_NUMBER || is_poison(t)) return t;
    oc_report(c->diags, OC_E0235, e->span, OC_ARGS(oc_type_arg(c->arena, t)));
    return fail(e);
}

static oc_type choose(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    truth_operand(c, e->args[0], "use.if");
    check_pair(c, e->args[1], e->args[2], expected);
    oc_type result;
    if (unify(e->args[1], e->args[2], false, &result)) return result;
    mismatch(c, OC_E0236, e, e->span, e->args[1], e->args[2]);
    return fail(e);
}

static oc_type by(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    oc_type t = check(c, e->args[0], NULL);
    if (is_poison(t)) return fail(e);
    if (t.kind != OC_TYPE_CATEGORY) {
        oc_report(c->diags, OC_E0237, e->args[0]->span, OC_ARGS(oc_type_arg(c->arena, t)));
        return fail(e);
    }
    const oc_category *category = t.category;
    size_t values = e->arg_count - 1;
    bool rest = values && oc_slice_is(e->keys[values - 1], "rest");
    bool fine = true;
    for (size_t i = 0; i < values; i++) {
        size_t index;
        if ((rest && i == values - 1) || value_of(category, e->keys[i], &index)) continue;
        oc_diag *d = oc_report(c->diags, OC_E0223, e->key_spans[i], OC_ARGS(OC_T(e->keys[i]), OC_T(category->owner)));
        oc_diag_suggest(d, e->key_spans[i], e->keys[i], category->values, category->count);
        fine = false;
    }
    for (size_t v = 0; v < category->count && fine && !rest; v++) {
        bool given = false;
        for (size_t i = 0; i < values; i++) given = given || oc_slice_equal(e->keys[i], category->values[v]);
        if (given) continue;
        oc_diag *d = oc_report(c->diags, OC_E0238, e->span, OC_ARGS(OC_T(category->values[v]), OC_T(category->owner)));
        oc_diag_help(d, "help.add-rest", NULL);
        fine = false;
    }
    oc_type result = poison_type;
    for (size_t i = 1; i < e->arg_count; i++) {
        check(c, e->args[i], expected);
        if (i == 1) {
            result = e->args[1]->type;
        } else if (!unify(e->args[1], e->args[i], false, &result)) {
            mismatch(c, OC_E0236, e, e->args[i]->span, e->args[1], e->args[i]);
            fine = false;
        }
    }
    return fine ? result : fail(e);
}

/* --- probabilities that must add up --- */

static bool constant_weight(const oc_expr *w, double *ret)
{
    if (w->kind != OC_EXPR_NUMBER) return false;
    *ret = w->number;
    return true;
}

static void check_weights(oc_checker *c, oc_expr *e, oc_expr **weights, size_t count)
{
    double total = 0;
    size_t rests = 0;
    bool constant = true;
    for (size_t i = 0; i < count; i++) {
        if (!weights[i]) {
            oc_diag *d = oc_report(c->diags, OC_E0239, e->span, NULL);
            oc_diag_help(d, "help.weights", NULL);
            return;
        }
        if (weights[i]->kind == OC_EXPR_REST) {
            weights[i]->type = OC_TYPE_OF_NUMBER;
            if (rests++) oc_report(c->diags, OC_E0240, weights[i]->span, NULL);
            continue;
        }
        bool may_draw = c->may_draw;
        c->may_draw = false;
        oc_expr_require(c, weights[i], OC_TYPE_OF_NUMBER, "use.probability");
        c->may_draw = may_draw;
        double w;
        if (!constant_weight(weights[i], &w)) {
            constant = false;
        } else {
            total += w;
            if (w < 0 || w > 1) oc_report(c->diags, OC_E0302, weights[i]->span, OC_ARGS(OC_F(w)));
        }
    }
    if (!constant) return;
    if ((!rests && fabs(total - 1) > 1e-9) || total > 1 + 1e-9) {
        oc_diag *d = oc_report(c->diags, OC_E0241, e->span, OC_ARGS(OC_F(round(total * 1e12) / 1e12)));
        if (!rests) oc_diag_help(d, "help.use-rest", NULL);
    }
}

static bool check_draw_allowed(oc_checker *c, const oc_expr *e)
{
    if (c->may_draw) return true;
    oc_diag *d = oc_report(c->diags, OC_E0242, e->span, NULL);
    oc_diag_help(d, "help.name-it-input", NULL);
    return false;
}

static oc_type choice(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    if (!expected || expected->kind != OC_TYPE_CATEGORY) {
        oc_diag *d = oc_report(c->diags, OC_E0243, e->span, NULL);
        oc_diag_help(d, "help.choice", NULL);
        return fail(e);
    }
    if (!check_draw_allowed(c, e)) return fail(e);
    const oc_category *category = expected->category;
    for (size_t i = 0; i < e->arg_count; i++) {
        size_t index;
        if (value_of(category, e->keys[i], &index)) continue;
        oc_diag *d = oc_report(c->diags, OC_E0223, e->key_spans[i], OC_ARGS(OC_T(e->keys[i]), OC_T(category->owner)));
        oc_diag_suggest(d, e->key_spans[i], e->keys[i], category->values, category->count);
        return fail(e);
    }
    check_weights(c, e, e->args, e->arg_count);
    return *expected;
}

/* --- functions --- */

static oc_type number_argument(oc_checker *c, oc_expr *e, size_t i, bool plain)
{
    oc_type t = as_number(check(c, e->args[i], NULL));
    if (is_poison(t)) return t;
    if (t.kind == OC_TYPE_NUMBER && (!plain || t.time == 0)) return t;
    oc_report(c->diags, OC_E0244, e->args[i]->span,
              OC_ARGS(OC_S(oc_function_name(e->function)), oc_type_arg(c->arena, t)));
    return poison_type;
}

static oc_type extremes(oc_checker *c, oc_expr *e)
{
    oc_type result = check(c, e->args[0], NULL);
    for (size_t i = 1; i < e->arg_count; i++) {
        check(c, e->args[i], NULL);
        /* A literal zero first must not fix the power of time. */
        oc_expr *first = is_zero(e->args[0]) && i > 1 ? e->args[1] : e->args[0];
        if (unify(first, e->args[i], true, &result)) continue;
        mismatch(c, OC_E0236, e, e->args[i]->span, first, e->args[i]);
        return fail(e);
    }
    if (result.kind == OC_TYPE_CATEGORY) {
        oc_report(c->diags, OC_E0244, e->span, OC_ARGS(OC_S(oc_function_name(e->function)), oc_type_arg(c->arena, result)));
        return fail(e);
    }
    return as_number(result);
}

static oc_type special(oc_checker *c, oc_expr *e)
{
    oc_expr *a = e->args[0];
    if (a->kind != OC_EXPR_NAME) {
        oc_report(c->diags, OC_E0245, a->span, OC_ARGS(OC_S(oc_function_name(e->function))));
        return fail(e);
    }
    const oc_symbol *symbol = resolve(c, a);
    if (!symbol) return fail(e);
    e->symbol = symbol;
    bool fits = e->function == OC_FN_DONE ? symbol->kind == OC_SYMBOL_STAGE : symbol->kind == OC_SYMBOL_EVENT;
    if (!fits) {
        oc_report(c->diags, e->function == OC_FN_DONE ? OC_E0246 : OC_E0247, a->span,
                  OC_ARGS(OC_S(oc_function_name(e->function)), OC_T(symbol->name)));
        return fail(e);
    }
    if (e->function == OC_FN_DONE) return type(OC_TYPE_TRUTH);
    if (e->function == OC_FN_NEXT) return type(OC_TYPE_DATE);
    oc_expr *status = e->arg_count > 1 ? e->args[1] : NULL;
    if (status && (status->kind != OC_EXPR_NAME ||
                   (!oc_slice_is(status->name, "held") && !oc_slice_is(status->name, "cancelled")))) {
        oc_report(c->diags, OC_E0248, status->span, NULL);
        return fail(e);
    }
    return OC_TYPE_OF_NUMBER;
}

static oc_expr *clone(oc_checker *c, const oc_expr *e)
{
    oc_arena *arena = c->arena;
    oc_expr *copy = OC_NEW(arena, oc_expr);
    c->cloned++;
    *copy = *e;
    if (e->arg_count) copy->args = OC_NEW_ARRAY(arena, e->arg_count, oc_expr *);
    for (size_t i = 0; i < e->arg_count; i++) copy->args[i] = clone(c, e->args[i]);
    return copy;
}

typedef struct family_search {
    oc_checker *checker;
    const oc_symbol *family;
} family_search;

static void find_family(oc_expr *node, void *context)
{
    family_search *search = context;
    if (search->family || node->kind != OC_EXPR_NAME || node->index.len) return;
    const oc_symbol *symbol = search->checker->scope->find(search->checker->scope->context, node->name);
    if (symbol && symbol->rows) search->family = symbol;
}

/* all(handover), count(handover <= 2008-10-31): the argument once for each row. */
static oc_type aggregate(oc_checker *c, oc_expr *e)
{
    family_search search = {c, NULL};
    oc_expr_walk(e->args[0], find_family, &search);
    if (!search.family) {
        oc_report(c->diags, OC_E0249, e->args[0]->span, OC_ARGS(OC_S(oc_function_name(e->function))));
        return fail(e);
    }
    const oc_set *set = search.family->set, *outer_set = c->set;
    uint32_t outer_row = c->row;
    oc_expr *pattern = e->args[0];
    e->args = OC_NEW_ARRAY(c->arena, set->rows, oc_expr *);
    e->arg_count = set->rows;
    e->keys = NULL;
    e->weights = NULL;
    oc_type result = poison_type;
    bool truths = e->function == OC_FN_ALL || e->function == OC_FN_ANY || e->function == OC_FN_COUNT;
    bool may_draw = c->may_draw;
    c->may_draw = false; /* the rows would share one draw */
    c->set = set;
    for (size_t row = 0; row < set->rows; row++) {
        c->row = (uint32_t)row;
        if (c->cloned > MAX_CLONED) {
            if (!c->too_large) oc_report(c->diags, OC_E0309, e->span, OC_ARGS(OC_S("families")));
            c->too_large = true;
            e->args[row] = oc_expr_new(c->arena, OC_EXPR_POISON, e->span);
            continue;
        }
        oc_expr *arg = e->args[row] = clone(c, pattern);
        oc_type t = check(c, arg, NULL);
        bool stage = t.kind == OC_TYPE_DATE && arg->symbol && arg->symbol->kind == OC_SYMBOL_STAGE;
        bool fits = is_poison(t) || (truths ? t.kind == OC_TYPE_TRUTH || stage
                                            : t.kind == OC_TYPE_NUMBER || (t.kind == OC_TYPE_DATE && e->function != OC_FN_SUM));
        if (!fits) {
            oc_report(c->diags, OC_E0244, arg->span, OC_ARGS(OC_S(oc_function_name(e->function)), oc_type_arg(c->arena, t)));
            t = poison_type;
        }
        if (row == 0 || is_poison(t)) result = t;
    }
    c->set = outer_set;
    c->row = outer_row;
    c->may_draw = may_draw;
    if (e->function == OC_FN_COUNT) return OC_TYPE_OF_NUMBER;
    return truths ? type(OC_TYPE_TRUTH) : result;
}

/* --- distributions --- */

/* Arguments by name come first in the order of `names`; *ret_form says which form was used, -1 for an unknown one. */
static const struct form {
    oc_function function;
    const char *names[3];
} forms[] = {
    {OC_FN_NORMAL, {"mean", "sd", NULL}},       {OC_FN_LOGNORMAL, {"mu", "sigma", NULL}},
    {OC_FN_LOGNORMAL, {"median", "sigma", NULL}}, {OC_FN_LOGNORMAL, {"median", "p90", NULL}},
    {OC_FN_LOGNORMAL, {"mean", "sd", NULL}},    {OC_FN_BETA, {"a", "b", NULL}},
    {OC_FN_BETA, {"mean", "sd", NULL}},         {OC_FN_UNIFORM, {"low", "high", NULL}},
    {OC_FN_TRIANGULAR, {"low", "mode", "high"}}, {OC_FN_PERT, {"low", "mode", "high"}},
    {OC_FN_GAMMA, {"shape", "scale", NULL}},    {OC_FN_GAMMA, {"mean", "sd", NULL}},
    {OC_FN_EXPONENTIAL, {"rate", NULL, NULL}},  {OC_FN_EXPONENTIAL, {"mean", NULL, NULL}},
    {OC_FN_POISSON, {"mean", NULL, NULL}},      {OC_FN_BERNOULLI, {"p", NULL, NULL}},
};

static bool take_form(oc_checker *c, oc_expr *e)
{
    bool named = false;
    for (size_t i = 0; i < e->arg_count; i++) named = named || e->keys[i].len;
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        if (forms[f].function != e->function) continue;
        oc_expr *ordered[3] = {NULL, NULL, NULL};
        size_t matched = 0;
        for (size_t i = 0; i < e->arg_count && i < 3; i++) {
            for (size_t n = 0; n < 3 && forms[f].names[n]; n++) {
                bool here = e->keys[i].len ? oc_slice_is(e->keys[i], forms[f].names[n]) : n == i;
                if (here && !ordered[n]) {
                    ordered[n] = e->args[i];
                    matched++;
                    break;
                }
            }
        }
        if (matched != e->arg_count) continue;
        for (size_t i = 0; i < e->arg_count; i++) {
            e->args[i] = ordered[i];
            e->keys[i] = oc_slice_of(forms[f].names[i]);
        }
        return true;
    }
    (void)named;
    oc_diag *d = oc_report(c->diags, OC_E0250, e->span, OC_ARGS(OC_S(oc_function_name(e->function))));
    oc_diag_help(d, "help.function-form",
                 OC_ARGS(OC_M(oc_arena_printf(c->arena, "function.%s", oc_function_name(e->function)).ptr)));
    return false;
}

/* A place on an axis (number, duration, rate, date) and a distance on the same axis. */
static bool place_and_distance(oc_checker *c, oc_expr *e, oc_expr *place, oc_expr *distance)
{
    oc_type p = place->type, d = distance->type;
    if (is_poison(p) || is_poison(d)) return true;
    oc_type result;
    if (p.kind == OC_TYPE_DATE && d.kind == OC_TYPE_NUMBER && d.time == 1) return true;
    if (p.kind == OC_TYPE_NUMBER && d.kind == OC_TYPE_NUMBER && unify(place, distance, true, &result)) return true;
    mismatch(c, OC_E0236, e, e->span, place, distance);
    return false;
}

static oc_type spread_type(const oc_expr *place, const oc_expr *distance)
{
    oc_type t = as_number(place->type);
    if (is_zero(place) && distance->type.kind == OC_TYPE_NUMBER) t.time = distance->type.time;
    return t;
}

static oc_type distribution(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    if (!check_draw_allowed(c, e)) return fail(e);
    if (e->function == OC_FN_DISCRETE || e->function == OC_FN_MIXTURE) {
        oc_type result = poison_type;
        for (size_t i = 0; i < e->arg_count; i++) {
            check(c, e->args[i], expected);
            if (i == 0) {
                result = e->args[0]->type;
            } else if (!unify(e->args[0], e->args[i], false, &result)) {
                mismatch(c, OC_E0236, e, e->args[i]->span, e->args[0], e->args[i]);
                return fail(e);
            }
        }
        check_weights(c, e, e->weights, e->arg_count);
        return result;
    }
    if (!take_form(c, e)) return fail(e);
    for (size_t i = 0; i < e->arg_count; i++) {
        check(c, e->args[i], NULL);
        if (is_poison(e->args[i]->type)) return fail(e);
    }
    oc_expr **a = e->args;
    switch (e->function) {
    case OC_FN_NORMAL: return place_and_distance(c, e, a[0], a[1]) ? spread_type(a[0], a[1]) : fail(e);
    case OC_FN_LOGNORMAL:
    case OC_FN_GAMMA:
        if (oc_slice_is(e->keys[1], "sd") || oc_slice_is(e->keys[1], "p90"))
            return a[0]->type.kind == OC_TYPE_NUMBER && place_and_distance(c, e, a[0], a[1]) ? a[0]->type : fail(e);
        if (oc_slice_is(e->keys[0], "median") || e->function == OC_FN_GAMMA) {
            size_t carrier = e->function == OC_FN_GAMMA ? 1 : 0;
            oc_type plain = number_argument(c, e, 1 - carrier, true), t = number_argument(c, e, carrier, false);
            return is_poison(plain) || is_poison(t) ? fail(e) : t;
        }
        return is_poison(number_argument(c, e, 0, true)) || is_poison(number_argument(c, e, 1, true))
                   ? fail(e) : OC_TYPE_OF_NUMBER;
    case OC_FN_BETA:
        return is_poison(number_argument(c, e, 0, true)) || is_poison(number_argument(c, e, 1, true))
                   ? fail(e) : OC_TYPE_OF_NUMBER;
    case OC_FN_UNIFORM:
    case OC_FN_TRIANGULAR:
    case OC_FN_PERT: {
        oc_type result = a[0]->type;
        for (size_t i = 1; i < e->arg_count; i++)
            if (!unify(a[0], a[i], true, &result) || result.kind == OC_TYPE_CATEGORY) {
                mismatch(c, OC_E0236, e, a[i]->span, a[0], a[i]);
                return fail(e);
            }
        return as_number(result);
    }
    case OC_FN_EXPONENTIAL: {
        oc_type t = number_argument(c, e, 0, false);
        if (is_poison(t)) return fail(e);
        /* A rate is inverted; a duration is the mean. A plain number is a rate unless it is named mean. */
        if (t.time < 0) return (oc_type){.kind = OC_TYPE_NUMBER, .time = -t.time};
        return t;
    }
    case OC_FN_POISSON: return is_poison(number_argument(c, e, 0, true)) ? fail(e) : OC_TYPE_OF_NUMBER;
    case OC_FN_BERNOULLI: return is_poison(number_argument(c, e, 0, true)) ? fail(e) : type(OC_TYPE_TRUTH);
    default: return fail(e);
    }
}

static oc_type range(oc_checker *c, oc_expr *e)
{
    if (!check_draw_allowed(c, e)) return fail(e);
    check(c, e->args[0], NULL);
    check(c, e->args[1], NULL);
    oc_type result;
    if (is_poison(e->args[0]->type) || is_poison(e->args[1]->type)) return fail(e);
    if (!unify(e->args[0], e->args[1], true, &result) || result.kind == OC_TYPE_CATEGORY) {
        mismatch(c, OC_E0236, e, e->op_span, e->args[0], e->args[1]);
        return fail(e);
    }
    double low, high;
    if (constant_weight(e->args[0], &low) && constant_weight(e->args[1], &high) && low >= high) {
        oc_report(c->diags, OC_E0251, e->span, NULL);
        return fail(e);
    }
    return as_number(result);
}

static oc_type function(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    switch (oc_function_kind_of(e->function)) {
    case OC_KIND_DISTRIBUTION: return distribution(c, e, expected);
    case OC_KIND_AGGREGATE: return aggregate(c, e);
    case OC_KIND_SPECIAL: {
        const oc_symbol *symbol =
            e->args[0]->kind == OC_EXPR_NAME ? c->scope->find(c->scope->context, e->args[0]->name) : NULL;
        bool past = symbol && symbol->kind == OC_SYMBOL_EVENT;
        return e->function == OC_FN_COUNT && !past && e->arg_count == 1 ? aggregate(c, e) : special(c, e);
    }
    case OC_KIND_PLAIN: break;
    }
    switch (e->function) {
    case OC_FN_MIN:
    case OC_FN_MAX:
    case OC_FN_CLAMP: return extremes(c, e);
    case OC_FN_ABS:
    case OC_FN_FLOOR:
    case OC_FN_ROUND: return number_argument(c, e, 0, false);
    case OC_FN_YEAR:
        if (check(c, e->args[0], NULL).kind != OC_TYPE_DATE && !is_poison(e->args[0]->type)) {
            oc_report(c->diags, OC_E0244, e->args[0]->span, OC_ARGS(OC_S("year"), oc_type_arg(c->arena, e->args[0]->type)));
            return fail(e);
        }
        return OC_TYPE_OF_NUMBER;
    case OC_FN_START_OF: return is_poison(number_argument(c, e, 0, true)) ? fail(e) : type(OC_TYPE_DATE);
    case OC_FN_SQRT: {
        oc_type t = number_argument(c, e, 0, false);
        if (is_poison(t)) return fail(e);
        return t.time % 2 ? number_argument(c, e, 0, true) : (oc_type){.kind = OC_TYPE_NUMBER, .time = t.time / 2};
    }
    default: return is_poison(number_argument(c, e, 0, true)) ? fail(e) : OC_TYPE_OF_NUMBER;
    }
}

static oc_type check_kind(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    switch (e->kind) {
    case OC_EXPR_POISON: return poison_type;
    case OC_EXPR_NUMBER:
        return e->type.kind == OC_TYPE_CATEGORY ? e->type : (oc_type){.kind = OC_TYPE_NUMBER, .time = e->time};
    case OC_EXPR_DATE:
    case OC_EXPR_NEVER:
    case OC_EXPR_TODAY: return type(OC_TYPE_DATE);
    case OC_EXPR_TRUTH: return type(OC_TYPE_TRUTH);
    case OC_EXPR_REST:
        oc_report(c->diags, OC_E0252, e->span, NULL);
        return fail(e);
    case OC_EXPR_NAME: return name(c, e, expected);
    case OC_EXPR_AT: return at(c, e);
    case OC_EXPR_UNARY: return unary(c, e);
    case OC_EXPR_BINARY: return binary(c, e);
    case OC_EXPR_IF: return choose(c, e, expected);
    case OC_EXPR_RANGE: return range(c, e);
    case OC_EXPR_CALL: return function(c, e, expected);
    case OC_EXPR_BY: return by(c, e, expected);
    case OC_EXPR_CHOICE: return choice(c, e, expected);
    }
    return poison_type;
}

static oc_type check(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    oc_type t = check_kind(c, e, expected);
    e->type = e->kind == OC_EXPR_POISON ? poison_type : t;
    return e->type;
}

oc_type oc_expr_check(oc_checker *checker, oc_expr *expr, const oc_type *expected)
{
    return check(checker, expr, expected);
}

bool oc_expr_require(oc_checker *checker, oc_expr *expr, oc_type wanted, const char *what)
{
    oc_type t = check(checker, expr, &wanted);
    if (is_poison(t)) return false;
    if (wanted.kind == OC_TYPE_NUMBER) {
        t = as_number(t);
        if (t.kind == OC_TYPE_NUMBER && (t.time == wanted.time || is_zero(expr))) return true;
    } else if (t.kind == wanted.kind && (t.kind != OC_TYPE_CATEGORY || same_category(t, wanted))) {
        return true;
    }
    oc_diag *d = oc_report(checker->diags, OC_E0253, expr->span,
                           OC_ARGS(OC_M(what), oc_type_arg(checker->arena, wanted), oc_type_arg(checker->arena, t)));
    if (t.kind == OC_TYPE_NUMBER && wanted.kind == OC_TYPE_NUMBER && t.time == 0 && wanted.time == 1)
        oc_diag_help(d, "help.add-unit", NULL);
    if (t.kind == OC_TYPE_NUMBER && wanted.kind == OC_TYPE_NUMBER && wanted.time == -1) oc_diag_help(d, "help.per-year", NULL);
    return false;
}
