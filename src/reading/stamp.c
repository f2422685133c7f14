/* Printed dates; see stamp.h. The scan stops at each digit run of one to four digits, at an era name and at the name
 * of a month, and reads on by hand; nothing is read twice, so the search is linear. Months and eras are spelled here
 * and not in the lexicon: a stamp is a form that counts in every language, and is read where there is no lexicon. */
#include "reading/stamp.h"

#include "base/ascii.h"
#include "base/date.h"
#include "base/utf8.h"

typedef struct cursor {
    oc_slice text;
    size_t at;
} cursor;

static void skip_blank(cursor *c)
{
    while (c->at < c->text.len && (c->text.ptr[c->at] == ' ' || c->text.ptr[c->at] == '\t')) c->at++;
    if (oc_slice_starts(oc_slice_sub(c->text, c->at, c->text.len), OC_SLICE("\u3000"))) c->at += 3;
}

static bool take(cursor *c, const char *word)
{
    if (c->at >= c->text.len || c->text.ptr[c->at] != *word) return false;
    size_t len = strlen(word);
    if (c->at + len > c->text.len || memcmp(c->text.ptr + c->at, word, len) != 0) return false;
    c->at += len;
    return true;
}

/* ASCII or full-width digits, at most `most` of them; returns how many. */
static int take_number(cursor *c, int most, int *ret_value)
{
    int count = 0, value = 0;
    while (count <= most && c->at < c->text.len) {
        size_t next = c->at;
        uint32_t code = oc_utf8_next(c->text, &next);
        int digit = code >= '0' && code <= '9'         ? (int)code - '0'
                    : code >= 0xff10 && code <= 0xff19 ? (int)code - 0xff10
                                                       : -1;
        if (digit < 0) break;
        value = value * 10 + digit;
        c->at = next;
        count++;
    }
    *ret_value = value;
    return count > most ? 0 : count;
}

static bool is_date(int year, int month, int day)
{
    if (year < 1800 || year > 2199) return false;
    if (month == 0) return day == 0;
    return month >= 1 && month <= 12 && day >= 0 && day <= oc_days_in_month(year, month);
}

static bool unit(cursor *c, const char *ja, const char *ko)
{
    cursor old = *c;
    skip_blank(c);
    if (take(c, ja) || take(c, ko)) return true;
    *c = old;
    return false;
}

/* Behind the year and its 年 or 년. */
static bool east_asian_rest(cursor *c, oc_stamp *stamp)
{
    cursor old = *c;
    skip_blank(c);
    int month, day;
    if (!take_number(c, 2, &month) || !unit(c, "月", "월") || !is_date(stamp->year, month, 0)) {
        *c = old;
        return true;
    }
    stamp->month = month;
    old = *c;
    skip_blank(c);
    if (take_number(c, 2, &day) && unit(c, "日", "일") && day >= 1 && is_date(stamp->year, month, day))
        stamp->day = day;
    else
        *c = old;
    return true;
}

/* Behind a year of four digits: -03-09, /3/9, . 3. 9. */
static bool numeric_rest(cursor *c, oc_stamp *stamp)
{
    static const char *const marks[] = {"-", "/", ".", "．", "－"};
    cursor old = *c;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!take(c, marks[i])) continue;
        bool dotted = i == 2;
        if (dotted) skip_blank(c);
        int month, day;
        if (!take_number(c, 2, &month) || month < 1 || month > 12) break;
        cursor after_month = *c;
        if (take(c, marks[i])) {
            if (dotted) skip_blank(c);
            if (take_number(c, 2, &day) && day >= 1 && is_date(stamp->year, month, day)) {
                stamp->month = month, stamp->day = day;
                if (dotted) take(c, ".");
                return true;
            }
        }
        *c = after_month;
        bool closed = c->at >= c->text.len || !(oc_is_digit(c->text.ptr[c->at]) || c->text.ptr[c->at] == '-');
        if (!closed || i == 1) break;
        stamp->month = month;
        if (dotted) take(c, ".");
        return true;
    }
    *c = old;
    return false;
}

static inline bool begins_month(unsigned char c)
{
    static const bool letters[256] = {
        ['J'] = true, ['F'] = true, ['M'] = true, ['A'] = true, ['S'] = true, ['O'] = true, ['N'] = true, ['D'] = true};
    return letters[c];
}

static int month_named(cursor *c)
{
    if (c->at >= c->text.len || !begins_month((unsigned char)c->text.ptr[c->at])) return 0;
    static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    for (int i = 0; i < 12; i++) {
        if (take(c, names[i])) return i + 1;
        cursor old = *c;
        char brief[4] = {names[i][0], names[i][1], names[i][2], 0};
        if (take(c, brief)) {
            if (i == 8) take(c, "t");
            if (take(c, ".") || (c->at < c->text.len && c->text.ptr[c->at] == ' ')) return i + 1;
        }
        *c = old;
    }
    return 0;
}

