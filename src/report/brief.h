/* The brief: a short article made from what a report holds (report/report.h), in one language.
 *
 *     oc_brief *brief = oc_brief_write(arena, &input, lang, documents, count);
 *     oc_slice text = oc_brief_print(arena, brief, OC_BRIEF_MARKDOWN);
 *
 * Every sentence is a message filled with data, or a sentence of a document in quotation marks, and leads to at least
 * one source: a numbered record, R for the run, or the document. What has no source is left out. */
#ifndef OC_REPORT_BRIEF_H
#define OC_REPORT_BRIEF_H

#include "report/report.h"

/* Sentences of a document, as they stand in it. */
typedef struct oc_brief_document {
    oc_slice title, file, published; /* published: as printed, "" if unknown */
    const oc_slice *sentences;
    size_t count;
} oc_brief_document;

typedef struct oc_brief_sentence {
    const char *heading; /* message key if a section begins here, else NULL */
    bool item;           /* stands on a line of its own, in a list */
    bool follows;        /* an item that goes on with the line of the last one */
    oc_slice text;
    bool run;             /* rests on the run */
    oc_report_refs refs;  /* into the input's sources */
    size_t document;      /* 1 + index; 0: none */
    const char *language; /* tag of the words of others in it; NULL: the brief's own, or unknown */
} oc_brief_sentence;

typedef struct oc_brief {
    const oc_report_input *input;
    oc_lang lang;
    oc_slice headline;
    OC_VEC(oc_brief_sentence) sentences;
    const oc_brief_document *documents;
    size_t document_count;
    size_t length; /* words in English, characters in Japanese and Korean */
    int minutes;   /* to read it */
} oc_brief;

oc_brief *oc_brief_write(oc_arena *arena, const oc_report_input *input, oc_lang lang,
                         const oc_brief_document *documents, size_t document_count);

typedef enum oc_brief_format { OC_BRIEF_TEXT, OC_BRIEF_MARKDOWN, OC_BRIEF_HTML } oc_brief_format;
oc_slice oc_brief_print(oc_arena *arena, const oc_brief *brief, oc_brief_format format);

#endif
