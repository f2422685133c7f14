/* Searches in slices (memmem is not C17). In Japanese and Korean text, and of a blank, the first byte says little:
 * sixteen places at a time are asked for the first and the last byte of the needle. Other needles are rare by their
 * first. */
#include "base/slice.h"

#include <stdint.h>

#include "base/block.h"

/* Bits of sixteen places where the needle may stand. */
static inline uint64_t may_hold(const char *from, oc_slice needle)
{
    oc_sixteen first, last;
    memcpy(&first, from, sizeof first);
    memcpy(&last, from + needle.len - 1, sizeof last);
    return oc_sixteen_bits(oc_sixteen_is(first, (unsigned char)needle.ptr[0]) &
                           oc_sixteen_is(last, (unsigned char)needle.ptr[needle.len - 1]));
}

static size_t find_common(oc_slice hay, oc_slice needle, size_t from)
{
    size_t end = hay.len - needle.len + 1;
    while (from < end && end >= 16) {
        size_t at = end - from >= 16 ? from : end - 16; /* the last places once more, less those that were asked */
        for (uint64_t bits = may_hold(hay.ptr + at, needle) >> (from - at); bits; bits &= bits - 1) {
            size_t place = from + oc_block_first(bits);
            if (memcmp(hay.ptr + place, needle.ptr, needle.len) == 0) return place;
        }
        from = at + 16;
    }
    for (; from < end; from++)
        if (hay.ptr[from] == needle.ptr[0] && memcmp(hay.ptr + from, needle.ptr, needle.len) == 0) return from;
    return SIZE_MAX;
}

size_t oc_slice_find(oc_slice hay, oc_slice needle, size_t from)
{
    if (needle.len == 0) return from <= hay.len ? from : SIZE_MAX;
    if (hay.len < needle.len) return SIZE_MAX;
    if ((unsigned char)needle.ptr[0] >= 0x80 || needle.ptr[0] == ' ') return find_common(hay, needle, from);
    size_t last = hay.len - needle.len;
    while (from <= last) {
        const char *hit = memchr(hay.ptr + from, needle.ptr[0], last - from + 1);
        if (!hit) return SIZE_MAX;
        from = (size_t)(hit - hay.ptr);
        if (memcmp(hit, needle.ptr, needle.len) == 0) return from;
        from++;
    }
    return SIZE_MAX;
}

size_t oc_slice_find_last(oc_slice hay, oc_slice needle, size_t from)
{
    size_t end = needle.len && hay.len >= needle.len ? hay.len - needle.len + 1 : 0;
    for (; end >= from + 16; end -= 16)
        for (uint64_t bits = may_hold(hay.ptr + end - 16, needle), last; bits; bits ^= UINT64_C(1) << last) {
            last = 63 - (unsigned)__builtin_clzll(bits);
            size_t place = end - 16 + last;
            if (memcmp(hay.ptr + place, needle.ptr, needle.len) == 0) return place;
        }
    while (end > from)
        if (hay.ptr[--end] == needle.ptr[0] && memcmp(hay.ptr + end, needle.ptr, needle.len) == 0) return end;
    return SIZE_MAX;
}

/* Most places are passed by with a look at two bytes: what words begin with and what stands third in longer ones. */
static size_t find_any_at_once(oc_slice text, size_t from, const char *const *words, size_t count, size_t *ret_len)
{
    enum { SHORT = 1, LONG = 2 };
    unsigned char first[256] = {0};
    bool third[256] = {false};
    for (size_t i = 0; i < count; i++) {
        const unsigned char *word = (const unsigned char *)words[i];
        bool is_long = word[0] && word[1] && word[2];
        first[word[0]] |= is_long ? LONG : SHORT;
        if (is_long) third[word[2]] = true;
    }
    for (size_t at = from; at < text.len; at++) {
        const unsigned char *p = (const unsigned char *)text.ptr + at;
        if (!first[p[0]] || (first[p[0]] == LONG && !(text.len - at >= 3 && third[p[2]]))) continue;
        for (size_t i = 0; i < count; i++) {
            if ((unsigned char)words[i][0] != p[0] || !oc_slice_begins(oc_slice_from(text, at), words[i])) continue;
            *ret_len = strlen(words[i]);
            return at;
        }
    }
    return SIZE_MAX;
}

size_t oc_slice_find_any(oc_slice text, size_t from, const char *const *words, size_t count, size_t *ret_len)
{
    enum { ONE_BY_ONE = 3 };
    if (count > ONE_BY_ONE) return find_any_at_once(text, from, words, count, ret_len);
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        oc_slice word = oc_slice_of(words[i]);
        size_t at = oc_slice_find(best == SIZE_MAX ? text : oc_slice_sub(text, 0, best + word.len), word, from);
        if (at < best) best = at, *ret_len = word.len;
    }
    return best;
}

oc_slice oc_slice_cut(oc_slice *rest, char mark)
{
    const char *at = rest->len ? memchr(rest->ptr, mark, rest->len) : NULL;
    size_t length = at ? (size_t)(at - rest->ptr) : rest->len;
    oc_slice head = oc_slice_sub(*rest, 0, length);
    *rest = oc_slice_sub(*rest, length + (at != NULL), rest->len);
    return head;
}
