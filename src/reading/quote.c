/* Quotes; see quote.h.
 *
 * Sieves in order of trust (after Muzny et al. 2017, "A two-stage sieve approach for quote attribution"): a pair of
 * marks is a quotation only where a verb of speech answers to it (と述べた, 고 말했다, she said), or where it is a whole
 * sentence under a known speaker; everything else is classified as a bracket by its neighbours. The speaker is the
 * topic of the clause, the name beside the verb, or the topic of the sentence before in the same paragraph, in this
 * order; none is better than a wrong one.
 *
 * Worked example: 「国防相は9日、「準備は整った」と述べた。」: the pair is followed by と and the speech verb 述べ, its content
 * ends like a sentence: direct; the topic before it is 国防相. 「いわゆる「3条件」を検討する」: no と: a term. */
#include "reading/quote.h"

#include "base/utf8.h"

typedef struct work {
    oc_arena *arena;
    oc_document *document;
    oc_quote_state *state;
    uint32_t index;
    oc_slice text; /* of the sentence */
    const oc_hits *hits;
    const oc_mentions *mentions;
    oc_lang lang;
    bool quoted; /* a quotation was found in this sentence */
} work;

static bool starts(oc_slice text, const char *word) { return oc_slice_starts(text, oc_slice_of(word)); }
static bool ends(oc_slice text, const char *word) { return oc_slice_ends(text, oc_slice_of(word)); }
static oc_slice from(oc_slice text, size_t at) { return oc_slice_sub(text, at, text.len); }

static bool starts_any(oc_slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (starts(text, words[i])) return true;
    return false;
}
static bool ends_any(oc_slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ends(text, words[i])) return true;
    return false;
}
#define STARTS(text, words) starts_any(text, words, sizeof(words) / sizeof *(words))
#define ENDS(text, words) ends_any(text, words, sizeof(words) / sizeof *(words))

/* The first hit of a class that starts in [a, b); NULL if there is none. */
static const oc_hit *hit_in(const work *w, oc_lex_class class, size_t a, size_t b)
{
    for (size_t i = 0; i < w->hits->len; i++) {
        const oc_hit *hit = &w->hits->at[i];
        if (hit->start >= b) break;
        if (hit->start >= a && hit->entry->class == class) return hit;
    }
    return NULL;
}

static const oc_hit *last_hit_in(const work *w, oc_lex_class class, size_t a, size_t b)
{
    const oc_hit *found = NULL;
    for (size_t i = 0; i < w->hits->len && w->hits->at[i].start < b; i++)
        if (w->hits->at[i].start >= a && w->hits->at[i].end <= b && w->hits->at[i].entry->class == class) found = &w->hits->at[i];
    return found;
}

static bool has_actor(const work *w, size_t a, size_t b)
{
    for (size_t i = 0; i < w->mentions->len; i++)
        if (w->mentions->at[i].from >= a && w->mentions->at[i].to <= b) return true;
    return false;
}

static oc_slice trim(oc_slice text)
{
    static const char *const marks[] = {" ", "\u3000", ",", "、", "。", "「", "」", "“", "”", "\"", ".", ":", "：", "(", "（", "—", "–", "・"};
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            oc_slice mark = oc_slice_of(marks[i]);
            if (text.len && oc_slice_starts(text, mark)) text = from(text, mark.len), more = true;
            if (text.len && oc_slice_ends(text, mark)) text.len -= mark.len, more = true;
        }
    }
    return text;
}

/* "安圭伯(アン・ギュベク)国防相" stays; "9日、" and other words of time in front go. */
static oc_slice behind_last(oc_slice text, const char *mark)
{
    size_t at = SIZE_MAX, next = oc_slice_find(text, oc_slice_of(mark), 0);
    while (next != SIZE_MAX) at = next, next = oc_slice_find(text, oc_slice_of(mark), next + 1);
    return at == SIZE_MAX ? text : from(text, at + strlen(mark));
}

/* --- speakers --- */

typedef struct voice {
    oc_slice speaker, reported_by;
    bool is_document;
} voice;

static void mark_document(const work *w, voice *v)
{
    if (!v->speaker.len || v->speaker.ptr < w->text.ptr || v->speaker.ptr > w->text.ptr + w->text.len) return;
    size_t a = (size_t)(v->speaker.ptr - w->text.ptr), b = a + v->speaker.len;
    const oc_hit *hit = last_hit_in(w, OC_LEX_DOCUMENT, a, b);
    v->is_document = hit && b - hit->end <= 12 && !hit_in(w, OC_LEX_TITLE, a, b);
}

