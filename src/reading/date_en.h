/* The parts of the English grammar: days and months (date_en_day.c), years alone (date_en_year.c), points
 * (date_en_point.c) with those that begin with an ordinal (date_en_ordinal.c) or a smaller unit (date_en_unit.c),
 * lengths (date_en_length.c) and what stands around them (date_en.c). A function that fails may have moved the reader:
 * callers keep a copy. */
#ifndef OC_READING_DATE_EN_H
#define OC_READING_DATE_EN_H

#include "reading/date_reader.h"

#define OC_DATE_EN_DEPTH_MAX 6
#define OC_DATE_EN_PREFIXES_MAX 8

/* Behind "of" and "the". */
size_t oc_date_en_skip_links(const oc_date_reader *r, size_t at);

/* An empty reader at `at`, one level deeper. */
oc_date_reader oc_date_en_sub_reader(const oc_date_reader *r, size_t at);

bool oc_date_en_is_preposition(oc_atom_kind kind);
bool oc_date_en_is_range(oc_atom_kind kind); /* to, -, through */
bool oc_date_en_is_year(const oc_date_reader *r, size_t at);       /* 1000 to 2999 in four digits */
bool oc_date_en_is_short_year(const oc_date_reader *r, size_t at); /* '26 */
bool oc_date_en_is_day(const oc_date_reader *r, size_t at);        /* 1 to 31, 1st to 31st */

/* True if what stands around the number of four digits at r->at makes it a year (date_en_year.c). */
bool oc_date_en_year_alone(const oc_date_reader *r);

/* "2026", "'26", "next year", "this year", "that year", "FY2026" behind a month, season, quarter: [of|,|in] year. */
bool oc_date_en_year_behind(oc_date_reader *r);

/* True if the word at `at` has no other meaning, or a neighbour makes it a date. */
bool oc_date_en_weak_fits(const oc_date_reader *r, size_t at);

bool oc_date_en_month(oc_date_reader *r);     /* March, March 5th, 2026, March of next year */
bool oc_date_en_day_month(oc_date_reader *r); /* 5 March 2026, 5th of March */
bool oc_date_en_day_alone(oc_date_reader *r); /* the 5th */
bool oc_date_en_slashed(oc_date_reader *r);   /* 3/5/2026 */

/* The days of what another reader read, with the tense of the date at hand. */
bool oc_date_en_days(const oc_date_reader *r, const oc_date_spec *spec, oc_date *ret);

bool oc_date_en_ordinal_point(oc_date_reader *r); /* the first half of 2027, 5th of March, the 70th anniversary of … */

/* The nth of the unit that is named behind r->at: first Monday, last week, of a unit around it. -1 is the last. */
bool oc_date_en_ordinal(oc_date_reader *r, int nth);

/* first, last, opening, final N days, months … of a unit. `side` is 1 or -1, the number stands at `at`. */
bool oc_date_en_cut(oc_date_reader *r, int side, size_t at);

bool oc_date_en_weekday(oc_date_reader *r); /* Friday, Friday next week, Friday, March 5 */

/* "April Smith", "Summer Olympics": a word before another capital, with nothing before it that makes it a date. */
bool oc_date_en_is_given_name(const oc_date_reader *r, size_t at);

/* The nth such weekday after or before the point behind `at`, where after or before stands; moves the reader. */
bool oc_date_en_weekday_from(oc_date_reader *r, int nth, int weekday, size_t at);

/* tomorrow week, today fortnight: moves a day read before on by the weeks behind it. */
bool oc_date_en_weeks_from_day(oc_date_reader *r);
bool oc_date_en_season(oc_date_reader *r);  /* spring 2026 */
bool oc_date_en_quarter(oc_date_reader *r); /* Q3, H1 2026 */
bool oc_date_en_fiscal(oc_date_reader *r);  /* FY2027, fiscal year 2027 */
bool oc_date_en_week(oc_date_reader *r);    /* week of March 5, week 12 of 2026 */
bool oc_date_en_weekend(oc_date_reader *r); /* weekend of March 14 */
bool oc_date_en_holiday(oc_date_reader *r); /* Christmas 2026 */
void oc_date_en_take_quarter(oc_date_reader *r);

/* What stands behind "of" at `at`: a point, a bare year, the year. */
bool oc_date_en_inner(oc_date_reader *r, size_t at);

/* A date without what stands around it; false where none can begin with the token at `at`. */
bool oc_date_en_point(oc_date_reader *r);
bool oc_date_en_begins(const oc_date_reader *r, size_t at);

/* False for tokens with which no date begins and nothing that looks like one. */
bool oc_date_en_may_begin(oc_atom_kind kind);

/* "three years ago", "within 30 days", "two weeks after March 5": the place behind it, 0 if there is none. */
size_t oc_date_en_length(oc_date_parser *parser, size_t first, oc_date_point *ret);

#endif
