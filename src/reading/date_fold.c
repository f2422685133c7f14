/* Half width and lines joined; see date_fold.h. Stretches that need no change are copied as they are; each change that
 * makes the text shorter is one shift. Example: "２０２６年" becomes "2026年" with four shifts of two bytes each. */
#include "reading/date_fold.h"

#include <string.h>

#include "base/block.h"
#include "base/utf8.h"
#include "reading/date_index.h"

static uint32_t fold_code(uint32_t code)
{
    if (code >= 0xff01 && code <= 0xff5e) return code - 0xff01 + '!';
    if (code == 0x3000 || code == 0xa0 || (code >= 0x2000 && code <= 0x200b)) return ' ';
    if (code == 0x2018 || code == 0x2019) return '\'';
    if ((code >= 0x2010 && code <= 0x2015) || code == 0x2212) return '-';
    if (code == 0x301c || code == 0x223c) return '~';
    return code;
}

bool oc_date_folds(uint32_t code)
{
    return code == '\n' || fold_code(code) != code;
}

bool oc_date_may_fold(const unsigned char *p)
{
    switch (p[0]) {
    case '\n': return true;
    case 0xc2: return p[1] == 0xa0;
    case 0xe2: return (p[1] == 0x80 && p[2] <= 0x99) || p[1] == 0x88;
    case 0xe3: return p[1] == 0x80 && (p[2] == 0x80 || p[2] == 0x9c);
    case 0xef: return p[1] >= 0xbc;
    default: return false;
    }
}

static inline oc_sixteen leads_of(oc_sixteen bytes)
{
    return oc_sixteen_is(bytes, '\n') | oc_sixteen_is(bytes, 0xc2) | oc_sixteen_is(bytes, 0xe2) |
           oc_sixteen_is(bytes, 0xef);
}

/* The next place at or behind `at` with a whole code that may change, or the length; the zeros behind the text are
 * read. Of kana, which begin as blanks do, the second byte tells. */
static size_t next_change(oc_slice text, size_t at)
{
    for (; at < text.len; at += OC_BLOCK) {
        const char *bytes = text.ptr + at;
        uint64_t bits = oc_block_bits(bytes, leads_of) | (oc_block_is(bytes, 0xe3) & oc_block_is(bytes + 1, 0x80));
        for (; bits; bits &= bits - 1) {
            size_t place = at + oc_block_first(bits), size = (unsigned char)text.ptr[place] < 0xe0 ? 2 : 3;
            if (place + size <= text.len && oc_date_may_fold((const unsigned char *)text.ptr + place)) return place;
        }
    }
    return text.len;
}

static bool is_hangul_lead(char byte)
{
    return (unsigned char)byte >= 0xea && (unsigned char)byte <= 0xed;
}

bool oc_date_word_crosses(const oc_matcher *words, oc_slice before, oc_slice behind)
{
    enum { REACH = 18 };
    char joined[2 * REACH];
    size_t left = 0, right = 0;
    while (left < before.len && left + 3 <= REACH && is_hangul_lead(before.ptr[before.len - left - 3])) left += 3;
    while (right + 3 <= behind.len && right + 3 <= REACH && is_hangul_lead(behind.ptr[right])) right += 3;
    memcpy(joined, before.ptr + before.len - left, left);
    memcpy(joined + left, behind.ptr, right);
    for (size_t at = 0; at < left && right; at += 3) {
        uint32_t id;
        if (at + oc_matcher_longest(words, (oc_slice){joined, left + right}, at, &id) > left) return true;
    }
    return false;
}

/* Bytes that stand for the line feed at `at` (0 or 1); with a hyphen before it that breaks an English word, -1: the
 * hyphen goes too. Nothing stands between a number and its unit, or where a word of a script without spaces goes on. */
static int line_join(const oc_matcher *words, oc_slice text, size_t at)
{
    if (!at || at + 3 >= text.len) return 1;
    char left = text.ptr[at - 1], right = text.ptr[at + 1];
    if (left == '-' && at >= 2 && oc_date_is_letter(text.ptr[at - 2]) && oc_date_is_letter(right)) return -1;
    bool digit = left >= '0' && left <= '9', digit_behind = right >= '0' && right <= '9';
    if (is_hangul_lead(right) && is_hangul_lead(left == '\n' ? left : text.ptr[at >= 3 ? at - 3 : 0]))
        return !oc_date_word_crosses(words, oc_slice_sub(text, 0, at), oc_slice_sub(text, at + 1, text.len));
    if (is_hangul_lead(right)) return !digit;
    bool wide = (unsigned char)right >= 0xe3 && (unsigned char)right <= 0xe9;
    bool wide_before = at >= 3 && (unsigned char)text.ptr[at - 3] >= 0xe3 && (unsigned char)text.ptr[at - 3] <= 0xe9;
    return !((wide && (digit || wide_before)) || (wide_before && digit_behind));
}

oc_folded oc_date_fold(const oc_matcher *words, oc_slice sentence, oc_arena *arena)
{
    size_t at = next_change(sentence, 0);
    if (at == sentence.len) return (oc_folded){sentence, NULL, 0};
    char *bytes = OC_NEW_ARRAY(arena, sentence.len + OC_DATE_PAD, char);
    size_t count = 0, room = 16, length = 0, copied = 0;
    oc_fold_shift *shifts = OC_NEW_ARRAY(arena, room, oc_fold_shift);
    while (at < sentence.len) {
        memcpy(bytes + length, sentence.ptr + copied, at - copied);
        length += at - copied;
        int line = sentence.ptr[at] == '\n' ? line_join(words, sentence, at) : 1;
        uint32_t code = oc_utf8_next(sentence, &at);
        uint32_t folded = code == '\n' ? ' ' : code == OC_UTF8_INVALID ? '?' : fold_code(code);
        if (line == 1)
            length += oc_utf8_encode(folded, bytes + length);
        else if (line < 0)
            length--;
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
    memset(bytes + length, 0, sentence.len + OC_DATE_PAD - length); /* of a code that became longer and then shorter */
    return (oc_folded){{bytes, length}, shifts, count};
}

uint32_t oc_date_unfold(const oc_folded *folded, size_t *at, size_t offset)
{
    while (*at < folded->count && folded->shifts[*at].from <= offset) ++*at;
    while (*at && folded->shifts[*at - 1].from > offset) --*at;
    return (uint32_t)offset + (*at ? folded->shifts[*at - 1].shift : 0);
}
