/* Inside of what-ifs: what is counted while futures are run (whatif.c), and the estimates made of it (whatif_settle.c).
 *
 * A future stands in a table of three by three for each share that is compared: on each side it does not count, counts
 * and is no, counts and is yes. */
#ifndef OC_ANALYSIS_WHATIF_TALLY_H
#define OC_ANALYSIS_WHATIF_TALLY_H

#include "analysis/whatif.h"

enum { OC_WHATIF_TABLE = 9 };

/* Sums over futures in which the answer is finite and counts, of values less the measure's origin. */
typedef struct oc_whatif_sums {
    double base, base_squares, variant, variant_squares; /* each over its own futures */
    double both_base, both_variant, both_product;        /* over those of both */
} oc_whatif_sums;

/* Of one variant and measure. */
typedef struct oc_whatif_tally {
    uint64_t share[OC_WHATIF_TABLE];   /* [base's state * 3 + variant's]: 0 does not count, 1 no, 2 yes */
    uint64_t median[OC_WHATIF_TABLE];  /* yes: on or before the pilot's median */
    uint64_t changed;
    uint64_t both, later_squares;
    int64_t later;
    oc_whatif_sums sums;     /* of a worker: of the chunk under way; at the end: of all */
    uint64_t *days;          /* counts by day, one more for never */
} oc_whatif_tally;

/* Fills result->sides and differences; counted and futures are there. `tallies` are [variant * measures + measure],
 * days[] of dates count from `first_day` on, `origins` are what numbers were taken less. */
typedef struct oc_whatif_totals {
    const oc_whatif_tally *tallies;
    const double *origins; /* of each measure */
    oc_day first_day;
    size_t days;
} oc_whatif_totals;
void oc_whatif_settle(const oc_whatif_totals *totals, oc_whatif *result);

#endif
