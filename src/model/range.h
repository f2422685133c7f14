/* Between which bounds a value lies, as far as the compiler can tell: checks that cannot fail are left out. */
#ifndef OC_MODEL_RANGE_H
#define OC_MODEL_RANGE_H

#include <math.h>
#include <stdbool.h>

#include "engine/program.h"

/* Both ends included; either may be infinite. */
typedef struct oc_range {
    double low, high;
    bool real; /* surely not NaN */
} oc_range;

#define OC_RANGE_ANY ((oc_range){-INFINITY, INFINITY, false})

static inline oc_range oc_range_point(double value)
{
    return isnan(value) ? OC_RANGE_ANY : (oc_range){value, value, true};
}

/* Of either of two values. */
oc_range oc_range_join(oc_range a, oc_range b);

/* Of what an instruction computes from values in these ranges (those it does not read are ignored). */
oc_range oc_range_of(oc_opcode op, oc_range a, oc_range b, oc_range c);

/* Whether a check (OC_OP_CHECK_…) of one value cannot fail. */
bool oc_range_passes(oc_opcode check, oc_range a);

#endif
