/* Draws: published vectors of the generators, the layout of addresses, and each distribution against its exact
 * distribution function (Kolmogorov-Smirnov; the limit 2.2 / sqrt n is passed by a right sampler but once in 16,000
 * seeds, and seeds here are fixed). More draws: test_engine_draws 10000000. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "assemble.h"
#include "engine/fast_normal.h"
#include "oracle.h"

static size_t sample_size = 200000;

static void test_philox(void **state)
{
    (void)state;
    /* Random123 1.09, tests/kat_vectors */
    static const struct { uint32_t counter[4], key[2], expected[4]; } vectors[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        uint32_t counter[4];
        memcpy(counter, vectors[i].counter, sizeof counter);
        oc_philox(counter, vectors[i].key[0], vectors[i].key[1]);
        assert_memory_equal(counter, vectors[i].expected, sizeof counter);
    }
}

static void test_xoroshiro(void **state)
{
    (void)state;
    /* state 1 2: reference implementation, prng.di.unimi.it/xoroshiro128plus.c */
    static const uint64_t expected[] = {UINT64_C(3), UINT64_C(412333834243), UINT64_C(2360170716294286339),
                                        UINT64_C(9295852285959843169), UINT64_C(2797080929874688578),
                                        UINT64_C(6019711933173041966), UINT64_C(3076529664176959358)};
    oc_streams streams;
    for (size_t i = 0; i < OC_STREAMS; i++) {
        streams.s0[i / OC_WORDS][i % OC_WORDS] = 1;
        streams.s1[i / OC_WORDS][i % OC_WORDS] = 2;
    }
    for (size_t k = 0; k < sizeof expected / sizeof *expected; k++) {
        uint64_t words[OC_STREAMS];
        oc_streams_next(&streams, words);
        for (size_t i = 0; i < OC_STREAMS; i++) assert_true(words[i] == expected[k]);
    }
}

/* The generators are seeded by the scalar Philox with the documented counter. */
static void test_seeding(void **state)
{
    (void)state;
    const uint64_t seed = UINT64_C(0x0123456789abcdef), address = UINT64_C(0xfedcba9876543210);
    const int32_t dates[] = {20000, -20000, INT32_MIN, 0};
    for (size_t d = 0; d < sizeof dates / sizeof *dates; d++) {
        oc_streams streams = oc_streams_seed(seed, address, dates[d], 3, 77);
        for (uint32_t i = 0; i < OC_STREAMS; i++) {
            uint32_t date = dates[d] == INT32_MIN ? 0x800000u : (uint32_t)dates[d] & 0xffffffu;
            uint32_t block[4] = {(uint32_t)address, (uint32_t)(address >> 32), date | 3u << 24, 77 * 8 + i};
            oc_philox(block, (uint32_t)seed, (uint32_t)(seed >> 32));
            assert_true(streams.s0[i / OC_WORDS][i % OC_WORDS] == ((uint64_t)block[1] << 32 | block[0]));
            assert_true(streams.s1[i / OC_WORDS][i % OC_WORDS] == ((uint64_t)block[3] << 32 | block[2]));
        }
    }
}

typedef struct machine {
    as_program *p;
    const oc_program *program;
    void *memory;
    oc_engine *engine;
} machine;

static machine machine_open(as_program *p)
{
    const oc_program *program = as_finish(p);
    size_t size = (oc_engine_size(program) + 63) / 64 * 64;
    void *memory = aligned_alloc(64, size);
    memset(memory, 0, size);
    return (machine){p, program, memory, oc_engine_open(memory, program, OC_ISA_AUTO)};
}

