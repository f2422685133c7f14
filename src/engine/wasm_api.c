/* The engine as a WebAssembly module: no imports, one memory, numbers in and out.
 *
 *     at = opcon_input(bytes.length)          room for the program; copy it to memory at `at` (take views anew: memory
 *                                             may have grown). Constants may be changed there before opening
 *     opcon_open(seed low, seed high, runs)   0, or what is wrong: an oc_program_fault, or 100 if memory runs out
 *     opcon_pilot()                           places the bins of value slots
 *     opcon_run(first, last)                  runs chunks first .. last - 1 (16,384 trajectories each), in order;
 *                                             0, or 1 if a check failed: opcon_failure(0) the check, (1) the
 *                                             trajectory, (2) the row
 *     opcon_counts() opcon_values() opcon_sums() opcon_futures() opcon_counted() opcon_quantile(slot, p)
 *
 * Results are the same bits as those of a native run (run/run.h). One program at a time: opening starts afresh. */
#include "engine/engine.h"
#include "engine/sums.h"

#define EXPORT(name) __attribute__((export_name(#name)))

enum { PAGE = 65536, NO_MEMORY = 100, SAMPLED_BATCHES = 16 };

extern unsigned char __heap_base;

static struct {
    unsigned char *program;
    size_t program_size;
    unsigned char *end; /* of what is used */
    uint64_t seed;
    uint64_t runs;
    oc_engine *engine;
    oc_tally *tally;
    oc_sketch *sketch;
    oc_sums *sums;
    oc_sum *totals;
    oc_failure failure;
    uint32_t failed_batch;
} state;

/* Zeroed memory after what is used, NULL if there is none. */
static void *take(size_t size)
{
    uintptr_t at = ((uintptr_t)state.end + 63) & ~(uintptr_t)63;
    uintptr_t have = (uintptr_t)__builtin_wasm_memory_size(0) * PAGE;
    uintptr_t need = at + size;
    if (need < at) return NULL;
    if (need > have && __builtin_wasm_memory_grow(0, (need - have + PAGE - 1) / PAGE) == (size_t)-1) return NULL;
    state.end = (unsigned char *)need;
    __builtin_memset((void *)at, 0, size);
    return (void *)at;
}

EXPORT(opcon_input) void *opcon_input(uint32_t size)
{
    state.end = &__heap_base;
    state.program = take(size);
    state.program_size = size;
    return state.program;
}

EXPORT(opcon_open) uint32_t opcon_open(uint32_t seed_low, uint32_t seed_high, uint32_t runs)
{
    oc_program_fault fault = oc_program_check(state.program, state.program_size);
    if (fault != OC_PROGRAM_OK) return fault;
    const oc_program *program = (const oc_program *)(const void *)state.program;
    state.end = state.program + state.program_size;
    state.seed = (uint64_t)seed_high << 32 | seed_low;
    state.runs = runs;
    void *engine = take(oc_engine_size(program)), *tally = take(oc_tally_size(program));
    void *sketch = take(oc_sketch_size(program)), *sums = take(oc_sums_size(program->slot_count));
    state.totals = take(program->slot_count * sizeof(oc_sum));
    if (!engine || !tally || !sketch || !sums || !state.totals) return NO_MEMORY;
    state.engine = oc_engine_open(engine, program, OC_ISA_BASE);
    state.tally = oc_tally_open(tally, program);
    state.sketch = oc_sketch_open(sketch, program);
    state.sums = oc_sums_open(sums, program->slot_count);
    return OC_PROGRAM_OK;
}

static bool batch_at(uint32_t index, oc_batch *ret)
{
    uint64_t first = (uint64_t)index * OC_LANES;
    if (first >= state.runs) return false;
    uint64_t left = state.runs - first;
    *ret = (oc_batch){.seed = state.seed, .index = index, .live = left < OC_LANES ? (uint32_t)left : OC_LANES,
                        .sampled = index < SAMPLED_BATCHES};
    return true;
}

EXPORT(opcon_pilot) void opcon_pilot(void)
{
    oc_batch batch;
    oc_failure ignored;
    if (state.tally->program->slot_count == 0) return;
    for (uint32_t i = 0; i < OC_PILOT_BATCHES && batch_at(i, &batch); i++)
        oc_engine_pilot(state.engine, &batch, state.sketch, &ignored);
    oc_sketch_finish(state.sketch);
}

EXPORT(opcon_run) uint32_t opcon_run(uint32_t first, uint32_t last)
{
    oc_batch batch;
    for (uint32_t chunk = first; chunk < last; chunk++) {
        oc_tally_clear_sums(state.tally);
        for (uint32_t i = 0; i < OC_CHUNK_BATCHES && batch_at(chunk * OC_CHUNK_BATCHES + i, &batch); i++) {
            if (oc_engine_run(state.engine, &batch, state.sketch, state.tally, &state.failure)) continue;
            state.failed_batch = batch.index;
            return 1;
        }
        oc_sums_append(state.sums, chunk, state.tally->sums);
    }
    oc_sums_total(state.sums, state.totals);
    return 0;
}

EXPORT(opcon_failure) double opcon_failure(uint32_t what)
{
    switch (what) {
    case 0: return state.failure.check;
    case 1: return (double)state.failed_batch * OC_LANES + state.failure.lane;
    default: return state.failure.row;
    }
}

EXPORT(opcon_counts) const uint64_t *opcon_counts(void) { return state.tally->counts; }
EXPORT(opcon_values) const oc_value *opcon_values(void) { return state.tally->values; }
EXPORT(opcon_sums) const oc_sum *opcon_sums(void) { return state.totals; }
EXPORT(opcon_futures) double opcon_futures(void) { return (double)state.tally->futures; }
EXPORT(opcon_counted) double opcon_counted(void) { return (double)state.tally->counted; }
EXPORT(opcon_quantile) double opcon_quantile(uint32_t slot, double p)
{
    return slot < state.tally->program->slot_count ? oc_tally_quantile(state.tally, slot, p) : OC_NAN;
}
