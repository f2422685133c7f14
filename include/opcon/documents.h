/* Reading documents: sentences, dates, actors, quotations, quantities and claims, each with its place.
 *
 *     oc_documents *documents;
 *     oc_documents_open(NULL, scenario, &documents);
 *     const char *json;
 *     if (oc_documents_read(documents, "article.html", bytes, size, NULL, &json, NULL) == OC_OK) puts(json);
 *     oc_documents_close(documents); */
#ifndef OPCON_DOCUMENTS_H
#define OPCON_DOCUMENTS_H

#include <opcon/scenario.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct oc_documents oc_documents;

/* With the words opcon carries, and the actors of a scenario (NULL: none), which is checked first and may be closed
 * afterwards. OC_OK, OC_INPUT (the scenario has errors: see its diagnostics), OC_NOMEM, OC_LIMIT. */
OC_API oc_status oc_documents_open(const oc_memory *memory, oc_scenario *scenario, oc_documents **ret_documents);
OC_API void oc_documents_close(oc_documents *documents);

/* Adds words of your own before the first document: the bytes of a file as docs/format/lexicon.md describes, named
 * SUBJECT.LANG.tsv. OC_OK, OC_INPUT, OC_USAGE (a document was read already), OC_NOMEM. */
OC_API oc_status oc_documents_words(oc_documents *documents, const char *name, const void *bytes, size_t size);

typedef struct oc_document_settings {
    size_t size;      /* sizeof(oc_document_settings) */
    const char *type; /* "text", "markdown", "html", "pdf"; NULL: by name and content */
    int lang;         /* an oc_lang; OC_LANG_COUNT: by the letters */
    oc_day anchor;    /* from which relative dates are read; OC_DAY_NONE: the day of publication */
    /* Asked now and then; true ends the reading with OC_LIMIT. NULL: no limit of time. */
    bool (*expired)(void *context);
    void *context;
} oc_document_settings;
#define OC_DOCUMENT_SETTINGS {sizeof(oc_document_settings), NULL, OC_LANG_COUNT, OC_DAY_NONE, NULL, NULL}

/* Reads a document of at most 64 MB. *ret_json is what `opcon read --format json` prints for it (docs/format/read.md,
 * schema/read.schema.json); it lives until the next document or the closing. `ret_size` (may be NULL) gets its bytes.
 * `name` helps to tell formats and stands in the JSON. PDF needs pdftotext, which runs as a process of its own with
 * limits on it. OC_OK (there may be warnings); OC_INPUT: it cannot be read as a document; OC_LIMIT; OC_NOMEM;
 * OC_USAGE (settings out of range). */
OC_API oc_status oc_documents_read(oc_documents *documents, const char *name, const void *bytes, size_t size,
                                   const oc_document_settings *settings, const char **ret_json, size_t *ret_size);

/* The diagnostics of the last call; see scenario.h. */
OC_API size_t oc_documents_diagnostic_count(const oc_documents *documents);
OC_API const oc_diagnostic_info *oc_documents_diagnostic(oc_documents *documents, size_t number, oc_lang lang);
OC_API const char *oc_documents_messages(oc_documents *documents, oc_lang lang);

#ifdef __cplusplus
}
#endif

#endif
