/* Quantities: a number with its scales, then a unit behind it or a sign of currency before it.
 *
 *     [$] number [scale] { number scale } [~ number [scale]] unit
 *
 * A number is written in digits, in Chinese characters before a unit (八百人) or in words (twenty years); see
 * quantity_number.h. A sign of the unit "ordinal" before or behind a number (第57回, 三度目) makes it no quantity.
 * Names and units "gap" may stand between number and unit (28,500 U.S. troops, 22 field drills).
 *
 * Example: "4兆1,000億ウォン" is 4 * 10^12 + 1000 * 10^8 = 4.1 * 10^12 KRW; "3~5%" is 3 to 5 percent. What is measured
 * is the word of class measure nearest before the number, else the first behind it; the base in the same way, within 60
 * bytes. */
#include "reading/quantity.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/block.h"
#include "reading/date_lexicon.h"
#include "reading/phrase.h"
#include "reading/quantity_number.h"

#define BASE_REACH 60
#define GAP_WORDS 5    /* between a number and its unit */
#define SHORT_YEARS 12 /* 28年 is a year of the century, unless 間 or 近く tells a length */
#define WIDE_BYTES 3   /* of a full-width digit */
#define FEW 3          /* so many in words are no count: the two countries, one of them */

/* 65.9 * 10^12 as 65900000000000, without the last digits of the product. */
static double without_noise(double value)
{
    char buffer[40];
    if (value >= 0.0 && value < 1e14 && value == (double)(int64_t)value) return value; /* it has no more digits */
    int length = snprintf(buffer, sizeof buffer, "%.14g", value);
    return length > 0 && (size_t)length < sizeof buffer ? strtod(buffer, NULL) : value;
}

/* "percent 1" to unit and factor. */
static oc_slice unit_of(const oc_lex_entry *entry, double *ret_factor)
{
    size_t space = oc_slice_find(entry->value, OC_SLICE(" "), 0);
    if (space == SIZE_MAX) space = entry->value.len;
    oc_slice factor = oc_slice_trim(oc_slice_sub(entry->value, space, entry->value.len));
    *ret_factor = factor.len ? oc_quantity_value(factor) : 1.0;
    return oc_slice_sub(entry->value, 0, space);
}

