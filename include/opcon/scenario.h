/* A scenario: opened from a file or from memory, changed, checked.
 *
 *     oc_scenario *scenario;
 *     oc_scenario_open(NULL, "scenarios/rok-us", &scenario);
 *     oc_scenario_set(scenario, "plan_kept=0.5");
 *     oc_scenario_given(scenario, "foc <= 2026-12-31");
 *     if (oc_scenario_check(scenario) == OC_INPUT) … its diagnostics …
 *
 * Opening reads nothing yet; checking, running and asking do, and read again after a change. See opcon.h for the rules
 * of all functions. */
#ifndef OPCON_SCENARIO_H
#define OPCON_SCENARIO_H

#include <opcon/types.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct oc_scenario oc_scenario;

/* A scenario in a file, or in a folder with scenario.yaml. `memory` NULL: the C library's. OC_OK, OC_NOMEM, OC_USAGE
 * (`path` is NULL). Whether it can be read is said by oc_scenario_check. */
OC_API oc_status oc_scenario_open(const oc_memory *memory, const char *path, oc_scenario **ret_scenario);

/* The same for the bytes of a scenario file, which are copied. `name` stands in messages, and files that the scenario
 * includes are looked for in its folder. */
OC_API oc_status oc_scenario_open_bytes(const oc_memory *memory, const char *name, const void *bytes, size_t size,
                                        oc_scenario **ret_scenario);

/* Releases it. Outcomes, answers and simulations that came from it stay valid. */
OC_API void oc_scenario_close(oc_scenario *scenario);

/* Changes, as the options of `opcon forecast` describe them. They take effect with the next check, run or question,
 * which also reports what is wrong with them; texts that were returned before are then gone. OC_OK or OC_NOMEM;
 * OC_USAGE when the text is NULL. */
OC_API oc_status oc_scenario_set(oc_scenario *scenario, const char *change);   /* "plan_kept=0.5" */
OC_API oc_status oc_scenario_force(oc_scenario *scenario, const char *change); /* "ufs@2027.held=no" */
OC_API oc_status oc_scenario_given(oc_scenario *scenario, const char *news);   /* "foc <= 2026-12-31" */
/* A policy of the scenario by its name: all it sets, forces and takes for given. */
OC_API oc_status oc_scenario_policy(oc_scenario *scenario, const char *name); /* "crisis_2027" */
/* Stands on another day: nothing dated later is read. OC_DAY_NONE: the scenario's own. */
OC_API oc_status oc_scenario_as_of(oc_scenario *scenario, oc_day day);
/* Forgets all changes. */
OC_API oc_status oc_scenario_reset(oc_scenario *scenario);

/* Reads and checks the scenario, its ledger of authorities and all changes, as far as that has not been done. OC_OK
 * (there may be warnings), OC_INPUT (there are errors), OC_NOMEM, OC_LIMIT (a scenario has at most 512 MB). */
OC_API oc_status oc_scenario_check(oc_scenario *scenario);

/* --- diagnostics --- */

/* Something wrong with the input. */
typedef struct oc_diagnostic_info {
    const char *code; /* "E0107"; docs/explain and `opcon explain` have a page for each */
    oc_severity severity;
    const char *file;      /* path as it was given, "--set" and the like for changes; "" if it has no place */
    uint32_t line, column; /* from 1, columns in code points; 0 without a place */
    uint32_t end_line, end_column;
    const char *message; /* in the language that was asked for */
    const char *path;    /* of the record: "stages.foc.chance"; "" if there is none */
    size_t remark_count; /* notes, and helps that say what to do */
    const char *const *remarks;
} oc_diagnostic_info;

/* The diagnostics of the last check, followed by those of the last call that failed with OC_INPUT, in order of place.
 */
OC_API size_t oc_scenario_diagnostic_count(const oc_scenario *scenario);
/* NULL if there is none with this number or memory has run out. */
OC_API const oc_diagnostic_info *oc_scenario_diagnostic(oc_scenario *scenario, size_t number, oc_lang lang);
/* All of them as `opcon check` prints them, with the lines they point to; "" if there are none. */
OC_API const char *oc_scenario_messages(oc_scenario *scenario, oc_lang lang);

/* --- what it is --- */

typedef struct oc_scenario_info {
    const char *name;
    const char *title[OC_LANG_COUNT]; /* a language that is missing has the English one */
    oc_day as_of, horizon;
    size_t stage_count;
    const char *const *stages; /* names, each behind those it waits for */
    size_t question_count;
    const char *const *questions;
    size_t policy_count;
    const char *const *policies;
} oc_scenario_info;

/* Valid until the scenario is changed. NULL if it has errors. */
OC_API const oc_scenario_info *oc_scenario_facts(oc_scenario *scenario);

#ifdef __cplusplus
}
#endif

#endif
