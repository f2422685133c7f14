/* Times the staged model in all its forms on one thread (processor time) and prints medians of ratios: bench_staged [ROUNDS [RUNS]].
 * In each round every form runs once, one after the other, so that what else the machine does touches all alike. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench.h"
#include "run/run.h"

enum { MAX_ROUNDS = 99, ISAS = OC_ISA_COUNT - 1 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef uint64_t counters[STAGED_MONTHS + 1];
static volatile double sink;

static double time_engine(const oc_program *program, oc_isa isa, uint64_t runs, counters counts)
{
    oc_run_options options = {.runs = runs, .seed = 7, .threads = 1, .isa = isa, .clock = now};
    oc_arena arena;
    oc_result result;
    oc_arena_init(&arena, NULL, 0);
    double begin = now();
    if (oc_run(program, &options, &arena, &result) != OC_OK) exit(1);
    double seconds = now() - begin;
    memcpy(counts, result.counts, sizeof(counters));
    oc_arena_free(&arena);
    return seconds;
}

static double time_staged(staged_run *run, uint64_t runs, counters counts)
{
    memset(counts, 0, sizeof(counters));
    double begin = now();
    run(runs, 7, counts);
    return now() - begin;
}

static double time_draws(staged_draws *run, uint64_t runs)
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

static double median(const double *values, size_t count)
{
    double sorted[MAX_ROUNDS];
    memcpy(sorted, values, count * sizeof *values);
    qsort(sorted, count, sizeof *sorted, compare);
    return count % 2 ? sorted[count / 2] : 0.5 * (sorted[count / 2 - 1] + sorted[count / 2]);
}

static double median_ratio(const double *a, const double *b, size_t count)
{
    double ratio[MAX_ROUNDS];
    for (size_t i = 0; i < count; i++) ratio[i] = a[i] / b[i];
    return median(ratio, count);
}

static double share_done(const counters counts)
{
    uint64_t done = 0;
    for (size_t i = 0; i < STAGED_MONTHS; i++) done += counts[i];
    return (double)done / (double)(done + counts[STAGED_MONTHS]);
}

/* The model drawn only where it is read, or month by month; each on the engine, fused by hand, and its draws alone. */
typedef struct form {
    const char *title;
    const oc_program *program;
    staged_run *fused[ISAS];
    staged_draws *draws[ISAS];
    double engine_rate[ISAS][MAX_ROUNDS], fused_rate[ISAS][MAX_ROUNDS], draws_rate[ISAS][MAX_ROUNDS];
    double done;
    bool agree;
} form;

static void run_form(form *f, size_t round, uint64_t runs)
{
    for (size_t i = 0; i < ISAS; i++) {
        static counters by_engine, by_hand;
        if (!oc_isa_available((oc_isa)(i + 1))) continue;
        f->engine_rate[i][round] = (double)runs / time_engine(f->program, (oc_isa)(i + 1), runs, by_engine);
        f->fused_rate[i][round] = (double)runs / time_staged(f->fused[i], runs, by_hand);
        f->draws_rate[i][round] = (double)runs / time_draws(f->draws[i], runs);
        f->agree = f->agree && memcmp(by_engine, by_hand, sizeof by_hand) == 0;
        f->done = share_done(by_engine);
    }
}

static void print_rate(const char *what, const char *isa, const double *rate, const double *scalar, size_t rounds)
{
    printf("%-8s %-5s %12.2f %12.2f\n", what, isa, median(rate, rounds) / 1e6, median_ratio(rate, scalar, rounds));
}

static void print_form(const form *f, const double *scalar, size_t rounds)
{
    printf("%s\n", f->title);
    for (size_t i = 0; i < ISAS; i++) {
        const char *isa = oc_isa_name((oc_isa)(i + 1));
        if (!oc_isa_available((oc_isa)(i + 1))) continue;
        print_rate("engine", isa, f->engine_rate[i], scalar, rounds);
        print_rate("by hand", isa, f->fused_rate[i], scalar, rounds);
        print_rate("draws", isa, f->draws_rate[i], scalar, rounds);
        printf("         engine: %.2f of the loop by hand, %.2f of the draws alone\n",
               median_ratio(f->engine_rate[i], f->fused_rate[i], rounds),
               median_ratio(f->engine_rate[i], f->draws_rate[i], rounds));
    }
    printf("         counts %s; done within ten years %.4f\n", f->agree ? "agree one for one" : "DIFFER", f->done);
}

int main(int argc, char **argv)
{
    size_t rounds = argc > 1 ? (size_t)atoi(argv[1]) : 9;
    uint64_t runs = argc > 2 ? (uint64_t)atoll(argv[2]) : 1 << 20;
    if (rounds < 1 || rounds > MAX_ROUNDS) return 2;
    as_program *assembled[2];
    static form forms[] = {
        {.title = "41 months that lead to an August (src/model/bridge.h)",
         .fused = {staged_fused_base, staged_fused_v3, staged_fused_v4},
         .draws = {staged_draws_base, staged_draws_v3, staged_draws_v4},
         .agree = true},
        {.title = "all 120 months",
         .fused = {staged_monthly_base, staged_monthly_v3, staged_monthly_v4},
         .draws = {staged_all_draws_base, staged_all_draws_v3, staged_all_draws_v4},
         .agree = true}};
    forms[0].program = staged_program(&assembled[0], STAGED_PASS);
    forms[1].program = staged_monthly_program(&assembled[1], STAGED_PASS);
    static double scalar[MAX_ROUNDS];
    static counters by_scalar;
    uint64_t scalar_runs = runs / 4;
    for (size_t round = 0; round < rounds; round++) {
        scalar[round] = (double)scalar_runs / time_staged(staged_scalar, scalar_runs, by_scalar);
        for (size_t i = 0; i < 2; i++) run_form(&forms[i], round, runs);
    }
    printf("staged model, %llu trajectories a round, %zu rounds, one thread; medians\n", (unsigned long long)runs, rounds);
    printf("%-14s %12s %12s\n", "", "million/s", "x scalar C");
    print_rate("scalar C", "", scalar, scalar, rounds);
    printf("         done within ten years %.4f\n", share_done(by_scalar));
    for (size_t i = 0; i < 2; i++) {
        print_form(&forms[i], scalar, rounds);
        as_free(assembled[i]);
    }
    return forms[0].agree && forms[1].agree ? 0 : 1;
}
