/* The spatial model (SMP) of a case: all issues of all negotiators at once, round by round; see spatial.h. */
#include <math.h>

#include "politics/outcome.h"
#include "politics/solve_parts.h"

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
    oc_bargain_round *to = solver_start_round(record, &it->now, round), *last = round ? to - 1 : NULL;
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
        outcome[p] = solver_read_outcome(it, it->next, it->w, it->spatial_actors);
    }
}

void solver_spatial(solver *it, uint64_t draw, double *outcome, const solve_record *record)
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
