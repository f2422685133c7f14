/* Files read on other threads while the first of them are being worked on: for a scenario that includes a dozen.
 *
 *     oc_ahead *ahead = oc_ahead_start(arena, diags->sources, paths, count, threads);
 *     for (size_t i = 0; i < count; i++) {
 *         root = oc_ahead_take(ahead, arena, diags, paths[i], &file);
 *         if (!root) root = oc_yaml_read_file(arena, diags, paths[i], …);
 *         …
 *     }
 *     oc_ahead_finish(ahead);                  in every case: catch what may jump with oc_arena_try()
 *
 * The threads begin with the last file, the caller with the first, until they meet. Trees, sources and their numbers
 * are those that reading in order gives; a file that cannot be read, or about which something is to be said, is left to
 * the caller. */
#ifndef OC_YAML_AHEAD_H
#define OC_YAML_AHEAD_H

#include "yaml/yaml.h"

typedef struct oc_ahead oc_ahead;

/* NULL if it is not worth it, or no thread can be had; the other functions accept that. `paths` stay as they are until
 * the end. `threads` is how many there may be in all, the calling one included. */
oc_ahead *oc_ahead_start(const oc_arena *arena, const oc_sources *sources, const oc_slice *paths, size_t count,
                         unsigned threads);

/* The tree of a file, registered in diags->sources, its memory now the arena's. NULL: read it yourself. */
oc_node *oc_ahead_take(oc_ahead *ahead, oc_arena *arena, oc_diags *diags, oc_slice path, uint32_t *ret_file);

/* Waits for what is being read and drops what nobody took. */
void oc_ahead_finish(oc_ahead *ahead);

#endif
