/* A report input with INVENTED numbers, for tests of charts and pages only. */
#ifndef OC_TESTS_BROWSER_SAMPLE_H
#define OC_TESTS_BROWSER_SAMPLE_H

#include "report/report.h"

/* Every part filled. */
void sample_full(oc_arena *arena, oc_report_input *input);
/* Titles, names and documents that try to break out: markup, quotes, 10,000 characters, bidirectional controls. */
void sample_hostile(oc_arena *arena, oc_report_input *input);

/* The curve of a small program of invented dates, with the program, two controls and the engine for the page; needs a
 * build with WebAssembly, else it only sets the curve. */
void sample_engine(oc_arena *arena, oc_report_input *input);

#endif
