/* Sections and schedule; see compile.h.
 *
 * What a tick does (design section 4): variables step and shocks begin or end, all reading the state before the tick;
 * then the changes at shocks and their ends, then the stages without `at`, in order, each followed by the changes at it.
 * What an occurrence does: is it held; its changes; the stages with this event in `at`, in order, each followed by the
 * changes at it.
 *
 * Blockers: each stage keeps the code of what its last look said; a target (a stage nobody waits for, or one that a
 * question asks about) stands at the code of its first stage that is not done. Whenever a look may have changed that,
 * OC_OP_TALLY_SPAN counts the days that the former code was in force.
 *
 * A stage that is looked at by events with a spread keeps the latest day it has been looked at (`floor`): a later
 * occurrence is not recorded before an earlier one, so a harder gate never makes a stage earlier
 * (docs/decisions/0002-recorded-dates.md). */
#include "model/compile.h"

#include <math.h>
#include <stdlib.h>

#include "engine/engine.h"
#include "model/emit.h"
#include "model/ir.h"

static const oc_ref none = {.kind = OC_REF_NONE};

typedef struct row_plan {
    oc_day day;
    int order;        /* tick 0, events 1 + index, records last */
    uint32_t section, row;
} row_plan;

typedef struct stage_state {
    oc_ref reason;  /* code of the last look: state */
    oc_ref floor;   /* latest day looked at; NONE if not needed */
} stage_state;

/* State columns of a stage whose coins are left out (compile.h). */
typedef struct carried_states {
    oc_ref open, met, chance, day;
} carried_states;

typedef struct target {
    uint32_t stage;
    oc_ref code, since;
    uint32_t span; /* span table */
} target;

typedef struct build {
    oc_compiler *c;
    OC_VEC(row_plan) plan;
    stage_state *stages;
    carried_states *carried;
    OC_VEC(target) targets;
    oc_ref span_day; /* day of the last look in this section */
    oc_ref held;     /* what an event's later sections must know of its first */
    oc_ref today;
} build;

#define VAR(c, i) ((c)->model->variables.at[i])

static bool is_carried(const oc_compiler *c, uint32_t stage)
{
    return c->out->carry && c->out->carry->stages[stage];
}

/* --- days --- */

static oc_day next_tick(oc_tick tick, oc_day day)
{
    oc_civil d = oc_civil_from_day(day);
    switch (tick) {
    case OC_TICK_DAY: return day + 1;
    case OC_TICK_WEEK: return day + 7 - oc_weekday(day);
    case OC_TICK_MONTH: return d.month == 12 ? oc_day_from_civil(d.year + 1, 1, 1) : oc_day_from_civil(d.year, d.month + 1, 1);
    case OC_TICK_QUARTER: {
        int month = (d.month - 1) / 3 * 3 + 4;
        return month > 12 ? oc_day_from_civil(d.year + 1, 1, 1) : oc_day_from_civil(d.year, month, 1);
    }
    case OC_TICK_YEAR: break;
    }
    return oc_day_from_civil(d.year + 1, 1, 1);
}

static int32_t *tick_days(oc_compiler *c, size_t *ret_count)
{
    typedef OC_VEC(int32_t) day_list;
    day_list days = {0};
    for (oc_day d = next_tick(c->model->tick, c->model->as_of); d <= c->model->horizon; d = next_tick(c->model->tick, d))
        *oc_vec_push(c->arena, &days) = (int32_t)d;
    *ret_count = days.len;
    return days.at;
}

static void plan_rows(build *b, const int32_t *days, size_t count, int order)
{
    for (size_t i = 0; i < count; i++)
        *oc_vec_push(b->c->arena, &b->plan) =
            (row_plan){days[i], order, (uint32_t)b->c->ir->sections.len - 1, (uint32_t)i};
}

static int by_day(const void *a, const void *b)
{
    const row_plan *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return x->section < y->section ? -1 : x->section > y->section;
}

static oc_ref day_row(oc_compiler *c)
{
    const oc_ir_section *s = c->ir->now;
    double *values = OC_NEW_ARRAY(c->arena, s->rows, double);
    for (size_t i = 0; i < s->rows; i++) values[i] = s->days[i];
    return oc_ir_row(c->ir, values);
}

/* --- snapshots --- */

typedef struct collector {
    oc_compiler *c;
} collector;

static void collect(oc_expr *e, void *context)
{
    oc_compiler *c = ((collector *)context)->c;
    if (e->kind != OC_EXPR_AT || !e->symbol || e->symbol->kind == OC_SYMBOL_EVENT) return;
    oc_day day = e->first ? OC_DAY_NONE : e->day;
    if (!e->first && (day < c->model->as_of || day > c->model->horizon)) {
        oc_report(c->diags, OC_E0311, e->span, OC_ARGS(OC_D(day), OC_D(c->model->as_of), OC_D(c->model->horizon)));
        c->failed = true;
        return;
    }
    for (size_t i = 0; i < c->snapshots.len; i++)
        if (c->snapshots.at[i].symbol == e->symbol && c->snapshots.at[i].day == day) return;
    bool mask = e->type.kind == OC_TYPE_TRUTH;
    oc_slice name = e->first ? oc_arena_printf(c->arena, "%.*s@first", OC_FMT(e->symbol->name))
                             : oc_arena_printf(c->arena, "%.*s@%.*s", OC_FMT(e->symbol->name), OC_FMT(oc_day_print(c->arena, day)));
    oc_ref state = oc_ir_state(c->ir, name, mask);
    *oc_vec_push(c->arena, &c->snapshots) =
        (oc_snapshot){.at = e, .day = day, .symbol = e->symbol, .state = state, .date = e->type.kind == OC_TYPE_DATE};
    if (!e->first) return;
    for (size_t i = 0; i < c->model->variables.len; i++)
        if (VAR(c, i)->symbol == e->symbol) c->firsts[i] = state;
}

/* --- changes --- */

typedef struct assignment {
    oc_ref state, value, where;
    size_t variable;
} assignment;

typedef OC_VEC(assignment) assignments;

