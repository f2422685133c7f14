/* What the parts of the checker share: check.c (names, operators), check_function.c, check_draw.c, check_types.c. */
#ifndef OC_LANG_CHECK_PARTS_H
#define OC_LANG_CHECK_PARTS_H

#include "lang/check.h"

#define OC_POISON ((oc_type){.kind = OC_TYPE_POISON})

static inline oc_type oc_type_of(oc_type_kind kind)
{
    return (oc_type){.kind = kind};
}

static inline bool oc_type_is_poison(oc_type t)
{
    return t.kind == OC_TYPE_POISON;
}

/* A truth in a sum is 0 or 1. */
static inline oc_type oc_type_as_number(oc_type t)
{
    return t.kind == OC_TYPE_TRUTH ? OC_TYPE_OF_NUMBER : t;
}

/* The literal 0, which fits every power of time. */
static inline bool oc_expr_is_zero(const oc_expr *e)
{
    return e->kind == OC_EXPR_NUMBER && e->number == 0 && !e->time;
}

/* Makes the node poison after its mistake was reported; returns that type. */
oc_type oc_check_fail(oc_expr *e);

/* Whether two values may be added, compared or chosen between; the common type in *ret. Numbers may differ in a label
 * that only one of them has. */
bool oc_check_unify(const oc_expr *a, const oc_expr *b, bool truth_counts, oc_type *ret);

/* Reports at `place` that the two don't fit. */
oc_diag *oc_check_mismatch(oc_checker *c, oc_code code, oc_span place, const oc_expr *a, const oc_expr *b);

/* The symbol of a NAME, with the row of a family; NULL if it was reported. */
const oc_symbol *oc_check_name(oc_checker *c, oc_expr *e);

/* True if the category has that value; its index in *ret_index. */
bool oc_category_find(const oc_category *category, oc_slice name, size_t *ret_index);

/* Checks argument i of a call, which must be a number; `plain`: without a power of time. */
oc_type oc_check_number(oc_checker *c, oc_expr *e, size_t i, bool plain);

oc_type oc_check_function(oc_checker *c, oc_expr *e, const oc_type *expected);
oc_type oc_check_distribution(oc_checker *c, oc_expr *e, const oc_type *expected);
oc_type oc_check_range(oc_checker *c, oc_expr *e);
oc_type oc_check_choice(oc_checker *c, oc_expr *e, const oc_type *expected);

#endif
