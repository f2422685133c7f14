/* Any bytes as a sweep file: refused with a message, or a plan each of whose variants has a value for every path. */
#include "cli/sweep_plan.h"
#include "input.h"

enum { LOOKED_AT = 64 };

static void check_variant(oc_arena *arena, const oc_sweep_plan *plan, uint64_t variant)
{
    for (size_t axis = 0; axis < plan->axes.len; axis++) {
        oc_slice value = oc_sweep_value(arena, plan, axis, variant);
        fuzz_check(value.len > 0 && !memchr(value.ptr, '\n', value.len));
    }
}

/* Each stratum of a Latin hypercube is used once. */
static void check_strata(oc_arena *arena, const oc_sweep_plan *plan, const oc_sweep_axis *axis)
{
    bool *used = OC_NEW_ARRAY(arena, plan->variants, bool);
    for (uint64_t v = 0; v < plan->variants; v++) {
        fuzz_check(axis->order[v] < plan->variants && !used[axis->order[v]]);
        used[axis->order[v]] = true;
    }
}

static void read(oc_diags *diags, void *context)
{
    oc_sweep_plan plan;
    (void)context;
    if (!oc_sweep_read(diags->arena, diags, OC_SLICE("scenario.yaml"), &plan)) {
        fuzz_check(diags->errors > 0);
        return;
    }
    fuzz_check(plan.variants > 0 && plan.variants <= OC_SWEEP_VARIANTS && plan.axes.len > 0 && plan.scenario.len > 0);
    for (uint64_t i = 0; i < LOOKED_AT && i < plan.variants; i++) {
        check_variant(diags->arena, &plan, i);
        check_variant(diags->arena, &plan, plan.variants - 1 - i);
    }
    for (size_t i = 0; plan.design == OC_SWEEP_LATIN && i < plan.axes.len; i++)
        check_strata(diags->arena, &plan, &plan.axes.at[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input_run((oc_slice){(const char *)data, size}, read, NULL);
    return 0;
}
