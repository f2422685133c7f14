/* Civil dates as whole day numbers: 0 is 1970-01-01 of the proleptic Gregorian calendar. */
#ifndef OC_BASE_DATE_H
#define OC_BASE_DATE_H

#include <stdint.h>

#include "base/slice.h"
#include "base/text.h"
#include "opcon/types.h" /* oc_day */

/* Lengths of a year and a month where a duration is meant, in days (design section 4). */
#define OC_DAYS_PER_YEAR 365.25
#define OC_DAYS_PER_MONTH 30.4375

typedef struct oc_civil {
    int year;  /* 1..9999 */
    int month; /* 1..12 */
    int day;   /* 1..31 */
} oc_civil;

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013): days_from_civil and civil_from_days. */
oc_day oc_day_from_civil(int year, int month, int day);
oc_civil oc_civil_from_day(oc_day day);

int oc_days_in_month(int year, int month);
/* 0 is Monday. */
int oc_weekday(oc_day day);

/* Reads exactly YYYY-MM-DD. OC_DAY_NONE if the text has another form; *ret_form (may be NULL) then says whether it
 * had the form of a date but is none (2026-02-30). */
oc_day oc_day_parse(oc_slice text, bool *ret_form);

/* Reads YYYY-MM-DD, YYYY-MM or YYYY as the interval of days it names. False if it is none of them. */
bool oc_days_parse(oc_slice text, oc_day *ret_first, oc_day *ret_last);

/* YYYY-MM-DD. */
void oc_text_day(oc_text *text, oc_day day);
oc_slice oc_day_print(oc_arena *arena, oc_day day);

#endif
