/* A turn of the spatial model: assess (distances, a vote over all positions, from it attitudes to risk), target (each
 * actor's best challenge), bargain, resolve (a vote over each actor's offers), move, adjust ideals.
 *
 * The hot loop is the targeting: for each initiator i, third party m and target j the little contest between i and j is
 * asked what m would add to either side. It runs with j innermost over contiguous rows, so that it needs no reductions
 * and compiles to packed arithmetic; sums over m keep their order, so results don't depend on the width.
 *
 * Worked example (one dimension, two actors, equal c and s = 1, positions 0 and 1): the vote is even, so both have the
 * same probability and attitude 0. i's utilities are 1 at home and 0 at the other's, votes are even, P = 1/2, and the
 * gain of challenging, s (P 2 + 0) - (1 + 0), is 0: not above the threshold, so nobody takes an initiative. */
#include "politics/spatial.h"

#include <math.h>
#include <string.h>

#include "politics/number.h"

enum { TURNS = 100 };

typedef struct bargain {
    uint32_t initiator, receiver;
    double *at; /* [2 * dimensions]: initiator's new position, then receiver's */
} bargain;

struct oc_spatial {
    oc_spatial_input input;
    oc_spatial_options options;
    uint32_t turn;
    bool settled;
    double first_move;
    double *capability;                        /* [n] as used: raw, or adding up to 1 */
    double *total;                             /* [n] sum of saliences */
    double *voting;                            /* [n] weights in votes */
    double *strength;                          /* [n] S c: weights in challenges */
    double *position, *ideal, *next;           /* [n*d] */
    double *distance;                          /* [i*n + j] of i's ideal from j's position */
    double *own_utility;                       /* [j*n + i] of j's position to i at i's attitude: options by voters */
    double *seen;                              /* [m*n + j] utilities as the current initiator sees them */
    double *risk, *share;                      /* [n] */
    double *pro, *con, *plain_pro, *plain_con; /* [n] strengths of the challenges of one initiator */
    bargain *bargains;
    size_t bargain_count;
    double *utility;       /* [options*n] */
    double *offer_utility; /* [bargain*n + voter] */
    double *vote_work;
    size_t *chosen, *mapped; /* [2n + 1] indices while resolving, and while finding distinct positions */
    oc_spatial_move *moves;
};

oc_spatial_options oc_spatial_default(void)
{
    return (oc_spatial_options){.rule = {OC_VOTING_PROP, OC_VICTORY_LINEAR, OC_PCE_CONDITIONAL},
                                .range = OC_RISK_MID,
                                .adjust = OC_ADJUST_ONE_THIRD,
                                .commit = OC_COMMIT_SEMI,
                                .interpolation = OC_INTERPOLATE_S2P2,
                                .proposals = OC_PROPOSALS_INITIATOR};
}

oc_spatial *oc_spatial_new(oc_arena *arena, const oc_spatial_input *input, const oc_spatial_options *options)
{
    size_t n = input->actors, d = input->dimensions, most = 2 * n + 1;
    oc_spatial *model = OC_NEW(arena, oc_spatial);
    model->input = *input;
    model->options = *options;
    double **per_actor[] = {&model->capability, &model->total, &model->voting, &model->strength,  &model->risk,
                            &model->share,      &model->pro,   &model->con,    &model->plain_pro, &model->plain_con};
    for (size_t i = 0; i < sizeof per_actor / sizeof *per_actor; i++) *per_actor[i] = OC_NEW_ARRAY(arena, most, double);
    double **per_coordinate[] = {&model->position, &model->ideal, &model->next};
    for (size_t i = 0; i < sizeof per_coordinate / sizeof *per_coordinate; i++)
        *per_coordinate[i] = OC_NEW_ARRAY(arena, n * d, double);
    double **per_pair[] = {&model->distance, &model->own_utility, &model->seen};
    for (size_t i = 0; i < sizeof per_pair / sizeof *per_pair; i++) *per_pair[i] = OC_NEW_ARRAY(arena, n * n, double);
    model->utility = OC_NEW_ARRAY(arena, most * n, double);
    model->offer_utility = OC_NEW_ARRAY(arena, most * n, double);
    model->vote_work = OC_NEW_ARRAY(arena, 2 * most * most + most, double);
    model->bargains = OC_NEW_ARRAY(arena, most, bargain);
    double *at = OC_NEW_ARRAY(arena, most * 2 * d, double);
    for (size_t b = 0; b < most; b++) model->bargains[b].at = at + b * 2 * d;
    model->chosen = OC_NEW_ARRAY(arena, most, size_t);
    model->mapped = OC_NEW_ARRAY(arena, most, size_t);
    model->moves = OC_NEW_ARRAY(arena, n, oc_spatial_move);
    oc_spatial_reset(model, options->draw);
    return model;
}

