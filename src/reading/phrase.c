/* Phrases by kind; see phrase.h. For each language and kind a list, the longest first, and two sets of chains through
 * it, by what phrases begin with and by what they end with: long ones by eight bytes, middle ones by three, short ones
 * by one. Before any chain is looked at, the filter tells by two bytes of the text of which sizes there may be
 * any: in English the first two, in Korean and Japanese the second and third, which say more; of ends the last two. So
 * a place where no phrase begins or ends costs a look, whatever the length of the list. Longer stretches are searched
 * sixteen places at a time: where words or characters begin, and, if the bytes of all phrases there are few, which
 * places have these.
 *
 * A list and its filter are made when the list is first looked into (later.h): a document asks for a part of the kinds
 * of one language. */
#include "reading/phrase.h"

#include <stdlib.h>

#include "base/block.h"
#include "reading/eight.h"

enum {
    CHAIN_BITS = 7,
    CHAINS = 1 << CHAIN_BITS, /* of middle phrases; as many of long ones */
    SHORT_CHAINS = 32,        /* of short ones, by the outermost byte, in either case */
    ALL_CHAINS = 2 * CHAINS + SHORT_CHAINS,
    END = 0xffff,
    MARKS_MAX = 12, /* more different bytes are not worth their comparison */
    MARKS_LATE = 6, /* nor so many where two bytes were compared already */
    MARK_PLACES = 4,
    MARK_REACH = 6, /* bytes of a phrase up to the last of these places */
};

/* The first phrase of each chain, and behind each phrase the next; END closes a chain. */
typedef struct chains {
    uint16_t *first; /* ALL_CHAINS */
    uint16_t *next;
} chains;

typedef struct phrase {
    oc_slice text;
    uint64_t head, head_mask; /* the first eight bytes in small letters, and which of them count */
    uint64_t tail, tail_mask; /* the last eight */
} phrase;

/* The bytes that phrases have at one place, each sixteen times; none: too many. Small letters stand for capital ones:
 * what has the bit 0x20 has it too. */
typedef struct marks {
    unsigned char bytes[MARKS_MAX][16];
    unsigned count;
} marks;

typedef struct phrase_list {
    OC_VEC(phrase) words;
    chains heads, tails;
    const oc_phrase_filter *filter;
    bool latin;   /* all begin with an ASCII letter or digit */
    marks *marks; /* MARK_PLACES, of the bytes that tell most at the start */
    atomic_bool ready;
} phrase_list;

