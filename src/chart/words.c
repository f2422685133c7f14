/* Numbers as people say them; see words.h. Example: 0.084 is "8 in 100", 0.004 "<1 in 100", 0.996 ">99 in 100". */
#include "chart/words.h"

#include <math.h>
#include <stdlib.h>

const int oc_words_bounds[OC_WORDS_BANDS + 1] = {1, 5, 20, 45, 55, 80, 95, 99};

static const char *const band_keys[OC_WORDS_BANDS] = {
    "words.band0", "words.band1", "words.band2", "words.band3", "words.band4", "words.band5", "words.band6",
};

static const char *const month_keys[12] = {
    "words.month1", "words.month2", "words.month3", "words.month4",  "words.month5",  "words.month6",
    "words.month7", "words.month8", "words.month9", "words.month10", "words.month11", "words.month12",
};

int oc_words_band(double p)
{
    int band = 0;
    while (band + 1 < OC_WORDS_BANDS && p * 100 >= oc_words_bounds[band + 1]) band++;
    return band;
}

int oc_words_runs(double p)
{
    if (!(p > 0)) return 0;
    return p >= 1 ? 100 : (int)floor(p * 100 + 0.5);
}

int oc_words_gap(double p, double q)
{
    return abs(oc_words_runs(p) - oc_words_runs(q));
}

void oc_words_count(oc_text *text, double p)
{
    int runs = oc_words_runs(p);
    if (runs == 0 && p > 0)
        oc_text_lit(text, "<1");
    else if (runs == 100 && p < 1)
        oc_text_lit(text, ">99");
    else
        oc_text_printf(text, "%d", runs);
}

oc_slice oc_words_counted(oc_arena *arena, double p)
{
    oc_text text = oc_text_in(arena);
    oc_words_count(&text, p);
    return oc_text_slice(&text);
}

void oc_words_frequency(oc_text *text, oc_lang lang, double p)
{
    oc_text_message(text, lang, "words.frequency", OC_ARGS(OC_T(oc_words_counted(text->arena, p))));
}

oc_slice oc_words_say_frequency(oc_arena *arena, oc_lang lang, double p)
{
    return oc_say(arena, lang, "words.frequency", OC_ARGS(OC_T(oc_words_counted(arena, p))));
}

oc_slice oc_words_count_range(oc_arena *arena, oc_lang lang, double low, double high)
{
    oc_slice from = oc_words_counted(arena, low), to = oc_words_counted(arena, high);
    if (oc_slice_equal(from, to)) return from;
    return oc_say(arena, lang, "words.range", OC_ARGS(OC_T(from), OC_T(to)));
}

oc_slice oc_words_say_range(oc_arena *arena, oc_lang lang, double low, double high)
{
    return oc_say(arena, lang, "words.frequency", OC_ARGS(OC_T(oc_words_count_range(arena, lang, low, high))));
}

static oc_slice likely(oc_arena *arena, oc_lang lang, double p, const char *key)
{
    int band = oc_words_band(p);
    oc_text range = oc_text_in(arena);
    if (p * 100 < oc_words_bounds[0])
        oc_text_lit(&range, "<1");
    else if (p * 100 > oc_words_bounds[OC_WORDS_BANDS])
        oc_text_lit(&range, ">99");
    else
        oc_text_message(&range, lang, "words.range",
                        OC_ARGS(OC_I(oc_words_bounds[band]), OC_I(oc_words_bounds[band + 1])));
    return oc_say(arena, lang, key, OC_ARGS(OC_M(band_keys[band]), OC_T(oc_text_slice(&range))));
}

oc_slice oc_words_likely(oc_arena *arena, oc_lang lang, double p)
{
    return likely(arena, lang, p, "words.likely");
}

oc_slice oc_words_likely_inside(oc_arena *arena, oc_lang lang, double p)
{
    return likely(arena, lang, p, "words.likely-inside");
}

