/* Win-sets by sweeping over end points: between two neighbouring ones the accepting share does not change.
 *
 * Worked example: ideals 20, 45, 70 with weights 30, 25, 45, status quo 0. Acceptance sets [0, 40], [0, 90], [0, 100]
 * (cut to the scale). At quota 0.6: up to 40 all accept, up to 90 the last two with 0.7, beyond only 0.45: [0, 90].
 * At unanimity [0, 40]. */
#include "politics/ratify.h"

#include <math.h>
#include <stdlib.h>

#include "base/order.h"

static double radius(const oc_ratifier *it, double status_quo)
{
    return fabs(status_quo - it->ideal) + it->cost;
}

static bool accepted(const oc_ratifier *ratifiers, size_t count, double status_quo, double quota, double x)
{
    double all = 0, pro = 0, hair = 1e-12 * (1 + fabs(x));
    for (size_t k = 0; k < count; k++) {
        bool accepts = fabs(x - ratifiers[k].ideal) <= radius(&ratifiers[k], status_quo) + hair;
        if (!accepts && ratifiers[k].veto) return false;
        all += ratifiers[k].weight;
        if (accepts) pro += ratifiers[k].weight;
    }
    return !(all > 0) || pro >= (quota - 1e-12) * all;
}

static void add(oc_arena *arena, oc_intervals *set, double low, double high)
{
    if (set->len && set->at[set->len - 1].high >= low) {
        if (high > set->at[set->len - 1].high) set->at[set->len - 1].high = high;
        return;
    }
    *oc_vec_push(arena, set) = (oc_interval){low, high};
}

oc_intervals oc_win_set(oc_arena *arena, const oc_ratifier *ratifiers, size_t count, double status_quo, double quota,
                        double low, double high)
{
    oc_intervals set = {0};
    double *ends = OC_NEW_ARRAY(arena, 2 * count + 2, double);
    size_t used = 0;
    ends[used++] = low;
    ends[used++] = high;
    for (size_t k = 0; k < count; k++) {
        double reach = radius(&ratifiers[k], status_quo);
        double both[2] = {ratifiers[k].ideal - reach, ratifiers[k].ideal + reach};
        for (int side = 0; side < 2 && reach >= 0; side++)
            if (both[side] > low && both[side] < high) ends[used++] = both[side];
    }
    qsort(ends, used, sizeof *ends, oc_order_doubles);
    for (size_t e = 0; e < used; e++) {
        /* Acceptance sets are closed: an end point may be accepted although neither neighbour is. */
        if (accepted(ratifiers, count, status_quo, quota, ends[e])) add(arena, &set, ends[e], ends[e]);
        if (e + 1 == used || ends[e + 1] <= ends[e]) continue;
        if (accepted(ratifiers, count, status_quo, quota, (ends[e] + ends[e + 1]) / 2))
            add(arena, &set, ends[e], ends[e + 1]);
    }
    return set;
}

oc_intervals oc_intervals_meet(oc_arena *arena, const oc_intervals *a, const oc_intervals *b)
{
    oc_intervals both = {0};
    for (size_t i = 0, j = 0; i < a->len && j < b->len;) {
        double low = fmax(a->at[i].low, b->at[j].low), high = fmin(a->at[i].high, b->at[j].high);
        if (low <= high) *oc_vec_push(arena, &both) = (oc_interval){low, high};
        if (a->at[i].high < b->at[j].high)
            i++;
        else
            j++;
    }
    return both;
}

double oc_ratify(const oc_intervals *zone, double x, double status_quo)
{
    double best = status_quo, least = INFINITY;
    for (size_t k = 0; k < zone->len; k++) {
        double nearest = fmin(fmax(x, zone->at[k].low), zone->at[k].high);
        if (fabs(nearest - x) < least) {
            least = fabs(nearest - x);
            best = nearest;
        }
    }
    return best;
}
