/* Events: each date with the word of an event that it dates.
 *
 * Distance is counted in bytes, and a sign that ends a part of the sentence (comma, 、) between word and date counts as
 * PART_COST more; a word on the wrong side of the date (before it in Japanese and Korean, where the date comes first;
 * far before it in English) counts twice. Three kinds of dates make no event:
 *
 *     when something was said    "said on Tuesday", 11日、…と述べた (but 11日、…で合意した is an agreement of the 11th)
 *     the day of a milestone     2026年のFOC検証を目指す: that is a claim, unless it has been reached
 *     a period without a word    in 2026 spending grew
 *
 * Worked example: 韓国と米国は11日、安保協議会議を10月下旬に開くことで合意した: 11日 stands before a comma and belongs
 * to the last word, 合意し; 10月下旬 belongs to 開く, 24 bytes behind it. */
#include "reading/event_parts.h"

#include "base/utf8.h"
#include "reading/phrase.h"
#include "reading/tense.h"

enum {
    PART_COST = 60,
    REACH = 240, /* bytes, with costs, between an event's word and its date */
    OCCASION_REACH = 75,
    END_REACH = 60,       /* Japanese, Korean: from the last predicate to the end of the sentence */
    PARTICLE_BYTES = 30,  /* between a word and the date behind it */
    TITLED_BYTES = 66,    /* the same where its name follows in marks */
    QUALIFIED_REACH = 18, /* Japanese, Korean: from a word to the date that it qualifies */
    HEARSAY_BYTES = 48,
    MEASURE_REACH = 40, /* between a date and what is measured then */
    COARSE_DAYS = 27,   /* the days of a month or a year: another date may tell which of them are meant */
    JOINT_REACH = 5,    /* between two days of one event */
    LASTING_REACH = 40, /* Japanese, Korean: between the first and the last day of something */
    NEXT_REACH = 30,    /* Korean: from a day to what happens right behind it */
    DEED_REACH = 24,    /* Korean: from a day to the end of the verb that tells what was done then */
    OBJECT_REACH = 60,  /* Japanese, Korean: from a year that qualifies a noun to the word it may belong to */
};

static bool is_comma_at(oc_slice text, size_t at)
{
    return oc_commas_between(text, at, at + 1) != 0;
}

/* Bytes between two places, 0 where they touch. */
static size_t gap_between(size_t a_from, size_t a_to, size_t b_from, size_t b_to)
{
    size_t from = a_to <= b_from ? a_to : b_to, to = a_to <= b_from ? b_from : a_from;
    return from >= to ? 0 : to - from;
}

static size_t distance(const finder *f, size_t a_from, size_t a_to, size_t b_from, size_t b_to)
{
    size_t from = a_to <= b_from ? a_to : b_to, to = a_to <= b_from ? b_from : a_from;
    return from >= to ? 0 : to - from + PART_COST * oc_clauses_parts(&f->clauses, from, to);
}

static const oc_hit *last_of(const finder *f, oc_lex_class class)
{
    const oc_hit *last = NULL;
    for (const oc_hit *hit = oc_hits_first(f->hits, class); hit; hit = oc_hits_next(f->hits, hit)) last = hit;
    return last;
}

/* Korean: "27일까지 열리는 연습에서 …": the day of the noun behind, and not of the sentence. */
static bool is_attribute(const finder *f, const oc_date *date)
{
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit && f->lang == OC_LANG_KO;
         hit = oc_hits_next(f->hits, hit))
        if (hit->start == date->to + 1) return oc_slice_begins(oc_slice_from(f->text, hit->end), "는 ");
    return false;
}

/* Japanese, Korean: the date of the whole sentence, "11日、…", "16일 본회의를 열어 …": what its last predicate dates.
 */
static bool leads_sentence(const finder *f, const oc_date *date)
{
    if (is_attribute(f, date)) return false;
    return is_comma_at(f->text, date->to) || (f->lang == OC_LANG_KO && date->grain == OC_GRAIN_DAY &&
                                              date->to < f->text.len && f->text.ptr[date->to] == ' ');
}

