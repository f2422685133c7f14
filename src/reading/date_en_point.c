/* English points by their first token: this and next, parts, ordinals, weekdays, seasons, quarters, fiscal years,
 * weeks, decades, years that stand alone. Example: "the end of the first half of next year" is part end of half 1 of
 * year +1. */
#include "reading/date_calendar.h"
#include "reading/date_en.h"
#include "reading/date_term.h"

/* Weekday behind a week ("next week on Monday"), day behind a month ("next month, the 5th"). */
static void read_finer(oc_date_reader *r)
{
    size_t at = r->at;
    if (sign_at(r, at) == ',') at++;
    if (kind_at(r, at) == OC_ATOM_ON) at++;
    at = oc_date_en_skip_links(r, at);
    bool week = r->spec.week_from && !r->spec.weekend && kind_at(r, at) == OC_ATOM_WEEKDAY && r->spec.weekday < 0;
    if (!week) return;
    r->spec.weekday = token_at(r, at)->a;
    r->at = at + 1;
}

/* "last Friday of March": there last is an ordinal. */
static bool read_ordinal(oc_date_reader *r, int nth);

static bool read_cut(oc_date_reader *r, int side, size_t at);

static bool read_modified(oc_date_reader *r)
{
    int offset = token_at(r, r->at)->a;
    size_t next = r->at + 1;
    const oc_token *token = token_at(r, next);
    if (offset < 0 && kind_at(r, next) == OC_ATOM_NUM) return read_cut(r, -1, next);
    oc_atom_kind behind = kind_at(r, next + 1);
    if (offset < 0 && (behind == OC_ATOM_OF || behind == OC_ATOM_IN)) {
        oc_date_reader sub = *r;
        if (read_ordinal(&sub, -1)) {
            *r = sub;
            return true;
        }
    }
    switch (kind_at(r, next)) {
    case OC_ATOM_FISCAL:
        r->at = next + 1 + is_unit(r, next + 1, OC_UNIT_YEAR);
        return oc_date_spec_relative(&r->spec, OC_UNIT_FISCAL, offset, OC_FROM_ANCHOR);
    case OC_ATOM_UNIT:
        if (token->a == OC_UNIT_DAY || !oc_date_spec_relative(&r->spec, token->a, offset, OC_FROM_ANCHOR)) return false;
        r->at = next + 1;
        read_finer(r);
        if (kind_at(r, r->at) == OC_ATOM_OF && kind_at(r, r->at + 1) == OC_ATOM_PART && !r->spec.weekend &&
            token_at(r, r->at)->from == token_at(r, next)->to) { /* next month's end */
            r->spec.part = (oc_part)token_at(r, r->at + 1)->a;
            r->at += 2;
        }
        return true;
    case OC_ATOM_WEEKENDS:
        if (token_at(r, r->at)->b) offset = 0; /* the coming one is this week's */
        r->at = next + 1;
        return oc_date_spec_relative(&r->spec, OC_UNIT_WEEKEND, offset, OC_FROM_ANCHOR);
    case OC_ATOM_WEEKDAY:
        r->spec.weekday = token->a;
        bool nearest = token_at(r, r->at)->b;
        if (nearest) r->spec.tense = OC_TENSE_FUTURE;
        else r->spec.weekday_side = offset;
        if (!offset) r->spec.week_from = OC_FROM_ANCHOR;
        r->at = next + 1;
        return true;
    case OC_ATOM_SEASON:
        r->spec.season = token->a;
        r->spec.season_relative = true;
        r->spec.season_offset = offset;
        r->at = next + 1;
        return true;
    case OC_ATOM_MONTH:
        r->at = next;
        if (!oc_date_en_month(r)) return false;
        if (r->spec.year_from) return true;
        if (offset) r->spec.tense = offset > 0 ? OC_TENSE_FUTURE : OC_TENSE_PAST;
        else r->spec.year_from = OC_FROM_ANCHOR;
        return true;
    case OC_ATOM_HOLIDAY:
        r->spec.holiday = token->a;
        if (offset) r->spec.tense = offset > 0 ? OC_TENSE_FUTURE : OC_TENSE_PAST;
        else r->spec.year_from = OC_FROM_ANCHOR;
        r->at = next + 1;
        return true;
    default: return false;
    }
}

