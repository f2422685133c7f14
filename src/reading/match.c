/* The tree of match.h.
 *
 * While words are added, each state keeps a list of children. oc_matcher_build() writes the table
 * next[state * classes + class], where bytes that occur in no word share class 0, and 0 where no word goes on. A target
 * that ends a word carries the bit OC_MATCHER_ENDS, so that a step looks at nothing but the table. */
#include "reading/match.h"

#define STATES_MAX (1u << 22)
#define NONE UINT32_MAX

typedef struct node {
    uint32_t child;   /* first child, or NONE */
    uint32_t sibling; /* next child of the same parent, or NONE */
    uint32_t word;    /* newest word that ends here, or NONE */
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
    uint32_t *next; /* NULL until built */
    bool full;
};

static unsigned char lower(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

static uint32_t new_node(oc_matcher *matcher, unsigned char byte)
{
    node *made = oc_vec_push(matcher->arena, &matcher->nodes);
    *made = (node){NONE, NONE, NONE, byte};
    return (uint32_t)(matcher->nodes.len - 1);
}

oc_matcher *oc_matcher_new(oc_arena *arena)
{
    oc_matcher *matcher = OC_NEW(arena, oc_matcher);
    matcher->arena = arena;
    matcher->class_count = 1;
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

oc_status oc_matcher_build(oc_matcher *matcher)
{
    if (matcher->full) return OC_LIMIT;
    size_t classes = matcher->class_count;
    const node *nodes = matcher->nodes.at;
    matcher->next = OC_NEW_ARRAY(matcher->arena, matcher->nodes.len * classes, uint32_t);
    for (size_t at = 0; at < matcher->nodes.len; at++)
        for (uint32_t child = nodes[at].child; child != NONE; child = nodes[child].sibling)
            matcher->next[at * classes + matcher->classes[nodes[child].byte]] =
                child | (nodes[child].word != NONE ? OC_MATCHER_ENDS : 0);
    return OC_OK;
}

size_t oc_matcher_longest(const oc_matcher *matcher, oc_slice text, size_t from, uint32_t *ret_id)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    size_t classes = matcher->class_count, best = 0;
    uint32_t state = 0, last = 0;
    for (size_t i = from; i < text.len; i++) {
        state = matcher->next[(size_t)(state & ~OC_MATCHER_ENDS) * classes + matcher->classes[bytes[i]]];
        if (!state) break;
        if (state & OC_MATCHER_ENDS) best = i - from + 1, last = state & ~OC_MATCHER_ENDS;
    }
    if (best) *ret_id = matcher->words.at[matcher->nodes.at[last].word].id;
    return best;
}

oc_matcher_table oc_matcher_table_of(const oc_matcher *matcher)
{
    return (oc_matcher_table){matcher->next, matcher->classes, matcher->class_count};
}

void oc_matcher_words_at(const oc_matcher *matcher, uint32_t state, oc_match_fn *on_word, void *context)
{
    if (!(state & OC_MATCHER_ENDS)) return;
    for (uint32_t w = matcher->nodes.at[state & ~OC_MATCHER_ENDS].word; w != NONE; w = matcher->words.at[w].older)
        on_word(context, matcher->words.at[w].id);
}
