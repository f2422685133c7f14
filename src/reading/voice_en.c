/* Who speaks, in English: noun phrases beside verbs of speech; see voice.h. */
#include "reading/voice.h"

#include "base/block.h"

enum {
    NAME_BYTES = 100,
    CLAUSE_BYTES = 24,
    OPENING_WORDS = 10,
    DATE_FRONT = 6,
    TITLE_WORDS = 4,
    FRONTS = 3,
    TIME_BYTES = 40
};

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}
static bool is_pronoun(const oc_quote_work *w, oc_slice text)
{
    return oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, text) ||
           oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PLURAL, text) || oc_slice_is(text, "it") ||
           oc_slice_is(text, "It") || oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_ADDRESSED, text);
}

/* Where the word at `at` ends: at the next blank or the end of the text. */
static inline size_t end_of_word(oc_slice text, size_t at)
{
    if (text.len - at >= 16) {
        oc_sixteen bytes;
        memcpy(&bytes, text.ptr + at, sizeof bytes);
        uint64_t blanks = oc_sixteen_bits(oc_sixteen_is(bytes, ' '));
        if (blanks) return at + oc_block_first(blanks);
        at += 16;
    }
    while (at < text.len && text.ptr[at] != ' ') at++;
    return at;
}

/* "floor leader Shim", "military sources": a title behind at most three plain words. */
static bool is_titled(const oc_quote_work *w, oc_slice text)
{
    size_t start = (size_t)(text.ptr - w->text.ptr);
    if (!oc_hits_any(w->hits, OC_LEX_BIT(TITLE))) return false;
    for (size_t at = 0, words = 0; at < text.len && words < TITLE_WORDS && is_lower(text.ptr[at]); words++) {
        oc_slice rest = oc_slice_from(text, at);
        const oc_hit *title = oc_hit_first(w, OC_LEX_TITLE, start + at, start + at + 1);
        size_t end = title ? title->end : 0;
        bool plural = title && w->text.ptr[end - 1] == 's',
             named = title && end + 1 < w->text.len && is_upper(w->text.ptr[end + 1]);
        if (plural || named) return true;
        if (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_STOP, rest) ||
            oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_FRONT, rest) ||
            oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, rest))
            return false;
        size_t gap = oc_slice_find(rest, OC_SLICE(" "), 0);
        if (gap == SIZE_MAX) return false;
        at += gap + 1;
    }
    return false;
}

/* "the minister", "former USFK commander …", "officials in Seoul". */
static bool is_definite(const oc_quote_work *w, oc_slice text)
{
    if (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, text)) return true;
    return is_titled(w, text) || oc_slice_begins(text, "people ");
}

/* "In January Ahn", "On Tuesday he": behind a day in front, if somebody follows it at once. */
static oc_slice behind_date(const oc_quote_work *w, oc_slice text)
{
    const oc_document *document = w->document;
    size_t start = (size_t)(text.ptr - w->text.ptr);
    for (size_t i = document->dates.len; i-- > 0 && document->dates.at[i].sentence == w->index;) {
        const oc_date *date = &document->dates.at[i].date;
        if (date->from < start || date->from > start + DATE_FRONT || date->to + 1 >= start + text.len) continue;
        if (date->from > start && !oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_FRONT, text)) continue;
        oc_slice rest = oc_slice_from(w->text, date->to);
        if (!oc_slice_begins(rest, " ")) continue;
        rest = oc_slice_sub(text, date->to + 1 - start, text.len);
        if (is_upper(rest.ptr[0]) || is_pronoun(w, oc_slice_sub(rest, 0, 2)) ||
            is_pronoun(w, oc_slice_sub(rest, 0, 3)) || is_definite(w, rest))
            return rest;
    }
    return text;
}

/* "As the Secretary", "But nobody": without what joins clauses; the number of a paragraph goes as well. */
static oc_slice without_joints(const oc_quote_work *w, oc_slice text)
{
    size_t start = 0;
    while (start < text.len && text.ptr[start] <= '9' && strchr("0123456789.) ", text.ptr[start])) start++;
    text = behind_date(w, oc_voice_trim(oc_slice_from(text, start)));
    size_t gap = end_of_word(text, 0);
    oc_slice next = gap < text.len ? oc_slice_sub(text, gap + 1, end_of_word(text, gap + 1)) : (oc_slice){"", 0};
    if (oc_slice_is(oc_slice_sub(text, 0, gap), "Then") && is_pronoun(w, next))
        text = oc_slice_from(text, gap + 1); /* "Then he turned serious and said" */
    for (size_t length; (length = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_JOINT, text)) != 0;)
        text = oc_voice_trim(oc_slice_from(text, length));
    return text;
}

