/* From what an expression says to days.
 *
 * A specification that names or implies its year is built at once. Where the year is missing it is built for the years
 * around the anchor, and the nearest one that begins on or before the anchor (past reading) or the nearest one that
 * does not end before it (future reading) is taken: the past one, unless the sentence tells of the future; the other
 * becomes the second reading. A month alone that is the anchor's own month is that month in both. A missing month is
 * treated in the same way with the months around the anchor.
 *
 * Example: anchor 2026-02-10, "12月" is December 2025 or December 2026; with 予定 in the sentence the latter comes
 * first. */
#include "reading/date_spec.h"

typedef struct resolver {
    const oc_date_tables *tables;
    oc_lang lang;
    const oc_date_spec *spec;
    const oc_date_context *context;
    oc_day base; /* the day that context offsets count from */
} resolver;

typedef struct days {
    oc_day start, end;
} days;

oc_date_spec oc_date_spec_empty(void)
{
    return (oc_date_spec){.decade = -1, .season = -1, .weekday = -1, .holiday = -1, .period = -1};
}

bool oc_date_spec_is_empty(const oc_date_spec *spec)
{
    return !spec->year_from && spec->decade < 0 && !spec->decade_relative && !spec->century_from && !spec->half_from &&
           !spec->quarter_from && spec->season < 0 && !spec->month_from && !spec->week_from && !spec->weekend &&
           spec->weekday < 0 && !spec->day_from && spec->holiday < 0 && spec->period < 0 && !spec->length;
}

oc_unit oc_date_spec_unit(const oc_date_spec *spec)
{
    if (spec->length || spec->day_from || spec->weekday >= 0 || spec->holiday >= 0) return OC_UNIT_DAY;
    if (spec->weekend) return OC_UNIT_WEEKEND;
    if (spec->week_from) return OC_UNIT_WEEK;
    if (spec->month_from) return OC_UNIT_MONTH;
    if (spec->quarter_from) return OC_UNIT_QUARTER;
    if (spec->season >= 0) return OC_UNIT_SEASON;
    if (spec->half_from) return OC_UNIT_HALF;
    if (spec->year_from) return spec->fiscal ? OC_UNIT_FISCAL : OC_UNIT_YEAR;
    if (spec->decade >= 0 || spec->decade_relative) return OC_UNIT_DECADE;
    return spec->century_from ? OC_UNIT_CENTURY : OC_UNIT_NONE;
}

void oc_date_spec_inherit(oc_date_spec *to, const oc_date_spec *from)
{
    bool anchored = to->length || to->period >= 0 || (to->week_from && to->week_from != OC_FROM_NTH) ||
                    (to->day_from && to->day_from != OC_FROM_TEXT) || to->decade >= 0 || to->century_from;
    if (anchored) return;
    bool small = to->day_from || to->week_from || to->weekday >= 0;
    if (small && !to->month_from && from->month_from) {
        to->month_from = from->month_from;
        to->month = from->month;
    }
    bool own_month = to->month_from && to->month_from != OC_FROM_TEXT;
    if (!to->year_from && !own_month && from->year_from) {
        to->year_from = from->year_from;
        to->year = from->year;
        to->era = from->era;
        to->fiscal = from->fiscal;
    }
}

/* --- calendar --- */

static days month_days(int year, int month)
{
    oc_day first = oc_day_from_civil(year, month, 1);
    return (days){first, first + oc_days_in_month(year, month) - 1};
}

/* `count` months from month 1..12 of a year; month may lie outside 1..12. */
static days months_from(int year, int month, int count)
{
    int index = year * 12 + month - 1, last = index + count - 1;
    return (days){month_days(index / 12, index % 12 + 1).start, month_days(last / 12, last % 12 + 1).end};
}

