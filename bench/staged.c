/* Times the staged model in all its forms on one thread (processor time) and prints medians of ratios: bench_staged [ROUNDS [RUNS]].
 * In each round every form runs once, one after the other, so that what else the machine does touches all alike. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"
#include "run/run.h"

enum { MAX_ROUNDS = 99, FORMS = 10 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static const oc_program *program;
static uint64_t engine_counts[OC_ISA_COUNT][STAGED_MONTHS + 1];

static double time_engine(oc_isa isa, uint64_t runs)
{
    oc_run_options options = {.runs = runs, .seed = 7, .threads = 1, .isa = isa, .clock = now};
    oc_arena arena;
    oc_result result;
    oc_arena_init(&arena, NULL, 0);
    double begin = now();
    if (oc_run(program, &options, &arena, &result) != OC_OK) exit(1);
    double seconds = now() - begin;
    memcpy(engine_counts[isa], result.counts, sizeof engine_counts[isa]);
    oc_arena_free(&arena);
    return seconds;
}

typedef void staged(uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1]);
typedef double draws(uint64_t runs, uint64_t seed);
static volatile double sink;

static double time_staged(staged *run, uint64_t runs, uint64_t counts[STAGED_MONTHS + 1])
{
    memset(counts, 0, (STAGED_MONTHS + 1) * sizeof *counts);
    double begin = now();
    run(runs, 7, counts);
    return now() - begin;
}

static double time_draws(draws *run, uint64_t runs)
{
    double begin = now();
    sink = run(runs, 7);
    return now() - begin;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return count % 2 ? values[count / 2] : 0.5 * (values[count / 2 - 1] + values[count / 2]);
}

static double share_done(const uint64_t counts[STAGED_MONTHS + 1])
{
    uint64_t done = 0;
    for (size_t i = 0; i < STAGED_MONTHS; i++) done += counts[i];
    return (double)done / (double)(done + counts[STAGED_MONTHS]);
}

int main(int argc, char **argv)
{
    size_t rounds = argc > 1 ? (size_t)atoi(argv[1]) : 9;
    uint64_t runs = argc > 2 ? (uint64_t)atoll(argv[2]) : 1 << 20;
    if (rounds < 1 || rounds > MAX_ROUNDS) return 2;
    as_program *p;
    program = staged_program(&p, STAGED_PASS);
    static double rate[FORMS][MAX_ROUNDS];
    static const char *const names[FORMS] = {"scalar C", "engine base", "engine v3", "engine v4", "fused base", "fused v3",
                                             "fused v4", "draws base", "draws v3", "draws v4"};
    staged *const fused[] = {staged_fused_base, staged_fused_v3, staged_fused_v4};
    draws *const only[] = {staged_draws_base, staged_draws_v3, staged_draws_v4};
    uint64_t scalar[STAGED_MONTHS + 1], counts[STAGED_MONTHS + 1];
    uint64_t scalar_runs = runs / 4;
    bool agree = true;
    for (size_t round = 0; round < rounds; round++) {
        rate[0][round] = (double)scalar_runs / time_staged(staged_scalar, scalar_runs, scalar);
        for (oc_isa isa = OC_ISA_BASE; isa < OC_ISA_COUNT; isa++) {
            if (!oc_isa_available(isa)) continue;
            rate[isa][round] = (double)runs / time_engine(isa, runs);
            rate[isa + 3][round] = (double)runs / time_staged(fused[isa - 1], runs, counts);
            rate[isa + 6][round] = (double)runs / time_draws(only[isa - 1], runs);
            agree = agree && memcmp(counts, engine_counts[isa], sizeof counts) == 0;
        }
    }
    printf("staged model, %llu trajectories a round, %zu rounds, one thread; medians\n", (unsigned long long)runs, rounds);
    printf("%-12s %12s %12s\n", "", "million/s", "x scalar C");
    double ratio[MAX_ROUNDS], kept[MAX_ROUNDS];
    for (size_t form = 0; form < FORMS; form++) {
        if (rate[form][0] == 0.0) continue;
        for (size_t i = 0; i < rounds; i++) ratio[i] = rate[form][i] / rate[0][i];
        memcpy(kept, rate[form], sizeof kept);
        printf("%-12s %12.2f %12.2f\n", names[form], median(kept, rounds) / 1e6, median(ratio, rounds));
    }
    for (oc_isa isa = OC_ISA_BASE; isa < OC_ISA_COUNT; isa++) {
        if (rate[isa][0] == 0.0) continue;
        double floor_share[MAX_ROUNDS];
        for (size_t i = 0; i < rounds; i++) {
            ratio[i] = rate[isa][i] / rate[isa + 3][i];
            floor_share[i] = rate[isa][i] / rate[isa + 6][i];
        }
        printf("engine %-4s   %.2f of the fused loop, %.2f of the floor (draws only)\n", oc_isa_name(isa),
               median(ratio, rounds), median(floor_share, rounds));
    }
    printf("counts of engine and fused loop %s; done within ten years: engine %.4f, scalar %.4f\n",
           agree ? "agree one for one" : "DIFFER", share_done(engine_counts[OC_ISA_BASE]), share_done(scalar));
    as_free(p);
    return agree ? 0 : 1;
}
