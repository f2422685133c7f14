/* opcon new DIR: a commented scenario to start from. */
#include <errno.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/file.h"
#include "cli/command.h"

/* The starter's first line tells editors where the schema is: here, where it really is. */
static oc_slice with_schema(oc_context *x, oc_slice text)
{
    oc_slice here = OC_SLICE("../../schema/scenario.schema.json"),
             schema = oc_data_folder(x, "schema/scenario.schema.json");
    size_t at = oc_slice_find(text, here, 0);
    if (!schema.len || at == SIZE_MAX) return text;
    oc_text out = oc_text_in(x->arena);
    oc_text_add(&out, oc_slice_sub(text, 0, at));
    oc_text_add(&out, schema);
    oc_text_add(&out, oc_slice_sub(text, at + here.len, text.len));
    return oc_text_slice(&out);
}

static oc_status new_command(oc_context *x)
{
    if (x->arguments.len != 1) return oc_complain(x, OC_USAGE, "new.usage", NULL);
    oc_slice folder = x->arguments.at[0];
    if (mkdir(folder.ptr, 0777) != 0 && errno != EEXIST)
        return oc_complain(x, OC_IO, "cli.cannot-write", OC_ARGS(OC_T(folder), oc_arg_of_errno(errno)));
    oc_slice file = oc_path_join(x->arena, folder, OC_SLICE("scenario.yaml"));
    if (oc_file_exists(file.ptr)) return oc_complain(x, OC_IO, "new.exists", OC_ARGS(OC_T(file)));
    oc_slice starter = oc_data_folder(x, "scenarios/starter/scenario.yaml"), text;
    if (!starter.len || oc_file_read(x->arena, starter.ptr, 1 << 20, &text) != OC_OK)
        return oc_complain(x, OC_IO, "new.no-starter", NULL);
    oc_status status = oc_write_output(x, file, with_schema(x, text));
    if (status != OC_OK) return status;
    oc_text out = oc_text_in(x->arena);
    oc_text_message(&out, x->lang, "new.done", OC_ARGS(OC_T(file), OC_T(folder)));
    oc_text_byte(&out, '\n');
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

static const oc_option options[] = {{NULL, NULL, false}};

const oc_command oc_cmd_new = {"new", "DIR", options, new_command, 1};
