/* Claims of a document that contradict each other: two about one milestone whose days do not meet. */
#ifndef OC_READING_CLAIM_CLASH_H
#define OC_READING_CLAIM_CLASH_H

#include "reading/document.h"

/* Appends to document->clashes each claim whose days lie apart from those of the first one about its milestone and
 * step. Claims with an open end count for neither. `arena` is that of the document. */
void oc_claims_compare(oc_arena *arena, oc_arena *scratch, oc_document *document);

#endif
