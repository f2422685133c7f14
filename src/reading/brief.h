/* The brief: the key sentences of a document, and how long it takes to read. */
#ifndef OC_READING_BRIEF_H
#define OC_READING_BRIEF_H

#include "reading/document.h"

/* Reading speeds: characters a minute in Japanese and Korean, words a minute in English. */
enum { OC_BRIEF_JA = 550, OC_BRIEF_KO = 475, OC_BRIEF_EN = 240, OC_BRIEF_SENTENCES = 6 };

/* Fills document->brief (indexes in order of the text) and metadata.reading_minutes. Runs last. A sentence counts for
 * what it claims (milestone, date, known speaker), for events and dates, for words of the title, for standing at the
 * start of the document or of a section; of two that say the same only the better is taken. */
void oc_brief_make(oc_arena *arena, oc_document *document);

#endif
