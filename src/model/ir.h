/* Building a program: values before they have columns.
 *
 * A section is built as straight-line code over *references*: constants, values of the row (known for each row while
 * compiling), temporaries, and state columns that live across sections. Building folds what is known, shares what is
 * computed twice, moves what never changes to the first section and leaves out checks that cannot fail; at the end it
 * drops what nobody reads, merges temporaries with the state columns they are for and gives the rest their columns.
 * Folding uses the engine's own arithmetic (engine/math.h), so a folded value has the bits the engine would have
 * computed. */
#ifndef OC_MODEL_IR_H
#define OC_MODEL_IR_H

#include "base/map.h"
#include "base/date.h"
#include "engine/program.h"
#include "model/range.h"

typedef enum oc_ref_kind { OC_REF_NONE, OC_REF_CONST, OC_REF_ROW, OC_REF_TEMP, OC_REF_STATE } oc_ref_kind;

typedef struct oc_ref {
    oc_ref_kind kind;
    bool mask;       /* a truth */
    uint32_t index;  /* ROW: among the section's scalars; TEMP; STATE */
    double value;    /* CONST; of a mask 0 or 1 */
} oc_ref;

typedef struct oc_ir_instruction {
    oc_opcode op;
    oc_ref dst, a, b, c, d;
    uint32_t imm;
    uint32_t version; /* of a, if it is a state column: how often that was written before */
    bool live;
} oc_ir_instruction;

typedef struct oc_ir_section {
    oc_section_kind kind;
    const int32_t *days;         /* of its rows; NULL for the first and last section */
    const int16_t *shifts;       /* of its rows: from their days to the dates of their draws; NULL: none */
    size_t rows;                 /* at least 1 */
    uint32_t flags;              /* of its rows */
    OC_VEC(oc_ir_instruction) code;
    OC_VEC(double *) scalars;    /* each with a value a row */
    uint32_t temps;
    OC_VEC(uint32_t) makers;     /* of each temporary: the instruction that makes it */
    OC_VEC(oc_range) ranges;     /* of each temporary */
    /* First section, of each temporary: the fixed state column made of it for later sections; NONE. */
    OC_VEC(oc_ref) lasting;
    oc_map shared;               /* what has been computed, by its bytes */
    oc_slice name;               /* for listings */
} oc_ir_section;

/* A state column that is written once, in the first section: what is computed of such columns alone is computed there.
 */
typedef struct oc_ir_fixed {
    bool fixed;
    oc_ref value;   /* what was stored: a temporary of the first section, a constant, … */
    oc_range range;
} oc_ir_fixed;

/* A choice between fixed columns by the row (OC_OP_PICK). */
typedef struct oc_ir_pick_list {
    oc_ir_instruction stands_for; /* what would be computed in each row; only op, a, b */
    oc_ref *columns;
    const uint32_t *choice;       /* of each row: which of them */
    oc_range range;
    oc_ref scalar;                /* becomes the column's number */
    oc_ir_section *section;
    size_t count;
} oc_ir_pick_list;

typedef struct oc_ir {
    oc_arena *arena;
    OC_VEC(oc_ir_section *) sections;
    oc_ir_section *now;          /* being built */
    uint32_t states;             /* state columns so far */
    OC_VEC(uint32_t) versions;   /* of each state column: how often it was written so far */
    OC_VEC(oc_ir_fixed) fixed;   /* of each state column */
    OC_VEC(oc_ir_pick_list) picks; /* imm of PICK says which */
    /* Of each state column: 1 + the one that is live if it is, for what is built later; 0: none. */
    OC_VEC(uint32_t) bound;
    OC_VEC(oc_slice) state_names;
    OC_VEC(uint64_t) sites;      /* addresses */
    OC_VEC(oc_slice) site_names;
    oc_map site_index;
    OC_VEC(double) constants;
    oc_map constant_index;
    OC_VEC(oc_value_slot) slots;
    OC_VEC(oc_span_table) spans;
    OC_VEC(int32_t) days;        /* of span tables */
    uint32_t counts;
    uint32_t checks;
    OC_VEC(uint32_t) kept;       /* states that stay though no instruction reads them */
    oc_ref given;                /* state mask; NONE: all count */
    bool every_row; /* also those of sections without instructions: whoever runs the program goes by them */
    bool watched;                /* state columns are looked at from outside */
    bool plain;                  /* no hoisting, ranges or merging: for tests of these */
} oc_ir;

/* Begins a section; it becomes the last one. */
oc_ir_section *oc_ir_begin(oc_ir *ir, oc_section_kind kind, oc_slice name, const int32_t *days, size_t rows,
                           uint32_t flags);

oc_ref oc_ir_const(double value);
oc_ref oc_ir_truth(bool value);
/* A value that is known for each row; `values` has one for each. */
oc_ref oc_ir_row(oc_ir *ir, double *values);
/* A new state column. */
oc_ref oc_ir_state(oc_ir *ir, oc_slice name, bool mask);
/* Keeps `other` wherever `state` is read: what is built later will need it. */
void oc_ir_bind(oc_ir *ir, oc_ref state, oc_ref other);
/* Stores what the column will hold for ever; in the first section. */
void oc_ir_fix(oc_ir *ir, oc_ref state, oc_ref value);
/* The bounds of a value of the section being built. */
oc_range oc_ir_range(const oc_ir *ir, oc_ref r);
/* Whether a check of a value cannot fail. */
bool oc_ir_passes(const oc_ir *ir, oc_opcode check, oc_ref value);
uint32_t oc_ir_site(oc_ir *ir, oc_slice name);
uint32_t oc_ir_counts(oc_ir *ir, uint32_t count);

