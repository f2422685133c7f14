/* The fold of actor_fold.h: full width, ASCII and the table of actor_folds.def. */
#include "reading/actor_fold.h"

#include <stddef.h>

uint32_t oc_actor_fold(uint32_t code)
{
    if (code >= 0xff01 && code <= 0xff5e) code = code - 0xff01 + '!';
    if (code < 128) {
        if (oc_actor_drops(code)) return OC_FOLD_DROP;
        return code >= 'A' && code <= 'Z' ? code + 32 : code;
    }
    switch (code) {
#define FOLD(from, to) \
    case from: return to;
#define DROP(code) case code:
#include "reading/actor_folds.def"
        return OC_FOLD_DROP;
#undef FOLD
#undef DROP
    default: return code;
    }
}

void oc_actor_folds_each(void (*on_code)(void *context, uint32_t code), void *context)
{
#define FOLD(from, to) from,
#define DROP(code) code,
    static const uint16_t others[] = {
#include "reading/actor_folds.def"
    };
#undef FOLD
#undef DROP
    for (uint32_t code = 0; code < 128; code++) on_code(context, code);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) on_code(context, others[i]);
    for (uint32_t code = 0xff01; code <= 0xff5e; code++) on_code(context, code);
}
