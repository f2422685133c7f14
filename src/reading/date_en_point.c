/* English points by their first token: this and next, parts, numbers, decades, relative words; ordinals stand in
 * date_en_ordinal.c, the units from weekday to fiscal year in date_en_unit.c. Example: "the end of the first half of
 * next year" is part end of half 1 of year +1. */
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

static void set_tense(oc_date_reader *r, int offset)
{
    if (offset)
        r->spec.tense = offset > 0 ? OC_TENSE_FUTURE : OC_TENSE_PAST;
    else
        r->spec.year_from = OC_FROM_ANCHOR;
}

/* this year's first quarter, last year's summer, next month's first week: what stands behind 's is in the unit before.
 */
static void read_possessed(oc_date_reader *r)
{
    size_t at = r->at + 1;
    oc_date_reader sub = oc_date_en_sub_reader(r, at);
    oc_atom_kind kind = kind_at(r, at), counted = kind_at(r, at + 1);
    bool year = r->spec.year_from == OC_FROM_ANCHOR && !r->spec.fiscal;
    bool named = kind == OC_ATOM_QUARTER || kind == OC_ATOM_HALF || kind == OC_ATOM_SEASON || kind == OC_ATOM_HOLIDAY ||
                 (kind == OC_ATOM_ORD && (is_unit(r, at + 1, OC_UNIT_QUARTER) || is_unit(r, at + 1, OC_UNIT_HALF)));
    if (year && named && r->depth < OC_DATE_EN_DEPTH_MAX && oc_date_en_point(&sub) && !sub.spec.year_from) {
        sub.spec.year_from = OC_FROM_ANCHOR;
        sub.spec.year = r->spec.year;
        sub.depth = r->depth;
        *r = sub;
        return;
    }
    bool month = r->spec.month_from == OC_FROM_ANCHOR && (kind == OC_ATOM_ORD || kind == OC_ATOM_MOD) && !r->spec.part;
    int nth = token_at(r, at)->a;
    if (month && kind == OC_ATOM_ORD && nth > 0 && token_at(r, at)->style == OC_NUMBER_ORDINAL &&
        r->parser->sentence.ptr[token_at(r, at)->from] <= '9' && counted != OC_ATOM_UNIT &&
        counted != OC_ATOM_WEEKDAY) { /* this month's 15th */
        set_day(r, nth);
        r->at = at + 1;
        return;
    }
    if (!month || nth < -1 || !nth || nth > 5) return;
    if (is_unit(r, at + 1, OC_UNIT_WEEK))
        r->spec.week_from = OC_FROM_NTH, r->spec.week = nth;
    else if (counted == OC_ATOM_WEEKDAY)
        r->spec.nth = nth, r->spec.weekday = token_at(r, at + 1)->a;
    else
        return;
    r->at = at + 2;
}

/* next month, this week on Monday, next month's end: the unit stands at `unit`. */
static bool read_modified_unit(oc_date_reader *r, int offset, size_t unit)
{
    const oc_token *token = token_at(r, unit);
    if (token->a == OC_UNIT_DAY || !oc_date_spec_relative(&r->spec, token->a, offset, OC_FROM_ANCHOR)) return false;
    r->at = unit + 1;
    read_finer(r);
    bool end = kind_at(r, r->at) == OC_ATOM_OF && kind_at(r, r->at + 1) == OC_ATOM_PART && !r->spec.weekend &&
               token_at(r, r->at)->from == token->to; /* next month's end */
    if (end) {
        r->spec.part = (oc_part)token_at(r, r->at + 1)->a;
        r->at += 2;
    } else if (kind_at(r, r->at) == OC_ATOM_OF && token_at(r, r->at)->from == token->to)
        read_possessed(r);
    return true;
}

/* next March, this Christmas, last spring: what has a name stands at `name`; of the coming one `nearest` is true. */
static bool read_modified_name(oc_date_reader *r, int offset, size_t name, bool nearest)
{
    int number = token_at(r, name)->a;
    r->at = name + 1;
    switch (kind_at(r, name)) {
    case OC_ATOM_WEEKENDS:
        return oc_date_spec_relative(&r->spec, OC_UNIT_WEEKEND, nearest ? 0 : offset, OC_FROM_ANCHOR);
    case OC_ATOM_WEEKDAY:
        if (!oc_date_en_weak_fits(r, name)) return false;
        r->spec.weekday = number;
        if (nearest)
            r->spec.tense = OC_TENSE_FUTURE;
        else
            r->spec.weekday_side = offset;
        if (!offset) r->spec.week_from = OC_FROM_ANCHOR;
        return true;
    case OC_ATOM_SEASON:
        r->spec.season = number;
        r->spec.season_relative = true;
        r->spec.season_offset = offset;
        return true;
    case OC_ATOM_MONTH:
        r->at = name;
        if (!oc_date_en_month(r)) return false;
        if (!r->spec.year_from) set_tense(r, offset);
        return true;
    case OC_ATOM_HOLIDAY:
        r->spec.holiday = number;
        set_tense(r, offset);
        return true;
    default: return false;
    }
}