static bool year_fits(int year)
{
    return year >= 1 && year <= 9990;
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

static oc_day week_start(oc_day day)
{
    return day - oc_weekday(day);
}

static oc_lang fiscal_of(const resolver *r)
{
    return r->context->fiscal < OC_LANG_COUNT ? r->context->fiscal : r->lang;
}

/* The first month of fiscal year N, counted in months from January of N: Japan +3, United States -3, Korea 0. */
static int fiscal_shift(const resolver *r)
{
    oc_lang lang = fiscal_of(r);
    return lang == OC_LANG_JA ? 3 : lang == OC_LANG_EN ? -3 : 0;
}

static int fiscal_year_of(const resolver *r, oc_day day)
{
    return oc_civil_from_day(oc_day_add_months(day, -fiscal_shift(r))).year;
}

static days part_of_months(days unit, oc_part part)
{
    oc_civil from = oc_civil_from_day(unit.start), to = oc_civil_from_day(unit.end);
    int count = (to.year - from.year) * 12 + to.month - from.month + 1, third = count / 3;
    switch (part) {
    case OC_PART_EARLY: return months_from(from.year, from.month, third);
    case OC_PART_MID: return months_from(from.year, from.month + third, third);
    case OC_PART_LATE: return months_from(from.year, from.month + 2 * third, third);
    case OC_PART_BEGIN: return months_from(from.year, from.month, 1);
    case OC_PART_END: return months_from(from.year, from.month + count - 1, 1);
    case OC_PART_FIRST:
        if (count % 2) return (days){unit.start, unit.start + (unit.end - unit.start + 1) / 2 - 1};
        return months_from(from.year, from.month, count / 2);
    case OC_PART_SECOND:
        if (count % 2) return (days){unit.start + (unit.end - unit.start + 1) / 2, unit.end};
        return months_from(from.year, from.month + count / 2, count / 2);
    default: return unit;
    }
}

static days part_of_month(days unit, oc_part part)
{
    switch (part) {
    case OC_PART_EARLY:
    case OC_PART_BEGIN: return (days){unit.start, unit.start + 9};
    case OC_PART_MID: return (days){unit.start + 10, unit.start + 19};
    case OC_PART_LATE:
    case OC_PART_END: return (days){unit.start + 20, unit.end};
    case OC_PART_FIRST: return (days){unit.start, unit.start + 14};
    case OC_PART_SECOND: return (days){unit.start + 15, unit.end};
    default: return unit;
    }
}

static days part_of_week(days unit, oc_part part)
{
    switch (part) {
    case OC_PART_EARLY:
    case OC_PART_FIRST: return (days){unit.start, unit.start + 2};
    case OC_PART_BEGIN: return (days){unit.start, unit.start};
    case OC_PART_MID: return (days){unit.start + 2, unit.start + 3};
    case OC_PART_LATE:
    case OC_PART_SECOND: return (days){unit.start + 3, unit.end};
    case OC_PART_END: return (days){unit.start + 4, unit.end};
    default: return unit;
    }
}

/* Years of a decade: early 0-2, mid 4-6, late 7-9, halves of five; of a century ten times that. */
static days part_of_years(int first, int scale, oc_part part)
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
    return (days){oc_day_from_civil(first + from * scale, 1, 1), oc_day_from_civil(first + to * scale - 1, 12, 31)};
}

/* --- building for a known year and month --- */

static days half_of(days year, int half)
{
    return part_of_months(year, half == 2 ? OC_PART_SECOND : OC_PART_FIRST);
}

static days quarter_of(days year, int quarter)
{
    oc_civil from = oc_civil_from_day(year.start);
    return months_from(from.year, from.month + 3 * (quarter - 1), 3);
}

static days nth_week(days unit, int nth)
{
    if (nth < 0) return (days){week_start(unit.end - 3), week_start(unit.end - 3) + 6};
    oc_day first = week_start(unit.start + 3); /* the week with the unit's first Thursday */
    return (days){first + 7 * (nth - 1), first + 7 * (nth - 1) + 6};
}

static bool nth_weekday(days unit, int nth, int weekday, days *ret)
{
    oc_day day = nth > 0 ? unit.start + (weekday - oc_weekday(unit.start) + 7) % 7 + 7 * (nth - 1)
                         : unit.end - (oc_weekday(unit.end) - weekday + 7) % 7;
    *ret = (days){day, day};
    return day <= unit.end;
}

static days year_days(const resolver *r, int year)
{
    return months_from(year, 1 + (r->spec->fiscal ? fiscal_shift(r) : 0), 12);
}

static days season_in(int year, int season)
{
    return months_from(year, 3 + 3 * season, 3);
}

