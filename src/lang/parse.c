/* Text to trees: a lexer over one scalar and a recursive descent parser, one function a rule.
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
#include <stdlib.h>

#include "base/utf8.h"

typedef enum token_kind {
    T_END, T_NUMBER, T_DATE, T_NAME, T_SYMBOL, T_BAD
} token_kind;

typedef struct token {
    token_kind kind;
    size_t start, end; /* bytes of the scalar */
    oc_slice text;
    double number;
    int time;
    bool percent;
    oc_day day;
} token;

typedef struct parser {
    oc_arena *arena;
    oc_diags *diags;
    const oc_node *node;
    oc_slice text;
    size_t at; /* behind `now` */
    token now;
    int depth;
    uint32_t draws;
    size_t operators;
    bool failed;
} parser;

static const char *const operator_texts[] = {"+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "and", "or",
                                             "-", "not"};
static const struct {
    const char *name;
    size_t least, most;
    oc_function_kind kind;
} functions[] = {
#define FUNCTION(id, name, least, most, kind, text) {name, least, most, kind},
#include "lang/functions.def"
#undef FUNCTION
};

static const struct {
    const char *name;
    double days;
} units[] = {{"d", 1},         {"day", 1},       {"days", 1},      {"wk", 7},          {"week", 7},
             {"weeks", 7},     {"mo", OC_DAYS_PER_MONTH},          {"month", OC_DAYS_PER_MONTH},
             {"months", OC_DAYS_PER_MONTH},      {"yr", OC_DAYS_PER_YEAR}, {"year", OC_DAYS_PER_YEAR},
             {"years", OC_DAYS_PER_YEAR}};

static const char *const reserved[] = {"and", "or", "not", "if", "then", "else", "to", "true", "false", "yes", "no",
                                       "never", "today", "rest"};

const char *oc_operator_text(oc_operator op) { return operator_texts[op]; }
const char *oc_function_name(oc_function function) { return functions[function].name; }
oc_function_kind oc_function_kind_of(oc_function function) { return functions[function].kind; }

static bool is_reserved(oc_slice name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (oc_slice_is(name, reserved[i])) return true;
    return false;
}

static double unit_days(oc_slice name)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (oc_slice_is(name, units[i].name)) return units[i].days;
    return 0;
}

oc_name_fault oc_name_check(oc_slice name)
{
    if (!name.len) return OC_NAME_FORM;
    for (size_t at = 0; at < name.len;) {
        bool first = at == 0;
        uint32_t code = oc_utf8_next(name, &at);
        if (first ? !oc_utf8_is_name_start(code) : !oc_utf8_is_name_part(code)) return OC_NAME_FORM;
    }
    return is_reserved(name) ? OC_NAME_RESERVED : OC_NAME_FINE;
}

oc_expr *oc_expr_new(oc_arena *arena, oc_expr_kind kind, oc_span span)
{
    oc_expr *expr = OC_NEW(arena, oc_expr);
    expr->kind = kind;
    expr->span = span;
    return expr;
}

/* --- messages --- */

static oc_span span_of(const parser *p, size_t start, size_t end)
{
    return oc_node_text_span(p->node, start, end);
}

/* A token's place; of the end of the text, its last byte. */
static oc_span token_span(const parser *p, const token *t)
{
    if (t->kind == T_END) return span_of(p, p->text.len ? p->text.len - 1 : 0, p->text.len);
    return span_of(p, t->start, t->end);
}

static oc_diag *fail(parser *p, oc_code code, oc_span span, const oc_arg *args)
{
    /* The first mistake only: what follows may come from it. */
    static oc_diag discarded;
    if (p->failed) {
        oc_diag *scrap = OC_NEW(p->arena, oc_diag);
        *scrap = discarded;
        scrap->list = p->diags;
        return scrap;
    }
    p->failed = true;
    return oc_report(p->diags, code, span, args);
}

static oc_expr *poison(parser *p, oc_span span)
{
    return oc_expr_new(p->arena, OC_EXPR_POISON, span);
}

static void fail_expected(parser *p, const char *what)
{
    const token *t = &p->now;
    if (t->kind == T_BAD) return; /* the lexer has said it */
    oc_diag *d = t->kind == T_END ? fail(p, OC_E0202, token_span(p, t), OC_ARGS(OC_M(what)))
                                  : fail(p, OC_E0201, token_span(p, t), OC_ARGS(OC_M(what), OC_T(t->text)));
    if (t->kind == T_SYMBOL && oc_slice_is(t->text, "=")) oc_diag_fix(d, token_span(p, t), OC_SLICE("=="), "help.write-instead", OC_ARGS(OC_S("==")));
}

