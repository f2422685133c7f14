/* Looking for words; see scan.h, and scan_parts.h for the tables. Blocks of sixty-four bytes tell where something can
 * begin. In text of letters these places are written down, then gone through twice, first by what begins there, then by
 * what stands behind it, and only what is left is compared with words; in Japanese and Korean text each place is looked
 * at once (docs/decisions/0701-reading-speed.md says why). */
#include "reading/scan.h"

#include "base/block.h"
#include "reading/scan_parts.h"

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

/* What a scan goes through at once: places of a stretch of text where something may begin, then those of them where a
 * look at the tables finds that it does. Nobody can foretell at which it does, so the places are written down without a
 * branch, and only what is found is gone through. */
enum { STRETCH = 8 * OC_BLOCK, PLACE_BITS = 12 };

typedef struct places {
    size_t from; /* of the stretch */
    unsigned count;
    uint16_t at[STRETCH]; /* the place in the stretch, and above it the length of the run there, at most eight; 0: a
                             sign or another character */
} places;

static inline size_t place_of(const places *all, uint16_t at)
{
    return all->from + (at & ((1u << PLACE_BITS) - 1));
}

static inline unsigned length_of(uint16_t at)
{
    return (unsigned)at >> PLACE_BITS;
}

/* The kinds of what is found at characters that are not ASCII, beside those of runs and signs. */
enum { ANY_RUN = WORD | OPEN_WORD | NAME | OPEN_NAME, EIGHT = 16, TWO = 32, ONE = 64, PAIR_NAME = 128, INSIDE = 256 };

/* Which words and names can begin with a run or an ASCII sign, if they go on well; its key in *ret_key. */
static inline unsigned look_at_head(const heads *own, uint64_t head, unsigned length, uint64_t *ret_key)
{
    static const uint64_t masks[] = {0xffff,
                                     0xff,
                                     0xffff,
                                     0xffffff,
                                     0xffffffff,
                                     UINT64_C(0xffffffffff),
                                     UINT64_C(0xffffffffffff),
                                     UINT64_C(0xffffffffffffff),
                                     UINT64_MAX};
    *ret_key = run_key((head | OC_EACH * 0x20) & masks[length]);
    return kinds_of(own, *ret_key) & ANY_RUN;
}

/* What of it goes on well. A name that is written in parts goes on in letters over the byte behind the run, or with
 * what only its reader knows. *ret_longer is the hash of the run with what stands behind it. */
static inline unsigned look_behind(const scan *s, size_t at, unsigned length, uint64_t key, unsigned kinds,
                                   uint16_t *ret_longer)
{
    size_t behind = at + length + BEHIND_RUN;
    unsigned char next = behind < s->length ? s->bytes[behind] : 0;
    unsigned char second = behind + 1 < s->length ? s->bytes[behind + 1] : 0;
    uint64_t name = next_key(key, next), longer = longer_key(name, second);
    if (!length) longer = sign_key(oc_eight_load(s->bytes + at, s->length - at), SIGN_LONGER);
    unsigned goes_on = (kinds_of(s->heads, longer) & (LONGER_WORD | LONGER_NAME)) >> LONGER_SHIFT;
    goes_on |= (kinds_of(s->heads, name) & NEXT_NAME) >> NEXT_SHIFT | !oc_sign_letters[next] * OPEN_NAME;
    *ret_longer = hash_of(longer);
    return kinds & (WORD | NAME | goes_on);
}

