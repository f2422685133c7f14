/* Japanese and Korean points: from the large unit to the small one, each component finer than the one before.
 *
 *     point = component { [の|의] component }
 *
 * A component is a number with a unit, a relative word, a season, half, quarter, part, weekday or holiday. Example:
 * "2026年度第2四半期末" is year 2026 (fiscal), quarter 2, part end. */
#include "reading/date_cjk.h"
#include "reading/date_term.h"

oc_date_reader oc_date_cjk_reader(oc_date_parser *parser, size_t at)
{
    return (oc_date_reader){.parser = parser, .at = at, .spec = oc_date_spec_empty(), .rank = RANK_TOP};
}

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

/* A number of one or two digits before 年 is a year of the century if a finer component or 度 follows. */
static bool finer_follows(const oc_date_reader *r, size_t at)
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

/* に, 에. What 及 follows is a length. */
static bool starts_with_at(const oc_date_reader *r, const oc_token *token)
{
    oc_slice text = oc_slice_sub(r->parser->sentence, token->from, r->parser->sentence.len);
    if (oc_slice_starts(text, OC_SLICE("に及")) || oc_slice_starts(text, OC_SLICE("にも及"))) return false;
    return oc_slice_starts(text, OC_SLICE("に")) || oc_slice_starts(text, OC_SLICE("에"));
}

/* 28年までに, 30年以降: a year of two digits before a border, if it lies near. */
static bool is_near_deadline(const oc_date_reader *r, int two_digits, size_t behind)
{
    oc_day anchor = r->parser->context->anchor;
    oc_atom_kind border = kind_at(r, behind);
    bool right_end = r->at && (kind_at(r, r->at - 1) == OC_ATOM_RANGE || kind_at(r, r->at - 1) == OC_ATOM_START);
    if (right_end || anchor == OC_DAY_NONE || token_at(r, behind)->space) return false;
    bool at = border == OC_ATOM_PARTICLE && kind_at(r, behind + 1) != OC_ATOM_NUM &&
              starts_with_at(r, token_at(r, behind)); /* 28年に; not 10年に1度 */
    if (border != OC_ATOM_BY && border != OC_ATOM_FROM && !at) return false;
    int now = oc_civil_from_day(anchor).year, year = oc_date_century(r->parser, two_digits);
    return year >= now - 15 && year <= now + 20;
}

/* 14年 of 2010年、14年、17年: one of several years. */
static bool is_listed(const oc_date_reader *r)
{
    size_t at = r->at;
    bool sign = at >= 3 && (sign_at(r, at - 1) == ',' || sign_at(r, at - 1) == '*' || kind_at(r, at - 1) == OC_ATOM_AND);
    return sign && is_unit(r, at - 2, OC_UNIT_YEAR) && r->parser->last_behind == at - 1 && r->parser->context->year &&
           r->parser->out->len && r->parser->out->at[r->parser->out->len - 1].grain == OC_GRAIN_YEAR;
}

static bool take_year_number(oc_date_reader *r, const oc_token *number, size_t behind, bool fiscal)
{
    int year = number->a;
    bool full = number->digits == 4 && year >= 1000 && year <= 2999;
    bool kanji_full = number->style == OC_NUMBER_KANJI && year >= 1000 && year <= 2999;
    bool is_short = number->style == OC_NUMBER_DIGITS && number->digits == 2 &&
                    (number->apostrophe || fiscal || is_listed(r) || finer_follows(r, behind) || is_near_deadline(r, year, behind));
    if (!full && !kanji_full && !is_short) return false;
    if (number->style == OC_NUMBER_GROUPED || !oc_date_cjk_lower(r, RANK_YEAR)) return false;
    r->spec.year_from = OC_FROM_TEXT;
    r->spec.year = full || kanji_full ? year : oc_date_century(r->parser, year);
    r->spec.fiscal = fiscal;
    return true;
}

static bool take_decade_number(oc_date_reader *r, int number)
{
    int first = number < 100 ? oc_date_century(r->parser, number) : number;
    if (first % 10 || first < 1000 || first > 2990 || !oc_date_cjk_lower(r, RANK_DECADE)) return false;
    r->spec.decade = first;
    return true;
}

