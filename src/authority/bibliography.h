/* Sources for reference managers: BibTeX, and CSL-JSON 1.0.2 as Zotero imports and exports it. */
#ifndef OC_AUTHORITY_BIBLIOGRAPHY_H
#define OC_AUTHORITY_BIBLIOGRAPHY_H

#include "base/json.h"

/* A source record; fields that are not known are empty. `date` is YYYY, YYYY-MM or YYYY-MM-DD. */
typedef struct oc_cited {
    oc_slice key, title, author, publisher, date, url, language, kind, note;
} oc_cited;

/* One entry, followed by an empty line. Characters that TeX reads are escaped; capitals of the title are kept. */
void oc_bibtex(oc_text *out, const oc_cited *source);

/* One object; into a list that is open in `json`. */
void oc_csl_json(oc_json *json, const oc_cited *source);

#endif
