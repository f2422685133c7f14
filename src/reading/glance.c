/* Words by their first bytes; see glance.h. Bytes are folded by setting the bit that tells small letters from capital
 * ones; that some signs fall together by it does not matter. One table tells by the first six bytes whether a longer
 * word may begin with them, another by three whether a shorter one may. Both are asked at each place: whether the first
 * three bytes alone would do nobody can foretell, and so a processor loses more than the second look costs.
 *
 * Example: with the words 関連記事 and "By", the text 関係 is passed by, "by" at its start is a place, and "standby"
 * has none, because a word begins where a run of letters does. */
#include "reading/glance.h"

#include "base/block.h"
#include "base/utf8.h"

enum { BITS = 16, SHORT = 3, LONG = 6 };

struct oc_glance {
    uint8_t shorter[(1 << BITS) / 8]; /* of words of less than LONG bytes a bit for the first SHORT */
    uint8_t longer[(1 << BITS) / 8];  /* of the others a bit for the first LONG */
    bool blank;                            /* a word begins with a blank */
};

static inline uint64_t folded(uint64_t eight, unsigned size)
{
    return (eight | UINT64_C(0x2020202020202020)) & ((UINT64_C(1) << 8 * size) - 1);
}

static inline size_t hash_of(uint64_t eight, unsigned size)
{
    return (size_t)(folded(eight, size) * UINT64_C(0x9e3779b97f4a7c15) >> (64 - BITS));
}

static inline void mark(uint8_t *table, size_t bit)
{
    table[bit / 8] |= (uint8_t)(1u << bit % 8);
}

/* A word may begin with these bytes. */
static inline bool may_begin(const oc_glance *glance, uint64_t eight)
{
    size_t shorter = hash_of(eight, SHORT), longer = hash_of(eight, LONG);
    return (glance->shorter[shorter / 8] >> shorter % 8 | glance->longer[longer / 8] >> longer % 8) & 1;
}

oc_glance *oc_glance_new(oc_arena *arena)
{
    return OC_NEW(arena, oc_glance);
}

/* The beginning of a word of less than SHORT bytes, with whatever may stand behind it. */
static void add_open(oc_glance *glance, uint64_t bytes, unsigned size)
{
    if (size == SHORT) {
        mark(glance->shorter, hash_of(bytes, SHORT));
        return;
    }
    for (unsigned byte = 0; byte < 256; byte++)
        if (byte & 0x20) add_open(glance, bytes | (uint64_t)byte << 8 * size, size + 1);
}

void oc_glance_add(oc_glance *glance, oc_slice word)
{
    uint64_t eight = 0;
    for (size_t i = 0; i < word.len && i < LONG; i++) eight |= (uint64_t)(unsigned char)word.ptr[i] << 8 * i;
    if (!word.len) return;
    if (word.ptr[0] == ' ') glance->blank = true;
    if (word.len < LONG) {
        add_open(glance, eight, word.len < SHORT ? (unsigned)word.len : SHORT);
        return;
    }
    mark(glance->longer, hash_of(eight, LONG));
}

static inline oc_sixteen is_alnum(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes | 0x20, 'a', 'z') | oc_sixteen_in(bytes, '0', '9');
}

static inline oc_sixteen begins_nothing(oc_sixteen bytes)
{
    return oc_sixteen_continues(bytes) | oc_sixteen_is(bytes, ' ');
}

/* Bits of the places where a word can begin; *run is 1 if the block before ends inside of a run. */
static inline uint64_t starts_of(const oc_glance *glance, const char *block, uint64_t *run)
{
    uint64_t alnum = oc_block_bits(block, is_alnum);
    uint64_t inside = alnum & (alnum << 1 | *run);
    *run = alnum >> (OC_BLOCK - 1);
    uint64_t starts = ~(oc_block_bits(block, begins_nothing) | inside);
    return glance->blank ? starts | oc_block_is(block, ' ') : starts;
}

void oc_glance_find(const oc_glance *glance, oc_slice text, oc_glance_fn *on_place, void *context)
{
    char room[OC_BLOCK + sizeof(uint64_t)];
    uint64_t run = 0;
    for (size_t at = 0; at < text.len; at += OC_BLOCK) {
        const char *block = text.ptr + at;
        if (text.len - at < sizeof room) { /* the bytes behind the last places are not the text's */
            memset(room, 0, sizeof room);
            memcpy(room, block, text.len - at);
            block = room;
        }
        uint64_t bits = starts_of(glance, block, &run) & oc_block_until(text.len - at);
        for (; bits; bits &= bits - 1) {
            size_t place = oc_block_first(bits);
            uint64_t eight;
            memcpy(&eight, block + place, sizeof eight);
            if (may_begin(glance, eight)) on_place(context, at + place);
        }
    }
}
