/* The tables of scan.h, made by scan_make.c and asked by scan.c: a bit for each hash of a key that some word begins
 * with, and the words in buckets by that hash, the longest first. Bytes are never decoded to characters: eight of them
 * are one number (eight.h, scan_key.h).
 *
 * A word that begins with an ASCII letter or digit has as key all letters and digits up to the next other byte, at most
 * eight: because of the borders the text must have the same run there. Any other word has the pair of its first two
 * characters, or, if it is one character, that character. Many words share a key ("in advance", "in spring"): so the
 * first two bytes of the next run are part of the key of a word that goes on behind its first run, and a longer word of
 * characters has its first eight bytes.
 *
 * Example: "OPCON transition" is looked at where the text has the run "opcon", 移管 where it has 移 before 管; of the
 * text "OPCON移管" both begin, one at byte 0 and one at byte 5. */
#ifndef OC_READING_SCAN_PARTS_H
#define OC_READING_SCAN_PARTS_H

#include "base/vec.h"
#include "reading/scan_key.h"
#include "reading/sign.h"

enum {
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

/* What a run is, or the first two bytes of a sign; and what that is with the bytes that it goes on with, two behind a
 * run and four of a sign: LONGER_… by so many bits beside OPEN_…. A name may be known to go on with one byte only. */
enum {
    WORD = 1,
    OPEN_WORD = 2,
    NAME = 4,
    OPEN_NAME = 8,
    LONGER_WORD = 16,
    LONGER_NAME = 64,
    NEXT_NAME = 128,
    LONGER_SHIFT = 3,
    NEXT_SHIFT = 4,
    SIGN_KEY = 2,
    SIGN_LONGER = 4
};

#define ANY UINT64_MAX

/* What words or names begin with: a look there leaves nearly all places behind. */
typedef struct heads {
    uint8_t keys[KINDS]; /* by the hash of a run and of its longer key: WORD … */
    bool blank;          /* some begin with a blank */
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

/* The key of a run of up to eight bytes, zeros behind them; its highest bits are the hash. What stands behind the run is
 * added to it: of a name one byte, of a word two, of which the second may be any if it is a sign. */
static inline uint64_t run_key(uint64_t run)
{
    return oc_key_mix(run);
}

static inline uint64_t next_key(uint64_t key, unsigned char next)
{
    return key + ((uint64_t)(next & 31) + 1) * UINT64_C(0xd1342543de82ef95);
}

static inline uint64_t longer_key(uint64_t key, unsigned char second)
{
    return key + (uint64_t)(oc_sign_letters[second] & 31) * UINT64_C(0x9fb21c651e98df25);
}

static inline uint16_t hash_of(uint64_t key)
{
    return (uint16_t)(key >> (64 - OC_KEY_BITS));
}

static inline unsigned kinds_of(const heads *own, uint64_t key)
{
    return own->keys[key >> (64 - KIND_BITS)];
}

/* Of eight bytes, letters in either case. */
static inline uint16_t folded_hash(uint64_t bytes)
{
    return oc_key_hash(bytes | OC_EACH * 0x20);
}

/* The key of the first bytes of a sign, letters in either case. */
static inline uint64_t sign_key(uint64_t head, unsigned size)
{
    return run_key(oc_eight_first(head | OC_EACH * 0x20, size));
}

static inline bool has_bit(const uint8_t *bits, uint16_t hash)
{
    return bits[hash / 8] >> hash % 8 & 1;
}

static inline size_t bucket_of(uint16_t hash)
{
    return hash >> (OC_KEY_BITS - BUCKET_BITS);
}

#endif
