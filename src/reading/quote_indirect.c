/* Speech without marks: for each verb of speech that answers to no pair, what it reports and who speaks.
 *
 *     Japanese   topic は … と|との|noun を VERB        Xによると、…
 *     Korean     topic 는 … 다고|라며|는 입장을 VERB     X에 따르면 …
 *     English    SUBJECT VERB that … · …, SUBJECT VERB · …, VERB-ing that … · according to X
 *
 * A sentence may hold several; each begins behind the verb of the one before. */
#include "reading/voice.h"

#include "base/utf8.h"

enum {
    LEAST_CHARS = 5,
    CUT_REACH = 60,
    NOUN_REACH = 48,
    LEAST_BYTES = 20,
    ADVERBIAL_BYTES = 60,
    PASSED_ON_BYTES = 90,
    OCCASION_BYTES = 120,
    ASIDE_BYTES = 40,
    LEAST_BEHIND = 18,
    CITING_BYTES = 16,
    QUOTED_REACH = 140,
    PAUSE_BYTES = 16,
    INNER_BYTES = 24,
    OUTER_BYTES = 24,
    APPOSITION_BYTES = 110
};

/* Where the last `word` in text[from, to) starts. */
static size_t find_last(oc_slice text, const char *word, size_t from, size_t to)
{
    size_t last = SIZE_MAX, at = from;
    oc_slice head = oc_slice_sub(text, 0, to);
    while ((at = oc_slice_find(head, oc_slice_of(word), at)) != SIZE_MAX) last = at++;
    return last;
}

/* Where the sentence goes on behind a name in it. */
static size_t end_of(const oc_quote_work *w, oc_slice name)
{
    return (size_t)(name.ptr - w->text.ptr) + name.len;
}

/* "2022年8月、米韓の演習は…", "9일 회담을 …": without the day on which it was said. */
static oc_slice without_day(const oc_quote_work *w, oc_slice content)
{
    size_t start = (size_t)(content.ptr - w->text.ptr);
    for (size_t i = w->document->dates.len; i-- > 0 && w->document->dates.at[i].sentence == w->index;) {
        const oc_date *date = &w->document->dates.at[i].date;
        if (date->from != start || date->to >= start + content.len / 2) continue;
        oc_slice rest = oc_slice_sub(content, date->to - start, content.len);
        size_t zone = oc_slice_begins(rest, "(") ? oc_slice_find(rest, OC_SLICE(")"), 0) : SIZE_MAX;
        if (zone != SIZE_MAX) rest = oc_slice_from(rest, zone + 1); /* 10일(현지시간) */
        bool apart = oc_slice_begins(rest, "、") ||
                     (w->lang == OC_LANG_KO && oc_slice_begins(rest, " ") && date->unit_start == date->unit_end);
        if (apart) return oc_voice_trim(rest);
    }
    return content;
}

static void push(oc_quote_work *w, oc_slice content, oc_voice v, size_t end)
{
    content = oc_voice_trim(content);
    if (w->lang != OC_LANG_EN) content = without_day(w, content);
    if (oc_voice_has_at_most(content, LEAST_CHARS - 1)) return;
    size_t open = oc_slice_find(content, OC_SLICE("“"), 0), close = oc_slice_find(content, OC_SLICE("”"), 0);
    if (close < open) return; /* begins within marks */
    oc_quote_push(w, w->index, OC_QUOTE_INDIRECT, content, v);
    w->done = end;
}

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
    return w->done || (w->lang == OC_LANG_JA && goes_on(w) && !thought) || oc_slice_is(verb->entry->value, "said") ||
           oc_slice_is(verb->entry->value, "stressed");
}

/* --- Japanese --- */

