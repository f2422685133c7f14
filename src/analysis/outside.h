/* The outside view of a scenario: its section `outside`.
 *
 *     outside:
 *       transfer:                          # a stage
 *         class: data/reference-class.csv  # beside the scenario
 *         announced: 2025-08-13            # when the date was announced (may be left out)
 *         target: 2030-06                  # what was announced: a day, month or year
 *         kind: authority                  # the group of the class it belongs to (may be left out)
 *         conditions_based: yes            # needed with kind
 *         leave_out: [a case]              # rows of the class that must not count (may be left out)
 *         from: [a_source]
 *         because: … */
#ifndef OC_ANALYSIS_OUTSIDE_H
#define OC_ANALYSIS_OUTSIDE_H

#include "analysis/refclass.h"
#include "yaml/yaml.h"

typedef struct oc_outside {
    oc_slice path;          /* of the class */
    oc_announced announced; /* not done by `known`, the as_of of the scenario */
    oc_refclass class;
    oc_class_fit fit;       /* pass &fit and &announced to oc_class_curve and oc_class_band */
} oc_outside;

/* Reads the entry of one stage from the merged root of a scenario; `folder` is that of the scenario. *ret is NULL, and
 * OC_OK returned, if there is none. OC_INPUT with diagnostics: E0956 key missing, E0957 key not known, E0947 not a
 * date, E0948 a word that is not yes or no, E0958 no such group, E0951 too few cases; those of oc_refclass_read; E0001
 * if the file cannot be read. What happened after as_of is not known to the class. */
oc_status oc_outside_read(oc_arena *arena, oc_diags *diags, const oc_node *root, oc_slice folder, oc_slice stage,
                          oc_day as_of, oc_outside **ret_outside);

#endif
