/* The machine: instructions against scalar arithmetic written here, checks and replay, `given`, waiting times, value
 * slots, threads, partial runs, cancelling. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "oracle.h"
#include "programs.h"
#include "run/run.h"
#include "staged.h"

#define C(value) as_constant(p, (value))

static oc_status run_with(const oc_program *program, uint64_t runs, unsigned threads, oc_arena *arena, oc_result *ret)
{
    oc_run_options options = {.runs = runs, .seed = 11, .threads = threads, .sample_limit = 2048};
    oc_arena_init(arena, NULL, 0);
    return oc_run(program, &options, arena, ret);
}

/* Two roundings where contraction would make one: (1 + 2^-30)^2 - (1 + 2^-29) is 2^-60, or 0 in two steps. */
static void test_no_contraction(void **state)
{
    (void)state;
    as_program *p = as_new(0, 10);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_MOVE, 0, C(1.0 + 0x1p-30), N, N, N, 0);
    as_op(p, OC_OP_MULADD, 1, 0, 0, C(-(1.0 + 0x1p-29)), N, 0);
    as_op(p, OC_OP_MULADD, 2, 0, C(1.0 + 0x1p-30), C(-(1.0 + 0x1p-29)), N, 0);
    as_section(p, OC_SECTION_END, 0);
    uint32_t first = as_slot(p, 2), second = as_slot(p, 2);
    as_op(p, OC_OP_TALLY_VALUE, N, 1, N, N, N, first);
    as_op(p, OC_OP_TALLY_VALUE, N, 2, N, N, N, second);
    const oc_program *program = as_finish(p);
    for (oc_isa isa = OC_ISA_BASE; isa < OC_ISA_COUNT; isa++) {
        if (!oc_isa_available(isa)) continue;
        oc_run_options options = {.runs = 100, .isa = isa};
        oc_arena arena;
        oc_result result;
        oc_arena_init(&arena, NULL, 0);
        assert_int_equal(oc_run(program, &options, &arena, &result), OC_OK);
        assert_true(result.values[0].min == 0.0 && result.values[0].max == 0.0);
        assert_true(result.values[1].min == 0.0 && result.values[1].max == 0.0);
        oc_arena_free(&arena);
    }
    as_free(p);
}

/* --- instructions against the plain meaning --- */

static double meaning(oc_opcode op, double a, double b)
{
    bool never = a == INFINITY || b == INFINITY;
    switch (op) {
    case OC_OP_ADD: return a + b;
    case OC_OP_SUB: return never ? INFINITY : a - b;
    case OC_OP_MUL: return never ? INFINITY : a * b;
    case OC_OP_DIV: return b == 0.0 ? NAN : a == INFINITY ? INFINITY : a / b;
    case OC_OP_MIN: return fmin(a, b);
    case OC_OP_MAX: return fmax(a, b);
    case OC_OP_LT: return a < b;
    case OC_OP_LE: return a <= b;
    case OC_OP_EQ: return a == b;
    case OC_OP_NE: return a != b;
    case OC_OP_NEG: return a == INFINITY ? a : -a;
    case OC_OP_ABS: return fabs(a);
    case OC_OP_FLOOR: return floor(a);
    case OC_OP_ROUND: return floor(a + 0.5);
    case OC_OP_SQRT: return sqrt(a);
    default: return 0.0;
    }
}

static bool same(double x, double y)
{
    return x == y || (isnan(x) && isnan(y));
}

