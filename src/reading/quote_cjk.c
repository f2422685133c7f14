/* What a verb of speech reports without marks, in Japanese and Korean: topic は … と VERB, topic 는 … 다고 VERB. The
 * verb stands at the end: what it reports ends at a particle or noun before it (ja_cut, the phrases `cut`) and begins
 * behind the topic, or behind the verb before, whose speaker goes on. */
#include "reading/voice.h"

#include "base/script.h"
#include "base/utf8.h"

enum {
    CUT_REACH = 60,
    NOUN_REACH = 48,
    LEAST_BYTES = 20,
    PASSED_ON_BYTES = 90,
    OCCASION_BYTES = 120,
    LEAST_BEHIND = 18,
    PAUSE_BYTES = 16,
    INNER_BYTES = 24,
    OUTER_BYTES = 24,
    WORD_END_BYTES = 36,
    RUMOUR_BYTES = 30,
    SHORT_OCCASION = 6
};

/* Who goes on speaking where a sentence names nobody: the topic of the paragraph, or who was quoted right before. */
static oc_slice carried_on(const oc_quote_work *w, const oc_hit *verb)
{
    if (oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_PASSIVE, oc_slice_from(w->text, verb->end)))
        return (oc_slice){"", 0};
    if (w->state->topic.len) return w->state->topic;
    const oc_document *document = w->document;
    bool near = document->quotes.len && document->quotes.at[document->quotes.len - 1].sentence + 2 >= w->index;
    return near ? w->state->voices[0] : (oc_slice){"", 0};
}

/* The sentence right before quotes somebody, in the same paragraph: who goes on speaking, unless another is named. */
static bool goes_on(const oc_quote_work *w)
{
    const oc_document *document = w->document;
    if (!w->index || !document->quotes.len || !w->state->topic.len) return false;
    const oc_sentence *own = &document->sentences.at[w->index];
    return document->quotes.at[document->quotes.len - 1].sentence + 1 == w->index &&
           own[-1].paragraph == own->paragraph;
}

/* Whether who spoke last may speak here, too: a verb of speech proper, or speech right before. */
static bool may_carry_on(const oc_quote_work *w, const oc_hit *verb)
{
    bool thought = oc_slice_is(verb->entry->value, "thought"); /* とみる may be the writer's */
    bool more = w->lang == OC_LANG_JA || oc_quote_begins(w, OC_PHRASE_CONTINUES, w->text); /* 다만 …고 우려했다 */
    return w->done || (more && goes_on(w) && !thought) || oc_slice_is(verb->entry->value, "said") ||
           oc_slice_is(verb->entry->value, "stressed");
}

/* --- Japanese --- */

static bool is_hiragana_at(oc_slice text, size_t at)
{
    if (at >= text.len) return false;
    uint32_t code = oc_utf8_next(text, &at);
    return oc_is_hiragana(code);
}

/* "28年とする", "実現すると": the と behind a predicate or noun that ends what is said, at most CUT_REACH before the
 * verb. */
static size_t particle_before(const oc_quote_work *w, size_t from, size_t verb)
{
    size_t least = verb > from + CUT_REACH ? verb - CUT_REACH : from;
    for (size_t at = verb; at-- > least;) {
        if (!oc_slice_begins(oc_slice_sub(w->text, at, verb), "と") || oc_voice_inside_pair(w, at)) continue;
        oc_slice before = oc_slice_sub(w->text, from, at);
        bool word = oc_slice_ends_with(before, "こ") || oc_slice_ends_with(before, "ひ") ||
                    oc_slice_ends_with(before, "も") || is_hiragana_at(w->text, at + 3);
        bool next = is_hiragana_at(w->text, at + 3) && (oc_slice_begins(oc_slice_from(w->text, at), "との") ||
                                                        oc_slice_begins(oc_slice_from(w->text, at), "という"));
        if ((!word || (next && !oc_slice_ends_with(before, "こ"))) && before.len) return at;
    }
    return SIZE_MAX;
}

/* "実現する考え" goes on from a predicate, "ことで合意", "状況を説明" from a particle. */
static bool ends_predicate(const oc_quote_work *w, oc_slice text)
{
    size_t predicate = oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_PREDICATE, text);
    return predicate > oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_NO_PREDICATE, text);
}

