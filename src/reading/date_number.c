/* Numbers of the date rules: digits with what touches them, numerals, numbers in words; and numbers that are no date.
 *
 * A number loses its meaning as a date where a letter, a sign of currency or a decimal point touches it: "F-35", "3.5",
 * "$20". Example: "2027Q3" is NUM 2027 and leaves "Q3" to the lexicon. */
#include "reading/date_tokenizer.h"

#define NUMERAL_BYTES 36 /* longest run of numerals that is tried: twelve characters */

/* 二〇二六, 二千二十六, 十一, 이천이십육: the value of a run of numerals, -1 if it is none. */
static long numeral_value(const tokenizer *t, oc_slice run)
{
    long total = 0, pending = -1, positional = 0;
    size_t count = 0;
    bool scaled = false;
    for (size_t at = 0; at < run.len; count++) {
        long value = oc_numeral_of(t->lexicon->date_tables, oc_utf8_next(run, &at));
        if (value < 0 || count > 8) return -1;
        if (value < 10) {
            positional = positional * 10 + value;
            if (scaled && pending >= 0) return -1;
            pending = pending < 0 ? value : pending * 10 + value;
        } else {
            if (pending > 9) return -1;
            total += (pending < 0 ? 1 : pending) * value;
            pending = -1;
            scaled = true;
        }
    }
    if (!count) return -1;
    return scaled ? total + (pending < 0 ? 0 : pending) : positional;
}

/* The length of the run of numerals at `at`, as far as they make a number. */
static size_t numeral_run(const tokenizer *t, size_t at)
{
    size_t end = at;
    while (end < t->text.len && end - at < NUMERAL_BYTES) {
        size_t next = end;
        if (oc_numeral_of(t->lexicon->date_tables, oc_utf8_next(t->text, &next)) < 0) break;
        end = next;
    }
    return end - at;
}

/* A sign that takes the meaning of a date from the number behind it. */
static bool spoils_before(tokenizer *t, size_t from)
{
    unsigned char before = from ? byte_at(t, from - 1) : 0;
    if (before == '$' || before == '#' || before == '_' || before == '@' || before == '+' ||
        (before == '=' && t->lang == OC_LANG_EN))
        return true; /* 【ソウル=20日】 */
    uint32_t code = before >= 0x80 ? code_before(t, from) : 0;
    if (code == 0x20ac || code == 0xa3 || code == 0xa5 || code == 0x20a9 || code == 0x2116) return true;
    if (oc_date_is_letter((char)before) && !touches_atom(t)) return true;
    bool hyphen = before == '-' && from >= 2 && oc_date_is_letter((char)byte_at(t, from - 2));
    if (!hyphen) return false;
    oc_token *last = last_token(t);
    if (last && !t->space && (last->kind == OC_ATOM_BEFORE || last->kind == OC_ATOM_AFTER))
        return false; /* post-2015 */
    oc_token *word = last && t->out->len >= 2 && last->kind != OC_ATOM_OTHER ? last - 1 : NULL;
    return !word || word->kind == OC_ATOM_OTHER;
}

static bool spoils_behind(const tokenizer *t, size_t to)
{
    unsigned char next = byte_at(t, to);
    uint32_t code = code_at(t, to);
    if (next == '%' || next == '_' || code == 0xb0 || code == 0x2030) return true;
    if (!oc_date_is_letter((char)next)) return false;
    if (next == 'T' && is_digit(byte_at(t, to + 1)) && is_digit(byte_at(t, to + 2)))
        return false; /* 2026-03-05T10:00 */
    uint32_t id;
    return !oc_matcher_longest(t->lexicon->dates[t->lang], t->text, to, &id) || t->lang == OC_LANG_EN;
}

