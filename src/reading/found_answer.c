/* Answers of a word or two; see found_parts.h. What is asked of a milestone and a day ("2028년에 가능하냐는 질문에", a
 * question of an interview) is read as if somebody had said it; the answer right behind it, in the same sentence or at
 * the beginning of the next one, affirms that or denies it. */
#include "reading/found_parts.h"
#include "reading/phrase.h"

typedef enum answer { ANSWER_NONE, ANSWER_YES, ANSWER_NO } answer;

static answer answer_of(const oc_found_pass *p, oc_slice words)
{
    const oc_lexicon *lexicon = p->reader->lexicon;
    if (oc_phrase_begins(lexicon, p->document->lang, OC_PHRASE_REJECTS, words)) return ANSWER_NO;
    return oc_phrase_begins(lexicon, p->document->lang, OC_PHRASE_AFFIRMS, words) ? ANSWER_YES : ANSWER_NONE;
}

/* Reads the bytes up to `end`, and a word that begins there, by themselves; the last claim with a day ahead goes to
 * *ret. */
static bool read_question(oc_found_pass *p, oc_slice text, size_t end, oc_claim *ret)
{
    bool dated = false, found = false;
    p->part_hits.len = p->part_dates.len = p->claims.len = 0;
    oc_hits_know(&p->part_hits, &p->hits);
    size_t last = end;
    for (size_t i = 0; i < p->hits.len && p->hits.at[i].start < end; i++) {
        *oc_vec_push(p->scratch, &p->part_hits) = p->hits.at[i];
        if (p->hits.at[i].end > last) last = p->hits.at[i].end;
    }
    oc_hits_index(&p->part_hits);
    for (size_t i = 0; i < p->dates.len; i++) {
        if (p->dates.at[i].to > end) continue;
        *oc_vec_push(p->scratch, &p->part_dates) = p->dates.at[i];
        dated |= p->dates.at[i].end > p->document->metadata.anchor;
    }
    if (!dated) return false;
    oc_claim_context context = {.anchor = p->document->metadata.anchor,
                                .speaker = -1,
                                .milestone = p->milestone,
                                .there_end = OC_DAY_NONE,
                                .known = p->named.known,
                                .about = !oc_hits_any(&p->part_hits, OC_LEX_BIT(MILESTONE))};
    oc_claims_find(p->reader->lexicon, p->document->lang, oc_slice_sub(text, 0, last), &p->part_hits, &p->part_dates,
                   &p->mentions, &context, p->scratch, &p->claims);
    for (size_t i = 0; i < p->claims.len; i++)
        if (p->claims.at[i].end != OC_DAY_NONE) *ret = p->claims.at[i], found = true;
    return found;
}

static void add_answer(oc_found_pass *p, uint32_t index, const oc_claim *asked, answer told, int32_t quote)
{
    oc_claim claim = *asked;
    bool denied = asked->modality == OC_MODALITY_DENIED;
    if (told == ANSWER_NO || denied) {
        claim.negated = denied == (told == ANSWER_YES);
        claim.modality = claim.negated ? OC_MODALITY_DENIED : OC_MODALITY_FORECAST;
    }
    claim.forward = true;
    claim.speaker = claim.holder = quote >= 0 ? p->document->quotes.at[quote].actor : -1;
    *oc_vec_push(p->arena, &p->document->claims) = (oc_found_claim){.sentence = index, .claim = claim, .quote = quote};
}

/* The first quotation of the sentence that begins behind byte `from`, -1 if none does. */
static int32_t quote_behind(const oc_document *document, oc_slice text, size_t first_quote, size_t from)
{
    for (size_t i = first_quote; i < document->quotes.len; i++) {
        uintptr_t at = (uintptr_t)document->quotes.at[i].text.ptr, start = (uintptr_t)text.ptr;
        if (at >= start + from && at < start + text.len) return (int32_t)i;
    }
    return -1;
}

/* The sentence before asks; this one begins with the answer, in an interview or in marks. */
static void answer_before(oc_found_pass *p, uint32_t index, oc_slice text, size_t first_quote)
{
    const oc_document *document = p->document;
    bool turn = document->sentences.at[index].turn >= OC_TURN_ANSWER;
    int32_t quote = quote_behind(document, text, first_quote, 0);
    if (quote < 0 && turn) quote = (int32_t)p->quotes.answer - 1;
    if (quote < 0) return;
    bool marked = document->quotes.at[quote].sentence == index && document->quotes.at[quote].kind != OC_QUOTE_BLOCK;
    answer told = answer_of(p, marked ? document->quotes.at[quote].text : text);
    if (told != ANSWER_NONE) add_answer(p, index, &p->asked, told, quote);
}

bool oc_found_only_asks(const oc_found_pass *p, uint32_t index, oc_slice text)
{
    if (p->document->sentences.at[index].turn != OC_TURN_QUESTION) return false;
    while (text.len && (text.ptr[text.len - 1] == '.' || text.ptr[text.len - 1] == ' ')) text.len--;
    return oc_sign_asks(text) || oc_phrase_ends(p->reader->lexicon, p->document->lang, OC_PHRASE_ASKING_END, text) != 0;
}

static bool is_question(const oc_found_pass *p, uint32_t index, oc_slice text)
{
    return oc_sign_asks(text) || p->document->sentences.at[index].turn == OC_TURN_QUESTION ||
           oc_phrase_ends(p->reader->lexicon, p->document->lang, OC_PHRASE_QUESTION_END, text);
}

void oc_found_answer(oc_found_pass *p, uint32_t index, oc_slice text, size_t first_quote, size_t first_claim)
{
    oc_document *document = p->document;
    if (document->lang == OC_LANG_EN) return;
    if (p->asked_in == index && p->asked_in && document->claims.len == first_claim)
        answer_before(p, index, text, first_quote);
    if (p->dates.len && is_question(p, index, text)) {
        size_t end = text.len;
        while (end && (text.ptr[end - 1] == '?' || text.ptr[end - 1] == '.')) end--;
        if (read_question(p, text, end, &p->asked)) p->asked_in = index + 1;
        return;
    }
    size_t length, at = p->dates.len ? oc_phrase_last_in(&p->hits, p->reader->lexicon, document->lang,
                                                         OC_PHRASE_QUESTIONED, text, 0, text.len, &length)
                                     : SIZE_MAX;
    if (at == SIZE_MAX) return;
    int32_t quote = quote_behind(document, text, first_quote, at);
    answer told = quote >= 0 ? answer_of(p, document->quotes.at[quote].text) : ANSWER_NONE;
    if (quote >= 0 && told == ANSWER_NONE) return;
    size_t end =
        oc_phrase_first_in(&p->hits, p->reader->lexicon, document->lang, OC_PHRASE_ASKED, text, 0, at, &length);
    oc_claim asked; /* "있겠느냐는 의원들의 질의에" */
    if (!read_question(p, text, end < at ? end : at, &asked)) return;
    if (quote >= 0)
        add_answer(p, index, &asked, told, quote);
    else
        p->asked = asked, p->asked_in = index + 1;
}
