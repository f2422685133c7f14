/* Splitting text into search tokens; see tokens.h.
 *
 * The text is read in clusters: a character and what combines with it (marks, voicing marks of half-width kana, parts
 * of a Hangul syllable). Each cluster is folded on its own, and all characters that come out of it have its place.
 *
 * Example, a text "第3ｶﾞｲﾄﾞ" of 4 + 1 + ... bytes: clusters 第, 3, ｶﾞ, ｲ, ﾄﾞ; folded 第 3 ガ イ ド; runs 第 | 3 |
 * ガイド; tokens 第, 3, ガイ, イド, ド. */
#include "store/tokens.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum { CLUSTER_CODES = 32, FOLDED_CODES = 96 };

/* NFKC with case folding and without characters that are not seen. */
#define FOLDING (UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STABLE | UTF8PROC_COMPOSE)

typedef enum letter { LETTER_NONE, LETTER_WORD, LETTER_PAIR } letter;

typedef struct splitter {
    oc_token_use use;
    oc_token_take take;
    void *context;
    letter run;
    char word[OC_TOKEN_BYTES];
    size_t word_len;
    bool word_full;
    size_t word_start, word_end;
    uint32_t last; /* character before, in a run of pairs */
    size_t last_start, last_end;
    size_t pairs; /* of this run so far */
} splitter;

typedef struct range {
    uint32_t first, last;
} range;

/* Chinese characters with 々〆〇, kana, Hangul with its parts; not ・ and ゠. */
static const range pair_letters[] = {
    {0x1100, 0x11ff}, {0x3005, 0x3007}, {0x3040, 0x309f}, {0x30a1, 0x30fa}, {0x30fc, 0x30ff}, {0x3131, 0x318e},
    {0x31f0, 0x31ff}, {0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0x20000, 0x3fffd},
};
/* Those of them that fold to themselves. */
static const range plain_letters[] = {
    {0x3041, 0x309a}, {0x309d, 0x309e}, {0x30a1, 0x30fa}, {0x30fc, 0x30fe}, {0x4e00, 0x9fff}, {0xac00, 0xd7a3},
};

static bool is_among(uint32_t code, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count && code >= ranges[i].first; i++)
        if (code <= ranges[i].last) return true;
    return false;
}

static bool is_pair_letter(uint32_t code)
{
    return is_among(code, pair_letters, sizeof pair_letters / sizeof *pair_letters);
}

static bool is_plain(uint32_t code)
{
    return is_among(code, plain_letters, sizeof plain_letters / sizeof *plain_letters);
}

static bool is_ascii_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z');
}

static letter letter_of(uint32_t code)
{
    if (code < 0x80) return is_ascii_letter(code) ? LETTER_WORD : LETTER_NONE;
    if (is_pair_letter(code)) return LETTER_PAIR;
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)code);
    bool counts = (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) || kind == UTF8PROC_CATEGORY_MN ||
                  kind == UTF8PROC_CATEGORY_MC || (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO);
    return counts ? LETTER_WORD : LETTER_NONE;
}

static int give_pair(splitter *s, uint32_t code, size_t end)
{
    char bytes[8];
    size_t length = oc_utf8_encode(s->last, bytes);
    length += oc_utf8_encode(code, bytes + length);
    s->pairs++;
    return s->take(s->context, (oc_slice){bytes, length}, s->last_start, end);
}

/* `at_end`: nothing follows in the text. */
static int end_run(splitter *s, bool at_end)
{
    letter run = s->run;
    s->run = LETTER_NONE;
    if (run == LETTER_WORD && s->word_len)
        return s->take(s->context, (oc_slice){s->word, s->word_len}, s->word_start, s->word_end);
    if (run != LETTER_PAIR || (s->use == OC_TOKENS_QUERY && at_end && s->pairs)) return 0;
    char bytes[4];
    size_t length = oc_utf8_encode(s->last, bytes);
    return s->take(s->context, (oc_slice){bytes, length}, s->last_start, s->last_end);
}

static void grow_word(splitter *s, uint32_t code, size_t end)
{
    char bytes[4];
    size_t length = oc_utf8_encode(code, bytes);
    s->word_end = end;
    s->word_full = s->word_full || s->word_len + length > OC_TOKEN_BYTES;
    if (s->word_full) return;
    memcpy(s->word + s->word_len, bytes, length);
    s->word_len += length;
}

