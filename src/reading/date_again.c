/* The same time told again is one date: in brackets (2026年度上半期(4〜9月)), by a name (August 15, Liberation Day), behind a
 * comma (last Thursday, March 12), with a word between (광복절인 지난달 15일). Example: "5年後の2031年" is a distance that the
 * year behind it repeats; the year's days are taken and the text is that of both. */
#include "reading/date_calendar.h"
#include "reading/date_parse.h"

/* 10月1日の「国軍の日」, August 15, Liberation Day; the 1950-53 Korean War: a name for the date right before it. */
static bool told_by_name(oc_date_parser *parser, const oc_date *date, size_t first, size_t behind)
{
    enum { GAP_MAX = 3, SIGN_BYTES = 3 };
    oc_date *before = &parser->out->at[parser->out->len - 1];
    if (date->bound && before->basis != OC_BASIS_NAMED) return false;
    bool named = date->basis == OC_BASIS_NAMED, name_first = before->basis == OC_BASIS_NAMED;
    bool same = before->unit_start == date->unit_start && before->unit_end == date->unit_end;
    bool war = named && date->grain == OC_GRAIN_PERIOD && before->range && first <= parser->last_behind + 1 &&
               before->start <= date->end && date->start <= before->end;
    bool wider = name_first && before->grain == OC_GRAIN_DAY && date->unit_start <= before->unit_start &&
                 before->unit_end <= date->unit_end; /* the 50th anniversary in November 2028 */
    bool in_unit = named && date->grain == OC_GRAIN_DAY && before->grain != OC_GRAIN_DAY && !before->range &&
                   before->unit_start <= date->unit_start && date->unit_end <= before->unit_end;
    bool told = same ? named || name_first : wider || in_unit;
    if (!war && (!told || first > parser->last_behind + GAP_MAX)) return false;
    for (size_t i = parser->last_behind; i < first; i++) {
        const oc_token *token = &parser->tokens[i];
        bool sign = token->kind == OC_ATOM_OTHER && token->to - token->from <= SIGN_BYTES;
        if (!sign && token->kind != OC_ATOM_OF && token->kind != OC_ATOM_IS && token->kind != OC_ATOM_PUNCT &&
            token->kind != OC_ATOM_PARTICLE && token->kind != OC_ATOM_LINK && token->kind != OC_ATOM_IN &&
            token->kind != OC_ATOM_ON)
            return false;
    }
    size_t from = before->from;
    if ((wider || (in_unit && before->grain == OC_GRAIN_MONTH)) && !same && !before->bound) *before = *date;
    if (same && date->bound && !before->bound)
        before->bound = date->bound, before->start = date->start, before->end = date->end;
    before->from = from;
    before->to = parser->tokens[behind - 1].to;
    return true;
}

/* 2026年度上半期(4〜9月), 5年後の2031年, 광복절인 지난달 15일, next year (2027): the same time told again. The date
 * before takes the days of the one at hand, if these are its own, its second reading, or those of the fiscal year
 * meant. */
/* "last Thursday, March 12", "on Sept. 30, the last day of the month", "six months earlier, in March 2026": behind a
 * comma the same days once more, or the unit that a distance leads to. */
static bool told_behind_comma(oc_date_parser *parser, const oc_date *date, size_t first, size_t behind)
{
    size_t gap = parser->last_behind;
    oc_date *before = &parser->out->at[parser->out->len - 1];
    char sign = oc_date_sign(parser, gap);
    bool weekday = oc_date_kind(parser, first) == OC_ATOM_WEEKDAY && behind == first + 1 &&
                   (first == gap + 1 || (first == gap + 2 && oc_date_kind(parser, gap + 1) == OC_ATOM_NUM));
    if (parser->lang != OC_LANG_EN || date->bound) return false;
    if (weekday && (sign == ',' || sign == '(') && before->grain == OC_GRAIN_DAY &&
        oc_weekday(before->unit_start) == oc_weekday(date->unit_start)) { /* 12 October 2018, Friday */
        before->to = parser->tokens[behind - 1].to;
        return true;
    }
    if (sign != ',' || before->bound) return false;
    bool same = before->unit_start == date->unit_start && before->unit_end == date->unit_end &&
                (before->range || date->basis != before->basis || date->basis == OC_BASIS_RELATIVE);
    bool counted = before->basis == OC_BASIS_RELATIVE || before->basis == OC_BASIS_CONTEXT;
    bool other = counted && date->basis == OC_BASIS_EXPLICIT && before->other_start != OC_DAY_NONE &&
                 before->other_start <= date->unit_start && date->unit_end <= before->other_end;
    if (!same && !other) return false;
    for (size_t i = gap + 1; i < first; i++) {
        oc_atom_kind kind = parser->tokens[i].kind;
        if (kind != OC_ATOM_LINK && kind != OC_ATOM_IN && kind != OC_ATOM_ON) return false;
    }
    size_t from = before->from;
    if (other && !same) *before = *date;
    before->from = from;
    before->to = parser->tokens[behind - 1].to;
    return true;
}

