/* Instructions that look at a whole column before they choose how to compute it, against the function of one number:
 * columns within a year and over many, across a new year, with one lane that is never, NaN or far away. And what is narrowed
 * to some groups of lanes: there the same bits as everywhere. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "assemble.h"
#include "engine/math.h"

static oc_engine *open_engine(const oc_program *program, oc_isa isa)
{
    size_t size = (oc_engine_size(program) + 63) / 64 * 64;
    void *memory = memset(aligned_alloc(64, size), 0, size);
    return oc_engine_open(memory, program, isa);
}

static bool same(double x, double y)
{
    return x == y || (isnan(x) && isnan(y));
}

/* A section of its own, so that the column can be filled before it runs. */
static void check_column(oc_opcode op, double (*meaning)(double), const double *values)
{
    as_program *p = as_new(0, 10);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_MOVE, 0, as_constant(p, 0.0), N, N, N, 0);
    as_section(p, OC_SECTION_END, 0);
    as_op(p, op, 1, 0, N, N, N, 0);
    as_op(p, op, 0, 0, N, N, N, 0);
    const oc_program *program = as_finish(p);
    for (oc_isa isa = OC_ISA_BASE; isa < OC_ISA_COUNT; isa++) {
        if (!oc_isa_available(isa)) continue;
        oc_engine *engine = open_engine(program, isa);
        oc_engine_begin(engine, &(oc_batch){.live = OC_LANES});
        memcpy(oc_engine_column_to_set(engine, 0), values, OC_LANES * sizeof *values);
        oc_engine_step(engine);
        for (size_t i = 0; i < OC_LANES; i++) {
            assert_true(same(oc_engine_column(engine, 1)[i].f, meaning(values[i])));
            assert_true(same(oc_engine_column(engine, 0)[i].f, meaning(values[i])));
        }
        free(engine);
    }
    as_free(p);
}

static void check_with_strangers(oc_opcode op, double (*meaning)(double), double *values)
{
    static const double strangers[] = {INFINITY, -INFINITY, NAN, 1e8, -1e8, 1e300, -0.0, 0.5};
    check_column(op, meaning, values);
    for (size_t k = 0; k < sizeof strangers / sizeof *strangers; k++) {
        size_t at = k * 143 % OC_LANES;
        double before = values[at];
        values[at] = strangers[k];
        check_column(op, meaning, values);
        values[at] = before;
    }
}

static void test_days(void **state)
{
    (void)state;
    static const double centres[] = {0.0, 365.0, -719162.0, 20688.0, 2932896.0, 1e6};
    static const double widths[] = {0.0, 1.0, 120.0, 364.0, 365.0, 366.0, 731.0, 20000.0};
    double values[OC_LANES];
    for (size_t c = 0; c < sizeof centres / sizeof *centres; c++) {
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
            for (size_t i = 0; i < OC_LANES; i++)
                values[i] = centres[c] + widths[w] * ((double)(i * 331 % OC_LANES) / (OC_LANES - 1) - 0.5);
            check_with_strangers(OC_OP_YEAR, oc_math_year, values);
        }
    }
}

static void test_years(void **state)
{
    (void)state;
    static const double firsts[] = {2026.0, 1900.0, -400.0, 0.0, 99999.0, 2027.25};
    double values[OC_LANES];
    for (size_t f = 0; f < sizeof firsts / sizeof *firsts; f++) {
        for (int width = 1; width <= 6; width++) {
            for (size_t i = 0; i < OC_LANES; i++) values[i] = firsts[f] + (double)(i % 12 * (size_t)width) / 12.0;
            check_with_strangers(OC_OP_YEAR_START, oc_math_year_start, values);
        }
    }
}

/* Quotients by one number for all lanes: the bits of the division, also of both zeros, never and what is too large or too
 * small for the short way. Divisors with long and short fractions, among them those just below a power of two. */
static void test_quotients(void **state)
{
    (void)state;
    static const double divisors[] = {3.0, 365.25, 30.4375, 7.0, 0.1, 1.0 / 3.0, 0x1.fffffffffffffp0, 0x1.fffffffffffffp-7,
                                      0x1.0000000000001p0, 0x1.5555555555555p3, 1e100, 1e-100, 0x1p300, 49.0, 2.0};
    static const double strangers[] = {0.0, -0.0, INFINITY, 0x1p-1060, -0x1p1020, 0x1p-501, 0x1p501};
    uint64_t bits = 1;
    for (size_t k = 0; k < sizeof divisors / sizeof *divisors; k++) {
        as_program *p = as_new(0, 10);
        as_section(p, OC_SECTION_INIT, 0);
        as_op(p, OC_OP_MOVE, 0, as_constant(p, 0.0), N, N, N, 0);
        as_section(p, OC_SECTION_END, 0);
        as_op(p, OC_OP_DIV, 0, 0, as_constant(p, divisors[k]), N, N, 0);
        const oc_program *program = as_finish(p);
        for (oc_isa isa = OC_ISA_BASE; isa < OC_ISA_COUNT; isa++) {
            if (!oc_isa_available(isa)) continue;
            oc_engine *engine = open_engine(program, isa);
            for (size_t round = 0; round < 200; round++) {
                double x[OC_LANES];
                oc_engine_begin(engine, &(oc_batch){.live = OC_LANES});
                for (size_t i = 0; i < OC_LANES; i++) {
                    bits = bits * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
                    x[i] = oc_from_bits((bits >> 11 & UINT64_C(0x800fffffffffffff)) | (UINT64_C(0x3c0) + (bits >> 58)) << 52);
                    if (i % 4 == 3) x[i] = oc_math_round(x[i]) * divisors[k];
                    if (round < 8 && i == 77 * round) x[i] = strangers[round % 7];
                }
                memcpy(oc_engine_column_to_set(engine, 0), x, sizeof x);
                oc_engine_step(engine);
                for (size_t i = 0; i < OC_LANES; i++)
                    assert_true(oc_engine_column(engine, 0)[i].u == oc_bits(x[i] / divisors[k]));
            }
            free(engine);
        }
        as_free(p);
    }
}