static void test_instructions(void **state)
{
    (void)state;
    const oc_opcode ops[] = {OC_OP_ADD, OC_OP_SUB, OC_OP_MUL, OC_OP_DIV, OC_OP_MIN, OC_OP_MAX, OC_OP_LT, OC_OP_LE,
                             OC_OP_EQ, OC_OP_NE, OC_OP_NEG, OC_OP_ABS, OC_OP_FLOOR, OC_OP_ROUND, OC_OP_SQRT};
    const double scalars[] = {0.0, 1.5, -2.0, 1e300, INFINITY};
    for (size_t o = 0; o < sizeof ops / sizeof *ops; o++) {
        bool is_truth = ops[o] >= OC_OP_LT && ops[o] <= OC_OP_NE;
        for (size_t k = 0; k < sizeof scalars / sizeof *scalars; k++) {
            as_program *p = as_new(0, 10);
            as_section(p, OC_SECTION_INIT, 0);
            as_op(p, OC_OP_NORMAL, 0, N, N, N, N, as_site(p, 1));
            as_op(p, OC_OP_NORMAL, 1, N, N, N, N, as_site(p, 2));
            as_op(p, OC_OP_LT, 9, C(1.0), 0, N, N, 0);
            as_op(p, OC_OP_KEEP, 0, C(INFINITY), N, 9, N, 0);
            as_op(p, ops[o], 2, 0, 1, N, N, 0);
            as_op(p, ops[o], 3, 0, C(scalars[k]), N, N, 0);
            as_op(p, ops[o], 4, C(scalars[k]), 1, N, N, 0);
            as_op(p, ops[o], 5, C(scalars[k]), C(0.75), N, N, 0);
            as_section(p, OC_SECTION_END, 0);
            const oc_program *program = as_finish(p);
            void *memory = aligned_alloc(64, (oc_engine_size(program) + 63) / 64 * 64);
            memset(memory, 0, oc_engine_size(program));
            oc_engine *engine = oc_engine_open(memory, program, OC_ISA_AUTO);
            oc_engine_begin(engine, &(oc_batch){.seed = 4, .live = OC_LANES});
            for (size_t i = 0; i < OC_LANES; i++) {
                double x = oc_engine_column(engine, 0)[i].f, y = oc_engine_column(engine, 1)[i].f, s = scalars[k];
                const double wanted[] = {meaning(ops[o], x, y), meaning(ops[o], x, s), meaning(ops[o], s, y),
                                         meaning(ops[o], s, 0.75)};
                for (uint32_t c = 0; c < 4; c++) {
                    oc_cell got = oc_engine_column(engine, 2 + c)[i];
                    if (is_truth) assert_int_equal(oc_engine_truths(engine, 2 + c)[i], wanted[c] != 0.0 ? UINT8_MAX : 0);
                    else assert_true(same(got.f, wanted[c]));
                }
            }
            free(memory);
            as_free(p);
        }
    }
}

/* --- checks --- */

static const oc_program *failing_program(as_program **ret)
{
    as_program *p = *ret = as_new(0, 100);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_UNIFORM, 0, N, N, N, N, as_site(p, 1));
    as_op(p, OC_OP_MOVE, 1, C(0.0), N, N, N, 0);
    uint32_t tick = as_section(p, OC_SECTION_TICK, 0);
    as_check(p);
    uint32_t check = as_check(p);
    as_op(p, OC_OP_ADD, 1, 1, 0, N, N, 0);
    as_op(p, OC_OP_CHECK_ORDER, N, 1, C(3.9999), N, N, check);
    as_op(p, OC_OP_MOVE, 1, 1, N, N, N, 0);
    as_section(p, OC_SECTION_END, 0);
    for (int32_t i = 0; i < 4; i++) as_row(p, 10 * i, tick, 0, 0);
    return as_finish(p);
}

static void test_failures(void **state)
{
    (void)state;
    as_program *p;
    const oc_program *program = failing_program(&p);
    uint64_t lowest = 0;
    for (unsigned threads = 1; threads <= 8; threads *= 2) {
        oc_arena arena;
        oc_result result;
        assert_int_equal(run_with(program, 2000000, threads, &arena, &result), OC_INPUT);
        const oc_run_failure *f = &result.failure;
        assert_true(f->found && f->check == 1 && f->row == 3 && f->day == 30);
        if (threads == 1) lowest = f->trajectory;
        assert_true(f->trajectory == lowest && lowest > OC_LANES);
        assert_true(f->columns[0].f * 4.0 > 3.9999 && fabs(f->columns[1].f - 4.0 * f->columns[0].f) < 1e-12);
        oc_arena_free(&arena);
    }
    oc_arena arena;
    oc_result result;
    assert_int_equal(run_with(program, lowest, 2, &arena, &result), OC_OK);
    oc_arena_free(&arena);
    assert_int_equal(run_with(program, lowest + 1, 2, &arena, &result), OC_INPUT);
    assert_true(result.failure.trajectory == lowest);
    oc_arena_free(&arena);
    as_free(p);
}

