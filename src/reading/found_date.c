/* The dates of a sentence as its document knows them. oc_found_dates finds them with the cursors for missing years;
 * then the verb, the word "next" and the day of publication decide where a year is missing, and what is counted from
 * another date of the sentence is counted from there: "published in June 2022, and two months later" is August 2022. */
#include "reading/found_parts.h"

#include "reading/phrase.h"
#include "reading/tense.h"

/* The part of the sentence between quotation marks that holds `at`, else all of it. */
static void marked_part(const oc_found_pass *p, uint32_t index, size_t at, size_t *ret_first, size_t *ret_last)
{
    const oc_document *document = p->document;
    const oc_sentence *s = &document->sentences.at[index];
    *ret_first = 0;
    *ret_last = s->text.len;
    for (size_t i = p->quotes.pair; i < document->pairs.len && document->pairs.at[i].open < s->start + at; i++) {
        const oc_mark_pair *pair = &document->pairs.at[i];
        bool holds = pair->open >= s->start && pair->close > s->start + at && pair->mark != '(' && pair->mark != 0xff08;
        if (!holds) continue;
        *ret_first = pair->open_end - s->start;
        *ret_last = pair->close - s->start;
        return;
    }
}

/* What the date itself says: "last November", 오는 28일. */
static oc_tense printed_tense(const oc_found_pass *p, oc_slice text, const oc_date *date)
{
    oc_slice printed = oc_slice_sub(text, date->from, date->to);
    if (oc_slice_find(printed, OC_SLICE(" of "), 0) != SIZE_MAX) return OC_TENSE_AUTO; /* "the last week of May" */
    if (oc_phrase_begins(p->reader->lexicon, p->document->lang, OC_PHRASE_BACK, printed)) return OC_TENSE_PAST;
    if (oc_phrase_begins(p->reader->lexicon, p->document->lang, OC_PHRASE_AHEAD, printed)) return OC_TENSE_FUTURE;
    return OC_TENSE_AUTO;
}

/* A day without a year took that of the text before, though its sentence looks the other way: "The next briefing is on
 * May 28" behind "in May 2022", "last November". */
static bool takes_wrong_year(const oc_found_pass *p, oc_slice text, const oc_date *date)
{
    oc_day anchor = p->document->metadata.anchor;
    bool missing = date->basis == OC_BASIS_YEAR_MISSING || date->basis == OC_BASIS_MONTH_MISSING;
    if (!missing || date->other_start != OC_DAY_NONE || anchor == OC_DAY_NONE) return false;
    oc_tense tense = printed_tense(p, text, date);
    if (tense == OC_TENSE_FUTURE) return date->end < anchor;
    if (tense == OC_TENSE_PAST)
        return date->start > anchor || oc_civil_from_day(anchor).year - oc_civil_from_day(date->start).year > 1;
    if (p->document->lang != OC_LANG_EN || (date->end >= anchor && date->start <= anchor)) return false;
    oc_tense told = oc_tense_of(p->reader->lexicon, p->document->lang, text, 0, text.len, date);
    return told == (date->end < anchor ? OC_TENSE_FUTURE : OC_TENSE_PAST);
}

static void find_dates(oc_found_pass *p, oc_slice text)
{
    oc_date_context before = p->context;
    p->dates.len = 0;
    p->context.year_here = false;
    if (!oc_dates_may_stand(&p->hits, p->document->lang, text)) return;
    oc_dates_find(p->reader->lexicon, p->document->lang, text, &p->context, p->scratch, &p->dates);
    bool wrong = false;
    for (size_t i = 0; before.year && i < p->dates.len; i++) wrong |= takes_wrong_year(p, text, &p->dates.at[i]);
    if (!wrong) return;
    before.year = before.month = 0;
    p->context = before;
    p->dates.len = 0;
    oc_dates_find(p->reader->lexicon, p->document->lang, text, &p->context, p->scratch, &p->dates);
}

/* "next July", "last July", said in July */
static void settle_next(const oc_found_pass *p, oc_slice text, oc_date *date)
{
    oc_day anchor = p->document->metadata.anchor;
    bool now = date->start <= anchor && date->end >= anchor && date->other_start != OC_DAY_NONE;
    oc_tense tense = printed_tense(p, text, date);
    bool next = tense == OC_TENSE_FUTURE && date->other_start > anchor,
         last = tense == OC_TENSE_PAST && date->other_end < anchor;
    if (!now || !(next || last)) return;
    oc_day start = date->start, end = date->end;
    date->start = date->other_start, date->end = date->other_end;
    date->other_start = start, date->other_end = end;
}

