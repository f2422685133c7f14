/* The interpreter: one loop over the lanes of a batch for each instruction.
 *
 * This file is compiled once for each instruction set with OC_INTERPRET naming the function; the arithmetic is that of
 * kernels.h, so all of them give the same bits. A loop exists for each combination of columns and scalars that is worth
 * one; rare instructions spread a scalar over a column first. Choices are made by masks, never by branches on data,
 * except in the rejection samplers and in the tallies that count one lane at a time. */
#include "engine/count.h"
#include "engine/draw.h"
#include "engine/elementwise.h"

static void execute(oc_engine *engine, const oc_instruction *x, uint32_t at)
{
#define DST column_of(engine, x->dst)
#define TRUTHS truths_of(engine, x->dst)
#define WHEN (x->c == OC_NONE ? NULL : truths_of(engine, x->c))
#define A number(engine, x->a)
#define B number(engine, x->b)
#define WHERE (x->imm & OC_WHERE ? &engine->some : &engine->everywhere)
    switch ((oc_opcode)x->op) {
    case OC_OP_MOVE: copy(DST, A, WHERE); break;
    case OC_OP_MOVE_MASK: move_mask(TRUTHS, mask(engine, x->a), truth(x->imm & OC_INVERTS), WHERE); break;
    case OC_OP_SELECT: select_of(DST, A, B, mask(engine, x->c), WHERE); break;
    case OC_OP_KEEP: keep(DST, A, mask(engine, x->c), WHERE); break;
    case OC_OP_KEEP_MASK: keep_mask(TRUTHS, mask(engine, x->a), mask(engine, x->c), WHERE); break;
    case OC_OP_ADD: add(DST, A, B, WHERE); break;
    case OC_OP_SUB: do_subtract(DST, A, B, WHERE); break;
    case OC_OP_MUL: do_multiply(DST, A, B, WHERE); break;
    case OC_OP_DIV: do_divide(DST, A, B, WHERE); break;
    case OC_OP_MIN: do_smaller(DST, A, B, WHERE); break;
    case OC_OP_MAX: do_larger(DST, A, B, WHERE); break;
    case OC_OP_NEG: negate(DST, A, WHERE); break;
    case OC_OP_ABS: absolute(DST, A, WHERE); break;
    case OC_OP_FLOOR: floor_of(DST, A, WHERE); break;
    case OC_OP_ROUND: round_of(DST, A, WHERE); break;
    case OC_OP_SQRT: square_root(DST, A, WHERE); break;
    case OC_OP_EXP: exponential(DST, A, WHEN, WHERE); break;
    case OC_OP_LOG: logarithm(DST, A, WHEN, WHERE); break;
    case OC_OP_PICK: copy(DST, picked(engine, A), WHERE); break;
    case OC_OP_WHERE: find_groups(&engine->some, &engine->everywhere, mask(engine, x->c)); break;
    case OC_OP_POW: power(DST, spread(engine, x->a, 0), spread(engine, x->b, 1)); break;
    case OC_OP_LOGISTIC: logistic(DST, A, WHEN, WHERE); break;
    case OC_OP_LOGIT: logit(DST, A, WHEN, WHERE); break;
    case OC_OP_EXPM1NEG: expm1neg(DST, A, WHEN, WHERE); break;
    case OC_OP_YEAR: year(DST, A, WHERE); break;
    case OC_OP_YEAR_START: year_start(DST, A, WHERE); break;
    case OC_OP_MULADD: multiply_add(DST, A, B, number(engine, x->c), WHERE); break;
    case OC_OP_LT: less(TRUTHS, A, B, WHERE); break;
    case OC_OP_LE: less_equal(TRUTHS, A, B, WHERE); break;
    case OC_OP_EQ: equal(TRUTHS, A, B, WHERE); break;
    case OC_OP_NE: unequal(TRUTHS, A, B, WHERE); break;
    case OC_OP_AND: both(TRUTHS, mask(engine, x->a), mask(engine, x->b), WHERE); break;
    case OC_OP_OR: either(TRUTHS, mask(engine, x->a), mask(engine, x->b), WHERE); break;
    case OC_OP_ANDNOT: one_without(TRUTHS, mask(engine, x->a), mask(engine, x->b), WHERE); break;
    case OC_OP_NOT: move_mask(TRUTHS, mask(engine, x->a), UINT8_MAX, WHERE); break;
    case OC_OP_COIN: coin(engine, x, WHERE); break;
    case OC_OP_UNIFORM:
    case OC_OP_NORMAL:
    case OC_OP_EXPONENTIAL: draw_by_uniform(engine, x, WHERE); break;
    case OC_OP_WALK: walk(engine, x, WHERE); break;
    case OC_OP_BRIDGE: bridge(engine, x, &engine->everywhere); break;
    case OC_OP_GAMMA: draw_gamma(engine, x); break;
    case OC_OP_BETA: draw_beta(engine, x); break;
    case OC_OP_POISSON: draw_poisson(engine, x); break;
    case OC_OP_CHECK_UNIT:
    case OC_OP_CHECK_REAL:
    case OC_OP_CHECK_POS:
    case OC_OP_CHECK_NONNEG:
    case OC_OP_CHECK_ORDER: check(engine, x, at); break;
    case OC_OP_TALLY_TRUE: if (engine->mode == OC_MODE_TALLY) tally_true(engine, x); break;
    case OC_OP_TALLY_INDEX: if (engine->mode == OC_MODE_TALLY) tally_index(engine, x); break;
    case OC_OP_TALLY_DAY: if (engine->mode == OC_MODE_TALLY) tally_day(engine, x); break;
    case OC_OP_TALLY_VALUE: if (engine->mode != OC_MODE_QUIET) tally_value(engine, x); break;
    case OC_OP_TALLY_SPAN: tally_span(engine, x); break;
    case OC_OPCODE_COUNT: break;
    }
#undef DST
#undef TRUTHS
#undef A
#undef WHERE
#undef WHEN
#undef B
}

void OC_INTERPRET(oc_engine *engine, uint32_t first, uint32_t count)
{
    engine->some.count = 1;
    engine->some.runs[0] = engine->everywhere.runs[0];
    for (uint32_t at = first; at < first + count; at++) {
        uint64_t before = engine->clock ? engine->clock() : 0;
        execute(engine, &engine->instructions[at], at);
        if (engine->clock) engine->ticks[at] += engine->clock() - before;
    }
}