/* "議員から、…かとの質問が出た": who is behind から in [from, to), "" if nobody. */
static oc_slice ja_origin(const oc_quote_work *w, size_t from, size_t to)
{
    static const char *const marks[] = {"、", "。", "は", "で", "に", "を"};
    size_t at = oc_quote_last_word(w->text, "から", from, to);
    for (; at != SIZE_MAX && at > from; at = oc_quote_last_word(w->text, "から", from, at)) {
        size_t start = at;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            size_t mark = oc_quote_last_word(w->text, marks[i], from, at);
            if (mark != SIZE_MAX && (start == at || mark + strlen(marks[i]) > start)) start = mark + strlen(marks[i]);
        }
        if (start == at) start = from;
        oc_slice name = oc_voice_trim(oc_slice_sub(w->text, start, at));
        const oc_hit *title = oc_hit_last(w, OC_LEX_TITLE, start, at);
        bool somebody =
            (title && title->end == at) || oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_VOICE_END, name);
        if (name.len && somebody) return name;
    }
    return (oc_slice){"", 0};
}

/* "時期を2029年と" before 見込む, 定める: what is placed is no sentence. */
static bool is_placed(const oc_quote_work *w, oc_slice head)
{
    if (!oc_slice_ends_with(head, "と")) return false;
    head.len -= strlen("と");
    return !ends_predicate(w, head) && !oc_slice_ends_with(head, "だ") &&
           oc_slice_find(head, OC_SLICE("を"), 0) != SIZE_MAX;
}

/* Where what the verb reports ends, SIZE_MAX if it reports nothing. */
static size_t ja_cut(const oc_quote_work *w, size_t from, const oc_hit *verb)
{
    oc_slice head = oc_slice_sub(w->text, from, verb->start);
    if (oc_slice_begins(oc_slice_from(w->text, verb->start), "とし") &&
        oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_NO_PREDICATE, head))
        return SIZE_MAX; /* 声を落とし、 */
    /* "米国と合意し": with whom, not what */
    size_t joint = verb->start >= from + 6 ? verb->start - 6 : from;
    if (oc_slice_is(verb->entry->value, "agreed") && oc_slice_ends_with(head, "と") && !is_hiragana_at(w->text, joint))
        return SIZE_MAX;
    if (oc_slice_is(verb->entry->value, "placed") && is_placed(w, head)) return SIZE_MAX;
    /* だとして、 ないとして: だ and ない belong to what is said */
    size_t inner = oc_slice_find(oc_slice_sub(w->text, verb->start, verb->end), OC_SLICE("とし"), 0);
    if (inner != SIZE_MAX && inner > 0 && inner <= 6) return verb->start + inner;
    if (oc_slice_begins(oc_slice_from(w->text, verb->start), "と"))
        return oc_slice_ends_with(head, "こと") ? SIZE_MAX : verb->start;
    size_t as = strlen("として"); /* 安定を損なうとして反発した */
    if (head.len > as && oc_slice_ends_with(head, "として") && ends_predicate(w, oc_slice_sub(head, 0, head.len - as)))
        return verb->start - as;
    size_t end = oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_REPORTED_END, head);
    if (end && !oc_slice_ends_with(head, "こと")) return verb->start - end;
    oc_slice word = oc_slice_sub(w->text, verb->start, verb->end);
    size_t noun = oc_phrase_begins(w->lexicon, OC_LANG_JA, OC_PHRASE_NOUN, word);
    if (noun && ends_predicate(w, head)) return verb->start;
    size_t length,
        at = oc_phrase_last_in(w->hits, w->lexicon, OC_LANG_JA, OC_PHRASE_NOUN, w->text,
                               verb->start > from + NOUN_REACH ? verb->start - NOUN_REACH : from, verb->start, &length);
    oc_slice before = at == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(w->text, from, at);
    size_t particle = oc_slice_ends_with(before, "との") ? 6 : oc_slice_ends_with(before, "という") ? 9 : 0;
    if (particle || ends_predicate(w, before)) return at - particle;
    size_t particle_at = particle_before(w, from, verb->start);
    /* "ミサイル防衛と偵察能力の遅れを挙げる": と joins two things */
    bool joins = particle_at != SIZE_MAX && oc_slice_ends_with(head, "を") &&
                 !ends_predicate(w, oc_slice_sub(w->text, from, particle_at)) &&
                 !oc_slice_ends_with(oc_slice_sub(w->text, from, particle_at), "だ");
    return joins ? SIZE_MAX : particle_at;
}