static const char *const ja_no_topic[] = {"で", "に", "と", "へ", "から", "まで", "これ", "それ", "ここ", "そこ", "今回", "年", "月", "日", "後", "前",
                                          "回", "時", "場合", "とき", "こと", "もの", "の", "ため", "うち", "今", "現在", "一方", "際", "背景", "理由", "中"};

static const char *const ja_voices[] = {"団", "会", "院", "筋", "使", "領", "紙", "社", "家", "局", "庁", "国", "党", "授", "卿", "王", "室", "ら", "さん"};

static bool is_katakana(oc_slice text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t code = oc_utf8_next(text, &at);
        if (code < 0x30a0 || code > 0x30ff) return false;
    }
    return text.len >= 6;
}

/* Japanese: the topic (…は, …が, …も) in text[a, b), outside of pairs. */
static oc_slice ja_topic(const work *w, size_t a, size_t b, bool strict)
{
    oc_slice text = oc_slice_sub(w->text, 0, b);
    oc_slice weak = {"", 0};
    int depth = 0;
    for (size_t at = a; at < b;) {
        oc_slice rest = from(text, at);
        size_t step = (unsigned char)text.ptr[at] < 0x80 ? 1 : (unsigned char)text.ptr[at] < 0xe0 ? 2 : (unsigned char)text.ptr[at] < 0xf0 ? 3 : 4;
        if (starts(rest, "「") || starts(rest, "『") || starts(rest, "(") || starts(rest, "（")) depth++;
        if (starts(rest, "」") || starts(rest, "』") || starts(rest, ")") || starts(rest, "）")) depth--;
        bool topic = starts(rest, "は"), subject = starts(rest, "が");
        if (depth <= 0 && (topic || subject) && at > a) {
            oc_slice phrase = behind_last(oc_slice_sub(text, a, at), "、");
            phrase = trim(behind_last(phrase, "。"));
            size_t start = (size_t)(phrase.ptr - text.ptr);
            bool evidence = has_actor(w, start, at) || hit_in(w, OC_LEX_TITLE, start, at) || hit_in(w, OC_LEX_DOCUMENT, start, at) ||
                            ends(phrase, "氏") || ends(phrase, "相") || ends(phrase, "官") || ends(phrase, "長") || ends(phrase, "省") ||
                            ENDS(phrase, ja_voices) || ends(phrase, "部") || ends(phrase, "府") || ends(phrase, "側") || ends(phrase, "者") || ends(phrase, "員") || ends(phrase, "軍");
            bool usable = phrase.len >= 3 && oc_utf8_count(phrase) <= 40 && !ENDS(phrase, ja_no_topic);
            if (usable && (evidence || is_katakana(phrase))) return phrase;
            if (usable && topic && !weak.len && oc_utf8_count(phrase) <= 16) weak = phrase;
        }
        at += step;
    }
    return strict ? (oc_slice){"", 0} : weak;
}

/* Korean: the phrase before 은/는/이/가 in text[a, b). */
static oc_slice ko_topic(const work *w, size_t a, size_t b, bool strict)
{
    static const char *const particles[] = {"은", "는", "이", "가", "께서는", "측은"};
    static const char *const skipped[] = {"이날", "그는", "이는", "우리는", "것은", "것이", "때는", "대해서는", "에서는", "에는", "으로는", "로는", "다는", "라는",
                                          "하는", "있는", "되는", "없는", "같은", "많은", "않은", "되는", "인", "했는", "위한", "이는", "한은"};
    oc_slice text = w->text, weak = {"", 0};
    int depth = 0;
    size_t word = a, clause = a;
    for (size_t at = a; at <= b; at++) {
        bool end = at == b || text.ptr[at] == ' ' || text.ptr[at] == ',';
        if (at < b && text.ptr[at] == '(') depth++;
        if (at < b && text.ptr[at] == ')') depth--;
        if (!end || depth > 0) continue;
        oc_slice token = oc_slice_sub(text, word, at);
        if (ENDS(token, particles) && token.len >= 6 && !ENDS(token, skipped)) {
            oc_slice phrase = trim(oc_slice_sub(text, clause, at - 3));
            if (ends(token, "께서는")) phrase = trim(oc_slice_sub(text, clause, at - 9));
            /* At most five words: "한국 국방부 안규백 장관". */
            size_t words = 1;
            for (size_t i = phrase.len; i-- > 0;)
                if (phrase.ptr[i] == ' ' && ++words > 5) {
                    phrase = from(phrase, i + 1);
                    break;
                }
            size_t start = (size_t)(phrase.ptr - text.ptr);
            bool evidence = has_actor(w, start, at) || hit_in(w, OC_LEX_TITLE, start, at) || hit_in(w, OC_LEX_DOCUMENT, start, at) ||
                            ends(phrase, "장관") || ends(phrase, "대통령") || ends(phrase, "의원") || ends(phrase, "관계자") || ends(phrase, "국방부") ||
                            ends(phrase, "사령관") || ends(phrase, "측") || ends(phrase, "씨") || ends(phrase, "교수") || ends(phrase, "위원") || ends(phrase, "부");
            if (evidence && oc_utf8_count(phrase) <= 40) return phrase;
            if (!weak.len && oc_utf8_count(phrase) <= 14 && (ends(token, "은") || ends(token, "는"))) weak = phrase;
        }
        if (at < b && text.ptr[at] == ',') clause = at + 1;
        word = at + 1;
    }
    return strict ? (oc_slice){"", 0} : weak;
}

