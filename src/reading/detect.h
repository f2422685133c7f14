/* In which language a text is written: counts of kana, hangul, Han and Latin letters, then function words. */
#ifndef OC_READING_DETECT_H
#define OC_READING_DETECT_H

#include "base/message.h"

/* Reads at most the first 64 KiB. Any kana decides for Japanese unless hangul outweighs it; Han characters alone are
 * Japanese; text without letters is English. *ret_sure (may be NULL) is the share of letters that speak for the
 * answer, 0..1. */
oc_lang oc_detect_language(oc_slice text, double *ret_sure);

#endif
