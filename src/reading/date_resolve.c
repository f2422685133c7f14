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
#include "reading/date_calendar.h"
#include "reading/date_spec.h"

typedef struct resolver {
    const oc_date_tables *tables;
    oc_lang lang;
    const oc_date_spec *spec;
    const oc_date_context *context;
    oc_day base; /* the day that context offsets count from */
} resolver;

static bool year_fits(int year)
{
    return year >= 1 && year <= 9990;
}

/* Months from January of year N to the start of fiscal year N: of the country named, of the caller's, of the
 * language's. */
static int fiscal_shift(const resolver *r)
{
    if (r->spec->fiscal_of) return r->spec->fiscal_shift;
    oc_lang lang = r->context->fiscal < OC_LANG_COUNT ? r->context->fiscal : r->lang;
    return r->tables->fiscal_shift[lang];
}

static int fiscal_year_of(const resolver *r, oc_day day)
{
    return oc_civil_from_day(oc_day_add_months(day, -fiscal_shift(r))).year;
}

static oc_days year_days(const resolver *r, int year)
{
    return oc_days_of_months(year, 1 + (r->spec->fiscal ? fiscal_shift(r) : 0), 12);
}

static bool day_in_month(oc_days month, int day, oc_days *ret)
{
    oc_day length = month.end - month.start + 1;
    if (day == -1) day = (int)length;
    if (day < 1 || day > length) return false;
    *ret = (oc_days){month.start + day - 1, month.start + day - 1};
    return true;
}

/* The finest unit inside `unit` (a year, or a month if `month` is set). */
static bool build_inside(const resolver *r, oc_days unit, bool has_unit, oc_days *ret)
{
    const oc_date_spec *spec = r->spec;
    *ret = unit;
    if (spec->week_from == OC_FROM_NTH) *ret = oc_days_nth_week(unit, spec->week);
    if (spec->day_from == OC_FROM_TEXT) {
        if (!has_unit || !day_in_month(unit, spec->day, ret)) return false;
    } else if (spec->nth && spec->weekday >= 0) {
        if (!oc_days_nth_weekday(unit, spec->nth, spec->weekday, ret)) return false;
    } else if (spec->weekday >= 0 && spec->week_from == OC_FROM_NTH) {
        *ret = (oc_days){ret->start + spec->weekday, ret->start + spec->weekday};
    } else if (spec->weekend) {
        oc_day first = unit.start + (5 - oc_weekday(unit.start) + 7) % 7;
        oc_day saturday = spec->week_from ? ret->start + 5
                          : spec->nth < 0 ? unit.end - (oc_weekday(unit.end) + 2) % 7
                                          : first + (oc_day)7 * (spec->nth ? spec->nth - 1 : 0);
        *ret = (oc_days){saturday, saturday + 1};
    }
    return true;
}

/* The weekend a holiday makes longer: Saturday to Memorial Day, Thanksgiving to Sunday. */
static oc_days long_weekend(oc_day day)
{
    int weekday = oc_weekday(day);
    if (weekday < 2) return (oc_days){day - weekday - 2, day};
    oc_day saturday = day + 5 - weekday;
    return (oc_days){day < saturday ? day : saturday, saturday + 1};
}

