/* Solving one case: gathers the negotiators of each issue into packed arrays, runs the model, reads the outcome off and
 * passes it through ratification. With a record, rounds and intermediate numbers go into the result, in the table's own
 * order. A solver is used by one thread; ensembles make one for each. */
#include "politics/solve.h"

#include <math.h>
#include <stdlib.h>

#include "base/map.h"
#include "politics/nash.h"
#include "politics/number.h"
#include "politics/outcome.h"

struct solver {
    oc_arena *arena;
    const oc_bargain_options *options;
    solve_case now;
    double *x, *s, *c, *w, *next, *p; /* [actors] of the issue being solved */
    uint32_t *index;                  /* packed -> working index */
    oc_challenge_work *challenge;
    oc_challenge_move *moves;
    double *spatial_x, *spatial_s, *spatial_c, *spatial_adjustment;
    uint64_t *spatial_identity;
    uint32_t *spatial_index;
    size_t spatial_actors;
    oc_spatial *spatial;
};

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

static double read_outcome(const solver *it, const double *x, const double *w, size_t count)
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

static oc_bargain_round *start_round(const solve_record *record, const solve_case *now, size_t round)
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
    oc_bargain_round *to = start_round(record, &it->now, round);
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
        if (round + 1 == it->options->read_round) y = read_outcome(it, it->x, it->w, n);
    }
    return y;
}

/* --- the spatial model --- */

static void fill_spatial(solver *it)
{
    const solve_case *now = &it->now;
    size_t m = now->issues;
    for (size_t k = 0; k < it->spatial_actors; k++) {
        uint32_t a = it->spatial_index[k];
        double sum = 0;
        it->spatial_c[k] = now->power[a];
        for (size_t p = 0; p < m; p++) {
            const oc_bargain_issue *issue = &now->table->issues[p];
            it->spatial_x[k * m + p] = (now->x[a * m + p] - issue->low) / (issue->high - issue->low);
            sum += it->spatial_s[k * m + p] = now->s[a * m + p];
        }
        /* Attention is a budget: noise must not overdraw it. */
        for (size_t p = 0; p < m && sum > 1 + 1e-9; p++) it->spatial_s[k * m + p] /= sum;
    }
}

static void start_spatial(solver *it)
{
    const solve_case *now = &it->now;
    size_t n = now->actors, m = now->issues;
    it->spatial_index = OC_NEW_ARRAY(it->arena, n, uint32_t);
    for (size_t a = 0; a < n; a++)
        if (now->negotiates[a]) it->spatial_index[it->spatial_actors++] = (uint32_t)a;
    n = it->spatial_actors;
    it->spatial_x = OC_NEW_ARRAY(it->arena, n * m, double);
    it->spatial_s = OC_NEW_ARRAY(it->arena, n * m, double);
    it->spatial_c = OC_NEW_ARRAY(it->arena, n, double);
    it->spatial_identity = OC_NEW_ARRAY(it->arena, n, uint64_t);
    for (size_t k = 0; k < n; k++) it->spatial_identity[k] = now->identity[it->spatial_index[k]];
    const double *all = now->table->adjustment;
    if (all) {
        it->spatial_adjustment = OC_NEW_ARRAY(it->arena, n * n, double);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                it->spatial_adjustment[i * n + j] =
                    all[now->order[it->spatial_index[i]] * now->actors + now->order[it->spatial_index[j]]];
    }
    oc_spatial_input input = {
        n, m, it->spatial_x, it->spatial_s, it->spatial_c, it->spatial_adjustment, it->spatial_identity};
    fill_spatial(it);
    oc_spatial_options options = it->options->spatial;
    options.seed = it->options->seed;
    it->spatial = oc_spatial_new(it->arena, &input, &options);
}

/* Positions of the spatial model on one issue, in units of its scale, into it->next with weights into it->w. */
static void unpack_spatial(solver *it, size_t issue)
{
    const oc_bargain_issue *scale = &it->now.table->issues[issue];
    const double *position = oc_spatial_positions(it->spatial);
    size_t m = it->now.issues;
    for (size_t k = 0; k < it->spatial_actors; k++) {
        size_t at = it->spatial_index[k] * m + issue;
        it->next[k] = scale->low + position[k * m + issue] * (scale->high - scale->low);
        it->w[k] = it->now.c[at] * it->now.s[at];
    }
}

