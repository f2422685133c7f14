/* Quotes; see quote.h.
 *
 * Sieves in order of trust (after Muzny et al. 2017, "A two-stage sieve approach for quote attribution"): a pair of
 * marks is a quotation only where a verb of speech answers to it (quote_pair.c, quote_speaker.c), or where it is a
 * whole sentence under a known speaker; everything else is a bracket. What is left of the sentence may report speech
 * without marks (quote_indirect.c, quote_loose.c). The speaker is the topic of the clause, the name beside the verb, or
 * the topic of the sentence before in the same paragraph, in this order (voice.h); none is better than a wrong one.
 *
 * Worked example: 「国防相は9日、「準備は整った」と述べ、年内に検証を終える考えを示した。」: the pair is followed by と
 * and the verb 述べ, its content ends like a sentence: direct; the topic before it is 国防相. What stands between
 * 述べ、 and 考えを示し is indirect, of the same speaker. 「いわゆる「3条件」を検討する」: no と: a term. */
#include "reading/sign.h"
#include "reading/voice.h"

#include "base/utf8.h"

enum { SENTENCE_BYTES = 4096, SELF_BYTES = 36, VIEW_BYTES = 90 };

/* の見方は, 의 생각은 stands at the beginning of the sentence. */
static bool has_view(const oc_quote_work *w, oc_slice of)
{
    oc_slice head = oc_slice_sub(w->text, 0, VIEW_BYTES);
    for (size_t at = 0; (at = oc_slice_find(head, of, at)) != SIZE_MAX; at += of.len) {
        oc_slice rest = oc_slice_from(w->text, at + of.len);
        size_t noun = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_NOUN, rest);
        if (noun && oc_quote_begins(w, OC_PHRASE_TOPIC, oc_slice_from(rest, noun))) return true;
    }
    return false;
}

/* Japanese, Korean: "金教授の見方は異なる。「…」", "김 교수의 생각은 다르다": whose view the topic is, else the topic.
 */
static oc_slice whose_view(const oc_quote_work *w, oc_slice topic)
{
    if (w->lang == OC_LANG_EN || oc_phrase_is_absent(w->hits, OC_PHRASE_NOUN, w->text)) return topic;
    oc_slice of = oc_slice_of(w->lang == OC_LANG_JA ? "の" : "의 ");
    if (!topic.len && !has_view(w, of)) return topic;
    oc_slice whole = topic.len ? topic : oc_voice_topic(w, 0, w->text.len, false);
    if (!whole.len && w->lang == OC_LANG_JA) { /* 方 is no topic by itself */
        oc_slice head =
            oc_slice_sub(w->text, 0, oc_slice_find(oc_slice_sub(w->text, 0, VIEW_BYTES), OC_SLICE("は"), 0));
        size_t comma = oc_slice_find_last(head, OC_SLICE("、"), 0);
        whole = comma == SIZE_MAX ? head : oc_slice_from(head, comma + strlen("、"));
    }
    size_t at = oc_slice_find_last(whole, of, 0);
    if (at == SIZE_MAX || !oc_quote_ends(w, OC_PHRASE_NOUN, whole)) return topic;
    oc_slice view = oc_slice_from(whole, at + of.len), owner = oc_slice_sub(whole, 0, at);
    bool whose = oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_NOUN, view) && oc_voice_has_evidence(w, owner);
    return whose ? owner : topic;
}

/* The topic of a sentence without quotations is who the next one may quote. */
static void follow_topic(oc_quote_work *w)
{
    oc_slice topic = w->lang == OC_LANG_EN ? oc_voice_opening(w, 0, w->text.len) : oc_voice_whole_topic(w);
    if (w->lang == OC_LANG_EN) topic = oc_voice_introduced(w, topic);
    bool none = !topic.len || oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_AUTHOR, topic) ||
                (w->lang == OC_LANG_KO && oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, topic));
    if (none) {
        oc_slice met = oc_voice_met(w);
        if (met.len) topic = met;
    }
    oc_slice owner = whose_view(w, topic);
    if (owner.len && !oc_slice_equal(owner, topic)) w->state->view = w->index + 1;
    topic = oc_voice_known(w, owner);
    if (!topic.len) return;
    w->state->topic = topic;
    if (w->lang != OC_LANG_EN && !none) w->state->own = topic;
    oc_voice_remember(w, topic);
}

