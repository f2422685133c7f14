/* The parts of the English grammar: days and months (date_en_day.c), years alone (date_en_year.c), points
 * (date_en_point.c), lengths (date_en_length.c) and what stands around them (date_en.c). A function that fails may have
 * moved the reader: callers keep a copy. */
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

/* A date without what stands around it; false where none can begin with the token at `at`. */
bool oc_date_en_point(oc_date_reader *r);
bool oc_date_en_begins(const oc_date_reader *r, size_t at);

/* False for tokens with which no date begins and nothing that looks like one. */
bool oc_date_en_may_begin(oc_atom_kind kind);

/* "three years ago", "within 30 days", "two weeks after March 5": the place behind it, 0 if there is none. */
size_t oc_date_en_length(oc_date_parser *parser, size_t first, oc_date_point *ret);

#endif