static bool take_day(oc_date_reader *r, const oc_token *number)
{
    bool alone = oc_date_spec_is_empty(&r->spec) && !r->spec.tense;
    if (number->a < 1 || number->a > 31 || (alone && number->style != OC_NUMBER_DIGITS)) return false;
    if (r->spec.year_from && !r->spec.month_from) return false;
    if (!oc_date_cjk_lower(r, RANK_DAY)) return false;
    set_day(r, number->a);
    r->bare_count = alone;
    return true;
}

static bool take_week(oc_date_reader *r, int nth)
{
    bool inside = r->spec.month_from || r->spec.year_from;
    if (!inside || nth < -1 || nth == 0 || nth > 53 || !oc_date_cjk_lower(r, RANK_WEEK)) return false;
    r->spec.week_from = OC_FROM_NTH;
    r->spec.week = nth;
    return true;
}

static bool take_quarter(oc_date_reader *r, int quarter)
{
    if (quarter < 1 || quarter > 4 || !oc_date_cjk_lower(r, RANK_QUARTER)) return false;
    set_quarter(r, quarter);
    return true;
}

static bool take_half(oc_date_reader *r, int half)
{
    if (half < 1 || half > 2 || !oc_date_cjk_lower(r, RANK_HALF)) return false;
    set_half(r, half);
    return true;
}

bool oc_date_cjk_number(oc_date_reader *r, const oc_token *number, const oc_token *unit, size_t behind)
{
    switch ((oc_unit)unit->a) {
    case OC_UNIT_YEAR: return take_year_number(r, number, behind, false);
    case OC_UNIT_FISCAL: return take_year_number(r, number, behind, true);
    case OC_UNIT_MONTH: return oc_date_cjk_month(r, number->a);
    case OC_UNIT_DAY: return take_day(r, number);
    case OC_UNIT_WEEK: return take_week(r, number->a);
    case OC_UNIT_QUARTER: return take_quarter(r, number->a);
    case OC_UNIT_HALF: return take_half(r, number->a);
    case OC_UNIT_DECADE: return take_decade_number(r, number->a);
    case OC_UNIT_CENTURY:
        if (number->a < 1 || number->a > 29 || !oc_date_cjk_lower(r, RANK_CENTURY)) return false;
        r->spec.century_from = OC_FROM_TEXT;
        r->spec.century = number->a;
        return true;
    default: return false;
    }
}

/* "3" of "3~5月", "2026" of "2026~2030年": the unit is that of the other end. */
static bool take_open_number(oc_date_reader *r)
{
    size_t at = r->at;
    if (kind_at(r, at + 1) != OC_ATOM_RANGE || kind_at(r, at + 2) != OC_ATOM_NUM || kind_at(r, at + 3) != OC_ATOM_UNIT)
        return false;
    const oc_token *number = token_at(r, at), *other = token_at(r, at + 2), *unit = token_at(r, at + 3);
    if (number->style != OC_NUMBER_DIGITS || number->digits > 4) return false;
    bool years = unit->a == OC_UNIT_YEAR || unit->a == OC_UNIT_FISCAL;
    if (years ? number->digits != 4 && !number->apostrophe : number->a >= other->a && unit->a == OC_UNIT_DAY)
        return false;
    if (kind_at(r, at + 4) == OC_ATOM_STOP && !token_at(r, at + 4)->space) return false;
    if (!years && oc_date_cjk_is_direction(kind_at(r, at + 4))) return false;
    if (!oc_date_cjk_number(r, number, unit, at + 4)) return false;
    r->at++;
    r->open_number = true;
    return true;
}

bool oc_date_cjk_year_end(const oc_date_reader *r, size_t at, int first_year, int *ret_year)
{
    enum { YEARS_MAX = 60 };
    oc_atom_kind behind = kind_at(r, at + 1);
    bool counted = behind == OC_ATOM_UNIT || behind == OC_ATOM_SPAN || behind == OC_ATOM_STOP || behind == OC_ATOM_NUM ||
                   (behind == OC_ATOM_RANGE && token_at(r, at + 1)->b) || (sign_at(r, at + 1) && !strchr("),", sign_at(r, at + 1)));
    bool full = oc_date_digits(r->parser, at, 4, 4), two = oc_date_digits(r->parser, at, 2, 2) && at && token_at(r, at - 1)->b == '~';
    if (counted || (!full && !two)) return false;
    *ret_year = full ? token_at(r, at)->a : first_year - first_year % 100 + token_at(r, at)->a;
    return *ret_year > first_year && *ret_year <= first_year + YEARS_MAX;
}