static void machine_close(machine *m)
{
    as_free(m->p);
    free(m->memory);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Values that column 0 has after the first section, over as many batches as needed; sorted. */
static double *draw_sample(as_program *p, size_t count)
{
    machine m = machine_open(p);
    double *values = malloc(count * sizeof *values);
    for (size_t i = 0; i < count; i += OC_LANES) {
        oc_engine_begin(m.engine, &(oc_batch){.seed = 2024, .index = (uint32_t)(i / OC_LANES), .live = OC_LANES});
        const oc_cell *column = oc_engine_column(m.engine, 0);
        for (size_t k = 0; k < OC_LANES && i + k < count; k++) values[i + k] = column[k].f;
    }
    machine_close(&m);
    qsort(values, count, sizeof *values, compare);
    return values;
}

/* Fast normals lane by lane from the documented words, the tail among them, on every instruction set. */
static void test_fast_normals(void **state)
{
    (void)state;
    as_program *p = as_new(0, 100);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_WALK, 0, as_constant(p, 0.0), as_constant(p, 1.0), N, N, as_site(p, 42));
    as_section(p, OC_SECTION_END, 0);
    machine m = machine_open(p);
    size_t tails = 0;
    for (oc_isa isa = OC_ISA_BASE; isa < OC_ISA_COUNT; isa++) {
        if (!oc_isa_available(isa)) continue;
        oc_engine_open(m.memory, m.program, isa);
        for (uint32_t batch = 0; batch < 100; batch++) {
            oc_engine_begin(m.engine, &(oc_batch){.seed = 9, .index = batch, .live = OC_LANES});
            const oc_cell *x = oc_engine_column(m.engine, 0);
            oc_streams streams = oc_streams_seed(9, 42, OC_NO_DATE, 0, batch);
            for (size_t i = 0; i < OC_LANES; i += OC_FAST_PAIR) {
                uint32_t words[OC_GROUP];
                oc_streams_halves(&streams, words);
                for (size_t k = 0; k < OC_GROUP; k++) {
                    tails += oc_fast_is_tail(words[k]);
                    assert_true(x[i + k].f == (double)oc_fast_normal(words[k]));
                    assert_true(x[i + k + OC_GROUP].f == (double)oc_fast_normal(oc_fast_exchanged(words[k])));
                }
            }
        }
    }
    assert_true(tails > 0);
    machine_close(&m);
}

/* A bridge lane by lane from its definition, at the date that its row says. */
static void test_bridges(void **state)
{
    (void)state;
    as_program *p = as_new(0, 100);
    uint32_t site = as_site(p, 42);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_UNIFORM, 0, N, N, N, N, as_site(p, 1));
    as_op(p, OC_OP_UNIFORM, 1, N, N, N, N, as_site(p, 2));
    uint32_t path = as_section(p, OC_SECTION_PATH, 1);
    as_op(p, OC_OP_BRIDGE, 2, 0, 1, R(0), as_constant(p, 1.0), site);
    as_op(p, OC_OP_BRIDGE, 3, 0, 1, R(0), 1, site);
    as_op(p, OC_OP_BRIDGE, 4, 0, as_constant(p, INFINITY), R(0), 1, site);
    as_section(p, OC_SECTION_END, 0);
    as_row(p, 50, path, 0, 1, 0.3);
    as_shift(p, 31);
    as_row(p, 60, path, 0, 1, 0.3);
    as_shift(p, 21);
    as_row(p, 81, path, 0, 1, 0.3);
    machine m = machine_open(p);
    for (oc_isa isa = OC_ISA_BASE; isa < OC_ISA_COUNT; isa++) {
        if (!oc_isa_available(isa)) continue;
        oc_engine_open(m.memory, m.program, isa);
        for (uint32_t batch = 0; batch < 20; batch++) {
            oc_engine_begin(m.engine, &(oc_batch){.seed = 9, .index = batch, .live = OC_LANES});
            for (uint32_t row = 0; row < 3; row++) {
                oc_engine_step(m.engine);
                oc_streams streams = oc_streams_seed(9, 42, 81, 0, batch);
                for (size_t i = 0; i < OC_LANES; i++) {
                    static uint32_t words[OC_GROUP];
                    if (i % OC_FAST_PAIR == 0) oc_streams_halves(&streams, words);
                    uint32_t word = words[i % OC_GROUP];
                    double z = (double)oc_fast_normal(i & OC_GROUP ? oc_fast_exchanged(word) : word);
                    double a = oc_engine_column(m.engine, 0)[i].f, b = oc_engine_column(m.engine, 1)[i].f;
                    double middle = a * (1.0 - 0.3) + b * 0.3;
                    assert_true(oc_engine_column(m.engine, 2)[i].f == middle + z);
                    assert_true(oc_engine_column(m.engine, 3)[i].f == middle + b * z);
                    assert_true(isinf(oc_engine_column(m.engine, 4)[i].f));
                }
            }
        }
    }
    machine_close(&m);
}