/* The year or the month that holds a day, if the date that it was counted from is no finer. */
static void widen(oc_date *date, oc_day day, oc_date_grain from)
{
    oc_civil civil = oc_civil_from_day(day);
    bool december = civil.month == 12;
    date->start = date->end = day;
    if (from == OC_GRAIN_YEAR) {
        date->start = oc_day_from_civil(civil.year, 1, 1);
        date->end = oc_day_from_civil(civil.year, 12, 31);
    } else if (from == OC_GRAIN_MONTH) {
        date->start = oc_day_from_civil(civil.year, civil.month, 1);
        date->end = oc_day_from_civil(civil.year + december, december ? 1 : civil.month + 1, 1) - 1;
    }
}

/* "took office in June and visited Washington two months later": counted from what the sentence dated before, in
 * Japanese and Korean only where it tells of the past: "2カ月後に訪れた". */
static void count_from_before(const oc_found_pass *p, oc_slice text, size_t index)
{
    oc_date *date = &p->dates.at[index];
    const oc_lexicon *lexicon = p->reader->lexicon;
    oc_lang lang = p->document->lang;
    oc_day anchor = p->document->metadata.anchor;
    if (!index || anchor == OC_DAY_NONE || date->start <= OC_DAY_OPEN_START || date->start != date->end) return;
    const oc_date *before = &p->dates.at[index - 1];
    bool unit = before->grain == OC_GRAIN_YEAR || before->grain == OC_GRAIN_MONTH || before->grain == OC_GRAIN_DAY;
    if (!unit || before->bound != OC_BOUND_AT) return;
    if (date->basis == OC_BASIS_CONTEXT && date->grain == OC_GRAIN_YEAR) widen(date, date->start, before->grain);
    oc_slice printed = oc_slice_sub(text, date->from, date->to);
    if (date->basis != OC_BASIS_RELATIVE || !oc_phrase_ends(lexicon, lang, OC_PHRASE_LATER, printed)) return;
    if (lang != OC_LANG_EN && oc_tense_of(lexicon, lang, text, 0, text.len, date) != OC_TENSE_PAST) return;
    widen(date, before->start + (date->start - anchor), before->grain);
    date->basis = OC_BASIS_CONTEXT;
}

/* English: "FMC in 2027. Control would then pass a year later.": from what this paragraph dated last, if that lies
 * ahead. */
static void count_from_ahead(const oc_found_pass *p, oc_slice text, oc_date *date)
{
    oc_day anchor = p->document->metadata.anchor, length = p->ahead_end - p->ahead_start;
    bool counted = p->document->lang == OC_LANG_EN && anchor != OC_DAY_NONE && p->ahead_start > OC_DAY_OPEN_START &&
                   date->basis == OC_BASIS_RELATIVE && date->start == date->end && date->start > anchor;
    if (!counted ||
        !oc_phrase_ends(p->reader->lexicon, OC_LANG_EN, OC_PHRASE_LATER, oc_slice_sub(text, date->from, date->to)))
        return;
    oc_date_grain grain = length > 31 ? OC_GRAIN_YEAR : length ? OC_GRAIN_MONTH : OC_GRAIN_DAY;
    widen(date, p->ahead_start + (date->start - anchor), grain);
    date->basis = OC_BASIS_CONTEXT;
}

/* "10月末までに終わる": a deadline without a year lies ahead unless its sentence, or the quotation that holds it,
 * speaks of the past: “10월까지 끝내기는 어렵다”고 말했다. */
static void settle_deadline(const oc_found_pass *p, uint32_t index, oc_slice text, oc_date *date)
{
    oc_day anchor = p->document->metadata.anchor;
    bool passed = anchor != OC_DAY_NONE && date->basis == OC_BASIS_YEAR_MISSING && date->end < anchor &&
                  date->start == OC_DAY_OPEN_START && date->other_start == OC_DAY_NONE;
    if (!passed) return;
    size_t first, last;
    marked_part(p, index, date->from, &first, &last);
    if (oc_tense_of(p->reader->lexicon, p->document->lang, text, first, last, date) == OC_TENSE_PAST) return;
    oc_civil behind = oc_civil_from_day(date->end + 1); /* so that the end of a month stays one */
    oc_day later = oc_day_from_civil(behind.year + 1, behind.month, behind.day) - 1;
    if (later >= anchor) date->end = later;
}

