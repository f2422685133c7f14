/* Dates of a sentence: tokens, tense, grammar of the language; and what the grammars share (date_parse.h).
 *
 * Order: date_token.c makes atoms, date_cjk.c (Japanese, Korean) or date_en.c makes specifications, date_resolve.c
 * makes days, oc_date_emit() here applies what stands around the date: by, since, before. */
#include "reading/date.h"

#include "base/script.h"
#include "base/utf8.h"
#include "reading/date_parse.h"
#include "reading/detect.h"
#include "reading/phrase.h"

oc_date_context oc_date_context_at(oc_day anchor)
{
    return (oc_date_context){
        .anchor = anchor, .last_start = OC_DAY_NONE, .last_end = OC_DAY_NONE, .fiscal = OC_LANG_COUNT};
}

static const char *const grains[OC_GRAIN_COUNT] = {
    "day",  "weekend", "week",        "month-part",  "month",  "quarter",      "season",  "year-part",
    "half", "year",    "fiscal-year", "decade-part", "decade", "century-part", "century", "period"};
static const char *const bases[OC_BASIS_COUNT] = {"explicit",     "era",           "relative", "context",
                                                  "year-missing", "month-missing", "named"};
static const char *const hedges[OC_DATE_HEDGE_COUNT] = {"none", "about", "fuzzy", "at-latest", "at-earliest"};

const char *oc_date_grain_name(oc_date_grain grain)
{
    return grain < OC_GRAIN_COUNT ? grains[grain] : "";
}

const char *oc_date_basis_name(oc_date_basis basis)
{
    return basis < OC_BASIS_COUNT ? bases[basis] : "";
}

const char *oc_date_hedge_name(oc_date_hedge hedge)
{
    return hedge < OC_DATE_HEDGE_COUNT ? hedges[hedge] : "";
}

/* --- reading tokens --- */

bool oc_date_digits(const oc_date_parser *parser, size_t at, int min, int max)
{
    const oc_token *token = &parser->tokens[at];
    return oc_date_kind(parser, at) == OC_ATOM_NUM && token->style == OC_NUMBER_DIGITS && token->digits >= min &&
           token->digits <= max;
}

static int nearest_year(const oc_date_parser *parser, int two_digits, int ahead)
{
    oc_day anchor = parser->context->anchor;
    int now = anchor == OC_DAY_NONE ? 2000 : oc_civil_from_day(anchor).year;
    int year = now - now % 100 + two_digits;
    return year > now + ahead ? year - 100 : year;
}

int oc_date_century(const oc_date_parser *parser, int two_digits)
{
    return nearest_year(parser, two_digits, 24);
}

int oc_date_century_recalled(const oc_date_parser *parser, int two_digits)
{
    return nearest_year(parser, two_digits, 12);
}

static bool is_date(int year, int month, int day)
{
    return year >= 1000 && year <= 2999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= oc_days_in_month(year, month);
}

static void set_date(oc_date_spec *spec, int year, int month, int day)
{
    spec->year_from = spec->month_from = OC_FROM_TEXT;
    spec->year = year;
    spec->month = month;
    if (!day) return;
    spec->day_from = OC_FROM_TEXT;
    spec->day = day;
}

static bool touches(const oc_date_parser *parser, size_t at)
{
    return !parser->tokens[at].space;
}

/* A sign between two numbers; behind a full stop a space may stand in Korean (2026. 3. 5.). */
static bool separated(const oc_date_parser *parser, size_t at, char sign)
{
    if (oc_date_sign(parser, at) != sign || !touches(parser, at)) return false;
    return touches(parser, at + 1) || (sign == '.' && parser->lang == OC_LANG_KO);
}

static bool compact_date(const oc_date_parser *parser, size_t *at, oc_date_spec *spec)
{
    int value = parser->tokens[*at].a;
    if (!oc_date_digits(parser, *at, 8, 8) || !is_date(value / 10000, value / 100 % 100, value % 100)) return false;
    set_date(spec, value / 10000, value / 100 % 100, value % 100);
    ++*at;
    return true;
}

