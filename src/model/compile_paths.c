/* Sections and rows of the variables whose path is drawn only where it is read; see bridge.h.
 *
 * All else is built first, so that it is known which rows read a variable: live instructions that have it among their
 * operands, or its path, which a change of the variable reads. Variables that are needed at the same ticks share rows.
 * A row stands right behind the tick at which it is first needed, and its draws have the date of the tick that is
 * drawn.
 *
 * Worked example, `x` read each August: in August four rows, of the sections
 *
 *     path to end2:           x.end2 = WALK x.end1 + drift            the next 1 January
 *     path to mid1:           x.mid1 = BRIDGE x.end1 x.end2           July
 *     path to mid2:           x.mid2 = BRIDGE x.mid1 x.end2           October
 *     path:                   x = BRIDGE x.mid1 x.mid2                August
 *
 * and in every other year the same with end1 and end2 exchanged. */
#include "model/build.h"

#include <math.h>

static const oc_ref none = {.kind = OC_REF_NONE};

enum { MOST_NEEDS = 1 << 27 }; /* ticks times paths: bytes while compiling */

/* --- in the first section --- */

static oc_ref part_of(oc_compiler *c, size_t v, const char *part)
{
    return oc_ir_state(c->ir, oc_arena_printf(c->arena, "%.*s.%s", OC_FMT(OC_VAR(c, v)->symbol->name), part), false);
}

/* As a constant or a column that lasts. */
static oc_ref lasting(oc_compiler *c, size_t v, oc_ref value, const char *part)
{
    if (value.kind == OC_REF_CONST) return value;
    oc_ref state = part_of(c, v, part);
    oc_emit_fix(c, state, value);
    return state;
}

static void start_path(oc_compiler *c, size_t v)
{
    const oc_variable *variable = OC_VAR(c, v);
    oc_bridge *bridge = &c->bridges[v];
    oc_ref always = oc_ir_truth(true), noise = oc_emit_nonnegative(c, variable->noise, always, false);
    if (oc_ref_is(noise, 0)) return;
    bridge->on = true;
    bridge->noise = lasting(c, v, noise, "noise");
    bridge->drifts = variable->drift && !oc_bridge_is_constant(c->arena, c->model, variable->drift);
    if (variable->drift && !bridge->drifts) bridge->drift = lasting(c, v, oc_emit(c, variable->drift), "drift");
    bridge->site = oc_ir_site(c->ir, oc_arena_printf(c->arena, "variables.%.*s.noise", OC_FMT(variable->symbol->name)));
    bridge->levels[0] = part_of(c, v, "end1");
    bridge->levels[1] = part_of(c, v, "end2");
    oc_emit_store(c, bridge->levels[0], c->variables[v], always);
    if (!bridge->drifts && !variable->changes.len) return;
    bridge->path = part_of(c, v, "path");
    bridge->offset = part_of(c, v, "offset");
    oc_emit_store(c, bridge->path, c->variables[v], always);
    oc_emit_store(c, bridge->offset, oc_ir_const(0), always);
    oc_ir_bind(c->ir, c->variables[v], bridge->offset);
}

void oc_build_start_paths(oc_compiler *c)
{
    for (size_t v = 0; v < c->model->variables.len; v++) {
        const oc_variable *variable = OC_VAR(c, v);
        if (variable->now && !oc_bridge_differs(c->out->ways, variable->symbol->name) &&
            oc_bridge_applies(c->arena, c->model, variable))
            start_path(c, v);
    }
}

void oc_build_note_change(oc_compiler *c, const oc_assignment *change)
{
    const oc_bridge *bridge = change->variable == SIZE_MAX ? NULL : &c->bridges[change->variable];
    if (!bridge || !bridge->on) return;
    oc_emit_store(c, bridge->offset, oc_ir_op(c->ir, OC_OP_SUB, change->value, bridge->path, none), change->where);
}

/* --- where a path is needed --- */

typedef struct readers {
    oc_compiler *c;
    const oc_bridge_grid *grid;
    uint32_t *variable_of; /* of each state: variable + 1 if it stands for a path; else 0 */
    uint8_t **need;        /* of each variable: of each tick; NULL: not drawn like that, or read by nobody */
} readers;

