/* What the benchmarks share: the staged model's constants (tests/engine/staged.h) and the ways to run it. */
#ifndef OC_BENCH_BENCH_H
#define OC_BENCH_BENCH_H

#include <stdbool.h>
#include <stdint.h>

#include "staged.h"

enum { STAGED_MONTHS = 12 * STAGED_YEARS };

void staged_scalar(uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1]);
double draws_scalar(uint64_t count);

/* The same model and the same draws as the engine's programs, fused by hand; whole batches. `monthly` draws all 120 months, the
 * others only those that lead to an August. */
typedef void staged_run(uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1]);
staged_run staged_fused_base, staged_fused_v3, staged_fused_v4;
staged_run staged_monthly_base, staged_monthly_v3, staged_monthly_v4;

/* Only the draws of that many trajectories: 10 coins each, and 41 or 120 fast normals. */
typedef double staged_draws(uint64_t runs, uint64_t seed);
staged_draws staged_draws_base, staged_draws_v3, staged_draws_v4;
staged_draws staged_all_draws_base, staged_all_draws_v3, staged_all_draws_v4;

#endif
