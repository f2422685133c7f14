/* Paths that are drawn where they are read (model/bridge.h): the values at a tick are the same whoever reads, for every
 * tick of the calendar, with changes and with drifts that vary; as a process they are a Brownian motion (mean,
 * covariance and increments against closed forms); as many ticks are drawn as the tree says; and another noise or drift
 * moves no draw. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/engine.h"
#include "model/compile.h"

typedef struct fixture {
    oc_arena arena;
    oc_sources sources;
    oc_diags diags;
    oc_compiled *compiled;
    oc_engine *engine;
} fixture;

static fixture *open_text(const char *text, bool every_tick)
{
    fixture *f = calloc(1, sizeof *f);
    oc_arena_init(&f->arena, NULL, 0);
    f->sources.arena = &f->arena;
    f->diags = (oc_diags){.arena = &f->arena, .sources = &f->sources};
    oc_model_options options = {.as_of = OC_DAY_NONE, .text = oc_slice_of(text)};
    oc_model *model = oc_model_load(&f->arena, &f->diags, OC_SLICE("test.yaml"), &options);
    assert_non_null(model);
    assert_int_equal(oc_diags_status(&f->diags), OC_OK);
    oc_compile_options how = {.blockers_by = OC_DAY_NONE, .no_samples = true, .every_tick = every_tick};
    f->compiled = oc_compile(&f->arena, model, &how);
    assert_non_null(f->compiled);
    size_t size = oc_engine_size(f->compiled->program);
    unsigned char *memory = oc_arena_alloc(&f->arena, size + 64);
    memory += (64 - (uintptr_t)memory % 64) % 64;
    memset(memory, 0, size);
    f->engine = oc_engine_open(memory, f->compiled->program, OC_ISA_AUTO);
    return f;
}

static void close_text(fixture *f)
{
    oc_arena_free(&f->arena);
    free(f);
}

static const oc_row *rows_of(const fixture *f)
{
    const oc_program *p = f->compiled->program;
    return (const oc_row *)(const void *)((const char *)p + p->rows_at);
}

static const oc_section *section_of(const fixture *f, uint32_t row)
{
    const oc_program *p = f->compiled->program;
    return (const oc_section *)(const void *)((const char *)p + p->sections_at) + rows_of(f)[row].section;
}

static const oc_cell *variable(const fixture *f, size_t v)
{
    return oc_engine_column(f->engine, f->compiled->columns[f->compiled->variable_states[v]]);
}

static void begin(const fixture *f, uint32_t batch)
{
    oc_engine_begin(f->engine, &(oc_batch){.seed = 5, .index = batch, .live = OC_LANES});
}

/* The next row that is an event's; false when there is none. */
static bool next_event(const fixture *f, oc_day *ret_day, oc_slice *ret_name)
{
    for (uint32_t row; (row = oc_engine_step(f->engine)) != OC_ROW_END;) {
        if (section_of(f, row)->kind != OC_SECTION_EVENT) continue;
        *ret_day = rows_of(f)[row].day;
        *ret_name = f->compiled->section_names[rows_of(f)[row].section];
        return true;
    }
    return false;
}

/* Draws of paths in rows of one batch. */
static size_t drawn(const fixture *f)
{
    const oc_program *p = f->compiled->program;
    const oc_instruction *code = (const oc_instruction *)(const void *)((const char *)p + p->instructions_at);
    size_t count = 0;
    for (uint32_t row = 0; row < p->row_count; row++) {
        const oc_section *s = section_of(f, row);
        for (uint32_t i = s->first; i < s->first + s->count; i++)
            count += code[i].op == OC_OP_WALK || code[i].op == OC_OP_BRIDGE;
    }
    return count;
}

/* --- the same values whoever reads --- */

#define HEAD(as_of, horizon, tick) \
    "scenario: paths\nas_of: " as_of "\nhorizon: " horizon "\ntick: " tick "\ncalendar:\n" \
    "  exam: {every: year, date: 08-18}\n"

static const char *const free_path = "variables:\n  x: {now: 0.8, drift: 0.03/yr, noise: 0.1}\n";
static const char *const changed = "  reform: {every: year, date: 05-03, held: 0.5}\n"
                                   "variables:\n  x: {now: \"normal(0, 1)\", drift: 0.03/yr, noise: 0.1, changes: "
                                   "[{at: reform, when: x < 1, to: x / 2 + 1}]}\n";
static const char *const drifting =
    "inputs: {size: 0.05 to 0.2}\n"
    "variables:\n  x: {now: 0.8, drift: if y > 1 then 0.5/yr else -0.5 * x/yr, noise: size}\n"
    "  y: {now: 1, noise: 2 * size}\n"
    "shocks:\n  storm: {rate: 1/yr, lasts: 2mo to 4mo}\n";
