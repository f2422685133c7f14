/* What a pair of quotation marks holds: speech, if a verb of speech answers to it, else a bracket of some kind. */
#include "reading/sign.h"
#include "reading/voice.h"

#include "base/utf8.h"

enum {
    DIRECT_WORDS = 3,
    EN_REACH = 120,
    EN_FRONT_REACH = 60,
    JA_REACH = 90,
    JA_PARTIAL_REACH = 36,
    KO_REACH = 60,
    GOES_ON_REACH = 40,
    SOURCE_REACH = 4,
    APPOSITION_REACH = 160,
    REPORT_BYTES = 30,
    BEHIND_REACH = 60,
    GOES_ON_GAP = 24,
    BEFORE_BYTES = 20
};

static bool is_single(const oc_mark_pair *pair)
{
    return pair->mark == 0x2018 || pair->mark == '\'';
}
static bool is_title_mark(const oc_mark_pair *pair)
{
    return pair->mark == 0x300e || pair->mark == 0x300a || pair->mark == 0x3008;
}

static size_t words_of(oc_slice text)
{
    size_t words = 1;
    for (size_t i = 0; i < text.len; i++) words += text.ptr[i] == ' ';
    return words;
}

/* The content could stand alone: it ends like a sentence or is long. */
static bool is_clause(const oc_quote_work *w, oc_slice content)
{
    bool stop =
        oc_slice_ends_with(content, ".") || oc_slice_ends_with(content, "?") || oc_slice_ends_with(content, "!");
    if (w->lang == OC_LANG_EN) {
        size_t words = words_of(content);
        bool capital = content.ptr[0] >= 'A' && content.ptr[0] <= 'Z';
        return words >= 7 || (words >= 3 && (stop || oc_slice_ends_with(content, ",")) && capital);
    }
    bool japanese = w->lang == OC_LANG_JA, ended = japanese ? oc_slice_ends_with(content, "。") : stop;
    size_t least = japanese ? 3 : 5, plenty = japanese ? 24 : 26;
    if (oc_voice_has_at_most(content, least - 1)) return false;
    return ended || oc_quote_ends(w, OC_PHRASE_SENTENCE_END, content) || !oc_voice_has_at_most(content, plenty - 1);
}

/* The lexicon knows most of it (an exercise, 条件に基づく移管), it is written as foreign names are, or a figure stands
 * behind it (「賛成」が54.3%): a name or notion, not a word that the writer stresses. */
static bool is_notion(const oc_quote_work *w, oc_slice content, size_t open, oc_slice after)
{
    size_t known = 0, from = open, to = open + content.len + 3, at = 0;
    for (size_t i = 0; i < w->hits->len; i++) {
        const oc_hit *hit = &w->hits->at[i];
        bool notion = hit->entry->class == OC_LEX_EVENT || hit->entry->class == OC_LEX_MILESTONE ||
                      (hit->entry->class == OC_LEX_MODALITY && oc_slice_is(hit->entry->value, "conditions-based"));
        if (!notion || hit->start < from || hit->end > to) continue;
        known += hit->end - hit->start;
        from = hit->end;
    }
    for (size_t i = w->document->mentions.len; i-- > 0 && w->document->mentions.at[i].sentence == w->index;) {
        const oc_mention *mention = &w->document->mentions.at[i].mention;
        if (mention->from >= open && mention->to <= to) known += mention->to - mention->from; /* 「国民の力」 */
    }
    bool katakana = content.len >= 3;
    while (at < content.len && katakana) {
        uint32_t code = oc_utf8_next(content, &at);
        katakana = code >= 0x30a0 && code <= 0x30ff;
    }
    size_t figure = 0;
    while (figure < after.len && figure < 8 && (unsigned char)after.ptr[figure] >= 0x80) figure++;
    bool counted = figure < after.len && after.ptr[figure] >= '0' && after.ptr[figure] <= '9';
    return known * 2 >= content.len || katakana || counted;
}