static bool is_hiragana_at(oc_slice text, size_t at)
{
    if (at >= text.len) return false;
    uint32_t code = oc_utf8_next(text, &at);
    return code >= 0x3041 && code <= 0x309f;
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
    size_t at = find_last(w->text, "から", from, to);
    for (; at != SIZE_MAX && at > from; at = find_last(w->text, "から", from, at)) {
        size_t start = at;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            size_t mark = find_last(w->text, marks[i], from, at);
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

/* Where what the verb reports ends, SIZE_MAX if it reports nothing. */
static size_t ja_cut(const oc_quote_work *w, size_t from, const oc_hit *verb)
{
    static const char *const direct[] = {"との", "という", "だと", "と", "とも", "ことを", "ことも", "ことが"};
    static const char *const wishes[] = {"ように", "よう"};
    oc_slice head = oc_slice_sub(w->text, from, verb->start);
    /* "米国と合意し": with whom, not what */
    size_t joint = verb->start >= from + 6 ? verb->start - 6 : from;
    if (oc_slice_is(verb->entry->value, "agreed") && oc_slice_ends_with(head, "と") && !is_hiragana_at(w->text, joint))
        return SIZE_MAX;
    /* だとして、 ないとして: だ and ない belong to what is said */
    size_t inner = oc_slice_find(oc_slice_sub(w->text, verb->start, verb->end), OC_SLICE("とし"), 0);
    if (inner != SIZE_MAX && inner > 0 && inner <= 6) return verb->start + inner;
    if (oc_slice_begins(oc_slice_from(w->text, verb->start), "と"))
        return oc_slice_ends_with(head, "こと") ? SIZE_MAX : verb->start;
    for (size_t i = 0; i < sizeof direct / sizeof *direct; i++)
        if (oc_slice_ends_with(head, direct[i]) && !oc_slice_ends_with(head, "こと"))
            return verb->start - strlen(direct[i]);
    for (size_t i = 0; i < 2; i++)
        if (oc_slice_ends_with(head, wishes[i])) return verb->start - strlen(wishes[i]);
    oc_slice word = oc_slice_sub(w->text, verb->start, verb->end);
    size_t noun = oc_phrase_begins(w->lexicon, OC_LANG_JA, OC_PHRASE_NOUN, word);
    if (noun && ends_predicate(w, head)) return verb->start;
    size_t length,
        at = oc_phrase_last(w->lexicon, OC_LANG_JA, OC_PHRASE_NOUN, w->text,
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

/* "기자들과 만나 ", "共同会見に臨み、": the end of the clause that tells where somebody spoke, 0 if there is none. */
static size_t end_of_occasion(const oc_quote_work *w, oc_slice content)
{
    size_t reach = content.len < OCCASION_BYTES ? content.len : OCCASION_BYTES, length;
    for (size_t at;
         (at = oc_phrase_last(w->lexicon, w->lang, OC_PHRASE_OCCASION, content, 0, reach, &length)) != SIZE_MAX;) {
        oc_slice behind = oc_slice_from(content, at + length);
        bool word =
            w->lang != OC_LANG_KO || oc_slice_begins(behind, " ") || oc_slice_begins(behind, ","); /* not 뒤에는 */
        if (word && behind.len >= LEAST_BEHIND) return at + length;
        reach = at + length - 1;
    }
    return 0;
}

oc_slice oc_quote_without_occasion(const oc_quote_work *w, oc_slice content)
{
    size_t occasion = end_of_occasion(w, content);
    if (occasion) content = oc_voice_trim(oc_slice_from(content, occasion));
    if (w->lang == OC_LANG_KO) {
        for (size_t place; (place = oc_slice_find(oc_slice_sub(content, 0, 60), OC_SLICE("에서 "), 0)) != SIZE_MAX &&
                           content.len > 2 * place;)
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
    size_t that = find_last(content, "ことが", content.len > 40 ? content.len - 40 : 0, content.len);
    if (that != SIZE_MAX) content = oc_slice_sub(content, 0, that);
    oc_quote_push(w, w->index - 1, OC_QUOTE_INDIRECT, content, oc_voice_of(w, who));
    w->done = verb->end;
    return true;
}

/* "終えるとした昨年の合意": what was said qualifies a noun. */
static bool qualifies_noun(const oc_quote_work *w, const oc_hit *verb)
{
    oc_slice behind = oc_slice_from(w->text, verb->end);
    size_t at = 0;
    uint32_t code = behind.len ? oc_utf8_next(behind, &at) : 0;
    return oc_slice_ends_with(oc_slice_sub(w->text, verb->start, verb->end), "とした") && code >= 0x4e00 &&
           code < 0xa000;
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
    bool subject = oc_slice_begins(oc_slice_from(w->text, at + name.len), "が");
    return subject && w->state->topic.len && (w->done || (goes_on(w) && at > INNER_BYTES));
}

/* "朝鮮中央通信は、金総書記が…よう指示したと伝えた", "통신은 김 위원장이 …라고 지시했다고 전했다": what [from, cut)
 * reports is said by its subject, and passed on by the topic, to whom the next verb belongs. */
static bool read_inner(oc_quote_work *w, size_t from, size_t cut, size_t keep, const oc_hit *verb)
{
    bool says = oc_slice_is(verb->entry->value, "said") || oc_slice_is(verb->entry->value, "stressed");
    const oc_hit *outer = says ? oc_hit_first(w, OC_LEX_SPEECH, verb->end, verb->end + OUTER_BYTES) : NULL;
    oc_slice topic = outer ? oc_voice_topic(w, from, cut, true) : (oc_slice){"", 0};
    if (!topic.len || !oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_TOPIC, oc_slice_from(w->text, end_of(w, topic))))
        return false;
    oc_slice inner = oc_voice_topic(w, end_of(w, topic) + 3, cut, true);
    size_t behind = inner.len ? end_of(w, inner) : cut;
    if (behind >= cut || !oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_SUBJECT_MARK, oc_slice_from(w->text, behind)))
        return false;
    oc_voice v = oc_voice_of(w, inner);
    v.reported_by = topic;
    push(w, oc_quote_without_occasion(w, oc_voice_trim(oc_slice_sub(w->text, behind + 3, cut + keep))), v, outer->end);
    return w->done == outer->end;
}

static void ja_verb(oc_quote_work *w, const oc_hit *verb)
{
    if (qualifies_noun(w, verb)) return;
    size_t from = w->done, cut = ja_cut(w, from, verb);
    oc_voice_whole_topic(w);
    if (cut != SIZE_MAX && oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_INTRODUCING, oc_slice_sub(w->text, 0, cut)))
        return;
    if (cut == SIZE_MAX || cut < from + 12) {
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
    else if (name.len && is_inner_subject(w, name))
        name = w->state->topic;
    else if (name.len)
        start = (size_t)(name.ptr - w->text.ptr) + name.len + 3;
    else if ((name = ja_origin(w, from, cut)).len)
        start = (size_t)(name.ptr - w->text.ptr) + name.len + 6;
    if (oc_slice_begins(oc_slice_from(w->text, start), "は")) start += 3;
    if (!name.len && may_carry_on(w, verb)) name = carried_on(w, verb);
    if (!name.len) return;
    oc_slice content = oc_quote_without_occasion(w, oc_voice_trim(oc_slice_sub(w->text, start, cut)));
    push(w, content, oc_voice_of(w, name), verb->end);
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
    size_t length, at = oc_phrase_last(w->lexicon, OC_LANG_KO, OC_PHRASE_GOES_ON, w->text, start, cut, &length);
    if (at == SIZE_MAX || at < start + LEAST_BYTES || at + length + LEAST_BYTES > cut || oc_voice_inside_pair(w, at) ||
        !oc_slice_begins(oc_slice_from(w->text, at + length), " "))
        return start;
    oc_slice first = oc_quote_without_occasion(w, oc_voice_trim(oc_slice_sub(w->text, start, at + 3)));
    push(w, first, v, at + length);
    return at + length;
}

static void ko_verb(oc_quote_work *w, const oc_hit *verb)
{
    size_t from = w->done, length = 0, reach = verb->start + 12 < w->text.len ? verb->start + 12 : w->text.len;
    if (from && oc_phrase_begins(w->lexicon, OC_LANG_KO, OC_PHRASE_CUT, oc_slice_from(w->text, from)))
        return; /* “…”임을 보여줬다고: all that is said stands in the marks */
    size_t cut = oc_phrase_last(w->lexicon, OC_LANG_KO, OC_PHRASE_CUT, w->text, from, reach, &length);
    if (oc_slice_begins(oc_slice_from(w->text, verb->end), "는 ")) return; /* "촉구하는 결의안" */
    if (cut == SIZE_MAX && is_seen_as(w, from, verb)) cut = verb->start - strlen("로 "), length = 0;
    bool quoted = oc_phrase_begins(w->lexicon, OC_LANG_KO, OC_PHRASE_CUT, oc_slice_from(w->text, verb->end)) != 0;
    if (quoted && cut != SIZE_MAX && cut < verb->start && verb->start - cut <= CUT_REACH &&
        read_inner(w, from, cut, 3, verb))
        return;
    if (cut == SIZE_MAX || cut > verb->start || verb->start - cut > CUT_REACH || oc_voice_inside_pair(w, cut)) {
        step_over(w, verb);
        return;
    }
    size_t late = cut + length < verb->start ? cut + length : verb->start; /* "…고 국방부가 15일 밝혔다" */
    oc_slice name = oc_voice_topic(w, late, verb->start, true);
    size_t start = from;
    if (!name.len && (name = oc_voice_stated_in(w, verb, from, cut)).len)
        start = behind_stated(w, name);
    else if (!name.len &&
             ((name = oc_voice_last_topic(w, from, cut, true)).len || (name = oc_voice_bare_name(w, from, cut)).len))
        start = (size_t)(name.ptr - w->text.ptr) + name.len + 3;
    if (!name.len && may_carry_on(w, verb)) name = carried_on(w, verb);
    if (!name.len) return;
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
    start = push_first_half(w, start, cut, v);
    push(w, oc_quote_without_occasion(w, oc_voice_trim(oc_slice_sub(w->text, start, cut + keep))), v, verb->end);
}

/* --- English --- */

bool oc_voice_is_passive(const oc_quote_work *w, size_t verb)
{
    oc_slice before = oc_slice_sub(w->text, 0, verb);
    size_t form = oc_slice_ends_with(before, " ") ? oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_PASSIVE, before) : 0;
    bool small = form && before.ptr[before.len - form] >= 'a'; /* not "in May said" */
    return small && form < before.len && !oc_slice_ends_with(before, " went on to ");
}

static bool is_time(const oc_quote_work *w, oc_slice text)
{
    return oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_TIME, text) != 0;
}

/* "described that as …", "said that is": a pronoun. */
static bool is_clause_behind(const oc_quote_work *w, oc_slice text)
{
    return !oc_slice_begins(text, "as ") && !oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, text);
}

