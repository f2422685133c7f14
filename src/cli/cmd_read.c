/* opcon read: documents to their brief, or to JSON with everything that was found. */
#include "cli/reader.h"
#include "reading/print.h"

typedef struct task {
    oc_context *x;
    const oc_reader *reader;
    oc_read_options options;
    size_t format;
    oc_slice path;
    oc_json json;
    bool printed; /* a brief stands before this one */
    oc_status status;
} task;

static void print_piece(void *context, oc_slice piece)
{
    oc_print(context, piece);
}

/* Reads and prints one document; its memory is free again before the next. */
static void read_document(void *context, oc_arena *scratch)
{
    task *t = context;
    oc_context *x = t->x;
    oc_slice bytes;
    oc_document *document;
    t->status = oc_reader_bytes(scratch, &x->diags, t->path, &bytes);
    if (t->status != OC_OK) return;
    t->status = oc_reader_read(scratch, &x->diags, t->reader, t->path, bytes, t->options, &document);
    if (t->status != OC_OK) return;
    if (t->format == 1) {
        oc_document_json(document, &t->json);
        return;
    }
    oc_text text = oc_text_in(scratch);
    if (t->printed) oc_text_lit(&text, "\n");
    oc_document_brief(document, x->lang, &text);
    oc_print(x, oc_text_slice(&text));
    t->printed = true;
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
    status = oc_reader_load(x, &reader);
    if (status != OC_OK) {
        oc_show_diags(x);
        return status;
    }
    x->goes_on = true;
    task t = {.x = x, .reader = reader, .options = options, .format = format, .json = oc_json_in(x->arena)};
    t.json.take = print_piece;
    t.json.context = x;
    oc_json_list(&t.json, NULL);
    oc_status worst = OC_OK;
    for (size_t i = 0; i < x->arguments.len; i++) {
        t.path = x->arguments.at[i];
        oc_arena_with_scratch(x->arena, read_document, &t);
        if (t.status != OC_OK) worst = t.status;
    }
    oc_json_end(&t.json);
    if (format == 1) oc_print(x, oc_json_done(&t.json));
    oc_show_diags(x);
    return worst;
}

static const oc_option options[] = {{"format", "text|json", false},
                                    {"anchor", "DATE", false},
                                    {"document-lang", "en|ja|ko", false},
                                    {"type", "text|markdown|html|pdf", false},
                                    {"actors", "FILE", false},
                                    {"lexicon", "FILE", true},
                                    {NULL, NULL, false}};

const oc_command oc_cmd_read = {"read", "FILE...", options, run, 0};
