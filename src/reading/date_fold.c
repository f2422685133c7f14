/* Half width; see date_fold.h. Stretches that need no change are copied as they are; each change that makes the text
 * shorter is one shift. Example: "２０２６年" becomes "2026年" with four shifts of two bytes each. */
#include "reading/date_fold.h"

#include <string.h>

#include "base/utf8.h"

static uint32_t fold_code(uint32_t code)
{
    if (code >= 0xff01 && code <= 0xff5e) return code - 0xff01 + '!';
    if (code == 0x3000 || code == 0xa0 || (code >= 0x2000 && code <= 0x200b)) return ' ';
    if (code == 0x2018 || code == 0x2019) return '\'';
    if ((code >= 0x2010 && code <= 0x2015) || code == 0x2212) return '-';
    if (code == 0x301c || code == 0x223c) return '~';
    return code;
}

/* True for the first bytes of all codes that fold_code() changes. */
static bool may_change(const unsigned char *p)
{
    switch (p[0]) {
    case 0xc2: return p[1] == 0xa0;
    case 0xe2: return (p[1] == 0x80 && p[2] <= 0x99) || p[1] == 0x88;
    case 0xe3: return p[1] == 0x80 && (p[2] == 0x80 || p[2] == 0x9c);
    case 0xef: return p[1] >= 0xbc;
    default: return false;
    }
}

/* The next place at or behind `at` that may change, or the length. The two last bytes hold no whole code of three. */
static size_t next_change(oc_slice text, size_t at)
{
    while (at + 2 < text.len) {
        const unsigned char *p = (const unsigned char *)text.ptr + at;
        if (p[0] >= 0xc2 && may_change(p)) return at;
        at += p[0] < 0xe0 ? 1 : 3;
    }
    if (at + 1 < text.len && (unsigned char)text.ptr[at] == 0xc2 && (unsigned char)text.ptr[at + 1] == 0xa0) return at;
    return text.len;
}

oc_folded oc_date_fold(oc_slice sentence, oc_arena *arena)
{
    size_t at = next_change(sentence, 0);
    if (at == sentence.len) return (oc_folded){sentence, NULL, 0};
    char *bytes = OC_NEW_ARRAY(arena, sentence.len, char);
    size_t count = 0, room = 16, length = 0, copied = 0;
    oc_fold_shift *shifts = OC_NEW_ARRAY(arena, room, oc_fold_shift);
    while (at < sentence.len) {
        memcpy(bytes + length, sentence.ptr + copied, at - copied);
        length += at - copied;
        copied = at;
        uint32_t code = oc_utf8_next(sentence, &at);
        uint32_t folded = code == OC_UTF8_INVALID ? '?' : fold_code(code);
        length += oc_utf8_encode(folded, bytes + length);
        copied = at;
        if (at > length + (count ? shifts[count - 1].shift : 0)) {
            if (count == room) {
                oc_fold_shift *more = OC_NEW_ARRAY(arena, room * 2, oc_fold_shift);
                memcpy(more, shifts, count * sizeof *shifts);
                shifts = more;
                room *= 2;
            }
            shifts[count++] = (oc_fold_shift){(uint32_t)length, (uint32_t)(at - length)};
        }
        at = next_change(sentence, at);
    }
    memcpy(bytes + length, sentence.ptr + copied, sentence.len - copied);
    length += sentence.len - copied;
    return (oc_folded){{bytes, length}, shifts, count};
}

uint32_t oc_date_unfold(const oc_folded *folded, size_t *at, size_t offset)
{
    while (*at < folded->count && folded->shifts[*at].from <= offset) ++*at;
    while (*at && folded->shifts[*at - 1].from > offset) --*at;
    return (uint32_t)offset + (*at ? folded->shifts[*at - 1].shift : 0);
}