/* 5th, 1990s, 3Q, 2H: letters that belong to the number before `to`. True if the token was made. */
static bool number_with_letters(tokenizer *t, size_t from, size_t to, long value)
{
    if (letters_are(t, to, "st") || letters_are(t, to, "nd") || letters_are(t, to, "rd") || letters_are(t, to, "th")) {
        oc_token *token = push(t, OC_ATOM_ORD, from, to + 2);
        token->a = (int)value;
        token->style = OC_NUMBER_ORDINAL;
        return true;
    }
    size_t s = to + (byte_at(t, to) == '\'');
    if (letters_are(t, s, "s") && value % 10 == 0 && ((to - from == 4 && value >= 1000) || to - from == 2)) {
        push(t, OC_ATOM_DECADE, from, s + 1)->a = (int)value;
        return true;
    }
    unsigned char letter = byte_at(t, to) & 0xdf;
    bool border = !oc_date_is_letter((char)byte_at(t, to + 1));
    if (to - from == 1 && border && letter == 'Q' && value >= 1 && value <= 4) {
        push(t, OC_ATOM_QUARTER, from, to + 1)->a = (int)value;
        return true;
    }
    bool half = byte_at(t, to) == 'H' && (value == 1 || value == 2); /* 1h is an hour */
    if (to - from == 1 && border && half) {
        push(t, OC_ATOM_HALF, from, to + 1)->a = (int)value;
        return true;
    }
    return false;
}

/* -W30, W30, -W30-3 behind a year of four digits. True if the token was made. */
static bool iso_week(tokenizer *t, size_t from, size_t to, long year)
{
    size_t at = to + (byte_at(t, to) == '-');
    if (to - from != 4 || byte_at(t, at) != 'W' || !is_digit(byte_at(t, at + 1)) || !is_digit(byte_at(t, at + 2)))
        return false;
    int week = (t->text.ptr[at + 1] - '0') * 10 + t->text.ptr[at + 2] - '0', weekday = 0;
    at += 3;
    bool day = byte_at(t, at) == '-' && byte_at(t, at + 1) >= '1' && byte_at(t, at + 1) <= '7' &&
               !is_digit(byte_at(t, at + 2));
    if (day) weekday = t->text.ptr[at + 1] - '0', at += 2;
    if (oc_date_is_letter((char)byte_at(t, at)) || is_digit(byte_at(t, at)) || week < 1 || week > 53) return false;
    oc_token *token = push(t, OC_ATOM_ISOWEEK, from, at);
    token->a = (int)year;
    token->b = week * 10 + weekday;
    return true;
}

/* Q3, H1 right behind a year of four digits, of two behind FY: the number ends before it. */
static bool quarter_behind(const tokenizer *t, size_t from, size_t to)
{
    unsigned char letter = byte_at(t, to) & 0xdf;
    bool fiscal = t->out->len && t->out->at[t->out->len - 1].kind == OC_ATOM_FISCAL;
    return (to - from == 4 || (to - from == 2 && fiscal)) && (letter == 'Q' || letter == 'H') &&
           is_digit(byte_at(t, to + 1)) && !is_digit(byte_at(t, to + 2)) &&
           !oc_date_is_letter((char)byte_at(t, to + 2));
}

/* 02-748-1111, +82 2 2020 1234, 978-4-12-345678-9: four groups of digits, or three that begin with a zero. */
static size_t dialled(const tokenizer *t)
{
    size_t at = t->at, groups = 0;
    bool plus = at && byte_at(t, at - 1) == '+', zero = byte_at(t, at) == '0';
    char sign = 0;
    for (;;) {
        size_t start = at;
        while (is_digit(byte_at(t, at))) at++;
        if (at == start) return 0;
        groups++;
        unsigned char next = byte_at(t, at);
        bool joins =
            (next == '-' || (plus && next == ' ')) && is_digit(byte_at(t, at + 1)) && (!sign || sign == (char)next);
        if (!joins) break;
        sign = (char)next;
        at++;
    }
    bool number = groups >= 4 || (plus && groups >= 2) || (zero && groups == 3 && at - t->at >= 9);
    return number ? at - t->at : 0;
}