/* Behind the verb: over "on Friday", "reporters", to "that "; SIZE_MAX if there is none nearby, or if it belongs to a
 * clause of its own ("said it fired at drones that …"). */
static size_t find_that(const oc_quote_work *w, oc_slice rest, bool told)
{
    if (oc_slice_begins(rest, "that ")) return is_clause_behind(w, oc_slice_from(rest, strlen("that "))) ? 0 : SIZE_MAX;
    size_t aside = oc_slice_begins(rest, ", ")
                       ? oc_slice_find(oc_slice_sub(rest, 0, ASIDE_BYTES), OC_SLICE(", that "), 0)
                       : SIZE_MAX;
    if (aside != SIZE_MAX) return aside + 2; /* "cautioned, however, that" */
    size_t at = oc_slice_find(oc_slice_sub(rest, 0, ADVERBIAL_BYTES), OC_SLICE(" that "), 0);
    if (at == SIZE_MAX || oc_voice_holds_verb(w, oc_slice_sub(rest, 0, at))) return SIZE_MAX;
    size_t comma = oc_slice_find(oc_slice_sub(rest, 0, at), OC_SLICE(", "), 0);
    if (comma != SIZE_MAX && rest.ptr[at - 1] != ',') return SIZE_MAX; /* "said Thursday, a step that …" */
    return told || is_time(w, rest) || oc_slice_ends_with(oc_slice_sub(rest, 0, at), "ly") ||
                   (rest.ptr[0] >= 'A' && rest.ptr[0] <= 'Z')
               ? at + 1
               : SIZE_MAX;
}

