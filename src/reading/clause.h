/* Where a sentence falls into parts: at commas and semicolons and, in English, before the words that begin a clause
 * (that, which, while). Found once for a sentence and then asked for stretches of it. */
#ifndef OC_READING_CLAUSE_H
#define OC_READING_CLAUSE_H

#include "reading/lexicon.h"

typedef struct oc_joint {
    size_t at;     /* the byte of the sign or of the word */
    oc_slice word; /* "" for a sign */
} oc_joint;

typedef struct oc_clauses {
    OC_VEC(oc_joint) joints; /* in order of place */
} oc_clauses;

/* All joints of `text`; they lie in the arena. Without a lexicon (NULL) only its signs. */
void oc_clauses_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice text, oc_arena *arena, oc_clauses *ret);

/* How many commas and semicolons stand in [from, to). */
size_t oc_clauses_commas(const oc_clauses *clauses, size_t from, size_t to);

/* The same and the words that begin a clause, each word once. */
size_t oc_clauses_parts(const oc_clauses *clauses, size_t from, size_t to);

/* The place behind the last comma in [limit, at), `limit` if there is none; `at` where that is not behind `limit`. The
 * next comma from `at` on, or `end`. */
size_t oc_clauses_comma_before(const oc_clauses *clauses, size_t at, size_t limit);
size_t oc_clauses_comma_behind(const oc_clauses *clauses, size_t at, size_t end);

/* Commas and semicolons in text[from, to), where nothing else is asked of a sentence. */
size_t oc_commas_between(oc_slice text, size_t from, size_t to);

#endif
