/* Sentences; see found.h. For each sentence in order: words of the lexicon, actors, dates (with the cursors for
 * missing years), quotes with speakers, then what rests on them: quantities outside of dates, events, claims. What is
 * kept goes to the document; all else lies in a scratch arena that each sentence begins anew. */
#include "reading/found.h"

#include "reading/claim_clash.h"
#include "reading/claim_voice.h"
#include "reading/clause.h"
#include "reading/found_parts.h"
#include "reading/phrase.h"
#include "reading/quote_name.h"
#include "reading/voice.h"

enum {
    PARTS_MAX = 16,
    REPORTING_BYTES = 36,
    THERE_SENTENCES = 3,
    SCRATCH_BYTES = 128 << 10,
    ASKED_BYTES = 32 << 10, /* read between two looks at the clock */
    STORY_DAYS = 3,
    LENT_BYTES = 6,
    JOINT_BYTES = 5,
    BRIEF_BYTES = 45,
    OBJECT_BYTES = 24, /* between a milestone and the particle behind it */
    INNER_BYTES = 18,  /* of a sentence within a quotation */
    POINTER_BYTES = 4  /* "it" is too little */
};

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
    bool answer = document->sentences.at[document->quotes.at[quote].sentence].turn >= OC_TURN_ANSWER;
    if (answer && document->quotes.at[quote].kind == OC_QUOTE_BLOCK) return false; /* the turn tells who speaks */
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
static void take_whole(const oc_found_pass *p, part *in)
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
static bool is_brief(const oc_found_pass *p, const part *in)
{
    if (in->to - in->from > BRIEF_BYTES) return false;
    for (const oc_hit *hit = oc_hits_first(&p->hits, OC_LEX_MILESTONE); hit; hit = oc_hits_next(&p->hits, hit))
        if (hit->start >= in->from && hit->end <= in->to) return false;
    return true;
}

/* The words of one part: inside a quotation those within it, outside all but those of whole clauses in marks. A
 * milestone counts in one part only. */
static void hits_of(oc_found_pass *p, const part *parts, size_t count, const part *own, oc_hits *ret)
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

/* "2027년 전환설과 관련해 국방부는 “2027년 전환은 논의된 바 없다”고 밝혔다": what the words around a quotation tell
 * of a milestone and a day is what it denies. */
static void drop_denied(const oc_found_pass *p, oc_slice text, size_t first, const oc_claim *claim)
{
    oc_document *document = p->document;
    size_t kept = first, length;
    for (size_t i = first; i < document->claims.len && claim->modality == OC_MODALITY_DENIED; i++) {
        const oc_found_claim *other = &document->claims.at[i];
        bool same = oc_slice_equal(other->claim.milestone, claim->milestone) && claim->start == other->claim.start &&
                    claim->end == other->claim.end && claim->end != OC_DAY_NONE;
        bool turned = same && oc_phrase_first(p->reader->lexicon, document->lang, OC_PHRASE_TURNS, text,
                                              other->claim.to, claim->from, &length) != SIZE_MAX;
        if (!same || turned || other->quote >= 0) document->claims.at[kept++] = *other;
    }
    if (claim->modality == OC_MODALITY_DENIED) document->claims.len = kept;
}

/* Japanese, Korean: "両国は11月に…を発表すると述べた": what is reported may begin behind its date. */
static void date_in_front(oc_found_pass *p, const part *parts, size_t count, const part *own)
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
static bool is_lent(const oc_found_pass *p, const part *parts, size_t count, const oc_date *date)
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
static void dates_of(oc_found_pass *p, const part *parts, size_t count, const part *own)
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

/* "FOCの検証を「2026年に追求する」とうたった": the milestone that, or a step of which, is the object of what is quoted;
 * NULL if none is. */
static const oc_hit *object_of(const oc_found_pass *p, oc_slice head)
{
    static const char *const marks[] = {"を", "을", "를"};
    const oc_hit *near = NULL;
    bool object = false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) object |= oc_slice_ends_with(head, marks[i]);
    for (const oc_hit *hit = oc_hits_first(&p->hits, OC_LEX_MILESTONE); hit && object;
         hit = oc_hits_next(&p->hits, hit))
        if (hit->end <= head.len && head.len - hit->end <= OBJECT_BYTES && !oc_commas_between(head, hit->end, head.len))
            near = hit;
    return near;
}