static bool year_month(const oc_date_parser *parser, size_t *at, oc_date_spec *spec, char sign)
{
    const oc_token *token = &parser->tokens[*at];
    bool wide = oc_date_digits(parser, *at + 2, 2, 2) || (sign != '-' && oc_date_digits(parser, *at + 2, 1, 2));
    bool slash = sign == '/' && token[2].digits == 2 && token[2].a != (token->a + 1) % 100; /* 2027/06, not 2011/12 */
    bool allowed = sign == '-' || slash || parser->lang != OC_LANG_EN;
    if (!wide || !allowed || sign == '*' || token->digits != 4 || !is_date(token->a, token[2].a, 1)) return false;
    if (oc_date_kind(parser, *at + 3) == OC_ATOM_UNIT && !token[3].space) return false;
    if (sign == '-' && token[2].a == (token->a + 1) % 100) return false; /* 2011-12 is a pair of years */
    set_date(spec, token->a, token[2].a, 0);
    *at += 3;
    return true;
}

/* 26.11.14, 26. 11. 14.: three numbers of two digits, or with spaces between them, and the year lies near. */
static bool is_dotted_short(const oc_date_parser *parser, size_t at)
{
    const oc_token *token = &parser->tokens[at];
    oc_day anchor = parser->context->anchor;
    char sign = oc_date_sign(parser, at + 1);
    if (parser->lang == OC_LANG_EN || (sign != '.' && sign != '/') || oc_date_sign(parser, at + 3) != sign ||
        !oc_date_digits(parser, at + 2, 1, 2) || !oc_date_digits(parser, at + 4, 1, 2) || anchor == OC_DAY_NONE)
        return false;
    bool spaced = token[2].space && token[4].space, padded = token[2].digits == 2 && token[4].digits == 2;
    oc_token behind = token[5];
    bool closed = parser->count == 6 && oc_date_sign(parser, 5) == '.';
    padded = padded || (at == 0 && (parser->count == 5 || closed)); /* 24/3/13, 25.9.1. and nothing else */
    bool more = oc_date_sign(parser, at + 5) == sign && !behind.space && oc_date_digits(parser, at + 6, 1, 4) &&
                !token[6].space;
    int distance = oc_date_century(parser, token->a) - oc_civil_from_day(anchor).year;
    return (spaced || padded) && !more && distance >= -30 && distance <= 10;
}

bool oc_date_numeric(const oc_date_parser *parser, size_t *at, oc_date_spec *spec)
{
    if (compact_date(parser, at, spec)) return true;
    const oc_token *token = &parser->tokens[*at];
    bool short_year = oc_date_digits(parser, *at, 2, 2) && (token->apostrophe || is_dotted_short(parser, *at));
    if (!short_year && !oc_date_digits(parser, *at, 4, 4)) return false;
    char sign = oc_date_sign(parser, *at + 1);
    bool middle = sign == '*' && token->digits == 4 && parser->lang != OC_LANG_EN; /* 2026・10・3 */
    if ((sign != '-' && sign != '/' && sign != '.' && !middle) || !separated(parser, *at + 1, sign)) return false;
    if (!oc_date_digits(parser, *at + 2, 1, 2)) return false;
    int year = short_year ? oc_date_century(parser, token->a) : token->a;
    if (!separated(parser, *at + 3, sign) || !oc_date_digits(parser, *at + 4, 1, 2))
        return year_month(parser, at, spec, sign);
    if (!is_date(year, token[2].a, token[4].a)) return false;
    set_date(spec, year, token[2].a, token[4].a);
    *at += 5;
    if (sign == '.' && separated(parser, *at, '.') && !oc_date_digits(parser, *at + 1, 1, 8)) ++*at;
    return true;
}

/* --- adding --- */

static bool is_latin_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

static void apply_bound(oc_date *date, oc_date_bound bound, oc_day anchor)
{
    date->bound = bound;
    switch (bound) {
    case OC_BOUND_BY: date->start = OC_DAY_OPEN_START; break;
    case OC_BOUND_FROM: date->end = OC_DAY_OPEN_END; break;
    case OC_BOUND_UPTO: date->start = OC_DAY_OPEN_START; break;
    case OC_BOUND_BEFORE:
        date->start = OC_DAY_OPEN_START;
        date->end = date->unit_start - 1;
        break;
    case OC_BOUND_AFTER:
        date->start = date->unit_end + 1;
        date->end = OC_DAY_OPEN_END;
        break;
    case OC_BOUND_WITHIN:
        if (anchor == OC_DAY_NONE || date->unit_start >= anchor || anchor > date->unit_end) return;
        date->start = anchor;
        break;
    default: return;
    }
    date->other_start = date->other_end = OC_DAY_NONE;
}