/* --- parts and ordinals --- */

/* What stands behind "of": a point, a bare year, the year. */
static bool read_inner(oc_date_reader *r, size_t at)
{
    if (r->depth >= OC_DATE_EN_DEPTH_MAX) return false;
    oc_date_reader sub = oc_date_en_sub_reader(r, oc_date_en_skip_links(r, at));
    if (is_unit(&sub, sub.at, OC_UNIT_YEAR) && oc_date_en_is_year(&sub, sub.at + 1)) { /* of calendar year 2027 */
        set_year(&sub, token_at(&sub, sub.at + 1)->a);
        sub.at += 2;
    } else if (kind_at(&sub, sub.at) == OC_ATOM_UNIT && sub.at > at) { /* of the year, of the month */
        if (!oc_date_spec_relative(&sub.spec, token_at(&sub, sub.at)->a, 0, OC_FROM_ANCHOR)) return false;
        sub.at++;
    } else if (oc_date_en_is_year(&sub, sub.at)) {
        set_year(&sub, token_at(&sub, sub.at)->a);
        sub.at++;
    } else if (oc_date_en_is_short_year(&sub, sub.at)) {
        set_year(&sub, oc_date_century(r->parser, token_at(&sub, sub.at)->a));
        sub.at++;
    } else if (!oc_date_en_point(&sub)) return false;
    r->spec = sub.spec;
    r->at = sub.at;
    return true;
}

/* "later this year": from the anchor to its end; "earlier this week": from its start to the anchor. */
static bool read_rest(oc_date_reader *r)
{
    bool later = kind_at(r, r->at) == OC_ATOM_LATER;
    size_t at = r->at + 1;
    if (kind_at(r, at) == OC_ATOM_IN) at++;
    at = oc_date_en_skip_links(r, at);
    bool this = kind_at(r, at) == OC_ATOM_MOD && token_at(r, at)->a == 0 && kind_at(r, at + 1) == OC_ATOM_UNIT;
    bool today = kind_at(r, at) == OC_ATOM_REL && token_at(r, at)->a == OC_UNIT_DAY;
    if (today) r->at = at;
    if (today) return oc_date_en_point(r);
    bool the = at > r->at + 1 && kind_at(r, at - 1) == OC_ATOM_LINK && kind_at(r, at) == OC_ATOM_UNIT;
    if (!this && !the) return false;
    if (!oc_date_spec_relative(&r->spec, token_at(r, at + this)->a, 0, OC_FROM_ANCHOR)) return false;
    r->spec.to_date = !later;
    r->spec.from_date = later;
    r->at = at + this + 1;
    return true;
}

/* first, last, opening, final N days, months … of a unit. `side` is 1 or -1, the number stands at `at`. */
static bool read_cut(oc_date_reader *r, int side, size_t at)
{
    bool counted = kind_at(r, at) == OC_ATOM_NUM && kind_at(r, at + 1) == OC_ATOM_SPAN &&
                   (kind_at(r, at + 2) == OC_ATOM_OF || kind_at(r, at + 2) == OC_ATOM_IN);
    if (!counted || token_at(r, at)->a < 1 || token_at(r, at)->a > 366) return false;
    int count = token_at(r, at)->a;
    oc_unit unit = (oc_unit)token_at(r, at + 1)->a;
    if (unit != OC_UNIT_DAY && unit != OC_UNIT_WEEK && unit != OC_UNIT_MONTH && unit != OC_UNIT_YEAR) return false;
    if (!read_inner(r, at + 3) || r->spec.cut_count) return false;
    r->spec.cut_unit = unit;
    r->spec.cut_count = side * count;
    return true;
}

