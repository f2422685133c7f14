/* What an answer depends on, found by following names from the question on; and the refusal of what is not finite.
 *
 * Example: of `handover[anbar]`, one of eighteen stages, only the variables, events and stages that it waits for or
 * that its needs read are part of its states. */
#include <math.h>

#include "exact/machine.h"

typedef struct item {
    oc_symbol_kind kind;
    uint32_t index;
} item;

typedef struct tracer {
    oc_arena *arena;
    const oc_compiled *compiled;
    const oc_model *model;
    oc_exact_layout *layout;
    OC_VEC(item) queue;
    bool failed;
} tracer;

static void refuse(tracer *t, oc_span span, const char *why)
{
    t->failed = true;
    oc_diag *d = oc_report(t->model->diags, OC_E0970, span, NULL);
    oc_diag_label(d, why, NULL);
    oc_diag_help(d, "help.exact", NULL);
}

static uint32_t slot(tracer *t)
{
    return t->layout->slots++;
}

static void enter(tracer *t, oc_symbol_kind kind, uint32_t index)
{
    *oc_vec_push(t->arena, &t->queue) = (item){kind, index};
}

static void reach_slot(tracer *t, oc_symbol_kind kind, uint32_t *slots, uint32_t index)
{
    if (slots[index] != OC_NO_SLOT) return;
    slots[index] = slot(t);
    enter(t, kind, index);
}

static void reach_flag(tracer *t, oc_symbol_kind kind, bool *flags, uint32_t index)
{
    if (flags[index]) return;
    flags[index] = true;
    enter(t, kind, index);
}

static void reach_stage(tracer *t, uint32_t index, bool dated)
{
    if (dated) t->layout->dated[index] = true;
    if (t->model->stages.at[index]->done == OC_DAY_NONE) reach_slot(t, OC_SYMBOL_STAGE, t->layout->date, index);
}

static void reach_shock(tracer *t, uint32_t index)
{
    if (t->layout->on[index] == OC_NO_SLOT) t->layout->ends[index] = slot(t);
    reach_slot(t, OC_SYMBOL_SHOCK, t->layout->on, index);
}

static void reach(tracer *t, const oc_symbol *symbol, bool dated)
{
    const oc_model *m = t->model;
    oc_exact_layout *l = t->layout;
    switch (symbol->kind) {
    case OC_SYMBOL_INPUT:
        reach_slot(t, symbol->kind, l->input, OC_EXACT_INDEX(m, inputs, symbol->record));
        break;
    case OC_SYMBOL_VARIABLE:
        reach_slot(t, symbol->kind, l->variable, OC_EXACT_INDEX(m, variables, symbol->record));
        break;
    case OC_SYMBOL_SHOCK: reach_shock(t, OC_EXACT_INDEX(m, shocks, symbol->record)); break;
    case OC_SYMBOL_STAGE: reach_stage(t, OC_EXACT_INDEX(m, stages, symbol->record), dated); break;
    case OC_SYMBOL_DEFINITION:
    case OC_SYMBOL_CONDITION:
    case OC_SYMBOL_ISSUE:
        reach_flag(t, OC_SYMBOL_DEFINITION, l->definition, OC_EXACT_INDEX(m, definitions, symbol->record));
        break;
    default: break;
    }
}

/* A spread of 0 days, as '--set calendar.EVENT.spread=0d' gives it, is none. */
static const oc_expr *spread_of(const oc_event *event)
{
    const oc_expr *e = event->spread;
    return e && e->kind == OC_EXPR_NUMBER && e->number == 0 ? NULL : e;
}

static void refuse_spread(tracer *t, const oc_event *event, oc_span span)
{
    t->failed = true;
    oc_diag *d = oc_report(t->model->diags, OC_E0970, span, NULL);
    oc_diag_label(d, "label.exact-spread", NULL);
    oc_diag_help(d, "help.exact-spread", OC_ARGS(OC_T(event->symbol->name)));
}

/* --- expressions --- */

static void snapshot(tracer *t, const oc_expr *e)
{
    oc_exact_layout *l = t->layout;
    for (size_t i = 0; i < l->snapshots.len; i++) {
        const oc_expr *at = l->snapshots.at[i].at;
        if (at->symbol == e->symbol && at->first == e->first && at->day == e->day) return;
    }
    uint32_t own = slot(t);
    *oc_vec_push(t->arena, &l->snapshots) = (oc_exact_snapshot){e, own};
    reach(t, e->symbol, true);
    if (e->first && e->symbol->kind == OC_SYMBOL_VARIABLE)
        l->first[OC_EXACT_INDEX(t->model, variables, e->symbol->record)] = own;
}

