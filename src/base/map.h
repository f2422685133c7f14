/* A map from text to a 64-bit value or a pointer, in an arena. Keys are not copied. Insertion only; iteration in
 * order of insertion, so that output never depends on hashing. */
#ifndef OC_BASE_MAP_H
#define OC_BASE_MAP_H

#include "base/vec.h"

typedef struct oc_map_entry {
    oc_slice key;
    union {
        void *pointer;
        uint64_t number;
    } value;
    uint64_t hash;
} oc_map_entry;

typedef struct oc_map {
    OC_VEC(oc_map_entry) entries; /* in order of insertion */
    uint32_t *slots;              /* index + 1 into entries, 0 is empty; a power of two of them */
    size_t slot_count;
} oc_map;

/* The entry of `key`, or NULL. */
oc_map_entry *oc_map_find(const oc_map *map, oc_slice key);

/* The entry of `key`, made with value 0 if there was none; *ret_new (may be NULL) says which. */
oc_map_entry *oc_map_insert(oc_arena *arena, oc_map *map, oc_slice key, bool *ret_new);

/* FNV-1a, 64 bits: also for digests of text that need not resist attack. */
uint64_t oc_hash(oc_slice text);
/* The same, continued from an earlier value. */
uint64_t oc_hash_more(uint64_t hash, const void *bytes, size_t size);
#define OC_HASH_START UINT64_C(0xcbf29ce484222325)

#endif