/* early 2026, mid-March, the end of next year. */
static bool read_part(oc_date_reader *r)
{
    oc_part part = (oc_part)token_at(r, r->at)->a, part_to = OC_PART_NONE;
    size_t at = r->at + 1, to = at;
    if (sign_at(r, to) == '-' && !token_at(r, to)->space) to++;
    if (kind_at(r, to) == OC_ATOM_RANGE) to++;
    if (sign_at(r, to) == '-' && !token_at(r, to)->space) to++;
    if (to > at && kind_at(r, to) == OC_ATOM_PART) { /* early to mid-2027 */
        part_to = (oc_part)token_at(r, to)->a;
        at = to + 1;
    }
    if (sign_at(r, at) == '-' && !token_at(r, at)->space) at++;
    if (kind_at(r, at) == OC_ATOM_IN) at++;
    if (!read_inner(r, at)) return false;
    if (r->spec.period >= 0 && part == OC_PART_END) { /* the end of Lee's term */
        r->spec.period_end = true;
        return true;
    }
    oc_unit unit = oc_date_spec_unit(&r->spec);
    if (r->spec.part || unit < OC_UNIT_WEEK || unit == OC_UNIT_WEEKEND) return false;
    r->spec.part = part;
    r->spec.part_to = part_to;
    return true;
}

/* The first Tuesday after the first Monday in November 2028: after or before stands at `at`. */
static bool read_weekday_from(oc_date_reader *r, int nth, int weekday, size_t at)
{
    oc_date_reader base = oc_date_en_sub_reader(r, oc_date_en_skip_links(r, at + 1));
    oc_date found;
    if (r->depth >= OC_DATE_EN_DEPTH_MAX || !oc_date_en_point(&base) || !oc_date_en_days(r, &base.spec, &found))
        return false;
    bool after = kind_at(r, at) == OC_ATOM_AFTER;
    oc_day day = oc_day_weekday_from(after ? found.unit_end : found.unit_start, weekday, after ? nth : -nth);
    oc_civil civil = oc_civil_from_day(day);
    set_year(r, civil.year);
    set_month(r, civil.month);
    set_day(r, civil.day);
    r->at = base.at;
    return true;
}

