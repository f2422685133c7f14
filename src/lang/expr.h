/* Expressions of the scenario language as trees, each node with its place.
 *
 * Order: oc_expr_parse (text to tree), oc_expr_check (names, types, units; lang/check.h), then the compiler walks the
 * tree (lang/emit.h). A node that could not be read or checked is OC_EXPR_POISON and causes no further message. */
#ifndef OC_LANG_EXPR_H
#define OC_LANG_EXPR_H

#include "yaml/yaml.h"

enum {
    OC_EXPR_MAX_DEPTH = 64,   /* nesting of one expression */
    OC_EXPR_MAX_BYTES = 16384, /* length of one expression */
    OC_EXPR_MAX_OPERATORS = 1000
};

/* What a value is. */
typedef enum oc_type_kind {
    OC_TYPE_POISON, /* an error was reported: fits everywhere */
    OC_TYPE_NUMBER, /* with a power of time: 0 number, 1 duration, -1 rate */
    OC_TYPE_DATE,
    OC_TYPE_TRUTH,
    OC_TYPE_CATEGORY
} oc_type_kind;

/* The values that a category can take. */
typedef struct oc_category {
    oc_slice owner; /* name of the variable that declares it */
    oc_span span;
    const oc_slice *values;
    size_t count;
} oc_category;

typedef struct oc_type {
    oc_type_kind kind;
    int time;                    /* NUMBER: power of time, in days */
    oc_slice unit;               /* NUMBER: label such as "USD"; empty: none */
    const oc_category *category; /* CATEGORY */
} oc_type;

typedef enum oc_expr_kind {
    OC_EXPR_POISON,
    OC_EXPR_NUMBER, /* number; time; percent */
    OC_EXPR_DATE,   /* day */
    OC_EXPR_NEVER,
    OC_EXPR_TODAY,
    OC_EXPR_TRUTH,  /* number 0 or 1 */
    OC_EXPR_REST,   /* `rest` as a probability */
    OC_EXPR_NAME,   /* name, or name.member, or name[index] */
    OC_EXPR_AT,     /* args[0] is a NAME; day, year, or first */
    OC_EXPR_UNARY,  /* op NEG or NOT */
    OC_EXPR_BINARY, /* op */
    OC_EXPR_IF,     /* args: condition, then, else */
    OC_EXPR_RANGE,  /* a to b: 90 % interval */
    OC_EXPR_CALL,   /* function; args with optional names and weights */
    OC_EXPR_BY,     /* args[0] the category; then one value for each of `keys`, "rest" last */
    OC_EXPR_CHOICE  /* a category drawn: `keys` with a weight each in args */
} oc_expr_kind;

typedef enum oc_operator {
    OC_ADD, OC_SUB, OC_MUL, OC_DIV, OC_POW, OC_LT, OC_LE, OC_GT, OC_GE, OC_EQ, OC_NE, OC_AND, OC_OR, OC_NEG, OC_NOT,
    OC_OPERATOR_COUNT
} oc_operator;

typedef enum oc_function {
#define FUNCTION(id, name, least, most, kind, text) OC_FN_##id,
#include "lang/functions.def"
#undef FUNCTION
    OC_FUNCTION_COUNT
} oc_function;

typedef enum oc_function_kind {
    OC_KIND_PLAIN,
    OC_KIND_DISTRIBUTION,
    OC_KIND_AGGREGATE,
    OC_KIND_SPECIAL
} oc_function_kind;

/* Where a value comes from: the nearest `from` and `because` around it. */
typedef struct oc_provenance {
    const oc_slice *from; /* keys of sources, or "judgement" */
    const oc_span *from_spans;
    size_t from_count;
    oc_slice because;     /* "" if none */
    oc_span span;
} oc_provenance;

typedef struct oc_expr oc_expr;
struct oc_expr {
    oc_expr_kind kind;
    oc_span span;
    oc_type type;                    /* set by oc_expr_check */
    const oc_provenance *provenance; /* NULL: bare */
    double number;                   /* NUMBER: in days where time is not 0 */
    uint32_t parameter; /* NUMBER: its place, from 1, among values that change in the compiled program; 0: none */
    int time;
    bool percent;
    bool parenthesised;
    bool first;                      /* AT: @first */
    int year;                        /* AT: @2030; 0: none */
    oc_day day;                      /* DATE, AT */
    oc_slice name, member, index;    /* NAME */
    oc_span name_span, member_span, index_span;
    oc_operator op;
    oc_span op_span;
    oc_function function;
    oc_expr **args;
    size_t arg_count;
    oc_slice *keys;                  /* CALL: names of arguments ("" if none); BY, CHOICE: categories */
    oc_span *key_spans;
    oc_expr **weights;               /* CALL of mixture and discrete: weight of each argument; NULL elsewhere */
    const struct oc_symbol *symbol;  /* NAME, AT: what it names; set by oc_expr_check */
    uint32_t row;                    /* NAME inside a family: row + 1 of the family's set; 0: none */
    uint32_t ordinal;                /* distributions: 1, 2, … in order of appearance in their value */
};

const char *oc_operator_text(oc_operator op);
const char *oc_function_name(oc_function function);
oc_function_kind oc_function_kind_of(oc_function function);

/* True if the function takes so many arguments. */
bool oc_function_takes(oc_function function, size_t count);

/* Parses the text of a scalar. Never NULL; OC_EXPR_POISON when it is broken. */
oc_expr *oc_expr_parse(oc_arena *arena, oc_diags *diags, const oc_node *node);

/* The expression as text, with few parentheses: for listings and messages. */
void oc_text_expr(oc_text *text, const oc_expr *expr);

/* A new node of the given kind and place. */
oc_expr *oc_expr_new(oc_arena *arena, oc_expr_kind kind, oc_span span);

/* True if the expression, or anything in it, is a distribution (also a RANGE or a CHOICE). */
bool oc_expr_draws(const oc_expr *expr);

/* Calls visit(node, context) for the node and all below it, parents first. */
void oc_expr_walk(oc_expr *expr, void (*visit)(oc_expr *node, void *context), void *context);

/* A name that may be declared: letters of any script, digits and '_', not a reserved word. */
typedef enum oc_name_fault { OC_NAME_FINE, OC_NAME_FORM, OC_NAME_RESERVED } oc_name_fault;
oc_name_fault oc_name_check(oc_slice name);

#endif
