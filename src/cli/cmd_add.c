/* opcon add: documents into the workspace.
 *
 * Files are taken in groups. While one group is written to the workspace in a single change, a second thread reads the
 * next. A document is reported once the change that holds it is on the disk: what was reported survives whatever
 * happens to the program. Order: load (bytes, hash, known already?), read (thread), write, report. */
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "cli/reader.h"
#include "cli/workspace.h"
#include "reading/print.h"
#include "store/documents.h"

enum { GROUP_FILES = 256, GROUP_BYTES = 16 << 20, FOLDER_DEPTH = 32, SHOWN_SENTENCES = 3, LISTED_SENTENCES = 20 };

typedef struct item {
    oc_slice path, bytes;
    uint8_t hash[OC_SHA256_BYTES];
    int64_t known;           /* number of the document that has these bytes and needs no reading */
    oc_status status;
    oc_document *document;
    oc_slice packed;         /* the JSON of what was read */
    int64_t id;
    oc_store_outcome outcome;
    size_t claims;
} item;

typedef struct group {
    oc_context x;            /* with an arena and diagnostics of its own */
    oc_arena arena;
    item *items;
    size_t count;
    const oc_reader *reader;
    const oc_read_options *options;
    oc_status status;        /* of memory */
    pthread_t thread;
    bool started;
} group;

typedef struct adding {
    oc_context *x;
    oc_store *store;
    const oc_reader *reader;
    oc_read_options options;
    oc_slice read_with, now;
    bool again, json;
    OC_VEC(oc_slice) paths;
    size_t next;             /* path to load */
    oc_json out;
    oc_status worst;
    size_t added, known, reread, failed, claims;
} adding;

/* --- which files --- */