/* 2026 of 2026~2030: years without a unit. */
static bool take_year_pair(oc_date_reader *r)
{
    size_t at = r->at;
    int end, first = token_at(r, at)->a;
    bool quoted = oc_date_digits(r->parser, at, 2, 2) && token_at(r, at)->apostrophe; /* '27~'31 */
    if (quoted) first = oc_date_century(r->parser, first);
    bool shape = r->rank == RANK_TOP && (quoted || oc_date_digits(r->parser, at, 4, 4)) &&
                 kind_at(r, at + 1) == OC_ATOM_RANGE && token_at(r, at + 1)->b && first >= 1900 && first <= 2199;
    bool hyphen = shape && token_at(r, at + 1)->b == '-';
    bool word_before = at && !token_at(r, at)->space && kind_at(r, at - 1) != OC_ATOM_PUNCT;
    if (!shape || (hyphen && word_before) || !oc_date_cjk_year_end(r, at + 2, first, &end)) return false;
    set_year(r, first);
    r->rank = RANK_YEAR;
    r->at = at + 1;
    r->open_number = true;
    return true;
}

/* 4·10 총선, 6・3大統領選: the day before the name of what happens on it. */
static bool take_dotted(oc_date_reader *r)
{
    size_t at = r->at;
    char sign = sign_at(r, at + 1);
    bool shape = oc_date_digits(r->parser, at, 1, 2) && (sign == '*' || sign == '.') && !token_at(r, at + 1)->space &&
                 oc_date_digits(r->parser, at + 2, 1, 2) && !token_at(r, at + 2)->space &&
                 kind_at(r, at + 3) == OC_ATOM_ONDAY;
    if (!shape || r->rank < RANK_YEAR || !oc_date_cjk_month(r, token_at(r, at)->a)) return false;
    r->at += 2;
    if (!take_day(r, token_at(r, r->at))) return false;
    r->at++;
    return true;
}

/* 광복 80주년, 連合司令部創設から47周年: the day so many years after the one that the lexicon gives for the word before. */
static bool take_anniversary(oc_date_reader *r)
{
    enum { REACH = 60 };
    oc_token number = *token_at(r, r->at);
    if (kind_at(r, r->at + 1) != OC_ATOM_JUBILEE || r->rank < RANK_YEAR || number.a > 1000) return false;
    oc_civil first;
    size_t from = number.from > REACH ? number.from - REACH : 0;
    if (!oc_date_founding(r->parser, from, number.from, false, &first)) return false;
    set_year(r, first.year + number.a);
    set_month(r, first.month);
    set_day(r, first.day);
    r->spec.named = true;
    r->rank = RANK_DAY;
    r->at += 2;
    return true;
}

/* 2024 국방백서, (2024): a year before a noun that years stand before, or at the end of a bracket. */
static bool take_year_of(oc_date_reader *r)
{
    const oc_token *number = token_at(r, r->at);
    bool year = r->rank == RANK_TOP && oc_date_digits(r->parser, r->at, 4, 4) && number->a >= 1900 && number->a <= 2060;
    char before = r->at ? sign_at(r, r->at - 1) : 0;
    bool bracket = (before == '(' || before == ',') && sign_at(r, r->at + 1) == ')';
    bool title = r->at && kind_at(r, r->at - 1) == OC_ATOM_TAKESYEAR && !number->space; /* 国防白書2025 */
    if (!year || (!bracket && !title && kind_at(r, r->at + 1) != OC_ATOM_YEARTAKES)) return false;
    set_year(r, number->a);
    r->rank = RANK_YEAR;
    r->at++;
    return true;
}

static bool take_number(oc_date_reader *r)
{
    const oc_token *number = token_at(r, r->at), *unit = token_at(r, r->at + 1);
    if (r->rank == RANK_TOP && oc_date_numeric(r->parser, &r->at, &r->spec)) {
        r->rank = r->spec.day_from ? RANK_DAY : RANK_MONTH;
        return true;
    }
    if (number->style == OC_NUMBER_GROUPED) return false;
    size_t other = r->at + 2 + (kind_at(r, r->at + 2) == OC_ATOM_ERA);
    bool twice = sign_at(r, r->at + 1) == '(' && kind_at(r, other) == OC_ATOM_NUM && sign_at(r, other + 1) == ')' &&
                 (is_unit(r, other + 2, OC_UNIT_YEAR) || is_unit(r, other + 2, OC_UNIT_FISCAL));
    if (twice && oc_date_digits(r->parser, r->at, 4, 4)) { /* 2026(令和8)年度 */
        if (!oc_date_cjk_number(r, number, token_at(r, other + 2), other + 3)) return false;
        r->at = other + 3;
        return true;
    }
    if (kind_at(r, r->at + 1) == OC_ATOM_RANGE) return take_open_number(r);
    if (kind_at(r, r->at + 1) != OC_ATOM_UNIT) return false;
    if (number->style != OC_NUMBER_DIGITS && number->style != OC_NUMBER_KANJI && unit->a != OC_UNIT_WEEK) return false;
    if (!oc_date_cjk_number(r, number, unit, r->at + 2)) return false;
    r->at += 2;
    return true;
}

