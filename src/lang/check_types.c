/* What fits what: the types of two values, and the message when they don't fit. */
#include "lang/check_parts.h"

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

oc_type oc_check_fail(oc_expr *e)
{
    e->kind = OC_EXPR_POISON;
    e->arg_count = 0;
    e->weights = NULL;
    e->type = OC_POISON;
    return OC_POISON;
}

oc_diag *oc_check_mismatch(oc_checker *c, oc_code code, oc_span place, const oc_expr *a, const oc_expr *b)
{
    oc_arg left = oc_type_arg(c->arena, a->type), right = oc_type_arg(c->arena, b->type);
    if (a->type.kind == OC_TYPE_CATEGORY && b->type.kind == OC_TYPE_CATEGORY)
        left = OC_T(a->type.category->owner), right = OC_T(b->type.category->owner);
    oc_diag *d = oc_report(c->diags, code, place, OC_ARGS(left, right));
    oc_diag_at(d, a->span, "label.this-is", OC_ARGS(left));
    oc_diag_at(d, b->span, "label.this-is", OC_ARGS(right));
    const oc_expr *percent = a->kind == OC_EXPR_NUMBER && a->percent   ? a
                             : b->kind == OC_EXPR_NUMBER && b->percent ? b
                                                                       : NULL;
    const oc_expr *other = percent == a ? b : a;
    if (percent && other->type.kind == OC_TYPE_NUMBER && other->type.time == 1)
        oc_diag_help(d, "help.percent-of", NULL);
    return d;
}

bool oc_check_unify(const oc_expr *a, const oc_expr *b, bool truth_counts, oc_type *ret)
{
    oc_type x = a->type, y = b->type;
    if (oc_type_is_poison(x) || oc_type_is_poison(y)) {
        *ret = oc_type_is_poison(x) ? y : x;
        return true;
    }
    if (truth_counts || x.kind != y.kind) {
        x = oc_type_as_number(x);
        y = oc_type_as_number(y);
    }
    if (x.kind != y.kind) return false;
    if (x.kind == OC_TYPE_CATEGORY && x.category != y.category) return false;
    if (x.kind == OC_TYPE_NUMBER) {
        if (x.time != y.time && !oc_expr_is_zero(a) && !oc_expr_is_zero(b)) return false;
        if (oc_expr_is_zero(a)) x.time = y.time;
        if (x.unit.len && y.unit.len && !oc_slice_equal(x.unit, y.unit)) return false;
        if (!x.unit.len) x.unit = y.unit;
    }
    *ret = x;
    return true;
}
