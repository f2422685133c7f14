/* The tree of match.h.
 *
 * While words are added, each node keeps a list of children. oc_matcher_build() gives each node a state, a place in one
 * row of cells such that the cells of its children (state + class of the byte) are free: the rows of all nodes lie in
 * one another, so that the whole table is small and the states looked at often stay near the processor (Tarjan and Yao,
 * "Storing a sparse table", 1979). A state that ends a word carries the bit OC_MATCHER_ENDS, and bytes that occur in no
 * word share class 0. Example: with the words "a" and "ab" (classes 1, 2) the root has state 0, its child "a" the cell
 * 1 with a state of its own, say 1, and "ab" the cell 1 + 2. */
#include "reading/match.h"

#define STATES_MAX (1u << 22)
#define NONE UINT32_MAX
#define NODES_FIRST 8192

typedef struct node {
    uint32_t child;   /* first child, or NONE */
    uint32_t sibling; /* next child of the same parent, or NONE */
    uint32_t word;    /* newest word that ends here, or NONE */
    uint32_t state;   /* once built */
    unsigned char byte;
} node;

typedef struct word {
    uint32_t id;
    uint32_t older; /* another word with the same bytes, or NONE */
} word;

struct oc_matcher {
    oc_arena *arena;
    OC_VEC(node) nodes;
    OC_VEC(word) words;
    unsigned char classes[256];
    size_t class_count;
    oc_matcher_cell *cells; /* NULL until built; as many behind the last state as there are classes */
    uint32_t *newest;       /* by state: the newest word that ends there */
    bool full;
};

static unsigned char lower(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

static uint32_t new_node(oc_matcher *matcher, unsigned char byte)
{
    node *made = oc_vec_push(matcher->arena, &matcher->nodes);
    *made = (node){NONE, NONE, NONE, 0, byte};
    return (uint32_t)(matcher->nodes.len - 1);
}

oc_matcher *oc_matcher_new(oc_arena *arena)
{
    oc_matcher *matcher = OC_NEW(arena, oc_matcher);
    matcher->arena = arena;
    matcher->class_count = 1;
    oc_vec_reserve(arena, &matcher->nodes, NODES_FIRST);
    new_node(matcher, 0);
    return matcher;
}

static uint32_t find_child(const oc_matcher *matcher, uint32_t at, unsigned char byte)
{
    uint32_t child = matcher->nodes.at[at].child;
    while (child != NONE && matcher->nodes.at[child].byte != byte) child = matcher->nodes.at[child].sibling;
    return child;
}

static uint32_t child_of(oc_matcher *matcher, uint32_t at, unsigned char byte)
{
    uint32_t child = find_child(matcher, at, byte);
    if (child != NONE) return child;
    child = new_node(matcher, byte);
    matcher->nodes.at[child].sibling = matcher->nodes.at[at].child;
    matcher->nodes.at[at].child = child;
    return child;
}

void oc_matcher_add(oc_matcher *matcher, oc_slice text, uint32_t id)
{
    if (text.len == 0) return;
    if (matcher->nodes.len + text.len > STATES_MAX) {
        matcher->full = true;
        return;
    }
    uint32_t at = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = lower((unsigned char)text.ptr[i]);
        if (!matcher->classes[byte]) {
            matcher->classes[byte] = (unsigned char)matcher->class_count++;
            if (byte >= 'a' && byte <= 'z') matcher->classes[byte - 32] = matcher->classes[byte];
        }
        at = child_of(matcher, at, byte);
    }
    *oc_vec_push(matcher->arena, &matcher->words) = (word){id, matcher->nodes.at[at].word};
    matcher->nodes.at[at].word = (uint32_t)(matcher->words.len - 1);
}

/* --- the row of cells --- */

typedef struct row {
    oc_matcher *matcher;
    bool *taken;   /* states that a node has */
    size_t room;   /* in cells and states */
    size_t free;   /* all cells before it are full */
    size_t unused; /* all states before it are taken */
    size_t last;   /* of the states */
} row;

/* Both have room for this many cells or states, all empty at first. */
static size_t widen(row *r, size_t needed)
{
    oc_matcher *matcher = r->matcher;
    size_t room = needed + needed / 2 + UINT8_MAX;
    oc_matcher_cell *cells = OC_NEW_ARRAY(matcher->arena, room, oc_matcher_cell);
    bool *taken = OC_NEW_ARRAY(matcher->arena, room, bool);
    if (r->room) memcpy(cells, matcher->cells, r->room * sizeof *cells), memcpy(taken, r->taken, r->room);
    matcher->cells = cells;
    r->taken = taken;
    return room;
}