/* March 9, 2026 · March 2026 · Mar. 9 2026 */
static bool english_month_first(cursor *c, oc_stamp *stamp)
{
    int month = month_named(c), number, digits;
    if (!month) return false;
    skip_blank(c);
    digits = take_number(c, 4, &number);
    if (digits == 4 && is_date(number, month, 0)) {
        *stamp = (oc_stamp){.year = number, .month = month};
        return true;
    }
    if (digits < 1 || digits > 2) return false;
    int day = number;
    if (take(c, "st") || take(c, "nd") || take(c, "rd") || take(c, "th")) skip_blank(c);
    take(c, ",");
    skip_blank(c);
    if (take_number(c, 4, &number) != 4 || day < 1 || !is_date(number, month, day)) return false;
    *stamp = (oc_stamp){.year = number, .month = month, .day = day};
    return true;
}

/* 9 March 2026, at the day. */
static bool english_day_first(cursor *c, int day, oc_stamp *stamp)
{
    cursor old = *c;
    if (take(c, "st") || take(c, "nd") || take(c, "rd") || take(c, "th")) {
    }
    skip_blank(c);
    take(c, "of ");
    int month = month_named(c), year;
    take(c, ",");
    skip_blank(c);
    if (month && take_number(c, 4, &year) == 4 && day >= 1 && is_date(year, month, day)) {
        *stamp = (oc_stamp){.year = year, .month = month, .day = day};
        return true;
    }
    *c = old;
    return false;
}

static bool era_year(cursor *c, oc_stamp *stamp)
{
    static const struct {
        const char *name;
        int before;
    } eras[] = {{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}};
    for (size_t i = 0; i < 3; i++) {
        if (!take(c, eras[i].name)) continue;
        int year;
        if (take(c, "元"))
            year = 1;
        else if (!take_number(c, 2, &year))
            return false;
        if (!take(c, "年") || !is_date(eras[i].before + year, 0, 0)) return false;
        *stamp = (oc_stamp){.year = eras[i].before + year};
        return east_asian_rest(c, stamp);
    }
    return false;
}

/* 令, 平 or 昭 by two bytes. */
static inline bool may_be_era(const unsigned char *p)
{
    return (p[0] == 0xe4 && p[1] == 0xbb) || (p[0] == 0xe5 && p[1] == 0xb9) || (p[0] == 0xe6 && p[1] == 0x98);
}

static bool date_at_number(cursor *c, bool years, oc_stamp *stamp)
{
    int number, digits = take_number(c, 8, &number);
    if (digits == 8 && is_date(number / 10000, number / 100 % 100, number % 100) && number % 100) {
        *stamp = (oc_stamp){.year = number / 10000, .month = number / 100 % 100, .day = number % 100};
        return true;
    }
    if (digits >= 1 && digits <= 2) return english_day_first(c, number, stamp);
    if (digits != 4 || !is_date(number, 0, 0)) return false;
    *stamp = (oc_stamp){.year = number};
    if (numeric_rest(c, stamp)) return true;
    if (unit(c, "年", "년")) {
        east_asian_rest(c, stamp);
        return stamp->month || years;
    }
    return years && number >= 1900 && number < 2100;
}

bool oc_stamp_find(oc_slice text, size_t from, bool years, oc_stamp *ret_stamp)
{
    bool behind_digit = false, digit = false;
    size_t size;
    for (size_t at = from; at < text.len; at += size, behind_digit = digit) {
        const unsigned char *p = (const unsigned char *)text.ptr + at;
        cursor here = {text, at};
        oc_stamp stamp = {0};
        bool found = false;
        size = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
        digit = oc_is_digit((char)p[0]) ||
                (p[0] == 0xef && at + 2 < text.len && p[1] == 0xbc && p[2] >= 0x90 && p[2] <= 0x99);
        if (digit)
            found = !behind_digit && date_at_number(&here, years, &stamp);
        else if (begins_month(p[0]))
            found = english_month_first(&here, &stamp);
        else if (p[0] >= 0xe4 && p[0] <= 0xe6 && at + 2 < text.len && may_be_era(p))
            found = era_year(&here, &stamp);
        if (!found) continue;
        *ret_stamp = stamp;
        ret_stamp->from = at, ret_stamp->to = here.at;
        return true;
    }
    return false;
}

oc_slice oc_stamp_print(oc_arena *arena, const oc_stamp *stamp)
{
    if (stamp->day) return oc_arena_printf(arena, "%04d-%02d-%02d", stamp->year, stamp->month, stamp->day);
    if (stamp->month) return oc_arena_printf(arena, "%04d-%02d", stamp->year, stamp->month);
    return oc_arena_printf(arena, "%04d", stamp->year);
}
