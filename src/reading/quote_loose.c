/* Speech that no verb of speech tells, in Japanese and Korean: a sentence in marks that the next one gives to somebody
 * (「時間がない」。ある将校はそう打ち明ける。), words of somebody (“…” 장관의 말이다), a name behind と
 * (「…」と安氏。), and endings that report by themselves (전환은 도박이라며 반대했다). */
#include "reading/voice.h"

#include "base/utf8.h"

enum { NAME_CHARS = 40, LEAST_BYTES = 20, BRACKET_BYTES = 60, OWNER_BYTES = 72, MANY_BEFORE = 4, CLEFT_BYTES = 24 };

static bool is_phrase_end(const oc_quote_work *w, oc_phrase_kind kind, oc_slice text)
{
    return oc_phrase_ends(w->lexicon, w->lang, kind, text) != 0;
}

/* The noun behind what qualifies it: 일관된 입장이다, 一貫した立場だ; where it begins, SIZE_MAX if nothing does. */
static size_t qualified_noun(const oc_quote_work *w, oc_slice text)
{
    static const char *const qualifying[] = {"い", "る", "な", "した"};
    size_t noun = SIZE_MAX, reach = text.len > OWNER_BYTES ? text.len - OWNER_BYTES : 0;
    if (w->lang == OC_LANG_KO) {
        noun = oc_quote_last_word(text, " ", reach, text.len);
        return noun == SIZE_MAX ? noun : noun + 1;
    }
    for (size_t i = 0; i < sizeof qualifying / sizeof *qualifying; i++) {
        size_t at = oc_quote_last_word(text, qualifying[i], reach, text.len);
        if (at != SIZE_MAX) reach = noun = at + strlen(qualifying[i]);
    }
    return noun;
}

/* Bytes at the end of a text that say whose words stand before: "의 입장이다", also with what qualifies them between:
 * "의 일관된 입장이다", の一貫した立場だ. */
static size_t words_of_tail(const oc_quote_work *w, oc_slice text)
{
    size_t tail = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_WORDS_OF, text);
    if (tail || !oc_phrase_may_end(w->lexicon, w->lang, OC_PHRASE_WORDS_OF, text)) return tail;
    const char *of = w->lang == OC_LANG_KO ? "의 " : "の";
    size_t noun = qualified_noun(w, text), length = strlen(of);
    if (noun == SIZE_MAX) return 0;
    char plain[OWNER_BYTES + 8];
    memcpy(plain, of, length);
    memcpy(plain + length, text.ptr + noun, text.len - noun);
    if (!oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_WORDS_OF, (oc_slice){plain, length + text.len - noun})) return 0;
    size_t owner = oc_quote_last_word(text, of, text.len > OWNER_BYTES ? text.len - OWNER_BYTES : 0, noun);
    return owner == SIZE_MAX ? 0 : text.len - owner;
}

oc_slice oc_voice_words_before(const oc_quote_work *w, size_t open, size_t close)
{
    oc_slice none = {"", 0}, before = oc_slice_trim(oc_slice_sub(w->text, w->done, open));
    oc_slice after = oc_slice_from(w->text, close);
    size_t words = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_WORDS, before);
    size_t copula = words ? oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_COPULA, after) : 0;
    if (!copula || oc_voice_trim(oc_slice_from(after, copula)).len) return none;
    oc_slice name = oc_voice_plain(w, oc_voice_trim(oc_slice_sub(before, 0, before.len - words)));
    return oc_voice_has_evidence(w, name) ? name : none;
}

oc_slice oc_voice_words_of(const oc_quote_work *w, size_t from)
{
    oc_slice text = oc_voice_trim(oc_slice_from(w->text, from));
    size_t tail = words_of_tail(w, text), length;
    if (!tail || tail >= text.len) return (oc_slice){"", 0};
    oc_slice name = oc_slice_sub(text, 0, text.len - tail);
    size_t that = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_THAT, name, 0, name.len, &length);
    if (that != SIZE_MAX) name = oc_slice_from(name, that + length);
    name = oc_voice_trim(name);
    return oc_utf8_count(name) <= NAME_CHARS ? name : (oc_slice){"", 0};
}

