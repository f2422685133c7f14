/* opcon brief: a short article about a scenario, with the key sentences of documents named besides. */
#include "base/file.h"
#include "cli/brief_document.h"
#include "cli/report_input.h"
#include "cli/workspace.h"

enum { MOST_DOCUMENTS = 20 };

static bool is_scenario(oc_slice path)
{
    return oc_slice_ends(path, OC_SLICE(".yaml")) || oc_slice_ends(path, OC_SLICE(".yml")) ||
           oc_file_is_folder(path.ptr) || !oc_file_exists(path.ptr);
}

/* For a terminal; in a file a paragraph stays a line. */
static oc_slice wrapped(oc_context *x, oc_slice text)
{
    oc_text out = oc_text_in(x->arena);
    for (size_t at = 0; at < text.len;) {
        size_t end = oc_slice_find(text, OC_SLICE("\n"), at);
        if (end == SIZE_MAX) end = text.len;
        oc_slice line = oc_slice_sub(text, at, end);
        if (line.len)
            oc_add_line(x, &out, line);
        else
            oc_text_byte(&out, '\n');
        at = end + 1;
    }
    return oc_text_slice(&out);
}

static oc_status brief(oc_context *x)
{
    static const char *const formats[] = {"text", "markdown", "html"};
    size_t format, scenario = x->arguments.len, count = 0;
    oc_status status = oc_get_word(x, "format", formats, 3, 0, &format);
    if (status != OC_OK) return status;
    oc_brief_document *documents = OC_NEW_ARRAY(x->arena, MOST_DOCUMENTS, oc_brief_document);
    for (size_t i = 0; i < x->arguments.len; i++) {
        if (is_scenario(x->arguments.at[i])) {
            scenario = i;
            continue;
        }
        if (count < MOST_DOCUMENTS) status = oc_brief_read_document(x, x->arguments.at[i], &documents[count++]);
        if (status != OC_OK) {
            oc_show_diags(x);
            return status;
        }
    }
    oc_report_input *input = OC_NEW(x->arena, oc_report_input);
    status = oc_report_prepare(x, scenario, &(oc_report_needs){.policies = true, .drivers = true, .conditions = true},
                               input);
    if (status == OC_OK) {
        oc_brief *article = oc_brief_write(x->arena, input, x->lang, documents, count);
        oc_slice text = oc_brief_print(x->arena, article, (oc_brief_format)format);
        oc_slice path = oc_value_of(x, "output", OC_SLICE("-"));
        if (format == OC_BRIEF_TEXT && x->terminal && oc_slice_is(path, "-")) text = wrapped(x, text);
        status = oc_write_output(x, path, text);
    }
    return status;
}

static const oc_option options[] = {{"format", "text|markdown|html", false},
                                    {"output", "FILE", false},
                                    {"runs", "N", false},
                                    {"seed", "S", false},
                                    {"by", "DATE", false},
                                    OC_OPTIONS_OF_SCENARIO,
                                    {"actors", "FILE", false},
                                    {"lexicon", "FILE", true},
                                    OC_OPTION_WORKSPACE,
                                    {NULL, NULL, false}};

const oc_command oc_cmd_brief = {"brief", "[SCENARIO] [DOCUMENT]…", options, brief, 0};
