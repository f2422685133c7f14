/* HTML pages as they are saved: blocks become lines, structure becomes hints. Nothing is executed or fetched; scripts,
 * styles, embedded objects and hidden elements are skipped as text. Why not a library: docs/decisions/0710-html.md. */
#ifndef OC_READING_HTML_H
#define OC_READING_HTML_H

#include "reading/text.h"

/* Reads the page into lines; *ret_deep tells that elements were nested deeper than OC_READ_DEPTH. */
void oc_html_read(oc_source_job *job, bool *ret_deep);

/* The encoding that the first bytes declare (<meta charset>, an XML declaration); empty if none. */
oc_slice oc_html_charset(oc_slice bytes);

/* True if the bytes look like a page: a doctype, <html>, or several block tags at the start. */
bool oc_html_is(oc_slice bytes);

#endif
