/* What is computed for few futures only: which instructions are narrowed to the groups of lanes that a mask names.
 *
 * A change at a rare moment computes values that nobody reads but the KEEPs under the moment's mask. From the end of a
 * section to its beginning it is found out for each temporary under which mask it is read (everywhere, if under several
 * that do not lie within one another), and what makes it is narrowed to that mask, if the mask is known by then:
 *
 *     crisis begins: t1    t2 = uniform      t3 = 517 * t2 + 91      t4 = today + t3      ends = t1 ? t4 : ends
 *
 * Behind WHERE t1 the last three are done in the groups of 16 lanes with a lane in t1. A WHERE costs about as much as
 * an instruction, so a few must follow it. */
#include "model/ir.h"

enum { WORTH = 2, DEEP = 6 };

static const oc_ref none = {.kind = OC_REF_NONE}, everywhere = {.kind = OC_REF_CONST};

typedef struct narrower {
    const oc_ir_section *section;
    oc_ref *needs;  /* of each temporary: the mask under which it is read; NONE: nowhere so far */
    oc_ref *where;  /* of each instruction: the mask it may be narrowed to; NONE */
} narrower;

/* Whether truth a can only hold where b does. */
static bool lies_within(const narrower *n, oc_ref a, oc_ref b, int depth)
{
    if (a.kind != OC_REF_TEMP) return false;
    if (a.index == b.index) return true;
    const oc_ir_instruction *in = &n->section->code.at[n->section->makers.at[a.index]];
    if (depth == 0 || (in->op != OC_OP_AND && in->op != OC_OP_ANDNOT)) return false;
    return lies_within(n, in->a, b, depth - 1) || (in->op == OC_OP_AND && lies_within(n, in->b, b, depth - 1));
}

static void need(narrower *n, oc_ref r, oc_ref mask)
{
    if (r.kind != OC_REF_TEMP) return;
    oc_ref *so_far = &n->needs[r.index];
    if (so_far->kind == OC_REF_NONE) {
        *so_far = mask;
        return;
    }
    bool masks = mask.kind == OC_REF_TEMP && so_far->kind == OC_REF_TEMP;
    if (masks && lies_within(n, mask, *so_far, DEEP)) return;
    *so_far = masks && lies_within(n, *so_far, mask, DEEP) ? mask : everywhere;
}

static bool is_draw(oc_opcode op)
{
    return op >= OC_OP_COIN && op <= OC_OP_POISSON;
}

static bool is_narrowable(oc_opcode op)
{
    return (op <= OC_OP_NOT && op != OC_OP_POW && op != OC_OP_WHERE) || op == OC_OP_COIN || op == OC_OP_UNIFORM ||
           op == OC_OP_WALK;
}

/* The mask under which what an instruction writes is read. */
static oc_ref read_under(const narrower *n, const oc_ir_instruction *in)
{
    if (in->dst.kind == OC_REF_TEMP) return n->needs[in->dst.index];
    bool kept = in->op == OC_OP_KEEP || in->op == OC_OP_KEEP_MASK;
    return kept && in->c.kind == OC_REF_TEMP ? in->c : everywhere;
}

static void find(narrower *n)
{
    const oc_ir_section *s = n->section;
    for (size_t i = s->code.len; i-- > 0;) {
        const oc_ir_instruction *in = &s->code.at[i];
        if (!in->live) continue;
        bool keeps = in->op == OC_OP_KEEP || in->op == OC_OP_KEEP_MASK;
        oc_ref mask = is_narrowable(in->op) || is_draw(in->op) ? read_under(n, in) : everywhere;
        if (in->op == OC_OP_UNIFORM && in->c.kind == OC_REF_TEMP && mask.kind != OC_REF_TEMP) mask = in->c;
        if (mask.kind != OC_REF_TEMP || s->makers.at[mask.index] >= i) mask = everywhere;
        if (is_narrowable(in->op) && mask.kind == OC_REF_TEMP) {
            n->where[i] = mask;
            need(n, mask, everywhere);
        }
        need(n, in->a, mask);
        need(n, in->b, mask);
        need(n, in->c, is_draw(in->op) || keeps ? everywhere : mask);
        need(n, in->d, mask);
        if (in->dst.kind == OC_REF_TEMP && in->op > OC_OP_POISSON) need(n, in->dst, everywhere);
    }
}

/* Narrowed instructions to the same mask before the first one to another, instruction i included. */
static size_t following(const narrower *n, size_t i)
{
    size_t count = 0;
    for (size_t k = i; k < n->section->code.len; k++) {
        if (n->where[k].kind == OC_REF_NONE) continue;
        if (n->where[k].index != n->where[i].index) break;
        count++;
    }
    return count;
}

void oc_ir_narrow(oc_ir *ir, oc_ir_section *s)
{
    narrower n = {.section = s,
                  .needs = OC_NEW_ARRAY(ir->arena, s->temps + 1, oc_ref),
                  .where = OC_NEW_ARRAY(ir->arena, s->code.len + 1, oc_ref)};
    find(&n);
    oc_ir_section narrowed = {0};
    oc_ref now = none;
    for (size_t i = 0; i < s->code.len; i++) {
        oc_ir_instruction in = s->code.at[i];
        oc_ref where = n.where[i];
        if (where.kind == OC_REF_TEMP && (now.kind == OC_REF_NONE || now.index != where.index)) {
            if (following(&n, i) >= WORTH) {
                now = where;
                *oc_vec_push(ir->arena, &narrowed.code) =
                    (oc_ir_instruction){.op = OC_OP_WHERE, .c = now, .live = true};
            } else {
                where = none;
            }
        }
        if (where.kind == OC_REF_TEMP) {
            in.imm |= OC_WHERE;
            if (in.op == OC_OP_UNIFORM) in.c = none; /* which said the same */
        }
        *oc_vec_push(ir->arena, &narrowed.code) = in;
    }
    s->code.at = narrowed.code.at;
    s->code.len = narrowed.code.len;
}
