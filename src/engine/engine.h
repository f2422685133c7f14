/* The engine: runs a program (program.h) over batches of OC_LANES trajectories.
 *
 * Freestanding: no allocation, no library, no global state. The caller owns two kinds of memory, each sized by a query
 * function, 64-byte aligned and zeroed by the caller: the *engine* (columns of one batch; one for each worker) and
 * *tallies* (results; as many as one likes, they are added up by oc_tally_merge).
 *
 *     if (oc_program_check(bytes, size) != OC_PROGRAM_OK) refuse
 *     oc_engine *engine = oc_engine_open(memory, program, OC_ISA_AUTO);
 *     oc_tally *tally = oc_tally_open(tally_memory, program);
 *     oc_sketch *sketch = oc_sketch_open(sketch_memory, program);   // with oc_engine_pilot(), oc_sketch_finish()
 *     for each batch: oc_engine_run(engine, &(oc_batch){seed, index, live, sampled}, sketch, tally)
 *
 * or, to look inside: oc_engine_begin(), then oc_engine_step() row by row, and oc_engine_column(). Results are the same
 * bits for every instruction set, compiler and target (docs/decisions). */
#ifndef OC_ENGINE_ENGINE_H
#define OC_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/bits.h"
#include "engine/program.h"

/* --- instruction sets --- */

typedef enum oc_isa {
    OC_ISA_AUTO, /* the best that this processor has */
    OC_ISA_BASE, /* what every target has: SSE2, or WebAssembly's 128-bit vectors */
    OC_ISA_V3,   /* AVX2 */
    OC_ISA_V4,   /* AVX-512 F, DQ, VL, BW */
    OC_ISA_COUNT
} oc_isa;

bool oc_isa_available(oc_isa isa);
oc_isa oc_isa_best(void);
const char *oc_isa_name(oc_isa isa); /* "auto", "base", "v3", "v4" */
/* The instruction set of this name, or OC_ISA_COUNT. */
oc_isa oc_isa_from_name(const char *name, size_t length);

/* Sets rounding and subnormals as IEEE has them if something changed that (a library linked with fast arithmetic turns
 * subnormals off for the whole thread). Call it in each thread before running. True if it had to. */
bool oc_engine_set_arithmetic(void);

/* --- programs --- */

typedef enum oc_program_fault {
    OC_PROGRAM_OK,
    OC_PROGRAM_HEADER,      /* too short, not a program, another version or size */
    OC_PROGRAM_LAYOUT,      /* a part lies outside, overlaps or is not aligned */
    OC_PROGRAM_LIMITS,      /* more columns, counters, rows or work than allowed */
    OC_PROGRAM_SECTION,     /* a section names instructions that are not there */
    OC_PROGRAM_ROW,         /* a row names a section or scalars that are not there, or a day out of range */
    OC_PROGRAM_INSTRUCTION, /* an unknown instruction */
    OC_PROGRAM_OPERAND,     /* an operand of the wrong kind or out of range */
    OC_PROGRAM_RESULT,      /* a slot, table or counter that is not there */
    OC_PROGRAM_FAULT_COUNT
} oc_program_fault;

/* Checks a program that comes from anywhere: if it is OC_PROGRAM_OK, running it reads and writes nothing outside its
 * own memory and ends. `bytes` must be 8-byte aligned. Says nothing about whether the program makes sense. */
oc_program_fault oc_program_check(const void *bytes, size_t size);

/* Kinds of an instruction's dst, a, b, c, d as in ops.def (five letters), and its name. */
const char *oc_opcode_operands(oc_opcode op);
const char *oc_opcode_name(oc_opcode op);

/* --- results --- */

/* What a value slot holds. Sums are of finite values; `never` counts the rest (infinite or NaN). */
typedef struct oc_value {
    uint64_t count; /* finite values */
    uint64_t never;
    double min, max; /* +infinity, -infinity if count is 0 */
} oc_value;

/* Sums of one block of trajectories; kept apart from what does not depend on order. */
typedef struct oc_sum {
    double sum, squares;
} oc_sum;

typedef struct oc_tally {
    const oc_program *program;
    uint64_t futures;  /* trajectories that were run */
    uint64_t counted;  /* those of them that count (`given`) */
    uint64_t *counts;  /* program->counts counters */
    oc_value *values;  /* program->slot_count */
    oc_sum *sums;      /* program->slot_count; since the last oc_tally_clear_sums() */
    double *bin_min;   /* least and greatest value of each bin, slot after slot */
    double *bin_max;
} oc_tally;

size_t oc_tally_size(const oc_program *program);
oc_tally *oc_tally_open(void *memory, const oc_program *program);
void oc_tally_clear_sums(oc_tally *tally);
/* Adds everything but the sums, whose order matters, to `into`. Exact, in any order. */
void oc_tally_merge(oc_tally *into, const oc_tally *from);

/* The value that a share p (0 .. 1) of the futures in a slot stay at or below; never (+infinity) where that falls among
 * those without a value. Exact for values that fill a bin of their own, else interpolated within a bin between the
 * least and the greatest value seen there. NaN if the slot is empty. */
