/* A scenario as checked records: what the compiler and all reports read.
 *
 *     oc_model *model = oc_model_load(arena, diags, path, &options);    // NULL or errors in diags
 *     if (oc_diags_status(diags) == OC_OK) oc_compile(…)                // model/compile.h
 *
 * Loading reads the file and what it includes, applies overrides, declares every record, then reads and checks every
 * value. All independent errors are reported; a model with errors must not be compiled. Families are expanded here:
 * each row of the set gives one record of its own. */
#ifndef OC_MODEL_MODEL_H
#define OC_MODEL_MODEL_H

#include "base/map.h"
#include "lang/check.h"
#include "model/edits.h"

enum {
    OC_MAX_INCLUDES = 64,
    OC_MAX_RECORDS = 4000,     /* records of all kinds, rows of families included */
    OC_MAX_OCCURRENCES = 20000 /* occurrences of all events */
};

/* A text for people in each language; a language that is not given shows the English one, or the record's name. */
typedef struct oc_title {
    oc_slice text[OC_LANG_COUNT];
} oc_title;

typedef struct oc_occurrence {
    oc_day nominal;
    oc_day recorded; /* past ones: the date given, else the nominal one */
    bool past;
    bool told;       /* past ones: mentioned in `past` */
    bool held;       /* past ones */
    int forced;      /* -1 as drawn, else 0 not held, 1 held */
} oc_occurrence;

typedef struct oc_event {
    oc_symbol *symbol;
    oc_title title;
    OC_VEC(oc_occurrence) occurrences; /* in order of date */
    oc_expr *spread;  /* NULL: none */
    oc_expr *held;    /* NULL: 1 */
} oc_event;

/* A moment at which a variable can jump. */
typedef struct oc_moment {
    enum { OC_MOMENT_EVENT, OC_MOMENT_STAGE, OC_MOMENT_BEGIN, OC_MOMENT_END } kind; /* BEGIN, END: of a shock */
    uint32_t index; /* of the event, stage or shock */
} oc_moment;

typedef struct oc_change {
    OC_VEC(oc_moment) at;
    oc_slice address; /* names of its moments, for the address of its draws */
    oc_expr *when;    /* NULL: always */
    oc_expr *to;
    oc_span span;
} oc_change;

typedef struct oc_input {
    oc_symbol *symbol;
    oc_title title;
    oc_slice unit;
    oc_expr *is;
} oc_input;

typedef struct oc_variable {
    oc_symbol *symbol;
    oc_title title;
    oc_slice unit;
    const oc_category *category; /* NULL: a number, date or truth */
    oc_type type;
    oc_expr *now;
    oc_expr *drift, *noise, *reverts_to, *speed, *min, *max; /* NULL: not given */
    OC_VEC(oc_change) changes;
} oc_variable;

typedef struct oc_shock {
    oc_symbol *symbol;
    oc_title title;
    oc_expr *rate, *lasts;
} oc_shock;

/* A named expression: an entry of `define`, a condition, or an issue that has been turned into one. */
typedef struct oc_definition {
    oc_symbol *symbol;
    oc_title title;
    oc_expr *is;
} oc_definition;

typedef struct oc_need {
    oc_expr *is;
    oc_slice label; /* as written: for blockers */
} oc_need;

typedef struct oc_stage {
    oc_symbol *symbol;
    oc_title title;
    OC_VEC(uint32_t) after; /* stages */
    OC_VEC(uint32_t) at;    /* events */
    OC_VEC(oc_need) needs;
    oc_expr *takes, *chance;
    oc_day done; /* OC_DAY_NONE: not yet */
    oc_span done_span;
} oc_stage;

typedef struct oc_question {
    oc_slice name;
    oc_span span;
    oc_title title;
    oc_expr *is;
    oc_day at; /* OC_DAY_NONE: the horizon */
} oc_question;

/* A change of the model or of the futures that count: from a policy, an option or a file. */
typedef struct oc_override {
    oc_slice path;      /* for set: PATH; for force: EVENT@DATE.held */
    oc_span path_span;
    oc_node *value;     /* parsed YAML value */
} oc_override;

typedef struct oc_policy {
    oc_slice name;
    oc_span span;
    oc_title title;
    OC_VEC(oc_override) sets;
    OC_VEC(oc_override) forces;
    OC_VEC(oc_node *) givens; /* expressions, or mappings name@date: value */
    oc_slice because;
    const oc_provenance *provenance;
} oc_policy;

typedef struct oc_source_record {
    oc_slice key;
    oc_span span;
    oc_slice title, author, publisher, date, url, language, kind, note;
    oc_day first, last; /* interval of the date; OC_DAY_NONE if unknown */
    oc_node *node;
} oc_source_record;

/* A literal in the model: for `check --provenance` and for the count under a forecast. */
typedef struct oc_literal {
    oc_span span;
    oc_slice path;  /* section.record.key */
    const oc_provenance *provenance; /* NULL: bare */
} oc_literal;

