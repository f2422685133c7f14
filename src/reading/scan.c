/* The tables of scan.h: a bit for each hash of a key that some word begins with, and the words in buckets by that
 * hash, the longest first. Bytes are never decoded to characters: eight of them are one number (eight.h, scan_key.h).
 *
 * A word that begins with an ASCII letter or digit has as key all letters and digits up to the next other byte, at most
 * eight: because of the borders the text must have the same run there. Any other word has the pair of its first two
 * characters, or, if it is one character, that character. Many words share a key ("in advance", "in spring"): so the
 * first byte of the next run is part of the key of a word that goes on behind its first run, and a longer word of
 * characters has its first eight bytes.
 *
 * Example: "OPCON transition" is looked at where the text has the run "opcon", 移管 where it has 移 before 管; of the
 * text "OPCON移管" both begin, one at byte 0 and one at byte 5. */
#include "reading/scan.h"

#include <stdlib.h>

#include "base/block.h"
#include "reading/scan_key.h"
#include "reading/sign.h"

enum {
    WORDS_FIRST = 2048,
    BUCKET_BITS = 13,
    BUCKETS = 1 << BUCKET_BITS,
    KIND_BITS = 15,
    KINDS = 1 << KIND_BITS,
    BEHIND_RUN = 1 /* from the end of a run to the byte that tells how a word goes on: over a blank */
};

typedef struct word {
    uint64_t head, mask; /* its first eight bytes, the first one lowest, and which of them count */
    uint64_t tail;       /* the last eight of a longer one */
    const char *bytes;   /* with small letters */
    uint32_t length;
    uint32_t id;
    uint32_t order; /* of adding */
    uint16_t hash;  /* of the key */
    bool inside;
    bool ends_in_run; /* in a letter or digit */
} word;

/* What a run is, and what it is with the byte that it goes on with: LONGER_… by so many bits beside OPEN_…. */
enum { WORD = 1, OPEN_WORD = 2, NAME = 4, OPEN_NAME = 8, LONGER_WORD = 16, LONGER_NAME = 64, LONGER_SHIFT = 3 };

#define ANY UINT64_MAX

/* What words or names begin with: a look there leaves nearly all places behind. */
typedef struct heads {
    uint32_t begins[0x80]; /* of ASCII signs: bits of the bytes behind them */
    uint8_t keys[KINDS];   /* by the hash of a run and of its longer key: WORD … */
} heads;

/* What other words begin with: a bit for each hash of a character, of two, of eight bytes. All three are asked at once,
 * since where only the first characters fit nobody can foretell. */
typedef struct characters {
    uint8_t one[(1 << OC_KEY_BITS) / 8], two[(1 << OC_KEY_BITS) / 8], eight[(1 << OC_KEY_BITS) / 8];
} characters;

struct oc_scanner {
    oc_arena *arena;
    OC_VEC(word) words;            /* by hash once built */
    uint32_t buckets[BUCKETS + 1]; /* where in `words` each begins */
    heads heads;
    characters characters;
    uint64_t *inside; /* pairs of words that may begin inside of Korean script; NULL: none */
};

struct oc_starts {
    heads heads, joined;         /* joined: with those of a scanner */
    uint64_t pairs[OC_KEY_ROWS]; /* ANY: the character is enough */
};

/* --- making --- */

oc_scanner *oc_scanner_new(oc_arena *arena)
{
    oc_scanner *scanner = OC_NEW(arena, oc_scanner);
    scanner->arena = arena;
    oc_vec_reserve(arena, &scanner->words, WORDS_FIRST);
    return scanner;
}

/* The key of a word that goes on behind its first run with this byte. */
static inline uint64_t longer_key(uint64_t run, unsigned char next)
{
    return run + ((uint64_t)(next & 31) + 1) * UINT64_C(0x2545f4914f6cdd1d);
}

/* Bit of a byte, letters in either case. */
static inline uint32_t bit_of(unsigned char byte)
{
    return UINT32_C(1) << (byte & 31);
}

/* The place of a hash in the table of keys. */
static inline uint8_t *kinds_at(heads *own, uint16_t hash)
{
    return &own->keys[hash >> (OC_KEY_BITS - KIND_BITS)];
}