static bool day_in_month(days month, int day, days *ret)
{
    oc_day length = month.end - month.start + 1;
    if (day == -1) day = (int)length;
    if (day < 1 || day > length) return false;
    *ret = (days){month.start + day - 1, month.start + day - 1};
    return true;
}

/* The finest unit inside `unit` (a year, or a month if `month` is set). */
static bool build_inside(const resolver *r, days unit, bool has_unit, days *ret)
{
    const oc_date_spec *spec = r->spec;
    *ret = unit;
    if (spec->week_from == OC_FROM_NTH) *ret = nth_week(unit, spec->week);
    if (spec->day_from == OC_FROM_TEXT) {
        if (!has_unit || !day_in_month(unit, spec->day, ret)) return false;
    } else if (spec->nth && spec->weekday >= 0) {
        if (!nth_weekday(unit, spec->nth, spec->weekday, ret)) return false;
    } else if (spec->weekday >= 0 && spec->week_from == OC_FROM_NTH) {
        *ret = (days){ret->start + spec->weekday, ret->start + spec->weekday};
    } else if (spec->weekend) {
        oc_day saturday = spec->week_from ? ret->start + 5
                          : spec->nth < 0 ? unit.end - (oc_weekday(unit.end) + 2) % 7
                                          : unit.start + (5 - oc_weekday(unit.start) + 7) % 7 + 7 * (spec->nth ? spec->nth - 1 : 0);
        *ret = (days){saturday, saturday + 1};
    }
    return true;
}

static bool build_year(const resolver *r, int year, days *ret)
{
    const oc_date_spec *spec = r->spec;
    if (!year_fits(year)) return false;
    if (spec->holiday >= 0) {
        oc_day day = oc_holiday_in(&r->tables->holidays.at[spec->holiday], year);
        *ret = (days){day, day};
        return day != OC_DAY_NONE;
    }
    days unit = year_days(r, year);
    if (spec->outer) unit = part_of_months(unit, spec->outer);
    if (spec->half_from == OC_FROM_TEXT) unit = half_of(unit, spec->half);
    if (spec->quarter_from == OC_FROM_TEXT) unit = quarter_of(year_days(r, year), spec->quarter);
    if (spec->season >= 0) unit = season_in(year, spec->season);
    if (spec->month_from == OC_FROM_TEXT) {
        int shift = fiscal_shift(r), in_year = year;
        if (spec->fiscal && shift > 0 && spec->month <= shift) in_year++;
        if (spec->fiscal && shift < 0 && spec->month > 12 + shift) in_year--;
        unit = month_days(in_year, spec->month);
    }
    return build_inside(r, unit, spec->month_from != OC_FROM_NONE, ret);
}

/* --- which year --- */

static bool base_of(const resolver *r, oc_from from, oc_day *ret_base)
{
    *ret_base = from == OC_FROM_CONTEXT ? r->base : r->context->anchor;
    return *ret_base != OC_DAY_NONE;
}

static bool known_year(const resolver *r, int *ret_year)
{
    const oc_date_spec *spec = r->spec;
    oc_day base;
    if (spec->year_from == OC_FROM_TEXT) {
        *ret_year = spec->year;
        return true;
    }
    if (!base_of(r, spec->year_from, &base)) return false;
    int now = spec->fiscal ? fiscal_year_of(r, base) : oc_civil_from_day(base).year;
    *ret_year = now + spec->year;
    return true;
}

static bool matches_weekday(const resolver *r, days unit)
{
    const oc_date_spec *spec = r->spec;
    bool check = spec->day_from == OC_FROM_TEXT && spec->weekday >= 0;
    return !check || oc_weekday(unit.start) == spec->weekday;
}

typedef struct readings {
    days past, future;
    bool has_past, has_future;
} readings;

static void consider(readings *found, days unit, oc_day anchor)
{
    if (unit.start <= anchor && (!found->has_past || unit.start > found->past.start))
        found->past = unit, found->has_past = true;
    if (unit.end >= anchor && (!found->has_future || unit.start < found->future.start))
        found->future = unit, found->has_future = true;
}

