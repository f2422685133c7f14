/* The page of `opcon serve`: it holds the report in a frame, waits for the next version and says what is wrong. */
#ifndef OC_REPORT_SERVE_H
#define OC_REPORT_SERVE_H

#include "report/report.h"

/* `scenario` names it. The page asks for "report" and "state?after=N" beside its own address (cli/serve.h). */
oc_slice oc_report_serve_html(oc_arena *arena, oc_lang lang, oc_slice scenario);

#endif
