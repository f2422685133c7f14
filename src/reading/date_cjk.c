/* The grammar of Japanese and Korean dates: from the large unit to the small one, then what follows (まで, 以降, 부터).
 *
 *     date   = [遅くとも|約|지난|오는] point [頃] [bound]  |  point から|~|부터|と point [まで|の間]  |  length
 *     point  = component { [の|의] component }         each finer than the one before
 *     length = number unit { number unit } 前|後|以内  |  今後|過去|최근 number unit
 *
 * A component is a number with a unit, a relative word, a season, half, quarter, part, weekday or holiday. What a STOP
 * word follows (間, ぶり, 歳, 주년) was a count and is skipped. Example: "2026年度第2四半期末まで" is year 2026 (fiscal),
 * quarter 2, part end, bound by. */
#include "reading/date_parse.h"

/* Ranks of components: what follows must be finer. */
enum { RANK_TOP = 20, RANK_CENTURY = 10, RANK_DECADE = 9, RANK_YEAR = 8, RANK_HALF = 7, RANK_QUARTER = 6,
       RANK_MONTH = 5, RANK_WEEK = 4, RANK_DAY = 2, RANK_WEEKDAY = 1, RANK_NONE = 0 };

typedef struct reader {
    oc_date_parser *parser;
    size_t at;
    oc_date_spec spec;
    int rank;         /* of the last component */
    bool open_number; /* "3~" of "3~5月": the unit stands behind the other end */
    bool bare_count;  /* all that was read is a number with a unit, which may be a count */
} reader;

static const oc_token *token_at(const reader *r, size_t at)
{
    return &r->parser->tokens[at];
}

static oc_atom_kind kind_at(const reader *r, size_t at)
{
    return oc_date_kind(r->parser, at);
}

static bool is_unit(const reader *r, size_t at, oc_unit unit)
{
    return kind_at(r, at) == OC_ATOM_UNIT && token_at(r, at)->a == (int)unit;
}

static bool lower_to(reader *r, int rank)
{
    if (rank >= r->rank) return false;
    r->rank = rank;
    return true;
}

static int rank_of(int unit)
{
    static const int ranks[OC_UNIT_COUNT] = {0, RANK_DAY, RANK_WEEK, RANK_WEEK, RANK_MONTH, RANK_QUARTER, RANK_QUARTER,
                                             RANK_HALF, RANK_YEAR, RANK_YEAR, RANK_DECADE, RANK_CENTURY};
    return ranks[unit];
}

/* --- numbers with units --- */

static bool is_direction(oc_atom_kind kind)
{
    return kind == OC_ATOM_BEFORE || kind == OC_ATOM_AFTER || kind == OC_ATOM_AGO || kind == OC_ATOM_LATER;
}

/* A number of one or two digits before 年 is a year of the century if a finer component or 度 follows. */
static bool finer_follows(const reader *r, size_t at)
{
    if (kind_at(r, at) == OC_ATOM_OF) at++;
    switch (kind_at(r, at)) {
    case OC_ATOM_NUM: return is_unit(r, at + 1, OC_UNIT_MONTH) || is_unit(r, at + 1, OC_UNIT_QUARTER);
    case OC_ATOM_SEASON:
    case OC_ATOM_QUARTER: return true;
    case OC_ATOM_HALF: return !token_at(r, at)->more;
    case OC_ATOM_PART:
    case OC_ATOM_MONTH: return true;
    case OC_ATOM_NTHMARK: return kind_at(r, at + 1) == OC_ATOM_NUM && is_unit(r, at + 2, OC_UNIT_QUARTER);
    default: return false;
    }
}

static bool take_year_number(reader *r, const oc_token *number, size_t behind, bool fiscal)
{
    int year = number->a;
    bool full = number->digits == 4 && year >= 1000 && year <= 2999;
    bool kanji_full = number->style == OC_NUMBER_KANJI && year >= 1000 && year <= 2999;
    bool is_short = number->style == OC_NUMBER_DIGITS && number->digits == 2 &&
                    (number->apostrophe || fiscal || finer_follows(r, behind));
    if (!full && !kanji_full && !is_short) return false;
    if (number->style == OC_NUMBER_GROUPED || !lower_to(r, RANK_YEAR)) return false;
    r->spec.year_from = OC_FROM_TEXT;
    r->spec.year = full || kanji_full ? year : oc_date_century(r->parser, year);
    r->spec.fiscal = fiscal;
    return true;
}

static bool take_decade_number(reader *r, int number)
{
    int first = number < 100 ? oc_date_century(r->parser, number) : number;
    if (first % 10 || first < 1000 || first > 2990 || !lower_to(r, RANK_DECADE)) return false;
    r->spec.decade = first;
    return true;
}

static bool take_month(reader *r, int month)
{
    if (month < 1 || month > 12 || !lower_to(r, RANK_MONTH)) return false;
    r->spec.month_from = OC_FROM_TEXT;
    r->spec.month = month;
    return true;
}

