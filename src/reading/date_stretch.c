/* Pieces of an English sentence; see date_stretch.h. Sixty-four bytes at a time tell where words and numbers begin, and
 * four letters that nearly all words without meaning have no entry. Such a word ends a piece, and what the words of the
 * piece add to a time (OC_TIMELY…) tells whether it is kept. */
#include "reading/date_stretch.h"

#include <string.h>

#include "base/block.h"
#include "base/utf8.h"
#include "reading/date_fold.h"

typedef struct seeker {
    const oc_date_index *index;
    const oc_date_tables *tables;
    oc_slice text;
    oc_date_stretches *out;
    size_t from;    /* of the piece at hand: the word without meaning before it */
    size_t before;  /* the same of the last piece with words in it */
    size_t dropped; /* the same of the first one left out behind what was kept last; SIZE_MAX none */
    size_t covered; /* the end of the longest word seen */
    size_t past_from, past_to; /* pieces left out, with a verb of the past near enough to what follows */
    bool cut;       /* a word without meaning was seen */
    unsigned words; /* of the piece, numbers too */
    unsigned roles; /* of the piece */
    unsigned all;   /* of the sentence */
} seeker;

size_t oc_date_address_length(oc_slice text, size_t at)
{
    oc_slice rest = oc_slice_from(text, at);
    bool address = oc_slice_starts(rest, OC_SLICE("http://")) || oc_slice_starts(rest, OC_SLICE("https://")) ||
                   oc_slice_starts(rest, OC_SLICE("www."));
    size_t length = 0;
    while (address && length < rest.len && (unsigned char)rest.ptr[length] > ' ' &&
           (unsigned char)rest.ptr[length] < 0x80 && !strchr("<>\"|", rest.ptr[length]))
        length++;
    return length;
}

/* --- pieces --- */

static void keep(seeker *s, size_t from, size_t to)
{
    oc_date_stretches *out = s->out;
    oc_date_stretch *last = out->count ? &out->at[out->count - 1] : NULL;
    if (last && (out->count == OC_DATE_STRETCHES_MAX || from <= last->to))
        last->to = (uint32_t)to;
    else
        out->at[out->count++] = (oc_date_stretch){(uint32_t)from, (uint32_t)to, s->dropped < from};
    s->dropped = SIZE_MAX;
    s->past_to = 0;
}

/* A piece without a date. */
static void drop(seeker *s, size_t to)
{
    if (s->dropped == SIZE_MAX) s->dropped = s->from;
    if (!(s->roles & OC_TIMELY_PAST)) return;
    if (s->from > s->past_to + OC_DATE_PAST_REACH) s->past_from = s->from;
    s->past_to = to;
}

/* The piece up to `to` is one word without a sign that means something (- May), of a longer text. */
static bool is_one_word(const seeker *s, size_t to)
{
    if (s->words > 1 || (!s->cut && to == s->text.len)) return false;
    for (size_t i = s->from; i < to; i++) {
        unsigned char byte = (unsigned char)s->text.ptr[i];
        if (!oc_date_is_letter((char)byte) && s->index->codes[byte] & OC_CODE_STARTS) return false;
    }
    return true;
}

/* The piece ends at `to`. Of a term of office a word before the holder counts too (during Kim's term). */
static void close_piece(seeker *s, size_t to)
{
    if (s->roles & OC_TIMELY_BESIDE && is_one_word(s, to)) s->roles &= ~(unsigned)OC_TIMELY_BESIDE;
    if (s->roles & ~(unsigned)(OC_TIMELY_ON | OC_TIMELY_PAST)) {
        size_t from = s->roles & OC_TIMELY_OFFICE ? s->before : s->from;
        if (s->past_to && from > s->past_from && from <= s->past_to + OC_DATE_PAST_REACH) from = s->past_from;
        keep(s, from, to);
    } else
        drop(s, to);
    s->before = s->from;
    s->all |= s->roles;
    s->words = s->roles = 0;
}

/* A word without meaning at `at`. */
static inline void pass_word(seeker *s, size_t at)
{
    if (s->words) close_piece(s, at);
    s->from = at;
    s->cut = true;
}

/* --- words --- */

/* The letters of a block that begin at a bit, with what has an entry for them; NULL if nothing has. */
static inline const oc_date_run *find_run(const seeker *s, size_t block, size_t bit, uint64_t letters, size_t *ret_end)
{
    size_t at = block + bit;
    uint64_t others = ~letters >> bit;
    if (!others) return oc_date_run_find(s->index, oc_date_run_at(s->text, at, ret_end)); /* over the block's end */
    size_t length = oc_block_first(others);
    uint64_t head = oc_eight_bytes((const unsigned char *)s->text.ptr + at, 8) | OC_EACH * 0x20;
    *ret_end = at + length;
    return oc_date_run_find(s->index, oc_eight_first(head, length < 8 ? (unsigned)length : 8));
}

/* Letters from `at` to `end`, with an entry unless `run` is NULL, behind a digit if `glued`; false for the address of a
 * page. Without meaning are those that only go on with other words, and do not here. */