/* Candidates of all years around the anchor. A printed weekday chooses among them. */
static readings years_around(const resolver *r, oc_day anchor)
{
    readings found = {0};
    int now = oc_civil_from_day(anchor).year;
    for (int pass = 0; pass < 2 && !found.has_past && !found.has_future; pass++) {
        int reach = pass || r->spec->weekday < 0 ? 8 : 1; /* a weekday fits again after five or six years */
        for (int year = now - reach; year <= now + reach; year++) {
            days unit;
            if (build_year(r, year, &unit) && (pass || matches_weekday(r, unit))) consider(&found, unit, anchor);
        }
    }
    return found;
}

static readings months_around(const resolver *r, oc_day anchor)
{
    readings found = {0};
    oc_civil now = oc_civil_from_day(anchor);
    for (int pass = 0; pass < 2 && !found.has_past && !found.has_future; pass++) {
        for (int shift = -12; shift <= 12; shift++) {
            days unit, month = months_from(now.year, now.month + shift, 1);
            if (build_inside(r, month, true, &unit) && (pass || matches_weekday(r, unit)))
                consider(&found, unit, anchor);
        }
    }
    return found;
}

static readings weekdays_around(const resolver *r, oc_day anchor)
{
    const oc_date_spec *spec = r->spec;
    readings found = {.has_past = true, .has_future = true};
    int first = spec->weekend ? 5 : spec->weekday, length = spec->weekend ? 1 : 0;
    oc_day past = anchor - (oc_weekday(anchor) - first + 7) % 7, future = past + length < anchor ? past + 7 : past;
    found.past = (days){past, past + length};
    found.future = (days){future, future + length};
    return found;
}

static bool choose(const readings *found, oc_tense tense, oc_day not_before, days *ret, days *ret_other)
{
    bool future = tense == OC_TENSE_FUTURE || !found->has_past;
    if (not_before != OC_DAY_NONE && found->has_past && found->past.end < not_before) future = true;
    if (future && !found->has_future) future = false;
    if (!found->has_past && !found->has_future) return false;
    *ret = future ? found->future : found->past;
    days other = future ? found->past : found->future;
    bool has_other = found->has_past && found->has_future && other.start != ret->start;
    *ret_other = has_other ? other : (days){OC_DAY_NONE, OC_DAY_NONE};
    return true;
}

/* --- the kinds of specification --- */

static void set(oc_date *ret, days unit, oc_date_basis basis)
{
    ret->unit_start = unit.start;
    ret->unit_end = unit.end;
    ret->basis = basis;
}

static oc_day shift_day(oc_day day, const oc_date_spec *spec, int sign)
{
    const int *n = spec->amount;
    int months = n[OC_UNIT_MONTH] + 3 * n[OC_UNIT_QUARTER] + 6 * n[OC_UNIT_HALF] +
                 12 * (n[OC_UNIT_YEAR] + n[OC_UNIT_FISCAL] + 10 * n[OC_UNIT_DECADE] + 100 * n[OC_UNIT_CENTURY]);
    int extra = n[OC_UNIT_DAY] + 7 * (n[OC_UNIT_WEEK] + n[OC_UNIT_WEEKEND]);
    if (spec->half_more && spec->length_unit == OC_UNIT_YEAR) months += 6;
    if (spec->half_more && spec->length_unit == OC_UNIT_DECADE) months += 60;
    if (spec->half_more && spec->length_unit == OC_UNIT_MONTH) extra += 15;
    return oc_day_add_months(day, sign * months) + sign * extra;
}

static bool resolve_length(const resolver *r, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    oc_day base;
    if (!spec->offset_from || !base_of(r, spec->offset_from, &base)) return false;
    oc_day far = shift_day(base, spec, spec->offset_sign);
    days unit = {far, far};
    if (spec->span && spec->offset_sign > 0) unit = (days){base + !spec->span_whole, far};
    if (spec->span && spec->offset_sign < 0) unit = (days){far, base - !spec->span_whole};
    if (unit.start > unit.end) return false;
    set(ret, unit, spec->offset_from == OC_FROM_CONTEXT ? OC_BASIS_CONTEXT : OC_BASIS_RELATIVE);
    if (spec->span) return true;
    oc_civil c = oc_civil_from_day(far);
    days wide = unit;
    if (spec->length_unit == OC_UNIT_MONTH) wide = month_days(c.year, c.month);
    if (spec->length_unit >= OC_UNIT_YEAR) wide = months_from(c.year, 1, 12);
    if (wide.start != wide.end) ret->other_start = wide.start, ret->other_end = wide.end;
    return true;
}