static bool take_day(reader *r, const oc_token *number)
{
    bool alone = oc_date_spec_is_empty(&r->spec) && !r->spec.tense;
    if (number->a < 1 || number->a > 31 || (alone && number->style != OC_NUMBER_DIGITS)) return false;
    if (r->spec.year_from && !r->spec.month_from) return false;
    if (!lower_to(r, RANK_DAY)) return false;
    r->spec.day_from = OC_FROM_TEXT;
    r->spec.day = number->a;
    r->bare_count = alone;
    return true;
}

static bool take_week(reader *r, int nth)
{
    bool inside = r->spec.month_from || r->spec.year_from;
    if (!inside || nth < -1 || nth == 0 || nth > 53 || !lower_to(r, RANK_WEEK)) return false;
    r->spec.week_from = OC_FROM_NTH;
    r->spec.week = nth;
    return true;
}

static bool take_quarter(reader *r, int quarter)
{
    if (quarter < 1 || quarter > 4 || !lower_to(r, RANK_QUARTER)) return false;
    r->spec.quarter_from = OC_FROM_TEXT;
    r->spec.quarter = quarter;
    return true;
}

static bool take_half(reader *r, int half)
{
    if (half < 1 || half > 2 || !lower_to(r, RANK_HALF)) return false;
    r->spec.half_from = OC_FROM_TEXT;
    r->spec.half = half;
    return true;
}

static bool take_number_unit(reader *r, const oc_token *number, const oc_token *unit, size_t behind)
{
    switch ((oc_unit)unit->a) {
    case OC_UNIT_YEAR: return take_year_number(r, number, behind, false);
    case OC_UNIT_FISCAL: return take_year_number(r, number, behind, true);
    case OC_UNIT_MONTH: return take_month(r, number->a);
    case OC_UNIT_DAY: return take_day(r, number);
    case OC_UNIT_WEEK: return take_week(r, number->a);
    case OC_UNIT_QUARTER: return take_quarter(r, number->a);
    case OC_UNIT_HALF: return take_half(r, number->a);
    case OC_UNIT_DECADE: return take_decade_number(r, number->a);
    case OC_UNIT_CENTURY:
        if (number->a < 1 || number->a > 29 || !lower_to(r, RANK_CENTURY)) return false;
        r->spec.century_from = OC_FROM_TEXT;
        r->spec.century = number->a;
        return true;
    default: return false;
    }
}

/* "3" of "3~5月", "2026" of "2026~2030年": the unit is that of the other end. */
static bool take_open_number(reader *r)
{
    size_t at = r->at;
    if (kind_at(r, at + 1) != OC_ATOM_RANGE || kind_at(r, at + 2) != OC_ATOM_NUM || kind_at(r, at + 3) != OC_ATOM_UNIT)
        return false;
    const oc_token *number = token_at(r, at), *other = token_at(r, at + 2), *unit = token_at(r, at + 3);
    if (number->style != OC_NUMBER_DIGITS || number->digits > 4) return false;
    bool years = unit->a == OC_UNIT_YEAR || unit->a == OC_UNIT_FISCAL;
    if (years ? number->digits != 4 : number->a >= other->a && unit->a == OC_UNIT_DAY) return false;
    if (kind_at(r, at + 4) == OC_ATOM_STOP && !token_at(r, at + 4)->space) return false;
    if (!years && is_direction(kind_at(r, at + 4))) return false;
    if (!take_number_unit(r, number, unit, at + 4)) return false;
    r->at++;
    r->open_number = true;
    return true;
}

static bool take_number(reader *r)
{
    const oc_token *number = token_at(r, r->at), *unit = token_at(r, r->at + 1);
    if (r->rank == RANK_TOP && oc_date_numeric(r->parser, &r->at, &r->spec)) {
        r->rank = r->spec.day_from ? RANK_DAY : RANK_MONTH;
        return true;
    }
    if (number->style == OC_NUMBER_GROUPED) return false;
    if (kind_at(r, r->at + 1) == OC_ATOM_RANGE) return take_open_number(r);
    if (kind_at(r, r->at + 1) != OC_ATOM_UNIT) return false;
    if (number->style != OC_NUMBER_DIGITS && number->style != OC_NUMBER_KANJI && unit->a != OC_UNIT_WEEK) return false;
    if (!take_number_unit(r, number, unit, r->at + 2)) return false;
    r->at += 2;
    return true;
}

/* 12/20(月): a month and day if a weekday in brackets follows. */
static bool take_slash(reader *r)
{
    size_t at = r->at;
    bool shape = oc_date_digits(r->parser, at, 1, 2) && oc_date_sign(r->parser, at + 1) == '/' &&
                 oc_date_digits(r->parser, at + 2, 1, 2) && kind_at(r, at + 3) == OC_ATOM_WEEKDAY;
    if (!shape || r->rank != RANK_TOP || !take_month(r, token_at(r, at)->a)) return false;
    r->at += 2;
    if (!take_day(r, token_at(r, r->at))) return false;
    r->at++;
    return true;
}

