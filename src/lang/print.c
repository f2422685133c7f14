/* Trees back to text, with the parentheses that precedence asks for and no more. */
#include "lang/expr.h"

#include <math.h>

#include "lang/lex.h"

enum { ALWAYS = 10 };

static int binding(const oc_expr *e)
{
    static const int of_operator[] = {5, 5, 6, 6, 8, 3, 3, 3, 3, 3, 3, 2, 1, 7, 2};
    switch (e->kind) {
    case OC_EXPR_IF: return 0;
    case OC_EXPR_BINARY:
    case OC_EXPR_UNARY: return of_operator[e->op];
    case OC_EXPR_RANGE: return 4;
    default: return 9;
    }
}

static void text_operand(oc_text *text, const oc_expr *e, int outer)
{
    bool parentheses = binding(e) < outer;
    if (parentheses) oc_text_byte(text, '(');
    oc_text_expr(text, e);
    if (parentheses) oc_text_byte(text, ')');
}

/* Behind "/" a bare name that is also a unit would be read as one of it. */
static bool begins_like_unit(const oc_expr *e)
{
    while (e->kind == OC_EXPR_BINARY && e->op == OC_POW) e = e->args[0];
    return e->kind == OC_EXPR_NAME && !e->index.len && !e->member.len && oc_unit_days(e->name) > 0;
}

static void text_number(oc_text *text, const oc_expr *e)
{
    if (e->percent) {
        /* 2.42% was stored as 0.0242; twelve digits bring back what was written. */
        oc_text_printf(text, "%.12g%%", e->number * 100);
    } else if (e->time == 1) {
        static const struct {
            const char *name;
            double days;
        } shown[] = {{"yr", OC_DAYS_PER_YEAR}, {"mo", OC_DAYS_PER_MONTH}};
        for (size_t i = 0; i < 2; i++) {
            double count = e->number / shown[i].days;
            if (count >= 0.5 && fabs(count * 4 - round(count * 4)) < 1e-9) {
                oc_text_printf(text, "%g%s", count, shown[i].name);
                return;
            }
        }
        oc_text_number(text, e->number);
        oc_text_byte(text, 'd');
    } else {
        oc_text_number(text, e->number);
    }
}

static void text_arguments(oc_text *text, const oc_expr *e)
{
    for (size_t i = 0; i < e->arg_count; i++) {
        if (i) oc_text_lit(text, ", ");
        if (e->keys && e->keys[i].len) {
            oc_text_add(text, e->keys[i]);
            oc_text_lit(text, ": ");
        }
        oc_text_expr(text, e->args[i]);
        if (e->weights && e->weights[i]) {
            oc_text_lit(text, ": ");
            oc_text_expr(text, e->weights[i]);
        }
    }
}

static void text_name(oc_text *text, const oc_expr *e)
{
    oc_text_add(text, e->name);
    if (e->index.len) oc_text_printf(text, "[%.*s]", OC_FMT(e->index));
    if (e->member.len) oc_text_printf(text, ".%.*s", OC_FMT(e->member));
}

static void text_occurrence(oc_text *text, const oc_expr *e)
{
    oc_text_expr(text, e->args[0]);
    oc_text_byte(text, '@');
    if (e->first)
        oc_text_lit(text, "first");
    else if (e->year)
        oc_text_printf(text, "%d", e->year);
    else
        oc_text_day(text, e->day);
}

static void text_binary(oc_text *text, const oc_expr *e)
{
    bool enclosed = e->op == OC_DIV && begins_like_unit(e->args[1]);
    text_operand(text, e->args[0], binding(e) + (e->op == OC_POW));
    oc_text_printf(text, " %s ", oc_operator_text(e->op));
    text_operand(text, e->args[1], enclosed ? ALWAYS : binding(e) + (e->op != OC_POW));
}

static void text_by(oc_text *text, const oc_expr *e)
{
    oc_text_lit(text, "by ");
    oc_text_expr(text, e->args[0]);
    oc_text_lit(text, " {");
    for (size_t i = 1; i < e->arg_count; i++) {
        oc_text_printf(text, "%s%.*s: ", i > 1 ? ", " : "", OC_FMT(e->keys[i - 1]));
        oc_text_expr(text, e->args[i]);
    }
    oc_text_byte(text, '}');
}

void oc_text_expr(oc_text *text, const oc_expr *e)
{
    switch (e->kind) {
    case OC_EXPR_POISON: oc_text_lit(text, "?"); break;
    case OC_EXPR_NUMBER: text_number(text, e); break;
    case OC_EXPR_DATE: oc_text_day(text, e->day); break;
    case OC_EXPR_NEVER: oc_text_lit(text, "never"); break;
    case OC_EXPR_TODAY: oc_text_lit(text, "today"); break;
    case OC_EXPR_REST: oc_text_lit(text, "rest"); break;
    case OC_EXPR_TRUTH: oc_text_add(text, e->number != 0 ? OC_SLICE("true") : OC_SLICE("false")); break;
    case OC_EXPR_NAME: text_name(text, e); break;
    case OC_EXPR_AT: text_occurrence(text, e); break;
    case OC_EXPR_BINARY: text_binary(text, e); break;
    case OC_EXPR_BY: text_by(text, e); break;
    case OC_EXPR_UNARY:
        oc_text_add(text, e->op == OC_NEG ? OC_SLICE("-") : OC_SLICE("not "));
        text_operand(text, e->args[0], binding(e));
        break;
    case OC_EXPR_RANGE:
        text_operand(text, e->args[0], 5);
        oc_text_lit(text, " to ");
        text_operand(text, e->args[1], 5);
        break;
    case OC_EXPR_IF:
        oc_text_lit(text, "if ");
        oc_text_expr(text, e->args[0]);
        oc_text_lit(text, " then ");
        oc_text_expr(text, e->args[1]);
        oc_text_lit(text, " else ");
        oc_text_expr(text, e->args[2]);
        break;
    case OC_EXPR_CALL:
        oc_text_add(text, oc_slice_of(oc_function_name(e->function)));
        oc_text_byte(text, '(');
        text_arguments(text, e);
        oc_text_byte(text, ')');
        break;
    case OC_EXPR_CHOICE:
        oc_text_byte(text, '{');
        text_arguments(text, e);
        oc_text_byte(text, '}');
        break;
    }
}
