/* See mail_word.h. The bytes of neighbouring words in one encoding are joined before they become UTF-8: writers cut
 * them in the middle of a character. Example: "=?UTF-8?Q?=EC?= =?UTF-8?Q?=9D=B4?=" is the one syllable 이. */
#include "reading/mail_word.h"

#include "base/ascii.h"
#include "base/text.h"
#include "reading/encoding.h"

typedef struct encoded_word {
    oc_slice charset, data;
    char method; /* 'b' or 'q' */
    size_t end;
} encoded_word;

/* False if no encoded word begins at `at`. */
static bool read_word(oc_slice value, size_t at, encoded_word *ret)
{
    enum { CHARSET_BYTES = 40 };
    if (!oc_slice_starts(oc_slice_from(value, at), OC_SLICE("=?"))) return false;
    size_t charset = at + 2, method = oc_slice_find(value, OC_SLICE("?"), charset);
    if (method == SIZE_MAX || method - charset > CHARSET_BYTES || method + 2 >= value.len) return false;
    size_t end = oc_slice_find(value, OC_SLICE("?="), method + 3);
    if (end == SIZE_MAX || value.ptr[method + 2] != '?') return false;
    ret->charset = oc_slice_sub(value, charset, method);
    ret->method = (char)(value.ptr[method + 1] | 32);
    ret->data = oc_slice_sub(value, method + 3, end);
    ret->end = end + 2;
    return ret->method == 'b' || ret->method == 'q';
}

static int base64_digit(char c)
{
    if (oc_is_upper(c)) return c - 'A';
    if (oc_is_lower(c)) return c - 'a' + 26;
    if (oc_is_digit(c)) return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static int hex_digit(char c)
{
    if (oc_is_digit(c)) return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void add_base64(oc_text *out, oc_slice data)
{
    unsigned bits = 0, count = 0;
    for (size_t i = 0; i < data.len; i++) {
        int digit = base64_digit(data.ptr[i]);
        if (digit < 0) continue;
        bits = (bits << 6 | (unsigned)digit) & 0xffff;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        oc_text_byte(out, (char)(bits >> count & 0xff));
    }
}

static void add_quoted(oc_text *out, oc_slice data)
{
    for (size_t i = 0; i < data.len; i++) {
        int high = data.ptr[i] == '=' && i + 2 < data.len ? hex_digit(data.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(data.ptr[i + 2]) : -1;
        oc_text_byte(out, low >= 0 ? (char)(high * 16 + low) : data.ptr[i] == '_' ? ' ' : data.ptr[i]);
        if (low >= 0) i += 2;
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next word of the same encoding behind blanks at `at`. */
static bool goes_on(oc_slice value, size_t at, const encoded_word *word, encoded_word *ret)
{
    while (at < value.len && is_blank(value.ptr[at])) at++;
    return read_word(value, at, ret) && oc_slice_equal(ret->charset, word->charset);
}

/* Adds the words from `word` on that belong together; the place behind them. */
static size_t add_words(oc_arena *arena, oc_slice value, encoded_word word, oc_text *out)
{
    oc_text bytes = oc_text_in(arena);
    encoded_word next = word;
    do {
        word = next;
        (word.method == 'b' ? add_base64 : add_quoted)(&bytes, word.data);
    } while (goes_on(value, word.end, &word, &next));
    oc_encoded text = oc_encoding_read(arena, oc_text_slice(&bytes), word.charset);
    oc_text_add(out, oc_slice_from(text.text, text.skip));
    return word.end;
}

oc_slice oc_mail_words(oc_arena *arena, oc_slice value)
{
    bool folded = value.len && memchr(value.ptr, '\n', value.len);
    if (!folded && oc_slice_find(value, OC_SLICE("=?"), 0) == SIZE_MAX) return value;
    oc_text out = oc_text_in(arena);
    for (size_t at = 0; at < value.len;) {
        encoded_word word, next;
        if (read_word(value, at, &word)) {
            at = add_words(arena, value, word, &out);
            size_t behind = at;
            while (behind < value.len && is_blank(value.ptr[behind])) behind++;
            if (read_word(value, behind, &next)) at = behind; /* blanks between two words are none of theirs */
        } else if (is_blank(value.ptr[at])) {
            while (at < value.len && is_blank(value.ptr[at])) at++;
            oc_text_byte(&out, ' ');
        } else
            oc_text_byte(&out, value.ptr[at++]);
    }
    return oc_slice_trim(oc_text_slice(&out));
}
