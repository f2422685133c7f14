/* English points that begin with an ordinal, first or last: of a unit (the first half of next year, the third Monday in
 * March, the last five days of May), the day itself (5th of March), anniversaries. Example: "the second week of March"
 * is week 2 of month 3; of a quarter or a half the year may be missing. */
#include "reading/date_calendar.h"
#include "reading/date_en.h"

/* first, last, opening, final N days, months … of a unit. `side` is 1 or -1, the number stands at `at`. */
bool oc_date_en_cut(oc_date_reader *r, int side, size_t at)
{
    bool counted = kind_at(r, at) == OC_ATOM_NUM && kind_at(r, at + 1) == OC_ATOM_SPAN &&
                   (kind_at(r, at + 2) == OC_ATOM_OF || kind_at(r, at + 2) == OC_ATOM_IN);
    if (!counted || token_at(r, at)->a < 1 || token_at(r, at)->a > 366) return false;
    int count = token_at(r, at)->a;
    oc_unit unit = (oc_unit)token_at(r, at + 1)->a;
    if (unit != OC_UNIT_DAY && unit != OC_UNIT_WEEK && unit != OC_UNIT_MONTH && unit != OC_UNIT_QUARTER &&
        unit != OC_UNIT_YEAR)
        return false;
    if (!oc_date_en_inner(r, at + 2 + (kind_at(r, at + 2) == OC_ATOM_IN)) || r->spec.cut_count) return false;
    r->spec.cut_unit = unit;
    r->spec.cut_count = side * count;
    return true;
}

/* The first Tuesday after the first Monday in November 2028: after or before stands at `at`. */
bool oc_date_en_weekday_from(oc_date_reader *r, int nth, int weekday, size_t at)
{
    oc_date_reader base = oc_date_en_sub_reader(r, oc_date_en_skip_links(r, at + 1));
    oc_date found;
    if (r->depth >= OC_DATE_EN_DEPTH_MAX || !oc_date_en_point(&base) || !oc_date_en_days(r, &base.spec, &found))
        return false;
    bool after = kind_at(r, at) == OC_ATOM_AFTER;
    oc_day day = oc_day_weekday_from(after ? found.unit_end : found.unit_start, weekday, after ? nth : -nth);
    oc_civil civil = oc_civil_from_day(day);
    set_year(r, civil.year);
    set_month(r, civil.month);
    set_day(r, civil.day);
    r->at = base.at;
    return true;
}

/* What an ordinal counts. */
typedef struct counted {
    oc_unit unit; /* NONE for weekdays and weekends */
    int weekday;  /* -1 none */
    bool weekend, fiscal;
    size_t behind;
} counted;

static bool read_counted(const oc_date_reader *r, counted *ret)
{
    size_t at = r->at + 1;
    if (sign_at(r, at) == '-' && !token_at(r, at)->space) at++;
    oc_atom_kind kind = kind_at(r, at);
    bool plural = kind == OC_ATOM_SPAN && r->at &&
                  (token_at(r, at)->a == OC_UNIT_QUARTER || token_at(r, at)->a == OC_UNIT_WEEK) &&
                  (kind_at(r, r->at - 1) == OC_ATOM_AND || kind_at(r, r->at - 1) == OC_ATOM_OR);
    *ret = (counted){.weekday = kind == OC_ATOM_WEEKDAY ? token_at(r, at)->a : -1, .weekend = kind == OC_ATOM_WEEKENDS};
    if (kind == OC_ATOM_UNIT || plural) ret->unit = (oc_unit)token_at(r, at)->a;
    if (kind == OC_ATOM_FISCAL && is_unit(r, at + 1, OC_UNIT_QUARTER))
        at++, ret->unit = OC_UNIT_QUARTER, ret->fiscal = true;
    ret->behind = at + 1;
    return ret->unit || ret->weekday >= 0 || ret->weekend;
}

static bool is_alone(oc_unit unit)
{
    return unit == OC_UNIT_QUARTER || unit == OC_UNIT_HALF;
}

/* The unit around what is counted: "of next year", "in March"; of quarters and halves also a year right behind. */
static bool read_outer(oc_date_reader *outer, const counted *c)
{
    bool in = kind_at(outer, c->behind) == OC_ATOM_IN, linked = in || kind_at(outer, c->behind) == OC_ATOM_OF;
    outer->spec = oc_date_spec_empty();
    if (linked && oc_date_en_inner(outer, c->behind + in)) return true;
    outer->at = c->behind;
    return is_alone(c->unit) && oc_date_en_year_behind(outer);
}

/* The first decade of the 21st century. */
static bool take_decade(oc_date_reader *r, const oc_date_reader *outer, int nth)
{
    oc_day anchor = r->parser->context->anchor;
    bool printed = outer->spec.century_from == OC_FROM_TEXT;
    bool century = oc_date_spec_unit(&outer->spec) == OC_UNIT_CENTURY && (printed || anchor != OC_DAY_NONE);
    if (!century || nth < 1) return false;
    int number = outer->spec.century + (printed ? 0 : (oc_civil_from_day(anchor).year - 1) / 100 + 1);
    r->spec.decade = (number - 1) * 100 + (nth - 1) * 10;
    r->at = outer->at;
    return nth <= 10;
}

