/* The ledger: the sourced record of a scenario, as docs/format/ledger.md describes it.
 *
 *     oc_ledger_context context = {.root = …, .stages = …, .source_known = …};
 *     oc_ledger *ledger = oc_ledger_read(arena, diags, &context);
 *
 * Reading reports every independent error and always returns a ledger; one with errors must not be queried. Records
 * refer to one another by index; OC_LEDGER_NONE is "not given". All memory is in the arena; slices point into the
 * scenario's text. */
#ifndef OC_AUTHORITY_LEDGER_H
#define OC_AUTHORITY_LEDGER_H

#include "base/map.h"
#include "yaml/yaml.h"

enum {
    OC_LEDGER_MAX_RECORDS = 20000, /* all that has sources: terms, positions, claims and versions included */
    OC_LEDGER_MAX_HOLDINGS = 2000, /* each is compared with each */
    OC_LEDGER_MAX_STATES = 16,
    OC_LEDGER_MAX_DEPTH = 16,      /* of part_of and of */
    OC_LEDGER_MAX_NAMES = 200      /* in one list */
};
#define OC_LEDGER_NONE UINT32_MAX

/* A text in each language; where a language is missing, the English one. */
typedef struct oc_words {
    oc_slice in[OC_LANG_COUNT];
} oc_words;

typedef OC_VEC(uint32_t) oc_indices;

/* A date as precise as its source, or a stage. */
typedef struct oc_when {
    enum { OC_WHEN_OPEN, OC_WHEN_DATE, OC_WHEN_STAGE } kind; /* OPEN: not given */
    oc_day first, last; /* DATE: the interval of days it names, both included */
    uint32_t stage;     /* STAGE: index into oc_ledger.stages */
    oc_slice text;      /* as written */
    oc_span span;
} oc_when;

/* What stands behind a record. */
typedef struct oc_evidence {
    OC_VEC(oc_slice) from; /* keys of sources */
    bool weak;             /* confidence: low */
    oc_indices conflicts;  /* index into oc_ledger.conflicts */
} oc_evidence;

/* A stage of the model, as far as the ledger needs it. */
typedef struct oc_ledger_stage {
    oc_slice name;
    oc_words title;
    oc_day done;  /* OC_DAY_NONE: not yet */
    oc_span span; /* of its name in the scenario, or nowhere */
} oc_ledger_stage;

/* States, forces, places, matters and topics. */
typedef struct oc_term {
    oc_slice id;
    oc_span span;
    oc_words name;
    OC_VEC(oc_slice) aliases;
    uint32_t part_of; /* forces: index of the whole */
    oc_evidence evidence;
} oc_term;

typedef struct oc_office_term {
    uint32_t office; /* actor */
    bool acting;
    oc_when since, until, attested; /* until: the last day */
    oc_evidence evidence;
} oc_office_term;

typedef struct oc_position {
    oc_when on;
    uint32_t issue; /* topic */
    oc_words says;
    oc_evidence evidence;
} oc_position;

typedef enum oc_actor_kind {
    OC_ACTOR_PERSON, OC_ACTOR_OFFICE, OC_ACTOR_COMMAND, OC_ACTOR_ORGAN, OC_ACTOR_GROUP, OC_ACTOR_PRESS,
    OC_ACTOR_STATE, OC_ACTOR_KIND_COUNT
} oc_actor_kind;

typedef struct oc_actor {
    oc_slice id;
    oc_span span;
    oc_actor_kind kind;
    uint32_t of; /* actor */
    oc_words name;
    OC_VEC(oc_slice) aliases;
    OC_VEC(oc_office_term) offices;
    OC_VEC(oc_position) positions;
    oc_evidence evidence;
} oc_actor;

typedef struct oc_instrument {
    oc_slice id;
    oc_span span;
    oc_words name;
    oc_when on;
    oc_evidence evidence;
} oc_instrument;

typedef struct oc_claim {
    uint32_t by; /* actor */
    oc_when on;  /* since when it is made; OPEN: always */
    oc_words claim;
    oc_evidence evidence;
} oc_claim;

typedef struct oc_holding {
    oc_slice id;
    oc_span span;
    uint32_t matter, forces, place; /* forces or place may be OC_LEDGER_NONE */
    uint32_t states;                /* bit set of indices of states */
    uint32_t holder;                /* actor */
    oc_span holder_span;
    oc_when since, until;           /* until: the first day on which it no longer holds */
    oc_indices instruments;
    uint32_t delegated_from;        /* actor */
    oc_words note;
    oc_evidence evidence;
    OC_VEC(oc_claim) contested;
} oc_holding;

typedef struct oc_line {
    oc_slice id;
    oc_span span;
    uint32_t above, below; /* actors */
    oc_when since, until;
    oc_evidence evidence;
} oc_line;

typedef struct oc_post {
    oc_slice id;
    oc_span span;
    oc_indices offices; /* actors */
    oc_when since, until;
    oc_words note;
    oc_evidence evidence;
} oc_post;

/* What a name in `about` stands for. */
typedef enum oc_subject_kind {
    OC_SUBJECT_STAGE, OC_SUBJECT_MATTER, OC_SUBJECT_TOPIC, OC_SUBJECT_FORCES, OC_SUBJECT_PLACE, OC_SUBJECT_INSTRUMENT,
    OC_SUBJECT_ACTOR, OC_SUBJECT_STATE, OC_SUBJECT_KIND_COUNT
} oc_subject_kind;

typedef struct oc_subject {
    oc_subject_kind kind;
    uint32_t index;
} oc_subject;
typedef OC_VEC(oc_subject) oc_subjects;

/* Words from a closed list (authority/words.def); the text for people is the message KIND.WORD. */
typedef enum oc_event_kind {
#define EVENT_KIND(name) OC_EVENT_##name,
#include "authority/words.def"
    OC_EVENT_KIND_COUNT
} oc_event_kind;