static void add_changes(oc_compiler *c, assignments *list, int kind, uint32_t index, oc_ref where)
{
    for (size_t v = 0; v < c->model->variables.len; v++) {
        const oc_variable *variable = VAR(c, v);
        for (size_t k = 0; k < variable->changes.len; k++) {
            const oc_change *change = &variable->changes.at[k];
            bool here = false;
            for (size_t m = 0; m < change->at.len; m++)
                here = here || ((int)change->at.at[m].kind == kind && change->at.at[m].index == index);
            if (!here) continue;
            oc_ref mask = where;
            if (change->when) mask = oc_ir_and(c->ir, mask, oc_emit_guarded(c, change->when, where));
            /* Draws made at a stage happen once a future: no date in their address. */
            oc_slice address = oc_arena_printf(c->arena, "variables.%.*s.changes.%.*s", OC_FMT(variable->symbol->name),
                                               OC_FMT(change->address));
            oc_slice before = oc_emit_address(c, address, kind == OC_MOMENT_STAGE);
            c->sparse = oc_ref_is(mask, 1) ? none : mask;
            oc_ref value = oc_emit_guarded(c, change->to, mask);
            c->sparse = none;
            if (variable->type.kind != OC_TYPE_TRUTH) value = value.mask ? oc_ir_number_of_mask(c->ir, value) : value;
            if (variable->type.kind == OC_TYPE_DATE && oc_expr_draws(change->to))
                value = oc_ir_op(c->ir, OC_OP_ROUND, value, none, none);
            oc_emit_address(c, before, false);
            if (variable->min) value = oc_ir_op(c->ir, OC_OP_MAX, value, oc_emit(c, variable->min), none);
            if (variable->max) value = oc_ir_op(c->ir, OC_OP_MIN, value, oc_emit(c, variable->max), none);
            *oc_vec_push(c->arena, list) = (assignment){c->variables[v], value, mask, v};
        }
    }
}

/* Stores all at once: a value that is itself a column about to be written is copied first. */
static void commit(oc_compiler *c, assignments *list)
{
    for (size_t i = 0; i < list->len; i++) {
        oc_ref *parts[] = {&list->at[i].value, &list->at[i].where};
        for (size_t p = 0; p < 2; p++)
            for (size_t k = 0; k < i; k++)
                if (parts[p]->kind == OC_REF_STATE && parts[p]->index == list->at[k].state.index) {
                    *parts[p] = oc_ir_op(c->ir, parts[p]->mask ? OC_OP_MOVE_MASK : OC_OP_MOVE, *parts[p], none, none);
                    break;
                }
    }
    for (size_t i = 0; i < list->len; i++) {
        assignment *a = &list->at[i];
        oc_emit_store(c, a->state, a->value, a->where);
        if (a->variable != SIZE_MAX && c->firsts[a->variable].kind != OC_REF_NONE) {
            oc_ref unset = oc_ir_op(c->ir, OC_OP_EQ, c->firsts[a->variable], oc_ir_const(INFINITY), none);
            oc_emit_store(c, c->firsts[a->variable], a->state, unset);
        }
    }
    list->len = 0;
}

static void change_at(oc_compiler *c, int kind, uint32_t index, oc_ref where)
{
    assignments list = {0};
    add_changes(c, &list, kind, index, where);
    commit(c, &list);
}

/* --- stages --- */

static uint32_t reason_count(const oc_stage *stage)
{
    return OC_REASON_NEEDS + (1u << stage->needs.len) - 1;
}

/* What a look at a stage said: in the futures whose turn it was, whether they passed, else why not. */
typedef struct verdict {
    uint32_t stage;
    oc_ref turn, pass, reason;
} verdict;

/* The code in force for a target where it was the stage's turn: of the target's first stage that is not done. What the
 * stage waited for is done; what waits for it has not been looked at in its turn yet and is at its first code. */
static oc_ref code_after(build *b, const target *t, const verdict *v)
{
    oc_compiler *c = b->c;
    oc_ref code = oc_ir_const(c->out->reason_codes - 1);
    for (uint32_t s = t->stage + 1; s-- > 0;) {
        if (c->stages[s].kind == OC_REF_CONST || !oc_model_waits_for(c->model, t->stage, s)) continue;
        if (s == v->stage) {
            code = oc_ir_select(c->ir, v->pass, code, v->reason);
        } else if (oc_model_waits_for(c->model, s, v->stage)) {
            code = oc_ir_const(c->out->reasons[s].first);
        } else if (!oc_model_waits_for(c->model, v->stage, s)) {
            oc_ref waiting = oc_ir_op(c->ir, OC_OP_EQ, c->stages[s], oc_ir_const(INFINITY), none);
            code = oc_ir_select(c->ir, waiting, b->stages[s].reason, code);
        }
    }
    return code;
}

static void count_days(build *b, const verdict *v)
{
    oc_compiler *c = b->c;
    for (size_t i = 0; i < b->targets.len; i++) {
        target *t = &b->targets.at[i];
        if (!oc_model_waits_for(c->model, t->stage, v->stage)) continue;
        oc_ref code = oc_ir_select(c->ir, v->turn, code_after(b, t, v), t->code);
        if (code.kind != OC_REF_TEMP) code = oc_ir_op(c->ir, OC_OP_MOVE, code, none, none);
        oc_ir_effect(c->ir, OC_OP_TALLY_SPAN, t->code, none, code, b->span_day, t->since, t->span);
        c->stores++;
    }
}

/* The code in force before anything was looked at: that of the first stage to come. */
static oc_ref first_code(const build *b, const target *t)
{
    const oc_compiler *c = b->c;
    for (uint32_t s = 0; s <= t->stage; s++)
        if (c->stages[s].kind != OC_REF_CONST && oc_model_waits_for(c->model, t->stage, s))
            return oc_ir_const(c->out->reasons[s].first);
    return oc_ir_const(c->out->reason_codes - 1);
}

/* The day that a look at the stage records. */
static oc_ref day_of_look(build *b, uint32_t index)
{
    oc_compiler *c = b->c;
    oc_ref floor = b->stages[index].floor;
    if (floor.kind == OC_REF_NONE) return c->today;
    oc_emit_store(c, floor, oc_ir_op(c->ir, OC_OP_MAX, c->today, floor, none), oc_ir_truth(true));
    return floor;
}