/* Korean: "양국 장관이 통화에서": somebody of whom the words tell stands before the place. */
static bool has_subject(const oc_quote_work *w, oc_slice text)
{
    for (size_t gap = 0; (gap = oc_slice_find(text, OC_SLICE(" "), gap)) != SIZE_MAX; gap++)
        if (gap >= 9 && oc_quote_ends(w, OC_PHRASE_SUBJECT_MARK, oc_slice_sub(text, 0, gap))) return true;
    return false;
}

/* "기자들과 만나 ", "共同会見に臨み、": the end of the clause that tells where somebody spoke, 0 if there is none. */
static size_t end_of_occasion(const oc_quote_work *w, oc_slice content)
{
    size_t reach = content.len < OCCASION_BYTES ? content.len : OCCASION_BYTES, length;
    for (size_t at; (at = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_OCCASION, content, 0, reach,
                                            &length)) != SIZE_MAX;) {
        oc_slice behind = oc_slice_from(content, at + length);
        bool part = w->lang == OC_LANG_KO && length <= SHORT_OCCASION && at && content.ptr[at - 1] != ' '; /* 하나와 */
        bool place = w->lang == OC_LANG_KO && oc_slice_ends_with(oc_slice_sub(content, 0, at + length), "에서");
        part |= place && has_subject(w, oc_slice_sub(content, 0, at));
        bool word = !part && (w->lang != OC_LANG_KO || oc_slice_begins(behind, " ") ||
                              oc_slice_begins(behind, ",")); /* not 뒤에는 */
        if (word && behind.len >= LEAST_BEHIND) return at + length;
        reach = at + length - 1;
    }
    return 0;
}

oc_slice oc_quote_without_occasion(const oc_quote_work *w, oc_slice content)
{
    size_t occasion = end_of_occasion(w, content);
    if (occasion &&
        oc_slice_begins(oc_slice_from(content, occasion), "は")) /* についてはコメントしない, については、 */
        occasion = oc_slice_begins(oc_slice_from(content, occasion), "は、") ? occasion + strlen("は、") : 0;
    if (occasion) content = oc_voice_trim(oc_slice_from(content, occasion));
    if (w->lang == OC_LANG_KO) {
        for (size_t place; (place = oc_slice_find(oc_slice_sub(content, 0, 60), OC_SLICE("에서 "), 0)) != SIZE_MAX &&
                           content.len > 2 * place && !has_subject(w, oc_slice_sub(content, 0, place));)
            content = oc_slice_from(content, place + 7);
        return content;
    }
    oc_slice head = oc_slice_sub(content, 0, 60);
    size_t at = oc_slice_find(head, OC_SLICE("で、"), 0), comma = oc_slice_find(head, OC_SLICE("、"), 0);
    if (at != SIZE_MAX && comma == at + 3 && content.len > 2 * at) content = oc_slice_from(content, at + 6);
    return content;
}

/* "複数の外交筋が明らかにした。" behind "…ことが分かった。": the source of the sentence before. */
static bool passes_on(oc_quote_work *w, const oc_hit *verb)
{
    if (!w->index || w->text.len > PASSED_ON_BYTES || w->done) return false;
    const oc_sentence *before = &w->document->sentences.at[w->index - 1];
    size_t quotes = w->document->quotes.len;
    if (before->paragraph != w->document->sentences.at[w->index].paragraph) return false;
    if (quotes && w->document->quotes.at[quotes - 1].sentence + 1 == w->index) return false;
    oc_slice said = oc_voice_trim(before->text);
    size_t hearsay = oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_HEARSAY, said);
    oc_slice who = oc_voice_topic(w, 0, verb->start, true);
    if (!hearsay || !who.len) return false;
    oc_slice content = oc_slice_sub(said, 0, said.len - hearsay);
    /* "…ことが3日、" */
    size_t that = oc_quote_last_word(content, "ことが", content.len > 40 ? content.len - 40 : 0, content.len);
    if (that != SIZE_MAX) content = oc_slice_sub(content, 0, that);
    oc_quote_push(w, w->index - 1, OC_QUOTE_INDIRECT, content, oc_voice_of(w, who));
    w->done = verb->end;
    return true;
}

