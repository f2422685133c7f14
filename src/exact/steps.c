/* What happens in a row; see machine.h. Section by section what the design calls a trajectory.
 *
 * At a tick, everything reads what was before it: variables move, shocks begin and end; then the changes at those; then
 * each stage without `at`. At an event: is it held, its changes, then each stage that is looked at there. Between two
 * looks equal states are added up by the driver, so twenty stages at one event are twenty steps of two outcomes. */
#include <math.h>

#include "exact/machine.h"

enum { MOST_CHANGES = 512 };

typedef struct change_list {
    uint32_t variable[MOST_CHANGES];
    double value[MOST_CHANGES];
    size_t count;
} change_list;

static bool has(const uint32_t *slots, size_t index)
{
    return slots[index] != OC_NO_SLOT;
}

static double bounded(oc_exact_machine *m, const oc_variable *v, double value)
{
    if (v->min) value = fmax(value, oc_exact_value(m, v->min));
    if (v->max) value = fmin(value, oc_exact_value(m, v->max));
    return value;
}

static void set_variable(oc_exact_machine *m, uint32_t index, double value)
{
    const oc_exact_layout *l = m->layout;
    m->cell[l->variable[index]] = value;
    if (has(l->first, index) && m->cell[l->first[index]] == INFINITY) m->cell[l->first[index]] = value;
}

/* --- changes --- */

static bool at_moment(const oc_change *change, int kind, uint32_t index)
{
    for (size_t i = 0; i < change->at.len; i++)
        if ((int)change->at.at[i].kind == kind && change->at.at[i].index == index) return true;
    return false;
}

static void collect(oc_exact_machine *m, int kind, uint32_t index, change_list *list)
{
    for (uint32_t i = 0; i < m->model->variables.len; i++) {
        const oc_variable *v = m->model->variables.at[i];
        if (!has(m->layout->variable, i)) continue;
        for (size_t k = 0; k < v->changes.len; k++) {
            const oc_change *change = &v->changes.at[k];
            if (!at_moment(change, kind, index)) continue;
            if (change->when && oc_exact_value(m, change->when) == 0) continue;
            double value = oc_exact_value(m, change->to);
            if (v->type.kind == OC_TYPE_DATE && !isinf(value)) value = floor(value + 0.5);
            if (list->count == MOST_CHANGES) {
                m->trouble = OC_TROUBLE_SIZE;
                return;
            }
            list->variable[list->count] = i;
            list->value[list->count++] = bounded(m, v, value);
        }
    }
}

static void commit(oc_exact_machine *m, const change_list *list)
{
    for (size_t i = 0; i < list->count; i++) set_variable(m, list->variable[i], list->value[i]);
}

static void change_at(oc_exact_machine *m, int kind, uint32_t index)
{
    change_list list = {.count = 0};
    collect(m, kind, index, &list);
    commit(m, &list);
}

/* --- the beginning --- */

void oc_exact_begin(oc_exact_machine *m)
{
    const oc_model *model = m->model;
    const oc_exact_layout *l = m->layout;
    m->starting = true;
    m->today = model->as_of;
    for (size_t i = 0; i < l->slots; i++) m->cell[i] = 0;
    for (size_t i = 0; i < model->inputs.len; i++)
        if (has(l->input, i)) m->cell[l->input[i]] = NAN;
    for (size_t i = 0; i < model->variables.len; i++)
        if (has(l->variable, i)) m->cell[l->variable[i]] = NAN;
    for (size_t i = 0; i < model->stages.len; i++)
        if (has(l->date, i)) m->cell[l->date[i]] = INFINITY;
    for (size_t i = 0; i < model->inputs.len; i++)
        if (has(l->input, i) && !l->late[i]) oc_exact_input(m, i);
    for (size_t i = 0; i < model->variables.len; i++)
        if (has(l->variable, i)) oc_exact_start(m, i);
    for (size_t i = 0; i < model->variables.len; i++)
        if (has(l->first, i)) m->cell[l->first[i]] = m->cell[l->variable[i]];
    for (size_t i = 0; i < model->stages.len; i++) {
        if (has(l->takes, i)) m->cell[l->takes[i]] = oc_exact_nonnegative(m, model->stages.at[i]->takes);
        if (has(l->reason, i) && m->target != UINT32_MAX) m->cell[l->reason[i]] = m->compiled->reasons[i].first;
    }
    m->starting = false;
}

