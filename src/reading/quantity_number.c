/* See quantity_number.h.
 *
 * Example: of "8천642억" 8 * 1000 + 642 are 8642, times 10^8; of "two hundred and five thousand" 2 * 100 + 5 are 205,
 * times 1000. */
#include "reading/quantity_number.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "reading/date_lexicon.h"

#define DIGITS_MAX 40

size_t oc_quantity_digits(oc_slice text, size_t at, double *ret_value)
{
    char digits[DIGITS_MAX + 1];
    size_t length = 0, end = at;
    while (end < text.len && length < DIGITS_MAX) {
        bool group = text.ptr[end] == ',' && oc_quantity_is_digit(text, end + 1) &&
                     oc_quantity_is_digit(text, end + 2) && oc_quantity_is_digit(text, end + 3) &&
                     !oc_quantity_is_digit(text, end + 4);
        bool point = text.ptr[end] == '.' && oc_quantity_is_digit(text, end + 1) && !memchr(digits, '.', length);
        if (!oc_quantity_is_digit(text, end) && !group && !point) break;
        if (!group) digits[length++] = text.ptr[end];
        end++;
    }
    digits[length] = '\0';
    *ret_value = strtod(digits, NULL);
    return end - at;
}

const oc_lex_entry *oc_quantity_word(const oc_quantity_scanner *s, size_t at, oc_lex_class class, size_t *ret_end)
{
    uint32_t id = 0;
    size_t from = oc_quantity_skip_space(s->text, at);
    if (from < s->text.len && s->text.ptr[from] == '-') from++;
    size_t length = oc_matcher_longest(s->lexicon->quantities[s->lang], s->text, from, &id);
    if (!length || s->lexicon->entries.at[id].class != class) return NULL;
    bool letter = oc_quantity_is_letter(s->text, from + length - 1);
    if (letter && (oc_quantity_is_letter(s->text, from + length) || oc_quantity_is_digit(s->text, from + length)))
        return NULL; /* 20 K2 tanks */
    *ret_end = from + length;
    return &s->lexicon->entries.at[id];
}

double oc_quantity_value(oc_slice text)
{
    char buffer[32];
    size_t length = text.len < sizeof buffer - 1 ? text.len : sizeof buffer - 1;
    memcpy(buffer, text.ptr, length);
    buffer[length] = '\0';
    return strtod(buffer, NULL);
}

/* The scales behind a number: *ret_small below 10^4 (천, 百), *ret_big the others. */
static size_t scales_behind(const oc_quantity_scanner *s, size_t at, double *ret_small, double *ret_big)
{
    *ret_small = *ret_big = 1.0;
    for (size_t end = at;;) {
        const oc_lex_entry *scale = oc_quantity_word(s, at, OC_LEX_SCALE, &end);
        if (!scale) return at;
        double factor = oc_quantity_value(scale->value);
        *(factor < 1e4 && *ret_big <= 1.0 ? ret_small : ret_big) *= factor;
        at = end;
    }
}

size_t oc_quantity_scaled(const oc_quantity_scanner *s, size_t at, double *ret_value)
{
    double total = 0.0, group = 0.0, number = 0.0, small, big;
    for (int parts = 0; parts < 5; parts++) {
        size_t length = oc_quantity_digits(s->text, at, &number);
        if (!length) break;
        size_t end = scales_behind(s, at + length, &small, &big);
        bool scaled = end > at + length;
        at = end;
        group += number * small;
        if (big > 1.0) total += group * big, group = 0.0;
        size_t next = oc_quantity_skip_space(s->text, at);
        if (!scaled || !oc_quantity_is_digit(s->text, next) || s->lang == OC_LANG_EN) break;
        at = next;
    }
    *ret_value = total + group;
    return at;
}

/* What the sign at *at stands for, past which *at goes: a numeral of the lexicon or a scale (万, 億); -1 if it is none.
 */
static double han_value(const oc_quantity_scanner *s, size_t *at)
{
    size_t next = *at;
    uint32_t code = oc_utf8_next(s->text, &next);
    if (!oc_quantity_is_han(code)) return -1;
    double value = oc_numeral_of(s->lexicon->date_tables, code);
    const oc_lex_entry *scale = value < 0 ? oc_quantity_word(s, *at, OC_LEX_SCALE, &next) : NULL;
    if (scale) value = oc_quantity_value(scale->value);
    if (value >= 0) *at = next;
    return value;
}

size_t oc_quantity_han(const oc_quantity_scanner *s, size_t at, double *ret_value)
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

/* "twenty-two", "a hundred and five" */
static bool joins(oc_slice text, size_t at, size_t next)
{
    oc_slice between = oc_slice_sub(text, at, next);
    return oc_slice_is(between, "-") || oc_slice_is(between, " ") || oc_slice_is(between, " and ");
}

size_t oc_quantity_words(const oc_quantity_scanner *s, const oc_hit **hit, double *ret_value)
{
    double value = oc_quantity_value((*hit)->entry->value), small, big;
    const oc_hit *next = oc_hits_next(s->hits, *hit);
    while (next && joins(s->text, (*hit)->end, next->start)) {
        double word = oc_quantity_value(next->entry->value);
        value = word > value ? value * word : value + word;
        *hit = next;
        next = oc_hits_next(s->hits, next);
    }
    size_t end = scales_behind(s, (*hit)->end, &small, &big);
    *ret_value = value * small * big;
    return end;
}