/* first half, second quarter, third week, second Monday, last day [of …]; the token at r->at is the ordinal. */
static bool read_ordinal(oc_date_reader *r, int nth)
{
    size_t at = r->at + 1;
    if (sign_at(r, at) == '-' && !token_at(r, at)->space) at++;
    oc_atom_kind kind = kind_at(r, at);
    bool plural = kind == OC_ATOM_SPAN && token_at(r, at)->a == OC_UNIT_QUARTER && r->at &&
                  (kind_at(r, r->at - 1) == OC_ATOM_AND || kind_at(r, r->at - 1) == OC_ATOM_OR);
    int unit = kind == OC_ATOM_UNIT || plural ? token_at(r, at)->a : 0,
        weekday = kind == OC_ATOM_WEEKDAY ? token_at(r, at)->a : -1;
    bool weekend = kind == OC_ATOM_WEEKENDS, fiscal = kind == OC_ATOM_FISCAL;
    if (fiscal && is_unit(r, at + 1, OC_UNIT_QUARTER)) at++, unit = OC_UNIT_QUARTER;
    if (!unit && weekday < 0 && !weekend) return false;
    if (unit == OC_UNIT_CENTURY) {
        if (nth < 1 || nth > 29) return false;
        r->spec.century_from = OC_FROM_TEXT;
        r->spec.century = nth;
        r->at = at + 1;
        return true;
    }
    size_t behind = at + 1;
    if (weekday >= 0 && nth > 0 && (kind_at(r, behind) == OC_ATOM_AFTER || kind_at(r, behind) == OC_ATOM_BEFORE))
        return read_weekday_from(r, nth, weekday, behind);
    bool linked = kind_at(r, behind) == OC_ATOM_OF || kind_at(r, behind) == OC_ATOM_IN;
    oc_date_reader outer = *r;
    outer.spec = oc_date_spec_empty();
    bool has_outer = linked && read_inner(&outer, kind_at(r, behind) == OC_ATOM_IN ? behind + 1 : behind);
    if (!has_outer && (unit == OC_UNIT_QUARTER || unit == OC_UNIT_HALF)) {
        outer.at = behind;
        has_outer = oc_date_en_year_behind(&outer);
    }
    if (unit != OC_UNIT_QUARTER && unit != OC_UNIT_HALF && !has_outer) return false;
    oc_unit around = oc_date_spec_unit(&outer.spec);
    if (unit == OC_UNIT_DECADE) { /* the first decade of the 21st century */
        if (!has_outer || around != OC_UNIT_CENTURY || outer.spec.century_from != OC_FROM_TEXT || nth < 1) return false;
        r->spec.decade = (outer.spec.century - 1) * 100 + (nth - 1) * 10;
        r->at = outer.at;
        return nth <= 10;
    }
    if (has_outer) r->spec = outer.spec;
    r->at = has_outer ? outer.at : behind;
    if (unit == OC_UNIT_HALF && has_outer && around != OC_UNIT_YEAR && around != OC_UNIT_FISCAL) {
        if (nth < 1 || nth > 2 || r->spec.part) return false;
        r->spec.part = nth == 1 ? OC_PART_FIRST : OC_PART_SECOND;
        return true;
    }
    if (nth == -1 && unit == OC_UNIT_HALF) nth = 2;
    if (nth == -1 && unit == OC_UNIT_QUARTER) nth = 4;
    bool alone = unit == OC_UNIT_HALF || unit == OC_UNIT_QUARTER;
    if (!alone && around != OC_UNIT_MONTH && around != OC_UNIT_YEAR) return false;
    if (unit == OC_UNIT_HALF) set_half(r, nth);
    else if (unit == OC_UNIT_QUARTER) set_quarter(r, nth);
    else if (unit == OC_UNIT_WEEK) r->spec.week_from = OC_FROM_NTH, r->spec.week = nth;
    else if (weekday >= 0) r->spec.nth = nth, r->spec.weekday = weekday;
    else if (weekend) r->spec.nth = nth, r->spec.weekend = true;
    else if (unit == OC_UNIT_DAY) {
        set_day(r, nth);
        if (around == OC_UNIT_YEAR) set_month(r, nth == -1 ? 12 : 1);
    } else if (unit == OC_UNIT_MONTH && around == OC_UNIT_YEAR) set_month(r, nth == -1 ? 12 : nth);
    else return false;
    return nth <= 53 && (unit != OC_UNIT_HALF || nth <= 2) && (unit != OC_UNIT_QUARTER || nth <= 4) &&
           (unit != OC_UNIT_MONTH || nth <= 12);
}

/* --- weekdays, seasons, quarters --- */

static bool read_weekday(oc_date_reader *r)
{
    if (!oc_date_en_weak_fits(r, r->at)) return false;
    int weekday = token_at(r, r->at)->a;
    size_t at = r->at + 1;
    if (sign_at(r, at) == '.' && !token_at(r, at)->space) at++;
    if (sign_at(r, at) == ',' || sign_at(r, at) == '(') at++;
    oc_date_reader date = oc_date_en_sub_reader(r, oc_date_en_skip_links(r, at));
    oc_atom_kind kind = kind_at(r, date.at);
    bool behind = (kind == OC_ATOM_MONTH || kind == OC_ATOM_NUM || kind == OC_ATOM_ORD) &&
                  r->depth < OC_DATE_EN_DEPTH_MAX && oc_date_en_point(&date) && date.spec.day_from == OC_FROM_TEXT;
    if (behind) {
        *r = date;
        r->spec.weekday = weekday;
        return true;
    }
    if (kind == OC_ATOM_MOD && is_unit(r, date.at + 1, OC_UNIT_WEEK)) {
        r->spec.week_from = OC_FROM_ANCHOR;
        r->spec.week = token_at(r, date.at)->a;
        r->at = date.at + 2;
    } else if (kind == OC_ATOM_REL && token_at(r, date.at)->a == OC_UNIT_WEEK) {
        r->spec.week_from = OC_FROM_ANCHOR;
        r->spec.week = token_at(r, date.at)->b;
        r->at = date.at + 1;
    } else r->at++;
    r->spec.weekday = weekday;
    return true;
}

