/* Solving one case: gathers the negotiators of each issue into packed arrays, runs the model, reads the outcome off and
 * passes it through ratification. With a record, rounds and intermediate numbers go into the result, in the table's own
 * order. A solver is used by one thread; ensembles make one for each. */
#include "politics/solve_parts.h"

#include <math.h>
#include <stdlib.h>

#include "base/map.h"
#include "politics/nash.h"
#include "politics/number.h"
#include "politics/outcome.h"

/* --- the case --- */

static int by_name(const void *a, const void *b)
{
    const oc_bargain_actor *x = *(const oc_bargain_actor *const *)a, *y = *(const oc_bargain_actor *const *)b;
    return oc_slice_compare(x->name, y->name);
}

static void set_order(oc_arena *arena, solve_case *now, bool by_file)
{
    const oc_bargain_actor **actors = OC_NEW_ARRAY(arena, now->actors, const oc_bargain_actor *);
    for (size_t a = 0; a < now->actors; a++) actors[a] = &now->table->actors[a];
    if (!by_file && now->actors) qsort(actors, now->actors, sizeof *actors, by_name);
    for (size_t a = 0; a < now->actors; a++) now->order[a] = (uint32_t)(actors[a] - now->table->actors);
}

static bool is_ktab(const oc_bargain_options *options)
{
    return options->model == OC_MODEL_SMP && options->spatial.ktab14;
}

static bool is_challenge(const oc_bargain_options *options)
{
    return options->model == OC_MODEL_CHALLENGE || options->model == OC_MODEL_CHALLENGE_TEXT;
}

static void make_case(solver *it, const oc_bargain_table *table)
{
    size_t n = table->actor_count, cells = n * table->issue_count;
    solve_case *now = &it->now;
    *now = (solve_case){.table = table, .actors = n, .issues = table->issue_count};
    now->order = OC_NEW_ARRAY(it->arena, n, uint32_t);
    now->x = OC_NEW_ARRAY(it->arena, cells, double);
    now->s = OC_NEW_ARRAY(it->arena, cells, double);
    now->c = OC_NEW_ARRAY(it->arena, cells, double);
    now->power = OC_NEW_ARRAY(it->arena, n, double);
    now->present = OC_NEW_ARRAY(it->arena, cells, uint8_t);
    now->negotiates = OC_NEW_ARRAY(it->arena, n, uint8_t);
    now->identity = OC_NEW_ARRAY(it->arena, n, uint64_t);
    set_order(it->arena, now, is_ktab(it->options));
    size_t without_side = 0;
    for (size_t a = 0; a < n; a++) without_side += !table->actors[a].side.len;
    for (size_t a = 0; a < n; a++) {
        const oc_bargain_actor *actor = &table->actors[now->order[a]];
        now->identity[a] = oc_hash(actor->name);
        now->negotiates[a] = !it->options->ratify || !without_side || !actor->side.len;
        for (size_t p = 0; p < now->issues; p++)
            now->present[a * now->issues + p] = oc_bargain_cell_at(table, now->order[a], p)->present;
    }
}

void solver_centre(solver *it)
{
    solve_case *now = &it->now;
    for (size_t a = 0; a < now->actors; a++) {
        now->power[a] = now->table->actors[now->order[a]].capability.value;
        for (size_t p = 0; p < now->issues; p++) {
            const oc_bargain_cell *cell = oc_bargain_cell_at(now->table, now->order[a], p);
            size_t at = a * now->issues + p;
            now->x[at] = cell->position.value;
            now->s[at] = cell->salience.value;
            now->c[at] = cell->capability.value * cell->right;
        }
    }
}

/* --- draws --- */

enum { DRAW_POSITION = 1, DRAW_SALIENCE, DRAW_CAPABILITY };

static uint64_t address(uint64_t actor, oc_slice issue, int what)
{
    return politics_mix(oc_hash_more(actor, issue.ptr, issue.len) + (uint64_t)what);
}