/* --- ticks --- */

static double moved(oc_exact_machine *m, uint32_t index, double days)
{
    const oc_variable *v = m->model->variables.at[index];
    double value = m->cell[m->layout->variable[index]];
    if (v->reverts_to) {
        double level = oc_exact_value(m, v->reverts_to);
        value = level + (value - level) * exp(-oc_exact_nonnegative(m, v->speed) * days);
    }
    if (v->drift) value += oc_exact_value(m, v->drift) * days;
    return bounded(m, v, value);
}

enum { MOST_SHOCKS = 256 };

void oc_exact_move(oc_exact_machine *m, oc_day previous)
{
    const oc_model *model = m->model;
    const oc_exact_layout *l = m->layout;
    double days = (double)(m->today - previous);
    change_list list = {.count = 0};
    bool begins[MOST_SHOCKS] = {false}, ends[MOST_SHOCKS] = {false};
    double until[MOST_SHOCKS];
    if (model->shocks.len > MOST_SHOCKS || model->variables.len > MOST_CHANGES) {
        m->trouble = OC_TROUBLE_SIZE;
        return;
    }
    for (uint32_t i = 0; i < model->variables.len; i++) {
        const oc_variable *v = model->variables.at[i];
        if (!has(l->variable, i) || (!v->drift && !v->reverts_to)) continue;
        list.variable[list.count] = i;
        list.value[list.count++] = moved(m, i, days);
    }
    for (size_t i = 0; i < model->shocks.len; i++) {
        if (!has(l->on, i)) continue;
        if (m->cell[l->on[i]] != 0) {
            ends[i] = m->cell[l->ends[i]] <= (double)m->today;
            continue;
        }
        double rate = oc_exact_nonnegative(m, model->shocks.at[i]->rate);
        begins[i] = oc_exact_coin(m, -expm1(-rate * days));
        if (begins[i]) until[i] = (double)m->today + oc_exact_nonnegative(m, model->shocks.at[i]->lasts);
    }
    commit(m, &list);
    for (size_t i = 0; i < model->shocks.len; i++) {
        if (begins[i]) m->cell[l->on[i]] = 1, m->cell[l->ends[i]] = until[i];
        if (ends[i]) m->cell[l->on[i]] = 0, m->cell[l->ends[i]] = 0;
    }
    list.count = 0;
    for (uint32_t i = 0; i < model->shocks.len; i++) {
        if (begins[i]) collect(m, OC_MOMENT_BEGIN, i, &list);
        if (ends[i]) collect(m, OC_MOMENT_END, i, &list);
    }
    commit(m, &list);
}

/* --- events --- */

void oc_exact_occur(oc_exact_machine *m, uint32_t index, int forced)
{
    const oc_event *event = m->model->events.at[index];
    bool held = forced == 1;
    if (forced < 0) held = !event->held || oc_exact_coin(m, oc_exact_probability(m, event->held));
    m->cell[m->layout->held] = held;
    if (held) change_at(m, OC_MOMENT_EVENT, index);
}

/* --- stages --- */

uint32_t oc_exact_code(const oc_exact_machine *m)
{
    uint32_t target = m->compiled->blockers[m->target].stage;
    for (uint32_t s = 0; s <= target; s++) {
        if (!has(m->layout->date, s) || m->cell[m->layout->date[s]] != INFINITY) continue;
        if (oc_model_waits_for(m->model, target, s)) return (uint32_t)m->cell[m->layout->reason[s]];
    }
    return m->compiled->reason_codes - 1;
}

/* Days [from, until) under a code, in the years they belong to. */
static void count_days(oc_exact_machine *m, uint32_t code, oc_day from, oc_day until, double weight)
{
    const oc_compiled *c = m->compiled;
    if (code >= c->reason_codes - 1) return;
    for (size_t y = 0; y < c->blocker_year_count; y++) {
        oc_day begin = c->blocker_years[y] > from ? c->blocker_years[y] : from;
        oc_day end = c->blocker_years[y + 1] < until ? c->blocker_years[y + 1] : until;
        if (begin < end) m->days[code * c->blocker_year_count + y] += weight * (double)(end - begin);
    }
}