static oc_slice without_tails(const oc_quote_work *w, oc_slice text)
{
    for (;;) {
        size_t length = oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_TAIL, text);
        size_t word = text.len;
        while (word > 0 && text.ptr[word - 1] != ' ') word--;
        /* "Officials privately concede" */
        oc_slice last = oc_slice_from(text, word);
        if (!length && word && last.len > 4 && is_lower(last.ptr[0]) && oc_slice_ends(last, OC_SLICE("ly")) &&
            !oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER,
                          oc_slice_sub(text, 0, word - 1))) /* the weekly */
            length = last.len;
        if (!length || length >= text.len) return text;
        text = oc_voice_trim(oc_slice_sub(text, 0, text.len - length));
    }
}

/* True for a word that can only be a verb: "has", "issued". */
static bool is_verb(const oc_quote_work *w, oc_slice word)
{
    if (oc_slice_ends_with(word, ",")) word.len--; /* "The statement read, in part" */
    if (!word.len || !is_lower(word.ptr[0])) return false;
    return oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, word) ||
           (word.len > 4 && oc_slice_ends(word, OC_SLICE("ed")));
}

bool oc_voice_holds_verb(const oc_quote_work *w, oc_slice text)
{
    bool article = false; /* "in a closed briefing": a participle behind it is no verb */
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != ' ' && text.ptr[end] != ',') end++;
        oc_slice word = oc_slice_sub(text, at, end);
        bool attribute = article && end < text.len;
        if (end > at && !attribute && is_verb(w, word)) return true;
        article = oc_slice_is(word, "a") || oc_slice_is(word, "an");
        at = end + 1;
    }
    return false;
}

/* "Announcing the decision", "Speaking in Tokyo": tells what somebody does, is no name. */
static bool opens_participle(const oc_quote_work *w, oc_slice segment)
{
    size_t gap = end_of_word(segment, 0);
    if (gap == segment.len || gap < 6 || memcmp(segment.ptr + gap - 3, "ing", 3) != 0) return false;
    if (oc_slice_ends_with(oc_slice_sub(segment, 0, gap), "thing")) return false; /* Nothing in the text */
    oc_slice next = oc_slice_from(segment, gap + 1), first = oc_slice_sub(segment, 0, gap);
    if (oc_voice_actor(w->document, first) >= 0) return false; /* Beijing */
    return oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, next) ||
           (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_STOP, next) &&
            !oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_TAIL, next) && !oc_slice_begins(next, "and "));
}

/* "Two weeks ago, …", "A day later, …" */
static bool opens_time(oc_slice text)
{
    static const char *const ends[] = {" ago", " later", " earlier"};
    oc_slice head = oc_slice_sub(text, 0, TIME_BYTES);
    size_t comma = oc_slice_find(head, OC_SLICE(", "), 0);
    for (size_t i = 0; comma != SIZE_MAX && i < sizeof ends / sizeof *ends; i++)
        if (oc_slice_ends_with(oc_slice_sub(head, 0, comma), ends[i])) return true;
    return false;
}

bool oc_voice_is_front(const oc_quote_work *w, oc_slice text)
{
    if (w->hits->signs & OC_SIGN_COMMA && opens_time(text)) return true;
    return oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_FRONT, text) || opens_participle(w, text);
}

/* A noun phrase up to its verb: "The joint communiqué issued ten days later" is "The joint communiqué". A participle
 * before a noun ("combined command") is no end: the word behind must be small or none. */
