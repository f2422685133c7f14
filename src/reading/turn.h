/* Turns of an interview that is printed as questions and answers. */
#ifndef OC_READING_TURN_H
#define OC_READING_TURN_H

#include "reading/document.h"

/* Gives lines of an interview their turn, and how many bytes of a mark (Q., -, ▲, 問) are no words of it;
 * labels of a record that no line calls an interview stay. Regions of
 * mark-up and of pages must be known. A question is known by its mark, or by being bold; that it is one, by how most of
 * those with the mark end and by what answers to them. Long dashes (――) belong to what is asked and stay. */
void oc_turns_find(oc_arena *arena, oc_document *document);

#endif
