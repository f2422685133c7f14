/* Documents in the workspace: bytes, what was read in them, and which of them belong together. */
#ifndef OC_STORE_DOCUMENTS_H
#define OC_STORE_DOCUMENTS_H

#include "store/claims.h"
#include "store/likeness.h"
#include "store/pack.h"
#include "base/sha256.h"

typedef struct oc_store_clash {
    oc_slice kind;
    uint32_t first_line, second_line; /* 0: none */
    oc_slice a, b;
} oc_store_clash;

/* A document to be kept, with what was read in it. Slices are only borrowed. */
typedef struct oc_store_reading {
    oc_slice origin;    /* path or address it came from */
    oc_slice bytes;
    const uint8_t *hash; /* SHA-256 of the bytes; NULL: not known yet */
    bool again;         /* read anew even if it was read with the same */
    oc_slice read_with; /* names the lexicon and program: another value, another reading */
    oc_slice language, format;
    oc_slice title, author, publisher, published, category, series; /* empty: not found */
    bool machine_written;
    int reading_minutes;
    oc_slice body;      /* clean text, what search looks through */
    const oc_likeness *likeness; /* of the body; NULL: not made yet */
    oc_slice packed;    /* everything that was found: one JSON object through oc_store_pack */
    const oc_slice *urls; /* cited in notes */
    size_t url_count;
    const oc_store_clash *clashes;
    size_t clash_count;
    const oc_store_claim *claims; /* id, document and decision are ignored */
    size_t claim_count;
} oc_store_reading;

typedef enum oc_store_outcome {
    OC_STORE_ADDED,
    OC_STORE_KNOWN,  /* the same bytes are there already; the origin is noted */
    OC_STORE_REREAD  /* the same bytes, read anew: decisions are kept (claims.h) */
} oc_store_outcome;

/* Which bytes are in the workspace already, and what they were read with (empty: not there). */
int64_t oc_store_find(oc_store *store, oc_arena *arena, const uint8_t hash[OC_SHA256_BYTES], oc_slice *ret_read_with);

/* Keeps a document; call between oc_store_begin and oc_store_commit. Known bytes are read anew when `read_with`
 * differs. `now` is a time in UTC, "2026-06-25T09:30:00Z". */
oc_status oc_store_put(oc_store *store, const oc_store_reading *reading, oc_slice now, int64_t *ret_id,
                       oc_store_outcome *ret_outcome);

/* Only notes where known bytes were seen. */
oc_status oc_store_note_origin(oc_store *store, int64_t document, oc_slice origin, oc_slice now);

typedef struct oc_store_document {
    int64_t id, size;
    oc_slice hash; /* 64 hexadecimal digits */
    oc_slice added, read_with, language, format, title, author, publisher, published, category, series, origin;
    bool machine_written;
    int64_t reading_minutes, claims;
} oc_store_document;
typedef OC_VEC(oc_store_document) oc_store_documents;

/* All, or with `only` > 0 that one, in order of id. `origin` is the first one. */
oc_status oc_store_list(oc_store *store, oc_arena *arena, int64_t only, oc_store_documents *ret);

/* The bytes as they were added, and everything that was read. Empty if there is no such document. */
oc_status oc_store_bytes(oc_store *store, oc_arena *arena, int64_t document, oc_slice *ret_bytes, oc_slice *ret_json);

typedef struct oc_store_relation {
    int64_t document, other; /* `other` was there before */
    oc_slice kind;   /* "duplicate": nearly the same text; "similar"; "cites"; "cites-same": an address in both notes */
    double measure;  /* share of text in common, 0 .. 1, or number of addresses */
    oc_slice title;  /* of the other */
} oc_store_relation;
typedef OC_VEC(oc_store_relation) oc_store_relations;

/* Texts with at least so much in common are duplicates, and similar. */
#define OC_STORE_DUPLICATE 0.8
#define OC_STORE_SIMILAR 0.3

/* Relations of a document, both ways, closest first; of all documents if it is 0. */
oc_status oc_store_related(oc_store *store, oc_arena *arena, int64_t document, oc_store_relations *ret);

/* Sentences that stand in `document` and not in `other`, at most `limit`. */
typedef OC_VEC(oc_slice) oc_store_texts;
oc_status oc_store_only_in(oc_store *store, oc_arena *arena, int64_t document, int64_t other, int limit,
                           oc_store_texts *ret);

#endif