static oc_bracket_kind bracket_kind(const oc_quote_work *w, const oc_mark_pair *pair, oc_slice content, oc_slice before,
                                    oc_slice after)
{
    if (is_title_mark(pair)) return OC_BRACKET_TITLE;
    bool inside = oc_slice_ends_with(before, "(") || oc_slice_ends_with(before, "（");
    oc_slice behind = oc_slice_trim(after);
    if (oc_quote_begins(w, OC_PHRASE_THOUGHT_AFTER, behind)) return OC_BRACKET_THOUGHT;
    if (oc_quote_ends(w, OC_PHRASE_TITLE_BEFORE, before) || oc_quote_begins(w, OC_PHRASE_TITLE_AFTER, after))
        return OC_BRACKET_TITLE;
    if (oc_quote_ends(w, OC_PHRASE_ALIAS_BEFORE, before) || inside) return OC_BRACKET_ALIAS;
    size_t end = (size_t)(after.ptr - w->text.ptr) - (pair->close_end - pair->close);
    const oc_hit *paper = oc_hit_last(w, OC_LEX_DOCUMENT, end - content.len, end);
    bool named = paper && paper->end == end && paper->start > end - content.len && words_of(content) > 1;
    if (named && w->lang != OC_LANG_EN) return OC_BRACKET_TITLE; /* ‘전환 중단 촉구 결의안’ */
    if (oc_quote_begins(w, OC_PHRASE_TERM_AFTER, behind) || oc_quote_ends(w, OC_PHRASE_TERM_BEFORE, before))
        return OC_BRACKET_TERM;
    if (w->lang == OC_LANG_KO && is_single(pair) && oc_quote_ends(w, OC_PHRASE_SENTENCE_END, content))
        return OC_BRACKET_THOUGHT;
    return is_notion(w, content, before.len, after) ? OC_BRACKET_TERM : OC_BRACKET_EMPHASIS;
}

/* Behind chained pairs 「…」「…」 and 「…」、「…」: what follows the last. */
static size_t end_of_chain(const oc_quote_work *w, size_t at)
{
    const oc_document *document = w->document;
    uint32_t base = document->sentences.at[w->index].start;
    for (size_t i = 0; i < 6; i++) {
        size_t next = at;
        if (oc_slice_begins(oc_slice_from(w->text, next), "、"))
            next += 3;
        else if (oc_slice_begins(oc_slice_from(w->text, next), ", "))
            next += 2;
        if (oc_slice_begins(oc_slice_from(w->text, next), "や") || oc_slice_begins(oc_slice_from(w->text, next), "、"))
            next += 3;
        bool found = false;
        for (size_t k = w->state->pair;
             k < document->pairs.len && document->pairs.at[k].open < base + w->text.len && k < w->state->pair + 64; k++)
            if (document->pairs.at[k].open - base == next && !document->pairs.at[k].nested)
                at = document->pairs.at[k].close_end - base, found = true;
        if (!found) return at;
    }
    return at;
}

/* The first verb of speech in [a, b) that stands in no other pair. */
static const oc_hit *verb_outside(const oc_quote_work *w, size_t a, size_t b)
{
    for (size_t at = a; at < b;) {
        const oc_hit *hit = oc_hit_first(w, OC_LEX_SPEECH, at, b);
        if (!hit || !oc_voice_inside_pair(w, hit->start)) return hit;
        at = hit->start + 1;
    }
    return NULL;
}

/* The verb of speech that answers to a pair, or NULL. */
static const oc_hit *answering_verb(const oc_quote_work *w, size_t open, size_t close, size_t chain)
{
    oc_slice after = oc_slice_from(w->text, chain);
    if (w->lang == OC_LANG_JA) {
        if (oc_sign_opens(after)) return verb_outside(w, close, w->text.len);
        return oc_quote_begins(w, OC_PHRASE_LINK, after) ? verb_outside(w, chain, w->text.len) : NULL;
    }
    if (w->lang == OC_LANG_KO) return verb_outside(w, chain, w->text.len);
    const oc_hit *verb = verb_outside(w, close, close + EN_REACH < w->text.len ? close + EN_REACH : w->text.len);
    if (verb && oc_voice_is_passive(w, verb->start)) verb = NULL;
    const oc_hit *before = oc_hit_last(w, OC_LEX_SPEECH, w->done, open);
    if (before && oc_voice_inside_pair(w, before->start)) before = NULL;
    while (before && oc_slice_is(before->entry->value, "reported") && oc_voice_is_passive(w, before->start))
        before = oc_hit_last(w, OC_LEX_SPEECH, w->done, before->start); /* "They are expected to "review progress"" */
    bool thought = before && oc_slice_is(before->entry->value, "thought");
    const oc_hit *earlier = thought ? oc_hit_last(w, OC_LEX_SPEECH, w->done, before->start) : NULL;
    if (earlier) before = earlier; /* told them that he expects it "no later than" 2029: no speech of his own */
    return before && (open - before->end <= EN_FRONT_REACH || !verb) ? before : verb;
}

typedef struct reading {
    bool quote, clause;
} reading;

/* "「拙速だ」と批判を強めた": whatever verb follows, a sentence of somebody who is the topic is what he says. */
static bool is_said_by_topic(const oc_quote_work *w, size_t open, bool clause)
{
    return clause && oc_voice_topic(w, w->done, open, true).len;
}

