/* See profile.h. */
#include "run/profile.h"

#include <stdlib.h>

#include "run/crew.h"

static const void *part(const oc_program *program, uint32_t at)
{
    return (const unsigned char *)program + at;
}

enum { CLOCK_READINGS = 1000 };

/* The least that two readings in a row differ by, averaged over stretches so that coarse clocks count too. */
static double cost_of_clock(uint64_t (*clock)(void))
{
    double least = 1e9;
    for (int round = 0; round < 8; round++) {
        uint64_t begin = clock(), last = begin;
        for (int i = 0; i < CLOCK_READINGS; i++) last = clock();
        double each = (double)(last - begin) / CLOCK_READINGS;
        if (each < least) least = each;
    }
    return least;
}

static void count_times(const oc_program *program, uint64_t *times)
{
    const oc_section *sections = part(program, program->sections_at);
    const oc_row *rows = part(program, program->rows_at);
    for (uint32_t s = 0; s < program->section_count; s++) {
        uint64_t uses = s == 0 || s + 1 == program->section_count;
        for (uint32_t r = 0; r < program->row_count; r++)
            uses += rows[r].section == s && !(rows[r].flags & OC_ROW_SAMPLED);
        for (uint32_t i = 0; i < sections[s].count; i++) times[sections[s].first + i] = uses;
    }
}

static int ascending(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static double median(uint64_t *values, size_t count)
{
    qsort(values, count, sizeof *values, ascending);
    size_t middle = count / 2;
    return count ? (double)values[middle] : 0;
}

oc_status oc_run_profile(const oc_program *program, uint64_t seed, uint32_t batches, oc_isa isa,
                         uint64_t (*clock)(void), oc_arena *arena, oc_profile *ret)
{
    oc_engine *engine = oc_engine_new(arena, program, isa);
    if (!engine) return OC_USAGE;
    oc_tally *tally = oc_tally_open(oc_arena_aligned(arena, oc_tally_size(program)), program);
    oc_sketch *sketch = oc_sketch_open(oc_arena_aligned(arena, oc_sketch_size(program)), program);
    oc_failure failure;
    *ret = (oc_profile){.batches = batches, .isa = isa == OC_ISA_AUTO ? oc_isa_best() : isa};
    ret->ticks = OC_NEW_ARRAY(arena, program->instruction_count + (size_t)1, uint64_t);
    ret->times = OC_NEW_ARRAY(arena, program->instruction_count + (size_t)1, uint64_t);
    count_times(program, ret->times);
    oc_engine_set_arithmetic();
    oc_engine_pilot(engine, &(oc_batch){.seed = seed, .live = OC_LANES}, sketch, &failure);
    oc_sketch_finish(sketch);
    /* Of each instruction the median batch: what else the machine did in between is not the program's. */
    uint64_t *ticks = OC_NEW_ARRAY(arena, (size_t)program->instruction_count * batches + 1, uint64_t);
    for (uint32_t i = 0; i < batches; i++) {
        oc_engine_profile(engine, clock, ticks + (size_t)i * program->instruction_count);
        oc_engine_run(engine, &(oc_batch){.seed = seed, .index = i, .live = OC_LANES}, sketch, tally, &failure);
    }
    double cost = cost_of_clock(clock);
    uint64_t *sorted = OC_NEW_ARRAY(arena, batches + (size_t)1, uint64_t);
    for (uint32_t i = 0; i < program->instruction_count; i++) {
        for (uint32_t k = 0; k < batches; k++) sorted[k] = ticks[(size_t)k * program->instruction_count + i];
        double own = cost * (double)ret->times[i], middle = median(sorted, batches);
        ret->ticks[i] = middle > own ? (uint64_t)((middle - own) * batches) : 0;
        ret->total += ret->ticks[i];
    }
    return OC_OK;
}
