/* Quantities: 3.5 %, 4兆1,000億ウォン, 28,500 troops. */
#ifndef OC_READING_QUANTITY_H
#define OC_READING_QUANTITY_H

#include "reading/lexicon.h"

typedef struct oc_quantity {
    size_t from, to;   /* bytes of the sentence: number, scales and unit as printed */
    double value;      /* in `unit`, scales multiplied in */
    double value_to;   /* upper end of a range (3~5 %); equal to value otherwise */
    oc_slice unit;     /* canonical unit of the lexicon: percent, percentage-point, USD, KRW, JPY, person, ship … */
    oc_slice measures; /* what it measures, from the words around it; "" if unknown */
    oc_slice base;     /* what it is a share of or compared with; "" if unknown */
} oc_quantity;
typedef OC_VEC(oc_quantity) oc_quantities;

/* Appends the quantities of a sentence. `hits` are the lexicon's words in it (oc_lexicon_scan). Bytes for which
 * masked[i] is true are skipped (dates, notes, addresses); `masked` may be NULL. */
void oc_quantities_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                        const bool *masked, oc_arena *arena, oc_quantities *ret_quantities);

#endif
