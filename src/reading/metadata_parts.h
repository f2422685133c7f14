/* What the files of metadata.h share among them. */
#ifndef OC_READING_METADATA_PARTS_H
#define OC_READING_METADATA_PARTS_H

#include "reading/metadata.h"
#include "reading/stamp.h"

/* Without blanks, brackets, bullets and punctuation at its ends. */
oc_slice oc_metadata_trim(oc_slice text);

/* Author and affiliation from the bylines, of which those more than two lines behind `body` need a cue. */
void oc_people_read(oc_document *document, size_t body);

/* The author before 記者, 기자, "Staff Writer" in `text`. */
void oc_reporter_read(oc_document *document, oc_slice text);

/* The publisher, if only the author's institution or a running head names it; behind oc_people_read. */
void oc_institution_read(oc_document *document);

/* The date of publication and what it rests on. `body` is the first line of the body. */
void oc_published_read(oc_arena *arena, oc_document *document, size_t body);

/* The day of a dateline without a year, in the year that its weekday and the years named in the text tell; false if
 * they tell none. *ret_line: its line in the file. */
bool oc_dateline_year(oc_arena *arena, const oc_document *document, oc_stamp *ret_stamp, uint32_t *ret_line);

/* Whose paper it is and who wrote it, from head lines of several parts: "Nora Pike | Strait Monitor", "강원매일
 * 2026.09.21(월) 23면". A part is a paper if a word of the class `press` is in it. `body`: the first line of the body. */
void oc_press_read(oc_document *document, size_t body);

/* Parts of a line between bars and around a date: the next from *at on, "" at its end. */
oc_slice oc_line_part(oc_slice line, size_t *at);

/* "理事　渡辺　周君": who attends, no author. */
bool oc_line_is_attendance(const oc_document *document, const oc_line *line);

#endif
