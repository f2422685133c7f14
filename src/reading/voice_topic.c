/* Who speaks in Japanese and Korean: topics; see voice.h. voice_source.c has sources, voice_en.c the noun phrases of
 * English. */
#include "reading/voice.h"

#include "base/block.h"
#include "base/script.h"
#include "base/utf8.h"
#include "reading/eight.h"

enum {
    NAME_WORDS = 6,
    TOPIC_CHARS = 44,
    WEAK_CHARS = 16,
    NAME_CHARS = 6,
    DOCUMENT_GAP = 6,
    TOLD_WORDS = 5,
    TOLD_BYTES = 90
};

/* The last blank in text[0, end), SIZE_MAX if there is none. */
static size_t blank_before(oc_slice text, size_t end)
{
    return oc_slice_find_last(oc_slice_sub(text, 0, end), OC_SLICE(" "), 0);
}

/* U+30A0 to U+30FF, with the dot between names. */
static bool is_katakana_sign(oc_slice text)
{
    size_t at = 0;
    uint32_t code = text.len ? oc_utf8_next(text, &at) : 0;
    return code >= 0x30a0 && code <= 0x30ff;
}

/* The phrase ends with the name of an actor: "米国の評価" is none. */
static bool ends_with_actor(const oc_quote_work *w, oc_slice phrase)
{
    size_t end = (size_t)(phrase.ptr - w->text.ptr) + phrase.len;
    for (size_t i = w->document->mentions.len; i-- > 0;) {
        const oc_found_mention *found = &w->document->mentions.at[i];
        if (found->sentence != w->index) break;
        if (found->mention.to == end) return true;
    }
    return false;
}

/* "経済学者の北見周": a name behind what somebody is. */
static bool is_apposition(const oc_quote_work *w, oc_slice phrase)
{
    enum { NAME_BYTES = 4 * NAME_CHARS + 4 }; /* the last の stands no farther from the end */
    size_t length, reach = phrase.len > NAME_BYTES ? phrase.len - NAME_BYTES : 0;
    size_t of = oc_slice_find_last(phrase, OC_SLICE("の"), reach);
    if (of == SIZE_MAX || oc_utf8_count(oc_slice_from(phrase, of + 3)) > NAME_CHARS) return false;
    length = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, oc_slice_sub(phrase, 0, of));
    return length >= 3 && oc_utf8_count(oc_slice_from(phrase, of + 3)) >= 2;
}

/* 米国の研究者マーク・エリング: a name in katakana right behind what somebody is. */
static bool is_foreign_name(const oc_quote_work *w, oc_slice phrase)
{
    size_t start = phrase.len;
    while (start >= 3 && is_katakana_sign(oc_slice_sub(phrase, start - 3, start))) start -= 3;
    return start >= 6 && phrase.len - start >= 9 &&
           oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, oc_slice_sub(phrase, 0, start));
}

/* 연구자 캐럴 위트먼: at most two words behind what somebody is. */
static bool is_called_name(const oc_quote_work *w, oc_slice phrase)
{
    size_t at = phrase.len;
    for (size_t words = 0; words < 2 && (at = blank_before(phrase, at)) != SIZE_MAX; words++)
        if (oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_CALLING, oc_slice_sub(phrase, 0, at))) return true;
    return false;
}

/* 報告書, not 報告書で検証 */
bool oc_voice_ends_with_document(const oc_quote_work *w, size_t start, size_t end)
{
    const oc_hit *hit = oc_hit_last(w, OC_LEX_DOCUMENT, start, end);
    return hit && end - hit->end <= DOCUMENT_GAP;
}