/* 「…」といった指摘: the marks hold what the noun of speech names. */
static bool is_word_of(const oc_quote_work *w, oc_slice after)
{
    size_t link = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_NAMING, after);
    if (link && w->lang == OC_LANG_KO && oc_slice_begins(oc_slice_from(after, link), " ")) link++;
    return link && oc_quote_begins(w, OC_PHRASE_NOUN, oc_slice_from(after, link));
}

/* 「期限ありき」との批判に対し、大統領室は「…」, ‘시한에 쫓긴다’는 비판에 대해: words of nobody, which the one who is
 * named behind them answers; "米側は「時期ありき」との批判を警戒する": nor of the topic. */
static bool is_answered(const oc_quote_work *w, size_t open, oc_slice after)
{
    size_t link = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_NAMING, after);
    if (link && oc_slice_begins(oc_slice_from(after, link), " ")) link++;
    size_t noun = link ? oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_NOUN, oc_slice_from(after, link)) : 0;
    oc_slice rest = oc_slice_from(after, link + noun);
    if (noun && oc_quote_begins(w, OC_PHRASE_HEEDING, oc_slice_trim(rest))) return true;
    if (!noun || oc_hit_first(w, OC_LEX_SOURCE, w->done, open) || oc_voice_topic(w, w->done, open, true).len)
        return false;
    size_t answer = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_ANSWERED, rest);
    if (answer && w->lang == OC_LANG_KO && !oc_slice_begins(oc_slice_from(rest, answer), " ")) answer = 0;
    return answer || oc_quote_begins(w, OC_PHRASE_ABOUT, rest);
}

/* Somebody speaks; 「X」の原則 is a name of something. */
static bool has_topic(const oc_quote_work *w, size_t open, oc_slice after)
{
    return w->state->topic.len || (!oc_slice_begins(after, "の") && oc_voice_topic(w, w->done, open, true).len);
}

static reading read_ja(const oc_quote_work *w, const oc_hit *verb, size_t open, size_t close, size_t chain, bool clause)
{
    oc_slice after = oc_slice_from(w->text, chain);
    bool linked = oc_quote_begins(w, OC_PHRASE_QUOTING, after);
    bool names = oc_quote_begins(w, OC_PHRASE_TERM_AFTER, after) || oc_quote_begins(w, OC_PHRASE_TITLE_AFTER, after) ||
                 oc_quote_begins(w, OC_PHRASE_THOUGHT_AFTER, after);
    if (names && verb && clause && oc_slice_begins(after, "という")) names = false;
    size_t far = verb ? verb->start - chain : 0;
    bool near = verb && far <= JA_REACH;
    bool quote =
        verb && !names && (linked ? near || clause : far <= JA_PARTIAL_REACH && !clause && has_topic(w, open, after));
    bool words =
        clause && (oc_slice_begins(after, "が") || oc_slice_begins(after, "は")) && oc_voice_words_of(w, chain + 3).len;
    if ((clause && oc_voice_owner(w, chain).len) || words) quote = true;
    /* 「…」（元大将）, 専門家からは「…」といった指摘が */
    if (clause && is_word_of(w, after) && oc_voice_asked(w, open).len) return (reading){true, true};
    if (clause &&
        (oc_voice_bracketed(w, close).len || (is_word_of(w, after) && oc_quote_going_round(w, open, chain).len)))
        return (reading){true, true};
    bool carried_on = w->state->topic.len && (w->done || oc_quote_is_before(w)), carried = clause && carried_on;
    if (carried && oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_HEARSAY, oc_voice_trim(after)))
        return (reading){true, true};                       /* 「…」という。 */
    if (carried && linked && !names && !verb) quote = true; /* 点数については「…」として公表を避けた */
    if (!verb && linked && !names && clause && oc_slice_begins(after, "と") &&
        oc_voice_topic(w, chain, w->text.len, true).len)
        return (reading){true, true}; /* 「…」と梁さんは笑う */
    if (oc_voice_words_before(w, open, chain).len) return (reading){true, clause};
    if (oc_quote_in_words_of(w, open) || oc_quote_is_predicate_of(w, open, after, w->state->topic.len != 0))
        return (reading){true, clause};
    bool second = clause && w->done && w->state->topic.len; /* 「…」と胸を張りつつ、「…」と気を引き締めた */
    if (!names && linked && (second || is_said_by_topic(w, open, clause) || oc_quote_named_behind(w, chain).len))
        quote = true;
    if (linked && !oc_slice_begins(after, "と") && !oc_slice_begins(after, "などと")) clause = false;
    return (reading){quote, clause};
}

