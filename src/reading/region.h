/* What each line of a document is: body, title, byline, navigation, related items … */
#ifndef OC_READING_REGION_H
#define OC_READING_REGION_H

#include "reading/document.h"

/* Looks up the cues of short lines and their dates. Runs before the notes are found. */
void oc_region_cues(oc_document *document);

/* Gives each line its region and finds headings in the body (their lines get the mark HEADING). Runs after the notes
 * are found. */
void oc_region_classify(oc_arena *arena, oc_document *document);

/* Appends document->regions and document->related from the lines. */
void oc_region_collect(oc_arena *arena, oc_document *document);

/* True if a line holds a date and little else. */
bool oc_line_is_date(const oc_line *line);

/* True if the line could be the name of a person: few words or characters, no digits. */
bool oc_line_is_name(const oc_document *document, const oc_line *line);

#endif
