#include "staged.h"

enum { READINESS, STAGE, MONTH, ASSESSED, TRUTH, NUMBER, END, NEXT, JULY, OCTOBER };

static void start(as_program *p)
{
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_MOVE, READINESS, as_constant(p, STAGED_START), N, N, N, 0);
    as_op(p, OC_OP_MOVE, STAGE, as_constant(p, 0.0), N, N, N, 0);
    as_op(p, OC_OP_MOVE, MONTH, as_constant(p, 12.0 * STAGED_YEARS), N, N, N, 0);
}

/* Sections and rows of August and November. */
typedef struct events {
    uint32_t august, november;
} events;

static events write_events(as_program *p, double pass)
{
    events e;
    uint32_t pass_site = as_site(p, STAGED_PASS_SITE), months = as_counts(p, 12 * STAGED_YEARS + 1);
    e.august = as_section(p, OC_SECTION_EVENT, 0);
    as_op(p, OC_OP_LT, ASSESSED, as_constant(p, STAGED_THRESHOLD), READINESS, N, N, 0);
    as_op(p, OC_OP_COIN, TRUTH, as_constant(p, pass), N, N, N, pass_site);
    as_op(p, OC_OP_AND, ASSESSED, ASSESSED, TRUTH, N, N, 0);
    e.november = as_section(p, OC_SECTION_EVENT, 1);
    as_op(p, OC_OP_SELECT, NUMBER, as_constant(p, 1.0), as_constant(p, 0.0), ASSESSED, N, 0);
    as_op(p, OC_OP_ADD, STAGE, STAGE, NUMBER, N, N, 0);
    as_op(p, OC_OP_EQ, TRUTH, STAGE, as_constant(p, 3.0), N, N, 0);
    as_op(p, OC_OP_AND, TRUTH, TRUTH, ASSESSED, N, N, 0);
    as_op(p, OC_OP_KEEP, MONTH, R(0), N, TRUTH, N, 0);
    as_section(p, OC_SECTION_END, 0);
    as_op(p, OC_OP_TALLY_INDEX, N, MONTH, N, N, N, months);
    return e;
}

static void event_rows(as_program *p, const events *e, int month)
{
    int32_t day = staged_day(month);
    if (month % 12 == 7) as_row(p, day + 10, e->august, 0, 0);
    if (month % 12 == 10) as_row(p, day + 20, e->november, 0, 1, (double)month);
}

const oc_program *staged_monthly_program(as_program **ret, double pass)
{
    as_program *p = *ret = as_new(0, 3652);
    uint32_t site = as_site(p, STAGED_WALK_SITE);
    start(p);
    uint32_t tick = as_section(p, OC_SECTION_TICK, 0);
    as_op(p, OC_OP_WALK, READINESS, READINESS, as_constant(p, STAGED_NOISE), as_constant(p, STAGED_DRIFT), N, site);
    const events e = write_events(p, pass);
    for (int month = 0; month < 12 * STAGED_YEARS; month++) {
        as_row(p, staged_day(month), tick, 0, 0);
        event_rows(p, &e, month);
    }
    return as_finish(p);
}

/* A row in August for the tick of another month. */
static void draw_row(as_program *p, uint32_t section, int august, int month)
{
    as_row(p, staged_day(august), section, 0, 0);
    as_shift(p, staged_day(month) - staged_day(august));
}

static void year_row(as_program *p, uint32_t section, int august, int month, double noise, double drift)
{
    as_row(p, staged_day(august), section, 0, 2, noise, drift);
    as_shift(p, staged_day(month) - staged_day(august));
}

const oc_program *staged_program(as_program **ret, double pass)
{
    as_program *p = *ret = as_new(0, 3652);
    uint32_t site = as_site(p, STAGED_WALK_SITE);
    start(p);
    as_op(p, OC_OP_MOVE, NEXT, READINESS, N, N, N, 0);
    uint32_t january[2], july[2], october[2];
    for (uint16_t odd = 0; odd < 2; odd++) {
        const uint16_t begin = odd ? NEXT : END, end = odd ? END : NEXT;
        january[odd] = as_section(p, OC_SECTION_PATH, 2);
        as_op(p, OC_OP_WALK, end, begin, R(0), R(1), N, site);
        july[odd] = as_section(p, OC_SECTION_PATH, 0);
        as_op(p, OC_OP_BRIDGE, JULY, begin, end, as_constant(p, 0.5), as_constant(p, STAGED_JULY_NOISE), site);
        october[odd] = as_section(p, OC_SECTION_PATH, 0);
        as_op(p, OC_OP_BRIDGE, OCTOBER, JULY, end, as_constant(p, 0.5), as_constant(p, STAGED_OCTOBER_NOISE), site);
    }
    uint32_t august = as_section(p, OC_SECTION_PATH, 0);
    as_op(p, OC_OP_BRIDGE, READINESS, JULY, OCTOBER, as_constant(p, 1.0 / 3.0), as_constant(p, STAGED_AUGUST_NOISE), site);
    const events e = write_events(p, pass);
    for (int month = 0; month < 12 * STAGED_YEARS; month++) {
        int begin = month - 7, odd = month / 12 % 2;
        if (month == 7) year_row(p, january[1], month, 0, STAGED_NOISE, STAGED_DRIFT);
        if (month % 12 == 7) {
            year_row(p, january[odd], month, begin + 12, STAGED_YEAR_NOISE, 12 * STAGED_DRIFT);
            draw_row(p, july[odd], month, begin + 6);
            draw_row(p, october[odd], month, begin + 9);
            draw_row(p, august, month, month);
        }
        event_rows(p, &e, month);
    }
    return as_finish(p);
}