static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

static bool is_pronoun(oc_slice text)
{
    return oc_slice_is(text, "he") || oc_slice_is(text, "she") || oc_slice_is(text, "they") || oc_slice_is(text, "He") ||
           oc_slice_is(text, "She") || oc_slice_is(text, "They") || oc_slice_is(text, "it") || oc_slice_is(text, "It") ||
           oc_slice_is(text, "the minister") || oc_slice_is(text, "The minister") || oc_slice_is(text, "the general");
}

static oc_slice resolve(const work *w, oc_slice name)
{
    return is_pronoun(name) ? (w->state->named.len ? w->state->named : (oc_slice){"", 0}) : name;
}

/* English: the noun phrase before a verb at `verb`, in text[a, verb). */
static oc_slice en_subject(const work *w, size_t a, size_t verb)
{
    static const char *const fronts[] = {"On ", "In ", "At ", "After ", "Before ", "As ", "But ", "And ", "While ", "When ", "During ", "For ",
                                         "However", "Speaking ", "Earlier", "Later", "Asked ", "Last ", "Meanwhile", "Separately", "By ", "Since ",
                                         "According ", "Under ", "With ", "Yet ", "Still", "That "};
    oc_slice head = oc_slice_sub(w->text, a, verb);
    oc_slice best = {"", 0};
    size_t start = 0;
    /* "3. The delegates agreed": the number of a paragraph. */
    while (start < head.len && (strchr("0123456789.) ", head.ptr[start]))) start++;
    while (start <= head.len) {
        size_t comma = oc_slice_find(head, OC_SLICE(", "), start), end = comma == SIZE_MAX ? head.len : comma;
        oc_slice segment = trim(oc_slice_sub(head, start, end));
        while (starts(segment, "and ") || starts(segment, "but ") || starts(segment, "But ") || starts(segment, "And "))
            segment = oc_slice_trim(from(segment, 4));
        bool last = comma == SIZE_MAX;
        bool name = segment.len && (is_upper(segment.ptr[0]) || (last && (starts(segment, "the ") || starts(segment, "a ") || is_pronoun(segment))));
        if (name && !STARTS(segment, fronts) && segment.len < 100 && !(best.len && (starts(segment, "the ") || starts(segment, "a ")))) best = segment;
        if (last) break;
        start = comma + 2;
    }
    static const char *const tails[] = {" also", " has", " have", " had", " later", " then", " who", " on Monday", " on Tuesday", " on Wednesday", " on Thursday", " on Friday",
                                        " on Saturday", " on Sunday", " reportedly", " again", " publicly", " repeatedly", " was", " is", " did not"};
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
            if (ends(best, tails[i])) best = oc_slice_sub(best, 0, best.len - strlen(tails[i])), more = true;
    }
    return best;
}

/* The noun phrase behind "said": up to a comma, full stop, mark or preposition of time. */
static oc_slice en_object(const work *w, size_t at)
{
    static const char *const stops[] = {",", ".", "\"", "“", ";", " on ", " in ", " at ", " during ", " after ", " that ", " as ", " when ", " who ", " to ", " last ", " – ", " — ", " while ", " of its "};
    oc_slice rest = from(w->text, at);
    size_t end = rest.len;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t from_at = 0, found;
        while ((found = oc_slice_find(rest, oc_slice_of(stops[i]), from_at)) != SIZE_MAX) {
            /* "Gen. Xavier Brunson": the stop of an abbreviation. */
            bool abbreviation = stops[i][0] == '.' && found + 1 < rest.len && rest.ptr[found + 1] == ' ' &&
                                oc_cues_abbreviation(w->document->reader->cues, OC_LANG_EN, rest, found + 1);
            if (!abbreviation) break;
            from_at = found + 1;
        }
        if (found < end) end = found;
    }
    oc_slice name = trim(oc_slice_sub(rest, 0, end));
    bool usable = name.len > 1 && name.len < 90 && (is_upper(name.ptr[0]) || starts(name, "the ") || starts(name, "a ") || is_pronoun(name));
    return usable ? name : (oc_slice){"", 0};
}