/* Of eight bytes, letters in either case. */
static inline uint16_t folded_hash(uint64_t bytes)
{
    return oc_key_hash(bytes | OC_EACH * 0x20);
}

static inline void add_bit(uint8_t *bits, uint16_t hash)
{
    bits[hash / 8] |= (uint8_t)(1u << hash % 8);
}

static inline bool has_bit(const uint8_t *bits, uint16_t hash)
{
    return bits[hash / 8] >> hash % 8 & 1;
}

/* Sets the bits of a word in small letters and fills in its key. */
static void add_key(oc_scanner *scanner, word *made)
{
    oc_key_run run = oc_key_run_of(made->head, true);
    oc_key_pair pair = oc_key_pair_of(made->head);
    if (run.length) {
        size_t behind = run.length + BEHIND_RUN;
        bool longer = behind < made->length;
        made->hash = oc_key_hash(longer ? longer_key(run.bytes, (unsigned char)made->bytes[behind]) : run.bytes);
        *kinds_at(&scanner->heads, made->hash) |= longer ? LONGER_WORD : WORD;
        if (longer) *kinds_at(&scanner->heads, oc_key_hash(run.bytes)) |= OPEN_WORD;
    } else {
        characters *all = &scanner->characters;
        bool single = pair.size == made->length;
        bool eight = !single && made->length >= 8 && made->head != pair.bytes;
        made->hash = oc_key_hash(eight ? made->head : pair.bytes);
        add_bit(single ? all->one : eight ? all->eight : all->two, eight ? folded_hash(made->head) : made->hash);
        if (!(made->head & 0x80))
            scanner->heads.begins[made->head & 0x7f] |= single ? UINT32_MAX : bit_of((unsigned char)made->bytes[1]);
        if (made->inside && oc_key_is_hangul(made->head)) {
            if (!scanner->inside) scanner->inside = OC_NEW_ARRAY(scanner->arena, OC_KEY_ROWS, uint64_t);
            scanner->inside[pair.row] |= single ? ANY : UINT64_C(1) << pair.bit;
        }
    }
}

void oc_scanner_add(oc_scanner *scanner, oc_slice text, uint32_t id, bool inside)
{
    if (!text.len) return;
    char *bytes = (char *)oc_arena_copy(scanner->arena, text).ptr;
    for (size_t i = 0; i < text.len; i++)
        if (bytes[i] >= 'A' && bytes[i] <= 'Z') bytes[i] = (char)(bytes[i] + 32);
    word *made = oc_vec_push(scanner->arena, &scanner->words);
    *made = (word){.bytes = bytes, .length = (uint32_t)text.len, .id = id, .inside = inside};
    made->order = (uint32_t)scanner->words.len;
    made->head = oc_eight_load((const unsigned char *)bytes, text.len);
    made->mask = text.len < 8 ? (UINT64_C(1) << 8 * text.len) - 1 : UINT64_MAX;
    made->tail = oc_eight_last((const unsigned char *)bytes, text.len);
    made->ends_in_run = oc_sign_letters[(unsigned char)bytes[text.len - 1]] != 0;
    add_key(scanner, made);
}

static int by_hash(const void *a, const void *b)
{
    const word *x = a, *y = b;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    if (x->length != y->length) return x->length > y->length ? -1 : 1;
    return x->order > y->order ? -1 : x->order < y->order;
}

static size_t bucket_of(uint16_t hash)
{
    return hash >> (OC_KEY_BITS - BUCKET_BITS);
}

void oc_scanner_build(oc_scanner *scanner)
{
    if (scanner->words.len) qsort(scanner->words.at, scanner->words.len, sizeof *scanner->words.at, by_hash);
    size_t at = 0;
    for (size_t bucket = 0; bucket <= BUCKETS; bucket++) {
        while (at < scanner->words.len && bucket_of(scanner->words.at[at].hash) < bucket) at++;
        scanner->buckets[bucket] = (uint32_t)at;
    }
}

oc_starts *oc_starts_new(oc_arena *arena)
{
    return OC_NEW(arena, oc_starts);
}

