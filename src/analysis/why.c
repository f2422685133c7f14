/* See why.h. Whole batches are stepped, as draws come for all lanes at once; each lane keeps the first difference it
 * met, and only those of flipped lanes are counted. */
#include "analysis/why.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/order.h"
#include "run/crew.h"

/* A record's value in one program. */
typedef struct place {
    uint32_t column; /* OC_NONE: constant */
    double constant;
} place;

typedef struct watch {
    oc_turn_kind kind;
    oc_slice name;
    bool outcome, mask;
    place side[2];
} watch;

/* What a lane met first; watch UINT32_MAX: nothing yet. */
typedef struct parting {
    uint32_t watch;
    oc_day day;
    oc_slice at;
    int side;
} parting;

typedef struct turn_days {
    oc_turn turn;
    OC_VEC(oc_day) days;
} turn_days;

typedef struct follow {
    oc_arena *arena;
    const oc_compiled *compiled[2];
    oc_engine *engine[2];
    const oc_row *rows[2];
    uint32_t next[2];
    OC_VEC(watch) watches;
    parting outcome[OC_LANES], value[OC_LANES];
    size_t open;               /* lanes without a first outcome */
    OC_VEC(turn_days *) turns[2]; /* outcomes, values */
    oc_map index[2];
} follow;

/* --- what is watched --- */

/* False if the program has dropped it: nothing that counts reads it. */
static bool state_place(const oc_compiled *compiled, uint32_t state, place *ret)
{
    *ret = (place){.column = OC_NONE};
    if (state == UINT32_MAX) return false;
    ret->column = compiled->columns[state];
    return ret->column != OC_NONE;
}

static bool stage_place(const oc_compiled *c, oc_slice name, place *ret)
{
    for (size_t i = 0; i < c->model->stages.len; i++) {
        const oc_stage *stage = c->model->stages.at[i];
        if (!oc_slice_equal(stage->symbol->name, name)) continue;
        *ret = (place){OC_NONE, (double)stage->done};
        return stage->done != OC_DAY_NONE || state_place(c, c->stage_states[i], ret);
    }
    return false;
}

static bool input_place(const oc_compiled *c, oc_slice name, place *ret)
{
    for (size_t i = 0; i < c->model->inputs.len; i++) {
        if (!oc_slice_equal(c->model->inputs.at[i]->symbol->name, name)) continue;
        *ret = (place){OC_NONE, c->input_constants[i]};
        return c->input_states[i] == UINT32_MAX ? !isnan(ret->constant) : state_place(c, c->input_states[i], ret);
    }
    return false;
}

static bool named_place(const oc_compiled *c, oc_slice name, place *ret)
{
    for (uint32_t i = 0; i < c->state_count; i++)
        if (oc_slice_equal(c->column_names[i], name)) return state_place(c, i, ret);
    return false;
}

typedef bool finder(const oc_compiled *compiled, oc_slice name, place *ret);

static void add_watch(follow *f, oc_turn_kind kind, oc_slice name, oc_slice key, bool outcome, bool mask, finder *find)
{
    watch w = {.kind = kind, .name = name, .outcome = outcome, .mask = mask};
    if (find(f->compiled[0], key, &w.side[0]) && find(f->compiled[1], key, &w.side[1]))
        *oc_vec_push(f->arena, &f->watches) = w;
}

/* Stages stand before shocks and those before variables: of what differs after the same row, the first in the list is
 * named. */
static void list_watches(follow *f)
{
    const oc_model *m = f->compiled[0]->model;
    for (size_t i = 0; i < m->inputs.len; i++)
        add_watch(f, OC_TURN_INPUT, m->inputs.at[i]->symbol->name, m->inputs.at[i]->symbol->name, false,
                  m->inputs.at[i]->is->type.kind == OC_TYPE_TRUTH, input_place);
    for (size_t i = 0; i < m->stages.len; i++) {
        oc_slice name = m->stages.at[i]->symbol->name;
        add_watch(f, OC_TURN_STAGE, name, name, true, false, stage_place);
        add_watch(f, OC_TURN_TAKES, name, oc_arena_printf(f->arena, "stages.%.*s.takes", OC_FMT(name)), false, false,
                  named_place);
    }
    for (size_t i = 0; i < m->shocks.len; i++) {
        oc_slice name = m->shocks.at[i]->symbol->name;
        add_watch(f, OC_TURN_SHOCK, name, name, true, true, named_place);
    }
    for (size_t i = 0; i < m->variables.len; i++) {
        oc_type type = m->variables.at[i]->type;
        oc_slice name = m->variables.at[i]->symbol->name;
        bool outcome = type.kind == OC_TYPE_CATEGORY || type.kind == OC_TYPE_TRUTH || type.kind == OC_TYPE_DATE;
        add_watch(f, OC_TURN_VARIABLE, name, name, outcome, type.kind == OC_TYPE_TRUTH, named_place);
    }
}

/* --- side by side --- */

