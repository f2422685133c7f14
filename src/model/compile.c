/* Sections and schedule; see compile.h.
 *
 * What a tick does (design section 4): variables step and shocks begin or end, all reading the state before the tick;
 * then the changes at shocks and their ends, then the stages without `at`, in order, each followed by the changes at
 * it. What an occurrence does: is it held; its changes; the stages with this event in `at`, in order, each followed by
 * the changes at it.
 *
 * Blockers: each stage keeps the code of what its last look said; a target (a stage nobody waits for, or one that a
 * question asks about) stands at the code of its first stage that is not done. Whenever a look may have changed that,
 * OC_OP_TALLY_SPAN counts the days that the former code was in force.
 *
 * A stage that is looked at by events with a spread keeps the latest day it has been looked at (`floor`): a later
 * occurrence is not recorded before an earlier one, so a harder gate never makes a stage earlier
 * (docs/decisions/0002-recorded-dates.md). */
#include "model/build.h"

#include <math.h>
#include <stdlib.h>

#include "engine/engine.h"

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
    oc_slice name =
        e->first ? oc_arena_printf(c->arena, "%.*s@first", OC_FMT(e->symbol->name))
                 : oc_arena_printf(c->arena, "%.*s@%.*s", OC_FMT(e->symbol->name), OC_FMT(oc_day_print(c->arena, day)));
    oc_ref state = oc_ir_state(c->ir, name, mask);
    *oc_vec_push(c->arena, &c->snapshots) =
        (oc_snapshot){.at = e, .day = day, .symbol = e->symbol, .state = state, .date = e->type.kind == OC_TYPE_DATE};
    if (!e->first) return;
    for (size_t i = 0; i < c->model->variables.len; i++)
        if (OC_VAR(c, i)->symbol == e->symbol) c->firsts[i] = state;
}

static int by_day(const void *a, const void *b)
{
    const oc_row_plan *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    if (x->turn != y->turn) return x->turn < y->turn ? -1 : 1;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return x->section < y->section ? -1 : x->section > y->section;
}

static bool looked_at_by_several(const oc_compiler *c, const oc_stage *stage)
{
    bool spread = false;
    for (size_t i = 0; i < stage->at.len; i++) spread = spread || c->model->events.at[stage->at.at[i]]->spread;
    return spread;
}

static void make_states(oc_build *b)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    c->inputs = OC_NEW_ARRAY(c->arena, m->inputs.len + 1, oc_ref);
    c->variables = OC_NEW_ARRAY(c->arena, m->variables.len + 1, oc_ref);
    c->bridges = OC_NEW_ARRAY(c->arena, m->variables.len + 1, oc_bridge);
    c->firsts = OC_NEW_ARRAY(c->arena, m->variables.len + 1, oc_ref);
    c->variable_ready = OC_NEW_ARRAY(c->arena, m->variables.len + 1, bool);
    c->shock_on = OC_NEW_ARRAY(c->arena, m->shocks.len + 1, oc_ref);
    c->shock_end = OC_NEW_ARRAY(c->arena, m->shocks.len + 1, oc_ref);
    c->stages = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_ref);
    c->takes = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_ref);
    c->memos = OC_NEW_ARRAY(c->arena, m->definitions.len + 1, oc_memo);
    b->stages = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_stage_state);
    for (size_t i = 0; i < m->variables.len; i++) {
        c->variables[i] = oc_ir_state(c->ir, OC_VAR(c, i)->symbol->name, OC_VAR(c, i)->type.kind == OC_TYPE_TRUTH);
        c->out->variable_states[i] = c->variables[i].index;
    }
    for (size_t i = 0; i < m->shocks.len; i++) {
        c->shock_on[i] = oc_ir_state(c->ir, m->shocks.at[i]->symbol->name, true);
        c->shock_end[i] =
            oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.ends", OC_FMT(m->shocks.at[i]->symbol->name)), false);
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
        c->out->stages[i] = oc_build_place(c, OC_TYPE_OF_DATE, 0);
        b->stages[i].reason =
            oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.reason", OC_FMT(stage->symbol->name)), false);
        if (looked_at_by_several(c, stage))
            b->stages[i].floor =
                oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.looked", OC_FMT(stage->symbol->name)), false);
    }
}

static uint32_t keep_state(oc_compiler *c, oc_ref state)
{
    *oc_vec_push(c->arena, &c->ir->kept) = state.index;
    return state.index;
}

