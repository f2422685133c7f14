/* The flagship: loading and compiling, trajectories a second on one thread for each instruction set, and where the time
 * goes, instruction by instruction: bench_flagship [SCENARIO [RUNS [bare]]]; bare: without blockers and samples. The profile's
 * nanoseconds contain a few of reading the clock. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model/compile.h"
#include "run/run.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Of the profile: the thread's own clock would take longer than most instructions. */
static uint64_t ticks_now(void)
{
#if defined(__x86_64__)
    return __builtin_ia32_rdtsc();
#else
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
#endif
}

/* Nanoseconds of a tick, from what the whole profile took. */
static double tick_seconds(double seconds, uint64_t ticks)
{
    return seconds / (double)ticks;
}

typedef struct job {
    oc_arena *arena;
    const char *path;
    const oc_compiled *compiled;
    bool bare;
    double load_seconds, compile_seconds;
} job;

static void load(void *context)
{
    job *it = context;
    double begin = now();
    oc_sources *sources = OC_NEW(it->arena, oc_sources);
    oc_diags *diags = OC_NEW(it->arena, oc_diags);
    sources->arena = diags->arena = it->arena;
    diags->sources = sources;
    oc_model_options options = {.as_of = OC_DAY_NONE};
    oc_model *model = oc_model_load(it->arena, diags, oc_slice_of(it->path), &options);
    it->load_seconds = now() - begin;
    begin = now();
    oc_compile_options compile_options = {.blockers_by = OC_DAY_NONE, .no_samples = it->bare, .no_blockers = it->bare};
    it->compiled = model ? oc_compile(it->arena, model, &compile_options) : NULL;
    it->compile_seconds = now() - begin;
}

static void print_rates(const oc_program *program, uint64_t runs)
{
    for (oc_isa isa = OC_ISA_BASE; isa < OC_ISA_COUNT; isa++) {
        if (!oc_isa_available(isa)) continue;
        oc_run_options options = {.runs = runs, .seed = 7, .isa = isa};
        oc_arena arena;
        oc_result result;
        oc_arena_init(&arena, NULL, 0);
        double begin = now();
        if (oc_run(program, &options, &arena, &result) != OC_OK) exit(1);
        printf("  %-5s %10.0f trajectories/s, digest %016llx\n", oc_isa_name(isa), (double)runs / (now() - begin),
               (unsigned long long)result.digest);
        oc_arena_free(&arena);
    }
}

static void *zeroed(size_t size)
{
    size = (size + 63) / 64 * 64;
    return memset(aligned_alloc(64, size), 0, size);
}

typedef struct share {
    uint64_t ticks, executions;
    int op;
} share;

static int by_ticks(const void *a, const void *b)
{
    const share *x = a, *y = b;
    return (x->ticks < y->ticks) - (x->ticks > y->ticks);
}

static void print_profile(const oc_program *program, oc_isa isa, bool sampled, uint32_t batches)
{
    const char *base = (const char *)program;
    const oc_section *sections = (const oc_section *)(const void *)(base + program->sections_at);
    const oc_instruction *code = (const oc_instruction *)(const void *)(base + program->instructions_at);
    const oc_row *rows = (const oc_row *)(const void *)(base + program->rows_at);
    oc_engine *engine = oc_engine_open(zeroed(oc_engine_size(program)), program, isa);
    oc_tally *tally = oc_tally_open(zeroed(oc_tally_size(program)), program);
    oc_sketch *sketch = oc_sketch_open(zeroed(oc_sketch_size(program)), program);
    uint64_t *ticks = calloc(program->instruction_count, sizeof *ticks), total = 0, draws = 0;
    oc_failure failure;
    oc_engine_pilot(engine, &(oc_batch){.seed = 7, .live = OC_LANES, .sampled = sampled}, sketch, &failure);
    oc_sketch_finish(sketch);
    oc_engine_profile(engine, ticks_now, ticks);
    double begin = now();
    uint64_t first = ticks_now();
    for (uint32_t i = 0; i < batches; i++)
        oc_engine_run(engine, &(oc_batch){.seed = 7, .index = i, .live = OC_LANES, .sampled = sampled}, sketch, tally, &failure);
    double tick = 1e9 * tick_seconds(now() - begin, ticks_now() - first);
    share shares[OC_OPCODE_COUNT] = {0};
    uint64_t *times = calloc(program->section_count, sizeof *times);
    times[0] = times[program->section_count - 1] = 1;
    for (uint32_t r = 0; r < program->row_count; r++) times[rows[r].section] += sampled || !(rows[r].flags & OC_ROW_SAMPLED);
    for (uint32_t s = 0; s < program->section_count; s++) {
        for (uint32_t i = sections[s].first; i < sections[s].first + sections[s].count; i++) {
            shares[code[i].op].ticks += ticks[i];
            shares[code[i].op].executions += times[s];
            shares[code[i].op].op = code[i].op;
            total += ticks[i];
            draws += code[i].op >= OC_OP_COIN && code[i].op <= OC_OP_POISSON ? times[s] : 0;
        }
    }
    printf("  %s: %u columns, %u instructions in %u sections, %u rows; a trajectory makes %llu draws and takes %.0f ns\n",
           sampled ? "sampled" : "unsampled", program->columns, program->instruction_count, program->section_count,
           program->row_count, (unsigned long long)draws, tick * (double)total / batches / OC_LANES);
    qsort(shares, OC_OPCODE_COUNT, sizeof *shares, by_ticks);
    for (size_t i = 0; i < 18 && shares[i].ticks; i++)
        printf("  %-12s %5.1f %%  %6llu times a batch, %6.2f ns a lane\n", oc_opcode_name((oc_opcode)shares[i].op),
               100.0 * (double)shares[i].ticks / (double)total, (unsigned long long)shares[i].executions,
               tick * (double)shares[i].ticks / (double)batches / (double)shares[i].executions / OC_LANES);
}

int main(int argc, char **argv)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    job it = {.arena = &arena, .path = argc > 1 ? argv[1] : OC_BENCH_FLAGSHIP, .bare = argc > 3};
    uint64_t runs = argc > 2 ? (uint64_t)atoll(argv[2]) : 65536;
    if (oc_arena_try(&arena, load, &it) != OC_OK || !it.compiled) {
        fprintf(stderr, "%s cannot be compiled\n", it.path);
        return 1;
    }
    printf("%s, one thread: load %.1f ms, compile %.1f ms, program %zu bytes\n", it.path, 1e3 * it.load_seconds,
           1e3 * it.compile_seconds, it.compiled->size);
    print_rates(it.compiled->program, runs);
    print_profile(it.compiled->program, OC_ISA_AUTO, false, 100);
    if (!it.bare) print_profile(it.compiled->program, OC_ISA_AUTO, true, 30);
    oc_arena_free(&arena);
    return 0;
}
