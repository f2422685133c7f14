/* Who speaks the words in a pair of quotation marks: the topic of the clause before, the name beside the verb or right
 * behind the marks, whom a clause asks, the source; who is told of inside a report, and who passes it on. */
#include "reading/voice.h"

enum { ANSWER_REACH = 18, ANSWER_GAP = 24, OUTER_BYTES = 24, QUESTION_REACH = 40, WHO_BYTES = 24 };

/* "a planner insisted that … and described": the verb of speech whose subject the one at hand shares, or NULL. */
static const oc_hit *shared_subject(const oc_quote_work *w, const oc_hit *verb)
{
    oc_slice before = oc_slice_sub(w->text, w->done, verb->start);
    if (!oc_slice_ends_with(before, " and ") && !oc_slice_ends_with(before, " but ")) return NULL;
    const oc_hit *first = oc_hit_first(w, OC_LEX_SPEECH, w->done, verb->start);
    return first && !oc_voice_inside_pair(w, first->start) ? first : NULL;
}

/* A joint statement "noted the progress": who does what the marks tell, right before them; "" if nobody. */
oc_slice oc_quote_subject_of_words(const oc_quote_work *w, size_t open)
{
    oc_slice content = oc_slice_from(w->text, open + (w->text.ptr[open] == '"' ? 1 : strlen("“")));
    bool small = content.len && content.ptr[0] >= 'a' && content.ptr[0] <= 'z';
    if (w->lang != OC_LANG_EN || !small) return (oc_slice){"", 0};
    oc_slice before = oc_slice_trim(oc_slice_sub(w->text, w->done, open));
    size_t from = (size_t)(before.ptr - w->text.ptr), gap = oc_slice_find(content, OC_SLICE(" "), 0);
    oc_slice word = oc_slice_sub(content, 0, gap);
    bool verb = gap != SIZE_MAX &&
                (oc_slice_ends(word, OC_SLICE("ed")) || oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_VERB, word));
    bool it = oc_slice_is(before, "It") && w->state->paper.len; /* It "welcomes" the progress made */
    if (it && oc_slice_ends_with(word, "s")) return before;
    if (!verb || !before.len) return (oc_slice){"", 0};
    oc_slice name = oc_voice_subject(w, from, open);
    if (!name.len || oc_quote_behind(w, name) + 1 < open || oc_hit_first(w, OC_LEX_SPEECH, w->done, open))
        return (oc_slice){"", 0};
    bool paper = oc_voice_of(w, name).is_document, alone = !oc_hit_first(w, OC_LEX_SPEECH, open, w->text.len);
    size_t at = (size_t)(name.ptr - w->text.ptr);
    bool somebody = oc_hit_first(w, OC_LEX_TITLE, at, open) || oc_voice_actor(w->document, name) >= 0;
    return paper || (alone && somebody) ? name : (oc_slice){"", 0};
}

/* "a statement by the People Power Party, which called": who is named or what stands right before the comma. */
static oc_slice told_of_by_which(const oc_quote_work *w, const oc_hit *verb)
{
    oc_slice before = oc_slice_sub(w->text, w->done, verb->start), none = {"", 0};
    if (!oc_slice_ends_with(before, ", which ")) return none;
    size_t comma = verb->start - strlen(", which ");
    const oc_document *document = w->document;
    for (size_t i = document->mentions.len; i-- > 0 && document->mentions.at[i].sentence == w->index;)
        if (document->mentions.at[i].mention.to == comma)
            return oc_slice_sub(w->text, document->mentions.at[i].mention.from, comma);
    const oc_hit *paper = oc_hit_last(w, OC_LEX_DOCUMENT, w->done, comma);
    return paper && paper->end == comma ? oc_slice_sub(w->text, paper->start, comma) : none;
}