/* Korean: "국방부의 설명은 다르다. 기준은 그대로라는 것이다.": whose words the sentence before brings in. */
static void read_view(oc_quote_work *w, const oc_sentence *s)
{
    if (w->lang != OC_LANG_KO || !w->index || w->state->view != w->index || s[-1].paragraph != s->paragraph) return;
    oc_slice text = oc_voice_trim(w->text);
    size_t tail = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_HEARSAY, text);
    if (!tail || tail >= text.len || w->first_mark != SIZE_MAX) return;
    oc_quote_push(w, w->index, OC_QUOTE_INDIRECT, oc_slice_sub(text, 0, text.len - tail),
                  (oc_voice){.speaker = w->state->topic});
}

static void block_quote(oc_quote_work *w, const oc_sentence *sentence)
{
    const oc_document *document = w->document;
    if (w->index > 0 && sentence[-1].block && sentence[-1].paragraph == sentence->paragraph) return;
    uint32_t end = sentence->end;
    static const char *const dashes[] = {"— ", "– ", "-- ", "—", "―"};
    size_t dash = OC_SIGN_FIRST(sentence->text, dashes);
    size_t quotes = document->quotes.len;
    if (dash && quotes && document->quotes.at[quotes - 1].kind == OC_QUOTE_BLOCK &&
        document->quotes.at[quotes - 1].sentence + 1 == w->index) { /* "> — a NATO officer" */
        w->document->quotes.at[quotes - 1].speaker = oc_voice_trim(oc_slice_from(sentence->text, dash));
        return;
    }
    for (size_t i = w->index + 1;
         i < document->sentences.len && document->sentences.at[i].paragraph == sentence->paragraph; i++)
        end = document->sentences.at[i].end;
    oc_quote_push(w, w->index, OC_QUOTE_BLOCK, oc_slice_sub(document->body, sentence->start, end),
                  (oc_voice){.speaker = w->state->topic});
}

/* “First, … / “Second, …”: a paragraph that opens marks and leaves them open, since the next one goes on. */
static bool is_left_open(const oc_quote_work *w, const oc_sentence *s)
{
    const oc_document *document = w->document;
    size_t mark = oc_quote_opening_mark(s->text), next = mark ? oc_quote_next_paragraph(document, w->index) : 0;
    if (!mark || next == document->sentences.len || oc_quote_opening_mark(document->sentences.at[next].text) != mark)
        return false;
    const oc_mark_pair *pair = w->state->pair < document->pairs.len ? &document->pairs.at[w->state->pair] : NULL;
    return !pair || pair->open != s->start;
}

/* Who spoke in the paragraph before, if this one only goes on with his words. */
static oc_slice goes_on_speaking(const oc_quote_work *w, const oc_sentence *s)
{
    const oc_document *document = w->document;
    size_t mark = oc_quote_opening_mark(s->text);
    if (!mark || !w->index || !document->quotes.len) return (oc_slice){"", 0};
    const oc_quote *last = &document->quotes.at[document->quotes.len - 1];
    bool before = last->text.ptr + last->text.len > s[-1].text.ptr && last->kind == OC_QUOTE_DIRECT;
    bool whole = oc_quote_next_paragraph(document, w->index) == w->index + 1 &&
                 (oc_slice_ends_with(s->text, "\"") || oc_slice_ends_with(s->text, "”"));
    bool open = w->state->left_open || is_left_open(w, s);
    return before && (open || (w->lang == OC_LANG_EN && whole)) ? last->speaker : (oc_slice){"", 0};
}

/* Takes the whole paragraph as words of `speaker`. */
static void read_left_open(const oc_quote_work *w, const oc_sentence *s, oc_slice speaker)
{
    const oc_document *document = w->document;
    uint32_t end = document->sentences.at[oc_quote_next_paragraph(document, w->index) - 1].end;
    oc_slice text = oc_slice_sub(document->body, s->start + oc_quote_opening_mark(s->text), end);
    oc_quote_push(w, w->index, OC_QUOTE_DIRECT, text, (oc_voice){.speaker = speaker});
}

