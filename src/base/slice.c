/* The one search that slices need. Two-way search of the C library where it can be used (memmem is not C17). */
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