/* "Xによると、", "X에 따르면", "according to X": who is named as the source. */
static oc_slice named_source(const work *w, size_t *ret_behind)
{
    const oc_hit *hit = hit_in(w, OC_LEX_SOURCE, 0, w->text.len);
    *ret_behind = 0;
    if (!hit) return (oc_slice){"", 0};
    *ret_behind = hit->end;
    if (w->lang == OC_LANG_EN) {
        oc_slice name = en_object(w, hit->end);
        if (name.len) *ret_behind = (size_t)(name.ptr - w->text.ptr) + name.len;
        return name;
    }
    oc_slice head = oc_slice_sub(w->text, 0, hit->start);
    oc_slice name = trim(w->lang == OC_LANG_JA ? behind_last(head, "、") : behind_last(head, ","));
    return oc_utf8_count(name) <= 50 ? name : (oc_slice){"", 0};
}

/* Who speaks the pair [open, close) of the sentence. */
static voice find_voice(const work *w, size_t open, size_t close, const oc_hit *verb)
{
    voice v = {{"", 0}, {"", 0}, false};
    size_t behind;
    oc_slice source = named_source(w, &behind);
    if (w->lang == OC_LANG_EN) {
        if (verb && verb->start >= close) {
            oc_slice between = trim(oc_slice_sub(w->text, close, verb->start));
            v.speaker = between.len > 1 && between.len < 100 ? en_subject(w, close, verb->start) : en_object(w, verb->end);
            if (!v.speaker.len && between.len && is_pronoun(between)) v.speaker = between;
        } else if (verb) {
            v.speaker = en_subject(w, 0, verb->start);
        }
        if (verb && starts(from(w->text, verb->start), "told")) {
            oc_slice to = en_object(w, verb->end);
            if (is_upper(to.len ? to.ptr[0] : 'a')) v.reported_by = to;
        }
    } else if (w->lang == OC_LANG_JA) {
        size_t after_end = verb ? verb->start : close;
        if (after_end > close) v.speaker = ja_topic(w, close, after_end, true);
        if (!v.speaker.len) v.speaker = ja_topic(w, source.len && behind < open ? behind : 0, open, false);
    } else {
        size_t after_end = verb ? verb->start : close;
        if (after_end > close) v.speaker = ko_topic(w, close, after_end, true);
        if (!v.speaker.len) v.speaker = ko_topic(w, source.len && behind < open ? behind : 0, open, false);
    }
    if (w->lang == OC_LANG_EN) v.speaker = resolve(w, v.speaker);
    if (oc_slice_is(v.speaker, "그") || oc_slice_is(v.speaker, "同氏") || oc_slice_is(v.speaker, "彼") || oc_slice_is(v.speaker, "氏")) v.speaker = w->state->named;
    if (source.len && v.speaker.len && !oc_slice_equal(source, v.speaker)) v.reported_by = source;
    else if (source.len && !v.speaker.len) v.speaker = source;
    mark_document(w, &v);
    if (!v.speaker.len) v.speaker = w->state->topic;
    return v;
}

/* --- pairs --- */

static void push_quote(work *w, oc_quote_kind kind, oc_slice text, voice v)
{
    if (v.is_document && kind != OC_QUOTE_BLOCK) kind = OC_QUOTE_DOCUMENT;
    *oc_vec_push(w->arena, &w->document->quotes) = (oc_quote){w->index, kind, text, v.speaker, v.reported_by};
    w->quoted = true;
    if (v.speaker.len) w->state->topic = w->state->named = v.speaker;
}

static void push_bracket(work *w, oc_bracket_kind kind, oc_slice text)
{
    *oc_vec_push(w->arena, &w->document->brackets) = (oc_bracket){w->index, text, kind};
}

