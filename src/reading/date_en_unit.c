/* English points that begin with a weekday, a season, a quarter or half, a fiscal year, a week, a weekend or a holiday.
 * Example: "the winter of 2026-27" is season 3 of year 2026, "1Q26" quarter 1 of 2026. */
#include "reading/date_calendar.h"
#include "reading/date_en.h"

/* Weeks named behind a day at `at`: 1 of "Friday week", 2 of "Monday fortnight"; 0 none. Moves *at behind them. */
static int weeks_behind(const oc_date_reader *r, size_t *at)
{
    bool fortnight = kind_at(r, *at) == OC_ATOM_NUM && token_at(r, *at)->a == 2 && token_at(r, *at + 1)->more &&
                     kind_at(r, *at + 1) == OC_ATOM_SPAN;
    bool week = is_unit(r, *at, OC_UNIT_WEEK) && token_at(r, *at)->space;
    oc_atom_kind next = kind_at(r, *at + 1 + fortnight);
    bool ends = next == OC_ATOM_NONE || next == OC_ATOM_PUNCT || oc_date_en_is_preposition(next) || fortnight;
    if ((!week && !fortnight) || !ends || next == OC_ATOM_OF) return 0;
    *at += 1 + fortnight;
    return 1 + fortnight;
}

static bool set_weeks_from(oc_date_reader *r, int weekday, int weeks, size_t behind)
{
    oc_day anchor = r->parser->context->anchor;
    if (anchor == OC_DAY_NONE) return false;
    r->spec.day_from = OC_FROM_ANCHOR;
    r->spec.day = (int)(oc_day_weekday_from(anchor, weekday, 1) - anchor) + 7 * weeks;
    r->at = behind;
    return true;
}

bool oc_date_en_weeks_from_day(oc_date_reader *r)
{
    int weeks = weeks_behind(r, &r->at);
    r->spec.day += 7 * weeks;
    return weeks;
}

/* the Thursday after next, the Friday before last: in the week after next, before last. */
static bool read_weekday_beyond(oc_date_reader *r, int weekday, size_t at)
{
    oc_atom_kind side = kind_at(r, at), behind = kind_at(r, at + 2);
    int sign = side == OC_ATOM_AFTER ? 1 : -1;
    bool named = behind == OC_ATOM_UNIT || behind == OC_ATOM_WEEKDAY || behind == OC_ATOM_MONTH ||
                 behind == OC_ATOM_HOLIDAY || behind == OC_ATOM_SEASON || behind == OC_ATOM_NUM;
    bool shape = (side == OC_ATOM_AFTER || side == OC_ATOM_BEFORE) && kind_at(r, at + 1) == OC_ATOM_MOD &&
                 token_at(r, at + 1)->a == sign && !named;
    oc_day anchor = r->parser->context->anchor;
    if (!shape || anchor == OC_DAY_NONE) return false;
    r->spec.week_from = OC_FROM_ANCHOR;
    r->spec.week = 2 * sign + (sign < 0 && oc_weekday(anchor) > weekday);
    r->spec.weekday = weekday;
    r->at = at + 2;
    return true;
}

/* the Monday after Easter, the weekend before March 5: a day with a name or a date stands behind after or before. */
static bool read_beside_day(oc_date_reader *r, int weekday, size_t at)
{
    oc_atom_kind side = kind_at(r, at);
    bool the = r->at && kind_at(r, r->at - 1) == OC_ATOM_LINK;
    size_t base = oc_date_en_skip_links(r, at + 1);
    oc_atom_kind kind = kind_at(r, base);
    bool day = kind == OC_ATOM_HOLIDAY || (kind == OC_ATOM_MONTH && oc_date_en_is_day(r, base + 1));
    if (!the || (side != OC_ATOM_AFTER && side != OC_ATOM_BEFORE) || !day) return false;
    return oc_date_en_weekday_from(r, 1, weekday, at);
}

