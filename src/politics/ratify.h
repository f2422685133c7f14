/* Two-level games (Putnam 1988): what negotiators agree on must be ratified at home, and no agreement means the status
 * quo. A ratifier with ideal r accepts every x that is not farther from r than the status quo q is, plus the cost k of
 * having no agreement: |x - r| <= |q - r| + k, all in units of the scale (k < 0: an agreement must beat q by -k). The
 * win-set of a side is where ratifiers with at least the share `quota` of its weight accept; the zone of agreement is
 * where all win-sets meet. An outcome outside is moved to the nearest point of the zone; without a zone it is q. */
#ifndef OC_POLITICS_RATIFY_H
#define OC_POLITICS_RATIFY_H

#include <stdbool.h>

#include "base/vec.h"

typedef struct oc_interval {
    double low, high;
} oc_interval;
typedef OC_VEC(oc_interval) oc_intervals; /* disjoint, ascending */

typedef struct oc_ratifier {
    double ideal, weight; /* weight >= 0 */
    double cost;          /* k */
    bool veto;            /* must accept, whatever the quota */
} oc_ratifier;

/* Within [low, high]; empty if nothing is accepted. A side without weight accepts everything. */
oc_intervals oc_win_set(oc_arena *arena, const oc_ratifier *ratifiers, size_t count, double status_quo, double quota,
                        double low, double high);

oc_intervals oc_intervals_meet(oc_arena *arena, const oc_intervals *a, const oc_intervals *b);

/* The point of the zone nearest to x (the lower on a tie); the status quo if the zone is empty. */
double oc_ratify(const oc_intervals *zone, double x, double status_quo);

#endif