/* "終えるとした昨年の合意", "延期すべきだと答えた人も58%": what was said qualifies a noun. */
static bool qualifies_noun(const oc_quote_work *w, const oc_hit *verb)
{
    oc_slice behind = oc_slice_from(w->text, verb->end);
    if (oc_quote_begins(w, OC_PHRASE_RESPONDENTS, behind)) return true;
    size_t at = 0;
    uint32_t code = behind.len ? oc_utf8_next(behind, &at) : 0;
    return oc_slice_ends_with(oc_slice_sub(w->text, verb->start, verb->end), "とした") && oc_is_han(code);
}

/* "双方は役割を高く評価し、…との立場を確認した": a clause that reports nothing; its topic goes on speaking. */
static void step_over(oc_quote_work *w, const oc_hit *verb)
{
    oc_slice comma = oc_slice_of(w->lang == OC_LANG_KO ? ", " : "、");
    size_t pause = oc_slice_find(oc_slice_sub(w->text, verb->end, verb->end + PAUSE_BYTES), comma, 0);
    oc_slice topic = pause != SIZE_MAX ? oc_voice_topic(w, w->done, verb->start, true) : (oc_slice){"", 0};
    if (!topic.len) return;
    w->state->topic = oc_voice_known(w, topic);
    w->done = verb->end + pause;
}

/* Where what stands in a document begins: behind には and the comma. */
static size_t behind_stated(const oc_quote_work *w, oc_slice document)
{
    size_t at = (size_t)(document.ptr - w->text.ptr) + document.len;
    return at + oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_STATED, oc_slice_from(w->text, at));
}

/* "議長も質問を受けたが、軍が答えることではないとして": a mere subject in what is said, behind who speaks. */
static bool is_inner_subject(const oc_quote_work *w, oc_slice name)
{
    size_t at = (size_t)(name.ptr - w->text.ptr);
    bool subject = oc_quote_begins(w, OC_PHRASE_SUBJECT_MARK, oc_slice_from(w->text, at + name.len));
    bool more = oc_quote_begins(w, OC_PHRASE_CONTINUES, w->text); /* さらに、米軍が…と続けた */
    return subject && w->state->topic.len && (w->done || (goes_on(w) && (at > INNER_BYTES || more)));
}

/* "報告書は10月の協議会に提出されると説明した": a paper that something is done to says nothing itself. */
static bool is_acted_on(const oc_quote_work *w, oc_slice name, size_t cut)
{
    size_t at = (size_t)(name.ptr - w->text.ptr), end = at + name.len;
    if (!w->state->topic.len || at > w->text.len || end > cut) return false;
    const oc_hit *paper = oc_hit_last(w, OC_LEX_DOCUMENT, at, end);
    return paper && paper->end == end &&
           oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_ACTED_ON, oc_slice_sub(w->text, 0, cut));
}

/* "朝鮮中央通信は、金総書記が…よう指示したと伝えた", "통신은 김 위원장이 …라고 지시했다고 전했다": what [from, cut)
 * reports is said by its subject, and passed on by the topic, to whom the next verb belongs. */
static bool read_inner(oc_quote_work *w, size_t from, size_t cut, size_t keep, const oc_hit *verb)
{
    bool says = oc_slice_is(verb->entry->value, "said") || oc_slice_is(verb->entry->value, "stressed");
    const oc_hit *outer = says ? oc_hit_first(w, OC_LEX_SPEECH, verb->end, verb->end + OUTER_BYTES) : NULL;
    oc_slice topic = outer ? oc_voice_topic(w, from, cut, true) : (oc_slice){"", 0};
    if (!topic.len ||
        !oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_TOPIC, oc_slice_from(w->text, oc_quote_behind(w, topic))))
        return false;
    oc_slice inner = oc_voice_topic(w, oc_quote_behind(w, topic) + 3, cut, true);
    size_t behind = inner.len ? oc_quote_behind(w, inner) : cut;
    if (behind >= cut || !oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_SUBJECT_MARK, oc_slice_from(w->text, behind)))
        return false;
    oc_voice v = oc_voice_of(w, inner);
    v.reported_by = topic;
    oc_quote_push_indirect(
        w, oc_quote_without_occasion(w, oc_voice_trim(oc_slice_sub(w->text, behind + 3, cut + keep))), v, outer->end);
    if (w->done != outer->end) return false;
    w->state->topic = oc_voice_known(w, topic); /* 그러면서도 그는: whom the sentence is about */
    return true;
}

