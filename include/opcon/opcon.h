/* opcon as a library: conditions-based transitions, who commands when, and how sure one can be.
 *
 *     oc_scenario *scenario;
 *     oc_outcome *outcome = NULL;
 *     oc_status status = oc_scenario_open(NULL, "scenarios/rok-us", &scenario);
 *     if (status == OC_OK) status = oc_scenario_run(scenario, NULL, &outcome);
 *     if (status != OC_OK) fputs(oc_scenario_messages(scenario, OC_LANG_EN), stderr);
 *     for (size_t i = 0; i < oc_outcome_question_count(outcome); i++) …
 *     oc_outcome_free(outcome);
 *     oc_scenario_close(scenario);
 *
 * Rules for all of it:
 *
 * - Handles are opaque. Each is used by one thread at a time; different handles may be used by different threads at the
 *   same time, except those that come from one scenario and say so. There is no global state, and nothing is read
 *   from the clock, the environment or the locale: numbers are read and written with a point whatever setlocale() says.
 * - Functions that can fail return an oc_status and set what they return through `ret_…` only when there is something.
 *   Wrong input is described by diagnostics, which are data: code, place, message in a language.
 *   No call prints, exits or aborts.
 * - Texts are UTF-8 and end in NUL. Texts and structures that functions return belong to the handle they were asked of
 *   and live until it is released or, where that is said, changed. Arguments are copied.
 * - NULL is a valid handle for all functions that release, count or look up: they then do nothing or find nothing.
 * - Structures that callers fill begin with `size`, their sizeof, so that they can grow; structures that opcon fills
 *   are returned by pointer for the same reason. docs/api.md says what may change between versions.
 *
 * The headers: types.h (status, language, day, memory), scenario.h (open, change, check), outcome.h (run and read
 * results), comparison.h (what-ifs), drivers.h (what moves an answer), who.h (the ledger), documents.h (documents),
 * version.h. */
#ifndef OPCON_OPCON_H
#define OPCON_OPCON_H

#include <opcon/comparison.h>
#include <opcon/outcome.h>
#include <opcon/documents.h>
#include <opcon/drivers.h>
#include <opcon/scenario.h>
#include <opcon/types.h>
#include <opcon/version.h>
#include <opcon/who.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library, "0.1.0", and as OPCON_VERSION_NUMBER. */
OC_API const char *oc_version(void);
OC_API int oc_version_number(void);

/* The name of a status: "ok", "input", "usage", "io", "limit", "no memory", "cancelled", "internal". */
OC_API const char *oc_status_name(oc_status status);

/* Writes a day as YYYY-MM-DD with its NUL; of OC_DAY_NONE and days outside the years 1 to 9999 the empty text.
 * Returns `buffer`. */
OC_API char *oc_day_to_text(oc_day day, char buffer[11]);
/* Reads YYYY-MM-DD. OC_DAY_NONE if it is none. */
OC_API oc_day oc_day_from_text(const char *text);

#ifdef __cplusplus
}
#endif

#endif