static void look(build *b, uint32_t index, oc_ref held, bool tick, oc_ref previous_tick)
{
    oc_compiler *c = b->c;
    oc_ir *ir = c->ir;
    const oc_stage *stage = c->model->stages.at[index];
    oc_ref date = c->stages[index], never = oc_ir_const(INFINITY);
    oc_ref day = day_of_look(b, index);
    oc_ref last = oc_ir_const((double)c->model->as_of);
    for (size_t i = 0; i < stage->after.len; i++) {
        oc_ref before = c->stages[stage->after.at[i]];
        last = i ? oc_ir_op(ir, OC_OP_MAX, last, before, none) : before;
    }
    oc_ref waiting = oc_ir_op(ir, OC_OP_EQ, date, never, none);
    oc_ref turn = oc_ir_and(ir, waiting, oc_ir_op(ir, OC_OP_NE, last, never, none));
    oc_ref opens = last;
    if (stage->takes) {
        oc_slice name = oc_arena_printf(c->arena, "stages.%.*s.takes", OC_FMT(stage->symbol->name));
        oc_slice before = oc_emit_address(c, name, true);
        oc_ref takes = c->takes[index];
        opens = oc_ir_op(ir, OC_OP_ROUND, oc_ir_op(ir, OC_OP_ADD, last, takes, none), none, none);
        oc_emit_address(c, before, false);
    }
    oc_ref open = oc_ir_op(ir, OC_OP_LE, opens, day, none);
    oc_ref looked = oc_ir_and(ir, oc_ir_and(ir, turn, open), held);
    oc_ref pass = looked;
    /* No unmet need at all is the code of chance. */
    double first = c->out->reasons[index].first, all_met = first + OC_REASON_CHANCE;
    oc_ref reason = oc_ir_const(all_met);
    for (size_t i = 0; i < stage->needs.len; i++) {
        oc_ref met = oc_emit_guarded(c, stage->needs.at[i].is, looked);
        double without = i ? 0 : all_met;
        oc_ref part = oc_ir_select(ir, met, oc_ir_const(without), oc_ir_const(without + (double)(1u << i)));
        reason = i ? oc_ir_op(ir, OC_OP_ADD, reason, part, none) : part;
        pass = oc_ir_and(ir, pass, met);
    }
    if (stage->chance) {
        oc_ref p = oc_emit_probability(c, stage->chance, pass);
        oc_slice name = oc_arena_printf(c->arena, "stages.%.*s.chance", OC_FMT(stage->symbol->name));
        pass = oc_ir_and(ir, pass, oc_emit_coin(c, p, name, false));
    }
    oc_ref when = day;
    if (tick && !stage->needs.len) {
        /* Only time was awaited: the exact day, if it lies behind the last tick. */
        oc_ref since = oc_ir_op(ir, OC_OP_LT, previous_tick, opens, none);
        when = oc_ir_select(ir, since, opens, day);
    }
    pass = oc_ir_and(ir, pass, oc_ir_op(ir, OC_OP_LE, when, oc_ir_const((double)c->model->horizon), none));
    if (b->targets.len) {
        reason = oc_ir_select(ir, open, reason, oc_ir_const(first + OC_REASON_EARLY));
        reason = oc_ir_select(ir, held, reason, oc_ir_const(first + OC_REASON_NOT_HELD));
        oc_emit_store(c, b->stages[index].reason, reason, turn);
        b->span_day = oc_ir_select(ir, pass, when, c->today);
        /* A copy: the store below may change what it was made of. */
        if (b->span_day.kind == OC_REF_STATE) b->span_day = oc_ir_op(ir, OC_OP_MOVE, b->span_day, none, none);
    }
    oc_emit_store(c, date, when, pass);
    if (b->targets.len) count_days(b, &(verdict){index, turn, pass, reason});
    change_at(c, OC_MOMENT_STAGE, index, pass);
}

/* A look at a carried stage: what it needs to know of the row is kept in columns, and its own section follows. */
static void look_carried(build *b, uint32_t index, oc_ref held, const int32_t *days, size_t rows, int order)
{
    oc_compiler *c = b->c;
    const oc_stage *stage = c->model->stages.at[index];
    const carried_states *states = &b->carried[index];
    bool tick = c->ir->now->kind == OC_SECTION_TICK;
    oc_emit_store(c, states->day, day_of_look(b, index), oc_ir_truth(true));
    oc_emit_store(c, b->held, held, oc_ir_truth(true));
    if (!tick) oc_emit_store(c, b->today, c->today, oc_ir_truth(true));
    plan_rows(b, days, rows, order);
    oc_ir_begin(c->ir, c->ir->now->kind, stage->symbol->name, days, rows, 0);
    *oc_vec_push(c->arena, &c->out->looks) = (oc_carried_look){(uint32_t)c->ir->sections.len - 1, index, tick};
    c->today = tick ? day_row(c) : b->today;
    oc_ref looked = oc_ir_and(c->ir, states->open, b->held), pass = looked;
    for (size_t i = 0; i < stage->needs.len; i++)
        pass = oc_ir_and(c->ir, pass, oc_emit_guarded(c, stage->needs.at[i].is, looked));
    oc_emit_store(c, states->met, pass, oc_ir_truth(true));
    oc_ref chance = stage->chance ? oc_emit_probability(c, stage->chance, pass) : oc_ir_const(1);
    oc_emit_store(c, states->chance, chance, oc_ir_truth(true));
}

/* --- sections --- */