/* The end of what is reported: the next subject that speaks, ", and the Secretary reiterated that". */
static size_t en_end(const oc_quote_work *w, const oc_hit *verb)
{
    static const char *const joints[] = {", and ", ", but ", ", while ", ", adding ", "; ", " and that "};
    for (size_t at = verb->end; at < w->text.len;) {
        const oc_hit *next = oc_hit_first(w, OC_LEX_SPEECH, at, w->text.len);
        if (!next) break;
        for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
            size_t joint =
                find_last(w->text, joints[i], verb->end, next->start + 8 < w->text.len ? next->start + 8 : w->text.len);
            if (joint != SIZE_MAX && next->start - joint <= ADVERBIAL_BYTES + 8 && joint < next->start) return joint;
        }
        oc_slice before =
            oc_slice_sub(w->text, verb->end, next->start); /* "there were gaps but said they were closed" */
        if (oc_slice_ends_with(before, " but ") || oc_slice_ends_with(before, " and ")) return next->start - 5;
        at = next->end;
    }
    return w->text.len;
}

/* "A deadline, he argued, is …", "Today, he argued, the …": the clause goes on behind what was put into it. */
static bool is_inserted(const oc_quote_work *w, size_t comma, oc_slice rest)
{
    if (comma == SIZE_MAX || !oc_slice_begins(rest, ", ")) return false;
    oc_slice behind = oc_slice_from(rest, 2), before = oc_slice_sub(w->text, w->done, comma);
    if (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, behind)) return true;
    size_t gap = oc_slice_find(behind, OC_SLICE(" "), 0);
    bool participle = gap != SIZE_MAX && oc_slice_ends(oc_slice_sub(behind, 0, gap), OC_SLICE("ing"));
    return oc_voice_is_front(w, before) && !participle && !oc_voice_holds_verb(w, before) &&
           oc_voice_holds_verb(w, behind);
}

