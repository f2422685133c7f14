/* States, rows and answers; see exact.h.
 *
 * For each answer: lay out what it depends on (layout.c), begin with one empty state, run each row of the schedule on
 * all states for all scripts (steps.c), and tally.
 *
 * Worked example: one stage, looked at in two years with the chance 0.6. Row 1 turns {not done: 1} into {done in
 * year 1: 0.6, not done: 0.4}; row 2 into {0.6, done in year 2: 0.24, not done: 0.16}. */
#include "exact/exact.h"

#include <math.h>
#include <stdlib.h>

#include "base/order.h"
#include "exact/machine.h"

enum { DEFAULT_STATES = 400000 };
#define DEFAULT_WORK UINT64_C(4000000000)
#define SCRATCH_BYTES ((size_t)1500 << 20)

/* --- distributions over states --- */

typedef struct table {
    oc_arena *arena;
    size_t width, count, room;
    double *cells, *p;
    uint32_t *slots; /* index + 1; a power of two of them */
    size_t slot_count;
} table;

static uint64_t hash_of(const double *cells, size_t width)
{
    uint64_t hash = UINT64_C(0x9e3779b97f4a7c15);
    for (size_t i = 0; i < width; i++) {
        uint64_t word;
        memcpy(&word, &cells[i], sizeof word);
        hash = (hash ^ word) * UINT64_C(0xff51afd7ed558ccd);
        hash ^= hash >> 32;
    }
    return hash;
}

static void place(table *t, size_t index)
{
    size_t at = hash_of(t->cells + index * t->width, t->width) & (t->slot_count - 1);
    while (t->slots[at]) at = (at + 1) & (t->slot_count - 1);
    t->slots[at] = (uint32_t)index + 1;
}

static void grow(table *t)
{
    size_t room = t->room ? 2 * t->room : 64;
    double *cells = OC_NEW_ARRAY(t->arena, room * t->width, double), *p = OC_NEW_ARRAY(t->arena, room, double);
    if (t->count) {
        memcpy(cells, t->cells, t->count * t->width * sizeof *cells);
        memcpy(p, t->p, t->count * sizeof *p);
    }
    t->cells = cells;
    t->p = p;
    t->room = room;
    t->slot_count = 2 * room;
    t->slots = OC_NEW_ARRAY(t->arena, t->slot_count, uint32_t);
    for (size_t i = 0; i < t->count; i++) place(t, i);
}

static void add_state(table *t, double *cells, double p)
{
    if (t->count == t->room) grow(t);
    for (size_t i = 0; i < t->width; i++) cells[i] += 0.0; /* one zero, not two */
    size_t at = hash_of(cells, t->width) & (t->slot_count - 1);
    for (; t->slots[at]; at = (at + 1) & (t->slot_count - 1)) {
        size_t index = t->slots[at] - 1;
        if (memcmp(t->cells + index * t->width, cells, t->width * sizeof *cells) != 0) continue;
        t->p[index] += p;
        return;
    }
    memcpy(t->cells + t->count * t->width, cells, t->width * sizeof *cells);
    t->p[t->count++] = p;
    t->slots[at] = (uint32_t)t->count;
}

static void clear(table *t)
{
    if (t->count) memset(t->slots, 0, t->slot_count * sizeof *t->slots);
    t->count = 0;
}

/* --- the schedule --- */

typedef struct row {
    oc_day day;
    enum { ROW_TICK, ROW_EVENT, ROW_RECORD } kind;
    uint32_t event;
    int forced;
    oc_day previous; /* the tick before a tick */
} row;

typedef OC_VEC(row) rows;

static int by_day(const void *a, const void *b)
{
    const row *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    if (x->kind != y->kind) return (int)x->kind - (int)y->kind;
    return x->event < y->event ? -1 : x->event > y->event;
}

static oc_day tick_after(oc_tick tick, oc_day day)
{
    oc_civil d = oc_civil_from_day(day);
    int months = tick == OC_TICK_MONTH ? 1 : tick == OC_TICK_QUARTER ? 3 : 12;
    if (tick == OC_TICK_DAY) return day + 1;
    if (tick == OC_TICK_WEEK) return day + 7 - oc_weekday(day);
    int first = (d.year * 12 + d.month - 1) / months * months + months;
    return oc_day_from_civil(first / 12, first % 12 + 1, 1);
}

