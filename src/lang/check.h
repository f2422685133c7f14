/* Names, types and units of expressions.
 *
 * The model declares symbols and answers questions about them through oc_scope; the checker resolves every name, gives
 * every node its type and reports what does not fit, each mistake once. */
#ifndef OC_LANG_CHECK_H
#define OC_LANG_CHECK_H

#include "lang/expr.h"

typedef enum oc_symbol_kind {
    OC_SYMBOL_EVENT, OC_SYMBOL_INPUT, OC_SYMBOL_VARIABLE, OC_SYMBOL_SHOCK, OC_SYMBOL_DEFINITION, OC_SYMBOL_CONDITION,
    OC_SYMBOL_ISSUE, OC_SYMBOL_STAGE, OC_SYMBOL_SET, OC_SYMBOL_KIND_COUNT
} oc_symbol_kind;

/* A set: the rows over which families are declared. Data of a row are written as constants. */
typedef struct oc_set {
    oc_slice name;
    oc_span span;
    oc_slice *keys;      /* one a row: names for family[key] */
    oc_span *key_spans;
    size_t rows;
    oc_slice *columns;
    size_t column_count;
    oc_slice *data;      /* [row * column_count + column] */
    oc_span *data_spans;
    oc_slice *titles[OC_LANG_COUNT]; /* of each row; NULL: the keys stand for them */
} oc_set;

typedef struct oc_symbol oc_symbol;
struct oc_symbol {
    oc_symbol_kind kind;
    oc_slice name;            /* as declared; of a row of a family "name[key]" */
    oc_span span;
    const oc_set *set;        /* a family, a row of one, or the set itself; else NULL */
    oc_symbol *const *rows;   /* family: its rows; else NULL */
    uint32_t row;             /* row of a family: 1 + its index; else 0 */
    void *record;             /* the model's record; NULL for families */
    const oc_category *category; /* VARIABLE of a category */
};

typedef struct oc_scope {
    void *context;
    /* The symbol of a declared name, or NULL. */
    oc_symbol *(*find)(void *context, oc_slice name);
    /* The type of a value: definitions are checked on demand (the model reports cycles and returns poison). */
    oc_type (*type_of)(void *context, const oc_symbol *symbol);
    /* All names, for suggestions. */
    const oc_slice *names;
    size_t name_count;
} oc_scope;

typedef struct oc_checker {
    oc_arena *arena;
    oc_diags *diags;
    const oc_scope *scope;
    const oc_set *set;   /* inside a family: its set and the row (from 0) */
    uint32_t row;
    bool may_draw;       /* distributions may stand here */
    size_t cloned;       /* nodes added by families so far; starts at 0 */
    bool too_large;      /* the limit on them was reported; starts false */
    bool may_look_back;  /* x@date of anything but events may stand here (questions, given) */
} oc_checker;

/* Checks the tree and returns its type (also in expr->type). `expected` helps with names of categories and with
 * choices; NULL if any type will do. */
oc_type oc_expr_check(oc_checker *checker, oc_expr *expr, const oc_type *expected);

/* Like oc_expr_check, and reports when the type is not the wanted one (`what` is the message that names the use). */
bool oc_expr_require(oc_checker *checker, oc_expr *expr, oc_type wanted, const char *what);

/* "a duration", "a number in USD" … in the reader's language, as an argument for messages. */
oc_arg oc_type_arg(oc_arena *arena, oc_type type);

#define OC_TYPE_OF_NUMBER ((oc_type){.kind = OC_TYPE_NUMBER})
#define OC_TYPE_OF_DURATION ((oc_type){.kind = OC_TYPE_NUMBER, .time = 1})
#define OC_TYPE_OF_RATE ((oc_type){.kind = OC_TYPE_NUMBER, .time = -1})
#define OC_TYPE_OF_TRUTH ((oc_type){.kind = OC_TYPE_TRUTH})
#define OC_TYPE_OF_DATE ((oc_type){.kind = OC_TYPE_DATE})

#endif
