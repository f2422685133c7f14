/* A result as text for people, JSON and CSV for programs: into a text builder, never to a stream. Formats are described
 * in docs/format/bargain.md; words for people are the messages bargain.* in three languages. */
#ifndef OC_POLITICS_PRINT_H
#define OC_POLITICS_PRINT_H

#include "base/json.h"
#include "base/message.h"
#include "politics/bargain.h"

typedef struct oc_bargain_style {
    oc_lang lang;
    int width;      /* columns of the terminal; 0 means 100 */
    bool rounds;    /* list rounds and who conceded to whom */
    size_t most;    /* entries of a list before "… more"; 0 means 12 */
} oc_bargain_style;

/* For each issue: a picture of the positions, outcome and intervals, coalitions, what moves it most; then rounds, deals
 * and win-sets if there are any. */
void oc_bargain_print_text(oc_text *out, const oc_bargain_result *result, const oc_bargain_style *style);

/* One object. With one issue its numbers are numbers; with several, lists in the order of `issues`. */
void oc_bargain_print_json(oc_json *json, const oc_bargain_result *result);

/* Every number on a line of its own: quantity,round,issue,actor,other,value. */
void oc_bargain_print_csv(oc_text *out, const oc_bargain_result *result);

/* What a sweep found: a picture of the outcome against the actor's position. `steps` + 1 outcomes. */
void oc_bargain_print_sweep(oc_text *out, const oc_bargain_result *result, size_t actor, size_t issue,
                            const double *outcome, size_t steps, const oc_bargain_style *style);

/* All options in force, name by name, for JSON and for people. */
void oc_bargain_print_options(oc_json *json, const char *key, const oc_bargain_options *options);

#endif
