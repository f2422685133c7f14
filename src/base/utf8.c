/* UTF-8 by hand (decoding is on the path of every column of every message), the rest by utf8proc. */
#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/block.h"

uint32_t oc_utf8_next_(oc_slice text, size_t *offset)
{
    const unsigned char *p = (const unsigned char *)text.ptr + *offset;
    size_t left = text.len - *offset;
    unsigned lead = p[0];
    *offset += 1;
    if (lead < 0x80) return lead;
    int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc2 ? 1 : -1;
    if (more < 0 || lead > 0xf4 || left < (size_t)more + 1) return OC_UTF8_INVALID;
    uint32_t code = lead & (0x3fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((p[i] & 0xc0) != 0x80) return OC_UTF8_INVALID;
        code = code << 6 | (p[i] & 0x3f);
    }
    static const uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};
    if (code < smallest[more] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return OC_UTF8_INVALID;
    *offset += (size_t)more;
    return code;
}

size_t oc_utf8_encode(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned lead[] = {0, 0xc0, 0xe0, 0xf0};
    for (size_t i = more; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3f));
        code >>= 6;
    }
    out[0] = (char)(lead[more] | code);
    return more + 1;
}

/* A block that holds no character of four bytes and none that is malformed; the three bytes before it can be read and
 * belong to characters that are whole, or begin there and go on in it. */
static bool is_sound_block(const char *block)
{
    oc_sixteen wrong = {0};
    for (int i = 0; i < OC_BLOCK; i += 16) {
        oc_sixteen byte, one, two; /* two: the byte before `one`, which is before `byte` */
        memcpy(&byte, block + i, sizeof byte);
        memcpy(&one, block + i - 1, sizeof one);
        memcpy(&two, block + i - 2, sizeof two);
        oc_sixteen late = oc_sixteen_from(byte, 0xa0);
        wrong |= oc_sixteen_continues(byte) ^ (oc_sixteen_from(one, 0xc0) | oc_sixteen_from(two, 0xe0));
        wrong |= oc_sixteen_is(byte & 0xfe, 0xc0) | oc_sixteen_from(byte, 0xf0);
        wrong |= (oc_sixteen_is(one, 0xe0) & ~late) | (oc_sixteen_is(one, 0xed) & late);
    }
    return !oc_sixteen_bits(wrong);
}

/* A block of ASCII behind ASCII. */
static bool is_ascii_block(const char *block)
{
    oc_sixteen part[4];
    memcpy(part, block, sizeof part);
    return (unsigned char)block[-1] < 0x80 && !oc_sixteen_bits(part[0] | part[1] | part[2] | part[3]);
}

/* Back from `at` to where a character begins that goes on there, if one does. */
static size_t begin_before(oc_slice text, size_t at)
{
    for (size_t back = 1; back <= 3 && back <= at; back++) {
        unsigned char byte = (unsigned char)text.ptr[at - back];
        if (byte >= 0xc0) return at - back;
        if (byte < 0x80) break;
    }
    return at;
}

size_t oc_utf8_check(oc_slice text)
{
    for (size_t at = oc_utf8_skip_ascii(text, 0); at < text.len; at = oc_utf8_skip_ascii(text, at)) {
        size_t start = at;
        while (at >= 3 && text.len - at >= OC_BLOCK &&
               (is_ascii_block(text.ptr + at) || is_sound_block(text.ptr + at)))
            at += OC_BLOCK;
        if (at > start) at = start = begin_before(text, at);
        for (size_t end = at + OC_BLOCK; at < end && at < text.len; start = at)
            if (oc_utf8_next(text, &at) == OC_UTF8_INVALID) return start;
    }
    return SIZE_MAX;
}

size_t oc_utf8_count(oc_slice text)
{
    size_t count = 0, at = 0;
    while (at < text.len) {
        if (oc_utf8_eight(text, at)) {
            count += 8;
            at += 8;
            continue;
        }
        oc_utf8_next(text, &at);
        count++;
    }
    return count;
}