static oc_slice up_to_verb(const oc_quote_work *w, oc_slice text, bool *ret_ended)
{
    size_t words = 0;
    *ret_ended = false;
    for (size_t at = 0; at < text.len; words++) {
        size_t end = end_of_word(text, at);
        oc_slice word = oc_slice_sub(text, at, end);
        /* "A combined team": a participle behind the article */
        bool attribute = words == 1 && oc_slice_ends(word, OC_SLICE("ed")) &&
                         oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, oc_slice_sub(text, 0, at - 1));
        if (words && !attribute && is_verb(w, word)) {
            *ret_ended = true;
            return oc_voice_trim(oc_slice_sub(text, 0, at));
        }
        at = end + 1;
    }
    return text;
}

/* "Kim's deputy" */
static bool is_possessive(oc_slice name)
{
    return oc_slice_find(name, OC_SLICE("'s "), 0) != SIZE_MAX || oc_slice_find(name, OC_SLICE("’s "), 0) != SIZE_MAX;
}

/* "Its spokesperson, Kang Min-ah, …", "Kim's deputy, Gen. Park Chan-ho, …": the name behind the office; else what
 * stands before the comma. */
static oc_slice named_behind(const oc_quote_work *w, oc_slice text, size_t comma)
{
    oc_slice office = oc_slice_sub(text, 0, comma), rest = oc_slice_trim(oc_slice_from(text, comma + 2));
    if (!rest.len || !is_upper(rest.ptr[0]) || (!is_possessive(office) && !is_definite(w, office))) return office;
    rest = oc_slice_trim(oc_slice_sub(rest, 0, oc_slice_find(rest, OC_SLICE(","), 0)));
    size_t words = 0, capitals = 0;
    for (size_t i = 0; i < rest.len; i++) {
        if (i && rest.ptr[i - 1] != ' ') continue;
        words++;
        capitals += is_upper(rest.ptr[i]);
    }
    return words >= 2 && words <= 5 && capitals == words ? rest : office;
}

/* "For Kwon Hye-jin, a reservist in Paju, the debate": who is named in front, if what follows tells what he is. */
static oc_slice concerned_in(const oc_quote_work *w, oc_slice head, size_t comma)
{
    size_t front = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_FRONT, head);
    oc_slice name = oc_slice_trim(oc_slice_sub(head, front, comma)), next = oc_slice_from(head, comma + 2);
    static const char *const places[] = {" of ", " at "};
    size_t length, of = front ? oc_slice_find_any(name, 0, places, 2, &length) : SIZE_MAX;
    if (of != SIZE_MAX) name = oc_slice_sub(name, 0, of); /* "For Shin Beom-chul of the Sejong Institute, the change" */
    size_t words = 0;
    for (size_t i = 0; i < name.len; i++) {
        if (i && name.ptr[i - 1] != ' ') continue;
        if (!is_upper(name.ptr[i])) return (oc_slice){"", 0};
        words++;
    }
    bool named = front && words > 1 && (is_definite(w, next) || oc_slice_begins(next, "who "));
    bool apposed = named && oc_slice_find(oc_slice_sub(next, 0, NAME_BYTES), OC_SLICE(", "), 0) != SIZE_MAX;
    size_t at = (size_t)(name.ptr - w->text.ptr); /* "For Master Sgt. Lee Dong-hoon, the change is here" */
    const oc_hit *title = front && words > 2 ? oc_hit_first(w, OC_LEX_TITLE, at, at + name.len) : NULL;
    bool titled = title && w->text.ptr[title->end - 1] == '.' && is_definite(w, next);
    bool placed = of != SIZE_MAX && words > 1 && front && oc_slice_begins(head, "For ");
    return apposed || titled || placed ? name : (oc_slice){"", 0};
}

/* "It was Ahn who first named a year": whom the sentence singles out, "" if it does not begin so. */
static oc_slice singled_out(oc_slice head)
{
    static const char *const starts[] = {"It was ", "It is "};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (!oc_slice_begins(head, starts[i])) continue;
        oc_slice name = oc_slice_sub(head, strlen(starts[i]), NAME_BYTES);
        size_t who = oc_slice_find(name, OC_SLICE(" who "), 0);
        return who == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_trim(oc_slice_sub(name, 0, who));
    }
    return (oc_slice){"", 0};
}

