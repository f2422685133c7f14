/* Japanese and Korean lengths, and what they are counted from: 3年後, 今後5年間, 지난 5년간, 6개월 이내, 2週間後の月曜.
 *
 * A length before a direction (前, 後, 以内) is counted from the anchor, behind それから from the date named before.
 * One that is counted from something that is told (発足から3年後) has no date. Example: "今から2年半後" is 2 years and
 * a half from the anchor on. */
#include "reading/date_cjk.h"

bool oc_date_cjk_length(const oc_date_reader *start, size_t *at, oc_date_spec *spec)
{
    size_t i = *at;
    if (kind_at(start, i) == OC_ATOM_ABOUT) i++;
    size_t first = i;
    bool sign = kind_at(start, i + 1) == OC_ATOM_RANGE || sign_at(start, i + 1) == ',';
    const oc_token *low = token_at(start, i);
    if (oc_date_digits(start->parser, i, 1, 2) && sign && oc_date_digits(start->parser, i + 2, 1, 2) &&
        low->a < low[2].a) {
        spec->amount_low = low->a; /* 2~3年後 */
        i += 2;
    }
    while (kind_at(start, i) == OC_ATOM_NUM) {
        oc_atom_kind kind = kind_at(start, i + 1);
        int unit = token_at(start, i + 1)->a, number = token_at(start, i)->a;
        bool is_year =
            kind == OC_ATOM_UNIT && (unit == OC_UNIT_YEAR || unit == OC_UNIT_FISCAL) &&
            ((token_at(start, i)->digits == 4 && number >= 1300 && number <= 2999) || token_at(start, i)->apostrophe);
        if ((kind == OC_ATOM_UNIT && unit == OC_UNIT_MONTH) || is_year) break; /* 3月, 2028年 are no lengths */
        if ((kind != OC_ATOM_UNIT && kind != OC_ATOM_SPAN) || spec->amount[unit] || number > 100000) break;
        spec->amount[unit] = number;
        spec->length_unit = (oc_unit)unit;
        i += 2;
        bool half = kind_at(start, i) == OC_ATOM_HALF && (!token_at(start, i)->a || token_at(start, i)->more);
        if (half) spec->half_more = true, i++; /* 1年半, 1년 반 */
        bool more = kind_at(start, i) == OC_ATOM_AND && kind_at(start, i + 1) == OC_ATOM_NUM &&
                    kind_at(start, i + 2) == OC_ATOM_SPAN && token_at(start, i + 2)->a < unit;
        bool day = kind_at(start, i) == OC_ATOM_AND && kind_at(start, i + 1) == OC_ATOM_NUM && unit > OC_UNIT_DAY &&
                   is_unit(start, i + 2, OC_UNIT_DAY) && kind == OC_ATOM_SPAN;
        i += more || day; /* 1年と3か月, 3週間と2日 */
    }
    if (kind_at(start, i) == OC_ATOM_DURING) i++;
    if (i == first + (spec->amount_low ? 2 : 0)) return false;
    spec->length = true;
    *at = i;
    return true;
}

/* The one unit of a length that can carry a finer component: 3年後の3月, 2週間後の月曜. */
static bool turn_relative(oc_date_reader *r, size_t at, const oc_date_spec *length)
{
    oc_unit unit = length->length_unit;
    int others = 0;
    for (int i = 0; i < OC_UNIT_COUNT; i++) others += i != (int)unit && length->amount[i];
    if (others || length->half_more || (unit != OC_UNIT_YEAR && unit != OC_UNIT_MONTH && unit != OC_UNIT_WEEK))
        return false;
    if (kind_at(r, at) == OC_ATOM_OF) at++;
    oc_date_spec spec = oc_date_spec_empty();
    int offset = length->offset_sign * length->amount[unit];
    oc_date_reader sub = {.parser = r->parser, .at = at, .spec = spec, .rank = oc_date_cjk_rank(unit)};
    if (unit == OC_UNIT_YEAR) sub.spec.year_from = OC_FROM_ANCHOR, sub.spec.year = offset;
    if (unit == OC_UNIT_MONTH) sub.spec.month_from = OC_FROM_ANCHOR, sub.spec.month = offset;
    if (unit == OC_UNIT_WEEK) sub.spec.week_from = OC_FROM_ANCHOR, sub.spec.week = offset;
    oc_atom_kind kind = kind_at(r, at);
    if (kind == OC_ATOM_REL || kind == OC_ATOM_CTX || kind == OC_ATOM_UNIT || !oc_date_cjk_component(&sub))
        return false;
    while (kind_at(&sub, sub.at) != OC_ATOM_UNIT && oc_date_cjk_component(&sub)) continue;
    r->spec = sub.spec;
    r->at = sub.at;
    return true;
}

