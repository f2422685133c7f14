/* Parts of a sentence; see clause.h. A stretch of it is asked for often and is short: signs are bits, counted
 * sixty-four bytes at a time, and words are looked up behind the blanks of the stretch alone. */
#include "reading/clause.h"

#include "base/block.h"
#include "reading/phrase.h"

enum { WORDS_MAX = 16 }; /* different words that begin a clause in one stretch; further ones count no more */

static inline bool is_comma(oc_slice text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.ptr + at;
    if (*p == 0xe3) return at + 2 < text.len && p[1] == 0x80 && p[2] == 0x81; /* 、 */
    return *p == ',' || *p == ';';
}

size_t oc_commas_between(oc_slice text, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to && i < text.len; i++) count += is_comma(text, i);
    return count;
}

static inline oc_sixteen is_ascii_comma(oc_sixteen bytes)
{
    return oc_sixteen_is(bytes, ',') | oc_sixteen_is(bytes, ';');
}

/* Where 、 begins: its bytes in three blocks, each a byte further on. */
static uint64_t wide_commas(oc_slice text, size_t at)
{
    char room[OC_BLOCK];
    if (at + 2 >= text.len) return 0;
    uint64_t last = oc_block_is(oc_block_at(text, at + 2, room), 0x81);
    if (!last) return 0;
    return last & oc_block_is(oc_block_at(text, at + 1, room), 0x80) & oc_block_is(oc_block_at(text, at, room), 0xe3);
}

void oc_clauses_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice text, oc_arena *arena, oc_clauses *ret)
{
    char room[OC_BLOCK];
    uint64_t *commas = oc_arena_alloc(arena, (text.len / OC_BLOCK + 1) * sizeof *commas);
    for (size_t at = 0; at < text.len; at += OC_BLOCK) {
        commas[at / OC_BLOCK] =
            oc_block_bits(oc_block_at(text, at, room), is_ascii_comma) | wide_commas(text, at);
    }
    *ret = (oc_clauses){lang == OC_LANG_EN ? lexicon : NULL, text, commas};
}

/* The commas of the block that holds `at`, from there up to `to`. */
static inline uint64_t commas_at(const oc_clauses *clauses, size_t at, size_t to)
{
    uint64_t bits = clauses->commas[at / OC_BLOCK] & ~oc_block_until(at % OC_BLOCK);
    return bits & oc_block_until(to - at / OC_BLOCK * OC_BLOCK);
}

static inline size_t behind_block(size_t at)
{
    return (at / OC_BLOCK + 1) * OC_BLOCK;
}

size_t oc_clauses_commas(const oc_clauses *clauses, size_t from, size_t to)
{
    size_t count = 0;
    if (to > clauses->text.len) to = clauses->text.len;
    for (size_t at = from; at < to; at = behind_block(at))
        for (uint64_t bits = commas_at(clauses, at, to); bits; bits &= bits - 1) count++;
    return count;
}

/* How many words begin a clause between `from` and `to`, blanks and all; each one once. */
static size_t count_words(const oc_clauses *clauses, size_t from, size_t to)
{
    oc_slice text = clauses->text, words[WORDS_MAX];
    size_t count = 0, length;
    for (size_t at = from + 1;
         (at = oc_phrase_first(clauses->lexicon, OC_LANG_EN, OC_PHRASE_CLAUSE, text, at, to, &length)) != SIZE_MAX;
         at += length) {
        size_t end = at + length, known = 0;
        if (end >= to || text.ptr[at - 1] != ' ' || end >= text.len || text.ptr[end] != ' ') continue;
        while (known < count && !oc_slice_equal(words[known], oc_slice_sub(text, at, end))) known++;
        if (known == count && count < WORDS_MAX) words[count++] = oc_slice_sub(text, at, end);
    }
    return count;
}

size_t oc_clauses_parts(const oc_clauses *clauses, size_t from, size_t to)
{
    return oc_clauses_commas(clauses, from, to) + (clauses->lexicon ? count_words(clauses, from, to) : 0);
}

size_t oc_clauses_comma_before(const oc_clauses *clauses, size_t at, size_t limit)
{
    if (at <= limit) return at;
    for (size_t end = at < clauses->text.len ? at : clauses->text.len; end > limit;) {
        size_t start = (end - 1) / OC_BLOCK * OC_BLOCK;
        if (start < limit) start = limit;
        uint64_t bits = commas_at(clauses, start, end);
        if (bits) return start / OC_BLOCK * OC_BLOCK + OC_BLOCK - (size_t)__builtin_clzll(bits);
        end = start;
    }
    return limit;
}

size_t oc_clauses_comma_behind(const oc_clauses *clauses, size_t at, size_t end)
{
    for (; at < clauses->text.len; at = behind_block(at)) {
        uint64_t bits = commas_at(clauses, at, clauses->text.len);
        if (bits) return at / OC_BLOCK * OC_BLOCK + oc_block_first(bits);
    }
    return end;
}
