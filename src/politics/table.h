/* The table that all bargaining models read: actors, issues, and for each actor on each issue a position, a salience
 * and a capability. Built by the readers of read.h or by hand (a scenario's issues).
 *
 * Everything lives in the caller's arena. Positions are in the units of the issue's scale [low, high]; saliences are
 * shares of an actor's attention, 0..1; capabilities have any unit, one for the whole table. */
#ifndef OC_POLITICS_TABLE_H
#define OC_POLITICS_TABLE_H

#include <stdint.h>

#include "diag/diag.h"
#include "politics/spatial.h"

/* Documented limits: a table beyond them is refused, never cut. */
enum {
    OC_BARGAIN_MAX_ACTORS = 500,
    OC_BARGAIN_MAX_ISSUES = 64,
    OC_BARGAIN_MAX_BYTES = 4 << 20 /* of a file */
};

/* A number that may be uncertain: equally likely between low and high when `ranged`. */
typedef struct oc_bargain_amount {
    double value; /* the middle of a range */
    double low, high;
    bool ranged;
    oc_span span;
} oc_bargain_amount;

typedef struct oc_bargain_actor {
    oc_slice name;        /* unique; also the address of its random draws */
    oc_slice title;       /* for people, in their language; "": the name */
    oc_slice description;
    oc_slice side;        /* "" : negotiator; else a ratifier of that side */
    bool veto;            /* as a ratifier */
    oc_bargain_amount capability; /* >= 0 */
    oc_span span;
} oc_bargain_actor;

typedef struct oc_bargain_cell {
    bool present;          /* false: the actor has no stake in the issue */
    oc_bargain_amount position;
    oc_bargain_amount salience;
    oc_bargain_amount capability; /* on this issue; where the table has one for each actor, a copy of that */
    double right;          /* share of the capability that counts on this issue: decision rights, 0..1 */
} oc_bargain_cell;

typedef struct oc_bargain_issue {
    oc_slice name;         /* unique */
    oc_slice title;        /* for people; "": the name */
    double low, high;      /* the scale, low < high */
    oc_slice low_means, high_means; /* what its ends stand for; "" if not said */
    bool has_status_quo;
    double status_quo;     /* in the scale */
    double mass;           /* probability that nothing changes whatever is bargained, 0..1 */
    oc_span span;
} oc_bargain_issue;

/* What was observed in 252 issues with a reference point: the outcome equals it in one of five. */
#define OC_BARGAIN_STATUS_QUO_MASS 0.2

typedef enum oc_bargain_origin {
    OC_BARGAIN_PLAIN, OC_BARGAIN_LONG, OC_BARGAIN_KTAB_CSV, OC_BARGAIN_KTAB_XML, OC_BARGAIN_EXCHANGE_CSV,
    OC_BARGAIN_SCENARIO
} oc_bargain_origin;

typedef struct oc_bargain_table {
    oc_slice title;
    oc_bargain_origin origin;
    oc_bargain_actor *actors;
    size_t actor_count;
    oc_bargain_issue *issues;
    size_t issue_count;
    oc_bargain_cell *cells;      /* [actor * issue_count + issue] */
    double salience_unit;        /* what 1.0 was in the file: 100 or 1 */
    bool per_issue_capability;
    double *adjustment;          /* [actor * actor_count + other], see oc_spatial_input; NULL: identity */
    bool has_spatial;            /* the file brings options of the spatial model (KTAB's XML) */
    oc_spatial_options spatial;
} oc_bargain_table;

static inline oc_bargain_cell *oc_bargain_cell_at(const oc_bargain_table *table, size_t actor, size_t issue)
{
    return &table->cells[actor * table->issue_count + issue];
}

/* A certain amount. */
static inline oc_bargain_amount oc_bargain_exactly(double value)
{
    return (oc_bargain_amount){.value = value, .low = value, .high = value};
}

/* An empty table for so many actors and issues: scales 0..100, rights 1, nothing present. */
void oc_bargain_table_init(oc_bargain_table *table, oc_arena *arena, size_t actors, size_t issues);

/* Index by name, or SIZE_MAX. */
size_t oc_bargain_find_actor(const oc_bargain_table *table, oc_slice name);
size_t oc_bargain_find_issue(const oc_bargain_table *table, oc_slice name);

#endif
