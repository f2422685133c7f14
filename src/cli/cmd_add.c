/* opcon add: documents into the workspace.
 *
 * Threads take file after file: bytes, hash, known already?, read. The calling thread writes what was read, in the
 * order of the files, many in a single change; the threads go on meanwhile, as far as there is room (run/belt.h). A
 * document is reported once the change that holds it is on the disk: what was reported survives whatever happens to the
 * program. */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "cli/add_reading.h"
#include "cli/add_report.h"
#include "cli/reader.h"
#include "cli/workspace.h"
#include "run/belt.h"

enum { FIRST_BATCH = 64, BATCH_FILES = 4096, FOLDER_DEPTH = 32, DESK_BYTES = 4 << 20 };
/* Read and not yet written: some 80 KB for a document of 20 KB. */
enum { PLACES = 256, PLACE_BYTES = 120 << 10, WAITING_BYTES = 32 << 20 };
#define BATCH_SECONDS 12.0

/* Memory of a thread for the file it reads. */
typedef struct desk {
    oc_arena arena;
    oc_arena_mark empty;
} desk;

/* What came of a file, until it is written: memory of its own and all that lies in it. */
typedef struct place {
    oc_arena arena;
    oc_arena_mark empty;
    oc_diags diags;
    oc_sources sources;
    oc_slice bytes;
    uint8_t hash[OC_SHA256_BYTES];
    bool hashed;
    int64_t known;            /* number of the document that has these bytes and needs no reading */
    oc_status status;
    bool no_memory;
    oc_store_reading reading;
} place;

typedef struct adding {
    oc_context *x;
    oc_store *store;
    pthread_mutex_t lock;     /* of the store, and of the context's arena for what the store says */
    const oc_reader *reader;
    oc_read_options options;
    oc_slice read_with, now;
    bool again, json;
    OC_VEC(oc_slice) paths;
    desk *desks;              /* one for each thread */
    place *places;            /* of the belt */
    size_t batch_most;        /* small at first, so that one soon sees something */
    OC_VEC(oc_added) batch;   /* of the open change; in the context's arena, with all that reporting needs */
    oc_arena_mark empty;      /* of that arena before the batch */
    double begun;
    oc_json out;
    oc_status status;         /* of writing: after a failure nothing more is begun */
    oc_status worst;
    size_t added, known, reread, failed, claims;
} adding;

typedef struct task {
    adding *a;
    desk *d;                  /* of the thread that reads */
    place *p;
    oc_slice path;
} task;

/* --- which files --- */