/* The content could stand alone: it ends like a sentence or is long. */
static bool is_clause(oc_slice content, oc_lang lang)
{
    static const char *const ja[] = {"。", "た", "だ", "る", "い", "う", "です", "ます", "か", "ん", "く", "す", "む", "つ", "ぬ", "ぶ", "き", "よ", "ね", "せよ", "せず"};
    static const char *const ko[] = {".", "다", "요", "까", "것", "자", "라", "함", "음", "?", "!", "지", "네"};
    size_t chars = oc_utf8_count(content);
    if (lang == OC_LANG_JA) return chars >= 4 && (ENDS(content, ja) || chars >= 24);
    if (lang == OC_LANG_KO) return chars >= 7 && (ENDS(content, ko) || chars >= 26);
    size_t words = 1;
    for (size_t i = 0; i < content.len; i++) words += content.ptr[i] == ' ';
    bool stop = ends(content, ",") || ends(content, ".") || ends(content, "?") || ends(content, "!");
    return words >= 7 || (words >= 3 && stop);
}

static oc_bracket_kind bracket_kind(const work *w, const oc_mark_pair *pair, oc_slice content, oc_slice before, oc_slice after)
{
    static const char *const named[] = {"という", "と呼ば", "と称", "とは", "と名付け", "といった", "とされ", "라는", "이라는", "라 불", "라고 불", "으로 불", "로 불", "란 "};
    static const char *const so_called[] = {"いわゆる", "所謂", "이른바 ", "소위 ", "so-called ", "known as ", "called ", "termed ", "dubbed "};
    static const char *const alias[] = {"以下、", "以下", "이하 ", "hereafter ", "hereinafter ", "略称", "약칭 ", "the "};
    static const char *const title_after[] = {"と題", "報告書", "法", "条約", "論文", "と題した", "という論文", "という報告書", "보고서", "제하", "법", "이라는 제목", "라는 제목"};
    static const char *const title_before[] = {"論文", "報告書", "著書", "記事", "社説", "文書", "講演", "演説", "戦略", "보고서 ", "논문 ", "저서 ", "기사 ", "report ",
                                               "paper ", "article ", "book ", "entitled ", "titled ", "essay ", "study "};
    static const char *const thought[] = {"고 생각", "라고 생각", "라고 인식", "고 인식", "라고 판단", "고 판단", "と考え", "と思", "との思い"};
    if (pair->mark == 0x300e || pair->mark == 0x300a || pair->mark == 0x3008) return OC_BRACKET_TITLE;
    bool inside = ends(before, "(") || ends(before, "（");
    if (STARTS(after, thought)) return OC_BRACKET_THOUGHT;
    if (ENDS(before, title_before) || STARTS(after, title_after)) return OC_BRACKET_TITLE;
    if ((ENDS(before, alias) && (w->lang != OC_LANG_EN || oc_slice_find(before, OC_SLICE("("), before.len > 8 ? before.len - 8 : 0) != SIZE_MAX)) || inside)
        return OC_BRACKET_ALIAS;
    if (STARTS(after, named) || ENDS(before, so_called)) return OC_BRACKET_TERM;
    if (w->lang == OC_LANG_EN || pair->mark == 0x2018 || pair->mark == '\'') return oc_utf8_count(content) <= 24 && w->lang == OC_LANG_EN ? OC_BRACKET_EMPHASIS : OC_BRACKET_TERM;
    return OC_BRACKET_TERM;
}

/* Behind chained pairs 「…」「…」 and 「…」、「…」: what follows the last. */
static size_t end_of_chain(const work *w, size_t at)
{
    const oc_document *document = w->document;
    uint32_t base = document->sentences.at[w->index].start;
    for (size_t i = 0; i < 6; i++) {
        size_t next = at;
        if (starts(from(w->text, next), "、")) next += 3;
        else if (starts(from(w->text, next), ", ")) next += 2;
        if (starts(from(w->text, next), "や") || starts(from(w->text, next), "、")) next += 3;
        bool found = false;
        for (size_t k = w->state->pair; k < document->pairs.len && document->pairs.at[k].open < base + w->text.len && k < w->state->pair + 64; k++)
            if (document->pairs.at[k].open - base == next && !document->pairs.at[k].nested) at = document->pairs.at[k].close_end - base, found = true;
        if (!found) return at;
    }
    return at;
}

/* The verb of speech that answers to a pair, or NULL. */
static const oc_hit *answering_verb(const work *w, size_t open, size_t close, size_t chain)
{
    oc_slice after = from(w->text, chain);
    if (w->lang == OC_LANG_JA) {
        static const char *const links[] = {"と", "だと", "であると", "だとして", "などと", "ことを", "を", "に", "が", "の", "だ"};
        if (starts(after, "（") || starts(after, "(")) return hit_in(w, OC_LEX_SPEECH, close, w->text.len);
        return STARTS(after, links) ? hit_in(w, OC_LEX_SPEECH, chain, w->text.len) : NULL;
    }
    if (w->lang == OC_LANG_KO) return hit_in(w, OC_LEX_SPEECH, chain, w->text.len);
    const oc_hit *verb = hit_in(w, OC_LEX_SPEECH, close, close + 120 < w->text.len ? close + 120 : w->text.len);
    const oc_hit *before = last_hit_in(w, OC_LEX_SPEECH, 0, open);
    if (before && open - before->end <= 60) return before;
    return verb ? verb : before;
}

