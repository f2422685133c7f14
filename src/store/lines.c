/* Comparing texts line by line; see lines.h.
 *
 * E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), section 4: for d = 0, 1, 2 … edits it keeps
 * how far each diagonal k = x - y can be followed, and goes back over the kept rows. Before that, what is equal at both
 * ends is taken off. From "a b c" to "a c d": equal at the start a; then - b, keep c, + d. */
#include "store/lines.h"

#include <stdint.h>

typedef OC_VEC(oc_slice) lines;

typedef struct compare {
    oc_arena *arena;
    lines a, b;
    size_t head;      /* equal lines at the start */
    int64_t n, m;     /* lines between head and equal end */
    OC_VEC(int64_t *) rows;
    oc_line_changes *out;
} compare;

static lines split(oc_arena *arena, oc_slice text)
{
    lines all = {0};
    while (text.len) {
        size_t end = oc_slice_find(text, OC_SLICE("\n"), 0);
        *oc_vec_push(arena, &all) = oc_slice_sub(text, 0, end);
        text = end == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(text, end + 1, text.len);
    }
    return all;
}

static void put(compare *c, bool added, size_t index)
{
    const lines *from = added ? &c->b : &c->a;
    *oc_vec_push(c->arena, c->out) = (oc_line_change){added, index + 1, from->at[index]};
}

static int64_t follow(const compare *c, int64_t x, int64_t k)
{
    while (x < c->n && x - k < c->m && oc_slice_equal(c->a.at[c->head + (size_t)x],
                                                      c->b.at[c->head + (size_t)(x - k)])) x++;
    return x;
}

/* Where diagonal k was entered in round d: from the one above (an added line) or below (a removed one). */
static bool came_down(const int64_t *row, int64_t k, int64_t d)
{
    return k == -d || (k != d && row[k - 1] < row[k + 1]);
}

/* Rows of furthest points, each indexed from -(d + 1) to d + 1. False if there are too many edits. */
static bool search(compare *c)
{
    int64_t *row = OC_NEW_ARRAY(c->arena, 3, int64_t) + 1;
    for (int64_t d = 0; d <= OC_LINE_EDITS; d++) {
        *oc_vec_push(c->arena, &c->rows) = row;
        int64_t *next = OC_NEW_ARRAY(c->arena, (size_t)(2 * d + 5), int64_t) + d + 2;
        for (int64_t k = -d; k <= d; k += 2) {
            int64_t x = d == 0 ? 0 : came_down(row, k, d) ? row[k + 1] : row[k - 1] + 1;
            next[k] = follow(c, x, k);
            if (next[k] >= c->n && next[k] - k >= c->m) return true;
        }
        row = next;
    }
    return false;
}

static void walk_back(compare *c)
{
    oc_line_changes back = {0};
    oc_line_changes *out = c->out;
    c->out = &back;
    int64_t x = c->n, y = c->m;
    for (int64_t d = (int64_t)c->rows.len - 1; d > 0; d--) {
        const int64_t *row = c->rows.at[d];
        int64_t k = x - y;
        bool down = came_down(row, k, d);
        x = down ? row[k + 1] : row[k - 1];
        y = down ? x - (k + 1) : x - (k - 1);
        put(c, down, c->head + (size_t)(down ? y : x));
    }
    for (size_t i = back.len; i > 0; i--) *oc_vec_push(c->arena, out) = back.at[i - 1];
    c->out = out;
}

void oc_lines_compare(oc_arena *arena, oc_slice before, oc_slice after, oc_line_changes *ret)
{
    compare c = {.arena = arena, .a = split(arena, before), .b = split(arena, after), .out = ret};
    size_t least = c.a.len < c.b.len ? c.a.len : c.b.len, tail = 0;
    while (c.head < least && oc_slice_equal(c.a.at[c.head], c.b.at[c.head])) c.head++;
    while (tail < least - c.head && oc_slice_equal(c.a.at[c.a.len - 1 - tail], c.b.at[c.b.len - 1 - tail])) tail++;
    c.n = (int64_t)(c.a.len - c.head - tail);
    c.m = (int64_t)(c.b.len - c.head - tail);
    if (search(&c)) {
        walk_back(&c);
        return;
    }
    for (int64_t i = 0; i < c.n; i++) put(&c, false, c.head + (size_t)i);
    for (int64_t i = 0; i < c.m; i++) put(&c, true, c.head + (size_t)i);
}
