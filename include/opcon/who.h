/* Who commands on a day, by which instrument, and who disputes it: questions to the ledger of a scenario.
 *
 *     oc_who_question question = OC_WHO_QUESTION;
 *     question.on = oc_day_from_text("1994-12-01");
 *     question.state = "war";
 *     oc_holdings *answer;
 *     if (oc_scenario_who(scenario, &question, &answer) == OC_OK)
 *         for (size_t i = 0; i < oc_holdings_count(answer); i++) puts(oc_holdings_at(answer,
 * i)->holder.in[OC_LANG_EN]); oc_holdings_free(answer); */
#ifndef OPCON_WHO_H
#define OPCON_WHO_H

#include <opcon/outcome.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct oc_holdings oc_holdings;

typedef struct oc_who_question {
    size_t size;  /* sizeof(oc_who_question) */
    oc_day on;    /* OC_DAY_NONE: the scenario's own day */
    bool history; /* all days instead of one */
    /* Ids or names in any language; NULL: any. */
    const char *state;  /* "war", "armistice" */
    const char *matter; /* "operational_control" */
    const char *forces; /* forces or a place */
    const char *holder;
    const oc_outcome *outcome; /* of the same scenario: days to come then have probabilities; NULL: not a number */
} oc_who_question;
#define OC_WHO_QUESTION {sizeof(oc_who_question), OC_DAY_NONE, false, NULL, NULL, NULL, NULL, NULL}

/* OC_OK; OC_INPUT (the scenario has errors, or a name is not known: see its diagnostics); OC_USAGE (the outcome is of
 * another scenario); OC_NOMEM, OC_LIMIT. The answer outlives the scenario. */
OC_API oc_status oc_scenario_who(oc_scenario *scenario, const oc_who_question *question, oc_holdings **ret_answer);
OC_API void oc_holdings_free(oc_holdings *answer);

/* Something that has an id and a name in each language. */
typedef struct oc_named {
    const char *id;
    const char *in[OC_LANG_COUNT];
} oc_named;

typedef struct oc_contest {
    oc_named by;
    const char *claim[OC_LANG_COUNT];
} oc_contest;

typedef struct oc_holding_info {
    double probability; /* 0 to 1; not a number: it depends on a stage, and no outcome was given */
    bool certain;       /* false: the sources name only the month or year of a boundary, and the day is in it */
    oc_named holder;    /* id NULL: nobody on record, with the probability that is left */
    oc_named matter, forces, state; /* forces: or a place */
    const char *since, *until;      /* as precise as the source: "1994-12-01", "1978", the id of a stage; "" if open.
                                       `until` is the first day on which it no longer holds */
    size_t instrument_count;
    const oc_named *instruments;
    size_t contest_count; /* claims against it, as far as they were made by the day */
    const oc_contest *contests;
    size_t source_count;
    const char *const *sources; /* keys of the scenario's sources */
} oc_holding_info;

/* In the order of matters, forces and states; of one ground the most probable first (of a history, the earliest). */
OC_API size_t oc_holdings_count(const oc_holdings *answer);
OC_API const oc_holding_info *oc_holdings_at(const oc_holdings *answer, size_t number);

#ifdef __cplusplus
}
#endif

#endif
