/* Functions of what was drawn once and of the row: computed once for each value the row can have.
 *
 * A month has 28 to 31 days, so that exp(-rate dt) with a rate that differs between futures has but a few columns of
 * values in all. They are computed in the first section, and PICK reads the row's:
 *
 *     tick   t1 = rate * row2     t2 = -t1     t3 = exp(t2)         first section   once7 = exp(-(rate * 31)), …
 *                                                            ==>    tick            t3 = PICK row4
 *
 * The scalar that PICK reads is the column's number, which is known when the program is linked (oc_ir_pick.choice says
 * which of the columns it is till then). */
#include "model/ir.h"

#include <string.h>

enum { MOST_PICKS = 32, MOST_CHOICES = 8, ROWS_FOR_A_CHOICE = 4, MOST_SCALARS = 4, DEEP = 8 };

static const oc_ref none = {.kind = OC_REF_NONE};

typedef struct leaves {
    uint32_t scalars[MOST_SCALARS];
    size_t scalar_count;
    bool fixed; /* a value that differs between futures is among them */
} leaves;

static const oc_ir_instruction *maker_of(const oc_ir *ir, oc_ref r)
{
    const oc_ir_instruction *in = &ir->now->code.at[ir->now->makers.at[r.index]];
    return in->op == OC_OP_PICK ? &ir->picks.at[in->imm].stands_for : in;
}

static bool is_costly(oc_opcode op)
{
    return op == OC_OP_DIV || (op >= OC_OP_SQRT && op <= OC_OP_EXPM1NEG);
}

/* Whether a value is made of constants, fixed columns and the row's scalars alone. */
static bool find_leaves(const oc_ir *ir, oc_ref r, int depth, leaves *ret)
{
    if (r.kind == OC_REF_CONST || r.kind == OC_REF_NONE) return true;
    if (r.kind == OC_REF_STATE) return ret->fixed = ir->fixed.at[r.index].fixed;
    if (r.kind == OC_REF_ROW) {
        for (size_t i = 0; i < ret->scalar_count; i++)
            if (ret->scalars[i] == r.index) return true;
        if (ret->scalar_count == MOST_SCALARS) return false;
        ret->scalars[ret->scalar_count++] = r.index;
        return true;
    }
    const oc_ir_instruction *in = maker_of(ir, r);
    bool plain = in->op >= OC_OP_ADD && in->op <= OC_OP_MULADD;
    return plain && depth > 0 && find_leaves(ir, in->a, depth - 1, ret) && find_leaves(ir, in->b, depth - 1, ret) &&
           (in->op != OC_OP_MULADD || find_leaves(ir, in->c, depth - 1, ret));
}

/* Numbers the rows by the values of the scalars; 0 if there are too many different ones. */
static size_t number_rows(const oc_ir_section *s, const leaves *l, uint32_t *choice, size_t *first)
{
    size_t count = 0;
    for (size_t row = 0; row < s->rows; row++) {
        size_t k = 0;
        for (; k < count; k++) {
            bool same = true;
            for (size_t i = 0; i < l->scalar_count; i++) {
                const double *values = s->scalars.at[l->scalars[i]];
                same = same && values[row] == values[first[k]];
            }
            if (same) break;
        }
        if (k == count) {
            if (count == MOST_CHOICES) return 0;
            first[count++] = row;
        }
        choice[row] = (uint32_t)k;
    }
    return count * ROWS_FOR_A_CHOICE <= s->rows ? count : 0;
}

/* The value in the first section, with the scalars of one row. */
static oc_ref rebuild(oc_ir *ir, oc_ir_section *from, oc_ref r, size_t row)
{
    if (r.kind == OC_REF_ROW) return oc_ir_const(from->scalars.at[r.index][row]);
    if (r.kind == OC_REF_STATE) {
        oc_ref value = ir->fixed.at[r.index].value;
        return value.kind == OC_REF_TEMP ? value : r;
    }
    if (r.kind != OC_REF_TEMP) return r;
    ir->now = from;
    oc_ir_instruction in = *maker_of(ir, r);
    ir->now = ir->sections.at[0];
    oc_ref a = rebuild(ir, from, in.a, row), b = rebuild(ir, from, in.b, row);
    oc_ref c = in.op == OC_OP_MULADD ? rebuild(ir, from, in.c, row) : none;
    return oc_ir_op(ir, in.op, a, b, c);
}

/* Scalars that nobody takes for others: what they stand for is not known yet. */
static oc_ref placeholder(oc_ir *ir, oc_ir_section *s)
{
    double *values = OC_NEW_ARRAY(ir->arena, s->rows, double);
    for (size_t i = 0; i < s->rows; i++) {
        uint64_t bits = UINT64_C(0x7ff8000000000000) + ((uint64_t)ir->picks.len << 24) + i + 1;
        memcpy(&values[i], &bits, sizeof bits);
    }
    *oc_vec_push(ir->arena, &s->scalars) = values;
    return (oc_ref){.kind = OC_REF_ROW, .index = (uint32_t)(s->scalars.len - 1)};
}

bool oc_ir_pick(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ir_pick_list *ret)
{
    oc_ir_section *s = ir->now;
    leaves l = {0};
    size_t first[MOST_CHOICES];
    if (ir->plain || ir->sections.at[0] == s || s->rows < (size_t)2 * ROWS_FOR_A_CHOICE || !is_costly(op) ||
        ir->picks.len == MOST_PICKS)
        return false;
    if (!find_leaves(ir, a, DEEP, &l) || !find_leaves(ir, b, DEEP, &l) || !l.fixed || !l.scalar_count) return false;
    uint32_t *choice = OC_NEW_ARRAY(ir->arena, s->rows, uint32_t);
    size_t count = number_rows(s, &l, choice, first);
    if (!count) return false;
    oc_ref *columns = OC_NEW_ARRAY(ir->arena, count, oc_ref);
    ir->now = ir->sections.at[0];
    oc_range range = OC_RANGE_ANY;
    for (size_t k = 0; k < count; k++) {
        oc_ref x = rebuild(ir, s, a, first[k]), y = rebuild(ir, s, b, first[k]);
        columns[k] = oc_ir_lasting(ir, oc_ir_op(ir, op, x, y, none));
        oc_range one = oc_ir_range(ir, columns[k]);
        range = k ? oc_range_join(range, one) : one;
    }
    ir->now = s;
    *ret = (oc_ir_pick_list){.stands_for = {.op = op, .a = a, .b = b}, .columns = columns, .choice = choice,
                             .range = range, .scalar = placeholder(ir, s), .section = s, .count = count};
    return true;
}
