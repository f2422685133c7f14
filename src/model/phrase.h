/* Expressions and names in a reader's words.
 *
 * A condition that has no title is still to be read by people who do not write scenarios: `security >= bar` is
 * "Security at least Bar for a handover", `mayor == for` is "Mayor: for it", `not strike` is "no 'strike'". The words
 * come from the titles of what the expression names and from messages of their own; what has no words (a mixture, a
 * choice) stays as written. The results live in `arena`. */
#ifndef OC_MODEL_PHRASE_H
#define OC_MODEL_PHRASE_H

#include "model/model.h"

/* A checked expression in words. */
oc_slice oc_phrase(oc_arena *arena, const oc_model *model, const oc_expr *expr, oc_lang lang);

/* The title of a symbol's record, else its name made readable; for a family, the name. */
oc_slice oc_phrase_symbol(oc_arena *arena, const oc_symbol *symbol, oc_lang lang);

/* The title of a value of a category's variable, else the value made readable. */
oc_slice oc_phrase_value(oc_arena *arena, const oc_model *model, oc_slice variable, oc_slice value, oc_lang lang);

/* A key without its underscores; a family's row behind a colon: "handover[dhi_qar]" is "handover: dhi qar". */
oc_slice oc_phrase_key(oc_arena *arena, oc_slice key);

#endif
