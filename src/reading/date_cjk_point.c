/* Japanese and Korean points: from the large unit to the small one, each component finer than the one before.
 *
 *     point = component { [の|의] component }
 *
 * A component is a number with a unit, a relative word, a season, half, quarter, part, weekday or holiday. Example:
 * "2026年度第2四半期末" is year 2026 (fiscal), quarter 2, part end. */
#include "reading/date_cjk.h"
#include "reading/date_term.h"

int oc_date_cjk_rank(oc_unit unit)
{
    static const int ranks[OC_UNIT_COUNT] = {0,          RANK_DAY,     RANK_WEEK,    RANK_WEEK,
                                             RANK_MONTH, RANK_QUARTER, RANK_QUARTER, RANK_HALF,
                                             RANK_YEAR,  RANK_YEAR,    RANK_DECADE,  RANK_CENTURY};
    return ranks[unit];
}

/* --- numbers with units --- */

bool oc_date_cjk_is_direction(oc_atom_kind kind)
{
    return kind == OC_ATOM_BEFORE || kind == OC_ATOM_AFTER || kind == OC_ATOM_AGO || kind == OC_ATOM_LATER;
}

/* --- other components --- */

static bool take_era(oc_date_reader *r)
{
    const oc_token *era = token_at(r, r->at), *number = token_at(r, r->at + 1);
    if (kind_at(r, r->at + 1) != OC_ATOM_NUM || number->a < 1) return false;
    bool is_short = era->to - era->from == 1;
    char sign = sign_at(r, r->at + 2);
    size_t behind = r->at + 2;
    bool open = kind_at(r, behind) == OC_ATOM_RANGE && kind_at(r, behind + 1) == OC_ATOM_NUM; /* 令和6～8年度 */
    bool fiscal = is_unit(r, open ? behind + 2 : behind, OC_UNIT_FISCAL);
    bool has_unit = (fiscal && !open) || is_unit(r, behind, OC_UNIT_YEAR);
    bool twice = sign == '(' && oc_date_digits(r->parser, behind + 1, 4, 4) && sign_at(r, behind + 2) == ')' &&
                 is_unit(r, behind + 3, OC_UNIT_YEAR); /* 주체115(2026)년 */
    if (twice) behind += 3, has_unit = true;
    if (is_unit(r, behind, OC_UNIT_DECADE) && number->a % 10 == 0 &&
        oc_date_cjk_lower(r, RANK_DECADE)) { /* 昭和30年代 */
        r->spec.decade = era->a + number->a;
        r->at = behind + 1;
        return true;
    }
    bool dotted = is_short && (sign == '.' || sign == '/') && oc_date_digits(r->parser, behind + 1, 1, 2);
    if (!has_unit && !dotted && !(kind_at(r, behind) == OC_ATOM_RANGE)) return false;
    int year = era->a + number->a;
    if (year < 1 || year > 2999 || !oc_date_cjk_lower(r, RANK_YEAR)) return false;
    set_year(r, year);
    r->spec.era = era->a != 0;
    r->spec.era_base = era->a;
    r->spec.fiscal = fiscal;
    r->at = behind + has_unit;
    if (!dotted) return true;
    if (!oc_date_cjk_month(r, token_at(r, r->at + 1)->a)) return false;
    r->at += 2;
    if (sign_at(r, r->at) != sign || !oc_date_digits(r->parser, r->at + 1, 1, 2)) return true;
    if (!oc_date_cjk_day(r, token_at(r, r->at + 1))) return false;
    r->at += 2;
    return true;
}

