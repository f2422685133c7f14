/* Signs at the ends of a text: brackets, bullets, punctuation, blanks. */
#ifndef OC_READING_SIGN_H
#define OC_READING_SIGN_H

#include "base/slice.h"

/* Without what stands in a list of signs, each one character, at both ends. */
oc_slice oc_signs_trim(oc_slice text, const char *const *signs, size_t count);
#define OC_SIGNS_TRIM(text, signs) oc_signs_trim(text, signs, sizeof(signs) / sizeof *(signs))

/* Bytes of the sign in the list that the text begins or ends with, 0 if there is none. */
size_t oc_sign_first(oc_slice text, const char *const *signs, size_t count);
size_t oc_sign_last(oc_slice text, const char *const *signs, size_t count);
#define OC_SIGN_FIRST(text, signs) oc_sign_first(text, signs, sizeof(signs) / sizeof *(signs))
#define OC_SIGN_LAST(text, signs) oc_sign_last(text, signs, sizeof(signs) / sizeof *(signs))

#endif
