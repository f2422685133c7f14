/* The sections of a program: its start, a tick, an event; see compile.c. */
#include "model/build.h"

#include <math.h>

static const oc_ref none = {.kind = OC_REF_NONE};

static oc_day next_tick(oc_tick tick, oc_day day)
{
    oc_civil d = oc_civil_from_day(day);
    switch (tick) {
    case OC_TICK_DAY: return day + 1;
    case OC_TICK_WEEK: return day + 7 - oc_weekday(day);
    case OC_TICK_MONTH:
        return d.month == 12 ? oc_day_from_civil(d.year + 1, 1, 1) : oc_day_from_civil(d.year, d.month + 1, 1);
    case OC_TICK_QUARTER: {
        int month = (d.month - 1) / 3 * 3 + 4;
        return month > 12 ? oc_day_from_civil(d.year + 1, 1, 1) : oc_day_from_civil(d.year, month, 1);
    }
    case OC_TICK_YEAR: break;
    }
    return oc_day_from_civil(d.year + 1, 1, 1);
}

int32_t *oc_build_tick_days(oc_compiler *c, size_t *ret_count)
{
    typedef OC_VEC(int32_t) day_list;
    day_list days = {0};
    for (oc_day d = next_tick(c->model->tick, c->model->as_of); d <= c->model->horizon;
         d = next_tick(c->model->tick, d))
        *oc_vec_push(c->arena, &days) = (int32_t)d;
    *ret_count = days.len;
    return days.at;
}