static bool take_weekday(oc_date_reader *r)
{
    unsigned char head = (unsigned char)r->parser->sentence.ptr[token_at(r, r->at)->from];
    bool bracket = head == '(' || head == 0xef;       /* of full width */
    if (bracket && r->rank == RANK_TOP) return false; /* (월): what stands before it was no date */
    if (r->spec.weekday >= 0 || (r->rank < RANK_DAY) || !oc_date_cjk_lower(r, RANK_WEEKDAY)) return false;
    bool in_month = r->spec.month_from && !r->spec.day_from && !r->spec.week_from && !r->spec.nth;
    if (in_month && r->spec.part != OC_PART_END) return false;
    if (in_month) r->spec.nth = -1, r->spec.part = OC_PART_NONE; /* 月末の金曜日 */
    r->spec.weekday = token_at(r, r->at)->a;
    r->at++;
    return true;
}

/* 最初の3カ月, 마지막 5일 of a year or month: the number stands at `at`. */
static bool take_cut(oc_date_reader *r, int side, size_t at)
{
    oc_atom_kind kind = kind_at(r, at + 1);
    oc_unit unit = (oc_unit)token_at(r, at + 1)->a;
    bool length = kind == OC_ATOM_SPAN || (kind == OC_ATOM_UNIT && unit != OC_UNIT_MONTH);
    bool small = unit == OC_UNIT_DAY || unit == OC_UNIT_WEEK || unit == OC_UNIT_MONTH;
    if (!length || !small || (side != 1 && side != -1) || token_at(r, at)->a < 1 || token_at(r, at)->a > 366)
        return false;
    if ((r->rank != RANK_YEAR && r->rank != RANK_MONTH) || r->spec.part || r->spec.cut_count) return false;
    r->spec.cut_unit = unit;
    r->spec.cut_count = side * token_at(r, at)->a;
    r->rank = RANK_NONE;
    r->at = at + 2;
    return true;
}

/* 最終日, 첫날, 마지막 날 of a year or month: the word for day stands at `at`. */
static bool take_border_day(oc_date_reader *r, int nth, size_t at)
{
    bool year = r->rank == RANK_YEAR && !r->spec.fiscal, month = r->rank == RANK_MONTH;
    if ((nth != 1 && nth != -1) || (!year && !month)) return false;
    if (year) set_month(r, nth == 1 ? 1 : 12);
    set_day(r, nth);
    r->rank = RANK_DAY;
    r->at = at + 1;
    return true;
}

/* 第1 of 第1～第3四半期: the unit is that of the other end. */
static bool take_open_ordinal(oc_date_reader *r)
{
    size_t at = r->at;
    bool shape = kind_at(r, at) == OC_ATOM_NTHMARK && kind_at(r, at + 1) == OC_ATOM_NUM &&
                 kind_at(r, at + 2) == OC_ATOM_RANGE && kind_at(r, at + 3) == OC_ATOM_NTHMARK &&
                 kind_at(r, at + 4) == OC_ATOM_NUM && is_unit(r, at + 5, OC_UNIT_QUARTER);
    if (!shape || !oc_date_cjk_quarter(r, token_at(r, at + 1)->a)) return false;
    r->at = at + 2;
    r->open_number = true;
    return true;
}

/* 第2四半期, 第3月曜日, 셋째 주, 最終金曜日, 마지막 주. */
static bool take_ordinal(oc_date_reader *r)
{
    if (take_open_ordinal(r)) return true;
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
        return oc_date_cjk_lower(r, RANK_WEEK);
    }
    if (kind_at(r, at) == OC_ATOM_NUM) return !marked && take_cut(r, nth, at);
    bool of_days = kind_at(r, at) == OC_ATOM_SPAN && token_at(r, at)->a == OC_UNIT_DAY;
    if (of_days || is_unit(r, at, OC_UNIT_DAY)) return !marked && take_border_day(r, nth, at);
    if (kind_at(r, at) != OC_ATOM_UNIT) return false;
    int unit = token_at(r, at)->a;
    bool taken = unit == OC_UNIT_QUARTER ? oc_date_cjk_quarter(r, nth)
                 : unit == OC_UNIT_HALF  ? oc_date_cjk_half(r, nth)
                 : unit == OC_UNIT_WEEK  ? oc_date_cjk_week(r, nth)
                                         : false;
    if (taken) r->at = at + 1;
    return taken;
}

