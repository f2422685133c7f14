/* Checks of single values that all table readers share. */
#ifndef OC_POLITICS_CHECK_H
#define OC_POLITICS_CHECK_H

#include "politics/read.h"

/* A number or a range low..high, as written; false with a diagnostic if it is neither. */
bool check_amount(oc_diags *diags, oc_slice text, oc_span span, oc_bargain_amount *ret);

void check_capability(oc_diags *diags, const oc_bargain_amount *amount, oc_slice actor);
void check_position(oc_diags *diags, const oc_bargain_amount *amount, const oc_bargain_issue *issue, oc_slice actor);
/* In the unit of the file: 0..unit. */
void check_salience(oc_diags *diags, const oc_bargain_amount *amount, double unit, oc_slice actor);

/* What can only be said of the whole table: actors at all, names unique, attention within its budget (an error in
 * KTAB's own formats, a warning elsewhere), adjustment rows in 0..1. */
void check_table(oc_arena *arena, oc_diags *diags, const oc_bargain_table *table);

/* The actor whose saliences add up to more than 1, from `first` on, or SIZE_MAX; *ret_sum is its sum. */
size_t check_budget(const oc_bargain_table *table, size_t first, double *ret_sum);

/* Turns saliences as written into shares: finds out the unit when options->salience_unit is 0, and says so. */
void check_salience_unit(oc_diags *diags, oc_bargain_table *table, const oc_bargain_read_options *options);

#endif