static void plan(oc_arena *arena, const oc_compiled *compiled, oc_day by, rows *ret)
{
    const oc_model *m = compiled->model;
    oc_day previous = m->as_of;
    for (oc_day d = tick_after(m->tick, previous); d <= m->horizon; previous = d, d = tick_after(m->tick, d))
        *oc_vec_push(arena, ret) = (row){.day = d, .kind = ROW_TICK, .previous = previous};
    for (uint32_t e = 0; e < m->events.len; e++)
        for (size_t i = 0; i < m->events.at[e]->occurrences.len; i++) {
            const oc_occurrence *o = &m->events.at[e]->occurrences.at[i];
            if (!o->past && o->nominal > m->as_of)
                *oc_vec_push(arena, ret) = (row){.day = o->nominal, .kind = ROW_EVENT, .event = e, .forced = o->forced};
        }
    for (oc_day d = m->as_of; d <= m->horizon; d++) {
        bool wanted = d == by;
        for (size_t i = 0; i < m->questions.len; i++) wanted = wanted || m->questions.at[i]->at == d;
        for (size_t i = 0; i < compiled->sample_count; i++) wanted = wanted || compiled->sample_days[i] == d;
        if (wanted) *oc_vec_push(arena, ret) = (row){.day = d, .kind = ROW_RECORD};
    }
}

/* --- one answer --- */

typedef enum step {
    STEP_BEGIN, STEP_MOVE, STEP_OCCUR, STEP_LOOK, STEP_SNAP, STEP_KEEP_ANSWER, STEP_ANSWER, STEP_ANSWER_AT_END
} step;

typedef struct pass {
    oc_exact_machine m;
    oc_exact_layout layout;
    oc_exact_query query;
    table now, next;
    table values;             /* NUMBER: one cell, its value */
    oc_exact_answer *answer;
    oc_exact_answer *samples; /* of the variable, by sample */
    size_t sample;
    double counted;
    size_t limit, most;
    oc_day mark;              /* blockers are counted up to here */
    oc_day by;
} pass;

/* One move of one row: what is done, and whether the row ends with it. */
typedef struct move {
    step what;
    uint32_t index;
    int forced;
    bool last;
    bool tick;
    oc_day previous;
} move;

static void tally(pass *x, oc_exact_answer *a, double value, double weight)
{
    const oc_model *model = x->m.model;
    oc_day days = model->horizon - model->as_of;
    if (weight <= 0) return;
    switch (a->kind) {
    case OC_RESULT_DATE: {
        double day = floor(value) - (double)model->as_of;
        a->days[!(day <= (double)days) ? days + 1 : day > 0 ? (oc_day)day : 0] += weight;
        break;
    }
    case OC_RESULT_TRUTH: a->p += value != 0 ? weight : 0; break;
    case OC_RESULT_CATEGORY:
        if (value >= 0 && value < (double)a->type.category->count) a->shares[(size_t)value] += weight;
        break;
    case OC_RESULT_NUMBER:
        if (isfinite(value)) add_state(&x->values, &value, weight);
        else a->never += weight;
        break;
    }
}

static bool news_is_true(pass *x)
{
    for (size_t i = 0; i < x->m.model->givens.len; i++)
        if (oc_exact_value(&x->m, x->m.model->givens.at[i]) == 0) return false;
    return true;
}

static void answer(pass *x, bool at_end)
{
    oc_exact_machine *m = &x->m;
    const oc_model *model = m->model;
    const oc_question *q = x->query.kind == OC_QUERY_QUESTION ? model->questions.at[x->query.index] : NULL;
    bool counts = !at_end || news_is_true(x);
    double value = 0;
    if (counts && q) value = q->at != OC_DAY_NONE && at_end ? m->cell[x->layout.answer] : oc_exact_value(m, q->is);
    if (counts && !q && x->query.kind == OC_QUERY_STAGE) value = m->cell[x->layout.date[x->query.index]];
    double weight = m->probability * m->script.p;
    if (!counts || m->trouble != OC_TROUBLE_NONE) return;
    x->counted += weight;
    tally(x, x->answer, value, weight);
}

static void look(pass *x, const move *v)
{
    oc_exact_machine *m = &x->m;
    bool mine = x->query.kind == OC_QUERY_STAGE && x->query.index == v->index && !m->model->givens.len;
    double before = m->cell[x->layout.date[v->index]];
    oc_exact_look(m, v->index, v->tick);
    double after = m->cell[x->layout.date[v->index]];
    if (mine && before == INFINITY && after != INFINITY && m->trouble == OC_TROUBLE_NONE)
        tally(x, x->answer, after, m->probability * m->script.p);
}

