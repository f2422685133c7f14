/* Lognormal and Weibull models of slips with a share on time and a share never done, fitted by maximum likelihood; see
 * survival.h. Kaplan and Meier's curve is in kaplan_meier.c, partial pooling in slip_pool.c.
 *
 * The likelihood is searched in location, ln spread, logit never, logit on_time (slip_model.h), bounded to where it can
 * be computed. Worked example (Lieblein and Zelen 1956, 23 ball bearings, no shift): Weibull shape 2.10, scale 81.9. */
#include "analysis/survival.h"

#include <math.h>
#include <string.h>

#include "analysis/minimise.h"
#include "analysis/slip_model.h"
#include "analysis/special.h"

enum { MOST_FIXED = 256 }; /* kept on the stack; larger classes do without */

static double tail_of(oc_family family, double z)
{
    return family == OC_LOGNORMAL ? oc_normal_cdf(-z) : exp(-exp(z));
}

static double head_of(oc_family family, double z)
{
    return family == OC_LOGNORMAL ? oc_normal_cdf(z) : -expm1(-exp(z));
}

static double density_of(oc_family family, double z)
{
    return family == OC_LOGNORMAL ? exp(-0.5 * z * z) * 0.39894228040143267794 : exp(z - exp(z));
}

double oc_slip_log(double shift, double slip)
{
    return slip + shift > 0 ? log(slip + shift) : -INFINITY;
}

static double place(const oc_slip_model *m, double logarithm)
{
    return (logarithm - m->location) / m->spread;
}

/* Of what is kept on time, the share done by a slip: it fills the announced period and the window before it evenly. */
static double window_done(double period, double window, double slip)
{
    double from = -period - window;
    if (slip <= from) return 0;
    return slip >= 0 ? 1 : 1 - slip / from;
}

static double window_of(const oc_slip_model *m, double slip)
{
    return m->on_time == 0 ? 0 : window_done(m->period, m->window, slip);
}

static double done_at(const oc_slip_model *m, double window, double logarithm)
{
    double smooth = head_of(m->family, place(m, logarithm));
    return (1 - m->never) * (m->on_time * window + (1 - m->on_time) * smooth);
}

static double open_at(const oc_slip_model *m, double window, double logarithm)
{
    double smooth = tail_of(m->family, place(m, logarithm));
    return m->never + (1 - m->never) * (m->on_time * (1 - window) + (1 - m->on_time) * smooth);
}

double oc_slip_done(const oc_slip_model *m, double slip)
{
    return done_at(m, window_of(m, slip), oc_slip_log(m->shift, slip));
}

double oc_slip_open(const oc_slip_model *m, double slip)
{
    return open_at(m, window_of(m, slip), oc_slip_log(m->shift, slip));
}

double oc_slip_done_after(const oc_slip_model *m, double slip, double known)
{
    if (slip <= known) return 0;
    double before = oc_slip_open(m, known);
    if (!(before > 1e-300)) return NAN;
    return 1 - oc_slip_open(m, slip) / before;
}

static double density(const oc_slip_model *m, double slip, const oc_slip_fixed *fixed)
{
    double x = slip + m->shift, smooth = 0;
    if (x > 0) smooth = density_of(m->family, place(m, fixed->log_low)) / (m->spread * x);
    double on_time = m->on_time > 0 ? fixed->window_density : 0;
    return (1 - m->never) * (m->on_time * on_time + (1 - m->on_time) * smooth);
}

static double likelihood_of(const oc_slip_model *m, oc_observed seen, const oc_slip_fixed *fixed)
{
    if (seen.low == seen.high) return density(m, seen.low, fixed);
    double low = m->on_time == 0 ? 0 : fixed->window_low, high = m->on_time == 0 ? 0 : fixed->window_high;
    if (isinf(seen.high)) return open_at(m, low, fixed->log_low);
    double below = done_at(m, high, fixed->log_high);
    if (isinf(seen.low)) return below;
    if (below < 0.5) return below - done_at(m, low, fixed->log_low);
    return open_at(m, low, fixed->log_low) - open_at(m, high, fixed->log_high);
}

oc_slip_fixed oc_slip_fix(const oc_slip_spec *spec, oc_observed seen)
{
    bool open = isinf(seen.high), inside = seen.low >= -seen.period - spec->window && seen.low <= 0;
    return (oc_slip_fixed){.log_low = oc_slip_log(spec->shift, seen.low),
                           .log_high = open ? INFINITY : oc_slip_log(spec->shift, seen.high),
                           .window_low = window_done(seen.period, spec->window, seen.low),
                           .window_high = open ? 1 : window_done(seen.period, spec->window, seen.high),
                           .window_density = inside ? 1 / (spec->window + seen.period) : 0};
}

