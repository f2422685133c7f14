/* Everything that explains an outcome; see effects.h.
 *
 * Derivatives: those of the weighted mean are exact (dm/dx = w/W; one per cent of capability 0.01 w (x - m)/W; one
 * point of salience 0.01 c (x - m)/W). Other models without rounds get central differences. Models with rounds jump, so
 * a difference at one point says nothing: they get the slope of a regression of the drawn outcomes on each drawn input.
 */
#include "politics/effects.h"

#include <math.h>

#include "politics/number.h"
#include "politics/outcome.h"

enum { MOST_PCE = 100, MOST_DETAILS = 60, MOST_WITHOUT = 60, SLOPE_WORK = 4000000 };

static bool has_rounds(const oc_bargain_options *options)
{
    return options->model >= OC_MODEL_CHALLENGE;
}

static oc_bargain_stake *stake_at(const oc_bargain_result *ret, size_t actor, size_t issue)
{
    return &ret->stakes[actor * ret->table->issue_count + issue];
}

/* Fewest actors, taken from one end, that hold more than half the weight. */
static size_t majority_from(oc_arena *arena, const double *x, const double *w, size_t count, double sum, int end)
{
    oc_arena_mark mark = oc_arena_get_mark(arena);
    bool *taken = OC_NEW_ARRAY(arena, count, bool);
    double held = 0;
    size_t members = 0;
    while (members < count && !(held > sum / 2)) {
        size_t best = SIZE_MAX;
        for (size_t k = 0; k < count; k++) {
            if (taken[k]) continue;
            double ahead = best == SIZE_MAX ? 1 : end * (x[best] - x[k]);
            if (ahead > 0 || (ahead == 0 && w[k] > w[best])) best = k;
        }
        taken[best] = true;
        held += w[best];
        members++;
    }
    oc_arena_rewind(arena, mark);
    return members;
}

static void matrices(oc_arena *arena, const double *x, const double *w, const uint32_t *table_index, size_t count,
                     double range, oc_bargain_result *ret)
{
    size_t n = ret->table->actor_count;
    ret->coalition = OC_NEW_ARRAY(arena, n * n, double);
    ret->victory = OC_NEW_ARRAY(arena, n * n, double);
    for (size_t ab = 0; ab < n * n; ab++) ret->coalition[ab] = ret->victory[ab] = NAN;
    for (size_t a = 0; a < count; a++) {
        for (size_t b = 0; b < count; b++) {
            if (x[a] == x[b]) continue;
            double pro = oc_bargain_support(x, w, count, range, x[a], x[b]);
            double con = oc_bargain_support(x, w, count, range, x[b], x[a]);
            ret->coalition[table_index[a] * n + table_index[b]] = pro;
            ret->victory[table_index[a] * n + table_index[b]] = pro / (pro + con);
        }
    }
}

static void positions_of_issue(oc_arena *arena, solver *it, size_t p, oc_bargain_result *ret)
{
    double *x, *w;
    uint32_t *index;
    const solve_case *now = solver_case(it);
    const oc_bargain_issue *issue = &ret->table->issues[p];
    oc_bargain_outcome *out = &ret->outcomes[p];
    size_t n = solver_gather(it, p, &x, &w, &index);
    double *chance = OC_NEW_ARRAY(arena, n, double), square = 0;
    out->mean = oc_bargain_outcome_mean(x, w, n);
    out->median = oc_bargain_outcome_median(x, w, n, &out->median_upper);
    out->pce = n <= MOST_PCE ? oc_bargain_outcome_pce(x, w, n, issue->high - issue->low, chance) : NAN;
    for (size_t k = 0; k < n; k++) out->weight += w[k];
    for (size_t k = 0; k < n; k++) {
        oc_bargain_stake *stake = stake_at(ret, now->order[index[k]], p);
        stake->weight = w[k];
        stake->share = w[k] / out->weight;
        stake->side = x[k] < out->median ? -1 : x[k] > out->median;
        double *side = stake->side < 0 ? &out->below : stake->side ? &out->above : &out->at;
        *side += stake->share;
        square += w[k] * (x[k] - out->mean) * (x[k] - out->mean);
        if (!stake->side && (out->pivot == UINT32_MAX || w[k] > stake_at(ret, out->pivot, p)->weight))
            out->pivot = now->order[index[k]];
    }
    out->spread = sqrt(square / out->weight);
    out->from_low = majority_from(arena, x, w, n, out->weight, 1);
    out->from_high = majority_from(arena, x, w, n, out->weight, -1);
    if (ret->options.model != OC_MODEL_PCE || !ret->options.details || n > MOST_DETAILS || ret->table->issue_count > 1)
        return;
    for (size_t k = 0; k < n; k++) index[k] = now->order[index[k]];
    matrices(arena, x, w, index, n, issue->high - issue->low, ret);
}