static void take(pass *x, const move *v)
{
    oc_exact_machine *m = &x->m;
    switch (v->what) {
    case STEP_BEGIN: oc_exact_begin(m); break;
    case STEP_MOVE: oc_exact_move(m, v->previous); break;
    case STEP_OCCUR: oc_exact_occur(m, v->index, v->forced); break;
    case STEP_LOOK: look(x, v); break;
    case STEP_SNAP: oc_exact_snap(m, m->today); break;
    case STEP_KEEP_ANSWER:
        m->cell[x->layout.answer] = oc_exact_value(m, m->model->questions.at[x->query.index]->is);
        break;
    case STEP_ANSWER: answer(x, false); break;
    case STEP_ANSWER_AT_END: answer(x, true); break;
    }
    if (v->last) oc_exact_settle(m, v->tick);
}

static bool next_script(oc_exact_script *s)
{
    while (s->length && s->choice[s->length - 1] + 1 == s->count[s->length - 1]) s->length--;
    if (!s->length) return false;
    s->choice[s->length - 1]++;
    return true;
}

/* Takes a step in all states for all scripts. */
static bool run_step(pass *x, const move *v)
{
    oc_exact_machine *m = &x->m;
    bool keeps = v->what < STEP_ANSWER;
    clear(&x->next);
    for (size_t i = 0; i < x->now.count; i++) {
        m->probability = x->now.p[i];
        m->script.length = 0;
        do {
            memcpy(m->cell, x->now.cells + i * x->now.width, x->now.width * sizeof *m->cell);
            m->script.at = 0;
            m->script.p = 1;
            if (++m->work > m->work_limit) m->trouble = OC_TROUBLE_SIZE;
            take(x, v);
            if (m->trouble != OC_TROUBLE_NONE) return false;
            if (keeps && m->script.p > 0) add_state(&x->next, m->cell, m->probability * m->script.p);
            if (x->next.count > x->limit) m->trouble = OC_TROUBLE_SIZE;
        } while (next_script(&m->script));
    }
    if (!keeps) return true;
    table swap = x->now;
    x->now = x->next;
    x->next = swap;
    if (x->now.count > x->most) x->most = x->now.count;
    return m->trouble == OC_TROUBLE_NONE;
}

/* --- rows --- */

typedef OC_VEC(move) moves;

static bool moves_at_ticks(const pass *x)
{
    const oc_model *model = x->m.model;
    for (size_t i = 0; i < model->variables.len; i++) {
        const oc_variable *v = model->variables.at[i];
        if (x->layout.variable[i] != OC_NO_SLOT && (v->drift || v->reverts_to)) return true;
    }
    for (size_t i = 0; i < model->shocks.len; i++)
        if (x->layout.on[i] != OC_NO_SLOT) return true;
    return false;
}

static void plan_row(pass *x, oc_arena *arena, const row *r, moves *list)
{
    const oc_model *model = x->m.model;
    bool tick = r->kind == ROW_TICK;
    list->len = 0;
    if (tick && moves_at_ticks(x))
        *oc_vec_push(arena, list) = (move){.what = STEP_MOVE, .previous = r->previous, .tick = true};
    if (!tick && !x->layout.event[r->event]) return;
    if (!tick) *oc_vec_push(arena, list) = (move){.what = STEP_OCCUR, .index = r->event, .forced = r->forced};
    for (uint32_t s = 0; s < model->stages.len; s++) {
        const oc_stage *stage = model->stages.at[s];
        if (x->layout.date[s] == OC_NO_SLOT || (tick ? stage->at.len != 0 : !oc_stage_is_at(stage, r->event))) continue;
        *oc_vec_push(arena, list) = (move){.what = STEP_LOOK, .index = s, .tick = tick};
    }
    if (list->len) list->at[list->len - 1].last = true;
}

/* The days since the last row belong to the code in force in each state. */
static void count_until(pass *x, oc_day day)
{
    oc_exact_machine *m = &x->m;
    const oc_compiled *c = m->compiled;
    if (m->target == UINT32_MAX || day <= x->mark) return;
    double *own = m->cell;
    for (size_t i = 0; i < x->now.count; i++) {
        m->cell = x->now.cells + i * x->now.width;
        uint32_t code = oc_exact_code(m);
        if (code >= c->reason_codes - 1) continue;
        for (size_t y = 0; y < c->blocker_year_count; y++) {
            oc_day begin = c->blocker_years[y] > x->mark ? c->blocker_years[y] : x->mark;
            oc_day end = c->blocker_years[y + 1] < day ? c->blocker_years[y + 1] : day;
            if (begin < end) m->days[code * c->blocker_year_count + y] += x->now.p[i] * (double)(end - begin);
        }
    }
    m->cell = own;
    x->mark = day;
}