static reading read_ko(const oc_quote_work *w, const oc_hit *verb, size_t open, size_t chain, oc_slice after,
                       bool clause, bool single)
{
    bool named = oc_quote_begins(w, OC_PHRASE_TERM_AFTER, after) || oc_quote_begins(w, OC_PHRASE_THOUGHT_AFTER, after);
    bool linked = oc_quote_begins(w, OC_PHRASE_QUOTING, oc_slice_trim(after));
    /* "…"라는 입장: words of a position make a quotation of what 라는 would only name. */
    size_t naming = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_TERM_AFTER, after);
    bool called = single && verb && verb->start <= chain + naming; /* ‘사람의 조건’이라고 부른다 */
    if (named && verb && linked && !called && oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_QUOTING, after) > naming)
        named = false;
    bool rumour = verb && single && oc_slice_is(verb->entry->value, "voiced"); /* ‘또 미뤄지나’는 말이 나온다 */
    bool quote = verb && !named && !rumour && (linked || (!single && verb->start - chain <= KO_REACH));
    size_t quotative = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_QUOTING, oc_slice_trim(after));
    oc_slice link = oc_slice_sub(oc_slice_trim(after), 0, quotative);
    bool quoting = oc_quote_ends(w, OC_PHRASE_GOES_ON_LINK, link) || oc_slice_ends_with(link, "고");
    if (!named && !single && quoting && is_said_by_topic(w, open, clause || !oc_slice_ends_with(link, "고")))
        quote = true;
    /* “…”이라고 위협했다, 물음에는 “…”고 받아넘겼다: whatever verb follows, unless it tells that nobody says it */
    oc_slice behind = oc_slice_trim(oc_slice_from(oc_slice_trim(after), quotative));
    if (!named && !single && quoting && !oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_UNSAID, behind) &&
        (oc_voice_topic(w, w->done, open, false).len || (clause && w->state->topic.len)))
        quote = true;
    if (!single && clause && oc_voice_owner(w, chain).len) return (reading){true, true};
    if (!single && (oc_quote_in_words_of(w, open) || oc_voice_words_before(w, open, chain).len))
        return (reading){true, clause};
    if (!single && clause && w->state->topic.len &&
        oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_HEARSAY, oc_voice_trim(after)))
        return (reading){true, true}; /* “…”는 것이다. */
    if (!single && !verb && !named && oc_hit_last(w, OC_LEX_SOURCE, w->done, open)) return (reading){true, false};
    if (!single && is_word_of(w, after) && oc_voice_topic(w, w->done, open, true).len) quote = true;
    if (!single && linked && (oc_quote_named_behind(w, chain).len || oc_quote_going_round(w, open, chain).len))
        quote = true;
    return (reading){quote, clause && !single && linked};
}

/* The longer words begin with capitals, as in a title. */
static bool has_capitals(oc_slice text)
{
    size_t words = 0;
    for (size_t i = 0; i + 4 < text.len; i++) {
        if (i && text.ptr[i - 1] != ' ') continue;
        words++;
        bool small = text.ptr[i] >= 'a' && text.ptr[i] <= 'z';
        if (small && !memchr(text.ptr + i, ' ', 4)) return false;
    }
    return words > 0 && words <= 8;
}

static reading read_en(const oc_quote_work *w, const oc_mark_pair *pair, const oc_hit *verb, oc_slice before,
                       size_t close, bool clause)
{
    bool single = is_single(pair);
    bool quote = verb && (!single || clause) && (clause || pair->mark == '"' || pair->mark == 0x201c);
    if (!clause && oc_quote_ends(w, OC_PHRASE_TERM_BEFORE, before) && !oc_hit_last(w, OC_LEX_SPEECH, 0, before.len))
        quote = false;
    /* ", who heads the command, "we can": an apposition of the speaker stands between the halves */
    bool halves = oc_slice_ends_with(oc_slice_trim(before), ",") && w->document->quotes.len &&
                  w->document->quotes.at[w->document->quotes.len - 1].sentence == w->index;
    bool clauses = w->done && oc_slice_begins(oc_slice_from(w->text, w->done), " and that ");
    clauses |= w->done && oc_slice_ends_with(before, " and ") && w->document->quotes.len &&
               w->document->quotes.at[w->document->quotes.len - 1].sentence == w->index;
    size_t reach = halves || clauses ? APPOSITION_REACH : GOES_ON_REACH;
    bool goes_on = !verb && w->done && before.len - w->done <= reach && pair->mark != '\'' && !single;
    if (goes_on && w->state->topic.len) quote = true; /* "…," she said in an interview, "and …" */
    /* A general put it bluntly: "…" */
    if (!verb && clause && !single && oc_slice_ends_with(oc_slice_trim(before), ":") &&
        oc_voice_opening(w, w->done, before.len).len)
        quote = true;
    const oc_hit *behind = oc_hit_first(w, OC_LEX_SOURCE, close, close + SOURCE_REACH);
    if (!verb && behind && !single) quote = true; /* "…," according to X */
    const oc_hit *source = oc_hit_last(w, OC_LEX_SOURCE, w->done, before.len);
    if (!verb && source && !single && before.len - source->end <= APPOSITION_REACH)
        quote = true;                      /* in the words of X */
    oc_slice noun = oc_slice_trim(before); /* In her new book, "Command Performance," the historian argues */
    oc_slice named = oc_slice_sub(w->text, before.len + (pair->mark == '"' ? 1 : 3), close);
    if (oc_slice_ends_with(noun, ",") && has_capitals(named)) noun.len--;
    bool titled = oc_quote_ends(w, OC_PHRASE_TITLE_BEFORE, noun) && verb && verb->start >= close;
    if (titled) quote = false; /* Under the headline "X", the weekly argued */
    if (!single && oc_quote_subject_of_words(w, before.len).len) return (reading){true, false};
    if (!clause && (oc_slice_ends_with(oc_slice_trim(before), "so-called") ||
                    oc_slice_ends_with(oc_slice_trim(before), "known as")))
        quote = false;
    return (reading){quote, clause};
}