oc_slice oc_voice_cleft(const oc_quote_work *w, const oc_hit *verb)
{
    size_t length, reach = verb->end + CLEFT_BYTES < w->text.len ? verb->end + CLEFT_BYTES : w->text.len;
    size_t at = oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_CLEFT, w->text, verb->end, reach, &length);
    oc_slice name = at == SIZE_MAX ? (oc_slice){"", 0} : oc_voice_trim(oc_slice_from(w->text, at + length));
    size_t is = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_COPULA, name);
    return is && oc_utf8_count(name) <= NAME_CHARS ? oc_slice_sub(name, 0, name.len - is) : (oc_slice){"", 0};
}

bool oc_quote_read_words_of(oc_quote_work *w)
{
    if (w->lang == OC_LANG_EN) return false;
    oc_slice name = oc_voice_words_of(w, w->done);
    size_t at = name.len ? (size_t)(name.ptr - w->text.ptr) : 0, length;
    size_t that = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_THAT, w->text, w->done, at, &length);
    if (!name.len || that == SIZE_MAX || that < w->done + LEAST_BYTES || oc_voice_inside_pair(w, that)) return false;
    bool pronoun = oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, name); /* …는 게 그의 생각이다 */
    if (!is_phrase_end(w, OC_PHRASE_VOICE_END, name) && oc_voice_actor(w->document, name) < 0 && !pronoun) return false;
    oc_slice content = oc_voice_trim(oc_slice_sub(w->text, w->done, that));
    oc_quote_push(w, w->index, OC_QUOTE_INDIRECT, content, oc_voice_of(w, name));
    w->done = w->text.len;
    return true;
}

oc_slice oc_voice_behind_pair(const oc_quote_work *w, size_t close)
{
    oc_slice after = oc_slice_from(w->text, close);
    size_t link = w->lang == OC_LANG_JA ? oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_QUOTING, after) : 0;
    if (!link) return (oc_slice){"", 0};
    oc_slice name = oc_voice_trim(oc_slice_from(after, link));
    bool named = oc_utf8_count(name) <= NAME_CHARS && is_phrase_end(w, OC_PHRASE_VOICE_END, name);
    return named && oc_slice_find(name, OC_SLICE("、"), 0) == SIZE_MAX ? name : (oc_slice){"", 0};
}

oc_slice oc_voice_bracketed(const oc_quote_work *w, size_t close)
{
    oc_slice after = oc_slice_from(w->text, close);
    size_t open = oc_slice_begins(after, "（") ? 3 : oc_slice_begins(after, "(") ? 1 : 0;
    if (!open || w->lang == OC_LANG_EN) return (oc_slice){"", 0};
    size_t end = oc_slice_find(oc_slice_sub(after, 0, OWNER_BYTES), oc_slice_of(open == 3 ? "）" : ")"), open);
    oc_slice name = end == SIZE_MAX ? (oc_slice){"", 0} : oc_voice_trim(oc_slice_sub(after, open, end));
    bool somebody = name.len && (is_phrase_end(w, OC_PHRASE_VOICE_END, name) || oc_voice_actor(w->document, name) >= 0);
    return somebody ? name : (oc_slice){"", 0};
}

