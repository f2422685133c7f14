/* Half width: what the date rules see instead of full-width digits, spaces, dashes and quotation marks. */
#ifndef OC_READING_DATE_FOLD_H
#define OC_READING_DATE_FOLD_H

#include "base/arena.h"
#include "base/slice.h"

/* From a place `from` in the folded text on, offsets in the sentence are larger by `shift`. */
typedef struct oc_fold_shift {
    uint32_t from, shift;
} oc_fold_shift;

typedef struct oc_folded {
    oc_slice text;               /* the sentence itself if nothing had to change */
    const oc_fold_shift *shifts; /* `count` of them, by place */
    size_t count;
} oc_folded;

oc_folded oc_date_fold(oc_slice sentence, oc_arena *arena);

/* The offset in the sentence of an offset in the folded text. `*at` remembers the last shift, begin with 0: offsets
 * asked for in rising order are found at once. */
uint32_t oc_date_unfold(const oc_folded *folded, size_t *at, size_t offset);

#endif
