/* One solution of a model at certain inputs: what ensembles, derivatives and sweeps call again and again. */
#ifndef OC_POLITICS_SOLVE_H
#define OC_POLITICS_SOLVE_H

#include "politics/bargain.h"

/* The inputs as plain numbers in working order; [actor * issues + issue] unless stated. */
typedef struct solve_case {
    const oc_bargain_table *table;
    size_t actors, issues;
    uint32_t *order;       /* working index -> table index */
    double *x, *s, *c;     /* position in units of the scale, salience 0..1, capability times right */
    double *power;         /* [actor] capability without rights: the spatial model */
    uint8_t *present;
    uint8_t *negotiates;   /* [actor] */
    uint64_t *identity;    /* [actor] address of the name */
} solve_case;

/* What a solution may leave behind, all NULL when only outcomes are wanted. */
typedef struct solve_record {
    oc_arena *arena;
    oc_bargain_result *result;
} solve_record;

typedef struct solver solver;

/* `issues_wanted` limits nothing: models are solved for all issues at once. */
solver *solver_new(oc_arena *arena, const oc_bargain_table *table, const oc_bargain_options *options);

/* The case at the central values; change its arrays freely between calls of solver_run. */
solve_case *solver_case(solver *it);
void solver_centre(solver *it);
/* Values for one draw of the ensemble (deterministic in seed, names and draw). */
void solver_draw(solver *it, uint64_t draw);

/* outcome[issues]; NAN where nobody carries weight. `zone_open` [issues] (may be NULL): whether an agreement other than
 * the status quo could be ratified. */
oc_status solver_run(solver *it, uint64_t draw, double *outcome, bool *zone_open, const solve_record *record);

/* Weighted mean of the case on one issue, among negotiators. */
double solver_mean(solver *it, size_t issue);

/* The negotiators with a stake in `issue`, packed: positions, weights, and working indices; returns their number. */
size_t solver_gather(solver *it, size_t issue, double **x, double **w, uint32_t **index);

#endif
