/* Japanese and Korean components that are counted from the anchor or from the date named before: relative words (来年,
 * 翌月), this and next before a unit (지난 주, 次の四半期), units without a number (年末), the anchor's day elsewhere
 * (작년 이맘때, 来年の今日). */
#include "reading/date_cjk.h"

static bool set_relative(oc_date_reader *r, int unit, int offset, oc_from from)
{
    return oc_date_cjk_lower(r, oc_date_cjk_rank((oc_unit)unit)) && oc_date_spec_relative(&r->spec, unit, offset, from);
}

/* 2026년 연말: the year is named already, the part is what counts. */
static bool skip_same_unit(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    bool same = token->b == 0 && r->rank == oc_date_cjk_rank((oc_unit)token->a) &&
                kind_at(r, r->at + 1) != OC_ATOM_NONE &&
                token[1].more;
    r->at += same;
    return same;
}

/* 작년 이맘때, 来年の今日: the anchor's day in the year, month or week read before. */
bool oc_date_cjk_same_time(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    bool same = token->kind == OC_ATOM_CTX && (r->rank == RANK_YEAR || r->rank == RANK_MONTH); /* 지난달 같은 날 */
    bool today = (token->kind == OC_ATOM_REL || same) && token->a == OC_UNIT_DAY && !token->b;
    if (token->kind != OC_ATOM_SAMETIME && !today) return false;
    oc_date_spec spec = oc_date_spec_empty();
    bool year = r->rank == RANK_YEAR && r->spec.year_from == OC_FROM_ANCHOR && !r->spec.fiscal;
    bool month = r->rank == RANK_MONTH && r->spec.month_from == OC_FROM_ANCHOR;
    bool week = r->rank == RANK_WEEK && r->spec.week_from == OC_FROM_ANCHOR && !r->spec.weekend;
    oc_unit unit = year ? OC_UNIT_YEAR : month ? OC_UNIT_MONTH : OC_UNIT_WEEK;
    int offset = year ? r->spec.year : month ? r->spec.month : r->spec.week;
    if ((!year && !month && !week) || r->spec.part || !oc_date_spec_distance(&spec, unit, offset)) return false;
    r->spec = spec;
    r->rank = RANK_NONE;
    r->at++;
    return true;
}

bool oc_date_cjk_relative(oc_date_reader *r, oc_from from)
{
    if (oc_date_cjk_same_time(r) || skip_same_unit(r)) return true;
    const oc_token *token = token_at(r, r->at);
    oc_day base = r->parser->context->anchor;
    bool unnamed = from == OC_FROM_CONTEXT && r->parser->context->last_start == OC_DAY_NONE; /* 그날 of no day */
    if (token->weak && r->parser->count > 1 && (from == OC_FROM_ANCHOR || unnamed)) return false; /* 낼: also "to pay" */
    if (from == OC_FROM_CONTEXT && token->a == OC_UNIT_MONTH && !token->b && r->rank == RANK_YEAR &&
        base != OC_DAY_NONE) {
        oc_day last = r->parser->context->last_start; /* 昨年同月: of the month named before in the sentence */
        bool named = r->parser->out->len && last != OC_DAY_NONE;
        r->at++;
        return oc_date_cjk_month(r, oc_civil_from_day(named ? last : base).month);
    }
    bool coming = from == OC_FROM_ANCHOR && token->b > 0 && r->rank == RANK_TOP && r->parser->out->len &&
                  (token->a == OC_UNIT_MONTH || token->a == OC_UNIT_WEEK) && r->parser->lang == OC_LANG_KO;
    if (coming && oc_date_told_as_past(r->parser, token->to)) from = OC_FROM_CONTEXT; /* 검증하고 다음 달 보고했다 */
    if (!set_relative(r, token->a, token->b, from)) return false;
    r->at++;
    return true;
}

/* 年末, 月初, 年度内 without a number: of the anchor's year or month; after the same unit it says nothing new. */
bool oc_date_cjk_bare_unit(oc_date_reader *r)
{
    oc_unit unit = (oc_unit)token_at(r, r->at)->a;
    oc_atom_kind next = kind_at(r, r->at + 1);
    bool tail = next == OC_ATOM_PART || next == OC_ATOM_WITHIN;
    if (!tail || token_at(r, r->at + 1)->space) return false;
    if (unit != OC_UNIT_YEAR && unit != OC_UNIT_FISCAL && unit != OC_UNIT_MONTH && unit != OC_UNIT_WEEK) return false;
    bool same = r->rank == oc_date_cjk_rank(unit);
    bool glued = r->at && kind_at(r, r->at - 1) == OC_ATOM_OTHER && !token_at(r, r->at)->space;
    bool named = r->at && kind_at(r, r->at - 1) == OC_ATOM_NUM;
    if (!same && (glued || named || r->rank != RANK_TOP)) {
        bool year_over = r->rank == RANK_TOP && !named && r->at && token_at(r, r->at)->from >= 3;
        if (!year_over || r->parser->lang != OC_LANG_JA || next != OC_ATOM_PART) return false;
    }
    if (!same) {
        r->rank = oc_date_cjk_rank(unit);
        if (unit == OC_UNIT_MONTH)
            r->spec.month_from = OC_FROM_ANCHOR;
        else if (unit == OC_UNIT_WEEK)
            r->spec.week_from = OC_FROM_ANCHOR;
        else
            r->spec.year_from = OC_FROM_ANCHOR, r->spec.fiscal = unit == OC_UNIT_FISCAL;
    }
    r->at++;
    return true;
}