static double drawn(const solver *it, const oc_bargain_amount *amount, uint64_t what, uint64_t draw, double sd,
                    bool factor)
{
    uint64_t seed = it->options->seed;
    if (amount->ranged) return amount->low + (amount->high - amount->low) * politics_uniform(seed, what, draw);
    if (!(sd > 0)) return amount->value;
    double z = politics_normal(seed, what, draw);
    return factor ? amount->value * politics_exp(sd * z) : amount->value + sd * z;
}

void solver_draw(solver *it, uint64_t draw)
{
    solve_case *now = &it->now;
    const oc_bargain_table *table = now->table;
    for (size_t a = 0; a < now->actors; a++) {
        uint64_t name = now->identity[a];
        double noise = it->options->noise_weight;
        uint64_t what = address(name, (oc_slice){0}, DRAW_CAPABILITY);
        now->power[a] = drawn(it, &table->actors[now->order[a]].capability, what, draw, noise, true);
        for (size_t p = 0; p < now->issues; p++) {
            const oc_bargain_issue *issue = &table->issues[p];
            const oc_bargain_cell *cell = oc_bargain_cell_at(table, now->order[a], p);
            size_t at = a * now->issues + p;
            if (!cell->present) continue;
            double sd = it->options->noise_position * (issue->high - issue->low) / 100;
            double x = drawn(it, &cell->position, address(name, issue->name, DRAW_POSITION), draw, sd, false);
            double s = drawn(it, &cell->salience, address(name, issue->name, DRAW_SALIENCE), draw, noise, true);
            now->x[at] = politics_clamp(x, issue->low, issue->high);
            now->s[at] = politics_clamp(s, 0, 1);
            now->c[at] = now->power[a];
            if (table->per_issue_capability)
                now->c[at] =
                    drawn(it, &cell->capability, address(name, issue->name, DRAW_CAPABILITY), draw, noise, true);
            now->c[at] *= cell->right;
        }
    }
}

/* --- the solver --- */

solver *solver_new(oc_arena *arena, const oc_bargain_table *table, const oc_bargain_options *options)
{
    solver *it = OC_NEW(arena, solver);
    size_t n = table->actor_count;
    it->arena = arena;
    it->options = options;
    make_case(it, table);
    double **vectors[] = {&it->x, &it->s, &it->c, &it->w, &it->next, &it->p};
    for (size_t v = 0; v < sizeof vectors / sizeof *vectors; v++) *vectors[v] = OC_NEW_ARRAY(arena, n, double);
    it->index = OC_NEW_ARRAY(arena, n, uint32_t);
    if (is_challenge(options)) {
        it->challenge = oc_challenge_work_new(arena, n);
        it->moves = OC_NEW_ARRAY(arena, n, oc_challenge_move);
    }
    solver_centre(it);
    return it;
}

solve_case *solver_case(solver *it)
{
    return &it->now;
}

/* Packs the negotiators with a stake in the issue; returns their number. */
static size_t gather(solver *it, size_t issue)
{
    const solve_case *now = &it->now;
    size_t count = 0;
    for (size_t a = 0; a < now->actors; a++) {
        size_t at = a * now->issues + issue;
        if (!now->present[at] || !now->negotiates[a]) continue;
        it->x[count] = now->x[at];
        it->s[count] = now->s[at];
        it->c[count] = now->c[at];
        it->w[count] = now->c[at] * now->s[at];
        it->index[count++] = (uint32_t)a;
    }
    return count;
}

size_t solver_gather(solver *it, size_t issue, double **x, double **w, uint32_t **index)
{
    size_t count = gather(it, issue);
    *x = it->x;
    *w = it->w;
    *index = it->index;
    return count;
}

double solver_mean(solver *it, size_t issue)
{
    size_t count = gather(it, issue);
    return oc_bargain_outcome_mean(it->x, it->w, count);
}

