/* Searches in slices. Two-way search of the C library where it can be used (memmem is not C17). */
#include "base/slice.h"

#include <stdint.h>

size_t oc_slice_find(oc_slice hay, oc_slice needle, size_t from)
{
    if (needle.len == 0) return from <= hay.len ? from : SIZE_MAX;
    if (hay.len < needle.len) return SIZE_MAX;
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
        size_t at = oc_slice_find(text, oc_slice_of(words[i]), from);
        if (at < best) best = at, *ret_len = strlen(words[i]);
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
