/* What an expression says about a date, before the anchor fills in the rest: the result of the grammars (date_cjk.c,
 * date_en.c) and the input of date_resolve.c. */
#ifndef OC_READING_DATE_SPEC_H
#define OC_READING_DATE_SPEC_H

#include "reading/date.h"
#include "reading/date_token.h"

/* Where a field comes from. One byte: specifications are copied at every attempt to read one. */
typedef enum __attribute__((packed)) oc_from {
    OC_FROM_NONE,
    OC_FROM_TEXT,    /* printed */
    OC_FROM_ANCHOR,  /* an offset from the anchor */
    OC_FROM_CONTEXT, /* an offset from the date named before */
    OC_FROM_NTH      /* of weeks: the nth of the unit around it */
} oc_from;

typedef struct oc_date_spec {
    /* The small fields together: the whole is copied often. */
    oc_from year_from;
    oc_from century_from;
    oc_from half_from;
    oc_from quarter_from;
    oc_from month_from;
    oc_from week_from;
    oc_from day_from;
    oc_from offset_from;  /* ANCHOR or CONTEXT: the day at that distance; NONE: the length is not applied */
    bool fiscal;          /* a fiscal year */
    bool fiscal_of;       /* a country is named, whose fiscal year N begins */
    bool era;
    bool decade_relative;
    bool season_relative;
    bool weekend;
    bool named;           /* printed as a name and not as a date */
    bool period_end;      /* its last day */
    bool half_more;       /* and a half of its last unit */
    bool length;
    bool span;            /* the days from the anchor to that distance (next five years, within five years) */
    bool span_whole;      /* the span includes the anchor (within), else begins beside it */
    bool to_date;         /* from the unit's start to the anchor */
    bool from_date;       /* from the anchor to the unit's end */
    int year;             /* number, or offset */
    int fiscal_shift;     /* so many months after January of N */
    int era_base;         /* the year before the first of the era printed, 0 none */
    int decade;           /* first year of a decade, -1 none */
    int decade_offset;    /* of a relative decade; used if decade_relative */
    int century;          /* number, 0 none */
    int half;             /* 1, 2, or offset */
    int quarter;          /* 1..4, or offset */
    int season;           /* 0 spring … 3 winter, -1 none */
    int season_offset;    /* next season of this name: in years, used if season_relative */
    int month;
    int week;
    int weekday;          /* 0 Monday …, -1 none */
    int nth;              /* nth weekday of the month or year, -1 the last, 0 none */
    int weekday_side;     /* weekday alone: -1 last, +1 next, 0 nearest */
    int day;
    int holiday;          /* index, -1 none */
    int period;           /* index, -1 none */
    oc_part part;         /* of the finest unit */
    oc_part part_to;      /* early to mid-2027: the part that ends it */
    oc_unit cut_unit;     /* first nine months of the unit: so many of these */
    int cut_count;        /* from its start, negative from its end, 0 none */
    oc_part outer;        /* of the unit around it: 2030年代前半 of its half */
    int amount[OC_UNIT_COUNT]; /* a length, if `length` */
    int amount_low;       /* two to three years: the smaller number of its last unit, 0 none */
    oc_unit length_unit;  /* last unit of the length */
    int offset_sign;      /* -1 ago, +1 later */
    oc_tense tense;       /* 오는, 去る, next: where a missing year or month lies; AUTO: as the sentence says */
    oc_date_hedge hedge;
} oc_date_spec;

/* What says nothing. */
extern const oc_date_spec oc_date_spec_none;
static inline oc_date_spec oc_date_spec_empty(void)
{
    return oc_date_spec_none;
}

/* No year, month, week, day or other unit was read, no named day or period, no length. */
bool oc_date_spec_is_empty(const oc_date_spec *spec);

/* True if words of tense may decide where it lies: its year or month is missing. */
bool oc_date_spec_is_open(const oc_date_spec *spec);

/* Unit of the finest field: what a part or a bound applies to. */
oc_unit oc_date_spec_unit(const oc_date_spec *spec);

/* Copies from `from` the coarser fields that `to` lacks: year, month. */
void oc_date_spec_inherit(oc_date_spec *to, const oc_date_spec *from);

/* Sets the field of a unit to an offset from the anchor or the context; false for units that have none. */
bool oc_date_spec_relative(oc_date_spec *spec, int unit, int offset, oc_from from);

/* The day so many units from the anchor (this time last year); false for offset 0. */
bool oc_date_spec_distance(oc_date_spec *spec, oc_unit unit, int offset);

/* The days of a specification. False if it has none (30 February; relative without an anchor). Fills unit_start,
 * unit_end, start, end, the second reading, grain, basis and hedge of *ret. `not_before` limits a missing year (the end
 * of a range), OC_DAY_NONE for none. `tense` is decided (never AUTO) or AUTO for unknown. */
bool oc_date_resolve(const oc_date_tables *tables, oc_lang lang, const oc_date_spec *spec,
                     const oc_date_context *context, oc_tense tense, oc_day not_before, oc_date *ret);

#endif