static bool take_part(oc_date_reader *r)
{
    oc_part part = (oc_part)token_at(r, r->at)->a;
    oc_unit unit = oc_date_spec_unit(&r->spec);
    if (unit < OC_UNIT_WEEK || r->spec.part) return false;
    r->spec.part = part;
    r->at++;
    const oc_token *more = token_at(r, r->at);
    if (kind_at(r, r->at) == OC_ATOM_PART && more->more) { /* 中下旬 */
        r->spec.part_to = (oc_part)more->a;
        r->at++;
    }
    return true;
}

/* FY2027, FY27. */
static bool take_fiscal(oc_date_reader *r)
{
    size_t at = r->at + 1;
    bool short_year = oc_date_digits(r->parser, at, 2, 2);
    if (!short_year && !oc_date_digits(r->parser, at, 4, 4)) return false;
    int year = short_year ? oc_date_century(r->parser, token_at(r, at)->a) : token_at(r, at)->a;
    if (year < 1000 || year > 2999 || !oc_date_cjk_lower(r, RANK_YEAR)) return false;
    set_year(r, year);
    r->spec.fiscal = true;
    r->at = at + 1 + (is_unit(r, at + 1, OC_UNIT_YEAR) || is_unit(r, at + 1, OC_UNIT_FISCAL));
    return true;
}

/* 会計年度2029年, 회계연도 2029년. */
static bool take_fiscal_unit(oc_date_reader *r)
{
    size_t number = r->at + 1;
    bool shape = is_unit(r, r->at, OC_UNIT_FISCAL) && r->rank == RANK_TOP && oc_date_digits(r->parser, number, 4, 4);
    if (!shape || !is_unit(r, number + 1, OC_UNIT_YEAR) || !oc_date_cjk_lower(r, RANK_YEAR)) return false;
    set_year(r, token_at(r, number)->a);
    r->spec.fiscal = true;
    r->at = number + 2;
    return true;
}

/* 2019年 of 敬老の日 2019年: the year behind a day with a name. */
static bool take_year_behind(oc_date_reader *r)
{
    const oc_token *number = token_at(r, r->at);
    bool unit = is_unit(r, r->at + 1, OC_UNIT_YEAR);
    oc_atom_kind next = kind_at(r, r->at + 1);
    bool year = oc_date_digits(r->parser, r->at, 4, 4) && number->a >= 1900 && number->a <= 2199 && !r->spec.year_from;
    if (!year || (!unit && next != OC_ATOM_NONE && next != OC_ATOM_PUNCT)) return false;
    set_year(r, number->a);
    r->at += 1 + unit;
    return true;
}

static bool take_holiday(oc_date_reader *r)
{
    const oc_token *name = token_at(r, r->at);
    const oc_holiday *holiday = &r->parser->lexicon->date_tables->holidays.at[name->a];
    bool takes = r->rank == RANK_TOP || (r->rank == RANK_YEAR && !r->spec.fiscal);
    bool counted = r->at && kind_at(r, r->at - 1) == OC_ATOM_NUM && !name->space; /* 5GW */
    if (!takes || counted) return false;
    bool sure = !holiday->weak || r->rank == RANK_YEAR || r->spec.tense || r->parser->count == 1;
    r->spec.holiday = name->a;
    r->rank = RANK_DAY;
    r->at++;
    return take_year_behind(r) || sure;
}

static bool take_term(oc_date_reader *r)
{
    if (r->rank != RANK_TOP || !oc_date_term_begins(r, r->at) || !oc_date_term(r)) return false;
    r->rank = RANK_NONE;
    return true;
}