/* --- lexer --- */

static uint32_t peek_code(const parser *p, size_t at)
{
    return at < p->text.len ? oc_utf8_next(p->text, &at) : 0;
}

static bool is_digit(const parser *p, size_t at)
{
    return at < p->text.len && p->text.ptr[at] >= '0' && p->text.ptr[at] <= '9';
}

static size_t digits_from(const parser *p, size_t at)
{
    while (is_digit(p, at)) at++;
    return at;
}

/* Characters that Japanese and Korean keyboards produce where the plain one is meant. */
static const struct {
    uint32_t wide;
    const char *plain;
} wide_codes[] = {{0xff08, "("}, {0xff09, ")"}, {0xff0c, ","}, {0x3001, ","}, {0xff0e, "."}, {0xff05, "%"},
                  {0xff1a, ":"}, {0xff0b, "+"}, {0xff0d, "-"}, {0x2212, "-"}, {0xff0a, "*"}, {0xff0f, "/"},
                  {0x00d7, "*"}, {0x00f7, "/"}, {0xff1c, "<"}, {0xff1e, ">"}, {0xff1d, "=="}, {0x2264, "<="},
                  {0x2265, ">="}, {0x2260, "!="}, {0x3000, " "}, {0x00a0, " "}, {0x301c, " to "}, {0xff5e, " to "},
                  {0x2013, "-"}, {0x2014, "-"}, {0xff3b, "["}, {0xff3d, "]"}, {0x201c, "\""}, {0x201d, "\""}};

static void bad_character(parser *p, size_t start, uint32_t code, size_t end)
{
    const char *plain = NULL;
    char digits[32] = "";
    for (size_t i = 0; i < sizeof wide_codes / sizeof *wide_codes; i++)
        if (wide_codes[i].wide == code) plain = wide_codes[i].plain;
    /* A whole number at once. */
    for (size_t i = 0; code >= 0xff10 && code <= 0xff19 && i + 1 < sizeof digits; i++) {
        digits[i] = (char)('0' + (code - 0xff10));
        plain = digits;
        code = peek_code(p, end);
        if (code >= 0xff10 && code <= 0xff19) oc_utf8_next(p->text, &end);
    }
    if (code == '~' && !plain) plain = " to ";
    oc_slice text = oc_slice_sub(p->text, start, end);
    oc_span span = span_of(p, start, end);
    if (plain) {
        oc_diag *d = fail(p, OC_E0013, span, OC_ARGS(OC_T(text)));
        oc_slice shown = oc_slice_trim(oc_slice_of(plain));
        oc_diag_fix(d, span, oc_slice_of(plain), "help.write-instead",
                    OC_ARGS(OC_T(oc_arena_copy(p->arena, shown.len ? shown : OC_SLICE(" ")))));
    } else {
        fail(p, OC_E0203, span, OC_ARGS(OC_T(text)));
    }
}

/* 2026-06-25; also reports 2026-02-30, 2026-06 and 06/25/2026. */
static bool lex_date(parser *p, token *t)
{
    size_t a = t->start;
    size_t b = digits_from(p, a);
    if (b - a != 4 || b >= p->text.len || p->text.ptr[b] != '-') return false;
    size_t c = digits_from(p, b + 1);
    if (c - b != 3) return false;
    if (c >= p->text.len || p->text.ptr[c] != '-' || digits_from(p, c + 1) - c != 3) {
        /* 2026-06 would silently be a subtraction. */
        t->kind = T_BAD;
        t->end = c;
        oc_slice whole = oc_slice_sub(p->text, a, c);
        oc_diag *d = fail(p, OC_E0204, span_of(p, a, c), OC_ARGS(OC_T(whole)));
        oc_diag_help(d, "help.full-date", OC_ARGS(OC_T(oc_arena_printf(p->arena, "%.*s-01", OC_FMT(whole)))));
        return true;
    }
    t->end = c + 3;
    oc_slice text = oc_slice_sub(p->text, a, t->end);
    t->day = oc_day_parse(text, NULL);
    t->kind = t->day == OC_DAY_NONE ? T_BAD : T_DATE;
    if (t->kind == T_BAD) fail(p, OC_E0205, span_of(p, a, t->end), OC_ARGS(OC_T(text)));
    return true;
}