static void start_carried(build *b)
{
    oc_compiler *c = b->c;
    oc_ref always = oc_ir_truth(true), zero = oc_ir_const(0);
    if (!c->out->carry) return;
    oc_emit_store(c, b->held, oc_ir_truth(false), always);
    oc_emit_store(c, b->today, zero, always);
    for (size_t i = 0; i < c->model->stages.len; i++) {
        if (!c->out->carry->stages[i]) continue;
        const carried_states *states = &b->carried[i];
        oc_emit_store(c, states->open, oc_ir_truth(false), always);
        oc_emit_store(c, states->met, oc_ir_truth(false), always);
        oc_emit_store(c, states->chance, zero, always);
        oc_emit_store(c, states->day, zero, always);
        oc_carried_place *place = &c->out->carried[i];
        place->takes = UINT32_MAX;
        if (!c->model->stages.at[i]->takes) continue;
        if (c->takes[i].kind == OC_REF_CONST) place->fixed_takes = c->takes[i].value;
        else *oc_vec_push(c->arena, &c->ir->kept) = place->takes = c->takes[i].index;
    }
}

static size_t bounded_parameter(const oc_compiler *c, size_t index)
{
    return c->model->inputs.len + c->model->variables.len + index;
}

static void start_parameters(oc_compiler *c)
{
    for (size_t i = 0; i < c->out->parameter_count; i++) {
        c->parameters[i] = oc_ir_state(c->ir, oc_arena_printf(c->arena, "parameter.%zu", i), false);
        oc_emit_fix(c, c->parameters[i], oc_ir_bounded(c->ir, oc_ir_const(0), bounded_parameter(c, i)));
        c->out->parameters[i] = (oc_parameter_place){.least = -INFINITY, .most = INFINITY};
    }
}

static void build_start(build *b)
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
        if (m->variables.at[i]->now) oc_emit_symbol(c, VAR(c, i)->symbol, VAR(c, i)->now);
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
        target *t = &b->targets.at[i];
        oc_emit_store(c, t->since, oc_ir_const((double)m->as_of), oc_ir_truth(true));
        oc_emit_store(c, t->code, first_code(b, t), oc_ir_truth(true));
    }
    start_carried(b);
    c->starting = false;
}

/* One exact step over `dt` days; noise is the standard deviation after one year of a Brownian motion. */
static oc_ref step(oc_compiler *c, size_t v, oc_ref dt)
{
    const oc_variable *variable = VAR(c, v);
    oc_ir *ir = c->ir;
    oc_ref x = c->variables[v], value, always = oc_ir_truth(true);
    oc_ref years = oc_ir_op(ir, OC_OP_DIV, dt, oc_ir_const(OC_DAYS_PER_YEAR), none);
    oc_ref scale = oc_ir_const(0), moved = none, from = x;
    if (variable->noise) {
        oc_ref noise = oc_emit_nonnegative(c, variable->noise, always, false);
        if (variable->speed) {
            /* Ornstein-Uhlenbeck: variance noise^2 (1 - exp(-2 k t)) / (2 k), k and t in years; its limit t at k = 0. */
            oc_ref k = oc_ir_op(ir, OC_OP_MUL, oc_emit_nonnegative(c, variable->speed, always, false), oc_ir_const(OC_DAYS_PER_YEAR), none);
            oc_ref twice = oc_ir_op(ir, OC_OP_MUL, k, oc_ir_const(2), none);
            oc_ref lost = oc_ir_op(ir, OC_OP_EXPM1NEG, oc_ir_op(ir, OC_OP_MUL, twice, years, none), none, none);
            oc_ref still = oc_ir_op(ir, OC_OP_EQ, k, oc_ir_const(0), none);
            oc_ref span = oc_ref_is(still, 1) ? years : oc_ir_op(ir, OC_OP_DIV, lost, oc_ir_select(ir, still, oc_ir_const(1), twice), none);
            if (!oc_ref_is(still, 0)) span = oc_ir_select(ir, still, years, span);
            scale = oc_ir_op(ir, OC_OP_MUL, noise, oc_ir_op(ir, OC_OP_SQRT, span, none, none), none);
        } else {
            scale = oc_ir_op(ir, OC_OP_MUL, noise, oc_ir_op(ir, OC_OP_SQRT, years, none, none), none);
        }
    }
    if (variable->reverts_to) {
        oc_ref level = oc_emit(c, variable->reverts_to), rate = oc_emit_nonnegative(c, variable->speed, always, false);
        oc_ref kept = oc_ir_op(ir, OC_OP_EXP, oc_ir_op(ir, OC_OP_NEG, oc_ir_op(ir, OC_OP_MUL, rate, dt, none), none, none), none, none);
        from = oc_ir_op(ir, OC_OP_MULADD, oc_ir_op(ir, OC_OP_SUB, x, level, none), kept, level);
    }
    if (variable->drift) moved = oc_ir_op(ir, OC_OP_MUL, oc_emit(c, variable->drift), dt, none);
    if (variable->noise && !oc_ref_is(scale, 0)) {
        uint32_t site = oc_ir_site(ir, oc_arena_printf(c->arena, "variables.%.*s.noise", OC_FMT(variable->symbol->name)));
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

static void build_tick(build *b)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    oc_ir *ir = c->ir;
    size_t count;
    int32_t *days = tick_days(c, &count);
    if (!count) return;
    oc_ir_begin(ir, OC_SECTION_TICK, OC_SLICE("tick"), days, count, 0);
    c->today = day_row(c);
    double *before = OC_NEW_ARRAY(c->arena, count, double), *length = OC_NEW_ARRAY(c->arena, count, double);
    for (size_t i = 0; i < count; i++) {
        before[i] = (double)(i ? days[i - 1] : m->as_of);
        length[i] = days[i] - before[i];
    }
    oc_ref previous = oc_ir_row(ir, before), dt = oc_ir_row(ir, length);
    assignments list = {0};
    oc_ref always = oc_ir_truth(true);
    for (size_t v = 0; v < m->variables.len; v++) {
        const oc_variable *variable = VAR(c, v);
        if (!variable->drift && !variable->noise && !variable->reverts_to) continue;
        *oc_vec_push(c->arena, &list) = (assignment){c->variables[v], step(c, v, dt), always, v};
    }
    oc_ref *begins = OC_NEW_ARRAY(c->arena, m->shocks.len + 1, oc_ref), *ends = OC_NEW_ARRAY(c->arena, m->shocks.len + 1, oc_ref);
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
            *oc_vec_push(c->arena, &list) = (assignment){c->shock_on[i], on, always, SIZE_MAX};
            continue;
        }
        oc_ref on = oc_ir_or(ir, begins[i], oc_ir_and(ir, c->shock_on[i], oc_ir_not(ir, over)));
        *oc_vec_push(c->arena, &list) = (assignment){c->shock_on[i], on, always, SIZE_MAX};
        *oc_vec_push(c->arena, &list) = (assignment){c->shock_end[i], end, begins[i], SIZE_MAX};
    }
    commit(c, &list);
    for (size_t i = 0; i < m->shocks.len; i++) {
        add_changes(c, &list, OC_MOMENT_BEGIN, (uint32_t)i, begins[i]);
        add_changes(c, &list, OC_MOMENT_END, (uint32_t)i, ends[i]);
    }
    commit(c, &list);
    for (uint32_t s = 0; s < m->stages.len; s++) {
        if (m->stages.at[s]->at.len || m->stages.at[s]->done != OC_DAY_NONE) continue;
        if (is_carried(c, s)) {
            look_carried(b, s, oc_ir_truth(true), days, count, 0);
            previous = oc_ir_row(ir, before);
        } else {
            look(b, s, oc_ir_truth(true), true, previous);
        }
    }
    plan_rows(b, days, count, 0);
}