static bool build_year(const resolver *r, int year, oc_days *ret)
{
    const oc_date_spec *spec = r->spec;
    if (!year_fits(year)) return false;
    if (spec->holiday >= 0) {
        oc_day day = oc_holiday_in(&r->tables->holidays.at[spec->holiday], year);
        *ret = (oc_days){day, day + r->tables->holidays.at[spec->holiday].length - 1};
        if (spec->weekend && day != OC_DAY_NONE) *ret = long_weekend(day);
        return day != OC_DAY_NONE;
    }
    oc_days unit = year_days(r, year);
    if (spec->outer) unit = oc_days_part_of_months(unit, spec->outer);
    if (spec->half_from == OC_FROM_TEXT) unit = oc_days_half(unit, spec->half);
    if (spec->quarter_from == OC_FROM_TEXT) unit = oc_days_quarter(year_days(r, year), spec->quarter);
    if (spec->season >= 0) unit = oc_days_of_season(year, spec->season);
    if (spec->month_from == OC_FROM_TEXT) {
        int shift = fiscal_shift(r), in_year = year;
        if (spec->fiscal && shift > 0 && spec->month <= shift) in_year++;
        if (spec->fiscal && shift < 0 && spec->month > 12 + shift) in_year--;
        unit = oc_days_of_month(in_year, spec->month);
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

static bool matches_weekday(const resolver *r, oc_days unit)
{
    const oc_date_spec *spec = r->spec;
    bool check = spec->day_from == OC_FROM_TEXT && spec->weekday >= 0;
    return !check || oc_weekday(unit.start) == spec->weekday;
}

typedef struct readings {
    oc_days past, future;
    bool has_past, has_future;
} readings;

static void consider(readings *found, oc_days unit, oc_day anchor)
{
    if (unit.start <= anchor && (!found->has_past || unit.start > found->past.start))
        found->past = unit, found->has_past = true;
    if (unit.end >= anchor && (!found->has_future || unit.start < found->future.start))
        found->future = unit, found->has_future = true;
}

/* Builds the unit of the nth year or month from the anchor's on; false if there is none. */
typedef bool build_fn(const resolver *r, oc_civil now, int nth, oc_days *ret);

static bool build_nth_year(const resolver *r, oc_civil now, int nth, oc_days *ret)
{
    return build_year(r, now.year + nth, ret);
}

static bool build_nth_month(const resolver *r, oc_civil now, int nth, oc_days *ret)
{
    return build_inside(r, oc_days_of_months(now.year, now.month + nth, 1), true, ret);
}

/* The units next to the anchor, of those at most `reach` years or months away; of them only those on the weekday
 * printed, if `match`. Later ones begin later, and none begins before the year or month before its own: so the first
 * found on the way back from the next one is the past reading, and the last one that ended later the future reading. */
static readings find_around(const resolver *r, oc_day anchor, build_fn *build, int reach, bool match)
{
    readings found = {0};
    oc_civil now = oc_civil_from_day(anchor);
    oc_days unit;
    for (int nth = 1; nth >= -reach && !found.has_past; nth--)
        if (build(r, now, nth, &unit) && (!match || matches_weekday(r, unit))) consider(&found, unit, anchor);
    for (int nth = 2; nth <= reach && !found.has_future; nth++)
        if (build(r, now, nth, &unit) && (!match || matches_weekday(r, unit))) consider(&found, unit, anchor);
    return found;
}

/* A printed weekday chooses among the years next to the anchor's: it fits again after five or six years. */
static readings years_around(const resolver *r, oc_day anchor)
{
    enum { NEXT = 1, FAR = 8 };
    bool weekday = r->spec->weekday >= 0;
    readings found = find_around(r, anchor, build_nth_year, weekday ? NEXT : FAR, weekday);
    return found.has_past || found.has_future ? found : find_around(r, anchor, build_nth_year, FAR, false);
}

static readings months_around(const resolver *r, oc_day anchor)
{
    enum { FAR = 12 };
    readings found = find_around(r, anchor, build_nth_month, FAR, true);
    return found.has_past || found.has_future ? found : find_around(r, anchor, build_nth_month, FAR, false);
}

static readings weekdays_around(const resolver *r, oc_day anchor)
{
    const oc_date_spec *spec = r->spec;
    readings found = {.has_past = true, .has_future = true};
    int first = spec->weekend ? 5 : spec->weekday, length = spec->weekend ? 1 : 0;
    oc_day past = anchor - (oc_weekday(anchor) - first + 7) % 7, future = past + length < anchor ? past + 7 : past;
    found.past = (oc_days){past, past + length};
    found.future = (oc_days){future, future + length};
    return found;
}

/* A coming unit that is far nearer than the past one: a week of June in a text of May. */
static bool lies_near(const readings *found, oc_day anchor)
{
    if (!found->has_past || !found->has_future) return false;
    return 2 * (found->future.start - anchor) < anchor - found->past.end;
}

static bool choose(const readings *found, oc_tense tense, oc_day not_before, oc_days *ret, oc_days *ret_other)
{
    bool future = tense == OC_TENSE_FUTURE || !found->has_past;
    if (not_before != OC_DAY_NONE && found->has_past && found->past.end < not_before) future = true;
    if (future && !found->has_future) future = false;
    if (!found->has_past && !found->has_future) return false;
    *ret = future ? found->future : found->past;
    oc_days other = future ? found->past : found->future;
    bool has_other = found->has_past && found->has_future && other.start != ret->start;
    *ret_other = has_other ? other : (oc_days){OC_DAY_NONE, OC_DAY_NONE};
    return true;
}

/* --- the kinds of specification --- */

static void set(oc_date *ret, oc_days unit, oc_date_basis basis)
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
    return oc_day_add_months(day, sign * months) + (oc_day)sign * extra;
}

static bool resolve_length(const resolver *r, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    oc_day base;
    if (!spec->offset_from || !base_of(r, spec->offset_from, &base)) return false;
    oc_day far = shift_day(base, spec, spec->offset_sign);
    oc_days unit = {far, far};
    if (spec->amount_low && !spec->span) {
        oc_date_spec low = *spec;
        low.amount[spec->length_unit] = spec->amount_low;
        oc_day near = shift_day(base, &low, spec->offset_sign);
        unit = near < far ? (oc_days){near, far} : (oc_days){far, near};
    }
    if (spec->span && spec->offset_sign > 0) unit = (oc_days){base + !spec->span_whole, far};
    if (spec->span && spec->offset_sign < 0) unit = (oc_days){far, base - !spec->span_whole};
    if (unit.start > unit.end) return false;
    set(ret, unit, spec->offset_from == OC_FROM_CONTEXT ? OC_BASIS_CONTEXT : OC_BASIS_RELATIVE);
    if (spec->span) return true;
    oc_civil c = oc_civil_from_day(far);
    oc_days wide = unit;
    if (spec->length_unit == OC_UNIT_MONTH) wide = oc_days_of_month(c.year, c.month);
    if (spec->length_unit >= OC_UNIT_YEAR) wide = oc_days_of_months(c.year, 1, 12);
    if (wide.start != wide.end) ret->other_start = wide.start, ret->other_end = wide.end;
    return true;
}

static bool resolve_week(const resolver *r, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    oc_day base;
    if (!base_of(r, spec->week_from, &base)) return false;
    oc_day monday = oc_day_week_start(base) + (oc_day)7 * spec->week;
    oc_days unit = {monday, monday + 6};
    if (spec->weekday >= 0)
        unit = (oc_days){monday + spec->weekday, monday + spec->weekday};
    else if (spec->weekend)
        unit = (oc_days){monday + 5, monday + 6};
    else if (spec->part)
        unit = oc_days_part_of_week(unit, spec->part);
    set(ret, unit, spec->week_from == OC_FROM_CONTEXT ? OC_BASIS_CONTEXT : OC_BASIS_RELATIVE);
    return true;
}

static bool resolve_weekday(const resolver *r, oc_tense tense, oc_day not_before, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    oc_day anchor = r->context->anchor;
    if (anchor == OC_DAY_NONE) return false;
    readings found = weekdays_around(r, anchor);
    oc_days unit, other;
    if (spec->weekend && !tense) tense = OC_TENSE_FUTURE; /* that of the anchor's week */
    if (not_before != OC_DAY_NONE && found.future.start < not_before && tense != OC_TENSE_PAST)
        found.future.start += 7, found.future.end += 7;
    if (!choose(&found, tense, not_before, &unit, &other)) return false;
    if (spec->weekday_side < 0) unit = found.past.end == anchor ? (oc_days){anchor - 7, anchor - 7} : found.past;
    if (spec->weekday_side < 0)
        other = (oc_days){oc_day_week_start(anchor) - 7 + spec->weekday, oc_day_week_start(anchor) - 7 + spec->weekday};
    if (spec->weekday_side > 0) other = found.future.start == anchor ? (oc_days){anchor + 7, anchor + 7} : found.future;
    if (spec->weekday_side > 0)
        unit = (oc_days){oc_day_week_start(anchor) + 7 + spec->weekday, oc_day_week_start(anchor) + 7 + spec->weekday};
    set(ret, unit, OC_BASIS_RELATIVE);
    if (other.start != unit.start) ret->other_start = other.start, ret->other_end = other.end;
    return true;
}

static bool resolve_day(const resolver *r, oc_date *ret)
{
    oc_day base;
    if (!base_of(r, r->spec->day_from, &base)) return false;
    oc_day day = base + r->spec->day;
    set(ret, (oc_days){day, day}, r->spec->day_from == OC_FROM_CONTEXT ? OC_BASIS_CONTEXT : OC_BASIS_RELATIVE);
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
    set(ret, oc_days_part_of_years(first, is_century ? 10 : 1, spec->part),
        relative ? OC_BASIS_RELATIVE : OC_BASIS_EXPLICIT);
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
    oc_days unit, inside;
    if (is_month)
        unit = oc_days_of_months(now.year, now.month + spec->month, 1);
    else if (is_quarter)
        unit = oc_days_of_months(now.year, (now.month - 1) / 3 * 3 + 1 + 3 * spec->quarter, 3);
    else
        unit = oc_days_of_months(now.year, (now.month - 1) / 6 * 6 + 1 + 6 * spec->half, 6);
    if (!build_inside(r, unit, is_month, &inside)) return false;
    set(ret, inside, from == OC_FROM_CONTEXT ? OC_BASIS_CONTEXT : OC_BASIS_RELATIVE);
    ret->weekday_conflict = !matches_weekday(r, inside);
    return true;
}

static bool resolve_known_year(const resolver *r, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    int year;
    oc_days unit;
    if (!known_year(r, &year) || !build_year(r, year, &unit)) return false;
    oc_date_basis basis = spec->holiday >= 0                   ? OC_BASIS_NAMED
                          : spec->year_from == OC_FROM_ANCHOR  ? OC_BASIS_RELATIVE
                          : spec->year_from == OC_FROM_CONTEXT ? OC_BASIS_CONTEXT
                          : spec->named                        ? OC_BASIS_NAMED
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
    oc_days unit, other;
    if (!choose(&found, tense, OC_DAY_NONE, &unit, &other)) return false;
    bool inside = found.past.start == found.future.start;
    if (side == 0) unit = inside ? found.past : oc_days_of_season(year, r->spec->season);
    if (side < 0)
        unit = found.past.end < anchor
                   ? found.past
                   : oc_days_of_season(year - 1 - (found.past.start < oc_day_from_civil(year, 1, 1)), r->spec->season);
    if (side > 0)
        unit =
            !inside ? found.future : oc_days_of_season(oc_civil_from_day(found.past.start).year + 1, r->spec->season);
    if (side > 0) other = oc_days_of_season(year + 1, r->spec->season);
    if (side < 0) other = oc_days_of_season(year - 1, r->spec->season);
    set(ret, unit, OC_BASIS_RELATIVE);
    if (side && other.start != unit.start) ret->other_start = other.start, ret->other_end = other.end;
    return true;
}

/* English: "before he leaves office in 2030, and in a speech on Aug. 15": a day of years ahead that nothing tells to be
 * one is that of the anchor's year. */
static bool is_said_beside(const resolver *r, oc_day anchor, const oc_days *unit, oc_tense tense)
{
    bool season = r->spec->season >= 0;
    return r->lang == OC_LANG_EN && anchor != OC_DAY_NONE && (season || r->spec->day_from == OC_FROM_TEXT) &&
           tense != OC_TENSE_FUTURE && r->context->year > oc_civil_from_day(anchor).year && unit->start > anchor;
}

static bool resolve_missing(const resolver *r, oc_tense tense, oc_day not_before, oc_date *ret)
{
    const oc_date_spec *spec = r->spec;
    oc_day anchor = r->context->anchor;
    oc_days unit, other = {OC_DAY_NONE, OC_DAY_NONE};
    bool has_month = spec->month_from == OC_FROM_TEXT;
    bool monthless = !has_month && (spec->day_from || spec->nth || spec->week_from == OC_FROM_NTH) && spec->holiday < 0;
    oc_date_basis basis = monthless ? OC_BASIS_MONTH_MISSING : OC_BASIS_YEAR_MISSING;
    if (spec->holiday >= 0) basis = OC_BASIS_NAMED;
    if (r->context->year && !monthless && build_year(r, r->context->year, &unit)) {
        bool against =
            anchor != OC_DAY_NONE && ((tense == OC_TENSE_PAST && unit.start > anchor) ||
                                      (tense == OC_TENSE_FUTURE && unit.end < anchor && !r->context->year_here));
        against |= is_said_beside(r, anchor, &unit, tense);
        against |= anchor != OC_DAY_NONE && spec->tense; /* in 2028 if the exercise next March goes well */
        bool back = tense == OC_TENSE_FUTURE && unit.end < anchor && r->context->last_start != OC_DAY_NONE &&
                    unit.end < r->context->last_start; /* 2022年末に結ばれた協定は3月末に失効する */
        against |= anchor != OC_DAY_NONE && back;
        if (!against) { /* "by next year," he said on Nov. 18 */
            set(ret, unit, basis);
            return true;
        }
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
    bool told_before = monthless && r->context->month; /* 6月1日、2日 */
    if (!tense && !told_before && lies_near(&found, anchor)) tense = OC_TENSE_FUTURE;
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
        set(ret, (oc_days){spec->period_end ? period->end : period->start, period->end}, OC_BASIS_NAMED);
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
        return resolve_weekday(r, tense, not_before, ret);
    return resolve_missing(r, tense, not_before, ret);
}

static oc_date_grain grain_of(const oc_date_spec *spec, oc_day days)
{
    static const oc_date_grain whole[OC_UNIT_COUNT] = {
        OC_GRAIN_PERIOD, OC_GRAIN_DAY,  OC_GRAIN_WEEKEND, OC_GRAIN_WEEK,        OC_GRAIN_MONTH,  OC_GRAIN_QUARTER,
        OC_GRAIN_SEASON, OC_GRAIN_HALF, OC_GRAIN_YEAR,    OC_GRAIN_FISCAL_YEAR, OC_GRAIN_DECADE, OC_GRAIN_CENTURY};
    oc_unit unit = oc_date_spec_unit(spec);
    if (spec->length) unit = spec->length_unit;
    if (spec->period >= 0) return spec->period_end ? OC_GRAIN_DAY : OC_GRAIN_PERIOD;
    if (spec->holiday >= 0 && days > 1) return spec->weekend ? OC_GRAIN_WEEKEND : OC_GRAIN_PERIOD;
    if (!spec->part) return whole[unit];
    switch (unit) {
    case OC_UNIT_MONTH: return OC_GRAIN_MONTH_PART;
    case OC_UNIT_DECADE: return OC_GRAIN_DECADE_PART;
    case OC_UNIT_CENTURY: return OC_GRAIN_CENTURY_PART;
    case OC_UNIT_YEAR:
    case OC_UNIT_FISCAL:
        return spec->part == OC_PART_END || spec->part == OC_PART_BEGIN      ? OC_GRAIN_MONTH
               : spec->part == OC_PART_FIRST || spec->part == OC_PART_SECOND ? OC_GRAIN_HALF
                                                                             : OC_GRAIN_YEAR_PART;
    default: return whole[unit];
    }
}

static oc_days part_of(oc_unit unit, oc_days whole, oc_part part)
{
    if (unit == OC_UNIT_MONTH) return oc_days_part_of_month(whole, part);
    bool months = unit >= OC_UNIT_QUARTER && unit <= OC_UNIT_FISCAL;
    return months ? oc_days_part_of_months(whole, part) : whole;
}

/* The first or last units of another one: "the first nine months of 2025". False if there are not so many. */
static bool cut(const oc_date_spec *spec, oc_days *unit)
{
    int count = spec->cut_count < 0 ? -spec->cut_count : spec->cut_count;
    oc_days all = *unit;
    bool months = spec->cut_unit >= OC_UNIT_MONTH;
    int size = spec->cut_unit == OC_UNIT_YEAR ? 12 * count : spec->cut_unit == OC_UNIT_QUARTER ? 3 * count : count;
    int length = spec->cut_unit == OC_UNIT_WEEK ? 7 * count : count;
    if (spec->cut_count > 0)
        unit->end = months ? oc_day_add_months(all.start, size) - 1 : all.start + length - 1;
    else
        unit->start = months ? oc_day_add_months(all.end + 1, -size) : all.end - length + 1;
    return unit->start >= all.start && unit->end <= all.end;
}

static bool apply_part(const oc_date_spec *spec, oc_date *ret)
{
    oc_unit unit = oc_date_spec_unit(spec);
    oc_days named = {ret->unit_start, ret->unit_end}, other = {ret->other_start, ret->other_end};
    if (spec->cut_count && !cut(spec, &named)) return false;
    if (spec->part) {
        ret->hedge = OC_DATE_FUZZY;
        oc_part last = spec->part_to ? spec->part_to : spec->part;
        named = (oc_days){part_of(unit, named, spec->part).start, part_of(unit, named, last).end};
        if (other.start != OC_DAY_NONE)
            other = (oc_days){part_of(unit, other, spec->part).start, part_of(unit, other, last).end};
    }
    ret->unit_start = named.start;
    ret->unit_end = named.end;
    ret->other_start = other.start;
    ret->other_end = other.end;
    return true;
}

bool oc_date_resolve(const oc_date_tables *tables, oc_lang lang, const oc_date_spec *spec,
                     const oc_date_context *context, oc_tense tense, oc_day not_before, oc_date *ret)
{
    resolver r = {tables, lang, spec, context, context->last_start};
    *ret = (oc_date){.other_start = OC_DAY_NONE, .other_end = OC_DAY_NONE};
    if (r.base == OC_DAY_NONE) r.base = context->anchor;
    if (spec->tense) tense = spec->tense;
    if (!resolve_kind(&r, tense, not_before, ret)) return false;
    ret->grain = grain_of(spec, ret->unit_end - ret->unit_start + 1);
    if (!apply_part(spec, ret)) return false;
    if (spec->hedge) ret->hedge = spec->hedge;
    if (spec->to_date && context->anchor != OC_DAY_NONE && ret->unit_start <= context->anchor)
        ret->unit_end = context->anchor;
    if (spec->from_date && context->anchor != OC_DAY_NONE && ret->unit_end >= context->anchor)
        ret->unit_start = context->anchor;
    ret->start = ret->unit_start;
    ret->end = ret->unit_end;
    return ret->start >= OC_DAY_MIN && ret->end <= OC_DAY_MAX && ret->start <= ret->end;
}
