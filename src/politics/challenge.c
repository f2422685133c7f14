/* One round: distances, success probabilities and expected utilities at risk exponent 1 give each actor's danger, that
 * gives its risk exponent, and the second pass with those gives the offers. Each actor accepts one.
 *
 * Cost: n^2 powers and n^3 multiplications a pass. The sum over all ordered pairs of |votes|, by which the published
 * program divides, needs no loop of its own: it is twice the sum of the positive parts.
 *
 * Worked example: two actors at 0 and 1, c = s = 1, Q = 1. At exponent 1 the votes are +1 and -1, so their sum of
 * magnitudes over both ordered pairs is 4 and either succeeds with 1/4. Success is worth 2, failure -2, the status quo
 * 0: E = 1/4 * 2 - 3/4 * 2 = -1 for both sides. Nobody challenges, nobody moves. */
#include "politics/challenge.h"

#include <math.h>
#include <string.h>

#include "politics/number.h"
#include "politics/outcome.h"

oc_challenge_work *oc_challenge_work_new(oc_arena *arena, size_t actors)
{
    oc_challenge_work *work = OC_NEW(arena, oc_challenge_work);
    work->actors = actors;
    work->distance = OC_NEW_ARRAY(arena, actors * actors, double);
    work->success = OC_NEW_ARRAY(arena, actors * actors, double);
    work->own = OC_NEW_ARRAY(arena, actors * actors, double);
    work->other = OC_NEW_ARRAY(arena, actors * actors, double);
    work->powers = OC_NEW_ARRAY(arena, actors * actors, double);
    work->risk = OC_NEW_ARRAY(arena, actors, double);
    work->danger = OC_NEW_ARRAY(arena, actors, double);
    work->weight = OC_NEW_ARRAY(arena, actors, double);
    return work;
}

/* success[a*n + b] = sum over voters of the positive votes for a against b, with the voters' exponents. */
static void add_votes(oc_challenge_work *work, size_t n, const double *exponent)
{
    memset(work->success, 0, n * n * sizeof(double));
    for (size_t k = 0; k < n; k++) {
        const double *distance = work->distance + k * n;
        double *power = work->powers, w = work->weight[k];
        for (size_t a = 0; a < n; a++) power[a] = w * (exponent ? politics_pow(distance[a], exponent[k]) : distance[a]);
        for (size_t a = 0; a < n; a++) {
            double *row = work->success + a * n, mine = power[a];
            for (size_t b = 0; b < n; b++) {
                double v = power[b] - mine;
                row[b] += v > 0 ? v : 0;
            }
        }
    }
}

static void divide_by_all_votes(oc_challenge_work *work, size_t n)
{
    double all = 0;
    for (size_t ab = 0; ab < n * n; ab++) all += work->success[ab];
    all *= 2;
    for (size_t ab = 0; ab < n * n; ab++) work->success[ab] = all > 0 ? work->success[ab] / all : 0;
}

static void divide_by_the_pairs_votes(oc_challenge_work *work, size_t n)
{
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b <= a; b++) {
            double *ab = &work->success[a * n + b], *ba = &work->success[b * n + a], all = *ab + *ba;
            *ab = all > 0 ? *ab / all : 0;
            *ba = all > 0 ? 1 - *ab : 0;
        }
    }
}

/* What the pair is worth to one who sees it with exponent r. */
typedef struct stakes {
    double win, lose, unchallenged;
} stakes;

static double utility(double chance, double r)
{
    return 2 - 4 * politics_pow(chance, r);
}

static double expected(const stakes *it, double success, double salience)
{
    return salience * (success * it->win + (1 - success) * it->lose) + (1 - salience) * it->win - it->unchallenged;
}

static void add_utilities_published(oc_challenge_work *work, const oc_challenge_options *options, const double *x,
                                    const double *s, size_t n, double range, double mu, const double *exponent)
{
    for (size_t i = 0; i < n; i++) {
        double r = exponent ? exponent[i] : 1, stays = options->q * utility(0.5, r);
        for (size_t j = 0; j < n; j++) {
            size_t ij = i * n + j;
            double distance = work->distance[ij];
            stakes mine = {utility(0.5 - 0.5 * distance, r), utility(0.5 + 0.5 * distance, r), stays}, theirs = mine;
            if (options->q < 1) {
                double from_i = fabs(x[i] - mu) / range + distance, from_j = fabs(x[j] - mu) / range + distance;
                mine.unchallenged += (1 - options->q) * utility(0.5 - 0.25 * from_i, r);
                theirs.unchallenged += (1 - options->q) * utility(0.5 - 0.25 * from_j, r);
            }
            work->own[ij] = expected(&mine, work->success[ij], s[j]);
            work->other[ij] = expected(&theirs, work->success[j * n + i], s[i]);
        }
    }
}

/* E_i(i -> j) with r_i and the challenged one's salience; things get better without a challenge where the median lies
 * nearer to the challenger than the challenged does. */