oc_slice oc_voice_owner(const oc_quote_work *w, size_t close)
{
    oc_slice after = oc_slice_from(w->text, close);
    size_t link = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_TERM_AFTER, after), length;
    size_t quoting = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_QUOTING, after);
    if (quoting > link) link = quoting;
    size_t that = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_THAT, after); /* “…”는 게 노 전 중장의 말이다 */
    if (that > link) link = that;
    bool apart = w->lang == OC_LANG_KO && oc_slice_begins(after, " "); /* “…합니까.” 야당 의원의 질의에 */
    if ((!link && !apart) || w->lang == OC_LANG_EN) return (oc_slice){"", 0};
    size_t from = close + link, reach = from + OWNER_BYTES < w->text.len ? from + OWNER_BYTES : w->text.len;
    size_t at = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_WORDS, w->text, from, reach, &length);
    oc_slice name = at == SIZE_MAX ? (oc_slice){"", 0} : oc_voice_trim(oc_slice_sub(w->text, from, at));
    bool plain =
        oc_slice_find(name, OC_SLICE("、"), 0) == SIZE_MAX && oc_slice_find(name, OC_SLICE(","), 0) == SIZE_MAX;
    bool somebody = name.len && (is_phrase_end(w, OC_PHRASE_VOICE_END, name) || oc_voice_actor(w->document, name) >= 0);
    return plain && somebody ? name : (oc_slice){"", 0};
}

/* The pair of marks that holds the whole sentence, or NULL. */
static const oc_mark_pair *pair_around(const oc_quote_work *w, const oc_sentence *sentence)
{
    for (size_t i = w->state->first_pair; i-- > 0;) {
        const oc_mark_pair *pair = &w->document->pairs.at[i];
        if (pair->close_end + BRACKET_BYTES < sentence->start) break;
        if (pair->nested || pair->open != sentence->start) continue;
        bool marks = pair->mark != '(' && pair->mark != 0xff08 && pair->mark != 0x300e;
        return marks && pair->close_end <= sentence->end && pair->close_end + 4 > sentence->end ? pair : NULL;
    }
    return NULL;
}

/* Korean: “…” 정 소장은 지도를 펼쳐 보이며 설명을 이어갔다.: the sentence ends with the verb and reports nothing
 * itself. */
static bool ends_as_told(const oc_quote_work *w, size_t from)
{
    enum { END_BYTES = 12 };
    const oc_hit *verb = oc_hit_last(w, OC_LEX_SPEECH, from, w->text.len);
    size_t length;
    if (w->lang != OC_LANG_KO || w->first_mark != SIZE_MAX || !verb || verb->end + END_BYTES < w->text.len)
        return false;
    return oc_slice_is(verb->entry->value, "said") &&
           oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_CUT, w->text, from, verb->start, &length) ==
               SIZE_MAX &&
           oc_phrase_is_absent(w->hits, OC_PHRASE_QUOTATIVE, w->text);
}

/* Korean: “…” 기자들의 질문에 장관이 한 답변이다.: whose words a clause tells right before the noun that they are. */
static oc_slice whose_words_were(const oc_quote_work *w)
{
    oc_slice none = {"", 0}, text = oc_voice_trim(w->text);
    size_t copula = w->lang == OC_LANG_KO ? oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_COPULA, text) : 0;
    oc_slice head = oc_slice_sub(text, 0, text.len - copula);
    size_t noun = copula ? oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_NOUN, head) : 0;
    if (!noun || noun >= head.len) return none;
    head = oc_slice_trim(oc_slice_sub(head, 0, head.len - noun));
    size_t gap = oc_slice_find_last(head, OC_SLICE(" "), 0);
    bool did = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_ADNOMINAL, head) || oc_slice_ends_with(head, " 한");
    if (gap == SIZE_MAX || !did) return none;
    head = oc_slice_sub(head, 0, gap);
    size_t mark = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_SUBJECT_MARK, head), length;
    if (!mark) return none;
    size_t from = (size_t)(head.ptr - w->text.ptr), to = from + head.len - mark;
    size_t asked = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_QUESTIONED, w->text, from, to, &length);
    if (asked == SIZE_MAX)
        asked = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_ASKING, w->text, from, to, &length);
    if (asked != SIZE_MAX) from = asked + length;
    oc_slice name = oc_voice_plain(w, oc_voice_trim(oc_slice_sub(w->text, from, to)));
    return oc_voice_has_evidence(w, name) ? name : none;
}

/* Who the sentence says has spoken right before it: "ある将校はそう打ち明ける", "장관의 말이다"; in *ret_end where that
 * has been told. */