static bool is_whole_sentence(const oc_quote_work *w, size_t open, size_t close)
{
    oc_slice behind = oc_voice_trim(oc_slice_from(w->text, close)), before = oc_slice_sub(w->text, 0, open);
    bool label = open && w->state->label.len && oc_quote_behind(w, w->state->label) <= open;
    if (label) before = oc_voice_trim(oc_slice_from(before, oc_quote_behind(w, w->state->label)));
    return (open == 0 || (label && !before.len)) && (behind.len == 0 || (label && oc_slice_is(behind, "]")));
}

/* Japanese: 「…」彼の言う後悔とは: words that nothing joins to what follows. */
static bool stands_alone(const oc_quote_work *w, size_t open, oc_slice after)
{
    size_t at = 0;
    uint32_t code = w->lang == OC_LANG_JA && open == 0 && after.len ? oc_utf8_next(after, &at) : 0;
    return code >= 0x30a0 && code < 0xa000 && code != 0x30fb; /* katakana, kanji */
}

static oc_slice without_comma(oc_slice content)
{
    return oc_slice_ends_with(content, ",") ? oc_slice_sub(content, 0, content.len - 1) : content;
}

/* Where a slice of the sentence starts in it, 0 if it is none. */
static size_t place_in(const oc_quote_work *w, oc_slice text)
{
    uintptr_t at = (uintptr_t)text.ptr, start = (uintptr_t)w->text.ptr;
    return text.len && at >= start && at < start + w->text.len ? at - start : 0;
}

/* "said the allies were "close" and that a date would follow": what the speaker says behind the marks. */
static void push_behind_pair(oc_quote_work *w, size_t open, size_t close, oc_voice voice)
{
    oc_slice rest = oc_slice_from(w->text, close);
    if (oc_slice_begins(rest, ",")) rest = oc_slice_from(rest, 1);
    size_t joint = oc_slice_find(oc_slice_sub(rest, 0, BEHIND_REACH), OC_SLICE(" and that "), 0);
    if (joint != SIZE_MAX && !oc_hit_first(w, OC_LEX_SPEECH, close, close + joint))
        rest = oc_slice_from(rest, joint);           /* "could be wrapped up" once the year is set, and that … */
    oc_slice state = oc_slice_sub(w->text, 0, open); /* the results were "satisfactory" and would be published */
    bool stated = oc_slice_ends_with(oc_slice_trim(state), " were") || oc_slice_ends_with(oc_slice_trim(state), " was");
    size_t deed = stated && oc_slice_begins(rest, " and ") ? strlen(" and ") : 0;
    if (deed && oc_quote_begins(w, OC_PHRASE_FINITE, oc_slice_from(rest, deed)) && voice.speaker.len &&
        !oc_hit_first(w, OC_LEX_SPEECH, close, w->text.len)) {
        oc_quote_push(w, w->index, OC_QUOTE_INDIRECT, oc_voice_trim(oc_slice_from(rest, deed)), voice);
        w->done = w->text.len;
        return;
    }
    size_t that = oc_slice_begins(rest, " and that ") || oc_slice_begins(rest, " but that ") ? strlen(" and that ") : 0;
    if (!that || !voice.speaker.len || oc_slice_find(rest, OC_SLICE("\""), 0) != SIZE_MAX ||
        oc_slice_find(rest, OC_SLICE("“"), 0) != SIZE_MAX)
        return;
    oc_quote_push(w, w->index, OC_QUOTE_INDIRECT, oc_voice_trim(oc_slice_from(rest, that)), voice);
    w->done = w->text.len;
}