/* Behind the last ": " or "; " in [from, to), else `from`. */
static size_t behind_colon(const oc_quote_work *w, size_t from, size_t to)
{
    for (size_t i = to; i-- > from + 1;)
        if (w->text.ptr[i] == ' ' && (w->text.ptr[i - 1] == ':' || w->text.ptr[i - 1] == ';')) return i + 1;
    return from;
}

/* "…, the ministry said." and "…, the ministry said, clearing …": what stands before. */
static bool en_inverted(oc_quote_work *w, const oc_hit *verb, oc_slice rest)
{
    size_t comma = find_last(w->text, ", ", w->done, verb->start);
    if (!oc_slice_is(verb->entry->value, "said") && !oc_slice_is(verb->entry->value, "stressed") &&
        !oc_slice_is(verb->entry->value, "reported"))
        return false;
    size_t pause = oc_slice_find(oc_slice_sub(rest, 0, 40), OC_SLICE(","), 0);
    bool told = oc_slice_ends_with(oc_slice_sub(w->text, verb->start, verb->end), "told") && rest.len < ADVERBIAL_BYTES;
    bool over = !rest.len || oc_slice_begins(rest, ",") || oc_slice_begins(rest, ".") || told ||
                (is_time(w, rest) && (rest.len < ADVERBIAL_BYTES || pause != SIZE_MAX));
    bool inserted = is_inserted(w, comma, rest),
         front = inserted && oc_voice_is_front(w, oc_slice_sub(w->text, w->done, comma));
    size_t least = inserted ? LEAST_CHARS : LEAST_BYTES;
    if (!over || comma == SIZE_MAX || verb->start - comma > 80 || comma < w->done + least) return false;
    oc_slice name = oc_voice_subject(w, comma + 2, verb->start);
    if (!name.len) return false;
    size_t first = behind_colon(w, w->done, comma);
    bool plural = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PLURAL, name);
    oc_slice whose = first > w->done && plural ? oc_voice_opening(w, w->done, first) : (oc_slice){"", 0};
    if (whose.len) name = whose; /* "His aides were less sure: the talks, they said, …" */
    oc_voice v = oc_voice_of(w, name);
    /* "Yonhap reported, citing government sources" */
    const oc_hit *citing = oc_hit_first(w, OC_LEX_SOURCE, verb->end, verb->end + CITING_BYTES);
    oc_slice source = citing ? oc_voice_object(w, citing->end) : (oc_slice){"", 0};
    if (source.len) {
        v = oc_voice_of(w, source);
        v.reported_by = name;
    }
    size_t end = inserted ? en_end(w, verb) : comma;
    push(w, oc_slice_sub(w->text, front ? verb->end + 2 : first, end), v,
         source.len ? w->text.len
         : inserted ? end
                    : verb->end);
    return true;
}

/* "Gen. Brunson, who leads both commands, told": only an apposition stands between the name and its verb. */
static bool is_apposed(const oc_quote_work *w, oc_slice name, size_t verb)
{
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    if (at < text || at + name.len > text + verb) return false;
    oc_slice between = oc_slice_sub(w->text, at - text + name.len, verb);
    size_t auxiliary = oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_TAIL, between);
    between.len -= auxiliary;
    return between.len < 160 && oc_slice_begins(between, ", ") &&
           (oc_slice_ends_with(between, ", ") || oc_slice_ends_with(between, ","));
}

