/* UTF-8: decoding, display width, normal forms. Tables come from utf8proc. */
#ifndef OC_BASE_UTF8_H
#define OC_BASE_UTF8_H

#include <stdint.h>

#include "base/arena.h"

#define OC_UTF8_INVALID UINT32_C(0xffffffff)

/* Decodes the code point at text[*offset] and moves *offset behind it. Of a malformed sequence OC_UTF8_INVALID is
 * returned and *offset moves by one byte. *offset must be less than text.len. */
uint32_t oc_utf8_next(oc_slice text, size_t *offset);

/* Writes `code` (a valid code point) to out[4] and returns the number of bytes. */
size_t oc_utf8_encode(uint32_t code, char out[4]);

/* Byte offset of the first malformed sequence, or SIZE_MAX. */
size_t oc_utf8_check(oc_slice text);

/* Number of code points; a malformed byte counts as one. */
size_t oc_utf8_count(oc_slice text);

/* Columns on a terminal: East Asian wide and full-width 2, combining and control 0. A tab counts 1 here. */
int oc_utf8_code_width(uint32_t code);
size_t oc_utf8_width(oc_slice text);

/* The longest prefix of at most `columns` columns. */
oc_slice oc_utf8_fit(oc_slice text, size_t columns);

/* Normal form C, and NFKC with case folding (for comparing names); in the arena, or the text itself where it has that form
 * already. Malformed text is returned as it is. */
oc_slice oc_utf8_nfc(oc_arena *arena, oc_slice text);
oc_slice oc_utf8_fold(oc_arena *arena, oc_slice text);

/* Letters, digits and what else may stand in a name of the scenario language: any script's letters and marks. */
bool oc_utf8_is_name_start(uint32_t code);
bool oc_utf8_is_name_part(uint32_t code);

#endif
