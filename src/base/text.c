/* Growing strings and the two ways numbers become text. */
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void oc_text_reserve(oc_text *text, size_t more)
{
    size_t need = text->len + more + 1;
    if (need <= text->room) return;
    size_t wider = text->room ? text->room * 2 : 64;
    if (wider < need) wider = need;
    text->ptr = oc_arena_grow(text->arena, text->ptr, text->room, text->len, wider);
    text->room = wider;
}

void oc_text_add(oc_text *text, oc_slice more)
{
    oc_text_reserve(text, more.len);
    if (more.len) memcpy(text->ptr + text->len, more.ptr, more.len);
    text->len += more.len;
    text->ptr[text->len] = '\0';
}

void oc_text_byte(oc_text *text, char byte)
{
    oc_text_add(text, (oc_slice){&byte, 1});
}

void oc_text_repeat(oc_text *text, char byte, size_t count)
{
    oc_text_reserve(text, count);
    memset(text->ptr + text->len, byte, count);
    text->len += count;
    text->ptr[text->len] = '\0';
}

void oc_text_printf(oc_text *text, const char *format, ...)
{
    va_list args, again;
    oc_text_reserve(text, 32); /* most pieces fit, and need no second pass */
    va_start(args, format);
    va_copy(again, args);
    size_t room = text->room - text->len;
    /* The analyzer of clang 14 does not see that va_start and va_copy initialise. */
    int length = vsnprintf(text->ptr + text->len, room, format, args); /* NOLINT(clang-analyzer-valist.Uninitialized) */
    if (length > 0 && (size_t)length >= room) {
        oc_text_reserve(text, (size_t)length);
        vsnprintf(text->ptr + text->len, (size_t)length + 1, format, again);
    }
    if (length > 0) text->len += (size_t)length;
    text->ptr[text->len] = '\0';
    va_end(again);
    va_end(args);
}

void oc_text_unsigned(oc_text *text, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    do digits[--at] = (char)('0' + value % 10);
    while (value /= 10);
    oc_text_add(text, (oc_slice){digits + at, sizeof digits - at});
}

/* The C library prints the radix character of the locale; opcon never sets LC_NUMERIC, but a host program may have. */
static void add_with_point(oc_text *text, char *number)
{
    for (char *p = number; *p; p++)
        if (*p == ',') *p = '.';
    oc_text_add(text, oc_slice_of(number));
}

void oc_text_number(oc_text *text, double value)
{
    char buffer[40];
    if (isnan(value)) {
        oc_text_lit(text, "nan");
        return;
    }
    if (isinf(value)) {
        oc_text_add(text, value > 0 ? OC_SLICE("inf") : OC_SLICE("-inf"));
        return;
    }
    if (value == 0) value = 0; /* no negative zero */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, sizeof buffer, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value) break;
    }
    add_with_point(text, buffer);
}

void oc_text_fixed(oc_text *text, double value, int decimals)
{
    char buffer[400];
    if (!isfinite(value)) {
        oc_text_number(text, value);
        return;
    }
    snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
    const char *start = buffer;
    if (*start == '-' && strspn(start + 1, "0.,") == strlen(start + 1)) start++;
    add_with_point(text, buffer + (start - buffer));
}
