/* Signs at the ends of a text; see sign.h. Nearly every text begins and ends with a letter: that is seen at its bytes
 * before any list is gone through. */
#include "reading/sign.h"

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

oc_slice oc_signs_trim(oc_slice text, const char *const *signs, size_t count)
{
    for (size_t length; (length = oc_sign_first(text, signs, count)) != 0;) text = oc_slice_from(text, length);
    for (size_t length; (length = oc_sign_last(text, signs, count)) != 0;) text.len -= length;
    return text;
}
