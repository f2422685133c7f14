/* Time for a trajectory as a scenario grows: the flagship with its horizon nearer and farther, and 1 to 16 copies of the
 * staged model of bench/staged.yaml side by side: bench_growth [RUNS]. Time should grow as what is executed and drawn. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/text.h"
#include "model/compile.h"
#include "run/run.h"

enum { ROUNDS = 5 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct job {
    oc_arena *arena;
    const char *path;
    oc_slice text;
    const char *name;
    uint64_t runs;
} job;

typedef struct work {
    uint64_t instructions, draws; /* of a trajectory */
} work;

static work count_work(const oc_program *program)
{
    const char *base = (const char *)program;
    const oc_section *sections = (const oc_section *)(const void *)(base + program->sections_at);
    const oc_instruction *code = (const oc_instruction *)(const void *)(base + program->instructions_at);
    const oc_row *rows = (const oc_row *)(const void *)(base + program->rows_at);
    work w = {0};
    for (uint32_t r = 0; r < program->row_count; r++) {
        const oc_section *s = &sections[rows[r].section];
        w.instructions += s->count;
        for (uint32_t i = 0; i < s->count; i++) {
            uint16_t op = code[s->first + i].op;
            w.draws += op >= OC_OP_COIN && op <= OC_OP_POISSON;
        }
    }
    return w;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(void *context)
{
    job *it = context;
    oc_sources *sources = OC_NEW(it->arena, oc_sources);
    oc_diags *diags = OC_NEW(it->arena, oc_diags);
    sources->arena = diags->arena = it->arena;
    diags->sources = sources;
    double begin = now();
    oc_model_options options = {.as_of = OC_DAY_NONE, .text = it->text};
    oc_model *model = oc_model_load(it->arena, diags, oc_slice_of(it->path), &options);
    oc_compile_options bare = {.blockers_by = OC_DAY_NONE, .no_samples = true, .no_blockers = true};
    oc_compiled *compiled = model ? oc_compile(it->arena, model, &bare) : NULL;
    if (!compiled) exit(1);
    double ready = now() - begin, rounds[ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++) {
        oc_run_options run = {.runs = it->runs, .seed = 7};
        oc_result result;
        begin = now();
        if (oc_run(compiled->program, &run, it->arena, &result) != OC_OK) exit(1);
        rounds[i] = (now() - begin) / (double)it->runs * 1e9;
    }
    qsort(rounds, ROUNDS, sizeof *rounds, compare);
    work w = count_work(compiled->program);
    printf("%-22s %8llu %8llu %9.0f %14.3f %8.3f %10.1f\n", it->name, (unsigned long long)w.instructions,
           (unsigned long long)w.draws, rounds[ROUNDS / 2], rounds[ROUNDS / 2] / (double)w.instructions,
           rounds[ROUNDS / 2] / (double)w.draws, 1e3 * ready);
}

static void one(const char *name, const char *path, oc_slice text, uint64_t runs)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    job it = {&arena, path, text, name, runs};
    if (oc_arena_try(&arena, measure, &it) != OC_OK) exit(1);
    oc_arena_free(&arena);
}

static void flagship(oc_arena *arena, const char *horizon, uint64_t runs)
{
    oc_slice text;
    if (oc_file_read(arena, OC_BENCH_FLAGSHIP, SIZE_MAX, &text) != OC_OK) exit(1);
    size_t at = oc_slice_find(text, OC_SLICE("\nhorizon: "), 0);
    if (at == SIZE_MAX) exit(1);
    char *changed = (char *)(uintptr_t)oc_arena_copy(arena, text).ptr;
    memcpy(changed + at + strlen("\nhorizon: "), horizon, 4);
    one(oc_arena_printf(arena, "flagship to %s", horizon).ptr, OC_BENCH_FLAGSHIP, (oc_slice){changed, text.len}, runs);
}

static void copies(oc_arena *arena, unsigned count, uint64_t runs)
{
    oc_text out = oc_text_in(arena);
    oc_text_add(&out, OC_SLICE("scenario: copies\nas_of: 2026-01-01\nhorizon: 2035-12-31\ncalendar:\n"
                               "  august: {every: year, date: 08-10}\n  november: {every: year, date: 11-20}\nvariables:\n"));
    for (unsigned i = 0; i < count; i++)
        oc_text_add(&out, oc_arena_printf(arena, "  readiness%u: {now: 0.8, drift: 0.024/yr, noise: 0.07}\n  assessed%u: {now: false, "
            "changes: [{at: august, to: \"readiness%u > 0.88 and bernoulli(0.6)\"}]}\n", i, i, i));
    oc_text_add(&out, OC_SLICE("stages:\n"));
    for (unsigned i = 0; i < count; i++)
        oc_text_add(&out, oc_arena_printf(arena, "  first%u: {at: november, needs: [assessed%u]}\n  second%u: {after: first%u, "
            "at: november, needs: [assessed%u, first%u < today]}\n  third%u: {after: second%u, at: november, needs: [assessed%u, "
            "second%u < today]}\n", i, i, i, i, i, i, i, i, i, i));
    one(oc_arena_printf(arena, "staged model x %u", count).ptr, "bench/staged.yaml", oc_text_slice(&out), runs);
}

static void all(void *context)
{
    oc_arena *arena = ((job *)context)->arena;
    uint64_t runs = ((job *)context)->runs;
    printf("%-22s %8s %8s %9s %14s %8s %10s\n", "a trajectory", "executed", "draws", "ns", "ns instruction", "ns draw",
           "ready, ms");
    const char *const horizons[] = {"2030", "2033", "2040", "2054", "2068"};
    for (size_t i = 0; i < sizeof horizons / sizeof *horizons; i++) flagship(arena, horizons[i], runs);
    for (unsigned count = 1; count <= 16; count *= 2) copies(arena, count, 4 * runs);
}

int main(int argc, char **argv)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    job it = {.arena = &arena, .runs = argc > 1 ? (uint64_t)atoll(argv[1]) : 16384};
    if (oc_arena_try(&arena, all, &it) != OC_OK) return 1;
    oc_arena_free(&arena);
    return 0;
}
