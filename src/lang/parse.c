/* Text to trees: a recursive descent parser over the tokens of one scalar (lang/lex.h), one function a rule.
 *
 *     expression = "if" expression "then" expression "else" expression | or
 *     or         = and { "or" and }
 *     and        = not { "and" not }
 *     not        = "not" not | comparison
 *     comparison = range [ ("<" | "<=" | ">" | ">=" | "==" | "!=") range ]
 *     range      = sum [ "to" sum ]
 *     sum        = product { ("+" | "-") product }
 *     product    = factor { ("*" | "/") factor }
 *     factor     = "-" factor | power
 *     power      = primary [ "^" factor ]
 *     primary    = number | date | name | name "." name | name "[" name "]" | primary "@" when
 *                | name "(" argument { "," argument } ")" | "(" expression ")"
 *     argument   = [ expression ":" ] expression        (name of an argument, or a value and its weight)
 *
 * A unit behind "/" stands for one of it: 0.4/yr. One mistake gives one message: the parser stops at it and the whole
 * value becomes poison. */
#include "lang/expr.h"

#include <math.h>

#include "lang/lex.h"

typedef struct parser {
    oc_arena *arena;
    oc_lexer lex;
    int depth;
    uint32_t draws;
    size_t operators;
} parser;

static oc_expr *expression(parser *p);
static oc_expr *factor(parser *p);

static void next(parser *p)
{
    oc_lexer_next(&p->lex);
}

static oc_span here(const parser *p)
{
    return oc_token_span(&p->lex, &p->lex.now);
}

static bool is_symbol(const parser *p, const char *text)
{
    return p->lex.now.kind == OC_TOKEN_SYMBOL && oc_slice_is(p->lex.now.text, text);
}

static bool is_word(const parser *p, const char *text)
{
    return p->lex.now.kind == OC_TOKEN_NAME && oc_slice_is(p->lex.now.text, text);
}

static bool accept_symbol(parser *p, const char *text)
{
    if (!is_symbol(p, text)) return false;
    next(p);
    return true;
}

static void fail_expected(parser *p, const char *what)
{
    const oc_token *t = &p->lex.now;
    if (t->kind == OC_TOKEN_BAD) return; /* the lexer has said it */
    oc_diag *d = t->kind == OC_TOKEN_END
                     ? oc_lexer_fail(&p->lex, OC_E0202, here(p), OC_ARGS(OC_M(what)))
                     : oc_lexer_fail(&p->lex, OC_E0201, here(p), OC_ARGS(OC_M(what), OC_T(t->text)));
    if (is_symbol(p, "=")) oc_diag_fix(d, here(p), OC_SLICE("=="), "help.write-instead", OC_ARGS(OC_S("==")));
}

static bool too_deep(parser *p, oc_span span)
{
    if (p->depth < OC_EXPR_MAX_DEPTH) return false;
    oc_lexer_fail(&p->lex, OC_E0210, span, OC_ARGS(OC_I(OC_EXPR_MAX_DEPTH)));
    return true;
}

static oc_expr *poison(parser *p, oc_span span)
{
    return oc_expr_new(p->arena, OC_EXPR_POISON, span);
}

static oc_expr *binary(parser *p, oc_operator op, oc_span op_span, oc_expr *left, oc_expr *right)
{
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_BINARY, oc_span_join(left->span, right->span));
    /* A chain of operators is as deep a tree as it is long. */
    if (++p->operators > OC_EXPR_MAX_OPERATORS)
        oc_lexer_fail(&p->lex, OC_E0214, p->lex.node->span, OC_ARGS(OC_I(OC_EXPR_MAX_OPERATORS)));
    expr->op = op;
    expr->op_span = op_span;
    expr->args = OC_NEW_ARRAY(p->arena, 2, oc_expr *);
    expr->args[0] = left;
    expr->args[1] = right;
    expr->arg_count = 2;
    return expr;
}

