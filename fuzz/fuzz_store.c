/* Any bytes as a workspace: everything that commands ask of it ends in an answer or a status, and in finite time.
 *
 * An input that begins like a file of SQLite is such a file. Any other is a list of changes to a good workspace, which
 * leads much deeper: three bytes of place, one of length, and so many bytes that are written there. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "store/conflicts.h"
#include "store/documents.h"
#include "store/runs.h"
#include "store/search.h"

#define NOW OC_SLICE("2026-06-25T09:30:00Z")

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct trial {
    oc_arena arena;
    oc_sources sources;
    oc_diags diags;
    char path[64];
    oc_slice bytes;
} trial;

static oc_slice good; /* never freed: it serves all inputs */

static oc_store_reading reading_of(oc_arena *arena, oc_slice text, const oc_store_claim *claims, size_t count)
{
    static const oc_slice url = {"https://example.org/paper", 25};
    return (oc_store_reading){
        .origin = OC_SLICE("a.txt"), .bytes = text, .read_with = OC_SLICE("fuzz"), .language = OC_SLICE("ja"),
        .format = OC_SLICE("text"), .title = OC_SLICE("演習"), .published = OC_SLICE("2026-03-01"), .body = text,
        .packed = oc_store_pack(arena, OC_SLICE("{\"sentences\": [{\"text\": \"a\"}]}")), .urls = &url, .url_count = 1,
        .claims = claims, .claim_count = count};
}

static oc_status put(oc_store *store, oc_arena *arena, oc_slice text)
{
    int64_t id;
    oc_store_outcome outcome;
    oc_store_claim claims[] = {
        {.sentence = 1, .line = 3, .text = text, .milestone = OC_SLICE("foc"), .start = 20000, .to = 20400,
         .modality = OC_SLICE("planned"), .speaker = OC_SLICE("mnd")},
        {.sentence = 2, .line = 4, .text = text, .milestone = OC_SLICE("foc"), .start = 21000, .to = 21400,
         .modality = OC_SLICE("denied"), .speaker = OC_SLICE("dod")},
    };
    oc_store_reading reading = reading_of(arena, text, claims, 2);
    if (oc_store_begin(store) == OC_OK && oc_store_put(store, &reading, NOW, &id, &outcome) == OC_OK)
        oc_store_decide(store, 1, OC_DECISION_ACCEPTED, NULL, NOW);
    oc_status status = oc_store_status(store);
    return status == OC_OK ? oc_store_commit(store) : status;
}

static void make_good(void *context)
{
    trial *t = context;
    oc_store *store;
    remove(t->path);
    oc_store_run run = {.made = NOW, .results = OC_SLICE("{\"stages\": {\"foc\": {\"p50\": \"2028-01-01\"}}}")};
    oc_store_file file = {OC_SLICE("scenario.yaml"), OC_SLICE("a: 1\n")};
    int64_t id;
    if (oc_store_open(&t->arena, &t->diags, oc_slice_of(t->path), OC_STORE_CREATE, &store) != OC_OK) abort();
    if (put(store, &t->arena, OC_SLICE("The exercise is held in August, and again in March.")) != OC_OK) abort();
    if (put(store, &t->arena, OC_SLICE("The exercise is held in August, and again in May.")) != OC_OK) abort();
    if (oc_store_put_run(store, &run, &file, 1, &id) != OC_OK) abort();
    oc_store_close(store);
    if (oc_file_read(&t->arena, t->path, 1 << 24, &t->bytes) != OC_OK) abort();
    char *copy = malloc(t->bytes.len);
    if (!copy) abort();
    memcpy(copy, t->bytes.ptr, t->bytes.len);
    good = (oc_slice){copy, t->bytes.len};
}

static oc_slice changed(oc_arena *arena, const uint8_t *data, size_t size)
{
    oc_slice all = oc_arena_copy(arena, good);
    for (size_t at = 0; at + 4 < size;) {
        size_t place = ((size_t)data[at] << 16 | (size_t)data[at + 1] << 8 | data[at + 2]) % good.len;
        size_t length = data[at + 3];
        at += 4;
        if (length > size - at) length = size - at;
        if (length > good.len - place) length = good.len - place;
        memcpy((char *)all.ptr + place, data + at, length);
        at += length;
    }
    return all;
}

static void ask(oc_store *store, oc_arena *arena)
{
    oc_store_documents documents = {0};
    oc_store_relations relations = {0};
    oc_store_texts texts = {0};
    oc_store_claims claims = {0};
    oc_store_runs runs = {0};
    oc_store_hits hits = {0};
    oc_conflicts conflicts = {0};
    oc_store_changes changes = {0};
    oc_slice bytes, json, words[] = {OC_SLICE("exercise"), OC_SLICE("演*")};
    int64_t total;
    oc_store_list(store, arena, 0, &documents);
    oc_store_related(store, arena, 1, &relations);
    oc_store_bytes(store, arena, 1, &bytes, &json);
    oc_store_only_in(store, arena, 1, 2, 5, &texts);
    oc_store_get_claims(store, arena, &(oc_store_filter){.decisions = 15}, &claims);
    oc_store_conflicts(store, arena, &(oc_store_filter){.decisions = 15}, &conflicts);
    oc_store_get_runs(store, arena, 0, &runs);
    oc_store_compare_runs(store, arena, 1, 1, &changes);
    for (size_t i = 0; i < 2; i++) {
        oc_store_query query = {.words = &words[i], .word_count = 1, .limit = 5};
        oc_store_search(store, arena, &query, &hits, &total);
    }
}

static void try_bytes(void *context)
{
    trial *t = context;
    oc_store *store;
    if (oc_file_write(t->path, t->bytes) != OC_OK) abort();
    oc_status status = oc_store_open(&t->arena, &t->diags, oc_slice_of(t->path), OC_STORE_READ, &store);
    if (status == OC_OK) ask(store, &t->arena);
    oc_store_rollback(store);
    oc_store_check(store);
    oc_store_close(store);
    if (oc_store_open(&t->arena, &t->diags, oc_slice_of(t->path), OC_STORE_WRITE, &store) == OC_OK)
        put(store, &t->arena, OC_SLICE("The exercise is held in August, and again in March."));
    oc_store_close(store);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    trial t = {.sources = {.arena = &t.arena}, .diags = {.arena = &t.arena, .sources = &t.sources}};
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(t.path, sizeof t.path, "%s/opcon-fuzz-%ld.db", folder, (long)getpid());
    oc_arena_init(&t.arena, NULL, (size_t)256 << 20);
    if (!good.len && oc_arena_try(&t.arena, make_good, &t) != OC_OK) abort();
    bool raw = size > 16 && memcmp(data, "SQLite format 3", 16) == 0;
    t.bytes = raw ? (oc_slice){(const char *)data, size} : changed(&t.arena, data, size);
    oc_arena_try(&t.arena, try_bytes, &t);
    remove(t.path);
    oc_arena_free(&t.arena);
    return 0;
}