/* 14NOV25, 14Nov2025: a date as soldiers write it, day, month and year in one word. True if the tokens were made. */
static bool military_date(tokenizer *t, size_t from, size_t to, long day)
{
    enum { LETTERS = 3 };
    uint32_t id;
    size_t year = to + LETTERS, end = year;
    while (is_digit(byte_at(t, end))) end++;
    bool shape = to - from <= 2 && (end == year || end - year == 2 || end - year == 4) &&
                 !oc_date_is_letter((char)byte_at(t, end));
    for (size_t i = to; shape && i < year; i++) shape = oc_date_is_letter((char)byte_at(t, i));
    if (!shape || oc_matcher_longest(t->lexicon->dates[t->lang], t->text, to, &id) != LETTERS) return false;
    const oc_atom *month = &t->lexicon->date_tables->words[id].at[0];
    if (month->kind != OC_ATOM_MONTH) return false;
    oc_token *token = push(t, OC_ATOM_NUM, from, to);
    token->a = (int)day;
    token->digits = (int)(to - from);
    push(t, OC_ATOM_MONTH, to, year)->a = month->a;
    if (end == year) return true;
    token = push(t, OC_ATOM_NUM, year, end);
    token->digits = (int)(end - year);
    token->apostrophe = token->digits == 2;
    for (size_t i = year; i < end; i++) token->a = 10 * token->a + (t->text.ptr[i] - '0');
    return true;
}

/* The bytes of the unit at `at`, 0 if there is none. */
static size_t unit_follows(const tokenizer *t, size_t at)
{
    uint32_t id;
    size_t length = oc_matcher_longest(t->lexicon->dates[t->lang], t->text, at, &id);
    if (!length) return 0;
    oc_atom_kind kind = t->lexicon->date_tables->words[id].at[0].kind;
    return kind == OC_ATOM_UNIT || kind == OC_ATOM_SPAN ? length : 0;
}

/* The digit that a scan may have meant, -1 none: O of 2O19, l of l0월. */
static int scanned_digit(unsigned char byte)
{
    if (is_digit(byte)) return byte - '0';
    return byte == 'O' || byte == 'o' ? 0 : byte == 'l' || byte == 'I' ? 1 : -1;
}

bool oc_date_push_scanned(tokenizer *t)
{
    enum { YEAR = 4, FIRST_YEAR = 1900, LAST_YEAR = 2099 };
    size_t from = t->at, to = from, letters = 0;
    int value = 0;
    for (; to - from <= YEAR && scanned_digit(byte_at(t, to)) >= 0; to++) {
        value = value * 10 + scanned_digit(byte_at(t, to));
        letters += !is_digit(byte_at(t, to));
    }
    size_t count = to - from;
    unsigned char behind = byte_at(t, to);
    if (!letters || letters == count || oc_date_is_letter((char)behind) || spoils_before(t, from)) return false;
    bool year = count == YEAR && value >= FIRST_YEAR && value <= LAST_YEAR && behind != '-';
    if (!year && (t->lang == OC_LANG_EN || count > 2 || !unit_follows(t, to))) return false;
    oc_token *token = push(t, OC_ATOM_NUM, from, to);
    token->a = value;
    token->digits = (int)count;
    token->style = OC_NUMBER_DIGITS;
    return true;
}

static bool is_group(const tokenizer *t, size_t at)
{
    return byte_at(t, at) == ',' && is_digit(byte_at(t, at + 1)) && is_digit(byte_at(t, at + 2)) &&
           is_digit(byte_at(t, at + 3)) && !is_digit(byte_at(t, at + 4));
}

void oc_date_push_digits(tokenizer *t)
{
    size_t from = t->at, to = from;
    long value = 0;
    while (is_digit(byte_at(t, to))) {
        if (value < 100000000) value = value * 10 + (t->text.ptr[to] - '0');
        to++;
    }
    int digits = (int)(to - from);
    bool grouped = false;
    while (digits <= 3 && is_group(t, to)) grouped = true, to += 4;
    bool spoiled = spoils_before(t, from) || digits > 8;
    unsigned char next = byte_at(t, to);
    bool more = oc_date_is_letter((char)next) || next == '\'' || next == '-';
    if (!spoiled && !grouped && more &&
        (iso_week(t, from, to, value) || number_with_letters(t, from, to, value) ||
         (t->lang == OC_LANG_EN && military_date(t, from, to, value)))) {
        return;
    }
    if (!spoiled && oc_date_is_letter((char)next) && oc_date_push_scanned(t)) return;
    if (spoiled || (spoils_behind(t, to) && !quarter_behind(t, from, to))) {
        while (oc_date_is_letter((char)byte_at(t, to)) || is_digit(byte_at(t, to))) to++;
        oc_date_push_other(t, to);
        return;
    }
    bool apostrophe = from && byte_at(t, from - 1) == '\'' && digits == 2;
    oc_token *sign = last_token(t);
    if (apostrophe && sign && sign->kind == OC_ATOM_PUNCT && sign->a == '\'') { /* belongs to the number */
        t->space = sign->space;
        t->out->len--;
    }
    oc_token *token = push(t, OC_ATOM_NUM, from, to);
    token->a = (int)value;
    token->digits = digits;
    token->apostrophe = apostrophe;
    token->style = grouped ? OC_NUMBER_GROUPED : OC_NUMBER_DIGITS;
}

