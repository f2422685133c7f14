/* The grammar of English dates. Prepositions stand before a date, so a date is read as
 *
 *     date   = {prefix} point [suffix]  |  [from|between] point to|through|until|-|and point
 *            | [in|within|next|last] length [ago|from now|later|before point|after point]
 *     prefix = by, since, until, before, after, within, about …
 *
 * and a point by its first token: a month name, a number, a weekday, this/next/last, a season, quarter, part … A bare
 * year needs a preposition before it or must be the whole text, and a word with another meaning (may, march, fall) a
 * neighbour that makes it a date. Example: "by the end of the first half of next year" is prefix by, part end of half 1
 * of year +1. */
#include "reading/date_parse.h"

#define DEPTH_MAX 6
#define PREFIXES_MAX 8

typedef struct reader {
    oc_date_parser *parser;
    size_t at;
    oc_date_spec spec;
    int depth;
} reader;

static bool read_point(reader *r);

static const oc_token *token_at(const reader *r, size_t at)
{
    return &r->parser->tokens[at];
}

static oc_atom_kind kind_at(const reader *r, size_t at)
{
    return oc_date_kind(r->parser, at);
}

static char sign_at(const reader *r, size_t at)
{
    return oc_date_sign(r->parser, at);
}

static bool is_unit(const reader *r, size_t at, oc_unit unit)
{
    return kind_at(r, at) == OC_ATOM_UNIT && token_at(r, at)->a == (int)unit;
}

static size_t skip_links(const reader *r, size_t at)
{
    while (kind_at(r, at) == OC_ATOM_OF || kind_at(r, at) == OC_ATOM_LINK) at++;
    return at;
}

static reader sub_reader(const reader *r, size_t at)
{
    return (reader){r->parser, at, oc_date_spec_empty(), r->depth + 1};
}

/* --- years --- */

static bool is_year(const reader *r, size_t at)
{
    const oc_token *token = token_at(r, at);
    if (kind_at(r, at) != OC_ATOM_NUM || token->style == OC_NUMBER_GROUPED || token->a < 1000 || token->a > 2999)
        return false;
    return token->digits == 4;
}

static bool is_short_year(const reader *r, size_t at)
{
    return oc_date_digits(r->parser, at, 2, 2) && token_at(r, at)->apostrophe;
}

static void set_year(reader *r, int year)
{
    r->spec.year_from = OC_FROM_TEXT;
    r->spec.year = year;
}

/* "2026", "'26", "next year", "this year", "that year", "FY2026" behind a month, season, quarter: [of|,|in] year. */
static bool read_year_behind(reader *r)
{
    size_t at = r->at;
    bool comma = sign_at(r, at) == ',' && kind_at(r, at + 1) != OC_ATOM_IN;
    if (comma || (sign_at(r, at) == '-' && !token_at(r, at)->space)) at++;
    if (kind_at(r, at) == OC_ATOM_IN) at++;
    if (sign_at(r, at) == '\'' && is_short_year(r, at + 1)) at++;
    size_t linked = skip_links(r, at);
    if (is_unit(r, linked, OC_UNIT_YEAR) && is_year(r, linked + 1)) linked++;
    if (kind_at(r, linked) == OC_ATOM_FISCAL) {
        size_t number = linked + 1 + is_unit(r, linked + 1, OC_UNIT_YEAR);
        bool is_short = oc_date_digits(r->parser, number, 2, 2);
        if (!is_year(r, number) && !is_short) return false;
        set_year(r, is_short ? oc_date_century(r->parser, token_at(r, number)->a) : token_at(r, number)->a);
        r->spec.fiscal = true;
        r->at = number + 1;
        return true;
    }
    if (is_year(r, linked)) {
        set_year(r, token_at(r, linked)->a);
        r->at = linked + 1;
        return true;
    }
    if (is_short_year(r, linked)) {
        set_year(r, oc_date_century(r->parser, token_at(r, linked)->a));
        r->at = linked + 1;
        return true;
    }
    bool modified = kind_at(r, linked) == OC_ATOM_MOD;
    bool fiscal = modified && kind_at(r, linked + 1) == OC_ATOM_FISCAL;
    size_t unit = linked + 1 + fiscal;
    if (modified && (is_unit(r, unit, OC_UNIT_YEAR) || fiscal)) {
        r->spec.year_from = OC_FROM_ANCHOR;
        r->spec.year = token_at(r, linked)->a;
        r->spec.fiscal = fiscal;
        r->at = unit + is_unit(r, unit, OC_UNIT_YEAR);
        return true;
    }
    oc_atom_kind kind = kind_at(r, linked);
    bool relative = (kind == OC_ATOM_REL || kind == OC_ATOM_CTX) && token_at(r, linked)->a == OC_UNIT_YEAR;
    bool bare = linked > at && is_unit(r, linked, OC_UNIT_YEAR); /* end of the year */
    if (!relative && !bare) return false;
    r->spec.year_from = kind == OC_ATOM_CTX ? OC_FROM_CONTEXT : OC_FROM_ANCHOR;
    r->spec.year = bare ? 0 : token_at(r, linked)->b;
    r->at = linked + 1;
    return true;
}

/* --- month and day --- */

static bool is_day_number(const reader *r, size_t at)
{
    const oc_token *token = token_at(r, at);
    oc_atom_kind kind = kind_at(r, at);
    if (kind != OC_ATOM_NUM && kind != OC_ATOM_ORD) return false;
    if (kind == OC_ATOM_NUM && token->style == OC_NUMBER_DIGITS && token->digits > 2) return false;
    if (token->style == OC_NUMBER_WORD && token->to - token->from < 3) return false; /* a, an */
    return token->a >= 1 && token->a <= 31 && token->style != OC_NUMBER_GROUPED && !token->apostrophe;
}

