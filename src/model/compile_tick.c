/* The sections of a tick; see compile.c. Variables step and shocks begin or end, all reading what was before the tick;
 * then, behind what is drawn of paths (model/bridge.h), the changes at shocks and the stages without `at`. */
#include "model/build.h"

#include <math.h>

static const oc_ref none = {.kind = OC_REF_NONE};

oc_day oc_build_next_tick(oc_tick tick, oc_day day)
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
    for (oc_day d = oc_build_next_tick(c->model->tick, c->model->as_of); d <= c->model->horizon;
         d = oc_build_next_tick(c->model->tick, d))
        *oc_vec_push(c->arena, &days) = (int32_t)d;
    *ret_count = days.len;
    return days.at;
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

/* What the parts of a tick have in common: its days, for each the tick before and the days since; the futures in which
 * each shock begins or ends. */
typedef struct tick {
    int32_t *days;
    double *before;
    size_t count;
    oc_ref dt;
    oc_ref *begins, *ends;
} tick;

static void step_variables(oc_compiler *c, const tick *t, oc_assignments *list)
{
    oc_ref always = oc_ir_truth(true);
    for (size_t v = 0; v < c->model->variables.len; v++) {
        const oc_variable *variable = OC_VAR(c, v);
        const oc_bridge *bridge = &c->bridges[v];
        if (!variable->drift && !variable->noise && !variable->reverts_to) continue;
        if (!bridge->on) {
            *oc_vec_push(c->arena, list) = (oc_assignment){c->variables[v], step(c, v, t->dt), always, v};
        } else if (bridge->drifts) {
            oc_ref moved = oc_ir_op(c->ir, OC_OP_MUL, oc_emit(c, variable->drift), t->dt, none);
            oc_ref offset = oc_ir_op(c->ir, OC_OP_ADD, bridge->offset, moved, none);
            *oc_vec_push(c->arena, list) = (oc_assignment){bridge->offset, offset, always, SIZE_MAX};
        }
    }
}

static void step_shock(oc_compiler *c, const tick *t, size_t i, oc_assignments *list)
{
    oc_ir *ir = c->ir;
    const oc_shock *shock = c->model->shocks.at[i];
    oc_ref always = oc_ir_truth(true);
    oc_slice name = oc_arena_printf(c->arena, "shocks.%.*s", OC_FMT(shock->symbol->name));
    oc_ref rate = oc_emit_nonnegative(c, shock->rate, oc_ir_not(ir, c->shock_on[i]), false);
    oc_ref p = oc_ir_op(ir, OC_OP_EXPM1NEG, oc_ir_op(ir, OC_OP_MUL, rate, t->dt, none), none, none);
    oc_ref coin = oc_emit_coin(c, p, oc_arena_printf(c->arena, "%.*s.begins", OC_FMT(name)), false);
    oc_ref over = oc_ir_op(ir, OC_OP_LE, c->shock_end[i], c->today, none);
    oc_ref begins = t->begins[i] = oc_ir_and(ir, coin, oc_ir_not(ir, c->shock_on[i]));
    t->ends[i] = oc_ir_and(ir, c->shock_on[i], over);
    oc_slice outer = oc_emit_address(c, oc_arena_printf(c->arena, "%.*s.lasts", OC_FMT(name)), false);
    c->sparse = begins;
    oc_ref lasts = oc_emit_nonnegative(c, shock->lasts, begins, false);
    c->sparse = none;
    oc_emit_address(c, outer, false);
    oc_ref end = oc_ir_op(ir, OC_OP_ADD, c->today, lasts, none);
    if (!ir->plain && oc_ir_range(ir, lasts).low >= SURELY_LATER) {
        /* Whoever is on ends later, whoever is off has ended: nothing else reads the end. */
        oc_emit_store(c, c->shock_end[i], end, begins);
        oc_ref on = oc_ir_op(ir, OC_OP_LT, c->today, c->shock_end[i], none);
        *oc_vec_push(c->arena, list) = (oc_assignment){c->shock_on[i], on, always, SIZE_MAX};
        return;
    }
    oc_ref on = oc_ir_or(ir, begins, oc_ir_and(ir, c->shock_on[i], oc_ir_not(ir, over)));
    *oc_vec_push(c->arena, list) = (oc_assignment){c->shock_on[i], on, always, SIZE_MAX};
    *oc_vec_push(c->arena, list) = (oc_assignment){c->shock_end[i], end, begins, SIZE_MAX};
}