/* "당국자는 … 다른 문제라며 “…”라고 선을 그었다": what the speaker says before the marks. */
static void push_before_pair(oc_quote_work *w, size_t open, oc_voice voice)
{
    uintptr_t at = (uintptr_t)voice.speaker.ptr, text = (uintptr_t)w->text.ptr;
    size_t from = at >= text && at < text + open ? at - text + voice.speaker.len : w->done, length;
    if (from < w->done) from = w->done;
    size_t last = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_GOES_ON, w->text, from, open, &length);
    /* "당국자는 … 문제라면서도 동맹이 “…”" */
    bool goes_on = last != SIZE_MAX && last + length + GOES_ON_GAP >= open && !oc_voice_inside_pair(w, last);
    size_t cut = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_CUT, w->text, from, open, &length);
    if (!goes_on || cut == SIZE_MAX || cut < from + BEFORE_BYTES || !voice.speaker.len) return;
    oc_slice content = oc_voice_trim(oc_slice_sub(w->text, from, cut + 3));
    size_t gap = oc_slice_find(content, OC_SLICE(" "), 0);
    if (gap != SIZE_MAX && gap <= 6) content = oc_slice_from(content, gap + 1); /* the particle of the topic */
    content = oc_quote_without_occasion(w, content);
    oc_quote_push(w, w->index, OC_QUOTE_INDIRECT, content, voice);
}

/* "We are walking," he said. "Slowly.": the sentence before is quoted, too. */
static bool goes_on_from_before(const oc_quote_work *w)
{
    const oc_document *document = w->document;
    const oc_quote *last = document->quotes.len ? &document->quotes.at[document->quotes.len - 1] : NULL;
    return last && w->lang == OC_LANG_EN && last->sentence + 1 == w->index && last->kind == OC_QUOTE_DIRECT;
}

/* Who goes on speaking, as the quotation right before names him: the official. */
static oc_voice voice_before(const oc_quote_work *w)
{
    const oc_document *document = w->document;
    const oc_quote *last = document->quotes.len ? &document->quotes.at[document->quotes.len - 1] : NULL;
    bool same = last && last->sentence + 1 >= w->index && last->speaker.len &&
                oc_slice_equal(oc_voice_known(w, last->speaker), w->state->topic);
    return same ? (oc_voice){.speaker = last->speaker, .meant = w->state->topic}
                : (oc_voice){.speaker = w->state->topic};
}

/* Korean: "…"이라고 부르며 논의를 환영한다고 했다: the verb found has words of its own before it. */
static bool reports_itself(const oc_quote_work *w, size_t from, const oc_hit *verb)
{
    size_t length, to = verb->end + strlen("고") < w->text.len ? verb->end + strlen("고") : w->text.len;
    return from < to &&
           oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_CUT, w->text, from, to, &length) != SIZE_MAX;
}

/* English: "He did not expect an answer, he said, but the military watched "every hour"": the clause before the verb.
 */
static void push_before_inserted(oc_quote_work *w, size_t open, const oc_hit *verb, oc_voice voice)
{
    size_t comma = oc_quote_last_word(w->text, ", ", w->done, verb->start);
    oc_slice rest = oc_slice_from(w->text, verb->end);
    bool aside = oc_slice_begins(rest, ", ");
    bool anew = aside && oc_quote_begins(w, OC_PHRASE_JOINT, oc_slice_from(rest, strlen(", ")));
    size_t next = aside ? oc_quote_last_word(w->text, ", and ", verb->end, open) : SIZE_MAX;
    if (next != SIZE_MAX && aside && oc_slice_begins(rest, ", to ")) {
        oc_quote_push_indirect(w, oc_slice_sub(w->text, w->done, next), voice, next);
        return; /* "It would be wrong, he said, to speak of a rift, and "…"" */
    }
    if (!anew || comma == SIZE_MAX || comma < w->done + REPORT_BYTES || verb->start - comma > EN_FRONT_REACH ||
        !oc_voice_subject(w, comma + 2, verb->start).len)
        return;
    oc_quote_push_indirect(w, oc_slice_sub(w->text, w->done, comma), voice, verb->end);
}

/* English: "told the Assembly in July that Seoul wanted a year this autumn and the transfer "within the term"": the
 * clause before the last joint. */
