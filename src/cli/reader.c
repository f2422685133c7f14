/* Reading documents for commands; see reader.h. */
#include "cli/reader.h"

#include <errno.h>

#include "base/file.h"
#include "reading/actor_table.h"

enum { SECONDS = 5 };

/* The actors of --actors, else those of the bundled scenario; none if there is neither. */
static oc_status load_actors(oc_context *x, const oc_actor **ret, size_t *ret_count)
{
    *ret = NULL;
    *ret_count = 0;
    oc_slice path = oc_value_of(x, "actors", (oc_slice){"", 0});
    if (!path.len) path = oc_data_folder(x, "scenarios/rok-us/actors.yaml");
    if (!path.len) return OC_OK;
    uint32_t file;
    const oc_node *root = oc_yaml_read_file(x->arena, &x->diags, path, (oc_span){0, 0, 0}, &file);
    *ret = oc_actors_of(x->arena, root ? oc_node_get(root, "actors") : NULL, ret_count);
    return oc_diags_status(&x->diags);
}

oc_status oc_reader_load(oc_context *x, const oc_reader **ret)
{
    const oc_actor *actors;
    size_t count;
    oc_status status = load_actors(x, &actors, &count);
    oc_lexicon *lexicon = oc_lexicon_new(x->arena);
    if (status == OC_OK) status = oc_lexicon_builtin(lexicon, &x->diags);
    for (size_t i = 0; status == OC_OK && i < x->options.len; i++)
        if (strcmp(x->options.at[i].option->name, "lexicon") == 0)
            status = oc_lexicon_read(lexicon, &x->diags, x->options.at[i].value);
    if (status == OC_OK) status = oc_lexicon_build(lexicon, &x->diags);
    if (status != OC_OK) return status;
    *ret = oc_reader_make(x->arena, lexicon, actors, count);
    return OC_OK;
}

oc_names oc_names_load(oc_context *x)
{
    oc_names names = {0};
    oc_context quiet = *x;
    quiet.diags = (oc_diags){.arena = x->arena, .sources = &quiet.sources};
    quiet.sources = (oc_sources){.arena = x->arena};
    if (load_actors(&quiet, &names.at, &names.count) != OC_OK) names.count = 0;
    return names;
}

oc_slice oc_name_of(const oc_context *x, const oc_names *names, oc_slice who)
{
    for (size_t i = 0; i < names->count; i++) {
        const oc_actor *actor = &names->at[i];
        if (!oc_slice_equal(actor->id, who) || !actor->name_count) continue;
        for (size_t n = 0; n < actor->name_count; n++)
            if (actor->names[n].lang == x->lang) return actor->names[n].text;
        return actor->names[0].text;
    }
    return who;
}

typedef struct deadline {
    double end;
} deadline;

static bool is_expired(void *context) { return oc_clock() > ((deadline *)context)->end; }

oc_slice oc_reader_name(oc_context *x, const oc_reader *reader)
{
    uint64_t hash = OC_HASH_START;
    for (size_t i = 0; i < reader->lexicon->entries.len; i++) {
        const oc_lex_entry *entry = &reader->lexicon->entries.at[i];
        hash = oc_hash_more(hash, &entry->class, sizeof entry->class);
        hash = oc_hash_more(hash, entry->word.ptr, entry->word.len);
        hash = oc_hash_more(hash, "\t", 1);
        hash = oc_hash_more(hash, entry->value.ptr, entry->value.len);
        hash = oc_hash_more(hash, entry->in, sizeof entry->in);
    }
    for (size_t i = 0; i < reader->actor_count; i++) {
        hash = oc_hash_more(hash, reader->actors[i].id.ptr, reader->actors[i].id.len);
        for (size_t n = 0; n < reader->actors[i].name_count; n++)
            hash = oc_hash_more(hash, reader->actors[i].names[n].text.ptr, reader->actors[i].names[n].text.len);
    }
    return oc_arena_printf(x->arena, "%s/%016llx", OC_VERSION, (unsigned long long)hash);
}

oc_status oc_reader_bytes(oc_arena *arena, oc_diags *diags, oc_slice path, oc_slice *ret_bytes)
{
    oc_status status = oc_file_read(arena, path.ptr, OC_READ_BYTES, ret_bytes);
    if (status == OC_LIMIT) {
        *ret_bytes = (oc_slice){"", (size_t)OC_READ_BYTES + 1};
        return OC_OK;
    }
    if (status == OC_IO) oc_report(diags, OC_E0001, (oc_span){0}, OC_ARGS(OC_T(path), oc_arg_of_errno(errno)));
    return status;
}

oc_status oc_reader_read(oc_arena *arena, oc_diags *diags, const oc_reader *reader, oc_slice path, oc_slice bytes,
                         oc_read_options options, oc_document **ret)
{
    deadline limit = {oc_clock() + SECONDS};
    options.expired = is_expired;
    options.context = &limit;
    return oc_document_read(arena, reader, path, bytes, &options, diags, ret);
}
