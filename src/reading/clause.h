/* Where a sentence falls into parts: at commas and semicolons and, in English, before the words that begin a clause
 * (that, which, while). The signs are found once for a sentence, words only in the stretches that are asked for. */
#ifndef OC_READING_CLAUSE_H
#define OC_READING_CLAUSE_H

#include "reading/lexicon.h"

/* Of zero: a sentence without parts. */
typedef struct oc_clauses {
    const oc_lexicon *lexicon; /* NULL: words begin no clause */
    oc_slice text;
    const uint64_t *commas;    /* a bit for each byte of the text, the first one lowest */
} oc_clauses;

/* The clauses of `text`; they lie in the arena. Without a lexicon (NULL) only its signs. */
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