/* "the chairman of the panel", "farmers near the border" */
static bool is_inside_name(oc_slice word)
{
    static const char *const words[] = {"of", "for", "in", "at", "near", "on", "under", "outside"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (oc_slice_is(word, words[i])) return true;
    return false;
}

oc_slice oc_quote_told_of_by_who(const oc_quote_work *w, size_t from, const oc_hit *verb)
{
    oc_slice before = oc_slice_sub(w->text, from, verb->start), none = {"", 0};
    size_t who = oc_slice_find_last(before, OC_SLICE(", who "), 0);
    if (who == SIZE_MAX || before.len - who > WHO_BYTES) return none;
    oc_slice clause = oc_slice_sub(before, 0, who);
    oc_slice between = oc_slice_trim(oc_slice_from(before, who + strlen(", who "))); /* "who keeps his say on": none */
    if (between.len && !oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_TAIL, between)) return none;
    for (size_t at = clause.len; at-- > 1;) {
        if (clause.ptr[at - 1] != ' ') continue;
        oc_slice word = oc_slice_sub(clause, at, oc_slice_find(clause, OC_SLICE(" "), at));
        if (is_inside_name(word)) continue;
        bool border = oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PREPOSITION, word) || oc_voice_holds_verb(w, word) ||
                      oc_slice_find(word, OC_SLICE(","), 0) != SIZE_MAX;
        if (!border) continue;
        oc_slice name = oc_slice_trim(oc_slice_from(clause, at + word.len));
        bool verbs = oc_voice_holds_verb(w, oc_slice_sub(clause, 0, at + word.len));
        return verbs && oc_quote_is_named(w, name) ? name : none;
    }
    return none;
}

/* Somebody was quoted in this sentence. */
static bool spoke_here(const oc_quote_work *w)
{
    size_t quotes = w->document->quotes.len;
    return quotes && w->document->quotes.at[quotes - 1].sentence == w->index;
}

static oc_slice en_speaker(const oc_quote_work *w, size_t open, size_t close, const oc_hit *verb)
{
    oc_slice name = {"", 0};
    if (verb && verb->start >= close) {
        oc_slice between = oc_voice_trim(oc_slice_sub(w->text, close, verb->start));
        name = between.len > 1 && between.len < 100 ? oc_voice_subject(w, close, verb->start)
                                                    : oc_voice_object(w, verb->end);
    } else if (verb && w->done && oc_slice_ends_with(oc_slice_sub(w->text, verb->start, verb->end), "ing")) {
        name = w->state->topic; /* "he said, adding that …" */
    } else if (verb) {
        const oc_hit *first = shared_subject(w, verb);
        oc_slice before = oc_slice_sub(w->text, w->done, verb->start);
        bool again = w->done && !first && (oc_slice_ends_with(before, " and ") || oc_slice_ends_with(before, " but "));
        if (again && w->state->topic.len && spoke_here(w))
            return w->state->topic; /* dismissed as "fiction" a report that …, and said that "…" */
        bool aside = oc_slice_ends_with(oc_slice_sub(w->text, w->done, verb->start), ", ");
        oc_slice word = oc_slice_sub(w->text, verb->start, verb->end);
        if (aside && oc_slice_is(verb->entry->value, "said") && !oc_slice_ends_with(word, "ing") &&
            !oc_quote_begins(w, OC_PHRASE_TELLS, word)) { /* In practice, says X, there is */
            oc_slice behind = oc_voice_object(w, verb->end);
            oc_slice rest = behind.len ? oc_slice_from(w->text, oc_quote_behind(w, behind)) : behind;
            bool apart = oc_slice_begins(rest, ",") || oc_slice_begins(rest, " of ") || oc_slice_begins(rest, " at ");
            if (apart && behind.ptr[0] >= 'A' && behind.ptr[0] <= 'Z' && oc_quote_behind(w, behind) < open)
                return behind;
        }
        oc_slice told = told_of_by_which(w, verb);
        if (!told.len) told = oc_quote_told_of_by_who(w, w->done, verb);
        if (told.len) return told;
        name = oc_voice_subject(w, w->done, first ? first->start : verb->start);
        if (!name.len) name = oc_voice_opening(w, w->done, verb->start);
    }
    if (!verb && oc_slice_ends_with(oc_slice_trim(oc_slice_sub(w->text, 0, open)), ":"))
        name = oc_voice_opening(w, w->done, open);
    if (oc_slice_is(name, "the") || oc_slice_is(name, "a") || oc_slice_is(name, "an")) name.len = 0;
    bool pronoun = oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, name);
    /* "The minister went further: "…," he said": he is who the sentence begins with. */
    bool behind = (verb && verb->start >= close) || (pronoun && !oc_voice_resolve(w, name).len);
    oc_slice opening = pronoun && behind && open > 0 ? oc_voice_opening(w, 0, open) : (oc_slice){"", 0};
    return opening.len ? opening : name;
}