static void tell_run(const scan *s, size_t at, uint64_t key, uint16_t longer, unsigned kinds)
{
    uint64_t head = oc_eight_lower(oc_eight_load(s->bytes + at, s->length - at));
    if (kinds & OPEN_WORD) tell(s, at, longer, head, false);
    if (kinds & WORD) tell(s, at, hash_of(key), head, false);
    if (kinds & (NAME | OPEN_NAME)) s->on_start(s->context, at);
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

/* Which of the words and names may begin with the two characters, or the first one, of eight loaded bytes. */
static inline unsigned look_at_pair(const scan *s, uint64_t head, uint64_t *ret_pair)
{
    const characters *all = &s->scanner->characters;
    oc_key_pair key = oc_key_pair_of(head);
    unsigned eight = has_bit(all->eight, folded_hash(head)), two = has_bit(all->two, oc_key_hash(key.bytes));
    unsigned one = has_bit(all->one, oc_key_hash(oc_eight_first(key.bytes, key.size)));
    *ret_pair = key.bytes;
    return eight * EIGHT | two * TWO | one * ONE | has_pair(s->starts->pairs, &key) * PAIR_NAME;
}

/* Some word that may begin inside of Korean script begins with these characters. */
static inline bool may_be_inside(const scan *s, uint64_t pair)
{
    oc_key_pair key = oc_key_pair_of(pair);
    return has_pair(s->inside, &key);
}

/* What of it can stand behind the character before it. */
static inline unsigned look_before(const scan *s, size_t at, uint64_t pair, unsigned kinds)
{
    if ((pair & 0xff) < 0xea || !is_inside(s, at, pair)) return kinds;
    unsigned words = kinds & (EIGHT | TWO | ONE);
    return words && may_be_inside(s, pair) ? words | INSIDE : 0;
}

/* The words that begin with two characters, or are one. At the end of a text these keys may be the same: each is asked
 * once. */
static void tell_pair(const scan *s, size_t at, uint64_t pair, unsigned kinds)
{
    uint64_t head = oc_eight_load(s->bytes + at, s->length - at);
    uint64_t first = oc_eight_first(pair, oc_key_character(pair));
    uint64_t lower = ~head & OC_EACH * 0x80 ? oc_eight_lower(head) : head;
    bool inside = kinds & INSIDE;
    if (kinds & EIGHT && lower != pair) tell(s, at, oc_key_hash(lower), lower, inside);
    if (kinds & TWO && first != pair) tell(s, at, oc_key_hash(pair), lower, inside);
    if (kinds & ONE) tell(s, at, oc_key_hash(first), lower, inside);
    if (kinds & PAIR_NAME) s->on_start(s->context, at);
}

static void tell_sign(const scan *s, size_t at)
{
    uint64_t pair;
    unsigned kinds = look_at_pair(s, oc_eight_load(s->bytes + at, s->length - at), &pair);
    tell_pair(s, at, pair, kinds);
}

/* Bits of the bytes of a block. */
typedef struct block {
    uint64_t run; /* letters and digits */
    uint64_t blank;
    uint64_t other; /* neither, nor what continues a character */
    uint64_t sign;  /* where a sign beyond ASCII may begin */
    uint64_t wide;  /* not 0: there are Japanese or Korean characters */
} block;

static inline block bits_of(const char *bytes, oc_sixteen *capitals, oc_sixteen *digits)
{
    oc_sixteen part[4];
    uint64_t lead = 0, east_asian = 0, last = 0;
    block ret = {0, 0, 0, 0, 0};
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
        ret.wide |= oc_sixteen_bits(oc_sixteen_in(own, 0xe3, 0xed));
    }
    ret.sign = lead | (east_asian & (last >> 1 | UINT64_C(1) << 63)); /* U+3000 to U+303F is e3 80 */
    return ret;
}

/* How many of eight letters and digits begin at the place of a bit; the next block may hold more of them. */
static inline unsigned run_length(const scan *s, size_t at, uint64_t run, unsigned place)
{
    unsigned length = (unsigned)oc_block_first(~(run >> place) | 1u << 8);
    return place + length < OC_BLOCK || length == 8
               ? length
               : oc_key_run_of(oc_eight_load(s->bytes + at, s->length - at), true).length;
}

/* Writes down the places of the bits of a block at `from`. */
static inline void add_places(const scan *s, places *ret, size_t from, uint64_t todo, uint64_t run)
{
    if (!ret->count) ret->from = from;
    unsigned count = ret->count;
    for (; todo; todo &= todo - 1) {
        unsigned place = (unsigned)oc_block_first(todo);
        unsigned length = run_length(s, from + place, run, place);
        ret->at[count++] = (uint16_t)(from - ret->from + place + (length << PLACE_BITS));
    }
    ret->count = count;
}

/* What begins at a place is told with these: its key, the hash of it with what stands behind it, and the kinds. */
static inline void tell_all(const scan *s, size_t at, uint64_t key, uint16_t longer, unsigned kinds)
{
    if (!(kinds & ANY_RUN))
        tell_pair(s, at, key, kinds);
    else if (oc_sign_letters[s->bytes[at]])
        tell_run(s, at, key, longer, kinds);
    else
        tell_sign(s, at);
}

