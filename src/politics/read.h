/* Tables from files: KTAB's CSV and XML, the exchange model's lines, and plain tables (docs/format/bargain.md).
 *
 * Every problem is a diagnostic at its cell; after an error nothing is computed. Numbers are checked when they are
 * read: capability 0..1e8, position on the scale, salience 0..100 (or 0..1 throughout), names unique, at most
 * OC_BARGAIN_MAX_ACTORS actors and OC_BARGAIN_MAX_ISSUES issues, no cell missing. */
#ifndef OC_POLITICS_READ_H
#define OC_POLITICS_READ_H

#include "politics/table.h"

typedef struct oc_bargain_read_options {
    double low, high;      /* scale of all issues; both 0: 0..100, or what a `scale` row says */
    double salience_unit;  /* 100 or 1: what full attention is in the file; 0: 100 unless no salience exceeds 1 */
} oc_bargain_read_options;

/* `file` is a source registered with `diags->sources`; *ret points into its text. Decides by the first bytes which
 * format it is. OC_OK (there may be warnings), OC_INPUT, OC_NOMEM / OC_LIMIT when the arena is full, or OC_IO: XML, and
 * libxml2 is not on this machine. */
oc_status oc_bargain_read(oc_arena *arena, oc_diags *diags, uint32_t file, const oc_bargain_read_options *options,
                          oc_bargain_table *ret);

oc_status oc_bargain_read_csv(oc_arena *arena, oc_diags *diags, uint32_t file, const oc_bargain_read_options *options,
                              oc_bargain_table *ret);
oc_status oc_bargain_read_xml(oc_arena *arena, oc_diags *diags, uint32_t file, const oc_bargain_read_options *options,
                              oc_bargain_table *ret);

#endif