static bool finite(const oc_expr *e)
{
    if (e->kind == OC_EXPR_RANGE) return false;
    if (e->kind != OC_EXPR_CALL || oc_function_kind_of(e->function) != OC_KIND_DISTRIBUTION) return true;
    return e->function == OC_FN_BERNOULLI || e->function == OC_FN_DISCRETE || e->function == OC_FN_MIXTURE;
}

static void follow(tracer *t, const oc_expr *e)
{
    if (!e || t->failed) return;
    if (!finite(e)) {
        refuse(t, e->span, "label.exact-distribution");
        return;
    }
    if (e->kind == OC_EXPR_AT) {
        if (e->symbol->kind != OC_SYMBOL_EVENT) snapshot(t, e);
        else if (spread_of(e->symbol->record)) refuse_spread(t, e->symbol->record, e->span);
        return;
    }
    if (e->kind == OC_EXPR_NAME && e->symbol) reach(t, e->symbol, true);
    bool call = e->kind == OC_EXPR_CALL;
    bool counts = call && (e->function == OC_FN_ALL || e->function == OC_FN_ANY || e->function == OC_FN_COUNT);
    bool past = call && e->function == OC_FN_COUNT && e->symbol && e->symbol->kind == OC_SYMBOL_EVENT;
    if (past || (call && (e->function == OC_FN_DONE || e->function == OC_FN_NEXT))) {
        reach(t, e->symbol, false);
        return;
    }
    for (size_t i = 0; i < e->arg_count; i++) {
        const oc_expr *a = e->args[i];
        bool stage = counts && a->kind == OC_EXPR_NAME && a->symbol && a->symbol->kind == OC_SYMBOL_STAGE;
        if (stage)
            reach(t, a->symbol, false);
        else
            follow(t, a);
        if (e->weights && e->weights[i]) follow(t, e->weights[i]);
    }
}

/* --- records --- */

static bool future(const oc_model *m, const oc_occurrence *o)
{
    return !o->past && o->nominal > m->as_of;
}

/* Draws have the day in their address, so two events on one day that lead to the same draw share it. */
static bool same_day(const oc_model *m, const oc_event *a, const oc_event *b)
{
    for (size_t i = 0, k = 0; i < a->occurrences.len && k < b->occurrences.len;) {
        const oc_occurrence *x = &a->occurrences.at[i], *y = &b->occurrences.at[k];
        if (x->nominal == y->nominal && future(m, x) && future(m, y)) return true;
        if (x->nominal < y->nominal) i++;
        else k++;
    }
    return false;
}

static void refuse_shared(tracer *t, const uint32_t *events, size_t count, oc_span span)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (same_day(t->model, t->model->events.at[events[i]], t->model->events.at[events[k]]))
                refuse(t, span, "label.exact-shared");
}

static void follow_change(tracer *t, const oc_change *change)
{
    typedef OC_VEC(uint32_t) list;
    list events = {0};
    size_t stages = 0, shocks = 0;
    follow(t, change->when);
    follow(t, change->to);
    for (size_t i = 0; i < change->at.len; i++) {
        const oc_moment *moment = &change->at.at[i];
        switch (moment->kind) {
        case OC_MOMENT_EVENT:
            *oc_vec_push(t->arena, &events) = moment->index;
            reach_flag(t, OC_SYMBOL_EVENT, t->layout->event, moment->index);
            break;
        case OC_MOMENT_STAGE:
            stages++;
            reach_stage(t, moment->index, false);
            break;
        default:
            shocks++;
            reach_shock(t, moment->index);
            break;
        }
    }
    if (!oc_expr_draws(change->to)) return;
    if (stages > 1 || (shocks && events.len)) refuse(t, change->span, "label.exact-shared");
    refuse_shared(t, events.at, events.len, change->span);
}

static void follow_variable(tracer *t, const oc_variable *v)
{
    if (v->noise && !(v->noise->kind == OC_EXPR_NUMBER && v->noise->number == 0)) {
        refuse(t, v->noise->span, "label.exact-noise");
        return;
    }
    const oc_expr *parts[] = {v->now, v->drift, v->reverts_to, v->speed, v->min, v->max};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) follow(t, parts[i]);
    for (size_t i = 0; i < v->changes.len; i++) follow_change(t, &v->changes.at[i]);
}