/* The driver has counted every day before today under the code that was in force; where the code changed on an earlier
 * day (the exact day of a stage that only waited), the days since then move to the new one. */
static void move_days(oc_exact_machine *m, uint32_t before, double when)
{
    uint32_t after = oc_exact_code(m);
    double *since = &m->cell[m->layout->since], weight = m->probability * m->script.p;
    if (after == before) return;
    if (when > *since) *since = when;
    count_days(m, before, (oc_day)*since, m->today, -weight);
    count_days(m, after, (oc_day)*since, m->today, weight);
}

static uint32_t reason_of(const oc_exact_machine *m, uint32_t index, bool held, bool open, uint32_t unmet)
{
    uint32_t first = m->compiled->reasons[index].first;
    if (!held) return first + OC_REASON_NOT_HELD;
    if (!open) return first + OC_REASON_EARLY;
    return unmet ? first + OC_REASON_NEEDS - 1 + unmet : first + OC_REASON_CHANCE;
}

void oc_exact_look(oc_exact_machine *m, uint32_t index, bool tick)
{
    const oc_stage *stage = m->model->stages.at[index];
    const oc_exact_layout *l = m->layout;
    bool held = tick || m->cell[l->held] != 0, counts = m->target != UINT32_MAX;
    double *date = &m->cell[l->date[index]], opens = stage->after.len ? -INFINITY : (double)m->model->as_of;
    for (size_t i = 0; i < stage->after.len; i++)
        opens = fmax(opens, oc_exact_symbol(m, m->model->stages.at[stage->after.at[i]]->symbol));
    if (*date != INFINITY || opens == INFINITY) return;
    if (stage->takes) opens = floor(opens + m->cell[l->takes[index]] + 0.5);
    bool open = opens <= (double)m->today, pass = held && open;
    uint32_t unmet = 0;
    for (size_t i = 0; pass && i < stage->needs.len; i++)
        if (oc_exact_value(m, stage->needs.at[i].is) == 0) unmet |= 1u << i;
    pass = pass && !unmet;
    if (pass && stage->chance) pass = oc_exact_coin(m, oc_exact_probability(m, stage->chance));
    bool exact_day = tick && !stage->needs.len && opens > (double)m->previous;
    double when = exact_day ? opens : (double)m->today;
    uint32_t before = counts ? oc_exact_code(m) : 0;
    if (counts) m->cell[l->reason[index]] = reason_of(m, index, held, open, unmet);
    if (pass) *date = when;
    if (pass) change_at(m, OC_MOMENT_STAGE, index);
    /* Last, when the script knows how probable all of this is. */
    if (counts) move_days(m, before, pass ? when : (double)m->today);
}

/* --- what is over --- */

/* Whether a stage that is not done yet counts its time from the day of this one. */
static bool awaited(const oc_exact_machine *m, uint32_t index)
{
    for (size_t s = 0; s < m->model->stages.len; s++) {
        const oc_stage *stage = m->model->stages.at[s];
        if (!has(m->layout->date, s) || m->cell[m->layout->date[s]] != INFINITY) continue;
        if (stage->at.len && !stage->takes) continue;
        for (size_t i = 0; i < stage->after.len; i++)
            if (stage->after.at[i] == index) return true;
    }
    return false;
}

void oc_exact_settle(oc_exact_machine *m, bool tick)
{
    const oc_exact_layout *l = m->layout;
    m->cell[l->held] = 0;
    if (tick) m->cell[l->since] = 0;
    for (uint32_t s = 0; s < m->model->stages.len; s++) {
        if (!has(l->date, s) || m->cell[l->date[s]] == INFINITY) continue;
        if (has(l->reason, s)) m->cell[l->reason[s]] = 0;
        if (has(l->takes, s)) m->cell[l->takes[s]] = 0;
        if (!l->dated[s] && !awaited(m, s)) m->cell[l->date[s]] = OC_FORGOTTEN;
    }
}

void oc_exact_snap(oc_exact_machine *m, oc_day day)
{
    for (size_t i = 0; i < m->layout->snapshots.len; i++) {
        const oc_exact_snapshot *s = &m->layout->snapshots.at[i];
        if (!s->at->first && s->at->day == day) m->cell[s->slot] = oc_exact_symbol(m, s->at->symbol);
    }
}
