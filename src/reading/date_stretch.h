/* Where in an English sentence a date can stand. Words that mean nothing to dates cut it into pieces: no rule of the
 * grammar looks over them, but for a few that see that there is one. So only pieces are cut into tokens in which
 * something can be a date or tells its tense. Example: of "The ministry said on Monday that talks among the allies will
 * go on" these are " said on Monday " and " will "; " among the " is none. */
#ifndef OC_READING_DATE_STRETCH_H
#define OC_READING_DATE_STRETCH_H

#include "reading/date_index.h"

#define OC_DATE_STRETCHES_MAX 24
#define OC_DATE_PAST_REACH 24 /* bytes between a verb of the past and the date of what it tells */

/* Bytes [from, to) of the text, from a word without meaning to the next one. */
typedef struct oc_date_stretch {
    uint32_t from, to;
    bool broken; /* words that mean something were left out between the stretch before and this one */
} oc_date_stretch;

typedef struct oc_date_stretches {
    oc_date_stretch at[OC_DATE_STRETCHES_MAX]; /* the last one reaches over all that has no room */
    size_t count;
} oc_date_stretches;

/* What a text can hold. */
typedef enum oc_date_sight {
    OC_DATE_NOTHING,
    OC_DATE_SOMETHING,
    OC_DATE_UNFOLDED /* it is not known: the text must be brought to half width first (date_fold.h) */
} oc_date_sight;

/* The stretches of a text with OC_DATE_PAD zeros behind it. */
oc_date_sight oc_date_stretches_find(const oc_date_tables *tables, oc_slice text, bool folded, oc_date_stretches *ret);

/* Bytes of the address of a page or of mail at `at`, 0 if there is none. It ends at a space, a CJK sign or a closing
 * bracket. */
size_t oc_date_address_length(oc_slice text, size_t at);

#endif
