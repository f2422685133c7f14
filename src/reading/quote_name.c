/* Who a surname with a title is; see quote_name.h.
 *
 * A printed name is taken apart into a surname and a title, then sentences are gone through backwards from where it
 * stands: a person of the table who is named with more letters there, else the surname at the start of a longer name
 * that the title fits. The nearest one counts.
 *
 * Worked example: 임 대변인 is 임 and 대변인. "임재혁 국방부 대변인은 …" some sentences before holds a name of three
 * syllables with the surname, and within a few words what ends with the title: 임재혁. "임상 시험" has no title behind
 * it. In Japanese 徐東賢報道官 is cut where the title begins, 徐東賢（ソ・ドンヒョン） at the bracket. */
#include "reading/quote_name.h"

#include "base/script.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "reading/phrase.h"
#include "reading/sign.h"

enum {
    BACK_SENTENCES = 200,
    BACK_BYTES = 64 << 10, /* of sentences that are much longer than usual, fewer */
    BACK_QUOTES = 1000,
    HAN_BYTES = 3,
    NAME_CHARS = 3,     /* of a name in full, in Japanese letters at least */
    SURNAME_CHARS = 2,  /* in Japanese letters, at most */
    GIVEN_CHARS = 3,    /* at most */
    TITLE_WORDS = 6,    /* between a Korean name and the end of its title */
    PARTICLE_BYTES = 6, /* behind a Korean title */
    LATIN_LEAST = 3,    /* letters of a surname */
    TITLE_BYTES = 64,
};

typedef struct short_name {
    oc_slice surname, title; /* title: "" in English */
} short_name;

/* What was found for a printed name when it was last asked for. */
typedef struct answer {
    uint32_t asked; /* the sentence from which it was searched backwards */
    uint32_t at;    /* the sentence that names him in full, if one does */
    int32_t actor;
    oc_slice full; /* "" if none does */
} answer;

typedef struct name_search {
    const oc_document *document;
    const oc_lexicon *lexicon;
    oc_arena *scratch;
    oc_map known; /* printed names, the value an answer */
    short_name name;
} name_search;

static oc_slice nothing(void)
{
    return (oc_slice){"", 0};
}

static bool is_in(oc_slice text, size_t at, uint32_t first, uint32_t last)
{
    if (at >= text.len) return false;
    uint32_t code = oc_utf8_next(text, &at);
    return code >= first && code <= last;
}
static bool is_han(oc_slice text, size_t at)
{
    return at < text.len && oc_is_han(oc_utf8_next(text, &at));
}
static bool is_katakana(oc_slice text, size_t at)
{
    return is_in(text, at, 0x30a1, 0x30fc) && !is_in(text, at, 0x30fb, 0x30fb);
}
static bool is_syllable(oc_slice text, size_t at)
{
    return at < text.len && oc_is_hangul(oc_utf8_next(text, &at));
}

/* All characters, of three bytes each, are of one kind. */
static bool are_all(oc_slice text, bool (*is_one)(oc_slice, size_t))
{
    for (size_t at = 0; at < text.len; at += HAN_BYTES)
        if (!is_one(text, at)) return false;
    return text.len > 0;
}

/* Bytes of the title that begins or ends the text, 0 if none does. */
static size_t title_at(const name_search *s, oc_slice text, bool at_end)
{
    oc_hits hits = {0};
    oc_arena_mark mark = oc_arena_get_mark(s->scratch);
    oc_lexicon_scan(s->lexicon, s->document->lang, text, s->scratch, &hits);
    size_t length = 0;
    for (const oc_hit *hit = oc_hits_first(&hits, OC_LEX_TITLE); hit; hit = oc_hits_next(&hits, hit))
        if ((at_end ? hit->end == text.len : hit->start == 0) && hit->end - hit->start > length)
            length = hit->end - hit->start;
    oc_arena_rewind(s->scratch, mark);
    size_t person = at_end ? oc_phrase_ends(s->lexicon, s->document->lang, OC_PHRASE_PERSON, text)
                           : oc_phrase_begins(s->lexicon, s->document->lang, OC_PHRASE_PERSON, text);
    return person > length ? person : length;
}

