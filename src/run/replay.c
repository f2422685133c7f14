/* One trajectory, row by row (run.h). The whole batch is run, as draws come for sixteen lanes at once anyway. */
#include "run/crew.h"
#include "run/run.h"

oc_status oc_run_replay(const oc_program *program, uint64_t seed, uint64_t trajectory, bool sampled, oc_arena *arena,
                        bool (*look)(void *context, uint32_t row, const oc_cell *cells), void *context)
{
    if (trajectory >= OC_MAX_RUNS) return OC_USAGE;
    oc_engine *engine = oc_engine_new(arena, program, OC_ISA_AUTO);
    oc_cell *cells = OC_NEW_ARRAY(arena, program->columns + (size_t)1, oc_cell);
    oc_batch batch = {.seed = seed, .index = (uint32_t)(trajectory / OC_LANES), .live = OC_LANES, .sampled = sampled};
    size_t lane = trajectory % OC_LANES;
    oc_engine_set_arithmetic();
    oc_engine_begin(engine, &batch);
    for (uint32_t row = OC_ROW_INIT;; row = oc_engine_step(engine)) {
        oc_engine_lane(engine, lane, cells);
        if (!look(context, row, cells) || row == OC_ROW_END) return OC_OK;
    }
}
