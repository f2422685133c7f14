/* opcon read: documents to their brief, or to JSON with everything that was found. */
#include <errno.h>

#include "base/file.h"
#include "cli/command.h"
#include "reading/print.h"

enum { SECONDS = 5 };

typedef OC_VEC(oc_actor) actor_list;

static void add_name(oc_actor *actor, size_t room, const oc_node *text, oc_lang lang)
{
    if (!text || text->kind != OC_NODE_SCALAR || !text->text.len || actor->name_count >= room) return;
    ((oc_actor_name *)actor->names)[actor->name_count++] = (oc_actor_name){text->text, lang, false};
}

/* One record of `actors`: its name in three languages and its aliases. */
static void add_actor(oc_context *x, actor_list *list, const oc_node *id, const oc_node *record)
{
    const oc_node *name = oc_node_get(record, "name"), *aliases = oc_node_get(record, "aliases"), *kind = oc_node_get(record, "kind");
    size_t room = 4 + (aliases && aliases->kind == OC_NODE_LIST ? aliases->items.len : 0);
    oc_actor *actor = oc_vec_push(x->arena, list);
    *actor = (oc_actor){.id = id->text, .kind = kind ? kind->text : (oc_slice){"", 0}, .names = OC_NEW_ARRAY(x->arena, room, oc_actor_name)};
    add_name(actor, room, name, OC_LANG_COUNT);
    for (int lang = 0; name && name->kind == OC_NODE_MAPPING && lang < OC_LANG_COUNT; lang++)
        add_name(actor, room, oc_node_get(name, oc_lang_code((oc_lang)lang)), (oc_lang)lang);
    for (size_t i = 0; aliases && aliases->kind == OC_NODE_LIST && i < aliases->items.len; i++)
        add_name(actor, room, aliases->items.at[i], OC_LANG_COUNT);
}

/* The actors of --actors, else those of the bundled scenario; none if there is neither. */
static oc_status load_actors(oc_context *x, actor_list *list)
{
    oc_slice path = oc_value_of(x, "actors", (oc_slice){"", 0});
    if (!path.len) path = oc_data_folder(x, "scenarios/rok-us/actors.yaml");
    if (!path.len) return OC_OK;
    uint32_t file;
    const oc_node *root = oc_yaml_read_file(x->arena, &x->diags, path, (oc_span){0, 0, 0}, &file);
    const oc_node *actors = root ? oc_node_get(root, "actors") : NULL;
    for (size_t i = 0; actors && actors->kind == OC_NODE_MAPPING && i < actors->pairs.len; i++)
        if (actors->pairs.at[i].value->kind == OC_NODE_MAPPING) add_actor(x, list, actors->pairs.at[i].key, actors->pairs.at[i].value);
    return oc_diags_status(&x->diags);
}

static oc_status load_reader(oc_context *x, const oc_reader **ret)
{
    actor_list actors = {0};
    oc_status status = load_actors(x, &actors);
    oc_lexicon *lexicon = oc_lexicon_new(x->arena);
    if (status == OC_OK) status = oc_lexicon_builtin(lexicon, &x->diags);
    for (size_t i = 0; status == OC_OK && i < x->options.len; i++)
        if (strcmp(x->options.at[i].option->name, "lexicon") == 0) status = oc_lexicon_read(lexicon, &x->diags, x->options.at[i].value);
    if (status == OC_OK) status = oc_lexicon_build(lexicon, &x->diags);
    if (status != OC_OK) return status;
    *ret = oc_reader_make(x->arena, lexicon, actors.at, actors.len);
    return OC_OK;
}

typedef struct deadline {
    double end;
} deadline;

static bool is_expired(void *context) { return oc_clock() > ((deadline *)context)->end; }

static oc_status read_document(oc_context *x, const oc_reader *reader, oc_slice path, oc_read_options options, oc_document **ret)
{
    oc_slice bytes;
    oc_status status = oc_file_read(x->arena, path.ptr, OC_READ_BYTES, &bytes);
    if (status == OC_LIMIT) {
        /* The reader says it with the limit. */
        return oc_document_read(x->arena, reader, path, (oc_slice){"", (size_t)OC_READ_BYTES + 1}, &options, &x->diags, ret);
    }
    if (status != OC_OK) {
        uint32_t file = oc_source_add(&x->sources, path, (oc_slice){"", 0});
        oc_report(&x->diags, OC_E0001, (oc_span){file, 0, 0}, OC_ARGS(OC_T(path), OC_S(strerror(errno))));
        return status;
    }
    deadline limit = {oc_clock() + SECONDS};
    options.expired = is_expired;
    options.context = &limit;
    return oc_document_read(x->arena, reader, path, bytes, &options, &x->diags, ret);
}

static oc_status read_options(oc_context *x, oc_read_options *options, size_t *format)
{
    static const char *const formats[] = {"text", "json"};
    static const char *const languages[] = {"auto", "en", "ja", "ko"};
    static const char *const kinds[] = {"auto", "text", "markdown", "html", "pdf"};
    size_t lang, kind;
    oc_status status = oc_get_word(x, "format", formats, 2, 0, format);
    if (status == OC_OK) status = oc_get_word(x, "document-lang", languages, 4, 0, &lang);
    if (status == OC_OK) status = oc_get_word(x, "type", kinds, 5, 0, &kind);
    if (status == OC_OK) status = oc_get_day(x, "anchor", OC_DAY_NONE, &options->anchor);
    if (status != OC_OK) return status;
    options->lang = lang ? (oc_lang)(lang - 1) : OC_LANG_COUNT;
    options->format = kind ? kinds[kind] : NULL;
    return OC_OK;
}

static oc_status run(oc_context *x)
{
    size_t format;
    oc_read_options options = {.lang = OC_LANG_COUNT};
    oc_status status = read_options(x, &options, &format);
    if (status != OC_OK) return status;
    if (!x->arguments.len) return oc_complain(x, OC_USAGE, "read.no-file", NULL);
    const oc_reader *reader;
    status = load_reader(x, &reader);
    if (status != OC_OK) {
        oc_show_diags(x);
        return status;
    }
    oc_json json = oc_json_in(x->arena);
    oc_text text = oc_text_in(x->arena);
    oc_json_list(&json, NULL);
    oc_status worst = OC_OK;
    for (size_t i = 0; i < x->arguments.len; i++) {
        oc_document *document;
        status = read_document(x, reader, x->arguments.at[i], options, &document);
        if (status != OC_OK) {
            worst = status;
            continue;
        }
        if (format == 1) oc_document_json(document, &json);
        else {
            if (text.len) oc_text_lit(&text, "\n");
            oc_document_brief(document, x->lang, &text);
        }
    }
    oc_json_end(&json);
    oc_print(x, format == 1 ? oc_json_done(&json) : oc_text_slice(&text));
    oc_show_diags(x);
    return worst;
}

static const oc_option options[] = {{"format", "text|json", false}, {"anchor", "DATE", false}, {"document-lang", "en|ja|ko", false},
                                    {"type", "text|markdown|html|pdf", false}, {"actors", "FILE", false}, {"lexicon", "FILE", true},
                                    {NULL, NULL, false}};

const oc_command oc_cmd_read = {"read", "FILE...", options, run, 0};
