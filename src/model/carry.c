/* Which coins feed nothing but stages; see carry.h.
 *
 * First every expression outside the questions is walked, through definitions, and the first place that reads each
 * stage is noted. Then each coin is judged by the stages that wait for it, and last the joins, one coin after another
 * in order of stages.
 *
 * Worked example: in `a: chance`, `b: {after: a}`, `c: chance`, `d: {after: [b, c]}` with a variable that reads
 * done(c), c is faulty (READ), so a is carried with b and d; d waits for c too, but c's date is known in each future.
 */
#include "model/carry.h"

#include <string.h>

typedef struct reader {
    const oc_model *model;
    bool *visited; /* definitions */
    oc_span *read; /* of each stage: where first; file 0: nowhere */
    bool *reads;
    oc_span place; /* of the value that is being walked */
    bool dated;    /* false: something reads a stage's value on another day */
} reader;

static uint32_t stage_of(const oc_model *m, const oc_symbol *symbol)
{
    for (uint32_t i = 0; i < m->stages.len; i++)
        if (m->stages.at[i]->symbol == symbol) return i;
    return OC_CARRY_NO_SOURCE;
}

static void visit(oc_expr *e, void *context)
{
    reader *r = context;
    const oc_model *m = r->model;
    if (!e->symbol) return;
    switch (e->symbol->kind) {
    case OC_SYMBOL_STAGE: {
        uint32_t s = stage_of(m, e->symbol);
        if (s == OC_CARRY_NO_SOURCE) return;
        if (e->kind == OC_EXPR_AT) r->dated = false;
        if (!r->reads[s]) r->read[s] = r->place;
        r->reads[s] = true;
        return;
    }
    case OC_SYMBOL_DEFINITION:
    case OC_SYMBOL_CONDITION:
    case OC_SYMBOL_ISSUE:
        for (size_t i = 0; i < m->definitions.len; i++) {
            if (m->definitions.at[i]->symbol != e->symbol) continue;
            if (e->kind == OC_EXPR_AT) r->dated = false;
            if (r->visited[i]) continue;
            r->visited[i] = true;
            oc_expr_walk(m->definitions.at[i]->is, visit, r);
        }
        return;
    default: return;
    }
}

static void follow(reader *r, oc_expr *e)
{
    if (!e) return;
    memset(r->visited, 0, r->model->definitions.len * sizeof *r->visited);
    r->place = e->span;
    oc_expr_walk(e, visit, r);
}

static reader new_reader(oc_arena *arena, const oc_model *m)
{
    return (reader){.model = m,
                    .visited = OC_NEW_ARRAY(arena, m->definitions.len + 1, bool),
                    .read = OC_NEW_ARRAY(arena, m->stages.len + 1, oc_span),
                    .reads = OC_NEW_ARRAY(arena, m->stages.len + 1, bool),
                    .dated = true};
}

static void follow_all(reader *r)
{
    const oc_model *m = r->model;
    for (size_t i = 0; i < m->inputs.len; i++) follow(r, m->inputs.at[i]->is);
    for (size_t i = 0; i < m->variables.len; i++) {
        const oc_variable *v = m->variables.at[i];
        oc_expr *const parts[] = {v->now, v->drift, v->noise, v->reverts_to, v->speed, v->min, v->max};
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) follow(r, parts[k]);
        for (size_t k = 0; k < v->changes.len; k++) {
            follow(r, v->changes.at[k].when);
            follow(r, v->changes.at[k].to);
        }
    }
    for (size_t i = 0; i < m->shocks.len; i++) {
        follow(r, m->shocks.at[i]->rate);
        follow(r, m->shocks.at[i]->lasts);
    }
    for (size_t i = 0; i < m->events.len; i++) {
        follow(r, m->events.at[i]->spread);
        follow(r, m->events.at[i]->held);
    }
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *s = m->stages.at[i];
        for (size_t k = 0; k < s->needs.len; k++) follow(r, s->needs.at[k].is);
        follow(r, s->takes);
        follow(r, s->chance);
    }
    for (size_t i = 0; i < m->givens.len; i++) follow(r, m->givens.at[i]);
}

/* --- faults --- */

static bool undone(const oc_model *m, uint32_t stage)
{
    return m->stages.at[stage]->done == OC_DAY_NONE;
}

static bool changes_something(const oc_model *m, uint32_t stage, oc_span *ret)
{
    for (size_t v = 0; v < m->variables.len; v++)
        for (size_t k = 0; k < m->variables.at[v]->changes.len; k++) {
            const oc_change *change = &m->variables.at[v]->changes.at[k];
            for (size_t i = 0; i < change->at.len; i++)
                if (change->at.at[i].kind == OC_MOMENT_STAGE && change->at.at[i].index == stage) {
                    *ret = change->span;
                    return true;
                }
        }
    return false;
}

