/* Specifications: making, asking and completing them. */
#include "reading/date_spec.h"

const oc_date_spec oc_date_spec_none = {.decade = -1, .season = -1, .weekday = -1, .holiday = -1, .period = -1};

bool oc_date_spec_is_empty(const oc_date_spec *spec)
{
    return !spec->year_from && spec->decade < 0 && !spec->decade_relative && !spec->century_from && !spec->half_from &&
           !spec->quarter_from && spec->season < 0 && !spec->month_from && !spec->week_from && !spec->weekend &&
           spec->weekday < 0 && !spec->day_from && spec->holiday < 0 && spec->period < 0 && !spec->length;
}

bool oc_date_spec_is_open(const oc_date_spec *spec)
{
    bool anchored = spec->day_from > OC_FROM_TEXT || (spec->week_from && spec->week_from != OC_FROM_NTH) ||
                    spec->month_from > OC_FROM_TEXT || spec->quarter_from > OC_FROM_TEXT ||
                    spec->half_from > OC_FROM_TEXT;
    return !spec->year_from && !anchored && !spec->length && spec->period < 0 && spec->decade < 0 &&
           !spec->decade_relative && !spec->century_from;
}

oc_unit oc_date_spec_unit(const oc_date_spec *spec)
{
    if (spec->length || spec->day_from || spec->weekday >= 0 || spec->holiday >= 0) return OC_UNIT_DAY;
    if (spec->weekend) return OC_UNIT_WEEKEND;
    if (spec->week_from) return OC_UNIT_WEEK;
    if (spec->month_from) return OC_UNIT_MONTH;
    if (spec->quarter_from) return OC_UNIT_QUARTER;
    if (spec->season >= 0) return OC_UNIT_SEASON;
    if (spec->half_from) return OC_UNIT_HALF;
    if (spec->year_from) return spec->fiscal ? OC_UNIT_FISCAL : OC_UNIT_YEAR;
    if (spec->decade >= 0 || spec->decade_relative) return OC_UNIT_DECADE;
    return spec->century_from ? OC_UNIT_CENTURY : OC_UNIT_NONE;
}

void oc_date_spec_inherit(oc_date_spec *to, const oc_date_spec *from)
{
    bool week_of_other = to->weekday >= 0 && !to->weekday_side && !to->week_from && !to->day_from && from->weekday >= 0;
    if (week_of_other && from->week_from && from->week_from != OC_FROM_NTH) { /* next week from Monday to Friday */
        to->week_from = from->week_from;
        to->week = from->week;
        return;
    }
    bool anchored = to->length || to->period >= 0 || (to->week_from && to->week_from != OC_FROM_NTH) ||
                    (to->day_from && to->day_from != OC_FROM_TEXT) || to->decade >= 0 || to->century_from;
    if (anchored) return;
    bool small = to->day_from || to->week_from || to->weekday >= 0;
    if (small && !to->month_from && from->month_from) {
        to->month_from = from->month_from;
        to->month = from->month;
    }
    bool own_month = to->month_from && to->month_from != OC_FROM_TEXT;
    if (!to->year_from && !own_month && from->year_from) {
        to->year_from = from->year_from;
        to->year = from->year;
        to->era = from->era;
        to->fiscal = from->fiscal;
    }
}

bool oc_date_spec_relative(oc_date_spec *spec, int unit, int offset, oc_from from)
{
    switch ((oc_unit)unit) {
    case OC_UNIT_FISCAL:
    case OC_UNIT_YEAR:
        spec->year_from = from;
        spec->year = offset;
        spec->fiscal = unit == OC_UNIT_FISCAL;
        return true;
    case OC_UNIT_MONTH: spec->month_from = from, spec->month = offset; return true;
    case OC_UNIT_WEEK: spec->week_from = from, spec->week = offset; return true;
    case OC_UNIT_WEEKEND: spec->week_from = from, spec->week = offset, spec->weekend = true; return true;
    case OC_UNIT_DAY: spec->day_from = from, spec->day = offset; return true;
    case OC_UNIT_QUARTER: spec->quarter_from = from, spec->quarter = offset; return true;
    case OC_UNIT_HALF: spec->half_from = from, spec->half = offset; return true;
    case OC_UNIT_DECADE: spec->decade_relative = true, spec->decade_offset = offset; return true;
    case OC_UNIT_CENTURY: spec->century_from = from, spec->century = offset; return true;
    default: return false;
    }
}

bool oc_date_spec_distance(oc_date_spec *spec, oc_unit unit, int offset)
{
    if (!offset) return false;
    spec->length = true;
    spec->length_unit = unit;
    spec->amount[unit] = offset < 0 ? -offset : offset;
    spec->offset_from = OC_FROM_ANCHOR;
    spec->offset_sign = offset < 0 ? -1 : 1;
    return true;
}
