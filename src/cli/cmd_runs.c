/* opcon runs: forecasts that were kept. */
#include "cli/workspace.h"
#include "store/runs.h"

static oc_slice one_line(oc_context *x, oc_slice settings)
{
    oc_text out = oc_text_in(x->arena);
    for (size_t i = 0; i < settings.len; i++) {
        if (settings.ptr[i] != '\n') oc_text_byte(&out, settings.ptr[i]);
        else if (i + 1 < settings.len) oc_text_lit(&out, "; ");
    }
    return oc_text_slice(&out);
}

static void print_text(oc_context *x, const oc_store_runs *runs)
{
    oc_text out = oc_text_in(x->arena);
    oc_text_message(&out, x->lang, runs->len ? "runs.summary" : "runs.none", OC_ARGS(OC_I(runs->len)));
    oc_text_byte(&out, '\n');
    static const char *const heads[] = {"runs.id", "runs.made", "runs.scenario", "runs.as-of", "runs.runs", "runs.seed",
                                        "runs.digest", "runs.settings"};
    oc_columns table = oc_columns_of(x->arena, "rlllrrll");
    for (size_t i = 0; i < 8; i++) oc_columns_add(&table, oc_message(x->lang, heads[i]));
    for (size_t i = 0; i < runs->len; i++) {
        const oc_store_run *r = &runs->at[i];
        oc_columns_add(&table, oc_arena_printf(x->arena, "%lld", (long long)r->id));
        oc_columns_add(&table, oc_slice_sub(r->made, 0, 16));
        oc_columns_add(&table, r->scenario);
        oc_columns_add(&table, r->as_of);
        oc_columns_add(&table, oc_arena_printf(x->arena, "%lld", (long long)r->runs));
        oc_columns_add(&table, oc_arena_printf(x->arena, "%lld", (long long)r->seed));
        oc_columns_add(&table, oc_slice_sub(r->results_digest, 0, 8));
        oc_columns_add(&table, one_line(x, r->settings));
    }
    if (runs->len) {
        oc_text_byte(&out, '\n');
        oc_columns_print(&out, &table, x->width, x->colour);
    }
    oc_print(x, oc_text_slice(&out));
}

static void print_json(oc_context *x, const oc_store_runs *runs)
{
    oc_json json = oc_json_in(x->arena);
    oc_json_list(&json, NULL);
    for (size_t i = 0; i < runs->len; i++) {
        const oc_store_run *r = &runs->at[i];
        oc_json_object(&json, NULL);
        oc_json_integer(&json, "id", r->id);
        oc_json_text(&json, "made", r->made);
        oc_json_text(&json, "opcon", r->opcon);
        oc_json_text(&json, "scenario", r->scenario);
        oc_json_text(&json, "as_of", r->as_of);
        oc_json_integer(&json, "runs", r->runs);
        oc_json_integer(&json, "counted", r->counted);
        oc_json_integer(&json, "seed", r->seed);
        oc_json_text(&json, "digest", r->digest);
        oc_json_text(&json, "results_digest", r->results_digest);
        oc_json_list(&json, "settings");
        oc_slice rest = r->settings;
        while (rest.len) {
            size_t end = oc_slice_find(rest, OC_SLICE("\n"), 0);
            oc_json_text(&json, NULL, oc_slice_sub(rest, 0, end));
            rest = end == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(rest, end + 1, rest.len);
        }
        oc_json_end(&json);
        oc_json_end(&json);
    }
    oc_json_end(&json);
    oc_print(x, oc_json_done(&json));
}

/* One run: its results as the forecast printed them, in JSON. */
static oc_status show_one(oc_context *x, oc_store *store, oc_slice word)
{
    int64_t id;
    oc_store_runs runs = {0};
    oc_status status = oc_number_of(word, &id) ? oc_store_get_runs(store, x->arena, id, &runs) : OC_OK;
    if (status != OC_OK) return status;
    if (!runs.len) {
        oc_report(&x->diags, OC_E0809, (oc_span){0, 0, 0}, OC_ARGS(OC_T(word)));
        return OC_INPUT;
    }
    oc_print(x, runs.at[0].results);
    oc_print(x, OC_SLICE("\n"));
    return OC_OK;
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json"};
    size_t format;
    oc_store *store;
    oc_store_runs runs = {0};
    oc_status status = oc_get_word(x, "format", formats, 2, 0, &format);
    if (status == OC_OK) status = oc_workspace_open(x, OC_STORE_READ, &store);
    if (status != OC_OK) return status;
    if (x->arguments.len) return oc_workspace_close(x, store, show_one(x, store, x->arguments.at[0]));
    status = oc_store_get_runs(store, x->arena, 0, &runs);
    if (status == OC_OK && format) print_json(x, &runs);
    else if (status == OC_OK) print_text(x, &runs);
    return oc_workspace_close(x, store, status);
}

static const oc_option options[] = {{"format", "text|json", false}, OC_OPTION_WORKSPACE, {NULL, NULL, false}};

const oc_command oc_cmd_runs = {"runs", "[RUN] [--format text|json]", options, run, 1};
