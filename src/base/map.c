/* Open addressing with linear probing, at most half full.
 *
 * Hash flooding: keys come from files that a user chose to open, sizes are limited to 4 MiB, and the finaliser
 * spreads FNV's weak low bits; a worst case of chained probes costs time in proportion to that limit, not memory. */
#include "base/map.h"

uint64_t oc_hash_more(uint64_t hash, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < size; i++) hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
    return hash;
}

uint64_t oc_hash(oc_slice text)
{
    return oc_hash_more(OC_HASH_START, text.ptr, text.len);
}

static size_t slot_of(uint64_t hash, size_t slot_count)
{
    hash ^= hash >> 33;
    hash *= UINT64_C(0xff51afd7ed558ccd);
    hash ^= hash >> 33;
    return (size_t)hash & (slot_count - 1);
}

static oc_map_entry *find(const oc_map *map, oc_slice key, uint64_t hash)
{
    if (!map->slot_count) return NULL;
    for (size_t s = slot_of(hash, map->slot_count); map->slots[s]; s = (s + 1) & (map->slot_count - 1)) {
        oc_map_entry *entry = &map->entries.at[map->slots[s] - 1];
        if (entry->hash == hash && oc_slice_equal(entry->key, key)) return entry;
    }
    return NULL;
}

oc_map_entry *oc_map_find(const oc_map *map, oc_slice key)
{
    return map->slot_count ? find(map, key, oc_hash(key)) : NULL;
}

static void place(oc_map *map, uint64_t hash, uint32_t index)
{
    size_t s = slot_of(hash, map->slot_count);
    while (map->slots[s]) s = (s + 1) & (map->slot_count - 1);
    map->slots[s] = index + 1;
}

oc_map_entry *oc_map_insert(oc_arena *arena, oc_map *map, oc_slice key, bool *ret_new)
{
    uint64_t hash = oc_hash(key);
    oc_map_entry *found = find(map, key, hash);
    if (ret_new) *ret_new = !found;
    if (found) return found;
    if ((map->entries.len + 1) * 2 > map->slot_count) {
        map->slot_count = map->slot_count ? map->slot_count * 2 : 16;
        map->slots = OC_NEW_ARRAY(arena, map->slot_count, uint32_t);
        for (size_t i = 0; i < map->entries.len; i++) place(map, map->entries.at[i].hash, (uint32_t)i);
    }
    oc_map_entry *entry = oc_vec_push(arena, &map->entries);
    *entry = (oc_map_entry){.key = key, .hash = hash};
    place(map, hash, (uint32_t)(map->entries.len - 1));
    return entry;
}