/* What an operation makes of numbers, with the engine's arithmetic. */
double oc_ir_fold(oc_opcode op, double a, double b, double c);

/* Whether it is known for each row of the section being built (or NONE), and the value in a row. */
bool oc_ref_is_known(oc_ref r);
double oc_ir_at_row(const oc_ir *ir, oc_ref r, size_t row);

/* An instruction's value as it stands, computed already or new; nothing is folded. */
oc_ref oc_ir_shared(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c, oc_ref d, uint32_t imm);
/* A truth as a column, since instructions take no other. */
oc_ref oc_ir_truth_column(oc_ir *ir, oc_ref r);

/* A computed value: folded, shared or a new temporary. */
oc_ref oc_ir_op(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c);
/* The fixed column of a value of the first section, which is the one being built. */
oc_ref oc_ir_lasting(oc_ir *ir, oc_ref value);
/* An operation whose operands differ by what is fixed and by the row alone, and have few values in all, as a choice
 * (ir_pick.c); false: it is no such thing. */
bool oc_ir_pick(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ir_pick_list *ret);
/* Kept between two constants that nothing else uses, so wide that they change nothing until they are changed in the
 * program; nothing is taken for granted about the value. `which` tells such values apart. */
oc_ref oc_ir_bounded(oc_ir *ir, oc_ref value, size_t which);
/* Once linked: where these constants are; false if nobody reads the value. */
bool oc_ir_bounds(const oc_ir *ir, size_t which, uint32_t *ret_low, uint32_t *ret_high);
/* A draw; `once` addresses it without a date, `day` (not OC_NO_DATE) with a fixed one. */
oc_ref oc_ir_draw(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c, uint32_t site, bool once, int32_t day);
/* A value drawn between a and b (OC_OP_BRIDGE): the weight of b, the standard deviation. */
oc_ref oc_ir_bridge(oc_ir *ir, oc_ref a, oc_ref b, oc_ref weight, oc_ref deviation, uint32_t site);
/* Writes a state column: all lanes, or those in `where`. */
void oc_ir_store(oc_ir *ir, oc_ref state, oc_ref value);
void oc_ir_store_where(oc_ir *ir, oc_ref state, oc_ref value, oc_ref where);
/* Instructions with an effect. */
void oc_ir_effect(oc_ir *ir, oc_opcode op, oc_ref dst, oc_ref a, oc_ref b, oc_ref c, oc_ref d, uint32_t imm);

oc_ref oc_ir_not(oc_ir *ir, oc_ref a);
oc_ref oc_ir_and(oc_ir *ir, oc_ref a, oc_ref b);
oc_ref oc_ir_or(oc_ir *ir, oc_ref a, oc_ref b);
/* c ? a : b, of numbers or truths. */
oc_ref oc_ir_select(oc_ir *ir, oc_ref c, oc_ref a, oc_ref b);
oc_ref oc_ir_number_of_mask(oc_ir *ir, oc_ref mask);
/* Whether both are the same constant, or the same row value, temporary or column. */
bool oc_ref_same(oc_ref a, oc_ref b);
static inline bool oc_ref_is(oc_ref r, double value) { return r.kind == OC_REF_CONST && r.value == value; }

/* Whether it is a constant that will be changed in the program, as oc_ir_bounded() makes them: never to be computed
 * with. */
bool oc_ref_is_bound(oc_ref r);

/* Whether it stops a run where its condition fails. */
bool oc_ir_is_check(oc_opcode op);

/* Narrows instructions of a section whose values are read in few lanes to those (OC_OP_WHERE); the last pass before it
 * is linked: makers of temporaries are of no use any more. */
void oc_ir_narrow(oc_ir *ir, oc_ir_section *section);

/* Marks what something reads, directly or by a result; `states` (all false) gets the columns that do. */
void oc_ir_mark_live(oc_ir *ir, bool *states);

/* One row of the schedule: which section, which of its rows. */
typedef struct oc_ir_order {
    uint32_t section, row;
} oc_ir_order;

/* Puts scalars of the row in place of what is the same in all futures (ir_known.c); when all is built. */
void oc_ir_know(oc_ir *ir, const oc_ir_order *order, size_t rows);

/* Moves what is computed of columns that change seldom to where they change (ir_settle.c). */
void oc_ir_settle(oc_ir *ir);

/* Puts the program together; NULL and *ret_why when a limit is reached. *ret_size in bytes. Memory is the arena's.
 * *ret_states gets the column of each state, OC_NONE where it was dropped. */
oc_program *oc_ir_link(oc_ir *ir, oc_day as_of, oc_day horizon, const oc_ir_order *order, size_t rows, size_t *ret_size,
                       uint16_t **ret_states, const char **ret_why);

#endif