/* A section that is run again draws what it drew: the bits belong to the address, not to the order of a run. */
static void test_again(void **state)
{
    (void)state;
    as_program *p = as_new(0, 100);
    as_section(p, OC_SECTION_INIT, 0);
    uint32_t tick = as_section(p, OC_SECTION_TICK, 0);
    as_op(p, OC_OP_UNIFORM, 0, N, N, N, N, as_site(p, 5));
    as_section(p, OC_SECTION_END, 0);
    for (uint16_t i = 0; i < 20; i++) as_op(p, OC_OP_UNIFORM, (uint16_t)(i + 1), N, N, N, N, as_site(p, 6u + i));
    for (int32_t day = 10; day < 50; day += 10) as_row(p, day, tick, 0, 0);
    machine m = machine_open(p);
    oc_engine_begin(m.engine, &(oc_batch){.seed = 3, .index = 1, .live = OC_LANES});
    while (oc_engine_step(m.engine) != OC_ROW_END) continue;
    double before[20];
    for (uint16_t i = 0; i < 20; i++) before[i] = oc_engine_column(m.engine, (uint16_t)(i + 1))[7].f;
    for (int time = 0; time < 30; time++) {
        oc_engine_step(m.engine);
        for (uint16_t i = 0; i < 20; i++) assert_true(oc_engine_column(m.engine, (uint16_t)(i + 1))[7].f == before[i]);
    }
    machine_close(&m);
}

typedef double distribution(double x, double a, double b);

static double largest_gap(const double *sorted, size_t n, distribution *below, double a, double b, bool whole)
{
    double gap = 0.0;
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (whole && end < n && sorted[end] == sorted[i]) end++;
        double f = below(sorted[i], a, b);
        gap = fmax(gap, fabs((double)end / (double)n - f));
        if (!whole) gap = fmax(gap, fabs((double)i / (double)n - f));
        i = end;
    }
    return gap;
}

static void fits(oc_opcode op, double a, double b, distribution *below, bool whole)
{
    as_program *p = as_new(0, 100);
    uint32_t site = as_site(p, 0xabcdef + (uint64_t)op * 1000 + (uint64_t)(a * 10) + (uint64_t)(b * 100));
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, op, 0, as_constant(p, a), as_constant(p, b), N, as_constant(p, OC_NO_DATE), site);
    as_section(p, OC_SECTION_END, 0);
    double *values = draw_sample(p, sample_size);
    double gap = largest_gap(values, sample_size, below, a, b, whole), limit = 2.2 / sqrt((double)sample_size);
    print_message("# %s(%g, %g): gap %.2g, limit %.2g\n", oc_opcode_name(op), a, b, gap, limit);
    free(values);
    assert_true(gap < limit);
}

static double uniform_below(double x, double a, double b) { (void)a, (void)b; return x; }
static double exponential_below(double x, double a, double b) { (void)a, (void)b; return -expm1(-x); }
static double standard_normal_below(double x, double a, double b) { (void)a, (void)b; return (double)normal_below(x); }
static double walk_below(double x, double a, double b) { return (double)normal_below((x - a) / b); }