static bool is_capital(oc_slice text)
{
    return text.len && text.ptr[0] >= 'A' && text.ptr[0] <= 'Z';
}

/* "Kang", "Deputy Minister Kim": one word, before it nothing but a title. */
static bool take_apart_en(name_search *s, oc_slice printed)
{
    size_t gap = oc_slice_find_last(printed, OC_SLICE(" "), 0);
    oc_slice surname = gap == SIZE_MAX ? printed : oc_slice_from(printed, gap + 1);
    s->name = (short_name){surname, nothing()};
    if (surname.len < LATIN_LEAST || !is_capital(surname)) return false;
    return gap == SIZE_MAX || (gap < TITLE_BYTES && title_at(s, oc_slice_sub(printed, 0, gap), false) == gap);
}

/* Takes a printed name apart; false if it is no surname with a title, or none alone. */
static bool take_apart(name_search *s, oc_slice printed, bool in_table)
{
    oc_lang lang = s->document->lang;
    if (lang == OC_LANG_EN) return take_apart_en(s, printed);
    if (lang == OC_LANG_KO) {
        size_t gap = oc_slice_find(printed, OC_SLICE(" "), 0);
        if (gap == SIZE_MAX || (gap != HAN_BYTES && !in_table)) return false;
        s->name = (short_name){oc_slice_sub(printed, 0, gap), oc_slice_from(printed, gap + 1)};
        if (gap != HAN_BYTES) return true; /* 브런슨 사령관 */
        if (oc_slice_begins(s->name.title, "전 ")) s->name.title = oc_slice_from(s->name.title, strlen("전 "));
        return oc_slice_find(s->name.title, OC_SLICE(" "), 0) == SIZE_MAX &&
               oc_phrase_begins(s->lexicon, lang, OC_PHRASE_SURNAME, s->name.surname) == HAN_BYTES &&
               !oc_phrase_ends(s->lexicon, lang, OC_PHRASE_UNNAMED, printed);
    }
    size_t title = printed.len <= 64 ? title_at(s, printed, true) : 0;
    if (!title || title >= printed.len) return false;
    s->name = (short_name){oc_slice_sub(printed, 0, printed.len - title), oc_slice_from(printed, printed.len - title)};
    bool han = s->name.surname.len <= (size_t)SURNAME_CHARS * HAN_BYTES && are_all(s->name.surname, is_han) &&
               !oc_phrase_begins(s->lexicon, lang, OC_PHRASE_DEFINITE, s->name.surname);
    return han || are_all(s->name.surname, is_katakana);
}

/* Within a few words behind a Korean name something ends with the title, or the word before it does. */
static bool has_title(const name_search *s, oc_slice before, oc_slice behind)
{
    oc_slice title = s->name.title;
    if (oc_slice_ends(oc_slice_trim(before), title)) return true;
    bool polite = oc_slice_is(title, "씨");
    for (int n = 0; n < (polite ? 1 : TITLE_WORDS) && behind.len; n++) {
        size_t gap = oc_slice_find(behind, OC_SLICE(" "), 0);
        oc_slice word = oc_slice_sub(behind, 0, gap);
        size_t at = oc_slice_find(word, title, 0);
        if (at != SIZE_MAX && word.len - at - title.len <= PARTICLE_BYTES) return true;
        behind = gap == SIZE_MAX ? nothing() : oc_slice_from(behind, gap + 1);
    }
    return false;
}

