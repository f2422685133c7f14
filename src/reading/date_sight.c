/* Whether a sentence can hold a time: what its words add to one (date_index.h), until that is enough. Example: "the
 * official said in Seoul" holds nothing, "the official said in spring" a season. */
#include "base/block.h"
#include "base/utf8.h"
#include "reading/date.h"
#include "reading/date_fold.h"
#include "reading/date_index.h"
#include "reading/phrase.h"

static bool is_part(const oc_date_tables *tables, const oc_date_index *index, oc_slice text, size_t at)
{
    uint32_t id;
    size_t length = oc_matcher_longest(index->words, text, at, &id);
    oc_word_atoms word = length ? tables->words[id] : (oc_word_atoms){NULL, 0};
    return word.len && (word.at[0].kind == OC_ATOM_PART || word.at[0].kind == OC_ATOM_WITHIN);
}

static uint8_t flags_before(const oc_date_index *index, oc_slice text, size_t at)
{
    size_t start = at;
    while (start && at - start < 3 && ((unsigned char)text.ptr[--start] & 0xc0) == 0x80) continue;
    uint32_t code = at ? oc_utf8_next(text, &start) : 0;
    return code < 0x10000 ? index->codes[code] : 0;
}

/* A unit is a time behind what counts it or before its part (年末, 週内). */
unsigned oc_date_roles_at(const oc_date_tables *tables, const oc_date_index *index, oc_slice text, size_t at,
                          uint8_t flags)
{
    uint32_t id;
    uint8_t before = flags_before(index, text, at);
    if (flags & OC_CODE_HANGUL && before & OC_CODE_HANGUL && !(before & OC_CODE_ENDS)) return 0;
    uint32_t code = oc_date_three((const unsigned char *)text.ptr + at);
    size_t length = code ? oc_date_sign_word(index, text, at, code, &id)
                         : oc_matcher_longest(index->words, text, at, &id);
    unsigned roles = length ? index->roles[id] : 0;
    if (!(roles & OC_TIMELY_UNIT)) return roles;
    if (at && text.ptr[at - 1] == ' ') before = flags_before(index, text, at - 1);
    bool timely = before & OC_CODE_COUNTS || is_part(tables, index, text, at + length);
    return timely ? roles | OC_TIMELY : roles;
}

/* The character at `at`, in small letters; 0 behind the text. */
static inline uint32_t code_at(oc_slice text, size_t at)
{
    uint32_t code = oc_date_three((const unsigned char *)text.ptr + at);
    return code ? code : at < text.len ? oc_date_lower(oc_utf8_next(text, &at)) : 0;
}

/* What the word adds that begins with letters at `at`. */
static unsigned run_roles(const oc_date_index *index, oc_slice text, size_t at)
{
    size_t end;
    uint32_t id;
    const oc_date_run *run = oc_date_run_find(index, oc_date_run_at(text, at, &end));
    bool word = run && run->roles && oc_date_run_word(index, run, text, at, end, &id);
    return word ? index->roles[id] : 0;
}

/* The same of a sign or a character of another script; a time where it must be brought to half width, or may not be
 * well formed. */
static unsigned sign_roles(const oc_date_tables *tables, const oc_date_index *index, oc_slice text, size_t at)
{
    size_t next = at;
    uint32_t code = oc_utf8_next(text, &next);
    uint8_t flags = code > 0xffff ? 0 : index->codes[code];
    bool brief = flags & OC_CODE_BRIEF;
    if (!(flags & OC_CODE_TIMELY) ||
        !(brief || oc_date_has_pair(index->timely_pairs, code, code_at(text, next))))
        return 0;
    return brief && oc_date_folds(code) ? OC_TIMELY : oc_date_roles_at(tables, index, text, at, flags);
}

static inline oc_sixteen letters_of(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes | ((oc_sixteen){0} + 0x20), 'a', 'z');
}

static inline oc_sixteen digits_and_feeds(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, '0', '9') | oc_sixteen_is(bytes, '\n');
}

