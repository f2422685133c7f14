/* opcon diff: what changed between two runs: settings, results, the edits that made the difference, and the lines of
 * the scenario. */
#include <stdlib.h>

#include "base/file.h"
#include "cli/diff_view.h"
#include "store/lines.h"

enum { SHOWN_LINES = 200 };

typedef struct file_change {
    oc_slice name;
    oc_line_changes lines;
} file_change;

typedef struct diff {
    oc_context *x;
    oc_store *store;
    oc_store_run runs[2];
    oc_store_files texts[2];
    oc_store_changes changes;
    oc_line_changes settings;
    bool reasoned;
    oc_reasons reasons;
    size_t measure;
    OC_VEC(file_change) files;
} diff;

static oc_status load_run(diff *d, int which)
{
    int64_t id;
    oc_slice word = d->x->arguments.at[which];
    oc_store_runs found = {0};
    oc_status status = oc_number_of(word, &id) ? oc_store_get_runs(d->store, d->x->arena, id, &found) : OC_OK;
    if (status != OC_OK) return status;
    if (!found.len || !id) {
        oc_report(&d->x->diags, OC_E0809, (oc_span){0, 0, 0}, OC_ARGS(OC_T(word)));
        return OC_INPUT;
    }
    d->runs[which] = found.at[0];
    return OC_OK;
}

static oc_slice text_of(const oc_store_files *files, oc_slice name)
{
    for (size_t i = 0; i < files->len; i++)
        if (oc_slice_equal(oc_path_name(files->at[i].name), name)) return files->at[i].text;
    return (oc_slice){"", 0};
}

static void compare_file(diff *d, oc_slice name, oc_slice before, oc_slice after)
{
    if (oc_slice_equal(before, after)) return;
    file_change change = {.name = name};
    oc_lines_compare(d->x->arena, before, after, &change.lines);
    if (change.lines.len) *oc_vec_push(d->x->arena, &d->files) = change;
}

/* Files are the same if their names are, wherever the folders lie. */
static void compare_files(diff *d)
{
    const oc_store_files *a = &d->texts[0], *b = &d->texts[1];
    for (size_t i = 0; i < a->len; i++) {
        oc_slice name = oc_path_name(a->at[i].name);
        compare_file(d, name, a->at[i].text, text_of(b, name));
    }
    for (size_t i = 0; i < b->len; i++) {
        oc_slice name = oc_path_name(b->at[i].name);
        if (!text_of(a, name).len) compare_file(d, name, (oc_slice){"", 0}, b->at[i].text);
    }
}

static bool same_model(const diff *d)
{
    return oc_slice_equal(d->runs[0].digest, d->runs[1].digest);
}

/* Texts that make the same program have no reasons to look for. */
static oc_status find_reasons(diff *d)
{
    if (oc_has(d->x, "lines") || same_model(d)) return OC_OK;
    oc_status status = oc_reasons_find(d->x, d->runs, d->texts, &d->reasons);
    if (status == OC_CANCELLED && !d->reasons.result.futures)
        return oc_complain(d->x, status, "cli.interrupted-early", NULL);
    if (status != OC_OK && status != OC_CANCELLED) return status;
    d->reasoned = true;
    oc_status found = d->reasons.count ? oc_reasons_measure(d->x, &d->reasons, &d->measure) : OC_OK;
    return found == OC_OK ? status : found;
}

static oc_slice all_settings(oc_context *x, const oc_store_run *r)
{
    return oc_arena_printf(x->arena, "scenario=%.*s\nas-of=%.*s\nruns=%lld\nseed=%lld\nopcon=%.*s\n%.*s",
                           OC_FMT(r->scenario), OC_FMT(r->as_of), (long long)r->runs, (long long)r->seed,
                           OC_FMT(r->opcon), OC_FMT(r->settings));
}

static void print_lines(oc_text *out, const oc_line_changes *lines)
{
    for (size_t i = 0; i < lines->len && i < SHOWN_LINES; i++) {
        const oc_line_change *line = &lines->at[i];
        oc_text_printf(out, "  %c %4zu  %.*s\n", line->added ? '+' : '-', line->line, OC_FMT(line->text));
    }
    if (lines->len > SHOWN_LINES) oc_text_printf(out, "  … %zu\n", lines->len - SHOWN_LINES);
}

/* Four digits tell enough; what is no number stands as it is. */
static oc_slice figure_text(oc_context *x, oc_slice json)
{
    char *end;
    oc_slice copy = oc_arena_copy(x->arena, json);
    double value = strtod(copy.ptr, &end);
    if (!copy.len) return OC_SLICE("–");
    if (end != copy.ptr + copy.len)
        return copy.len > 1 && copy.ptr[0] == '"' ? oc_slice_sub(copy, 1, copy.len - 1) : copy;
    return oc_arena_printf(x->arena, "%.4g", value);
}

static void print_changes(diff *d, oc_text *out)
{
    oc_context *x = d->x;
    oc_columns table = oc_columns_of(x->arena, "llrr");
    table.indent = 2;
    oc_columns_add(&table, oc_message(x->lang, "diff.what"));
    oc_columns_add(&table, oc_message(x->lang, "diff.measure"));
    for (int i = 0; i < 2; i++) oc_columns_add(&table, oc_arena_printf(x->arena, "#%lld", (long long)d->runs[i].id));
    for (size_t i = 0; i < d->changes.len; i++) {
        const oc_store_change *c = &d->changes.at[i];
        oc_columns_add(&table, oc_arena_printf(x->arena, "%.*s.%.*s", OC_FMT(c->part), OC_FMT(c->name)));
        oc_columns_add(&table, c->measure);
        oc_columns_add(&table, figure_text(x, c->before));
        oc_columns_add(&table, figure_text(x, c->after));
    }
    oc_columns_print(out, &table, x->width, x->colour);
}