typedef struct seen {
    uint32_t rows[8];
    double values[8];
    size_t count;
} seen;

static bool see(void *context, uint32_t row, const oc_cell *cells)
{
    seen *s = context;
    s->rows[s->count] = row;
    s->values[s->count++] = cells[1].f;
    return true;
}

static void test_replay(void **state)
{
    (void)state;
    as_program *p;
    const oc_program *program = failing_program(&p);
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    seen s = {0};
    assert_int_equal(oc_run_replay(program, 11, 12345, true, &arena, see, &s), OC_OK);
    assert_int_equal(s.count, 6);
    assert_true(s.rows[0] == OC_ROW_INIT && s.rows[1] == 0 && s.rows[4] == 3 && s.rows[5] == OC_ROW_END);
    for (size_t i = 2; i < 5; i++) assert_true(fabs(s.values[i] - s.values[1] * (double)i) < 1e-12);
    assert_int_equal(oc_run_replay(program, 11, OC_MAX_RUNS, true, &arena, see, &s), OC_USAGE);
    oc_arena_free(&arena);
    as_free(p);
}

/* --- results --- */

static void test_given(void **state)
{
    (void)state;
    as_program *p = as_new(0, 100);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_UNIFORM, 0, N, N, N, N, as_site(p, 1));
    as_op(p, OC_OP_LT, 1, 0, C(0.25), N, N, 0);
    as_given(p, 1);
    as_section(p, OC_SECTION_END, 0);
    uint32_t below = as_counts(p, 1), slot = as_slot(p, 64);
    as_op(p, OC_OP_LT, 2, 0, C(0.1), N, N, 0);
    as_op(p, OC_OP_TALLY_TRUE, N, 2, N, N, N, below);
    as_op(p, OC_OP_TALLY_VALUE, N, 0, N, N, N, slot);
    const oc_program *program = as_finish(p);
    oc_arena arena;
    oc_result result;
    assert_int_equal(run_with(program, 100001, 2, &arena, &result), OC_OK);
    assert_true(result.futures == 100001 && result.values[slot].count == result.counted);
    assert_true(fabs((double)result.counted / 100001.0 - 0.25) < 0.007);
    assert_true(fabs((double)result.counts[below] / (double)result.counted - 0.4) < 0.016);
    assert_true(result.values[slot].max < 0.25 && fabs(oc_value_mean(&result, slot) - 0.125) < 0.003);
    assert_true(fabs(oc_value_deviation(&result, slot) - 0.25 / sqrt(12.0)) < 0.002);
    oc_arena_free(&arena);
    as_free(p);
}

