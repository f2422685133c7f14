/* Phrases by kind; see phrase.h. For each language and kind a list, the longest first, and two sets of chains through
 * it, by what phrases begin with and by what they end with: long ones by eight bytes, middle ones by three, short
 * ones by one. Before any chain is looked at, two bytes of the text must be those of some phrase, and the first
 * or last byte tells of which sizes there are any. So a place where no phrase begins or ends costs a look, whatever the
 * length of the list. The two bytes are in English the first, in Korean and Japanese the second and third, which say
 * more; of ends the last ones. Over longer stretches sixteen places at a time are asked for them, if they are few, and
 * in English for the beginnings of words. */
#include "reading/phrase.h"

#include <stdlib.h>

#include "base/block.h"
#include "reading/eight.h"

/* Phrases of up to two bytes, of up to seven, of more. */
enum { SHORT = 1, MIDDLE = 2, LONG = 4, MIDDLE_BYTES = 3, LONG_BYTES = 8 };

enum {
    CHAIN_BITS = 7,
    CHAINS = 1 << CHAIN_BITS, /* of middle phrases; as many of long ones */
    SHORT_CHAINS = 32,        /* of short ones, by the outermost byte, in either case */
    END = 0xffff,
    MARKS_MAX = 12, /* more different bytes tell too little */
    NEAR = 8        /* so few places are gone through one by one */
};

/* The first phrase of each chain, and behind each phrase the next; END closes a chain. */
typedef struct chains {
    uint16_t first[2 * CHAINS + SHORT_CHAINS];
    uint16_t *next;
} chains;

typedef struct phrase {
    oc_slice text;
    uint64_t head, head_mask; /* the first eight bytes in small letters, and which of them count */
    uint64_t tail, tail_mask; /* the last eight */
} phrase;

/* A bit for each two bytes, of which six bits count. */
typedef struct pairs {
    uint8_t bits[(1 << 12) / 8];
} pairs;

/* What the phrases of a list begin with, or end with. */
typedef struct ends {
    uint8_t sizes[256]; /* by the outermost byte, in either case: SHORT, MIDDLE, LONG */
    pairs pairs;
    chains chains;
} ends;

/* The bytes that phrases have at one place, each sixteen times; none: too many. Small letters stand for capital ones:
 * what has the bit 0x20 has it too. */
typedef struct marks {
    unsigned char bytes[MARKS_MAX][16];
    unsigned count;
} marks;

enum { WHOLE_BITS = 10 };

typedef struct phrase_list {
    OC_VEC(phrase) words;
    uint8_t wholes[(1 << WHOLE_BITS) / 8]; /* a bit for each phrase, by whole_of */
    ends heads, tails;
    size_t pair_place; /* of the two bytes of heads */
    marks marks[2];    /* of these two bytes */
} phrase_list;

struct oc_phrases {
    phrase_list lists[OC_LANG_COUNT][OC_PHRASE_COUNT];
};

static const struct {
    oc_lex_class class;
    const char *value;
} kinds[] = {
#define PHRASE(id, class, value) {class, value},
#include "reading/phrase_kinds.def"
#undef PHRASE
};

static int longer(const void *a, const void *b)
{
    oc_slice x = ((const phrase *)a)->text, y = ((const phrase *)b)->text;
    return x.len != y.len ? (x.len > y.len ? -1 : 1) : oc_slice_compare(x, y);
}

static inline uint64_t head_of(oc_slice text)
{
    return oc_eight_lower(oc_eight_load((const unsigned char *)text.ptr, text.len));
}

static inline uint64_t tail_of(oc_slice text)
{
    return oc_eight_lower(oc_eight_last((const unsigned char *)text.ptr, text.len));
}

static inline uint8_t size_of(size_t length)
{
    return length < MIDDLE_BYTES ? SHORT : length < LONG_BYTES ? MIDDLE : LONG;
}

/* The chain of phrases of a size by the eight bytes of one's head, by three or by one of it; by the tail in the same
 * way. */
static inline unsigned chain_of(uint8_t size, uint64_t bytes, bool tail)
{
    if (size == SHORT) return 2 * CHAINS + (unsigned)(tail ? bytes >> 56 : bytes) % SHORT_CHAINS;
    if (size == MIDDLE) bytes = tail ? bytes >> 40 : bytes & 0xffffff;
    unsigned chain = (unsigned)(bytes * UINT64_C(0x9e3779b97f4a7c15) >> (64 - CHAIN_BITS));
    return size == MIDDLE ? chain : chain + CHAINS;
}