typedef enum oc_tick { OC_TICK_DAY, OC_TICK_WEEK, OC_TICK_MONTH, OC_TICK_QUARTER, OC_TICK_YEAR } oc_tick;

/* A file of the scenario as it was read, nothing merged or changed. */
typedef struct oc_tree {
    uint32_t file;
    oc_node *root;
} oc_tree;

typedef struct oc_model {
    oc_arena *arena;
    oc_diags *diags;
    oc_slice path;  /* of the main file */
    oc_slice name;
    oc_title title, about;
    oc_day as_of, horizon;
    oc_tick tick;
    OC_VEC(oc_set *) sets;
    OC_VEC(oc_event *) events;
    OC_VEC(oc_input *) inputs;
    OC_VEC(oc_variable *) variables;
    OC_VEC(oc_shock *) shocks;
    OC_VEC(oc_definition *) definitions; /* define, conditions, issues */
    OC_VEC(oc_stage *) stages;           /* in order: each after those it waits for */
    uint64_t *waits; /* of each stage wait_words words, a bit for each stage it waits for and its own */
    size_t wait_words;
    OC_VEC(oc_question *) questions;
    OC_VEC(oc_policy *) policies;        /* policies and what_ifs */
    OC_VEC(oc_source_record *) sources;
    oc_map source_index;                 /* key -> oc_source_record */
    OC_VEC(oc_expr *) givens;            /* truths; futures in which one is false are left out */
    OC_VEC(oc_literal) literals;
    OC_VEC(oc_slice) hindsight;          /* paths of values whose source is younger than as_of */
    oc_map names;                        /* name -> oc_symbol */
    oc_node *root;                       /* merged sections, for those that read more (authority, politics) */
    OC_VEC(oc_tree) trees;               /* main file first */
} oc_model;

typedef struct oc_model_options {
    oc_day as_of;                  /* OC_DAY_NONE: the scenario's own */
    oc_slice text;                 /* the main file's bytes, not to be read from its path; ptr NULL: read it */
    const oc_edit *const *edits;   /* made in the text before all else */
    size_t edit_count;
    const oc_override *sets;       /* --set, policies */
    size_t set_count;
    const oc_override *forces;
    size_t force_count;
    oc_node *const *givens;
    size_t given_count;
    const oc_model *like; /* its files are not read again but taken from there. It was loaded with sources that are
                             the first of diags->sources, and lives as long as what is loaded; NULL: none */
    unsigned threads;              /* to read files on; 0 and 1: the calling one alone */
} oc_model_options;

/* Loads the scenario at `path` (a file, or a folder with scenario.yaml). NULL if it cannot be read at all; otherwise
 * look at diags. `options` may be NULL. */
oc_model *oc_model_load(oc_arena *arena, oc_diags *diags, oc_slice path, const oc_model_options *options);

/* Adds records that stand elsewhere, as YAML, to the sections `sources`, `actors` and `voices`, from which nothing is
 * simulated. Messages name the text `name`. False if it cannot be read. */
bool oc_model_extend(oc_model *model, oc_slice name, oc_slice text);

/* The value of an entry of a title in a language, falling back to English, then to `name`. */
oc_slice oc_title_in(const oc_title *title, oc_lang lang, oc_slice name);

/* Reads a text or {en, ja, ko} as a title (E0103 when it is neither). */
oc_title oc_title_read(oc_diags *diags, const oc_node *node);

/* The record of a source, or NULL. */
const oc_source_record *oc_model_source(const oc_model *model, oc_slice key);

/* A symbol by name, or NULL. */
oc_symbol *oc_model_find(const oc_model *model, oc_slice name);


/* Parses "PATH=EXPR" or "EVENT@DATE.held=no" (an option) into an override; the text is registered as a source named
 * `option`. False with a diagnostic when it has no '='. */
bool oc_override_parse(oc_arena *arena, oc_diags *diags, oc_slice option, oc_slice text, oc_override *ret);
/* Reads a file with the keys of a policy (title, set, force, given) as one, named after the file. NULL with
 * diagnostics. */
oc_policy *oc_policy_read(oc_arena *arena, oc_diags *diags, oc_slice path);
/* Whether the stage is looked at at that event (an index into the model's events). */
bool oc_stage_is_at(const oc_stage *stage, uint32_t event);
/* Where a record stands among others of its kind; `count` if it isn't there. */
size_t oc_record_index(void *const *records, size_t count, const void *record);
#define OC_RECORD_INDEX(model_, vector, record_) \
    oc_record_index((void *const *)(model_)->vector.at, (model_)->vector.len, (record_))
/* Whether `stage` waits for `other`, at whatever remove; also for itself. Indices into the model's stages. */
bool oc_model_waits_for(const oc_model *model, uint32_t stage, uint32_t other);
/* Parses an expression given as an option into a node for `givens`. */
oc_node *oc_given_parse(oc_arena *arena, oc_diags *diags, oc_slice option, oc_slice text);

#endif