static bool read_modified(oc_date_reader *r)
{
    int offset = token_at(r, r->at)->a;
    bool nearest = token_at(r, r->at)->b;
    size_t next = r->at + 1;
    if (offset < 0 && kind_at(r, next) == OC_ATOM_NUM) return oc_date_en_cut(r, -1, next);
    oc_atom_kind behind = kind_at(r, next + 1);
    bool before = behind == OC_ATOM_BEFORE && kind_at(r, next) == OC_ATOM_WEEKDAY;
    if (offset < 0 && (behind == OC_ATOM_OF || behind == OC_ATOM_IN || before)) { /* last Friday of March */
        oc_date_reader sub = *r;
        if (oc_date_en_ordinal(&sub, -1)) {
            *r = sub;
            return true;
        }
    }
    if (kind_at(r, next) == OC_ATOM_UNIT) return read_modified_unit(r, offset, next);
    if (kind_at(r, next) != OC_ATOM_FISCAL) return read_modified_name(r, offset, next, nearest);
    r->at = next + 1 + is_unit(r, next + 1, OC_UNIT_YEAR);
    return oc_date_spec_relative(&r->spec, OC_UNIT_FISCAL, offset, OC_FROM_ANCHOR);
}

/* --- parts --- */

/* What stands behind "of": a point, a bare year, the year. */
bool oc_date_en_inner(oc_date_reader *r, size_t at)
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

