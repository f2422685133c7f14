/* The year of a dateline that prints none: "SEOUL, Sept. 22 (Agency) -- … the minister said Tuesday".
 *
 * The first weekday behind it mostly means its own day, which fits one year in six. Of the years that fit, the last one
 * that the text names anywhere is taken. A text that names none that fits stays without a date; so does one that would
 * name years too far ahead, since its weekday may be that of the day before.
 *
 * Worked example: September 22 is a Tuesday in 2015, 2020 and 2026. The text names 1994, 2015, 2026 and 2028: 2026. */
#include "reading/date.h"
#include "reading/date_index.h"
#include "reading/metadata_parts.h"

enum {
    LEAD_BYTES = 1200,
    DATELINE_BYTES = 70,
    FRONT_BYTES = 128, /* no word of a date that ends in a dateline reaches over them */
    YEAR_FIRST = 1990,
    YEAR_LAST = 2099,
    AHEAD_YEARS = 10,
    YEARS = YEAR_LAST - YEAR_FIRST + 1
};

typedef struct lead {
    const oc_document *document;
    oc_arena *arena;
    oc_slice text;
} lead;

static void find_dates(const lead *l, oc_day anchor, oc_dates *ret_dates)
{
    oc_date_context context = oc_date_context_at(anchor);
    oc_dates_find(l->document->reader->lexicon, l->document->lang, l->text, &context, l->arena, ret_dates);
}

/* False if the lead begins with no date: of most texts that is soon known. */
static bool may_begin_with_date(const lead *l)
{
    oc_slice front = oc_date_padded(oc_slice_sub(l->text, 0, FRONT_BYTES), l->arena);
    return oc_date_may_hold(l->document->reader->lexicon->date_tables, l->document->lang, front);
}

/* Month and day at the beginning of the lead, if a year is all that they lack. */
static bool find_day(const lead *l, int year, oc_civil *ret_day)
{
    oc_dates dates = {0};
    find_dates(l, oc_day_from_civil(year, 12, 31), &dates);
    const oc_date *first = dates.len ? &dates.at[0] : NULL;
    if (!first || first->to > DATELINE_BYTES || first->grain != OC_GRAIN_DAY || first->basis != OC_BASIS_YEAR_MISSING)
        return false;
    *ret_day = oc_civil_from_day(first->start);
    return true;
}

/* The first day named behind the dateline that no month is printed for is its own, were it of this year. */
static bool means_own_day(const lead *l, int year, const oc_civil *day)
{
    if (day->day > oc_days_in_month(year, day->month)) return false;
    oc_day anchor = oc_day_from_civil(year, day->month, day->day);
    oc_dates dates = {0};
    find_dates(l, anchor, &dates);
    for (size_t i = 1; i < dates.len; i++) {
        const oc_date *date = &dates.at[i];
        bool filled = date->basis != OC_BASIS_YEAR_MISSING && date->basis != OC_BASIS_EXPLICIT;
        if (filled && date->grain == OC_GRAIN_DAY && date->start == date->end) return date->start == anchor;
    }
    return false;
}

/* A weekday fits: other years would shift it, as they don't "today". */
static bool fits(const lead *l, int year, const oc_civil *day)
{
    return means_own_day(l, year, day) && !means_own_day(l, year + 1, day) && !means_own_day(l, year - 1, day);
}

/* Marks the years that the body names; the number of them. */
static size_t named_years(const oc_document *document, bool named[YEARS])
{
    size_t count = 0;
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        oc_stamp stamp;
        if (line->region != OC_REGION_BODY) continue;
        for (size_t at = 0; oc_stamp_find(line->text, at, true, &stamp); at = stamp.to) {
            if (stamp.year < YEAR_FIRST || stamp.year > YEAR_LAST || named[stamp.year - YEAR_FIRST]) continue;
            named[stamp.year - YEAR_FIRST] = true;
            count++;
        }
    }
    return count;
}

/* The first lines from `first` on, joined by blanks. */
static oc_slice join_lead(oc_arena *arena, const oc_layout *layout, size_t first)
{
    char *text = OC_NEW_ARRAY(arena, LEAD_BYTES, char);
    size_t length = 0;
    for (size_t i = first; i < layout->lines.len && length + layout->lines.at[i].text.len < LEAD_BYTES; i++) {
        oc_slice line = layout->lines.at[i].text;
        memcpy(text + length, line.ptr, line.len);
        length += line.len;
        text[length++] = ' ';
    }
    return length ? (oc_slice){text, length} : oc_slice_sub(layout->lines.at[first].text, 0, LEAD_BYTES);
}

bool oc_dateline_year(oc_arena *arena, const oc_document *document, oc_stamp *ret_stamp, uint32_t *ret_line)
{
    size_t first = 0;
    while (first < document->layout.lines.len && document->layout.lines.at[first].region != OC_REGION_BODY) first++;
    if (first >= document->layout.lines.len || !document->reader->lexicon) return false;
    lead l = {document, arena, join_lead(arena, &document->layout, first)};
    bool named[YEARS] = {0};
    oc_civil day;
    if (!may_begin_with_date(&l) || !find_day(&l, YEAR_FIRST, &day) || !named_years(document, named)) return false;
    int found = 0, most = 0;
    for (int year = YEAR_FIRST; year <= YEAR_LAST; year++) {
        if (!named[year - YEAR_FIRST]) continue;
        most = year;
        if (fits(&l, year, &day)) found = year;
    }
    *ret_stamp = (oc_stamp){.year = found, .month = day.month, .day = day.day};
    *ret_line = document->layout.lines.at[first].first;
    return found && most - found <= AHEAD_YEARS;
}
