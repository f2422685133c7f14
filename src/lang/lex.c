/* Text to tokens. Whatever Japanese and Korean keyboards produce in place of a plain sign is reported with the sign
 * that is meant; 2026-06 is reported, since as arithmetic it would silently be 2020. */
#include "lang/lex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static const struct {
    const char *name;
    double days;
} units[] = {{"d", 1},
             {"day", 1},
             {"days", 1},
             {"wk", 7},
             {"week", 7},
             {"weeks", 7},
             {"mo", OC_DAYS_PER_MONTH},
             {"month", OC_DAYS_PER_MONTH},
             {"months", OC_DAYS_PER_MONTH},
             {"yr", OC_DAYS_PER_YEAR},
             {"year", OC_DAYS_PER_YEAR},
             {"years", OC_DAYS_PER_YEAR}};

static const char *const reserved[] = {"and",  "or",    "not", "if", "then",  "else",  "to",
                                       "true", "false", "yes", "no", "never", "today", "rest"};

bool oc_is_reserved(oc_slice name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (oc_slice_is(name, reserved[i])) return true;
    return false;
}

double oc_unit_days(oc_slice name)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (oc_slice_is(name, units[i].name)) return units[i].days;
    return 0;
}

static oc_span span_of(const oc_lexer *l, size_t start, size_t end)
{
    return oc_node_text_span(l->node, start, end);
}

oc_span oc_token_span(const oc_lexer *l, const oc_token *t)
{
    if (t->kind == OC_TOKEN_END) return span_of(l, l->text.len ? l->text.len - 1 : 0, l->text.len);
    return span_of(l, t->start, t->end);
}

oc_diag *oc_lexer_fail(oc_lexer *l, oc_code code, oc_span span, const oc_arg *args)
{
    if (l->failed) {
        oc_diag *scrap = OC_NEW(l->arena, oc_diag);
        scrap->list = l->diags;
        return scrap;
    }
    l->failed = true;
    return oc_report(l->diags, code, span, args);
}

static uint32_t peek_code(const oc_lexer *l, size_t at)
{
    return at < l->text.len ? oc_utf8_next(l->text, &at) : 0;
}

static bool is_digit(const oc_lexer *l, size_t at)
{
    return at < l->text.len && l->text.ptr[at] >= '0' && l->text.ptr[at] <= '9';
}

static size_t digits_from(const oc_lexer *l, size_t at)
{
    while (is_digit(l, at)) at++;
    return at;
}

/* Characters that Japanese and Korean keyboards produce where the plain one is meant. */
static const struct {
    uint32_t wide;
    const char *plain;
} wide_codes[] = {{0xff08, "("},  {0xff09, ")"},  {0xff0c, ","}, {0x3001, ","}, {0xff0e, "."},    {0xff05, "%"},
                  {0xff1a, ":"},  {0xff0b, "+"},  {0xff0d, "-"}, {0x2212, "-"}, {0xff0a, "*"},    {0xff0f, "/"},
                  {0x00d7, "*"},  {0x00f7, "/"},  {0xff1c, "<"}, {0xff1e, ">"}, {0xff1d, "=="},   {0x2264, "<="},
                  {0x2265, ">="}, {0x2260, "!="}, {0x3000, " "}, {0x00a0, " "}, {0x301c, " to "}, {0xff5e, " to "},
                  {0x2013, "-"},  {0x2014, "-"},  {0xff3b, "["}, {0xff3d, "]"}, {0x201c, "\""},   {0x201d, "\""}};

static void bad_character(oc_lexer *l, size_t start, uint32_t code, size_t end)
{
    const char *plain = NULL;
    char digits[32] = "";
    for (size_t i = 0; i < sizeof wide_codes / sizeof *wide_codes; i++)
        if (wide_codes[i].wide == code) plain = wide_codes[i].plain;
    /* A whole number at once. */
    for (size_t i = 0; code >= 0xff10 && code <= 0xff19 && i + 1 < sizeof digits; i++) {
        digits[i] = (char)('0' + (code - 0xff10));
        plain = digits;
        code = peek_code(l, end);
        if (code >= 0xff10 && code <= 0xff19) oc_utf8_next(l->text, &end);
    }
    if (code == '~' && !plain) plain = " to ";
    oc_slice text = oc_slice_sub(l->text, start, end);
    oc_span span = span_of(l, start, end);
    if (plain) {
        oc_diag *d = oc_lexer_fail(l, OC_E0013, span, OC_ARGS(OC_T(text)));
        oc_slice shown = oc_slice_trim(oc_slice_of(plain));
        oc_diag_fix(d, span, oc_slice_of(plain), "help.write-instead",
                    OC_ARGS(OC_T(oc_arena_copy(l->arena, shown.len ? shown : OC_SLICE(" ")))));
    } else {
        oc_lexer_fail(l, OC_E0203, span, OC_ARGS(OC_T(text)));
    }
}