/* --- other components --- */

static bool take_era(reader *r)
{
    const oc_token *era = token_at(r, r->at), *number = token_at(r, r->at + 1);
    if (kind_at(r, r->at + 1) != OC_ATOM_NUM || number->a < 1) return false;
    bool is_short = era->to - era->from == 1;
    char sign = oc_date_sign(r->parser, r->at + 2);
    size_t behind = r->at + 2;
    bool fiscal = is_unit(r, behind, OC_UNIT_FISCAL);
    bool has_unit = fiscal || is_unit(r, behind, OC_UNIT_YEAR);
    bool dotted = is_short && (sign == '.' || sign == '/') && oc_date_digits(r->parser, behind + 1, 1, 2);
    if (!has_unit && !dotted && !(kind_at(r, behind) == OC_ATOM_RANGE)) return false;
    int year = era->a + number->a;
    if (year < 1 || year > 2999 || !lower_to(r, RANK_YEAR)) return false;
    r->spec.year_from = OC_FROM_TEXT;
    r->spec.year = year;
    r->spec.era = era->a != 0;
    r->spec.fiscal = fiscal;
    r->at = behind + has_unit;
    if (!dotted) return true;
    if (!take_month(r, token_at(r, r->at + 1)->a)) return false;
    r->at += 2;
    if (oc_date_sign(r->parser, r->at) != sign || !oc_date_digits(r->parser, r->at + 1, 1, 2)) return true;
    if (!take_day(r, token_at(r, r->at + 1))) return false;
    r->at += 2;
    return true;
}

static bool set_relative(reader *r, int unit, int offset, oc_from from)
{
    if (!lower_to(r, rank_of(unit))) return false;
    switch ((oc_unit)unit) {
    case OC_UNIT_FISCAL:
    case OC_UNIT_YEAR:
        r->spec.year_from = from;
        r->spec.year = offset;
        r->spec.fiscal = unit == OC_UNIT_FISCAL;
        return true;
    case OC_UNIT_MONTH: r->spec.month_from = from, r->spec.month = offset; return true;
    case OC_UNIT_WEEK: r->spec.week_from = from, r->spec.week = offset; return true;
    case OC_UNIT_DAY: r->spec.day_from = from, r->spec.day = offset; return true;
    case OC_UNIT_QUARTER: r->spec.quarter_from = from, r->spec.quarter = offset; return true;
    case OC_UNIT_HALF: r->spec.half_from = from, r->spec.half = offset; return true;
    case OC_UNIT_DECADE: r->spec.decade_relative = true, r->spec.decade_offset = offset; return true;
    case OC_UNIT_CENTURY: r->spec.century_from = from, r->spec.century = offset; return true;
    default: return false;
    }
}

static bool take_relative(reader *r, oc_from from)
{
    const oc_token *token = token_at(r, r->at);
    if (!set_relative(r, token->a, token->b, from)) return false;
    r->at++;
    return true;
}

/* 2026년 연말: the year is named already, the part is what counts. */
static bool skip_same_unit(reader *r)
{
    const oc_token *token = token_at(r, r->at);
    bool same = token->b == 0 && r->rank == rank_of(token->a) && kind_at(r, r->at + 1) != OC_ATOM_NONE && token[1].more;
    r->at += same;
    return same;
}

static bool take_weekday(reader *r)
{
    if (r->spec.weekday >= 0 || (r->rank < RANK_DAY) || !lower_to(r, RANK_WEEKDAY)) return false;
    r->spec.weekday = token_at(r, r->at)->a;
    r->at++;
    return true;
}

/* 第2四半期, 第3月曜日, 셋째 주, 最終金曜日, 마지막 주. */
static bool take_ordinal(reader *r)
{
    size_t at = r->at + (kind_at(r, r->at) == OC_ATOM_NTHMARK);
    bool marked = at != r->at;
    if (kind_at(r, at) != OC_ATOM_NUM && kind_at(r, at) != OC_ATOM_ORD) return false;
    if (marked && kind_at(r, at) != OC_ATOM_NUM) return false;
    int nth = token_at(r, at)->a;
    at++;
    while (kind_at(r, at) == OC_ATOM_OF) at++;
    if (kind_at(r, at) == OC_ATOM_WEEKDAY && r->rank > RANK_WEEK) {
        r->spec.nth = nth;
        r->at = at;
        return take_weekday(r);
    }
    if (kind_at(r, at) == OC_ATOM_WEEKENDS && r->rank > RANK_WEEK) {
        r->spec.nth = nth;
        r->spec.weekend = true;
        r->at = at + 1;
        return lower_to(r, RANK_WEEK);
    }
    if (kind_at(r, at) != OC_ATOM_UNIT) return false;
    int unit = token_at(r, at)->a;
    bool taken = unit == OC_UNIT_QUARTER ? take_quarter(r, nth) : unit == OC_UNIT_HALF ? take_half(r, nth)
                 : unit == OC_UNIT_WEEK ? take_week(r, nth) : false;
    if (taken) r->at = at + 1;
    return taken;
}