/* Looks at the places written down and tells what is found. Returns the kinds of ASCII signs there. */
static uint32_t look_at_places(const scan *s, places *all)
{
    uint64_t keys[STRETCH];
    uint16_t longer[STRETCH], kinds[STRETCH];
    uint32_t signs = 0;
    unsigned count = 0, kept = 0;
    for (unsigned i = 0; i < all->count; i++) {
        size_t at = place_of(all, all->at[i]);
        uint64_t head = oc_eight_load(s->bytes + at, s->length - at), key;
        unsigned found =
            head & 0x80 ? look_at_pair(s, head, &key) : look_at_head(s->heads, head, length_of(all->at[i]), &key);
        if (!(head & 0x80)) signs |= oc_signs_ascii[head & 0x7f];
        all->at[count] = all->at[i];
        keys[count] = key;
        kinds[count] = (uint16_t)found;
        count += found != 0;
    }
    for (unsigned i = 0; i < count; i++) {
        size_t at = place_of(all, all->at[i]);
        uint64_t key = keys[i];
        longer[kept] = 0;
        unsigned found = kinds[i] & ANY_RUN ? look_behind(s, at, length_of(all->at[i]), key, kinds[i], &longer[kept])
                                            : look_before(s, at, key, kinds[i]);
        all->at[kept] = all->at[i];
        keys[kept] = key;
        kinds[kept] = (uint16_t)found;
        kept += found != 0;
    }
    for (unsigned i = 0; i < kept; i++) tell_all(s, place_of(all, all->at[i]), keys[i], longer[i], kinds[i]);
    all->count = 0;
    return signs;
}

/* The same of a place of letters and digits or of an ASCII sign, and of another one. */
static inline void look_at_ascii(const scan *s, size_t at, unsigned length)
{
    uint64_t key;
    uint16_t longer;
    unsigned kinds = look_at_head(s->heads, oc_eight_load(s->bytes + at, s->length - at), length, &key);
    if (kinds) kinds = look_behind(s, at, length, key, kinds, &longer);
    if (kinds) tell_all(s, at, key, longer, kinds);
}

static inline void look_at_wide(const scan *s, size_t at)
{
    uint64_t pair;
    unsigned kinds = look_at_pair(s, oc_eight_load(s->bytes + at, s->length - at), &pair);
    if (kinds) kinds = look_before(s, at, pair, kinds);
    if (kinds) tell_pair(s, at, pair, kinds);
}

/* The same of a block with Japanese or Korean characters: at so many of them something begins that it costs more to
 * write them down. */
static inline uint32_t look_at_block(const scan *s, size_t from, uint64_t todo, uint64_t run)
{
    uint32_t signs = 0;
    for (; todo; todo &= todo - 1) {
        unsigned place = (unsigned)oc_block_first(todo);
        size_t at = from + place;
        if (s->bytes[at] >= 0x80) {
            look_at_wide(s, at);
            continue;
        }
        look_at_ascii(s, at, run_length(s, at, run, place));
        signs |= oc_signs_ascii[s->bytes[at]];
    }
    return signs;
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
    uint64_t before = 0, blanks = both->blank ? UINT64_MAX : 0; /* the run before the block goes on */
    uint32_t signs = 0;
    places all;
    all.count = 0;
    for (size_t from = 0; from < text.len; from += OC_BLOCK) {
        block b = bits_of(oc_block_at(text, from, room), &capitals, &digits);
        uint64_t inside = oc_block_until(text.len - from), begins = b.run & ~(b.run << 1 | before);
        uint64_t todo = (begins | b.other | (b.blank & blanks)) & inside;
        before = b.run >> (OC_BLOCK - 1);
        if (all.count && (b.wide || from - all.from >= STRETCH)) signs |= look_at_places(&s, &all);
        if (b.wide)
            signs |= look_at_block(&s, from, todo, b.run);
        else
            add_places(&s, &all, from, todo, b.run);
        for (todo = b.sign & inside; todo; todo &= todo - 1) {
            size_t at = from + oc_block_first(todo);
            signs |= oc_sign_of(bytes + at, text.len - at);
        }
    }
    signs |= look_at_places(&s, &all);
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
    if (s.bytes[at] >= 0x80)
        look_at_wide(&s, at);
    else
        look_at_ascii(&s, at, oc_key_run_of(oc_eight_load(s.bytes + at, text.len - at), true).length);
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