/* "議員がただすと、「…」と答えた", "의원이 묻자 “…”": who asks is not who answers. */
static bool answers_another(const oc_quote_work *w, size_t open)
{
    if (w->lang == OC_LANG_EN) return false;
    oc_slice before = oc_slice_trim(oc_slice_sub(w->text, 0, open));
    const oc_hit *verb = oc_hit_last(w, OC_LEX_SPEECH, 0, open);
    bool close = verb && open - verb->end <= ANSWER_REACH;
    if (w->lang == OC_LANG_JA)
        return close && oc_slice_ends_with(before, "と、") && !oc_slice_ends_with(before, "だと、") &&
               !oc_slice_ends_with(before, "では、");
    size_t length,
        asking = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_ASKING, w->text, w->done, open, &length);
    bool asked = asking != SIZE_MAX && asking + length + ANSWER_GAP >= open && /* 기자들이 거듭 묻자 작업이 “…” */
                 oc_slice_ends_with(oc_slice_sub(w->text, 0, asking + length), "자") &&
                 !oc_voice_topic(w, asking + length, open, true).len;
    if (!asked && !(close && (oc_slice_ends_with(before, "자") || oc_slice_ends_with(before, "자,")))) return false;
    oc_slice topic = oc_voice_topic(w, 0, open, true); /* 차관은 시점을 묻자 “…”: whom the sentence is about */
    return !topic.len || !oc_quote_begins(w, OC_PHRASE_TOPIC, oc_slice_from(w->text, oc_quote_behind(w, topic)));
}

/* Whom the one asks who was quoted last: the topic before the sentence that quotes him, else the voice before. */
static oc_slice who_answers(const oc_quote_work *w)
{
    const oc_quote_state *state = w->state;
    oc_slice topic = w->done ? state->former : state->topic;
    return topic.len ? topic : state->voices[1];
}

/* Japanese and Korean: who is named behind the marks without a verb: と安氏。, …는 게 장관의 설명이다. */
oc_slice oc_quote_named_behind(const oc_quote_work *w, size_t close)
{
    if (w->lang == OC_LANG_EN) return (oc_slice){"", 0};
    oc_slice name = oc_voice_behind_pair(w, close);
    if (!name.len) name = oc_voice_bracketed(w, close);
    if (!name.len) name = oc_voice_owner(w, close);
    oc_slice after = oc_slice_from(w->text, close); /* 「…」が司令官の口癖だ */
    size_t particle = oc_slice_begins(after, "が") || oc_slice_begins(after, "は") ? 3 : 0;
    return name.len ? name : oc_voice_words_of(w, close + particle);
}

/* "軍内部からは「…」との声も漏れる": words that go round among some, not the topic's. */
oc_slice oc_quote_going_round(const oc_quote_work *w, size_t open, size_t close)
{
    oc_slice after = oc_slice_from(w->text, close);
    size_t link = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_NAMING, after);
    bool word = link && (w->lang != OC_LANG_KO || oc_slice_begins(oc_slice_from(after, link), " "));
    bool place = oc_slice_ends_with(oc_slice_trim(oc_slice_sub(w->text, 0, open)), "에서") &&
                 oc_voice_topic(w, w->done, open, true).len; /* 장관도 축사에서 “…”는 뜻을 내비쳤다 */
    return word && !place ? oc_voice_origin(w, w->done, open) : (oc_slice){"", 0};
}

