/* Many solutions at drawn inputs, on several threads; each draw is a function of seed, names and its number only. */
#ifndef OC_POLITICS_ENSEMBLE_H
#define OC_POLITICS_ENSEMBLE_H

#include "politics/solve.h"

typedef struct ensemble {
    size_t runs;      /* asked for */
    size_t done;      /* fewer when cancelled */
    double *outcome;  /* [issue * runs + draw]; the first `done` of each issue are valid, in order of draw */
    double *mean;     /* the same, of the weighted mean */
    uint32_t *draw;   /* [done] their numbers */
    uint8_t *open;    /* [issue * runs + draw] whether more than the status quo can be ratified */
} ensemble;

/* OC_OK, OC_CANCELLED, OC_LIMIT, OC_NOMEM. */
oc_status ensemble_run(oc_arena *arena, const oc_bargain_table *table, const oc_bargain_options *options,
                       const oc_bargain_progress *progress, ensemble *ret);

#endif
