/* Inside of src/model: the state of loading, shared by its files. */
#ifndef OC_MODEL_LOAD_H
#define OC_MODEL_LOAD_H

#include "model/model.h"
#include "yaml/ahead.h"

typedef enum oc_record_kind {
    OC_RECORD_SCENARIO, OC_RECORD_SET, OC_RECORD_EVENT, OC_RECORD_INPUT, OC_RECORD_VARIABLE, OC_RECORD_CHANGE,
    OC_RECORD_SHOCK, OC_RECORD_DEFINITION, OC_RECORD_CONDITION, OC_RECORD_ISSUE, OC_RECORD_STAGE,
    OC_RECORD_QUESTION, OC_RECORD_POLICY, OC_RECORD_SOURCE, OC_RECORD_STANCE, OC_RECORD_KIND_COUNT, OC_RECORD_ANY
} oc_record_kind;

typedef enum oc_check_state { OC_UNCHECKED, OC_CHECKING, OC_CHECKED } oc_check_state;

/* A record while it is being loaded: where it stands, and how far its type is known. */
typedef struct oc_entry {
    oc_record_kind kind;
    oc_symbol *symbol; /* NULL for questions */
    oc_node *key;
    oc_node *node;
    oc_node *around; /* a mapping whose provenance covers the node too; NULL: none */
    void *record;
    oc_check_state state;
    oc_type type;
} oc_entry;

typedef struct oc_loader {
    oc_arena *arena;
    oc_diags *diags;
    oc_model *model;
    const oc_model_options *options;
    OC_VEC(oc_entry *) entries;
    oc_map entry_of;              /* name of a symbol -> oc_entry */
    OC_VEC(oc_entry *) chain;     /* entries being checked, for cycles */
    OC_VEC(oc_slice) name_list;   /* all declared names, for suggestions */
    oc_scope scope;
    const oc_provenance *provenance; /* nearest around what is being read */
    oc_slice path;                /* dotted path of what is being read */
    const oc_set *set;            /* family that is being read, and its row */
    uint32_t row;
    size_t includes;
    oc_ahead *ahead;              /* what the main file includes, being read; NULL: nothing */
} oc_loader;

/* keys.c */
/* Reports keys of `node` that its kind of record does not have (E0107), and anything but a mapping (E0102). */
bool oc_keys_check(oc_loader *l, const oc_node *node, oc_record_kind kind);
/* Whether a mapping has keys, and all of them are keys of such a record. */
bool oc_keys_are_all_of(const oc_node *mapping, oc_record_kind kind);
const char *oc_record_message(oc_record_kind kind);

/* include.c */
/* Reads the main file and all it includes into one mapping of sections. */
oc_node *oc_include_read(oc_loader *l, oc_slice path);
/* Adds the sections of a text to those of `root`. NULL if it cannot be read. */
oc_node *oc_include_text(oc_loader *l, oc_node *root, oc_slice name, oc_slice text);

/* override.c */
void oc_overrides_apply(oc_loader *l, oc_node *root);

/* value.c */
/* Reads a value in any of its shapes into an expression; *ret_provenance (may be NULL) gets what covers it. */
oc_expr *oc_value_read(oc_loader *l, oc_node *node);
/* The same for `now`: also {series: …} and {table: …}; NULL when nothing on or before as_of is known. */
oc_expr *oc_value_read_now(oc_loader *l, oc_node *node, oc_span where);
/* Enters a mapping that may carry `from` and `because`; returns what to restore. */
const oc_provenance *oc_provenance_enter(oc_loader *l, const oc_node *node);
oc_day oc_day_read(oc_loader *l, const oc_node *node);
/* A scalar's text, or E0104. */
bool oc_text_read(oc_loader *l, const oc_node *node, oc_slice *ret);
/* The text of a scalar under `key`; empty if there is none. */
oc_slice oc_text_optional(const oc_node *node, const char *key);
/* A scalar or a list of scalars as nodes. */
size_t oc_names_read(oc_loader *l, oc_node *node, oc_node ***ret);
/* Notes a literal day for provenance. */
void oc_literal_note(oc_loader *l, oc_span span);

/* table.c */
/* Reads a CSV file beside the file of `node`; header first. NULL with a diagnostic. */
typedef struct oc_table {
    oc_slice name;
    size_t rows, columns;
    oc_slice *header;
    oc_slice *cells;   /* [row * columns + column] */
    oc_span *spans;
    uint32_t file;
} oc_table;
oc_table *oc_table_read(oc_loader *l, const oc_node *name);
/* Index of a column, or SIZE_MAX with E0120. */
size_t oc_table_column(oc_loader *l, const oc_table *table, const oc_node *name);

/* calendar.c */
void oc_calendar_read(oc_loader *l, oc_entry *entry);
void oc_calendar_force(oc_loader *l);

/* source.c */
/* Adds the section `sources` of `root` to the model. */
void oc_sources_read(oc_loader *l, const oc_node *root);

/* declare.c */
void oc_records_declare(oc_loader *l);
/* The entry of a declared symbol; NULL for families, which have one a row. */
oc_entry *oc_loader_entry(const oc_loader *l, const oc_symbol *symbol);
/* The section that records of the kind stand in; NULL if they have none of their own. */
const char *oc_section_name(oc_record_kind kind);

/* A record that an issue needs and the scenario did not write: declared under a name that no scenario can use. */
oc_entry *oc_records_add(oc_loader *l, oc_record_kind kind, oc_slice name, oc_node *key, oc_node *node);

/* issue.c */
void oc_issue_declare(oc_loader *l, oc_entry *entry);
oc_expr *oc_issue_read(oc_loader *l, oc_entry *entry);

/* order.c */
/* Sorts stages so that each comes after what it waits for; reports cycles. */
void oc_stages_order(oc_loader *l);

/* provenance.c */
void oc_provenance_check(oc_loader *l);

/* records.c */
void oc_records_read(oc_loader *l);
oc_checker oc_loader_checker(oc_loader *l, bool may_draw, bool may_look_back);

#endif
