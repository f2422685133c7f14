/* The tables of scan.h: a bit for each hash of a key that some word begins with, and the words in buckets by that hash,
 * the longest first. Bytes are never decoded to characters: eight of them are one number (eight.h).
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

#include "reading/eight.h"

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
    bool begins[0x80];                     /* ASCII signs that a word begins with */
    uint8_t leads[(1 << HASH_BITS) / 8];   /* characters other than letters and digits that a word begins with */
    uint8_t singles[(1 << HASH_BITS) / 8]; /* words of one character */
    uint8_t keys[(1 << HASH_BITS) / 8];
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

/* How many of eight loaded bytes are letters, and digits if these count, before another one comes. */
static inline unsigned run_length(uint64_t bytes, oc_scan_kind kind)
{
    uint64_t own = oc_eight_in_range(bytes, 'a', 'z') | (kind == OC_SCAN_TEXT ? oc_eight_in_range(bytes, '0', '9') : 0);
    uint64_t other = ~own & OC_EACH * 0x80;
    return other ? (unsigned)__builtin_ctzll(other) / 8 : 8;
}

static inline uint16_t hash_of(uint64_t bytes)
{
    return (uint16_t)(bytes * UINT64_C(0x9e3779b97f4a7c15) >> (64 - HASH_BITS));
}

/* Bytes of the character that eight loaded bytes begin with; 1 of what is malformed, which begins no word. */
static inline unsigned character_size(uint64_t bytes)
{
    if (!(bytes & 0x80)) return 1;
    if ((bytes & 0xc0c0f0) == 0x8080e0) return 3;
    if ((bytes & 0xc0e0) == 0x80c0) return 2;
    return (bytes & 0xc0c0c0f8) == 0x808080f0 ? 4 : 1;
}

/* The two characters, or the one, that eight loaded bytes begin with; `size` is that of the first. */
static inline uint16_t pair_hash(uint64_t bytes, unsigned size)
{
    if (!(bytes >> 8 * size & 0x80)) bytes = oc_eight_lower(bytes);
    return hash_of(oc_eight_first(bytes, size + character_size(bytes >> 8 * size)));
}

static inline unsigned bit(const uint8_t *bits, uint16_t at)
{
    return bits[at / 8] >> at % 8 & 1;
}

static void set_bit(uint8_t *bits, uint16_t at)
{
    bits[at / 8] |= (uint8_t)(1u << at % 8);
}

/* A whole syllable or letter of Korean script. */
static bool is_hangul(uint64_t bytes)
{
    uint32_t code = (uint32_t)(bytes & 15) << 12 | (uint32_t)(bytes >> 8 & 63) << 6 | (uint32_t)(bytes >> 16 & 63);
    return character_size(bytes) == 3 && code >= 0xac00 && code <= 0xd7bf;
}

/* --- making --- */

oc_scanner *oc_scanner_new(oc_arena *arena, oc_scan_kind kind)
{
    oc_scanner *scanner = OC_NEW(arena, oc_scanner);
    scanner->arena = arena;
    scanner->kind = kind;
    return scanner;
}

/* Sets the bits of a word in small letters; the hash of its key. */
static uint16_t add_key(oc_scanner *scanner, oc_slice text)
{
    uint64_t head = oc_eight_load((const unsigned char *)text.ptr, text.len);
    unsigned run = run_length(head, scanner->kind), size = character_size(head);
    uint16_t first = hash_of(oc_eight_first(head, run ? run : size)), hash = run ? first : pair_hash(head, size);
    if (run) {
        set_bit(scanner->keys, first);
        return first;
    }
    if (!(head & 0x80)) scanner->begins[head & 0x7f] = true;
    set_bit(scanner->leads, first);
    set_bit(size == text.len ? scanner->singles : scanner->keys, size == text.len ? first : hash);
    return size == text.len ? first : hash;
}