typedef enum oc_event_status {
    OC_STATUS_NONE,
#define EVENT_STATUS(name) OC_STATUS_##name,
#include "authority/words.def"
    OC_EVENT_STATUS_COUNT
} oc_event_status;

typedef enum oc_promise {
#define PROMISE(name) OC_PROMISE_##name,
#include "authority/words.def"
    OC_PROMISE_COUNT
} oc_promise;

typedef enum oc_modality {
#define MODALITY(name) OC_MODALITY_##name,
#include "authority/words.def"
    OC_MODALITY_COUNT
} oc_modality;

typedef enum oc_voice_outcome {
    OC_OUTCOME_open,
#define OUTCOME(name) OC_OUTCOME_##name,
#include "authority/words.def"
    OC_OUTCOME_COUNT
} oc_voice_outcome;

/* Not oc_event: that is an event of the model's calendar. */
typedef struct oc_history_event {
    oc_slice id;
    oc_span span;
    oc_when on, to, planned;
    oc_event_kind kind;
    oc_event_status status;
    oc_indices who;
    oc_words what;
    oc_subjects about;
    oc_evidence evidence;
} oc_history_event;

typedef struct oc_reading {
    oc_when on;
    double value;
    oc_evidence evidence;
} oc_reading;

typedef struct oc_growth {
    double grows, economy; /* a year, as fractions: 0.077 */
    oc_words name;
    oc_evidence evidence;
} oc_growth;

typedef struct oc_yardstick {
    oc_words what, unit;
    double target;
    OC_VEC(oc_reading) seen; /* in order of date */
    OC_VEC(oc_reading) plan;
    OC_VEC(oc_growth) paths;
} oc_yardstick;

typedef struct oc_commitment {
    oc_slice id;
    oc_span span;
    oc_indices by, to;
    oc_when on, due, as_of;
    oc_words what, condition;
    oc_subjects about;
    oc_promise status;
    oc_yardstick *measure; /* NULL: cannot be measured */
    oc_evidence evidence;
} oc_commitment;

typedef struct oc_voice {
    oc_slice id;
    oc_span span;
    oc_indices by;
    oc_when on;
    oc_words says, note;
    oc_subject about;
    oc_modality modality;
    oc_when target;  /* the days it speaks of */
    bool no_later;   /* target_by: any day up to target.last */
    oc_voice_outcome outcome;
    oc_when outcome_on;
    oc_evidence evidence;
} oc_voice;

typedef struct oc_conflict_version {
    oc_words says;
    oc_evidence evidence;
} oc_conflict_version;

typedef struct oc_conflict {
    oc_slice id;
    oc_span span;
    oc_words about, note;
    OC_VEC(oc_conflict_version) versions;
} oc_conflict;

typedef struct oc_ledger {
    oc_arena *arena;
    OC_VEC(oc_ledger_stage) stages;
    OC_VEC(oc_term) states, forces, places, matters, topics;
    OC_VEC(oc_instrument) instruments;
    OC_VEC(oc_actor) actors;
    OC_VEC(oc_holding) holdings;
    OC_VEC(oc_line) lines;
    OC_VEC(oc_post) posts;
    OC_VEC(oc_history_event) events; /* in order of date */
    OC_VEC(oc_commitment) commitments;
    OC_VEC(oc_voice) voices;         /* in order of date */
    OC_VEC(oc_conflict) conflicts;
    oc_map ids;                      /* name -> oc_subject packed, see oc_ledger_find */
    oc_map uses;                     /* key of a source -> OC_VEC(oc_slice) of record paths, see oc_ledger_uses */
    size_t records;                  /* all of them, claims, terms, positions and versions included */
} oc_ledger;

/* What the ledger needs to know of the scenario around it. */
typedef struct oc_ledger_context {
    const oc_node *root;           /* mapping of the scenario's sections */
    const oc_ledger_stage *stages; /* copied */
    size_t stage_count;
    const oc_slice *sources;       /* keys of the sources; `judgement` is always known */
    size_t source_count;           /* 0: not checked */
} oc_ledger_context;

/* Reads and checks the sections actors, authorities, history, commitments, voices and conflicts. Missing sections are
 * empty. Codes E0501 to E0521, W0501 and W0502. Leaves the arena's errors (memory, limits) to oc_arena_try(). */
oc_ledger *oc_ledger_read(oc_arena *arena, oc_diags *diags, const oc_ledger_context *context);

/* The record with this id among stages, matters, topics, forces, places, instruments, actors and states. */
bool oc_ledger_find(const oc_ledger *ledger, oc_slice id, oc_subject *ret);
/* Its id and its name for people. */
oc_slice oc_ledger_subject_id(const oc_ledger *ledger, oc_subject subject);
oc_words oc_ledger_subject_name(const oc_ledger *ledger, oc_subject subject);

typedef struct oc_uses {
    OC_VEC(oc_slice) paths; /* "authorities.holdings.control_1954" */
} oc_uses;
/* Which records rest on a source; NULL if none does. */
const oc_uses *oc_ledger_uses(const oc_ledger *ledger, oc_slice source);

/* The text in a language. */
static inline oc_slice oc_words_in(const oc_words *words, oc_lang lang)
{
    return words->in[lang];
}

/* "person", "meeting", "promised" …: the word as written in scenarios, and the key of its message. */
const char *oc_actor_kind_word(oc_actor_kind kind);
const char *oc_event_kind_word(oc_event_kind kind);
const char *oc_event_status_word(oc_event_status status);
const char *oc_promise_word(oc_promise promise);
const char *oc_modality_word(oc_modality modality);
const char *oc_outcome_word(oc_voice_outcome outcome);

#endif