static void lex_number(parser *p, token *t)
{
    if (lex_date(p, t)) return;
    size_t at = digits_from(p, t->start);
    if (at < p->text.len && p->text.ptr[at] == '.' && is_digit(p, at + 1)) at = digits_from(p, at + 1);
    if (at < p->text.len && (p->text.ptr[at] | 0x20) == 'e') {
        size_t exponent = at + 1;
        if (exponent < p->text.len && (p->text.ptr[exponent] == '-' || p->text.ptr[exponent] == '+')) exponent++;
        if (is_digit(p, exponent)) at = digits_from(p, exponent);
    }
    char buffer[64];
    size_t length = at - t->start;
    t->end = at;
    t->kind = T_BAD;
    if (length >= sizeof buffer) {
        fail(p, OC_E0206, span_of(p, t->start, at), OC_ARGS(OC_T(oc_slice_sub(p->text, t->start, at))));
        return;
    }
    memcpy(buffer, p->text.ptr + t->start, length);
    buffer[length] = '\0';
    t->number = strtod(buffer, NULL);
    if (!isfinite(t->number)) {
        fail(p, OC_E0206, span_of(p, t->start, at), OC_ARGS(OC_S(buffer)));
        return;
    }
    t->kind = T_NUMBER;
    if (at < p->text.len && p->text.ptr[at] == '%') {
        t->percent = true;
        t->number /= 100; /* nearer to what was written than * 0.01 */
        t->end = at + 1;
    } else if (oc_utf8_is_name_start(peek_code(p, at))) {
        size_t end = at;
        for (size_t next = at; next < p->text.len && oc_utf8_is_name_part(peek_code(p, next)); end = next)
            oc_utf8_next(p->text, &next);
        oc_slice unit = oc_slice_sub(p->text, at, end);
        double days = unit_days(unit);
        t->end = end;
        if (days > 0) {
            t->number *= days;
            t->time = 1;
        } else {
            t->kind = T_BAD;
            oc_diag *d = fail(p, OC_E0207, span_of(p, at, end), OC_ARGS(OC_T(unit)));
            oc_diag_help(d, "help.units", NULL);
        }
    }
}

static void next(parser *p)
{
    while (p->at < p->text.len && strchr(" \t\r\n", p->text.ptr[p->at])) p->at++;
    token *t = &p->now;
    *t = (token){.start = p->at, .end = p->at};
    if (p->at >= p->text.len) {
        t->kind = T_END;
        return;
    }
    uint32_t code = peek_code(p, p->at);
    if (code >= '0' && code <= '9') {
        lex_number(p, t);
    } else if (oc_utf8_is_name_start(code)) {
        t->kind = T_NAME;
        while (t->end < p->text.len && oc_utf8_is_name_part(peek_code(p, t->end))) oc_utf8_next(p->text, &t->end);
    } else {
        static const char *const two[] = {"<=", ">=", "==", "!="};
        t->kind = T_SYMBOL;
        oc_utf8_next(p->text, &t->end);
        for (size_t i = 0; i < 4; i++)
            if (oc_slice_starts(oc_slice_sub(p->text, t->start, p->text.len), oc_slice_of(two[i])))
                t->end = t->start + 2;
        if (code >= 0x80 || !strchr("+-*/^<>=!()[].,:@", (int)code)) {
            t->kind = T_BAD;
            bad_character(p, t->start, code, t->end);
        }
    }
    t->text = oc_slice_sub(p->text, t->start, t->end);
    p->at = t->end;
}

static bool is_symbol(const parser *p, const char *text)
{
    return p->now.kind == T_SYMBOL && oc_slice_is(p->now.text, text);
}

static bool is_word(const parser *p, const char *text)
{
    return p->now.kind == T_NAME && oc_slice_is(p->now.text, text);
}

static bool accept_symbol(parser *p, const char *text)
{
    if (!is_symbol(p, text)) return false;
    next(p);
    return true;
}

/* --- grammar --- */

static oc_expr *expression(parser *p);
static oc_expr *factor(parser *p);