static bool is_whole_sentence(const work *w, size_t open, size_t close)
{
    oc_slice rest = trim(from(w->text, close));
    return open == 0 && rest.len == 0;
}

static void handle_pair(work *w, const oc_mark_pair *pair)
{
    uint32_t base = w->document->sentences.at[w->index].start;
    size_t open = pair->open - base, close = pair->close_end - base;
    oc_slice content = oc_slice_sub(w->document->body, pair->open_end, pair->close);
    if (!oc_slice_trim(content).len || close > w->text.len) return;
    size_t chain = end_of_chain(w, close);
    oc_slice before = oc_slice_sub(w->text, 0, open), after = from(w->text, chain);
    bool single = pair->mark == 0x2018 || pair->mark == '\'';
    bool titled = pair->mark == 0x300e || pair->mark == 0x300a || pair->mark == 0x3008;
    const oc_hit *verb = titled ? NULL : answering_verb(w, open, close, chain);
    bool clause = is_clause(content, w->lang);
    static const char *const ja_named[] = {"という", "といった", "と呼", "と題", "と称", "とは", "と考え", "と思", "とも呼"};
    static const char *const ko_links[] = {"고 ", "라고", "라며", "며 ", "면서", "라면서", "이라고", "이라며", "이라면서", "는 ", "하고", "고도"};
    static const char *const ko_named[] = {"라는", "이라는", "라고 불", "이라 불", "로 불", "란 ", "고 생각", "라고 생각", "고 판단", "고 인식"};
    bool quote = false;
    if (w->lang == OC_LANG_JA) {
        bool linked = starts(after, "と") || starts(after, "などと") || starts(after, "だと") || starts(after, "であると") || starts(after, "だとし") || starts(after, "ことを");
        bool names = STARTS(after, ja_named);
        if (names && verb && clause && starts(after, "という")) names = false;
        bool near = verb && verb->start - chain <= 90;
        quote = verb && !names && (linked ? near || clause : near && verb->start - chain <= 36 && !clause && w->state->topic.len);
        if (linked && !starts(after, "と") && !starts(after, "などと")) clause = false;
    } else if (w->lang == OC_LANG_KO) {
        bool linked = STARTS(oc_slice_trim(after), ko_links) && !STARTS(after, ko_named);
        quote = verb && !STARTS(after, ko_named) && (linked || (!single && verb->start - chain <= 60));
        if (single || !linked) clause = false;
    } else if (!single || clause) {
        quote = verb != NULL && (clause || pair->mark == '"' || pair->mark == 0x201c);
        static const char *const so_called[] = {"so-called ", "known as ", "called ", "termed ", "dubbed ", "titled ", "entitled ", "the term ",
                                                "called the ", "called a ", "known as the "};
        if (!clause && ENDS(before, so_called)) quote = false;
    }
    if (quote) {
        push_quote(w, clause ? OC_QUOTE_DIRECT : OC_QUOTE_PARTIAL, content, find_voice(w, open, close, verb));
    } else if (!single && !titled && is_whole_sentence(w, open, close) && clause && w->state->topic.len) {
        push_quote(w, OC_QUOTE_DIRECT, content, (voice){w->state->topic, {"", 0}, false});
    } else {
        push_bracket(w, bracket_kind(w, pair, content, before, from(w->text, close)), content);
    }
}

/* --- indirect speech --- */

/* "まとめる" holds a と that is no particle. */
static bool is_hiragana_at(oc_slice text, size_t at)
{
    if (at >= text.len) return false;
    uint32_t code = oc_utf8_next(text, &at);
    return code >= 0x3041 && code <= 0x309f;
}

