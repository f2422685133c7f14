/* Who speaks: the sieves that find the speaker of a quotation or of reported speech. Used by quote*.c only.
 *
 * In Japanese and Korean the speaker is the topic of the clause (…は, …은/는), in English the noun phrase beside the
 * verb. A phrase counts as one who speaks if it holds an actor, a title, a document that states things, or ends like a
 * name of somebody. Pronouns and definite names (he, 同氏, 그, the minister) mean the last voice that fits; but who
 * never got a name stays as printed (the official, 同幹部, 이 관계자), and only the actor is taken from the voice
 * before. None is better than a wrong one. */
#ifndef OC_READING_VOICE_H
#define OC_READING_VOICE_H

#include "reading/phrase.h"
#include "reading/quote.h"

/* One sentence while its quotations are looked for. */
typedef struct oc_quote_work {
    oc_arena *arena;
    oc_document *document;
    const oc_lexicon *lexicon;
    oc_quote_state *state;
    uint32_t index;
    oc_slice text; /* of the sentence */
    const oc_hits *hits;
    oc_lang lang;
    size_t done;          /* bytes of the sentence that belong to quotations already found */
    size_t first_mark;    /* where the first quotation mark opens, SIZE_MAX if none does */
    oc_slice whole_topic; /* of oc_voice_whole_topic, once it was asked for */
    bool has_whole_topic;
    unsigned passed_on; /* how often it was asked who passes on what a verb reports */
} oc_quote_work;

typedef struct oc_voice {
    oc_slice speaker; /* as printed; for a pronoun the name it means */
    oc_slice meant;   /* "the minister": who was named before; "" if the speaker names himself */
    oc_slice reported_by;
    bool is_document;
} oc_voice;

/* The first, the last hit of a class that lies in [a, b); NULL if there is none. */
const oc_hit *oc_hit_first(const oc_quote_work *w, oc_lex_class class, size_t a, size_t b);
const oc_hit *oc_hit_last(const oc_quote_work *w, oc_lex_class class, size_t a, size_t b);

/* The next hit of the same class in the text. */
const oc_hit *oc_hit_next(const oc_quote_work *w, const oc_hit *hit);

/* No more characters than that; valid UTF-8. */
bool oc_voice_has_at_most(oc_slice text, size_t chars);

/* Three bytes as a number, the first one highest: a sign of Japanese or Korean. */
static inline unsigned oc_voice_three(const char *at)
{
    const unsigned char *p = (const unsigned char *)at;
    return (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];
}

/* Without blanks, commas, stops and brackets at its ends. */
oc_slice oc_voice_trim(oc_slice text);

/* True if byte `at` of the sentence lies between quotation marks. */
bool oc_voice_inside_pair_(const oc_quote_work *w, size_t at);
static inline bool oc_voice_inside_pair(const oc_quote_work *w, size_t at)
{
    return at >= w->first_mark && oc_voice_inside_pair_(w, at);
}

/* Japanese and Korean: from `at` back to the last of the marks before it, or to a; marks inside of pairs do not
 * count. */
size_t oc_voice_clause_start(const oc_quote_work *w, size_t a, size_t at, const char *const *marks, size_t count);
/* The phrase has a sign of being somebody: an actor, a title, a document, or it ends like a name of somebody. */
bool oc_voice_has_evidence(const oc_quote_work *w, oc_slice phrase);
/* 報告書, not 報告書で検証 */
bool oc_voice_ends_with_document(const oc_quote_work *w, size_t start, size_t end);
/* Without what joins sentences, and at most the last six words: "이에 대해 국방부 안규백 장관". */
oc_slice oc_voice_plain(const oc_quote_work *w, oc_slice phrase);

/* Japanese and Korean: the topic in [a, b) outside of quotation marks. `strict`: only one that has a sign of being
 * somebody; else also a short one without. */
oc_slice oc_voice_topic(const oc_quote_work *w, size_t a, size_t b, bool strict);

/* The strict topic of the whole sentence, looked for once. */
oc_slice oc_voice_whole_topic(oc_quote_work *w);

/* The topic of the last clause in text[a, b) that has one: "AはXと説明し、Bは" is B. */
oc_slice oc_voice_last_topic(const oc_quote_work *w, size_t a, size_t b, bool strict);

/* English: "are expected to", "will object that": told of the subject, not by it, or not yet. */
bool oc_voice_is_passive(const oc_quote_work *w, size_t verb);

/* Korean: the bare name that begins text[a, b) as its topic: 김태완은, 린드그렌(2024)은. */
oc_slice oc_voice_bare_name(const oc_quote_work *w, size_t a, size_t b);