/* Regularised incomplete gamma function by its series and continued fraction (Abramowitz and Stegun 6.5.29, 6.5.31). */
static double gamma_below(double x, double a, double b)
{
    (void)b;
    if (x <= 0.0) return 0.0;
    double scale = exp(a * log(x) - x - lgamma(a));
    if (x < a + 1.0) {
        double term = 1.0 / a, sum = term;
        for (double n = a + 1.0; term > sum * 1e-16; n += 1.0) sum += term *= x / n;
        return scale * sum;
    }
    double c = 1e300, d = 1.0 / (x + 1.0 - a), h = d;
    for (double i = 1.0; i < 1e6; i += 1.0) {
        double an = -i * (i - a), bn = x + 2.0 * i + 1.0 - a;
        d = 1.0 / (an * d + bn);
        c = bn + an / c;
        h *= d * c;
        if (fabs(d * c - 1.0) < 1e-15) break;
    }
    return 1.0 - scale * h;
}

/* Regularised incomplete beta function by Lentz's continued fraction (DLMF 8.17.22). */
static double beta_fraction(double x, double a, double b)
{
    double c = 1.0, d = 1.0 / (1.0 - (a + b) * x / (a + 1.0)), h = d;
    for (double m = 1.0; m < 10000.0; m += 1.0) {
        double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / (1.0 + even * d);
        c = 1.0 + even / c;
        h *= d * c;
        double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / (1.0 + odd * d);
        c = 1.0 + odd / c;
        h *= d * c;
        if (fabs(d * c - 1.0) < 1e-15) break;
    }
    return h * exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a;
}

static double beta_below(double x, double a, double b)
{
    if (x <= 0.0) return 0.0;
    if (x >= 1.0) return 1.0;
    return x < (a + 1.0) / (a + b + 2.0) ? beta_fraction(x, a, b) : 1.0 - beta_fraction(1.0 - x, b, a);
}

static double poisson_below(double x, double a, double b)
{
    (void)b;
    return 1.0 - gamma_below(a, x + 1.0, 0.0);
}

static void test_continuous(void **state)
{
    (void)state;
    fits(OC_OP_UNIFORM, 0, 0, uniform_below, false);
    fits(OC_OP_NORMAL, 0, 0, standard_normal_below, false);
    fits(OC_OP_EXPONENTIAL, 0, 0, exponential_below, false);
    fits(OC_OP_WALK, 1.5, 0.25, walk_below, false);
}

static void test_gamma(void **state)
{
    (void)state;
    const double shapes[] = {0.1, 0.5, 0.99, 1.0, 1.5, 4.0, 30.0, 1000.0};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) fits(OC_OP_GAMMA, shapes[i], 0, gamma_below, false);
}

static void test_beta(void **state)
{
    (void)state;
    const double shapes[][2] = {{16, 4}, {0.5, 0.5}, {1, 1}, {0.2, 3}, {2, 0.7}, {120, 80}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        fits(OC_OP_BETA, shapes[i][0], shapes[i][1], beta_below, false);
}

static void test_poisson(void **state)
{
    (void)state;
    const double means[] = {0.05, 1.0, 4.7, 9.99, 10.0, 14.5, 45.0, 300.0, 1e4};
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) fits(OC_OP_POISSON, means[i], 0, poisson_below, true);
}

/* Means where no exact table is at hand: first two moments, within 5 standard errors. */
static void test_poisson_huge(void **state)
{
    (void)state;
    const double means[] = {1e7, 1e12, 1e16};
    for (size_t k = 0; k < sizeof means / sizeof *means; k++) {
        as_program *p = as_new(0, 100);
        as_section(p, OC_SECTION_INIT, 0);
        as_op(p, OC_OP_POISSON, 0, as_constant(p, means[k]), N, N, N, as_site(p, 0x77));
        as_section(p, OC_SECTION_END, 0);
        double *values = draw_sample(p, sample_size), sum = 0.0, squares = 0.0, n = (double)sample_size;
        for (size_t i = 0; i < sample_size; i++) {
            double z = (values[i] - means[k]) / sqrt(means[k]);
            sum += z;
            squares += z * z;
        }
        free(values);
        assert_true(fabs(sum / n) < 5.0 / sqrt(n) && fabs(squares / n - 1.0) < 5.0 * sqrt(2.0 / n));
    }
}

