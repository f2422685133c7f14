/* Phrases by kind; see phrase.h. For each language and kind a list, the longest first, and two sets of chains through
 * it: of phrases that begin with the same three bytes, or end with them. So a place where none begins or ends costs one
 * look. Phrases of one or two bytes stand in a chain of their own, which comes last; what phrases begin with is a
 * table. */
#include "reading/phrase.h"

#include <stdlib.h>

#include "reading/eight.h"

enum { CHAIN_BITS = 8, CHAINS = 1 << CHAIN_BITS, SHORT = CHAINS, END = 0xffff, SHORT_HEAD = 1, LONG_HEAD = 2 };

/* The first phrase of each chain, and behind each phrase the next; END closes a chain. */
typedef struct chains {
    uint16_t first[CHAINS + 1];
    uint16_t *next;
} chains;

typedef struct phrase {
    oc_slice text;
    uint64_t head, head_mask; /* the first eight bytes in small letters, and which of them count */
    uint64_t tail, tail_mask; /* the last eight */
} phrase;

typedef struct phrase_list {
    OC_VEC(phrase) words;
    chains heads, tails;
    uint8_t heads_at[256]; /* by the first byte, in either case: SHORT_HEAD, LONG_HEAD */
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

/* Of three bytes, letters in either case. */
static unsigned chain_of(const char *bytes)
{
    const unsigned char *p = (const unsigned char *)bytes;
    unsigned key = (p[0] | 32u) | (p[1] | 32u) << 8 | (p[2] | 32u) << 16;
    return key * 0x9e3779b1u >> (32 - CHAIN_BITS);
}

static inline unsigned head_chain(oc_slice text)
{
    return text.len < 3 ? SHORT : chain_of(text.ptr);
}

static unsigned tail_chain(oc_slice text)
{
    return text.len < 3 ? SHORT : chain_of(text.ptr + text.len - 3);
}

static void make_chains(oc_arena *arena, const phrase_list *list, unsigned (*chain)(oc_slice), chains *ret)
{
    for (size_t i = 0; i <= CHAINS; i++) ret->first[i] = END;
    ret->next = OC_NEW_ARRAY(arena, list->words.len, uint16_t);
    for (size_t i = list->words.len; i-- > 0;) {
        unsigned own = chain(list->words.at[i].text);
        ret->next[i] = ret->first[own];
        ret->first[own] = (uint16_t)i;
    }
}

static void make_heads(phrase_list *list)
{
    for (size_t i = 0; i < list->words.len; i++) {
        oc_slice word = list->words.at[i].text;
        if (!word.len) continue;
        unsigned char head = (unsigned char)word.ptr[0];
        uint8_t kind = word.len < 3 ? SHORT_HEAD : LONG_HEAD;
        list->heads_at[head] |= kind;
        if ((head | 32) >= 'a' && (head | 32) <= 'z') list->heads_at[head ^ 32] |= kind;
    }
}

static inline uint64_t head_of(oc_slice text)
{
    return oc_eight_lower(oc_eight_load((const unsigned char *)text.ptr, text.len));
}

static inline uint64_t tail_of(oc_slice text)
{
    return oc_eight_lower(oc_eight_last((const unsigned char *)text.ptr, text.len));
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
            make_chains(lexicon->arena, list, head_chain, &list->heads);
            make_chains(lexicon->arena, list, tail_chain, &list->tails);
            make_heads(list);
        }
    lexicon->phrases = phrases;
    return good ? OC_OK : OC_INPUT;
}

static bool is_letter(oc_slice text, size_t at)
{
    return at < text.len &&
           (((text.ptr[at] | 32) >= 'a' && (text.ptr[at] | 32) <= 'z') || (text.ptr[at] >= '0' && text.ptr[at] <= '9'));
}

static bool same_letters(oc_slice a, oc_slice b)
{
    if (a.len != b.len || (a.len && (a.ptr[a.len - 1] ^ b.ptr[a.len - 1]) & ~32)) return false; /* most differ there */
    for (size_t i = 0; a.len == b.len && i < a.len; i++) {
        char x = a.ptr[i], y = b.ptr[i];
        if ((x >= 'A' && x <= 'Z' ? x + 32 : x) != (y >= 'A' && y <= 'Z' ? y + 32 : y)) return false;
    }
    return a.len == b.len;
}