static bool is_preposition(oc_atom_kind kind)
{
    switch (kind) {
    case OC_ATOM_IN:
    case OC_ATOM_BY:
    case OC_ATOM_FROM:
    case OC_ATOM_BEFORE:
    case OC_ATOM_AFTER:
    case OC_ATOM_START:
    case OC_ATOM_RANGE:
    case OC_ATOM_WITHIN:
    case OC_ATOM_DURING:
    case OC_ATOM_ABOUT:
    case OC_ATOM_BETWEEN:
    case OC_ATOM_AND:
    case OC_ATOM_OF:
    case OC_ATOM_ON:
    case OC_ATOM_PART:
    case OC_ATOM_MOD:
    case OC_ATOM_LATEST:
    case OC_ATOM_EARLIEST:
    case OC_ATOM_WEEKDAY:
    case OC_ATOM_HOLIDAY:
    case OC_ATOM_QUARTER:
    case OC_ATOM_HALF:
    case OC_ATOM_UPTO: return true;
    default: return false;
    }
}

/* "March-May", "March next year", "May of 2027". */
static bool next_makes_month(const reader *r, size_t next)
{
    oc_atom_kind kind = kind_at(r, next), after = kind_at(r, next + 1);
    if (kind == OC_ATOM_OF) return is_year(r, next + 1) || after == OC_ATOM_MOD || after == OC_ATOM_CTX;
    if (kind == OC_ATOM_MOD) return is_unit(r, next + 1, OC_UNIT_YEAR);
    return kind == OC_ATOM_RANGE && (after == OC_ATOM_MONTH || (sign_at(r, next) && is_day_number(r, next + 1)));
}

/* A word such as "may" counts where a number follows or a preposition stands before it. */
static bool weak_fits(const reader *r, size_t at)
{
    if (!token_at(r, at)->weak) return true;
    size_t next = at + 1;
    if (sign_at(r, next) == '.' && !token_at(r, next)->space) next++;
    next += kind_at(r, next) == OC_ATOM_LINK;
    bool number = is_day_number(r, next) || is_year(r, next) || is_short_year(r, next);
    bool month = token_at(r, at)->kind == OC_ATOM_MONTH;
    if (number && (!month || token_at(r, at)->capital || at == 0 || is_preposition(kind_at(r, at - 1)))) return true;
    if (number && at && kind_at(r, at - 1) != OC_ATOM_OTHER) return true;
    if (month && next_makes_month(r, next)) return true;
    if (kind_at(r, at + 1) == OC_ATOM_OF && !month) return true;
    if (at && (kind_at(r, at - 1) == OC_ATOM_NUM || kind_at(r, at - 1) == OC_ATOM_ORD)) return true;
    size_t before = at;
    while (before && kind_at(r, before - 1) == OC_ATOM_LINK) before--;
    bool whole = r->parser->count == 1;
    return whole || (before && is_preposition(kind_at(r, before - 1)));
}

static void set_month(reader *r, int month)
{
    r->spec.month_from = OC_FROM_TEXT;
    r->spec.month = month;
}

static void set_day(reader *r, int day)
{
    r->spec.day_from = OC_FROM_TEXT;
    r->spec.day = day;
}

/* March, March 5, March 5th, 2026, March of next year, Mar-5. */
static bool read_month(reader *r)
{
    if (!weak_fits(r, r->at)) return false;
    set_month(r, token_at(r, r->at)->a);
    r->at++;
    if (sign_at(r, r->at) == '.' && !token_at(r, r->at)->space) r->at++;
    size_t day = r->at;
    if (sign_at(r, day) == '-' && !token_at(r, day)->space) day++;
    if (kind_at(r, day) == OC_ATOM_LINK) day++;
    bool counted = kind_at(r, day + 1) == OC_ATOM_UNIT || kind_at(r, day + 1) == OC_ATOM_SPAN;
    if (is_day_number(r, day) && !counted && kind_at(r, day + 1) != OC_ATOM_MONTH) {
        set_day(r, token_at(r, day)->a);
        r->at = day + 1;
    }
    read_year_behind(r);
    return true;
}

/* 5 March 2026, 5th of March, 5-Mar-2026. */
static bool read_day_month(reader *r)
{
    size_t at = r->at + 1;
    if (!is_day_number(r, r->at)) return false;
    if (sign_at(r, at) == '.' && !token_at(r, at)->space) at++;
    if (sign_at(r, at) == '-' && !token_at(r, at)->space) at++;
    at = skip_links(r, at);
    if (kind_at(r, at) == OC_ATOM_MOD && is_unit(r, at + 1, OC_UNIT_MONTH)) {
        set_day(r, token_at(r, r->at)->a);
        r->spec.month_from = OC_FROM_ANCHOR;
        r->spec.month = token_at(r, at)->a;
        r->at = at + 2;
        return true;
    }
    if (is_unit(r, at, OC_UNIT_MONTH) && at > r->at + 1 && kind_at(r, r->at) == OC_ATOM_ORD) {
        set_day(r, token_at(r, r->at)->a);
        r->spec.month_from = OC_FROM_ANCHOR;
        r->spec.month = 0;
        r->at = at + 1;
        return true;
    }
    if (kind_at(r, at) != OC_ATOM_MONTH) return false;
    int day = token_at(r, r->at)->a;
    r->at = at;
    set_month(r, token_at(r, at)->a);
    set_day(r, day);
    r->at = at + 1;
    if (sign_at(r, r->at) == '.' && !token_at(r, r->at)->space) r->at++;
    read_year_behind(r);
    return true;
}