static bool is_document_name(const char *name)
{
    static const char *const endings[] = {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf"};
    oc_slice text = oc_slice_of(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (oc_slice_ends(text, oc_slice_of(endings[i]))) return name[0] != '.';
    return false;
}

static void add_path(adding *a, oc_slice path, int depth);

static void add_folder(adding *a, oc_slice folder, int depth)
{
    struct dirent **entries;
    int count = depth < FOLDER_DEPTH ? scandir(folder.ptr, &entries, NULL, alphasort) : 0;
    if (count < 0) {
        oc_complain(a->x, OC_IO, "dates.cannot-read", OC_ARGS(OC_T(folder), OC_S(strerror(errno))));
        a->worst = OC_IO;
    }
    for (int i = 0; i < count; i++) {
        oc_slice path = oc_path_join(a->x->arena, folder, oc_slice_of(entries[i]->d_name));
        bool wanted = entries[i]->d_name[0] != '.' && (is_document_name(entries[i]->d_name) || oc_file_is_folder(path.ptr));
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
        return oc_complain(a->x, OC_IO, "dates.cannot-read", OC_ARGS(OC_T(list), OC_S(strerror(errno))));
    while (text.len) {
        size_t end = oc_slice_find(text, OC_SLICE("\n"), 0);
        oc_slice line = oc_slice_trim(oc_slice_sub(text, 0, end));
        if (line.len) add_path(a, oc_arena_copy(a->x->arena, line), 0);
        text = end == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(text, end + 1, text.len);
    }
    return OC_OK;
}

/* --- loading and reading --- */

static group *group_new(adding *a)
{
    group *g = OC_NEW(a->x->arena, group);
    oc_arena_init(&g->arena, NULL, (size_t)2 << 30);
    g->x = *a->x;
    g->x.arena = &g->arena;
    g->reader = a->reader;
    g->options = &a->options;
    return g;
}

/* What a group read belongs to its arena; the memory is used again. */
static void group_clear(group *g)
{
    oc_arena_free(&g->arena);
    g->count = 0;
    g->status = OC_OK;
    g->x.sources = (oc_sources){.arena = &g->arena};
    g->x.diags = (oc_diags){.arena = &g->arena, .sources = &g->x.sources, .limit = GROUP_FILES};
}

typedef struct load_job {
    adding *a;
    group *g;
} load_job;

static void load_item(adding *a, group *g, oc_slice path)
{
    item *it = &g->items[g->count++];
    oc_slice read_with;
    *it = (item){.path = path};
    it->status = oc_reader_bytes(&g->arena, &g->x.diags, path, &it->bytes);
    if (it->status != OC_OK || it->bytes.len > OC_READ_BYTES) return;
    oc_sha256(it->bytes, it->hash);
    int64_t id = oc_store_find(a->store, &g->arena, it->hash, &read_with);
    if (id && !a->again && oc_slice_equal(read_with, a->read_with)) it->known = id;
}

static void load_items(void *context)
{
    load_job *job = context;
    adding *a = job->a;
    group *g = job->g;
    g->items = OC_NEW_ARRAY(&g->arena, GROUP_FILES, item);
    for (size_t bytes = 0; a->next < a->paths.len && g->count < GROUP_FILES && bytes < GROUP_BYTES;) {
        load_item(a, g, a->paths.at[a->next++]);
        bytes += g->items[g->count - 1].bytes.len;
    }
}

static void read_items(void *context)
{
    group *g = context;
    for (size_t i = 0; i < g->count; i++) {
        item *it = &g->items[i];
        if (it->status != OC_OK || it->known) continue;
        it->status = oc_reader_read(&g->arena, &g->x.diags, g->reader, it->path, it->bytes, *g->options, &it->document);
        if (it->status != OC_OK) continue;
        oc_json json = oc_json_in(&g->arena);
        json.compact = true;
        oc_document_json(it->document, &json);
        it->packed = oc_store_pack(&g->arena, oc_slice_trim(oc_text_slice(&json.text)));
    }
}

static void *read_group(void *context)
{
    group *g = context;
    g->status = oc_arena_try(&g->arena, read_items, g);
    return NULL;
}

/* Loads the next files and starts reading them. False if there are none. */
static bool group_start(adding *a, group *g)
{
    group_clear(g);
    g->status = oc_arena_try(&g->arena, load_items, &(load_job){a, g});
    if (g->status != OC_OK || !g->count) return g->status != OC_OK;
    g->started = pthread_create(&g->thread, NULL, read_group, g) == 0;
    if (!g->started) read_group(g);
    return true;
}

static void group_wait(group *g)
{
    if (g->started) pthread_join(g->thread, NULL);
    g->started = false;
}

/* --- writing --- */

static oc_slice actor_id(const oc_document *d, int32_t actor)
{
    bool known = actor >= 0 && (size_t)actor < d->reader->actor_count;
    return known ? d->reader->actors[actor].id : (oc_slice){"", 0};
}

static oc_day stored_day(oc_day day)
{
    return day == OC_DAY_NONE ? day : day < OC_DAY_MIN ? OC_DAY_MIN - 1 : day > OC_DAY_MAX ? OC_DAY_MAX + 1 : day;
}

static oc_store_claim stored_claim(const oc_document *d, const oc_found_claim *found)
{
    const oc_claim *c = &found->claim;
    const oc_sentence *sentence = &d->sentences.at[found->sentence];
    oc_slice speaker = actor_id(d, c->speaker);
    if (!speaker.len && found->quote >= 0) speaker = d->quotes.at[found->quote].speaker;
    oc_store_claim claim = {.sentence = found->sentence + 1, .text = oc_slice_sub(sentence->text, c->from, c->to),
                            .milestone = c->milestone, .step = c->step, .start = stored_day(c->start), .to = stored_day(c->end),
                            .modality = oc_slice_of(oc_modality_name(c->modality)), .hedge = c->hedge, .forward = c->forward,
                            .negated = c->negated, .delayed = c->delayed, .speaker = speaker, .holder = actor_id(d, c->holder)};
    claim.line = sentence->line_count ? d->lines.at[sentence->line_at] : 0;
    claim.first = oc_body_place(d, sentence->start + (uint32_t)c->from);
    claim.end = c->to > c->from ? oc_body_place(d, sentence->start + (uint32_t)c->to - 1) + 1 : claim.first;
    return claim;
}

static oc_slice language_of(const oc_document *d)
{
    return d->lang < OC_LANG_COUNT ? oc_slice_of(oc_lang_code(d->lang)) : OC_SLICE("");
}

static oc_store_reading reading_of(adding *a, group *g, item *it)
{
    static const char *const formats[] = {"text", "markdown", "html", "pdf"};
    const oc_document *d = it->document;
    const oc_metadata *m = &d->metadata;
    oc_slice *urls = OC_NEW_ARRAY(&g->arena, d->notes.len + 1, oc_slice);
    oc_store_clash *clashes = OC_NEW_ARRAY(&g->arena, d->clashes.len + 1, oc_store_clash);
    oc_store_claim *claims = OC_NEW_ARRAY(&g->arena, d->claims.len + 1, oc_store_claim);
    for (size_t i = 0; i < d->notes.len; i++) urls[i] = d->notes.at[i].url;
    for (size_t i = 0; i < d->clashes.len; i++) {
        const oc_clash *clash = &d->clashes.at[i];
        clashes[i] = (oc_store_clash){oc_slice_of(clash->kind), clash->first, clash->second, clash->a, clash->b};
    }
    for (size_t i = 0; i < d->claims.len; i++) claims[i] = stored_claim(d, &d->claims.at[i]);
    it->claims = d->claims.len;
    return (oc_store_reading){.origin = it->path, .bytes = it->bytes, .hash = it->hash, .again = a->again,
        .read_with = a->read_with, .language = language_of(d), .format = oc_slice_of(formats[d->format]), .title = m->title,
        .author = m->author, .publisher = m->publisher, .published = m->published, .category = m->category,
        .series = m->series, .machine_written = m->machine_written, .reading_minutes = m->reading_minutes, .body = d->body,
        .packed = it->packed, .urls = urls, .url_count = d->notes.len, .clashes = clashes, .clash_count = d->clashes.len,
        .claims = claims, .claim_count = d->claims.len};
}

static oc_status write_item(adding *a, group *g, item *it)
{
    if (it->status != OC_OK) return OC_OK;
    if (it->known) {
        it->id = it->known;
        it->outcome = OC_STORE_KNOWN;
        return oc_store_note_origin(a->store, it->id, it->path, a->now);
    }
    oc_store_reading reading = reading_of(a, g, it);
    return oc_store_put(a->store, &reading, a->now, &it->id, &it->outcome);
}

static oc_status group_write(adding *a, group *g)
{
    oc_status status = oc_store_begin(a->store);
    for (size_t i = 0; i < g->count && status == OC_OK; i++) status = write_item(a, g, &g->items[i]);
    if (status == OC_OK) status = oc_store_commit(a->store);
    if (status != OC_OK) oc_store_rollback(a->store);
    return status;
}

/* --- reporting --- */

static const char *const outcome_keys[] = {"add.added", "add.known", "add.reread"};
static const char *const outcome_words[] = {"added", "known", "read-again"};

static oc_slice title_of(const item *it)
{
    return it->document && it->document->metadata.title.len ? it->document->metadata.title : it->path;
}

static void say_sentences(adding *a, group *g, oc_text *out, const char *key, int64_t document, int64_t other)
{
    oc_store_texts texts = {0};
    oc_store_only_in(a->store, &g->arena, document, other, SHOWN_SENTENCES, &texts);
    for (size_t i = 0; i < texts.len; i++) {
        oc_text_lit(out, "      ");
        oc_text_message(out, a->x->lang, key, OC_ARGS(OC_T(texts.at[i])));
        oc_text_byte(out, '\n');
    }
}

static void say_relations(adding *a, group *g, oc_text *out, const item *it)
{
    oc_store_relations relations = {0};
    oc_store_related(a->store, &g->arena, it->id, &relations);
    for (size_t i = 0; i < relations.len && i < 5; i++) {
        const oc_store_relation *r = &relations.at[i];
        int64_t other = r->document == it->id ? r->other : r->document;
        bool text = oc_slice_is(r->kind, "duplicate") || oc_slice_is(r->kind, "similar");
        const char *key = oc_arena_printf(&g->arena, "add.%.*s", OC_FMT(r->kind)).ptr;
        oc_text_lit(out, "    ");
        oc_text_message(out, a->x->lang, key,
                        OC_ARGS(OC_I(other), OC_I((int64_t)(text ? r->measure * 100 + 0.5 : r->measure)), OC_T(r->title)));
        oc_text_byte(out, '\n');
        if (i || !oc_slice_is(r->kind, "duplicate")) continue;
        say_sentences(a, g, out, "add.only-new", it->id, other);
        say_sentences(a, g, out, "add.only-old", other, it->id);
    }
}

static void json_sentences(adding *a, group *g, const char *key, int64_t document, int64_t other)
{
    oc_store_texts texts = {0};
    oc_store_only_in(a->store, &g->arena, document, other, LISTED_SENTENCES, &texts);
    oc_json_list(&a->out, key);
    for (size_t i = 0; i < texts.len; i++) oc_json_text(&a->out, NULL, texts.at[i]);
    oc_json_end(&a->out);
}

static void json_item(adding *a, group *g, const item *it)
{
    oc_store_relations relations = {0};
    oc_json *json = &a->out;
    if (it->outcome != OC_STORE_KNOWN) oc_store_related(a->store, &g->arena, it->id, &relations);
    oc_json_object(json, NULL);
    oc_json_integer(json, "document", it->id);
    oc_json_text(json, "file", it->path);
    oc_json_text(json, "outcome", oc_slice_of(outcome_words[it->outcome]));
    oc_json_text(json, "title", title_of(it));
    oc_json_integer(json, "claims", (int64_t)it->claims);
    oc_json_list(json, "related");
    for (size_t i = 0; i < relations.len; i++) {
        const oc_store_relation *r = &relations.at[i];
        int64_t other = r->document == it->id ? r->other : r->document;
        oc_json_object(json, NULL);
        oc_json_integer(json, "document", other);
        oc_json_text(json, "kind", r->kind);
        oc_json_number(json, "measure", r->measure);
        oc_json_text(json, "title", r->title);
        if (oc_slice_is(r->kind, "duplicate")) {
            json_sentences(a, g, "only_here", it->id, other);
            json_sentences(a, g, "only_there", other, it->id);
        }
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_end(json);
}

static void say_item(adding *a, group *g, oc_text *out, const item *it)
{
    oc_text_message(out, a->x->lang, outcome_keys[it->outcome],
                    OC_ARGS(OC_I(it->id), OC_T(title_of(it)), OC_T(it->path), OC_I(it->claims)));
    oc_text_byte(out, '\n');
    if (it->outcome != OC_STORE_KNOWN) say_relations(a, g, out, it);
}

typedef struct report_job {
    adding *a;
    group *g;
} report_job;

static void report_items(void *context)
{
    report_job *job = context;
    adding *a = job->a;
    group *g = job->g;
    oc_text out = oc_text_in(&g->arena);
    for (size_t i = 0; i < g->count; i++) {
        const item *it = &g->items[i];
        if (it->status != OC_OK) {
            a->failed++;
            a->worst = it->status;
            continue;
        }
        a->added += it->outcome == OC_STORE_ADDED;
        a->known += it->outcome == OC_STORE_KNOWN;
        a->reread += it->outcome == OC_STORE_REREAD;
        a->claims += it->claims;
        if (a->json) json_item(a, g, it);
        else say_item(a, g, &out, it);
    }
    if (!a->json) oc_print(a->x, oc_text_slice(&out));
    fflush(stdout);
}

/* Writes and reports what was read. */
static oc_status group_finish(adding *a, group *g)
{
    group_wait(g);
    oc_status status = g->status;
    if (status == OC_OK) status = group_write(a, g);
    if (status == OC_OK) status = oc_arena_try(&g->arena, report_items, &(report_job){a, g});
    oc_show_diags(&g->x);
    oc_progress(a->x, a->next, a->paths.len);
    return status;
}

static oc_status add_all(adding *a)
{
    group *now = group_new(a), *next = group_new(a);
    oc_status status = OC_OK;
    bool more = group_start(a, now);
    while (more && status == OC_OK) {
        /* Loading asks the workspace, so it does not overlap with writing; reading does. */
        group_wait(now);
        bool following = !oc_interrupted && group_start(a, next);
        status = group_finish(a, now);
        group *done = now;
        now = next;
        next = done;
        more = following;
    }
    group_wait(now);
    oc_arena_free(&now->arena);
    oc_arena_free(&next->arena);
    oc_progress_clear(a->x);
    return status == OC_OK && oc_interrupted ? OC_CANCELLED : status;
}

static oc_status finish(adding *a, oc_status status)
{
    if (a->json) {
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
    adding a = {.x = x, .now = oc_now(x->arena), .out = oc_json_in(x->arena)};
    oc_status status = prepare(&a);
    if (status != OC_OK) return status;
    status = oc_reader_load(x, &a.reader);
    if (status != OC_OK) {
        oc_show_diags(x);
        return status;
    }
    a.read_with = oc_reader_name(x, a.reader);
    status = oc_workspace_open(x, OC_STORE_CREATE, &a.store);
    if (status != OC_OK) return status;
    oc_catch_signals();
    if (a.json) oc_json_list(&a.out, NULL);
    if (oc_has(x, "check")) status = oc_store_check(a.store);
    if (status == OC_OK) status = add_all(&a);
    return finish(&a, status);
}

static const oc_option options[] = {{"format", "text|json", false}, OC_OPTION_WORKSPACE, {"files", "LIST", false},
                                    {"again", NULL, false}, {"check", NULL, false}, {"anchor", "DATE", false},
                                    {"document-lang", "en|ja|ko", false}, {"type", "text|markdown|html|pdf", false},
                                    {"actors", "FILE", false}, {"lexicon", "FILE", true}, {NULL, NULL, false}};

const oc_command oc_cmd_add = {"add", "FILE|FOLDER… [--workspace FILE] [OPTION]…", options, run, 0};