/* 시민단체 21곳, 응답자의 34%: without how many they are. */
static oc_slice without_count(const oc_quote_work *w, oc_slice phrase)
{
    size_t at = phrase.len;
    if (w->lang != OC_LANG_KO || !(w->hits->signs & OC_SIGN_DIGIT)) return phrase;
    while (at && phrase.ptr[at - 1] != ' ') at--;
    bool count = at > 1 && phrase.ptr[at] >= '0' && phrase.ptr[at] <= '9';
    if (!count) return phrase;
    size_t of = oc_slice_ends_with(oc_slice_sub(phrase, 0, at - 1), "의") ? strlen("의") : 0;
    return oc_slice_sub(phrase, 0, at - 1 - of);
}

/* Korean: 미 의회조사국(CRS): without the short form behind it. */
static oc_slice without_short_form(const oc_quote_work *w, oc_slice phrase)
{
    if (w->lang != OC_LANG_KO || !oc_slice_ends_with(phrase, ")")) return phrase;
    size_t open = oc_slice_find_last(phrase, OC_SLICE("("), 0);
    return open == SIZE_MAX || !open ? phrase : oc_slice_sub(phrase, 0, open);
}

/* Korean: 마거릿 셸던(61): an age behind a name. */
static bool has_age(const oc_quote_work *w, oc_slice phrase)
{
    const char *end = phrase.ptr + phrase.len;
    return w->lang == OC_LANG_KO && phrase.len > 10 && end[-1] == ')' && end[-4] == '(' && end[-3] >= '2' &&
           end[-3] <= '9' && end[-2] >= '0' && end[-2] <= '9';
}

bool oc_voice_has_evidence(const oc_quote_work *w, oc_slice phrase)
{
    if (has_age(w, phrase)) return true;
    phrase = without_short_form(w, phrase);
    if (w->lang == OC_LANG_KO && phrase.len > 6 && oc_slice_ends_with(phrase, "들")) phrase.len -= 3; /* 저자들 */
    phrase = without_count(w, phrase);
    size_t start = (size_t)(phrase.ptr - w->text.ptr), end = start + phrase.len;
    if (oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, phrase) || oc_hit_first(w, OC_LEX_TITLE, start, end) ||
        oc_voice_ends_with_document(w, start, end) || ends_with_actor(w, phrase))
        return true;
    bool called =
        w->lang == OC_LANG_JA ? is_apposition(w, phrase) || is_foreign_name(w, phrase) : is_called_name(w, phrase);
    return called || oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, phrase) ||
           oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PLURAL, phrase) ||
           oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_AUTHOR, phrase);
}

static bool is_katakana(oc_slice text)
{
    for (size_t at = 0; at < text.len; at += 3)
        if (!is_katakana_sign(oc_slice_from(text, at))) return false;
    return text.len >= 6;
}

/* From `at` back to the last of the marks before it, or to a; marks inside of pairs do not count. */
size_t oc_voice_clause_start(const oc_quote_work *w, size_t a, size_t at, const char *const *marks, size_t count)
{
    size_t start = a;
    for (size_t i = a; i < at; i++) {
        const char *p = w->text.ptr + i;
        for (size_t k = 0; k < count; k++) /* two bytes tell nearly all others apart */
            if (*p == *marks[k] && (!marks[k][1] || (i + 1 < at && p[1] == marks[k][1])) &&
                oc_slice_begins(oc_slice_sub(w->text, i, at), marks[k]) && !oc_voice_inside_pair(w, i))
                start = i + strlen(marks[k]);
    }
    return start;
}

static bool is_hiragana(oc_slice text)
{
    size_t at = 0;
    uint32_t code = text.len ? oc_utf8_next(text, &at) : 0;
    return oc_is_hiragana(code);
}

/* "…満たされるとの司令官": who follows what is reported. */
static oc_slice behind_report(oc_slice phrase)
{
    for (size_t at; phrase.len > 15 && (at = oc_slice_find(phrase, OC_SLICE("との"), 0)) != SIZE_MAX;)
        phrase = oc_slice_from(phrase, at + 6);
    return phrase;
}