/* later in 2028, later in March: its late part. */
static bool read_later_part(oc_date_reader *r, size_t at)
{
    if (at == r->at + 1 || !oc_date_en_inner(r, at) || r->spec.part) return false;
    r->spec.part = OC_PART_LATE;
    return oc_date_spec_unit(&r->spec) >= OC_UNIT_MONTH;
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
    bool the = at > r->at + 1 && kind_at(r, at) == OC_ATOM_UNIT && token_at(r, at)->a > OC_UNIT_DAY;
    if (!this && !the) return later && read_later_part(r, at);
    if (!oc_date_spec_relative(&r->spec, token_at(r, at + this)->a, 0, OC_FROM_ANCHOR)) return false;
    bool years = oc_date_spec_unit(&r->spec) >= OC_UNIT_DECADE; /* later in the decade */
    if (later && years) r->spec.part = OC_PART_LATE;
    r->spec.to_date = !later;
    r->spec.from_date = later && !years;
    r->at = at + this + 1;
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
    bool verb = part == OC_PART_END || part == OC_PART_BEGIN; /* to end in November */
    if (kind_at(r, at) == OC_ATOM_IN && verb) return false;
    if (kind_at(r, at) == OC_ATOM_IN) at++;
    if (!oc_date_en_inner(r, at)) return false;
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

/* three fridays from now, 2 sundays ago */
static bool read_weekdays(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    oc_atom_kind direction = kind_at(r, r->at + 2);
    oc_day anchor = r->parser->context->anchor;
    bool later = direction == OC_ATOM_LATER;
    bool today = direction == OC_ATOM_START && kind_at(r, r->at + 3) == OC_ATOM_REL &&
                 token_at(r, r->at + 3)->a == OC_UNIT_DAY && !token_at(r, r->at + 3)->b;
    later = later || today;
    if (kind_at(r, r->at + 1) != OC_ATOM_WEEKDAYS || (!later && direction != OC_ATOM_AGO)) return false;
    if (anchor == OC_DAY_NONE || token->a < 1 || token->a > 1000) return false;
    r->spec.day_from = OC_FROM_ANCHOR;
    r->spec.day = (int)oc_day_weekday_from(anchor, token[1].a, later ? token->a : -token->a) - (int)anchor;
    r->at += 3 + today;
    return true;
}

/* the nineteen sixties */
static bool read_said_decade(oc_date_reader *r)
{
    const oc_token *century = token_at(r, r->at), *decade = century + 1;
    bool said = century->style == OC_NUMBER_WORD && century->a >= 15 && century->a <= 20 &&
                kind_at(r, r->at + 1) == OC_ATOM_DECADE && decade->a < 100;
    if (!said) return false;
    r->spec.decade = century->a * 100 + decade->a;
    r->at += 2;
    return true;
}

static bool read_number(oc_date_reader *r)
{
    oc_date_reader before = *r;
    if (read_said_decade(r)) return true;
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
    bool two = (sign_at(r, r->at + 1) == '-' || sign_at(r, r->at + 1) == '/') && oc_date_en_is_year(r, r->at) &&
               oc_date_digits(r->parser, r->at + 2, 2, 2) && kind_at(r, r->at + 3) == OC_ATOM_FISCAL &&
               token_at(r, r->at + 2)->a == (token_at(r, r->at)->a + 1) % 100;
    if (two) { /* the 2026-27 fiscal year: named by the year it ends in */
        set_year(r, token_at(r, r->at)->a + 1);
        r->spec.fiscal = true;
        r->at += 4 + is_unit(r, r->at + 4, OC_UNIT_YEAR);
        return true;
    }
    bool fiscal =
        oc_date_en_is_year(r, r->at) && kind_at(r, r->at + 1) == OC_ATOM_FISCAL && is_unit(r, r->at + 2, OC_UNIT_YEAR);
    bool dated = oc_date_en_is_year(r, r->at) && kind_at(r, r->at + 1) == OC_ATOM_MONTH &&
                 token_at(r, r->at + 1)->capital && oc_date_en_is_day(r, r->at + 2); /* by J. Doe, 2017 Apr 14 */
    if (!fiscal && !dated && !oc_date_en_year_alone(r)) return false;
    set_year(r, token_at(r, r->at)->a);
    r->at++;
    if (fiscal) { /* the 2027 fiscal year */
        r->spec.fiscal = true;
        r->at += 2;
        return true;
    }
    if (kind_at(r, r->at) == OC_ATOM_QUARTER || kind_at(r, r->at) == OC_ATOM_HALF) {
        oc_date_en_take_quarter(r);
    } else if (kind_at(r, r->at) == OC_ATOM_SEASON && !oc_date_en_is_given_name(r, r->at)) { /* 2016 summer */
        r->spec.season = token_at(r, r->at)->a;
        r->at++;
    } else {
        bool dash = sign_at(r, r->at) == '-' && !token_at(r, r->at)->space; /* 2026-Oct-21 */
        size_t month = r->at + (dash || sign_at(r, r->at) == ',');
        bool weak = kind_at(r, month) != OC_ATOM_MONTH ||
                    (token_at(r, month)->weak && !token_at(r, month)->capital && !dash &&
                     !oc_date_en_is_day(r, month + 1));
        size_t day = month + 1 + (dash && sign_at(r, month + 1) == '-');
        if (weak || (month > r->at && !oc_date_en_is_day(r, day))) return true;
        set_month(r, token_at(r, month)->a);
        r->at = day;
        if (oc_date_en_is_day(r, r->at)) set_day(r, token_at(r, r->at)->a), r->at++;
    }
    return true;
}

static bool read_decade(oc_date_reader *r, int number)
{
    oc_atom_kind before = r->at ? kind_at(r, r->at - 1) : OC_ATOM_LINK;
    bool joined = r->at && (before == OC_ATOM_IN || before == OC_ATOM_OF) &&
                  token_at(r, r->at - 1)->to - token_at(r, r->at - 1)->from > 2; /* in the, of the */
    bool the = joined || before == OC_ATOM_LINK || before == OC_ATOM_PART || before == OC_ATOM_RANGE ||
               before == OC_ATOM_PUNCT;
    size_t owner = r->at;
    while (owner && (kind_at(r, owner - 1) == OC_ATOM_PART || sign_at(r, owner - 1) == '-')) owner--;
    bool age = owner && kind_at(r, owner - 1) == OC_ATOM_WHOSE; /* in his twenties, her mid-thirties */
    if (number < 100 && (!the || age)) return false;
    int first = number < 100 ? oc_date_century(r->parser, number) : number;
    if (first % 10 || first < 1000 || first > 2990) return false;
    r->spec.decade = first;
    r->at++;
    return true;
}

/* the following January: of the year named before or, if that is over by then or was named as a whole, the next. */
static void set_following_month(oc_date_reader *r, int month)
{
    enum { YEAR = 365 };
    const oc_date_context *context = r->parser->context;
    oc_day last = context->last_start == OC_DAY_NONE ? context->anchor : context->last_start;
    bool whole = context->last_start != OC_DAY_NONE && context->last_end - context->last_start >= YEAR - 1;
    set_month(r, month);
    if (last != OC_DAY_NONE && !whole && oc_civil_from_day(last).month < month) r->spec.year = 0;
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
        else if (more->kind == OC_ATOM_MONTH) set_following_month(r, more->a);
        else return false;
        r->at++;
    }
    if (r->spec.part && r->spec.year_from) { /* year-end 2026 */
        oc_date_reader year = *r;
        if (oc_date_en_year_behind(&year)) *r = year;
        return true;
    }
    if (token->a == OC_UNIT_DAY && from == OC_FROM_ANCHOR && oc_date_en_weeks_from_day(r)) return true;
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

/* "rest of the year", "within the month": a unit behind these words is the anchor's. */
static bool rest_of(oc_date_reader *r)
{
    bool within = r->at >= 2 && kind_at(r, r->at - 1) == OC_ATOM_LINK && kind_at(r, r->at - 2) == OC_ATOM_WITHIN;
    if (!within || !oc_date_spec_relative(&r->spec, token_at(r, r->at)->a, 0, OC_FROM_ANCHOR)) return false;
    r->at++;
    return true;
}

static bool read_iso_week(oc_date_reader *r)
{
    take_iso_week(r);
    return true;
}

static bool read_decade_point(oc_date_reader *r)
{
    return read_decade(r, token_at(r, r->at)->a);
}

/* close of business Friday, end of day tomorrow: the day behind. */
static bool read_end_of_day(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    size_t at = r->at + 1 + (kind_at(r, r->at + 1) == OC_ATOM_ON);
    bool near = kind_at(r, at) == OC_ATOM_REL && token_at(r, at)->a == OC_UNIT_DAY;
    bool day = kind_at(r, at) == OC_ATOM_WEEKDAY || near;
    bool end = token->a == OC_UNIT_DAY && !token->b && kind_at(r, r->at - (r->at > 0)) == OC_ATOM_BY;
    if (!end || !day || r->depth >= OC_DATE_EN_DEPTH_MAX) return false;
    oc_date_reader sub = oc_date_en_sub_reader(r, at);
    if (!oc_date_en_point(&sub)) return false;
    sub.depth = r->depth;
    *r = sub;
    return true;
}

static bool read_by_anchor(oc_date_reader *r)
{
    if (read_end_of_day(r)) return true;
    return read_relative(r, OC_FROM_ANCHOR);
}

/* "the same month last year", "the same quarter of 2024": the anchor's month in that year. */
static bool read_same_unit(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    oc_date_reader year = *r;
    oc_day anchor = r->parser->context->anchor;
    year.at++;
    bool day = token->a == OC_UNIT_DAY && !token->b && !token->more && oc_date_en_year_behind(&year) &&
               year.spec.year_from == OC_FROM_ANCHOR && year.spec.year;
    if (day) { /* the same day last year */
        r->at = year.at;
        return oc_date_spec_distance(&r->spec, OC_UNIT_YEAR, year.spec.year);
    }
    const oc_token *side = token_at(r, r->at + 1);
    bool of_month = token->a == OC_UNIT_DAY && !token->b && !token->more && kind_at(r, r->at + 1) == OC_ATOM_MOD &&
                 is_unit(r, r->at + 2, OC_UNIT_MONTH) && side->a;
    if (of_month) { /* the same day last month */
        r->at += 3;
        return oc_date_spec_distance(&r->spec, OC_UNIT_MONTH, side->a);
    }
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

static bool read_to_date(oc_date_reader *r)
{
    bool set = oc_date_spec_relative(&r->spec, token_at(r, r->at)->a, 0, OC_FROM_ANCHOR);
    r->spec.to_date = set;
    r->at++;
    return set;
}

static bool read_unit(oc_date_reader *r)
{
    if (is_unit(r, r->at, OC_UNIT_YEAR) && oc_date_en_is_year(r, r->at + 1)) { /* after the year 2020 */
        set_year(r, token_at(r, r->at + 1)->a);
        r->at += 2;
        return true;
    }
    return rest_of(r) || (token_at(r, r->at)->a == OC_UNIT_WEEK && oc_date_en_week(r));
}

/* By the kind of the first token. */
static bool (*const readers[OC_ATOM_COUNT])(oc_date_reader *r) = {
    [OC_ATOM_NUM] = read_number,
    [OC_ATOM_ORD] = oc_date_en_ordinal_point,
    [OC_ATOM_ISOWEEK] = read_iso_week,
    [OC_ATOM_MONTH] = oc_date_en_month,
    [OC_ATOM_WEEKDAY] = oc_date_en_weekday,
    [OC_ATOM_MOD] = read_modified,
    [OC_ATOM_PART] = read_part,
    [OC_ATOM_LATER] = read_rest,
    [OC_ATOM_AGO] = read_rest,
    [OC_ATOM_SEASON] = oc_date_en_season,
    [OC_ATOM_QUARTER] = oc_date_en_quarter,
    [OC_ATOM_HALF] = oc_date_en_quarter,
    [OC_ATOM_FISCAL] = oc_date_en_fiscal,
    [OC_ATOM_DECADE] = read_decade_point,
    [OC_ATOM_REL] = read_by_anchor,
    [OC_ATOM_CTX] = read_by_context,
    [OC_ATOM_HOLIDAY] = oc_date_en_holiday,
    [OC_ATOM_SAMETIME] = read_same_time,
    [OC_ATOM_PERIOD] = read_period,
    [OC_ATOM_WEEKENDS] = oc_date_en_weekend,
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