/* A sign of currency that ends at `at`. */
static const oc_lex_entry *sign_before(const oc_quantity_scanner *s, size_t at, size_t *ret_start)
{
    for (size_t length = 3; length; length--) {
        uint32_t id = 0;
        if (length > at) continue;
        size_t found = oc_matcher_longest(s->lexicon->quantities[s->lang], s->text, at - length, &id);
        const oc_lex_entry *entry = &s->lexicon->entries.at[id];
        if (found != length || entry->class != OC_LEX_UNIT) continue;
        if (oc_quantity_is_letter(entry->word, entry->word.len - 1)) continue;
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

/* The bytes of what joins two ends at `at`, 0 if nothing does; `start` is where the first one begins. */
static size_t range_sign(oc_slice text, size_t start, size_t at)
{
    static const char *const signs[] = {"~", "-to-", "-", "〜", "～", "∼", "–", " to "};
    oc_slice rest = oc_slice_from(text, at);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (oc_slice_begins(rest, signs[i])) return strlen(signs[i]);
    bool between =
        start >= 8 && (text.ptr[start - 8] | 32) == 'b' && oc_slice_is(oc_slice_sub(text, start - 7, start), "etween ");
    return between && oc_slice_begins(rest, " and ") ? 5 : 0;
}

/* Behind a half that goes on with the number or its unit (two and a half, 2年半), which *value then includes. */
static size_t take_half(const oc_quantity_scanner *s, size_t at, double *value)
{
    size_t end = at;
    const oc_lex_entry *half = oc_quantity_word(s, at, OC_LEX_UNIT, &end);
    if (!half || !oc_slice_is(half->value, "half")) return at;
    *value += 0.5;
    return end;
}

/* The number behind a range's sign at `at`: its end, `at` if there is none. The scale of 1.2 to 1.5 trillion is that of
 * both ends; so is the sign of $3 to $4. */
static size_t read_upper(const oc_quantity_scanner *s, size_t start, size_t at, double *value, double *upper)
{
    size_t sign = range_sign(s->text, start, at), from = at + sign;
    if (!sign) return at;
    size_t money = start;
    bool currency = sign_before(s, start, &money) != NULL;
    oc_slice mark = oc_slice_sub(s->text, money, start);
    if (currency && oc_slice_starts(oc_slice_from(s->text, from), mark)) from += mark.len;
    double number, low;
    if (!oc_quantity_is_digit(s->text, from)) return at;
    size_t digits = oc_quantity_digits(s->text, from, &number);
    size_t bare = oc_quantity_digits(s->text, start, &low), end = oc_quantity_scaled(s, from, upper);
    bool shared = end > from + digits && number > 0.0 && start + bare == at && low <= number;
    if (shared) *value = low * (*upper / number);
    return end;
}

/* Behind a capitalized word at `at`, `at` itself if there is none. */
static size_t behind_name(const oc_quantity_scanner *s, size_t at)
{
    size_t end = oc_quantity_skip_space(s->text, at);
    if (s->lang != OC_LANG_EN || end >= s->text.len || s->text.ptr[end] < 'A' || s->text.ptr[end] > 'Z') return at;
    while (end < s->text.len && s->text.ptr[end] != ' ' && s->text.ptr[end] != ',') end++;
    return end;
}

/* Behind a number in digits or words, `at` itself if there is none. */
static size_t behind_number(const oc_quantity_scanner *s, size_t at, double *number)
{
    for (const oc_hit *hit = s->word; hit && hit->start <= at; hit = oc_hits_next(s->hits, hit))
        if (hit->start == at && oc_quantity_is_digit(hit->entry->value, 0)) return oc_quantity_words(s, &hit, number);
    return oc_quantity_scaled(s, at, number);
}

/* The unit behind a number that ends at `at`, also over names and words that may stand between ("28,500 U.S. troops",
 * "22 field drills"), or that of the number behind it ("22 of some 40 drills"), but then *ret_end stays `at`. */
static const oc_lex_entry *unit_behind(const oc_quantity_scanner *s, size_t at, size_t *ret_end)
{
    size_t end = at;
    bool other = false;
    for (int words = 0; words < GAP_WORDS; words++) {
        double number;
        size_t next = end;
        const oc_lex_entry *unit = oc_quantity_word(s, end, OC_LEX_UNIT, &next);
        if (unit && (oc_slice_is(unit->value, "half") || oc_slice_is(unit->value, "several"))) break;
        if (unit && !oc_slice_is(unit->value, "gap")) {
            *ret_end = other ? at : next;
            return unit;
        }
        if (!unit && words && !other) next = behind_number(s, oc_quantity_skip_space(s->text, end), &number);
        bool counted = !unit && next > oc_quantity_skip_space(s->text, end);
        if (!unit && !counted) next = behind_name(s, end);
        if (next == end) break;
        other |= counted;
        end = next;
    }
    *ret_end = at;
    return NULL;
}

/* 第 of 第3回; 数 of 数百人, but not of 人数30人. */
static bool is_ordinal(const oc_quantity_scanner *s, size_t start, bool han)
{
    size_t at;
    const oc_lex_entry *sign = sign_before(s, start, &at);
    return sign && (oc_slice_is(sign->value, "ordinal") || (han && oc_slice_is(sign->value, "several")));
}

/* A number in words counts what is measured, and of things and people more than a few. */
static bool is_told(oc_slice unit, double value)
{
    static const char *const counted[] = {"item", "person", "country", "missile", "ship", "aircraft", "vehicle"};
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        if (oc_slice_is(unit, counted[i])) return value > FEW;
    return value > 1;
}

static bool finish(oc_quantity_scanner *s, const oc_lex_entry *unit, double value, double upper, oc_quantity *ret)
{
    double factor = 1.0;
    ret->unit = unit_of(unit, &factor);
    ret->value = without_noise(value * factor);
    ret->value_to = without_noise(upper * factor);
    ret->measures = nearest(s->hits, OC_LEX_MEASURE, ret->from, ret->to, s->text.len);
    ret->base = nearest(s->hits, OC_LEX_BASE, ret->from, ret->to, BASE_REACH);
    return true;
}

/* Behind m of $2.5m, where it is no metre. */
static size_t behind_million(const oc_quantity_scanner *s, size_t start, size_t at, double *value)
{
    size_t sign;
    bool million = s->lang == OC_LANG_EN && at < s->text.len && s->text.ptr[at] == 'm' &&
                   !oc_quantity_is_letter(s->text, at + 1) && !oc_quantity_is_digit(s->text, at + 1);
    if (!million || !sign_before(s, start, &sign)) return at;
    *value *= 1e6;
    return at + 1;
}

static bool read_quantity(oc_quantity_scanner *s, oc_quantity *ret)
{
    double value, upper;
    size_t start = s->at, end = oc_quantity_scaled(s, start, &value);
    bool han = end == start;
    if (han) end += oc_quantity_han(s, start, &value);
    if (end == start) { /* the rest of a broken character */
        s->at = start + 1;
        return false;
    }
    upper = value;
    end = behind_million(s, start, end, &value);
    if (value > upper) upper = value;
    size_t behind = read_upper(s, start, end, &value, &upper);
    if (behind == end)
        end = take_half(s, end, &value), upper = value;
    else
        end = behind;
    ret->from = start;
    const oc_lex_entry *unit = unit_behind(s, end, &end);
    if (unit && s->lang != OC_LANG_EN && value == upper) end = take_half(s, end, &value), upper = value;
    if (!unit) unit = sign_before(s, start, &ret->from);
    s->at = ret->to = end;
    bool none = unit && (oc_slice_is(unit->value, "ordinal") || oc_slice_is(unit->value, "several") ||
                         oc_slice_is(unit->value, "half") || oc_slice_is(unit->value, "gap"));
    if (!unit || none || is_ordinal(s, start, han)) return false;
    if (!han && oc_slice_is(unit->word, "年") && value > SHORT_YEARS) return false;
    if (!finish(s, unit, value, upper, ret)) return false;
    return !han || is_told(ret->unit, ret->value);
}

/* The number in words, or number and unit in one (twice), at *hit, which becomes its last word. */
static bool read_words(oc_quantity_scanner *s, const oc_hit **hit, oc_quantity *ret)
{
    double value, upper;
    ret->from = (*hit)->start;
    if (!oc_quantity_is_digit((*hit)->entry->value, 0)) {
        ret->to = s->at = (*hit)->end;
        return !oc_slice_is((*hit)->entry->value, "ordinal") && finish(s, (*hit)->entry, 1.0, 1.0, ret);
    }
    size_t end = oc_quantity_words(s, hit, &value), sign = range_sign(s->text, ret->from, end);
    const oc_hit *next = oc_hits_next(s->hits, *hit);
    if (!sign) end = take_half(s, end, &value);
    upper = value;
    if (sign && next && next->start == end + sign) {
        double first = oc_quantity_value(next->entry->value);
        end = oc_quantity_words(s, &next, &upper);
        *hit = next;
        if (upper > first && value < first) value *= upper / first; /* three to four thousand */
    }
    s->at = end;
    bool spaced = end < s->text.len && s->text.ptr[end] == ' ';
    const oc_lex_entry *unit = spaced ? unit_behind(s, end, &end) : NULL;
    s->at = ret->to = end;
    return unit && !oc_slice_is(unit->value, "ordinal") && finish(s, unit, value, upper, ret) &&
           is_told(ret->unit, ret->value);
}

static inline oc_sixteen is_digit(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, '0', '9');
}

/* What Chinese characters of numerals begin with. Not 〇, which begins no number. */
static inline oc_sixteen may_be_numeral(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, 0xe4, 0xe9);
}

