/* What moves the answer of a table of futures: every factor with its estimates, by size of effect.
 *
 *     if (oc_drivers_lack(&futures) == OC_ANSWER_VARIES) oc_drivers_list(arena, &futures, 0.9, &list); */
#ifndef OC_ANALYSIS_DRIVER_LIST_H
#define OC_ANALYSIS_DRIVER_LIST_H

#include "analysis/futures.h"

enum { OC_DRIVERS_FEWEST_CASES = 30 }; /* futures on the rarer side of a yes or no */

/* Whether the answer can be taken apart. */
typedef enum oc_answer_lack {
    OC_ANSWER_VARIES,
    OC_ANSWER_SAME, /* in every future */
    OC_ANSWER_RARE  /* a share of futures with fewer than OC_DRIVERS_FEWEST_CASES on one side */
} oc_answer_lack;
oc_answer_lack oc_drivers_lack(const oc_futures *futures);

/* Whether the answer is a share of futures (not a number). */
bool oc_asked_is_share(const oc_asked *asked);

/* Why nothing could be estimated for a factor. */
typedef enum oc_driver_lack {
    OC_DRIVER_ESTIMATED,
    OC_DRIVER_CONSTANT, /* it is the same in every future */
    OC_DRIVER_ENDLESS,  /* it is never, or no number, in some: it cannot be ordered */
    OC_DRIVER_FEW_CASES /* fewer than two categories are seen often enough */
} oc_driver_lack;

typedef struct oc_driver_row {
    const oc_factor *factor;
    oc_driver_lack lack;
    oc_driver driver;
    oc_tornado_row tornado;
} oc_driver_row;

typedef struct oc_driver_list {
    size_t count, estimated; /* the first `estimated` rows have numbers, by size of effect */
    oc_driver_row *rows;
    double explained; /* sum of the shares of factors that stand alone */
} oc_driver_list;

/* Ends of the tornado are the lowest and the highest tenth; intervals of `level`. */
void oc_drivers_list(oc_arena *arena, const oc_futures *futures, double level, oc_driver_list *ret_list);

#endif