/* the 5th: nothing that could be counted may follow. */
static bool read_day_alone(reader *r)
{
    const oc_token *token = token_at(r, r->at);
    bool linked = r->at && kind_at(r, r->at - 1) == OC_ATOM_LINK;
    if (kind_at(r, r->at) != OC_ATOM_ORD || !is_day_number(r, r->at) || token->style != OC_NUMBER_ORDINAL) return false;
    oc_atom_kind next = kind_at(r, r->at + 1);
    bool numeric = token->digits == 0;
    bool closed = next == OC_ATOM_NONE || next == OC_ATOM_PUNCT || is_preposition(next) || next == OC_ATOM_MOD;
    if (next == OC_ATOM_OF) return false;
    bool word = next == OC_ATOM_OTHER && token_at(r, r->at + 1)->space;
    if (!linked || word || !closed || !numeric || next == OC_ATOM_PART || next == OC_ATOM_HALF) return false;
    set_day(r, token->a);
    r->at++;
    return true;
}

static bool month_day_year(reader *r, int month, int day, int year)
{
    if (month > 12 && day <= 12) {
        int swap = month;
        month = day;
        day = swap;
    }
    if (month < 1 || month > 12 || day < 1 || day > oc_days_in_month(year, month)) return false;
    set_year(r, year);
    set_month(r, month);
    set_day(r, day);
    return true;
}

/* 3/5/2026 and 3-5-2026 with the month first, 5.3.2026 with the day first; a number over 12 is the day. */
static bool read_slashed(reader *r)
{
    size_t at = r->at;
    char sign = sign_at(r, at + 1);
    bool shape = oc_date_digits(r->parser, at, 1, 2) && (sign == '/' || sign == '-' || sign == '.') &&
                 sign_at(r, at + 3) == sign && oc_date_digits(r->parser, at + 2, 1, 2) && !token_at(r, at + 1)->space &&
                 !token_at(r, at + 4)->space;
    if (!shape) return false;
    bool full = oc_date_digits(r->parser, at + 4, 4, 4), two = oc_date_digits(r->parser, at + 4, 2, 2) && sign == '/';
    if (!full && !two) return false;
    int first = token_at(r, at)->a, second = token_at(r, at + 2)->a, year = token_at(r, at + 4)->a;
    if (two) year = oc_date_century(r->parser, year);
    bool done = sign == '.' ? month_day_year(r, second, first, year) : month_day_year(r, first, second, year);
    if (done) r->at += 5;
    return done;
}

/* --- units with this, next, last --- */

static bool set_relative(reader *r, int unit, int offset, oc_from from)
{
    switch ((oc_unit)unit) {
    case OC_UNIT_FISCAL:
    case OC_UNIT_YEAR:
        r->spec.year_from = from;
        r->spec.year = offset;
        r->spec.fiscal = unit == OC_UNIT_FISCAL;
        return true;
    case OC_UNIT_MONTH: r->spec.month_from = from, r->spec.month = offset; return true;
    case OC_UNIT_WEEK: r->spec.week_from = from, r->spec.week = offset; return true;
    case OC_UNIT_WEEKEND: r->spec.week_from = from, r->spec.week = offset, r->spec.weekend = true; return true;
    case OC_UNIT_DAY: r->spec.day_from = from, r->spec.day = offset; return true;
    case OC_UNIT_QUARTER: r->spec.quarter_from = from, r->spec.quarter = offset; return true;
    case OC_UNIT_HALF: r->spec.half_from = from, r->spec.half = offset; return true;
    case OC_UNIT_DECADE: r->spec.decade_relative = true, r->spec.decade_offset = offset; return true;
    case OC_UNIT_CENTURY: r->spec.century_from = from, r->spec.century = offset; return true;
    default: return false;
    }
}

/* Weekday behind a week ("next week on Monday"), day behind a month ("next month, the 5th"). */
static void read_finer(reader *r)
{
    size_t at = r->at;
    if (sign_at(r, at) == ',') at++;
    if (kind_at(r, at) == OC_ATOM_ON) at++;
    at = skip_links(r, at);
    bool week = r->spec.week_from && !r->spec.weekend && kind_at(r, at) == OC_ATOM_WEEKDAY && r->spec.weekday < 0;
    if (!week) return;
    r->spec.weekday = token_at(r, at)->a;
    r->at = at + 1;
}

/* "last Friday of March": there last is an ordinal. */
static bool read_ordinal(reader *r, int nth);