size_t oc_utf8_count_whole(oc_slice text)
{
    enum { MOST = 255 * 16 }; /* what a byte can count */
    size_t count = text.len, at = 0;
    while (text.len - at >= 16) {
        oc_sixteen bytes, more = {0};
        size_t end = text.len - at > MOST ? at + MOST : text.len;
        for (; end - at >= 16; at += 16) {
            memcpy(&bytes, text.ptr + at, sizeof bytes);
            more -= oc_sixteen_continues(bytes);
        }
        count -= oc_sixteen_sum(more);
    }
    size_t left = text.len - at;
    if (left && text.len >= 16) { /* once more the last sixteen, less those that were counted */
        oc_sixteen bytes;
        memcpy(&bytes, text.ptr + text.len - 16, sizeof bytes);
        return count - (size_t)__builtin_popcountll(oc_sixteen_bits(oc_sixteen_continues(bytes)) >> (16 - left));
    }
    for (; at < text.len; at++) count -= ((unsigned char)text.ptr[at] & 0xc0) == 0x80;
    return count;
}

int oc_utf8_code_width(uint32_t code)
{
    if (code == OC_UTF8_INVALID) return 1;
    if (code == '\t') return 1;
    /* Vowels and final consonants of Hangul join the consonant before them (Unicode 15, annex 11, section 5). */
    if ((code >= 0x1160 && code <= 0x11ff) || (code >= 0xd7b0 && code <= 0xd7fb)) return 0;
    return utf8proc_charwidth((utf8proc_int32_t)code);
}

size_t oc_utf8_width(oc_slice text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.len;) width += (size_t)oc_utf8_code_width(oc_utf8_next(text, &at));
    return width;
}

oc_slice oc_utf8_fit(oc_slice text, size_t columns)
{
    size_t width = 0;
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        width += (size_t)oc_utf8_code_width(oc_utf8_next(text, &at));
        if (width > columns) return oc_slice_sub(text, 0, start);
    }
    return text;
}

static oc_slice map_text(oc_arena *arena, oc_slice text, utf8proc_option_t options)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &mapped, options);
    if (length < 0) return text;
    /* The buffer belongs to the C library: hand it back before an allocation that may jump. */
    size_t size = (size_t)length;
    if (arena->limit && size > arena->limit - (arena->used < arena->limit ? arena->used : arena->limit)) {
        free(mapped);
        oc_arena_alloc(arena, size + 1);
        return text;
    }
    oc_slice copy = oc_arena_copy(arena, (oc_slice){(char *)mapped, size});
    free(mapped);
    return copy;
}

/* Whether composing leaves the text as it is, for certain: letters of European languages in one piece, kana, Chinese
 * characters and syllables of Hangul, and nothing that could join what stands before it. */
static bool is_composed(oc_slice text)
{
    static const uint32_t whole[][2] = {{0, 0x2ff},       {0x2010, 0x2027}, {0x3000, 0x3029}, {0x3041, 0x3098},
                                        {0x309b, 0x30ff}, {0x4e00, 0x9fff}, {0xac00, 0xd7a3}, {0xff01, 0xff9d}};
    for (size_t at = 0; at < text.len;) {
        if (oc_utf8_eight(text, at)) {
            at += 8;
            continue;
        }
        uint32_t code = oc_utf8_next(text, &at);
        size_t i = 0, count = sizeof whole / sizeof *whole;
        while (i < count && code > whole[i][1]) i++;
        if (i == count || code < whole[i][0]) return false;
    }
    return true;
}

oc_slice oc_utf8_nfc(oc_arena *arena, oc_slice text)
{
    if (is_composed(text)) return text;
    return map_text(arena, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

oc_slice oc_utf8_fold(oc_arena *arena, oc_slice text)
{
    return map_text(arena, text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
}

bool oc_utf8_is_name_start(uint32_t code)
{
    if (code < 0x80) return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || code == '_';
    if (code == OC_UTF8_INVALID) return false;
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return true;
    default: return false;
    }
}

bool oc_utf8_is_name_part(uint32_t code)
{
    if (code < 0x80) return oc_utf8_is_name_start(code) || (code >= '0' && code <= '9');
    if (code == OC_UTF8_INVALID) return false;
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC: return true;
    /* Full-width digits are not part of a name: they are a slip with its own message. */
    default: return oc_utf8_is_name_start(code);
    }
}