static bool resolve_week(const resolver *r, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    oc_day base;
    if (!base_of(r, spec->week_from, &base)) return false;
    oc_day monday = week_start(base) + 7 * spec->week;
    days unit = {monday, monday + 6};
    if (spec->weekday >= 0) unit = (days){monday + spec->weekday, monday + spec->weekday};
    else if (spec->weekend) unit = (days){monday + 5, monday + 6};
    else if (spec->part) unit = part_of_week(unit, spec->part);
    set(ret, unit, spec->week_from == OC_FROM_CONTEXT ? OC_BASIS_CONTEXT : OC_BASIS_RELATIVE);
    return true;
}

static bool resolve_weekday(const resolver *r, oc_tense tense, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    oc_day anchor = r->context->anchor;
    if (anchor == OC_DAY_NONE) return false;
    readings found = weekdays_around(r, anchor);
    days unit, other;
    if (!choose(&found, tense, OC_DAY_NONE, &unit, &other)) return false;
    if (spec->weekday_side < 0) unit = found.past.end == anchor ? (days){anchor - 7, anchor - 7} : found.past;
    if (spec->weekday_side < 0) other = (days){week_start(anchor) - 7 + spec->weekday, week_start(anchor) - 7 + spec->weekday};
    if (spec->weekday_side > 0) other = found.future.start == anchor ? (days){anchor + 7, anchor + 7} : found.future;
    if (spec->weekday_side > 0) unit = (days){week_start(anchor) + 7 + spec->weekday, week_start(anchor) + 7 + spec->weekday};
    set(ret, unit, OC_BASIS_RELATIVE);
    if (other.start != unit.start) ret->other_start = other.start, ret->other_end = other.end;
    return true;
}

static bool resolve_day(const resolver *r, oc_date *ret)
{
    oc_day base;
    if (!base_of(r, r->spec->day_from, &base)) return false;
    oc_day day = base + r->spec->day;
    set(ret, (days){day, day}, r->spec->day_from == OC_FROM_CONTEXT ? OC_BASIS_CONTEXT : OC_BASIS_RELATIVE);
    ret->weekday_conflict = r->spec->weekday >= 0 && oc_weekday(day) != r->spec->weekday;
    return true;
}

static bool resolve_years(const resolver *r, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    oc_day base;
    bool relative = spec->decade_relative || (spec->century_from && spec->century_from != OC_FROM_TEXT);
    if (relative && !base_of(r, OC_FROM_ANCHOR, &base)) return false;
    int now = relative ? oc_civil_from_day(base).year : 0;
    bool is_century = spec->century_from != OC_FROM_NONE;
    int first = spec->decade_relative ? now - now % 10 + 10 * spec->decade_offset : spec->decade;
    if (is_century) {
        int number = spec->century_from == OC_FROM_TEXT ? spec->century : (now - 1) / 100 + 1 + spec->century;
        first = (number - 1) * 100 + 1;
    }
    if (!year_fits(first) || !year_fits(first + 99)) return false;
    set(ret, part_of_years(first, is_century ? 10 : 1, spec->part), relative ? OC_BASIS_RELATIVE : OC_BASIS_EXPLICIT);
    return true;
}

/* Months, quarters and halves counted from the anchor. */
static bool resolve_unit(const resolver *r, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    bool is_month = spec->month_from && spec->month_from != OC_FROM_TEXT;
    bool is_quarter = spec->quarter_from && spec->quarter_from != OC_FROM_TEXT;
    oc_from from = is_month ? spec->month_from : is_quarter ? spec->quarter_from : spec->half_from;
    oc_day base;
    if (!base_of(r, from, &base)) return false;
    oc_civil now = oc_civil_from_day(base);
    days unit, inside;
    if (is_month) unit = months_from(now.year, now.month + spec->month, 1);
    else if (is_quarter) unit = months_from(now.year, (now.month - 1) / 3 * 3 + 1 + 3 * spec->quarter, 3);
    else unit = months_from(now.year, (now.month - 1) / 6 * 6 + 1 + 6 * spec->half, 6);
    if (!build_inside(r, unit, is_month, &inside)) return false;
    set(ret, inside, from == OC_FROM_CONTEXT ? OC_BASIS_CONTEXT : OC_BASIS_RELATIVE);
    ret->weekday_conflict = !matches_weekday(r, inside);
    return true;
}

