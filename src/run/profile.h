/* Where the time of a program goes, instruction by instruction.
 *
 * Some batches are run and tallied as in a run, with a clock read around each instruction; what reading the clock takes
 * is measured on its own and taken off. Rows that only the first futures of a run sample (OC_ROW_SAMPLED) are left out.
 * Shares are good to a few percent of themselves; the total is more than a run takes, as reading clocks disturbs it. */
#ifndef OC_RUN_PROFILE_H
#define OC_RUN_PROFILE_H

#include "run/run.h"

typedef struct oc_profile {
    uint64_t *ticks;  /* of each instruction, in units of the clock */
    uint64_t *times;  /* of each instruction: how often a batch runs it */
    uint64_t total;   /* of all instructions */
    uint32_t batches;
    oc_isa isa;
} oc_profile;

/* OC_OK; OC_USAGE if the instruction set is missing. A failing check does not matter here. Memory is the arena's. */
oc_status oc_run_profile(const oc_program *program, uint64_t seed, uint32_t batches, oc_isa isa,
                         uint64_t (*clock)(void), oc_arena *arena, oc_profile *ret);

#endif