static void push_first_half(oc_quote_work *w, const oc_hit *verb, size_t open, oc_voice voice)
{
    oc_slice rest = oc_slice_sub(w->text, verb->end, open);
    while (rest.len && rest.ptr[0] == ' ') rest = oc_slice_from(rest, 1);
    bool told = oc_quote_begins(w, OC_PHRASE_TELLS, oc_slice_sub(w->text, verb->start, verb->end));
    size_t that = oc_quote_find_that(w, rest, told);
    if (that == SIZE_MAX || oc_slice_find(rest, OC_SLICE("\""), 0) != SIZE_MAX) return;
    oc_slice said = oc_slice_from(rest, that + strlen("that "));
    size_t joint = oc_slice_find_last(said, OC_SLICE(" and "), 0);
    oc_slice clause = oc_voice_trim(oc_slice_sub(said, 0, joint == SIZE_MAX ? 0 : joint));
    bool whole = oc_voice_holds_verb(w, clause) || oc_quote_begins(w, OC_PHRASE_OWNER, clause);
    if (clause.len >= REPORT_BYTES && whole) oc_quote_push(w, w->index, OC_QUOTE_INDIRECT, clause, voice);
}

/* English: what verbs before that of the pair report; "X, the official said, though he conceded that "…"": he is the
 * official. "replied that the decision was political and that "…"": its first half. */
static void read_before_verb(oc_quote_work *w, size_t open, size_t close, const oc_hit *verb, oc_voice *v)
{
    size_t known = w->document->quotes.len;
    /* "told them that it would be met, a date that, according to X, "…"": the verb has words of its own */
    bool own = oc_hit_last(w, OC_LEX_SOURCE, verb->end, open) != NULL;
    oc_quote_read_indirect_before(w, own ? open : verb->start);
    if (w->document->quotes.len > known)
        *v = oc_quote_voice(w, open, close, verb);
    else if (v->speaker.len)
        push_before_inserted(w, open, verb, *v);
    oc_slice first = oc_slice_sub(w->text, verb->end, open);
    bool joined = oc_slice_ends_with(first, " and that ") || oc_slice_ends_with(first, " but that ");
    if (!joined && v->speaker.len) push_first_half(w, verb, open, *v);
    if (!joined || !v->speaker.len) return;
    first = oc_slice_trim(oc_slice_sub(first, 0, first.len - strlen(" and that ")));
    if (oc_slice_begins(first, "that "))
        first = oc_slice_from(first, strlen("that "));
    else if (!oc_quote_begins_clause(w, first))
        return;
    if (first.len >= REPORT_BYTES / 2) oc_quote_push(w, w->index, OC_QUOTE_INDIRECT, oc_voice_trim(first), *v);
}

/* English: words in small letters are part of a sentence of the text ("said it was "working with 2028""), but those
 * behind a comma go on with what was quoted before. */
static bool is_direct_en(const oc_quote_work *w, oc_slice before, oc_slice content, bool clause)
{
    before = oc_slice_trim(before);
    bool small = content.ptr[0] >= 'a' && content.ptr[0] <= 'z';
    if (!before.len && !small && content.ptr[0] > '9') return true; /* "Yes," he said. */
    bool stop =
        oc_slice_ends_with(content, ".") || oc_slice_ends_with(content, "?") || oc_slice_ends_with(content, "!");
    if (!small && stop && content.ptr[0] > '9' && oc_slice_ends_with(before, ":"))
        return true; /* he said: "Eventually." */
    if (!before.len || !small) return clause;
    const oc_document *document = w->document;
    const oc_quote *last = document->quotes.len ? &document->quotes.at[document->quotes.len - 1] : NULL;
    if (!oc_slice_ends_with(before, ",")) return clause && strchr(":;", before.ptr[before.len - 1]);
    bool goes_on = last && last->sentence == w->index && last->kind == OC_QUOTE_DIRECT;
    return clause || (goes_on && words_of(content) >= DIRECT_WORDS);
}

/* Korean: “올해는 전환의 분수령”이라며: the copula behind the marks makes a sentence of a noun with its words, unless
 * the text brings its subject or object itself: 이를 “마지막 관문”이라고. */
static bool is_direct_ko(const oc_quote_work *w, oc_slice before, oc_slice content, oc_slice after, oc_slice speaker)
{
    bool copula = oc_quote_begins(w, OC_PHRASE_QUOTING, after) &&
                  (oc_slice_begins(after, "이라") || oc_slice_begins(after, "라"));
    if (!copula || words_of(content) < DIRECT_WORDS) return false;
    before = oc_slice_trim(before);
    bool subject = oc_slice_ends_with(before, "이") || oc_slice_ends_with(before, "가");
    if (subject) before.len -= strlen("이");
    return !oc_slice_ends_with(before, "을") && !oc_slice_ends_with(before, "를") &&
           (!subject || oc_slice_ends(before, speaker));
}

/* English: "Responding to criticism that it was "driven by the calendar," the office said": words of nobody. */
static bool is_criticism(const oc_quote_work *w, oc_slice before, const oc_hit *verb)
{
    if (!verb || verb->start < before.len || w->done) return false;
    size_t length, critics = oc_phrase_first_in(w->hits, w->lexicon, OC_LANG_EN, OC_PHRASE_CRITICISM, w->text, 0,
                                                before.len, &length);
    return critics != SIZE_MAX && oc_voice_is_front(w, before);
}