static bool resolve_known_year(const resolver *r, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    int year;
    days unit;
    if (!known_year(r, &year) || !build_year(r, year, &unit)) return false;
    oc_date_basis basis = spec->year_from == OC_FROM_ANCHOR    ? OC_BASIS_RELATIVE
                          : spec->year_from == OC_FROM_CONTEXT ? OC_BASIS_CONTEXT
                          : spec->era                          ? OC_BASIS_ERA
                                                               : OC_BASIS_EXPLICIT;
    set(ret, unit, basis);
    ret->weekday_conflict = !matches_weekday(r, unit);
    return true;
}

static bool resolve_season(const resolver *r, oc_tense tense, oc_date *ret)
{
    oc_day anchor = r->context->anchor;
    if (anchor == OC_DAY_NONE) return false;
    readings found = years_around(r, anchor);
    int side = r->spec->season_offset;
    int year = oc_civil_from_day(anchor).year;
    days unit, other;
    if (!choose(&found, tense, OC_DAY_NONE, &unit, &other)) return false;
    bool inside = found.past.start == found.future.start;
    if (side == 0) unit = inside ? found.past : season_in(year, r->spec->season);
    if (side < 0) unit = found.past.end < anchor ? found.past : season_in(year - 1 - (found.past.start < oc_day_from_civil(year, 1, 1)), r->spec->season);
    if (side > 0) unit = !inside ? found.future : season_in(oc_civil_from_day(found.past.start).year + 1, r->spec->season);
    if (side > 0) other = season_in(year + 1, r->spec->season);
    if (side < 0) other = season_in(year - 1, r->spec->season);
    set(ret, unit, OC_BASIS_RELATIVE);
    if (side && other.start != unit.start) ret->other_start = other.start, ret->other_end = other.end;
    return true;
}

static bool resolve_missing(const resolver *r, oc_tense tense, oc_day not_before, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    oc_day anchor = r->context->anchor;
    days unit, other = {OC_DAY_NONE, OC_DAY_NONE};
    bool has_month = spec->month_from == OC_FROM_TEXT;
    bool monthless = !has_month && (spec->day_from || spec->nth || spec->week_from == OC_FROM_NTH) && spec->holiday < 0;
    oc_date_basis basis = monthless ? OC_BASIS_MONTH_MISSING : OC_BASIS_YEAR_MISSING;
    if (spec->holiday >= 0) basis = OC_BASIS_NAMED;
    if (r->context->year && !monthless && build_year(r, r->context->year, &unit)) {
        set(ret, unit, basis);
        return true;
    }
    if (anchor == OC_DAY_NONE) return false;
    bool this_year = !has_month && spec->season < 0 && spec->holiday < 0 && !monthless;
    if (this_year) {
        int year = spec->fiscal ? fiscal_year_of(r, anchor) : oc_civil_from_day(anchor).year;
        if (!build_year(r, year, &unit)) return false;
        set(ret, unit, basis);
        return true;
    }
    readings found = monthless ? months_around(r, anchor) : years_around(r, anchor);
    if (!choose(&found, tense, not_before, &unit, &other)) return false;
    set(ret, unit, basis);
    ret->other_start = other.start;
    ret->other_end = other.end;
    ret->weekday_conflict = !matches_weekday(r, unit);
    return true;
}

static bool resolve_kind(const resolver *r, oc_tense tense, oc_day not_before, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    if (spec->length) return resolve_length(r, ret);
    if (spec->period >= 0) {
        const oc_period *period = &r->tables->periods.at[spec->period];
        set(ret, (days){period->start, period->end}, OC_BASIS_NAMED);
        return true;
    }
    if (spec->day_from > OC_FROM_TEXT) return resolve_day(r, ret);
    if (spec->week_from && spec->week_from != OC_FROM_NTH) return resolve_week(r, ret);
    if (spec->decade >= 0 || spec->decade_relative || spec->century_from) return resolve_years(r, ret);
    if (spec->month_from > OC_FROM_TEXT && !spec->year_from) return resolve_unit(r, ret);
    if (spec->quarter_from > OC_FROM_TEXT || spec->half_from > OC_FROM_TEXT) return resolve_unit(r, ret);
    if (spec->year_from) return resolve_known_year(r, ret);
    if (spec->season >= 0 && spec->season_relative) return resolve_season(r, tense, ret);
    bool alone = !spec->month_from && !spec->day_from && !spec->nth && spec->holiday < 0;
    if ((spec->weekday >= 0 || spec->weekend) && alone && spec->week_from == OC_FROM_NONE)
        return resolve_weekday(r, tense, ret);
    return resolve_missing(r, tense, not_before, ret);
}