static bool take_part(reader *r)
{
    oc_part part = (oc_part)token_at(r, r->at)->a;
    oc_unit unit = oc_date_spec_unit(&r->spec);
    if (unit < OC_UNIT_WEEK || unit == OC_UNIT_WEEKEND) return false;
    if (r->spec.part == OC_PART_FIRST || r->spec.part == OC_PART_SECOND) return false;
    if (r->spec.part) return false;
    r->spec.part = part;
    r->at++;
    return true;
}

/* 年末, 月初, 年度内 without a number: of the anchor's year or month; after the same unit it says nothing new. */
static bool take_bare_unit(reader *r)
{
    oc_unit unit = (oc_unit)token_at(r, r->at)->a;
    oc_atom_kind next = kind_at(r, r->at + 1);
    bool tail = next == OC_ATOM_PART || next == OC_ATOM_WITHIN;
    if (!tail || token_at(r, r->at + 1)->space) return false;
    if (unit != OC_UNIT_YEAR && unit != OC_UNIT_FISCAL && unit != OC_UNIT_MONTH && unit != OC_UNIT_WEEK) return false;
    bool same = r->rank == rank_of((int)unit);
    bool glued = r->at && kind_at(r, r->at - 1) == OC_ATOM_OTHER && !token_at(r, r->at)->space;
    bool named = r->at && kind_at(r, r->at - 1) == OC_ATOM_NUM;
    if (!same && (glued || named || r->rank != RANK_TOP)) {
        bool year_over = r->rank == RANK_TOP && !named && r->at && token_at(r, r->at)->from >= 3;
        if (!year_over || r->parser->lang != OC_LANG_JA || next != OC_ATOM_PART) return false;
    }
    if (!same) {
        r->rank = rank_of((int)unit);
        if (unit == OC_UNIT_MONTH) r->spec.month_from = OC_FROM_ANCHOR;
        else if (unit == OC_UNIT_WEEK) r->spec.week_from = OC_FROM_ANCHOR;
        else r->spec.year_from = OC_FROM_ANCHOR, r->spec.fiscal = unit == OC_UNIT_FISCAL;
    }
    r->at++;
    return true;
}

/* 이번/다음/지난/오는 before a unit, month, day, weekday or season. */
static bool take_modified(reader *r)
{
    int offset = token_at(r, r->at)->a;
    size_t next = r->at + 1 + (kind_at(r, r->at + 1) == OC_ATOM_OF);
    oc_atom_kind kind = kind_at(r, next);
    if (r->rank != RANK_TOP) return false;
    if (kind == OC_ATOM_UNIT || kind == OC_ATOM_SPAN || kind == OC_ATOM_WEEKENDS) {
        oc_unit unit = kind == OC_ATOM_WEEKENDS ? OC_UNIT_WEEK : (oc_unit)token_at(r, next)->a;
        if (unit == OC_UNIT_DAY || !set_relative(r, (int)unit, offset, OC_FROM_ANCHOR)) return false;
        r->spec.weekend = kind == OC_ATOM_WEEKENDS;
        r->at = next + 1;
        return true;
    }
    if (kind == OC_ATOM_WEEKDAY) {
        r->spec.weekday = token_at(r, next)->a;
        bool nearest = token_at(r, r->at)->b;
        if (nearest) r->spec.tense = OC_TENSE_FUTURE;
        else r->spec.weekday_side = offset;
        if (!offset) r->spec.week_from = OC_FROM_ANCHOR;
        r->rank = RANK_WEEKDAY;
        r->at = next + 1;
        return true;
    }
    if (kind == OC_ATOM_SEASON) {
        r->spec.season = token_at(r, next)->a;
        r->spec.season_relative = true;
        r->spec.season_offset = offset;
        r->rank = RANK_QUARTER;
        r->at = next + 1;
        return true;
    }
    bool date = kind == OC_ATOM_NUM || kind == OC_ATOM_MONTH || kind == OC_ATOM_HOLIDAY;
    if (!date || !offset) return false;
    r->spec.tense = offset > 0 ? OC_TENSE_FUTURE : OC_TENSE_PAST;
    r->at = next;
    return true;
}

static bool take_holiday(reader *r)
{
    bool takes = r->rank == RANK_TOP || (r->rank == RANK_YEAR && !r->spec.fiscal);
    if (!takes) return false;
    r->spec.holiday = token_at(r, r->at)->a;
    r->rank = RANK_DAY;
    r->at++;
    return true;
}