/* から before a length counts from something that is told, not from the anchor (発足から3年後). */
static bool counted_from_else(const oc_date_reader *r, size_t first)
{
    if (!first) return false;
    oc_atom_kind before = kind_at(r, first - 1);
    oc_atom_kind base = first >= 2 ? kind_at(r, first - 2) : OC_ATOM_NONE;
    if (before == OC_ATOM_ONDAY || before == OC_ATOM_ENDS || before == OC_ATOM_FOUNDING) return true; /* 대선 1년 전 */
    if (before == OC_ATOM_AFTER) return base == OC_ATOM_OTHER; /* 검증 완료 후 6개월 이내 */
    if (before == OC_ATOM_OF)
        return base == OC_ATOM_OTHER || base == OC_ATOM_ONDAY || base == OC_ATOM_HOLDER || base == OC_ATOM_STOP ||
               base == OC_ATOM_ENDS || base == OC_ATOM_FOUNDING || base == OC_ATOM_REIGN;
    if (before != OC_ATOM_RANGE && before != OC_ATOM_START) return false;
    if (before == OC_ATOM_RANGE && token_at(r, first - 1)->b) return false;
    return base != OC_ATOM_NOW && base != OC_ATOM_REL;
}

/* What stands before a length: 今から, それから, 今後, 過去, 지난. */
typedef struct length_prefix {
    size_t behind;
    int side;  /* 1 今後, -1 過去, 지난 */
    bool that; /* counted from the date named before */
} length_prefix;

/* What may stand behind the first number of a length. */
static bool may_be_counted(oc_atom_kind kind)
{
    return kind == OC_ATOM_UNIT || kind == OC_ATOM_SPAN || kind == OC_ATOM_RANGE || kind == OC_ATOM_PUNCT;
}

/* False if no length can begin at `first`. */
static bool read_prefix(const oc_date_reader *r, size_t first, length_prefix *ret)
{
    const oc_token *token = token_at(r, first);
    *ret = (length_prefix){.behind = first + 1};
    switch (kind_at(r, first)) {
    case OC_ATOM_NUM: ret->behind = first; return may_be_counted(kind_at(r, first + 1));
    case OC_ATOM_ABOUT: ret->behind = first; return true;
    case OC_ATOM_THAT: ret->that = true; return true;
    case OC_ATOM_NEXT: ret->side = 1; break;
    case OC_ATOM_PAST: ret->side = -1; break;
    case OC_ATOM_MOD:
        if (!token->a) ret->behind = first;
        ret->side = token->a;
        break;
    case OC_ATOM_NOW:
        ret->behind = first + 2;
        return kind_at(r, first + 1) == OC_ATOM_RANGE || kind_at(r, first + 1) == OC_ATOM_START;
    default: return false;
    }
    if (ret->side && kind_at(r, ret->behind) == OC_ATOM_OF) ret->behind++;
    return true;
}

/* 오는 30일 is a day, 지난 5일간 a length, 지난 1분기 a quarter: the number stands at `number`, the length ends at
 * `end`. */
static bool is_point_of_side(const oc_date_reader *r, size_t number, size_t end)
{
    bool named = is_unit(r, end - 1, OC_UNIT_DAY) ||
                 (is_unit(r, end - 1, OC_UNIT_QUARTER) && token_at(r, number)->style == OC_NUMBER_DIGITS);
    return named && end == number + (r->spec.amount_low ? 4 : 2);
}

