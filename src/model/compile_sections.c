/* The sections of a program: its start, an event; see compile.c. */
#include "model/build.h"

#include <math.h>

static const oc_ref none = {.kind = OC_REF_NONE};

void oc_build_rows(oc_build *b, const int32_t *days, size_t count, int order)
{
    for (size_t i = 0; i < count; i++)
        *oc_vec_push(b->c->arena, &b->plan) =
            (oc_row_plan){days[i], order, 0, (uint32_t)b->c->ir->sections.len - 1, (uint32_t)i};
}

oc_ref oc_build_day(oc_compiler *c)
{
    const oc_ir_section *s = c->ir->now;
    double *values = OC_NEW_ARRAY(c->arena, s->rows, double);
    for (size_t i = 0; i < s->rows; i++) values[i] = s->days[i];
    return oc_ir_row(c->ir, values);
}

static void start_carried(oc_build *b)
{
    oc_compiler *c = b->c;
    oc_ref always = oc_ir_truth(true), zero = oc_ir_const(0);
    if (!c->out->carry) return;
    oc_emit_store(c, b->held, oc_ir_truth(false), always);
    oc_emit_store(c, b->today, zero, always);
    for (size_t i = 0; i < c->model->stages.len; i++) {
        if (!c->out->carry->stages[i]) continue;
        const oc_carried_states *states = &b->carried[i];
        oc_emit_store(c, states->open, oc_ir_truth(false), always);
        oc_emit_store(c, states->met, oc_ir_truth(false), always);
        oc_emit_store(c, states->chance, zero, always);
        oc_emit_store(c, states->day, zero, always);
        oc_carried_place *place = &c->out->carried[i];
        place->takes = UINT32_MAX;
        if (!c->model->stages.at[i]->takes) continue;
        if (c->takes[i].kind == OC_REF_CONST)
            place->fixed_takes = c->takes[i].value;
        else
            *oc_vec_push(c->arena, &c->ir->kept) = place->takes = c->takes[i].index;
    }
}

size_t oc_build_bounded_parameter(const oc_compiler *c, size_t index)
{
    return c->model->inputs.len + c->model->variables.len + index;
}

static void start_parameters(oc_compiler *c)
{
    for (size_t i = 0; i < c->out->parameter_count; i++) {
        c->parameters[i] = oc_ir_state(c->ir, oc_arena_printf(c->arena, "parameter.%zu", i), false);
        oc_emit_fix(c, c->parameters[i], oc_ir_bounded(c->ir, oc_ir_const(0), oc_build_bounded_parameter(c, i)));
        c->out->parameters[i] = (oc_parameter_place){.least = -INFINITY, .most = INFINITY};
    }
}