/* The words are those of a whole sentence, not some of them in a sentence of the text. */
static bool is_direct(const oc_quote_work *w, oc_slice before, oc_slice content, oc_slice after, bool clause,
                      oc_slice speaker)
{
    if (w->lang == OC_LANG_EN) return is_direct_en(w, before, content, clause);
    return clause || (w->lang == OC_LANG_KO && is_direct_ko(w, before, content, after, speaker));
}

bool oc_quote_read_pair(oc_quote_work *w, const oc_mark_pair *pair)
{
    uint32_t base = w->document->sentences.at[w->index].start;
    size_t open = pair->open - base, close = pair->close_end - base;
    oc_slice content = oc_slice_sub(w->document->body, pair->open_end, pair->close);
    if (!oc_slice_trim(content).len || close > w->text.len) return false;
    size_t chain = end_of_chain(w, close);
    oc_slice before = oc_slice_sub(w->text, 0, open), after = oc_slice_from(w->text, chain);
    bool single = is_single(pair), titled = is_title_mark(pair), clause = is_clause(w, content);
    const oc_hit *verb = titled ? NULL : answering_verb(w, open, close, chain);
    if (!single && oc_quote_subject_of_words(w, open).len) verb = NULL; /* the next verb has words of its own */
    bool answered = w->lang == OC_LANG_EN ? is_criticism(w, before, verb) : is_answered(w, open, after);
    reading r = w->lang == OC_LANG_JA   ? read_ja(w, verb, open, close, chain, clause)
                : w->lang == OC_LANG_KO ? read_ko(w, verb, open, chain, after, clause, single)
                                        : read_en(w, pair, verb, before, close, clause);
    if (answered) r.quote = false;
    oc_voice v = r.quote ? oc_quote_voice(w, open, close, verb) : (oc_voice){.speaker = {"", 0}};
    /* 「今年こそ」と書かれていた: on a banner */
    if (r.quote && !v.speaker.len && verb && oc_slice_is(verb->entry->value, "stated")) r.quote = false;
    /* What the paper calls "X", neither figure tells what "X" is: a few words of nobody */
    if (r.quote && w->lang == OC_LANG_EN && !r.clause &&
        (!v.speaker.len || oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_NOBODY, v.speaker)))
        r.quote = false;
    if (r.quote) {
        /* "AはXと説明し、Bは「…」と述べた": first what A said. */
        size_t own = w->lang == OC_LANG_EN ? 0 : place_in(w, v.speaker);
        if (own > w->done + REPORT_BYTES && own < open)
            oc_quote_read_indirect_before(w, own);
        else if (w->lang != OC_LANG_EN)
            oc_quote_read_indirect_before(w, open);
        else if (w->lang == OC_LANG_EN && verb && verb->start < open)
            read_before_verb(w, open, close, verb, &v);
        if (w->lang == OC_LANG_KO) push_before_pair(w, open, v);
        bool inner = oc_quote_find_inner(w, open, verb, &v);
        oc_quote_find_reporter(w, verb, &v);
        bool direct = is_direct(w, before, content, after, r.clause, v.speaker);
        oc_quote_push(w, w->index, direct ? OC_QUOTE_DIRECT : OC_QUOTE_PARTIAL, without_comma(content), v);
        if (inner) w->state->topic = oc_voice_known(w, v.reported_by);
        size_t end = verb && verb->end > chain ? verb->end : chain;
        size_t link = w->lang == OC_LANG_KO ? oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_QUOTING, after) : 0;
        if (link && oc_quote_ends(w, OC_PHRASE_GOES_ON_LINK, oc_slice_sub(after, 0, link)))
            end = chain + link; /* "…"라며 실제 전환은 2029년에야 가능할 것으로 내다봤다 */
        if (link && verb && reports_itself(w, chain + link, verb)) end = chain + link;
        if (end > w->done) w->done = end;
        if (w->lang == OC_LANG_EN && verb && verb->start < open) push_behind_pair(w, open, close, v);
    } else if (!single && !titled && (is_whole_sentence(w, open, close) || stands_alone(w, open, after)) &&
               w->state->topic.len && (clause || goes_on_from_before(w))) {
        oc_quote_push(w, w->index, OC_QUOTE_DIRECT, content, voice_before(w));
        w->done = close;
    } else {
        oc_bracket_kind kind = bracket_kind(w, pair, content, before, oc_slice_from(w->text, close));
        *oc_vec_push(w->arena, &w->document->brackets) = (oc_bracket){w->index, content, kind};
        return false;
    }
    return true;
}