static oc_expr *unary(parser *p, oc_operator op, oc_span op_span, oc_expr *operand)
{
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_UNARY, oc_span_join(op_span, operand->span));
    expr->op = op;
    expr->op_span = op_span;
    expr->args = OC_NEW_ARRAY(p->arena, 1, oc_expr *);
    expr->args[0] = operand;
    expr->arg_count = 1;
    return expr;
}

static oc_expr *number(parser *p)
{
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_NUMBER, here(p));
    expr->number = p->lex.now.number;
    expr->time = p->lex.now.time;
    expr->percent = p->lex.now.percent;
    next(p);
    return expr;
}

/* One argument: `expr`, `name: expr` or `value: weight`. */
static void argument(parser *p, oc_expr *call, size_t *room)
{
    if (call->arg_count == *room) {
        size_t wider = *room ? *room * 2 : 4;
        oc_expr **args = OC_NEW_ARRAY(p->arena, wider, oc_expr *), **weights = OC_NEW_ARRAY(p->arena, wider, oc_expr *);
        oc_slice *keys = OC_NEW_ARRAY(p->arena, wider, oc_slice);
        oc_span *spans = OC_NEW_ARRAY(p->arena, wider, oc_span);
        for (size_t i = 0; i < call->arg_count; i++) {
            args[i] = call->args[i], keys[i] = call->keys[i], spans[i] = call->key_spans[i];
            weights[i] = call->weights[i];
        }
        call->args = args, call->keys = keys, call->key_spans = spans, call->weights = weights;
        *room = wider;
    }
    size_t i = call->arg_count;
    oc_expr *first = expression(p);
    call->args[i] = first;
    call->keys[i] = (oc_slice){"", 0};
    if (accept_symbol(p, ":")) {
        bool weighted = call->function == OC_FN_DISCRETE || call->function == OC_FN_MIXTURE;
        if (weighted) {
            call->weights[i] = expression(p);
        } else if (first->kind == OC_EXPR_NAME && !first->member.len && !first->index.len) {
            call->keys[i] = first->name;
            call->key_spans[i] = first->span;
            call->args[i] = expression(p);
        } else {
            oc_lexer_fail(&p->lex, OC_E0208, first->span, NULL);
        }
    }
    call->arg_count++;
}

static oc_expr *call(parser *p, oc_token name)
{
    oc_span span = oc_token_span(&p->lex, &name);
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_CALL, span);
    expr->name = name.text;
    expr->name_span = span;
    expr->function = OC_FUNCTION_COUNT;
    for (int f = 0; f < OC_FUNCTION_COUNT; f++)
        if (oc_slice_is(name.text, oc_function_name((oc_function)f))) expr->function = (oc_function)f;
    if (expr->function == OC_FUNCTION_COUNT) {
        oc_slice names[OC_FUNCTION_COUNT];
        for (int f = 0; f < OC_FUNCTION_COUNT; f++) names[f] = oc_slice_of(oc_function_name((oc_function)f));
        oc_diag *d = oc_lexer_fail(&p->lex, OC_E0209, span, OC_ARGS(OC_T(name.text)));
        oc_diag_suggest(d, span, name.text, names, OC_FUNCTION_COUNT);
        return poison(p, span);
    }
    if (oc_function_kind_of(expr->function) == OC_KIND_DISTRIBUTION) expr->ordinal = ++p->draws;
    size_t room = 0;
    next(p); /* "(" */
    if (!is_symbol(p, ")")) {
        do {
            argument(p, expr, &room);
        } while (!p->lex.failed && accept_symbol(p, ","));
    }
    if (p->lex.failed) return poison(p, span);
    expr->span = oc_span_join(span, here(p));
    if (!accept_symbol(p, ")")) {
        fail_expected(p, "expect.close");
        return poison(p, span);
    }
    if (!oc_function_takes(expr->function, expr->arg_count)) {
        oc_diag *d = oc_lexer_fail(&p->lex, OC_E0211, expr->span, OC_ARGS(OC_T(name.text), OC_I(expr->arg_count)));
        oc_diag_help(d, "help.function-form",
                     OC_ARGS(OC_M(oc_arena_printf(p->arena, "function.%s", oc_function_name(expr->function)).ptr)));
        return poison(p, expr->span);
    }
    return expr;
}