static bool looks_at(const oc_stage *stage, uint32_t event)
{
    for (size_t i = 0; i < stage->at.len; i++)
        if (stage->at.at[i] == event) return true;
    return false;
}

static void build_event(build *b, uint32_t index)
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
    c->today = oc_emit_recorded(c, event, day_row(c), OC_NO_DATE);
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
    change_at(c, OC_MOMENT_EVENT, index, held);
    int order = 1 + (int)index;
    for (uint32_t s = 0; s < c->model->stages.len; s++) {
        const oc_stage *stage = c->model->stages.at[s];
        if (stage->done != OC_DAY_NONE || !looks_at(stage, index)) continue;
        if (is_carried(c, s)) {
            look_carried(b, s, held, days, count, order);
            held = b->held;
        } else {
            look(b, s, held, false, none);
        }
    }
    plan_rows(b, days, count, order);
}

/* --- results --- */

static oc_result_place new_place(oc_compiler *c, oc_type type, uint32_t bins)
{
    oc_result_place place = {.type = type, .fixed = OC_DAY_NONE};
    switch (type.kind) {
    case OC_TYPE_TRUTH:
        place.kind = OC_RESULT_TRUTH;
        place.first = oc_ir_counts(c->ir, 1);
        break;
    case OC_TYPE_CATEGORY:
        place.kind = OC_RESULT_CATEGORY;
        place.first = oc_ir_counts(c->ir, (uint32_t)type.category->count);
        break;
    case OC_TYPE_DATE:
        place.kind = OC_RESULT_DATE;
        place.first = oc_ir_counts(c->ir, (uint32_t)(c->model->horizon - c->model->as_of + 2));
        break;
    default:
        place.kind = OC_RESULT_NUMBER;
        place.first = (uint32_t)c->ir->slots.len;
        *oc_vec_push(c->arena, &c->ir->slots) = (oc_value_slot){oc_ir_counts(c->ir, bins), bins};
        break;
    }
    return place;
}

static void tally(oc_compiler *c, const oc_result_place *place, oc_ref value)
{
    static const oc_opcode codes[] = {OC_OP_TALLY_VALUE, OC_OP_TALLY_DAY, OC_OP_TALLY_TRUE, OC_OP_TALLY_INDEX};
    if (place->kind != OC_RESULT_TRUTH && value.mask) value = oc_ir_number_of_mask(c->ir, value);
    oc_ir_effect(c->ir, codes[place->kind], none, value, none, none, none, place->first);
}

static void answer(oc_compiler *c, size_t q, const oc_compile_options *options)
{
    const oc_question *question = c->model->questions.at[q];
    oc_ref value = oc_emit(c, question->is);
    bool known_day = question->is->type.kind == OC_TYPE_DATE && value.kind == OC_REF_CONST && !isinf(value.value);
    if (known_day) c->out->questions[q].fixed = (oc_day)value.value;
    tally(c, &c->out->questions[q], value);
    if (!options->keep_questions) return;
    if (question->is->type.kind != OC_TYPE_TRUTH && value.mask) value = oc_ir_number_of_mask(c->ir, value);
    oc_ref state = oc_ir_state(c->ir, question->name, value.mask);
    oc_emit_store(c, state, value, oc_ir_truth(true));
    *oc_vec_push(c->arena, &c->ir->kept) = c->out->question_states[q] = state.index;
}

static void sample(oc_compiler *c, size_t day, oc_ref (*unused)(void))
{
    (void)unused;
    for (size_t v = 0; v < c->model->variables.len; v++)
        tally(c, &c->out->samples[v * c->out->sample_count + day], c->variables[v]);
}

/* What is recorded on a day: snapshots, questions with `at`, samples, the reason in force. */
static void build_records(build *b, const oc_compile_options *options)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    typedef OC_VEC(oc_day) day_list;
    day_list days = {0};
    for (size_t i = 0; i < c->snapshots.len; i++)
        if (c->snapshots.at[i].day != OC_DAY_NONE) *oc_vec_push(c->arena, &days) = c->snapshots.at[i].day;
    for (size_t i = 0; i < m->questions.len; i++)
        if (m->questions.at[i]->at != OC_DAY_NONE) *oc_vec_push(c->arena, &days) = m->questions.at[i]->at;
    if (options->blockers_by != OC_DAY_NONE) *oc_vec_push(c->arena, &days) = options->blockers_by;
    for (size_t i = 0; i < days.len; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++) again = again || days.at[k] == days.at[i];
        if (again) continue;
        int32_t *day = OC_NEW(c->arena, int32_t);
        *day = (int32_t)days.at[i];
        oc_ir_begin(c->ir, OC_SECTION_RECORD, oc_day_print(c->arena, days.at[i]), day, 1, 0);
        c->today = oc_ir_const(*day);
        for (size_t k = 0; k < c->snapshots.len; k++)
            if (c->snapshots.at[k].day == days.at[i])
                oc_emit_store(c, c->snapshots.at[k].state, oc_emit_symbol(c, c->snapshots.at[k].symbol, c->snapshots.at[k].at),
                              oc_ir_truth(true));
        for (size_t q = 0; q < m->questions.len; q++)
            if (m->questions.at[q]->at == days.at[i]) answer(c, q, options);
        if (options->blockers_by == days.at[i])
            for (size_t t = 0; t < b->targets.len; t++)
                oc_ir_effect(c->ir, OC_OP_TALLY_INDEX, none, b->targets.at[t].code, none, none, none,
                             c->out->blockers[t].first_last);
        plan_rows(b, day, 1, 1 << 20);
    }
    for (size_t i = 0; i < c->out->sample_count; i++) {
        int32_t *day = OC_NEW(c->arena, int32_t);
        *day = (int32_t)c->out->sample_days[i];
        oc_ir_begin(c->ir, OC_SECTION_RECORD, OC_SLICE("sample"), day, 1, OC_ROW_SAMPLED);
        c->today = oc_ir_const(*day);
        sample(c, i, NULL);
        plan_rows(b, day, 1, 1 << 21);
    }
}

