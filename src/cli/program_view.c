/* See program_view.h. */
#include "cli/program_view.h"

#include <stdlib.h>

#include "cli/table.h"
#include "engine/engine.h"

static const void *part(const oc_program *program, uint32_t at)
{
    return (const char *)program + at;
}

static void add_operand(oc_text *out, const oc_compiled *c, oc_operand o)
{
    const double *constants = part(c->program, c->program->constants_at);
    if (o == OC_NONE) return;
    if (OC_IS_CONSTANT(o)) {
        oc_text_number(out, constants[OC_OPERAND_INDEX(o)]);
        return;
    }
    if (OC_IS_ROW(o)) {
        oc_text_printf(out, "row%u", (unsigned)OC_OPERAND_INDEX(o));
        return;
    }
    for (size_t i = 0; i < c->state_count; i++)
        if (c->columns[i] == o) {
            oc_text_add(out, c->column_names[i]);
            return;
        }
    oc_text_printf(out, "t%u", (unsigned)o);
}

static void add_instruction(oc_text *out, const oc_compiled *c, const oc_instruction *in)
{
    const oc_operand operands[] = {in->a, in->b, in->c, in->d};
    oc_text_printf(out, "%-13s", oc_opcode_name((oc_opcode)in->op));
    add_operand(out, c, in->dst);
    for (size_t k = 0; k < 4; k++) {
        if (operands[k] == OC_NONE) continue;
        if (k || in->dst != OC_NONE) oc_text_lit(out, "  ");
        add_operand(out, c, operands[k]);
    }
    bool draw = in->op >= OC_OP_COIN && in->op <= OC_OP_POISSON;
    if (draw) oc_text_printf(out, "  @%.*s", OC_FMT(c->site_names[OC_SITE_OF(in->imm)]));
}

/* --- opcodes --- */

typedef struct share {
    uint64_t ticks, instructions, times;
    int op;
} share;

static int most_time_first(const void *a, const void *b)
{
    const share *x = a, *y = b;
    if (x->ticks != y->ticks) return x->ticks < y->ticks ? 1 : -1;
    return (x->op > y->op) - (x->op < y->op);
}

static double percent_of(const oc_profile *profile, uint64_t ticks)
{
    return profile->total ? 100.0 * (double)ticks / (double)profile->total : 0;
}

static void opcodes(oc_context *x, oc_text *out, const oc_program *program, const oc_profile *profile)
{
    static const char *const heads[] = {"program.opcode", "program.share", "program.instructions", "program.times",
                                        "program.each"};
    const oc_instruction *code = part(program, program->instructions_at);
    share shares[OC_OPCODE_COUNT];
    for (int op = 0; op < OC_OPCODE_COUNT; op++) shares[op] = (share){.op = op};
    for (uint32_t i = 0; i < program->instruction_count; i++) {
        share *s = &shares[code[i].op];
        s->ticks += profile->ticks[i];
        s->instructions++;
        s->times += profile->times[i];
    }
    qsort(shares, OC_OPCODE_COUNT, sizeof *shares, most_time_first);
    oc_columns t = oc_columns_of(x->arena, "lrrrr");
    for (size_t i = 0; i < 5; i++) oc_columns_add(&t, oc_message(x->lang, heads[i]));
    for (size_t i = 0; i < OC_OPCODE_COUNT; i++) {
        const share *s = &shares[i];
        double lanes = (double)s->times * profile->batches * OC_LANES;
        if (!s->instructions) continue;
        oc_columns_add(&t, oc_slice_of(oc_opcode_name((oc_opcode)s->op)));
        oc_columns_add(&t, oc_arena_printf(x->arena, "%.1f%%", percent_of(profile, s->ticks)));
        oc_columns_add(&t, oc_arena_printf(x->arena, "%llu", (unsigned long long)s->instructions));
        oc_columns_add(&t, oc_arena_printf(x->arena, "%llu", (unsigned long long)s->times));
        oc_columns_add(&t, s->times ? oc_arena_printf(x->arena, "%.2f", (double)s->ticks / lanes) : OC_SLICE("–"));
    }
    oc_columns_print(out, &t, x->width, x->colour);
}

/* --- sections --- */

static void section(oc_text *out, const oc_compiled *c, uint32_t index, const oc_profile *profile)
{
    const oc_program *p = c->program;
    const oc_section *s = (const oc_section *)part(p, p->sections_at) + index;
    const oc_instruction *code = part(p, p->instructions_at);
    const oc_row *rows = part(p, p->rows_at);
    uint32_t uses = 0;
    uint64_t ticks = 0;
    for (uint32_t r = 0; r < p->row_count; r++) uses += rows[r].section == index;
    for (uint32_t i = 0; i < s->count; i++) ticks += profile->ticks[s->first + i];
    oc_text_printf(out, "\n%.*s  × %u  %.1f%%\n", OC_FMT(c->section_names[index]), (unsigned)(uses ? uses : 1),
                   percent_of(profile, ticks));
    for (uint32_t i = 0; i < s->count; i++) {
        oc_text_printf(out, "  %4u %5.1f  ", (unsigned)i, percent_of(profile, profile->ticks[s->first + i]));
        add_instruction(out, c, &code[s->first + i]);
        oc_text_byte(out, '\n');
    }
}

void oc_program_text(oc_context *x, oc_text *out, const oc_compiled *c, const oc_profile *profile)
{
    const oc_program *p = c->program;
    oc_text_message(
        out, x->lang, "program.head",
        OC_ARGS(OC_I(p->size), OC_I(p->columns), OC_I(p->instruction_count), OC_I(p->row_count), OC_I(p->site_count)));
    oc_text_byte(out, '\n');
    uint64_t each = profile->total / ((uint64_t)profile->batches * OC_LANES);
    oc_add_message(x, out, "program.profile",
                   OC_ARGS(OC_I((uint64_t)profile->batches * OC_LANES), OC_S(oc_isa_name(profile->isa)), OC_I(each)));
    oc_text_byte(out, '\n');
    opcodes(x, out, p, profile);
    for (uint32_t s = 0; s < p->section_count; s++) section(out, c, s, profile);
}
