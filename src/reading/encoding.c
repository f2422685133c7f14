/* Encodings; see encoding.h.
 *
 * Worked example of the choice between double-byte encodings: the bytes A4 B3 A4 CE ("この" in EUC-JP) are two pairs
 * in EUC-JP, both hiragana (lead A4): share 1. In EUC-KR they are two compatibility jamo (lead A4, not B0..C8):
 * share 0. In Shift_JIS all four are half-width katakana, no pair at all. EUC-JP wins. */
#include "reading/encoding.h"

#include <errno.h>
#include <iconv.h>

#include "base/text.h"
#include "base/utf8.h"

enum { SAMPLE = 1 << 16 };

static bool is_broken_mostly(oc_slice bytes, size_t *ret_broken)
{
    size_t broken = 0, good = 0;
    *ret_broken = 0;
    if (oc_utf8_check(bytes) == SIZE_MAX) return false;
    for (size_t i = oc_utf8_skip_ascii(bytes, 0); i < bytes.len;) {
        if ((unsigned char)bytes.ptr[i] < 0x80)
            i = oc_utf8_skip_ascii(bytes, i);
        else if (oc_utf8_next(bytes, &i) == OC_UTF8_INVALID)
            broken++;
        else
            good++;
    }
    *ret_broken = broken;
    return good < 4 * broken;
}

/* UTF-16 without a mark: which half of the pairs holds the high bytes 00 and 30. */
static const char *guess_utf16(oc_slice bytes)
{
    size_t len = bytes.len < SAMPLE ? bytes.len & ~(size_t)1 : SAMPLE;
    size_t high[2] = {0, 0};
    for (size_t i = 0; i < len; i++)
        if (bytes.ptr[i] == 0 || bytes.ptr[i] == 0x30) high[i & 1]++;
    if (len < 8) return NULL;
    if (high[1] * 8 > len / 2 && high[0] * 2 < high[1]) return "UTF-16LE";
    if (high[0] * 8 > len / 2 && high[1] * 2 < high[0]) return "UTF-16BE";
    return NULL;
}

typedef struct pair_rule {
    const char *name;
    bool (*lead)(unsigned char c);
    bool (*trail)(unsigned char c);
    bool (*typical)(unsigned char lead, unsigned char trail);
    bool (*single)(unsigned char c);     /* bytes above 127 that stand alone */
    bool (*foreign)(unsigned char lead); /* of pairs that another encoding is full of; NULL: none */
} pair_rule;

static bool sjis_lead(unsigned char c)
{
    return (c >= 0x81 && c <= 0x9f) || (c >= 0xe0 && c <= 0xfc);
}
static bool sjis_trail(unsigned char c)
{
    return c >= 0x40 && c <= 0xfc && c != 0x7f;
}
static bool sjis_kana(unsigned char a, unsigned char b)
{
    return (a == 0x82 && b >= 0x9f && b <= 0xf1) || (a == 0x83 && b >= 0x40 && b <= 0x96);
}
static bool sjis_single(unsigned char c)
{
    return c >= 0xa1 && c <= 0xdf;
}
static bool euc_byte(unsigned char c)
{
    return c >= 0xa1 && c <= 0xfe;
}
static bool euc_kana(unsigned char a, unsigned char b)
{
    return (a == 0xa4 || a == 0xa5) && b <= 0xf6;
}
static bool no_single(unsigned char c)
{
    return c == 0;
}
static bool uhc_lead(unsigned char c)
{
    return c >= 0x81 && c <= 0xfe;
}
static bool uhc_trail(unsigned char c)
{
    return (c >= 0x41 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a) || (c >= 0x81 && c <= 0xfe);
}
static bool uhc_hangul(unsigned char a, unsigned char b)
{
    return a >= 0xb0 && a <= 0xc8 && b >= 0xa1;
}

static bool kana_lead(unsigned char c)
{
    return c == 0xa4 || c == 0xa5;
}

static const pair_rule rules[] = {
    {"Shift_JIS", sjis_lead, sjis_trail, sjis_kana, sjis_single, NULL},
    {"EUC-JP", euc_byte, euc_byte, euc_kana, no_single, NULL},
    {"EUC-KR", uhc_lead, uhc_trail, uhc_hangul, no_single, kana_lead},
};

