/* Any bytes as a reference class: read, fitted, scored. Nothing may crash, and no number may leave its range. */
#include <math.h>
#include <stdlib.h>

#include "analysis/backtest.h"

typedef struct job {
    oc_arena *arena;
    oc_slice bytes;
} job;

static void check(bool holds)
{
    if (!holds) abort();
}

static void read_class(void *context)
{
    job *j = context;
    oc_sources sources = {.arena = j->arena};
    oc_diags diags = {.arena = j->arena, .sources = &sources};
    oc_refclass class;
    oc_status status = oc_refclass_read(j->arena, &diags, OC_SLICE("fuzz.csv"), j->bytes, OC_DAY_NONE, NULL, 0, &class);
    check((status == OC_OK) == (diags.errors == 0));
    for (size_t i = 0; i < diags.items.len; i++) {
        oc_span span = diags.items.at[i]->span;
        check(span.start <= span.end && span.end <= j->bytes.len);
    }
    if (status != OC_OK || class.used > 60) return; /* larger ones are slow, not different */
    oc_class_fit fit;
    if (!oc_class_fit_slips(j->arena, &class, NULL, &fit)) return;
    const oc_slip_model *m = &fit.fit[0].model;
    double last = 0;
    for (double slip = -100; slip < 400; slip += 7) {
        double done = oc_slip_done(m, slip);
        check(done >= last - 1e-12 && done <= 1 + 1e-12);
        check(fabs(done + oc_slip_open(m, slip) - 1) < 1e-9);
        last = done;
    }
    if (class.used > 20) return;
    oc_backtest test;
    if (!oc_backtest_class(j->arena, &class, &(oc_backtest_options){.resamples = 10}, &test)) return;
    for (int by = 0; by < OC_FORECASTER_COUNT; by++) check(test.score[by].crps.value >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 256 << 20);
    job j = {&arena, {(const char *)data, size}};
    oc_arena_try(&arena, read_class, &j);
    oc_arena_free(&arena);
    return 0;
}