/* "neither side has suggested that", "if the rules said": nobody says it. */
static bool is_nobody(const oc_quote_work *w, oc_slice name, const oc_hit *verb)
{
    if (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_NOBODY, name)) return true;
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    if (at < text || at > text + verb->start) return false;
    oc_slice before = oc_slice_sub(w->text, at - text, verb->start);
    return oc_slice_find(before, OC_SLICE(" if "), 0) != SIZE_MAX ||
           oc_slice_ends_with(oc_slice_sub(w->text, 0, at - text), "if ");
}

/* "there were gaps", "he had doubts": a clause without "that". */
static bool begins_clause(const oc_quote_work *w, oc_slice rest)
{
    size_t subject = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, rest);
    if (!subject) subject = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_PLURAL, rest);
    if (!subject) subject = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_DUMMY, rest);
    oc_slice verb = oc_slice_from(rest, subject + 1);
    return subject && subject < rest.len && oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, verb);
}

/* "Yonhap quoted an official as saying …": the official, passed on by Yonhap. */
static bool en_quoted(oc_quote_work *w, const oc_hit *verb)
{
    size_t length, reach = verb->end + QUOTED_REACH < w->text.len ? verb->end + QUOTED_REACH : w->text.len;
    if (oc_phrase_first(w->lexicon, OC_LANG_EN, OC_PHRASE_QUOTED, w->text, verb->end, reach, &length) == SIZE_MAX)
        return false;
    oc_slice who = oc_voice_object(w, verb->end);
    size_t at = who.len ? (size_t)(who.ptr - w->text.ptr) + who.len + 1 : w->text.len;
    length = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_QUOTED, oc_slice_from(w->text, at));
    if (!length) return false;
    oc_voice v = oc_voice_of(w, who);
    v.reported_by = oc_voice_subject(w, w->done, verb->start);
    oc_slice words = oc_slice_from(w->text, at + length);
    size_t that = find_that(w, oc_slice_trim(words), true); /* "as telling workers that …" */
    bool telling = oc_slice_ends_with(oc_slice_sub(w->text, 0, at + length), "telling");
    if (telling && that != SIZE_MAX) words = oc_slice_from(oc_slice_trim(words), that + strlen("that "));
    push(w, words, v, w->text.len);
    return true;
}

/* "credits Brunson for saying that …": Brunson. */
static oc_slice subject_before_for(const oc_quote_work *w, const oc_hit *verb)
{
    oc_slice before = oc_slice_sub(w->text, w->done, verb->start);
    if (!oc_slice_ends_with(before, " for ")) return (oc_slice){"", 0};
    oc_slice name = oc_voice_subject(w, w->done, verb->start - strlen(" for "));
    return name.len && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z' ? name : (oc_slice){"", 0};
}

