/* The words of the date group of one language, by place: which word begins here, what a character can begin, and at a
 * glance whether a sentence can hold a time at all.
 *
 * Words in Latin letters are found by the whole run of letters they begin with (one look in a table of runs), all
 * others by their first character. Example: of "in the days after" the runs "in", "the", "days" and "after" stand in
 * the table, and at "days" the sentence is known to need reading. */
#ifndef OC_READING_DATE_INDEX_H
#define OC_READING_DATE_INDEX_H

#include "reading/date_lexicon.h"
#include "reading/eight.h"

/* What a character is to the words of a language; codes above U+FFFF begin none. */
enum {
    OC_CODE_STARTS = 1,  /* a word or a numeral may begin with it */
    OC_CODE_LEADS = 2,   /* the same without words that need a date before them (まで, 末); of English all */
    OC_CODE_ALONE = 4,   /* one of these is the character alone (年, 二) */
    OC_CODE_BRIEF = 8,   /* one of those of OC_CODE_TIMELY is the character alone, or it is not of half width */
    OC_CODE_HANGUL = 16, /* in Korean: words begin at its borders */
    OC_CODE_TIMELY = 32, /* a word that makes a sentence worth reading may begin with it */
    OC_CODE_ENDS = 64,   /* a word ends with it */
    OC_CODE_COUNTS = 128 /* a unit may follow: a numeral, or a word for a number, this or next, の ends with it */
};

/* What a word adds to a sentence that may hold a time. */
enum {
    OC_TIMELY = 1,       /* can be a time without a number in digits: tomorrow, 来年, in English any unit */
    OC_TIMELY_UNIT = 2,  /* behind a number or before a part */
    OC_TIMELY_NTH = 4,   /* English: beside "on" */
    OC_TIMELY_ON = 8,
    OC_TIMELY_HOLDER = 16, /* of an office: beside a word for the time in it */
    OC_TIMELY_REIGN = 32,
    OC_TIMELY_FUTURE = 64,   /* English: will */
    OC_TIMELY_OFFICE = 128,  /* any word of an office or of the time in it */
    OC_TIMELY_PAST = 256,    /* English: said */
    OC_TIMELY_BESIDE = 512   /* English: a time only beside another word: days, may */
};

/* Whether words go on behind a run of letters: by at least so many bytes, or by less. */
enum { OC_FOLLOW_NEAR = 3, OC_FOLLOW_FAR = 7 };
enum { OC_GOES_NEAR = 1, OC_GOES_FAR = 2, OC_GOES_ANYWHERE = 4 };

/* A run of letters that words begin with, or that stands inside one (then it is not whole and goes nowhere). */
typedef struct oc_date_run {
    uint64_t head; /* its first eight letters, small, the first one lowest; 0 for an empty slot */
    uint32_t id;   /* of the word that is just this run, if `whole` */
    uint16_t roles;   /* OC_TIMELY… of all the words */
    bool whole;
    bool address;     /* http */
    bool joined;      /* it stands inside a word that begins with a sign or a digit (s of 's) */
    uint8_t goes_on;  /* OC_GOES_… */
    uint16_t number;  /* of the run */
} oc_date_run;

/* A word of one character. */
typedef struct oc_date_brief {
    uint32_t code, id; /* code 0 for an empty slot */
} oc_date_brief;

typedef struct oc_date_index {
    uint8_t codes[0x10000];             /* OC_CODE_… by code point */
    uint8_t lead_pairs[0x10000 / 8];    /* by oc_date_pair(): how words with OC_CODE_LEADS begin */
    uint8_t timely_pairs[0x10000 / 8];  /* the same of OC_CODE_TIMELY */
    uint8_t word_pairs[0x10000 / 8];    /* the same of all words */
    uint8_t follows[0x10000 / 8];       /* by oc_date_follow(): how words go on behind a run of letters */
    uint8_t timely[0x10000 / 8];        /* by oc_date_three_bytes(): characters with OC_CODE_TIMELY */
    uint8_t timely_threes[0x10000 / 8]; /* those of them whose next character may be any */
    uint8_t timely_sixes[0x10000 / 8];  /* by oc_date_six_bytes(): the others with the next */
    uint8_t heads[0x10000 / 8];         /* English, by oc_date_four_letters(): runs of two letters and more */
    oc_date_brief *briefs;           /* words of one character: open addressing by the code's low bits */
    size_t brief_mask;
    const oc_matcher *words;
    const uint16_t *roles;           /* OC_TIMELY… by index of the lexicon entry */
    oc_date_run *runs;               /* open addressing; `run_mask` and one of them, a power of two */
    size_t run_mask;
    unsigned run_shift;              /* of a hash to a slot */
    bool signs;                      /* a word of a time begins with a sign of ASCII */
} oc_date_index;