/* Waiting days of the program "waits", counted day by day. */
static void test_spans(void **state)
{
    (void)state;
    size_t index = 0;
    while (strcmp(test_program_name(index), "waits") != 0) index++;
    as_program *p;
    const oc_program *program = test_program(index, &p);
    oc_arena arena;
    oc_result result;
    enum { RUNS = 1500, CODES = 4, YEARS = 3 };
    assert_int_equal(run_with(program, RUNS, 1, &arena, &result), OC_OK);
    uint64_t naive[CODES * YEARS] = {0};
    const int32_t days[] = {20000, 20365, 20730, 21096};
    void *memory = aligned_alloc(64, (oc_engine_size(program) + 63) / 64 * 64);
    memset(memory, 0, oc_engine_size(program));
    oc_engine *engine = oc_engine_open(memory, program, OC_ISA_AUTO);
    for (uint32_t batch = 0; batch * OC_LANES < RUNS; batch++) {
        static int code[OC_LANES], codes[OC_LANES][30];
        oc_engine_begin(engine, &(oc_batch){.seed = 11, .index = batch, .live = OC_LANES});
        for (int row = 0; row < 30; row++) {
            oc_engine_step(engine);
            for (size_t i = 0; i < OC_LANES; i++) codes[i][row] = (int)oc_engine_column(engine, 6)[i].f;
        }
        for (size_t i = 0; i < OC_LANES && batch * OC_LANES + i < RUNS; i++) {
            code[i] = 0;
            int row = 0;
            for (int32_t day = 20005; day < 21000; day++) {
                while (row < 30 && 20005 + 31 * row <= day) code[i] = codes[i][row++];
                if (day < 20010) continue;
                int year = day < days[1] ? 0 : day < days[2] ? 1 : 2;
                naive[code[i] * YEARS + year]++;
            }
        }
    }
    const oc_span_table *table = (const oc_span_table *)(const void *)((const char *)program + program->spans_at);
    for (size_t i = 0; i < CODES * YEARS; i++) assert_true(result.counts[table->first_count + i] == naive[i]);
    free(memory);
    oc_arena_free(&arena);
    as_free(p);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sums, extremes and quantiles of a slot against the sorted values themselves. */
static void test_values(void **state)
{
    (void)state;
    enum { RUNS = 50000 };
    as_program *p = as_new(0, 100);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_NORMAL, 0, N, N, N, N, as_site(p, 1));
    as_op(p, OC_OP_MUL, 2, 0, C(3.0), N, N, 0);
    as_op(p, OC_OP_FLOOR, 2, 2, N, N, N, 0);                 /* few distinct values */
    as_op(p, OC_OP_LT, 3, C(1.0), 0, N, N, 0);
    as_op(p, OC_OP_SELECT, 1, C(INFINITY), 0, 3, N, 0);      /* 16 % never */
    as_section(p, OC_SECTION_END, 0);
    uint32_t smooth = as_slot(p, 2048), atoms = as_slot(p, 256), open_end = as_slot(p, 64);
    as_op(p, OC_OP_TALLY_VALUE, N, 0, N, N, N, smooth);
    as_op(p, OC_OP_TALLY_VALUE, N, 2, N, N, N, atoms);
    as_op(p, OC_OP_TALLY_VALUE, N, 1, N, N, N, open_end);
    const oc_program *program = as_finish(p);
    oc_arena arena;
    oc_result result;
    assert_int_equal(run_with(program, RUNS, 2, &arena, &result), OC_OK);

    double *all[3];
    for (size_t c = 0; c < 3; c++) all[c] = malloc(RUNS * sizeof(double));
    void *memory = aligned_alloc(64, (oc_engine_size(program) + 63) / 64 * 64);
    memset(memory, 0, oc_engine_size(program));
    oc_engine *engine = oc_engine_open(memory, program, OC_ISA_AUTO);
    const uint32_t columns[] = {0, 2, 1};
    for (size_t i = 0; i < RUNS; i++) {
        if (i % OC_LANES == 0)
            oc_engine_begin(engine, &(oc_batch){.seed = 11, .index = (uint32_t)(i / OC_LANES), .live = OC_LANES});
        for (size_t c = 0; c < 3; c++) all[c][i] = oc_engine_column(engine, columns[c])[i % OC_LANES].f;
    }
    for (uint32_t c = 0; c < 3; c++) {
        long double sum = 0.0L, squares = 0.0L;
        uint64_t finite = 0;
        for (size_t i = 0; i < RUNS; i++) {
            if (isinf(all[c][i])) continue;
            sum += all[c][i];
            squares += (long double)all[c][i] * all[c][i];
            finite++;
        }
        qsort(all[c], RUNS, sizeof(double), compare);
        assert_true(result.values[c].count == finite && result.values[c].never == RUNS - finite);
        assert_true(fabsl(result.sums[c].sum - sum) < 1e-9L && fabsl(result.sums[c].squares - squares) < 1e-8L);
        assert_true(result.values[c].min == all[c][0] && result.values[c].max == all[c][finite - 1]);
        for (double q = 0.001; q < 1.0; q += 0.001) {
            double exact = all[c][(size_t)ceil(q * RUNS) - 1], got = oc_value_quantile(&result, c, q);
            /* values that the pilot did not see share a bin, so that the tails of small sketches are rough */
            bool rough = c != 0 && (q < 0.02 || q > 0.98);
            double limit = rough ? 3.0 : c == 1 ? 0.0 : (c == 0 ? 0.03 : 0.1) * (1.0 + fabs(exact));
            if (isinf(exact)) assert_true(got == exact);
            else assert_true(fabs(got - exact) <= limit);
        }
    }
    assert_true(isinf(oc_value_quantile(&result, open_end, 0.9)) && isnan(oc_value_quantile(&result, smooth, 1.5)));
    for (size_t c = 0; c < 3; c++) free(all[c]);
    free(memory);
    oc_arena_free(&arena);
    as_free(p);
}

