/* Sentences; see found.h. For each sentence in order: words of the lexicon, actors, dates (with the cursors for
 * missing years), quotes with speakers, then what rests on them: quantities outside of dates, events, claims. What is
 * kept goes to the document; all else lies in a scratch arena that each sentence begins anew. */
#include "reading/found.h"

#include "reading/claim_clash.h"
#include "reading/claim_voice.h"
#include "reading/phrase.h"
#include "reading/quote.h"
#include "reading/tense.h"

enum {
    PARTS_MAX = 16,
    REPORTING_BYTES = 36,
    THERE_SENTENCES = 3,
    SCRATCH_BYTES = 128 << 10,
    STORY_DAYS = 3,
    LENT_BYTES = 6,
    JOINT_BYTES = 5,
    BRIEF_BYTES = 24
};

typedef struct pass {
    oc_arena *arena; /* of the document */
    oc_arena *scratch;
    oc_document *document;
    const oc_reader *reader;
    oc_quote_state quotes;
    oc_date_context context;
    oc_actor_memory memory;
    uint32_t paragraph;
    oc_slice milestone; /* named last in this paragraph */
    oc_milestone_memory named;
    oc_day there_start, there_end; /* of the last meeting */
    oc_day ahead_start, ahead_end; /* the last date that lies ahead, of this paragraph */
    oc_day story;                  /* the first day named that is that of the publication or just before it */
    uint32_t there;                /* the sentence that named it */
    oc_day day;                    /* named last, not after the publication; the publication if none was */
    oc_hits hits;
    oc_mentions mentions;
    oc_dates dates;
    oc_quantities quantities;
    oc_read_events events;
    oc_claims claims;
    oc_hits part_hits;
    oc_dates part_dates;
    bool masked[OC_FOUND_BYTES];
} pass;

/* The part of the sentence between quotation marks that holds `at`, else all of it. */
static void marked_part(const pass *p, uint32_t index, size_t at, size_t *ret_first, size_t *ret_last)
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
static oc_tense printed_tense(const pass *p, oc_slice text, const oc_date *date)
{
    oc_slice printed = oc_slice_sub(text, date->from, date->to);
    if (oc_slice_find(printed, OC_SLICE(" of "), 0) != SIZE_MAX) return OC_TENSE_AUTO; /* "the last week of May" */
    if (oc_phrase_begins(p->reader->lexicon, p->document->lang, OC_PHRASE_BACK, printed)) return OC_TENSE_PAST;
    if (oc_phrase_begins(p->reader->lexicon, p->document->lang, OC_PHRASE_AHEAD, printed)) return OC_TENSE_FUTURE;
    return OC_TENSE_AUTO;
}

/* A day without a year took that of the text before, though its sentence looks the other way: "The next briefing is on
 * May 28" behind "in May 2022", "last November". */
static bool takes_wrong_year(const pass *p, oc_slice text, const oc_date *date)
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

