/* opcon read: documents to their brief, or to JSON with everything that was found. */
#include "cli/reader.h"
#include "reading/print.h"

static oc_status read_document(oc_context *x, const oc_reader *reader, oc_slice path, oc_read_options options,
                               oc_document **ret)
{
    oc_slice bytes;
    oc_status status = oc_reader_bytes(x->arena, &x->diags, path, &bytes);
    if (status != OC_OK) return status;
    return oc_reader_read(x->arena, &x->diags, reader, path, bytes, options, ret);
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
        if (format == 1)
            oc_document_json(document, &json);
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

static const oc_option options[] = {{"format", "text|json", false},
                                    {"anchor", "DATE", false},
                                    {"document-lang", "en|ja|ko", false},
                                    {"type", "text|markdown|html|pdf", false},
                                    {"actors", "FILE", false},
                                    {"lexicon", "FILE", true},
                                    {NULL, NULL, false}};

const oc_command oc_cmd_read = {"read", "FILE...", options, run, 0};
