/* Expressions in words; see phrase.h.
 *
 * A truth is phrased with its negation pushed inwards, so that "not (a and b < c)" becomes "not 'a' or b at least c":
 * no reader has to turn a sentence around. A number or a date keeps its operators and gets titles for its names. */
#include "model/phrase.h"

#include <math.h>

typedef struct phrase {
    oc_arena *arena;
    const oc_model *model;
    oc_lang lang;
} phrase;

static oc_slice say(phrase *p, const char *key, const oc_arg *args)
{
    return oc_say(p->arena, p->lang, key, args);
}

oc_slice oc_phrase_key(oc_arena *arena, oc_slice key)
{
    oc_text text = oc_text_in(arena);
    for (size_t i = 0; i < key.len; i++) {
        char c = key.ptr[i];
        if (c == '[')
            oc_text_lit(&text, ": ");
        else if (c != ']')
            oc_text_byte(&text, c == '_' ? ' ' : c);
    }
    return oc_text_slice(&text);
}

static const oc_title *title_of(const oc_symbol *symbol)
{
    if (!symbol->record) return NULL;
    switch (symbol->kind) {
    case OC_SYMBOL_EVENT: return &((const oc_event *)symbol->record)->title;
    case OC_SYMBOL_INPUT: return &((const oc_input *)symbol->record)->title;
    case OC_SYMBOL_VARIABLE: return &((const oc_variable *)symbol->record)->title;
    case OC_SYMBOL_SHOCK: return &((const oc_shock *)symbol->record)->title;
    case OC_SYMBOL_DEFINITION:
    case OC_SYMBOL_CONDITION: return &((const oc_definition *)symbol->record)->title;
    case OC_SYMBOL_STAGE: return &((const oc_stage *)symbol->record)->title;
    default: return NULL;
    }
}

oc_slice oc_phrase_symbol(oc_arena *arena, const oc_symbol *symbol, oc_lang lang)
{
    const oc_title *title = title_of(symbol);
    oc_slice key = oc_phrase_key(arena, symbol->name);
    return title ? oc_title_in(title, lang, key) : key;
}

oc_slice oc_phrase_value(oc_arena *arena, const oc_model *model, oc_slice variable, oc_slice value, oc_lang lang)
{
    oc_diags quiet = {.arena = arena, .sources = model->diags->sources};
    const oc_pair *record = oc_node_pair(oc_node_get(model->root, "variables"), variable);
    const oc_pair *named = oc_node_pair(record ? oc_node_get(record->value, "value_titles") : NULL, value);
    oc_slice key = oc_phrase_key(arena, value);
    if (!named) return key;
    oc_title title = oc_title_read(&quiet, named->value);
    return oc_title_in(&title, lang, key);
}

/* --- numbers, dates, names --- */

static oc_slice value_of(phrase *p, const oc_expr *e);

static oc_slice as_written(phrase *p, const oc_expr *e)
{
    oc_text text = oc_text_in(p->arena);
    oc_text_expr(&text, e);
    return oc_text_slice(&text);
}

static oc_slice name_of(phrase *p, const oc_expr *e)
{
    return e->symbol ? oc_phrase_symbol(p->arena, e->symbol, p->lang) : oc_phrase_key(p->arena, as_written(p, e));
}

static oc_slice duration_of(phrase *p, const oc_expr *e)
{
    static const struct {
        const char *key;
        double days;
    } units[] = {{"phrase.years", OC_DAYS_PER_YEAR}, {"phrase.months", OC_DAYS_PER_MONTH}, {"phrase.days", 1}};
    for (size_t i = 0; i < 3; i++) {
        double count = e->number / units[i].days;
        if (fabs(count) >= 1 && fabs(count * 4 - round(count * 4)) < 1e-9)
            return say(p, units[i].key, OC_ARGS(OC_F(count)));
    }
    return as_written(p, e);
}

