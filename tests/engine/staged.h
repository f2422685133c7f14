/* The staged model: three stages in series. Readiness is a random walk with drift on a monthly tick over ten years; each
 * August an assessment passes with probability 0.6 if readiness is above a threshold; each November a meeting closes the
 * stage that was assessed; at most one stage a year; the date of the third is recorded. */
#ifndef OC_TESTS_STAGED_H
#define OC_TESTS_STAGED_H

#include "assemble.h"

#define STAGED_START 0.80
#define STAGED_DRIFT 0.002   /* a month */
#define STAGED_NOISE 0.02    /* standard deviation after a month */
#define STAGED_THRESHOLD 0.88
#define STAGED_PASS 0.6
#define STAGED_YEARS 10

/* Only August is read, so that four of twelve months need drawing (src/model/bridge.h): the next January from the one before,
 * July between them, October between July and January, August between July and October. */
#define STAGED_YEAR_NOISE (STAGED_NOISE * 3.4641016151377544)    /* sqrt(12) */
#define STAGED_JULY_NOISE (STAGED_NOISE * 1.7320508075688772)    /* sqrt(6 * 6 / 12) */
#define STAGED_OCTOBER_NOISE (STAGED_NOISE * 1.224744871391589)  /* sqrt(3 * 3 / 6) */
#define STAGED_AUGUST_NOISE (STAGED_NOISE * 0.816496580927726)   /* sqrt(1 * 2 / 3) */

enum { STAGED_WALK_SITE = 0x1111, STAGED_PASS_SITE = 0x2222 };

/* counters 0 .. 119: month of transfer; 120: not within the ten years. The whole run is `years` years. */
const oc_program *staged_program(as_program **ret, double pass);
/* The same with a step for each month. */
const oc_program *staged_monthly_program(as_program **ret, double pass);

/* The day of a month's tick. */
static inline int32_t staged_day(int month)
{
    return (int32_t)(month * 30.4375);
}

#endif