static void start_sentence(oc_quote_work *w, const oc_sentence *s)
{
    oc_quote_state *state = w->state;
    bool paragraph = !state->started || state->paragraph != s->paragraph;
    while (state->pair < w->document->pairs.len && w->document->pairs.at[state->pair].open < s->start) state->pair++;
    state->first_pair = state->pair;
    if (paragraph && !s->block) {
        if (state->started) state->topic = goes_on_speaking(w, s);
        state->left_open = is_left_open(w, s);
        state->self = false;
        bool colon = w->hits->signs & OC_SIGN_COLON || w->lang == OC_LANG_JA; /* there a wide blank will do */
        oc_slice label = oc_quote_label(s->text, w->lang, colon);
        if (s->turn == OC_TURN_QUESTION || s->turn == OC_TURN_ANSWER) label = (oc_slice){"", 0}; /* Q. is no name */
        state->label = label;
        if (label.len) state->topic = label;
        if (s->turn) oc_quote_read_turn(w, s);
    }
    size_t length;
    state->self |= w->lang != OC_LANG_EN && oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_ITSELF, s->text,
                                                               0, SELF_BYTES, &length) != SIZE_MAX;
    state->started = true;
    state->paragraph = s->paragraph;
    if (paragraph && state->left_open && !state->topic.len) state->left_open = false; /* whose words is not known */
    state->former = state->topic;
    state->own = (oc_slice){"", 0};
    if (paragraph && state->left_open) read_left_open(w, s, state->topic);
}

/* The document that a sentence names last: 声明, also in 声明を発表し; "" if there is none. */
static oc_slice paper_of(const oc_quote_work *w)
{
    const oc_hit *paper = oc_hit_last(w, OC_LEX_DOCUMENT, 0, w->text.len);
    size_t article = paper && w->lang == OC_LANG_EN && oc_slice_ends_with(oc_slice_sub(w->text, 0, paper->start), " a ")
                         ? strlen("a ")
                         : 0;
    if (paper) return oc_slice_sub(w->text, paper->start - article, paper->end);
    const oc_hit *issued = w->lang == OC_LANG_JA ? oc_hit_last(w, OC_LEX_SPEECH, 0, w->text.len) : NULL;
    size_t object =
        issued ? oc_slice_find(oc_slice_sub(w->text, 0, issued->end), OC_SLICE("を"), issued->start) : SIZE_MAX;
    return object != SIZE_MAX ? oc_slice_sub(w->text, issued->start, object) : (oc_slice){"", 0};
}

/* Where the first quotation mark opens in the sentence, whose pairs begin at `pair`; SIZE_MAX if none does. */
static size_t first_mark_of(const oc_document *document, size_t pair, const oc_sentence *s)
{
    for (; pair < document->pairs.len && document->pairs.at[pair].open < s->end; pair++)
        if (document->pairs.at[pair].mark != '(' && document->pairs.at[pair].mark != 0xff08)
            return document->pairs.at[pair].open - s->start;
    return SIZE_MAX;
}

void oc_quotes_find(oc_arena *arena, oc_document *document, uint32_t sentence, const oc_hits *hits,
                    oc_quote_state *state)
{
    const oc_sentence *s = &document->sentences.at[sentence];
    oc_quote_work w = {.arena = arena,
                       .document = document,
                       .lexicon = document->reader->lexicon,
                       .state = state,
                       .index = sentence,
                       .text = s->text,
                       .hits = hits,
                       .lang = document->lang};
    start_sentence(&w, s);
    w.first_mark = first_mark_of(document, state->first_pair, s);
    if (s->block) {
        block_quote(&w, s);
        return;
    }
    if (state->left_open || oc_quote_read_before(&w)) return;
    size_t before = document->quotes.len;
    for (; state->pair < document->pairs.len && document->pairs.at[state->pair].open < s->end; state->pair++) {
        const oc_mark_pair *pair = &document->pairs.at[state->pair];
        bool marks = pair->mark != '(' && pair->mark != 0xff08 && pair->mark != 0x3010;
        if (marks && !pair->nested) oc_quote_read_pair(&w, pair);
    }
    if (w.text.len >= SENTENCE_BYTES) return;
    oc_quote_read_indirect(&w);
    oc_quote_read_quotative(&w);
    if (document->quotes.len == before) read_view(&w, s);
    if (document->quotes.len == before) follow_topic(&w);
    if (document->layout.turns && !s->turn) oc_quote_meet(&w);
    state->paper = paper_of(&w);
}
