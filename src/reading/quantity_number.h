/* Numbers as quantities have them: in digits with scales (4兆1,000億), in Chinese characters (八百), in words (twenty). */
#ifndef OC_READING_QUANTITY_NUMBER_H
#define OC_READING_QUANTITY_NUMBER_H

#include "base/script.h"
#include "reading/lexicon.h"

/* The sentence at hand and how far it was read. */
typedef struct oc_quantity_scanner {
    const oc_lexicon *lexicon;
    oc_lang lang;
    oc_slice text;
    const oc_hits *hits; /* the lexicon's words in it */
    const bool *masked;  /* bytes that are none of quantities; NULL: none */
    size_t at;
    const oc_hit *word;  /* the first number in words at `at` or behind it; NULL: none */
} oc_quantity_scanner;

static inline bool oc_quantity_is_digit(oc_slice text, size_t at)
{
    return at < text.len && text.ptr[at] >= '0' && text.ptr[at] <= '9';
}

static inline bool oc_quantity_is_letter(oc_slice text, size_t at)
{
    return at < text.len && ((text.ptr[at] | 32) >= 'a' && (text.ptr[at] | 32) <= 'z');
}

static inline size_t oc_quantity_skip_space(oc_slice text, size_t at)
{
    return at < text.len && text.ptr[at] == ' ' ? at + 1 : at;
}

static inline bool oc_quantity_is_han(uint32_t code)
{
    return code == 0x3007 || oc_is_han(code); /* 〇 */
}

/* The value of digits at the start of `text`, 0 if there are none. */
double oc_quantity_value(oc_slice text);

/* The scale or unit that begins at `at`, over one space or hyphen; NULL if there is none. *ret_end is set if there is
 * one. */
const oc_lex_entry *oc_quantity_word(const oc_quantity_scanner *scanner, size_t at, oc_lex_class class,
                                     size_t *ret_end);

/* Lengths in bytes of a number at `at`, 0 if there is none: of one with groups and decimals, of one of digits with
 * scales, where the end is given instead, and of one in Chinese characters. */
size_t oc_quantity_digits(oc_slice text, size_t at, double *ret_value);
size_t oc_quantity_scaled(const oc_quantity_scanner *scanner, size_t at, double *ret_value);
size_t oc_quantity_han(const oc_quantity_scanner *scanner, size_t at, double *ret_value);

/* A number in words of class number that begins with *hit: "twenty-two", "a hundred thousand". Returns its end; *hit is
 * its last word. */
size_t oc_quantity_words(const oc_quantity_scanner *scanner, const oc_hit **hit, double *ret_value);

#endif
