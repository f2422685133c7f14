#include "programs.h"

#include "staged.h"

#define C(value) as_constant(p, (value))
#define ONCE C(OC_NO_DATE)

/* Columns used by most: inputs 0 .. 3, results from 10 on, masks from 30 on. */
enum { X, Y, Z, W, OUT = 10, MASK = 30 };

static void op(as_program *p, oc_opcode code, uint16_t dst, oc_operand a, oc_operand b, oc_operand c)
{
    as_op(p, code, dst, a, b, c, N, 0);
}

static void draw(as_program *p, oc_opcode code, uint16_t dst, oc_operand a, oc_operand b, oc_operand date)
{
    as_op(p, code, dst, a, b, N, date, as_site(p, 0x9000u + dst + 0x100u * (uint32_t)code));
}

/* X in -3 .. 3 or so, Y in 0 .. 1, Z positive, W sometimes never. */
static void inputs(as_program *p)
{
    as_section(p, OC_SECTION_INIT, 0);
    draw(p, OC_OP_NORMAL, X, N, N, ONCE);
    draw(p, OC_OP_UNIFORM, Y, N, N, ONCE);
    draw(p, OC_OP_EXPONENTIAL, Z, N, N, ONCE);
    op(p, OC_OP_LT, MASK, Y, C(0.25), N);
    op(p, OC_OP_SELECT, W, C((double)__builtin_inf()), Z, MASK);
    op(p, OC_OP_LT, MASK + 1, X, C(0.0), N);
    op(p, OC_OP_LE, MASK + 2, Y, Z, N);
}

static void end(as_program *p, uint16_t first, uint16_t count)
{
    as_section(p, OC_SECTION_END, 0);
    for (uint16_t i = 0; i < count; i++)
        as_op(p, OC_OP_TALLY_VALUE, N, (uint16_t)(first + i), N, N, N, as_slot(p, i % 2 ? 64 : 1024));
}

static void binary(as_program *p, const oc_opcode *codes, size_t count)
{
    inputs(p);
    uint16_t out = OUT;
    for (size_t i = 0; i < count; i++) {
        op(p, codes[i], out++, X, W, N);
        op(p, codes[i], out++, X, C(1.5), N);
        op(p, codes[i], out++, C(-0.75), Z, N);
        op(p, codes[i], out++, C(2.5), C(-0.5), N);
        op(p, OC_OP_MOVE, out, W, N, N);
        op(p, codes[i], out, out, Y, N);
        out++;
    }
    end(p, OUT, (uint16_t)(out - OUT));
}

static void arithmetic(as_program *p)
{
    binary(p, (const oc_opcode[]){OC_OP_ADD, OC_OP_SUB, OC_OP_MUL}, 3);
}

static void quotients(as_program *p)
{
    binary(p, (const oc_opcode[]){OC_OP_DIV, OC_OP_MIN, OC_OP_MAX}, 3);
}

static void powers(as_program *p)
{
    binary(p, (const oc_opcode[]){OC_OP_POW}, 1);
}

static void unary(as_program *p, const oc_opcode *codes, size_t count)
{
    inputs(p);
    uint16_t out = OUT;
    for (size_t i = 0; i < count; i++) {
        op(p, codes[i], out++, X, N, N);
        op(p, codes[i], out++, Y, N, N);
        op(p, codes[i], out++, W, N, N);
        op(p, codes[i], out++, C(0.3), N, N);
    }
    end(p, OUT, (uint16_t)(out - OUT));
}

static void signs(as_program *p)
{
    unary(p, (const oc_opcode[]){OC_OP_NEG, OC_OP_ABS, OC_OP_FLOOR, OC_OP_ROUND, OC_OP_MOVE}, 5);
}

static void functions(as_program *p)
{
    unary(p, (const oc_opcode[]){OC_OP_SQRT, OC_OP_EXP, OC_OP_LOG}, 3);
}

static void sigmoids(as_program *p)
{
    unary(p, (const oc_opcode[]){OC_OP_LOGISTIC, OC_OP_LOGIT, OC_OP_EXPM1NEG}, 3);
}

static void years(as_program *p)
{
    inputs(p);
    op(p, OC_OP_MULADD, OUT, X, C(9000.0), C(20000.0));
    op(p, OC_OP_YEAR, OUT + 1, OUT, N, N);
    op(p, OC_OP_YEAR_START, OUT + 2, OUT + 1, N, N);
    op(p, OC_OP_YEAR, OUT + 3, W, N, N);
    op(p, OC_OP_YEAR_START, OUT + 4, C(2031.5), N, N);
    end(p, OUT, 5);
}