/* The document in which words in marks stand, unless somebody says them in it: "장관도 축사에서 “…”". */
static oc_slice stated_in_marks(const oc_quote_work *w, const oc_hit *verb, size_t open)
{
    oc_slice document = oc_voice_stated_in(w, verb, w->done, open);
    oc_slice topic = document.len ? oc_voice_topic(w, w->done, open, true) : document;
    return topic.len && topic.ptr < document.ptr ? (oc_slice){"", 0} : document;
}

/* Where the next pair of marks opens in [from, to) of the sentence, else `to`. */
static size_t next_pair(const oc_quote_work *w, size_t from, size_t to)
{
    uint32_t base = w->document->sentences.at[w->index].start;
    for (size_t i = w->state->pair + 1; i < w->document->pairs.len && w->document->pairs.at[i].open < base + to; i++) {
        const oc_mark_pair *pair = &w->document->pairs.at[i];
        bool marks = pair->mark == 0x201c || pair->mark == '"' || pair->mark == 0x300c;
        if (marks && !pair->nested && pair->open >= base + from) return pair->open - base;
    }
    return to;
}

/* 青書の言葉を借りれば「…」, 그의 표현을 빌리면 “…”: the marks hold words of the source. */
bool oc_quote_in_words_of(const oc_quote_work *w, size_t open)
{
    const oc_hit *source = oc_hit_last(w, OC_LEX_SOURCE, w->done, open);
    return source && oc_slice_is(source->entry->value, "words");
}

/* Japanese: 大統領府の説明によれば、転換は「自主国防の最後の一歩」である。熱意は「うれしい悩み」でもあるという。: what
 * the source says of something stands in marks. */
bool oc_quote_is_predicate_of(const oc_quote_work *w, size_t open, oc_slice after, bool carried)
{
    size_t length = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_COPULA, after);
    oc_slice rest = oc_voice_trim(oc_slice_from(after, length));
    const oc_hit *source = oc_hit_last(w, OC_LEX_SOURCE, w->done, open);
    oc_slice content = oc_slice_sub(w->text, open + strlen("「"), (size_t)(after.ptr - w->text.ptr) - strlen("」"));
    if (source && oc_quote_ends(w, OC_PHRASE_SENTENCE_END, content) &&
        !oc_quote_begins(w, OC_PHRASE_TERM_AFTER, after) &&
        !oc_hit_first(w, OC_LEX_SPEECH, (size_t)(after.ptr - w->text.ptr), w->text.len))
        return true; /* 国防相によれば、年度は「ほぼ絞られた」状態だ */
    if (!length || !oc_slice_ends_with(oc_slice_sub(w->text, 0, open), "は")) return false;
    return (source && (!rest.len || oc_slice_is(rest, "という"))) || (carried && oc_slice_is(rest, "という"));
}

/* Korean: "소식통은 “…”면서도 양국이 합의한 것은 아니라고 전했다": a mere subject of what the topic goes on to say. */
static bool is_of_next_clause(const oc_quote_work *w, oc_slice name, size_t open, size_t close)
{
    if (w->lang != OC_LANG_KO) return false;
    oc_slice behind = oc_slice_from(w->text, close), after = oc_slice_from(w->text, oc_quote_behind(w, name));
    size_t gap = oc_slice_find(behind, OC_SLICE(" "), 0);
    oc_slice link = oc_voice_trim(oc_slice_sub(behind, 0, gap == SIZE_MAX ? 0 : gap));
    return oc_quote_begins(w, OC_PHRASE_SUBJECT_MARK, after) && oc_quote_ends(w, OC_PHRASE_GOES_ON_LINK, link) &&
           oc_voice_topic(w, w->done, open, true).len;
}

/* The name stands in what somebody is asked before the marks: "양국이 의견을 좁혔느냐는 질문에 대변인은 “…”". Who
 * answers is named behind the question, or spoke before; "" if nobody is asked. */