static bool read_modified(reader *r)
{
    int offset = token_at(r, r->at)->a;
    size_t next = r->at + 1;
    const oc_token *token = token_at(r, next);
    if (offset < 0 && kind_at(r, next + 1) == OC_ATOM_OF) {
        reader sub = *r;
        if (read_ordinal(&sub, -1)) {
            *r = sub;
            return true;
        }
    }
    switch (kind_at(r, next)) {
    case OC_ATOM_FISCAL:
        r->at = next + 1 + is_unit(r, next + 1, OC_UNIT_YEAR);
        return set_relative(r, OC_UNIT_FISCAL, offset, OC_FROM_ANCHOR);
    case OC_ATOM_UNIT:
        if (token->a == OC_UNIT_DAY || !set_relative(r, token->a, offset, OC_FROM_ANCHOR)) return false;
        r->at = next + 1;
        read_finer(r);
        if (kind_at(r, r->at) == OC_ATOM_OF && kind_at(r, r->at + 1) == OC_ATOM_PART && !r->spec.weekend &&
            token_at(r, r->at)->from == token_at(r, next)->to) { /* next month's end */
            r->spec.part = (oc_part)token_at(r, r->at + 1)->a;
            r->at += 2;
        }
        return true;
    case OC_ATOM_WEEKENDS: r->at = next + 1; return set_relative(r, OC_UNIT_WEEKEND, offset, OC_FROM_ANCHOR);
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
        if (!read_month(r)) return false;
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

static bool read_inner(reader *r, size_t at)
{
    if (r->depth >= DEPTH_MAX) return false;
    reader sub = sub_reader(r, skip_links(r, at));
    if (kind_at(&sub, sub.at) == OC_ATOM_UNIT && sub.at > at) { /* of the year, of the month */
        if (!set_relative(&sub, token_at(&sub, sub.at)->a, 0, OC_FROM_ANCHOR)) return false;
        sub.at++;
    } else if (is_year(&sub, sub.at)) {
        set_year(&sub, token_at(&sub, sub.at)->a);
        sub.at++;
    } else if (is_short_year(&sub, sub.at)) {
        set_year(&sub, oc_date_century(r->parser, token_at(&sub, sub.at)->a));
        sub.at++;
    } else if (!read_point(&sub)) return false;
    r->spec = sub.spec;
    r->at = sub.at;
    return true;
}

/* early 2026, mid-March, the end of next year. */
static bool read_part(reader *r)
{
    oc_part part = (oc_part)token_at(r, r->at)->a;
    size_t at = r->at + 1;
    if (sign_at(r, at) == '-' && !token_at(r, at)->space) at++;
    if (kind_at(r, at) == OC_ATOM_IN) at++;
    if (!read_inner(r, at)) return false;
    oc_unit unit = oc_date_spec_unit(&r->spec);
    if (r->spec.part || unit < OC_UNIT_WEEK || unit == OC_UNIT_WEEKEND) return false;
    r->spec.part = part;
    return true;
}

/* first half, second quarter, third week, second Monday, last day [of …]; the token at r->at is the ordinal. */
static bool read_ordinal(reader *r, int nth)
{
    size_t at = r->at + 1;
    if (sign_at(r, at) == '-' && !token_at(r, at)->space) at++;
    oc_atom_kind kind = kind_at(r, at);
    int unit = kind == OC_ATOM_UNIT ? token_at(r, at)->a : 0, weekday = kind == OC_ATOM_WEEKDAY ? token_at(r, at)->a : -1;
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
    bool linked = kind_at(r, behind) == OC_ATOM_OF || kind_at(r, behind) == OC_ATOM_IN;
    reader outer = *r;
    outer.spec = oc_date_spec_empty();
    bool has_outer = linked && read_inner(&outer, kind_at(r, behind) == OC_ATOM_IN ? behind + 1 : behind);
    if (!has_outer && (unit == OC_UNIT_QUARTER || unit == OC_UNIT_HALF)) {
        outer.at = behind;
        has_outer = read_year_behind(&outer);
    }
    if (unit != OC_UNIT_QUARTER && unit != OC_UNIT_HALF && !has_outer) return false;
    oc_unit around = oc_date_spec_unit(&outer.spec);
    if (has_outer) r->spec = outer.spec;
    r->at = has_outer ? outer.at : behind;
    if (unit == OC_UNIT_HALF && has_outer && around != OC_UNIT_YEAR && around != OC_UNIT_FISCAL) {
        if (nth < 1 || nth > 2 || r->spec.part) return false;
        r->spec.part = nth == 1 ? OC_PART_FIRST : OC_PART_SECOND;
        return true;
    }
    if (nth == -1 && unit == OC_UNIT_HALF) nth = 2;
    if (nth == -1 && unit == OC_UNIT_QUARTER) nth = 4;
    if (unit == OC_UNIT_HALF) r->spec.half_from = OC_FROM_TEXT, r->spec.half = nth;
    else if (unit == OC_UNIT_QUARTER) r->spec.quarter_from = OC_FROM_TEXT, r->spec.quarter = nth;
    else if (around != OC_UNIT_MONTH && around != OC_UNIT_YEAR) return false;
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

static bool read_weekday(reader *r)
{
    if (!weak_fits(r, r->at)) return false;
    int weekday = token_at(r, r->at)->a;
    size_t at = r->at + 1;
    if (sign_at(r, at) == '.' && !token_at(r, at)->space) at++;
    if (sign_at(r, at) == ',' || sign_at(r, at) == '(') at++;
    reader date = sub_reader(r, skip_links(r, at));
    oc_atom_kind kind = kind_at(r, date.at);
    bool behind = (kind == OC_ATOM_MONTH || kind == OC_ATOM_NUM || kind == OC_ATOM_ORD) && r->depth < DEPTH_MAX &&
                  read_point(&date) && date.spec.day_from == OC_FROM_TEXT;
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

static bool read_season(reader *r)
{
    if (!weak_fits(r, r->at)) return false;
    r->spec.season = token_at(r, r->at)->a;
    r->at++;
    read_year_behind(r);
    return true;
}

static bool read_quarter(reader *r)
{
    const oc_token *token = token_at(r, r->at);
    if (token->kind == OC_ATOM_QUARTER) r->spec.quarter_from = OC_FROM_TEXT, r->spec.quarter = token->a;
    else r->spec.half_from = OC_FROM_TEXT, r->spec.half = token->a;
    r->at++;
    if (oc_date_digits(r->parser, r->at, 2, 2) && !token_at(r, r->at)->space) { /* 1Q26 */
        set_year(r, oc_date_century(r->parser, token_at(r, r->at)->a));
        r->at++;
        return true;
    }
    read_year_behind(r);
    return true;
}

static bool read_fiscal(reader *r)
{
    size_t at = r->at + 1;
    if (is_unit(r, at, OC_UNIT_YEAR)) at++;
    if (sign_at(r, at) == '-' && !token_at(r, at)->space) at++;
    bool is_short = oc_date_digits(r->parser, at, 2, 2);
    if (!is_year(r, at) && !is_short) return false;
    set_year(r, is_short ? oc_date_century(r->parser, token_at(r, at)->a) : token_at(r, at)->a);
    r->spec.fiscal = true;
    r->at = at + 1;
    oc_atom_kind kind = kind_at(r, r->at);
    if (kind != OC_ATOM_QUARTER && kind != OC_ATOM_HALF) return true;
    if (kind == OC_ATOM_QUARTER) r->spec.quarter_from = OC_FROM_TEXT, r->spec.quarter = token_at(r, r->at)->a;
    else r->spec.half_from = OC_FROM_TEXT, r->spec.half = token_at(r, r->at)->a;
    r->at++;
    return true;
}

/* the week of March 5, week 12 of 2026. */
static bool read_week(reader *r)
{
    size_t at = r->at + 1;
    if (kind_at(r, at) == OC_ATOM_OF) {
        reader day = sub_reader(r, skip_links(r, at));
        if (r->depth >= DEPTH_MAX || !read_point(&day) || oc_date_spec_unit(&day.spec) != OC_UNIT_DAY) return false;
        oc_date found;
        if (!oc_date_resolve(r->parser->lexicon->date_tables, r->parser->lang, &day.spec, r->parser->context,
                             r->parser->tense, OC_DAY_NONE, &found)) return false;
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
    if (week < 1 || week > 53 || !read_year_behind(r)) return false;
    r->spec.week_from = OC_FROM_NTH;
    r->spec.week = week;
    return true;
}

/* --- a year on its own --- */

static bool year_alone(const reader *r)
{
    size_t at = r->at, before = at;
    if (!is_year(r, at)) return false;
    const oc_token *token = token_at(r, at);
    oc_atom_kind next = kind_at(r, at + 1);
    if (next == OC_ATOM_UNIT || next == OC_ATOM_SPAN || next == OC_ATOM_STOP || sign_at(r, at + 1) == '%') return false;
    if (next == OC_ATOM_QUARTER || next == OC_ATOM_HALF) return true;
    while (before && (kind_at(r, before - 1) == OC_ATOM_LINK || is_unit(r, before - 1, OC_UNIT_YEAR))) before--;
    bool named = before < at && is_unit(r, at - 1, OC_UNIT_YEAR);
    if (named) return true;
    if (token->a < 1500 || token->a > 2199) return false;
    bool closed = next == OC_ATOM_NONE || next == OC_ATOM_PUNCT;
    if (next == OC_ATOM_OTHER && token->a % 500 == 0 && (at == 0 || kind_at(r, at - 1) == OC_ATOM_IN)) return false;
    if (at == 0) return closed || (next != OC_ATOM_RANGE && next != OC_ATOM_OTHER && token->a >= 1900);
    oc_atom_kind previous = kind_at(r, at - 1);
    bool bracket = sign_at(r, at - 1) == '(' && sign_at(r, at + 1) == ')';
    if (previous == OC_ATOM_PASTTENSE) return next != OC_ATOM_OTHER;
    return bracket || is_preposition(previous) || (closed && sign_at(r, at - 1) == ',');
}

static bool read_number(reader *r)
{
    reader before = *r;
    if (oc_date_numeric(r->parser, &r->at, &r->spec)) return true;
    if (read_slashed(r) || read_day_month(r)) return true;
    *r = before;
    if (is_short_year(r, r->at) && r->at && is_preposition(kind_at(r, r->at - 1))) {
        set_year(r, oc_date_century(r->parser, token_at(r, r->at)->a));
        r->at++;
        return true;
    }
    if (!year_alone(r)) return false;
    set_year(r, token_at(r, r->at)->a);
    r->at++;
    if (kind_at(r, r->at) == OC_ATOM_QUARTER || kind_at(r, r->at) == OC_ATOM_HALF) {
        bool quarter = kind_at(r, r->at) == OC_ATOM_QUARTER;
        if (quarter) r->spec.quarter_from = OC_FROM_TEXT, r->spec.quarter = token_at(r, r->at)->a;
        else r->spec.half_from = OC_FROM_TEXT, r->spec.half = token_at(r, r->at)->a;
        r->at++;
    } else {
        size_t month = r->at + (sign_at(r, r->at) == ',');
        bool weak = kind_at(r, month) != OC_ATOM_MONTH || (token_at(r, month)->weak && !is_day_number(r, month + 1));
        if (weak || (month > r->at && !is_day_number(r, month + 1))) return true;
        set_month(r, token_at(r, month)->a);
        r->at = month + 1;
        if (is_day_number(r, r->at)) set_day(r, token_at(r, r->at)->a), r->at++;
    }
    return true;
}

static bool read_decade(reader *r, int number)
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
static bool read_relative(reader *r, oc_from from)
{
    const oc_token *token = token_at(r, r->at);
    if (!set_relative(r, token->a, token->b, from)) return false;
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
        reader year = *r;
        if (read_year_behind(&year)) *r = year;
        return true;
    }
    if (from == OC_FROM_ANCHOR) read_finer(r);
    return true;
}

static bool read_holiday(reader *r)
{
    r->spec.holiday = token_at(r, r->at)->a;
    r->at++;
    read_year_behind(r);
    return true;
}

/* "rest of the year", "within the month": a unit behind these words is the anchor's. */
static bool rest_of(reader *r)
{
    bool within = r->at >= 2 && kind_at(r, r->at - 1) == OC_ATOM_LINK && kind_at(r, r->at - 2) == OC_ATOM_WITHIN;
    if (!within || !set_relative(r, token_at(r, r->at)->a, 0, OC_FROM_ANCHOR)) return false;
    r->at++;
    return true;
}

static bool read_point(reader *r)
{
    const oc_token *token = token_at(r, r->at);
    switch (kind_at(r, r->at)) {
    case OC_ATOM_NUM: return read_number(r);
    case OC_ATOM_ORD: {
        reader before = *r;
        if (read_day_month(r)) return true;
        *r = before;
        if (read_ordinal(r, token->a)) return true;
        *r = before;
        return read_day_alone(r);
    }
    case OC_ATOM_MONTH: return read_month(r);
    case OC_ATOM_WEEKDAY: return read_weekday(r);
    case OC_ATOM_MOD: return read_modified(r);
    case OC_ATOM_PART: return read_part(r);
    case OC_ATOM_SEASON: return read_season(r);
    case OC_ATOM_QUARTER:
    case OC_ATOM_HALF: return !token->more && read_quarter(r);
    case OC_ATOM_FISCAL: return read_fiscal(r);
    case OC_ATOM_DECADE: return read_decade(r, token->a);
    case OC_ATOM_REL: return read_relative(r, OC_FROM_ANCHOR);
    case OC_ATOM_CTX: return read_relative(r, OC_FROM_CONTEXT);
    case OC_ATOM_HOLIDAY: return read_holiday(r);
    case OC_ATOM_PERIOD: r->spec.period = token->a; r->at++; return true;
    case OC_ATOM_WEEKENDS: r->spec.weekend = true; r->at++; return true;
    case OC_ATOM_TODATE: {
        bool set = set_relative(r, token->a, 0, OC_FROM_ANCHOR);
        r->spec.to_date = set;
        r->at++;
        return set;
    }
    case OC_ATOM_UNIT: return rest_of(r) || (token->a == OC_UNIT_WEEK && read_week(r));
    default: return false;
    }
}

/* --- lengths --- */

static bool read_amounts(const reader *r, size_t *at, oc_date_spec *spec)
{
    size_t i = *at;
    oc_atom_kind next = kind_at(r, i + 1);
    if (kind_at(r, i) == OC_ATOM_UNIT && i && kind_at(r, i - 1) == OC_ATOM_LINK &&
        (next == OC_ATOM_BEFORE || next == OC_ATOM_AFTER)) { /* the day after Christmas */
        spec->amount[token_at(r, i)->a] = 1;
        spec->length_unit = (oc_unit)token_at(r, i)->a;
        spec->length = true;
        ++*at;
        return true;
    }
    while (kind_at(r, i) == OC_ATOM_NUM && token_at(r, i)->style != OC_NUMBER_GROUPED) {
        size_t unit_at = i + 1;
        if (sign_at(r, unit_at) == '-' && !token_at(r, unit_at)->space) unit_at++;
        oc_atom_kind kind = kind_at(r, unit_at);
        if (kind != OC_ATOM_UNIT && kind != OC_ATOM_SPAN) break;
        int unit = token_at(r, unit_at)->a;
        if (spec->amount[unit] || token_at(r, i)->a > 100000) break;
        spec->amount[unit] = token_at(r, i)->a;
        spec->length_unit = (oc_unit)unit;
        spec->length = true;
        i = unit_at + 1;
        *at = i;
        if (kind_at(r, i) == OC_ATOM_HALF) spec->half_more = true, *at = ++i;
        if (kind_at(r, i) == OC_ATOM_AND || sign_at(r, i) == ',') i++;
    }
    return spec->length;
}

/* "two weeks after March 5": the distance is counted from that day. */
static bool read_base(reader *r, size_t at, int sign)
{
    reader base = sub_reader(r, skip_links(r, at));
    oc_date found;
    if (!read_point(&base)) return false;
    if (!oc_date_resolve(r->parser->lexicon->date_tables, r->parser->lang, &base.spec, r->parser->context,
                         r->parser->tense, OC_DAY_NONE, &found)) return false;
    r->parser->context->last_start = sign > 0 ? found.unit_end : found.unit_start;
    r->spec.offset_from = OC_FROM_CONTEXT;
    r->spec.offset_sign = sign;
    r->at = base.at;
    return true;
}

static bool read_direction(reader *r)
{
    oc_atom_kind kind = kind_at(r, r->at);
    r->spec.offset_from = OC_FROM_ANCHOR;
    switch (kind) {
    case OC_ATOM_AGO: r->spec.offset_sign = -1; r->at++; return true;
    case OC_ATOM_LATER: r->spec.offset_sign = 1; r->at++; return true;
    case OC_ATOM_START:
    case OC_ATOM_AFTER: return read_base(r, r->at + 1, 1);
    case OC_ATOM_BEFORE: return read_base(r, r->at + 1, -1);
    default: return false;
    }
}

/* `direction` is what stands before the length: in, within, next, last. */
static size_t read_length(oc_date_parser *parser, size_t first, oc_date_point *ret)
{
    reader r = {.parser = parser, .at = first, .spec = oc_date_spec_empty()};
    int side = 0;
    bool within = false, in = false, about = false;
    for (; r.at < first + PREFIXES_MAX; r.at++) {
        oc_atom_kind kind = kind_at(&r, r.at);
        if (kind == OC_ATOM_WITHIN) within = true;
        else if (kind == OC_ATOM_IN) in = true;
        else if (kind == OC_ATOM_NEXT) side = 1;
        else if (kind == OC_ATOM_PAST) side = -1;
        else if (kind == OC_ATOM_MOD && token_at(&r, r.at)->a) side = token_at(&r, r.at)->a;
        else if (kind == OC_ATOM_ABOUT) about = true;
        else if (kind != OC_ATOM_LINK && kind != OC_ATOM_DURING) break;
    }
    if (!read_amounts(&r, &r.at, &r.spec)) return 0;
    if (about) r.spec.hedge = OC_DATE_ABOUT;
    r.spec.offset_from = OC_FROM_ANCHOR;
    if (within || side) {
        r.spec.span = true;
        r.spec.span_whole = within && side >= 0;
        r.spec.offset_sign = side < 0 ? -1 : 1;
        reader base = r;
        if (within && !side && read_direction(&base) && base.spec.offset_from == OC_FROM_CONTEXT) r = base;
    } else if (!read_direction(&r)) {
        if (!in) return 0;
        r.spec.offset_sign = 1;
        r.spec.offset_from = OC_FROM_ANCHOR;
    }
    *ret = (oc_date_point){r.spec, first, r.at, OC_BOUND_AT};
    return r.at;
}

/* --- around a point --- */

typedef struct prefixes {
    oc_date_bound bound;
    oc_date_hedge hedge;
    bool from, between;
} prefixes;

static size_t read_prefixes(const reader *r, size_t at, prefixes *ret)
{
    for (size_t limit = at + PREFIXES_MAX; at < limit; at++) {
        switch (kind_at(r, at)) {
        case OC_ATOM_BY: ret->bound = OC_BOUND_BY; break;
        case OC_ATOM_UPTO: ret->bound = OC_BOUND_UPTO; break;
        case OC_ATOM_FROM: ret->bound = OC_BOUND_FROM; break;
        case OC_ATOM_BEFORE: ret->bound = OC_BOUND_BEFORE; break;
        case OC_ATOM_AFTER: ret->bound = OC_BOUND_AFTER; break;
        case OC_ATOM_WITHIN: ret->bound = OC_BOUND_WITHIN; break;
        case OC_ATOM_START: ret->from = true; break;
        case OC_ATOM_BETWEEN: ret->between = true; break;
        case OC_ATOM_ABOUT: ret->hedge = OC_DATE_ABOUT; break;
        case OC_ATOM_LATEST: ret->bound = OC_BOUND_BY; ret->hedge = OC_DATE_AT_LATEST; break;
        case OC_ATOM_EARLIEST: ret->bound = OC_BOUND_FROM; ret->hedge = OC_DATE_AT_EARLIEST; break;
        case OC_ATOM_IN:
        case OC_ATOM_ON:
        case OC_ATOM_DURING:
        case OC_ATOM_LINK: break;
        default: return at;
        }
    }
    return at;
}

/* "5" of "March 3-5", "2030" of "2026-2030", "27" of "2026-27". */
static bool read_short_right(reader *r, const oc_date_spec *left)
{
    const oc_token *token = token_at(r, r->at);
    bool dash = r->at && sign_at(r, r->at - 1) == '-' && !token->space;
    if (left->day_from == OC_FROM_TEXT && is_day_number(r, r->at) && kind_at(r, r->at + 1) != OC_ATOM_MONTH) {
        set_day(r, token->a);
        r->at++;
        read_year_behind(r);
        return true;
    }
    bool years = left->year_from == OC_FROM_TEXT && !left->month_from && !left->quarter_from && !left->half_from;
    if (years && is_year(r, r->at)) {
        set_year(r, token->a);
        r->spec.fiscal = left->fiscal;
        r->at++;
        return true;
    }
    if (!years || !dash || !oc_date_digits(r->parser, r->at, 2, 2)) return false;
    set_year(r, left->year - left->year % 100 + token->a);
    if (r->spec.year < left->year) r->spec.year += 100;
    r->spec.fiscal = left->fiscal;
    r->at++;
    return true;
}

static bool read_right(reader *r, const oc_date_point *left, const prefixes *prefix)
{
    oc_atom_kind kind = kind_at(r, left->behind);
    bool until = kind == OC_ATOM_BY || kind == OC_ATOM_UPTO;
    if (kind != OC_ATOM_RANGE && !(until && (prefix->from || kind == OC_ATOM_BY)) && !(kind == OC_ATOM_AND && prefix->between))
        return false;
    if (kind == OC_ATOM_RANGE && sign_at(r, left->behind) == '-' && left->spec.length) return false;
    prefixes ignored = {0};
    r->at = read_prefixes(r, left->behind + 1, &ignored);
    if (ignored.bound || ignored.from || ignored.between) return false;
    reader before = *r;
    if (read_point(r)) return true;
    *r = before;
    return read_short_right(r, &left->spec);
}

/* "4" of "4-22 January", "from 4 to 22 January": the month stands behind the right end. */
static bool read_left_day(reader *r, const prefixes *prefix)
{
    size_t at = r->at;
    bool joined = kind_at(r, at + 1) == OC_ATOM_RANGE || (prefix->between && kind_at(r, at + 1) == OC_ATOM_AND);
    if (!is_day_number(r, at) || !joined) return false;
    reader right = sub_reader(r, skip_links(r, at + 2));
    if (!read_day_month(&right)) return false;
    set_day(r, token_at(r, at)->a);
    r->at++;
    return true;
}

/* "Q1" of "Q1-Q2 2026" and "March" of "March-May 2026" are ordinary points; a bare left year needs a right year. */
static bool read_left_year(reader *r, const prefixes *prefix)
{
    size_t at = r->at;
    bool pair = kind_at(r, at + 1) == OC_ATOM_RANGE || ((prefix->from || prefix->between) && is_year(r, at));
    bool right = is_year(r, at + 2) || (oc_date_digits(r->parser, at + 2, 2, 2) && sign_at(r, at + 1) == '-' &&
                                        !token_at(r, at + 2)->space && token_at(r, at + 2)->a > 0);
    if (!is_year(r, at) || !pair || !right) return false;
    if (token_at(r, at)->a < 1500 || token_at(r, at)->a > 2199) return false;
    oc_atom_kind next = kind_at(r, at + 3);
    if (next == OC_ATOM_STOP || next == OC_ATOM_SPAN || next == OC_ATOM_UNIT) return false;
    if (kind_at(r, at + 3) == OC_ATOM_RANGE && !token_at(r, at + 3)->space) return false;
    set_year(r, token_at(r, at)->a);
    r->at++;
    return true;
}

static void read_suffixes(const reader *r, oc_date_point *point)
{
    size_t at = point->behind;
    if (sign_at(r, at) == ',') at++;
    switch (kind_at(r, at)) {
    case OC_ATOM_LATEST: point->spec.hedge = OC_DATE_AT_LATEST; point->bound = OC_BOUND_BY; break;
    case OC_ATOM_EARLIEST: point->spec.hedge = OC_DATE_AT_EARLIEST; point->bound = OC_BOUND_FROM; break;
    case OC_ATOM_ORMORE: point->bound = OC_BOUND_FROM; break;
    case OC_ATOM_ORLESS: point->bound = OC_BOUND_UPTO; break;
    default: return;
    }
    point->behind = at + 1;
}

static size_t emit(oc_date_parser *parser, oc_date_point *point, const prefixes *prefix)
{
    if (prefix->hedge && !point->spec.hedge) point->spec.hedge = prefix->hedge;
    if (prefix->from && point->bound == OC_BOUND_AT) point->bound = OC_BOUND_FROM;
    bool end = point->spec.part == OC_PART_END && point->bound == OC_BOUND_BEFORE;
    if (end) point->bound = OC_BOUND_BY; /* before the end of 2027: in 2027 or earlier */
    if (parser->tokens[point->behind - 1].kind == OC_ATOM_LINK) return 0;
    return oc_date_emit(parser, point) ? point->behind : 0;
}

static size_t read_date(oc_date_parser *parser, size_t first)
{
    reader r = {.parser = parser, .spec = oc_date_spec_empty()};
    oc_date_point point;
    prefixes prefix = {.bound = OC_BOUND_AT};
    r.at = read_prefixes(&r, first, &prefix);
    if (r.at == parser->count) return 0;
    oc_date_point length;
    if (read_length(parser, first, &length) || (r.at > first && read_length(parser, r.at, &length))) {
        if (prefix.bound != OC_BOUND_WITHIN) length.bound = prefix.bound;
        size_t behind = oc_date_emit(parser, &length) ? length.behind : 0;
        if (behind) return behind;
    }
    reader before = r;
    if (!read_left_day(&r, &prefix)) {
        r = before;
        if (!read_left_year(&r, &prefix)) {
            r = before;
            if (!read_point(&r)) return 0;
        }
    }
    size_t start = first;
    oc_atom_kind kind = kind_at(&r, start);
    while (start < before.at && (kind == OC_ATOM_LINK || kind == OC_ATOM_IN || kind == OC_ATOM_ON || kind == OC_ATOM_DURING))
        kind = kind_at(&r, ++start);
    point = (oc_date_point){r.spec, start, r.at, prefix.bound};
    reader right = {.parser = parser, .spec = oc_date_spec_empty()};
    if (read_right(&right, &point, &prefix)) {
        oc_date_point left = point, end = {right.spec, point.behind + 1, right.at, OC_BOUND_AT};
        left.first = prefix.bound ? before.at : start;
        if (oc_date_emit_range(parser, &left, &end)) return end.behind;
        if (r.spec.day_from == OC_FROM_TEXT && !r.spec.month_from) return 0;
    }
    read_suffixes(&r, &point);
    return emit(parser, &point, &prefix);
}

static size_t skip_number(const reader *r, size_t at)
{
    at++;
    if (sign_at(r, at) == '-') at++;
    while (kind_at(r, at) == OC_ATOM_UNIT || kind_at(r, at) == OC_ATOM_SPAN || kind_at(r, at) == OC_ATOM_STOP) at++;
    return at;
}

/* No. 5, pp. 20-25, every Monday, 12/20: what looks like a date and is none. */
static size_t skip_other(const reader *r, size_t at)
{
    oc_atom_kind kind = kind_at(r, at);
    if (kind == OC_ATOM_EACH) {
        reader sub = {.parser = r->parser, .at = at + 1, .spec = oc_date_spec_empty()};
        return read_point(&sub) ? sub.at : at + 1;
    }
    if (kind != OC_ATOM_PAGE) return 0;
    at++;
    if (kind_at(r, at) == OC_ATOM_PUNCT) at++;
    while (kind_at(r, at) == OC_ATOM_NUM || kind_at(r, at) == OC_ATOM_RANGE) at++;
    return at;
}

void oc_date_parse_en(oc_date_parser *parser)
{
    reader r = {.parser = parser};
    for (size_t at = 0; at < parser->count;) {
        oc_atom_kind kind = kind_at(&r, at);
        if (kind == OC_ATOM_OTHER || kind == OC_ATOM_PUNCT) {
            at++;
            continue;
        }
        size_t behind = skip_other(&r, at);
        if (!behind && !parser->tokens[at].more) behind = read_date(parser, at);
        if (behind > at) at = behind;
        else at = kind == OC_ATOM_NUM ? skip_number(&r, at) : at + 1;
    }
}