/* "これに対しプルイット": without what joins sentences. */
static oc_slice behind_joint(const oc_quote_work *w, oc_slice phrase)
{
    size_t length = oc_phrase_begins(w->lexicon, OC_LANG_JA, OC_PHRASE_JOINT, phrase);
    bool name = length && length + 6 <= phrase.len && !is_hiragana(oc_slice_from(phrase, length));
    return name ? oc_slice_from(phrase, length) : phrase;
}

/* リンドグレン（2024）: without the year of what he wrote. */
static oc_slice without_year(oc_slice phrase)
{
    size_t length, bracket = oc_slice_find_any(phrase, 0, (const char *const[]){"（", "("}, 2, &length);
    bool year = bracket != SIZE_MAX && bracket + length < phrase.len && phrase.ptr[bracket + length] >= '1' &&
                phrase.ptr[bracket + length] <= '2';
    return year ? oc_slice_sub(phrase, 0, bracket) : phrase;
}

typedef enum ja_sign { NO_SIGN, CLAUSE_MARK, OPENS, CLOSES, TOPIC, SUBJECT, ALSO } ja_sign;

/* What matters for topics, by its three bytes. */
static ja_sign ja_sign_at(const char *at)
{
    if (*at == '(') return OPENS;
    if (*at == ')') return CLOSES;
    switch (oc_voice_three(at)) {
    case 0xe38080: /* the wide blank */
    case 0xe38081: /* 、 */
    case 0xe38082: /* 。 */
    case 0xe3808d: /* 」 */
    case 0xe3808f: /* 』 */ return CLAUSE_MARK;
    case 0xefbc88: /* （ */ return OPENS;
    case 0xefbc89: /* ） */ return CLOSES;
    case 0xefbc9a: /* ： */ return CLAUSE_MARK;
    case 0xe381af: /* は */ return TOPIC;
    case 0xe3818c: /* が */ return SUBJECT;
    case 0xe38282: /* も */ return ALSO;
    }
    return NO_SIGN;
}

static inline oc_sixteen is_ascii_bracket(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, '(', ')');
}
static inline oc_sixteen is_first(oc_sixteen bytes)
{
    return oc_sixteen_is(bytes, 0xe3) | oc_sixteen_is(bytes, 0xef);
}
static inline oc_sixteen is_second(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, 0x80, 0x82) | oc_sixteen_is(bytes, 0xbc);
}
static inline oc_sixteen is_third(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, 0x80, 0x82) | oc_sixteen_in(bytes, 0x88, 0x8f) | oc_sixteen_is(bytes, 0x9a) |
           oc_sixteen_is(bytes, 0xaf);
}

/* Bits of the JA_STEP bytes from `at` on where a sign of ja_sign_at may begin: few others pass. */
enum { JA_STEP = OC_BLOCK - 2 };
static uint64_t ja_signs_in(oc_slice text, size_t at)
{
    char room[OC_BLOCK];
    const char *block = oc_block_at(text, at, room);
    uint64_t wide =
        oc_block_bits(block, is_first) & oc_block_bits(block, is_second) >> 1 & oc_block_bits(block, is_third) >> 2;
    return (wide | oc_block_bits(block, is_ascii_bracket)) & oc_block_until(JA_STEP);
}

/* The name before the particle at `at`, in a clause that begins at `clause`; "" if nobody can be called so. */
static oc_slice ja_name(const oc_quote_work *w, oc_slice text, size_t clause, size_t at, bool also)
{
    oc_slice before = oc_slice_sub(text, clause, at);
    /* 「…」と同氏は */
    if (oc_slice_begins(before, "と") && oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, oc_slice_from(before, 3)))
        before = oc_slice_from(before, 3);
    if (also && is_hiragana(oc_slice_from(text, at + 3)) && /* 見積もり, もの */
        !oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, before))
        return (oc_slice){"", 0};
    oc_slice phrase = behind_joint(w, behind_report(oc_voice_trim(before)));
    if (phrase.len < 3 || !oc_voice_has_at_most(phrase, TOPIC_CHARS)) return (oc_slice){"", 0};
    size_t no_topic = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_NO_TOPIC, phrase); /* 方, but not 双方 */
    bool usable = !no_topic || oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, phrase) > no_topic;
    return usable ? phrase : (oc_slice){"", 0};
}

