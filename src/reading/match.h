/* Many literals at once: an Aho-Corasick automaton over bytes (A. Aho, M. Corasick, "Efficient string matching",
 * CACM 18, 1975), with the failure links folded into the table, so that each byte costs one step. ASCII letters match
 * in either case.
 *
 *     oc_matcher *m = oc_matcher_new(arena);
 *     oc_matcher_add(m, OC_SLICE("transfer"), 7);
 *     oc_matcher_build(m);
 *     oc_matcher_scan(m, text, on_hit, context);
 *
 * Why not a library: docs/decisions/0700-matcher.md. */
#ifndef OC_READING_MATCH_H
#define OC_READING_MATCH_H

#include "base/vec.h"

typedef struct oc_matcher oc_matcher;

/* The matcher lives in the arena and is read-only once built. */
oc_matcher *oc_matcher_new(oc_arena *arena);

/* Adds a word; empty words are ignored. The same word may be added with several ids. */
void oc_matcher_add(oc_matcher *matcher, oc_slice word, uint32_t id);

/* Makes the table. At most 2^22 states; what does not fit is OC_LIMIT. */
oc_status oc_matcher_build(oc_matcher *matcher);

/* The same for a matcher that only oc_matcher_longest() is asked of. */
oc_status oc_matcher_build_prefixes(oc_matcher *matcher);

/* Called for each occurrence of each word in order of its end, at one end the longest first. False stops the scan. */
typedef bool oc_match_fn(void *context, uint32_t id, size_t start, size_t end);
void oc_matcher_scan(const oc_matcher *matcher, oc_slice text, oc_match_fn *on_hit, void *context);

/* Of a matcher made by oc_matcher_build_prefixes(): the longest word that begins exactly at `from`: its length in
 * bytes, 0 if there is none; *ret_id is the id that was added last. */
size_t oc_matcher_longest(const oc_matcher *matcher, oc_slice text, size_t from, uint32_t *ret_id);

#endif
