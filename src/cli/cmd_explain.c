/* opcon explain: what a code means, or the program that a scenario was compiled to. */
#include <errno.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/program_view.h"

enum { PROFILED_BATCHES = 24 };

static uint64_t nanoseconds(void)
{
    return (uint64_t)(oc_clock() * 1e9);
}

static oc_status list_program(oc_context *x)
{
    static const char *const isas[] = {"auto", "base", "v3", "v4"};
    oc_model *model;
    size_t isa;
    oc_status status = oc_get_word(x, "isa", isas, 4, 0, &isa);
    if (status == OC_OK) status = oc_scenario_load(x, 0, &model);
    if (status != OC_OK) return status;
    bool bare = oc_has(x, "bare");
    oc_compiled *c = oc_compile(
        x->arena, model, &(oc_compile_options){.blockers_by = OC_DAY_NONE, .no_samples = bare, .no_blockers = bare});
    if (!c) return oc_show_diags(x);
    if (oc_has(x, "output")) {
        oc_slice path = oc_value_of(x, "output", (oc_slice){"", 0});
        status = oc_file_write(path.ptr, (oc_slice){(const char *)c->program, c->size});
        return status == OC_OK ? status
                               : oc_complain(x, OC_IO, "cli.cannot-write", OC_ARGS(OC_T(path), oc_arg_of_errno(errno)));
    }
    oc_profile profile;
    status = oc_run_profile(c->program, 1, PROFILED_BATCHES, (oc_isa)isa, nanoseconds, x->arena, &profile);
    if (status != OC_OK) return oc_complain(x, OC_USAGE, "cli.no-isa", OC_ARGS(OC_S(isas[isa])));
    oc_text out = oc_text_in(x->arena);
    oc_program_text(x, &out, c, &profile);
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

static oc_status explain_code(oc_context *x, oc_slice name)
{
    oc_code code = oc_code_find(name);
    if (code == OC_CODE_COUNT) return oc_complain(x, OC_USAGE, "explain.unknown", OC_ARGS(OC_T(name)));
    oc_text out = oc_text_in(x->arena);
    oc_text_printf(&out, "%s: ", oc_code_name(code));
    oc_text_message(&out, x->lang, oc_code_name(code), OC_ARGS(OC_S("…"), OC_S("…"), OC_S("…")));
    oc_text_byte(&out, '\n');
    oc_slice folder = oc_data_folder(x, "docs/explain");
    oc_slice page,
        path = oc_arena_printf(x->arena, "%.*s/%s.%s.md", OC_FMT(folder), oc_code_name(code), oc_lang_code(x->lang));
    if (folder.len && !oc_file_exists(path.ptr))
        path = oc_arena_printf(x->arena, "%.*s/%s.md", OC_FMT(folder), oc_code_name(code));
    if (folder.len && oc_file_read(x->arena, path.ptr, 1 << 20, &page) == OC_OK) {
        oc_text_byte(&out, '\n');
        oc_text_add(&out, page);
    }
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

static oc_status list_codes(oc_context *x)
{
    oc_text out = oc_text_in(x->arena);
    oc_columns t = oc_columns_of(x->arena, "ll");
    oc_columns_add(&t, oc_message(x->lang, "head.code"));
    oc_columns_add(&t, oc_message(x->lang, "head.message"));
    for (int code = 0; code < OC_CODE_COUNT; code++) {
        oc_columns_add(&t, oc_slice_of(oc_code_name((oc_code)code)));
        oc_columns_add(
            &t, oc_say(x->arena, x->lang, oc_code_name((oc_code)code), OC_ARGS(OC_S("…"), OC_S("…"), OC_S("…"))));
    }
    oc_columns_print(&out, &t, x->width, x->colour);
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

static oc_status explain(oc_context *x)
{
    if (oc_has(x, "program")) return list_program(x);
    if (!x->arguments.len) return list_codes(x);
    return explain_code(x, x->arguments.at[0]);
}

static const oc_option options[] = {{"program", NULL, false}, OC_OPTIONS_OF_SCENARIO,    {"isa", "base|v3|v4", false},
                                    {"bare", NULL, false},    {"output", "FILE", false}, {NULL, NULL, false}};

const oc_command oc_cmd_explain = {"explain", "[CODE] | --program [SCENARIO]", options, explain, 1};