static bool read_season(oc_date_reader *r)
{
    if (!oc_date_en_weak_fits(r, r->at)) return false;
    r->spec.season = token_at(r, r->at)->a;
    r->at++;
    if (!oc_date_en_year_behind(r) || r->spec.season != 3) return true;
    size_t at = r->at + 1; /* the winter of 2026-27 */
    bool pair = (sign_at(r, r->at) == '-' || sign_at(r, r->at) == '/') && !token_at(r, at)->space;
    if (pair && (oc_date_digits(r->parser, at, 2, 2) || oc_date_digits(r->parser, at, 4, 4)) &&
        token_at(r, at)->a % 100 == (r->spec.year + 1) % 100) r->at = at + 1;
    return true;
}

/* Q3, H1: the token at r->at. */
static void take_quarter(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    if (token->kind == OC_ATOM_QUARTER) set_quarter(r, token->a);
    else set_half(r, token->a);
    r->at++;
}

static bool read_quarter(oc_date_reader *r)
{
    take_quarter(r);
    if (oc_date_digits(r->parser, r->at, 2, 2) && !token_at(r, r->at)->space) { /* 1Q26 */
        set_year(r, oc_date_century(r->parser, token_at(r, r->at)->a));
        r->at++;
        return true;
    }
    oc_date_en_year_behind(r);
    return true;
}

static bool read_fiscal(oc_date_reader *r)
{
    size_t at = r->at + 1;
    bool years = kind_at(r, at) == OC_ATOM_SPAN && token_at(r, at)->a == OC_UNIT_YEAR;
    if (years || is_unit(r, at, OC_UNIT_YEAR)) at++;
    if (sign_at(r, at) == '-' && !token_at(r, at)->space) at++;
    if (sign_at(r, at) == '\'' && !token_at(r, at + 1)->space) at++;
    bool is_short = oc_date_digits(r->parser, at, 2, 2);
    if (!oc_date_en_is_year(r, at) && !is_short) return false;
    set_year(r, is_short ? oc_date_century(r->parser, token_at(r, at)->a) : token_at(r, at)->a);
    r->spec.fiscal = true;
    r->at = at + 1;
    oc_atom_kind kind = kind_at(r, r->at);
    if (kind != OC_ATOM_QUARTER && kind != OC_ATOM_HALF) return true;
    take_quarter(r);
    return true;
}

/* the week of March 5, week 12 of 2026. */
static bool read_week(oc_date_reader *r)
{
    size_t at = r->at + 1;
    if (kind_at(r, at) == OC_ATOM_OF) {
        oc_date_reader day = oc_date_en_sub_reader(r, oc_date_en_skip_links(r, at));
        if (r->depth >= OC_DATE_EN_DEPTH_MAX || !oc_date_en_point(&day) || oc_date_spec_unit(&day.spec) != OC_UNIT_DAY)
            return false;
        oc_date found;
        if (!oc_date_en_days(r, &day.spec, &found)) return false;
        oc_day base = r->parser->context->anchor;
        if (base == OC_DAY_NONE) return false;
        oc_day distance = found.unit_start - oc_weekday(found.unit_start) - (base - oc_weekday(base));
        r->spec.week_from = OC_FROM_ANCHOR;
        r->spec.week = (int)(distance / 7);
        r->at = day.at;
        return true;
    }
    if (!oc_date_digits(r->parser, at, 1, 2)) return false;
    int week = token_at(r, at)->a;
    r->at = at + 1;
    if (week < 1 || week > 53 || !oc_date_en_year_behind(r)) return false;
    r->spec.week_from = OC_FROM_NTH;
    r->spec.week = week;
    return true;
}