static void add_utilities_text(oc_challenge_work *work, const oc_challenge_options *options, const double *x,
                               const double *s, size_t n, double range, double mu, const double *exponent)
{
    for (size_t i = 0; i < n; i++) {
        double r = exponent ? exponent[i] : 1, from_mu = fabs(x[i] - mu) / range, stays = options->q * utility(0.5, r);
        for (size_t j = 0; j < n; j++) {
            size_t ij = i * n + j;
            double distance = work->distance[ij], reach = 0.25 * (from_mu + distance);
            stakes it = {utility(0.5 - 0.5 * distance, r), utility(0.5 + 0.5 * distance, r), stays};
            if (options->q < 1)
                it.unchallenged += (1 - options->q) * utility(from_mu < distance ? 0.5 - reach : 0.5 + reach, r);
            work->own[ij] = expected(&it, work->success[ij], s[j]);
        }
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) work->other[i * n + j] = work->own[j * n + i];
}

static void pass(oc_challenge_work *work, const oc_challenge_options *options, const double *x, const double *s,
                 size_t n, double range, double mu, const double *exponent)
{
    if (options->text) {
        if (!exponent) { /* votes have exponent 1 in both passes */
            add_votes(work, n, NULL);
            divide_by_the_pairs_votes(work, n);
        }
        add_utilities_text(work, options, x, s, n, range, mu, exponent);
    } else {
        add_votes(work, n, exponent);
        divide_by_all_votes(work, n);
        add_utilities_published(work, options, x, s, n, range, mu, exponent);
    }
}

/* The most endangered takes the smallest exponent; the scale is between the most and the least endangered actor. */
static void add_risk(oc_challenge_work *work, size_t n)
{
    double most = -INFINITY, least = INFINITY;
    for (size_t i = 0; i < n; i++) {
        work->danger[i] = 0;
        for (size_t j = 0; j < n; j++) work->danger[i] += i == j ? 0 : work->other[i * n + j];
        most = fmax(most, work->danger[i]);
        least = fmin(least, work->danger[i]);
    }
    for (size_t i = 0; i < n; i++) {
        double risk = most > least ? (2 * work->danger[i] - most - least) / (most - least) : 0;
        work->risk[i] = (1 - risk / 3) / (1 + risk / 3);
    }
}

/* The offer that j makes i. */
static oc_challenge_move offer(const oc_challenge_work *work, bool text, size_t n, size_t i, size_t j)
{
    oc_challenge_move it = {.by = j, .own = work->own[i * n + j], .other = work->other[i * n + j],
                            .probability = work->success[i * n + j]};
    if (it.other > it.own && it.own > 0)
        it.kind = OC_CONCESSION_CONFRONTATION;
    else if (it.other > 0 && it.own < 0 && it.other > fabs(it.own))
        it.kind = OC_CONCESSION_COMPROMISE;
    else if (text && it.other > 0 && it.own < 0)
        it.kind = OC_CONCESSION_CAPITULATION;
    return it;
}

static double destination(const oc_challenge_move *it, double from, double to)
{
    return it->kind == OC_CONCESSION_COMPROMISE ? from + (to - from) * fabs(it->own / it->other) : to;
}

/* What decides between offers of one kind: the smaller is taken. */
static double rank(const oc_challenge_options *options, const oc_challenge_move *it, double from, double to)
{
    if (it->kind == OC_CONCESSION_COMPROMISE && !options->text && !options->least_move)
        return (fabs(it->own) * from + fabs(it->other) * to) / (fabs(it->own) + fabs(it->other));
    return fabs(destination(it, from, to) - from);
}

static oc_challenge_move choose(const oc_challenge_work *work, const oc_challenge_options *options, const double *x,
                                size_t n, double range, size_t i)
{
    oc_challenge_move best = {.kind = OC_CONCESSION_NONE, .by = i};
    double best_rank = INFINITY;
    for (size_t j = 0; j < n; j++) {
        if (x[j] == x[i]) continue;
        oc_challenge_move it = offer(work, options->text, n, i, j);
        if (!it.kind) continue;
        double its_rank = rank(options, &it, x[i], x[j]);
        /* Ranks that differ by rounding are ties: the first actor's offer stands. */
        bool better = its_rank < best_rank - 1e-10 * range;
        if (best.kind && (it.kind > best.kind || (it.kind == best.kind && !better))) continue;
        best = it;
        best_rank = its_rank;
    }
    return best;
}

void oc_challenge_round(oc_challenge_work *work, const oc_challenge_options *options, const double *x, const double *c,
                        const double *s, size_t count, double range, double *next, oc_challenge_move *move)
{
    size_t n = count;
    memcpy(next, x, n * sizeof *next);
    if (move) memset(move, 0, n * sizeof *move);
    if (!(range > 0)) return;
    for (size_t i = 0; i < n; i++) {
        work->weight[i] = c[i] * s[i];
        for (size_t j = 0; j < n; j++) work->distance[i * n + j] = fabs(x[i] - x[j]) / range;
    }
    double mu = oc_bargain_outcome_median(x, work->weight, n, NULL);
    if (isnan(mu)) return;
    pass(work, options, x, s, n, range, mu, NULL);
    add_risk(work, n);
    pass(work, options, x, s, n, range, mu, work->risk);
    for (size_t i = 0; i < n; i++) {
        oc_challenge_move chosen = choose(work, options, x, n, range, i);
        if (chosen.kind) next[i] = destination(&chosen, x[i], x[chosen.by]);
        if (move) move[i] = chosen;
    }
}
