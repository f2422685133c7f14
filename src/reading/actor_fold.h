/* Which characters count as the same in names, and which do not count at all. */
#ifndef OC_READING_ACTOR_FOLD_H
#define OC_READING_ACTOR_FOLD_H

#include <stdbool.h>
#include <stdint.h>

#define OC_FOLD_DROP UINT32_C(0)

/* A code point as names are compared: full width to half, small to capital kana, old to new characters; spaces, middle
 * dots, hyphens and long marks are OC_FOLD_DROP. Capital ASCII letters become small. */
uint32_t oc_actor_fold(uint32_t code);

/* All of ASCII and all other code points that are not their own folded form. */
void oc_actor_folds_each(void (*on_code)(void *context, uint32_t code), void *context);

/* Of ASCII, which folds to small letters: those that do not count. */
static inline bool oc_actor_drops(uint32_t code)
{
    return code == ' ' || code == '-' || code == '.' || code == '\t' || code == '\n';
}

#endif
