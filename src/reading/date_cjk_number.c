/* Japanese and Korean components that begin with a number: with its unit (2026年, 28年 before a border), the first of a
 * pair (3~5月, 2026~2030), before a name (4·10 총선, 2024 국방백서), anniversaries, dates in signs and in English. */
#include "reading/date_cjk.h"
#include "reading/phrase.h"

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
    bool at = oc_slice_starts(text, OC_SLICE("に")) || oc_slice_starts(text, OC_SLICE("에"));
    return at && !oc_phrase_begins(r->parser->lexicon, r->parser->lang, OC_PHRASE_SPANS, text);
}

/* Two digits before 年 that lie near, as a year of the century. */
static bool is_near(const oc_date_reader *r, int two_digits)
{
    oc_day anchor = r->parser->context->anchor;
    if (anchor == OC_DAY_NONE) return false;
    int now = oc_civil_from_day(anchor).year, year = oc_date_century(r->parser, two_digits);
    return year >= now - 15 && year <= now + 20;
}

bool oc_date_cjk_is_bordered_year(const oc_date_reader *r, int two_digits, size_t behind)
{
    oc_slice rest = oc_slice_from(r->parser->sentence, token_at(r, behind)->from);
    return oc_phrase_begins(r->parser->lexicon, r->parser->lang, OC_PHRASE_YEAR_BORDER, rest) && is_near(r, two_digits);
}

/* 28年までに, 30年以降: a year of two digits before a border, if it lies near. */
static bool is_near_deadline(const oc_date_reader *r, int two_digits, size_t behind)
{
    oc_atom_kind border = kind_at(r, behind);
    bool right_end = r->at && (kind_at(r, r->at - 1) == OC_ATOM_RANGE || kind_at(r, r->at - 1) == OC_ATOM_START);
    if (right_end) return false;
    if (oc_date_cjk_is_bordered_year(r, two_digits, behind)) return true;
    if (token_at(r, behind)->space) return false;
    bool at = border == OC_ATOM_PARTICLE && kind_at(r, behind + 1) != OC_ATOM_NUM &&
              starts_with_at(r, token_at(r, behind)); /* 28年に; not 10年に1度 */
    return (border == OC_ATOM_BY || border == OC_ATOM_FROM || at) && is_near(r, two_digits);
}

/* 早くて30年, 이르면 29년: a year ahead behind a word that hedges it; not 早くて20年かかる. */
static bool is_hedged_year(const oc_date_reader *r, int two_digits, size_t behind)
{
    oc_atom_kind before = r->at ? kind_at(r, r->at - 1) : OC_ATOM_NONE;
    if (before != OC_ATOM_EARLIEST && before != OC_ATOM_LATEST) return false;
    oc_slice rest = oc_slice_from(r->parser->sentence, token_at(r, behind)->from);
    bool length = oc_phrase_begins(r->parser->lexicon, r->parser->lang, OC_PHRASE_SPANS, rest) != 0;
    return !length && is_near(r, two_digits) &&
           oc_date_century(r->parser, two_digits) >= oc_civil_from_day(r->parser->context->anchor).year;
}

/* 14年 of 2010年、14年、17年: one of several years. */
static bool is_listed(const oc_date_reader *r)
{
    size_t at = r->at;
    bool sign =
        at >= 3 && (sign_at(r, at - 1) == ',' || sign_at(r, at - 1) == '*' || kind_at(r, at - 1) == OC_ATOM_AND);
    return sign && is_unit(r, at - 2, OC_UNIT_YEAR) && r->parser->last_behind == at - 1 && r->parser->context->year &&
           r->parser->out->len && r->parser->out->at[r->parser->out->len - 1].grain == OC_GRAIN_YEAR;
}