static inline bool is_numeral(const uint8_t *numerals, oc_slice text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr + at;
    if (text.len - at < 3) return false;
    uint32_t code = (bytes[0] & 0x0fu) << 12 | (bytes[1] & 0x3fu) << 6 | (bytes[2] & 0x3fu);
    return numerals[code / 8] >> code % 8 & 1 && (bytes[1] & bytes[2] & 0xc0) == 0x80 &&
           !((bytes[1] | bytes[2]) & 0x40) && oc_quantity_is_han(code);
}

/* The next ASCII digit, the length if there is none. */
static size_t next_digit(oc_slice text, size_t from)
{
    char room[OC_BLOCK];
    for (size_t at = from; at < text.len; at += OC_BLOCK) {
        uint64_t bits = oc_block_bits(oc_block_at(text, at, room), is_digit);
        if (bits) return at + oc_block_first(bits);
    }
    return text.len;
}

/* The next numeral in Chinese characters, the length if there is none. */
static size_t next_numeral(const oc_lexicon *lexicon, oc_slice text, size_t from)
{
    char room[OC_BLOCK];
    const uint8_t *numerals = lexicon->date_tables->is_numeral;
    for (size_t at = from; at < text.len; at += OC_BLOCK)
        for (uint64_t bits = oc_block_bits(oc_block_at(text, at, room), may_be_numeral); bits; bits &= bits - 1)
            if (is_numeral(numerals, text, at + oc_block_first(bits))) return at + oc_block_first(bits);
    return text.len;
}