void oc_build_start(oc_build *b)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    oc_ir_begin(c->ir, OC_SECTION_INIT, OC_SLICE("start"), NULL, 1, 0);
    start_parameters(c);
    c->today = oc_ir_const((double)m->as_of);
    c->starting = true;
    for (size_t i = 0; i < m->inputs.len; i++)
        if (c->inputs[i].kind == OC_REF_NONE) oc_emit_symbol(c, m->inputs.at[i]->symbol, m->inputs.at[i]->is);
    for (size_t i = 0; i < m->variables.len; i++)
        if (m->variables.at[i]->now) oc_emit_symbol(c, OC_VAR(c, i)->symbol, OC_VAR(c, i)->now);
    oc_build_start_paths(c);
    for (size_t i = 0; i < m->variables.len; i++)
        if (c->firsts[i].kind != OC_REF_NONE) oc_emit_store(c, c->firsts[i], c->variables[i], oc_ir_truth(true));
    for (size_t i = 0; i < m->shocks.len; i++) {
        oc_emit_store(c, c->shock_on[i], oc_ir_truth(false), oc_ir_truth(true));
        oc_emit_store(c, c->shock_end[i], oc_ir_const((double)m->as_of), oc_ir_truth(true));
    }
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *stage = m->stages.at[i];
        if (c->stages[i].kind == OC_REF_STATE) oc_emit_store(c, c->stages[i], oc_ir_const(INFINITY), oc_ir_truth(true));
        if (b->stages[i].reason.kind == OC_REF_STATE)
            oc_emit_store(c, b->stages[i].reason, oc_ir_const(c->out->reasons[i].first), oc_ir_truth(true));
        if (b->stages[i].floor.kind == OC_REF_STATE)
            oc_emit_store(c, b->stages[i].floor, oc_ir_const((double)m->as_of), oc_ir_truth(true));
        if (!stage->takes || stage->done != OC_DAY_NONE) continue;
        oc_slice name = oc_arena_printf(c->arena, "stages.%.*s.takes", OC_FMT(stage->symbol->name));
        oc_slice before = oc_emit_address(c, name, true);
        oc_ref takes = oc_emit_nonnegative(c, stage->takes, oc_ir_truth(true), false);
        oc_emit_address(c, before, true);
        if (takes.kind == OC_REF_CONST) {
            c->takes[i] = takes;
        } else {
            c->takes[i] = oc_ir_state(c->ir, name, false);
            oc_emit_fix(c, c->takes[i], takes);
        }
    }
    for (size_t i = 0; i < b->targets.len; i++) {
        oc_target *t = &b->targets.at[i];
        oc_emit_store(c, t->since, oc_ir_const((double)m->as_of), oc_ir_truth(true));
        oc_emit_store(c, t->code, oc_build_first_code(b, t), oc_ir_truth(true));
    }
    start_carried(b);
    c->starting = false;
}

void oc_build_event(oc_build *b, uint32_t index)
{
    oc_compiler *c = b->c;
    const oc_event *event = c->model->events.at[index];
    int32_t *days = OC_NEW_ARRAY(c->arena, event->occurrences.len + 1, int32_t);
    double *forced = OC_NEW_ARRAY(c->arena, event->occurrences.len + 1, double);
    size_t count = 0;
    bool any_forced = false;
    for (size_t i = 0; i < event->occurrences.len; i++) {
        const oc_occurrence *o = &event->occurrences.at[i];
        if (o->past || o->nominal <= c->model->as_of) continue;
        any_forced = any_forced || o->forced >= 0;
        forced[count] = o->forced;
        days[count++] = (int32_t)o->nominal;
    }
    if (!count) return;
    oc_ir *ir = c->ir;
    oc_ir_begin(ir, OC_SECTION_EVENT, event->symbol->name, days, count, 0);
    c->today = oc_emit_recorded(c, event, oc_build_day(c), OC_NO_DATE);
    oc_ref held = oc_ir_truth(true);
    if (event->held) {
        oc_ref p = oc_emit_probability(c, event->held, oc_ir_truth(true));
        held = oc_emit_coin(c, p, oc_arena_printf(c->arena, "calendar.%.*s.held", OC_FMT(event->symbol->name)), false);
    }
    if (any_forced) {
        oc_ref force = oc_ir_row(ir, forced);
        oc_ref yes = oc_ir_op(ir, OC_OP_EQ, force, oc_ir_const(1), none);
        oc_ref no = oc_ir_op(ir, OC_OP_EQ, force, oc_ir_const(0), none);
        held = oc_ir_or(ir, held, yes);
        held = oc_ir_and(ir, held, oc_ir_not(ir, no));
    }
    oc_build_change(c, OC_MOMENT_EVENT, index, held);
    int order = OC_ORDER_EVENT + (int)index;
    for (uint32_t s = 0; s < c->model->stages.len; s++) {
        const oc_stage *stage = c->model->stages.at[s];
        if (stage->done != OC_DAY_NONE || !oc_stage_is_at(stage, index)) continue;
        if (oc_build_is_carried(c, s)) {
            oc_build_look_carried(b, s, held, days, count, order);
            held = b->held;
        } else {
            oc_build_look(b, s, held, false, none);
        }
    }
    oc_build_count_days(b);
    oc_build_rows(b, days, count, order);
}