static void products(as_program *p)
{
    const double k = 0.625;
    inputs(p);
    uint16_t out = OUT;
    for (int i = 0; i < 8; i++)
        op(p, OC_OP_MULADD, out++, i & 1 ? X : C(k), i & 2 ? Y : C(k + 1.0), i & 4 ? Z : C(k - 1.0));
    end(p, OUT, 8);
}

static void choices(as_program *p)
{
    inputs(p);
    uint16_t out = OUT;
    for (int i = 0; i < 4; i++) op(p, OC_OP_SELECT, out++, i & 1 ? X : C(7.0), i & 2 ? Z : C(8.0), MASK + 1);
    op(p, OC_OP_SELECT, out++, X, Z, N);
    op(p, OC_OP_MOVE, out, C(1.0), N, N);
    as_op(p, OC_OP_KEEP, out++, Z, N, MASK + 2, N, 0);
    op(p, OC_OP_MOVE, out, X, N, N);
    as_op(p, OC_OP_KEEP, out++, C(-4.0), N, MASK, N, 0);
    end(p, OUT, (uint16_t)(out - OUT));
}

static void logic(as_program *p)
{
    inputs(p);
    uint16_t m = MASK + 3;
    const oc_opcode compare[] = {OC_OP_LT, OC_OP_LE, OC_OP_EQ, OC_OP_NE};
    for (size_t i = 0; i < 4; i++) {
        op(p, compare[i], m++, X, W, N);
        op(p, compare[i], m++, X, C(0.1), N);
        op(p, compare[i], m++, C(0.5), Y, N);
        op(p, compare[i], m++, W, W, N);
        op(p, compare[i], m++, C(1.0), C(2.0), N);
    }
    const oc_opcode join[] = {OC_OP_AND, OC_OP_OR, OC_OP_ANDNOT};
    for (size_t i = 0; i < 3; i++) {
        op(p, join[i], m++, MASK, MASK + 1, N);
        op(p, join[i], m++, N, MASK + 2, N);
    }
    op(p, OC_OP_NOT, m++, MASK, N, N);
    as_op(p, OC_OP_MOVE_MASK, m++, N, N, N, N, 0);
    as_op(p, OC_OP_MOVE_MASK, m++, MASK + 1, N, N, N, 1);
    op(p, OC_OP_MOVE_MASK, m, MASK + 1, N, N);
    as_op(p, OC_OP_KEEP_MASK, m++, MASK + 2, N, MASK, N, 0);
    as_section(p, OC_SECTION_END, 0);
    uint32_t counts = as_counts(p, m - MASK);
    for (uint16_t i = MASK; i < m; i++) as_op(p, OC_OP_TALLY_TRUE, N, i, N, N, N, counts + i - MASK);
    as_op(p, OC_OP_TALLY_TRUE, N, N, N, MASK, N, as_counts(p, 1));
}

static void coins(as_program *p)
{
    inputs(p);
    uint32_t counts = as_counts(p, 6);
    uint32_t tick = as_section(p, OC_SECTION_TICK, 1);
    const oc_operand chances[] = {Y, C(0.3), R(0), C(0.0), C(1.0), C(1e-3)};
    for (uint16_t i = 0; i < 6; i++) {
        draw(p, OC_OP_COIN, MASK + 5 + i, chances[i], N, i == 1 ? ONCE : N);
        as_op(p, OC_OP_TALLY_TRUE, N, MASK + 5 + i, N, N, N, counts + i);
    }
    as_section(p, OC_SECTION_END, 0);
    for (int i = 0; i < 12; i++) as_row(p, 20000 + 30 * i, tick, 0, 1, 0.05 * i);
}

