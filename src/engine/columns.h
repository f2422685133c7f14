/* Columns inside the interpreter: operands as columns or scalars, masks. Included by interpret.c only, like what else
 * of it has a file of its own: elementwise.h, draw.h, count.h. */
#ifndef OC_ENGINE_COLUMNS_H
#define OC_ENGINE_COLUMNS_H

#include "engine/state.h"
#include "engine/truths.h"

/* A function that does one instruction. In WebAssembly it stays one: what browsers make of a function of all loops
 * keeps the numbers of each of them in memory rather than in registers. */
#if defined(__wasm__)
#define OPERATION static __attribute__((noinline))
#else
#define OPERATION static
#endif

#define LANES(i) OC_EACH for (size_t i = 0; i < OC_LANES; i++)

/* The lanes of `where`; compilers see that they come in groups. */
#define LANES_OF(where, i)                                                          \
    for (const oc_lane_run *run = (where)->runs, *last = run + (where)->count; run < last; run++) \
        OC_EACH for (size_t i = run->first, end = i + (run->lanes & ~(size_t)(OC_GROUP - 1)); i < end; i++)

/* The first lane of each of its groups. */
#define GROUPS_OF(where, group)                                                     \
    for (const oc_lane_run *run = (where)->runs, *last = run + (where)->count; run < last; run++) \
        for (size_t group = run->first, end = group + run->lanes; group < end; group += OC_GROUP)

/* Where a number comes from: a column, or the same value for every lane. */
typedef struct source {
    const oc_cell *column; /* NULL: scalar */
    double scalar;
} source;

static oc_cell *column_of(const oc_engine *engine, oc_operand operand)
{
    return engine->columns + (size_t)operand * OC_LANES;
}

static source number(const oc_engine *engine, oc_operand operand)
{
    if (OC_IS_COLUMN(operand)) return (source){column_of(engine, operand), 0.0};
    if (OC_IS_CONSTANT(operand)) return (source){NULL, engine->constants[OC_OPERAND_INDEX(operand)]};
    return (source){NULL, engine->scalars[OC_OPERAND_INDEX(operand)]};
}

/* The column with that number. */
static source picked(const oc_engine *engine, source number)
{
    const bool known = !number.column && number.scalar >= 0.0 && number.scalar < engine->program->columns;
    return (source){engine->columns + (known ? (size_t)number.scalar : 0) * OC_LANES, 0.0};
}

static oc_truth *truths_of(const oc_engine *engine, oc_operand operand)
{
    return (oc_truth *)(void *)column_of(engine, operand);
}

static const oc_truth *mask(const oc_engine *engine, oc_operand operand)
{
    return operand == OC_NONE ? engine->all : truths_of(engine, operand);
}

static void fill(oc_cell *column, double value)
{
    LANES(i) column[i].f = value;
}

/* A number as a column; `spare` (0 .. 2) is the inner column used if it is a scalar. */
static const oc_cell *spread_source(const oc_engine *engine, source s, size_t spare)
{
    if (s.column) return s.column;
    fill(engine->wide[spare], s.scalar);
    return engine->wide[spare];
}

static const oc_cell *spread(const oc_engine *engine, oc_operand operand, size_t spare)
{
    return spread_source(engine, number(engine, operand), spare);
}

#endif