/* "…かと問われると", "…とは答えなかった": the subject is asked, or says nothing. */
static bool is_unsaid_ja(const oc_quote_work *w, const oc_hit *verb)
{
    oc_slice behind = oc_slice_from(w->text, verb->end);
    bool asked = oc_slice_is(verb->entry->value, "asked") &&
                 oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_PASSIVE, oc_slice_sub(w->text, 0, verb->end));
    return asked || oc_phrase_begins(w->lexicon, OC_LANG_JA, OC_PHRASE_UNSAID, behind);
}

/* "…を申し出たとの報道を否定した", "…했다는 보도를 부인했다": nobody says what is only denied. */
static bool denies_rumour(const oc_quote_work *w, size_t cut, const oc_hit *verb)
{
    size_t length;
    return cut < verb->start && oc_slice_is(verb->entry->value, "denied") &&
           oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_RUMOUR, w->text, cut, verb->start, &length) !=
               SIZE_MAX;
}

bool oc_quote_is_rumour(const oc_quote_work *w, size_t end)
{
    size_t length, reach = end + RUMOUR_BYTES < w->text.len ? end + RUMOUR_BYTES : w->text.len;
    size_t at = oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_RUMOUR, w->text, end, reach, &length);
    const oc_hit *denial = at == SIZE_MAX ? NULL : oc_hit_last(w, OC_LEX_SPEECH, at, at + (size_t)2 * RUMOUR_BYTES);
    return denial && oc_slice_is(denial->entry->value, "denied");
}

/* "…との批判を警戒し", "…는 비판을 의식해": what others say, and the topic heeds; it ends at byte `cut`. */
static bool is_heeded(const oc_quote_work *w, size_t cut)
{
    oc_slice rest = oc_slice_from(w->text, cut);
    size_t link = cut < w->text.len ? oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_NAMING, rest) : 0;
    rest = oc_slice_trim(oc_slice_from(rest, link));
    size_t noun = link ? oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_NOUN, rest) : 0;
    return noun && oc_quote_begins(w, OC_PHRASE_HEEDING, oc_slice_trim(oc_slice_from(rest, noun)));
}

/* What goes on behind quotations: "…と応じる場面があったと" is the end of a word. */
static bool is_word_end(const oc_quote_work *w, size_t from, size_t cut)
{
    return from && cut < from + WORD_END_BYTES && is_hiragana_at(w->text, from) && !oc_voice_inside_pair(w, from);
}

/* Where what is said can begin: behind what is done and the label of the turn. */
static size_t start_of_words(const oc_quote_work *w)
{
    bool label = !w->done && w->state->label.len && w->state->label.ptr >= w->text.ptr &&
                 w->state->label.ptr < w->text.ptr + w->text.len;
    return label ? oc_quote_behind(w, w->state->label) : w->done;
}

/* "報道官に尋ねたところ、…との回答だった", "대변인에게 문의하자 …라는 답이 돌아왔다": whom a clause in [from, cut)
 * asks; the answer begins at *ret_start. */
static oc_slice asked_before(const oc_quote_work *w, size_t from, size_t cut, size_t *ret_start)
{
    size_t length, at = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_ASKING, w->text, from, cut, &length);
    if (at == SIZE_MAX || oc_voice_inside_pair(w, at) || at + length + LEAST_BYTES > cut) return (oc_slice){"", 0};
    oc_slice name = oc_voice_asked(w, at + length);
    if (name.len) *ret_start = at + length;
    return name;
}

bool oc_quote_is_poll(const oc_quote_work *w, size_t from, size_t cut)
{
    size_t length;
    size_t at = oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_NOBODY, w->text, from, cut, &length);
    return at != SIZE_MAX && !oc_voice_inside_pair(w, at);
}

/* "本稿は、両国が…べきだと論じる": no topic but the text itself. */
static bool is_said_by_text(const oc_quote_work *w, oc_slice name)
{
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    bool here = at >= text && at < text + w->text.len;
    return w->state->self && here && !oc_quote_begins(w, OC_PHRASE_TOPIC, oc_slice_from(w->text, at - text + name.len));
}

/* "防衛省内では、司令官が…との見方が強い": among whom a view goes round whose subject is `name`; it begins at
 * *ret_start. */