/* 5월 중, 4분기 내: one of the units around it and no length. */
static bool is_one_of(const oc_date_reader *r, size_t number_at, size_t end, int side)
{
    const oc_token *unit = token_at(r, end - 1), *number = token_at(r, number_at);
    bool quarter =
        unit->a == OC_UNIT_QUARTER && !side && end == number_at + 2 && number->a >= 1 && number->a <= 4 && !unit->space;
    return unit->kind == OC_ATOM_UNIT && (unit->a == OC_UNIT_MONTH || quarter);
}

/* 27年中に, 30年より後: a year, though a direction follows. */
static bool is_year_of_century(const oc_date_reader *r, size_t number, size_t end)
{
    return end == number + 2 && oc_date_digits(r->parser, number, 2, 2) && is_unit(r, number + 1, OC_UNIT_YEAR) &&
           oc_date_cjk_is_bordered_year(r, token_at(r, number)->a, end);
}

/* 10年前の今日, 3年後の3月: what stands behind the direction at `at` and is finer. Moves the reader behind it. */
static void read_finer(oc_date_reader *r, size_t at)
{
    size_t day = at + (kind_at(r, at) == OC_ATOM_OF);
    bool today = kind_at(r, day) == OC_ATOM_SAMETIME ||
                 (kind_at(r, day) == OC_ATOM_REL && token_at(r, day)->a == OC_UNIT_DAY && !token_at(r, day)->b);
    r->at = today ? day + 1 : at;
    if (!today) turn_relative(r, at, &r->spec);
}

size_t oc_date_cjk_length_point(oc_date_parser *parser, size_t first, oc_date_point *ret)
{
    oc_date_reader r;
    length_prefix prefix;
    r.parser = parser;
    if (!read_prefix(&r, first, &prefix)) return 0;
    size_t number = prefix.behind, at = number;
    r = oc_date_cjk_reader(parser, first);
    if (!oc_date_cjk_length(&r, &at, &r.spec) || token_at(&r, number)->style == OC_NUMBER_GROUPED) return 0;
    if (kind_at(&r, first) == OC_ATOM_MOD && is_point_of_side(&r, number, at)) return 0;
    if (kind_at(&r, at) == OC_ATOM_ABOUT) at++;
    if (kind_at(&r, at) == OC_ATOM_OF && kind_at(&r, at + 1) == OC_ATOM_WITHIN) at++;
    oc_atom_kind direction = kind_at(&r, at);
    bool directed = oc_date_cjk_is_direction(direction), within = direction == OC_ATOM_WITHIN;
    if (!directed && !within && !prefix.side) return 0;
    if (!prefix.side && counted_from_else(&r, first)) return SIZE_MAX;
    if (!prefix.side && is_year_of_century(&r, number, at)) return 0;
    bool dated = oc_date_digits(parser, at + 1, 4, 4) && is_unit(&r, at + 2, OC_UNIT_YEAR);
    if (direction == OC_ATOM_AFTER && dated && token_at(&r, at + 1)->space) return SIZE_MAX; /* 27년이 지난 1972년 */
    r.spec.offset_from = prefix.that ? OC_FROM_CONTEXT : OC_FROM_ANCHOR;
    bool back = direction == OC_ATOM_BEFORE || direction == OC_ATOM_AGO;
    r.spec.offset_sign = prefix.side ? prefix.side : back ? -1 : 1;
    r.at = at;
    bool share = within && !prefix.side && token_at(&r, at)->a && kind_at(&r, first) == OC_ATOM_NUM;
    if (prefix.side || within) {
        if (is_one_of(&r, number, at, prefix.side)) return 0;
        if (share) return SIZE_MAX; /* 100日中A日 */
        r.spec.span = within || !directed;
        r.spec.span_whole = within && prefix.side >= 0;
        r.at += within || directed;
    } else
        read_finer(&r, at + 1);
    *ret = (oc_date_point){r.spec, first, r.at, OC_BOUND_AT, false};
    return r.at;
}
