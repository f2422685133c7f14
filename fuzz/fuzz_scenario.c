/* Any bytes as a scenario: refused with a message, or compiled and, when that is little work, run for one batch. */
#include "input.h"

#include "analysis/forecast.h"
#include "model/compile.h"

static uint64_t work_of(const oc_program *program)
{
    const oc_section *sections = (const oc_section *)(const void *)((const char *)program + program->sections_at);
    const oc_row *rows = (const oc_row *)(const void *)((const char *)program + program->rows_at);
    uint64_t work = sections[0].count + (uint64_t)sections[program->section_count - 1].count;
    for (uint32_t i = 0; i < program->row_count; i++) work += sections[rows[i].section].count;
    return work;
}

static void forecast(oc_diags *diags, void *context)
{
    (void)context;
    oc_model *model = oc_model_load(diags->arena, diags, OC_SLICE("scenario.yaml"), NULL);
    fuzz_check(model || diags->errors);
    if (!model || diags->errors) return;
    oc_compiled *compiled = oc_compile(diags->arena, model, NULL);
    fuzz_check(compiled || diags->errors);
    if (!compiled || work_of(compiled->program) > 20000 || compiled->program->counts > 100000) return;
    oc_run_options options = {.runs = 16, .seed = 1, .threads = 1};
    oc_result result;
    oc_status status = oc_run(compiled->program, &options, diags->arena, &result);
    if (status == OC_INPUT)
        oc_forecast_report_failure(compiled, &result.failure);
    else
        fuzz_check(status == OC_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input_run((oc_slice){(const char *)data, size}, forecast, NULL);
    return 0;
}