/* 二三日, 이삼일: two or three days. */
static bool is_about(const tokenizer *t, size_t at)
{
    long first = numeral_value(t, oc_slice_sub(t->text, at, at + 3)),
         second = numeral_value(t, oc_slice_sub(t->text, at + 3, at + 6));
    uint32_t id;
    size_t length = oc_matcher_longest(t->lexicon->dates[t->lang], t->text, at + 6, &id);
    bool year =
        length && t->lexicon->date_tables->words[id].len && t->lexicon->date_tables->words[id].at[0].a == OC_UNIT_YEAR;
    return first >= 1 && second == first + 1 && second <= 9 && !year && !unit_follows(t, at + 3); /* 삼사분기 */
}

bool oc_date_is_distance(const tokenizer *t, size_t at)
{
    enum { SYLLABLE = 3 };
    uint32_t id;
    size_t unit = at + SYLLABLE + (byte_at(t, at + SYLLABLE) == ' '), length = unit_follows(t, unit);
    if (t->lang != OC_LANG_KO || !length || oc_is_hangul(code_before(t, at))) return false;
    oc_matcher_longest(t->lexicon->dates[t->lang], t->text, unit, &id);
    int size = t->lexicon->date_tables->words[id].at[0].a;
    size_t behind = unit + length + (byte_at(t, unit + length) == ' ');
    bool counted = (size == OC_UNIT_WEEK || size == OC_UNIT_YEAR || length > SYLLABLE) && size > OC_UNIT_DAY;
    length = counted ? oc_matcher_longest(t->lexicon->dates[t->lang], t->text, behind, &id) : 0;
    size_t end = behind + length;
    bool goes_on = oc_is_hangul(code_at(t, end)) &&
                   !oc_matcher_longest(t->lexicon->dates[t->lang], t->text, end, &(uint32_t){0}); /* 후보 */
    if (!length || goes_on) return false;
    switch (t->lexicon->date_tables->words[id].at[0].kind) {
    case OC_ATOM_BEFORE:
    case OC_ATOM_AFTER:
    case OC_ATOM_AGO:
    case OC_ATOM_LATER: return true;
    default: return false;
    }
}

/* A run of numerals, cut back until a unit stands behind it; 0 if there is none. */
size_t oc_date_numerals_at(const tokenizer *t, size_t at)
{
    size_t length = numeral_run(t, at);
    for (; length; length -= 3) {
        if (length == 6 && is_about(t, at)) return 0;
        if (length > 3 && unit_follows(t, at + length - 3) > 3) continue; /* 四 of 第一四半期 belongs to the unit */
        long value = numeral_value(t, oc_slice_sub(t->text, at, at + length));
        if (value < 0) continue;
        if (unit_follows(t, at + length)) return length;
        bool counts = byte_at(t, at + length) == ' ' && /* 이, 일, 사 are words too */
                      (length > 3 || value == 3 || value >= 5 || oc_date_is_distance(t, at));
        if (counts && unit_follows(t, at + length + 1)) return length;
        if (t->lang == OC_LANG_JA && length == numeral_run(t, at)) return length;
    }
    return 0;
}

void oc_date_push_numerals(tokenizer *t, size_t length)
{
    long value = numeral_value(t, oc_slice_sub(t->text, t->at, t->at + length));
    oc_token *token = push(t, OC_ATOM_NUM, t->at, t->at + length);
    token->a = (int)value;
    token->digits = value > 999 ? 4 : value > 99 ? 3 : value > 9 ? 2 : 1;
    token->style = OC_NUMBER_KANJI;
}