bool oc_date_told_again(oc_date_parser *parser, const oc_date *date, size_t first, size_t behind)
{
    size_t gap = parser->last_behind;
    if (!parser->out->len || gap == SIZE_MAX) return false;
    if (told_by_name(parser, date, first, behind) || told_behind_comma(parser, date, first, behind)) return true;
    if (date->bound) return false;
    bool glued = first == gap && date->basis == OC_BASIS_CONTEXT && date->grain == OC_GRAIN_DAY; /* 광복절 다음 날 */
    oc_date *before = &parser->out->at[parser->out->len - 1];
    bool same = before->unit_start == date->unit_start && before->unit_end == date->unit_end;
    glued = glued || (first == gap && same); /* 광복절 하루 전인 8월 14일 */
    if (first != gap + 1 && !glued) return false;
    oc_atom_kind joint = glued ? OC_ATOM_OF : oc_date_kind(parser, gap);
    bool bracket = oc_date_sign(parser, gap) == '(' && oc_date_sign(parser, behind) == ')';
    if (!bracket && joint != OC_ATOM_OF && joint != OC_ATOM_IS) return false;
    same = same || (date->basis == OC_BASIS_CONTEXT && !bracket && !before->bound && !before->range); /* の翌日 */
    bool other = before->other_start != OC_DAY_NONE && before->other_start <= date->unit_start &&
                 date->unit_end <= before->other_end;
    /* 第3四半期（7～9月）: of the two readings the one that is the unit */
    other = other || (bracket && date->range && date->basis == OC_BASIS_YEAR_MISSING &&
                      date->other_start == before->unit_start && date->other_end == before->unit_end);
    other = other || (bracket && date->range && before->grain == OC_GRAIN_QUARTER && date->grain == OC_GRAIN_MONTH &&
                      date->basis == OC_BASIS_YEAR_MISSING && before->basis == OC_BASIS_YEAR_MISSING &&
                      oc_day_add_months(date->unit_start, 3) == date->unit_end + 1); /* of a fiscal year */
    bool fiscal = bracket && before->grain == OC_GRAIN_FISCAL_YEAR && date->range;
    bool printed = date->basis == OC_BASIS_EXPLICIT || date->basis == OC_BASIS_ERA ||
                   date->basis == OC_BASIS_YEAR_MISSING || date->basis == OC_BASIS_MONTH_MISSING;
    bool counted = before->basis == OC_BASIS_RELATIVE || before->basis == OC_BASIS_CONTEXT;
    bool one_day = before->unit_start == before->unit_end;
    bool event = counted && printed && !bracket && !before->bound && one_day; /* 会談2日前の2日 */
    event = event ||
            (before->grain == OC_GRAIN_PERIOD && before->basis == OC_BASIS_NAMED && !bracket && !before->bound &&
             before->unit_start <= date->unit_start && date->unit_end <= before->unit_end); /* 安倍政権下の2015年 */
    bool day = joint == OC_ATOM_IS && date->basis == OC_BASIS_MONTH_MISSING && before->grain == OC_GRAIN_DAY &&
               oc_civil_from_day(before->unit_start).day == oc_civil_from_day(date->unit_start).day; /* 개천절인 3일 */
    if ((!same && !other && !fiscal && !event && !day) || (before->bound && !same)) return false;
    size_t from = before->from;
    bool repeats =
        bracket && date->range && date->other_start == before->unit_start && date->other_end == before->unit_end;
    if (!before->bound && !day && !repeats) *before = *date;
    before->from = from;
    before->to = parser->tokens[bracket ? behind : behind - 1].to;
    return true;
}