/* 이번/다음/지난/오는 before a unit, month, day, weekday or season. */
bool oc_date_cjk_modified(oc_date_reader *r)
{
    int offset = token_at(r, r->at)->a;
    size_t next = r->at + 1 + (kind_at(r, r->at + 1) == OC_ATOM_OF);
    oc_atom_kind kind = kind_at(r, next);
    if (r->rank != RANK_TOP) return false;
    if (kind == OC_ATOM_UNIT || kind == OC_ATOM_SPAN || kind == OC_ATOM_WEEKENDS) {
        oc_unit unit = kind == OC_ATOM_WEEKENDS ? OC_UNIT_WEEK : (oc_unit)token_at(r, next)->a;
        bool nearest = kind == OC_ATOM_WEEKENDS && token_at(r, r->at)->b; /* 今度の土日 */
        oc_atom_kind glued = kind_at(r, next + 1);
        bool longer = r->parser->lang == OC_LANG_KO && kind == OC_ATOM_UNIT && !token_at(r, next + 1)->space &&
                      (glued == OC_ATOM_OTHER || glued == OC_ATOM_NTHMARK); /* 다음 주제 */
        if (longer) return false;
        if (unit == OC_UNIT_DAY || !set_relative(r, (int)unit, nearest ? 0 : offset, OC_FROM_ANCHOR)) return false;
        r->spec.weekend = kind == OC_ATOM_WEEKENDS;
        r->at = next + 1;
        return true;
    }
    if (kind == OC_ATOM_WEEKDAY) {
        r->spec.weekday = token_at(r, next)->a;
        bool nearest = token_at(r, r->at)->b;
        if (nearest)
            r->spec.tense = OC_TENSE_FUTURE;
        else
            r->spec.weekday_side = offset;
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
    bool date = kind == OC_ATOM_NUM || kind == OC_ATOM_MONTH || kind == OC_ATOM_QUARTER || kind == OC_ATOM_HALF ||
                kind == OC_ATOM_HOLIDAY;
    if (!date || !offset) return false;
    r->spec.tense = offset > 0 ? OC_TENSE_FUTURE : OC_TENSE_PAST;
    r->at = next;
    return true;
}

/* 翌23年, 翌3月, 同5日: a number in the unit around the date named before, or in the next one. */
bool oc_date_cjk_follow(oc_date_reader *r)
{
    const oc_token *number = token_at(r, r->at + 1), *unit = number + 1;
    int next = token_at(r, r->at)->a;
    const oc_date_context *context = r->parser->context;
    oc_day base = context->last_start == OC_DAY_NONE ? context->anchor : context->last_start;
    bool counted = kind_at(r, r->at + 1) == OC_ATOM_NUM && kind_at(r, r->at + 2) == OC_ATOM_UNIT;
    if (!counted || number->space || r->rank != RANK_TOP || base == OC_DAY_NONE) return false;
    oc_civil last = oc_civil_from_day(base);
    if (unit->a == OC_UNIT_MONTH && oc_date_cjk_month(r, number->a)) {
        r->spec.year_from = OC_FROM_CONTEXT;
        r->spec.year = next && number->a <= last.month;
    } else if (unit->a == OC_UNIT_DAY && number->a <= 31 && oc_date_cjk_lower(r, RANK_DAY)) {
        r->spec.month_from = OC_FROM_CONTEXT;
        r->spec.month = next && number->a <= last.day;
        set_day(r, number->a);
    } else if ((unit->a == OC_UNIT_YEAR || unit->a == OC_UNIT_FISCAL) && oc_date_cjk_lower(r, RANK_YEAR)) {
        set_year(r, number->digits == 2 ? oc_date_century(r->parser, number->a) : number->a);
        r->spec.fiscal = unit->a == OC_UNIT_FISCAL;
        if (number->digits != 2 && number->digits != 4) return false;
    } else
        return false;
    r->at += 3;
    return true;
}