static void build_end(build *b, const oc_compile_options *options)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    oc_ir_begin(c->ir, OC_SECTION_END, OC_SLICE("end"), NULL, 1, 0);
    c->today = oc_ir_const((double)m->horizon);
    oc_ref given = oc_ir_truth(true);
    for (size_t i = 0; i < m->givens.len; i++) given = oc_ir_and(c->ir, given, oc_emit(c, m->givens.at[i]));
    if (m->givens.len) {
        c->ir->given = oc_ir_state(c->ir, OC_SLICE("given"), true);
        oc_emit_store(c, c->ir->given, given, oc_ir_truth(true));
    }
    for (size_t s = 0; s < m->stages.len; s++)
        if (c->stages[s].kind == OC_REF_STATE) tally(c, &c->out->stages[s], c->stages[s]);
    for (size_t q = 0; q < m->questions.len; q++)
        if (m->questions.at[q]->at == OC_DAY_NONE) answer(c, q, options);
    for (size_t i = 0; i < b->targets.len; i++) {
        target *t = &b->targets.at[i];
        if (options->blockers_by == OC_DAY_NONE)
            oc_ir_effect(c->ir, OC_OP_TALLY_INDEX, none, t->code, none, none, none, c->out->blockers[i].first_last);
        /* The end is a reason of its own, so that what is still in force is counted up to the last day. */
        oc_ir_effect(c->ir, OC_OP_TALLY_SPAN, t->code, none, oc_ir_const(c->out->reason_codes), oc_ir_const((double)m->horizon + 1),
                     t->since, t->span);
    }
    if (!options->keep_questions) return;
    for (size_t i = 0; i < m->inputs.len; i++)
        if (c->inputs[i].kind == OC_REF_STATE)
            *oc_vec_push(c->arena, &c->ir->kept) = c->out->input_states[i] = c->inputs[i].index;
    for (size_t i = 0; i < m->stages.len; i++)
        if (m->stages.at[i]->takes && c->takes[i].kind == OC_REF_STATE)
            *oc_vec_push(c->arena, &c->ir->kept) = c->takes[i].index;
}

/* --- planning the results --- */

static bool is_target(const oc_compiler *c, uint32_t stage)
{
    const oc_model *m = c->model;
    if (m->stages.at[stage]->done != OC_DAY_NONE) return false;
    bool last = true;
    for (size_t s = stage + 1; s < m->stages.len && last; s++)
        for (size_t i = 0; i < m->stages.at[s]->after.len; i++) last = last && m->stages.at[s]->after.at[i] != stage;
    if (last) return true;
    for (size_t q = 0; q < m->questions.len; q++)
        if (m->questions.at[q]->is->kind == OC_EXPR_NAME && m->questions.at[q]->is->symbol == m->stages.at[stage]->symbol)
            return true;
    return false;
}

enum { MAX_TARGETS = 64 };

static void plan_reasons(build *b, const oc_compile_options *options)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    oc_compiled *out = c->out;
    uint32_t code = 0;
    for (size_t s = 0; s < m->stages.len; s++) {
        const oc_stage *stage = m->stages.at[s];
        if (stage->needs.len > OC_MAX_NEEDS) {
            oc_report(c->diags, OC_E0312, stage->symbol->span, OC_ARGS(OC_I(OC_MAX_NEEDS)));
            c->failed = true;
            return;
        }
        out->reasons[s] = (oc_reason_place){code, reason_count(stage)};
        code += reason_count(stage);
    }
    out->reason_codes = code + 1;
    /* Days are counted from as_of up to, not including, the day of the answer; the last interval ends behind the day
     * asked about. */
    oc_day end = (options->blockers_by != OC_DAY_NONE ? options->blockers_by : m->horizon) + 1;
    typedef OC_VEC(oc_day) day_list;
    day_list years = {0};
    *oc_vec_push(c->arena, &years) = m->as_of;
    for (int year = oc_civil_from_day(m->as_of).year + 1; oc_day_from_civil(year, 1, 1) < end; year++)
        *oc_vec_push(c->arena, &years) = oc_day_from_civil(year, 1, 1);
    *oc_vec_push(c->arena, &years) = end;
    out->blocker_years = years.at;
    out->blocker_year_count = years.len - 1;
    uint32_t first_day = (uint32_t)c->ir->days.len;
    for (size_t i = 0; i < years.len; i++) *oc_vec_push(c->arena, &c->ir->days) = (int32_t)years.at[i];
    out->blockers = OC_NEW_ARRAY(c->arena, MAX_TARGETS, oc_blocker_place);
    for (uint32_t s = 0; s < m->stages.len && b->targets.len < MAX_TARGETS; s++) {
        if (options->no_blockers || !is_target(c, s)) continue;
        oc_slice name = m->stages.at[s]->symbol->name;
        uint32_t codes = out->reason_codes + 1, span = (uint32_t)c->ir->spans.len;
        oc_blocker_place place = {.stage = s};
        place.first_count = oc_ir_counts(c->ir, codes * (uint32_t)out->blocker_year_count);
        place.first_last = oc_ir_counts(c->ir, codes);
        *oc_vec_push(c->arena, &c->ir->spans) =
            (oc_span_table){place.first_count, codes, first_day, (uint32_t)out->blocker_year_count};
        out->blockers[out->blocker_count++] = place;
        *oc_vec_push(c->arena, &b->targets) = (target){
            s, oc_ir_state(c->ir, oc_arena_printf(c->arena, "blockers.%.*s.code", OC_FMT(name)), false),
            oc_ir_state(c->ir, oc_arena_printf(c->arena, "blockers.%.*s.since", OC_FMT(name)), false), span};
    }
}