/* "FOCの検証について「10月末までに結論を出す」": what is quoted is said of what stands right before it, *ret_milestone
 * if that is its object. */
static bool is_about(const oc_found_pass *p, oc_slice text, const part *own, oc_slice *ret_milestone)
{
    size_t mark = own->from;
    while (mark > 0 && ((unsigned char)text.ptr[mark - 1] & 0xc0) == 0x80) mark--; /* to the mark's first byte */
    if (mark > 0) mark--;
    oc_slice head = oc_slice_trim(oc_slice_sub(text, 0, mark));
    const oc_hit *object = object_of(p, head);
    if (object) *ret_milestone = oc_milestone_id(object->entry);
    return object || oc_phrase_ends(p->reader->lexicon, p->document->lang, OC_PHRASE_ABOUT, head);
}

/* Words around quotations that point to the milestone named before: "the aim was to finish the job". */
static bool points_back(const oc_found_pass *p, oc_slice text)
{
    size_t length;
    size_t at =
        oc_phrase_last_in(&p->hits, p->reader->lexicon, p->document->lang, OC_PHRASE_IT, text, 0, text.len, &length);
    return p->document->lang == OC_LANG_EN && at != SIZE_MAX && length > POINTER_BYTES;
}

/* The last milestone of a sentence; in Korean rather one that is its topic: "FMC 검증은 전환 전의 마지막 단계다". */
static void remember_milestones(oc_found_pass *p, const oc_hits *hits, oc_slice text)
{
    bool topic = false;
    for (const oc_hit *hit = oc_hits_first(hits, OC_LEX_MILESTONE); hit; hit = oc_hits_next(hits, hit)) {
        if (!may_go_unnamed(hit) || topic) continue;
        p->milestone = oc_milestone_id(hit->entry);
        if (p->document->lang != OC_LANG_KO) continue;
        size_t end = hit->end;
        for (const oc_hit *step = oc_hits_first(hits, OC_LEX_STEP); step; step = oc_hits_next(hits, step))
            if (step->start >= end && step->start <= end + 1) end = step->end;
        topic = oc_phrase_begins(p->reader->lexicon, OC_LANG_KO, OC_PHRASE_TOPIC, oc_slice_from(text, end)) != 0;
    }
}