static void follow_stage(tracer *t, uint32_t index)
{
    const oc_stage *stage = t->model->stages.at[index];
    t->layout->reason[index] = slot(t);
    if (stage->takes) t->layout->takes[index] = slot(t);
    for (size_t i = 0; i < stage->after.len; i++) reach_stage(t, stage->after.at[i], false);
    for (size_t i = 0; i < stage->at.len; i++) reach_flag(t, OC_SYMBOL_EVENT, t->layout->event, stage->at.at[i]);
    for (size_t i = 0; i < stage->needs.len; i++) follow(t, stage->needs.at[i].is);
    follow(t, stage->takes);
    follow(t, stage->chance);
    if (stage->chance) refuse_shared(t, stage->at.at, stage->at.len, stage->chance->span);
}

static void follow_event(tracer *t, const oc_event *event)
{
    if (spread_of(event))
        refuse_spread(t, event, event->spread->span);
    else
        follow(t, event->held);
}

static void trace(tracer *t)
{
    const oc_model *m = t->model;
    for (size_t i = 0; i < t->queue.len && !t->failed; i++) {
        item next = t->queue.at[i];
        switch (next.kind) {
        case OC_SYMBOL_INPUT: follow(t, m->inputs.at[next.index]->is); break;
        case OC_SYMBOL_VARIABLE: follow_variable(t, m->variables.at[next.index]); break;
        case OC_SYMBOL_SHOCK:
            follow(t, m->shocks.at[next.index]->rate);
            follow(t, m->shocks.at[next.index]->lasts);
            break;
        case OC_SYMBOL_STAGE: follow_stage(t, next.index); break;
        case OC_SYMBOL_EVENT: follow_event(t, m->events.at[next.index]); break;
        default: follow(t, m->definitions.at[next.index]->is); break;
        }
    }
}

static void reads_more(oc_expr *e, void *context)
{
    bool *more = context;
    bool input = e->kind == OC_EXPR_NAME && e->symbol && e->symbol->kind == OC_SYMBOL_INPUT;
    bool names = e->kind == OC_EXPR_NAME || e->kind == OC_EXPR_AT || e->kind == OC_EXPR_TODAY;
    bool looks = e->kind == OC_EXPR_CALL && oc_function_kind_of(e->function) == OC_KIND_SPECIAL;
    *more = *more || (names && !input) || looks;
}

static uint32_t *no_slots(oc_arena *arena, size_t count)
{
    uint32_t *slots = OC_NEW_ARRAY(arena, count + 1, uint32_t);
    for (size_t i = 0; i < count; i++) slots[i] = OC_NO_SLOT;
    return slots;
}

bool oc_exact_lay_out(oc_arena *arena, const oc_compiled *compiled, const oc_exact_query *query, oc_exact_layout *ret)
{
    const oc_model *m = compiled->model;
    oc_exact_layout *l = ret;
    *l = (oc_exact_layout){.held = 0, .since = 1, .answer = 2, .slots = 3};
    l->input = no_slots(arena, m->inputs.len);
    l->variable = no_slots(arena, m->variables.len);
    l->first = no_slots(arena, m->variables.len);
    l->on = no_slots(arena, m->shocks.len);
    l->ends = no_slots(arena, m->shocks.len);
    l->date = no_slots(arena, m->stages.len);
    l->takes = no_slots(arena, m->stages.len);
    l->reason = no_slots(arena, m->stages.len);
    l->event = OC_NEW_ARRAY(arena, m->events.len + 1, bool);
    l->definition = OC_NEW_ARRAY(arena, m->definitions.len + 1, bool);
    l->dated = OC_NEW_ARRAY(arena, m->stages.len + 1, bool);
    l->late = OC_NEW_ARRAY(arena, m->inputs.len + 1, bool);
    tracer t = {.arena = arena, .compiled = compiled, .model = m, .layout = l};
    switch (query->kind) {
    case OC_QUERY_STAGE: reach_stage(&t, query->index, m->givens.len != 0); break;
    case OC_QUERY_QUESTION: follow(&t, m->questions.at[query->index]->is); break;
    case OC_QUERY_VARIABLE: reach_slot(&t, OC_SYMBOL_VARIABLE, l->variable, query->index); break;
    }
    for (size_t i = 0; i < m->givens.len; i++) follow(&t, m->givens.at[i]);
    trace(&t);
    for (size_t i = 0; i < m->inputs.len; i++) {
        bool more = false;
        oc_expr_walk(m->inputs.at[i]->is, reads_more, &more);
        l->late[i] = !more;
    }
    return !t.failed;
}
