/* Letters and digits of ASCII, whatever the locale says. */
#ifndef OC_BASE_ASCII_H
#define OC_BASE_ASCII_H

#include <stdbool.h>

static inline bool oc_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool oc_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static inline bool oc_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool oc_is_alpha(char c)
{
    return oc_is_lower((char)(c | 32));
}

static inline bool oc_is_alnum(char c)
{
    return oc_is_digit(c) || oc_is_alpha(c);
}

static inline char oc_to_lower(char c)
{
    return oc_is_upper(c) ? (char)(c | 32) : c;
}

#endif
