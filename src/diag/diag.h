/* Messages about input: what is wrong, where, why, and what to do.
 *
 * Library code adds diagnostics to a list; renderers (diag/render.h) turn the list into text, JSON lines or the form
 * of compilers. Each diagnostic has a code from diag/codes.def. The text of code E0107 is the message "E0107" in
 * i18n/; labels, notes and helps are messages with keys of their own. Arguments are copied.
 *
 *     oc_diag *d = oc_report(diags, OC_E0107, key_span, OC_ARGS(OC_T(key), OC_M("record.variable")));
 *     oc_diag_label(d, "label.not-a-key", OC_ARGS(OC_M("record.variable")));
 *     oc_diag_help(d, "help.did-you-mean", OC_ARGS(OC_T(best)));
 *
 * oc_report never returns NULL, so that calls can be chained; what does not fit into the limit is counted. */
#ifndef OC_DIAG_DIAG_H
#define OC_DIAG_DIAG_H

#include "base/message.h"
#include "diag/source.h"
#include "opcon/types.h" /* oc_severity */

typedef enum oc_code {
#define CODE(id, severity, title) OC_##id,
#include "diag/codes.def"
#undef CODE
    OC_CODE_COUNT
} oc_code;

/* "E0107"; short English title for lists; severity. */
const char *oc_code_name(oc_code code);
const char *oc_code_title(oc_code code);
oc_severity oc_code_severity(oc_code code);
/* OC_CODE_COUNT if no code has this name (case does not matter). */
oc_code oc_code_find(oc_slice name);

typedef struct oc_remark {
    enum { OC_REMARK_LABEL, OC_REMARK_NOTE, OC_REMARK_HELP, OC_REMARK_VALUE } kind;
    const char *key;      /* message */
    const oc_arg *args;   /* ended by OC_ARG_END */
    oc_span span;         /* for labels at a second place; file 0: none */
    oc_slice edit;        /* for a help that says exactly what to write; ptr NULL: none */
    oc_span edit_span;
} oc_remark;

typedef struct oc_diag {
    oc_code code;
    oc_span span;
    const oc_arg *args;
    oc_slice path; /* dotted path of the record in the scenario, "" if none */
    OC_VEC(oc_remark) remarks;
    struct oc_diags *list;
} oc_diag;

typedef struct oc_diags {
    oc_arena *arena;
    oc_sources *sources;
    OC_VEC(oc_diag *) items;
    size_t errors;   /* counted also when over the limit */
    size_t warnings;
    size_t limit;    /* kept errors; 0 means 20 (style B 4.4); warnings have the same limit of their own */
} oc_diags;

/* Adds a diagnostic. A second one with the same code and span is dropped. */
oc_diag *oc_report(oc_diags *diags, oc_code code, oc_span span, const oc_arg *args);

/* What to write under the caret; without it, nothing. */
void oc_diag_label(oc_diag *diag, const char *key, const oc_arg *args);
/* A second place that matters, with its own label. */
void oc_diag_at(oc_diag *diag, oc_span span, const char *key, const oc_arg *args);
void oc_diag_note(oc_diag *diag, const char *key, const oc_arg *args);
void oc_diag_help(oc_diag *diag, const char *key, const oc_arg *args);
/* A help whose edit is certain: replace `span` by `text`. */
void oc_diag_fix(oc_diag *diag, oc_span span, oc_slice text, const char *key, const oc_arg *args);
/* "with: name = value (place)". `span` may be nowhere. */
void oc_diag_value(oc_diag *diag, oc_slice name, oc_slice value, oc_span span);
void oc_diag_path(oc_diag *diag, oc_slice path);

/* Sorts by file and offset; call before rendering. */
void oc_diags_sort(oc_diags *diags);

/* OC_INPUT if there is an error in the list, else OC_OK. */
oc_status oc_diags_status(const oc_diags *diags);

/* The names closest to `wrong` by Damerau-Levenshtein distance over code points, at most three, best first: distance
 * at most max(1, length / 3), or one the beginning of the other, after folding case, and '-' like '_'. Writes to
 * best[3] and returns their number. */
size_t oc_suggest(oc_slice wrong, const oc_slice *names, size_t count, oc_slice best[3]);

/* Adds "did you mean …" (with a certain edit of `span` when there is just one good candidate), or, when nothing is
 * close and there are at most 12 names, the list of what is allowed here. */
void oc_diag_suggest(oc_diag *diag, oc_span span, oc_slice wrong, const oc_slice *names, size_t count);

#endif
