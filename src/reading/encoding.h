/* Which encoding a document is in, and its conversion to UTF-8.
 *
 * Recognised, in this order: a byte order mark (UTF-8, UTF-16, UTF-32); UTF-8, also with a few broken bytes; UTF-16
 * without a mark, by the share of zero and kana high bytes; an encoding that the file declares, if its bytes fit;
 * else the best of Shift_JIS (CP932), EUC-JP and EUC-KR (CP949) by broken pairs and by the share of kana or Hangul
 * among the pairs; else windows-1252 when the bytes above 127 are few. Conversion is iconv's. */
#ifndef OC_READING_ENCODING_H
#define OC_READING_ENCODING_H

#include "base/arena.h"

typedef struct oc_encoded {
    const char *name; /* "UTF-8", "UTF-16LE", "Shift_JIS" … */
    oc_slice text;    /* UTF-8; the bytes themselves when they were UTF-8 already, a byte order mark included */
    size_t skip;      /* bytes of the byte order mark at the start of `text` */
    size_t broken;    /* bytes that fitted no character; each became U+FFFD */
    bool binary;      /* no text at all: text is empty */
} oc_encoded;

/* `declared` is the name of an encoding that the file states (HTML's meta charset), or empty. */
oc_encoded oc_encoding_read(oc_arena *arena, oc_slice bytes, oc_slice declared);

#endif
