/* A small assembler for tests and benchmarks: programs of the engine without a model.
 *
 *     as_program *p = as_new(as_of, horizon);
 *     as_section(p, OC_SECTION_INIT, 0);  as_op(p, OC_OP_MOVE, 0, as_constant(p, 1.5), N, N, N, 0);
 *     uint32_t tick = as_section(p, OC_SECTION_TICK, 1);  ...
 *     as_section(p, OC_SECTION_END, 0);  ...
 *     as_row(p, day, tick, 0, 1, 30.4);
 *     const oc_program *program = as_finish(p);   // checked; as_free(p) when done
 *
 * Sections are written in order; instructions go to the last one begun. */
#ifndef OC_TESTS_ASSEMBLE_H
#define OC_TESTS_ASSEMBLE_H

#include "engine/engine.h"

typedef struct as_program as_program;

as_program *as_new(int32_t as_of, int32_t horizon);
void as_free(as_program *p);

oc_operand as_constant(as_program *p, double value);
uint32_t as_site(as_program *p, uint64_t address);
uint32_t as_counts(as_program *p, uint32_t count);              /* index of the first of new counters */
uint32_t as_slot(as_program *p, uint32_t bins);
uint32_t as_span(as_program *p, uint32_t codes, uint32_t years, const int32_t *days);
uint32_t as_check(as_program *p);
void as_given(as_program *p, uint16_t column);
uint32_t as_section(as_program *p, oc_section_kind kind, uint32_t scalars);
void as_op(as_program *p, oc_opcode op, uint16_t dst, oc_operand a, oc_operand b, oc_operand c, oc_operand d,
           uint32_t imm);
void as_row(as_program *p, int32_t day, uint32_t section, uint32_t flags, uint32_t count, ...); /* doubles */

/* The date of the draws of the row written last, from its day. */
void as_shift(as_program *p, int days);

/* Aborts if oc_program_check refuses it. */
const oc_program *as_finish(as_program *p);

#define N OC_NONE
#define R OC_ROW

#endif
