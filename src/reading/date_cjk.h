/* The parts of the Japanese and Korean grammar: points (date_cjk_point.c), their components that begin with a number
 * (date_cjk_number.c) and relative ones (date_cjk_relative.c), lengths (date_cjk_length.c) and what stands around both
 * (date_cjk.c). */
#ifndef OC_READING_DATE_CJK_H
#define OC_READING_DATE_CJK_H

#include "reading/date_reader.h"

/* Ranks of components: what follows must be finer. */
enum { RANK_TOP = 20, RANK_CENTURY = 10, RANK_DECADE = 9, RANK_YEAR = 8, RANK_HALF = 7, RANK_QUARTER = 6,
       RANK_MONTH = 5, RANK_WEEK = 4, RANK_DAY = 2, RANK_WEEKDAY = 1, RANK_NONE = 0 };

static inline oc_date_reader oc_date_cjk_reader(oc_date_parser *parser, size_t at)
{
    return (oc_date_reader){.parser = parser, .at = at, .spec = oc_date_spec_none, .rank = RANK_TOP};
}

int oc_date_cjk_rank(oc_unit unit);

/* Goes down to a rank; false if what was read is as fine already. */
static inline bool oc_date_cjk_lower(oc_date_reader *r, int rank)
{
    if (rank >= r->rank) return false;
    r->rank = rank;
    return true;
}

static inline bool oc_date_cjk_month(oc_date_reader *r, int month)
{
    if (month < 1 || month > 12 || !oc_date_cjk_lower(r, RANK_MONTH)) return false;
    set_month(r, month);
    return true;
}

/* 27年中に, 29年の移管: the two digits before 年, behind which a border of the lexicon stands, are a year that lies near. */
bool oc_date_cjk_is_bordered_year(const oc_date_reader *r, int two_digits, size_t behind);

/* Components with their number; false if what was read is as fine already. -1 of a week is the last. */
bool oc_date_cjk_decade(oc_date_reader *r, int number);
bool oc_date_cjk_half(oc_date_reader *r, int half);
bool oc_date_cjk_quarter(oc_date_reader *r, int quarter);
bool oc_date_cjk_week(oc_date_reader *r, int nth);
bool oc_date_cjk_day(oc_date_reader *r, const oc_token *number);

/* A date in signs, in English, or told by what stands around the number at r->at; the number with its unit; a month in
 * English (date_cjk_number.c). */
bool oc_date_cjk_written_date(oc_date_reader *r);
bool oc_date_cjk_counted(oc_date_reader *r);
bool oc_date_cjk_english(oc_date_reader *r);

/* True if the token is a time of day in digits: 10:30. */
bool oc_date_cjk_is_time(const oc_date_reader *r, size_t at);

/* The relative components at r->at (date_cjk_relative.c). */
bool oc_date_cjk_relative(oc_date_reader *r, oc_from from);
bool oc_date_cjk_same_time(oc_date_reader *r);
bool oc_date_cjk_bare_unit(oc_date_reader *r);
bool oc_date_cjk_modified(oc_date_reader *r);
bool oc_date_cjk_follow(oc_date_reader *r);

/* Reads one component (2026年, 来月, 上旬) that is finer than what was read. False may leave the reader moved. */
bool oc_date_cjk_component(oc_date_reader *r);

/* The end of a pair of years without a unit at `at`: 2030 of 2026~2030, 30 of 2026~30. */
bool oc_date_cjk_year_end(const oc_date_reader *r, size_t at, int first_year, int *ret_year);

/* Takes a number with its unit as a component; `behind` is the token behind the unit. */
bool oc_date_cjk_number(oc_date_reader *r, const oc_token *number, const oc_token *unit, size_t behind);

/* Reads all components from `first` on. */
bool oc_date_cjk_point(oc_date_parser *parser, size_t first, oc_date_point *ret);

/* Reads 3年6か月, 1年半, 이틀 at *at; false if there is no length. */
bool oc_date_cjk_length(const oc_date_reader *r, size_t *at, oc_date_spec *spec);

/* A length that is a date, with its direction: the place behind it, 0 if there is none, SIZE_MAX for a length that is
 * counted from something that has no date. */
size_t oc_date_cjk_length_point(oc_date_parser *parser, size_t first, oc_date_point *ret);

/* 前, 後, 뒤: what counts a length from somewhere. */
bool oc_date_cjk_is_direction(oc_atom_kind kind);

#endif
