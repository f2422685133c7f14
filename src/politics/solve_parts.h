/* Inside of the solver: solve.c (the case, challenges and closed forms), solve_spatial.c, solve_exchange.c,
 * solve_ratify.c. */
#ifndef OC_POLITICS_SOLVE_PARTS_H
#define OC_POLITICS_SOLVE_PARTS_H

#include "politics/solve.h"

struct solver {
    oc_arena *arena;
    const oc_bargain_options *options;
    solve_case now;
    double *x, *s, *c, *w, *next, *p; /* [actors] of the issue being solved */
    uint32_t *index;                  /* packed -> working index */
    oc_challenge_work *challenge;
    oc_challenge_move *moves;
    double *spatial_x, *spatial_s, *spatial_c, *spatial_adjustment;
    uint64_t *spatial_identity;
    uint32_t *spatial_index;
    size_t spatial_actors;
    oc_spatial *spatial;
};

/* The round's record, made on its first use. */
oc_bargain_round *solver_start_round(const solve_record *record, const solve_case *now, size_t round);
/* The outcome of packed positions and weights, by the mean or the median as the options say. */
double solver_read_outcome(const solver *it, const double *x, const double *w, size_t count);
/* All issues at once; outcome[issues]. `record` may be NULL. */
void solver_spatial(solver *it, uint64_t draw, double *outcome, const solve_record *record);
oc_status solver_exchange(solver *it, uint64_t draw, double *outcome, const solve_record *record);
/* What the sides let pass of one issue's outcome; *open (may be NULL): anything but the status quo may pass. */
void solver_ratify(solver *it, size_t p, double *outcome, bool *open, const solve_record *record);
void solver_prepare_sides(const solver *it, const solve_record *record);

#endif
