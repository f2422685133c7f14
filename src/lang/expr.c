/* The nodes of expressions and what is known of operators, functions and names. */
#include "lang/expr.h"

#include "base/utf8.h"
#include "lang/lex.h"

static const char *const operator_texts[] = {"+",  "-",  "*",  "/",   "^",  "<", "<=", ">",
                                             ">=", "==", "!=", "and", "or", "-", "not"};
static const struct {
    const char *name;
    size_t least, most;
    oc_function_kind kind;
} functions[] = {
#define FUNCTION(id, name, least, most, kind, text) {name, least, most, kind},
#include "lang/functions.def"
#undef FUNCTION
};

const char *oc_operator_text(oc_operator op)
{
    return operator_texts[op];
}
const char *oc_function_name(oc_function function)
{
    return functions[function].name;
}
oc_function_kind oc_function_kind_of(oc_function function)
{
    return functions[function].kind;
}

bool oc_function_takes(oc_function function, size_t count)
{
    return count >= functions[function].least && count <= functions[function].most;
}

oc_expr *oc_expr_new(oc_arena *arena, oc_expr_kind kind, oc_span span)
{
    oc_expr *expr = OC_NEW(arena, oc_expr);
    expr->kind = kind;
    expr->span = span;
    return expr;
}

void oc_expr_walk(oc_expr *expr, void (*visit)(oc_expr *node, void *context), void *context)
{
    visit(expr, context);
    for (size_t i = 0; i < expr->arg_count; i++) oc_expr_walk(expr->args[i], visit, context);
    for (size_t i = 0; expr->weights && i < expr->arg_count; i++)
        if (expr->weights[i]) oc_expr_walk(expr->weights[i], visit, context);
}

static void note_draw(oc_expr *node, void *context)
{
    bool *draws = context;
    *draws = *draws || node->kind == OC_EXPR_RANGE || node->kind == OC_EXPR_CHOICE ||
             (node->kind == OC_EXPR_CALL && oc_function_kind_of(node->function) == OC_KIND_DISTRIBUTION);
}

bool oc_expr_draws(const oc_expr *expr)
{
    bool draws = false;
    oc_expr_walk((oc_expr *)expr, note_draw, &draws);
    return draws;
}

oc_name_fault oc_name_check(oc_slice name)
{
    if (!name.len) return OC_NAME_FORM;
    for (size_t at = 0; at < name.len;) {
        bool first = at == 0;
        uint32_t code = oc_utf8_next(name, &at);
        if (first ? !oc_utf8_is_name_start(code) : !oc_utf8_is_name_part(code)) return OC_NAME_FORM;
    }
    return oc_is_reserved(name) ? OC_NAME_RESERVED : OC_NAME_FINE;
}
