/* The body of a document: lines joined to paragraphs, paragraphs cut into sentences. */
#ifndef OC_READING_SENTENCE_H
#define OC_READING_SENTENCE_H

#include "reading/document.h"

/* Joins the lines of the body, finds headings and quotation marks, cuts sentences, anchors notes. Runs after the
 * regions are told. */
void oc_sentences_make(oc_arena *arena, oc_document *document);

#endif