static bool binds_less(const oc_expr *inner, const oc_expr *outer)
{
    bool sum = inner->kind == OC_EXPR_BINARY && (inner->op == OC_ADD || inner->op == OC_SUB);
    return (sum && outer->op != OC_ADD && outer->op != OC_SUB) || inner->kind == OC_EXPR_IF ||
           (inner->kind == OC_EXPR_BINARY && outer->op == OC_POW);
}

static void add_operand(phrase *p, oc_text *text, const oc_expr *inner, const oc_expr *outer)
{
    bool enclosed = binds_less(inner, outer);
    if (enclosed) oc_text_byte(text, '(');
    oc_text_add(text, value_of(p, inner));
    if (enclosed) oc_text_byte(text, ')');
}

static oc_slice calculation(phrase *p, const oc_expr *e)
{
    const char *sign = e->op == OC_ADD   ? " + "
                       : e->op == OC_SUB ? " − "
                       : e->op == OC_MUL ? " × "
                       : e->op == OC_DIV ? " ÷ "
                                         : " ^ ";
    oc_text text = oc_text_in(p->arena);
    add_operand(p, &text, e->args[0], e);
    oc_text_add(&text, oc_slice_of(sign));
    add_operand(p, &text, e->args[1], e);
    return oc_text_slice(&text);
}

static oc_slice call_of(phrase *p, const oc_expr *e)
{
    oc_text list = oc_text_in(p->arena);
    for (size_t i = 0; i < e->arg_count; i++) {
        if (i) oc_text_add(&list, oc_message(p->lang, "words.comma"));
        oc_text_add(&list, value_of(p, e->args[i]));
    }
    oc_slice arguments = oc_text_slice(&list);
    if (e->function == OC_FN_MIN) return say(p, "phrase.min", OC_ARGS(OC_T(arguments)));
    if (e->function == OC_FN_MAX) return say(p, "phrase.max", OC_ARGS(OC_T(arguments)));
    if (e->function == OC_FN_YEAR) return say(p, "phrase.year", OC_ARGS(OC_T(arguments)));
    return as_written(p, e);
}

static oc_slice day_of(phrase *p, oc_day day)
{
    oc_civil c = oc_civil_from_day(day);
    oc_slice month = oc_arena_printf(p->arena, "words.month%d", c.month);
    return say(p, "words.day", OC_ARGS(OC_I(c.year), OC_M(month.ptr), OC_I(c.day)));
}

/* The value of a category that the checker has put in the place of its name. */
static oc_slice category_of(phrase *p, const oc_expr *e)
{
    const oc_category *category = e->type.category;
    if (!category || !(e->number >= 0 && e->number < (double)category->count)) return as_written(p, e);
    return oc_phrase_value(p->arena, p->model, category->owner, category->values[(size_t)e->number], p->lang);
}

static oc_slice value_of(phrase *p, const oc_expr *e)
{
    if (e->kind == OC_EXPR_NUMBER && e->type.kind == OC_TYPE_CATEGORY) return category_of(p, e);
    switch (e->kind) {
    case OC_EXPR_NUMBER: return e->time == 1 && !e->percent ? duration_of(p, e) : as_written(p, e);
    case OC_EXPR_DATE: return day_of(p, e->day);
    case OC_EXPR_TODAY: return say(p, "phrase.today", NULL);
    case OC_EXPR_NEVER: return say(p, "phrase.never", NULL);
    case OC_EXPR_NAME: return say(p, "phrase.name", OC_ARGS(OC_T(name_of(p, e))));
    case OC_EXPR_BINARY: return e->op <= OC_POW ? calculation(p, e) : as_written(p, e);
    case OC_EXPR_CALL: return call_of(p, e);
    case OC_EXPR_AT:
        if (e->year) return say(p, "phrase.of-year", OC_ARGS(OC_T(value_of(p, e->args[0])), OC_I(e->year)));
        return as_written(p, e);
    default: return as_written(p, e);
    }
}

/* --- truths --- */

static oc_slice truth_of(phrase *p, const oc_expr *e, bool negated);

