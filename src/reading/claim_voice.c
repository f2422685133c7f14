/* Who makes a claim; see claim_voice.h. An office and a person are put together by standing side by side: 安圭伯国防部
 * 長官, "Defense Minister Ahn Gyu-back", "Ahn Gyu-back, the defense minister". Two persons with one office in a
 * document (a predecessor) leave the office as it is, but for a sentence that has both words side by side itself. */
#include "reading/claim_voice.h"

#include "reading/phrase.h"
#include "reading/voice.h"

enum {
    SEVERAL = -2,
    NOBODY = -1,
    SELF_LEAST = 2,  /* sentences with "I" that make a writer speak for himself */
    NAME_BYTES = 60, /* of those who expect something */
    BACK_SENTENCES = 3,
};

static bool is_quote_of(const oc_document *document, size_t quote, uint32_t sentence)
{
    return quote < document->quotes.len && document->quotes.at[quote].sentence == sentence;
}

static bool is_mention_of(const oc_document *document, size_t mention, uint32_t sentence)
{
    return mention < document->mentions.len && document->mentions.at[mention].sentence == sentence;
}

static bool is_kind(const oc_document *document, uint32_t actor, const char *kind)
{
    return oc_slice_is(document->reader->actors[actor].kind, kind);
}

/* Nothing but blanks, a comma or an article between two mentions; `former`: or a word that says it was so once. */
static bool is_beside(const oc_document *document, uint32_t sentence, const oc_mention *a, const oc_mention *b,
                      bool former)
{
    static const char *const gaps[] = {"", ",", ", the", "・"};
    if (b->from < a->to) return false;
    oc_slice text = document->sentences.at[sentence].text, gap = oc_slice_trim(oc_slice_sub(text, a->to, b->from));
    for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
        if (oc_slice_is(gap, gaps[i])) return true;
    return former && oc_phrase_is(document->reader->lexicon, document->lang, OC_PHRASE_FORMER, gap);
}

/* Of two neighbouring mentions the office and the person, if they are that and stand side by side. */
static bool is_pair(const oc_document *document, size_t second, bool former, uint32_t *ret_office, uint32_t *ret_person)
{
    const oc_found_mention *a = &document->mentions.at[second - 1], *b = &document->mentions.at[second];
    if (a->sentence != b->sentence) return false;
    bool office_first = is_kind(document, a->mention.actor, "office");
    *ret_office = office_first ? a->mention.actor : b->mention.actor;
    *ret_person = office_first ? b->mention.actor : a->mention.actor;
    return is_kind(document, *ret_office, "office") && is_kind(document, *ret_person, "person") &&
           is_beside(document, a->sentence, &a->mention, &b->mention, former);
}

/* For each actor that is an office the person who holds it. */
static int32_t *persons_of(oc_arena *scratch, const oc_document *document)
{
    size_t count = document->reader->actor_count;
    int32_t *person_of = OC_NEW_ARRAY(scratch, count, int32_t);
    for (size_t i = 0; i < count; i++) person_of[i] = NOBODY;
    uint32_t office, person;
    for (size_t i = 1; i < document->mentions.len; i++) {
        if (!is_pair(document, i, false, &office, &person)) continue;
        bool same = person_of[office] == NOBODY || person_of[office] == (int32_t)person;
        person_of[office] = same ? (int32_t)person : SEVERAL;
    }
    return person_of;
}

/* The person whom the sentence puts beside an office, else the one whom the document does. */
static int32_t as_person(const oc_document *document, const int32_t *person_of, uint32_t sentence, int32_t actor)
{
    if (actor < 0) return actor;
    uint32_t office, person;
    size_t second = oc_mentions_from(document, sentence) + 1;
    for (; is_mention_of(document, second, sentence) && is_kind(document, (uint32_t)actor, "office"); second++)
        if (is_pair(document, second, true, &office, &person) && (int32_t)office == actor) return (int32_t)person;
    return person_of[actor] >= 0 ? person_of[actor] : actor;
}

/* "筆者", 필자, "this author"; not "I" and "we", which others say in quotations too. */
static bool is_author(const oc_document *document, oc_slice name)
{
    return name.len > 2 && oc_phrase_is(document->reader->lexicon, document->lang, OC_PHRASE_AUTHOR, name);
}

