/* Tokens of one expression: numbers with their unit or %, dates, names and signs.
 *
 * Order: fill an oc_lexer (arena, diags, node, text; the rest zero), then oc_lexer_next until OC_TOKEN_END. The first
 * mistake is reported, also one of the parser through oc_lexer_fail; what follows from it stays silent. */
#ifndef OC_LANG_LEX_H
#define OC_LANG_LEX_H

#include "yaml/yaml.h"

typedef enum oc_token_kind {
    OC_TOKEN_END,
    OC_TOKEN_NUMBER,
    OC_TOKEN_DATE,
    OC_TOKEN_NAME,
    OC_TOKEN_SYMBOL,
    OC_TOKEN_BAD /* reported */
} oc_token_kind;

typedef struct oc_token {
    oc_token_kind kind;
    size_t start, end; /* bytes of the scalar */
    oc_slice text;
    double number; /* NUMBER: in days where time is 1 */
    int time;
    bool percent;
    oc_day day; /* DATE */
} oc_token;

typedef struct oc_lexer {
    oc_arena *arena;
    oc_diags *diags;
    const oc_node *node; /* the scalar, for places */
    oc_slice text;       /* its text */
    size_t at;           /* behind `now` */
    oc_token now;
    bool failed;
} oc_lexer;

/* Reads the next token into `now`. */
void oc_lexer_next(oc_lexer *l);

/* First code point behind `now` and spaces; 0 at the end. */
uint32_t oc_lexer_follows(const oc_lexer *l);

/* The place of a token; of the end of the text, its last byte. */
oc_span oc_token_span(const oc_lexer *l, const oc_token *t);

/* Reports a mistake, if it is the first; a later one gives a message that nobody sees. Never NULL. */
oc_diag *oc_lexer_fail(oc_lexer *l, oc_code code, oc_span span, const oc_arg *args);

/* Days of one unit of time ("mo", "years"); 0 if the name is none. */
double oc_unit_days(oc_slice name);

/* A word of the language, which no record may have as its name. */
bool oc_is_reserved(oc_slice name);

#endif