/* Masks with lanes in few groups, in many, in all and in none; what is computed there, kept there. */
static void narrowed(as_program *p)
{
    inputs(p);
    uint16_t out = OUT;
    const double shares[] = {0.003, 0.05, 0.5, 0.0};
    const oc_opcode unary_codes[] = {OC_OP_MOVE, OC_OP_NEG, OC_OP_FLOOR, OC_OP_ROUND, OC_OP_EXP, OC_OP_LOG, OC_OP_LOGISTIC};
    const oc_opcode binary_codes[] = {OC_OP_ADD, OC_OP_SUB, OC_OP_MUL, OC_OP_DIV, OC_OP_MIN, OC_OP_MAX};
    for (size_t m = 0; m < 4; m++) {
        uint16_t t = 60;
        op(p, OC_OP_LT, MASK + 3, Y, C(shares[m]), N);
        op(p, OC_OP_WHERE, N, N, N, MASK + 3);
        for (size_t i = 0; i < 7; i++) as_op(p, unary_codes[i], t++, i < 4 ? W : X, N, N, N, OC_WHERE);
        for (size_t i = 0; i < 6; i++) as_op(p, binary_codes[i], t++, i % 2 ? Z : C(1.5), W, N, N, OC_WHERE);
        as_op(p, OC_OP_MULADD, t++, X, C(900.0), C(20000.0), N, OC_WHERE);
        as_op(p, OC_OP_YEAR, t, (uint16_t)(t - 1), N, N, N, OC_WHERE);
        as_op(p, OC_OP_YEAR_START, (uint16_t)(t + 1), t, N, N, N, OC_WHERE);
        t += 2;
        as_op(p, OC_OP_LT, MASK + 4, X, Z, N, N, OC_WHERE);
        as_op(p, OC_OP_ANDNOT, MASK + 4, MASK + 4, MASK + 1, N, N, OC_WHERE);
        as_op(p, OC_OP_SELECT, t++, X, Z, MASK + 4, N, OC_WHERE);
        as_op(p, OC_OP_UNIFORM, t++, N, N, N, ONCE, as_site(p, 0x7000u + m) | OC_WHERE);
        as_op(p, OC_OP_COIN, MASK + 5, C(0.4), N, N, ONCE, as_site(p, 0x7100u + m) | OC_WHERE);
        as_op(p, OC_OP_COIN, MASK + 6, Y, N, N, ONCE, as_site(p, 0x7200u + m) | OC_WHERE);
        as_op(p, OC_OP_KEEP_MASK, MASK + 5, MASK + 6, N, MASK + 4, N, OC_WHERE);
        as_op(p, OC_OP_SELECT, t++, C(1.0), C(2.0), MASK + 5, N, OC_WHERE);
        op(p, OC_OP_MOVE, out, C(0.0), N, N);
        for (uint16_t i = 60; i < t; i++) {
            as_op(p, OC_OP_ADD, i, i, out, N, N, OC_WHERE);
            as_op(p, OC_OP_KEEP, out, i, N, MASK + 3, N, OC_WHERE);
            if (i % 6 == 5) op(p, OC_OP_MOVE, ++out, C(0.0), N, N);
        }
        out++;
    }
    end(p, OUT, (uint16_t)(out - OUT));
}

static void uniforms(as_program *p)
{
    inputs(p);
    draw(p, OC_OP_UNIFORM, OUT, N, N, C(20000.0));
    draw(p, OC_OP_NORMAL, OUT + 1, N, N, C(20000.0));
    draw(p, OC_OP_EXPONENTIAL, OUT + 2, N, N, C(-20000.0));
    end(p, OUT, 3);
}

static void gammas(as_program *p)
{
    inputs(p);
    draw(p, OC_OP_GAMMA, OUT, C(4.5), N, ONCE);
    draw(p, OC_OP_GAMMA, OUT + 1, C(0.3), N, ONCE);
    draw(p, OC_OP_GAMMA, OUT + 2, Z, N, ONCE);
    draw(p, OC_OP_GAMMA, OUT + 3, C(1000.0), N, ONCE);
    draw(p, OC_OP_GAMMA, OUT + 4, X, N, ONCE);
    end(p, OUT, 5);
}

static void betas(as_program *p)
{
    inputs(p);
    draw(p, OC_OP_BETA, OUT, C(16.0), C(4.0), ONCE);
    draw(p, OC_OP_BETA, OUT + 1, C(0.5), C(0.5), ONCE);
    draw(p, OC_OP_BETA, OUT + 2, Z, Y, ONCE);
    draw(p, OC_OP_BETA, OUT + 3, C(0.01), C(0.02), ONCE);
    end(p, OUT, 4);
}