oc_slice oc_words_day(oc_arena *arena, oc_lang lang, oc_day day)
{
    oc_civil c = oc_civil_from_day(day);
    return oc_say(arena, lang, "words.day", OC_ARGS(OC_I(c.year), OC_M(month_keys[c.month - 1]), OC_I(c.day)));
}

oc_slice oc_words_month(oc_arena *arena, oc_lang lang, oc_day day)
{
    oc_civil c = oc_civil_from_day(day);
    return oc_say(arena, lang, "words.month", OC_ARGS(OC_I(c.year), OC_M(month_keys[c.month - 1])));
}

oc_slice oc_words_interval(oc_arena *arena, oc_lang lang, oc_day first, oc_day last)
{
    if (last <= first) return oc_words_day(arena, lang, first);
    oc_civil from = oc_civil_from_day(first), next = oc_civil_from_day(last + 1);
    if (from.day == 1 && from.month == 1 && next.day == 1 && next.month == 1 && next.year == from.year + 1)
        return oc_words_year(arena, lang, first);
    if (from.day == 1 && next.day == 1 && 12 * next.year + next.month == 12 * from.year + from.month + 1)
        return oc_words_month(arena, lang, first);
    oc_civil to = oc_civil_from_day(last);
    if (from.year == to.year && from.month == to.month)
        return oc_say(arena, lang, "words.days",
                      OC_ARGS(OC_I(from.year), OC_M(month_keys[from.month - 1]), OC_I(from.day), OC_I(to.day)));
    return oc_say(arena, lang, "words.range",
                  OC_ARGS(OC_T(oc_words_day(arena, lang, first)), OC_T(oc_words_day(arena, lang, last))));
}

oc_slice oc_words_month_short(oc_arena *arena, oc_lang lang, oc_day day)
{
    oc_civil c = oc_civil_from_day(day);
    oc_slice name = oc_message(lang, month_keys[c.month - 1]);
    if (lang == OC_LANG_EN) name = oc_slice_sub(name, 0, 3);
    return oc_say(arena, lang, "words.month-short", OC_ARGS(OC_I(c.year), OC_T(name)));
}

oc_slice oc_words_year(oc_arena *arena, oc_lang lang, oc_day day)
{
    return oc_say(arena, lang, "words.year", OC_ARGS(OC_I(oc_civil_from_day(day).year)));
}

oc_slice oc_words_unstopped(oc_slice text)
{
    text = oc_slice_trim(text);
    if (oc_slice_ends(text, OC_SLICE("。"))) return oc_slice_sub(text, 0, text.len - strlen("。"));
    return oc_slice_ends(text, OC_SLICE(".")) ? oc_slice_sub(text, 0, text.len - 1) : text;
}

oc_slice oc_words_integer(oc_arena *arena, int64_t value)
{
    oc_text text = oc_text_in(arena);
    char digits[32];
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    int length = 0;
    do digits[length++] = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (value < 0) oc_text_lit(&text, "−");
    while (length > 0) {
        oc_text_byte(&text, digits[--length]);
        if (length && length % 3 == 0) oc_text_byte(&text, ',');
    }
    return oc_text_slice(&text);
}

oc_slice oc_words_number(oc_arena *arena, double value, int decimals)
{
    oc_text text = oc_text_in(arena);
    if (!isfinite(value)) return OC_SLICE("–");
    oc_text_fixed(&text, value, decimals);
    oc_slice number = oc_text_slice(&text);
    if (decimals > 0) {
        while (number.len && number.ptr[number.len - 1] == '0') number.len--;
        if (number.len && number.ptr[number.len - 1] == '.') number.len--;
    }
    if (number.len && number.ptr[0] == '-')
        return oc_arena_printf(arena, "−%.*s", OC_FMT(oc_slice_sub(number, 1, number.len)));
    return number;
}

oc_slice oc_words_signed(oc_arena *arena, double value, int decimals)
{
    oc_slice number = oc_words_number(arena, value, decimals);
    if (!(value > 0) || oc_slice_is(number, "0")) return number;
    return oc_arena_printf(arena, "+%.*s", OC_FMT(number));
}
