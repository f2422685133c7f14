/* Inside of the compiler: expressions to values of the section being built. */
#ifndef OC_MODEL_EMIT_H
#define OC_MODEL_EMIT_H

#include "model/bridge.h"
#include "model/compile.h"
#include "model/ir.h"

/* A definition's value in the section being built, valid as long as nothing was stored since. */
typedef struct oc_memo {
    const oc_ir_section *section;
    uint64_t stores;
    oc_ref guard, sparse;
    oc_ref value;
    bool filled;
} oc_memo;

/* A value on a day, or the first value, that something asks for. */
typedef struct oc_snapshot {
    const oc_expr *at;   /* the AT expression */
    oc_day day;          /* OC_DAY_NONE: @first */
    const oc_symbol *symbol;
    oc_ref state;
    bool date;
} oc_snapshot;

typedef struct oc_compiler {
    oc_arena *arena;
    oc_model *model;
    oc_diags *diags;
    oc_compiled *out;
    oc_ir *ir;
    oc_ref today;
    oc_ref guard;           /* truths under which what is being computed matters; CONST 1: always */
    oc_ref sparse;          /* the few futures for which what is being computed is used; NONE: all */
    uint64_t stores;        /* stores to state columns so far: memos are of no use behind one */
    const bool *adjustable; /* inputs, then variables that are kept between bounds; NULL: none */
    oc_ref *inputs;         /* NONE: not computed yet */
    oc_ref *variables;      /* state */
    oc_bridge *bridges;     /* of each variable */
    oc_ref *firsts;         /* state of @first of each variable; NONE: not asked for */
    bool *variable_ready;   /* in the first section */
    oc_ref *shock_on, *shock_end;
    oc_ref *stages;         /* date: state or CONST */
    oc_ref *takes;          /* of each stage that takes time: state or CONST */
    oc_memo *memos;         /* of definitions */
    OC_VEC(oc_snapshot) snapshots;
    oc_slice address;       /* dotted name of the record whose value is being computed */
    bool once;              /* draws have no date */
    int32_t fixed_day;      /* OC_NO_DATE, or the day in the address of draws that are not made once */
    oc_ref *parameters;     /* fixed states */
    bool starting;          /* in the first section: inputs and variables are computed on demand */
    bool failed;
    int depth;
    size_t emitted;         /* nodes so far, for the limit */
} oc_compiler;

/* The value of a checked expression: a truth gives a mask. */
oc_ref oc_emit(oc_compiler *c, const oc_expr *e);
/* Under a further truth (for checks inside it). */
oc_ref oc_emit_guarded(oc_compiler *c, const oc_expr *e, oc_ref guard);
/* A probability: checked to lie in 0..1, at once if it is constant. */
oc_ref oc_emit_probability(oc_compiler *c, const oc_expr *e, oc_ref guard);
/* A value that must not be negative (positive: `strictly`). */
oc_ref oc_emit_nonnegative(oc_compiler *c, const oc_expr *e, oc_ref guard, bool strictly);
/* A value that must not be NaN: before it is stored or reported. */
void oc_emit_check_real(oc_compiler *c, oc_ref value, const oc_expr *e, oc_ref guard);
/* A truth that comes true with this probability; address is the record's dotted name. */
oc_ref oc_emit_coin(oc_compiler *c, oc_ref p, oc_slice address, bool once);
/* Sets the address of draws and whether they are made once; returns the former address. */
oc_slice oc_emit_address(oc_compiler *c, oc_slice address, bool once);

void oc_emit_store(oc_compiler *c, oc_ref state, oc_ref value, oc_ref where);
/* Stores, in the first section, what the column will hold for ever. */
void oc_emit_fix(oc_compiler *c, oc_ref state, oc_ref value);
/* The date of an occurrence with its spread: `nominal` plus a whole number of days, after as_of. `day` is the
 * occurrence's nominal day where it is not the row's, else OC_NO_DATE. */
oc_ref oc_emit_recorded(oc_compiler *c, const oc_event *event, oc_ref nominal, int32_t day);
/* The value of a symbol here and now. */
oc_ref oc_emit_symbol(oc_compiler *c, const oc_symbol *symbol, const oc_expr *e);

#endif