static void counts_small(as_program *p)
{
    inputs(p);
    draw(p, OC_OP_POISSON, OUT, C(2.5), N, ONCE);
    draw(p, OC_OP_POISSON, OUT + 1, Z, N, ONCE);
    draw(p, OC_OP_POISSON, OUT + 2, C(0.0), N, ONCE);
    end(p, OUT, 3);
}

static void counts_large(as_program *p)
{
    inputs(p);
    op(p, OC_OP_MULADD, OUT + 9, Z, C(100.0), C(5.0));
    draw(p, OC_OP_POISSON, OUT, C(12.0), N, ONCE);
    draw(p, OC_OP_POISSON, OUT + 1, OUT + 9, N, ONCE);
    draw(p, OC_OP_POISSON, OUT + 2, C(1e9), N, ONCE);
    draw(p, OC_OP_POISSON, OUT + 3, C(1e17), N, ONCE);
    end(p, OUT, 4);
}

static void walks(as_program *p)
{
    inputs(p);
    for (uint16_t i = 0; i < 12; i++) op(p, OC_OP_MOVE, OUT + i, X, N, N);
    uint32_t sites[12];
    for (uint32_t i = 0; i < 12; i++) sites[i] = as_site(p, 0x7700 + i);
    uint32_t tick = as_section(p, OC_SECTION_TICK, 1);
    for (uint16_t i = 0; i < 12; i++) {
        const oc_operand addend[] = {N, C(0.01), Y};
        as_op(p, OC_OP_WALK, OUT + i, i & 1 ? OUT + i : C(0.5), i & 2 ? Z : R(0), addend[i / 4], N, sites[i]);
    }
    end(p, OUT, 12);
    for (int i = 0; i < 20; i++) as_row(p, 20000 + 30 * i, tick, 0, 1, 0.1 + 0.01 * i);
}

static void bridges(as_program *p)
{
    inputs(p);
    for (uint16_t i = 0; i < 16; i++) op(p, OC_OP_MOVE, OUT + i, i & 1 ? X : Z, N, N);
    uint32_t sites[16];
    for (uint32_t i = 0; i < 16; i++) sites[i] = as_site(p, 0x7900 + i);
    uint32_t path = as_section(p, OC_SECTION_PATH, 2);
    for (uint16_t i = 0; i < 16; i++) {
        const oc_operand noise[] = {R(1), C(0.25), Z, C(1e-9)};
        as_op(p, OC_OP_BRIDGE, OUT + i, i & 1 ? OUT + i : C(0.5), i & 2 ? OUT + i : R(0), i & 1 ? R(0) : C(0.125), noise[i / 4],
              sites[i]);
    }
    end(p, OUT, 16);
    for (int i = 0; i < 20; i++) {
        as_row(p, 20000 + 30 * i, path, 0, 2, 0.1 + 0.01 * i, 0.5 - 0.01 * i);
        as_shift(p, 150 - 17 * i);
    }
}

static void given_lanes(as_program *p)
{
    inputs(p);
    draw(p, OC_OP_NORMAL, OUT, N, N, ONCE);
    op(p, OC_OP_ADD, OUT, OUT, X, N);
    op(p, OC_OP_LT, MASK + 9, C(0.5), X, N);
    as_given(p, MASK + 9);
    end(p, OUT, 1);
    as_op(p, OC_OP_TALLY_TRUE, N, MASK, N, N, N, as_counts(p, 1));
}

static void waits(as_program *p)
{
    static const int32_t days[] = {20000, 20365, 20730, 21096};
    enum { CODE = 4, SINCE = 5, NEXT = 6 };
    inputs(p);
    op(p, OC_OP_MOVE, CODE, C(0.0), N, N);
    op(p, OC_OP_MOVE, SINCE, C(20010.0), N, N);
    uint32_t table = as_span(p, 4, 3, days);
    uint32_t site = as_site(p, 0x4242);
    uint32_t tick = as_section(p, OC_SECTION_TICK, 1);
    as_op(p, OC_OP_UNIFORM, NEXT, N, N, N, N, site);
    op(p, OC_OP_MUL, NEXT, NEXT, C(4.0), N);
    op(p, OC_OP_FLOOR, NEXT, NEXT, N, N);
    as_op(p, OC_OP_TALLY_SPAN, CODE, N, NEXT, R(0), SINCE, table);
    as_section(p, OC_SECTION_END, 0);
    as_op(p, OC_OP_TALLY_SPAN, CODE, N, C(9.0), C(21000.0), SINCE, table);
    as_op(p, OC_OP_TALLY_VALUE, N, SINCE, N, N, N, as_slot(p, 16));
    for (int i = 0; i < 30; i++) as_row(p, 20005 + 31 * i, tick, 0, 1, 20005.0 + 31 * i);
}

