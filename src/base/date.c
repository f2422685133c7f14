/* Civil dates; the two conversions follow Hinnant (see date.h).
 *
 * Worked example: 2026-06-25. March-based year 2026, era 5 (2000..2399), year of era 26, day of year 116, day of era
 * 26 * 365 + 6 - 0 + 116 = 9612; 5 * 146097 + 9612 - 719468 = 20629. */
#include "base/date.h"

oc_day oc_day_from_civil(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

oc_civil oc_civil_from_day(oc_day day)
{
    int64_t z = day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t mp = (5 * day_of_year + 2) / 153;
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (oc_civil){(int)(year_of_era + era * 400) + (month <= 2), month,
                      (int)(day_of_year - (153 * mp + 2) / 5 + 1)};
}

int oc_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

int oc_weekday(oc_day day)
{
    int64_t w = (day + 3) % 7;
    return (int)(w < 0 ? w + 7 : w);
}

static bool digits(oc_slice text, size_t at, size_t count, int *ret_value)
{
    if (at + count > text.len) return false;
    *ret_value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
        *ret_value = *ret_value * 10 + (text.ptr[i] - '0');
    }
    return true;
}

oc_day oc_day_parse(oc_slice text, bool *ret_form)
{
    int year, month, day;
    bool form = text.len == 10 && digits(text, 0, 4, &year) && text.ptr[4] == '-' && digits(text, 5, 2, &month) &&
                text.ptr[7] == '-' && digits(text, 8, 2, &day);
    if (ret_form) *ret_form = form;
    if (!form || year < 1 || month < 1 || month > 12 || day < 1 || day > oc_days_in_month(year, month))
        return OC_DAY_NONE;
    return oc_day_from_civil(year, month, day);
}

bool oc_days_parse(oc_slice text, oc_day *ret_first, oc_day *ret_last)
{
    int year, month;
    if (text.len == 10) {
        oc_day day = oc_day_parse(text, NULL);
        *ret_first = *ret_last = day;
        return day != OC_DAY_NONE;
    }
    if (text.len == 7 && digits(text, 0, 4, &year) && text.ptr[4] == '-' && digits(text, 5, 2, &month) && year >= 1 &&
        month >= 1 && month <= 12) {
        *ret_first = oc_day_from_civil(year, month, 1);
        *ret_last = oc_day_from_civil(year, month, oc_days_in_month(year, month));
        return true;
    }
    if (text.len == 4 && digits(text, 0, 4, &year) && year >= 1) {
        *ret_first = oc_day_from_civil(year, 1, 1);
        *ret_last = oc_day_from_civil(year, 12, 31);
        return true;
    }
    return false;
}

void oc_text_day(oc_text *text, oc_day day)
{
    oc_civil c = oc_civil_from_day(day);
    oc_text_printf(text, "%04d-%02d-%02d", c.year, c.month, c.day);
}

oc_slice oc_day_print(oc_arena *arena, oc_day day)
{
    oc_civil c = oc_civil_from_day(day);
    return oc_arena_printf(arena, "%04d-%02d-%02d", c.year, c.month, c.day);
}
