/* Answers future by future: the stages and questions of a scenario as columns of its program. Shared by what compares
 * variants (whatif.h, attribute.h), follows single futures (why.h) or pairs them (ignorance.h). */
#ifndef OC_ANALYSIS_MEASURES_H
#define OC_ANALYSIS_MEASURES_H

#include "engine/engine.h"
#include "model/compile.h"

typedef enum oc_measure_kind {
    OC_MEASURE_TRUTH, /* also one value of a category */
    OC_MEASURE_DATE,
    OC_MEASURE_NUMBER
} oc_measure_kind;

/* What is compared: a stage, a question, or one value of a question that is a category. */
typedef struct oc_measure {
    oc_measure_kind kind;
    bool stage;
    uint32_t index;          /* of the stage or question in the base's model */
    uint32_t value;          /* of a category: which; else 0 */
    oc_slice name;
    const oc_title *title;
    oc_type type;            /* OC_TYPE_CATEGORY for a value of one */
} oc_measure;

/* Where a program has a measure. */
typedef struct oc_measure_place {
    uint32_t column;   /* UINT32_MAX: `constant` in every future */
    double constant;
} oc_measure_place;

/* The measures of a scenario in order of display: stages that are not done, then questions. */
size_t oc_measures_of(oc_arena *arena, const oc_compiled *base, oc_measure **ret);
/* False if the compiled scenario has no such answer of that kind. */
bool oc_measure_find(const oc_compiled *compiled, const oc_measure *measure, oc_measure_place *ret);
/* The measure in OC_LANES futures: truths 0 or 1, dates whole days from as_of to the horizon or +infinity. */
void oc_measure_read(const oc_engine *engine, const oc_compiled *compiled, const oc_measure *measure,
                     oc_measure_place place, double *ret);
/* The same for one who kept the program alone. */
void oc_measure_read_program(const oc_engine *engine, const oc_program *program, const oc_measure *measure,
                             oc_measure_place place, double *ret);

#endif
