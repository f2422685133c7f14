/* Text as a pointer and a length. A slice never owns its bytes, need not end in NUL and may hold NUL bytes. */
#ifndef OC_BASE_SLICE_H
#define OC_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct oc_slice {
    const char *ptr; /* may be NULL when len is 0 */
    size_t len;      /* bytes */
} oc_slice;

/* A slice of a string literal. */
#define OC_SLICE(literal) ((oc_slice){"" literal, sizeof(literal) - 1})

/* For printf: printf("%.*s", OC_FMT(slice)). */
#define OC_FMT(s) (int)(s).len, ((s).ptr ? (s).ptr : "")

/* A slice of a NUL-terminated string; of NULL, the empty slice. */
static inline oc_slice oc_slice_of(const char *text)
{
    return (oc_slice){text, text ? strlen(text) : 0};
}

static inline bool oc_slice_equal(oc_slice a, oc_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* One of the texts is the same. */
static inline bool oc_slice_is_among(oc_slice a, const oc_slice *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (oc_slice_equal(a, texts[i])) return true;
    return false;
}

static inline bool oc_slice_is(oc_slice a, const char *text)
{
    return oc_slice_equal(a, oc_slice_of(text));
}

static inline bool oc_slice_starts(oc_slice a, oc_slice prefix)
{
    return a.len >= prefix.len &&
           (prefix.len == 0 || (*a.ptr == *prefix.ptr && memcmp(a.ptr, prefix.ptr, prefix.len) == 0));
}

/* True if the text begins with a NUL-terminated word: in lists of short words the first byte nearly always decides. */
static inline bool oc_slice_begins(oc_slice text, const char *word)
{
    size_t i = 0;
    while (word[i] && i < text.len && text.ptr[i] == word[i]) i++;
    return !word[i];
}

static inline bool oc_slice_ends(oc_slice a, oc_slice suffix)
{
    return a.len >= suffix.len && (suffix.len == 0 || memcmp(a.ptr + a.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* True if the text ends with a NUL-terminated word. */
static inline bool oc_slice_ends_with(oc_slice a, const char *word)
{
    size_t length = 0;
    while (word[length]) length++;
    if (a.len < length) return false;
    size_t left = length;
    while (left && a.ptr[a.len - length + left - 1] == word[left - 1]) left--;
    return !left;
}

/* The bytes from `start` up to, not including, `end`; both are cut to the slice. */
static inline oc_slice oc_slice_sub(oc_slice a, size_t start, size_t end)
{
    if (end > a.len) end = a.len;
    if (start > end) start = end;
    return (oc_slice){start ? a.ptr + start : a.ptr, end - start};
}

static inline oc_slice oc_slice_from(oc_slice a, size_t start)
{
    return oc_slice_sub(a, start, a.len);
}

static inline bool oc_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Without spaces, tabs, carriage returns and line feeds at both ends. */
static inline oc_slice oc_slice_trim(oc_slice a)
{
    while (a.len && oc_is_blank(a.ptr[0])) a.ptr++, a.len--;
    while (a.len && oc_is_blank(a.ptr[a.len - 1])) a.len--;
    return a;
}

/* Order by bytes, a prefix before what it begins: for qsort and binary search. */
static inline int oc_slice_compare(oc_slice a, oc_slice b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
    if (order) return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

/* Byte offset of the first `needle` at or after `from`, or SIZE_MAX. */
size_t oc_slice_find(oc_slice hay, oc_slice needle, size_t from);

/* The same of the last one; SIZE_MAX too for an empty `needle`. */
size_t oc_slice_find_last(oc_slice hay, oc_slice needle, size_t from);

/* Where the first of several words, none of them empty, stands in text[from, …), or SIZE_MAX; *ret_len gets its length.
 * Of several that begin there it is the one that stands first in the list. */
size_t oc_slice_find_any(oc_slice text, size_t from, const char *const *words, size_t count, size_t *ret_len);
#define OC_FIND_ANY(text, from, words, ret_len)                                                                        \
    oc_slice_find_any(text, from, words, sizeof(words) / sizeof *(words), ret_len)

/* What stands before the next `mark`, which is taken off *rest together with the mark; the whole if there is none. */
oc_slice oc_slice_cut(oc_slice *rest, char mark);

#endif
