/* Full-text search in the title and body of documents (tokens.h says what a word is). */
#ifndef OC_STORE_SEARCH_H
#define OC_STORE_SEARCH_H

#include "store/store.h"

typedef struct oc_store_hit {
    int64_t document;
    oc_slice title, published, publisher, language, origin;
    double score;     /* BM25, larger is better; only good for comparing within one search */
    oc_slice excerpt; /* of the body; what was found stands between U+0001 and U+0002 */
} oc_store_hit;
typedef OC_VEC(oc_store_hit) oc_store_hits;

typedef struct oc_store_query {
    /* All must occur, each as a phrase; a trailing * finds what begins with it, a leading - leaves documents out. */
    const oc_slice *words;
    size_t word_count;
    oc_slice since;        /* published on or after; empty: any */
    oc_slice language;     /* empty: any */
    int limit;
} oc_store_query;

/* Best first. E0812 if no word has a letter or digit to look for. *ret_total is the number of documents that match. */
oc_status oc_store_search(oc_store *store, oc_arena *arena, const oc_store_query *query, oc_store_hits *ret,
                          int64_t *ret_total);

#endif
