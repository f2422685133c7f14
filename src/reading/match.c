/* The automaton of match.h.
 *
 * While words are added, each state keeps a list of children. oc_matcher_build() walks the states in breadth and
 * writes the table next[state * classes + class], where bytes that occur in no word share class 0. A target whose
 * state ends a word, or has a suffix that does, carries the bit ENDS, so that the loop looks at words only there.
 *
 * A matcher that is only asked for the longest word at a place needs no fallback: oc_matcher_build_prefixes() writes 0
 * where no word goes on, and a step looks at nothing but the table.
 *
 * Example: with "he" and "she" the text "she" goes root -s-> 's' -h-> 'sh' -e-> 'she'; the last one ends "she" and,
 * through its suffix link, "he". */
#include "reading/match.h"

#define STATES_MAX (1u << 22)
#define ENDS 0x80000000u
#define NONE UINT32_MAX

typedef struct node {
    uint32_t child;   /* first child, or NONE */
    uint32_t sibling; /* next child of the same parent, or NONE */
    uint32_t word;    /* newest word that ends here, or NONE */
    uint32_t suffix;  /* longest proper suffix that is a state */
    uint32_t shorter; /* nearest suffix that ends a word, or NONE */
    uint32_t depth;   /* bytes from the root */
    unsigned char byte;
} node;

typedef struct word {
    uint32_t id;
    uint32_t length;
    uint32_t older; /* another word with the same bytes, or NONE */
} word;

struct oc_matcher {
    oc_arena *arena;
    OC_VEC(node) nodes;
    OC_VEC(word) words;
    unsigned char classes[256];
    size_t class_count;
    uint32_t *next; /* NULL until built */
    bool full;
};

static unsigned char lower(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

static uint32_t new_node(oc_matcher *matcher, unsigned char byte, uint32_t depth)
{
    node *made = oc_vec_push(matcher->arena, &matcher->nodes);
    *made = (node){NONE, NONE, NONE, 0, NONE, depth, byte};
    return (uint32_t)(matcher->nodes.len - 1);
}

oc_matcher *oc_matcher_new(oc_arena *arena)
{
    oc_matcher *matcher = OC_NEW(arena, oc_matcher);
    matcher->arena = arena;
    matcher->class_count = 1;
    new_node(matcher, 0, 0);
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
    child = new_node(matcher, byte, matcher->nodes.at[at].depth + 1);
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
    *oc_vec_push(matcher->arena, &matcher->words) = (word){id, (uint32_t)text.len, matcher->nodes.at[at].word};
    matcher->nodes.at[at].word = (uint32_t)(matcher->words.len - 1);
}

static void link_state(oc_matcher *matcher, uint32_t at, uint32_t suffix)
{
    node *nodes = matcher->nodes.at;
    nodes[at].suffix = suffix;
    nodes[at].shorter = nodes[suffix].word != NONE ? suffix : nodes[suffix].shorter;
}

static uint32_t marked(const oc_matcher *matcher, uint32_t at)
{
    const node *state = &matcher->nodes.at[at];
    return at | (state->word != NONE || state->shorter != NONE ? ENDS : 0);
}

oc_status oc_matcher_build_prefixes(oc_matcher *matcher)
{
    if (matcher->full) return OC_LIMIT;
    size_t classes = matcher->class_count;
    const node *nodes = matcher->nodes.at;
    matcher->next = OC_NEW_ARRAY(matcher->arena, matcher->nodes.len * classes, uint32_t);
    for (size_t at = 0; at < matcher->nodes.len; at++)
        for (uint32_t child = nodes[at].child; child != NONE; child = nodes[child].sibling)
            matcher->next[at * classes + matcher->classes[nodes[child].byte]] =
                child | (nodes[child].word != NONE ? ENDS : 0);
    return OC_OK;
}

oc_status oc_matcher_build(oc_matcher *matcher)
{
    if (matcher->full) return OC_LIMIT;
    size_t classes = matcher->class_count;
    node *nodes = matcher->nodes.at;
    uint32_t *queue = OC_NEW_ARRAY(matcher->arena, matcher->nodes.len, uint32_t);
    matcher->next = OC_NEW_ARRAY(matcher->arena, matcher->nodes.len * classes, uint32_t);
    size_t head = 0, tail = 1;
    while (head < tail) {
        uint32_t at = queue[head++];
        uint32_t *row = matcher->next + at * classes;
        const uint32_t *fallback = matcher->next + nodes[at].suffix * classes;
        if (at) memcpy(row, fallback, classes * sizeof *row);
        for (uint32_t child = nodes[at].child; child != NONE; child = nodes[child].sibling) {
            unsigned char class = matcher->classes[nodes[child].byte];
            link_state(matcher, child, at ? row[class] & ~ENDS : 0);
            row[class] = marked(matcher, child);
            queue[tail++] = child;
        }
    }
    return OC_OK;
}

static bool tell(const oc_matcher *matcher, uint32_t at, size_t end, oc_match_fn *on_hit, void *context)
{
    const node *nodes = matcher->nodes.at;
    for (uint32_t state = nodes[at].word != NONE ? at : nodes[at].shorter; state != NONE;
         state = nodes[state].shorter) {
        for (uint32_t w = nodes[state].word; w != NONE; w = matcher->words.at[w].older) {
            const word *found = &matcher->words.at[w];
            if (!on_hit(context, found->id, end - found->length, end)) return false;
        }
    }
    return true;
}

void oc_matcher_scan(const oc_matcher *matcher, oc_slice text, oc_match_fn *on_hit, void *context)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    const unsigned char *classes = matcher->classes;
    const uint32_t *next = matcher->next;
    size_t count = matcher->class_count;
    uint32_t state = 0;
    for (size_t i = 0; i < text.len; i++) {
        state = next[(size_t)state * count + classes[bytes[i]]];
        if (state & ENDS) {
            state &= ~ENDS;
            if (!tell(matcher, state, i + 1, on_hit, context)) return;
        }
    }
}

size_t oc_matcher_longest(const oc_matcher *matcher, oc_slice text, size_t from, uint32_t *ret_id)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    size_t classes = matcher->class_count, best = 0;
    uint32_t state = 0, last = 0;
    for (size_t i = from; i < text.len; i++) {
        state = matcher->next[(size_t)(state & ~ENDS) * classes + matcher->classes[bytes[i]]];
        if (!state) break;
        if (state & ENDS) best = i - from + 1, last = state & ~ENDS;
    }
    if (best) *ret_id = matcher->words.at[matcher->nodes.at[last].word].id;
    return best;
}