/* A head that is a run, and each beginning of it: the name may be written in parts. */
static void add_run(heads *own, const oc_key_run *run)
{
    *kinds_at(own, oc_key_hash(run->bytes)) |= NAME;
    for (unsigned size = 1; size < run->length; size++) {
        uint64_t part = oc_eight_first(run->bytes, size);
        *kinds_at(own, oc_key_hash(part)) |= OPEN_NAME;
        *kinds_at(own, oc_key_hash(longer_key(part, (unsigned char)(run->bytes >> 8 * size)))) |= LONGER_NAME;
    }
}

void oc_starts_add(oc_starts *starts, oc_slice head)
{
    uint64_t bytes = oc_eight_load((const unsigned char *)head.ptr, head.len);
    oc_key_run run = oc_key_run_of(bytes, true);
    if (run.length) {
        add_run(&starts->heads, &run);
        return;
    }
    oc_key_pair pair = oc_key_pair_of(bytes);
    if (!(bytes & 0x80)) starts->heads.begins[bytes & 0x7f] = UINT32_MAX;
    starts->pairs[pair.row] |= pair.size >= head.len ? ANY : UINT64_C(1) << pair.bit;
}

void oc_starts_join(oc_starts *starts, const oc_scanner *scanner)
{
    starts->joined = starts->heads;
    if (!scanner) return;
    heads *joined = &starts->joined;
    for (size_t i = 0; i < 0x80; i++) joined->begins[i] |= scanner->heads.begins[i];
    for (size_t i = 0; i < KINDS; i++) joined->keys[i] |= scanner->heads.keys[i];
}

oc_starts *oc_starts_copy(oc_arena *arena, const oc_starts *starts)
{
    oc_starts *copy = OC_NEW(arena, oc_starts);
    *copy = *starts;
    return copy;
}

/* --- scanning --- */

typedef struct scan {
    const heads *heads; /* of both below */
    const uint64_t *inside;
    const oc_scanner *scanner;
    const oc_starts *starts;
    const unsigned char *bytes;
    size_t length;
    oc_scan_fn *on_hit;
    oc_start_fn *on_start;
    void *context;
} scan;

/* The rest of a word of more than eight bytes. */
static bool goes_on(const word *w, const unsigned char *text)
{
    for (size_t i = 8; i + 8 < w->length; i += 8)
        if (oc_eight_lower(oc_eight_load(text + i, 8)) != oc_eight_load((const unsigned char *)w->bytes + i, 8))
            return false;
    return oc_eight_lower(oc_eight_load(text + w->length - 8, 8)) == w->tail;
}

/* The words at a place with this key. `head` are the first eight bytes there, with small letters; `inside`: the place
 * is inside of Korean script. Letters and digits at the end of a word are no others' beginning. */
static void tell(const scan *s, size_t at, uint16_t hash, uint64_t head, bool inside)
{
    const unsigned char *text = s->bytes + at;
    size_t left = s->length - at, bucket = bucket_of(hash);
    const word *end = s->scanner->words.at + s->scanner->buckets[bucket + 1];
    for (const word *w = s->scanner->words.at + s->scanner->buckets[bucket]; w < end; w++) {
        if (((head ^ w->head) & w->mask) | (uint64_t)(w->hash ^ hash)) continue;
        if (w->length > left || (inside && !w->inside) || (w->length > 8 && !goes_on(w, text))) continue;
        if (w->ends_in_run && w->length < left && oc_sign_letters[text[w->length]]) continue;
        s->on_hit(s->context, w->id, at, at + w->length);
    }
}

/* Letters and digits, of which the key's `length` are taken. A name that is written in parts goes on in a letter behind
 * the next byte, or with what only its reader knows. */
static inline void look_at_run(const scan *s, size_t at, unsigned length)
{
    uint64_t head = oc_eight_load(s->bytes + at, s->length - at);
    uint64_t run = oc_eight_first(head | OC_EACH * 0x20, length); /* of letters and digits the small ones */
    uint16_t own = oc_key_hash(run);
    size_t behind = length + BEHIND_RUN;
    unsigned char next = behind < s->length - at ? s->bytes[at + behind] : 0;
    uint16_t longer = oc_key_hash(longer_key(run, next));
    unsigned found = s->heads->keys[own >> (OC_KEY_BITS - KIND_BITS)];
    unsigned goes_on = s->heads->keys[longer >> (OC_KEY_BITS - KIND_BITS)] | !oc_sign_letters[next] * LONGER_NAME;
    found &= WORD | NAME | (goes_on >> LONGER_SHIFT & (OPEN_WORD | OPEN_NAME)); /* one branch where most runs are told to be nothing */
    if (!found) return;
    if (found & OPEN_WORD) tell(s, at, longer, oc_eight_lower(head), false);
    if (found & WORD) tell(s, at, own, oc_eight_lower(head), false);
    if (found & (NAME | OPEN_NAME)) s->on_start(s->context, at);
}