static bool shares_a_day(const oc_model *m, const oc_event *a, const oc_event *b)
{
    for (size_t i = 0, k = 0; i < a->occurrences.len && k < b->occurrences.len;) {
        const oc_occurrence *x = &a->occurrences.at[i], *y = &b->occurrences.at[k];
        if (x->nominal == y->nominal && x->nominal > m->as_of && !x->past && !y->past) return true;
        if (x->nominal < y->nominal)
            i++;
        else
            k++;
    }
    return false;
}

static bool repeats_a_day(const oc_model *m, const oc_event *event)
{
    for (size_t i = 1; i < event->occurrences.len; i++)
        if (event->occurrences.at[i].nominal == event->occurrences.at[i - 1].nominal &&
            event->occurrences.at[i].nominal > m->as_of)
            return true;
    return false;
}

static bool shares_a_draw(const oc_model *m, const oc_stage *stage)
{
    for (size_t i = 0; i < stage->at.len; i++) {
        const oc_event *event = m->events.at[stage->at.at[i]];
        if (repeats_a_day(m, event)) return true;
        for (size_t k = 0; k < i; k++)
            if (shares_a_day(m, event, m->events.at[stage->at.at[k]])) return true;
    }
    return false;
}

static void judge(const oc_model *m, const reader *r, oc_carry_coin *coin)
{
    const oc_stage *stage = m->stages.at[coin->stage];
    if (shares_a_draw(m, stage)) {
        *coin = (oc_carry_coin){coin->stage, OC_CARRY_SHARED, coin->stage, stage->chance->span};
        return;
    }
    for (uint32_t s = 0; s < m->stages.len; s++) {
        if (!undone(m, s) || !oc_model_waits_for(m, s, coin->stage)) continue;
        oc_span span;
        if (r->reads[s]) {
            *coin = (oc_carry_coin){coin->stage, OC_CARRY_READ, s, r->read[s]};
            return;
        }
        if (changes_something(m, s, &span)) {
            *coin = (oc_carry_coin){coin->stage, OC_CARRY_CHANGE, s, span};
            return;
        }
    }
}

/* The first stage that waits for two carried ones; OC_CARRY_NO_SOURCE if none. Fills `source`. */
static uint32_t find_join(const oc_model *m, const bool *carried, uint32_t *source)
{
    for (uint32_t s = 0; s < m->stages.len; s++) {
        source[s] = OC_CARRY_NO_SOURCE;
        for (size_t i = 0; carried[s] && i < m->stages.at[s]->after.len; i++) {
            uint32_t before = m->stages.at[s]->after.at[i];
            if (!carried[before] || before == source[s]) continue;
            if (source[s] != OC_CARRY_NO_SOURCE) return s;
            source[s] = before;
        }
    }
    return OC_CARRY_NO_SOURCE;
}

static void add_waiting(const oc_model *m, uint32_t coin, bool *carried)
{
    for (uint32_t s = 0; s < m->stages.len; s++)
        if (undone(m, s) && oc_model_waits_for(m, s, coin)) carried[s] = true;
}

oc_carry *oc_carry_find(oc_arena *arena, const oc_model *m)
{
    oc_carry *carry = OC_NEW(arena, oc_carry);
    size_t count = m->stages.len + 1;
    bool *tried = OC_NEW_ARRAY(arena, count, bool);
    carry->stages = OC_NEW_ARRAY(arena, count, bool);
    carry->source = OC_NEW_ARRAY(arena, count, uint32_t);
    carry->coins = OC_NEW_ARRAY(arena, count, oc_carry_coin);
    reader r = new_reader(arena, m);
    follow_all(&r);
    for (uint32_t s = 0; s < m->stages.len; s++) {
        carry->source[s] = OC_CARRY_NO_SOURCE;
        if (!m->stages.at[s]->chance || !undone(m, s)) continue;
        oc_carry_coin *coin = &carry->coins[carry->coin_count++];
        coin->stage = s;
        judge(m, &r, coin);
        if (coin->fault != OC_CARRY_FINE) continue;
        memcpy(tried, carry->stages, count * sizeof *tried);
        add_waiting(m, s, tried);
        uint32_t join = find_join(m, tried, carry->source);
        if (join != OC_CARRY_NO_SOURCE) {
            *coin = (oc_carry_coin){s, OC_CARRY_JOIN, join, m->stages.at[join]->symbol->span};
            continue;
        }
        memcpy(carry->stages, tried, count * sizeof *tried);
        carry->any = true;
    }
    find_join(m, carry->stages, carry->source);
    return carry;
}

uint32_t oc_carry_reads(oc_arena *arena, const oc_model *m, const oc_carry *carry, const oc_expr *e)
{
    reader r = new_reader(arena, m);
    follow(&r, (oc_expr *)e);
    uint32_t found = OC_CARRY_NO_SOURCE;
    for (uint32_t s = 0; s < m->stages.len; s++) {
        if (!r.reads[s] || !carry->stages[s]) continue;
        if (found != OC_CARRY_NO_SOURCE) return OC_CARRY_SEVERAL;
        found = s;
    }
    return found != OC_CARRY_NO_SOURCE && !r.dated ? OC_CARRY_SEVERAL : found;
}
