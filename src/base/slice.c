/* Searches in slices (memmem is not C17). In Japanese and Korean text, and of a blank, the first byte says little:
 * eight places at a time are asked for the first and the last byte of the needle. Other needles are rare by their
 * first. */
#include "base/slice.h"

#include <stdint.h>

#define EACH UINT64_C(0x0101010101010101)

/* Eight bytes, zero where they are `byte`. */
static inline uint64_t without(const char *bytes, char byte)
{
    uint64_t eight;
    memcpy(&eight, bytes, sizeof eight);
    return eight ^ EACH * (unsigned char)byte;
}

/* True if one of eight places has the first byte, and the last one at its distance. Seldom true for nothing: only a
 * byte behind a real place is taken for one. */
static inline bool may_hold(const char *from, oc_slice needle)
{
    uint64_t differs = without(from, needle.ptr[0]) | without(from + needle.len - 1, needle.ptr[needle.len - 1]);
    return (differs - EACH) & ~differs & EACH * 0x80;
}

static size_t find_common(oc_slice hay, oc_slice needle, size_t from)
{
    size_t end = hay.len - needle.len + 1;
    while (from < end) {
        size_t stop = end - from >= 8 ? from + 8 : end;
        if (stop == from + 8 && !may_hold(hay.ptr + from, needle)) {
            from = stop;
            continue;
        }
        for (; from < stop; from++)
            if (hay.ptr[from] == needle.ptr[0] && memcmp(hay.ptr + from, needle.ptr, needle.len) == 0) return from;
    }
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

size_t oc_slice_find_any(oc_slice text, size_t from, const char *const *words, size_t count, size_t *ret_len)
{
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
