/* See carried.h. Worked example, one lane: a stage with the chance 0.6 at looks in 2026 and 2027, then one that takes
 * eight months and is looked at in November of each year. Waiting 1; 2026-08-18: atom 0.6, waiting 0.4; 2027-08-18:
 * atom 0.24, waiting 0.16. The second stage holds 0.6 apart until 2027-04-18 and 0.24 until 2028-04-18; November 2027
 * finds 0.6. */
#include "analysis/carried.h"

#include <string.h>

#include "engine/kernels.h"

/* Rounding leaves no more than this of what has surely come. */
#define NOTHING 1e-14

typedef struct carried_stage {
    uint32_t source;   /* the carried stage that it waits for; OC_CARRY_NO_SOURCE */
    bool by_atom;      /* only time is awaited: it comes on the exact day, atom by atom */
    size_t seen, room; /* atoms of the source; without a source one, which is there from the beginning */
    double **taken;    /* [atom of the source][lane]: how much of it is open */
    bool *left;        /* [atom of the source]: whether anything of it may still open */
    double *open;      /* [lane]: waits for a look */
    oc_carried_dates dates;
} carried_stage;

struct oc_carrier {
    oc_arena *arena;
    const oc_compiled *compiled;
    oc_engine *engine;
    carried_stage **stages;          /* NULL: not carried */
    const oc_carried_look **look_of; /* of each section */
    double *known, *opens;           /* [lane] */
    double *ones;                    /* [lane] */
    double *supposed;                /* [lane]: a date that may come */
    oc_day tick, previous_tick;
};

#define LANES(i) OC_EACH for (size_t i = 0; i < OC_LANES; i++)

static double *new_column(oc_carrier *c)
{
    return OC_NEW_ARRAY(c->arena, OC_LANES, double);
}

static const oc_stage *stage_at(const oc_carrier *c, uint32_t stage)
{
    return c->compiled->model->stages.at[stage];
}

oc_carrier *oc_carrier_new(oc_arena *arena, const oc_compiled *compiled, oc_isa isa)
{
    oc_carrier *c = OC_NEW(arena, oc_carrier);
    const oc_model *m = compiled->model;
    *c = (oc_carrier){.arena = arena, .compiled = compiled, .engine = oc_engine_new(arena, compiled->program, isa)};
    if (!c->engine) return NULL;
    c->known = new_column(c);
    c->opens = new_column(c);
    c->ones = new_column(c);
    LANES(i) c->ones[i] = 1;
    c->supposed = new_column(c);
    c->stages = OC_NEW_ARRAY(arena, m->stages.len + 1, carried_stage *);
    c->look_of = OC_NEW_ARRAY(arena, compiled->program->section_count, const oc_carried_look *);
    for (size_t i = 0; i < compiled->looks.len; i++) c->look_of[compiled->looks.at[i].section] = &compiled->looks.at[i];
    for (uint32_t s = 0; s < m->stages.len; s++) {
        if (!compiled->carry->stages[s]) continue;
        const oc_stage *stage = m->stages.at[s];
        carried_stage *carried = c->stages[s] = OC_NEW(arena, carried_stage);
        carried->source = compiled->carry->source[s];
        carried->by_atom = !stage->at.len && !stage->needs.len;
        carried->open = new_column(c);
        carried->dates.never = new_column(c);
    }
    return c;
}

const oc_engine *oc_carrier_engine(const oc_carrier *c)
{
    return c->engine;
}

const oc_carried_dates *oc_carrier_dates(const oc_carrier *c, uint32_t stage)
{
    return c->stages[stage] ? &c->stages[stage]->dates : NULL;
}

/* --- atoms --- */

static void **grown(oc_arena *arena, void **old, size_t count, size_t room)
{
    void **list = OC_NEW_ARRAY(arena, room, void *);
    if (count) memcpy(list, old, count * sizeof *list);
    return list;
}

/* The next atom, of no weight. Columns are kept from batch to batch. */
static size_t add_atom(oc_carrier *c, oc_carried_dates *d)
{
    if (d->count == d->room) {
        size_t room = d->room ? 2 * d->room : 16;
        d->day = (double **)grown(c->arena, (void **)d->day, d->room, room);
        d->mass = (double **)grown(c->arena, (void **)d->mass, d->room, room);
        d->room = room;
    }
    if (!d->day[d->count]) {
        d->day[d->count] = new_column(c);
        d->mass[d->count] = new_column(c);
    }
    memset(d->mass[d->count], 0, OC_LANES * sizeof(double));
    return d->count++;
}

