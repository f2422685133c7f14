/* Memory of engines and tallies, the schedule, and the order of passes (engine.h).
 *
 * A batch is run as: first section, rows in order, last section. With a `given` column that happens twice, first
 * quietly; the lanes whose mask is then set are the ones that count in the second pass. Draws are addressed, so both
 * passes see the same futures. */
#include "engine/engine.h"

#include "engine/state.h"

static const void *part(const oc_program *program, uint32_t at)
{
    return (const unsigned char *)program + at;
}

static size_t aligned(size_t size)
{
    return (size + 63) & ~(size_t)63;
}

enum { COLUMN_BYTES = OC_LANES * sizeof(oc_cell), INNER_COLUMNS = 3, INNER_MASKS = 3 };

size_t oc_engine_size(const oc_program *program)
{
    return aligned(sizeof(oc_engine)) + (program->columns + (size_t)INNER_COLUMNS) * COLUMN_BYTES +
           INNER_MASKS * (size_t)OC_LANES + OC_LANES * sizeof(float) + sizeof *((oc_engine *)NULL)->normal_rows +
           aligned(program->columns * sizeof(bool));
}

/* Columns that are written, and as truths only. */
static void find_truths(oc_engine *engine)
{
    const uint32_t count = engine->program->instruction_count;
    for (int numbers = 0; numbers < 2; numbers++) {
        for (uint32_t i = 0; i < count; i++) {
            const oc_instruction *x = &engine->instructions[i];
            const char kind = oc_opcode_operands((oc_opcode)x->op)[0];
            const bool is_truth = kind == 'M' || kind == 'm';
            if (kind != '-' && is_truth != numbers) engine->truths[x->dst] = is_truth;
        }
    }
}

oc_engine *oc_engine_open(void *memory, const oc_program *program, oc_isa isa)
{
    if (isa == OC_ISA_AUTO) isa = oc_isa_best();
    if (!oc_isa_available(isa)) return NULL;
    oc_engine *engine = memory;
    unsigned char *next = (unsigned char *)memory + aligned(sizeof *engine);
    engine->program = program;
    engine->constants = part(program, program->constants_at);
    engine->sites = part(program, program->sites_at);
    engine->sections = part(program, program->sections_at);
    engine->instructions = part(program, program->instructions_at);
    engine->rows = part(program, program->rows_at);
    engine->row_scalars = part(program, program->row_scalars_at);
    engine->days = part(program, program->days_at);
    engine->slots = part(program, program->slots_at);
    engine->spans = part(program, program->spans_at);
    engine->columns = (oc_cell *)(void *)next;
    next += program->columns * (size_t)COLUMN_BYTES;
    for (size_t i = 0; i < INNER_COLUMNS; i++) {
        engine->wide[i] = (oc_cell *)(void *)next;
        next += COLUMN_BYTES;
    }
    oc_truth **inner[INNER_MASKS] = {&engine->all, &engine->live, &engine->counted};
    for (size_t i = 0; i < INNER_MASKS; i++) {
        *inner[i] = next;
        next += OC_LANES;
    }
    engine->normals = (float *)(void *)next;
    next += OC_LANES * sizeof(float);
    engine->normal_rows = (void *)next;
    next += sizeof *engine->normal_rows;
    engine->truths = (bool *)(void *)next;
    find_truths(engine);
    for (size_t i = 0; i < OC_LANES; i++) engine->all[i] = UINT8_MAX;
    engine->everywhere = (oc_where){.count = 1, .runs = {{0, OC_LANES}}};
#ifdef OC_ENGINE_X86
    engine->interpret = isa == OC_ISA_V4 ? oc_interpret_v4 : isa == OC_ISA_V3 ? oc_interpret_v3 : oc_interpret_base;
#else
    engine->interpret = oc_interpret_base;
#endif
    return engine;
}

void oc_engine_profile(oc_engine *engine, uint64_t (*clock)(void), uint64_t *ticks)
{
    engine->clock = clock;
    engine->ticks = ticks;
}

const oc_cell *oc_engine_column(const oc_engine *engine, uint32_t column)
{
    return engine->columns + (size_t)column * OC_LANES;
}

const oc_truth *oc_engine_truths(const oc_engine *engine, uint32_t column)
{
    return (const oc_truth *)(const void *)oc_engine_column(engine, column);
}

oc_truth *oc_engine_truths_to_set(oc_engine *engine, uint32_t column)
{
    return (oc_truth *)(void *)oc_engine_column_to_set(engine, column);
}

void oc_engine_lane(const oc_engine *engine, size_t lane, oc_cell *ret)
{
    for (uint32_t i = 0; i < engine->program->columns; i++) {
        if (engine->truths[i]) ret[i].u = oc_engine_truths(engine, i)[lane] ? UINT64_MAX : 0;
        else ret[i] = oc_engine_column(engine, i)[lane];
    }
}

oc_cell *oc_engine_column_to_set(oc_engine *engine, uint32_t column)
{
    return engine->columns + (size_t)column * OC_LANES;
}

