/* The sourced record for commands: loading the ledger of a scenario, joining it to a forecast, and writing days, names
 * and sources for people. */
#ifndef OC_CLI_RECORD_H
#define OC_CLI_RECORD_H

#include "authority/chain.h"
#include "authority/of_model.h"
#include "cli/command.h"

typedef struct oc_record {
    oc_context *x;
    oc_model *model;
    oc_ledger *ledger;
    oc_ledger_forecast forecast; /* done_by NULL: no forecast was run */
    double **done_by;            /* [stage] -> cumulated probability for each day from as_of to horizon */
    uint64_t futures;            /* that count; 0 without a forecast */
} oc_record;

/* The record of a loaded model; shows diagnostics. */
oc_status oc_record_of(oc_context *x, oc_model *model, oc_record *ret);

/* Loads the scenario named by the argument and its ledger; shows diagnostics. */
oc_status oc_record_open(oc_context *x, size_t argument, oc_record *ret);

/* Runs the model (--runs, --seed where the command has them), so that record->forecast answers. */
oc_status oc_record_run(oc_record *record);

/* A subject named by an option, or OC_LEDGER_NONE if the option was not given. A name that is not known is a complaint
 * with a suggestion, and OC_USAGE. */
oc_status oc_record_option(oc_record *record, const char *option, oc_subject_kind kind, uint32_t *ret);
/* The same for any kind of subject. *ret_given says whether the option was there. */
oc_status oc_record_subject(oc_record *record, const char *option, oc_subject *ret, bool *ret_given);
oc_status oc_record_unknown(oc_record *record, const char *kind, oc_slice wrong, oc_name_set names);

/* "2 December 2015", "2015年12月2日", "2015년 12월 2일". */
oc_slice oc_record_day(oc_context *x, oc_day day);
/* As precise as the record: "2025-11-04", "2025-11", "2025", or the title of a stage; "" if it is open. */
oc_slice oc_record_when(const oc_record *record, const oc_when *when);
oc_slice oc_record_actor(const oc_record *record, uint32_t actor);
oc_slice oc_record_actors(const oc_record *record, const oc_indices *actors);
oc_slice oc_record_term(const oc_record *record, const oc_term *term);
/* "62 in 100", "<1 in 100", ">99 in 100". `count` is the rounded share, -1 for the nearest. */
oc_slice oc_record_chance(oc_context *x, double probability, int count);
/* Keys of sources, separated by ", ". */
oc_slice oc_record_keys(const oc_record *record, const oc_evidence *evidence);

/* Collects sources, each once, in order of mention. */
typedef struct oc_record_sources {
    OC_VEC(oc_slice) keys;
    oc_map seen;
} oc_record_sources;
void oc_record_cite(oc_record *record, oc_record_sources *sources, const oc_evidence *evidence);
/* "Sources" and a table: key, publisher, date, title. */
void oc_record_list_sources(oc_record *record, oc_text *out, const oc_record_sources *sources);
/* The versions of conflicts that the evidence points to, one line each. */
void oc_record_list_conflicts(oc_record *record, oc_text *out, const oc_evidence *evidence, oc_record_sources *sources);

/* Adds the conflicts of `more` to those of `all`, each once. */
void oc_record_add_conflicts(oc_arena *arena, oc_evidence *all, const oc_evidence *more);

/* A text as a line that wraps at the width of the terminal, indented. */
void oc_record_paragraph(oc_record *record, oc_text *out, oc_slice text, int indent);
/* A message with arguments as such a paragraph. */
void oc_record_say(oc_record *record, oc_text *out, int indent, const char *key, const oc_arg *args);

/* {"en": …, "ja": …, "ko": …} */
void oc_record_json_words(oc_json *json, const char *key, const oc_words *words);
void oc_record_json_sources(oc_json *json, const char *key, const oc_evidence *evidence);
void oc_record_json_when(const oc_record *record, oc_json *json, const char *key, const oc_when *when);
/* "day", "month", "year" or "interval". */
const char *oc_record_precision(const oc_when *when);

#endif