/* Atoms of the source that are new here. */
static void see_source(oc_carrier *c, carried_stage *s)
{
    size_t count = s->source == OC_CARRY_NO_SOURCE ? 1 : c->stages[s->source]->dates.count;
    for (; s->seen < count; s->seen++) {
        if (s->seen == s->room) {
            size_t room = s->room ? 2 * s->room : 16;
            bool *left = OC_NEW_ARRAY(c->arena, room, bool);
            if (s->room) memcpy(left, s->left, s->room * sizeof *left);
            s->left = left;
            s->taken = (double **)grown(c->arena, (void **)s->taken, s->room, room);
            s->room = room;
        }
        if (!s->taken[s->seen]) s->taken[s->seen] = new_column(c);
        memset(s->taken[s->seen], 0, OC_LANES * sizeof(double));
        s->left[s->seen] = true;
        if (s->by_atom) add_atom(c, &s->dates);
    }
}

/* --- looks --- */

/* The latest day of the stages before it that are not carried. */
static void known_dates(const oc_carrier *c, uint32_t stage, double *ret)
{
    const oc_stage *s = stage_at(c, stage);
    double first = s->after.len ? -OC_NEVER : (double)c->compiled->model->as_of;
    LANES(i) ret[i] = first;
    for (size_t k = 0; k < s->after.len; k++) {
        uint32_t before = s->after.at[k];
        const oc_stage *b = stage_at(c, before);
        if (c->stages[before]) continue;
        if (b->done != OC_DAY_NONE) {
            double day = (double)b->done;
            LANES(i) ret[i] = ret[i] > day ? ret[i] : day;
        } else {
            const oc_cell *date = oc_engine_column(c->engine, c->compiled->columns[c->compiled->stage_states[before]]);
            LANES(i) ret[i] = ret[i] > date[i].f ? ret[i] : date[i].f;
        }
    }
}

/* When the stage opens after `last`, in place. */
static void add_takes(const oc_carrier *c, uint32_t stage, double *last)
{
    const oc_carried_place *place = &c->compiled->carried[stage];
    if (!stage_at(c, stage)->takes) return;
    if (place->takes == UINT32_MAX) {
        double takes = place->fixed_takes;
        LANES(i) last[i] = oc_k_round(last[i] + takes);
    } else {
        const oc_cell *takes = oc_engine_column(c->engine, c->compiled->columns[place->takes]);
        LANES(i) last[i] = oc_k_round(last[i] + takes[i].f);
    }
}

/* Only time was awaited: the atom moves to the day on which it opened, or to the tick if that lies before the last one.
 */
static void pass_atom(oc_carrier *c, carried_stage *s, size_t atom, const double *mass)
{
    double *taken = s->taken[atom], *day = s->dates.day[atom], *own = s->dates.mass[atom];
    double today = (double)c->tick, previous = (double)c->previous_tick, horizon = (double)c->compiled->model->horizon;
    for (size_t i = 0; i < OC_LANES; i++) {
        if (taken[i] == mass[i] || !(c->opens[i] <= today)) continue;
        double when = previous < c->opens[i] ? c->opens[i] : today;
        if (!(when <= horizon)) continue;
        day[i] = when;
        own[i] = mass[i];
        taken[i] = mass[i];
    }
}

static bool differs(const double *a, const double *b)
{
    for (size_t i = 0; i < OC_LANES; i++)
        if (a[i] != b[i]) return true;
    return false;
}

static bool any(const double *column)
{
    for (size_t i = 0; i < OC_LANES; i++)
        if (column[i] > 0) return true;
    return false;
}

/* What may wait for a look on `day` begins to. */
static void open_up(oc_carrier *c, uint32_t stage, const oc_cell *day)
{
    carried_stage *s = c->stages[stage];
    const carried_stage *source = s->source == OC_CARRY_NO_SOURCE ? NULL : c->stages[s->source];
    bool known = false;
    see_source(c, s);
    for (size_t atom = 0; atom < s->seen; atom++) {
        if (!s->left[atom]) continue;
        if (!known) known_dates(c, stage, c->known);
        known = true;
        const double *mass = source ? source->dates.mass[atom] : c->ones,
                     *came = source ? source->dates.day[atom] : c->known;
        double *taken = s->taken[atom], *opens = c->opens;
        LANES(i) opens[i] = c->known[i] > came[i] ? c->known[i] : came[i];
        add_takes(c, stage, opens);
        if (s->by_atom) {
            pass_atom(c, s, atom, mass);
        } else {
            LANES(i) s->open[i] += opens[i] <= day[i].f ? mass[i] - taken[i] : 0;
            LANES(i) taken[i] = opens[i] <= day[i].f ? mass[i] : taken[i];
        }
        /* An atom of a stage that comes on its exact day grows lane by lane. */
        s->left[atom] = differs(taken, mass) || (source && source->by_atom && source->left[atom]);
    }
}