static oc_expr *at(parser *p, oc_expr *name)
{
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_AT, name->span);
    expr->args = OC_NEW_ARRAY(p->arena, 1, oc_expr *);
    expr->args[0] = name;
    expr->arg_count = 1;
    next(p); /* "@" */
    expr->span = oc_span_join(name->span, here(p));
    if (p->lex.now.kind == OC_TOKEN_DATE) {
        expr->day = p->lex.now.day;
    } else if (p->lex.now.kind == OC_TOKEN_NUMBER && !p->lex.now.time && !p->lex.now.percent &&
               p->lex.now.number >= 1 && p->lex.now.number <= 9999 && p->lex.now.number == floor(p->lex.now.number)) {
        expr->year = (int)p->lex.now.number;
    } else if (is_word(p, "first")) {
        expr->first = true;
    } else {
        fail_expected(p, "expect.when");
        return poison(p, expr->span);
    }
    next(p);
    return expr;
}

static oc_expr *name_or_call(parser *p)
{
    oc_token t = p->lex.now;
    next(p);
    if (is_symbol(p, "(")) return call(p, t);
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_NAME, oc_token_span(&p->lex, &t));
    expr->name = t.text;
    expr->name_span = expr->span;
    if (accept_symbol(p, "[")) {
        if (p->lex.now.kind != OC_TOKEN_NAME) {
            fail_expected(p, "expect.name");
            return poison(p, expr->span);
        }
        expr->index = p->lex.now.text;
        expr->index_span = here(p);
        next(p);
        expr->span = oc_span_join(expr->span, here(p));
        if (!accept_symbol(p, "]")) {
            fail_expected(p, "expect.close");
            return poison(p, expr->span);
        }
    }
    if (accept_symbol(p, ".")) {
        if (p->lex.now.kind != OC_TOKEN_NAME) {
            fail_expected(p, "expect.name");
            return poison(p, expr->span);
        }
        expr->member = p->lex.now.text;
        expr->member_span = here(p);
        expr->span = oc_span_join(expr->span, expr->member_span);
        next(p);
    }
    if (is_symbol(p, "@")) return at(p, expr);
    return expr;
}

static oc_expr *word(parser *p)
{
    static const struct {
        const char *word;
        oc_expr_kind kind;
        double number;
    } words[] = {{"never", OC_EXPR_NEVER, 0}, {"today", OC_EXPR_TODAY, 0}, {"rest", OC_EXPR_REST, 0},
                 {"true", OC_EXPR_TRUTH, 1},  {"yes", OC_EXPR_TRUTH, 1},   {"false", OC_EXPR_TRUTH, 0},
                 {"no", OC_EXPR_TRUTH, 0}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!is_word(p, words[i].word)) continue;
        oc_expr *expr = oc_expr_new(p->arena, words[i].kind, here(p));
        expr->number = words[i].number;
        next(p);
        return expr;
    }
    if (oc_is_reserved(p->lex.now.text)) {
        fail_expected(p, "expect.value");
        return poison(p, here(p));
    }
    return name_or_call(p);
}

