/* Inside of the exact solver: one trajectory that is told how its draws fall.
 *
 * A step of the schedule is an ordinary function on the cells of one state. Where it draws, it asks the script; the
 * driver (exact.c) runs it once for each script, as an odometer counts. So nothing but oc_exact_draw knows about
 * branching. */
#ifndef OC_EXACT_MACHINE_H
#define OC_EXACT_MACHINE_H

#include "exact/exact.h"

enum { OC_EXACT_DRAWS = 64, OC_EXACT_DEPTH = 8000 };
#define OC_NO_SLOT UINT32_MAX
/* Date of a stage that is done, but whose day nobody will ask for. */
#define OC_FORGOTTEN (-INFINITY)

typedef struct oc_exact_script {
    uint32_t at, length;
    uint32_t choice[OC_EXACT_DRAWS], count[OC_EXACT_DRAWS];
    double p;
} oc_exact_script;

/* A value on a day, or a date variable's first date. */
typedef struct oc_exact_snapshot {
    const oc_expr *at;
    uint32_t slot;
} oc_exact_snapshot;

/* What one answer depends on, and where each of it stands in a state. */
typedef struct oc_exact_layout {
    uint32_t *input, *variable, *first, *on, *ends, *date, *takes, *reason; /* slots by index of the record */
    bool *event, *definition;  /* depended on */
    bool *dated;               /* stages whose day is read, not only whether they are done */
    bool *late;                /* inputs drawn when first read: they depend on nothing but inputs */
    OC_VEC(oc_exact_snapshot) snapshots;
    uint32_t held, answer, since;
    uint32_t slots;
} oc_exact_layout;

typedef enum oc_exact_trouble {
    OC_TROUBLE_NONE, OC_TROUBLE_PROBABILITY, OC_TROUBLE_NUMBER, OC_TROUBLE_PARAMETER, OC_TROUBLE_SIZE
} oc_exact_trouble;

typedef struct oc_exact_machine {
    const oc_compiled *compiled;
    const oc_model *model;
    const oc_exact_layout *layout;
    double *cell;            /* the state being worked on */
    double probability;      /* of the state before the step */
    oc_exact_script script;
    oc_day today, previous;  /* previous: the tick before */
    bool starting;
    uint32_t depth;
    uint64_t work, work_limit;
    oc_exact_trouble trouble;
    const oc_expr *trouble_expr;
    double trouble_value;
    /* blockers of the target whose answer is being worked out */
    uint32_t target;         /* index in compiled->blockers; UINT32_MAX: none */
    double *days, *last;
} oc_exact_machine;

/* evaluate.c */
double oc_exact_value(oc_exact_machine *m, const oc_expr *e);
double oc_exact_symbol(oc_exact_machine *m, const oc_symbol *symbol);
double oc_exact_input(oc_exact_machine *m, size_t index);
double oc_exact_start(oc_exact_machine *m, size_t variable);
/* One of several outcomes with these probabilities. */
uint32_t oc_exact_draw(oc_exact_machine *m, const double *weights, uint32_t count);
bool oc_exact_coin(oc_exact_machine *m, double p);
double oc_exact_probability(oc_exact_machine *m, const oc_expr *e);
double oc_exact_nonnegative(oc_exact_machine *m, const oc_expr *e);
#define OC_EXACT_INDEX(model_, vector, record_) ((uint32_t)OC_RECORD_INDEX(model_, vector, record_))

/* layout.c: what an answer depends on. False after a diagnostic when something in it is not finite. */
typedef struct oc_exact_query {
    enum { OC_QUERY_STAGE, OC_QUERY_QUESTION, OC_QUERY_VARIABLE } kind;
    uint32_t index;
    uint32_t target; /* STAGE: blockers wanted; UINT32_MAX: none */
} oc_exact_query;
bool oc_exact_lay_out(oc_arena *arena, const oc_compiled *compiled, const oc_exact_query *query, oc_exact_layout *ret);

/* steps.c: what happens in a row, in steps between which equal states are added up. */
void oc_exact_begin(oc_exact_machine *m);
void oc_exact_move(oc_exact_machine *m, oc_day previous);           /* tick: variables, shocks, their changes */
void oc_exact_occur(oc_exact_machine *m, uint32_t event, int forced); /* held? changes */
void oc_exact_look(oc_exact_machine *m, uint32_t stage, bool tick);
void oc_exact_settle(oc_exact_machine *m, bool tick); /* end of a row: forgets what nobody reads any more */
void oc_exact_snap(oc_exact_machine *m, oc_day day);
/* The code in force for the target, compiled->reason_codes - 1 when it is done. */
uint32_t oc_exact_code(const oc_exact_machine *m);

#endif
