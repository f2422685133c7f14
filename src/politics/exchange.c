/* Lists the pairs of actors on opposite sides of two issues, computes what each would exchange, makes the best deal,
 * recomputes the pairs in which one of the two votes just shifted is supplied, and so on until no deal is left.
 *
 * Worked example: two actors, capability 1, votes 0/100 on p and 100/0 on q, saliences of i 0.8 on p and 0.2 on q, of
 * j the reverse. Both means are 20. i demands p = 0, j demands q = 0. If j goes all the way on p, the outcome of p
 * falls by 100 * 0.2 / (0.8 + 0.2) = 20, and by symmetry q by 20: both gain 0.8 * 20 - 0.2 * 20 = 12. */
#include "politics/exchange.h"

#include <math.h>
#include <string.h>

#include "politics/number.h"

/* i demands p and supplies q; j supplies p and demands q. */
typedef struct pair {
    uint32_t i, j, p, q;
    double move_i, move_j; /* of i's vote on q and of j's vote on p, >= 0 */
    double gain;
    bool valid;
} pair;

typedef struct exchange {
    const oc_exchange_input *input;
    const oc_exchange_options *options;
    oc_arena *arena;
    double *sum;     /* [issue] of s c */
    double *outcome; /* [issue] of the votes */
    double *vote;
    int8_t *direction; /* [actor * issues + issue] of moves made */
    OC_VEC(pair) pairs;
} exchange;

static size_t at(const exchange *it, size_t actor, size_t issue)
{
    return actor * it->input->issues + issue;
}

static double salience(const exchange *it, size_t actor, size_t issue)
{
    return it->input->salience[at(it, actor, issue)];
}

static double ideal(const exchange *it, size_t actor, size_t issue)
{
    return it->input->position[at(it, actor, issue)];
}

static double weight(const exchange *it, size_t actor, size_t issue)
{
    return salience(it, actor, issue) * it->input->capability[at(it, actor, issue)];
}

static bool takes_part(const exchange *it, size_t actor, size_t issue)
{
    return (!it->input->present || it->input->present[at(it, actor, issue)]) && weight(it, actor, issue) > 0;
}

static void compute_outcomes(exchange *it)
{
    for (size_t p = 0; p < it->input->issues; p++) {
        double moment = 0, sum = 0;
        for (size_t a = 0; a < it->input->actors; a++) {
            if (!takes_part(it, a, p)) continue;
            sum += weight(it, a, p);
            moment += weight(it, a, p) * it->vote[at(it, a, p)];
        }
        it->sum[p] = sum;
        it->outcome[p] = sum > 0 ? moment / sum : NAN;
    }
}

static int side(const exchange *it, size_t actor, size_t issue)
{
    return ideal(it, actor, issue) > it->outcome[issue];
}

static oc_status list_pairs(exchange *it)
{
    size_t n = it->input->actors, m = it->input->issues;
    for (size_t p = 0; p < m; p++)
        for (size_t q = p + 1; q < m; q++)
            for (size_t a = 0; a < n; a++) {
                if (!takes_part(it, a, p) || !takes_part(it, a, q)) continue;
                for (size_t b = a + 1; b < n; b++) {
                    if (!takes_part(it, b, p) || !takes_part(it, b, q)) continue;
                    if (side(it, a, p) == side(it, b, p) || side(it, a, q) == side(it, b, q)) continue;
                    if (it->pairs.len == OC_EXCHANGE_PAIRS) return OC_LIMIT;
                    pair *new = oc_vec_push(it->arena, &it->pairs);
                    bool a_first = salience(it, a, p) * salience(it, b, q) > salience(it, b, p) * salience(it, a, q);
                    *new = (pair){.i = (uint32_t)(a_first ? a : b),
                                  .j = (uint32_t)(a_first ? b : a),
                                  .p = (uint32_t)p,
                                  .q = (uint32_t)q};
                }
            }
    return OC_OK;
}

/* Outcome shift of q for one of p. Equal gains: (s_ip + s_jp)/(s_iq + s_jq), which lies between the rates s_jp/s_jq and
 * s_ip/s_iq at which j and i would not care. */