static oc_slice full_ko(const name_search *s, oc_slice text)
{
    oc_slice found = nothing();
    size_t size = (size_t)NAME_CHARS * HAN_BYTES;
    for (size_t at = 0; (at = oc_slice_find(text, s->name.surname, at)) != SIZE_MAX; at += HAN_BYTES) {
        oc_slice name = oc_slice_sub(text, at, at + size);
        bool word = at < HAN_BYTES || !is_syllable(text, at - HAN_BYTES);
        if (!word || name.len < size || !are_all(name, is_syllable)) continue;
        oc_slice behind = oc_slice_from(text, at + size);
        size_t particle = oc_phrase_begins(s->lexicon, OC_LANG_KO, OC_PHRASE_PARTICLE, behind);
        if (is_syllable(behind, 0) && !particle && !oc_slice_starts(behind, s->name.title)) continue;
        if (has_title(s, oc_slice_sub(text, 0, at), oc_slice_trim(behind))) found = name;
    }
    return found;
}

/* What may stand right behind a Japanese name in full: a bracket, the title, somebody's office. */
static bool is_border_ja(const name_search *s, uint32_t sentence, oc_slice text, size_t at)
{
    const oc_document *document = s->document;
    oc_slice rest = oc_slice_from(text, at);
    if (oc_sign_opens(rest)) return true;
    for (size_t i = oc_mentions_from(document, sentence);
         i < document->mentions.len && document->mentions.at[i].sentence == sentence; i++)
        if (document->mentions.at[i].mention.from == at) return true;
    return title_at(s, oc_slice_sub(text, at, at + 30), false) > 0;
}

/* キム・ハン氏: the katakana before the surname, with the dots between. */
static size_t katakana_from(oc_slice text, size_t at)
{
    while (at >= HAN_BYTES && is_in(text, at - HAN_BYTES, 0x30a1, 0x30fc)) at -= HAN_BYTES;
    return at;
}

/* As the name is printed where it stands in full: 任浩敏氏, so that it is the same as a speaker there. */
static oc_slice with_honorific(const name_search *s, oc_slice text, size_t from, size_t to)
{
    size_t polite = oc_phrase_begins(s->lexicon, OC_LANG_JA, OC_PHRASE_HONORIFIC, oc_slice_from(text, to));
    return oc_slice_sub(text, from, to + polite);
}

static oc_slice full_ja(const name_search *s, uint32_t sentence, oc_slice text)
{
    oc_slice found = nothing(), surname = s->name.surname;
    bool han = is_han(surname, 0);
    for (size_t at = 0; (at = oc_slice_find(text, surname, at)) != SIZE_MAX; at += HAN_BYTES) {
        size_t to = at + surname.len;
        if (!han) {
            size_t from = katakana_from(text, at);
            bool whole = from < at && !is_katakana(text, to) && oc_slice_ends_with(oc_slice_sub(text, 0, at), "・");
            if (whole) found = with_honorific(s, text, from, to);
            continue;
        }
        if (at >= HAN_BYTES && is_han(text, at - HAN_BYTES)) continue;
        if (title_at(s, oc_slice_sub(text, to, to + 30), false)) continue; /* 徐氏 once more */
        for (int n = 0; n < GIVEN_CHARS && is_han(text, to); n++) {
            to += HAN_BYTES;
            bool whole = to - at >= (size_t)NAME_CHARS * HAN_BYTES; /* 曺元長官 is a former minister */
            if (!whole || !is_border_ja(s, sentence, text, to)) continue;
            found = with_honorific(s, text, at, to);
            break;
        }
    }
    return found;
}

/* The word that ends at byte `end`, with capital and small letters: "John"; "" if it is a title or can begin a
 * sentence. */
