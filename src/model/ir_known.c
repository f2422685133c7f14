/* What is the same in all futures, though it changes in time: computed while the program is put together.
 *
 * A column that starts with a number and is only ever set, in all futures, to what can be computed of numbers, scalars
 * of the row and other such columns has one value before each row. The schedule is gone through once with these values
 * alone; whoever else reads one gets it as a scalar of the row, and what computed it has no reader any more:
 *
 *     tick   t1 = gdp * 0.034     t2 = gdp + t1     t3 = share * gdp     gdp = t2     ==>     t3 = share * row7
 *
 * First the candidates: all columns that are set so in form. One that is set to what is not known is none; that is
 * repeated until no further one falls. */
#include "model/ir.h"

typedef struct knower {
    oc_ir *ir;
    bool *states;       /* of each state column: known */
    bool **temps;       /* of each section's temporaries */
    double *now;        /* value of each known column */
    double *made;       /* of the temporaries of the section that is gone through */
} knower;

/* The three operands that a known value can stand in. */
static oc_ref *operand_at(oc_ir_instruction *in, size_t i)
{
    return i == 0 ? &in->a : i == 1 ? &in->b : &in->c;
}

static bool is_known(const knower *k, size_t section, oc_ref r)
{
    switch (r.kind) {
    case OC_REF_NONE:
    case OC_REF_ROW: return true;
    case OC_REF_CONST: return !oc_ref_is_bound(r);
    case OC_REF_TEMP: return k->temps[section][r.index];
    case OC_REF_STATE: return k->states[r.index];
    }
    return false;
}

static bool is_arithmetic(oc_opcode op)
{
    return op == OC_OP_MOVE || (op >= OC_OP_ADD && op <= OC_OP_MULADD);
}

static bool makes_known(const knower *k, size_t section, oc_ir_instruction *in)
{
    if (!is_arithmetic(in->op)) return false;
    for (size_t i = 0; i < 3; i++)
        if (!is_known(k, section, *operand_at(in, i))) return false;
    return true;
}

static void exclude(const knower *k, oc_ref r)
{
    if (r.kind == OC_REF_STATE) k->states[r.index] = false;
}

/* By form: numbers that nothing but MOVE writes, first of all in the first section, and that nobody looks at from
 * outside. */
static void find_candidates(const knower *k)
{
    const oc_ir *ir = k->ir;
    const oc_ir_section *first = ir->sections.at[0];
    for (size_t i = 0; i < first->code.len; i++)
        if (first->code.at[i].op == OC_OP_MOVE && first->code.at[i].dst.kind == OC_REF_STATE)
            k->states[first->code.at[i].dst.index] = true;
    for (size_t s = 0; s < ir->sections.len; s++) {
        const oc_ir_section *section = ir->sections.at[s];
        for (size_t i = 0; i < section->code.len; i++) {
            const oc_ir_instruction *in = &section->code.at[i];
            if (in->op != OC_OP_MOVE || section->flags) exclude(k, in->dst);
            if (in->op == OC_OP_TALLY_SPAN) exclude(k, in->d);
        }
    }
    for (size_t i = 0; i < ir->kept.len; i++) k->states[ir->kept.at[i]] = false;
    exclude(k, ir->given);
    for (uint32_t i = 0; i < ir->states; i++) {
        if (!ir->bound.at[i]) continue;
        k->states[i] = k->states[ir->bound.at[i] - 1] = false;
    }
    for (size_t i = 0; i < ir->picks.len; i++)
        for (size_t n = 0; n < ir->picks.at[i].count; n++) exclude(k, ir->picks.at[i].columns[n]);
}

/* One round; whether a column fell. */
static bool narrow_down(const knower *k)
{
    bool fell = false;
    for (size_t s = 0; s < k->ir->sections.len; s++) {
        const oc_ir_section *section = k->ir->sections.at[s];
        for (size_t i = 0; i < section->code.len; i++) {
            oc_ir_instruction *in = &section->code.at[i];
            const bool known = makes_known(k, s, in);
            if (in->dst.kind == OC_REF_TEMP) k->temps[s][in->dst.index] = known;
            if (in->dst.kind != OC_REF_STATE || known || !k->states[in->dst.index]) continue;
            k->states[in->dst.index] = false;
            fell = true;
        }
    }
    return fell;
}

