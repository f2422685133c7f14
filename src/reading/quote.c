/* Quotes; see quote.h.
 *
 * Sieves in order of trust (after Muzny et al. 2017, "A two-stage sieve approach for quote attribution"): a pair of
 * marks is a quotation only where a verb of speech answers to it (quote_pair.c), or where it is a whole sentence under
 * a known speaker; everything else is a bracket. What is left of the sentence may report speech without marks
 * (quote_indirect.c, quote_loose.c). The speaker is the topic of the clause, the name beside the verb, or the topic of
 * the sentence before in the same paragraph, in this order (voice.h); none is better than a wrong one.
 *
 * Worked example: 「国防相は9日、「準備は整った」と述べ、年内に検証を終える考えを示した。」: the pair is followed by と
 * and the verb 述べ, its content ends like a sentence: direct; the topic before it is 国防相. What stands between
 * 述べ、 and 考えを示し is indirect, of the same speaker. 「いわゆる「3条件」を検討する」: no と: a term. */
#include "reading/voice.h"

#include "base/utf8.h"

enum { LABEL_CHARS = 40, SENTENCE_BYTES = 4096 };

/* The topic of a sentence without quotations is who the next one may quote. */
static void follow_topic(oc_quote_work *w)
{
    oc_slice topic = w->lang == OC_LANG_EN ? oc_voice_opening(w, 0, w->text.len) : oc_voice_whole_topic(w);
    if (w->lang == OC_LANG_EN) topic = oc_voice_introduced(w, topic);
    topic = oc_voice_known(w, topic);
    if (!topic.len) return;
    w->state->topic = topic;
    oc_voice_remember(w, topic);
}

static void block_quote(oc_quote_work *w, const oc_sentence *sentence)
{
    const oc_document *document = w->document;
    if (w->index > 0 && sentence[-1].block && sentence[-1].paragraph == sentence->paragraph) return;
    uint32_t end = sentence->end;
    for (size_t i = w->index + 1;
         i < document->sentences.len && document->sentences.at[i].paragraph == sentence->paragraph; i++)
        end = document->sentences.at[i].end;
    oc_quote_push(w, w->index, OC_QUOTE_BLOCK, oc_slice_sub(document->body, sentence->start, end),
                  (oc_voice){.speaker = w->state->topic});
}

/* "Spokesperson Baek In-ho": each word in capitals at its start. */
static bool are_names(oc_slice label)
{
    for (size_t i = 0; i < label.len; i++)
        if ((i == 0 || label.ptr[i - 1] == ' ') && !(label.ptr[i] >= 'A' && label.ptr[i] <= 'Z')) return false;
    return label.len > 0;
}

/* "MR. HALLORAN: …", "○○報道官:…" at the start of a paragraph. */
static oc_slice label_of(oc_slice text, oc_lang lang)
{
    size_t wide = oc_slice_find(text, OC_SLICE("："), 0), colon = oc_slice_find(text, OC_SLICE(":"), 0);
    size_t end = wide < colon ? wide : colon, gap = oc_slice_find(text, OC_SLICE("\u3000"), 0);
    if (lang == OC_LANG_JA && gap < end && gap) end = gap; /* 松浦千里君　… */
    if (end == SIZE_MAX || !end) return (oc_slice){"", 0};
    oc_slice label = oc_slice_trim(oc_slice_sub(text, 0, end));
    if (oc_utf8_count(label) > LABEL_CHARS || oc_slice_find(label, OC_SLICE("。"), 0) != SIZE_MAX)
        return (oc_slice){"", 0};
    size_t small = 0, words = 1;
    for (size_t i = 0; i < label.len; i++) {
        small += label.ptr[i] >= 'a' && label.ptr[i] <= 'z';
        words += label.ptr[i] == ' ';
    }
    bool named = lang == OC_LANG_EN ? (small * 3 < label.len || are_names(label)) && words <= 5 : words <= 4 && !small;
    return named ? label : (oc_slice){"", 0};
}

/* "General BRUNSON.", "The CHAIRMAN.": a sentence that is only a name in capitals. */
static oc_slice stopped_label_of(oc_slice text, oc_lang lang)
{
    if (lang != OC_LANG_EN || text.len > LABEL_CHARS || !oc_slice_ends_with(text, ".")) return (oc_slice){"", 0};
    oc_slice label = oc_slice_sub(text, 0, text.len - 1);
    size_t last = label.len;
    while (last && label.ptr[last - 1] != ' ') last--;
    for (size_t i = last; i < label.len; i++)
        if (label.ptr[i] >= 'a' && label.ptr[i] <= 'z') return (oc_slice){"", 0};
    return last && label.len >= last + 3 && are_names(label) ? label : (oc_slice){"", 0};
}

static void start_sentence(oc_quote_work *w, const oc_sentence *s)
{
    oc_quote_state *state = w->state;
    bool paragraph = !state->started || state->paragraph != s->paragraph;
    if (paragraph && !s->block) {
        if (state->started) state->topic = (oc_slice){"", 0};
        bool colon = w->hits->signs & OC_SIGN_COLON || w->lang == OC_LANG_JA; /* there a wide blank will do */
        oc_slice label = colon ? label_of(s->text, w->lang) : (oc_slice){"", 0};
        if (!label.len) label = stopped_label_of(s->text, w->lang);
        state->label = label;
        if (label.len) state->topic = label;
    }
    state->started = true;
    state->paragraph = s->paragraph;
    while (state->pair < w->document->pairs.len && w->document->pairs.at[state->pair].open < s->start) state->pair++;
    state->first_pair = state->pair;
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
    if (s->block) {
        block_quote(&w, s);
        return;
    }
    if (oc_quote_read_before(&w)) return;
    size_t before = document->quotes.len;
    for (; state->pair < document->pairs.len && document->pairs.at[state->pair].open < s->end; state->pair++) {
        const oc_mark_pair *pair = &document->pairs.at[state->pair];
        bool marks = pair->mark != '(' && pair->mark != 0xff08 && pair->mark != 0x3010;
        if (marks && !pair->nested) oc_quote_read_pair(&w, pair);
    }
    if (w.text.len >= SENTENCE_BYTES) return;
    oc_quote_read_indirect(&w);
    oc_quote_read_quotative(&w);
    if (document->quotes.len == before) follow_topic(&w);
}
