/* The compiled form of a model: position-independent bytes that the engine runs, natively or in the browser.
 *
 * A program is straight-line code over columns. A column holds one value for each of OC_LANES trajectories (a batch):
 * a number, date or duration as a double, a category as its index (a double), a truth as a mask (all bits set or
 * none, one byte). `never` is +infinity. An operand is a column, or a scalar: a constant of the program, or a value of
 * the row of the schedule that is being run (today, the step's length and whatever the compiler could compute from
 * them). There are no branches; a condition is a mask.
 *
 * The schedule is a list of rows in the order in which things happen: ticks, occurrences of events, days on which
 * something is recorded. Each row names a section (the code to run) and brings its own scalars, which the compiler
 * computed with the engine's own arithmetic. Section 0 is run once before the first row; the last section, at the end.
 *
 *     header | constants | sites | sections | instructions | rows | row scalars | days of tables | value slots
 *
 * All parts are arrays of the fixed-size structs below, little-endian, 8-byte aligned, at offsets given in the header.
 * A program that comes from elsewhere must pass oc_program_check() before it is run. */
#ifndef OC_ENGINE_PROGRAM_H
#define OC_ENGINE_PROGRAM_H

#include <stddef.h>
#include <stdint.h>

enum {
    OC_LANES = 1024,             /* trajectories in a batch; also the unit of addressing of draws */
    OC_PROGRAM_VERSION = 5,
    OC_PROGRAM_MAGIC = 0x5250434f, /* "OCPR" in memory */
    OC_MAX_COLUMNS = 0x4000,
    OC_NO_DATE = INT32_MIN,      /* the date of draws that are made once a future */
    OC_MAX_BINS = 2048,          /* bins of a value slot's sketch: a power of two, 2 .. 2048 */
    OC_MAX_DAY = 0x7fffff,       /* days lie in -OC_MAX_DAY .. OC_MAX_DAY */
    OC_MAX_COUNTS = 1 << 24,
    OC_MAX_ROWS = 1 << 20,
};

/* An operand: a column (0 .. OC_MAX_COLUMNS-1), a constant, or a scalar of the row. */
typedef uint16_t oc_operand;
#define OC_CONSTANT(index) ((oc_operand)(0x4000u | (index)))
#define OC_ROW(index) ((oc_operand)(0x8000u | (index)))
#define OC_NONE ((oc_operand)0xffffu)
#define OC_IS_COLUMN(operand) ((operand) < 0x4000u)
#define OC_IS_CONSTANT(operand) (((operand) & 0xc000u) == 0x4000u)
#define OC_IS_ROW(operand) (((operand) & 0xc000u) == 0x8000u)
#define OC_OPERAND_INDEX(operand) ((operand) & 0x3fffu)

typedef enum oc_opcode {
#define OP(name, operands, text) OC_OP_##name,
#include "engine/ops.def"
#undef OP
    OC_OPCODE_COUNT
} oc_opcode;

typedef struct oc_instruction {
    uint16_t op;      /* oc_opcode */
    uint16_t dst;     /* column written; OC_NONE for tallies and checks */
    oc_operand a, b, c, d;
    uint32_t imm;     /* site, table, slot, check: see ops.def; and flags */
} oc_instruction;     /* 16 bytes */
#define OC_INVERTS 1u          /* OC_OP_MOVE_MASK */
#define OC_WHERE 0x80000000u   /* only in the groups that the last OC_OP_WHERE of the section found */
#define OC_SITE_OF(imm) ((imm) & ~OC_WHERE) /* of a draw */

/* Something that is drawn: random bits are a function of (seed, site, date, trajectory) and of nothing else. */
typedef struct oc_site {
    uint64_t address; /* hash of the record's dotted name and the ordinal of the distribution in it */
} oc_site;

typedef struct oc_section {
    uint32_t first;   /* index of its first instruction: right after the last one of the section before */
    uint32_t count;
    uint32_t scalars; /* scalars that a row of this section brings */
    uint32_t kind;    /* oc_section_kind, for listings */
} oc_section;

typedef enum oc_section_kind {
    OC_SECTION_INIT, OC_SECTION_TICK, OC_SECTION_EVENT, OC_SECTION_RECORD, OC_SECTION_END,
    OC_SECTION_PATH /* draws a part of variables' paths, right behind the tick at which it is needed */
} oc_section_kind;

typedef struct oc_row {
    int32_t day;      /* days since 1970-01-01 */
    uint32_t section;
    uint32_t scalars; /* index of its first scalar among the row scalars */
    uint16_t flags;   /* 1: only for the batches whose values are sampled (OC_ROW_SAMPLED) */
    int16_t shift;    /* day + shift is the date in the address of draws made in this row */
} oc_row;
enum { OC_ROW_SAMPLED = 1 };

/* A numeric result: sums, extremes and a sketch of its distribution (OC_OP_TALLY_VALUE). Many bins (OC_MAX_BINS) for
 * the answer to a question, few (64) for each month of a variable that is charted: a slot costs 24 bytes a bin. */
typedef struct oc_value_slot {
    uint32_t first_count; /* `bins` counts begin here */
    uint32_t bins;        /* a power of two, 2 .. OC_MAX_BINS */
} oc_value_slot;

/* Where waiting days are counted (OC_OP_TALLY_SPAN): count[first + code * years + year], years beginning on the days
 * days[first_day .. first_day + years]; a span is cut to the first and last of them. */
typedef struct oc_span_table {
    uint32_t first_count;
    uint32_t codes;
    uint32_t first_day; /* index into the days of tables; years + 1 of them, rising */
    uint32_t years;
} oc_span_table;

typedef struct oc_program {
    uint32_t magic;   /* OC_PROGRAM_MAGIC */
    uint32_t version; /* OC_PROGRAM_VERSION */
    uint32_t size;    /* bytes, header included */
    uint32_t columns;
    int32_t as_of;    /* day */
    int32_t horizon;  /* day */
    uint32_t counts;  /* number of 64-bit counters among the results */
    uint32_t checks;  /* number of run-time checks (for messages; the compiler keeps their places) */
    uint32_t constants_at, constant_count;       /* double */
    uint32_t sites_at, site_count;               /* oc_site */
    uint32_t sections_at, section_count;         /* oc_section */
    uint32_t instructions_at, instruction_count; /* oc_instruction */
    uint32_t rows_at, row_count;                 /* oc_row */
    uint32_t row_scalars_at, row_scalar_count;   /* double */
    uint32_t days_at, day_count;                 /* int32_t */
    uint32_t slots_at, slot_count;               /* oc_value_slot */
    uint32_t spans_at, span_count;               /* oc_span_table */
    uint16_t given;   /* column with the mask of the futures that count, after the last section; OC_NONE: all */
    uint16_t reserved[3];
} oc_program;

#endif
