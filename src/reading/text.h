/* Lines of plain text, and the building of visible text that all formats share. */
#ifndef OC_READING_TEXT_H
#define OC_READING_TEXT_H

#include "reading/document.h"

/* What the readers of formats work on. */
typedef struct oc_source_job {
    oc_arena *arena;
    oc_slice source; /* UTF-8 */
    size_t skip;     /* bytes of a byte order mark */
    oc_layout *layout;
    const oc_read_options *options;
    const oc_cues *cues;
    bool over;       /* OC_READ_LINES was reached or the time is up: the rest was left out */
} oc_source_job;

/* Reads plain text into lines; `markdown` also takes off inline markup and sees block marks (markdown.h). */
void oc_plain_read(oc_source_job *job, bool markdown);

/* Visible text that grows piece by piece and remembers where each piece comes from. */
typedef struct oc_visible {
    oc_source_job *job;
    oc_text text;
    size_t first_run;
    uint32_t expected; /* byte of the source that follows without a new run */
    uint32_t link_bytes;
    size_t first_marker;
} oc_visible;

/* Begins a line: the text and its runs. */
void oc_visible_begin(oc_visible *visible);
/* Appends `bytes`, which stand at `source` in the file. */
void oc_visible_add(oc_visible *visible, uint32_t source, oc_slice bytes);
/* A note marker stands here. */
void oc_visible_marker(oc_visible *visible, oc_slice text, bool certain);
/* Ends the line: trims, copies, counts and appends it. NULL if nothing visible is left or no more lines are taken. */
oc_line *oc_visible_end(oc_visible *visible, uint32_t first, uint32_t last, uint32_t start, uint32_t end);

/* True if the text ends with a full stop, question or exclamation mark, closing marks behind it not counted, or with a
 * quotation right behind a sentence. */
bool oc_text_ends_sentence(oc_slice text);

/* A character reference at the start of `text` (&amp; &#39; &#x3042; and the named ones in common use): its code
 * point and length, or 0. */
uint32_t oc_text_reference(oc_slice text, size_t *ret_len);

/* Bytes that open the marker of a note, 0 if the text does not begin so; *ret_bracket: it must be closed. Such words
 * for "note" are signs: they count in all languages, since markers are read before the language is known. */
size_t oc_marker_opening(oc_slice text, bool *ret_bracket);

/* Bytes of the bracket that closes one, 0 if the text begins with none. */
size_t oc_marker_closing(oc_slice text);

/* The digits of a note marker as written in a superscript: "3", "3)", "[3]", "注3", "３", "a", "*", several joined by
 * commas. Empty if it is none. `rest` (may be NULL) receives what follows a comma. */
oc_slice oc_marker_read(oc_arena *arena, oc_slice text, oc_slice *ret_rest);

#endif
