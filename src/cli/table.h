/* What the commands that read tables share: the file, and numbers as cells. */
#ifndef OC_CLI_TABLE_H
#define OC_CLI_TABLE_H

#include "analysis/refclass.h"
#include "base/json.h"
#include "cli/command.h"

enum { OC_TABLE_LIMIT = 32 << 20 }; /* bytes of a table */

/* The bytes of a file; what is wrong is shown. */
oc_status oc_table_bytes(oc_context *x, oc_slice path, oc_slice *ret_bytes);

/* The class named by argument `argument`, else the flagship's, read with --as-of and --leave-out. Diagnostics are
 * shown. *ret_path (may be NULL) is what to call it. */
oc_status oc_class_load(oc_context *x, size_t argument, oc_refclass *ret_class, oc_slice *ret_path);

/* With so many decimals; "–" for NAN. */
oc_slice oc_cell_number(oc_context *x, double value, int decimals);
/* 0.473 as "47 %". */
oc_slice oc_cell_percent(oc_context *x, double share);
/* "low – high" of the same kinds. */
oc_slice oc_cell_range(oc_context *x, double low, double high, int decimals);
oc_slice oc_cell_percents(oc_context *x, double low, double high);

/* "+1.80 ±0.04" of scale * estimate, with as many decimals as the error deserves, `most` at the most; a difference of
 * exactly nothing is "0". */
oc_slice oc_cell_signed(oc_context *x, const oc_estimate *e, double scale, int most);

/* "authority, conditions-based"; of OC_CLASS_WHOLE the name for all. */
oc_slice oc_class_group_name(oc_context *x, const oc_refclass *class, size_t group);

/* An estimate as {value, low, high}. */
void oc_json_estimate(oc_json *json, const char *key, oc_estimate estimate);
/* The same with its standard error: {value, se, low, high}. */
void oc_json_difference(oc_json *json, const char *key, const oc_estimate *e);

#endif