static double value_at(const follow *f, const watch *w, int side, size_t lane)
{
    if (w->side[side].column == OC_NONE) return w->side[side].constant;
    uint32_t column = w->side[side].column;
    return w->mask ? (double)(oc_engine_truths(f->engine[side], column)[lane] & 1)
                   : oc_engine_column(f->engine[side], column)[lane].f;
}

static int side_of(const watch *w, double before, double after)
{
    if (w->kind == OC_TURN_STAGE) return isinf(before) ? 1 : isinf(after) ? -1 : 0;
    return w->mask ? after > before ? 1 : -1 : 0;
}

static void compare_lane(follow *f, uint32_t watch_index, size_t lane, oc_day day, oc_slice at)
{
    const watch *w = &f->watches.at[watch_index];
    double before = value_at(f, w, 0, lane), after = value_at(f, w, 1, lane);
    if (before == after || (isnan(before) && isnan(after))) return;
    parting here = {watch_index, day, at, side_of(w, before, after)};
    if (f->value[lane].watch == UINT32_MAX) f->value[lane] = here;
    if (w->outcome && f->outcome[lane].watch == UINT32_MAX) {
        f->outcome[lane] = here;
        f->open--;
    }
}

/* Most records are the same in all futures of a batch most of the time. */
static bool same_everywhere(const follow *f, const watch *w)
{
    if (w->side[0].column == OC_NONE || w->side[1].column == OC_NONE) return false;
    /* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison): the same bits are meant, also of what is no number */
    return memcmp(oc_engine_column(f->engine[0], w->side[0].column), oc_engine_column(f->engine[1], w->side[1].column),
                  OC_LANES * (w->mask ? sizeof(oc_truth) : sizeof(oc_cell))) == 0;
}

static void compare(follow *f, oc_day day, oc_slice at)
{
    for (uint32_t i = 0; i < f->watches.len; i++) {
        if (same_everywhere(f, &f->watches.at[i])) continue;
        for (size_t lane = 0; lane < OC_LANES; lane++)
            if (f->outcome[lane].watch == UINT32_MAX) compare_lane(f, i, lane, day, at);
    }
}

static const oc_section *section_of(const oc_program *program, uint32_t index)
{
    return (const oc_section *)(const void *)((const unsigned char *)program + program->sections_at) + index;
}

/* Paths are drawn at ticks. */
static oc_slice row_name(const follow *f, int side, uint32_t row)
{
    uint32_t section = f->rows[side][row].section;
    bool path = section_of(f->compiled[side]->program, section)->kind == OC_SECTION_PATH;
    return path ? OC_SLICE("tick") : f->compiled[side]->section_names[section];
}

static bool row_left(const follow *f, int side)
{
    return f->next[side] < f->compiled[side]->program->row_count;
}

static bool comes_today(const follow *f, int side, oc_day day, oc_slice name)
{
    for (uint32_t i = f->next[side]; i < f->compiled[side]->program->row_count && f->rows[side][i].day == day; i++)
        if (oc_slice_equal(row_name(f, side, i), name)) return true;
    return false;
}

/* Whether the next row of each side is run now. */
static void choose(const follow *f, bool run[2])
{
    run[0] = row_left(f, 0), run[1] = row_left(f, 1);
    if (!run[0] || !run[1]) return;
    oc_day day0 = f->rows[0][f->next[0]].day, day1 = f->rows[1][f->next[1]].day;
    if (day0 != day1) {
        run[day0 < day1] = false;
        return;
    }
    oc_slice name = row_name(f, 0, f->next[0]);
    if (oc_slice_equal(name, row_name(f, 1, f->next[1]))) return;
    run[comes_today(f, 1, day0, name) ? 0 : 1] = false;
}

static void step_batch(follow *f, const oc_batch *batch)
{
    for (size_t i = 0; i < OC_LANES; i++) f->outcome[i] = f->value[i] = (parting){.watch = UINT32_MAX};
    f->open = OC_LANES;
    for (int side = 0; side < 2; side++) {
        f->next[side] = 0;
        oc_engine_begin(f->engine[side], batch);
    }
    compare(f, f->compiled[0]->model->as_of, OC_SLICE("start"));
    while (row_left(f, 0) || row_left(f, 1)) {
        bool run[2];
        choose(f, run);
        int named = run[0] ? 0 : 1;
        oc_day day = f->rows[named][f->next[named]].day;
        oc_slice at = row_name(f, named, f->next[named]);
        for (int side = 0; side < 2; side++) {
            if (!run[side]) continue;
            oc_engine_step(f->engine[side]);
            f->next[side]++;
        }
        if (f->open) compare(f, day, at);
    }
    for (int side = 0; side < 2; side++) oc_engine_step(f->engine[side]);
}

/* --- counting --- */

