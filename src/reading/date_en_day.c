/* English years, months and days as they are printed: "March 5th, 2026", "5 March", "3/5/2026", and which words before
 * or behind make "may" a month. */
#include "reading/date_en.h"

size_t oc_date_en_skip_links(const oc_date_reader *r, size_t at)
{
    for (;; at++) {
        oc_atom_kind kind = kind_at(r, at), next = kind_at(r, at + 1);
        bool country = kind == OC_ATOM_FISCALOF && (next == OC_ATOM_FISCAL || next == OC_ATOM_OF);
        if (kind != OC_ATOM_OF && kind != OC_ATOM_LINK && !country) return at; /* of the U.S. fiscal year */
    }
}

oc_date_reader oc_date_en_sub_reader(const oc_date_reader *r, size_t at)
{
    return (oc_date_reader){.parser = r->parser, .at = at, .spec = oc_date_spec_empty(), .depth = r->depth + 1};
}

/* --- years --- */

bool oc_date_en_is_year(const oc_date_reader *r, size_t at)
{
    const oc_token *token = token_at(r, at);
    if (kind_at(r, at) != OC_ATOM_NUM || token->style == OC_NUMBER_GROUPED || token->a < 1000 || token->a > 2999)
        return false;
    return token->digits == 4;
}

bool oc_date_en_is_short_year(const oc_date_reader *r, size_t at)
{
    return oc_date_digits(r->parser, at, 2, 2) && token_at(r, at)->apostrophe;
}

