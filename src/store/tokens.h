/* Words to search for, in texts of any script.
 *
 * Letters are compared in NFKC with folded case: ＰＬＡ is pla, ｶﾞｲﾄﾞ is ガイド, decomposed Hangul is composed, Ⅲ is iii.
 * A run of letters and digits is a word. A run of Chinese characters, kana and Hangul has no words that form alone
 * could find, so it becomes overlapping pairs: 台湾海峡 is 台湾, 湾海, 海峡 and the last character, 峡. A query of two
 * characters or more is then a sequence of pairs that must follow one another, and finds any part of a run; for a
 * single character one looks for pairs that begin with it.
 *
 * Places are bytes of the text as it was given, so that what was found can be marked there. */
#ifndef OC_STORE_TOKENS_H
#define OC_STORE_TOKENS_H

#include "base/slice.h"

enum { OC_TOKEN_BYTES = 128 }; /* longer words count with their first so many bytes, whole characters */

typedef enum oc_token_use {
    OC_TOKENS_TEXT,  /* each run ends with its last character alone */
    OC_TOKENS_QUERY  /* the same, but not for a run of pairs at the very end: more may follow it in a text */
} oc_token_use;

/* Takes one token, never empty. Not 0: stop, and return that number. */
typedef int (*oc_token_take)(void *context, oc_slice token, size_t start, size_t end);

/* Tokens in the order of their places. Malformed bytes separate. Linear in the length; needs no memory. Returns 0 or
 * what `take` returned. */
int oc_tokens(oc_slice text, oc_token_use use, oc_token_take take, void *context);

/* True if the text ends with a run of a single character of those written without spaces: a query of it has to look
 * for what begins with it. */
bool oc_tokens_end_single(oc_slice text);

#endif
