/* Reading files before they are wanted; see ahead.h.
 *
 * A thread reads into memory, sources and diagnostics of its own, in which the file has the number that it will have
 * when all before it were read in order. Should it get another one (a file before it includes some itself), it is read
 * again. */
#include "yaml/ahead.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/file.h"

enum { LEAST_BYTES = 64 << 10, MOST_THREADS = 8 };

typedef enum state { OPEN, BEGUN, READ } state;

typedef struct item {
    oc_slice path;
    uint32_t file;
    state state;
    oc_arena arena;
    oc_sources sources;
    oc_diags diags;
    oc_node *root; /* NULL: not to be had, or not without words */
} item;

struct oc_ahead {
    pthread_mutex_t lock;
    pthread_cond_t read; /* an item is READ */
    size_t count, first; /* items before `first` are the caller's */
    unsigned threads;
    pthread_t thread[MOST_THREADS];
    item items[];
};

static void read_item(void *context)
{
    item *it = context;
    oc_slice bytes;
    if (oc_file_read(&it->arena, it->path.ptr, OC_YAML_MAX_BYTES, &bytes) != OC_OK) return;
    for (uint32_t file = 1; file < it->file; file++) *oc_vec_push(&it->arena, &it->sources.files) = (oc_source){0};
    oc_source_add(&it->sources, it->path, bytes);
    oc_node *root = oc_yaml_read(&it->arena, &it->diags, it->file);
    if (!it->diags.items.len) it->root = root;
}

static item *next_item(oc_ahead *ahead)
{
    for (size_t i = ahead->count; i-- > ahead->first;)
        if (ahead->items[i].state == OPEN) return &ahead->items[i];
    return NULL;
}

static void *work(void *context)
{
    oc_ahead *ahead = context;
    pthread_mutex_lock(&ahead->lock);
    for (item *it; (it = next_item(ahead));) {
        it->state = BEGUN;
        pthread_mutex_unlock(&ahead->lock);
        if (oc_arena_try(&it->arena, read_item, it) != OC_OK) it->root = NULL;
        pthread_mutex_lock(&ahead->lock);
        it->state = READ;
        pthread_cond_broadcast(&ahead->read);
    }
    pthread_mutex_unlock(&ahead->lock);
    return NULL;
}

static bool is_known(const oc_sources *sources, oc_slice path)
{
    for (size_t i = 0; i < sources->files.len; i++)
        if (oc_slice_equal(sources->files.at[i].name, path)) return true;
    return false;
}

/* An allocator of the caller's own may not be for several threads; small files are read before a thread has started. */
static bool is_worth_it(const oc_arena *arena, const oc_sources *sources, const oc_slice *paths, size_t count)
{
    uint64_t bytes = 0;
    if (arena->allocator.resize != oc_allocator_default.resize) return false;
    for (size_t i = 0; i < count; i++) {
        if (memchr(paths[i].ptr, '\0', paths[i].len) || is_known(sources, paths[i])) return false;
        bytes += oc_file_size(paths[i].ptr);
    }
    return bytes >= LEAST_BYTES;
}

oc_ahead *oc_ahead_start(const oc_arena *arena, const oc_sources *sources, const oc_slice *paths, size_t count,
                         unsigned threads)
{
    if (count < 2 || threads < 2 || !is_worth_it(arena, sources, paths, count)) return NULL;
    oc_ahead *ahead = calloc(1, sizeof *ahead + count * sizeof *ahead->items);
    if (!ahead) return NULL;
    ahead->count = count;
    for (size_t i = 0; i < count; i++) {
        item *it = &ahead->items[i];
        *it = (item){.path = paths[i], .file = (uint32_t)(sources->files.len + i + 1), .sources.arena = &it->arena};
        oc_arena_init(&it->arena, &arena->allocator, arena->limit);
        it->diags = (oc_diags){.arena = &it->arena, .sources = &it->sources};
    }
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->read, NULL);
    if (threads - 1 > MOST_THREADS) threads = MOST_THREADS + 1;
    if (threads > count) threads = (unsigned)count;
    while (ahead->threads < threads - 1 && pthread_create(&ahead->thread[ahead->threads], NULL, work, ahead) == 0)
        ahead->threads++;
    return ahead;
}

/* The item becomes the caller's: nobody begins it any more, and if somebody has, it is waited for. */
static bool await(oc_ahead *ahead, item *it)
{
    pthread_mutex_lock(&ahead->lock);
    ahead->first = (size_t)(it - ahead->items) + 1;
    while (it->state == BEGUN) pthread_cond_wait(&ahead->read, &ahead->lock);
    bool read = it->state == READ;
    pthread_mutex_unlock(&ahead->lock);
    return read;
}

oc_node *oc_ahead_take(oc_ahead *ahead, oc_arena *arena, oc_diags *diags, oc_slice path, uint32_t *ret_file)
{
    for (size_t i = ahead ? ahead->first : 0; ahead && i < ahead->count; i++) {
        item *it = &ahead->items[i];
        if (!oc_slice_equal(it->path, path)) continue;
        if (!await(ahead, it) || !it->root || it->file != diags->sources->files.len + 1) return NULL;
        oc_arena_adopt(arena, &it->arena);
        *oc_vec_push(diags->sources->arena, &diags->sources->files) = it->sources.files.at[it->file - 1];
        *ret_file = it->file;
        return it->root;
    }
    return NULL;
}

void oc_ahead_finish(oc_ahead *ahead)
{
    if (!ahead) return;
    pthread_mutex_lock(&ahead->lock);
    ahead->first = ahead->count;
    pthread_mutex_unlock(&ahead->lock);
    for (unsigned i = 0; i < ahead->threads; i++) pthread_join(ahead->thread[i], NULL);
    for (size_t i = 0; i < ahead->count; i++) oc_arena_free(&ahead->items[i].arena);
    pthread_cond_destroy(&ahead->read);
    pthread_mutex_destroy(&ahead->lock);
    free(ahead);
}