static void count_last(pass *x)
{
    oc_exact_machine *m = &x->m;
    if (m->target == UINT32_MAX) return;
    double *own = m->cell;
    for (size_t i = 0; i < x->now.count; i++) {
        m->cell = x->now.cells + i * x->now.width;
        m->last[oc_exact_code(m)] += x->now.p[i];
    }
    m->cell = own;
}

/* The collected values of a NUMBER, in order. */
static void take_values(pass *x, oc_arena *arena, oc_exact_answer *a)
{
    if (a->kind != OC_RESULT_NUMBER) return;
    double *pairs = OC_NEW_ARRAY(arena, 2 * x->values.count + 1, double);
    for (size_t i = 0; i < x->values.count; i++) pairs[2 * i] = x->values.cells[i], pairs[2 * i + 1] = x->values.p[i];
    if (x->values.count) qsort(pairs, x->values.count, 2 * sizeof *pairs, oc_order_doubles);
    a->values = OC_NEW_ARRAY(arena, x->values.count + 1, double);
    a->weights = OC_NEW_ARRAY(arena, x->values.count + 1, double);
    a->value_count = x->values.count;
    for (size_t i = 0; i < x->values.count; i++) a->values[i] = pairs[2 * i], a->weights[i] = pairs[2 * i + 1];
    clear(&x->values);
}

static void take_samples(pass *x, oc_arena *arena, oc_day day)
{
    for (size_t i = 0; i < x->m.compiled->sample_count; i++) {
        if (x->m.compiled->sample_days[i] != day) continue;
        for (size_t s = 0; s < x->now.count; s++)
            tally(x, &x->samples[i], x->now.cells[s * x->now.width + x->layout.variable[x->query.index]], x->now.p[s]);
        take_values(x, arena, &x->samples[i]);
    }
}

static bool run_record(pass *x, oc_arena *arena, oc_day day)
{
    const oc_model *model = x->m.model;
    const oc_question *q = x->query.kind == OC_QUERY_QUESTION ? model->questions.at[x->query.index] : NULL;
    bool fine = true;
    if (x->layout.snapshots.len) fine = run_step(x, &(move){.what = STEP_SNAP});
    if (q && q->at == day)
        fine = fine && run_step(x, &(move){.what = model->givens.len ? STEP_KEEP_ANSWER : STEP_ANSWER});
    if (x->query.kind == OC_QUERY_VARIABLE) take_samples(x, arena, day);
    if (day == x->by) count_last(x);
    return fine;
}

static bool run_rows(pass *x, oc_arena *arena, const rows *schedule)
{
    moves list = {0};
    oc_exact_machine *m = &x->m;
    for (size_t i = 0; i < schedule->len; i++) {
        const row *r = &schedule->at[i];
        m->today = r->day;
        if (r->kind == ROW_RECORD) {
            if (!run_record(x, arena, r->day)) return false;
            continue;
        }
        if (r->kind == ROW_TICK) m->previous = r->previous;
        plan_row(x, arena, r, &list);
        if (list.len) count_until(x, r->day);
        for (size_t k = 0; k < list.len; k++)
            if (!run_step(x, &list.at[k])) return false;
    }
    return true;
}

static void add_snapshot_days(pass *x, oc_arena *arena, rows *schedule)
{
    for (size_t i = 0; i < x->layout.snapshots.len; i++) {
        const oc_expr *at = x->layout.snapshots.at[i].at;
        bool known = at->first;
        for (size_t k = 0; k < schedule->len && !known; k++)
            known = schedule->at[k].kind == ROW_RECORD && schedule->at[k].day == at->day;
        if (!known) *oc_vec_push(arena, schedule) = (row){.day = at->day, .kind = ROW_RECORD};
    }
    if (schedule->len) qsort(schedule->at, schedule->len, sizeof *schedule->at, by_day);
}