/* Japanese, Korean: "会議を10月に", "회견은 6월 12일": a word before the date with a particle of the subject or object.
 */
static bool is_marked_object(const finder *f, const oc_hit *hit, const oc_date *date)
{
    oc_slice gap = oc_slice_trim(oc_slice_sub(f->text, hit->end, date->from));
    bool marked = !gap.len || oc_phrase_ends(f->lexicon, f->lang, OC_PHRASE_DATED_MARK, gap);
    bool titled = oc_slice_begins(gap, "「") || oc_slice_begins(gap, "‘") || oc_slice_begins(gap, "“");
    return marked && gap.len <= (titled ? TITLED_BYTES : PARTICLE_BYTES); /* 演習「フリーダムシールド」は */
}

/* "in 2010, when it was put off" */
static bool is_relative(const finder *f, const oc_date *date, const oc_hit *hit)
{
    return f->lang == OC_LANG_EN && hit->start >= date->to &&
           oc_slice_begins(oc_slice_from(f->text, date->to), ", when ");
}

static bool on_wrong_side(const finder *f, const oc_date *date, const oc_hit *hit)
{
    return (date->from > hit->start) != (f->lang == OC_LANG_EN);
}

/* How far a word is from the date that it may belong to; on the wrong side of it twice as far. */
static size_t far_from(const finder *f, const oc_date *date, const oc_hit *hit)
{
    size_t far = distance(f, date->from, date->to, hit->start, hit->end);
    if (is_relative(f, date, hit)) return far - (size_t)2 * PART_COST;
    return on_wrong_side(f, date, hit) ? far * 2 : far;
}

/* The bytes between them alone, before anything is asked of these bytes, are less than `least`. */
static bool is_within(const finder *f, const oc_date *date, const oc_hit *hit, size_t least)
{
    size_t gap = gap_between(date->from, date->to, hit->start, hit->end);
    if (gap >= least || !on_wrong_side(f, date, hit)) return gap < least;
    return 2 * gap < least || is_relative(f, date, hit);
}

/* "met" of "the conditions would be met" */
static bool in_milestone(const finder *f, const oc_hit *word)
{
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_MILESTONE); hit; hit = oc_hits_next(f->hits, hit)) {
        bool dayed = oc_slice_ends(hit->entry->value, OC_SLICE("!"));
        if (dayed && hit->start <= word->start && hit->end >= word->end) return true;
    }
    return false;
}

/* Quotation marks open or close between a date and a word: what is quoted did not happen then. */
static bool is_quoted_apart(const finder *f, const oc_date *date, const oc_hit *hit)
{
    static const char *const marks[][2] = {{"“", "”"}, {"「", "」"}, {"『", "』"}};
    size_t from = hit->start < date->from ? hit->end : date->to, to = hit->start < date->from ? date->from : hit->start;
    if (from >= to || !(f->hits->signs & OC_SIGN_QUOTE)) return false;
    oc_slice between = oc_slice_sub(f->text, from, to);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        int depth = 0;
        for (size_t at = 0; at < between.len; at++) {
            depth += oc_slice_begins(oc_slice_from(between, at), marks[i][0]);
            depth -= oc_slice_begins(oc_slice_from(between, at), marks[i][1]);
        }
        if (depth != 0) return true;
    }
    return false;
}

/* The word of an event nearest to a date. */
static const oc_hit *nearest_word(const finder *f, const oc_date *date)
{
    const oc_hit *best = NULL;
    size_t least = REACH;
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(f->hits, hit)) {
        if (!is_within(f, date, hit, least) || oc_slice_is(hit->entry->value, "none")) continue;
        if (in_milestone(f, hit) || (date->grain == OC_GRAIN_DAY && is_quoted_apart(f, date, hit))) continue;
        size_t far = far_from(f, date, hit);
        if (f->lang != OC_LANG_EN && hit->end <= date->from && !is_marked_object(f, hit, date)) continue;
        bool within = date->grain == OC_GRAIN_PERIOD && hit->start >= date->from && hit->end <= date->to; /* 任期内 */
        if (!within && far < least) least = far, best = hit;
    }
    bool qualifies = f->lang != OC_LANG_EN && best && date->grain == OC_GRAIN_YEAR &&
                     best->start > date->to + OBJECT_REACH &&
                     (oc_slice_begins(oc_slice_sub(f->text, date->to, f->text.len), "の") ||
                      oc_slice_begins(oc_slice_sub(f->text, date->to, f->text.len), "의"));
    return qualifies ? NULL : best;
}