static oc_slice among_whom(const oc_quote_work *w, size_t from, oc_slice name, const oc_hit *verb, size_t *ret_start)
{
    size_t length, subject = (size_t)(name.ptr - w->text.ptr);
    oc_slice none = {"", 0}, word = oc_slice_sub(w->text, verb->start, verb->end);
    bool goes_round =
        oc_slice_find(word, OC_SLICE("が"), 0) != SIZE_MAX || oc_slice_find(word, OC_SLICE("も"), 0) != SIZE_MAX;
    if (!goes_round || subject <= from || subject > w->text.len) return none;
    size_t at = oc_phrase_last_in(w->hits, w->lexicon, OC_LANG_JA, OC_PHRASE_ORIGIN, w->text, from, subject, &length);
    if (at == SIZE_MAX || oc_voice_inside_pair(w, at)) return none;
    static const char *const marks[] = {"、"};
    size_t start = oc_voice_clause_start(w, from, at, marks, 1);
    if (oc_slice_begins(oc_slice_from(w->text, at), "内")) at += strlen("内"), length -= strlen("内");
    oc_slice among = oc_voice_trim(oc_slice_sub(w->text, start, at)), whole = among;
    if (oc_slice_ends_with(whole, "内")) whole.len -= strlen("内");
    if (!among.len || !oc_voice_has_evidence(w, whole)) return none;
    *ret_start = at + length;
    return among;
}

void oc_quote_verb_ja(oc_quote_work *w, const oc_hit *verb)
{
    if (qualifies_noun(w, verb) || is_unsaid_ja(w, verb) || oc_quote_is_rumour(w, verb->end)) return;
    size_t from = start_of_words(w), cut = ja_cut(w, from, verb);
    oc_voice_whole_topic(w);
    if (cut != SIZE_MAX && oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_INTRODUCING, oc_slice_sub(w->text, 0, cut)))
        return;
    if (cut != SIZE_MAX && is_heeded(w, cut)) return;
    if (cut == SIZE_MAX || cut < from + 12 || is_word_end(w, w->done, cut) || denies_rumour(w, cut, verb)) {
        if (!passes_on(w, verb)) step_over(w, verb);
        return;
    }
    if (read_inner(w, from, cut, 0, verb)) return;
    oc_slice late = oc_slice_is(verb->entry->value, "heard")
                        ? ja_origin(w, cut, verb->end) /* "…との意向を韓国側から聞いている" */
                        : oc_voice_topic(w, cut, verb->start, true); /* "…と国防部が15日、明らかにした" */
    /* -Wanalyzer-use-of-uninitialized-value: what is returned is set in full */
    oc_slice stated = late.len ? late : oc_voice_stated_in(w, verb, from, cut);
    oc_slice name = stated.len ? stated : oc_voice_last_topic(w, from, cut, true);
    size_t start = from;
    if (stated.len)
        start = late.len ? from : behind_stated(w, stated);
    else if (name.len && (is_inner_subject(w, name) || is_acted_on(w, name, cut)))
        name = w->state->topic;
    else if (name.len)
        start = (size_t)(name.ptr - w->text.ptr) + name.len + 3;
    else if ((name = ja_origin(w, from, cut)).len)
        start = (size_t)(name.ptr - w->text.ptr) + name.len + 6;
    oc_slice among = stated.len || !name.len ? (oc_slice){"", 0} : among_whom(w, from, name, verb, &start);
    if (among.len) name = among;
    if (oc_slice_begins(oc_slice_from(w->text, start), "は")) start += 3;
    if (!name.len) name = asked_before(w, from, cut, &start);
    if (!name.len && may_carry_on(w, verb)) name = carried_on(w, verb);
    if (!name.len || is_said_by_text(w, name) || oc_quote_is_poll(w, from, cut)) return;
    oc_slice content = oc_quote_without_occasion(w, oc_voice_trim(oc_slice_sub(w->text, start, cut)));
    oc_quote_push_indirect(w, content, oc_voice_of(w, name), verb->end);
}

/* --- Korean --- */

/* "시점을 2031년 이후로 본다" */
static bool is_seen_as(const oc_quote_work *w, size_t from, const oc_hit *verb)
{
    return oc_slice_is(verb->entry->value, "reported") &&
           oc_slice_ends_with(oc_slice_sub(w->text, from, verb->start), "로 ");
}

/* "계획대로 진행되고 있다면서 예산은 필요 없다고 보고했다": two things said; pushes the first. Where the second begins.
 */