static inline oc_sixteen leads_of(oc_sixteen bytes)
{
    return oc_sixteen_from(bytes, 0xc2);
}

static inline oc_sixteen signs_of(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, '!', '~') & ~letters_of(bytes);
}

bool oc_date_may_hold(const oc_date_tables *tables, oc_lang lang, oc_slice text)
{
    const oc_date_index *index = tables->index[lang];
    unsigned roles = 0;
    uint64_t letter_before = 0;
    for (size_t block = 0; block < text.len; block += OC_BLOCK)
        if (oc_block_bits(text.ptr + block, digits_and_feeds)) return true;
    for (size_t block = 0; block < text.len && !oc_date_is_enough(roles); block += OC_BLOCK) {
        const char *bytes = text.ptr + block;
        uint64_t letters = oc_block_bits(bytes, letters_of), bits = oc_block_bits(bytes, leads_of);
        bits |= letters & ~(letters << 1 | letter_before);
        letter_before = letters >> (OC_BLOCK - 1);
        if (index->signs) bits |= oc_block_bits(bytes, signs_of);
        for (; bits; bits &= bits - 1) {
            size_t bit = oc_block_first(bits);
            unsigned char lead = (unsigned char)bytes[bit];
            if (lead >= 0xe0 && !oc_date_may_be_timely(index, bytes + bit)) continue;
            roles |= lead >= 0x80 || !(letters >> bit & 1) ? sign_roles(tables, index, text, block + bit)
                                                          : run_roles(index, text, block + bit);
        }
    }
    return oc_date_is_enough(roles);
}

/* --- what the scan of a sentence tells --- */

static bool is_seen(const oc_hits *hits, oc_phrase_kind kind, oc_slice text)
{
    return !oc_phrase_is_absent(hits, kind, text);
}

/* What makes digits beside it more than a number: 5th, Q1, 12/20/26, '26. */
static inline oc_sixteen touches_date(oc_sixteen bytes)
{
    return letters_of(bytes) | oc_sixteen_is(bytes, '/') | oc_sixteen_is(bytes, '\'') | oc_sixteen_is(bytes, '_') |
           oc_sixteen_from(bytes, 0x80);
}

static inline oc_sixteen digits_of(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, '0', '9');
}

/* The bits of a block moved by `count`, behind the last ones of the block before. */
static inline uint64_t moved(uint64_t bits, uint64_t before, unsigned count)
{
    return bits << count | before >> (OC_BLOCK - count);
}

/* False if the digits of an English text that holds no word of time are numbers: of three digits at most, with nothing
 * at them that makes them part of a date. A text that is nothing but "3-5-26" would be one. */
static bool may_be_dates(oc_slice text)
{
    enum { LONGEST_DATE = 16 };
    char room[OC_BLOCK];
    uint64_t before = 0, touching_before = 0;
    if (text.len <= LONGEST_DATE) return true;
    for (size_t at = 0; at < text.len; at += OC_BLOCK) {
        const char *block = oc_block_at(text, at, room);
        uint64_t digits = oc_block_bits(block, digits_of), touching = oc_block_bits(block, touches_date);
        uint64_t two = digits & moved(digits, before, 1);
        if (two & moved(digits, before, 2) & moved(digits, before, 3)) return true;
        if ((digits & moved(touching, touching_before, 1)) | (touching & moved(digits, before, 1))) return true;
        before = digits;
        touching_before = touching;
    }
    return false;
}

bool oc_dates_may_stand(const oc_hits *hits, oc_lang lang, oc_slice text)
{
    bool nth = is_seen(hits, OC_PHRASE_NTH, text), now = is_seen(hits, OC_PHRASE_NOW, text);
    if (is_seen(hits, OC_PHRASE_TIMELY, text) || (nth && (now || is_seen(hits, OC_PHRASE_ON, text)))) return true;
    if (hits->repeated[OC_PHRASE_NOW / 64] >> OC_PHRASE_NOW % 64 & 1) return true;
    return hits->signs & OC_SIGN_DIGIT && (nth || now || lang != OC_LANG_EN || may_be_dates(text));
}
