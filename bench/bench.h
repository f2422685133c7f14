/* What the benchmarks share: the staged model's constants (tests/engine/staged.h) and the ways to run it. */
#ifndef OC_BENCH_BENCH_H
#define OC_BENCH_BENCH_H

#include <stdbool.h>
#include <stdint.h>

#include "staged.h"

enum { STAGED_MONTHS = 12 * STAGED_YEARS };

void staged_scalar(uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1]);
double draws_scalar(uint64_t count);

/* The same model and the same draws as the engine's program, fused by hand; whole batches. */
void staged_fused_base(uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1]);
void staged_fused_v3(uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1]);
void staged_fused_v4(uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1]);

/* Only the draws of that many trajectories: 120 fast normals and 10 coins each. */
double staged_draws_base(uint64_t runs, uint64_t seed);
double staged_draws_v3(uint64_t runs, uint64_t seed);
double staged_draws_v4(uint64_t runs, uint64_t seed);

#endif