static void make_carried(oc_build *b)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    b->carried = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_carried_states);
    c->out->carried = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_carried_place);
    if (!c->out->carry) return;
    b->held = oc_ir_state(c->ir, OC_SLICE("held"), true);
    b->today = oc_ir_state(c->ir, OC_SLICE("today"), false);
    for (uint32_t i = 0; i < m->stages.len; i++) {
        if (c->stages[i].kind == OC_REF_STATE) keep_state(c, c->stages[i]);
        if (!oc_build_is_carried(c, i)) continue;
        oc_slice name = m->stages.at[i]->symbol->name;
        oc_carried_states *states = &b->carried[i];
        states->open = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.open", OC_FMT(name)), true);
        states->met = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.met", OC_FMT(name)), true);
        states->chance = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.chance", OC_FMT(name)), false);
        states->day = oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.day", OC_FMT(name)), false);
        c->out->carried[i] = (oc_carried_place){.open = keep_state(c, states->open),
                                                .met = keep_state(c, states->met),
                                                .chance = keep_state(c, states->chance),
                                                .day = keep_state(c, states->day)};
    }
}

static void collect_snapshots(oc_compiler *c)
{
    collector context = {c};
    for (size_t i = 0; i < c->model->questions.len; i++) oc_expr_walk(c->model->questions.at[i]->is, collect, &context);
    for (size_t i = 0; i < c->model->givens.len; i++) oc_expr_walk(c->model->givens.at[i], collect, &context);
}

static void make_places(oc_build *b, const oc_compile_options *options)
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
        out->questions[i] = oc_build_place(c, m->questions.at[i]->is->type, OC_QUESTION_BINS);
    oc_build_plan_samples(c, options);
    oc_build_plan_reasons(b, options);
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
        if (!oc_ir_bounds(c->ir, i, &bounds[i].low, &bounds[i].high))
            bounds[i] = (oc_bounds_place){UINT32_MAX, UINT32_MAX};
    c->out->bounds = bounds;
}

static oc_compiled *finish(oc_build *b)
{
    oc_compiler *c = b->c;
    oc_compiled *out = c->out;
    if (c->failed || c->diags->errors) return NULL;
    if (b->plan.len) qsort(b->plan.at, b->plan.len, sizeof *b->plan.at, by_day);
    oc_ir_order *order = OC_NEW_ARRAY(c->arena, b->plan.len + 1, oc_ir_order);
    for (size_t i = 0; i < b->plan.len; i++) order[i] = (oc_ir_order){b->plan.at[i].section, b->plan.at[i].row};
    const char *why;
    out->program =
        oc_ir_link(c->ir, c->model->as_of, c->model->horizon, order, b->plan.len, &out->size, &out->columns, &why);
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
        if (!oc_ir_bounds(c->ir, oc_build_bounded_parameter(c, i), &place->low, &place->high))
            place->low = place->high = UINT32_MAX;
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
    ir->every_row = options->carry;
    ir->watched = options->keep_questions || options->every_tick || options->carry;
    out->model = model;
    out->carry = options->carry;
    out->ways = options->ways;
    out->parameter_count = options->parameter_count;
    out->parameters = OC_NEW_ARRAY(arena, options->parameter_count + 1, oc_parameter_place);
    *c = (oc_compiler){.arena = arena,
                       .adjustable = options->adjustable,
                       .model = model,
                       .diags = model->diags,
                       .out = out,
                       .ir = ir,
                       .guard = oc_ir_truth(true),
                       .fixed_day = OC_NO_DATE};
    c->parameters = OC_NEW_ARRAY(arena, options->parameter_count + 1, oc_ref);
    oc_build b = {.c = c};
    oc_day by = options->blockers_by;
    if (by != OC_DAY_NONE && (by <= model->as_of || by > model->horizon)) {
        oc_report(c->diags, OC_E0311, (oc_span){0, 0, 0}, OC_ARGS(OC_D(by), OC_D(model->as_of), OC_D(model->horizon)));
        return NULL;
    }
    make_places(&b, options);
    collect_snapshots(c);
    if (c->failed) return NULL;
    oc_build_start(&b);
    oc_build_tick(&b);
    for (uint32_t e = 0; e < model->events.len; e++) oc_build_event(&b, e);
    oc_build_records(&b, options);
    oc_build_end(&b, options);
    oc_build_paths(&b, options);
    return finish(&b);
}
