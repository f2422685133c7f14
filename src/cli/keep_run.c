/* Keeping a forecast; see keep_run.h. */
#include "cli/keep_run.h"

#include "base/file.h"
#include "store/runs.h"

/* What was given on the command line and changes results, one "name=value" a line. */
static oc_slice settings_of(oc_context *x)
{
    static const char *const kept[] = {"as-of", "set", "force", "given", "by"};
    oc_text out = oc_text_in(x->arena);
    for (size_t i = 0; i < x->options.len; i++)
        for (size_t k = 0; k < sizeof kept / sizeof *kept; k++)
            if (strcmp(x->options.at[i].option->name, kept[k]) == 0)
                oc_text_printf(&out, "%s=%.*s\n", kept[k], OC_FMT(x->options.at[i].value));
    return oc_text_slice(&out);
}

static oc_slice hex(oc_context *x, uint64_t value)
{
    return oc_arena_printf(x->arena, "%016llx", (unsigned long long)value);
}

/* The files that the scenario was read from; texts of options are in the settings. */
static oc_store_files files_of(oc_context *x)
{
    oc_store_files files = {0};
    for (size_t i = 0; i < x->sources.files.len; i++) {
        const oc_source *source = &x->sources.files.at[i];
        bool option = source->name.len && (source->name.ptr[0] == '<' || source->name.ptr[0] == '-');
        if (!option && source->text.len) *oc_vec_push(x->arena, &files) = (oc_store_file){source->name, source->text};
    }
    return files;
}

oc_status oc_run_keep(oc_context *x, const oc_forecast *f, const oc_run_options *options,
                      const oc_views *views)
{
    bool asked = oc_has(x, "keep") || oc_has(x, "workspace");
    oc_slice path = oc_workspace_path(x);
    if (!asked && !oc_file_exists(path.ptr)) return OC_OK;
    oc_store *store;
    oc_store_run run = {.made = oc_now(x->arena), .opcon = OC_SLICE(OC_VERSION), .scenario = f->compiled->model->name,
                        .digest = hex(x, f->compiled->digest), .results_digest = hex(x, f->result->digest),
                        .seed = (int64_t)options->seed, .runs = (int64_t)f->result->futures,
                        .counted = (int64_t)f->result->counted,
                        .as_of = oc_day_print(x->arena, f->compiled->model->as_of),
                        .settings = settings_of(x), .results = oc_forecast_json(x, f, options, views)};
    oc_store_files files = files_of(x);
    int64_t id;
    oc_status status = oc_workspace_open(x, OC_STORE_CREATE, &store);
    if (status == OC_OK) {
        status = oc_store_begin(store);
        if (status == OC_OK) status = oc_store_put_run(store, &run, files.at, files.len, &id);
        if (status == OC_OK) status = oc_store_commit(store);
        status = oc_workspace_close(x, store, status);
    }
    if (status == OC_OK && oc_has(x, "keep")) oc_complain(x, OC_OK, "runs.kept", OC_ARGS(OC_I(id), OC_T(path)));
    return asked ? status : OC_OK;
}
