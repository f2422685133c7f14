/* Pieces of an English sentence; see date_stretch.h. Sixty-four bytes at a time tell where words and numbers begin; each
 * word is looked up by its run of letters. A word that has no entry ends a piece, and what the words of the piece add to
 * a time (OC_TIMELY…) tells whether it is kept. */
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
    size_t next;    /* what begins before it has been read */
    size_t from;    /* of the piece at hand */
    size_t before;  /* the same of the last piece with words in it */
    size_t dropped; /* the same of the first one left out behind what was kept last; SIZE_MAX none */
    size_t past_from, past_to; /* pieces left out, with a verb of the past near enough to what follows */
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

static void keep(seeker *s, size_t from, size_t to)
{
    oc_date_stretches *out = s->out;
    oc_date_stretch *last = out->count ? &out->at[out->count - 1] : NULL;
    if (last && (out->count == OC_DATE_STRETCHES_MAX || from <= last->to))
        last->to = (uint32_t)to;
    else
        out->at[out->count++] = (oc_date_stretch){(uint32_t)from, (uint32_t)to, s->dropped < from};
    s->dropped = SIZE_MAX;
}

/* A piece without a date. */
static void drop(seeker *s, size_t at)
{
    if (s->dropped == SIZE_MAX) s->dropped = s->from;
    if (!(s->roles & OC_TIMELY_PAST)) return;
    if (s->from > s->past_to + OC_DATE_PAST_REACH) s->past_from = s->from;
    s->past_to = at;
}

/* The piece up to `at` is one word, without a sign that means something (- May). */
static bool is_one_word(const seeker *s, size_t at)
{
    if (s->words > 1 || (!s->from && at == s->text.len)) return false;
    for (size_t i = s->from; i < at; i++) {
        unsigned char byte = (unsigned char)s->text.ptr[i];
        if (!oc_date_is_letter((char)byte) && s->index->codes[byte] & OC_CODE_STARTS) return false;
    }
    return true;
}

/* The piece ends at `at`. Of a term of office a word before the holder counts too (during Kim's term). */
static void close_piece(seeker *s, size_t at)
{
    if (!s->words) return;
    if (s->roles & OC_TIMELY_BESIDE && is_one_word(s, at)) s->roles &= ~(unsigned)OC_TIMELY_BESIDE;
    if (s->roles & ~(unsigned)(OC_TIMELY_ON | OC_TIMELY_PAST)) {
        size_t from = s->roles & OC_TIMELY_OFFICE ? s->before : s->from;
        if (s->past_to && from > s->past_from && from <= s->past_to + OC_DATE_PAST_REACH) from = s->past_from;
        keep(s, from, at);
        s->past_to = 0;
    } else
        drop(s, at);
    s->before = s->from;
    s->all |= s->roles;
    s->words = s->roles = 0;
}

/* A word without meaning from `at` to `end`. */
static void pass_word(seeker *s, size_t at, size_t end)
{
    close_piece(s, at);
    while (s->text.ptr[end] == '_' || oc_date_is_letter(s->text.ptr[end])) end++;
    s->from = s->next = end;
}

static void take_roles(seeker *s, const oc_date_run *run, size_t at, size_t end)
{
    uint32_t id;
    if (run->roles & ~s->roles && oc_date_run_word(s->index, run, s->text, at, end, &id)) s->roles |= s->index->roles[id];
}

static void take_letters(seeker *s, size_t at, size_t end)
{
    const unsigned char *p = (const unsigned char *)s->text.ptr + at;
    unsigned length = end - at < 8 ? (unsigned)(end - at) : 8;
    uint64_t head = oc_eight_first(oc_eight_bytes(p, 8) | OC_EACH * 0x20, length);
    const oc_date_run *run = oc_date_run_find(s->index, head);
    bool glued = at && p[-1] >= '0' && p[-1] <= '9'; /* th of 5th belongs to the number */
    size_t address = run && run->address && !glued ? oc_date_address_length(s->text, at) : 0;
    if (address || !(run || glued)) {
        pass_word(s, at, address ? at + address : end);
        return;
    }
    s->words++;
    if (run) take_roles(s, run, at, end);
}

/* A number of so many digits can be a date by itself. */
static bool is_date_alone(size_t digits)
{
    return digits == 4 || digits == 8;
}

static void take_digits(seeker *s, size_t at)
{
    size_t end = at;
    while (s->text.ptr[end] >= '0' && s->text.ptr[end] <= '9') end++;
    s->words++;
    s->roles |= is_date_alone(end - at) ? OC_TIMELY : OC_TIMELY_BESIDE;
    s->next = end;
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

static inline oc_sixteen is_letter(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes | ((oc_sixteen){0} + 0x20), 'a', 'z');
}

static inline oc_sixteen is_lead_or_digit(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, '0', '9') | oc_sixteen_from(bytes, 0xc2);
}

/* The bits of the places where letters begin that stand in `letters`; `*inside` goes from block to block. */
static inline uint64_t first_letters(uint64_t letters, uint64_t *inside)
{
    uint64_t first = letters & ~(letters << 1 | *inside);
    *inside = letters >> (OC_BLOCK - 1);
    return first;
}

/* The end of the letters from `at` on, in the block whose letters are given. */
static size_t run_end(oc_slice text, size_t at, uint64_t letters)
{
    uint64_t others = ~letters >> at % OC_BLOCK;
    size_t end = others ? at + oc_block_first(others) : at - at % OC_BLOCK + OC_BLOCK;
    while (!others && oc_date_is_letter(text.ptr[end])) end++;
    return end;
}

bool oc_date_stretches_find(const oc_date_tables *tables, oc_slice text, oc_date_stretches *ret)
{
    seeker s = {.index = tables->index[OC_LANG_EN], .tables = tables, .text = text, .out = ret, .dropped = SIZE_MAX};
    uint64_t inside = 0;
    ret->count = 0;
    for (size_t block = 0; block < text.len; block += OC_BLOCK) {
        const char *bytes = text.ptr + block;
        uint64_t letters = oc_block_bits(bytes, is_letter), others = oc_block_bits(bytes, is_lead_or_digit);
        for (uint64_t bits = first_letters(letters, &inside) | others; bits; bits &= bits - 1) {
            size_t at = block + oc_block_first(bits);
            if (at < s.next) continue;
            if (letters >> at % OC_BLOCK & 1)
                take_letters(&s, at, run_end(text, at, letters));
            else if (text.ptr[at] <= '9' && text.ptr[at] >= '0')
                take_digits(&s, at);
            else
                take_sign(&s, at);
        }
    }
    close_piece(&s, text.len);
    return oc_date_is_enough(s.all);
}
