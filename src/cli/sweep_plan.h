/* A sweep: which values which records take in which variant.
 *
 *     scenario: minimal                # a path beside this file, or a bundled scenario
 *     design: grid                     # grid (all combinations), latin (Latin hypercube), list
 *     runs: 20000                      # futures of each variant
 *     seed: 1
 *     vary:                            # paths as for --set
 *       stages.inspection.chance: [0.5, 0.7, 0.9]
 *       works: {from: 6mo, to: 24mo, steps: 7}
 *
 * latin: `variants: 500`, and ranges {low: 0.5, high: 0.9}, which are cut into as many strata as there are variants,
 * each used once (McKay, Beckman and Conover 1979); lists of values are used equally often. list: `list:` instead of
 * `vary:`, with a mapping {PATH: value, …} for each variant, all of the same paths. */
#ifndef OC_CLI_SWEEP_PLAN_H
#define OC_CLI_SWEEP_PLAN_H

#include "yaml/yaml.h"

#define OC_SWEEP_VARIANTS UINT64_C(10000000)
/* Of a Latin hypercube, variants times paths: each is a number in memory. */
#define OC_SWEEP_STRATA UINT64_C(50000000)

typedef enum oc_sweep_design { OC_SWEEP_GRID, OC_SWEEP_LATIN, OC_SWEEP_LIST } oc_sweep_design;

typedef struct oc_sweep_axis {
    oc_slice path;
    OC_VEC(oc_slice) values; /* as written; of a list one for each variant */
    bool range;              /* latin: low to high instead */
    double low, high;
    oc_slice unit;           /* behind the number: "mo", "%", "" */
    uint32_t *order;         /* latin: stratum of each variant */
} oc_sweep_axis;

typedef struct oc_sweep_plan {
    oc_slice scenario;       /* as written */
    oc_sweep_design design;
    uint64_t runs, seed;     /* 0: not given */
    uint64_t variants;
    OC_VEC(oc_sweep_axis) axes;
} oc_sweep_plan;

/* Reads and checks a sweep file. False with diagnostics (E0980 … E0983, and those of YAML). */
bool oc_sweep_read(oc_arena *arena, oc_diags *diags, oc_slice path, oc_sweep_plan *ret);

/* The value of an axis in a variant, as an expression. */
oc_slice oc_sweep_value(oc_arena *arena, const oc_sweep_plan *plan, size_t axis, uint64_t variant);

#endif