const oc_failure *oc_engine_failure(const oc_engine *engine)
{
    return &engine->failure;
}

/* Up to the first section. */
static void prepare(oc_engine *engine, const oc_batch *batch, oc_mode mode)
{
    engine->batch = *batch;
    engine->mode = mode;
    engine->next_row = 0;
    engine->failure = (oc_failure){.lane = OC_LANES};
    for (size_t i = 0; i < OC_LANES; i++) engine->live[i] = i < batch->live ? UINT8_MAX : 0;
    engine->row = OC_ROW_INIT;
    engine->day = OC_NO_DATE;
    engine->scalars = NULL;
    const oc_instruction *first = engine->instructions + engine->sections[0].first;
    engine->ahead.used = engine->ahead.count = 0;
    engine->ahead.place = (oc_place){.next = first, .end = first + engine->sections[0].count, .day = OC_NO_DATE};
}

static void start(oc_engine *engine, const oc_batch *batch, oc_mode mode)
{
    prepare(engine, batch, mode);
    engine->interpret(engine, engine->sections[0].first, engine->sections[0].count);
}

static bool enter_next_row(oc_engine *engine)
{
    const oc_program *program = engine->program;
    while (engine->next_row < program->row_count) {
        const oc_row *row = &engine->rows[engine->next_row++];
        if ((row->flags & OC_ROW_SAMPLED) && !engine->batch.sampled) continue;
        engine->row = engine->next_row - 1;
        engine->day = row->day + row->shift;
        engine->scalars = engine->row_scalars + row->scalars;
        return true;
    }
    engine->row = OC_ROW_END;
    engine->day = OC_NO_DATE;
    engine->scalars = NULL;
    return false;
}

static const oc_section *current_section(const oc_engine *engine)
{
    return &engine->sections[engine->row == OC_ROW_END ? engine->program->section_count - 1
                                                       : engine->rows[engine->row].section];
}

uint32_t oc_engine_step(oc_engine *engine)
{
    enter_next_row(engine);
    const oc_section *section = current_section(engine);
    engine->interpret(engine, section->first, section->count);
    return engine->row;
}

void oc_engine_begin(oc_engine *engine, const oc_batch *batch)
{
    start(engine, batch, OC_MODE_QUIET);
}

static bool pass(oc_engine *engine, const oc_batch *batch, oc_mode mode)
{
    start(engine, batch, mode);
    while (oc_engine_step(engine) != OC_ROW_END) continue;
    return engine->failure.lane == OC_LANES;
}

/* Sets the lanes that count; with `given` that takes a quiet pass of its own. */
static bool choose_counted(oc_engine *engine, const oc_batch *batch)
{
    for (size_t i = 0; i < OC_LANES; i++) engine->counted[i] = i < batch->live ? UINT8_MAX : 0;
    if (engine->program->given == OC_NONE) return true;
    if (!pass(engine, batch, OC_MODE_QUIET)) return false;
    const oc_truth *given = oc_engine_truths(engine, engine->program->given);
    for (size_t i = 0; i < OC_LANES; i++) engine->counted[i] &= given[i];
    return true;
}

bool oc_engine_run(oc_engine *engine, const oc_batch *batch, const oc_sketch *sketch, oc_tally *tally,
                   oc_failure *ret_failure)
{
    engine->sketch = sketch;
    engine->tally = tally;
    bool good = choose_counted(engine, batch) && pass(engine, batch, OC_MODE_TALLY);
    *ret_failure = engine->failure;
    tally->futures += batch->live;
    for (size_t i = 0; i < OC_LANES; i++) tally->counted += engine->counted[i] & 1;
    return good;
}

bool oc_engine_pilot(oc_engine *engine, const oc_batch *batch, oc_sketch *sketch, oc_failure *ret_failure)
{
    engine->pilot = sketch;
    bool good = choose_counted(engine, batch) && pass(engine, batch, OC_MODE_PILOT);
    *ret_failure = engine->failure;
    return good;
}

bool oc_engine_follow(oc_engine *engine, const oc_batch *batch, oc_failure *ret_failure)
{
    bool good = pass(engine, batch, OC_MODE_QUIET);
    *ret_failure = engine->failure;
    return good;
}

void oc_engine_replay_failure(oc_engine *engine, const oc_batch *batch, const oc_failure *failure)
{
    if (failure->row == OC_ROW_INIT) {
        prepare(engine, batch, OC_MODE_QUIET);
        const oc_section *section = &engine->sections[0];
        engine->interpret(engine, section->first, failure->instruction - section->first);
        return;
    }
    start(engine, batch, OC_MODE_QUIET);
    for (;;) {
        enter_next_row(engine);
        const oc_section *section = current_section(engine);
        bool here = engine->row == failure->row;
        engine->interpret(engine, section->first, here ? failure->instruction - section->first : section->count);
        if (here || engine->row == OC_ROW_END) return;
    }
}
