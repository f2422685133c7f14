/* What single lines look like, before their neighbours decide what they are; and the head of a document. */
#ifndef OC_READING_REGION_LINE_H
#define OC_READING_REGION_LINE_H

#include "reading/document.h"

/* Least characters of a paragraph: 25 in Japanese and Korean, 60 in English. */
uint32_t oc_paragraph_chars(oc_lang lang);

/* Ends like a sentence and is long enough. */
bool oc_line_is_paragraph(const oc_line *line, oc_lang lang);

/* The first of at least two lines of a paragraph that is broken at a width. */
bool oc_line_starts_wrapped(const oc_document *document, size_t i);

/* Ends with a question mark, an exclamation or dots and holds no whole sentence: a headline may. */
bool oc_line_is_question(const oc_line *line);

/* Who and where in brackets, alone on a line: 【ソウル＝黒田 悠】. */
bool oc_line_is_dateline(const oc_line *line);

/* A byline that can stand anywhere: reporter with address, date of publication, "By …". */
bool oc_line_is_byline(const oc_line *line);

/* The region that cues alone give a line in the body, or -1. */
int oc_line_cue_region(const oc_document *document, const oc_line *line);

/* What becomes line->beside_date. */
uint16_t oc_line_beside_date(const oc_line *line);

/* Begins as a numbered or marked heading does. */
bool oc_line_starts_heading(const oc_document *document, oc_slice text);

/* Short lines that consist of several menu words: "政治 経済 国際", "Home | World | Politics". */
bool oc_line_is_menu(const oc_document *document, const oc_line *line);

/* The first notices of a document, in which an institution may speak. Real documents have few. */
enum { OC_NOTICES_MAX = 64 };
typedef struct oc_notices {
    const oc_line *lines[OC_NOTICES_MAX];
    size_t count;
} oc_notices;

/* Beyond OC_NOTICES_MAX nothing is added. The line must outlive `notices`. */
void oc_notices_add(oc_notices *notices, const oc_line *line);

/* A notice other than the line itself holds the name. */
bool oc_notices_name(const oc_notices *notices, const oc_line *line, oc_slice name);

/* The first paragraph's line; the first line that belongs to the text before it; the regions of the lines above. */
size_t oc_region_first_paragraph(const oc_document *document);
size_t oc_region_back_to_start(const oc_document *document, size_t first);
void oc_region_classify_head(oc_document *document, size_t first);

/* region_related.c. "More from Opinion": the name of a section behind the cue, no title. As long as the title of a card
 * may be. Collects the titles of the regions of related items. */
bool oc_related_is_heading(const oc_line *line);
bool oc_related_is_title(const oc_line *line, oc_lang lang);
void oc_related_collect(oc_arena *arena, oc_document *document);

/* Rows of tables that plain text sets with blanks get their mark. */
void oc_region_mark_tables(oc_document *document);

/* Gives lines that are part of a page, not of its text, their region; knows then whether the document has pages. */
void oc_region_mark_pages(oc_arena *arena, oc_document *document);

#endif
