/* The checker of check.h: one function a kind of node, types bottom up, the expected type top down.
 *
 * Units: a number carries a power of time (durations 1, rates -1) and may carry a label. Sums and comparisons want the
 * same power and no two different labels; products add the powers. The literal 0 fits every power. Truths count as 0
 * and 1 in sums. */
#include "lang/check_parts.h"

#include <math.h>

static oc_type unknown_name(oc_checker *c, oc_expr *e)
{
    oc_diag *d = oc_report(c->diags, OC_E0216, e->name_span, OC_ARGS(OC_T(e->name)));
    oc_diag_suggest(d, e->name_span, e->name, c->scope->names, c->scope->name_count);
    return oc_check_fail(e);
}

bool oc_category_find(const oc_category *category, oc_slice name, size_t *ret_index)
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
        return oc_check_fail(e);
    }
    size_t column = 0;
    while (column < set->column_count && !oc_slice_equal(set->columns[column], e->member)) column++;
    if (column == set->column_count) {
        oc_diag *d = oc_report(c->diags, OC_E0218, e->member_span, OC_ARGS(OC_T(set->name), OC_T(e->member)));
        oc_diag_suggest(d, e->member_span, e->member, set->columns, set->column_count);
        return oc_check_fail(e);
    }
    size_t cell = c->row * set->column_count + column;
    oc_node node = {.kind = OC_NODE_SCALAR, .text = set->data[cell], .span = set->data_spans[cell], .quoted = true};
    oc_expr *value = oc_expr_parse(c->arena, c->diags, &node);
    const oc_provenance *provenance = e->provenance;
    *e = *value;
    e->provenance = provenance;
    return oc_expr_check(c, e, NULL);
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

const oc_symbol *oc_check_name(oc_checker *c, oc_expr *e)
{
    const oc_symbol *symbol = c->scope->find(c->scope->context, e->name);
    if (!symbol) {
        unknown_name(c, e);
        return NULL;
    }
    symbol = row_of(c, e, symbol);
    if (!symbol) {
        oc_check_fail(e);
        return NULL;
    }
    e->symbol = symbol;
    return symbol;
}

static oc_type name(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    size_t index;
    if (expected && expected->kind == OC_TYPE_CATEGORY && !e->member.len && !e->index.len &&
        oc_category_find(expected->category, e->name, &index))
        return category_value(e, expected->category, index);
    const oc_symbol *found = c->scope->find(c->scope->context, e->name);
    if (found && found->kind == OC_SYMBOL_SET) {
        if (e->member.len) return datum(c, e, found->set);
        oc_report(c->diags, OC_E0222, e->span, OC_ARGS(OC_T(e->name)));
        return oc_check_fail(e);
    }
    if (!found && expected && expected->kind == OC_TYPE_CATEGORY) {
        oc_diag *d =
            oc_report(c->diags, OC_E0223, e->name_span, OC_ARGS(OC_T(e->name), OC_T(expected->category->owner)));
        oc_diag_suggest(d, e->name_span, e->name, expected->category->values, expected->category->count);
        return oc_check_fail(e);
    }
    const oc_symbol *symbol = oc_check_name(c, e);
    if (!symbol) return OC_POISON;
    if (e->member.len) {
        oc_report(c->diags, OC_E0224, e->span, OC_ARGS(OC_T(e->member), OC_T(symbol->name)));
        return oc_check_fail(e);
    }
    if (symbol->kind == OC_SYMBOL_EVENT) {
        oc_diag *d = oc_report(c->diags, OC_E0225, e->span, OC_ARGS(OC_T(symbol->name)));
        oc_diag_help(d, "help.event-use", OC_ARGS(OC_T(symbol->name)));
        return oc_check_fail(e);
    }
    return c->scope->type_of(c->scope->context, symbol);
}