/* three fridays from now, 2 sundays ago */
static bool read_weekdays(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    oc_atom_kind direction = kind_at(r, r->at + 2);
    oc_day anchor = r->parser->context->anchor;
    bool later = direction == OC_ATOM_LATER;
    if (kind_at(r, r->at + 1) != OC_ATOM_WEEKDAYS || (!later && direction != OC_ATOM_AGO)) return false;
    if (anchor == OC_DAY_NONE || token->a < 1 || token->a > 1000) return false;
    r->spec.day_from = OC_FROM_ANCHOR;
    r->spec.day = (int)oc_day_weekday_from(anchor, token[1].a, later ? token->a : -token->a) - (int)anchor;
    r->at += 3;
    return true;
}

static bool read_number(oc_date_reader *r)
{
    oc_date_reader before = *r;
    if (read_weekdays(r)) return true;
    if (oc_date_numeric(r->parser, &r->at, &r->spec)) return true;
    if (oc_date_en_slashed(r) || oc_date_en_day_month(r)) return true;
    *r = before;
    size_t before_year = r->at && sign_at(r, r->at - 1) == '\'' ? r->at - 1 : r->at;
    if (oc_date_en_is_short_year(r, r->at) && before_year && oc_date_en_is_preposition(kind_at(r, before_year - 1))) {
        set_year(r, oc_date_century(r->parser, token_at(r, r->at)->a));
        r->at++;
        return true;
    }
    bool fiscal =
        oc_date_en_is_year(r, r->at) && kind_at(r, r->at + 1) == OC_ATOM_FISCAL && is_unit(r, r->at + 2, OC_UNIT_YEAR);
    if (!fiscal && !oc_date_en_year_alone(r)) return false;
    set_year(r, token_at(r, r->at)->a);
    r->at++;
    if (fiscal) { /* the 2027 fiscal year */
        r->spec.fiscal = true;
        r->at += 2;
        return true;
    }
    if (kind_at(r, r->at) == OC_ATOM_QUARTER || kind_at(r, r->at) == OC_ATOM_HALF) {
        take_quarter(r);
    } else {
        size_t month = r->at + (sign_at(r, r->at) == ',');
        bool weak =
            kind_at(r, month) != OC_ATOM_MONTH || (token_at(r, month)->weak && !oc_date_en_is_day(r, month + 1));
        if (weak || (month > r->at && !oc_date_en_is_day(r, month + 1))) return true;
        set_month(r, token_at(r, month)->a);
        r->at = month + 1;
        if (oc_date_en_is_day(r, r->at)) set_day(r, token_at(r, r->at)->a), r->at++;
    }
    return true;
}

static bool read_decade(oc_date_reader *r, int number)
{
    oc_atom_kind before = r->at ? kind_at(r, r->at - 1) : OC_ATOM_LINK;
    bool the = before == OC_ATOM_LINK || before == OC_ATOM_PART || before == OC_ATOM_RANGE || before == OC_ATOM_PUNCT;
    if (number < 100 && !the) return false; /* in his twenties */
    int first = number < 100 ? oc_date_century(r->parser, number) : number;
    if (first % 10 || first < 1000 || first > 2990) return false;
    r->spec.decade = first;
    r->at++;
    return true;
}

/* Words that stand for a whole point: year-end is a relative year and a part. */
static bool read_relative(oc_date_reader *r, oc_from from)
{
    const oc_token *token = token_at(r, r->at);
    if (!oc_date_spec_relative(&r->spec, token->a, token->b, from)) return false;
    r->at++;
    while (kind_at(r, r->at) != OC_ATOM_NONE && token_at(r, r->at)->more) {
        const oc_token *more = token_at(r, r->at);
        if (more->kind == OC_ATOM_PART) r->spec.part = (oc_part)more->a;
        else if (more->kind == OC_ATOM_SEASON) r->spec.season = more->a;
        else if (more->kind == OC_ATOM_WEEKENDS) r->spec.weekend = true;
        else return false;
        r->at++;
    }
    if (r->spec.part && r->spec.year_from) { /* year-end 2026 */
        oc_date_reader year = *r;
        if (oc_date_en_year_behind(&year)) *r = year;
        return true;
    }
    if (from == OC_FROM_ANCHOR) read_finer(r);
    return true;
}