/* "10日、「…」と発表した": the word of the event is that of speech. */
static bool is_speech_verb(const finder *f, const oc_hit *word)
{
    oc_slice behind = oc_slice_sub(f->text, word->end, f->text.len);
    if (oc_slice_begins(behind, "さ") || oc_slice_begins(behind, "の") || oc_slice_begins(behind, "で")) return false;
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_SPEECH); hit; hit = oc_hits_next(f->hits, hit))
        if (hit->start == word->start) return true;
    return false;
}

/* "21日、公聴会で証言し、…と語った": the occasion named right behind the day, before any other date. */
static const oc_hit *occasion_of(const finder *f, const oc_date *date)
{
    size_t border = date->to + OCCASION_REACH;
    for (size_t i = 0; i < f->dates->len; i++)
        if (f->dates->at[i].from > date->from && f->dates->at[i].from < border && f->dates->at[i].start != date->start)
            border = f->dates->at[i].from; /* but not "19日、同日終了した演習について会見し" */
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(f->hits, hit)) {
        bool occasion = oc_slice_is(hit->entry->value, "statement") || oc_slice_is(hit->entry->value, "meeting");
        if (is_speech_verb(f, hit) || is_quoted_apart(f, date, hit)) continue;
        if (occasion && hit->start >= date->to && hit->end <= border) return hit;
    }
    return NULL;
}

/* Korean: "국방부가 15일 밝혔다": a verb of speech right behind the day. */
static bool is_followed_by_speech(const finder *f, const oc_date *date)
{
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_SPEECH); hit; hit = oc_hits_next(f->hits, hit)) {
        bool near = hit->start >= date->to && hit->start - date->to <= PARTICLE_BYTES / 4;
        bool told = oc_slice_begins(oc_slice_from(f->text, hit->end), "한 ") || /* "발표한 보고서" */
                    oc_slice_ends(oc_slice_sub(f->text, hit->start, hit->end), OC_SLICE("한"));
        if (near && !told) return true;
    }
    return false;
}

/* Korean: "지난 19일 마쳤다고 밝혔다": a verb of the past right behind the day, and then only what reports it. */
static bool is_day_of_reported_deed(const finder *f, const oc_date *date)
{
    size_t length, to = date->to + DEED_REACH;
    if (f->lang != OC_LANG_KO) return false;
    size_t at = oc_phrase_first(f->lexicon, f->lang, OC_PHRASE_REPORTED_PAST, f->text, date->to, to, &length);
    return at != SIZE_MAX && !oc_clauses_commas(&f->clauses, date->to, at);
}

/* A verb of speech tells what happened then: behind the day, or anywhere behind a day in Japanese and Korean. */
static bool is_day_of_speech(const finder *f, const oc_date *date)
{
    if (is_day_of_reported_deed(f, date)) return false;
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_SPEECH); hit; hit = oc_hits_next(f->hits, hit)) {
        if (oc_slice_is(hit->entry->value, "heard")) continue; /* "報告を受ける": a deed */
        bool same = !oc_clauses_parts(&f->clauses, hit->start < date->to ? hit->end : date->to,
                                      hit->start < date->to ? date->from : hit->start);
        if (same || (f->lang != OC_LANG_EN && hit->start >= date->to)) return true;
    }
    return false;
}

