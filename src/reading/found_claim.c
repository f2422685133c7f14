/* The claims of a sentence, see found_parts.h: first of the words around quotations, then of each quotation by itself,
 * in Japanese and Korean of each sentence within it. A milestone, a date and the words that tell how it is meant count
 * in one part only:
 *
 *     韓国国防省はFOCの検証を「2026年に終える」と明記し、「移管は急がない」とした
 *                  around   first part               second part: tells of the transfer, not of FOC in 2026
 *
 * What is quoted may leave out its milestone, if it stands right before it as its object or is what the text is about.
 */
#include "reading/found_parts.h"

#include "reading/clause.h"
#include "reading/phrase.h"

enum {
    PARTS_MAX = 16,
    REPORTING_BYTES = 36,
    THERE_SENTENCES = 3,
    LENT_BYTES = 6,
    BRIEF_BYTES = 45,
    OBJECT_BYTES = 45, /* between a milestone and the particle behind it */
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
void oc_found_remember_milestones(oc_found_pass *p, const oc_hits *hits, oc_slice text)
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
    oc_found_remember_milestones(p, hits, text);
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
void oc_found_claims(oc_found_pass *p, uint32_t index, oc_slice text, size_t first_quote)
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
