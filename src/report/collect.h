/* From a forecast and the sourced record to what a report says. Nothing is computed here that is not in them already,
 * but for sums over months and years. */
#ifndef OC_REPORT_COLLECT_H
#define OC_REPORT_COLLECT_H

#include "analysis/backtest.h"
#include "analysis/forecast.h"
#include "analysis/outside.h"
#include "report/report.h"

/* Sources are numbered in the order in which the report first mentions them. */
typedef struct oc_collector {
    oc_arena *arena;
    const oc_model *model;
    oc_report_input *input;
    OC_VEC(oc_report_source) sources;
    oc_map numbers;                 /* key -> index */
    const struct oc_ledger *ledger; /* by oc_collect_ledger; NULL: unreadable */
} oc_collector;

/* Begins a report on a model: names, days, the run. Call oc_collect_done() at the end. */
oc_collector oc_collect(oc_arena *arena, const oc_model *model, oc_report_input *input);
void oc_collect_done(oc_collector *c);
/* The lines of the scenario that name each source which the report mentions; after all else. A file's index is its
 * number among the model's files, less one. */
void oc_collect_uses(oc_collector *c);

/* A title; where there is none, the name made readable. */
oc_local oc_collect_title(oc_arena *arena, const oc_title *title, oc_slice name);
/* What the scenario's text calls a record's unit ("inputs", "variables"), or `unit` itself; one of a category's values.
 */
oc_local oc_collect_unit(const oc_model *model, const char *section, oc_slice record, oc_slice unit);
oc_local oc_collect_value(const oc_model *model, oc_slice variable, oc_slice value);
/* The sources behind a list of keys ("judgement" included); unknown keys are left out. */
oc_report_refs oc_collect_refs(oc_collector *c, const oc_slice *keys, size_t count);
/* The sources of all literals of a record, "stages.foc". */
oc_report_refs oc_collect_record_refs(oc_collector *c, const char *section, oc_slice name);

/* A curve with a point at the end of each month. */
oc_report_curve oc_collect_curve(oc_arena *arena, const oc_date_answer *answer, oc_day horizon);

/* Main curve, questions, stages, blockers, quantities, provenance. `name`: of the stage or question that `main` dates.
 */
void oc_collect_forecast(oc_collector *c, const oc_forecast *f, const oc_date_answer *main, oc_slice name,
                         const oc_title *title);

/* The record of the scenario: who commands (now and once `transfer`, the index of a stage, is done), events,
 * commitments, statements, conflicts. Reads the sections of the model's root; diagnostics as oc_ledger_read. */
void oc_collect_ledger(oc_collector *c, oc_diags *diags, const oc_forecast *f, size_t transfer);

/* What a variable has been by as_of, times `scale`, where its `now` is a table or a series of plain numbers. */
void oc_collect_observed(oc_collector *c, oc_slice variable, double scale, oc_report_fan *fan);

/* The rest needs the main curve. The outside view of a stage, on the curve's days. */
void oc_collect_outside(oc_collector *c, const oc_outside *outside, oc_slice stage);
/* Leave-one-out over its class as the report has it; false if there are too few cases (analysis/backtest.h). */
bool oc_collect_backtest(oc_arena *arena, const oc_outside *outside, oc_backtest *ret_test);
/* Its reliability, latest cases and score. */
void oc_collect_track_record(oc_collector *c, const oc_outside *outside, const oc_backtest *test);
/* Open statements of the ledger about a stage (index), pooled; after oc_collect_ledger. */
void oc_collect_voice_curve(oc_collector *c, size_t stage);
/* Chance in each quarter if it has not happened yet, as long as at least 50 futures are open. */
void oc_collect_hazard(oc_collector *c, const oc_date_answer *answer);
/* Judgements and the reasons their owner gives, before the other remarks. */
void oc_collect_assumptions(oc_collector *c);
/* A word for how good the evidence is, by rule: low if more than half of the numbers are judgements or the views differ
 * by more than 25 points on any day; high if at most a fifth are and they differ by at most 10. */
void oc_collect_confidence(oc_collector *c);

#endif
