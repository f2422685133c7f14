/* Registered texts, and offsets to lines and columns; see source.h. */
#include "diag/source.h"

#include "base/utf8.h"

uint32_t oc_source_add(oc_sources *sources, oc_slice name, oc_slice text)
{
    oc_source source = {.name = name, .text = text};
    *oc_vec_push(sources->arena, &source.lines) = 0;
    const char *end = text.ptr + text.len;
    for (const char *at = text.ptr; at < end && (at = memchr(at, '\n', (size_t)(end - at)));)
        *oc_vec_push(sources->arena, &source.lines) = (uint32_t)(++at - text.ptr);
    *oc_vec_push(sources->arena, &sources->files) = source;
    return (uint32_t)sources->files.len;
}

oc_sources oc_sources_after(const oc_sources *known, oc_arena *arena)
{
    oc_sources more = {.arena = arena, .files = known->files};
    more.files.room = more.files.len; /* what comes goes into a copy */
    return more;
}

const oc_source *oc_source_get(const oc_sources *sources, uint32_t file)
{
    return file >= 1 && file <= sources->files.len ? &sources->files.at[file - 1] : NULL;
}

static uint32_t line_index(const oc_source *source, uint32_t offset)
{
    size_t low = 0, high = source->lines.len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->lines.at[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

oc_place oc_source_place(const oc_source *source, uint32_t offset)
{
    if (offset > source->text.len) offset = (uint32_t)source->text.len;
    uint32_t line = line_index(source, offset);
    oc_slice before = oc_slice_sub(source->text, source->lines.at[line], offset);
    /* A byte order mark is not a column. */
    if (line == 0 && oc_slice_starts(before, OC_SLICE("\xef\xbb\xbf"))) before = oc_slice_sub(before, 3, before.len);
    return (oc_place){line + 1, (uint32_t)oc_utf8_count(before) + 1};
}

oc_slice oc_source_line(const oc_source *source, uint32_t line)
{
    if (line < 1 || line > source->lines.len) return (oc_slice){"", 0};
    size_t start = source->lines.at[line - 1];
    size_t end = line < source->lines.len ? source->lines.at[line] : source->text.len;
    oc_slice text = oc_slice_sub(source->text, start, end);
    while (text.len && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r')) text.len--;
    if (line == 1 && oc_slice_starts(text, OC_SLICE("\xef\xbb\xbf"))) text = oc_slice_sub(text, 3, text.len);
    return text;
}

oc_slice oc_span_text(const oc_sources *sources, oc_span span)
{
    const oc_source *source = oc_source_get(sources, span.file);
    return source ? oc_slice_sub(source->text, span.start, span.end) : (oc_slice){"", 0};
}
