/* Reading documents: the reader is made with the first document, each document lives until the next. */
#include "lib/loaded.h"
#include "opcon/documents.h"
#include "reading/actor_table.h"
#include "reading/print.h"

#define MOST_BYTES ((size_t)1 << 30)

struct oc_documents {
    oc_home home;
    oc_loaded *loaded; /* whose actors are looked for; NULL: none */
    oc_lexicon *lexicon;
    const oc_reader *reader;
    oc_arena_mark ready; /* what comes behind is of the last document */
    oc_sources sources;
    oc_diags diags;
};

/* Diagnostics and their places are those of one call. */
static void forget(oc_documents *d)
{
    d->sources = (oc_sources){.arena = &d->home.arena};
    d->diags = (oc_diags){.arena = &d->home.arena, .sources = &d->sources};
}

typedef struct job {
    oc_documents *documents;
    const char *name;
    oc_slice bytes;
    const oc_document_settings *settings;
    oc_status status;
    const char *text;
    size_t size;
    size_t number;
    oc_lang lang;
    const oc_diagnostic_info *info;
} job;

static void open_body(void *context)
{
    job *j = context;
    oc_documents *d = j->documents;
    forget(d);
    d->lexicon = oc_lexicon_new(&d->home.arena);
    j->status = oc_lexicon_builtin(d->lexicon, &d->diags);
}

oc_status oc_documents_open(const oc_memory *memory, oc_scenario *scenario, oc_documents **ret_documents)
{
    if (!ret_documents) return OC_USAGE;
    *ret_documents = NULL;
    oc_loaded *loaded = NULL;
    oc_status status = scenario ? oc_scenario_read(scenario, &loaded) : OC_OK;
    if (status != OC_OK) return status;
    oc_documents *d = oc_home_new(memory, sizeof *d, MOST_BYTES);
    if (!d) return OC_NOMEM;
    d->loaded = loaded;
    if (loaded) loaded->holders++;
    job j = {.documents = d};
    status = oc_home_call(&d->home, open_body, &j);
    if (status == OC_OK) status = j.status;
    if (status == OC_OK)
        *ret_documents = d;
    else
        oc_documents_close(d);
    return status;
}

void oc_documents_close(oc_documents *documents)
{
    if (!documents) return;
    oc_loaded_release(documents->loaded);
    oc_home_free(documents);
}

static void words_body(void *context)
{
    job *j = context;
    oc_documents *d = j->documents;
    forget(d);
    oc_slice name = oc_arena_copy(&d->home.arena, oc_slice_of(j->name));
    j->status = oc_lexicon_add(d->lexicon, &d->diags, name, oc_arena_copy(&d->home.arena, j->bytes));
    if (j->status == OC_OK) j->status = oc_diags_status(&d->diags);
}

oc_status oc_documents_words(oc_documents *documents, const char *name, const void *bytes, size_t size)
{
    if (!documents || !name || (!bytes && size) || documents->reader) return OC_USAGE;
    job j = {.documents = documents, .name = name, .bytes = {bytes ? bytes : "", size}};
    oc_status status = oc_home_call(&documents->home, words_body, &j);
    return status == OC_OK ? j.status : status;
}

/* --- a document --- */

static void ready_body(void *context)
{
    job *j = context;
    oc_documents *d = j->documents;
    forget(d);
    j->status = oc_lexicon_build(d->lexicon, &d->diags);
    if (j->status != OC_OK) return;
    size_t count = 0;
    const oc_node *actors = d->loaded ? oc_node_get(d->loaded->model->root, "actors") : NULL;
    const oc_actor *table = oc_actors_of(&d->home.arena, actors, &count);
    const oc_reader *reader = oc_reader_make(&d->home.arena, d->lexicon, table, count);
    d->ready = oc_arena_get_mark(&d->home.arena);
    d->reader = reader;
}