static void ja_indirect(work *w)
{
    const oc_hit *verb = last_hit_in(w, OC_LEX_SPEECH, 0, w->text.len);
    size_t behind;
    oc_slice source = named_source(w, &behind);
    if (source.len && behind < w->text.len) {
        oc_slice inner = ja_topic(w, behind, w->text.len, true);
        (void)inner;
        oc_slice content = trim(from(w->text, behind));
        voice v = {source, {"", 0}, false};
        mark_document(w, &v);
        push_quote(w, OC_QUOTE_INDIRECT, content, v);
        return;
    }
    if (!verb || w->text.len - verb->end > 60) return;
    oc_slice head = oc_slice_sub(w->text, 0, verb->start);
    static const char *const links[] = {"との", "という", "ように", "よう"};
    size_t cut = SIZE_MAX;
    if (ends(head, "と") && !ends(head, "こと")) cut = head.len - 3;
    for (size_t i = 0; i < sizeof links / sizeof *links && cut == SIZE_MAX; i++) {
        size_t at = SIZE_MAX, next = oc_slice_find(head, oc_slice_of(links[i]), 0);
        while (next != SIZE_MAX) at = next, next = oc_slice_find(head, oc_slice_of(links[i]), next + 3);
        if (at != SIZE_MAX && head.len - at <= 48) cut = at;
    }
    /* "…とした", "…とし、" hold the particle themselves. */
    if (cut == SIZE_MAX && starts(from(w->text, verb->start), "と")) cut = verb->start;
    /* "と改めて強調した": a few characters between. */
    if (cut == SIZE_MAX) {
        size_t at = SIZE_MAX, next = oc_slice_find(head, OC_SLICE("と"), 0);
        for (; next != SIZE_MAX; next = oc_slice_find(head, OC_SLICE("と"), next + 3))
            if (!ends(oc_slice_sub(head, 0, next), "こ") && !is_hiragana_at(head, next + 3)) at = next;
        if (at != SIZE_MAX && head.len - at <= 24) cut = at;
    }
    if (cut == SIZE_MAX || cut < 12) return;
    oc_slice speaker = ja_topic(w, 0, cut, true);
    if (!speaker.len) return;
    size_t start = (size_t)(speaker.ptr - w->text.ptr) + speaker.len + 3;
    oc_slice content = trim(oc_slice_sub(w->text, start, cut));
    if (oc_utf8_count(content) < 5) return;
    voice v = {speaker, {"", 0}, false};
    mark_document(w, &v);
    push_quote(w, OC_QUOTE_INDIRECT, content, v);
}

static void ko_indirect(work *w)
{
    static const char *const links[] = {"다고", "라고", "자고", "냐고", "다며", "라며", "다면서", "라면서", "다는 입장", "다는 뜻", "다는 방침", "다는 점"};
    size_t behind;
    oc_slice source = named_source(w, &behind);
    if (source.len && behind < w->text.len) {
        voice v = {source, {"", 0}, false};
        mark_document(w, &v);
        push_quote(w, OC_QUOTE_INDIRECT, trim(from(w->text, behind)), v);
        return;
    }
    const oc_hit *verb = last_hit_in(w, OC_LEX_SPEECH, 0, w->text.len);
    if (!verb) return;
    size_t cut = SIZE_MAX, len = 0;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        oc_slice head = oc_slice_sub(w->text, 0, verb->start + (i >= 8 ? 9 : 0));
        size_t at = oc_slice_find(head, oc_slice_of(links[i]), 0), last = SIZE_MAX;
        while (at != SIZE_MAX) last = at, at = oc_slice_find(head, oc_slice_of(links[i]), at + 3);
        if (last != SIZE_MAX && (cut == SIZE_MAX || last > cut)) cut = last, len = 3;
    }
    if (cut == SIZE_MAX || cut > verb->start || verb->start - cut > 60) return;
    oc_slice speaker = ko_topic(w, 0, cut, true);
    if (!speaker.len) return;
    size_t start = (size_t)(speaker.ptr - w->text.ptr) + speaker.len + 3;
    oc_slice content = trim(oc_slice_sub(w->text, start, cut + len));
    if (oc_utf8_count(content) < 5) return;
    voice v = {speaker, {"", 0}, false};
    mark_document(w, &v);
    push_quote(w, OC_QUOTE_INDIRECT, content, v);
}