double solver_read_outcome(const solver *it, const double *x, const double *w, size_t count)
{
    return it->options->reading == OC_READ_MEAN ? oc_bargain_outcome_mean(x, w, count)
                                                : oc_bargain_outcome_median(x, w, count, NULL);
}

/* --- models of one issue without rounds --- */

static double closed_form(solver *it, size_t p, const solve_record *record)
{
    const oc_bargain_options *options = it->options;
    const oc_bargain_issue *issue = &it->now.table->issues[p];
    double range = issue->high - issue->low, y;
    bool gridlock = false;
    size_t n = gather(it, p);
    switch (options->model) {
    case OC_MODEL_MEDIAN: return oc_bargain_outcome_median(it->x, it->w, n, NULL);
    case OC_MODEL_NASH_COSTLY:
        return oc_nash_costly(it->x, it->c, it->s, n, issue->low, issue->high, range, options->nash_cost);
    case OC_MODEL_NASH_SALIENCE:
        return oc_nash_salience(it->x, it->c, it->s, n, issue->low, issue->high, range, options->nash_margin);
    case OC_MODEL_NASH_STATUS_QUO:
        y = oc_nash_status_quo(it->x, it->c, it->s, n, issue->low, issue->high, issue->status_quo, &gridlock);
        break;
    case OC_MODEL_NASH_KALAI:
        y = oc_nash_kalai(it->x, it->c, it->s, n, issue->low, issue->high, issue->status_quo, &gridlock);
        break;
    case OC_MODEL_PCE:
        y = oc_bargain_outcome_pce(it->x, it->w, n, range, it->p);
        for (size_t k = 0; record && k < n; k++)
            record->result->stakes[it->now.order[it->index[k]] * it->now.issues + p].probability = it->p[k];
        break;
    default: return oc_bargain_outcome_mean(it->x, it->w, n);
    }
    if (record) record->result->outcomes[p].gridlock = gridlock;
    return y;
}

/* --- rounds --- */

oc_bargain_round *solver_start_round(const solve_record *record, const solve_case *now, size_t round)
{
    oc_bargain_round *it = &record->result->rounds[round];
    if (it->position) return it;
    size_t cells = now->actors * now->issues;
    it->position = OC_NEW_ARRAY(record->arena, cells, double);
    it->risk = OC_NEW_ARRAY(record->arena, cells, double);
    it->mean = OC_NEW_ARRAY(record->arena, now->issues, double);
    it->median = OC_NEW_ARRAY(record->arena, now->issues, double);
    for (size_t c = 0; c < cells; c++) it->position[c] = it->risk[c] = NAN;
    return it;
}

/* One packed matrix of the challenge model into the table's order. */
static double *spread(const solver *it, oc_arena *arena, const double *packed, size_t count)
{
    size_t n = it->now.actors;
    double *matrix = OC_NEW_ARRAY(arena, n * n, double);
    for (size_t ij = 0; ij < n * n; ij++) matrix[ij] = NAN;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            if (i != j) matrix[it->now.order[it->index[i]] * n + it->now.order[it->index[j]]] = packed[i * count + j];
    return matrix;
}

static void record_details(const solver *it, const solve_record *record, oc_bargain_round *round, size_t issue,
                           size_t count)
{
    oc_arena *arena = record->arena;
    size_t m = it->now.issues;
    if (!it->options->details || it->now.actors > 60) return;
    if (!round->own) {
        round->own = OC_NEW_ARRAY(arena, m, double *);
        round->other = OC_NEW_ARRAY(arena, m, double *);
        round->success = OC_NEW_ARRAY(arena, m, double *);
    }
    round->own[issue] = spread(it, arena, it->challenge->own, count);
    round->other[issue] = spread(it, arena, it->challenge->other, count);
    round->success[issue] = spread(it, arena, it->challenge->success, count);
}