static void read_body(void *context)
{
    job *j = context;
    oc_documents *d = j->documents;
    oc_arena *arena = &d->home.arena;
    const oc_document_settings *s = j->settings;
    oc_read_options options = {
        .lang = (oc_lang)s->lang, .anchor = s->anchor, .format = s->type, .expired = s->expired, .context = s->context};
    oc_slice name = oc_arena_copy(arena, oc_slice_of(j->name));
    oc_slice bytes = j->bytes.len > OC_READ_BYTES ? j->bytes : oc_arena_copy(arena, j->bytes);
    oc_document *document;
    j->status = oc_document_read(arena, d->reader, name, bytes, &options, &d->diags, &document);
    oc_diags_sort(&d->diags);
    if (j->status != OC_OK) return;
    oc_json json = oc_json_in(arena);
    oc_json_list(&json, NULL);
    oc_document_json(document, &json);
    oc_json_end(&json);
    oc_slice text = oc_json_done(&json);
    j->text = text.ptr;
    j->size = text.len;
}

static bool settings_hold(const oc_document_settings *s)
{
    static const char *const types[] = {"text", "markdown", "html", "pdf"};
    if (s->lang < 0 || s->lang > OC_LANG_COUNT) return false;
    if (s->anchor != OC_DAY_NONE && (s->anchor < OC_DAY_MIN || s->anchor > OC_DAY_MAX)) return false;
    for (size_t i = 0; s->type && i < sizeof types / sizeof *types; i++)
        if (strcmp(s->type, types[i]) == 0) return true;
    return !s->type;
}

oc_status oc_documents_read(oc_documents *documents, const char *name, const void *bytes, size_t size,
                            const oc_document_settings *settings, const char **ret_json, size_t *ret_size)
{
    oc_document_settings own = OC_DOCUMENT_SETTINGS;
    if (ret_json) *ret_json = NULL;
    if (ret_size) *ret_size = 0;
    oc_documents *d = documents;
    if (!d || !name || (!bytes && size) || !ret_json) return OC_USAGE;
    if (!oc_home_settings(settings, &own, sizeof own) || !settings_hold(&own)) return OC_USAGE;
    job j = {.documents = d, .name = name, .bytes = {bytes ? bytes : "", size}, .settings = &own};
    oc_status status = d->reader ? OC_OK : oc_home_call(&d->home, ready_body, &j);
    if (status == OC_OK) status = j.status;
    if (status != OC_OK) return status;
    oc_arena_rewind(&d->home.arena, d->ready);
    forget(d);
    status = oc_home_call(&d->home, read_body, &j);
    if (status == OC_OK) status = j.status;
    if (status != OC_OK) return status;
    *ret_json = j.text;
    if (ret_size) *ret_size = j.size;
    return OC_OK;
}

/* --- diagnostics --- */

static void diagnostic_body(void *context)
{
    job *j = context;
    j->info = oc_diagnostic_of(&j->documents->home, &j->documents->diags, j->number, j->lang);
}

static void messages_body(void *context)
{
    job *j = context;
    j->text = oc_diagnostics_text(&j->documents->home, &j->documents->diags, j->lang);
}

size_t oc_documents_diagnostic_count(const oc_documents *documents)
{
    return documents ? documents->diags.items.len : 0;
}

const oc_diagnostic_info *oc_documents_diagnostic(oc_documents *documents, size_t number, oc_lang lang)
{
    if (number >= oc_documents_diagnostic_count(documents) || (unsigned)lang >= OC_LANG_COUNT) return NULL;
    job j = {.documents = documents, .number = number, .lang = lang};
    return oc_home_call(&documents->home, diagnostic_body, &j) == OC_OK ? j.info : NULL;
}

const char *oc_documents_messages(oc_documents *documents, oc_lang lang)
{
    if (!oc_documents_diagnostic_count(documents) || (unsigned)lang >= OC_LANG_COUNT) return "";
    job j = {.documents = documents, .lang = lang};
    return oc_home_call(&documents->home, messages_body, &j) == OC_OK ? j.text : "";
}