/* Share of typical pairs, less that of foreign and four times that of broken ones. */
static double rule_score(const pair_rule *rule, oc_slice bytes)
{
    size_t pairs = 0, typical = 0, foreign = 0, broken = 0, len = bytes.len < SAMPLE ? bytes.len : SAMPLE;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];
        if (c < 0x80 || rule->single(c)) continue;
        if (i + 1 == len) break;
        unsigned char next = (unsigned char)bytes.ptr[i + 1];
        if (rule->lead(c) && rule->trail(next)) {
            pairs++;
            typical += rule->typical(c, next);
            foreign += rule->foreign && rule->foreign(c);
            i++;
        } else {
            broken++;
        }
    }
    return pairs ? ((double)typical - (double)foreign - 4.0 * (double)broken) / (double)(pairs + broken) : -1;
}

#define LEAST_SCORE 0.15

/* `stated`: what the file says it is in, which is believed if it may be; NULL: nothing. */
static const char *guess_pairs(oc_slice bytes, const char *stated)
{
    const char *best = NULL;
    double best_score = LEAST_SCORE;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        double score = rule_score(&rules[i], bytes);
        if (score > LEAST_SCORE && stated && strcmp(rules[i].name, stated) == 0) return stated;
        if (score > best_score) best = rules[i].name, best_score = score;
    }
    return best;
}

static bool is_same_name(oc_slice a, const char *b)
{
    size_t i = 0;
    for (; i < a.len && b[i]; i++) {
        char c = a.ptr[i] >= 'A' && a.ptr[i] <= 'Z' ? (char)(a.ptr[i] + 32) : a.ptr[i];
        if (c != b[i]) return false;
    }
    return i == a.len && !b[i];
}