/* Where the next ones are, the length if there is none. */
typedef struct numbers {
    size_t digit, numeral;
    const oc_hit *word;
} numbers;

static size_t next_number(numbers *next, const oc_quantity_scanner *s)
{
    if (next->digit < s->at) next->digit = next_digit(s->text, s->at);
    if (next->numeral < s->at) next->numeral = next_numeral(s->lexicon, s->text, s->at);
    while (next->word && next->word->start < s->at) next->word = oc_hits_next(s->hits, next->word);
    size_t first = next->numeral < next->digit ? next->numeral : next->digit;
    return next->word && next->word->start < first ? next->word->start : first;
}

/* Whether a quantity begins at s->at, behind which it goes. */
static bool read_at(oc_quantity_scanner *s, numbers *next, oc_quantity *ret)
{
    size_t start = s->at;
    if (s->masked && s->masked[start]) {
        s->at++;
        return false;
    }
    if (next->word && next->word->start == start) return read_words(s, &next->word, ret);
    bool glued = start && (oc_quantity_is_letter(s->text, start - 1) || s->text.ptr[start - 1] == '.');
    if (!glued) return read_quantity(s, ret);
    double skipped;
    size_t digits = oc_quantity_digits(s->text, start, &skipped);
    s->at += digits ? digits : 1; /* a numeral behind a letter is no number */
    return false;
}

static void find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits, const bool *masked,
                 oc_arena *arena, oc_quantities *ret_quantities)
{
    oc_quantity_scanner s = {lexicon, lang, sentence, hits, masked, 0, NULL};
    bool numerals = lang == OC_LANG_JA && !oc_phrase_is_absent(hits, OC_PHRASE_HAN_NUMERAL, sentence);
    numbers next = {.digit = hits->signs & OC_SIGN_DIGIT ? next_digit(sentence, 0) : sentence.len,
                    .numeral = numerals ? next_numeral(lexicon, sentence, 0) : sentence.len,
                    .word = oc_hits_first(hits, OC_LEX_NUMBER)};
    while ((s.at = next_number(&next, &s)) < sentence.len) {
        s.word = next.word;
        oc_quantity quantity = {0};
        if (read_at(&s, &next, &quantity)) *oc_vec_push(arena, ret_quantities) = quantity;
    }
}

/* --- full-width digits --- */

static bool is_wide_digit(oc_slice text, size_t at)
{
    return at + WIDE_BYTES <= text.len && text.ptr[at] == '\xef' && text.ptr[at + 1] == '\xbc' &&
           (unsigned char)text.ptr[at + 2] >= 0x90 && (unsigned char)text.ptr[at + 2] <= 0x99;
}

static inline oc_sixteen begins_wide(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, 0xef, 0xef);
}

static bool has_wide_digit(oc_slice text)
{
    char room[OC_BLOCK];
    for (size_t at = 0; at < text.len; at += OC_BLOCK)
        for (uint64_t bits = oc_block_bits(oc_block_at(text, at, room), begins_wide); bits; bits &= bits - 1)
            if (is_wide_digit(text, at + oc_block_first(bits))) return true;
    return false;
}

