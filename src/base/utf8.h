/* UTF-8: decoding, display width, normal forms. Tables come from utf8proc. */
#ifndef OC_BASE_UTF8_H
#define OC_BASE_UTF8_H

#include <stdint.h>

#include "base/arena.h"

#define OC_UTF8_INVALID UINT32_C(0xffffffff)

/* Decodes the code point at text[*offset] and moves *offset behind it. Of a malformed sequence OC_UTF8_INVALID is
 * returned and *offset moves by one byte. *offset must be less than text.len. */
static inline uint32_t oc_utf8_next(oc_slice text, size_t *offset);

/* Writes `code` (a valid code point) to out[4] and returns the number of bytes. */
size_t oc_utf8_encode(uint32_t code, char out[4]);

/* Byte offset of the first malformed sequence, or SIZE_MAX. */
size_t oc_utf8_check(oc_slice text);

/* Number of code points; a malformed byte counts as one. */
size_t oc_utf8_count(oc_slice text);

/* The same of text that is known to be well-formed, many times as fast. */
size_t oc_utf8_count_whole(oc_slice text);

/* The first place at or behind `at` that may hold other than ASCII: all before it is. */
static inline size_t oc_utf8_skip_ascii(oc_slice text, size_t at);

/* Columns on a terminal: East Asian wide and full-width 2, combining and control 0. A tab counts 1 here. */
int oc_utf8_code_width(uint32_t code);
size_t oc_utf8_width(oc_slice text);

/* The longest prefix of at most `columns` columns. */
oc_slice oc_utf8_fit(oc_slice text, size_t columns);

/* Normal form C, and NFKC with case folding (for comparing names); in the arena, or the text itself where it has that
 * form already. Malformed text is returned as it is. */
oc_slice oc_utf8_nfc(oc_arena *arena, oc_slice text);
oc_slice oc_utf8_fold(oc_arena *arena, oc_slice text);

/* Letters, digits and what else may stand in a name of the scenario language: any script's letters and marks. */
bool oc_utf8_is_name_start(uint32_t code);
bool oc_utf8_is_name_part(uint32_t code);

/* Not for direct use: all that oc_utf8_next does. */
uint32_t oc_utf8_next_(oc_slice text, size_t *offset);

/* Whether the next eight bytes are eight characters, so that whoever counts or copies may pass over them at once. */
static inline bool oc_utf8_eight(oc_slice text, size_t at)
{
    uint64_t eight;
    if (text.len - at < sizeof eight) return false;
    memcpy(&eight, text.ptr + at, sizeof eight);
    return !(eight & UINT64_C(0x8080808080808080));
}

static inline size_t oc_utf8_skip_ascii(oc_slice text, size_t at)
{
    while (oc_utf8_eight(text, at)) at += sizeof(uint64_t);
    while (at < text.len && (unsigned char)text.ptr[at] < 0x80) at++;
    return at;
}

/* One byte, and three of them as in Chinese, Japanese and Korean, without a call. */
static inline uint32_t oc_utf8_next(oc_slice text, size_t *offset)
{
    const unsigned char *p = (const unsigned char *)text.ptr + *offset;
    if (p[0] < 0x80) {
        *offset += 1;
        return p[0];
    }
    /* From e1 on no sequence is too long, and those of ed may be surrogates. */
    if (p[0] > 0xe0 && p[0] < 0xf0 && p[0] != 0xed && text.len - *offset >= 3 && (p[1] & 0xc0) == 0x80 &&
        (p[2] & 0xc0) == 0x80) {
        *offset += 3;
        return (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63);
    }
    return oc_utf8_next_(text, offset);
}

#endif
