/* The tables of scan.h: a bit for each hash of a key that some word begins with, and the words in buckets by that hash,
 * the longest first.
 *
 * A word that begins with an ASCII letter or digit has as key all letters and digits up to the next other byte, at most
 * eight: because of the borders the text must have the same run there. Any other word has the pair of its first two
 * characters, or, if it is one character, that character, for which there is a bit table of its own. Eight bytes are
 * looked at at once, as one number.
 *
 * Example: "OPCON transition" is looked at where the text has the run "opcon", 移管 where it has 移 before 管; of the
 * text "OPCON移管" both begin, one at byte 0 and one at byte 5. */
#include "reading/scan.h"

#include <stdlib.h>

enum { HASH_BITS = 16, BUCKET_BITS = 12, BUCKETS = 1 << BUCKET_BITS };

typedef struct word {
    uint64_t head, mask; /* its first eight bytes, the first one lowest, and which of them count */
    const char *bytes;   /* with small letters */
    uint32_t length;
    uint32_t id;
    uint32_t order; /* of adding */
    uint16_t hash;  /* of the key */
    bool inside;
} word;

struct oc_scanner {
    oc_arena *arena;
    oc_scan_kind kind;
    OC_VEC(word) words;            /* by bucket once built */
    uint32_t buckets[BUCKETS + 1]; /* where in `words` each begins */
    uint8_t keys[(1 << HASH_BITS) / 8];
    uint8_t singles[(1 << HASH_BITS) / 8]; /* words of one character, by the hash of the character */
};

/* Letters as small ones and digits; 0 for all others. */
static const unsigned char run_bytes[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8',
    ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h',
    ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q',
    ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
    ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i',
    ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r',
    ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z'};

#define EACH UINT64_C(0x0101010101010101)

/* The high bit of each byte that is in [first, last]; only those below 128 are looked at. */
static inline uint64_t in_range(uint64_t bytes, unsigned first, unsigned last)
{
    uint64_t low = bytes & EACH * 0x7f;
    return ((low + EACH * (0x80 - first)) ^ (low + EACH * (0x7f - last))) & ~bytes & EACH * 0x80;
}

/* Up to eight bytes from p on, the first one lowest, with small letters in place of capital ones; zeros behind
 * `left`. */
static inline uint64_t load(const unsigned char *p, size_t left)
{
    uint64_t bytes = 0;
    if (left >= 8)
        for (int i = 0; i < 8; i++) bytes |= (uint64_t)p[i] << 8 * i;
    else
        for (size_t i = 0; i < left; i++) bytes |= (uint64_t)p[i] << 8 * i;
    return bytes | in_range(bytes, 'A', 'Z') >> 2;
}

/* How many of eight loaded bytes are letters, and digits if these count, before another one comes. */
static inline unsigned run_length(uint64_t bytes, oc_scan_kind kind)
{
    uint64_t own = in_range(bytes, 'a', 'z') | (kind == OC_SCAN_TEXT ? in_range(bytes, '0', '9') : 0);
    uint64_t other = ~own & EACH * 0x80;
    return other ? (unsigned)__builtin_ctzll(other) / 8 : 8;
}

/* Of the first eight bytes of a run. */
static inline uint16_t run_hash(uint64_t bytes, unsigned length)
{
    if (length < 8) bytes &= (UINT64_C(1) << 8 * length) - 1;
    return (uint16_t)(bytes * UINT64_C(0x9e3779b97f4a7c15) >> (64 - HASH_BITS));
}

static inline uint16_t pair_hash(uint32_t first, uint32_t second)
{
    return (uint16_t)((first * UINT32_C(0x9e3779b1) ^ second * UINT32_C(0x85ebca6b)) >> (32 - HASH_BITS));
}

static inline bool bit(const uint8_t *bits, uint16_t at)
{
    return bits[at / 8] >> at % 8 & 1;
}

static void set_bit(uint8_t *bits, uint16_t at)
{
    bits[at / 8] |= (uint8_t)(1u << at % 8);
}

/* The character at bytes[at] and its length; of a malformed one its first byte, which begins no word. */
static inline uint32_t code_at(const unsigned char *bytes, size_t length, size_t at, size_t *ret_size)
{
    const unsigned char *p = bytes + at;
    size_t left = length - at;
    *ret_size = 1;
    if (p[0] < 0x80) return run_bytes[p[0]] ? run_bytes[p[0]] : p[0];
    if ((p[0] & 0xf0) == 0xe0) {
        if (left < 3 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80) return p[0];
        *ret_size = 3;
        return (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63);
    }
    if ((p[0] & 0xe0) == 0xc0) {
        if (left < 2 || (p[1] & 0xc0) != 0x80) return p[0];
        *ret_size = 2;
        return (uint32_t)(p[0] & 31) << 6 | (p[1] & 63);
    }
    if ((p[0] & 0xf8) != 0xf0 || left < 4 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80 || (p[3] & 0xc0) != 0x80)
        return p[0];
    *ret_size = 4;
    return (uint32_t)(p[0] & 7) << 18 | (uint32_t)(p[1] & 63) << 12 | (uint32_t)(p[2] & 63) << 6 | (p[3] & 63);
}

static bool is_hangul(uint32_t code)
{
    return code >= 0xac00 && code <= 0xd7bf;
}

/* --- making --- */

oc_scanner *oc_scanner_new(oc_arena *arena, oc_scan_kind kind)
{
    oc_scanner *scanner = OC_NEW(arena, oc_scanner);
    scanner->arena = arena;
    scanner->kind = kind;
    return scanner;
}

/* The hash of a word's key; *ret_single if it is one character. */
static uint16_t key_of(oc_slice text, oc_scan_kind kind, bool *ret_single)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    size_t size;
    *ret_single = false;
    uint64_t head = load(bytes, text.len);
    unsigned run = run_length(head, kind);
    if (run) return run_hash(head, run);
    uint32_t first = code_at(bytes, text.len, 0, &size);
    *ret_single = size == text.len;
    return pair_hash(first, *ret_single ? 0 : code_at(bytes, text.len, size, &size));
}

