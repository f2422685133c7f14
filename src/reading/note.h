/* Footnotes and endnotes: which lines they are, what they cite, which sentence calls them. */
#ifndef OC_READING_NOTE_H
#define OC_READING_NOTE_H

#include "reading/document.h"

/* Finds the blocks of notes, gives their lines the region FOOTNOTES and appends the notes with marker, text and
 * lines. Runs before the regions are told. */
void oc_notes_find(oc_arena *arena, oc_document *document);

/* Author, title, container, publisher, date, pages, address, access date of each note. */
void oc_notes_read(oc_arena *arena, oc_document *document);

/* Whether a byte may stand in an address (URL). */
bool oc_note_is_address_byte(char c);

/* The fields of one note from its text. */
void oc_note_read(oc_arena *arena, const oc_cues *cues, oc_lang lang, oc_note *note);

#endif