static bool is_quoted(const oc_document *document, uint32_t sentence)
{
    return is_quote_of(document, oc_quotes_from(document, sentence), sentence);
}

/* Sentences in which the writer says "I", and nobody is quoted. */
static bool says_i(const oc_document *document)
{
    int count = 0;
    for (uint32_t i = 0; i < document->sentences.len && count < SELF_LEAST; i++) {
        size_t length;
        oc_slice text = document->sentences.at[i].text;
        bool self = oc_phrase_first(document->reader->lexicon, document->lang, OC_PHRASE_SELF, text, 0, text.len,
                                    &length) != SIZE_MAX;
        count += self && !is_quoted(document, i);
    }
    return count >= SELF_LEAST;
}

/* A paper or a column: its author belongs to an institution, or speaks of himself. */
static bool has_own_voice(const oc_document *document)
{
    if (!document->metadata.author.len) return false;
    if (document->metadata.affiliation.len || says_i(document)) return true;
    for (size_t i = 0; i < document->quotes.len; i++)
        if (is_author(document, document->quotes.at[i].speaker)) return true;
    return false;
}

static bool is_opinion(oc_modality modality)
{
    return modality == OC_MODALITY_FORECAST || modality == OC_MODALITY_RECOMMENDED ||
           modality == OC_MODALITY_CONDITION || modality == OC_MODALITY_DENIED;
}

/* "両国は…合意した", "the two sides agreed": the parties of what was decided, as printed, where no person says it. */
static oc_slice parties_of(const oc_document *document, const oc_found_claim *found)
{
    const oc_lexicon *lexicon = document->reader->lexicon;
    oc_slice text = document->sentences.at[found->sentence].text;
    int32_t speaker = found->claim.speaker;
    bool spoken = speaker >= 0 &&
                  (is_kind(document, (uint32_t)speaker, "person") || is_kind(document, (uint32_t)speaker, "office") ||
                   is_kind(document, (uint32_t)speaker, "state"));
    if (found->claim.modality != OC_MODALITY_DECIDED || found->quote >= 0 || spoken) return (oc_slice){"", 0};
    size_t length, at = oc_phrase_first(lexicon, document->lang, OC_PHRASE_PARTIES, text, 0, text.len, &length);
    return at == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(text, at, at + length);
}

/* "Seoul should name a year": advice to those whom it names, of whoever writes. */
static bool is_advice(const oc_document *document, const oc_found_claim *found)
{
    size_t length;
    oc_slice text = document->sentences.at[found->sentence].text;
    return found->claim.modality == OC_MODALITY_RECOMMENDED && found->quote < 0 &&
           oc_phrase_first(document->reader->lexicon, document->lang, OC_PHRASE_DUTY, text, 0, text.len, &length) !=
               SIZE_MAX;
}

/* Who spoke last before a sentence: what "he" means there. */
static int32_t quote_before(const oc_document *document, uint32_t sentence)
{
    size_t next = oc_quotes_from(document, sentence);
    bool near = next && sentence - document->quotes.at[next - 1].sentence <= BACK_SENTENCES;
    return near ? (int32_t)next - 1 : NOBODY;
}

/* English: "I", also behind a few words: "On balance I". */
static bool is_first_person(const oc_document *document, oc_slice subject)
{
    size_t last = subject.len;
    while (last && subject.ptr[last - 1] != ' ') last--;
    return oc_phrase_is(document->reader->lexicon, document->lang, OC_PHRASE_AUTHOR, oc_slice_from(subject, last));
}

/* Japanese, Korean: "年内に年度を確定させる方針も示した" right behind what somebody is quoted with: his plan. */
static void name_planner(const oc_document *document, oc_found_claim *found)
{
    size_t length;
    const oc_sentence *own = &document->sentences.at[found->sentence];
    if (document->lang == OC_LANG_EN || !found->sentence || own[-1].paragraph != own->paragraph) return;
    int32_t before = quote_before(document, found->sentence);
    if (before < 0 || document->quotes.at[before].sentence + 1 != found->sentence) return;
    size_t shown = oc_phrase_first(document->reader->lexicon, document->lang, OC_PHRASE_THINKS, own->text,
                                   found->claim.from, own->text.len, &length);
    if (shown != SIZE_MAX) found->quote = before;
}