/* Makes the index of a language in the tables of the lexicon, of which its matcher and the atoms of all words are
 * known. */
void oc_date_index_build(const oc_lexicon *lexicon, oc_lang lang, oc_arena *arena);

/* False if the text, which is padded, holds no time. True of any that is not brought to half width (date_fold.h). */
bool oc_date_may_hold(const oc_date_tables *tables, oc_lang lang, oc_slice text);

/* True if words with these roles (OC_TIMELY…) can make a time. */
static inline bool oc_date_is_enough(unsigned roles)
{
    return roles & (OC_TIMELY | OC_TIMELY_BESIDE) || (roles & OC_TIMELY_NTH && roles & OC_TIMELY_ON) ||
           (roles & OC_TIMELY_HOLDER && roles & OC_TIMELY_REIGN);
}

/* The roles of the word at `at` that begins with a character of these flags and no letter of ASCII. */
unsigned oc_date_roles_at(const oc_date_tables *tables, const oc_date_index *index, oc_slice text, size_t at,
                          uint8_t flags);

static inline uint32_t oc_date_lower(uint32_t code)
{
    return code >= 'A' && code <= 'Z' ? code + 32 : code;
}

/* The bit of two code points in a table of pairs; different pairs may share one. */
static inline uint32_t oc_date_pair(uint32_t first, uint32_t second)
{
    return (first * 31 + second * 7) & 0xffff;
}

static inline bool oc_date_has_pair(const uint8_t *pairs, uint32_t first, uint32_t second)
{
    uint32_t pair = oc_date_pair(first, second);
    return pairs[pair / 8] >> pair % 8 & 1;
}

/* Bytes that may be read behind the texts below: zeros. */
#define OC_DATE_PAD 64

/* The bit of the first four letters at `p`, capital and small ones alike; others may share it. */
static inline uint32_t oc_date_four_letters(const char *p)
{
    uint32_t four = (uint32_t)oc_eight_bytes((const unsigned char *)p, 4);
    return (four & 0x1f1f1f1f) * UINT32_C(0x9e3779b1) >> 16;
}

/* False if no run of two letters and more begins at `p`. */
static inline bool oc_date_may_run(const oc_date_index *index, const char *p)
{
    uint32_t letters = oc_date_four_letters(p);
    return index->heads[letters / 8] >> letters % 8 & 1;
}

/* The bit of the character of three bytes at `p`; others may share it. */
static inline uint32_t oc_date_three_bytes(const char *p)
{
    return ((uint32_t)oc_eight_bytes((const unsigned char *)p, 4) & 0xffffff) * UINT32_C(0x9e3779b1) >> 16;
}

/* The same of two such characters. */
static inline uint32_t oc_date_six_bytes(const char *p)
{
    uint64_t six = oc_eight_first(oc_eight_bytes((const unsigned char *)p, 8), 6);
    return (uint32_t)(six * UINT64_C(0x9e3779b97f4a7c15) >> 48);
}

static inline bool oc_date_has_bit(const uint8_t *table, uint32_t bit)
{
    return table[bit / 8] >> bit % 8 & 1;
}

/* False if no word of a time begins with the character of three bytes at `p`, and it stays as it is (date_fold.h). */
static inline bool oc_date_may_be_timely(const oc_date_index *index, const char *p)
{
    uint32_t three = oc_date_three_bytes(p);
    return oc_date_has_bit(index->timely, three) &&
           (oc_date_has_bit(index->timely_sixes, oc_date_six_bytes(p)) || oc_date_has_bit(index->timely_threes, three));
}

/* A copy that zeros follow. */
oc_slice oc_date_padded(oc_slice text, oc_arena *arena);

/* The code point of three bytes at `p`, 0 if there is none. */
static inline uint32_t oc_date_three(const unsigned char *p)
{
    uint32_t bytes = (uint32_t)oc_eight_bytes(p, 4);
    if ((bytes & 0xc0c0f0) != 0x8080e0) return 0;
    return (bytes & 15) << 12 | (bytes >> 2 & 0xfc0) | (bytes >> 16 & 63);
}