/* 2026-06-25; also reports 2026-02-30, 2026-06 and 06/25/2026. */
static bool lex_date(oc_lexer *l, oc_token *t)
{
    size_t a = t->start;
    size_t b = digits_from(l, a);
    if (b - a != 4 || b >= l->text.len || l->text.ptr[b] != '-') return false;
    size_t c = digits_from(l, b + 1);
    if (c - b != 3) return false;
    if (c >= l->text.len || l->text.ptr[c] != '-' || digits_from(l, c + 1) - c != 3) {
        /* 2026-06 would silently be a subtraction. */
        t->kind = OC_TOKEN_BAD;
        t->end = c;
        oc_slice whole = oc_slice_sub(l->text, a, c);
        oc_diag *d = oc_lexer_fail(l, OC_E0204, span_of(l, a, c), OC_ARGS(OC_T(whole)));
        oc_diag_help(d, "help.full-date", OC_ARGS(OC_T(oc_arena_printf(l->arena, "%.*s-01", OC_FMT(whole)))));
        return true;
    }
    t->end = c + 3;
    oc_slice text = oc_slice_sub(l->text, a, t->end);
    t->day = oc_day_parse(text, NULL);
    t->kind = t->day == OC_DAY_NONE ? OC_TOKEN_BAD : OC_TOKEN_DATE;
    if (t->kind == OC_TOKEN_BAD) oc_lexer_fail(l, OC_E0205, span_of(l, a, t->end), OC_ARGS(OC_T(text)));
    return true;
}

static void lex_number(oc_lexer *l, oc_token *t)
{
    if (lex_date(l, t)) return;
    size_t at = digits_from(l, t->start);
    if (at < l->text.len && l->text.ptr[at] == '.' && is_digit(l, at + 1)) at = digits_from(l, at + 1);
    if (at < l->text.len && (l->text.ptr[at] | 0x20) == 'e') {
        size_t exponent = at + 1;
        if (exponent < l->text.len && (l->text.ptr[exponent] == '-' || l->text.ptr[exponent] == '+')) exponent++;
        if (is_digit(l, exponent)) at = digits_from(l, exponent);
    }
    char buffer[64];
    size_t length = at - t->start;
    t->end = at;
    t->kind = OC_TOKEN_BAD;
    if (length >= sizeof buffer) {
        oc_lexer_fail(l, OC_E0206, span_of(l, t->start, at), OC_ARGS(OC_T(oc_slice_sub(l->text, t->start, at))));
        return;
    }
    memcpy(buffer, l->text.ptr + t->start, length);
    buffer[length] = '\0';
    t->number = strtod(buffer, NULL);
    if (!isfinite(t->number)) {
        oc_lexer_fail(l, OC_E0206, span_of(l, t->start, at), OC_ARGS(OC_S(buffer)));
        return;
    }
    t->kind = OC_TOKEN_NUMBER;
    if (at < l->text.len && l->text.ptr[at] == '%') {
        t->percent = true;
        t->number /= 100; /* nearer to what was written than * 0.01 */
        t->end = at + 1;
    } else if (oc_utf8_is_name_start(peek_code(l, at))) {
        size_t end = at;
        for (size_t next = at; next < l->text.len && oc_utf8_is_name_part(peek_code(l, next)); end = next)
            oc_utf8_next(l->text, &next);
        oc_slice unit = oc_slice_sub(l->text, at, end);
        double days = oc_unit_days(unit);
        t->end = end;
        if (days > 0) {
            t->number *= days;
            t->time = 1;
        } else {
            t->kind = OC_TOKEN_BAD;
            oc_diag *d = oc_lexer_fail(l, OC_E0207, span_of(l, at, end), OC_ARGS(OC_T(unit)));
            oc_diag_help(d, "help.units", NULL);
        }
    }
}

void oc_lexer_next(oc_lexer *l)
{
    while (l->at < l->text.len && strchr(" \t\r\n", l->text.ptr[l->at])) l->at++;
    oc_token *t = &l->now;
    *t = (oc_token){.start = l->at, .end = l->at};
    if (l->at >= l->text.len) {
        t->kind = OC_TOKEN_END;
        return;
    }
    uint32_t code = peek_code(l, l->at);
    if (code >= '0' && code <= '9') {
        lex_number(l, t);
    } else if (oc_utf8_is_name_start(code)) {
        t->kind = OC_TOKEN_NAME;
        while (t->end < l->text.len && oc_utf8_is_name_part(peek_code(l, t->end))) oc_utf8_next(l->text, &t->end);
    } else {
        static const char *const two[] = {"<=", ">=", "==", "!="};
        t->kind = OC_TOKEN_SYMBOL;
        oc_utf8_next(l->text, &t->end);
        for (size_t i = 0; i < 4; i++)
            if (oc_slice_starts(oc_slice_sub(l->text, t->start, l->text.len), oc_slice_of(two[i])))
                t->end = t->start + 2;
        if (code >= 0x80 || !strchr("+-*/^<>=!()[].,:@", (int)code)) {
            t->kind = OC_TOKEN_BAD;
            bad_character(l, t->start, code, t->end);
        }
    }
    t->text = oc_slice_sub(l->text, t->start, t->end);
    l->at = t->end;
}

uint32_t oc_lexer_follows(const oc_lexer *l)
{
    size_t look = l->at;
    while (look < l->text.len && l->text.ptr[look] == ' ') look++;
    return peek_code(l, look);
}