/* "propose 2028 as the target year at their talks in October": a year that is spoken of, not the one that the words are
 * about. */
static bool is_only_named(const oc_date_parser *parser, const oc_date_point *point)
{
    if (parser->lang == OC_LANG_EN && point->first && parser->tokens[point->first - 1].kind == OC_ATOM_TAKESYEAR)
        return true;
    oc_slice text = parser->sentence;
    size_t from = parser->tokens[point->first].from, to = parser->tokens[point->behind - 1].to;
    return oc_phrase_begins(parser->lexicon, parser->lang, OC_PHRASE_NAMED_YEAR,
                            oc_slice_trim(oc_slice_from(text, to))) ||
           oc_phrase_ends(parser->lexicon, parser->lang, OC_PHRASE_NAMED_YEAR, oc_slice_sub(text, 0, from));
}

static void move_cursors(oc_date_parser *parser, const oc_date *date, const oc_date_point *point, oc_date_bound bound)
{
    oc_date_context *context = parser->context;
    const oc_date_spec *spec = &point->spec;
    oc_civil civil = oc_civil_from_day(date->unit_start);
    bool year = oc_date_spec_unit(spec) == OC_UNIT_YEAR;
    bool border = year && (bound || is_only_named(parser, point)); /* the coldest January since 1973 */
    if (!border && !spec->fiscal && (spec->year_from == OC_FROM_TEXT || spec->year_from == OC_FROM_ANCHOR))
        context->year = civil.year, context->year_here = true;
    context->month = civil.month;
    context->last_start = date->unit_start;
    context->last_end = date->unit_end;
}

static void add(oc_date_parser *parser, oc_date *date, size_t first, size_t behind)
{
    date->from = parser->tokens[first].from;
    date->to = parser->tokens[behind - 1].to;
    if (!oc_date_told_again(parser, date, first, behind)) *oc_vec_push(parser->arena, parser->out) = *date;
    parser->last_behind = behind;
}

static bool resolve(oc_date_parser *parser, const oc_date_spec *spec, oc_day not_before, oc_date *ret)
{
    return oc_date_resolve(parser->lexicon->date_tables, parser->lang, spec, parser->context, parser->tense, not_before,
                           ret);
}

static bool is_east_asian(uint32_t code)
{
    return code >= 0x2e80 && code != 0x3001 && code != 0x3002;
}

/* A word of one sign (米, 미) stands for the country where none of its script touches it on the left, in Korean on the
 * right too. */
static bool names_country(const oc_date_parser *parser, size_t at, size_t length)
{
    oc_slice text = parser->sentence;
    size_t before = at;
    while (before && ((unsigned char)text.ptr[--before] & 0xc0) == 0x80) continue;
    uint32_t left = at ? oc_utf8_next(text, &before) : 0;
    size_t behind = at + length;
    uint32_t right = behind < text.len ? oc_utf8_next(text, &behind) : 0;
    if (length > 3) return !is_latin_letter(left) && !is_latin_letter(right);
    bool korean = parser->lang == OC_LANG_KO && is_east_asian(right);
    bool particle = oc_is_hiragana(left); /* 条件は米2029会計年度 */
    return (particle || !is_east_asian(left)) && !is_latin_letter(left) && !is_latin_letter(right) && !korean;
}

