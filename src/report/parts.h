/* What the files of src/report share. */
#ifndef OC_REPORT_PARTS_H
#define OC_REPORT_PARTS_H

#include "base/utf8.h"
#include "report/report.h"

enum {
    OC_REPORT_TITLE = 300,
    OC_REPORT_PARAGRAPH = 4000,
    OC_REPORT_SCENARIO_BYTES = 400000,
    OC_REPORT_COMMITMENTS = 12
};

/* At most so many characters, then an ellipsis. */
oc_slice oc_report_cut(oc_arena *arena, oc_slice text, size_t characters);
/* Brackets and dashes as the language prints them. */
oc_slice oc_report_typeset(oc_arena *arena, oc_lang lang, oc_slice text);
/* The language that a text is in, as far as its letters tell: "ja", "ko", "en"; NULL: they do not. */
const char *oc_report_language_of(oc_slice text);
/* A text in one language, typeset and cut to OC_REPORT_TITLE. */
oc_slice oc_report_local(oc_arena *arena, const oc_local *text, oc_lang lang);
oc_chart_curve oc_report_one_curve(oc_arena *arena, const oc_report_curve *curve, oc_lang lang);

/* Whether a chart draws the record alone, without a run. */
bool oc_report_chart_of_record(const char *name);
/* The day the headline speaks of, and the chance by then. */
oc_day oc_report_answer_day(const oc_report_input *input);
double oc_report_answer(const oc_report_input *input);

#endif