static inline bool has_pair(const uint64_t *pairs, const oc_key_pair *key)
{
    return pairs[key->row] >> key->bit & 1;
}

/* The place of a Korean character, whose first byte is at least ea, is inside of Korean script. */
static inline bool is_inside(const scan *s, size_t at, uint64_t head)
{
    return at >= 3 && s->bytes[at - 3] >= 0xea && oc_key_is_hangul(head) &&
           oc_key_is_hangul(oc_eight_load(s->bytes + at - 3, 3));
}

/* Eight bytes at a place, and which of the words and names may begin there. */
typedef struct beginning {
    uint64_t head;
    oc_key_pair key;
    bool eight, two, one, name;
} beginning;

/* The words that begin with two characters, or are one. At the end of a text these keys may be the same: each is asked
 * once. */
static void tell_words(const scan *s, size_t at, const beginning *found, bool inside)
{
    uint64_t lower = ~found->head & OC_EACH * 0x80 ? oc_eight_lower(found->head) : found->head;
    uint64_t pair = found->key.bytes, first = oc_eight_first(pair, found->key.size);
    if (found->eight && lower != pair) tell(s, at, oc_key_hash(lower), lower, inside);
    if (found->two && first != pair) tell(s, at, oc_key_hash(pair), lower, inside);
    if (found->one) tell(s, at, oc_key_hash(first), lower, inside);
}

static inline void look_at_pair(const scan *s, size_t at)
{
    const characters *all = &s->scanner->characters;
    uint64_t head = oc_eight_load(s->bytes + at, s->length - at);
    oc_key_pair key = oc_key_pair_of(head);
    beginning found = {head, key, .eight = has_bit(all->eight, folded_hash(head))};
    found.two = has_bit(all->two, oc_key_hash(key.bytes));
    found.one = has_bit(all->one, oc_key_hash(oc_eight_first(key.bytes, key.size)));
    found.name = has_pair(s->starts->pairs, &key);
    bool words = found.eight | found.two | found.one;
    if (!(words | found.name)) return;
    bool inside = (head & 0xff) >= 0xea && is_inside(s, at, head);
    if (words && (!inside || has_pair(s->inside, &key))) tell_words(s, at, &found, inside);
    if (found.name && !inside) s->on_start(s->context, at);
}

static inline uint32_t look_at_sign(const scan *s, size_t at)
{
    unsigned char sign = s->bytes[at], next = at + 1 < s->length ? s->bytes[at + 1] : 0;
    if (s->heads->begins[sign] & bit_of(next)) look_at_pair(s, at);
    return oc_signs_ascii[sign];
}

/* Bits of the bytes of a block. */
typedef struct block {
    uint64_t run; /* letters and digits */
    uint64_t blank;
    uint64_t other; /* neither, nor what continues a character */
    uint64_t sign;  /* where a sign beyond ASCII may begin */
} block;

static inline block bits_of(const char *bytes, oc_sixteen *capitals, oc_sixteen *digits)
{
    oc_sixteen part[4];
    uint64_t lead = 0, east_asian = 0, last = 0;
    block ret = {0, 0, 0, 0};
    memcpy(part, bytes, sizeof part);
    for (unsigned i = 0; i < 4; i++) {
        oc_sixteen own = part[i], digit = oc_sixteen_in(own, '0', '9');
        oc_sixteen run = digit | oc_sixteen_in(own | 0x20, 'a', 'z');
        oc_sixteen blank = oc_sixteen_is(own, ' '), other = ~(run | blank | oc_sixteen_continues(own));
        ret.run |= oc_sixteen_bits(run) << 16 * i;
        ret.blank |= oc_sixteen_bits(blank) << 16 * i;
        ret.other |= oc_sixteen_bits(other) << 16 * i;
        *capitals |= oc_sixteen_in(own, 'A', 'Z');
        *digits |= digit;
        if (!oc_sixteen_bits(own)) continue; /* all ASCII */
        lead |= oc_sixteen_bits(oc_sixteen_is(own, 0xe2) | oc_sixteen_is(own, 0xef)) << 16 * i;
        east_asian |= oc_sixteen_bits(oc_sixteen_is(own, 0xe3)) << 16 * i;
        last |= oc_sixteen_bits(oc_sixteen_is(own, 0x80)) << 16 * i;
    }
    ret.sign = lead | (east_asian & (last >> 1 | UINT64_C(1) << 63)); /* U+3000 to U+303F is e3 80 */
    return ret;
}

