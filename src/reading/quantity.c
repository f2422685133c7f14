/* Quantities: a number with its scales, then a unit behind it or a sign of currency before it.
 *
 *     [$] number [scale] { number scale } [~ number [scale]] unit
 *
 * A number is written in digits, or in Chinese characters before a unit (八百人). A sign of the unit "ordinal" before a
 * number (第57回) makes it no quantity. In English a nation may stand between number and unit (28,500 U.S. troops).
 *
 * Example: "4兆1,000億ウォン" is 4 * 10^12 + 1000 * 10^8 = 4.1 * 10^12 KRW; "3~5%" is 3 to 5 percent. What is measured
 * is the word of class measure nearest before the number, else the first behind it; the base in the same way, within 60
 * bytes. */
#include "reading/quantity.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "reading/date_lexicon.h"
#include "reading/eight.h"

#define BASE_REACH 60
#define DIGITS_MAX 40

typedef struct scanner {
    const oc_lexicon *lexicon;
    oc_lang lang;
    oc_slice text;
    const bool *masked;
    size_t at;
} scanner;

static bool is_digit(oc_slice text, size_t at)
{
    return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

static bool is_letter(oc_slice text, size_t at)
{
    return at < text.len &&
           ((text.ptr[at] >= 'a' && text.ptr[at] <= 'z') || (text.ptr[at] >= 'A' && text.ptr[at] <= 'Z'));
}

/* The length of a number with groups and decimals at `at`, and its value. */
static size_t read_number(oc_slice text, size_t at, double *ret_value)
{
    char digits[DIGITS_MAX + 1];
    size_t length = 0, end = at;
    while (end < text.len && length < DIGITS_MAX) {
        bool group = text.ptr[end] == ',' && is_digit(text, end + 1) && is_digit(text, end + 2) &&
                     is_digit(text, end + 3) && !is_digit(text, end + 4);
        bool point = text.ptr[end] == '.' && is_digit(text, end + 1) && !memchr(digits, '.', length);
        if (!is_digit(text, end) && !group && !point) break;
        if (!group) digits[length++] = text.ptr[end];
        end++;
    }
    digits[length] = '\0';
    *ret_value = strtod(digits, NULL);
    return end - at;
}

static size_t skip_space(oc_slice text, size_t at)
{
    return at < text.len && text.ptr[at] == ' ' ? at + 1 : at;
}

/* The scale or unit that begins at `at`, over one space; NULL if there is none. */
static const oc_lex_entry *word_at(const scanner *s, size_t at, oc_lex_class class, size_t *ret_end)
{
    uint32_t id = 0;
    size_t from = skip_space(s->text, at);
    if (from < s->text.len && s->text.ptr[from] == '-') from++;
    size_t length = oc_matcher_longest(s->lexicon->quantities[s->lang], s->text, from, &id);
    if (!length || s->lexicon->entries.at[id].class != class) return NULL;
    if (is_letter(s->text, from + length - 1) && is_letter(s->text, from + length)) return NULL;
    *ret_end = from + length;
    return &s->lexicon->entries.at[id];
}

static double number_in(oc_slice text)
{
    char buffer[32];
    size_t length = text.len < sizeof buffer - 1 ? text.len : sizeof buffer - 1;
    memcpy(buffer, text.ptr, length);
    buffer[length] = '\0';
    return strtod(buffer, NULL);
}

/* 65.9 * 10^12 as 65900000000000, without the last digits of the product. */
static double without_noise(double value)
{
    char buffer[40];
    if (value >= 0.0 && value < 1e14 && value == (double)(int64_t)value) return value; /* it has no more digits */
    int length = snprintf(buffer, sizeof buffer, "%.14g", value);
    return length > 0 && (size_t)length < sizeof buffer ? strtod(buffer, NULL) : value;
}

static size_t read_scaled(const scanner *s, size_t at, double *ret_value)
{
    double total = 0.0, number = 0.0;
    for (int parts = 0; parts < 5; parts++) {
        size_t end = 0;
        size_t length = read_number(s->text, at, &number);
        if (!length) break;
        at += length;
        const oc_lex_entry *scale = word_at(s, at, OC_LEX_SCALE, &end);
        double factor = 1.0;
        bool scaled = scale != NULL;
        while (scale) {
            factor *= number_in(scale->value);
            at = end;
            scale = word_at(s, at, OC_LEX_SCALE, &end);
        }
        total += number * factor;
        size_t next = skip_space(s->text, at);
        if (!scaled || !is_digit(s->text, next) || s->lang == OC_LANG_EN) break;
        at = next;
    }
    *ret_value = total;
    return at;
}

/* "percent 1" to unit and factor. */
static oc_slice unit_of(const oc_lex_entry *entry, double *ret_factor)
{
    size_t space = oc_slice_find(entry->value, OC_SLICE(" "), 0);
    if (space == SIZE_MAX) space = entry->value.len;
    oc_slice factor = oc_slice_trim(oc_slice_sub(entry->value, space, entry->value.len));
    *ret_factor = factor.len ? number_in(factor) : 1.0;
    return oc_slice_sub(entry->value, 0, space);
}

/* A sign of currency that ends at `at`. */
static const oc_lex_entry *sign_before(const scanner *s, size_t at, size_t *ret_start)
{
    for (size_t length = 3; length; length--) {
        uint32_t id = 0;
        if (length > at) continue;
        size_t found = oc_matcher_longest(s->lexicon->quantities[s->lang], s->text, at - length, &id);
        const oc_lex_entry *entry = &s->lexicon->entries.at[id];
        if (found != length || entry->class != OC_LEX_UNIT || is_letter(entry->word, entry->word.len - 1)) continue;
        *ret_start = at - length;
        return entry;
    }
    return NULL;
}

static oc_slice nearest(const oc_hits *hits, oc_lex_class class, size_t from, size_t to, size_t reach)
{
    oc_slice before = {NULL, 0}, behind = {NULL, 0};
    for (const oc_hit *hit = oc_hits_first(hits, class); hit; hit = oc_hits_next(hits, hit)) {
        if (hit->end <= from && from - hit->end <= reach) before = hit->entry->value;
        if (hit->start + 1 >= to && hit->start <= to + reach && !behind.ptr) behind = hit->entry->value;
    }
    return before.ptr ? before : behind;
}

static size_t range_sign(oc_slice text, size_t at)
{
    static const char *const signs[] = {"~", "-", "〜", "～", "∼", "–", " to "};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (oc_slice_begins(oc_slice_sub(text, at, text.len), signs[i])) return strlen(signs[i]);
    return 0;
}

static bool is_han(uint32_t code)
{
    return code == 0x3007 || (code >= 0x4e00 && code < 0xa000); /* 〇 */
}

/* What the sign at *at stands for, past which *at goes: a numeral of the lexicon or a scale (万, 億); -1 if it is none.
 */
static double han_value(const scanner *s, size_t *at)
{
    size_t next = *at;
    uint32_t code = oc_utf8_next(s->text, &next);
    if (!is_han(code)) return -1;
    double value = oc_numeral_of(s->lexicon->date_tables, code);
    const oc_lex_entry *scale = value < 0 ? word_at(s, *at, OC_LEX_SCALE, &next) : NULL;
    if (scale) value = number_in(scale->value);
    if (value >= 0) *at = next;
    return value;
}

/* 八百, 二千二十六, 五万: the length of a number in Chinese characters at `at`, 0 if there is none. */
static size_t read_han_number(const scanner *s, size_t at, double *ret_value)
{
    double total = 0.0, group = 0.0, digit = -1.0;
    size_t next = at;
    while (next < s->text.len) {
        double value = han_value(s, &next);
        if (value < 0.0) break;
        if (value < 10.0) {
            digit = (digit < 0.0 ? 0.0 : digit * 10.0) + value;
        } else if (value < 1e4) {
            group += (digit < 0.0 ? 1.0 : digit) * value, digit = -1.0;
        } else {
            total += (group + (digit < 0.0 ? 0.0 : digit)) * value, group = 0.0, digit = -1.0;
        }
    }
    *ret_value = total + group + (digit < 0.0 ? 0.0 : digit);
    return next - at;
}

/* "28,500 U.S. troops": the unit behind one or two capitalized words. */
static const oc_lex_entry *unit_behind_name(const scanner *s, size_t at, size_t *ret_end)
{
    for (int words = 0; s->lang == OC_LANG_EN && words < 2; words++) {
        at = skip_space(s->text, at);
        if (at >= s->text.len || s->text.ptr[at] < 'A' || s->text.ptr[at] > 'Z') break;
        while (at < s->text.len && s->text.ptr[at] != ' ' && s->text.ptr[at] != ',') at++;
        const oc_lex_entry *unit = word_at(s, at, OC_LEX_UNIT, ret_end);
        if (unit) return unit;
    }
    return NULL;
}

static bool is_ordinal(const scanner *s, size_t start)
{
    size_t at;
    const oc_lex_entry *sign = sign_before(s, start, &at);
    return sign && oc_slice_is(sign->value, "ordinal");
}

static bool read_quantity(scanner *s, const oc_hits *hits, oc_quantity *ret)
{
    double value, upper, factor = 1.0;
    size_t start = s->at, sign_start = start, end = read_scaled(s, start, &value);
    bool han = end == start;
    if (han) end += read_han_number(s, start, &value);
    if (end == start) { /* the rest of a broken character */
        s->at = start + 1;
        return false;
    }
    upper = value;
    size_t sign = range_sign(s->text, end);
    if (sign && is_digit(s->text, end + sign)) end = read_scaled(s, end + sign, &upper);
    const oc_lex_entry *unit = word_at(s, end, OC_LEX_UNIT, &end);
    if (!unit) unit = unit_behind_name(s, end, &end);
    if (!unit) unit = sign_before(s, start, &sign_start);
    s->at = end;
    if (!unit || is_ordinal(s, start) || (han && value <= 1.0)) return false; /* 一人: one of them */
    ret->unit = unit_of(unit, &factor);
    ret->from = sign_start;
    ret->to = end;
    ret->value = without_noise(value * factor);
    ret->value_to = without_noise(upper * factor);
    ret->measures = nearest(hits, OC_LEX_MEASURE, ret->from, end, s->text.len);
    ret->base = nearest(hits, OC_LEX_BASE, ret->from, end, BASE_REACH);
    return true;
}

/* The next ASCII digit, the length if there is none. */
static size_t next_digit(oc_slice text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    for (; at < text.len; at += 8) {
        uint64_t digits = oc_eight_in_range(oc_eight_load(bytes + at, text.len - at), '0', '9');
        if (digits) return at + (size_t)__builtin_ctzll(digits) / 8;
    }
    return text.len;
}

/* The next numeral in Chinese characters, the length if there is none. Not 〇, which begins no number. */
static size_t next_numeral(const oc_lexicon *lexicon, oc_slice text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    const uint8_t *is_numeral = lexicon->date_tables->is_numeral;
    while (at + 3 <= text.len) {
        if (bytes[at] < 0xe4) {
            at += bytes[at] < 0xe0 ? 1 : 3; /* ASCII and the rest of a character, kana */
            continue;
        }
        uint32_t code = (bytes[at] & 0x0fu) << 12 | (bytes[at + 1] & 0x3fu) << 6 | (bytes[at + 2] & 0x3fu);
        bool whole = (bytes[at + 1] & 0xc0) == 0x80 && (bytes[at + 2] & 0xc0) == 0x80;
        if (whole && is_numeral[code / 8] >> code % 8 & 1 && is_han(code)) return at;
        at += 3;
    }
    return text.len;
}

/* Where the next ones are, the length if there is none. */
typedef struct numbers {
    size_t digit, numeral;
} numbers;

static size_t next_number(numbers *next, const scanner *s)
{
    if (next->digit < s->at) next->digit = next_digit(s->text, s->at);
    if (next->numeral < s->at) next->numeral = next_numeral(s->lexicon, s->text, s->at);
    return next->numeral < next->digit ? next->numeral : next->digit;
}

void oc_quantities_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                        const bool *masked, oc_arena *arena, oc_quantities *ret_quantities)
{
    scanner s = {lexicon, lang, sentence, masked, 0};
    numbers next = {.digit = hits->signs & OC_SIGN_DIGIT ? next_digit(sentence, 0) : sentence.len,
                    .numeral = lang == OC_LANG_JA ? next_numeral(lexicon, sentence, 0) : sentence.len};
    while ((s.at = next_number(&next, &s)) < sentence.len) {
        if (masked && masked[s.at]) {
            s.at++;
            continue;
        }
        bool glued = s.at && (is_letter(sentence, s.at - 1) || sentence.ptr[s.at - 1] == '.');
        double skipped;
        oc_quantity quantity = {0};
        size_t digits = glued ? read_number(sentence, s.at, &skipped) : 0;
        if (glued)
            s.at += digits ? digits : 1; /* a numeral behind a letter is no number */
        else if (read_quantity(&s, hits, &quantity))
            *oc_vec_push(arena, ret_quantities) = quantity;
    }
}