/* "筆者が面談した国会の関係者は", "研究会が公表した提言は": who or what a clause right behind its subject tells of, up
 * to the topic mark, if that could speak; a document with the whole clause, from `phrase` on. "" if there is none. */
static oc_slice ja_told_of(const oc_quote_work *w, oc_slice text, oc_slice phrase, size_t subject)
{
    oc_slice none = {"", 0}, reach = oc_slice_sub(text, 0, subject + TOLD_BYTES);
    size_t mark = oc_slice_find(reach, OC_SLICE("は"), subject), name = SIZE_MAX;
    oc_slice clause = mark == SIZE_MAX ? none : oc_slice_sub(text, subject, mark);
    if (!clause.len || oc_slice_find(clause, OC_SLICE("、"), 0) != SIZE_MAX || oc_voice_inside_pair(w, mark))
        return none;
    for (size_t i = 3; i + 3 <= clause.len; i++) { /* 公表した|提言 */
        bool border = is_hiragana(oc_slice_from(clause, i - 3)) && (unsigned char)clause.ptr[i] >= 0xe3 &&
                      !is_hiragana(oc_slice_from(clause, i)) &&
                      oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_PREDICATE, oc_slice_sub(clause, 0, i));
        if (border && !oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_NO_PREDICATE, oc_slice_sub(clause, 0, i)))
            name = i;
    }
    oc_slice told = name == SIZE_MAX ? none : oc_slice_from(clause, name);
    if (told.len < 6 || !oc_voice_has_evidence(w, told)) return none;
    bool paper = oc_voice_ends_with_document(w, subject + name, mark);
    oc_slice whole = oc_slice_sub(text, (size_t)(phrase.ptr - text.ptr), mark);
    return paper && oc_voice_has_at_most(whole, TOPIC_CHARS) ? whole : told;
}

/* Where ja_topic is in a sentence. */
typedef struct ja_walk {
    oc_slice text; /* up to where it ends */
    size_t from, clause;
    int depth; /* of brackets */
    bool strict;
    oc_slice weak;
} ja_walk;

/* Japanese: "会見でブランソン司令官": without the occasion in front. */
static oc_slice behind_occasion(const oc_quote_work *w, oc_slice phrase)
{
    size_t from = (size_t)(phrase.ptr - w->text.ptr), to = from + phrase.len;
    for (const oc_hit *hit = oc_hits_first(w->hits, OC_LEX_EVENT); hit && hit->end < to;
         hit = oc_hits_next(w->hits, hit)) {
        oc_slice rest = hit->start >= from ? oc_slice_sub(w->text, hit->end, to) : (oc_slice){"", 0};
        if (!oc_slice_begins(rest, "で")) continue;
        rest = oc_slice_from(rest, strlen("で"));
        if (oc_voice_has_evidence(w, rest)) return rest;
    }
    return phrase;
}

/* Goes over the sign at a place; the topic that ends there, "" if none does. */
static oc_slice ja_topic_at(const oc_quote_work *w, ja_walk *walk, size_t at)
{
    const oc_slice none = {"", 0};
    ja_sign sign = ja_sign_at(walk->text.ptr + at);
    if (sign == NO_SIGN) return none;
    if (sign == CLAUSE_MARK && !oc_voice_inside_pair(w, at)) walk->clause = at + 3;
    if (sign == OPENS) walk->depth++;
    if (sign == CLOSES) walk->depth--;
    if (walk->depth > 0 || sign < TOPIC || at == walk->from || oc_voice_inside_pair(w, at)) return none;
    oc_slice phrase = ja_name(w, walk->text, walk->clause, at, sign == ALSO);
    if (!phrase.len) return none;
    oc_slice told = sign == SUBJECT ? ja_told_of(w, walk->text, phrase, at + 3) : none;
    if (told.len) return told;
    if (oc_voice_has_evidence(w, phrase)) return behind_occasion(w, phrase);
    if (is_katakana_sign(phrase) && is_katakana(without_year(phrase))) return phrase;
    bool weak = !walk->strict && sign == TOPIC && !walk->weak.len && oc_voice_has_at_most(phrase, WEAK_CHARS);
    if (weak) walk->weak = phrase;
    return none;
}