static bool is_document_name(const char *name)
{
    static const char *const endings[] = {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf"};
    oc_slice text = oc_slice_of(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (oc_slice_ends(text, oc_slice_of(endings[i]))) return true;
    return false;
}

static void add_path(adding *a, oc_slice path, int depth);

static void add_folder(adding *a, oc_slice folder, int depth)
{
    struct dirent **entries;
    int count = depth < FOLDER_DEPTH ? scandir(folder.ptr, &entries, NULL, alphasort) : 0;
    if (count < 0) {
        oc_complain(a->x, OC_IO, "dates.cannot-read", OC_ARGS(OC_T(folder), oc_arg_of_errno(errno)));
        a->worst = OC_IO;
    }
    for (int i = 0; i < count; i++) {
        oc_slice path = oc_path_join(a->x->arena, folder, oc_slice_of(entries[i]->d_name));
        bool wanted = is_document_name(entries[i]->d_name) || oc_file_is_folder(path.ptr);
        wanted = wanted && entries[i]->d_name[0] != '.';
        if (wanted) add_path(a, path, depth + 1);
        free(entries[i]);
    }
    if (count > 0) free(entries);
}

static void add_path(adding *a, oc_slice path, int depth)
{
    if (oc_file_is_folder(path.ptr)) add_folder(a, path, depth);
    else *oc_vec_push(a->x->arena, &a->paths) = path;
}

static oc_status add_list(adding *a)
{
    oc_slice list = oc_value_of(a->x, "files", (oc_slice){"", 0}), text;
    if (!list.len) return OC_OK;
    const char *path = oc_slice_is(list, "-") ? "/dev/stdin" : list.ptr;
    if (oc_file_read(a->x->arena, path, (size_t)256 << 20, &text) != OC_OK)
        return oc_complain(a->x, OC_IO, "dates.cannot-read", OC_ARGS(OC_T(list), oc_arg_of_errno(errno)));
    while (text.len) {
        size_t end = oc_slice_find(text, OC_SLICE("\n"), 0);
        oc_slice line = oc_slice_trim(oc_slice_sub(text, 0, end));
        if (line.len) add_path(a, oc_arena_copy(a->x->arena, line), 0);
        text = end == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(text, end + 1, text.len);
    }
    return OC_OK;
}

/* --- reading: any thread --- */

static void find_known(void *context)
{
    task *job = context;
    adding *a = job->a;
    oc_slice read_with;
    int64_t id = oc_store_find(a->store, a->x->arena, job->p->hash, &read_with);
    if (id && !a->again && oc_slice_equal(read_with, a->read_with)) job->p->known = id;
}

/* Known bytes need no reading. Where the store is busy they are read all the same: that is rare, as the store has
 * little to do with what it knows, and they are recognised when they are to be written. */
static void look_up(task *job)
{
    adding *a = job->a;
    if (pthread_mutex_trylock(&a->lock) != 0) return;
    oc_arena_mark mark = oc_arena_get_mark(a->x->arena);
    oc_arena_try(a->x->arena, find_known, job);
    if (oc_store_status(a->store) == OC_OK) oc_arena_rewind(a->x->arena, mark);
    pthread_mutex_unlock(&a->lock);
}

static void read_file(void *context)
{
    task *job = context;
    const adding *a = job->a;
    place *p = job->p;
    oc_document *document;
    p->status = oc_reader_bytes(&p->arena, &p->diags, job->path, &p->bytes);
    if (p->status != OC_OK) return;
    p->hashed = p->bytes.len <= OC_READ_BYTES;
    if (p->hashed) {
        oc_sha256(p->bytes, p->hash);
        look_up(job);
        if (p->known) return;
    }
    oc_arena *scratch = &job->d->arena;
    p->status = oc_reader_read(scratch, &p->diags, a->reader, job->path, p->bytes, a->options, &document);
    if (p->status != OC_OK) return;
    p->reading = oc_reading_to_keep(&p->arena, scratch, document);
    p->reading.origin = job->path;
    p->reading.bytes = p->bytes;
    p->reading.hash = p->hash;
    p->reading.again = a->again;
    p->reading.read_with = a->read_with;
}

static void read_at_desk(void *context)
{
    task *job = context;
    oc_status memory = oc_arena_try(&job->d->arena, read_file, job);
    if (memory == OC_OK) return;
    job->p->status = memory;
    job->p->no_memory = true;
}

typedef struct reserve {
    oc_arena *arena;
    size_t bytes;
} reserve;

static void reserve_bytes(void *context)
{
    const reserve *r = context;
    oc_arena_reserve(r->arena, r->bytes);
}

/* An arena whose first block is used again and again. */
static oc_arena_mark open_arena(oc_arena *arena, size_t bytes)
{
    oc_arena_init(arena, NULL, (size_t)2 << 30);
    oc_arena_try(arena, reserve_bytes, &(reserve){arena, bytes});
    return oc_arena_get_mark(arena);
}

static void clear_place(place *p)
{
    oc_arena_rewind(&p->arena, p->empty);
    *p = (place){.arena = p->arena, .empty = p->empty, .bytes = {"", 0}};
    p->sources.arena = p->diags.arena = &p->arena;
    p->diags.sources = &p->sources;
}

/* A document that needs more memory than there is ends here; the others go on. */
static size_t read_one(void *context, unsigned worker, unsigned number, uint64_t file)
{
    adding *a = context;
    desk *d = &a->desks[worker];
    place *p = &a->places[number];
    clear_place(p);
    task job = {a, d, p, a->paths.at[file]};
    oc_status memory = oc_arena_try(&p->arena, read_at_desk, &job);
    if (memory != OC_OK) p->status = memory;
    p->no_memory = p->no_memory || memory != OC_OK;
    if (p->no_memory) {
        /* The desk may have been left in the middle. */
        oc_arena_free(&d->arena);
        d->empty = open_arena(&d->arena, DESK_BYTES);
    }
    oc_arena_rewind(&d->arena, d->empty);
    return p->arena.used;
}

/* --- writing: the calling thread, in the order of the files --- */

static void report_batch(adding *a)
{
    const oc_add_report report = {a->x, a->store, a->json ? &a->out : NULL};
    for (size_t i = 0; i < a->batch.len; i++) {
        const oc_added *k = &a->batch.at[i];
        oc_arena_mark mark = oc_arena_get_mark(a->x->arena);
        a->added += k->outcome == OC_STORE_ADDED;
        a->known += k->outcome == OC_STORE_KNOWN;
        a->reread += k->outcome == OC_STORE_REREAD;
        a->claims += k->claims;
        oc_added_report(&report, k);
        if (oc_store_status(a->store) != OC_OK) return;
        oc_arena_rewind(a->x->arena, mark);
    }
    fflush(stdout);
}

/* Keeps what was written since the last time, or nothing of it, and reports it. */
static void finish_batch(adding *a)
{
    if (!a->batch.len) return;
    if (a->status == OC_OK) a->status = oc_store_commit(a->store);
    if (a->status == OC_OK) report_batch(a);
    if (a->status == OC_OK) a->status = oc_store_status(a->store);
    a->batch.len = a->batch.room = 0;
    if (a->batch_most < BATCH_FILES) a->batch_most *= 2;
    if (a->status == OC_OK) oc_arena_rewind(a->x->arena, a->empty);
    else oc_store_rollback(a->store);
}

/* Bytes that became known while they were read, and those that could not be read now but were before. */
static void look_again(adding *a, place *p)
{
    oc_slice read_with;
    if (p->known || !p->hashed || a->again) return;
    int64_t id = oc_store_find(a->store, a->x->arena, p->hash, &read_with);
    if (!id || !oc_slice_equal(read_with, a->read_with)) return;
    p->known = id;
    p->reading.title = (oc_slice){"", 0};
}

static oc_status put(adding *a, place *p, oc_added *k)
{
    if (p->known) {
        k->id = p->known;
        k->outcome = OC_STORE_KNOWN;
        return oc_store_note_origin(a->store, k->id, k->path, a->now);
    }
    k->claims = p->reading.claim_count;
    return oc_store_put(a->store, &p->reading, a->now, &k->id, &k->outcome);
}

static void show_trouble(adding *a, place *p, oc_slice path)
{
    oc_arena_mark mark = oc_arena_get_mark(a->x->arena);
    oc_context x = *a->x;
    x.diags = p->diags;
    oc_show_diags(&x);
    a->x->complained = x.complained;
    if (p->no_memory) oc_complain(a->x, p->status, "add.no-memory", OC_ARGS(OC_T(path)));
    oc_arena_rewind(a->x->arena, mark);
    if (p->status == OC_OK) return;
    a->failed++;
    a->worst = p->status;
}

static void write_one(void *context)
{
    const task *job = context;
    adding *a = job->a;
    place *p = job->p;
    look_again(a, p);
    if (!p->known) {
        show_trouble(a, p, job->path);
        if (p->status != OC_OK) return;
    }
    if (!a->batch.len) {
        a->empty = oc_arena_get_mark(a->x->arena);
        a->begun = oc_clock();
        a->status = oc_store_begin(a->store);
    }
    oc_added k = {.path = job->path};
    if (a->status == OC_OK) a->status = put(a, p, &k);
    if (a->status != OC_OK) return;
    k.title = p->reading.title.len ? oc_arena_copy(a->x->arena, p->reading.title) : k.path;
    *oc_vec_push(a->x->arena, &a->batch) = k;
    if (a->batch.len >= a->batch_most || oc_clock() - a->begun > BATCH_SECONDS) finish_batch(a);
}

static bool join_one(void *context, unsigned number, uint64_t file)
{
    adding *a = context;
    place *p = &a->places[number];
    task job = {a, NULL, p, a->paths.at[file]};
    pthread_mutex_lock(&a->lock);
    oc_status memory = a->status == OC_OK ? oc_arena_try(a->x->arena, write_one, &job) : OC_OK;
    if (memory != OC_OK) a->status = memory;
    pthread_mutex_unlock(&a->lock);
    clear_place(p);
    return a->status == OC_OK;
}

static oc_status add_all(adding *a)
{
    size_t files = a->paths.len;
    unsigned threads = oc_processors() < files ? oc_processors() : (unsigned)files;
    unsigned places = PLACES < files ? PLACES : (unsigned)files;
    a->desks = OC_NEW_ARRAY(a->x->arena, threads, desk);
    a->places = OC_NEW_ARRAY(a->x->arena, places, place);
    for (unsigned i = 0; i < threads; i++) a->desks[i].empty = open_arena(&a->desks[i].arena, DESK_BYTES);
    for (unsigned i = 0; i < places; i++) a->places[i].empty = open_arena(&a->places[i].arena, PLACE_BYTES);
    oc_belt belt = {.pieces = files, .threads = threads, .places = places, .most = WAITING_BYTES, .context = a,
                    .work = read_one, .join = join_one, .progress = oc_progress, .progress_context = a->x,
                    .clock = oc_clock, .cancel = &oc_interrupted};
    pthread_mutex_init(&a->lock, NULL);
    oc_belt_run(&belt);
    pthread_mutex_destroy(&a->lock);
    for (unsigned i = 0; i < threads; i++) oc_arena_free(&a->desks[i].arena);
    for (unsigned i = 0; i < places; i++) oc_arena_free(&a->places[i].arena);
    oc_progress_clear(a->x);
    finish_batch(a);
    return a->status == OC_OK && oc_interrupted ? OC_CANCELLED : a->status;
}

static oc_status finish(adding *a, oc_status status)
{
    if (a->json) {
        a->out.text = oc_text_in(a->x->arena);
        oc_json_end(&a->out);
        oc_print(a->x, oc_json_done(&a->out));
    } else if (a->added + a->known + a->reread) {
        oc_text text = oc_text_in(a->x->arena);
        oc_text_message(&text, a->x->lang, "add.summary", OC_ARGS(OC_I(a->added), OC_I(a->known), OC_I(a->reread),
                        OC_I(a->failed), OC_I(a->claims), OC_T(oc_workspace_path(a->x))));
        oc_text_byte(&text, '\n');
        oc_print(a->x, oc_text_slice(&text));
    }
    status = oc_workspace_close(a->x, a->store, status);
    return status == OC_OK ? a->worst : status;
}

static oc_status prepare(adding *a)
{
    static const char *const formats[] = {"text", "json"}, *const languages[] = {"auto", "en", "ja", "ko"},
                             *const kinds[] = {"auto", "text", "markdown", "html", "pdf"};
    oc_context *x = a->x;
    size_t format, lang, kind;
    oc_status status = oc_get_word(x, "format", formats, 2, 0, &format);
    if (status == OC_OK) status = oc_get_word(x, "document-lang", languages, 4, 0, &lang);
    if (status == OC_OK) status = oc_get_word(x, "type", kinds, 5, 0, &kind);
    if (status == OC_OK) status = oc_get_day(x, "anchor", OC_DAY_NONE, &a->options.anchor);
    if (status != OC_OK) return status;
    a->options.lang = lang ? (oc_lang)(lang - 1) : OC_LANG_COUNT;
    a->options.format = kind ? kinds[kind] : NULL;
    a->json = format == 1;
    a->again = oc_has(x, "again");
    for (size_t i = 0; i < x->arguments.len; i++) add_path(a, x->arguments.at[i], 0);
    status = add_list(a);
    if (status == OC_OK && !a->paths.len && !oc_has(x, "check")) return oc_complain(x, OC_USAGE, "add.no-file", NULL);
    return status;
}

static oc_status run(oc_context *x)
{
    adding a = {.x = x, .batch_most = FIRST_BATCH, .now = oc_now(x->arena), .out = oc_json_in(x->arena)};
    oc_status status = prepare(&a);
    if (status != OC_OK) return status;
    status = oc_reader_load(x, &a.reader);
    if (status != OC_OK) {
        oc_show_diags(x);
        return status;
    }
    x->goes_on = true;
    a.read_with = oc_reader_name(x, a.reader);
    status = oc_workspace_open(x, OC_STORE_CREATE, &a.store);
    if (status != OC_OK) return status;
    oc_catch_signals();
    if (a.json) {
        oc_json_list(&a.out, NULL);
        oc_print(x, oc_text_slice(&a.out.text));
    }
    if (oc_has(x, "check")) status = oc_store_check(a.store);
    if (status == OC_OK) status = add_all(&a);
    return finish(&a, status);
}

static const oc_option options[] = {
    {"again", NULL, false}, {"anchor", "DATE", false}, {"document-lang", "en|ja|ko", false},
    {"type", "text|markdown|html|pdf", false}, {"files", "LIST", false}, {"actors", "FILE", false},
    {"lexicon", "FILE", true}, OC_OPTION_WORKSPACE, {"check", NULL, false}, {"format", "text|json", false},
    {NULL, NULL, false},
};

const oc_command oc_cmd_add = {"add", "FILE|FOLDER… [--workspace FILE] [OPTION]…", options, run, 0};