double oc_tally_quantile(const oc_tally *tally, uint32_t slot, double p);

/* Where the bins of the value slots begin: found from the values of a pilot (the first few batches), so that bins hold
 * about equally many, with a bin of its own for each value that came more than once. */
typedef struct oc_sketch {
    const oc_program *program;
    uint32_t bin_count;    /* of all slots */
    uint32_t *first_bin;   /* of each slot, among the bins of all slots */
    uint32_t *collected;   /* values of the pilot in each slot */
    double *edges;         /* bins - 1 for each slot at first_bin[slot], rising, the rest +infinity */
    double *pilot;         /* OC_PILOT_VALUES * bins for each slot */
} oc_sketch;

enum {
    OC_PILOT_VALUES = 4,   /* for each bin */
    OC_PILOT_BATCHES = 8,  /* whose values place the bins; they are run again for the results */
    OC_CHUNK_BATCHES = 16, /* batches whose sums are a leaf of engine/sums.h */
};

size_t oc_sketch_size(const oc_program *program);
oc_sketch *oc_sketch_open(void *memory, const oc_program *program);
/* Adds the values that `next` has collected, as if its batches had been run after those of `sketch`. */
void oc_sketch_append(oc_sketch *sketch, const oc_sketch *next);
/* Sorts the pilot's values and sets the edges. Without it every value is in bin 0, which is legitimate. */
void oc_sketch_finish(oc_sketch *sketch);

/* --- running --- */

typedef struct oc_engine oc_engine;

typedef struct oc_batch {
    uint64_t seed;
    uint32_t index;  /* trajectories index * OC_LANES .. */
    uint32_t live;   /* how many of its lanes are wanted: 1 .. OC_LANES, the first ones */
    bool sampled;    /* rows with OC_ROW_SAMPLED are run too */
    const uint64_t *site_seeds; /* program->site_count of them: a seed for each site instead of `seed`, so that some
                                 * draws come from other futures than the rest; NULL: `seed` for all */
} oc_batch;

/* A check that failed: the first moment of the lowest lane of the batch in which one did. */
typedef struct oc_failure {
    uint32_t lane;        /* OC_LANES: none */
    uint32_t check;
    uint32_t row;         /* row of the schedule; OC_ROW_INIT, OC_ROW_END */
    uint32_t instruction; /* index of the instruction in the program */
} oc_failure;
#define OC_ROW_INIT 0xfffffffeu
#define OC_ROW_END 0xffffffffu

/* Bytes of an engine for this program. */
size_t oc_engine_size(const oc_program *program);
/* NULL if `isa` is not available. */
oc_engine *oc_engine_open(void *memory, const oc_program *program, oc_isa isa);

/* Runs a batch and adds to `tally`. With a `given` mask the batch is run twice, first without tallies to learn which
 * futures count. False if a check failed: *ret_failure says which, the tally is of no use any more. */
bool oc_engine_run(oc_engine *engine, const oc_batch *batch, const oc_sketch *sketch, oc_tally *tally,
                   oc_failure *ret_failure);
/* Runs a batch and collects its values in `sketch` instead of tallying. */
bool oc_engine_pilot(oc_engine *engine, const oc_batch *batch, oc_sketch *sketch, oc_failure *ret_failure);

/* Runs a batch without tallying or collecting; its columns can then be read. False if a check failed. */
bool oc_engine_follow(oc_engine *engine, const oc_batch *batch, oc_failure *ret_failure);

/* Runs a batch up to the moment of `failure`, whose columns can then be read. */
void oc_engine_replay_failure(oc_engine *engine, const oc_batch *batch, const oc_failure *failure);

/* Step by step, without tallies: begin runs the first section; step runs the next row and returns its number (rows of
 * unsampled batches are skipped as in a run), or, when rows are used up, the last section and OC_ROW_END. */
void oc_engine_begin(oc_engine *engine, const oc_batch *batch);
uint32_t oc_engine_step(oc_engine *engine);

/* The first moment of the lowest lane in which a check failed since oc_engine_begin(); lane OC_LANES: none. */
const oc_failure *oc_engine_failure(const oc_engine *engine);

/* OC_LANES numbers of a column after what was run last, or truths of one that holds them: the caller knows which. */
const oc_cell *oc_engine_column(const oc_engine *engine, uint32_t column);
const oc_truth *oc_engine_truths(const oc_engine *engine, uint32_t column);
/* The same to be written, between steps: for values that come from outside of the program. */
oc_cell *oc_engine_column_to_set(oc_engine *engine, uint32_t column);
oc_truth *oc_engine_truths_to_set(oc_engine *engine, uint32_t column);
/* One lane of all columns, program->columns cells, truths as all bits or none; a column that serves for both in turn
 * gives a number. */
void oc_engine_lane(const oc_engine *engine, size_t lane, oc_cell *ret);

/* Profiling: `clock` is read around each instruction and the difference is added to ticks[index of the instruction]. */
void oc_engine_profile(oc_engine *engine, uint64_t (*clock)(void), uint64_t *ticks);

#endif
