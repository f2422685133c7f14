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
#include "reading/date_en.h"

typedef struct prefixes {
    oc_date_bound bound;
    oc_date_hedge hedge;
    bool from, between;
} prefixes;

static size_t read_prefixes(const oc_date_reader *r, size_t at, prefixes *ret)
{
    for (size_t limit = at + OC_DATE_EN_PREFIXES_MAX; at < limit; at++) {
        switch (kind_at(r, at)) {
        case OC_ATOM_THROUGH:
        case OC_ATOM_BY: ret->bound = OC_BOUND_BY; break;
        case OC_ATOM_UPTO: ret->bound = OC_BOUND_UPTO; break;
        case OC_ATOM_FROM: ret->bound = OC_BOUND_FROM; break;
        case OC_ATOM_BEFORE: ret->bound = OC_BOUND_BEFORE; break;
        case OC_ATOM_AFTER: ret->bound = OC_BOUND_AFTER; break;
        case OC_ATOM_WITHIN: ret->bound = OC_BOUND_WITHIN; break;
        case OC_ATOM_START: ret->from = true; break;
        case OC_ATOM_BETWEEN: ret->between = true; break;
        case OC_ATOM_ABOUT: ret->hedge = OC_DATE_ABOUT; break;
        case OC_ATOM_PAST: /* past 2030 */
            if (!oc_date_en_is_year(r, at + 1)) return at;
            ret->bound = OC_BOUND_AFTER;
            break;
        case OC_ATOM_LATEST:
            ret->bound = OC_BOUND_BY;
            ret->hedge = OC_DATE_AT_LATEST;
            break;
        case OC_ATOM_EARLIEST:
            ret->bound = OC_BOUND_FROM;
            ret->hedge = OC_DATE_AT_EARLIEST;
            break;
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
static bool read_short_right(oc_date_reader *r, const oc_date_spec *left)
{
    const oc_token *token = token_at(r, r->at);
    bool dash = r->at && (sign_at(r, r->at - 1) == '-' || sign_at(r, r->at - 1) == '/') && !token->space;
    if (left->day_from == OC_FROM_TEXT && oc_date_en_is_day(r, r->at) && kind_at(r, r->at + 1) != OC_ATOM_MONTH) {
        set_day(r, token->a);
        r->at++;
        oc_date_en_year_behind(r);
        return true;
    }
    bool years = left->year_from == OC_FROM_TEXT && !left->month_from && !left->quarter_from && !left->half_from;
    if (years && oc_date_en_is_year(r, r->at)) {
        set_year(r, token->a);
        r->spec.fiscal = left->fiscal;
        r->at++;
        return true;
    }
    if (!years || !dash || !oc_date_digits(r->parser, r->at, 2, 2)) return false;
    enum { YEARS_MAX = 60 };
    set_year(r, left->year - left->year % 100 + token->a);
    if (r->spec.year < left->year) r->spec.year += 100;
    r->spec.fiscal = left->fiscal;
    r->at++;
    return r->spec.year <= left->year + YEARS_MAX; /* 2025-13-01 */
}

/* "or" between two dates, and "/" between two months: of these only neighbours are one stretch of time. */
static bool is_either(const oc_date_reader *r, const oc_date_point *left)
{
    bool months = sign_at(r, left->behind) == '/' && left->spec.month_from && !left->spec.day_from;
    bool quarters = sign_at(r, left->behind) == '/' && (left->spec.quarter_from || left->spec.half_from);
    oc_atom_kind next = kind_at(r, left->behind + 1);
    return kind_at(r, left->behind) == OC_ATOM_OR || (months && next == OC_ATOM_MONTH) ||
           (quarters && (next == OC_ATOM_QUARTER || next == OC_ATOM_HALF)); /* Dec/Jan, Q3/Q4 */
}

/* What stands behind `left` and makes it the beginning of a range. */
static bool joins_range(const oc_date_reader *r, const oc_date_point *left, const prefixes *prefix)
{
    size_t at = left->behind;
    oc_atom_kind kind = kind_at(r, at);
    const oc_token *next = token_at(r, at + (kind != OC_ATOM_NONE));
    if (kind == OC_ATOM_RANGE && sign_at(r, at) == '-' && left->spec.length) return false;
    if (kind == OC_ATOM_BY) return true;
    if (kind == OC_ATOM_UPTO) return prefix->from;
    if (kind == OC_ATOM_AND && prefix->between) return true;
    if (kind == OC_ATOM_AND) /* fiscal years 2027 and 2028 */
        return left->spec.fiscal && oc_date_en_is_year(r, at + 1) && next->a == left->spec.year + 1;
    bool year = left->spec.year_from == OC_FROM_TEXT && !left->spec.month_from;
    bool interval = sign_at(r, at) == '/' && left->spec.year_from == OC_FROM_TEXT &&
                    left->spec.day_from == OC_FROM_TEXT && oc_date_digits(r->parser, at + 1, 4, 4);
    if (interval) return true; /* 2026-01-01/2026-03-31 */
    if (sign_at(r, at) == '/' && year && oc_date_digits(r->parser, at + 1, 2, 2)) /* 2026/27 */
        return next->a == (left->spec.year + 1) % 100;
    return oc_date_en_is_range(kind);
}

/* This year, month or week, as a whole. */
static bool is_current(const oc_date_spec *spec)
{
    if (spec->part) return false;
    switch (oc_date_spec_unit(spec)) {
    case OC_UNIT_YEAR: return spec->year_from == OC_FROM_ANCHOR && !spec->year;
    case OC_UNIT_MONTH: return spec->month_from == OC_FROM_ANCHOR && !spec->month;
    case OC_UNIT_WEEK: return spec->week_from == OC_FROM_ANCHOR && !spec->week;
    default: return false;
    }
}

static bool read_right(oc_date_reader *r, oc_date_point *left, const prefixes *prefix)
{
    bool comma = prefix->between && sign_at(r, left->behind) == ',' && kind_at(r, left->behind + 1) == OC_ATOM_AND;
    if (comma) left->behind++; /* between October 15, 2009, and March 15, 2012 */
    bool adjacent = is_either(r, left);
    if (!adjacent && !joins_range(r, left, prefix)) return false;
    prefixes ignored = {0};
    r->at = read_prefixes(r, left->behind + 1, &ignored);
    if (ignored.bound || ignored.from || ignored.between) return false;
    if (kind_at(r, r->at) == OC_ATOM_NOW) { /* from June 2025 until now */
        r->at++;
        return oc_date_spec_relative(&r->spec, OC_UNIT_DAY, 0, OC_FROM_ANCHOR);
    }
    bool next = adjacent && kind_at(r, r->at) == OC_ATOM_MOD && token_at(r, r->at)->a == 1 &&
                kind_at(r, r->at + 1) != OC_ATOM_UNIT && is_current(&left->spec);
    if (next) { /* this year or next */
        r->at++;
        return oc_date_spec_relative(&r->spec, (int)oc_date_spec_unit(&left->spec), 1, OC_FROM_ANCHOR);
    }
    oc_date_reader before = *r;
    bool years = left->spec.fiscal && oc_date_en_is_year(r, r->at); /* fiscal years 2026 to 2030 */
    if (!years && oc_date_en_point(r)) return true;
    *r = before;
    return read_short_right(r, &left->spec);
}

/* "4" of "4-22 January", "Mon 4" of "Mon 4 - Fri 22 January": the month stands behind the right end. */
static bool read_left_day(oc_date_reader *r, const prefixes *prefix)
{
    bool weekday = kind_at(r, r->at) == OC_ATOM_WEEKDAY;
    size_t at = r->at + weekday;
    if (weekday && (sign_at(r, at) == '.' || sign_at(r, at) == ',')) at++;
    at += weekday && kind_at(r, at) == OC_ATOM_LINK;
    bool joined = oc_date_en_is_range(kind_at(r, at + 1)) || kind_at(r, at + 1) == OC_ATOM_BY ||
                  (prefix->between && kind_at(r, at + 1) == OC_ATOM_AND);
    if (!joined || !oc_date_en_is_day(r, at)) return false;
    size_t behind = oc_date_en_skip_links(r, at + 2);
    if (weekday && kind_at(r, behind) == OC_ATOM_WEEKDAY) behind++;
    if (weekday && (sign_at(r, behind) == '.' || sign_at(r, behind) == ',')) behind++;
    oc_date_reader right = oc_date_en_sub_reader(r, oc_date_en_skip_links(r, behind));
    if (!oc_date_en_day_month(&right)) return false;
    set_day(r, token_at(r, at)->a);
    if (weekday) r->spec.weekday = token_at(r, r->at)->a;
    r->at = at + 1;
    return true;
}

/* 30 of "2026-30", 05 of "1904-05", 27 of "2026/27"; 01 of "2026-01" is a month. */
static bool follows_year(int year, int two_digits, char sign)
{
    int next = (year + 1) % 100;
    return two_digits == next || (sign == '-' && two_digits > year % 100);
}

/* "Q1" of "Q1-Q2 2026" and "March" of "March-May 2026" are ordinary points; a bare left year needs a right year. */
static bool read_left_year(oc_date_reader *r, const prefixes *prefix)
{
    size_t at = r->at;
    bool spanned = (prefix->from || prefix->between) && oc_date_en_is_year(r, at);
    bool pair = oc_date_en_is_range(kind_at(r, at + 1)) || sign_at(r, at + 1) == '/' || spanned;
    char sign = sign_at(r, at + 1);
    bool is_short =
        (sign == '-' || sign == '/') && oc_date_digits(r->parser, at + 2, 2, 2) && !token_at(r, at + 2)->space;
    bool quoted = oc_date_en_is_short_year(r, at) && pair && oc_date_en_is_short_year(r, at + 2); /* '19-'20 */
    if (quoted) {
        set_year(r, oc_date_century(r->parser, token_at(r, at)->a));
        r->at++;
        return true;
    }
    bool right =
        oc_date_en_is_year(r, at + 2) || (is_short && follows_year(token_at(r, at)->a, token_at(r, at + 2)->a, sign));
    if (!oc_date_en_is_year(r, at) || !pair || !right) return false;
    if (token_at(r, at)->a < 1500 || token_at(r, at)->a > 2199) return false;
    oc_atom_kind next = kind_at(r, at + 3);
    if (is_short && next == OC_ATOM_FISCAL) return false; /* the 2026-27 fiscal year */
    if (next == OC_ATOM_STOP || next == OC_ATOM_SPAN || next == OC_ATOM_UNIT) return false;
    if (kind_at(r, at + 3) == OC_ATOM_RANGE && !token_at(r, at + 3)->space) return false;
    set_year(r, token_at(r, at)->a);
    r->at++;
    return true;
}

/* The left end of a range, or a point. */
static bool read_left(oc_date_reader *r, const prefixes *prefix)
{
    oc_atom_kind kind = kind_at(r, r->at), next = kind_at(r, r->at + 1);
    bool from_now = (kind == OC_ATOM_LATER || kind == OC_ATOM_NOW) && (next == OC_ATOM_BY || oc_date_en_is_range(next));
    if (from_now || ((prefix->from || prefix->between) && kind == OC_ATOM_NOW)) { /* from now until next year */
        r->at++;
        return oc_date_spec_relative(&r->spec, OC_UNIT_DAY, 0, OC_FROM_ANCHOR);
    }
    return read_left_day(r, prefix) || read_left_year(r, prefix) || oc_date_en_point(r);
}

static void read_suffixes(const oc_date_reader *r, oc_date_point *point)
{
    size_t at = point->behind;
    if (sign_at(r, at) == ',') at++;
    switch (kind_at(r, at)) {
    case OC_ATOM_LATEST:
        point->spec.hedge = OC_DATE_AT_LATEST;
        point->bound = OC_BOUND_BY;
        break;
    case OC_ATOM_EARLIEST:
        point->spec.hedge = OC_DATE_AT_EARLIEST;
        point->bound = OC_BOUND_FROM;
        break;
    case OC_ATOM_ORMORE:
        if (kind_at(r, at + 1) == OC_ATOM_OTHER) return; /* in 2012 and later delayed */
        point->bound = OC_BOUND_FROM;
        break;
    case OC_ATOM_ORLESS: point->bound = OC_BOUND_UPTO; break;
    default: return;
    }
    point->behind = at + 1;
}

static size_t emit(oc_date_parser *parser, oc_date_point *point, const prefixes *prefix)
{
    if (prefix->hedge && !point->spec.hedge) point->spec.hedge = prefix->hedge;
    bool origin = (point->spec.year_from == OC_FROM_ANCHOR && point->spec.year < 0) ||
                  (point->spec.week_from == OC_FROM_ANCHOR && point->spec.week < 0) ||
                  (point->spec.day_from == OC_FROM_ANCHOR && point->spec.day < 0); /* footage from last week */
    size_t behind = point->behind;
    bool possessed = behind < parser->count && parser->tokens[behind].kind == OC_ATOM_OF &&
                     parser->tokens[behind].from == parser->tokens[behind - 1].to; /* fresh from Tuesday's vote */
    bool old = point->spec.decade >= 0 || point->spec.century_from; /* a law from the 1930s */
    origin = origin || (possessed && point->spec.weekday >= 0) || old;
    if (prefix->from && point->bound == OC_BOUND_AT && !origin) point->bound = OC_BOUND_FROM;
    const oc_date_spec *spec = &point->spec;
    bool weekday = spec->weekday >= 0 && !spec->weekday_side && !spec->week_from && !spec->month_from &&
                   !spec->day_from && !spec->nth && !spec->tense;
    if (prefix->from && weekday && !origin) point->spec.tense = OC_TENSE_FUTURE; /* starting Monday */
    bool end = point->spec.part == OC_PART_END && point->bound == OC_BOUND_BEFORE;
    if (end) point->bound = OC_BOUND_BY; /* before the end of 2027: in 2027 or earlier */
    if (parser->tokens[point->behind - 1].kind == OC_ATOM_LINK) return 0;
    bool names_day = spec->month_from == OC_FROM_TEXT && spec->day_from == OC_FROM_TEXT; /* 31 April: no April either */
    return oc_date_emit(parser, point) || names_day ? point->behind : 0;
}

/* "October 5 and 6, 2026", "5, 6 and 9 March": several days of the month that `first` names. */
static size_t emit_days(oc_date_parser *parser, const oc_date_point *first)
{
    enum { DAYS_MAX = 8 };
    oc_date_reader r = {.parser = parser, .at = first->behind, .spec = oc_date_spec_empty()};
    size_t places[DAYS_MAX], count = 0;
    bool closed = false;
    if (first->spec.day_from != OC_FROM_TEXT || first->spec.month_from != OC_FROM_TEXT || first->spec.year_from)
        return 0;
    while (!closed && count < DAYS_MAX && oc_date_en_is_day(&r, r.at + 1)) {
        closed = kind_at(&r, r.at) == OC_ATOM_AND;
        if (!closed && sign_at(&r, r.at) != ',') return 0;
        places[count++] = r.at + 1;
        r.at += 2;
    }
    oc_atom_kind next = kind_at(&r, r.at);
    bool ends =
        next == OC_ATOM_NONE || next == OC_ATOM_PUNCT || next == OC_ATOM_LINK || oc_date_en_is_preposition(next);
    if (!closed || (!oc_date_en_year_behind(&r) && !ends)) return 0;
    oc_date_point point = *first;
    oc_date_spec_inherit(&point.spec, &r.spec);
    bool neighbours = true;
    for (size_t i = 0, day = (size_t)point.spec.day; i < count; i++)
        neighbours = neighbours && token_at(&r, places[i])->a == (int)(++day);
    if (neighbours) {
        oc_date_point last = point;
        last.spec.day = token_at(&r, places[count - 1])->a;
        last.behind = r.at;
        if (oc_date_emit_range(parser, &point, &last)) return r.at;
    }
    if (!oc_date_emit(parser, &point)) return 0;
    for (size_t i = 0; i < count; i++) {
        point.spec.day = token_at(&r, places[i])->a;
        point.first = places[i];
        point.behind = i + 1 < count ? places[i] + 1 : r.at;
        oc_date_emit(parser, &point);
    }
    return r.at;
}

/* "the 3rd and 4th of November 2026": the month stands behind the second day. */
static size_t emit_days_before(oc_date_parser *parser, size_t at)
{
    if (oc_date_kind(parser, at + 1) != OC_ATOM_AND) return 0;
    oc_date_reader r = {.parser = parser, .at = at + 2, .spec = oc_date_spec_empty()};
    if (!oc_date_en_is_day(&r, at) || !oc_date_en_day_month(&r)) return 0;
    oc_date_point first = {r.spec, at, at + 1, OC_BOUND_AT, false}, second = {r.spec, at + 2, r.at, OC_BOUND_AT, false};
    first.spec.day = token_at(&r, at)->a;
    if (first.spec.day + 1 == second.spec.day && oc_date_emit_range(parser, &first, &second)) return r.at;
    return oc_date_emit(parser, &first) && oc_date_emit(parser, &second) ? r.at : 0;
}

/* "the third and fourth quarters of 2026": the unit stands behind the second ordinal. */
static size_t emit_ordinals(oc_date_parser *parser, size_t at)
{
    if (oc_date_kind(parser, at) != OC_ATOM_ORD) return 0;
    oc_date_reader r = {.parser = parser, .at = at + 2, .spec = oc_date_spec_empty()};
    oc_atom_kind joint = kind_at(&r, at + 1);
    bool shape = (joint == OC_ATOM_AND || joint == OC_ATOM_OR) && kind_at(&r, at + 2) == OC_ATOM_ORD &&
                 token_at(&r, at + 2)->a == token_at(&r, at)->a + 1;
    if (!shape || !oc_date_en_point(&r)) return 0;
    bool weeks = r.spec.week_from == OC_FROM_NTH;
    if (!weeks && r.spec.quarter_from != OC_FROM_TEXT) return 0;
    oc_date_point first = {r.spec, at, at + 1, OC_BOUND_AT, false}, second = {r.spec, at + 2, r.at, OC_BOUND_AT, false};
    (*(weeks ? &first.spec.week : &first.spec.quarter))--;
    return oc_date_emit_range(parser, &first, &second) ? r.at : 0;
}

/* "the 18th and 19th centuries" */
static size_t emit_centuries(oc_date_parser *parser, size_t at)
{
    oc_date_reader r = {.parser = parser};
    const oc_token *token = &parser->tokens[at];
    bool shape = kind_at(&r, at) == OC_ATOM_ORD && kind_at(&r, at + 1) == OC_ATOM_AND &&
                 kind_at(&r, at + 2) == OC_ATOM_ORD && kind_at(&r, at + 3) == OC_ATOM_SPAN &&
                 token[3].a == OC_UNIT_CENTURY && token->a >= 1 && token[2].a == token->a + 1;
    if (!shape) return 0;
    oc_date_point left = {oc_date_spec_empty(), at, at + 1, OC_BOUND_AT, false}, right = left;
    left.spec.century_from = right.spec.century_from = OC_FROM_TEXT;
    left.spec.century = token->a;
    right.spec.century = token->a + 1;
    right.behind = at + 4;
    return oc_date_emit_range(parser, &left, &right) ? right.behind : 0;
}

/* "the 1920s and 30s", "the eighties and nineties" */
static size_t emit_decades(oc_date_parser *parser, const oc_date_point *first)
{
    size_t at = first->behind;
    bool pair = first->spec.decade >= 0 && !first->spec.part && oc_date_kind(parser, at) == OC_ATOM_AND &&
                oc_date_kind(parser, at + 1) == OC_ATOM_DECADE;
    if (!pair) return 0;
    oc_date_point left = *first, right = *first;
    int second = parser->tokens[at + 1].a;
    right.spec.decade = second < 100 ? left.spec.decade - left.spec.decade % 100 + second : second;
    right.behind = at + 2;
    bool next = right.spec.decade == left.spec.decade + 10;
    return next && oc_date_emit_range(parser, &left, &right) ? right.behind : 0;
}

/* "this month from 18 to 22": the days stand behind their month. */
static size_t emit_days_of(oc_date_parser *parser, const oc_date_point *month)
{
    oc_date_reader r = {.parser = parser, .at = month->behind, .spec = month->spec};
    bool between = kind_at(&r, r.at) == OC_ATOM_BETWEEN;
    if ((kind_at(&r, r.at) != OC_ATOM_START && !between) || oc_date_spec_unit(&month->spec) != OC_UNIT_MONTH) return 0;
    size_t first = oc_date_en_skip_links(&r, r.at + 1), second = oc_date_en_skip_links(&r, first + 2);
    bool joined = between ? kind_at(&r, first + 1) == OC_ATOM_AND
                          : oc_date_en_is_range(kind_at(&r, first + 1)) || kind_at(&r, first + 1) == OC_ATOM_BY;
    oc_atom_kind next = kind_at(&r, second + 1);
    bool named = next == OC_ATOM_MONTH || next == OC_ATOM_UNIT || next == OC_ATOM_SPAN || next == OC_ATOM_OF;
    if (month->spec.part || !joined || named || !oc_date_en_is_day(&r, first) || !oc_date_en_is_day(&r, second))
        return 0;
    oc_date_point left = *month, right = *month;
    left.spec.day_from = right.spec.day_from = OC_FROM_TEXT;
    left.spec.day = token_at(&r, first)->a;
    left.behind = first + 1;
    right.spec.day = token_at(&r, second)->a;
    right.behind = second + 1;
    return oc_date_emit_range(parser, &left, &right) ? right.behind : 0;
}

/* "June 5 and July 9, 2026": the year stands behind the second date. */
static void borrow_year(oc_date_parser *parser, oc_date_point *point)
{
    oc_date_reader next = {.parser = parser, .at = point->behind + 1, .spec = oc_date_spec_empty()};
    bool lacks = (point->spec.month_from == OC_FROM_TEXT || point->spec.quarter_from == OC_FROM_TEXT ||
                  point->spec.half_from == OC_FROM_TEXT) &&
                 !point->spec.year_from;
    if (!lacks || kind_at(&next, point->behind) != OC_ATOM_AND || !oc_date_en_point(&next)) return;
    bool same = next.spec.month_from == point->spec.month_from && next.spec.half_from == point->spec.half_from &&
                next.spec.quarter_from == point->spec.quarter_from;
    if (!same || next.spec.year_from != OC_FROM_TEXT) return;
    point->spec.year_from = OC_FROM_TEXT;
    point->spec.year = next.spec.year;
}

/* "the September 19 military agreement of 2018": the year stands behind what happened. */
static void borrow_year_of(const oc_date_reader *r, oc_date_point *point)
{
    enum { EVENT_BYTES = 48 };
    size_t event = point->behind, of = event + 1;
    bool day = point->spec.month_from == OC_FROM_TEXT && point->spec.day_from == OC_FROM_TEXT && !point->spec.year_from;
    if (kind_at(r, of) == OC_ATOM_FOUNDING) of++;
    bool shape = day && kind_at(r, event) == OC_ATOM_OTHER && kind_at(r, of) == OC_ATOM_OF &&
                 token_at(r, of)->to - token_at(r, of)->from == 2 && oc_date_en_is_year(r, of + 1);
    oc_slice said = shape ? oc_slice_sub(r->parser->sentence, token_at(r, event)->from, token_at(r, of)->from)
                          : (oc_slice){"", 0};
    if (!shape || said.len > EVENT_BYTES || memchr(said.ptr, ',', said.len) || memchr(said.ptr, ';', said.len)) return;
    point->spec.year_from = OC_FROM_TEXT;
    point->spec.year = token_at(r, of + 1)->a;
    point->behind = of + 2;
}

static size_t read_date(oc_date_parser *parser, size_t first)
{
    oc_date_reader r = {.parser = parser, .at = first, .spec = oc_date_spec_empty()};
    oc_date_point point;
    prefixes prefix = {.bound = OC_BOUND_AT};
    r.at = read_prefixes(&r, first, &prefix);
    oc_atom_kind kind = kind_at(&r, r.at);
    if (kind == OC_ATOM_NONE || kind == OC_ATOM_OTHER || kind == OC_ATOM_PUNCT) return 0;
    oc_date_point length;
    if (oc_date_en_length(parser, first, &length) || (r.at > first && oc_date_en_length(parser, r.at, &length))) {
        if (prefix.bound != OC_BOUND_WITHIN) length.bound = prefix.bound;
        size_t behind = oc_date_emit(parser, &length) ? length.behind : 0;
        if (behind) return behind;
    }
    size_t days = prefix.bound || prefix.between || prefix.from ? 0 : emit_days_before(parser, r.at);
    if (!days && !prefix.bound) days = emit_ordinals(parser, r.at);
    if (!days && !prefix.bound) days = emit_centuries(parser, r.at);
    if (days) return days;
    if (kind != OC_ATOM_NOW && !oc_date_en_begins(&r, r.at)) return 0;
    size_t left_at = r.at;
    if (!read_left(&r, &prefix)) return 0;
    size_t start = first;
    kind = kind_at(&r, start);
    while (start < left_at &&
           (kind == OC_ATOM_LINK || kind == OC_ATOM_IN || kind == OC_ATOM_ON || kind == OC_ATOM_DURING))
        kind = kind_at(&r, ++start);
    point = (oc_date_point){r.spec, start, r.at, prefix.bound, false};
    oc_date_reader right = {.parser = parser, .spec = oc_date_spec_empty()};
    bool adjacent = is_either(&r, &point);
    if (read_right(&right, &point, &prefix)) {
        oc_date_point left = point, end = {right.spec, point.behind + 1, right.at, OC_BOUND_AT, adjacent};
        left.first = prefix.bound ? left_at : start;
        if (oc_date_emit_range(parser, &left, &end)) return end.behind;
        if (r.spec.day_from == OC_FROM_TEXT && !r.spec.month_from) return 0;
    }
    oc_atom_kind head = kind_at(&r, left_at);
    if (head == OC_ATOM_NOW || (head == OC_ATOM_LATER && r.at == left_at + 1)) return 0; /* what you present to us */
    size_t listed = prefix.bound ? 0 : emit_days(parser, &point);
    if (!listed && !prefix.bound) listed = emit_days_of(parser, &point);
    if (!listed && !prefix.bound) listed = emit_decades(parser, &point);
    if (listed) return listed;
    borrow_year(parser, &point);
    borrow_year_of(&r, &point);
    read_suffixes(&r, &point);
    return emit(parser, &point, &prefix);
}

static size_t skip_number(const oc_date_reader *r, size_t at)
{
    at++;
    if (sign_at(r, at) == '-') at++;
    while (kind_at(r, at) == OC_ATOM_UNIT || kind_at(r, at) == OC_ATOM_SPAN || kind_at(r, at) == OC_ATOM_STOP) at++;
    return at;
}

/* No. 5, pp. 20-25, every Monday, 12/20: what looks like a date and is none. */
static size_t skip_other(const oc_date_reader *r, size_t at)
{
    oc_atom_kind kind = kind_at(r, at);
    if (kind == OC_ATOM_EACH) {
        oc_date_reader sub = {.parser = r->parser, .at = at + 1, .spec = oc_date_spec_empty()};
        return oc_date_en_point(&sub) ? sub.at : at + 1;
    }
    if (kind != OC_ATOM_PAGE) return 0;
    at++;
    if (kind_at(r, at) == OC_ATOM_PUNCT) at++;
    while (kind_at(r, at) == OC_ATOM_NUM || kind_at(r, at) == OC_ATOM_RANGE) at++;
    return at;
}

/* What may stand before a date and is none. */
static const bool stands_before[OC_ATOM_COUNT] = {
    [OC_ATOM_THROUGH] = true, [OC_ATOM_BY] = true,     [OC_ATOM_UPTO] = true,     [OC_ATOM_FROM] = true,
    [OC_ATOM_BEFORE] = true,  [OC_ATOM_AFTER] = true,  [OC_ATOM_WITHIN] = true,   [OC_ATOM_START] = true,
    [OC_ATOM_BETWEEN] = true, [OC_ATOM_ABOUT] = true,  [OC_ATOM_PAST] = true,     [OC_ATOM_NEXT] = true,
    [OC_ATOM_LATEST] = true,  [OC_ATOM_EARLIEST] = true, [OC_ATOM_IN] = true,     [OC_ATOM_ON] = true,
    [OC_ATOM_DURING] = true,  [OC_ATOM_LINK] = true};

/* What is nothing before a word that means nothing: a senior official, this place, first responders, later said. */
static bool needs_more(const oc_token *token)
{
    switch (token->kind) {
    case OC_ATOM_NUM: return token->style == OC_NUMBER_WORD && token->a < 1000;
    case OC_ATOM_MOD:
    case OC_ATOM_ORD:
    case OC_ATOM_PART:
    case OC_ATOM_AGO:
    case OC_ATOM_LATER: return true;
    default: return false;
    }
}

void oc_date_parse_en(oc_date_parser *parser)
{
    oc_date_reader r = {.parser = parser};
    for (size_t at = 0; at < parser->count;) {
        oc_atom_kind kind = parser->tokens[at].kind;
        if (kind == OC_ATOM_OTHER || kind == OC_ATOM_PUNCT) {
            at++;
            continue;
        }
        bool told = kind == OC_ATOM_WEEKENDS && parser->last_behind == at; /* the Feb. 14-15 weekend */
        size_t first = at;
        while (stands_before[kind_at(&r, first)]) first++;
        bool idle = kind_at(&r, first + 1) == OC_ATOM_OTHER && needs_more(token_at(&r, first));
        if (told || idle || !oc_date_en_may_begin(kind_at(&r, first))) {
            at = first > at ? first : at + 1;
            continue;
        }
        size_t behind = skip_other(&r, at);
        if (!behind && !parser->tokens[at].more) behind = read_date(parser, at);
        if (behind > at)
            at = behind;
        else
            at = kind == OC_ATOM_NUM ? skip_number(&r, at) : at + 1;
    }
}