static oc_slice comparison(phrase *p, const oc_expr *e, bool negated)
{
    static const oc_operator opposite[OC_OPERATOR_COUNT] = {
        [OC_LT] = OC_GE, [OC_LE] = OC_GT, [OC_GT] = OC_LE, [OC_GE] = OC_LT, [OC_EQ] = OC_NE, [OC_NE] = OC_EQ};
    static const char *const numbers[OC_OPERATOR_COUNT] = {
        [OC_LT] = "phrase.below",    [OC_LE] = "phrase.at-most", [OC_GT] = "phrase.above",
        [OC_GE] = "phrase.at-least", [OC_EQ] = "phrase.equal",   [OC_NE] = "phrase.unequal"};
    static const char *const dates[OC_OPERATOR_COUNT] = {
        [OC_LT] = "phrase.before", [OC_LE] = "phrase.by",    [OC_GT] = "phrase.after",
        [OC_GE] = "phrase.from",   [OC_EQ] = "phrase.equal", [OC_NE] = "phrase.unequal"};
    oc_operator op = negated ? opposite[e->op] : e->op;
    const oc_expr *left = e->args[0], *right = e->args[1];
    oc_arg a = OC_T(value_of(p, left)), b = OC_T(value_of(p, right));
    if (left->type.kind == OC_TYPE_CATEGORY) return say(p, op == OC_EQ ? "phrase.is" : "phrase.is-not", OC_ARGS(a, b));
    if (left->type.kind != OC_TYPE_DATE) return say(p, numbers[op], OC_ARGS(a, b));
    if (left->kind == OC_EXPR_TODAY && (op == OC_GE || op == OC_GT)) return say(p, "phrase.has-come", OC_ARGS(b));
    if (left->kind == OC_EXPR_TODAY && (op == OC_LT || op == OC_LE)) return say(p, "phrase.is-ahead", OC_ARGS(b));
    return say(p, dates[op], OC_ARGS(a, b));
}

static oc_slice joined(phrase *p, const oc_expr *e, bool negated)
{
    bool both = (e->op == OC_AND) != negated;
    return say(p, both ? "phrase.and" : "phrase.or",
               OC_ARGS(OC_T(truth_of(p, e->args[0], negated)), OC_T(truth_of(p, e->args[1], negated))));
}

static oc_slice named(phrase *p, const oc_expr *e, bool negated)
{
    oc_arg name = OC_T(name_of(p, e));
    if (e->symbol && e->symbol->kind == OC_SYMBOL_SHOCK)
        return say(p, negated ? "phrase.no-shock" : "phrase.shock", OC_ARGS(name));
    return negated ? say(p, "phrase.not", OC_ARGS(name)) : name.as.text;
}

static oc_slice truth_of(phrase *p, const oc_expr *e, bool negated)
{
    if (e->kind == OC_EXPR_UNARY && e->op == OC_NOT) return truth_of(p, e->args[0], !negated);
    if (e->kind == OC_EXPR_BINARY && (e->op == OC_AND || e->op == OC_OR)) return joined(p, e, negated);
    if (e->kind == OC_EXPR_BINARY && e->op >= OC_LT && e->op <= OC_NE) return comparison(p, e, negated);
    if (e->kind == OC_EXPR_NAME) return named(p, e, negated);
    if (e->kind == OC_EXPR_CALL && e->function == OC_FN_DONE && e->arg_count == 1)
        return say(p, negated ? "phrase.not-done" : "phrase.done", OC_ARGS(OC_T(value_of(p, e->args[0]))));
    return negated ? say(p, "phrase.not", OC_ARGS(OC_T(as_written(p, e)))) : as_written(p, e);
}

oc_slice oc_phrase(oc_arena *arena, const oc_model *model, const oc_expr *expr, oc_lang lang)
{
    phrase p = {arena, model, lang};
    return expr->type.kind == OC_TYPE_TRUTH ? truth_of(&p, expr, false) : value_of(&p, expr);
}