bool oc_date_founding(const oc_date_parser *parser, size_t from, size_t to, bool first, oc_civil *ret)
{
    const oc_date_tables *tables = parser->lexicon->date_tables;
    bool found = false;
    while (from < to && ((unsigned char)parser->sentence.ptr[from] & 0xc0) == 0x80) from++;
    for (size_t at = from; at < to && !(first && found); at++) {
        uint32_t id;
        size_t length = oc_matcher_longest(parser->lexicon->dates[parser->lang], parser->sentence, at, &id);
        oc_word_atoms word = length ? tables->words[id] : (oc_word_atoms){NULL, 0};
        oc_atom_kind kind = word.len ? word.at[0].kind : OC_ATOM_NONE;
        if (kind == OC_ATOM_FOUNDING) *ret = (oc_civil){word.at[0].a, word.at[0].b / 100, word.at[0].b % 100};
        if (kind == OC_ATOM_PERIOD) *ret = oc_civil_from_day(tables->periods.at[word.at[0].a].start);
        found = found || kind == OC_ATOM_FOUNDING || kind == OC_ATOM_PERIOD;
        if (length) at += length - 1;
    }
    return found;
}

/* 米国の2027会計年度, 미 국방부 2027 회계연도, Japan's fiscal 2026: the country named last before the year tells whose
 * year it is. */
static void find_country(const oc_date_parser *parser, size_t first, size_t behind, oc_date_spec *spec)
{
    /* English has the United States where no country is named close by. */
    enum { REACH = 240, REACH_EN = 48 };
    if (!spec->fiscal || spec->fiscal_of) return;
    oc_date_context *context = parser->context;
    bool english = parser->lang == OC_LANG_EN;
    size_t begin = parser->tokens[first].from, end = parser->tokens[behind - 1].to;
    size_t reach = english ? REACH_EN : REACH;
    for (size_t at = begin > reach ? begin - reach : 0; at < parser->sentence.len; at++) {
        if (at >= end && (english || spec->fiscal_of || at > end + reach))
            break; /* 조건을 갖추는 일정표를 미 국방부에 */
        uint32_t id;
        unsigned char byte = (unsigned char)parser->sentence.ptr[at];
        bool inside = at && is_latin_letter(byte) && is_latin_letter((unsigned char)parser->sentence.ptr[at - 1]);
        if (inside || (byte & 0xc0) == 0x80) continue;
        size_t length = oc_matcher_longest(parser->lexicon->dates[parser->lang], parser->sentence, at, &id);
        const oc_word_atoms *word = length ? &parser->lexicon->date_tables->words[id] : NULL;
        if (at < begin && !length && strchr(".;!?\n", parser->sentence.ptr[at])) spec->fiscal_of = false;
        if (!word || !word->len || word->at[0].kind != OC_ATOM_FISCALOF || !names_country(parser, at, length)) continue;
        spec->fiscal_of = true;
        spec->fiscal_shift = word->at[0].a;
        at += length - 1;
    }
    if (english) return;
    if (spec->fiscal_of) {
        context->fiscal_named = true;
        context->fiscal_shift = spec->fiscal_shift;
    } else if (context->fiscal_named) {
        spec->fiscal_of = true;
        spec->fiscal_shift = context->fiscal_shift;
    }
}

/* A date of last month in a sentence that ends in the future (SEOUL, March 20 -- Two more countries will join …): where
 * the coming one lies almost a year ahead, the year would be printed. */
static bool is_recent(const oc_date_parser *parser, const oc_date_spec *spec, const oc_date *from, const oc_date *to)
{
    enum { RECENT = 70, FAR = 240 };
    oc_day anchor = parser->context->anchor;
    bool words = parser->tense == OC_TENSE_FUTURE && !parser->given && !spec->tense && anchor != OC_DAY_NONE;
    bool missing = from->basis == OC_BASIS_YEAR_MISSING && from->other_start != OC_DAY_NONE &&
                   to->basis == OC_BASIS_YEAR_MISSING && to->other_start != OC_DAY_NONE;
    return words && missing && to->other_end <= anchor && to->other_end >= anchor - RECENT &&
           from->unit_start >= anchor + FAR;
}

static void swap_readings(oc_date *date)
{
    oc_day start = date->unit_start, end = date->unit_end;
    date->start = date->unit_start = date->other_start;
    date->end = date->unit_end = date->other_end;
    date->other_start = start;
    date->other_end = end;
}

static void keep_recent(const oc_date_parser *parser, const oc_date_spec *spec, oc_date *date)
{
    if (is_recent(parser, spec, date, date)) swap_readings(date);
}