static oc_type at(oc_checker *c, oc_expr *e)
{
    const oc_symbol *symbol = oc_check_name(c, e->args[0]);
    if (!symbol) return oc_check_fail(e);
    e->symbol = symbol;
    if (symbol->kind == OC_SYMBOL_EVENT) {
        if (e->first) {
            oc_report(c->diags, OC_E0226, e->span, OC_ARGS(OC_T(symbol->name)));
            return oc_check_fail(e);
        }
        return oc_type_of(OC_TYPE_DATE);
    }
    if (!c->may_look_back) {
        oc_diag *d = oc_report(c->diags, OC_E0227, e->span, NULL);
        oc_diag_help(d, "help.look-back", NULL);
        return oc_check_fail(e);
    }
    oc_type t = c->scope->type_of(c->scope->context, symbol);
    e->args[0]->type = t;
    if (e->first) {
        if (symbol->kind == OC_SYMBOL_VARIABLE && (t.kind == OC_TYPE_DATE || oc_type_is_poison(t))) return t;
        oc_report(c->diags, OC_E0226, e->span, OC_ARGS(OC_T(symbol->name)));
        return oc_check_fail(e);
    }
    if (e->year) {
        oc_diag *d = oc_report(c->diags, OC_E0228, e->span, OC_ARGS(OC_T(symbol->name)));
        oc_diag_help(d, "help.full-date", OC_ARGS(OC_T(oc_arena_printf(c->arena, "%04d-12-31", e->year))));
        return oc_check_fail(e);
    }
    return t;
}

static oc_type truth_operand(oc_checker *c, oc_expr *e, const char *use)
{
    oc_type truth = oc_type_of(OC_TYPE_TRUTH);
    oc_type t = oc_expr_check(c, e, &truth);
    if (t.kind == OC_TYPE_TRUTH || oc_type_is_poison(t)) return t;
    oc_diag *d = oc_report(c->diags, OC_E0229, e->span, OC_ARGS(OC_M(use), oc_type_arg(c->arena, t)));
    if (t.kind == OC_TYPE_DATE && e->symbol && e->symbol->kind == OC_SYMBOL_STAGE)
        oc_diag_help(d, "help.use-done", OC_ARGS(OC_T(e->symbol->name)));
    return OC_POISON;
}

/* Names of categories on one side take their meaning from the other. */
static void check_pair(oc_checker *c, oc_expr *a, oc_expr *b, const oc_type *expected)
{
    const oc_symbol *left = a->kind == OC_EXPR_NAME ? c->scope->find(c->scope->context, a->name) : NULL;
    bool right_first = a->kind == OC_EXPR_NAME && !left;
    oc_expr *first = right_first ? b : a, *second = right_first ? a : b;
    oc_type t = oc_expr_check(c, first, expected);
    oc_expr_check(c, second, t.kind == OC_TYPE_CATEGORY ? &t : expected);
}

static oc_type add(oc_checker *c, oc_expr *e)
{
    oc_expr *a = e->args[0], *b = e->args[1];
    oc_expr_check(c, a, NULL);
    oc_expr_check(c, b, NULL);
    bool plus = e->op == OC_ADD;
    oc_type x = a->type, y = b->type, result;
    if (oc_type_is_poison(x) || oc_type_is_poison(y)) return OC_POISON;
    bool x_span = x.kind == OC_TYPE_NUMBER && (x.time == 1 || oc_expr_is_zero(a));
    bool y_span = y.kind == OC_TYPE_NUMBER && (y.time == 1 || oc_expr_is_zero(b));
    if (x.kind == OC_TYPE_DATE && y_span) return x;
    if (plus && y.kind == OC_TYPE_DATE && x_span) return y;
    if (!plus && x.kind == OC_TYPE_DATE && y.kind == OC_TYPE_DATE) return OC_TYPE_OF_DURATION;
    bool numbers = oc_type_as_number(x).kind == OC_TYPE_NUMBER && oc_type_as_number(y).kind == OC_TYPE_NUMBER;
    if (numbers && oc_check_unify(a, b, true, &result)) return result;
    oc_check_mismatch(c, plus ? OC_E0230 : OC_E0231, e->op_span, a, b);
    return oc_check_fail(e);
}

