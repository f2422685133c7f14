/* The texts that messages point into: each file is registered once and keeps its bytes. */
#ifndef OC_DIAG_SOURCE_H
#define OC_DIAG_SOURCE_H

#include "base/vec.h"

/* A range of bytes in a file. file 0 is "no place". */
typedef struct oc_span {
    uint32_t file;  /* 1-based index into oc_sources */
    uint32_t start; /* byte offset of the first byte */
    uint32_t end;   /* byte offset behind the last byte */
} oc_span;

typedef struct oc_source {
    oc_slice name;        /* path as the user wrote it, or "<option --set>" */
    oc_slice text;        /* bytes as read */
    OC_VEC(uint32_t) lines; /* byte offset of each line's start */
} oc_source;

typedef struct oc_sources {
    oc_arena *arena;
    OC_VEC(oc_source) files;
} oc_sources;

/* Registers a text (not copied; at most 4 GiB) and returns its 1-based file number. */
uint32_t oc_source_add(oc_sources *sources, oc_slice name, oc_slice text);

/* A list in other memory that begins with what this one has, so that places in it mean the same; neither sees what the
 * other gets from now on. */
oc_sources oc_sources_after(const oc_sources *known, oc_arena *arena);

/* NULL for file 0. */
const oc_source *oc_source_get(const oc_sources *sources, uint32_t file);

typedef struct oc_place {
    uint32_t line;   /* 1-based */
    uint32_t column; /* 1-based, in code points */
} oc_place;
oc_place oc_source_place(const oc_source *source, uint32_t offset);

/* The bytes of a 1-based line, without its line break. */
oc_slice oc_source_line(const oc_source *source, uint32_t line);

/* The text of a span. */
oc_slice oc_span_text(const oc_sources *sources, oc_span span);

/* From the start of `a` to the end of `b`, in the same file. */
static inline oc_span oc_span_join(oc_span a, oc_span b)
{
    return a.file == b.file ? (oc_span){a.file, a.start, b.end > a.end ? b.end : a.end} : a;
}

#endif