/* --- what is no date --- */

/* 10:30, 3pm: a time of day. */
static size_t time_length(const tokenizer *t)
{
    size_t at = t->at, start = at;
    while (is_digit(byte_at(t, at)) && at - start < 3) at++;
    if (at - start > 2 || at == start) return 0;
    size_t end = at;
    while (byte_at(t, end) == ':' && is_digit(byte_at(t, end + 1)) && is_digit(byte_at(t, end + 2))) end += 3;
    size_t half = end + (byte_at(t, end) == ' ');
    bool noon = letters_are(t, half, "am") || letters_are(t, half, "pm");
    if (noon && !is_digit(byte_at(t, half + 2))) return half + 2 - start;
    bool dotted = letters_are(t, half, "a.m") || letters_are(t, half, "p.m");
    if (dotted) return half + 3 + (byte_at(t, half + 3) == '.') - start;
    return end > at && !is_digit(byte_at(t, end)) ? end - start : 0;
}

size_t oc_date_no_date_length(const tokenizer *t, bool *ret_time)
{
    size_t length = time_length(t);
    *ret_time = length;
    return length ? length : dialled(t);
}

/* --- numbers in words: twenty one, nineteen eighty-seven, two thousand and six --- */

static bool is_word_number(const oc_token *token)
{
    return token->kind == OC_ATOM_NUM && token->style == OC_NUMBER_WORD && !token->more;
}

/* The token behind `at` that goes on with the number, over a hyphen or "and"; SIZE_MAX if there is none. */
static size_t number_goes_on(const oc_tokens *tokens, size_t at, bool over_and)
{
    size_t next = at + 1;
    const oc_token *joint = next < tokens->len ? &tokens->at[next] : NULL;
    bool hyphen = joint && joint->kind == OC_ATOM_RANGE && joint->from == tokens->at[at].to &&
                  joint->to - joint->from == 1;
    next += hyphen || (joint && over_and && joint->kind == OC_ATOM_AND);
    return next < tokens->len ? next : SIZE_MAX;
}

/* "twenty" and "seven", "two thousand" and "twenty", "two thousand twenty" and "seven". */
static bool is_added(int64_t number, int64_t more)
{
    bool tens = number % 10 == 0 && more < 10;
    return (tens && number >= 20 && number < 100 && more > 0) || (number >= 1000 && number % 100 == 0 && more < 100) ||
           (tens && number >= 1020 && number % 100 >= 20);
}

static bool join_numbers(oc_token *left, const oc_token *right)
{
    bool ordinal = right->kind == OC_ATOM_ORD;
    int value = right->a;
    if (left->a == 1000 || left->a == 100) return false;
    if (!ordinal && (value == 1000 || value == 100))
        left->a *= value;
    else if (is_added(left->a, value))
        left->a += value;
    else if (!ordinal && left->a >= 10 && left->a <= 29 && value >= 10 && value < 100)
        left->a = left->a * 100 + value;
    else
        return false;
    left->to = right->to;
    if (ordinal) left->kind = OC_ATOM_ORD, left->style = OC_NUMBER_ORDINAL;
    return true;
}

void oc_date_join_numbers(oc_tokens *tokens)
{
    size_t kept = 0;
    while (kept < tokens->len && !is_word_number(&tokens->at[kept])) kept++;
    for (size_t i = kept; i < tokens->len; i++) {
        tokens->at[kept] = tokens->at[i];
        oc_token *token = &tokens->at[kept++];
        while (is_word_number(token)) {
            tokens->at[i] = *token;
            size_t next = number_goes_on(tokens, i, token->a >= 1000);
            if (next == SIZE_MAX) break;
            const oc_token *other = &tokens->at[next];
            if (!is_word_number(other) && !(other->kind == OC_ATOM_ORD && !other->more)) break;
            if (!join_numbers(token, other)) break;
            i = next;
        }
        if (is_word_number(token) && token->a > 99) token->digits = token->a > 999 ? 4 : 3;
    }
    tokens->len = kept;
}