/* About thirty days on which variables are charted: each January, or finer for short horizons. */
static void plan_samples(oc_compiler *c, const oc_compile_options *options)
{
    if (options->no_samples || !c->model->variables.len) return;
    size_t count;
    int32_t *ticks = tick_days(c, &count);
    oc_day span = c->model->horizon - c->model->as_of;
    typedef OC_VEC(oc_day) day_list;
    day_list days = {0};
    int month = span > (oc_day)8 * 366 ? 12 : span > (oc_day)3 * 366 ? 3 : 1, last_period = -1;
    for (size_t i = 0; i < count; i++) {
        oc_civil d = oc_civil_from_day(ticks[i]);
        int period = (d.year * 12 + d.month - 1) / month;
        if (period == last_period) continue;
        last_period = period;
        *oc_vec_push(c->arena, &days) = ticks[i];
    }
    if (!days.len || days.at[days.len - 1] != c->model->horizon) *oc_vec_push(c->arena, &days) = c->model->horizon;
    c->out->sample_days = days.at;
    c->out->sample_count = days.len;
    c->out->samples = OC_NEW_ARRAY(c->arena, c->model->variables.len * days.len, oc_result_place);
    for (size_t v = 0; v < c->model->variables.len; v++)
        for (size_t i = 0; i < days.len; i++)
            c->out->samples[v * days.len + i] = new_place(c, VAR(c, v)->type, OC_VARIABLE_BINS);
}

static bool looked_at_by_several(const oc_compiler *c, const oc_stage *stage)
{
    bool spread = false;
    for (size_t i = 0; i < stage->at.len; i++) spread = spread || c->model->events.at[stage->at.at[i]]->spread;
    return spread;
}

static void make_states(build *b)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    c->inputs = OC_NEW_ARRAY(c->arena, m->inputs.len + 1, oc_ref);
    c->variables = OC_NEW_ARRAY(c->arena, m->variables.len + 1, oc_ref);
    c->firsts = OC_NEW_ARRAY(c->arena, m->variables.len + 1, oc_ref);
    c->variable_ready = OC_NEW_ARRAY(c->arena, m->variables.len + 1, bool);
    c->shock_on = OC_NEW_ARRAY(c->arena, m->shocks.len + 1, oc_ref);
    c->shock_end = OC_NEW_ARRAY(c->arena, m->shocks.len + 1, oc_ref);
    c->stages = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_ref);
    c->takes = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_ref);
    c->memos = OC_NEW_ARRAY(c->arena, m->definitions.len + 1, oc_memo);
    b->stages = OC_NEW_ARRAY(c->arena, m->stages.len + 1, stage_state);
    for (size_t i = 0; i < m->variables.len; i++) {
        c->variables[i] = oc_ir_state(c->ir, VAR(c, i)->symbol->name, VAR(c, i)->type.kind == OC_TYPE_TRUTH);
        c->out->variable_states[i] = c->variables[i].index;
    }
    for (size_t i = 0; i < m->shocks.len; i++) {
        c->shock_on[i] = oc_ir_state(c->ir, m->shocks.at[i]->symbol->name, true);
        c->shock_end[i] = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.ends", OC_FMT(m->shocks.at[i]->symbol->name)), false);
    }
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *stage = m->stages.at[i];
        c->out->stage_states[i] = UINT32_MAX;
        c->out->stages[i] = (oc_result_place){.kind = OC_RESULT_DATE, .type = OC_TYPE_OF_DATE, .constant_date = true};
        if (stage->done != OC_DAY_NONE) {
            c->stages[i] = oc_ir_const((double)stage->done);
            continue;
        }
        c->stages[i] = oc_ir_state(c->ir, stage->symbol->name, false);
        c->out->stage_states[i] = c->stages[i].index;
        c->out->stages[i] = new_place(c, OC_TYPE_OF_DATE, 0);
        b->stages[i].reason = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.reason", OC_FMT(stage->symbol->name)), false);
        if (looked_at_by_several(c, stage))
            b->stages[i].floor = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.looked", OC_FMT(stage->symbol->name)), false);
    }
}

static uint32_t keep_state(oc_compiler *c, oc_ref state)
{
    *oc_vec_push(c->arena, &c->ir->kept) = state.index;
    return state.index;
}

static void make_carried(build *b)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    b->carried = OC_NEW_ARRAY(c->arena, m->stages.len + 1, carried_states);
    c->out->carried = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_carried_place);
    if (!c->out->carry) return;
    b->held = oc_ir_state(c->ir, OC_SLICE("held"), true);
    b->today = oc_ir_state(c->ir, OC_SLICE("today"), false);
    for (uint32_t i = 0; i < m->stages.len; i++) {
        if (c->stages[i].kind == OC_REF_STATE) keep_state(c, c->stages[i]);
        if (!is_carried(c, i)) continue;
        oc_slice name = m->stages.at[i]->symbol->name;
        carried_states *states = &b->carried[i];
        states->open = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.open", OC_FMT(name)), true);
        states->met = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.met", OC_FMT(name)), true);
        states->chance = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.chance", OC_FMT(name)), false);
        states->day = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.day", OC_FMT(name)), false);
        c->out->carried[i] = (oc_carried_place){.open = keep_state(c, states->open), .met = keep_state(c, states->met),
                                                .chance = keep_state(c, states->chance), .day = keep_state(c, states->day)};
    }
}