static oc_slice first_name(const name_search *s, oc_slice text, size_t end)
{
    size_t at = end;
    while (at && ((text.ptr[at - 1] | 32) >= 'a' && (text.ptr[at - 1] | 32) <= 'z')) at--;
    oc_slice word = oc_slice_sub(text, at, end);
    bool whole = word.len >= LATIN_LEAST && is_capital(word) && (at == 0 || text.ptr[at - 1] == ' ');
    for (size_t i = 1; i < word.len; i++) whole &= word.ptr[i] >= 'a' && word.ptr[i] <= 'z';
    bool other = !whole || title_at(s, word, true) || oc_phrase_is(s->lexicon, OC_LANG_EN, OC_PHRASE_FRONT, word) ||
                 oc_phrase_is(s->lexicon, OC_LANG_EN, OC_PHRASE_JOINT, word) ||
                 oc_phrase_is(s->lexicon, OC_LANG_EN, OC_PHRASE_STOP, word) ||
                 oc_phrase_is(s->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, word) ||
                 oc_phrase_is(s->lexicon, OC_LANG_EN, OC_PHRASE_PREPOSITION, word);
    return other ? nothing() : word;
}

/* English: "Kim Hong-cheol", "John Noh" in a sentence. */
static oc_slice full_en_in(const name_search *s, oc_slice text)
{
    oc_slice surname = s->name.surname;
    for (size_t at = 0; (at = oc_slice_find(text, surname, at)) != SIZE_MAX; at += surname.len) {
        size_t to = at + surname.len;
        bool whole = (at == 0 || text.ptr[at - 1] == ' ') && (to == text.len || !oc_is_alpha(text.ptr[to]));
        if (!whole) continue;
        oc_slice given = oc_slice_begins(oc_slice_from(text, to), " ") ? oc_slice_from(text, to + 1) : nothing();
        size_t end = 0;
        while (end < given.len && (oc_is_alpha(given.ptr[end]) || given.ptr[end] == '-')) end++;
        given.len = end;
        if (is_capital(given) && memchr(given.ptr, '-', given.len)) return oc_slice_sub(text, at, to + 1 + end);
        oc_slice first = at ? first_name(s, text, at - 1) : nothing();
        if (first.len) return oc_slice_sub(text, at - 1 - first.len, to);
    }
    return nothing();
}

/* A person of the table who is named with more letters in the sentence: 安圭伯 for 安氏. */
static oc_slice full_in_table(const name_search *s, int32_t actor, uint32_t sentence, oc_slice printed)
{
    const oc_document *document = s->document;
    if (actor < 0 || !oc_slice_is(document->reader->actors[actor].kind, "person")) return nothing();
    for (size_t i = oc_mentions_from(document, sentence);
         i < document->mentions.len && document->mentions.at[i].sentence == sentence; i++) {
        const oc_found_mention *found = &document->mentions.at[i];
        if (found->mention.actor != (uint32_t)actor) continue;
        oc_slice name = oc_slice_sub(document->sentences.at[sentence].text, found->mention.from, found->mention.to);
        bool holds = oc_slice_find(name, s->name.surname, 0) != SIZE_MAX;
        if (holds && name.len > s->name.surname.len && !oc_slice_equal(name, printed)) return name;
    }
    return nothing();
}

/* "Rep. Kang Tae-shik" for Kang, "Evelyn Marsh" for Marsh: the surname begins a name with a hyphen, or ends one. */
static bool is_full_en(oc_slice name, oc_slice surname)
{
    if (name.len <= surname.len + 1 || name.ptr[0] < 'A' || name.ptr[0] > 'Z') return false;
    if (oc_slice_ends(name, surname) && name.ptr[name.len - surname.len - 1] == ' ') return true;
    size_t at = oc_slice_find(name, surname, 0), end = at + surname.len;
    if (at == SIZE_MAX || (at && name.ptr[at - 1] != ' ') || end >= name.len || name.ptr[end] != ' ') return false;
    oc_slice given = oc_slice_from(name, end + 1);
    given = oc_slice_sub(given, 0, oc_slice_find(given, OC_SLICE(" "), 0));
    return given.ptr[0] >= 'A' && given.ptr[0] <= 'Z' && oc_slice_find(given, OC_SLICE("-"), 0) != SIZE_MAX;
}

