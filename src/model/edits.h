/* The edits between two texts of a scenario: which records, or which parts of a record, are not the same.
 *
 *     oc_edits edits = oc_edits_between(arena, before->root, after->root);
 *     options.edits = picked, options.edit_count = n;      // of edits.at, any of them
 *     oc_model_load(arena, diags, path_before, &options)   // the earlier text with these edits made
 *
 * Texts are compared as trees: order of keys, spacing, comments and the way a value is quoted do not count. Sections
 * that no model reads (sources, history, voices …) are compared too; whether an edit matters is for the compiler to
 * say. */
#ifndef OC_MODEL_EDITS_H
#define OC_MODEL_EDITS_H

#include "yaml/yaml.h"

typedef struct oc_edit {
    oc_slice section;
    oc_slice name;         /* of the record; empty: the whole of a value at the top (horizon, tick) */
    oc_slice field;        /* of the record; empty: all of it */
    oc_node *before, *after; /* NULL: not there */
    oc_span span;          /* of the key, in the later text where there is one */
    oc_slice follows;      /* record before it in the later section, so that a new one takes its place; empty: first */
} oc_edit;

typedef OC_VEC(oc_edit) oc_edits;

/* Both roots are merged mappings of sections (oc_model.root). Settings that are no part of the model (scenario, title,
 * about, include) and as_of, which an option can change, are left out. In order of the later text, what is gone last.
 * */
oc_edits oc_edits_between(oc_arena *arena, const oc_node *before, const oc_node *after);

/* The fields of a changed record as edits of their own; none if it is new, gone, or not a mapping on both sides. */
oc_edits oc_edits_of_fields(oc_arena *arena, const oc_edit *edit);

/* A record that names a file as one of its values: an edit that takes it from the other text as it is there, with the
 * other file. */
oc_edits oc_edits_of_file(oc_arena *arena, const oc_node *before, const oc_node *after, oc_slice file);

/* The same tree, whatever the places and quotes. */
bool oc_node_same(const oc_node *a, const oc_node *b);

/* Makes the edits in a merged root; sections are changed in place, records are copied. */
void oc_edits_apply(oc_arena *arena, oc_node *root, const oc_edit *const *edits, size_t count);

#endif