static oc_slice ja_topic(const oc_quote_work *w, size_t a, size_t b, bool strict)
{
    ja_walk walk = {.text = oc_slice_sub(w->text, 0, b), .from = a, .clause = a, .strict = strict, .weak = {"", 0}};
    for (size_t start = a; start < walk.text.len; start += JA_STEP)
        for (uint64_t bits = ja_signs_in(walk.text, start); bits; bits &= bits - 1) {
            oc_slice topic = ja_topic_at(w, &walk, start + oc_block_first(bits));
            if (topic.len) return topic;
        }
    return walk.weak;
}

/* At most the last words that a name may have: "마이클 디솜브레 미 국무부 동아태 차관보". */
static oc_slice last_words(oc_slice phrase)
{
    size_t words = 1;
    for (size_t at = phrase.len; (at = blank_before(phrase, at)) != SIZE_MAX;)
        if (++words > NAME_WORDS) return oc_slice_from(phrase, at + 1);
    return phrase;
}

/* "이에 대해 국민의힘 의원": without what joins sentences. */
static oc_slice without_joints(const oc_quote_work *w, oc_slice phrase)
{
    for (size_t length; (length = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_JOINT, phrase)) != 0;) {
        if (length >= phrase.len || phrase.ptr[length] != ' ') break;
        phrase = oc_voice_trim(oc_slice_from(phrase, length));
    }
    return phrase;
}

/* "시기를 거듭 묻자 안 장관", "19일 보도한 연합뉴스", "가능하냐는 질문에 안 장관": where the name begins behind a verb
 * of speech or what is asked in [from, to). */
static size_t behind_speech(const oc_quote_work *w, size_t from, size_t to)
{
    const oc_hit *said = to > from ? oc_hit_last(w, OC_LEX_SPEECH, from, to) : NULL;
    size_t length,
        end = said ? said->end : 0,
        asked = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_QUESTIONED, w->text, from, to, &length);
    if (asked != SIZE_MAX && asked + length > end) end = asked + length;
    size_t gap = end ? oc_slice_find(oc_slice_sub(w->text, 0, to), OC_SLICE(" "), end) : SIZE_MAX;
    return gap == SIZE_MAX ? from : gap + 1;
}

/* The next byte in [at, b) up to the comma of ASCII, among them blanks and brackets; b if there is none. */
static size_t next_break(oc_slice text, size_t at, size_t b)
{
    for (; at + 8 <= b; at += 8) {
        uint64_t found = oc_eight_in_range(oc_eight_load((const unsigned char *)text.ptr + at, 8), 0, ',');
        if (found) return at + (size_t)__builtin_ctzll(found) / 8;
    }
    while (at < b && (unsigned char)text.ptr[at] > ',') at++;
    return at;
}

/* "일부 언론이 보도한 확정설에 대해서는": who does what a clause tells of the next word. */
static bool is_subject_of_clause(const oc_quote_work *w, oc_slice token, size_t at, size_t b)
{
    oc_slice rest = oc_slice_sub(w->text, at, b);
    size_t gap = oc_slice_begins(rest, " ") ? oc_slice_find(rest, OC_SLICE(" "), 1) : SIZE_MAX;
    return gap != SIZE_MAX && oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_SUBJECT_MARK, token) &&
           oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_ADNOMINAL, oc_slice_sub(rest, 1, gap));
}