/* English: who spoke before under a name that holds the surname. */
static oc_slice full_en(const oc_document *document, size_t quote, oc_slice surname)
{
    for (size_t n = 0; quote-- > 0 && n < BACK_QUOTES; n++) {
        oc_slice name = document->quotes.at[quote].speaker;
        if (is_full_en(name, surname)) return name;
    }
    return nothing();
}

/* The name in full that one of the sentences from `from` back to `to` holds, the nearest one; *ret_at: which. */
static oc_slice full_between(const name_search *s, const oc_quote *quote, uint32_t from, uint32_t to, uint32_t *ret_at)
{
    for (uint32_t i = from + 1; i-- > to;) {
        oc_slice text = s->document->sentences.at[i].text;
        if (oc_slice_find(text, s->name.surname, 0) == SIZE_MAX) continue;
        oc_slice full = full_in_table(s, quote->actor, i, quote->speaker);
        if (!full.len && s->document->lang == OC_LANG_JA) full = full_ja(s, i, text);
        bool korean = s->document->lang == OC_LANG_KO && s->name.surname.len == HAN_BYTES;
        if (!full.len && korean) full = full_ko(s, text);
        if (!full.len && s->document->lang == OC_LANG_EN && quote->actor < 0) full = full_en_in(s, text);
        *ret_at = i;
        if (full.len) return full;
    }
    return nothing();
}

/* The first sentence that is near enough to be searched from this one. */
static uint32_t first_near(const oc_document *document, uint32_t sentence)
{
    uint32_t first = sentence >= BACK_SENTENCES ? sentence - BACK_SENTENCES + 1 : 0;
    const oc_sentence *all = document->sentences.at;
    while (first < sentence && all[sentence].end - all[first].start > BACK_BYTES) first++;
    return first;
}

/* The sentences behind those that were searched for the name before, then the answer of that time, as long as the
 * sentence it comes from is near enough. */
static oc_slice full_before(name_search *s, const oc_quote *quote)
{
    uint32_t sentence = quote->sentence, last = first_near(s->document, sentence);
    oc_map_entry *entry = oc_map_insert(s->scratch, &s->known, quote->speaker, NULL);
    answer *known = entry->value.pointer;
    if (!known) entry->value.pointer = known = OC_NEW(s->scratch, answer);
    bool again = known->full.ptr && known->actor == quote->actor && known->asked <= sentence && known->asked >= last;
    answer found = {sentence, 0, quote->actor, nothing()};
    found.full = full_between(s, quote, sentence, again ? known->asked + 1 : last, &found.at);
    if (again && !found.full.len && known->full.len && known->at >= last)
        found.at = known->at, found.full = known->full;
    *known = found;
    return found.full;
}

static oc_slice full_name(name_search *s, size_t index)
{
    const oc_quote *quote = &s->document->quotes.at[index];
    bool known = quote->actor >= 0;
    bool person = known && oc_slice_is(s->document->reader->actors[quote->actor].kind, "person");
    if (!take_apart(s, quote->speaker, person) || (known && !person && s->document->lang == OC_LANG_JA))
        return nothing();
    oc_slice full = full_before(s, quote);
    if (s->document->lang != OC_LANG_EN || (known && full.len)) return full;
    oc_slice spoken = full_en(s->document, index, s->name.surname);
    return spoken.len ? spoken : full;
}

void oc_quotes_name_in_full(oc_arena *scratch, oc_document *document)
{
    name_search s = {.document = document, .lexicon = document->reader->lexicon, .scratch = scratch};
    for (size_t i = 0; i < document->quotes.len; i++) {
        oc_quote *quote = &document->quotes.at[i];
        oc_slice full = quote->speaker.len ? full_name(&s, i) : nothing();
        if (full.len) quote->speaker = full;
    }
}
