/* Questions to the ledger: who holds what, who was in office, what happened, who is meant by a name.
 *
 *     oc_ledger_question question = oc_ledger_any;
 *     question.on = day;
 *     question.matter = matter;                         // an index, or OC_LEDGER_NONE for any
 *     oc_ledger_answers answers = oc_ledger_ask(arena, ledger, &question);
 *
 * All answers are found by one pass over the records; nothing is cached. */
#ifndef OC_AUTHORITY_QUERY_H
#define OC_AUTHORITY_QUERY_H

#include "authority/ledger.h"

/* The forecast, as far as the ledger needs it: the probability that a stage is done on or before a day. Not a number
 * if it is not known. */
typedef struct oc_ledger_forecast {
    double (*done_by)(void *context, uint32_t stage, oc_day day);
    void *context;
} oc_ledger_forecast;

typedef struct oc_ledger_question {
    oc_day on;      /* OC_DAY_NONE: all days, the whole history */
    oc_day as_of;   /* stages are known up to this day; later ones are asked of the forecast */
    uint32_t state, matter, forces, place, holder; /* index, or OC_LEDGER_NONE for any */
    const oc_ledger_forecast *forecast;            /* NULL: what depends on a stage has no probability */
} oc_ledger_question;

extern const oc_ledger_question oc_ledger_any;

typedef struct oc_ledger_answer {
    const oc_holding *holding; /* NULL: nobody on record, with the probability that is left */
    const oc_holding *example; /* of a NULL holding, one of the same ground: matter, forces, place */
    uint32_t state;            /* index: a holding in two states gives two answers */
    double probability;        /* 0 to 1; not a number: depends on a stage, and no forecast was given */
    bool certain;              /* false: the source names only the month or year of a boundary, and the day is in it */
} oc_ledger_answer;
typedef OC_VEC(oc_ledger_answer) oc_ledger_answers;

/* The holdings that match, in the order of matters, forces, places, states; within one ground the most probable first
 * (of a history, the earliest first). Forces asked about are also answered by holdings over a whole they are part of,
 * and a whole by its parts. */
oc_ledger_answers oc_ledger_ask(oc_arena *arena, const oc_ledger *ledger, const oc_ledger_question *question);

/* Whether something that lasts from `since` to `until` (exclusive) is in force on a day: its probability, as in
 * oc_ledger_answer. *ret_certain may be NULL. */
double oc_ledger_in_force(const oc_ledger *ledger, const oc_when *since, const oc_when *until,
                          const oc_ledger_question *question, bool *ret_certain);

/* Whether a claim is made already on the day of the question, and known on its as_of. */
bool oc_ledger_claimed(const oc_claim *claim, const oc_ledger_question *question);

/* Who is in an office on a day; OC_LEDGER_NONE if the ledger does not say. A term with days wins over one that is only
 * attested on that very day. Offices that one person holds together (posts) answer for one another. */
uint32_t oc_ledger_in_office(const oc_ledger *ledger, uint32_t office, oc_day day, const oc_office_term **ret_term);

/* Actors whose name or alias in any language is `name` after folding; if there is none, those of whom all words of
 * `name` are words of one name. */
oc_indices oc_ledger_actors_named(oc_arena *arena, const oc_ledger *ledger, oc_slice name);
/* A subject by its id, or by its name or alias in any language. */
bool oc_ledger_subject_named(oc_arena *arena, const oc_ledger *ledger, oc_slice name, oc_subject *ret);
/* The same among one kind only. */
bool oc_ledger_subject_of(oc_arena *arena, const oc_ledger *ledger, oc_subject_kind kind, oc_slice name, uint32_t *ret);
/* All names of actors (kind OC_SUBJECT_ACTOR) or the ids of another kind: for suggestions. */
typedef struct oc_name_set {
    oc_slice *at;
    size_t len;
} oc_name_set;
oc_name_set oc_ledger_all_names(oc_arena *arena, const oc_ledger *ledger, oc_subject_kind kind);

/* A name for comparing: folded, without spaces, hyphens, dots and commas, its words in order. */
oc_slice oc_ledger_fold_name(oc_arena *arena, oc_slice name);

/* What stands on a timeline. */
typedef struct oc_entry_on_line {
    enum { OC_LINE_EVENT, OC_LINE_DUE, OC_LINE_TARGET } kind; /* what happened; a commitment falls due; a target */
    const oc_when *on;
    const oc_history_event *event;
    const oc_commitment *commitment;
    const oc_voice *voice;
} oc_entry_on_line;
typedef OC_VEC(oc_entry_on_line) oc_entries;

/* Entries whose days meet from..to (OC_DAY_MIN and OC_DAY_MAX for all) and that are about the subject (NULL for any;
 * of an actor also what it took part in), in order of date. Commitments and targets that still lie ahead of `as_of`
 * are entries too. What was said or done after `as_of` is left out, unless it is planned. */
oc_entries oc_ledger_timeline(oc_arena *arena, const oc_ledger *ledger, oc_day from, oc_day to, oc_day as_of,
                              const oc_subject *about);

/* How far a measured commitment is. */
typedef struct oc_commitment_progress {
    const oc_reading *last; /* NULL: nothing seen */
    double share;           /* of the way from the first reading to the target; 1 and more when reached */
    double needed;          /* growth a year that reaches the target in due_year; not a number without one */
    int due_year;           /* when it is due, else the last of its plan; 0: neither is given */
} oc_commitment_progress;
oc_commitment_progress oc_ledger_progress(const oc_commitment *commitment);

/* The year in which `last` growing by (1 + grows) / (1 + economy) a year reaches the target; 0 if it never does or not
 * within 200 years. */
int oc_ledger_year_reached(const oc_reading *last, double target, const oc_growth *growth);

#endif