/* "…ことが3日、分かった": only what is told became known then. */
static bool is_hearsay(const finder *f, const oc_date *date)
{
    oc_slice behind = oc_slice_trim(oc_slice_sub(f->text, date->to, f->text.len));
    if (oc_slice_ends(behind, OC_SLICE("。"))) behind.len -= 3;
    return behind.len <= HEARSAY_BYTES && oc_phrase_ends(f->lexicon, f->lang, OC_PHRASE_HEARSAY, behind);
}

/* "5月の輸出は4%増えた", "last year's budget was 61 trillion": a figure of that time. */
static bool is_measured(const finder *f, const oc_date *date)
{
    if (date->grain != OC_GRAIN_DAY && oc_phrase_ends(f->lexicon, f->lang, OC_PHRASE_WAS, f->text)) return true;
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_MEASURE); hit; hit = oc_hits_next(f->hits, hit)) {
        size_t from = hit->end <= date->from ? hit->end : date->to,
               to = hit->end <= date->from ? date->from : hit->start;
        if (to <= from + MEASURE_REACH && !oc_clauses_commas(&f->clauses, from, to)) return true;
    }
    return false;
}

/* What happened on a past day is an event, whatever the verb: "2018년에 한 차례 고쳐졌다", "予算案を国会に出した". */
static bool has_happened(const finder *f, const oc_date *date)
{
    bool point = date->grain == OC_GRAIN_DAY || date->grain == OC_GRAIN_MONTH || date->grain == OC_GRAIN_YEAR ||
                 date->grain == OC_GRAIN_MONTH_PART;
    if (!point || f->anchor == OC_DAY_NONE || date->end > f->anchor || date->start == OC_DAY_OPEN_START) return false;
    if (oc_event_is_compared(f, date) || is_hearsay(f, date) || is_measured(f, date)) return false;
    if (date->bound != OC_BOUND_AT || is_day_of_speech(f, date)) return false;
    return oc_tense_of(f->lexicon, f->lang, f->text, 0, f->text.len, date) == OC_TENSE_PAST;
}

/* The new year of "新年の辞". */
static bool is_inside_word(const finder *f, const oc_date *date)
{
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(f->hits, hit)) {
        if (hit->start <= date->from && hit->end > date->to) return true;
    }
    return false;
}

static bool has_modality(const finder *f, const char *value)
{
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_MODALITY); hit; hit = oc_hits_next(f->hits, hit))
        if (oc_slice_is(hit->entry->value, value)) return true;
    return false;
}

/* What will happen on a day is one too: "両閣僚は来年秋に再び会う", "the committee will review it on Oct. 21",
 * "officials plan to accept the radar in the third quarter". */
static bool will_happen(const finder *f, const oc_date *date)
{
    size_t length;
    bool bill =
        date->grain <= OC_GRAIN_WEEK && date->bound == OC_BOUND_AT && date->start > f->anchor &&
        oc_phrase_last_in(f->hits, f->lexicon, f->lang, OC_PHRASE_BILL, f->text, 0, f->text.len, &length) != SIZE_MAX;
    if (bill && f->anchor != OC_DAY_NONE && !oc_event_is_compared(f, date)) return true;
    bool point = date->grain <= (f->lang == OC_LANG_EN ? OC_GRAIN_SEASON : OC_GRAIN_MONTH),
         due = date->bound == OC_BOUND_BY && date->grain <= OC_GRAIN_MONTH;
    bool ahead = due ? date->end > f->anchor : date->start > f->anchor;
    if (!point || f->anchor == OC_DAY_NONE || !ahead || (date->bound != OC_BOUND_AT && !due)) return false;
    if (date->grain > OC_GRAIN_DAY && oc_hits_any(f->hits, OC_LEX_BIT(MILESTONE))) return false;
    if (date->grain > OC_GRAIN_DAY && f->lang != OC_LANG_EN && !has_modality(f, "planned")) return false;
    if (f->lang == OC_LANG_EN &&
        oc_phrase_last_in(f->hits, f->lexicon, f->lang, OC_PHRASE_SUPPOSED, f->text, 0, date->from, &length) !=
            SIZE_MAX &&
        date->grain > OC_GRAIN_DAY)
        return false;
    if (oc_event_is_compared(f, date) || is_day_of_speech(f, date)) return false;
    return oc_tense_of(f->lexicon, f->lang, f->text, 0, f->text.len, date) == OC_TENSE_FUTURE;
}