static void sampled_rows(as_program *p)
{
    inputs(p);
    uint32_t site = as_site(p, 0x5151), slots[6];
    for (size_t i = 0; i < 6; i++) slots[i] = as_slot(p, 64);
    uint32_t tick = as_section(p, OC_SECTION_TICK, 0);
    as_op(p, OC_OP_WALK, X, X, C(0.1), N, N, site);
    uint32_t record[6];
    for (size_t i = 0; i < 6; i++) {
        record[i] = as_section(p, OC_SECTION_RECORD, 0);
        as_op(p, OC_OP_TALLY_VALUE, N, X, N, N, N, slots[i]);
    }
    end(p, X, 1);
    for (int i = 0; i < 6; i++) {
        as_row(p, 20000 + 30 * i, tick, 0, 0);
        as_row(p, 20001 + 30 * i, record[i], OC_ROW_SAMPLED, 0);
    }
}

static void days(as_program *p)
{
    inputs(p);
    op(p, OC_OP_MULADD, OUT, X, C(1000.0), C(20500.0));
    op(p, OC_OP_ADD, OUT + 1, W, C(20000.0), N);
    op(p, OC_OP_MUL, OUT + 2, Y, C(7.0), N);
    as_section(p, OC_SECTION_END, 0);
    as_op(p, OC_OP_TALLY_DAY, N, OUT, N, N, N, as_counts(p, 1002));
    as_op(p, OC_OP_TALLY_DAY, N, OUT + 1, N, MASK + 1, N, as_counts(p, 1002));
    as_op(p, OC_OP_TALLY_INDEX, N, OUT + 2, N, N, N, as_counts(p, 7));
    as_op(p, OC_OP_TALLY_INDEX, N, OUT + 2, N, MASK + 2, N, as_counts(p, 7));
    op(p, OC_OP_FLOOR, OUT + 2, OUT + 2, N, N);
    as_op(p, OC_OP_TALLY_VALUE, N, OUT + 2, N, MASK + 1, N, as_slot(p, 256));
}

static void checks(as_program *p)
{
    inputs(p);
    as_op(p, OC_OP_CHECK_UNIT, N, Y, N, N, N, as_check(p));
    as_op(p, OC_OP_CHECK_UNIT, N, C(0.5), N, N, N, as_check(p));
    as_op(p, OC_OP_CHECK_REAL, N, W, N, N, N, as_check(p));
    as_op(p, OC_OP_CHECK_POS, N, Z, N, N, N, as_check(p));
    as_op(p, OC_OP_CHECK_NONNEG, N, X, N, MASK + 3, N, as_check(p));
    as_op(p, OC_OP_CHECK_ORDER, N, C(-1.0), Y, N, N, as_check(p));
    end(p, Y, 1);
}

static const struct {
    const char *name;
    void (*write)(as_program *p);
} programs[] = {
    {"arithmetic", arithmetic}, {"quotients", quotients}, {"powers", powers}, {"signs", signs},
    {"functions", functions}, {"sigmoids", sigmoids}, {"years", years}, {"products", products},
    {"choices", choices}, {"logic", logic}, {"coins", coins}, {"narrowed", narrowed}, {"uniforms", uniforms}, {"gammas", gammas},
    {"betas", betas}, {"counts-small", counts_small}, {"counts-large", counts_large}, {"walks", walks},
    {"bridges", bridges},
    {"given", given_lanes}, {"waits", waits}, {"sampled", sampled_rows}, {"days", days}, {"checks", checks},
    {"staged", NULL}, {"staged-monthly", NULL},
};

size_t test_program_count(void)
{
    return sizeof programs / sizeof *programs;
}

const char *test_program_name(size_t index)
{
    return programs[index].name;
}

const oc_program *test_program(size_t index, as_program **ret)
{
    if (index + 1 == test_program_count()) return staged_monthly_program(ret, STAGED_PASS);
    if (!programs[index].write) return staged_program(ret, STAGED_PASS);
    *ret = as_new(20000, 21000);
    programs[index].write(*ret);
    return as_finish(*ret);
}
