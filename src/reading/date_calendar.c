/* Units of the civil calendar: see date_calendar.h. Example: the late part of February 2024 is 21 to 29. */
#include "reading/date_calendar.h"

oc_days oc_days_of_month(int year, int month)
{
    oc_day first = oc_day_from_civil(year, month, 1);
    return (oc_days){first, first + oc_days_in_month(year, month) - 1};
}

oc_days oc_days_of_months(int year, int month, int count)
{
    int index = year * 12 + month - 1, last = index + count - 1;
    return (oc_days){oc_days_of_month(index / 12, index % 12 + 1).start,
                     oc_days_of_month(last / 12, last % 12 + 1).end};
}

oc_day oc_day_add_months(oc_day day, int count)
{
    oc_civil civil = oc_civil_from_day(day);
    int index = civil.year * 12 + civil.month - 1 + count;
    if (index < 12) return OC_DAY_MIN;
    if (index / 12 > 9990) return OC_DAY_MAX;
    int year = index / 12, month = index % 12 + 1, length = oc_days_in_month(year, month);
    return oc_day_from_civil(year, month, civil.day < length ? civil.day : length);
}

oc_day oc_day_weekday_from(oc_day day, int weekday, int nth)
{
    if (nth > 0) return day + 1 + (weekday - oc_weekday(day + 1) + 7) % 7 + (oc_day)7 * (nth - 1);
    return day - 1 - (oc_weekday(day - 1) - weekday + 7) % 7 + (oc_day)7 * (nth + 1);
}

oc_day oc_day_week_start(oc_day day)
{
    return day - oc_weekday(day);
}

oc_days oc_days_part_of_months(oc_days unit, oc_part part)
{
    oc_civil from = oc_civil_from_day(unit.start), to = oc_civil_from_day(unit.end);
    int count = (to.year - from.year) * 12 + to.month - from.month + 1, third = count / 3;
    switch (part) {
    case OC_PART_EARLY: return oc_days_of_months(from.year, from.month, third);
    case OC_PART_MID: return oc_days_of_months(from.year, from.month + third, third);
    case OC_PART_LATE: return oc_days_of_months(from.year, from.month + 2 * third, third);
    case OC_PART_BEGIN: return oc_days_of_months(from.year, from.month, 1);
    case OC_PART_END: return oc_days_of_months(from.year, from.month + count - 1, 1);
    case OC_PART_FIRST:
        if (count % 2) return (oc_days){unit.start, unit.start + (unit.end - unit.start + 1) / 2 - 1};
        return oc_days_of_months(from.year, from.month, count / 2);
    case OC_PART_SECOND:
        if (count % 2) return (oc_days){unit.start + (unit.end - unit.start + 1) / 2, unit.end};
        return oc_days_of_months(from.year, from.month + count / 2, count / 2);
    default: return unit;
    }
}

oc_days oc_days_part_of_month(oc_days unit, oc_part part)
{
    switch (part) {
    case OC_PART_EARLY:
    case OC_PART_BEGIN: return (oc_days){unit.start, unit.start + 9};
    case OC_PART_MID: return (oc_days){unit.start + 10, unit.start + 19};
    case OC_PART_LATE:
    case OC_PART_END: return (oc_days){unit.start + 20, unit.end};
    case OC_PART_FIRST: return (oc_days){unit.start, unit.start + 14};
    case OC_PART_SECOND: return (oc_days){unit.start + 15, unit.end};
    default: return unit;
    }
}

oc_days oc_days_part_of_week(oc_days unit, oc_part part)
{
    switch (part) {
    case OC_PART_EARLY:
    case OC_PART_BEGIN:
    case OC_PART_FIRST: return (oc_days){unit.start, unit.start + 2};
    case OC_PART_MID: return (oc_days){unit.start + 2, unit.start + 3};
    case OC_PART_LATE:
    case OC_PART_SECOND: return (oc_days){unit.start + 3, unit.end};
    case OC_PART_END: return (oc_days){unit.start + 4, unit.end};
    default: return unit;
    }
}

/* Early 0-2, mid 4-6, late 7-9, halves of five. */
oc_days oc_days_part_of_years(int first, int scale, oc_part part)
{
    int from = 0, to = 10;
    switch (part) {
    case OC_PART_EARLY:
    case OC_PART_BEGIN: to = 3; break;
    case OC_PART_MID: from = 4, to = 7; break;
    case OC_PART_LATE:
    case OC_PART_END: from = 7; break;
    case OC_PART_FIRST: to = 5; break;
    case OC_PART_SECOND: from = 5; break;
    default: break;
    }
    return (oc_days){oc_day_from_civil(first + from * scale, 1, 1), oc_day_from_civil(first + to * scale - 1, 12, 31)};
}

oc_days oc_days_half(oc_days year, int half)
{
    return oc_days_part_of_months(year, half == 2 ? OC_PART_SECOND : OC_PART_FIRST);
}

oc_days oc_days_quarter(oc_days year, int quarter)
{
    oc_civil from = oc_civil_from_day(year.start);
    return oc_days_of_months(from.year, from.month + 3 * (quarter - 1), 3);
}

oc_days oc_days_nth_week(oc_days unit, int nth)
{
    if (nth < 0) return (oc_days){oc_day_week_start(unit.end - 3), oc_day_week_start(unit.end - 3) + 6};
    oc_day first = oc_day_week_start(unit.start + 3); /* the week with the unit's first Thursday */
    first += (oc_day)7 * (nth - 1);
    return (oc_days){first, first + 6};
}

bool oc_days_nth_weekday(oc_days unit, int nth, int weekday, oc_days *ret)
{
    oc_day day = nth > 0 ? unit.start + (weekday - oc_weekday(unit.start) + 7) % 7 + (oc_day)7 * (nth - 1)
                         : unit.end - (oc_weekday(unit.end) - weekday + 7) % 7;
    *ret = (oc_days){day, day};
    return day <= unit.end;
}

oc_days oc_days_of_season(int year, int season)
{
    return oc_days_of_months(year, 3 + 3 * season, 3);
}