static void record_challenge(const solver *it, const solve_record *record, size_t round, size_t issue, size_t count)
{
    static const oc_because because[] = {[OC_CONCESSION_CONFRONTATION] = OC_BECAUSE_CONFRONTATION,
                                         [OC_CONCESSION_COMPROMISE] = OC_BECAUSE_COMPROMISE,
                                         [OC_CONCESSION_CAPITULATION] = OC_BECAUSE_CAPITULATION};
    const uint32_t *order = it->now.order;
    size_t m = it->now.issues;
    oc_bargain_round *to = solver_start_round(record, &it->now, round);
    for (size_t k = 0; k < count; k++) {
        uint32_t actor = order[it->index[k]];
        to->position[actor * m + issue] = it->next[k];
        to->risk[actor * m + issue] = it->challenge->risk[k];
        const oc_challenge_move *move = &it->moves[k];
        if (move->kind == OC_CONCESSION_NONE) continue;
        *oc_vec_push(record->arena, &to->moves) = (oc_bargain_move){.actor = actor,
                                                                    .issue = (uint32_t)issue,
                                                                    .by = order[it->index[move->by]],
                                                                    .because = because[move->kind],
                                                                    .from = it->x[k],
                                                                    .to = it->next[k],
                                                                    .own = move->own,
                                                                    .other = move->other,
                                                                    .probability = move->probability};
    }
    to->mean[issue] = oc_bargain_outcome_mean(it->next, it->w, count);
    to->median[issue] = oc_bargain_outcome_median(it->next, it->w, count, NULL);
    record_details(it, record, to, issue, count);
}

static double challenge(solver *it, size_t issue, const solve_record *record)
{
    size_t n = gather(it, issue);
    double low = INFINITY, high = -INFINITY, y = NAN;
    for (size_t k = 0; k < n; k++) low = fmin(low, it->x[k]), high = fmax(high, it->x[k]);
    oc_challenge_options options = it->options->challenge;
    options.text = it->options->model == OC_MODEL_CHALLENGE_TEXT;
    int rounds = record ? it->options->rounds : it->options->read_round;
    for (int round = 0; round < rounds; round++) {
        it->challenge->actors = n;
        oc_challenge_round(it->challenge, &options, it->x, it->c, it->s, n, n ? high - low : 0, it->next, it->moves);
        if (record) record_challenge(it, record, (size_t)round, issue, n);
        memcpy(it->x, it->next, n * sizeof *it->x);
        if (round + 1 == it->options->read_round) y = solver_read_outcome(it, it->x, it->w, n);
    }
    return y;
}

/* --- all together --- */

static void prepare_rounds(const solver *it, const solve_record *record)
{
    size_t rounds = 0;
    if (is_challenge(it->options)) rounds = (size_t)it->options->rounds;
    if (it->options->model == OC_MODEL_SMP) rounds = it->options->rounds > 0 ? (size_t)it->options->rounds : 100;
    if (it->options->model == OC_MODEL_EXCHANGE) rounds = 1;
    record->result->rounds = OC_NEW_ARRAY(record->arena, rounds, oc_bargain_round);
    record->result->round_count = rounds;
}

oc_status solver_run(solver *it, uint64_t draw, double *outcome, bool *zone_open, const solve_record *record)
{
    if (record) prepare_rounds(it, record);
    if (it->options->model == OC_MODEL_SMP) {
        solver_spatial(it, draw, outcome, record);
    } else if (it->options->model == OC_MODEL_EXCHANGE) {
        oc_status status = solver_exchange(it, draw, outcome, record);
        if (status) return status;
    } else {
        for (size_t p = 0; p < it->now.issues; p++)
            outcome[p] = is_challenge(it->options) ? challenge(it, p, record) : closed_form(it, p, record);
    }
    if (!it->options->ratify) return OC_OK;
    if (record) solver_prepare_sides(it, record);
    for (size_t p = 0; p < it->now.issues; p++)
        solver_ratify(it, p, &outcome[p], zone_open ? &zone_open[p] : NULL, record);
    return OC_OK;
}
