#include "assemble.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 17 };

struct as_program {
    oc_program header;
    double constants[1024];
    oc_site sites[1024];
    oc_section sections[64];
    oc_instruction instructions[8192];
    oc_row rows[8192];
    double row_scalars[ROOM];
    int32_t days[256];
    oc_value_slot slots[256];
    oc_span_table spans[16];
    unsigned char *bytes;
};

as_program *as_new(int32_t as_of, int32_t horizon)
{
    as_program *p = calloc(1, sizeof *p);
    p->header = (oc_program){.magic = OC_PROGRAM_MAGIC, .version = OC_PROGRAM_VERSION, .as_of = as_of,
                             .horizon = horizon, .given = OC_NONE};
    return p;
}

void as_free(as_program *p)
{
    free(p->bytes);
    free(p);
}

oc_operand as_constant(as_program *p, double value)
{
    for (uint32_t i = 0; i < p->header.constant_count; i++)
        if (memcmp(&p->constants[i], &value, sizeof value) == 0) return OC_CONSTANT(i);
    p->constants[p->header.constant_count] = value;
    return OC_CONSTANT(p->header.constant_count++);
}

uint32_t as_site(as_program *p, uint64_t address)
{
    p->sites[p->header.site_count].address = address;
    return p->header.site_count++;
}

uint32_t as_counts(as_program *p, uint32_t count)
{
    p->header.counts += count;
    return p->header.counts - count;
}

uint32_t as_slot(as_program *p, uint32_t bins)
{
    p->slots[p->header.slot_count] = (oc_value_slot){as_counts(p, bins), bins};
    return p->header.slot_count++;
}

uint32_t as_span(as_program *p, uint32_t codes, uint32_t years, const int32_t *days)
{
    p->spans[p->header.span_count] = (oc_span_table){as_counts(p, codes * years), codes, p->header.day_count, years};
    memcpy(p->days + p->header.day_count, days, (years + 1) * sizeof *days);
    p->header.day_count += years + 1;
    return p->header.span_count++;
}

uint32_t as_check(as_program *p)
{
    return p->header.checks++;
}

void as_given(as_program *p, uint16_t column)
{
    p->header.given = column;
}

uint32_t as_section(as_program *p, oc_section_kind kind, uint32_t scalars)
{
    p->sections[p->header.section_count] = (oc_section){p->header.instruction_count, 0, scalars, kind};
    return p->header.section_count++;
}

static void note_column(as_program *p, uint16_t operand)
{
    if (OC_IS_COLUMN(operand) && operand >= p->header.columns) p->header.columns = operand + 1u;
}

void as_op(as_program *p, oc_opcode op, uint16_t dst, oc_operand a, oc_operand b, oc_operand c, oc_operand d,
           uint32_t imm)
{
    p->instructions[p->header.instruction_count++] = (oc_instruction){(uint16_t)op, dst, a, b, c, d, imm};
    p->sections[p->header.section_count - 1].count++;
    const uint16_t operands[] = {dst, a, b, c, d};
    for (size_t i = 0; i < 5; i++) note_column(p, operands[i]);
}

void as_row(as_program *p, int32_t day, uint32_t section, uint32_t flags, uint32_t count, ...)
{
    p->rows[p->header.row_count++] = (oc_row){day, section, p->header.row_scalar_count, (uint16_t)flags, 0};
    va_list args;
    va_start(args, count);
    for (uint32_t i = 0; i < count; i++) p->row_scalars[p->header.row_scalar_count++] = va_arg(args, double);
    va_end(args);
}

void as_shift(as_program *p, int days)
{
    p->rows[p->header.row_count - 1].shift = (int16_t)days;
}

static uint32_t put(unsigned char *bytes, uint32_t *at, const void *part, size_t size)
{
    uint32_t here = *at;
    if (bytes) memcpy(bytes + here, part, size);
    *at = (uint32_t)((here + size + 7) / 8 * 8);
    return here;
}

static uint32_t lay_out(as_program *p, unsigned char *bytes)
{
    oc_program *h = &p->header;
    uint32_t at = sizeof *h;
    h->constants_at = put(bytes, &at, p->constants, h->constant_count * sizeof *p->constants);
    h->sites_at = put(bytes, &at, p->sites, h->site_count * sizeof *p->sites);
    h->sections_at = put(bytes, &at, p->sections, h->section_count * sizeof *p->sections);
    h->instructions_at = put(bytes, &at, p->instructions, h->instruction_count * sizeof *p->instructions);
    h->rows_at = put(bytes, &at, p->rows, h->row_count * sizeof *p->rows);
    h->row_scalars_at = put(bytes, &at, p->row_scalars, h->row_scalar_count * sizeof *p->row_scalars);
    h->days_at = put(bytes, &at, p->days, h->day_count * sizeof *p->days);
    h->slots_at = put(bytes, &at, p->slots, h->slot_count * sizeof *p->slots);
    h->spans_at = put(bytes, &at, p->spans, h->span_count * sizeof *p->spans);
    return at;
}

const oc_program *as_finish(as_program *p)
{
    p->header.size = lay_out(p, NULL);
    p->bytes = calloc(1, p->header.size);
    lay_out(p, p->bytes);
    memcpy(p->bytes, &p->header, sizeof p->header);
    oc_program_fault fault = oc_program_check(p->bytes, p->header.size);
    if (fault != OC_PROGRAM_OK) {
        fprintf(stderr, "assembled program refused: fault %d\n", (int)fault);
        abort();
    }
    return (const oc_program *)(const void *)p->bytes;
}
