/* What a page states of itself as JSON-LD (schema.org): <script type="application/ld+json">. */
#ifndef OC_READING_HTML_LD_H
#define OC_READING_HTML_LD_H

#include "reading/document.h"

/* Fills the fields of `stated` that are still empty from the article that `json` tells of: of all objects, in lists and
 * in a @graph too, the first one of a type that ends in Article, Posting or Report, else the first with a headline.
 * What it only mentions, cites or relates to counts for nothing. Malformed text is read as far as it goes, 32 levels
 * deep. Strings lie in the arena or in `json`. */
void oc_html_ld_read(oc_arena *arena, oc_slice json, oc_stated *stated);

#endif
