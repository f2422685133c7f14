/* A string that grows, in an arena. The bytes are always followed by a NUL that is not counted. */
#ifndef OC_BASE_TEXT_H
#define OC_BASE_TEXT_H

#include "base/arena.h"

typedef struct oc_text {
    oc_arena *arena;
    char *ptr;
    size_t len;
    size_t room;
} oc_text;

static inline oc_text oc_text_in(oc_arena *arena)
{
    return (oc_text){.arena = arena};
}
void oc_text_reserve(oc_text *text, size_t more); /* room for so many further bytes, which then need no growth */
void oc_text_add(oc_text *text, oc_slice more);
void oc_text_byte(oc_text *text, char byte);
void oc_text_repeat(oc_text *text, char byte, size_t count);
void oc_text_printf(oc_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void oc_text_unsigned(oc_text *text, uint64_t value); /* decimal digits */
#define oc_text_lit(text, literal) oc_text_add((text), OC_SLICE(literal))
static inline oc_slice oc_text_slice(const oc_text *text)
{
    return (oc_slice){text->ptr ? text->ptr : "", text->len};
}

/* The shortest decimal that reads back as the same double: "0.1", "1e+300", "-3"; "inf", "-inf", "nan". Independent
 * of the locale. */
void oc_text_number(oc_text *text, double value);
/* With a fixed number of decimals, independent of the locale; no negative zero. */
void oc_text_fixed(oc_text *text, double value, int decimals);

#endif