void oc_spatial_reset(oc_spatial *model, uint64_t draw)
{
    size_t n = model->input.actors, d = model->input.dimensions;
    double unit = 1;
    if (!model->options.ktab14) {
        unit = 0;
        for (size_t i = 0; i < n; i++) unit += model->input.capability[i];
        if (!(unit > 0)) unit = 1;
    }
    double all = 0;
    for (size_t i = 0; i < n; i++) {
        model->capability[i] = model->input.capability[i] / unit;
        model->total[i] = 0;
        for (size_t k = 0; k < d; k++) model->total[i] += model->input.salience[i * d + k];
        model->strength[i] = model->total[i] * model->capability[i];
        all += model->strength[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (!model->options.ktab14 && all > 0) model->strength[i] /= all;
        model->voting[i] = model->options.ktab14 ? model->capability[i] : model->strength[i];
    }
    memcpy(model->position, model->input.position, n * d * sizeof(double));
    memcpy(model->ideal, model->input.position, n * d * sizeof(double));
    memset(model->risk, 0, n * sizeof(double));
    model->turn = 0;
    model->settled = n < 2;
    model->options.draw = draw;
}

uint32_t oc_spatial_turn(const oc_spatial *model)
{
    return model->turn;
}
bool oc_spatial_settled(const oc_spatial *model)
{
    return model->settled;
}
const double *oc_spatial_positions(const oc_spatial *model)
{
    return model->position;
}
const double *oc_spatial_risk(const oc_spatial *model)
{
    return model->risk;
}
const oc_spatial_move *oc_spatial_moves(const oc_spatial *model)
{
    return model->moves;
}

/* Of i's ideal from a point, dimensions weighted by i's saliences. */
static double distance_to(const oc_spatial *model, size_t i, const double *point)
{
    size_t d = model->input.dimensions;
    const double *ideal = model->ideal + i * d, *salience = model->input.salience + i * d;
    if (d == 1) return fabs(ideal[0] - point[0]);
    double sum = 0, weights = 0;
    for (size_t k = 0; k < d; k++) {
        double part = salience[k] * (ideal[k] - point[k]);
        sum += part * part;
        weights += salience[k] * salience[k];
    }
    return weights > 0 ? sqrt(sum / weights) : 0;
}

static inline double utility(double distance, double risk)
{
    return distance <= 1 ? (1 - distance) * (1 + distance * risk) : (1 - distance) * (1 + risk);
}

static void assess_risk(oc_spatial *model)
{
    size_t n = model->input.actors;
    const double *p = model->share;
    double least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < n; i++) least = fmin(least, p[i]), most = fmax(most, p[i]);
    double spread = most - least;
    /* Everybody equally likely up to rounding: neutral. */
    bool even = model->options.ktab14 ? !(spread > 0) : !(spread > 1e-12 * most);
    for (size_t i = 0; i < n; i++) {
        if (even) {
            model->risk[i] = 0;
            continue;
        }
        switch (model->options.range) {
        case OC_RISK_MIN: model->risk[i] = (p[i] - least) / spread; break;
        case OC_RISK_MID: model->risk[i] = (3 * p[i] - (most + 2 * least)) / (2 * spread); break;
        case OC_RISK_MAX: model->risk[i] = (2 * p[i] - (most + least)) / spread; break;
        }
    }
}