/* “…있다”면서도 양국이: the end of words in marks, which is no part of a name. */
static bool goes_on_behind_marks(const oc_quote_work *w, oc_slice token)
{
    static const char *const marks[] = {"”", "’", "\""};
    bool marked = w->hits->signs & OC_SIGN_QUOTE &&
                  (memchr(token.ptr, '"', token.len) || memchr(token.ptr, 0xe2, token.len)); /* “ begins so */
    if (!marked) return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = oc_slice_find(token, oc_slice_of(marks[i]), 0), end = at + strlen(marks[i]);
        if (at != SIZE_MAX && at && end < token.len) return true;
    }
    return false;
}

/* "기자가 만난 여권 인사는": who a clause right behind its subject `token`, which ends at `at`, tells of. */
static oc_slice ko_told_of(const oc_quote_work *w, oc_slice token, size_t at, size_t b)
{
    oc_slice rest = oc_slice_sub(w->text, at, b), none = {"", 0};
    size_t mark = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_SUBJECT_MARK, token);
    if (!mark || !oc_slice_begins(rest, " ")) return none;
    size_t gap = oc_slice_find(rest, OC_SLICE(" "), 1);
    oc_slice clause = gap == SIZE_MAX ? none : oc_slice_sub(rest, 1, gap);
    if (!oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_ADNOMINAL, clause)) return none;
    for (size_t word = gap + 1, n = 0; n < TOLD_WORDS; n++) {
        size_t end = oc_slice_find(rest, OC_SLICE(" "), word);
        oc_slice next = oc_slice_sub(rest, word, end == SIZE_MAX ? rest.len : end);
        size_t topic = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_TOPIC, next);
        oc_slice name = oc_slice_sub(rest, gap + 1, word + next.len - topic);
        if (topic && topic < next.len) return oc_voice_has_evidence(w, name) ? name : none;
        if (end == SIZE_MAX || oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_PARTICLE, next) ||
            goes_on_behind_marks(w, next))
            return none;
        word = end + 1;
    }
    return none;
}

/* 하지는, but not 기관지는 */
static bool is_no_topic(const oc_quote_work *w, oc_slice token, size_t particle)
{
    size_t none = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_NO_TOPIC, token);
    oc_slice name = oc_slice_sub(token, 0, token.len - particle);
    return none && oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, name) + particle <= none;
}

/* "질문이 이어졌지만 대변인": behind the clause before. */
static oc_slice behind_clause(const oc_quote_work *w, oc_slice phrase)
{
    for (size_t at = phrase.len; (at = blank_before(phrase, at)) != SIZE_MAX && at >= 3;)
        if (oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_CLAUSE_END, oc_slice_sub(phrase, 0, at)))
            return oc_slice_from(phrase, at + 1);
    return phrase;
}

/* "법무실이 지난달 돌린 의견서는": the document that a clause tells of, with its subject `phrase`. */
static oc_slice ko_paper_of(const oc_quote_work *w, oc_slice phrase, oc_slice token, size_t at, size_t b)
{
    oc_slice none = {"", 0};
    if (!oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_SUBJECT_MARK, token)) return none;
    const oc_hit *hit = oc_hit_first(w, OC_LEX_DOCUMENT, at, at + TOLD_BYTES < b ? at + TOLD_BYTES : b);
    if (!hit || hit->start < at + 5 || oc_voice_inside_pair(w, hit->start)) return none;
    oc_slice before = oc_slice_sub(w->text, at, hit->start - 1);
    size_t last = before.len - 3;
    uint32_t code = w->text.ptr[hit->start - 1] == ' ' ? oc_utf8_next(before, &last) : 0;
    bool clause = oc_hangul_final(code) == 4 && /* ends with the consonant of 돌린 */
                  oc_slice_find(before, OC_SLICE(","), 0) == SIZE_MAX;
    bool topic = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_TOPIC, oc_slice_from(w->text, hit->end)) != 0;
    oc_slice whole = oc_slice_sub(w->text, (size_t)(phrase.ptr - w->text.ptr), hit->end);
    return clause && topic && oc_voice_has_at_most(whole, TOPIC_CHARS) ? whole : none;
}