/* this time last year, this time next month. */
static bool read_same_time(oc_date_reader *r)
{
    size_t at = oc_date_en_skip_links(r, r->at + 1);
    bool modified = kind_at(r, at) == OC_ATOM_MOD && kind_at(r, at + 1) == OC_ATOM_UNIT;
    bool relative = kind_at(r, at) == OC_ATOM_REL;
    if (!modified && !relative) return false;
    int offset = modified ? token_at(r, at)->a : token_at(r, at)->b;
    oc_unit unit = (oc_unit)(modified ? token_at(r, at + 1)->a : token_at(r, at)->a);
    r->at = at + 1 + modified;
    return oc_date_spec_distance(&r->spec, unit, offset);
}

/* the 70th anniversary of the armistice: counts from the event that the lexicon knows. */
static bool read_anniversary(oc_date_reader *r)
{
    enum { REACH = 60 };
    const oc_token *number = token_at(r, r->at);
    oc_slice text = r->parser->sentence;
    oc_civil first;
    if (kind_at(r, r->at + 1) != OC_ATOM_JUBILEE || kind_at(r, r->at + 2) != OC_ATOM_OF || number->a < 1) return false;
    size_t from = token_at(r, r->at + 2)->to, end = from + REACH < text.len ? from + REACH : text.len;
    size_t stop = oc_slice_find(oc_slice_sub(text, 0, end), OC_SLICE(","), from);
    if (!oc_date_founding(r->parser, from, stop == SIZE_MAX ? end : stop, true, &first)) return false;
    set_year(r, first.year + number->a);
    set_month(r, first.month);
    set_day(r, first.day);
    r->spec.named = true;
    r->at += 2;
    for (size_t at = r->at; token_at(r, at)->from < end && at < r->at + 4 && kind_at(r, at) != OC_ATOM_PUNCT; at++)
        if (kind_at(r, at) == OC_ATOM_FOUNDING || kind_at(r, at) == OC_ATOM_PERIOD) r->at = at + 1;
    return true;
}

static bool read_holiday(oc_date_reader *r)
{
    r->spec.holiday = token_at(r, r->at)->a;
    r->at++;
    if (kind_at(r, r->at) == OC_ATOM_WEEKENDS) r->spec.weekend = true, r->at++;
    oc_date_en_year_behind(r);
    return true;
}

/* "rest of the year", "within the month": a unit behind these words is the anchor's. */
static bool rest_of(oc_date_reader *r)
{
    bool within = r->at >= 2 && kind_at(r, r->at - 1) == OC_ATOM_LINK && kind_at(r, r->at - 2) == OC_ATOM_WITHIN;
    if (!within || !oc_date_spec_relative(&r->spec, token_at(r, r->at)->a, 0, OC_FROM_ANCHOR)) return false;
    r->at++;
    return true;
}

static bool read_ordinal_point(oc_date_reader *r)
{
    int nth = token_at(r, r->at)->a;
    oc_date_reader before = *r;
    if (read_anniversary(r) || oc_date_en_day_month(r)) return true;
    *r = before;
    if (read_ordinal(r, nth)) return true;
    *r = before;
    if ((nth == 1 || nth == -1) && read_cut(r, nth, r->at + 1)) return true;
    *r = before;
    return oc_date_en_day_alone(r);
}

static bool read_iso_week(oc_date_reader *r)
{
    take_iso_week(r);
    return true;
}

static bool read_quarter_first(oc_date_reader *r)
{
    return !token_at(r, r->at)->more && read_quarter(r);
}

static bool read_decade_point(oc_date_reader *r)
{
    return read_decade(r, token_at(r, r->at)->a);
}