/* Lanes 16 apart share a word, halves of a word belong to neighbours: nothing of that may show as correlation. */
static void test_independence(void **state)
{
    (void)state;
    as_program *p = as_new(0, 100);
    uint32_t a = as_site(p, 1), b = as_site(p, 2);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_WALK, 0, as_constant(p, 0.0), as_constant(p, 1.0), N, N, a);
    as_op(p, OC_OP_WALK, 1, as_constant(p, 0.0), as_constant(p, 1.0), N, N, b);
    as_op(p, OC_OP_WALK, 2, as_constant(p, 0.0), as_constant(p, 1.0), N, as_constant(p, 12345.0), a);
    as_section(p, OC_SECTION_END, 0);
    machine m = machine_open(p);
    const size_t gaps[] = {1, 2, 8, 16, 17, 32, 512};
    double within[7] = {0}, squares[7] = {0}, across = 0.0, dates = 0.0, batches = 0.0, n = 0.0;
    static double before[OC_LANES];
    for (uint32_t i = 0; i < 200; i++) {
        oc_engine_begin(m.engine, &(oc_batch){.seed = 5, .index = i, .live = OC_LANES});
        const oc_cell *x = oc_engine_column(m.engine, 0), *y = oc_engine_column(m.engine, 1);
        const oc_cell *z = oc_engine_column(m.engine, 2);
        for (size_t k = 0; k < OC_LANES; k++) {
            for (size_t g = 0; g < 7; g++) {
                double other = x[(k + gaps[g]) % OC_LANES].f;
                within[g] += x[k].f * other;
                squares[g] += (x[k].f * x[k].f - 1.0) * (other * other - 1.0) / 2.0;
            }
            across += x[k].f * y[k].f;
            dates += x[k].f * z[k].f;
            batches += x[k].f * before[k];
            before[k] = x[k].f;
            n += 1.0;
        }
    }
    for (size_t g = 0; g < 7; g++) assert_true(fabs(within[g]) < 5.0 * sqrt(n) && fabs(squares[g]) < 7.0 * sqrt(n));
    assert_true(fabs(across) < 5.0 * sqrt(n) && fabs(dates) < 5.0 * sqrt(n) && fabs(batches) < 5.0 * sqrt(n));
    machine_close(&m);
}

/* A draw is what its address says: another site, another order, another row beside it changes nothing. */
static void test_addresses(void **state)
{
    (void)state;
    const oc_opcode ops[] = {OC_OP_WALK, OC_OP_NORMAL, OC_OP_UNIFORM, OC_OP_GAMMA, OC_OP_BETA, OC_OP_POISSON};
    for (size_t o = 0; o < sizeof ops / sizeof *ops; o++) {
        oc_cell found[2][OC_LANES];
        for (int more = 0; more < 2; more++) {
            as_program *p = as_new(0, 100);
            as_section(p, OC_SECTION_INIT, 0);
            oc_operand three = as_constant(p, 0.7);
            if (more) as_op(p, ops[o], 1, three, three, N, N, as_site(p, 1));
            uint32_t site = as_site(p, 42);
            uint32_t tick = as_section(p, OC_SECTION_TICK, 0);
            if (more) as_op(p, OC_OP_COIN, 2, three, N, N, N, as_site(p, 2));
            as_op(p, ops[o], 0, three, three, N, N, site);
            as_section(p, OC_SECTION_END, 0);
            if (more) as_row(p, 40, tick, 0, 0);
            as_row(p, 50, tick, 0, 0);
            machine m = machine_open(p);
            oc_engine_begin(m.engine, &(oc_batch){.seed = 9, .index = 3, .live = OC_LANES});
            while (oc_engine_step(m.engine) != OC_ROW_END) continue;
            memcpy(found[more], oc_engine_column(m.engine, 0), sizeof found[more]);
            machine_close(&m);
        }
        assert_memory_equal(found[0], found[1], sizeof found[0]);
    }
}