static double rate(const exchange *it, const pair *e)
{
    double ip = salience(it, e->i, e->p), iq = salience(it, e->i, e->q);
    double jp = salience(it, e->j, e->p), jq = salience(it, e->j, e->q);
    if (!it->options->random_rate) return (ip + jp) / (iq + jq);
    uint64_t what = politics_mix(((uint64_t)e->i << 32 | e->j) + 1) ^ politics_mix(((uint64_t)e->p << 32 | e->q) + 7);
    return jp / jq + (ip / iq - jp / jq) * politics_uniform(it->options->seed, what, it->options->draw);
}

/* How far a vote can move on an issue before the outcome passes `goal`, when the mover's vote moves towards it. */
static double room_before(const exchange *it, size_t mover, size_t issue, double goal, double towards)
{
    double gap = (goal - it->outcome[issue]) * (towards > it->vote[at(it, mover, issue)] ? 1 : -1);
    return gap > 0 ? gap * it->sum[issue] / weight(it, mover, issue) : 0;
}

static void compute(const exchange *it, pair *e)
{
    double to_p = ideal(it, e->i, e->p), to_q = ideal(it, e->j, e->q);
    double y_p = it->vote[at(it, e->j, e->p)], y_q = it->vote[at(it, e->i, e->q)];
    double most_j = fabs(to_p - y_p), most_i = fabs(to_q - y_q);
    if (it->options->no_overshoot) {
        most_j = fmin(most_j, room_before(it, e->j, e->p, to_p, to_p));
        most_i = fmin(most_i, room_before(it, e->i, e->q, to_q, to_q));
    }
    double per_p = weight(it, e->j, e->p) / it->sum[e->p], per_q = weight(it, e->i, e->q) / it->sum[e->q];
    double ratio = rate(it, e), shift_p = most_j * per_p, shift_q = shift_p * ratio;
    e->move_j = most_j;
    e->move_i = shift_q / per_q;
    if (e->move_i > most_i) {
        e->move_i = most_i;
        shift_q = most_i * per_q;
        shift_p = shift_q / ratio;
        e->move_j = shift_p / per_p;
    }
    e->gain = fabs(salience(it, e->i, e->p) * shift_p - salience(it, e->i, e->q) * shift_q);
    int turn_j = to_p > y_p ? 1 : -1, turn_i = to_q > y_q ? 1 : -1;
    int8_t before_j = it->direction[at(it, e->j, e->p)], before_i = it->direction[at(it, e->i, e->q)];
    e->valid = e->move_i > 0 && e->move_j > 0 && e->move_i <= 100 && e->move_j <= 100 && e->gain > 1e-9 &&
               before_j != -turn_j && before_i != -turn_i;
}

/* The first of the largest, where differences by rounding are ties: the order of issues and actors decides. */
static pair *best_pair(exchange *it)
{
    pair *best = NULL;
    for (size_t e = 0; e < it->pairs.len; e++) {
        pair *one = &it->pairs.at[e];
        if (one->valid && (!best || one->gain > best->gain * (1 + 1e-12))) best = one;
    }
    return best;
}

static oc_exchange_side make_move(exchange *it, size_t actor, size_t issue, double move, double target)
{
    double *vote = &it->vote[at(it, actor, issue)];
    oc_exchange_side done = {.actor = (uint32_t)actor,
                             .issue = (uint32_t)issue,
                             .from = *vote,
                             .target = target,
                             .outcome_before = it->outcome[issue]};
    int turn = target > *vote ? 1 : -1;
    /* Landing where it was aimed at, and not beside it by rounding, so that it does not move again. */
    *vote = move >= fabs(target - *vote) * (1 - 1e-14) ? target : *vote + turn * move;
    it->direction[at(it, actor, issue)] = (int8_t)turn;
    it->outcome[issue] += (*vote - done.from) * weight(it, actor, issue) / it->sum[issue];
    done.to = *vote;
    done.outcome_after = it->outcome[issue];
    return done;
}