/* How many of eight letters and digits begin at the place of a bit; the next block may hold more of them. */
static inline unsigned run_length(const scan *s, size_t at, uint64_t run, unsigned place)
{
    uint64_t end = ~(run >> place);
    unsigned length = end ? (unsigned)oc_block_first(end) : OC_BLOCK;
    if (length >= 8) return 8;
    return place + length < OC_BLOCK ? length
                                     : oc_key_run_of(oc_eight_load(s->bytes + at, s->length - at), true).length;
}

static const oc_starts no_starts;
static const uint64_t no_pairs[OC_KEY_ROWS];

static inline const uint64_t *inside_of(const oc_scanner *scanner)
{
    return scanner->inside ? scanner->inside : no_pairs;
}

uint32_t oc_scanner_scan(const oc_scanner *scanner, oc_slice text, const oc_starts *starts, oc_scan_fn *on_hit,
                         oc_start_fn *on_start, void *context)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    const heads *both = starts ? &starts->joined : &scanner->heads;
    scan s = {both,   inside_of(scanner), scanner, starts ? starts : &no_starts, bytes, text.len,
              on_hit, on_start,           context};
    char room[OC_BLOCK];
    oc_sixteen capitals = {0}, digits = {0};
    uint64_t before = 0, blanks = both->begins[' '] ? UINT64_MAX : 0; /* the run before the block goes on */
    uint32_t signs = 0;
    for (size_t from = 0; from < text.len; from += OC_BLOCK) {
        block b = bits_of(oc_block_at(text, from, room), &capitals, &digits);
        uint64_t inside = oc_block_until(text.len - from), begins = b.run & ~(b.run << 1 | before);
        before = b.run >> (OC_BLOCK - 1);
        for (uint64_t todo = (begins | b.other | (b.blank & blanks)) & inside; todo; todo &= todo - 1) {
            unsigned place = (unsigned)oc_block_first(todo);
            size_t at = from + place;
            if (bytes[at] >= 0x80)
                look_at_pair(&s, at);
            else if (b.run >> place & 1)
                look_at_run(&s, at, run_length(&s, at, b.run, place));
            else
                signs |= look_at_sign(&s, at);
        }
        for (uint64_t todo = b.sign & inside; todo; todo &= todo - 1) {
            size_t at = from + oc_block_first(todo);
            signs |= oc_sign_of(bytes + at, text.len - at);
        }
    }
    return signs | (oc_sixteen_bits(capitals) ? OC_SIGN_CAPITAL : 0) | (oc_sixteen_bits(digits) ? OC_SIGN_DIGIT : 0);
}

void oc_scanner_at(const oc_scanner *scanner, oc_slice text, size_t at, oc_scan_fn *on_hit, void *context)
{
    scan s = {&scanner->heads,
              inside_of(scanner),
              scanner,
              &no_starts,
              (const unsigned char *)text.ptr,
              text.len,
              on_hit,
              NULL,
              context};
    unsigned run = oc_key_run_of(oc_eight_load(s.bytes + at, text.len - at), true).length;
    if (run)
        look_at_run(&s, at, run);
    else
        look_at_pair(&s, at);
}

void oc_starts_scan(const oc_starts *starts, oc_slice text, oc_start_fn *on_start, void *context)
{
    static const oc_scanner no_words;
    oc_scanner_scan(&no_words, text, starts, NULL, on_start, context);
}

size_t oc_scanner_words(const oc_scanner *scanner)
{
    return scanner->words.len;
}

size_t oc_scanner_bytes(const oc_scanner *scanner)
{
    return sizeof *scanner + scanner->words.len * sizeof(word);
}