/* A word for several atoms (今春) must be read as a whole. */
static bool take_component(reader *r)
{
    const oc_token *token = token_at(r, r->at);
    switch (kind_at(r, r->at)) {
    case OC_ATOM_NUM: return take_slash(r) || take_ordinal(r) || take_number(r);
    case OC_ATOM_ORD:
    case OC_ATOM_NTHMARK: return take_ordinal(r);
    case OC_ATOM_ERA: return take_era(r);
    case OC_ATOM_REL: return skip_same_unit(r) || take_relative(r, OC_FROM_ANCHOR);
    case OC_ATOM_CTX: return take_relative(r, OC_FROM_CONTEXT);
    case OC_ATOM_MOD: return take_modified(r);
    case OC_ATOM_MONTH:
        if (!take_month(r, token->a)) return false;
        r->at++;
        return true;
    case OC_ATOM_DECADE: return take_decade_number(r, token->a) && ++r->at;
    case OC_ATOM_SEASON:
        if (!lower_to(r, RANK_QUARTER)) return false;
        r->spec.season = token->a;
        r->at++;
        return true;
    case OC_ATOM_QUARTER: return take_quarter(r, token->a) && ++r->at;
    case OC_ATOM_HALF: return take_half(r, token->a) && ++r->at;
    case OC_ATOM_PART: return take_part(r);
    case OC_ATOM_WEEKDAY: return take_weekday(r);
    case OC_ATOM_WEEKENDS:
        if (!lower_to(r, RANK_WEEK) && !(r->spec.week_from && !r->spec.weekend)) return false;
        r->spec.weekend = true;
        r->at++;
        return true;
    case OC_ATOM_UNIT: return take_bare_unit(r);
    case OC_ATOM_HOLIDAY: return take_holiday(r);
    case OC_ATOM_PERIOD:
        if (r->rank != RANK_TOP) return false;
        r->spec.period = token->a;
        r->rank = RANK_NONE;
        r->at++;
        return true;
    default: return false;
    }
}

/* （令和8年）, (2026年) behind a year: the same year again. */
static void skip_second_year(reader *r)
{
    size_t at = r->at;
    if (r->rank != RANK_YEAR || oc_date_sign(r->parser, at) != '(') return;
    at++;
    if (kind_at(r, at) == OC_ATOM_ERA) at++;
    if (kind_at(r, at) != OC_ATOM_NUM) return;
    at++;
    if (is_unit(r, at, OC_UNIT_YEAR) || is_unit(r, at, OC_UNIT_FISCAL)) at++;
    if (oc_date_sign(r->parser, at) == ')') r->at = at + 1;
}

/* A season or part alone is a date only where nothing is glued to it. */
static bool stands_alone(const reader *r, size_t first)
{
    const oc_token *token = token_at(r, first);
    bool single = r->at == first + 1;
    bool weak = token->kind == OC_ATOM_SEASON || (token->kind == OC_ATOM_HALF) || token->kind == OC_ATOM_WEEKENDS;
    if (!single || !weak || token->more) return true;
    bool left = first && kind_at(r, first - 1) == OC_ATOM_OTHER && !token->space && r->parser->lang == OC_LANG_JA;
    oc_atom_kind next = kind_at(r, r->at);
    bool glued = next == OC_ATOM_OTHER && !token_at(r, r->at)->space;
    return !glued && !(left && token->kind == OC_ATOM_SEASON);
}

static bool read_point(oc_date_parser *parser, size_t first, oc_date_point *ret)
{
    reader r = {.parser = parser, .at = first, .spec = oc_date_spec_empty(), .rank = RANK_TOP};
    size_t behind = first;
    for (;;) {
        reader before = r;
        if (!take_component(&r)) {
            r = before;
            break;
        }
        behind = r.at;
        if (r.open_number) break;
        skip_second_year(&r);
        behind = r.at;
        bool half_word = kind_at(&r, r.at) != OC_ATOM_NONE && token_at(&r, r.at)->more;
        if (half_word) continue;
        if (kind_at(&r, r.at) == OC_ATOM_OF) r.at++;
    }
    r.at = behind;
    if (oc_date_spec_is_empty(&r.spec) || behind == first) return false;
    if (kind_at(&r, behind) == OC_ATOM_STOP && !token_at(&r, behind)->space && !r.open_number) {
        oc_unit unit = oc_date_spec_unit(&r.spec);
        bool sure = r.spec.year_from && r.spec.month_from;
        if (!sure && (unit == OC_UNIT_DAY || unit == OC_UNIT_YEAR || unit == OC_UNIT_MONTH || unit == OC_UNIT_WEEK) &&
            kind_at(&r, first) == OC_ATOM_NUM) return false;
    }
    if (r.bare_count && (kind_at(&r, behind) == OC_ATOM_STOP || kind_at(&r, behind) == OC_ATOM_DURING)) return false;
    if (behind < parser->count && kind_at(&r, behind) != OC_ATOM_WITHIN && token_at(&r, behind)->more && token_at(&r, behind - 1)->to == token_at(&r, behind)->to)
        return false;
    if (!stands_alone(&r, first)) return false;
    *ret = (oc_date_point){r.spec, first, behind, OC_BOUND_AT};
    return true;
}

/* --- lengths --- */