static void assess(oc_spatial *model)
{
    size_t n = model->input.actors, d = model->input.dimensions;
    for (size_t j = 0; j < n; j++) {
        for (size_t i = 0; i < n; i++) {
            double distance = distance_to(model, i, model->position + j * d);
            model->distance[i * n + j] = distance;
            model->own_utility[j * n + i] = utility(distance, 0);
        }
    }
    oc_pce(&model->options.rule, model->own_utility, model->voting, n, n, model->share, model->vote_work);
    assess_risk(model);
    for (size_t j = 0; j < n; j++)
        for (size_t i = 0; i < n; i++)
            model->own_utility[j * n + i] = utility(model->distance[i * n + j], model->risk[i]);
}

static double seen_risk(const oc_spatial *model, size_t h, size_t i)
{
    double mine = model->risk[h], his = model->risk[i];
    switch (model->options.adjust) {
    case OC_ADJUST_NONE: return mine;
    case OC_ADJUST_ONE_THIRD: return (2 * mine + his) / 3;
    case OC_ADJUST_HALF: return (mine + his) / 2;
    case OC_ADJUST_TWO_THIRDS: return (mine + 2 * his) / 3;
    case OC_ADJUST_FULL: return his;
    }
    return mine;
}

/* seen[m*n + j]: what j's position is worth to m, as h sees it. */
static void look(oc_spatial *model, size_t h)
{
    size_t n = model->input.actors;
    for (size_t m = 0; m < n; m++) {
        double risk = seen_risk(model, h, m);
        const double *distance = model->distance + m * n;
        double *row = model->seen + m * n;
        for (size_t j = 0; j < n; j++) row[j] = utility(distance[j], risk);
    }
}

static inline double simple_vote(oc_voting rule, double weight, double du)
{
    if (rule == OC_VOTING_PROP) return weight * du;
    return oc_vote(rule, weight, du, 0);
}

/* max(v, 0), exactly and without a comparison, which would keep the loop from becoming packed arithmetic. */
static inline double positive(double v)
{
    return 0.5 * (v + fabs(v));
}

/* The third party m in the contests of i against the targets first .. last-1. */
static inline void third_party(oc_spatial *model, oc_voting rule, size_t i, size_t m, size_t first, size_t last)
{
    size_t n = model->input.actors;
    const double *row = model->seen + m * n;
    double weight = model->strength[m], a = row[i], home = row[m];
    bool loose_if_won = model->options.commit != OC_COMMIT_FULL,
         loose_if_lost = model->options.commit == OC_COMMIT_NONE;
    /* What a (or b) is worth when the committed side wins and when it loses: 3 a, or 2 a and one's own position. */
    double won_times = loose_if_won ? 2 : 3, won_home = loose_if_won ? home : 0;
    double lost_times = loose_if_lost ? 2 : 3, lost_home = loose_if_lost ? home : 0;
    double a_won = won_times * a + won_home, a_lost = lost_times * a + lost_home;
    double *restrict pro = model->pro, *restrict con = model->con;
    const double *restrict plain_pro = model->plain_pro, *restrict plain_con = model->plain_con;
    for (size_t j = first; j < last; j++) {
        double b = row[j];
        double little = simple_vote(rule, weight, a - b);
        double x = (plain_pro[j] + positive(little)) / (plain_pro[j] + plain_con[j] + fabs(little));
        double with_i = x * a_won + (1 - x) * (lost_times * b + lost_home);
        double with_j = x * a_lost + (1 - x) * (won_times * b + won_home);
        double v = simple_vote(rule, weight, with_i - with_j);
        pro[j] += positive(v);
        con[j] += positive(-v);
    }
}

static void third_parties(oc_spatial *model, size_t i, size_t first, size_t last)
{
    size_t n = model->input.actors;
    for (size_t m = 0; m < n; m++) {
        if (m == i) continue;
        bool inside = m >= first && m < last;
        double pro = model->pro[m], con = model->con[m];
        if (model->options.rule.voting == OC_VOTING_PROP)
            third_party(model, OC_VOTING_PROP, i, m, first, last);
        else
            third_party(model, model->options.rule.voting, i, m, first, last);
        if (inside) model->pro[m] = pro, model->con[m] = con; /* the target is no third party */
    }
}