oc_slice oc_voice_opening(const oc_quote_work *w, size_t a, size_t b)
{
    oc_slice head = without_joints(w, oc_slice_sub(w->text, a, b)), single = singled_out(head);
    if (single.len) return single;
    size_t fronts = 0;
    for (; fronts < FRONTS && (!fronts || head.len) && (!head.len || oc_voice_is_front(w, head)); fronts++) {
        size_t comma = oc_slice_find(head, OC_SLICE(", "), 0);
        if (comma == SIZE_MAX || comma > 80) return (oc_slice){"", 0};
        oc_slice concerned = concerned_in(w, head, comma);
        if (concerned.len) return concerned;
        head = without_joints(w, oc_slice_from(head, comma + 2));
    }
    bool ended;
    oc_slice name = without_tails(w, up_to_verb(w, oc_slice_sub(head, 0, NAME_BYTES), &ended));
    size_t that = ended ? oc_slice_find(name, OC_SLICE(" that "), 0) : SIZE_MAX;
    if (that != SIZE_MAX) name.len = that; /* "A budget document that the ministry sent" */
    size_t comma = oc_slice_find(name, OC_SLICE(","), 0);
    if (comma != SIZE_MAX) name = named_behind(w, name, comma);
    size_t words = 1;
    for (size_t i = 0; i < name.len; i++) words += name.ptr[i] == ' ';
    size_t gap = oc_slice_find(name, OC_SLICE(" "), 0); /* "She laughed, then glanced" */
    if (gap != SIZE_MAX && oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, oc_slice_sub(name, 0, gap)) &&
        !oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, oc_slice_sub(name, 0, gap)))
        name.len = gap;
    oc_slice word = oc_slice_sub(name, 0, gap); /* "Nothing in the file surprised them" */
    if (oc_slice_ends_with(word, "thing")) return (oc_slice){"", 0};
    bool usable = (ended || comma != SIZE_MAX) && name.len > 1 && words <= OPENING_WORDS &&
                  (is_upper(name.ptr[0]) || is_definite(w, name));
    bool asked = fronts < FRONTS && name.ptr == head.ptr; /* it opens no front: the loop ended for that */
    return usable && (asked || !oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_FRONT, name)) ? name
                                                                                                 : (oc_slice){"", 0};
}

oc_slice oc_voice_name_before(const oc_quote_work *w, size_t end)
{
    size_t start = end, words = 0;
    while (start) {
        size_t word = start - (start < end);
        while (word && w->text.ptr[word - 1] != ' ') word--;
        if (word == start || !is_upper(w->text.ptr[word])) break;
        words++;
        start = word;
    }
    bool organ = oc_slice_ends_with(oc_slice_sub(w->text, 0, start), "the ");
    return start && words > 1 && words <= 5 && !organ ? oc_slice_sub(w->text, start, end) : (oc_slice){"", 0};
}

bool oc_voice_is_full_name(oc_slice text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (i && text.ptr[i - 1] != ' ') continue;
        if (!is_upper(text.ptr[i])) return false;
        words++;
    }
    return words >= 2 && words <= 4;
}

static bool ends_with_name(oc_slice text)
{
    size_t at = text.len;
    while (at && text.ptr[at - 1] != ' ') at--;
    return text.len && is_upper(text.ptr[at]);
}

/* "This brief" */
static bool ends_with_paper(const oc_quote_work *w, oc_slice text)
{
    size_t at = (size_t)(text.ptr - w->text.ptr);
    const oc_hit *hit = text.len ? oc_hit_last(w, OC_LEX_DOCUMENT, at, at + text.len) : NULL;
    return (hit && hit->end == at + text.len) || oc_slice_ends_with(text, " report"); /* "report that" is a verb's */
}

static bool holds_title(const oc_quote_work *w, oc_slice text)
{
    size_t at = (size_t)(text.ptr - w->text.ptr);
    return oc_hit_first(w, OC_LEX_TITLE, at, at + text.len) != NULL;
}

static bool ends_with_preposition(const oc_quote_work *w, oc_slice text)
{
    size_t at = text.len;
    while (at && text.ptr[at - 1] != ' ') at--;
    return oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PREPOSITION, oc_slice_from(text, at));
}

