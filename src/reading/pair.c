/* Quotation marks and brackets of a paragraph. A pair longer than PAIR_BYTES or without its other half protects
 * nothing, so that one lost mark does not swallow the document. */
#include "reading/body.h"

#include "base/block.h"
#include "base/utf8.h"

enum { PAIR_BYTES = 1400, PAIR_DEPTH = 24 };

static uint32_t close_of(uint32_t open)
{
    switch (open) {
    case 0x300c: return 0x300d;
    case 0x300e: return 0x300f;
    case 0x201c: return 0x201d;
    case 0x2018: return 0x2019;
    case 0xff08: return 0xff09;
    case '(': return ')';
    case 0x3010: return 0x3011;
    case 0x300a: return 0x300b;
    case 0x3008: return 0x3009;
    case 0xff62: return 0xff63;
    case '"': return '"';
    case '\'': return '\'';
    default: return 0;
    }
}

bool oc_pair_is_close(uint32_t code)
{
    return code == 0x300d || code == 0x300f || code == 0x201d || code == 0x2019 || code == 0xff09 || code == ')' ||
           code == 0x3011 || code == 0x300b || code == 0x3009 || code == 0xff63;
}

typedef struct stack {
    uint32_t slot[PAIR_DEPTH]; /* into document->pairs */
    int depth;
} stack;

static void open_pair(oc_body_builder *b, stack *open, uint32_t at, uint32_t end, uint32_t mark)
{
    if (open->depth == PAIR_DEPTH) return;
    open->slot[open->depth++] = (uint32_t)b->document->pairs.len;
    *oc_vec_push(b->arena, &b->document->pairs) = (oc_mark_pair){at, end, 0, 0, mark, false};
}

static bool close_pair(oc_body_builder *b, stack *open, uint32_t at, uint32_t end, uint32_t mark)
{
    for (int i = open->depth - 1; i >= 0; i--) {
        oc_mark_pair *pair = &b->document->pairs.at[open->slot[i]];
        if (close_of(pair->mark) != mark) continue;
        pair->close = at, pair->close_end = end;
        for (int k = 0; k < i; k++)
            pair->nested |=
                b->document->pairs.at[open->slot[k]].mark != '(' && b->document->pairs.at[open->slot[k]].mark != 0xff08;
        open->depth = i;
        return true;
    }
    return false;
}

/* A straight mark opens at the start, behind a blank or bracket; else it closes. */
static void straight_mark(oc_body_builder *b, stack *open, const oc_paragraph *p, uint32_t at, char mark)
{
    oc_slice body = b->document->body;
    char before = at > p->start ? body.ptr[at - 1] : ' ', after = at + 1 < p->end ? body.ptr[at + 1] : ' ';
    bool can_open = after != ' ' && (strchr(" ([", before) || ((unsigned char)before >= 0x80 && mark == '"'));
    bool is_open = false;
    for (int i = 0; i < open->depth; i++) is_open |= b->document->pairs.at[open->slot[i]].mark == (uint32_t)mark;
    if (mark == '\'' && b->document->lang != OC_LANG_KO) return;
    if (is_open && !(strchr(" ", before) && can_open))
        close_pair(b, open, at, at + 1, (uint32_t)mark);
    else if (can_open)
        open_pair(b, open, at, at + 1, (uint32_t)mark);
}

/* ASCII signs, and bytes that begin 。「」『』【】《》〈〉, “”‘’ and those of full width. */
static inline oc_sixteen is_sign(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, '\'', ')') | oc_sixteen_is(bytes, '"') | oc_sixteen_is(bytes, '.') |
           oc_sixteen_is(bytes, '!') | oc_sixteen_is(bytes, '?') | oc_sixteen_in(bytes, 0xe2, 0xe3) |
           oc_sixteen_is(bytes, 0xef);
}

static inline oc_sixteen is_wide_lead(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, 0xe2, 0xe3);
}

/* Of characters that begin with e2 or e3, which most of Japanese does, only those of e2 80 and e3 80, commas (e3 80 81)
 * left out; what stands in the next block counts. */
static uint64_t signs_of(const char *block)
{
    uint64_t signs = oc_block_bits(block, is_sign), leads = oc_block_bits(block, is_wide_lead);
    if (!leads) return signs;
    uint64_t marks = oc_block_is(block, 0x80) >> 1 | ~oc_block_until(OC_BLOCK - 1);
    uint64_t comma = oc_block_is(block, 0xe3) & oc_block_is(block, 0x80) >> 1 & oc_block_is(block, 0x81) >> 2;
    return signs & ~(leads & ~marks) & ~comma;
}

void oc_signs_find(oc_body_builder *b)
{
    oc_slice body = b->document->body;
    char room[OC_BLOCK];
    for (size_t at = 0; at < body.len; at += OC_BLOCK)
        for (uint64_t bits = signs_of(oc_block_at(body, at, room)); bits; bits &= bits - 1)
            *oc_vec_push(b->arena, &b->signs) = (uint32_t)(at + oc_block_first(bits));
}

void oc_pairs_find(oc_body_builder *b, const oc_paragraph *p, size_t sign)
{
    oc_slice body = b->document->body;
    size_t first = b->document->pairs.len;
    stack open = {.depth = 0};
    for (; sign < b->signs.len && b->signs.at[sign] < p->end; sign++) {
        size_t at = b->signs.at[sign], next = at;
        char c = body.ptr[at];
        if (c == '.' || c == '!' || c == '?') continue;
        if (c == '"' || c == '\'') {
            straight_mark(b, &open, p, (uint32_t)at, c);
            continue;
        }
        uint32_t code = oc_utf8_next(body, &next);
        if (oc_pair_is_close(code))
            close_pair(b, &open, (uint32_t)at, (uint32_t)next, code);
        else if (close_of(code))
            open_pair(b, &open, (uint32_t)at, (uint32_t)next, code);
    }
    size_t kept = first;
    for (size_t i = first; i < b->document->pairs.len; i++) {
        const oc_mark_pair *pair = &b->document->pairs.at[i];
        if (pair->close_end && pair->close_end - pair->open <= PAIR_BYTES) b->document->pairs.at[kept++] = *pair;
    }
    b->document->pairs.len = kept;
}