/* Strengths of both sides when i challenges each of the targets first .. last-1, as h sees it (look(h) has run). */
static void contest(oc_spatial *model, size_t i, size_t first, size_t last)
{
    size_t n = model->input.actors;
    for (size_t j = first; j < last; j++) {
        oc_voting rule = model->options.rule.voting;
        const double *seen = model->seen;
        double vi = oc_vote(rule, model->strength[i], seen[i * n + i], seen[i * n + j]);
        double vj = oc_vote(rule, model->strength[j], seen[j * n + i], seen[j * n + j]);
        double pro = 1e-10, con = 1e-10;
        if (vi > 0)
            pro += vi;
        else
            con -= vi;
        if (vj > 0)
            pro += vj;
        else
            con -= vj;
        model->plain_pro[j] = model->pro[j] = pro;
        model->plain_con[j] = model->con[j] = con;
    }
    third_parties(model, i, first, last);
}

/* What the challenge of j by i is expected to bring k. */
static double challenge_gain(const oc_spatial *model, size_t k, size_t i, size_t j, double probability)
{
    size_t n = model->input.actors;
    double at_i = model->seen[k * n + i], at_j = model->seen[k * n + j], s = model->total[j];
    return (1 - s) * 2 * at_i + s * (probability * 2 * at_i + (1 - probability) * 2 * at_j) - (at_i + at_j);
}

static double gap(const oc_spatial *model, size_t i, size_t j)
{
    size_t d = model->input.dimensions;
    double sum = 0;
    for (size_t k = 0; k < d; k++) {
        double part = model->position[i * d + k] - model->position[j * d + k];
        sum += part * part;
    }
    return sqrt(sum);
}

/* Clean version: gains that differ by rounding are ties, which go to the smaller move. */
static bool better_target(const oc_spatial *model, size_t i, size_t j, double gain, const oc_spatial_move *best)
{
    if (best->target == OC_SPATIAL_NOBODY) return true;
    if (model->options.ktab14) return gain > best->gain;
    if (fabs(gain - best->gain) > 1e-11) return gain > best->gain;
    return gap(model, i, j) < gap(model, i, best->target) - 1e-11;
}

static void choose_target(oc_spatial *model, size_t i)
{
    size_t n = model->input.actors;
    oc_spatial_move best = {.target = OC_SPATIAL_NOBODY, .initiator = OC_SPATIAL_NOBODY, .receiver = OC_SPATIAL_NOBODY};
    look(model, i);
    contest(model, i, 0, n);
    for (size_t j = 0; j < n; j++) {
        if (j == i) continue;
        double probability = model->pro[j] / (model->pro[j] + model->con[j]);
        double gain = challenge_gain(model, i, i, j, probability);
        if (gain > 1e-5 && better_target(model, i, j, gain, &best)) {
            best.target = (uint32_t)j;
            best.gain = gain;
            best.probability = probability;
        }
    }
    model->moves[i] = best;
}

static double round_to_grid(const oc_spatial *model, double z)
{
    return model->options.ktab14 ? floor(0.5 + 10000 * z) / 10000 : z;
}

static void interpolate(const oc_spatial *model, size_t i, size_t j, double pi, double pj, double *at)
{
    const double eps = 1e-6;
    size_t d = model->input.dimensions;
    for (size_t k = 0; k < d; k++) {
        double si = model->input.salience[i * d + k], sj = model->input.salience[j * d + k];
        double xi = model->position[i * d + k], xj = model->position[j * d + k];
        if (model->options.interpolation == OC_INTERPOLATE_S2PMAX) {
            double di = fmax(0, pj - pi), dj = fmax(0, pi - pj), qi = si * si, qj = sj * sj;
            at[k] = xi + (xj - xi) * (di * qj) / (di * qj + eps + (1 - di) * qi);
            at[d + k] = xj + (xi - xj) * (dj * qi) / (dj * qi + eps + (1 - dj) * qj);
            continue;
        }
        bool square = model->options.interpolation == OC_INTERPOLATE_S2P2;
        double wi = square ? si * si * (pi * pi) : si * pi, wj = square ? sj * sj * (pj * pj) : sj * pj;
        at[k] = round_to_grid(model, ((wi + eps) * xi + wj * xj) / (wi + eps + wj));
        at[d + k] = round_to_grid(model, (wi * xi + (wj + eps) * xj) / (wi + eps + wj));
    }
}