/* A time of day is no date, but says that what stands before it is one. */
static bool is_time(const oc_date_reader *r, size_t at)
{
    if (kind_at(r, at) != OC_ATOM_OTHER) return false;
    oc_slice text = oc_slice_sub(r->parser->sentence, token_at(r, at)->from, token_at(r, at)->to);
    return text.len >= 4 && text.ptr[0] >= '0' && text.ptr[0] <= '9' && (text.ptr[1] == ':' || text.ptr[2] == ':');
}

/* 12/20(月), 3. 9.(월), 11/20 15:42: a month and day if a weekday in brackets or a time follows. */
static bool take_slash(oc_date_reader *r)
{
    size_t at = r->at;
    char sign = sign_at(r, at + 1);
    bool shape = oc_date_digits(r->parser, at, 1, 2) && (sign == '/' || sign == '.') && !token_at(r, at + 1)->space &&
                 oc_date_digits(r->parser, at + 2, 1, 2);
    size_t behind = at + 3 + (sign == '.' && sign_at(r, at + 3) == '.');
    if (!shape || (kind_at(r, behind) != OC_ATOM_WEEKDAY && !is_time(r, behind)) || r->rank != RANK_TOP) return false;
    if (!oc_date_cjk_month(r, token_at(r, at)->a) || !take_day(r, token_at(r, at + 2))) return false;
    r->at = behind;
    return true;
}

/* --- other components --- */