static oc_slice who_is_questioned(const oc_quote_work *w, oc_slice name, size_t open)
{
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    oc_slice none = {"", 0};
    if (at < text || at + name.len > text + open) return none;
    size_t length, from = at - text + name.len;
    oc_slice mark = oc_slice_from(w->text, from);
    bool topic = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_TOPIC, mark) ||
                 (w->lang == OC_LANG_KO && oc_slice_begins(mark, "도 ") &&
                  !oc_voice_is_body(w, name)); /* 당국자도 …냐는 질의에 “…” */
    if (topic) return none;
    size_t asked = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_QUESTIONED, w->text, from, open, &length);
    if (asked == SIZE_MAX) return none;
    oc_slice behind = oc_voice_topic(w, asked + length, open, true);
    return behind.len || asked + length + QUESTION_REACH <= open ? behind : w->state->topic;
}

/* Japanese, Korean: "「…」と話すのは林教授だ": who speaks behind a cleft, if he has a sign of being somebody. */
static oc_slice cleft_behind(const oc_quote_work *w, size_t close, const oc_hit *verb)
{
    bool behind = w->lang != OC_LANG_EN && verb && verb->start >= close;
    oc_slice name = behind ? oc_voice_cleft(w, verb) : (oc_slice){"", 0};
    return name.len && oc_voice_has_evidence(w, name) ? name : (oc_slice){"", 0};
}

/* The topic is what is said something of: 目標年度, 전작권 전환. */
static bool is_milestone(const oc_quote_work *w, oc_slice name)
{
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    if (at < text || at + name.len > text + w->text.len || !w->state->topic.len) return false;
    size_t a = at - text, b = a + name.len;
    const oc_hit *hit = oc_hit_last(w, OC_LEX_MILESTONE, a, b);
    return hit && hit->end == b && oc_voice_actor(w->document, name) < 0;
}

/* Korean: 야당의 우려는 “기우”라고 했다: what others say is told of, by whoever spoke before. */
static bool is_words_of_others(const oc_quote_work *w, oc_slice name)
{
    size_t noun =
        w->lang == OC_LANG_KO && w->state->topic.len ? oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_NOUN, name) : 0;
    return noun && noun < name.len && oc_slice_ends_with(oc_slice_sub(name, 0, name.len - noun), "의 ");
}

/* Korean: 장관은 “…”고 답했다가 회의장이 술렁이자 “…”며 물러섰다: who only makes the one who spoke before go on. */
static bool is_of_reaction(const oc_quote_work *w, oc_slice name, size_t open)
{
    if (w->lang != OC_LANG_KO || !w->done || !w->state->topic.len) return false;
    size_t behind = oc_quote_behind(w, name);
    oc_slice before = oc_slice_trim(oc_slice_sub(w->text, w->done, open));
    return behind > w->done && oc_slice_ends_with(before, "자") && !oc_hit_first(w, OC_LEX_SPEECH, behind, open) &&
           oc_quote_begins(w, OC_PHRASE_SUBJECT_MARK, oc_slice_from(w->text, behind));
}

bool oc_quote_is_before(const oc_quote_work *w)
{
    const oc_document *document = w->document;
    const oc_sentence *own = &document->sentences.at[w->index];
    return w->index && document->quotes.len && own[-1].paragraph == own->paragraph &&
           document->quotes.at[document->quotes.len - 1].sentence + 1 == w->index;
}

void oc_quote_told(const oc_quote_work *w, const oc_hit *verb, oc_voice *voice)
{
    oc_slice word = oc_slice_sub(w->text, verb->start, verb->end);
    if (!oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_TELLS, word)) return;
    oc_slice to = oc_voice_object(w, verb->end);
    if (to.len && to.ptr[0] >= 'A' && to.ptr[0] <= 'Z') voice->reported_by = to;
}

/* Japanese, Korean: who is named for these words apart from the topic of the clause: behind the marks, in a cleft, as
 * the owner of the words, as the source or document that holds them. */