static bargain *add_bargain(oc_spatial *model, size_t i, size_t j, double pi)
{
    bargain *it = &model->bargains[model->bargain_count++];
    it->initiator = (uint32_t)i;
    it->receiver = (uint32_t)j;
    interpolate(model, i, j, pi, 1 - pi, it->at);
    return it;
}

static double receivers_view(oc_spatial *model, size_t i, size_t j)
{
    look(model, j);
    contest(model, i, j, j + 1);
    double probability = model->pro[j] / (model->pro[j] + model->con[j]);
    /* KTAB passes the gain where the probability is meant. */
    return model->options.ktab14 ? challenge_gain(model, i, i, j, probability) : probability;
}

static void make_bargains(oc_spatial *model)
{
    size_t n = model->input.actors, d = model->input.dimensions;
    model->bargain_count = 0;
    for (size_t i = 0; i < n; i++) {
        size_t j = model->moves[i].target;
        if (j == OC_SPATIAL_NOBODY) continue;
        bargain *first = add_bargain(model, i, j, model->moves[i].probability);
        if (model->options.proposals == OC_PROPOSALS_INITIATOR) continue;
        bargain *second = add_bargain(model, i, j, receivers_view(model, i, j));
        if (model->options.proposals == OC_PROPOSALS_BOTH) continue;
        model->bargain_count--;
        double wi = model->total[i] * model->capability[i];
        double wj = model->total[j] * model->capability[model->options.ktab14 ? i : j];
        for (size_t k = 0; k < 2 * d; k++) first->at[k] = (wi * first->at[k] + wj * second->at[k]) / (wi + wj);
    }
}

/* What a bargain is worth to each voter: mean over all actors' positions after it. */
static void add_offer_utilities(oc_spatial *model)
{
    size_t n = model->input.actors, d = model->input.dimensions;
    for (size_t b = 0; b < model->bargain_count; b++) {
        const bargain *it = &model->bargains[b];
        double *row = model->offer_utility + b * n;
        for (size_t a = 0; a < n; a++)
            row[a] = utility(distance_to(model, a, it->at), model->risk[a]) +
                     utility(distance_to(model, a, it->at + d), model->risk[a]);
        for (size_t m = 0; m < n; m++) {
            if (m == it->initiator || m == it->receiver) continue;
            const double *other = model->own_utility + m * n;
            for (size_t a = 0; a < n; a++) row[a] += other[a];
        }
        for (size_t a = 0; a < n; a++) row[a] /= (double)n;
    }
}

static void add_status_quo_utilities(oc_spatial *model)
{
    size_t n = model->input.actors;
    double *row = model->utility;
    memset(row, 0, n * sizeof *row);
    for (size_t m = 0; m < n; m++)
        for (size_t a = 0; a < n; a++) row[a] += model->own_utility[m * n + a];
    for (size_t a = 0; a < n; a++) row[a] /= (double)n;
}

static size_t pick(const oc_spatial *model, size_t actor, const double *p, size_t options)
{
    if (!model->options.stochastic) {
        size_t best = 0;
        double margin = model->options.ktab14 ? 0 : 1e-11;
        for (size_t t = 1; t < options; t++)
            if (p[t] > p[best] + margin) best = t;
        return best;
    }
    uint64_t name = model->input.identity ? model->input.identity[actor] : actor;
    double u = politics_uniform(model->options.seed, name ^ politics_mix(model->turn + 1), model->options.draw);
    for (size_t t = 0; t + 1 < options; t++) {
        if (u < p[t]) return t;
        u -= p[t];
    }
    return options - 1;
}