/* "10월 12일 시작돼 30일까지 이어진다": the first such day behind the one on which it begins. */
static void settle_last_day(const oc_found_pass *p, size_t index)
{
    oc_date *date = &p->dates.at[index];
    const oc_date *first = index ? date - 1 : NULL;
    bool late = p->document->lang != OC_LANG_EN && first && first->grain == OC_GRAIN_DAY &&
                first->bound == OC_BOUND_AT && date->basis == OC_BASIS_MONTH_MISSING && date->bound == OC_BOUND_BY &&
                date->grain == OC_GRAIN_DAY && date->end < first->start && date->end > OC_DAY_OPEN_START &&
                first->start > p->document->metadata.anchor;
    if (!late) return;
    oc_civil day = oc_civil_from_day(date->end), month = oc_civil_from_day(first->start);
    bool next = day.day < month.day;
    int of = next ? month.month % 12 + 1 : month.month;
    oc_day found = oc_day_from_civil(month.year + (next && of == 1), of, day.day);
    if (oc_civil_from_day(found).day == day.day) date->end = found;
}

/* "before 2029 it would be reckless, he wrote in an essay published on Nov. 12": what has been was not in that year. */
static void settle_past(const oc_found_pass *p, oc_slice text, oc_date *date)
{
    oc_day anchor = p->document->metadata.anchor;
    bool taken = anchor != OC_DAY_NONE && date->basis == OC_BASIS_YEAR_MISSING && date->other_start == OC_DAY_NONE &&
                 date->grain == OC_GRAIN_DAY && date->start > anchor && date->start == date->end;
    if (!taken || oc_tense_of(p->reader->lexicon, p->document->lang, text, 0, text.len, date) != OC_TENSE_PAST) return;
    oc_civil day = oc_civil_from_day(date->start);
    int year = oc_civil_from_day(anchor).year;
    oc_day last = oc_day_from_civil(year, day.month, day.day);
    date->start = date->end = last <= anchor ? last : oc_day_from_civil(year - 1, day.month, day.day);
}

/* "The following year" counts from the last year told, though it lies ahead, and 이날 in a paragraph that has named no
 * day yet is the one that the text is about. True if that changes what the cursors were, *before. */
static bool point_back(oc_found_pass *p, const oc_date_context *before, oc_slice text)
{
    size_t length;
    const oc_lexicon *lexicon = p->reader->lexicon;
    oc_lang lang = p->document->lang;
    bool year = p->ahead_start != OC_DAY_NONE && oc_phrase_first_in(&p->hits, lexicon, lang, OC_PHRASE_YEAR_AFTER, text,
                                                                    0, text.len, &length) != SIZE_MAX;
    bool day = !p->day_named && p->story != OC_DAY_NONE &&
               oc_phrase_first_in(&p->hits, lexicon, lang, OC_PHRASE_THIS_DAY, text, 0, text.len, &length) != SIZE_MAX;
    if (!year && !day) return false;
    p->context = *before;
    p->context.last_start = day ? p->story : p->ahead_start;
    p->context.last_end = day ? p->story : p->ahead_end;
    return true;
}

void oc_found_dates(oc_found_pass *p, uint32_t index, oc_slice text)
{
    oc_date_context before = p->context;
    find_dates(p, text);
    if (p->dates.len && point_back(p, &before, text)) find_dates(p, text);
    for (size_t i = 0; i < p->dates.len; i++) {
        if (p->dates.at[i].other_start == OC_DAY_NONE) continue;
        size_t first, last;
        marked_part(p, index, p->dates.at[i].from, &first, &last);
        oc_tense tense = printed_tense(p, text, &p->dates.at[i]);
        if (tense == OC_TENSE_AUTO)
            tense = oc_tense_of(p->reader->lexicon, p->document->lang, text, first, last, &p->dates.at[i]);
        oc_tense_settle(tense, p->document->metadata.anchor, &p->dates.at[i]);
        settle_next(p, text, &p->dates.at[i]);
    }
    for (size_t i = 0; i < p->dates.len; i++) settle_deadline(p, index, text, &p->dates.at[i]);
    for (size_t i = 0; i < p->dates.len; i++) settle_past(p, text, &p->dates.at[i]);
    for (size_t i = 1; i < p->dates.len; i++) settle_last_day(p, i);
    if (p->dates.len) count_from_ahead(p, text, &p->dates.at[0]);
    for (size_t i = 0; i < p->dates.len; i++) count_from_before(p, text, i);
    memset(p->masked, 0, text.len);
    for (size_t i = 0; i < p->dates.len; i++) {
        const oc_date *date = &p->dates.at[i];
        *oc_vec_push(p->arena, &p->document->dates) = (oc_found_date){index, *date};
        for (size_t k = date->from; k < date->to && k < text.len; k++) p->masked[k] = true;
        if (date->weekday_conflict)
            *oc_vec_push(p->arena, &p->document->clashes) = (oc_clash){
                "weekday", oc_sentence_line(p->document, index), 0, oc_slice_sub(text, date->from, date->to), {"", 0}};
    }
}
