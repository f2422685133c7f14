/* A sentence as atoms of the date grammar with their places. */
#ifndef OC_READING_DATE_TOKEN_H
#define OC_READING_DATE_TOKEN_H

#include "reading/date_lexicon.h"

/* How a number was written. */
typedef enum oc_number_style {
    OC_NUMBER_DIGITS,
    OC_NUMBER_ORDINAL, /* 5th, third */
    OC_NUMBER_GROUPED, /* 1,000 */
    OC_NUMBER_KANJI,   /* 二〇二六, 이천이십육 */
    OC_NUMBER_WORD     /* five, 세 */
} oc_number_style;

typedef struct oc_token {
    oc_atom_kind kind;
    int a, b;                /* arguments of the atom; the number for OC_ATOM_NUM and OC_ATOM_ORD */
    uint32_t from, to;       /* bytes of the sentence */
    int digits;              /* of a number */
    oc_number_style style;
    bool space;              /* white space stands before it */
    bool more;               /* a further atom of the same word */
    bool apostrophe;         /* '27 */
    bool capital;            /* a Latin word that begins with a capital letter */
    bool weak;               /* has another meaning too: may, march, sat */
} oc_token;
typedef OC_VEC(oc_token) oc_tokens;

/* Adds to the tokens, which may lie in memory of the caller until that is full, and puts an OC_ATOM_NONE behind the
 * last one (not counted). Addresses of pages and mail, numbers with letters, signs of currency or decimals become
 * OC_ATOM_OTHER; in English so does all that cannot belong to a date (date_stretch.h). False if the sentence holds
 * nothing that could make a date: then there are none. */
bool oc_date_tokens(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, oc_arena *arena, oc_tokens *ret_tokens);

#endif
