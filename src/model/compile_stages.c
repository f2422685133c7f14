/* Changes and looks at stages; see compile.c for their order and for how blockers are kept. */
#include "model/build.h"

#include <math.h>

static const oc_ref none = {.kind = OC_REF_NONE};

void oc_build_add_changes(oc_compiler *c, oc_assignments *list, int kind, uint32_t index, oc_ref where)
{
    for (size_t v = 0; v < c->model->variables.len; v++) {
        const oc_variable *variable = OC_VAR(c, v);
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
            *oc_vec_push(c->arena, list) = (oc_assignment){c->variables[v], value, mask, v};
        }
    }
}

/* Stores all at once: a value that is itself a column about to be written is copied first. */
void oc_build_commit(oc_compiler *c, oc_assignments *list)
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
        oc_assignment *a = &list->at[i];
        oc_emit_store(c, a->state, a->value, a->where);
        oc_build_note_change(c, a);
        if (a->variable != SIZE_MAX && c->firsts[a->variable].kind != OC_REF_NONE) {
            oc_ref unset = oc_ir_op(c->ir, OC_OP_EQ, c->firsts[a->variable], oc_ir_const(INFINITY), none);
            oc_emit_store(c, c->firsts[a->variable], a->state, unset);
        }
    }
    list->len = 0;
}

void oc_build_change(oc_compiler *c, int kind, uint32_t index, oc_ref where)
{
    oc_assignments list = {0};
    oc_build_add_changes(c, &list, kind, index, where);
    oc_build_commit(c, &list);
}

uint32_t oc_build_reason_count(const oc_stage *stage)
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
static oc_ref code_after(oc_build *b, const oc_target *t, const verdict *v)
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

static void count_target(oc_compiler *c, oc_target *t)
{
    if (t->next.kind == OC_REF_NONE) return;
    oc_ref code = t->next.kind == OC_REF_TEMP ? t->next : oc_ir_op(c->ir, OC_OP_MOVE, t->next, none, none);
    oc_ir_effect(c->ir, OC_OP_TALLY_SPAN, t->code, none, code, t->day, t->since, t->span);
    c->stores++;
    t->next = none;
}

void oc_build_count_days(oc_build *b)
{
    for (size_t i = 0; i < b->targets.len; i++) count_target(b->c, &b->targets.at[i]);
}

/* Looks on the same day are counted once: no day lies between them. */
static void note_verdict(oc_build *b, const verdict *v)
{
    oc_compiler *c = b->c;
    for (size_t i = 0; i < b->targets.len; i++) {
        oc_target *t = &b->targets.at[i];
        if (!oc_model_waits_for(c->model, t->stage, v->stage)) continue;
        if (t->next.kind != OC_REF_NONE && !oc_ref_same(t->day, b->span_day)) count_target(c, t);
        oc_ref before = t->next.kind == OC_REF_NONE ? t->code : t->next;
        t->next = oc_ir_select(c->ir, v->turn, code_after(b, t, v), before);
        t->day = b->span_day;
    }
}

/* The code in force before anything was looked at: that of the first stage to come. */
oc_ref oc_build_first_code(const oc_build *b, const oc_target *t)
{
    const oc_compiler *c = b->c;
    for (uint32_t s = 0; s <= t->stage; s++)
        if (c->stages[s].kind != OC_REF_CONST && oc_model_waits_for(c->model, t->stage, s))
            return oc_ir_const(c->out->reasons[s].first);
    return oc_ir_const(c->out->reason_codes - 1);
}

/* The day that a look at the stage records. */
static oc_ref day_of_look(oc_build *b, uint32_t index)
{
    oc_compiler *c = b->c;
    oc_ref floor = b->stages[index].floor;
    if (floor.kind == OC_REF_NONE) return c->today;
    oc_emit_store(c, floor, oc_ir_op(c->ir, OC_OP_MAX, c->today, floor, none), oc_ir_truth(true));
    return floor;
}

void oc_build_look(oc_build *b, uint32_t index, oc_ref held, bool tick, oc_ref previous_tick)
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
    if (b->targets.len) note_verdict(b, &(verdict){index, turn, pass, reason});
    oc_build_change(c, OC_MOMENT_STAGE, index, pass);
}

/* A look at a carried stage: what it needs to know of the row is kept in columns, and its own section follows. */
void oc_build_look_carried(oc_build *b, uint32_t index, oc_ref held, const int32_t *days, size_t rows, int order)
{
    oc_compiler *c = b->c;
    const oc_stage *stage = c->model->stages.at[index];
    const oc_carried_states *states = &b->carried[index];
    bool tick = c->ir->now->kind == OC_SECTION_TICK;
    oc_emit_store(c, states->day, day_of_look(b, index), oc_ir_truth(true));
    oc_emit_store(c, b->held, held, oc_ir_truth(true));
    if (!tick) oc_emit_store(c, b->today, c->today, oc_ir_truth(true));
    oc_build_rows(b, days, rows, order);
    oc_ir_begin(c->ir, c->ir->now->kind, stage->symbol->name, days, rows, 0);
    *oc_vec_push(c->arena, &c->out->looks) = (oc_carried_look){(uint32_t)c->ir->sections.len - 1, index, tick};
    c->today = tick ? oc_build_day(c) : b->today;
    oc_ref looked = oc_ir_and(c->ir, states->open, b->held), pass = looked;
    for (size_t i = 0; i < stage->needs.len; i++)
        pass = oc_ir_and(c->ir, pass, oc_emit_guarded(c, stage->needs.at[i].is, looked));
    oc_emit_store(c, states->met, pass, oc_ir_truth(true));
    oc_ref chance = stage->chance ? oc_emit_probability(c, stage->chance, pass) : oc_ir_const(1);
    oc_emit_store(c, states->chance, chance, oc_ir_truth(true));
}
