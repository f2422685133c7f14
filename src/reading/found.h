/* What is found inside sentences: the lexicon's words, dates, actors, quantities, quotes, events and claims, with the
 * cursors that go from sentence to sentence. */
#ifndef OC_READING_FOUND_H
#define OC_READING_FOUND_H

#include "reading/document.h"

/* Reads each sentence of the document. Runs after the metadata is known, because relative dates need the day of
 * publication. Sentences longer than OC_FOUND_BYTES are left out; of the others at most a hundred milestones and as
 * many words of modality (claim.c) and sixty-four verbs of speech (quote_indirect.c) count, so that the time of a
 * sentence is bounded. *ret_over: options->expired said that the time is up; what stands behind was not looked at. */
void oc_found_read(oc_arena *arena, oc_document *document, const oc_read_options *options, bool *ret_over);

enum { OC_FOUND_BYTES = 8192 };

#endif