static double value_of(const knower *k, const oc_ir_section *section, oc_ref r, size_t row)
{
    switch (r.kind) {
    case OC_REF_ROW: return section->scalars.at[r.index][row];
    case OC_REF_TEMP: return k->made[r.index];
    case OC_REF_STATE: return k->now[r.index];
    default: return r.value;
    }
}

/* Values, one a row, of the operands of instructions that stay: [instruction * 3 + operand]; NULL where none is known.
 */
typedef double **readings;

static readings readings_of(const knower *k, size_t s)
{
    oc_ir_section *section = k->ir->sections.at[s];
    readings list = OC_NEW_ARRAY(k->ir->arena, 3 * section->code.len + 1, double *);
    for (size_t i = 0; i < section->code.len; i++) {
        oc_ir_instruction *in = &section->code.at[i];
        if (makes_known(k, s, in)) continue;
        for (size_t n = 0; n < 3; n++) {
            const oc_ref r = *operand_at(in, n);
            const bool column = r.kind == OC_REF_TEMP || r.kind == OC_REF_STATE;
            if (column && is_known(k, s, r)) list[3 * i + n] = OC_NEW_ARRAY(k->ir->arena, section->rows, double);
        }
    }
    return list;
}

static void go_through(const knower *k, size_t s, size_t row, readings list)
{
    const oc_ir_section *section = k->ir->sections.at[s];
    for (size_t i = 0; i < section->code.len; i++) {
        oc_ir_instruction *in = &section->code.at[i];
        for (size_t n = 0; n < 3; n++)
            if (list[3 * i + n]) list[3 * i + n][row] = value_of(k, section, *operand_at(in, n), row);
        const bool state = in->dst.kind == OC_REF_STATE && k->states[in->dst.index];
        if (!state && !(in->dst.kind == OC_REF_TEMP && k->temps[s][in->dst.index])) continue;
        const double a = value_of(k, section, in->a, row), b = value_of(k, section, in->b, row);
        const double c = value_of(k, section, in->c, row);
        *(state ? &k->now[in->dst.index] : &k->made[in->dst.index]) =
            in->op == OC_OP_MOVE ? a : oc_ir_fold(in->op, a, b, c);
    }
}

static void put_scalars(const knower *k, size_t s, readings list)
{
    k->ir->now = k->ir->sections.at[s];
    for (size_t i = 0; i < k->ir->now->code.len; i++)
        for (size_t n = 0; n < 3; n++)
            if (list[3 * i + n]) *operand_at(&k->ir->now->code.at[i], n) = oc_ir_row(k->ir, list[3 * i + n]);
}

void oc_ir_know(oc_ir *ir, const oc_ir_order *order, size_t rows)
{
    if (ir->plain || ir->watched) return;
    const size_t sections = ir->sections.len;
    knower k = {.ir = ir,
                .states = OC_NEW_ARRAY(ir->arena, ir->states + 1, bool),
                .temps = OC_NEW_ARRAY(ir->arena, sections + 1, bool *),
                .now = OC_NEW_ARRAY(ir->arena, ir->states + 1, double)};
    uint32_t most = 0, found = 0;
    for (size_t s = 0; s < sections; s++) {
        k.temps[s] = OC_NEW_ARRAY(ir->arena, ir->sections.at[s]->temps + 1, bool);
        if (ir->sections.at[s]->temps > most) most = ir->sections.at[s]->temps;
    }
    k.made = OC_NEW_ARRAY(ir->arena, most + 1, double);
    find_candidates(&k);
    while (narrow_down(&k)) continue;
    for (uint32_t i = 0; i < ir->states; i++) found += k.states[i];
    if (!found) return;
    readings *lists = OC_NEW_ARRAY(ir->arena, sections + 1, readings);
    for (size_t s = 0; s < sections; s++) lists[s] = readings_of(&k, s);
    go_through(&k, 0, 0, lists[0]);
    for (size_t r = 0; r < rows; r++) go_through(&k, order[r].section, order[r].row, lists[order[r].section]);
    go_through(&k, sections - 1, 0, lists[sections - 1]);
    for (size_t s = 0; s < sections; s++) put_scalars(&k, s, lists[s]);
}