static void en_indirect(work *w)
{
    size_t behind;
    oc_slice source = named_source(w, &behind);
    voice v = {source, {"", 0}, false};
    if (source.len) {
        size_t start = (size_t)(source.ptr - w->text.ptr);
        oc_slice rest = start > 40 ? trim(oc_slice_sub(w->text, 0, hit_in(w, OC_LEX_SOURCE, 0, w->text.len)->start)) : trim(from(w->text, behind));
        if (!is_upper(source.ptr[0]) && !starts(source, "the ") && !starts(source, "a ")) return;
        mark_document(w, &v);
        push_quote(w, OC_QUOTE_INDIRECT, rest, v);
        return;
    }
    for (size_t i = 0; i < w->hits->len; i++) {
        const oc_hit *verb = &w->hits->at[i];
        if (verb->entry->class != OC_LEX_SPEECH) continue;
        oc_slice subject = en_subject(w, 0, verb->start);
        bool tight = subject.len && (size_t)(w->text.ptr + verb->start - (subject.ptr + subject.len)) <= 40;
        oc_slice rest = trim(from(w->text, verb->end));
        size_t that = oc_slice_find(oc_slice_sub(rest, 0, 40), OC_SLICE("that "), 0);
        bool plain = starts(from(w->text, verb->start), "said") || starts(from(w->text, verb->start), "says");
        bool said = plain || starts(rest, "that ") || (that != SIZE_MAX && (starts(rest, "on ") || starts(rest, "in ")));
        if (!tight || !said || rest.len < 20) {
            /* "…, the ministry said." */
            oc_slice head = oc_slice_sub(w->text, 0, verb->start);
            size_t comma = SIZE_MAX, next = oc_slice_find(head, OC_SLICE(", "), 0);
            while (next != SIZE_MAX) comma = next, next = oc_slice_find(head, OC_SLICE(", "), next + 1);
            if (rest.len > 30 || comma == SIZE_MAX || verb->start - comma > 60 || comma < 20) continue;
            v.speaker = resolve(w, trim(oc_slice_sub(w->text, comma + 2, verb->start)));
            if (!v.speaker.len) continue;
            mark_document(w, &v);
            push_quote(w, OC_QUOTE_INDIRECT, trim(oc_slice_sub(w->text, 0, comma)), v);
            return;
        }
        /* "said Friday that …" */
        if (that != SIZE_MAX && (that == 0 || starts(rest, "on ") || starts(rest, "in ") || is_upper(rest.ptr[0]))) rest = from(rest, that + 5);
        v.speaker = resolve(w, subject);
        if (!v.speaker.len) return;
        if (starts(from(w->text, verb->start), "told")) {
            oc_slice to = en_object(w, verb->end);
            if (to.len && is_upper(to.ptr[0])) v.reported_by = to;
        }
        mark_document(w, &v);
        push_quote(w, OC_QUOTE_INDIRECT, rest, v);
        return;
    }
}

/* --- one sentence --- */

static void follow_topic(work *w)
{
    oc_slice topic = {"", 0};
    if (w->lang == OC_LANG_JA) topic = ja_topic(w, 0, w->text.len, true);
    else if (w->lang == OC_LANG_KO) topic = ko_topic(w, 0, w->text.len, true);
    else {
        const oc_hit *verb = hit_in(w, OC_LEX_SPEECH, 0, w->text.len);
        if (verb) topic = en_subject(w, 0, verb->start);
        if (is_pronoun(topic)) topic = w->state->named;
    }
    if (topic.len) w->state->topic = topic;
}

static void block_quote(work *w, const oc_sentence *sentence)
{
    const oc_document *document = w->document;
    if (w->index > 0 && sentence[-1].block && sentence[-1].paragraph == sentence->paragraph) return;
    uint32_t end = sentence->end;
    for (size_t i = w->index + 1; i < document->sentences.len && document->sentences.at[i].paragraph == sentence->paragraph; i++)
        end = document->sentences.at[i].end;
    push_quote(w, OC_QUOTE_BLOCK, oc_slice_sub(document->body, sentence->start, end), (voice){w->state->topic, {"", 0}, false});
}

void oc_quotes_find(oc_arena *arena, oc_document *document, uint32_t sentence, const oc_hits *hits,
                    const oc_mentions *mentions, oc_quote_state *state)
{
    const oc_sentence *s = &document->sentences.at[sentence];
    work w = {arena, document, state, sentence, s->text, hits, mentions, document->lang, false};
    if (state->started && state->paragraph != s->paragraph && !s->block) state->topic = (oc_slice){"", 0};
    state->started = true;
    state->paragraph = s->paragraph;
    while (state->pair < document->pairs.len && document->pairs.at[state->pair].open < s->start) state->pair++;
    if (s->block) {
        block_quote(&w, s);
        return;
    }
    for (; state->pair < document->pairs.len && document->pairs.at[state->pair].open < s->end; state->pair++) {
        const oc_mark_pair *pair = &document->pairs.at[state->pair];
        bool marks = pair->mark != '(' && pair->mark != 0xff08 && pair->mark != 0x3010;
        if (marks && !pair->nested) handle_pair(&w, pair);
    }
    if (w.text.len < 4096 && !w.quoted) {
        if (w.lang == OC_LANG_JA) ja_indirect(&w);
        else if (w.lang == OC_LANG_KO) ko_indirect(&w);
        else en_indirect(&w);
    }
    if (!w.quoted && w.text.len < 4096) follow_topic(&w);
}