static bool take_century(oc_date_reader *r, int nth, size_t behind)
{
    if (nth < 1 || nth > 29) return false;
    r->spec.century_from = OC_FROM_TEXT;
    r->spec.century = nth;
    r->at = behind;
    return true;
}

/* The nth of what is counted, in the unit that was read around it. */
static bool take_nth(oc_date_reader *r, const counted *c, int nth, oc_unit around)
{
    if (nth == -1 && c->unit == OC_UNIT_HALF) nth = 2;
    if (nth == -1 && c->unit == OC_UNIT_QUARTER) nth = 4;
    if (!is_alone(c->unit) && around != OC_UNIT_MONTH && around != OC_UNIT_YEAR) return false;
    if (c->unit == OC_UNIT_HALF)
        set_half(r, nth);
    else if (c->unit == OC_UNIT_QUARTER)
        set_quarter(r, nth);
    else if (c->unit == OC_UNIT_WEEK)
        r->spec.week_from = OC_FROM_NTH, r->spec.week = nth;
    else if (c->weekday >= 0 || c->weekend)
        r->spec.nth = nth, r->spec.weekday = c->weekday, r->spec.weekend = c->weekend;
    else if (c->unit == OC_UNIT_DAY) {
        set_day(r, nth);
        if (around == OC_UNIT_YEAR) set_month(r, nth == -1 ? 12 : 1);
    } else if (c->unit == OC_UNIT_MONTH && around == OC_UNIT_YEAR)
        set_month(r, nth == -1 ? 12 : nth);
    else
        return false;
    return nth <= 53 && (c->unit != OC_UNIT_HALF || nth <= 2) && (c->unit != OC_UNIT_QUARTER || nth <= 4) &&
           (c->unit != OC_UNIT_MONTH || nth <= 12);
}

/* first half, second quarter, third week, second Monday, last day [of …]; the token at r->at is the ordinal. */
bool oc_date_en_ordinal(oc_date_reader *r, int nth)
{
    counted c;
    if (!read_counted(r, &c)) return false;
    if (c.unit == OC_UNIT_CENTURY) return take_century(r, nth, c.behind);
    oc_atom_kind next = kind_at(r, c.behind);
    bool last_before = nth == -1 && next == OC_ATOM_BEFORE; /* the last Sunday before Easter */
    if (c.weekday >= 0 && (last_before || (nth > 0 && (next == OC_ATOM_AFTER || next == OC_ATOM_BEFORE))))
        return oc_date_en_weekday_from(r, last_before ? 1 : nth, c.weekday, c.behind);
    oc_date_reader outer = *r;
    bool has_outer = read_outer(&outer, &c);
    if (!has_outer && !is_alone(c.unit)) return false;
    bool of_thing = !has_outer && c.unit == OC_UNIT_HALF && next == OC_ATOM_OF; /* the second half of the evaluation */
    if (of_thing) return false;
    if (c.unit == OC_UNIT_DECADE) return take_decade(r, &outer, nth);
    if (has_outer) r->spec = outer.spec;
    r->spec.fiscal = r->spec.fiscal || c.fiscal;
    r->at = has_outer ? outer.at : c.behind;
    oc_unit around = oc_date_spec_unit(&outer.spec);
    if (c.unit == OC_UNIT_HALF && has_outer && around != OC_UNIT_YEAR && around != OC_UNIT_FISCAL) {
        if (nth < 1 || nth > 2 || r->spec.part) return false;
        r->spec.part = nth == 1 ? OC_PART_FIRST : OC_PART_SECOND;
        return true;
    }
    return take_nth(r, &c, nth, around);
}

/* the 70th anniversary of the armistice: counts from the event that the lexicon knows. */
static bool read_anniversary(oc_date_reader *r)
{
    enum { REACH = 60 };
    const oc_token *number = token_at(r, r->at);
    oc_slice text = r->parser->sentence;
    oc_civil first;
    if (kind_at(r, r->at + 1) != OC_ATOM_JUBILEE || kind_at(r, r->at + 2) != OC_ATOM_OF || number->a < 1) return false;
    size_t from = token_at(r, r->at + 2)->to, end = from + REACH < text.len ? from + REACH : text.len;
    size_t stop = oc_slice_find(oc_slice_sub(text, 0, end), OC_SLICE(","), from);
    if (!oc_date_founding(r->parser, from, stop == SIZE_MAX ? end : stop, true, &first)) return false;
    set_year(r, first.year + number->a);
    set_month(r, first.month);
    set_day(r, first.day);
    r->spec.named = true;
    r->at += 2;
    for (size_t at = r->at; token_at(r, at)->from < end && at < r->at + 4 && kind_at(r, at) != OC_ATOM_PUNCT; at++)
        if (kind_at(r, at) == OC_ATOM_FOUNDING || kind_at(r, at) == OC_ATOM_PERIOD) r->at = at + 1;
    return true;
}

bool oc_date_en_ordinal_point(oc_date_reader *r)
{
    int nth = token_at(r, r->at)->a;
    oc_date_reader before = *r;
    if (read_anniversary(r) || oc_date_en_day_month(r)) return true;
    *r = before;
    if (oc_date_en_ordinal(r, nth)) return true;
    *r = before;
    if ((nth == 1 || nth == -1) && oc_date_en_cut(r, nth, r->at + 1)) return true;
    *r = before;
    return oc_date_en_day_alone(r);
}
