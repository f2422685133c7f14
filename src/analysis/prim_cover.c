/* Covering: boxes one after another, each found where the earlier ones are not; see prim.h. */
#include "analysis/prim.h"

typedef struct covering {
    oc_arena *arena;
    const oc_column *inputs;
    size_t count, rows, all_hits;
    const bool *interesting;
    bool *covered;        /* of each future: it lies in a box */
    oc_column *left;      /* the same inputs for the futures that do not */
    double **values;
    bool *left_interesting;
    size_t left_rows, left_hits;
} covering;

static void gather(covering *c)
{
    c->left_rows = c->left_hits = 0;
    for (size_t i = 0; i < c->rows; i++) {
        if (c->covered[i]) continue;
        for (size_t k = 0; k < c->count; k++) c->values[k][c->left_rows] = c->inputs[k].values[i];
        c->left_interesting[c->left_rows++] = c->interesting[i];
        c->left_hits += c->interesting[i];
    }
    for (size_t k = 0; k < c->count; k++) c->left[k] = (oc_column){c->values[k], c->inputs[k].levels};
}

/* Counts the box over all futures and marks those it is the first to hold. */
static void take(covering *c, const oc_prim_box *box, oc_prim_part *part, oc_prim_covering *sum)
{
    *part = (oc_prim_part){.box = *box, .base_rate = (double)c->left_hits / (double)c->left_rows};
    part->box.inside = part->box.hits = 0;
    for (size_t i = 0; i < c->rows; i++) {
        if (!oc_prim_holds(box, c->inputs, c->count, i)) continue;
        part->box.inside++;
        part->box.hits += c->interesting[i];
        if (c->covered[i]) continue;
        c->covered[i] = true;
        part->fresh++;
        part->fresh_hits += c->interesting[i];
    }
    part->box.coverage = (double)part->box.hits / (double)c->all_hits;
    part->box.density = (double)part->box.hits / (double)part->box.inside;
    part->box.mass = (double)part->box.inside / (double)c->rows;
    sum->inside += part->fresh;
    sum->hits += part->fresh_hits;
}

static bool helps(const covering *c, const oc_prim_box *box)
{
    return box->restricted && box->density > (double)c->all_hits / (double)c->rows;
}

bool oc_prim_cover(oc_arena *arena, const oc_column *inputs, size_t count, const bool *interesting, size_t rows,
                   const oc_prim_options *options, size_t most, oc_prim_covering *ret_covering)
{
    *ret_covering = (oc_prim_covering){.part = OC_NEW_ARRAY(arena, most + 1, oc_prim_part)};
    if (!oc_prim_find(arena, inputs, count, interesting, rows, options, &ret_covering->first)) return false;
    covering c = {.arena = arena, .inputs = inputs, .count = count, .rows = rows, .interesting = interesting};
    c.covered = OC_NEW_ARRAY(arena, rows, bool);
    c.left = OC_NEW_ARRAY(arena, count + 1, oc_column);
    c.values = OC_NEW_ARRAY(arena, count + 1, double *);
    c.left_interesting = OC_NEW_ARRAY(arena, rows, bool);
    for (size_t k = 0; k < count; k++) c.values[k] = OC_NEW_ARRAY(arena, rows, double);
    gather(&c);
    c.all_hits = c.left_hits;
    oc_prim found = ret_covering->first;
    while (ret_covering->count < most && helps(&c, &found.box)) {
        take(&c, &found.box, &ret_covering->part[ret_covering->count++], ret_covering);
        gather(&c);
        if (!oc_prim_find(arena, c.left, count, c.left_interesting, c.left_rows, options, &found)) break;
    }
    ret_covering->exhausted = ret_covering->count < most;
    ret_covering->coverage = (double)ret_covering->hits / (double)c.all_hits;
    ret_covering->density = ret_covering->inside ? (double)ret_covering->hits / (double)ret_covering->inside : 0;
    ret_covering->mass = (double)ret_covering->inside / (double)rows;
    return true;
}