/* "관계자가 전한 분위기는 이렇다.": whose words come next does what a clause tells. */
static bool brings_in_words(const oc_quote_work *w)
{
    return oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_INTRODUCED, oc_voice_trim(w->text)) != 0;
}

static oc_slice ko_topic(const oc_quote_work *w, size_t a, size_t b, bool strict)
{
    oc_slice text = w->text, weak = {"", 0};
    int depth = 0;
    size_t word = a, clause = a;
    for (size_t at = a; at <= b; at++) {
        at = next_break(text, at, b);
        bool end = at == b || text.ptr[at] == ' ' || text.ptr[at] == ',';
        if (at < b && text.ptr[at] == '(') depth++;
        if (at < b && text.ptr[at] == ')') depth--;
        if (!end || depth > 0) continue;
        if (oc_voice_inside_pair(w, at)) {
            word = clause = at + 1;
            continue;
        }
        oc_slice token = oc_slice_sub(text, word, at);
        size_t particle = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_PARTICLE, token);
        if (particle && oc_slice_ends_with(token, "가") &&
            oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, token) > particle)
            particle = 0; /* 안보 전문가 휘트모어는 */
        bool pronoun =
            particle && oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, oc_slice_sub(token, 0, token.len - 3));
        if (particle && (pronoun || (token.len >= 6 && !is_no_topic(w, token, particle) &&
                                     !oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_NO_TOPIC_WORD, token)))) {
            size_t start = behind_speech(w, clause, word);
            oc_slice phrase = oc_slice_sub(text, start, at - particle);
            phrase = last_words(without_joints(w, behind_clause(w, oc_voice_trim(phrase))));
            if (pronoun) phrase = oc_slice_sub(token, 0, token.len - 3);
            if (phrase.len && oc_voice_has_evidence(w, phrase) && oc_voice_has_at_most(phrase, TOPIC_CHARS)) {
                oc_slice told = ko_told_of(w, token, at, b);
                if (!told.len) told = ko_paper_of(w, phrase, token, at, b);
                if (told.len) return told;
                if (!is_subject_of_clause(w, token, at, b) || brings_in_words(w)) return phrase;
            }
            bool plain = !strict && oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_TOPIC, token);
            if (!weak.len && plain && oc_voice_has_at_most(phrase, WEAK_CHARS)) weak = phrase;
        }
        if ((at < b && text.ptr[at] == ',') || goes_on_behind_marks(w, token)) clause = at + 1;
        word = at + 1;
    }
    return strict ? (oc_slice){"", 0} : weak;
}

/* 킨케이드 behind 해럴드 킨케이드 전 부차관보: a word of a name that was told before. */
static bool is_word_of_voice(const oc_quote_work *w, oc_slice name)
{
    for (size_t i = 0; i < OC_QUOTE_VOICES && name.len >= 6; i++) {
        oc_slice voice = w->state->voices[i];
        size_t at = voice.len > name.len ? oc_slice_find(voice, name, 0) : SIZE_MAX, end = at + name.len;
        bool title = at != SIZE_MAX && end == voice.len; /* 장관 of 국방부 장관 */
        if (at != SIZE_MAX && !title && (!at || voice.ptr[at - 1] == ' ') && voice.ptr[end] == ' ') return true;
    }
    return false;
}

/* A token of three syllables that begins with a surname and holds no word of the lexicon, or a word with the year of
 * what was written behind it: 김태완은, 린드그렌(2024)은. */
