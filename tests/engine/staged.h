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

enum { STAGED_WALK_SITE = 0x1111, STAGED_PASS_SITE = 0x2222 };

/* counters 0 .. 119: month of transfer; 120: not within the ten years. The whole run is `years` years. */
const oc_program *staged_program(as_program **ret, double pass);

#endif