/* 13일 of "5월 12일과 13일": a day joined to the one before it is in its month, if it is later. */
static void take_month_before(const oc_date_parser *parser, oc_date_point *point)
{
    oc_date_spec *spec = &point->spec;
    bool alone = spec->day_from == OC_FROM_TEXT && !spec->month_from && !spec->year_from && !spec->tense;
    if (!alone || !point->first || !parser->out->len || parser->last_behind != point->first - 1) return;
    const oc_date *before = &parser->out->at[parser->out->len - 1];
    oc_atom_kind joint = parser->tokens[point->first - 1].kind;
    char sign = oc_date_sign(parser, point->first - 1);
    if ((joint != OC_ATOM_AND && joint != OC_ATOM_OR && sign != ',' && sign != '*') || before->grain != OC_GRAIN_DAY ||
        before->bound)
        return;
    if (spec->day <= oc_civil_from_day(before->unit_end).day) return;
    spec->month_from = OC_FROM_CONTEXT;
    spec->month = 0;
}

/* 5월 12일과 13일: two days in turn are one stretch. */
static bool goes_on(oc_date_parser *parser, const oc_date_point *point, const oc_date *date)
{
    oc_date *before = parser->out->len ? &parser->out->at[parser->out->len - 1] : NULL;
    bool joined = before && point->first && parser->last_behind == point->first - 1 &&
                  date->basis == OC_BASIS_CONTEXT && parser->tokens[point->first - 1].kind == OC_ATOM_AND &&
                  point->spec.month_from == OC_FROM_CONTEXT;
    if (!joined || before->bound || point->bound || date->unit_start != before->unit_end + 1) return false;
    before->end = before->unit_end = date->unit_end;
    before->range = true;
    before->to = parser->tokens[point->behind - 1].to;
    before->other_start = before->other_end = OC_DAY_NONE;
    parser->last_behind = point->behind;
    return true;
}

/* "which began Nov. 1, lasts until March 31": the end lies behind the date before it. */
static void end_after_start(const oc_date_parser *parser, oc_date *date)
{
    const oc_date *before = parser->out->len ? &parser->out->at[parser->out->len - 1] : NULL;
    bool earlier = before && parser->last_behind != SIZE_MAX && date->basis == OC_BASIS_YEAR_MISSING &&
                   date->other_start != OC_DAY_NONE && date->unit_end < before->unit_start &&
                   date->other_start > before->unit_end;
    if (!earlier) return;
    date->start = date->unit_start = date->other_start;
    date->end = date->unit_end = date->other_end;
}

/* "3月に始まり、11月に終わる予定だ": of two dates ahead whose years are missing the first comes first. */
static void start_before_end(const oc_date_parser *parser, const oc_date *date)
{
    oc_date *before = parser->out->len ? &parser->out->at[parser->out->len - 1] : NULL;
    oc_day anchor = parser->context->anchor;
    bool open = before && parser->last_behind != SIZE_MAX && !parser->given && !before->bound && !before->range &&
                before->basis == OC_BASIS_YEAR_MISSING && date->basis == OC_BASIS_YEAR_MISSING;
    if (!open || parser->lang == OC_LANG_EN || before->unit_start <= date->unit_end || date->unit_start < anchor ||
        before->other_start == OC_DAY_NONE || before->other_end > anchor)
        return;
    swap_readings(before);
}

bool oc_date_emit(oc_date_parser *parser, oc_date_point *point)
{
    oc_date date;
    take_month_before(parser, point);
    find_country(parser, point->first, point->behind, &point->spec);
    parser->tense = oc_date_tense_at(parser, &point->spec, point->first, point->behind);
    bool ahead = point->bound == OC_BOUND_BY || point->bound == OC_BOUND_BEFORE;
    if (!parser->tense && ahead) parser->tense = OC_TENSE_FUTURE;
    if (!resolve(parser, &point->spec, OC_DAY_NONE, &date)) return false;
    if (!ahead) keep_recent(parser, &point->spec, &date);
    if (point->bound == OC_BOUND_BY) end_after_start(parser, &date);
    move_cursors(parser, &date, point, point->bound);
    if (goes_on(parser, point, &date)) return true;
    start_before_end(parser, &date);
    apply_bound(&date, point->bound, parser->context->anchor);
    add(parser, &date, point->first, point->behind);
    return true;
}