static void resolve(oc_spatial *model, size_t actor)
{
    size_t n = model->input.actors, d = model->input.dimensions, options = 1;
    size_t *offered = model->chosen;
    for (size_t b = 0; b < model->bargain_count; b++) {
        if (model->bargains[b].initiator != actor && model->bargains[b].receiver != actor) continue;
        memcpy(model->utility + options * n, model->offer_utility + b * n, n * sizeof(double));
        offered[options++] = b;
    }
    if (options == 1) return;
    double *p = model->share;
    oc_pce(&model->options.rule, model->utility, model->voting, n, options, p, model->vote_work);
    size_t chosen = pick(model, actor, p, options);
    model->moves[actor].share = p[chosen];
    if (!chosen) return;
    const bargain *it = &model->bargains[offered[chosen]];
    model->moves[actor].initiator = it->initiator;
    model->moves[actor].receiver = it->receiver;
    const double *at = it->initiator == actor ? it->at : it->at + d;
    memcpy(model->next + actor * d, at, d * sizeof(double));
}

static double move_all(oc_spatial *model)
{
    size_t n = model->input.actors, d = model->input.dimensions;
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double square = 0;
        for (size_t k = 0; k < d; k++) {
            double step = model->next[i * d + k] - model->position[i * d + k];
            square += step * step;
        }
        sum += sqrt(square);
    }
    memcpy(model->position, model->next, n * d * sizeof(double));
    return sum;
}

static void adjust_ideals(oc_spatial *model)
{
    size_t n = model->input.actors, d = model->input.dimensions;
    if (!model->input.adjustment) {
        memcpy(model->ideal, model->position, n * d * sizeof(double));
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const double *weights = model->input.adjustment + i * n;
        double followed = 0;
        for (size_t j = 0; j < n; j++) followed += weights[j];
        for (size_t k = 0; k < d; k++) {
            double sum = 0;
            for (size_t j = 0; j < n; j++) sum += weights[j] * model->position[j * d + k];
            model->ideal[i * d + k] = sum + fmax(0, 1 - followed) * model->ideal[i * d + k];
        }
    }
}

bool oc_spatial_step(oc_spatial *model)
{
    size_t n = model->input.actors, d = model->input.dimensions;
    if (model->settled || model->turn >= TURNS) return false;
    assess(model);
    for (size_t i = 0; i < n; i++) choose_target(model, i);
    make_bargains(model);
    add_offer_utilities(model);
    add_status_quo_utilities(model);
    memcpy(model->next, model->position, n * d * sizeof(double));
    for (size_t i = 0; i < n; i++) resolve(model, i);
    double moved = move_all(model);
    adjust_ideals(model);
    model->turn++;
    if (model->turn == 1) model->first_move = moved;
    model->settled = model->turn >= 2 && moved / (model->first_move + 1e-4) < 0.02;
    return true;
}

/* The representative of each actor's position: the last distinct one equivalent to it, found greedily by index. */
static size_t distinct_positions(const oc_spatial *model, size_t *representative, size_t *of)
{
    size_t n = model->input.actors, count = 0;
    for (size_t i = 0; i < n; i++) {
        size_t found = SIZE_MAX;
        for (size_t u = 0; u < count; u++)
            if (gap(model, i, representative[u]) < 1e-3) found = u;
        if (found == SIZE_MAX) representative[count++] = i;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t u = 0; u < count; u++)
            if (gap(model, i, representative[u]) < 1e-3) of[i] = u;
    return count;
}

void oc_spatial_winning(oc_spatial *model, double *probability)
{
    size_t n = model->input.actors;
    size_t *representative = model->chosen, *of = model->mapped;
    assess(model);
    size_t count = distinct_positions(model, representative, of);
    for (size_t u = 0; u < count; u++)
        memcpy(model->utility + u * n, model->own_utility + representative[u] * n, n * sizeof(double));
    oc_pce(&model->options.rule, model->utility, model->voting, n, count, model->share, model->vote_work);
    for (size_t i = 0; i < n; i++) probability[i] = model->share[of[i]];
}
