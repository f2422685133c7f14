/* Calls: plain functions, questions about records (done, next, count) and aggregates over the rows of a family. */
#include "lang/check_parts.h"

enum { MAX_CLONED = 200000 }; /* nodes that families inside one expression may add */

oc_type oc_check_number(oc_checker *c, oc_expr *e, size_t i, bool plain)
{
    oc_type t = oc_type_as_number(oc_expr_check(c, e->args[i], NULL));
    if (oc_type_is_poison(t)) return t;
    if (t.kind == OC_TYPE_NUMBER && (!plain || t.time == 0)) return t;
    oc_report(c->diags, OC_E0244, e->args[i]->span,
              OC_ARGS(OC_S(oc_function_name(e->function)), oc_type_arg(c->arena, t)));
    return OC_POISON;
}

static oc_type extremes(oc_checker *c, oc_expr *e)
{
    oc_type result = oc_expr_check(c, e->args[0], NULL);
    for (size_t i = 1; i < e->arg_count; i++) {
        oc_expr_check(c, e->args[i], NULL);
        /* A literal zero first must not fix the power of time. */
        oc_expr *first = oc_expr_is_zero(e->args[0]) && i > 1 ? e->args[1] : e->args[0];
        if (oc_check_unify(first, e->args[i], true, &result)) continue;
        oc_check_mismatch(c, OC_E0236, e->args[i]->span, first, e->args[i]);
        return oc_check_fail(e);
    }
    if (result.kind == OC_TYPE_CATEGORY) {
        oc_report(c->diags, OC_E0244, e->span,
                  OC_ARGS(OC_S(oc_function_name(e->function)), oc_type_arg(c->arena, result)));
        return oc_check_fail(e);
    }
    return oc_type_as_number(result);
}

static oc_type special(oc_checker *c, oc_expr *e)
{
    oc_expr *a = e->args[0];
    if (a->kind != OC_EXPR_NAME) {
        oc_report(c->diags, OC_E0245, a->span, OC_ARGS(OC_S(oc_function_name(e->function))));
        return oc_check_fail(e);
    }
    const oc_symbol *symbol = oc_check_name(c, a);
    if (!symbol) return oc_check_fail(e);
    e->symbol = symbol;
    bool fits = e->function == OC_FN_DONE ? symbol->kind == OC_SYMBOL_STAGE : symbol->kind == OC_SYMBOL_EVENT;
    if (!fits) {
        oc_report(c->diags, e->function == OC_FN_DONE ? OC_E0246 : OC_E0247, a->span,
                  OC_ARGS(OC_S(oc_function_name(e->function)), OC_T(symbol->name)));
        return oc_check_fail(e);
    }
    if (e->function == OC_FN_DONE) return oc_type_of(OC_TYPE_TRUTH);
    if (e->function == OC_FN_NEXT) return oc_type_of(OC_TYPE_DATE);
    oc_expr *status = e->arg_count > 1 ? e->args[1] : NULL;
    if (status && (status->kind != OC_EXPR_NAME ||
                   (!oc_slice_is(status->name, "held") && !oc_slice_is(status->name, "cancelled")))) {
        oc_report(c->diags, OC_E0248, status->span, NULL);
        return oc_check_fail(e);
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
        return oc_check_fail(e);
    }
    const oc_set *set = search.family->set, *outer_set = c->set;
    uint32_t outer_row = c->row;
    oc_expr *pattern = e->args[0];
    e->args = OC_NEW_ARRAY(c->arena, set->rows, oc_expr *);
    e->arg_count = set->rows;
    e->keys = NULL;
    e->weights = NULL;
    oc_type result = OC_POISON;
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
        oc_type t = oc_expr_check(c, arg, NULL);
        bool stage = t.kind == OC_TYPE_DATE && arg->symbol && arg->symbol->kind == OC_SYMBOL_STAGE;
        bool fits = oc_type_is_poison(t) ||
                    (truths ? t.kind == OC_TYPE_TRUTH || stage
                            : t.kind == OC_TYPE_NUMBER || (t.kind == OC_TYPE_DATE && e->function != OC_FN_SUM));
        if (!fits) {
            oc_report(c->diags, OC_E0244, arg->span,
                      OC_ARGS(OC_S(oc_function_name(e->function)), oc_type_arg(c->arena, t)));
            t = OC_POISON;
        }
        if (row == 0 || oc_type_is_poison(t)) result = t;
    }
    c->set = outer_set;
    c->row = outer_row;
    c->may_draw = may_draw;
    if (e->function == OC_FN_COUNT) return OC_TYPE_OF_NUMBER;
    return truths ? oc_type_of(OC_TYPE_TRUTH) : result;
}

oc_type oc_check_function(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    switch (oc_function_kind_of(e->function)) {
    case OC_KIND_DISTRIBUTION: return oc_check_distribution(c, e, expected);
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
    case OC_FN_ROUND: return oc_check_number(c, e, 0, false);
    case OC_FN_YEAR:
        if (oc_expr_check(c, e->args[0], NULL).kind != OC_TYPE_DATE && !oc_type_is_poison(e->args[0]->type)) {
            oc_report(c->diags, OC_E0244, e->args[0]->span,
                      OC_ARGS(OC_S("year"), oc_type_arg(c->arena, e->args[0]->type)));
            return oc_check_fail(e);
        }
        return OC_TYPE_OF_NUMBER;
    case OC_FN_START_OF:
        return oc_type_is_poison(oc_check_number(c, e, 0, true)) ? oc_check_fail(e) : oc_type_of(OC_TYPE_DATE);
    case OC_FN_SQRT: {
        oc_type t = oc_check_number(c, e, 0, false);
        if (oc_type_is_poison(t)) return oc_check_fail(e);
        return t.time % 2 ? oc_check_number(c, e, 0, true) : (oc_type){.kind = OC_TYPE_NUMBER, .time = t.time / 2};
    }
    default: return oc_type_is_poison(oc_check_number(c, e, 0, true)) ? oc_check_fail(e) : OC_TYPE_OF_NUMBER;
    }
}