/* The right end, for which the left one is the date named before: 2018年10月から翌年8月まで. */
static bool resolve_right(oc_date_parser *parser, const oc_date_spec *right, const oc_date *left, oc_date *ret)
{
    oc_date_context *context = parser->context;
    oc_day start = context->last_start, end = context->last_end;
    bool counted = right->year_from == OC_FROM_CONTEXT || right->month_from == OC_FROM_CONTEXT ||
                   right->week_from == OC_FROM_CONTEXT || right->day_from == OC_FROM_CONTEXT;
    if (counted) context->last_start = left->unit_start, context->last_end = left->unit_end;
    bool found = resolve(parser, right, left->unit_start, ret);
    context->last_start = start;
    context->last_end = end;
    return found;
}

/* "from November to March 2027": the year that the left end got from the right one is one too late. */
static void step_back(oc_date_parser *parser, oc_date_spec *left, oc_date *a, const oc_date *b)
{
    if (a->unit_start <= b->unit_end || left->year_from == OC_FROM_NONE) return;
    left->year--;
    oc_date earlier;
    if (resolve(parser, left, OC_DAY_NONE, &earlier)) *a = earlier;
}

bool oc_date_emit_range(oc_date_parser *parser, oc_date_point *left, oc_date_point *right)
{
    bool after = right->spec.year_from == OC_FROM_CONTEXT; /* 12月から翌2月まで: of the left end's next year */
    bool borrowed = left->spec.year_from == OC_FROM_NONE && right->spec.year_from != OC_FROM_NONE && !after;
    if (borrowed) oc_date_spec_inherit(&left->spec, &right->spec);
    oc_date_spec_inherit(&right->spec, &left->spec);
    if (!after) oc_date_spec_inherit(&left->spec, &right->spec);
    oc_date a, b;
    find_country(parser, left->first, right->behind, &left->spec);
    right->spec.fiscal_of = right->spec.fiscal_of || left->spec.fiscal_of;
    right->spec.fiscal_shift = left->spec.fiscal_shift;
    parser->tense = oc_date_tense_at(parser, &left->spec, left->first, right->behind);
    if (!resolve(parser, &left->spec, OC_DAY_NONE, &a)) return false;
    oc_day first = a.unit_start;
    keep_recent(parser, &left->spec, &a);
    if (a.unit_start != first) parser->tense = OC_TENSE_PAST;
    if (!resolve_right(parser, &right->spec, &a, &b)) return false;
    if (borrowed) step_back(parser, &left->spec, &a, &b);
    if (is_recent(parser, &left->spec, &a, &b)) swap_readings(&a), swap_readings(&b); /* 7～9月期決算を発表する */
    if (b.unit_end < a.unit_start && a.other_start != OC_DAY_NONE && a.other_start <= b.unit_start) {
        a.start = a.unit_start = a.other_start; /* 9日から19日まで実施する on the 12th: it has begun */
        a.end = a.unit_end = a.other_end;
    }
    if (b.unit_end < a.unit_start && right->spec.year_from == OC_FROM_TEXT && !borrowed && left->spec.month_from &&
        right->spec.month_from == OC_FROM_TEXT && right->spec.year == left->spec.year) {
        right->spec.year++; /* November 2026 to March: of the next year */
        if (!resolve(parser, &right->spec, a.unit_start, &b)) return false;
    }
    bool over_new_year = left->spec.year_from == OC_FROM_ANCHOR && right->spec.year_from == OC_FROM_ANCHOR &&
                         left->spec.year == right->spec.year;
    if (b.unit_end < a.unit_start && over_new_year) { /* 年末から年始にかけて */
        right->spec.year++;
        if (!resolve(parser, &right->spec, a.unit_start, &b)) return false;
    }
    if (b.unit_end < a.unit_start || (right->adjacent && (b.unit_start != a.unit_end + 1 || a.grain != b.grain)))
        return false;
    move_cursors(parser, &b, right, OC_BOUND_AT);
    a.end = b.end;
    a.unit_end = b.unit_end;
    a.grain = b.grain;
    if (a.basis == OC_BASIS_YEAR_MISSING || a.basis == OC_BASIS_MONTH_MISSING) {
        oc_day shift = a.other_start == OC_DAY_NONE ? 0 : a.other_start - a.unit_start;
        a.other_end = shift ? b.unit_end + shift : OC_DAY_NONE;
    }
    if (a.hedge == OC_DATE_SURE) a.hedge = b.hedge;
    a.range = true;
    add(parser, &a, left->first, right->behind);
    return true;
}

