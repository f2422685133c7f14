/* Nanoseconds a lane of the instructions that compute or draw, for each instruction set, beside the C library and SLEEF
 * (1 ulp versions, widest vectors of this machine): bench_kernels. Errors in ulp are those of tests/engine/kernels.c;
 * here the largest over the arguments timed is shown for the libraries' functions too. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assemble.h"
#include "oracle.h"
#include "sleef_columns.h"

enum { ROWS = 40, ROUNDS = 9 }; /* one reading of the clock takes as long as a cheap instruction: rows are timed together */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct subject {
    oc_opcode op;
    double low, high;             /* of the argument */
    double b;                     /* second argument */
    double (*library)(double x);
    long double (*exact)(long double x);
    void (*sleef)(const double *x, double *y, size_t count);
} subject;

static double pow_library(double x) { return pow(x, 2.7); }
static long double pow_exact(long double x) { return powl(x, (long double)2.7); }
static double logistic_library(double x) { return 1.0 / (1.0 + exp(-x)); }
static long double logistic_exact(long double x) { return 1.0L / (1.0L + expl(-x)); }

static const subject subjects[] = {
    {OC_OP_SQRT, 0.1, 50.0, 0.0, sqrt, sqrtl, NULL},
    {OC_OP_EXP, -20.0, 20.0, 0.0, exp, expl, sleef_exp},
    {OC_OP_LOG, 0.001, 50.0, 0.0, log, logl, sleef_log},
    {OC_OP_POW, 0.001, 50.0, 2.7, pow_library, pow_exact, sleef_pow},
    {OC_OP_LOGISTIC, -20.0, 20.0, 0.0, logistic_library, logistic_exact, NULL},
    {OC_OP_LOGIT, 0.01, 0.99, 0.0, NULL, NULL, NULL},
    {OC_OP_COIN, 0.1, 0.9, 0.0, NULL, NULL, NULL},
    {OC_OP_UNIFORM, 0.0, 1.0, 0.0, NULL, NULL, NULL},
    {OC_OP_NORMAL, 0.0, 1.0, 0.0, NULL, NULL, NULL},
    {OC_OP_WALK, 0.0, 1.0, 0.3, NULL, NULL, NULL},
    {OC_OP_EXPONENTIAL, 0.0, 1.0, 0.0, NULL, NULL, NULL},
    {OC_OP_GAMMA, 2.0, 6.0, 0.0, NULL, NULL, NULL},
    {OC_OP_BETA, 2.0, 6.0, 4.0, NULL, NULL, NULL},
    {OC_OP_POISSON, 1.0, 9.0, 0.0, NULL, NULL, NULL},
    {OC_OP_POISSON, 20.0, 60.0, 0.0, NULL, NULL, NULL},
};

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

static double x[OC_LANES], y[OC_LANES];

static as_program *one_instruction(const subject *s)
{
    as_program *p = as_new(0, 100);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_UNIFORM, 0, N, N, N, N, as_site(p, 1));
    as_op(p, OC_OP_MULADD, 0, 0, as_constant(p, s->high - s->low), as_constant(p, s->low), N, 0);
    as_section(p, OC_SECTION_TICK, 0);
    const char *kinds = oc_opcode_operands(s->op);
    as_op(p, s->op, 1, 0, as_constant(p, s->b), N, N, kinds[4] == 'D' ? as_site(p, 2) : 0);
    as_section(p, OC_SECTION_END, 0);
    for (int32_t day = 1; day <= ROWS; day++) as_row(p, day, 1, 0, 0);
    return p;
}

static double time_engine(const oc_program *program, oc_isa isa, double *ret_error, const subject *s)
{
    size_t size = (oc_engine_size(program) + 63) / 64 * 64;
    void *memory = aligned_alloc(64, size);
    memset(memory, 0, size);
    oc_engine *engine = oc_engine_open(memory, program, isa);
    double rounds[ROUNDS];
    for (size_t r = 0; r < ROUNDS; r++) {
        oc_engine_begin(engine, &(oc_batch){.seed = 3, .index = (uint32_t)r, .live = OC_LANES});
        double begin = now();
        while (oc_engine_step(engine) != OC_ROW_END) continue;
        rounds[r] = (now() - begin) / ROWS / OC_LANES * 1e9;
    }
    *ret_error = 0.0;
    for (size_t i = 0; i < OC_LANES; i++) {
        x[i] = oc_engine_column(engine, 0)[i].f;
        if (s->exact) *ret_error = fmax(*ret_error, ulps(oc_engine_column(engine, 1)[i].f, s->exact(x[i])));
    }
    free(memory);
    return median(rounds, ROUNDS);
}

static void print_library(const subject *s)
{
    double rounds[ROUNDS], error = 0.0;
    for (size_t r = 0; r < ROUNDS; r++) {
        double begin = now();
        for (size_t k = 0; k < 20; k++)
            for (size_t i = 0; i < OC_LANES; i++) y[i] = s->library(x[i]);
        rounds[r] = (now() - begin) / 20 / OC_LANES * 1e9;
    }
    for (size_t i = 0; i < OC_LANES; i++) error = fmax(error, ulps(y[i], s->exact(x[i])));
    printf("  libm %6.3f (%.2f ulp)", median(rounds, ROUNDS), error);
    if (!s->sleef || !sleef_width()) return;
    error = 0.0;
    for (size_t r = 0; r < ROUNDS; r++) {
        double begin = now();
        for (size_t k = 0; k < 20; k++) s->sleef(x, y, OC_LANES);
        rounds[r] = (now() - begin) / 20 / OC_LANES * 1e9;
    }
    for (size_t i = 0; i < OC_LANES; i++) error = fmax(error, ulps(y[i], s->exact(x[i])));
    printf("  SLEEF x%d %6.3f (%.2f ulp)", sleef_width(), median(rounds, ROUNDS), error);
}

int main(void)
{
    printf("kernels, nanoseconds a lane in columns of %d doubles (median of %d)\n", OC_LANES, ROUNDS);
    printf("%-24s %8s %8s %8s\n", "", "base", "v3", "v4");
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        const subject *s = &subjects[i];
        as_program *p = one_instruction(s);
        const oc_program *program = as_finish(p);
        printf("%-12s %4g .. %-4g", oc_opcode_name(s->op), s->low, s->high);
        double error = 0.0;
        for (oc_isa isa = OC_ISA_BASE; isa < OC_ISA_COUNT; isa++)
            if (oc_isa_available(isa)) printf(" %8.3f", time_engine(program, isa, &error, s));
        if (s->exact) printf(" (%.2f ulp)", error);
        if (s->library) print_library(s);
        printf("\n");
        as_free(p);
    }
    return 0;
}