static oc_slice who_spoke_before(oc_quote_work *w, size_t *ret_end)
{
    *ret_end = w->text.len;
    oc_slice name = whose_words_were(w);
    if (!name.len) name = oc_voice_words_of(w, 0);
    if (name.len) return name;
    size_t length, reach = w->text.len < OWNER_BYTES ? w->text.len : OWNER_BYTES;
    size_t words = oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_WORDS, w->text, 0, reach, &length);
    if (words != SIZE_MAX && is_phrase_end(w, OC_PHRASE_VOICE_END, oc_slice_sub(w->text, 0, words))) {
        *ret_end = words + length; /* "야당 의원의 질의에 장관은 …" */
        return oc_slice_sub(w->text, 0, words);
    }
    size_t so = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_BACKWARD, w->text, 0, w->text.len, &length);
    oc_slice topic = so == SIZE_MAX ? oc_voice_whole_topic(w) : (oc_slice){"", 0};
    /* 「…」。韓議員は語る。: nothing stands between him and his verb */
    if (topic.len) so = oc_quote_behind(w, topic) + strlen("は");
    if (so == SIZE_MAX || oc_voice_inside_pair(w, so)) return (oc_slice){"", 0};
    const oc_hit *verb = oc_hit_first(w, OC_LEX_SPEECH, so, w->text.len);
    bool said = verb && !oc_slice_is(verb->entry->value, "stated");
    const oc_hit *paper = topic.len || said ? NULL : oc_hit_last(w, OC_LEX_DOCUMENT, 0, so);
    if (paper && oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_STATED, oc_slice_from(w->text, paper->end)))
        return oc_slice_sub(w->text, 0, paper->end); /* 序文にはそうある */
    if (!verb || (topic.len && verb->start > so + 1 && !ends_as_told(w, so))) return (oc_slice){"", 0};
    const oc_document *document = w->document;
    oc_slice behind = oc_slice_from(document->body, document->sentences.at[w->index].end);
    behind = oc_slice_trim(oc_slice_sub(behind, 0, 8));
    /* こう述べた。「…」 points to what follows, if what stands before is somebody's */
    size_t quotes = document->quotes.len;
    bool credited = quotes && document->quotes.at[quotes - 1].sentence + 1 == w->index;
    if (!topic.len && credited &&
        (oc_slice_begins(behind, "「") || oc_slice_begins(behind, "“") || oc_slice_begins(behind, "\"")))
        return (oc_slice){"", 0};
    *ret_end = verb->end;
    name = oc_voice_cleft(w, verb);
    if (name.len) {
        *ret_end = w->text.len;
        return name;
    }
    name = oc_voice_topic(w, 0, verb->start, true);
    return name.len ? name : oc_voice_topic(w, 0, verb->start, false);
}

/* 「時間がない」。「人も足りない」。ある将校はそう打ち明ける: the sentences in marks right before belong to him, too,
 * if they were found to be nobody's. */
static void credit_earlier(const oc_quote_work *w, oc_voice voice)
{
    oc_document *document = w->document;
    for (size_t i = w->index - 1; i-- > 0 && i + MANY_BEFORE > w->index;) {
        const oc_sentence *sentence = &document->sentences.at[i];
        const oc_mark_pair *pair = pair_around(w, sentence);
        if (!pair || sentence->paragraph != document->sentences.at[w->index].paragraph) return;
        for (size_t k = document->quotes.len; k-- > 0 && document->quotes.at[k].sentence >= i;)
            if (document->quotes.at[k].sentence == i) return;
        size_t last = document->brackets.len;
        if (last && document->brackets.at[last - 1].sentence == i) document->brackets.len--;
        oc_quote_push(w, (uint32_t)i, OC_QUOTE_DIRECT, oc_slice_sub(document->body, pair->open_end, pair->close),
                      voice);
    }
}