/* What verbs of speech before `limit` report without marks. */
void oc_quote_read_indirect_before(oc_quote_work *w, size_t limit);

/* English: the noun phrase before a verb at `verb`, in [a, verb); behind "said" at `at`; at the start of a sentence. */
oc_slice oc_voice_subject(const oc_quote_work *w, size_t a, size_t verb);
oc_slice oc_voice_object(const oc_quote_work *w, size_t at);
oc_slice oc_voice_opening(const oc_quote_work *w, size_t a, size_t b);

/* English: opens a part of a sentence that holds no subject: "With the elections over", "Announcing the decision". */
bool oc_voice_is_front(const oc_quote_work *w, oc_slice text);

/* English: "Mizuno Kenji": two to four words in capitals. The words with capitals that end right before byte `end`: at
 * least two, and no "the" before them. */
bool oc_voice_is_full_name(oc_slice text);
oc_slice oc_voice_name_before(const oc_quote_work *w, size_t end);

/* English: a word that can only be a verb stands in the text ("fired", "would"). */
bool oc_voice_holds_verb(const oc_quote_work *w, oc_slice text);

/* "Xによると", "X에 따르면", "according to X": X, and where what it says begins. */
oc_slice oc_voice_source(const oc_quote_work *w, size_t *ret_behind);

/* Japanese and Korean: "中央日報は16日、政府筋の話として", "연합뉴스는 당국자를 인용해": who is cited, and who cites
 * him; "" if that is not told. */
oc_slice oc_voice_cited(const oc_quote_work *w, oc_slice *ret_agency);

/* Japanese and Korean: those among whom something is said, if text[a, b) ends with them: "だが、軍内部からは" is
 * 軍内部. */
oc_slice oc_voice_origin(const oc_quote_work *w, size_t a, size_t b);

/* Korean: those among whom a sentence that begins at a says something goes round: "일각에서는 …" is 일각. */
oc_slice oc_voice_going_round(const oc_quote_work *w, size_t a, size_t b);

/* Japanese and Korean: whom the writer met or asked in a sentence that ends so: "元外交官に会った", "장교를 만났다". */
oc_slice oc_voice_met(const oc_quote_work *w);

/* Japanese and Korean: whom a clause right before byte `open` asks: "担当者に尋ねると、", "담당자에게 까닭을 묻자
 * 그는". */
oc_slice oc_voice_asked(const oc_quote_work *w, size_t open);

/* The last document in [a, b) in which something stands, for verbs of the value "stated" (明記され): "共同声明には" is
 * 共同声明. */
oc_slice oc_voice_stated_in(const oc_quote_work *w, const oc_hit *verb, size_t a, size_t b);

/* What a pronoun or a definite name means; anything else, and who has no name (이 관계자), stays as it is. "" if it
 * means nobody that is known. */
oc_slice oc_voice_resolve(const oc_quote_work *w, oc_slice name);

/* The same, and whom those without a name mean (이 관계자: 국방부 관계자). */
oc_slice oc_voice_known(const oc_quote_work *w, oc_slice name);

/* Who speaks under the label of a turn: "General BRUNSON" is who was named before with this name at the end. */
oc_slice oc_voice_labelled(const oc_quote_work *w, oc_slice label);

/* quote_turn.c. The mark of a quotation that opens a text, in bytes; 0 if none does. */
size_t oc_quote_opening_mark(oc_slice text);
/* The first sentence of the next paragraph, or the number of sentences. */
size_t oc_quote_next_paragraph(const oc_document *document, size_t sentence);
/* The label of a turn that begins with the sentence, "" if none does; `colon`: also one that a colon or blank ends. */
oc_slice oc_quote_label(oc_slice text, oc_lang lang, bool colon);
/* Notes whom a sentence before the first question of an interview introduces. */
void oc_quote_meet(oc_quote_work *w);
/* Takes a paragraph that answers as words of whom was introduced. */
void oc_quote_read_turn(oc_quote_work *w, const oc_sentence *s);
/* Japanese and Korean: the last of those beside a particle for objects before byte `end`. */
oc_slice oc_voice_beside(const oc_quote_work *w, size_t end);

/* Whom the turn of a transcript addresses: who has the next one. */
oc_slice oc_voice_addressed(const oc_quote_work *w);

/* Korean: who is addressed by his title within a turn: 장관님; "" if nobody is. */
oc_slice oc_voice_addressed_as(const oc_quote_work *w, oc_slice name);

/* English: whom a sentence about something else brings in, told by what follows the name: "I asked Han Seo-yeon, who
 * teaches", "belongs to Minister Ahn Gyu-back, the first civilian", "when Col. Seo came"; `topic` if that is
 * somebody. */
