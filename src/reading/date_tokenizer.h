/* The tokenizer of dates between its files: date_token.c (order of attempts), date_word.c (words), date_number.c
 * (numbers, times of day, telephone numbers, numbers in words). */
#ifndef OC_READING_DATE_TOKENIZER_H
#define OC_READING_DATE_TOKENIZER_H

#include "base/script.h"
#include "base/utf8.h"
#include "reading/date_fold.h"
#include "reading/date_index.h"
#include "reading/date_token.h"

typedef struct oc_date_tokenizer {
    const oc_lexicon *lexicon;
    const oc_date_index *index;
    oc_lang lang;
    oc_slice text;
    oc_folded folded;
    size_t shift;   /* in `folded` */
    oc_arena *arena;
    oc_tokens *out;
    size_t at;
    bool space;     /* white space was skipped before `at` */
    bool counted;   /* a number in words was seen */
} tokenizer;

/* Zeros follow the text. */
static inline unsigned char byte_at(const tokenizer *t, size_t at)
{
    return (unsigned char)t->text.ptr[at];
}

static inline bool is_digit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline uint32_t code_at(const tokenizer *t, size_t at)
{
    const unsigned char *p = (const unsigned char *)t->text.ptr + at;
    if (p[0] < 0x80) return p[0];
    uint32_t code = oc_date_three(p);
    return code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? code : oc_utf8_next(t->text, &at);
}

static inline uint32_t code_before(const tokenizer *t, size_t at)
{
    if (at == 0) return 0;
    size_t start = at - 1;
    while (start && at - start < 4 && ((unsigned char)t->text.ptr[start] & 0xc0) == 0x80) start--;
    return code_at(t, start);
}

static inline uint8_t oc_date_flags(const tokenizer *t, uint32_t code)
{
    return code < 0x10000 ? t->index->codes[code] : 0;
}

/* The offset in the sentence. */
static inline uint32_t place(tokenizer *t, size_t at)
{
    return t->folded.count ? oc_date_unfold(&t->folded, &t->shift, at) : (uint32_t)at;
}

static inline oc_token *push(tokenizer *t, oc_atom_kind kind, size_t from, size_t to)
{
    if (t->out->len == t->out->room) oc_vec_push(t->arena, t->out), t->out->len--;
    oc_token *token = &t->out->at[t->out->len++];
    *token = (oc_token){.kind = kind, .from = place(t, from), .to = place(t, to), .space = t->space};
    t->space = false;
    t->at = to;
    return token;
}

static inline oc_token *last_token(tokenizer *t)
{
    return t->out->len ? &t->out->at[t->out->len - 1] : NULL;
}

/* True if the token before ends here and means something: then no word border is needed. */
static inline bool touches_atom(tokenizer *t)
{
    oc_token *last = last_token(t);
    return last && !t->space && last->kind != OC_ATOM_OTHER && last->kind != OC_ATOM_PUNCT;
}

static inline bool letters_are(const tokenizer *t, size_t at, const char *word)
{
    size_t i = 0;
    for (; word[i]; i++)
        if ((byte_at(t, at + i) | 32) != (unsigned char)word[i]) return false;
    return !oc_date_is_letter((char)byte_at(t, at + i));
}

enum { OC_DATE_LONG_START = 9 }; /* bytes of a word for "from" that may stand inside a word: 로부터 */

/* The tokens of word `id` of the lexicon, which has `length` bytes at t->at, or of a shorter one that stands there
 * instead. False, and nothing is pushed: no word of dates stands there. */
bool oc_date_push_word(tokenizer *t, size_t length, uint32_t id);

/* The same in English, where most words need no closer look. */
bool oc_date_push_english(tokenizer *t, size_t length, uint32_t id);

/* Text that means nothing, up to `to`. */
void oc_date_push_other(tokenizer *t, size_t to);

/* The digits at t->at with what belongs to them: a number, an ordinal, a decade, a quarter, a week; or no date. */
void oc_date_push_digits(tokenizer *t);

/* 2O19, l0월: a number with letters that a scan took for digits, as a year or before a unit. True if it was pushed. */
bool oc_date_push_scanned(tokenizer *t);

/* The length of a run of numerals at `at` that a unit follows, 0 if there is none; and its token. */
size_t oc_date_numerals_at(const tokenizer *t, size_t at);
void oc_date_push_numerals(tokenizer *t, size_t length);

/* True for 이 of 이 주 전, 이 년 뒤: two of them, where the word alone says "this". */
bool oc_date_is_distance(const tokenizer *t, size_t at);

/* Bytes at t->at of a time of day (10:30, 3pm) or of a number that is dialled; 0 if there is none. */
size_t oc_date_no_date_length(const tokenizer *t, bool *ret_time);

/* Joins numbers in English words: twenty one, nineteen eighty-seven, two thousand and six. */
void oc_date_join_numbers(oc_tokens *tokens);

#endif