/* The first eight letters of the run at `at`, small; *ret_end is the end of the run. 0 if no letter stands there. */
static inline uint64_t oc_date_run_at(oc_slice text, size_t at, size_t *ret_end)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    uint64_t head = 0;
    for (bool first = true;; first = false) {
        /* With this bit set no other byte becomes a letter. */
        uint64_t eight = oc_eight_bytes(bytes + at, 8) | OC_EACH * 0x20;
        uint64_t other = ~oc_eight_in_range(eight, 'a', 'z') & OC_EACH * 0x80;
        unsigned length = other ? (unsigned)__builtin_ctzll(other) / 8 : 8;
        if (first) head = oc_eight_first(eight, length);
        at += length;
        if (length < 8) break;
    }
    *ret_end = at;
    return head;
}

/* The run's entry; NULL if it has none. */
static inline const oc_date_run *oc_date_run_find(const oc_date_index *index, uint64_t head)
{
    size_t slot = (size_t)(head * UINT64_C(0x9e3779b97f4a7c15) >> index->run_shift);
    for (;; slot = (slot + 1) & index->run_mask) {
        const oc_date_run *run = &index->runs[slot];
        if (run->head == head) return run;
        if (!run->head) return NULL;
    }
}

/* The longest word that begins with the character `code` of three bytes at `at`: its length, 0 if there is none. The
 * tree is only asked where a word of two characters or more may begin. */
static inline size_t oc_date_sign_word(const oc_date_index *index, oc_slice text, size_t at, uint32_t code,
                                       uint32_t *ret_id)
{
    const unsigned char *behind = (const unsigned char *)text.ptr + at + 3;
    uint32_t second = *behind < 0x80 ? oc_date_lower(*behind) : oc_date_three(behind);
    if (!second ? *behind : oc_date_has_pair(index->word_pairs, code, second))
        return oc_matcher_longest(index->words, text, at, ret_id);
    for (size_t slot = code & index->brief_mask; index->briefs[slot].code; slot = (slot + 1) & index->brief_mask) {
        if (index->briefs[slot].code != code) continue;
        *ret_id = index->briefs[slot].id;
        return 3;
    }
    return 0;
}

/* The bit of the `count` bytes behind the run of this number, capital and small letters alike; others may share it. */
static inline uint32_t oc_date_follow(unsigned number, oc_slice text, size_t end, unsigned count)
{
    uint64_t bytes = oc_eight_bytes((const unsigned char *)text.ptr + end, 8) | OC_EACH * 0x20;
    return (uint32_t)((oc_eight_first(bytes, count) + number) * UINT64_C(0x9e3779b97f4a7c15) >> 48);
}

static inline bool oc_date_follows(const oc_date_index *index, const oc_date_run *run, oc_slice text, size_t end,
                                   unsigned count)
{
    uint32_t bit = oc_date_follow(run->number, text, end, count);
    return index->follows[bit / 8] >> bit % 8 & 1;
}

/* True if a word can go on behind the run that ends at `end`. */
static inline bool oc_date_goes_on(const oc_date_index *index, const oc_date_run *run, oc_slice text, size_t end)
{
    if (!run->goes_on) return false;
    return (run->goes_on & OC_GOES_FAR && oc_date_follows(index, run, text, end, OC_FOLLOW_FAR)) ||
           (run->goes_on & OC_GOES_NEAR && oc_date_follows(index, run, text, end, OC_FOLLOW_NEAR)) ||
           run->goes_on & OC_GOES_ANYWHERE;
}

/* The longest word that begins with the run of letters from `at` to `end`: its length in bytes, 0 if there is none. */
static inline size_t oc_date_run_word(const oc_date_index *index, const oc_date_run *run, oc_slice text, size_t at,
                                      size_t end, uint32_t *ret_id)
{
    *ret_id = run->id;
    if (!oc_date_goes_on(index, run, text, end)) return run->whole ? end - at : 0;
    size_t length = oc_matcher_longest(index->words, text, at, ret_id);
    return length >= end - at ? length : 0;
}

/* True if a Japanese or Korean date, or what may stand before one, can begin with such an atom. */
bool oc_date_may_begin(oc_atom_kind kind);

#endif