void effects_positions(oc_arena *arena, solver *it, oc_bargain_result *ret)
{
    for (size_t p = 0; p < ret->table->issue_count; p++) {
        ret->outcomes[p].pivot = UINT32_MAX;
        positions_of_issue(arena, it, p, ret);
    }
}

void effects_losses(oc_bargain_result *ret)
{
    for (size_t a = 0; a < ret->table->actor_count; a++) {
        for (size_t p = 0; p < ret->table->issue_count; p++) {
            oc_bargain_stake *stake = stake_at(ret, a, p);
            const oc_bargain_issue *issue = &ret->table->issues[p];
            stake->loss = fabs(stake->start - ret->outcomes[p].outcome);
            stake->cost =
                oc_bargain_cell_at(ret->table, a, p)->salience.value * stake->loss / (issue->high - issue->low) * 100;
        }
    }
}

void effects_without(oc_arena *arena, const oc_bargain_table *table, const oc_bargain_options *options,
                     oc_bargain_result *ret)
{
    size_t n = table->actor_count, m = table->issue_count;
    double *outcome = OC_NEW_ARRAY(arena, m, double);
    if (n > MOST_WITHOUT || options->model == OC_MODEL_EXCHANGE) return;
    for (size_t k = 0; k < n; k++) {
        oc_arena_mark mark = oc_arena_get_mark(arena);
        solver *it = solver_new(arena, table, options);
        solve_case *now = solver_case(it);
        bool took_part = now->negotiates[k];
        now->negotiates[k] = 0;
        uint32_t actor = now->order[k];
        oc_status status = took_part && n > 1 ? solver_run(it, 0, outcome, NULL, NULL) : OC_INPUT;
        for (size_t p = 0; p < m && !status; p++)
            if (stake_at(ret, actor, p)->present) stake_at(ret, actor, p)->without = outcome[p];
        oc_arena_rewind(arena, mark);
    }
}

/* --- derivatives --- */

static void exact(solver *it, oc_bargain_result *ret)
{
    const solve_case *now = solver_case(it);
    for (size_t p = 0; p < now->issues; p++) {
        double *x, *w, m = ret->outcomes[p].mean, sum = ret->outcomes[p].weight;
        uint32_t *index;
        size_t n = solver_gather(it, p, &x, &w, &index);
        for (size_t k = 0; k < n; k++) {
            oc_bargain_stake *stake = stake_at(ret, now->order[index[k]], p);
            stake->by_position = w[k] / sum;
            stake->by_capability = 0.01 * w[k] * (x[k] - m) / sum;
            stake->by_salience = 0.01 * now->c[index[k] * now->issues + p] * (x[k] - m) / sum;
        }
    }
}

/* (f(high) - f(low)) / width, where *value goes from low to high and is put back. */
static double difference(solver *it, double *value, double low, double high, double width, double *outcome, size_t p)
{
    double kept = *value, up, down;
    *value = high;
    solver_run(it, 0, outcome, NULL, NULL);
    up = outcome[p];
    *value = low;
    solver_run(it, 0, outcome, NULL, NULL);
    down = outcome[p];
    *value = kept;
    return width > 0 ? (up - down) / width : NAN;
}

