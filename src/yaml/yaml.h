/* YAML as a tree with places. Every scalar stays text; nothing is guessed from its looks.
 *
 * The form is plain YAML: mappings, lists, scalars. Anchors, aliases, merge keys, tags and further documents are
 * errors with a reason, as are duplicate keys. Limits: OC_YAML_MAX_BYTES a file, OC_YAML_MAX_DEPTH levels,
 * OC_YAML_MAX_NODES values. The file must be UTF-8 (a byte order mark is accepted) without NUL bytes. */
#ifndef OC_YAML_YAML_H
#define OC_YAML_YAML_H

#include "diag/diag.h"

enum { OC_YAML_MAX_BYTES = 4 << 20, OC_YAML_MAX_DEPTH = 64, OC_YAML_MAX_NODES = 1000000 };

typedef enum oc_node_kind { OC_NODE_SCALAR, OC_NODE_MAPPING, OC_NODE_LIST } oc_node_kind;

typedef struct oc_node oc_node;

typedef struct oc_pair {
    oc_node *key; /* always a scalar */
    oc_node *value;
} oc_pair;

struct oc_node {
    oc_node_kind kind;
    bool quoted;          /* scalar in quotes or a block; a plain empty scalar is "nothing given" */
    bool flow;            /* {…} or […] */
    oc_span span;         /* with quotes or brackets */
    oc_slice text;        /* scalar: its value */
    const uint32_t *map;  /* scalar: for each byte of text, and its end, the byte offset in the file; NULL when the
                             value stands in the file byte for byte from span.start (plain) */
    OC_VEC(oc_pair) pairs;    /* mapping, in order */
    OC_VEC(oc_node *) items;  /* list */
};

/* Reads one document. NULL when the form is broken (diagnostics say why). `file` is registered in diags->sources. */
oc_node *oc_yaml_read(oc_arena *arena, oc_diags *diags, uint32_t file);

/* Reads a file into `diags->sources` first (E0001, E0002 when that fails, at `from`, which may be nowhere). A source
 * that bears this name already is taken instead. */
oc_node *oc_yaml_read_file(oc_arena *arena, oc_diags *diags, oc_slice path, oc_span from, uint32_t *ret_file);

/* The value of a key, or NULL; of anything but a mapping NULL. */
oc_node *oc_node_get(const oc_node *node, const char *key);
oc_pair *oc_node_pair(const oc_node *node, oc_slice key);

/* The span of text[start..end) of a scalar. */
oc_span oc_node_text_span(const oc_node *node, size_t start, size_t end);

/* True for a plain empty scalar, `~` and `null`. */
bool oc_node_is_nothing(const oc_node *node);

#endif