/* A word for several atoms (今春) must be read as a whole. */
bool oc_date_cjk_component(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    switch (kind_at(r, r->at)) {
    case OC_ATOM_NUM: return oc_date_cjk_written_date(r) || take_ordinal(r) || oc_date_cjk_counted(r);
    case OC_ATOM_ORD:
    case OC_ATOM_NTHMARK: return take_ordinal(r) || take_term(r);
    case OC_ATOM_FOLLOW: return oc_date_cjk_follow(r);
    case OC_ATOM_HOLDER:
    case OC_ATOM_REIGN: return take_term(r);
    case OC_ATOM_ISOWEEK:
        if (r->rank != RANK_TOP) return false;
        take_iso_week(r);
        r->rank = RANK_NONE;
        return true;
    case OC_ATOM_ERA: return take_era(r);
    case OC_ATOM_FISCAL: return take_fiscal(r);
    case OC_ATOM_SAMETIME: return oc_date_cjk_same_time(r);
    case OC_ATOM_REL: return oc_date_cjk_relative(r, OC_FROM_ANCHOR);
    case OC_ATOM_CTX: return oc_date_cjk_relative(r, OC_FROM_CONTEXT);
    case OC_ATOM_MOD: return oc_date_cjk_modified(r);
    case OC_ATOM_MONTH:
        if (token->capital) return oc_date_cjk_english(r);
        if (!oc_date_cjk_month(r, token->a)) return false;
        r->at++;
        return true;
    case OC_ATOM_TODATE: /* 年初来 */
        if (r->rank != RANK_TOP || !oc_date_spec_relative(&r->spec, token->a, 0, OC_FROM_ANCHOR)) return false;
        r->spec.to_date = true;
        r->rank = RANK_NONE;
        r->at++;
        return true;
    case OC_ATOM_DECADE: return oc_date_cjk_decade(r, token->a) && ++r->at;
    case OC_ATOM_SEASON:
        if (!oc_date_cjk_lower(r, RANK_QUARTER)) return false;
        r->spec.season = token->a;
        r->at++;
        return true;
    case OC_ATOM_QUARTER: return oc_date_cjk_quarter(r, token->a) && ++r->at;
    case OC_ATOM_HALF: return oc_date_cjk_half(r, token->a) && ++r->at;
    case OC_ATOM_PART: return take_part(r);
    case OC_ATOM_WEEKDAY: return take_weekday(r);
    case OC_ATOM_WEEKENDS:
        if (!oc_date_cjk_lower(r, RANK_WEEK) && !(r->spec.week_from && !r->spec.weekend)) return false;
        r->spec.weekend = true;
        r->at++;
        return true;
    case OC_ATOM_UNIT: return take_fiscal_unit(r) || oc_date_cjk_bare_unit(r);
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

/* （令和8年）, (2026年) behind a year, (5월) behind a month: the same unit again. */
static void skip_second_name(oc_date_reader *r)
{
    size_t at = r->at;
    if ((r->rank != RANK_YEAR && r->rank != RANK_MONTH) || sign_at(r, at) != '(') return;
    at++;
    if (kind_at(r, at) == OC_ATOM_ERA) at++;
    if (kind_at(r, at) != OC_ATOM_NUM) return;
    at++;
    bool year = is_unit(r, at, OC_UNIT_YEAR) || is_unit(r, at, OC_UNIT_FISCAL);
    if (r->rank == RANK_MONTH ? !is_unit(r, at, OC_UNIT_MONTH) : false) return;
    if (year || r->rank == RANK_MONTH) at++;
    if (sign_at(r, at) == ')') r->at = at + 1;
}

/* A season or a month in words alone is a date only where nothing is glued to it: 秋田, 봄날, 오월동주 are none. */
static bool stands_alone(const oc_date_reader *r, size_t first)
{
    const oc_token *token = token_at(r, first);
    bool single = r->at == first + 1;
    if (single && token->kind == OC_ATOM_HALF && first && kind_at(r, first - 1) == OC_ATOM_NUM && !token->space)
        return false;                                                               /* 3학년 2반 */
    bool weekday = token->kind == OC_ATOM_WEEKDAY && r->parser->lang == OC_LANG_JA; /* 木曜会 */
    bool feast = token->kind == OC_ATOM_HOLIDAY && r->parser->lang == OC_LANG_JA; /* 七夕飾り */
    bool weak = weekday || feast || token->kind == OC_ATOM_SEASON || token->kind == OC_ATOM_HALF ||
                token->kind == OC_ATOM_WEEKENDS || token->kind == OC_ATOM_MONTH;
    if (!single || !weak || token->more) return true;
    oc_atom_kind before = first ? kind_at(r, first - 1) : OC_ATOM_NONE;
    bool word_before = before == OC_ATOM_OTHER || before == OC_ATOM_NUM || before == OC_ATOM_STOP;
    bool left = word_before && !token->space && r->parser->lang == OC_LANG_JA;
    oc_atom_kind next = kind_at(r, r->at);
    bool word = next == OC_ATOM_OTHER || next == OC_ATOM_STOP || next == OC_ATOM_SPAN || next == OC_ATOM_HOLIDAY;
    word = word || (token->kind == OC_ATOM_SEASON && is_unit(r, r->at, OC_UNIT_DAY)); /* 夏日 */
    bool glued = word && !token_at(r, r->at)->space;
    return !glued && !(left && token->kind == OC_ATOM_SEASON);
}

bool oc_date_cjk_point(oc_date_parser *parser, size_t first, oc_date_point *ret)
{
    oc_date_reader r = oc_date_cjk_reader(parser, first);
    size_t behind = first;
    for (;;) {
        oc_date_reader before = r;
        if (!oc_date_cjk_component(&r)) {
            r = before;
            break;
        }
        behind = r.at;
        if (r.open_number) break;
        skip_second_name(&r);
        behind = r.at;
        bool half_word = kind_at(&r, r.at) != OC_ATOM_NONE && token_at(&r, r.at)->more;
        if (half_word) continue;
        if (kind_at(&r, r.at) == OC_ATOM_OF) r.at++;
    }
    r.at = behind;
    if (oc_date_spec_is_empty(&r.spec) || behind == first) return false;
    if (kind_at(&r, behind) == OC_ATOM_STOP && !token_at(&r, behind)->space && !r.open_number) {
        oc_unit unit = oc_date_spec_unit(&r.spec);
        bool sure = r.spec.month_from && (r.spec.year_from || r.spec.day_from);
        if (!sure && (unit == OC_UNIT_DAY || unit == OC_UNIT_YEAR || unit == OC_UNIT_MONTH || unit == OC_UNIT_WEEK) &&
            kind_at(&r, first) == OC_ATOM_NUM)
            return false;
    }
    bool rate = r.bare_count && r.spec.day == 1 && kind_at(&r, behind) == OC_ATOM_NUM &&
                kind_at(&r, behind + 1) == OC_ATOM_STOP; /* 1日3回 */
    if (rate) return false;
    bool right = first && (kind_at(&r, first - 1) == OC_ATOM_RANGE || kind_at(&r, first - 1) == OC_ATOM_START);
    if (r.bare_count && kind_at(&r, behind) == OC_ATOM_STOP) return false;
    oc_slice rest = oc_slice_from(parser->sentence, parser->tokens[behind - 1].to);
    bool lasted = r.bare_count && right && oc_slice_begins(rest, "で");
    if (lasted) return false; /* 就任から6日で */
    if (r.bare_count && kind_at(&r, behind) == OC_ATOM_DURING && !right) return false; /* 3日から12日の間 */
    if (behind < parser->count && kind_at(&r, behind) != OC_ATOM_WITHIN && token_at(&r, behind)->more &&
        token_at(&r, behind - 1)->to == token_at(&r, behind)->to)
        return false;
    if (!stands_alone(&r, first)) return false;
    *ret = (oc_date_point){r.spec, first, behind, OC_BOUND_AT, false};
    return true;
}