typedef OC_VEC(uint32_t) variables;

static void note_reader(const readers *r, oc_ref operand, variables *list)
{
    uint32_t v = operand.kind == OC_REF_STATE ? r->variable_of[operand.index] : 0;
    if (!v) return;
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i] == v - 1) return;
    *oc_vec_push(r->c->arena, list) = v - 1;
}

static variables read_in(const readers *r, const oc_ir_section *section)
{
    variables list = {0};
    for (size_t i = 0; i < section->code.len; i++) {
        const oc_ir_instruction *in = &section->code.at[i];
        if (!in->live) continue;
        note_reader(r, in->a, &list);
        note_reader(r, in->b, &list);
        note_reader(r, in->c, &list);
        note_reader(r, in->d, &list);
    }
    return list;
}

/* The last tick whose path is drawn before a row; 0: before the first. */
static uint32_t tick_before(const oc_bridge_grid *grid, oc_day day, int order)
{
    uint32_t low = grid->first, high = grid->last + 1;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        bool before = grid->days[middle] < day || (grid->days[middle] == day && order > OC_ORDER_PATH);
        if (before) low = middle + 1;
        else high = middle;
    }
    return low == grid->first ? 0 : low - 1;
}

static void need_at(const readers *r, const variables *list, oc_day day, int order, uint32_t flags)
{
    uint32_t tick = tick_before(r->grid, day, order);
    uint8_t need = flags & OC_ROW_SAMPLED ? OC_BRIDGE_SAMPLED : OC_BRIDGE_ALWAYS;
    for (size_t i = 0; i < list->len; i++) {
        uint8_t **of = &r->need[list->at[i]];
        if (!*of) *of = OC_NEW_ARRAY(r->c->arena, r->grid->count + 1, uint8_t);
        if (tick && (*of)[tick] < need) (*of)[tick] = need;
    }
}

static void find_readers(oc_build *b, readers *r)
{
    oc_compiler *c = b->c;
    oc_ir_mark_live(c->ir, OC_NEW_ARRAY(c->arena, c->ir->states + 1, bool));
    for (size_t v = 0; v < c->model->variables.len; v++) {
        if (!c->bridges[v].on) continue;
        r->variable_of[c->variables[v].index] = (uint32_t)v + 1;
        if (c->bridges[v].path.kind == OC_REF_STATE) r->variable_of[c->bridges[v].path.index] = (uint32_t)v + 1;
    }
    variables *of = OC_NEW_ARRAY(c->arena, c->ir->sections.len, variables);
    for (size_t s = 0; s < c->ir->sections.len; s++) of[s] = read_in(r, c->ir->sections.at[s]);
    for (size_t i = 0; i < b->plan.len; i++) {
        const oc_row_plan *row = &b->plan.at[i];
        need_at(r, &of[row->section], row->day, row->order, c->ir->sections.at[row->section]->flags);
    }
    need_at(r, &of[c->ir->sections.len - 1], c->model->horizon, OC_ORDER_END, 0);
}

/* --- sections and rows --- */

/* Variables that are needed at the same ticks, and what is drawn of them. */
typedef struct group {
    variables members;
    oc_bridge_steps steps;
} group;

static oc_ref level_of(oc_compiler *c, uint32_t v, uint8_t level)
{
    oc_ref *column = &c->bridges[v].levels[level];
    char name[8] = {'m', 'i', 'd', (char)(level < 11 ? '0' + level - 1 : 'a' + level - 11)};
    if (column->kind == OC_REF_NONE) *column = part_of(c, v, name);
    return *column;
}

/* Of each row of a section. */
typedef struct scalars {
    oc_ref length;    /* days */
    oc_ref weight;    /* of the later one of the two on both sides */
    oc_ref deviation; /* of a motion with noise 1 */
} scalars;