static bool read_by_anchor(oc_date_reader *r)
{
    return read_relative(r, OC_FROM_ANCHOR);
}

/* "the same month last year", "the same quarter of 2024": the anchor's month in that year. */
static bool read_same_unit(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    oc_date_reader year = *r;
    oc_day anchor = r->parser->context->anchor;
    year.at++;
    if (token->b || token->more || (token->a != OC_UNIT_MONTH && token->a != OC_UNIT_QUARTER) ||
        anchor == OC_DAY_NONE || !oc_date_en_year_behind(&year))
        return false;
    int month = oc_civil_from_day(anchor).month;
    *r = year;
    if (token->a == OC_UNIT_MONTH) set_month(r, month);
    else set_quarter(r, (month + 2) / 3);
    return true;
}

static bool read_by_context(oc_date_reader *r)
{
    if (read_same_unit(r)) return true;
    return read_relative(r, OC_FROM_CONTEXT);
}

static bool read_period(oc_date_reader *r)
{
    r->spec.period = token_at(r, r->at)->a;
    r->at++;
    return true;
}

static bool read_weekend(oc_date_reader *r)
{
    oc_date_reader of = *r;
    if (kind_at(r, r->at + 1) == OC_ATOM_OF && read_week(&of)) *r = of, r->at--; /* the weekend of March 14 */
    r->spec.weekend = true;
    r->at++;
    return true;
}

static bool read_to_date(oc_date_reader *r)
{
    bool set = oc_date_spec_relative(&r->spec, token_at(r, r->at)->a, 0, OC_FROM_ANCHOR);
    r->spec.to_date = set;
    r->at++;
    return set;
}

static bool read_unit(oc_date_reader *r)
{
    return rest_of(r) || (token_at(r, r->at)->a == OC_UNIT_WEEK && read_week(r));
}

/* By the kind of the first token. */
static bool (*const readers[OC_ATOM_COUNT])(oc_date_reader *r) = {
    [OC_ATOM_NUM] = read_number,
    [OC_ATOM_ORD] = read_ordinal_point,
    [OC_ATOM_ISOWEEK] = read_iso_week,
    [OC_ATOM_MONTH] = oc_date_en_month,
    [OC_ATOM_WEEKDAY] = read_weekday,
    [OC_ATOM_MOD] = read_modified,
    [OC_ATOM_PART] = read_part,
    [OC_ATOM_LATER] = read_rest,
    [OC_ATOM_AGO] = read_rest,
    [OC_ATOM_SEASON] = read_season,
    [OC_ATOM_QUARTER] = read_quarter_first,
    [OC_ATOM_HALF] = read_quarter_first,
    [OC_ATOM_FISCAL] = read_fiscal,
    [OC_ATOM_DECADE] = read_decade_point,
    [OC_ATOM_REL] = read_by_anchor,
    [OC_ATOM_CTX] = read_by_context,
    [OC_ATOM_HOLIDAY] = read_holiday,
    [OC_ATOM_SAMETIME] = read_same_time,
    [OC_ATOM_PERIOD] = read_period,
    [OC_ATOM_WEEKENDS] = read_weekend,
    [OC_ATOM_TODATE] = read_to_date,
    [OC_ATOM_UNIT] = read_unit,
};

bool oc_date_en_may_begin(oc_atom_kind kind)
{
    return readers[kind] || kind == OC_ATOM_NOW || kind == OC_ATOM_EACH || kind == OC_ATOM_PAGE ||
           kind == OC_ATOM_HOLDER || kind == OC_ATOM_REIGN || kind == OC_ATOM_NTHMARK;
}

bool oc_date_en_begins(const oc_date_reader *r, size_t at)
{
    return readers[kind_at(r, at)] || oc_date_term_begins(r, at);
}

bool oc_date_en_point(oc_date_reader *r)
{
    if (oc_date_term_begins(r, r->at)) return oc_date_term(r);
    bool (*read)(oc_date_reader *) = readers[kind_at(r, r->at)];
    return read && read(r);
}