static void read_part(oc_found_pass *p, uint32_t index, oc_slice text, const part *parts, size_t count, const part *own,
                      size_t first)
{
    oc_document *document = p->document;
    bool rest = !own && count;
    int32_t quote = own ? own->quote : quote_around(document, parts, count);
    if (quote < 0 && document->sentences.at[index].turn >= OC_TURN_ANSWER) quote = (int32_t)p->quotes.answer - 1;
    oc_claim_context context = {.anchor = document->metadata.anchor,
                                .speaker = quote < 0 ? -1 : document->quotes.at[quote].actor,
                                .milestone = rest && !points_back(p, text) ? (oc_slice){"", 0} : p->milestone,
                                .there_start = p->there_start,
                                .there_end = index - p->there <= THERE_SENTENCES ? p->there_end : OC_DAY_NONE,
                                .known = p->named.known};
    context.about = own && is_marked(document, own) && is_about(p, text, own, &context.milestone);
    if (own) context.from = own->from;
    context.quoted = own != NULL;
    if (own) context.frame_from = own->to;
    if (own && document->lang != OC_LANG_EN) context.frame_to = own->wide_to;
    const oc_hits *hits = count ? &p->part_hits : &p->hits;
    if (count) {
        hits_of(p, parts, count, own, &p->part_hits);
        dates_of(p, parts, count, own);
    }
    p->claims.len = 0;
    oc_claims_find(p->reader->lexicon, document->lang, text, hits, count ? &p->part_dates : &p->dates, &p->mentions,
                   &context, p->scratch, &p->claims);
    for (size_t i = 0; i < p->claims.len; i++) {
        if (own) drop_denied(p, text, first, &p->claims.at[i]);
        if (is_known(document, first, &p->claims.at[i])) continue;
        *oc_vec_push(p->arena, &document->claims) =
            (oc_found_claim){.sentence = index,
                             .claim = p->claims.at[i],
                             .quote = quote,
                             .label = quote < 0 ? p->quotes.label : (oc_slice){"", 0},
                             .topic = p->quotes.own};
    }
    remember_milestones(p, hits, text);
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

/* Behind the next sentence that ends at or behind `at` inside of a quotation; `to` if that is the last one. */
static size_t inner_end(oc_slice text, size_t at, size_t to)
{
    static const char *const stops[] = {"。", "다. ", "요. ", "까. ", "까? ", "죠. ", "！", "？"};
    size_t length = 0, stop = OC_FIND_ANY(oc_slice_sub(text, 0, to), at, stops, &length);
    return stop == SIZE_MAX ? to : stop + length;
}

/* Japanese, Korean: "「可能だ。だが検証は来年になる」": each sentence in marks tells what it tells, not what the next
 * one does. Returns how many parts there are then. */
static size_t cut_parts(const oc_document *document, oc_slice text, part *parts, size_t count)
{
    part whole[PARTS_MAX];
    memcpy(whole, parts, count * sizeof *parts);
    size_t room = PARTS_MAX - count, ret = 0;
    for (size_t i = 0; i < count; i++) {
        part rest = whole[i];
        while (room && is_marked(document, &rest) && rest.to - rest.from > INNER_BYTES) {
            size_t end = inner_end(text, rest.from, rest.to);
            if (end + INNER_BYTES > rest.to) break;
            parts[ret] = rest;
            parts[ret].to = parts[ret].wide_to = end;
            rest.from = rest.wide_from = end;
            ret++, room--;
        }
        parts[ret++] = rest;
    }
    return ret;
}

/* Claims of the words around quotations, then of each quotation by itself. */
static void read_claims(oc_found_pass *p, uint32_t index, oc_slice text, size_t first_quote)
{
    oc_document *document = p->document;
    if (!oc_hits_any(&p->hits, OC_LEX_BIT(MILESTONE)) && !(p->milestone.len && p->dates.len)) return;
    part parts[PARTS_MAX] = {0};
    size_t count = 0, first = document->claims.len;
    for (size_t i = first_quote; i < document->quotes.len && count < PARTS_MAX; i++)
        count += part_of(document, text, i, count ? parts[count - 1].to : 0, &parts[count]);
    for (size_t i = 0; i < count; i++) take_whole(p, &parts[i]);
    for (size_t i = 1; i < count; i++) /* what tells how the next words are meant */
        if (parts[i].from >= parts[i - 1].to && parts[i - 1].wide_to > parts[i].from)
            parts[i - 1].wide_to = parts[i].from;
    if (document->lang != OC_LANG_EN) count = cut_parts(document, text, parts, count);
    read_part(p, index, text, parts, count, NULL, first);
    for (size_t i = 0; i < count; i++) read_part(p, index, text, parts, count, &parts[i], first);
    drop_undated(document, first);
}

/* What later sentences count from. After "in 2028" a day without a year is again one near the publication, and "that
 * day" is the last one that has been. */
static void settle_cursors(oc_found_pass *p)
{
    oc_day anchor = p->document->metadata.anchor;
    if (anchor == OC_DAY_NONE) return;
    for (size_t i = 0; i < p->dates.len; i++) {
        const oc_date *date = &p->dates.at[i];
        if (date->grain != OC_GRAIN_DAY || date->end > anchor || date->end <= OC_DAY_OPEN_START) continue;
        p->day = date->end;
        p->day_named = true;
        if (p->story == OC_DAY_NONE && anchor - p->day <= STORY_DAYS) p->story = p->day;
    }
    bool later = p->context.year_here && p->context.year > oc_civil_from_day(anchor).year;
    if (later) p->context.year = p->context.month = 0;
    bool ahead = p->context.last_end != OC_DAY_NONE && p->context.last_end > anchor;
    if (ahead) p->ahead_start = p->context.last_start, p->ahead_end = p->context.last_end;
    if (ahead) p->context.last_start = p->context.last_end = p->day;
}

/* The last claim about what is ahead in the sentence before `index`, NULL if it has none or has denied it. */
static const oc_claim *claim_before(const oc_document *document, uint32_t index)
{
    if (!document->claims.len || !index) return NULL;
    const oc_found_claim *last = &document->claims.at[document->claims.len - 1];
    bool dated = last->claim.start != OC_DAY_NONE || last->claim.end != OC_DAY_NONE;
    bool told = last->sentence + 1 == index && dated && last->claim.modality != OC_MODALITY_DENIED;
    return told ? &last->claim : NULL;
}

static bool is_denied_before(const oc_document *document, uint32_t index)
{
    const oc_found_claim *last = document->claims.len ? &document->claims.at[document->claims.len - 1] : NULL;
    return last && last->sentence + 1 == index && last->claim.modality == OC_MODALITY_DENIED;
}

/* "The ministry rejected that.": what the sentence before told of a milestone and a day is denied. */
static void deny_before(oc_found_pass *p, uint32_t index, oc_slice text, size_t first_quote, size_t first_claim)
{
    oc_document *document = p->document;
    if (document->claims.len > first_claim || p->dates.len || !p->milestone.len) return;
    if (oc_hits_any(&p->hits, OC_LEX_BIT(MILESTONE))) return;
    size_t length;
    if (oc_phrase_first_in(&p->hits, p->reader->lexicon, document->lang, OC_PHRASE_REFUSES, text, 0, text.len,
                           &length) == SIZE_MAX)
        return;
    const oc_claim *before = claim_before(document, index);
    oc_claim claim = {.milestone = p->milestone, .start = p->ahead_start, .end = p->ahead_end};
    if (before)
        claim = *before;
    else if (p->ahead_start == OC_DAY_NONE || is_denied_before(document, index))
        return;
    claim.from = claim.date_from = claim.date_to = 0;
    claim.to = text.len;
    claim.modality = OC_MODALITY_DENIED;
    claim.negated = claim.forward = true;
    claim.delayed = false;
    claim.hedge = 0;
    bool quoted = first_quote < document->quotes.len && document->quotes.at[first_quote].sentence == index;
    claim.speaker = claim.holder = quoted ? document->quotes.at[first_quote].actor : -1;
    for (size_t i = p->mentions.len; i-- > 0 && !quoted;)
        if (p->mentions.at[i].topic) claim.speaker = claim.holder = (int32_t)p->mentions.at[i].actor;
    *oc_vec_push(p->arena, &document->claims) =
        (oc_found_claim){.sentence = index, .claim = claim, .quote = quoted ? (int32_t)first_quote : -1};
}

/* "複数の外交筋が明らかにした。": who said what the sentence before told. */
static void credit_before(oc_found_pass *p, uint32_t index, size_t first_quote)
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

static void keep_event(oc_found_pass *p, uint32_t index, const oc_read_event *event)
{
    oc_found_event *kept = oc_vec_push(p->arena, &p->document->events);
    *kept = (oc_found_event){index, *event};
    kept->event.actors.at = OC_NEW_ARRAY(p->arena, event->actors.len, uint32_t);
    kept->event.actors.room = event->actors.len;
    if (event->actors.len) memcpy(kept->event.actors.at, event->actors.at, event->actors.len * sizeof(uint32_t));
}

/* Events of the dates that the sentence's claims, from the first on, have left. */
static void read_events(oc_found_pass *p, uint32_t index, oc_slice text, size_t first_claim)
{
    const oc_document *document = p->document;
    if (!p->dates.len) return;
    bool *claimed = OC_NEW_ARRAY(p->scratch, p->dates.len, bool);
    for (size_t i = first_claim; i < document->claims.len; i++) {
        const oc_claim *claim = &document->claims.at[i].claim;
        for (size_t k = 0; k < p->dates.len; k++)
            claimed[k] |= claim->forward && claim->date_to &&
                          (p->dates.at[k].from == claim->date_from ||
                           (p->dates.at[k].to == claim->to && p->dates.at[k].end == claim->end) ||
                           (claim->modality == OC_MODALITY_DENIED && p->dates.at[k].start == claim->start &&
                            p->dates.at[k].end == claim->end)); /* ‘2027년 전환설’, which is denied behind it */
    }
    for (size_t k = 1; k < p->dates.len; k++) /* "in August 2027 and March 2028" */
        claimed[k] |= claimed[k - 1] && p->dates.at[k].from - p->dates.at[k - 1].to <= JOINT_BYTES;
    oc_events_find(p->reader->lexicon, document->lang, text, &p->hits, &p->dates, claimed, &p->mentions,
                   document->metadata.anchor, p->scratch, &p->events);
    for (size_t i = 0; i < p->events.len; i++) keep_event(p, index, &p->events.at[i]);
}

static void begin_sentence(oc_found_pass *p, oc_arena_mark empty)
{
    oc_arena_rewind(p->scratch, empty);
    oc_hits_clear(&p->hits);
    oc_hits_clear(&p->part_hits);
    p->hits.places.at = p->places;
    p->hits.places.room = sizeof p->places / sizeof *p->places;
    p->mentions = (oc_mentions){0};
    p->dates = p->part_dates = (oc_dates){0};
    p->quantities = (oc_quantities){0};
    p->events = (oc_read_events){0};
    p->claims = (oc_claims){0};
}

/* What "at that meeting" will mean. */
static void remember_meeting(oc_found_pass *p, uint32_t index)
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

static void read_sentence(oc_found_pass *p, uint32_t index)
{
    oc_document *document = p->document;
    const oc_sentence *sentence = &document->sentences.at[index];
    oc_slice text = sentence->text;
    bool paragraph = p->paragraph != sentence->paragraph;
    if (paragraph) {
        p->context.year = p->context.month = 0;
        p->ahead_start = OC_DAY_NONE;
        p->day_named = false;
        bool answer = index && sentence[-1].turn == OC_TURN_QUESTION;
        if (!answer || sentence->turn == OC_TURN_QUESTION) p->milestone = (oc_slice){"", 0};
    }
    p->paragraph = sentence->paragraph;
    oc_lexicon_scan_with(p->reader->lexicon, oc_actor_starts(p->reader->finder, document->lang), document->lang, text,
                         p->scratch, &p->hits);
    oc_milestones_settle(document->lang, text, &p->named, p->scratch, &p->hits);
    if (p->reader->finder)
        oc_actors_find(p->reader->finder, document->lang, text, &p->hits, &p->memory, p->scratch, &p->mentions);
    for (size_t i = 0; i < p->mentions.len; i++)
        *oc_vec_push(p->arena, &document->mentions) = (oc_found_mention){index, p->mentions.at[i]};
    oc_found_dates(p, index, text);
    size_t first_quote = document->quotes.len;
    oc_quotes_find(p->arena, document, index, &p->hits, &p->quotes);
    oc_quantities_find(p->reader->lexicon, document->lang, text, &p->hits, p->masked, p->scratch, &p->quantities);
    for (size_t i = 0; i < p->quantities.len; i++)
        *oc_vec_push(p->arena, &document->quantities) = (oc_found_quantity){index, p->quantities.at[i]};
    credit_before(p, index, first_quote);
    size_t first_claim = document->claims.len;
    if (oc_found_only_asks(p, index, text))
        remember_milestones(p, &p->hits, text); /* what the answer is about */
    else
        read_claims(p, index, text, first_quote);
    deny_before(p, index, text, first_quote, first_claim);
    oc_found_answer(p, index, text, first_quote, first_claim);
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
    oc_found_pass *p = OC_NEW(scratch, oc_found_pass);
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
    size_t read = 0; /* bytes since the clock was asked */
    for (uint32_t i = 0; i < document->sentences.len; i++) {
        if (read >= ASKED_BYTES && j->options->expired && j->options->expired(j->options->context)) {
            *j->over = true;
            return;
        }
        read = (read < ASKED_BYTES ? read : 0) + document->sentences.at[i].text.len;
        begin_sentence(p, empty);
        if (document->sentences.at[i].text.len <= OC_FOUND_BYTES) read_sentence(p, i);
    }
    oc_quotes_name_in_full(scratch, document);
    oc_claims_settle_voices(scratch, document);
    oc_claims_compare(j->arena, scratch, document);
}

void oc_found_read(oc_arena *arena, oc_document *document, const oc_read_options *options, bool *ret_over)
{
    *ret_over = false;
    if (!document->reader->lexicon) return;
    oc_arena_with_scratch(arena, read_all, &(job){arena, document, options, ret_over});
}
