/* Truths: not, and, or, and the choice by one.
 *
 * What is known is folded, and a negation is taken apart where that saves an instruction:
 *
 *     not (not a)  ==>  a        a and not b  ==>  a ANDNOT b        not c ? x : y  ==>  c ? y : x */
#include "model/ir.h"

static const oc_ref none = {.kind = OC_REF_NONE};

/* Whether a truth is the negation of another that still has the value it had. */
static bool negates(const oc_ir *ir, oc_ref r, oc_ref *ret)
{
    if (ir->plain || r.kind != OC_REF_TEMP) return false;
    const oc_ir_instruction *in = &ir->now->code.at[ir->now->makers.at[r.index]];
    if (in->op != OC_OP_NOT || (in->a.kind == OC_REF_STATE && ir->versions.at[in->a.index] != in->version))
        return false;
    *ret = in->a;
    return true;
}

oc_ref oc_ir_not(oc_ir *ir, oc_ref a)
{
    oc_ref inner;
    if (a.kind == OC_REF_CONST) return oc_ir_truth(a.value == 0);
    if (negates(ir, a, &inner)) return inner;
    return oc_ir_shared(ir, OC_OP_NOT, oc_ir_truth_column(ir, a), none, none, none, 0);
}

/* Of operands that may change places, one order, so that both are shared. */
static oc_ref commuting(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b)
{
    a = oc_ir_truth_column(ir, a);
    b = oc_ir_truth_column(ir, b);
    bool swap = a.kind > b.kind || (a.kind == b.kind && a.index > b.index);
    return oc_ir_shared(ir, op, swap ? b : a, swap ? a : b, none, none, 0);
}

oc_ref oc_ir_and(oc_ir *ir, oc_ref a, oc_ref b)
{
    if (oc_ref_is(a, 1) || oc_ref_is(b, 0)) return b;
    if (oc_ref_is(b, 1) || oc_ref_is(a, 0)) return a;
    if (oc_ref_same(a, b)) return a;
    oc_ref inner;
    if (negates(ir, b, &inner)) return oc_ir_shared(ir, OC_OP_ANDNOT, oc_ir_truth_column(ir, a), inner, none, none, 0);
    if (negates(ir, a, &inner)) return oc_ir_shared(ir, OC_OP_ANDNOT, oc_ir_truth_column(ir, b), inner, none, none, 0);
    return commuting(ir, OC_OP_AND, a, b);
}

oc_ref oc_ir_or(oc_ir *ir, oc_ref a, oc_ref b)
{
    if (oc_ref_is(a, 0) || oc_ref_is(b, 1)) return b;
    if (oc_ref_is(b, 0) || oc_ref_is(a, 1)) return a;
    if (oc_ref_same(a, b)) return a;
    return commuting(ir, OC_OP_OR, a, b);
}

oc_ref oc_ir_number_of_mask(oc_ir *ir, oc_ref mask)
{
    if (mask.kind == OC_REF_CONST || mask.kind == OC_REF_ROW) {
        mask.mask = false;
        return mask;
    }
    return oc_ir_select(ir, mask, oc_ir_const(1), oc_ir_const(0));
}

oc_ref oc_ir_select(oc_ir *ir, oc_ref c, oc_ref a, oc_ref b)
{
    if (c.kind == OC_REF_CONST) return c.value != 0 ? a : b;
    if (oc_ref_same(a, b)) return a;
    if (c.kind == OC_REF_ROW && oc_ref_is_known(a) && oc_ref_is_known(b)) {
        double *values = OC_NEW_ARRAY(ir->arena, ir->now->rows, double);
        for (size_t i = 0; i < ir->now->rows; i++)
            values[i] = oc_ir_at_row(ir, c, i) != 0 ? oc_ir_at_row(ir, a, i) : oc_ir_at_row(ir, b, i);
        oc_ref r = oc_ir_row(ir, values);
        r.mask = a.mask;
        return r;
    }
    oc_ref inner;
    if (!a.mask && negates(ir, c, &inner)) return oc_ir_shared(ir, OC_OP_SELECT, b, a, inner, none, 0);
    if (!a.mask) return oc_ir_shared(ir, OC_OP_SELECT, a, b, oc_ir_truth_column(ir, c), none, 0);
    /* One after the other: the order in which arguments are computed is the compiler's, and the program's bytes (its
     * digest) must not depend on that. */
    oc_ref yes = oc_ir_and(ir, c, a);
    oc_ref no = oc_ir_and(ir, oc_ir_not(ir, c), b);
    return oc_ir_or(ir, yes, no);
}
