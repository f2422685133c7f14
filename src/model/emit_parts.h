/* What the parts of the emitter share: emit.c (names, functions, operators), emit_check.c, emit_draw.c. */
#ifndef OC_MODEL_EMIT_PARTS_H
#define OC_MODEL_EMIT_PARTS_H

#include "model/emit.h"

#define OC_NO_REF ((oc_ref){.kind = OC_REF_NONE})

/* Costly functions are computed only for the futures that use them. */
static inline oc_ref oc_emit_op(oc_compiler *c, oc_opcode code, oc_ref a, oc_ref b)
{
    bool costly = code == OC_OP_EXP || code == OC_OP_LOG || code == OC_OP_LOGISTIC || code == OC_OP_LOGIT;
    return oc_ir_op(c->ir, code, a, b, costly ? c->sparse : OC_NO_REF);
}

static inline oc_ref oc_emit_as_number(oc_compiler *c, oc_ref r)
{
    return r.mask ? oc_ir_number_of_mask(c->ir, r) : r;
}

static inline oc_ref oc_emit_number(oc_compiler *c, const oc_expr *e)
{
    return oc_emit_as_number(c, oc_emit(c, e));
}

/* emit_check.c: a check of `value` in the futures of `guard`; a failure while compiling, with what the names stood for.
 */
void oc_emit_check(oc_compiler *c, oc_opcode code, oc_ref value, int kind, const oc_expr *e, oc_ref guard);
void oc_emit_constant_failure(oc_compiler *c, oc_code code, const oc_expr *e, const oc_arg *args);

/* emit_draw.c: a call of a distribution, LOW to HIGH, {value: weight, …}; the index of a category's value. */
oc_ref oc_emit_distribution(oc_compiler *c, const oc_expr *e);
oc_ref oc_emit_range(oc_compiler *c, const oc_expr *e);
oc_ref oc_emit_choice(oc_compiler *c, const oc_expr *e);
size_t oc_emit_value_index(const oc_category *category, oc_slice name);

#endif