static oc_type multiply(oc_checker *c, oc_expr *e)
{
    oc_expr *a = e->args[0], *b = e->args[1];
    oc_type x = oc_type_as_number(oc_expr_check(c, a, NULL)), y = oc_type_as_number(oc_expr_check(c, b, NULL));
    if (oc_type_is_poison(x) || oc_type_is_poison(y)) return OC_POISON;
    if (x.kind != OC_TYPE_NUMBER || y.kind != OC_TYPE_NUMBER) {
        oc_check_mismatch(c, OC_E0232, e->op_span, a, b);
        return oc_check_fail(e);
    }
    oc_type result = {.kind = OC_TYPE_NUMBER};
    if (e->op == OC_MUL) {
        result.time = x.time + y.time;
        if (!x.unit.len || !y.unit.len) result.unit = x.unit.len ? x.unit : y.unit;
    } else {
        result.time = x.time - y.time;
        if (!y.unit.len) result.unit = x.unit;
    }
    if (oc_expr_is_zero(a) && e->op == OC_MUL) result.time = y.time;
    return result;
}

static oc_type power(oc_checker *c, oc_expr *e)
{
    oc_expr *a = e->args[0], *b = e->args[1];
    oc_type x = oc_type_as_number(oc_expr_check(c, a, NULL)), y = oc_type_as_number(oc_expr_check(c, b, NULL));
    if (oc_type_is_poison(x) || oc_type_is_poison(y)) return OC_POISON;
    bool whole = b->kind == OC_EXPR_NUMBER && b->number == floor(b->number) && fabs(b->number) <= 8;
    if (x.kind != OC_TYPE_NUMBER || y.kind != OC_TYPE_NUMBER || y.time || y.unit.len || (x.time && !whole)) {
        oc_check_mismatch(c, OC_E0233, e->op_span, a, b);
        return oc_check_fail(e);
    }
    return (oc_type){.kind = OC_TYPE_NUMBER, .time = x.time ? x.time * (int)b->number : 0};
}

static oc_type compare(oc_checker *c, oc_expr *e)
{
    oc_expr *a = e->args[0], *b = e->args[1];
    check_pair(c, a, b, NULL);
    oc_type result;
    if (oc_type_is_poison(a->type) || oc_type_is_poison(b->type)) return oc_type_of(OC_TYPE_TRUTH);
    bool ordered = e->op != OC_EQ && e->op != OC_NE;
    if (!oc_check_unify(a, b, ordered, &result) || (ordered && result.kind == OC_TYPE_CATEGORY)) {
        oc_check_mismatch(c, OC_E0234, e->op_span, a, b);
        return oc_check_fail(e);
    }
    return oc_type_of(OC_TYPE_TRUTH);
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
        return oc_type_of(OC_TYPE_TRUTH);
    default: return compare(c, e);
    }
}

static oc_type unary(oc_checker *c, oc_expr *e)
{
    if (e->op == OC_NOT) {
        truth_operand(c, e->args[0], "use.logic");
        return oc_type_of(OC_TYPE_TRUTH);
    }
    oc_type t = oc_type_as_number(oc_expr_check(c, e->args[0], NULL));
    if (t.kind == OC_TYPE_NUMBER || oc_type_is_poison(t)) return t;
    oc_report(c->diags, OC_E0235, e->span, OC_ARGS(oc_type_arg(c->arena, t)));
    return oc_check_fail(e);
}

static oc_type choose(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    truth_operand(c, e->args[0], "use.if");
    check_pair(c, e->args[1], e->args[2], expected);
    oc_type result;
    if (oc_check_unify(e->args[1], e->args[2], false, &result)) return result;
    oc_check_mismatch(c, OC_E0236, e->span, e->args[1], e->args[2]);
    return oc_check_fail(e);
}

