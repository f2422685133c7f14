/* A place in the tokens with what was read there so far: what the files of a grammar hand to one another. */
#ifndef OC_READING_DATE_READER_H
#define OC_READING_DATE_READER_H

#include "reading/date_parse.h"

typedef struct oc_date_reader {
    oc_date_parser *parser;
    size_t at;
    oc_date_spec spec;
    int depth;        /* English: of points inside points */
    int rank;         /* Japanese and Korean: of the last component, what follows must be finer */
    bool open_number; /* "3~" of "3~5月": the unit stands behind the other end */
    bool bare_count;  /* all that was read is a number with a unit, which may be a count */
} oc_date_reader;

/* The token `at`, its kind, the ASCII sign it is (0: none), and whether it is this unit. A kind and a sign may be asked
 * for behind the last token. */
static inline const oc_token *token_at(const oc_date_reader *r, size_t at)
{
    return &r->parser->tokens[at];
}

static inline oc_atom_kind kind_at(const oc_date_reader *r, size_t at)
{
    return oc_date_kind(r->parser, at);
}

static inline char sign_at(const oc_date_reader *r, size_t at)
{
    return oc_date_sign(r->parser, at);
}

static inline bool is_unit(const oc_date_reader *r, size_t at, oc_unit unit)
{
    return kind_at(r, at) == OC_ATOM_UNIT && token_at(r, at)->a == (int)unit;
}

/* What the text itself tells of the date. */
static inline void set_year(oc_date_reader *r, int year)
{
    r->spec.year_from = OC_FROM_TEXT;
    r->spec.year = year;
}

static inline void set_month(oc_date_reader *r, int month)
{
    r->spec.month_from = OC_FROM_TEXT;
    r->spec.month = month;
}

static inline void set_day(oc_date_reader *r, int day)
{
    r->spec.day_from = OC_FROM_TEXT;
    r->spec.day = day;
}

static inline void set_quarter(oc_date_reader *r, int quarter)
{
    r->spec.quarter_from = OC_FROM_TEXT;
    r->spec.quarter = quarter;
}

static inline void set_half(oc_date_reader *r, int half)
{
    r->spec.half_from = OC_FROM_TEXT;
    r->spec.half = half;
}

/* 2026-W30: the token at r->at. */
static inline void take_iso_week(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    set_year(r, token->a);
    r->spec.week_from = OC_FROM_NTH;
    r->spec.week = token->b / 10;
    if (token->b % 10) r->spec.weekday = token->b % 10 - 1;
    r->at++;
}

#endif