static size_t push_first_half(oc_quote_work *w, size_t start, size_t cut, oc_voice v)
{
    size_t length,
        at = oc_phrase_last_in(w->hits, w->lexicon, OC_LANG_KO, OC_PHRASE_GOES_ON, w->text, start, cut, &length);
    if (at == SIZE_MAX || at < start + LEAST_BYTES || at + length + LEAST_BYTES > cut || oc_voice_inside_pair(w, at) ||
        !oc_slice_begins(oc_slice_from(w->text, at + length), " "))
        return start;
    oc_slice first = oc_quote_without_occasion(w, oc_voice_trim(oc_slice_sub(w->text, start, at + 3)));
    oc_quote_push_indirect(w, first, v, at + length);
    return at + length;
}

/* "젊은 병사들이 줄어든 것은 섭섭하다고 했다" behind words of somebody: they are told of. */
static bool is_told_plural(const oc_quote_work *w, oc_slice name)
{
    size_t end = oc_quote_behind(w, name), start = end - name.len;
    return goes_on(w) && oc_slice_ends_with(name, "들") && !oc_hit_first(w, OC_LEX_TITLE, start, end) &&
           oc_phrase_begins(w->lexicon, OC_LANG_KO, OC_PHRASE_SUBJECT_MARK, oc_slice_from(w->text, end));
}

/* "이어 미군이 …다고 덧붙였다": the word that goes on is none of what is said. */
static size_t behind_continuing(const oc_quote_work *w, size_t start)
{
    size_t word = start ? 0 : oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_CONTINUES, w->text);
    return word && word < w->text.len && (w->text.ptr[word] == ' ' || w->text.ptr[word] == ',') ? word + 1 : start;
}

/* "2028년은 어떠냐고 되묻자 고개를 저었다": what stands before `cut` is asked, the verb tells of the answer. */
static bool is_question(const oc_quote_work *w, size_t cut, size_t behind, const oc_hit *verb)
{
    size_t length;
    bool noun = oc_quote_ends(w, OC_PHRASE_TOPIC, oc_slice_sub(w->text, cut, behind)); /* 있느냐는 물음에 */
    return oc_phrase_first_in(w->hits, w->lexicon, OC_LANG_KO, OC_PHRASE_ASKING, w->text, cut, verb->start, &length) !=
               SIZE_MAX ||
           (noun && oc_quote_begins(w, OC_PHRASE_QUESTIONED, oc_slice_from(w->text, cut)));
}

/* "조건을 갖추도록 하는 이행계획을 보고했다": what ends at `end` tells of the next noun and is no request. */
static bool tells_of_noun(const oc_quote_work *w, size_t end)
{
    oc_slice behind = oc_slice_from(w->text, end), word = oc_slice_from(behind, oc_slice_begins(behind, " "));
    size_t gap = oc_slice_find(word, OC_SLICE(" "), 0);
    return oc_slice_ends_with(oc_slice_sub(w->text, 0, end), "도록") && gap != SIZE_MAX &&
           oc_phrase_is(w->lexicon, OC_LANG_KO, OC_PHRASE_MAKING, oc_slice_sub(word, 0, gap));
}