static oc_expr *binary(parser *p, oc_operator op, oc_span op_span, oc_expr *left, oc_expr *right)
{
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_BINARY, oc_span_join(left->span, right->span));
    /* A chain of operators is as deep a tree as it is long. */
    if (++p->operators > OC_EXPR_MAX_OPERATORS) fail(p, OC_E0214, p->node->span, OC_ARGS(OC_I(OC_EXPR_MAX_OPERATORS)));
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
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_NUMBER, token_span(p, &p->now));
    expr->number = p->now.number;
    expr->time = p->now.time;
    expr->percent = p->now.percent;
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
            fail(p, OC_E0208, first->span, NULL);
        }
    }
    call->arg_count++;
}

static oc_expr *call(parser *p, token name)
{
    oc_span span = token_span(p, &name);
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_CALL, span);
    expr->name = name.text;
    expr->name_span = span;
    expr->function = OC_FUNCTION_COUNT;
    for (int f = 0; f < OC_FUNCTION_COUNT; f++)
        if (oc_slice_is(name.text, functions[f].name)) expr->function = (oc_function)f;
    if (expr->function == OC_FUNCTION_COUNT) {
        oc_slice names[OC_FUNCTION_COUNT];
        for (int f = 0; f < OC_FUNCTION_COUNT; f++) names[f] = oc_slice_of(functions[f].name);
        oc_diag *d = fail(p, OC_E0209, span, OC_ARGS(OC_T(name.text)));
        oc_diag_suggest(d, span, name.text, names, OC_FUNCTION_COUNT);
        return poison(p, span);
    }
    if (oc_function_kind_of(expr->function) == OC_KIND_DISTRIBUTION) expr->ordinal = ++p->draws;
    size_t room = 0;
    next(p); /* "(" */
    if (!is_symbol(p, ")")) {
        do {
            argument(p, expr, &room);
        } while (!p->failed && accept_symbol(p, ","));
    }
    if (p->failed) return poison(p, span);
    expr->span = oc_span_join(span, token_span(p, &p->now));
    if (!accept_symbol(p, ")")) {
        fail_expected(p, "expect.close");
        return poison(p, span);
    }
    size_t least = functions[expr->function].least, most = functions[expr->function].most;
    if (expr->arg_count < least || expr->arg_count > most) {
        oc_diag *d = fail(p, OC_E0211, expr->span, OC_ARGS(OC_T(name.text), OC_I(expr->arg_count)));
        oc_diag_help(d, "help.function-form", OC_ARGS(OC_M(oc_arena_printf(p->arena, "function.%s", functions[expr->function].name).ptr)));
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
    expr->span = oc_span_join(name->span, token_span(p, &p->now));
    if (p->now.kind == T_DATE) {
        expr->day = p->now.day;
    } else if (p->now.kind == T_NUMBER && !p->now.time && !p->now.percent && p->now.number >= 1 &&
               p->now.number <= 9999 && p->now.number == floor(p->now.number)) {
        expr->year = (int)p->now.number;
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
    token t = p->now;
    next(p);
    if (is_symbol(p, "(")) return call(p, t);
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_NAME, token_span(p, &t));
    expr->name = t.text;
    expr->name_span = expr->span;
    if (accept_symbol(p, "[")) {
        if (p->now.kind != T_NAME) {
            fail_expected(p, "expect.name");
            return poison(p, expr->span);
        }
        expr->index = p->now.text;
        expr->index_span = token_span(p, &p->now);
        next(p);
        expr->span = oc_span_join(expr->span, token_span(p, &p->now));
        if (!accept_symbol(p, "]")) {
            fail_expected(p, "expect.close");
            return poison(p, expr->span);
        }
    }
    if (accept_symbol(p, ".")) {
        if (p->now.kind != T_NAME) {
            fail_expected(p, "expect.name");
            return poison(p, expr->span);
        }
        expr->member = p->now.text;
        expr->member_span = token_span(p, &p->now);
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
        oc_expr *expr = oc_expr_new(p->arena, words[i].kind, token_span(p, &p->now));
        expr->number = words[i].number;
        next(p);
        return expr;
    }
    if (is_reserved(p->now.text)) {
        fail_expected(p, "expect.value");
        return poison(p, token_span(p, &p->now));
    }
    return name_or_call(p);
}