/* One folded character whose cluster is at start .. end. */
static int add_letter(splitter *s, uint32_t code, size_t start, size_t end)
{
    letter kind = letter_of(code);
    int stop = 0;
    if (kind != s->run) stop = end_run(s, false);
    if (stop || kind == LETTER_NONE) return stop;
    bool fresh = s->run == LETTER_NONE;
    s->run = kind;
    if (kind == LETTER_WORD) {
        if (fresh) s->word_len = 0, s->word_full = false, s->word_start = start;
        grow_word(s, code, end);
        return 0;
    }
    if (fresh)
        s->pairs = 0;
    else
        stop = give_pair(s, code, end);
    s->last = code, s->last_start = start, s->last_end = end;
    return stop;
}

/* True if `code` belongs to the cluster of the character before it. */
static bool is_joining(uint32_t before, uint32_t code)
{
    if (code < 0x300) return false;
    if (code == 0x3099 || code == 0x309a || code == 0xff9e || code == 0xff9f) return true;
    bool after_hangul = (before >= 0x1100 && before <= 0x11ff) || (before >= 0xac00 && before <= 0xd7a3);
    if (code >= 0x1160 && code <= 0x11ff) return after_hangul;
    if (code >= 0x2e80 && code <= 0xfaff) return false;
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)code);
    return kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_MC || kind == UTF8PROC_CATEGORY_ME;
}

static int add_cluster(splitter *s, const uint32_t *codes, size_t count, size_t start, size_t end)
{
    if (count == 1 && codes[0] < 0x80) {
        uint32_t code = codes[0];
        return add_letter(s, code >= 'A' && code <= 'Z' ? code + 32 : code, start, end);
    }
    if (count == 1 && is_plain(codes[0])) return add_letter(s, codes[0], start, end);
    utf8proc_int32_t folded[FOLDED_CODES];
    utf8proc_ssize_t length = 0;
    int boundary = 0;
    for (size_t i = 0; i < count; i++) {
        utf8proc_ssize_t more = utf8proc_decompose_char((utf8proc_int32_t)codes[i], folded + length,
                                                        FOLDED_CODES - length, FOLDING, &boundary);
        if (more < 0 || length + more > FOLDED_CODES) break;
        length += more;
    }
    length = utf8proc_normalize_utf32(folded, length, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    int stop = 0;
    for (utf8proc_ssize_t i = 0; i < length && !stop; i++) stop = add_letter(s, (uint32_t)folded[i], start, end);
    return stop;
}

int oc_tokens(oc_slice text, oc_token_use use, oc_token_take take, void *context)
{
    splitter s = {.use = use, .take = take, .context = context};
    size_t at = 0;
    int stop = 0;
    while (at < text.len && !stop) {
        size_t start = at, end;
        uint32_t codes[CLUSTER_CODES];
        size_t count = 0;
        codes[count++] = oc_utf8_next(text, &at);
        end = at;
        while (at < text.len && codes[0] != OC_UTF8_INVALID && (uint8_t)text.ptr[at] >= 0x80) {
            uint32_t next = oc_utf8_next(text, &at);
            if (next == OC_UTF8_INVALID || !is_joining(codes[count - 1], next) || count == CLUSTER_CODES) break;
            codes[count++] = next;
            end = at;
        }
        at = end;
        stop = codes[0] == OC_UTF8_INVALID ? end_run(&s, false) : add_cluster(&s, codes, count, start, end);
    }
    return stop ? stop : end_run(&s, true);
}

typedef struct last_token {
    size_t codes;
    bool is_pair;
} last_token;

static int note_last(void *context, oc_slice token, size_t start, size_t end)
{
    last_token *last = context;
    (void)start, (void)end;
    size_t at = 0;
    last->codes = oc_utf8_count(token);
    last->is_pair = is_pair_letter(oc_utf8_next(token, &at));
    return 0;
}

bool oc_tokens_end_single(oc_slice text)
{
    last_token last = {0, false};
    oc_tokens(text, OC_TOKENS_QUERY, note_last, &last);
    return last.is_pair && last.codes == 1;
}
