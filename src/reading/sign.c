/* Signs; see sign.h. Of those beyond ASCII the kinds needed lie in three blocks of 64 characters, which the first two
 * of their bytes tell, and in that of full width, which repeats ASCII. At the ends of a text nearly every text has a
 * letter: that is seen at its bytes before any list is gone through. */
#include "reading/sign.h"

const unsigned char oc_sign_letters[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8',
    ['9'] = '9', ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h',
    ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q',
    ['R'] = 'r', ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
    ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i',
    ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r',
    ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z'};

#define D OC_SIGN_DIGIT
#define C OC_SIGN_CAPITAL
const uint16_t oc_signs_ascii[0x80] = {
    ['0'] = D, ['1'] = D, ['2'] = D, ['3'] = D, ['4'] = D, ['5'] = D, ['6'] = D, ['7'] = D, ['8'] = D, ['9'] = D,
    ['A'] = C, ['B'] = C, ['C'] = C, ['D'] = C, ['E'] = C, ['F'] = C, ['G'] = C, ['H'] = C, ['I'] = C, ['J'] = C,
    ['K'] = C, ['L'] = C, ['M'] = C, ['N'] = C, ['O'] = C, ['P'] = C, ['Q'] = C, ['R'] = C, ['S'] = C, ['T'] = C,
    ['U'] = C, ['V'] = C, ['W'] = C, ['X'] = C, ['Y'] = C, ['Z'] = C,
    ['"'] = OC_SIGN_QUOTE, ['\''] = OC_SIGN_APOSTROPHE, [','] = OC_SIGN_COMMA, [':'] = OC_SIGN_COLON,
    ['('] = OC_SIGN_BRACKET, [')'] = OC_SIGN_BRACKET, ['['] = OC_SIGN_BRACKET, [']'] = OC_SIGN_BRACKET,
    ['{'] = OC_SIGN_BRACKET, ['}'] = OC_SIGN_BRACKET, [';'] = OC_SIGN_SEMICOLON, ['?'] = OC_SIGN_QUESTION,
    ['!'] = OC_SIGN_EXCLAMATION, ['.'] = OC_SIGN_STOP, ['-'] = OC_SIGN_DASH, ['~'] = OC_SIGN_DASH,
    ['/'] = OC_SIGN_SLASH};
#undef D
#undef C

/* By the third byte: U+2000 to U+203F, U+3000 to U+303F, U+FF40 to U+FF7F. */
enum { GENERAL, EAST_ASIAN, HALF_WIDTH };
static const uint16_t blocks[3][0x40] = {
    [GENERAL] = {[0x10] = OC_SIGN_DASH, [0x11] = OC_SIGN_DASH, [0x12] = OC_SIGN_DASH, [0x13] = OC_SIGN_DASH,
                 [0x14] = OC_SIGN_DASH, [0x15] = OC_SIGN_DASH, [0x18] = OC_SIGN_APOSTROPHE,
                 [0x19] = OC_SIGN_APOSTROPHE, [0x1a] = OC_SIGN_APOSTROPHE, [0x1b] = OC_SIGN_APOSTROPHE,
                 [0x1c] = OC_SIGN_QUOTE, [0x1d] = OC_SIGN_QUOTE, [0x1e] = OC_SIGN_QUOTE, [0x1f] = OC_SIGN_QUOTE,
                 [0x25] = OC_SIGN_STOP, [0x26] = OC_SIGN_STOP},
    [EAST_ASIAN] = {[0x01] = OC_SIGN_COMMA, [0x02] = OC_SIGN_STOP, [0x08] = OC_SIGN_BRACKET, [0x09] = OC_SIGN_BRACKET,
                    [0x0a] = OC_SIGN_BRACKET, [0x0b] = OC_SIGN_BRACKET, [0x0c] = OC_SIGN_QUOTE,
                    [0x0d] = OC_SIGN_QUOTE, [0x0e] = OC_SIGN_QUOTE, [0x0f] = OC_SIGN_QUOTE, [0x10] = OC_SIGN_BRACKET,
                    [0x11] = OC_SIGN_BRACKET, [0x14] = OC_SIGN_BRACKET, [0x15] = OC_SIGN_BRACKET,
                    [0x16] = OC_SIGN_BRACKET, [0x17] = OC_SIGN_BRACKET, [0x18] = OC_SIGN_BRACKET,
                    [0x19] = OC_SIGN_BRACKET, [0x1a] = OC_SIGN_BRACKET, [0x1b] = OC_SIGN_BRACKET,
                    [0x1c] = OC_SIGN_DASH, [0x1d] = OC_SIGN_QUOTE, [0x1e] = OC_SIGN_QUOTE, [0x1f] = OC_SIGN_QUOTE,
                    [0x30] = OC_SIGN_DASH},
    [HALF_WIDTH] = {[0x1b] = OC_SIGN_BRACKET, [0x1d] = OC_SIGN_BRACKET, [0x1e] = OC_SIGN_DASH, [0x21] = OC_SIGN_STOP,
                    [0x22] = OC_SIGN_QUOTE, [0x23] = OC_SIGN_QUOTE, [0x24] = OC_SIGN_COMMA}};

uint32_t oc_sign_of(const unsigned char *bytes, size_t left)
{
    if (bytes[0] < 0x80) return oc_signs_ascii[bytes[0]];
    if (left < 3 || (bytes[2] & 0xc0) != 0x80) return 0;
    unsigned char last = bytes[2] & 0x3f;
    if (bytes[0] == 0xe3 && bytes[1] == 0x80) return blocks[EAST_ASIAN][last];
    if (bytes[0] == 0xe2 && bytes[1] == 0x80) return blocks[GENERAL][last];
    if (bytes[0] == 0xef && bytes[1] == 0xbc) return oc_signs_ascii[0x20 + last];
    return bytes[0] == 0xef && bytes[1] == 0xbd ? blocks[HALF_WIDTH][last] : 0;
}

/* What lists of signs never hold: ASCII letters and digits, kana, Chinese characters, Hangul; text.len > 0. */
static bool is_letter(oc_slice text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.ptr + at;
    if (p[0] < 0x80) return ((p[0] | 32) >= 'a' && (p[0] | 32) <= 'z') || (p[0] >= '0' && p[0] <= '9');
    if (p[0] == 0xe3 && text.len - at >= 3) return p[1] == 0x81 || p[1] == 0x82;
    return p[0] >= 0xe4 && p[0] <= 0xed;
}

static size_t last_character(oc_slice text)
{
    size_t at = text.len - 1;
    while (at && text.len - at < 4 && ((unsigned char)text.ptr[at] & 0xc0) == 0x80) at--;
    return at;
}

size_t oc_sign_first(oc_slice text, const char *const *signs, size_t count)
{
    if (!text.len || is_letter(text, 0)) return 0;
    for (size_t i = 0; i < count; i++)
        if (oc_slice_begins(text, signs[i])) return strlen(signs[i]);
    return 0;
}

size_t oc_sign_last(oc_slice text, const char *const *signs, size_t count)
{
    if (!text.len) return 0;
    size_t at = last_character(text);
    if (is_letter(text, at)) return 0;
    for (size_t i = 0; i < count; i++)
        if (signs[i][0] == text.ptr[at] && oc_slice_is(oc_slice_from(text, at), signs[i])) return text.len - at;
    return 0;
}

size_t oc_sign_blank(oc_slice text, size_t from, size_t *ret_length)
{
    static const char *const blanks[] = {" ", "\u3000"};
    return OC_FIND_ANY(text, from, blanks, ret_length);
}

size_t oc_sign_equals(oc_slice text, size_t from, size_t *ret_length)
{
    static const char *const equals[] = {"=", "＝"};
    return OC_FIND_ANY(text, from, equals, ret_length);
}

oc_slice oc_signs_trim(oc_slice text, const char *const *signs, size_t count)
{
    for (size_t length; (length = oc_sign_first(text, signs, count)) != 0;) text = oc_slice_from(text, length);
    for (size_t length; (length = oc_sign_last(text, signs, count)) != 0;) text.len -= length;
    return text;
}