/* Wednesday 20th, Monday 21, Friday the thirteenth. */
static bool read_day_behind(oc_date_reader *r, int weekday, size_t at)
{
    bool the = kind_at(r, at) == OC_ATOM_LINK;
    at += the;
    const oc_token *day = token_at(r, at);
    bool digits = kind_at(r, at) == OC_ATOM_ORD && (the || r->parser->sentence.ptr[day->from] <= '9');
    oc_atom_kind next = kind_at(r, at + 1);
    bool ends =
        next == OC_ATOM_NONE || next == OC_ATOM_PUNCT || (oc_date_en_is_preposition(next) && next != OC_ATOM_OF);
    if (oc_date_digits(r->parser, at, 1, 2))
        digits = ends = next == OC_ATOM_NONE || (sign_at(r, at + 1) && strchr(",.?!;)", sign_at(r, at + 1)));
    if (!digits || !ends || !oc_date_en_is_day(r, at)) return false;
    r->spec.weekday = weekday;
    set_day(r, day->a);
    r->at = at + 1;
    return true;
}

/* a Monday */
static bool is_any(const oc_date_reader *r)
{
    const oc_token *before = r->at ? token_at(r, r->at - 1) : NULL;
    return before && before->kind == OC_ATOM_NUM && before->style == OC_NUMBER_WORD && before->to - before->from == 1;
}

/* the Friday Club */
static bool is_named(const oc_date_reader *r)
{
    const oc_token *next = token_at(r, r->at + 1);
    return r->at && kind_at(r, r->at - 1) == OC_ATOM_LINK && token_at(r, r->at)->capital &&
           kind_at(r, r->at + 1) == OC_ATOM_OTHER && next->capital && next->space;
}

/* Friday of the second week of March. */
static bool read_of_week(oc_date_reader *r, int weekday, size_t at)
{
    oc_date_reader week = *r;
    size_t nth = oc_date_en_skip_links(r, at);
    bool shape = kind_at(r, at) == OC_ATOM_OF && (kind_at(r, nth) == OC_ATOM_ORD || kind_at(r, nth) == OC_ATOM_MOD) &&
                 is_unit(r, nth + 1, OC_UNIT_WEEK) && kind_at(r, nth + 2) == OC_ATOM_OF;
    if (!shape || !oc_date_en_inner(&week, nth) || week.spec.week_from != OC_FROM_NTH) return false;
    *r = week;
    r->spec.weekday = weekday;
    return true;
}

bool oc_date_en_weekday(oc_date_reader *r)
{
    if (!oc_date_en_weak_fits(r, r->at) || is_named(r) || is_any(r)) return false;
    int weekday = token_at(r, r->at)->a;
    size_t at = r->at + 1;
    int weeks = weeks_behind(r, &at);
    if (weeks) return set_weeks_from(r, weekday, weeks, at);
    bool some = kind_at(r, at) == OC_ATOM_IN && kind_at(r, at + 1) == OC_ATOM_MONTH; /* on a Sunday in June */
    bool each = kind_at(r, at) == OC_ATOM_OF && kind_at(r, at + 1) == OC_ATOM_EACH; /* Tuesday of each month */
    if (some || each) return false;
    if (read_weekday_beyond(r, weekday, at) || read_beside_day(r, weekday, at)) return true;
    if (read_of_week(r, weekday, at)) return true;
    if (read_day_behind(r, weekday, at)) return true;
    if (sign_at(r, at) == '.' && !token_at(r, at)->space) at++;
    if (sign_at(r, at) == ',' || sign_at(r, at) == '(') at++;
    oc_date_reader date = oc_date_en_sub_reader(r, oc_date_en_skip_links(r, at));
    oc_atom_kind kind = kind_at(r, date.at);
    bool behind = (kind == OC_ATOM_MONTH || kind == OC_ATOM_NUM || kind == OC_ATOM_ORD) &&
                  r->depth < OC_DATE_EN_DEPTH_MAX && oc_date_en_point(&date) && date.spec.day_from == OC_FROM_TEXT;
    if (behind) {
        *r = date;
        r->spec.weekday = weekday;
        return true;
    }
    if (kind == OC_ATOM_MOD && is_unit(r, date.at + 1, OC_UNIT_WEEK)) {
        r->spec.week_from = OC_FROM_ANCHOR;
        r->spec.week = token_at(r, date.at)->a;
        r->at = date.at + 2;
    } else if (kind == OC_ATOM_REL && token_at(r, date.at)->a == OC_UNIT_WEEK) {
        r->spec.week_from = OC_FROM_ANCHOR;
        r->spec.week = token_at(r, date.at)->b;
        r->at = date.at + 1;
    } else r->at++;
    r->spec.weekday = weekday;
    return true;
}