static void make_chains(oc_arena *arena, const phrase_list *list, bool tails, chains *ret)
{
    for (size_t i = 0; i < 2 * CHAINS + SHORT_CHAINS; i++) ret->first[i] = END;
    ret->next = OC_NEW_ARRAY(arena, list->words.len, uint16_t);
    for (size_t i = list->words.len; i-- > 0;) {
        const phrase *own = &list->words.at[i];
        unsigned chain = chain_of(size_of(own->text.len), tails ? own->tail : own->head, tails);
        ret->next[i] = ret->first[chain];
        ret->first[chain] = (uint16_t)i;
    }
}

static inline unsigned pair_of(const char *bytes)
{
    return ((unsigned char)bytes[0] & 63u) << 6 | ((unsigned char)bytes[1] & 63u);
}

static inline bool has_pair(const pairs *own, const char *bytes)
{
    unsigned pair = pair_of(bytes);
    return own->bits[pair / 8] >> pair % 8 & 1;
}

/* The other case of a letter; else the same. */
static char other_case(char byte)
{
    return (byte | 32) >= 'a' && (byte | 32) <= 'z' ? byte ^ 32 : byte;
}

static void add_end(ends *own, char outermost, uint8_t size, oc_slice word, size_t place)
{
    own->sizes[(unsigned char)outermost] |= size;
    own->sizes[(unsigned char)other_case(outermost)] |= size;
    if (place > word.len || word.len - place < 2) { /* a phrase of one byte has no pair */
        memset(&own->pairs, 0xff, sizeof own->pairs);
        return;
    }
    for (int i = 0; i < 4; i++) {
        char a = word.ptr[place], b = word.ptr[place + 1];
        unsigned pair = pair_of((const char[]){i & 1 ? other_case(a) : a, i & 2 ? other_case(b) : b});
        own->pairs.bits[pair / 8] |= (uint8_t)(1u << pair % 8);
    }
}

static void make_ends(phrase_list *list)
{
    bool wide = list->words.len && (unsigned char)list->words.at[0].text.ptr[0] >= 0xe0;
    list->pair_place = wide ? 1 : 0;
    for (size_t i = 0; i < list->words.len; i++) {
        oc_slice word = list->words.at[i].text;
        uint8_t size = size_of(word.len);
        add_end(&list->heads, word.ptr[0], size, word, list->pair_place);
        add_end(&list->tails, word.ptr[word.len - 1], size, word, word.len - 2);
    }
}

/* A hash of the length, the first and the last byte: what is none of the phrases seldom has that of one. */
static inline unsigned whole_of(oc_slice text)
{
    unsigned first = (unsigned char)text.ptr[0] & 31u, last = (unsigned char)text.ptr[text.len - 1] & 31u;
    return (first << 5 ^ last ^ (unsigned)text.len * 73) & ((1u << WHOLE_BITS) - 1);
}

static void make_wholes(phrase_list *list)
{
    for (size_t i = 0; i < list->words.len; i++) {
        unsigned whole = whole_of(list->words.at[i].text);
        list->wholes[whole / 8] |= (uint8_t)(1u << whole % 8);
    }
}

/* None if there are too many or a phrase ends before the place. */
static void make_marks(phrase_list *list, unsigned which)
{
    marks *own = &list->marks[which];
    size_t place = list->pair_place + which;
    unsigned count = 0;
    for (size_t i = 0; i < list->words.len; i++) {
        oc_slice word = list->words.at[i].text;
        if (word.len <= place) return;
        unsigned char byte = (unsigned char)word.ptr[place] | 0x20;
        unsigned known = 0;
        while (known < count && own->bytes[known][0] != byte) known++;
        if (known == MARKS_MAX) return;
        memset(own->bytes[known], byte, sizeof own->bytes[known]);
        count += known == count;
    }
    own->count = count;
}

static phrase phrase_of(oc_slice text)
{
    unsigned size = text.len < 8 ? (unsigned)text.len : 8, unused = 8 * (8 - size);
    uint64_t all = UINT64_MAX;
    return (phrase){text, head_of(text), unused < 64 ? all >> unused : 0, tail_of(text),
                    unused < 64 ? all << unused : 0};
}

static void add_phrase(oc_lexicon *lexicon, struct oc_phrases *phrases, const oc_lex_entry *entry, size_t kind)
{
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        if (entry->in[lang] && phrases->lists[lang][kind].words.len < END)
            *oc_vec_push(lexicon->arena, &phrases->lists[lang][kind].words) = phrase_of(entry->word);
}