static void collect_snapshots(oc_compiler *c)
{
    collector context = {c};
    for (size_t i = 0; i < c->model->questions.len; i++) oc_expr_walk(c->model->questions.at[i]->is, collect, &context);
    for (size_t i = 0; i < c->model->givens.len; i++) oc_expr_walk(c->model->givens.at[i], collect, &context);
}

static void make_places(build *b, const oc_compile_options *options)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    oc_compiled *out = c->out;
    out->stages = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_result_place);
    out->questions = OC_NEW_ARRAY(c->arena, m->questions.len + 1, oc_result_place);
    out->reasons = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_reason_place);
    out->stage_states = OC_NEW_ARRAY(c->arena, m->stages.len + 1, uint32_t);
    out->variable_states = OC_NEW_ARRAY(c->arena, m->variables.len + 1, uint32_t);
    out->input_states = OC_NEW_ARRAY(c->arena, m->inputs.len + 1, uint32_t);
    out->input_constants = OC_NEW_ARRAY(c->arena, m->inputs.len + 1, double);
    out->question_states = OC_NEW_ARRAY(c->arena, m->questions.len + 1, uint32_t);
    for (size_t i = 0; i < m->questions.len; i++) out->question_states[i] = UINT32_MAX;
    for (size_t i = 0; i < m->inputs.len; i++) out->input_states[i] = UINT32_MAX;
    make_states(b);
    make_carried(b);
    for (size_t i = 0; i < m->questions.len; i++)
        out->questions[i] = new_place(c, m->questions.at[i]->is->type, OC_QUESTION_BINS);
    plan_samples(c, options);
    plan_reasons(b, options);
}

static uint64_t digest(const oc_program *program)
{
    return oc_hash_more(OC_HASH_START, program, program->size);
}

static void note_bounds(oc_compiler *c)
{
    size_t count = c->model->inputs.len + c->model->variables.len;
    oc_bounds_place *bounds = OC_NEW_ARRAY(c->arena, count + 1, oc_bounds_place);
    for (size_t i = 0; i < count; i++)
        if (!oc_ir_bounds(c->ir, i, &bounds[i].low, &bounds[i].high)) bounds[i] = (oc_bounds_place){UINT32_MAX, UINT32_MAX};
    c->out->bounds = bounds;
}

static oc_compiled *finish(build *b)
{
    oc_compiler *c = b->c;
    oc_compiled *out = c->out;
    if (c->failed || c->diags->errors) return NULL;
    if (b->plan.len) qsort(b->plan.at, b->plan.len, sizeof *b->plan.at, by_day);
    oc_ir_order *order = OC_NEW_ARRAY(c->arena, b->plan.len + 1, oc_ir_order);
    for (size_t i = 0; i < b->plan.len; i++) order[i] = (oc_ir_order){b->plan.at[i].section, b->plan.at[i].row};
    const char *why;
    out->program = oc_ir_link(c->ir, c->model->as_of, c->model->horizon, order, b->plan.len, &out->size, &out->columns, &why);
    if (!out->program) {
        oc_report(c->diags, OC_E0309, (oc_span){0, 0, 0}, OC_ARGS(OC_S(why)));
        return NULL;
    }
    oc_program_fault fault = oc_program_check(out->program, out->size);
    if (fault != OC_PROGRAM_OK) {
        oc_report(c->diags, OC_E0309, (oc_span){0, 0, 0},
                  OC_ARGS(OC_T(oc_arena_printf(c->arena, "program check %d", (int)fault))));
        return NULL;
    }
    out->digest = digest(out->program);
    out->column_names = c->ir->state_names.at;
    out->state_count = c->ir->states;
    out->site_names = c->ir->site_names.at;
    oc_slice *names = OC_NEW_ARRAY(c->arena, c->ir->sections.len + 1, oc_slice);
    for (size_t i = 0; i < c->ir->sections.len; i++) names[i] = c->ir->sections.at[i]->name;
    out->section_names = names;
    if (c->adjustable) note_bounds(c);
    for (size_t i = 0; i < out->parameter_count; i++) {
        oc_bounds_place *place = &out->parameters[i].bounds;
        if (!oc_ir_bounds(c->ir, bounded_parameter(c, i), &place->low, &place->high)) place->low = place->high = UINT32_MAX;
    }
    for (size_t i = 0; i < c->model->inputs.len; i++)
        out->input_constants[i] = c->inputs[i].kind == OC_REF_CONST ? c->inputs[i].value : NAN;
    return out;
}

oc_compiled *oc_compile(oc_arena *arena, oc_model *model, const oc_compile_options *options)
{
    static const oc_compile_options defaults = {.blockers_by = OC_DAY_NONE};
    if (!options) options = &defaults;
    if (model->diags->errors) return NULL;
    oc_compiler *c = OC_NEW(arena, oc_compiler);
    oc_compiled *out = OC_NEW(arena, oc_compiled);
    oc_ir *ir = OC_NEW(arena, oc_ir);
    ir->arena = arena;
    ir->plain = options->plain;
    out->model = model;
    out->carry = options->carry;
    out->parameter_count = options->parameter_count;
    out->parameters = OC_NEW_ARRAY(arena, options->parameter_count + 1, oc_parameter_place);
    *c = (oc_compiler){.arena = arena, .adjustable = options->adjustable, .model = model, .diags = model->diags, .out = out, .ir = ir,
                       .guard = oc_ir_truth(true), .fixed_day = OC_NO_DATE};
    c->parameters = OC_NEW_ARRAY(arena, options->parameter_count + 1, oc_ref);
    build b = {.c = c};
    oc_day by = options->blockers_by;
    if (by != OC_DAY_NONE && (by <= model->as_of || by > model->horizon)) {
        oc_report(c->diags, OC_E0311, (oc_span){0, 0, 0}, OC_ARGS(OC_D(by), OC_D(model->as_of), OC_D(model->horizon)));
        return NULL;
    }
    make_places(&b, options);
    collect_snapshots(c);
    if (c->failed) return NULL;
    build_start(&b);
    build_tick(&b);
    for (uint32_t e = 0; e < model->events.len; e++) build_event(&b, e);
    build_records(&b, options);
    build_end(&b, options);
    return finish(&b);
}