/* the Christmas before last, the summer after next: a year before the last one, after the next one. */
static bool take_year_beyond(oc_date_reader *r)
{
    oc_atom_kind side = kind_at(r, r->at), behind = kind_at(r, r->at + 2);
    int sign = side == OC_ATOM_AFTER ? 1 : side == OC_ATOM_BEFORE ? -1 : 0;
    bool named = behind == OC_ATOM_UNIT || behind == OC_ATOM_WEEKDAY || behind == OC_ATOM_MONTH;
    oc_date found;
    if (!sign || kind_at(r, r->at + 1) != OC_ATOM_MOD || token_at(r, r->at + 1)->a != sign || named) return false;
    oc_date_spec spec = r->spec;
    spec.tense = sign > 0 ? OC_TENSE_FUTURE : OC_TENSE_PAST;
    if (!oc_date_en_days(r, &spec, &found)) return false;
    if (spec.season >= 0 && sign < 0 && found.unit_end >= r->parser->context->anchor)
        sign--; /* not the one that is on */
    set_year(r, oc_civil_from_day(found.unit_start).year + sign);
    r->at += 2;
    return true;
}

bool oc_date_en_season(oc_date_reader *r)
{
    if (!oc_date_en_weak_fits(r, r->at) || (token_at(r, r->at)->capital && oc_date_en_is_given_name(r, r->at)))
        return false;
    r->spec.season = token_at(r, r->at)->a;
    r->at++;
    if (take_year_beyond(r)) return true;
    if (!oc_date_en_year_behind(r) || r->spec.season != 3) return true;
    size_t at = r->at + 1; /* the winter of 2026-27 */
    bool pair = (sign_at(r, r->at) == '-' || sign_at(r, r->at) == '/') && !token_at(r, at)->space;
    if (pair && (oc_date_digits(r->parser, at, 2, 2) || oc_date_digits(r->parser, at, 4, 4)) &&
        token_at(r, at)->a % 100 == (r->spec.year + 1) % 100) r->at = at + 1;
    return true;
}

/* Q3, H1: the token at r->at. */
void oc_date_en_take_quarter(oc_date_reader *r)
{
    const oc_token *token = token_at(r, r->at);
    if (token->kind == OC_ATOM_QUARTER) set_quarter(r, token->a);
    else set_half(r, token->a);
    r->at++;
}

bool oc_date_en_quarter(oc_date_reader *r)
{
    if (token_at(r, r->at)->more) return false;
    oc_date_en_take_quarter(r);
    if (oc_date_digits(r->parser, r->at, 2, 2) && !token_at(r, r->at)->space) { /* 1Q26 */
        set_year(r, oc_date_century(r->parser, token_at(r, r->at)->a));
        r->at++;
        return true;
    }
    oc_date_en_year_behind(r);
    return true;
}

bool oc_date_en_fiscal(oc_date_reader *r)
{
    size_t at = r->at + 1;
    bool years = kind_at(r, at) == OC_ATOM_SPAN && token_at(r, at)->a == OC_UNIT_YEAR;
    if (years || is_unit(r, at, OC_UNIT_YEAR)) at++;
    if (sign_at(r, at) == '-' && !token_at(r, at)->space) at++;
    if (sign_at(r, at) == '\'' && !token_at(r, at + 1)->space) at++;
    bool is_short = oc_date_digits(r->parser, at, 2, 2);
    if (!oc_date_en_is_year(r, at) && !is_short) return false;
    set_year(r, is_short ? oc_date_century(r->parser, token_at(r, at)->a) : token_at(r, at)->a);
    r->spec.fiscal = true;
    r->at = at + 1;
    oc_atom_kind kind = kind_at(r, r->at);
    if (kind != OC_ATOM_QUARTER && kind != OC_ATOM_HALF) return true;
    oc_date_en_take_quarter(r);
    return true;
}