static void print_text(diff *d)
{
    oc_context *x = d->x;
    oc_text out = oc_text_in(x->arena);
    bool same_results = oc_slice_equal(d->runs[0].results_digest, d->runs[1].results_digest);
    oc_text_message(&out, x->lang,
                    same_results ? "diff.same-results" : same_model(d) ? "diff.same-model" : "diff.other-model", NULL);
    oc_text_byte(&out, '\n');
    if (d->settings.len) {
        oc_text_printf(&out, "\n%.*s\n", OC_FMT(oc_message(x->lang, "diff.settings")));
        for (size_t i = 0; i < d->settings.len; i++)
            oc_text_printf(&out, "  %c %.*s\n", d->settings.at[i].added ? '+' : '-', OC_FMT(d->settings.at[i].text));
    }
    if (d->changes.len) {
        oc_text_printf(&out, "\n%.*s\n", OC_FMT(oc_message(x->lang, "diff.results")));
        print_changes(d, &out);
    }
    oc_diff_runs both = {d->runs, &d->changes};
    if (d->reasoned) oc_reasons_text(x, &out, &d->reasons, &both, d->measure);
    for (size_t i = 0; i < d->files.len; i++) {
        oc_text_printf(&out, "\n%.*s\n", OC_FMT(d->files.at[i].name));
        print_lines(&out, &d->files.at[i].lines);
    }
    oc_print(x, oc_text_slice(&out));
}

static void json_lines(oc_json *json, const char *key, const oc_line_changes *lines)
{
    oc_json_list(json, key);
    for (size_t i = 0; i < lines->len; i++) {
        oc_json_row_object(json, NULL);
        oc_json_text(json, "change", lines->at[i].added ? OC_SLICE("added") : OC_SLICE("removed"));
        oc_json_integer(json, "line", (int64_t)lines->at[i].line);
        oc_json_text(json, "text", lines->at[i].text);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void print_json(diff *d)
{
    oc_json json = oc_json_in(d->x->arena);
    oc_json_object(&json, NULL);
    oc_json_row(&json, "runs");
    for (int i = 0; i < 2; i++) oc_json_integer(&json, NULL, d->runs[i].id);
    oc_json_end(&json);
    oc_json_bool(&json, "same_model", same_model(d));
    oc_json_bool(&json, "same_results", oc_slice_equal(d->runs[0].results_digest, d->runs[1].results_digest));
    json_lines(&json, "settings", &d->settings);
    oc_json_list(&json, "results");
    for (size_t i = 0; i < d->changes.len; i++) {
        const oc_store_change *c = &d->changes.at[i];
        oc_json_row_object(&json, NULL);
        oc_json_text(&json, "part", c->part);
        oc_json_text(&json, "name", c->name);
        oc_json_text(&json, "measure", c->measure);
        oc_json_text(&json, "before", c->before);
        oc_json_text(&json, "after", c->after);
        oc_json_end(&json);
    }
    oc_json_end(&json);
    oc_diff_runs both = {d->runs, &d->changes};
    if (d->reasoned) oc_reasons_json(d->x, &json, &d->reasons, &both);
    oc_json_list(&json, "files");
    for (size_t i = 0; i < d->files.len; i++) {
        oc_json_object(&json, NULL);
        oc_json_text(&json, "name", d->files.at[i].name);
        json_lines(&json, "lines", &d->files.at[i].lines);
        oc_json_end(&json);
    }
    oc_json_end(&json);
    oc_json_end(&json);
    oc_print(d->x, oc_json_done(&json));
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json"};
    size_t format;
    diff d = {.x = x};
    oc_status status = oc_get_word(x, "format", formats, 2, 0, &format);
    if (status == OC_OK && x->arguments.len != 2) status = oc_complain(x, OC_USAGE, "diff.two-runs", NULL);
    if (status == OC_OK) status = oc_workspace_open(x, OC_STORE_READ, &d.store);
    if (status != OC_OK) return status;
    for (int i = 0; i < 2 && status == OC_OK; i++) status = load_run(&d, i);
    if (status == OC_OK) status = oc_store_compare_runs(d.store, x->arena, d.runs[0].id, d.runs[1].id, &d.changes);
    for (int i = 0; i < 2 && status == OC_OK; i++)
        status = oc_store_get_files(d.store, x->arena, d.runs[i].id, &d.texts[i]);
    if (status == OC_OK) {
        compare_files(&d);
        oc_lines_compare(x->arena, all_settings(x, &d.runs[0]), all_settings(x, &d.runs[1]), &d.settings);
        status = find_reasons(&d);
    }
    if (status == OC_OK || (status == OC_CANCELLED && d.reasoned)) {
        if (format) print_json(&d);
        else print_text(&d);
    }
    if (status == OC_CANCELLED && d.reasoned)
        oc_complain(x, status, "cli.interrupted", OC_ARGS(OC_I(d.reasons.result.futures), OC_I(d.reasons.runs)));
    return oc_workspace_close(x, d.store, status);
}

static const oc_option options[] = {
    {"question", "NAME", false},    {"runs", "N", false}, {"threads", "T", false}, {"lines", NULL, false},
    {"format", "text|json", false}, OC_OPTION_WORKSPACE,  {NULL, NULL, false}};

const oc_command oc_cmd_diff = {"diff", "RUN RUN [--format text|json]", options, run, 2};
