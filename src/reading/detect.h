/* In which language a text is written, by its letters. */
#ifndef OC_READING_DETECT_H
#define OC_READING_DETECT_H

#include "base/message.h"

/* Reads at most the first 64 KiB. Any kana decides for Japanese unless hangul outweighs it; Han characters alone are
 * Japanese; text without letters is English. *ret_sure (may be NULL) is the share of letters that speak for the
 * answer, 0..1. */
oc_lang oc_detect_language(oc_slice text, double *ret_sure);

/* The same for a text in several parts: the letters of each part, which is well-formed, are added to `letters`, zero
 * before the first. */
typedef struct oc_letters {
    size_t kana, hangul, han, latin;
} oc_letters;
void oc_letters_add(oc_letters *letters, oc_slice text);
oc_lang oc_letters_language(const oc_letters *letters, double *ret_sure);

#endif
