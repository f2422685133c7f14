/* Expressions of time in one sentence: which days they name.
 *
 * Conventions: both ends are inclusive. A unit without a day covers the whole unit. A week is Monday to Sunday, week
 * numbers are ISO 8601. Seasons are March to May, June to August, September to November, December to February.
 * Early, middle and late of a month are 1-10, 11-20 and 21-end; of a year the thirds January-April, May-August and
 * September-December; the end of a year is December. "By", まで, 까지 leave the start open; 以降, 이후 include the named
 * unit, "after" does not. Japanese 年度 runs from April to March, a fiscal year in English is the American one (October
 * to September), in Korean the calendar year. docs/format/dates.md has the whole list.
 *
 *     oc_date_context context = oc_date_context_at(anchor);
 *     oc_dates dates = {0};
 *     oc_dates_find(lexicon, lang, sentence, &context, arena, &dates);
 */
#ifndef OC_READING_DATE_H
#define OC_READING_DATE_H

#include "base/date.h"
#include "reading/lexicon.h"

#define OC_DAY_OPEN_START INT64_C(-1000000000) /* no first day: printed ".." */
#define OC_DAY_OPEN_END INT64_C(1000000000)    /* no last day */

typedef enum oc_date_grain {
    OC_GRAIN_DAY,
    OC_GRAIN_WEEKEND,
    OC_GRAIN_WEEK,
    OC_GRAIN_MONTH_PART,
    OC_GRAIN_MONTH,
    OC_GRAIN_QUARTER,
    OC_GRAIN_SEASON,
    OC_GRAIN_YEAR_PART,
    OC_GRAIN_HALF,
    OC_GRAIN_YEAR,
    OC_GRAIN_FISCAL_YEAR,
    OC_GRAIN_DECADE_PART,
    OC_GRAIN_DECADE,
    OC_GRAIN_CENTURY_PART,
    OC_GRAIN_CENTURY,
    OC_GRAIN_PERIOD,
    OC_GRAIN_COUNT
} oc_date_grain;

typedef enum oc_date_basis {
    OC_BASIS_EXPLICIT,      /* all of it is printed */
    OC_BASIS_ERA,           /* printed in years of an era */
    OC_BASIS_RELATIVE,      /* counted from the anchor: last month, 来年, 사흘 뒤 */
    OC_BASIS_CONTEXT,       /* counted from the date named before: 同年, 이듬해, that year */
    OC_BASIS_YEAR_MISSING,  /* the year was filled in */
    OC_BASIS_MONTH_MISSING, /* year and month were filled in */
    OC_BASIS_NAMED,         /* a holiday or a named period of the lexicon */
    OC_BASIS_COUNT
} oc_date_basis;

typedef enum oc_date_hedge {
    OC_DATE_SURE,
    OC_DATE_ABOUT,     /* 頃, 쯤, around */
    OC_DATE_FUZZY,     /* early, 中旬, 말: the borders are a convention */
    OC_DATE_AT_LATEST, /* 遅くとも, 늦어도, at the latest */
    OC_DATE_AT_EARLIEST,
    OC_DATE_HEDGE_COUNT
} oc_date_hedge;

typedef enum oc_date_bound {
    OC_BOUND_AT,     /* the interval itself */
    OC_BOUND_BY,     /* at some day up to the end: までに, 까지, by */
    OC_BOUND_FROM,   /* from its start on: 以降, 이후, since */
    OC_BOUND_UPTO,   /* up to its end: 以前, 이전 */
    OC_BOUND_BEFORE, /* before its start: 前に, before */
    OC_BOUND_AFTER,  /* after its end */
    OC_BOUND_WITHIN  /* between the anchor and its end: 年内, within */
} oc_date_bound;

typedef struct oc_date {
    size_t from, to;            /* bytes of the sentence */
    oc_day start, end;          /* inclusive; OC_DAY_OPEN_START, OC_DAY_OPEN_END */
    oc_day unit_start, unit_end; /* the unit named, before the bound was applied */
    oc_day other_start, other_end; /* the second reading; OC_DAY_NONE if there is none */
    oc_date_grain grain;
    oc_date_basis basis;
    oc_date_hedge hedge;
    oc_date_bound bound;
    bool range;                 /* "from A to B" */
    bool weekday_conflict;      /* a printed weekday contradicts the day */
} oc_date;
typedef OC_VEC(oc_date) oc_dates;

typedef enum oc_tense { OC_TENSE_AUTO, OC_TENSE_PAST, OC_TENSE_FUTURE } oc_tense;

typedef struct oc_date_context {
    oc_day anchor; /* publication, or the utterance inside a quotation; OC_DAY_NONE: relative dates are left out */
    oc_day last_start;    /* the date named last, for 同年, 翌日, that year; OC_DAY_NONE at a document's start */
    oc_day last_end;
    int year;             /* year printed last in this paragraph, 0 if none: fills in missing years */
    bool year_here;       /* it was printed in the sentence at hand: a plan that is told counts from it, else not */
    int month;            /* month printed or filled in last in this paragraph, 0 if none */
    oc_tense tense;       /* decides where a missing year lies; AUTO looks for words of the lexicon */
    oc_lang fiscal;       /* whose fiscal year: OC_LANG_COUNT is the language's own */
    bool fiscal_named;    /* a text before has named a country with a fiscal year: whose it is where none is named */
    int fiscal_shift;     /* months from January of year N to the start of its fiscal year N */
} oc_date_context;

oc_date_context oc_date_context_at(oc_day anchor);

/* Appends the dates of a sentence in order of their place and moves the cursors of `context` on. The language is
 * prepared (oc_lexicon_prepare). At a new paragraph set context->year and month to 0. A sentence of more than 64 KiB is
 * read up to there. */
void oc_dates_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, oc_date_context *context,
                   oc_arena *arena, oc_dates *ret_dates);

/* False if the scan of a sentence, or of a text that holds it, tells that it holds no date. */
bool oc_dates_may_stand(const oc_hits *hits, oc_lang lang, oc_slice sentence);

const char *oc_date_grain_name(oc_date_grain grain);
const char *oc_date_basis_name(oc_date_basis basis);
const char *oc_date_hedge_name(oc_date_hedge hedge); /* "none", "about", "fuzzy", "at-latest", "at-earliest" */

/* A text of a row of tab-separated values with line feeds where it holds "\n"; the text itself if it holds none. */
oc_slice oc_dates_unescape(oc_slice text, oc_arena *arena);

/* The line that `opcon dates` prints for one input line, without line feed: start, end, text, grain and basis separated
 * by tabs, each column with the values of all dates joined by ';'; '-' where there is none, '..' for an open end.
 * Prepares the language. */
void oc_dates_line(const oc_lexicon *lexicon, oc_lang lang, oc_slice line, oc_day anchor, oc_arena *scratch,
                   oc_text *out);

#endif