/* Reads 3年6か月, 1年半, 이틀; false if there is no length. */
static bool read_length(const reader *start, size_t *at, oc_date_spec *spec)
{
    size_t i = *at;
    if (kind_at(start, i) == OC_ATOM_ABOUT) i++;
    size_t first = i;
    while (kind_at(start, i) == OC_ATOM_NUM) {
        oc_atom_kind kind = kind_at(start, i + 1);
        int unit = token_at(start, i + 1)->a, number = token_at(start, i)->a;
        if (kind == OC_ATOM_UNIT && unit == OC_UNIT_MONTH) break; /* 3月 is no length */
        if ((kind != OC_ATOM_UNIT && kind != OC_ATOM_SPAN) || spec->amount[unit] || number > 100000) break;
        spec->amount[unit] = number;
        spec->length_unit = (oc_unit)unit;
        i += 2;
        if (kind_at(start, i) == OC_ATOM_HALF) spec->half_more = true, i++;
    }
    if (kind_at(start, i) == OC_ATOM_DURING) i++;
    if (i == first) return false;
    spec->length = true;
    *at = i;
    return true;
}

/* The one unit of a length that can carry a finer component: 3年後の3月, 2週間後の月曜. */
static bool turn_relative(reader *r, size_t at, const oc_date_spec *length)
{
    oc_unit unit = length->length_unit;
    int others = 0;
    for (int i = 0; i < OC_UNIT_COUNT; i++) others += i != (int)unit && length->amount[i];
    if (others || length->half_more || (unit != OC_UNIT_YEAR && unit != OC_UNIT_MONTH && unit != OC_UNIT_WEEK)) return false;
    if (kind_at(r, at) == OC_ATOM_OF) at++;
    oc_date_spec spec = oc_date_spec_empty();
    int offset = length->offset_sign * length->amount[unit];
    reader sub = {.parser = r->parser, .at = at, .spec = spec, .rank = rank_of((int)unit)};
    if (unit == OC_UNIT_YEAR) sub.spec.year_from = OC_FROM_ANCHOR, sub.spec.year = offset;
    if (unit == OC_UNIT_MONTH) sub.spec.month_from = OC_FROM_ANCHOR, sub.spec.month = offset;
    if (unit == OC_UNIT_WEEK) sub.spec.week_from = OC_FROM_ANCHOR, sub.spec.week = offset;
    oc_atom_kind kind = kind_at(r, at);
    if (kind == OC_ATOM_REL || kind == OC_ATOM_CTX || kind == OC_ATOM_UNIT || !take_component(&sub)) return false;
    while (kind_at(&sub, sub.at) != OC_ATOM_UNIT && take_component(&sub)) continue;
    r->spec = sub.spec;
    r->at = sub.at;
    return true;
}

/* から before a length counts from something that is told, not from the anchor (発足から3年後). */
static bool counted_from_else(const reader *r, size_t first)
{
    if (!first) return false;
    oc_atom_kind before = kind_at(r, first - 1);
    if (before != OC_ATOM_RANGE && before != OC_ATOM_START && before != OC_ATOM_OF) return false;
    if (before == OC_ATOM_RANGE && token_at(r, first - 1)->b) return false;
    if (before == OC_ATOM_OF) return first >= 2 && kind_at(r, first - 2) == OC_ATOM_OTHER;
    oc_atom_kind base = first >= 2 ? kind_at(r, first - 2) : OC_ATOM_NONE;
    return base != OC_ATOM_NOW && base != OC_ATOM_REL;
}

static size_t read_length_point(oc_date_parser *parser, size_t first, oc_date_point *ret)
{
    reader r = {.parser = parser, .at = first, .spec = oc_date_spec_empty(), .rank = RANK_TOP};
    int prefix = 0;
    size_t at = first;
    if (kind_at(&r, at) == OC_ATOM_NOW) {
        at++;
        if (kind_at(&r, at) != OC_ATOM_RANGE && kind_at(&r, at) != OC_ATOM_START) return 0;
        at++;
    } else if (kind_at(&r, at) == OC_ATOM_NEXT) prefix = 1, at++;
    else if (kind_at(&r, at) == OC_ATOM_PAST) prefix = -1, at++;
    else if (kind_at(&r, at) == OC_ATOM_MOD && token_at(&r, at)->a) prefix = token_at(&r, at)->a, at++;
    if (prefix && kind_at(&r, at) == OC_ATOM_OF) at++;
    size_t number_at = at;
    if (!read_length(&r, &at, &r.spec)) return 0;
    if (!prefix && at == first + 2 && kind_at(&r, first) == OC_ATOM_NUM && token_at(&r, first)->digits == 4 &&
        token_at(&r, first + 1)->a == OC_UNIT_YEAR && kind_at(&r, first + 1) == OC_ATOM_UNIT) return 0;
    if (token_at(&r, number_at)->style == OC_NUMBER_GROUPED) return 0;
    bool day_of_month = kind_at(&r, first) == OC_ATOM_MOD && is_unit(&r, at - 1, OC_UNIT_DAY);
    if (day_of_month && at == number_at + 2) return 0; /* 오는 30일 is a day, 지난 5일간 a length */
    if (kind_at(&r, at) == OC_ATOM_ABOUT) at++;
    oc_atom_kind direction = kind_at(&r, at);
    bool directed = is_direction(direction) || direction == OC_ATOM_WITHIN;
    bool over_of = kind_at(&r, at) == OC_ATOM_OF && kind_at(&r, at + 1) == OC_ATOM_WITHIN;
    if (over_of) at++, direction = OC_ATOM_WITHIN, directed = true;
    if (!directed && !prefix) return 0;
    r.spec.offset_from = OC_FROM_ANCHOR;
    r.spec.offset_sign = prefix ? prefix : direction == OC_ATOM_BEFORE || direction == OC_ATOM_AGO ? -1 : 1;
    if (prefix || direction == OC_ATOM_WITHIN) {
        bool counts_day = token_at(&r, at - 1)->kind == OC_ATOM_UNIT && token_at(&r, at - 1)->a == OC_UNIT_MONTH;
        if (counts_day) return 0;
        r.spec.span = true;
        r.spec.span_whole = direction == OC_ATOM_WITHIN && prefix >= 0;
        if (direction == OC_ATOM_WITHIN) at++;
        else if (prefix && directed) r.spec.span = false, at++;
    } else {
        if (counted_from_else(&r, first)) return 0;
        at++;
        if (turn_relative(&r, at, &r.spec)) at = r.at;
    }
    *ret = (oc_date_point){r.spec, first, at, OC_BOUND_AT};
    return at;
}

