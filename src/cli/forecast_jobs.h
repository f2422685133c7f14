/* What a forecast shows beside its run and needs no result of it: the outside view, and chance and ignorance apart. */
#ifndef OC_CLI_FORECAST_JOBS_H
#define OC_CLI_FORECAST_JOBS_H

#include "analysis/ignorance.h"
#include "analysis/views.h"
#include "cli/jobs.h"

/* `bands`: with the band of the main date. `compiled` and `run` are read until the jobs are finished. */
void oc_forecast_add_jobs(oc_jobs *jobs, const oc_compiled *compiled, const oc_run_options *run, bool bands);

/* NULL if there is none, or if something is to be said about the class: whoever looks again will say it. */
const oc_outside_view *oc_forecast_found_outside(const oc_jobs *jobs);
/* NULL: left out (news, an interruption, a failure; the forecast itself is whole). */
const oc_ignorance *oc_forecast_found_ignorance(const oc_jobs *jobs);

#endif