static void take_share(oc_carrier *c, uint32_t stage)
{
    carried_stage *s = c->stages[stage];
    const oc_carried_place *place = &c->compiled->carried[stage];
    const oc_truth *met = oc_engine_truths(c->engine, c->compiled->columns[place->met]);
    const oc_cell *chance = oc_engine_column(c->engine, c->compiled->columns[place->chance]);
    const oc_cell *day = oc_engine_column(c->engine, c->compiled->columns[place->day]);
    double horizon = (double)c->compiled->model->horizon;
    size_t atom = add_atom(c, &s->dates);
    double *when = s->dates.day[atom], *mass = s->dates.mass[atom], *open = s->open;
    LANES(i)
    {
        double share = met[i] ? open[i] * chance[i].f : 0;
        mass[i] = day[i].f <= horizon && open[i] > 0 ? share : 0;
        when[i] = day[i].f;
        open[i] = open[i] - mass[i];
    }
    if (!any(mass)) s->dates.count--;
}

/* --- a batch --- */

static void restart(oc_carrier *c)
{
    c->tick = c->previous_tick = c->compiled->model->as_of;
    for (size_t k = 0; k < c->compiled->model->stages.len; k++) {
        carried_stage *s = c->stages[k];
        if (!s) continue;
        s->dates.count = s->seen = 0;
        memset(s->open, 0, OC_LANES * sizeof *s->open);
    }
}

static void look(oc_carrier *c, const oc_carried_look *at)
{
    carried_stage *s = c->stages[at->stage];
    const oc_carried_place *place = &c->compiled->carried[at->stage];
    open_up(c, at->stage, oc_engine_column(c->engine, c->compiled->columns[place->day]));
    oc_truth *open = oc_engine_truths_to_set(c->engine, c->compiled->columns[place->open]);
    LANES(i) open[i] = s->open[i] > 0 ? UINT8_MAX : 0;
}

static void settle_never(oc_carrier *c)
{
    for (size_t k = 0; k < c->compiled->model->stages.len; k++) {
        if (!c->stages[k]) continue;
        oc_carried_dates *d = &c->stages[k]->dates;
        LANES(i) d->never[i] = 1;
        for (size_t atom = 0; atom < d->count; atom++) {
            const double *mass = d->mass[atom];
            LANES(i) d->never[i] -= mass[i];
        }
        LANES(i) d->never[i] = d->never[i] > NOTHING ? d->never[i] : 0;
    }
}

bool oc_carrier_run(oc_carrier *c, const oc_batch *batch, oc_failure *ret)
{
    const oc_program *p = c->compiled->program;
    const oc_row *rows = (const oc_row *)(const void *)((const char *)p + p->rows_at);
    const oc_section *sections = (const oc_section *)(const void *)((const char *)p + p->sections_at);
    restart(c);
    oc_engine_begin(c->engine, batch);
    *ret = *oc_engine_failure(c->engine);
    for (uint32_t row = 0; row < p->row_count && ret->lane == OC_LANES; row++) {
        if ((rows[row].flags & OC_ROW_SAMPLED) && !batch->sampled) continue;
        if (sections[rows[row].section].kind == OC_SECTION_TICK && rows[row].day != c->tick) {
            c->previous_tick = c->tick;
            c->tick = rows[row].day;
        }
        const oc_carried_look *at = c->look_of[rows[row].section];
        if (at) look(c, at);
        oc_engine_step(c->engine);
        if (at && !c->stages[at->stage]->by_atom) take_share(c, at->stage);
        *ret = *oc_engine_failure(c->engine);
    }
    settle_never(c);
    return ret->lane == OC_LANES;
}

bool oc_carrier_finish(oc_carrier *c, oc_failure *ret)
{
    oc_engine_step(c->engine);
    *ret = *oc_engine_failure(c->engine);
    return ret->lane == OC_LANES;
}

/* --- suppositions --- */

static void first_outcome(const oc_carried_dates *d, double *ret)
{
    LANES(i) ret[i] = OC_NEVER;
    for (size_t atom = d->count; atom-- > 0;) {
        const double *day = d->day[atom], *mass = d->mass[atom];
        LANES(i) ret[i] = mass[i] > 0 ? day[i] : ret[i];
    }
}

bool oc_carrier_suppose(oc_carrier *c, uint32_t stage, oc_supposed *outcome, oc_failure *ret_failure)
{
    const oc_carried_dates *d = &c->stages[stage]->dates;
    *ret_failure = *oc_engine_failure(c->engine);
    if (outcome->at > d->count || ret_failure->lane < OC_LANES) return false;
    if (outcome->at == 0) first_outcome(d, c->supposed);
    bool never = outcome->at == d->count;
    const double *weight = never ? d->never : d->mass[outcome->at];
    for (size_t i = 0; i < OC_LANES; i++)
        if (weight[i] > 0) c->supposed[i] = never ? OC_NEVER : d->day[outcome->at][i];
    oc_cell *date = oc_engine_column_to_set(c->engine, c->compiled->columns[c->compiled->stage_states[stage]]);
    LANES(i) date[i].f = c->supposed[i];
    outcome->weight = weight;
    outcome->at++;
    return oc_carrier_finish(c, ret_failure);
}
