/* Checks of values: at once where they are constant, else by an instruction that stops the run; see emit.h. */
#include <math.h>

#include "model/emit_parts.h"

void oc_emit_check(oc_compiler *c, oc_opcode code, oc_ref value, int kind, const oc_expr *e, oc_ref guard)
{
    if (oc_ir_passes(c->ir, code, value)) return;
    *oc_vec_push(c->arena, &c->out->checks) = (oc_check_place){kind, e->span, e};
    oc_ir_effect(c->ir, code, OC_NO_REF, oc_emit_as_number(c, value), OC_NO_REF, guard, OC_NO_REF, c->ir->checks++);
}

/* Adds what a failing expression's names stood for when that is known while compiling. */
void oc_emit_constant_failure(oc_compiler *c, oc_code code, const oc_expr *e, const oc_arg *args)
{
    oc_diag *d = oc_report(c->diags, code, e->span, args);
    c->failed = true;
    if (code == OC_E0302 && e->kind == OC_EXPR_NUMBER && !e->percent && e->number > 1 && e->number <= 100)
        oc_diag_help(d, "help.meant-percent", OC_ARGS(OC_T(oc_arena_printf(c->arena, "%g%%", e->number))));
}

static bool always(oc_ref guard)
{
    return oc_ref_is(guard, 1);
}

void oc_emit_check_real(oc_compiler *c, oc_ref value, const oc_expr *e, oc_ref guard)
{
    if (value.mask || oc_ref_is(guard, 0)) return;
    if (value.kind == OC_REF_CONST) {
        if (isnan(value.value) && always(guard)) {
            oc_text shown = oc_text_in(c->arena);
            oc_text_expr(&shown, e);
            oc_emit_constant_failure(c, OC_E0308, e, OC_ARGS(OC_T(oc_text_slice(&shown))));
        }
        return;
    }
    oc_emit_check(c, OC_OP_CHECK_REAL, value, OC_CHECK_NUMBER, e, guard);
}

/* Whether an expression cannot leave 0..1. */
static bool surely_probability(const oc_expr *e)
{
    switch (e->kind) {
    case OC_EXPR_NUMBER: return !e->parameter && e->number >= 0 && e->number <= 1;
    case OC_EXPR_TRUTH: return true;
    case OC_EXPR_IF: return surely_probability(e->args[1]) && surely_probability(e->args[2]);
    case OC_EXPR_BY: {
        bool sure = true;
        for (size_t i = 1; i < e->arg_count; i++) sure = sure && surely_probability(e->args[i]);
        return sure;
    }
    case OC_EXPR_CALL:
        return e->function == OC_FN_LOGISTIC || e->function == OC_FN_BETA ||
               (e->function == OC_FN_CLAMP && surely_probability(e->args[1]) && surely_probability(e->args[2]));
    case OC_EXPR_BINARY: return e->op == OC_MUL && surely_probability(e->args[0]) && surely_probability(e->args[1]);
    default: return false;
    }
}

/* What compiling refuses in a constant, whoever sets the parameter later must refuse too. */
static void limit_parameter(oc_compiler *c, const oc_expr *e, double most, bool above)
{
    if (e->kind != OC_EXPR_NUMBER || !e->parameter) return;
    oc_parameter_place *place = &c->out->parameters[e->parameter - 1];
    if (place->least < 0) place->least = 0;
    if (place->most > most) place->most = most;
    place->above = place->above || above;
}

oc_ref oc_emit_probability(oc_compiler *c, const oc_expr *e, oc_ref guard)
{
    limit_parameter(c, e, 1, false);
    oc_ref p = oc_emit_as_number(c, oc_emit_guarded(c, e, guard));
    if (p.kind == OC_REF_CONST) {
        if (!(p.value >= 0 && p.value <= 1)) oc_emit_constant_failure(c, OC_E0302, e, OC_ARGS(OC_F(p.value)));
    } else if (!surely_probability(e)) {
        oc_emit_check(c, OC_OP_CHECK_UNIT, p, OC_CHECK_PROBABILITY, e, guard);
    }
    return p;
}

oc_ref oc_emit_nonnegative(oc_compiler *c, const oc_expr *e, oc_ref guard, bool strictly)
{
    oc_ref v = oc_emit_as_number(c, oc_emit_guarded(c, e, guard));
    if (always(guard)) limit_parameter(c, e, INFINITY, strictly);
    if (v.kind == OC_REF_CONST) {
        bool fine = strictly ? v.value > 0 : v.value >= 0;
        oc_text shown = oc_text_in(c->arena);
        oc_text_expr(&shown, e);
        if (!fine && always(guard))
            oc_emit_constant_failure(
                c, OC_E0303, e,
                OC_ARGS(OC_T(oc_text_slice(&shown)), OC_M(strictly ? "word.not-positive" : "word.negative")));
    } else {
        oc_emit_check(c, strictly ? OC_OP_CHECK_POS : OC_OP_CHECK_NONNEG, v, OC_CHECK_PARAMETER, e, guard);
    }
    return v;
}

oc_ref oc_emit_guarded(oc_compiler *c, const oc_expr *e, oc_ref guard)
{
    oc_ref outer = c->guard;
    c->guard = oc_ir_and(c->ir, outer, guard);
    oc_ref value = oc_emit(c, e);
    c->guard = outer;
    return value;
}