oc_status oc_phrases_build(oc_lexicon *lexicon, oc_diags *diags)
{
    struct oc_phrases *phrases = OC_NEW(lexicon->arena, struct oc_phrases);
    bool good = true;
    for (size_t i = 0; i < lexicon->entries.len; i++) {
        const oc_lex_entry *entry = &lexicon->entries.at[i];
        if (oc_lex_class_group(entry->class) != OC_GROUP_PHRASE) continue;
        size_t kind = 0;
        while (kind < OC_PHRASE_COUNT &&
               (kinds[kind].class != entry->class || !oc_slice_is(entry->value, kinds[kind].value)))
            kind++;
        if (kind < OC_PHRASE_COUNT) {
            add_phrase(lexicon, phrases, entry, kind);
            continue;
        }
        good = false;
        oc_report(diags, OC_E0704, entry->span, OC_ARGS(OC_T(entry->value), OC_S(oc_lex_class_name(entry->class))));
    }
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        for (size_t kind = 0; kind < OC_PHRASE_COUNT; kind++) {
            phrase_list *list = &phrases->lists[lang][kind];
            if (list->words.len) qsort(list->words.at, list->words.len, sizeof(phrase), longer);
            make_chains(lexicon->arena, list, false, &list->heads.chains);
            make_chains(lexicon->arena, list, true, &list->tails.chains);
            make_ends(list);
            make_wholes(list);
            make_marks(list, 0);
            make_marks(list, 1);
        }
    lexicon->phrases = phrases;
    return good ? OC_OK : OC_INPUT;
}

static inline bool is_letter(oc_slice text, size_t at)
{
    return at < text.len &&
           (((text.ptr[at] | 32) >= 'a' && (text.ptr[at] | 32) <= 'z') || (text.ptr[at] >= '0' && text.ptr[at] <= '9'));
}

/* The same letters in either case. */
static bool same_letters(const char *a, const char *b, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char x = a[i], y = b[i];
        if (x != y && (x >= 'A' && x <= 'Z' ? x + 32 : x) != (y >= 'A' && y <= 'Z' ? y + 32 : y)) return false;
    }
    return true;
}

static const phrase_list *list_of(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind)
{
    return &lexicon->phrases->lists[lang][kind];
}

/* The first phrase of a size that the text begins with, as a whole word: its length, or 0. */
static size_t begins_in(const phrase_list *list, uint8_t size, uint64_t head, oc_slice text)
{
    for (unsigned i = list->heads.chains.first[chain_of(size, head, false)]; i != END; i = list->heads.chains.next[i]) {
        const phrase *own = &list->words.at[i];
        size_t length = own->text.len;
        if ((head ^ own->head) & own->head_mask || length > text.len) continue;
        if (length > LONG_BYTES && !same_letters(text.ptr + 8, own->text.ptr + 8, length - 8)) continue;
        if (!(is_letter(text, length) && is_letter(text, length - 1))) return length;
    }
    return 0;
}

/* The same of the end. */
static size_t ends_in(const phrase_list *list, uint8_t size, uint64_t tail, oc_slice text)
{
    for (unsigned i = list->tails.chains.first[chain_of(size, tail, true)]; i != END; i = list->tails.chains.next[i]) {
        const phrase *own = &list->words.at[i];
        size_t length = own->text.len;
        if ((tail ^ own->tail) & own->tail_mask || length > text.len) continue;
        size_t at = text.len - length;
        if (length > LONG_BYTES && !same_letters(text.ptr + at, own->text.ptr, length - 8)) continue;
        if (!(at && is_letter(text, at - 1) && is_letter(text, at))) return length;
    }
    return 0;
}

static inline size_t length_at(const phrase_list *list, oc_slice text)
{
    uint8_t sizes = text.len ? list->heads.sizes[(unsigned char)text.ptr[0]] : 0;
    if (!sizes) return 0;
    if (text.len >= list->pair_place + 2 && !has_pair(&list->heads.pairs, text.ptr + list->pair_place)) return 0;
    uint64_t head = head_of(text);
    size_t length = sizes & LONG ? begins_in(list, LONG, head, text) : 0;
    if (!length && sizes & MIDDLE) length = begins_in(list, MIDDLE, head, text);
    return length || !(sizes & SHORT) ? length : begins_in(list, SHORT, head, text);
}

size_t oc_phrase_begins(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    return length_at(list_of(lexicon, lang, kind), text);
}

size_t oc_phrase_ends(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    const phrase_list *list = list_of(lexicon, lang, kind);
    size_t end = text.len;
    while (end && text.ptr[end - 1] == ' ') end--;
    uint8_t sizes = end ? list->tails.sizes[(unsigned char)text.ptr[end - 1]] : 0;
    if (!sizes || (end >= 2 && !has_pair(&list->tails.pairs, text.ptr + end - 2))) return 0;
    oc_slice head = {text.ptr, end};
    uint64_t tail = tail_of(head);
    size_t length = sizes & LONG ? ends_in(list, LONG, tail, head) : 0;
    if (!length && sizes & MIDDLE) length = ends_in(list, MIDDLE, tail, head);
    if (!length && sizes & SHORT) length = ends_in(list, SHORT, tail, head);
    return length ? text.len - end + length : 0;
}