/* 임기 of "임기 내" */
static bool is_part_of_date(const finder *f, const oc_hit *hit)
{
    for (size_t i = 0; i < f->dates->len; i++)
        if (f->dates->at[i].from <= hit->start && f->dates->at[i].to >= hit->end) return true;
    return false;
}

/* Korean: "국방부는 31일 KIDD 회의가 다음 달 9일 열린다고 밝혔다": what stands behind the day has one of its own. */
static bool is_dated_behind(const finder *f, const oc_date *date)
{
    for (size_t i = 0; i < f->dates->len; i++) {
        const oc_date *other = &f->dates->at[i];
        if (other->from <= date->to || other->end <= f->anchor) continue;
        oc_slice between = oc_slice_sub(f->text, date->to, other->from);
        bool object = oc_phrase_ends(f->lexicon, f->lang, OC_PHRASE_PARTICLE, between) ||
                      oc_phrase_ends(f->lexicon, f->lang, OC_PHRASE_OBJECT_MARK, between);
        bool place = oc_slice_find(between, OC_SLICE("에서 "), 0) != SIZE_MAX ||
                     oc_slice_find(between, OC_SLICE("에 "), 0) != SIZE_MAX; /* 31일 국회에서, 회의에 나와 */
        return object && !place;
    }
    return false;
}

/* Korean: "장관은 10일 … 밝혔다": the day of what is told, unless something happens right behind it or was agreed. */
static bool tells_topic_spoke(const finder *f, const oc_date *date)
{
    oc_slice head = oc_slice_sub(f->text, 0, date->from);
    if (date->grain != OC_GRAIN_DAY || date->start != date->end ||
        !(oc_slice_ends_with(head, "은 ") || oc_slice_ends_with(head, "는 ")))
        return false;
    bool behind = is_dated_behind(f, date);
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(f->hits, hit)) {
        if (hit->start < date->to || is_part_of_date(f, hit)) continue;
        if ((hit->start - date->to <= NEXT_REACH && !behind) || oc_slice_is(hit->entry->value, "agreement"))
            return false;
    }
    return true;
}

static const oc_hit *word_of(const finder *f, const oc_date *date)
{
    if (oc_event_is_compared(f, date) || date->grain == OC_GRAIN_FISCAL_YEAR) return NULL;
    if (f->lang == OC_LANG_KO && date->grain == OC_GRAIN_DAY && is_followed_by_speech(f, date)) return NULL;
    if (f->lang == OC_LANG_EN) return oc_event_was_said_then(f, date) ? NULL : nearest_word(f, date);
    const oc_hit *said = last_of(f, OC_LEX_SPEECH), *word = last_of(f, OC_LEX_EVENT);
    if (!leads_sentence(f, date)) return nearest_word(f, date);
    bool speech = said && f->text.len - said->end <= END_REACH && !oc_slice_is(said->entry->value, "agreed") &&
                  !(word && word->start >= said->end);
    bool point = date->grain == OC_GRAIN_DAY || date->grain == OC_GRAIN_MONTH;
    if (speech && (f->lang == OC_LANG_JA ? point : tells_topic_spoke(f, date)))
        return f->lang == OC_LANG_KO && is_dated_behind(f, date) ? NULL : occasion_of(f, date);
    bool last = word && word->start >= date->to && f->text.len - word->end <= END_REACH;
    return last && !speech ? word : nearest_word(f, date);
}

/* "an exercise began": the exercise tells what it is, the verb only that it was then. */
static const oc_hit *word_of_kind(const finder *f, const oc_hit *word)
{
    const oc_hit *best = word;
    size_t least = OCCASION_REACH;
    if (!oc_slice_is(word->entry->value, "change")) return word;
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(f->hits, hit)) {
        bool other = !oc_slice_is(hit->entry->value, "change") && !oc_slice_is(hit->entry->value, "none");
        size_t far = other ? distance(f, word->start, word->end, hit->start, hit->end) : SIZE_MAX;
        if (far < least) least = far, best = hit;
    }
    return best;
}

