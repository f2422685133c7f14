/* Any bytes as an expression: as it stands it is read and printed, and what is printed reads back to the same text; put
 * into a small scenario as a question and as an input it is checked and compiled. */
#include "input.h"
#include "model/compile.h"

static const char base[] =
    "scenario: s\nas_of: 2026-01-01\nhorizon: 2028-12-31\ntick: quarter\n"
    "sets: {p: {rows: [n, m]}}\n"
    "calendar: {v: {every: year, date: 03-01, past: {2025: held}}}\n"
    "inputs: {x: 1, d: 6mo, y: 3 to 5}\n"
    "variables: {c: {values: [l, r], now: l}, b: {now: 2, noise: 0.1}, t: {now: 2027-01-01}}\n"
    "shocks: {k: {rate: 0.1/yr, lasts: 3mo}}\n"
    "define: {f[p]: 2}\n"
    "stages: {s: {takes: d}, h[p]: {takes: 3mo}}\n"
    "questions: {q: 1}\n";

static void print(oc_text *text, oc_diags *diags, oc_slice written, oc_expr **ret)
{
    oc_node node = {.kind = OC_NODE_SCALAR, .text = written, .quoted = true, .span = {1, 0, (uint32_t)written.len}};
    *ret = oc_expr_parse(diags->arena, diags, &node);
    oc_text_expr(text, *ret);
}

static void round_trip(oc_diags *diags, void *context)
{
    oc_slice written = *(oc_slice *)context;
    oc_source_add(diags->sources, OC_SLICE("expression"), written);
    oc_text first = oc_text_in(diags->arena), second = oc_text_in(diags->arena);
    oc_expr *tree, *again;
    print(&first, diags, written, &tree);
    if (tree->kind == OC_EXPR_POISON) {
        fuzz_check(diags->errors > 0);
        return;
    }
    oc_sources sources = {.arena = diags->arena};
    oc_diags none = {.arena = diags->arena, .sources = &sources};
    oc_source_add(&sources, OC_SLICE("again"), oc_text_slice(&first));
    print(&second, &none, oc_text_slice(&first), &again);
    /* Printing may write more than was there: rounded numbers, brackets over the limit of depth. */
    if (!none.errors) fuzz_check(oc_slice_equal(oc_text_slice(&first), oc_text_slice(&second)));
}

static void compile(oc_diags *diags, void *context)
{
    const char *const places[] = {"q=", "x="};
    oc_slice written = *(oc_slice *)context;
    for (size_t i = 0; i < 2; i++) {
        oc_override change;
        oc_slice option = oc_arena_printf(diags->arena, "%s%.*s", places[i], OC_FMT(written));
        if (!oc_override_parse(diags->arena, diags, OC_SLICE("--set"), option, &change)) continue;
        oc_model_options options = {.as_of = OC_DAY_NONE, .sets = &change, .set_count = 1};
        oc_model *model = oc_model_load(diags->arena, diags, OC_SLICE("scenario.yaml"), &options);
        if (model && !diags->errors) oc_compile(diags->arena, model, NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    oc_slice written = {(const char *)data, size};
    if (size > OC_EXPR_MAX_BYTES + 10 || memchr(data ? (const char *)data : "", 0, size)) return 0;
    fuzz_input_run(written, round_trip, &written);
    fuzz_input_run(oc_slice_of(base), compile, &written);
    return 0;
}