static void test_picked(void **state)
{
    (void)state;
    as_program *p = as_new(0, 10);
    as_section(p, OC_SECTION_INIT, 0);
    for (uint16_t column = 0; column < 3; column++)
        as_op(p, OC_OP_MOVE, column, as_constant(p, 10.0 + column), N, N, N, 0);
    uint32_t tick = as_section(p, OC_SECTION_TICK, 1);
    as_op(p, OC_OP_PICK, 3, R(0), N, N, N, 0);
    as_section(p, OC_SECTION_END, 0);
    static const double rows[] = {0.0, 2.0, 1.0, 4.0, -1.0, 1e300, NAN, INFINITY};
    static const double wanted[] = {10.0, 12.0, 11.0, 10.0, 10.0, 10.0, 10.0, 10.0};
    for (int32_t row = 0; row < 8; row++) as_row(p, 1, tick, 0, 1, rows[row]);
    oc_engine *engine = open_engine(as_finish(p), OC_ISA_AUTO);
    oc_engine_begin(engine, &(oc_batch){.live = OC_LANES});
    for (int row = 0; row < 8; row++) {
        oc_engine_step(engine);
        assert_true(oc_engine_column(engine, 3)[500].f == wanted[row]);
    }
    free(engine);
    as_free(p);
}

static void make_narrowed(as_program *p, double share, uint32_t flag)
{
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_UNIFORM, 0, N, N, N, N, as_site(p, 1));
    as_op(p, OC_OP_NORMAL, 1, N, N, N, N, as_site(p, 2));
    as_op(p, OC_OP_LT, 2, 0, as_constant(p, share), N, N, 0);
    as_op(p, OC_OP_MOVE, 3, as_constant(p, -7.0), N, N, N, 0);
    if (flag) as_op(p, OC_OP_WHERE, N, N, N, 2, N, 0);
    as_op(p, OC_OP_UNIFORM, 4, N, N, N, N, as_site(p, 3) | flag);
    as_op(p, OC_OP_COIN, 5, as_constant(p, 0.25), N, N, N, as_site(p, 4) | flag);
    as_op(p, OC_OP_WALK, 7, 1, as_constant(p, 0.5), N, N, as_site(p, 5) | flag);
    as_op(p, OC_OP_WALK, 8, as_constant(p, 1.0), 1, 0, N, as_site(p, 6) | flag);
    as_op(p, OC_OP_MULADD, 4, 4, 1, as_constant(p, 3.0), N, flag);
    as_op(p, OC_OP_EXP, 6, 1, N, N, N, flag);
    as_op(p, OC_OP_SELECT, 4, 4, 6, 5, N, flag);
    as_op(p, OC_OP_KEEP, 3, 4, N, 2, N, flag);
    as_section(p, OC_SECTION_END, 0);
}

static void test_narrowed(void **state)
{
    (void)state;
    static const double shares[] = {0.0, 0.0005, 0.01, 0.05, 0.2, 1.0};
    for (size_t s = 0; s < sizeof shares / sizeof *shares; s++) {
        for (oc_isa isa = OC_ISA_BASE; isa < OC_ISA_COUNT; isa++) {
            if (!oc_isa_available(isa)) continue;
            as_program *narrow = as_new(0, 10), *wide = as_new(0, 10);
            make_narrowed(narrow, shares[s], OC_WHERE);
            make_narrowed(wide, shares[s], 0);
            oc_engine *a = open_engine(as_finish(narrow), isa), *b = open_engine(as_finish(wide), isa);
            for (uint32_t batch = 0; batch < 8; batch++) {
                oc_engine_begin(a, &(oc_batch){.seed = 3, .index = batch, .live = OC_LANES});
                oc_engine_begin(b, &(oc_batch){.seed = 3, .index = batch, .live = OC_LANES});
                for (size_t i = 0; i < OC_LANES; i++) {
                    assert_true(oc_engine_column(a, 3)[i].u == oc_engine_column(b, 3)[i].u);
                    if (!oc_engine_truths(b, 2)[i]) continue;
                    assert_true(oc_engine_column(a, 4)[i].u == oc_engine_column(b, 4)[i].u);
                    assert_int_equal(oc_engine_truths(a, 5)[i], oc_engine_truths(b, 5)[i]);
                    assert_true(oc_engine_column(a, 7)[i].u == oc_engine_column(b, 7)[i].u);
                    assert_true(oc_engine_column(a, 8)[i].u == oc_engine_column(b, 8)[i].u);
                }
            }
            free(a);
            free(b);
            as_free(narrow);
            as_free(wide);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_days), cmocka_unit_test(test_years),
                                       cmocka_unit_test(test_quotients), cmocka_unit_test(test_picked),
                                       cmocka_unit_test(test_narrowed)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