void oc_scanner_add(oc_scanner *scanner, oc_slice text, uint32_t id, bool inside)
{
    if (!text.len) return;
    char *bytes = (char *)oc_arena_copy(scanner->arena, text).ptr;
    for (size_t i = 0; i < text.len; i++)
        if (bytes[i] >= 'A' && bytes[i] <= 'Z') bytes[i] = (char)(bytes[i] + 32);
    uint16_t hash = add_key(scanner, (oc_slice){bytes, text.len});
    word *made = oc_vec_push(scanner->arena, &scanner->words);
    *made = (word){.bytes = bytes, .length = (uint32_t)text.len, .id = id, .hash = hash, .inside = inside};
    made->order = (uint32_t)scanner->words.len;
    made->head = oc_eight_load((const unsigned char *)bytes, text.len);
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
    oc_scan_fn *on_hit;
    void *context;
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

/* `inside`: the place is inside of Korean script. */
static void tell(const oc_scanner *scanner, const place *p, uint16_t hash, bool inside)
{
    const unsigned char *text = p->bytes + p->at;
    size_t left = p->length - p->at, bucket = bucket_of(hash);
    uint64_t head = oc_eight_lower(oc_eight_load(text, left));
    const word *end = scanner->words.at + scanner->buckets[bucket + 1];
    for (const word *w = scanner->words.at + scanner->buckets[bucket]; w < end; w++) {
        if (!is_word(w, head, text, left) || (inside && !w->inside)) continue;
        if (ends_well(w, text, left)) p->on_hit(p->context, w->id, p->at, p->at + w->length);
    }
}

/* The hash of the run of letters, and digits if these count, at bytes[at]; *ret_end is the end of it. */
static inline uint16_t run_hash(const unsigned char *bytes, size_t length, size_t at, oc_scan_kind kind,
                                size_t *ret_end)
{
    uint64_t head = oc_eight_lower(oc_eight_load(bytes + at, length - at));
    unsigned run = run_length(head, kind);
    uint16_t hash = hash_of(oc_eight_first(head, run));
    for (at += run; run == 8; at += run) run = run_length(oc_eight_lower(oc_eight_load(bytes + at, length - at)), kind);
    *ret_end = at;
    return hash;
}

static bool follows_hangul(const place *p)
{
    return p->at >= 3 && is_hangul(oc_eight_load(p->bytes + p->at - 3, 3));
}

/* The words that begin with the character of `first`, or with the two of `pair`. */
static void tell_lead(const oc_scanner *scanner, const place *p, uint64_t head, uint16_t first, uint16_t pair)
{
    bool begins = bit(scanner->keys, pair), alone = bit(scanner->singles, first);
    bool inside = is_hangul(head) && follows_hangul(p);
    if (begins) tell(scanner, p, pair, inside);
    if (alone) tell(scanner, p, first, inside);
}

void oc_scanner_scan(const oc_scanner *scanner, oc_slice text, oc_scan_fn *on_hit, void *context)
{
    place p = {(const unsigned char *)text.ptr, text.len, 0, on_hit, context};
    while (p.at < p.length) {
        if (run_bytes[p.bytes[p.at]]) {
            size_t end;
            uint16_t run = run_hash(p.bytes, p.length, p.at, OC_SCAN_TEXT, &end);
            if (bit(scanner->keys, run)) tell(scanner, &p, run, false);
            p.at = end;
            continue;
        }
        if (p.bytes[p.at] < 0x80 && !scanner->begins[p.bytes[p.at]]) {
            p.at++;
            continue;
        }
        uint64_t head = oc_eight_load(p.bytes + p.at, p.length - p.at);
        unsigned size = character_size(head);
        uint16_t first = hash_of(oc_eight_first(head, size)), pair = pair_hash(head, size);
        /* One branch that is seldom taken: which characters begin words cannot be foretold. */
        if (bit(scanner->keys, pair) | bit(scanner->singles, first)) tell_lead(scanner, &p, head, first, pair);
        p.at += size;
    }
}

/* --- one place --- */

/* The longest word with this key, 0 if there is none. */
static size_t longest_of(const oc_scanner *scanner, uint16_t hash, const unsigned char *text, size_t left,
                         uint32_t *ret_id)
{
    uint64_t head = oc_eight_lower(oc_eight_load(text, left));
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
    size_t left = text.len - from, found = 0;
    uint64_t head = oc_eight_load(bytes, left);
    unsigned run = run_length(oc_eight_lower(head), OC_SCAN_PLACE), size = character_size(head);
    uint16_t first = hash_of(oc_eight_first(run ? oc_eight_lower(head) : head, run ? run : size));
    if (run) return bit(scanner->keys, first) ? longest_of(scanner, first, bytes, left, ret_id) : 0;
    if (!bit(scanner->leads, first)) return 0;
    uint16_t pair = pair_hash(head, size);
    if (bit(scanner->keys, pair)) found = longest_of(scanner, pair, bytes, left, ret_id);
    if (!found && bit(scanner->singles, first)) found = longest_of(scanner, first, bytes, left, ret_id);
    return found;
}

bool oc_scanner_may_begin(const oc_scanner *scanner, oc_slice text, size_t from, size_t *ret_end)
{
    return bit(scanner->keys, run_hash((const unsigned char *)text.ptr, text.len, from, OC_SCAN_PLACE, ret_end));
}

size_t oc_scanner_words(const oc_scanner *scanner)
{
    return scanner->words.len;
}

size_t oc_scanner_bytes(const oc_scanner *scanner)
{
    return sizeof *scanner + scanner->words.len * sizeof(word);
}