size_t oc_slip_parameters(const oc_slip_spec *spec)
{
    return 2 + (size_t)spec->with_never + (size_t)spec->with_on_time;
}

static double share_of(double logit) { return 1 / (1 + exp(-logit)); }

oc_slip_model oc_slip_unpack(const oc_slip_spec *spec, const double *x)
{
    oc_slip_model m = {.family = spec->family, .shift = spec->shift, .window = spec->window, .location = x[0],
                       .spread = exp(x[1])};
    size_t next = 2;
    if (spec->with_never) m.never = share_of(x[next++]);
    if (spec->with_on_time) m.on_time = share_of(x[next]);
    return m;
}

double oc_slip_cost(const double *x, void *context)
{
    const oc_slip_data *data = context;
    if (!(fabs(x[0]) < 50) || !(x[1] > -7 && x[1] < 4)) return INFINITY;
    size_t parameters = oc_slip_parameters(&data->spec);
    for (size_t i = 2; i < parameters; i++)
        if (!(fabs(x[i]) < 12)) return INFINITY;
    oc_slip_model m = oc_slip_unpack(&data->spec, x);
    double sum = 0, product = 1;
    for (size_t i = 0; i < data->count; i++) {
        oc_slip_fixed own;
        if (!data->fixed) own = oc_slip_fix(&data->spec, data->cases[i]);
        double likelihood = likelihood_of(&m, data->cases[i], data->fixed ? &data->fixed[i] : &own);
        if (!(likelihood > 0)) return INFINITY;
        /* One logarithm for many cases, as long as their product stays far from both ends of a double. */
        if (product * likelihood > 1e-150 && product * likelihood < 1e150) {
            product *= likelihood;
            continue;
        }
        sum -= log(product) + log(likelihood);
        product = 1;
    }
    sum -= log(product);
    for (size_t i = 0; data->between > 0 && i < parameters; i++) {
        double off = (x[i] - data->centre[i]) / data->between;
        sum += 0.5 * off * off;
    }
    return sum;
}

/* Moments of the logarithms of what is known, open cases at their bound: a start, no more. */
static void start(const oc_observed *cases, size_t count, const oc_slip_spec *spec, double *x)
{
    double sum = 0, squares = 0, n = 0, open = 0, on_time = 0;
    for (size_t i = 0; i < count; i++) {
        double s = isinf(cases[i].high) ? cases[i].low : isinf(cases[i].low) ? cases[i].high
                                                       : 0.5 * (cases[i].low + cases[i].high);
        open += isinf(cases[i].high);
        on_time += !isinf(cases[i].high) && s >= -spec->window - cases[i].period && s <= 0;
        if (!(s + spec->shift > 0)) continue;
        double l = log(s + spec->shift);
        sum += l;
        squares += l * l;
        n += 1;
    }
    double mean = sum / n, variance = squares / n - mean * mean;
    x[0] = mean;
    x[1] = 0.5 * log(fmax(0.01, variance));
    double never = (open + 1) / ((double)count + 2) / 2, kept = (on_time + 1) / ((double)count + 2) / 2;
    size_t next = 2;
    if (spec->with_never) x[next++] = log(never / (1 - never));
    if (spec->with_on_time) x[next] = log(kept / (1 - kept));
}

static bool enough(const oc_observed *cases, size_t count, const oc_slip_spec *spec, size_t *ret_done)
{
    *ret_done = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(cases[i].low) || !(cases[i].low <= cases[i].high)) return false;
        if (isinf(cases[i].high)) continue;
        if (!(cases[i].high + spec->shift > 0)) return false;
        ++*ret_done;
    }
    return count >= oc_slip_parameters(spec) + 2 && *ret_done >= 2;
}