/* English: "Both governments expect …", "He doubts …": whose thought it is, as printed or as the one who spoke last. */
static void name_thinker(const oc_document *document, oc_found_claim *found)
{
    const oc_lexicon *lexicon = document->reader->lexicon;
    oc_slice text = document->sentences.at[found->sentence].text;
    size_t length, verb = document->lang == OC_LANG_EN
                              ? oc_phrase_first(lexicon, document->lang, OC_PHRASE_THINKS, text, 0, text.len, &length)
                              : SIZE_MAX;
    if (verb == SIZE_MAX || verb > found->claim.from + length + NAME_BYTES) return;
    oc_slice subject = oc_slice_trim(oc_slice_sub(text, 0, verb));
    if (!subject.len || subject.len > NAME_BYTES || oc_slice_find(subject, OC_SLICE(","), 0) != SIZE_MAX) return;
    if (oc_phrase_begins(lexicon, document->lang, OC_PHRASE_NOBODY, subject)) return; /* "Few analysts expect …" */
    if (is_first_person(document, subject))
        found->label = document->metadata.author;
    else if (oc_phrase_is(lexicon, document->lang, OC_PHRASE_PRONOUN, subject))
        found->quote = quote_before(document, found->sentence);
    else
        found->label = subject;
}

/* "이 관계자는 2028년이라는 보도에 대해 “사실이 아니다”라고 했다": of whoever alone is quoted in the sentence. */
static void name_quoted(const oc_document *document, oc_found_claim *found)
{
    int32_t only = NOBODY;
    for (size_t i = oc_quotes_from(document, found->sentence); is_quote_of(document, i, found->sentence); i++) {
        if (!document->quotes.at[i].speaker.len) continue;
        if (only >= 0 && !oc_slice_equal(document->quotes.at[i].speaker, document->quotes.at[only].speaker)) return;
        only = (int32_t)i;
    }
    found->quote = only;
}

/* Japanese, Korean: "그의 계산으로는 검증은 내년에나 끝난다": of whoever spoke last. */
static void name_viewer(const oc_document *document, oc_found_claim *found)
{
    oc_slice text = document->sentences.at[found->sentence].text;
    if (document->lang != OC_LANG_EN &&
        oc_phrase_begins(document->reader->lexicon, document->lang, OC_PHRASE_VIEW, text))
        found->quote = quote_before(document, found->sentence);
}

/* Korean: "정부의 계산은 단순하다. 내년에 검증을 마친다는 것이다.": whose words or plan the sentence before brings in.
 */
static void name_owner(const oc_document *document, oc_found_claim *found)
{
    const oc_lexicon *lexicon = document->reader->lexicon;
    const oc_sentence *own = &document->sentences.at[found->sentence];
    if (document->lang != OC_LANG_KO || !found->sentence || own[-1].paragraph != own->paragraph) return;
    oc_slice text = oc_slice_trim(own->text), before = own[-1].text;
    if (oc_slice_ends(text, OC_SLICE("."))) text.len--;
    if (!oc_phrase_ends(lexicon, OC_LANG_KO, OC_PHRASE_HEARSAY, text)) return;
    size_t length, at = oc_phrase_first(lexicon, OC_LANG_KO, OC_PHRASE_WORDS, before, 0, NAME_BYTES, &length);
    if (at == SIZE_MAX || !at) return;
    found->label = oc_slice_sub(before, 0, at);
    for (size_t i = oc_mentions_from(document, found->sentence - 1); is_mention_of(document, i, found->sentence - 1);
         i++)
        if (document->mentions.at[i].mention.to == at)
            found->claim.speaker = (int32_t)document->mentions.at[i].mention.actor;
}

/* "필자는 2029년으로 잡는 안을 권한다": the writer says so himself. */
static bool is_own_view(const oc_document *document, const oc_found_claim *found)
{
    size_t length;
    oc_slice text = document->sentences.at[found->sentence].text;
    return document->metadata.author.len && !is_quoted(document, found->sentence) &&
           oc_phrase_first(document->reader->lexicon, document->lang, OC_PHRASE_SELF, text, 0, text.len, &length) !=
               SIZE_MAX;
}

/* "조성경 국방부 대변인은 2028년 전환 보도에 대해 “사실이 아니다”라고 했다": who is quoted, and not the office in what
 * he is called. */
