/* Making the tables of scan_parts.h: first words and heads of names are added, then words are sorted by their keys and
 * the tables of names joined with those of a scanner. */
#include "reading/scan.h"

#include <stdlib.h>

#include "reading/scan_parts.h"

enum { WORDS_FIRST = 2048 };

oc_scanner *oc_scanner_new(oc_arena *arena)
{
    oc_scanner *scanner = OC_NEW(arena, oc_scanner);
    scanner->arena = arena;
    oc_vec_reserve(arena, &scanner->words, WORDS_FIRST);
    return scanner;
}

static inline void add_kind(heads *own, uint64_t key, unsigned kind)
{
    own->keys[key >> (64 - KIND_BITS)] |= (uint8_t)kind;
}

/* What begins with this sign, whatever stands behind it. */
static void add_sign(heads *own, unsigned char sign, unsigned kind)
{
    for (uint64_t next = 0; next < 0x100; next++) add_kind(own, sign_key(sign | next << 8, SIGN_KEY), kind);
    own->blank |= sign == ' ';
}

static inline void add_bit(uint8_t *bits, uint16_t hash)
{
    bits[hash / 8] |= (uint8_t)(1u << hash % 8);
}

/* The key of a word that begins with a run. */
static uint64_t add_run_key(heads *own, const word *made, const oc_key_run *run)
{
    size_t behind = run->length + BEHIND_RUN;
    unsigned char next = behind < made->length ? (unsigned char)made->bytes[behind] : 0;
    unsigned char second = behind + 1 < made->length ? (unsigned char)made->bytes[behind + 1] : 0;
    bool longer = behind + 1 < made->length || oc_sign_letters[next]; /* else the second byte may be a letter */
    uint64_t key = run_key(run->bytes);
    add_kind(own, key, longer ? OPEN_WORD : WORD);
    if (!longer) return key;
    key = longer_key(next_key(key, next), second);
    add_kind(own, key, LONGER_WORD);
    return key;
}

/* The word begins with a sign. */
static void add_sign_key(heads *own, const word *made)
{
    if (made->length < SIGN_KEY) {
        add_sign(own, (unsigned char)made->head, WORD);
        return;
    }
    add_kind(own, sign_key(made->head, SIGN_KEY), made->length < SIGN_LONGER ? WORD : OPEN_WORD);
    if (made->length >= SIGN_LONGER) add_kind(own, sign_key(made->head, SIGN_LONGER), LONGER_WORD);
    own->blank |= (made->head & 0xff) == ' ';
}

/* Sets the bits of a word in small letters and fills in its key. */
static void add_key(oc_scanner *scanner, word *made)
{
    oc_key_run run = oc_key_run_of(made->head, true);
    oc_key_pair pair = oc_key_pair_of(made->head);
    if (run.length) {
        made->hash = hash_of(add_run_key(&scanner->heads, made, &run));
        return;
    }
    characters *all = &scanner->characters;
    bool single = pair.size == made->length;
    bool eight = !single && made->length >= 8 && made->head != pair.bytes;
    made->hash = oc_key_hash(eight ? made->head : pair.bytes);
    add_bit(single ? all->one : eight ? all->eight : all->two, eight ? folded_hash(made->head) : made->hash);
    if (!(made->head & 0x80)) add_sign_key(&scanner->heads, made);
    if (made->inside && oc_key_is_hangul(made->head)) {
        if (!scanner->inside) scanner->inside = OC_NEW_ARRAY(scanner->arena, OC_KEY_ROWS, uint64_t);
        scanner->inside[pair.row] |= single ? ANY : UINT64_C(1) << pair.bit;
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
    add_kind(own, run_key(run->bytes), NAME);
    for (unsigned size = 1; size < run->length; size++) {
        uint64_t part = run_key(oc_eight_first(run->bytes, size));
        uint64_t next = next_key(part, (unsigned char)(run->bytes >> 8 * size));
        add_kind(own, part, OPEN_NAME);
        if (size + 1 < run->length) {
            add_kind(own, longer_key(next, (unsigned char)(run->bytes >> 8 * (size + 1))), LONGER_NAME);
            add_kind(own, longer_key(next, 0), LONGER_NAME);
        } else
            add_kind(own, next, NEXT_NAME);
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
    if (!(bytes & 0x80)) add_sign(&starts->heads, (unsigned char)bytes, NAME);
    starts->pairs[pair.row] |= pair.size >= head.len ? ANY : UINT64_C(1) << pair.bit;
}

void oc_starts_join(oc_starts *starts, const oc_scanner *scanner)
{
    starts->joined = starts->heads;
    if (!scanner) return;
    heads *joined = &starts->joined;
    for (size_t i = 0; i < KINDS; i++) joined->keys[i] |= scanner->heads.keys[i];
    joined->blank |= scanner->heads.blank;
}

oc_starts *oc_starts_copy(oc_arena *arena, const oc_starts *starts)
{
    oc_starts *copy = OC_NEW(arena, oc_starts);
    *copy = *starts;
    return copy;
}
