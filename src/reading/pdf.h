/* The text of a PDF, as poppler's pdftotext gives it.
 *
 * pdftotext runs as a process of its own, started without a shell and with an empty environment. It gets the PDF as
 * an unlinked file on its standard input and may use OC_PDF_SECONDS of processor time, twice that of wall time,
 * OC_PDF_MEMORY of address space and OC_PDF_OPEN_FILES files; it may write no file; of its output OC_PDF_TEXT bytes
 * are read. What goes beyond ends it. */
#ifndef OC_READING_PDF_H
#define OC_READING_PDF_H

#include "base/arena.h"

enum {
    OC_PDF_SECONDS = 5,
    OC_PDF_OPEN_FILES = 32,
    OC_PDF_TEXT = 16 << 20,
};
#define OC_PDF_MEMORY ((size_t)1 << 30)

typedef enum oc_pdf_outcome {
    OC_PDF_OK,
    OC_PDF_NO_PROGRAM, /* pdftotext is not installed */
    OC_PDF_BROKEN,     /* it gave up */
    OC_PDF_TIME,       /* it ran too long or used too much memory */
    OC_PDF_SIZE,       /* its output was too long; what was read is kept */
    OC_PDF_SYSTEM      /* no process or pipe; errno says why */
} oc_pdf_outcome;

/* UTF-8, pages parted by form feeds. */
oc_pdf_outcome oc_pdf_text(oc_arena *arena, oc_slice bytes, oc_slice *ret_text);

static inline bool oc_pdf_is(oc_slice bytes)
{
    return oc_slice_find(oc_slice_sub(bytes, 0, 1024), OC_SLICE("%PDF-"), 0) != SIZE_MAX;
}

#endif
