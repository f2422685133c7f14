/* The body of a document while it is made: lines joined to paragraphs (body.c), quotation marks paired (pair.c), before
 * sentence.c cuts it. */
#ifndef OC_READING_BODY_H
#define OC_READING_BODY_H

#include "reading/document.h"

typedef struct oc_body_anchor {
    uint32_t at; /* byte of the body */
    uint32_t line;
    oc_slice marker;
    int32_t next; /* index of the next one with the same marker; -1 none */
} oc_body_anchor;

typedef struct oc_paragraph {
    uint32_t start, end; /* bytes of the body */
    int32_t heading;     /* index into document->headings of the one it stands under; -1 none */
    bool block;          /* a quotation set off as a block */
    uint8_t turn;        /* oc_turn */
} oc_paragraph;

typedef struct oc_body_builder {
    oc_arena *arena;
    oc_document *document;
    oc_text body;
    OC_VEC(oc_body_anchor) anchors;
    OC_VEC(oc_paragraph) paragraphs;
    size_t marker_at;    /* cursor in layout.markers */
    bool wrapped;        /* lines are broken at a width: a line feed means little */
    bool loose_markers;  /* notes whose markers stand in the text in brackets */
    oc_map loose;        /* those markers */
    OC_VEC(uint32_t) signs; /* bytes of the body where a quotation mark, a bracket or a full stop may stand */
} oc_body_builder;

/* Makes document->body and the builder's paragraphs and anchors of notes. `b` has arena, document and an empty text. */
void oc_body_build(oc_body_builder *b);

/* Fills b->signs, in order: all that oc_pairs_find and who cuts sentences need to look at. */
void oc_signs_find(oc_body_builder *b);

/* Appends the pairs of a paragraph to document->pairs, by opening; `sign` is the index of its first sign. */
void oc_pairs_find(oc_body_builder *b, const oc_paragraph *p, size_t sign);

/* 」, ), ”: ends a pair. */
bool oc_pair_is_close(uint32_t code);

#endif