static void count_turn(follow *f, int list, const parting *p)
{
    const watch *w = p->watch == UINT32_MAX ? NULL : &f->watches.at[p->watch];
    oc_slice key = oc_arena_printf(f->arena, "%u %d %.*s", (unsigned)p->watch, p->side, OC_FMT(p->at));
    bool new;
    oc_map_entry *entry = oc_map_insert(f->arena, &f->index[list], key, &new);
    if (new) {
        turn_days *made = OC_NEW(f->arena, turn_days);
        made->turn = (oc_turn){.kind = w ? w->kind : OC_TURN_NONE, .record = w ? w->name : (oc_slice){"", 0},
                               .at = p->at, .side = p->side};
        entry->value.number = f->turns[list].len;
        *oc_vec_push(f->arena, &f->turns[list]) = made;
    }
    turn_days *turn = f->turns[list].at[entry->value.number];
    turn->turn.futures++;
    *oc_vec_push(f->arena, &turn->days) = p->day;
}

static bool counts(const follow *f, int side, size_t lane)
{
    const oc_program *program = f->compiled[side]->program;
    return program->given == OC_NONE || oc_engine_truths(f->engine[side], program->given)[lane];
}

static void count_batch(follow *f, const oc_batch *batch, const oc_measure *measure, const oc_measure_place places[2],
                        oc_why *ret)
{
    double answers[2][OC_LANES];
    for (int side = 0; side < 2; side++)
        oc_measure_read(f->engine[side], f->compiled[side], measure, places[side], answers[side]);
    for (size_t lane = 0; lane < batch->live; lane++) {
        double before = answers[0][lane], after = answers[1][lane];
        ret->futures++;
        if (before == after || isnan(before) || isnan(after) || !counts(f, 0, lane) || !counts(f, 1, lane)) continue;
        if (!ret->flipped++) ret->example = (uint64_t)batch->index * OC_LANES + lane;
        ret->up += measure->kind == OC_MEASURE_DATE ? after < before : after > before;
        count_turn(f, 0, &f->outcome[lane]);
        count_turn(f, 1, &f->value[lane]);
    }
}

static int by_futures(const void *a, const void *b)
{
    const oc_turn *x = a, *y = b;
    if (x->futures != y->futures) return x->futures > y->futures ? -1 : 1;
    int order = oc_slice_compare(x->record, y->record);
    if (!order) order = oc_slice_compare(x->at, y->at);
    return order ? order : x->side - y->side;
}

static oc_turn *settle(follow *f, int list, size_t *ret_count)
{
    size_t count = *ret_count = f->turns[list].len;
    oc_turn *turns = OC_NEW_ARRAY(f->arena, count + 1, oc_turn);
    for (size_t i = 0; i < count; i++) {
        turn_days *t = f->turns[list].at[i];
        qsort(t->days.at, t->days.len, sizeof *t->days.at, oc_order_days);
        turns[i] = t->turn;
        turns[i].p10 = t->days.at[(t->days.len - 1) / 10];
        turns[i].p50 = t->days.at[(t->days.len - 1) / 2];
        turns[i].p90 = t->days.at[(t->days.len - 1) * 9 / 10];
    }
    qsort(turns, count, sizeof *turns, by_futures);
    return turns;
}

/* A variable that is drawn only where it is read has an old value elsewhere, which is not to be compared. */
static const oc_compiled *at_every_tick(oc_arena *arena, const oc_compiled *compiled)
{
    for (uint32_t s = 0; s < compiled->program->section_count; s++) {
        if (section_of(compiled->program, s)->kind != OC_SECTION_PATH) continue;
        const oc_compiled *whole = oc_whatif_compile_whole(arena, compiled);
        return whole ? whole : compiled;
    }
    return compiled;
}

bool oc_why_follow(oc_arena *arena, const oc_compiled *base, const oc_compiled *variant, const oc_measure *measure,
                   const oc_why_options *options, oc_why *ret)
{
    follow *f = OC_NEW(arena, follow);
    *ret = (oc_why){.example = UINT64_MAX};
    *f = (follow){.arena = arena, .compiled = {at_every_tick(arena, base), at_every_tick(arena, variant)}};
    oc_measure_place places[2];
    for (int side = 0; side < 2; side++) {
        const oc_program *program = f->compiled[side]->program;
        if (!oc_measure_find(f->compiled[side], measure, &places[side])) return false;
        f->engine[side] = oc_engine_new(arena, program, options->isa);
        if (!f->engine[side]) return false;
        f->rows[side] = (const oc_row *)(const void *)((const unsigned char *)program + program->rows_at);
    }
    list_watches(f);
    oc_engine_set_arithmetic();
    for (uint64_t done = 0; done < options->runs && ret->flipped < options->flips; done += OC_LANES) {
        if (options->cancel && *options->cancel) break;
        uint64_t left = options->runs - done;
        oc_batch batch = {.seed = options->seed, .index = (uint32_t)(done / OC_LANES),
                          .live = left < OC_LANES ? (uint32_t)left : OC_LANES};
        step_batch(f, &batch);
        count_batch(f, &batch, measure, places, ret);
    }
    ret->outcomes = settle(f, 0, &ret->outcome_count);
    ret->values = settle(f, 1, &ret->value_count);
    return true;
}