static oc_date_grain grain_of(const oc_date_spec *spec)
{
    static const oc_date_grain whole[OC_UNIT_COUNT] = {
        OC_GRAIN_PERIOD, OC_GRAIN_DAY,  OC_GRAIN_WEEKEND, OC_GRAIN_WEEK,        OC_GRAIN_MONTH,  OC_GRAIN_QUARTER,
        OC_GRAIN_SEASON, OC_GRAIN_HALF, OC_GRAIN_YEAR,    OC_GRAIN_FISCAL_YEAR, OC_GRAIN_DECADE, OC_GRAIN_CENTURY};
    oc_unit unit = oc_date_spec_unit(spec);
    if (spec->length) unit = spec->length_unit;
    if (spec->period >= 0) return OC_GRAIN_PERIOD;
    if (!spec->part) return whole[unit];
    switch (unit) {
    case OC_UNIT_MONTH: return OC_GRAIN_MONTH_PART;
    case OC_UNIT_DECADE: return OC_GRAIN_DECADE_PART;
    case OC_UNIT_CENTURY: return OC_GRAIN_CENTURY_PART;
    case OC_UNIT_YEAR:
    case OC_UNIT_FISCAL:
        return spec->part == OC_PART_END || spec->part == OC_PART_BEGIN       ? OC_GRAIN_MONTH
               : spec->part == OC_PART_FIRST || spec->part == OC_PART_SECOND ? OC_GRAIN_HALF
                                                                              : OC_GRAIN_YEAR_PART;
    default: return whole[unit];
    }
}

static void apply_part(const oc_date_spec *spec, oc_date *ret)
{
    oc_unit unit = oc_date_spec_unit(spec);
    days days_of = {ret->unit_start, ret->unit_end};
    if (!spec->part) return;
    ret->hedge = OC_DATE_FUZZY;
    if (unit == OC_UNIT_MONTH) days_of = part_of_month(days_of, spec->part);
    else if (unit >= OC_UNIT_QUARTER && unit <= OC_UNIT_FISCAL) days_of = part_of_months(days_of, spec->part);
    ret->unit_start = days_of.start;
    ret->unit_end = days_of.end;
    if (ret->other_start == OC_DAY_NONE) return;
    days other = {ret->other_start, ret->other_end};
    if (unit == OC_UNIT_MONTH) other = part_of_month(other, spec->part);
    else if (unit >= OC_UNIT_QUARTER && unit <= OC_UNIT_FISCAL) other = part_of_months(other, spec->part);
    ret->other_start = other.start;
    ret->other_end = other.end;
}

bool oc_date_resolve(const oc_date_tables *tables, oc_lang lang, const oc_date_spec *spec,
                     const oc_date_context *context, oc_tense tense, oc_day not_before, oc_date *ret)
{
    resolver r = {tables, lang, spec, context, context->last_start};
    *ret = (oc_date){.other_start = OC_DAY_NONE, .other_end = OC_DAY_NONE};
    if (r.base == OC_DAY_NONE) r.base = context->anchor;
    if (spec->tense) tense = spec->tense;
    if (!resolve_kind(&r, tense, not_before, ret)) return false;
    ret->grain = grain_of(spec);
    apply_part(spec, ret);
    if (spec->hedge) ret->hedge = spec->hedge;
    if (spec->to_date && context->anchor != OC_DAY_NONE && ret->unit_start <= context->anchor)
        ret->unit_end = context->anchor;
    ret->start = ret->unit_start;
    ret->end = ret->unit_end;
    return ret->start >= OC_DAY_MIN && ret->end <= OC_DAY_MAX && ret->start <= ret->end;
}
