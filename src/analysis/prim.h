/* Scenario discovery: boxes in the space of inputs that hold most of the futures of interest.
 *
 * PRIM, the patient rule induction method (Friedman and Fisher 1999, "Bump hunting in high-dimensional data",
 * Statistics and Computing 9): peel a few per cent of the futures off one face of the box at a time, each time where
 * the share of interesting futures inside gains most, then paste back where nothing is lost. For scenario discovery
 * see Bryant and Lempert 2010, Technological Forecasting and Social Change 77.
 *
 *     coverage  share of all interesting futures that lie in the box
 *     density   share of the futures in the box that are interesting
 *     mass      share of all futures that lie in the box */
#ifndef OC_ANALYSIS_PRIM_H
#define OC_ANALYSIS_PRIM_H

#include "analysis/sobol.h"
#include "base/vec.h"

/* What one input is held to. */
typedef struct oc_prim_limit {
    double low, high; /* a number: kept if low <= x <= high; -INFINITY, INFINITY where not restricted */
    uint64_t levels;  /* a category: bit set for each level kept */
    bool restricted;
    double p_value;   /* quasi p-value of this restriction; NAN if not restricted (see oc_prim_box) */
} oc_prim_limit;

typedef struct oc_prim_box {
    oc_prim_limit *limit; /* one for each input */
    size_t restricted;    /* how many are restricted */
    size_t inside;        /* futures in the box */
    size_t hits;          /* interesting ones among them */
    double coverage, density, mass;
} oc_prim_box;

typedef struct oc_prim_options {
    double peel;         /* share of the box taken off at a time; 0: 0.05 */
    double smallest;     /* stop when the box holds less than this share of the futures; 0: 0.05 */
    double coverage;     /* the box chosen is the densest on the trajectory that still covers this; 0: 0.5 */
} oc_prim_options;

typedef struct oc_prim {
    size_t steps;            /* boxes of the peeling trajectory, the whole space first */
    oc_prim_box *trajectory;
    size_t chosen;           /* index into trajectory of the box that was pasted */
    oc_prim_box box;         /* the result, after pasting, with quasi p-values */
    double base_rate;        /* share of interesting futures in all */
} oc_prim;

/* At most 64 levels a category and 256 inputs. The gain of a peel is (density after - density before) / futures taken
 * off, so that a category or a heap of equal values, which takes off more at once, has no unfair chance (Kwakkel and
 * Jaxa-Rozen 2016, Environmental Modelling & Software 79, "lenient" criterion).
 *
 * Quasi p-value (Bryant and Lempert 2010, section 3.4): drop the restriction, take the density of the larger box as the
 * chance of success, and ask how likely the box's own hits or more would be if its futures were drawn from it
 * (binomial). Small: the restriction is unlikely to be an accident.
 *
 * False, and nothing found, if rows < 100, fewer than 10 futures are interesting or uninteresting, a value is not
 * finite or a category is out of range. */
bool oc_prim_find(oc_arena *arena, const oc_column *inputs, size_t count, const bool *interesting, size_t rows,
                  const oc_prim_options *options, oc_prim *ret_prim);

/* One box of a covering. */
typedef struct oc_prim_part {
    oc_prim_box box;          /* limits; inside, hits, coverage, density and mass are over all futures */
    size_t fresh, fresh_hits; /* in no earlier box */
    double base_rate;         /* share of interesting futures among those that were left for it */
} oc_prim_part;

typedef struct oc_prim_covering {
    size_t count;
    oc_prim_part *part;       /* in the order found */
    oc_prim first;            /* what the first box came from */
    size_t inside, hits;      /* of all boxes together, each future once */
    double coverage, density, mass;
    bool exhausted;           /* one more box would be no denser than all futures */
} oc_prim_covering;

/* Box after box, each among the futures that lie in no earlier one (Friedman and Fisher 1999, section 9.2: covering).
 * Stops after `most`, when a box has no limits or is no denser than all futures are, or when too few are left for
 * another; so it may be 0 boxes. Quasi p-values are those among the futures left. False as oc_prim_find. */
bool oc_prim_cover(oc_arena *arena, const oc_column *inputs, size_t count, const bool *interesting, size_t rows,
                   const oc_prim_options *options, size_t most, oc_prim_covering *ret_covering);

/* Whether future `row` lies in the box. */
bool oc_prim_holds(const oc_prim_box *box, const oc_column *inputs, size_t count, size_t row);

#endif