void oc_scanner_add(oc_scanner *scanner, oc_slice text, uint32_t id, bool inside)
{
    if (!text.len) return;
    bool single;
    uint16_t hash = key_of(text, scanner->kind, &single);
    set_bit(single ? scanner->singles : scanner->keys, hash);
    char *bytes = (char *)oc_arena_copy(scanner->arena, text).ptr;
    for (size_t i = 0; i < text.len; i++)
        if (bytes[i] >= 'A' && bytes[i] <= 'Z') bytes[i] = (char)(bytes[i] + 32);
    word *made = oc_vec_push(scanner->arena, &scanner->words);
    *made = (word){.bytes = bytes, .length = (uint32_t)text.len, .id = id, .hash = hash, .inside = inside};
    made->order = (uint32_t)scanner->words.len;
    made->head = load((const unsigned char *)bytes, text.len);
    made->mask = text.len < 8 ? (UINT64_C(1) << 8 * text.len) - 1 : UINT64_MAX;
}

static size_t bucket_of(uint16_t hash)
{
    return hash >> (HASH_BITS - BUCKET_BITS);
}

static int by_bucket(const void *a, const void *b)
{
    const word *x = a, *y = b;
    if (bucket_of(x->hash) != bucket_of(y->hash)) return bucket_of(x->hash) < bucket_of(y->hash) ? -1 : 1;
    if (x->length != y->length) return x->length > y->length ? -1 : 1;
    return x->order > y->order ? -1 : x->order < y->order;
}

void oc_scanner_build(oc_scanner *scanner)
{
    if (scanner->words.len) qsort(scanner->words.at, scanner->words.len, sizeof *scanner->words.at, by_bucket);
    size_t at = 0;
    for (size_t bucket = 0; bucket <= BUCKETS; bucket++) {
        while (at < scanner->words.len && bucket_of(scanner->words.at[at].hash) < bucket) at++;
        scanner->buckets[bucket] = (uint32_t)at;
    }
}

/* --- scanning --- */

typedef struct place {
    const unsigned char *bytes;
    size_t length, at;
    bool behind_hangul; /* the character at `at` and the one before are Korean */
} place;

/* `head` are the first eight bytes of the text. */
static inline bool is_word(const word *w, uint64_t head, const unsigned char *text, size_t left)
{
    if (((head ^ w->head) & w->mask) || w->length > left) return false;
    for (size_t i = 8; i < w->length; i++)
        if (text[i] != (unsigned char)w->bytes[i] && run_bytes[text[i]] != (unsigned char)w->bytes[i]) return false;
    return true;
}

/* Letters and digits at the end of a word are no others' beginning. */
static inline bool ends_well(const word *w, const unsigned char *text, size_t left)
{
    return !run_bytes[text[w->length - 1]] || w->length == left || !run_bytes[text[w->length]];
}