static void find_dates(pass *p, oc_slice text)
{
    oc_date_context before = p->context;
    p->dates.len = 0;
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
static void settle_next(const pass *p, oc_slice text, oc_date *date)
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
static void count_from_before(const pass *p, oc_slice text, size_t index)
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

/* "10月末までに終わる": a deadline without a year lies ahead unless its sentence speaks of the past. */
static void settle_deadline(const pass *p, oc_slice text, oc_date *date)
{
    oc_day anchor = p->document->metadata.anchor;
    bool passed = anchor != OC_DAY_NONE && date->basis == OC_BASIS_YEAR_MISSING && date->end < anchor &&
                  date->start == OC_DAY_OPEN_START && date->other_start == OC_DAY_NONE;
    if (!passed || oc_tense_of(p->reader->lexicon, p->document->lang, text, 0, text.len, date) == OC_TENSE_PAST) return;
    oc_civil behind = oc_civil_from_day(date->end + 1); /* so that the end of a month stays one */
    oc_day later = oc_day_from_civil(behind.year + 1, behind.month, behind.day) - 1;
    if (later >= anchor) date->end = later;
}

/* "before 2029 it would be reckless, he wrote in an essay published on Nov. 12": what has been was not in that year. */
static void settle_past(const pass *p, oc_slice text, oc_date *date)
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

/* "The following year" counts from the last year told, though it lies ahead, and 이날 at the head of a paragraph is the
 * day that the text is about. True if that changes what the cursors were, *before. */
static bool point_back(pass *p, const oc_date_context *before, oc_slice text, bool paragraph)
{
    size_t length;
    const oc_lexicon *lexicon = p->reader->lexicon;
    oc_lang lang = p->document->lang;
    bool year = p->ahead_start != OC_DAY_NONE && oc_phrase_first_in(&p->hits, lexicon, lang, OC_PHRASE_YEAR_AFTER, text,
                                                                    0, text.len, &length) != SIZE_MAX;
    bool day = paragraph && p->story != OC_DAY_NONE &&
               oc_phrase_first_in(&p->hits, lexicon, lang, OC_PHRASE_THIS_DAY, text, 0, text.len, &length) != SIZE_MAX;
    if (!year && !day) return false;
    p->context = *before;
    p->context.last_start = day ? p->story : p->ahead_start;
    p->context.last_end = day ? p->story : p->ahead_end;
    return true;
}

static void read_dates(pass *p, uint32_t index, oc_slice text, bool paragraph)
{
    oc_date_context before = p->context;
    find_dates(p, text);
    if (p->dates.len && point_back(p, &before, text, paragraph)) find_dates(p, text);
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
    for (size_t i = 0; i < p->dates.len; i++) settle_deadline(p, text, &p->dates.at[i]);
    for (size_t i = 0; i < p->dates.len; i++) settle_past(p, text, &p->dates.at[i]);
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

/* One that may go unnamed later; not one that needs a day. */
static bool may_go_unnamed(const oc_hit *milestone)
{
    return !oc_slice_ends(milestone->entry->value, OC_SLICE("!"));
}

typedef struct part {
    size_t from, to;           /* of the sentence */
    size_t wide_from, wide_to; /* with the words around it that tell how it is meant */
    int32_t quote;             /* index, -1: outside of quotations */
} part;

/* The bytes of the sentence that a quotation holds, false if it lies in another sentence. Around what is reported
 * without marks lie words that tell how it is meant: "…する考えを示した", "promised that …". */
static bool part_of(const oc_document *document, oc_slice sentence, size_t quote, size_t before, part *ret)
{
    oc_slice text = document->quotes.at[quote].text;
    uintptr_t at = (uintptr_t)text.ptr, start = (uintptr_t)sentence.ptr;
    if (at < start || at >= start + sentence.len) return false;
    size_t from = at - start, to = from + text.len < sentence.len ? from + text.len : sentence.len;
    *ret = (part){from, to, from, to, (int32_t)quote};
    oc_quote_kind kind = document->quotes.at[quote].kind;
    if (kind != OC_QUOTE_INDIRECT && (kind != OC_QUOTE_DOCUMENT || document->lang == OC_LANG_EN)) return true;
    if (document->lang == OC_LANG_EN)
        ret->wide_from = from > before + REPORTING_BYTES ? from - REPORTING_BYTES : before;
    else
        ret->wide_to = to + REPORTING_BYTES;
    return true;
}

/* "移管の条件については、2029年3月までに整うとの認識": a milestone that ends inside of what is reported begins there
 * too. */
static void take_whole(const pass *p, part *in)
{
    if (p->document->quotes.at[in->quote].kind != OC_QUOTE_INDIRECT) return;
    for (const oc_hit *hit = oc_hits_first(&p->hits, OC_LEX_MILESTONE); hit; hit = oc_hits_next(&p->hits, hit))
        if (hit->start < in->from && hit->end > in->from && hit->end <= in->to) in->from = hit->start;
    if (in->wide_from > in->from) in->wide_from = in->from;
}

static bool is_marked(const oc_document *document, const part *in)
{
    oc_quote_kind kind = document->quotes.at[in->quote].kind;
    return kind == OC_QUOTE_DIRECT || kind == OC_QUOTE_DOCUMENT || kind == OC_QUOTE_BLOCK;
}

/* "30年までの移管は「あり得ない」と切り捨てた": a few words in marks that name no milestone tell of the one outside. */
static bool is_brief(const pass *p, const part *in)
{
    if (in->to - in->from > BRIEF_BYTES) return false;
    for (const oc_hit *hit = oc_hits_first(&p->hits, OC_LEX_MILESTONE); hit; hit = oc_hits_next(&p->hits, hit))
        if (hit->start >= in->from && hit->end <= in->to) return false;
    return true;
}

/* The words of one part: inside a quotation those within it, outside all but those of whole clauses in marks. A
 * milestone counts in one part only. */
static void hits_of(pass *p, const part *parts, size_t count, const part *own, oc_hits *ret)
{
    ret->len = 0;
    oc_hits_know(ret, &p->hits);
    for (size_t i = 0; i < p->hits.len; i++) {
        const oc_hit *hit = &p->hits.at[i];
        const part *home = NULL;
        for (size_t k = 0; k < count; k++)
            if (hit->start >= parts[k].from && hit->end <= parts[k].to) home = &parts[k];
        bool manner = hit->entry->class == OC_LEX_MODALITY || hit->entry->class == OC_LEX_NEGATION ||
                      hit->entry->class == OC_LEX_HEDGE;
        bool inside = own && (manner ? hit->start >= own->wide_from && hit->end <= own->wide_to
                                     : hit->start >= own->from && hit->end <= own->to);
        bool outside = !own && (!home || (hit->entry->class != OC_LEX_MILESTONE && !is_marked(p->document, home)) ||
                                (manner && is_brief(p, home)));
        if (inside || outside) *oc_vec_push(p->scratch, ret) = *hit;
    }
    oc_hits_index(ret);
}

static bool is_known(const oc_document *document, size_t first, const oc_claim *claim)
{
    for (size_t i = first; i < document->claims.len; i++) {
        const oc_claim *other = &document->claims.at[i].claim;
        bool same = oc_slice_equal(other->milestone, claim->milestone);
        if (same && ((other->start == claim->start && other->end == claim->end) ||
                     (claim->start == OC_DAY_NONE && claim->end == OC_DAY_NONE)))
            return true;
    }
    return false;
}

/* Japanese, Korean: "両国は11月に…を発表すると述べた": what is reported may begin behind its date. */
static void date_in_front(pass *p, const part *parts, size_t count, const part *own)
{
    if (p->document->lang == OC_LANG_EN) return;
    for (size_t i = 0; i < p->dates.len; i++) {
        const oc_date *date = &p->dates.at[i];
        bool inside = date->to > own->from || own->from - date->to > REPORTING_BYTES;
        for (size_t k = 0; k < count; k++) inside |= date->from >= parts[k].from && date->to <= parts[k].to;
        if (!inside && date->end > p->document->metadata.anchor) *oc_vec_push(p->scratch, &p->part_dates) = *date;
    }
}

/* The date stands in a few words in marks that name no milestone: "and the transfer "within this term"". */
static bool is_lent(const pass *p, const part *parts, size_t count, const oc_date *date)
{
    for (size_t k = 0; k < count; k++) {
        if (date->from < parts[k].from || date->to > parts[k].to) continue;
        bool mostly = date->to - date->from + LENT_BYTES >= parts[k].to - parts[k].from; /* nothing but a date */
        if (p->document->quotes.at[parts[k].quote].kind != OC_QUOTE_PARTIAL && !mostly) return false;
        for (const oc_hit *hit = oc_hits_first(&p->hits, OC_LEX_MILESTONE); hit; hit = oc_hits_next(&p->hits, hit))
            if (hit->start >= parts[k].from && hit->end <= parts[k].to) return false;
        return true;
    }
    return false;
}

/* The dates of one part. A few words in marks, or words of a document, may be dated outside of the marks. */
static void dates_of(pass *p, const part *parts, size_t count, const part *own)
{
    p->part_dates.len = 0;
    for (int wide = 0; wide < 2 && !p->part_dates.len; wide++) {
        for (size_t i = 0; i < p->dates.len; i++) {
            const oc_date *date = &p->dates.at[i];
            bool elsewhere = false;
            for (size_t k = 0; k < count; k++) elsewhere |= date->from >= parts[k].from && date->to <= parts[k].to;
            bool inside = own && date->from >= own->from && date->to <= own->to;
            if (own && !wide ? inside : !elsewhere || (!own && is_lent(p, parts, count, date)))
                *oc_vec_push(p->scratch, &p->part_dates) = *date;
        }
        oc_quote_kind kind = own ? p->document->quotes.at[own->quote].kind : OC_QUOTE_INDIRECT;
        if (own && kind == OC_QUOTE_INDIRECT && !p->part_dates.len) date_in_front(p, parts, count, own);
        if (kind != OC_QUOTE_PARTIAL && kind != OC_QUOTE_DOCUMENT) return;
    }
}

/* Words around a few that are quoted belong to the same speaker. */
static int32_t quote_around(const oc_document *document, const part *parts, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (document->quotes.at[parts[k].quote].kind == OC_QUOTE_PARTIAL) return parts[k].quote;
    return -1;
}

/* "FOCの検証について「10月末までに結論を出す」": what is quoted is said of what stands right before it. */
static bool is_about(const pass *p, oc_slice text, const part *own)
{
    size_t mark = own->from;
    while (mark > 0 && ((unsigned char)text.ptr[mark - 1] & 0xc0) == 0x80) mark--; /* to the mark's first byte */
    if (mark > 0) mark--;
    oc_slice head = oc_slice_trim(oc_slice_sub(text, 0, mark));
    return oc_phrase_ends(p->reader->lexicon, p->document->lang, OC_PHRASE_ABOUT, head) != 0;
}

static void read_part(pass *p, uint32_t index, oc_slice text, const part *parts, size_t count, const part *own,
                      size_t first)
{
    oc_document *document = p->document;
    bool rest = !own && count;
    int32_t quote = own ? own->quote : quote_around(document, parts, count);
    oc_claim_context context = {.anchor = document->metadata.anchor,
                                .speaker = quote < 0 ? -1 : document->quotes.at[quote].actor,
                                .milestone = rest ? (oc_slice){"", 0} : p->milestone,
                                .there_start = p->there_start,
                                .there_end = index - p->there <= THERE_SENTENCES ? p->there_end : OC_DAY_NONE,
                                .known = p->named.known};
    context.about = own && is_marked(document, own) && is_about(p, text, own);
    if (own) context.from = own->from;
    if (own && document->lang != OC_LANG_EN) context.frame_from = own->to, context.frame_to = own->wide_to;
    const oc_hits *hits = count ? &p->part_hits : &p->hits;
    if (count) {
        hits_of(p, parts, count, own, &p->part_hits);
        dates_of(p, parts, count, own);
    }
    p->claims.len = 0;
    oc_claims_find(p->reader->lexicon, document->lang, text, hits, count ? &p->part_dates : &p->dates, &p->mentions,
                   &context, p->scratch, &p->claims);
    for (size_t i = 0; i < p->claims.len; i++) {
        if (is_known(document, first, &p->claims.at[i])) continue;
        *oc_vec_push(p->arena, &document->claims) =
            (oc_found_claim){.sentence = index,
                             .claim = p->claims.at[i],
                             .quote = quote,
                             .label = quote < 0 ? p->quotes.label : (oc_slice){"", 0}};
    }
    for (const oc_hit *hit = oc_hits_first(hits, OC_LEX_MILESTONE); hit; hit = oc_hits_next(hits, hit))
        if (may_go_unnamed(hit)) p->milestone = oc_milestone_id(hit->entry);
}

/* "FMC remains, and they plan it in 2027": of two claims of a sentence about one milestone the dated one stays. */
static void drop_undated(oc_document *document, size_t first)
{
    size_t kept = first;
    for (size_t i = first; i < document->claims.len; i++) {
        const oc_claim *claim = &document->claims.at[i].claim;
        bool dated = claim->start != OC_DAY_NONE || claim->end != OC_DAY_NONE, again = false;
        for (size_t k = first; k < document->claims.len && !dated; k++) {
            const oc_claim *other = &document->claims.at[k].claim;
            again |= other->end != OC_DAY_NONE && oc_slice_equal(other->milestone, claim->milestone);
        }
        if (!again) document->claims.at[kept++] = document->claims.at[i];
    }
    document->claims.len = kept;
}

/* Claims of the words around quotations, then of each quotation by itself. */
static void read_claims(pass *p, uint32_t index, oc_slice text, size_t first_quote)
{
    oc_document *document = p->document;
    if (!oc_hits_any(&p->hits, OC_LEX_BIT(MILESTONE)) && !(p->milestone.len && p->dates.len)) return;
    part parts[PARTS_MAX];
    size_t count = 0, first = document->claims.len;
    for (size_t i = first_quote; i < document->quotes.len && count < PARTS_MAX; i++)
        count += part_of(document, text, i, count ? parts[count - 1].to : 0, &parts[count]);
    for (size_t i = 0; i < count; i++) take_whole(p, &parts[i]);
    read_part(p, index, text, parts, count, NULL, first);
    for (size_t i = 0; i < count; i++) read_part(p, index, text, parts, count, &parts[i], first);
    drop_undated(document, first);
}

/* What later sentences count from. After "in 2028" a day without a year is again one near the publication, and "that
 * day" is the last one that has been. */
static void settle_cursors(pass *p)
{
    oc_day anchor = p->document->metadata.anchor;
    if (anchor == OC_DAY_NONE) return;
    for (size_t i = 0; i < p->dates.len; i++) {
        const oc_date *date = &p->dates.at[i];
        if (date->grain != OC_GRAIN_DAY || date->end > anchor || date->end <= OC_DAY_OPEN_START) continue;
        p->day = date->end;
        if (p->story == OC_DAY_NONE && anchor - p->day <= STORY_DAYS) p->story = p->day;
    }
    bool later = p->context.year_here && p->context.year > oc_civil_from_day(anchor).year;
    if (later) p->context.year = p->context.month = 0;
    bool ahead = p->context.last_end != OC_DAY_NONE && p->context.last_end > anchor;
    if (ahead) p->ahead_start = p->context.last_start, p->ahead_end = p->context.last_end;
    if (ahead) p->context.last_start = p->context.last_end = p->day;
}

/* "複数の外交筋が明らかにした。": who said what the sentence before told. */
static void credit_before(pass *p, uint32_t index, size_t first_quote)
{
    oc_document *document = p->document;
    if (first_quote >= document->quotes.len || document->quotes.at[first_quote].sentence >= index) return;
    for (size_t i = document->claims.len; i-- > 0;) {
        oc_found_claim *claim = &document->claims.at[i];
        if (claim->sentence != document->quotes.at[first_quote].sentence) return;
        if (claim->quote >= 0) continue;
        claim->quote = (int32_t)first_quote;
        claim->claim.speaker = document->quotes.at[first_quote].actor;
    }
}

static void keep_event(pass *p, uint32_t index, const oc_read_event *event)
{
    oc_found_event *kept = oc_vec_push(p->arena, &p->document->events);
    *kept = (oc_found_event){index, *event};
    kept->event.actors.at = OC_NEW_ARRAY(p->arena, event->actors.len, uint32_t);
    kept->event.actors.room = event->actors.len;
    if (event->actors.len) memcpy(kept->event.actors.at, event->actors.at, event->actors.len * sizeof(uint32_t));
}

/* Events of the dates that the sentence's claims, from the first on, have left. */
static void read_events(pass *p, uint32_t index, oc_slice text, size_t first_claim)
{
    const oc_document *document = p->document;
    bool *claimed = OC_NEW_ARRAY(p->scratch, p->dates.len, bool);
    for (size_t i = first_claim; i < document->claims.len; i++) {
        const oc_claim *claim = &document->claims.at[i].claim;
        for (size_t k = 0; k < p->dates.len; k++)
            claimed[k] |= claim->forward && claim->date_to &&
                          (p->dates.at[k].from == claim->date_from ||
                           (p->dates.at[k].to == claim->to && p->dates.at[k].end == claim->end));
    }
    for (size_t k = 1; k < p->dates.len; k++) /* "in August 2027 and March 2028" */
        claimed[k] |= claimed[k - 1] && p->dates.at[k].from - p->dates.at[k - 1].to <= JOINT_BYTES;
    oc_events_find(p->reader->lexicon, document->lang, text, &p->hits, &p->dates, claimed, &p->mentions,
                   document->metadata.anchor, p->scratch, &p->events);
    for (size_t i = 0; i < p->events.len; i++) keep_event(p, index, &p->events.at[i]);
}

static void begin_sentence(pass *p, oc_arena_mark empty)
{
    oc_arena_rewind(p->scratch, empty);
    oc_hits_clear(&p->hits);
    oc_hits_clear(&p->part_hits);
    p->mentions = (oc_mentions){0};
    p->dates = p->part_dates = (oc_dates){0};
    p->quantities = (oc_quantities){0};
    p->events = (oc_read_events){0};
    p->claims = (oc_claims){0};
}

/* What "at that meeting" will mean. */
static void remember_meeting(pass *p, uint32_t index)
{
    for (size_t i = 0; i < p->events.len; i++) {
        const oc_read_event *event = &p->events.at[i];
        bool meeting = oc_slice_is(event->kind, "meeting");
        for (const oc_hit *hit = oc_hits_first(&p->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(&p->hits, hit))
            meeting |= hit->start >= event->from && hit->end <= event->to && oc_slice_is(hit->entry->value, "meeting");
        if (!meeting) continue;
        p->there_start = event->start;
        p->there_end = event->end;
        p->there = index;
    }
}

static void read_sentence(pass *p, uint32_t index)
{
    oc_document *document = p->document;
    const oc_sentence *sentence = &document->sentences.at[index];
    oc_slice text = sentence->text;
    bool paragraph = p->paragraph != sentence->paragraph;
    if (paragraph) {
        p->context.year = p->context.month = 0;
        p->ahead_start = OC_DAY_NONE;
        p->milestone = (oc_slice){"", 0};
    }
    p->paragraph = sentence->paragraph;
    oc_lexicon_scan_with(p->reader->lexicon, oc_actor_starts(p->reader->finder, document->lang), document->lang, text,
                         p->scratch, &p->hits);
    oc_milestones_settle(document->lang, text, &p->named, p->scratch, &p->hits);
    if (p->reader->finder)
        oc_actors_find(p->reader->finder, document->lang, text, &p->hits, &p->memory, p->scratch, &p->mentions);
    for (size_t i = 0; i < p->mentions.len; i++)
        *oc_vec_push(p->arena, &document->mentions) = (oc_found_mention){index, p->mentions.at[i]};
    read_dates(p, index, text, paragraph);
    size_t first_quote = document->quotes.len;
    oc_quotes_find(p->arena, document, index, &p->hits, &p->quotes);
    oc_quantities_find(p->reader->lexicon, document->lang, text, &p->hits, p->masked, p->scratch, &p->quantities);
    for (size_t i = 0; i < p->quantities.len; i++)
        *oc_vec_push(p->arena, &document->quantities) = (oc_found_quantity){index, p->quantities.at[i]};
    credit_before(p, index, first_quote);
    size_t first_claim = document->claims.len;
    read_claims(p, index, text, first_quote);
    if (p->named.object.len && !p->milestone.len) p->milestone = p->named.object;
    read_events(p, index, text, first_claim);
    remember_meeting(p, index);
    settle_cursors(p);
}

typedef struct job {
    oc_arena *arena;
    oc_document *document;
    const oc_read_options *options;
    bool *over;
} job;

static void read_all(void *context, oc_arena *scratch)
{
    const job *j = context;
    oc_document *document = j->document;
    oc_arena_reserve(scratch, SCRATCH_BYTES);
    pass *p = OC_NEW(scratch, pass);
    p->arena = p->memory.arena = p->named.arena = j->arena;
    p->scratch = scratch;
    p->document = document;
    p->reader = document->reader;
    p->context = oc_date_context_at(document->metadata.anchor);
    p->day = document->metadata.anchor;
    p->there_end = p->ahead_start = p->story = OC_DAY_NONE;
    oc_arena_mark empty = oc_arena_get_mark(scratch);
    if (document->metadata.title.len <= OC_FOUND_BYTES)
        oc_lexicon_scan(p->reader->lexicon, document->lang, document->metadata.title, scratch, &p->hits);
    oc_milestones_settle(document->lang, document->metadata.title, &p->named, scratch, &p->hits);
    for (uint32_t i = 0; i < document->sentences.len; i++) {
        if (i % 512 == 511 && j->options->expired && j->options->expired(j->options->context)) {
            *j->over = true;
            return;
        }
        begin_sentence(p, empty);
        if (document->sentences.at[i].text.len <= OC_FOUND_BYTES) read_sentence(p, i);
    }
    oc_claims_settle_voices(scratch, document);
    oc_claims_compare(j->arena, scratch, document);
}

void oc_found_read(oc_arena *arena, oc_document *document, const oc_read_options *options, bool *ret_over)
{
    *ret_over = false;
    if (!document->reader->lexicon) return;
    oc_arena_with_scratch(arena, read_all, &(job){arena, document, options, ret_over});
}
