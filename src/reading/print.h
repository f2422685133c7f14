/* A read document as JSON (docs/format/read.md, schema/read.schema.json) and as a brief for people. */
#ifndef OC_READING_PRINT_H
#define OC_READING_PRINT_H

#include "base/json.h"
#include "reading/document.h"

/* Writes the document as one object of the list that is open in `json`. */
void oc_document_json(const oc_document *document, oc_json *json);

/* Appends the brief in the language of the reader (not of the document). */
void oc_document_brief(const oc_document *document, oc_lang lang, oc_text *out);

#endif