static oc_type by(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    oc_type t = oc_expr_check(c, e->args[0], NULL);
    if (oc_type_is_poison(t)) return oc_check_fail(e);
    if (t.kind != OC_TYPE_CATEGORY) {
        oc_report(c->diags, OC_E0237, e->args[0]->span, OC_ARGS(oc_type_arg(c->arena, t)));
        return oc_check_fail(e);
    }
    const oc_category *category = t.category;
    size_t values = e->arg_count - 1;
    bool rest = values && oc_slice_is(e->keys[values - 1], "rest");
    bool fine = true;
    for (size_t i = 0; i < values; i++) {
        size_t index;
        if ((rest && i == values - 1) || oc_category_find(category, e->keys[i], &index)) continue;
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
    oc_type result = OC_POISON;
    for (size_t i = 1; i < e->arg_count; i++) {
        oc_expr_check(c, e->args[i], expected);
        if (i == 1) {
            result = e->args[1]->type;
        } else if (!oc_check_unify(e->args[1], e->args[i], false, &result)) {
            oc_check_mismatch(c, OC_E0236, e->args[i]->span, e->args[1], e->args[i]);
            fine = false;
        }
    }
    return fine ? result : oc_check_fail(e);
}

static oc_type check_kind(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    switch (e->kind) {
    case OC_EXPR_POISON: return OC_POISON;
    case OC_EXPR_NUMBER:
        return e->type.kind == OC_TYPE_CATEGORY ? e->type : (oc_type){.kind = OC_TYPE_NUMBER, .time = e->time};
    case OC_EXPR_DATE:
    case OC_EXPR_NEVER:
    case OC_EXPR_TODAY: return oc_type_of(OC_TYPE_DATE);
    case OC_EXPR_TRUTH: return oc_type_of(OC_TYPE_TRUTH);
    case OC_EXPR_REST: oc_report(c->diags, OC_E0252, e->span, NULL); return oc_check_fail(e);
    case OC_EXPR_NAME: return name(c, e, expected);
    case OC_EXPR_AT: return at(c, e);
    case OC_EXPR_UNARY: return unary(c, e);
    case OC_EXPR_BINARY: return binary(c, e);
    case OC_EXPR_IF: return choose(c, e, expected);
    case OC_EXPR_RANGE: return oc_check_range(c, e);
    case OC_EXPR_CALL: return oc_check_function(c, e, expected);
    case OC_EXPR_BY: return by(c, e, expected);
    case OC_EXPR_CHOICE: return oc_check_choice(c, e, expected);
    }
    return OC_POISON;
}

oc_type oc_expr_check(oc_checker *checker, oc_expr *expr, const oc_type *expected)
{
    oc_type t = check_kind(checker, expr, expected);
    expr->type = expr->kind == OC_EXPR_POISON ? OC_POISON : t;
    return expr->type;
}

bool oc_expr_require(oc_checker *checker, oc_expr *expr, oc_type wanted, const char *what)
{
    oc_type t = oc_expr_check(checker, expr, &wanted);
    if (oc_type_is_poison(t)) return false;
    if (wanted.kind == OC_TYPE_NUMBER) {
        t = oc_type_as_number(t);
        if (t.kind == OC_TYPE_NUMBER && (t.time == wanted.time || oc_expr_is_zero(expr))) return true;
    } else if (t.kind == wanted.kind && (t.kind != OC_TYPE_CATEGORY || t.category == wanted.category)) {
        return true;
    }
    oc_diag *d = oc_report(checker->diags, OC_E0253, expr->span,
                           OC_ARGS(OC_M(what), oc_type_arg(checker->arena, wanted), oc_type_arg(checker->arena, t)));
    if (t.kind == OC_TYPE_NUMBER && wanted.kind == OC_TYPE_NUMBER && t.time == 0 && wanted.time == 1)
        oc_diag_help(d, "help.add-unit", NULL);
    if (t.kind == OC_TYPE_NUMBER && wanted.kind == OC_TYPE_NUMBER && wanted.time == -1)
        oc_diag_help(d, "help.per-year", NULL);
    return false;
}