static inline oc_matcher_cell *cell_at(row *r, size_t at)
{
    if (at >= r->room) r->room = widen(r, at + 1);
    return &r->matcher->cells[at];
}

static inline bool *taken_at(row *r, size_t state)
{
    if (state >= r->room) r->room = widen(r, state + 1);
    return &r->taken[state];
}

static bool fits(row *r, const node *parent, size_t state)
{
    const oc_matcher *matcher = r->matcher;
    if (*taken_at(r, state)) return false;
    for (uint32_t child = parent->child; child != NONE; child = matcher->nodes.at[child].sibling)
        if (cell_at(r, state + matcher->classes[matcher->nodes.at[child].byte])->owner) return false;
    return true;
}

/* The first state whose cells are free. Cells that too often fit nobody are given up, so that time goes with the
 * number of nodes. */
static size_t find_state(row *r, const node *parent)
{
    enum { ATTEMPTS = 32 };
    size_t first = r->matcher->classes[r->matcher->nodes.at[parent->child].byte];
    while (cell_at(r, r->free)->owner) r->free++;
    for (size_t at = r->free > first ? r->free : first + 1, left = ATTEMPTS;; at++) {
        if (!cell_at(r, at)->owner && fits(r, parent, at - first)) return at - first;
        if (!left--) r->free = at, left = ATTEMPTS;
    }
}

/* Nodes without children need no cells. */
static size_t find_unused(row *r)
{
    while (*taken_at(r, r->unused)) r->unused++;
    return r->unused;
}

static void give_state(row *r, node *parent, size_t state)
{
    const oc_matcher *matcher = r->matcher;
    *taken_at(r, state) = true;
    parent->state = (uint32_t)state;
    if (state > r->last) r->last = state;
    for (uint32_t child = parent->child; child != NONE; child = matcher->nodes.at[child].sibling)
        cell_at(r, state + matcher->classes[matcher->nodes.at[child].byte])->owner = (uint32_t)state + 1;
}

oc_status oc_matcher_build(oc_matcher *matcher)
{
    if (matcher->full) return OC_LIMIT;
    row r = {.matcher = matcher};
    r.room = widen(&r, matcher->nodes.len + matcher->class_count);
    node *nodes = matcher->nodes.at;
    give_state(&r, &nodes[0], 0);
    for (size_t i = 1; i < matcher->nodes.len; i++)
        if (nodes[i].child != NONE) give_state(&r, &nodes[i], find_state(&r, &nodes[i]));
    for (size_t i = 1; i < matcher->nodes.len; i++)
        if (nodes[i].child == NONE) give_state(&r, &nodes[i], find_unused(&r));
    cell_at(&r, r.last + matcher->class_count);
    matcher->newest = OC_NEW_ARRAY(matcher->arena, r.last + 1, uint32_t);
    for (size_t i = 0; i < matcher->nodes.len; i++) {
        matcher->newest[nodes[i].state] = nodes[i].word;
        for (uint32_t child = nodes[i].child; child != NONE; child = nodes[child].sibling)
            matcher->cells[nodes[i].state + matcher->classes[nodes[child].byte]].next =
                nodes[child].state | (nodes[child].word != NONE ? OC_MATCHER_ENDS : 0);
    }
    return OC_OK;
}

size_t oc_matcher_longest(const oc_matcher *matcher, oc_slice text, size_t from, uint32_t *ret_id)
{
    oc_matcher_table table = oc_matcher_table_of(matcher);
    size_t best = 0;
    uint32_t state = 0, last = 0;
    for (size_t i = from; i < text.len; i++) {
        state = oc_matcher_step(&table, state, (unsigned char)text.ptr[i]);
        if (!state) break;
        if (state & OC_MATCHER_ENDS) best = i - from + 1, last = state & ~OC_MATCHER_ENDS;
    }
    if (best) *ret_id = matcher->words.at[matcher->newest[last]].id;
    return best;
}

oc_matcher_table oc_matcher_table_of(const oc_matcher *matcher)
{
    return (oc_matcher_table){matcher->cells, matcher->classes};
}

void oc_matcher_words_at(const oc_matcher *matcher, uint32_t state, oc_match_fn *on_word, void *context)
{
    if (!(state & OC_MATCHER_ENDS)) return;
    for (uint32_t w = matcher->newest[state & ~OC_MATCHER_ENDS]; w != NONE; w = matcher->words.at[w].older)
        on_word(context, matcher->words.at[w].id);
}