static void en_verb(oc_quote_work *w, const oc_hit *verb)
{
    oc_slice word = oc_slice_sub(w->text, verb->start, verb->end), rest = oc_slice_from(w->text, verb->end);
    bool told = oc_slice_begins(word, "told") || oc_slice_begins(word, "tell"),
         plain = oc_slice_begins(word, "said") || oc_slice_begins(word, "says");
    bool participle = oc_slice_ends_with(word, "ing"), base = oc_slice_ends_with(word, " that");
    if (oc_voice_is_passive(w, verb->start)) return;
    plain |= oc_slice_is(word, "say");
    while (rest.len && rest.ptr[0] == ' ') rest = oc_slice_from(rest, 1);
    if (oc_slice_begins(word, "quot") && en_quoted(w, verb)) return;
    size_t that = base ? 0 : find_that(w, rest, told);
    if (that == SIZE_MAX && en_inverted(w, verb, rest)) return;
    bool empty = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_EMPTY, rest) != 0;
    bool question = empty && oc_slice_is(verb->entry->value, "asked"); /* "asked why Congress had not been told" */
    if (that == SIZE_MAX && ((empty && !question) || (!empty && en_quoted(w, verb)))) return;
    plain |= question || begins_clause(w, rest);
    if (that == SIZE_MAX &&
        (!plain || rest.len < LEAST_BYTES || oc_slice_begins(rest, "in a ") || oc_slice_begins(rest, ",")))
        return;
    oc_slice blamed = participle ? subject_before_for(w, verb) : (oc_slice){"", 0};
    oc_slice name = blamed.len   ? blamed
                    : participle ? (w->done ? w->state->topic : oc_voice_opening(w, 0, verb->start))
                                 : oc_voice_subject(w, w->done, verb->start);
    if (!participle && name.len && !is_apposed(w, name, verb->start) &&
        (size_t)(w->text.ptr + verb->start - (name.ptr + name.len)) > ADVERBIAL_BYTES)
        return;
    if (!name.len && w->done) name = w->state->topic;
    if (!name.len || is_nobody(w, name, verb)) return;
    if (oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_AUTHOR, name))
        return; /* "I would note that": the writer himself */
    oc_voice v = oc_voice_of(w, name);
    if (!v.speaker.len) return;
    if (told) {
        oc_slice to = oc_voice_object(w, verb->end);
        if (to.len && to.ptr[0] >= 'A' && to.ptr[0] <= 'Z') v.reported_by = to;
    }
    size_t start = (size_t)(rest.ptr - w->text.ptr) + (that == SIZE_MAX || base ? 0 : that + 5), end = en_end(w, verb);
    oc_slice topic = w->state->topic;
    if (start < end) push(w, oc_slice_sub(w->text, start, end), v, end);
    if (blamed.len && topic.len) w->state->topic = topic; /* "he credits X for saying that …": he goes on */
}

/* --- all --- */

/* "According to Yoon, a researcher at the institute, the cost …" */
static oc_slice behind_apposition(const oc_quote_work *w, oc_slice content)
{
    size_t start = oc_slice_begins(content, ", ") ? 2 : oc_slice_begins(content, " ") ? 1 : content.len;
    if (!oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_APPOSED, oc_slice_from(content, start))) return content;
    size_t comma = oc_slice_find(oc_slice_sub(content, 0, APPOSITION_BYTES), OC_SLICE(", "), start);
    return comma == SIZE_MAX ? content : oc_slice_from(content, comma + 2);
}

/* "According to an official, Hegseth told Ahn that …": what the source passes on of somebody else. */
static bool read_passed_on(oc_quote_work *w, oc_slice source, oc_slice content)
{
    size_t known = w->document->quotes.len, start = (size_t)(content.ptr - w->text.ptr);
    const oc_hit *verb = oc_hit_first(w, OC_LEX_SPEECH, start, w->text.len);
    oc_slice who = verb ? oc_voice_subject(w, start, verb->start) : (oc_slice){"", 0};
    if (!who.len || oc_voice_holds_verb(w, oc_slice_sub(w->text, start, verb->start))) return false;
    w->done = start;
    oc_quote_read_indirect_before(w, w->text.len);
    if (w->document->quotes.len == known) w->done = 0;
    for (size_t i = known; i < w->document->quotes.len; i++) w->document->quotes.at[i].reported_by = source;
    return w->document->quotes.len > known;
}

/* "In her view, the allies repeat a mistake": hers who was named last. */
static bool read_view(oc_quote_work *w)
{
    size_t length =
        w->lang == OC_LANG_EN && !w->done ? oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VIEW, w->text) : 0;
    oc_slice who = w->state->topic.len ? w->state->topic : w->state->voices[0];
    if (!length || !who.len) return false;
    push(w, oc_slice_from(w->text, length), oc_voice_of(w, who), w->text.len);
    return w->done == w->text.len;
}

/* Japanese, Korean: "聯合ニュースによると、安国防相は…と述べた": the minister, passed on by the agency. */
static bool read_report_of(oc_quote_work *w, oc_slice source, size_t behind)
{
    size_t known = w->document->quotes.len;
    const oc_hit *verb = oc_hit_last(w, OC_LEX_SPEECH, behind, w->text.len);
    bool says = verb && (oc_slice_is(verb->entry->value, "said") || oc_slice_is(verb->entry->value, "stressed"));
    oc_slice who = says ? oc_voice_topic(w, behind, verb->start, true) : (oc_slice){"", 0};
    if (!who.len || !oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_TOPIC, oc_slice_from(w->text, end_of(w, who))))
        return false;
    w->done = behind;
    oc_quote_read_indirect_before(w, w->text.len);
    if (w->document->quotes.len == known) w->done = 0;
    for (size_t i = known; i < w->document->quotes.len; i++) w->document->quotes.at[i].reported_by = source;
    return w->document->quotes.len > known;
}

