/* A forecast as text for people and as JSON and CSV for programs. */
#ifndef OC_CLI_FORECAST_VIEW_H
#define OC_CLI_FORECAST_VIEW_H

#include "analysis/views.h"
#include "cli/command.h"

/* The whole forecast: answer, chart, stages, questions, blockers, what it rests on. */
void oc_forecast_text(oc_context *x, oc_text *out, const oc_forecast *f, const oc_views *views, bool last_gate);
/* docs/format/forecast.md. `views` may be NULL. */
oc_slice oc_forecast_json(oc_context *x, const oc_forecast *f, const oc_run_options *options, const oc_views *views);
/* date, stage, probability: one row a month and stage. */
oc_slice oc_forecast_csv(oc_context *x, const oc_forecast *f);

/* "62 in 100", "<1 in 100", ">99 in 100". */
oc_slice oc_frequency(oc_context *x, double p);
/* A number in its unit: 2.42% of GDP, 12 d, true … */
oc_slice oc_value_text(oc_context *x, oc_type type, oc_slice unit, double value);
/* The main target: the date that the last question about a date asks for, else the last stage. */
const oc_date_answer *oc_forecast_main(const oc_forecast *f, oc_slice *ret_name, const oc_title **ret_title);

#endif
