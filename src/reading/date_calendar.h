/* Units of the civil calendar and their parts as days. */
#ifndef OC_READING_DATE_CALENDAR_H
#define OC_READING_DATE_CALENDAR_H

#include "reading/date_lexicon.h"

typedef struct oc_days {
    oc_day start, end; /* inclusive */
} oc_days;

oc_days oc_days_of_month(int year, int month);

/* `count` months from month 1..12 of a year on; month may lie outside 1..12. */
oc_days oc_days_of_months(int year, int month, int count);

/* Half 1 or 2, quarter 1 to 4 of a year, whatever month it begins with. */
oc_days oc_days_half(oc_days year, int half);
oc_days oc_days_quarter(oc_days year, int quarter);

/* 0 spring (March to May) … 3 winter (December to February of the next year). */
oc_days oc_days_of_season(int year, int season);

/* Monday of the day's week. */
oc_day oc_day_week_start(oc_day day);

/* The nth such weekday (0 Monday) after the day, before it if nth is negative. */
oc_day oc_day_weekday_from(oc_day day, int weekday, int nth);

/* `count` months after the day's month, the day cut to the month's length; OC_DAY_MIN, OC_DAY_MAX outside. */
oc_day oc_day_add_months(oc_day day, int count);

/* A part of a unit that is made of whole months; of a month; of a week. */
oc_days oc_days_part_of_months(oc_days unit, oc_part part);
oc_days oc_days_part_of_month(oc_days month, oc_part part);
oc_days oc_days_part_of_week(oc_days week, oc_part part);

/* A part of the ten units of `scale` years that begin with the year `first`: decade (1), century (10). */
oc_days oc_days_part_of_years(int first, int scale, oc_part part);

/* Week number `nth` of a month or year: the first is the one with its first Thursday (ISO 8601), -1 the last. */
oc_days oc_days_nth_week(oc_days unit, int nth);

/* The nth such weekday (0 Monday) of the unit, -1 the last; false if it has none. */
bool oc_days_nth_weekday(oc_days unit, int nth, int weekday, oc_days *ret);

#endif