static scalars scalars_of(oc_compiler *c, const oc_bridge_step *const *steps, size_t count)
{
    double *length = OC_NEW_ARRAY(c->arena, count, double), *weight = OC_NEW_ARRAY(c->arena, count, double);
    double *deviation = OC_NEW_ARRAY(c->arena, count, double);
    for (size_t i = 0; i < count; i++) {
        const oc_bridge_step *step = steps[i];
        double before = step->day - step->from, after = step->to - step->day, all = before + after;
        length[i] = before;
        weight[i] = before / all;
        deviation[i] = sqrt((step->kind == OC_BRIDGE_END ? before : before * after / all) / OC_DAYS_PER_YEAR);
    }
    if (steps[0]->kind == OC_BRIDGE_END)
        return (scalars){oc_ir_row(c->ir, length), none, oc_ir_row(c->ir, deviation)};
    return (scalars){none, oc_ir_row(c->ir, weight), oc_ir_row(c->ir, deviation)};
}

static oc_ref drawn(oc_compiler *c, uint32_t v, const oc_bridge_step *step, const scalars *s)
{
    const oc_bridge *bridge = &c->bridges[v];
    oc_ir *ir = c->ir;
    oc_ref column = level_of(c, v, step->level), always = oc_ir_truth(true), value;
    if (step->kind == OC_BRIDGE_READ) return column;
    oc_ref deviation = oc_ir_op(ir, OC_OP_MUL, bridge->noise, s->deviation, none);
    if (step->kind == OC_BRIDGE_END) {
        bool drift = bridge->drift.kind != OC_REF_NONE;
        oc_ref moved = drift ? oc_ir_op(ir, OC_OP_MUL, bridge->drift, s->length, none) : none;
        value =
            oc_ir_draw(ir, OC_OP_WALK, level_of(c, v, step->low), deviation, moved, bridge->site, false, OC_NO_DATE);
    } else {
        oc_ref low = level_of(c, v, step->low), high = level_of(c, v, step->high);
        value = oc_ir_bridge(ir, low, high, s->weight, deviation, bridge->site);
        if (step->leaf) return value;
    }
    oc_emit_store(c, column, value, always);
    return column;
}

static void take(oc_compiler *c, uint32_t v, oc_ref value)
{
    const oc_bridge *bridge = &c->bridges[v];
    oc_ref always = oc_ir_truth(true), offset = bridge->offset;
    if (offset.kind == OC_REF_NONE) {
        oc_emit_store(c, c->variables[v], value, always);
        return;
    }
    oc_emit_store(c, bridge->path, value, always);
    oc_emit_store(c, c->variables[v], oc_ir_op(c->ir, OC_OP_ADD, value, offset, none), always);
}

static oc_slice section_name(oc_compiler *c, const oc_bridge_step *step)
{
    bool end = step->kind == OC_BRIDGE_END, leaf = step->leaf || step->kind == OC_BRIDGE_READ;
    if (leaf) return OC_SLICE("path");
    return oc_arena_printf(c->arena, "path to %s%u", end ? "end" : "mid", step->level + (end ? 1u : -1u));
}

/* A section for the steps of a group that are alike. */
static void build_section(oc_build *b, const group *g, const oc_bridge_step *const *steps, const uint32_t *turns,
                          size_t count)
{
    oc_compiler *c = b->c;
    int32_t *days = OC_NEW_ARRAY(c->arena, count, int32_t);
    int16_t *shifts = OC_NEW_ARRAY(c->arena, count, int16_t);
    for (size_t i = 0; i < count; i++) {
        days[i] = steps[i]->row_day;
        shifts[i] = (int16_t)(steps[i]->day - steps[i]->row_day);
    }
    uint32_t flags = steps[0]->sampled ? OC_ROW_SAMPLED : 0;
    oc_ir_section *section =
        oc_ir_begin(c->ir, OC_SECTION_PATH, section_name(c, steps[0]), days, count, flags);
    section->shifts = shifts;
    scalars s = {none, none, none};
    if (steps[0]->kind != OC_BRIDGE_READ) s = scalars_of(c, steps, count);
    for (size_t i = 0; i < g->members.len; i++) {
        oc_ref value = drawn(c, g->members.at[i], steps[0], &s);
        if (steps[0]->read) take(c, g->members.at[i], value);
    }
    oc_build_rows(b, days, count, OC_ORDER_PATH);
    for (size_t i = 0; i < count; i++) b->plan.at[b->plan.len - count + i].turn = turns[i];
}

