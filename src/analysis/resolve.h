/* What became of a question that an older scenario asked, by what a newer one knows: days on which stages were done,
 * and variables whose value on a day is on record.
 *
 * Values are intervals, so that "not done up to now" counts for what it is: a stage that is still open comes on some
 * day after the newer scenario's as_of, or never. */
#ifndef OC_ANALYSIS_RESOLVE_H
#define OC_ANALYSIS_RESOLVE_H

#include "model/model.h"

/* low = high: known. A truth is 0, 1, or 0 to 1 for "cannot be told". */
typedef struct oc_known {
    double low, high;
} oc_known;

typedef struct oc_resolver {
    oc_arena *arena;
    const oc_model *asked; /* the older scenario */
    const oc_model *now;   /* the newer one */
    /* The newer scenario as of a day (for values of variables on that day), or NULL. May be NULL. */
    const oc_model *(*on_day)(void *context, oc_day day);
    void *context;
} oc_resolver;

/* The value of a checked expression of resolver->asked, recorded on day `at` (OC_DAY_NONE: the horizon). Chance,
 * families and what happened to variables on days yet to come are not known. */
oc_known oc_resolve(const oc_resolver *resolver, const oc_expr *expr, oc_day at);

#endif