static oc_expr *primary(parser *p)
{
    oc_span span = here(p);
    if (too_deep(p, span)) return poison(p, span);
    p->depth++;
    oc_expr *expr;
    if (p->lex.now.kind == OC_TOKEN_NUMBER) {
        expr = number(p);
    } else if (p->lex.now.kind == OC_TOKEN_DATE) {
        expr = oc_expr_new(p->arena, OC_EXPR_DATE, span);
        expr->day = p->lex.now.day;
        next(p);
    } else if (is_word(p, "if")) {
        oc_report(p->lex.diags, OC_W0201, span, NULL);
        expr = expression(p);
    } else if (p->lex.now.kind == OC_TOKEN_NAME) {
        expr = word(p);
    } else if (accept_symbol(p, "(")) {
        expr = expression(p);
        expr->parenthesised = true;
        if (!p->lex.failed && !accept_symbol(p, ")")) fail_expected(p, "expect.close");
    } else {
        fail_expected(p, "expect.value");
        expr = poison(p, span);
    }
    p->depth--;
    return expr;
}

static oc_expr *power(parser *p)
{
    oc_expr *left = primary(p);
    if (p->lex.failed || !is_symbol(p, "^")) return left;
    oc_span span = here(p);
    next(p);
    return binary(p, OC_POW, span, left, factor(p));
}

static oc_expr *factor(parser *p)
{
    if (!is_symbol(p, "-") && !is_symbol(p, "+")) return power(p);
    oc_span span = here(p);
    if (too_deep(p, span)) return poison(p, span);
    bool minus = is_symbol(p, "-");
    next(p);
    p->depth++;
    oc_expr *operand = factor(p);
    p->depth--;
    return minus ? unary(p, OC_NEG, span, operand) : operand;
}

/* A unit behind "/": one of it. */
static oc_expr *divisor(parser *p)
{
    double days = p->lex.now.kind == OC_TOKEN_NAME ? oc_unit_days(p->lex.now.text) : 0;
    uint32_t follows = oc_lexer_follows(&p->lex);
    if (days <= 0 || follows == '(' || follows == '.' || follows == '[' || follows == '@') return factor(p);
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_NUMBER, here(p));
    expr->number = days;
    expr->time = 1;
    next(p);
    return expr;
}

static oc_expr *product(parser *p)
{
    oc_expr *left = factor(p);
    while (!p->lex.failed && (is_symbol(p, "*") || is_symbol(p, "/"))) {
        bool times = is_symbol(p, "*");
        oc_span span = here(p);
        next(p);
        oc_expr *right = times ? factor(p) : divisor(p);
        left = binary(p, times ? OC_MUL : OC_DIV, span, left, right);
    }
    return left;
}

static oc_expr *sum(parser *p)
{
    oc_expr *left = product(p);
    while (!p->lex.failed && (is_symbol(p, "+") || is_symbol(p, "-"))) {
        oc_operator op = is_symbol(p, "+") ? OC_ADD : OC_SUB;
        oc_span span = here(p);
        next(p);
        left = binary(p, op, span, left, product(p));
    }
    return left;
}

static oc_expr *range(parser *p)
{
    oc_expr *low = sum(p);
    if (p->lex.failed || !is_word(p, "to")) return low;
    uint32_t ordinal = ++p->draws;
    oc_span span = here(p);
    next(p);
    oc_expr *high = sum(p);
    oc_expr *expr = binary(p, OC_ADD, span, low, high);
    expr->kind = OC_EXPR_RANGE;
    expr->ordinal = ordinal;
    return expr;
}

static bool comparison_operator(const parser *p, oc_operator *ret_op)
{
    static const oc_operator ops[] = {OC_LT, OC_LE, OC_GT, OC_GE, OC_EQ, OC_NE};
    for (size_t i = 0; i < 6; i++)
        if (is_symbol(p, oc_operator_text(ops[i]))) {
            *ret_op = ops[i];
            return true;
        }
    return false;
}

static oc_expr *comparison(parser *p)
{
    oc_expr *left = range(p);
    oc_operator op;
    if (p->lex.failed || !comparison_operator(p, &op)) return left;
    oc_span span = here(p);
    next(p);
    oc_expr *expr = binary(p, op, span, left, range(p));
    if (!p->lex.failed && comparison_operator(p, &op)) {
        oc_diag *d = oc_lexer_fail(&p->lex, OC_E0212, here(p), NULL);
        oc_diag_help(d, "help.split-comparison", NULL);
    }
    return expr;
}