static void tell(const oc_scanner *scanner, const place *p, uint16_t hash, oc_scan_fn *on_hit, void *context)
{
    const unsigned char *text = p->bytes + p->at;
    size_t left = p->length - p->at, bucket = bucket_of(hash);
    uint64_t head = load(text, left);
    const word *end = scanner->words.at + scanner->buckets[bucket + 1];
    for (const word *w = scanner->words.at + scanner->buckets[bucket]; w < end; w++) {
        if (!is_word(w, head, text, left) || (p->behind_hangul && !w->inside)) continue;
        if (ends_well(w, text, left)) on_hit(context, w->id, p->at, p->at + w->length);
    }
}

/* The words that begin with the letters and digits from `at` on; the end of these. */
static inline size_t scan_run(const oc_scanner *scanner, place *p, oc_scan_fn *on_hit, void *context)
{
    uint64_t head = load(p->bytes + p->at, p->length - p->at);
    unsigned length = run_length(head, OC_SCAN_TEXT);
    uint16_t hash = run_hash(head, length);
    size_t end = p->at + length;
    while (length == 8) end += length = run_length(load(p->bytes + end, p->length - end), OC_SCAN_TEXT);
    p->behind_hangul = false;
    if (bit(scanner->keys, hash)) tell(scanner, p, hash, on_hit, context);
    return end;
}

void oc_scanner_scan(const oc_scanner *scanner, oc_slice text, oc_scan_fn *on_hit, void *context)
{
    place p = {.bytes = (const unsigned char *)text.ptr, .length = text.len};
    uint32_t before = 0, code = 0;
    size_t size = 0;
    if (text.len) code = code_at(p.bytes, p.length, 0, &size);
    while (p.at < p.length) {
        size_t next = p.at + size, next_size = 0;
        if (run_bytes[p.bytes[p.at]]) {
            next = scan_run(scanner, &p, on_hit, context);
            code = 0;
        }
        uint32_t second = next < p.length ? code_at(p.bytes, p.length, next, &next_size) : 0;
        uint16_t pair = pair_hash(code, second), single = pair_hash(code, 0);
        bool begins = bit(scanner->keys, pair), alone = bit(scanner->singles, single);
        if (code && (begins || alone)) {
            p.behind_hangul = is_hangul(code) && is_hangul(before);
            if (begins) tell(scanner, &p, pair, on_hit, context);
            if (alone) tell(scanner, &p, single, on_hit, context);
        }
        before = code;
        code = second;
        size = next_size;
        p.at = next;
    }
}

/* --- one place --- */

/* The longest word with this key, 0 if there is none. */
static size_t longest_of(const oc_scanner *scanner, uint16_t hash, uint64_t head, const unsigned char *text,
                         size_t left, uint32_t *ret_id)
{
    const word *end = scanner->words.at + scanner->buckets[bucket_of(hash) + 1];
    for (const word *w = scanner->words.at + scanner->buckets[bucket_of(hash)]; w < end; w++) {
        if (w->hash != hash || !is_word(w, head, text, left)) continue;
        *ret_id = w->id;
        return w->length;
    }
    return 0;
}

size_t oc_scanner_longest(const oc_scanner *scanner, oc_slice text, size_t from, uint32_t *ret_id)
{
    if (from >= text.len) return 0;
    const unsigned char *bytes = (const unsigned char *)text.ptr + from;
    size_t left = text.len - from, size, found = 0;
    uint64_t head = load(bytes, left);
    unsigned run = run_length(head, OC_SCAN_PLACE);
    if (run) {
        uint16_t hash = run_hash(head, run);
        return bit(scanner->keys, hash) ? longest_of(scanner, hash, head, bytes, left, ret_id) : 0;
    }
    uint32_t code = code_at(bytes, left, 0, &size);
    uint32_t second = size < left ? code_at(bytes, left, size, &(size_t){0}) : 0;
    uint16_t pair = pair_hash(code, second), single = pair_hash(code, 0);
    if (bit(scanner->keys, pair)) found = longest_of(scanner, pair, head, bytes, left, ret_id);
    if (!found && bit(scanner->singles, single)) found = longest_of(scanner, single, head, bytes, left, ret_id);
    return found;
}

bool oc_scanner_may_begin(const oc_scanner *scanner, oc_slice text, size_t from, size_t *ret_end)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    uint64_t head = load(bytes + from, text.len - from);
    unsigned length = run_length(head, OC_SCAN_PLACE);
    uint16_t hash = run_hash(head, length);
    size_t end = from + length;
    while (length == 8) end += length = run_length(load(bytes + end, text.len - end), OC_SCAN_PLACE);
    *ret_end = end;
    return bit(scanner->keys, hash);
}

size_t oc_scanner_words(const oc_scanner *scanner)
{
    return scanner->words.len;
}

size_t oc_scanner_bytes(const oc_scanner *scanner)
{
    return sizeof *scanner + scanner->words.len * sizeof(word);
}
