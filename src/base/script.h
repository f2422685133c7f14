/* The script of a code point, of those in which Japanese and Korean are written. */
#ifndef OC_BASE_SCRIPT_H
#define OC_BASE_SCRIPT_H

#include <stdbool.h>
#include <stdint.h>

/* A unified Chinese character of the basic block, without 々 and 〇. */
static inline bool oc_is_han(uint32_t code)
{
    return code >= 0x4e00 && code <= 0x9fff;
}

/* A whole Korean syllable. */
static inline bool oc_is_hangul(uint32_t code)
{
    return code >= 0xac00 && code <= 0xd7a3;
}

/* The number of the consonant on which a Korean syllable ends, 1 to 27 in the order of Unicode (4: ㄴ, 20: ㅆ); 0 if it
 * ends on a vowel, -1 if the code point is none. */
static inline int oc_hangul_final(uint32_t code)
{
    return oc_is_hangul(code) ? (int)((code - 0xac00) % 28) : -1;
}

static inline bool oc_is_hiragana(uint32_t code)
{
    return code >= 0x3041 && code <= 0x309f;
}

#endif
