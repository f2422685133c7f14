/* The words that begin at one place: a tree over bytes, one step a byte. ASCII letters match in either case.
 *
 *     oc_matcher *m = oc_matcher_new(arena);
 *     oc_matcher_add(m, OC_SLICE("transfer"), 7);
 *     oc_matcher_build(m);
 *     size_t length = oc_matcher_longest(m, text, at, &id);
 *
 * Words anywhere in a text are found with scan.h. */
#ifndef OC_READING_MATCH_H
#define OC_READING_MATCH_H

#include "base/vec.h"

typedef struct oc_matcher oc_matcher;

/* The matcher lives in the arena and is read-only once built. */
oc_matcher *oc_matcher_new(oc_arena *arena);

/* Adds a word; empty words are ignored. The same word may be added with several ids. */
void oc_matcher_add(oc_matcher *matcher, oc_slice word, uint32_t id);

/* Makes the table. At most 2^22 states; what does not fit is OC_LIMIT. Words of fewer bytes than this surely fit. */
enum { OC_MATCHER_BYTES = 1 << 21 };
oc_status oc_matcher_build(oc_matcher *matcher);

/* The longest word that begins exactly at `from`: its length in bytes, 0 if there is none; *ret_id is the id that was
 * added last. */
size_t oc_matcher_longest(const oc_matcher *matcher, oc_slice text, size_t from, uint32_t *ret_id);

/* The table of a built matcher, for whoever goes through it byte by byte: the cell of a state and a class of bytes is
 * `state + class`, if `owner` is the state plus one. */
typedef struct oc_matcher_cell {
    uint32_t next, owner;
} oc_matcher_cell;

typedef struct oc_matcher_table {
    const oc_matcher_cell *cells;
    const unsigned char *classes; /* of the 256 bytes */
} oc_matcher_table;
oc_matcher_table oc_matcher_table_of(const oc_matcher *matcher);

#define OC_MATCHER_ENDS UINT32_C(0x80000000)
static inline bool oc_matcher_ends(uint32_t state)
{
    return state & OC_MATCHER_ENDS;
}

/* The state behind one more byte, from 0 at the start of a word on; 0 if no word goes on so. */
static inline uint32_t oc_matcher_step(const oc_matcher_table *table, uint32_t state, unsigned char byte)
{
    uint32_t at = state & ~OC_MATCHER_ENDS;
    const oc_matcher_cell *cell = &table->cells[at + table->classes[byte]];
    return cell->owner == at + 1 ? cell->next : 0;
}

/* Calls on_word for each word that ends in the state, the one added last first. */
typedef void oc_match_fn(void *context, uint32_t id);
void oc_matcher_words_at(const oc_matcher *matcher, uint32_t state, oc_match_fn *on_word, void *context);

#endif