static bool run_pass(pass *x, oc_arena *scratch, oc_arena *arena)
{
    oc_exact_machine *m = &x->m;
    const oc_model *model = m->model;
    rows schedule = {0};
    if (!oc_exact_lay_out(scratch, m->compiled, &x->query, &x->layout)) return false;
    m->layout = &x->layout;
    x->now = x->next = (table){.arena = scratch, .width = x->layout.slots};
    x->values = (table){.arena = scratch, .width = 1};
    m->cell = OC_NEW_ARRAY(scratch, x->layout.slots, double);
    plan(scratch, m->compiled, x->by, &schedule);
    add_snapshot_days(x, scratch, &schedule);
    add_state(&x->now, m->cell, 1);
    x->mark = model->as_of;
    m->today = m->previous = model->as_of;
    if (!run_step(x, &(move){.what = STEP_BEGIN}) || !run_rows(x, arena, &schedule)) return false;
    m->today = model->horizon;
    count_until(x, model->horizon + 1);
    if (x->by == OC_DAY_NONE) count_last(x);
    if (x->query.kind == OC_QUERY_VARIABLE) return true;
    const oc_question *q = x->query.kind == OC_QUERY_QUESTION ? model->questions.at[x->query.index] : NULL;
    if (q && q->at != OC_DAY_NONE && !model->givens.len) {
        take_values(x, arena, x->answer);
        return true;
    }
    if (!q && !model->givens.len) {
        /* Done ones were counted when they came. */
        double done = 0;
        oc_day days = model->horizon - model->as_of;
        for (oc_day d = 0; d <= days; d++) done += x->answer->days[d];
        x->answer->days[days + 1] = done < 1 ? 1 - done : 0;
        return true;
    }
    bool fine = run_step(x, &(move){.what = STEP_ANSWER_AT_END});
    take_values(x, arena, x->answer);
    return fine;
}

/* --- all answers --- */

typedef struct solver {
    oc_arena *arena, scratch;
    const oc_compiled *compiled;
    const oc_exact_options *options;
    oc_exact *ret;
    uint64_t work;
    oc_exact_trouble trouble;
    const oc_expr *trouble_expr;
    double trouble_value;
    oc_day trouble_day;
    oc_exact_query query;
    oc_exact_answer *answer, *samples;
    bool fine;
} solver;

static oc_exact_answer empty_answer(solver *s, oc_result_kind kind, oc_type type)
{
    const oc_model *m = s->compiled->model;
    oc_exact_answer a = {.kind = kind, .type = type};
    if (kind == OC_RESULT_DATE) a.days = OC_NEW_ARRAY(s->arena, (size_t)(m->horizon - m->as_of + 2), double);
    if (kind == OC_RESULT_CATEGORY) a.shares = OC_NEW_ARRAY(s->arena, type.category->count, double);
    return a;
}

static void scale(oc_exact_answer *a, const oc_model *m, double factor)
{
    a->p *= factor;
    a->never *= factor;
    for (oc_day d = 0; a->days && d <= m->horizon - m->as_of + 1; d++) a->days[d] *= factor;
    for (size_t i = 0; a->shares && i < a->type.category->count; i++) a->shares[i] *= factor;
    for (size_t i = 0; i < a->value_count; i++) a->weights[i] *= factor;
}

static void solve_one(void *context)
{
    solver *s = context;
    pass x = {.query = s->query, .answer = s->answer, .samples = s->samples, .by = OC_DAY_NONE};
    const oc_model *m = s->compiled->model;
    oc_day last = s->compiled->blocker_years[s->compiled->blocker_year_count] - 1;
    if (last != m->horizon) x.by = last;
    x.limit = s->options && s->options->states ? s->options->states : DEFAULT_STATES;
    x.m = (oc_exact_machine){.compiled = s->compiled, .model = m, .target = s->query.target, .work = s->work};
    x.m.work_limit = s->options && s->options->work ? s->options->work : DEFAULT_WORK;
    if (s->query.target != UINT32_MAX) {
        x.m.days = s->ret->blocker_days[s->query.target];
        x.m.last = s->ret->blocker_last[s->query.target];
    }
    s->fine = run_pass(&x, &s->scratch, s->arena);
    s->work = x.m.work;
    s->trouble = x.m.trouble;
    s->trouble_expr = x.m.trouble_expr;
    s->trouble_value = x.m.trouble_value;
    s->trouble_day = x.m.today;
    if (x.most > s->ret->most_states) s->ret->most_states = x.most;
    if (!s->fine || !m->givens.len) return;
    s->ret->counted = x.counted;
    if (s->answer && x.counted > 0) scale(s->answer, m, 1 / x.counted);
}