/* The staged model's probability of being done within ten years, against dynamic programming over a fine grid would be
 * an oracle of its own; here: with pass 1 and a threshold never missed, exactly three years; and monotone in pass. */
static void test_staged(void **state)
{
    (void)state;
    const double passes[] = {0.3, 0.6, 0.9, 1.0};
    uint64_t before = 0;
    for (size_t i = 0; i < 4; i++) {
        as_program *p;
        const oc_program *program = staged_program(&p, passes[i]);
        oc_arena arena;
        oc_result result;
        assert_int_equal(run_with(program, 50000, 2, &arena, &result), OC_OK);
        uint64_t done = 0, total = 0;
        for (size_t m = 0; m <= 120; m++) {
            total += result.counts[m];
            if (m < 120) done += result.counts[m];
            if (m < 34 || (m < 120 && m % 12 != 10)) assert_true(result.counts[m] == 0);
        }
        assert_true(total == 50000 && done > before);
        before = done;
        oc_arena_free(&arena);
        as_free(p);
    }
}

/* Drawn month by month or only where August needs it, the model is the same. */
static void test_staged_alike(void **state)
{
    (void)state;
    enum { RUNS = 200000 };
    double share[2] = {0};
    for (int k = 0; k < 2; k++) {
        as_program *p;
        const oc_program *program = k ? staged_monthly_program(&p, STAGED_PASS) : staged_program(&p, STAGED_PASS);
        oc_arena arena;
        oc_result result;
        assert_int_equal(run_with(program, RUNS, 2, &arena, &result), OC_OK);
        for (size_t m = 0; m < 120; m++) share[k] += (double)result.counts[m] / RUNS;
        oc_arena_free(&arena);
        as_free(p);
    }
    assert_true(fabs(share[0] - share[1]) < 5.0 * sqrt(2.0 * share[0] * (1.0 - share[0]) / RUNS));
}

static void test_ranges(void **state)
{
    (void)state;
    size_t index = 0;
    while (strcmp(test_program_name(index), "arithmetic") != 0) index++;
    as_program *p;
    const oc_program *program = test_program(index, &p);
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_run_options options = {.runs = 7 * OC_CHUNK_RUNS + 333, .seed = 3};
    oc_result whole, first, next;
    assert_int_equal(oc_run(program, &options, &arena, &whole), OC_OK);
    const uint64_t cuts[][4] = {{0, 3, 8, 8}, {0, 1, 2, 8}, {0, 5, 7, 8}, {0, 4, 6, 8}};
    for (size_t i = 0; i < 4; i++) {
        options.first_chunk = cuts[i][0];
        options.last_chunk = cuts[i][1];
        assert_int_equal(oc_run(program, &options, &arena, &first), OC_OK);
        for (size_t k = 1; k < 3 && cuts[i][k] < cuts[i][k + 1]; k++) {
            options.first_chunk = cuts[i][k];
            options.last_chunk = cuts[i][k + 1];
            assert_int_equal(oc_run(program, &options, &arena, &next), OC_OK);
            oc_result_append(&first, &next);
        }
        assert_true(first.futures == whole.futures && first.digest == whole.digest);
    }
    oc_arena_free(&arena);
    as_free(p);
}