/* What happens on a day by itself, whatever is said of a milestone: "at the talks in October the year will be named".
 */
static bool is_occasion(oc_slice kind)
{
    static const char *const kinds[] = {"meeting", "exercise", "election", "visit", "hearing"};
    bool found = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) found |= oc_slice_is(kind, kinds[i]);
    return found;
}

static bool has_topic(oc_slice text)
{
    return oc_slice_find(text, OC_SLICE("は"), 0) != SIZE_MAX || oc_slice_find(text, OC_SLICE("은 "), 0) != SIZE_MAX ||
           oc_slice_find(text, OC_SLICE("는 "), 0) != SIZE_MAX;
}

/* The day of a claim, and no occasion stands nearer to it than the milestone. */
static bool is_claimed(const finder *f, const oc_date *date, const oc_hit *word)
{
    bool qualified = word->end <= date->from && date->from - word->end <= QUALIFIED_REACH &&
                     oc_slice_is(word->entry->value, "election") && /* "任期が終わる2030年6月" */
                     !has_topic(oc_slice_sub(f->text, word->end, date->from));
    if (qualified) return false;
    bool border = date->start == OC_DAY_OPEN_START && word->start >= date->from && word->end <= date->to;
    if (border) return true; /* "before his term ends", "임기가 끝나기 전에" */
    bool year = f->lang == OC_LANG_EN && date->grain == OC_GRAIN_YEAR &&
                !oc_slice_is(word->entry->value, "election"); /* "talks to set 2028" */
    const oc_hit *occasion = word_of_kind(f, word);           /* "the exercise will take place": the exercise */
    if (year || !is_occasion(occasion->entry->value)) return true;
    size_t own = far_from(f, date, occasion);
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_MILESTONE); hit; hit = oc_hits_next(f->hits, hit))
        if (far_from(f, date, hit) <= own) return true;
    return false;
}

/* "2030年までの移管に賛成する人": a day ahead of a milestone, whatever is said of it. */
static bool is_of_milestone(const finder *f, const oc_date *date, const oc_hit *word)
{
    if (f->anchor == OC_DAY_NONE || date->end <= f->anchor) return false;
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_MILESTONE); hit; hit = oc_hits_next(f->hits, hit))
        if (hit->start < word->end && hit->end > word->start) return true;
    return false;
}

/* "12일과 13일", "on May 12 and 13": one event of two days. */
static bool goes_on(const finder *f, const oc_read_event *event, const oc_date *date)
{
    if (date->grain != OC_GRAIN_DAY || event->end + 1 != date->start) return false;
    for (size_t i = 0; i < f->dates->len; i++) {
        const oc_date *other = &f->dates->at[i];
        if (other->grain == OC_GRAIN_DAY && other->end == event->end && other->to <= date->from &&
            date->from - other->to <= JOINT_REACH)
            return true;
    }
    return false;
}

/* A day of the sentence with a word of `kind` beside it: behind it in Japanese and Korean, before it in English. */
static bool is_told_of(const finder *f, const oc_date *date, oc_phrase_kind kind)
{
    oc_slice side = f->lang == OC_LANG_EN ? oc_slice_sub(f->text, 0, date->from) : oc_slice_from(f->text, date->to);
    if (f->lang == OC_LANG_EN) return oc_phrase_ends(f->lexicon, f->lang, kind, side) != 0;
    oc_slice near = oc_slice_trim(oc_slice_sub(side, 0, side.len < NEXT_REACH ? side.len : NEXT_REACH));
    for (size_t at = 0, length; at < near.len; oc_utf8_next(near, &at)) {
        length = oc_phrase_begins(f->lexicon, f->lang, kind, oc_slice_from(near, at));
        if (length) return true;
    }
    return false;
}