static void central(oc_arena *arena, solver *it, oc_bargain_result *ret)
{
    solve_case *now = solver_case(it);
    double *outcome = OC_NEW_ARRAY(arena, now->issues, double);
    if (now->actors > MOST_WITHOUT) return;
    for (size_t a = 0; a < now->actors; a++) {
        for (size_t p = 0; p < now->issues; p++) {
            size_t at = a * now->issues + p;
            const oc_bargain_issue *issue = &ret->table->issues[p];
            oc_bargain_stake *stake = stake_at(ret, now->order[a], p);
            if (!now->present[at] || !now->negotiates[a]) continue;
            double step = 0.001 * (issue->high - issue->low), x = now->x[at], s = now->s[at], c = now->c[at];
            double low = fmax(x - step, issue->low), high = fmin(x + step, issue->high);
            stake->by_position = difference(it, &now->x[at], low, high, high - low, outcome, p);
            stake->by_capability = difference(it, &now->c[at], c * 0.999, c * 1.001, 0.2, outcome, p);
            low = fmax(s - 0.001, 0), high = fmin(s + 0.001, 1);
            stake->by_salience = difference(it, &now->s[at], low, high, 100 * (high - low), outcome, p);
        }
    }
}

typedef struct moments {
    double x, xx, xy;
} moments;

static void add_moments(moments *to, double x, double y)
{
    to->x += x;
    to->xx += x * x;
    to->xy += x * y;
}

static double slope(const moments *it, double y, double count)
{
    double variance = it->xx / count - it->x / count * (it->x / count);
    double covariance = it->xy / count - it->x / count * (y / count);
    return variance > 1e-18 ? covariance / variance : NAN;
}

static void slopes_of_issue(solver *it, const ensemble *draws, size_t p, size_t used, moments *all,
                            oc_bargain_result *ret)
{
    solve_case *now = solver_case(it);
    double sum = 0, start = ret->outcomes[p].outcome;
    memset(all, 0, now->actors * 3 * sizeof *all);
    for (size_t d = 0; d < used; d++) {
        double y = draws->outcome[p * draws->runs + d] - start;
        solver_draw(it, draws->draw[d]);
        sum += y;
        for (size_t a = 0; a < now->actors; a++) {
            size_t at = a * now->issues + p;
            const oc_bargain_stake *stake = stake_at(ret, now->order[a], p);
            /* Centred at the given values, so that small spreads keep their digits. */
            add_moments(&all[a * 3], now->x[at] - stake->start, y);
            add_moments(&all[a * 3 + 1], now->c[at] > 0 ? politics_log(now->c[at]) : 0, y);
            add_moments(&all[a * 3 + 2], now->s[at], y);
        }
    }
    for (size_t a = 0; a < now->actors; a++) {
        oc_bargain_stake *stake = stake_at(ret, now->order[a], p);
        if (!stake->present || !now->negotiates[a]) continue;
        stake->by_position = slope(&all[a * 3], sum, (double)used);
        stake->by_capability = 0.01 * slope(&all[a * 3 + 1], sum, (double)used);
        stake->by_salience = 0.01 * slope(&all[a * 3 + 2], sum, (double)used);
    }
}

void effects_derivatives(oc_arena *arena, solver *it, const ensemble *draws, oc_bargain_result *ret)
{
    solve_case *now = solver_case(it);
    ret->slopes = has_rounds(&ret->options);
    if (ret->options.model == OC_MODEL_COMPROMISE && !ret->options.ratify) {
        exact(it, ret);
    } else if (!ret->slopes) {
        central(arena, it, ret);
    } else if (draws && draws->done >= 100) {
        size_t cells = now->actors * now->issues, used = draws->done;
        if (used > SLOPE_WORK / (cells * now->issues + 1)) used = SLOPE_WORK / (cells * now->issues + 1);
        moments *all = OC_NEW_ARRAY(arena, now->actors * 3, moments);
        for (size_t p = 0; p < now->issues && used >= 100; p++) slopes_of_issue(it, draws, p, used, all, ret);
        solver_centre(it);
    }
}