static oc_expr *negation(parser *p)
{
    if (!is_word(p, "not")) return comparison(p);
    oc_span span = here(p);
    if (too_deep(p, span)) return poison(p, span);
    next(p);
    p->depth++;
    oc_expr *operand = negation(p);
    p->depth--;
    return unary(p, OC_NOT, span, operand);
}

static oc_expr *conjunction(parser *p)
{
    oc_expr *left = negation(p);
    while (!p->lex.failed && is_word(p, "and")) {
        oc_span span = here(p);
        next(p);
        left = binary(p, OC_AND, span, left, negation(p));
    }
    return left;
}

static oc_expr *disjunction(parser *p)
{
    oc_expr *left = conjunction(p);
    while (!p->lex.failed && is_word(p, "or")) {
        oc_span span = here(p);
        next(p);
        left = binary(p, OC_OR, span, left, conjunction(p));
    }
    return left;
}

static bool expect_word(parser *p, const char *text, const char *what)
{
    if (p->lex.failed) return false;
    if (!is_word(p, text)) {
        fail_expected(p, what);
        return false;
    }
    next(p);
    return true;
}

static bool is_sum(const oc_expr *e)
{
    return e->kind == OC_EXPR_BINARY && (e->op == OC_ADD || e->op == OC_SUB) && !e->parenthesised;
}

static oc_expr *expression(parser *p)
{
    if (!is_word(p, "if")) return disjunction(p);
    oc_span span = here(p);
    if (too_deep(p, span)) return poison(p, span);
    p->depth++;
    next(p);
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_IF, span);
    expr->args = OC_NEW_ARRAY(p->arena, 3, oc_expr *);
    expr->arg_count = 3;
    expr->args[0] = expression(p);
    bool fine = expect_word(p, "then", "expect.then");
    expr->args[1] = fine ? expression(p) : poison(p, span);
    fine = fine && expect_word(p, "else", "expect.else");
    expr->args[2] = fine ? expression(p) : poison(p, span);
    p->depth--;
    if (p->lex.failed) return poison(p, span);
    expr->span = oc_span_join(span, expr->args[2]->span);
    /* `if a then 1 else 2 + x` adds x in one case only. */
    if (is_sum(expr->args[2]) && expr->args[1]->kind == OC_EXPR_NUMBER) {
        oc_diag *d = oc_report(p->lex.diags, OC_W0202, expr->args[2]->span, NULL);
        oc_diag_help(d, "help.parentheses", NULL);
    }
    return expr;
}

oc_expr *oc_expr_parse(oc_arena *arena, oc_diags *diags, const oc_node *node)
{
    parser p = {.arena = arena, .lex = {.arena = arena, .diags = diags, .node = node, .text = node->text}};
    if (node->kind != OC_NODE_SCALAR) {
        oc_diag *d = oc_lexer_fail(&p.lex, OC_E0213, node->span, NULL);
        oc_diag_help(d, "help.one-value", NULL);
        return poison(&p, node->span);
    }
    if (node->text.len > OC_EXPR_MAX_BYTES) {
        oc_lexer_fail(&p.lex, OC_E0214, node->span, OC_ARGS(OC_I(OC_EXPR_MAX_BYTES)));
        return poison(&p, node->span);
    }
    next(&p);
    if (p.lex.now.kind == OC_TOKEN_END) {
        oc_lexer_fail(&p.lex, OC_E0215, node->span, NULL);
        return poison(&p, node->span);
    }
    oc_expr *expr = expression(&p);
    if (!p.lex.failed && p.lex.now.kind != OC_TOKEN_END) fail_expected(&p, "expect.operator");
    return p.lex.failed ? poison(&p, node->span) : expr;
}
