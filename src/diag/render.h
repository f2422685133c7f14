/* Diagnostics as text for people, as JSON lines for tools, and in the form of compilers for editors. */
#ifndef OC_DIAG_RENDER_H
#define OC_DIAG_RENDER_H

#include "diag/diag.h"

typedef enum oc_diag_format {
    OC_DIAG_TEXT, /* code, place, source line with caret, remarks */
    OC_DIAG_JSON, /* one object a line: code, severity, message, file, line, column, end_line, end_column, start, end,
                     path, labels[], notes[], helps[{text, edit}], values[] */
    OC_DIAG_GCC   /* file:line:column: error: text [E0107] */
} oc_diag_format;

typedef struct oc_diag_style {
    oc_diag_format format;
    oc_lang lang;
    bool colour;
    int width; /* columns of the terminal; 0 means 100 */
    bool goes_on; /* other inputs are read all the same: the closing line does not say that nothing was run */
} oc_diag_style;

/* Appends all diagnostics in their order, and in OC_DIAG_TEXT a closing line with their number. */
void oc_render_diags(oc_text *out, const oc_diags *diags, const oc_diag_style *style);

/* The message of one diagnostic, without place. */
void oc_render_message(oc_text *out, oc_lang lang, const oc_diag *diag);

#endif