/* "17日に始めた演習を27日に終えた", "the exercise that began on August 17 ended on August 27": one event. */
static bool ends_then(const finder *f, const oc_read_event *event, const oc_date *date)
{
    if (date->grain != OC_GRAIN_DAY || event->start != event->end || event->start >= date->start) return false;
    if (!is_told_of(f, date, OC_PHRASE_ENDED)) return false;
    for (size_t i = 0; i < f->dates->len; i++) {
        const oc_date *other = &f->dates->at[i];
        if (other->grain == OC_GRAIN_DAY && other->start == event->start && other->to <= date->from)
            return is_told_of(f, other, OC_PHRASE_BEGAN);
    }
    return false;
}

/* Japanese, Korean: "10월 12일 시작돼 30일까지 이어진다": one event. */
static bool lasts_until(const finder *f, const oc_read_event *event, const oc_date *date)
{
    if (f->lang == OC_LANG_EN || date->bound != OC_BOUND_BY || date->grain != OC_GRAIN_DAY || date == f->dates->at)
        return false;
    const oc_date *first = date - 1;
    return first->grain == OC_GRAIN_DAY && first->start == event->start && first->end == event->end &&
           date->end > first->end && date->from - first->to <= LASTING_REACH && is_told_of(f, first, OC_PHRASE_BEGAN);
}

/* The event that this date and word tell again: the same days, or "the 1950-53 Korean War". Of two periods, one in the
 * other, the shorter one stays. */
static bool is_known(const finder *f, oc_read_events *events, size_t first, const oc_date *date, const oc_hit *word)
{
    word = word_of_kind(f, word);
    for (size_t i = first; i < events->len; i++) {
        oc_read_event *event = &events->at[i];
        if (event->start == date->start && event->end == date->end) return true;
        if (goes_on(f, event, date) || ends_then(f, event, date) || lasts_until(f, event, date)) {
            event->end = date->end;
            return true;
        }
        bool beside_word =
            event->to <= word->start && word->start - event->to <= 1; /* "the summer exercise held from" */
        bool within =
                 (event->from <= word->start && event->to >= word->end) || beside_word, /* 今年の演習は8月17日から */
            printed = date->basis != OC_BASIS_CONTEXT && date->basis != OC_BASIS_RELATIVE, /* not その日 */
            coarse = event->end - event->start >= COARSE_DAYS && !oc_clauses_commas(&f->clauses, event->to, date->from);
        /* "8日、…年内の工程表の作成で合意した": what they agreed on is dated by the other one. */
        bool object = within && oc_slice_is(word->entry->value, "agreement") && event->start == event->end &&
                      f->anchor != OC_DAY_NONE && event->end <= f->anchor && date->end > f->anchor;
        if (object) return true;
        bool beside = within && (date->from <= event->to + 4 || coarse);
        bool inside = date->start >= event->start && date->end <= event->end,
             around = date->start <= event->start && date->end >= event->end;
        if (!beside || !(inside || around)) continue;
        if (inside && printed) event->start = date->start, event->end = date->end;
        return true;
    }
    return false;
}

/* English: "after the October 28 talks": the talks were on that day. */
static void settle_beside(const finder *f, const oc_date *date, oc_read_event *event)
{
    bool beside = false;
    if (f->lang != OC_LANG_EN || date->grain != OC_GRAIN_DAY) return;
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(f->hits, hit))
        beside |= hit->start == date->to + 1;
    if (!beside) return;
    if (date->bound == OC_BOUND_AFTER && date->start > OC_DAY_OPEN_START) event->start = event->end = date->start - 1;
    if (date->bound == OC_BOUND_BEFORE && date->end < OC_DAY_OPEN_END) event->start = event->end = date->end + 1;
}

static void add_actors(oc_arena *arena, const oc_mentions *mentions, oc_read_event *event)
{
    for (size_t m = 0; m < mentions->len; m++) {
        bool again = false;
        for (size_t k = 0; k < event->actors.len; k++) again |= event->actors.at[k] == mentions->at[m].actor;
        if (!again) *oc_vec_push(arena, &event->actors) = mentions->at[m].actor;
    }
}