oc_slice oc_voice_introduced(const oc_quote_work *w, oc_slice topic);

/* The voice of a name as printed: whom it means, and whether it is a document. */
oc_voice oc_voice_of(const oc_quote_work *w, oc_slice name);

/* An organisation or state of the table: no "he". Who belongs to one ("A Pentagon official") is none. */
bool oc_voice_is_body(const oc_quote_work *w, oc_slice name);

/* Japanese: the name of a person, not of an office or organisation. */
bool oc_voice_is_person(const oc_quote_work *w, oc_slice name);

/* Index of the actor that a part of the body names last, -1 if none. */
int32_t oc_voice_actor(const oc_document *document, oc_slice name);

/* Notes who spoke, for what pronouns mean later. */
void oc_voice_remember(const oc_quote_work *w, oc_slice name);

/* voice_person.c, for "he". The person named last, in this sentence or the few before. */
oc_slice oc_voice_person_before(const oc_quote_work *w);
/* English: "Minister Ahn was in this building, and he said": the person whom the sentence names before the pronoun. */
oc_slice oc_voice_person_in_front(const oc_quote_work *w, oc_slice pronoun);
/* English: the last voice that the pronoun may mean, if it cannot mean who was spoken of last: "Reporters waiting there",
 * "Her son". */
oc_slice oc_voice_one_of_many(const oc_quote_work *w, oc_slice pronoun);

/* Appends a quotation to the document and remembers its speaker. */
void oc_quote_push(const oc_quote_work *w, uint32_t sentence, oc_quote_kind kind, oc_slice text, oc_voice voice);

/* quote_loose.c, Japanese and Korean. Whose words the sentence is from byte `from` on: "…というのが野党の主張だ" is
 * 野党. */
oc_slice oc_voice_words_of(const oc_quote_work *w, size_t from);
/* Reads such a sentence; false if it is none. */
bool oc_quote_read_words_of(oc_quote_work *w);
/* Whose words a pair holds, told before it: 국방부의 공식 입장은 “…”이다, 政府の立場は「…」だ. */
oc_slice oc_voice_words_before(const oc_quote_work *w, size_t open, size_t close);
/* Japanese, Korean: "「…」と訴える李氏は", "“…”라고 호소하는 이 의원은": of whom what he says is told; "" if nobody. */
oc_slice oc_voice_told(const oc_quote_work *w, const oc_hit *verb);
/* "「…」と話すのは林教授だ", "이렇게 말한 것은 장 교수다": who spoke stands at the end, behind [so, verb]. */
oc_slice oc_voice_cleft(const oc_quote_work *w, const oc_hit *verb);
/* The name that is all that follows a pair of marks: 「…」と安氏。 */
oc_slice oc_voice_behind_pair(const oc_quote_work *w, size_t close);
/* The name in brackets behind a pair of marks: 「…」（韓国軍元大将）. */
oc_slice oc_voice_bracketed(const oc_quote_work *w, size_t close);
/* Whose words a pair holds, told behind it: "…"라는 한 대령의 말은, 「…」との金氏の指摘は. */
oc_slice oc_voice_owner(const oc_quote_work *w, size_t close);
/* The sentence tells who spoke the one before, which stands in marks. True if it holds nothing else. */
bool oc_quote_read_before(oc_quote_work *w);
/* What is left of the sentence reports by its ending alone: 도박이라며 반대했다. */
void oc_quote_read_quotative(oc_quote_work *w);

/* Without the occasion in front: "12月の業務報告で、…", "기자들과 만나 …". */
oc_slice oc_quote_without_occasion(const oc_quote_work *w, oc_slice content);

/* The text begins or ends with a phrase of the kind. */
static inline bool oc_quote_begins(const oc_quote_work *w, oc_phrase_kind kind, oc_slice text)
{
    return oc_phrase_begins(w->lexicon, w->lang, kind, text) != 0;
}
static inline bool oc_quote_ends(const oc_quote_work *w, oc_phrase_kind kind, oc_slice text)
{
    return oc_phrase_ends(w->lexicon, w->lang, kind, text) != 0;
}

/* English: "told Reuters", "tells The Post": whoever is told with a name is who reports it. */
void oc_quote_told(const oc_quote_work *w, const oc_hit *verb, oc_voice *voice);

/* English: "Kim Min-su", "the ministry", "one of the officials": no "the September drill". */
bool oc_quote_is_named(const oc_quote_work *w, oc_slice name);
/* English: "drew a rebuke from the chairman, who said": whom the clause before the verb, from byte `from` on, ends
 * with, if that is not who it begins with; "" if it ends so with nobody. */