static oc_slice cjk_named(const oc_quote_work *w, size_t open, size_t close, const oc_hit *verb, oc_slice source,
                          size_t behind)
{
    oc_slice name = oc_quote_named_behind(w, close);
    if (!name.len) name = cleft_behind(w, close, verb);
    if (!name.len) name = oc_voice_words_before(w, open, close);
    if (!name.len) name = oc_quote_going_round(w, open, close);
    if (!name.len) name = stated_in_marks(w, verb, open);
    bool own = w->lang == OC_LANG_JA ? oc_quote_is_predicate_of(w, open, oc_slice_from(w->text, close), false) : !verb;
    return source.len && behind < open && (own || oc_quote_in_words_of(w, open)) ? source : name;
}

/* Japanese, Korean: the topic of the clause in which the words stand; from byte `from` on. */
static oc_slice cjk_topic(const oc_quote_work *w, size_t from, size_t open, size_t close, const oc_hit *verb)
{
    bool japanese = w->lang == OC_LANG_JA;
    oc_slice name = {"", 0}, behind = oc_slice_from(w->text, close);
    size_t next = verb ? next_pair(w, close, verb->start) : 0; /* “…”고 하자 의원은 “…”고 받아쳤다 */
    size_t link = japanese ? oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_QUOTING, behind) : 0;
    size_t behind_link = close + link; /* 「…」と徐氏は言う */
    if (verb && next > behind_link) name = oc_voice_topic(w, behind_link, next, true);
    if (name.len && is_of_next_clause(w, name, open, close)) name = (oc_slice){"", 0};
    if (!verb && japanese && oc_slice_begins(behind, "と")) name = oc_voice_topic(w, behind_link, w->text.len, true);
    if (next < (verb ? verb->start : 0) && oc_voice_topic(w, w->done, open, true).len) name = (oc_slice){"", 0};
    /* …を「本物だ」と評しつつ、残る課題は「…」と述べた: what has no sign of being somebody is told of */
    bool goes_on = japanese && w->state->topic.len && w->done;
    return name.len ? name : oc_voice_last_topic(w, from, open, goes_on);
}

/* Japanese, Korean: who speaks, by the topic and by whom a clause before the words asks, answers or turns to. */
static oc_slice cjk_speaker(const oc_quote_work *w, size_t from, size_t open, size_t close, const oc_hit *verb)
{
    oc_slice name = cjk_topic(w, from, open, close, verb);
    if (!name.len && verb && verb->start >= close) name = oc_voice_told(w, verb);
    if (name.len && is_milestone(w, name)) name = w->state->topic; /* そのうえで、目標年度は「…」と繰り返した */
    if (name.len && (is_words_of_others(w, name) || is_of_reaction(w, name, open))) name = w->state->topic;
    oc_slice answers = name.len ? who_is_questioned(w, name, open) : name; /* 미국도 같은 생각이냐는 질문에 “…” */
    if (answers.len) name = answers;
    oc_slice asked = oc_voice_asked(w, open); /* 担当者に尋ねると「…」 */
    if (asked.len &&
        (!name.len || answers_another(w, open) || oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, name)))
        name = asked;
    else if (answers_another(w, open))
        name = who_answers(w);
    /* "統一省は求めているが、国防部は「…」": who speaks behind the turn. */
    size_t length, after = name.len ? (size_t)(name.ptr - w->text.ptr) + name.len : open;
    size_t turn = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_TURNS, w->text, after, open, &length);
    oc_slice other = turn == SIZE_MAX ? (oc_slice){"", 0} : oc_voice_topic(w, turn + length, open, true);
    if (other.len) name = other;
    oc_slice addressed = name.len ? oc_voice_addressed_as(w, name) : name;
    if (addressed.len) name = addressed;
    return !name.len && w->done ? w->state->topic : name;
}