struct oc_phrases {
    phrase_list lists[OC_LANG_COUNT][OC_PHRASE_COUNT];
    uint32_t *entries;                   /* indexes of all phrases by kind, in order of reading */
    uint32_t first[OC_PHRASE_COUNT + 1]; /* where in `entries` each kind begins */
    oc_later *later;
    atomic_uint lost;
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

/* The chain of phrases of a size by the eight bytes of one's head, by six, three or one of it; by the tail in the same
 * way. */
static inline unsigned chain_of(unsigned size, uint64_t bytes, bool tail)
{
    if (size == OC_PHRASE_SHORT) return 2 * CHAINS + (unsigned)(tail ? bytes >> 56 : bytes) % SHORT_CHAINS;
    if (size == OC_PHRASE_MIDDLE) bytes = tail ? bytes >> 40 : bytes & 0xffffff;
    if (size == OC_PHRASE_TWIN) bytes = tail ? bytes >> 16 : bytes & 0xffffffffffff;
    unsigned chain = (unsigned)(bytes * UINT64_C(0x9e3779b97f4a7c15) >> (64 - CHAIN_BITS));
    return size == OC_PHRASE_LONG ? chain + CHAINS : chain;
}

static void make_chains(oc_arena *arena, const phrase_list *list, bool tails, chains *ret)
{
    ret->first = OC_NEW_ARRAY(arena, ALL_CHAINS + list->words.len, uint16_t);
    ret->next = ret->first + ALL_CHAINS;
    memset(ret->first, 0xff, ALL_CHAINS * sizeof *ret->first); /* END */
    for (size_t i = list->words.len; i-- > 0;) {
        const phrase *own = &list->words.at[i];
        unsigned chain = chain_of(oc_phrase_size(own->text.len), tails ? own->tail : own->head, tails);
        ret->next[i] = ret->first[chain];
        ret->first[chain] = (uint16_t)i;
    }
}

static inline bool is_letter(oc_slice text, size_t at)
{
    return at < text.len && oc_sign_letters[(unsigned char)text.ptr[at]];
}

static size_t pair_place(oc_slice word)
{
    return (unsigned char)word.ptr[0] >= 0xe0;
}

/* A phrase of one byte has nothing that could be asked for beside it. */
static void add_to_filter(oc_phrase_filter *filter, oc_slice word)
{
    uint8_t size = (uint8_t)oc_phrase_size(word.len);
    size_t place = pair_place(word);
    bool whole = word.len >= place + 2;
    filter->wholes[oc_phrase_whole(word) / 8] |= (uint8_t)(1u << oc_phrase_whole(word) % 8);
    if (word.len >= OC_PHRASE_TWIN_BYTES) {
        filter->far_heads[oc_phrase_pair(word.ptr + 4)] |= size;
        filter->far_tails[oc_phrase_pair(word.ptr + word.len - 5)] |= size;
    }
    for (unsigned i = 0; i < (whole ? 1 : 256); i++) {
        char head[] = {word.ptr[0], (char)i}, tail[] = {(char)i, word.ptr[word.len - 1]};
        filter->heads[oc_phrase_pair(whole ? word.ptr + place : head)] |= size;
        filter->tails[oc_phrase_pair(whole ? word.ptr + word.len - 2 : tail)] |= size;
    }
}

static void make_filter(oc_arena *arena, phrase_list *list)
{
    oc_phrase_filter *filter = OC_NEW(arena, oc_phrase_filter);
    list->filter = filter;
    list->latin = true;
    for (size_t i = 0; i < list->words.len; i++) {
        add_to_filter(filter, list->words.at[i].text);
        list->latin &= is_letter(list->words.at[i].text, 0);
    }
}

/* The place in a phrase of one of the marks: the first four bytes, but of characters of three bytes not the first one,
 * which says little. */
static inline size_t mark_place(oc_slice word, unsigned which)
{
    static const unsigned char narrow[MARK_PLACES] = {0, 1, 2, 3}, wide[MARK_PLACES] = {1, 2, 4, 5};
    return pair_place(word) ? wide[which] : narrow[which];
}

/* None if there are too many or a phrase ends before the place. */
static void make_marks(phrase_list *list, unsigned which)
{
    marks *own = &list->marks[which];
    unsigned count = 0;
    for (size_t i = 0; i < list->words.len; i++) {
        oc_slice word = list->words.at[i].text;
        size_t place = mark_place(word, which);
        if (word.len <= place || pair_place(word) != pair_place(list->words.at[0].text)) return;
        unsigned char byte = (unsigned char)word.ptr[place] | 0x20;
        unsigned known = 0;
        while (known < count && own->bytes[known][0] != byte) known++;
        if (known == (which < 2 ? MARKS_MAX : MARKS_LATE)) return;
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

static bool is_of(const oc_lex_entry *entry, size_t kind)
{
    return kinds[kind].class == entry->class && oc_slice_is(entry->value, kinds[kind].value);
}

/* The kind of an entry, mostly that of the one before; OC_PHRASE_COUNT if it has none. */
static size_t kind_of(const oc_lex_entry *entry, size_t before)
{
    if (before < OC_PHRASE_COUNT && is_of(entry, before)) return before;
    size_t kind = 0;
    while (kind < OC_PHRASE_COUNT && !is_of(entry, kind)) kind++;
    return kind;
}

static const oc_phrase_filter holds_nothing;

/* What a list takes from the lexicon. */
typedef struct list_job {
    const oc_lexicon *lexicon;
    oc_lang lang;
    oc_phrase_kind kind;
} list_job;

static void make_list(void *context, oc_arena *arena)
{
    const list_job *job = context;
    struct oc_phrases *phrases = job->lexicon->phrases;
    phrase_list *list = &phrases->lists[job->lang][job->kind];
    list->words.at = NULL;
    list->words.len = list->words.room = 0;
    for (uint32_t i = phrases->first[job->kind]; i < phrases->first[job->kind + 1]; i++) {
        const oc_lex_entry *entry = &job->lexicon->entries.at[phrases->entries[i]];
        if (entry->in[job->lang] && list->words.len < END) *oc_vec_push(arena, &list->words) = phrase_of(entry->word);
    }
    if (!list->words.len) {
        list->filter = &holds_nothing;
        return;
    }
    qsort(list->words.at, list->words.len, sizeof(phrase), longer);
    make_chains(arena, list, false, &list->heads);
    make_chains(arena, list, true, &list->tails);
    make_filter(arena, list);
    list->marks = OC_NEW_ARRAY(arena, MARK_PLACES, marks);
    for (unsigned i = 0; i < MARK_PLACES; i++) make_marks(list, i);
    atomic_store_explicit(&job->lexicon->phrase_filters[job->lang][job->kind], list->filter, memory_order_release);
}

static const phrase_list *list_of(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind)
{
    static const phrase_list nothing = {.filter = &holds_nothing};
    phrase_list *list = &lexicon->phrases->lists[lang][kind];
    if (atomic_load_explicit(&list->ready, memory_order_acquire)) return list;
    list_job job = {lexicon, lang, kind};
    if (oc_later_make(lexicon->phrases->later, &list->ready, make_list, &job) == OC_OK) return list;
    atomic_fetch_add(&lexicon->phrases->lost, 1);
    return &nothing;
}

unsigned oc_phrases_lost(const oc_lexicon *lexicon)
{
    return atomic_load(&lexicon->phrases->lost);
}

void oc_phrases_add(const oc_lexicon *lexicon, oc_lang lang, oc_scanner *scanner)
{
    const struct oc_phrases *phrases = lexicon->phrases;
    for (uint32_t kind = 0; kind < OC_PHRASE_COUNT; kind++) {
        if (!(lexicon->searched[kind / 64] >> kind % 64 & 1)) continue;
        for (uint32_t i = phrases->first[kind]; i < phrases->first[kind + 1]; i++) {
            const oc_lex_entry *entry = &lexicon->entries.at[phrases->entries[i]];
            if (entry->in[lang]) oc_scanner_add(scanner, entry->word, kind * 4 + OC_PHRASE_ID, true);
        }
    }
}

static void set_searched(oc_lexicon *lexicon)
{
    static const oc_phrase_kind searched[] = {
        OC_PHRASE_ASKED,     OC_PHRASE_RESULT,     OC_PHRASE_REPORTING, OC_PHRASE_OTHER,        OC_PHRASE_DEADLINE,
        OC_PHRASE_THERE,     OC_PHRASE_IT,         OC_PHRASE_TURNS,     OC_PHRASE_DISCUSSED,    OC_PHRASE_SUPPOSED,
        OC_PHRASE_UNMATCHED, OC_PHRASE_YEARLY,     OC_PHRASE_OCCASION,  OC_PHRASE_ANNIVERSARY,  OC_PHRASE_GOES_ON,
        OC_PHRASE_CUT,       OC_PHRASE_QUOTED,     OC_PHRASE_THAT,      OC_PHRASE_SUPPOSED_END, OC_PHRASE_WORDS,
        OC_PHRASE_BACKWARD,  OC_PHRASE_YEAR_AFTER, OC_PHRASE_QUOTATIVE, OC_PHRASE_QUESTIONED,   OC_PHRASE_ASKING,
        OC_PHRASE_ORIGIN,    OC_PHRASE_MET,        OC_PHRASE_THIS_DAY,  OC_PHRASE_QUESTION,     OC_PHRASE_NOUN,
        OC_PHRASE_CLEFT,     OC_PHRASE_ITSELF,     OC_PHRASE_RUMOUR,    OC_PHRASE_NOBODY,       OC_PHRASE_MOVES};
    for (size_t i = 0; i < sizeof searched / sizeof *searched; i++)
        lexicon->searched[searched[i] / 64] |= UINT64_C(1) << searched[i] % 64;
    for (size_t kind = OC_PHRASE_TIMELY; kind <= OC_PHRASE_HAN_NUMERAL; kind++)
        lexicon->searched[kind / 64] |= UINT64_C(1) << kind % 64;
}

/* An entry and its kind. */
typedef struct known_phrase {
    uint32_t entry;
    uint32_t kind;
} known_phrase;

typedef struct known_phrases {
    OC_VEC(known_phrase) all;
} known_phrases;

/* Puts the entries into the order of their kinds. */
static void sort_entries(oc_arena *arena, struct oc_phrases *phrases, const known_phrases *known)
{
    uint32_t next[OC_PHRASE_COUNT];
    for (size_t i = 0; i < known->all.len; i++) phrases->first[known->all.at[i].kind + 1]++;
    for (size_t kind = 0; kind < OC_PHRASE_COUNT; kind++) phrases->first[kind + 1] += phrases->first[kind];
    memcpy(next, phrases->first, sizeof next);
    phrases->entries = OC_NEW_ARRAY(arena, known->all.len, uint32_t);
    for (size_t i = 0; i < known->all.len; i++)
        phrases->entries[next[known->all.at[i].kind]++] = known->all.at[i].entry;
}

/* Of lists that hold nothing the filter says so, and they are never looked into; of the others it says nothing yet. */
static void set_filters(oc_lexicon *lexicon, const struct oc_phrases *phrases)
{
    oc_phrase_filter *unknown = OC_NEW(lexicon->arena, oc_phrase_filter);
    memset(unknown, 0xff, sizeof *unknown);
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        lexicon->phrase_filters[lang] =
            OC_NEW_ARRAY(lexicon->arena, OC_PHRASE_COUNT, _Atomic(const struct oc_phrase_filter *));
        for (size_t kind = 0; kind < OC_PHRASE_COUNT; kind++) {
            uint32_t i = phrases->first[kind], end = phrases->first[kind + 1];
            while (i < end && !lexicon->entries.at[phrases->entries[i]].in[lang]) i++;
            atomic_init(&lexicon->phrase_filters[lang][kind], i < end ? unknown : &holds_nothing);
        }
    }
}

oc_status oc_phrases_build(oc_lexicon *lexicon, oc_diags *diags)
{
    struct oc_phrases *phrases = OC_NEW(lexicon->arena, struct oc_phrases);
    known_phrases known = {0};
    bool good = true;
    size_t kind = OC_PHRASE_COUNT;
    for (size_t i = 0; i < lexicon->entries.len; i++) {
        const oc_lex_entry *entry = &lexicon->entries.at[i];
        if (oc_lex_class_group(entry->class) != OC_GROUP_PHRASE) continue;
        kind = kind_of(entry, kind);
        if (kind < OC_PHRASE_COUNT) {
            *oc_vec_push(lexicon->arena, &known.all) = (known_phrase){(uint32_t)i, (uint32_t)kind};
            continue;
        }
        good = false;
        oc_report(diags, OC_E0704, entry->span, OC_ARGS(OC_T(entry->value), OC_S(oc_lex_class_name(entry->class))));
    }
    sort_entries(lexicon->arena, phrases, &known);
    set_filters(lexicon, phrases);
    set_searched(lexicon);
    phrases->later = oc_later_new(lexicon->arena);
    lexicon->phrases = phrases;
    return good ? OC_OK : OC_INPUT;
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

/* The first phrase of a size that the text begins with, as a whole word: its length, or 0. */
static size_t begins_in(const phrase_list *list, unsigned size, uint64_t head, oc_slice text)
{
    for (unsigned i = list->heads.first[chain_of(size, head, false)]; i != END; i = list->heads.next[i]) {
        const phrase *own = &list->words.at[i];
        size_t length = own->text.len;
        if ((head ^ own->head) & own->head_mask || length > text.len) continue;
        if (length > OC_PHRASE_LONG_BYTES && !same_letters(text.ptr + 8, own->text.ptr + 8, length - 8)) continue;
        if (!(is_letter(text, length) && is_letter(text, length - 1))) return length;
    }
    return 0;
}

/* The same of the end. */
static size_t ends_in(const phrase_list *list, unsigned size, uint64_t tail, oc_slice text)
{
    for (unsigned i = list->tails.first[chain_of(size, tail, true)]; i != END; i = list->tails.next[i]) {
        const phrase *own = &list->words.at[i];
        size_t length = own->text.len;
        if ((tail ^ own->tail) & own->tail_mask || length > text.len) continue;
        size_t at = text.len - length;
        if (length > OC_PHRASE_LONG_BYTES && !same_letters(text.ptr + at, own->text.ptr, length - 8)) continue;
        if (!(at && is_letter(text, at - 1) && is_letter(text, at))) return length;
    }
    return 0;
}

enum {
    ALL_SIZES = OC_PHRASE_SHORT | OC_PHRASE_MIDDLE | OC_PHRASE_TWIN | OC_PHRASE_LONG,
    FILTERED = 3 /* bytes from which the filter counts */
};

static inline unsigned sizes_of(const phrase_list *list)
{
    return list->words.len ? ALL_SIZES : 0;
}

static inline size_t length_at(const phrase_list *list, oc_slice text)
{
    unsigned sizes = text.len >= FILTERED ? oc_phrase_heads(list->filter, text) : sizes_of(list);
    if (!sizes) return 0;
    uint64_t head = head_of(text);
    size_t length = sizes & OC_PHRASE_LONG ? begins_in(list, OC_PHRASE_LONG, head, text) : 0;
    if (!length && sizes & OC_PHRASE_TWIN) length = begins_in(list, OC_PHRASE_TWIN, head, text);
    if (!length && sizes & OC_PHRASE_MIDDLE) length = begins_in(list, OC_PHRASE_MIDDLE, head, text);
    return length || !(sizes & OC_PHRASE_SHORT) ? length : begins_in(list, OC_PHRASE_SHORT, head, text);
}

size_t oc_phrase_begins_(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    return length_at(list_of(lexicon, lang, kind), text);
}

size_t oc_phrase_ends_(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    const phrase_list *list = list_of(lexicon, lang, kind);
    unsigned sizes = text.len >= FILTERED ? oc_phrase_tails(list->filter, text) : sizes_of(list);
    if (!sizes) return 0;
    uint64_t tail = tail_of(text);
    size_t length = sizes & OC_PHRASE_LONG ? ends_in(list, OC_PHRASE_LONG, tail, text) : 0;
    if (!length && sizes & OC_PHRASE_TWIN) length = ends_in(list, OC_PHRASE_TWIN, tail, text);
    if (!length && sizes & OC_PHRASE_MIDDLE) length = ends_in(list, OC_PHRASE_MIDDLE, tail, text);
    return length || !(sizes & OC_PHRASE_SHORT) ? length : ends_in(list, OC_PHRASE_SHORT, tail, text);
}

bool oc_phrase_is_(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    const phrase_list *list = list_of(lexicon, lang, kind);
    uint64_t head = head_of(text);
    if (!list->words.len) return false;
    for (unsigned i = list->heads.first[chain_of(oc_phrase_size(text.len), head, false)]; i != END;
         i = list->heads.next[i]) {
        const phrase *own = &list->words.at[i];
        if (own->text.len == text.len && own->head == head && same_letters(own->text.ptr, text.ptr, text.len))
            return true;
    }
    return false;
}

typedef struct bytes {
    oc_sixteen part[4];
} bytes;

/* Bits of the bytes that are marks. */
static inline uint64_t marks_in(const marks *own, const bytes *text)
{
    oc_sixteen found[4] = {{0}, {0}, {0}, {0}}, mark;
    uint64_t bits = 0;
    for (unsigned i = 0; i < own->count; i++) {
        memcpy(&mark, own->bytes[i], sizeof mark);
        for (unsigned k = 0; k < 4; k++) found[k] |= (oc_sixteen)((text->part[k] | 0x20) == mark);
    }
    for (unsigned k = 0; k < 4; k++) bits |= oc_sixteen_bits(found[k]) << 16 * k;
    return bits;
}

/* Bits of the places where a word begins, or a character; `inside`: the byte before is part of a word. */
static inline uint64_t starts_in(const bytes *text, bool words, bool inside)
{
    uint64_t bits = 0;
    for (unsigned k = 0; k < 4; k++) {
        oc_sixteen own = text->part[k];
        oc_sixteen yes = words ? oc_sixteen_in(own, '0', '9') | oc_sixteen_in(own | 0x20, 'a', 'z')
                               : (oc_sixteen)~oc_sixteen_continues(own);
        bits |= oc_sixteen_bits(yes) << 16 * k;
    }
    return words ? bits & ~(bits << 1 | inside) : bits;
}

/* STEP places are told at once: of the block's last ones the bytes behind them are not known. */
enum { STEP = OC_BLOCK - MARK_REACH + 1 };

/* A bit for each of `count` places from `at` on, at most STEP, where a phrase may begin. A last block begins before
 * `at`, so that it need not be copied. */
static uint64_t places_at(const phrase_list *list, oc_slice text, size_t at, size_t count)
{
    char room[OC_BLOCK];
    bytes own;
    size_t begin = text.len - at >= OC_BLOCK || text.len < OC_BLOCK ? at : text.len - OC_BLOCK;
    memcpy(own.part, oc_block_at(text, begin, room), sizeof own.part);
    uint64_t places = starts_in(&own, list->latin, begin && is_letter(text, begin - 1));
    places &= oc_block_until(count) << (at - begin);
    for (unsigned i = 0; i < MARK_PLACES && places; i++)
        if (list->marks[i].count) places &= marks_in(&list->marks[i], &own) >> mark_place(list->words.at[0].text, i);
    return places >> (at - begin);
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
    for (size_t at = from; at < to && list->words.len; at += STEP) {
        size_t count = to - at < STEP ? to - at : STEP;
        for (uint64_t places = places_at(list, text, at, count); places; places &= places - 1) {
            size_t place = at + oc_block_first(places);
            size_t length = length_in(list, text, place);
            if (!length) continue;
            *ret_length = length;
            return place;
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
        size_t count = end - from < STEP ? end - from : STEP;
        end -= count;
        for (uint64_t places = places_at(list, text, end, count), last; places; places ^= UINT64_C(1) << last) {
            last = 63 - (unsigned)__builtin_clzll(places);
            size_t length = length_in(list, text, end + last);
            if (!length || end + last + length > to) continue;
            *ret_length = length;
            return end + last;
        }
    }
    return SIZE_MAX;
}
