/* Dates as they are printed in headers, notes and addresses: complete or year and month or year alone, never relative.
 * What sentences say about time is read by date.h; here only forms count that stand alone. */
#ifndef OC_READING_STAMP_H
#define OC_READING_STAMP_H

#include "base/arena.h"

typedef struct oc_stamp {
    size_t from, to; /* bytes */
    int year, month, day; /* 0 where not printed */
} oc_stamp;

/* The first date at or after `from`: 2026年3月9日, 令和8年3月9日, 2026. 3. 9., 2026-03-09, 2026/3/9, March 9, 2026,
 * 9 March 2026, 2026년 3월 9일, the same without a day; with `years` also a bare year 1900..2099. */
bool oc_stamp_find(oc_slice text, size_t from, bool years, oc_stamp *ret_stamp);

/* "2026-03-09", "2026-03" or "2026". */
oc_slice oc_stamp_print(oc_arena *arena, const oc_stamp *stamp);

#endif