/* The sentence with narrow digits, points and commas between them, and where each of its bytes stands in the other. */
typedef struct narrowed {
    oc_slice text;
    uint32_t *wide;   /* of each byte of the narrow text and its end: the byte of the sentence */
    uint32_t *narrow; /* the reverse */
    bool *masked;     /* of the narrow text; NULL: none */
} narrowed;

/* Newspapers: "８・２％", "１・５倍", "２・３兆円": digits and a sign of scale behind the point. */
static bool is_middle_point(oc_slice text, size_t at)
{
    static const char *const scales[] = {"％", "%", "倍", "兆", "億", "万"};
    while (is_wide_digit(text, at)) at += WIDE_BYTES;
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (oc_slice_begins(oc_slice_from(text, at), scales[i])) return true;
    return false;
}

static char narrow_of(oc_slice text, size_t at, bool digit)
{
    if (is_wide_digit(text, at)) return (char)('0' + ((unsigned char)text.ptr[at + 2] - 0x90));
    if (!digit || !is_wide_digit(text, at + WIDE_BYTES)) return '\0';
    oc_slice sign = oc_slice_sub(text, at, at + WIDE_BYTES);
    if (oc_slice_is(sign, "・")) return is_middle_point(text, at + WIDE_BYTES) ? '.' : '\0';
    return oc_slice_is(sign, "．") ? '.' : oc_slice_is(sign, "，") ? ',' : '\0';
}

static narrowed narrow(oc_slice sentence, const bool *masked, oc_arena *arena)
{
    char *text = OC_NEW_ARRAY(arena, sentence.len + 1, char);
    narrowed ret = {.wide = OC_NEW_ARRAY(arena, sentence.len + 1, uint32_t),
                    .narrow = OC_NEW_ARRAY(arena, sentence.len + 1, uint32_t),
                    .masked = masked ? OC_NEW_ARRAY(arena, sentence.len + 1, bool) : NULL};
    size_t length = 0;
    for (size_t at = 0; at < sentence.len;) {
        char digit = narrow_of(sentence, at, length && text[length - 1] >= '0' && text[length - 1] <= '9');
        size_t step = digit ? WIDE_BYTES : 1;
        for (size_t i = at; i < at + step; i++) ret.narrow[i] = (uint32_t)length;
        if (masked) ret.masked[length] = masked[at];
        ret.wide[length] = (uint32_t)at;
        text[length++] = digit ? digit : sentence.ptr[at];
        at += step;
    }
    ret.wide[length] = (uint32_t)sentence.len;
    ret.narrow[sentence.len] = (uint32_t)length;
    ret.text = (oc_slice){text, length};
    return ret;
}

static void find_wide(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                      const bool *masked, oc_arena *arena, oc_quantities *ret_quantities)
{
    narrowed in = narrow(sentence, masked, arena);
    oc_hits moved = {0};
    oc_hits_know(&moved, hits);
    moved.text = in.text;
    moved.signs |= OC_SIGN_DIGIT;
    for (size_t i = 0; i < hits->len; i++) {
        oc_hit hit = hits->at[i];
        hit.start = in.narrow[hit.start], hit.end = in.narrow[hit.end];
        *oc_vec_push(arena, &moved) = hit;
    }
    oc_hits_index(&moved);
    size_t first = ret_quantities->len;
    find(lexicon, lang, in.text, &moved, in.masked, arena, ret_quantities);
    for (size_t i = first; i < ret_quantities->len; i++) {
        oc_quantity *quantity = &ret_quantities->at[i];
        quantity->from = in.wide[quantity->from], quantity->to = in.wide[quantity->to];
    }
}

void oc_quantities_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                        const bool *masked, oc_arena *arena, oc_quantities *ret_quantities)
{
    if (lang != OC_LANG_EN && has_wide_digit(sentence))
        find_wide(lexicon, lang, sentence, hits, masked, arena, ret_quantities);
    else
        find(lexicon, lang, sentence, hits, masked, arena, ret_quantities);
}