/* "In an interview in Georgia he said": the pronoun right before the verb. */
static oc_slice pronoun_at_end(const oc_quote_work *w, oc_slice head)
{
    head = without_tails(w, oc_slice_trim(head));
    size_t at = head.len;
    while (at && head.ptr[at - 1] != ' ') at--;
    oc_slice word = oc_slice_from(head, at);
    if (at && oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_AUTHOR, word)) return word;         /* "May I suggest" */
    if (at && ends_with_preposition(w, oc_slice_sub(head, 0, at - 1))) return (oc_slice){"", 0}; /* "close to him" */
    bool subject = word.len && is_lower(word.ptr[0]) && is_pronoun(w, word) && (at || !oc_slice_is(word, "it")) &&
                   !oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, word);
    return subject ? word : (oc_slice){"", 0};
}

/* "I would note that the minister called": behind what does not belong to who calls, in [a, verb). */
static size_t behind_border(const oc_quote_work *w, size_t a, size_t verb)
{
    static const struct {
        const char *word;
        uint32_t signs; /* of the sentence, without which there is none; 0: it has no sign */
    } borders[] = {{" that ", 0}, {": ", OC_SIGN_COLON}, {"; ", OC_SIGN_SEMICOLON}};
    oc_slice head = oc_slice_sub(w->text, 0, verb);
    size_t first = a; /* “…,” that diplomat said */
    for (size_t i = 0; i < sizeof borders / sizeof *borders; i++) {
        if (borders[i].signs && !(w->hits->signs & borders[i].signs)) continue;
        for (size_t at; (at = oc_slice_find(head, oc_slice_of(borders[i].word), a)) != SIZE_MAX && (i || at > first);)
            a = at + strlen(borders[i].word);
    }
    return a;
}

/* "His remarks came days after the ministry announced": behind the word that joins a clause with somebody to one before
 * it, in [a, verb). */
static size_t behind_clause(const oc_quote_work *w, size_t a, size_t verb)
{
    oc_slice head = oc_slice_sub(w->text, a, verb);
    if (head.len < CLAUSE_BYTES) return a;
    size_t length, at = head.len;
    while ((at = oc_phrase_last(w->lexicon, OC_LANG_EN, OC_PHRASE_JOINS, head, 0, at, &length)) != SIZE_MAX) {
        if (!oc_voice_holds_verb(w, oc_slice_sub(head, 0, at))) return a;
        oc_slice name = oc_slice_trim(oc_slice_from(head, at + length));
        if (name.len < NAME_BYTES && memchr(name.ptr, ',', name.len) == NULL && !oc_voice_holds_verb(w, name) &&
            oc_voice_has_evidence(w, name))
            return (size_t)(name.ptr - w->text.ptr);
    }
    return a;
}

/* "After the meeting Hegseth praised": a person of the table whom no comma parts from the words in front. */
static oc_slice person_behind_front(const oc_quote_work *w, oc_slice head)
{
    const oc_document *document = w->document;
    size_t end = (size_t)(oc_slice_trim(head).ptr - w->text.ptr) + oc_slice_trim(head).len;
    for (size_t i = document->mentions.len; i-- > 0 && document->mentions.at[i].sentence == w->index;) {
        const oc_mention *mention = &document->mentions.at[i].mention;
        bool person = oc_slice_is(document->reader->actors[mention->actor].kind, "person");
        if (person && mention->to == end) return oc_slice_sub(w->text, mention->from, end);
    }
    return (oc_slice){"", 0};
}

/* "Its author", "Her colleague": told of by whose he is. */
static bool is_owned(oc_slice name)
{
    static const char *const owners[] = {"its ", "his ", "her ", "their "};
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++)
        if (name.len && (name.ptr[0] | 32) == owners[i][0] && oc_slice_begins(oc_slice_from(name, 1), owners[i] + 1))
            return true;
    return false;
}

/* "Its author, the retired colonel Daniel Reyes, told": the name behind what he is, else the owned one. */
static oc_slice named_in_apposition(const oc_quote_work *w, oc_slice segment, oc_slice owned)
{
    oc_slice whole = segment.len ? oc_voice_name_before(w, (size_t)(segment.ptr + segment.len - w->text.ptr)) : owned;
    return whole.len ? whole : owned;
}