static void name_spokesman(const oc_document *document, oc_found_claim *found)
{
    oc_found_claim only = *found;
    if (found->label.len || found->claim.speaker < 0) return;
    if (found->quote < 0) name_quoted(document, &only);
    if (only.quote < 0) return;
    const oc_quote *quote = &document->quotes.at[only.quote];
    oc_slice text = document->sentences.at[found->sentence].text;
    for (size_t i = oc_mentions_from(document, found->sentence); is_mention_of(document, i, found->sentence); i++) {
        const oc_found_mention *mention = &document->mentions.at[i];
        if ((int32_t)mention->mention.actor != found->claim.speaker) continue;
        oc_slice name = oc_slice_sub(text, mention->mention.from, mention->mention.to);
        if (name.len >= quote->speaker.len || oc_slice_find(quote->speaker, name, 0) == SIZE_MAX) continue;
        if (found->claim.holder == found->claim.speaker) found->claim.holder = NOBODY;
        found->quote = only.quote;
        found->claim.speaker = quote->actor;
        return;
    }
}

/* "문하람 연구위원은 검증을 2028년에 끝낼 것을 제안했다": the topic of the sentence, unless the claim stands in it. */
static void name_topic(const oc_document *document, oc_found_claim *found)
{
    uintptr_t topic = (uintptr_t)found->topic.ptr, claim = (uintptr_t)document->sentences.at[found->sentence].text.ptr;
    claim += found->claim.from;
    if (claim < topic || claim >= topic + found->topic.len) found->label = found->topic;
}

/* Korean: "국방부장관 안규백  …": the person or office who is named by the label of a turn. */
static void name_turn(const oc_document *document, oc_found_claim *found)
{
    if (document->lang != OC_LANG_KO || !found->label.len || found->claim.speaker >= 0) return;
    int32_t actor = oc_voice_actor(document, found->label);
    bool somebody =
        actor >= 0 && (is_kind(document, (uint32_t)actor, "person") || is_kind(document, (uint32_t)actor, "office"));
    if (somebody) found->claim.speaker = actor;
}

void oc_claims_settle_voices(oc_arena *scratch, oc_document *document)
{
    if (!document->claims.len) return;
    const int32_t *person_of = persons_of(scratch, document);
    bool own_voice = has_own_voice(document);
    for (size_t i = 0; i < document->claims.len; i++) {
        oc_found_claim *found = &document->claims.at[i];
        oc_claim *claim = &found->claim;
        name_spokesman(document, found);
        name_turn(document, found);
        claim->speaker = as_person(document, person_of, found->sentence, claim->speaker);
        claim->holder = as_person(document, person_of, found->sentence, claim->holder);
        oc_slice printed = found->quote < 0 ? found->label : document->quotes.at[found->quote].speaker;
        if (is_author(document, printed) && document->metadata.author.len) {
            found->quote = NOBODY;
            found->label = document->metadata.author;
        }
        oc_slice parties = parties_of(document, found);
        if (parties.len) {
            claim->speaker = claim->holder = NOBODY;
            found->label = parties;
            continue;
        }
        bool told = claim->speaker >= 0 || printed.len;
        if (!told && ((own_voice && is_advice(document, found)) || is_own_view(document, found))) {
            found->label = document->metadata.author;
            claim->holder = NOBODY;
            continue;
        }
        if (!told && claim->holder < 0)
            name_thinker(document, found), name_planner(document, found), name_viewer(document, found);
        if (!told && claim->holder < 0 && found->quote < 0 && !found->label.len) name_owner(document, found);
        if (!told && claim->holder < 0 && found->quote < 0 && !found->label.len) name_quoted(document, found);
        if (!told && claim->speaker < 0 && found->quote >= 0) claim->speaker = document->quotes.at[found->quote].actor;
        told |= found->quote >= 0 || found->label.len;
        if (!told && claim->holder >= 0)
            claim->speaker = claim->holder;
        else if (!told && own_voice && is_opinion(claim->modality))
            found->label = document->metadata.author, found->quote = NOBODY;
        else if (claim->holder < 0)
            claim->holder = claim->speaker;
        bool nobody = claim->speaker < 0 && claim->holder < 0 && found->quote < 0 && !found->label.len;
        if (nobody) name_topic(document, found);
    }
}
