/* Any bytes as a program: refused, or run for one batch without touching foreign memory. Programs with much work are
 * only checked, so that the fuzzer stays fast. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void *zeroed(size_t size)
{
    size = (size + 63) / 64 * 64 + 64;
    void *memory = aligned_alloc(64, size);
    if (!memory) abort();
    return memset(memory, 0, size);
}

static uint64_t work_of(const oc_program *program)
{
    const oc_section *sections = (const oc_section *)(const void *)((const char *)program + program->sections_at);
    const oc_row *rows = (const oc_row *)(const void *)((const char *)program + program->rows_at);
    uint64_t work = sections[0].count + (uint64_t)sections[program->section_count - 1].count;
    for (uint32_t i = 0; i < program->row_count; i++) work += sections[rows[i].section].count;
    return work;
}

static void run(const oc_program *program)
{
    void *memory = zeroed(oc_engine_size(program)), *results = zeroed(oc_tally_size(program));
    void *edges = zeroed(oc_sketch_size(program));
    oc_engine *engine = oc_engine_open(memory, program, OC_ISA_BASE);
    oc_tally *tally = oc_tally_open(results, program);
    oc_sketch *sketch = oc_sketch_open(edges, program);
    oc_batch batch = {.seed = 1, .live = 1000, .sampled = true};
    oc_failure failure;
    oc_engine_pilot(engine, &batch, sketch, &failure);
    oc_sketch_finish(sketch);
    if (!oc_engine_run(engine, &batch, sketch, tally, &failure)) oc_engine_replay_failure(engine, &batch, &failure);
    for (uint32_t slot = 0; slot < program->slot_count; slot++) oc_tally_quantile(tally, slot, 0.5);
    free(memory);
    free(results);
    free(edges);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    void *bytes = zeroed(size);
    memcpy(bytes, data, size);
    if (oc_program_check(bytes, size) == OC_PROGRAM_OK) {
        const oc_program *program = bytes;
        bool small = work_of(program) < 500 && program->counts < 50000 && program->columns < 200;
        if (small && program->slot_count < 64) run(program);
    }
    free(bytes);
    return 0;
}
