/* Reading documents for commands: the lexicon and the table of actors, and one document with its time limit. */
#ifndef OC_CLI_READER_H
#define OC_CLI_READER_H

#include "cli/command.h"
#include "reading/document.h"

/* The reader with --lexicon (added to the shipped words) and the actors of --actors, else of the bundled scenario.
 * Diagnostics are left to the caller. */
oc_status oc_reader_load(oc_context *x, const oc_reader **ret);

/* Names of actors for people; empty if there is no table of them. */
typedef struct oc_names {
    const oc_actor *at;
    size_t count;
} oc_names;
/* From --actors, else of the bundled scenario. What is wrong with the file is not reported. */
oc_names oc_names_load(oc_context *x);
/* The name of an actor in the reader's language; `who` itself if it is no actor's id. */
oc_slice oc_name_of(const oc_context *x, const oc_names *names, oc_slice who);

/* A short name of program, lexicon and actors: documents read with another one may be read anew. */
oc_slice oc_reader_name(oc_context *x, const oc_reader *reader);

/* A file, with E0001 if it cannot be read. Of one that is too large the slice has no bytes but a length over
 * OC_READ_BYTES, which oc_document_read refuses. */
oc_status oc_reader_bytes(oc_arena *arena, oc_diags *diags, oc_slice path, oc_slice *ret_bytes);

/* oc_document_read with a limit of time. */
oc_status oc_reader_read(oc_arena *arena, oc_diags *diags, const oc_reader *reader, oc_slice path, oc_slice bytes,
                         oc_read_options options, oc_document **ret);

#endif
