/* What the grammars share: a place in the tokens, and adding a finished date to the list. */
#ifndef OC_READING_DATE_PARSE_H
#define OC_READING_DATE_PARSE_H

#include "reading/date_spec.h"

typedef struct oc_date_parser {
    const oc_lexicon *lexicon;
    oc_lang lang;
    const oc_token *tokens; /* `count` of them, then one OC_ATOM_NONE */
    size_t count;
    oc_date_context *context;
    oc_tense tense;         /* of the date at hand: AUTO if unknown */
    oc_tense given;         /* by the caller: AUTO if the words decide */
    bool has_future;        /* English: a word of the future stands somewhere in the sentence */
    oc_slice sentence;
    size_t last_behind;     /* the token behind the date added last, SIZE_MAX if it may not be told again */
    bool tense_known;       /* the last words of tense have been looked for */
    size_t last_past;       /* Japanese, Korean: offset in the sentence of the last word of the past, SIZE_MAX none */
    size_t last_future;
    size_t future_from;     /* dates before this offset are told in another clause: the last future says nothing */
    oc_arena *arena;
    oc_dates *out;
} oc_date_parser;

/* A date that was parsed, not yet resolved: tokens [first, behind). */
typedef struct oc_date_point {
    oc_date_spec spec;
    size_t first, behind;
    oc_date_bound bound;
    bool adjacent; /* as the right end of a range: only if it begins right behind the left end */
} oc_date_point;

/* Kind of the token at `at`; OC_ATOM_NONE behind the end. */
static inline oc_atom_kind oc_date_kind(const oc_date_parser *parser, size_t at)
{
    return at < parser->count ? parser->tokens[at].kind : OC_ATOM_NONE;
}

/* The ASCII sign at `at` ('-', '/', '.', ',', '~' …), 0 if there is none. */
static inline char oc_date_sign(const oc_date_parser *parser, size_t at)
{
    if (at >= parser->count) return 0;
    const oc_token *token = &parser->tokens[at];
    if (token->kind == OC_ATOM_PUNCT) return (char)token->a;
    return token->kind == OC_ATOM_RANGE && token->b ? (char)token->b : 0;
}

/* True if the token is a number in digits with `min` to `max` digits. */
bool oc_date_digits(const oc_date_parser *parser, size_t at, int min, int max);

/* 2026-03-05, 2026/3/5, 2026.3.5, 20260305, 2026-03, '26.3.5: fills the spec and moves *at. */
bool oc_date_numeric(const oc_date_parser *parser, size_t *at, oc_date_spec *spec);

/* Two digits as a year: at most 24 years after the anchor, else in the century before; of a season or a month that is
 * recalled (the summer of '42) at most 12. */
int oc_date_century(const oc_date_parser *parser, int two_digits);
int oc_date_century_recalled(const oc_date_parser *parser, int two_digits);

/* The tense of what is told at tokens [first, behind): decides where a missing year or month lies. */
oc_tense oc_date_tense_at(oc_date_parser *parser, const oc_date_spec *spec, size_t first, size_t behind);

/* True if what stands behind an offset of the sentence is told as past. Japanese and Korean. */
bool oc_date_told_as_past(oc_date_parser *parser, size_t offset);

/* The first day of the event of kind "founding" or the period named first, else last, between two offsets of the
 * sentence: what an anniversary counts from. False if there is none. */
bool oc_date_founding(const oc_date_parser *parser, size_t from, size_t to, bool first, oc_civil *ret);

/* True if a date at tokens [first, behind) tells the one before it again: then that one has been widened. */
bool oc_date_told_again(oc_date_parser *parser, const oc_date *date, size_t first, size_t behind);

/* Resolves and appends; false if it has no days. Moves the cursors of the context. */
bool oc_date_emit(oc_date_parser *parser, oc_date_point *point);
bool oc_date_emit_range(oc_date_parser *parser, oc_date_point *left, oc_date_point *right);

/* The grammars: each goes through all tokens. */
void oc_date_parse_cjk(oc_date_parser *parser);
void oc_date_parse_en(oc_date_parser *parser);

#endif