static oc_expr *primary(parser *p)
{
    oc_span span = token_span(p, &p->now);
    if (p->depth >= OC_EXPR_MAX_DEPTH) {
        fail(p, OC_E0210, span, OC_ARGS(OC_I(OC_EXPR_MAX_DEPTH)));
        return poison(p, span);
    }
    p->depth++;
    oc_expr *expr;
    if (p->now.kind == T_NUMBER) {
        expr = number(p);
    } else if (p->now.kind == T_DATE) {
        expr = oc_expr_new(p->arena, OC_EXPR_DATE, span);
        expr->day = p->now.day;
        next(p);
    } else if (is_word(p, "if")) {
        oc_report(p->diags, OC_W0201, span, NULL);
        expr = expression(p);
    } else if (p->now.kind == T_NAME) {
        expr = word(p);
    } else if (accept_symbol(p, "(")) {
        expr = expression(p);
        expr->parenthesised = true;
        if (!p->failed && !accept_symbol(p, ")")) fail_expected(p, "expect.close");
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
    if (p->failed || !is_symbol(p, "^")) return left;
    oc_span span = token_span(p, &p->now);
    next(p);
    return binary(p, OC_POW, span, left, factor(p));
}

static oc_expr *factor(parser *p)
{
    if (!is_symbol(p, "-") && !is_symbol(p, "+")) return power(p);
    oc_span span = token_span(p, &p->now);
    if (p->depth >= OC_EXPR_MAX_DEPTH) {
        fail(p, OC_E0210, span, OC_ARGS(OC_I(OC_EXPR_MAX_DEPTH)));
        return poison(p, span);
    }
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
    double days = p->now.kind == T_NAME ? unit_days(p->now.text) : 0;
    uint32_t follows = 0;
    size_t look = p->at;
    while (look < p->text.len && p->text.ptr[look] == ' ') look++;
    if (look < p->text.len) follows = peek_code(p, look);
    if (days <= 0 || follows == '(' || follows == '.' || follows == '[' || follows == '@') return factor(p);
    oc_expr *expr = oc_expr_new(p->arena, OC_EXPR_NUMBER, token_span(p, &p->now));
    expr->number = days;
    expr->time = 1;
    next(p);
    return expr;
}

static oc_expr *product(parser *p)
{
    oc_expr *left = factor(p);
    while (!p->failed && (is_symbol(p, "*") || is_symbol(p, "/"))) {
        bool times = is_symbol(p, "*");
        oc_span span = token_span(p, &p->now);
        next(p);
        oc_expr *right = times ? factor(p) : divisor(p);
        left = binary(p, times ? OC_MUL : OC_DIV, span, left, right);
    }
    return left;
}

static oc_expr *sum(parser *p)
{
    oc_expr *left = product(p);
    while (!p->failed && (is_symbol(p, "+") || is_symbol(p, "-"))) {
        oc_operator op = is_symbol(p, "+") ? OC_ADD : OC_SUB;
        oc_span span = token_span(p, &p->now);
        next(p);
        left = binary(p, op, span, left, product(p));
    }
    return left;
}

static oc_expr *range(parser *p)
{
    oc_expr *low = sum(p);
    if (p->failed || !is_word(p, "to")) return low;
    uint32_t ordinal = ++p->draws;
    oc_span span = token_span(p, &p->now);
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
        if (is_symbol(p, operator_texts[ops[i]])) {
            *ret_op = ops[i];
            return true;
        }
    return false;
}

static oc_expr *comparison(parser *p)
{
    oc_expr *left = range(p);
    oc_operator op;
    if (p->failed || !comparison_operator(p, &op)) return left;
    oc_span span = token_span(p, &p->now);
    next(p);
    oc_expr *expr = binary(p, op, span, left, range(p));
    if (!p->failed && comparison_operator(p, &op)) {
        oc_diag *d = fail(p, OC_E0212, token_span(p, &p->now), NULL);
        oc_diag_help(d, "help.split-comparison", NULL);
    }
    return expr;
}

static oc_expr *negation(parser *p)
{
    if (!is_word(p, "not")) return comparison(p);
    oc_span span = token_span(p, &p->now);
    if (p->depth >= OC_EXPR_MAX_DEPTH) {
        fail(p, OC_E0210, span, OC_ARGS(OC_I(OC_EXPR_MAX_DEPTH)));
        return poison(p, span);
    }
    next(p);
    p->depth++;
    oc_expr *operand = negation(p);
    p->depth--;
    return unary(p, OC_NOT, span, operand);
}

static oc_expr *conjunction(parser *p)
{
    oc_expr *left = negation(p);
    while (!p->failed && is_word(p, "and")) {
        oc_span span = token_span(p, &p->now);
        next(p);
        left = binary(p, OC_AND, span, left, negation(p));
    }
    return left;
}

static oc_expr *disjunction(parser *p)
{
    oc_expr *left = conjunction(p);
    while (!p->failed && is_word(p, "or")) {
        oc_span span = token_span(p, &p->now);
        next(p);
        left = binary(p, OC_OR, span, left, conjunction(p));
    }
    return left;
}

static bool expect_word(parser *p, const char *text, const char *what)
{
    if (p->failed) return false;
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
    oc_span span = token_span(p, &p->now);
    if (p->depth >= OC_EXPR_MAX_DEPTH) {
        fail(p, OC_E0210, span, OC_ARGS(OC_I(OC_EXPR_MAX_DEPTH)));
        return poison(p, span);
    }
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
    if (p->failed) return poison(p, span);
    expr->span = oc_span_join(span, expr->args[2]->span);
    /* `if a then 1 else 2 + x` adds x in one case only. */
    if (is_sum(expr->args[2]) && expr->args[1]->kind == OC_EXPR_NUMBER) {
        oc_diag *d = oc_report(p->diags, OC_W0202, expr->args[2]->span, NULL);
        oc_diag_help(d, "help.parentheses", NULL);
    }
    return expr;
}

oc_expr *oc_expr_parse(oc_arena *arena, oc_diags *diags, const oc_node *node)
{
    parser p = {.arena = arena, .diags = diags, .node = node, .text = node->text};
    if (node->kind != OC_NODE_SCALAR) {
        oc_diag *d = fail(&p, OC_E0213, node->span, NULL);
        oc_diag_help(d, "help.one-value", NULL);
        return poison(&p, node->span);
    }
    if (node->text.len > OC_EXPR_MAX_BYTES) {
        fail(&p, OC_E0214, node->span, OC_ARGS(OC_I(OC_EXPR_MAX_BYTES)));
        return poison(&p, node->span);
    }
    next(&p);
    if (p.now.kind == T_END) {
        fail(&p, OC_E0215, node->span, NULL);
        return poison(&p, node->span);
    }
    oc_expr *expr = expression(&p);
    if (!p.failed && p.now.kind != T_END) fail_expected(&p, "expect.operator");
    return p.failed ? poison(&p, node->span) : expr;
}

/* --- walking and printing --- */

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

static void text_number(oc_text *text, const oc_expr *e)
{
    if (e->percent) {
        /* 2.42% was stored as 0.0242; twelve digits bring back what was written. */
        oc_text_printf(text, "%.12g%%", e->number * 100);
    } else if (e->time == 1) {
        static const struct { const char *name; double days; } shown[] = {{"yr", OC_DAYS_PER_YEAR}, {"mo", OC_DAYS_PER_MONTH}};
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
    case OC_EXPR_NAME:
        oc_text_add(text, e->name);
        if (e->index.len) oc_text_printf(text, "[%.*s]", OC_FMT(e->index));
        if (e->member.len) oc_text_printf(text, ".%.*s", OC_FMT(e->member));
        break;
    case OC_EXPR_AT:
        oc_text_expr(text, e->args[0]);
        oc_text_byte(text, '@');
        if (e->first)
            oc_text_lit(text, "first");
        else if (e->year)
            oc_text_printf(text, "%d", e->year);
        else
            oc_text_day(text, e->day);
        break;
    case OC_EXPR_UNARY:
        oc_text_add(text, e->op == OC_NEG ? OC_SLICE("-") : OC_SLICE("not "));
        text_operand(text, e->args[0], binding(e));
        break;
    case OC_EXPR_BINARY:
        text_operand(text, e->args[0], binding(e) + (e->op == OC_POW));
        oc_text_printf(text, " %s ", operator_texts[e->op]);
        text_operand(text, e->args[1], binding(e) + (e->op != OC_POW));
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
    case OC_EXPR_BY:
        oc_text_lit(text, "by ");
        oc_text_expr(text, e->args[0]);
        oc_text_lit(text, " {");
        for (size_t i = 1; i < e->arg_count; i++) {
            oc_text_printf(text, "%s%.*s: ", i > 1 ? ", " : "", OC_FMT(e->keys[i - 1]));
            oc_text_expr(text, e->args[i]);
        }
        oc_text_byte(text, '}');
        break;
    case OC_EXPR_CHOICE:
        oc_text_byte(text, '{');
        text_arguments(text, e);
        oc_text_byte(text, '}');
        break;
    }
}
