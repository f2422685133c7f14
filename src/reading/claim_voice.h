/* Who makes the claims of a document, once all its sentences are read. */
#ifndef OC_READING_CLAIM_VOICE_H
#define OC_READING_CLAIM_VOICE_H

#include "reading/document.h"

/* Settles speaker and holder of every claim: the person who holds an office rather than the office, where the document
 * puts the two together; the author of a paper or column for what nobody else says and for advice to others; who thinks
 * or doubts in English ("Both governments expect"), or whoever alone is quoted in the sentence; and whose plan it is,
 * where only one of the two is known, is who says it. */
void oc_claims_settle_voices(oc_arena *scratch, oc_document *document);

#endif