/* "A report that his command sent to Congress says": the report; not "a paper that the Research Service sent says". */
static oc_slice paper_told_of(const oc_quote_work *w, size_t a, size_t verb)
{
    oc_slice head = without_joints(w, oc_slice_sub(w->text, a, verb)), none = {"", 0};
    size_t that = oc_slice_find(oc_slice_sub(head, 0, NAME_BYTES), OC_SLICE(" that "), 0);
    oc_slice paper = oc_slice_sub(head, 0, that == SIZE_MAX ? 0 : that);
    oc_slice clause = paper.len ? oc_slice_from(head, that + strlen(" that ")) : none;
    bool known = is_owned(clause) || oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, clause) ||
                 oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_DUMMY, clause);
    bool told = known && is_definite(w, paper) && ends_with_paper(w, paper) && !oc_voice_holds_verb(w, paper) &&
                !oc_hit_first(w, OC_LEX_SPEECH, (size_t)(paper.ptr - w->text.ptr) + that, verb);
    return told ? paper : none;
}

/* "he turned serious and (said)" */
static bool begins_with_he(const oc_quote_work *w, oc_slice segment)
{
    oc_slice word = oc_slice_sub(segment, 0, end_of_word(segment, 0));
    bool he = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, word) ||
              oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PLURAL, word);
    return he && oc_slice_ends(segment, OC_SLICE("and"));
}

oc_slice oc_voice_subject(const oc_quote_work *w, size_t a, size_t verb)
{
    oc_slice paper = paper_told_of(w, a, verb);
    if (paper.len) return paper;
    a = behind_clause(w, behind_border(w, a, verb), verb);
    oc_slice head = oc_slice_sub(w->text, a, verb), best = {"", 0}, pronoun = pronoun_at_end(w, head);
    if (pronoun.len) return pronoun;
    bool apposed_end = oc_slice_ends_with(oc_slice_trim(head), ","), other = false;
    for (size_t start = 0; start <= head.len;) {
        size_t comma = oc_slice_find(head, OC_SLICE(", "), start), end = comma == SIZE_MAX ? head.len : comma;
        oc_slice segment = without_joints(w, oc_slice_sub(head, start, end));
        bool last = comma == SIZE_MAX;
        /* “…,” the evaluator, a colonel on exchange, said */
        bool apposed_to =
            !last && start == 0 && apposed_end && is_definite(w, segment) && !oc_voice_holds_verb(w, segment);
        if (!last && best.len && start && oc_slice_is(segment, "one")) {
            best = segment; /* "Officials declined to comment, but one, speaking privately, called" */
            start = comma + 2;
            continue;
        }
        if (!last && !apposed_to && !(segment.len && is_upper(segment.ptr[0]))) { /* no name */
            if (is_owned(best)) best = named_in_apposition(w, segment, best);
            other = best.len && oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_UNNAMED, segment) != 0;
            start = comma + 2;
            continue;
        }
        if (other && !last &&
            oc_voice_is_full_name(segment)) { /* "Rubio, speaking alongside his counterpart, Cho Hyun, said" */
            other = false;
            start = comma + 2;
            continue;
        }
        bool front = oc_voice_is_front(w, segment);
        if (last && (is_pronoun(w, segment) || oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_UNNAMED, segment) ||
                     (is_definite(w, segment) && ends_with_paper(w, segment))))
            front = false;                                                        /* "this official", "it" */
        bool day = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_TAIL, segment); /* "said Friday, adding that" */
        bool name = segment.len && !front && !day && segment.len < NAME_BYTES &&
                    (is_upper(segment.ptr[0]) || apposed_to ||
                     (last && (is_definite(w, segment) || is_pronoun(w, segment) || begins_with_he(w, segment))));
        /* "Lee, the deputy minister, said": the apposition is not the name. */
        /* so is "Democrat of Oregon" behind a name */
        bool owned = is_possessive(best);
        size_t length;
        bool does =
            holds_title(w, best) ||
            (owned && oc_phrase_first(w->lexicon, OC_LANG_EN, OC_PHRASE_UNNAMED, best, 0, best.len, &length) !=
                          SIZE_MAX); /* "Solheim's former colleague at the command, Brig. Gen. Roy Hatcher, cautions" */
        bool office = !last && best.len && oc_voice_is_full_name(segment) && does &&
                      (owned || !holds_title(w, segment)); /* "Tokyo's ambassador, Mizuno Kenji, said" */
        bool named =
            !office && ends_with_name(best) && !last && !is_definite(w, best) && segment.ptr == best.ptr + best.len + 2;
        if (name && !named && (office || !(best.len && is_definite(w, segment) && !last))) {
            bool apposed = best.len && last && is_definite(w, segment) && oc_slice_ends_with(segment, " who") &&
                           (size_t)(segment.ptr - head.ptr) <= (size_t)(best.ptr - head.ptr) + best.len + 2;
            if (!apposed) best = segment;
        }
        if (last) break;
        start = comma + 2;
    }
    bool ended;
    if (!best.len) best = person_behind_front(w, head);
    if (!best.len) { /* In a speech on 1 October President Lee described */
        oc_slice trimmed = oc_slice_trim(head);
        oc_slice name = oc_voice_name_before(w, (size_t)(trimmed.ptr - w->text.ptr) + trimmed.len);
        if (name.len && name.ptr >= head.ptr && holds_title(w, name)) best = name;
    }
    size_t word = end_of_word(best, 0); /* "He got no answer, and said" */
    oc_slice he = oc_slice_sub(best, 0, word);
    if (word < best.len &&
        (oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, he) ||
         oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PLURAL, he)) &&
        !oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, he))
        return he;
    return without_tails(w, up_to_verb(w, without_tails(w, best), &ended));
}