/* "2026", "'26", "next year", "this year", "that year", "FY2026" behind a month, season, quarter: [of|,|in] year. */
bool oc_date_en_year_behind(oc_date_reader *r)
{
    size_t at = r->at;
    bool comma = sign_at(r, at) == ',' && kind_at(r, at + 1) != OC_ATOM_IN;
    if (comma || (sign_at(r, at) == '-' && !token_at(r, at)->space)) at++;
    if (kind_at(r, at) == OC_ATOM_IN) at++;
    if (sign_at(r, at) == '\'' && oc_date_en_is_short_year(r, at + 1)) at++;
    size_t linked = oc_date_en_skip_links(r, at);
    if (is_unit(r, linked, OC_UNIT_YEAR) && oc_date_en_is_year(r, linked + 1)) linked++;
    if (kind_at(r, linked) == OC_ATOM_FISCAL) {
        size_t number = linked + 1 + is_unit(r, linked + 1, OC_UNIT_YEAR);
        bool is_short = oc_date_digits(r->parser, number, 2, 2);
        if (!oc_date_en_is_year(r, number) && !is_short) return false;
        set_year(r, is_short ? oc_date_century(r->parser, token_at(r, number)->a) : token_at(r, number)->a);
        r->spec.fiscal = true;
        r->at = number + 1;
        return true;
    }
    if (oc_date_en_is_year(r, linked)) {
        set_year(r, token_at(r, linked)->a);
        r->at = linked + 1;
        return true;
    }
    if (oc_date_en_is_short_year(r, linked)) {
        bool unit = r->spec.season >= 0 || (r->spec.month_from && !r->spec.part);
        set_year(r, (unit ? oc_date_century_recalled : oc_date_century)(r->parser, token_at(r, linked)->a));
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

bool oc_date_en_is_day(const oc_date_reader *r, size_t at)
{
    const oc_token *token = token_at(r, at);
    oc_atom_kind kind = kind_at(r, at);
    if (kind != OC_ATOM_NUM && kind != OC_ATOM_ORD) return false;
    if (kind == OC_ATOM_NUM && token->style == OC_NUMBER_DIGITS && token->digits > 2) return false;
    if (token->style == OC_NUMBER_WORD && token->to - token->from < 3) return false; /* a, an */
    return token->a >= 1 && token->a <= 31 && token->style != OC_NUMBER_GROUPED && !token->apostrophe;
}

bool oc_date_en_is_preposition(oc_atom_kind kind)
{
    switch (kind) {
    case OC_ATOM_IN:
    case OC_ATOM_BY:
    case OC_ATOM_FROM:
    case OC_ATOM_BEFORE:
    case OC_ATOM_AFTER:
    case OC_ATOM_START:
    case OC_ATOM_RANGE:
    case OC_ATOM_THROUGH:
    case OC_ATOM_WITHIN:
    case OC_ATOM_DURING:
    case OC_ATOM_ABOUT:
    case OC_ATOM_BETWEEN:
    case OC_ATOM_AND:
    case OC_ATOM_OR:
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

bool oc_date_en_is_range(oc_atom_kind kind)
{
    return kind == OC_ATOM_RANGE || kind == OC_ATOM_THROUGH;
}

/* "March-May", "March next year", "May of 2027". */
static bool next_makes_month(const oc_date_reader *r, size_t next)
{
    oc_atom_kind kind = kind_at(r, next), after = kind_at(r, next + 1);
    size_t year = kind == OC_ATOM_OF ? next + 1 : next;
    if (kind_at(r, year) == OC_ATOM_REL && token_at(r, year)->a == OC_UNIT_YEAR) return true;
    if (kind == OC_ATOM_OF)
        return oc_date_en_is_year(r, next + 1) || oc_date_en_is_short_year(r, next + 1) || after == OC_ATOM_MOD ||
               after == OC_ATOM_CTX || is_unit(r, next + 1, OC_UNIT_YEAR);
    if (kind == OC_ATOM_MOD) return is_unit(r, next + 1, OC_UNIT_YEAR);
    return (oc_date_en_is_range(kind) || kind == OC_ATOM_AND || kind == OC_ATOM_OR) &&
           (after == OC_ATOM_MONTH || (sign_at(r, next) && oc_date_en_is_day(r, next + 1)));
}

/* This may differ, may or may not, 80 in 100 fall. */
static bool is_verb(const oc_date_reader *r, size_t at)
{
    const oc_token *word = token_at(r, at);
    oc_atom_kind before = at ? kind_at(r, at - 1) : OC_ATOM_NONE, next = kind_at(r, at + 1);
    if (word->capital) return false;
    if (word->kind != OC_ATOM_MONTH) return before == OC_ATOM_NUM && next == OC_ATOM_BETWEEN;
    bool twice = next == OC_ATOM_OR && kind_at(r, at + 2) == OC_ATOM_MONTH && token_at(r, at + 2)->a == word->a;
    bool again = before == OC_ATOM_OR && at >= 2 && kind_at(r, at - 2) == OC_ATOM_MONTH &&
                 token_at(r, at - 2)->a == word->a;
    return twice || again || (before == OC_ATOM_MOD && next == OC_ATOM_OTHER && token_at(r, at + 1)->space);
}

/* A word such as "may" counts where a number follows or a preposition stands before it. */
bool oc_date_en_weak_fits(const oc_date_reader *r, size_t at)
{
    if (!token_at(r, at)->weak) return true;
    if (is_verb(r, at)) return false;
    size_t next = at + 1;
    if (sign_at(r, next) == '.' && !token_at(r, next)->space) next++;
    next += kind_at(r, next) == OC_ATOM_LINK;
    bool number = oc_date_en_is_day(r, next) || oc_date_en_is_year(r, next) || oc_date_en_is_short_year(r, next);
    bool month = token_at(r, at)->kind == OC_ATOM_MONTH;
    if (number && (!month || token_at(r, at)->capital || at == 0 || oc_date_en_is_preposition(kind_at(r, at - 1))))
        return true;
    if (number && at && kind_at(r, at - 1) != OC_ATOM_OTHER) return true;
    if (month && next_makes_month(r, next)) return true;
    bool joined = oc_date_en_is_range(kind_at(r, next)) || kind_at(r, next) == OC_ATOM_OR;
    if (!month && joined && kind_at(r, next + 1) == token_at(r, at)->kind) return true; /* Mon-Fri, spring or summer */
    oc_atom_kind behind = kind_at(r, at + 1);
    if ((behind == OC_ATOM_OF || behind == OC_ATOM_MOD || behind == OC_ATOM_REL) && !month)
        return next_makes_month(r, at + 1);
    bool article = at && kind_at(r, at - 1) == OC_ATOM_NUM && token_at(r, at - 1)->style == OC_NUMBER_WORD &&
                   token_at(r, at - 1)->a == 1; /* a fall in support */
    if (at && !article && (kind_at(r, at - 1) == OC_ATOM_NUM || kind_at(r, at - 1) == OC_ATOM_ORD)) return true;
    size_t before = at;
    bool verb = month && !token_at(r, at)->capital && at >= 2 && kind_at(r, at - 1) == OC_ATOM_RANGE &&
                (kind_at(r, at - 2) == OC_ATOM_OTHER || kind_at(r, at - 2) == OC_ATOM_PASTTENSE ||
                 kind_at(r, at - 2) == OC_ATOM_FUTURE); /* began to march on */
    bool sat = !month && !token_at(r, at)->capital && at >= 2 && kind_at(r, at - 1) == OC_ATOM_MOD &&
               kind_at(r, at - 2) == OC_ATOM_OTHER && kind_at(r, at + 1) == OC_ATOM_OTHER; /* "We last sat together" */
    if (verb || sat) return false;
    bool asked = !month && at && kind_at(r, at - 1) == OC_ATOM_FUTURE && behind == OC_ATOM_PUNCT; /* how about sat? */
    if (asked) return true;
    while (before && kind_at(r, before - 1) == OC_ATOM_LINK) before--;
    const oc_token *word = token_at(r, at + 1);
    if (month && token_at(r, at)->capital && behind == OC_ATOM_GOVERNMENT) return false; /* the May government */
    bool named = month && token_at(r, at)->capital && at && kind_at(r, at - 1) == OC_ATOM_LINK &&
                 kind_at(r, at + 1) == OC_ATOM_OTHER && word->space && !word->capital; /* the May report */
    if (named) return true;
    bool whole = r->parser->count == 1;
    return whole || (before && oc_date_en_is_preposition(kind_at(r, before - 1)));
}

/* "April Smith": a month before another capital, with nothing before it that makes it a date; the May family, 12 March
 * Road. */
bool oc_date_en_is_given_name(const oc_date_reader *r, size_t at)
{
    const oc_token *next = token_at(r, at + 1);
    oc_atom_kind kind = kind_at(r, at + 1);
    if (kind == OC_ATOM_NAMED) return true;
    bool surname = (kind == OC_ATOM_OTHER || kind == OC_ATOM_HOLDER) && next->capital && next->space;
    oc_atom_kind before = at ? kind_at(r, at - 1) : OC_ATOM_NONE;
    bool games = surname && token_at(r, at)->kind == OC_ATOM_SEASON && before == OC_ATOM_NUM; /* 2018 Winter Olympics */
    return games || (surname && (before == OC_ATOM_NONE || before == OC_ATOM_OTHER || before == OC_ATOM_PUNCT));
}

/* March, March 5, March 5th, 2026, March of next year, Mar-5. */
bool oc_date_en_month(oc_date_reader *r)
{
    if (!oc_date_en_weak_fits(r, r->at) || oc_date_en_is_given_name(r, r->at)) return false;
    const oc_token *name = token_at(r, r->at);
    set_month(r, name->a);
    r->at++;
    if (sign_at(r, r->at) == '.' && !token_at(r, r->at)->space) r->at++;
    size_t day = r->at, behind = r->at;
    if (sign_at(r, day) == '-' && !token_at(r, day)->space) day++;
    if (kind_at(r, day) == OC_ATOM_LINK) day++;
    bool counted = kind_at(r, day + 1) == OC_ATOM_UNIT || kind_at(r, day + 1) == OC_ATOM_SPAN;
    bool sentence = sign_at(r, day - 1) == '.' && token_at(r, day)->style == OC_NUMBER_WORD; /* in January. Three */
    if (oc_date_en_is_day(r, day) && !sentence && !counted && kind_at(r, day + 1) != OC_ATOM_MONTH) {
        set_day(r, token_at(r, day)->a);
        r->at = day + 1;
        bool dashes = sign_at(r, day - 1) == '-' && sign_at(r, r->at) == '-' && !token_at(r, r->at + 1)->space;
        if (dashes && oc_date_digits(r->parser, r->at + 1, 2, 2)) { /* Jan-1-19 */
            set_year(r, oc_date_century(r->parser, token_at(r, r->at + 1)->a));
            r->at += 2;
            return true;
        }
    }
    oc_date_en_year_behind(r);
    bool full_stop = r->at == behind && sign_at(r, behind - 1) == '.' && name->to - name->from > 4; /* in January. */
    if (full_stop) r->at--;
    return true;
}

/* 5 March 2026, 5th of March, 5-Mar-2026. */
bool oc_date_en_day_month(oc_date_reader *r)
{
    size_t at = r->at + 1;
    if (!oc_date_en_is_day(r, r->at)) return false;
    if (sign_at(r, at) == '.' && !token_at(r, at)->space) at++;
    if (sign_at(r, at) == '-' && !token_at(r, at)->space) at++;
    at = oc_date_en_skip_links(r, at);
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
    if (kind_at(r, at) != OC_ATOM_MONTH || kind_at(r, at + 1) == OC_ATOM_NAMED) return false; /* 12 March Road */
    int day = token_at(r, r->at)->a;
    bool dashes = sign_at(r, r->at + 1) == '-' && sign_at(r, at + 1) == '-' && !token_at(r, at + 2)->space;
    r->at = at;
    set_month(r, token_at(r, at)->a);
    set_day(r, day);
    r->at = at + 1;
    if (sign_at(r, r->at) == '.' && !token_at(r, r->at)->space) r->at++;
    if (dashes && oc_date_digits(r->parser, r->at + 1, 2, 2)) { /* 5-Jan-26 */
        set_year(r, oc_date_century(r->parser, token_at(r, r->at + 1)->a));
        r->at += 2;
        return true;
    }
    oc_date_en_year_behind(r);
    return true;
}

/* the 5th: nothing that could be counted may follow. */
bool oc_date_en_day_alone(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    oc_atom_kind before = r->at ? kind_at(r, r->at - 1) : OC_ATOM_NONE;
    bool linked = before == OC_ATOM_LINK || (r->depth && before == OC_ATOM_OF); /* the week of the 21st */
    if (kind_at(r, r->at) != OC_ATOM_ORD || !oc_date_en_is_day(r, r->at) || token->style != OC_NUMBER_ORDINAL)
        return false;
    oc_atom_kind next = kind_at(r, r->at + 1);
    char head = r->parser->sentence.ptr[token->from];
    bool on = linked && r->at >= 2 && kind_at(r, r->at - 2) == OC_ATOM_ON; /* on the first */
    bool numeric = on || (head >= '0' && head <= '9'); /* the third is the third of something */
    bool closed =
        next == OC_ATOM_NONE || next == OC_ATOM_PUNCT || oc_date_en_is_preposition(next) || next == OC_ATOM_MOD;
    if (next == OC_ATOM_OF || next == OC_ATOM_WEEKDAY) return false;
    bool word = next == OC_ATOM_OTHER && token_at(r, r->at + 1)->space;
    if (!linked || word || !closed || !numeric || next == OC_ATOM_PART || next == OC_ATOM_HALF) return false;
    set_day(r, token->a);
    r->at++;
    return true;
}

static bool month_day_year(oc_date_reader *r, int month, int day, int year)
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

/* 03/2024 */
static bool month_of_year(oc_date_reader *r)
{
    size_t at = r->at;
    bool shape = oc_date_digits(r->parser, at, 1, 2) && sign_at(r, at + 1) == '/' && !token_at(r, at + 1)->space &&
                 oc_date_en_is_year(r, at + 2) && !token_at(r, at + 2)->space && sign_at(r, at + 3) != '/' &&
                 !(at && sign_at(r, at - 1) == '/');
    int year = token_at(r, at + (shape ? 2 : 0))->a, month = token_at(r, at)->a;
    if (!shape || month < 1 || month > 12 || year < 1900 || year > 2199) return false;
    set_year(r, year);
    set_month(r, month);
    r->at += 3;
    return true;
}

/* 3/5/2026 and 3-5-2026 with the month first, 5.3.2026 with the day first; a number over 12 is the day. */
bool oc_date_en_slashed(oc_date_reader *r)
{
    size_t at = r->at;
    char sign = sign_at(r, at + 1);
    bool shape = oc_date_digits(r->parser, at, 1, 2) && (sign == '/' || sign == '-' || sign == '.') &&
                 sign_at(r, at + 3) == sign && oc_date_digits(r->parser, at + 2, 1, 2) && !token_at(r, at + 1)->space &&
                 !token_at(r, at + 4)->space;
    if (!shape) return month_of_year(r);
    bool full = oc_date_digits(r->parser, at + 4, 4, 4), two = oc_date_digits(r->parser, at + 4, 2, 2);
    bool whole = at == 0 && r->parser->count == 5; /* else 3-13-24 and 13.3.24 are no dates */
    two = two && (sign == '/' || whole);
    if (!full && !two) return false;
    int first = token_at(r, at)->a, second = token_at(r, at + 2)->a, year = token_at(r, at + 4)->a;
    if (two) year = oc_date_century(r->parser, year);
    bool done = sign == '.' ? month_day_year(r, second, first, year) : month_day_year(r, first, second, year);
    if (done) r->at += 5;
    return done;
}