static bool word_at(oc_slice text, size_t at, oc_slice word)
{
    if (at + word.len > text.len || !same_letters(oc_slice_sub(text, at, at + word.len), word)) return false;
    bool before = at && is_letter(text, at - 1) && is_letter(text, at);
    size_t end = at + word.len;
    return !before && !(is_letter(text, end) && is_letter(text, end - 1));
}

static const phrase_list *list_of(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind)
{
    return &lexicon->phrases->lists[lang][kind];
}

/* Of the phrases of a chain the first that the text begins with, or ends with: its length, or 0. */
static size_t begins_in(const phrase_list *list, unsigned chain, oc_slice text)
{
    uint64_t head = head_of(text);
    for (unsigned i = list->heads.first[chain]; i != END; i = list->heads.next[i]) {
        const phrase *own = &list->words.at[i];
        if (!((head ^ own->head) & own->head_mask) && word_at(text, 0, own->text)) return own->text.len;
    }
    return 0;
}

static size_t ends_in(const phrase_list *list, unsigned chain, oc_slice text)
{
    uint64_t tail = tail_of(text);
    for (unsigned i = list->tails.first[chain]; i != END; i = list->tails.next[i]) {
        const phrase *own = &list->words.at[i];
        if ((tail ^ own->tail) & own->tail_mask || own->text.len > text.len) continue;
        if (word_at(text, text.len - own->text.len, own->text)) return own->text.len;
    }
    return 0;
}

/* False where no phrase of the list begins: nearly everywhere. */
static inline bool may_begin(const phrase_list *list, oc_slice text)
{
    uint8_t head = text.len ? list->heads_at[(unsigned char)text.ptr[0]] : 0;
    return head & SHORT_HEAD || (head && text.len >= 3 && list->heads.first[head_chain(text)] != END);
}

static size_t length_at(const phrase_list *list, oc_slice text)
{
    size_t length = text.len < 3 ? 0 : begins_in(list, head_chain(text), text);
    return length || !(list->heads_at[(unsigned char)text.ptr[0]] & SHORT_HEAD) ? length : begins_in(list, SHORT, text);
}

size_t oc_phrase_begins(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    const phrase_list *list = list_of(lexicon, lang, kind);
    return may_begin(list, text) ? length_at(list, text) : 0;
}

size_t oc_phrase_ends(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    const phrase_list *list = list_of(lexicon, lang, kind);
    size_t end = text.len;
    while (end && text.ptr[end - 1] == ' ') end--;
    oc_slice head = oc_slice_sub(text, 0, end);
    size_t length = end < 3 ? 0 : ends_in(list, tail_chain(head), head);
    if (!length) length = ends_in(list, SHORT, head);
    return length ? text.len - end + length : 0;
}

bool oc_phrase_is(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    const phrase_list *list = list_of(lexicon, lang, kind);
    for (unsigned i = list->heads.first[head_chain(text)]; i != END; i = list->heads.next[i])
        if (same_letters(list->words.at[i].text, text)) return true;
    return false;
}

/* Where a phrase could begin: not inside of a word in Latin letters. */
static inline bool may_begin_at(const phrase_list *list, oc_slice text, size_t at)
{
    uint8_t head = list->heads_at[(unsigned char)text.ptr[at]];
    if (!head || (at && is_letter(text, at) && is_letter(text, at - 1))) return false;
    return head & SHORT_HEAD || (text.len - at >= 3 && list->heads.first[chain_of(text.ptr + at)] != END);
}

size_t oc_phrase_first(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text, size_t from,
                       size_t to, size_t *ret_length)
{
    const phrase_list *list = list_of(lexicon, lang, kind);
    for (size_t at = from; at < to && at < text.len; at++) {
        if (!may_begin_at(list, text, at)) continue;
        *ret_length = length_at(list, oc_slice_from(text, at));
        if (*ret_length) return at;
    }
    *ret_length = 0;
    return SIZE_MAX;
}

size_t oc_phrase_last(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text, size_t from,
                      size_t to, size_t *ret_length)
{
    const phrase_list *list = list_of(lexicon, lang, kind);
    *ret_length = 0;
    for (size_t at = to < text.len ? to : text.len; at-- > from;) {
        if (!may_begin_at(list, text, at)) continue;
        *ret_length = length_at(list, oc_slice_from(text, at));
        if (*ret_length && at + *ret_length <= to) return at;
    }
    return SIZE_MAX;
}