static uint64_t kind_of(const oc_bridge_step *s)
{
    return (uint64_t)s->kind | (uint64_t)s->read << 2 | (uint64_t)s->leaf << 3 | (uint64_t)s->sampled << 4 |
           (uint64_t)s->low << 8 | (uint64_t)s->high << 16 | (uint64_t)s->level << 24;
}

static void build_group(oc_build *b, const group *g)
{
    oc_arena *arena = b->c->arena;
    size_t count = g->steps.len;
    bool *built = OC_NEW_ARRAY(arena, count + 1, bool);
    const oc_bridge_step **alike = OC_NEW_ARRAY(arena, count + 1, const oc_bridge_step *);
    uint32_t *turns = OC_NEW_ARRAY(arena, count + 1, uint32_t);
    for (size_t i = 0; i < count; i++) {
        if (built[i]) continue;
        size_t n = 0;
        for (size_t k = i; k < count; k++) {
            if (built[k] || kind_of(&g->steps.at[k]) != kind_of(&g->steps.at[i])) continue;
            built[k] = true;
            alike[n] = &g->steps.at[k];
            turns[n++] = (uint32_t)k;
        }
        build_section(b, g, alike, turns, n);
    }
}

static void refuse(oc_compiler *c)
{
    oc_report(c->diags, OC_E0309, (oc_span){0, 0, 0}, OC_ARGS(OC_S("rows")));
    c->failed = true;
}

/* The ticks at which a path is needed, as a key: equal ones belong together. */
static void build_groups(oc_build *b, const readers *r)
{
    oc_compiler *c = b->c;
    oc_map index = {0};
    OC_VEC(group) groups = {0};
    for (uint32_t v = 0; v < c->model->variables.len; v++) {
        if (!r->need[v]) continue;
        bool new;
        oc_slice key = {(const char *)r->need[v], r->grid->count};
        oc_map_entry *entry = oc_map_insert(c->arena, &index, key, &new);
        if (new) {
            entry->value.number = groups.len;
            *oc_vec_push(c->arena, &groups) = (group){.steps = oc_bridge_plan(c->arena, r->grid, r->need[v])};
        }
        *oc_vec_push(c->arena, &groups.at[entry->value.number].members) = v;
    }
    for (size_t i = 0; i < groups.len && !c->failed; i++) {
        build_group(b, &groups.at[i]);
        if (b->plan.len > OC_MAX_ROWS) refuse(c);
    }
}

void oc_build_paths(oc_build *b, const oc_compile_options *options)
{
    oc_compiler *c = b->c;
    size_t count, all = c->model->variables.len;
    const int32_t *ticks = oc_build_tick_days(c, &count);
    size_t paths = 0;
    for (size_t v = 0; v < all; v++) paths += c->bridges[v].on;
    if (!paths || !count || c->failed) return;
    oc_bridge_grid grid = oc_bridge_grid_of(c->arena, c->model, ticks, count);
    if (paths * grid.count > MOST_NEEDS) {
        refuse(c);
        return;
    }
    readers r = {.c = c,
                 .grid = &grid,
                 .variable_of = OC_NEW_ARRAY(c->arena, c->ir->states + 1, uint32_t),
                 .need = OC_NEW_ARRAY(c->arena, all + 1, uint8_t *)};
    find_readers(b, &r);
    for (size_t v = 0; options->every_tick && v < all; v++)
        for (uint32_t tick = grid.first; r.need[v] && tick <= grid.last; tick++) r.need[v][tick] = OC_BRIDGE_ALWAYS;
    oc_ir_section *end = c->ir->sections.at[--c->ir->sections.len]; /* stays the last one */
    build_groups(b, &r);
    *oc_vec_push(c->arena, &c->ir->sections) = end;
}
