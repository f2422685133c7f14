/* Variables whose path is drawn only where something reads it.
 *
 * A Brownian motion with a constant noise, without level, min or max, can be drawn at any of its ticks first, and at a
 * tick in between afterwards, given the two beside it (Lévy's construction). Here the order is fixed, whoever reads:
 * the ticks of a year hang on a tree (below), each drawn with the one normal of its own address, so that the value at a
 * tick is the same function of the same draws in every program of the same record. Only the ticks that lead to a reader
 * are drawn:
 *
 *     the first tick of each year, from the one of the year before:     a step of the length of the year
 *     the middle one of the ticks between two that are drawn, from both: bridge
 *
 * Month by month from 1 January to the next: 1 January, July, then April and October, then February, May, August and
 * November, then March, June, September and December. Who reads a variable each August draws four of twelve.
 *
 * Its columns: `end1` and `end2`, in turn, the path at the ends of years; `mid1` and on, at the middles on the way
 * down. The variable itself is the path, or, where changes set it or a drift varies, path + offset. */
#ifndef OC_MODEL_BRIDGE_H
#define OC_MODEL_BRIDGE_H

#include "model/ir.h"
#include "model/model.h"

enum { OC_BRIDGE_LEVELS = 16 }; /* ends of years and the middles of at most 366 ticks */

typedef struct oc_bridge {
    bool on;       /* drawn where it is read; all else is of no meaning if not */
    bool drifts;   /* the drift changes in time: it goes into `offset` tick by tick */
    oc_ref noise;  /* constant or fixed column */
    oc_ref drift;  /* a day; constant or fixed column; NONE: none, or `drifts` */
    oc_ref path;   /* at the last tick that was drawn; NONE without offset */
    oc_ref offset; /* NONE: the variable is its path */
    uint32_t site;
    oc_ref levels[OC_BRIDGE_LEVELS]; /* end1, end2, mid1, …; NONE: not made yet; as_of is in the first */
} oc_bridge;

/* Whether the record itself says that the path is drawn like that; its noise may still turn out to be 0. */
bool oc_bridge_applies(oc_arena *arena, const oc_model *model, const oc_variable *variable);

/* How paths are drawn in models that are compared: all are noted before any is compiled with this in its options. A
 * path that some models would have drawn like that and others would not, because a change gives it a bound, a level or
 * a noise that varies, is drawn tick by tick in all of them, so that they have its draws in common. Variables are known
 * by their names; those without noise say nothing. */
typedef struct oc_bridge_way {
    oc_slice name;
    bool seen[2]; /* in a model that has it drawn tick by tick; in one that has it drawn where it is read */
} oc_bridge_way;

typedef struct oc_bridge_ways {
    OC_VEC(oc_bridge_way) paths;
} oc_bridge_ways;

/* Names are copied to the arena; the model may go. True if a path turns out to be drawn in both ways that was not yet.
 */
bool oc_bridge_note(oc_arena *arena, oc_bridge_ways *ways, const oc_model *model);
/* Whether a variable's path is drawn in both ways; `ways` NULL: none is. */
bool oc_bridge_differs(const oc_bridge_ways *ways, oc_slice name);

/* Whether an expression has one value throughout a future. */
bool oc_bridge_is_constant(oc_arena *arena, const oc_model *model, oc_expr *e);

/* What is drawn in a row: END, the end of the year that begins where the last one ended; MIDDLE, a tick between two;
 * READ, nothing. Where `read`, the variable then takes the value. */
typedef enum oc_bridge_kind { OC_BRIDGE_END, OC_BRIDGE_MIDDLE, OC_BRIDGE_READ } oc_bridge_kind;

typedef struct oc_bridge_step {
    oc_bridge_kind kind;
    uint8_t low, high, level; /* columns: on both sides, and where it goes (READ: where it is) */
    bool read;
    bool leaf;                /* MIDDLE that is read: nobody needs its column any more */
    bool sampled;             /* only for the batches whose values are sampled */
    int32_t row_day;          /* tick behind which the row stands */
    int32_t day, from, to;    /* the tick that is drawn, and those on both sides; END: from only */
} oc_bridge_step;

typedef OC_VEC(oc_bridge_step) oc_bridge_steps;

/* The ticks of whole years around a model's own, and how they hang together. */
typedef struct oc_bridge_grid {
    const int32_t *days;
    const uint32_t *year;    /* of each: index of the last tick of the year before */
    const uint8_t *ends;     /* of each: level of the end of its year, 0 or 1 */
    uint32_t count;
    uint32_t first;          /* the model's own ticks are first .. last */
    uint32_t last;
    oc_day as_of;
} oc_bridge_grid;

typedef enum oc_bridge_need { OC_BRIDGE_UNREAD, OC_BRIDGE_SAMPLED, OC_BRIDGE_ALWAYS } oc_bridge_need;

/* `ticks` are the model's own, at least one. */
oc_bridge_grid oc_bridge_grid_of(oc_arena *arena, const oc_model *model, const int32_t *ticks, size_t count);

/* The rows that bring the path to the ticks where it is needed (an oc_bridge_need for each tick of the grid), in order.
 */
oc_bridge_steps oc_bridge_plan(oc_arena *arena, const oc_bridge_grid *grid, const uint8_t *need);

#endif