static double benefit(const exchange *it, size_t actor, const oc_exchange_side *done)
{
    if (!takes_part(it, actor, done->issue)) return 0;
    double x = ideal(it, actor, done->issue);
    return salience(it, actor, done->issue) * (fabs(done->outcome_before - x) - fabs(done->outcome_after - x));
}

static void add_externalities(const exchange *it, oc_exchange_deal *deal, oc_exchange_result *ret)
{
    for (size_t a = 0; a < it->input->actors; a++) {
        if (a == deal->side[0].actor || a == deal->side[1].actor) continue;
        double gain = benefit(it, a, &deal->side[0]) + benefit(it, a, &deal->side[1]);
        ret->externality[a] += gain;
        if (gain > 1e-12) deal->others_gain += gain, deal->winners++;
        if (gain < -1e-12) deal->others_loss -= gain, deal->losers++;
    }
}

static void make_deal(exchange *it, const pair *e, oc_exchange_result *ret)
{
    oc_exchange_deal *deal = oc_vec_push(it->arena, &ret->deals);
    double shift_p = e->move_j * weight(it, e->j, e->p) / it->sum[e->p];
    double shift_q = e->move_i * weight(it, e->i, e->q) / it->sum[e->q];
    deal->gain = e->gain;
    deal->side[0] = make_move(it, e->i, e->q, e->move_i, ideal(it, e->j, e->q));
    deal->side[1] = make_move(it, e->j, e->p, e->move_j, ideal(it, e->i, e->p));
    deal->side[0].gain = salience(it, e->i, e->p) * shift_p - salience(it, e->i, e->q) * shift_q;
    deal->side[1].gain = salience(it, e->j, e->q) * shift_q - salience(it, e->j, e->p) * shift_p;
    for (int k = 0; k < 2; k++) ret->gain[deal->side[k].actor] += deal->side[k].gain;
    add_externalities(it, deal, ret);
}

static void recompute(exchange *it, const oc_exchange_deal *deal)
{
    for (size_t e = 0; e < it->pairs.len; e++) {
        pair *one = &it->pairs.at[e];
        for (int k = 0; k < 2; k++) {
            uint32_t actor = deal->side[k].actor, issue = deal->side[k].issue;
            bool touched = (one->i == actor && one->q == issue) || (one->j == actor && one->p == issue);
            if (touched || (it->options->no_overshoot && (one->p == issue || one->q == issue))) compute(it, one);
        }
    }
}

oc_status oc_exchange(oc_arena *arena, const oc_exchange_input *input, const oc_exchange_options *options,
                      oc_exchange_result *ret)
{
    size_t n = input->actors, m = input->issues;
    exchange it = {.input = input, .options = options, .arena = arena};
    *ret = (oc_exchange_result){.vote = OC_NEW_ARRAY(arena, n * m, double),
                                .before = OC_NEW_ARRAY(arena, m, double),
                                .after = OC_NEW_ARRAY(arena, m, double),
                                .gain = OC_NEW_ARRAY(arena, n, double),
                                .externality = OC_NEW_ARRAY(arena, n, double)};
    it.vote = ret->vote;
    it.sum = OC_NEW_ARRAY(arena, m, double);
    it.outcome = OC_NEW_ARRAY(arena, m, double);
    it.direction = OC_NEW_ARRAY(arena, n * m, int8_t);
    if (n && m) memcpy(it.vote, input->position, n * m * sizeof(double));
    compute_outcomes(&it);
    if (m) memcpy(ret->before, it.outcome, m * sizeof(double));
    oc_status status = list_pairs(&it);
    if (status) return status;
    for (size_t e = 0; e < it.pairs.len; e++) {
        compute(&it, &it.pairs.at[e]);
        ret->possible += it.pairs.at[e].valid;
    }
    for (pair *best; (best = best_pair(&it)) != NULL;) {
        if (ret->deals.len == OC_EXCHANGE_DEALS) return OC_LIMIT;
        make_deal(&it, best, ret);
        recompute(&it, &ret->deals.at[ret->deals.len - 1]);
    }
    compute_outcomes(&it);
    if (m) memcpy(ret->after, it.outcome, m * sizeof(double));
    return OC_OK;
}