static bool is_bare_name(const oc_quote_work *w, oc_slice name)
{
    oc_slice plain = without_year(name);
    if (plain.len < name.len) return plain.len >= 6;
    if (is_word_of_voice(w, name)) return true;
    size_t start = (size_t)(name.ptr - w->text.ptr);
    if (oc_utf8_count(name) != 3 || !oc_phrase_begins(w->lexicon, OC_LANG_KO, OC_PHRASE_SURNAME, name)) return false;
    for (size_t i = 0; i < w->hits->len; i++)
        if (w->hits->at[i].start < start + name.len && w->hits->at[i].end > start) return false;
    return true;
}

oc_slice oc_voice_bare_name(const oc_quote_work *w, size_t a, size_t b)
{
    oc_slice head = without_joints(w, oc_slice_trim(oc_slice_sub(w->text, a, b)));
    size_t gap = oc_slice_find(head, OC_SLICE(" "), 0);
    oc_slice token = oc_slice_sub(head, 0, gap == SIZE_MAX ? head.len : gap);
    bool topic = (oc_slice_ends_with(token, "은") || oc_slice_ends_with(token, "는")) &&
                 !oc_phrase_ends(w->lexicon, OC_LANG_KO, OC_PHRASE_NO_TOPIC, token); /* 이번에는 */
    if (w->lang != OC_LANG_KO || !topic) return (oc_slice){"", 0};
    token.len -= 3;
    return is_bare_name(w, token) ? token : (oc_slice){"", 0};
}

oc_slice oc_voice_topic(const oc_quote_work *w, size_t a, size_t b, bool strict)
{
    if (a >= b) return (oc_slice){"", 0};
    return w->lang == OC_LANG_JA ? ja_topic(w, a, b, strict) : ko_topic(w, a, b, strict);
}

oc_slice oc_voice_whole_topic(oc_quote_work *w)
{
    if (!w->has_whole_topic) w->whole_topic = oc_voice_topic(w, 0, w->text.len, true);
    w->has_whole_topic = true;
    return w->whole_topic;
}

/* A clause ends right before `at`, in [from, at): "…と説明し、", "…밝혔고, ". */
static bool ends_clause(const oc_quote_work *w, size_t from, size_t at)
{
    if (oc_hit_first(w, OC_LEX_SPEECH, from, at)) return true;
    oc_slice before = oc_slice_sub(w->text, from, at);
    while (before.len && (oc_slice_ends_with(before, " ") || oc_slice_ends_with(before, ","))) before.len--;
    bool comma = before.len < at - from || oc_slice_ends_with(before, "、");
    if (oc_slice_ends_with(before, "、")) before.len -= 3;
    return before.len >= 12 && comma && oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_GOES_ON_END, before);
}

/* A topic, not a mere subject: は, 은, 는. */
static bool is_marked_topic(const oc_quote_work *w, oc_slice phrase)
{
    oc_slice behind = oc_slice_from(w->text, (size_t)(phrase.ptr - w->text.ptr) + phrase.len);
    return oc_slice_begins(behind, "は") || oc_slice_begins(behind, "은") || oc_slice_begins(behind, "는");
}

oc_slice oc_voice_last_topic(const oc_quote_work *w, size_t a, size_t b, bool strict)
{
    oc_slice whole = a == 0 && w->has_whole_topic ? w->whole_topic : (oc_slice){"", 0};
    bool same = whole.len && (size_t)(whole.ptr - w->text.ptr) + whole.len + 3 <= b;
    oc_slice best = same ? whole : oc_voice_topic(w, a, b, strict);
    for (oc_slice next = best; next.len;) {
        size_t behind = (size_t)(next.ptr - w->text.ptr) + next.len + 3;
        next = oc_voice_topic(w, behind, b, true);
        if (!next.len) break;
        size_t at = (size_t)(next.ptr - w->text.ptr);
        if (is_marked_topic(w, next) && ends_clause(w, behind, at)) best = next;
    }
    return best;
}

oc_slice oc_voice_plain(const oc_quote_work *w, oc_slice phrase)
{
    return last_words(without_joints(w, phrase));
}
