/* What is compared between variants, and reading it from a program's futures; see measures.h. */
#include "analysis/measures.h"

#include <math.h>

static oc_measure_kind kind_of(oc_type type)
{
    if (type.kind == OC_TYPE_TRUTH || type.kind == OC_TYPE_CATEGORY) return OC_MEASURE_TRUTH;
    return type.kind == OC_TYPE_DATE ? OC_MEASURE_DATE : OC_MEASURE_NUMBER;
}

size_t oc_measures_of(oc_arena *arena, const oc_compiled *base, oc_measure **ret)
{
    const oc_model *m = base->model;
    OC_VEC(oc_measure) list = {0};
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *stage = m->stages.at[i];
        if (stage->done != OC_DAY_NONE) continue;
        *oc_vec_push(arena, &list) = (oc_measure){.kind = OC_MEASURE_DATE, .stage = true, .index = (uint32_t)i,
                                                  .name = stage->symbol->name, .title = &stage->title,
                                                  .type = OC_TYPE_OF_DATE};
    }
    for (size_t i = 0; i < m->questions.len; i++) {
        const oc_question *q = m->questions.at[i];
        oc_type type = q->is->type;
        size_t values = type.kind == OC_TYPE_CATEGORY ? type.category->count : 1;
        for (size_t v = 0; v < values; v++)
            *oc_vec_push(arena, &list) = (oc_measure){.kind = kind_of(type), .index = (uint32_t)i, .value = (uint32_t)v,
                                                      .name = q->name, .title = &q->title, .type = type};
    }
    *ret = list.at;
    return list.len;
}

static bool same_type(oc_type a, oc_type b)
{
    if (a.kind != b.kind) return false;
    if (a.kind != OC_TYPE_CATEGORY) return true;
    if (a.category->count != b.category->count) return false;
    for (size_t i = 0; i < a.category->count; i++)
        if (!oc_slice_equal(a.category->values[i], b.category->values[i])) return false;
    return true;
}

static bool find_stage(const oc_compiled *compiled, const oc_measure *measure, oc_measure_place *ret)
{
    const oc_model *m = compiled->model;
    for (size_t i = 0; i < m->stages.len; i++) {
        if (!oc_slice_equal(m->stages.at[i]->symbol->name, measure->name)) continue;
        uint32_t state = compiled->stage_states[i];
        *ret = (oc_measure_place){UINT32_MAX, (double)m->stages.at[i]->done};
        if (state != UINT32_MAX) *ret = (oc_measure_place){compiled->columns[state], 0};
        return true;
    }
    return false;
}

bool oc_measure_find(const oc_compiled *compiled, const oc_measure *measure, oc_measure_place *ret)
{
    if (measure->stage) return find_stage(compiled, measure, ret);
    const oc_model *m = compiled->model;
    for (size_t i = 0; i < m->questions.len; i++) {
        const oc_question *q = m->questions.at[i];
        if (!oc_slice_equal(q->name, measure->name) || !same_type(q->is->type, measure->type)) continue;
        uint32_t state = compiled->question_states[i];
        *ret = (oc_measure_place){state == UINT32_MAX ? OC_NONE : compiled->columns[state], 0};
        return ret->column != OC_NONE;
    }
    return false;
}

static double whole_day(const oc_program *program, double day)
{
    if (!(day <= (double)program->horizon + 1)) return INFINITY;
    day = floor(day);
    return day > program->horizon ? INFINITY : day < program->as_of ? program->as_of : day;
}

void oc_measure_read_program(const oc_engine *engine, const oc_program *program, const oc_measure *measure,
                             oc_measure_place place, double *ret)
{
    if (place.column == UINT32_MAX) {
        double value = whole_day(program, place.constant);
        for (size_t i = 0; i < OC_LANES; i++) ret[i] = value;
        return;
    }
    const oc_cell *cells = oc_engine_column(engine, place.column);
    const oc_truth *truths = oc_engine_truths(engine, place.column);
    for (size_t i = 0; i < OC_LANES; i++) {
        if (measure->type.kind == OC_TYPE_TRUTH) ret[i] = (double)(truths[i] & 1);
        else if (measure->type.kind == OC_TYPE_CATEGORY) ret[i] = cells[i].f == (double)measure->value;
        else if (measure->kind == OC_MEASURE_DATE)
            ret[i] = whole_day(program, cells[i].f);
        else ret[i] = cells[i].f;
    }
}

void oc_measure_read(const oc_engine *engine, const oc_compiled *compiled, const oc_measure *measure,
                     oc_measure_place place, double *ret)
{
    oc_measure_read_program(engine, compiled->program, measure, place, ret);
}