static bool take_era(oc_date_reader *r)
{
    const oc_token *era = token_at(r, r->at), *number = token_at(r, r->at + 1);
    if (kind_at(r, r->at + 1) != OC_ATOM_NUM || number->a < 1) return false;
    bool is_short = era->to - era->from == 1;
    char sign = sign_at(r, r->at + 2);
    size_t behind = r->at + 2;
    bool fiscal = is_unit(r, behind, OC_UNIT_FISCAL);
    bool has_unit = fiscal || is_unit(r, behind, OC_UNIT_YEAR);
    bool twice = sign == '(' && oc_date_digits(r->parser, behind + 1, 4, 4) && sign_at(r, behind + 2) == ')' &&
                 is_unit(r, behind + 3, OC_UNIT_YEAR); /* 주체115(2026)년 */
    if (twice) behind += 3, has_unit = true;
    if (is_unit(r, behind, OC_UNIT_DECADE) && number->a % 10 == 0 && oc_date_cjk_lower(r, RANK_DECADE)) { /* 昭和30年代 */
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
    if (!take_day(r, token_at(r, r->at + 1))) return false;
    r->at += 2;
    return true;
}

static bool take_weekday(oc_date_reader *r)
{
    unsigned char head = (unsigned char)r->parser->sentence.ptr[token_at(r, r->at)->from];
    bool bracket = head == '(' || head == 0xef; /* of full width */
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
    if (!shape || !take_quarter(r, token_at(r, at + 1)->a)) return false;
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
    bool taken = unit == OC_UNIT_QUARTER ? take_quarter(r, nth)
                 : unit == OC_UNIT_HALF  ? take_half(r, nth)
                 : unit == OC_UNIT_WEEK  ? take_week(r, nth)
                                         : false;
    if (taken) r->at = at + 1;
    return taken;
}

static bool take_part(oc_date_reader *r)
{
    oc_part part = (oc_part)token_at(r, r->at)->a;
    oc_unit unit = oc_date_spec_unit(&r->spec);
    if (unit < OC_UNIT_WEEK || unit == OC_UNIT_WEEKEND) return false;
    if (r->spec.part == OC_PART_FIRST || r->spec.part == OC_PART_SECOND) return false;
    if (r->spec.part) return false;
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

static bool take_holiday(oc_date_reader *r)
{
    bool takes = r->rank == RANK_TOP || (r->rank == RANK_YEAR && !r->spec.fiscal);
    if (!takes) return false;
    r->spec.holiday = token_at(r, r->at)->a;
    r->rank = RANK_DAY;
    r->at++;
    return true;
}

static bool take_term(oc_date_reader *r)
{
    if (r->rank != RANK_TOP || !oc_date_term_begins(r, r->at) || !oc_date_term(r)) return false;
    r->rank = RANK_NONE;
    return true;
}

/* November 14, 2025; 14 November 2025; Nov. 2025: as English notes print it. */
static bool take_english(oc_date_reader *r)
{
    bool day_first = oc_date_digits(r->parser, r->at, 1, 2);
    size_t month = r->at + day_first, at = month + 1, day = day_first ? r->at : 0;
    if (kind_at(r, month) != OC_ATOM_MONTH || !token_at(r, month)->capital || r->rank != RANK_TOP) return false;
    if (sign_at(r, at) == '.') at++;
    if (!day_first && oc_date_digits(r->parser, at, 1, 2)) {
        day = at++;
        if (sign_at(r, at) == ',') at++;
    }
    if (!oc_date_digits(r->parser, at, 4, 4) || token_at(r, at)->a < 1500 || token_at(r, at)->a > 2199) return false;
    set_year(r, token_at(r, at)->a);
    set_month(r, token_at(r, month)->a);
    r->rank = RANK_MONTH;
    r->at = at + 1;
    return !day || take_day(r, token_at(r, day));
}

/* A word for several atoms (今春) must be read as a whole. */
bool oc_date_cjk_component(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    switch (kind_at(r, r->at)) {
    case OC_ATOM_NUM:
        return take_english(r) || take_slash(r) || take_dotted(r) || take_anniversary(r) || take_year_pair(r) || take_year_of(r) || take_ordinal(r) ||
               take_number(r);
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
        if (token->capital) return take_english(r);
        if (!oc_date_cjk_month(r, token->a)) return false;
        r->at++;
        return true;
    case OC_ATOM_DECADE: return take_decade_number(r, token->a) && ++r->at;
    case OC_ATOM_SEASON:
        if (!oc_date_cjk_lower(r, RANK_QUARTER)) return false;
        r->spec.season = token->a;
        r->at++;
        return true;
    case OC_ATOM_QUARTER: return take_quarter(r, token->a) && ++r->at;
    case OC_ATOM_HALF: return take_half(r, token->a) && ++r->at;
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
        return false; /* 3학년 2반 */
    bool weekday = token->kind == OC_ATOM_WEEKDAY && r->parser->lang == OC_LANG_JA; /* 木曜会 */
    bool weak = weekday || token->kind == OC_ATOM_SEASON || token->kind == OC_ATOM_HALF || token->kind == OC_ATOM_WEEKENDS ||
                token->kind == OC_ATOM_MONTH;
    if (!single || !weak || token->more) return true;
    oc_atom_kind before = first ? kind_at(r, first - 1) : OC_ATOM_NONE;
    bool word_before = before == OC_ATOM_OTHER || before == OC_ATOM_NUM || before == OC_ATOM_STOP;
    bool left = word_before && !token->space && r->parser->lang == OC_LANG_JA;
    oc_atom_kind next = kind_at(r, r->at);
    bool word = next == OC_ATOM_OTHER || next == OC_ATOM_STOP || next == OC_ATOM_SPAN || next == OC_ATOM_HOLIDAY;
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
        bool sure = r.spec.year_from && r.spec.month_from;
        if (!sure && (unit == OC_UNIT_DAY || unit == OC_UNIT_YEAR || unit == OC_UNIT_MONTH || unit == OC_UNIT_WEEK) &&
            kind_at(&r, first) == OC_ATOM_NUM)
            return false;
    }
    if (r.bare_count && (kind_at(&r, behind) == OC_ATOM_STOP || kind_at(&r, behind) == OC_ATOM_DURING)) return false;
    if (behind < parser->count && kind_at(&r, behind) != OC_ATOM_WITHIN && token_at(&r, behind)->more &&
        token_at(&r, behind - 1)->to == token_at(&r, behind)->to)
        return false;
    if (!stands_alone(&r, first)) return false;
    *ret = (oc_date_point){r.spec, first, behind, OC_BOUND_AT, false};
    return true;
}
