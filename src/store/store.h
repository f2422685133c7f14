/* The workspace: one SQLite file that keeps documents, what was read in them, what a person decided about their claims,
 * and runs (docs/format/workspace.md).
 *
 *     oc_store *store;
 *     oc_status status = oc_store_open(arena, diags, path, OC_STORE_CREATE, &store);
 *     if (status == OC_OK) status = oc_store_begin(store);
 *     …                                                     // documents.h, claims.h, runs.h
 *     if (status == OC_OK) status = oc_store_commit(store);
 *     oc_store_close(store);
 *
 * Failures. Every function that fails adds one diagnostic (E08xx) and returns a status; after that all further calls
 * do nothing and return the same status until oc_store_rollback. What was not committed is not kept, whether the
 * program fails, is killed or the disk is full. Several processes may use one file: a writer waits up to OC_STORE_WAIT
 * for another. Nothing here reads the clock: times come from the caller. A store is used by one thread at a time. */
#ifndef OC_STORE_STORE_H
#define OC_STORE_STORE_H

#include "diag/diag.h"

enum {
    OC_STORE_WAIT = 60000, /* milliseconds to wait for another process */
    OC_STORE_VERSION = 5   /* of the schema that this program writes */
};

typedef struct oc_store oc_store;

typedef enum oc_store_mode {
    OC_STORE_READ,  /* the file must exist; a file or folder that cannot be written is fine */
    OC_STORE_WRITE, /* the file must exist */
    OC_STORE_CREATE /* made if it is not there */
} oc_store_mode;

/* Opens, checks that it is a workspace, and brings an older schema up to date. The store lives in `arena`. OC_INPUT: it
 * is damaged (E0802), of a newer version (E0803) or something else (E0804); OC_IO: it cannot be opened or written. */
oc_status oc_store_open(oc_arena *arena, oc_diags *diags, oc_slice path, oc_store_mode mode, oc_store **ret);

/* Closes the file; what was begun and not committed is undone. Accepts NULL. */
void oc_store_close(oc_store *store);

/* The failure that stopped the store, OC_OK if there was none. */
oc_status oc_store_status(const oc_store *store);

/* A group of changes that is kept as a whole or not at all. */
oc_status oc_store_begin(oc_store *store);
oc_status oc_store_commit(oc_store *store);
void oc_store_rollback(oc_store *store);

/* Reads the whole file and its search index. E0802 with what was found. */
oc_status oc_store_check(oc_store *store);

#endif
