/* The fold table of actor_fold.h. Pairs of characters: left the form in old or other spelling, right what it becomes.
 */
#include "reading/actor_fold.h"

#include <stddef.h>

static uint32_t fold_pair(uint32_t code)
{
#define FOLD(from, to) \
    case from: return to;
    switch (code) {
    FOLD(0x30a1, 0x30a2) FOLD(0x30a3, 0x30a4) FOLD(0x30a5, 0x30a6) FOLD(0x30a7, 0x30a8) FOLD(0x30a9, 0x30aa) /* ァ … ォ */
    FOLD(0x30c3, 0x30c4) FOLD(0x30e3, 0x30e4) FOLD(0x30e5, 0x30e6) FOLD(0x30e7, 0x30e8)
    FOLD(0x30ee, 0x30ef) /* ッ ャ ュ ョ ヮ */
    FOLD(0x30f5, 0x30ab) FOLD(0x30f6, 0x30b1) /* ヵ ヶ */
    FOLD(0x30b0, 0x30af) FOLD(0x30d3, 0x30d4) FOLD(0x30d6, 0x30d7) /* グ/ク ビ/ピ ブ/プ */
    FOLD(0x5c07, 0x5c06) FOLD(0x570b, 0x56fd) FOLD(0x6703, 0x4f1a) FOLD(0x9f8d, 0x7adc)
    FOLD(0x6fa4, 0x6ca2) FOLD(0x6ff1, 0x6d5c)
    case 0x9089:
    FOLD(0x908a, 0x8fba)
    case 0x9f4a:
    FOLD(0x9f4b, 0x658e)
    FOLD(0x5ee3, 0x5e83) FOLD(0x6afb, 0x685c)
    FOLD(0x5cf6, 0x5d8b) FOLD(0x9244, 0x9435)
    FOLD(0x771e, 0x771f) FOLD(0x5be6, 0x5b9f)
    FOLD(0x6c23, 0x6c17) FOLD(0x5c0d, 0x5bfe) FOLD(0x5718, 0x56e3)
    FOLD(0x9ad9, 0x9ad8) FOLD(0xfa11, 0x5d0e)
    default: return code;
    }
#undef FOLD
}

uint32_t oc_actor_fold(uint32_t code)
{
    if (code >= 0xff01 && code <= 0xff5e) code = code - 0xff01 + '!';
    if (code < 128) {
        if (oc_actor_drops(code)) return OC_FOLD_DROP;
        return code >= 'A' && code <= 'Z' ? code + 32 : code;
    }
    switch (code) {
    case 0xa0:
    case 0xb7:
    case 0x2010:
    case 0x2011:
    case 0x2027:
    case 0x3000:
    case 0x30a0:
    case 0x30fb:
    case 0x30fc:
    case 0xff65: return OC_FOLD_DROP;
    default: return fold_pair(code);
    }
}