static const char *const asked =
    "questions:\n  q: {is: x, at: 2029-09-01}\nstages:\n  s: {at: exam, needs: [x > 0.9]}\n";

static char *joined(const char *a, const char *b, const char *c, const char *d)
{
    static char text[4096];
    snprintf(text, sizeof text, "%s%s%s%s", a, b, c, d);
    return text;
}

/* What `sparse` reads at exams is what `dense` has there, bit for bit. */
static void compare(const fixture *sparse, const fixture *dense, const char *what)
{
    for (uint32_t batch = 0; batch < 2; batch++) {
        oc_day day[2];
        oc_slice name[2];
        size_t exams = 0;
        begin(sparse, batch);
        begin(dense, batch);
        while (next_event(sparse, &day[0], &name[0])) {
            if (!oc_slice_is(name[0], "exam")) continue;
            do assert_true(next_event(dense, &day[1], &name[1]));
            while (!oc_slice_is(name[1], "exam"));
            assert_int_equal(day[0], day[1]);
            exams++;
            if (memcmp(variable(sparse, 0), variable(dense, 0), OC_LANES * sizeof(oc_cell)) != 0)
                fail_msg("%s: %s differs", what, oc_day_print((oc_arena *)&sparse->arena, day[0]).ptr);
        }
        assert_true(exams >= 4);
    }
}

static void test_readers(void **state)
{
    (void)state;
    static const char *const heads[] = {
        HEAD("2026-06-25", "2030-12-31", "month"), HEAD("2026-01-01", "2030-01-01", "month"),
        HEAD("2025-12-31", "2030-08-20", "quarter"), HEAD("2026-12-15", "2031-02-01", "week"),
        HEAD("2026-02-28", "2030-09-30", "day")};
    static const char *const bodies[] = {"", "changed", "drifting"};
    const char *const texts[] = {free_path, changed, drifting};
    for (size_t h = 0; h < sizeof heads / sizeof *heads; h++) {
        for (size_t b = 0; b < 3; b++) {
            fixture *sparse = open_text(joined(heads[h], texts[b], asked, ""), false);
            fixture *dense = open_text(joined(heads[h], texts[b], asked, ""), true);
            fixture *watched = open_text(joined(heads[h], texts[b], asked, "  w: {needs: [x > 3]}\n"), false);
            compare(sparse, dense, bodies[b]);
            compare(sparse, watched, bodies[b]);
            close_text(sparse);
            close_text(dense);
            close_text(watched);
        }
    }
}

/* --- as many as the tree says --- */

