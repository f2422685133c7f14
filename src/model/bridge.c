/* Which ticks of a path are drawn, and in what order; see bridge.h.
 *
 * Worked example: months of 2027, read in May and in August. From the end of 2026 (1 January 2027) the end of 2027 is
 * drawn in May, then July between the two, April between January and July, May between April and July. In August
 * October follows, between July and the end, and August between July and October; July is there already. A tick needs
 * the columns on both sides of it only until the path has passed them, so that one column for each depth of the tree is
 * enough. */
#include "model/bridge.h"

#include "model/build.h"

/* --- what a record says --- */

typedef struct constancy {
    oc_arena *arena;
    const oc_model *model;
    bool varies;
    bool *seen; /* definitions */
    OC_VEC(oc_expr *) queue;
} constancy;

static bool moves(const oc_variable *v)
{
    return v->drift || v->noise || v->reverts_to || v->changes.len;
}

static void look_at_definition(constancy *c, const oc_definition *definition)
{
    for (size_t i = 0; i < c->model->definitions.len; i++) {
        if (c->model->definitions.at[i] != definition || c->seen[i]) continue;
        c->seen[i] = true;
        *oc_vec_push(c->arena, &c->queue) = definition->is;
    }
}

static void look_at_name(constancy *c, const oc_symbol *symbol)
{
    if (!symbol || !symbol->record) {
        c->varies = true;
        return;
    }
    switch (symbol->kind) {
    case OC_SYMBOL_INPUT: break;
    case OC_SYMBOL_VARIABLE: c->varies = c->varies || moves(symbol->record); break;
    case OC_SYMBOL_DEFINITION:
    case OC_SYMBOL_CONDITION:
    case OC_SYMBOL_ISSUE: look_at_definition(c, symbol->record); break;
    default: c->varies = true; break;
    }
}

static void look_at_node(oc_expr *e, void *context)
{
    constancy *c = context;
    if (e->kind == OC_EXPR_TODAY || e->kind == OC_EXPR_AT) c->varies = true;
    else if (e->kind == OC_EXPR_NAME) look_at_name(c, e->symbol);
}

bool oc_bridge_is_constant(oc_arena *arena, const oc_model *model, oc_expr *e)
{
    constancy c = {.arena = arena, .model = model, .seen = OC_NEW_ARRAY(arena, model->definitions.len + 1, bool)};
    *oc_vec_push(arena, &c.queue) = e;
    for (size_t i = 0; i < c.queue.len && !c.varies; i++) oc_expr_walk(c.queue.at[i], look_at_node, &c);
    return !c.varies;
}

bool oc_bridge_applies(oc_arena *arena, const oc_model *model, const oc_variable *v)
{
    bool free = v->noise && !v->reverts_to && !v->speed && !v->min && !v->max;
    return free && model->tick != OC_TICK_YEAR && oc_bridge_is_constant(arena, model, v->noise);
}

static oc_bridge_way *find_way(const oc_bridge_ways *ways, oc_slice name)
{
    for (size_t i = 0; i < ways->paths.len; i++)
        if (oc_slice_equal(ways->paths.at[i].name, name)) return &ways->paths.at[i];
    return NULL;
}

bool oc_bridge_differs(const oc_bridge_ways *ways, oc_slice name)
{
    const oc_bridge_way *way = ways ? find_way(ways, name) : NULL;
    return way && way->seen[0] && way->seen[1];
}

bool oc_bridge_note(oc_arena *arena, oc_bridge_ways *ways, const oc_model *model)
{
    bool news = false;
    for (size_t v = 0; v < model->variables.len; v++) {
        const oc_variable *variable = model->variables.at[v];
        if (!variable->noise) continue;
        oc_bridge_way *way = find_way(ways, variable->symbol->name);
        if (!way) {
            way = oc_vec_push(arena, &ways->paths);
            *way = (oc_bridge_way){.name = oc_arena_copy(arena, variable->symbol->name)};
        }
        const bool apart = way->seen[0] && way->seen[1];
        way->seen[oc_bridge_applies(arena, model, variable)] = true;
        news = news || (!apart && way->seen[0] && way->seen[1]);
    }
    return news;
}

/* --- the tree --- */

static oc_day first_tick_of(oc_tick tick, int year)
{
    return oc_build_next_tick(tick, oc_day_from_civil(year - 1, 12, 31));
}

oc_bridge_grid oc_bridge_grid_of(oc_arena *arena, const oc_model *model, const int32_t *ticks, size_t count)
{
    OC_VEC(int32_t) days = {0};
    OC_VEC(uint32_t) years = {0};
    OC_VEC(uint8_t) ends = {0};
    int year = oc_civil_from_day(model->as_of).year;
    if (first_tick_of(model->tick, year) > model->as_of) year--;
    oc_bridge_grid grid = {.as_of = model->as_of};
    uint32_t begin = 0;
    uint8_t level = 0;
    for (oc_day d = first_tick_of(model->tick, year), end = d;; d = oc_build_next_tick(model->tick, d)) {
        *oc_vec_push(arena, &days) = (int32_t)d;
        *oc_vec_push(arena, &years) = begin;
        *oc_vec_push(arena, &ends) = level;
        if (d < ticks[0]) grid.first = (uint32_t)days.len;
        if (d <= ticks[count - 1]) grid.last = (uint32_t)days.len - 1;
        if (d < end) continue;
        if (d >= ticks[count - 1]) break;
        begin = (uint32_t)days.len - 1;
        level ^= 1;
        end = first_tick_of(model->tick, ++year);
    }
    grid.days = days.at;
    grid.year = years.at;
    grid.ends = ends.at;
    grid.count = (uint32_t)days.len;
    return grid;
}