static volatile sig_atomic_t stop;

static void stop_soon(void *context, uint64_t done, uint64_t total)
{
    uint64_t *calls = context;
    ++*calls;
    if (done > total / 3) stop = 1;
}

/* Two workers share the pilot: the bins lie where one of them alone would have put them. */
static void test_pilot(void **state)
{
    (void)state;
    for (size_t k = 0; k < test_program_count(); k++) {
        as_program *p;
        const oc_program *program = test_program(k, &p);
        oc_arena first, second;
        oc_result alone, together;
        if (run_with(program, 100000, 1, &first, &alone) == OC_OK) {
            assert_int_equal(run_with(program, 100000, 2, &second, &together), OC_OK);
            assert_memory_equal(alone.sketch->edges, together.sketch->edges,
                                alone.sketch->bin_count * sizeof *alone.sketch->edges);
            oc_arena_free(&second);
        }
        oc_arena_free(&first);
        as_free(p);
    }
}

static void test_cancel(void **state)
{
    (void)state;
    as_program *p;
    const oc_program *program = staged_program(&p, STAGED_PASS);
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        oc_arena arena;
        oc_result result, again;
        uint64_t calls = 0;
        stop = 0;
        oc_arena_init(&arena, NULL, 0);
        oc_run_options options = {.runs = 200 * OC_CHUNK_RUNS, .seed = 3, .threads = threads, .cancel = &stop,
                                  .progress = stop_soon, .progress_context = &calls};
        assert_int_equal(oc_run(program, &options, &arena, &result), OC_CANCELLED);
        assert_true(calls > 0 && result.futures % OC_CHUNK_RUNS == 0 && result.futures < options.runs);
        options = (oc_run_options){.runs = options.runs, .seed = 3, .last_chunk = result.futures / OC_CHUNK_RUNS};
        assert_int_equal(oc_run(program, &options, &arena, &again), OC_OK);
        assert_true(again.digest == result.digest);
        oc_arena_free(&arena);
    }
    as_free(p);
}

static void test_options(void **state)
{
    (void)state;
    as_program *p;
    const oc_program *program = staged_program(&p, STAGED_PASS);
    oc_arena arena;
    oc_result result;
    oc_arena_init(&arena, NULL, 0);
    const oc_run_options wrong[] = {{.runs = 0}, {.runs = OC_MAX_RUNS + 1}, {.runs = 1, .threads = 1000},
                                    {.runs = 1, .isa = OC_ISA_COUNT}, {.runs = 1, .first_chunk = 3, .last_chunk = 2}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(oc_run(program, &wrong[i], &arena, &result), OC_USAGE);
    oc_arena_free(&arena);
    as_free(p);
    assert_int_equal(oc_isa_from_name("v3", 2), OC_ISA_V3);
    assert_int_equal(oc_isa_from_name("v", 1), OC_ISA_COUNT);
    assert_int_equal(oc_isa_from_name("base4", 5), OC_ISA_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_contraction), cmocka_unit_test(test_instructions), cmocka_unit_test(test_failures),
        cmocka_unit_test(test_replay),         cmocka_unit_test(test_given),        cmocka_unit_test(test_spans),
        cmocka_unit_test(test_values),         cmocka_unit_test(test_staged),       cmocka_unit_test(test_staged_alike),
        cmocka_unit_test(test_ranges),
        cmocka_unit_test(test_pilot), cmocka_unit_test(test_cancel),         cmocka_unit_test(test_options),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