void oc_build_rows(oc_build *b, const int32_t *days, size_t count, int order)
{
    for (size_t i = 0; i < count; i++)
        *oc_vec_push(b->c->arena, &b->plan) =
            (oc_row_plan){days[i], order, (uint32_t)b->c->ir->sections.len - 1, (uint32_t)i};
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

/* One exact step over `dt` days; noise is the standard deviation after one year of a Brownian motion. */
static oc_ref step(oc_compiler *c, size_t v, oc_ref dt)
{
    const oc_variable *variable = OC_VAR(c, v);
    oc_ir *ir = c->ir;
    oc_ref x = c->variables[v], value, always = oc_ir_truth(true);
    oc_ref years = oc_ir_op(ir, OC_OP_DIV, dt, oc_ir_const(OC_DAYS_PER_YEAR), none);
    oc_ref scale = oc_ir_const(0), moved = none, from = x;
    if (variable->noise) {
        oc_ref noise = oc_emit_nonnegative(c, variable->noise, always, false);
        if (variable->speed) {
            /* Ornstein-Uhlenbeck: variance noise^2 (1 - exp(-2 k t)) / (2 k), k and t in years; its limit t at k = 0.
             */
            oc_ref k = oc_ir_op(ir, OC_OP_MUL, oc_emit_nonnegative(c, variable->speed, always, false),
                                oc_ir_const(OC_DAYS_PER_YEAR), none);
            oc_ref twice = oc_ir_op(ir, OC_OP_MUL, k, oc_ir_const(2), none);
            oc_ref lost = oc_ir_op(ir, OC_OP_EXPM1NEG, oc_ir_op(ir, OC_OP_MUL, twice, years, none), none, none);
            oc_ref still = oc_ir_op(ir, OC_OP_EQ, k, oc_ir_const(0), none);
            oc_ref span = oc_ref_is(still, 1)
                              ? years
                              : oc_ir_op(ir, OC_OP_DIV, lost, oc_ir_select(ir, still, oc_ir_const(1), twice), none);
            if (!oc_ref_is(still, 0)) span = oc_ir_select(ir, still, years, span);
            scale = oc_ir_op(ir, OC_OP_MUL, noise, oc_ir_op(ir, OC_OP_SQRT, span, none, none), none);
        } else {
            scale = oc_ir_op(ir, OC_OP_MUL, noise, oc_ir_op(ir, OC_OP_SQRT, years, none, none), none);
        }
    }
    if (variable->reverts_to) {
        oc_ref level = oc_emit(c, variable->reverts_to), rate = oc_emit_nonnegative(c, variable->speed, always, false);
        oc_ref kept = oc_ir_op(
            ir, OC_OP_EXP, oc_ir_op(ir, OC_OP_NEG, oc_ir_op(ir, OC_OP_MUL, rate, dt, none), none, none), none, none);
        from = oc_ir_op(ir, OC_OP_MULADD, oc_ir_op(ir, OC_OP_SUB, x, level, none), kept, level);
    }
    if (variable->drift) moved = oc_ir_op(ir, OC_OP_MUL, oc_emit(c, variable->drift), dt, none);
    if (variable->noise && !oc_ref_is(scale, 0)) {
        uint32_t site =
            oc_ir_site(ir, oc_arena_printf(c->arena, "variables.%.*s.noise", OC_FMT(variable->symbol->name)));
        value = oc_ir_draw(ir, OC_OP_WALK, from, scale, moved, site, false, OC_NO_DATE);
    } else {
        value = moved.kind == OC_REF_NONE ? from : oc_ir_op(ir, OC_OP_ADD, from, moved, none);
    }
    if (variable->min) value = oc_ir_op(ir, OC_OP_MAX, value, oc_emit(c, variable->min), none);
    if (variable->max) value = oc_ir_op(ir, OC_OP_MIN, value, oc_emit(c, variable->max), none);
    return value;
}

/* Days; added to any day they make it later in spite of rounding. */
#define SURELY_LATER 1e-3

void oc_build_tick(oc_build *b)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    oc_ir *ir = c->ir;
    size_t count;
    int32_t *days = oc_build_tick_days(c, &count);
    if (!count) return;
    oc_ir_begin(ir, OC_SECTION_TICK, OC_SLICE("tick"), days, count, 0);
    c->today = oc_build_day(c);
    double *before = OC_NEW_ARRAY(c->arena, count, double), *length = OC_NEW_ARRAY(c->arena, count, double);
    for (size_t i = 0; i < count; i++) {
        before[i] = (double)(i ? days[i - 1] : m->as_of);
        length[i] = days[i] - before[i];
    }
    oc_ref previous = oc_ir_row(ir, before), dt = oc_ir_row(ir, length);
    oc_assignments list = {0};
    oc_ref always = oc_ir_truth(true);
    for (size_t v = 0; v < m->variables.len; v++) {
        const oc_variable *variable = OC_VAR(c, v);
        if (!variable->drift && !variable->noise && !variable->reverts_to) continue;
        *oc_vec_push(c->arena, &list) = (oc_assignment){c->variables[v], step(c, v, dt), always, v};
    }
    oc_ref *begins = OC_NEW_ARRAY(c->arena, m->shocks.len + 1, oc_ref),
           *ends = OC_NEW_ARRAY(c->arena, m->shocks.len + 1, oc_ref);
    for (size_t i = 0; i < m->shocks.len; i++) {
        const oc_shock *shock = m->shocks.at[i];
        oc_slice name = oc_arena_printf(c->arena, "shocks.%.*s", OC_FMT(shock->symbol->name));
        oc_ref rate = oc_emit_nonnegative(c, shock->rate, oc_ir_not(ir, c->shock_on[i]), false);
        oc_ref p = oc_ir_op(ir, OC_OP_EXPM1NEG, oc_ir_op(ir, OC_OP_MUL, rate, dt, none), none, none);
        oc_ref coin = oc_emit_coin(c, p, oc_arena_printf(c->arena, "%.*s.begins", OC_FMT(name)), false);
        oc_ref over = oc_ir_op(ir, OC_OP_LE, c->shock_end[i], c->today, none);
        begins[i] = oc_ir_and(ir, coin, oc_ir_not(ir, c->shock_on[i]));
        ends[i] = oc_ir_and(ir, c->shock_on[i], over);
        oc_slice outer = oc_emit_address(c, oc_arena_printf(c->arena, "%.*s.lasts", OC_FMT(name)), false);
        c->sparse = begins[i];
        oc_ref lasts = oc_emit_nonnegative(c, shock->lasts, begins[i], false);
        c->sparse = none;
        oc_emit_address(c, outer, false);
        oc_ref end = oc_ir_op(ir, OC_OP_ADD, c->today, lasts, none);
        if (!ir->plain && oc_ir_range(ir, lasts).low >= SURELY_LATER) {
            /* Whoever is on ends later, whoever is off has ended: nothing else reads the end. */
            oc_emit_store(c, c->shock_end[i], end, begins[i]);
            oc_ref on = oc_ir_op(ir, OC_OP_LT, c->today, c->shock_end[i], none);
            *oc_vec_push(c->arena, &list) = (oc_assignment){c->shock_on[i], on, always, SIZE_MAX};
            continue;
        }
        oc_ref on = oc_ir_or(ir, begins[i], oc_ir_and(ir, c->shock_on[i], oc_ir_not(ir, over)));
        *oc_vec_push(c->arena, &list) = (oc_assignment){c->shock_on[i], on, always, SIZE_MAX};
        *oc_vec_push(c->arena, &list) = (oc_assignment){c->shock_end[i], end, begins[i], SIZE_MAX};
    }
    oc_build_commit(c, &list);
    for (size_t i = 0; i < m->shocks.len; i++) {
        oc_build_add_changes(c, &list, OC_MOMENT_BEGIN, (uint32_t)i, begins[i]);
        oc_build_add_changes(c, &list, OC_MOMENT_END, (uint32_t)i, ends[i]);
    }
    oc_build_commit(c, &list);
    for (uint32_t s = 0; s < m->stages.len; s++) {
        if (m->stages.at[s]->at.len || m->stages.at[s]->done != OC_DAY_NONE) continue;
        if (oc_build_is_carried(c, s)) {
            oc_build_look_carried(b, s, oc_ir_truth(true), days, count, 0);
            previous = oc_ir_row(ir, before);
        } else {
            oc_build_look(b, s, oc_ir_truth(true), true, previous);
        }
    }
    oc_build_rows(b, days, count, 0);
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
    int order = 1 + (int)index;
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
    oc_build_rows(b, days, count, order);
}
