/* What changes seldom is computed where it changes.
 *
 * A tick comes 172 times where the budget of a year comes 14 times. What a section computes of columns that only
 * sections with far fewer rows write is computed at their ends, and in the first section, and kept in a column of its
 * own:
 *
 *     tick     t1 = share - 0.0232     t2 = max t1 0     t3 = t2 * row29        ==>     tick     t3 = kept7 * row29
 *     budget   share = t8                                                               budget   share = t8     … kept7
 * = max …
 *
 * Only what cannot fail moves: arithmetic and comparisons. Values are the same to the bit, as they are made of the same
 * operands in the same order. */
#include "model/ir.h"

enum {
    SELDOM = 3,            /* a section must have so many times the rows of those that write */
    MOST_SETTLED = 64,     /* columns */
    MOST_WRITES = 1 << 24, /* sections times columns: bytes while compiling */
};

typedef struct settler {
    oc_ir *ir;
    bool *writes;        /* [section * states + state] */
    size_t states;       /* before any is added */
    bool *settled;       /* of each temporary of the section: made of what changes seldom */
    size_t section;
} settler;

static bool is_written_in(const settler *s, size_t section, uint32_t state)
{
    return s->writes[section * s->states + state];
}

static void note_write(const settler *s, size_t section, oc_ref r)
{
    if (r.kind == OC_REF_STATE) s->writes[section * s->states + r.index] = true;
}

static void note_writes(const settler *s)
{
    for (size_t k = 0; k < s->ir->sections.len; k++) {
        const oc_ir_section *section = s->ir->sections.at[k];
        for (size_t i = 0; i < section->code.len; i++) {
            if (!section->code.at[i].live) continue;
            note_write(s, k, section->code.at[i].dst);
            if (section->code.at[i].op == OC_OP_TALLY_SPAN) note_write(s, k, section->code.at[i].d);
        }
    }
}

/* Whether a column is written in the first section and, if anywhere else, in sections with far fewer rows. */
static bool is_seldom(const settler *s, oc_ref r)
{
    const size_t sections = s->ir->sections.len;
    size_t rows = 0;
    if (r.index >= s->states || !is_written_in(s, 0, r.index) || is_written_in(s, s->section, r.index)) return false;
    for (size_t k = 1; k < sections; k++) {
        if (!is_written_in(s, k, r.index)) continue;
        if (s->ir->sections.at[k]->flags) return false;
        rows += s->ir->sections.at[k]->rows;
    }
    return rows * SELDOM <= s->ir->sections.at[s->section]->rows;
}

static bool is_operand(const settler *s, oc_ref r)
{
    switch (r.kind) {
    case OC_REF_NONE:
    case OC_REF_CONST: return true;
    case OC_REF_TEMP: return s->settled[r.index];
    case OC_REF_STATE: return is_seldom(s, r);
    case OC_REF_ROW: break;
    }
    return false;
}

static bool is_movable(const oc_ir_instruction *in)
{
    const bool computes = (in->op >= OC_OP_ADD && in->op <= OC_OP_MULADD) ||
                          (in->op >= OC_OP_LT && in->op <= OC_OP_NE) || in->op == OC_OP_SELECT;
    return in->live && computes && in->dst.kind == OC_REF_TEMP && !oc_ref_is_bound(in->a) && !oc_ref_is_bound(in->b);
}

static void find_settled(const settler *s)
{
    const oc_ir_section *section = s->ir->sections.at[s->section];
    for (size_t i = 0; i < section->code.len; i++) {
        const oc_ir_instruction *in = &section->code.at[i];
        if (in->dst.kind != OC_REF_TEMP) continue;
        s->settled[in->dst.index] =
            is_movable(in) && is_operand(s, in->a) && is_operand(s, in->b) && is_operand(s, in->c);
    }
}

/* Sections, the first apart, that write a column of which a temporary of the section is made. */
static void find_writers(const settler *s, oc_ref r, bool *ret_writers)
{
    if (r.kind == OC_REF_STATE)
        for (size_t k = 1; k < s->ir->sections.len; k++)
            ret_writers[k] = ret_writers[k] || is_written_in(s, k, r.index);
    if (r.kind != OC_REF_TEMP) return;
    const oc_ir_section *section = s->ir->sections.at[s->section];
    const oc_ir_instruction *in = &section->code.at[section->makers.at[r.index]];
    find_writers(s, in->a, ret_writers);
    find_writers(s, in->b, ret_writers);
    find_writers(s, in->c, ret_writers);
}

/* The same value at the end of the section that is ir->now. */
static oc_ref rebuild(const settler *s, oc_ref r)
{
    if (r.kind != OC_REF_TEMP) return r;
    const oc_ir_section *section = s->ir->sections.at[s->section];
    const oc_ir_instruction in = section->code.at[section->makers.at[r.index]];
    const oc_ref a = rebuild(s, in.a), b = rebuild(s, in.b), c = rebuild(s, in.c);
    return oc_ir_op(s->ir, in.op, a, b, c);
}

/* The column that has a settled temporary's value before each row of the section. */
static oc_ref keep(const settler *s, oc_ref temp)
{
    oc_ir *ir = s->ir;
    const size_t sections = ir->sections.len;
    bool *writers = OC_NEW_ARRAY(ir->arena, sections + 1, bool);
    find_writers(s, temp, writers);
    writers[0] = true;
    oc_ref kept = oc_ir_state(ir, oc_arena_printf(ir->arena, "kept%u", (unsigned)ir->states), temp.mask);
    for (size_t k = 0; k < sections; k++) {
        if (!writers[k]) continue;
        ir->now = ir->sections.at[k];
        oc_ir_store(ir, kept, rebuild(s, temp));
    }
    return kept;
}

/* Puts columns in place of settled temporaries where something else reads them. */
static void settle_section(const settler *s, size_t *left)
{
    oc_ir_section *section = s->ir->sections.at[s->section];
    oc_ref *kept = OC_NEW_ARRAY(s->ir->arena, section->temps + 1, oc_ref);
    for (size_t i = 0; i < section->code.len; i++) {
        oc_ir_instruction *in = &section->code.at[i];
        if (!in->live || (in->dst.kind == OC_REF_TEMP && s->settled[in->dst.index])) continue;
        oc_ref *operands[] = {&in->a, &in->b, &in->c, &in->d};
        for (size_t n = 0; n < 4; n++) {
            const oc_ref r = *operands[n];
            if (r.kind != OC_REF_TEMP || !s->settled[r.index]) continue;
            if (kept[r.index].kind == OC_REF_NONE && *left) {
                kept[r.index] = keep(s, r);
                --*left;
            }
            if (kept[r.index].kind != OC_REF_NONE) *operands[n] = kept[r.index];
        }
    }
}

void oc_ir_settle(oc_ir *ir)
{
    const size_t sections = ir->sections.len;
    size_t left = MOST_SETTLED;
    if (ir->plain || sections < 3 || sections * ir->states > MOST_WRITES) return;
    oc_ir_mark_live(ir, OC_NEW_ARRAY(ir->arena, ir->states + 1, bool));
    settler s = {.ir = ir, .states = ir->states, .writes = OC_NEW_ARRAY(ir->arena, sections * ir->states + 1, bool)};
    note_writes(&s);
    for (s.section = 1; s.section + 1 < sections && left; s.section++) {
        if (ir->sections.at[s.section]->rows < SELDOM) continue;
        s.settled = OC_NEW_ARRAY(ir->arena, ir->sections.at[s.section]->temps + 1, bool);
        find_settled(&s);
        settle_section(&s, &left);
    }
}