/* English: "the allies' summer exercise". */
static bool is_before_exercise(const finder *f, const oc_date *date)
{
    for (const oc_hit *hit = oc_hits_first(f->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(f->hits, hit))
        if (oc_slice_is(hit->entry->value, "exercise") && hit->start >= date->to && hit->start - date->to <= 3)
            return true;
    return false;
}

/* "on July 14, 1950, in the third week of the Korean War": a period that holds another day of the sentence. */
static bool is_era_of_other(const finder *f, const oc_date *date)
{
    bool season = f->lang == OC_LANG_EN && date->grain == OC_GRAIN_SEASON && is_before_exercise(f, date);
    if (!season && (date->basis != OC_BASIS_NAMED || date->grain != OC_GRAIN_PERIOD)) return false;
    for (size_t i = 0; i < f->dates->len; i++) {
        const oc_date *other = &f->dates->at[i];
        if (other != date && other->grain <= OC_GRAIN_MONTH && other->start >= date->start && other->end <= date->end)
            return true;
    }
    return false;
}

/* The word of the event that a date tells of, or the date itself for a deed without a word of its own; NULL: none. */
static const oc_hit *event_of(const finder *f, const oc_date *date, bool question, oc_hit *plain)
{
    static const oc_lex_entry deed = {.class = OC_LEX_EVENT, .value = {"event", 5}};
    if (date->start == OC_DAY_NONE && date->end == OC_DAY_NONE) return NULL;
    if (question && (f->anchor == OC_DAY_NONE || date->end >= f->anchor)) return NULL;
    bool since = date->bound == OC_BOUND_FROM && date->start <= f->anchor; /* "has gone on since 2006" */
    if (is_era_of_other(f, date) || oc_event_is_attributive_year(f, date)) return NULL;
    if (since || is_inside_word(f, date)) return NULL;
    const oc_hit *word = word_of(f, date);
    *plain = (oc_hit){.start = date->from, .end = date->to, .entry = &deed};
    if (!word && (has_happened(f, date) || will_happen(f, date))) word = plain;
    bool none = !word || oc_event_is_none(f, date, word) || is_of_milestone(f, date, word);
    return none ? NULL : word;
}

void oc_events_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                    const oc_dates *dates, const bool *claimed, const oc_mentions *mentions, oc_day anchor,
                    oc_arena *arena, oc_read_events *ret_events)
{
    if (!dates->len) return;
    bool question = oc_sign_asks(sentence);
    finder f = {lexicon, lang, sentence, hits, dates, anchor, .clauses.commas = NULL};
    size_t first = ret_events->len;
    bool coming = has_modality(&f, "planned") || has_modality(&f, "goal") || has_modality(&f, "forecast");
    if (lang == OC_LANG_EN || hits->signs & (OC_SIGN_COMMA | OC_SIGN_SEMICOLON))
        oc_clauses_find(lexicon, lang, sentence, arena, &f.clauses);
    for (size_t i = 0; i < dates->len; i++) {
        const oc_date *date = &dates->at[i];
        oc_hit plain;
        const oc_hit *word = event_of(&f, date, question, &plain);
        if (!word || (claimed && claimed[i] && is_claimed(&f, date, word)) ||
            is_known(&f, ret_events, first, date, word))
            continue;
        oc_read_event event = {.from = word->start < date->from ? word->start : date->from,
                               .to = word->end > date->to ? word->end : date->to,
                               .kind = word_of_kind(&f, word)->entry->value,
                               .start = date->start,
                               .end = date->end};
        bool moved = lang == OC_LANG_EN && oc_tense_is_put_off(lexicon, sentence, date) && event.end < OC_DAY_OPEN_END;
        if (moved)
            event.start = oc_day_from_civil(oc_civil_from_day(event.end).year, oc_civil_from_day(event.end).month, 1);
        settle_beside(&f, date, &event);
        event.future = anchor == OC_DAY_NONE ? coming : date->start > anchor || (coming && date->end > anchor);
        add_actors(arena, mentions, &event);
        *oc_vec_push(arena, ret_events) = event;
    }
}
