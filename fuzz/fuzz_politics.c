/* Tables of any bytes: the readers must answer with diagnostics inside the file, and what they accept must be solved by
 * every model and printed, without a crash, a hang or more memory than the limit. The first byte chooses the model. */
#include <stdint.h>
#include <stdlib.h>

#include "diag/render.h"
#include "politics/print.h"
#include "politics/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct job {
    oc_arena *arena;
    oc_slice text;
    unsigned choice;
} job;

static void print_all(job *it, const oc_bargain_result *result)
{
    oc_text out = oc_text_in(it->arena);
    oc_bargain_style style = {.lang = (oc_lang)(it->choice % OC_LANG_COUNT), .rounds = true};
    oc_json json = oc_json_in(it->arena);
    oc_bargain_print_text(&out, result, &style);
    oc_bargain_print_csv(&out, result);
    oc_bargain_print_json(&json, result);
    oc_json_done(&json);
}

static void check_diags(oc_arena *arena, oc_diags *diags, size_t length)
{
    for (size_t k = 0; k < diags->items.len; k++) {
        oc_span span = diags->items.at[k]->span;
        if (span.file && (span.start > span.end || span.end > length)) abort();
    }
    oc_text out = oc_text_in(arena);
    oc_diag_style style = {.format = OC_DIAG_TEXT, .lang = OC_LANG_KO};
    oc_diags_sort(diags);
    oc_render_diags(&out, diags, &style);
}

static void body(void *context)
{
    job *it = context;
    oc_sources sources = {.arena = it->arena};
    oc_diags diags = {.arena = it->arena, .sources = &sources};
    oc_bargain_read_options read = {0};
    oc_bargain_table table;
    uint32_t file = oc_source_add(&sources, OC_SLICE("table"), it->text);
    oc_status status = oc_bargain_read(it->arena, &diags, file, &read, &table);
    if (status == OC_OK && diags.errors) abort();
    if (status == OC_OK && table.actor_count <= 12 && table.issue_count <= 4) {
        oc_bargain_options options = oc_bargain_default((oc_bargain_model)(it->choice % OC_MODEL_COUNT), &table);
        oc_bargain_result result;
        options.runs = 3;
        options.details = true;
        options.rounds = options.model == OC_MODEL_SMP ? 4 : options.rounds;
        options.ratify = it->choice / OC_MODEL_COUNT % 2;
        if (oc_bargain_run(it->arena, &diags, &table, &options, NULL, &result) == OC_OK) print_all(it, &result);
    }
    check_diags(it->arena, &diags, it->text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    oc_arena arena;
    if (size < 1) return 0;
    oc_arena_init(&arena, NULL, (size_t)64 << 20);
    job it = {&arena, {(const char *)data + 1, size - 1}, data[0]};
    oc_arena_try(&arena, body, &it);
    oc_arena_free(&arena);
    return 0;
}