/* 94年 of 1958年に設けられ、94年に: of the century of the year before it, and later. */
static bool follows_year(const oc_date_reader *r, const oc_token *number, size_t behind, int *ret_year)
{
    enum { FAR = 80 };
    const oc_date_context *context = r->parser->context;
    if (!context->year_here || number->digits != 2 || context->anchor == OC_DAY_NONE) return false;
    int before = context->year, year = before - before % 100 + number->a;
    bool near = year > before && year <= before + FAR && year <= oc_civil_from_day(context->anchor).year;
    bool at = kind_at(r, behind) == OC_ATOM_PARTICLE && kind_at(r, behind + 1) != OC_ATOM_NUM &&
              !token_at(r, behind)->space && starts_with_at(r, token_at(r, behind));
    *ret_year = year;
    return near && at;
}

static bool take_year_number(oc_date_reader *r, const oc_token *number, size_t behind, bool fiscal)
{
    int year = number->a;
    bool full = number->digits == 4 && year >= 1000 && year <= 2999;
    bool kanji_full = number->style == OC_NUMBER_KANJI && year >= 1000 && year <= 2999;
    bool is_short = number->style == OC_NUMBER_DIGITS && number->digits == 2 &&
                    (number->apostrophe || fiscal || is_listed(r) || finer_follows(r, behind) ||
                     is_near_deadline(r, year, behind) || is_hedged_year(r, year, behind));
    int later = 0;
    bool follows = !is_short && number->style == OC_NUMBER_DIGITS && follows_year(r, number, behind, &later);
    if (!full && !kanji_full && !is_short && !follows) return false;
    if (number->style == OC_NUMBER_GROUPED || !oc_date_cjk_lower(r, RANK_YEAR)) return false;
    r->spec.year_from = OC_FROM_TEXT;
    r->spec.year = full || kanji_full ? year : follows ? later : oc_date_century(r->parser, year);
    r->spec.fiscal = fiscal;
    return true;
}

bool oc_date_cjk_decade(oc_date_reader *r, int number)
{
    int first = number < 100 ? oc_date_century(r->parser, number) : number;
    if (first % 10 || first < 1000 || first > 2990 || !oc_date_cjk_lower(r, RANK_DECADE)) return false;
    r->spec.decade = first;
    return true;
}

bool oc_date_cjk_day(oc_date_reader *r, const oc_token *number)
{
    bool alone = oc_date_spec_is_empty(&r->spec) && !r->spec.tense;
    if (number->a < 1 || number->a > 31 || (alone && number->style != OC_NUMBER_DIGITS)) return false;
    if (r->spec.year_from && !r->spec.month_from) return false;
    if (!oc_date_cjk_lower(r, RANK_DAY)) return false;
    set_day(r, number->a);
    r->bare_count = alone;
    return true;
}

bool oc_date_cjk_week(oc_date_reader *r, int nth)
{
    bool inside = r->spec.month_from || r->spec.year_from;
    bool whole = !inside && kind_at(r, 0) == OC_ATOM_NTHMARK && r->parser->count == 3; /* 第42週 and nothing else */
    if (whole) inside = oc_date_spec_relative(&r->spec, OC_UNIT_YEAR, 0, OC_FROM_ANCHOR);
    if (!inside || nth < -1 || nth == 0 || nth > 53 || !oc_date_cjk_lower(r, RANK_WEEK)) return false;
    r->spec.week_from = OC_FROM_NTH;
    r->spec.week = nth;
    return true;
}

bool oc_date_cjk_quarter(oc_date_reader *r, int quarter)
{
    if (quarter == -1) quarter = 4; /* 最後の四半期 */
    if (quarter < 1 || quarter > 4 || !oc_date_cjk_lower(r, RANK_QUARTER)) return false;
    set_quarter(r, quarter);
    return true;
}