static inline bool take_run(seeker *s, const oc_date_run *run, size_t at, size_t end, bool glued)
{
    uint32_t id;
    if (run && run->address && oc_date_address_length(s->text, at)) return false;
    size_t length = run ? oc_date_run_word(s->index, run, s->text, at, end, &id) : 0;
    if (length) {
        s->roles |= s->index->roles[id];
        if (at + length > s->covered) s->covered = at + length;
    } else if (at >= s->covered && !glued && !(run && run->joined)) {
        pass_word(s, at);
        return true;
    }
    s->words++;
    return true;
}

/* A number of so many digits can be a date by itself. */
static void take_digits(seeker *s, size_t at)
{
    size_t end = at;
    while (s->text.ptr[end] >= '0' && s->text.ptr[end] <= '9') end++;
    s->words++;
    s->roles |= end - at == 4 || end - at == 8 ? OC_TIMELY : OC_TIMELY_BESIDE;
}

/* What is not written in letters of ASCII: few words begin with it. */
static void take_sign(seeker *s, size_t at)
{
    uint32_t code = oc_utf8_next(s->text, &(size_t){at});
    uint8_t flags = code > 0xffff ? 0 : s->index->codes[code];
    if (!(flags & OC_CODE_STARTS)) return;
    s->words += 2; /* how many is not known */
    s->roles |= OC_TIMELY_FUTURE;
    if (flags & OC_CODE_TIMELY) s->roles |= oc_date_roles_at(s->tables, s->index, s->text, at, flags);
}

/* --- blocks --- */

static inline oc_sixteen letters_of(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes | ((oc_sixteen){0} + 0x20), 'a', 'z');
}

static inline oc_sixteen digits_of(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, '0', '9');
}

/* What date_fold.h may change; and a low line, which joins words. */
static inline oc_sixteen signs_of(oc_sixteen bytes)
{
    return oc_sixteen_is(bytes, '\n') | oc_sixteen_is(bytes, '_') | oc_sixteen_from(bytes, 0xc2);
}

typedef enum outcome { FOUND, FOLDS, UNKNOWN } outcome;

/* What begins at a bit of a block and is no plain word: a number, the letters glued to it (th of 5th), a letter that
 * stands alone, a sign. */
static outcome take_other(seeker *s, size_t block, size_t bit, uint64_t letters, bool folded)
{
    size_t at = block + bit, end;
    unsigned char byte = (unsigned char)s->text.ptr[at];
    if (letters >> bit & 1) {
        const oc_date_run *run = find_run(s, block, bit, letters, &end);
        bool glued = at && s->text.ptr[at - 1] >= '0' && s->text.ptr[at - 1] <= '9';
        return take_run(s, run, at, end, glued) ? FOUND : UNKNOWN;
    }
    if (byte == '_') return UNKNOWN;
    if (byte >= '0' && byte <= '9')
        take_digits(s, at);
    else if (!folded && oc_date_may_fold((const unsigned char *)s->text.ptr + at))
        return FOLDS;
    else if (byte >= 0x80)
        take_sign(s, at);
    return FOUND;
}

typedef struct edge {
    uint64_t letter, digit; /* 1 if the last byte of the block before is one */
} edge;

static outcome take_block(seeker *s, size_t block, bool folded, edge *before)
{
    const char *bytes = s->text.ptr + block;
    uint64_t letters = oc_block_bits(bytes, letters_of), digits = oc_block_bits(bytes, digits_of);
    uint64_t words = letters & ~(letters << 1 | before->letter), behind_digit = digits << 1 | before->digit;
    uint64_t others = (digits & ~behind_digit) | oc_block_bits(bytes, signs_of);
    others |= words & (behind_digit | ~(letters >> 1)); /* the last bit too: the next block tells how long it is */
    before->letter = letters >> (OC_BLOCK - 1);
    before->digit = digits >> (OC_BLOCK - 1);
    for (uint64_t bits = words | others; bits; bits &= bits - 1) {
        size_t bit = oc_block_first(bits), end;
        if (others >> bit & 1) {
            outcome found = take_other(s, block, bit, letters, folded);
            if (found) return found;
            continue;
        }
        const oc_date_run *run = NULL;
        if (oc_date_may_run(s->index, bytes + bit)) run = find_run(s, block, bit, letters, &end);
        if (!run)
            pass_word(s, block + bit);
        else if (!take_run(s, run, block + bit, end, false))
            return UNKNOWN;
    }
    return FOUND;
}

oc_date_sight oc_date_stretches_find(const oc_date_tables *tables, oc_slice text, bool folded, oc_date_stretches *ret)
{
    seeker s = {.index = tables->index[OC_LANG_EN], .tables = tables, .text = text, .out = ret, .dropped = SIZE_MAX};
    edge before = {0, 0};
    ret->count = 0;
    for (size_t block = 0; block < text.len; block += OC_BLOCK) {
        outcome found = take_block(&s, block, folded, &before);
        if (found == FOUND) continue;
        if (found == FOLDS || !folded) return OC_DATE_UNFOLDED;
        ret->at[0] = (oc_date_stretch){0, (uint32_t)text.len, false}; /* a low line, an address: seldom */
        ret->count = 1;
        return oc_date_may_hold(tables, OC_LANG_EN, text);
    }
    if (s.words) close_piece(&s, text.len);
    return oc_date_is_enough(s.all) ? OC_DATE_SOMETHING : OC_DATE_NOTHING;
}
