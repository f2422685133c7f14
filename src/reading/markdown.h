/* Markdown, also as conversions from PDF leave it: marks of blocks and inline markup. Used by text.c line by line;
 * plain text goes the same way without the marks that are only Markdown's. */
#ifndef OC_READING_MARKDOWN_H
#define OC_READING_MARKDOWN_H

#include "reading/text.h"

typedef struct oc_markdown_state {
    oc_source_job *job;
    oc_visible *visible;
    bool markdown;
    bool fence;   /* inside ``` */
    bool comment; /* inside <!-- --> */
    bool front;   /* inside front matter */
    bool begun;   /* a line was seen */
} oc_markdown_state;

/* Reads the line source[start, end), which is not blank. */
void oc_markdown_line(oc_markdown_state *state, uint32_t number, size_t start, size_t end);

/* Appends the visible text of source[start, end) to `visible`: superscript markers become markers, markup, hidden
 * direction marks and, beside such, control characters go, character references are resolved. False if all of it is
 * seen as it stands: then nothing was appended. */
bool oc_markdown_inline(oc_visible *visible, size_t start, size_t end, bool markdown);

/* One line of text through oc_markdown_inline (text.c); *ret_line is NULL if nothing of it is seen. */
void oc_plain_line(oc_visible *visible, uint32_t number, size_t start, size_t end, bool markdown, oc_line **ret_line);

/* The length of a superscript digit, letter mark or note link at the start of `text`, whose marker is then *ret_marker;
 * 0 if there is none: <sup>3</sup>, ¹², [^3], ^3^, $^{3}$. `before` is the text in front of it (m² is no note). */
size_t oc_markdown_marker(oc_arena *arena, oc_slice text, oc_slice before, oc_slice *ret_marker);

/* Bytes of a blank that is not ASCII at the start of `text`, 0 if there is none: U+00A0, U+2000 to 200A, U+202F. */
size_t oc_markdown_blank(oc_slice text);

#endif