bool oc_quote_read_before(oc_quote_work *w)
{
    oc_document *document = w->document;
    if (!w->index || w->lang == OC_LANG_EN) return false;
    const oc_sentence *before = &document->sentences.at[w->index - 1];
    if (before->paragraph != document->sentences.at[w->index].paragraph) return false;
    const oc_mark_pair *pair = pair_around(w, before);
    size_t end;
    oc_slice name = pair ? who_spoke_before(w, &end) : (oc_slice){"", 0};
    if (!name.len) return false;
    oc_voice voice = oc_voice_of(w, name);
    size_t quotes = document->quotes.len, brackets = document->brackets.len;
    if (quotes && document->quotes.at[quotes - 1].sentence + 1 == w->index) document->quotes.len--;
    if (brackets && document->brackets.at[brackets - 1].sentence + 1 == w->index) document->brackets.len--;
    credit_earlier(w, voice);
    oc_quote_push(w, w->index - 1, OC_QUOTE_DIRECT, oc_slice_sub(document->body, pair->open_end, pair->close), voice);
    w->done = end; /* "教授はそう分析したうえで、…と付け加えた": there is more */
    return end + LEAST_BYTES > w->text.len;
}

/* Behind a quotative that reports nothing: "다고 해서", "다고 볼 수 없다". */
static bool is_unsaid(const oc_quote_work *w, size_t at)
{
    oc_slice rest = oc_slice_from(w->text, at);
    while (rest.len && rest.ptr[0] == ' ') rest = oc_slice_from(rest, 1);
    return !rest.len || oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_UNSAID, rest);
}

/* 「…」と笑う。ただ、兵士が減ったのは寂しいという: more of what the sentence before quotes of a person. */
static bool read_hearsay(oc_quote_work *w)
{
    const oc_document *document = w->document;
    const oc_quote *last = document->quotes.len ? &document->quotes.at[document->quotes.len - 1] : NULL;
    bool before = last && w->index && last->sentence + 1 == w->index && last->kind == OC_QUOTE_DIRECT &&
                  document->sentences.at[w->index - 1].paragraph == document->sentences.at[w->index].paragraph;
    if (w->lang != OC_LANG_JA || w->done || !before) return false;
    oc_slice said = oc_voice_trim(w->text), topic = oc_voice_whole_topic(w);
    bool told = topic.len && oc_quote_begins(w, OC_PHRASE_TOPIC, oc_slice_from(w->text, oc_quote_behind(w, topic)));
    if (told) return false;
    size_t tail = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_HEARSAY_OF, said);
    if (!tail || said.len < tail + LEAST_BYTES || !oc_voice_is_person(w, last->speaker)) return false;
    oc_quote_push(w, w->index, OC_QUOTE_INDIRECT, oc_slice_sub(said, 0, said.len - tail),
                  (oc_voice){.speaker = last->speaker});
    w->done = w->text.len;
    return true;
}

void oc_quote_read_quotative(oc_quote_work *w)
{
    if (w->lang == OC_LANG_EN || read_hearsay(w)) return;
    size_t from = w->done, length;
    if (!from) { /* what somebody says stands behind his name */
        oc_slice topic = oc_voice_whole_topic(w);
        if (!topic.len) return;
        from = (size_t)(topic.ptr - w->text.ptr) + topic.len + 3 + LEAST_BYTES;
    }
    size_t at =
        oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_QUOTATIVE, w->text, from, w->text.len, &length);
    if (at == SIZE_MAX || at < w->done + LEAST_BYTES || oc_voice_inside_pair(w, at) || is_unsaid(w, at + length) ||
        oc_quote_is_rumour(w, at + length) || oc_quote_is_poll(w, w->done, at))
        return;
    oc_slice name = oc_voice_last_topic(w, w->done, at, true);
    size_t start = name.len ? (size_t)(name.ptr - w->text.ptr) + name.len + 3 : 0;
    if (!name.len || start + LEAST_BYTES > at) return;
    size_t keep = w->lang == OC_LANG_KO ? 3 : 0; /* 다며: 다 */
    oc_slice content = oc_quote_without_occasion(w, oc_voice_trim(oc_slice_sub(w->text, start, at + keep)));
    oc_quote_push(w, w->index, OC_QUOTE_INDIRECT, content, oc_voice_of(w, name));
    w->done = at + length;
}