/* With a seed for each site every draw is that of its own seed, whatever the others have. */
static void test_site_seeds(void **state)
{
    (void)state;
    as_program *p = as_new(0, 100);
    uint32_t sites[] = {as_site(p, 42), as_site(p, 43), as_site(p, 44)};
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_NORMAL, 0, N, N, N, N, sites[0]);
    as_op(p, OC_OP_GAMMA, 1, as_constant(p, 0.7), N, N, N, sites[1]);
    as_op(p, OC_OP_COIN, 2, as_constant(p, 0.5), N, N, N, sites[2]);
    as_section(p, OC_SECTION_END, 0);
    machine m = machine_open(p);
    oc_cell plain[2][3][OC_LANES];
    const uint64_t all[2] = {9, 77}, mixed[] = {9, 77, 9};
    for (int seed = 0; seed < 2; seed++) {
        oc_engine_begin(m.engine, &(oc_batch){.seed = all[seed], .index = 3, .live = OC_LANES});
        for (uint32_t c = 0; c < 3; c++) memcpy(plain[seed][c], oc_engine_column(m.engine, c), sizeof plain[0][0]);
    }
    oc_engine_begin(m.engine, &(oc_batch){.index = 3, .live = OC_LANES, .site_seeds = mixed});
    for (uint32_t c = 0; c < 3; c++) {
        assert_memory_equal(oc_engine_column(m.engine, c), plain[c == 1][c], sizeof plain[0][0]);
        assert_memory_not_equal(plain[0][c], plain[1][c], sizeof plain[0][0]);
    }
    machine_close(&m);
}

/* Raising a chance keeps every success. */
static void test_coins_nest(void **state)
{
    (void)state;
    as_program *p = as_new(0, 100);
    uint32_t site = as_site(p, 42);
    as_section(p, OC_SECTION_INIT, 0);
    for (uint16_t i = 0; i <= 20; i++) as_op(p, OC_OP_COIN, i, as_constant(p, i / 20.0), N, N, N, site);
    as_section(p, OC_SECTION_END, 0);
    machine m = machine_open(p);
    double heads = 0.0;
    for (uint32_t batch = 0; batch < 100; batch++) {
        oc_engine_begin(m.engine, &(oc_batch){.seed = 9, .index = batch, .live = OC_LANES});
        for (size_t k = 0; k < OC_LANES; k++) {
            assert_true(oc_engine_truths(m.engine, 0)[k] == 0);
            assert_true(oc_engine_truths(m.engine, 20)[k] == UINT8_MAX);
            heads += oc_engine_truths(m.engine, 6)[k] ? 1.0 : 0.0;
            for (uint32_t i = 0; i < 20; i++)
                assert_true((oc_engine_truths(m.engine, i)[k] & ~oc_engine_truths(m.engine, i + 1)[k]) == 0);
        }
    }
    assert_true(fabs(heads / 102400.0 - 0.3) < 5.0 * sqrt(0.21 / 102400.0));
    machine_close(&m);
}

int main(int argc, char **argv)
{
    if (argc > 1) sample_size = (size_t)atoll(argv[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_philox),       cmocka_unit_test(test_xoroshiro),      cmocka_unit_test(test_seeding),
        cmocka_unit_test(test_fast_normals), cmocka_unit_test(test_bridges),      cmocka_unit_test(test_again),
        cmocka_unit_test(test_continuous),   cmocka_unit_test(test_gamma),        cmocka_unit_test(test_beta),
        cmocka_unit_test(test_poisson),      cmocka_unit_test(test_poisson_huge), cmocka_unit_test(test_independence),
        cmocka_unit_test(test_addresses),    cmocka_unit_test(test_site_seeds),  cmocka_unit_test(test_coins_nest),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
