#include "staged.h"

enum { READINESS, STAGE, MONTH, ASSESSED, ABOVE, COIN, CLOSED, DONE };

const oc_program *staged_program(as_program **ret, double pass)
{
    as_program *p = *ret = as_new(0, 3652);
    uint32_t walk_site = as_site(p, STAGED_WALK_SITE), pass_site = as_site(p, STAGED_PASS_SITE);
    uint32_t months = as_counts(p, 12 * STAGED_YEARS + 1);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_MOVE, READINESS, as_constant(p, STAGED_START), N, N, N, 0);
    as_op(p, OC_OP_MOVE, STAGE, as_constant(p, 0.0), N, N, N, 0);
    as_op(p, OC_OP_MOVE, MONTH, as_constant(p, 12.0 * STAGED_YEARS), N, N, N, 0);
    uint32_t tick = as_section(p, OC_SECTION_TICK, 0);
    as_op(p, OC_OP_WALK, READINESS, READINESS, as_constant(p, STAGED_NOISE), as_constant(p, STAGED_DRIFT), N, walk_site);
    uint32_t august = as_section(p, OC_SECTION_EVENT, 0);
    as_op(p, OC_OP_LT, ABOVE, as_constant(p, STAGED_THRESHOLD), READINESS, N, N, 0);
    as_op(p, OC_OP_COIN, COIN, as_constant(p, pass), N, N, N, pass_site);
    as_op(p, OC_OP_AND, ASSESSED, ABOVE, COIN, N, N, 0);
    uint32_t november = as_section(p, OC_SECTION_EVENT, 1);
    as_op(p, OC_OP_LT, CLOSED, STAGE, as_constant(p, 3.0), N, N, 0);
    as_op(p, OC_OP_AND, CLOSED, CLOSED, ASSESSED, N, N, 0);
    as_op(p, OC_OP_SELECT, DONE, as_constant(p, 1.0), as_constant(p, 0.0), CLOSED, N, 0);
    as_op(p, OC_OP_ADD, STAGE, STAGE, DONE, N, N, 0);
    as_op(p, OC_OP_EQ, DONE, STAGE, as_constant(p, 3.0), N, N, 0);
    as_op(p, OC_OP_AND, DONE, DONE, CLOSED, N, N, 0);
    as_op(p, OC_OP_KEEP, MONTH, R(0), N, DONE, N, 0);
    as_section(p, OC_SECTION_END, 0);
    as_op(p, OC_OP_TALLY_INDEX, N, MONTH, N, N, N, months);
    for (int month = 0; month < 12 * STAGED_YEARS; month++) {
        int32_t day = (int32_t)(month * 30.4375);
        as_row(p, day, tick, 0, 0);
        if (month % 12 == 7) as_row(p, day + 10, august, 0, 0);
        if (month % 12 == 10) as_row(p, day + 20, november, 0, 1, (double)month);
    }
    return as_finish(p);
}