/* Behind -4, 2026 of "the weekend of October 3-4, 2026". */
static size_t skip_last_day(oc_date_reader *day)
{
    size_t at = day->at;
    bool range = day->spec.day_from == OC_FROM_TEXT && oc_date_en_is_range(kind_at(day, at));
    if (!range || !oc_date_en_is_day(day, at + 1)) return at;
    day->at = at + 2;
    oc_date_en_year_behind(day);
    return day->at;
}

/* The year behind the last day is that of the first one. */
static void take_year_ahead(oc_date_reader *day)
{
    oc_date_reader last = *day;
    if (day->spec.year_from || skip_last_day(&last) == day->at || last.spec.year_from != OC_FROM_TEXT) return;
    set_year(day, last.spec.year);
}

/* the week of March 5, week 12 of 2026. */
bool oc_date_en_week(oc_date_reader *r)
{
    size_t at = r->at + 1;
    if (kind_at(r, at) == OC_ATOM_OF) {
        size_t first = oc_date_en_skip_links(r, at);
        bool days = oc_date_en_is_day(r, first) && oc_date_en_is_range(kind_at(r, first + 1)) &&
                    oc_date_en_is_day(r, first + 2) && kind_at(r, first + 3) == OC_ATOM_MONTH;
        oc_date_reader day = oc_date_en_sub_reader(r, days ? first + 2 : first); /* the weekend of 7-8 June */
        if (r->depth >= OC_DATE_EN_DEPTH_MAX || !oc_date_en_point(&day) || oc_date_spec_unit(&day.spec) != OC_UNIT_DAY)
            return false;
        oc_date found;
        take_year_ahead(&day);
        if (!oc_date_en_days(r, &day.spec, &found)) return false;
        oc_day base = r->parser->context->anchor;
        if (base == OC_DAY_NONE) return false;
        oc_day distance = found.unit_start - oc_weekday(found.unit_start) - (base - oc_weekday(base));
        r->spec.week_from = OC_FROM_ANCHOR;
        r->spec.week = (int)(distance / 7);
        r->at = skip_last_day(&day);
        return true;
    }
    if (!oc_date_digits(r->parser, at, 1, 2)) return false;
    int week = token_at(r, at)->a;
    r->at = at + 1;
    if (week < 1 || week > 53) return false;
    bool whole = at == 1 && r->parser->count == 2;
    if (!oc_date_en_year_behind(r) && !(whole && oc_date_spec_relative(&r->spec, OC_UNIT_YEAR, 0, OC_FROM_ANCHOR)))
        return false;
    r->spec.week_from = OC_FROM_NTH;
    r->spec.week = week;
    return true;
}

bool oc_date_en_weekend(oc_date_reader *r)
{
    oc_date_reader of = *r;
    if (read_beside_day(&of, 5, r->at + 1)) { /* its Saturday and Sunday */
        oc_date saturday;
        oc_day anchor = r->parser->context->anchor;
        if (anchor == OC_DAY_NONE || !oc_date_en_days(r, &of.spec, &saturday)) return false;
        r->spec.week_from = OC_FROM_ANCHOR;
        r->spec.week = (int)((oc_day_week_start(saturday.unit_start) - oc_day_week_start(anchor)) / 7);
        r->spec.weekend = true;
        r->at = of.at;
        return true;
    }
    if (kind_at(r, r->at + 1) == OC_ATOM_OF && oc_date_en_week(&of)) *r = of, r->at--; /* the weekend of March 14 */
    r->spec.weekend = true;
    r->at++;
    return true;
}

bool oc_date_en_holiday(oc_date_reader *r)
{
    r->spec.holiday = token_at(r, r->at)->a;
    r->at++;
    if (kind_at(r, r->at) == OC_ATOM_WEEKENDS) r->spec.weekend = true, r->at++;
    if (!take_year_beyond(r)) oc_date_en_year_behind(r);
    return true;
}