/* --- a sentence --- */

void oc_dates_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, oc_date_context *context,
                   oc_arena *arena, oc_dates *ret_dates)
{
    enum { TOKENS_ROOM = 64 }; /* more need memory of the arena */
    context->year_here = false;
    oc_token room[TOKENS_ROOM];
    oc_tokens tokens = {.at = room, .room = TOKENS_ROOM};
    if (!oc_date_tokens(lexicon, lang, sentence, arena, &tokens)) return;
    oc_date_parser parser = {.lexicon = lexicon,
                             .lang = lang,
                             .tokens = tokens.at,
                             .count = tokens.len,
                             .context = context,
                             .given = context->tense,
                             .sentence = sentence,
                             .last_behind = SIZE_MAX,
                             .last_past = SIZE_MAX,
                             .last_future = SIZE_MAX,
                             .arena = arena,
                             .out = ret_dates};
    if (lang == OC_LANG_EN)
        oc_date_parse_en(&parser);
    else
        oc_date_parse_cjk(&parser);
}

/* --- one line of `opcon dates` --- */

oc_slice oc_dates_unescape(oc_slice text, oc_arena *arena)
{
    if (oc_slice_find(text, OC_SLICE("\\n"), 0) == SIZE_MAX) return text;
    oc_text out = oc_text_in(arena);
    for (size_t i = 0; i < text.len; i++) {
        bool feed = text.ptr[i] == '\\' && i + 1 < text.len && text.ptr[i + 1] == 'n';
        oc_text_byte(&out, feed ? '\n' : text.ptr[i]);
        i += feed;
    }
    return oc_text_slice(&out);
}

static void add_day(oc_text *out, oc_day day)
{
    if (day == OC_DAY_OPEN_START || day == OC_DAY_OPEN_END)
        oc_text_lit(out, "..");
    else
        oc_text_day(out, day);
}

static void add_matched(oc_text *out, oc_slice text)
{
    for (size_t i = 0; i < text.len; i++) oc_text_byte(out, strchr("\t\n\r;", text.ptr[i]) ? ' ' : text.ptr[i]);
}

enum { COLUMN_START, COLUMN_END, COLUMN_TEXT, COLUMN_GRAIN, COLUMN_BASIS, COLUMNS };

static void add_column(oc_text *out, oc_slice line, const oc_date *date, int column)
{
    switch (column) {
    case COLUMN_START: add_day(out, date->start); break;
    case COLUMN_END: add_day(out, date->end); break;
    case COLUMN_TEXT: add_matched(out, oc_slice_sub(line, date->from, date->to)); break;
    case COLUMN_GRAIN: oc_text_add(out, oc_slice_of(oc_date_grain_name(date->grain))); break;
    default: oc_text_add(out, oc_slice_of(oc_date_basis_name(date->basis))); break;
    }
}

void oc_dates_line(const oc_lexicon *lexicon, oc_lang lang, oc_slice line, oc_day anchor, oc_arena *scratch,
                   oc_text *out)
{
    oc_dates dates = {0};
    oc_date_context context = oc_date_context_at(anchor);
    if (lang >= OC_LANG_COUNT) lang = oc_detect_language(line, NULL);
    oc_status status = oc_lexicon_prepare(lexicon, lang);
    if (status != OC_OK) oc_arena_give_up(scratch, status);
    oc_dates_find(lexicon, lang, line, &context, scratch, &dates);
    for (int column = 0; column < COLUMNS; column++) {
        if (column) oc_text_byte(out, '\t');
        if (!dates.len) oc_text_byte(out, '-');
        for (size_t i = 0; i < dates.len; i++) {
            if (i) oc_text_byte(out, ';');
            add_column(out, line, &dates.at[i], column);
        }
    }
}