static const char *known_name(oc_slice declared)
{
    static const char *const names[][2] = {
        {"shift_jis", "Shift_JIS"}, {"shift-jis", "Shift_JIS"},       {"x-sjis", "Shift_JIS"},
        {"sjis", "Shift_JIS"},      {"windows-31j", "Shift_JIS"},     {"cp932", "Shift_JIS"},
        {"euc-jp", "EUC-JP"},       {"x-euc-jp", "EUC-JP"},           {"iso-2022-jp", "ISO-2022-JP"},
        {"euc-kr", "EUC-KR"},       {"ks_c_5601-1987", "EUC-KR"},     {"cp949", "EUC-KR"},
        {"uhc", "EUC-KR"},          {"utf-16", "UTF-16LE"},           {"utf-16le", "UTF-16LE"},
        {"utf-16be", "UTF-16BE"},   {"windows-1252", "windows-1252"}, {"iso-8859-1", "windows-1252"},
        {"latin1", "windows-1252"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_same_name(declared, names[i][0])) return names[i][1];
    return NULL;
}

/* The wider tables that files in the wild really use. */
static const char *iconv_name(const char *name)
{
    if (strcmp(name, "Shift_JIS") == 0) return "CP932";
    if (strcmp(name, "EUC-KR") == 0) return "CP949";
    if (strcmp(name, "windows-1252") == 0) return "CP1252";
    return name;
}

/* Bytes that fit no character become U+FFFD. */
static void convert(oc_arena *arena, oc_slice bytes, oc_encoded *encoded)
{
    size_t room = bytes.len * 3 + 16;
    char *out = oc_arena_alloc(arena, room);
    char *in_at = (char *)bytes.ptr, *out_at = out;
    size_t in_left = bytes.len, out_left = room;
    iconv_t handle = iconv_open("UTF-8", iconv_name(encoded->name));
    if (handle == (iconv_t)-1) { /* NOLINT(performance-no-int-to-ptr): so POSIX says it failed */
        encoded->binary = true;
        return; /* -Wanalyzer-malloc-leak: there is no handle to close */
    }
    while (in_left && out_left > 8) {
        if (iconv(handle, &in_at, &in_left, &out_at, &out_left) != (size_t)-1) break;
        if (errno == E2BIG) break;
        if (!in_left) break;
        memcpy(out_at, "\xef\xbf\xbd", 3); /* NOLINT(bugprone-not-null-terminated-result): a part */
        out_at += 3, out_left -= 3;
        in_at++, in_left--;
        encoded->broken++;
    }
    iconv_close(handle);
    encoded->text = (oc_slice){out, (size_t)(out_at - out)};
}

static void replace_broken(oc_arena *arena, oc_slice bytes, oc_encoded *encoded)
{
    oc_text text = oc_text_in(arena);
    size_t kept = 0;
    for (size_t i = 0; i < bytes.len;) {
        size_t at = i;
        if ((unsigned char)bytes.ptr[i] < 0x80)
            i++;
        else if (oc_utf8_next(bytes, &i) == OC_UTF8_INVALID) {
            oc_text_add(&text, oc_slice_sub(bytes, kept, at));
            oc_text_lit(&text, "\xef\xbf\xbd");
            kept = i;
        }
    }
    oc_text_add(&text, oc_slice_sub(bytes, kept, bytes.len));
    encoded->text = oc_text_slice(&text);
}

static bool is_jis_escape(oc_slice bytes)
{
    oc_slice head = oc_slice_sub(bytes, 0, SAMPLE);
    return oc_slice_find(head, OC_SLICE("\x1b$B"), 0) != SIZE_MAX &&
           oc_slice_find(head, OC_SLICE("\x1b(B"), 0) != SIZE_MAX;
}

static const char *guess(oc_slice bytes, oc_slice declared)
{
    const char *name = guess_utf16(bytes);
    if (name) return name;
    if (memchr(bytes.ptr, 0, bytes.len)) return NULL;
    const char *stated = known_name(declared);
    name = guess_pairs(bytes, stated);
    if (stated && (!name || strcmp(stated, name) == 0)) return stated;
    if (name) return name;
    size_t high = 0;
    for (size_t i = 0; i < bytes.len; i++) high += (unsigned char)bytes.ptr[i] >= 0x80;
    return high * 8 < bytes.len ? "windows-1252" : NULL;
}

static bool by_mark(oc_arena *arena, oc_slice bytes, oc_encoded *encoded)
{
    static const struct {
        const char *mark;
        size_t len;
        const char *name;
    } marks[] = {{"\xff\xfe\0\0", 4, "UTF-32LE"},
                 {"\0\0\xfe\xff", 4, "UTF-32BE"},
                 {"\xff\xfe", 2, "UTF-16LE"},
                 {"\xfe\xff", 2, "UTF-16BE"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (bytes.len >= marks[i].len && memcmp(bytes.ptr, marks[i].mark, marks[i].len) == 0) {
            encoded->name = marks[i].name;
            convert(arena, oc_slice_sub(bytes, marks[i].len, bytes.len), encoded);
            return true;
        }
    return false;
}

/* Zero bytes in a text that is otherwise fine are read as spaces. */
static oc_slice without_zeros(oc_arena *arena, oc_slice text)
{
    if (!text.len || !memchr(text.ptr, 0, text.len)) return text;
    oc_slice copy = oc_arena_copy(arena, text);
    for (size_t i = 0; i < copy.len; i++)
        if (!copy.ptr[i]) ((char *)copy.ptr)[i] = ' ';
    return copy;
}

/* Lines that end in a carriage return alone. */
static oc_slice with_line_feeds(oc_arena *arena, oc_slice text)
{
    if (!text.len || memchr(text.ptr, '\n', text.len) || !memchr(text.ptr, '\r', text.len)) return text;
    oc_slice copy = oc_arena_copy(arena, text);
    for (size_t i = 0; i < copy.len; i++)
        if (copy.ptr[i] == '\r') ((char *)copy.ptr)[i] = '\n';
    return copy;
}

static bool is_binary(oc_slice bytes)
{
    oc_slice head = oc_slice_sub(bytes, 0, SAMPLE);
    size_t control = 0;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.ptr[i];
        control += c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b;
    }
    return control * 50 > head.len;
}

static oc_encoded read_bytes(oc_arena *arena, oc_slice bytes, oc_slice declared)
{
    oc_encoded encoded = {.name = "UTF-8", .text = bytes};
    if (by_mark(arena, bytes, &encoded)) {
        encoded.text = without_zeros(arena, encoded.text);
        return encoded;
    }
    if (oc_slice_starts(bytes, OC_SLICE("\xef\xbb\xbf"))) encoded.skip = 3;
    size_t broken = 0;
    bool mostly = is_broken_mostly(bytes, &broken);
    bool zeros = bytes.len && memchr(bytes.ptr, 0, bytes.len) != NULL;
    if (is_jis_escape(bytes)) {
        encoded.name = "ISO-2022-JP";
        convert(arena, bytes, &encoded);
        return encoded;
    }
    if (mostly || zeros) {
        const char *name = guess(bytes, declared);
        if (name) {
            encoded.name = name;
            convert(arena, bytes, &encoded);
            encoded.text = without_zeros(arena, encoded.text);
            return encoded;
        }
        if (is_binary(bytes)) {
            encoded.text = (oc_slice){"", 0};
            encoded.binary = true;
            return encoded;
        }
    }
    encoded.broken = broken;
    if (broken) replace_broken(arena, bytes, &encoded);
    encoded.text = without_zeros(arena, encoded.text);
    return encoded;
}

oc_encoded oc_encoding_read(oc_arena *arena, oc_slice bytes, oc_slice declared)
{
    oc_encoded encoded = read_bytes(arena, bytes, declared);
    encoded.text = with_line_feeds(arena, encoded.text);
    return encoded;
}