/* --- what stands around a point --- */

static bool is_from_word(const reader *r, size_t at)
{
    return kind_at(r, at) == OC_ATOM_START || (kind_at(r, at) == OC_ATOM_RANGE && !token_at(r, at)->b);
}

static void read_suffixes(oc_date_parser *parser, oc_date_point *point)
{
    reader r = {.parser = parser};
    size_t at = point->behind;
    for (;; at++) {
        oc_atom_kind kind = kind_at(&r, at);
        bool linked = kind == OC_ATOM_OF && (kind_at(&r, at + 1) == OC_ATOM_WITHIN || kind_at(&r, at + 1) == OC_ATOM_BEFORE);
        if (linked) continue;
        if (kind == OC_ATOM_ABOUT) point->spec.hedge = OC_DATE_ABOUT;
        else if (kind == OC_ATOM_BY) point->bound = OC_BOUND_BY;
        else if (kind == OC_ATOM_FROM) point->bound = OC_BOUND_FROM;
        else if (kind == OC_ATOM_UPTO) point->bound = OC_BOUND_UPTO;
        else if (kind == OC_ATOM_WITHIN) point->bound = point->bound == OC_BOUND_BY ? OC_BOUND_BY : OC_BOUND_WITHIN;
        else if (kind == OC_ATOM_BEFORE || kind == OC_ATOM_AGO) point->bound = OC_BOUND_BEFORE;
        else if (kind == OC_ATOM_AFTER || kind == OC_ATOM_LATER) point->bound = OC_BOUND_AFTER;
        else if (kind != OC_ATOM_DURING) break;
        point->behind = at + 1;
        if (point->bound != OC_BOUND_AT && point->bound != OC_BOUND_WITHIN) return;
    }
}

/* The right end behind から, ~, 부터, と … 間. */
static bool read_right(oc_date_parser *parser, const oc_date_point *left, oc_date_point *ret)
{
    reader r = {.parser = parser};
    size_t at = left->behind;
    oc_atom_kind kind = kind_at(&r, at);
    bool pair = kind == OC_ATOM_AND;
    if (kind != OC_ATOM_RANGE && kind != OC_ATOM_START && !pair) return false;
    at++;
    while (kind_at(&r, at) == OC_ATOM_START || oc_date_sign(parser, at) == ',') at++;
    if (!read_point(parser, at, ret)) {
        const oc_token *number = token_at(&r, at);
        bool year = oc_date_digits(parser, at, 2, 2) && left->spec.year_from == OC_FROM_TEXT && !left->spec.month_from;
        bool unit = is_unit(&r, at + 1, OC_UNIT_YEAR) || is_unit(&r, at + 1, OC_UNIT_FISCAL);
        if (!year || !unit) return false;
        *ret = (oc_date_point){oc_date_spec_empty(), at, at + 2, OC_BOUND_AT};
        ret->spec.year_from = OC_FROM_TEXT;
        ret->spec.year = left->spec.year - left->spec.year % 100 + number->a;
        ret->spec.fiscal = is_unit(&r, at + 1, OC_UNIT_FISCAL);
        if (ret->spec.year < left->spec.year) ret->spec.year += 100;
    }
    at = ret->behind;
    size_t behind = at;
    bool closed = false;
    for (;; at++) {
        kind = kind_at(&r, at);
        if (kind == OC_ATOM_BY || kind == OC_ATOM_DURING || kind == OC_ATOM_BETWEEN) closed = true, behind = at + 1;
        else if (kind == OC_ATOM_ABOUT) ret->spec.hedge = OC_DATE_ABOUT, behind = at + 1;
        else if (kind != OC_ATOM_OF) break;
    }
    if (closed || ret->spec.hedge) ret->behind = behind;
    return !pair || closed;
}