/* "on Friday", not the first half of "In-soo". */
static bool ends_name(const oc_quote_work *w, oc_slice text)
{
    size_t stop = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_STOP, text);
    return stop && !(stop < text.len && text.ptr[stop] == '-');
}

/* "the ministry's policy chief", "a director at the pollster": told of by what he does. */
static bool is_office(const oc_quote_work *w, oc_slice name)
{
    return name.len && (is_definite(w, name) || is_possessive(name)) && holds_title(w, name);
}

oc_slice oc_voice_object(const oc_quote_work *w, size_t at)
{
    static const char *const marks[] = {",", ".", "\"", "“", ";", " – ", " — ", "("};
    oc_slice rest = oc_slice_from(w->text, at);
    while (rest.len && rest.ptr[0] == ' ') rest = oc_slice_from(rest, 1);
    size_t end = rest.len;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t from = 0, found;
        oc_slice head = oc_slice_sub(rest, 0, end + strlen(marks[i])); /* those behind the end found so far are none */
        while ((found = oc_slice_find(head, oc_slice_of(marks[i]), from)) != SIZE_MAX) {
            /* "Gen. Xavier Brunson": the stop of an abbreviation. */
            bool abbreviation = marks[i][0] == '.' && found + 1 < rest.len && rest.ptr[found + 1] != '"' &&
                                (rest.ptr[found + 1] != ' ' ||
                                 oc_cues_abbreviation(w->document->reader->cues, OC_LANG_EN, rest, found + 1));
            if (!abbreviation) break;
            from = found + 1;
        }
        if (found < end) end = found;
    }
    for (size_t i = 1; i < end; i++)
        if (rest.ptr[i - 1] == ' ' && ends_name(w, oc_slice_from(rest, i)) &&
            !oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_ATTRIBUTE, oc_slice_sub(rest, 0, i - 1)))
            end = i;
    oc_slice name = without_tails(w, oc_voice_trim(oc_slice_sub(rest, 0, end)));
    /* "said one, Oh Jae-sik", "said the ministry's policy chief, Kim Hong-cheol" */
    bool one = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, name);
    if (end + 2 < rest.len && rest.ptr[end] == ',' && (one || is_office(w, name))) {
        oc_slice behind = oc_slice_from(rest, end + 2);
        static const char *const stops[] = {",", "."};
        size_t length, stop = oc_slice_find_any(behind, 0, stops, 2, &length);
        behind = oc_slice_sub(behind, 0, stop);
        if (oc_voice_is_full_name(behind) &&
            (one || oc_voice_actor(w->document, behind) < 0 || !oc_voice_is_body(w, behind)))
            return behind;
    }
    bool usable = name.len > 1 && name.len < NAME_BYTES &&
                  (is_upper(name.ptr[0]) || is_definite(w, name) || is_pronoun(w, name) || oc_slice_is(name, "people"));
    return usable ? name : (oc_slice){"", 0};
}