void oc_quote_verb_ko(oc_quote_work *w, const oc_hit *verb)
{
    size_t from = start_of_words(w), length = 0,
           reach = verb->start + 12 < w->text.len ? verb->start + 12 : w->text.len;
    if (from && oc_phrase_begins(w->lexicon, OC_LANG_KO, OC_PHRASE_CUT, oc_slice_from(w->text, from)))
        return; /* “…”임을 보여줬다고: all that is said stands in the marks */
    size_t cut = oc_phrase_last_in(w->hits, w->lexicon, OC_LANG_KO, OC_PHRASE_CUT, w->text, from, reach, &length);
    if (oc_quote_is_rumour(w, verb->end) || (cut != SIZE_MAX && is_heeded(w, cut + length))) return;
    bool joined = oc_slice_ends_with(oc_slice_sub(w->text, verb->start, verb->end), "고"); /* 묻고는 */
    if (!joined && oc_slice_begins(oc_slice_from(w->text, verb->end), "는 ")) return; /* "촉구하는 결의안" */
    if (cut == SIZE_MAX && is_seen_as(w, from, verb)) cut = verb->start - strlen("로 "), length = 0;
    size_t tail = oc_slice_ends_with(oc_slice_sub(w->text, verb->start, verb->end), "다") ? strlen("다") : 0;
    bool quoted = oc_quote_begins(w, OC_PHRASE_CUT, oc_slice_from(w->text, verb->end - tail)); /* 말했다고 전했다 */
    size_t end, said = !quoted ? SIZE_MAX
                               : oc_phrase_last_in(w->hits, w->lexicon, OC_LANG_KO, OC_PHRASE_CUT, w->text, from,
                                                   verb->start, &end);
    if (said != SIZE_MAX && verb->start - said <= CUT_REACH && read_inner(w, from, said, 3, verb)) return;
    if (cut == SIZE_MAX || cut > verb->start || verb->start - cut > CUT_REACH || oc_voice_inside_pair(w, cut) ||
        denies_rumour(w, cut, verb) || is_question(w, cut, cut + length, verb) || tells_of_noun(w, cut + length)) {
        if (!quoted) step_over(w, verb); /* 높이 평가한다고 하면서, */
        return;
    }
    size_t late = cut + length < verb->start ? cut + length : verb->start; /* "…고 국방부가 15일 밝혔다" */
    bool voiced = oc_slice_is(verb->entry->value, "voiced");               /* "…라는 지적이 나온다" */
    oc_slice name = voiced ? oc_voice_going_round(w, from, cut) : oc_voice_topic(w, late, verb->start, true);
    size_t start = voiced && name.len ? oc_quote_behind(w, name) : from;
    bool asked = voiced && !name.len && (name = asked_before(w, from, cut, &start)).len;
    if (voiced && !name.len) return;
    if (voiced && !asked && oc_slice_begins(oc_slice_from(w->text, start), " ")) start++; /* 기자들 사이에서는 */
    if (voiced && !asked)
        start += oc_phrase_begins(w->lexicon, OC_LANG_KO, OC_PHRASE_ORIGIN, oc_slice_from(w->text, start));
    else if (!voiced && !name.len && (name = oc_voice_stated_in(w, verb, from, cut)).len)
        start = behind_stated(w, name);
    else if (!voiced && !name.len &&
             ((name = oc_voice_last_topic(w, from, cut, true)).len ||
              (!w->done && (name = oc_voice_bare_name(w, from, cut)).len)))
        start = (size_t)(name.ptr - w->text.ptr) + name.len + 3;
    bool more = goes_on(w) && oc_quote_begins(w, OC_PHRASE_CONTINUES, w->text); /* "이어 미군이 …다고 덧붙였다" */
    more |=
        w->done && oc_quote_ends(w, OC_PHRASE_GOES_ON_LINK, oc_slice_sub(w->text, 0, w->done)); /* “…”면서도 양국이 */
    if (more && name.len && start > from && is_inner_subject(w, name)) name = (oc_slice){"", 0}, start = from;
    if (name.len && start > from && is_told_plural(w, name)) name = (oc_slice){"", 0}, start = from;
    if (name.len && start > from && is_acted_on(w, name, cut + strlen("다"))) name = w->state->topic, start = from;
    if (!name.len && (name = oc_voice_going_round(w, from, cut)).len) { /* 일각에서는 …라고 주장하나 */
        start = oc_quote_behind(w, name);
        start += oc_phrase_begins(w->lexicon, OC_LANG_KO, OC_PHRASE_ORIGIN, oc_slice_from(w->text, start));
    }
    if (!name.len && may_carry_on(w, verb)) name = carried_on(w, verb);
    if (!name.len || is_said_by_text(w, name) || oc_quote_is_poll(w, from, cut)) return;
    oc_voice v = oc_voice_of(w, name);
    /* "…라고 연합뉴스가 소식통을 인용해 보도했다": the source, passed on by the agency */
    size_t behind = (size_t)(name.ptr - w->text.ptr) + name.len + 3;
    const oc_hit *citing = behind > cut ? oc_hit_first(w, OC_LEX_SOURCE, behind, verb->start) : NULL;
    oc_slice source = citing ? oc_voice_trim(oc_slice_sub(w->text, behind, citing->start)) : (oc_slice){"", 0};
    if (source.len) {
        v = oc_voice_of(w, source);
        v.reported_by = name;
    }
    size_t keep = oc_slice_begins(oc_slice_from(w->text, cut), "도록") ? 6 : 3;
    start = push_first_half(w, behind_continuing(w, start), cut, v);
    oc_quote_push_indirect(w, oc_quote_without_occasion(w, oc_voice_trim(oc_slice_sub(w->text, start, cut + keep))), v,
                           verb->end);
}
