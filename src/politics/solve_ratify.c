/* What is agreed goes past the sides at home: an outcome outside the meet of their win sets moves to its edge, or
 * nothing passes; see ratify.h. */
#include <math.h>

#include "politics/solve_parts.h"

/* The sides' names in order of appearance; returns their number. */
static size_t list_sides(const oc_bargain_table *table, oc_slice *sides, size_t room)
{
    size_t count = 0;
    for (size_t a = 0; a < table->actor_count; a++) {
        oc_slice side = table->actors[a].side;
        bool known = !side.len;
        for (size_t k = 0; k < count; k++) known = known || oc_slice_equal(sides[k], side);
        if (!known && count < room) sides[count++] = side;
    }
    return count;
}

static oc_intervals side_win_set(const solver *it, oc_arena *arena, oc_slice side, size_t p)
{
    const solve_case *now = &it->now;
    const oc_bargain_issue *issue = &now->table->issues[p];
    oc_ratifier *ratifiers = OC_NEW_ARRAY(arena, now->actors, oc_ratifier);
    size_t count = 0;
    for (size_t a = 0; a < now->actors; a++) {
        const oc_bargain_actor *actor = &now->table->actors[now->order[a]];
        size_t at = a * now->issues + p;
        if (!now->present[at] || !oc_slice_equal(actor->side, side)) continue;
        ratifiers[count++] = (oc_ratifier){.ideal = now->x[at],
                                           .weight = now->c[at],
                                           .veto = actor->veto,
                                           .cost = it->options->ratify_cost * (issue->high - issue->low) / 100};
    }
    return oc_win_set(arena, ratifiers, count, issue->status_quo, it->options->quota, issue->low, issue->high);
}

static bool is_only(const oc_intervals *zone, double point)
{
    for (size_t k = 0; k < zone->len; k++)
        if (zone->at[k].low != point || zone->at[k].high != point) return false;
    return true;
}

void solver_ratify(solver *it, size_t p, double *outcome, bool *open, const solve_record *record)
{
    enum { MOST_SIDES = 64 };
    oc_slice sides[MOST_SIDES];
    const oc_bargain_issue *issue = &it->now.table->issues[p];
    size_t count = list_sides(it->now.table, sides, MOST_SIDES);
    oc_arena *arena = record ? record->arena : it->arena;
    oc_arena_mark mark = oc_arena_get_mark(arena);
    oc_intervals zone = {0};
    *oc_vec_push(arena, &zone) = (oc_interval){issue->low, issue->high};
    for (size_t k = 0; k < count; k++) {
        oc_intervals set = side_win_set(it, arena, sides[k], p);
        zone = oc_intervals_meet(arena, &zone, &set);
        if (record) record->result->sides[k].sets[p] = set;
    }
    if (record) record->result->outcomes[p].zone = zone;
    if (record) record->result->outcomes[p].unratified = *outcome;
    if (open) *open = !is_only(&zone, issue->status_quo);
    if (!isnan(*outcome)) *outcome = oc_ratify(&zone, *outcome, issue->status_quo);
    if (!record) oc_arena_rewind(arena, mark);
}

void solver_prepare_sides(const solver *it, const solve_record *record)
{
    enum { MOST_SIDES = 64 };
    oc_slice sides[MOST_SIDES];
    size_t count = list_sides(it->now.table, sides, MOST_SIDES);
    record->result->side_count = count;
    record->result->sides = OC_NEW_ARRAY(record->arena, count, oc_win_set_of_side);
    for (size_t k = 0; k < count; k++) {
        record->result->sides[k].side = sides[k];
        record->result->sides[k].sets = OC_NEW_ARRAY(record->arena, it->now.issues, oc_intervals);
    }
}