bool oc_phrase_is(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    const phrase_list *list = list_of(lexicon, lang, kind);
    unsigned whole = text.len ? whole_of(text) : 0;
    if (!text.len || !(list->wholes[whole / 8] >> whole % 8 & 1)) return false;
    uint64_t head = head_of(text);
    unsigned chain = chain_of(size_of(text.len), head, false);
    for (unsigned i = list->heads.chains.first[chain]; i != END; i = list->heads.chains.next[i]) {
        const phrase *own = &list->words.at[i];
        if (own->text.len == text.len && own->head == head && same_letters(own->text.ptr, text.ptr, text.len))
            return true;
    }
    return false;
}

/* Which of sixteen bytes are marks. */
static inline uint32_t bits_of(const marks *own, const char *bytes)
{
    oc_sixteen text, found = {0}, mark;
    memcpy(&text, bytes, sizeof text);
    text |= 0x20;
    for (unsigned i = 0; i < own->count; i++) {
        memcpy(&mark, own->bytes[i], sizeof mark);
        found |= (oc_sixteen)(text == mark);
    }
    return (uint32_t)oc_sixteen_bits(found);
}

static inline oc_sixteen is_alphanumeric(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes | 0x20, 'a', 'z') | oc_sixteen_in(bytes, '0', '9');
}

/* Of sixteen places from `at` on those that lie within a word of Latin letters; at < text.len, text.len >= 16. */
static inline uint32_t inside_words(oc_slice text, size_t at)
{
    oc_sixteen bytes;
    size_t from = at + 16 <= text.len ? at : text.len - 16;
    memcpy(&bytes, text.ptr + from, sizeof bytes);
    uint32_t letters = (uint32_t)oc_sixteen_bits(is_alphanumeric(bytes)) >> (at - from);
    return letters & (letters << 1 | (at && is_letter(text, at - 1)));
}

/* A bit for each of the `count` places from `at` on where a phrase may begin; of sixteen places at most. */
static inline uint32_t places_at(const phrase_list *list, oc_slice text, size_t at, size_t count)
{
    uint32_t places = (UINT32_C(1) << count) - 1;
    size_t from = at + list->pair_place;
    bool latin = !list->pair_place && text.len >= 16;
    if (count > NEAR && list->marks[0].count && list->marks[1].count && from + 17 <= text.len) {
        places &= bits_of(&list->marks[0], text.ptr + from);
        if (places) places &= bits_of(&list->marks[1], text.ptr + from + 1);
        return places && latin ? places & ~inside_words(text, at) : places;
    }
    if (!latin) {
        for (size_t i = 0; i < count; i++)
            if (!list->heads.sizes[(unsigned char)text.ptr[at + i]]) places &= ~(UINT32_C(1) << i);
        return places;
    }
    places &= ~inside_words(text, at);
    for (uint32_t left = places; left; left &= left - 1) { /* of sixteen two or three */
        uint32_t place = (uint32_t)__builtin_ctz(left);
        if (!list->heads.sizes[(unsigned char)text.ptr[at + place]]) places ^= UINT32_C(1) << place;
    }
    return places;
}

/* The phrase that begins at a place, but for the middle of a word: its length, or 0. */
static inline size_t length_in(const phrase_list *list, oc_slice text, size_t place)
{
    size_t length = length_at(list, (oc_slice){text.ptr + place, text.len - place});
    return length && place && is_letter(text, place) && is_letter(text, place - 1) ? 0 : length;
}

size_t oc_phrase_first(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text, size_t from,
                       size_t to, size_t *ret_length)
{
    const phrase_list *list = list_of(lexicon, lang, kind);
    *ret_length = 0;
    if (to > text.len) to = text.len;
    for (size_t at = from; at < to && list->words.len; at += 16) {
        size_t count = to - at < 16 ? to - at : 16;
        for (uint32_t places = places_at(list, text, at, count); places; places &= places - 1) {
            size_t place = at + (size_t)__builtin_ctz(places);
            if ((*ret_length = length_in(list, text, place)) != 0) return place;
        }
    }
    return SIZE_MAX;
}

size_t oc_phrase_last(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text, size_t from,
                      size_t to, size_t *ret_length)
{
    const phrase_list *list = list_of(lexicon, lang, kind);
    *ret_length = 0;
    for (size_t end = to < text.len ? to : text.len; end > from && list->words.len;) {
        size_t count = end - from < 16 ? end - from : 16;
        end -= count;
        for (uint32_t places = places_at(list, text, end, count), last; places; places ^= UINT32_C(1) << last) {
            last = 31 - (uint32_t)__builtin_clz(places);
            *ret_length = length_in(list, text, end + last);
            if (*ret_length && end + last + *ret_length <= to) return end + last;
        }
    }
    return SIZE_MAX;
}
