/* Inside of src/authority: the state of reading and the readers of single values. */
#ifndef OC_AUTHORITY_READ_H
#define OC_AUTHORITY_READ_H

#include "authority/ledger.h"

typedef struct oc_ledger_reader {
    oc_arena *arena;
    oc_diags *diags;
    oc_ledger *ledger;
    const oc_ledger_context *context;
    oc_map conflict_ids; /* id -> index */
    oc_map source_keys;
    OC_VEC(oc_span) id_spans; /* of the entries of ledger->ids */
    oc_slice path;       /* of the record being read: "history.scm_57" */
} oc_ledger_reader;

typedef struct oc_name_list {
    oc_node **at;
    size_t len;
} oc_name_list;

/* Adds a diagnostic with the path of the record being read. */
oc_diag *oc_ledger_report(oc_ledger_reader *r, oc_code code, oc_span span, const oc_arg *args);

/* The keys of each kind of record, ended by NULL: oc_ledger_actor_keys and so on. */
#define KEY(key, form, text)
#define RECORD(name, ...) extern const char *const oc_ledger_##name##_keys[];
#include "authority/keys.def"

/* True for a mapping whose keys are all in `allowed` (ended by NULL); otherwise E0512 (and false) or E0511. */
bool oc_ledger_keys(oc_ledger_reader *r, const oc_node *key, const oc_node *node, const char *const *allowed);

/* The value of a key that must be there; NULL with E0510. */
const oc_node *oc_ledger_need(oc_ledger_reader *r, const oc_node *key, const oc_node *node, const char *name);

/* The next item at or after *i of a list of mappings that has only these keys, and in *key a node that says where it
 * stands; NULL at the end, or with E0512 when `list` is none. */
const oc_node *oc_ledger_item(oc_ledger_reader *r, const oc_node *list, const char *name, size_t *i, oc_node *key,
                              const char *const *keys);

bool oc_ledger_text(oc_ledger_reader *r, const oc_node *node, oc_slice *ret);
oc_words oc_ledger_words(oc_ledger_reader *r, const oc_node *node); /* of NULL, empty */
oc_name_list oc_ledger_names(oc_ledger_reader *r, const oc_node *node); /* a scalar or a list of scalars */
double oc_ledger_number(oc_ledger_reader *r, const oc_node *node); /* also "7.7%"; 0 with E0517 */

/* A date or, where `stages`, the name of a stage. NULL gives OC_WHEN_OPEN. */
oc_when oc_ledger_when(oc_ledger_reader *r, const oc_node *node, bool stages);
/* The same, or a list of two dates: from the first day of the one to the last day of the other. */
oc_when oc_ledger_interval(oc_ledger_reader *r, const oc_node *node);

/* `from`, `confidence`, `conflict` of a record; its `from` must be there (E0503). */
oc_evidence oc_ledger_evidence(oc_ledger_reader *r, const oc_node *key, const oc_node *node);

/* Index of a record of this kind, or OC_LEDGER_NONE with E0501 (actors) or E0502. */
uint32_t oc_ledger_reference(oc_ledger_reader *r, const oc_node *node, oc_subject_kind kind);
oc_indices oc_ledger_references(oc_ledger_reader *r, const oc_node *node, oc_subject_kind kind);
oc_subject oc_ledger_subject(oc_ledger_reader *r, const oc_node *node, bool *ret_ok);
oc_subjects oc_ledger_subjects(oc_ledger_reader *r, const oc_node *node);

/* Index of the word in a closed list, or 0 with E0513; entries that are "" are skipped. */
int oc_ledger_word(oc_ledger_reader *r, const oc_node *node, const char *const *words, int count);
extern const char *const oc_actor_kind_words[], *const oc_event_kind_words[], *const oc_event_status_words[],
    *const oc_promise_words[], *const oc_modality_words[], *const oc_outcome_words[];

/* Makes an id known; E0514 if another record of those that `about` may name has it. */
void oc_ledger_declare(oc_ledger_reader *r, oc_slice id, oc_span span, oc_subject subject);

/* A section of the scenario as a mapping, or NULL when it is missing, empty or of another shape (E0512). */
const oc_node *oc_ledger_section(oc_ledger_reader *r, const oc_node *in, const char *name);

/* sections */
void oc_ledger_declare_all(oc_ledger_reader *r);
void oc_ledger_read_authorities(oc_ledger_reader *r);
void oc_ledger_read_actors(oc_ledger_reader *r);
void oc_ledger_read_records(oc_ledger_reader *r);
/* Across records: order of dates, overlaps, gaps, rings. */
void oc_ledger_check(oc_ledger_reader *r);

#endif