static void report(solver *s)
{
    const oc_model *m = s->compiled->model;
    size_t states = s->options && s->options->states ? s->options->states : DEFAULT_STATES;
    oc_span span = s->trouble_expr ? s->trouble_expr->span : (oc_span){0, 0, 0};
    if (s->trouble == OC_TROUBLE_NONE) return; /* said already */
    if (s->trouble == OC_TROUBLE_SIZE) {
        oc_diag *d = oc_report(m->diags, OC_E0971, (oc_span){0, 0, 0}, OC_ARGS(OC_I(states)));
        oc_diag_help(d, "help.exact", NULL);
        return;
    }
    oc_diag *d = oc_report(m->diags, OC_E0972, span, OC_ARGS(OC_D(s->trouble_day), OC_F(s->trouble_value)));
    oc_diag_help(d, "help.keep-in-range", NULL);
}

static bool solve(solver *s, oc_exact_query query, oc_exact_answer *answer_of, oc_exact_answer *samples)
{
    s->query = query;
    s->answer = answer_of;
    s->samples = samples;
    s->fine = false;
    oc_arena_init(&s->scratch, NULL, SCRATCH_BYTES);
    oc_status status = oc_arena_try(&s->scratch, solve_one, s);
    oc_arena_free(&s->scratch);
    if (status != OC_OK) s->trouble = OC_TROUBLE_SIZE;
    if (status != OC_OK || !s->fine) report(s);
    return status == OC_OK && s->fine;
}

static uint32_t target_of(const oc_compiled *c, uint32_t stage)
{
    for (uint32_t i = 0; i < c->blocker_count; i++)
        if (c->blockers[i].stage == stage) return i;
    return UINT32_MAX;
}

static bool solve_all(solver *s)
{
    const oc_compiled *c = s->compiled;
    const oc_model *m = c->model;
    bool news = m->givens.len != 0, fine = true;
    for (uint32_t i = 0; i < m->stages.len && fine; i++) {
        s->ret->stages[i] = empty_answer(s, OC_RESULT_DATE, OC_TYPE_OF_DATE);
        if (m->stages.at[i]->done != OC_DAY_NONE) continue;
        uint32_t target = news ? UINT32_MAX : target_of(c, i);
        fine = solve(s, (oc_exact_query){OC_QUERY_STAGE, i, target}, &s->ret->stages[i], NULL);
    }
    for (uint32_t i = 0; i < m->questions.len && fine; i++) {
        s->ret->questions[i] = empty_answer(s, c->questions[i].kind, c->questions[i].type);
        fine = solve(s, (oc_exact_query){OC_QUERY_QUESTION, i, UINT32_MAX}, &s->ret->questions[i], NULL);
    }
    if (news) return fine;
    for (uint32_t v = 0; v < m->variables.len && c->sample_count && fine; v++) {
        oc_exact_answer *samples = s->ret->samples + v * c->sample_count;
        for (size_t i = 0; i < c->sample_count; i++) {
            const oc_result_place *where = &c->samples[v * c->sample_count + i];
            samples[i] = empty_answer(s, where->kind, where->type);
        }
        fine = solve(s, (oc_exact_query){OC_QUERY_VARIABLE, v, UINT32_MAX}, NULL, samples);
    }
    return fine;
}

oc_status oc_exact_solve(oc_arena *arena, const oc_compiled *compiled, const oc_exact_options *options, oc_exact **ret)
{
    const oc_model *m = compiled->model;
    oc_exact *exact = OC_NEW(arena, oc_exact);
    solver s = {.arena = arena, .compiled = compiled, .options = options, .ret = exact};
    exact->counted = 1;
    exact->stages = OC_NEW_ARRAY(arena, m->stages.len + 1, oc_exact_answer);
    exact->questions = OC_NEW_ARRAY(arena, m->questions.len + 1, oc_exact_answer);
    if (!m->givens.len) {
        exact->samples = OC_NEW_ARRAY(arena, m->variables.len * compiled->sample_count + 1, oc_exact_answer);
        exact->blocker_days = OC_NEW_ARRAY(arena, compiled->blocker_count + 1, double *);
        exact->blocker_last = OC_NEW_ARRAY(arena, compiled->blocker_count + 1, double *);
        for (size_t i = 0; i < compiled->blocker_count; i++) {
            size_t cells = compiled->reason_codes * compiled->blocker_year_count;
            exact->blocker_days[i] = OC_NEW_ARRAY(arena, cells + 1, double);
            exact->blocker_last[i] = OC_NEW_ARRAY(arena, compiled->reason_codes + 1, double);
        }
    }
    *ret = exact;
    return solve_all(&s) ? OC_OK : OC_INPUT;
}
