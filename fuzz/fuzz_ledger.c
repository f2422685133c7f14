/* Any bytes as a scenario with a ledger: reading, checking and asking must end without a fault, and every message must
 * point inside the text. */
#include <stdint.h>
#include <stdlib.h>

#include "authority/chain.h"
#include "diag/render.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct job {
    oc_arena *arena;
    oc_slice text;
} job;

static double half(void *context, uint32_t stage, oc_day day)
{
    (void)context;
    (void)stage;
    (void)day;
    return 0.5;
}

static void ask(oc_arena *arena, const oc_ledger *ledger)
{
    oc_ledger_forecast forecast = {half, NULL};
    oc_ledger_question question = oc_ledger_any;
    question.as_of = oc_day_from_civil(2026, 6, 25);
    question.forecast = &forecast;
    for (int year = 1950; year <= 2040; year += 30) {
        question.on = oc_day_from_civil(year, 7, 20);
        oc_ledger_ask(arena, ledger, &question);
        question.state = 0;
        if (ledger->states.len) oc_ledger_chains(arena, ledger, &question);
        question.state = OC_LEDGER_NONE;
    }
    oc_ledger_timeline(arena, ledger, OC_DAY_MIN, OC_DAY_MAX, question.as_of, NULL);
    oc_ledger_actors_named(arena, ledger, OC_SLICE("Lee Jae-myung"));
}

static void run(void *context)
{
    const job *j = context;
    oc_sources sources = {.arena = j->arena};
    oc_diags diags = {.arena = j->arena, .sources = &sources};
    uint32_t file = oc_source_add(&sources, OC_SLICE("fuzz.yaml"), j->text);
    oc_node *root = oc_yaml_read(j->arena, &diags, file);
    if (root) {
        static const oc_ledger_stage stages[] = {
            {{"transfer", 8}, {{{"", 0}, {"", 0}, {"", 0}}}, OC_DAY_NONE, {0, 0, 0}},
            {{"foc", 3}, {{{"", 0}, {"", 0}, {"", 0}}}, 19236, {0, 0, 0}},
        };
        oc_ledger_context where = {root, stages, 2, NULL, 0};
        oc_ledger *ledger = oc_ledger_read(j->arena, &diags, &where);
        if (oc_diags_status(&diags) == OC_OK) ask(j->arena, ledger);
    }
    for (size_t i = 0; i < diags.items.len; i++) {
        oc_span span = diags.items.at[i]->span;
        if (span.file == file && (span.end < span.start || span.end > j->text.len)) abort();
    }
    oc_text out = oc_text_in(j->arena);
    oc_diag_style style = {.format = OC_DIAG_TEXT, .lang = OC_LANG_KO, .width = 80};
    oc_render_diags(&out, &diags, &style);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 256 << 20);
    job j = {&arena, {(const char *)data, size}};
    oc_arena_try(&arena, run, &j);
    oc_arena_free(&arena);
    return 0;
}