oc_voice oc_quote_voice(const oc_quote_work *w, size_t open, size_t close, const oc_hit *verb)
{
    size_t behind;
    bool english = w->lang == OC_LANG_EN;
    oc_slice source = oc_voice_source(w, &behind), name;
    if (english) {
        name = oc_quote_subject_of_words(w, open);
        if (!name.len) name = en_speaker(w, open, close, verb);
    } else {
        name = cjk_named(w, open, close, verb, source, behind);
        if (!name.len) name = cjk_speaker(w, source.len && behind < open ? behind : w->done, open, close, verb);
    }
    oc_slice agency, cited = source.len && behind <= open ? oc_voice_cited(w, &agency) : (oc_slice){"", 0};
    if (cited.len && !oc_voice_topic(w, behind, open, true).len) { /* "朝鮮日報は軍幹部の話として「…」と報じた" */
        oc_voice passed_on = oc_voice_of(w, cited);
        passed_on.reported_by = agency;
        return passed_on;
    }
    oc_voice v = oc_voice_of(w, name);
    if (english && !v.speaker.len && oc_slice_is(name, "It") && w->state->paper.len) {
        v.speaker = w->state->paper; /* It "welcomes" the progress: the statement named before */
        v.is_document = true;
    }
    bool unknown = english && !v.speaker.len && oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, name);
    if (unknown) v.speaker = name; /* "He noted that it "is not ours to meet."" */
    if (english && verb) oc_quote_told(w, verb, &v);
    bool beside = english && source.len && behind + strlen(", ") == open; /* according to X, "…" */
    if (source.len && (beside || !v.speaker.len))
        v = oc_voice_of(w, source);
    else if (source.len && !oc_slice_equal(source, v.speaker))
        v.reported_by = source;
    if (!v.speaker.len) v.speaker = w->state->topic;
    /* A paragraph whose sentence names nobody goes on with who spoke last. */
    if (!v.speaker.len && !english && verb) v.speaker = w->state->voices[0];
    return v;
}

/* "補佐官は、長官が党との協議で「…」と語ったと証言した", "비서관은 장관이 “…”고 말했다고 전했다": a mere subject behind
 * the topic speaks, the topic passes it on. */
bool oc_quote_find_inner(const oc_quote_work *w, size_t open, const oc_hit *verb, oc_voice *v)
{
    if (w->lang == OC_LANG_EN || !verb || verb->start < open) return false;
    const oc_hit *outer = oc_hit_first(w, OC_LEX_SPEECH, verb->end, w->text.len);
    if (!outer || outer->start > verb->end + OUTER_BYTES) return false;
    oc_slice topic = oc_voice_topic(w, w->done, open, true);
    size_t behind = topic.len ? oc_quote_behind(w, topic) : w->done;
    size_t particle =
        topic.len ? oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_TOPIC, oc_slice_from(w->text, behind)) : 0;
    if (topic.len && !particle) return false;
    oc_slice inner = oc_voice_topic(w, behind + particle, open, true);
    size_t end = inner.len ? oc_quote_behind(w, inner) : 0;
    if (!inner.len || !oc_quote_begins(w, OC_PHRASE_SUBJECT_MARK, oc_slice_from(w->text, end))) return false;
    oc_slice reporter = topic.len ? topic : w->state->topic;
    *v = oc_voice_of(w, inner);
    v->reported_by = reporter;
    return true;
}

/* "…고 말했다고 국방부는 전했다": who passes it on. */
void oc_quote_find_reporter(const oc_quote_work *w, const oc_hit *verb, oc_voice *v)
{
    if (w->lang != OC_LANG_KO || !verb || v->reported_by.len ||
        !oc_slice_begins(oc_slice_from(w->text, verb->end), "고 "))
        return;
    const oc_hit *next = oc_hit_first(w, OC_LEX_SPEECH, verb->end, w->text.len);
    oc_slice who = next ? oc_voice_topic(w, verb->end, next->start, true) : (oc_slice){"", 0};
    if (who.len && oc_slice_equal(who, v->speaker)) return;
    v->reported_by = who;
}