static size_t after_point(oc_date_parser *parser, oc_date_point *point)
{
    reader r = {.parser = parser};
    oc_date_point left = *point, right;
    if (kind_at(&r, left.behind) == OC_ATOM_ABOUT) left.behind++, left.spec.hedge = OC_DATE_ABOUT;
    if (read_right(parser, &left, &right) && oc_date_emit_range(parser, &left, &right)) return right.behind;
    bool open_number = kind_at(&r, point->behind - 1) == OC_ATOM_NUM && kind_at(&r, point->behind) == OC_ATOM_RANGE &&
                       kind_at(&r, point->behind + 1) == OC_ATOM_NUM && !point->spec.length;
    if (open_number && !oc_date_numeric(parser, &(size_t){point->first}, &(oc_date_spec){0})) return 0;
    read_suffixes(parser, point);
    bool starts = is_from_word(&r, point->behind);
    bool trailing = kind_at(&r, point->behind) == OC_ATOM_RANGE && token_at(&r, point->behind)->b == '~';
    if (!trailing && kind_at(&r, point->behind) == OC_ATOM_RANGE && !starts) trailing = token_at(&r, point->behind)->b != '-';
    if (point->bound == OC_BOUND_AT && (starts || trailing)) {
        point->bound = OC_BOUND_FROM;
        point->behind++;
        oc_atom_kind next = kind_at(&r, point->behind);
        if (next == OC_ATOM_FROM) point->behind++;
        if (next == OC_ATOM_BEFORE || next == OC_ATOM_AFTER) {
            point->bound = next == OC_ATOM_BEFORE ? OC_BOUND_BEFORE : OC_BOUND_AFTER;
            point->behind++;
        }
    }
    return oc_date_emit(parser, point) ? point->behind : 0;
}

/* ~2026年: a range without a beginning. */
static bool open_start(const reader *r, size_t at)
{
    return kind_at(r, at) == OC_ATOM_RANGE && token_at(r, at)->b == '~' &&
           (at == 0 || token_at(r, at)->space || kind_at(r, at - 1) == OC_ATOM_PUNCT);
}

static size_t read_date(oc_date_parser *parser, size_t first)
{
    reader r = {.parser = parser};
    size_t at = first;
    oc_date_hedge hedge = OC_DATE_SURE;
    bool open = open_start(&r, at);
    if (open) at++;
    for (;; at++) {
        oc_atom_kind kind = kind_at(&r, at);
        if (kind == OC_ATOM_ABOUT) hedge = OC_DATE_ABOUT;
        else if (kind == OC_ATOM_LATEST) hedge = OC_DATE_AT_LATEST;
        else if (kind == OC_ATOM_EARLIEST) hedge = OC_DATE_AT_EARLIEST;
        else break;
        if (oc_date_sign(parser, at + 1) == ',') at++;
    }
    oc_date_point point;
    if (!read_length_point(parser, at, &point) && !read_point(parser, at, &point)) return 0;
    if (hedge) point.spec.hedge = hedge;
    if (hedge == OC_DATE_ABOUT) point.first = first;
    if (open) point.bound = OC_BOUND_BY, point.first = first;
    if (hedge == OC_DATE_AT_LATEST) point.first = first;
    size_t behind = open ? (oc_date_emit(parser, &point) ? point.behind : 0) : after_point(parser, &point);
    return behind;
}

/* Skips a count: number, unit and what hangs on it. */
static size_t skip_number(const reader *r, size_t at)
{
    at++;
    while (kind_at(r, at) == OC_ATOM_UNIT || kind_at(r, at) == OC_ATOM_SPAN || kind_at(r, at) == OC_ATOM_STOP) at++;
    return at;
}

void oc_date_parse_cjk(oc_date_parser *parser)
{
    reader r = {.parser = parser};
    for (size_t at = 0; at < parser->count;) {
        oc_atom_kind kind = kind_at(&r, at);
        if (kind == OC_ATOM_PAGE || kind == OC_ATOM_EACH) {
            at++;
            if (kind_at(&r, at) == OC_ATOM_PUNCT) at++;
            oc_date_point skipped;
            if (kind == OC_ATOM_EACH && read_point(parser, at, &skipped)) at = skipped.behind;
            else if (kind_at(&r, at) == OC_ATOM_NUM) at = skip_number(&r, at);
            continue;
        }
        bool idle = kind == OC_ATOM_OTHER || kind == OC_ATOM_PUNCT || parser->tokens[at].more;
        size_t behind = idle ? 0 : read_date(parser, at);
        if (behind > at) at = behind;
        else at = kind == OC_ATOM_NUM ? skip_number(&r, at) : at + 1;
    }
}
