/* Short words that tell what stands around quotation marks, milestones, dates and names, and who speaks: the classes
 * bracket, voice, claim, tense and page of the lexicon, each value a kind (phrase_kinds.def). They are looked up only
 * where a rule asks, so that they may be as short as と. */
#ifndef OC_READING_PHRASE_H
#define OC_READING_PHRASE_H

#include "reading/lexicon.h"

typedef enum oc_phrase_kind {
#define PHRASE(id, class, value) OC_PHRASE_##id,
#include "reading/phrase_kinds.def"
#undef PHRASE
    OC_PHRASE_COUNT,
    /* These are told by the scan as if they were some: oc_date_times_add. */
    OC_PHRASE_TIMELY = OC_PHRASE_COUNT, /* can be a time, alone or beside another word */
    OC_PHRASE_NOW,                      /* English: a time only where it begins or ends a range */
    OC_PHRASE_NTH,                      /* English: a time beside "on" */
    OC_PHRASE_ON,
    OC_PHRASE_HAN_NUMERAL
} oc_phrase_kind;

_Static_assert(OC_PHRASE_HAN_NUMERAL < OC_PHRASE_SETS * 64, "oc_hits has a bit for each kind");

/* Called by oc_lexicon_build: sorts the phrases by kind. A value that names no kind is E0704. */
oc_status oc_phrases_build(oc_lexicon *lexicon, oc_diags *diags);

/* How many times a list could not be made because memory ran out: what is asked for in it then is not found, so that
 * who reads a document compares before and after. */
unsigned oc_phrases_lost(const oc_lexicon *lexicon);

/* Adds to the scanner, before it is built, the phrases of the kinds that are searched for all over sentences. Their ids
 * are the kind times four and OC_PHRASE_ID. */
enum { OC_PHRASE_ID = 1 };
void oc_phrases_add(const oc_lexicon *lexicon, oc_lang lang, oc_scanner *scanner);

/* Which sizes of phrases may begin or end with two bytes, by oc_phrase_pair of these: nearly all texts are told by it
 * that they hold none. Of what begins with a character of three bytes or more the second and third count. Until
 * somebody looks into a list its filter says that everything may be in it. */
enum {
    OC_PHRASE_SHORT = 1,
    OC_PHRASE_MIDDLE = 2,
    OC_PHRASE_TWIN = 4, /* two characters of Korean or Japanese */
    OC_PHRASE_LONG = 8,
    OC_PHRASE_FAR = OC_PHRASE_TWIN | OC_PHRASE_LONG,
    OC_PHRASE_MIDDLE_BYTES = 3,
    OC_PHRASE_TWIN_BYTES = 6,
    OC_PHRASE_LONG_BYTES = 8
};
enum { OC_PHRASE_FILTER_BITS = 10 };
typedef struct oc_phrase_filter {
    uint8_t heads[1 << OC_PHRASE_FILTER_BITS], tails[1 << OC_PHRASE_FILTER_BITS];
    uint8_t far_heads[1 << OC_PHRASE_FILTER_BITS], far_tails[1 << OC_PHRASE_FILTER_BITS]; /* of twin and long ones */
    uint8_t wholes[(1 << OC_PHRASE_FILTER_BITS) / 8]; /* a bit for each phrase, by oc_phrase_whole */
} oc_phrase_filter;

/* Of two bytes, letters in either case. */
static inline unsigned oc_phrase_pair(const char *bytes)
{
    uint16_t both;
    memcpy(&both, bytes, sizeof both);
    return (uint16_t)((both | 0x2020u) * 40503u) >> (16 - OC_PHRASE_FILTER_BITS);
}

static inline const oc_phrase_filter *oc_phrase_filter_of(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind)
{
    return atomic_load_explicit(&lexicon->phrase_filters[lang][kind], memory_order_acquire);
}

/* The sizes of phrases that a text of three bytes or more may begin or end with: by two bytes and, if there are phrases
 * of six bytes and more, by two bytes of the next character. */
static inline unsigned oc_phrase_heads(const oc_phrase_filter *filter, oc_slice text)
{
    unsigned sizes = filter->heads[oc_phrase_pair(text.ptr + ((unsigned char)text.ptr[0] >= 0xe0))];
    if (!(sizes & OC_PHRASE_FAR)) return sizes;
    unsigned far = text.len >= OC_PHRASE_TWIN_BYTES ? filter->far_heads[oc_phrase_pair(text.ptr + 4)] : 0u;
    return sizes & (far | ~(unsigned)OC_PHRASE_FAR);
}

