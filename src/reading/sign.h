/* Signs: brackets, bullets, punctuation, blanks; at the ends of a text, and which ones are in it. */
#ifndef OC_READING_SIGN_H
#define OC_READING_SIGN_H

#include <stdint.h>

#include "base/slice.h"

/* What is no sign: ASCII letters, as small ones, and digits; 0 for all other bytes. */
extern const unsigned char oc_sign_letters[256];

/* Kinds of signs as bits of a set. ASCII ones and those of full width are of one kind. oc_scanner_scan tells those of a
 * text. */
enum {
    OC_SIGN_DIGIT = 1 << 0,
    OC_SIGN_QUOTE = 1 << 1,      /* " “ ” „ ‟ 「 」 『 』 〝 〞 〟 ＂ ｢ ｣ */
    OC_SIGN_APOSTROPHE = 1 << 2, /* ' ‘ ’ ‚ ‛ ＇ */
    OC_SIGN_BRACKET = 1 << 3,    /* ( ) [ ] { } 〈 〉 《 》 【 】 〔 〕 〖 〗 〘 〙 〚 〛 and those of full width */
    OC_SIGN_COMMA = 1 << 4,      /* , 、 ， ､ */
    OC_SIGN_COLON = 1 << 5,      /* : ： */
    OC_SIGN_SEMICOLON = 1 << 6,  /* ; ； */
    OC_SIGN_QUESTION = 1 << 7,   /* ? ？ */
    OC_SIGN_EXCLAMATION = 1 << 8, /* ! ！ */
    OC_SIGN_STOP = 1 << 9,       /* . 。 ． ｡ … ‥ */
    OC_SIGN_DASH = 1 << 10,      /* - ~ ‐ ‑ ‒ – — ― 〜 〰 － ～ */
    OC_SIGN_SLASH = 1 << 11,     /* / ／ */
    OC_SIGN_CAPITAL = 1 << 12,   /* A to Z, also of full width */
};

/* The kinds of ASCII signs. */
extern const uint16_t oc_signs_ascii[0x80];

/* The kind of the sign that begins with these bytes, 0 if none does; left > 0. */
uint32_t oc_sign_of(const unsigned char *bytes, size_t left);

/* Where the first blank, the first equals sign of either width stands in text[from…], SIZE_MAX if there is none; its
 * bytes in *ret_length. */
size_t oc_sign_blank(oc_slice text, size_t from, size_t *ret_length);
size_t oc_sign_equals(oc_slice text, size_t from, size_t *ret_length);

/* The text begins with an opening, ends with a closing round bracket of either width. */
static inline bool oc_sign_opens(oc_slice text)
{
    return oc_slice_begins(text, "(") || oc_slice_begins(text, "（");
}

static inline bool oc_sign_closes(oc_slice text)
{
    return oc_slice_ends_with(text, ")") || oc_slice_ends_with(text, "）");
}

/* The text ends with a question mark of either width. */
static inline bool oc_sign_asks(oc_slice text)
{
    return oc_slice_ends_with(text, "?") || oc_slice_ends_with(text, "？");
}

/* Without what stands in a list of signs, each one character, at both ends. */
oc_slice oc_signs_trim(oc_slice text, const char *const *signs, size_t count);
#define OC_SIGNS_TRIM(text, signs) oc_signs_trim(text, signs, sizeof(signs) / sizeof *(signs))

/* Bytes of the sign in the list that the text begins or ends with, 0 if there is none. */
size_t oc_sign_first(oc_slice text, const char *const *signs, size_t count);
size_t oc_sign_last(oc_slice text, const char *const *signs, size_t count);
#define OC_SIGN_FIRST(text, signs) oc_sign_first(text, signs, sizeof(signs) / sizeof *(signs))
#define OC_SIGN_LAST(text, signs) oc_sign_last(text, signs, sizeof(signs) / sizeof *(signs))

#endif