bool oc_slip_fit_one(const oc_observed *cases, size_t count, const oc_slip_spec *spec, oc_slip_fit *ret_fit)
{
    size_t done;
    if (!enough(cases, count, spec, &done)) return false;
    oc_slip_fixed fixed[MOST_FIXED];
    for (size_t i = 0; i < count && count <= MOST_FIXED; i++) fixed[i] = oc_slip_fix(spec, cases[i]);
    oc_slip_data data = {.cases = cases, .count = count, .fixed = count <= MOST_FIXED ? fixed : NULL, .spec = *spec};
    size_t parameters = oc_slip_parameters(spec);
    double x[OC_MOST_PARAMETERS];
    start(cases, count, spec, x);
    double cost = oc_minimise(oc_slip_cost, &data, x, parameters, 0.5);
    if (!isfinite(cost)) return false;
    double k = (double)parameters, n = (double)count;
    *ret_fit = (oc_slip_fit){.spec = *spec, .model = oc_slip_unpack(spec, x), .log_likelihood = -cost, .cases = count,
                             .done = done, .parameters = parameters,
                             .aicc = 2 * cost + 2 * k + 2 * k * (k + 1) / (n - k - 1)};
    return true;
}

size_t oc_slip_select(const oc_observed *cases, size_t count, double shift, double window, bool with_on_time,
                      oc_slip_fit fits[OC_SLIP_CANDIDATES])
{
    size_t found = 0;
    for (unsigned form = 0; form < OC_SLIP_CANDIDATES; form++) {
        oc_slip_spec spec = {form & 1 ? OC_WEIBULL : OC_LOGNORMAL, form & 2, form & 4, shift, window};
        oc_slip_fit fit;
        if ((spec.with_on_time && !with_on_time) || !oc_slip_fit_one(cases, count, &spec, &fit)) continue;
        size_t place = found++;
        while (place > 0 && fits[place - 1].aicc > fit.aicc) {
            fits[place] = fits[place - 1];
            place--;
        }
        fits[place] = fit;
    }
    return found;
}

/* The quantiles of each of `points` columns of draws[fitted][points]. */
static void columns_to_band(oc_arena *arena, const double *draws, size_t fitted, size_t points, double level,
                            double *low, double *high)
{
    double *column = OC_NEW_ARRAY(arena, fitted, double);
    for (size_t p = 0; p < points; p++) {
        size_t known = 0;
        for (size_t r = 0; r < fitted; r++)
            if (!isnan(draws[r * points + p])) column[known++] = draws[r * points + p];
        oc_sort_numbers(column, known);
        low[p] = oc_quantile_of_sorted(column, known, 0.5 - 0.5 * level);
        high[p] = oc_quantile_of_sorted(column, known, 0.5 + 0.5 * level);
    }
}

size_t oc_slip_band(oc_arena *arena, const oc_observed *cases, size_t count, const oc_slip_spec *spec, double known,
                    double period, const double *at, size_t points, size_t resamples, uint64_t seed, double level,
                    double *low, double *high)
{
    oc_arena_mark mark = oc_arena_get_mark(arena);
    oc_observed *sample = OC_NEW_ARRAY(arena, count, oc_observed);
    double *draws = OC_NEW_ARRAY(arena, resamples * points, double);
    size_t fitted = 0;
    for (size_t r = 0; r < resamples; r++) {
        for (size_t i = 0; i < count; i++) sample[i] = cases[oc_resample_index(seed, r, i, count)];
        oc_slip_fit fit;
        if (!oc_slip_fit_one(sample, count, spec, &fit)) continue;
        fit.model.period = period;
        for (size_t p = 0; p < points; p++) draws[fitted * points + p] = oc_slip_done_after(&fit.model, at[p], known);
        fitted++;
    }
    columns_to_band(arena, draws, fitted, points, level, low, high);
    oc_arena_rewind(arena, mark);
    return fitted;
}

void oc_slip_group_band(oc_arena *arena, const oc_slip_pool *pool, size_t group, double known, double period,
                        const double *at, size_t points, size_t draw_count, uint64_t seed, double level, double *low,
                        double *high)
{
    oc_arena_mark mark = oc_arena_get_mark(arena);
    double *draws = OC_NEW_ARRAY(arena, draw_count * points, double);
    const oc_slip_group *g = &pool->group[group];
    for (size_t r = 0; r < draw_count; r++) {
        double normal[4], x[4] = {0};
        for (size_t k = 0; k < g->parameters; k++) {
            normal[k] = oc_normal_quantile(oc_resample_uniform(seed, r, k));
            x[k] = g->centre[k];
            for (size_t j = 0; j <= k; j++) x[k] += g->factor[k][j] * normal[j];
        }
        oc_slip_model model = oc_slip_unpack(&pool->spec, x);
        model.period = period;
        for (size_t p = 0; p < points; p++) draws[r * points + p] = oc_slip_done_after(&model, at[p], known);
    }
    columns_to_band(arena, draws, draw_count, points, level, low, high);
    oc_arena_rewind(arena, mark);
}