static inline unsigned oc_phrase_tails(const oc_phrase_filter *filter, oc_slice text)
{
    unsigned sizes = filter->tails[oc_phrase_pair(text.ptr + text.len - 2)];
    if (!(sizes & OC_PHRASE_FAR)) return sizes;
    unsigned far = text.len >= OC_PHRASE_TWIN_BYTES ? filter->far_tails[oc_phrase_pair(text.ptr + text.len - 5)] : 0u;
    return sizes & (far | ~(unsigned)OC_PHRASE_FAR);
}

/* A hash of the length, the first and the last byte of a text that is not empty: what is none of the phrases seldom has
 * that of one. */
static inline unsigned oc_phrase_whole(oc_slice text)
{
    unsigned first = (unsigned char)text.ptr[0] & 31u, last = (unsigned char)text.ptr[text.len - 1] & 31u;
    return (first << 5 ^ last ^ (unsigned)text.len * 73) & ((1u << OC_PHRASE_FILTER_BITS) - 1);
}

static inline unsigned oc_phrase_size(size_t length)
{
    return length < OC_PHRASE_MIDDLE_BYTES ? OC_PHRASE_SHORT
           : length < OC_PHRASE_TWIN_BYTES ? OC_PHRASE_MIDDLE
           : length < OC_PHRASE_LONG_BYTES ? OC_PHRASE_TWIN
                                           : OC_PHRASE_LONG;
}

/* What the functions below ask if the filter says that it may be worth it. */
size_t oc_phrase_begins_(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text);
size_t oc_phrase_ends_(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text);
bool oc_phrase_is_(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text);

/* Bytes of the longest phrase that the text begins or ends with, 0 if there is none. Phrases in Latin script match
 * whole words in any case; at the end of a text blanks are skipped and counted. */
static inline size_t oc_phrase_begins(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    if (text.len >= 3 && !oc_phrase_heads(oc_phrase_filter_of(lexicon, lang, kind), text)) return 0;
    return oc_phrase_begins_(lexicon, lang, kind, text);
}

/* False if no phrase ends with the last two bytes of the text, whatever stands before them. */
static inline bool oc_phrase_may_end(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    return text.len < 2 || oc_phrase_filter_of(lexicon, lang, kind)->tails[oc_phrase_pair(text.ptr + text.len - 2)];
}

static inline size_t oc_phrase_ends(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    size_t end = text.len;
    while (end && text.ptr[end - 1] == ' ') end--;
    oc_slice whole = {text.ptr, end};
    if (end >= 3 && !oc_phrase_tails(oc_phrase_filter_of(lexicon, lang, kind), whole)) return 0;
    size_t length = oc_phrase_ends_(lexicon, lang, kind, whole);
    return length ? length + text.len - end : 0;
}

/* The text is one of the phrases, in any case. */
static inline bool oc_phrase_is(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    unsigned whole = text.len ? oc_phrase_whole(text) : 0;
    return text.len && oc_phrase_filter_of(lexicon, lang, kind)->wholes[whole / 8] >> whole % 8 & 1 &&
           oc_phrase_is_(lexicon, lang, kind, text);
}

/* Where the first phrase of the kind begins in text[from, to), SIZE_MAX if there is none; its length in *ret_length.
 * One in Latin script begins where a word begins. */
size_t oc_phrase_first(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text, size_t from,
                       size_t to, size_t *ret_length);

/* Where the last phrase of the kind in text[from, to) starts, SIZE_MAX if there is none; its length in *ret_length. */
size_t oc_phrase_last(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text, size_t from,
                      size_t to, size_t *ret_length);

/* The same in the text that `hits` were scanned from, or in a part of it: mostly they tell that there is none. */
static inline bool oc_phrase_is_absent(const oc_hits *hits, oc_phrase_kind kind, oc_slice text)
{
    return hits->absent[kind / 64] >> kind % 64 & 1 && text.ptr >= hits->text.ptr &&
           text.ptr + text.len <= hits->text.ptr + hits->text.len;
}

static inline size_t oc_phrase_first_in(const oc_hits *hits, const oc_lexicon *lexicon, oc_lang lang,
                                        oc_phrase_kind kind, oc_slice text, size_t from, size_t to, size_t *ret_length)
{
    *ret_length = 0;
    return oc_phrase_is_absent(hits, kind, text) ? SIZE_MAX
                                                 : oc_phrase_first(lexicon, lang, kind, text, from, to, ret_length);
}

static inline size_t oc_phrase_last_in(const oc_hits *hits, const oc_lexicon *lexicon, oc_lang lang,
                                       oc_phrase_kind kind, oc_slice text, size_t from, size_t to, size_t *ret_length)
{
    *ret_length = 0;
    return oc_phrase_is_absent(hits, kind, text) ? SIZE_MAX
                                                 : oc_phrase_last(lexicon, lang, kind, text, from, to, ret_length);
}

#endif
