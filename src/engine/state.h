/* The engine's inside, shared by engine.c and the interpreter (which is compiled once for each instruction set). */
#ifndef OC_ENGINE_STATE_H
#define OC_ENGINE_STATE_H

#include "engine/engine.h"

typedef enum oc_mode {
    OC_MODE_QUIET,   /* no tallies */
    OC_MODE_PILOT,   /* values go to the sketch's pilot */
    OC_MODE_TALLY
} oc_mode;

/* Where the draws of a run have been read up to. */
typedef struct oc_place {
    const oc_instruction *next, *end;
    int32_t day;
    uint32_t row; /* the one to read next */
    bool ended;   /* the last section is being read */
} oc_place;

enum { OC_AHEAD = 8 };

/* Generators seeded for the draws to come. */
typedef struct oc_ahead {
    uint64_t states[OC_AHEAD][16]; /* for oc_streams_from() of random.h */
    const oc_instruction *draws[OC_AHEAD]; /* whom each is for, and on which day */
    int32_t days[OC_AHEAD];
    uint32_t used, count;
    oc_place place;
} oc_ahead;

/* Lanes that are computed: runs of whole groups of 16, in order. */
typedef struct oc_lane_run {
    size_t first, lanes;
} oc_lane_run;

typedef struct oc_where {
    uint32_t count;
    oc_lane_run runs[OC_LANES / 32];
} oc_where;

struct oc_engine {
    const oc_program *program;
    const double *constants;
    const oc_site *sites;
    const oc_section *sections;
    const oc_instruction *instructions;
    const oc_row *rows;
    const double *row_scalars;
    const int32_t *days;
    const oc_value_slot *slots;
    const oc_span_table *spans;

    oc_cell *columns;
    oc_truth *all;      /* every lane */
    oc_truth *live;     /* lanes that are wanted */
    oc_truth *counted;  /* lanes whose results count */
    bool *truths;       /* of each column: whether it holds truths */
    oc_cell *wide[3];   /* operands that are scalars, spread over a column, and the outcome of samplers */
    float *normals;     /* OC_LANES */
    float (*normal_rows)[1024][4]; /* an oc_fast_rows (fast_normal.h) */

    oc_where everywhere;
    oc_where some;      /* as the last WHERE of the section has it */

    oc_ahead ahead;
    oc_batch batch;
    oc_mode mode;
    uint32_t next_row;  /* of oc_engine_step() */
    const oc_sketch *sketch;
    oc_sketch *pilot;
    oc_tally *tally;
    oc_failure failure;

    /* the row that is being run */
    const double *scalars;
    int32_t day; /* the date of its draws */
    uint32_t row;

    void (*interpret)(oc_engine *engine, uint32_t first, uint32_t count);
    uint64_t (*clock)(void);
    uint64_t *ticks;
};

/* Runs instructions first .. first + count - 1 over the batch. */
void oc_interpret_base(oc_engine *engine, uint32_t first, uint32_t count);
void oc_interpret_v3(oc_engine *engine, uint32_t first, uint32_t count);
void oc_interpret_v4(oc_engine *engine, uint32_t first, uint32_t count);

#endif
