/* Keys of scan.c: which bytes of a text are one key, and the hash by which bits and words are found. */
#ifndef OC_READING_SCAN_KEY_H
#define OC_READING_SCAN_KEY_H

#include <stdbool.h>

#include "reading/eight.h"
#include "reading/sign.h"

enum {
    OC_KEY_BITS = 16,
    OC_KEY_FIRST_BITS = 11,
    OC_KEY_SECOND_BITS = 6,
    OC_KEY_ROWS = 1 << OC_KEY_FIRST_BITS,
    OC_KEY_SIGN = 0 /* the bit of a second character that is none of those of Japanese and Korean, nor alphanumeric */
};

static inline uint64_t oc_key_mix(uint64_t bytes)
{
    return bytes * UINT64_C(0x9e3779b97f4a7c15);
}

static inline uint16_t oc_key_hash(uint64_t bytes)
{
    return (uint16_t)(oc_key_mix(bytes) >> (64 - OC_KEY_BITS));
}

/* What eight loaded bytes begin with: letters, and digits if these count, up to the first other byte. */
typedef struct oc_key_run {
    uint64_t bytes;   /* of the run, with small letters; zeros behind it */
    uint64_t capital; /* high bits of capital letters anywhere in the eight bytes */
    uint64_t digit;
    unsigned length; /* 0 to 8 */
} oc_key_run;

static inline oc_key_run oc_key_run_of(uint64_t bytes, bool with_digits)
{
    oc_key_run run;
    uint64_t letter = oc_eight_in_range(bytes | OC_EACH * 0x20, 'a', 'z');
    run.capital = letter & ~(bytes << 2); /* the bit that tells small letters is two below the high one */
    run.digit = oc_eight_in_range(bytes, '0', '9');
    uint64_t other = ~(with_digits ? letter | run.digit : letter) & OC_EACH * 0x80;
    uint64_t end = other & (0 - other); /* the high bit of the first other byte, 0 if there is none */
    run.length = end ? (unsigned)__builtin_ctzll(end) / 8 : 8;
    run.bytes = (bytes | run.capital >> 2) & ((end >> 7) - 1);
    return run;
}

/* Bytes of the character that eight loaded bytes begin with; 1 of what is malformed, which begins no word. */
static inline unsigned oc_key_character(uint64_t bytes)
{
    if (!(bytes & 0x80)) return 1;
    if ((bytes & 0xc0c0f0) == 0x8080e0) return 3;
    if ((bytes & 0xc0e0) == 0x80c0) return 2;
    return (bytes & 0xc0c0c0f8) == 0x808080f0 ? 4 : 1;
}

/* The two characters, or the one, that eight loaded bytes begin with. A table of pairs has a row for each hash of the
 * first and a bit in it for each hash of the second. Signs share one: nearly all may stand inside of a name. */
typedef struct oc_key_pair {
    uint64_t bytes; /* of both, letters as small ones; zeros behind them */
    unsigned size;  /* bytes of the first */
    unsigned row, bit;
} oc_key_pair;

static inline oc_key_pair oc_key_pair_of(uint64_t bytes)
{
    oc_key_pair key;
    unsigned both;
    bool wide = (bytes & 0xc0c0f0) == 0x8080e0;
    if (wide && (bytes & UINT64_C(0xc0c0f0000000)) == UINT64_C(0x8080e0000000)) {
        key.size = 3, both = 6;                 /* two of three bytes: nearly all of Japanese and Korean */
    } else if (wide && !(bytes & 0x80000000)) { /* mostly a blank behind a Korean word */
        unsigned second = (unsigned)(bytes >> 24 & 0x7f);
        key.size = 3, both = 4;
        bytes |= (uint64_t)(second - 'A' < 26) << 29;
    } else {
        key.size = oc_key_character(bytes);
        if (!(bytes >> 8 * key.size & 0x80)) bytes = oc_eight_lower(bytes);
        both = key.size + oc_key_character(bytes >> 8 * key.size);
    }
    key.bytes = oc_eight_first(bytes, both);
    key.row = (unsigned)(oc_key_mix(oc_eight_first(bytes, key.size)) >> (64 - OC_KEY_FIRST_BITS));
    uint64_t second = key.bytes >> 8 * key.size;
    bool sign = (uint8_t)(second - 0xe3) > 0xed - 0xe3 && !oc_sign_letters[second & 0xff];
    key.bit = sign ? OC_KEY_SIGN : (unsigned)(oc_key_mix(second) >> (64 - OC_KEY_SECOND_BITS));
    return key;
}

/* A whole syllable or letter of Korean script, U+AC00 to U+D7BF: by its first two bytes between ea b0 and ed 9e. */
static inline bool oc_key_is_hangul(uint64_t bytes)
{
    uint32_t start = (uint32_t)(bytes & 0xff) << 8 | (uint32_t)(bytes >> 8 & 0xff);
    return start - 0xeab0 <= 0xed9e - 0xeab0 && (bytes & 0xc0c0f0) == 0x8080e0;
}

#endif