static bool has_rest(const oc_model *m)
{
    for (size_t i = 0; i < m->stages.len; i++)
        if (!m->stages.at[i]->at.len && m->stages.at[i]->done == OC_DAY_NONE) return true;
    for (size_t v = 0; v < m->variables.len; v++)
        for (size_t k = 0; k < m->variables.at[v]->changes.len; k++) {
            const oc_change *change = &m->variables.at[v]->changes.at[k];
            for (size_t i = 0; i < change->at.len; i++)
                if (change->at.at[i].kind == OC_MOMENT_BEGIN || change->at.at[i].kind == OC_MOMENT_END) return true;
        }
    return false;
}

static oc_ref kept_mask(oc_compiler *c, oc_ref mask, size_t shock, const char *what)
{
    oc_slice name = c->model->shocks.at[shock]->symbol->name;
    oc_ref state = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.%s", OC_FMT(name), what), true);
    oc_emit_store(c, state, mask, oc_ir_truth(true));
    return state;
}

static void begin_rest(oc_build *b, tick *t)
{
    oc_compiler *c = b->c;
    for (size_t i = 0; i < c->model->shocks.len; i++) {
        t->begins[i] = kept_mask(c, t->begins[i], i, "begins");
        t->ends[i] = kept_mask(c, t->ends[i], i, "ended");
    }
    oc_build_rows(b, t->days, t->count, OC_ORDER_TICK);
    oc_ir_begin(c->ir, OC_SECTION_TICK, OC_SLICE("tick"), t->days, t->count, 0);
    c->today = oc_build_day(c);
}

static void build_rest(oc_build *b, const tick *t, int order)
{
    oc_compiler *c = b->c;
    const oc_model *m = c->model;
    oc_assignments list = {0};
    for (size_t i = 0; i < m->shocks.len; i++) {
        oc_build_add_changes(c, &list, OC_MOMENT_BEGIN, (uint32_t)i, t->begins[i]);
        oc_build_add_changes(c, &list, OC_MOMENT_END, (uint32_t)i, t->ends[i]);
    }
    oc_build_commit(c, &list);
    for (uint32_t s = 0; s < m->stages.len; s++) {
        if (m->stages.at[s]->at.len || m->stages.at[s]->done != OC_DAY_NONE) continue;
        if (oc_build_is_carried(c, s)) oc_build_look_carried(b, s, oc_ir_truth(true), t->days, t->count, order);
        else oc_build_look(b, s, oc_ir_truth(true), true, oc_ir_row(c->ir, t->before));
    }
    oc_build_count_days(b);
    oc_build_rows(b, t->days, t->count, order);
}

void oc_build_tick(oc_build *b)
{
    oc_compiler *c = b->c;
    const oc_model *m = c->model;
    tick t = {.begins = OC_NEW_ARRAY(c->arena, m->shocks.len + 1, oc_ref),
              .ends = OC_NEW_ARRAY(c->arena, m->shocks.len + 1, oc_ref)};
    t.days = oc_build_tick_days(c, &t.count);
    if (!t.count) return;
    oc_ir_begin(c->ir, OC_SECTION_TICK, OC_SLICE("tick"), t.days, t.count, 0);
    c->today = oc_build_day(c);
    double *length = OC_NEW_ARRAY(c->arena, t.count, double);
    t.before = OC_NEW_ARRAY(c->arena, t.count, double);
    for (size_t i = 0; i < t.count; i++) {
        t.before[i] = (double)(i ? t.days[i - 1] : m->as_of);
        length[i] = t.days[i] - t.before[i];
    }
    oc_ir_row(c->ir, t.before);
    t.dt = oc_ir_row(c->ir, length);
    oc_assignments list = {0};
    step_variables(c, &t, &list);
    for (size_t i = 0; i < m->shocks.len; i++) step_shock(c, &t, i, &list);
    oc_build_commit(c, &list);
    bool paths = false;
    for (size_t v = 0; v < m->variables.len; v++) paths = paths || c->bridges[v].on;
    bool apart = paths && has_rest(m);
    if (apart) begin_rest(b, &t);
    build_rest(b, &t, apart ? OC_ORDER_REST : OC_ORDER_TICK);
}