static void record_spatial_move(const solver *it, const solve_record *record, oc_bargain_round *to,
                                const oc_bargain_round *last, size_t k, size_t issue)
{
    const oc_spatial_move *move = &oc_spatial_moves(it->spatial)[k];
    const uint32_t *order = it->now.order, *index = it->spatial_index;
    size_t m = it->now.issues, at = order[index[k]] * m + issue;
    double from = last ? last->position[at] : it->now.x[index[k] * m + issue];
    if (move->initiator == OC_SPATIAL_NOBODY || from == to->position[at]) return;
    bool own = move->initiator == k;
    *oc_vec_push(record->arena, &to->moves) =
        (oc_bargain_move){.actor = order[index[k]],
                          .issue = (uint32_t)issue,
                          .by = order[index[own ? move->receiver : move->initiator]],
                          .because = own ? OC_BECAUSE_OWN_PROPOSAL : OC_BECAUSE_OTHERS_PROPOSAL,
                          .from = from,
                          .to = to->position[at],
                          .probability = move->share,
                          .gain = own ? move->gain : NAN,
                          .own = NAN,
                          .other = NAN};
}

static double *record_winning(solver *it, const solve_record *record)
{
    double *all = OC_NEW_ARRAY(record->arena, it->now.actors, double);
    for (size_t a = 0; a < it->now.actors; a++) all[a] = NAN;
    oc_spatial_winning(it->spatial, it->p);
    for (size_t k = 0; k < it->spatial_actors; k++) all[it->now.order[it->spatial_index[k]]] = it->p[k];
    return all;
}

static void record_spatial(solver *it, const solve_record *record, size_t round)
{
    size_t m = it->now.issues, n = it->spatial_actors;
    oc_bargain_round *to = start_round(record, &it->now, round), *last = round ? to - 1 : NULL;
    for (size_t k = 0; k < n; k++) to->risk[it->now.order[it->spatial_index[k]] * m] = oc_spatial_risk(it->spatial)[k];
    for (size_t p = 0; p < m; p++) {
        unpack_spatial(it, p);
        for (size_t k = 0; k < n; k++) to->position[it->now.order[it->spatial_index[k]] * m + p] = it->next[k];
        to->mean[p] = oc_bargain_outcome_mean(it->next, it->w, n);
        to->median[p] = oc_bargain_outcome_median(it->next, it->w, n, NULL);
    }
    for (size_t k = 0; k < n; k++)
        for (size_t p = 0; p < m; p++) record_spatial_move(it, record, to, last, k, p);
    to->probability = record_winning(it, record);
}

static void read_spatial(solver *it, double *outcome)
{
    for (size_t p = 0; p < it->now.issues; p++) {
        unpack_spatial(it, p);
        outcome[p] = read_outcome(it, it->next, it->w, it->spatial_actors);
    }
}

static void spatial(solver *it, uint64_t draw, double *outcome, const solve_record *record)
{
    const oc_bargain_options *options = it->options;
    if (!it->spatial) start_spatial(it);
    fill_spatial(it);
    oc_spatial_reset(it->spatial, draw);
    if (record) record->result->first_probability = record_winning(it, record);
    int limit = options->rounds > 0 ? options->rounds : 100, round = 0;
    if (!record && options->read_round > 0 && options->read_round < limit) limit = options->read_round;
    read_spatial(it, outcome);
    for (; round < limit && oc_spatial_step(it->spatial); round++) {
        if (record) record_spatial(it, record, (size_t)round);
        if (round + 1 == options->read_round) read_spatial(it, outcome);
    }
    if (record) record->result->round_count = (size_t)round;
    if (record) record->result->settled = oc_spatial_settled(it->spatial);
    if (!options->read_round || round < options->read_round) read_spatial(it, outcome);
}

/* --- exchange --- */

