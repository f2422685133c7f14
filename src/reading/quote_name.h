/* Surnames put back to full names, once all quotations of a document are known. */
#ifndef OC_READING_QUOTE_NAME_H
#define OC_READING_QUOTE_NAME_H

#include "reading/document.h"

/* A speaker who is printed as a surname with a title (徐氏, 임 대변인) or as a surname alone (Marsh) becomes the full
 * name that stands before him in the document (徐東賢, 임재혁, Evelyn Marsh). Who is named in full nowhere before, or
 * whose title there is another one, stays as printed. A full name is a slice of the body; scratch is used up. */
void oc_quotes_name_in_full(oc_arena *scratch, oc_document *document);

#endif