/* "Colby told them that …, according to two people": what he told ends there. "The leaders agreed that …, according to
 * a readout" tells what the readout says. */
static void read_before_source(oc_quote_work *w)
{
    const oc_hit *source = oc_hit_first(w, OC_LEX_SOURCE, 0, w->text.len);
    const oc_hit *verb = oc_hit_first(w, OC_LEX_SPEECH, 0, source->start);
    if (!verb || oc_slice_is(verb->entry->value, "agreed")) return;
    const oc_hit *last = oc_hit_last(w, OC_LEX_SPEECH, 0, source->start);
    bool cited = source->start - last->end < CITING_BYTES; /* "Yonhap reported, citing …" */
    oc_slice whole = w->text;
    if (!cited) w->text = oc_slice_sub(whole, 0, source->start);
    oc_quote_read_indirect_before(w, w->text.len);
    w->text = whole;
}

/* "according to X", in front or behind. */
static bool read_source(oc_quote_work *w)
{
    size_t behind;
    if (read_view(w)) return true;
    oc_slice source = oc_voice_source(w, &behind);
    if (!source.len || w->done) return false;
    size_t start = (size_t)(source.ptr - w->text.ptr), end = w->text.len, known = w->document->quotes.len;
    /* "Colby told them that …, according to two people": passed on by them */
    if (w->lang == OC_LANG_EN && start > 40) read_before_source(w);
    if (w->document->quotes.len > known) {
        w->document->quotes.at[known].reported_by = source;
        w->done = end;
        return true;
    }
    oc_slice content = oc_slice_from(w->text, behind);
    size_t quoted = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_QUOTED, oc_slice_trim(content));
    /* "Yonhap, citing an official, reported that": passed on by Yonhap */
    const oc_hit *verb = w->lang == OC_LANG_EN ? oc_hit_first(w, OC_LEX_SPEECH, behind, end) : NULL;
    size_t that = verb && verb->start <= behind + 2
                      ? find_that(w, oc_slice_trim(oc_slice_from(w->text, verb->end)), false)
                      : SIZE_MAX;
    if (that != SIZE_MAX) {
        oc_voice v = oc_voice_of(w, source);
        v.reported_by = oc_voice_opening(w, 0, start);
        push(w, oc_slice_from(w->text, verb->end + 1 + that + strlen("that ")), v, end);
        return w->done == end;
    }
    if (quoted)
        content = oc_slice_from(oc_slice_trim(content), quoted);
    else if (w->lang == OC_LANG_EN && start <= 40) {
        content = behind_apposition(w, content);
        if (read_passed_on(w, source, content)) return true;
    } else if (w->lang == OC_LANG_EN)
        content = oc_slice_sub(w->text, 0, oc_hit_first(w, OC_LEX_SOURCE, 0, end)->start);
    else if (read_report_of(w, source, behind))
        return true;
    else if (w->lang == OC_LANG_JA) {
        content = oc_voice_trim(content);
        if (oc_slice_ends_with(content, "という")) content.len -= 9;
    }
    push(w, content, oc_voice_of(w, source), end);
    return w->done == end;
}

void oc_quote_read_indirect(oc_quote_work *w)
{
    if (!oc_quote_read_words_of(w) && !read_source(w)) oc_quote_read_indirect_before(w, w->text.len);
}

void oc_quote_read_indirect_before(oc_quote_work *w, size_t limit)
{
    for (const oc_hit *verb = oc_hits_first(w->hits, OC_LEX_SPEECH); verb; verb = oc_hits_next(w->hits, verb)) {
        if (verb->start && w->text.ptr[verb->start - 1] == '-') continue; /* "so-called" */
        if (verb->start < w->done || oc_voice_inside_pair(w, verb->start)) continue;
        if (verb->end > limit) return;
        if (w->lang == OC_LANG_JA)
            ja_verb(w, verb);
        else if (w->lang == OC_LANG_KO)
            ko_verb(w, verb);
        else
            en_verb(w, verb);
    }
}