static void record_exchange(const solver *it, const solve_record *record, const oc_exchange_result *found)
{
    const solve_case *now = &it->now;
    const oc_bargain_table *table = now->table;
    oc_exchange_result *to = &record->result->exchange;
    size_t n = now->actors, m = now->issues;
    *to = *found;
    to->vote = OC_NEW_ARRAY(record->arena, n * m, double);
    to->gain = OC_NEW_ARRAY(record->arena, n, double);
    to->externality = OC_NEW_ARRAY(record->arena, n, double);
    record->result->round_count = 1;
    oc_bargain_round *round = start_round(record, now, 0);
    for (size_t a = 0; a < n; a++) {
        to->gain[now->order[a]] = found->gain[a];
        to->externality[now->order[a]] = found->externality[a];
        for (size_t p = 0; p < m; p++) {
            const oc_bargain_issue *issue = &table->issues[p];
            size_t at = now->order[a] * m + p;
            to->vote[at] = issue->low + found->vote[a * m + p] / 100 * (issue->high - issue->low);
            if (now->present[a * m + p]) round->position[at] = to->vote[at];
        }
    }
    for (size_t p = 0; p < m; p++) {
        double unit = (table->issues[p].high - table->issues[p].low) / 100;
        to->before[p] = table->issues[p].low + found->before[p] * unit;
        to->after[p] = round->mean[p] = table->issues[p].low + found->after[p] * unit;
        round->median[p] = NAN;
    }
    for (size_t d = 0; d < to->deals.len; d++) {
        for (int k = 0; k < 2; k++) {
            oc_exchange_side *side = &to->deals.at[d].side[k];
            const oc_bargain_issue *issue = &table->issues[side->issue];
            double low = issue->low, unit = (issue->high - low) / 100;
            side->actor = now->order[side->actor];
            side->from = low + side->from * unit;
            side->to = low + side->to * unit;
            side->target = low + side->target * unit;
            side->outcome_before = low + side->outcome_before * unit;
            side->outcome_after = low + side->outcome_after * unit;
        }
        for (int k = 0; k < 2; k++) {
            const oc_exchange_side *side = &to->deals.at[d].side[k], *partner = &to->deals.at[d].side[!k];
            *oc_vec_push(record->arena, &round->moves) = (oc_bargain_move){.actor = side->actor,
                                                                           .issue = side->issue,
                                                                           .by = partner->actor,
                                                                           .because = OC_BECAUSE_DEAL,
                                                                           .from = side->from,
                                                                           .to = side->to,
                                                                           .gain = side->gain,
                                                                           .own = NAN,
                                                                           .other = NAN,
                                                                           .probability = NAN};
        }
    }
}

static oc_status exchange(solver *it, uint64_t draw, double *outcome, const solve_record *record)
{
    solve_case *now = &it->now;
    size_t cells = now->actors * now->issues;
    oc_arena_mark mark = oc_arena_get_mark(it->arena);
    double *x = OC_NEW_ARRAY(it->arena, cells, double);
    uint8_t *present = OC_NEW_ARRAY(it->arena, cells, uint8_t);
    for (size_t c = 0; c < cells; c++) {
        const oc_bargain_issue *issue = &now->table->issues[c % now->issues];
        x[c] = (now->x[c] - issue->low) / (issue->high - issue->low) * 100;
        present[c] = now->present[c] && now->negotiates[c / now->issues];
    }
    oc_exchange_input input = {now->actors, now->issues, x, now->s, now->c, present};
    oc_exchange_options options = it->options->exchange;
    options.seed = it->options->seed;
    options.draw = draw;
    oc_exchange_result found;
    oc_status status = oc_exchange(it->arena, &input, &options, &found);
    for (size_t p = 0; p < now->issues && !status; p++) {
        const oc_bargain_issue *issue = &now->table->issues[p];
        outcome[p] = issue->low + found.after[p] / 100 * (issue->high - issue->low);
    }
    if (record && !status)
        record_exchange(it, record, &found);
    else
        oc_arena_rewind(it->arena, mark);
    return status;
}

/* --- ratification --- */

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

static void ratify(solver *it, size_t p, double *outcome, bool *open, const solve_record *record)
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

static void prepare_sides(const solver *it, const solve_record *record)
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
        spatial(it, draw, outcome, record);
    } else if (it->options->model == OC_MODEL_EXCHANGE) {
        oc_status status = exchange(it, draw, outcome, record);
        if (status) return status;
    } else {
        for (size_t p = 0; p < it->now.issues; p++)
            outcome[p] = is_challenge(it->options) ? challenge(it, p, record) : closed_form(it, p, record);
    }
    if (!it->options->ratify) return OC_OK;
    if (record) prepare_sides(it, record);
    for (size_t p = 0; p < it->now.issues; p++) ratify(it, p, &outcome[p], zone_open ? &zone_open[p] : NULL, record);
    return OC_OK;
}