static void test_draws(void **state)
{
    (void)state;
    static const struct {
        const char *head, *more;
        size_t draws;
    } cases[] = {
        /* each August of four years: the end of the year, July, October, August */
        {HEAD("2026-01-01", "2029-12-31", "month"), "stages: {s: {at: exam, needs: [x > 0.9]}}\n", 16},
        /* and each month: ticks from February 2026 to December 2029, and January 2030, which lies behind the horizon */
        {HEAD("2026-01-01", "2029-12-31", "month"), "stages: {s: {needs: [x > 0.9]}}\n", 48},
        /* only on the first day of 2030: four ends */
        {HEAD("2026-01-01", "2030-06-30", "month"), "questions: {q: {is: x, at: 2030-01-05}}\n", 4},
        /* from July 2026: August lies between July, which is past, and October */
        {HEAD("2026-07-05", "2026-12-31", "month"), "stages: {s: {at: exam, needs: [x > 0.9]}}\n", 3},
        /* a step a year is what it was */
        {HEAD("2026-01-01", "2029-12-31", "year"), "stages: {s: {at: exam, needs: [x > 0.9]}}\n", 3},
        /* nobody reads */
        {HEAD("2026-01-01", "2029-12-31", "month"), "stages: {s: {at: exam}}\n", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture *f = open_text(joined(cases[i].head, free_path, cases[i].more, ""), false);
        assert_int_equal(drawn(f), cases[i].draws);
        close_text(f);
    }
}

/* --- a Brownian motion --- */

enum { TICKS = 30, BATCHES = 32 };

static double below(double z)
{
    return 0.5 * erfc(-z * 0.70710678118654752);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of x at each tick, [tick][future]; and the days since as_of. */
static size_t paths(const fixture *f, double *values[TICKS], double since[TICKS])
{
    size_t count = 0;
    for (uint32_t batch = 0; batch < BATCHES; batch++) {
        count = 0;
        begin(f, batch);
        for (uint32_t row; count < TICKS && (row = oc_engine_step(f->engine)) != OC_ROW_END;) {
            bool last = row + 1 == f->compiled->program->row_count || rows_of(f)[row + 1].day != rows_of(f)[row].day;
            if (!last || section_of(f, row)->kind == OC_SECTION_EVENT) continue;
            since[count] = (double)(rows_of(f)[row].day - f->compiled->model->as_of) / OC_DAYS_PER_YEAR;
            for (size_t i = 0; i < OC_LANES; i++) values[count][batch * OC_LANES + i] = variable(f, 0)[i].f;
            count++;
        }
    }
    return count;
}

static void test_brownian(void **state)
{
    (void)state;
    static const char *const ticks[] = {
        HEAD("2026-06-25", "2029-12-31", "month"), HEAD("2026-01-01", "2029-12-31", "month"),
        HEAD("2026-11-20", "2029-12-31", "week")};
    enum { N = BATCHES * OC_LANES };
    double *values[TICKS], *increments = malloc(N * sizeof(double)), since[TICKS];
    for (size_t i = 0; i < TICKS; i++) values[i] = malloc(N * sizeof(double));
    for (size_t h = 0; h < sizeof ticks / sizeof *ticks; h++) {
        fixture *f = open_text(joined(ticks[h], "variables:\n  x: {now: 2, drift: 0.3/yr, noise: 0.5}\n",
                                      "stages: {s: {needs: [x > 9]}}\n", ""), false);
        assert_int_equal(paths(f, values, since), TICKS);
        for (size_t a = 0; a < TICKS; a++) {
            for (size_t i = 0; i < N; i++) values[a][i] = (values[a][i] - 2 - 0.3 * since[a]) / 0.5;
            double mean = 0;
            for (size_t i = 0; i < N; i++) mean += values[a][i] / N;
            assert_true(fabs(mean) < 5 * sqrt(since[a] / N));
            for (size_t b = 0; b <= a; b++) {
                double product = 0, least = since[b];
                for (size_t i = 0; i < N; i++) product += values[a][i] * values[b][i] / N;
                assert_true(fabs(product - least) < 5 * sqrt((since[a] * since[b] + least * least) / N));
            }
        }
        /* Increments over one, two and seven ticks; 2.2 / sqrt n as in the tests of draws. */
        for (size_t lag = 1; lag < 8; lag = 3 * lag - 1) {
            for (size_t a = lag; a < TICKS; a += lag) {
                double sd = sqrt(since[a] - since[a - lag]), gap = 0;
                for (size_t i = 0; i < N; i++) increments[i] = (values[a][i] - values[a - lag][i]) / sd;
                qsort(increments, N, sizeof *increments, by_size);
                for (size_t i = 0; i < N; i++) {
                    double share = below(increments[i]);
                    gap = fmax(gap, fmax((double)(i + 1) / N - share, share - (double)i / N));
                }
                assert_true(gap < 2.2 / sqrt(N));
            }
        }
        close_text(f);
    }
    for (size_t i = 0; i < TICKS; i++) free(values[i]);
    free(increments);
}

/* --- what-ifs --- */

/* Another noise, start or drift is a function of the same draws. */
static void test_other_figures(void **state)
{
    (void)state;
    static const char *const others[] = {
        "variables:\n  x: {now: 0.8, drift: 0.03/yr, noise: 0.1}\n",
        "variables:\n  x: {now: 0.8, drift: 0.03/yr, noise: 0.3}\n",
        "variables:\n  x: {now: 1.8, drift: 0.03/yr, noise: 0.1}\n",
        "variables:\n  x: {now: 0.8, drift: if today < 2028-06-02 then 0.5/yr else 0/yr, noise: 0.1}\n"};
    static oc_cell base[OC_LANES];
    double years = 0;
    for (size_t k = 0; k < 4; k++) {
        fixture *f = open_text(joined(HEAD("2026-06-01", "2029-12-31", "month"), others[k],
                                      "questions: {q: {is: x, at: 2029-03-05}}\n", ""), false);
        begin(f, 3);
        while (oc_engine_step(f->engine) != OC_ROW_END) continue;
        const oc_cell *x = variable(f, 0);
        years = (double)(oc_day_from_civil(2029, 3, 1) - f->compiled->model->as_of) / OC_DAYS_PER_YEAR;
        if (k == 0) memcpy(base, x, sizeof base);
        double start = 0.8 + 0.03 * years, stop = (double)(oc_day_from_civil(2028, 7, 1) - f->compiled->model->as_of);
        for (size_t i = 0; i < OC_LANES; i++) {
            double z = base[i].f - start;
            const double wanted[] = {start + z, start + 3 * z, start + 1 + z,
                                     0.8 + z + 0.5 * (stop - 30) / OC_DAYS_PER_YEAR};
            assert_true(fabs(x[i].f - wanted[k]) < 1e-6);
        }
        close_text(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readers),
        cmocka_unit_test(test_draws),
        cmocka_unit_test(test_brownian),
        cmocka_unit_test(test_other_figures),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
