/* The compilation of a model while it is made: what compile.c and its parts (compile_stages.c, compile_sections.c,
 * compile_results.c) have in common. For them only. */
#ifndef OC_MODEL_BUILD_H
#define OC_MODEL_BUILD_H

#include "model/compile.h"
#include "model/emit.h"
#include "model/ir.h"

typedef struct oc_row_plan {
    oc_day day;
    int order;        /* an oc_order; events: plus their index */
    uint32_t turn;    /* among rows of one day and order */
    uint32_t section, row;
} oc_row_plan;

/* What comes first on a day: variables step, what is drawn of paths, the rest of the tick, events as declared, records.
 */
typedef enum oc_order {
    OC_ORDER_TICK,
    OC_ORDER_PATH,
    OC_ORDER_REST,
    OC_ORDER_EVENT,
    OC_ORDER_RECORD = 1 << 20,
    OC_ORDER_SAMPLE = 1 << 21,
    OC_ORDER_END = 1 << 22
} oc_order;

typedef struct oc_stage_state {
    oc_ref reason;  /* code of the last look: state */
    oc_ref floor;   /* latest day looked at; NONE if not needed */
} oc_stage_state;

/* State columns of a stage whose coins are left out (compile.h). */
typedef struct oc_carried_states {
    oc_ref open, met, chance, day;
} oc_carried_states;

typedef struct oc_target {
    uint32_t stage;
    oc_ref code, since;
    uint32_t span; /* span table */
    oc_ref next;   /* code from `day` on, not yet counted; NONE: `code` */
    oc_ref day;
} oc_target;

typedef struct oc_build {
    oc_compiler *c;
    OC_VEC(oc_row_plan) plan;
    oc_stage_state *stages;
    oc_carried_states *carried;
    OC_VEC(oc_target) targets;
    oc_ref span_day; /* day of the last look in this section */
    oc_ref held;     /* what an event's later sections must know of its first */
    oc_ref today;
} oc_build;

#define OC_VAR(c, i) ((c)->model->variables.at[i])

/* Whether the coins of a stage are left out. */
static inline bool oc_build_is_carried(const oc_compiler *c, uint32_t stage)
{
    return c->out->carry && c->out->carry->stages[stage];
}

/* A change of a variable that has been computed. */
typedef struct oc_assignment {
    oc_ref state, value, where;
    size_t variable;
} oc_assignment;

typedef OC_VEC(oc_assignment) oc_assignments;

/* The first tick behind a day, and all from as_of to the horizon. */
oc_day oc_build_next_tick(oc_tick tick, oc_day day);
int32_t *oc_build_tick_days(oc_compiler *c, size_t *ret_count);

/* Rows of the schedule for the section begun last, one for each day, with their place in it (oc_order). */
void oc_build_rows(oc_build *b, const int32_t *days, size_t count, int order);

/* The day of the row that is run, as a value. */
oc_ref oc_build_day(oc_compiler *c);

/* Changes at a moment (kind and index of an oc_moment) in the futures of `where`: computed first, all from the values
 * before it, then committed. oc_build_change() does both. */
void oc_build_add_changes(oc_compiler *c, oc_assignments *list, int kind, uint32_t index, oc_ref where);
void oc_build_commit(oc_compiler *c, oc_assignments *list);
void oc_build_change(oc_compiler *c, int kind, uint32_t index, oc_ref where);

/* Codes of why a stage waits. */
uint32_t oc_build_reason_count(const oc_stage *stage);

/* The code of a target before anything is looked at. */
oc_ref oc_build_first_code(const oc_build *b, const oc_target *t);

/* A look at a stage: at an event where it is `held`, or at a tick. */
void oc_build_look(oc_build *b, uint32_t index, oc_ref held, bool tick, oc_ref previous_tick);

/* Counts the days up to the looks of the section being built; behind the last of them. */
void oc_build_count_days(oc_build *b);

/* The same for a stage whose coins are left out. */
void oc_build_look_carried(oc_build *b, uint32_t index, oc_ref held, const int32_t *days, size_t rows, int order);

/* Number of a parameter among what has bounds: after inputs and variables. */
size_t oc_build_bounded_parameter(const oc_compiler *c, size_t index);

/* The sections: before the first row, of a tick, of an event. */
void oc_build_start(oc_build *b);
void oc_build_tick(oc_build *b);
void oc_build_event(oc_build *b, uint32_t index);

/* Variables whose path is drawn only where it is read (model/bridge.h): their columns, in the first section; what a
 * change means for them; once all else is built, their sections and rows. */
void oc_build_start_paths(oc_compiler *c);
void oc_build_note_change(oc_compiler *c, const oc_assignment *change);
void oc_build_paths(oc_build *b, const oc_compile_options *options);

/* Room for an answer of this type. */
oc_result_place oc_build_place(oc_compiler *c, oc_type type, uint32_t bins);

/* Rows that record values on given days, and the last section. */
void oc_build_records(oc_build *b, const oc_compile_options *options);
void oc_build_end(oc_build *b, const oc_compile_options *options);

/* What can stand in the way, and what is charted. */
void oc_build_plan_reasons(oc_build *b, const oc_compile_options *options);
void oc_build_plan_samples(oc_compiler *c, const oc_compile_options *options);

#endif