oc_slice oc_quote_told_of_by_who(const oc_quote_work *w, size_t from, const oc_hit *verb);

/* quote_speaker.c: who speaks the words in marks from byte `open` to `close`, which `verb` (or NULL) answers to. */
oc_voice oc_quote_voice(const oc_quote_work *w, size_t open, size_t close, const oc_hit *verb);
/* Who speaks inside of a report ("補佐官は、長官が「…」と語ったと証言した"), true if somebody does; who passes it on at
 * its end. */
bool oc_quote_find_inner(const oc_quote_work *w, size_t open, const oc_hit *verb, oc_voice *v);
void oc_quote_find_reporter(const oc_quote_work *w, const oc_hit *verb, oc_voice *v);
/* A joint statement "noted the progress": who does what the marks tell, right before them; "" if nobody. */
oc_slice oc_quote_subject_of_words(const oc_quote_work *w, size_t open);
/* The sentence right before, in the same paragraph, quotes somebody. */
bool oc_quote_is_before(const oc_quote_work *w);
/* Japanese and Korean: who is named behind the marks without a verb; among whom the words go round. */
oc_slice oc_quote_named_behind(const oc_quote_work *w, size_t close);
oc_slice oc_quote_going_round(const oc_quote_work *w, size_t open, size_t close);
/* The marks hold words of the source: 青書の言葉を借りれば「…」; or what it says of something, `carried`: also of who
 * spoke before: 大統領府によれば、転換は「最後の一歩」である. */
bool oc_quote_in_words_of(const oc_quote_work *w, size_t open);
bool oc_quote_is_predicate_of(const oc_quote_work *w, size_t open, oc_slice after, bool carried);

/* quote_pair.c: what a pair of marks holds. True if it is a quotation. */
bool oc_quote_read_pair(oc_quote_work *w, const oc_mark_pair *pair);
/* quote_indirect.c: speech without marks in the rest of the sentence. */
void oc_quote_read_indirect(oc_quote_work *w);
/* Appends what is reported, if it is more than a word; the sentence is done up to `end`. */
void oc_quote_push_indirect(oc_quote_work *w, oc_slice content, oc_voice v, size_t end);
/* Where the last `word` in text[from, to) starts, SIZE_MAX if there is none. */
size_t oc_quote_last_word(oc_slice text, const char *word, size_t from, size_t to);
/* Where the sentence goes on behind a name in it. */
static inline size_t oc_quote_behind(const oc_quote_work *w, oc_slice name)
{
    return (size_t)(name.ptr - w->text.ptr) + name.len;
}

/* Japanese and Korean: what a rumour tells that is denied behind byte `end`: "제안했다는 보도를 부인했다". */
bool oc_quote_is_rumour(const oc_quote_work *w, size_t end);

/* "賛成派の3割は…と答えた", "응답자의 58.3%가 …다고 답했다": the result of a poll, told in [from, cut), quotes nobody.
 */
bool oc_quote_is_poll(const oc_quote_work *w, size_t from, size_t cut);

/* quote_cjk.c, quote_en.c: what one verb of speech reports. */
void oc_quote_verb_ja(oc_quote_work *w, const oc_hit *verb);
void oc_quote_verb_ko(oc_quote_work *w, const oc_hit *verb);
void oc_quote_verb_en(oc_quote_work *w, const oc_hit *verb);
/* English, behind the verb: over "on Friday", "reporters", to "that "; SIZE_MAX if there is none nearby, or if it
 * belongs to a clause of its own ("said it fired at drones that …"). */
size_t oc_quote_find_that(const oc_quote_work *w, oc_slice rest, bool told);
/* Behind "told": where the clause begins that follows whom it addresses; SIZE_MAX if there is none. */
size_t oc_quote_find_told(const oc_quote_work *w, oc_slice rest);
/* "there were gaps", "the gap could widen": a clause without "that". */
bool oc_quote_begins_clause(const oc_quote_work *w, oc_slice rest);
/* "General Brunson's estimate, given to Congress, is that …". False if the sentence is none of that kind. */
bool oc_quote_read_estimate(oc_quote_work *w);
/* What `source` passes on of somebody else from byte `start` on: "according to an official, Hegseth told Ahn that …".
 * True if it is that. */
bool oc_quote_read_passed_on(oc_quote_work *w, oc_slice source, size_t start);
/* "on Friday", "in Seoul": stands between a verb of speech and what is said. */
bool oc_quote_is_time(const oc_quote_work *w, oc_slice text);

#endif