typedef struct planner {
    oc_arena *arena;
    const oc_bridge_grid *grid;
    const uint32_t *end; /* of each tick: index of the last one of its year */
    uint8_t *need;       /* of each tick, also for the sake of others */
    bool *inner;         /* others between it and its neighbours need it */
    bool *drawn;
    oc_bridge_steps steps;
} planner;

/* A place in the tree of a year: the tick in the middle of two that are drawn before it. */
typedef struct branch {
    uint32_t low, high, middle;
    uint8_t low_level, high_level, level;
    uint8_t depth; /* 0: the end of the year itself */
} branch;

static branch top_of(const planner *p, uint32_t tick)
{
    uint8_t level = p->grid->ends[tick];
    return (branch){p->grid->year[tick], p->end[tick], p->end[tick], level ^ 1, level, level, 0};
}

/* One branch down towards a tick that is not the middle itself. What lies before as_of is not drawn, and known there.
 */
static branch towards(const planner *p, branch b, uint32_t tick)
{
    if (b.depth && tick < b.middle) b.high = b.middle, b.high_level = b.level;
    if (b.depth && tick > b.middle) b.low = b.middle, b.low_level = b.level;
    b.level = ++b.depth + 1;
    b.middle = (b.low + b.high) / 2;
    while (p->grid->days[b.middle] <= p->grid->as_of) {
        b.low = b.middle;
        b.middle = (b.low + b.high) / 2;
    }
    return b;
}

static void raise(uint8_t *need, uint8_t by)
{
    if (*need < by) *need = by;
}

/* What is drawn for the sake of others. */
static void mark(planner *p, const uint8_t *need)
{
    uint8_t later = OC_BRIDGE_UNREAD;
    for (uint32_t tick = p->grid->last + 1; tick-- > p->grid->first;) {
        uint32_t end = p->end[tick];
        raise(&later, need[tick]);
        raise(&p->need[end], later);
        if (!need[tick]) continue;
        for (branch b = top_of(p, tick);; b = towards(p, b, tick)) {
            raise(&p->need[b.middle], need[tick]);
            if (b.middle == tick) break;
            p->inner[b.middle] = true;
        }
    }
}

static oc_bridge_step *add_step(planner *p, oc_bridge_kind kind, const branch *b, uint32_t row)
{
    const int32_t *days = p->grid->days;
    oc_bridge_step *step = oc_vec_push(p->arena, &p->steps);
    *step = (oc_bridge_step){.kind = kind,
                             .low = b->low_level,
                             .high = b->high_level,
                             .level = b->level,
                             .sampled = p->need[b->middle] == OC_BRIDGE_SAMPLED,
                             .row_day = days[row],
                             .day = days[b->middle],
                             .from = days[b->low] > p->grid->as_of ? days[b->low] : (int32_t)p->grid->as_of,
                             .to = days[b->high]};
    return step;
}

static void bring_to(planner *p, uint32_t tick, uint8_t need)
{
    oc_bridge_step *last = NULL;
    branch b = top_of(p, tick);
    for (;; b = towards(p, b, tick)) {
        last = NULL;
        if (!p->drawn[b.middle]) last = add_step(p, b.depth == 0 ? OC_BRIDGE_END : OC_BRIDGE_MIDDLE, &b, tick);
        p->drawn[b.middle] = true;
        if (b.middle == tick) break;
    }
    bool sampled = need == OC_BRIDGE_SAMPLED;
    if (!last || last->sampled != sampled) last = add_step(p, OC_BRIDGE_READ, &b, tick);
    last->sampled = sampled;
    last->read = true;
    last->leaf = last->kind == OC_BRIDGE_MIDDLE && !p->inner[tick];
}

oc_bridge_steps oc_bridge_plan(oc_arena *arena, const oc_bridge_grid *grid, const uint8_t *need)
{
    uint32_t *end = OC_NEW_ARRAY(arena, grid->count + 1, uint32_t);
    for (uint32_t i = grid->count; i-- > 0;)
        end[i] = i + 1 < grid->count && grid->year[i + 1] == grid->year[i] ? end[i + 1] : i;
    planner p = {.arena = arena,
                 .grid = grid,
                 .end = end,
                 .need = OC_NEW_ARRAY(arena, grid->count + 1, uint8_t),
                 .inner = OC_NEW_ARRAY(arena, grid->count + 1, bool),
                 .drawn = OC_NEW_ARRAY(arena, grid->count + 1, bool)};
    mark(&p, need);
    for (uint32_t tick = grid->first; tick <= grid->last; tick++) {
        /* A year in which nobody reads: its end is needed all the same, and no later than at its last tick. */
        if (need[tick]) {
            bring_to(&p, tick, need[tick]);
        } else if (p.end[tick] == tick && p.need[tick] && !p.drawn[tick]) {
            branch top = top_of(&p, tick);
            add_step(&p, OC_BRIDGE_END, &top, tick);
            p.drawn[tick] = true;
        }
    }
    return p.steps;
}