bool oc_date_cjk_half(oc_date_reader *r, int half)
{
    if (half == -1) half = 2;
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
    case OC_UNIT_DAY: return oc_date_cjk_day(r, number);
    case OC_UNIT_WEEK: return oc_date_cjk_week(r, number->a);
    case OC_UNIT_QUARTER: return oc_date_cjk_quarter(r, number->a);
    case OC_UNIT_HALF: return oc_date_cjk_half(r, number->a);
    case OC_UNIT_DECADE: return oc_date_cjk_decade(r, number->a);
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
    bool day = unit->a == OC_UNIT_MONTH && r->spec.month_from == OC_FROM_TEXT && !r->spec.day_from &&
               kind_at(r, at + 4) == OC_ATOM_NUM && is_unit(r, at + 5, OC_UNIT_DAY); /* 8月4〜9月9日 */
    if (day) unit = token_at(r, at + 5);
    bool years = unit->a == OC_UNIT_YEAR || unit->a == OC_UNIT_FISCAL;
    bool short_fiscal = unit->a == OC_UNIT_FISCAL && number->digits == 2 && other->digits == 2; /* 24～26年度 */
    if (day     ? false
        : years ? number->digits != 4 && !number->apostrophe && !short_fiscal
                : number->a >= other->a && unit->a == OC_UNIT_DAY)
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
    bool counted = behind == OC_ATOM_UNIT || behind == OC_ATOM_SPAN || behind == OC_ATOM_STOP ||
                   behind == OC_ATOM_NUM || (behind == OC_ATOM_RANGE && token_at(r, at + 1)->b) ||
                   (sign_at(r, at + 1) && !strchr("),", sign_at(r, at + 1)));
    bool full = oc_date_digits(r->parser, at, 4, 4),
         two = oc_date_digits(r->parser, at, 2, 2) && at && token_at(r, at - 1)->b == '~';
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
    if (!oc_date_cjk_day(r, token_at(r, r->at))) return false;
    r->at++;
    return true;
}

/* 광복 80주년, 連合司令部創設から47周年: the day so many years after the one that the lexicon gives for the word
 * before. */
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

/* 2016Q1, 2027H2 */
static bool take_year_quarter(oc_date_reader *r)
{
    const oc_token *number = token_at(r, r->at), *part = token_at(r, r->at + 1);
    oc_atom_kind kind = kind_at(r, r->at + 1);
    bool shape = r->rank == RANK_TOP && oc_date_digits(r->parser, r->at, 4, 4) && !part->space &&
                 (kind == OC_ATOM_QUARTER || kind == OC_ATOM_HALF) && r->parser->sentence.ptr[part->from] < 'z' &&
                 number->a >= 1900 && number->a <= 2199;
    if (!shape) return false;
    set_year(r, number->a);
    r->rank = RANK_YEAR;
    r->at++;
    bool taken = kind == OC_ATOM_QUARTER ? oc_date_cjk_quarter(r, part->a) : oc_date_cjk_half(r, part->a);
    r->at += taken;
    return taken;
}

bool oc_date_cjk_counted(oc_date_reader *r)
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
bool oc_date_cjk_is_time(const oc_date_reader *r, size_t at)
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
    bool pair = shape && sign == '/' && kind_at(r, behind) == OC_ATOM_RANGE && token_at(r, behind)->b != '-' &&
                oc_date_digits(r->parser, behind + 1, 1, 2) && sign_at(r, behind + 2) == '/' &&
                oc_date_digits(r->parser, behind + 3, 1, 2); /* 3/18〜3/22 */
    bool told = pair || kind_at(r, behind) == OC_ATOM_WEEKDAY || oc_date_cjk_is_time(r, behind);
    if (!shape || !told || r->rank != RANK_TOP) return false;
    if (!oc_date_cjk_month(r, token_at(r, at)->a) || !oc_date_cjk_day(r, token_at(r, at + 2))) return false;
    r->at = behind;
    return true;
}

/* November 14, 2025; 14 November 2025; Nov. 2025: as English notes print it. */
bool oc_date_cjk_english(oc_date_reader *r)
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
    return !day || oc_date_cjk_day(r, token_at(r, day));
}

bool oc_date_cjk_written_date(oc_date_reader *r)
{
    return oc_date_cjk_english(r) || take_slash(r) || take_dotted(r) || take_anniversary(r) || take_year_pair(r) ||
           take_year_quarter(r) || take_year_of(r);
}
